//! What a change of several posts at once costs under a rule, exactly.
//!
//! A cost is a list of posts given and taken. It is never added up: two costs are compared by the
//! posts in which they differ, first by a coarse whole number where that settles it, else exactly.
//! So the rules that look at the worst line first, whose cost is no number at all, are served by
//! the same code. Among equal costs the tie order of [`super::rank`] decides: posts for the larger
//! need (the smaller under worst first), then for the smaller id.

use std::cell::Cell;
use std::cmp::Ordering;

use super::key::{Weight, compare_products};
use super::line::Rule;
use super::rank::Row;
use super::sum::{Part, sign};
use super::terms::{Term, Terms};
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
    /// The rule, with a price on each gain.
    Priced(Price),
}

/// A price on gains: `cost` for every `per` of them.
#[derive(Debug, Clone)]
pub(super) struct Price {
    pub(super) cost: Cost,
    /// Of so many gains; one or more.
    pub(super) per: i64,
    /// The cost by the rule where that looks at one level after the other: a price is of as many
    /// posts as there are moves, too many to be put in order for every comparison.
    by_level: Option<ByLevel>,
}

/// Posts that may be weighed between two rests: one or two milliseconds of work.
const ENOUGH: u64 = 20_000;

/// Compares costs for the lines of one problem.
#[derive(Debug)]
pub(super) struct Scale<'a> {
    rows: &'a [Row<'a>],
    rule: Rule,
    pub(super) aim: Aim,
    /// Posts weighed since the last rest. Most comparisons weigh none or two; under a price they
    /// may be thousands, and then single comparisons are what takes long.
    weighed: Cell<u64>,
}

impl<'a> Scale<'a> {
    pub(super) fn new(rows: &'a [Row<'a>], rule: Rule, aim: Aim) -> Self {
        Self { rows, rule, aim, weighed: Cell::new(0) }
    }

    /// The rows that it weighs.
    pub(super) fn rows(&self) -> &'a [Row<'a>] {
        self.rows
    }

    /// Whether enough was weighed for a rest; counting begins anew then.
    pub(super) fn is_tired(&self) -> bool {
        let tired = self.weighed.get() >= ENOUGH;
        if tired {
            self.weighed.set(0);
        }
        tired
    }

    fn weigh(&self, posts: usize) {
        self.weighed.set(self.weighed.get().saturating_add(posts as u64));
    }

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
        if let Aim::Priced(Price { cost, per, by_level }) = &self.aim
            && difference.gains != 0
        {
            let gains = difference.gains;
            if let Some(price) = by_level {
                let own = ByLevel::of(self.rule, &self.needy(&difference.terms));
                let order = own.sign_with(*per, price, gains, self);
                if order.is_ne() {
                    return order;
                }
            }
            for term in difference.terms.iter_mut() {
                term.count = term.count.saturating_mul(*per);
            }
            difference.add(cost, gains);
        }
        self.weigh(difference.terms.len());
        self.sign(&difference.terms)
    }

    /// `cost` for every `per` gains, made ready.
    pub(super) fn price(&self, cost: Cost, per: i64) -> Price {
        let by_level = matches!(self.rule, Rule::WorstFirst | Rule::NeverOverfill)
            .then(|| ByLevel::of(self.rule, &self.needy(&cost.terms)));
        Price { cost, per, by_level }
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
        let kept = terms.iter().filter(|term| {
            let row = self.rows.get(term.row as usize);
            row.is_some_and(|row| row.is_without_need() && term.held < row.line.now)
        });
        let kept = kept.fold(0_i64, |kept, term| kept.saturating_add(term.count));
        let needy = self.needy(terms);
        let by_rule = match self.rule {
            Rule::WorstFirst | Rule::NeverOverfill => ByLevel::of(self.rule, &needy).sign(),
            Rule::EqualGap => needy
                .needless
                .cmp(&0)
                .then_with(|| first_posts(&needy.terms))
                .then_with(|| sum(self.rule, &needy.terms)),
            Rule::Balanced | Rule::LargestRemainder => {
                needy.needless.cmp(&0).then_with(|| sum(self.rule, &needy.terms))
            }
        };
        (by_rule, kept)
    }

    /// The posts that the rule weighs, and how many go to lines without need.
    fn needy(&self, terms: &[Term]) -> Needy<'_> {
        let mut needy = Needy { needless: 0, terms: Vec::with_capacity(terms.len()) };
        for term in terms {
            let Some(row) = self.rows.get(term.row as usize) else { continue };
            if self.rule != Rule::LargestRemainder && row.is_without_need() {
                needy.needless = needy.needless.saturating_add(term.count);
            } else {
                needy.terms.push((row, term.held, term.count));
            }
        }
        needy
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
        // Two long lists are merged: putting one into the other post by post would move the rest of
        // it for each.
        if self.terms.len().min(other.terms.len()) > MERGED {
            self.terms = merged(&self.terms, &other.terms, times);
            return;
        }
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

