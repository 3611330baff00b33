//! Laws of a history: nothing done is lost, copies stand by themselves, and what is put together to save
//! space leaves the present as it was.

use proptest::prelude::*;

use super::super::tests::{edit, opened, seen, set_posts};
use super::super::*;
use super::*;
use crate::county::KindId;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_undone_and_left_can_be_gone_back_to(
        turns in prop::collection::vec((0..4_usize, picks(4)), 1..6),
    ) {
        let mut workspace = opened();
        let mut ends = Vec::new();
        for (back, picks) in &turns {
            for _ in 0..*back {
                workspace.undo().unwrap();
            }
            let before = workspace.scenario().done.len();
            work(&mut workspace, picks);
            if workspace.scenario().done.len() > before {
                ends.push((workspace.scenario().done.clone(), seen(&workspace)));
            }
        }
        // Every end that was ever reached is on the trunk or at a branch.
        for (steps, end) in ends {
            let mut workspace = workspace.clone();
            let mut found = false;
            // As often as there are branches now; a branch that the trunk holds in full is one no more.
            for _ in 0..=workspace.scenario().branches.len() {
                let full = |workspace: &Workspace| {
                    let scenario = workspace.scenario();
                    let undone = scenario.undone.iter().rev();
                    scenario.done.iter().chain(undone).cloned().collect::<Vec<_>>()
                };
                if full(&workspace).starts_with(&steps) {
                    workspace.go_to(steps.len()).unwrap();
                    prop_assert_eq!(&end, &seen(&workspace));
                    found = true;
                    break;
                }
                if !workspace.scenario().branches.is_empty() {
                    // The oldest branch each time: what is left goes to the end of the list.
                    workspace.take_branch(0).unwrap();
                }
            }
            prop_assert!(found, "a step that was done is lost");
        }
    }

    #[test]
    fn squeezing_never_touches_the_present(one in picks(14), budget in 200..6_000_usize) {
        let mut workspace = opened();
        work(&mut workspace, &one);
        workspace.undo().unwrap();
        workspace.dispatch(edit(set_posts(&workspace, 0, 77))).unwrap();
        let before = seen(&workspace);
        let (steps, branches) = {
            let scenario = workspace.scenario();
            (scenario.done.len(), scenario.branches.len())
        };
        workspace.squeeze(budget).unwrap();
        // What went is known: of the steps those put together, of the branches those dropped.
        let kept = workspace.scenario();
        let whole = kept.done.iter().filter(|step| !matches!(step.label, Label::Squeezed { .. }));
        prop_assert_eq!(kept.squeezed() + whole.count(), steps);
        prop_assert_eq!(kept.dropped + kept.branches.len(), branches);
        prop_assert_eq!(&before, &seen(&workspace));
        let again = workspace.state_of(workspace.active()).unwrap();
        prop_assert_eq!(seen_state(&again), seen_state(workspace.state()));
        let kept = workspace.scenario();
        prop_assert!(kept.bytes() <= budget || kept.done.len() <= 1);
        while workspace.undo().unwrap() {}
        prop_assert_eq!(&workspace.state().county, workspace.base());
    }
}

#[test]
fn a_copy_has_its_own_name_and_history_and_the_first_one_stays() {
    let mut workspace = opened();
    by_hand(&mut workspace, "1020/primary", 40);
    workspace.duplicate("方案一", None).unwrap();
    assert_eq!(workspace.scenario().name, "方案一 2");
    assert_eq!(workspace.scenario().parents, ["方案一"]);
    let first = workspace.state_of(0).unwrap();
    assert_eq!(seen_state(workspace.state()), seen_state(&first), "nothing was done again");
    by_hand(&mut workspace, "1020/primary", 41);
    workspace.duplicate("从第一步起", Some(1)).unwrap();
    assert_eq!(workspace.scenario().done.len(), 1);
    let at = row(&workspace, "1020/primary");
    let posts =
        |workspace: &Workspace, of| workspace.state_of(of).unwrap().county.holdings[at].authorised;
    assert_eq!([0, 1, 2].map(|of| posts(&workspace, of)), [40, 41, 40]);
    workspace.rename("方案一");
    assert_eq!(workspace.scenario().name, "方案一 3", "no two scenarios share a name");
}

#[test]
fn what_is_put_away_gives_its_place_to_another_and_the_last_stays() {
    let mut workspace = opened();
    assert!(!workspace.archive(0, true).unwrap());
    workspace.duplicate("二", None).unwrap();
    assert!(workspace.archive(1, true).unwrap());
    assert_eq!(workspace.active(), 0);
    assert!(!workspace.archive(0, true).unwrap());
    assert!(workspace.archive(1, false).unwrap());
    assert!(!workspace.scenarios()[1].archived);
}

#[test]
fn a_total_keeps_its_document_through_merge_move_and_squeeze() {
    let mut workspace = opened();
    let kind = KindId::school().clone();
    let old = workspace.state().county.kind(&kind).unwrap().total;
    for (old, new, document) in [(old, old + 5, "〔2026〕4 号"), (old + 5, old + 8, "〔2026〕6 号")]
    {
        let (kind, document) = (kind.clone(), document.to_owned());
        workspace.dispatch(edit(Command::SetTotal { kind, old, new, document })).unwrap();
    }
    let documents = |steps: &[Step]| -> Vec<String> {
        let commands = steps.iter().flat_map(|step| &step.commands);
        let documents = commands.filter_map(|command| match command {
            Command::SetTotal { document, .. } => Some(document.clone()),
            _ => None,
        });
        documents.collect()
    };
    let merge = Merge::of((&opened(), 0), (&workspace, 0)).unwrap();
    assert_eq!(documents(&merge.scenario("合并").unwrap().done), ["〔2026〕6 号"]);
    let mut county = workspace.base().clone();
    county.name = "改名县".to_owned();
    county.kinds[0].total += 1;
    let (norm, limits) = (workspace.base_norm().clone(), workspace.base_limits().clone());
    let onto = Workspace::open(county, norm, limits, Scenario::default()).unwrap();
    let mut rebase = Rebase::of((&workspace, 0), &onto, "").unwrap();
    rebase.lines.iter_mut().for_each(|line| line.keep = Some(true));
    assert_eq!(documents(&rebase.scenario().done), ["〔2026〕6 号"]);
    for posts in 40..44 {
        by_hand(&mut workspace, "1020/primary", posts);
    }
    workspace.squeeze(300).unwrap();
    assert_eq!(documents(&workspace.scenario().done), ["〔2026〕6 号"]);
}
