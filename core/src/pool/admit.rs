//! Whether a change of a pool may stand.

use chrono::NaiveDate;

use super::{Borrower, Fault, Pool, PoolError, Standings, What, award};
use crate::county::UnitCode;

/// Whether a pool may be changed from `old` to `new`: nothing may be wrong with `new` that was not
/// wrong before. A pool that is wrong already can be changed freely, so that it can be mended.
///
/// # Errors
/// What [`award`] finds wrong with `new`, if it finds nothing wrong with `old`; a loan to a unit
/// that is not there, has closed or holds no posts of the kind, if it was not there before.
pub fn admit(old: Option<&Pool>, new: &Pool, standings: &Standings) -> Result<(), PoolError> {
    borrowers(old, new, standings)?;
    match award(new, standings) {
        Err(error) if old.is_none_or(|old| award(old, standings).is_ok()) => Err(error),
        _ => Ok(()),
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
