//! The judge of answers under groups: by the prices that come with them, counted anew in its own
//! arithmetic.
//!
//! Each line has a price for one post more or fewer: the base, what its groups add, and what a
//! gain adds. If no next post is worth its price and every last post is, full groups alone make
//! posts dearer and groups at their least alone make them cheaper, then no answer within all the
//! limits is better, whatever the groups look like.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::super::certificate::{NotLess, NotMore};
use super::super::grouped::{Grouped, PostCost, Prices};
use super::super::line::{Problem, Rule};
use super::super::solve::Proposal;
use super::{Flaw, Judge, Place, ahead, compare, multiply, parts, quotients};
use crate::fraction::Fraction;
use crate::pace::Pace;

/// Passes if groups, prices and reasons are what they claim to be. Sums, bounds and moves have been
/// looked at before.
pub(super) async fn judge(
    problem: &Problem,
    proposal: &Proposal,
    told: &Grouped,
    pace: &Pace,
) -> Result<(), Flaw> {
    let mut of_line: Vec<Vec<usize>> = vec![Vec::new(); problem.lines.len()];
    let mut sums = Vec::with_capacity(problem.groups.len());
    for (at, group) in problem.groups.iter().enumerate() {
        let mut sum = 0_u64;
        for &line in &group.lines {
            let groups = of_line.get_mut(line).ok_or(Flaw::Group { group: at })?;
            if groups.last() != Some(&at) {
                groups.push(at);
                sum += proposal.posts.get(line).map_or(0, |&posts| u64::from(posts));
            }
        }
        if sum < group.low || sum > group.high || told.sums.get(at) != Some(&sum) {
            return Err(Flaw::Group { group: at });
        }
        sums.push(sum);
    }
    if let Some(prices) = &told.prices {
        Teller { problem, proposal, prices }.prices(&of_line, &sums, pace).await?;
    }
    let is_tight = |group: Option<usize>| {
        group.is_none_or(|at| match (problem.groups.get(at), sums.get(at)) {
            (Some(group), Some(&sum)) => sum == group.low || sum == group.high,
            _ => false,
        })
    };
    let lines = problem.lines.iter().zip(&proposal.posts).zip(&proposal.reasons);
    for (index, ((line, &posts), reason)) in lines.enumerate() {
        let bounds = line.bounds;
        let more = match reason.more {
            NotMore::AtHigh { high, reason } => {
                posts == bounds.high && (high, reason) == (bounds.high, bounds.high_reason)
            }
            NotMore::Group { key, group } => key.held() == posts && is_tight(group),
            NotMore::Outranked { key } | NotMore::Limit { key } => key.held() == posts,
        };
        let less = match reason.less {
            NotLess::AtLow { low, reason } => {
                posts == bounds.low && (low, reason) == (bounds.low, bounds.low_reason)
            }
            NotLess::Group { key, group } => key.held() + 1 == posts && is_tight(group),
            NotLess::Outranks { key } | NotLess::Limit { key } => key.held() + 1 == posts,
        };
        if !more || !less {
            return Err(Flaw::Reason { line: index });
        }
    }
    if told.prices.is_some() && told.proven {
        Ok(())
    } else {
        Err(Flaw::Unproven { searched: told.proven })
    }
}

struct Teller<'a> {
    problem: &'a Problem,
    proposal: &'a Proposal,
    prices: &'a Prices,
}

type Posts = BTreeMap<(usize, u32), i128>;

impl Teller<'_> {
    async fn prices(&self, of_line: &[Vec<usize>], sums: &[u64], pace: &Pace) -> Result<(), Flaw> {
        let Self { problem, proposal, prices } = self;
        if prices.per < 1 || prices.tolls.len() != problem.groups.len() {
            return Err(Flaw::Price);
        }
        for (at, (group, toll)) in problem.groups.iter().zip(&prices.tolls).enumerate() {
            let sum = sums.get(at).copied().unwrap_or(0);
            let fits = match self.sign(&added(&[toll])) {
                Ordering::Greater => sum == group.low,
                Ordering::Less => sum == group.high,
                Ordering::Equal => true,
            };
            if !fits {
                return Err(Flaw::Toll { group: at });
            }
            pace.rest().await;
        }
        match self.sign(&added(&[&prices.gain])) {
            Ordering::Greater => return Err(Flaw::Price),
            Ordering::Less if problem.limit != Some(proposal.moved) => return Err(Flaw::Price),
            _ => {}
        }
        // Lines in the same groups have the same prices: if the first of their next posts is not worth
        // its price, none is, and if the last of their last posts is, all are.
        let mut edges: BTreeMap<(&[usize], bool), [Option<Place<'_>>; 2]> = BTreeMap::new();
        let judge = Judge { problem, proposal };
        for (index, line, posts) in judge.lines() {
            let groups = of_line.get(index).map_or(&[][..], Vec::as_slice);
            let next = judge.next(index, line, posts);
            let last = judge.last(index, line, posts);
            for (side, place) in [next, last].into_iter().enumerate() {
                let Some(place) = place else { continue };
                let gains = place.key.held() >= line.now;
                let edge = edges.entry((groups, gains)).or_default();
                let Some(edge) = edge.get_mut(side) else { continue };
                let is_first = |other: &Place<'_>| match side {
                    0 => ahead(&place, other),
                    _ => ahead(other, &place),
                };
                if edge.as_ref().is_none_or(is_first) {
                    *edge = Some(place);
                }
            }
        }
        pace.rest().await;
        for ((groups, gains), [next, last]) in edges {
            let tolls = groups.iter().filter_map(|&at| prices.tolls.get(at)).map(Vec::as_slice);
            let mut price: Vec<&[PostCost]> = vec![&prices.base];
            price.extend(tolls);
            if gains {
                price.push(&prices.gain);
            }
            let mut price = added(&price);
            for times in price.values_mut() {
                *times = -*times;
            }
            let worth = |place: &Place<'_>| {
                let mut posts = price.clone();
                *posts.entry((place.index, place.key.held())).or_default() +=
                    i128::from(prices.per);
                self.sign(&posts)
            };
            for (place, wrong) in [(next, Ordering::Less), (last, Ordering::Greater)] {
                if let Some(place) = place.filter(|place| worth(place) == wrong) {
                    return Err(Flaw::Underpriced { line: place.index });
                }
                pace.rest().await;
            }
        }
        Ok(())
    }

    fn weight(&self, line: usize) -> Fraction {
        let share = self.proposal.shares.get(line).copied();
        share.or_else(|| Some(self.problem.lines.get(line)?.need)).unwrap_or_default()
    }

    /// Whether giving these posts makes the result worse (`Greater`) or better.
    fn sign(&self, posts: &Posts) -> Ordering {
        let rule = self.problem.rule;
        let mut needless = 0_i128;
        let mut needy = Vec::new();
        for (&(line, held), &times) in posts {
            let weight = self.weight(line);
            if times == 0 {
                continue;
            }
            if rule != Rule::LargestRemainder && *weight.numer() == 0 {
                needless += times;
            } else {
                needy.push((parts(&weight), u128::from(held), times));
            }
        }
        needless.cmp(&0).then_with(|| match rule {
            Rule::WorstFirst | Rule::NeverOverfill => by_level(rule, &needy),
            _ => {
                let firsts: Vec<_> = needy.iter().filter_map(|post| first(rule, post)).collect();
                total(&firsts).then_with(|| {
                    let costs = needy.iter().filter_map(|post| cost(rule, post));
                    total(&costs.flatten().collect::<Vec<_>>())
                })
            }
        })
    }
}

