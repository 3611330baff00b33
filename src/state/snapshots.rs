//! Snapshots: what a file's scenarios were at some moment, with its name and cause, kept in a ring,
//! those made by hand beside it. Restoring one takes a snapshot of the present first, so that it can be undone like anything else.

use bianheng_core::file::Kept;
use bianheng_core::text::{Message, compare, files as words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::{About, State, Toast, ToastAction, save};
use crate::platform::{clock, store};

/// What a snapshot was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The file was opened.
    Opened,
    /// Some time had passed.
    Time,
    /// Somebody asked for it.
    Hand,
    /// Another snapshot was about to be restored.
    Restore,
    /// Scenarios of another file were about to be taken in.
    Merge,
}

impl Cause {
    /// In words.
    pub fn text(self) -> Message {
        match self {
            Self::Opened => words::CAUSE_OPENED,
            Self::Time => words::CAUSE_TIME,
            Self::Hand => words::CAUSE_HAND,
            Self::Restore => words::CAUSE_RESTORE,
            Self::Merge => words::CAUSE_MERGE,
        }
    }
}

/// A snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Its name; may be empty.
    pub name: String,
    /// What for.
    pub cause: Cause,
    kept: String,
}

impl Snapshot {
    /// What it holds; `None` where that cannot be read.
    pub fn kept(&self) -> Option<Kept> {
        Kept::read(&self.kept)
    }
}

impl State {
    /// Takes a snapshot of the open file, as it is now.
    pub fn snapshot(self, cause: Cause, name: &str) {
        let written = self.snapshot_written(cause, name);
        spawn_local(written);
    }

    /// Takes a snapshot of the open file as it is now; done when it is written, or when it was said
    /// that it could not be.
    pub fn snapshot_written(self, cause: Cause, name: &str) -> impl Future<Output = ()> + use<> {
        let at = clock::millis();
        let held = self.peek(|open| Some((open.id().to_owned(), Kept::text(open.workspace())?)));
        let text = held.flatten().and_then(|(id, kept)| {
            self.snapshot_at.set_value(at);
            let snapshot = Snapshot { at, name: name.to_owned(), cause, kept };
            Some((id, serde_json::to_string(&snapshot).ok()?))
        });
        async move {
            let Some((id, text)) = text else { return };
            match store::put_snapshot(&id, at, cause == Cause::Hand, &text).await {
                Ok(()) if cause == Cause::Hand => {
                    let text = words::SNAPSHOT_TAKEN.get(self.lang.get_untracked());
                    self.toast(Toast::done(text.to_owned()));
                }
                Ok(()) => {}
                Err(error) => {
                    let text = save::why(&error, self.lang.get_untracked());
                    // It may take the place of the same offer: the work has to get out somehow.
                    let toast = Toast::error(text).about(About::Saving);
                    self.toast(toast.offering(ToastAction::Export));
                }
            }
        }
    }

    /// Every snapshot of the open file, newest first.
    pub async fn snapshots(self) -> Vec<Snapshot> {
        let Some(id) = self.peek(|open| open.id().to_owned()) else { return Vec::new() };
        let texts = store::snapshots(&id).await.unwrap_or_default();
        texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect()
    }

    /// Deletes a snapshot of the open file.
    pub async fn delete_snapshot(self, at: u64) {
        let Some(id) = self.peek(|open| open.id().to_owned()) else { return };
        if let Err(error) = store::delete_snapshot(&id, at).await {
            let text = save::why(&error, self.lang.get_untracked());
            self.toast(Toast::error(text).about(About::Saving));
        }
    }

    /// Puts a snapshot in place of the present, which is kept as a snapshot itself. `false` where it
    /// cannot be read or does not fit: that is said, and the present stays.
    pub fn restore_snapshot(self, snapshot: &Snapshot) -> bool {
        let before = self.peek(|open| Kept::text(open.workspace())).flatten();
        let Some(kept) = snapshot.kept() else {
            let time = clock::moment(snapshot.at);
            let lang = self.lang.get_untracked();
            let text = compare::RESTORE_BROKEN.with(lang, &[("time", &time)]);
            self.toast(Toast::error(text).about(About::Opening));
            return false;
        };
        self.snapshot(Cause::Restore, "");
        let done = self.edit(|workspace| kept.restore(workspace).map(|()| true));
        if done {
            let time = clock::moment(snapshot.at);
            let text = words::RESTORED.with(self.lang.get_untracked(), &[("time", &time)]);
            let back = ToastAction::PutBack(before.unwrap_or_default());
            self.toast(Toast::done(text).about(About::Opening).offering(back));
        }
        done
    }

    /// Puts back what stood before a snapshot was restored.
    pub fn put_back(self, kept: &str) {
        if let Some(kept) = Kept::read(kept) {
            self.edit(|workspace| kept.restore(workspace).map(|()| true));
        }
    }
}
