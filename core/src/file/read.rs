//! Opening a scenario file: what it is, whether it is whole, and whether its results still hold.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::Value;

use super::{
    FORMAT, Kept, Personal, ResultFile, ScenarioFile, ScenarioResults, VERSION, fingerprint,
    format, unknown, upgrade, write,
};
use crate::county::County;
use crate::scenario::{Conflict, Workspace};

/// Bytes of the largest file that is opened.
pub const MOST_BYTES: usize = 64_000_000;
/// The largest figure that a county may hold: posts, people, students.
const MOST: u32 = 10_000_000;

/// A figure of the results that does not come out as the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    /// Name of the scenario.
    pub scenario: String,
    /// The kind of post; empty for the verification code.
    pub kind: String,
    /// Which figure.
    pub what: Ours,
    /// What the file says.
    pub file: String,
    /// What comes out.
    pub found: String,
}

/// A figure of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as the figures of the ledger")]
pub enum Ours {
    Total,
    Units,
    Pool,
    Unassigned,
    MovedUp,
    MovedDown,
    Entitled,
    Shortage,
    Code,
}

/// A file that opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The workspace, its commands replayed.
    pub workspace: Workspace,
    /// Whether recomputing gives the results that the file carries.
    pub same_results: bool,
    /// What does not come out as the file says.
    pub differs: Vec<Differs>,
    /// Whether the facts have the fingerprint that the file carries.
    pub same_base: bool,
    /// The format's number where a newer program wrote the file: to be read, not changed.
    pub newer: Option<u64>,
    /// The file asks for remarks.
    pub review: bool,
    /// What the file says that it holds about persons.
    pub personal: Personal,
}

/// Why a file does not open. Nothing that was open is touched.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file is empty.
    #[error("empty file")]
    Empty,
    /// Longer than [`MOST_BYTES`].
    #[error("{0} bytes are too many")]
    TooLarge(usize),
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
    /// A scenario file that a newer program wrote, in a way that cannot be read.
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
    /// A figure beyond ten million.
    #[error("unit {unit}: a figure beyond {MOST}")]
    Figure {
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

/// Opens the text of a scenario file and recomputes the results of every scenario in it.
///
/// # Errors
/// An [`OpenError`] that says what the file is instead.
pub fn open(text: &str) -> Result<Opened, OpenError> {
    let (file, newer, more) = read(text)?;
    let (stored, stamp) = (file.figures.clone(), file.base.fingerprint.clone());
    let (review, personal) = (file.review, file.personal);
    let workspace = workspace(file, more)?;
    let same_base = fingerprint(workspace.base()) == stamp;
    let mut differs = Vec::new();
    for at in 0..workspace.scenarios().len() {
        // Replayed whether or not results are there: a scenario that does not open is no surprise
        // for later.
        let state = workspace.state_of(at)?;
        let name = workspace.scenarios().get(at).map(|scenario| scenario.name.as_str());
        if let Some(stored) = stored.get(at) {
            let found = write::results(workspace.base(), &state);
            compare(name.unwrap_or_default(), stored, &found, &mut differs);
        }
    }
    let same_results = differs.is_empty();
    Ok(Opened { workspace, same_results, differs, same_base, newer, review, personal })
}

/// Opens a base with the scenarios that the browser keeps beside it. Results are not recomputed:
/// what this browser wrote by itself is not a colleague's.
///
/// # Errors
/// As [`open`].
pub fn open_kept(base: &str, kept: Kept) -> Result<Workspace, OpenError> {
    let (mut file, _, more) = read(base)?;
    (file.scenarios, file.active, file.comments) = (kept.scenarios, kept.active, kept.comments);
    // The base alone has no place for what scenarios say.
    workspace(file, if kept.more.is_null() { more } else { kept.more })
}

fn read(text: &str) -> Result<(ScenarioFile<'static>, Option<u64>, Value), OpenError> {
    if text.len() > MOST_BYTES {
        return Err(OpenError::TooLarge(text.len()));
    }
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
    let newer = (found > u64::from(VERSION)).then_some(found);
    let file: ScenarioFile<'_> = serde_json::from_str(text).map_err(|error| match newer {
        Some(found) => OpenError::Newer { found, app: head.app },
        None => damaged(&error),
    })?;
    // Written again and compared: what this program wrote comes out the same, and nothing of it is
    // turned into values, which take twenty times the space.
    let ours = serde_json::to_string(&file).map_err(|error| damaged(&error))?;
    let more = if format::is_laid_out(text, &ours) {
        Value::Null
    } else {
        // What is nested too deep to be given back is refused rather than dropped.
        let value = |text| serde_json::from_str::<Value>(text).map_err(|error| damaged(&error));
        unknown::beyond(&value(text)?, &value(&ours)?)
    };
    let version = file.version;
    let file = upgrade::to_present(file);
    let more = upgrade::more_to_present(version, more, &file);
    Ok((file, newer, more))
}

