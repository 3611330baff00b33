//! Writing a scenario file.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::{
    BaseFile, FORMAT, Personal, ResultFile, ScenarioFile, ScenarioResults, VERSION, code, digits,
    fingerprint, format, personal, unknown,
};
use crate::county::{County, KindId};
use crate::scenario::{Figures, Scenario, State, Workspace, ledger};

/// The workspace as the text of a scenario file for a colleague: every scenario with every step
/// done, without what was tried and left. The same content gives the same bytes.
///
/// # Errors
/// Never for a workspace in memory: it holds nothing that JSON cannot.
pub fn write(
    workspace: &Workspace,
    app: &str,
    today: NaiveDate,
) -> Result<String, serde_json::Error> {
    write_whole(workspace, app, today, false)
}

/// As [`write`], but the file asks for remarks: opening it leads straight to the comparison.
///
/// # Errors
/// As [`write`].
pub fn write_review(
    workspace: &Workspace,
    app: &str,
    today: NaiveDate,
) -> Result<String, serde_json::Error> {
    write_whole(workspace, app, today, true)
}

fn write_whole(
    workspace: &Workspace,
    app: &str,
    today: NaiveDate,
    review: bool,
) -> Result<String, serde_json::Error> {
    let scenarios: Vec<Scenario> = workspace.scenarios().iter().map(Scenario::to_go).collect();
    let states = (0..scenarios.len()).filter_map(|at| workspace.state_of(at).ok());
    let file = ScenarioFile {
        review,
        personal: personal(workspace),
        figures: states.map(|state| results(workspace.base(), &state)).collect(),
        scenarios,
        active: workspace.active(),
        comments: workspace.comments().to_vec(),
        ..bare(workspace, app, today)
    };
    text(&file, workspace.unknown())
}

/// The base of the workspace as the text of a scenario file with no scenarios in it: the browser
/// keeps it once, and [`super::Kept`], which changes at every step, beside it.
///
/// # Errors
/// As [`write`].
pub fn write_base(
    workspace: &Workspace,
    app: &str,
    today: NaiveDate,
) -> Result<String, serde_json::Error> {
    text(&bare(workspace, app, today), workspace.unknown())
}

fn bare<'a>(workspace: &'a Workspace, app: &str, today: NaiveDate) -> ScenarioFile<'a> {
    ScenarioFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        app: app.to_owned(),
        saved_on: today,
        review: false,
        personal: Personal::default(),
        base: BaseFile {
            fingerprint: fingerprint(workspace.base()),
            county: workspace.base().into(),
            norm: workspace.base_norm().clone(),
            limits: workspace.base_limits().clone(),
        },
        scenarios: Vec::new(),
        active: 0,
        figures: Vec::new(),
        comments: Vec::new(),
        scenario: None,
        results: None,
    }
}

fn text(file: &ScenarioFile<'_>, more: &Value) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string(file)?;
    if !more.is_null() {
        let mut ours: Value = serde_json::from_str(&text)?;
        let marked = digits::is_marked(&text);
        unknown::give_back(&mut ours, more);
        text = serde_json::to_string(&ours)?;
        // A text of somebody's that looks like a marked number stays a text.
        if !marked {
            text = digits::show(&text).into_owned();
        }
    }
    Ok(format::lay_out(&text))
}

/// What a scenario amounts to.
pub(super) fn results(base: &County, state: &State) -> ScenarioResults {
    ScenarioResults { code: code(state), kinds: by_kind(base, state) }
}

/// What a scenario amounts to, kind by kind.
pub(super) fn by_kind(base: &County, state: &State) -> BTreeMap<KindId, ResultFile> {
    let figures = Figures::of(state);
    let kinds = state.county.kinds.iter().map(|kind| {
        let ledger = ledger(base, state, &kind.id);
        let holdings = state.county.holdings.iter().enumerate();
        let rows = holdings.filter(|(_, holding)| state.county.kind_of(holding) == &kind.id);
        let totals = figures.totals(state, rows.map(|(row, _)| row));
        let result = ResultFile {
            total: ledger.total,
            units: ledger.units,
            pool: ledger.pool,
            unassigned: ledger.unassigned,
            moved_up: ledger.moved.up,
            moved_down: ledger.moved.down,
            entitled: totals.entitled,
            shortage: totals.shortage,
        };
        (kind.id.clone(), result)
    });
    kinds.collect()
}

/// The name that a file is exported under: `县名-方案名-日期.bianheng.json`, without the characters
/// that file systems refuse.
pub fn file_name(workspace: &Workspace, today: NaiveDate) -> String {
    let clean = |text: &str| {
        let kept = text.chars().map(|c| {
            let refused = c.is_control() || "/\\:*?\"<>|".contains(c);
            if refused { '_' } else { c }
        });
        let text: String = kept.take(60).collect();
        text.trim().trim_matches('.').to_owned()
    };
    let county = clean(&workspace.state().county.name);
    let scenario = clean(&workspace.scenario().name);
    format!("{county}-{scenario}-{today}.bianheng.json")
}
