//! What would cure a clash. Names every cure that touches it and takes none of them by itself.

use std::collections::BTreeSet;

use super::NAMED;
use crate::allocate::{BoundReason, Clash, CrossedLine, HeldBy, Hold, Rule};
use crate::county::{County, HoldingId, KindId};
use crate::report::reallocate::{ceilings, group_name, row_name};
use crate::scenario::{
    InPostLimit, Limits, LineLimit, Prepared, Step, Workspace, release_all, set_limits,
};
use crate::text::{Lang, number, reallocate as say};

/// One change of the limits that would let the clash go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cure {
    /// Let at most this many posts move.
    Moved(u64),
    /// Let a line have up to this many posts.
    Most(HoldingId, u32),
    /// Ask for no more than this many posts at a line.
    Least(HoldingId, u32),
    /// Drop what holds for one line alone.
    Own(HoldingId),
    /// Keep a line at the posts it has.
    Lock(HoldingId),
    /// Drop every limit that holds for one line alone.
    AllOwn,
    /// Let schools go below their people in post.
    InPost,
    /// Let a group's least (`true`) or most posts be this many.
    Group(usize, bool, u32),
    /// Drop the limits on townships and stages.
    Groups,
    /// Keep this many posts unassigned.
    Reserve(u32),
    /// Drop the caps on fall.
    Fall,
    /// Drop the cap on rise.
    Rise,
    /// Drop the floor.
    Floor,
    /// Release what was set by hand.
    Hand,
    /// Share out by the default rule.
    Balanced,
}

impl Cure {
    /// The step that does it.
    pub fn step(&self, workspace: &Workspace, kind: &KindId) -> Step {
        let mut limits = workspace.state().limits(kind);
        match self {
            Self::Hand => return release_all(workspace, kind),
            Self::Moved(moved) => limits.moved = Some(*moved),
            Self::Most(id, posts) => {
                limits.lines.entry(id.clone()).or_default().high = Some(*posts);
            }
            Self::Least(id, posts) => {
                limits.lines.entry(id.clone()).or_default().low = Some(*posts);
            }
            Self::Own(id) => drop(limits.lines.remove(id)),
            Self::Lock(id) => {
                let locked = LineLimit { locked: true, ..LineLimit::default() };
                limits.lines.insert(id.clone(), locked);
            }
            Self::AllOwn => limits.lines.clear(),
            Self::Group(at, low, posts) => {
                if let Some(group) = limits.groups.get_mut(*at) {
                    *(if *low { &mut group.low } else { &mut group.high }) = Some(*posts);
                }
            }
            Self::Groups => limits.groups.clear(),
            Self::InPost => limits.in_post = InPostLimit::Off,
            Self::Fall => {
                limits.fall = None;
                limits.stage_fall.clear();
            }
            Self::Rise => limits.rise = None,
            Self::Floor => limits.floor = None,
            Self::Reserve(posts) => limits.reserve = *posts,
            Self::Balanced => limits.rule = Rule::Balanced,
        }
        set_limits(workspace.state(), kind, limits)
    }

    /// What its button says.
    pub fn text(&self, county: &County, prepared: &Prepared, lang: Lang) -> String {
        let name = |id: &HoldingId| {
            let at = prepared.ids.iter().position(|found| found == id);
            let row = at.and_then(|at| prepared.rows.get(at));
            row.map_or_else(|| id.to_string(), |row| row_name(county, *row, lang))
        };
        match self {
            Self::Moved(moved) => say::CURE_MOVED.with(lang, &[("posts", &number::count(*moved))]),
            Self::Most(id, posts) => {
                say::CURE_MOST.with(lang, &[("unit", &name(id)), ("posts", posts)])
            }
            Self::Least(id, posts) => {
                say::CURE_LEAST.with(lang, &[("unit", &name(id)), ("posts", posts)])
            }
            Self::Own(id) => say::CURE_OWN.with(lang, &[("unit", &name(id))]),
            Self::Lock(id) => say::CURE_LOCK.with(lang, &[("unit", &name(id))]),
            Self::AllOwn => say::CURE_ALL_OWN.get(lang).to_owned(),
            Self::Group(at, low, posts) => {
                let name = prepared.groups.get(*at).map(|limit| group_name(limit, lang));
                let message = if *low { say::CURE_LEAST } else { say::CURE_MOST };
                message.with(lang, &[("unit", &name.unwrap_or_default()), ("posts", posts)])
            }
            Self::Groups => say::CURE_GROUPS.get(lang).to_owned(),
            Self::InPost => say::CURE_IN_POST.get(lang).to_owned(),
            Self::Fall => say::CURE_FALL.get(lang).to_owned(),
            Self::Rise => say::CURE_RISE.get(lang).to_owned(),
            Self::Floor => say::CURE_FLOOR.get(lang).to_owned(),
            Self::Reserve(posts) => say::CURE_RESERVE.with(lang, &[("posts", posts)]),
            Self::Hand => say::CURE_HAND.get(lang).to_owned(),
            Self::Balanced => say::CURE_BALANCED.get(lang).to_owned(),
        }
    }
}

