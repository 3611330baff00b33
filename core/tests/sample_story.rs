//! The sample county tells the story of its pictures: one dynamic adjustment of 50 posts.
//! Its known answers stand in the file's own figures; each assertion says what it follows from.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use bianheng_core::allocate::{Rule, curve, solve, verify};
use bianheng_core::county::{KindId, Stage};
use bianheng_core::file;
use bianheng_core::sample;
use bianheng_core::scenario::{
    Cause, Compared, Figures, Limits, Stand, Why, Workspace, adopt, ledger, prepare, set_by_hand,
    set_limits,
};

fn opened() -> Workspace {
    sample::county().expect("the sample opens").workspace
}

fn posts(workspace: &Workspace, id: &str) -> u32 {
    let row = workspace.state().index().row(&id.parse().unwrap()).unwrap();
    workspace.state().county.holdings[row].authorised
}

/// 方案二 of the story: 50 posts too, but the worst-off school first, and one post by hand.
fn second(workspace: &mut Workspace) {
    let kind = KindId::school();
    workspace.duplicate("方案二 · 保底", None).unwrap();
    let limits = workspace.state().limits(kind);
    let limits = Limits { rule: Rule::WorstFirst, ..limits };
    workspace.dispatch(set_limits(workspace.state(), kind, limits)).unwrap();
    let figures = Figures::of(workspace.state());
    let prepared = prepare(workspace, &figures, kind);
    let proposal = solve(&prepared.problem).unwrap();
    workspace.dispatch(adopt(workspace, &prepared, &proposal)).unwrap();
    let row = workspace.state().index().row(&"1020/primary".parse().unwrap()).unwrap();
    let posts = workspace.state().county.holdings[row].authorised;
    workspace.dispatch(set_by_hand(workspace.state(), row, posts + 1)).unwrap();
    workspace.set_note("同样 50 名，先保最缺的学校；枫溪小学另加 1 名，待议");
    workspace.switch(0).unwrap();
}

#[test]
fn the_second_scenario_gives_the_same_posts_to_the_worst_off_first() {
    let workspace = opened();
    assert_eq!(workspace.scenarios().len(), 2);
    let [one, two] = [0, 1].map(|at| Compared::of(&workspace, Some(at)).unwrap());
    let kind = KindId::school();
    let (first, second) = (one.measures(&workspace, kind), two.measures(&workspace, kind));
    assert_eq!((first.moved.up, first.shortage), (0, 86), "the first is where the tour begins");
    assert_eq!((second.moved.up, second.moved.down, second.hands), (51, 50, 1));
    assert!(second.worst.unwrap().1 > first.worst.unwrap().1);
    // 86 − 36 = 50: the rule covers what it can, the hand adds what it adds.
    let why = Why::of(&one, &two, kind, Cause::ALL).unwrap();
    let parts = why.sum(0..why.rows.len(), Stand::shortage);
    assert_eq!(parts[..3], [0, 0, 0]);
    assert_eq!(parts.iter().sum::<i64>(), i64::try_from(second.shortage).unwrap() - 86);
}

#[test]
fn the_file_is_canonical_and_its_results_hold() {
    let opened = sample::county().unwrap();
    let saved_on = "2026-11-24".parse().unwrap();
    let written = file::write(&opened.workspace, "0.1.0", saved_on).unwrap();
    if std::env::var_os("BIANHENG_REWRITE").is_some() {
        let mut workspace = opened.workspace.clone();
        if workspace.scenarios().len() == 1 {
            second(&mut workspace);
        }
        let written = file::write(&workspace, "0.1.0", saved_on).unwrap();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample.bianheng.json");
        std::fs::write(path, written + "\n").unwrap();
        panic!("the sample was rewritten: run again without BIANHENG_REWRITE");
    }
    assert!(opened.same_base, "the fingerprint is that of the facts");
    assert!(opened.same_results, "recomputing gives the results in the file");
    assert!(sample::TEXT == written + "\n", "writing the file again gives the same bytes");
}

