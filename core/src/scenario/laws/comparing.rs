//! Laws of comparing: differences lead from one state to the other, and the parts of a difference sum to
//! it.

use proptest::prelude::*;

use super::super::tests::{edit, opened, seen};
use super::super::*;
use super::*;
use crate::county::{KindId, Stage};
use crate::norm::{self, Exact};

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
            sides.push(side.into());
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
