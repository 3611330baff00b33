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
    use crate::text::{Lang, compare as words};
    let mut workspace = opened();
    found(&mut workspace, "9901", Stage::Primary);
    by_hand(&mut workspace, "9901/primary", 3);
    let mut county = workspace.state().county.clone();
    let (norm, limits) = (workspace.base_norm().clone(), workspace.base_limits().clone());
    let onto = |county| {
        let onto = Workspace::open(county, norm.clone(), limits.clone(), Scenario::default());
        let rebase = Rebase::of((&workspace, 0), &onto.unwrap(), "").unwrap();
        let line = rebase.lines[0].clone();
        assert_eq!(line.command.cell(), "unit 9901");
        (words::fit(&line.command, &line.fit, Lang::Zh), line.fit)
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
    let line = rebase.lines.iter_mut().find(|line| line.command.cell() == "posts 1020/primary");
    let line = line.unwrap();
    let Fit::Changed(Command::SetPosts { old: found, .. }) = &line.fit else { panic!("changed") };
    assert_eq!(found.posts, 39);
    line.keep = Some(true);
    new.add(rebase.scenario()).unwrap();
    assert_eq!(new.state().county.holdings[row(&new, "1020/primary")].authorised, 40);
    assert_eq!(new.scenario().parents, ["方案一"]);
    assert_eq!(old.scenario().done.len(), 3, "the one that was moved stays");
}
