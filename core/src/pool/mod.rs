//! The turnover pool (周转池): posts that the county lends for a term and takes back.
//!
//! Here stand the pool as data, its book (what happened, day by day), the awards of each batch with
//! the reason of each, the years played forward, the yearly hiring plan around it, and checkers that
//! trust nothing of how a result was found. It never changes a unit's posts: what moves them is a
//! command of the scenario, proposed by [`movement`] or [`change`] and written by the planner.

mod account;
mod admit;
mod application;
mod approve;
mod award;
mod book;
mod caps;
pub mod change;
mod edit;
mod error;
mod event;
pub mod lasting;
mod loan;
mod margin;
mod model;
pub mod movement;
mod ordering;
pub mod part;
mod place;
pub mod plan;
mod play;
pub mod preset;
mod rule;
mod standing;
#[cfg(test)]
mod tests;
mod verify;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

pub use account::{Account, KindAccount, Place};
pub use admit::{admit, borrowers};
pub use application::{Application, Marked, Override, Score};
pub use approve::approve;
pub use award::{Award, Awards, Before, Bound, Reason, Sharing, award, award_for};
pub use book::{Book, Held, Returned};
pub use caps::{Cap, Field};
pub use edit::LONGEST_TERM;
pub(crate) use edit::with_number;
pub use error::{At, Fault, PoolError};
pub use event::{Event, What};
pub use loan::{Borrower, Instalment, Loan, Way};
pub use margin::{More, one_more};
pub use model::{Identity, Model, UnitPosts, identities, identity, lent_by, lent_in};
pub use ordering::{Line, List, Never, Reach};
pub use place::{Criterion, Tie, TierRule, in_order};
pub use plan::Use;
pub use play::{Played, Playing, Year, play, play_with, years};
pub use rule::{Mark, Measure, Otherwise, Rule, Test, Verdict};
pub use standing::{Standing, Standings, standings, standings_with};
pub use verify::{Violation, verify, verify_for};

use crate::county::{KindId, UnitCode};

/// The greatest figure of posts or people that is taken in: ten million.
pub const MOST: u32 = 10_000_000;

/// One round of awards. What it leaves unused stays in the pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Name, as the commission writes it.
    pub name: String,
    /// The day that awards start from, and the day of which eligibility is judged.
    pub date: NaiveDate,
    /// Most posts that it may grant, beside what earlier batches left unused; without it the pool's
    /// free posts are the limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// It was approved: nothing more is granted in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// What was decided by hand in it, once it was approved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overruled: Vec<Overruled>,
}

/// A decision made by hand in a batch that was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overruled {
    /// Who asked.
    pub unit: UnitCode,
    /// Posts asked for.
    pub asked: u32,
    /// What was decided.
    pub decision: Override,
}

impl Batch {
    /// A batch that is still to be decided.
    pub fn new(name: &str, date: NaiveDate, limit: Option<u32>) -> Self {
        Self { name: name.to_owned(), date, limit, closed: false, overruled: Vec::new() }
    }
}

/// For how long the pool lends for one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The sort of purpose, as applications name it.
    pub sort: String,
    /// Years.
    pub years: u32,
}

/// Posts with which a unit founded the pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The unit; `None` for posts that were unassigned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// Posts.
    pub posts: u32,
    /// The document that says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
}

