//! The years played forward: batches in their turn, and what is expected to come back between them.
//!
//! Until the day `today` nothing is assumed: the book is what happened. From the evening of that day
//! on: a loan that ends with its term comes back on its due day, a scheduled one by its instalments;
//! a loan that the next vacancy repays comes back on 31 December of a year by as many posts as people
//! are expected to leave its unit in that year beyond those over its posts, if departures may be
//! counted; one that ends when a person leaves comes back only by the book. Promised posts are filled
//! on their last day, or lapse on the day after it if they are said to stay unfilled. Nothing else is
//! lent, and units stay as they are given.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use super::approve::loan_of;
use super::award::Sharing;
use super::book::{Entry, before_approval, entries};
use super::{
    Application, Awards, Batch, Book, Borrower, Event, Fault, Held, Loan, Pool, PoolError,
    Returned, Standings, Way, What, award_for,
};
use crate::county::UnitCode;
use crate::order::InOrder;

/// What is played.
#[derive(Debug, Clone)]
pub struct Playing<'a> {
    /// The pool with its book, rules and every application.
    pub pool: &'a Pool,
    /// The units.
    pub standings: &'a Standings,
    /// Batches by date, each with those that apply to it.
    pub batches: Vec<(Batch, Vec<&'a Application>)>,
    /// Entries of the book about loans that these batches grant, by the application's id.
    pub events: &'a [Event],
    /// Posts of an application or a loan, by id, that will not be filled.
    pub unfilled: BTreeMap<String, u32>,
    /// The last day of which the book tells everything.
    pub today: NaiveDate,
    /// The last year to play.
    pub last: i32,
    /// Whether expected departures may be counted.
    pub departures: bool,
}

/// One year of the account, in posts. `opening + added − withdrawn + Σ returned + lapsed − awarded =
/// closing` and `closing + promised + in_use = size`, always; the next year opens with this one's
/// `closing`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Year {
    /// Calendar year.
    pub year: i32,
    /// Free at its start; in the first year when the book opens.
    pub opening: u32,
    /// Joined the pool.
    pub added: u32,
    /// Left the pool.
    pub withdrawn: u32,
    /// Came back, by way, in the order of [`Way::ALL`].
    pub returned: Returned,
    /// Lapsed unfilled.
    pub lapsed: u32,
    /// Approved.
    pub awarded: u32,
    /// Free at its end.
    pub closing: u32,
    /// Posts of the pool at its end.
    pub size: u32,
    /// Approved and not filled at its end.
    pub promised: u32,
    /// In use at its end.
    pub in_use: u32,
    /// Due in it: what was out on the evening of each due day, and instalments.
    pub due: u32,
    /// Past due on 31 December.
    pub overdue: u32,
}

impl Year {
    /// Posts that came back in it, all ways together.
    pub fn back(&self) -> u32 {
        self.returned.iter().copied().fold(0, u32::saturating_add)
    }
}

/// What became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Played {
    /// The awards of each batch, in the order of their days.
    pub awards: Vec<(Batch, Awards)>,
    /// Every year from the book's first to the last played.
    pub years: Vec<Year>,
    /// Every loan at the end.
    pub held: Vec<Held>,
    /// The loans that the batches granted.
    pub lent: Vec<Loan>,
    /// What was expected and came true in the play: returns, fills and lapses, as entries. With
    /// these and `lent` the book of any played day can be rebuilt.
    pub expected: Vec<Event>,
}

/// What happens on a day. The order on one day is that of the book's entries, then the batch, then
/// the evening: what comes back as expected.
#[derive(Clone, Copy)]
enum Act {
    Entry(usize),
    /// Posts of a loan that stay unfilled lapse.
    Lapse(usize),
    Batch(usize),
    /// Promised posts are filled.
    Fill(usize),
    Due(usize),
    Instalment(usize),
    Departures,
}

/// Plays it.
///
/// # Errors
/// What is wrong with the pool or its book, and awards that cannot be.
pub fn play(playing: &Playing<'_>) -> Result<Played, PoolError> {
    play_with(playing, &mut |_, _| {})
}

