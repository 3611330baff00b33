//! Laws of moving a scenario to another base.

use proptest::prelude::*;

use super::super::tests::opened;
use super::super::*;
use super::*;
use crate::county::Stage;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn moving_onto_the_same_base_changes_nothing(one in picks(10)) {
        let mut workspace = opened();
        work(&mut workspace, &one);
        let rebase = Rebase::of((&workspace, 0), &opened(), "").unwrap();
        prop_assert!(rebase.changed.is_empty() && rebase.added.is_empty());
        prop_assert_eq!((rebase.conflicts(), rebase.undecided()), (0, 0));
        prop_assert_eq!(rebase.scenario(), workspace.scenario().without_trials());
    }
}

#[test]
fn a_new_base_that_has_the_founded_unit_says_so() {
    use crate::text::{Lang, cell};
    let mut workspace = opened();
    found(&mut workspace, "9901", Stage::Primary);
    by_hand(&mut workspace, "9901/primary", 3);
    let mut county = workspace.state().county.clone();
    let (norm, limits) = (workspace.base_norm().clone(), workspace.base_limits().clone());
    let onto = |county| {
        let onto = Workspace::open(county, norm.clone(), limits.clone(), Scenario::default());
        let rebase = Rebase::of((&workspace, 0), &onto.unwrap(), "").unwrap();
        let line = rebase.lines[0].clone();
        assert_eq!(line.change.cell(), "unit 9901");
        (cell::fit(&line.change, &line.fit, workspace.state(), Lang::Zh), line.fit)
    };
    let (text, fit) = onto(county.clone());
    assert_eq!((text.as_str(), fit), ("新基准已是如此", Fit::Already));
    // Another unit of the same code is no such unit.
    county.units.last_mut().unwrap().name = "另一校".to_owned();
    let (text, fit) = onto(county);
    assert!(matches!(fit, Fit::Refused(Conflict::Changed { .. })));
    assert_eq!(text, "新基准已有代码相同的另一个单位");
}

#[test]
fn scenarios_of_two_bases_are_not_merged_but_moved() {
    let mut old = opened();
    by_hand(&mut old, "1020/primary", 40);
    by_hand(&mut old, "1013/primary", 36);
    students(&mut old, "1008/primary", 900);
    // Next year's survey: one school has other posts, one other students, one is gone.
    let mut county = old.base().clone();
    county.holdings[row(&old, "1020/primary")].authorised = 39;
    county.holdings[row(&old, "1008/primary")].roll.students = Some(901);
    let gone = row(&old, "1013/primary");
    county.holdings.remove(gone);
    let new = Workspace::open(
        county,
        old.base_norm().clone(),
        old.base_limits().clone(),
        Scenario::default(),
    );
    let mut new = new.unwrap();
    assert!(matches!(Merge::of((&old, 0), (&new, 0)), Err(MergeError::OtherBase)));
    let mut rebase = Rebase::of((&old, 0), &new, "方案一").unwrap();
    assert_eq!((rebase.changed.len(), rebase.gone.len(), rebase.added.len()), (2, 1, 0));
    let fits = |rebase: &Rebase| rebase.lines.iter().map(|l| l.fit.clone()).collect::<Vec<_>>();
    assert_eq!(fits(&rebase).len(), 3);
    assert_eq!((rebase.conflicts(), rebase.undecided()), (3, 2));
    // 39 stands where 38 was expected; the students too are others than the 782 expected.
    let line = rebase.lines.iter_mut().find(|line| line.change.cell() == "posts 1020/primary");
    let line = line.unwrap();
    let Fit::Changed(Change::Cell(Command::SetPosts { old: found, .. })) = &line.fit else {
        panic!("changed")
    };
    assert_eq!(found.posts, 39);
    line.keep = Some(true);
    new.add(rebase.scenario()).unwrap();
    assert_eq!(new.state().county.holdings[row(&new, "1020/primary")].authorised, 40);
    assert_eq!(new.scenario().parents, ["方案一"]);
    assert_eq!(old.scenario().done.len(), 3, "the one that was moved stays");
}

#[test]
fn a_pool_comes_over_part_by_part_and_what_both_entered_under_one_number_stays() {
    use crate::county::{KindId, UnitCode};
    use crate::pool::{Application, Pool};
    let kind = KindId::general();
    let pool = |workspace: &Workspace| workspace.state().county.pool(kind).unwrap().clone();
    let mut old = opened();
    let [first, second] = [0, 1].map(|at| pool(&old).applications[at].id.clone());
    let asking = |unit: &str, posts| Application::new("", UnitCode::new(unit), posts);
    let before = pool(&old);
    let mut after = before.clone();
    after.term_years = 5;
    after.applications[0].posts = 9;
    after.applications[1].note = "附件齐全".to_owned();
    after.enter(asking("1020", 3));
    let (of, new) = (kind.clone(), Some(after.into()));
    old.dispatch(edit(Command::SetPool { kind: of, old: Some(before.into()), new })).unwrap();
    // The next survey says otherwise of the name and the first application, and has a new one too.
    let mut county = old.base().clone();
    let place = county.pools.iter().position(|pool| pool.kind == *kind).unwrap();
    let base: &mut Pool = &mut county.pools[place];
    base.name = "明年的池".to_owned();
    base.applications[0].posts = 8;
    base.enter(asking("1013", 2));
    let given = base.applications.last().unwrap().id.clone();
    let (norm, limits) = (old.base_norm().clone(), old.base_limits().clone());
    let mut onto = Workspace::open(county, norm, limits, Scenario::default()).unwrap();
    let mut rebase = Rebase::of((&old, 0), &onto, "今年").unwrap();
    // Name, the first application, the new one.
    assert_eq!(rebase.changed.len(), 3);
    assert_eq!((rebase.lines.len(), rebase.conflicts(), rebase.undecided()), (4, 1, 1));
    let one = rebase.renamed[0].clone();
    assert!(rebase.renamed.len() == 1 && one.old == given && one.side == Side::Mine);
    let line = rebase.lines.iter_mut().find(|line| line.keep.is_none()).unwrap();
    assert_eq!(line.change.cell(), format!("pool general application {first}"));
    let told = crate::text::cell::fit(&line.change, &line.fit, old.state(), crate::text::Lang::Zh);
    assert!(told.starts_with("原以为") && told.contains("8 名"), "{told}");
    line.keep = Some(true);
    assert_eq!(rebase.broken(), None);
    onto.add(rebase.scenario()).unwrap();
    let moved = crate::pool::part::Parted::of(pool(&onto));
    assert_eq!((moved.name.as_str(), moved.term_years), ("明年的池", 5));
    assert_eq!(moved.asked(&first).unwrap().0.posts, 9);
    assert_eq!(moved.asked(&second).unwrap().0.note, "附件齐全");
    assert_eq!(moved.asked(&given).unwrap().0.unit.as_str(), "1013", "the base's keeps its number");
    assert_eq!(moved.asked(&one.new).unwrap().0.unit.as_str(), "1020");
}
