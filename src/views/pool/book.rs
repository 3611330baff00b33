//! The loan book: every loan as a row with where its posts are, the entries made about it, and the
//! form that makes another. It stands in place of the chart and is its table.

use bianheng_core::pool::{Event, Held, Loan};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, Message, pool_view as words, steps};
use leptos::prelude::*;

use super::cell::Cell;
use super::change::{change, put, say_done};
use super::entry::Entry;
use super::form::Refused;
use super::lend::Lend;
use super::parts::{Trash, way};
use super::records::{Record, Records, Rest};
use super::seen::{Seen, View};
use crate::state::{State, use_state};
use crate::widgets::{Icon, icon};

const HEADS: [(Message, bool); 12] = [
    (words::BORROWER, false),
    (words::POSTS, true),
    (words::PROMISED, true),
    (words::USED, true),
    (words::RETURNED, true),
    (words::LAPSED, true),
    (words::OUTSTANDING, true),
    (words::PURPOSE, false),
    (words::WAY, false),
    (words::FROM, false),
    (words::DUE_DATE, false),
    (words::STATUS, false),
];

/// The loan book.
#[component]
pub fn Book(view: View) -> impl IntoView {
    let state = use_state();
    let places = Memo::new(move |_| view.read(|seen| seen.pool.loans.len()).unwrap_or(0));
    let head = move |(label, number): (Message, bool)| {
        view! { <th scope="col" class:num=number>{state.say(label)}</th> }
    };
    let opened = RwSignal::new(None::<String>);
    view! {
        <section class="block" aria-labelledby="book-h" data-testid="book">
            <header class="sec">
                <h2 id="book-h">{state.say(words::BOOK)}</h2>
                <span class="acts">
                    <button
                        type="button"
                        class="link"
                        data-testid="pool-entry"
                        on:click=move |_| opened.set(Some(String::new()))
                    >
                        {state.say(words::POOL_ENTRY)}
                    </button>
                    <button
                        type="button"
                        class="link"
                        data-testid="loans-chart"
                        on:click=move |_| view.book.set(false)
                    >
                        {state.say(words::CHART)}
                    </button>
                </span>
            </header>
            <Show when=move || opened.with(|id| id.as_ref().is_some_and(String::is_empty))>
                <Entry view=view loan=String::new() opened=opened />
            </Show>
            <Show
                when=move || { places.get() > 0 }
                fallback=move || {
                    view! {
                        <div class="empty-row">
                            <div class="empty">
                                {icon(Icon::Pool, "ico-20")}
                                <strong>{state.say(words::BOOK_EMPTY)}</strong>
                                <p>{state.say(words::BOOK_EMPTY_WHY)}</p>
                            </div>
                        </div>
                    }
                }
            >
                <div class="scroll-x" tabindex="0" role="region" aria-labelledby="book-h">
                    <table class="t loans">
                        <thead>
                            <tr>
                                {HEADS.map(head).collect_view()} <th></th>
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || 0..places.get()
                                key=|place| *place
                                children=move |place| {
                                    view! { <Row view=view place=place opened=opened /> }
                                }
                            />
                        </tbody>
                    </table>
                </div>
            </Show>
            <Lend view=view />
            <Entries view=view />
        </section>
    }
}

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Shown {
    id: String,
    name: String,
    loan: Loan,
    held: Held,
    overdue: u32,
    late: u32,
}

impl Shown {
    fn of(seen: &Seen, place: usize) -> Option<Self> {
        let loan = seen.pool.loans.get(place)?.clone();
        let (held, name) = seen.loans.get(place)?.clone();
        let date = seen.on;
        let held = held.unwrap_or_else(|| Held::first(&loan, place));
        let unfilled = held.fill_by.is_some_and(|last| last < date);
        Some(Self {
            id: loan.id_at(place),
            overdue: held.overdue(date),
            late: if unfilled { held.promised } else { 0 },
            name,
            loan,
            held,
        })
    }

    fn status(&self, lang: Lang) -> String {
        match (self.overdue, self.late, self.held.out()) {
            (1.., ..) => words::STATUS_LATE.with(lang, &[("n", &self.overdue)]),
            (_, 1.., _) => words::STATUS_UNFILLED.with(lang, &[("n", &self.late)]),
            (_, _, 0) => words::STATUS_BACK.get(lang).to_owned(),
            _ if self.held.renewed > 0 => {
                words::STATUS_RENEWED.with(lang, &[("n", &self.held.renewed)])
            }
            _ => words::STATUS_OUT.get(lang).to_owned(),
        }
    }
}

/// Changes the loan in this place.
fn edit_loan(state: State, place: usize, edit: impl FnOnce(&mut Loan)) -> Result<(), Refused> {
    put(state, Label::Pool, |pool| {
        if let Some(loan) = pool.loans.get_mut(place) {
            edit(loan);
        }
    })
}

