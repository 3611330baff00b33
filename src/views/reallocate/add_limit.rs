//! Adding a limit: the fall of a stage, or one school, found by name or code, locked, closing, at
//! most or at least so many posts.

use std::collections::BTreeSet;

use bianheng_core::county::Stage;
use bianheng_core::report::reallocate::{FieldError, OwnLimit, row_name, whole};
use bianheng_core::text::{Message, names, reallocate as words};
use leptos::prelude::*;

use super::desk::{Desk, use_desk};
use super::field::FieldErrorLine;
use crate::widgets::{Icon, icon};

/// More matches than this are not listed: another letter narrows them.
const LISTED: usize = 8;

/// The button and the form that it opens.
#[component]
pub fn AddLimit() -> impl IntoView {
    let state = use_desk().state;
    let open = RwSignal::new(false);
    view! {
        <p>
            <button
                type="button"
                class="link"
                data-testid="add-limit"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon(Icon::Plus, "ico-13")}
                {state.say(words::ADD)}
            </button>
        </p>
        <Show when=move || open.get()>
            <div class="add-limit">
                <AddStage />
                <AddOwn />
            </div>
        </Show>
    }
}

/// A cap on the fall of a stage that has none yet.
#[component]
fn AddStage() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let free = Memo::new(move |_| {
        let rows = desk.study.get();
        let stages = state.with(|open| {
            let county = &open.workspace().state().county;
            let rows = rows.iter().flat_map(|study| &study.prepared.rows);
            let stages = rows.filter_map(|row| county.holdings.get(*row)?.part.stage());
            stages.collect::<BTreeSet<Stage>>()
        });
        let mut stages = stages.unwrap_or_default();
        desk.limits.with(|limits| stages.retain(|s| !limits.stage_fall.contains_key(s)));
        stages.into_iter().collect::<Vec<_>>()
    });
    let add = move |event| {
        if let Some(stage) = Stage::parse(&event_target_value(&event)) {
            desk.change(|limits| {
                limits.stage_fall.insert(stage, 0);
            });
        }
    };
    let options = move || {
        let stages = free.get().into_iter();
        stages
            .map(|stage| {
                view! {
                    <option value=stage.as_str()>{state.say(names::stage(stage))}</option>
                }
            })
            .collect_view()
    };
    view! {
        <span class="select short">
            <select
                data-testid="add-stage"
                aria-label=state.say(words::ADD_STAGE)
                prop:value=move || {
                    free.track();
                    ""
                }
                on:change=add
            >
                <option value="">{state.say(words::ADD_STAGE)}</option>
                {options}
            </select>
            {icon(Icon::ChevronDown, "")}
        </span>
    }
}

/// The lines whose unit's name or code holds a text, by their place in the problem.
fn matches(desk: Desk, text: &str) -> Vec<(usize, String)> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let lang = desk.state.lang.get();
    let found = desk.study.with(|study| {
        let study = study.as_ref()?;
        desk.state.with(|open| {
            let county = &open.workspace().state().county;
            let rows = study.prepared.rows.iter().enumerate();
            let found = rows.filter(|(_, row)| {
                let unit = county.holdings.get(**row).and_then(|holding| county.unit_of(holding));
                unit.is_some_and(|unit| {
                    unit.name.contains(text) || unit.code.as_str().starts_with(text)
                })
            });
            found.take(LISTED).map(|(at, row)| (at, row_name(county, *row, lang))).collect()
        })
    });
    found.unwrap_or_default()
}