type Needy = ([u128; 2], u128, i128);
/// Factors above, factors below, whether it counts against the sum, and how often.
type Quotient = (Vec<u128>, Vec<u128>, bool, u128);

fn added(prices: &[&[PostCost]]) -> Posts {
    let mut posts = Posts::new();
    for post in prices.iter().copied().flatten() {
        *posts.entry((post.line, post.held)).or_default() += i128::from(post.times);
    }
    posts
}

/// The first post of a line under equal gaps, which stands before everything else.
fn first(rule: Rule, &([above, below], held, times): &Needy) -> Option<Quotient> {
    let stands_before = rule == Rule::EqualGap && held == 0;
    let square = || (vec![above, above], vec![below, below], times > 0, times.unsigned_abs());
    stands_before.then(square)
}

/// What one post costs: one or two quotients.
fn cost(rule: Rule, &([above, below], held, times): &Needy) -> Option<Vec<Quotient>> {
    let (count, minus) = (times.unsigned_abs(), times < 0);
    let odd = 2 * held + 1;
    Some(match rule {
        Rule::Balanced => vec![(vec![below, odd], vec![above], minus, count)],
        Rule::EqualGap => {
            let divisor = held.checked_mul(held + 1).filter(|&divisor| divisor > 0)?;
            vec![(vec![above, above], vec![below, below, divisor], !minus, count)]
        }
        _ => vec![(vec![odd], vec![1], minus, count), (vec![2, above], vec![below], !minus, count)],
    })
}

/// The sign of a sum of quotients, brought under one denominator one after the other.
fn total(quotients: &[Quotient]) -> Ordering {
    let (mut plus, mut minus, mut below) = (vec![0_u32], vec![0_u32], vec![1_u32]);
    for (above, under, is_minus, count) in quotients {
        let mut more = below.clone();
        for factor in above.iter().chain([count]) {
            multiply(&mut more, *factor);
        }
        for factor in under {
            for number in [&mut plus, &mut minus, &mut below] {
                multiply(number, *factor);
            }
        }
        add(if *is_minus { &mut minus } else { &mut plus }, &more);
    }
    compare(&plus, &minus)
}

fn add(sum: &mut Vec<u32>, more: &[u32]) {
    sum.resize(sum.len().max(more.len()) + 1, 0);
    let mut carry = 0_u64;
    for (digit, more) in sum.iter_mut().zip(more.iter().copied().chain(std::iter::repeat(0))) {
        carry += u64::from(*digit) + u64::from(more);
        *digit = carry as u32;
        carry >>= 32;
    }
    while sum.len() > 1 && sum.last() == Some(&0) {
        sum.pop();
    }
}

/// Lines that come to each level of posts ÷ need, less those that leave it: at the level that
/// matters most among those that change, more of them is worse.
fn by_level(rule: Rule, posts: &[Needy]) -> Ordering {
    let mut levels: Vec<([u128; 2], u128, i128)> = Vec::new();
    for &(need, held, times) in posts {
        levels.extend([(need, held, -times), (need, held + 1, times)]);
    }
    let compare = |one: &([u128; 2], u128, i128), other: &([u128; 2], u128, i128)| {
        let order = quotients([one.1, one.0[1], one.0[0], 1], [other.1, other.0[1], other.0[0], 1]);
        if rule == Rule::WorstFirst { order } else { order.reverse() }
    };
    levels.sort_by(compare);
    let mut rest = levels.as_slice();
    while let Some(level) = rest.first() {
        let same = rest.iter().take_while(|other| compare(level, other).is_eq()).count();
        let (here, after) = rest.split_at(same);
        let count: i128 = here.iter().map(|level| level.2).sum();
        if count != 0 {
            return count.cmp(&0);
        }
        rest = after;
    }
    Ordering::Equal
}
