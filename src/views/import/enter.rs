//! From what was taken to a workspace: the facts under the norm that ships, with one empty scenario.

use std::collections::BTreeMap;

use bianheng_core::county::KindId;
use bianheng_core::norm::{NATIONAL, shipped};
use bianheng_core::scenario::{Command, Label, Scenario, Step, Workspace};
use bianheng_core::text::import_view as words;
use bianheng_core::text::number::count;
use bianheng_core::text::{Lang, shell};
use bianheng_sheets::Taken;

use crate::state::Toast;

/// The workspace of what was taken.
///
/// # Errors
/// A sentence for the person at the screen, where there is nothing to take or no norm to read.
pub fn workspace(
    taken: &Taken,
    name: &str,
    kindergartens: &KindId,
    lang: Lang,
) -> Result<Workspace, String> {
    let nothing = || words::WHY_NOTHING.get(lang).to_owned();
    let mut base = taken.county.clone().ok_or_else(nothing)?;
    name.clone_into(&mut base.name);
    let pack = shipped(NATIONAL).ok_or_else(|| words::NO_NORM.get(lang).to_owned())?;
    // A survey from before the norm is measured by its first day, as the dialog says.
    base.measured_on = (base.surveyed_on < pack.valid_from).then_some(pack.valid_from);
    let open = |base| {
        let scenario =
            Scenario { name: words::SCENARIO.get(lang).to_owned(), ..Scenario::default() };
        Workspace::open(base, pack.clone(), BTreeMap::new(), scenario)
            .map_err(|conflict| conflict.to_string())
    };
    if base.kindergarten_kind == *kindergartens {
        return open(base);
    }
    // Which kind kindergartens draw on is a fact of the county, not a step of the scenario; what
    // becomes of the totals is the command's business.
    let command = Command::SetKindergartenKind {
        old: base.kindergarten_kind.clone(),
        new: kindergartens.clone(),
    };
    let mut drawn = open(base)?;
    drawn
        .dispatch(Step { label: Label::Setting, commands: vec![command] })
        .map_err(|conflict| conflict.to_string())?;
    open(drawn.state().county.clone())
}

/// What is said when the facts are in.
pub fn said(taken: &Taken, name: &str, lang: Lang) -> Toast {
    let (rows, listed) = (count(as_u64(taken.rows_taken)), count(as_u64(taken.rows_listed)));
    let units = count(as_u64(taken.sums.units));
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("taken", &rows), ("county", &name), ("units", &units), ("listed", &listed)];
    let text = words::TAKEN.with(lang, &values);
    let assumed = taken.county.as_ref().is_some_and(|county| county.origin.authorised_assumed);
    if assumed {
        Toast::warning(format!("{text} · {}", shell::AUTHORISED_ASSUMED.get(lang)))
    } else {
        Toast::done(text)
    }
}

/// A number of rows as the figures are written.
pub fn as_u64(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}
