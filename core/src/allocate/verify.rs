//! An independent judge of proposals: one pass over the lines, no code shared with the solver.
//!
//! It compares keys in its own way, by long multiplication, and takes nothing on trust but the
//! problem. What passes is feasible and cannot be improved by any move of one post (nor, under a
//! limit, by any other choice of moves), which for these rules means that it is optimal.

mod groups;

use std::cmp::Ordering;

use num_rational::Ratio;
use num_traits::CheckedAdd;

use super::certificate::{Cutoff, Mark, NotLess, NotMore};
use super::key::Key;
use super::line::{Line, Problem, Rule};
use super::solve::Proposal;
use crate::fraction::Fraction;
use crate::pace::{Pace, at_once};

/// What is wrong with a proposal. Lines by their place in the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Posts or reasons are not one for each line.
    #[error("the proposal does not fit the lines")]
    Length,
    /// The posts do not sum to the total.
    #[error("the posts sum to {sum}, not to {total}")]
    Total {
        /// Sum of the posts.
        sum: u64,
        /// The total.
        total: u64,
    },
    /// A line is outside its bounds.
    #[error("line {line} has {posts} posts, outside its bounds")]
    Bounds {
        /// The line.
        line: usize,
        /// Its posts.
        posts: u32,
    },
    /// Gained, lost, moved or the fewest moves are miscounted.
    #[error("the moves are miscounted")]
    Count,
    /// More posts move than the limit allows.
    #[error("{moved} posts move, the limit is {limit}")]
    Limit {
        /// Posts moved.
        moved: u64,
        /// The limit.
        limit: u64,
    },
    /// The shares are not in proportion, not within the bounds, or do not use up the total.
    #[error("the shares are not those of the total")]
    Shares,
    /// A post at the edge is not what it claims to be, or another post lies beyond it.
    #[error("the cut-off is not at line {line}")]
    Cutoff {
        /// The line of the wrong mark, or the one that lies beyond the edge.
        line: usize,
    },
    /// Moving one post from one line to another would improve the result.
    #[error("a post of line {take} would do better at line {give}")]
    Improvable {
        /// The line that should get a post.
        give: usize,
        /// The line that should give it.
        take: usize,
    },
    /// The stated number of moves to the optimum does not agree with the edge.
    #[error("whether the limit stops the proposal is misstated")]
    Most,
    /// A group is outside its limits, or its posts are miscounted.
    #[error("group {group} is outside its limits")]
    Group {
        /// The group.
        group: usize,
    },
    /// A group makes posts dearer without being full, or cheaper without being at its least.
    #[error("group {group} has a price that its limits do not bear out")]
    Toll {
        /// The group.
        group: usize,
    },
    /// The price of a gain is above zero, or there is one without the limit being used up.
    #[error("the price of a gain is not borne out by the limit")]
    Price,
    /// By the prices stated a line should have more posts, or fewer.
    #[error("by the prices line {line} should have another number of posts")]
    Underpriced {
        /// The line.
        line: usize,
    },
    /// Nothing else is wrong, but no prices prove that it is the best: crossing groups under a limit
    /// on moves were met by going through cases. The judge looked at bounds, groups, total, moves and
    /// reasons alone.
    #[error("no prices prove that it is the best")]
    Unproven {
        /// Whether the search says that it went through every case; nobody checked that anew.
        searched: bool,
    },
    /// The reason of a line is not the true one.
    #[error("the reason of line {line} is wrong")]
    Reason {
        /// The line.
        line: usize,
    },
}

/// Passes if the proposal is an optimal answer to the problem and says so with the right figures.
///
/// # Errors
/// The first [`Flaw`] found; [`Flaw::Unproven`] only if there is no other.
pub fn certificate(problem: &Problem, proposal: &Proposal) -> Result<(), Flaw> {
    at_once(certificate_in_steps(problem, proposal, &Pace::default()))
}

/// The same in steps: with prices of many posts it may take long.
///
/// # Errors
/// As [`certificate`].
pub async fn certificate_in_steps(
    problem: &Problem,
    proposal: &Proposal,
    pace: &Pace,
) -> Result<(), Flaw> {
    count(problem, proposal)?;
    if problem.rule == Rule::LargestRemainder {
        shares(problem, &proposal.shares)?;
    } else if !proposal.shares.is_empty() {
        return Err(Flaw::Shares);
    }
    if let Some(told) = &proposal.grouped {
        return groups::judge(problem, proposal, told, pace).await;
    }
    if !problem.groups.is_empty() {
        return Err(Flaw::Length);
    }
    let judge = Judge { problem, proposal };
    judge.edge()?;
    judge.exchange()?;
    judge.reasons()
}

