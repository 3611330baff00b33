//! Short messages at the bottom left: what happened, and the one thing to do about it.

use std::time::Duration;

use leptos::prelude::*;

use super::State;

/// How a message is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    /// It went well; goes after eight seconds.
    Done,
    /// Worth a look; goes after eight seconds.
    Warning,
    /// It did not work; stays until closed.
    Error,
}

/// The one thing that a message offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToastAction {
    /// Undo the last step.
    Undo,
    /// Export the scenario as a file.
    Export,
    /// Show every figure that did not come out as the file says.
    Differs,
    /// Put back the file that was deleted from this browser.
    Restore(String),
    /// Put back what stood before a snapshot was restored.
    PutBack(String),
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Numbered in the order of coming.
    pub number: u64,
    /// How it is marked.
    pub kind: ToastKind,
    /// What it says.
    pub text: String,
    /// What it offers.
    pub action: Option<ToastAction>,
    /// What it is about: a later message about the same takes its place.
    pub about: Option<About>,
}

/// What a message may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Opening or importing a file.
    Opening,
    /// Saving the work.
    Saving,
    /// What was there at the start.
    Recovery,
}

const STAYS: Duration = Duration::from_secs(8);

impl Toast {
    /// Something went well.
    pub fn done(text: String) -> Self {
        Self { number: 0, kind: ToastKind::Done, text, action: None, about: None }
    }

    /// Something is worth a look.
    pub fn warning(text: String) -> Self {
        Self { number: 0, kind: ToastKind::Warning, text, action: None, about: None }
    }

    /// Something did not work.
    pub fn error(text: String) -> Self {
        Self { number: 0, kind: ToastKind::Error, text, action: None, about: None }
    }

    /// In place of the last message about the same.
    #[must_use]
    pub fn about(mut self, about: About) -> Self {
        self.about = Some(about);
        self
    }

    /// With an offer.
    #[must_use]
    pub fn offering(mut self, action: ToastAction) -> Self {
        self.action = Some(action);
        self
    }
}

impl State {
    /// Shows a message. One that says the same as one that is there takes its place.
    pub fn toast(self, mut toast: Toast) {
        let number = self.toasts.with_untracked(|toasts| {
            toasts.iter().map(|toast| toast.number).max().map_or(1, |number| number + 1)
        });
        toast.number = number;
        let stays = toast.kind == ToastKind::Error;
        self.toasts.update(|toasts| {
            toasts.retain(|shown| {
                let same_matter = shown.about.is_some() && shown.about == toast.about;
                shown.text != toast.text && !same_matter
            });
            toasts.push(toast);
            // More than four hide the table below them.
            let surplus = toasts.len().saturating_sub(4);
            toasts.drain(..surplus);
        });
        if !stays {
            set_timeout(move || self.close_toast(number), STAYS);
        }
    }

    /// Takes a message away.
    pub fn close_toast(self, number: u64) {
        // The timer may outlive the page it was set on.
        self.toasts.try_update(|toasts| toasts.retain(|toast| toast.number != number));
    }
}
