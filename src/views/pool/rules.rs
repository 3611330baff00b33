//! The rules of the pool: on or off, their figures, the clause each rests on; and the rules of real
//! schemes, ready to be put in force, with where they were read.

use bianheng_core::norm::Confidence;
use bianheng_core::pool::preset::{Preset, presets};
use bianheng_core::pool::{At, Rule, Test};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, Message, pool_order, pool_view as words};
use leptos::prelude::*;

use super::cell::Cell;
use super::change::{change, put, refuse, say_done};
use super::form::Refused;
use super::ordering::Ordering;
use super::parts::Trash;
use super::rule_form::RuleForm;
use super::seen::View;
use crate::platform::page;
use crate::state::{State, use_state};
use crate::widgets::{Icon, at_least_one, icon};

/// The button that adds a rule.
const ADD: &str = "rule-add";

/// The rules.
#[component]
pub fn Rules(view: View) -> impl IntoView {
    let state = use_state();
    let kinds = Memo::new(move |_| {
        let kinds = view.read(|seen| {
            // Without their figures, so that a changed figure keeps its row and its focus.
            let rules = seen.pool.rules_offered().into_iter();
            rules.map(|rule| (rule.kind, rule.figure().is_some())).collect::<Vec<_>>()
        });
        kinds.unwrap_or_default()
    });
    let adding = RwSignal::new(false);
    let added = Callback::new(move |()| {
        adding.set(false);
        page::focus(ADD);
    });
    let head = move |class: &'static str, label: Message| {
        view! {
            <th scope="col" class=class>
                {state.say(label)}
            </th>
        }
    };
    let rows = move || {
        let one = |(at, (kind, figure))| view! { <Row view=view at=at kind=kind figure=figure /> };
        kinds.get().into_iter().enumerate().map(one).collect_view()
    };
    view! {
        <div>
            <Presets view=view />
            <table class="t rules">
                <thead>
                    <tr>
                        {head("", words::RULE_ON)} {head("", words::RULE)}
                        {head("num", words::RULE_FIGURE)} {head("", words::RULE_CLAUSE)}
                        {head("", words::RULE_CHECKED)} <th></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="btns">
                <button
                    type="button"
                    class="btn small"
                    id=ADD
                    data-testid="rule-add"
                    aria-expanded=move || adding.get().to_string()
                    on:click=move |_| adding.update(|open| *open = !*open)
                >
                    {icon(Icon::Plus, "ico-13")}
                    {state.say(words::RULE_ADD)}
                </button>
            </p>
            <Show when=move || adding.get()>
                {move || {
                    let term = view.peek(|seen| seen.pool.term_years).unwrap_or_default();
                    let rule = Rule::new(Test::Compare, term);
                    view! { <RuleForm at=usize::MAX rule=rule close=added /> }
                }}
            </Show>
            <Ordering />
        </div>
    }
}

/// Rules of real schemes: chosen, read, put in force.
#[component]
fn Presets(view: View) -> impl IntoView {
    let state = use_state();
    let list = StoredValue::new(presets());
    let chosen = RwSignal::new(None::<usize>);
    let of = move || chosen.get().and_then(|at| list.with_value(|list| list.get(at).cloned()));
    let options = move || {
        let lang = state.lang.get();
        let one = |(at, preset): (usize, &Preset)| {
            view! { <option value=at.to_string()>{preset.title.get(lang).to_owned()}</option> }
        };
        list.with_value(|list| list.iter().enumerate().map(one).collect_view())
    };
    let put = move |_| {
        let lang = state.lang.get_untracked();
        let Some(preset) = untrack(of) else { return };
        if change(state, Label::Pool, |pool| preset.put(pool, lang)) {
            let title = preset.title.get(lang);
            say_done(state, words::PRESET_PUT.with(lang, &[("title", &title)]));
        }
    };
    let about = move || {
        let lang = state.lang.get();
        of().map(|preset| {
            let unverified = preset.confidence.needs_checking();
            view! {
                <p class="note" data-testid="preset-about">
                    {preset.about.get(lang).to_owned()}
                    " "
                    <span class="ink3">{preset.source.clone()}</span>
                    " "
                    {unverified
                        .then(|| {
                            view! { <span class="chip warn">{words::UNVERIFIED.get(lang)}</span> }
                        })}
                    " "
                    <button type="button" class="btn small" data-testid="preset-put" on:click=put>
                        {words::PRESET_USE.get(lang)}
                    </button>
                </p>
            }
        })
    };
    let in_force = move || {
        let lang = state.lang.get();
        let said = view.read(|seen| {
            let pool = &seen.pool;
            list.with_value(|list| {
                let preset = list.iter().find(|preset| preset.id == pool.preset)?;
                Some(pool_order::in_force(preset, pool, lang))
            })
        });
        said.flatten().map(|said| {
            view! {
                <p class="note" data-testid="preset-in-force">
                    {said}
                </p>
            }
        })
    };
    view! {
        {in_force}
        <div class="presets">
            <span class="select">
                <select
                    data-testid="preset-select"
                    aria-label=state.say(words::PRESET)
                    on:change=move |event| chosen.set(event_target_value(&event).parse().ok())
                >
                    <option value="">{state.say(words::PRESET)}</option>
                    {options}
                </select>
                {icon(Icon::ChevronDown, "")}
            </span>
            {about}
        </div>
    }
}

