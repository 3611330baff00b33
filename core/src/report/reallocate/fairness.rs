//! Fairness beyond the worst school: the five worst, how hard the hardest pressed is, and how far
//! posts follow the norm. Floating figures here are shown and decide nothing.

use crate::allocate::{Comparison, Problem, Rule, Worst};
use crate::fraction::Fraction;

/// Lines that are furthest below their entitlement.
const WORST: usize = 5;

/// A line with few posts for its need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tight {
    /// The line, by its place in the problem.
    pub line: usize,
    /// Its posts.
    pub posts: u32,
    /// Its entitlement in whole posts.
    pub entitled: u32,
    /// Posts ÷ exact entitlement; `None` where the fraction does not fit 64 bits.
    pub share: Option<Fraction>,
}

/// How an answer stands to the norm.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fairness {
    /// The lines with the fewest posts for their need; of equals the larger need first.
    pub worst: Vec<Tight>,
    /// The share of the differences in posts between lines that the norm explains, from 0 to 1
    /// (R²); `None` where all lines have the same posts.
    pub explained: Option<f64>,
    /// Largest posts ÷ need over the smallest: how many times better off the best is than the
    /// worst. `None` where the worst has no posts.
    pub spread: Option<f64>,
}

impl Fairness {
    /// Measures an answer: one number of posts for each line. Lines without need are left out.
    pub fn of(problem: &Problem, posts: &[u32]) -> Self {
        let mut lines: Vec<(usize, f64, f64)> = Vec::new();
        for (at, (line, &held)) in problem.lines.iter().zip(posts).enumerate() {
            let need = *line.need.numer() as f64 / *line.need.denom() as f64;
            if need > 0.0 {
                lines.push((at, f64::from(held), need));
            }
        }
        let count = lines.len() as f64;
        let mean = lines.iter().map(|line| line.1).sum::<f64>() / count;
        let squares = |of: &dyn Fn(&(usize, f64, f64)) -> f64| -> f64 {
            lines.iter().map(|line| of(line) * of(line)).sum()
        };
        let all = squares(&|line| line.1 - mean);
        let left = squares(&|line| line.1 - line.2);
        let explained = (all > 0.0).then(|| (1.0 - left / all).max(0.0));
        let ratio = |line: &(usize, f64, f64)| line.1 / line.2;
        // Of all lines a few are told: the rest need not be in order.
        let mut worst: Vec<(usize, f64, f64)> = Vec::new();
        for line in &lines {
            let is_before = |other: &(usize, f64, f64)| {
                let order = ratio(other).total_cmp(&ratio(line));
                order.then_with(|| line.2.total_cmp(&other.2)).is_le()
            };
            if worst.len() < WORST || !worst.last().is_some_and(is_before) {
                worst.insert(worst.partition_point(is_before), *line);
                worst.truncate(WORST);
            }
        }
        let low = worst.first().map_or(0.0, ratio);
        let high = lines.iter().map(ratio).fold(0.0, f64::max);
        let spread = (low > 0.0).then(|| high / low);
        let worst = worst.iter().filter_map(|&(line, ..)| {
            let (of, &posts) = (problem.lines.get(line)?, posts.get(line)?);
            let share = Worst { line, posts, need: of.need }.ratio();
            Some(Tight { line, posts, entitled: of.entitled, share })
        });
        let worst = worst.collect();
        Self { worst, explained, spread }
    }
}

/// One rule beside the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The rule.
    pub rule: Rule,
    /// Posts moved, posts short, and lowest and highest posts ÷ need as percentages; `None` where
    /// it has no answer.
    pub figures: Option<(u64, u64, Option<f64>, Option<f64>)>,
}

/// Every rule on the same problem.
pub fn beside(problem: &Problem, compared: &Comparison) -> Vec<Beside> {
    let answers = compared.answers.iter().map(|(rule, answer)| {
        let figures = answer.as_ref().ok().map(|answer| {
            let measures = super::Measures::of(problem, &answer.posts);
            let percent = |share: Option<Fraction>| {
                share.map(|share| *share.numer() as f64 / *share.denom() as f64 * 100.0)
            };
            let ends = (percent(measures.lowest), percent(measures.highest));
            (answer.moved, measures.shortage, ends.0, ends.1)
        });
        Beside { rule: *rule, figures }
    });
    answers.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocate::compare;
    use crate::county::KindId;
    use crate::report::reallocate::Study;
    use crate::sample;
    use crate::scenario::Figures;

    #[test]
    fn posts_follow_the_norm_more_closely_after_than_before() {
        let workspace = sample::county().unwrap().workspace;
        let study = Study::of(&workspace, &Figures::of(workspace.state()), KindId::school());
        let problem = &study.prepared.problem;
        let before = Fairness::of(problem, &study.before());
        let after = Fairness::of(problem, &study.proposal(50).unwrap().posts);
        assert!(after.explained > before.explained, "{before:?} {after:?}");
        assert_eq!((before.worst.len(), before.spread), (5, None), "the new schools have no posts");
        assert!(before.worst.iter().all(|tight| tight.posts < tight.entitled));
        let shares = |found: &Fairness| -> Vec<_> {
            found.worst.iter().map(|tight| tight.share.unwrap()).collect()
        };
        assert!(shares(&after).is_sorted() && shares(&after)[0] > shares(&before)[0]);
        let compared = compare(&Problem { limit: None, ..problem.clone() });
        let rows = beside(problem, &compared);
        assert_eq!(rows.len(), 5);
        assert!(rows.iter().all(|row| row.figures.is_some()));
        let moved = |rule| rows.iter().find(|row| row.rule == rule).unwrap().figures.unwrap().0;
        assert_eq!(moved(Rule::Balanced), 62);
        assert_eq!(compared.sure + compared.disputed, 2193);
    }
}