/// A limit of one school.
#[component]
fn AddOwn() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let text = RwSignal::new(String::new());
    let chosen = RwSignal::new(None::<(usize, String)>);
    let kind = RwSignal::new("locked".to_owned());
    let posts = RwSignal::new(String::new());
    let error = RwSignal::new(None::<FieldError>);
    let missing = RwSignal::new(None::<Message>);
    let found = Memo::new(move |_| match chosen.with(Option::is_some) {
        true => Vec::new(),
        false => text.with(|text| matches(desk, text)),
    });
    let with_posts = move || kind.with(|kind| kind == "most" || kind == "least");
    let add = move |_| {
        missing.set(None);
        error.set(None);
        let Some((at, _)) = chosen.get_untracked() else {
            missing.set(Some(words::CHOOSE_UNIT));
            return;
        };
        let number = match posts.with_untracked(|posts| whole(posts)) {
            Ok(number) => number,
            Err(found) => return error.set(Some(found)),
        };
        let own = match (kind.get_untracked().as_str(), number) {
            ("closing", _) => OwnLimit::Closing,
            ("most", Some(number)) => OwnLimit::Most(number),
            ("least", Some(number)) => OwnLimit::Least(number),
            ("most" | "least", None) => return missing.set(Some(words::POSTS_MISSING)),
            _ => OwnLimit::Locked,
        };
        let prepared = desk.study.get_untracked();
        desk.change(|limits| {
            let prepared = prepared.as_ref().map(|study| &study.prepared);
            let line = prepared.and_then(|prepared| prepared.problem.lines.get(at));
            let id = prepared.and_then(|prepared| prepared.ids.get(at));
            if let (Some(line), Some(id)) = (line, id) {
                own.set(limits, id, line);
            }
        });
        chosen.set(None);
        text.set(String::new());
        posts.set(String::new());
    };
    let pick = move |at: usize, name: String| {
        text.set(name.clone());
        chosen.set(Some((at, name)));
        missing.set(None);
    };
    let results = move || {
        let found = found.get();
        let nothing = found.is_empty()
            && chosen.with(Option::is_none)
            && text.with(|text| !text.trim().is_empty());
        if nothing {
            return view! {
                <p class="note" role="status" data-testid="find-nothing">
                    {state.t(words::NO_MATCH)}
                </p>
            }
            .into_any();
        }
        let rows = found.into_iter().map(|(at, name)| {
            let label = name.clone();
            view! {
                <li>
                    <button
                        type="button"
                        class="link"
                        data-testid="find-result"
                        on:click=move |_| pick(at, name.clone())
                    >
                        {label}
                    </button>
                </li>
            }
        });
        view! { <ul class="found">{rows.collect_view()}</ul> }.into_any()
    };
    let option = move |id: &'static str, message: Message| {
        let is_chosen = move || kind.with(|kind| kind == id);
        view! { <option value=id selected=is_chosen>{state.say(message)}</option> }
    };
    view! {
        <div class="add-own" role="group" aria-label=state.say(words::ADD_OWN)>
            <label class="box short">
                {icon(Icon::Search, "ico-13")}
                <input
                    type="text"
                    autocomplete="off"
                    data-testid="find-unit"
                    aria-label=state.say(words::FIND_UNIT)
                    placeholder=state.say(words::FIND_UNIT)
                    prop:value=text
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        chosen.set(None);
                    }
                    on:keydown=move |event| {
                        if event.key() == "Enter" && !event.is_composing() {
                            let first = found.with_untracked(|found| found.first().cloned());
                            if let Some((at, name)) = first {
                                pick(at, name);
                            }
                        }
                    }
                />
            </label>
            {results}
            <div class="add-row">
                <span class="select short grow">
                    <select
                        data-testid="limit-kind"
                        aria-label=state.say(words::KIND_OF_LIMIT)
                        on:change=move |event| kind.set(event_target_value(&event))
                    >
                        {option("locked", words::KIND_LOCKED)}
                        {option("closing", words::KIND_CLOSING)}
                        {option("most", words::KIND_MOST)}
                        {option("least", words::KIND_LEAST)}
                    </select>
                    {icon(Icon::ChevronDown, "")}
                </span>
                <Show when=with_posts>
                    <input
                        class="field short narrow"
                        type="text"
                        autocomplete="off"
                        data-testid="limit-posts"
                        aria-label=state.say(words::POSTS_OF_LIMIT)
                        placeholder=state.say(words::POSTS_OF_LIMIT)
                        aria-invalid=move || error.get().map(|_| "true")
                        prop:value=posts
                        on:input=move |event| posts.set(event_target_value(&event))
                    />
                </Show>
                <button type="button" class="btn small" data-testid="limit-add" on:click=add>
                    {state.say(words::ADD)}
                </button>
            </div>
            <FieldErrorLine error=error />
            {move || {
                missing.get().map(|message| {
                    view! {
                        <span class="field-err" role="alert" data-testid="add-missing">
                            "✕ "
                            {state.t(message)}
                        </span>
                    }
                })
            }}
        </div>
    }
}
