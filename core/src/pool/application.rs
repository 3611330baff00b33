//! Applications to the pool, their order, and where a planner decides otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Fault, PoolError, Way};
use crate::county::UnitCode;
use crate::fraction::{Fraction, decimal, parse_decimal};

/// A score of the review, exact to a hundredth: `92.5`. A text in files, so that no reader turns
/// it into a floating-point number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score {
    hundredths: u32,
}

impl Score {
    /// The score in hundredths of a point.
    pub fn hundredths(self) -> u32 {
        self.hundredths
    }
}

/// A text that is no score: scores are not negative and have at most two decimals.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a score with at most two decimals: {0}")]
pub struct ScoreError(pub String);

impl FromStr for Score {
    type Err = ScoreError;

    fn from_str(text: &str) -> Result<Self, ScoreError> {
        let hundredths = || {
            let value = parse_decimal(text)?;
            let times = 100 / value.denom();
            let exact = times * value.denom() == 100;
            exact.then(|| u32::try_from(value.numer().checked_mul(times)?).ok())?
        };
        hundredths()
            .map(|hundredths| Self { hundredths })
            .ok_or_else(|| ScoreError(text.to_owned()))
    }
}

impl fmt::Display for Score {
    /// One decimal, or two where the second is not zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = if self.hundredths.is_multiple_of(10) { 1 } else { 2 };
        f.write_str(&decimal(&Fraction::new(i64::from(self.hundredths), 100), places))
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The mark that an application got for one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// The criterion's name.
    pub criterion: String,
    /// The mark.
    pub score: Score,
}

/// A unit asks for posts in this batch. It may ask more than once, for different purposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Permanent id, unique in the pool.
    pub id: String,
    /// The unit that asks.
    pub unit: UnitCode,
    /// Posts asked for, at least 1.
    pub posts: u32,
    /// What for.
    #[serde(default)]
    pub purpose: String,
    /// The grade of talent, in the county's words.
    #[serde(default)]
    pub talent: String,
    /// Priority: 1 goes first. 0 leaves it to the pool's tiers.
    #[serde(default)]
    pub tier: u8,
    /// The review's score; without one it goes last in its tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// Whatever the planner wants to remember.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The sort of purpose, by which terms, tiers, rules and caps go: `livelihood`, `talent` …
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sort: String,
    /// Marks by criterion; where there are any they make the score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Marked>,
    /// The day it came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// How the posts are to come back.
    #[serde(default, skip_serializing_if = "Way::is_default")]
    pub way: Way,
    /// The document it came with.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
}

impl Application {
    /// The mark for a criterion.
    pub fn mark(&self, criterion: &str) -> Option<Score> {
        self.marks.iter().find(|mark| mark.criterion == criterion).map(|mark| mark.score)
    }

    /// Gives it a mark for a criterion, or takes the one it has.
    pub fn set_mark(&mut self, criterion: &str, score: Option<Score>) {
        self.marks.retain(|mark| mark.criterion != criterion);
        let criterion = criterion.to_owned();
        self.marks.extend(score.map(|score| Marked { criterion, score }));
    }

    /// An application with nothing but what it must have.
    pub fn new(id: &str, unit: UnitCode, posts: u32) -> Self {
        Self {
            id: id.to_owned(),
            unit,
            posts,
            purpose: String::new(),
            talent: String::new(),
            tier: 0,
            score: None,
            note: String::new(),
            sort: String::new(),
            marks: Vec::new(),
            date: None,
            way: Way::default(),
            document: String::new(),
        }
    }
}

/// A planner decides one application by hand. Its posts are set aside before the others are served,
/// and count towards every limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Id of the application.
    pub application: String,
    /// Posts granted, at most those asked for; 0 refuses.
    pub granted: u32,
    /// Why; never empty.
    pub reason: String,
    /// The document that says so; never empty.
    pub document: String,
}

/// Checks ids and overrides; the limits are checked where the awards are made.
pub(super) fn check(list: &[Application], overrides: &[Override]) -> Result<(), PoolError> {
    let wrong = |fault, id: &str| PoolError::of(fault).who(id);
    let mut asked = BTreeMap::new();
    for application in list {
        let id = application.id.as_str();
        if application.posts == 0 {
            return Err(wrong(Fault::NothingAsked, id));
        }
        if asked.insert(id, application.posts).is_some() {
            return Err(wrong(Fault::SameId, id));
        }
    }
    let mut seen = BTreeSet::new();
    for Override { application: id, granted, reason, document } in overrides {
        let Some(&asked) = asked.get(id.as_str()) else {
            return Err(wrong(Fault::OverrideAstray, id));
        };
        if !seen.insert(id) {
            return Err(wrong(Fault::OverrideTwice, id));
        }
        if reason.trim().is_empty() || document.trim().is_empty() {
            return Err(wrong(Fault::OverrideUnfounded, id));
        }
        if *granted > asked {
            return Err(wrong(Fault::OverrideAboveAsked, id).figures(*granted, asked));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_exact_and_read_back_as_written() {
        for (text, shown) in [
            ("92.5", "92.5"),
            ("88", "88.0"),
            ("88.00", "88.0"),
            ("0.25", "0.25"),
            ("100", "100.0"),
        ] {
            assert_eq!(text.parse::<Score>().unwrap().to_string(), shown);
        }
        for wrong in ["", "-1", "92.555", "90%", "99999999999", "1/3"] {
            assert!(wrong.parse::<Score>().is_err(), "{wrong}");
        }
        assert!("9.5".parse::<Score>().unwrap() < "10".parse::<Score>().unwrap());
    }
}
