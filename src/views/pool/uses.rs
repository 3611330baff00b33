//! The use of posts in a year (用编年度台账): how many may come to each unit and were approved, who
//! entered, moved and left, and whether people at the end are people at the start with all of it told.
//! The summary counts every kind of post that has a pool.

use bianheng_core::county::{County, KindId, UnitCode};
use bianheng_core::pool::plan::{Flow, PlanUnit, Planned, UseEntry, of_year};
use bianheng_core::pool::{PoolError, Use};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, Message, pool_view as words};
use chrono::Datelike;
use leptos::prelude::*;

use super::change::try_change;
use super::lend::{ErrorText, UnitSelect};
use super::parts::Choice;
use super::seen::View;
use crate::platform::clock;
use crate::state::use_state;
use crate::widgets::{Field, at_least_one};

/// The plan of the last year that a kind has entries of, worked through.
fn worked(county: &County, kind: &KindId) -> Option<(i32, Result<Planned, PoolError>)> {
    let pool = county.pool(kind)?;
    let year = pool.uses.iter().max_by_key(|year| year.year)?;
    Some((year.year, of_year(county, kind, year).map_err(|error| error.naming(county))))
}

const FLOWS: [Flow; 4] = [Flow::Approved, Flow::Entered, Flow::Moved, Flow::Left];

fn flow(what: Flow) -> Message {
    match what {
        Flow::Approved => words::USE_APPROVED,
        Flow::Entered => words::USE_ENTERED,
        Flow::Moved => words::USE_MOVED,
        Flow::Left => words::USE_LEFT,
    }
}

/// The year's use of posts.
#[component]
pub fn Uses(view: View) -> impl IntoView {
    let state = use_state();
    let open = RwSignal::new(false);
    let entering = RwSignal::new(false);
    let seen = Memo::new(move |_| {
        let kind = state.kind.get();
        state
            .with(|open| {
                let county = &open.workspace().state().county;
                let mut all = PlanUnit::default();
                for pool in &county.pools {
                    if let Some((_, Ok(planned))) = worked(county, &pool.kind) {
                        all.entered += planned.sum.entered;
                        all.moved_in += planned.sum.moved_in;
                        all.left += planned.sum.left;
                    }
                }
                let own = worked(county, &kind);
                let name = |code: &UnitCode| {
                    let unit = county.units.iter().find(|unit| unit.code == *code);
                    unit.map_or_else(|| code.to_string(), |unit| unit.name.clone())
                };
                let (year, error, rows, sum) = match own {
                    None => (clock::today().year(), None, Vec::new(), PlanUnit::default()),
                    Some((year, Err(error))) => {
                        (year, Some(error), Vec::new(), PlanUnit::default())
                    }
                    Some((year, Ok(planned))) => {
                        let told = |unit: &PlanUnit| {
                            unit.approved
                                + unit.entered
                                + unit.moved_in
                                + unit.moved_out
                                + unit.left
                                > 0
                        };
                        let rows = planned.units.into_iter().filter(|(_, unit)| told(unit));
                        let rows: Vec<(String, PlanUnit)> =
                            rows.map(|(code, unit)| (name(&code), unit)).collect();
                        (year, None, rows, planned.sum)
                    }
                };
                (year, all, error, rows, sum)
            })
            .unwrap_or_default()
    });
    let summary = move || {
        seen.with(|(year, all, ..)| {
            let values: [(&str, &dyn std::fmt::Display); 4] = [
                ("year", year),
                ("entered", &all.entered),
                ("moved", &all.moved_in),
                ("left", &all.left),
            ];
            words::USE_SUMMARY.with(state.lang.get(), &values)
        })
    };
    let error = move || {
        let lang = state.lang.get();
        seen.with(|(_, _, error, ..)| error.as_ref().map(|error| error.text(lang)))
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
        seen.with(|(.., rows, sum)| {
            let sums = (words::USE_SUM.get(lang).to_owned(), sum.clone());
            rows.iter().chain([&sums]).map(row).collect_view()
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
                <Enter view=view />
            </Show>
            {move || {
                error()
                    .map(|text| {
                        view! {
                            <p class="err-text" role="alert">
                                {text}
                            </p>
                        }
                    })
            }}
            <Show when=move || open.get()>
                <div class="scroll-x" tabindex="0" role="region" aria-labelledby="uses-h">
                    <table class="t" data-testid="use-table">
                        <thead>
                            <tr>
                                <th scope="col">{state.say(words::UNIT)}</th>
                                {[
                                    words::AUTHORISED,
                                    words::OPENING,
                                    words::USE_ALLOWED,
                                    words::USE_APPROVED,
                                    words::USE_ENTERED,
                                    words::USE_IN,
                                    words::USE_OUT,
                                    words::USE_LEFT,
                                    words::CLOSING,
                                ]
                                    .map(head)
                                    .collect_view()}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
    .into_any()
}

fn row((name, unit): &(String, PlanUnit)) -> impl IntoView + use<> {
    let figures = [
        unit.authorised,
        unit.opening,
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

/// One entry of the year, held to the plan before it is taken in.
#[component]
fn Enter(view: View) -> impl IntoView {
    let state = use_state();
    let text = |text: String| RwSignal::new(text);
    let what = RwSignal::new(0_usize);
    let (unit, from, people) = (text(String::new()), text(String::new()), text("1".to_owned()));
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
            Ok(UseEntry {
                date: typed(date).parse().map_err(|_| words::ERROR_DAY)?,
                what,
                unit: code(unit).ok_or(words::ERROR_UNIT)?,
                from: code(from).filter(|_| what == Flow::Moved),
                people: at_least_one(&typed(people)).ok_or(words::ERROR_COUNT)?,
            })
        };
        let done = entry().map_err(|message| message.get(lang).to_owned()).and_then(|entry| {
            let year = entry.date.year();
            try_change(state, Label::Use, |pool| {
                match pool.uses.iter_mut().find(|own| own.year == year) {
                    Some(own) => own.entries.push(entry),
                    None => pool.uses.push(Use { year, entries: vec![entry], ..Use::default() }),
                }
            })
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
            <div class="btns">
                <button type="submit" class="btn" data-testid="use-save">
                    {state.say(words::SAVE)}
                </button>
                <ErrorText error=error />
            </div>
        </form>
    }
}
