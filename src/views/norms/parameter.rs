//! One parameter: its value in a field, the range it must keep, what it rests on, and the way back
//! to the norm's own value. Value and document number are taken together, when Enter is pressed or the
//! row is left. What cannot be read is said beside the field and changes nothing.

use std::collections::BTreeMap;

use bianheng_core::norm::{Exact, Unfit};
use bianheng_core::report::norm_change::{reference, reset_parameter, set_parameter};
use bianheng_core::scenario::{Command, Label, Step};
use bianheng_core::text::{norms as words, proof};
use leptos::html::Input;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::document::{document_field, no_longer_settled};
use crate::state::{State, use_state};
use crate::widgets::{Icon, icon, leaves};

/// The values that "reset" goes back to, by parameter.
pub type Reference = Memo<BTreeMap<String, Exact>>;

/// The id of a parameter's field in the page.
pub fn field_id(parameter: &str) -> String {
    format!("parameter-{parameter}")
}

/// Does the step of a command on a parameter, if there is one to do, and says where the figure is
/// settled no more.
fn dispatch(state: State, command: Option<Command>) {
    let Some(command) = command else { return };
    let dropped = match &command {
        Command::SetParameter { id, old, new, old_document, new_document }
            if old != new && new_document.is_empty() && !old_document.is_empty() =>
        {
            Some((id.clone(), old_document.clone()))
        }
        _ => None,
    };
    if !state.dispatch(Step { label: Label::Parameter, commands: vec![command] }) {
        return;
    }
    let Some((id, document)) = dropped else { return };
    let name = state.peek(|open| {
        let pack = open.workspace().state().norm.pack();
        pack.parameter(&id).map(|parameter| parameter.label.clone())
    });
    if let Some(name) = name.flatten() {
        no_longer_settled(state, &name, &document);
    }
}

/// Does the step that gives a parameter a value, and lets it rest on the county's document of the
/// number that was typed beside it: one step for both.
fn set(state: State, id: &str, new: Exact, typed: &str) {
    let command = state.peek(|open| {
        let norm = &open.workspace().state().norm;
        let same = norm.pack().parameter(id)?.on(norm.day()) == Some(new);
        let own = norm.pack().own_document(id, norm.day()).unwrap_or_default();
        // The document that settled another value does not settle this one.
        let document = if !same && typed == own { "" } else { typed };
        set_parameter(open.workspace(), id, new, document)
    });
    dispatch(state, command.flatten());
}

/// Does the step that puts a parameter back to the value it is held against.
fn reset_one(state: State, id: &str) {
    let command = state.peek(|open| {
        let workspace = open.workspace();
        reset_parameter(workspace, &reference(workspace)?, id)
    });
    dispatch(state, command.flatten());
}

