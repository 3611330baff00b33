//! A row element of the pool. It shows whatever row the window gives it, and neither it nor its cells
//! are thrown away for another row; what is chosen is marked on them.

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::model::{CellView, Head, RowView};
use super::{Grid, markup, window};

/// Id of the active cell, for assistive technology.
pub const ACTIVE: &str = "grid-active";

/// What is chosen in one row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Chosen {
    /// The active cell is in this row, in this column.
    active: Option<usize>,
    /// Columns of the block that reach into this row, ends included.
    range: Option<(usize, usize)>,
    /// The active cell is being edited.
    editing: bool,
    /// What was typed there is no value.
    invalid: bool,
}

/// A row element.
#[component]
pub fn Row(
    grid: Grid,
    /// Its place in the pool.
    at: usize,
) -> impl IntoView {
    let model = grid.model;
    let place = Memo::new(move |_| grid.window.get().place(at, model.rows.get()));
    let row = Memo::new(move |_| place.get().and_then(|place| model.row.run(place)));
    let chosen = Memo::new(move |_| {
        let (Some(place), Some(selection)) = (place.get(), grid.selection.get()) else {
            return Chosen::default();
        };
        let block = selection.block();
        let active = (selection.active.row == place).then_some(selection.active.column);
        let many = block.height() > 1 || block.width() > 1;
        let range = (many && (block.top..=block.bottom).contains(&place))
            .then_some((block.left, block.right));
        let editing = grid.editing.with(|editing| editing.as_ref().map(|at| at.error.is_some()));
        Chosen {
            active,
            range,
            editing: active.is_some() && editing.is_some(),
            invalid: active.is_some() && editing == Some(true),
        }
    });
    let element = NodeRef::<Div>::new();
    // Everything is set in one place: new cells never lose their marks, and a row that takes up
    // another place costs one effect. A choice only marks cells: the one under the mouse stays the
    // same element from press to click.
    Effect::new(move |before: Option<Option<Shown>>| {
        let now = Shown {
            place: place.get(),
            row: row.get(),
            heads: model.heads.get(),
            chosen: chosen.get(),
        };
        let element = element.get()?;
        let before = before.flatten().unwrap_or_default();
        stand(&element, &before, &now, model.row_testid);
        let kept = before.row == now.row && Arc::ptr_eq(&before.heads, &now.heads);
        if !kept {
            mark(&element, before.chosen, Chosen::default());
            fill(&element, &before, &now);
        }
        mark(&element, if kept { before.chosen } else { Chosen::default() }, now.chosen);
        Some(now)
    });
    view! {
        <div
            class=move || if chosen.get().active.is_some() { "gr is-sel" } else { "gr" }
            role="row"
            hidden
            node_ref=element
        ></div>
    }
}

/// What a row element shows.
#[derive(Default)]
struct Shown {
    place: Option<usize>,
    row: Option<RowView>,
    heads: Arc<[Head]>,
    chosen: Chosen,
}

/// Puts a row element where its row stands.
fn stand(element: &HtmlElement, before: &Shown, now: &Shown, testid: &str) {
    if before.place != now.place {
        set(element, "hidden", now.place.is_none().then_some(""));
        set(element, "data-testid", now.place.map(|_| testid));
        set(element, "aria-rowindex", now.place.map(|at| (at + 3).to_string()).as_deref());
        let top = format!("{}px", window::pixels(now.place.unwrap_or(0)));
        // Fails only for a name that is no property.
        let _ = element.style().set_property("top", &top);
    }
    let (was, id) = (before.row.as_ref(), now.row.as_ref().map(|row| row.id.as_str()));
    if was.map(|row| row.id.as_str()) != id {
        set(element, "data-id", id);
    }
}

/// Fills a row element with its cells. Where it has cells already they stay and only what differs
/// is changed: a table that is scrolled fast shows hundreds of other texts in every frame, and new
/// elements for all of them would each be styled anew and thrown away in the next.
fn fill(element: &HtmlElement, before: &Shown, now: &Shown) {
    let (Some(was), Some(row), true) =
        (&before.row, &now.row, Arc::ptr_eq(&before.heads, &now.heads))
    else {
        let html = now.row.as_ref().map(|row| markup::cells(row, &now.heads));
        return element.set_inner_html(html.as_deref().unwrap_or_default());
    };
    let cells = element.child_nodes();
    let cell = |at: usize| {
        let cell = cells.item(u32::try_from(at).unwrap_or(u32::MAX));
        cell.and_then(|cell| cell.dyn_into::<Element>().ok())
    };
    if was.number != row.number
        && let Some(cell) = cell(0)
    {
        cell.set_text_content(Some(&row.number));
    }
    let views = was.cells.iter().zip(&row.cells).zip(now.heads.iter()).enumerate();
    for (at, ((was, view), head)) in views.filter(|(_, ((was, view), _))| was != view) {
        // The number of the row stands before its cells.
        let Some(cell) = cell(at + 1) else { continue };
        if was.look != view.look {
            cell.set_class_name(&markup::class(head, view));
        }
        if was.title != view.title {
            set(&cell, "title", view.title.as_deref());
        }
        if let Some(text) = text_of(&cell, was, view) {
            text.set_node_value(Some(&view.text));
        } else {
            let mut html = String::new();
            markup::content(&mut html, view);
            cell.set_inner_html(&html);
        }
    }
}

