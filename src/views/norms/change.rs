//! What the norm in force does to the county against the norm that the base came with, and which
//! basis decides.

use bianheng_core::report::norm_change::{NormChange, StageChange, norm_change};
use bianheng_core::text::{Lang, names, norms as words, number};
use leptos::prelude::*;

use crate::state::use_state;
use crate::widgets::margin;

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
                <h2 id="change-h">{move || state.t(words::CHANGE)}</h2>
            </header>
            <div class="scroll-x" tabindex="0">
                <table class="t dense">
                    <thead>
                        <tr>
                            <th scope="col">{move || state.t(words::STAGE)}</th>
                            <th scope="col" class="num">{move || state.t(words::ENTITLED)}</th>
                            <th scope="col" class="num">{move || state.t(words::MARGIN)}</th>
                            <th scope="col" class="num">{move || state.t(words::SHORTAGE)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="say" role="status" data-testid="norm-change-say">{sentence}</p>
            <p class="note">{move || state.t(words::CHANGE_NOTE)}</p>
        </section>
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
                <h2 id="basis-h">{move || state.t(words::BASIS)}</h2>
                <span class="note">{move || state.t(words::BASIS_NOTE)}</span>
            </header>
            <table class="t dense" data-testid="norm-basis">
                <thead>
                    <tr>
                        <th scope="col">{move || state.t(words::STAGE)}</th>
                        <th scope="col" class="num">{move || state.t(words::BY_STUDENTS)}</th>
                        <th scope="col" class="num">{move || state.t(words::BY_CLASSES)}</th>
                        <th scope="col" class="num">{move || state.t(words::WITH_EXTRA)}</th>
                        <Show when=move || refuses.get()>
                            <th scope="col" class="num">{move || state.t(words::REFUSED)}</th>
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
