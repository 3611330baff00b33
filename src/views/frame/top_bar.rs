//! The top bar: county and scenario, undo and redo with their names, whether the work is saved,
//! export, theme and language.

use bianheng_core::text::{Lang, compare, files, shell};
use leptos::prelude::*;

use super::share::Share;
use super::tabs::Tabs;
use crate::state::{SaveState, Shown, State, Theme, use_state};
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
            <Tabs />
            <div class="tools">
                <HistoryTools />
                <button
                    type="button"
                    class="tool"
                    data-testid="history"
                    title=state.say(compare::HISTORY)
                    aria-label=state.say(compare::HISTORY)
                    on:click=move |_| state.shown.set(Some(Shown::History))
                >
                    {icon(Icon::History, "")}
                </button>
                <i class="sep"></i>
                <Saved />
                <button
                    type="button"
                    class="tool"
                    data-testid="export"
                    title=state.say(shell::EXPORT)
                    aria-label=state.say(shell::EXPORT)
                    on:click=move |_| state.export()
                >
                    {icon(Icon::Download, "")}
                </button>
                <Share />
                <i class="sep"></i>
                <ThemeButton />
                <LanguageButton />
            </div>
        </header>
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
        SaveState::Saved(Some(time)) => {
            let lang = state.lang.get();
            let saved = shell::SAVED_AT.with(lang, &[("time", &time)]);
            // A browser that is wiped takes everything along: said in one quiet line.
            match state.export_is_old() {
                Some(days) => {
                    let old = files::EXPORT_OLD.with(lang, &[("days", &days)]);
                    format!("{saved} · {old}")
                }
                None => saved,
            }
        }
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
            title=state.say(shell::LANGUAGE_HINT)
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
