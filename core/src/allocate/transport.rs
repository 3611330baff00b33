//! Who goes where at the least cost: supplies to places by whole numbers, with prices as proof.
//!
//! Successive shortest paths, one supply after another, over the places alone: what a supply holds
//! at a place may move on if that frees room for less. The prices at the end satisfy every arc, and
//! where something flows they meet its cost exactly, so that the sum of the flows' costs equals the
//! sum of the prices: no plan is cheaper. [`Plan::check`] re-checks that in one pass. Nothing is
//! forced: a supply that finds no place, or only dear ones, stays where it is at a stated cost.

use std::borrow::Cow;

use crate::pace::{Pace, at_once};

/// Supplies, places and what it costs to bring one unit from the one to the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transport {
    /// Units that each supply has.
    pub supplies: Vec<u32>,
    /// Units that each place takes at most.
    pub places: Vec<u32>,
    /// For each supply the places that it may go to and the cost of a unit, zero or more and below
    /// 2⁴⁰.
    pub arcs: Vec<Vec<(u32, i64)>>,
    /// What it costs to leave a unit unplaced, above zero and below 2⁵⁰. Above every cost of an arc
    /// times the number of places, as many as can be are placed.
    pub unplaced: i64,
}

/// The answer to a [`Transport`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Supply, place and units, by supply, then by place.
    pub flows: Vec<(usize, usize, u32)>,
    /// Units of each supply that stay unplaced.
    pub left: Vec<u32>,
    /// What a further unit of each supply would cost.
    pub supply_prices: Vec<i64>,
    /// What a further unit of room at each place would save; zero or more.
    pub place_prices: Vec<i64>,
    /// Cost of all flows and of what is left.
    pub cost: i128,
}

/// A plan that is not what it claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the plan does not hold at supply {supply}")]
pub struct BadPlan {
    /// The supply where it shows; the number of supplies where it is the sums.
    pub supply: usize,
}

/// The work: what flows to each place, and the prices so far.
struct Work<'a> {
    problem: &'a Transport,
    /// For each place, supplies and units that are there.
    at: Vec<Vec<(u32, u32)>>,
    room: Vec<u32>,
    /// Price of each place; the place beyond the last takes whatever is left.
    prices: Vec<i64>,
    left: Vec<u32>,
}

/// A place not reached yet.
const FAR: i64 = i64::MAX / 4;

