//! What the long lists of the screen share: a dozen lines at first, more when they are asked for, the
//! names of lines, and a copy of everything for a spreadsheet.

use bianheng_core::report::reallocate::row_name;
use bianheng_core::text::{Message, number, reallocate as words, shell};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::platform::clipboard;
use crate::state::{State, Toast};
use crate::widgets::{Icon, icon};

/// Lines shown at first.
const SHOWN: usize = 12;
/// Lines shown at most: the rest goes with the copy.
pub const MOST: usize = 300;

/// How many of `count` lines are shown. A single one more is shown too: saying that it is left out
/// would take as much room.
pub fn shown(count: usize, whole: RwSignal<bool>) -> usize {
    let shown = if whole.get() { MOST } else { SHOWN };
    if count <= shown + 1 { count } else { shown }
}

/// Says how many lines are not shown, with a button for more as long as there are; nothing where all
/// are shown.
pub fn rest(desk: Desk, left: usize, whole: RwSignal<bool>, testid: &'static str) -> AnyView {
    if left == 0 {
        return ().into_any();
    }
    let lang = desk.state.lang.get();
    let text = words::REST.with(lang, &[("lines", &number::count(left as u64))]);
    let button = (!whole.get()).then(|| {
        view! {
            <button
                type="button"
                class="link"
                data-testid=testid
                on:click=move |_| whole.set(true)
            >
                {words::SHOW_REST.get(lang)}
            </button>
        }
    });
    view! { {text}" "{button} }.into_any()
}

/// The name and id of a line, by its place in the problem.
pub fn named(desk: Desk, line: usize) -> (String, String) {
    let lang = desk.state.lang.get();
    let found = desk.study.with_untracked(|study| {
        let prepared = &study.as_ref()?.prepared;
        let (row, id) = (*prepared.rows.get(line)?, prepared.ids.get(line)?.to_string());
        let name = desk.state.peek(|open| row_name(&open.workspace().state().county, row, lang))?;
        Some((name, id))
    });
    found.unwrap_or_default()
}

/// The button that copies a list. `list` gives what is copied and what is said then.
#[component]
pub fn CopyButton(
    /// The app.
    state: State,
    /// What it says.
    label: Message,
    /// Its name for tests.
    testid: &'static str,
    /// Whether there is nothing to copy.
    #[prop(into)]
    is_empty: Signal<bool>,
    /// The text and the message, worked out when it is clicked.
    list: Callback<(), Option<(String, String)>>,
) -> impl IntoView {
    let copy = move |_| {
        let Some((text, done)) = list.run(()) else { return };
        let lang = state.lang.get_untracked();
        spawn_local(async move {
            let toast = if clipboard::copy(&text).await {
                Toast::done(done)
            } else {
                Toast::error(shell::COPY_FAILED.get(lang).to_owned())
            };
            state.toast(toast);
        });
    };
    view! {
        <button
            type="button"
            class="link act"
            data-testid=testid
            disabled=move || is_empty.get()
            on:click=copy
        >
            {icon(Icon::Copy, "ico-13")}
            {state.say(label)}
        </button>
    }
}
