//! The scenario tabs: one for each, the open one's name edited in place, and a menu to make, name,
//! put away and find scenarios.

use bianheng_core::scenario::Scenario;
use bianheng_core::text::{compare as words, number, shell};
use leptos::html::Input;
use leptos::prelude::*;

use crate::platform::location;
use crate::route::View;
use crate::state::{Shown, State, Toast, use_state};
use crate::widgets::{Icon, Menu, MenuItem, focus_soon};

/// A tab as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tab {
    at: usize,
    name: String,
    note: String,
    active: bool,
}

/// The tabs and their menu.
#[component]
pub fn Tabs() -> impl IntoView {
    let state = use_state();
    let editing = RwSignal::new(false);
    let tabs = Memo::new(move |_| {
        state
            .with_all(|open| {
                let workspace = open.workspace();
                let all = workspace.scenarios().iter().enumerate();
                let shown = all.filter(|(at, one)| !one.archived || *at == workspace.active());
                let tab = |(at, one): (usize, &Scenario)| Tab {
                    at,
                    name: one.name.clone(),
                    note: one.note.clone(),
                    active: at == workspace.active(),
                };
                shown.map(tab).collect::<Vec<_>>()
            })
            .unwrap_or_default()
    });
    let one = move |tab: Tab| {
        if tab.active && editing.get() {
            return view! { <NameField editing name=tab.name /> }.into_any();
        }
        let (at, active) = (tab.at, tab.active);
        let moved = active.then(|| view! { <Moved /> });
        let testid = if active { "scenario-tab" } else { "scenario-other" };
        let title = if tab.note.is_empty() { tab.name.clone() } else { tab.note };
        view! {
            <button
                type="button"
                class="tab"
                aria-current=active.then_some("true")
                data-testid=testid
                title=title
                on:click=move |_| {
                    if !active {
                        state.edit(|workspace| workspace.switch(at));
                        // The tabs are made anew: the keyboard stays on the one that is open now.
                        focus_soon("scenario-tab");
                    }
                }
                on:dblclick=move |_| editing.set(true)
                on:keydown=move |event| {
                    if matches!(event.key().as_str(), "F2") || active && event.key() == "Enter" {
                        event.prevent_default();
                        editing.set(true);
                    }
                }
            >
                <span>{tab.name}</span>
                {moved}
            </button>
        }
        .into_any()
    };
    // However many there are, the open one is in sight.
    Effect::new(move |_| {
        tabs.with(|_| ());
        request_animation_frame(|| {
            if let Ok(Some(tab)) = document().query_selector("[data-testid=scenario-tab]") {
                tab.scroll_into_view_with_bool(false);
            }
        });
    });
    let items = Callback::new(move |()| menu(state));
    let pick = Callback::new(move |(what, at): (String, String)| pick(state, editing, &what, &at));
    let label = Signal::derive(move || state.t(words::NEW).to_owned());
    view! {
        <nav class="tabs" aria-label=state.say(shell::SCENARIO_NAME)>
            {move || tabs.get().into_iter().map(one).collect_view()}
        </nav>
        <Menu testid="scenario-menu" class="tab-add" label mark=Icon::Plus items on_pick=pick />
    }
}

/// What the open scenario moved.
#[component]
fn Moved() -> impl IntoView {
    let state = use_state();
    let moved = move || {
        let moved = state.ledger.get().map(|ledger| ledger.moved).unwrap_or_default();
        format!("{} / {}", number::gained(moved.up), number::lost(moved.down))
    };
    view! { <small data-testid="moved">{moved}</small> }
}

/// The name being edited.
#[component]
fn NameField(editing: RwSignal<bool>, name: String) -> impl IntoView {
    let state = use_state();
    let input = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            // Both only fail on a detached element.
            let _ = input.focus();
            input.select();
        }
    });
    let commit = move || {
        if editing.try_get_untracked() == Some(true) {
            editing.set(false);
            if let Some(input) = input.get_untracked() {
                state.rename(&input.value());
            }
        }
    };
    view! {
        <span class="tab" aria-current="true">
            <input
                class="field"
                data-testid="scenario-name"
                aria-label=state.say(shell::SCENARIO_NAME)
                node_ref=input
                prop:value=name
                on:blur=move |_| commit()
                on:keydown=move |event| {
                    if event.is_composing() {
                        return;
                    }
                    match event.key().as_str() {
                        "Enter" => commit(),
                        "Escape" => editing.set(false),
                        _ => {}
                    }
                }
            />
        </span>
    }
}

fn menu(state: State) -> Vec<MenuItem> {
    let lang = state.lang.get_untracked();
    let mut items = vec![
        MenuItem::new("scenario-duplicate", words::DUPLICATE.get(lang)),
        MenuItem::new("scenario-blank", words::BLANK.get(lang)),
        MenuItem::new("scenario-take", words::TAKE_IN.get(lang)),
        MenuItem::new("", ""),
        MenuItem::new("scenario-rename", words::RENAME.get(lang)),
        MenuItem::new("scenario-note", words::NOTE.get(lang)),
        MenuItem::new("scenario-archive", words::ARCHIVE.get(lang)),
        MenuItem::new("", ""),
        MenuItem::new("scenario-compare", words::TITLE.get(lang)),
        MenuItem::new("scenario-history", words::HISTORY.get(lang)),
        MenuItem::new("scenario-snapshots", words::SNAPSHOTS.get(lang)),
    ];
    let archived = state.peek(|open| {
        let all = open.workspace().scenarios().iter().enumerate();
        let archived = all.filter(|(_, one)| one.archived);
        archived.map(|(at, one)| (at, one.name.clone())).collect::<Vec<_>>()
    });
    for (at, name) in archived.unwrap_or_default() {
        let label = words::UNARCHIVE.with(lang, &[("name", &name)]);
        let item = MenuItem::new("scenario-unarchive", &label);
        items.push(MenuItem { at: at.to_string(), ..item });
    }
    items
}

fn pick(state: State, editing: RwSignal<bool>, what: &str, at: &str) {
    let lang = state.lang.get_untracked();
    match what {
        "scenario-duplicate" => {
            state.edit(|workspace| {
                let name = &workspace.scenario().name;
                let name = words::COPY_NAME.with(lang, &[("name", name)]);
                workspace.duplicate(&name, None).map(|()| true)
            });
        }
        "scenario-blank" => {
            state.edit(|workspace| {
                let name = words::NEW.get(lang).to_owned();
                workspace.add(Scenario { name, ..Scenario::default() }).map(|()| true)
            });
        }
        "scenario-rename" => editing.set(true),
        "scenario-archive" => {
            let mut last = false;
            state.edit(|workspace| {
                let done = workspace.archive(workspace.active(), true)?;
                last = !done;
                Ok(done)
            });
            if last {
                state.toast(Toast::warning(words::LAST_STAYS.get(lang).to_owned()));
            }
        }
        "scenario-unarchive" => {
            if let Ok(at) = at.parse() {
                state.edit(|workspace| workspace.archive(at, false));
            }
        }
        "scenario-compare" => location::go(View::Compare),
        "scenario-history" => state.shown.set(Some(Shown::History)),
        "scenario-snapshots" => state.shown.set(Some(Shown::Snapshots)),
        "scenario-note" => state.shown.set(Some(Shown::Note)),
        "scenario-take" => state.shown.set(Some(Shown::TakeIn)),
        _ => {}
    }
}
