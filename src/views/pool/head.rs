//! The head of the screen: which pool, how its posts are counted, what can be done.

use bianheng_core::county::KindId;
use bianheng_core::pool::approve;
use bianheng_core::scenario::Label;
use bianheng_core::text::pool_view as words;
use leptos::prelude::*;

use super::change::{refuse, replace, say_done};
use super::seen::View;
use crate::state::{State, use_state};
use crate::widgets::{Icon, icon};

/// The head.
#[component]
pub fn Head(view: View) -> impl IntoView {
    let state = use_state();
    let model = move || view.read(|seen| seen.pool.model.text(state.lang.get()));
    let has_pool = Memo::new(move |_| view.seen.with(Option::is_some));
    view! {
        <header class="page-head">
            <h1>{state.say(words::TITLE)}</h1>
            <Which view=view />
            {move || {
                model()
                    .map(|text| view! { <span class="chip accent clip" title=text>{text}</span> })
            }}
            <Show when=move || has_pool.get()>
                <div class="actions">
                    <button
                        type="button"
                        class="btn"
                        data-testid="add-application"
                        aria-expanded=move || view.applying.get().to_string()
                        on:click=move |_| view.applying.update(|open| *open = !*open)
                    >
                        {icon(Icon::Plus, "")}
                        {state.say(words::NEW_APPLICATION)}
                    </button>
                    <button
                        type="button"
                        class="btn"
                        data-testid="loan-book"
                        aria-pressed=move || view.book.get().to_string()
                        on:click=move |_| view.book.update(|open| *open = !*open)
                    >
                        {icon(Icon::Table, "")}
                        {state.say(words::BOOK)}
                    </button>
                    <Approve view=view />
                </div>
            </Show>
        </header>
    }
}

/// The pools of the county, to choose from.
#[component]
fn Which(view: View) -> impl IntoView {
    let state = use_state();
    let pools = Memo::new(move |_| {
        let pools = state.with(|open| {
            let pools = open.workspace().state().county.pools.iter();
            pools.map(|pool| (pool.kind.clone(), pool.name.clone())).collect::<Vec<_>>()
        });
        pools.unwrap_or_default()
    });
    let options = move || {
        let one = move |(kind, name): (KindId, String)| {
            let value = kind.as_str().to_owned();
            let chosen = move || state.kind.get() == kind;
            view! { <option value=value selected=chosen>{name}</option> }
        };
        pools.get().into_iter().map(one).collect_view()
    };
    let shown = move || pools.with(|pools| pools.len() > 1) && view.seen.with(Option::is_some);
    let name = move || {
        let single = pools.with(|pools| pools.len() == 1);
        single.then(|| view.read(|seen| seen.pool.name.clone())).flatten()
    };
    view! {
        <Show
            when=shown
            fallback=move || view! { <span class="strong" data-testid="pool-name">{name}</span> }
        >
            <span class="select tall">
                <select
                    data-testid="pool-select"
                    aria-label=state.say(words::WHICH)
                    prop:value=move || {
                        pools.track();
                        state.kind.get().as_str().to_owned()
                    }
                    on:change=move |event| state.kind.set(KindId::new(&event_target_value(&event)))
                >
                    {options}
                </select>
                {icon(Icon::ChevronDown, "")}
            </span>
        </Show>
    }
}

/// Approves the batch.
#[component]
fn Approve(view: View) -> impl IntoView {
    let state = use_state();
    let what = Memo::new(move |_| {
        view.read(|seen| (seen.pool.batch.name.clone(), seen.granted())).unwrap_or_default()
    });
    let none = move || what.with(|(_, granted)| *granted == 0);
    let label = move || {
        let (batch, n) = what.get();
        words::APPROVE.with(state.lang.get(), &[("batch", &batch), ("n", &n)])
    };
    view! {
        <Show when=none>
            <span class="why" data-testid="approve-why">
                {state.say(words::APPROVE_NONE)}
            </span>
        </Show>
        <button
            type="button"
            class="btn primary"
            data-testid="approve"
            disabled=none
            on:click=move |_| approve_batch(state, view)
        >
            {icon(Icon::Check, "")}
            {label}
        </button>
    }
}

fn approve_batch(state: State, view: View) {
    let lang = state.lang.get_untracked();
    let after = view.peek(|seen| {
        let awards = seen.awards.clone()?;
        let after = approve(&seen.pool, &awards)?;
        Ok::<_, bianheng_core::pool::PoolError>((after, awards.granted()))
    });
    match after {
        Some(Ok((after, n))) => {
            let batch = after.batch.name.clone();
            match replace(state, Label::Approve { granted: n }, Some(after)) {
                Ok(true) => {
                    view.opened.set(None);
                    let text = words::APPROVED.with(lang, &[("batch", &batch), ("n", &n)]);
                    say_done(state, text);
                }
                Ok(false) => {}
                Err(why) => refuse(state, &why.text(lang)),
            }
        }
        Some(Err(error)) => refuse(state, &error.text(lang)),
        None => {}
    }
}
