//! What the engine is given: lines that may give or take posts, a total, a rule.
//!
//! Plain data. Nothing here is checked: [`super::solve`] and [`super::curve`] refuse what does
//! not fit together and say why.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::groups::Group;
use crate::fraction::Fraction;

/// The name of a line, such as `1035/primary`. The last tie key: where all else is equal the
/// smaller id (by bytes) comes first, so the order of the lines never matters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineId(String);

impl LineId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for LineId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for LineId {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for LineId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// One line that may give or take posts: a holding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name, unique in the problem.
    pub id: LineId,
    /// What the norm gives, in posts, exact and not rounded; zero or more. A line with no need
    /// has key zero: it keeps its lower bound and receives only what nobody else may take.
    pub need: Fraction,
    /// Posts authorised now.
    pub now: u32,
    /// Least and most posts it may have afterwards.
    pub bounds: Bounds,
    /// The entitlement rounded to whole posts. Only for reporting shortage; decides nothing.
    pub entitled: u32,
}

/// Least and most posts of a line, both included, each with the reason that made it so.
///
/// Start from [`Bounds::free`] and narrow with [`Bounds::at_least`] and [`Bounds::at_most`]: the
/// reason kept is always that of the tightest bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Least posts.
    pub low: u32,
    /// Why not fewer.
    pub low_reason: BoundReason,
    /// Most posts.
    pub high: u32,
    /// Why not more.
    pub high_reason: BoundReason,
}

impl Bounds {
    /// No bound but zero below and the largest number above.
    pub fn free() -> Self {
        Self {
            low: 0,
            low_reason: BoundReason::None,
            high: u32::MAX,
            high_reason: BoundReason::None,
        }
    }

    /// Exactly `posts`: a lock, a closing unit, an edit by hand.
    pub fn exactly(posts: u32, reason: BoundReason) -> Self {
        Self { low: posts, low_reason: reason, high: posts, high_reason: reason }
    }

    /// The same, but with no fewer than `posts`. A looser bound changes nothing, and of two equal
    /// ones the first keeps the reason.
    #[must_use]
    pub fn at_least(self, posts: u32, reason: BoundReason) -> Self {
        if posts > self.low { Self { low: posts, low_reason: reason, ..self } } else { self }
    }

    /// The same, but with no more than `posts`. A looser bound changes nothing, and of two equal
    /// ones the first keeps the reason.
    #[must_use]
    pub fn at_most(self, posts: u32, reason: BoundReason) -> Self {
        if posts < self.high { Self { high: posts, high_reason: reason, ..self } } else { self }
    }

    /// `posts` moved into the bounds. Only sensible where `low <= high`.
    pub(super) fn nearest(&self, posts: u32) -> u32 {
        posts.max(self.low).min(self.high)
    }
}

/// Why a line may not have fewer, or more, posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoundReason {
    /// Nobody said anything: zero below, no limit above.
    None,
    /// Every post with a person in it stays.
    InPost,
    /// Posts with people in them stay, less the departures that may be counted.
    InPostLessDepartures,
    /// A floor, such as that of small schools.
    Floor,
    /// The most that one round may take from a line.
    CapDown,
    /// The most that one round may add to a line.
    CapUp,
    /// A cap of this line alone.
    OwnCap,
    /// Locked at what it has.
    Locked,
    /// Closing: no posts are left.
    Closing,
    /// Opening: posts from zero.
    Opening,
    /// An edit by hand fixed the number.
    Fixed,
    /// Its entitlement: neither filled above it nor drained below it.
    Entitlement,
}

/// Who the next post goes to: the line with the largest key. `n` is the need, `k` the posts held
/// before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Key n/(2k+1) (Webster). Least sum of (posts − share)²/share. Ties: larger need first.
    Balanced,
    /// Key n/k, the first post before all others (Adams). The worst posts ÷ need is as high as it
    /// can be, then the second worst, and so on. Ties: **smaller** need first; the usual order is
    /// wrong here, because the same post raises the smaller line further.
    WorstFirst,
    /// Key n²/(k(k+1)), the first post before all others (Huntington–Hill). Least sum of
    /// need²/posts. Ties: larger need first.
    EqualGap,
    /// Key n/(k+1) (D'Hondt). The largest posts ÷ need is as low as it can be, then the second
    /// largest, and so on. Ties: larger need first.
    NeverOverfill,
    /// Key share−k, where the shares of the total are in proportion to need within the bounds
    /// (Hamilton): whole shares first, then the largest remainders. What a spreadsheet gives; a
    /// larger total can take a post from a line, so it stands for comparison only.
    LargestRemainder,
}

impl Rule {
    /// Every rule, the default first.
    pub const ALL: [Self; 5] = [
        Self::Balanced,
        Self::WorstFirst,
        Self::EqualGap,
        Self::NeverOverfill,
        Self::LargestRemainder,
    ];
}

/// A total to share out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The lines. Their order decides nothing.
    pub lines: Vec<Line>,
    /// Posts to have in all afterwards. Where it differs from the sum of `now`, posts that no
    /// line holds are given out, or posts are withdrawn.
    pub total: u64,
    /// The rule.
    pub rule: Rule,
    /// At most this many posts may move; `None` for no limit. Moved are the posts that lines gain
    /// or the posts that lines lose, whichever is more.
    pub limit: Option<u64>,
    /// Limits on the posts of several lines together. Nested ones, or two families of nested ones
    /// that cross, are decided exactly; more ways of crossing are refused.
    pub groups: Vec<Group>,
}