/// Lists longer than this are merged.
const MERGED: usize = 16;

/// The sum of one list and another, `times` over. Both are sorted.
fn merged(one: &[Term], other: &[Term], times: i64) -> Terms {
    let mut all = Vec::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    loop {
        let first = match (one.peek(), other.peek()) {
            (None, None) => return Terms::of(all),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => (one.row, one.held).cmp(&(other.row, other.held)),
        };
        let own = one.next_if(|_| first.is_le());
        let more = other.next_if(|_| first.is_ge());
        let count = more.map_or(0, |term| term.count.saturating_mul(times));
        let count = own.map_or(0, |term| term.count).saturating_add(count);
        all.extend(own.or(more).filter(|_| count != 0).map(|term| Term { count, ..*term }));
    }
}

/// The order of two costs where the coarse figures settle it.
fn quick(aim: &Aim, one: &Cost, other: &Cost) -> Option<Ordering> {
    if one.off == u32::MAX || other.off == u32::MAX {
        return None;
    }
    let mut apart = i128::from(one.coarse) - i128::from(other.coarse);
    let mut off = i128::from(one.off) + i128::from(other.off);
    if let Aim::Priced(Price { cost, per, .. }) = aim {
        if cost.off == u32::MAX {
            return None;
        }
        let gains = i128::from(one.gains) - i128::from(other.gains);
        let (per, coarse) = (i128::from(*per), i128::from(cost.coarse));
        apart = apart.checked_mul(per)?.checked_add(gains.checked_mul(coarse)?)?;
        off = off.checked_mul(per)? + gains.abs().checked_mul(cost.off.into())?;
    }
    (apart.abs() > off).then(|| apart.cmp(&0))
}

/// A post of a line, by those before it, and how often it counts.
type Weighed<'a> = (&'a Row<'a>, u32, i64);

/// Terms as a rule sees them.
struct Needy<'a> {
    /// Posts of lines without need: the fewer, the better, before anything else.
    needless: i64,
    terms: Vec<Weighed<'a>>,
}