/// The rule at a place of those offered.
fn edit(state: State, at: usize, edit: impl FnOnce(&mut Rule)) -> Result<(), Refused> {
    put(state, Label::Pool, |pool| {
        if let Some(mut rule) = pool.rules_offered().into_iter().nth(at) {
            edit(&mut rule);
            pool.set_rule(at, rule);
        }
    })
}

#[component]
fn Row(view: View, at: usize, kind: Test, figure: bool) -> impl IntoView {
    let state = use_state();
    let rule = Memo::new(move |_| {
        view.read(|seen| seen.pool.rules_offered().into_iter().nth(at)).flatten()
    });
    let read = move |read: fn(&Rule, Lang) -> String| {
        Signal::derive(move || {
            let lang = state.lang.get();
            rule.with(|rule| rule.as_ref().map(|rule| read(rule, lang))).unwrap_or_default()
        })
    };
    let is =
        move |test: fn(&Rule) -> bool| move || rule.with(|rule| rule.as_ref().is_some_and(test));
    let on = is(|rule| !rule.off);
    let checked = is(|rule| !rule.confidence.needs_checking());
    let name = read(|rule, lang| rule.title(lang));
    let named = move |label: Message| {
        Signal::derive(move || format!("{} · {}", name.get(), state.t(label)))
    };
    let save_figure = Callback::new(move |typed: String| {
        let figure = at_least_one(&typed);
        let figure = figure.ok_or_else(|| Refused::typed(At::Figure, words::ERROR_FIGURE))?;
        edit(state, at, |rule| rule.set_figure(figure))
    });
    // Only a rule that was asked for by its parts is changed by them, and goes.
    let own = matches!(kind, Test::Compare | Test::OneOf);
    let open = RwSignal::new(false);
    let close = Callback::new(move |()| open.set(false));
    let remove = Callback::new(move |()| {
        change(state, Label::Pool, |pool| pool.remove_rule(at));
        page::focus(ADD);
    });
    let tick = move |done: Result<(), Refused>| {
        if let Err(why) = done {
            refuse(state, &why.text(state.lang.get_untracked()));
        }
    };
    let save_clause = Callback::new(move |typed: String| {
        let lang = state.lang.get_untracked();
        edit(state, at, |rule| match lang {
            Lang::Zh => rule.clause.zh = typed,
            Lang::En => rule.clause.en = typed,
        })
    });
    let figure_cell = if figure {
        let unit = move || {
            let years = rule.with(|rule| rule.as_ref().is_some_and(|rule| rule.posts.is_none()));
            state.t(if years { words::RULE_YEARS } else { words::RULE_POSTS })
        };
        view! {
            <span class="with-unit">
                <Cell
                    testid="rule-figure"
                    class="cell num"
                    label=named(words::RULE_FIGURE)
                    value=read(|rule, _| {
                        rule.figure().map(|figure| figure.to_string()).unwrap_or_default()
                    })
                    save=save_figure
                />
                <span class="note">{unit}</span>
            </span>
        }
        .into_any()
    } else {
        view! { <span class="na">"—"</span> }.into_any()
    };
    view! {
        <tr class:is-out=move || !on() data-testid="rule-row" data-id=kind.as_str()>
            <td>
                <input
                    type="checkbox"
                    data-testid="rule-on"
                    aria-label=named(words::RULE_ON)
                    prop:checked=on
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        tick(edit(state, at, |rule| rule.off = !on));
                    }
                />
            </td>
            <th scope="row">{name}</th>
            <td class="num">{figure_cell}</td>
            <td class="wide">
                <Cell
                    testid="rule-clause"
                    label=named(words::RULE_CLAUSE)
                    value=read(|rule, lang| rule.clause.get(lang).to_owned())
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
                            tick(edit(state, at, |rule| rule.confidence = confidence));
                        }
                    />
                    <Show when=move || !checked()>
                        <span class="chip warn">{state.say(words::UNVERIFIED)}</span>
                    </Show>
                </label>
            </td>
            <td class="nowrap">
                <Show when=move || own>
                    <button
                        type="button"
                        class="btn small quiet"
                        data-testid="rule-change"
                        aria-label=named(words::RULE_CHANGE)
                        aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        {state.say(words::RULE_CHANGE)}
                    </button>
                    <Trash testid="rule-remove" label=named(words::ORDER_REMOVE) out=remove />
                </Show>
            </td>
        </tr>
        <Show when=move || open.get()>
            <tr class="grounds-row">
                <td colspan="6">
                    {move || {
                        let rule = rule.get_untracked();
                        rule.map(|rule| view! { <RuleForm at=at rule=rule close=close /> })
                    }}
                </td>
            </tr>
        </Show>
    }
}
