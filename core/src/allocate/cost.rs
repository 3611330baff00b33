//! What a change of several posts at once costs under a rule, exactly.
//!
//! A cost is a list of posts given and taken. It is never added up: two costs are compared by the
//! posts in which they differ, first by a coarse whole number where that settles it, else exactly.
//! So the rules that look at the worst line first, whose cost is no number at all, are served by
//! the same code. Among equal costs the tie order of [`super::rank`] decides: posts for the larger
//! need (the smaller under worst first), then for the smaller id.

use std::cmp::Ordering;

use super::key::{Weight, compare_products};
use super::line::Rule;
use super::rank::Row;
use super::terms::{Term, Terms};
use super::wide::Wide;
use crate::order::InOrder;

/// A cost: posts given and taken, and how many of those given are gains against now.
#[derive(Debug, Clone, Default)]
pub(super) struct Cost {
    pub(super) terms: Terms,
    /// Posts above what their line holds now, given less taken.
    pub(super) gains: i64,
    /// The sum in parts of 2⁻³², off by less than `off`; no use if `off` is the largest number.
    coarse: i64,
    off: u32,
}

/// What is to be made small.
#[derive(Debug, Clone)]
pub(super) enum Aim {
    /// Nothing: any answer will do.
    Any,
    /// Gains first, then the rule.
    Fewest,
    /// The rule alone.
    Best,
    /// The rule, with a price on each gain: `price` for every `per` gains.
    Priced {
        /// The price.
        price: Cost,
        /// Of so many gains; one or more.
        per: i64,
    },
}

/// Compares costs for the lines of one problem.
#[derive(Debug)]
pub(super) struct Scale<'a> {
    pub(super) rows: &'a [Row<'a>],
    pub(super) rule: Rule,
    pub(super) aim: Aim,
}

impl Scale<'_> {
    /// The cost of giving a post.
    pub(super) fn step(&self, row: usize, held: u32) -> Cost {
        let Some(line) = self.rows.get(row) else { return Cost::default() };
        let (coarse, off) = match line.coarse_cost(held) {
            Some(coarse) => (coarse, 1),
            None => (0, u32::MAX),
        };
        let term = Term { row: u32::try_from(row).unwrap_or(u32::MAX), held, count: 1 };
        let gains = i64::from(held >= line.line.now);
        Cost { terms: Terms::one(term), gains, coarse, off }
    }

    /// `cost` with a step on top, if that is below `best`.
    pub(super) fn better(
        &self,
        cost: &Cost,
        step: Option<(&Cost, i64)>,
        best: &Cost,
    ) -> Option<Cost> {
        if step.is_none() {
            return self.compare(cost, best).is_lt().then(|| cost.clone());
        }
        // Most ways are far off, which one subtraction shows.
        if let (Some((more, times)), Aim::Best) = (step, &self.aim)
            && let Some(off) = cost.off.checked_add(more.off)
            && let Some(off) = off.checked_add(best.off).filter(|off| *off < u32::MAX)
            && let Some(coarse) = cost.coarse.checked_add(more.coarse.saturating_mul(times))
            && coarse.saturating_sub(best.coarse) > i64::from(off)
        {
            return None;
        }
        let cost = cost.with(step);
        self.compare(&cost, best).is_lt().then_some(cost)
    }

    /// Compares `one` with `other`.
    pub(super) fn compare(&self, one: &Cost, other: &Cost) -> Ordering {
        match &self.aim {
            Aim::Any => return Ordering::Equal,
            Aim::Fewest if one.gains != other.gains => return one.gains.cmp(&other.gains),
            aim => {
                if let Some(order) = quick(aim, one, other) {
                    return order;
                }
                // The same posts, reached by two ways: nothing to weigh.
                if *one.terms == *other.terms {
                    return Ordering::Equal;
                }
            }
        }
        let mut difference = one.clone();
        difference.add(other, -1);
        if let Aim::Priced { price, per } = &self.aim
            && difference.gains != 0
        {
            let gains = difference.gains;
            for term in difference.terms.iter_mut() {
                term.count = term.count.saturating_mul(*per);
            }
            difference.add(price, gains);
        }
        self.sign(&difference.terms)
    }

    /// Whether a cost is above (`Greater`) or below zero.
    pub(super) fn sign_of(&self, cost: &Cost) -> Ordering {
        self.compare(cost, &Cost::default())
    }

    /// Whether a cost is above or below zero by the rule alone, without the order of ties.
    pub(super) fn main_sign(&self, cost: &Cost) -> Ordering {
        self.split(&cost.terms).0
    }

    fn sign(&self, terms: &[Term]) -> Ordering {
        if terms.is_empty() {
            return Ordering::Equal;
        }
        let (by_rule, kept) = self.split(terms);
        by_rule
            .then_with(|| self.by_order(terms, false))
            .then_with(|| 0.cmp(&kept))
            .then_with(|| self.by_order(terms, true))
    }

    /// The sign by the rule, and the posts that lines without need keep of those they have now.
    fn split(&self, terms: &[Term]) -> (Ordering, i64) {
        let rule = self.rule;
        let (mut needless, mut kept) = (0_i64, 0_i64);
        let mut needy = Vec::with_capacity(terms.len());
        for term in terms {
            let Some(row) = self.rows.get(term.row as usize) else { continue };
            if rule != Rule::LargestRemainder && row.is_without_need() {
                needless = needless.saturating_add(term.count);
            } else {
                needy.push((row, term.held, term.count));
            }
            if row.is_without_need() && term.held < row.line.now {
                kept = kept.saturating_add(term.count);
            }
        }
        let by_rule = needless.cmp(&0).then_with(|| match rule {
            Rule::WorstFirst | Rule::NeverOverfill => levels(rule, &needy),
            Rule::EqualGap => first_posts(&needy).then_with(|| sum(rule, &needy)),
            Rule::Balanced | Rule::LargestRemainder => sum(rule, &needy),
        });
        (by_rule, kept)
    }

    /// The first line with need (or without) in the order of ties that gains or loses on balance:
    /// gaining is better.
    fn by_order(&self, terms: &[Term], needless: bool) -> Ordering {
        let mut first: Option<(&Row<'_>, i64)> = None;
        let mut at = 0;
        while let Some(term) = terms.get(at) {
            let same = terms.iter().skip(at).take_while(|other| other.row == term.row);
            let (length, count) = same.fold((0, 0_i64), |(length, count), term| {
                (length + 1, count.saturating_add(term.count))
            });
            at += length;
            let Some(row) = self.rows.get(term.row as usize).filter(|_| count != 0) else {
                continue;
            };
            if row.is_without_need() != needless {
                continue;
            }
            if first.is_none_or(|(other, _)| row.before(other)) {
                first = Some((row, count));
            }
        }
        0.cmp(&first.map_or(0, |(_, count)| count))
    }
}

