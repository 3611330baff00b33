//! What happens to a pool and its loans, day by day: the entries of its book. A line of the book,
//! so its fields are those of every line, and stay empty where an entry has no use for them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Instalment, Way};
use crate::county::UnitCode;

/// What an entry of the book says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Posts join the pool (入池), from a unit or from what is unassigned.
    Add,
    /// A loan is prolonged to another day, by a document (续借).
    Renew,
    /// A loan's return schedule is set or amended, by a document. Earlier ones stay in the book.
    Schedule,
    /// A loan passes to another unit, by a document: its unit was merged or closed.
    Rehome,
    /// Posts come back (归还).
    Return,
    /// Posts that were approved and never filled come back (失效).
    Lapse,
    /// Posts leave the pool (出池).
    Withdraw,
    /// Approved posts are filled (上编).
    Fill,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The day.
    pub date: NaiveDate,
    /// What it says.
    pub what: What,
    /// The loan's id; empty for what befalls the pool.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub loan: String,
    /// Posts added, returned, lapsed, withdrawn or filled.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub posts: u32,
    /// How posts came back.
    #[serde(default, skip_serializing_if = "Way::is_default")]
    pub way: Way,
    /// The unit that posts come from or go back to, or that a loan passes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// The new due day of a renewal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// The new return schedule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedule: Vec<Instalment>,
    /// The document that says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Whatever the planner wants to remember.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Event {
    /// An entry with nothing but its day, its loan and what it says.
    pub fn new(date: NaiveDate, what: What, loan: &str) -> Self {
        Self {
            date,
            what,
            loan: loan.to_owned(),
            posts: 0,
            way: Way::default(),
            unit: None,
            due: None,
            schedule: Vec::new(),
            document: String::new(),
            note: String::new(),
        }
    }
}
