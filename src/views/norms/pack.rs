//! The pack in force: which one, when, what it is, and the documents it cites.

use bianheng_core::norm::{Pack, PackError, listed, read_pack, shipped, sound, write_pack};
use bianheng_core::scenario::{Command, Label, Step, Workspace};
use bianheng_core::text::{Bilingual, Lang, norms as words, packs, proof, shell};
use leptos::html::Select;
use leptos::prelude::*;

use crate::platform::files;
use crate::state::{Toast, use_state};
use crate::widgets::{FilePick, Icon, icon};

/// A pack that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    id: String,
    title: Bilingual,
    /// It came with the file or stood here before, rather than with the tool.
    of_file: bool,
    /// It ships for reference: it stands under "more".
    library: bool,
}

/// The packs to choose from: those of the file and of its history first, then the shipped ones.
fn choices(workspace: &Workspace) -> Vec<Choice> {
    let shipped = listed();
    let mut out: Vec<Choice> = Vec::new();
    for pack in own(workspace) {
        // A pack with the id of a shipped one is that one as the file carries it.
        let of_file = !shipped.iter().any(|each| each.id == pack.id);
        if !out.iter().any(|found| found.id == pack.id) {
            let (id, title) = (pack.id.clone(), pack.title.clone());
            out.push(Choice { id, title, of_file, library: false });
        }
    }
    for each in shipped {
        if !out.iter().any(|found| found.id == each.id) {
            let (id, title) = (each.id.to_owned(), each.title);
            out.push(Choice { id, title, of_file: false, library: each.library });
        }
    }
    out
}

/// The packs that the file holds, newest first: the one in force, those that stood before in its
/// history, and that of the base.
fn own(workspace: &Workspace) -> Vec<&Pack> {
    let mut out = vec![workspace.state().norm.pack()];
    let steps = workspace.scenario().done.iter().rev();
    for command in steps.flat_map(|step| step.commands.iter().rev()) {
        if let Command::SetNorm { old, new } = command {
            out.extend([&**new, &**old]);
        }
    }
    out.push(workspace.base_norm());
    out
}

/// The step that changes to a pack; `None` for one that cannot be had, or is in force as it is.
fn change_to(workspace: &Workspace, id: &str) -> Option<Step> {
    let kept = own(workspace).into_iter().find(|pack| pack.id == id).cloned();
    let new = kept.or_else(|| shipped(id))?;
    (workspace.state().norm.pack().id != new.id).then(|| put(workspace, new)).flatten()
}

/// The step that puts a pack in force; `None` where it already is.
fn put(workspace: &Workspace, new: Pack) -> Option<Step> {
    let (old, new) = (Box::new(workspace.state().norm.pack().clone()), Box::new(new));
    (old != new).then(|| Step { label: Label::Norm, commands: vec![Command::SetNorm { old, new }] })
}

/// A copy of the pack in force under an id of its own, to change freely.
fn local_copy(workspace: &Workspace) -> Pack {
    let mut pack = workspace.state().norm.pack().clone();
    let taken: Vec<&str> = own(workspace).iter().map(|pack| pack.id.as_str()).collect();
    let mut number = 1;
    let id = |number: u32| format!("local-{number}");
    while taken.contains(&id(number).as_str()) {
        number += 1;
    }
    pack.id = id(number);
    pack.library = false;
    let title = |lang| words::LOCAL_TITLE.with(lang, &[("title", &pack.title.get(lang))]);
    pack.title = Bilingual { zh: title(Lang::Zh), en: title(Lang::En) };
    pack
}

