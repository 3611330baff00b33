//! Laws of several scenarios: nothing done is lost, differences lead from one to the other, merging
//! and moving to another base are what they say, and the parts of a difference sum to it.

use proptest::prelude::*;

mod pools;

use super::tests::{edit, opened, seen, set_posts, some_command};
use super::*;
use crate::county::{Fact, KindId, Stage, UnitCode};
use crate::norm::{self, Exact};

type Pick = (u32, usize, u32);

fn picks(most: usize) -> impl Strategy<Value = Vec<Pick>> {
    prop::collection::vec((any::<u32>(), any::<usize>(), 0..3_000_u32), 1..most)
}

/// Does what the numbers pick, where it fits.
fn work(workspace: &mut Workspace, picks: &[Pick]) {
    for (pick, row, value) in picks {
        let command = some_command(workspace, *pick, *row, *value);
        let _ = workspace.dispatch(edit(command));
    }
}

fn seen_state(state: &State) -> String {
    let by: Vec<_> = (0..state.county.holdings.len()).map(|row| state.by(row)).collect();
    // Pools stand in the order in which they came, which no person sees.
    let mut county = state.county.clone();
    county.pools.sort_by(|a, b| a.kind.cmp(&b.kind));
    let limits: Vec<_> = county.kinds.iter().map(|kind| state.limits(&kind.id)).collect();
    format!("{county:?}{:?}{limits:?}{by:?}", state.norm.pack())
}

