//! Opening a scenario file: what it is, whether it is whole, and whether its results still hold.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::Value;

use super::{
    BaseFile, FORMAT, Kept, Personal, ResultFile, ScenarioFile, ScenarioResults, UnsoundPack,
    VERSION, digits, fingerprint, format, personal, unknown, unsound_packs, upgrade, write,
};
use crate::county::County;
use crate::scenario::{Command, Conflict, Scenario, State, Workspace};

/// Bytes of the largest file that is opened.
pub const MOST_BYTES: usize = 64_000_000;
/// The largest figure that a county may hold: posts, people, students.
const MOST: u32 = 10_000_000;

/// Scenarios of a file that is opened, at most.
const MOST_SCENARIOS: usize = 200;
/// Steps of all its scenarios together, done and left.
const MOST_STEPS: usize = 100_000;
/// Remarks.
const MOST_REMARKS: usize = 20_000;
/// Bytes of what this program does not know: as values they take two hundred times the space.
const MOST_UNKNOWN: usize = 1_000_000;

/// Of what a file may have too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Many {
    /// Scenarios.
    Scenarios,
    /// Steps of all scenarios, done and left.
    Steps,
    /// Remarks.
    Remarks,
    /// Bytes of fields that this program does not know.
    Unknown,
}

/// A step that does not fit what the steps before it give.
#[derive(Debug, Clone)]
pub struct Misfit {
    /// Name of the scenario.
    pub scenario: String,
    /// The step, from 1.
    pub step: usize,
    /// The command of it that does not fit.
    pub command: Command,
    /// Why not.
    pub conflict: Conflict,
    /// What it found.
    pub state: State,
}

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
    /// Whether recomputing gives the results that the file carries; `false` too where it carries none
    /// for some scenario.
    pub same_results: bool,
    /// What does not come out as the file says; results that it does not carry are not among these.
    pub differs: Vec<Differs>,
    /// Whether the facts have the fingerprint that the file carries.
    pub same_base: bool,
    /// The format's number where a newer program wrote the file: to be read, not changed.
    pub newer: Option<u64>,
    /// The file asks for remarks.
    pub review: bool,
    /// What the file holds about persons, counted here whatever the file says.
    pub personal: Personal,
    /// Norm packs of it that have a fault, and are worked with all the same.
    pub unsound: Vec<UnsoundPack>,
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
    /// More of something than any file has.
    #[error("more than {most}: {what:?}")]
    TooMany {
        /// Of what.
        what: Many,
        /// How many a file may have.
        most: usize,
    },
    /// A field stands twice in one place, so that nobody can tell which one counts.
    #[error("a field is there twice")]
    Twice,
    /// A step of a scenario does not fit what it finds.
    #[error("scenario {}, step {}: {}", .0.scenario, .0.step, .0.conflict)]
    Step(Box<Misfit>),
    /// Norm, or what this browser kept, does not fit what it finds.
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
    let Read { mut file, version, newer, more } = read(text)?;
    if file.scenarios.is_empty() {
        file.scenarios.push(Scenario::default());
    }
    let (stamp, review) = (file.base.fingerprint.clone(), file.review);
    let mut workspace = over(file.base)?;
    let same_base = fingerprint(workspace.base()) == stamp;
    let (mut differs, mut compared) = (Vec::new(), true);
    for (at, scenario) in file.scenarios.iter().enumerate() {
        // Replayed whether or not results are there: a scenario that does not open is no surprise
        // for later.
        let state = replayed(workspace.base_state(), scenario)?;
        let Some(stored) = file.figures.get(at) else {
            compared = false;
            continue;
        };
        // Files before version 3 had no code.
        compared &= version < 3 || !stored.code.is_empty();
        let found = write::results(workspace.base(), &state);
        compare(&scenario.name, stored, &found, &mut differs);
    }
    file.scenarios.iter_mut().for_each(Scenario::note_came);
    workspace.restore(file.scenarios, file.active, file.comments)?;
    workspace.keep_unknown(more);
    let same_results = compared && differs.is_empty();
    let personal = personal(&workspace);
    let unsound = unsound_packs(&workspace);
    Ok(Opened { workspace, same_results, differs, same_base, newer, review, personal, unsound })
}

