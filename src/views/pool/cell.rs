//! A cell that reads as text and is edited where it stands: Enter or leaving it saves, Escape
//! restores. What was refused stays marked, and is said below it, until it is mended.

use leptos::html::Input;
use leptos::prelude::*;

use super::form::{ErrorText, Refused, Spot};

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
    /// Takes what was typed, or refuses it.
    save: Callback<String, Result<(), Refused>>,
    /// Class of the field.
    #[prop(default = "cell")]
    class: &'static str,
    /// `text`, `date`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What stands in an empty cell.
    #[prop(into, optional)]
    hint: Signal<String>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let refused = RwSignal::new(None::<Refused>);
    let spot = Spot::new(refused.into());
    let restore = move || {
        refused.set(None);
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
        match if same { Ok(()) } else { save.run(typed.trim().to_owned()) } {
            Ok(()) => restore(),
            Err(why) => refused.set(Some(why)),
        }
    };
    view! {
        <span class="cell-box">
            <input
                type=kind
                class=class
                size="1"
                autocomplete="off"
                id=spot.id()
                data-testid=testid
                aria-label=label
                aria-invalid=move || spot.invalid()
                aria-describedby=move || spot.described()
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
            <ErrorText spot=spot />
        </span>
    }
    .into_any()
}