fn apply_all(state: &State, commands: &[Command]) -> State {
    let mut state = state.clone();
    for command in commands {
        state.apply(command.clone()).unwrap();
    }
    state
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_difference_leads_from_one_state_to_the_other(one in picks(12), two in picks(12)) {
        let (mut a, mut b) = (opened(), opened());
        work(&mut a, &one);
        work(&mut b, &two);
        let commands = difference(a.state(), b.state());
        prop_assert_eq!(seen_state(&apply_all(a.state(), &commands)), seen_state(b.state()));
        prop_assert!(difference(b.state(), b.state()).is_empty());
        let back: Vec<_> = commands.into_iter().rev().map(Command::inverse).collect();
        prop_assert_eq!(seen_state(&apply_all(b.state(), &back)), seen_state(a.state()));
    }

    #[test]
    fn figures_that_follow_the_steps_are_those_of_the_state(
        turns in prop::collection::vec((0..3_usize, picks(3)), 1..8),
    ) {
        let mut workspace = opened();
        let mut figures = Figures::of(workspace.state());
        for (turn, picks) in &turns {
            let revision = workspace.state_revision();
            match turn {
                0 => { workspace.undo().unwrap(); }
                1 => { workspace.duplicate("二", None).unwrap(); }
                _ => work(&mut workspace, picks),
            }
            let of = Figures::of(workspace.state());
            prop_assert!(workspace.state_revision() != revision || of == figures);
            figures = figures.after(workspace.state());
            prop_assert!(figures == of);
        }
    }

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

    #[test]
    fn a_merge_with_itself_is_itself_and_sides_only_matter_where_they_clash(
        shared in picks(4), one in picks(6), two in picks(6), flips in any::<u64>(),
        back in (0..3_u32, 0..3_u32),
    ) {
        let mut a = opened();
        work(&mut a, &shared);
        // The other side has it from a file, and sends one back.
        let sent = |workspace: &Workspace| {
            let text = crate::file::write(workspace, "0.1.0", "2026-11-24".parse().unwrap());
            crate::file::open(&text.unwrap()).unwrap().workspace
        };
        let (a0, mut b) = (a.clone(), sent(&a));
        for (side, back, picks) in [(&mut a, back.0, &one), (&mut b, back.1, &two)] {
            for _ in 0..back {
                side.undo().unwrap();
            }
            work(side, picks);
        }
        let same = Merge::of((&a, 0), (&a, 0)).unwrap();
        prop_assert!(same.undecided() == 0 && same.brings_nothing());
        let mut merged = a.clone();
        merged.add(same.scenario("合并").unwrap()).unwrap();
        prop_assert_eq!(seen_state(merged.state()), seen_state(a.state()));

        let mut ours = Merge::of((&a, 0), (&b, 0)).unwrap();
        let mut theirs = Merge::of((&b, 0), (&a, 0)).unwrap();
        prop_assert_eq!(ours.asked(), theirs.asked());
        prop_assert_eq!(ours.scenario("x").is_err(), ours.asked() > 0);
        // What it left is not in the file; that it took something back is known all the same.
        let returned = Merge::of((&a, 0), (&sent(&b), 0)).unwrap();
        prop_assert_eq!(&returned.lines, &ours.lines);
        // Only what both have as it is goes unasked where a step was taken back.
        let done = |side: &Workspace| side.scenario().done.clone();
        let kept = done(&a).iter().zip(&done(&b)).take_while(|(a, b)| a == b).count();
        let shared = done(&a0).into_iter().skip(kept).flat_map(|step| step.commands);
        let cells: Vec<String> = shared.map(|command| command.cell()).collect();
        for line in &ours.lines {
            prop_assert!(line.asks || line.mine == line.theirs || !cells.contains(&line.cell));
        }
        let pick = |cell: &str| {
            let sum: u64 = cell.bytes().map(u64::from).sum();
            flips >> (sum % 64) & 1 == 0
        };
        for line in &mut ours.lines {
            let side = if pick(&line.cell) { Side::Mine } else { Side::Theirs };
            line.side = line.side.or(Some(side));
        }
        for line in &mut theirs.lines {
            let side = if pick(&line.cell) { Side::Theirs } else { Side::Mine };
            line.side = line.side.or(Some(side));
        }
        let (mut left, mut right) = (a.clone(), b.clone());
        let added = left.add(ours.scenario("合并").unwrap());
        prop_assert_eq!(added.is_err(), ours.misfit().is_some());
        // Totals that kindergartens take along may not fit together; then neither way fits.
        prop_assert_eq!(&added, &right.add(theirs.scenario("合并").unwrap()));
        if added.is_ok() {
            prop_assert_eq!(seen_state(left.state()), seen_state(right.state()));
            prop_assert_eq!(left.scenario().parents.len(), 2);
        }
    }

    #[test]
    fn moving_onto_the_same_base_changes_nothing(one in picks(10)) {
        let mut workspace = opened();
        work(&mut workspace, &one);
        let rebase = Rebase::of((&workspace, 0), &opened(), "").unwrap();
        prop_assert!(rebase.changed.is_empty() && rebase.added.is_empty());
        prop_assert_eq!((rebase.conflicts(), rebase.undecided()), (0, 0));
        prop_assert_eq!(rebase.scenario(), workspace.scenario().without_trials());
    }

    #[test]
    fn the_parts_of_a_difference_sum_to_it_in_any_order(
        one in picks(10), two in picks(10), turn in 0..5_usize, national in any::<bool>(),
    ) {
        let (mut a, mut b) = (opened(), opened());
        work(&mut a, &one);
        work(&mut b, &two);
        if national {
            let old = Box::new(b.state().norm.pack().clone());
            let new = Box::new(norm::shipped(norm::NATIONAL).unwrap());
            let step = Step { label: Label::Norm, commands: vec![Command::SetNorm { old, new }] };
            b.dispatch(step).unwrap();
        }
        let scenario = b.scenario().clone();
        a.add(scenario).unwrap();
        let (from, to) = (Compared::of(&a, Some(0)).unwrap(), Compared::of(&a, Some(1)).unwrap());
        let mut order = Cause::ALL;
        order.rotate_left(turn);
        // Kindergartens may draw on one kind here and on another there: either kind's parts sum up.
        for kind in [KindId::school(), KindId::general()] {
            let why = Why::of(&from, &to, kind, order).unwrap();
            let shown = |side: &Compared| side.measures(&a, kind);
            let (before, after) = (shown(&from), shown(&to));
            let all = 0..why.rows.len();
            let parts = |figure: fn(Stand) -> i64| why.sum(all.clone(), figure).iter().sum::<i64>();
            let whole = |posts: u64| i64::try_from(posts).unwrap();
            let moved = whole(after.shortage) - whole(before.shortage);
            prop_assert_eq!(parts(Stand::shortage), moved);
            let moved = whole(after.authorised) - whole(before.authorised);
            prop_assert_eq!(parts(|stand: Stand| stand.posts), moved);
            for (row, stands) in why.rows.iter().enumerate() {
                let end = &to.state.county.holdings[row];
                if to.state.county.kind_of(end) == kind {
                    let entitled = to.figures.row(row).entitlement.posts.map(|posts| posts.whole);
                    prop_assert_eq!(stands[5].posts, i64::from(end.authorised));
                    prop_assert_eq!(stands[5].entitled, entitled.map(i64::from));
                }
                let parts = why.parts(row, Stand::margin);
                prop_assert_eq!(parts.iter().sum::<i64>(), stands[5].margin() - stands[0].margin());
            }
        }
    }

    #[test]
    fn what_a_side_shares_with_others_gives_the_figures_that_it_has_alone(
        one in picks(10), two in picks(10),
    ) {
        let mut workspace = opened();
        work(&mut workspace, &one);
        workspace.duplicate("二", Some(1)).unwrap();
        work(&mut workspace, &two);
        let open = Figures::of(workspace.state());
        let mut sides = Vec::new();
        for at in [None, Some(0), Some(1)] {
            let side = Compared::beside(&workspace, at, &sides, &open).unwrap();
            prop_assert!(side.figures == Figures::of(&side.state));
            sides.push(side);
        }
    }

    #[test]
    fn what_is_written_opens_to_the_same_and_is_written_with_the_same_bytes(
        one in picks(8), two in picks(8),
    ) {
        let mut workspace = opened();
        work(&mut workspace, &one);
        workspace.duplicate("二", Some(1)).unwrap();
        work(&mut workspace, &two);
        let day = "2026-11-24".parse().unwrap();
        let text = crate::file::write(&workspace, "0.1.0", day).unwrap();
        let opened = crate::file::open(&text).unwrap();
        prop_assert!(opened.same_base && opened.same_results);
        prop_assert_eq!(seen(&opened.workspace), seen(&workspace));
        prop_assert!(crate::file::write(&opened.workspace, "0.1.0", day).unwrap() == text);
    }
}

