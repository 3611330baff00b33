//! Approval: the awards of a batch become loans. Nothing is decided here; the awards say how many.

use super::{Application, Awards, Batch, Borrower, Fault, Loan, Overruled, Pool, PoolError};

/// The pool after its batch was approved.
///
/// Every award of at least one post becomes a loan from the batch's date, due after the term of its
/// purpose and promised until it is filled where the pool sets a time for that; its application
/// leaves the list, with the decision made by hand if there was one, whose document the loan then
/// names. The batch keeps every such decision. Applications that were granted nothing stay for the next batch. The batch is closed, and
/// what it left unused carries on to the next.
///
/// # Errors
/// [`Fault::TermTooLong`] if the loans have no due date, and whatever [`Pool::check`] finds wrong
/// with the result, such as awards of another state of the pool that no longer fit.
pub fn approve(pool: &Pool, awards: &Awards) -> Result<Pool, PoolError> {
    let mut after = pool.clone();
    for award in awards.list.iter().filter(|award| award.granted > 0) {
        let asks = |asking: &&Application| asking.id == award.application;
        let Some(asking) = pool.applications.iter().find(asks) else { continue };
        after.loans.push(loan_of(pool, asking, award.granted, &pool.batch)?);
        after.remove(&award.application);
    }
    after.batch.closed = true;
    let decided = awards.overruled().map(|(award, decision)| Overruled {
        unit: award.unit.clone(),
        asked: award.asked,
        decision: decision.clone(),
    });
    after.batch.overruled.extend(decided);
    after.past.push(after.batch.clone());
    // Every decision of this batch is done with, and none may be left above the limit of 0.
    after.overrides.clear();
    after.check()?;
    Ok(after)
}

/// The loan that an application becomes with the posts it was granted in a batch.
pub(super) fn loan_of(
    pool: &Pool,
    asking: &Application,
    posts: u32,
    batch: &Batch,
) -> Result<Loan, PoolError> {
    let sort = asking.sort.as_str();
    let too_long = || PoolError::of(Fault::TermTooLong).figures(pool.term_of(sort), 0);
    let due = pool.due(batch.date, sort).ok_or_else(too_long)?;
    let mut loan = Loan::new(Borrower::Unit(asking.unit.clone()), posts, batch.date, due);
    loan.id.clone_from(&asking.id);
    loan.purpose.clone_from(&asking.purpose);
    loan.sort.clone_from(&asking.sort);
    loan.way = asking.way;
    loan.fill_by = pool.fill_by(batch.date);
    loan.batch.clone_from(&batch.name);
    if let Some(by_hand) = pool.override_of(&asking.id) {
        loan.document.clone_from(&by_hand.document);
    }
    Ok(loan)
}
