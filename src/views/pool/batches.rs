//! Batches: those that were approved with what each granted and left and what was decided by hand in
//! them, and the form that opens the next one once this is closed.

use bianheng_core::pool::{At, Batch, Override, Overruled};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Message, pool_view as words};
use leptos::prelude::*;

use super::change::put;
use super::form::{Ask, Fill, Form, Input, Refused};
use super::parts::{day, typed};
use super::seen::{Seen, View};
use crate::platform::clock;
use crate::state::use_state;
use crate::widgets::count;

/// One batch as a row: name, day, limit, granted.
fn rows(seen: &Seen) -> Vec<[String; 4]> {
    let pool = &seen.pool;
    let one = |batch: &Batch| {
        let own = pool.loans.iter().filter(|l| l.batch == batch.name && l.from == batch.date);
        let granted = own.map(|loan| loan.posts).fold(0, u32::saturating_add);
        let limit = batch.limit.map_or_else(|| "—".to_owned(), |limit| limit.to_string());
        [batch.name.clone(), batch.date.to_string(), limit, granted.to_string()]
    };
    pool.past.iter().map(one).collect()
}

/// The batches.
#[component]
pub fn Batches(view: View) -> impl IntoView {
    let state = use_state();
    let past = Memo::new(move |_| view.read(rows).unwrap_or_default());
    let overruled = Memo::new(move |_| {
        let lang = state.lang.get();
        view.units.track();
        let one = |batch: &Batch, own: &Overruled| {
            let Override { granted, reason, document, .. } = &own.decision;
            let values: [(&str, &dyn std::fmt::Display); 6] = [
                ("batch", &batch.name),
                ("unit", &view.unit_name(&own.unit)),
                ("asked", &own.asked),
                ("granted", granted),
                ("reason", reason),
                ("document", document),
            ];
            words::OVERRULED_LINE.with(lang, &values)
        };
        let past = |seen: &Seen| -> Vec<String> {
            let past = seen.pool.past.iter();
            past.flat_map(|batch| batch.overruled.iter().map(move |own| one(batch, own))).collect()
        };
        view.read(past).unwrap_or_default()
    });
    let carried = Memo::new(move |_| view.read(|seen| seen.pool.carried()).unwrap_or(0));
    let head = move |label: Message| view! { <th scope="col">{state.say(label)}</th> };
    let lines = move || {
        let one = |[name, date, limit, granted]: [String; 4]| {
            view! {
                <tr data-testid="past-batch">
                    <th scope="row">{name}</th>
                    <td>{date}</td>
                    <td class="num">{limit}</td>
                    <td class="num">{granted}</td>
                </tr>
            }
        };
        past.get().into_iter().map(one).collect_view()
    };
    view! {
        <Show when=move || past.with(|past| !past.is_empty())>
            <table class="t block-gap" data-testid="past-batches">
                <thead>
                    <tr>
                        {[
                            words::BATCH,
                            words::BATCH_DATE,
                            words::BATCH_LIMIT,
                            words::GRANTED_POSTS,
                        ]
                            .map(head)
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </Show>
        <Show when=move || overruled.with(|lines| !lines.is_empty())>
            <p class="note">{state.say(words::OVERRULED)}</p>
            <ul class="rule-lines" data-testid="past-overruled">
                {move || {
                    let said = overruled.get().into_iter();
                    said.map(|said| view! { <li>{said}</li> }).collect_view()
                }}
            </ul>
        </Show>
        <Show when=move || { carried.get() > 0 }>
            <p class="note" data-testid="carried">
                {move || words::CARRIED.with(state.lang.get(), &[("n", &carried.get())])}
            </p>
        </Show>
        <Show when=move || view.read(Seen::closed) == Some(true)>
            <Next view=view />
        </Show>
    }
}

#[component]
fn Next(view: View) -> impl IntoView {
    let state = use_state();
    let text = |text: String| RwSignal::new(text);
    let (name, limit) = (text(String::new()), text(String::new()));
    // The next batch is never before the last, which may lie ahead of today.
    let last = move || view.peek(|seen| seen.pool.past.last().map(|batch| batch.date)).flatten();
    let date = text(last().map_or(clock::today(), |last| last.max(clock::today())).to_string());
    let form = Form::new();
    let save = Callback::new(move |()| {
        let wrong = |at, why| move || Refused::typed(at, why);
        let batch = || -> Result<Batch, Refused> {
            let own = Some(typed(name)).filter(|name| !name.is_empty());
            let own = own.ok_or_else(wrong(At::Name, words::ERROR_NAME))?;
            let day = day(date, At::Day)?;
            if last().is_some_and(|last| day < last) {
                return Err(Refused::typed(At::Day, words::ERROR_BATCH_DAY));
            }
            let limit = match typed(limit).as_str() {
                "" => None,
                text => Some(count(text).ok_or_else(wrong(At::Posts, words::ERROR_COUNT))?),
            };
            Ok(Batch::new(&own, day, limit))
        };
        let done = batch().and_then(|batch| put(state, Label::Pool, |pool| pool.open_batch(batch)));
        form.settle(done);
    });
    view! {
        <Fill
            form=form
            testid="next-batch"
            save=save
            button="next-batch-open"
            label=words::OPEN_BATCH
            class="entry block-gap"
        >
            <Ask
                form=form
                at=At::Name
                label=words::NEXT_BATCH
                testid="next-batch-name"
                input=Input::text(name)
            />
            <Ask
                form=form
                at=At::Day
                label=words::BATCH_DATE
                testid="next-batch-date"
                input=Input::day(date)
            />
            <Ask
                form=form
                at=At::Posts
                label=words::BATCH_LIMIT
                testid="next-batch-limit"
                input=Input::figure(limit)
            />
        </Fill>
    }
}
