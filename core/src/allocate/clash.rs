//! Why a problem has no answer, in figures.
//!
//! A clash names limits that cannot hold together and by how many posts; it never picks which
//! of them should give way.

use super::line::{BoundReason, LineId};
use crate::fraction::Fraction;

/// What cannot hold together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Clash {
    /// Two lines share a name.
    #[error("line {id} appears {times} times")]
    DuplicateId {
        /// The smallest name that appears more than once.
        id: LineId,
        /// How often it does: two or more.
        times: usize,
        /// Names that appear more than once, this one included.
        names: usize,
    },
    /// Needs below zero, or fractions that are not one (a denominator of zero or below).
    #[error("the need of line {id}, {numerator}/{denominator}, is not a number of posts")]
    NeedInvalid {
        /// The line with the smallest name among them.
        id: LineId,
        /// Numerator of what was given.
        numerator: i64,
        /// Denominator of what was given.
        denominator: i64,
        /// Lines with such a need, this one included.
        lines: usize,
    },
    /// On some lines the least is above the most.
    #[error("{} lines must have more posts than they may have", lines.len())]
    LowAboveHigh {
        /// Those lines by name, each a clash of its own.
        lines: Vec<CrossedLine>,
    },
    /// More posts are to stay unassigned than there are. Told by whoever sets them apart: a
    /// [`super::Problem`] holds what is left.
    #[error("{reserve} posts cannot stay unassigned of {total}")]
    ReserveAboveTotal {
        /// Posts that are to stay unassigned.
        reserve: u64,
        /// Posts there are.
        total: u64,
    },
    /// Together the lines must have more posts than there are.
    #[error("lower bounds need {} posts, {total} are there", limits.sum)]
    LowsAboveTotal {
        /// Posts there are.
        total: u64,
        /// The lower bounds and by how much they pass the total.
        limits: Limits,
    },
    /// Together the lines may have fewer posts than must be placed.
    #[error("upper bounds leave room for {} posts of {total}", limits.sum)]
    HighsBelowTotal {
        /// Posts there are.
        total: u64,
        /// The upper bounds and by how much they fall short of the total. Every line belongs to
        /// the conflict: any one of them could take the rest if it had no upper bound.
        limits: Limits,
    },
    /// The bounds, or the posts to give out or withdraw, force more moves than the limit allows.
    #[error("at least {least} posts must move, the limit is {limit}")]
    LimitBelowForced {
        /// The most posts that may move.
        limit: u64,
        /// The fewest that must: the limit would have to rise by `least - limit`.
        least: u64,
        /// Posts that lines below their lower bound must gain.
        must_gain: u64,
        /// Posts that lines above their upper bound must lose.
        must_lose: u64,
        /// Total less posts held now: above zero to give out, below zero to withdraw.
        to_place: i128,
    },
    /// A group whose least is above its most, or that names a line that is not there.
    #[error("group {name} must have at least {low} and at most {high} posts")]
    GroupInvalid {
        /// The group.
        name: LineId,
        /// Its least posts.
        low: u64,
        /// Its most posts.
        high: u64,
    },
    /// Groups that cross each other in more than two ways: no flow decides these.
    #[error("{} groups cross each other in more than two ways", groups.len())]
    GroupsThreeWays {
        /// One group that would have to belong to both families, then those that it crosses.
        groups: Vec<LineId>,
    },
    /// Limits on groups, bounds and total that cannot hold together.
    #[error("limits ask for {} posts where {} fit", .0.must, .0.room)]
    Groups(GroupClash),
    /// Shares of the total in 64-bit fractions are impossible for these needs (their common
    /// denominator is astronomical). Only under [`super::Rule::LargestRemainder`].
    #[error("needs are too finely divided for exact shares")]
    NeedsTooFine,
    /// More moves than [`super::curve`], a limit on moves, or limits on groups can go through one by
    /// one.
    #[error("{moves} posts would move, at most {most} can be listed")]
    TooManyMoves {
        /// Posts to list.
        moves: u64,
        /// The most.
        most: u64,
    },
}

/// Limits that cannot hold together, groups among them. Every post that the first ones ask for
/// would have to find its place within the room that the others leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupClash {
    /// The fewest limits that clash: those that ask for posts, the largest first, then those that
    /// leave room for fewer. Without any one of them the rest of this list can hold together.
    pub limits: Vec<Held>,
    /// Posts that the first ones ask for together.
    pub must: u64,
    /// Posts for which the others leave room together.
    pub room: u64,
    /// `must - room`: by so many posts these limits together have to give way.
    pub by: u64,
}

/// One limit of a [`GroupClash`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What holds it.
    pub by: HeldBy,
    /// Whether it asks for at least `posts`; else it allows at most as many.
    pub at_least: bool,
    /// The limit, in posts.
    pub posts: u64,
    /// The fewest posts by which it alone has to give way so that the whole problem has an
    /// answer; `None` if it alone cannot bring that about.
    pub alone: Option<u64>,
}

/// What a limit belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeldBy {
    /// The total to share out.
    Total,
    /// A group.
    Group {
        /// Its place in the problem.
        group: usize,
        /// Its name.
        name: LineId,
    },
    /// A line.
    Line {
        /// Its place in the problem.
        line: usize,
        /// Its name.
        id: LineId,
        /// Why.
        reason: BoundReason,
    },
}

/// A line whose own bounds exclude each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossedLine {
    /// The line.
    pub id: LineId,
    /// Least posts.
    pub low: u32,
    /// Why not fewer.
    pub low_reason: BoundReason,
    /// Most posts.
    pub high: u32,
    /// Why not more.
    pub high_reason: BoundReason,
    /// `low - high`: one of the two has to give way by this many posts, or both together.
    pub by: u32,
}

/// Bounds that clash with the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Sum of the bounds of all lines, in posts.
    pub sum: u64,
    /// Posts by which bounds, or the total, have to give way.
    pub by: u64,
    /// The fewest bounds that already clash with the total: lower bounds largest first, then by
    /// name; upper bounds, all of which belong to it, those furthest below the need first
    /// ([`Hold::short`]), then the largest, then by name.
    pub smallest: Vec<Hold>,
    /// Sum of `smallest`, in posts.
    pub smallest_sum: u64,
    /// All bounds by reason, in the order of the reasons: which kind of limit holds how much.
    pub by_reason: Vec<ReasonSum>,
}

/// One bound of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The line.
    pub id: LineId,
    /// The bound, in posts.
    pub posts: u32,
    /// Its reason.
    pub reason: BoundReason,
    /// The need of the line.
    pub need: Fraction,
}

impl Hold {
    /// Whole posts by which the bound stands below the need; zero where it does not.
    pub fn short(&self) -> i128 {
        let (need, one) = (i128::from(*self.need.numer()), i128::from(*self.need.denom()));
        let posts = i128::from(self.posts) * one;
        (need - posts).max(0).checked_div(one).unwrap_or(0)
    }
}

/// Bounds with the same reason, summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReasonSum {
    /// The reason.
    pub reason: BoundReason,
    /// Lines with it.
    pub lines: usize,
    /// Their bounds, in posts.
    pub posts: u64,
}
