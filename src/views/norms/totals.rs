//! The county's total of each kind of post. It changes by a document only, whose number is kept.

use bianheng_core::county::KindId;
use bianheng_core::report::norm_change::total_document;
use bianheng_core::scenario::{Command, Label, Step};
use bianheng_core::text::{Bilingual, norms as words, number};
use leptos::html::Input;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::state::use_state;

/// One row for each kind.
#[component]
pub fn Totals() -> impl IntoView {
    let state = use_state();
    let kinds = Memo::new(move |_| {
        let kinds = state.with(|open| {
            let kinds = open.workspace().state().county.kinds.iter();
            kinds.map(|kind| (kind.id.clone(), kind.name.clone())).collect::<Vec<_>>()
        });
        kinds.unwrap_or_default()
    });
    let rows = move || {
        let row = |(kind, name): (KindId, Bilingual)| view! { <Total kind name /> };
        kinds.get().into_iter().map(row).collect_view()
    };
    view! {
        <table class="t totals">
            <thead>
                <tr>
                    <th scope="col">{state.say(words::TOTALS)}</th>
                    <th scope="col" class="num">{state.say(words::TOTAL_NOW)}</th>
                    <th scope="col">{state.say(words::TOTAL_DOCUMENT)}</th>
                    <th scope="col">{state.say(words::CLAUSE)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// What stands in the two fields of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Draft {
    Same,
    NotWhole,
    NoDocument,
    Ready(u32),
}

/// The total of one kind.
#[component]
fn Total(kind: KindId, name: Bilingual) -> impl IntoView {
    let state = use_state();
    let id = StoredValue::new(kind);
    let (total_field, document_field) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let draft = RwSignal::new(Draft::Same);
    let total = Memo::new(move |_| {
        state.with(|open| {
            let county = &open.workspace().state().county;
            county.kind(&id.get_value()).map_or(0, |kind| kind.total)
        })
    });
    let by = Memo::new(move |_| {
        state
            .with(|open| total_document(open.workspace(), &id.get_value()).map(str::to_owned))
            .flatten()
    });
    Effect::new(move |_| {
        total.track();
        draft.set(Draft::Same);
    });
    let look = move || {
        let text = |field: NodeRef<Input>| {
            field.get_untracked().map(|field| field.value().trim().to_owned()).unwrap_or_default()
        };
        let (typed, document) = (text(total_field), text(document_field));
        // Thousands may be typed as they are shown.
        draft.set(match typed.replace([',', '，'], "").parse::<u32>() {
            Err(_) => Draft::NotWhole,
            Ok(new) if Some(new) == total.get_untracked() => Draft::Same,
            Ok(_) if document.is_empty() => Draft::NoDocument,
            Ok(new) => Draft::Ready(new),
        });
        document
    };
    let set = move || {
        let document = look();
        let (Draft::Ready(new), Some(old)) = (draft.get_untracked(), total.get_untracked()) else {
            return;
        };
        let commands = vec![Command::SetTotal { kind: id.get_value(), old, new, document }];
        if state.dispatch(Step { label: Label::Setting, commands })
            && let Some(field) = document_field.get_untracked()
        {
            field.set_value("");
        }
    };
    let give_back = move || {
        if let (Some(field), Some(total)) = (total_field.get_untracked(), total.get_untracked()) {
            field.set_value(&number::count(u64::from(total)));
        }
        draft.set(Draft::Same);
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        _ if event.is_composing() => {}
        "Enter" => set(),
        "Escape" => give_back(),
        _ => {}
    };
    let (row_name, total_name) = (name.clone(), name);
    let why = move || match draft.get() {
        Draft::NotWhole => Some(("field-err", state.t(words::TOTAL_NOT_WHOLE))),
        Draft::NoDocument => Some(("why", state.t(words::TOTAL_NEEDS_DOCUMENT))),
        Draft::Same | Draft::Ready(_) => None,
    };
    let rests_on = move || match by.get() {
        Some(document) => words::TOTAL_BY.with(state.lang.get(), &[("document", &document)]),
        None => state.t(words::TOTAL_SURVEYED).to_owned(),
    };
    let not_whole = move || draft.get() == Draft::NotWhole;
    let ready = move || matches!(draft.get(), Draft::Ready(_));
    view! {
        <tr data-testid="kind-row" data-id=id.get_value().as_str().to_owned()>
            <th scope="row">{move || row_name.get(state.lang.get()).to_owned()}</th>
            <td class="num">
                <input
                    class="field short num"
                    inputmode="numeric"
                    data-testid="kind-total"
                    data-id=id.get_value().as_str().to_owned()
                    aria-label=move || {
                        let lang = state.lang.get();
                        words::TOTAL_OF.with(lang, &[("kind", &total_name.get(lang))])
                    }
                    aria-invalid=move || not_whole().then_some("true")
                    prop:value=move || number::count(u64::from(total.get().unwrap_or_default()))
                    node_ref=total_field
                    on:input=move |_| drop(look())
                    on:keydown=on_key
                />
            </td>
            <td>
                <input
                    class="field short"
                    data-testid="kind-total-document"
                    aria-label=state.say(words::TOTAL_DOCUMENT)
                    placeholder=state.say(words::TOTAL_DOCUMENT_HINT)
                    node_ref=document_field
                    on:input=move |_| drop(look())
                    on:keydown=on_key
                />
                " "
                <button
                    type="button"
                    class="btn small"
                    data-testid="kind-total-set"
                    disabled=move || !ready()
                    on:click=move |_| set()
                >
                    {state.say(words::TOTAL_SET)}
                </button>
                " "
                {move || why().map(|(class, why)| view! { <span class=class role="status">{why}</span> })}
            </td>
            <td class="note" data-testid="kind-total-by">{rests_on}</td>
        </tr>
    }
}