impl Work<'_> {
    /// Brings the units of one supply, as many at a time as the cheapest way takes.
    async fn bring(&mut self, supply: usize, pace: &Pace) {
        let places = self.room.len();
        let mut todo = self.problem.supplies.get(supply).copied().unwrap_or(0);
        while todo > 0 {
            let mut cost = vec![FAR; places + 1];
            // From which supply a place was reached, and at which place that supply was.
            let mut from = vec![(supply, usize::MAX); places + 1];
            let mut done = vec![false; places + 1];
            let mut seen = vec![false; self.problem.supplies.len()];
            let mut order = Vec::new();
            // Places that were reached and not gone through yet.
            let mut open: Vec<usize> = Vec::new();
            self.look(supply, usize::MAX, 0, &mut cost, &mut from, &done, &mut open);
            let end = loop {
                let costs = open.iter().enumerate();
                let costs =
                    costs.map(|(at, &place)| (cost.get(place).copied().unwrap_or(FAR), place, at));
                let Some((best, place, at)) = costs.min() else { return };
                open.swap_remove(at);
                order.push((place, best));
                if let Some(done) = done.get_mut(place) {
                    *done = true;
                }
                if place == places || self.room.get(place).is_some_and(|room| *room > 0) {
                    break place;
                }
                for at in 0..self.at.get(place).map_or(0, Vec::len) {
                    let Some(&(other, _)) =
                        self.at.get(place).and_then(|at_place| at_place.get(at))
                    else {
                        continue;
                    };
                    let Some(seen) = seen.get_mut(other as usize).filter(|seen| !**seen) else {
                        continue;
                    };
                    *seen = true;
                    let held = self.reduced(other as usize, place);
                    let base = best - held;
                    self.look(other as usize, place, base, &mut cost, &mut from, &done, &mut open);
                }
            };
            let reached = cost.get(end).copied().unwrap_or(0);
            for &(place, best) in &order {
                if let Some(price) = self.prices.get_mut(place) {
                    *price += reached - best;
                }
            }
            todo -= self.send(supply, end, todo, &from);
            pace.rest().await;
        }
    }

    /// Cost of an arc less what the place charges.
    fn reduced(&self, supply: usize, place: usize) -> i64 {
        let arcs = self.problem.arcs.get(supply).map_or(&[][..], Vec::as_slice);
        let arc = arcs.binary_search_by_key(&place, |arc| arc.0 as usize).ok();
        let cost = arc.and_then(|at| arcs.get(at)).map_or(self.problem.unplaced, |arc| arc.1);
        cost + self.prices.get(place).copied().unwrap_or(0)
    }

    #[allow(clippy::too_many_arguments, reason = "the tables of one search, borrowed side by side")]
    fn look(
        &self,
        supply: usize,
        at: usize,
        base: i64,
        cost: &mut [i64],
        from: &mut [(usize, usize)],
        done: &[bool],
        open: &mut Vec<usize>,
    ) {
        let arcs = self.problem.arcs.get(supply).into_iter().flatten();
        let last = self.room.len();
        let ways = arcs.map(|&(place, cost)| (place as usize, cost));
        for (place, arc) in ways.chain(std::iter::once((last, self.problem.unplaced))) {
            let (Some(best), Some(price)) = (cost.get_mut(place), self.prices.get(place)) else {
                continue;
            };
            let here = base + arc + price;
            if here < *best
                && done.get(place) == Some(&false)
                && let Some(from) = from.get_mut(place)
            {
                if *best == FAR {
                    open.push(place);
                }
                *best = here;
                *from = (supply, at);
            }
        }
    }

    /// Shifts units along the way that ends at `end`; tells how many.
    fn send(&mut self, supply: usize, end: usize, most: u32, from: &[(usize, usize)]) -> u32 {
        let mut units = most.min(self.room.get(end).copied().unwrap_or(u32::MAX));
        let mut place = end;
        while let Some(&(who, at)) = from.get(place) {
            let there = self
                .at
                .get(at)
                .and_then(|there| there.iter().find(|(held, _)| *held as usize == who));
            let Some((_, there)) = there else { break };
            units = units.min(*there);
            place = at;
        }
        let mut place = end;
        while let Some(&(who, at)) = from.get(place) {
            self.put(who, place, units);
            let Some(there) = self.at.get_mut(at) else { break };
            if let Some(held) = there.iter_mut().find(|(held, _)| *held as usize == who) {
                held.1 -= units;
            }
            there.retain(|(_, units)| *units > 0);
            place = at;
        }
        debug_assert!(from.get(place).is_none_or(|(who, _)| *who == supply));
        if let Some(room) = self.room.get_mut(end) {
            *room -= units;
        }
        units
    }

    fn put(&mut self, who: usize, place: usize, units: u32) {
        let Some(there) = self.at.get_mut(place) else {
            if let Some(left) = self.left.get_mut(who) {
                *left += units;
            }
            return;
        };
        match there.iter_mut().find(|(held, _)| *held as usize == who) {
            Some(held) => held.1 += units,
            None => there.push((u32::try_from(who).unwrap_or(u32::MAX), units)),
        }
    }
}

impl Transport {
    /// The cheapest plan. Among equally cheap ones, that of the smallest places first; the order of
    /// supplies and places is the caller's.
    pub fn solve(&self) -> Plan {
        at_once(self.solve_in_steps(&Pace::default()))
    }

    /// The same in steps: thousands of supplies and places may take long.
    pub async fn solve_in_steps(&self, pace: &Pace) -> Plan {
        let sorted = self.sorted();
        let sorted = sorted.as_ref();
        let count = sorted.places.len();
        let mut work = Work {
            problem: sorted,
            at: vec![Vec::new(); count],
            room: sorted.places.clone(),
            prices: vec![0; count + 1],
            left: vec![0; sorted.supplies.len()],
        };
        pace.ahead(sorted.supplies.len() as u64);
        for supply in 0..sorted.supplies.len() {
            work.bring(supply, pace).await;
            pace.did(1);
        }
        // What is left may go anywhere beyond the last place, so that place charges nothing.
        let ground = work.prices.last().copied().unwrap_or(0);
        let place_prices: Vec<i64> =
            work.prices.iter().take(count).map(|price| price - ground).collect();
        let mut flows = Vec::new();
        for (place, there) in work.at.iter().enumerate() {
            flows.extend(there.iter().map(|&(supply, units)| (supply as usize, place, units)));
        }
        flows.sort_unstable();
        let supply_prices = sorted.supply_prices(&place_prices);
        let mut plan = Plan { flows, left: work.left, supply_prices, place_prices, cost: 0 };
        plan.cost = sorted.cost(&plan);
        plan
    }

