//! The applications of the batch as a table: the rows in the order of their ranks, a column for
//! each rule in force, and the sums.

use bianheng_core::text::{Message, pool_view as words};
use leptos::prelude::*;

use super::applicant::Row;
use super::apply::Apply;
use super::seen::{Seen, View};
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// Columns beside those of the rules.
pub const FIXED_COLUMNS: usize = 15;

/// The applications, and the form for a new one.
#[component]
pub fn Applications(view: View) -> impl IntoView {
    let state = use_state();
    let any = Memo::new(move |_| view.read(|seen| !seen.table.rows.is_empty()) == Some(true));
    let closed = Memo::new(move |_| view.read(Seen::closed) == Some(true));
    let batch = Memo::new(move |_| view.read(|seen| seen.pool.batch.clone()));
    let title = move || {
        let name = batch.with(|batch| batch.as_ref().map(|batch| batch.name.clone()));
        words::APPLICATIONS.with(state.lang.get(), &[("batch", &name.unwrap_or_default())])
    };
    let note = move || match batch.with(|batch| batch.as_ref().and_then(|batch| batch.limit)) {
        Some(limit) => words::APPLICATIONS_NOTE.with(state.lang.get(), &[("limit", &limit)]),
        None => state.t(words::APPLICATIONS_NOTE_FREE).to_owned(),
    };
    // Whom one more post would go to; nobody loses by it.
    let next = move || {
        let lang = state.lang.get();
        view.read(|seen| {
            let one = |(id, now, then): &(String, u32, u32)| {
                let name = seen.table.of(id).map(|row| row.name.clone()).unwrap_or_default();
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("unit", &name), ("now", now), ("then", then)];
                words::NEXT_POST.with(lang, &values)
            };
            let said: Vec<String> = seen.more.iter().map(one).collect();
            if said.is_empty() { words::NEXT_NOBODY.get(lang).to_owned() } else { said.join("；") }
        })
    };
    let key = move |mark, class, label: Message| {
        view! {
            <span>
                {icon(mark, class)}
                " "
                {state.say(label)}
            </span>
        }
    };
    view! {
        <section class="block" aria-labelledby="apps-h">
            <header class="sec">
                <h2 id="apps-h">{title}</h2>
                <span class="note">{note}</span>
                <span class="acts note">
                    {key(Icon::Check, "ico-13 ok", words::PASS)}
                    {key(Icon::Warn, "ico-13 review", words::REVIEW)}
                    {key(Icon::Cross, "ico-13 fail", words::FAIL)}
                </span>
            </header>
            <Show when=move || view.applying.get()>
                <Apply view=view />
            </Show>
            <Show when=move || closed.get()>
                <p class="say" data-testid="batch-closed">
                    {state.say(words::BATCH_CLOSED)}
                </p>
            </Show>
            <Show when=move || any.get() fallback=move || view! { <NoneYet view=view /> }>
                <Table view=view />
                <p class="say" data-testid="next-post">
                    {next}
                </p>
            </Show>
        </section>
    }
}

#[component]
fn NoneYet(view: View) -> impl IntoView {
    let state = use_state();
    view! {
        <div class="empty-row" data-testid="applications-empty">
            <div class="empty">
                {icon(Icon::Pool, "ico-20")}
                <strong>{state.say(words::APPLICATIONS_NONE)}</strong>
                <p>{state.say(words::APPLICATIONS_NONE_WHY)}</p>
                <button
                    type="button"
                    class="btn small"
                    on:click=move |_| view.applying.set(true)
                >
                    {state.say(words::NEW_APPLICATION)}
                </button>
            </div>
        </div>
    }
}

