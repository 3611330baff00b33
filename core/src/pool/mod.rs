//! The turnover pool (周转池): posts that the county lends for a term and takes back.
//!
//! Here stand the pool as data, the awards of one batch with the reason of each, and a checker that
//! trusts nothing of how they were found. It never changes a unit's posts: under the only model
//! offered, cut-off (切块), a pool's posts were taken from their owners when it was founded, and
//! what it lends stays inside its own size.

mod ahead;
mod application;
mod approve;
mod award;
mod edit;
mod error;
mod loan;
mod rule;
#[cfg(test)]
mod tests;
mod verify;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

pub use ahead::{Ahead, ahead};
pub use application::{Application, Override, Score};
pub use approve::approve;
pub use award::{Award, Awards, Before, Bound, Reason, award};
pub use edit::admit;
pub use error::PoolError;
pub use loan::{Borrower, Loan};
pub use rule::{Condition, Mark, Rule, Standing, Verdict, standings};
pub use verify::{Violation, verify};

use crate::county::KindId;
use crate::text::{Lang, pool as words};

/// How a pool's posts are counted. Every table names it: a naive sum counts some models twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// A, cut-off (切块): vacant posts were taken from units into the pool. Authorised fell, the
    /// pool rose, the total stayed.
    #[default]
    CutOff,
}

impl Model {
    /// The model's name and what it does to the totals.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::CutOff => words::MODEL_CUT_OFF.get(lang),
        }
    }
}

/// One round of awards. What it leaves unused stays in the pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Name, as the commission writes it.
    pub name: String,
    /// The day that awards start from, and the day of which eligibility is judged.
    pub date: NaiveDate,
    /// Most posts that it may grant; without it the pool's free posts are the limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A turnover pool: a fixed number of posts of one kind, its rules, its loans, and the applications
/// before it. A county has at most one for each kind of post, so the kind is its permanent name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// Name, as the county writes it.
    pub name: String,
    /// Kind of the posts it lends.
    pub kind: KindId,
    /// Posts of the pool, lent or free.
    pub size: u32,
    /// The document that set its size.
    #[serde(default)]
    pub document: String,
    /// How its posts are counted.
    #[serde(default)]
    pub model: Model,
    /// Years for which it lends.
    pub term_years: u32,
    /// What an application is held to, in the order that marks are shown.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// The batch being decided.
    pub batch: Batch,
    /// Loans made before this batch.
    #[serde(default)]
    pub loans: Vec<Loan>,
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
}

fn is_zero(value: &u32) -> bool {
    *value == 0
}

/// Where a pool's posts are at one date. `on_loan + granted + free = size`, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Posts of the pool.
    pub size: u32,
    /// Posts lent and not returned.
    pub on_loan: u32,
    /// Of `on_loan`: posts past their due date.
    pub overdue: u32,
    /// Posts granted now.
    pub granted: u32,
    /// Posts that can still be granted.
    pub free: u32,
}

impl Pool {
    /// Checks what must hold before anything is worked out: no loan returns more than it lent or is
    /// due before it starts, application ids are unique and ask for something, every override is
    /// founded and within what was asked, and the loans fit into the pool.
    ///
    /// # Errors
    /// The first thing found wrong, in the order above.
    pub fn check(&self) -> Result<(), PoolError> {
        self.loans.iter().try_for_each(Loan::check)?;
        application::check(&self.applications, &self.overrides)?;
        self.figures(self.batch.date, 0).map(|_| ())
    }

    /// Where the posts are on the day `on`, with `granted` posts granted on top of the loans. A loan
    /// promised for a later day already takes its posts.
    ///
    /// # Errors
    /// [`PoolError::Overlent`] if the free posts would fall below zero.
    pub fn figures(&self, on: NaiveDate, granted: u32) -> Result<Figures, PoolError> {
        let sum = |count: fn(&Loan, NaiveDate) -> u32| -> u64 {
            self.loans.iter().map(|loan| u64::from(count(loan, on))).sum()
        };
        let on_loan = sum(|loan, _| loan.outstanding());
        let taken = on_loan + u64::from(granted);
        let overlent = || PoolError::Overlent { size: self.size, taken };
        let whole = |posts: u64| u32::try_from(posts).map_err(|_| overlent());
        Ok(Figures {
            size: self.size,
            on_loan: whole(on_loan)?,
            overdue: whole(sum(Loan::overdue))?,
            granted,
            free: whole(u64::from(self.size).checked_sub(taken).ok_or_else(overlent)?)?,
        })
    }

    /// The rules that applications are held to: those not switched off, in the pool's order.
    pub fn rules_in_force(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| !rule.off)
    }

    /// What the planner decided by hand for an application.
    pub fn override_of(&self, application: &str) -> Option<&Override> {
        self.overrides.iter().find(|by_hand| by_hand.application == application)
    }

    /// The day that a loan starting on `from` is due: the term later. `None` only beyond the
    /// calendar's end.
    pub fn due(&self, from: NaiveDate) -> Option<NaiveDate> {
        from.checked_add_months(Months::new(self.term_years.checked_mul(12)?))
    }
}
