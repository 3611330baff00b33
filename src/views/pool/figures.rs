//! The headline figures, on the batch's date: size = on loan + granted now + free.

use bianheng_core::pool::Figures;
use bianheng_core::text::{Message, pool_view as words};
use leptos::prelude::*;

use super::seen::{Seen, View};
use crate::state::use_state;

/// What the row shows, in one comparable value.
#[derive(Clone, PartialEq)]
struct Shown {
    size: u32,
    /// `None` while the pool cannot be worked out.
    figures: Option<Figures>,
    document: String,
    date: String,
    served: usize,
    asked: u64,
    units: usize,
    late: String,
}

impl Shown {
    fn of(seen: &Seen) -> Self {
        let (pool, awards) = (&seen.pool, seen.awards.as_ref().ok());
        let date = pool.batch.date;
        let late = seen.loans.iter();
        let late = late.filter(|(held, _)| held.as_ref().is_some_and(|h| h.overdue(date) > 0));
        Self {
            size: pool.present_size(),
            figures: awards.map(|awards| awards.figures),
            document: pool.document.clone(),
            date: date.to_string(),
            served: awards.map_or(0, |awards| awards.units_served()),
            asked: seen.table.asked,
            units: seen.table.units,
            late: late.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" "),
        }
    }
}

/// The headline figures.
#[component]
pub fn Headline(view: View) -> impl IntoView {
    let state = use_state();
    let shown = Memo::new(move |_| view.read(Shown::of));
    let read = move |read: fn(&Shown) -> String| {
        Signal::derive(move || shown.with(|shown| shown.as_ref().map(read).unwrap_or_default()))
    };
    let posts = move |pick: fn(&Figures) -> u32| {
        Signal::derive(move || {
            let figure = shown.with(|shown| shown.as_ref()?.figures.as_ref().map(pick));
            figure.map_or_else(|| "—".to_owned(), |figure| figure.to_string())
        })
    };
    let note = move |message: Message, name: &'static str, value: Signal<String>| {
        Signal::derive(move || message.with(state.lang.get(), &[(name, &value.get())]))
    };
    let document = Signal::derive(move || {
        let document = shown.with(|shown| shown.as_ref().map(|shown| shown.document.clone()));
        match document.filter(|document| !document.is_empty()) {
            Some(document) => words::SIZE_NOTE.with(state.lang.get(), &[("document", &document)]),
            None => state.t(words::SIZE_NO_DOCUMENT).to_owned(),
        }
    });
    let one = move |op: &'static str, label: Message, testid, value, note: Signal<String>| {
        view! {
            <div>
                <dt>
                    <span aria-hidden="true">{op}</span>
                    {state.say(label)}
                </dt>
                <dd>
                    <b data-testid=testid>{value}</b>
                    <span class="fig-note">{note}</span>
                </dd>
            </div>
        }
    };
    let overdue = posts(|figures| figures.overdue);
    let is_late = move || !matches!(overdue.get().as_str(), "0" | "—");
    let late_text =
        move || if is_late() { format!("▼ {}", overdue.get()) } else { overdue.get() };
    let size = read(|shown| shown.size.to_string());
    let served = note(words::UNITS_NOTE, "n", read(|shown| shown.served.to_string()));
    let units = note(words::UNITS_NOTE, "n", read(|shown| shown.units.to_string()));
    let late = read(|shown| shown.late.clone());
    let on = note(words::OVERDUE_ON, "date", read(|shown| shown.date.clone()));
    view! {
        <dl class="figs">
            {one("", words::SIZE, "pool-size", size, document)}
            {one(
                "＝ ",
                words::IN_USE,
                "pool-in-use",
                posts(|figures| figures.on_loan),
                note(words::IN_USE_NOTE, "n", overdue),
            )}
            {one("＋ ", words::GRANTED, "pool-granted", posts(|figures| figures.granted), served)}
            {one(
                "＋ ",
                words::FREE,
                "pool-free",
                posts(|figures| figures.free),
                Signal::derive(move || state.t(words::FREE_NOTE).to_owned()),
            )}
            {one("", words::ASKED, "pool-asked", read(|shown| shown.asked.to_string()), units)}
            <div>
                <dt>
                    {state.say(words::OVERDUE)}
                    " "
                    {on}
                </dt>
                <dd>
                    <b class:m-short=is_late data-testid="pool-overdue">{late_text}</b>
                    <span class="fig-note clip">{late}</span>
                </dd>
            </div>
        </dl>
    }
}