    /// With the arcs of each supply by place, the cheapest of several to the same one alone.
    fn sorted(&self) -> Cow<'_, Self> {
        if self.arcs.iter().all(|arcs| arcs.is_sorted_by(|one, next| one.0 < next.0)) {
            return Cow::Borrowed(self);
        }
        let mut sorted = self.clone();
        for arcs in &mut sorted.arcs {
            arcs.sort_unstable();
            arcs.dedup_by_key(|arc| arc.0);
        }
        Cow::Owned(sorted)
    }

    fn supply_prices(&self, place_prices: &[i64]) -> Vec<i64> {
        let supplies = self.arcs.iter().map(|arcs| {
            let ways = arcs
                .iter()
                .filter_map(|&(place, cost)| Some(cost + place_prices.get(place as usize)?));
            ways.fold(self.unplaced, i64::min)
        });
        supplies.collect()
    }

    fn arc(&self, supply: usize, place: usize) -> Option<i64> {
        let arcs = self.arcs.get(supply)?.iter();
        arcs.filter(|arc| arc.0 as usize == place).map(|arc| arc.1).min()
    }

    fn cost(&self, plan: &Plan) -> i128 {
        let flows = plan.flows.iter().map(|&(supply, place, units)| {
            i128::from(self.arc(supply, place).unwrap_or(0)) * i128::from(units)
        });
        let left = plan.left.iter().map(|&units| i128::from(units) * i128::from(self.unplaced));
        flows.chain(left).sum()
    }
}

impl Plan {
    /// What the prices say that no plan can cost less than.
    pub fn bound(&self, problem: &Transport) -> i128 {
        let sum = |units: &[u32], prices: &[i64]| -> i128 {
            units.iter().zip(prices).map(|(&n, &price)| i128::from(n) * i128::from(price)).sum()
        };
        sum(&problem.supplies, &self.supply_prices) - sum(&problem.places, &self.place_prices)
    }

    /// Passes if the plan uses every supply, overfills no place, and its prices prove that none is
    /// cheaper.
    ///
    /// # Errors
    /// [`BadPlan`] with the first supply where it does not hold.
    pub fn check(&self, problem: &Transport) -> Result<(), BadPlan> {
        let count = problem.supplies.len();
        let sums = BadPlan { supply: count };
        if [self.left.len(), self.supply_prices.len(), problem.arcs.len()]
            .iter()
            .any(|&n| n != count)
            || self.place_prices.len() != problem.places.len()
            || self.place_prices.iter().any(|&price| price < 0)
        {
            return Err(sums);
        }
        let mut used: Vec<u64> = self.left.iter().map(|&units| units.into()).collect();
        let mut filled = vec![0_u64; problem.places.len()];
        for &(supply, place, units) in &self.flows {
            let bad = BadPlan { supply };
            *used.get_mut(supply).ok_or(bad)? += u64::from(units);
            *filled.get_mut(place).ok_or(bad)? += u64::from(units);
            let meets = problem
                .arc(supply, place)
                .map(|cost| cost + self.place_prices.get(place).copied().unwrap_or(0));
            if meets.is_none() || meets != self.supply_prices.get(supply).copied() {
                return Err(bad);
            }
        }
        let supplies = problem.supplies.iter().zip(&used).zip(&self.supply_prices).enumerate();
        for (supply, ((&units, &used), &price)) in supplies {
            let arcs = problem.arcs.get(supply).into_iter().flatten();
            let below = arcs
                .filter_map(|&(place, cost)| Some(cost + self.place_prices.get(place as usize)?));
            let least = below.fold(problem.unplaced, i64::min);
            let is_left = self.left.get(supply).is_some_and(|&left| left > 0);
            if used != u64::from(units) || price > least || (is_left && price != problem.unplaced) {
                return Err(BadPlan { supply });
            }
        }
        for ((&most, &filled), &price) in problem.places.iter().zip(&filled).zip(&self.place_prices)
        {
            if filled > u64::from(most) || (price > 0 && filled != u64::from(most)) {
                return Err(sums);
            }
        }
        // What the flows cost is summed here anew.
        if self.bound(problem) == self.cost && problem.cost(self) == self.cost {
            Ok(())
        } else {
            Err(sums)
        }
    }
}
