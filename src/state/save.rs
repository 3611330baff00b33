//! Saving: every change is kept within a second, on its own. The base is written with the scenarios
//! until that has succeeded once; after that only the scenarios are, with their whole histories. A
//! tab that only watches writes nothing.

use std::time::Duration;

use bianheng_core::file::{self, Kept};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{About, Cause, FileEntry, State, Toast, ToastAction, listed};
use crate::platform::store::StoreError;
use crate::platform::{clock, store, tabs};
use bianheng_core::text::{Lang, files as words};

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

/// From a change to its writing: long enough to gather what comes at once, short enough to lose
/// nothing. Later changes do not put it off.
const PAUSE: Duration = Duration::from_millis(300);
/// Bytes that the history of one scenario may take before old steps are put together.
pub const HISTORY_BYTES: usize = 4_000_000;
/// Milliseconds between two snapshots that nobody asked for.
const BETWEEN_SNAPSHOTS: u64 = 600_000;

/// Saves whenever the workspace changes.
pub(super) fn keep(state: State) {
    let present = Memo::new(move |_| {
        state.with_all(|open| (open.id().to_owned(), open.workspace().revision()))
    });
    Effect::new(move |before: Option<Option<(String, u64)>>| {
        let now = present.get();
        // Opening writes the file itself; only later revisions are changes.
        let changed = match (before.flatten(), &now) {
            (Some((id, revision)), Some((now_id, now_revision))) => {
                id == *now_id && revision != *now_revision
            }
            _ => false,
        };
        if changed && state.watching.get_untracked().is_none() {
            state.save.set(SaveState::Saving);
            if !state.waiting.get_value() {
                state.waiting.set_value(true);
                set_timeout(move || flush(state), PAUSE);
            }
        }
        now
    });
}

/// Writes what is not written yet.
pub(super) fn flush(state: State) {
    if state.waiting.try_get_value() == Some(true) {
        state.waiting.set_value(false);
        write(state);
    }
}

/// Writes the open file: its scenarios, and its base too where that is not known to be kept.
pub(super) fn write(state: State) {
    let now = clock::millis();
    let text = || state.peek(|open| Kept::text(open.workspace())).flatten();
    let mut kept = text();
    // No history is longer than all that is kept, so that what is short need not be measured again.
    if kept.as_ref().is_some_and(|kept| kept.len() > HISTORY_BYTES) {
        let squeezed = state.open.try_maybe_update(|open| {
            let result = open.as_mut().map(|open| open.squeeze(HISTORY_BYTES));
            (false, result)
        });
        if let Some(Some(Err(conflict))) = squeezed {
            state.say_conflict(&conflict);
        }
        kept = text();
    }
    let Some((id, revision, base, entry)) = state.peek(|open| {
        let workspace = open.workspace();
        let whole = state.base_kept.with_value(|kept| kept != open.id());
        let base = whole
            .then(|| file::write_base(workspace, env!("CARGO_PKG_VERSION"), clock::today()).ok());
        let mut entry = FileEntry::of(open, now);
        entry.exported = listed::exported(state, open.id());
        let revision = workspace.revision();
        (open.id().to_owned(), revision, base.flatten(), entry)
    }) else {
        return;
    };
    let (Some(kept), Ok(listed)) = (kept, serde_json::to_string(&entry)) else {
        state.save.set(SaveState::Failed);
        return;
    };
    state.save.set(SaveState::Saving);
    let due = now.saturating_sub(state.snapshot_at.get_value()) > BETWEEN_SNAPSHOTS;
    spawn_local(async move {
        let result = store::put(&id, base.as_deref(), &kept, &listed).await;
        if base.is_some() && result.is_ok() {
            state.base_kept.set_value(id.clone());
        }
        finish(state, result, entry, &id, revision);
        if due && base.is_none() {
            state.snapshot(Cause::Time, "");
        }
    });
}

/// Keeps the text of the open file as it came.
pub(super) fn write_whole(state: State, text: &str) {
    let entry =
        state.peek(|open| (FileEntry::of(open, clock::millis()), open.workspace().revision()));
    let Some((entry, revision)) = entry else { return };
    let Ok(listed) = serde_json::to_string(&entry) else { return };
    let (id, text) = (entry.id.clone(), text.to_owned());
    state.save.set(SaveState::Saving);
    spawn_local(async move {
        let result = store::put(&id, Some(&text), Kept::WHOLE, &listed).await;
        finish(state, result, entry, &id, revision);
    });
}

fn finish(state: State, result: Result<(), StoreError>, entry: FileEntry, id: &str, revision: u64) {
    match result {
        Ok(()) => {
            listed::keep(state, entry);
            tabs::tell("saved", id);
            let current =
                state.peek(|open| open.id() == id && open.workspace().revision() == revision);
            // A later change has its own save on the way.
            if current == Some(true) {
                state.save.set(SaveState::Saved(Some(clock::time_of_day())));
            }
        }
        Err(error) => {
            state.save.set(SaveState::Failed);
            let text = why(&error, state.lang.get_untracked());
            state.toast(Toast::error(text).about(About::Saving).offering(ToastAction::Export));
        }
    }
}

/// Why something was not kept, in words.
pub(super) fn why(error: &StoreError, lang: Lang) -> String {
    match error {
        StoreError::Full => words::STORE_FULL.get(lang).to_owned(),
        StoreError::Denied => words::STORE_DENIED.get(lang).to_owned(),
        StoreError::Newer => words::STORE_NEWER.get(lang).to_owned(),
        StoreError::ManySnapshots => words::SNAPSHOTS_FULL
            .with(lang, &[("n", &store::BY_HAND), ("mb", &(store::SNAPSHOT_BYTES / 1_000_000))]),
        StoreError::Other(text) => words::STORE_OTHER.with(lang, &[("why", text)]),
    }
}
