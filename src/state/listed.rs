//! The list of the files that this browser keeps: what it says of each, and taking one off and back.

use bianheng_core::county::KindId;
use bianheng_core::scenario::ledger;
use bianheng_core::text::shell;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::files::LAST;
use super::{Open, State, Toast, ToastAction};
use crate::platform::{clock, prefs, store, tabs};

const FILES: &str = "bianheng.files";

/// What the list says of a file without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// The id under which the browser keeps it.
    pub id: String,
    /// The county.
    pub county: String,
    /// The scenario.
    pub scenario: String,
    /// The county is invented.
    pub made_up: bool,
    /// School posts in all.
    pub total: u64,
    /// Posts that the scenario raised.
    pub up: u64,
    /// Posts that the scenario lowered.
    pub down: u64,
    /// Fingerprint of the base.
    pub fingerprint: String,
    /// When it last changed, in milliseconds since 1970.
    pub changed: u64,
    /// When it last went out as a file.
    #[serde(default)]
    pub exported: Option<u64>,
}

impl FileEntry {
    pub(super) fn of(open: &Open, now: u64) -> Self {
        let workspace = open.workspace();
        let (base, state) = (workspace.base(), workspace.state());
        let ledger = ledger(base, state, KindId::school());
        Self {
            id: open.id().to_owned(),
            county: state.county.name.clone(),
            scenario: workspace.scenario().name.clone(),
            made_up: base.origin.made_up,
            total: ledger.total,
            up: ledger.moved.up,
            down: ledger.moved.down,
            fingerprint: open.fingerprint().to_owned(),
            changed: now,
            exported: None,
        }
    }
}

/// The list as the browser's small store has it: there at once, but not always up to date.
pub(super) fn list() -> Vec<FileEntry> {
    prefs::get(FILES).unwrap_or_default()
}

/// Puts an entry at the head of the list, which other tabs may have changed meanwhile.
pub(super) fn keep(state: State, entry: FileEntry) {
    state.files.update(|files| {
        for other in list() {
            if !files.iter().any(|file| file.id == other.id) {
                files.push(other);
            }
        }
        files.retain(|file| file.id != entry.id);
        files.insert(0, entry);
        prefs::set(FILES, files);
    });
}

/// When a file was last exported.
pub(super) fn exported(state: State, id: &str) -> Option<u64> {
    state.files.with_untracked(|files| files.iter().find(|file| file.id == id)?.exported)
}

impl State {
    /// Puts an entry on the list, here and in the store.
    pub(super) fn list(self, entry: FileEntry) {
        let (id, text) = (entry.id.clone(), serde_json::to_string(&entry));
        keep(self, entry);
        if let Ok(text) = text {
            spawn_local(async move {
                // The next save writes it again.
                let _ = store::put_entry(&id, &text).await;
            });
        }
    }

    /// Days since the open file last went out, where that is long enough ago to be said.
    pub fn export_is_old(self) -> Option<u64> {
        const DAY: u64 = 86_400_000;
        let id = self.with(|open| open.id().to_owned())?;
        let entry = self.files.with(|files| files.iter().find(|file| file.id == id).cloned())?;
        let since = entry.exported.or_else(|| clock::of_id(&id))?;
        let days = entry.changed.saturating_sub(since) / DAY;
        (days >= 7).then_some(days)
    }

    /// Takes a file off the list. It stays in the store until the next start, so that it can be
    /// put back.
    pub fn forget(self, id: &str) {
        let mut gone = None;
        self.files.update(|files| {
            gone = files.iter().find(|file| file.id == id).cloned();
            files.retain(|file| file.id != id);
            prefs::set(FILES, files);
        });
        if self.peek(|open| open.id() == id) == Some(true) {
            self.open.set(None);
            prefs::delete(LAST);
            tabs::release_but(None);
        }
        let off = id.to_owned();
        spawn_local(async move {
            let _ = store::put_entry(&off, "").await;
        });
        if let Some(entry) = gone {
            let lang = self.lang.get_untracked();
            let name = format!("{} · {}", entry.county, entry.scenario);
            let text = shell::RECENT_REMOVED.with(lang, &[("name", &name)]);
            let kept = serde_json::to_string(&entry).unwrap_or_default();
            self.toast(Toast::done(text).offering(ToastAction::Restore(kept)));
        }
    }

    /// Puts a file back on the list.
    pub fn restore(self, kept: &str) {
        if let Ok(entry) = serde_json::from_str::<FileEntry>(kept) {
            self.list(entry);
        }
    }

    /// Clears from the store what is on no list any more. Files whose entry cannot be read keep what
    /// they have: another program may read it.
    pub(super) fn sweep(self, unread: Vec<String>) {
        let mut kept = unread;
        self.files.with_untracked(|files| kept.extend(files.iter().map(|file| file.id.clone())));
        spawn_local(async move {
            // A store that cannot be read cannot be swept; saving will say so.
            let _ = store::sweep(&kept).await;
        });
    }
}
