//! What a change of the norm does to the county: entitlements and margins by stage under the norm
//! that the base came with and under the norm in force, both on the facts as they are now. Posts
//! are the same on both sides, so every difference is the norm's.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::norm_tables::reset_figures;
use crate::county::{KindId, Part, Stage};
use crate::norm::{Column, Exact, Norm, Pack, PackError, Subject, shipped};
use crate::order::InOrder;
use crate::scenario::{Command, Figures, Label, Step, Workspace};

/// Sums of one side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Side {
    /// Whole posts of the entitlements.
    pub entitled: u64,
    /// Sum of the margins (核定 − 测算) over rows that have one.
    pub margin: i64,
    /// Posts missing over the rows that are short.
    pub shortage: u64,
}

impl Side {
    fn add(&mut self, authorised: u32, entitled: Option<u32>) {
        let Some(entitled) = entitled else { return };
        let margin = i64::from(authorised) - i64::from(entitled);
        self.entitled += u64::from(entitled);
        self.margin += margin;
        self.shortage += if margin < 0 { margin.unsigned_abs() } else { 0 };
    }

    fn sum(&mut self, other: &Self) {
        self.entitled += other.entitled;
        self.margin += other.margin;
        self.shortage += other.shortage;
    }
}

/// One stage under both norms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StageChange {
    /// Rows of the stage.
    pub rows: usize,
    /// Rows whose entitlement is not the same under both.
    pub changed: usize,
    /// Rows that go by students, under the norm in force.
    pub by_students: usize,
    /// Rows that go by classes, under the norm in force.
    pub by_classes: usize,
    /// Rows with posts added for a stated reason, under the norm in force.
    pub with_extra: usize,
    /// Rows to which the norm in force gives nothing.
    pub refused: usize,
    /// Under the norm of the base.
    pub before: Side,
    /// Under the norm in force.
    pub after: Side,
}

impl StageChange {
    fn sum(&mut self, other: &Self) {
        self.rows += other.rows;
        self.changed += other.changed;
        self.by_students += other.by_students;
        self.by_classes += other.by_classes;
        self.with_extra += other.with_extra;
        self.refused += other.refused;
        self.before.sum(&other.before);
        self.after.sum(&other.after);
    }
}

/// A row whose entitlement is not the same under both norms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowChange {
    /// The row.
    pub row: usize,
    /// Whole posts under the norm of the base; `None` where it gives nothing.
    pub before: Option<u32>,
    /// Whole posts under the norm in force.
    pub after: Option<u32>,
}

impl RowChange {
    /// Posts won or lost; what gives nothing counts as none.
    pub fn change(&self) -> i64 {
        i64::from(self.after.unwrap_or(0)) - i64::from(self.before.unwrap_or(0))
    }
}

/// The county under both norms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NormChange {
    /// Each stage that the county has.
    pub stages: BTreeMap<Stage, StageChange>,
    /// All stages.
    pub total: StageChange,
    /// Rows that change, those that win most first; equal ones in the order of the county.
    pub moved: Vec<RowChange>,
}

/// Compares the norm of the base with the norm in force on the present facts.
///
/// # Errors
/// Where the norm of the base cannot be used, which opening it would have refused.
pub fn norm_change(workspace: &Workspace, figures: &Figures) -> Result<NormChange, PackError> {
    let state = workspace.state();
    let before = Norm::new(workspace.base_norm().clone(), state.norm.day())?;
    let before = before.entitle_county(&state.county);
    let mut out = NormChange::default();
    for (row, holding) in state.county.holdings.iter().enumerate() {
        let Some(subject) = Subject::of(&state.county, holding) else { continue };
        // Added posts stand under either norm.
        let added = figures.row(row).additional;
        let was = before.get(row).and_then(|entitlement| entitlement.posts);
        let was = was.map(|posts| posts.whole.saturating_add(added));
        let entitlement = figures.row(row).entitlement;
        let now = entitlement.posts.map(|posts| posts.whole);
        let stage = out.stages.entry(subject.stage).or_default();
        stage.rows += 1;
        stage.changed += usize::from(was != now);
        if was != now {
            out.moved.push(RowChange { row, before: was, after: now });
        }
        stage.refused += usize::from(now.is_none());
        if now.is_some() {
            match (entitlement.basis, entitlement.by_students, entitlement.by_classes) {
                (Some(Column::Students), ..) | (None, Some(_), None) => stage.by_students += 1,
                (Some(Column::Classes), ..) | (None, None, Some(_)) => stage.by_classes += 1,
                // The rule weighs both without saying which one holds.
                _ => {}
            }
            let extra = entitlement.extra.is_some_and(|extra| *extra.numer() != 0);
            stage.with_extra += usize::from(extra);
        }
        stage.before.add(holding.authorised, was);
        stage.after.add(holding.authorised, now);
    }
    for stage in out.stages.values() {
        out.total.sum(stage);
    }
    out.moved.order_by_key(|moved| Reverse(moved.change()));
    Ok(out)
}

