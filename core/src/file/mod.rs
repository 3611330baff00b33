//! The scenario file (`*.bianheng.json`): one self-contained JSON with facts, norm, scenarios and
//! results. The types in memory may change; what is written here has a version, and every past
//! version an upgrade step with a stored fixture.

mod code;
mod digits;
mod facts;
mod format;
mod kept;
mod link;
mod personal;
mod read;
mod sound;
mod unknown;
mod upgrade;
mod write;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use code::{code, fingerprint};
pub use kept::Kept;
pub use link::{LinkError, MOST_IN_LINK, from_link, to_link};
pub use personal::{Numbers, Personal, numbers_in, personal};
pub use read::{Differs, MOST_BYTES, Many, Misfit, OpenError, Opened, Ours, open, open_kept};
pub use sound::{UnsoundPack, unsound_packs};
pub use write::{file_name, write, write_base, write_review};

use crate::county::KindId;
use crate::norm::Pack;
use crate::scenario::{Comment, Limits, Scenario};
use facts::FactsFile;

/// What the first field of every scenario file says.
pub const FORMAT: &str = "bianheng";
/// The version that this program writes.
pub const VERSION: u32 = 3;

/// The whole file, version 3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ScenarioFile<'a> {
    format: String,
    version: u32,
    /// Version of the program that wrote it.
    app: String,
    saved_on: NaiveDate,
    /// It asks for remarks: opening it leads straight to the comparison.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    review: bool,
    /// What it says of persons, so that whoever passes it on knows.
    #[serde(default, skip_serializing_if = "Personal::is_empty")]
    personal: Personal,
    base: BaseFile<'a>,
    #[serde(default)]
    scenarios: Vec<Scenario>,
    /// Place of the scenario that was open.
    #[serde(default)]
    active: usize,
    /// What each scenario amounted to when the file was written: opening recomputes and compares.
    #[serde(default)]
    figures: Vec<ScenarioResults>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    comments: Vec<Comment>,
    /// The one scenario of versions 1 and 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scenario: Option<Scenario>,
    /// Its results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    results: Option<BTreeMap<KindId, ResultFile>>,
}

/// The base: what the scenarios' commands stand on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct BaseFile<'a> {
    fingerprint: String,
    county: FactsFile<'a>,
    norm: Pack,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    limits: BTreeMap<KindId, Limits>,
}

/// Results of one scenario.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct ScenarioResults {
    /// The verification code; empty where none was written.
    code: String,
    kinds: BTreeMap<KindId, ResultFile>,
}

/// Results of one kind of post.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct ResultFile {
    total: u64,
    units: u64,
    pool: u64,
    unassigned: i64,
    moved_up: u64,
    moved_down: u64,
    entitled: u64,
    shortage: u64,
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
