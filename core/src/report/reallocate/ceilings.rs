//! Which ceilings hold a total that does not fit below them all. Any line could take the rest
//! without its ceiling, so all of them belong to the conflict; those that stand furthest below what
//! the norm gives are where a planner looks first.

use std::cmp::Reverse;

use super::clash::{Cure, NAMED};
use crate::allocate::{BoundReason, Hold, Limits};
use crate::county::HoldingId;
use crate::order::InOrder;
use crate::scenario::Prepared;

/// Posts by which a ceiling stands below what its line is entitled to; zero where it does not.
fn short(hold: &Hold) -> i128 {
    let (need, one) = (i128::from(*hold.need.numer()), i128::from(*hold.need.denom()));
    let posts = i128::from(hold.posts) * one;
    (need - posts).max(0).checked_div(one).unwrap_or(0)
}

/// The ceilings that come first: furthest below the entitlement, then the largest, then by name.
pub(super) fn first(limits: &Limits) -> Vec<&Hold> {
    let mut holds: Vec<&Hold> = limits.smallest.iter().collect();
    holds.order_by(|a, b| {
        (Reverse(short(a)), Reverse(a.posts), &a.id).cmp(&(
            Reverse(short(b)),
            Reverse(b.posts),
            &b.id,
        ))
    });
    holds.truncate(NAMED);
    holds
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
    first(limits).into_iter().filter_map(of).collect()
}
