//! The years ahead as a table: what is free if every loan comes back on its due day.

use bianheng_core::pool::Ahead;
use bianheng_core::text::{Message, pool_view as words};
use chrono::Datelike;
use leptos::prelude::*;

use super::seen::View;
use crate::platform::clock;
use crate::state::use_state;

/// The table.
#[component]
pub fn Years(view: View) -> impl IntoView {
    let state = use_state();
    let rows = Memo::new(move |_| view.read(|seen| seen.ahead.clone()).unwrap_or_default());
    let late = Memo::new(move |_| {
        let figures = |seen: &super::seen::Seen| seen.awards.as_ref().ok().map(|a| a.figures);
        view.read(figures).flatten().map_or(0, |figures| figures.overdue)
    });
    let head = move |label: Message| {
        view! { <th scope="col" class="num">{move || state.t(label)}</th> }
    };
    view! {
        <section aria-labelledby="years-h">
            <header class="sec">
                <h2 id="years-h">{move || state.t(words::YEARS)}</h2>
                <span class="note">{move || state.t(words::YEARS_NOTE)}</span>
            </header>
            <table class="t years">
                <thead>
                    <tr>
                        <th scope="col">{move || state.t(words::YEAR)}</th>
                        {[
                            words::OPENING,
                            words::DUE,
                            words::OUT,
                            words::CLOSING,
                            words::LENT,
                        ]
                            .map(head)
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
            </table>
            <p class="note">{move || state.t(words::YEARS_ASSUME)}</p>
            <Show when=move || { late.get() > 0 }>
                <p class="say short">
                    {move || words::YEARS_LATE.with(state.lang.get(), &[("n", &late.get())])}
                </p>
            </Show>
        </section>
    }
}

fn row(row: Ahead) -> impl IntoView {
    let signed = |posts: u32, sign: &str| {
        if posts == 0 { "0".to_owned() } else { format!("{sign}{posts}") }
    };
    let cell = |text: String| {
        let nil = text == "0";
        view! { <td class="num" class:nil=nil>{text}</td> }
    };
    let this_year = row.year == clock::today().year();
    view! {
        <tr class:is-chosen=this_year data-testid="year-row" data-id=row.year.to_string()>
            <th scope="row">{row.year}</th>
            {cell(row.opening.to_string())}
            {cell(signed(row.due, "+"))}
            {cell(signed(row.granted, "\u{2212}"))}
            <td class="num">
                <b>{row.free}</b>
            </td>
            {cell(row.on_loan.to_string())}
        </tr>
    }
}
