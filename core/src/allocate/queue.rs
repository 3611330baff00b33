//! What would come next: the posts that a larger total would give and a smaller one would take.
//!
//! Reads a proposal and changes nothing.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use num_traits::CheckedSub;

use super::certificate::Mark;
use super::cost::Aim;
use super::greedy::{last, next};
use super::grouped::Ground;
use super::groups::{Shape, Structure};
use super::key::Key;
use super::line::{Problem, Rule};
use super::rank::{Post, Row};
use super::solve::Proposal;
use crate::fraction::Fraction;
use crate::order::InOrder;
use crate::pace::{Pace, at_once};

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Other lines that change by one post with it, the posts given and taken among them even: under
    /// crossing groups one post more in the total may take one from a line to give two to others.
    pub with: Vec<Shift>,
}

/// A line that gains or loses one post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// The line, by its place in the problem.
    pub line: usize,
    /// Whether it gains the post.
    pub more: bool,
}

/// The next `count` posts to give and to take. Each line may appear several times; bounds hold,
/// the limit on moves does not. A group that fills up on the way gets no more, and one that comes to
/// its least gives no more. Item k, with all before it, leads to the best answer for a total of k
/// posts more (or fewer). Two cases are only the order as long as no other line moves: crossing groups
/// under a limit on moves that keeps the proposal from the optimum, and [`Rule::LargestRemainder`],
/// whose shares are those of the present total.
pub fn queue(problem: &Problem, proposal: &Proposal, count: usize) -> Queue {
    at_once(queue_in_steps(problem, proposal, count, &Pace::default()))
}

/// The same in steps: under crossing groups it may take long.
pub async fn queue_in_steps(
    problem: &Problem,
    proposal: &Proposal,
    count: usize,
    pace: &Pace,
) -> Queue {
    let rows = rows_of(problem, proposal);
    // One more than asked for, so that a tie at the end shows.
    let [give, take] = around(problem, &rows, proposal, count.saturating_add(1), pace).await;
    let lowest = proposal.cutoff.lowest_inside();
    let highest = proposal.cutoff.highest_outside();
    let below = |key: Option<Fraction>, edge: Option<Fraction>| edge?.checked_sub(&key?);
    let above = |key: Option<Fraction>, edge: Option<Fraction>| key?.checked_sub(&edge?);
    Queue { give: listed(give, count, lowest, below), take: listed(take, count, highest, above) }
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
    at_once(ranks_in_steps(problem, proposal, count, &Pace::default()))
}

/// The same in steps: under crossing groups it may take long.
pub async fn ranks_in_steps(
    problem: &Problem,
    proposal: &Proposal,
    count: usize,
    pace: &Pace,
) -> Vec<Rank> {
    let rows = rows_of(problem, proposal);
    let [give, take] = around(problem, &rows, proposal, count, pace).await;
    let mut ranks = vec![Rank::default(); rows.len()];
    type Side = fn(&mut Rank) -> &mut Option<u32>;
    let sides: [(Vec<Turn<'_>>, bool, Side); 2] =
        [(give, true, |rank| &mut rank.give), (take, false, |rank| &mut rank.take)];
    for (turns, more, side) in sides {
        for (turn, place) in turns.iter().zip(1..) {
            let with = turn.with.iter().filter(|shift| shift.more == more);
            for line in std::iter::once(turn.post.row.index).chain(with.map(|shift| shift.line)) {
                if let Some(rank) = ranks.get_mut(line) {
                    // A line may come again: what counts is its next post.
                    side(rank).get_or_insert(place);
                }
            }
        }
    }
    ranks
}

/// One turn of the queue: a post, and the lines that change with it.
struct Turn<'a> {
    post: Post<'a>,
    with: Vec<Shift>,
}

fn rows_of<'a>(problem: &'a Problem, proposal: &Proposal) -> Vec<Row<'a>> {
    let shares = (problem.rule == Rule::LargestRemainder).then_some(proposal.shares.as_slice());
    Row::of_problem(problem, shares)
}

/// The first `count` turns to give and to take, in order.
async fn around<'a>(
    problem: &Problem,
    rows: &'a [Row<'a>],
    proposal: &Proposal,
    count: usize,
    pace: &Pace,
) -> [Vec<Turn<'a>>; 2] {
    let groups = proposal.grouped.as_ref();
    let crosses = groups.is_some_and(|groups| groups.structure == Structure::Crossing);
    if crosses
        && !proposal.is_limited()
        && let Ok(shape) = Shape::of(problem)
    {
        let ground = Ground::new(problem, &shape, rows, &proposal.posts);
        let give = through_groups(&ground, rows, count, true, pace).await;
        return [give, through_groups(&ground, rows, count, false, pace).await];
    }
    let alone = |post: Post<'a>| Turn { post, with: Vec::new() };
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
            give.push(alone(post));
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
            take.push(alone(post));
        }
    }
    [give, take]
}

/// The turns under crossing groups: each sends one post more, or one fewer, through the network the
/// cheapest way, which leads from the best answer for one total to that for the next. Ends where no
/// way is left.
async fn through_groups<'a>(
    ground: &Ground<'_>,
    rows: &'a [Row<'a>],
    count: usize,
    more: bool,
    pace: &Pace,
) -> Vec<Turn<'a>> {
    let mut posts = ground.loose.to_vec();
    let mut network = ground.network(Aim::Best, &posts, false);
    let mut turns = Vec::new();
    while turns.len() < count {
        network.change_total(more);
        let Ok(changes) = network.settle(pace).await else { break };
        let mut post: Option<Post<'a>> = None;
        let mut with = Vec::new();
        for (line, gains) in changes {
            let (Some(row), Some(held)) = (rows.get(line), posts.get_mut(line)) else { continue };
            let changed = row.post(if gains { *held } else { held.saturating_sub(1) });
            *held = if gains { held.saturating_add(1) } else { held.saturating_sub(1) };
            with.push(Shift { line, more: gains });
            // The one that stands first among those that go the way of the total is the post itself.
            let first = |other: Post<'a>| if more { changed > other } else { changed < other };
            if gains == more && post.is_none_or(first) {
                post = Some(changed);
            }
        }
        let Some(post) = post else { break };
        with.retain(|shift| shift.line != post.row.index);
        with.order_by_key(|shift| shift.line);
        turns.push(Turn { post, with });
    }
    turns
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
    turns: Vec<Turn<'_>>,
    count: usize,
    edge: Option<Mark>,
    gap: impl Fn(Option<Fraction>, Option<Fraction>) -> Option<Fraction>,
) -> Vec<Queued> {
    let edge = edge.map(|mark| mark.key);
    let posts: Vec<Post<'_>> = turns.iter().map(|turn| turn.post).collect();
    let before = std::iter::once(None).chain(posts.iter().map(Some));
    let after = posts.iter().skip(1).map(Some).chain(std::iter::once(None));
    turns
        .into_iter()
        .zip(before.zip(after))
        .take(count)
        .map(|(Turn { post, with }, neighbours)| {
            let key = post.key();
            let same = |other: Option<&Post<'_>>| other.is_some_and(|other| post.ties_with(other));
            Queued {
                line: post.row.index,
                key,
                gap: gap(key.value(), edge.and_then(|edge| edge.value())),
                tied: same(neighbours.0)
                    || same(neighbours.1)
                    || edge.is_some_and(|edge| edge.compare(&key).is_eq()),
                with,
            }
        })
        .collect()
}
