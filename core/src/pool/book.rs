//! The book (台账): where the pool's posts are after each entry. It is rebuilt from the loans and the
//! events alone, for any day, and refuses the first entry after which something would not hold, by
//! day and figure. It assumes nothing of days to come; [`super::play()`] does.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::loan::check_schedule;
use super::{Borrower, Event, Fault, Instalment, Loan, Pool, PoolError, Way, What};
use crate::order::InOrder;

/// Posts that came back, by way, in the order of [`Way::ALL`].
pub type Returned = [u32; 4];

/// One loan at some day. `promised + in_use + Σ returned + lapsed = posts lent`, always.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its id.
    pub id: String,
    /// Who has the posts.
    pub borrower: Borrower,
    /// Posts approved and not yet filled.
    pub promised: u32,
    /// Posts filled and not returned.
    pub in_use: u32,
    /// Posts that came back, by way.
    pub returned: Returned,
    /// Posts that lapsed unfilled.
    pub lapsed: u32,
    /// The day by which it is to be back, after renewals and schedules.
    pub due: NaiveDate,
    /// How often it was renewed.
    pub renewed: u32,
    /// The return schedule in force.
    pub schedule: Vec<Instalment>,
    /// Posts that came back since that schedule was set.
    pub repaid: u32,
    /// How it is to come back.
    pub way: Way,
    /// The last day to fill its posts.
    pub fill_by: Option<NaiveDate>,
    /// The sort of purpose.
    pub sort: String,
}

impl Held {
    /// A loan on its first day, with its place among the loans.
    pub fn first(loan: &Loan, place: usize) -> Self {
        let posts = loan.outstanding();
        let (promised, in_use) = if loan.fill_by.is_some() { (posts, 0) } else { (0, posts) };
        let last = loan.schedule.iter().map(|instalment| instalment.date).max();
        Self {
            id: loan.id_at(place),
            borrower: loan.borrower.clone(),
            promised,
            in_use,
            returned: Returned::default(),
            lapsed: 0,
            due: last.unwrap_or(loan.due),
            renewed: 0,
            schedule: loan.schedule.clone(),
            repaid: 0,
            way: if loan.schedule.is_empty() { loan.way } else { Way::Schedule },
            fill_by: loan.fill_by,
            sort: loan.sort.clone(),
        }
    }

    /// Posts not given back.
    pub fn out(&self) -> u32 {
        self.promised.saturating_add(self.in_use)
    }

    /// Posts not given back and past due on the day `on`. On the due day itself none is overdue.
    pub fn overdue(&self, on: NaiveDate) -> u32 {
        let out = self.out();
        if self.schedule.is_empty() {
            return if self.due < on { out } else { 0 };
        }
        let past = self.schedule.iter().filter(|instalment| instalment.date < on);
        let owed = past.map(|instalment| instalment.posts).fold(0, u32::saturating_add);
        owed.saturating_sub(self.repaid).min(out)
    }

    /// Takes posts back: filled ones first. Never more than are out.
    pub(super) fn take_back(&mut self, posts: u32, way: Way) {
        let used = posts.min(self.in_use);
        let unfilled = (posts - used).min(self.promised);
        self.in_use -= used;
        self.promised -= unfilled;
        self.repaid = self.repaid.saturating_add(used + unfilled);
        if let Some(sum) = self.returned.get_mut(way.place()) {
            *sum = sum.saturating_add(used + unfilled);
        }
    }

    /// Lets unfilled posts lapse. Never more than are promised.
    pub(super) fn lapse(&mut self, posts: u32) {
        let posts = posts.min(self.promised);
        self.promised -= posts;
        self.repaid = self.repaid.saturating_add(posts);
        self.lapsed = self.lapsed.saturating_add(posts);
    }
}

/// Where the pool's posts are. `size = free + out`, and none of the three is ever below zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Posts of the pool.
    pub size: u32,
    /// Its loans, in the order in which they were approved.
    pub held: Vec<Held>,
    /// Posts out over all loans.
    out: u32,
    /// The place in `held` of each id.
    places: BTreeMap<String, usize>,
}

/// One entry in its turn: a loan's approval, or an event.
pub(super) enum Entry<'a> {
    Lend(&'a Loan, usize),
    Note(&'a Event),
}

impl Entry<'_> {
    pub(super) fn date(&self) -> NaiveDate {
        match self {
            Self::Lend(loan, _) => loan.from,
            Self::Note(event) => event.date,
        }
    }
}

