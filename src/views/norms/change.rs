//! What the norm in force does to the county against the norm that the base came with, and which
//! basis decides.

use bianheng_core::check::At;
use bianheng_core::county::County;
use bianheng_core::report::norm_change::{NormChange, RowChange, StageChange, norm_change};
use bianheng_core::text::{Lang, check, names, norms as words, number};
use leptos::prelude::*;

use crate::state::{State, use_state};
use crate::widgets::margin;

/// Winners and losers that are shown of each.
const EXTREMES: usize = 5;

/// The county under both norms: worked out once for every part of the screen that reads it.
pub type Seen = Memo<NormChange>;

/// Follows the county under both norms.
pub fn seen() -> Seen {
    let state = use_state();
    Memo::new(move |_| {
        let change = state.with(|open| norm_change(open.workspace(), open.figures()).ok());
        change.flatten().unwrap_or_default()
    })
}

/// Entitlement, margin and shortage by stage, before and after.
#[component]
pub fn Change(seen: Seen) -> impl IntoView {
    let state = use_state();
    let rows = move || {
        let lang = state.lang.get();
        seen.with(|seen| {
            let stages = seen.stages.iter().map(|(stage, change)| {
                row(names::stage(*stage).get(lang), stage.as_str(), change, "")
            });
            let sum = row(words::ALL_STAGES.get(lang), "all", &seen.total, "sum");
            (stages.collect_view(), sum)
        })
    };
    let sentence = move || {
        let lang = state.lang.get();
        seen.with(|seen| sentence(&seen.total, lang))
    };
    view! {
        <section aria-labelledby="change-h" data-testid="norm-change">
            <header class="sec">
                <h2 id="change-h">{state.say(words::CHANGE)}</h2>
            </header>
            <div class="scroll-x" tabindex="0">
                <table class="t dense">
                    <thead>
                        <tr>
                            <th scope="col">{state.say(words::STAGE)}</th>
                            <th scope="col" class="num">{state.say(words::ENTITLED)}</th>
                            <th scope="col" class="num">{state.say(words::MARGIN)}</th>
                            <th scope="col" class="num">{state.say(words::SHORTAGE)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="say" role="status" data-testid="norm-change-say">{sentence}</p>
            <p class="note">{state.say(words::CHANGE_NOTE)}</p>
            <Moved seen />
        </section>
    }
}

/// Rows that win most and lose most.
#[component]
fn Moved(seen: Seen) -> impl IntoView {
    let state = use_state();
    let list = move |win: bool| {
        let lang = state.lang.get();
        state.peek(|open| {
            let county = &open.workspace().state().county;
            seen.with(|seen| {
                let of =
                    |moved: &&RowChange| if win { moved.change() > 0 } else { moved.change() < 0 };
                let rows: Vec<&RowChange> = if win {
                    seen.moved.iter().filter(of).take(EXTREMES).collect()
                } else {
                    seen.moved.iter().rev().filter(of).take(EXTREMES).collect()
                };
                rows.into_iter().map(|moved| moved_row(state, moved, county, lang)).collect_view()
            })
        })
    };
    view! {
        <Show when=move || seen.with(|seen| !seen.moved.is_empty())>
            <table class="t dense block-gap" data-testid="norm-moved">
                <caption class="note">{state.say(words::MOVED)}</caption>
                <tbody>{move || list(true)} {move || list(false)}</tbody>
            </table>
        </Show>
    }
}

fn moved_row(
    state: State,
    moved: &RowChange,
    county: &County,
    lang: Lang,
) -> impl IntoView + use<> {
    let row = moved.row;
    let posts = |posts: Option<u32>| posts.map_or("—".to_owned(), |posts| posts.to_string());
    view! {
        <tr data-testid="norm-moved-row">
            <th scope="row">
                <button type="button" class="link" on:click=move |_| state.proof.set(Some(row))>
                    {check::place(At::Row(row), county, lang)}
                </button>
            </th>
            <td class="num">
                <span class="was">{posts(moved.before)}</span>
                <span class="arr">"→"</span>
                {posts(moved.after)}
            </td>
            <td class="num">{number::signed(moved.change())}</td>
        </tr>
    }
}

fn sentence(total: &StageChange, lang: Lang) -> String {
    if total.changed == 0 {
        let (entitled, shortage) =
            (number::count(total.after.entitled), number::count(total.after.shortage));
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("entitled", &entitled), ("shortage", &shortage)];
        return words::UNCHANGED.with(lang, &values);
    }
    let whole = |posts| i64::try_from(posts).unwrap_or(i64::MAX);
    let difference = number::signed(whole(total.after.entitled) - whole(total.before.entitled));
    let (before, after) =
        (number::count(total.before.shortage), number::count(total.after.shortage));
    let message = if before == after { words::CHANGED_SAME } else { words::CHANGED_BY };
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("rows", &total.changed),
        ("difference", &difference),
        ("before", &before),
        ("after", &after),
    ];
    message.with(lang, &values)
}

