//! The head of the table: titles that sort, and a filter under each.

use leptos::prelude::*;

use super::Grid;
use super::model::{Head, SortBy};

/// The head.
#[component]
pub fn GridHead(grid: Grid) -> impl IntoView {
    let heads = grid.model.heads;
    view! {
        <div class="grid-head" role="rowgroup">
            <div class="gr gr-head" role="row" aria-rowindex="1">
                <div class="gc fz0" role="columnheader" aria-colindex="1">
                    <span class="sr-only">{grid.model.row_label}</span>
                </div>
                {move || heads.get().iter().enumerate().map(|(at, head)| title(grid, head, at)).collect_view()}
            </div>
            <div class="gr gr-filter" role="row" aria-rowindex="2">
                <div class="gc fz0" role="gridcell" aria-colindex="1"></div>
                <Filters grid=grid />
            </div>
        </div>
    }
}

/// The filters change with the columns only, so that typing in one never takes its focus away.
#[component]
fn Filters(grid: Grid) -> impl IntoView {
    let heads = grid.model.heads;
    let keys = Memo::new(move |_| {
        heads.with(|heads| heads.iter().map(|head| (head.key, head.class)).collect::<Vec<_>>())
    });
    let one = move |(at, (key, class)): (usize, (&'static str, &'static str))| {
        view! {
            <div
                class=format!("gc {}", class.trim_start_matches("num"))
                class:is-on=move || grid.model.filters.run(key)
                role="gridcell"
                aria-colindex=(at + 2).to_string()
            >
                {grid.model.filter.run(key)}
            </div>
        }
    };
    move || keys.get().into_iter().enumerate().map(one).collect_view()
}

fn title(grid: Grid, head: &Head, at: usize) -> impl IntoView + use<> {
    let (key, sort) = (head.key, grid.model.sort);
    let sorted = move || sort.get().filter(|by| by.key == key);
    let order = move || match sorted() {
        Some(SortBy { down: true, .. }) => Some("descending"),
        Some(SortBy { down: false, .. }) => Some("ascending"),
        None => None,
    };
    let arrow = move || {
        sorted().map(|by| {
            view! { <span class="dir" aria-hidden="true">{if by.down { "↓" } else { "↑" }}</span> }
        })
    };
    let hint = grid.model.sort_hint.run(head.title.clone());
    let hint = match &head.about {
        Some(about) => format!("{about} · {hint}"),
        None => hint,
    };
    let turn = move |_| {
        sort.update(|by| {
            *by = match *by {
                Some(SortBy { key: now, down: false }) if now == key => {
                    Some(SortBy { key, down: true })
                }
                Some(SortBy { key: now, down: true }) if now == key => None,
                _ => Some(SortBy { key, down: false }),
            };
        });
    };
    view! {
        <div
            class=format!("gc {}", head.class)
            role="columnheader"
            aria-colindex=(at + 2).to_string()
            aria-sort=order
        >
            <button type="button" title=hint data-testid=format!("sort-{key}") on:click=turn>
                {head.title.clone()}
                {arrow}
            </button>
        </div>
    }
}
