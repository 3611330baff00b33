//! The rules in words and their parameters, a section for each rule.

use bianheng_core::report::norm_change::{reference_values, values_of_pack};
use bianheng_core::report::norm_sheet::{Heading, Section, StepSheet, norm_sheet};
use bianheng_core::text::{Lang, names, norms as words, proof};
use leptos::prelude::*;

use super::change::Seen;
use super::parameter::{ParameterRow, Reference};
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// Every section. They are laid out anew only when another norm comes into force.
#[component]
pub fn Rules(seen: Seen, chosen: StoredValue<String>) -> impl IntoView {
    let state = use_state();
    let reference: Reference = Memo::new(move |_| {
        state.with(|open| reference_values(open.workspace())).unwrap_or_default()
    });
    let of_pack: Reference =
        Memo::new(move |_| state.with(|open| values_of_pack(open.workspace())).unwrap_or_default());
    let sections = Memo::new(move |_| {
        state.with(|open| norm_sheet(&open.workspace().state().norm)).unwrap_or_default()
    });
    let all = move || {
        let section = |section: Section| {
            view! {
                <RuleSection section seen reference of_pack chosen />
            }
        };
        sections.get().into_iter().map(section).collect_view()
    };
    view! { <div class="block" data-testid="norm-rules">{all}</div> }
}

#[component]
fn RuleSection(
    section: Section,
    seen: Seen,
    reference: Reference,
    of_pack: Reference,
    chosen: StoredValue<String>,
) -> impl IntoView {
    let state = use_state();
    let Section { id, heading, stages, localities, unclear, reading, steps, parameters } = section;
    let heading_id = format!("{id}-h");
    let apart = match &heading {
        Heading::Rule(_) => words::ASKED_BY_ID,
        Heading::Shared => words::SHARED_NOTE,
        Heading::Unused => words::UNUSED_NOTE,
    };
    let said = move |lang: Lang| match &heading {
        Heading::Rule(label) => label.get(lang).to_owned(),
        Heading::Shared => words::SHARED.get(lang).to_owned(),
        Heading::Unused => words::UNUSED.get(lang).to_owned(),
    };
    let said = StoredValue::new(said);
    let title = move || said.with_value(|said| said(state.lang.get()));
    let covered = stages.clone();
    let rows = Memo::new(move |_| {
        seen.with(|seen| {
            let found = covered.iter().filter_map(|stage| seen.stages.get(stage));
            found.map(|stage| stage.rows).sum::<usize>()
        })
    });
    let note = move || {
        let lang = state.lang.get();
        if stages.is_empty() {
            return apart.get(lang).to_owned();
        }
        let stages: Vec<&str> = stages.iter().map(|stage| names::stage(*stage).get(lang)).collect();
        let mut stages = stages.join(words::STAGES_AND.get(lang));
        if !localities.is_empty() {
            let places = localities.iter().map(|place| names::locality(*place).get(lang));
            let places: Vec<&str> = places.collect();
            stages = format!("{stages} · {}", places.join(words::STAGES_AND.get(lang)));
        }
        let rows = words::ROWS.with(lang, &[("n", &rows.get())]);
        // A rule that is called by its stages need not name them twice.
        if said.with_value(|said| said(lang)) == stages {
            rows
        } else {
            format!("{stages} · {rows}")
        }
    };
    let is_open = !unclear.is_empty() || reading.is_some();
    let left_open = move || {
        let lang = state.lang.get();
        let mut said = Vec::new();
        if !unclear.is_empty() {
            said.push(proof::UNCLEAR.with(lang, &[("unclear", &unclear.get(lang))]));
        }
        if let Some((own, others)) = &reading {
            said.push(proof::READING.with(lang, &[("reading", &own.get(lang))]));
            let others: Vec<&str> = others.iter().map(|other| other.get(lang)).collect();
            let others = others.join(words::STAGES_AND.get(lang));
            said.push(words::OTHER_READINGS.with(lang, &[("readings", &others)]));
        }
        said.join(" ")
    };
    let left_open = is_open.then(|| {
        view! {
            <p class="left-open" data-testid="norm-unclear">
                <span class="chip warn">
                    {icon(Icon::Warn, "")}
                    {state.say(words::LEFT_OPEN)}
                </span>
                " "
                {left_open}
            </p>
        }
    });
    let has_parameters = !parameters.is_empty();
    let parameters = parameters
        .into_iter()
        .map(|id| view! { <ParameterRow id reference of_pack chosen /> })
        .collect_view();
    let has_steps = !steps.is_empty();
    let rule = id.strip_prefix("rule-").unwrap_or_default().to_owned();
    let step_row = |step| view! { <StepRow rule=rule.clone() step /> };
    let steps = steps.into_iter().map(step_row).collect_view();
    view! {
        <section class="block" aria-labelledby=heading_id.clone() data-testid="norm-section" data-id=id>
            <header class="sec">
                <h2 id=heading_id.clone()>{title}</h2>
                <span class="note">{note}</span>
            </header>
            {left_open}
            {has_steps
                .then(|| {
                    view! {
                        <table class="t dense norm-steps">
                            <thead>
                                <tr>
                                    <th scope="col">{state.say(words::STEP)}</th>
                                    <th scope="col">{state.say(words::FORMULA)}</th>
                                    <th scope="col">{state.say(words::CLAUSE)}</th>
                                </tr>
                            </thead>
                            <tbody>{steps}</tbody>
                        </table>
                    }
                })}
            {has_parameters
                .then(|| {
                    view! {
                        <table class="t params">
                            <thead>
                                <tr>
                                    <th scope="col">{state.say(words::PARAMETER)}</th>
                                    <th scope="col">{state.say(words::CLAUSE)}</th>
                                    <th scope="col" class="num">{state.say(words::VALUE)}</th>
                                    <th scope="col">{state.say(words::RANGE)}</th>
                                    <th scope="col">{state.say(words::STATUS)}</th>
                                    <th scope="col">
                                        <span class="sr-only">{state.say(words::RESET)}</span>
                                    </th>
                                </tr>
                            </thead>
                            <tbody>{parameters}</tbody>
                        </table>
                    }
                })}
        </section>
    }
}

#[component]
fn StepRow(rule: String, step: StepSheet) -> impl IntoView {
    let state = use_state();
    let StepSheet { id, label, said, clause } = step;
    let named = (rule, id.clone());
    // What a step uses may be settled while its row stands.
    let unverified = Memo::new(move |_| {
        let (rule, step) = &named;
        state.with(|open| open.workspace().state().norm.is_step_unverified(rule, step))
            == Some(true)
    });
    let formula = move || words::formula(&said, state.lang.get());
    let rests_on = move || {
        let lang = state.lang.get();
        state.peek(|open| proof::clause(&clause, open.workspace().state().norm.pack(), lang))
    };
    let mark = move || {
        unverified.get().then(|| {
            view! {
                <span class="chip warn" data-testid="step-unverified">
                    {icon(Icon::Warn, "")}
                    {state.say(proof::UNVERIFIED)}
                </span>
            }
        })
    };
    view! {
        <tr data-testid="norm-step" data-id=id>
            <th scope="row">{move || label.get(state.lang.get()).to_owned()}</th>
            <td>{formula}</td>
            <td class="clause">{rests_on}" "{mark}</td>
        </tr>
    }
}
