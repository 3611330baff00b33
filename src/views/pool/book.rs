//! The loan book: every loan as a row, with what came back. It stands in place of the chart and is
//! its table.

use bianheng_core::pool::Loan;
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, Message, pool_view as words};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::cell::Cell;
use super::change::{change, refuse, say_done, try_change};
use super::lend::Lend;
use super::seen::View;
use crate::state::{State, use_state};
use crate::widgets::{Icon, at_least_one, icon};

const HEADS: [(Message, bool); 9] = [
    (words::BORROWER, false),
    (words::POSTS, true),
    (words::RETURNED, true),
    (words::OUTSTANDING, true),
    (words::PURPOSE, false),
    (words::FROM, false),
    (words::DUE_DATE, false),
    (words::DOCUMENT, false),
    (words::STATUS, false),
];

/// The loan book.
#[component]
pub fn Book(view: View) -> impl IntoView {
    let state = use_state();
    let places = Memo::new(move |_| view.read(|seen| seen.pool.loans.len()).unwrap_or(0));
    let head = move |(label, number): (Message, bool)| {
        view! { <th scope="col" class:num=number>{move || state.t(label)}</th> }
    };
    view! {
        <section class="block" aria-labelledby="book-h" data-testid="book">
            <header class="sec">
                <h2 id="book-h">{move || state.t(words::BOOK)}</h2>
                <span class="acts">
                    <button
                        type="button"
                        class="link"
                        data-testid="loans-chart"
                        on:click=move |_| view.book.set(false)
                    >
                        {move || state.t(words::CHART)}
                    </button>
                </span>
            </header>
            <Show
                when=move || { places.get() > 0 }
                fallback=move || {
                    view! {
                        <div class="empty-row">
                            <div class="empty">
                                {icon(Icon::Pool, "ico-20")}
                                <strong>{move || state.t(words::BOOK_EMPTY)}</strong>
                                <p>{move || state.t(words::BOOK_EMPTY_WHY)}</p>
                            </div>
                        </div>
                    }
                }
            >
                <div class="scroll-x" tabindex="0" role="region" aria-labelledby="book-h">
                    <table class="t loans">
                        <thead>
                            <tr>
                                {HEADS.map(head).collect_view()}
                                <th scope="col">{move || state.t(words::GIVE_BACK)}</th>
                                <th></th>
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || 0..places.get()
                                key=|place| *place
                                children=move |place| view! { <Row view=view place=place /> }
                            />
                        </tbody>
                    </table>
                </div>
            </Show>
            <Lend view=view />
        </section>
    }
}

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Shown {
    name: String,
    loan: Loan,
    overdue: u32,
}

fn status(shown: &Shown, lang: Lang) -> String {
    match (shown.overdue, shown.loan.outstanding()) {
        (1.., _) => words::STATUS_LATE.with(lang, &[("n", &shown.overdue)]),
        (0, 0) => words::STATUS_BACK.get(lang).to_owned(),
        (0, _) => words::STATUS_OUT.get(lang).to_owned(),
    }
}

/// Changes the loan in this place.
fn edit_loan(state: State, place: usize, edit: impl FnOnce(&mut Loan)) -> bool {
    change(state, Label::Pool, |pool| {
        if let Some(loan) = pool.loans.get_mut(place) {
            edit(loan);
        }
    })
}

