//! Allocation in the plainest way, to hold the engine against: every answer there is, and what a
//! rule is defined to make small.

use bianheng_core::allocate::{BoundReason, Bounds, Line, LineId, Problem, Rule};
use bianheng_core::fraction::Fraction;
use num_rational::Ratio;

/// A fraction wide enough for sums.
pub type Exact = Ratio<i128>;

/// The same fraction.
pub fn wide(value: Fraction) -> Exact {
    Exact::new(i128::from(*value.numer()), i128::from(*value.denom()))
}

/// A line with caps on both sides.
pub fn line(name: usize, need: Fraction, now: u32, low: u32, high: u32) -> Line {
    let bounds =
        Bounds { low, low_reason: BoundReason::CapDown, high, high_reason: BoundReason::CapUp };
    let entitled = need.round().to_integer() as u32;
    Line { id: LineId::from(format!("u{name:03}")), need, now, bounds, entitled }
}

/// Every vector of posts within the bounds that uses up the total.
pub fn every_answer(problem: &Problem) -> Vec<Vec<u32>> {
    let mut answers = vec![(Vec::new(), problem.total)];
    for line in &problem.lines {
        let mut longer = Vec::new();
        for (posts, left) in answers {
            for held in line.bounds.low..=line.bounds.high {
                if u64::from(held) <= left {
                    let mut posts = posts.clone();
                    posts.push(held);
                    longer.push((posts, left - u64::from(held)));
                }
            }
        }
        answers = longer;
    }
    answers.into_iter().filter(|(_, left)| *left == 0).map(|(posts, _)| posts).collect()
}

/// Posts moved.
pub fn moved(problem: &Problem, posts: &[u32]) -> u64 {
    let pairs = || problem.lines.iter().zip(posts);
    let gained: u64 = pairs().map(|(line, &held)| u64::from(held.saturating_sub(line.now))).sum();
    let lost: u64 = pairs().map(|(line, &held)| u64::from(line.now.saturating_sub(held))).sum();
    gained.max(lost)
}

/// What a rule is defined to make small, term by term.
pub fn objective(problem: &Problem, shares: &[Fraction], posts: &[u32]) -> Vec<Exact> {
    if problem.rule == Rule::LargestRemainder {
        let off = |(&share, &held): (&Fraction, &u32)| {
            let off = wide(share) - Exact::from(i128::from(held));
            off * off
        };
        return vec![shares.iter().zip(posts).map(off).sum()];
    }
    let needless: u64 = problem
        .lines
        .iter()
        .zip(posts)
        .filter(|(line, _)| *line.need.numer() == 0)
        .map(|(_, &held)| u64::from(held))
        .sum();
    let mut terms = vec![Exact::from(i128::from(needless))];
    let needy: Vec<(Exact, Exact)> = problem
        .lines
        .iter()
        .zip(posts)
        .filter(|(line, _)| *line.need.numer() > 0)
        .map(|(line, &held)| (wide(line.need), Exact::from(i128::from(held))))
        .collect();
    let zero = Exact::from(0);
    let mut ratios: Vec<Exact> = needy.iter().map(|&(need, held)| held / need).collect();
    match problem.rule {
        Rule::Balanced => terms.push(needy.iter().map(|&(need, held)| held * held / need).sum()),
        Rule::WorstFirst => {
            ratios.sort();
            terms.extend(ratios.into_iter().map(|ratio| zero - ratio));
        }
        Rule::EqualGap => {
            let (none, some): (Vec<_>, Vec<_>) = needy.iter().partition(|(_, held)| *held == zero);
            terms.push(none.iter().map(|&&(need, _)| need * need).sum());
            terms.push(some.iter().map(|&&(need, held)| need * need / held).sum());
        }
        Rule::NeverOverfill => {
            ratios.sort_by(|a, b| b.cmp(a));
            terms.extend(ratios);
        }
        Rule::LargestRemainder => unreachable!(),
    }
    terms
}
