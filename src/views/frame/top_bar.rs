//! The top bar: county and scenario, undo and redo with their names, whether the work is saved,
//! export, theme and language.

use bianheng_core::text::{Lang, number, shell};
use leptos::html::Input;
use leptos::prelude::*;

use crate::state::{SaveState, State, Theme, use_state};
use crate::widgets::{Icon, icon};

/// The top bar.
#[component]
pub fn TopBar() -> impl IntoView {
    let state = use_state();
    let county = Memo::new(move |_| {
        state.with(|open| {
            let county = &open.workspace().state().county;
            (county.name.clone(), county.surveyed_on.to_string(), county.origin.made_up)
        })
    });
    let based_on = move || {
        let (_, day, made_up) = county.get().unwrap_or_default();
        let base = shell::SURVEY_OF.with(state.lang.get(), &[("date", &day)]);
        if made_up { format!("{base} · {}", state.t(shell::MADE_UP)) } else { base }
    };
    view! {
        <header class="top">
            <div class="county" data-testid="county">
                <strong>{move || county.get().unwrap_or_default().0}</strong>
                <span>{based_on}</span>
            </div>
            <ScenarioTab />
            <div class="tools">
                <HistoryTools />
                <i class="sep"></i>
                <Saved />
                <button
                    type="button"
                    class="tool"
                    data-testid="export"
                    title=move || state.t(shell::EXPORT)
                    aria-label=move || state.t(shell::EXPORT)
                    on:click=move |_| state.export()
                >
                    {icon(Icon::Download, "")}
                </button>
                <i class="sep"></i>
                <ThemeButton />
                <LanguageButton />
            </div>
        </header>
    }
}

/// The scenario's tab, whose name is edited in place.
#[component]
fn ScenarioTab() -> impl IntoView {
    let state = use_state();
    let editing = RwSignal::new(false);
    let input = NodeRef::<Input>::new();
    let name = Memo::new(move |_| {
        state.with(|open| open.workspace().scenario().name.clone()).unwrap_or_default()
    });
    let moved = move || {
        let moved = state.ledger().map(|ledger| ledger.moved).unwrap_or_default();
        let (up, down) = (number::gained(moved.up), number::lost(moved.down));
        format!("{up} / {down}")
    };
    Effect::new(move |_| {
        if editing.get()
            && let Some(input) = input.get()
        {
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
        <nav class="tabs" aria-label=move || state.t(shell::SCENARIO_NAME)>
            <Show
                when=move || editing.get()
                fallback=move || {
                    view! {
                        <button
                            type="button"
                            class="tab"
                            aria-current="true"
                            data-testid="scenario-tab"
                            title=move || state.t(shell::SCENARIO_NAME)
                            on:dblclick=move |_| editing.set(true)
                            on:keydown=move |event| {
                                if matches!(event.key().as_str(), "Enter" | "F2") {
                                    event.prevent_default();
                                    editing.set(true);
                                }
                            }
                        >
                            <span>{move || name.get()}</span>
                            <small data-testid="moved">{moved}</small>
                        </button>
                    }
                }
            >
                <span class="tab" aria-current="true">
                    <input
                        class="field"
                        data-testid="scenario-name"
                        aria-label=move || state.t(shell::SCENARIO_NAME)
                        node_ref=input
                        prop:value=move || name.get()
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
            </Show>
        </nav>
    }
}

/// Undo and redo, with the names of their steps.
#[component]
fn HistoryTools() -> impl IntoView {
    let state = use_state();
    let undo = Memo::new(move |_| state.step_name(false));
    let redo = Memo::new(move |_| state.step_name(true));
    let named = move |step: Option<String>, plain, message: bianheng_core::text::Message| match step
    {
        Some(step) => message.with(state.lang.get(), &[("step", &step)]),
        None => state.t(plain).to_owned(),
    };
    let undo_label = move || named(undo.get(), shell::UNDO, shell::UNDO_NAMED);
    let redo_label = move || named(redo.get(), shell::REDO, shell::REDO_NAMED);
    view! {
        <button
            type="button"
            class="tool"
            data-testid="undo"
            disabled=move || undo.with(Option::is_none)
            title=undo_label
            on:click=move |_| state.undo()
        >
            {icon(Icon::Undo, "")}
            <span class="tool-name">{undo_label}</span>
        </button>
        <button
            type="button"
            class="tool"
            data-testid="redo"
            disabled=move || redo.with(Option::is_none)
            title=redo_label
            aria-label=redo_label
            on:click=move |_| state.redo()
        >
            {icon(Icon::Redo, "")}
        </button>
    }
}

/// Whether the work is saved, in words.
#[component]
fn Saved() -> impl IntoView {
    let state = use_state();
    let text = move || match state.save.get() {
        SaveState::Saved(Some(time)) => shell::SAVED_AT.with(state.lang.get(), &[("time", &time)]),
        SaveState::Saved(None) => String::new(),
        SaveState::Saving => state.t(shell::SAVING).to_owned(),
        SaveState::Failed => state.t(shell::SAVE_FAILED).to_owned(),
    };
    let failed = move || state.save.get() == SaveState::Failed;
    let mark = move || match state.save.get() {
        SaveState::Saved(_) => icon(Icon::Check, ""),
        SaveState::Saving => icon(Icon::Busy, ""),
        SaveState::Failed => icon(Icon::Warn, ""),
    };
    view! {
        <span class="saved" class:is-err=failed role="status" data-testid="saved">
            {mark}
            {text}
        </span>
    }
}

/// Switches the theme.
#[component]
pub fn ThemeButton() -> impl IntoView {
    let state = use_state();
    let name = move || {
        let theme = match state.theme.get() {
            Theme::System => shell::THEME_SYSTEM,
            Theme::Light => shell::THEME_LIGHT,
            Theme::Dark => shell::THEME_DARK,
        };
        format!("{}: {}", state.t(shell::THEME), state.t(theme))
    };
    let mark = move || match state.theme.get() {
        Theme::System => icon(Icon::Contrast, ""),
        Theme::Light => icon(Icon::Sun, ""),
        Theme::Dark => icon(Icon::Moon, ""),
    };
    view! {
        <button
            type="button"
            class="tool"
            data-testid="theme"
            title=name
            aria-label=name
            on:click=move |_| state.theme.update(|theme| *theme = theme.next())
        >
            {mark}
        </button>
    }
}

/// Switches the language in place.
#[component]
pub fn LanguageButton() -> impl IntoView {
    let state = use_state();
    let switch = move |_| state.lang.update(flip);
    let other = move || if state.lang.get() == Lang::Zh { "en" } else { "zh-CN" };
    view! {
        <button
            type="button"
            class="tool"
            data-testid="language"
            lang=other
            title=move || state.t(shell::LANGUAGE_HINT)
            on:click=switch
        >
            {move || short(state)}
        </button>
    }
}

fn flip(lang: &mut Lang) {
    *lang = match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
}

fn short(state: State) -> &'static str {
    match state.lang.get() {
        Lang::Zh => "EN",
        Lang::En => "中文",
    }
}