/// Class of a head and its label.
type Head = (&'static str, Message);

const LEFT: [Head; 6] = [
    ("no", words::RANK),
    ("", words::UNIT),
    ("detail field-of", words::CATEGORY),
    ("num detail", words::AUTHORISED),
    ("num detail", words::IN_POST),
    ("num", words::VACANCY),
];
const RIGHT: [Head; 5] = [
    ("num", words::TIER),
    ("num", words::SCORE),
    ("num", words::ASKED_POSTS),
    ("num pick", words::GRANTED_POSTS),
    ("", words::REASON),
];

#[component]
fn Table(view: View) -> impl IntoView {
    let state = use_state();
    let ids = Memo::new(move |_| {
        let ids = view.read(|seen| {
            seen.table.rows.iter().map(|row| row.asking.id.clone()).collect::<Vec<_>>()
        });
        ids.unwrap_or_default()
    });
    let rules = Memo::new(move |_| {
        let rules = view.read(|seen| seen.pool.rules_in_force().cloned().collect::<Vec<_>>());
        rules.unwrap_or_default()
    });
    let columns = Signal::derive(move || FIXED_COLUMNS + rules.with(Vec::len));
    let term = Memo::new(move |_| view.read(|seen| seen.pool.term_years).unwrap_or(0));
    let head = move |(class, label): Head| {
        view! {
            <th scope="col" rowspan="2" class=class>
                {state.say(label)}
            </th>
        }
    };
    let leaving = move || words::LEAVING.with(state.lang.get(), &[("n", &term.get())]);
    let eligibility = move || {
        let count = rules.with(Vec::len);
        (count > 0).then(|| {
            view! {
                <th scope="colgroup" colspan=count.to_string()>
                    {state.say(words::ELIGIBILITY)}
                </th>
            }
        })
    };
    let tests = move || {
        let lang = state.lang.get();
        let one = |rule: bianheng_core::pool::Rule| {
            view! {
                <th scope="col" class="test">
                    {rule.title(lang)}
                </th>
            }
        };
        rules.get().into_iter().map(one).collect_view()
    };
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-labelledby="apps-h">
            <table class="t applies" data-testid="applications">
                <thead>
                    <tr>
                        {LEFT.map(head).collect_view()} <th scope="col" rowspan="2" class="num detail">
                            {leaving}
                        </th> {[("", words::PURPOSE), ("", words::TALENT)].map(head).collect_view()}
                        {eligibility} {RIGHT.map(head).collect_view()}
                        <th rowspan="2"></th>
                    </tr>
                    <tr>{tests}</tr>
                </thead>
                <tbody>
                    <For
                        each=move || ids.get()
                        key=Clone::clone
                        children=move |id| view! { <Row view=view id=id columns=columns /> }
                    />
                    <Sum view=view columns=columns />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Sum(view: View, columns: Signal<usize>) -> impl IntoView {
    let state = use_state();
    let sums = Memo::new(move |_| {
        let sums = view.read(|seen| {
            let table = &seen.table;
            let served = seen.awards.as_ref().map_or(0, |awards| awards.units_served());
            let figures = [table.authorised, table.in_post, table.leaving, table.asked];
            let granted = seen.awards.as_ref().ok().map(|awards| u64::from(awards.granted()));
            (table.units, served, figures, granted)
        });
        sums.unwrap_or_default()
    });
    let figure = move |place: usize| {
        move || sums.with(|(.., figures, _)| figures.get(place).copied().unwrap_or(0))
    };
    let units = move || words::SUM.with(state.lang.get(), &[("n", &sums.with(|sums| sums.0))]);
    let served =
        move || words::SUM_NOTE.with(state.lang.get(), &[("n", &sums.with(|sums| sums.1))]);
    let granted = move || sums.with(|sums| sums.3.map_or("—".to_owned(), |n| n.to_string()));
    // Between departures and asked: purpose, talent, the rules, tier, score.
    let between = move || (columns.get() - FIXED_COLUMNS + 4).to_string();
    view! {
        <tr class="sum" data-testid="applications-sum">
            <td></td>
            <th scope="row">{units}</th>
            <td class="detail field-of"></td>
            <td class="num detail">{figure(0)}</td>
            <td class="num detail">{figure(1)}</td>
            <td></td>
            <td class="num detail">{figure(2)}</td>
            <td colspan=between></td>
            <td class="num" data-testid="asked-sum">
                {figure(3)}
            </td>
            <td class="num pick" data-testid="granted-sum">
                {granted}
            </td>
            <td class="note" colspan="2">
                {served}
            </td>
        </tr>
    }
}
