//! One problem in, one proposal out.
//!
//! Puts the parts together; holds no rule of its own.

use super::certificate::{Cutoff, LineReason, explain};
use super::clash::Clash;
use super::feasible;
use super::greedy;
use super::ladder::{Flow, Ladder, forced, posts_after};
use super::line::{Problem, Rule};
use super::rank::Row;
use super::share;
use crate::fraction::Fraction;

/// More moves than this are not listed one by one; the optimum itself has no such limit.
const MOST_LISTED: u64 = 20_000_000;

/// The answer to a [`Problem`], with the reason of every post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Posts of each line, in the order of the problem's lines.
    pub posts: Vec<u32>,
    /// Posts that lines gain.
    pub gained: u64,
    /// Posts that lines lose. Differs from `gained` where posts are given out or withdrawn.
    pub lost: u64,
    /// Posts moved: the larger of the two.
    pub moved: u64,
    /// The fewest posts that any answer moves.
    pub least: u64,
    /// The posts that the optimum without a limit moves.
    pub most: u64,
    /// The posts at the edge, whose keys every other post can be held against.
    pub cutoff: Cutoff,
    /// Why each line got no more and lost no more, in the order of the problem's lines.
    pub reasons: Vec<LineReason>,
    /// Under [`Rule::LargestRemainder`] the exact share of each line, which takes the place of
    /// its need in keys; empty under the other rules.
    pub shares: Vec<Fraction>,
}

impl Proposal {
    /// Whether the limit on moves keeps it from the optimum.
    pub fn is_limited(&self) -> bool {
        self.moved < self.most
    }
}

/// Rows and the optimum without a limit.
pub(super) struct Optimum<'a> {
    pub(super) rows: Vec<Row<'a>>,
    pub(super) shares: Vec<Fraction>,
    pub(super) posts: Vec<u32>,
}

impl<'a> Optimum<'a> {
    pub(super) fn of(problem: &'a Problem) -> Result<Self, Clash> {
        feasible::check(problem)?;
        let shares = match problem.rule {
            Rule::LargestRemainder => share::shares(problem)?,
            _ => Vec::new(),
        };
        let rows = Row::of_problem(problem, Some(&shares));
        let posts = greedy::optimum(&rows, problem.rule, problem.total);
        Ok(Self { rows, shares, posts })
    }

    /// Refuses what cannot be listed move by move.
    fn within_list(&self) -> Result<(), Clash> {
        let moves = Flow::between(&self.rows, &self.posts).moved();
        let most = MOST_LISTED;
        if moves > most { Err(Clash::TooManyMoves { moves, most }) } else { Ok(()) }
    }

    /// The way to the optimum, move by move.
    pub(super) fn ladder(&self, total: u64) -> Result<Ladder, Clash> {
        self.within_list()?;
        Ok(Ladder::to(&self.rows, &self.posts, total))
    }
}

/// The best answer under the rule, within the bounds, with the total used up exactly, and with no
/// more posts moved than the limit allows.
///
/// # Errors
/// A [`Clash`] that says which limits cannot hold together and by how many posts.
pub fn solve(problem: &Problem) -> Result<Proposal, Clash> {
    let optimum = Optimum::of(problem)?;
    let unavoidable = forced(&optimum.rows, problem.total);
    let least = unavoidable.moved();
    let most = Flow::between(&optimum.rows, &optimum.posts).moved();
    let posts = match problem.limit {
        Some(limit) if limit < least => return Err(below_forced(problem, &optimum.rows, limit)),
        Some(limit) if limit < most => {
            optimum.within_list()?;
            let pairs = usize::try_from(limit - least).unwrap_or(usize::MAX);
            posts_after(&optimum.rows, &optimum.posts, problem.total, pairs)
        }
        _ => optimum.posts,
    };
    let flow = Flow::between(&optimum.rows, &posts);
    let (cutoff, reasons) = explain(&optimum.rows, &posts);
    Ok(Proposal {
        posts,
        gained: flow.gained,
        lost: flow.lost,
        moved: flow.moved(),
        least,
        most,
        cutoff,
        reasons,
        shares: optimum.shares,
    })
}

fn below_forced(problem: &Problem, rows: &[Row<'_>], limit: u64) -> Clash {
    let now: u64 = rows.iter().map(|row| u64::from(row.line.now)).sum();
    let into: Flow = Flow::between(rows, &rows.iter().map(Row::start).collect::<Vec<_>>());
    Clash::LimitBelowForced {
        limit,
        least: forced(rows, problem.total).moved(),
        must_gain: into.gained,
        must_lose: into.lost,
        to_place: i128::from(problem.total) - i128::from(now),
    }
}
