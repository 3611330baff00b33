//! Further looks at the same proposal, one at a time: townships by stages, the rules side by side,
//! what was set by hand, the map.

use bianheng_core::text::{Message, reallocate as words};
use leptos::prelude::*;

use super::compare::Compare;
use super::desk::use_desk;
use super::map::MoveMap;
use super::matrix::MatrixTable;
use super::overrides::Overrides;

/// The looks, with their names for tests.
const LOOKS: [(&str, Message); 4] = [
    ("look-matrix", words::LOOK_MATRIX),
    ("look-compare", words::LOOK_COMPARE),
    ("look-hands", words::LOOK_HANDS),
    ("look-map", words::LOOK_MAP),
];

/// The choice and what was chosen.
#[component]
pub fn More() -> impl IntoView {
    let state = use_desk().state;
    let chosen = RwSignal::new(0_usize);
    let switch = move |(at, (testid, message)): (usize, (&'static str, Message))| {
        view! {
            <button
                type="button"
                class="switch"
                data-testid=testid
                aria-pressed=move || if chosen.get() == at { "true" } else { "false" }
                on:click=move |_| chosen.set(at)
            >
                {state.say(message)}
            </button>
        }
    };
    let look = move || match chosen.get() {
        0 => view! { <MatrixTable /> }.into_any(),
        1 => view! { <Compare /> }.into_any(),
        2 => view! { <Overrides /> }.into_any(),
        _ => view! { <MoveMap /> }.into_any(),
    };
    view! {
        <section class="block">
            <div class="list-bar">{LOOKS.into_iter().enumerate().map(switch).collect_view()}</div>
            {look}
        </section>
    }
}