/// The same, showing each batch with what there was to share out, so that a checker can look on.
///
/// # Errors
/// As [`play()`].
pub fn play_with(
    playing: &Playing<'_>,
    seen: &mut dyn FnMut(Sharing<'_>, &Awards),
) -> Result<Played, PoolError> {
    playing.pool.check()?;
    let mut game = Game::set_up(playing, seen);
    while let Some(((date, _, _), act)) = game.acts.pop_first() {
        if date.year() > playing.last {
            break;
        }
        game.close_years(date.year());
        game.act(date, act)?;
    }
    game.close_years(playing.last.saturating_add(1));
    Ok(Played {
        awards: game.awards,
        years: game.years,
        held: game.book.held,
        lent: game.lent,
        expected: game.expected,
    })
}

struct Game<'a, 'p> {
    playing: &'p Playing<'a>,
    seen: &'p mut dyn FnMut(Sharing<'_>, &Awards),
    entries: Vec<Entry<'a>>,
    acts: BTreeMap<(NaiveDate, u8, usize), Act>,
    count: usize,
    book: Book,
    carried: u32,
    /// People over the posts of each unit that departures absorb first.
    excess: BTreeMap<UnitCode, u32>,
    year: Year,
    awards: Vec<(Batch, Awards)>,
    years: Vec<Year>,
    lent: Vec<Loan>,
    expected: Vec<Event>,
    /// Instalments that were called in: a schedule and the one before it may share a day.
    called: BTreeSet<(usize, NaiveDate)>,
    /// Who made each application, and the day of its batch.
    asked: BTreeMap<&'a str, (&'a UnitCode, NaiveDate)>,
}

