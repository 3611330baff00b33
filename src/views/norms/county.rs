//! Settings of the county that are no part of the norm: its name, the kind of post that
//! kindergartens draw on, the totals.

use bianheng_core::county::KindId;
use bianheng_core::report::norm_change::kindergarten_posts;
use bianheng_core::scenario::{Command, Label, Step};
use bianheng_core::text::{Bilingual, norms as words, number};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::totals::Totals;
use crate::state::{State, use_state};

/// The settings.
#[component]
pub fn County() -> impl IntoView {
    let state = use_state();
    view! {
        <section class="block" aria-labelledby="county-h">
            <header class="sec bar">
                <h2 id="county-h">{state.say(words::COUNTY)}</h2>
                <span class="note">{state.say(words::COUNTY_NOTE)}</span>
            </header>
            <Name />
            <Kindergartens />
            <Totals />
        </section>
    }
}

/// The county's name.
#[component]
fn Name() -> impl IntoView {
    let state = use_state();
    let empty = RwSignal::new(false);
    let name = Memo::new(move |_| {
        state.with(|open| open.workspace().state().county.name.clone()).unwrap_or_default()
    });
    Effect::new(move |_| {
        name.track();
        empty.set(false);
    });
    let write = move |value: &str| {
        let new = value.trim().to_owned();
        empty.set(new.is_empty());
        let old = name.get_untracked();
        if !new.is_empty() && new != old {
            let commands = vec![Command::SetCounty { old, new }];
            state.dispatch(Step { label: Label::Setting, commands });
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        match event.key().as_str() {
            "Enter" => write(&input.value()),
            "Escape" => {
                input.set_value(&name.get_untracked());
                empty.set(false);
            }
            _ => {}
        }
    };
    let error = move || {
        empty.get().then(|| {
            view! {
                <span class="field-err" id="county-name-error" role="alert">
                    {state.say(words::NAME_EMPTY)}
                </span>
            }
        })
    };
    view! {
        <div class="setting">
            <label class="label" for="county-name">{state.say(words::COUNTY_NAME)}</label>
            <span>
                <input
                    id="county-name"
                    class="field"
                    data-testid="county-name"
                    prop:value=move || name.get()
                    aria-invalid=move || empty.get().then_some("true")
                    aria-describedby=move || empty.get().then_some("county-name-error")
                    on:change=move |event| write(&event_target_value(&event))
                    on:keydown=on_key
                />
                {error}
            </span>
        </div>
    }
}

/// The kinds of post of the county, by id.
fn kinds(state: State) -> Memo<Vec<(KindId, Bilingual)>> {
    Memo::new(move |_| {
        state
            .with(|open| {
                let kinds = open.workspace().state().county.kinds.iter();
                kinds.map(|kind| (kind.id.clone(), kind.name.clone())).collect()
            })
            .unwrap_or_default()
    })
}

/// Which kind kindergartens draw on.
#[component]
fn Kindergartens() -> impl IntoView {
    let state = use_state();
    let kinds = kinds(state);
    let now = Memo::new(move |_| {
        state.with(|open| open.workspace().state().county.kindergarten_kind.clone())
    });
    let posts = Memo::new(move |_| {
        state.with(|open| kindergarten_posts(open.workspace())).unwrap_or_default()
    });
    let choose = move |kind: &KindId| {
        let Some(old) = now.get_untracked() else { return };
        if old != *kind {
            let commands = vec![Command::SetKindergartenKind { old, new: kind.clone() }];
            state.dispatch(Step { label: Label::Setting, commands });
        }
    };
    let buttons = move || {
        let lang = state.lang.get();
        let button = |(id, name): (KindId, Bilingual)| {
            let kind = name.get(lang).to_owned();
            let (pressed, chosen) = (id.clone(), id.clone());
            view! {
                <button
                    type="button"
                    data-testid="kindergarten-kind"
                    data-id=id.as_str().to_owned()
                    aria-pressed=move || (now.get().as_ref() == Some(&pressed)).to_string()
                    on:click=move |_| choose(&chosen)
                >
                    {words::USE_KIND.with(lang, &[("kind", &kind)])}
                </button>
            }
        };
        kinds.get().into_iter().map(button).collect_view()
    };
    let one = move || {
        let lang = state.lang.get();
        let kind = kinds.with(|kinds| kinds.first().map(|(_, name)| name.get(lang).to_owned()));
        words::ONE_KIND.with(lang, &[("kind", &kind.unwrap_or_default())])
    };
    let several = move || kinds.with(|kinds| kinds.len() > 1);
    view! {
        <div class="setting" role="group" aria-labelledby="kindergarten-h">
            <span class="label" id="kindergarten-h">{state.say(words::KINDERGARTENS)}</span>
            <Show when=several fallback=move || view! { <p class="note">{one}</p> }>
                <span class="seg">{buttons}</span>
                <p class="note">
                    {move || {
                        let n = number::count(posts.get());
                        words::KINDERGARTENS_MOVE.with(state.lang.get(), &[("n", &n)])
                    }}
                </p>
            </Show>
        </div>
    }
}
