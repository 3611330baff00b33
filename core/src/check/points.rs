//! R22: teaching points and their parents, and the posts of a central school with its points, each
//! counted once.

use super::{At, Findings, Rule, What};
use crate::county::{County, Index, Unit};
use crate::scenario::State;
use crate::yardstick::shipped;

pub(super) fn check(state: &State, found: &mut Findings) {
    let county = &state.county;
    let words = shipped().map(|all| all.teaching_points.as_slice()).unwrap_or_default();
    for (at, unit) in county.units.iter().enumerate() {
        let Some(code) = &unit.parent else {
            if words.iter().any(|word| unit.category.contains(word.as_str())) {
                found.add(Rule::R22, At::Unit(at), What::NoParent, None);
            }
            continue;
        };
        let Some(parent) = state.index().unit(code) else {
            found.add(Rule::R22, At::Unit(at), What::UnknownParent, None);
            continue;
        };
        let above = county.units.get(parent).and_then(|parent| parent.parent.as_ref());
        if parent == at || above.is_some() {
            found.add(Rule::R22, At::Unit(at), What::ParentIsPoint, None);
            continue;
        }
        let stages = |of: usize| {
            let holdings = rows(county, of).iter();
            holdings.filter_map(|holding| holding.part.stage())
        };
        for stage in stages(at).filter(|stage| !stages(parent).any(|other| other == *stage)) {
            found.add(Rule::R22, At::Unit(at), What::ParentWithoutStage(stage), None);
        }
    }
}

/// The holdings of a unit: they stand together, in the order of the units.
fn rows(county: &County, unit: usize) -> &[crate::county::Holding] {
    let holdings = &county.holdings;
    let first = holdings.partition_point(|holding| holding.unit < unit);
    let last = holdings.partition_point(|holding| holding.unit <= unit);
    holdings.get(first..last).unwrap_or_default()
}

/// A unit that belongs to no other, with the points below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolledUp {
    /// Place of the unit.
    pub unit: usize,
    /// Places of its teaching points, in the order of the county.
    pub points: Vec<usize>,
    /// Posts authorised, its points included: each post once.
    pub authorised: u64,
    /// People in post, its points included.
    pub in_post: u64,
}

/// Every unit that belongs to no other, in the order of the county. A unit whose parent is unknown
/// or leads round in a circle stands for itself, so that each post is counted once whatever the
/// survey says.
pub fn rolled_up(county: &County, index: &Index) -> Vec<RolledUp> {
    let mut place = vec![None; county.units.len()];
    let mut out: Vec<RolledUp> = Vec::new();
    let tops: Vec<usize> = (0..county.units.len()).map(|at| top(county, index, at)).collect();
    for (at, top) in tops.iter().enumerate() {
        if *top == at
            && let Some(place) = place.get_mut(at)
        {
            *place = Some(out.len());
            let (points, authorised, in_post) = (Vec::new(), 0, 0);
            out.push(RolledUp { unit: at, points, authorised, in_post });
        }
    }
    let find = |at: usize| place.get(*tops.get(at)?).copied().flatten();
    for at in 0..county.units.len() {
        if let Some(group) = find(at).and_then(|group| out.get_mut(group))
            && group.unit != at
        {
            group.points.push(at);
        }
    }
    for holding in &county.holdings {
        if let Some(group) = find(holding.unit).and_then(|group| out.get_mut(group)) {
            group.authorised += u64::from(holding.authorised);
            group.in_post += u64::from(holding.in_post);
        }
    }
    out
}

/// The unit at the top of a chain of parents; itself where the chain closes to a circle.
fn top(county: &County, index: &Index, start: usize) -> usize {
    let parent = |at: usize| {
        let unit: &Unit = county.units.get(at)?;
        index.unit(unit.parent.as_ref()?)
    };
    let mut at = start;
    for _ in 0..county.units.len() {
        match parent(at) {
            None => return at,
            Some(next) => at = next,
        }
    }
    start
}
