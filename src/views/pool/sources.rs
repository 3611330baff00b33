//! Where the posts of the pool came from, unit by unit with the document that says so, and what joined and
//! left it since. What no unit accounts for was unassigned.

use bianheng_core::county::UnitCode;
use bianheng_core::pool::{At, Event, Model, Source, What};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, pool_view as words, steps};
use leptos::prelude::*;

use super::cell::Cell;
use super::change::{change, put_checked};
use super::form::{Ask, Fill, Form, Input, Refused};
use super::parts::{Trash, typed};
use super::seen::{Seen, View};
use crate::platform::page;
use crate::state::use_state;
use crate::widgets::at_least_one;

const ADD: &str = "source-add";

/// The sources.
#[component]
pub fn Sources(view: View) -> impl IntoView {
    let state = use_state();
    let adding = RwSignal::new(false);
    let places = Memo::new(move |_| view.read(|seen| seen.pool.sources.len()).unwrap_or(0));
    let note = move || {
        let model = view.read(|seen| seen.pool.model).unwrap_or_default();
        state.t(match model {
            Model::CutOff => words::SOURCES_CUT,
            Model::UseOnly => words::SOURCES_HELD,
            Model::Separate => words::SOURCES_SEPARATE,
        })
    };
    let later = Memo::new(move |_| {
        let of = |seen: &Seen| {
            let joins = |event: &&Event| matches!(event.what, What::Add | What::Withdraw);
            seen.pool.events.iter().filter(joins).cloned().collect::<Vec<_>>()
        };
        view.read(of).unwrap_or_default()
    });
    let later_rows = move || {
        let lang = state.lang.get();
        later.get().into_iter().map(|event| later_row(view, event, lang)).collect_view()
    };
    let any = move || places.get() > 0 || later.with(|later| !later.is_empty());
    view! {
        <section class="block-gap" aria-labelledby="sources-h" data-testid="sources">
            <header class="sec">
                <h3 id="sources-h">{state.say(words::SOURCES)}</h3>
                <span class="acts">
                    <button
                        type="button"
                        class="link"
                        id=ADD
                        data-testid="source-add"
                        aria-expanded=move || adding.get().to_string()
                        on:click=move |_| adding.update(|open| *open = !*open)
                    >
                        {state.say(words::SOURCE_ADD)}
                    </button>
                </span>
            </header>
            <p class="note">{note}</p>
            <Show when=move || adding.get()>
                <Add view=view adding=adding />
            </Show>
            <Show
                when=any
                fallback=move || view! { <p class="note">{state.say(words::SOURCE_NONE)}</p> }
            >
                <table class="t sources">
                    <thead>
                        <tr>
                            <th scope="col">{state.say(words::UNIT)}</th>
                            <th scope="col" class="num">
                                {state.say(words::POSTS)}
                            </th>
                            <th scope="col">{state.say(words::DOCUMENT)}</th>
                            <th></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || 0..places.get()
                            key=|place| *place
                            children=move |place| view! { <Row view=view place=place /> }
                        />
                        {later_rows}
                    </tbody>
                </table>
            </Show>
        </section>
    }
    .into_any()
}

/// A unit by its name; what stands for none.
fn named(view: View, unit: Option<&UnitCode>, lang: Lang) -> String {
    let unit = unit.map(|unit| view.unit_name(unit));
    unit.unwrap_or_else(|| words::UNASSIGNED.get(lang).to_owned())
}

