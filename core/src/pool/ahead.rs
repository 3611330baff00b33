//! The years ahead of a batch: what comes back if every loan is returned on its due day and
//! nothing else is lent. It foretells no departure, and posts past due count as out until their
//! return is recorded.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::{Pool, PoolError};

/// One year of the account, in posts. `opening + due − granted = free` and
/// `free + on_loan = size`, always; the next year opens with this one's `free`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    /// Calendar year; the first is that of the batch and starts on the batch's date.
    pub year: i32,
    /// Free at its start, before this batch.
    pub opening: u32,
    /// To be returned in it, by due date.
    pub due: u32,
    /// Granted in it: this batch, in the first year.
    pub granted: u32,
    /// Free at its end.
    pub free: u32,
    /// Lent at its end.
    pub on_loan: u32,
}

/// The account from the year of the batch to the year in which the last loan is due, with
/// `granted` posts granted now and due after the pool's term.
///
/// # Errors
/// [`PoolError::Overlent`] if the loans and `granted` exceed the pool, and
/// [`PoolError::TermTooLong`] if the grants have no due date.
pub fn ahead(pool: &Pool, granted: u32) -> Result<Vec<Ahead>, PoolError> {
    let date = pool.batch.date;
    pool.figures(date, granted)?;
    let mut back: BTreeMap<i32, u32> = BTreeMap::new();
    for loan in pool.loans.iter().filter(|loan| loan.overdue(date) == 0) {
        *back.entry(loan.due.year()).or_default() += loan.outstanding();
    }
    if granted > 0 {
        let due = pool.due(date).ok_or(PoolError::TermTooLong { years: pool.term_years })?;
        *back.entry(due.year()).or_default() += granted;
    }
    back.retain(|_, posts| *posts > 0);
    let last = back.keys().next_back().copied().unwrap_or_else(|| date.year());
    let mut opening = pool.figures(date, 0)?.free;
    let years = (date.year()..=last).map(|year| {
        let due = back.get(&year).copied().unwrap_or(0);
        let granted = if year == date.year() { granted } else { 0 };
        // What comes back was lent out of the same size, so neither sum leaves 0 to size.
        let free = opening.saturating_add(due).saturating_sub(granted);
        let row =
            Ahead { year, opening, due, granted, free, on_loan: pool.size.saturating_sub(free) };
        opening = free;
        row
    });
    Ok(years.collect())
}
