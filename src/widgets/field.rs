//! A labelled field of a form, and what a person typed as a count.

use bianheng_core::text::Message;
use leptos::prelude::*;

use crate::state::use_state;

/// A field of a form with its label above.
#[component]
pub fn Field(
    /// Its label.
    label: Message,
    /// Name for tests.
    testid: &'static str,
    /// What stands in it.
    text: RwSignal<String>,
    /// Class of the field, for its width.
    #[prop(default = "field")]
    class: &'static str,
    /// `text`, `date`.
    #[prop(default = "text")]
    kind: &'static str,
) -> impl IntoView {
    let state = use_state();
    view! {
        <label class="fieldset">
            <span class="label">{state.say(label)}</span>
            <input
                type=kind
                class=class
                autocomplete="off"
                data-testid=testid
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
        </label>
    }
}

/// A count as a person types it: ASCII or full-width digits, spaces around them.
pub fn count(text: &str) -> Option<u32> {
    let narrow = |letter: char| match letter {
        '０'..='９' => {
            u32::from(letter).checked_sub(0xFF10).and_then(|digit| char::from_digit(digit, 10))
        }
        other => Some(other),
    };
    let digits: Option<String> = text.trim().chars().map(narrow).collect();
    digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
}

/// A count of at least one.
pub fn at_least_one(text: &str) -> Option<u32> {
    count(text).filter(|posts| *posts > 0)
}
