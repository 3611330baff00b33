//! The county's document that settles a figure of the norm: the field for its number, and what is said
//! when a figure is settled by it no more.

use bianheng_core::text::{Bilingual, norms as words, proof};
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::state::{State, Toast};

/// The field, while `asks`: `own` is the number now, `of` names aloud what it settles.
pub(super) fn document_field(
    state: State,
    testid: &'static str,
    asks: Memo<bool>,
    own: Memo<String>,
    of: impl Fn() -> String + Copy + Send + Sync + 'static,
    field: NodeRef<Input>,
    on_key: impl Fn(KeyboardEvent) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    move || {
        asks.get().then(|| {
            view! {
                <input
                    class="field"
                    autocomplete="off"
                    placeholder=state.say(words::OWN_DOCUMENT)
                    aria-label=move || format!("{} {}", of(), state.t(proof::DOCUMENT))
                    data-testid=testid
                    node_ref=field
                    prop:value=move || own.get()
                    on:keydown=on_key
                />
            }
        })
    }
}

/// Says that a figure of this name is settled no more by the document of this number.
pub(super) fn no_longer_settled(state: State, name: &Bilingual, document: &str) {
    let lang = state.lang.get_untracked();
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("parameter", &name.get(lang)), ("document", &document)];
    state.toast(Toast::warning(words::NO_LONGER_SETTLED.with(lang, &values)));
}
