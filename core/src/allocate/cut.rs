//! Limits on groups that cannot hold together: from the nodes where a flow got stuck to the
//! smallest set of limits, and how far each would have to give way.

use super::clash::{Clash, GroupClash, Held, HeldBy};
use super::grouped::Ground;
use super::groups::Shape;
use super::line::Problem;
use super::network::Cut;
use super::rank::Row;
use crate::order::InOrder;

/// Limits of a clash for which it is worked out how far they alone would have to give way.
const MOST_TRIED: usize = 12;

/// Limits of a clash that are dropped one by one to see whether the rest still clashes.
const MOST_DROPPED: usize = 80;

/// The smallest of the clashes of a cut: limits that must have so many posts, and limits that
/// leave room for fewer.
pub(super) fn clash(problem: &Problem, shape: &Shape, cut: &Cut) -> Clash {
    let lists = cut.inside.iter().map(|inside| limits(problem, shape, inside));
    let smallest = lists.reduce(|one, other| if other.len() < one.len() { other } else { one });
    let mut limits = smallest.unwrap_or_default();
    if limits.len() <= MOST_DROPPED {
        let mut at = 0;
        while at < limits.len() {
            let mut fewer = limits.clone();
            fewer.remove(at);
            if can_hold(problem, shape, &fewer) {
                at += 1;
            } else {
                limits = fewer;
            }
        }
    }
    let sum = |at_least: bool| {
        let limits = limits.iter().filter(|held| held.at_least == at_least);
        limits.map(|held| held.posts).fold(0, u64::saturating_add)
    };
    let (must, room) = (sum(true), sum(false));
    let by = must.saturating_sub(room);
    for at in 0..limits.len().min(MOST_TRIED) {
        let alone = limits.get(at).and_then(|held| alone(problem, shape, held, by));
        if let Some(held) = limits.get_mut(at) {
            held.alone = alone;
        }
    }
    Clash::Groups(GroupClash { limits, must, room, by })
}

/// The limits around a set of nodes: what has to come in, the largest few that already pass what
/// may go out, and that.
fn limits(problem: &Problem, shape: &Shape, inside: &[bool]) -> Vec<Held> {
    let inside = |node: usize| inside.get(node).copied().unwrap_or(false);
    let (mut must, mut may) = (Vec::new(), Vec::new());
    let mut push = |by: HeldBy, [from, to]: [usize; 2], low: u64, high: u64| {
        let (list, posts, at_least) = match (inside(from), inside(to)) {
            (false, true) => (&mut must, low, true),
            (true, false) => (&mut may, high, false),
            _ => return,
        };
        if posts > 0 || !at_least {
            list.push(Held { by, at_least, posts, alone: None });
        }
    };
    push(HeldBy::Total, [1, 0], problem.total, problem.total);
    for (at, group) in problem.groups.iter().enumerate() {
        let by = HeldBy::Group { group: at, name: group.name.clone() };
        push(by, shape.ends(at), group.low, group.high);
    }
    for (at, (line, &[from, to])) in problem.lines.iter().zip(&shape.leaves).enumerate() {
        let bounds = line.bounds;
        let reason = if inside(to) { bounds.low_reason } else { bounds.high_reason };
        let by = HeldBy::Line { line: at, id: line.id.clone(), reason };
        push(by, [from, to], bounds.low.into(), bounds.high.into());
    }
    let room: u64 = may.iter().map(|held: &Held| held.posts).fold(0, u64::saturating_add);
    must.order_by(|a: &Held, b: &Held| (b.posts, &a.by).cmp(&(a.posts, &b.by)));
    let (mut sum, mut count) = (0_u64, 0);
    for held in &must {
        if sum > room {
            break;
        }
        sum = sum.saturating_add(held.posts);
        count += 1;
    }
    must.truncate(count);
    may.order_by(|a, b| a.by.cmp(&b.by));
    must.extend(may);
    must
}