/// Every entry in its turn: by day; on one day what adds or comes back before what is lent, and what
/// concerns a loan after its approval.
pub(super) fn entries(pool: &Pool) -> Vec<Entry<'_>> {
    let from: BTreeMap<String, NaiveDate> =
        (0..).zip(&pool.loans).map(|(place, loan)| (loan.id_at(place), loan.from)).collect();
    let rank = |entry: &Entry<'_>| -> (NaiveDate, u8, usize) {
        match entry {
            Entry::Lend(loan, place) => (loan.from, 6, *place),
            Entry::Note(event) => {
                let new = from.get(&event.loan) == Some(&event.date);
                let rank = match event.what {
                    What::Add => 0,
                    What::Renew | What::Schedule | What::Rehome => 1,
                    What::Return => 2,
                    What::Lapse => 3,
                    What::Fill => 4,
                    What::Withdraw => 5,
                };
                (event.date, if new { rank + 10 } else { rank }, 0)
            }
        }
    };
    let loans = (0..).zip(&pool.loans).map(|(place, loan)| Entry::Lend(loan, place));
    let mut all: Vec<Entry<'_>> = loans.chain(pool.events.iter().map(Entry::Note)).collect();
    // Stable: of two events alike on one day the one entered first goes first.
    all.order_by_key(rank);
    all
}

/// A loan that is approved later is told apart from one that never was.
pub(super) fn before_approval(pool: &Pool, error: PoolError) -> PoolError {
    let later = (0..).zip(&pool.loans).find(|(place, loan)| loan.id_at(*place) == error.who);
    match (error.fault, later) {
        (Fault::NoLoan, Some((_, loan))) => {
            error.before_approval(loan.borrower.as_str(), loan.from)
        }
        _ => error,
    }
}

impl Book {
    /// The book before its first entry.
    pub(super) fn open(pool: &Pool) -> Self {
        Self { size: pool.size, held: Vec::new(), out: 0, places: BTreeMap::new() }
    }

    /// The book at the end of a day.
    ///
    /// # Errors
    /// The first entry that cannot be, of any day: what is entered for later must hold too.
    pub fn on(pool: &Pool, day: NaiveDate) -> Result<Self, PoolError> {
        let mut book = Self::open(pool);
        for entry in entries(pool) {
            if entry.date() > day {
                break;
            }
            book.enter(&entry).map_err(|error| before_approval(pool, error))?;
        }
        Ok(book)
    }

    /// The book after its last entry.
    ///
    /// # Errors
    /// The first entry that cannot be.
    pub fn last(pool: &Pool) -> Result<Self, PoolError> {
        Self::on(pool, NaiveDate::MAX)
    }

    /// Posts not given back.
    pub fn out(&self) -> u32 {
        self.out
    }

    /// Posts that can be granted.
    pub fn free(&self) -> u32 {
        self.size.saturating_sub(self.out)
    }

    /// Posts approved and not yet filled.
    pub fn promised(&self) -> u32 {
        self.sum(|held| held.promised)
    }

    /// Posts filled and not returned.
    pub fn in_use(&self) -> u32 {
        self.sum(|held| held.in_use)
    }

    /// Posts past due on a day.
    pub fn overdue(&self, on: NaiveDate) -> u32 {
        self.sum(|held| held.overdue(on))
    }

    /// Posts that came back, by way.
    pub fn returned(&self) -> Returned {
        Way::ALL.map(|way| self.sum(|held| held.returned.get(way.place()).copied().unwrap_or(0)))
    }

    fn sum(&self, count: impl Fn(&Held) -> u32) -> u32 {
        self.held.iter().map(count).fold(0, u32::saturating_add)
    }

    /// The loan with this id.
    pub fn of(&self, id: &str) -> Option<&Held> {
        self.held.get(*self.places.get(id)?)
    }

    pub(super) fn held_mut(&mut self, place: usize) -> Option<&mut Held> {
        self.held.get_mut(place)
    }

