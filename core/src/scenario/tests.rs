//! Laws of the workspace: undo is exact, a step is whole or nothing, no command makes a post.

use proptest::prelude::*;

use super::*;
use crate::county::{
    AdditionalPosts, AdditionalReason, Course, Departures, Fact, GradeRoll, HoldingId, KindId,
    Leaders, Locality, Unit, UnitCode,
};
use crate::norm::{self, Exact};
use crate::sample;
use crate::yardstick::{self, Change, Choice, Group};

/// The sample's base with its first scenario alone, which has no steps.
pub(super) fn opened() -> Workspace {
    let sample = sample::county().unwrap().workspace;
    let (norm, limits) = (sample.base_norm().clone(), sample.base_limits().clone());
    Workspace::open(sample.base().clone(), norm, limits, sample.scenario().clone()).unwrap()
}

pub(super) fn edit(command: Command) -> Step {
    Step { label: Label::Edit, commands: vec![command] }
}

pub(super) fn set_posts(workspace: &Workspace, row: usize, posts: u32) -> Command {
    let at = workspace.state().county.id_of(row).unwrap();
    let old = workspace.state().posting(row).unwrap();
    let by = By::Hand { reason: "试算".to_owned(), document: String::new(), moved: 0 };
    Command::SetPosts { at, old, new: Posting { posts, by: Some(by) } }
}

/// What a person could tell apart: facts, posts, who set them, norm, limits.
pub(super) fn seen(workspace: &Workspace) -> String {
    let state = workspace.state();
    let by: Vec<_> = (0..state.county.holdings.len()).map(|row| state.by(row)).collect();
    format!("{:?}{:?}{:?}{by:?}", state.county, state.norm.pack(), state.limits)
}

/// A command that fits the workspace as it is, picked by numbers.
pub(super) fn some_command(workspace: &Workspace, pick: u32, row: usize, value: u32) -> Command {
    let state = workspace.state();
    let row = row % state.county.holdings.len();
    let at = || state.county.id_of(row).unwrap();
    let holding = &state.county.holdings[row];
    match pick % 13 {
        0 | 1 => set_posts(workspace, row, value),
        2 => {
            let fact = [Fact::Students, Fact::Classes, Fact::Boarders][value as usize % 3];
            let new = (!value.is_multiple_of(5)).then_some(value);
            Command::SetFact { at: at(), fact, old: holding.fact(fact), new }
        }
        3 => {
            let (old, new) = (holding.fact(Fact::InPost), Some(value));
            Command::SetFact { at: at(), fact: Fact::InPost, old, new }
        }
        4 => {
            let parameter = &state.norm.pack().parameters[row % state.norm.pack().parameters.len()];
            let old = parameter.on(state.norm.day()).unwrap();
            let id = parameter.id.clone();
            let (pack, day) = (state.norm.pack(), state.norm.day());
            let old_document = pack.own_document(&id, day).unwrap_or_default().to_owned();
            let new_document = ["", "〔2026〕1 号", "〔2026〕2 号"][value as usize % 3].to_owned();
            let new = parameter.least;
            Command::SetParameter { id, old, new, old_document, new_document }
        }
        5 => {
            let kind = KindId::school().clone();
            let old = state.limits(&kind);
            let new = Limits { moved: Some(u64::from(value)), ..old.clone() };
            Command::SetLimits { kind, old: Box::new(old), new: Box::new(new) }
        }
        6 => {
            let mut new = holding.staff.clone();
            new.non_teaching = Some(value);
            if let Some(found) = new.course_mut(Course::ALL[value as usize % Course::ALL.len()]) {
                found.teachers = (!value.is_multiple_of(3)).then_some(value);
            }
            Command::SetStaff { at: at(), old: holding.staff.clone().into(), new: new.into() }
        }
        7 => {
            let mut new = holding.additional.clone();
            let until = "2026-01-01".parse().ok().filter(|_| value.is_multiple_of(2));
            let reason = AdditionalReason::ALL[value as usize % AdditionalReason::ALL.len()];
            new.push(AdditionalPosts { posts: value, reason, document: String::new(), until });
            Command::SetAdditional { at: at(), old: holding.additional.clone(), new }
        }
        8 => {
            let unit = &state.county.units[holding.unit];
            let new = Leaders { posts: Some(value), people: None };
            Command::SetLeaders { at: unit.code.clone(), old: unit.leaders, new }
        }
        9 => {
            let mut new = holding.roll.grades.clone();
            new.push(GradeRoll { grade: 9, students: Some(value), classes: None });
            Command::SetGrades { at: at(), old: holding.roll.grades.clone(), new }
        }
        11 => {
            let mut new = holding.departures.clone();
            new.push(Departures { year: 2027, people: value });
            Command::SetDepartures { at: at(), old: holding.departures.clone(), new }
        }
        10 => {
            let keys = yardstick::keys(&state.county.yardsticks);
            let at = keys[row % keys.len()];
            let (least, _) = Choice::range(at).unwrap();
            let change = Change { at, value: least, document: String::new() };
            let new = value.is_multiple_of(2).then_some(change);
            Command::SetYardstick { at, old: state.county.yardsticks.change(at).cloned(), new }
        }
        _ => {
            let old = state.county.kindergarten_kind.clone();
            let kinds = [KindId::school(), KindId::general()];
            let new = kinds[value as usize % 2].clone();
            Command::SetKindergartenKind { old, new }
        }
    }
}