#[component]
fn Row(view: View, place: usize) -> impl IntoView {
    let state = use_state();
    let shown = Memo::new(move |_| {
        view.read(|seen| {
            let loan = seen.pool.loans.get(place)?.clone();
            let name = seen.borrowers.get(place)?.clone();
            Some(Shown { overdue: loan.overdue(seen.pool.batch.date), name, loan })
        })
        .flatten()
    });
    let read = move |read: fn(&Shown) -> String| {
        Signal::derive(move || shown.with(|shown| shown.as_ref().map(read).unwrap_or_default()))
    };
    let named = move |label: Message| {
        let name = read(|shown| shown.name.clone());
        Signal::derive(move || format!("{} · {}", name.get(), state.t(label)))
    };
    let save_text = move |put: fn(&mut Loan, String)| {
        Callback::new(move |typed| edit_loan(state, place, |loan| put(loan, typed)))
    };
    let save_date = move |put: fn(&mut Loan, NaiveDate)| {
        Callback::new(move |typed: String| match typed.parse() {
            Ok(day) => edit_loan(state, place, |loan| put(loan, day)),
            Err(_) => {
                refuse(state, words::ERROR_DATES.get(state.lang.get_untracked()));
                false
            }
        })
    };
    let late = move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.overdue > 0));
    let said = move || {
        let lang = state.lang.get();
        shown.with(|shown| shown.as_ref().map(|shown| status(shown, lang)))
    };
    let outstanding =
        Memo::new(move |_| shown.with(|s| s.as_ref().map_or(0, |s| s.loan.outstanding())));
    let remove = move |_| {
        let Some(Shown { name, loan, .. }) = shown.get_untracked() else { return };
        let removed = change(state, Label::Pool, |pool| {
            if place < pool.loans.len() {
                pool.loans.remove(place);
            }
        });
        if removed {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("unit", &name), ("n", &loan.posts)];
            say_done(state, words::REMOVED_LOAN.with(state.lang.get_untracked(), &values));
        }
    };
    view! {
        <tr data-testid="loan-row" data-id=place.to_string()>
            <th scope="row" class="unit" title=read(|shown| shown.name.clone())>
                {read(|shown| shown.name.clone())}
            </th>
            <td class="num">{read(|shown| shown.loan.posts.to_string())}</td>
            <td class="num" data-testid="loan-returned">
                {read(|shown| shown.loan.returned.to_string())}
            </td>
            <td class="num">
                <b data-testid="loan-outstanding">{outstanding}</b>
            </td>
            <td class="wide">
                <Cell
                    testid="loan-purpose"
                    label=named(words::PURPOSE)
                    value=read(|shown| shown.loan.purpose.clone())
                    save=save_text(|loan, text| loan.purpose = text)
                />
            </td>
            <td>{read(|shown| shown.loan.from.to_string())}</td>
            <td class="date">
                <Cell
                    testid="loan-due"
                    kind="date"
                    label=named(words::DUE_DATE)
                    value=read(|shown| shown.loan.due.to_string())
                    save=save_date(|loan, day| loan.due = day)
                />
            </td>
            <td class="wide">
                <Cell
                    testid="loan-document"
                    label=named(words::DOCUMENT)
                    value=read(|shown| shown.loan.document.clone())
                    save=save_text(|loan, text| loan.document = text)
                />
            </td>
            <td class:excess=late data-testid="loan-status">
                {said}
            </td>
            <td>
                <Show when=move || { outstanding.get() > 0 }>
                    <Return place=place name=read(|shown| shown.name.clone()) most=outstanding />
                </Show>
            </td>
            <td>
                <button
                    type="button"
                    class="btn icon small quiet"
                    data-testid="remove-loan"
                    title=move || state.t(words::REMOVE_LOAN)
                    aria-label=named(words::REMOVE_LOAN)
                    on:click=remove
                >
                    {icon(Icon::Trash, "ico-13")}
                </button>
            </td>
        </tr>
    }
}

/// Records posts that came back; all of them unless another number is typed.
#[component]
fn Return(place: usize, name: Signal<String>, most: Memo<u32>) -> impl IntoView {
    let state = use_state();
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| typed.set(most.get().to_string()));
    let record = move |_| {
        let lang = state.lang.get_untracked();
        let Some(n) = at_least_one(&typed.get_untracked()) else {
            refuse(state, words::ERROR_POSTS.get(lang));
            return;
        };
        match try_change(state, Label::Pool, |pool| pool.give_back(place, n)) {
            Ok(true) => {
                let name = name.get_untracked();
                let values: [(&str, &dyn std::fmt::Display); 2] = [("unit", &name), ("n", &n)];
                say_done(state, words::GAVE_BACK.with(lang, &values));
            }
            Ok(false) => {}
            Err(why) => refuse(state, &why),
        }
    };
    view! {
        <span class="give-back">
            <input
                class="field short num"
                size="1"
                inputmode="numeric"
                autocomplete="off"
                data-testid="return-posts"
                aria-label=move || {
                    format!("{} · {}", name.get(), state.t(words::GIVE_BACK_POSTS))
                }
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <button type="button" class="btn small" data-testid="return-loan" on:click=record>
                {move || state.t(words::GIVE_BACK)}
            </button>
        </span>
    }
}
