//! Opening a scenario file: what it is, whether it is whole, and whether its results still hold.

use std::collections::HashSet;

use serde::Deserialize;

use super::{FORMAT, ScenarioFile, VERSION, upgrade, write};
use crate::county::County;
use crate::scenario::{Conflict, Scenario, Workspace};

/// A file that opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The workspace, its commands replayed.
    pub workspace: Workspace,
    /// Whether recomputing gives the results that the file carries.
    pub same_results: bool,
    /// Whether the facts have the fingerprint that the file carries.
    pub same_base: bool,
}

/// Why a file does not open. Nothing that was open is touched.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file is empty.
    #[error("empty file")]
    Empty,
    /// Not a scenario file at all.
    #[error("not a scenario file")]
    NotOurs,
    /// A scenario file that breaks off or was damaged.
    #[error("damaged at line {line}, column {column}: {detail}")]
    Damaged {
        /// Line, from 1; 0 where it is not known.
        line: usize,
        /// Column, from 1; 0 where it is not known.
        column: usize,
        /// What is wrong, in the parser's words.
        detail: String,
    },
    /// A scenario file that a newer program wrote.
    #[error("version {found}, newer than {VERSION}")]
    Newer {
        /// The file's version.
        found: u64,
        /// The program that wrote it, as it says.
        app: String,
    },
    /// A unit's posts say neither stage nor kind, or the same holding twice.
    #[error("unit {unit}: its holdings do not fit together")]
    Holdings {
        /// The unit's code.
        unit: String,
    },
    /// A step of the history does not fit what it finds.
    #[error("{0}")]
    Conflict(#[from] Conflict),
}

/// The fields that say what a file is, whatever else it holds.
#[derive(Deserialize)]
struct Head {
    format: Option<String>,
    version: Option<u64>,
    #[serde(default)]
    app: String,
}

/// Opens the text of a scenario file.
///
/// # Errors
/// An [`OpenError`] that says what the file is instead.
pub fn open(text: &str) -> Result<Opened, OpenError> {
    open_with(text, None)
}

/// Opens the text of a scenario file with another scenario over its base: the browser keeps a base
/// once and the scenario, which changes at every step, beside it.
///
/// # Errors
/// As [`open`].
pub fn open_with(text: &str, scenario: Option<Scenario>) -> Result<Opened, OpenError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(OpenError::Empty);
    }
    let head: Head = match serde_json::from_str(text) {
        Ok(head) => head,
        // A file that breaks off still shows at its start whether it is one of ours.
        Err(error) if starts_like_ours(text) => return Err(damaged(&error)),
        Err(_) => return Err(OpenError::NotOurs),
    };
    if head.format.as_deref() != Some(FORMAT) {
        return Err(OpenError::NotOurs);
    }
    let found = head.version.ok_or(OpenError::NotOurs)?;
    if found > u64::from(VERSION) {
        return Err(OpenError::Newer { found, app: head.app });
    }
    let file: ScenarioFile = serde_json::from_str(text).map_err(|error| damaged(&error))?;
    let file = upgrade::to_present(file);
    let county = County::try_from(file.base.county)
        .map_err(|error| OpenError::Holdings { unit: error.unit })?;
    check_ids(&county)?;
    let same_base = write::fingerprint(&county) == file.base.fingerprint;
    let scenario = scenario.unwrap_or(file.scenario);
    let workspace = Workspace::open(county, file.base.norm, file.base.limits, scenario)?;
    let same_results = write::results(&workspace) == file.results;
    Ok(Opened { workspace, same_results, same_base })
}

fn starts_like_ours(text: &str) -> bool {
    let start: String = text.chars().take(80).filter(|c| !c.is_whitespace()).collect();
    start.starts_with(&format!("{{\"format\":\"{FORMAT}\""))
}

fn damaged(error: &serde_json::Error) -> OpenError {
    OpenError::Damaged { line: error.line(), column: error.column(), detail: error.to_string() }
}

/// Every holding must have an id of its own, or a command could not name it.
fn check_ids(county: &County) -> Result<(), OpenError> {
    let mut seen = HashSet::new();
    for row in 0..county.holdings.len() {
        let Some(id) = county.id_of(row) else { continue };
        let unit = id.unit.to_string();
        if !seen.insert(id) {
            return Err(OpenError::Holdings { unit });
        }
    }
    Ok(())
}