/// A command of a sort that [`some_command`] leaves out, picked by numbers. It need not fit.
fn rarer_command(workspace: &Workspace, pick: u32, row: usize, value: u32) -> Command {
    let state = workspace.state();
    let county = &state.county;
    let row = row % county.holdings.len();
    let unit = &county.units[county.holdings[row].unit];
    let kind = [KindId::school(), KindId::general()][value as usize % 2].clone();
    match pick % 8 {
        0 => {
            let (field, old, new) = match value % 4 {
                0 => (UnitField::Name, unit.name.clone(), format!("学校 {value}")),
                1 => (UnitField::Township, unit.township.clone(), "新镇".to_owned()),
                2 => {
                    let old = unit.locality.map(Locality::as_str).unwrap_or_default();
                    let new = ["village", "", "nowhere"][row % 3];
                    (UnitField::Locality, old.to_owned(), new.to_owned())
                }
                _ => {
                    let old = unit.closed.map(|day| day.to_string()).unwrap_or_default();
                    let new = ["2026-08-31", "", "2026-8-31"][row % 3];
                    (UnitField::Closed, old, new.to_owned())
                }
            };
            Command::SetUnit { at: unit.code.clone(), field, old, new }
        }
        1 => Command::SetCounty { old: county.name.clone(), new: format!("县 {value}") },
        2 => {
            let old = county.kind(&kind).unwrap().total;
            Command::SetTotal { kind, old, new: value, document: "〔2026〕1 号".to_owned() }
        }
        3 => {
            let old = state.norm.pack().clone();
            let mut new = old.clone();
            let ratio = Exact::parse(["18", "18.5", "20"][row % 3]).unwrap();
            assert!(new.set_figure("ratio.primary", state.norm.day(), ratio, ""));
            Command::SetNorm { old: Box::new(old), new: Box::new(new) }
        }
        4 => {
            let group = Group::NonTeaching;
            let (old, new) = (county.yardsticks.set(group), ["national", "shandong"][row % 2]);
            Command::SetYardstickTable { group, old: old.to_owned(), new: new.to_owned() }
        }
        5 => {
            let old = county.pool(&kind).cloned().map(Box::new);
            let base = workspace.base().pool(&kind).cloned();
            let new = base.filter(|_| value.is_multiple_of(3)).map(|mut pool| {
                pool.term_years = value % 7;
                Box::new(pool)
            });
            Command::SetPool { kind, old, new }
        }
        6 => {
            let code = UnitCode::new(&format!("99{}", value % 50));
            let stage = county.holdings[row].part.stage();
            let new = NewUnit { unit: Unit { code, ..unit.clone() }, kind, stage };
            Command::FoundUnit { new: Box::new(new), undone: false }
        }
        _ => {
            let unit = county.units.last().unwrap().clone();
            let stage = county.holdings.last().unwrap().part.stage();
            Command::FoundUnit { new: Box::new(NewUnit { unit, kind, stage }), undone: true }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn undoing_every_step_gives_the_base_and_redoing_the_end(
        picks in prop::collection::vec(
            (any::<bool>(), any::<u32>(), any::<usize>(), 0..4_000_u32),
            1..20,
        ),
    ) {
        let mut workspace = opened();
        let start = seen(&workspace);
        let mut done = 0;
        for (rarer, pick, row, value) in picks {
            let command = match rarer {
                true => rarer_command(&workspace, pick, row, value),
                false => some_command(&workspace, pick, row, value),
            };
            // A total that cannot give up its kindergartens is refused; nothing changes then.
            let before = seen(&workspace);
            match workspace.dispatch(edit(command)) {
                Ok(()) => done += 1,
                Err(_) => prop_assert_eq!(&before, &seen(&workspace)),
            }
        }
        let end = seen(&workspace);
        let is_indexed = |state: &State| {
            let mut rows = 0..state.county.holdings.len();
            let of = |row| state.county.id_of(row).and_then(|id| state.index().row(&id));
            let units = state.county.units.iter().map(|unit| state.index().unit(&unit.code));
            rows.all(|row| of(row) == Some(row))
                && units.enumerate().all(|(place, found)| found == Some(place))
        };
        prop_assert!(is_indexed(workspace.state()));
        for _ in 0..done {
            prop_assert!(workspace.undo().unwrap());
        }
        prop_assert!(is_indexed(workspace.state()));
        prop_assert!(!workspace.undo().unwrap());
        prop_assert_eq!(start, seen(&workspace));
        for _ in 0..done {
            prop_assert!(workspace.redo().unwrap());
        }
        prop_assert_eq!(&end, &seen(&workspace));
    }

    #[test]
    fn the_ledger_always_adds_up_to_the_total(
        edits in prop::collection::vec((any::<usize>(), 0..300_u32), 1..12),
    ) {
        let mut workspace = opened();
        for (row, posts) in edits {
            let row = row % workspace.base().holdings.len();
            let step = edit(set_posts(&workspace, row, posts));
            workspace.dispatch(step).unwrap();
            for kind in [KindId::school(), KindId::general()] {
                let ledger = ledger(workspace.base(), workspace.state(), kind);
                let given = i64::try_from(ledger.units + ledger.pool).unwrap();
                prop_assert_eq!(given + ledger.unassigned, i64::try_from(ledger.total).unwrap());
                prop_assert_eq!(ledger.closes(), ledger.unassigned >= 0);
            }
        }
    }
}

#[test]
fn a_raise_draws_on_what_is_unassigned_and_beyond_it_the_ledger_does_not_close() {
    let mut workspace = opened();
    let row = workspace.state().index().row(&"1020/primary".parse().unwrap()).unwrap();
    // 9 posts are unassigned: 38 + 9 = 47 still closes, 48 is one too many.
    let step = edit(set_posts(&workspace, row, 47));
    workspace.dispatch(step).unwrap();
    assert_eq!(ledger(workspace.base(), workspace.state(), KindId::school()).unassigned, 0);
    let step = edit(set_posts(&workspace, row, 48));
    workspace.dispatch(step).unwrap();
    let open = ledger(workspace.base(), workspace.state(), KindId::school());
    assert!(!open.closes());
    assert_eq!((open.unassigned, open.moved.up), (-1, 10));
}

#[test]
fn a_step_with_one_command_that_does_not_fit_changes_nothing() {
    let mut workspace = opened();
    let before = seen(&workspace);
    let fits = set_posts(&workspace, 3, 5);
    let nowhere: HoldingId = "9999/primary".parse().unwrap();
    let lost = Command::SetFact { at: nowhere.clone(), fact: Fact::Students, old: None, new: None };
    let step = Step { label: Label::Edit, commands: vec![fits, lost] };
    assert_eq!(workspace.dispatch(step), Err(Conflict::NoHolding(nowhere)));
    assert_eq!(before, seen(&workspace));
    assert!(workspace.next_undo().is_none());
}

#[test]
fn a_command_that_expects_another_value_is_a_conflict() {
    let mut workspace = opened();
    let command = set_posts(&workspace, 3, 5);
    workspace.dispatch(edit(command.clone())).unwrap();
    assert!(matches!(workspace.dispatch(edit(command)), Err(Conflict::Changed { .. })));
}

#[test]
fn a_new_step_leaves_nothing_to_redo_but_a_branch() {
    let mut workspace = opened();
    let step = edit(set_posts(&workspace, 3, 5));
    workspace.dispatch(step).unwrap();
    workspace.undo().unwrap();
    let step = edit(set_posts(&workspace, 4, 5));
    workspace.dispatch(step).unwrap();
    assert!(workspace.next_redo().is_none());
    assert_eq!(workspace.scenario().branches.len(), 1);
}

#[test]
fn a_parameter_outside_its_range_is_refused_with_the_range() {
    let mut workspace = opened();
    let old = Exact::parse("19").unwrap();
    let new = Exact::parse("0").unwrap();
    let (old_document, new_document) = (String::new(), String::new());
    let id = "ratio.primary".to_owned();
    let command = Command::SetParameter { id, old, new, old_document, new_document };
    let Err(Conflict::OutOfRange { least, greatest, .. }) = workspace.dispatch(edit(command))
    else {
        panic!("a ratio of zero was taken");
    };
    assert_eq!((least.as_str(), greatest.as_str()), ("5", "40"));
}

#[test]
fn the_kind_of_kindergartens_takes_their_posts_along() {
    let mut workspace = opened();
    let old = KindId::school().clone();
    let new = KindId::general().clone();
    let step = edit(Command::SetKindergartenKind { old, new });
    workspace.dispatch(step).unwrap();
    // 14 kindergartens hold 234 posts: 2,226 − 234 and 1,318 + 234; nothing else changes.
    let school = ledger(workspace.base(), workspace.state(), KindId::school());
    let general = ledger(workspace.base(), workspace.state(), KindId::general());
    let posts: u64 = 2_226 - school.total;
    assert_eq!(general.total, 1_318 + posts);
    assert_eq!((school.units, school.pool, school.unassigned), (2_193 - posts, 24, 9));
    assert_eq!((general.units, general.pool, general.unassigned), (1_280 + posts, 30, 8));
}

#[test]
fn another_norm_gives_other_figures_and_undo_brings_the_old_ones_back() {
    let mut workspace = opened();
    let before = Figures::of(workspace.state());
    let old = Box::new(workspace.state().norm.pack().clone());
    let new = Box::new(norm::shipped(norm::NATIONAL).unwrap());
    let step = Step { label: Label::Norm, commands: vec![Command::SetNorm { old, new }] };
    workspace.dispatch(step).unwrap();
    assert_ne!(before, Figures::of(workspace.state()));
    workspace.undo().unwrap();
    assert_eq!(before, Figures::of(workspace.state()));
}

#[test]
fn a_hand_edit_stays_over_a_proposal_and_the_rest_makes_room_for_it() {
    let mut workspace = opened();
    let row = workspace.state().index().row(&"1020/primary".parse().unwrap()).unwrap();
    let step = edit(set_posts(&workspace, row, 42));
    workspace.dispatch(step).unwrap();
    let figures = Figures::of(workspace.state());
    let prepared = prepare(&workspace, &figures, KindId::school());
    let proposal = crate::allocate::solve(&prepared.problem).unwrap();
    let step = adopt(&workspace, &prepared, &proposal);
    workspace.dispatch(step).unwrap();
    assert_eq!(workspace.state().county.holdings[row].authorised, 42);
    assert!(matches!(workspace.state().by(row), Some(By::Hand { .. })));
    let after = ledger(workspace.base(), workspace.state(), KindId::school());
    assert_eq!((after.units, after.unassigned), (2_193, 9));
}
