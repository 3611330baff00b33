//! Exact shares of the total in proportion to need, within the bounds: what largest remainder
//! rounds.
//!
//! Every line gets need × t moved into its bounds, with the one t that uses up the total. Never
//! approximates: shares that do not fit 64-bit fractions are refused.

use num_integer::Integer;
use num_rational::Ratio;

use super::clash::Clash;
use super::line::{Problem, Rule};
use crate::fraction::Fraction;

/// A line whose share is still in proportion.
struct Free {
    index: usize,
    need: i128,
    low: i128,
    high: i128,
}

/// The shares that take the place of the needs under the problem's rule; none under most rules.
///
/// # Errors
/// As of [`shares`].
pub(super) fn of_rule(problem: &Problem) -> Result<Vec<Fraction>, Clash> {
    match problem.rule {
        Rule::LargestRemainder => shares(problem),
        _ => Ok(Vec::new()),
    }
}

/// One share for each line. They sum to the total unless the lines with need are all full; a
/// line without need keeps its lower bound. The problem must be feasible.
///
/// # Errors
/// [`Clash::NeedsTooFine`].
fn shares(problem: &Problem) -> Result<Vec<Fraction>, Clash> {
    exact(problem).ok_or(Clash::NeedsTooFine)
}

fn exact(problem: &Problem) -> Option<Vec<Fraction>> {
    let mut common = 1_i128;
    for line in &problem.lines {
        let per = i128::from(*line.need.denom());
        common = common.checked_mul(per / common.gcd(&per))?;
    }
    let mut shares: Vec<Fraction> =
        problem.lines.iter().map(|line| Fraction::from(i64::from(line.bounds.low))).collect();
    let mut rest = i128::from(problem.total);
    let mut free = Vec::new();
    for (index, line) in problem.lines.iter().enumerate() {
        let need = i128::from(*line.need.numer())
            .checked_mul(common.checked_div(i128::from(*line.need.denom()))?)?;
        let (low, high) = (i128::from(line.bounds.low), i128::from(line.bounds.high));
        if need == 0 {
            rest -= low;
        } else {
            free.push(Free { index, need, low, high });
        }
    }
    // In each round the bounds that pull harder than the other side are certainly reached by the
    // final t as well, so those lines are settled and the rest is shared out again.
    while !free.is_empty() {
        let needs = free.iter().try_fold(0_i128, |sum, line| sum.checked_add(line.need))?;
        let (mut excess, mut deficit) = (0_i128, 0_i128);
        for line in &free {
            let share = line.need.checked_mul(rest)?;
            excess = excess.checked_add((share - line.high.checked_mul(needs)?).max(0))?;
            deficit = deficit.checked_add((line.low.checked_mul(needs)? - share).max(0))?;
        }
        let settled = excess == 0 && deficit == 0;
        let mut left = Vec::with_capacity(free.len());
        let mut taken = 0;
        for line in free {
            let share = line.need * rest;
            let bound = if settled {
                let ratio = Ratio::new(share, needs);
                let (above, below) = (*ratio.numer(), *ratio.denom());
                put(
                    &mut shares,
                    line.index,
                    Fraction::new(i64::try_from(above).ok()?, i64::try_from(below).ok()?),
                );
                continue;
            } else if excess >= deficit && share > line.high * needs {
                line.high
            } else if deficit >= excess && share < line.low * needs {
                line.low
            } else {
                left.push(line);
                continue;
            };
            taken += bound;
            put(&mut shares, line.index, Fraction::from(i64::try_from(bound).ok()?));
        }
        rest -= taken;
        free = left;
    }
    Some(shares)
}

fn put(shares: &mut [Fraction], index: usize, share: Fraction) {
    if let Some(place) = shares.get_mut(index) {
        *place = share;
    }
}