/// The row of a parameter.
#[component]
pub fn ParameterRow(
    id: String,
    /// Values of the base.
    reference: Reference,
    /// Values of the pack as it ships.
    of_pack: Reference,
    chosen: StoredValue<String>,
) -> impl IntoView {
    let state = use_state();
    let found = state.peek(|open| open.workspace().state().norm.pack().parameter(&id).cloned());
    let Some(parameter) = found.flatten() else { return ().into_any() };
    let is_chosen = chosen.get_value() == id;
    let first = StoredValue::new(parameter);
    let (field, number) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let error = RwSignal::new(None::<Unfit>);
    let name = StoredValue::new(id.clone());
    // What it rests on may change while its row stands.
    let parameter = Memo::new(move |_| {
        let now = state
            .with(|open| {
                let pack = open.workspace().state().norm.pack();
                name.with_value(|name| pack.parameter(name).cloned())
            })
            .flatten();
        now.unwrap_or_else(|| first.get_value())
    });
    let value = Memo::new(move |_| {
        state
            .with(|open| {
                let norm = &open.workspace().state().norm;
                norm.pack().parameter(&name.get_value())?.on(norm.day())
            })
            .flatten()
    });
    Effect::new(move |_| {
        value.track();
        error.set(None);
    });
    let shown =
        move |value: Option<Exact>| value.map(|value| value.to_string()).unwrap_or_default();
    let own = Memo::new(move |_| {
        parameter.track();
        let own = state.peek(|open| {
            let norm = &open.workspace().state().norm;
            let own = name.with_value(|name| norm.pack().own_document(name, norm.day()));
            own.unwrap_or_default().to_owned()
        });
        own.unwrap_or_default()
    });
    let give_back = move || {
        if let Some(field) = field.get_untracked() {
            field.set_value(&shown(value.get_untracked()));
        }
        if let Some(number) = number.get_untracked() {
            number.set_value(&own.get_untracked());
        }
        error.set(None);
    };
    let commit = move || {
        let Some(text) = field.get_untracked().map(|field| field.value()) else { return };
        match parameter.with_untracked(|parameter| parameter.read(&text)) {
            Ok(new) => {
                let typed = number.get_untracked().map(|number| number.value());
                let typed = typed.unwrap_or_else(|| own.get_untracked());
                set(state, &name.get_value(), new, typed.trim());
                give_back();
            }
            Err(unfit) => error.set(Some(unfit)),
        }
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        _ if event.is_composing() => {}
        "Enter" => commit(),
        "Escape" => give_back(),
        _ => {}
    };
    let range = move |message: bianheng_core::text::Message| {
        parameter.with(|parameter| {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("least", &parameter.least), ("greatest", &parameter.greatest)];
            message.with(state.lang.get(), &values)
        })
    };
    let label = move || parameter.with(|found| found.label.get(state.lang.get()).to_owned());
    let unit = move || parameter.with(|found| found.unit.get(state.lang.get()).to_owned());
    let clause = move || {
        let lang = state.lang.get();
        state.peek(|open| {
            let norm = &open.workspace().state().norm;
            let day = norm.day();
            let pack = norm.pack();
            parameter.with(|found| match pack.departure(found, day).zip(found.on(day)) {
                Some((departs, value)) => {
                    proof::departure(&found.label, value, &departs, pack, lang)
                }
                None => proof::clause(found.clause_on(day), pack, lang),
            })
        })
    };
    let day = state.peek(|open| open.workspace().state().norm.day());
    let unverified = Memo::new(move |_| {
        parameter.with(|found| {
            let clause = day.map_or(&found.clause, |day| found.clause_on(day));
            clause.confidence.needs_checking()
        })
    });
    let asks = Memo::new(move |_| unverified.get() || !own.with(String::is_empty));
    let document = document_field(state, "parameter-document", asks, own, label, number, on_key);
    let base = Memo::new(move |_| {
        let base = reference.with(|values| name.with_value(|name| values.get(name).copied()));
        base.filter(|base| Some(*base) != value.get())
    });
    let changed = move || base.get().is_some();
    // A changed value is not a settled one: both are said.
    let status = move || {
        let changed = changed().then(|| {
            view! { <span class="chip accent">{state.t(words::CHANGED)}</span> }
        });
        let (class, mark, said) = if unverified.get() {
            ("chip warn", Icon::Warn, proof::UNVERIFIED)
        } else {
            ("chip", Icon::Check, words::VERIFIED)
        };
        view! {
            {changed}
            " "
            <span class=class>{icon(mark, "")}{state.t(said)}</span>
        }
    };
    let why = move || {
        let said = match error.get()? {
            Unfit::NotANumber => state.t(words::NOT_A_NUMBER).to_owned(),
            Unfit::OutOfRange => range(words::OUT_OF_RANGE),
        };
        let id = format!("{}-error", field_id(&name.get_value()));
        Some(view! {
            <span class="field-err" id=id role="alert" data-testid="parameter-error">{said}</span>
        })
    };
    // What the pack that ships says, where the file says another thing: the third value.
    let of_pack = move || {
        let others = [base.get(), value.get()];
        let said = of_pack.with(|values| name.with_value(|name| values.get(name).copied()));
        said.filter(|said| !others.contains(&Some(*said))).map(|of_pack| {
            let said = words::IN_PACK.with(state.lang.get(), &[("value", &of_pack)]);
            view! { <span class="note" data-testid="parameter-of-pack">{said}</span> }
        })
    };
    let was = move || {
        base.get().map(|base| {
            let base = base.to_string();
            let spoken = words::WAS.with(state.lang.get(), &[("value", &base)]);
            view! { <s class="old" data-testid="parameter-base" aria-label=spoken>{base}</s> }
        })
    };
    let reset = move || {
        base.get().map(|base| {
            let shown = base.to_string();
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("parameter", &label()), ("value", &shown)];
            let spoken = words::RESET_ONE.with(state.lang.get(), &values);
            view! {
                <button
                    type="button"
                    class="link"
                    data-testid="parameter-reset"
                    aria-label=spoken
                    on:click=move |_| {
                        reset_one(state, &name.get_value());
                        give_back();
                    }
                >
                    {state.t(words::RESET)}
                </button>
            }
        })
    };
    let field_name = field_id(&id);
    let in_force = move || value.get().is_some();
    view! {
        <tr
            data-testid="parameter"
            data-id=id.clone()
            class:is-chosen=is_chosen
            on:focusout=move |event| {
                if leaves(&event) {
                    commit();
                }
            }
        >
            <th scope="row">
                <label for=field_name.clone()>{label}</label>
            </th>
            <td class="clause">
                <span data-testid="parameter-clause">{clause}</span>
                {document}
            </td>
            <td class="value num">
                <Show
                    when=in_force
                    fallback=move || view! { <span class="na">{state.say(words::NO_VALUE)}</span> }
                >
                    {of_pack}
                    {was}
                    <span
                        class="box num"
                        class:changed=changed
                        class:is-unver=move || unverified.get()
                        class:err=move || error.get().is_some()
                    >
                        <input
                            id=field_name.clone()
                            inputmode="decimal"
                            autocomplete="off"
                            data-testid="parameter-value"
                            data-id=name.get_value()
                            aria-invalid=move || error.get().is_some().then_some("true")
                            aria-describedby=move || {
                                let id = format!("{}-error", field_id(&name.get_value()));
                                error.get().is_some().then_some(id)
                            }
                            prop:value=move || shown(value.get())
                            node_ref=field
                            on:keydown=on_key
                        />
                        <span class="unit">{unit}</span>
                    </span>
                    {why}
                </Show>
            </td>
            <td class="range">{move || range(words::RANGE_VALUE)}</td>
            <td class="status" data-testid="parameter-status">{status}</td>
            <td class="num">{reset}</td>
        </tr>
    }
    .into_any()
}
