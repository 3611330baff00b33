//! A county as the file holds it: each unit with its holdings inside, so that a person can read it
//! and no index can go astray.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::county::{
    AdditionalPosts, County, Departures, Holding, KindId, Origin, Part, PostKind, Roll, Staff,
    Stage, Unit,
};
use crate::pool::Pool;
use crate::yardstick::Choice;

/// A county's facts, nested: lent by the county that is written, or read from a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FactsFile<'a> {
    name: String,
    surveyed_on: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    measured_on: Option<NaiveDate>,
    #[serde(default)]
    origin: Origin,
    kinds: Vec<PostKind>,
    kindergarten_kind: KindId,
    #[serde(default, skip_serializing_if = "Choice::is_empty")]
    yardsticks: Choice,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pools: Vec<Pool>,
    units: Vec<UnitFile<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct UnitFile<'a> {
    #[serde(flatten)]
    unit: Cow<'a, Unit>,
    holdings: Vec<HoldingFile<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct HoldingFile<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stage: Option<Stage>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<KindId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    surveyed_row: Option<u32>,
    authorised: u32,
    in_post: u32,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    departures: Cow<'a, [Departures]>,
    #[serde(default, skip_serializing_if = "is_empty")]
    roll: Cow<'a, Roll>,
    #[serde(default, skip_serializing_if = "Staff::is_empty")]
    staff: Cow<'a, Staff>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    additional: Cow<'a, [AdditionalPosts]>,
}

fn is_empty(roll: &Roll) -> bool {
    *roll == Roll::default()
}

/// A holding that says neither stage nor kind, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartError {
    /// The unit's code.
    pub(super) unit: String,
}

impl<'a> From<&'a County> for FactsFile<'a> {
    fn from(county: &'a County) -> Self {
        let mut units: Vec<UnitFile<'a>> = county
            .units
            .iter()
            .map(|unit| UnitFile { unit: Cow::Borrowed(unit), holdings: Vec::new() })
            .collect();
        for holding in &county.holdings {
            let (stage, kind) = match &holding.part {
                Part::Stage(stage) => (Some(*stage), None),
                Part::Kind(kind) => (None, Some(kind.clone())),
            };
            if let Some(unit) = units.get_mut(holding.unit) {
                unit.holdings.push(HoldingFile {
                    stage,
                    kind,
                    surveyed_row: holding.surveyed_row,
                    authorised: holding.authorised,
                    in_post: holding.in_post,
                    departures: Cow::Borrowed(holding.departures.as_slice()),
                    roll: Cow::Borrowed(&holding.roll),
                    staff: Cow::Borrowed(&holding.staff),
                    additional: Cow::Borrowed(holding.additional.as_slice()),
                });
            }
        }
        Self {
            name: county.name.clone(),
            surveyed_on: county.surveyed_on,
            measured_on: county.measured_on,
            origin: county.origin.clone(),
            kinds: county.kinds.clone(),
            kindergarten_kind: county.kindergarten_kind.clone(),
            yardsticks: county.yardsticks.clone(),
            pools: county.pools.clone(),
            units,
        }
    }
}

impl TryFrom<FactsFile<'_>> for County {
    type Error = PartError;

    fn try_from(file: FactsFile<'_>) -> Result<Self, PartError> {
        let (mut units, mut holdings) = (Vec::new(), Vec::new());
        for UnitFile { unit, holdings: parts } in file.units {
            for part in parts {
                let mut staff = part.staff.into_owned();
                staff.tidy();
                let name = match (part.stage, part.kind) {
                    (Some(stage), None) => Part::Stage(stage),
                    (None, Some(kind)) => Part::Kind(kind),
                    _ => return Err(PartError { unit: unit.code.to_string() }),
                };
                holdings.push(Holding {
                    unit: units.len(),
                    part: name,
                    surveyed_row: part.surveyed_row,
                    authorised: part.authorised,
                    in_post: part.in_post,
                    departures: part.departures.into_owned(),
                    roll: part.roll.into_owned(),
                    staff,
                    additional: part.additional.into_owned(),
                });
            }
            units.push(unit.into_owned());
        }
        Ok(Self {
            name: file.name,
            surveyed_on: file.surveyed_on,
            measured_on: file.measured_on,
            origin: file.origin,
            kinds: file.kinds,
            kindergarten_kind: file.kindergarten_kind,
            units: units.into(),
            holdings,
            yardsticks: file.yardsticks,
            pools: file.pools,
        })
    }
}