/// The pack that the norm in force is held against: the base's own where it is the same one, else
/// [`of_pack`].
pub fn reference(workspace: &Workspace) -> Option<Pack> {
    let base = workspace.base_norm();
    let same = base.id == workspace.state().norm.pack().id;
    if same { Some(base.clone()) } else { of_pack(workspace) }
}

/// The norm in force as its pack first had it: the one that ships, else the one that was copied or
/// brought in. `None` for a pack of the base that is neither.
pub fn of_pack(workspace: &Workspace) -> Option<Pack> {
    let id = &workspace.state().norm.pack().id;
    let brought = || {
        let commands = workspace.scenario().done.iter().flat_map(|step| &step.commands);
        let mut packs = commands.filter_map(|command| match command {
            Command::SetNorm { new, .. } => Some(&**new),
            _ => None,
        });
        packs.find(|pack| pack.id == *id).cloned()
    };
    shipped(id).or_else(brought)
}

/// The values in force of [`reference`], by parameter: what "reset" goes back to.
pub fn reference_values(workspace: &Workspace) -> BTreeMap<String, Exact> {
    values(reference(workspace), workspace)
}

/// The values in force of [`of_pack`], by parameter.
pub fn values_of_pack(workspace: &Workspace) -> BTreeMap<String, Exact> {
    values(of_pack(workspace), workspace)
}

fn values(pack: Option<Pack>, workspace: &Workspace) -> BTreeMap<String, Exact> {
    let day = workspace.state().norm.day();
    let parameters = pack.into_iter().flat_map(|pack| pack.parameters);
    parameters.filter_map(|parameter| Some((parameter.id.clone(), parameter.on(day)?))).collect()
}

/// The command that gives a parameter a value, settled by the county's document of this number; an
/// empty number is a value by hand, and what settled it before settles it no more. `None` where no
/// value is in force, or nothing would change.
pub fn set_parameter(
    workspace: &Workspace,
    id: &str,
    new: Exact,
    new_document: &str,
) -> Option<Command> {
    let norm = &workspace.state().norm;
    let old = norm.pack().parameter(id)?.on(norm.day())?;
    let old_document = norm.pack().own_document(id, norm.day()).unwrap_or_default().to_owned();
    let (id, new_document) = (id.to_owned(), new_document.to_owned());
    let command = Command::SetParameter { id, old, new, old_document, new_document };
    (!command.changes_nothing()).then_some(command)
}

/// The command that puts a parameter back to its value in [`reference`], and to the document that
/// settles it there.
pub fn reset_parameter(workspace: &Workspace, reference: &Pack, id: &str) -> Option<Command> {
    let day = workspace.state().norm.day();
    let new = reference.parameter(id)?.on(day)?;
    let document = reference.own_document(id, day).unwrap_or_default();
    let now = workspace.state().norm.pack().parameter(id)?.on(day)?;
    if now == new { None } else { set_parameter(workspace, id, new, document) }
}

/// The step that puts every changed parameter and every figure of the tables back. Without commands where none was changed.
pub fn reset_parameters(workspace: &Workspace) -> Step {
    let reference = reference(workspace);
    let parameters = workspace.state().norm.pack().parameters.iter();
    let mut commands: Vec<Command> = parameters
        .filter_map(|found| reset_parameter(workspace, reference.as_ref()?, &found.id))
        .collect();
    commands.extend(reference.iter().flat_map(|reference| reset_figures(workspace, reference)));
    Step { label: Label::Parameter, commands }
}

/// Posts that kindergartens hold: what moves from total to total with the county's setting.
pub fn kindergarten_posts(workspace: &Workspace) -> u64 {
    let holdings = workspace.state().county.holdings.iter();
    let kindergartens = holdings.filter(|found| found.part == Part::Stage(Stage::Kindergarten));
    kindergartens.map(|holding| u64::from(holding.authorised)).sum()
}

