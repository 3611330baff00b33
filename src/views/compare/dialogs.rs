//! The dialogs about scenarios, which open over any screen.

use leptos::prelude::*;

use super::differs::Differs;
use super::history::History;
use super::note::Note;
use super::snapshots::Snapshots;
use super::take_in::TakeIn;
use crate::state::{Shown, use_state};

/// The one that is open.
#[component]
pub fn Dialogs() -> impl IntoView {
    let state = use_state();
    let close = Callback::new(move |()| {
        // The dialog may outlive the page it was on.
        state.shown.try_set(None);
    });
    move || {
        Some(match state.shown.get()? {
            Shown::History => view! { <History close /> }.into_any(),
            Shown::Snapshots => view! { <Snapshots close /> }.into_any(),
            Shown::Note => view! { <Note close /> }.into_any(),
            Shown::Differs => view! { <Differs close /> }.into_any(),
            Shown::TakeIn => view! { <TakeIn close /> }.into_any(),
        })
    }
}