/// What would cure a clash, the smallest changes first; empty where only the data can.
pub fn cures(clash: &Clash, limits: &Limits, prepared: &Prepared) -> Vec<Cure> {
    let mut cures = BTreeSet::new();
    match clash {
        Clash::LowAboveHigh { lines } => {
            for line in lines.iter().take(NAMED) {
                cures.extend(of_crossed(line, prepared));
            }
        }
        Clash::LowsAboveTotal { limits: clash, .. } => {
            cures.extend(smaller_reserve(prepared, clash.by));
            cures.extend(
                clash
                    .smallest
                    .iter()
                    .take(NAMED)
                    .flat_map(|hold| of_holder(hold, clash.by, prepared)),
            );
            cures.extend(clash.by_reason.iter().filter_map(|sum| of_reason(sum.reason)));
        }
        Clash::HighsBelowTotal { limits: clash, .. } => {
            cures.extend(ceilings::cures(clash, prepared));
            cures.extend(clash.by_reason.iter().filter_map(|sum| of_reason(sum.reason)));
        }
        // The most that the lower limits leave.
        Clash::ReserveAboveTotal { total, .. } => {
            let lows = prepared.problem.lines.iter().map(|line| u64::from(line.bounds.low)).sum();
            let most = u32::try_from(total.saturating_sub(lows));
            cures.extend(most.ok().map(Cure::Reserve));
        }
        Clash::LimitBelowForced { least, .. } => drop(cures.insert(Cure::Moved(*least))),
        Clash::NeedsTooFine => drop(cures.insert(Cure::Balanced)),
        Clash::TooManyMoves { .. } if !prepared.problem.groups.is_empty() => {
            cures.insert(Cure::Groups);
        }
        Clash::TooManyMoves { most, .. } => drop(cures.insert(Cure::Moved(*most))),
        Clash::GroupInvalid { .. } | Clash::GroupsThreeWays { .. } => {
            cures.insert(Cure::Groups);
        }
        Clash::Groups(clash) => {
            cures.insert(Cure::Groups);
            for held in &clash.limits {
                match &held.by {
                    HeldBy::Total if held.at_least => {}
                    HeldBy::Total => {
                        cures.extend(held.alone.and_then(|by| smaller_reserve(prepared, by)));
                    }
                    HeldBy::Group { group, .. } => cures.extend(held.alone.and_then(|by| {
                        let posts = if held.at_least {
                            held.posts.checked_sub(by)?
                        } else {
                            held.posts.checked_add(by)?
                        };
                        Some(Cure::Group(*group, held.at_least, u32::try_from(posts).ok()?))
                    })),
                    HeldBy::Line { reason, .. } => cures.extend(of_reason(*reason)),
                }
            }
        }
        Clash::NeedInvalid { .. } | Clash::DuplicateId { .. } => {}
    }
    // A change that would change nothing is no cure.
    cures
        .into_iter()
        .filter(|cure| match cure {
            Cure::Own(id) => limits.lines.contains_key(id),
            Cure::AllOwn => !limits.lines.is_empty(),
            _ => true,
        })
        .collect()
}

/// A reserve smaller by so many posts, where it has as many.
fn smaller_reserve(prepared: &Prepared, by: u64) -> Option<Cure> {
    let left = prepared.reserve.checked_sub(by)?;
    (by > 0).then_some(Cure::Reserve(u32::try_from(left).ok()?))
}

/// What one line alone could give way, by limits of its own.
fn of_holder(hold: &Hold, by: u64, prepared: &Prepared) -> Vec<Cure> {
    let own = matches!(hold.reason, BoundReason::OwnCap | BoundReason::Locked);
    let at = prepared.problem.lines.iter().position(|line| line.id == hold.id);
    let id = at.and_then(|at| prepared.ids.get(at)).filter(|_| own);
    let less = u64::from(hold.posts).checked_sub(by).and_then(|less| u32::try_from(less).ok());
    let (Some(id), Some(less)) = (id, less) else { return Vec::new() };
    let lower = (hold.reason == BoundReason::OwnCap).then(|| Cure::Least(id.clone(), less));
    lower.into_iter().chain([Cure::Own(id.clone())]).collect()
}

fn of_reason(reason: BoundReason) -> Option<Cure> {
    match reason {
        BoundReason::InPost | BoundReason::InPostLessDepartures => Some(Cure::InPost),
        BoundReason::Floor => Some(Cure::Floor),
        BoundReason::CapDown => Some(Cure::Fall),
        BoundReason::CapUp => Some(Cure::Rise),
        BoundReason::OwnCap | BoundReason::Locked | BoundReason::Closing => Some(Cure::AllOwn),
        BoundReason::Fixed => Some(Cure::Hand),
        BoundReason::None | BoundReason::Opening | BoundReason::Entitlement => None,
    }
}

/// A line's own limits give way first; a general limit only where the line has none.
fn of_crossed(line: &CrossedLine, prepared: &Prepared) -> Vec<Cure> {
    let at = prepared.problem.lines.iter().position(|found| found.id == line.id);
    let Some(id) = at.and_then(|at| prepared.ids.get(at)) else { return Vec::new() };
    let mut cures = Vec::new();
    if matches!(line.high_reason, BoundReason::OwnCap | BoundReason::CapUp) {
        cures.push(Cure::Most(id.clone(), line.low));
    }
    if line.low_reason == BoundReason::OwnCap {
        cures.push(Cure::Least(id.clone(), line.high));
    }
    for reason in [line.low_reason, line.high_reason] {
        match reason {
            BoundReason::OwnCap => cures.push(Cure::Own(id.clone())),
            reason => cures.extend(of_reason(reason)),
        }
    }
    cures
}
