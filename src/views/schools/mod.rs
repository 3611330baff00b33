//! Schools: every school by stage, with what it has, what the norm gives and what is between, to
//! sort, filter and edit. Figures come from the core; this room puts them into the table.

mod columns;
mod edits;
mod filters;
mod head;
mod menu;
mod rows;
mod screen;
mod status;

use std::sync::Arc;

use bianheng_core::text::{Lang, names, schools};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use self::head::Head;
use self::screen::Screen;
use self::status::{Reason, Refused, StatusLine};
use super::proof::ProofPanel;
use crate::grid::{Grid, GridTable, Model, Spot};
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// The schools screen.
#[component]
pub fn Schools() -> impl IntoView {
    let state = use_state();
    let screen = Screen::new(state);
    let grid = Grid::new(model(screen), screen.size);
    let class = Signal::derive(move || {
        let only = screen.filter.with(|filter| filter.changed);
        let free = screen.choices.with(|choices| choices.free);
        match (only, free) {
            (true, true) => "only-changed free2",
            (true, false) => "only-changed",
            (false, true) => "free2",
            (false, false) => "",
        }
        .to_owned()
    });
    let keys = move |event: KeyboardEvent| {
        if event.alt_key() && event.code() == "KeyR" && !event.ctrl_key() {
            event.prevent_default();
            screen.open_reason(grid);
        }
    };
    view! {
        <Head screen=screen grid=grid />
        <div class="page-body fill">
            <div class="gridview" on:keydown=keys>
                <div class="grid-at">
                    <GridTable grid=grid class=class testid="schools-grid" />
                    <NoRows screen=screen />
                </div>
                <Refused screen=screen grid=grid />
                <Reason screen=screen grid=grid />
                <StatusLine screen=screen grid=grid />
            </div>
        </div>
        <ProofPanel />
    }
}

/// Where every row is filtered out: what stands in the way, and the way back.
#[component]
fn NoRows(screen: Screen) -> impl IntoView {
    let state = screen.state;
    let none = move || screen.arranged.with(|arranged| arranged.rows.is_empty());
    let why = move || {
        let all = screen.arranged.with(|arranged| arranged.listed);
        schools::NO_ROWS_WHY.with(state.lang.get(), &[("all", &all)])
    };
    view! {
        <Show when=none>
            <div class="empty grid-empty" data-testid="no-rows">
                {icon(Icon::Filter, "ico-20")}
                <strong>{state.say(schools::NO_ROWS)}</strong>
                <p>{why}</p>
                <button
                    type="button"
                    class="btn"
                    data-testid="no-rows-clear"
                    on:click=move |_| screen.clear_filters()
                >
                    {state.say(schools::CLEAR_FILTERS)}
                </button>
            </div>
        </Show>
    }
}

/// What the table asks of this screen.
fn model(screen: Screen) -> Model {
    let state = screen.state;
    let heads = Memo::new(move |_| {
        let lang = state.lang.get();
        let heads = screen.columns.with(|columns| {
            columns.iter().map(|column| columns::head(*column, lang)).collect::<Vec<_>>()
        });
        Arc::<[_]>::from(heads)
    });
    let row = move |place: usize| {
        let row = screen.arranged.with(|arranged| arranged.rows.get(place).copied())?;
        let (columns, lang) = (screen.columns.get(), state.lang.get());
        screen.with(|table| rows::row(table, row, &columns, lang)).flatten()
    };
    let totals = Memo::new(move |_| {
        let (columns, lang) = (screen.columns.get(), state.lang.get());
        let rows = screen.arranged.get().rows;
        screen.with(|table| rows::totals(table, &rows, &columns, lang)).unwrap_or_default()
    });
    let explain = move |(spot, by_key): (Spot, bool)| {
        let Some((row, column)) = screen.at(spot) else { return };
        let has_norm = screen
            .peek(|table| table.holding(row).is_some_and(|holding| holding.part.stage().is_some()));
        if has_norm == Some(true) && (by_key || column.has_proof()) {
            state.proof.set(Some(row));
        }
    };
    let undo = move |redo: bool| {
        if redo {
            state.redo();
        } else {
            state.undo();
        }
    };
    let spoken = move |spot: Spot| {
        let lang = state.lang.get();
        let Some((row, column)) = screen.at(spot) else { return String::new() };
        let said = screen.with(|table| {
            use bianheng_core::report::schools::Column;
            let cell = |column| table.cell(row, column).shown(lang);
            let (name, stage) = (cell(Column::Name), cell(Column::Stage));
            format!("{name} {stage} {} {}", schools::column(column).get(lang), cell(column))
        });
        said.unwrap_or_default()
    };
    Model {
        label: Signal::derive(move || state.t(schools::TABLE).to_owned()),
        row_label: Signal::derive(move || state.t(schools::ROW).to_owned()),
        rows: Signal::derive(move || screen.arranged.with(|arranged| arranged.rows.len())),
        heads: heads.into(),
        row: Callback::new(row),
        row_testid: "school-row",
        totals: totals.into(),
        sort: screen.sort,
        sort_hint: Callback::new(move |column: String| {
            schools::SORT_BY.with(state.lang.get(), &[("column", &column)])
        }),
        filter: Callback::new(move |key| filters::under(screen, key)),
        filters: Callback::new(move |key| filters::is_on(screen, key)),
        open: Callback::new(move |spot| screen.open(spot)),
        refuse: Callback::new(move |spot| screen.refuse(spot)),
        offers: Callback::new(move |key| offers(screen, key)),
        commit: Callback::new(move |(spot, text): (Spot, String)| screen.commit(spot, &text)),
        given_up: Callback::new(move |(spot, text, why): (Spot, String, String)| {
            screen.given_up(spot, &text, &why);
        }),
        clear: Callback::new(move |block| screen.clear(block)),
        copy: Callback::new(move |block| screen.copy(block)),
        paste: Callback::new(move |(block, text): (_, String)| screen.paste(block, &text)),
        explain: Callback::new(explain),
        undo: Callback::new(undo),
        spoken: Callback::new(spoken),
    }
}

/// Texts that the editor offers: townships of the county, localities.
fn offers(screen: Screen, key: &str) -> Vec<String> {
    let lang: Lang = screen.state.lang.get();
    match key {
        "township" => screen.townships.with_untracked(|names| names.to_vec()),
        "locality" => {
            let all = bianheng_core::county::Locality::ALL.into_iter();
            all.map(|place| names::locality(place).get(lang).to_owned()).collect()
        }
        _ => Vec::new(),
    }
}