impl Cost {
    /// This cost and a step on top.
    pub(super) fn with(&self, step: Option<(&Self, i64)>) -> Self {
        let mut cost = self.clone();
        if let Some((step, times)) = step {
            cost.add(step, times);
        }
        cost
    }

    /// Adds `other`, `times` over.
    pub(super) fn add(&mut self, other: &Self, times: i64) {
        let known = |cost: &Self| cost.off < u32::MAX;
        let coarse = other.coarse.checked_mul(times).and_then(|more| self.coarse.checked_add(more));
        let off = u32::try_from(times.unsigned_abs())
            .ok()
            .and_then(|times| other.off.checked_mul(times))
            .and_then(|more| self.off.checked_add(more));
        match (coarse, off) {
            (Some(coarse), Some(off)) if known(self) && known(other) => {
                (self.coarse, self.off) = (coarse, off);
            }
            _ => self.off = u32::MAX,
        }
        self.gains = self.gains.saturating_add(other.gains.saturating_mul(times));
        for term in other.terms.iter() {
            let count = term.count.saturating_mul(times);
            let place = self
                .terms
                .binary_search_by(|mine| (mine.row, mine.held).cmp(&(term.row, term.held)));
            match place {
                Ok(at) => {
                    let Some(mine) = self.terms.get_mut(at) else { continue };
                    mine.count = mine.count.saturating_add(count);
                    if mine.count == 0 {
                        self.terms.remove(at);
                    }
                }
                Err(at) => self.terms.insert(at, Term { count, ..*term }),
            }
        }
    }
}

/// The order of two costs where the coarse figures settle it.
fn quick(aim: &Aim, one: &Cost, other: &Cost) -> Option<Ordering> {
    if one.off == u32::MAX || other.off == u32::MAX {
        return None;
    }
    let mut apart = i128::from(one.coarse) - i128::from(other.coarse);
    let mut off = i128::from(one.off) + i128::from(other.off);
    if let Aim::Priced { price, per } = aim {
        if price.off == u32::MAX {
            return None;
        }
        let gains = i128::from(one.gains) - i128::from(other.gains);
        let (per, coarse) = (i128::from(*per), i128::from(price.coarse));
        apart = apart.checked_mul(per)?.checked_add(gains.checked_mul(coarse)?)?;
        off = off.checked_mul(per)? + gains.abs().checked_mul(price.off.into())?;
    }
    (apart.abs() > off).then(|| apart.cmp(&0))
}

type Needy<'a> = (&'a Row<'a>, u32, i64);

