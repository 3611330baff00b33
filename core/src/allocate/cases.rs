//! Crossing groups under a limit on moves, which together fit into no flow.
//!
//! A price on gains is searched for that makes the flow keep the limit; where no price hits it
//! exactly, lines are parted into cases until the best case is proven. Never guesses: an answer
//! that the search could not prove says so.

use std::cmp::Ordering;

use super::cost::{Aim, Cost, Price, Scale};
use super::grouped::{Answer, Ground, Prices, signed};
use super::line::Problem;
use super::network::Network;
use super::rank::Row;
use crate::pace::Pace;

/// Cases that the search for the best answer under a limit may look at.
const MOST_CASES: usize = 600;

/// The next best answer on the way from the fewest moves to the optimum.
pub(super) enum Next<'a> {
    /// A post more at the first line and one fewer at the second.
    Pair([usize; 2]),
    /// Whatever it takes to come to these posts.
    Posts(&'a [u32]),
}

impl<'a> Ground<'a> {
    /// The cheapest answer with a price on gains.
    async fn priced(&self, price: Price, pace: &Pace) -> Option<Network<'a>> {
        let scale = self.scale(Aim::Priced(price));
        let start = self.priced_start(&scale, pace).await;
        let mut network = self.network(scale.aim, &start, true);
        pace.rest().await;
        network.settle(pace).await.ok()?;
        Some(network)
    }

    /// The optimum under a price on gains without the groups: as many of the best pairs as are
    /// worth their price.
    async fn priced_start(&self, scale: &Scale<'_>, pace: &Pace) -> Vec<u32> {
        let ladder = self.ladder();
        let is_worth = |at: usize| {
            ladder.pair(at).is_some_and(|(up, down)| {
                let mut cost = scale.step(up.line(), up.held);
                cost.add(&scale.step(down.line(), down.held), -1);
                scale.sign_of(&cost).is_lt()
            })
        };
        let (mut low, mut high) = (0, ladder.ups.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if is_worth(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
            if scale.is_tired() {
                pace.rest().await;
            }
        }
        ladder.posts(low)
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
            let price = self.scale(Aim::Best).price(price, per);
            let network = self.priced(price.clone(), pace).await?;
            let found = network.posts();
            let is_better = network.scale.sign_of(&self.difference(&over, &found)).is_lt();
            let found_gains = gains(&found);
            if found_gains == room || (gains(&under) == room && !is_better) {
                let answer = self.answer(&network, None, per, pace).await;
                let kept = if found_gains == room { found } else { under };
                return Some(Case { kept, prices: answer.prices, beyond: None });
            }
            if !is_better {
                return Some(Case {
                    kept: under,
                    prices: None,
                    beyond: Some((over, price.cost, per)),
                });
            }
            if found_gains > room {
                over = found;
            } else {
                under = found;
            }
        }
    }

    /// The best answer for every number of moves above that of `fewest`, up to `best`, told in
    /// order.
    ///
    /// Where the best answer without the groups happens to keep them, nothing can be better: only
    /// the stretches between such points are searched.
    pub(super) async fn between(
        &self,
        fewest: &[u32],
        best: &[u32],
        tell: &mut impl FnMut(Next<'_>),
        pace: &Pace,
    ) {
        let gains = |posts: &[u32]| self.free_gains(posts);
        let (mut at, most) = (gains(fewest), gains(best));
        pace.ahead(most.saturating_sub(at));
        let ladder = self.ladder();
        let first = gains(&ladder.base);
        // The number of pairs that `at` stands for, if the way goes through there.
        let mut on = None;
        let under = |on: Option<usize>| on.map_or_else(|| fewest.to_vec(), |on| ladder.posts(on));
        for pairs in self.keeping() {
            let here = first + pairs as u64;
            let next = on.filter(|&on| on + 1 == pairs);
            match (here <= at, next.and_then(|on| ladder.pair(on))) {
                (true, _) => {}
                (false, Some((up, down))) => {
                    tell(Next::Pair([up.line(), down.line()]));
                    pace.did(1);
                }
                (false, None) => {
                    self.stretch(under(on), ladder.posts(pairs), tell, pace).await;
                }
            }
            (at, on) = (at.max(here), Some(pairs));
        }
        if at < most {
            self.stretch(under(on), best.to_vec(), tell, pace).await;
        }
    }

    /// The numbers of pairs after which the way to the optimum without groups keeps the groups.
    fn keeping(&self) -> Vec<usize> {
        let ladder = self.ladder();
        let mut sums = self.sums(&ladder.base);
        let groups = &self.problem.groups;
        let is_off = |group: usize, sum: u64| {
            groups.get(group).is_some_and(|group| !(group.low..=group.high).contains(&sum))
        };
        let mut off = sums.iter().enumerate().filter(|(group, sum)| is_off(*group, **sum)).count();
        let mut keeping = Vec::new();
        if off == 0 {
            keeping.push(0);
        }
        for (at, (up, down)) in ladder.pairs().enumerate() {
            for (line, more) in [(up.line(), true), (down.line(), false)] {
                for group in self.groups_of(line) {
                    let Some(sum) = sums.get_mut(group) else { continue };
                    off -= usize::from(is_off(group, *sum));
                    *sum = if more { *sum + 1 } else { *sum - 1 };
                    off += usize::from(is_off(group, *sum));
                }
            }
            if off == 0 {
                keeping.push(at + 1);
            }
        }
        keeping
    }

    /// The best answers after `under`, up to `over`.
    async fn stretch(
        &self,
        under: Vec<u32>,
        over: Vec<u32>,
        tell: &mut impl FnMut(Next<'_>),
        pace: &Pace,
    ) {
        let gains = |posts: &[u32]| self.free_gains(posts);
        // Stretches still to fill, the first one on top.
        let mut todo = vec![(under, over)];
        while let Some((under, over)) = todo.pop() {
            let (low, high) = (gains(&under), gains(&over));
            if high <= low {
                continue;
            }
            if high == low + 1 {
                tell(Next::Posts(&over));
                pace.did(1);
                continue;
            }
            let price = self.difference(&over, &under);
            let per = signed(high - low);
            let price = self.scale(Aim::Best).price(price, per);
            let found = self.priced(price, pace).await.and_then(|network| {
                let posts = network.posts();
                network.scale.sign_of(&self.difference(&over, &posts)).is_lt().then_some(posts)
            });
            match found {
                Some(found) => {
                    todo.push((found.clone(), over));
                    todo.push((under, found));
                }
                None => {
                    for room in low + 1..high {
                        let found = self.by_cases(room, &over, &under, pace).await;
                        tell(Next::Posts(&found.posts));
                        pace.did(1);
                    }
                    tell(Next::Posts(&over));
                    pace.did(1);
                }
            }
        }
    }

    /// Goes through cases, each with narrower bounds on single lines, and drops those that cannot
    /// be better than the best answer found.
    pub(super) async fn by_cases(
        &self,
        room: u64,
        best: &[u32],
        fewest: &[u32],
        pace: &Pace,
    ) -> Answer {
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
                let ground = Ground::new(&problem, self.shape, &rows, &loose);
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
