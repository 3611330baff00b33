//! Commands: the only way to change a workspace. Each carries the old and the new value, so that
//! it can be undone, checked against what it finds, and read by a person.

use serde::{Deserialize, Serialize};

use super::Limits;
use crate::allocate::{BoundReason, Rule};
use crate::county::{
    AdditionalPosts, Departures, Fact, GradeRoll, HoldingId, KindId, Leaders, Part, Staff, Stage,
    Unit, UnitCode,
};
use crate::norm::{Exact, FigureId, Pack};
use crate::pool::Pool;
use crate::yardstick::{Change, Group, Key};

/// Why a proposal gave a line its posts: figures only, so that both languages can say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// The rule of the proposal.
    pub rule: Rule,
    /// The key of the last post gained, or of the first post lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Exact>,
    /// The key it was held against: the best post not given, or the worst post kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Exact>,
    /// The bound that stopped it there, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<BoundReason>,
}

/// Who set a line's posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A planner, with a reason and a document number if they gave one.
    Hand {
        /// Reason; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// Document number; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        document: String,
        /// Posts that movements and cuts by document brought to the line, less those that they took
        /// from it: what the lines of its kind share out grows or shrinks with them. Zero for a figure
        /// set by hand alone, for which the other lines make room.
        #[serde(default, skip_serializing_if = "is_zero")]
        moved: i64,
    },
    /// A proposal that was adopted.
    Proposal(Grounds),
}

// The signature that serde asks for.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &i64) -> bool {
    *count == 0
}

impl By {
    /// A planner, without a reason yet.
    pub const HAND: Self = Self::Hand { reason: String::new(), document: String::new(), moved: 0 };

    /// The same planner with another reason and document; `None` where no planner set the posts.
    #[must_use]
    pub fn explained(&self, reason: &str, document: &str) -> Option<Self> {
        let Self::Hand { moved, .. } = self else { return None };
        let (reason, document) = (reason.to_owned(), document.to_owned());
        Some(Self::Hand { reason, document, moved: *moved })
    }

    /// Whether a planner set the posts and has not said why. Posts that only came or went by a
    /// document have their ground there.
    pub fn lacks_reason(&self) -> bool {
        matches!(self, Self::Hand { reason, moved: 0, .. } if reason.trim().is_empty())
    }
}

/// Posts of a line and who set them. `by` is `None` for what the survey says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Posts authorised.
    pub posts: u32,
    /// Who set them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
}

impl Posting {
    /// What a movement or a cut by document makes of it: posts come from elsewhere in the ledger, or
    /// go there.
    #[must_use]
    pub fn moved_to(&self, posts: u32, reason: &str, document: &str) -> Self {
        let before = match self.by {
            Some(By::Hand { moved, .. }) => moved,
            _ => 0,
        };
        let moved = before.saturating_add(i64::from(posts) - i64::from(self.posts));
        let (reason, document) = (reason.to_owned(), document.to_owned());
        Self { posts, by: Some(By::Hand { reason, document, moved }) }
    }
}

/// A text of a unit that a planner may correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitField {
    /// Its name.
    Name,
    /// Its township.
    Township,
    /// Its locality, by its name in files; empty for unknown.
    Locality,
    /// The day it closed, as YYYY-MM-DD; empty for a unit that is open.
    Closed,
}

/// A unit that a scenario founds, with one holding of its kind and no posts: these come by a command
/// of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUnit {
    /// The unit.
    #[serde(flatten)]
    pub unit: Unit,
    /// Kind of its posts.
    pub kind: KindId,
    /// Its stage, at a school; the kind is then the one that the stage draws on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
}

impl NewUnit {
    /// Which part of the unit holds its posts.
    pub(super) fn part(&self) -> Part {
        self.stage.map_or_else(|| Part::Kind(self.kind.clone()), Part::Stage)
    }
}

