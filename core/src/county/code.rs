//! Permanent names of units and holdings, as they stand in files: a unit by the code of the
//! survey, a holding by its unit and the stage (or, at an institution, the kind of post).

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{KindId, Stage};

/// The code of a unit as the survey writes it. Text: leading zeros matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitCode(Arc<str>);

impl UnitCode {
    /// A code from its text, taken as it is.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The code's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which part of a unit holds the posts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A stage of a school; the kind of post follows from the county's settings.
    Stage(Stage),
    /// An institution that is no school, with the kind of post it holds.
    Kind(KindId),
}

impl Part {
    /// The stage, at a school.
    pub fn stage(&self) -> Option<Stage> {
        match self {
            Part::Stage(stage) => Some(*stage),
            Part::Kind(_) => None,
        }
    }
}

/// The permanent id of a holding, written `code/stage` or `code/kind:name`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HoldingId {
    /// The unit.
    pub unit: UnitCode,
    /// Its stage or kind.
    pub part: Part,
}

/// A text that is no holding id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a holding id: {0}")]
pub struct IdError(pub String);

impl HoldingId {
    /// The id as it is written, put together without the machinery of formatting: a country of lines
    /// asks for it at every proposal.
    pub fn text(&self) -> String {
        self.pieces().concat()
    }

    fn pieces(&self) -> [&str; 3] {
        match &self.part {
            Part::Stage(stage) => [self.unit.as_str(), "/", stage.as_str()],
            Part::Kind(kind) => [self.unit.as_str(), "/kind:", kind.as_str()],
        }
    }
}

impl fmt::Display for HoldingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces().into_iter().try_for_each(|piece| f.write_str(piece))
    }
}

impl FromStr for HoldingId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let wrong = || IdError(text.to_owned());
        // A code may hold a slash; a stage or kind never does.
        let (unit, part) = text.rsplit_once('/').ok_or_else(wrong)?;
        let part = match part.strip_prefix("kind:") {
            Some(kind) => Part::Kind(KindId::new(kind)),
            None => Part::Stage(Stage::parse(part).ok_or_else(wrong)?),
        };
        Ok(Self { unit: UnitCode::new(unit), part })
    }
}

impl Serialize for HoldingId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HoldingId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_it_was_written() {
        for text in ["0035/primary", "a/b/kindergarten", "G01/kind:general"] {
            assert_eq!(text.parse::<HoldingId>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_text_without_a_stage_is_refused() {
        assert!("1035".parse::<HoldingId>().is_err());
        assert!("1035/nowhere".parse::<HoldingId>().is_err());
    }
}
