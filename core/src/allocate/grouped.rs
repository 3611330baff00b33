//! The best answer under limits on groups of lines, and under a limit on moves with them.
//!
//! One flow decides nested groups and two crossing families alike. A limit on moves is a limit on
//! the sum of gains: with nested groups it takes the place of the second family. With crossing
//! groups it does not fit into a flow; [`super::cases`] searches then.

use std::cell::OnceCell;

use super::cost::{Aim, Cost, Scale};
use super::groups::{Shape, Structure};
use super::ladder::{Ladder, posts_after};
use super::line::Problem;
use super::network::{Cut, Network, Part, Pipe};
use super::rank::Row;
use crate::pace::Pace;

/// What makes every post of an answer checkable: a price at each group, and one for gains. All are
/// sums of costs of single posts, `per` times over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// What a post costs everywhere: lines outside all groups give and take up to here.
    pub base: Vec<PostCost>,
    /// What each group adds for its lines: below zero only if it is full, above zero only if it
    /// is at its least.
    pub tolls: Vec<Vec<PostCost>>,
    /// What is added for a post above what its line holds now: zero or below, and below zero only
    /// if the limit on moves is used up.
    pub gain: Vec<PostCost>,
    /// The number of times that costs are counted; one or more.
    pub per: i64,
}

/// The cost of one post, so many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostCost {
    /// The line, by its place in the problem.
    pub line: usize,
    /// Posts that come before it in its line.
    pub held: u32,
    /// How often it counts.
    pub times: i64,
}

/// What is true of an answer under groups, beside its posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouped {
    /// How the groups lie to each other.
    pub structure: Structure,
    /// Posts of each group.
    pub sums: Vec<u64>,
    /// The prices that prove it. `None` where a limit on moves with crossing groups was met by
    /// going through cases.
    pub prices: Option<Prices>,
    /// Whether it is proven to be the best. Only a search through cases that had to be broken off
    /// leaves it open.
    pub proven: bool,
}

/// An answer and its proof.
pub(super) struct Answer {
    pub(super) posts: Vec<u32>,
    pub(super) prices: Option<Prices>,
    pub(super) proven: bool,
}