#[test]
fn the_base_has_the_totals_of_the_county() {
    let workspace = opened();
    let (base, state) = (workspace.base(), workspace.state());
    let figures = Figures::of(state);
    let school = |row: &usize| base.holdings[*row].part.stage().is_some();
    let totals = figures.totals(state, (0..base.holdings.len()).filter(school));
    assert_eq!((totals.rows, totals.students, totals.classes), (65, 31_085, 779));
    assert_eq!((totals.authorised, totals.in_post, totals.entitled), (2_193, 2_089, 2_159));
    assert_eq!((totals.shortage, totals.short_rows), (86, 13));

    // 2,226 = 2,193 + 24 + 9, and 1,318 = 1,280 + 30 + 8.
    let school = ledger(base, state, KindId::school());
    assert_eq!((school.total, school.units, school.pool, school.unassigned), (2_226, 2_193, 24, 9));
    let general = ledger(base, state, KindId::general());
    assert_eq!(
        (general.total, general.units, general.pool, general.unassigned),
        (1_318, 1_280, 30, 8)
    );
    let over_full = base.holdings.iter().filter(|holding| holding.vacancy() < 0).count();
    assert_eq!(over_full, 3, "two schools and 县招商服务中心");
}

#[test]
fn fifty_posts_staff_the_new_the_newly_founded_and_the_growing_school() {
    let mut workspace = opened();
    let figures = Figures::of(workspace.state());
    let mut prepared = prepare(&workspace, &figures, KindId::school());
    assert_eq!(prepared.problem.limit, Some(50));
    let proposal = solve(&prepared.problem).unwrap();
    verify::certificate(&prepared.problem, &proposal).unwrap();
    assert_eq!((proposal.moved, proposal.most), (50, 62));

    let curve = curve(&prepared.problem).unwrap();
    assert_eq!(curve.point(0).unwrap().shortage, 86);
    assert_eq!(curve.point(50).unwrap().shortage, 36);

    let step = adopt(&workspace, &prepared, &proposal);
    workspace.dispatch(step).unwrap();
    assert_eq!(posts(&workspace, "1012/primary"), 20);
    assert_eq!(posts(&workspace, "1019/kindergarten"), 16);
    assert_eq!(posts(&workspace, "1007/lower_secondary"), 98);
    assert_eq!(posts(&workspace, "1020/primary"), 40);

    let after = ledger(workspace.base(), workspace.state(), KindId::school());
    assert_eq!((after.moved.up, after.moved.down), (50, 50));
    assert_eq!((after.units, after.unassigned), (2_193, 9), "the total never changes");
    let risen = workspace.state().county.holdings.iter().zip(&workspace.base().holdings);
    assert_eq!(risen.filter(|(now, then)| now.authorised > then.authorised).count(), 4);

    // With what was moved already in place, the same question has the same answer.
    let figures = Figures::of(workspace.state());
    prepared = prepare(&workspace, &figures, KindId::school());
    let again = solve(&prepared.problem).unwrap();
    assert!(adopt(&workspace, &prepared, &again).commands.is_empty());

    workspace.undo().unwrap();
    assert_eq!(posts(&workspace, "1012/primary"), 0);
    workspace.redo().unwrap();
    assert_eq!(posts(&workspace, "1012/primary"), 20);
}

#[test]
fn every_kind_of_school_of_the_story_is_there() {
    let workspace = opened();
    let base = workspace.base();
    let with_two_stages =
        base.units.iter().enumerate().filter(|(at, _)| {
            base.holdings.iter().filter(|holding| holding.unit == *at).count() > 1
        });
    assert_eq!(with_two_stages.count(), 3, "two nine-year schools and one complete school");
    assert!(base.units.iter().filter(|unit| unit.parent.is_some()).count() >= 3);
    let townships: std::collections::BTreeSet<_> =
        base.units.iter().map(|unit| unit.township.as_str()).collect();
    assert_eq!(townships.len(), 11);
    let kindergartens =
        base.holdings.iter().filter(|holding| holding.part.stage() == Some(Stage::Kindergarten));
    assert_eq!(kindergartens.count(), 14);
    assert!(base.units.iter().filter(|unit| unit.code.as_str().starts_with('G')).count() >= 12);
}
