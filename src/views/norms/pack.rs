//! The pack in force: which one, when, what it is, and the documents it cites.

use bianheng_core::norm::{NATIONAL, SAMPLE, shipped};
use bianheng_core::scenario::{Command, Label, Step, Workspace};
use bianheng_core::text::{Bilingual, Lang, norms as words, proof};
use leptos::html::Select;
use leptos::prelude::*;

use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// A pack that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    id: String,
    title: Bilingual,
    /// It came with the file rather than with the tool.
    of_file: bool,
}

/// The packs to choose from: that of the file first, then the shipped ones.
fn choices(workspace: &Workspace) -> Vec<Choice> {
    let (base, now) = (workspace.base_norm(), workspace.state().norm.pack());
    let own = [base, now].map(|pack| {
        // A pack with the id of a shipped one is that one as the file carries it.
        let of_file = shipped(&pack.id).is_none();
        Choice { id: pack.id.clone(), title: pack.title.clone(), of_file }
    });
    let shipped = [NATIONAL, SAMPLE].into_iter().filter_map(|id| {
        shipped(id).map(|pack| Choice { id: pack.id, title: pack.title, of_file: false })
    });
    let mut out: Vec<Choice> = Vec::new();
    for choice in own.into_iter().chain(shipped) {
        if !out.iter().any(|found| found.id == choice.id) {
            out.push(choice);
        }
    }
    out
}

/// The step that changes to a pack; `None` for one that cannot be had.
fn change_to(workspace: &Workspace, id: &str) -> Option<Step> {
    let now = workspace.state().norm.pack();
    let base = workspace.base_norm();
    let new = if base.id == id { base.clone() } else { shipped(id)? };
    let (old, new) = (Box::new(now.clone()), Box::new(new));
    (old.id != new.id)
        .then(|| Step { label: Label::Norm, commands: vec![Command::SetNorm { old, new }] })
}

/// Pack, validity, survey date, and what the pack says of itself.
#[component]
pub fn PackFacts() -> impl IntoView {
    let state = use_state();
    let select = NodeRef::<Select>::new();
    let packs =
        Memo::new(move |_| state.with(|open| choices(open.workspace())).unwrap_or_default());
    let now = Memo::new(move |_| {
        state.with(|open| open.workspace().state().norm.pack().id.clone()).unwrap_or_default()
    });
    let facts = Memo::new(move |_| {
        state.with(|open| {
            let norm = &open.workspace().state().norm;
            let pack = norm.pack();
            (pack.valid_from, pack.valid_to, norm.day(), norm.in_force(), pack.about.clone())
        })
    });
    let options = move || {
        let lang = state.lang.get();
        let option = |choice: Choice| {
            let title = choice.title.get(lang);
            let name = if choice.of_file {
                words::PACK_OF_FILE.with(lang, &[("title", &title)])
            } else {
                title.to_owned()
            };
            let chosen = choice.id == now.get_untracked();
            view! { <option value=choice.id.clone() selected=chosen>{name}</option> }
        };
        packs.get().into_iter().map(option).collect_view()
    };
    let change = move |_| {
        let Some(select) = select.get_untracked() else { return };
        let step = state.peek(|open| change_to(open.workspace(), &select.value())).flatten();
        if let Some(step) = step {
            state.dispatch(step);
        }
        // Says what is in force, whether the change was done or refused.
        select.set_value(&now.get_untracked());
    };
    let valid = move || {
        let (from, to, ..) = facts.get()?;
        let lang = state.lang.get();
        Some(match to {
            Some(to) => words::IN_FORCE_BETWEEN.with(lang, &[("from", &from), ("to", &to)]),
            None => words::IN_FORCE_FROM.with(lang, &[("from", &from)]),
        })
    };
    let on_day = move || {
        let (_, _, day, in_force, _) = facts.get()?;
        let lang = state.lang.get();
        let message = if in_force { words::IS_IN_FORCE } else { words::NOT_IN_FORCE };
        let class = if in_force { "" } else { "warn-text strong" };
        let said = message.with(lang, &[("day", &day)]);
        Some(view! { <span class=class data-testid="norm-in-force">{said}</span> })
    };
    let about = move || {
        let (.., about) = facts.get()?;
        Some(about.get(state.lang.get()).to_owned())
    };
    view! {
        <dl class="norm-doc">
            <div class="norm-pack">
                <dt>
                    <label for="norm-select">{move || state.t(words::PACK)}</label>
                </dt>
                <dd>
                    <span class="select short">
                        <select
                            id="norm-select"
                            data-testid="norm-select"
                            title=move || state.t(words::PACK_NOTE)
                            node_ref=select
                            prop:value=move || {
                                packs.track();
                                state.lang.track();
                                now.get()
                            }
                            on:change=change
                        >
                            {options}
                        </select>
                        {icon(Icon::ChevronDown, "ico-13")}
                    </span>
                </dd>
            </div>
            <div>
                <dt>{move || state.t(words::IN_FORCE)}</dt>
                <dd>{valid}</dd>
            </div>
            <div>
                <dt>{move || state.t(words::ON_DAY)}</dt>
                <dd>{on_day}</dd>
            </div>
        </dl>
        <p class="note norm-about" data-testid="norm-about">{about}</p>
    }
}

/// The documents of the pack, with number, issuer, where they were seen and how sure that is.
#[component]
pub fn Documents() -> impl IntoView {
    let state = use_state();
    let documents = Memo::new(move |_| {
        state
            .with(|open| open.workspace().state().norm.pack().documents.clone())
            .unwrap_or_default()
    });
    let list = move || {
        let lang = state.lang.get();
        documents.get().iter().map(|each| document(each, lang)).collect_view()
    };
    view! {
        <section class="block" aria-labelledby="documents-h">
            <header class="sec bar">
                <h2 id="documents-h">{move || state.t(words::DOCUMENTS)}</h2>
            </header>
            <Show
                when=move || documents.with(|documents| !documents.is_empty())
                fallback=move || view! { <p class="note">{move || state.t(words::NO_DOCUMENTS)}</p> }
            >
                <ul class="norm-documents">{list}</ul>
            </Show>
        </section>
    }
}

fn document(document: &bianheng_core::norm::Document, lang: Lang) -> impl IntoView + use<> {
    let number = if document.number.is_empty() {
        proof::NUMBERLESS.get(lang).to_owned()
    } else {
        document.number.clone()
    };
    let mut facts = vec![number];
    let issuer = document.issuer.get(lang);
    if !issuer.is_empty() {
        facts.push(issuer.to_owned());
    }
    if !document.seen.is_empty() {
        facts.push(proof::SEEN.with(lang, &[("seen", &document.seen)]));
    }
    let sure = proof::confidence(document.confidence).get(lang);
    let class = if document.confidence.needs_checking() { "chip warn" } else { "chip" };
    let mark = if document.confidence.needs_checking() { Icon::Warn } else { Icon::Check };
    view! {
        <li data-testid="norm-document" data-id=document.id.clone()>
            <b>{document.title.get(lang).to_owned()}</b>
            <span class="note">{facts.join(" · ")}</span>
            <span class=class>{icon(mark, "")}{sure}</span>
        </li>
    }
}
