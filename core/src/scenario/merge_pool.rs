//! Pools that two sides changed: what each did to them, part by part, and what is chosen of one as one
//! command again. Where one side alone has a pool it is one cell, like any other. What both entered as
//! something new under one number is two things: one of them gets another number, so that none is lost.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Change, Command, Side};
use crate::county::KindId;
use crate::pool::part::{Part, Parted};
use crate::pool::{Pool, with_number};

/// What a side did to one part of a pool.
#[derive(Debug, Clone)]
pub struct PoolChange {
    /// The kind of the pool.
    pub kind: KindId,
    /// The part.
    pub part: Part,
    /// The pool as it was before.
    pub old: Arc<Parted>,
    /// The pool as this side has it: of its parts this one counts here.
    pub new: Arc<Parted>,
}

impl PartialEq for PoolChange {
    /// Whether the same was done to the same part.
    fn eq(&self, other: &Self) -> bool {
        (&self.kind, &self.part) == (&other.kind, &other.part)
            && self.old.same_part(&other.old, &self.part)
            && self.new.same_part(&other.new, &self.part)
    }
}

impl Eq for PoolChange {}

impl PoolChange {
    /// The cell, by its permanent name: `pool general loan L3`.
    pub fn cell(&self) -> String {
        Self::name(&self.kind, &self.part)
    }

    pub(super) fn name(kind: &KindId, part: &Part) -> String {
        format!("pool {} {part}", kind.as_str())
    }
}

/// An application or a loan that got another number, since both sides had given its own to something new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The kind of the pool.
    pub kind: KindId,
    /// The side whose it is.
    pub side: Side,
    /// The id that it had there.
    pub old: String,
    /// The id that it has now.
    pub new: String,
    /// Both are for one unit: it may be the same thing, entered twice.
    pub alike: bool,
}

/// A pool that both have kept, as it was and as each side has it. A side that left it alone has it as it
/// was.
#[derive(Debug, Clone)]
pub(super) struct Apart {
    pub kind: KindId,
    pub old: Arc<Parted>,
    pub mine: Arc<Parted>,
    pub theirs: Arc<Parted>,
}

/// The changes of both sides, pools taken apart.
pub(super) struct ByPart {
    pub mine: Vec<Change>,
    pub theirs: Vec<Change>,
    pub pools: Vec<Apart>,
    pub renamed: Vec<Renamed>,
}

/// Takes apart each pool that both have kept. Of two new things under one number that of `fixed` keeps it;
/// without one their contents decide, so that it does not matter which side is which.
pub(super) fn by_part([mine, theirs]: [Vec<Command>; 2], fixed: Option<Side>) -> ByPart {
    let (mut pools, mut renamed) = (Vec::new(), Vec::new());
    for command in mine.iter().chain(&theirs) {
        if let Command::SetPool { kind, .. } = command
            && !pools.iter().any(|pool: &Apart| pool.kind == *kind)
        {
            pools.extend(apart(kind, [&mine, &theirs], fixed, &mut renamed));
        }
    }
    let of_side = |side: Vec<Command>, new: fn(&Apart) -> &Arc<Parted>| {
        let mut out = Vec::new();
        for command in side {
            let pool = match &command {
                Command::SetPool { kind, .. } => pools.iter().find(|pool| pool.kind == *kind),
                _ => None,
            };
            let Some(pool) = pool else {
                out.push(Change::Cell(command));
                continue;
            };
            let (kind, old, new) = (&pool.kind, &pool.old, new(pool));
            out.extend(old.parts_that_differ(new).into_iter().map(|part| {
                let (kind, old, new) = (kind.clone(), old.clone(), new.clone());
                Change::Pool(PoolChange { kind, part, old, new })
            }));
        }
        out
    };
    let (mine, theirs) = (of_side(mine, |pool| &pool.mine), of_side(theirs, |pool| &pool.theirs));
    ByPart { mine, theirs, pools, renamed }
}