/// One change, with both values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Posts of a holding.
    SetPosts {
        /// The holding.
        at: HoldingId,
        /// Before.
        old: Posting,
        /// After.
        new: Posting,
    },
    /// A figure of the survey, corrected.
    SetFact {
        /// The holding.
        at: HoldingId,
        /// Which figure.
        fact: Fact,
        /// Before.
        old: Option<u32>,
        /// After.
        new: Option<u32>,
    },
    /// The roll of a holding by grade, corrected.
    SetGrades {
        /// The holding.
        at: HoldingId,
        /// Before.
        old: Vec<GradeRoll>,
        /// After, youngest first.
        new: Vec<GradeRoll>,
    },
    /// The people of a holding by what they do.
    SetStaff {
        /// The holding.
        at: HoldingId,
        /// Before.
        old: Box<Staff>,
        /// After.
        new: Box<Staff>,
    },
    /// Posts added to the entitlement of a holding (附加编制).
    SetAdditional {
        /// The holding.
        at: HoldingId,
        /// Before.
        old: Vec<AdditionalPosts>,
        /// After.
        new: Vec<AdditionalPosts>,
    },
    /// People of a holding who are expected to leave, by calendar year (预计减员).
    SetDepartures {
        /// The holding.
        at: HoldingId,
        /// Before.
        old: Vec<Departures>,
        /// After, in the order of the years.
        new: Vec<Departures>,
    },
    /// Leaders of a unit.
    SetLeaders {
        /// The unit.
        at: UnitCode,
        /// Before.
        old: Leaders,
        /// After.
        new: Leaders,
    },
    /// A yardstick's figure; `None` for the one that ships.
    SetYardstick {
        /// Which one.
        at: Key,
        /// Before.
        old: Option<Change>,
        /// After.
        new: Option<Change>,
    },
    /// The table that stands in a group of yardsticks, by its id.
    SetYardstickTable {
        /// The group.
        group: Group,
        /// Before.
        old: String,
        /// After.
        new: String,
    },
    /// A text of a unit, corrected.
    SetUnit {
        /// The unit.
        at: UnitCode,
        /// Which text.
        field: UnitField,
        /// Before.
        old: String,
        /// After.
        new: String,
    },
    /// The county's name.
    SetCounty {
        /// Before.
        old: String,
        /// After.
        new: String,
    },
    /// A norm's parameter in force.
    SetParameter {
        /// Parameter id.
        id: String,
        /// Before.
        old: Exact,
        /// After.
        new: Exact,
        /// Number of the county's document that settled the value before; empty for none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        old_document: String,
        /// Number of the one that settles it after; empty for none, as by hand.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        new_document: String,
    },
    /// A figure of a table of the norm in force, as the table writes it.
    SetTableFigure {
        /// Which one.
        at: FigureId,
        /// Before.
        old: String,
        /// After.
        new: String,
        /// Number of the county's document that settled the figure before; empty for none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        old_document: String,
        /// Number of the one that settles it after; empty for none, as by hand.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        new_document: String,
    },
    /// The norm itself.
    SetNorm {
        /// Before.
        old: Box<Pack>,
        /// After.
        new: Box<Pack>,
    },
    /// The county's total of a kind, by a document.
    SetTotal {
        /// The kind.
        kind: KindId,
        /// Before.
        old: u32,
        /// After.
        new: u32,
        /// Number of the document that allows it.
        document: String,
    },
    /// The kind that kindergartens draw on. Their posts move with them from total to total.
    SetKindergartenKind {
        /// Before.
        old: KindId,
        /// After.
        new: KindId,
    },
    /// Rule and limits of the reallocation of a kind.
    SetLimits {
        /// The kind.
        kind: KindId,
        /// Before.
        old: Box<Limits>,
        /// After.
        new: Box<Limits>,
    },
    /// A unit is founded after all others, or taken away again.
    FoundUnit {
        /// The unit.
        new: Box<NewUnit>,
        /// It is taken away.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        undone: bool,
    },
    /// The turnover pool of a kind; `None` where there is none.
    SetPool {
        /// The kind.
        kind: KindId,
        /// Before.
        old: Option<Box<Pool>>,
        /// After.
        new: Option<Box<Pool>>,
    },
}

impl Command {
    /// The command that undoes this one.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::SetPosts { at, old, new } => Self::SetPosts { at, old: new, new: old },
            Self::SetFact { at, fact, old, new } => Self::SetFact { at, fact, old: new, new: old },
            Self::SetGrades { at, old, new } => Self::SetGrades { at, old: new, new: old },
            Self::SetStaff { at, old, new } => Self::SetStaff { at, old: new, new: old },
            Self::SetAdditional { at, old, new } => Self::SetAdditional { at, old: new, new: old },
            Self::SetDepartures { at, old, new } => Self::SetDepartures { at, old: new, new: old },
            Self::SetLeaders { at, old, new } => Self::SetLeaders { at, old: new, new: old },
            Self::SetYardstick { at, old, new } => Self::SetYardstick { at, old: new, new: old },
            Self::SetYardstickTable { group, old, new } => {
                Self::SetYardstickTable { group, old: new, new: old }
            }
            Self::SetUnit { at, field, old, new } => {
                Self::SetUnit { at, field, old: new, new: old }
            }
            Self::SetCounty { old, new } => Self::SetCounty { old: new, new: old },
            Self::SetParameter { id, old, new, old_document, new_document } => Self::SetParameter {
                id,
                old: new,
                new: old,
                old_document: new_document,
                new_document: old_document,
            },
            Self::SetTableFigure { at, old, new, old_document, new_document } => {
                let (old, new) = (new, old);
                let (old_document, new_document) = (new_document, old_document);
                Self::SetTableFigure { at, old, new, old_document, new_document }
            }
            Self::SetNorm { old, new } => Self::SetNorm { old: new, new: old },
            Self::SetTotal { kind, old, new, document } => {
                Self::SetTotal { kind, old: new, new: old, document }
            }
            Self::SetKindergartenKind { old, new } => {
                Self::SetKindergartenKind { old: new, new: old }
            }
            Self::SetLimits { kind, old, new } => Self::SetLimits { kind, old: new, new: old },
            Self::FoundUnit { new, undone } => Self::FoundUnit { new, undone: !undone },
            Self::SetPool { kind, old, new } => Self::SetPool { kind, old: new, new: old },
        }
    }
}

/// Why a command does not fit what it finds. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// No such holding.
    #[error("no holding {0}")]
    NoHolding(HoldingId),
    /// No such unit.
    #[error("no unit {0}")]
    NoUnit(UnitCode),
    /// No such kind of post.
    #[error("no kind of post {}", .0.as_str())]
    NoKind(KindId),
    /// No such parameter in force.
    #[error("no parameter {0} in force")]
    NoParameter(String),
    /// The old value is another one.
    #[error("{what}: expected {expected}, found {found}")]
    Changed {
        /// What was to be changed.
        what: String,
        /// The value that the command expected.
        expected: String,
        /// The value that stands there.
        found: String,
    },
    /// A value outside its range.
    #[error("{what}: {value} is outside {least} to {greatest}")]
    OutOfRange {
        /// What was to be changed.
        what: String,
        /// The value.
        value: String,
        /// Least allowed.
        least: String,
        /// Greatest allowed.
        greatest: String,
    },
    /// A norm that cannot be used.
    #[error("{0}")]
    Norm(#[from] crate::norm::PackError),
    /// A kind's total would fall below the posts that move out of it.
    #[error("the total of {} cannot give up {} posts", kind.as_str(), posts)]
    TotalTooSmall {
        /// The kind.
        kind: KindId,
        /// The posts.
        posts: u64,
    },
}
