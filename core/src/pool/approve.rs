//! Approval: the awards of a batch become loans. Nothing is decided here; the awards say how many.

use super::{Awards, Borrower, Loan, Pool, PoolError};

/// The pool after its batch was approved.
///
/// Every award of at least one post becomes a loan from the batch's date, due after the pool's
/// term; its application leaves the list, with the decision made by hand if there was one, whose
/// document the loan then names. Applications that were granted nothing stay for the next batch.
/// The batch is closed: its limit is 0 until another one is set, and what it left unused stays in
/// the pool.
///
/// # Errors
/// [`PoolError::TermTooLong`] if the loans have no due date, and whatever [`Pool::check`] finds
/// wrong with the result, such as awards of another state of the pool that no longer fit.
pub fn approve(pool: &Pool, awards: &Awards) -> Result<Pool, PoolError> {
    let from = pool.batch.date;
    let due = pool.due(from).ok_or(PoolError::TermTooLong { years: pool.term_years })?;
    let mut after = pool.clone();
    for award in awards.list.iter().filter(|award| award.granted > 0) {
        let Some(asking) = pool.applications.iter().find(|asking| asking.id == award.application)
        else {
            continue;
        };
        let by_hand = pool.override_of(&asking.id);
        after.loans.push(Loan {
            borrower: Borrower::Unit(asking.unit.clone()),
            posts: award.granted,
            purpose: asking.purpose.clone(),
            from,
            due,
            returned: 0,
            document: by_hand.map(|by_hand| by_hand.document.clone()).unwrap_or_default(),
        });
        after.remove(&asking.id);
    }
    after.batch.limit = Some(0);
    // Every decision of this batch is done with, and none may be left above the limit of 0.
    after.overrides.clear();
    after.check()?;
    Ok(after)
}