/// Whether these limits alone can hold together, with everything else free.
fn can_hold(problem: &Problem, shape: &Shape, limits: &[Held]) -> bool {
    let most: u64 = limits.iter().filter(|held| held.at_least).map(|held| held.posts).sum();
    let mut bare = problem.clone();
    for line in &mut bare.lines {
        (line.bounds.low, line.bounds.high) = (0, u32::try_from(most).unwrap_or(u32::MAX));
    }
    for group in &mut bare.groups {
        (group.low, group.high) = (0, u64::MAX);
    }
    let mut total = (0, u64::MAX);
    for held in limits {
        match &held.by {
            HeldBy::Total if held.at_least => total.0 = held.posts,
            HeldBy::Total => total.1 = held.posts,
            HeldBy::Group { group, .. } => {
                let Some(group) = bare.groups.get_mut(*group) else { continue };
                *(if held.at_least { &mut group.low } else { &mut group.high }) = held.posts;
            }
            HeldBy::Line { line, .. } => {
                let Some(line) = bare.lines.get_mut(*line) else { continue };
                let posts = u32::try_from(held.posts).unwrap_or(u32::MAX);
                let bounds = &mut line.bounds;
                *(if held.at_least { &mut bounds.low } else { &mut bounds.high }) = posts;
            }
        }
    }
    if bare.lines.iter().any(|line| line.bounds.low > line.bounds.high) {
        return false;
    }
    let rows = Row::of_problem(&bare, None);
    let start: Vec<u32> = bare.lines.iter().map(|line| line.bounds.low).collect();
    Ground { problem: &bare, shape, rows: &rows, loose: &start }.any(total).is_ok()
}

/// The fewest posts by which one limit alone has to give way so that the whole problem has an
/// answer; `None` if it cannot.
fn alone(problem: &Problem, shape: &Shape, held: &Held, by: u64) -> Option<u64> {
    let passes = |by: u64| given_way(problem, held, by).is_some_and(|new| is_feasible(&new, shape));
    if passes(by) {
        return Some(by);
    }
    let all: u64 = problem.lines.iter().map(|line| u64::from(line.bounds.high)).sum();
    let most = if held.at_least { held.posts } else { all.max(problem.total) };
    let (mut low, mut high) = (by, most);
    if high <= low || !passes(high) {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if passes(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

fn given_way(problem: &Problem, held: &Held, by: u64) -> Option<Problem> {
    let mut problem = problem.clone();
    let moved = |posts: u64| {
        if held.at_least { posts.checked_sub(by) } else { Some(posts.saturating_add(by)) }
    };
    let narrow =
        |posts: u32| moved(posts.into()).map(|posts| u32::try_from(posts).unwrap_or(u32::MAX));
    match &held.by {
        HeldBy::Total => problem.total = moved(problem.total)?,
        HeldBy::Group { group, .. } => {
            let group = problem.groups.get_mut(*group)?;
            let limit = if held.at_least { &mut group.low } else { &mut group.high };
            *limit = moved(*limit)?;
        }
        HeldBy::Line { line, .. } => {
            let bounds = &mut problem.lines.get_mut(*line)?.bounds;
            let limit = if held.at_least { &mut bounds.low } else { &mut bounds.high };
            *limit = narrow(*limit)?;
        }
    }
    Some(problem)
}

/// Whether bounds, groups and total can hold together.
fn is_feasible(problem: &Problem, shape: &Shape) -> bool {
    let rows = Row::of_problem(problem, None);
    let Some(start) = filled(problem) else { return false };
    Ground { problem, shape, rows: &rows, loose: &start }
        .any((problem.total, problem.total))
        .is_ok()
}

/// Posts within the bounds that sum to the total, whatever the rule.
fn filled(problem: &Problem) -> Option<Vec<u32>> {
    let lows: u64 = problem.lines.iter().map(|line| u64::from(line.bounds.low)).sum();
    let mut rest = problem.total.checked_sub(lows)?;
    let mut posts = Vec::with_capacity(problem.lines.len());
    for line in &problem.lines {
        let room = line.bounds.high.checked_sub(line.bounds.low)?;
        let more = u64::from(room).min(rest);
        rest -= more;
        posts.push(line.bounds.low + more as u32);
    }
    (rest == 0).then_some(posts)
}
