//! The yardsticks: which table stands in a group, and every figure to change, with its source. A
//! figure that cannot be taken is said in its place and changes nothing.

use bianheng_core::norm::Exact;
use bianheng_core::scenario::{Command, Label, Step};
use bianheng_core::text::{Lang, check_view as words, proof, yardstick as named};
use bianheng_core::yardstick::{Change, Choice, Group, Key, keys, shipped};
use leptos::prelude::*;

use crate::state::{State, use_state};
use crate::widgets::{Icon, icon};

/// The id of the heading, which takes the focus when a finding leads here.
pub const YARDSTICKS: &str = "yardsticks-h";

/// The yardsticks, group by group.
#[component]
pub fn Yardsticks() -> impl IntoView {
    let state = use_state();
    let choice = Memo::new(move |_| {
        state.with(|open| open.workspace().state().county.yardsticks.clone()).unwrap_or_default()
    });
    let error = RwSignal::new(None::<Key>);
    // The groups are laid out anew after every change: those that were open stay open.
    let opened = StoredValue::new(Vec::<Group>::new());
    let groups = move || {
        let (lang, error_at) = (state.lang.get(), error.get());
        choice.with(|choice| {
            let keys = keys(choice);
            let mut groups: Vec<Group> = Vec::new();
            for key in &keys {
                if !groups.contains(&key.group) {
                    groups.push(key.group);
                }
            }
            groups.push(Group::Leaders);
            let one = |of: Group| {
                let keys: Vec<Key> = keys.iter().copied().filter(|key| key.group == of).collect();
                group(state, choice, of, &keys, (error, error_at), opened, lang)
            };
            groups.into_iter().map(one).collect_view()
        })
    };
    view! {
        <section class="block" aria-labelledby=YARDSTICKS data-testid="yardsticks">
            <header class="sec bar">
                <h2 id=YARDSTICKS tabindex="-1">{state.say(named::TITLE)}</h2>
            </header>
            <p class="note">{state.say(words::YARDSTICKS_NOTE)}</p>
            {groups}
        </section>
    }
}

fn group(
    state: State,
    choice: &Choice,
    group: Group,
    keys: &[Key],
    (error, error_at): (RwSignal<Option<Key>>, Option<Key>),
    opened: StoredValue<Vec<Group>>,
    lang: Lang,
) -> impl IntoView + use<> {
    let sets = shipped().map(|all| all.sets.as_slice()).unwrap_or_default();
    let sets: Vec<_> = sets.iter().filter(|set| set.group == group).collect();
    let now = choice.set(group).to_owned();
    let options = sets.iter().map(|set| {
        let chosen = set.id == now;
        view! { <option value=set.id.clone() selected=chosen>{set.label.get(lang)}</option> }
    });
    let options = options.collect_view();
    let select = (!sets.is_empty()).then(|| {
        let change = move |event| {
            set_table(state, group, &now, &event_target_value(&event));
        };
        view! {
            <label class="fieldset">
                <span class="label">{words::TABLE.get(lang)}</span>
                <span class="select">
                    <select data-testid="yardstick-table" on:change=change>
                        {options}
                    </select>
                    {icon(Icon::ChevronDown, "ico-13")}
                </span>
            </label>
        }
    });
    let changed = keys.iter().filter(|key| choice.change(**key).is_some()).count();
    let figures = keys.iter().map(|key| figure(state, choice, *key, error, error_at, lang));
    let changed = (changed > 0).then(|| {
        view! { <span class="chip accent">{words::CHANGED.get(lang)} " " {changed}</span> }
    });
    let was_open = opened.with_value(|opened| opened.contains(&group));
    let open = was_open || error_at.is_some_and(|at| at.group == group);
    // Enter and Space on the summary are clicks too.
    let toggle = move |_| {
        opened.update_value(|opened| match opened.iter().position(|found| *found == group) {
            Some(at) => drop(opened.remove(at)),
            None => opened.push(group),
        });
    };
    view! {
        <details class="how" open=open data-testid="yardstick-group" data-id=format!("{group:?}")>
            <summary on:click=toggle>{named::group(group).get(lang)} " " {changed}</summary>
            {select}
            <ul class="yardsticks">{figures.collect_view()}</ul>
        </details>
    }
}