/// The problem with all that every solution of it needs.
pub(super) struct Ground<'a> {
    pub(super) problem: &'a Problem,
    pub(super) shape: &'a Shape,
    pub(super) rows: &'a [Row<'a>],
    /// The optimum without groups and limit.
    pub(super) loose: &'a [u32],
    /// The way there, once it was asked for.
    ladder: OnceCell<Ladder>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(
        problem: &'a Problem,
        shape: &'a Shape,
        rows: &'a [Row<'a>],
        loose: &'a [u32],
    ) -> Self {
        Self { problem, shape, rows, loose, ladder: OnceCell::new() }
    }

    /// The way to the optimum without groups.
    pub(super) fn ladder(&self) -> &Ladder {
        self.ladder.get_or_init(|| Ladder::to(self.rows, self.loose, self.problem.total))
    }

    /// The groups around a line, by their places.
    pub(super) fn groups_of(&self, line: usize) -> impl Iterator<Item = usize> + '_ {
        let leaves = self.shape.leaves.get(line).copied().unwrap_or([0, 1]);
        leaves.into_iter().flat_map(|leaf| {
            let around = |group: &usize| self.shape.around.get(*group)?.1.checked_sub(2);
            std::iter::successors(leaf.checked_sub(2), around)
        })
    }

    /// Posts of each group.
    pub(super) fn sums(&self, posts: &[u32]) -> Vec<u64> {
        let mut sums = vec![0_u64; self.problem.groups.len()];
        for (line, &held) in posts.iter().enumerate() {
            for group in self.groups_of(line) {
                if let Some(sum) = sums.get_mut(group) {
                    *sum += u64::from(held);
                }
            }
        }
        sums
    }

    /// Whether every group is within its limits.
    pub(super) fn keeps_groups(&self, posts: &[u32]) -> bool {
        let groups = self.problem.groups.iter().zip(self.sums(posts));
        groups.into_iter().all(|(group, sum)| (group.low..=group.high).contains(&sum))
    }

    /// Posts by which groups are outside their limits, all together.
    pub(super) fn off_limits(&self, posts: &[u32]) -> u64 {
        let groups = self.problem.groups.iter().zip(self.sums(posts));
        let off = groups
            .map(|(group, sum)| group.low.saturating_sub(sum).max(sum.saturating_sub(group.high)));
        off.fold(0, u64::saturating_add)
    }

    fn pipes(&self, posts: &[u32]) -> Vec<Pipe> {
        let groups = self.problem.groups.iter().zip(self.sums(posts)).enumerate();
        groups
            .map(|(at, (group, flow))| {
                let [from, to] = self.shape.ends(at);
                Pipe { from, to, low: group.low, high: group.high, flow }
            })
            .collect()
    }

    pub(super) fn scale(&self, aim: Aim) -> Scale<'a> {
        Scale::new(self.rows, self.problem.rule, aim)
    }

    pub(super) fn network(&self, aim: Aim, start: &[u32], split: bool) -> Network<'a> {
        let ends = |line: usize, _: Part| self.shape.leaves.get(line).copied().unwrap_or([0, 1]);
        let nodes = self.problem.groups.len() + 2;
        let pipes = self.pipes(start);
        Network::new(self.scale(aim), pipes, nodes, &ends, start, self.problem.total, split)
    }

    /// The best answer without a limit on moves.
    pub(super) async fn best(&self, pace: &Pace) -> Result<Answer, Cut> {
        let mut network = self.network(Aim::Best, self.loose, false);
        network.settle(pace).await?;
        Ok(self.answer(&network, None, 1, pace).await)
    }

    /// The answer with the fewest posts moved, and the best among those.
    pub(super) async fn fewest(&self, pace: &Pace) -> Result<Vec<u32>, Cut> {
        let start = posts_after(self.rows, self.loose, self.problem.total, 0);
        if self.keeps_groups(&start) {
            return Ok(start);
        }
        let mut network = self.network(Aim::Fewest, &start, true);
        network.settle(pace).await?;
        Ok(network.posts())
    }

    /// The network of nested groups with one more pipe, on gains, and its place. It begins at the
    /// best answer without a limit, and the pipe is as wide as that needs.
    pub(super) async fn with_gains(&self, pace: &Pace) -> Result<(Network<'a>, usize), Cut> {
        let count = self.problem.groups.len();
        let gained = self.free_gains(self.loose);
        let mut pipes = self.pipes(self.loose);
        pipes.push(Pipe { from: count + 2, to: 1, low: 0, high: u64::MAX, flow: gained });
        let ends = |line: usize, part: Part| {
            let leaf = self.shape.leaves.get(line).map_or(0, |leaves| leaves[0]);
            [leaf, if part == Part::Gained { count + 2 } else { 1 }]
        };
        let scale = self.scale(Aim::Best);
        let total = self.problem.total;
        let mut network = Network::new(scale, pipes, count + 3, &ends, self.loose, total, true);
        network.settle(pace).await?;
        Ok((network, count))
    }

    /// Gains that bounds do not force.
    pub(super) fn free_gains(&self, posts: &[u32]) -> u64 {
        let rows = self.rows.iter().zip(posts);
        rows.map(|(row, &held)| u64::from(held.saturating_sub(row.start().max(row.line.now)))).sum()
    }

    /// Gains beyond those that bounds force, under a limit on moves; `None` if there is no room
    /// for the forced ones.
    pub(super) fn room_for_gains(&self, limit: u64) -> Option<u64> {
        let now: u64 = self.rows.iter().map(|row| u64::from(row.line.now)).sum();
        // What must be withdrawn is moved as well, without being gained.
        let withdrawn = now.saturating_sub(self.problem.total);
        let forced: u64 =
            self.rows.iter().map(|row| u64::from(row.start().saturating_sub(row.line.now))).sum();
        limit.checked_sub(withdrawn)?.checked_sub(forced)
    }

    /// The best answer with at most `limit` posts moved, given the best without a limit and the
    /// one with the fewest moves, which keeps the limit.
    pub(super) async fn limited(
        &self,
        limit: u64,
        best: &[u32],
        fewest: &[u32],
        pace: &Pace,
    ) -> Option<Answer> {
        let room = self.room_for_gains(limit)?;
        if self.shape.structure == Structure::Crossing {
            return Some(self.by_cases(room, best, fewest, pace).await);
        }
        let (mut network, gains) = self.with_gains(pace).await.ok()?;
        network.narrow(gains, room);
        network.settle(pace).await.ok()?;
        Some(self.answer(&network, Some(gains), 1, pace).await)
    }

    pub(super) async fn answer(
        &self,
        network: &Network<'_>,
        gains: Option<usize>,
        per: i64,
        pace: &Pace,
    ) -> Answer {
        let prices = network.prices(pace).await;
        let between = |high: usize, low: usize| {
            let mut price = prices.get(high).cloned().unwrap_or_default();
            if let Some(low) = prices.get(low) {
                price.add(low, -1);
            }
            self.spread(&network.scale.aim, &price)
        };
        let mut tolls = Vec::with_capacity(self.problem.groups.len());
        for at in 0..self.problem.groups.len() {
            let [from, to] = self.shape.ends(at);
            tolls.push(between(from, to));
            pace.rest().await;
        }
        let gain = match (&network.scale.aim, gains) {
            (Aim::Priced(price), _) => {
                let mut gain = Cost::default();
                gain.add(&price.cost, -1);
                self.spread(&Aim::Best, &gain)
            }
            (_, Some(place)) => between(place + 2, 1),
            _ => Vec::new(),
        };
        let prices = Prices { base: between(1, 0), tolls, gain, per };
        Answer { posts: network.posts(), prices: Some(prices), proven: true }
    }

    /// A cost as posts, with a price on gains spread out.
    fn spread(&self, aim: &Aim, cost: &Cost) -> Vec<PostCost> {
        let cost = match aim {
            Aim::Priced(price) => {
                let mut all = Cost::default();
                all.add(cost, price.per);
                all.add(&price.cost, cost.gains);
                all
            }
            _ => cost.clone(),
        };
        let terms = cost.terms.iter();
        terms
            .map(|term| PostCost { line: term.row as usize, held: term.held, times: term.count })
            .collect()
    }

    /// What going from one answer to another costs.
    pub(super) fn difference(&self, from: &[u32], to: &[u32]) -> Cost {
        let mut cost = Cost::default();
        let scale = self.scale(Aim::Best);
        for (row, (&from, &to)) in self.rows.iter().zip(from.iter().zip(to)) {
            for held in from..to {
                cost.add(&scale.step(row.index, held), 1);
            }
            for held in to..from {
                cost.add(&scale.step(row.index, held), -1);
            }
        }
        cost
    }
}

pub(super) fn signed(posts: u64) -> i64 {
    i64::try_from(posts).unwrap_or(i64::MAX)
}
