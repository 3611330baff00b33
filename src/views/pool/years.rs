//! The account by year: what was there, what came back and how, what lapsed, what was granted, and
//! what is due and overdue. The year that is looked at, here or on the chart, is said in words.

use bianheng_core::pool::{Way, Year};
use bianheng_core::report::pool::if_lent;
use bianheng_core::text::{Lang, Message, pool_order, pool_view as words};
use chrono::Datelike;
use leptos::prelude::*;

use super::parts;
use super::seen::View;
use crate::platform::clock;
use crate::state::use_state;
use crate::widgets::count;

/// The table.
#[component]
pub fn Years(view: View) -> impl IntoView {
    let state = use_state();
    let rows = Memo::new(move |_| view.read(|seen| seen.played.years.clone()).unwrap_or_default());
    let span = move || {
        rows.with(|rows| {
            let first = rows.first().map_or(0, |row| row.year);
            (first, rows.last().map_or(first, |row| row.year))
        })
    };
    let shown = move || {
        let (first, last) = span();
        view.year.get().unwrap_or_else(|| clock::today().year()).clamp(first, last)
    };
    let late = Memo::new(move |_| {
        view.read(|seen| seen.figures).flatten().map_or(0, |figures| figures.overdue)
    });
    let head = move |label: Message| {
        view! { <th scope="col" class="num">{state.say(label)}</th> }
    };
    let in_words = move || {
        let year = shown();
        let row = rows.with(|rows| rows.iter().find(|row| row.year == year).copied());
        row.map(|row| said(&row, state.lang.get()))
    };
    let assume = move || {
        let counts = view.read(|seen| seen.pool.count_departures) == Some(true);
        state.t(if counts { words::YEARS_COUNT } else { words::YEARS_ASSUME })
    };
    view! {
        <section aria-labelledby="years-h">
            <header class="sec">
                <h2 id="years-h">{state.say(words::YEARS)}</h2>
                <span class="note">{state.say(words::YEARS_NOTE)}</span>
            </header>
            <p class="note" data-testid="year-said">
                {in_words}
            </p>
            <table class="t years">
                <thead>
                    <tr>
                        <th scope="col">{state.say(words::YEAR)}</th>
                        {[
                            words::OPENING,
                            words::BACK,
                            words::OUT,
                            words::CLOSING,
                            words::LENT,
                            words::DUE,
                            words::LATE_HEAD,
                        ]
                            .map(head)
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let year = shown();
                        rows.get().into_iter().map(|one| row(one, view, year)).collect_view()
                    }}
                </tbody>
            </table>
            <p class="note">{assume}</p>
            <Lend view=view rows=rows />
            <Show when=move || { late.get() > 0 }>
                <p class="say short">
                    {move || words::YEARS_LATE.with(state.lang.get(), &[("n", &late.get())])}
                </p>
            </Show>
        </section>
    }
}

/// What lending more now would leave missing, and in which year.
#[component]
fn Lend(view: View, rows: Memo<Vec<Year>>) -> impl IntoView {
    let state = use_state();
    let text = RwSignal::new(String::new());
    let said = move || {
        let posts = text.with(|text| count(text))?;
        let lang = state.lang.get();
        let (from, term) = view.read(|seen| (seen.pool.batch.date.year(), seen.pool.term_years))?;
        let until = from.saturating_add_unsigned(term);
        Some(match rows.with(|rows| if_lent(rows, from, until, posts)) {
            None => words::LEND_MORE_ENOUGH.get(lang).to_owned(),
            Some((year, n)) => words::LEND_MORE_SHORT.with(lang, &[("year", &year), ("n", &n)]),
        })
    };
    view! {
        <p class="lend-more">
            <label class="note" for="lend-more">
                {state.say(words::LEND_MORE)}
            </label>
            <input
                id="lend-more"
                class="field num narrow"
                autocomplete="off"
                data-testid="lend-more"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <b data-testid="lend-more-said" aria-live="polite">
                {said}
            </b>
        </p>
    }
    .into_any()
}

/// A year in words.
pub fn said(row: &Year, lang: Lang) -> String {
    let moves = moves(row, lang);
    let values: [(&str, &dyn std::fmt::Display); 7] = [
        ("year", &row.year),
        ("free", &row.closing),
        ("use", &row.in_use),
        ("promised", &row.promised),
        ("due", &row.due),
        ("late", &row.overdue),
        ("moves", &moves),
    ];
    words::YEAR_SAID.with(lang, &values)
}

/// What came in and went out in a year, each by its way; what was nothing is left out.
fn moves(row: &Year, lang: Lang) -> String {
    let back = Way::ALL.into_iter().zip(row.returned).map(|(way, posts)| (parts::way(way), posts));
    let ends = [
        (words::YEAR_LAPSED, row.lapsed),
        (words::YEAR_AWARDED, row.awarded),
        (words::YEAR_WITHDRAWN, row.withdrawn),
    ];
    let all = [(words::YEAR_ADDED, row.added)].into_iter().chain(back).chain(ends);
    let said: Vec<String> = all
        .filter(|(_, posts)| *posts > 0)
        .map(|(name, posts)| format!("{} {posts}", name.get(lang)))
        .collect();
    if said.is_empty() {
        return words::YEAR_STILL.get(lang).to_owned();
    }
    said.join(pool_order::AND.get(lang))
}

fn row(row: Year, view: View, shown: i32) -> impl IntoView {
    let signed = |posts: u32, sign: &str| {
        if posts == 0 { "0".to_owned() } else { format!("{sign}{posts}") }
    };
    let cell = |text: String| {
        let nil = text == "0";
        view! { <td class="num" class:nil=nil>{text}</td> }
    };
    let back = row.back().saturating_add(row.lapsed).saturating_add(row.added);
    let out = row.awarded.saturating_add(row.withdrawn);
    view! {
        <tr
            class:is-chosen={row.year == shown}
            data-testid="year-row"
            data-id=row.year.to_string()
            on:click=move |_| view.year.set(Some(row.year))
        >
            <th scope="row">{row.year}</th>
            {cell(row.opening.to_string())}
            {cell(signed(back, "+"))}
            {cell(signed(out, "\u{2212}"))}
            <td class="num">
                <b>{row.closing}</b>
            </td>
            {cell(row.in_use.saturating_add(row.promised).to_string())}
            {cell(row.due.to_string())}
            {cell(row.overdue.to_string())}
        </tr>
    }
}