impl<'a, 'p> Game<'a, 'p> {
    fn set_up(playing: &'p Playing<'a>, seen: &'p mut dyn FnMut(Sharing<'_>, &Awards)) -> Self {
        let pool = playing.pool;
        let first = playing.batches.iter().map(|(batch, _)| batch.date).min();
        let opened = first.map_or(pool.opened(), |first| first.min(pool.opened()));
        let book = Book::open(pool);
        let year = Year { year: opened.year(), opening: book.free(), ..Year::default() };
        let mut game = Self {
            playing,
            seen,
            entries: entries(pool),
            acts: BTreeMap::new(),
            count: 0,
            book,
            carried: pool.carried(),
            excess: BTreeMap::new(),
            year,
            awards: Vec::new(),
            years: Vec::new(),
            lent: Vec::new(),
            expected: Vec::new(),
            called: BTreeSet::new(),
            asked: BTreeMap::new(),
        };
        let dates: Vec<NaiveDate> = game.entries.iter().map(Entry::date).collect();
        for (at, date) in dates.into_iter().enumerate() {
            game.plan(date, 0, Act::Entry(at));
        }
        for (at, (batch, asking)) in playing.batches.iter().enumerate() {
            game.plan(batch.date, 2, Act::Batch(at));
            let asked = asking.iter().map(|one| (one.id.as_str(), (&one.unit, batch.date)));
            game.asked.extend(asked);
        }
        for event in playing.events {
            // What concerns a loan on the day it is granted comes after its batch.
            let asked = game.asked.get(event.loan.as_str());
            let new = asked.is_some_and(|(_, day)| *day == event.date);
            let at = game.entries.len();
            game.entries.push(Entry::Note(event));
            game.plan(event.date, if new { 3 } else { 0 }, Act::Entry(at));
        }
        if playing.departures {
            for (code, unit) in playing.standings {
                let over = unit.in_post.saturating_sub(unit.authorised);
                game.excess.insert(code.clone(), over);
            }
            for year in playing.today.year().saturating_add(1)..=playing.last {
                if let Some(date) = NaiveDate::from_ymd_opt(year, 12, 31) {
                    game.plan(date, 5, Act::Departures);
                }
            }
        }
        game
    }

    /// Puts something in its turn; of two things alike on one day the one planned first.
    fn plan(&mut self, date: NaiveDate, rank: u8, act: Act) {
        self.acts.insert((date, rank, self.count), act);
        self.count += 1;
    }

    /// Puts down every year before `year`.
    fn close_years(&mut self, year: i32) {
        while self.year.year < year {
            let end = NaiveDate::from_ymd_opt(self.year.year, 12, 31).unwrap_or(NaiveDate::MAX);
            let closing = self.book.free();
            let row = Year {
                closing,
                size: self.book.size,
                promised: self.book.promised(),
                in_use: self.book.in_use(),
                overdue: self.book.overdue(end),
                ..self.year
            };
            self.year = Year { year: self.year.year + 1, opening: closing, ..Year::default() };
            self.years.push(row);
        }
    }

    fn act(&mut self, date: NaiveDate, act: Act) -> Result<(), PoolError> {
        let today = self.playing.today;
        match act {
            Act::Entry(at) => self.enter(at)?,
            Act::Batch(at) => self.award(at)?,
            Act::Lapse(place) if date > today => {
                let unfilled = self.unfilled(place);
                let lapsed = self.book.lapse(place, unfilled);
                self.year.lapsed += lapsed;
                self.tell(date, What::Lapse, place, lapsed, Way::default());
            }
            Act::Fill(place) if date >= today => {
                let unfilled = self.unfilled(place);
                if let Some(held) = self.book.held_mut(place) {
                    let filled = held.promised.saturating_sub(unfilled);
                    held.promised -= filled;
                    held.in_use += filled;
                    self.tell(date, What::Fill, place, filled, Way::default());
                }
            }
            Act::Due(place) => {
                let Some(held) = self.book.held.get(place) else { return Ok(()) };
                if held.due != date || !held.schedule.is_empty() {
                    return Ok(());
                }
                let (out, way) = (held.out(), held.way);
                self.year.due = self.year.due.saturating_add(out);
                if way == Way::AtTerm && date >= today {
                    self.take_back(place, out, way, date);
                }
            }
            Act::Instalment(place) => {
                if !self.called.insert((place, date)) {
                    return Ok(());
                }
                let Some(held) = self.book.held.get(place) else { return Ok(()) };
                let parts = held.schedule.iter().filter(|part| part.date == date);
                let posts = parts.map(|part| part.posts).fold(0, u32::saturating_add);
                let posts = posts.min(held.out());
                self.year.due = self.year.due.saturating_add(posts);
                if date >= today {
                    self.take_back(place, posts, Way::Schedule, date);
                }
            }
            Act::Departures => self.departures(date),
            Act::Lapse(_) | Act::Fill(_) => {}
        }
        Ok(())
    }

    fn unfilled(&self, place: usize) -> u32 {
        let id = self.book.held.get(place).map(|held| held.id.as_str()).unwrap_or_default();
        self.playing.unfilled.get(id).copied().unwrap_or(0)
    }

    /// Puts down what was expected and came true.
    fn tell(&mut self, date: NaiveDate, what: What, place: usize, posts: u32, way: Way) {
        if let (Some(held), 1..) = (self.book.held.get(place), posts) {
            self.expected.push(Event { posts, way, ..Event::new(date, what, &held.id) });
        }
    }

    fn take_back(&mut self, place: usize, posts: u32, way: Way, date: NaiveDate) {
        let posts = self.book.take_back(place, posts, way);
        self.tell(date, What::Return, place, posts, way);
        if let Some(sum) = self.year.returned.get_mut(way.place()) {
            *sum = sum.saturating_add(posts);
        }
    }

    /// Plans what a loan does of itself.
    fn expect(&mut self, place: usize, from: NaiveDate) {
        let Some(held) = self.book.held.get(place) else { return };
        let (due, fill_by) = (held.due, held.fill_by);
        let mut days: Vec<NaiveDate> = held.schedule.iter().map(|part| part.date).collect();
        days.order_by(Ord::cmp);
        days.dedup();
        if let Some(last) = fill_by.filter(|last| *last >= from) {
            self.plan(last, 4, Act::Fill(place));
            if let Some(after) = last.checked_add_days(Days::new(1)) {
                self.plan(after, 1, Act::Lapse(place));
            }
        }
        if days.is_empty() {
            self.plan(due, 4, Act::Due(place));
        }
        for day in days {
            self.plan(day, 4, Act::Instalment(place));
        }
    }

    /// Makes an entry of the book and counts it in its year.
    fn enter(&mut self, at: usize) -> Result<(), PoolError> {
        let Some(entry) = self.entries.get(at) else { return Ok(()) };
        let place = self.book.held.len();
        let pool = self.playing.pool;
        let entered = self.book.enter(entry).map_err(|error| before_approval(pool, error));
        entered.map_err(|error| match self.asked.get(error.who.as_str()) {
            Some((unit, day))
                if error.fault == Fault::NoLoan && error.date.is_some_and(|on| on < *day) =>
            {
                error.before_approval(unit.as_str(), *day)
            }
            _ => error,
        })?;
        match entry {
            Entry::Lend(loan, _) => {
                self.year.awarded = self.year.awarded.saturating_add(loan.outstanding());
                self.expect(place, loan.from);
            }
            Entry::Note(event) => {
                let posts = event.posts;
                let year = &mut self.year;
                match event.what {
                    What::Add => year.added = year.added.saturating_add(posts),
                    What::Withdraw => year.withdrawn = year.withdrawn.saturating_add(posts),
                    What::Lapse => year.lapsed = year.lapsed.saturating_add(posts),
                    What::Return => {
                        if let Some(sum) = year.returned.get_mut(event.way.place()) {
                            *sum = sum.saturating_add(posts);
                        }
                    }
                    What::Renew | What::Schedule => {
                        let date = event.date;
                        let found = self.book.held.iter().position(|held| held.id == event.loan);
                        if let Some(place) = found {
                            self.expect(place, date);
                        }
                    }
                    What::Fill | What::Rehome => {}
                }
            }
        }
        Ok(())
    }

    /// Shares out a batch and lends what it grants.
    fn award(&mut self, at: usize) -> Result<(), PoolError> {
        let playing = self.playing;
        let pool = playing.pool;
        let Some((batch, asking)) = playing.batches.get(at) else { return Ok(()) };
        let later = pool.loans.iter().filter(|loan| loan.from > batch.date);
        let later = later.map(|loan| loan.outstanding()).fold(0, u32::saturating_add);
        // What leaves the pool later cannot be granted now.
        let free =
            pool.least_size(batch.date).saturating_sub(self.book.out()).saturating_sub(later);
        let limit = match batch.limit {
            _ if batch.closed => Some(0),
            limit => limit.map(|limit| limit.saturating_add(self.carried)),
        };
        let sharing = Sharing { book: &self.book, date: batch.date, free, limit, asking };
        let awards = award_for(pool, playing.standings, sharing)?;
        (self.seen)(sharing, &awards);
        if let Some(limit) = limit.filter(|_| !batch.closed) {
            self.carried = limit.saturating_sub(awards.figures.granted);
        }
        for award in awards.list.iter().filter(|award| award.granted > 0) {
            let asks = |asking: &&&Application| asking.id == award.application;
            let Some(asking) = asking.iter().find(asks) else { continue };
            let loan = loan_of(pool, asking, award.granted, batch)?;
            let place = self.book.lend(Held::first(&loan, 0), batch.date)?;
            self.year.awarded = self.year.awarded.saturating_add(award.granted);
            self.expect(place, batch.date);
            self.lent.push(loan);
        }
        self.awards.push((batch.clone(), awards));
        Ok(())
    }

    /// People leave; each vacancy repays a loan of its unit, the one due first before others.
    fn departures(&mut self, date: NaiveDate) {
        for (code, unit) in self.playing.standings {
            let mut leaving = unit.departures_in(date.year());
            if let Some(excess) = self.excess.get_mut(code) {
                let absorbed = leaving.min(*excess);
                *excess -= absorbed;
                leaving -= absorbed;
            }
            if leaving == 0 {
                continue;
            }
            let own = |held: &Held| {
                held.way == Way::NextVacancy
                    && held.out() > 0
                    && matches!(&held.borrower, Borrower::Unit(unit) if unit == code)
            };
            let held = self.book.held.iter().enumerate().filter(|(_, held)| own(held));
            let mut places: Vec<(NaiveDate, String, usize)> =
                held.map(|(place, held)| (held.due, held.id.clone(), place)).collect();
            places.order_by(Ord::cmp);
            for (_, _, place) in places {
                let out = self.book.held.get(place).map_or(0, Held::out);
                let posts = out.min(leaving);
                leaving -= posts;
                self.take_back(place, posts, Way::NextVacancy, date);
            }
        }
    }
}

