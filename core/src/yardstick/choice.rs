//! What a county makes of the yardsticks: the tables it chose and the figures it changed, with the
//! number of the document that allows it. Only differences are kept, so a file stays small.

use serde::{Deserialize, Serialize};

use super::data::{Group, LeaderTable, Row, shipped};
use crate::county::{Course, Stage};
use crate::fraction::Fraction;
use crate::norm::{Clause, Confidence, Exact};
use crate::order::InOrder;

/// Names one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// What it measures.
    pub group: Group,
    /// Its stage, where the group goes by stages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Its course, where the group goes by courses; of a share, the first of its family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Course>,
    /// Its grade within the stage, from 1, where the group goes by grades.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
}

impl Key {
    /// The key of a figure that goes by stage alone.
    pub fn of(group: Group, stage: Stage) -> Self {
        Self { group, stage: Some(stage), course: None, grade: None }
    }

    /// The key of a figure that holds everywhere.
    pub fn general(group: Group) -> Self {
        Self { group, stage: None, course: None, grade: None }
    }
}

/// A figure that the county changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which one.
    pub at: Key,
    /// Its value.
    pub value: Exact,
    /// Number of the document that says so; empty where none is entered.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
}

/// A table that the county chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The group.
    pub group: Group,
    /// The table's id.
    pub set: String,
}

/// What a county makes of the yardsticks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// Tables chosen, where they are not the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<Chosen>,
    /// Figures changed, in the order of their keys.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Change>,
}

/// A figure with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure<'a> {
    /// The value.
    pub value: Exact,
    /// What the figure that ships rests on.
    pub clause: &'static Clause,
    /// Whether the county changed it.
    pub changed: bool,
    /// Number of the county's own document; empty where none is entered.
    pub document: &'a str,
}

impl Figure<'_> {
    /// How far it can be relied on: a changed figure is as good as its document.
    pub fn confidence(&self) -> Confidence {
        match (self.changed, self.document.is_empty()) {
            (true, false) => Confidence::Verified,
            (true, true) => Confidence::LocalAssumption,
            (false, _) => self.clause.confidence,
        }
    }
}

impl Choice {
    /// Whether everything stands as it ships.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty() && self.changed.is_empty()
    }

    /// The same tables, with every figure as it ships.
    pub fn unchanged(&self) -> Self {
        Self { chosen: self.chosen.clone(), changed: Vec::new() }
    }

    /// The table that stands in a group; empty for a group without tables.
    pub fn set(&self, group: Group) -> &str {
        let own = self.chosen.iter().find(|chosen| chosen.group == group);
        own.map_or_else(|| first_set(group), |chosen| &chosen.set)
    }

    /// Whether a group has this table.
    pub fn has_table(group: Group, id: &str) -> bool {
        shipped().is_some_and(|all| all.sets.iter().any(|set| set.group == group && set.id == id))
    }

    /// What the county changed a figure to.
    pub fn change(&self, at: Key) -> Option<&Change> {
        self.changed.iter().find(|change| change.at == at)
    }

    /// Changes a figure, or with `None` puts it back.
    pub(crate) fn set_change(&mut self, at: Key, change: Option<Change>) {
        self.changed.retain(|found| found.at != at);
        if let Some(change) = change {
            let place = self.changed.partition_point(|found| found.at < change.at);
            self.changed.insert(place, change);
        }
    }

    /// Chooses a table; the first of the group leaves no trace.
    pub(crate) fn set_table(&mut self, group: Group, set: &str) {
        self.chosen.retain(|chosen| chosen.group != group);
        if set != first_set(group) {
            self.chosen.push(Chosen { group, set: set.to_owned() });
            self.chosen.order_by_key(|chosen| chosen.group);
        }
    }

    /// A figure with what it rests on; `None` where the yardsticks have none for the key.
    pub fn figure(&self, at: Key) -> Option<Figure<'_>> {
        let row = self.row(at)?;
        if let Some(change) = self.change(at) {
            let document = change.document.as_str();
            return Some(Figure {
                value: change.value,
                clause: &row.clause,
                changed: true,
                document,
            });
        }
        let value = match (row.values.as_slice(), at.grade) {
            ([only], _) => *only,
            (values, Some(grade)) => *values.get(usize::from(grade).checked_sub(1)?)?,
            _ => return None,
        };
        Some(Figure { value, clause: &row.clause, changed: false, document: "" })
    }

    /// The value of a figure; `None` also for one that is too fine, which only a file can bring.
    pub fn value(&self, at: Key) -> Option<Fraction> {
        self.figure(at).map(|figure| figure.value.0).filter(Self::is_fine)
    }

    /// Whether a value has at most three decimals, so that sums over a county stay exact.
    pub fn is_fine(value: &Fraction) -> bool {
        1_000 % value.denom() == 0
    }

    /// Least and greatest value that makes sense.
    pub fn range(at: Key) -> Option<(Exact, Exact)> {
        let ranges = &shipped()?.ranges;
        let range = ranges.iter().find(|range| range.group == at.group)?;
        Some((range.least, range.greatest))
    }

    /// The leader posts of units whose highest stage this is.
    pub fn leaders(&self, stage: Stage) -> Option<&'static LeaderTable> {
        let set = self.set(Group::Leaders);
        let tables = &shipped()?.leaders;
        let covers = |table: &&LeaderTable| table.stages.contains(&stage);
        let own = tables.iter().find(|table| table.set == set && covers(table));
        // A chosen table that leaves the stage out leaves it to the first.
        own.or_else(|| tables.iter().find(covers))
    }

    fn row(&self, at: Key) -> Option<&'static Row> {
        let rows = &shipped()?.rows;
        let set = self.set(at.group);
        // What rules most rows out comes first: red lines ask for some thousand figures.
        let fits = |row: &&Row| {
            row.group == at.group
                && (row.stage.is_none() || row.stage == at.stage)
                && match at.course {
                    Some(course) => row.courses.contains(&course),
                    None => row.courses.is_empty(),
                }
        };
        let own = |row: &&Row| fits(row) && row.set.as_deref().is_none_or(|own| own == set);
        // A chosen table that leaves a figure out leaves it to the first.
        rows.iter().find(own).or_else(|| rows.iter().find(fits))
    }
}

fn first_set(group: Group) -> &'static str {
    let sets = shipped().map(|shipped| shipped.sets.as_slice()).unwrap_or_default();
    let first = sets.iter().find(|set| set.group == group);
    first.map_or("", |set| set.id.as_str())
}
