//! A row element of the pool. It shows whatever row the window gives it, and is never thrown away.
//! Its cells are HTML text; what is chosen is marked on them.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::model::{CellView, Head};
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
    let cells = Memo::new(move |_| {
        let heads = model.heads.get();
        row.with(|row| row.as_ref().map(|row| markup::cells(row, &heads)))
    });
    let element = NodeRef::<Div>::new();
    // Cells and marks are set in one place, so that new cells never lose their marks. A choice only
    // marks cells: the one under the mouse stays the same element from press to click.
    Effect::new(move |before: Option<Option<(Option<String>, Chosen)>>| {
        let (cells, chosen) = (cells.get(), chosen.get());
        let element = element.get()?;
        let before = match before.flatten() {
            Some((was, marked)) if was == cells => marked,
            _ => {
                element.set_inner_html(cells.as_deref().unwrap_or_default());
                Chosen::default()
            }
        };
        mark(&element, before, chosen);
        Some((cells, chosen))
    });
    let number = move || place.get().map(|place| (place + 3).to_string());
    view! {
        <div
            class=move || if chosen.get().active.is_some() { "gr is-sel" } else { "gr" }
            role="row"
            aria-rowindex=number
            data-testid=move || place.get().map(|_| model.row_testid)
            data-id=move || row.with(|row| row.as_ref().map(|row| row.id.clone()))
            hidden=move || place.get().is_none()
            style:top=move || format!("{}px", window::pixels(place.get().unwrap_or(0)))
            node_ref=element
        ></div>
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
