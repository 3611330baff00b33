//! What would come next: the posts that a larger total would give and a smaller one would take.
//!
//! Reads a proposal and changes nothing.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use num_traits::CheckedSub;

use super::certificate::Mark;
use super::greedy::{last, next};
use super::key::Key;
use super::line::{Problem, Rule};
use super::rank::{Post, Row};
use super::solve::Proposal;
use crate::fraction::Fraction;

/// The posts around the edge of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The next posts to give, the first one first: where one post more in the total would go,
    /// then the one after it.
    pub give: Vec<Queued>,
    /// The next posts to take, the first one first: where one post fewer would be missed least.
    pub take: Vec<Queued>,
}

/// One post in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queued {
    /// The line, by its place in the problem.
    pub line: usize,
    /// The key of the post; it is the line's post number `key.held() + 1`.
    pub key: Key,
    /// How far the key is from the other side of the edge: below the lowest key inside for a post
    /// to give, above the highest key outside for a post to take. Below zero if a limit on moves
    /// stopped the proposal before this post. `None` if a key is infinite, the other side is
    /// empty, or the fraction does not fit 64 bits.
    pub gap: Option<Fraction>,
    /// Whether a neighbour in the queue, or the edge, has exactly the same key, so that the tie
    /// order decided.
    pub tied: bool,
}

/// The next `count` posts to give and to take. Each line may appear several times; bounds hold,
/// the limit on moves does not. A group that fills up on the way gets no more, and one that comes to
/// its least gives no more. Under crossing groups a larger total may take a post from one line to give
/// two to others: the queue is then the order as long as no other line moves. Under
/// [`Rule::LargestRemainder`] the shares are those of the present total.
pub fn queue(problem: &Problem, proposal: &Proposal, count: usize) -> Queue {
    let rows = rows_of(problem, proposal);
    // One more than asked for, so that a tie at the end shows.
    let (give, take) = around(problem, &rows, proposal, count.saturating_add(1));
    let lowest = proposal.cutoff.lowest_inside();
    let highest = proposal.cutoff.highest_outside();
    let below = |key: Option<Fraction>, edge: Option<Fraction>| edge?.checked_sub(&key?);
    let above = |key: Option<Fraction>, edge: Option<Fraction>| key?.checked_sub(&edge?);
    Queue { give: listed(&give, count, lowest, below), take: listed(&take, count, highest, above) }
}

/// Where one line stands in the queue, from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rank {
    /// How many posts more the total must have until the line gets its next one. `None` where it
    /// gets none, or not among so many as were looked at.
    pub give: Option<u32>,
    /// How many posts fewer the total must have until the line loses its last one, likewise.
    pub take: Option<u32>,
}

/// The place of every line in the queue, as far as the first `count` posts on each side tell; in the
/// order of the problem's lines.
pub fn ranks(problem: &Problem, proposal: &Proposal, count: usize) -> Vec<Rank> {
    let rows = rows_of(problem, proposal);
    let (give, take) = around(problem, &rows, proposal, count);
    let mut ranks = vec![Rank::default(); rows.len()];
    type Side = fn(&mut Rank) -> &mut Option<u32>;
    let sides: [(Vec<Post<'_>>, Side); 2] =
        [(give, |rank| &mut rank.give), (take, |rank| &mut rank.take)];
    for (posts, side) in sides {
        for (post, place) in posts.iter().zip(1..) {
            if let Some(rank) = ranks.get_mut(post.row.index) {
                // A line may come again: what counts is its next post.
                side(rank).get_or_insert(place);
            }
        }
    }
    ranks
}

fn rows_of<'a>(problem: &'a Problem, proposal: &Proposal) -> Vec<Row<'a>> {
    let shares = (problem.rule == Rule::LargestRemainder).then_some(proposal.shares.as_slice());
    Row::of_problem(problem, shares)
}

/// The first `count` posts to give and to take, in order.
fn around<'a>(
    problem: &Problem,
    rows: &'a [Row<'a>],
    proposal: &Proposal,
    count: usize,
) -> (Vec<Post<'a>>, Vec<Post<'a>>) {
    let held = || rows.iter().zip(&proposal.posts);
    let mut room = Room::of(problem, proposal);
    let mut outside: BinaryHeap<Post<'_>> =
        held().filter_map(|(row, &held)| next(row, held)).collect();
    let mut give = Vec::new();
    while give.len() < count
        && let Some(post) = outside.pop()
    {
        // A group that is full stays so: its lines do not come again.
        if room.takes(post.row.index, true) {
            outside.extend(next(post.row, post.held + 1));
            give.push(post);
        }
    }
    let mut room = Room::of(problem, proposal);
    let mut inside: BinaryHeap<Reverse<Post<'_>>> =
        held().filter_map(|(row, &held)| last(row, held)).map(Reverse).collect();
    let mut take = Vec::new();
    while take.len() < count
        && let Some(Reverse(post)) = inside.pop()
    {
        if room.takes(post.row.index, false) {
            inside.extend(last(post.row, post.held).map(Reverse));
            take.push(post);
        }
    }
    (give, take)
}

/// How far the groups of each line are from their limits.
struct Room<'a> {
    problem: &'a Problem,
    of_line: Vec<Vec<usize>>,
    sums: Vec<u64>,
}

impl<'a> Room<'a> {
    fn of(problem: &'a Problem, proposal: &Proposal) -> Self {
        let groups = proposal.grouped.as_ref();
        let sums = groups.map(|grouped| grouped.sums.clone()).unwrap_or_default();
        let lines = if sums.is_empty() { 0 } else { problem.lines.len() };
        let mut of_line = vec![Vec::new(); lines];
        for (at, group) in problem.groups.iter().enumerate() {
            for &line in &group.lines {
                // A line that a group names twice counts once.
                if let Some(of) = of_line.get_mut(line)
                    && of.last() != Some(&at)
                {
                    of.push(at);
                }
            }
        }
        Self { problem, of_line, sums }
    }

    /// Whether every group of a line has room for one post more, or one fewer; it is counted then.
    fn takes(&mut self, line: usize, more: bool) -> bool {
        let of = self.of_line.get(line).map_or(&[][..], Vec::as_slice);
        let fits = |at: &usize| match (self.problem.groups.get(*at), self.sums.get(*at)) {
            (Some(group), Some(&sum)) if more => sum < group.high,
            (Some(group), Some(&sum)) => sum > group.low,
            _ => false,
        };
        let fits = of.iter().all(fits);
        for &at in of.iter().filter(|_| fits) {
            if let Some(sum) = self.sums.get_mut(at) {
                *sum = if more { *sum + 1 } else { *sum - 1 };
            }
        }
        fits
    }
}

fn listed(
    posts: &[Post<'_>],
    count: usize,
    edge: Option<Mark>,
    gap: impl Fn(Option<Fraction>, Option<Fraction>) -> Option<Fraction>,
) -> Vec<Queued> {
    let edge = edge.map(|mark| mark.key);
    let before = std::iter::once(None).chain(posts.iter().map(Some));
    let after = posts.iter().skip(1).map(Some).chain(std::iter::once(None));
    posts
        .iter()
        .zip(before.zip(after))
        .take(count)
        .map(|(post, neighbours)| {
            let key = post.key();
            let same = |other: Option<&Post<'_>>| other.is_some_and(|other| post.ties_with(other));
            Queued {
                line: post.row.index,
                key,
                gap: gap(key.value(), edge.and_then(|edge| edge.value())),
                tied: same(neighbours.0)
                    || same(neighbours.1)
                    || edge.is_some_and(|edge| edge.compare(&key).is_eq()),
            }
        })
        .collect()
}
