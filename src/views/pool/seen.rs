//! What the screen shows of the pool, worked out once for each change and shared by its parts.

use std::sync::Arc;

use bianheng_core::county::UnitCode;
use bianheng_core::pool::{
    Awards, Book, Figures, Held, Played, Pool, PoolError, Year, award, one_more, standings_with,
    years,
};
use bianheng_core::report::pool::{Applicants, applicants, borrower, units_of_kind};
use chrono::NaiveDate;
use leptos::prelude::*;

use crate::platform::clock;
use crate::state::State;

/// The pool of the kind that is shown, and all that follows from it.
#[derive(Debug, PartialEq)]
pub struct Seen {
    /// The pool.
    pub pool: Pool,
    /// The awards of its batch, or what is wrong with it.
    pub awards: Result<Awards, PoolError>,
    /// Its applications.
    pub table: Applicants,
    /// The years played forward; empty while the awards cannot be worked out.
    pub played: Played,
    /// The day of which posts are told: today, or the batch's where that lies ahead.
    pub on: NaiveDate,
    /// Where the posts are on that day, with what the batch grants; `None` while that cannot be worked out.
    pub figures: Option<Figures>,
    /// Each loan on that day, in the order of the pool's loans, with its borrower's name; `None` for one
    /// that starts later or cannot be.
    pub loans: Vec<(Option<Held>, String)>,
    /// Whom one more post would go to: application, posts now and then.
    pub more: Vec<(String, u32, u32)>,
}

impl Seen {
    fn of(state: State) -> Option<Arc<Self>> {
        let kind = state.kind.get();
        state
            .with(|open| {
                let county = &open.workspace().state().county;
                let pool = county.pool(&kind)?.clone();
                let standings = standings_with(county, &kind, open.figures());
                let awards = award(&pool, &standings).map_err(|error| error.naming(county));
                let on = pool.batch.date.max(clock::today());
                let figures = awards
                    .as_ref()
                    .ok()
                    .map(|awards| pool.figures(on, awards.granted()).unwrap_or(awards.figures));
                let table = applicants(county, &pool, awards.as_ref().ok());
                let played = years(&pool, &standings, on, None).unwrap_or_default();
                let book = Book::on(&pool, on).ok();
                let of = |(place, loan): (usize, &bianheng_core::pool::Loan)| {
                    let id = loan.id_at(place);
                    let held = book.as_ref().and_then(|book| book.of(&id)).cloned();
                    let who = held.as_ref().map_or(&loan.borrower, |held| &held.borrower);
                    (held.clone(), borrower(county, who))
                };
                let loans = pool.loans.iter().enumerate().map(of).collect();
                let more = one_more(&pool, &standings).unwrap_or_default().changes;
                Some(Arc::new(Self { pool, awards, table, played, on, figures, loans, more }))
            })
            .flatten()
    }

    /// Posts that the batch grants.
    pub fn granted(&self) -> u32 {
        self.awards.as_ref().map_or(0, Awards::granted)
    }

    /// A year of the account.
    pub fn year(&self, year: i32) -> Option<Year> {
        self.played.years.iter().find(|row| row.year == year).copied()
    }

    /// The batch was approved and none has taken its place.
    pub fn closed(&self) -> bool {
        self.pool.batch.closed || self.pool.batch.limit == Some(0)
    }
}

/// The screen's own state; cheap to copy.
#[derive(Clone, Copy)]
pub struct View {
    /// What is shown; `None` where the kind has no pool.
    pub seen: Memo<Option<Arc<Seen>>>,
    /// The loan book stands in place of the chart.
    pub book: RwSignal<bool>,
    /// The year at whose end the figures are looked at; `None` for the present.
    pub year: RwSignal<Option<i32>>,
    /// The form for a new application is open.
    pub applying: RwSignal<bool>,
    /// The application whose grounds are open.
    pub opened: RwSignal<Option<String>>,
    /// The application that is dragged, and its tier.
    pub dragged: RwSignal<Option<(String, u8)>>,
    /// Posts that a drag proposes for the application whose grounds it opened.
    pub wanted: RwSignal<Option<u32>>,
    /// Units that a person can pick.
    pub units: Memo<Vec<(UnitCode, String)>>,
}

impl View {
    /// The screen as it opens.
    pub fn new(state: State) -> Self {
        Self {
            seen: Memo::new(move |_| Seen::of(state)),
            book: RwSignal::new(false),
            year: RwSignal::new(None),
            applying: RwSignal::new(false),
            opened: RwSignal::new(None),
            dragged: RwSignal::new(None),
            wanted: RwSignal::new(None),
            units: Memo::new(move |_| {
                let kind = state.kind.get();
                let units =
                    state.with(|open| units_of_kind(&open.workspace().state().county, &kind));
                units.unwrap_or_default()
            }),
        }
    }

    /// Reads what is shown. Tracks it.
    pub fn read<R>(self, read: impl FnOnce(&Seen) -> R) -> Option<R> {
        self.seen.try_with(|seen| seen.as_deref().map(read)).flatten()
    }

    /// Reads what is shown without tracking it.
    pub fn peek<R>(self, read: impl FnOnce(&Seen) -> R) -> Option<R> {
        self.seen.try_with_untracked(|seen| seen.as_deref().map(read)).flatten()
    }

    /// The year that is looked at, where the account knows it. Tracks both.
    pub fn year_looked_at(self) -> Option<Year> {
        let year = self.year.get()?;
        self.read(|seen| seen.year(year)).flatten()
    }

    /// The name of a unit that can be picked.
    pub fn unit_name(self, code: &UnitCode) -> String {
        self.units.with_untracked(|units| {
            let found = units.iter().find(|(known, _)| known == code);
            found.map_or_else(|| code.to_string(), |(_, name)| name.clone())
        })
    }
}
