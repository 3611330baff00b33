//! The facts of one county at one date: units, the posts they hold, their rolls and the totals of
//! each kind of post. It never decides anything: norms, reallocation and the pool read it.

mod code;
mod course;
mod holding;
mod kind;
mod staff;
mod unit;
mod units;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use code::{HoldingId, IdError, Part, UnitCode};
pub use course::Course;
pub use holding::{Departures, Fact, GradeRoll, Holding, Roll};
pub use kind::{KindId, PostKind};
pub use staff::{AdditionalPosts, AdditionalReason, CourseStaff, Leaders, Staff};
pub use unit::{Coordinates, Locality, Stage, Unit};
pub use units::Units;

use crate::pool::Pool;
use crate::yardstick::Choice;

/// Where the facts come from, so that a screen or a paper can say so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// Name of the file the survey was read from; empty for the sample county.
    pub source: String,
    /// The county is invented for practice.
    pub made_up: bool,
    /// The survey had no authorised posts: people in post were taken for both.
    pub authorised_assumed: bool,
}

/// A county: its units, their holdings and the fixed totals they share.
///
/// Holdings stand in the order of their units, one unit's holdings together. A holding's place in
/// `holdings` is its *row* and never changes while a scenario is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct County {
    /// Name of the county.
    pub name: String,
    /// The day the survey's figures describe.
    pub surveyed_on: NaiveDate,
    /// The day whose values of the norm apply; `None` for the day of the survey. An older survey may
    /// be measured by a norm that came after it.
    pub measured_on: Option<NaiveDate>,
    /// Where the facts come from.
    pub origin: Origin,
    /// The ring-fenced totals. The first is the one schools draw on.
    pub kinds: Vec<PostKind>,
    /// The kind that kindergartens draw on: a setting of the county.
    pub kindergarten_kind: KindId,
    /// The yardsticks that lessons and checks are measured by: which tables, and changed figures.
    pub yardsticks: Choice,
    /// Every unit, in the order of the survey.
    pub units: Units,
    /// Every holding, in the order of the units.
    pub holdings: Vec<Holding>,
    /// The turnover pools, at most one for each kind of post.
    pub pools: Vec<Pool>,
}

impl County {
    /// The day whose values of the norm apply.
    pub fn norm_day(&self) -> NaiveDate {
        self.measured_on.unwrap_or(self.surveyed_on)
    }

    /// The unit that a holding belongs to. `None` only if the county was put together wrongly.
    pub fn unit_of(&self, holding: &Holding) -> Option<&Unit> {
        self.units.get(holding.unit)
    }

    /// The name of a unit, or its code where the county has no such unit.
    pub fn unit_name<'a>(&'a self, code: &'a UnitCode) -> &'a str {
        let unit = self.units.iter().find(|unit| unit.code == *code);
        unit.map_or(code.as_str(), |unit| &unit.name)
    }

    /// The permanent id of the holding in `row`.
    pub fn id_of(&self, row: usize) -> Option<HoldingId> {
        let holding = self.holdings.get(row)?;
        Some(HoldingId { unit: self.unit_of(holding)?.code.clone(), part: holding.part.clone() })
    }

    /// The kind of post that a holding draws on: kindergartens follow the county's setting, other
    /// stages draw on school posts, institutions name their kind.
    pub fn kind_of<'a>(&'a self, holding: &'a Holding) -> &'a KindId {
        self.kind_of_part(&holding.part)
    }

    /// As [`County::kind_of`], of a part that need not be there yet.
    pub fn kind_of_part<'a>(&'a self, part: &'a Part) -> &'a KindId {
        match part {
            Part::Kind(kind) => kind,
            Part::Stage(Stage::Kindergarten) => &self.kindergarten_kind,
            Part::Stage(_) => KindId::school(),
        }
    }

    /// The kind with this id.
    pub fn kind(&self, id: &KindId) -> Option<&PostKind> {
        self.kinds.iter().find(|kind| &kind.id == id)
    }

    /// The pool that lends posts of this kind.
    pub fn pool(&self, kind: &KindId) -> Option<&Pool> {
        self.pools.iter().find(|pool| &pool.kind == kind)
    }

    /// A table from permanent ids to rows. Build it once for a base: rows never move.
    pub fn index(&self) -> Index {
        let rows = (0..self.holdings.len()).filter_map(|row| Some((self.id_of(row)?, row)));
        let units = self.units.iter().enumerate().map(|(at, unit)| (unit.code.clone(), at));
        Index { rows: Arc::new(rows.collect()), units: Arc::new(units.collect()) }
    }
}

/// Where each holding and unit of a county stands. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Index {
    rows: Arc<HashMap<HoldingId, usize>>,
    units: Arc<HashMap<UnitCode, usize>>,
}

impl Index {
    /// The row of a holding.
    pub fn row(&self, id: &HoldingId) -> Option<usize> {
        self.rows.get(id).copied()
    }

    /// Notes a unit with one holding that a county has got after all others: founding many is no work
    /// over all of them each time.
    pub(crate) fn push(&mut self, id: HoldingId, (row, place): (usize, usize)) {
        Arc::make_mut(&mut self.units).insert(id.unit.clone(), place);
        Arc::make_mut(&mut self.rows).insert(id, row);
    }

    /// Drops the unit that was noted last.
    pub(crate) fn pop(&mut self, id: &HoldingId) {
        Arc::make_mut(&mut self.units).remove(&id.unit);
        Arc::make_mut(&mut self.rows).remove(id);
    }

    /// The place of a unit in [`County::units`].
    pub fn unit(&self, code: &UnitCode) -> Option<usize> {
        self.units.get(code).copied()
    }
}