/// A turnover pool: a fixed number of posts of one kind, its rules, its book, and the applications
/// before it. A county has at most one for each kind of post, so the kind is its permanent name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// Name, as the county writes it.
    pub name: String,
    /// Kind of the posts it lends.
    pub kind: KindId,
    /// Posts with which its book opens, lent or free. Later additions and withdrawals are events.
    pub size: u32,
    /// The document that set its size.
    #[serde(default)]
    pub document: String,
    /// Where these posts came from, where that is known: then they add up to the size.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// How its posts are counted.
    #[serde(default)]
    pub model: Model,
    /// Of model C: the pool's own total, which its size never exceeds. Without it its size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_total: Option<u32>,
    /// Years for which it lends, where no purpose has a term of its own.
    pub term_years: u32,
    /// Terms by purpose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// Months allowed to fill a post that was approved; without it a post counts as filled at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill_months: Option<u32>,
    /// Whether departures that are only expected may be counted in the years ahead and in plans.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub count_departures: bool,
    /// The scheme whose rules were put in force last, by its id; empty where they are the pool's own.
    /// They may have been changed since.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub preset: String,
    /// What an application is held to, in the order that marks are shown.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Which applications go first that name no tier of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<TierRule>,
    /// What a score is made of, where applications are marked criterion by criterion.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    /// What decides between equal scores, before the unit's code and the application's id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// Limits of categories, each within another or apart from it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caps: Vec<Cap>,
    /// The batch being decided.
    pub batch: Batch,
    /// Batches that were approved, in the order of their approval.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<Batch>,
    /// Every loan, from its approval on.
    #[serde(default)]
    pub loans: Vec<Loan>,
    /// What happened since the book was opened, beside approvals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// Applications to this batch, in any order.
    #[serde(default)]
    pub applications: Vec<Application>,
    /// Where the planner decided otherwise than the rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
    /// The highest number given to an application so far, so that none is given twice, not even
    /// after an application has left the list. 0 before the first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub numbered: u32,
    /// Use of posts by year: plans, and who came, moved and left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<Use>,
}

fn is_zero(value: &u32) -> bool {
    *value == 0
}

/// Where a pool's posts are at one date. `on_loan + granted + free = size`, always.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Posts of the pool, less those that leave it later while they are free.
    pub size: u32,
    /// Posts lent and not returned, filled or not.
    pub on_loan: u32,
    /// Of `on_loan`: approved and not yet filled.
    pub promised: u32,
    /// Of `on_loan`: posts past their due date.
    pub overdue: u32,
    /// Posts granted now.
    pub granted: u32,
    /// Posts that can still be granted.
    pub free: u32,
}

impl Pool {
    /// Checks what must hold before anything is worked out: no figure is beyond [`MOST`], no loan is
    /// due before it starts, application ids are unique and ask for something, every override is
    /// founded and within what was asked, caps name what they hold and are nested, and the book never
    /// falls below zero.
    ///
    /// # Errors
    /// The first thing found wrong, in the order above.
    pub fn check(&self) -> Result<(), PoolError> {
        let figures = [self.size, self.own_total.unwrap_or(0), self.batch.limit.unwrap_or(0)];
        let asked = self.applications.iter().map(|asking| asking.posts);
        let lent = self.loans.iter().map(|loan| loan.posts);
        let moved = self.events.iter().map(|event| event.posts);
        if let Some(posts) =
            figures.into_iter().chain(asked).chain(lent).chain(moved).find(|posts| *posts > MOST)
        {
            return Err(PoolError::of(Fault::TooLarge).figures(posts, MOST));
        }
        let sources = self.sources.iter().map(|source| source.posts);
        let sources = sources.fold(0, u32::saturating_add);
        if !self.sources.is_empty() && sources != self.size {
            return Err(PoolError::of(Fault::SourcesOff).figures(sources, self.size));
        }
        self.check_own_total()?;
        self.loans.iter().try_for_each(Loan::check)?;
        application::check(&self.applications, &self.overrides)?;
        caps::check(self)?;
        Book::last(self).map(|_| ())
    }

    /// Of model C: the pool never has more posts than its own total, on no day of its book.
    fn check_own_total(&self) -> Result<(), PoolError> {
        let (Model::Separate, Some(own)) = (self.model, self.own_total) else { return Ok(()) };
        let above = |size| PoolError::of(Fault::OwnTotal).figures(size, own);
        if self.size > own {
            return Err(above(self.size));
        }
        let mut size = self.size;
        for entry in book::entries(self) {
            let book::Entry::Note(event) = entry else { continue };
            match event.what {
                What::Add => size = size.saturating_add(event.posts),
                What::Withdraw => size = size.saturating_sub(event.posts),
                _ => {}
            }
            if size > own {
                return Err(above(size).on(event.date));
            }
        }
        Ok(())
    }