#[component]
fn Row(view: View, place: usize) -> impl IntoView {
    let state = use_state();
    let source =
        Memo::new(move |_| view.read(|seen| seen.pool.sources.get(place).cloned()).flatten());
    let read = move |read: fn(&Source) -> String| {
        Signal::derive(move || source.with(|own| own.as_ref().map(read)).unwrap_or_default())
    };
    let name = Signal::derive(move || {
        view.units.track();
        let lang = state.lang.get();
        source.with(|own| named(view, own.as_ref().and_then(|own| own.unit.as_ref()), lang))
    });
    let label =
        move |message| Signal::derive(move || format!("{} · {}", name.get(), state.t(message)));
    // What is left of the size follows the units.
    let of_unit = move || source.with(|own| own.as_ref().is_some_and(|own| own.unit.is_some()));
    let edit = move |edit: &dyn Fn(&mut Source)| {
        let Some(mut own) = source.get_untracked() else { return Ok(()) };
        edit(&mut own);
        put_checked(state, Label::Pool, |pool| pool.put_source(place, own))
    };
    let save_posts = Callback::new(move |typed: String| {
        let posts = at_least_one(&typed);
        let posts = posts.ok_or_else(|| Refused::typed(At::Posts, words::ERROR_POSTS))?;
        edit(&|own| own.posts = posts)
    });
    let save_document =
        Callback::new(move |typed: String| edit(&|own| own.document.clone_from(&typed)));
    let remove = Callback::new(move |()| {
        change(state, Label::Pool, |pool| pool.remove_source(place));
        page::focus(ADD);
    });
    let removes = Signal::derive(move || {
        words::SOURCE_REMOVE.with(state.lang.get(), &[("unit", &name.get())])
    });
    view! {
        <tr data-testid="source-row" data-id=(place + 1).to_string()>
            <th scope="row">{name}</th>
            <td class="num">
                <Show when=of_unit fallback=move || read(|own| own.posts.to_string())>
                    <Cell
                        testid="source-posts"
                        class="cell num"
                        label=label(words::POSTS)
                        value=read(|own| own.posts.to_string())
                        save=save_posts
                    />
                </Show>
            </td>
            <td class="wide">
                <Cell
                    testid="source-document"
                    label=label(words::DOCUMENT)
                    value=read(|own| own.document.clone())
                    save=save_document
                    hint=Signal::stored("—".to_owned())
                />
            </td>
            <td class="nowrap">
                <Show when=of_unit>
                    <Trash testid="source-remove" label=removes out=remove />
                </Show>
            </td>
        </tr>
    }
    .into_any()
}

/// What joined or left the pool by an entry of its book, which is changed there.
fn later_row(view: View, event: Event, lang: Lang) -> impl IntoView {
    let sign = if event.what == What::Add { "+" } else { "\u{2212}" };
    view! {
        <tr class="ink3" data-testid="source-later">
            <th scope="row">{named(view, event.unit.as_ref(), lang)}</th>
            <td class="num">{format!("{sign}{}", event.posts)}</td>
            <td>{event.document}</td>
            <td>{event.date.to_string()} " " {steps::entry(event.what).get(lang)}</td>
        </tr>
    }
}

/// The form that names another source.
#[component]
fn Add(view: View, adding: RwSignal<bool>) -> impl IntoView {
    let state = use_state();
    let empty = || RwSignal::new(String::new());
    let (unit, posts, document) = (empty(), empty(), empty());
    let form = Form::new();
    let close = Callback::new(move |()| {
        adding.set(false);
        page::focus(ADD);
    });
    let save = Callback::new(move |()| {
        let source = || -> Result<Source, Refused> {
            let unit = typed(unit);
            if unit.is_empty() {
                return Err(Refused::typed(At::Unit, words::ERROR_UNIT));
            }
            let posts = at_least_one(&typed(posts));
            let posts = posts.ok_or_else(|| Refused::typed(At::Posts, words::ERROR_POSTS))?;
            let document = typed(document);
            if document.is_empty() {
                return Err(Refused::typed(At::Document, words::ERROR_DOCUMENT));
            }
            Ok(Source { unit: Some(UnitCode::new(&unit)), posts, document })
        };
        let done = source().and_then(|source| {
            put_checked(state, Label::Pool, |pool| pool.put_source(usize::MAX, source))
        });
        if form.settle(done).is_some() {
            close.run(());
        }
    });
    let units = Input::unit(state, view, unit, words::ERROR_UNIT);
    view! {
        <Fill
            form=form
            testid="source-form"
            save=save
            button="source-save"
            close=("source-cancel", close)
            eager=true
        >
            <Ask form=form at=At::Unit label=words::UNIT testid="source-unit" input=units />
            <Ask
                form=form
                at=At::Posts
                label=words::POSTS
                testid="source-new-posts"
                input=Input::figure(posts)
            />
            <Ask
                form=form
                at=At::Document
                label=words::DOCUMENT
                testid="source-new-document"
                input=Input::text(document)
            />
        </Fill>
    }
    .into_any()
}
