//! The messages at the bottom left.

use bianheng_core::text::{files, shell};
use leptos::prelude::*;

use super::{Icon, icon};
use crate::state::{Shown, Toast, ToastAction, ToastKind, use_state};

/// Every message that is shown now.
#[component]
pub fn Toasts() -> impl IntoView {
    let state = use_state();
    view! {
        <div class="toasts" data-testid="toasts">
            <For each=move || state.toasts.get() key=|toast| toast.number children=one />
        </div>
    }
}

fn one(toast: Toast) -> impl IntoView {
    let state = use_state();
    let (class, mark, role) = match toast.kind {
        ToastKind::Done => ("toast", Icon::Check, "status"),
        ToastKind::Warning => ("toast warn", Icon::Warn, "status"),
        ToastKind::Error => ("toast err", Icon::Cross, "alert"),
    };
    let number = toast.number;
    let action = toast.action.map(|action| {
        let label = match action {
            ToastAction::Undo | ToastAction::PutBack(_) => shell::UNDO,
            ToastAction::Export => shell::SAVE_AS_FILE,
            ToastAction::Differs => files::DIFFERS_ALL,
            ToastAction::Restore(_) => shell::RECENT_RESTORE,
        };
        let act = move |_| {
            match &action {
                ToastAction::Undo => state.undo(),
                ToastAction::Export => state.export(),
                ToastAction::Differs => state.shown.set(Some(Shown::Differs)),
                ToastAction::Restore(kept) => state.restore(kept),
                ToastAction::PutBack(kept) => state.put_back(kept),
            }
            state.close_toast(number);
        };
        view! {
            <button type="button" class="link" data-testid="toast-action" on:click=act>
                {state.say(label)}
            </button>
        }
    });
    view! {
        <div class=class role=role data-testid="toast">
            {icon(mark, "")}
            <p>{toast.text}</p>
            {action}
            <button
                type="button"
                class="link"
                aria-label=state.say(shell::CLOSE)
                on:click=move |_| state.close_toast(number)
            >
                {icon(Icon::Cross, "ico-13")}
            </button>
        </div>
    }
}
