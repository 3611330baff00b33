//! Whether a change of a pool may stand.

use chrono::NaiveDate;

use super::{Application, Borrower, Fault, Loan, Pool, PoolError, Standings, Test, What, award};
use crate::county::UnitCode;

/// Whether a pool may be changed from `old` to `new`: nothing may be wrong with `new` that was not
/// wrong before. A pool that is wrong already can be changed freely, so that it can be mended.
///
/// # Errors
/// What [`award`] finds wrong with `new`, if it finds nothing wrong with `old`; a loan to a unit
/// that is not there, has closed or holds no posts of the kind, or beyond its term without a document, if
/// it was not there before; so of a new application, where no rule marks the kind.
pub fn admit(old: Option<&Pool>, new: &Pool, standings: &Standings) -> Result<(), PoolError> {
    borrowers(old, new, standings)?;
    within_term(old, new)?;
    applicants(old, new, standings)?;
    match award(new, standings) {
        Err(error) if old.is_none_or(|old| award(old, standings).is_ok()) => Err(error),
        _ => Ok(()),
    }
}

/// A new application is of a unit that could have posts from the batch on. A rule of the kind, where the
/// pool has one in force, marks a unit without posts of the kind with its clause, and the application is
/// taken in; where it has none it is not, nor is the rule switched off while one is there.
fn applicants(old: Option<&Pool>, new: &Pool, standings: &Standings) -> Result<(), PoolError> {
    let rules_kind = |pool: &Pool| pool.rules_in_force().any(|rule| rule.kind == Test::KindMatches);
    let marked = rules_kind(new);
    for asking in &new.applications {
        let Err(wrong) = can_borrow(standings, &asking.unit, new.batch.date) else { continue };
        let known = old.is_some_and(|old| {
            let alike = |own: &Application| own.id == asking.id && own.unit == asking.unit;
            old.applications.iter().any(alike)
        });
        let stands = match wrong.fault {
            Fault::KindDiffers => marked || known && old.is_some_and(|old| !rules_kind(old)),
            _ => known,
        };
        if !stands {
            return Err(wrong);
        }
    }
    Ok(())
}

/// A loan is due at the end of its term, and later only by a document.
fn within_term(old: Option<&Pool>, new: &Pool) -> Result<(), PoolError> {
    let terms = |loan: &Loan| (loan.from, loan.due, loan.schedule.clone());
    let known = |loan: &Loan| {
        let mut own = old.into_iter().flat_map(|old| &old.loans);
        own.any(|own| terms(own) == terms(loan) && own.borrower == loan.borrower)
    };
    let long = |loan: &&Loan| loan.document.trim().is_empty() && new.beyond_term(loan);
    match new.loans.iter().find(|loan| long(loan) && !known(loan)) {
        None => Ok(()),
        Some(loan) => {
            let error = PoolError::of(Fault::BeyondTerm).who(loan.borrower.as_str()).on(loan.due);
            Err(error.figures(0, new.term_of(&loan.sort)))
        }
    }
}

/// Whether the units that loans and entries name are there, open and of the kind; those of `old` are
/// not asked again.
///
/// # Errors
/// [`Fault::NoUnit`], [`Fault::Closed`], [`Fault::KindDiffers`].
pub fn borrowers(old: Option<&Pool>, new: &Pool, standings: &Standings) -> Result<(), PoolError> {
    let known = |loan| old.is_some_and(|old| old.loans.contains(loan));
    for loan in new.loans.iter().filter(|loan| !known(loan)) {
        if let Borrower::Unit(unit) = &loan.borrower {
            can_borrow(standings, unit, loan.from)?;
        }
    }
    for event in &new.events {
        let Some(unit) = &event.unit else { continue };
        if old.is_some_and(|old| old.events.contains(event)) {
            continue;
        }
        match event.what {
            What::Rehome => can_borrow(standings, unit, event.date)?,
            _ if !standings.contains_key(unit) => {
                return Err(PoolError::of(Fault::NoUnit).who(unit.as_str()).on(event.date));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a unit can have posts of the pool from a day on: it is there, open and of the kind.
///
/// # Errors
/// [`Fault::NoUnit`], [`Fault::KindDiffers`], [`Fault::Closed`] with the day on which it closed.
pub(super) fn can_borrow(
    standings: &Standings,
    unit: &UnitCode,
    on: NaiveDate,
) -> Result<(), PoolError> {
    let wrong = |fault| PoolError::of(fault).who(unit.as_str()).on(on);
    match standings.get(unit) {
        None => Err(wrong(Fault::NoUnit)),
        Some(standing) if !standing.of_kind => Err(wrong(Fault::KindDiffers)),
        Some(standing) => match standing.closed.filter(|closed| *closed <= on) {
            Some(closed) => Err(wrong(Fault::Closed).on(closed)),
            None => Ok(()),
        },
    }
}
