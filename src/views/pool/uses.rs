//! The use of posts in a year (用编年度台账): how many may come to each unit and were approved, who
//! entered, moved and left, and whether people at the end are people at the start with all of it told.
//! The summary counts every kind of post that has a pool.

use bianheng_core::county::UnitCode;
use bianheng_core::pool::plan::{Flow, PlanUnit, UseEntry};
use bianheng_core::report::uses::{Told, YearOfUse, reserve_of, year_of_use};
use bianheng_core::scenario::Label;
use bianheng_core::text::uses::flow;
use bianheng_core::text::{Lang, Message, pool_view as words};
use chrono::Datelike;
use leptos::prelude::*;

use super::cell::Cell;
use super::change::{change, refuse, try_change};
use super::lend::{ErrorText, UnitSelect};
use super::parts::Choice;
use super::seen::View;
use crate::platform::clock;
use crate::state::{State, use_state};
use crate::widgets::{Field, Icon, at_least_one, icon};

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
        change(state, Label::Use, |pool| pool.of_year(year, |own| own.document = text))
    });
    let reserve = Callback::new(move |text: String| {
        let Some(reserve) = reserve_of(&text) else {
            refuse(state, words::ERROR_RESERVE.get(state.lang.get_untracked()));
            return false;
        };
        let year = year.get_untracked();
        change(state, Label::Use, |pool| pool.of_year(year, |own| own.reserve = reserve))
    });
    let field = move |label: Message,
                      testid: &'static str,
                      value: Signal<String>,
                      save: Callback<String, bool>| {
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
    let rows = move || {
        let lang = state.lang.get();
        seen.with(|seen| {
            let rows = seen.entries.iter().enumerate();
            rows.map(|(place, told)| entry_row(state, place, told, lang)).collect_view()
        })
    };
    let any = Memo::new(move |_| seen.with(|seen| !seen.entries.is_empty()));
    let more = move || {
        let more = seen.with(|seen| seen.more_entries);
        (more > 0).then(|| words::USE_MORE_ENTRIES.with(state.lang.get(), &[("n", &more)]))
    };
    view! {
        <Show when=move || any.get()>
            <table class="t block-gap" data-testid="use-entries">
                <caption class="note">{state.say(words::USE_ENTRIES)}</caption>
                <tbody>{rows}</tbody>
            </table>
            <p class="note">{more}</p>
        </Show>
    }
    .into_any()
}

fn entry_row(state: State, place: usize, told: &Told, lang: Lang) -> impl IntoView + use<> {
    let Told { entry, unit, from } = told.clone();
    let (date, people) = (entry.date.to_string(), entry.people);
    let what = flow(entry.what).get(lang);
    let from = match (entry.what, from.is_empty()) {
        (Flow::Moved, true) => words::USE_OUTSIDE.get(lang).to_owned(),
        _ => from,
    };
    let from = (!from.is_empty()).then(|| words::USE_COMES_FROM.with(lang, &[("from", &from)]));
    let said = words::USE_REMOVE.with(lang, &[("date", &date), ("unit", &unit), ("what", &what)]);
    let approved = entry.what == Flow::Approved;
    let named = |own: Message, value: &str| {
        let what = own.get(lang);
        let label =
            words::USE_OF_ENTRY.with(lang, &[("date", &date), ("unit", &unit), ("what", &what)]);
        (Signal::stored(label), Signal::stored(value.to_owned()), Signal::stored(what.to_owned()))
    };
    let cells = approved.then(|| {
        let cell = |testid, own, value: &str, put: fn(&mut UseEntry, String)| {
            let (label, value, hint) = named(own, value);
            let entry = entry.clone();
            let save = Callback::new(move |text: String| {
                let entry = &entry;
                change(state, Label::Use, |pool| {
                    pool.of_year(entry.date.year(), |own| {
                        if let Some(there) = own.entry_mut(entry) {
                            put(there, text);
                        }
                    });
                })
            });
            view! { <Cell testid=testid label=label value=value hint=hint save=save /> }
        };
        let document = cell(
            "use-entry-document",
            words::USE_ENTRY_DOCUMENT,
            &entry.document,
            |there, text| there.document = text,
        );
        let batch = cell("use-entry-batch", words::USE_BATCH, &entry.batch, |there, text| {
            there.batch = text;
        });
        (document, batch)
    });
    let (document, batch) = cells.unzip();
    let remove = move |_| {
        change(state, Label::Use, |pool| pool.take_use(entry.date.year(), &entry));
    };
    view! {
        <tr data-testid="use-entry" data-id=(place + 1).to_string()>
            <td>{date}</td>
            <td>{what}</td>
            <th scope="row">{unit}</th>
            <td class="ink3">{from}</td>
            <td class="num">{people}</td>
            <td>{document}</td>
            <td>{batch}</td>
            <td>
                <button
                    type="button"
                    class="btn icon small quiet"
                    data-testid="remove-use"
                    aria-label=said.clone()
                    title=said
                    on:click=remove
                >
                    {icon(Icon::Trash, "ico-13")}
                </button>
            </td>
        </tr>
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
    let error = RwSignal::new(None::<String>);
    let names = |lang: Lang| FLOWS.iter().map(|one| flow(*one).get(lang).to_owned()).collect();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let lang = state.lang.get_untracked();
        let typed = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let code = |field| Some(typed(field)).filter(|c| !c.is_empty()).map(|c| UnitCode::new(&c));
        let entry = || -> Result<UseEntry, Message> {
            let what = FLOWS.get(what.get_untracked()).copied().unwrap_or(Flow::Approved);
            let of_approval =
                |field| if what == Flow::Approved { typed(field) } else { String::new() };
            Ok(UseEntry {
                date: typed(date).parse().map_err(|_| words::ERROR_DAY)?,
                what,
                unit: code(unit).ok_or(words::ERROR_UNIT)?,
                from: code(from).filter(|_| what == Flow::Moved),
                people: at_least_one(&typed(people)).ok_or(words::ERROR_COUNT)?,
                document: of_approval(document),
                batch: of_approval(batch),
            })
        };
        let done = entry().map_err(|message| message.get(lang).to_owned()).and_then(|entry| {
            let year = entry.date.year();
            try_change(state, Label::Use, |pool| {
                pool.of_year(year, |own| own.entries.push(entry));
            })?;
            chosen.set(Some(year));
            Ok(())
        });
        error.set(done.err());
    };
    view! {
        <form class="entry" novalidate on:submit=submit data-testid="use-form">
            <Choice label=words::ENTRY testid="use-what" names=names chosen=what />
            <Field label=words::DAY testid="use-date" text=date kind="date" />
            <label class="fieldset">
                <span class="label">{state.say(words::UNIT)}</span>
                <UnitSelect view=view testid="use-unit" unit=unit none=words::ERROR_UNIT />
            </label>
            <Show when=move || what.get() == 2>
                <label class="fieldset">
                    <span class="label">{state.say(words::USE_FROM)}</span>
                    <UnitSelect view=view testid="use-from" unit=from none=words::USE_OUTSIDE />
                </label>
            </Show>
            <Field
                label=words::USE_PEOPLE
                testid="use-people"
                text=people
                class="field num narrow"
            />
            <Show when=move || approves.get()>
                <Field
                    label=words::USE_ENTRY_DOCUMENT
                    testid="use-approval-document"
                    text=document
                />
                <Field label=words::USE_BATCH testid="use-approval-batch" text=batch />
            </Show>
            <div class="btns">
                <button type="submit" class="btn" data-testid="use-save">
                    {state.say(words::SAVE)}
                </button>
                <ErrorText error=error />
            </div>
        </form>
    }
}
