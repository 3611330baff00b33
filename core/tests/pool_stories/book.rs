//! The book of a pool and the three ways of counting its posts.

use std::collections::BTreeMap;

use bianheng_core::county::UnitCode;
use bianheng_core::pool::*;
use bianheng_core::text::Lang;

use super::given::{code, day, event, loan, pool, unit, units};

/// 100 posts in two units and a pool of 10, three ways of counting, and none counts a post twice.
#[test]
fn each_model_has_its_identity_at_every_step() {
    let facts: BTreeMap<UnitCode, UnitPosts> = [("G1", 60, 50), ("G2", 40, 36)]
        .map(|(name, authorised, in_post)| (code(name), UnitPosts { authorised, in_post }))
        .into();
    let with = |model: Model| {
        let mut pool = pool(6);
        pool.model = model;
        pool.loans.push(loan("l", "G2", 5, "2026-05-01", "2029-05-01"));
        let mut join = event("2026-04-01", What::Add, "", 4);
        join.unit = Some(code("G1"));
        pool.note(join);
        pool.note(event("2026-06-01", What::Return, "l", 2));
        pool
    };
    // A: 60 + 40 in units, 6 + 4 in the pool, total 110; before the 4 joined G1 had 64.
    let a = identities(&with(Model::CutOff), &facts, 110).unwrap();
    assert_eq!((a[0].units, a[0].pool, a[0].unassigned), (104, 6, 0));
    assert_eq!((a[1].units, a[1].pool, a[1].unassigned), (100, 10, 0));
    assert_eq!((a[3].free, a[3].out), (7, 3));
    assert!(a.iter().all(|step| step.units + u64::from(step.pool) + step.unassigned == 110));
    // B: the pool stands within the 100; G1 lent 4 of its 10 vacant posts.
    let b = identities(&with(Model::UseOnly), &facts, 100).unwrap();
    assert!(b.iter().all(|step| step.units + step.unassigned == 100));
    assert_eq!(b[3].lent, 4);
    // 3 of them taken back in May are taken back, though that was written down first.
    let mut back = with(Model::UseOnly);
    let unit = Some(code("G1"));
    back.events.insert(0, Event { unit, ..event("2026-05-15", What::Withdraw, "", 3) });
    assert_eq!(lent_by(&back)[&code("G1")], 1);
    assert_eq!(identities(&back, &facts, 100).unwrap().last().unwrap().lent, 1);
    let mut more = with(Model::UseOnly);
    more.events[0].posts = 11;
    let error = identities(&more, &facts, 100).unwrap_err();
    assert_eq!((error.fault, error.found, error.limit), (Fault::OwnerShort, 11, 10));
    // C: the pool stands beside the 100, within a total of its own.
    let mut own = with(Model::Separate);
    own.own_total = Some(10);
    let c = identities(&own, &facts, 100).unwrap();
    assert!(c.iter().all(|step| step.units + step.unassigned == 100 && step.pool <= 10));
    own.own_total = Some(9);
    let error = identities(&own, &facts, 100).unwrap_err();
    assert_eq!((error.fault, error.date), (Fault::OwnTotal, Some(day("2026-04-01"))));
}

/// 5 posts: 3 lent in March, 3 returned in June, 4 lent in July. A withdrawal of 2 in April, entered
/// afterwards, leaves 3: July would need 4, one more than there are.
#[test]
fn an_entry_in_the_past_that_breaks_a_later_balance_is_refused_with_its_day_and_figure() {
    let mut pool = pool(5);
    pool.loans = vec![
        loan("a", "G1", 3, "2026-03-01", "2029-03-01"),
        loan("b", "G2", 4, "2026-07-01", "2029-07-01"),
    ];
    pool.note(event("2026-06-01", What::Return, "a", 3));
    assert_eq!(Book::last(&pool).unwrap().free(), 1);
    pool.note(event("2026-04-01", What::Withdraw, "", 2));
    let error = Book::last(&pool).unwrap_err();
    assert_eq!((error.fault, error.date), (Fault::Overlent, Some(day("2026-07-01"))));
    assert_eq!((error.found, error.limit), (4, 3));
    assert!(error.text(Lang::Zh).contains("差 1 名"));
    // Of any day before it the book can still be had.
    assert_eq!(Book::on(&pool, day("2026-06-30")).unwrap().free(), 3);
}

/// Bad entries: each is refused with its clause and figure.
#[test]
fn what_cannot_be_is_refused_by_name() {
    let mut pool = pool(5);
    pool.loans.push(loan("a", "G1", 3, "2026-03-01", "2029-03-01"));
    let refused = |event: Event| {
        let mut pool = pool.clone();
        pool.note(event);
        Book::last(&pool).unwrap_err()
    };
    let beyond = refused(event("2026-05-01", What::Return, "a", 4));
    assert_eq!((beyond.fault, beyond.found, beyond.limit), (Fault::ReturnBeyond, 4, 3));
    assert!(!beyond.clause(Lang::Zh).is_empty() && !beyond.clause(Lang::En).is_empty());
    let early = refused(event("2026-02-01", What::Return, "a", 1));
    assert_eq!(early.fault, Fault::BeforeApproval);
    assert_eq!(early.text(Lang::Zh), "2026-02-01 早于 G1 借用的批准日 2026-03-01（编制审批在先）");
    assert_eq!(refused(event("2026-05-01", What::Return, "z", 1)).fault, Fault::NoLoan);
    assert_eq!(refused(event("2026-05-01", What::Return, "a", 0)).fault, Fault::NoPosts);
    assert_eq!(refused(event("2026-05-01", What::Fill, "a", 1)).fault, Fault::FillBeyond);
    let known =
        units(&[("G1", unit(9, 9, &[])), ("G2", Standing { of_kind: false, ..unit(9, 9, &[]) })]);
    let lends = |unit: &str, posts| {
        let mut new = pool.clone();
        new.loans.push(loan("new", unit, posts, "2026-04-01", "2029-04-01"));
        admit(Some(&pool), &new, &known).unwrap_err().fault
    };
    assert_eq!(lends("G9", 1), Fault::NoUnit);
    assert_eq!(lends("G2", 1), Fault::KindDiffers);
    assert_eq!(lends("G1", 3), Fault::Overlent);
    assert_eq!(lends("G1", 10_000_001), Fault::TooLarge);
}
