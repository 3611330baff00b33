//! Whether a problem has an answer at all, before anything is shared out.
//!
//! Finds the clash, and the fewest bounds that make it; changes nothing.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::clash::{Clash, CrossedLine, Hold, Limits, ReasonSum};
use super::line::{BoundReason, Line, Problem};
use crate::order::InOrder;

/// Passes if some vector of posts meets every bound and the total.
///
/// # Errors
/// The first clash in the order: names, needs, bounds of one line, bounds against the total.
pub(super) fn check(problem: &Problem) -> Result<(), Clash> {
    unique(&problem.lines)?;
    let invalid = |line: &&Line| *line.need.numer() < 0 || *line.need.denom() <= 0;
    if let Some(line) = problem.lines.iter().filter(invalid).min_by(|a, b| a.id.cmp(&b.id)) {
        let (numerator, denominator) = (*line.need.numer(), *line.need.denom());
        let lines = problem.lines.iter().filter(invalid).count();
        return Err(Clash::NeedInvalid { id: line.id.clone(), numerator, denominator, lines });
    }
    let mut crossed: Vec<CrossedLine> = problem.lines.iter().filter_map(crossed).collect();
    if !crossed.is_empty() {
        crossed.order_by(|a, b| a.id.cmp(&b.id));
        return Err(Clash::LowAboveHigh { lines: crossed });
    }
    let lows: u64 = problem.lines.iter().map(|line| u64::from(line.bounds.low)).sum();
    if lows > problem.total {
        let bound = |line: &Line| (line.bounds.low, line.bounds.low_reason);
        let mut limits = limits(&problem.lines, bound, lows, lows - problem.total);
        keep_smallest(&mut limits, problem.total);
        return Err(Clash::LowsAboveTotal { total: problem.total, limits });
    }
    let highs: u64 = problem.lines.iter().map(|line| u64::from(line.bounds.high)).sum();
    if highs < problem.total {
        let bound = |line: &Line| (line.bounds.high, line.bounds.high_reason);
        let mut limits = limits(&problem.lines, bound, highs, problem.total - highs);
        // All of them clash together: where one would look first comes first.
        limits.smallest.order_by(|a, b| b.short().cmp(&a.short()));
        return Err(Clash::HighsBelowTotal { total: problem.total, limits });
    }
    Ok(())
}

fn unique(lines: &[Line]) -> Result<(), Clash> {
    if lines.is_sorted_by(|a, b| a.id < b.id) {
        return Ok(());
    }
    let mut ids: Vec<_> = lines.iter().map(|line| &line.id).collect();
    ids.order_by(Ord::cmp);
    let mut first = None;
    let mut names = 0;
    for same in ids.chunk_by(|one, next| one == next).filter(|same| same.len() > 1) {
        names += 1;
        first = first.or_else(|| Some((*same.first()?, same.len())));
    }
    match first {
        Some((id, times)) => Err(Clash::DuplicateId { id: id.clone(), times, names }),
        None => Ok(()),
    }
}

fn crossed(line: &Line) -> Option<CrossedLine> {
    let bounds = line.bounds;
    let by = bounds.low.checked_sub(bounds.high).filter(|&by| by > 0)?;
    Some(CrossedLine {
        id: line.id.clone(),
        low: bounds.low,
        low_reason: bounds.low_reason,
        high: bounds.high,
        high_reason: bounds.high_reason,
        by,
    })
}

fn limits(
    lines: &[Line],
    bound: impl Fn(&Line) -> (u32, BoundReason),
    sum: u64,
    by: u64,
) -> Limits {
    let mut sums: BTreeMap<BoundReason, (usize, u64)> = BTreeMap::new();
    let mut smallest = Vec::with_capacity(lines.len());
    for line in lines {
        let (posts, reason) = bound(line);
        let entry = sums.entry(reason).or_default();
        entry.0 += 1;
        entry.1 += u64::from(posts);
        smallest.push(Hold { id: line.id.clone(), posts, reason, need: line.need });
    }
    smallest.order_by(|a, b| (Reverse(a.posts), &a.id).cmp(&(Reverse(b.posts), &b.id)));
    let by_reason = sums
        .into_iter()
        .map(|(reason, (lines, posts))| ReasonSum { reason, lines, posts })
        .collect();
    Limits { sum, by, smallest, smallest_sum: sum, by_reason }
}

/// Lower bounds, largest first, until they alone pass the total: no smaller set does.
fn keep_smallest(limits: &mut Limits, total: u64) {
    let mut sum = 0;
    let mut count = 0;
    for hold in &limits.smallest {
        if sum > total {
            break;
        }
        sum += u64::from(hold.posts);
        count += 1;
    }
    limits.smallest.truncate(count);
    limits.smallest_sum = sum;
}
