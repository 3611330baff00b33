//! A labelled field that offers what it may hold while a person types.

use bianheng_core::text::Message;
use leptos::prelude::*;

use crate::state::use_state;

/// A field of a form with its label above and a list of what can be picked.
#[component]
pub fn Suggest(
    /// Its label.
    label: Message,
    /// Name for tests; the list is named after it.
    testid: &'static str,
    /// What stands in it.
    text: RwSignal<String>,
    /// What can be picked.
    offers: Signal<Vec<String>>,
) -> impl IntoView {
    let state = use_state();
    let list = format!("{testid}-offers");
    let options = move || {
        let one = |offer: String| view! { <option value=offer></option> };
        offers.get().into_iter().map(one).collect_view()
    };
    view! {
        <label class="fieldset">
            <span class="label">{state.say(label)}</span>
            <input
                type="text"
                class="field wide"
                autocomplete="off"
                data-testid=testid
                list=list.clone()
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <datalist id=list>{options}</datalist>
        </label>
    }
    .into_any()
}
