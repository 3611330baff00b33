//! A row element of the pool. It shows whatever row the window gives it, and is never thrown away.

use leptos::prelude::*;

use super::model::{CellView, Head, RowView};
use super::{Grid, window};
use crate::widgets::{Icon, icon};

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
    move || {
        let place = place.get()?;
        let chosen = chosen.get();
        let heads = model.heads.get();
        row.with(|row| {
            row.as_ref().map(|row| element(row, place, &heads, chosen, model.row_testid))
        })
    }
}

fn element(
    row: &RowView,
    place: usize,
    heads: &[Head],
    chosen: Chosen,
    testid: &'static str,
) -> impl IntoView + use<> {
    let cells: Vec<_> = heads
        .iter()
        .zip(&row.cells)
        .enumerate()
        .map(|(at, (head, view))| cell(head, view, at, chosen))
        .collect();
    let class = if chosen.active.is_some() { "gr is-sel" } else { "gr" };
    view! {
        <div
            class=class
            role="row"
            aria-rowindex=(place + 3).to_string()
            data-testid=testid
            data-id=row.id.clone()
            style:top=format!("{}px", window::pixels(place))
        >
            <div class="gc fz0" role="gridcell" aria-colindex="1">{row.number.clone()}</div>
            {cells}
        </div>
    }
}

fn cell(head: &Head, view: &CellView, at: usize, chosen: Chosen) -> impl IntoView + use<> {
    let active = chosen.active == Some(at);
    let in_range = chosen.range.is_some_and(|(left, right)| (left..=right).contains(&at));
    let look = view.look;
    let mut class = String::from("gc");
    let parts = [
        (true, head.class),
        (look.soft, "soft"),
        (look.strong, "strong"),
        (look.changed, "is-changed"),
        (look.corner, "is-override"),
        (look.basis, "is-basis"),
        (look.locked, "is-locked"),
        (in_range, "in-range"),
        (active && chosen.editing, "is-edit"),
        (active && chosen.invalid, "is-invalid"),
    ];
    for (_, part) in parts.iter().filter(|(on, part)| *on && !part.is_empty()) {
        class.push(' ');
        class.push_str(part);
    }
    let role = if head.class == "fz1" { "rowheader" } else { "gridcell" };
    view! {
        <div
            class=class
            role=role
            id=active.then_some(ACTIVE)
            aria-colindex=(at + 2).to_string()
            aria-selected=(active || in_range).then_some("true")
            title=view.title.clone()
            data-testid=head.testid.clone()
        >
            {view.old.clone().map(|old| view! { <s class="old">{old}</s> })}
            {look.locked.then(|| icon(Icon::Lock, "ico-13"))}
            <span class=view.mark>{view.text.clone()}</span>
        </div>
    }
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
