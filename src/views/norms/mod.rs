//! The norm in force: what it is and rests on, its rules in words, its parameters to change, and
//! what a change does to the county. The county's own settings stand here too, apart from the norm.

mod change;
mod compare;
mod county;
mod cover;
mod document;
mod log;
mod pack;
mod parameter;
mod rules;
mod tables;
mod totals;

use bianheng_core::report::norm_change::reset_parameters;
use bianheng_core::text::norms as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use self::change::{Basis, Change, seen};
use self::compare::Compare;
use self::county::County;
use self::cover::InForce;
use self::log::Log;
use self::pack::{Documents, PackFacts};
use self::rules::Rules;
use self::tables::Tables;
use super::proof::ProofPanel;
use crate::platform::location;
use crate::route::View;
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// The screen.
#[component]
pub fn Norms() -> impl IntoView {
    // An address such as `#/norms/ratio.primary` leads to one parameter.
    let target = View::Norms.within(&location::hash()).unwrap_or_default().to_owned();
    let chosen = StoredValue::new(target);
    Effect::new(move |_| {
        let id = chosen.get_value();
        if !id.is_empty() {
            request_animation_frame(move || show(&id));
        }
    });
    let seen = seen();
    view! {
        <PageHead />
        <div class="page-body" tabindex="0" data-testid="norms">
            <div class="cols cols-norms">
                <div>
                    <PackFacts />
                    <InForce />
                    <County />
                    <Rules seen chosen />
                    <Tables />
                    <Compare />
                </div>
                <aside class="decides-side">
                    <Change seen />
                    <Basis seen />
                    <Log />
                    <Documents />
                </aside>
            </div>
        </div>
        <ProofPanel />
    }
}

/// Brings a parameter into sight and puts the focus in its field.
fn show(id: &str) {
    let field = document().get_element_by_id(&parameter::field_id(id));
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // Only fails on a detached element. Focusing scrolls it into sight.
        let _ = field.focus();
    }
}

/// Title, validity, what is not verified, and the way back to the norm's own values.
#[component]
fn PageHead() -> impl IntoView {
    let state = use_state();
    let about = Memo::new(move |_| {
        let lang = state.lang.get();
        state.with(|open| {
            let norm = &open.workspace().state().norm;
            let (pack, day) = (norm.pack(), norm.day());
            let title = pack.title.get(lang);
            let mut values: Vec<(&str, &dyn std::fmt::Display)> =
                vec![("title", &title), ("from", &pack.valid_from), ("day", &day)];
            match &pack.valid_to {
                Some(to) => {
                    values.push(("to", to));
                    words::PROVENANCE_UNTIL.with(lang, &values)
                }
                None => words::PROVENANCE.with(lang, &values),
            }
        })
    });
    let unverified = Memo::new(move |_| {
        state.with(|open| open.workspace().state().norm.pack().unverified()).unwrap_or_default()
    });
    let changed = Memo::new(move |_| {
        state.with(|open| reset_parameters(open.workspace()).commands.len()).unwrap_or_default()
    });
    let some_unverified = move || unverified.get() > 0;
    let some_changed = move || changed.get() > 0;
    let reset = move |_| {
        if let Some(step) = state.peek(|open| reset_parameters(open.workspace())) {
            state.dispatch(step);
        }
    };
    view! {
        <header class="page-head">
            <h1>{state.say(words::TITLE)}</h1>
            <p class="prov" data-testid="provenance">{move || about.get()}</p>
            <div class="actions">
                <Show when=some_unverified>
                    <span class="chip warn" data-testid="unverified">
                        {icon(Icon::Warn, "")}
                        {move || {
                            let n = unverified.get();
                            words::UNVERIFIED_COUNT.with(state.lang.get(), &[("n", &n)])
                        }}
                    </span>
                </Show>
                <Show when=some_changed>
                    <button type="button" class="btn" data-testid="reset-all" on:click=reset>
                        {move || {
                            let n = changed.get();
                            words::RESET_ALL_COUNT.with(state.lang.get(), &[("n", &n)])
                        }}
                    </button>
                </Show>
            </div>
        </header>
    }
}