/// A pool taken apart. `None` where a side alone has it, where what differs is no part, as only a number
/// given, and where parts cannot be told from each other: it then stays a cell of its own.
fn apart(
    kind: &KindId,
    sides: [&Vec<Command>; 2],
    fixed: Option<Side>,
    renamed: &mut Vec<Renamed>,
) -> Option<Apart> {
    let mut before = None;
    let mut after = [None, None];
    for (side, after) in sides.iter().zip(&mut after) {
        let set = side.iter().find_map(|command| match command {
            Command::SetPool { kind: of, old, new } if of == kind => Some((old, new)),
            _ => None,
        });
        if let Some((old, new)) = set {
            before = Some(old.as_deref()?);
            *after = Some(Arc::new(Parted::of(new.as_deref()?.clone())));
        }
    }
    let old = Arc::new(Parted::of(before?.clone()));
    let [mine, theirs] = after.map(|side| side.unwrap_or_else(|| old.clone()));
    let mut pool = Apart { kind: kind.clone(), old, mine, theirs };
    let told_apart = [&pool.old, &pool.mine, &pool.theirs].iter().all(|of| of.is_told_apart());
    let differs = |side: &Arc<Parted>| !pool.old.parts_that_differ(side).is_empty();
    if !told_apart || !(differs(&pool.mine) || differs(&pool.theirs)) {
        return None;
    }
    let clashes = pool.clashes(fixed);
    for (side, whose) in [(Side::Mine, &mut pool.mine), (Side::Theirs, &mut pool.theirs)] {
        let own = clashes.iter().filter(|one| one.side == side);
        let ids: BTreeMap<_, _> = own.map(|one| (one.old.clone(), one.new.clone())).collect();
        if !ids.is_empty() {
            *whose = Arc::new(Parted::of(whose.renamed(&ids)));
        }
    }
    renamed.extend(clashes);
    Some(pool)
}

impl Apart {
    /// What both sides entered under one id and is not the same, with the ids that the ones of one side get.
    fn clashes(&self, fixed: Option<Side>) -> Vec<Renamed> {
        let (before, theirs) = (self.old.ids(), self.theirs.ids());
        let mut number = self.mine.highest_number().max(self.theirs.highest_number());
        let mut out = Vec::new();
        for id in self.mine.ids().intersection(&theirs).filter(|id| !before.contains(*id)) {
            let (mine, theirs) = (said(&self.mine, id), said(&self.theirs, id));
            if mine == theirs {
                continue;
            }
            // Where no number is left it stays one cell, for somebody to choose.
            let Some(next) = number.checked_add(1) else { break };
            number = next;
            let side = match fixed {
                Some(Side::Mine) => Side::Theirs,
                Some(Side::Theirs) => Side::Mine,
                None if mine > theirs => Side::Mine,
                None => Side::Theirs,
            };
            out.push(Renamed {
                kind: self.kind.clone(),
                side,
                old: (*id).to_owned(),
                new: with_number(id, number),
                alike: unit(&self.mine, id) == unit(&self.theirs, id),
            });
        }
        out
    }

    /// The pool with parts of either side, the last of one part counting.
    pub(super) fn with(&self, parts: &[(Part, &Parted)]) -> Pool {
        self.old.with_parts([&self.mine, &self.theirs], parts)
    }
}

/// All that a pool says of an id.
fn said(pool: &Parted, id: &str) -> String {
    serde_json::to_string(&(pool.asked(id), pool.loan(id))).unwrap_or_default()
}

/// The unit that asked, or that borrowed.
fn unit<'a>(pool: &'a Parted, id: &str) -> Option<&'a str> {
    let asked = pool.asked(id).map(|(asking, _)| asking.unit.as_str());
    asked.or_else(|| pool.loan(id).map(|loan| loan.borrower.as_str()))
}

/// What is chosen of a pool as one command; `None` where that is the pool as it was.
pub(super) fn as_one_command(pool: &Apart, chosen: &[&PoolChange]) -> Option<Command> {
    let own = chosen.iter().filter(|change| change.kind == pool.kind);
    let parts: Vec<(Part, &Parted)> =
        own.map(|change| (change.part.clone(), change.new.as_ref())).collect();
    set_pool(&pool.kind, &pool.old, pool.with(&parts))
}

/// The command that puts a pool in place of another of its kind.
pub(super) fn set_pool(kind: &KindId, old: &Pool, new: Pool) -> Option<Command> {
    let (kind, differs) = (kind.clone(), new != *old);
    let (old, new) = (Some(Box::new(old.clone())), Some(Box::new(new)));
    differs.then_some(Command::SetPool { kind, old, new })
}
