//! What the planner allows the reallocation of one kind of post to do. Plain data: [`super::prepare`]
//! turns it into bounds, each with its reason.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::allocate::Rule;
use crate::county::{HoldingId, Stage};
use crate::norm::Exact;

/// Whether a school may go below its people in post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InPostLimit {
    /// Never below the people in post.
    InPost,
    /// Not below the people in post less those expected to leave up to and including this year.
    LessDepartures(i32),
    /// People in post do not matter.
    Off,
}

/// The most that one round may add to or take from a line: a share of its posts, but never less
/// than `at_least`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// Share of the posts held now, rounded down to whole posts.
    pub share: Exact,
    /// Posts that are always allowed.
    pub at_least: u32,
}

impl Cap {
    /// Posts allowed to a line that holds `posts` now.
    pub fn of(&self, posts: u32) -> u32 {
        let whole = (self.share.0 * i64::from(posts)).floor().to_integer();
        u32::try_from(whole).unwrap_or(0).max(self.at_least)
    }
}

/// What holds for one line alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LineLimit {
    /// No fewer posts than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<u32>,
    /// No more posts than this. It takes the place of the cap on rise, so that a unit may open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<u32>,
    /// Keeps the posts it has.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
    /// Gives up every post: the unit closes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub closing: bool,
}

impl LineLimit {
    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The rule and the limits of reallocating one kind of post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Who the next post goes to.
    pub rule: Rule,
    /// Below people in post or not.
    pub in_post: InPostLimit,
    /// Most that a line may lose in one round.
    pub fall: Option<Cap>,
    /// Most that a line may gain in one round.
    pub rise: Option<Cap>,
    /// Most posts that a line of a stage may lose, whatever `fall` says.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub stage_fall: BTreeMap<Stage, u32>,
    /// Posts that no line with students goes below, if it has them now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<u32>,
    /// Lines with limits of their own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<HoldingId, LineLimit>,
    /// At most this many posts move; `None` for the optimum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<u64>,
}

impl Default for Limits {
    /// Cautious: nobody below the people in post, no more than a tenth down and a seventh up.
    fn default() -> Self {
        Self {
            rule: Rule::Balanced,
            in_post: InPostLimit::InPost,
            fall: Exact::parse("1/10").map(|share| Cap { share, at_least: 1 }),
            rise: Exact::parse("1/7").map(|share| Cap { share, at_least: 2 }),
            stage_fall: BTreeMap::new(),
            floor: None,
            lines: BTreeMap::new(),
            moved: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cap_is_a_share_rounded_down_but_never_less_than_its_least() {
        let tenth = Limits::default().fall.unwrap();
        assert_eq!([9, 10, 19, 20, 0].map(|posts| tenth.of(posts)), [1, 1, 1, 2, 1]);
        let seventh = Limits::default().rise.unwrap();
        assert_eq!([13, 14, 21].map(|posts| seventh.of(posts)), [2, 2, 3]);
    }
}
