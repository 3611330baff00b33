//! Units: whatever can hold posts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Leaders, UnitCode};

/// A school stage. The order is that of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 幼儿园
    Kindergarten,
    /// 小学
    Primary,
    /// 初中
    LowerSecondary,
    /// 高中
    UpperSecondary,
    /// 特殊教育
    Special,
    /// 中等职业
    Vocational,
}

impl Stage {
    /// Every stage, in the order of the tables.
    pub const ALL: [Self; 6] = [
        Self::Kindergarten,
        Self::Primary,
        Self::LowerSecondary,
        Self::UpperSecondary,
        Self::Special,
        Self::Vocational,
    ];

    /// The stage's name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kindergarten => "kindergarten",
            Self::Primary => "primary",
            Self::LowerSecondary => "lower_secondary",
            Self::UpperSecondary => "upper_secondary",
            Self::Special => "special",
            Self::Vocational => "vocational",
        }
    }

    /// The stage with this name in files.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text)
    }
}

/// Where a unit stands between city and village.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locality {
    /// 城市
    City,
    /// 县城
    CountyTown,
    /// 镇区
    Township,
    /// 乡村
    Village,
}

impl Locality {
    /// Every locality, from city to village.
    pub const ALL: [Self; 4] = [Self::City, Self::CountyTown, Self::Township, Self::Village];

    /// The locality's name in files and norm packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::CountyTown => "county_town",
            Self::Township => "township",
            Self::Village => "village",
        }
    }

    /// The locality with this name in files.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locality| locality.as_str() == text)
    }
}

/// WGS 84 coordinates in millionths of a degree: whole numbers, so that they compare exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coordinates {
    /// Longitude, millionths of a degree, east positive.
    pub lon: i32,
    /// Latitude, millionths of a degree, north positive.
    pub lat: i32,
}

/// Any holder of posts: a school, a kindergarten, a teaching point, an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Permanent code.
    pub code: UnitCode,
    /// Name as the county writes it.
    pub name: String,
    /// Township, as the survey writes it; empty where unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub township: String,
    /// Locality, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<Locality>,
    /// What sort of unit it is, in the county's words: 九年一贯制, 教学点, 医疗 …; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// The school that a teaching point belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitCode>,
    /// Coordinates, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Coordinates>,
    /// Its leaders, where the survey says.
    #[serde(default, skip_serializing_if = "Leaders::is_empty")]
    pub leaders: Leaders,
    /// The day it closed, or was merged into another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<NaiveDate>,
}
