//! The best answer under limits on groups of lines, and under a limit on moves with them.
//!
//! One flow decides nested groups and two crossing families alike. A limit on moves is a limit on
//! the sum of gains: with nested groups it takes the place of the second family. With crossing
//! groups it does not fit into a flow; there a price on gains is searched for that makes the flow
//! keep the limit, and where no price hits it exactly, lines are parted into cases until the best
//! case is proven. Never guesses: an answer that the search could not prove says so.

use std::cmp::Ordering;

use super::cost::{Aim, Cost, Scale};
use super::groups::{Shape, Structure};
use super::ladder::{Flow, posts_after};
use super::line::Problem;
use super::network::{Cut, Network, Part, Pipe};
use super::rank::Row;
use crate::pace::Pace;

/// Cases that the search for the best answer under a limit may look at.
const MOST_CASES: usize = 600;

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
}

impl<'a> Ground<'a> {
    /// Posts of each group.
    pub(super) fn sums(&self, posts: &[u32]) -> Vec<u64> {
        let mut sums = vec![0_u64; self.problem.groups.len()];
        for (leaves, &held) in self.shape.leaves.iter().zip(posts) {
            for &leaf in leaves {
                let mut place = leaf;
                while let Some(group) = place.checked_sub(2) {
                    if let Some(sum) = sums.get_mut(group) {
                        *sum += u64::from(held);
                    }
                    place = self.shape.around.get(group).map_or(0, |around| around.1);
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

    fn pipes(&self, posts: &[u32]) -> Vec<Pipe> {
        let groups = self.problem.groups.iter().zip(self.sums(posts)).enumerate();
        groups
            .map(|(at, (group, flow))| {
                let [from, to] = self.shape.ends(at);
                Pipe { from, to, low: group.low, high: group.high, flow }
            })
            .collect()
    }

    fn scale(&self, aim: Aim) -> Scale<'a> {
        Scale { rows: self.rows, rule: self.problem.rule, aim }
    }

    fn network(&self, aim: Aim, start: &[u32], split: bool) -> Network<'a> {
        let ends = |line: usize, _: Part| self.shape.leaves.get(line).copied().unwrap_or([0, 1]);
        let nodes = self.problem.groups.len() + 2;
        let pipes = self.pipes(start);
        Network::new(self.scale(aim), pipes, nodes, &ends, start, self.problem.total, split)
    }

    /// The best answer without a limit on moves.
    pub(super) async fn best(&self, pace: &Pace) -> Result<Answer, Cut> {
        let mut network = self.network(Aim::Best, self.loose, false);
        network.settle(pace).await?;
        Ok(self.answer(&network, None, 1))
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
    fn free_gains(&self, posts: &[u32]) -> u64 {
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
        Some(self.answer(&network, Some(gains), 1))
    }

    fn answer(&self, network: &Network<'_>, gains: Option<usize>, per: i64) -> Answer {
        let prices = network.prices();
        let between = |high: usize, low: usize| {
            let mut price = prices.get(high).cloned().unwrap_or_default();
            if let Some(low) = prices.get(low) {
                price.add(low, -1);
            }
            self.spread(&network.scale.aim, &price)
        };
        let tolls = (0..self.problem.groups.len()).map(|at| {
            let [from, to] = self.shape.ends(at);
            between(from, to)
        });
        let gain = match (&network.scale.aim, gains) {
            (Aim::Priced { price, .. }, _) => {
                let mut gain = Cost::default();
                gain.add(price, -1);
                self.spread(&Aim::Best, &gain)
            }
            (_, Some(place)) => between(place + 2, 1),
            _ => Vec::new(),
        };
        let prices = Prices { base: between(1, 0), tolls: tolls.collect(), gain, per };
        Answer { posts: network.posts(), prices: Some(prices), proven: true }
    }

    /// A cost as posts, with a price on gains spread out.
    fn spread(&self, aim: &Aim, cost: &Cost) -> Vec<PostCost> {
        let cost = match aim {
            Aim::Priced { price, per } => {
                let mut all = Cost::default();
                all.add(cost, *per);
                all.add(price, cost.gains);
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
    fn difference(&self, from: &[u32], to: &[u32]) -> Cost {
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

    /// The cheapest answer with a price on gains.
    async fn priced(&self, price: &Cost, per: i64, pace: &Pace) -> Option<(Network<'a>, Vec<u32>)> {
        let aim = Aim::Priced { price: price.clone(), per };
        let start = self.priced_start(&aim);
        let mut network = self.network(aim, &start, true);
        network.settle(pace).await.ok()?;
        let posts = network.posts();
        Some((network, posts))
    }

    /// The optimum under a price on gains without the groups: as many of the best pairs as are
    /// worth their price.
    fn priced_start(&self, aim: &Aim) -> Vec<u32> {
        let scale = self.scale(aim.clone());
        let total = self.problem.total;
        let worth = |pairs: usize| {
            let before = posts_after(self.rows, self.loose, total, pairs);
            let after = posts_after(self.rows, self.loose, total, pairs + 1);
            before != after && scale.sign_of(&self.difference(&before, &after)).is_lt()
        };
        let (mut low, mut high) = (0, self.pairs());
        while low < high {
            let middle = low + (high - low) / 2;
            if worth(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        posts_after(self.rows, self.loose, total, low)
    }

    fn pairs(&self) -> usize {
        let least = super::ladder::forced(self.rows, self.problem.total).moved();
        let most = Flow::between(self.rows, self.loose).moved();
        usize::try_from(most.saturating_sub(least)).unwrap_or(usize::MAX)
    }
}

/// What one case gives: an answer that keeps the limit, and how good any answer of the case can be
/// at best, as an answer with a price on the gains that it has too many.
struct Case {
    kept: Vec<u32>,
    prices: Option<Prices>,
    /// An answer beyond the limit, price and number of gains that it is for; `None` if `kept` is
    /// the best of the case.
    beyond: Option<(Vec<u32>, Cost, i64)>,
}

impl Ground<'_> {
    /// Gains beyond the limit's room are bought back at a price; the best price is searched for.
    async fn case(&self, room: u64, best: &[u32], fewest: &[u32], pace: &Pace) -> Option<Case> {
        let gains = |posts: &[u32]| signed(self.free_gains(posts));
        let room = signed(room);
        let (mut over, mut under) = (best.to_vec(), fewest.to_vec());
        if gains(&under) > room {
            return None;
        }
        if gains(&over) <= room {
            return Some(Case { kept: over, prices: None, beyond: None });
        }
        loop {
            let per = gains(&over) - gains(&under);
            let price = self.difference(&over, &under);
            let (network, found) = self.priced(&price, per, pace).await?;
            let aim = Aim::Priced { price: price.clone(), per };
            let is_better = self.scale(aim).sign_of(&self.difference(&over, &found)).is_lt();
            let found_gains = gains(&found);
            if found_gains == room || (gains(&under) == room && !is_better) {
                let answer = self.answer(&network, None, per);
                let kept = if found_gains == room { found } else { under };
                return Some(Case { kept, prices: answer.prices, beyond: None });
            }
            if !is_better {
                return Some(Case { kept: under, prices: None, beyond: Some((over, price, per)) });
            }
            if found_gains > room {
                over = found;
            } else {
                under = found;
            }
        }
    }

    /// The best answer for every number of moves above that of `fewest`, up to `best`.
    pub(super) async fn between(&self, fewest: &[u32], best: &[u32], pace: &Pace) -> Vec<Vec<u32>> {
        let gains = |posts: &[u32]| self.free_gains(posts);
        pace.ahead(gains(best).saturating_sub(gains(fewest)));
        let mut out = Vec::new();
        // Stretches still to fill, the first one on top.
        let mut todo = vec![(fewest.to_vec(), best.to_vec())];
        while let Some((under, over)) = todo.pop() {
            let (low, high) = (gains(&under), gains(&over));
            if high <= low {
                continue;
            }
            if high == low + 1 {
                out.push(over);
                pace.did(1);
                continue;
            }
            let price = self.difference(&over, &under);
            let per = signed(high - low);
            let scale = self.scale(Aim::Priced { price: price.clone(), per });
            let found = self.priced(&price, per, pace).await.map(|(_, posts)| posts);
            match found.filter(|posts| scale.sign_of(&self.difference(&over, posts)).is_lt()) {
                Some(found) => {
                    todo.push((found.clone(), over));
                    todo.push((under, found));
                }
                None => {
                    for room in low + 1..high {
                        out.push(self.by_cases(room, &over, &under, pace).await.posts);
                        pace.did(1);
                    }
                    out.push(over);
                    pace.did(1);
                }
            }
        }
        out
    }

    /// Goes through cases, each with narrower bounds on single lines, and drops those that cannot
    /// be better than the best answer found.
    async fn by_cases(&self, room: u64, best: &[u32], fewest: &[u32], pace: &Pace) -> Answer {
        let Some(first) = self.case(room, best, fewest, pace).await else {
            return Answer { posts: fewest.to_vec(), prices: None, proven: false };
        };
        let mut found =
            Answer { posts: first.kept.clone(), prices: first.prices.clone(), proven: true };
        if first.beyond.is_none() {
            return found;
        }
        let mut todo = vec![(self.problem.clone(), first)];
        let mut looked = 0;
        while let Some((problem, case)) = todo.pop() {
            let Some((over, price, per)) = case.beyond else { continue };
            if !self.may_be_better(&found.posts, &over, &price, per, room) {
                continue;
            }
            looked += 1;
            if looked > MOST_CASES {
                found.proven = false;
                return found;
            }
            for problem in self.parted(&problem, &over, &case.kept) {
                let rows = Row::of_problem(&problem, Some(&self.shares()));
                let loose = super::greedy::if_feasible(&rows, problem.rule, problem.total);
                let Some(loose) = loose else { continue };
                let ground =
                    Ground { problem: &problem, shape: self.shape, rows: &rows, loose: &loose };
                let (Ok(best), Ok(fewest)) = (ground.best(pace).await, ground.fewest(pace).await)
                else {
                    continue;
                };
                // Bounds that are narrower force gains that were free: they count as well.
                let forced = self.free_gains(&starts(&rows));
                let Some(left) = room.checked_sub(forced) else { continue };
                let Some(case) = ground.case(left, &best.posts, &fewest, pace).await else {
                    continue;
                };
                let better =
                    self.scale(Aim::Best).main_sign(&self.difference(&found.posts, &case.kept));
                if better == Ordering::Less {
                    found.posts = case.kept.clone();
                }
                todo.push((problem.clone(), case));
            }
        }
        found
    }

    fn shares(&self) -> Vec<crate::fraction::Fraction> {
        self.rows.iter().map(Row::share).collect()
    }

    /// Whether a case whose answer beyond the limit is `over` may hold a better one than `found`.
    fn may_be_better(
        &self,
        found: &[u32],
        over: &[u32],
        price: &Cost,
        per: i64,
        room: u64,
    ) -> bool {
        // per·cost(over) + price·(gains of over − room) is below anything within the limit.
        let too_many = signed(self.free_gains(over)) - signed(room);
        let mut bound = Cost::default();
        bound.add(&self.difference(found, over), per);
        bound.add(price, too_many);
        self.scale(Aim::Best).main_sign(&bound) == Ordering::Less
    }

    /// Two cases: the first line in the order of ties with gains of its own in one answer has at
    /// most as many posts as in the other, or at least one more.
    fn parted(&self, problem: &Problem, over: &[u32], under: &[u32]) -> Vec<Problem> {
        let gained = |row: &Row<'_>, posts: &[u32]| {
            posts.get(row.index).map_or(0, |&held| held.max(row.line.now))
        };
        let differing = self.rows.iter().filter(|row| gained(row, over) != gained(row, under));
        let first = differing.reduce(|one, other| if other.before(one) { other } else { one });
        let Some(row) = first else { return Vec::new() };
        let middle = gained(row, over).min(gained(row, under));
        let mut cases = Vec::new();
        for above in [false, true] {
            let mut problem = problem.clone();
            if let Some(line) = problem.lines.get_mut(row.index) {
                let bounds = &mut line.bounds;
                if above {
                    bounds.low = bounds.low.max(middle + 1);
                } else {
                    bounds.high = bounds.high.min(middle);
                }
                if bounds.low <= bounds.high {
                    cases.push(problem);
                }
            }
        }
        cases
    }
}

fn starts(rows: &[Row<'_>]) -> Vec<u32> {
    rows.iter().map(Row::start).collect()
}

fn signed(posts: u64) -> i64 {
    i64::try_from(posts).unwrap_or(i64::MAX)
}