/// The sum of the costs of single posts, as fractions.
fn sum(rule: Rule, terms: &[Needy<'_>]) -> Ordering {
    let mut narrow = Some((0_i128, 1_i128));
    for &(row, held, count) in terms {
        narrow = narrow.and_then(|(above, below)| {
            let (more, per) = narrow_cost(rule, row.weight(), held)?;
            let more = more.checked_mul(i128::from(count))?;
            let common = num_integer::Integer::gcd(&below, &per);
            let (left, right) = (per.checked_div(common)?, below.checked_div(common)?);
            let above = above.checked_mul(left)?.checked_add(more.checked_mul(right)?)?;
            Some((above, below.checked_mul(left)?))
        });
    }
    match narrow {
        Some((above, _)) => above.cmp(&0),
        None => wide_sum(rule, terms),
    }
}

/// Numerator and denominator of the cost of one post, if they fit.
fn narrow_cost(rule: Rule, weight: Weight, held: u32) -> Option<(i128, i128)> {
    let (above, below) = (i128::from(weight.above), i128::from(weight.below));
    let held = i128::from(held);
    Some(match rule {
        Rule::Balanced => (below.checked_mul(2 * held + 1)?, above),
        Rule::EqualGap if held == 0 => (0, 1),
        Rule::EqualGap => (
            above.checked_mul(above)?.checked_neg()?,
            below.checked_mul(below)?.checked_mul(held.checked_mul(held + 1)?)?,
        ),
        // (k+1−s)² − (k−s)² = 2k + 1 − 2s.
        _ => (below.checked_mul(2 * held + 1)?.checked_sub(above.checked_mul(2)?)?, below),
    })
}

/// The same in numbers of any width: every numerator times all the other denominators.
fn wide_sum(rule: Rule, terms: &[Needy<'_>]) -> Ordering {
    let factors = |weight: Weight, held: u32| -> (Vec<u64>, Vec<u64>, Vec<u64>) {
        let (above, below, held) = (weight.above, weight.below, u64::from(held));
        match rule {
            Rule::Balanced => (vec![below, 2 * held + 1], Vec::new(), vec![above]),
            Rule::EqualGap if held == 0 => (Vec::new(), Vec::new(), Vec::new()),
            Rule::EqualGap => (Vec::new(), vec![above, above], vec![below, below, held, held + 1]),
            _ => (vec![below, 2 * held + 1], vec![above, 2], vec![below]),
        }
    };
    let (mut plus, mut minus) = (Wide::zero(), Wide::zero());
    for (at, &(row, held, count)) in terms.iter().enumerate() {
        if rule == Rule::EqualGap && held == 0 {
            continue;
        }
        let others = terms.iter().enumerate().filter(|(other, _)| *other != at);
        let divisors: Vec<u64> =
            others.flat_map(|(_, &(row, held, _))| factors(row.weight(), held).2).collect();
        let (up, down, _) = factors(row.weight(), held);
        for (part, is_up) in [(up, true), (down, false)] {
            if part.is_empty() {
                continue;
            }
            let product =
                Wide::product(part.iter().chain(&divisors).copied().chain([count.unsigned_abs()]));
            if is_up == (count > 0) { plus.add(&product) } else { minus.add(&product) }
        }
    }
    plus.compare(&minus)
}

/// First posts under equal gaps stand before everything else, by the square of the need: giving
/// them is better.
fn first_posts(terms: &[Needy<'_>]) -> Ordering {
    let (mut plus, mut minus) = (Wide::zero(), Wide::zero());
    let firsts = || terms.iter().filter(|(_, held, _)| *held == 0);
    for (at, (row, _, count)) in firsts().enumerate() {
        let own = [row.weight().above, row.weight().above, count.unsigned_abs()];
        let others = firsts().enumerate().filter(|(other, _)| *other != at);
        let below = others.flat_map(|(_, (row, _, _))| [row.weight().below, row.weight().below]);
        let product = Wide::product(own.into_iter().chain(below));
        if *count > 0 { plus.add(&product) } else { minus.add(&product) }
    }
    minus.compare(&plus)
}

/// Posts ÷ need as levels: a post given takes its line from one level to the next. Under worst
/// first fewer lines at the lowest level that changes is better; under never overfill fewer at the
/// highest.
fn levels(rule: Rule, terms: &[Needy<'_>]) -> Ordering {
    // (posts, need, lines that come to this level).
    let mut levels: Vec<(u64, Weight, i64)> = Vec::with_capacity(terms.len() * 2);
    for &(row, held, count) in terms {
        levels.push((u64::from(held), row.weight(), -count));
        levels.push((u64::from(held) + 1, row.weight(), count));
    }
    let compare = |one: &(u64, Weight, i64), other: &(u64, Weight, i64)| {
        compare_products(
            &[one.0, one.1.below, other.1.above],
            &[other.0, other.1.below, one.1.above],
        )
    };
    levels.order_by(|a, b| match rule {
        Rule::WorstFirst => compare(a, b),
        _ => compare(b, a),
    });
    let mut at = 0;
    while let Some(level) = levels.get(at) {
        let same = levels.iter().skip(at).take_while(|other| compare(level, other).is_eq());
        let (length, count) = same
            .fold((0, 0_i64), |(length, count), level| (length + 1, count.saturating_add(level.2)));
        if count != 0 {
            return count.cmp(&0);
        }
        at += length;
    }
    Ordering::Equal
}
