//! Loans: posts of the pool in a unit's use, with a day to give them back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Fault, PoolError};
use crate::county::UnitCode;

/// Who uses the posts. In files either `{ unit = code }` or `{ name = text }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Borrower {
    /// A unit of the county.
    Unit(UnitCode),
    /// Others in one entry, such as secondees to county firms who keep their status.
    Name(String),
}

impl Borrower {
    /// The unit's code, or the name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unit(code) => code.as_str(),
            Self::Name(name) => name,
        }
    }
}

/// How posts come back.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The unit's next vacancy repays the loan (空编置换).
    NextVacancy,
    /// The person in the post leaves (人走编收).
    PersonLeaves,
    /// At the end of the term (到期归还).
    #[default]
    AtTerm,
    /// By a yearly schedule (分年归还).
    Schedule,
}

impl Way {
    /// Every way, in the order of the tables.
    pub const ALL: [Self; 4] =
        [Self::NextVacancy, Self::PersonLeaves, Self::AtTerm, Self::Schedule];

    /// Its place in [`Way::ALL`].
    pub fn place(self) -> usize {
        match self {
            Self::NextVacancy => 0,
            Self::PersonLeaves => 1,
            Self::AtTerm => 2,
            Self::Schedule => 3,
        }
    }

    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Posts to come back on a day, of a yearly schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Instalment {
    /// The day by which they are to be back.
    pub date: NaiveDate,
    /// Posts.
    pub posts: u32,
}

/// Posts lent. Dates are whole days; a post is on loan until it is returned, due or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loan {
    /// Who used the posts first; a later entry of the book may pass the loan on.
    pub borrower: Borrower,
    /// Posts lent.
    pub posts: u32,
    /// What for.
    #[serde(default)]
    pub purpose: String,
    /// First day of the loan: that of its approval.
    pub from: NaiveDate,
    /// The day by which every post is to be back, unless it is renewed.
    pub due: NaiveDate,
    /// Posts given back before the book was opened: at most `posts`. Later returns are events.
    #[serde(default)]
    pub returned: u32,
    /// The document that approved it.
    #[serde(default)]
    pub document: String,
    /// Permanent id, unique in the pool. Where it is empty its place among the loans, from 1, after
    /// an `L`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The sort of purpose, by which terms and caps go.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sort: String,
    /// How it is to come back.
    #[serde(default, skip_serializing_if = "Way::is_default")]
    pub way: Way,
    /// The last day to fill its posts. Without it they are filled from the first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill_by: Option<NaiveDate>,
    /// Its first return schedule, where it comes back by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedule: Vec<Instalment>,
    /// The batch that granted it; empty for one entered by hand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub batch: String,
}

impl Loan {
    /// A loan of which nothing has come back, that ends with its term.
    pub fn new(borrower: Borrower, posts: u32, from: NaiveDate, due: NaiveDate) -> Self {
        Self {
            borrower,
            posts,
            purpose: String::new(),
            from,
            due,
            returned: 0,
            document: String::new(),
            id: String::new(),
            sort: String::new(),
            way: Way::default(),
            fill_by: None,
            schedule: Vec::new(),
            batch: String::new(),
        }
    }

    /// Posts lent when the book was opened, or when it was approved later.
    pub fn outstanding(&self) -> u32 {
        self.posts.saturating_sub(self.returned)
    }

    /// Its id, by its place among the loans where it has none of its own.
    pub fn id_at(&self, place: usize) -> String {
        if self.id.is_empty() { format!("L{}", place + 1) } else { self.id.clone() }
    }

    pub(super) fn check(&self) -> Result<(), PoolError> {
        let who = self.borrower.as_str();
        if self.returned > self.posts {
            let error = PoolError::of(Fault::ReturnBeyond).who(who).on(self.from);
            return Err(error.figures(self.returned, self.posts));
        }
        if self.due < self.from {
            return Err(PoolError::of(Fault::DueTooEarly).who(who).on(self.due));
        }
        if self.fill_by.is_some_and(|last| last < self.from) {
            return Err(PoolError::of(Fault::DueTooEarly).who(who).on(self.from));
        }
        if !self.schedule.is_empty() {
            check_schedule(who, self.from, &self.schedule, self.outstanding())?;
        }
        Ok(())
    }
}

/// A schedule gives back exactly what is owed, and nothing before the day it is set.
pub(super) fn check_schedule(
    who: &str,
    on: NaiveDate,
    schedule: &[Instalment],
    owed: u32,
) -> Result<(), PoolError> {
    let sum: u64 = schedule.iter().map(|instalment| u64::from(instalment.posts)).sum();
    if sum != u64::from(owed) {
        let error = PoolError::of(Fault::ScheduleOff).who(who).on(on);
        return Err(error.figures(u32::try_from(sum).unwrap_or(u32::MAX), owed));
    }
    match schedule.iter().find(|instalment| instalment.date < on) {
        Some(early) => Err(PoolError::of(Fault::DueTooEarly).who(who).on(early.date)),
        None => Ok(()),
    }
}