#[component]
fn Row(view: View, place: usize, opened: RwSignal<Option<String>>) -> impl IntoView {
    let state = use_state();
    let shown = Memo::new(move |_| view.read(|seen| Shown::of(seen, place)).flatten());
    let read = move |read: fn(&Shown) -> String| {
        Signal::derive(move || shown.with(|shown| shown.as_ref().map(read).unwrap_or_default()))
    };
    let named = move |label: Message| {
        let name = read(|shown| shown.name.clone());
        Signal::derive(move || format!("{} · {}", name.get(), state.t(label)))
    };
    let number =
        move |count: fn(&Shown) -> u32| move || shown.with(|shown| shown.as_ref().map_or(0, count));
    let late = move || {
        shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.overdue + shown.late > 0))
    };
    let id = move || shown.with(|shown| shown.as_ref().map(|shown| shown.id.clone()));
    let open = Memo::new(move |_| opened.get().is_some_and(|open| Some(open) == id()));
    let remove = Callback::new(move |()| {
        let Some(Shown { id, name, loan, .. }) = shown.get_untracked() else { return };
        if change(state, Label::Pool, |pool| pool.remove_loan(&id)) {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("unit", &name), ("n", &loan.posts)];
            say_done(state, words::REMOVED_LOAN.with(state.lang.get_untracked(), &values));
        }
    });
    view! {
        <tr data-testid="loan-row" data-id=id class:is-open=open>
            <th scope="row" class="unit" title=read(|shown| shown.name.clone())>
                {read(|shown| shown.name.clone())}
            </th>
            <td class="num">{number(|shown| shown.loan.posts)}</td>
            <td class="num" data-testid="loan-promised">
                {number(|shown| shown.held.promised)}
            </td>
            <td class="num">{number(|shown| shown.held.in_use)}</td>
            <td class="num" data-testid="loan-returned">
                {number(|shown| shown.loan.returned + shown.held.returned.iter().sum::<u32>())}
            </td>
            <td class="num">{number(|shown| shown.held.lapsed)}</td>
            <td class="num">
                <b data-testid="loan-outstanding">{number(|shown| shown.held.out())}</b>
            </td>
            <td class="wide">
                <Cell
                    testid="loan-purpose"
                    label=named(words::PURPOSE)
                    value=read(|shown| shown.loan.purpose.clone())
                    save=Callback::new(move |text| {
                        edit_loan(state, place, |loan| loan.purpose = text)
                    })
                />
            </td>
            <td>{move || {
                let lang = state.lang.get();
                shown.with(|shown| shown.as_ref().map(|shown| way(shown.held.way).get(lang)))
            }}</td>
            <td>{read(|shown| shown.loan.from.to_string())}</td>
            <td data-testid="loan-due">{read(|shown| shown.held.due.to_string())}</td>
            <td class:excess=late data-testid="loan-status">
                {move || {
                    let lang = state.lang.get();
                    shown.with(|shown| shown.as_ref().map(|shown| shown.status(lang)))
                }}
            </td>
            <td class="nowrap">
                <button
                    type="button"
                    class="btn small"
                    data-testid="loan-entry"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| opened.set(if open.get_untracked() { None } else { id() })
                >
                    {state.say(words::ENTRY)}
                </button>
                <Trash testid="remove-loan" label=named(words::REMOVE_LOAN) out=remove />
            </td>
        </tr>
        <Show when=move || open.get()>
            <tr class="grounds-row">
                <td colspan="13">
                    <Entry view=view loan=id().unwrap_or_default() opened=opened />
                </td>
            </tr>
        </Show>
    }
}

/// The latest entries; all of them stand in the file.
const SHOWN: usize = 100;

/// The entries of the book, newest first.
#[component]
fn Entries(view: View) -> impl IntoView {
    let state = use_state();
    let list = Signal::derive(move || {
        let lang = state.lang.get();
        let of = |seen: &Seen| {
            let pool = &seen.pool;
            let named: Vec<_> =
                pool.loans.iter().enumerate().map(|(place, loan)| loan.id_at(place)).collect();
            let name = |event: &Event| {
                let found = named.iter().zip(&seen.loans).find(|(id, _)| **id == event.loan);
                found.map_or_else(|| pool.name.clone(), |(_, (_, name))| name.clone())
            };
            let line = |event: &Event| record(state, event, name(event), lang);
            pool.events.iter().rev().take(SHOWN).map(line).collect::<Vec<_>>()
        };
        view.read(of).unwrap_or_default()
    });
    view! {
        <Records
            testids=["entries", "entry-row", "remove-entry"]
            caption=words::ENTRIES
            list=list
        />
    }
}

fn record(state: State, event: &Event, who: String, lang: Lang) -> Record {
    let figure = match event.due {
        Some(due) => due.to_string(),
        None if event.posts > 0 => event.posts.to_string(),
        None => {
            let parts = event.schedule.iter();
            let parts = parts.map(|part| format!("{} {}", part.date, part.posts));
            parts.collect::<Vec<_>>().join(" ＋ ")
        }
    };
    let own = event.clone();
    Record {
        id: String::new(),
        date: event.date.to_string(),
        what: steps::entry(event.what).get(lang),
        who,
        figure,
        rest: Rest::Note(event.document.clone()),
        remove: words::REMOVE_ENTRY.get(lang).to_owned(),
        out: Callback::new(move |()| {
            change(state, Label::Pool, |pool| {
                pool.take_back(&own);
            });
        }),
    }
}
