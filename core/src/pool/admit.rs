//! Whether a change of a pool may stand.

use super::{Borrower, Fault, Pool, PoolError, Standings, What, award};

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
            let standing = standings.get(unit);
            let wrong = |fault| Err(PoolError::of(fault).who(unit.as_str()));
            match standing {
                None => return wrong(Fault::NoUnit),
                Some(unit) if !unit.of_kind => return wrong(Fault::KindDiffers),
                Some(standing) if standing.is_closed(loan.from) => {
                    let day = standing.closed.unwrap_or(loan.from);
                    return wrong(Fault::Closed).map_err(|error: PoolError| error.on(day));
                }
                Some(_) => {}
            }
        }
    }
    for event in &new.events {
        let Some(unit) = &event.unit else { continue };
        if old.is_some_and(|old| old.events.contains(event)) {
            continue;
        }
        match standings.get(unit) {
            None => return Err(PoolError::of(Fault::NoUnit).who(unit.as_str()).on(event.date)),
            Some(standing) if event.what == What::Rehome && standing.is_closed(event.date) => {
                return Err(PoolError::of(Fault::Closed).who(unit.as_str()).on(event.date));
            }
            Some(_) => {}
        }
    }
    Ok(())
}