    /// Where the posts are on the day `on`, with `granted` posts granted on top of the loans. A loan
    /// promised for a later day already takes its posts.
    ///
    /// # Errors
    /// [`Fault::Overlent`] if the free posts would fall below zero, and what is wrong in the book.
    pub fn figures(&self, on: NaiveDate, granted: u32) -> Result<Figures, PoolError> {
        // What leaves the pool later, and what is promised for later, cannot be granted now.
        Book::last(self)?;
        let book = Book::on(self, on)?;
        let later = self.loans.iter().filter(|loan| loan.from > on);
        let later = later.map(Loan::outstanding).fold(0, u32::saturating_add);
        let on_loan = book.out().saturating_add(later);
        // What comes back before posts leave is not free now, and not missing either.
        let size = self.least_size(on).max(on_loan);
        let taken = on_loan.saturating_add(granted);
        let free = size
            .checked_sub(taken)
            .ok_or_else(|| PoolError::of(Fault::Overlent).on(on).figures(taken, size))?;
        Ok(Figures {
            size,
            on_loan,
            promised: book.promised().saturating_add(later),
            overdue: book.overdue(on),
            granted,
            free,
        })
    }

    /// The fewest posts that the pool has at the end of the day `on` or of any later one.
    pub fn least_size(&self, on: NaiveDate) -> u32 {
        let (mut size, mut least) = (self.size, None);
        for entry in book::entries(self) {
            if entry.date() > on {
                least = Some(least.map_or(size, |least: u32| least.min(size)));
            }
            let book::Entry::Note(event) = entry else { continue };
            match event.what {
                What::Add => size = size.saturating_add(event.posts),
                What::Withdraw => size = size.saturating_sub(event.posts),
                _ => {}
            }
        }
        least.map_or(size, |least| least.min(size))
    }

    /// Posts of the pool after everything in its book: what totals count.
    pub fn present_size(&self) -> u32 {
        let mut size = self.size;
        for event in &self.events {
            match event.what {
                What::Add => size = size.saturating_add(event.posts),
                What::Withdraw => size = size.saturating_sub(event.posts),
                _ => {}
            }
        }
        size
    }

    /// The rules that applications are held to: those not switched off, in the pool's order.
    pub fn rules_in_force(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| !rule.off)
    }

    /// What the planner decided by hand for an application.
    pub fn override_of(&self, application: &str) -> Option<&Override> {
        self.overrides.iter().find(|by_hand| by_hand.application == application)
    }

    /// Years for which it lends for a sort of purpose.
    pub fn term_of(&self, sort: &str) -> u32 {
        let own = self.terms.iter().find(|term| term.sort == sort);
        own.map_or(self.term_years, |term| term.years)
    }

    /// The day that a loan starting on `from` is due: the term of its purpose later. `None` only
    /// beyond the calendar's end.
    pub fn due(&self, from: NaiveDate, sort: &str) -> Option<NaiveDate> {
        from.checked_add_months(Months::new(self.term_of(sort).checked_mul(12)?))
    }

    /// Whether a loan is to be back only after the term of its purpose: by a document, or by none.
    pub fn beyond_term(&self, loan: &Loan) -> bool {
        let last = loan.schedule.iter().map(|part| part.date).max().unwrap_or(loan.due);
        self.due(loan.from, &loan.sort).is_some_and(|due| last > due)
    }

    /// The last day to fill a post approved on `from`; `None` where none is set.
    pub fn fill_by(&self, from: NaiveDate) -> Option<NaiveDate> {
        from.checked_add_months(Months::new(self.fill_months?))
    }

    /// Posts that past batches were allowed and did not grant: what carries on to this one. Batches
    /// without a limit leave nothing over.
    pub fn carried(&self) -> u32 {
        let unused = |batch: &Batch| {
            let own = self.loans.iter();
            let own = own.filter(|loan| loan.batch == batch.name && loan.from == batch.date);
            let granted = own.map(|loan| loan.posts).fold(0, u32::saturating_add);
            (batch.limit.unwrap_or(0), granted)
        };
        // A batch may have used what one before it left, so only the sums count.
        self.past
            .iter()
            .filter(|batch| batch.limit.is_some())
            .map(unused)
            .fold(0, |left: u32, (limit, granted)| {
                left.saturating_add(limit).saturating_sub(granted)
            })
    }

    /// The first day of its book: that of the first loan, event or batch.
    pub fn opened(&self) -> NaiveDate {
        let loans = self.loans.iter().map(|loan| loan.from);
        let events = self.events.iter().map(|event| event.date);
        let past = self.past.iter().map(|batch| batch.date);
        loans.chain(events).chain(past).min().map_or(self.batch.date, |d| d.min(self.batch.date))
    }
}
