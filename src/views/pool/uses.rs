//! The use of posts in a year (用编年度台账): how many may come to each unit and were approved, who
//! entered, moved and left, and whether people at the end are people at the start with all of it told.
//! The summary counts every kind of post that has a pool.

use bianheng_core::county::UnitCode;
use bianheng_core::pool::At;
use bianheng_core::pool::plan::{Flow, PlanUnit, UseEntry};
use bianheng_core::report::uses::{Told, YearOfUse, reserve_of, year_of_use};
use bianheng_core::scenario::Label;
use bianheng_core::text::uses::flow;
use bianheng_core::text::{Lang, Message, pool_view as words};
use chrono::Datelike;
use leptos::prelude::*;

use super::cell::Cell;
use super::change::{change, put};
use super::form::{Ask, Fill, Form, Input, Refused};
use super::parts::{day, typed};
use super::records::{Edit, Record, Records, Rest};
use super::seen::View;
use crate::platform::clock;
use crate::state::{State, use_state};
use crate::widgets::{Icon, at_least_one, icon};

const FLOWS: [Flow; 4] = [Flow::Approved, Flow::Entered, Flow::Moved, Flow::Left];

/// The year's use of posts.
#[component]
pub fn Uses(view: View) -> impl IntoView {
    let state = use_state();
    let open = RwSignal::new(false);
    let entering = RwSignal::new(false);
    let chosen = RwSignal::new(None::<i32>);
    let seen = Memo::new(move |_| {
        let kind = state.kind.get();
        let today = clock::today().year();
        let shown = state
            .with(|open| year_of_use(&open.workspace().state().county, &kind, chosen.get(), today));
        shown.unwrap_or_default()
    });
    let summary = move || {
        seen.with(|seen| {
            let [entered, moved, left] = seen.county;
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("year", &seen.year), ("entered", &entered), ("moved", &moved), ("left", &left)];
            words::USE_SUMMARY.with(state.lang.get(), &values)
        })
    };
    let error = move || {
        let lang = state.lang.get();
        let text = seen.with(|seen| seen.error.as_ref().map(|error| error.text(lang)));
        text.map(|text| {
            view! {
                <p class="err-text" role="alert">
                    {text}
                </p>
            }
        })
    };
    view! {
        <section class="block" aria-labelledby="uses-h" data-testid="uses">
            <header class="sec">
                <h2 id="uses-h">{state.say(words::USE_TITLE)}</h2>
                <span class="note" data-testid="use-summary">
                    {summary}
                </span>
                <span class="acts">
                    <button
                        type="button"
                        class="link"
                        data-testid="use-add"
                        aria-expanded=move || entering.get().to_string()
                        on:click=move |_| entering.update(|open| *open = !*open)
                    >
                        {state.say(words::ENTRY)}
                    </button>
                    <button
                        type="button"
                        class="link"
                        data-testid="use-table-toggle"
                        aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        {state.say(words::TABLE)}
                    </button>
                </span>
            </header>
            <Show when=move || entering.get()>
                <Enter view=view chosen=chosen />
            </Show>
            {error}
            <Show when=move || open.get()>
                <Plan seen=seen chosen=chosen />
            </Show>
        </section>
    }
    .into_any()
}

const HEADS: [Message; 12] = [
    words::AUTHORISED,
    words::OPENING,
    words::USE_DEPARTURES,
    words::USE_REPAYS,
    words::USE_KEPT,
    words::USE_ALLOWED,
    words::USE_APPROVED,
    words::USE_ENTERED,
    words::USE_IN,
    words::USE_OUT,
    words::USE_LEFT,
    words::CLOSING,
];

