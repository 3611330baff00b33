//! Permanent posts or the pool: for each school that is short, whether the shortage outlives the term,
//! with the years that it rests on. Posts of schools only; institutions have no norm to be short of.

use std::sync::Arc;

use bianheng_core::pool::lasting::{Outlook, Verdict, outlook};
use bianheng_core::text::{Lang, Message, names, pool_view as words};
use leptos::prelude::*;

use super::seen::View;
use crate::state::use_state;

/// A holding that is short: its id, its name, its years.
type Line = (String, String, Outlook);

fn verdict(verdict: Verdict) -> (Message, &'static str) {
    match verdict {
        Verdict::Passing => (words::PASSING, "m-over"),
        Verdict::Lasting => (words::LASTING, "m-short"),
        Verdict::Unknown => (words::UNKNOWN, ""),
    }
}

/// The schools that are short, where the pool lends school posts.
#[component]
pub fn Lasting(view: View) -> impl IntoView {
    let state = use_state();
    let term = Memo::new(move |_| view.read(|seen| seen.pool.term_years).unwrap_or(3));
    let lines = Memo::new(move |_| {
        let (lang, kind, term) = (state.lang.get(), state.kind.get(), term.get());
        let lines = state.with(|open| {
            let now = open.workspace().state();
            let county = &now.county;
            let line = |one: Outlook| -> Option<Line> {
                let holding = county.holdings.get(one.row)?;
                let stage = holding.part.stage().map(|stage| names::stage(stage).get(lang));
                let name = &county.unit_of(holding)?.name;
                let name = format!("{name} · {}", stage.unwrap_or_default());
                Some((county.id_of(one.row)?.to_string(), name, one))
            };
            outlook(now, &kind, term).into_iter().filter_map(line).collect::<Vec<_>>()
        });
        Arc::new(lines.unwrap_or_default())
    });
    let opened = RwSignal::new(None::<String>);
    let rows = move || {
        let lang = state.lang.get();
        let open = opened.get();
        let row = |line: &Line| row(line, open.as_deref() == Some(line.0.as_str()), opened, lang);
        lines.with(|lines| lines.iter().map(row).collect_view())
    };
    let count = move |wanted: Verdict| {
        lines.with(|lines| lines.iter().filter(|(.., one)| one.verdict == wanted).count())
    };
    let note = move || {
        let values: [(&str, &dyn std::fmt::Display); 3] = [
            ("term", &term.get()),
            ("passing", &count(Verdict::Passing)),
            ("lasting", &count(Verdict::Lasting)),
        ];
        words::LASTING_NOTE.with(state.lang.get(), &values)
    };
    view! {
        <Show when=move || lines.with(|lines| !lines.is_empty())>
            <section class="block" aria-labelledby="lasting-h" data-testid="lasting">
                <header class="sec">
                    <h2 id="lasting-h">{state.say(words::LASTING_TITLE)}</h2>
                    <span class="note" data-testid="lasting-note">
                        {note}
                    </span>
                </header>
                <div class="scroll-x" tabindex="0" role="region" aria-labelledby="lasting-h">
                    <table class="t lasting">
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <p class="note">{state.say(words::LASTING_WHY)}</p>
            </section>
        </Show>
    }
    .into_any()
}

fn row(
    line: &Line,
    open: bool,
    opened: RwSignal<Option<String>>,
    lang: Lang,
) -> impl IntoView + use<> {
    let (id, name, one) = line.clone();
    let (said, class) = verdict(one.verdict);
    let short = one.years.iter().map(|year| format!("{} {}", year.year, year.short));
    let short = short.collect::<Vec<_>>().join(" → ");
    let until = one.until.map(|year| words::PASSING_UNTIL.with(lang, &[("year", &year)]));
    let key = id.clone();
    let proof = open.then(|| {
        let year = |year: &bianheng_core::pool::lasting::Ahead| {
            let values: [(&str, &dyn std::fmt::Display); 7] = [
                ("year", &year.year),
                ("students", &year.students),
                ("classes", &year.classes),
                ("entitled", &year.entitled),
                ("posts", &one.authorised),
                ("short", &year.short),
                ("leaving", &year.leaving),
            ];
            view! { <li>{words::LASTING_YEAR.with(lang, &values)}</li> }
        };
        view! {
            <tr class="grounds-row">
                <td colspan="4">
                    <ul class="rule-lines" data-testid="lasting-proof">
                        {one.years.iter().map(year).collect_view()}
                    </ul>
                </td>
            </tr>
        }
    });
    view! {
        <tr data-testid="lasting-row" data-id=id>
            <th scope="row">{name}</th>
            <td class=class data-testid="lasting-verdict">
                {said.get(lang)}
                " "
                {until}
            </td>
            <td class="num">
                <button
                    type="button"
                    class="link"
                    aria-expanded=open.to_string()
                    data-testid="lasting-open"
                    on:click=move |_| opened.set(if open { None } else { Some(key.clone()) })
                >
                    {short}
                </button>
            </td>
            <td class="ink3">
                {match one.verdict {
                    Verdict::Passing => words::SUGGEST_POOL.get(lang),
                    Verdict::Lasting => words::SUGGEST_POSTS.get(lang),
                    Verdict::Unknown => "",
                }}
            </td>
        </tr>
        {proof}
    }
}