/// The account of the pool with the batch being decided, from the first year of its book to the last
/// in which something is due, and ten years at most after the batch. The book tells everything until the
/// day `today`, or until the batch where that is later.
///
/// # Errors
/// As [`play()`].
pub fn years(
    pool: &Pool,
    standings: &Standings,
    today: NaiveDate,
    last: Option<i32>,
) -> Result<Played, PoolError> {
    let asking: Vec<&Application> = pool.applications.iter().collect();
    let date = pool.batch.date;
    let due = |sort: &str| {
        let too_long = || PoolError::of(Fault::TermTooLong).figures(pool.term_of(sort), 0);
        pool.due(date, sort).ok_or_else(too_long)
    };
    let mut latest = due("")?;
    for asking in &asking {
        latest = latest.max(due(&asking.sort)?);
    }
    let book = Book::last(pool)?;
    let days = book.held.iter().filter(|held| held.out() > 0).map(|held| held.due);
    latest = days.fold(latest, NaiveDate::max);
    let last = last.unwrap_or_else(|| latest.year().min(date.year().saturating_add(10)));
    play(&Playing {
        pool,
        standings,
        batches: vec![(pool.batch.clone(), asking)],
        events: &[],
        unfilled: BTreeMap::new(),
        today: date.max(today),
        last,
        departures: pool.count_departures,
    })
}
