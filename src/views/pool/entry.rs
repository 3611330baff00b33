//! The form that makes an entry in the book: posts filled, returned, lapsed, a renewal, a schedule, a
//! loan passed on; or posts that join or leave the pool. What cannot be is refused where it was typed,
//! with its clause and figures.

use bianheng_core::county::UnitCode;
use bianheng_core::pool::{Event, Instalment, What};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, Message, pool_view as words, steps};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::change::{say_done, try_change};
use super::lend::{ErrorText, UnitSelect};
use super::parts::{Choice, chosen_way, ways};
use super::seen::View;
use crate::platform::clock;
use crate::state::{State, use_state};
use crate::widgets::{Field, at_least_one};

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
    error: RwSignal<Option<String>>,
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

    /// The entry, or the message of what is missing.
    fn event(self, loan: &str) -> Result<Event, Message> {
        let text = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let what = untrack(|| self.what(loan.is_empty()));
        let date = text(self.date).parse().map_err(|_| words::ERROR_DAY)?;
        let mut event = Event::new(date, what, loan);
        event.document = text(self.document);
        let unit = Some(text(self.unit)).filter(|unit| !unit.is_empty());
        event.unit = unit.map(|unit| UnitCode::new(&unit));
        match what {
            What::Renew => {
                let due = text(self.due).parse().map_err(|_| words::ERROR_DAY)?;
                event.due = Some(due);
            }
            What::Schedule => {
                event.schedule = schedule(&text(self.schedule)).ok_or(words::ERROR_SCHEDULE)?;
            }
            What::Rehome => {}
            _ => event.posts = at_least_one(&text(self.posts)).ok_or(words::ERROR_POSTS)?,
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
    let text = |text: String| RwSignal::new(text);
    let typed = Typed {
        what: RwSignal::new(0),
        date: text(clock::today().to_string()),
        posts: text(held.as_ref().map(|held| held.out().to_string()).unwrap_or_default()),
        way: RwSignal::new(held.as_ref().map_or(2, |held| held.way.place())),
        due: text(String::new()),
        schedule: text(String::new()),
        unit: text(String::new()),
        document: text(String::new()),
        error: RwSignal::new(None),
    };
    let is = move |test: fn(What) -> bool| move || test(typed.what(of_pool));
    let names = move |lang: Lang| {
        let list: &[What] = if of_pool { &OF_POOL } else { &OF_LOAN };
        list.iter().map(|what| steps::entry(*what).get(lang).to_owned()).collect()
    };
    let loan = StoredValue::new(loan);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save(state, view, typed, &loan.get_value(), opened);
    };
    view! {
        <form
            class="entry plain"
            novalidate
            on:submit=submit
            on:keydown=move |event| {
                if !event.is_composing() && event.key() == "Escape" {
                    opened.set(None);
                }
            }
            data-testid="entry-form"
        >
            <Choice label=words::ENTRY testid="entry-what" names=names chosen=typed.what />
            <Field label=words::DAY testid="entry-date" text=typed.date kind="date" />
            <Show when=is(|what| !matches!(what, What::Renew | What::Schedule | What::Rehome))>
                <Field
                    label=words::POSTS
                    testid="entry-posts"
                    text=typed.posts
                    class="field num narrow"
                />
            </Show>
            <Show when=is(|what| what == What::Return)>
                <Choice label=words::WAY testid="entry-way" names=ways chosen=typed.way />
            </Show>
            <Show when=is(|what| what == What::Renew)>
                <Field label=words::DUE_DATE testid="entry-due" text=typed.due kind="date" />
            </Show>
            <Show when=is(|what| what == What::Schedule)>
                <Field
                    label=words::SCHEDULE
                    testid="entry-schedule"
                    text=typed.schedule
                />
            </Show>
            <Show when=is(|what| matches!(what, What::Rehome | What::Add | What::Withdraw))>
                <label class="fieldset">
                    <span class="label">{state.say(words::UNIT)}</span>
                    <UnitSelect
                        view=view
                        testid="entry-unit"
                        unit=typed.unit
                        none=words::UNASSIGNED
                    />
                </label>
            </Show>
            <Show when=is(|what| !matches!(what, What::Fill | What::Lapse))>
                <Field label=words::DOCUMENT testid="entry-document" text=typed.document />
            </Show>
            <div class="btns">
                <button type="submit" class="btn" data-testid="entry-save">
                    {state.say(words::SAVE)}
                </button>
                <button
                    type="button"
                    class="btn quiet"
                    data-testid="entry-cancel"
                    on:click=move |_| opened.set(None)
                >
                    {state.say(words::CLOSE)}
                </button>
                <ErrorText error=typed.error />
            </div>
        </form>
    }
}

fn save(state: State, view: View, typed: Typed, loan: &str, opened: RwSignal<Option<String>>) {
    let lang = state.lang.get_untracked();
    let name = view.peek(|seen| {
        let found = seen.loans.iter().find(|(held, _)| held.as_ref().is_some_and(|h| h.id == loan));
        found.map_or_else(|| seen.pool.name.clone(), |(_, name)| name.clone())
    });
    let unit = name.unwrap_or_default();
    let done = typed.event(loan).map_err(|message| message.get(lang).to_owned());
    let done = done.and_then(|event| {
        let what = event.what;
        let label = Label::Entry { what, unit: unit.clone() };
        try_change(state, label, |pool| pool.note(event)).map(|_| what)
    });
    match done {
        Ok(what) => {
            opened.set(None);
            let what = steps::entry(what).get(lang);
            let values: [(&str, &dyn std::fmt::Display); 2] = [("unit", &unit), ("what", &what)];
            say_done(state, words::NOTED.with(lang, &values));
        }
        Err(why) => typed.error.set(Some(why)),
    }
}
