//! A pool in a merge: what each side did to it, part by part, and what is chosen of it as one command
//! again. Where one side alone has a pool it is one cell, like any other.

use std::sync::Arc;

use super::{Change, Command};
use crate::county::KindId;
use crate::pool::Pool;
use crate::pool::part::Part;

/// What a side did to one part of a pool.
#[derive(Debug, Clone)]
pub struct PoolChange {
    /// The kind of the pool.
    pub kind: KindId,
    /// The part.
    pub part: Part,
    /// The pool as both had it.
    pub old: Arc<Pool>,
    /// The pool as this side has it: of its parts this one counts here.
    pub new: Arc<Pool>,
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

/// The changes of both sides; each pool that both have kept taken apart.
pub(super) fn by_part(sides: [Vec<Command>; 2]) -> [Vec<Change>; 2] {
    // What differs in no part, as only a number given, stays a cell of its own; so does a pool whose
    // parts cannot be told apart.
    let parted = |kind: &KindId| {
        let own = sides.iter().flatten().filter_map(|command| match command {
            Command::SetPool { kind: of, old, new } if of == kind => Some((old, new)),
            _ => None,
        });
        let mut differ = false;
        for pair in own {
            let (Some(old), Some(new)) = pair else { return false };
            if !old.is_told_apart() || !new.is_told_apart() {
                return false;
            }
            differ |= !old.parts_that_differ(new).is_empty();
        }
        differ
    };
    let of_side = |side: &Vec<Command>| {
        let mut out = Vec::new();
        for command in side {
            match command {
                Command::SetPool { kind, old: Some(old), new: Some(new) } if parted(kind) => {
                    let parts = old.parts_that_differ(new);
                    let (old, new) = (Arc::new(Pool::clone(old)), Arc::new(Pool::clone(new)));
                    out.extend(parts.into_iter().map(|part| {
                        let (kind, old, new) = (kind.clone(), old.clone(), new.clone());
                        Change::Pool(PoolChange { kind, part, old, new })
                    }));
                }
                command => out.push(Change::Cell(command.clone())),
            }
        }
        out
    };
    let [one, two] = &sides;
    [of_side(one), of_side(two)]
}

/// A pool as both had it, and as each side has it that changed it.
struct Merged<'a> {
    kind: &'a KindId,
    old: &'a Arc<Pool>,
    sides: Vec<&'a Arc<Pool>>,
}

/// What is chosen of each pool as one command. `all` are the changes of both sides, chosen or not: the
/// order of what stands in lists follows from both.
pub(super) fn as_one_command<'a>(
    all: impl Iterator<Item = &'a PoolChange>,
    chosen: &[&PoolChange],
) -> Vec<Command> {
    let mut pools: Vec<Merged<'_>> = Vec::new();
    for PoolChange { kind, old, new, .. } in all {
        match pools.iter_mut().find(|pool| pool.kind == kind) {
            Some(pool) if pool.sides.iter().any(|side| Arc::ptr_eq(side, new)) => {}
            Some(pool) => pool.sides.push(new),
            None => pools.push(Merged { kind, old, sides: vec![new] }),
        }
    }
    let mut out = Vec::new();
    for Merged { kind, old, sides } in pools {
        let own = chosen.iter().filter(|change| change.kind == *kind);
        let parts: Vec<(Part, &Pool)> =
            own.map(|change| (change.part.clone(), change.new.as_ref())).collect();
        let one = sides.first().copied().unwrap_or(old);
        let two = sides.get(1).copied().unwrap_or(old);
        let new = old.with_parts([one.as_ref(), two.as_ref()], &parts);
        if new != **old {
            let (old, new) = (Box::new(Pool::clone(old)), Box::new(new));
            let kind = kind.clone();
            out.push(Command::SetPool { kind, old: Some(old), new: Some(new) });
        }
    }
    out
}
