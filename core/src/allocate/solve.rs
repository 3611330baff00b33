//! One problem in, one proposal out.
//!
//! Puts the parts together; holds no rule of its own.

use super::certificate::{Cutoff, LineReason, explain, explain_groups};
use super::clash::Clash;
use super::cut;
use super::feasible;
use super::greedy;
use super::grouped::{Answer, Ground, Grouped};
use super::groups::{Shape, Structure};
use super::ladder::{Flow, Ladder, forced, posts_after};
use super::line::Problem;
use super::network::Cut;
use super::rank::Row;
use super::share;
use crate::fraction::Fraction;
use crate::pace::{Pace, at_once};

/// More moves than this are not listed one by one; the optimum itself has no such limit.
const MOST_LISTED: u64 = 20_000_000;

/// More posts than this beyond the limits of groups are not sent back one by one: a country has
/// fewer.
const MOST_SENT: u64 = 2_000_000;

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
    /// What the groups add; `None` without groups.
    pub grouped: Option<Grouped>,
}

impl Proposal {
    /// Whether the limit on moves keeps it from the optimum.
    pub fn is_limited(&self) -> bool {
        self.moved < self.most
    }
}

/// Rows and the optimum without groups and limit.
pub(super) struct Optimum<'a> {
    pub(super) problem: &'a Problem,
    pub(super) rows: Vec<Row<'a>>,
    pub(super) shares: Vec<Fraction>,
    pub(super) posts: Vec<u32>,
    pub(super) shape: Shape,
}

impl<'a> Optimum<'a> {
    pub(super) fn of(problem: &'a Problem) -> Result<Self, Clash> {
        feasible::check(problem)?;
        let shape = Shape::of(problem)?;
        let shares = share::of_rule(problem)?;
        let rows = Row::of_problem(problem, Some(&shares));
        let posts = greedy::optimum(&rows, problem.rule, problem.total);
        Ok(Self { problem, rows, shares, posts, shape })
    }

    /// What the groups are decided on; `None` without groups.
    pub(super) fn ground(&self) -> Option<Ground<'_>> {
        let Self { problem, rows, posts, shape, .. } = self;
        (shape.structure != Structure::Free).then(|| Ground::new(problem, shape, rows, posts))
    }

    /// The clash of a cut.
    pub(super) async fn clash(&self, cut: &Cut, pace: &Pace) -> Clash {
        cut::clash(self.problem, &self.shape, cut, pace).await
    }

    /// Refuses what cannot be listed move by move.
    fn within_list(&self) -> Result<(), Clash> {
        let moves = Flow::between(&self.rows, &self.posts).moved();
        let most = MOST_LISTED;
        if moves > most { Err(Clash::TooManyMoves { moves, most }) } else { Ok(()) }
    }

    /// Refuses groups whose limits lie so far off that sending posts to them one by one would not
    /// come to an end.
    pub(super) fn within_reach(&self, ground: &Ground<'_>) -> Result<(), Clash> {
        if self.problem.total <= MOST_SENT {
            return Ok(());
        }
        let check = |posts: &[u32]| match ground.off_limits(posts) {
            moves if moves > MOST_SENT => Err(Clash::TooManyMoves { moves, most: MOST_SENT }),
            _ => Ok(()),
        };
        check(&self.posts)?;
        // The way back towards today holds every post on it.
        self.within_list()?;
        check(&posts_after(&self.rows, &self.posts, self.problem.total, 0))
    }

    /// The way to the optimum without groups, move by move.
    pub(super) fn ladder(&self, total: u64) -> Result<Ladder, Clash> {
        self.within_list()?;
        Ok(Ladder::to(&self.rows, &self.posts, total))
    }
}

/// The best answer under the rule, within the bounds and the limits of the groups, with the total
/// used up exactly, and with no more posts moved than the limit allows.
///
/// # Errors
/// A [`Clash`] that says which limits cannot hold together and by how many posts.
pub fn solve(problem: &Problem) -> Result<Proposal, Clash> {
    at_once(solve_in_steps(problem, &Pace::default()))
}

