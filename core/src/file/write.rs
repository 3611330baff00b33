//! Writing a scenario file.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::Error;
use sha2::{Digest, Sha256};

use super::{BaseFile, FORMAT, FactsFile, ResultFile, ScenarioFile, VERSION};
use crate::county::{County, KindId};
use crate::scenario::{Figures, Scenario, Workspace, ledger};

/// The workspace as the text of a scenario file for a colleague: with every step done, without the
/// steps undone.
///
/// # Errors
/// Never for a workspace in memory: it holds nothing that JSON cannot.
pub fn write(
    workspace: &Workspace,
    app: &str,
    today: NaiveDate,
) -> Result<String, serde_json::Error> {
    let scenario = workspace.scenario();
    let scenario = Scenario { undone: Vec::new(), ..scenario.clone() };
    write_with(workspace, scenario, app, today)
}

/// The base of the workspace as the text of a scenario file with no steps in it: the browser keeps
/// it once, and the scenario, which changes at every step, beside it.
///
/// # Errors
/// As [`write`].
pub fn write_base(
    workspace: &Workspace,
    app: &str,
    today: NaiveDate,
) -> Result<String, serde_json::Error> {
    let scenario = Scenario { name: workspace.scenario().name.clone(), ..Scenario::default() };
    write_with(workspace, scenario, app, today)
}

fn write_with(
    workspace: &Workspace,
    scenario: Scenario,
    app: &str,
    today: NaiveDate,
) -> Result<String, serde_json::Error> {
    let file = ScenarioFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        app: app.to_owned(),
        saved_on: today,
        base: BaseFile {
            fingerprint: fingerprint(workspace.base()),
            county: workspace.base().into(),
            norm: workspace.base_norm().clone(),
            limits: workspace.base_limits().clone(),
        },
        scenario,
        results: results(workspace),
    };
    // Read by people and by tools that compare lines: one field a line, two spaces.
    let mut text = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b" ");
    file.serialize(&mut serde_json::Serializer::with_formatter(&mut text, formatter))?;
    String::from_utf8(text).map_err(Error::custom)
}

/// What a workspace's commands amount to, kind by kind.
pub(super) fn results(workspace: &Workspace) -> BTreeMap<KindId, ResultFile> {
    let (base, state) = (workspace.base(), workspace.state());
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

/// The fingerprint of a base: eight digits over its facts, such as `7F3A-91C2`. Two bases with the
/// same facts have the same fingerprint.
pub fn fingerprint(base: &County) -> String {
    let facts = serde_json::to_vec(&FactsFile::from(base)).unwrap_or_default();
    let digest = Sha256::digest(&facts);
    let hex: String = digest.iter().take(4).map(|byte| format!("{byte:02X}")).collect();
    let (left, right) = hex.split_at(4);
    format!("{left}-{right}")
}

/// The name that a scenario is exported under: `县名-方案名-日期.bianheng.json`, without the
/// characters that file systems refuse.
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
