//! The form that enters a loan made earlier, by hand.

use bianheng_core::county::UnitCode;
use bianheng_core::pool::{At, Borrower, Loan, Way};
use bianheng_core::scenario::Label;
use bianheng_core::text::pool_view as words;
use leptos::prelude::*;

use super::change::put;
use super::form::{Ask, Fill, Form, Input, Refused};
use super::parts::{chosen_sort, chosen_way, day, sorts, typed, ways_to_lend};
use super::seen::View;
use crate::state::use_state;
use crate::widgets::{Icon, at_least_one, icon};

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    unit: RwSignal<String>,
    name: RwSignal<String>,
    posts: RwSignal<String>,
    purpose: RwSignal<String>,
    sort: RwSignal<usize>,
    from: RwSignal<String>,
    due: RwSignal<String>,
    document: RwSignal<String>,
    way: RwSignal<usize>,
}

impl Typed {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            unit: empty(),
            name: empty(),
            posts: empty(),
            purpose: empty(),
            sort: RwSignal::new(0),
            from: empty(),
            due: empty(),
            document: empty(),
            way: RwSignal::new(Way::default().place()),
        }
    }

    fn clear(self) {
        for field in [self.name, self.posts, self.purpose, self.document] {
            field.set(String::new());
        }
    }

    /// The loan, or what is missing.
    fn loan(self) -> Result<Loan, Refused> {
        let (unit, name) = (typed(self.unit), typed(self.name));
        let borrower = match (unit.is_empty(), name.is_empty()) {
            (false, _) => Borrower::Unit(UnitCode::new(&unit)),
            (true, false) => Borrower::Name(name),
            (true, true) => return Err(Refused::typed(At::Name, words::ERROR_NAME)),
        };
        let posts = at_least_one(&typed(self.posts));
        let posts = posts.ok_or_else(|| Refused::typed(At::Posts, words::ERROR_POSTS))?;
        Ok(Loan {
            purpose: typed(self.purpose),
            sort: chosen_sort(self.sort),
            document: typed(self.document),
            way: chosen_way(self.way),
            ..Loan::new(borrower, posts, day(self.from, At::Day)?, day(self.due, At::Due)?)
        })
    }
}

/// The form.
#[component]
pub fn Lend(view: View) -> impl IntoView {
    let state = use_state();
    let typed = Typed::new();
    let open = RwSignal::new(false);
    // Due at the end of the term of its purpose, until another day is typed.
    Effect::new(move |_| {
        typed.sort.track();
        let sort = chosen_sort(typed.sort);
        let from = typed.from.with(|from| from.trim().parse().ok());
        let due = from.and_then(|from| view.peek(|seen| seen.pool.due(from, &sort)));
        if let Some(due) = due.flatten() {
            typed.due.set(due.to_string());
        }
    });
    let form = Form::new();
    let close = Callback::new(move |()| open.set(false));
    let save = Callback::new(move |()| {
        let done = typed.loan();
        let done = done.and_then(|loan| put(state, Label::Pool, |pool| pool.lend(loan)));
        if form.settle(done).is_some() {
            typed.clear();
        }
    });
    let units = Input::unit(state, view, typed.unit, words::BORROWER_OTHER);
    view! {
        <Show
            when=move || open.get()
            fallback=move || {
                view! {
                    <button
                        type="button"
                        class="btn small block-gap"
                        data-testid="add-loan"
                        on:click=move |_| open.set(true)
                    >
                        {icon(Icon::Plus, "ico-13")}
                        {state.say(words::ADD_LOAN)}
                    </button>
                }
            }
        >
            <Fill
                form=form
                testid="loan-form"
                save=save
                button="loan-save"
                class="entry block-gap"
                close=("loan-cancel", close)
                eager=true
            >
                <Ask form=form at=At::Unit label=words::BORROWER testid="loan-unit" input=units />
                <Show when=move || typed.unit.with(String::is_empty)>
                    <Ask
                        form=form
                        at=At::Name
                        label=words::BORROWER_NAME
                        testid="loan-name"
                        input=Input::text(typed.name)
                    />
                </Show>
                <Ask
                    form=form
                    at=At::Posts
                    label=words::POSTS
                    testid="loan-posts"
                    input=Input::figure(typed.posts)
                />
                <Ask
                    form=form
                    label=words::PURPOSE
                    testid="loan-new-purpose"
                    input=Input::text(typed.purpose)
                />
                <Ask
                    form=form
                    label=words::SORT
                    testid="loan-sort"
                    input=Input::choice(state, typed.sort, sorts)
                />
                <Ask
                    form=form
                    at=At::Day
                    label=words::FROM
                    testid="loan-from"
                    input=Input::day(typed.from)
                />
                <Ask
                    form=form
                    at=At::Due
                    label=words::DUE_DATE
                    testid="loan-new-due"
                    input=Input::day(typed.due)
                />
                <Ask
                    form=form
                    label=words::WAY
                    testid="loan-way"
                    input=Input::choice(state, typed.way, ways_to_lend)
                />
                <Ask
                    form=form
                    at=At::Document
                    label=words::DOCUMENT
                    testid="loan-new-document"
                    input=Input::text(typed.document)
                />
            </Fill>
        </Show>
    }
}
