//! What the planner allows the reallocation of one kind of post to do. Plain data: [`super::prepare`]
//! turns it into bounds, each with its reason.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::allocate::Rule;
use crate::county::{HoldingId, Stage};
use crate::norm::Exact;
use crate::order::InOrder;

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
        let (above, below) = (*self.share.0.numer(), *self.share.0.denom());
        // Narrow arithmetic where it fits: a division of 128 bits costs ten times as much.
        let whole = match above.checked_mul(i64::from(posts)) {
            Some(above) => u32::try_from(above.div_euclid(below)),
            None => u32::try_from((i128::from(above) * i128::from(posts)).div_euclid(below.into())),
        };
        whole.unwrap_or(0).max(self.at_least)
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

/// A limit on the posts of several lines together: those of a township, of a stage, or of a stage in
/// a township. One without either holds for all lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupLimit {
    /// The township, as the survey writes it; `None` for every township.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub township: Option<String>,
    /// The stage; `None` for every stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Least posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<u32>,
    /// Most posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<u32>,
}

impl GroupLimit {
    /// Whether it is about the same lines.
    pub fn is_of(&self, township: Option<&str>, stage: Option<Stage>) -> bool {
        self.township.as_deref() == township && self.stage == stage
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
    /// Limits on townships and stages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupLimit>,
    /// Posts that stay unassigned: the lines share the rest.
    #[serde(skip_serializing_if = "is_none")]
    pub reserve: u32,
    /// At most this many posts move; `None` for the optimum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<u64>,
}

/// Whether nothing is held in reserve.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_none(reserve: &u32) -> bool {
    *reserve == 0
}

impl Limits {
    /// Sets the least and most posts of a township, a stage, or both; without either figure the
    /// limit is dropped.
    pub fn set_group(
        &mut self,
        township: Option<&str>,
        stage: Option<Stage>,
        low: Option<u32>,
        high: Option<u32>,
    ) {
        self.groups.retain(|group| !group.is_of(township, stage));
        if low.is_some() || high.is_some() {
            let township = township.map(str::to_owned);
            self.groups.push(GroupLimit { township, stage, low, high });
            self.groups.order_by(|a, b| (&a.township, a.stage).cmp(&(&b.township, b.stage)));
        }
    }
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
            groups: Vec::new(),
            reserve: 0,
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

    #[test]
    fn a_file_without_groups_or_reserve_has_none_and_writes_none() {
        let plain = Limits::default();
        let text = serde_json::to_string(&plain).unwrap();
        assert!(!text.contains("groups") && !text.contains("reserve"), "{text}");
        assert_eq!(serde_json::from_str::<Limits>(&text).unwrap(), plain);
        let mut limits = plain;
        limits.set_group(Some("城关镇"), Some(Stage::Primary), None, Some(400));
        limits.set_group(None, Some(Stage::Primary), Some(700), None);
        limits.reserve = 9;
        let text = serde_json::to_string(&limits).unwrap();
        assert_eq!(serde_json::from_str::<Limits>(&text).unwrap(), limits);
        limits.set_group(Some("城关镇"), Some(Stage::Primary), None, None);
        assert_eq!(limits.groups.len(), 1);
    }
}
