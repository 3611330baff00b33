//! Limits of single stages and single schools, as rows of the panel.

use bianheng_core::county::{HoldingId, Stage};
use bianheng_core::report::reallocate::{FieldError, OwnLimit, row_name, whole};
use bianheng_core::text::{names, reallocate as words};
use leptos::prelude::*;

use super::desk::{Desk, use_desk};
use super::field::{FieldErrorLine, LimitField};
use super::limits::{Binds, Hits};
use crate::widgets::{Icon, icon};

/// Takes a limit away.
#[component]
fn Remove(
    testid: &'static str,
    #[prop(into)] id: String,
    #[prop(into)] what: Signal<String>,
    on_remove: Callback<()>,
) -> impl IntoView {
    let state = use_desk().state;
    let label = move || words::REMOVE.with(state.lang.get(), &[("what", &what.get())]);
    view! {
        <button
            type="button"
            class="link"
            data-testid=testid
            data-id=id
            aria-label=label
            title=label
            on:click=move |_| on_remove.run(())
        >
            {icon(Icon::Cross, "ico-13")}
        </button>
    }
}

/// Caps on the fall of one stage.
#[component]
pub fn StageLimits() -> impl IntoView {
    let desk = use_desk();
    let stages = Memo::new(move |_| {
        desk.limits.with(|limits| limits.stage_fall.keys().copied().collect::<Vec<_>>())
    });
    move || stages.get().into_iter().map(|stage| view! { <StageRow stage=stage /> }).collect_view()
}

#[component]
fn StageRow(stage: Stage) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let Binds(bindings) = expect_context();
    let hits = Signal::derive(move || {
        bindings.with(|found| found.stages.get(&stage).copied().unwrap_or(0))
    });
    let error = RwSignal::new(None);
    let label = Signal::derive(move || {
        let lang = state.lang.get();
        words::STAGE_FALL.with(lang, &[("stage", &names::stage(stage).get(lang))])
    });
    let value = Signal::derive(move || {
        let most = desk.limits.with(|limits| limits.stage_fall.get(&stage).copied());
        most.map(|most| most.to_string()).unwrap_or_default()
    });
    let set = Callback::new(move |text: String| -> Result<(), FieldError> {
        let most = whole(&text)?;
        desk.change(|limits| match most {
            Some(most) => {
                limits.stage_fall.insert(stage, most);
            }
            None => {
                limits.stage_fall.remove(&stage);
            }
        });
        Ok(())
    });
    let remove = Callback::new(move |()| {
        desk.change(|limits| {
            limits.stage_fall.remove(&stage);
        });
    });
    view! {
        <li class:is-binding=move || hits.get() != 0>
            <span class="name" title=label>{label}</span>
            <LimitField
                testid="limit-stage"
                id=stage.as_str()
                label=label
                value=value
                empty=Signal::derive(state.say(words::UNLIMITED))
                on_change=set
                error=error
            />
            <Remove testid="limit-stage-remove" id=stage.as_str() what=label on_remove=remove />
            <Hits testid="hits-stage" count=hits />
            <FieldErrorLine error=error />
        </li>
    }
}

/// Limits of single schools.
#[component]
pub fn OwnLimits() -> impl IntoView {
    let desk = use_desk();
    let own = Memo::new(move |_| desk.limits.with(OwnLimit::list));
    move || {
        let rows = own.get().into_iter();
        rows.map(|(id, own)| view! { <OwnRow id=id own=own /> }).collect_view()
    }
}

/// The name of the row that an id stands for.
fn name_of(desk: Desk, id: &HoldingId) -> String {
    let lang = desk.state.lang.get();
    let name = desk.state.with(|open| {
        let state = open.workspace().state();
        let row = state.index().row(id)?;
        Some(row_name(&state.county, row, lang))
    });
    // A limit may outlive its school: it still can be taken away.
    name.flatten().unwrap_or_else(|| id.to_string())
}

#[component]
fn OwnRow(id: HoldingId, own: OwnLimit) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let Binds(bindings) = expect_context();
    let id = StoredValue::new(id);
    let binds =
        Memo::new(move |_| id.with_value(|id| bindings.with(|found| found.own.contains(id))));
    let error = RwSignal::new(None);
    let label = Signal::derive(move || {
        let unit = id.with_value(|id| name_of(desk, id));
        let message = match own {
            OwnLimit::Locked => words::OWN_LOCKED,
            OwnLimit::Closing => words::OWN_CLOSING,
            OwnLimit::Most(_) => words::OWN_HIGH,
            OwnLimit::Least(_) => words::OWN_LOW,
        };
        message.with(state.lang.get(), &[("unit", &unit)])
    });
    let value = match own {
        OwnLimit::Most(posts) | OwnLimit::Least(posts) => Some(posts.to_string()),
        OwnLimit::Locked | OwnLimit::Closing => None,
    };
    let set = Callback::new(move |text: String| -> Result<(), FieldError> {
        let posts = whole(&text)?;
        desk.change(|limits| {
            id.with_value(|id| {
                let Some(posts) = posts else { return own.remove(limits, id) };
                let entry = limits.lines.entry(id.clone()).or_default();
                match own {
                    OwnLimit::Least(_) => entry.low = Some(posts),
                    _ => entry.high = Some(posts),
                }
            });
        });
        Ok(())
    });
    let remove = Callback::new(move |()| {
        desk.change(|limits| id.with_value(|id| own.remove(limits, id)));
    });
    let key = id.with_value(ToString::to_string);
    let (field_key, remove_key) = (key.clone(), key.clone());
    let field = value.map(|value| {
        let key = field_key;
        view! {
            <LimitField
                testid="own-field"
                id=key
                label=label
                value=Signal::derive(move || value.clone())
                empty=Signal::derive(|| "—")
                on_change=set
                error=error
            />
        }
    });
    let lock = (own == OwnLimit::Locked).then(|| icon(Icon::Lock, "ico-13"));
    view! {
        <li class:is-binding=binds data-testid="own-limit" data-id=key>
            <span class="name clip" title=label>{label}</span>
            {lock}
            {field}
            <Remove testid="own-remove" id=remove_key what=label on_remove=remove />
            <Hits testid="hits-own" count=Signal::derive(move || usize::from(binds.get())) />
            <FieldErrorLine error=error />
        </li>
    }
}
