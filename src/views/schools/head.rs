//! The head of the page: search, filters, what is changed, columns, export.

use bianheng_core::report::schools::Column;
use bianheng_core::text::{number, schools};
use leptos::html::Input;
use leptos::prelude::*;

use super::filters::HeadFilters;
use super::menu::ColumnsMenu;
use super::screen::Screen;
use crate::grid::{Grid, Spot};
use crate::widgets::{Icon, icon};

/// The head.
#[component]
pub fn Head(screen: Screen, grid: Grid) -> impl IntoView {
    let state = screen.state;
    let count = move || {
        let (shown, all) = screen.arranged.with(|arranged| (arranged.rows.len(), arranged.listed));
        let (shown, all) = (number::count(shown as u64), number::count(all as u64));
        schools::ROWS.with(state.lang.get(), &[("shown", &shown), ("all", &all)])
    };
    view! {
        <header class="page-head lined">
            <h1>{state.say(schools::TITLE)}</h1>
            <Search screen=screen grid=grid />
            <HeadFilters screen=screen />
            <ChangedChip screen=screen />
            <FilterChip screen=screen />
            <div class="actions">
                <span class="count wide-only" role="status" data-testid="rows-count">{count}</span>
                <ColumnsMenu screen=screen />
                <button
                    type="button"
                    class="btn"
                    data-testid="export-table"
                    on:click=move |_| screen.export()
                >
                    {icon(Icon::Download, "")}
                    {state.say(schools::EXPORT_TABLE)}
                </button>
            </div>
        </header>
    }
}

/// The search. Ctrl+F leads here: rows out of sight are not in the page, so the browser's own search
/// would miss them.
#[component]
fn Search(screen: Screen, grid: Grid) -> impl IntoView {
    let state = screen.state;
    let input = NodeRef::<Input>::new();
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        let held = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        if held
            && event.key().eq_ignore_ascii_case("f")
            && let Some(input) = input.get_untracked()
        {
            event.prevent_default();
            // Fails only for an element that has left the page.
            let _ = input.focus();
            input.select();
        }
    });
    on_cleanup(move || handle.remove());
    let key = move |event: web_sys::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Enter" | "ArrowDown" => {
                event.prevent_default();
                grid.choose(Spot { row: 0, column: 0 });
                grid.focus();
            }
            "Escape" => screen.filter.update(|filter| filter.text.clear()),
            _ => {}
        }
    };
    view! {
        <label class="box tall find">
            {icon(Icon::Search, "")}
            <input
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder=state.say(schools::FIND)
                aria-label=state.say(schools::FIND_LABEL)
                data-testid="schools-search"
                node_ref=input
                prop:value=move || screen.filter.with(|filter| filter.text.clone())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    screen.filter.update(|filter| filter.text = text);
                }
                on:keydown=key
            />
            <kbd>"Ctrl F"</kbd>
        </label>
    }
}

/// Shows the rows that the scenario changed, and how many they are.
#[component]
fn ChangedChip(screen: Screen) -> impl IntoView {
    let state = screen.state;
    let on = Memo::new(move |_| screen.filter.with(|filter| filter.changed));
    let changed = Memo::new(move |_| {
        let scope = screen.filter.with(|filter| filter.scope.clone());
        let listing = bianheng_core::report::schools::Filter { scope, ..Default::default() };
        let count = screen.with(|table| {
            let rows = (0..table.rows()).filter(|row| table.is_changed(*row));
            rows.filter(|row| listing.lists(table, *row)).count()
        });
        count.unwrap_or(0)
    });
    let text = move || {
        let lang = state.lang.get();
        match (on.get(), changed.get()) {
            (true, n) => schools::CHANGED_ON.with(lang, &[("n", &n)]),
            (false, 0) => schools::CHANGED_OFF.get(lang).to_owned(),
            (false, n) => format!("{} {n}", schools::CHANGED_OFF.get(lang)),
        }
    };
    view! {
        <button
            type="button"
            class="chip big"
            class:accent=move || on.get()
            aria-pressed=move || on.get().to_string()
            data-testid="filter-changed"
            on:click=move |_| screen.filter.update(|filter| filter.changed = !filter.changed)
        >
            {text}
            {move || on.get().then(|| icon(Icon::Cross, "ico-11"))}
        </button>
    }
}

/// Says how many filters stand under the heads, where they may be out of sight, and takes all away.
#[component]
fn FilterChip(screen: Screen) -> impl IntoView {
    let state = screen.state;
    let count = Memo::new(move |_| {
        let typed = screen.typed.with(std::collections::BTreeMap::len);
        let chosen = screen.filter.with(|filter| {
            usize::from(filter.locality.is_some()) + usize::from(filter.side.is_some())
        });
        typed + chosen
    });
    let text = move || schools::COLUMN_FILTERS.with(state.lang.get(), &[("n", &count.get())]);
    let which = move || {
        let named = |(column, text): (&Column, &String)| {
            format!("{} {text}", state.t(schools::column(*column)))
        };
        screen.typed.with(|typed| typed.iter().map(named).collect::<Vec<_>>().join("\n"))
    };
    view! {
        <Show when=move || count.get() != 0>
            <span class="chip accent big" title=which data-testid="column-filters">
                {text}
                <button
                    type="button"
                    class="x"
                    aria-label=state.say(schools::CLEAR_FILTERS)
                    data-testid="clear-filters"
                    on:click=move |_| screen.clear_filters()
                >
                    {icon(Icon::Cross, "")}
                </button>
            </span>
        </Show>
    }
}