/// The text of a cell, where it is all that differs.
fn text_of(cell: &Element, was: &CellView, view: &CellView) -> Option<Node> {
    let child = cell.first_child()?;
    match (markup::is_plain(was), markup::is_plain(view)) {
        (true, true) => Some(child),
        (false, false) => {
            let alone = |view: &CellView| view.old.is_none() && !view.look.locked;
            let same = was.mark == view.mark && alone(was) && alone(view);
            if same { child.first_child() } else { None }
        }
        _ => None,
    }
}

/// Changes the marks of a row's cells to what is chosen now.
fn mark(row: &HtmlElement, before: Chosen, now: Chosen) {
    let reach = |chosen: Chosen| chosen.range.or(chosen.active.map(|at| (at, at)));
    for (first, last) in [reach(before), reach(now)].into_iter().flatten() {
        for column in first..=last {
            mark_cell(row, column, now);
        }
    }
}

fn mark_cell(row: &HtmlElement, column: usize, chosen: Chosen) {
    // The number of the row stands before its cells.
    let place = u32::try_from(column + 1).unwrap_or(u32::MAX);
    let cell = row.child_nodes().item(place).and_then(|cell| cell.dyn_into::<Element>().ok());
    let Some(cell) = cell else { return };
    let active = chosen.active == Some(column);
    let in_range = chosen.range.is_some_and(|(left, right)| (left..=right).contains(&column));
    let classes = [
        ("in-range", in_range),
        ("is-edit", active && chosen.editing),
        ("is-invalid", active && chosen.invalid),
    ];
    for (class, on) in classes {
        // Fails only for a name with a blank.
        let _ = cell.class_list().toggle_with_force(class, on);
    }
    set(&cell, "id", active.then_some(ACTIVE));
    set(&cell, "aria-selected", (active || in_range).then_some("true"));
}

fn set(cell: &Element, name: &str, value: Option<&str>) {
    // Fails only for a name that is no name.
    let _ = match value {
        Some(value) => cell.set_attribute(name, value),
        None => cell.remove_attribute(name),
    };
}

/// The cells at the foot.
pub fn totals(heads: &[Head], views: &[CellView]) -> impl IntoView + use<> {
    let one = |(at, (head, view)): (usize, (&Head, &CellView))| {
        let role = if head.class == "fz1" { "rowheader" } else { "gridcell" };
        view! {
            <div
                class=format!("gc {}", head.class)
                role=role
                aria-colindex=(at + 2).to_string()
                data-testid=format!("total-{}", head.key)
            >
                <span class=view.mark>{view.text.clone()}</span>
            </div>
        }
    };
    heads.iter().zip(views).enumerate().map(one).collect_view()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::super::Look;
    use super::*;

    #[wasm_bindgen_test]
    fn cells_that_stay_show_what_new_ones_would() {
        let head = |key: &'static str| Head {
            key,
            title: String::new(),
            about: None,
            class: "num",
            width: (0, 0),
            testid: key.into(),
        };
        let heads = Arc::<[Head]>::from([head("a"), head("b")]);
        let plain = |text: &str| CellView { text: text.to_owned(), ..CellView::default() };
        let looks = |look| CellView { look, ..plain("7") };
        let views = [
            plain("1"),
            plain(""),
            plain("<b>"),
            CellView { mark: "m-short", ..plain("▼ −9") },
            CellView { mark: "m-short", ..plain("▼ −8") },
            CellView { mark: "m-over", ..plain("▲ +1") },
            CellView { old: Some("5".to_owned()), title: Some("5 → 6".to_owned()), ..plain("6") },
            CellView { title: Some("&".to_owned()), ..plain("1") },
            looks(Look { soft: true, changed: true, ..Look::default() }),
            looks(Look { basis: true, ..Look::default() }),
            looks(Look { locked: true, ..Look::default() }),
        ];
        let shown = |number: usize, view: &CellView| Shown {
            place: Some(number),
            row: Some(RowView {
                id: number.to_string(),
                number: number.to_string(),
                cells: vec![view.clone(), plain("same")],
            }),
            heads: heads.clone(),
            chosen: Chosen::default(),
        };
        let element = || document().create_element("div").unwrap().unchecked_into::<HtmlElement>();
        for was in &views {
            for now in &views {
                let (kept, new) = (element(), element());
                let (first, second) = (shown(1, was), shown(2, now));
                fill(&kept, &Shown::default(), &first);
                fill(&kept, &first, &second);
                fill(&new, &Shown::default(), &second);
                assert_eq!(kept.inner_html(), new.inner_html());
            }
        }
    }
}