    /// Lends; the loan's place in `held`.
    ///
    /// # Errors
    /// [`Fault::Overlent`] and [`Fault::SameLoan`].
    pub(super) fn lend(&mut self, held: Held, on: NaiveDate) -> Result<usize, PoolError> {
        let place = self.held.len();
        if self.places.insert(held.id.clone(), place).is_some() {
            return Err(PoolError::of(Fault::SameLoan).who(&held.id));
        }
        let out = self.out.saturating_add(held.out());
        if out > self.size {
            let who = held.borrower.as_str();
            return Err(PoolError::of(Fault::Overlent).who(who).on(on).figures(out, self.size));
        }
        self.out = out;
        self.held.push(held);
        Ok(place)
    }

    /// Takes posts of a loan back; how many did come back.
    pub(super) fn take_back(&mut self, place: usize, posts: u32, way: Way) -> u32 {
        let Some(held) = self.held.get_mut(place) else { return 0 };
        let posts = posts.min(held.out());
        held.take_back(posts, way);
        self.out = self.out.saturating_sub(posts);
        posts
    }

    /// Lets unfilled posts of a loan lapse; how many did.
    pub(super) fn lapse(&mut self, place: usize, posts: u32) -> u32 {
        let Some(held) = self.held.get_mut(place) else { return 0 };
        let posts = posts.min(held.promised);
        held.lapse(posts);
        self.out = self.out.saturating_sub(posts);
        posts
    }

    /// Makes one entry.
    ///
    /// # Errors
    /// Why it cannot be, with its day and figures.
    pub(super) fn enter(&mut self, entry: &Entry<'_>) -> Result<(), PoolError> {
        match entry {
            Entry::Lend(loan, place) => self.lend(Held::first(loan, *place), loan.from).map(|_| ()),
            Entry::Note(event) => self.note(event),
        }
    }

    fn note(&mut self, event: &Event) -> Result<(), PoolError> {
        let Event { date, what, posts, .. } = *event;
        let wrong = |fault| PoolError::of(fault).who(&event.loan).on(date);
        let moves = !matches!(what, What::Renew | What::Schedule | What::Rehome);
        if moves && posts == 0 {
            return Err(wrong(Fault::NoPosts));
        }
        let needs_document = matches!(
            what,
            What::Renew | What::Schedule | What::Rehome | What::Add | What::Withdraw
        );
        if needs_document && event.document.trim().is_empty() {
            return Err(wrong(Fault::NoDocument));
        }
        match what {
            What::Add => {
                self.size = self.size.saturating_add(posts);
                return Ok(());
            }
            What::Withdraw => {
                let free = self.free();
                if posts > free {
                    let error = wrong(Fault::Overlent);
                    return Err(error.figures(self.out, self.size.saturating_sub(posts)));
                }
                self.size -= posts;
                return Ok(());
            }
            _ => {}
        }
        let Some(&place) = self.places.get(&event.loan) else {
            return Err(wrong(Fault::NoLoan));
        };
        let Some(held) = self.held.get_mut(place) else { return Ok(()) };
        let wrong = |fault| PoolError::of(fault).who(held.borrower.as_str()).on(date);
        match what {
            What::Return if posts > held.out() => {
                return Err(wrong(Fault::ReturnBeyond).figures(posts, held.out()));
            }
            What::Fill | What::Lapse if posts > held.promised => {
                return Err(wrong(Fault::FillBeyond).figures(posts, held.promised));
            }
            What::Lapse if held.fill_by.is_none_or(|last| date <= last) => {
                return Err(wrong(Fault::LapseEarly).figures(posts, held.promised));
            }
            What::Return => {
                self.take_back(place, posts, event.way);
            }
            What::Lapse => {
                self.lapse(place, posts);
            }
            What::Fill => {
                held.promised -= posts;
                held.in_use += posts;
            }
            What::Renew => match event.due {
                Some(due) if due > held.due => {
                    held.due = due;
                    held.renewed = held.renewed.saturating_add(1);
                    // What was owed by instalments is now owed on the new day.
                    held.schedule.clear();
                }
                _ => return Err(wrong(Fault::NotLonger)),
            },
            What::Schedule => {
                check_schedule(held.borrower.as_str(), date, &event.schedule, held.out())?;
                held.schedule.clone_from(&event.schedule);
                held.repaid = 0;
                held.way = Way::Schedule;
                held.due = held.schedule.iter().map(|part| part.date).max().unwrap_or(held.due);
            }
            What::Rehome => match &event.unit {
                Some(unit) => held.borrower = Borrower::Unit(unit.clone()),
                None => return Err(wrong(Fault::NoUnit)),
            },
            What::Add | What::Withdraw => {}
        }
        Ok(())
    }
}
