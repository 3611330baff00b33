//! Clashes of the sample county, each with the cures that work.

use super::*;
use crate::county::{HoldingId, KindId};
use crate::report::reallocate::Study;
use crate::sample;
use crate::scenario::{
    Figures, InPostLimit, Limits, LineLimit, Workspace, set_by_hand, set_limits,
};

fn study(workspace: &Workspace) -> Study {
    Study::of(workspace, &Figures::of(workspace.state()), KindId::school())
}

fn limited(change: impl FnOnce(&mut Limits)) -> Workspace {
    let mut workspace = sample::county().unwrap().workspace;
    let mut limits = workspace.state().limits(KindId::school());
    change(&mut limits);
    workspace.dispatch(set_limits(workspace.state(), KindId::school(), limits)).unwrap();
    workspace
}

fn id(text: &str) -> HoldingId {
    text.parse().unwrap()
}

/// Says the clash in both languages and tries every cure: the names of those that work.
fn try_cures(workspace: &Workspace) -> (Vec<String>, Vec<Cure>) {
    let study_of = study(workspace);
    let clash = study_of.clash().expect("it clashes");
    let county = &workspace.state().county;
    for text in explain(&clash, county, &study_of.prepared, Lang::En) {
        assert!(!text.contains('{'), "{text}");
    }
    let limits = workspace.state().limits(KindId::school());
    let cures = cures(&clash, &limits, &study_of.prepared);
    assert!(!cures.is_empty());
    let working = cures.into_iter().filter(|cure| {
        assert!(!cure.text(county, &study_of.prepared, Lang::Zh).contains('{'));
        let mut cured = workspace.clone();
        cured.dispatch(cure.step(workspace, KindId::school())).unwrap();
        study(&cured).clash().is_none()
    });
    (explain(&clash, county, &study_of.prepared, Lang::Zh), working.collect())
}

#[test]
fn a_school_asked_for_more_than_it_may_have() {
    let workspace = limited(|limits| {
        limits.lines.entry(id("1019/kindergarten")).or_default().low = Some(20);
    });
    let (words, cures) = try_cures(&workspace);
    assert!(words[1].contains("县第四幼儿园") && words[1].contains("差 4 名"), "{words:?}");
    assert!(cures.contains(&Cure::Most(id("1019/kindergarten"), 20)));
    assert!(cures.contains(&Cure::Least(id("1019/kindergarten"), 16)));
}

#[test]
fn lower_limits_beyond_the_total() {
    let workspace = limited(|limits| {
        let own = limits.lines.entry(id("1012/primary")).or_default();
        *own = LineLimit { low: Some(3000), high: Some(3000), ..own.clone() };
        limits.moved = None;
    });
    let (words, cures) = try_cures(&workspace);
    assert!(words[0].contains("2,193"), "{words:?}");
    // 5047 - 2193 = 2854 too many; alone the school could do with 3000 - 2854 = 146.
    assert!(words[1].contains("3,000 名") && words[1].contains("2,854"), "{words:?}");
    assert!(words[1].contains("小学"), "{words:?}");
    assert!(cures.contains(&Cure::Least(id("1012/primary"), 146)), "{cures:?}");
    assert!(cures.contains(&Cure::Own(id("1012/primary"))), "{cures:?}");
    assert!(cures.contains(&Cure::AllOwn), "{cures:?}");
}

#[test]
fn a_reserve_that_the_lower_limits_do_not_leave() {
    // Lower limits of 2047 and 300 kept of 2193: 1893 are left, 154 too few. 146 may be kept.
    let workspace = limited(|limits| {
        limits.reserve = 300;
        limits.moved = None;
    });
    let (words, cures) = try_cures(&workspace);
    assert!(words[0].contains("1,893") && words[0].contains("差 154 名"), "{words:?}");
    assert!(words[1].contains("2,193") && words[1].contains("300"), "{words:?}");
    assert!(cures.contains(&Cure::Reserve(146)), "{cures:?}");
}

#[test]
fn a_reserve_beyond_what_there_is() {
    let workspace = limited(|limits| {
        let rule = limits.rule;
        *limits = Limits { rule, in_post: InPostLimit::Off, ..Limits::default() };
        (limits.fall, limits.rise, limits.reserve) = (None, None, 5000);
    });
    let (words, cures) = try_cures(&workspace);
    assert!(words[0].contains("5,000") && words[0].contains("2,807"), "{words:?}");
    assert_eq!(cures, [Cure::Reserve(2193)]);
}

#[test]
fn limits_of_stages_and_townships_that_clash() {
    let workspace = limited(|limits| {
        limits.set_group(None, Some(crate::county::Stage::Primary), Some(1500), None);
        limits.set_group(None, Some(crate::county::Stage::LowerSecondary), Some(900), None);
    });
    let (words, cures) = try_cures(&workspace);
    assert!(words.len() > 2 && words[0].contains("差"), "{words:?}");
    assert!(cures.contains(&Cure::Groups), "{cures:?}");
}

#[test]
fn posts_by_hand_beyond_the_total() {
    let mut workspace = sample::county().unwrap().workspace;
    let row = workspace.state().index().row(&id("1001/upper_secondary")).unwrap();
    workspace.dispatch(set_by_hand(workspace.state(), row, 900)).unwrap();
    let (_, cures) = try_cures(&workspace);
    assert!(cures.contains(&Cure::Hand), "{cures:?}");
}

#[test]
fn upper_limits_below_the_total_and_moves_below_what_must_move() {
    let workspace = limited(|limits| {
        limits.rise =
            crate::norm::Exact::parse("0").map(|share| crate::scenario::Cap { share, at_least: 0 });
        limits.lines.clear();
        limits.lines.entry(id("1001/upper_secondary")).or_default().closing = true;
        limits.moved = None;
    });
    let (words, cures) = try_cures(&workspace);
    assert!(words[0].contains("差 196 名"), "{words:?}");
    // The school that closes is furthest below its entitlement, and alone it could take them.
    assert!(words[1].contains("196"), "{words:?}");
    assert!(words[2].contains("至多 0 名，撤并"), "{words:?}");
    assert_eq!(cures, [Cure::Own(id("1001/upper_secondary")), Cure::AllOwn, Cure::Rise]);

    // With a most of its own it is offered the most that leaves room for the rest.
    let workspace = limited(|limits| {
        limits.rise =
            crate::norm::Exact::parse("0").map(|share| crate::scenario::Cap { share, at_least: 0 });
        limits.in_post = InPostLimit::Off;
        (limits.fall, limits.floor, limits.moved) = (None, None, None);
        limits.stage_fall.clear();
        limits.lines.clear();
        limits.lines.entry(id("1001/upper_secondary")).or_default().high = Some(10);
    });
    let (words, cures) = try_cures(&workspace);
    assert!(words[2].contains("至多 10 名"), "{words:?}");
    assert!(cures.contains(&Cure::Most(id("1001/upper_secondary"), 196)), "{cures:?}");

    let workspace = limited(|limits| {
        limits.lines.entry(id("1020/primary")).or_default().closing = true;
        limits.moved = Some(2);
    });
    let (_, cures) = try_cures(&workspace);
    assert!(matches!(cures.as_slice(), [Cure::Moved(38)]), "{cures:?}");
}