/// Opens a base with the scenarios that the browser keeps beside it. Results are not recomputed:
/// what this browser wrote by itself is not a colleague's. Where it keeps no scenarios, those of the
/// base's own file stand: a file that is kept whole, as it came. The number is the format's where a newer
/// program wrote the base: to be read, not changed.
///
/// # Errors
/// As [`open`].
pub fn open_kept(base: &str, kept: Kept) -> Result<(Workspace, Option<u64>), OpenError> {
    let Read { mut file, newer, more, .. } = read(base)?;
    if kept.scenarios.is_empty() {
        if file.scenarios.is_empty() {
            file.scenarios.push(Scenario::default());
        }
        file.scenarios.iter_mut().for_each(Scenario::note_came);
    } else {
        (file.scenarios, file.active, file.comments) = (kept.scenarios, kept.active, kept.comments);
    }
    // The base alone has no place for what scenarios say.
    let more = if kept.more.is_null() { more } else { kept.more };
    let mut workspace = over(file.base)?;
    workspace.restore(file.scenarios, file.active, file.comments)?;
    workspace.keep_unknown(more);
    Ok((workspace, newer))
}

/// A file as it was read, in the present version.
struct Read {
    file: ScenarioFile<'static>,
    /// The version that it was written in.
    version: u32,
    /// The same, where this program does not know it.
    newer: Option<u64>,
    /// Fields that this program does not know.
    more: Value,
}

fn read(text: &str) -> Result<Read, OpenError> {
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
    within(&file)?;
    // Written again and compared: what this program wrote comes out the same, and nothing of it is
    // turned into values, which take twenty times the space.
    let ours = serde_json::to_string(&file).map_err(|error| damaged(&error))?;
    let more = if format::is_laid_out(text, &ours) {
        Value::Null
    } else {
        let (bytes, keys) = format::measure(text);
        few(Many::Unknown, bytes.saturating_sub(ours.len()), MOST_UNKNOWN)?;
        // What is nested too deep to be given back is refused rather than dropped.
        let value =
            |text: &str| serde_json::from_str::<Value>(text).map_err(|error| damaged(&error));
        let there = value(&digits::hide(text))?;
        // A value keeps the last of two fields of one name.
        if unknown::keys(&there) != keys {
            return Err(OpenError::Twice);
        }
        unknown::beyond(&there, &value(&ours)?)
    };
    let version = file.version;
    let file = upgrade::to_present(file);
    let more = upgrade::more_to_present(version, more, &file);
    Ok(Read { file, version, newer, more })
}

/// Refuses what has more of something than any file, before it is worked with.
fn within(file: &ScenarioFile<'_>) -> Result<(), OpenError> {
    few(Many::Scenarios, file.scenarios.len(), MOST_SCENARIOS)?;
    few(Many::Remarks, file.comments.len(), MOST_REMARKS)?;
    let steps = file.scenarios.iter().chain(&file.scenario).map(|scenario| {
        let left = scenario.branches.iter().map(|branch| branch.steps.len());
        scenario.trunk() + left.sum::<usize>()
    });
    few(Many::Steps, steps.sum(), MOST_STEPS)
}

fn few(what: Many, count: usize, most: usize) -> Result<(), OpenError> {
    if count > most { Err(OpenError::TooMany { what, most }) } else { Ok(()) }
}

/// A workspace over a base, without the file's scenarios.
fn over(base: BaseFile<'_>) -> Result<Workspace, OpenError> {
    let county =
        County::try_from(base.county).map_err(|error| OpenError::Holdings { unit: error.unit })?;
    check_ids(&county)?;
    Ok(Workspace::open_several(county, base.norm, base.limits, Vec::new(), 0)?)
}

/// What a scenario amounts to.
fn replayed(base: &State, scenario: &Scenario) -> Result<State, OpenError> {
    let mut state = base.clone();
    for (at, step) in scenario.done.iter().enumerate() {
        for command in &step.commands {
            if let Err(conflict) = state.apply(command.clone()) {
                let (scenario, command) = (scenario.name.clone(), command.clone());
                let misfit = Misfit { scenario, step: at + 1, command, conflict, state };
                return Err(OpenError::Step(Box::new(misfit)));
            }
        }
    }
    Ok(state)
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