/// Copy, export, import.
#[component]
fn PackTools() -> impl IntoView {
    let state = use_state();
    let error = RwSignal::new(None::<PackError>);
    let duplicate = move |_| {
        let step = state.peek(|open| {
            let workspace = open.workspace();
            put(workspace, local_copy(workspace))
        });
        if let Some(step) = step.flatten() {
            state.dispatch(step);
        }
    };
    let export = move |_| {
        let found = state.peek(|open| {
            let pack = open.workspace().state().norm.pack();
            Some((format!("{}.norm.toml", pack.id), write_pack(pack)?))
        });
        if let Some((name, text)) = found.flatten() {
            files::download(&name, "application/toml", text.as_bytes());
            let lang = state.lang.get_untracked();
            state.toast(Toast::done(shell::EXPORTED.with(lang, &[("name", &name)])));
        }
    };
    let import = move |file: Option<files::Dropped>| {
        error.set(None);
        let lang = state.lang.get_untracked();
        let text = file.and_then(|file| String::from_utf8(file.bytes).ok());
        let Some(text) = text else {
            state.toast(Toast::error(words::PACK_UNREADABLE.get(lang).to_owned()));
            return;
        };
        match read_pack(&text) {
            Ok(pack) => {
                let title = pack.title.get(lang).to_owned();
                let step = state.peek(|open| put(open.workspace(), pack)).flatten();
                let same = step.is_none();
                if same || step.is_some_and(|step| state.dispatch(step)) {
                    let said = words::PACK_IMPORTED.with(lang, &[("title", &title)]);
                    state.toast(Toast::done(said));
                }
            }
            Err(why) => error.set(Some(why)),
        }
    };
    view! {
        <div class="btns block-gap">
            <button type="button" class="btn small" data-testid="pack-copy" on:click=duplicate>
                {icon(Icon::Copy, "ico-13")}
                {state.say(words::PACK_COPY)}
            </button>
            <button type="button" class="btn small" data-testid="pack-export" on:click=export>
                {icon(Icon::Download, "ico-13")}
                {state.say(words::PACK_EXPORT)}
            </button>
            <FilePick
                testid="pack-import"
                accept=".json,.toml"
                class="btn small"
                on_file=Callback::new(import)
            >
                {icon(Icon::Folder, "ico-13")}
                {state.say(words::PACK_IMPORT)}
            </FilePick>
        </div>
        {move || {
            error.with(|error| {
                let said = packs::error(error.as_ref()?, state.lang.get());
                let text = format!("{} {said}", state.t(words::PACK_REFUSED));
                Some(view! { <p class="field-err" role="alert" data-testid="pack-error">{text}</p> })
            })
        }}
    }
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
        let option = |choice: &Choice| {
            let title = choice.title.get(lang);
            let name = if choice.of_file {
                words::PACK_OF_FILE.with(lang, &[("title", &title)])
            } else {
                title.to_owned()
            };
            let chosen = choice.id == now.get_untracked();
            view! { <option value=choice.id.clone() selected=chosen>{name}</option> }
        };
        packs.with(|packs| {
            let own = packs.iter().filter(|choice| !choice.library).map(option).collect_view();
            let more = packs.iter().filter(|choice| choice.library).map(option).collect_view();
            view! {
                {own}
                <optgroup label=words::MORE_PACKS.get(lang)>{more}</optgroup>
            }
        })
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
                    <label for="norm-select">{state.say(words::PACK)}</label>
                </dt>
                <dd>
                    <span class="select short">
                        <select
                            id="norm-select"
                            data-testid="norm-select"
                            title=state.say(words::PACK_NOTE)
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
                <dt>{state.say(words::IN_FORCE)}</dt>
                <dd>{valid}</dd>
            </div>
            <div>
                <dt>{state.say(words::ON_DAY)}</dt>
                <dd>{on_day}</dd>
            </div>
        </dl>
        <p class="note norm-about" data-testid="norm-about">{about}</p>
        <Unsound />
        <PackTools />
    }
}

/// What is wrong with the pack in force, where a file brought one that has a fault.
#[component]
fn Unsound() -> impl IntoView {
    let state = use_state();
    let fault = Memo::new(move |_| {
        state.with(|open| sound(open.workspace().state().norm.pack()).err()).flatten()
    });
    move || {
        let lang = state.lang.get();
        fault.get().map(|why| {
            let said = words::PACK_UNSOUND.with(lang, &[("why", &packs::error(&why, lang))]);
            view! {
                <p class="left-open" data-testid="pack-unsound">
                    <span class="chip warn">
                        {icon(Icon::Warn, "")}
                        {words::PACK_FAULT.get(lang)}
                    </span>
                    " "
                    {said}
                </p>
            }
        })
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
                <h2 id="documents-h">{state.say(words::DOCUMENTS)}</h2>
            </header>
            <Show
                when=move || documents.with(|documents| !documents.is_empty())
                fallback=move || view! { <p class="note">{state.say(words::NO_DOCUMENTS)}</p> }
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