fn workspace(file: ScenarioFile<'_>, more: Value) -> Result<Workspace, OpenError> {
    let county = County::try_from(file.base.county)
        .map_err(|error| OpenError::Holdings { unit: error.unit })?;
    check_ids(&county)?;
    let (norm, limits) = (file.base.norm, file.base.limits);
    let mut workspace = Workspace::open_several(county, norm, limits, file.scenarios, file.active)?;
    for comment in file.comments {
        workspace.comment(comment);
    }
    workspace.keep_unknown(more);
    Ok(workspace)
}

fn compare(
    scenario: &str,
    stored: &ScenarioResults,
    found: &ScenarioResults,
    out: &mut Vec<Differs>,
) {
    let none = ResultFile::default();
    for kind in
        stored.kinds.keys().chain(found.kinds.keys().filter(|k| !stored.kinds.contains_key(*k)))
    {
        let figures = |results: &ScenarioResults| {
            let one = *results.kinds.get(kind).unwrap_or(&none);
            let whole = |posts: u64| i64::try_from(posts).unwrap_or(i64::MAX);
            [
                (Ours::Total, whole(one.total)),
                (Ours::Units, whole(one.units)),
                (Ours::Pool, whole(one.pool)),
                (Ours::Unassigned, one.unassigned),
                (Ours::MovedUp, whole(one.moved_up)),
                (Ours::MovedDown, whole(one.moved_down)),
                (Ours::Entitled, whole(one.entitled)),
                (Ours::Shortage, whole(one.shortage)),
            ]
        };
        for ((what, file), (_, found)) in figures(stored).into_iter().zip(figures(found)) {
            if file != found {
                out.push(Differs {
                    scenario: scenario.to_owned(),
                    kind: kind.as_str().to_owned(),
                    what,
                    file: file.to_string(),
                    found: found.to_string(),
                });
            }
        }
    }
    if !stored.code.is_empty() && stored.code != found.code {
        out.push(Differs {
            scenario: scenario.to_owned(),
            kind: String::new(),
            what: Ours::Code,
            file: stored.code.clone(),
            found: found.code.clone(),
        });
    }
}

fn starts_like_ours(text: &str) -> bool {
    text.starts_with('{')
        && text.split_once("\"format\"").is_some_and(|(_, rest)| {
            let rest = rest.trim_start().strip_prefix(':').map(str::trim_start);
            rest.is_some_and(|rest| rest.starts_with("\"bianheng\""))
        })
}

fn damaged(error: &serde_json::Error) -> OpenError {
    OpenError::Damaged { line: error.line(), column: error.column(), detail: error.to_string() }
}

/// Every holding must have an id of its own, or a command could not name it, and figures that sums
/// can hold.
fn check_ids(county: &County) -> Result<(), OpenError> {
    let mut seen = HashSet::new();
    for (row, holding) in county.holdings.iter().enumerate() {
        let Some(id) = county.id_of(row) else { continue };
        let unit = id.unit.to_string();
        let roll = &holding.roll;
        let figures = [roll.students, roll.classes, roll.boarders, Some(holding.authorised)];
        let by_grade = roll.grades.iter().flat_map(|grade| [grade.students, grade.classes]);
        let mut all = figures.into_iter().chain([Some(holding.in_post)]).chain(by_grade);
        if all.any(|figure| figure.is_some_and(|figure| figure > MOST)) {
            return Err(OpenError::Figure { unit });
        }
        if !seen.insert(id) {
            return Err(OpenError::Holdings { unit });
        }
    }
    Ok(())
}