/// The sign of the sum of the costs of single posts, as fractions.
fn sum(rule: Rule, terms: &[Weighed<'_>]) -> Ordering {
    let mut parts = Vec::with_capacity(terms.len());
    for &(row, held, times) in terms {
        let Weight { above, below } = row.weight();
        let held = u64::from(held);
        match rule {
            Rule::Balanced => {
                parts.push(Part { above: [below, 2 * held + 1], times, below: [above, 1, 1, 1] });
            }
            Rule::EqualGap if held == 0 => {}
            Rule::EqualGap => parts.push(Part {
                above: [above, above],
                times: times.saturating_neg(),
                below: [below, below, held, held + 1],
            }),
            // (k+1−s)² − (k−s)² = 2k + 1 − 2s.
            _ => parts.extend([
                Part { above: [2 * held + 1, 1], times, below: [1; 4] },
                Part { above: [above, 2], times: times.saturating_neg(), below: [below, 1, 1, 1] },
            ]),
        }
    }
    sign(parts)
}

/// First posts under equal gaps stand before everything else, by the square of the need: giving
/// them is better.
fn first_posts(terms: &[Weighed<'_>]) -> Ordering {
    let firsts = terms.iter().filter(|(_, held, _)| *held == 0);
    let parts = firsts.map(|(row, _, times)| {
        let Weight { above, below } = row.weight();
        Part { above: [above, above], times: times.saturating_neg(), below: [below, below, 1, 1] }
    });
    sign(parts.collect())
}

/// A cost as the lines that come to each level of posts ÷ need: a post given takes its line from
/// one level to the next. Under worst first fewer lines at the lowest level that changes is better;
/// under never overfill fewer at the highest.
#[derive(Debug, Clone)]
struct ByLevel {
    needless: i64,
    /// The level that counts most first; none without change.
    levels: Vec<Level>,
}

#[derive(Debug, Clone, Copy)]
struct Level {
    posts: u64,
    need: Weight,
    /// Lines that come to it, less those that leave it.
    lines: i64,
}

impl Level {
    fn compare(&self, other: &Self, rule: Rule) -> Ordering {
        let order = compare_products(
            &[self.posts, self.need.below, other.need.above],
            &[other.posts, other.need.below, self.need.above],
        );
        if rule == Rule::WorstFirst { order } else { order.reverse() }
    }
}

impl ByLevel {
    fn of(rule: Rule, needy: &Needy<'_>) -> Self {
        let mut all: Vec<Level> = Vec::with_capacity(needy.terms.len() * 2);
        for &(row, held, count) in &needy.terms {
            let (posts, need) = (u64::from(held), row.weight());
            match all.last_mut() {
                // Posts in a row lead through the levels between: only the ends remain.
                Some(last) if last.posts == posts && last.need == need => {
                    last.lines = last.lines.saturating_sub(count);
                }
                _ => all.push(Level { posts, need, lines: count.saturating_neg() }),
            }
            all.push(Level { posts: posts + 1, need, lines: count });
        }
        all.order_by(|one, other| one.compare(other, rule));
        let mut levels: Vec<Level> = Vec::new();
        for same in all.chunk_by(|one, other| one.compare(other, rule).is_eq()) {
            let lines = same.iter().fold(0_i64, |lines, level| lines.saturating_add(level.lines));
            levels.extend(same.first().filter(|_| lines != 0).map(|one| Level { lines, ..*one }));
        }
        Self { needless: needy.needless, levels }
    }

    /// Whether it is above or below zero.
    fn sign(&self) -> Ordering {
        let first = || self.levels.first().map_or(0, |level| level.lines);
        self.needless.cmp(&0).then_with(|| first().cmp(&0))
    }

    /// Whether this, `times` over, and `other`, `others` over, are together above or below zero.
    fn sign_with(&self, times: i64, other: &Self, others: i64, scale: &Scale<'_>) -> Ordering {
        let both = |own: i64, other: i64| {
            i128::from(own) * i128::from(times) + i128::from(other) * i128::from(others)
        };
        let needless = both(self.needless, other.needless);
        if needless != 0 {
            return needless.cmp(&0);
        }
        let mut own = self.levels.iter().peekable();
        let mut more = other.levels.iter().peekable();
        loop {
            scale.weigh(1);
            let first = match (own.peek(), more.peek()) {
                (None, None) => return Ordering::Equal,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(one), Some(other)) => one.compare(other, scale.rule),
            };
            let lines = |level: Option<&Level>| level.map_or(0, |level| level.lines);
            let here =
                both(lines(own.next_if(|_| first.is_le())), lines(more.next_if(|_| first.is_ge())));
            if here != 0 {
                return here.cmp(&0);
            }
        }
    }
}
