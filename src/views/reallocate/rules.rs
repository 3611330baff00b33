//! The choice of the fairness rule, each with one sentence in plain words.

use bianheng_core::allocate::Rule;
use bianheng_core::text::{names, reallocate as words};
use leptos::prelude::*;

use super::desk::use_desk;

/// The name of a rule's radio button for tests.
fn testid(rule: Rule) -> &'static str {
    match rule {
        Rule::Balanced => "rule-balanced",
        Rule::WorstFirst => "rule-worst-first",
        Rule::EqualGap => "rule-equal-gap",
        Rule::NeverOverfill => "rule-never-overfill",
        Rule::LargestRemainder => "rule-largest-remainder",
    }
}

/// The rules.
#[component]
pub fn Rules() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let chosen = Memo::new(move |_| desk.limits.with(|limits| limits.rule));
    let one = move |rule: Rule| {
        let chip = match rule {
            Rule::Balanced => Some(words::RULE_DEFAULT),
            Rule::LargestRemainder => Some(words::RULE_COMPARISON),
            _ => None,
        };
        view! {
            <label class="rule" class:is-on=move || chosen.get() == rule>
                <input
                    type="radio"
                    name="rule"
                    data-testid=testid(rule)
                    prop:checked=move || chosen.get() == rule
                    on:change=move |_| {
                        desk.change(|limits| limits.rule = rule);
                    }
                />
                <span>
                    <b>{state.say(names::rule(rule))}</b>
                    {chip.map(|chip| view! { <span class="chip">{state.say(chip)}</span> })}
                    <small>{state.say(words::rule(rule))}</small>
                    <Show when=move || chosen.get() == rule>
                        <small>{state.say(words::example(rule))}</small>
                    </Show>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="block">
            <legend class="sec"><h2>{state.say(words::FAIRNESS)}</h2></legend>
            <div class="rules">{Rule::ALL.map(one)}</div>
        </fieldset>
    }
}
