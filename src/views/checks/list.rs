//! The findings, rule by rule. A rule with many shows its first ones until all are asked for.

use std::collections::BTreeSet;

use bianheng_core::check::{At, Finding, Rule, What};
use bianheng_core::county::County;
use bianheng_core::text::{
    Lang, Message, check as said, check_view as words, proof, shell, yardstick,
};
use bianheng_core::yardstick::{Severity, shipped};
use leptos::prelude::*;

use super::yardsticks::YARDSTICKS;
use crate::platform::page;
use crate::route::View;
use crate::state::{State, use_state};
use crate::widgets::{Icon, icon};

/// Findings of a rule that are shown before all are asked for.
const FIRST: usize = 20;

/// How much a finding weighs, in a word. What a rule only tells is a note.
pub fn weight(severity: Severity) -> Message {
    match severity {
        Severity::Calc => words::NOTES,
        severity => yardstick::severity(severity),
    }
}

/// The findings.
#[component]
pub fn List(found: Memo<Vec<Finding>>, only: RwSignal<Option<Severity>>) -> impl IntoView {
    let state = use_state();
    let whole = RwSignal::new(BTreeSet::<Rule>::new());
    let rules = move || {
        let (lang, only) = (state.lang.get(), only.get());
        state.with(|open| {
            let county = &open.workspace().state().county;
            found.with(|found| {
                let mut out = Vec::new();
                for rule in Rule::ALL {
                    let of_rule = found.iter().filter(|each| {
                        each.rule == rule && only.is_none_or(|only| each.severity == only)
                    });
                    let of_rule: Vec<&Finding> = of_rule.collect();
                    if !of_rule.is_empty() {
                        out.push(section(state, rule, &of_rule, county, whole, lang));
                    }
                }
                out
            })
        })
    };
    let none = move || {
        let only = only.get();
        found.with(|found| !found.iter().any(|each| only.is_none_or(|only| each.severity == only)))
    };
    view! {
        <Show when=none>
            <div class="empty" data-testid="checks-none">
                {icon(Icon::Check, "ico-20")}
                <strong>{state.say(said::NONE)}</strong>
            </div>
        </Show>
        {rules}
    }
}

fn section(
    state: State,
    rule: Rule,
    found: &[&Finding],
    county: &County,
    whole: RwSignal<BTreeSet<Rule>>,
    lang: Lang,
) -> impl IntoView + use<> {
    let all = found.len();
    let shown = if whole.with(|whole| whole.contains(&rule)) { all } else { FIRST.min(all) };
    let rows = found.iter().take(shown).map(|each| finding(state, each, county, lang));
    let rows = rows.collect_view();
    let more = (shown < all).then(|| {
        view! {
            <button
                type="button"
                class="btn small block-gap"
                data-testid="checks-more"
                on:click=move |_| {
                    whole.update(|whole| {
                        whole.insert(rule);
                    });
                }
            >
                {words::SHOW_ALL.with(lang, &[("n", &all)])}
            </button>
        }
    });
    // The heaviest stands first.
    let severity = found.first().map_or(Severity::Calc, |each| each.severity);
    let severity = weight(severity).get(lang);
    view! {
        <section class="block" data-testid="check-rule" data-id=format!("{rule:?}")>
            <header class="sec bar">
                <h2>
                    {format!("{rule:?} ")} {said::rule(rule).get(lang)}
                    <span class="note">{format!(" {severity} · {all}")}</span>
                </h2>
            </header>
            <ul class="findings">{rows}</ul>
            {more}
        </section>
    }
}

/// The screen where what the whole county's finding is about can be changed; `None` where the yardsticks
/// beside it say so.
fn of_the_county(what: &What) -> Option<View> {
    match what {
        What::ByClasses { .. } | What::RoundingExceeds { .. } | What::RoundingAdds { .. } => {
            Some(View::Norms)
        }
        What::AveragesOnly { .. } => Some(View::Schools),
        _ => None,
    }
}

fn finding(state: State, found: &Finding, county: &County, lang: Lang) -> impl IntoView + use<> {
    let place = said::place(found.at, county, lang);
    let row = match found.at {
        At::County => None,
        At::Unit(unit) => county.holdings.iter().position(|holding| holding.unit == unit),
        At::Row(row) => Some(row),
    };
    let screen = of_the_county(&found.what);
    let label = match (row, screen) {
        (Some(_), _) => words::OPEN.with(lang, &[("place", &place)]),
        (None, screen) => {
            let name = match screen {
                Some(View::Norms) => shell::NORMS,
                Some(_) => shell::SCHOOLS,
                None => yardstick::TITLE,
            };
            words::LEADS_TO.with(lang, &[("screen", &name.get(lang))])
        }
    };
    let place = match (row, screen) {
        (Some(row), _) => view! {
            <button
                type="button"
                class="link"
                data-testid="finding-open"
                title=label
                on:click=move |_| state.proof.set(Some(row))
            >
                {place}
            </button>
        }
        .into_any(),
        (None, Some(view)) => view! {
            <a class="link" data-testid="finding-open" title=label href=view.hash()>
                {place}
            </a>
        }
        .into_any(),
        (None, None) => view! {
            <button
                type="button"
                class="link"
                data-testid="finding-open"
                title=label
                on:click=move |_| {
                    page::focus(YARDSTICKS);
                }
            >
                {place}
            </button>
        }
        .into_any(),
    };
    let basis = found.clause(&county.yardsticks).zip(shipped());
    let basis = basis.map(|(clause, all)| proof::clause(&clause, &all.sources, lang));
    let unverified = said::needs_checking(found, county);
    let mark = unverified.then(|| {
        let text = proof::UNVERIFIED.get(lang);
        view! { <span class="chip warn">{icon(Icon::Warn, "")}{text}</span> }
    });
    let class = if found.severity == Severity::Hard { "hard" } else { "" };
    view! {
        <li class=class data-testid="finding">
            <div>{place}</div>
            <div>
                <p data-testid="finding-said">{said::say(found, county, lang)}</p>
                <p class="note">{said::cure(&found.what).get(lang)}</p>
                <p class="note">{basis} " " {mark}</p>
            </div>
        </li>
    }
}