fn figure(
    state: State,
    choice: &Choice,
    key: Key,
    error: RwSignal<Option<Key>>,
    error_at: Option<Key>,
    lang: Lang,
) -> impl IntoView + use<> {
    let found = choice.figure(key)?;
    let value = found.value.to_string();
    let name = named::key(key, lang);
    // The group stands above; the rest of the name is enough here.
    let short = name.split_once(" · ").map_or(name.clone(), |(_, rest)| rest.to_owned());
    let why = shipped().map(|all| proof::clause(found.clause, &all.sources, lang));
    let unverified = found.confidence().needs_checking();
    let mark = unverified.then(|| {
        let text = proof::UNVERIFIED.get(lang);
        view! { <span class="chip warn">{icon(Icon::Warn, "")}{text}</span> }
    });
    let back = found.changed.then(|| {
        let before = choice.unchanged();
        let before = before.figure(key).map(|figure| figure.value.to_string());
        let text = words::BACK.with(lang, &[("value", &before.unwrap_or_default())]);
        view! {
            <button
                type="button"
                class="link"
                data-testid="yardstick-back"
                on:click=move |_| {
                    error.set(None);
                    set_figure(state, key, None);
                }
            >
                {text}
            </button>
        }
    });
    // A changed figure is as good as the document that says so.
    let document = found.changed.then(|| {
        let label = format!("{name} {}", proof::DOCUMENT.get(lang));
        view! {
            <input
                class="field"
                placeholder=proof::DOCUMENT.get(lang)
                aria-label=label
                data-testid="yardstick-document"
                prop:value=found.document.to_owned()
                on:change=move |event| set_document(state, key, event_target_value(&event).trim())
            />
        }
    });
    let wrong = (error_at == Some(key)).then(|| Choice::range(key)).flatten();
    let wrong = wrong.map(|(least, greatest)| {
        let text = words::FIGURE_RANGE.with(lang, &[("least", &least), ("greatest", &greatest)]);
        view! { <p class="field-err" role="alert" data-testid="yardstick-error">{text}</p> }
    });
    let kept = value.clone();
    let change = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        match read(key, &text) {
            Some(value) => {
                error.set(None);
                if value.to_string() != kept {
                    set_figure(state, key, Some(value));
                }
            }
            None => error.set(Some(key)),
        }
    };
    Some(view! {
        <li title=why data-testid="yardstick">
            <label>
                <span>{short}</span>
                <input
                    class="field num"
                    inputmode="decimal"
                    data-testid="yardstick-value"
                    aria-label=name
                    prop:value=value
                    on:change=change
                />
                <span class="unit">{named::unit(key.group).get(lang)}</span>
            </label>
            {document}
            {mark}
            {back}
            {wrong}
        </li>
    })
}

/// What was typed, where it is a number in the figure's range.
fn read(key: Key, text: &str) -> Option<Exact> {
    let value = Exact::parse(text).filter(|value| Choice::is_fine(&value.0))?;
    let (least, greatest) = Choice::range(key)?;
    (least.0 <= value.0 && value.0 <= greatest.0).then_some(value)
}

fn set_figure(state: State, at: Key, value: Option<Exact>) {
    let step = state.peek(|open| {
        let old = open.workspace().state().county.yardsticks.change(at).cloned();
        // Another figure needs a document of its own.
        let new = value.map(|value| Change { at, value, document: String::new() });
        let commands = vec![Command::SetYardstick { at, old, new }];
        Step { label: Label::Edit, commands }
    });
    if let Some(step) = step {
        state.dispatch(step);
    }
}

/// Enters the number of the document that a changed figure rests on; empty for none.
fn set_document(state: State, at: Key, document: &str) {
    let step = state.peek(|open| {
        let old = open.workspace().state().county.yardsticks.change(at)?.clone();
        let new = Change { document: document.to_owned(), ..old.clone() };
        let commands =
            vec![Command::SetYardstick { at, old: Some(old.clone()), new: Some(new.clone()) }];
        (old != new).then_some(Step { label: Label::Edit, commands })
    });
    if let Some(step) = step.flatten() {
        state.dispatch(step);
    }
}

fn set_table(state: State, group: Group, old: &str, new: &str) {
    if old != new {
        let (old, new) = (old.to_owned(), new.to_owned());
        let commands = vec![Command::SetYardstickTable { group, old, new }];
        state.dispatch(Step { label: Label::Edit, commands });
    }
}
