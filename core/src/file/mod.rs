//! The scenario file (`*.bianheng.json`): one self-contained JSON with facts, norm, commands and
//! results. The types in memory may change; what is written here has a version, and every past
//! version an upgrade step with a stored fixture.

mod facts;
mod read;
mod upgrade;
mod write;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use read::{OpenError, Opened, open, open_with};
pub use write::{file_name, fingerprint, write, write_base};

use crate::county::KindId;
use crate::norm::Pack;
use crate::scenario::{Limits, Scenario};
use facts::FactsFile;

/// What the first field of every scenario file says.
pub const FORMAT: &str = "bianheng";
/// The version that this program writes.
pub const VERSION: u32 = 2;

/// The whole file, version 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ScenarioFile {
    format: String,
    version: u32,
    /// Version of the program that wrote it.
    app: String,
    saved_on: NaiveDate,
    base: BaseFile,
    scenario: Scenario,
    /// What the commands amounted to when the file was written: opening recomputes and compares.
    results: BTreeMap<KindId, ResultFile>,
}

/// The base: what the scenario's commands stand on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct BaseFile {
    fingerprint: String,
    county: FactsFile,
    norm: Pack,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    limits: BTreeMap<KindId, Limits>,
}

/// Results of one kind of post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
mod tests;
