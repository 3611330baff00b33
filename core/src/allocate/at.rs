//! The proposal at one point of a curve, with its cut-off and every reason, without solving again:
//! what a slider shows while it is dragged.
//!
//! One pass over the lines. It trusts that the curve is that of the problem; [`super::verify`]
//! is the one that judges the result.

use super::curve::Curve;
use super::grouped::Answer;
use super::line::Problem;
use super::rank::Row;
use super::share;
use super::solve::{Optimum, Proposal, proposal, told};
use crate::pace::{Pace, at_once};

impl Curve {
    /// What [`super::solve`] gives under a limit of `moved` posts. `problem` is the one that the
    /// curve was made for; its own limit is not looked at. `None` below [`Curve::least`]. With
    /// groups it is solved again, for the prices that prove it.
    pub fn proposal(&self, problem: &Problem, moved: u64) -> Option<Proposal> {
        at_once(self.proposal_in_steps(problem, moved, &Pace::default()))
    }

    /// The posts at one point with their cut-off, as [`Curve::proposal`] has them, but with groups
    /// without the prices that prove it: for looking while a slider is dragged.
    pub fn glance(&self, problem: &Problem, moved: u64) -> Option<Proposal> {
        if problem.groups.is_empty() {
            return self.proposal(problem, moved);
        }
        let optimum = Optimum::of(problem).ok()?;
        let posts = self.posts_at(moved)?;
        let answer = Answer { posts, prices: None, proven: false };
        Some(proposal(&optimum, &optimum.ground()?, answer, (self.least(), self.most())))
    }

    /// The same in steps: under a limit with groups it may take long.
    pub async fn proposal_in_steps(
        &self,
        problem: &Problem,
        moved: u64,
        pace: &Pace,
    ) -> Option<Proposal> {
        let posts = self.posts_at(moved)?;
        let range = (self.least(), self.most());
        if problem.groups.is_empty() {
            let shares = share::of_rule(problem).ok()?;
            let rows = Row::of_problem(problem, Some(&shares));
            return Some(told(problem, &rows, shares, posts, range, None));
        }
        let optimum = Optimum::of(problem).ok()?;
        let ground = optimum.ground()?;
        let best = self.posts_at(self.most())?;
        let answer = if moved >= self.most() {
            ground.best(pace).await.ok()?
        } else {
            ground.limited(moved, &best, &self.posts_at(self.least())?, pace).await?
        };
        Some(proposal(&optimum, &ground, answer, range))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BoundReason, Bounds, Line, Rule, curve, solve};
    use super::*;
    use crate::fraction::Fraction;

    #[test]
    fn every_point_is_what_solving_under_that_limit_gives() {
        for rule in Rule::ALL {
            let lines = [(10, 4), (25, 20), (40, 55), (7, 9), (0, 3), (16, 12)];
            let lines = lines.iter().enumerate().map(|(at, &(need, now))| Line {
                id: format!("{at}").into(),
                need: Fraction::new(need * 3, 4),
                now,
                bounds: Bounds::free()
                    .at_least(now / 2, BoundReason::CapDown)
                    .at_most(now + 9, BoundReason::CapUp),
                entitled: 0,
            });
            let lines: Vec<Line> = lines.collect();
            let total = lines.iter().map(|line| u64::from(line.now)).sum();
            let mut problem = Problem { lines, total, rule, limit: None, groups: Vec::new() };
            let curve = curve(&problem).unwrap();
            assert!(curve.most() > 5, "{rule:?}");
            for moved in curve.least()..=curve.most() {
                problem.limit = Some(moved);
                let solved = solve(&problem).unwrap();
                assert_eq!(curve.proposal(&problem, moved), Some(solved), "{rule:?} {moved}");
            }
        }
    }
}
