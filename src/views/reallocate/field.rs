//! A short field for a limit: what it holds is read by the core, and what cannot be read is said
//! beside it and changes nothing.

use bianheng_core::report::reallocate::FieldError;
use leptos::html::Input;
use leptos::prelude::*;

use crate::state::use_state;

/// The field. A change is taken on Enter or on leaving it; Escape brings back what holds.
#[component]
pub fn LimitField(
    /// Name for tests.
    testid: &'static str,
    /// What the field is for, to those who do not see it.
    #[prop(into)]
    label: Signal<String>,
    /// What holds now.
    #[prop(into)]
    value: Signal<String>,
    /// What an empty field says.
    #[prop(into)]
    empty: Signal<&'static str>,
    /// The field's row, as `data-id`, where there are several of the name.
    #[prop(optional, into)]
    id: Option<String>,
    /// Whether the field is narrow.
    #[prop(optional)]
    narrow: bool,
    /// Takes the text; an error is shown.
    on_change: Callback<String, Result<(), FieldError>>,
    /// Where the error stands: beside the field's own row.
    error: RwSignal<Option<FieldError>>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    // Undo and redo change the value below a field: an old error no longer speaks of it.
    Effect::new(move |_| {
        value.track();
        error.set(None);
    });
    let restore = move || {
        if let Some(input) = input.try_get_untracked().flatten() {
            input.set_value(&value.try_get_untracked().unwrap_or_default());
        }
    };
    let change = move |_| {
        // A field may lose the focus as it is taken out of the page.
        let Some(input) = input.try_get_untracked().flatten() else { return };
        match on_change.run(input.value()) {
            Ok(()) => {
                // The change may have redrawn the row that the field stands in.
                error.try_set(None);
                restore();
            }
            Err(found) => error.set(Some(found)),
        }
    };
    view! {
        <input
            class="field short"
            class:narrow=narrow
            type="text"
            inputmode="text"
            autocomplete="off"
            node_ref=input
            data-testid=testid
            data-id=id
            aria-label=label
            placeholder=empty
            aria-invalid=move || error.get().map(|_| "true")
            prop:value=value
            on:change=change
            on:keydown=move |event| {
                if event.key() == "Escape" && !event.is_composing() {
                    error.set(None);
                    restore();
                }
            }
        />
    }
}

/// The reason why a field was not taken.
#[component]
pub fn FieldErrorLine(error: RwSignal<Option<FieldError>>) -> impl IntoView {
    let state = use_state();
    move || {
        error.get().map(|error| {
            view! {
                <span class="field-err" role="alert" data-testid="field-error">
                    "✕ "
                    {error.text(state.lang.get())}
                </span>
            }
        })
    }
}