/// The same in steps: with groups it may take long.
///
/// # Errors
/// As [`solve`].
pub async fn solve_in_steps(problem: &Problem, pace: &Pace) -> Result<Proposal, Clash> {
    let optimum = Optimum::of(problem)?;
    if let Some(ground) = optimum.ground() {
        return solve_groups(&optimum, &ground, pace).await;
    }
    let unavoidable = forced(&optimum.rows, problem.total);
    let least = unavoidable.moved();
    let most = Flow::between(&optimum.rows, &optimum.posts).moved();
    let posts = match problem.limit {
        Some(limit) if limit < least => {
            return Err(below_forced(problem, &optimum.rows, limit, least));
        }
        Some(limit) if limit < most => {
            optimum.within_list()?;
            let pairs = usize::try_from(limit - least).unwrap_or(usize::MAX);
            posts_after(&optimum.rows, &optimum.posts, problem.total, pairs)
        }
        _ => optimum.posts,
    };
    Ok(told(problem, &optimum.rows, optimum.shares, posts, (least, most), None))
}

async fn solve_groups(
    optimum: &Optimum<'_>,
    ground: &Ground<'_>,
    pace: &Pace,
) -> Result<Proposal, Clash> {
    let (problem, rows) = (optimum.problem, &optimum.rows);
    optimum.within_reach(ground)?;
    let best = match ground.best(pace).await {
        Ok(best) => best,
        Err(cut) => return Err(optimum.clash(&cut, pace).await),
    };
    let fewest = match ground.fewest(pace).await {
        Ok(fewest) => fewest,
        Err(cut) => return Err(optimum.clash(&cut, pace).await),
    };
    let (least, most) =
        (Flow::between(rows, &fewest).moved(), Flow::between(rows, &best.posts).moved());
    let answer = match problem.limit {
        Some(limit) if limit < least => return Err(below_forced(problem, rows, limit, least)),
        Some(limit) if limit < most => ground
            .limited(limit, &best.posts, &fewest, pace)
            .await
            .ok_or_else(|| below_forced(problem, rows, limit, least))?,
        _ => best,
    };
    Ok(proposal(optimum, ground, answer, (least, most)))
}

/// The proposal of an answer under groups.
pub(super) fn proposal(
    optimum: &Optimum<'_>,
    ground: &Ground<'_>,
    answer: Answer,
    range: (u64, u64),
) -> Proposal {
    let Answer { posts, prices, proven } = answer;
    let structure = optimum.shape.structure;
    let grouped = Grouped { structure, sums: ground.sums(&posts), prices, proven };
    let shares = optimum.shares.clone();
    told(optimum.problem, &optimum.rows, shares, posts, range, Some(grouped))
}

/// Posts with their cut-off and every reason.
pub(super) fn told(
    problem: &Problem,
    rows: &[Row<'_>],
    shares: Vec<Fraction>,
    posts: Vec<u32>,
    (least, most): (u64, u64),
    grouped: Option<Grouped>,
) -> Proposal {
    let flow = Flow::between(rows, &posts);
    let (cutoff, mut reasons) = explain(rows, &posts);
    if let Some(grouped) = &grouped {
        let moved = flow.moved();
        explain_groups(problem, &posts, grouped, moved < most, &cutoff, &mut reasons);
    }
    Proposal {
        posts,
        gained: flow.gained,
        lost: flow.lost,
        moved: flow.moved(),
        least,
        most,
        cutoff,
        reasons,
        shares,
        grouped,
    }
}

fn below_forced(problem: &Problem, rows: &[Row<'_>], limit: u64, least: u64) -> Clash {
    let now: u64 = rows.iter().map(|row| u64::from(row.line.now)).sum();
    let into: Flow = Flow::between(rows, &rows.iter().map(Row::start).collect::<Vec<_>>());
    Clash::LimitBelowForced {
        limit,
        least,
        must_gain: into.gained,
        must_lose: into.lost,
        to_place: i128::from(problem.total) - i128::from(now),
    }
}
