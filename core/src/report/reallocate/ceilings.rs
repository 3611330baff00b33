//! Which ceilings hold a total that does not fit below them all. Any line could take the rest
//! without its ceiling, so all of them belong to the conflict; those that stand furthest below what
//! the norm gives are where a planner looks first.

use super::clash::{Cure, NAMED};
use crate::allocate::{BoundReason, Hold, Limits};
use crate::county::HoldingId;
use crate::scenario::Prepared;

/// The ceilings that come first, in the order of the clash.
pub(super) fn first(limits: &Limits) -> impl Iterator<Item = &Hold> {
    limits.smallest.iter().take(NAMED)
}

/// What each of them could give way by a limit of its own: a most that leaves room for the rest, or
/// no limit of its own at all.
pub(super) fn cures(limits: &Limits, prepared: &Prepared) -> Vec<Cure> {
    let id = |hold: &Hold| -> Option<HoldingId> {
        let at = prepared.problem.lines.iter().position(|line| line.id == hold.id)?;
        prepared.ids.get(at).cloned()
    };
    let of = |hold: &Hold| {
        let raised = u64::from(hold.posts).checked_add(limits.by);
        match hold.reason {
            BoundReason::OwnCap => Some(Cure::Most(id(hold)?, u32::try_from(raised?).ok()?)),
            BoundReason::Locked | BoundReason::Closing => Some(Cure::Own(id(hold)?)),
            _ => None,
        }
    };
    first(limits).filter_map(of).collect()
}