/// Numbers that need no keys: sums, bounds, moves.
fn count(problem: &Problem, proposal: &Proposal) -> Result<(), Flaw> {
    let lines = &problem.lines;
    if proposal.posts.len() != lines.len() || proposal.reasons.len() != lines.len() {
        return Err(Flaw::Length);
    }
    let (mut sum, mut gained, mut lost, mut now) = (0_u64, 0_u64, 0_u64, 0_u64);
    let (mut must_gain, mut must_lose) = (0_u64, 0_u64);
    for (index, (line, &posts)) in lines.iter().zip(&proposal.posts).enumerate() {
        if posts < line.bounds.low || posts > line.bounds.high {
            return Err(Flaw::Bounds { line: index, posts });
        }
        sum += u64::from(posts);
        now += u64::from(line.now);
        gained += u64::from(posts.saturating_sub(line.now));
        lost += u64::from(line.now.saturating_sub(posts));
        must_gain += u64::from(line.bounds.low.saturating_sub(line.now));
        must_lose += u64::from(line.now.saturating_sub(line.bounds.high));
    }
    if sum != problem.total {
        return Err(Flaw::Total { sum, total: problem.total });
    }
    // Gained less lost is fixed, so the fewest moves are whichever side is pressed harder.
    let least_gained = must_gain.max((must_lose + sum).saturating_sub(now));
    let least_lost = must_lose.max((must_gain + now).saturating_sub(sum));
    let moved = gained.max(lost);
    // Groups can force more than the bounds do; how much takes a solver to know.
    let least_fits = |by_bounds: u64| match proposal.grouped {
        None => proposal.least == by_bounds,
        Some(_) => (by_bounds..=moved).contains(&proposal.least) && moved <= proposal.most,
    };
    if (gained, lost, moved) != (proposal.gained, proposal.lost, proposal.moved)
        || !least_fits(least_gained.max(least_lost))
    {
        return Err(Flaw::Count);
    }
    match problem.limit {
        Some(limit) if moved > limit => Err(Flaw::Limit { moved, limit }),
        _ => Ok(()),
    }
}

/// Shares that sum to the total (or leave every line with need full), all from one multiplier.
fn shares(problem: &Problem, shares: &[Fraction]) -> Result<(), Flaw> {
    if shares.len() != problem.lines.len() {
        return Err(Flaw::Shares);
    }
    let mut sum = Ratio::<i128>::from(0);
    let mut all_full = true;
    // The multiplier is at least share ÷ need above a lower bound, at most that below an upper.
    let mut at_least: Option<[u128; 4]> = None;
    let mut at_most: Option<[u128; 4]> = None;
    for (line, share) in problem.lines.iter().zip(shares) {
        let (low, high) = (i64::from(line.bounds.low).into(), i64::from(line.bounds.high).into());
        let exact = Ratio::new(i128::from(*share.numer()), i128::from(*share.denom()));
        sum = sum.checked_add(&exact).ok_or(Flaw::Shares)?;
        if *share < low || *share > high {
            return Err(Flaw::Shares);
        }
        if *line.need.numer() == 0 {
            if *share != low {
                return Err(Flaw::Shares);
            }
            continue;
        }
        all_full &= *share == high;
        let [share_above, share_below] = parts(share);
        let [need_above, need_below] = parts(&line.need);
        let multiplier = [share_above, need_below, share_below, need_above];
        let is = |other: [u128; 4], order: Ordering| quotients(multiplier, other) == order;
        if *share > low && at_least.is_none_or(|other| is(other, Ordering::Greater)) {
            at_least = Some(multiplier);
        }
        if *share < high && at_most.is_none_or(|other| is(other, Ordering::Less)) {
            at_most = Some(multiplier);
        }
    }
    let one_multiplier = match (at_least, at_most) {
        (Some(least), Some(most)) => quotients(least, most) != Ordering::Greater,
        _ => true,
    };
    let whole = sum == Ratio::from(i128::from(problem.total)) || all_full;
    if one_multiplier && whole { Ok(()) } else { Err(Flaw::Shares) }
}

struct Judge<'a> {
    problem: &'a Problem,
    proposal: &'a Proposal,
}

/// A post of a line, for comparing.
#[derive(Clone, Copy)]
struct Place<'a> {
    index: usize,
    line: &'a Line,
    key: Key,
}

impl<'a> Judge<'a> {
    fn lines(&self) -> impl Iterator<Item = (usize, &'a Line, u32)> {
        let lines = self.problem.lines.iter().zip(&self.proposal.posts);
        lines.enumerate().map(|(index, (line, &posts))| (index, line, posts))
    }

