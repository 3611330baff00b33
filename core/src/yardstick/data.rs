//! The yardsticks that ship, as `core/yardsticks/*.toml` hold them: plain data, one row a figure or
//! a line of figures by grade. It never computes.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::county::{Course, Stage};
use crate::norm::{Clause, Exact, Pack};
use crate::text::Bilingual;

/// What a figure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Lessons a week of all courses, by stage and grade.
    Weekly,
    /// Teaching weeks a year, by stage and grade.
    Weeks,
    /// Lessons a week of a course, by stage and grade.
    Lessons,
    /// Lessons a week of one teacher, by stage and course; without a course, of the stage as a whole.
    Load,
    /// Lessons a week that a class teacher teaches less, by stage.
    ClassTeacher,
    /// Lessons a week that the head still teaches, by stage.
    HeadLessons,
    /// Lessons a week that each other leader still teaches, by stage.
    DeputyLessons,
    /// Least share of the nine years, per cent, by family of courses.
    ShareLow,
    /// Greatest share of the nine years, per cent, by family of courses.
    ShareHigh,
    /// Students of a standard class, by stage.
    ClassSize,
    /// Students from which a class is large (大班额).
    LargeClass,
    /// Students from which a class is super-large (超大班额).
    SuperLargeClass,
    /// Non-teaching staff, per cent of all staff at most, by stage.
    NonTeaching,
    /// Children for each member of staff, at least.
    StaffLeast,
    /// Children for each member of staff, at most.
    StaffMost,
    /// Children for each teacher or carer, at least.
    CareLeast,
    /// Children for each teacher or carer, at most.
    CareMost,
    /// Leader posts by size: a table of bands, chosen whole.
    Leaders,
}

/// A table that a county may choose within a group.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Set {
    /// The group.
    pub group: Group,
    /// Its id within the group.
    pub id: String,
    /// Its name.
    pub label: Bilingual,
}

/// What values of a group make sense.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Range {
    pub(super) group: Group,
    pub(super) least: Exact,
    pub(super) greatest: Exact,
}

/// Figures with one source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// What they measure.
    pub group: Group,
    /// The table they belong to; `None` in every one.
    #[serde(default)]
    pub set: Option<String>,
    /// Their stage; `None` for every one.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// Courses they hold for, each alike; of a share, courses that count together.
    #[serde(default)]
    pub courses: Vec<Course>,
    /// By grade, or one for all.
    pub values: Vec<Exact>,
    /// What they rest on.
    pub clause: Clause,
}

/// What the size of a unit is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Classes.
    Classes,
    /// Students.
    Students,
}

/// Leader posts up to a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Band {
    /// Greatest size; `None` for all above.
    #[serde(default)]
    pub up_to: Option<u32>,
    /// Posts at least.
    pub least: u32,
    /// Posts at most.
    pub most: u32,
}

/// Leader posts of units of some stages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LeaderTable {
    /// The table it belongs to.
    pub set: String,
    /// What the size is told by.
    pub measure: Measure,
    /// Stages: that of a unit with several is its highest.
    pub stages: Vec<Stage>,
    /// Bands, smallest first.
    pub bands: Vec<Band>,
    /// Leader posts that a township's central school, to which teaching points belong, may have beyond
    /// the band of its size.
    #[serde(default)]
    pub centre: u32,
    /// What it rests on.
    pub clause: Clause,
}

/// How much a broken red line weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Blocks: the plan cannot be handed in so.
    Hard,
    /// Warns.
    Soft,
    /// Says how a figure was worked out.
    Calc,
}

/// A red line: what it rests on and how much it weighs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RedLine {
    /// Its id, such as `r24`.
    pub id: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What it rests on.
    pub clause: Clause,
}

/// Every yardstick that ships.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Shipped {
    /// Title, what it is, and the documents that clauses cite: a pack without rules.
    pub sources: Pack,
    /// Words of [`crate::county::Unit::category`] that mark a teaching point.
    pub teaching_points: Vec<String>,
    /// Tables to choose from, the first of a group stands unless another is chosen.
    #[serde(rename = "set")]
    pub sets: Vec<Set>,
    #[serde(rename = "range")]
    pub(super) ranges: Vec<Range>,
    /// The figures.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
    /// Leader posts.
    pub leaders: Vec<LeaderTable>,
    /// The red lines.
    #[serde(rename = "rule")]
    pub rules: Vec<RedLine>,
}

static SHIPPED: LazyLock<Option<Shipped>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/cn-yardsticks.json"));
    serde_json::from_str(json).ok()
});

/// The yardsticks that ship; `None` never, as a test shows.
pub fn shipped() -> Option<&'static Shipped> {
    SHIPPED.as_ref()
}