fn row(
    name: &'static str,
    id: &'static str,
    change: &StageChange,
    class: &'static str,
) -> impl IntoView + use<> {
    let (before, after) = (change.before, change.after);
    let count = |was: u64, now: u64| {
        let was = (was != now).then(|| {
            view! { <span class="was">{number::count(was)}</span><span class="arr">"→"</span> }
        });
        view! { {was} {number::count(now)} }
    };
    let was = (before.margin != after.margin).then(|| {
        view! {
            <span class="was">{number::signed(before.margin)}</span>
            <span class="arr">"→"</span>
        }
    });
    view! {
        <tr class=class data-testid="norm-change-row" data-stage=id>
            <th scope="row">{name}</th>
            <td class="num" data-testid="change-entitled">{count(before.entitled, after.entitled)}</td>
            <td class="num" data-testid="change-margin">{was}{margin(Some(after.margin))}</td>
            <td class="num" data-testid="change-shortage">{count(before.shortage, after.shortage)}</td>
        </tr>
    }
}

/// How many rows each basis decides, under the norm in force.
#[component]
pub fn Basis(seen: Seen) -> impl IntoView {
    let state = use_state();
    // A column of zeros would only take room: most norms refuse nobody.
    let refuses = Memo::new(move |_| seen.with(|seen| seen.total.refused > 0));
    let rows = move || {
        let (lang, refuses) = (state.lang.get(), refuses.get());
        seen.with(|seen| {
            let stages = seen.stages.iter().map(|(stage, change)| {
                basis(names::stage(*stage).get(lang), stage.as_str(), change, refuses, "")
            });
            let sum = basis(words::ALL_STAGES.get(lang), "all", &seen.total, refuses, "sum");
            (stages.collect_view(), sum)
        })
    };
    view! {
        <section class="block" aria-labelledby="basis-h">
            <header class="sec">
                <h2 id="basis-h">{state.say(words::BASIS)}</h2>
                <span class="note">{state.say(words::BASIS_NOTE)}</span>
            </header>
            <table class="t dense" data-testid="norm-basis">
                <thead>
                    <tr>
                        <th scope="col">{state.say(words::STAGE)}</th>
                        <th scope="col" class="num">{state.say(words::BY_STUDENTS)}</th>
                        <th scope="col" class="num">{state.say(words::BY_CLASSES)}</th>
                        <th scope="col" class="num">{state.say(words::WITH_EXTRA)}</th>
                        <Show when=move || refuses.get()>
                            <th scope="col" class="num">{state.say(words::REFUSED)}</th>
                        </Show>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn basis(
    name: &'static str,
    id: &'static str,
    change: &StageChange,
    refuses: bool,
    class: &'static str,
) -> impl IntoView + use<> {
    view! {
        <tr class=class data-testid="basis-row" data-stage=id>
            <th scope="row">{name}</th>
            <td class="num">{change.by_students}</td>
            <td class="num">{change.by_classes}</td>
            <td class="num">{change.with_extra}</td>
            {refuses.then(|| view! { <td class="num">{change.refused}</td> })}
        </tr>
    }
}
