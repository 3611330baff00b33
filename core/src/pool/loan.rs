//! Loans: posts of the pool in a unit's use, with a day to give them back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::PoolError;
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

/// Posts lent. Dates are whole days; a post is on loan until it is returned, due or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loan {
    /// Who uses the posts.
    pub borrower: Borrower,
    /// Posts lent.
    pub posts: u32,
    /// What for.
    #[serde(default)]
    pub purpose: String,
    /// First day of the loan.
    pub from: NaiveDate,
    /// The day by which every post is to be back.
    pub due: NaiveDate,
    /// Posts given back so far: at most `posts`.
    #[serde(default)]
    pub returned: u32,
    /// The document that approved it.
    #[serde(default)]
    pub document: String,
}

impl Loan {
    /// Posts not given back.
    pub fn outstanding(&self) -> u32 {
        self.posts.saturating_sub(self.returned)
    }

    /// Posts not given back and past due on the day `on`. On the due day itself none is overdue.
    pub fn overdue(&self, on: NaiveDate) -> u32 {
        if self.due < on { self.outstanding() } else { 0 }
    }

    /// Whether this unit has the posts.
    pub fn is_of(&self, unit: &UnitCode) -> bool {
        matches!(&self.borrower, Borrower::Unit(code) if code == unit)
    }

    pub(super) fn check(&self) -> Result<(), PoolError> {
        let borrower = || self.borrower.as_str().to_owned();
        if self.returned > self.posts {
            return Err(PoolError::ReturnedTooMany {
                borrower: borrower(),
                returned: self.returned,
                posts: self.posts,
            });
        }
        if self.due < self.from {
            return Err(PoolError::DueTooEarly { borrower: borrower() });
        }
        Ok(())
    }
}
