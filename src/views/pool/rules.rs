//! The rules of the pool: on or off, their figures, the clause each rests on.

use bianheng_core::norm::Confidence;
use bianheng_core::pool::{Condition, Rule};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, Message, pool_view as words};
use leptos::prelude::*;

use super::cell::Cell;
use super::change::{change, refuse};
use super::seen::View;
use crate::state::{State, use_state};
use crate::widgets::at_least_one;

/// The rules.
#[component]
pub fn Rules(view: View) -> impl IntoView {
    let state = use_state();
    let conditions = Memo::new(move |_| {
        let kinds = view.read(|seen| {
            let rules = seen.pool.rules_offered();
            // Without their figures, so that a changed figure keeps its row and its focus.
            rules.into_iter().map(|rule| rule.condition.with_figure(0)).collect::<Vec<_>>()
        });
        kinds.unwrap_or_default()
    });
    let head = move |class: &'static str, label: Message| {
        view! {
            <th scope="col" class=class>
                {move || state.t(label)}
            </th>
        }
    };
    let rows = move || {
        let one = |condition| view! { <Row view=view condition=condition /> };
        conditions.get().into_iter().map(one).collect_view()
    };
    view! {
        <table class="t rules">
            <thead>
                <tr>
                    {head("", words::RULE_ON)} {head("", words::RULE)}
                    {head("num", words::RULE_FIGURE)} {head("", words::RULE_CLAUSE)}
                    {head("", words::RULE_CHECKED)}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn edit(state: State, condition: Condition, edit: impl FnOnce(&mut Rule)) -> bool {
    change(state, Label::Pool, |pool| {
        let found = pool.rules_offered().into_iter().find(|rule| rule.condition.same_as(condition));
        if let Some(mut rule) = found {
            edit(&mut rule);
            pool.set_rule(rule);
        }
    })
}

#[component]
fn Row(view: View, condition: Condition) -> impl IntoView {
    let state = use_state();
    let rule = Memo::new(move |_| {
        view.read(|seen| {
            let rules = seen.pool.rules_offered();
            rules.into_iter().find(|rule| rule.condition.same_as(condition))
        })
        .flatten()
    });
    let on = move || rule.with(|rule| rule.as_ref().is_some_and(|rule| !rule.off));
    let checked = move || {
        rule.with(|rule| rule.as_ref().is_some_and(|rule| !rule.confidence.needs_checking()))
    };
    let name = Signal::derive(move || condition.name(state.lang.get()).to_owned());
    let named = move |label: Message| {
        Signal::derive(move || format!("{} · {}", name.get(), state.t(label)))
    };
    let figure = Signal::derive(move || {
        let figure = rule.with(|rule| rule.as_ref().and_then(|rule| rule.condition.figure()));
        figure.map(|figure| figure.to_string()).unwrap_or_default()
    });
    let clause = Signal::derive(move || {
        let lang = state.lang.get();
        rule.with(|rule| rule.as_ref().map(|rule| rule.clause.get(lang).to_owned()))
            .unwrap_or_default()
    });
    let save_figure = Callback::new(move |typed: String| match at_least_one(&typed) {
        Some(figure) => edit(state, condition, |rule| {
            rule.condition = rule.condition.with_figure(figure);
        }),
        None => {
            refuse(state, words::ERROR_FIGURE.get(state.lang.get_untracked()));
            false
        }
    });
    let save_clause = Callback::new(move |typed: String| {
        let lang = state.lang.get_untracked();
        edit(state, condition, |rule| match lang {
            Lang::Zh => rule.clause.zh = typed,
            Lang::En => rule.clause.en = typed,
        })
    });
    let unit = match condition {
        Condition::UnitLimit { .. } => Some(words::RULE_POSTS),
        Condition::LoanWithinDepartures { .. } => Some(words::RULE_YEARS),
        _ => None,
    };
    let figure_cell = match unit {
        Some(unit) => view! {
            <span class="with-unit">
                <Cell
                    testid="rule-figure"
                    class="cell num"
                    label=named(words::RULE_FIGURE)
                    value=figure
                    save=save_figure
                />
                <span class="note">{move || state.t(unit)}</span>
            </span>
        }
        .into_any(),
        None => view! { <span class="na">"—"</span> }.into_any(),
    };
    view! {
        <tr class:is-out=move || !on() data-testid="rule-row" data-id=key(condition)>
            <td>
                <input
                    type="checkbox"
                    data-testid="rule-on"
                    aria-label=named(words::RULE_ON)
                    prop:checked=on
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        edit(state, condition, |rule| rule.off = !on);
                    }
                />
            </td>
            <th scope="row">{name}</th>
            <td class="num">{figure_cell}</td>
            <td class="wide">
                <Cell
                    testid="rule-clause"
                    label=named(words::RULE_CLAUSE)
                    value=clause
                    save=save_clause
                    hint=Signal::stored("—".to_owned())
                />
            </td>
            <td>
                <label class="check">
                    <input
                        type="checkbox"
                        data-testid="rule-checked"
                        aria-label=named(words::RULE_CHECKED)
                        prop:checked=checked
                        on:change=move |event| {
                            let confidence = if event_target_checked(&event) {
                                Confidence::Verified
                            } else {
                                Confidence::LocalAssumption
                            };
                            edit(state, condition, |rule| rule.confidence = confidence);
                        }
                    />
                    <Show when=move || !checked()>
                        <span class="chip warn">{move || state.t(words::UNVERIFIED)}</span>
                    </Show>
                </label>
            </td>
        </tr>
    }
}

/// The rule's name in tests.
fn key(condition: Condition) -> &'static str {
    match condition {
        Condition::NotOverfull => "not_overfull",
        Condition::MustBeFull => "must_be_full",
        Condition::KindMatches => "kind_matches",
        Condition::UnitLimit { .. } => "unit_limit",
        Condition::LoanWithinDepartures { .. } => "loan_within_departures",
        Condition::NoOverdueLoan => "no_overdue_loan",
    }
}
