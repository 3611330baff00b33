//! The headline figures, as of today, or of the batch where that lies ahead: size = on loan + granted now +
//! free; or at the end of the year that is looked at, when what is granted is on loan.

use bianheng_core::pool::{Figures, Year};
use bianheng_core::text::{Message, pool_view as words};
use chrono::Datelike;
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
    /// The year of that day, and posts due in it.
    due: (i32, Option<u32>),
    /// Posts granted in a year that is looked at.
    granted: Option<u32>,
}

impl Shown {
    fn of(seen: &Seen) -> Self {
        let (pool, awards) = (&seen.pool, seen.awards.as_ref().ok());
        let date = seen.on;
        let late = seen.loans.iter();
        let late = late.filter(|(held, _)| held.as_ref().is_some_and(|h| h.overdue(date) > 0));
        Self {
            size: pool.present_size(),
            figures: seen.figures,
            document: pool.document.clone(),
            date: date.to_string(),
            served: awards.map_or(0, |awards| awards.units_served()),
            asked: seen.table.asked,
            units: seen.table.units,
            late: late.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" "),
            due: (date.year(), seen.year(date.year()).map(|year| year.due)),
            granted: None,
        }
    }

    /// The same at the end of a year.
    fn at_end(self, year: Year) -> Self {
        let Year { size, promised, in_use, overdue, closing: free, .. } = year;
        let on_loan = in_use.saturating_add(promised);
        Self {
            size,
            figures: Some(Figures { size, on_loan, promised, overdue, granted: 0, free }),
            date: format!("{}-12-31", year.year),
            late: String::new(),
            due: (year.year, Some(year.due)),
            granted: Some(year.awarded),
            ..self
        }
    }
}

/// The headline figures.
#[component]
pub fn Headline(view: View) -> impl IntoView {
    let state = use_state();
    let shown = Memo::new(move |_| {
        let now = view.read(Shown::of)?;
        Some(match view.year_looked_at() {
            Some(year) => now.at_end(year),
            None => now,
        })
    });
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
    let one =
        move |op: &'static str, label: Signal<String>, testid, value, note: Signal<String>| {
            view! {
                <div>
                    <dt>
                        <span aria-hidden="true">{op}</span>
                        {label}
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
    let said = move |message: Message| Signal::derive(move || state.t(message).to_owned());
    let (promised, used) = (
        posts(|figures| figures.promised),
        posts(|figures| figures.on_loan.saturating_sub(figures.promised)),
    );
    let on_loan = Signal::derive(move || {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("promised", &promised.get()), ("used", &used.get())];
        words::IN_USE_NOTE.with(state.lang.get(), &values)
    });
    let due_year = note(words::DUE_YEAR, "year", read(|shown| shown.due.0.to_string()));
    let due = read(|shown| shown.due.1.map_or_else(|| "—".to_owned(), |due| due.to_string()));
    let lent = posts(|figures| figures.on_loan);
    let of_year = move || shown.with(|shown| shown.as_ref().and_then(|shown| shown.granted));
    let year = read(|shown| shown.due.0.to_string());
    let now = posts(|figures| figures.granted);
    let granted = Signal::derive(move || of_year().map_or_else(|| now.get(), |n| n.to_string()));
    let granted_label = Signal::derive(move || match of_year() {
        Some(_) => words::GRANTED_YEAR.with(state.lang.get(), &[("year", &year.get())]),
        None => format!("＋ {}", state.t(words::GRANTED)),
    });
    let granted_note = Signal::derive(move || match of_year() {
        Some(_) => state.t(words::GRANTED_INCLUDED).to_owned(),
        None => served.get(),
    });
    let free_note = Signal::derive(move || {
        let end = of_year().is_some();
        state.t(if end { words::FREE_AT_END } else { words::FREE_NOTE }).to_owned()
    });
    let free = posts(|figures| figures.free);
    let asked = read(|shown| shown.asked.to_string());
    view! {
        <dl class="figs many">
            {one("", said(words::SIZE), "pool-size", size, document)}
            {one("＝ ", said(words::IN_USE), "pool-in-use", lent, on_loan)}
            {one("", granted_label, "pool-granted", granted, granted_note)}
            {one("＋ ", said(words::FREE), "pool-free", free, free_note)}
            {one("", said(words::ASKED), "pool-asked", asked, units)}
            {one("", due_year, "pool-due", due, said(words::DUE_NOTE))}
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