/// Number of the document that a kind's total was last set by; `None` for the total of the survey.
pub fn total_document<'a>(workspace: &'a Workspace, kind: &KindId) -> Option<&'a str> {
    let commands = workspace.scenario().done.iter().flat_map(|step| &step.commands);
    let mut documents = commands.filter_map(|command| match command {
        Command::SetTotal { kind: found, document, .. } if found == kind => Some(document.as_str()),
        _ => None,
    });
    documents.next_back()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norm::NATIONAL;
    use crate::sample;

    fn opened() -> Workspace {
        sample::county().unwrap().workspace
    }

    fn change(workspace: &Workspace) -> NormChange {
        norm_change(workspace, &Figures::of(workspace.state())).unwrap()
    }

    fn set(workspace: &mut Workspace, id: &str, old: &str, new: &str) {
        let norm = &workspace.state().norm;
        assert_eq!(norm.pack().parameter(id).unwrap().on(norm.day()), Exact::parse(old));
        let new = Exact::parse(new).unwrap();
        let commands = vec![set_parameter(workspace, id, new, "").unwrap()];
        workspace.dispatch(Step { label: Label::Parameter, commands }).unwrap();
    }

    #[test]
    fn an_unchanged_norm_changes_nothing() {
        let change = change(&opened());
        assert_eq!((change.total.rows, change.total.changed, change.total.refused), (65, 0, 0));
        assert_eq!(change.total.before, change.total.after);
        // The totals of the county: 2,193 authorised, 2,159 by the norm, 86 missing.
        let side = Side { entitled: 2_159, margin: 34, shortage: 86 };
        assert_eq!(change.total.after, side);
        assert_eq!(change.total.by_students + change.total.by_classes, 65);
    }

    #[test]
    fn a_changed_parameter_changes_its_own_stage_only() {
        let mut workspace = opened();
        let before = change(&workspace);
        set(&mut workspace, "per_class.primary", "1.7", "1.8");
        let after = change(&workspace);
        assert_eq!(after.total.before, before.total.after);
        let primary = after.stages[&Stage::Primary];
        // No more than the primary rows that went by classes before, and those that do now.
        assert!(primary.changed > 0 && primary.changed <= primary.by_classes);
        assert!(primary.after.entitled > primary.before.entitled);
        let by_rows = primary.after.entitled - primary.before.entitled;
        assert_eq!(after.total.after.entitled - after.total.before.entitled, by_rows);
        for stage in [Stage::Kindergarten, Stage::LowerSecondary, Stage::UpperSecondary] {
            assert_eq!(after.stages[&stage].before, after.stages[&stage].after);
        }
    }

    #[test]
    fn reset_puts_back_every_parameter_in_one_step() {
        let mut workspace = opened();
        assert!(reset_parameters(&workspace).commands.is_empty());
        set(&mut workspace, "per_class.primary", "1.7", "1.8");
        set(&mut workspace, "small_school", "200", "150");
        let step = reset_parameters(&workspace);
        assert_eq!(step.commands.len(), 2);
        workspace.dispatch(step).unwrap();
        assert_eq!(change(&workspace).total.changed, 0);
    }

    #[test]
    fn a_change_drops_the_settlement_and_undo_brings_it_back() {
        let mut workspace = opened();
        let id = "per_class.primary";
        let document = |workspace: &Workspace| {
            let norm = &workspace.state().norm;
            norm.pack().own_document(id, norm.day()).map(str::to_owned)
        };
        let settle = |workspace: &mut Workspace, value: &str, number: &str| {
            let new = Exact::parse(value).unwrap();
            let commands = vec![set_parameter(workspace, id, new, number).unwrap()];
            let step = Step { label: Label::Parameter, commands };
            workspace.dispatch(step.clone()).unwrap();
            let said = |lang| crate::text::steps::describe(&step, workspace.state(), lang);
            format!("{}\n{}\n", said(crate::text::Lang::Zh), said(crate::text::Lang::En))
        };
        let mut said = settle(&mut workspace, "1.7", "某编〔2026〕1号");
        let settled = workspace.state().norm.pack().clone();
        said.push_str(&settle(&mut workspace, "1.8", ""));
        assert_eq!(document(&workspace), None);
        said.push_str(&settle(&mut workspace, "1.9", "某编〔2026〕2号"));
        insta::assert_snapshot!(said);
        // The same document again changes nothing.
        let again = Exact::parse("1.9").unwrap();
        assert_eq!(set_parameter(&workspace, id, again, "某编〔2026〕2号"), None);
        workspace.undo().unwrap();
        workspace.undo().unwrap();
        assert_eq!(document(&workspace).as_deref(), Some("某编〔2026〕1号"));
        assert_eq!(*workspace.state().norm.pack(), settled);
        workspace.redo().unwrap();
        assert_eq!(document(&workspace), None);
    }

    #[test]
    fn a_file_of_before_documents_stood_in_the_command_still_opens() {
        // It settled a figure by a whole pack, and changed it without a word of the document.
        let mut workspace = opened();
        let (old, day) = (workspace.state().norm.pack().clone(), workspace.state().norm.day());
        let mut new = old.clone();
        let value = Exact::parse("1.7").unwrap();
        assert!(new.set_figure("per_class.primary", day, value, "某编〔2026〕1号"));
        let values = new.parameters.iter_mut().flat_map(|found| &mut found.values);
        values.for_each(|dated| dated.pack_says = None);
        let (first, then) = (Box::new(old), Box::new(new.clone()));
        let norm =
            |old, new| Step { label: Label::Norm, commands: vec![Command::SetNorm { old, new }] };
        workspace.dispatch(norm(first, then)).unwrap();
        let command: Command = serde_json::from_str(
            r#"{"set_parameter":{"id":"per_class.primary","old":"1.7","new":"1.8"}}"#,
        )
        .unwrap();
        workspace.dispatch(Step { label: Label::Parameter, commands: vec![command] }).unwrap();
        assert_eq!(workspace.state().norm.pack().own_document("per_class.primary", day), None);
        // The next pack of that file was made from one that still had the document.
        let parameter = new.parameters.iter_mut().find(|found| found.id == "per_class.primary");
        parameter.unwrap().values[0].value = Exact::parse("1.8");
        let mut copy = new.clone();
        copy.id = "local-1".to_owned();
        workspace.dispatch(norm(Box::new(new), Box::new(copy))).unwrap();
    }

    #[test]
    fn another_pack_is_held_against_its_shipped_values() {
        let mut workspace = opened();
        let old = Box::new(workspace.state().norm.pack().clone());
        let new = Box::new(shipped(NATIONAL).unwrap());
        let commands = vec![Command::SetNorm { old, new }];
        workspace.dispatch(Step { label: Label::Norm, commands }).unwrap();
        assert_eq!(reference(&workspace).unwrap().id, NATIONAL);
        assert!(reset_parameters(&workspace).commands.is_empty());
        let change = change(&workspace);
        assert!(change.total.changed > 0);
        // Its kindergarten rule knows students only, and says no basis.
        let kindergartens = change.stages[&Stage::Kindergarten];
        assert_eq!(kindergartens.by_students, kindergartens.rows);
    }

    #[test]
    fn a_copy_is_held_against_what_was_copied() {
        let mut workspace = opened();
        set(&mut workspace, "small_school", "200", "150");
        let old = Box::new(workspace.state().norm.pack().clone());
        let mut new = old.clone();
        new.id = "local-1".to_owned();
        let commands = vec![Command::SetNorm { old, new }];
        workspace.dispatch(Step { label: Label::Norm, commands }).unwrap();
        // The copy has the value of the day it was made, and keeps it when another is tried.
        let small = |workspace: &Workspace| {
            [reference_values(workspace), values_of_pack(workspace)]
                .map(|values| values["small_school"].to_string())
        };
        set(&mut workspace, "small_school", "150", "120");
        assert_eq!(small(&workspace), ["150", "150"]);
        workspace.dispatch(reset_parameters(&workspace)).unwrap();
        let norm = &workspace.state().norm;
        let now = norm.pack().parameter("small_school").unwrap().on(norm.day()).unwrap();
        assert_eq!(now.to_string(), "150");
    }

    #[test]
    fn a_total_keeps_the_number_of_its_last_document() {
        let mut workspace = opened();
        let kind = KindId::school();
        assert_eq!(total_document(&workspace, kind), None);
        for (old, new, document) in [(2_226, 2_230, "一号"), (2_230, 2_226, "二号")] {
            let (kind, document) = (kind.clone(), document.to_owned());
            let commands = vec![Command::SetTotal { kind, old, new, document }];
            workspace.dispatch(Step { label: Label::Setting, commands }).unwrap();
        }
        assert_eq!(total_document(&workspace, kind), Some("二号"));
        workspace.undo().unwrap();
        assert_eq!(total_document(&workspace, kind), Some("一号"));
    }

    #[test]
    fn kindergartens_hold_the_posts_of_their_own_rows() {
        let workspace = opened();
        let by_stage = change(&workspace).stages[&Stage::Kindergarten].after;
        let posts = i64::try_from(kindergarten_posts(&workspace)).unwrap();
        assert_eq!(posts, i64::try_from(by_stage.entitled).unwrap() + by_stage.margin);
    }
}
