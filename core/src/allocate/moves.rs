//! From posts before and after to a list of transfers: from whom, to whom, how many.
//!
//! Greedy and deterministic: near before far, then few large moves before many small ones, then
//! by id. Sums are exact: what a line gives and gets is precisely its difference. It looks at no
//! distances, people or dates, and a list from here is not yet a set of batches.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::line::LineId;
use crate::order::InOrder;

/// A line before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its name: the last tie key.
    pub id: LineId,
    /// Posts before.
    pub before: u32,
    /// Posts after.
    pub after: u32,
    /// Posts before that nobody holds.
    pub vacant: u32,
    /// Number of its place (township); equal numbers are the same place.
    pub place: u32,
    /// Number of its class (stage group); equal numbers are the same class.
    pub class: u32,
}

/// How near the two ends of a transfer are, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// Same place and same class.
    SamePlaceAndClass,
    /// Same place, other class.
    SamePlace,
    /// Same class, other place.
    SameClass,
    /// Neither.
    Elsewhere,
    /// One end is no line: posts that no line held, or that no line keeps.
    Unassigned,
}

/// One transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The line that gives, by its place in the list; `None` for posts that no line held.
    pub from: Option<usize>,
    /// The line that gets, by its place in the list; `None` for posts that no line keeps.
    pub to: Option<usize>,
    /// Posts, one or more.
    pub posts: u64,
    /// How many of them nobody holds. A line gives those first.
    pub vacant: u64,
    /// How near the two ends are.
    pub nearness: Nearness,
}

/// The transfers that lead from before to after.
///
/// Sorted: moves of vacant posts alone first, then by nearness, then by the names of giver and
/// getter (a missing end before all names).
pub fn transfers(parties: &[Party]) -> Vec<Move> {
    let mut givers = Vec::new();
    let mut getters = Vec::new();
    for (index, party) in parties.iter().enumerate() {
        let side = |posts: u32, vacant: u32| Side {
            index: Some(index),
            party: Some(party),
            posts: u64::from(posts),
            vacant: u64::from(vacant),
        };
        if let Some(posts) = party.before.checked_sub(party.after).filter(|&posts| posts > 0) {
            givers.push(side(posts, party.vacant.min(posts)));
        } else if party.after > party.before {
            getters.push(side(party.after - party.before, 0));
        }
    }
    let mut moves = Vec::new();
    type Bucket = fn(&Party) -> (u32, u32);
    let rounds: [(Nearness, Bucket); 4] = [
        (Nearness::SamePlaceAndClass, |party| (party.place, party.class)),
        (Nearness::SamePlace, |party| (party.place, 0)),
        (Nearness::SameClass, |party| (0, party.class)),
        (Nearness::Elsewhere, |_| (0, 0)),
    ];
    for (nearness, bucket) in rounds {
        let mut buckets: BTreeMap<_, (Vec<Side<'_>>, Vec<Side<'_>>)> = BTreeMap::new();
        for giver in givers.drain(..) {
            buckets.entry(giver.party.map(bucket)).or_default().0.push(giver);
        }
        for getter in getters.drain(..) {
            buckets.entry(getter.party.map(bucket)).or_default().1.push(getter);
        }
        for (from, to) in buckets.into_values() {
            let (from, to) = pair_off(from, to, nearness, &mut moves);
            givers.extend(from);
            getters.extend(to);
        }
    }
    // Only one side is left, if any: the total changed.
    moves.extend(givers.iter().map(|giver| Move {
        from: giver.index,
        to: None,
        posts: giver.posts,
        vacant: giver.vacant,
        nearness: Nearness::Unassigned,
    }));
    moves.extend(getters.iter().map(|getter| Move {
        from: None,
        to: getter.index,
        posts: getter.posts,
        vacant: getter.posts,
        nearness: Nearness::Unassigned,
    }));
    let name = |end: Option<usize>| end.and_then(|index| parties.get(index)).map(|party| &party.id);
    moves.order_by(|a, b| {
        let place = |step: &Move| (step.vacant < step.posts, step.nearness);
        place(a)
            .cmp(&place(b))
            .then_with(|| name(a.from).cmp(&name(b.from)))
            .then_with(|| name(a.to).cmp(&name(b.to)))
    });
    moves
}

/// A line that still has to give or get posts.
#[derive(Debug, Clone, Copy)]
struct Side<'a> {
    index: Option<usize>,
    party: Option<&'a Party>,
    posts: u64,
    vacant: u64,
}

impl<'a> Side<'a> {
    /// Most posts first, then by name.
    fn order(&self) -> (Reverse<u64>, Option<&'a LineId>) {
        (Reverse(self.posts), self.party.map(|party| &party.id))
    }
}

impl PartialEq for Side<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Side<'_> {}

impl PartialOrd for Side<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Side<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

/// Pairs givers with getters until one side is empty, and returns what is left of both. Equal
/// numbers first, because each such move settles two lines; then most with most.
fn pair_off<'a>(
    mut from: Vec<Side<'a>>,
    mut to: Vec<Side<'a>>,
    nearness: Nearness,
    moves: &mut Vec<Move>,
) -> (Vec<Side<'a>>, Vec<Side<'a>>) {
    from.order_by(Ord::cmp);
    to.order_by(Ord::cmp);
    let mut equal: BTreeMap<u64, Vec<Side<'a>>> = BTreeMap::new();
    for getter in to.drain(..).rev() {
        equal.entry(getter.posts).or_default().push(getter);
    }
    let mut givers = BinaryHeap::new();
    for mut giver in from {
        match equal.get_mut(&giver.posts).and_then(Vec::pop) {
            Some(mut getter) => moves.push(settle(&mut giver, &mut getter, nearness)),
            None => givers.push(Reverse(giver)),
        }
    }
    let mut getters: BinaryHeap<Reverse<Side<'a>>> =
        equal.into_values().flatten().map(Reverse).collect();
    while !givers.is_empty() && !getters.is_empty() {
        let (Some(Reverse(mut giver)), Some(Reverse(mut getter))) = (givers.pop(), getters.pop())
        else {
            break;
        };
        moves.push(settle(&mut giver, &mut getter, nearness));
        if giver.posts > 0 {
            givers.push(Reverse(giver));
        }
        if getter.posts > 0 {
            getters.push(Reverse(getter));
        }
    }
    let left = |heap: BinaryHeap<Reverse<Side<'a>>>| heap.into_iter().map(|side| side.0).collect();
    (left(givers), left(getters))
}

/// As many posts as both still have, the vacant ones first.
fn settle(giver: &mut Side<'_>, getter: &mut Side<'_>, nearness: Nearness) -> Move {
    let posts = giver.posts.min(getter.posts);
    let vacant = giver.vacant.min(posts);
    giver.posts -= posts;
    giver.vacant -= vacant;
    getter.posts -= posts;
    Move { from: giver.index, to: getter.index, posts, vacant, nearness }
}