/// The plan of a year: its document, what units keep vacant, and every unit that it concerns.
#[component]
fn Plan(seen: Memo<YearOfUse>, chosen: RwSignal<Option<i32>>) -> impl IntoView {
    let state = use_state();
    let year = Memo::new(move |_| seen.with(|seen| seen.year));
    let years = move || {
        let one = |year: i32| view! { <option value=year.to_string()>{year}</option> };
        seen.with(|seen| seen.years.iter().copied().map(one).collect_view())
    };
    let read = move |read: fn(&YearOfUse) -> String| Signal::derive(move || seen.with(read));
    let document = Callback::new(move |text: String| {
        let year = year.get_untracked();
        put(state, Label::Use, |pool| pool.of_year(year, |own| own.document = text))
    });
    let reserve = Callback::new(move |text: String| {
        let reserve = reserve_of(&text);
        let reserve = reserve.ok_or_else(|| Refused::typed(At::Figure, words::ERROR_RESERVE))?;
        let year = year.get_untracked();
        put(state, Label::Use, |pool| pool.of_year(year, |own| own.reserve = reserve))
    });
    let field = move |label: Message,
                      testid: &'static str,
                      value: Signal<String>,
                      save: Callback<String, Result<(), Refused>>| {
        view! {
            <label class="fieldset">
                <span class="label">{state.say(label)}</span>
                <Cell
                    testid=testid
                    class="field"
                    label=Signal::derive(move || state.t(label).to_owned())
                    value=value
                    save=save
                />
            </label>
        }
    };
    let head = move |label: Message| {
        view! {
            <th scope="col" class="num">
                {state.say(label)}
            </th>
        }
    };
    let rows = move || {
        let lang = state.lang.get();
        seen.with(|seen| {
            let sums = (words::USE_SUM.get(lang).to_owned(), seen.sum.clone());
            seen.units.iter().chain([&sums]).map(row).collect_view()
        })
    };
    let more = move || {
        let more = seen.with(|seen| seen.more);
        (more > 0).then(|| words::USE_MORE.with(state.lang.get(), &[("n", &more)]))
    };
    view! {
        <div class="entry">
            <label class="fieldset">
                <span class="label">{state.say(words::YEAR)}</span>
                <span class="select">
                    <select
                        data-testid="use-year"
                        prop:value=move || seen.with(|seen| seen.year.to_string())
                        on:change=move |event| chosen.set(event_target_value(&event).parse().ok())
                    >
                        {years}
                    </select>
                    {icon(Icon::ChevronDown, "")}
                </span>
            </label>
            {field(words::USE_DOCUMENT, "use-document", read(|seen| seen.document.clone()), document)}
            {field(words::USE_RESERVE, "use-reserve", read(|seen| seen.reserve.clone()), reserve)}
        </div>
        <div class="scroll-x" tabindex="0" role="region" aria-labelledby="uses-h">
            <table class="t" data-testid="use-table">
                <thead>
                    <tr>
                        <th scope="col">{state.say(words::UNIT)}</th>
                        {HEADS.map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="note">{more}</p>
        <Entries seen=seen />
    }
    .into_any()
}

/// The entries of the year, the newest first; each can be taken out, if what came after it still holds.
#[component]
fn Entries(seen: Memo<YearOfUse>) -> impl IntoView {
    let state = use_state();
    let list = Signal::derive(move || {
        let lang = state.lang.get();
        let record = |(place, told): (usize, &Told)| record(state, place, told, lang);
        seen.with(|seen| seen.entries.iter().enumerate().map(record).collect::<Vec<_>>())
    });
    let more = move || {
        let more = seen.with(|seen| seen.more_entries);
        (more > 0).then(|| {
            let said = words::USE_MORE_ENTRIES.with(state.lang.get(), &[("n", &more)]);
            view! { <p class="note">{said}</p> }
        })
    };
    view! {
        <Records
            testids=["use-entries", "use-entry", "remove-use"]
            caption=words::USE_ENTRIES
            list=list
        />
        {more}
    }
    .into_any()
}

fn record(state: State, place: usize, told: &Told, lang: Lang) -> Record {
    let Told { entry, unit, from } = told.clone();
    let (date, people) = (entry.date.to_string(), entry.people);
    let what = flow(entry.what).get(lang);
    let from = match (entry.what, from.is_empty()) {
        (Flow::Moved, true) => words::USE_OUTSIDE.get(lang).to_owned(),
        _ => from,
    };
    let said = [("date", &date as &dyn std::fmt::Display), ("unit", &unit), ("what", &what)];
    let remove = words::USE_REMOVE.with(lang, &said);
    let rest = match entry.what {
        Flow::Approved => {
            let edit = |testid, own: Message, value: &str, put: fn(&mut UseEntry, String)| {
                let hint = own.get(lang);
                let said =
                    [("date", &date as &dyn std::fmt::Display), ("unit", &unit), ("what", &hint)];
                let label = words::USE_OF_ENTRY.with(lang, &said);
                let value = value.to_owned();
                Edit { testid, label, hint, value, save: in_entry(state, entry.clone(), put) }
            };
            let (document, batch) = (words::USE_ENTRY_DOCUMENT, words::USE_BATCH);
            Rest::Edits(vec![
                edit("use-entry-document", document, &entry.document, |own, text| {
                    own.document = text
                }),
                edit("use-entry-batch", batch, &entry.batch, |own, text| own.batch = text),
            ])
        }
        _ if from.is_empty() => Rest::default(),
        _ => Rest::Note(words::USE_COMES_FROM.with(lang, &[("from", &from)])),
    };
    Record {
        id: (place + 1).to_string(),
        remove,
        date,
        what,
        who: unit,
        figure: people.to_string(),
        rest,
        out: Callback::new(move |()| {
            change(state, Label::Use, |pool| pool.take_use(entry.date.year(), &entry));
        }),
    }
}

fn row((name, unit): &(String, PlanUnit)) -> impl IntoView + use<> {
    let figures = [
        unit.authorised,
        unit.opening,
        unit.departures,
        unit.repays,
        unit.reserve,
        unit.allowed,
        unit.approved,
        unit.entered,
        unit.moved_in,
        unit.moved_out,
        unit.left,
        unit.closing,
    ];
    let cells = figures.map(|figure| view! { <td class="num">{figure}</td> });
    view! {
        <tr data-testid="use-row">
            <th scope="row">{name.clone()}</th>
            {cells.collect_view()}
        </tr>
    }
}

/// Puts what was typed into an entry of its year.
fn in_entry(
    state: State,
    entry: UseEntry,
    edit: fn(&mut UseEntry, String),
) -> Callback<String, Result<(), Refused>> {
    Callback::new(move |text: String| {
        put(state, Label::Use, |pool| {
            pool.of_year(entry.date.year(), |own| {
                if let Some(there) = own.entry_mut(&entry) {
                    edit(there, text);
                }
            });
        })
    })
}

/// One entry of the year, held to the plan before it is taken in; its year is then the one shown.
#[component]
fn Enter(view: View, chosen: RwSignal<Option<i32>>) -> impl IntoView {
    let state = use_state();
    let text = |text: String| RwSignal::new(text);
    let what = RwSignal::new(0_usize);
    let (unit, from, people) = (text(String::new()), text(String::new()), text("1".to_owned()));
    let (document, batch) = (text(String::new()), text(String::new()));
    let approves = Memo::new(move |_| FLOWS.get(what.get()) == Some(&Flow::Approved));
    let date = text(clock::today().to_string());
    let form = Form::new();
    let names = |lang: Lang| FLOWS.iter().map(|one| flow(*one).get(lang).to_owned()).collect();
    let save = Callback::new(move |()| {
        let code = |field| Some(typed(field)).filter(|c| !c.is_empty()).map(|c| UnitCode::new(&c));
        let wrong = |at, why| move || Refused::typed(at, why);
        let entry = || -> Result<UseEntry, Refused> {
            let what = FLOWS.get(what.get_untracked()).copied().unwrap_or(Flow::Approved);
            let people = at_least_one(&typed(people));
            let of_approval =
                |field| if what == Flow::Approved { typed(field) } else { String::new() };
            Ok(UseEntry {
                date: day(date, At::Day)?,
                what,
                unit: code(unit).ok_or_else(wrong(At::Unit, words::ERROR_UNIT))?,
                from: code(from).filter(|_| what == Flow::Moved),
                people: people.ok_or_else(wrong(At::People, words::ERROR_COUNT))?,
                document: of_approval(document),
                batch: of_approval(batch),
            })
        };
        let done = entry().and_then(|entry| {
            let year = entry.date.year();
            put(state, Label::Use, |pool| pool.of_year(year, |own| own.entries.push(entry)))?;
            Ok(year)
        });
        if let Some(year) = form.settle(done) {
            chosen.set(Some(year));
        }
    });
    let units = Input::unit(state, view, unit, words::ERROR_UNIT);
    let others = Input::unit(state, view, from, words::USE_OUTSIDE);
    view! {
        <Fill form=form testid="use-form" save=save button="use-save" eager=true>
            <Ask
                form=form
                label=words::ENTRY
                testid="use-what"
                input=Input::choice(state, what, names)
            />
            <Ask
                form=form
                at=At::Day
                label=words::DAY
                testid="use-date"
                input=Input::day(date)
            />
            <Ask form=form at=At::Unit label=words::UNIT testid="use-unit" input=units />
            <Show when=move || what.get() == 2>
                <Ask form=form at=At::From label=words::USE_FROM testid="use-from" input=others />
            </Show>
            <Ask
                form=form
                at=At::People
                label=words::USE_PEOPLE
                testid="use-people"
                input=Input::figure(people)
            />
            <Show when=move || approves.get()>
                <Ask
                    form=form
                    label=words::USE_ENTRY_DOCUMENT
                    testid="use-approval-document"
                    input=Input::text(document)
                />
                <Ask
                    form=form
                    label=words::USE_BATCH
                    testid="use-approval-batch"
                    input=Input::text(batch)
                />
            </Show>
        </Fill>
    }
}
