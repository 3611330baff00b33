//! Limits on groups that cannot hold together: from the nodes where a flow got stuck to the
//! smallest set of limits, and how far each would have to give way.

use std::collections::BTreeMap;

use super::clash::{Clash, GroupClash, Held, HeldBy};
use super::groups::Shape;
use super::line::Problem;
use super::network::Cut;
use super::plumbing::Plumbing;
use crate::order::InOrder;
use crate::pace::Pace;

/// The smallest of the clashes of a cut: limits that must have so many posts, and limits that
/// leave room for fewer.
pub(super) async fn clash(problem: &Problem, shape: &Shape, cut: &Cut, pace: &Pace) -> Clash {
    let lists = cut.inside.iter().map(|inside| limits(problem, shape, inside));
    let smallest = lists.reduce(|one, other| if other.len() < one.len() { other } else { one });
    let mut limits = needed(problem, shape, smallest.unwrap_or_default(), pace).await;
    let sum = |at_least: bool| {
        let limits = limits.iter().filter(|held| held.at_least == at_least);
        limits.map(|held| held.posts).fold(0, u64::saturating_add)
    };
    let (must, room) = (sum(true), sum(false));
    let by = must.saturating_sub(room);
    give_way(problem, shape, &mut limits, by, pace).await;
    Clash::Groups(GroupClash { limits, must, room, by })
}

/// Those of the limits without which the rest can hold together: each that the others clash without
/// is dropped, the first one first. Whole stretches are tried before single ones, which drops the
/// same ones sooner: what clashes still clashes with more.
async fn needed(problem: &Problem, shape: &Shape, limits: Vec<Held>, pace: &Pace) -> Vec<Held> {
    pace.ahead(limits.len() as u64);
    let mut kept = vec![true; limits.len()];
    let mut todo = vec![(0, limits.len())];
    while let Some((from, to)) = todo.pop() {
        let is_left = |at: usize| !(from..to).contains(&at) && kept.get(at) == Some(&true);
        let left = limits.iter().enumerate().filter(|(at, _)| is_left(*at));
        let left: Vec<&Held> = left.map(|(_, held)| held).collect();
        let middle = from + (to - from) / 2;
        if !Plumbing::of_limits(problem, shape, &left).can_hold(pace).await {
            kept.iter_mut().take(to).skip(from).for_each(|kept| *kept = false);
        } else if middle > from {
            todo.extend([(middle, to), (from, middle)]);
            continue;
        }
        pace.did((to - from) as u64);
    }
    limits.into_iter().zip(kept).filter_map(|(held, kept)| kept.then_some(held)).collect()
}

/// Works out for each limit how far it alone would have to give way so that the whole problem has an
/// answer, which is `by` posts at least.
async fn give_way(problem: &Problem, shape: &Shape, limits: &mut [Held], by: u64, pace: &Pace) {
    let whole = Plumbing::of_problem(problem, shape);
    // Lines between the same two groups give way alike.
    let mut known: BTreeMap<(usize, bool), Option<u64>> = BTreeMap::new();
    for held in limits {
        let place = whole.place(&held.by);
        let found = match known.get(&(place, held.at_least)) {
            Some(found) => *found,
            None => {
                let found = whole.least_change(place, held.at_least, by, pace).await;
                known.insert((place, held.at_least), found);
                found
            }
        };
        // A line cannot have fewer than no posts.
        held.alone = found.filter(|by| !held.at_least || *by <= held.posts);
    }
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
