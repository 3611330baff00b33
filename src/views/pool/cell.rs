//! A cell that reads as text and is edited where it stands: Enter or leaving it saves, Escape
//! restores. What was refused stays marked until it is mended.

use leptos::html::Input;
use leptos::prelude::*;

use super::lend::ErrorText;

/// A cell.
#[component]
pub fn Cell(
    /// Name for tests.
    testid: &'static str,
    /// What it holds, for who cannot see the table.
    #[prop(into)]
    label: Signal<String>,
    /// The value that is saved.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what was typed; `false` refuses it.
    save: Callback<String, bool>,
    /// Class of the field.
    #[prop(default = "cell")]
    class: &'static str,
    /// `text`, `date`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What stands in an empty cell.
    #[prop(into, optional)]
    hint: Signal<String>,
    /// What stands against what was typed, said at the cell and gone with it.
    #[prop(optional)]
    said: Option<RwSignal<Option<String>>>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let wrong = RwSignal::new(false);
    let restore = move || {
        wrong.set(false);
        if let Some(said) = said {
            said.set(None);
        }
        if let (Some(input), Some(value)) = (input.get_untracked(), value.try_get_untracked()) {
            input.set_value(&value);
        }
    };
    // An undo elsewhere also clears what was refused here.
    Effect::new(move |_| {
        value.track();
        restore();
    });
    let commit = move |_| {
        let Some(typed) = input.get_untracked().map(|input| input.value()) else { return };
        let same = value.try_get_untracked().is_none_or(|value| value == typed.trim());
        if same || save.run(typed.trim().to_owned()) {
            restore();
        } else {
            wrong.set(true);
        }
    };
    view! {
        <input
            type=kind
            class=class
            size="1"
            autocomplete="off"
            data-testid=testid
            aria-label=label
            aria-invalid=move || wrong.get().then_some("true")
            title=move || value.get()
            placeholder=move || hint.get()
            node_ref=input
            prop:value=value
            on:change=commit
            on:keydown=move |event| {
                if !event.is_composing() && event.key() == "Escape" {
                    restore();
                }
            }
        />
        {said.map(|said| view! { <ErrorText error=said /> })}
    }
}
