//! A dialog: shown as it is made, closed by its cross, by Escape, or by its owner's signal. Whichever
//! way it closes, the focus goes back to where it was.

use bianheng_core::text::{Message, shell};
use leptos::html::Dialog as DialogElement;
use leptos::prelude::*;

use super::{Icon, icon};
use crate::state::use_state;

/// The dialog.
#[component]
pub fn Dialog(
    /// Name for tests.
    testid: &'static str,
    /// Class beside `dialog`.
    class: &'static str,
    /// Its title.
    title: Message,
    /// Told when it is closed.
    on_close: Callback<()>,
    /// Its body.
    children: Children,
) -> impl IntoView {
    let state = use_state();
    let window = NodeRef::<DialogElement>::new();
    Effect::new(move |_| {
        if let Some(window) = window.get() {
            // Fails only where the dialog is open already.
            let _ = window.show_modal();
        }
    });
    // Closing the element first gives the focus back to where it was.
    let close = move |_| {
        if let Some(window) = window.get_untracked() {
            window.close();
        }
    };
    // One that its owner takes away gives it back too.
    on_cleanup(move || {
        if let Some(window) = window.try_get_untracked().flatten() {
            window.close();
        }
    });
    // The browser tells of the closing later, when the owner may show another dialog already.
    let closed = move |_| {
        if window.try_get_untracked().is_some() {
            on_close.run(());
        }
    };
    view! {
        <dialog
            class=class
            aria-label=state.say(title)
            data-testid=testid
            node_ref=window
            on:close=closed
        >
            <div class="dlg-head">
                <h2>{state.say(title)}</h2>
                <button
                    type="button"
                    class="shut"
                    data-testid="dialog-close"
                    aria-label=state.say(shell::CLOSE)
                    on:click=close
                >
                    {icon(Icon::Cross, "")}
                </button>
            </div>
            {children()}
        </dialog>
    }
}
