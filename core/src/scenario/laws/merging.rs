//! Laws of merging: sides only matter where they clash, and nothing is decided in silence.

use proptest::prelude::*;

use super::super::tests::opened;
use super::super::*;
use super::*;
use crate::county::Stage;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

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
