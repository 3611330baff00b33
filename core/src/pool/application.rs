//! Applications to the pool, their order, and where a planner decides otherwise.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::PoolError;
use crate::county::UnitCode;
use crate::fraction::{Fraction, decimal, parse_decimal};

/// A score of the review, exact to a hundredth: `92.5`. A text in files, so that no reader turns
/// it into a floating-point number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score {
    hundredths: u32,
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
    /// Priority: 1 goes first.
    pub tier: u8,
    /// The review's score; without one it goes last in its tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// Whatever the planner wants to remember.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Application {
    /// Its place among others, smaller first: tier, then the higher score (none last), then the
    /// unit's code, then the application's id. No two applications share a place.
    pub fn place(&self) -> impl Ord + '_ {
        (self.tier, self.score.is_none(), Reverse(self.score), &self.unit, &self.id)
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
    let mut asked = BTreeMap::new();
    for application in list {
        let id = || application.id.clone();
        if application.posts == 0 {
            return Err(PoolError::NothingAsked { application: id() });
        }
        if asked.insert(application.id.as_str(), application.posts).is_some() {
            return Err(PoolError::SameId { application: id() });
        }
    }
    let mut seen = BTreeSet::new();
    for Override { application: id, granted, reason, document } in overrides {
        let application = id.clone();
        let Some(&asked) = asked.get(id.as_str()) else {
            return Err(PoolError::OverrideAstray { application });
        };
        if !seen.insert(id) {
            return Err(PoolError::OverrideTwice { application });
        }
        if reason.trim().is_empty() || document.trim().is_empty() {
            return Err(PoolError::OverrideUnfounded { application });
        }
        if *granted > asked {
            return Err(PoolError::OverrideAboveAsked { application, granted: *granted, asked });
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