    fn place(&self, index: usize, line: &'a Line, held: u32) -> Place<'a> {
        let weight = self.proposal.shares.get(index).copied().unwrap_or(line.need);
        Place { index, line, key: Key::new(self.problem.rule, weight, held) }
    }

    fn next(&self, index: usize, line: &'a Line, posts: u32) -> Option<Place<'a>> {
        (posts < line.bounds.high).then(|| self.place(index, line, posts))
    }

    fn last(&self, index: usize, line: &'a Line, posts: u32) -> Option<Place<'a>> {
        (posts > line.bounds.low).then(|| self.place(index, line, posts - 1))
    }

    /// The post that a mark names; it must be the next (or the last) post of its line, of the
    /// side that it claims.
    fn marked(&self, mark: Option<Mark>, side: Side) -> Result<Option<Place<'a>>, Flaw> {
        let Some(mark) = mark else { return Ok(None) };
        let wrong = Flaw::Cutoff { line: mark.line };
        let lines = (self.problem.lines.get(mark.line), self.proposal.posts.get(mark.line));
        let (Some(line), Some(&posts)) = lines else { return Err(wrong) };
        match self.on(side, mark.line, line, posts) {
            Some(place) if place.key == mark.key => Ok(Some(place)),
            _ => Err(wrong),
        }
    }

    /// The post of the line that belongs to a side of the edge, if it has one.
    fn on(&self, side: Side, index: usize, line: &'a Line, posts: u32) -> Option<Place<'a>> {
        let start = line.now.clamp(line.bounds.low, line.bounds.high);
        match side {
            Side::Given if posts > start => self.last(index, line, posts),
            Side::ToGive if posts >= start => self.next(index, line, posts),
            Side::Taken if posts < start => self.next(index, line, posts),
            Side::ToTake if posts <= start => self.last(index, line, posts),
            _ => None,
        }
    }

    fn edge(&self) -> Result<(), Flaw> {
        let cutoff = &self.proposal.cutoff;
        for side in [Side::Given, Side::ToGive, Side::Taken, Side::ToTake] {
            let edge = self.marked(side.mark(cutoff), side)?;
            for (index, line, posts) in self.lines() {
                let Some(place) = self.on(side, index, line, posts) else { continue };
                let beyond = match (edge, side) {
                    (None, _) => true,
                    (Some(edge), Side::Given | Side::ToTake) => ahead(&edge, &place),
                    (Some(edge), Side::ToGive | Side::Taken) => ahead(&place, &edge),
                };
                if beyond {
                    return Err(Flaw::Cutoff { line: index });
                }
            }
        }
        Ok(())
    }

    fn exchange(&self) -> Result<(), Flaw> {
        let cutoff = &self.proposal.cutoff;
        let given = self.marked(cutoff.last_given, Side::Given)?;
        let to_give = self.marked(cutoff.next_to_give, Side::ToGive)?;
        let taken = self.marked(cutoff.last_taken, Side::Taken)?;
        let to_take = self.marked(cutoff.next_to_take, Side::ToTake)?;
        let better = |outside: Option<Place<'a>>, inside: Option<Place<'a>>| {
            let (outside, inside) = (outside?, inside?);
            ahead(&outside, &inside)
                .then_some(Flaw::Improvable { give: outside.index, take: inside.index })
        };
        // Swaps that need no further move: the wrong post was given, or taken, or both were idle.
        for (outside, inside) in [(to_give, given), (taken, to_take), (taken, given)] {
            if let Some(flaw) = better(outside, inside) {
                return Err(flaw);
            }
        }
        let further = better(to_give, to_take);
        let room = self.problem.limit.is_none_or(|limit| self.proposal.moved < limit);
        match further {
            Some(flaw) if room => Err(flaw),
            Some(_) if self.proposal.most <= self.proposal.moved => Err(Flaw::Most),
            None if self.proposal.most != self.proposal.moved => Err(Flaw::Most),
            _ => Ok(()),
        }
    }

    fn reasons(&self) -> Result<(), Flaw> {
        let cutoff = &self.proposal.cutoff;
        let given = self.marked(cutoff.last_given, Side::Given)?;
        let to_give = self.marked(cutoff.next_to_give, Side::ToGive)?;
        let taken = self.marked(cutoff.last_taken, Side::Taken)?;
        let to_take = self.marked(cutoff.next_to_take, Side::ToTake)?;
        let beats = |one: &Place<'a>, other: Option<Place<'a>>| {
            other.is_some_and(|other| ahead(one, &other))
        };
        let loses = |one: &Place<'a>, other: Option<Place<'a>>| {
            other.is_some_and(|other| ahead(&other, one))
        };
        for ((index, line, posts), reason) in self.lines().zip(&self.proposal.reasons) {
            let bounds = line.bounds;
            let more = match self.next(index, line, posts) {
                None => NotMore::AtHigh { high: bounds.high, reason: bounds.high_reason },
                Some(post) if beats(&post, given) || beats(&post, to_take) => {
                    NotMore::Limit { key: post.key }
                }
                Some(post) => NotMore::Outranked { key: post.key },
            };
            let less = match self.last(index, line, posts) {
                None => NotLess::AtLow { low: bounds.low, reason: bounds.low_reason },
                Some(post) if loses(&post, to_give) || loses(&post, taken) => {
                    NotLess::Limit { key: post.key }
                }
                Some(post) => NotLess::Outranks { key: post.key },
            };
            if (reason.more, reason.less) != (more, less) {
                return Err(Flaw::Reason { line: index });
            }
        }
        Ok(())
    }
}

/// The four kinds of posts at the edge.
#[derive(Clone, Copy)]
enum Side {
    Given,
    ToGive,
    Taken,
    ToTake,
}

impl Side {
    fn mark(self, cutoff: &Cutoff) -> Option<Mark> {
        match self {
            Self::Given => cutoff.last_given,
            Self::ToGive => cutoff.next_to_give,
            Self::Taken => cutoff.last_taken,
            Self::ToTake => cutoff.next_to_take,
        }
    }
}

/// Whether one post is served before another, by the stated order in full.
fn ahead(one: &Place<'_>, other: &Place<'_>) -> bool {
    let by_key = keys(&one.key, &other.key);
    if by_key != Ordering::Equal {
        return by_key == Ordering::Greater;
    }
    let need = |place: &Place<'_>| parts(&place.line.need);
    let ([above, below], [other_above, other_below]) = (need(one), need(other));
    let by_need = (above * other_below).cmp(&(other_above * below));
    if by_need != Ordering::Equal {
        return (by_need == Ordering::Greater) != (one.key.rule() == Rule::WorstFirst);
    }
    // Only among lines without need does a post held now stand before a new one.
    let is_new = |place: &Place<'_>| above == 0 && place.key.held() >= place.line.now;
    (is_new(one), &one.line.id, one.key.held()) < (is_new(other), &other.line.id, other.key.held())
}

/// Compares two keys by writing both as quotients.
fn keys(one: &Key, other: &Key) -> Ordering {
    let rule = one.rule();
    let [above, below] = parts(&one.weight());
    let [other_above, other_below] = parts(&other.weight());
    let (held, others) = (u128::from(one.held()), u128::from(other.held()));
    if rule == Rule::LargestRemainder {
        // a − k against b − l is a + l against b + k.
        return quotients(
            [above + others * below, 1, below, 1],
            [other_above + held * other_below, 1, other_below, 1],
        );
    }
    let quotient = |above: u128, below: u128, held: u128| match rule {
        _ if above == 0 => [0, 0, 1, 1],
        Rule::Balanced => [above, 1, below, 2 * held + 1],
        Rule::WorstFirst => [above, 1, below, held],
        _ => [above, 1, below, held + 1],
    };
    if rule != Rule::EqualGap || above == 0 || other_above == 0 {
        return quotients(quotient(above, below, held), quotient(other_above, other_below, others));
    }
    compare(
        &product(&[above, above, other_below, other_below, others, others + 1]),
        &product(&[other_above, other_above, below, below, held, held + 1]),
    )
}

/// Compares a·b ÷ (c·d) of both. A divisor of zero stands for infinity.
fn quotients(one: [u128; 4], other: [u128; 4]) -> Ordering {
    let ([a, b, c, d], [e, f, g, h]) = (one, other);
    compare(&product(&[a, b, g, h]), &product(&[e, f, c, d]))
}

/// A fraction as numerator and denominator; what the problem holds is never below zero.
fn parts(fraction: &Fraction) -> [u128; 2] {
    [fraction.numer().unsigned_abs().into(), fraction.denom().unsigned_abs().into()]
}

/// The product in digits of 32 bits, the lowest first. Every factor is below 2⁹⁶.
fn product(factors: &[u128]) -> Vec<u32> {
    let mut digits = vec![1_u32];
    for factor in factors {
        multiply(&mut digits, *factor);
    }
    digits
}

/// Long multiplication.
fn multiply(digits: &mut Vec<u32>, factor: u128) {
    let mut carry = 0_u128;
    for digit in digits.iter_mut() {
        carry += u128::from(*digit) * factor;
        *digit = carry as u32;
        carry >>= 32;
    }
    while carry > 0 {
        digits.push(carry as u32);
        carry >>= 32;
    }
}

fn compare(one: &[u32], other: &[u32]) -> Ordering {
    let trimmed =
        |digits: &[u32]| digits.iter().rposition(|&digit| digit > 0).map_or(0, |at| at + 1);
    let (length, others) = (trimmed(one), trimmed(other));
    length
        .cmp(&others)
        .then_with(|| one.iter().take(length).rev().cmp(other.iter().take(others).rev()))
}
