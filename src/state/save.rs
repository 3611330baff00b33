//! Saving: every change is kept within a second, on its own. The base is written once, when a file
//! is opened; after that only the scenario is, with the steps that can be redone.

use std::time::Duration;

use bianheng_core::file;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{About, FileEntry, State, Toast, ToastAction, files};
use crate::platform::{clock, store};
use bianheng_core::text::shell;

/// Whether the work is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// Everything is, since this time of day; `None` before the first save.
    Saved(Option<String>),
    /// It is being written, or will be within a second.
    Saving,
    /// It could not be.
    Failed,
}

/// Long enough to gather the keys of one word, short enough to lose nothing.
const PAUSE: Duration = Duration::from_millis(300);

/// Saves whenever the scenario changes.
pub(super) fn keep(state: State) {
    let present =
        Memo::new(move |_| state.with(|open| (open.id().to_owned(), open.workspace().revision())));
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<Option<(String, u64)>>| {
        let now = present.get();
        // Opening writes the file itself; only later revisions are changes.
        let changed = match (before.flatten(), &now) {
            (Some((id, revision)), Some((now_id, now_revision))) => {
                id == *now_id && revision != *now_revision
            }
            _ => false,
        };
        if changed {
            state.save.set(SaveState::Saving);
            timer.update_value(|timer| {
                if let Some(timer) = timer.take() {
                    timer.clear();
                }
                *timer = set_timeout_with_handle(move || write_scenario(state), PAUSE).ok();
            });
        }
        now
    });
}

fn write_scenario(state: State) {
    let Some((id, revision, text, entry)) = state.peek(|open| {
        let workspace = open.workspace();
        let text = serde_json::to_string(workspace.scenario()).ok();
        (open.id().to_owned(), workspace.revision(), text, FileEntry::of(open, clock::millis()))
    }) else {
        return;
    };
    let Some(text) = text else { return };
    spawn_local(async move {
        let result = store::put_scenario(&id, &text).await;
        finish(state, result, entry, &id, revision);
    });
}

/// Writes a file that was just opened: its base and its scenario.
pub(super) fn write_whole(state: State) {
    let Some((id, revision, base, text, entry)) = state.peek(|open| {
        let workspace = open.workspace();
        let base = file::write_base(workspace, env!("CARGO_PKG_VERSION"), clock::today()).ok();
        let text = serde_json::to_string(workspace.scenario()).ok();
        let entry = FileEntry::of(open, clock::millis());
        (open.id().to_owned(), workspace.revision(), base, text, entry)
    }) else {
        return;
    };
    let (Some(base), Some(text)) = (base, text) else { return };
    state.save.set(SaveState::Saving);
    spawn_local(async move {
        let result = store::put(&id, &base, &text).await;
        finish(state, result, entry, &id, revision);
    });
}

fn finish(
    state: State,
    result: Result<(), store::StoreError>,
    entry: FileEntry,
    id: &str,
    revision: u64,
) {
    match result {
        Ok(()) => {
            files::keep(state, entry);
            let current =
                state.peek(|open| open.id() == id && open.workspace().revision() == revision);
            // A later change has its own save on the way.
            if current == Some(true) {
                state.save.set(SaveState::Saved(Some(clock::time_of_day())));
            }
        }
        Err(error) => {
            state.save.set(SaveState::Failed);
            let lang = state.lang.get_untracked();
            let why = error.to_string();
            let text = shell::SAVE_FAILED_WHY.with(lang, &[("why", &why)]);
            state.toast(Toast::error(text).about(About::Saving).offering(ToastAction::Export));
        }
    }
}
