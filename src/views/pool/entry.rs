//! The form that makes an entry in the book: posts filled, returned, lapsed, a renewal, a schedule, a
//! loan passed on; or posts that join or leave the pool. What cannot be is refused where it was typed,
//! with its clause and figures.

use bianheng_core::county::UnitCode;
use bianheng_core::pool::{At, Event, Instalment, What};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, pool_view as words, steps};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::change::{put, say_done};
use super::form::{Ask, Fill, Form, Input, Refused};
use super::parts::{chosen_way, day, typed as text, ways};
use super::seen::View;
use crate::platform::clock;
use crate::state::{State, use_state};
use crate::widgets::at_least_one;

const OF_LOAN: [What; 6] =
    [What::Return, What::Fill, What::Lapse, What::Renew, What::Schedule, What::Rehome];
const OF_POOL: [What; 2] = [What::Add, What::Withdraw];

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    what: RwSignal<usize>,
    date: RwSignal<String>,
    posts: RwSignal<String>,
    way: RwSignal<usize>,
    due: RwSignal<String>,
    schedule: RwSignal<String>,
    unit: RwSignal<String>,
    document: RwSignal<String>,
}

/// A schedule as it is typed: `2027 100，2028 100` or whole days.
fn schedule(text: &str) -> Option<Vec<Instalment>> {
    let parts = text.split([',', '，', ';', '；', '\n']).filter(|part| !part.trim().is_empty());
    let one = |part: &str| {
        let (date, posts) = part.trim().split_once([' ', ':', '：', '='])?;
        let date: NaiveDate = match date.trim().parse::<i32>() {
            Ok(year) => NaiveDate::from_ymd_opt(year, 12, 31)?,
            Err(_) => date.trim().parse().ok()?,
        };
        Some(Instalment { date, posts: at_least_one(posts)? })
    };
    parts.map(one).collect()
}

impl Typed {
    fn what(self, of_pool: bool) -> What {
        let list: &[What] = if of_pool { &OF_POOL } else { &OF_LOAN };
        list.get(self.what.get()).copied().unwrap_or(What::Return)
    }

    /// The entry, or what is missing.
    fn event(self, loan: &str) -> Result<Event, Refused> {
        let wrong = |at, why| move || Refused::typed(at, why);
        let what = untrack(|| self.what(loan.is_empty()));
        let mut event = Event::new(day(self.date, At::Day)?, what, loan);
        event.document = text(self.document);
        let unit = Some(text(self.unit)).filter(|unit| !unit.is_empty());
        event.unit = unit.map(|unit| UnitCode::new(&unit));
        match what {
            What::Renew => event.due = Some(day(self.due, At::Due)?),
            What::Schedule => {
                let parts = schedule(&text(self.schedule));
                event.schedule = parts.ok_or_else(wrong(At::Schedule, words::ERROR_SCHEDULE))?;
            }
            What::Rehome => {}
            _ => {
                let posts = at_least_one(&text(self.posts));
                event.posts = posts.ok_or_else(wrong(At::Posts, words::ERROR_POSTS))?;
            }
        }
        if what == What::Return {
            event.way = chosen_way(self.way);
        }
        Ok(event)
    }
}

/// The form, for a loan or, without one, for the pool.
#[component]
pub fn Entry(view: View, loan: String, opened: RwSignal<Option<String>>) -> impl IntoView {
    let state = use_state();
    let of_pool = loan.is_empty();
    let held = view.peek(|seen| {
        seen.loans.iter().filter_map(|(held, _)| held.clone()).find(|held| held.id == loan)
    });
    let held = held.flatten();
    let empty = || RwSignal::new(String::new());
    let typed = Typed {
        what: RwSignal::new(0),
        date: RwSignal::new(clock::today().to_string()),
        posts: RwSignal::new(held.as_ref().map(|held| held.out().to_string()).unwrap_or_default()),
        way: RwSignal::new(held.as_ref().map_or(2, |held| held.way.place())),
        due: empty(),
        schedule: empty(),
        unit: empty(),
        document: empty(),
    };
    let form = Form::new();
    let is = move |test: fn(What) -> bool| move || test(typed.what(of_pool));
    let names = move |lang: Lang| {
        let list: &[What] = if of_pool { &OF_POOL } else { &OF_LOAN };
        list.iter().map(|what| steps::entry(*what).get(lang).to_owned()).collect()
    };
    let loan = StoredValue::new(loan);
    let save = Callback::new(move |()| {
        let done = loan.with_value(|loan| save(state, view, typed, loan));
        if form.settle(done).is_some() {
            opened.set(None);
        }
    });
    let close = Callback::new(move |()| opened.set(None));
    let units = Input::unit(state, view, typed.unit, words::UNASSIGNED);
    view! {
        <Fill
            form=form
            testid="entry-form"
            save=save
            button="entry-save"
            class="entry plain"
            close=("entry-cancel", close)
            eager=true
        >
            <Ask
                form=form
                label=words::ENTRY
                testid="entry-what"
                input=Input::choice(state, typed.what, names)
            />
            <Ask
                form=form
                at=At::Day
                label=words::DAY
                testid="entry-date"
                input=Input::day(typed.date)
            />
            <Show when=is(|what| !matches!(what, What::Renew | What::Schedule | What::Rehome))>
                <Ask
                    form=form
                    at=At::Posts
                    label=words::POSTS
                    testid="entry-posts"
                    input=Input::figure(typed.posts)
                />
            </Show>
            <Show when=is(|what| what == What::Return)>
                <Ask
                    form=form
                    label=words::WAY
                    testid="entry-way"
                    input=Input::choice(state, typed.way, ways)
                />
            </Show>
            <Show when=is(|what| what == What::Renew)>
                <Ask
                    form=form
                    at=At::Due
                    label=words::DUE_DATE
                    testid="entry-due"
                    input=Input::day(typed.due)
                />
            </Show>
            <Show when=is(|what| what == What::Schedule)>
                <Ask
                    form=form
                    at=At::Schedule
                    label=words::SCHEDULE
                    testid="entry-schedule"
                    input=Input::text(typed.schedule)
                />
            </Show>
            <Show when=is(|what| matches!(what, What::Rehome | What::Add | What::Withdraw))>
                <Ask form=form at=At::Unit label=words::UNIT testid="entry-unit" input=units />
            </Show>
            <Show when=is(|what| !matches!(what, What::Fill | What::Lapse))>
                <Ask
                    form=form
                    at=At::Document
                    label=words::DOCUMENT
                    testid="entry-document"
                    input=Input::text(typed.document)
                />
            </Show>
        </Fill>
    }
}

/// Makes the entry and says so.
fn save(state: State, view: View, typed: Typed, loan: &str) -> Result<(), Refused> {
    let lang = state.lang.get_untracked();
    let name = view.peek(|seen| {
        let found = seen.loans.iter().find(|(held, _)| held.as_ref().is_some_and(|h| h.id == loan));
        found.map_or_else(|| seen.pool.name.clone(), |(_, name)| name.clone())
    });
    let unit = name.unwrap_or_default();
    let event = typed.event(loan)?;
    let what = event.what;
    put(state, Label::Entry { what, unit: unit.clone() }, |pool| pool.note(event))?;
    let what = steps::entry(what).get(lang);
    let values: [(&str, &dyn std::fmt::Display); 2] = [("unit", &unit), ("what", &what)];
    say_done(state, words::NOTED.with(lang, &values));
    Ok(())
}