fn row(workspace: &Workspace, id: &str) -> usize {
    workspace.state().index().row(&id.parse().unwrap()).unwrap()
}

fn by_hand(workspace: &mut Workspace, id: &str, posts: u32) {
    let step = edit(set_posts(workspace, row(workspace, id), posts));
    workspace.dispatch(step).unwrap();
}

fn students(workspace: &mut Workspace, id: &str, students: u32) {
    let at = row(workspace, id);
    let old = workspace.state().county.holdings[at].fact(Fact::Students);
    let (at, fact) = (id.parse().unwrap(), Fact::Students);
    workspace.dispatch(edit(Command::SetFact { at, fact, old, new: Some(students) })).unwrap();
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
fn one_cell_that_both_changed_waits_for_a_choice_and_its_reasons_are_there() {
    let (mut mine, mut theirs) = (opened(), opened());
    by_hand(&mut mine, "1020/primary", 40);
    by_hand(&mut mine, "1013/primary", 36);
    by_hand(&mut theirs, "1020/primary", 41);
    students(&mut theirs, "1008/primary", 900);
    let mut merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    assert_eq!((merge.lines.len(), merge.asked(), merge.undecided()), (3, 1, 1));
    assert_eq!(merge.scenario("合并"), Err(MergeError::Undecided(1)));
    assert!(!merge.brings_nothing());
    let line = merge.lines.iter_mut().find(|line| line.side.is_none()).unwrap();
    assert_eq!(line.cell, "posts 1020/primary");
    let Some(Change::Cell(Command::SetPosts { new, .. })) = &line.theirs else { panic!("posts") };
    assert!(matches!(&new.by, Some(By::Hand { reason, .. }) if reason == "试算"));
    line.side = Some(Side::Theirs);
    mine.add(merge.scenario("合并").unwrap()).unwrap();
    let posts = |id| mine.state().county.holdings[row(&mine, id)].authorised;
    assert_eq!((posts("1020/primary"), posts("1013/primary")), (41, 36));
}

fn sent(workspace: &Workspace) -> Workspace {
    let text = crate::file::write(workspace, "0.1.0", "2026-11-24".parse().unwrap()).unwrap();
    crate::file::open(&text).unwrap().workspace
}

fn posts(workspace: &Workspace, id: &str) -> u32 {
    workspace.state().county.holdings[row(workspace, id)].authorised
}

#[test]
fn what_one_side_took_back_is_asked_and_never_decided_in_silence() {
    // Both have 38 → 40; the reviewer takes it back and sends the file.
    let mut mine = opened();
    by_hand(&mut mine, "1020/primary", 40);
    let mut theirs = sent(&mine);
    theirs.undo().unwrap();
    let theirs = sent(&theirs);
    let mut merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    assert!(!merge.brings_nothing());
    assert_eq!((merge.lines.len(), merge.undecided()), (1, 1));
    assert!(merge.lines[0].mine.is_none(), "40 stands as both had it");
    merge.lines[0].side = Some(Side::Theirs);
    let mut merged = mine.clone();
    merged.add(merge.scenario("合并").unwrap()).unwrap();
    assert_eq!(posts(&merged, "1020/primary"), 38);

    // The author takes it back while the reviewer changes another cell and leaves this one.
    let mut theirs = sent(&mine);
    by_hand(&mut theirs, "1013/primary", 39);
    mine.undo().unwrap();
    let mut merge = Merge::of((&mine, 0), (&sent(&theirs), 0)).unwrap();
    let asked: Vec<_> = merge.lines.iter().map(|line| (line.cell.as_str(), line.asks)).collect();
    assert_eq!(asked, [("posts 1020/primary", true), ("posts 1013/primary", false)]);
    // Anything can be refused: here the other cell.
    merge.lines[0].side = Some(Side::Mine);
    merge.lines[1].side = Some(Side::Mine);
    let before = posts(&mine, "1013/primary");
    mine.add(merge.scenario("合并").unwrap()).unwrap();
    assert_eq!((posts(&mine, "1020/primary"), posts(&mine, "1013/primary")), (38, before));

    // Who never had the 40 took nothing back: mine stands, as it is listed.
    let mut mine = opened();
    by_hand(&mut mine, "1020/primary", 40);
    let merge = Merge::of((&mine, 0), (&sent(&opened()), 0)).unwrap();
    assert_eq!((merge.undecided(), merge.brings_nothing()), (0, true));
}

fn found(workspace: &mut Workspace, code: &str, stage: Stage) {
    let mut unit = workspace.base().units.last().unwrap().clone();
    unit.code = UnitCode::new(code);
    let new = NewUnit { unit, kind: KindId::school().clone(), stage: Some(stage) };
    workspace.dispatch(edit(Command::FoundUnit { new: new.into(), undone: false })).unwrap();
}

#[test]
fn a_choice_that_does_not_fit_with_the_others_is_named() {
    // Both found 9901, as a primary school with 3 posts here and a lower secondary with 4 there.
    let (mut mine, mut theirs) = (opened(), opened());
    found(&mut mine, "9901", Stage::Primary);
    by_hand(&mut mine, "9901/primary", 3);
    found(&mut theirs, "9901", Stage::LowerSecondary);
    by_hand(&mut theirs, "9901/lower_secondary", 4);
    let mut merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    for line in merge.lines.iter_mut().filter(|line| line.asks) {
        line.side = Some(Side::Mine);
    }
    assert_eq!(
        merge.misfit().map(|command| command.cell()).as_deref(),
        Some("posts 9901/lower_secondary")
    );
    assert!(mine.add(merge.scenario("合并").unwrap()).is_err());
    for line in &mut merge.lines {
        line.side = Some(Side::Mine);
    }
    assert_eq!(merge.misfit(), None);
    mine.add(merge.scenario("合并").unwrap()).unwrap();
    assert_eq!(posts(&mine, "9901/primary"), 3);
}

#[test]
fn units_founded_under_two_codes_are_two_rows() {
    // 9901 with 3 posts against 9902 with 5: the one goes, the other comes; no school has 3 → 5.
    let mut workspace = opened();
    found(&mut workspace, "9901", Stage::Primary);
    by_hand(&mut workspace, "9901/primary", 3);
    workspace.duplicate("二", Some(0)).unwrap();
    found(&mut workspace, "9902", Stage::Primary);
    by_hand(&mut workspace, "9902/primary", 5);
    // Founded in another order the same unit is the same row.
    workspace.duplicate("三", Some(0)).unwrap();
    for (code, posts) in [("9902", 5), ("9901", 3)] {
        found(&mut workspace, code, Stage::Primary);
        by_hand(&mut workspace, &format!("{code}/primary"), posts);
    }
    let side = |at| Compared::of(&workspace, Some(at)).unwrap();
    let differing = |from: &Compared, to: &Compared| {
        let why = Why::of(from, to, KindId::school(), Cause::ALL).unwrap();
        let rows = crate::report::compare::differing(from, to, &why);
        let rows = rows.iter().map(|row| (row.id.to_string(), row.from.posts, row.to.posts));
        let mut rows: Vec<_> = rows.collect();
        rows.sort();
        rows
    };
    let (one, two) = (("9901/primary".to_owned(), 3, 0), ("9902/primary".to_owned(), 0, 5));
    assert_eq!(differing(&side(0), &side(1)), [one, two.clone()]);
    assert_eq!(differing(&side(0), &side(2)), [two]);
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

#[test]
fn the_causes_of_a_difference_are_told_apart() {
    // 方案一 adopts 50 posts. The other has 100 students more at one school, rounds up, and gives
    // another two posts by hand.
    let mut workspace = opened();
    let figures = Figures::of(workspace.state());
    let prepared = prepare(&workspace, &figures, KindId::school());
    let proposal = crate::allocate::solve(&prepared.problem).unwrap();
    workspace.dispatch(adopt(&workspace, &prepared, &proposal)).unwrap();
    workspace.duplicate("二", Some(0)).unwrap();
    students(&mut workspace, "1008/primary", 2_000);
    let mut pack = workspace.state().norm.pack().clone();
    let rule = pack
        .rules
        .iter_mut()
        .find(|rule| rule.steps.last().unwrap().formula.starts_with("round("))
        .unwrap();
    let step = rule.steps.last_mut().unwrap();
    step.formula = step.formula.replacen("round(", "ceil(", 1);
    let day = workspace.state().norm.day();
    assert!(pack.set_figure("ratio.primary", day, Exact::parse("18.5").unwrap(), ""));
    let (old, new) = (Box::new(workspace.state().norm.pack().clone()), Box::new(pack));
    workspace.dispatch(edit(Command::SetNorm { old, new })).unwrap();
    by_hand(&mut workspace, "1013/primary", 39);
    let (from, to) = (Compared::of(&workspace, Some(0)), Compared::of(&workspace, Some(1)));
    let (from, to) = (from.unwrap(), to.unwrap());
    let why = Why::of(&from, &to, KindId::school(), Cause::ALL).unwrap();
    let all = 0..why.rows.len();
    let parts = why.sum(all, Stand::shortage);
    assert!(parts[0] > 0 && parts[1] > 0 && parts[2] > 0 && parts[3] > 0, "{parts:?}");
    let at = row(&workspace, "1013/primary");
    assert_eq!(why.parts(at, |stand| stand.posts)[..4], [0, 0, 0, 0]);
    let before = from.measures(&workspace, KindId::school());
    let after = to.measures(&workspace, KindId::school());
    let moved = i64::try_from(after.shortage).unwrap() - i64::try_from(before.shortage).unwrap();
    assert_eq!(parts.iter().sum::<i64>(), moved);
    assert_eq!((before.moved.up, before.raised, before.shortage), (50, 4, 36));
    assert_eq!(after.hands, 1);
    assert!(
        before.unevenness
            < Compared::of(&workspace, None)
                .unwrap()
                .measures(&workspace, KindId::school())
                .unevenness
    );
}

#[test]
fn posts_in_use_follow_the_book_under_every_way_of_counting_the_pool() {
    use crate::pool::{Event, Model, What};
    // 12 of the pool's 30 are lent; one loan's 2 come back.
    let mut workspace = opened();
    let kind = KindId::general();
    let pool = workspace.state().county.pool(kind).unwrap().clone();
    let used = |workspace: &Workspace| {
        let now = Compared::of(workspace, Some(0)).unwrap().measures(workspace, kind);
        (now.lent, now.pool)
    };
    assert_eq!(used(&workspace), (12, 30));
    let mut after = pool.clone();
    after.note(Event { posts: 2, ..Event::new(pool.batch.date, What::Return, "L1") });
    after.model = Model::Separate;
    let (old, new) = (Some(Box::new(pool)), Some(Box::new(after)));
    let command = Command::SetPool { kind: kind.clone(), old, new };
    workspace.dispatch(edit(command)).unwrap();
    assert_eq!(used(&workspace), (10, 30));
}
