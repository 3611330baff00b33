//! What a pool, an application or a decision cannot be.

use super::*;
use crate::county::UnitCode;
use crate::text::Lang;

/// G2 holds no posts of the kind. Under a rule of the kind its application is taken in and marked; without
/// one it is refused at once, as is switching the rule off while it is there. An application that was there
/// before does not stand against anything else.
#[test]
fn an_application_of_another_kind_is_refused_where_no_rule_marks_it() {
    let (pool, mut standings) = small(9, None, vec![asking("G1", 1, 1, "90")]);
    standings.insert(UnitCode::new("G2"), Standing { of_kind: false, ..standing(10, 10, 5) });
    let mut with = pool.clone();
    with.enter(asking("G2", 1, 1, "80"));
    let refused = admit(Some(&pool), &with, &standings).unwrap_err();
    assert_eq!((refused.fault, refused.who.as_str()), (Fault::KindDiffers, "G2"));
    assert_eq!(refused.text(Lang::Zh), "单位 G2 没有这一类编制（编制类型一致，专编专用）");
    assert_eq!(refused.date, Some(day("2026-12-01")));
    assert_eq!(admit(None, &with, &standings).unwrap_err().fault, Fault::KindDiffers);

    let ruled = |pool: &Pool| Pool { rules: vec![rule(Test::KindMatches)], ..pool.clone() };
    let (without, marked) = (ruled(&pool), ruled(&with));
    assert_eq!(admit(Some(&without), &marked, &standings), Ok(()));
    assert_eq!(award(&marked, &standings).unwrap().list[1].code(), "not_eligible");
    let mut off = marked.clone();
    off.rules[0].off = true;
    assert_eq!(admit(Some(&marked), &off, &standings).unwrap_err().fault, Fault::KindDiffers);

    let mut larger = with.clone();
    larger.size = 10;
    assert_eq!(admit(Some(&with), &larger, &standings), Ok(()));
}

/// G2 closed on 30 November, the batch is of 1 December; G3 is not there. Neither may apply; had the batch
/// been in November, G2 might have. Who had applied before may stay in the list, and is granted nothing.
#[test]
fn a_unit_that_is_not_there_or_has_closed_does_not_apply() {
    let (pool, mut standings) = small(9, None, vec![asking("G1", 1, 1, "90")]);
    let closed = Some(day("2026-11-30"));
    standings.insert(UnitCode::new("G2"), Standing { closed, ..standing(10, 10, 5) });
    let with = |pool: &Pool, unit: &str| {
        let mut pool = pool.clone();
        pool.enter(asking(unit, 1, 1, "80"));
        pool
    };
    let refused = |unit: &str| admit(Some(&pool), &with(&pool, unit), &standings).unwrap_err();
    assert_eq!((refused("G2").fault, refused("G2").date), (Fault::Closed, closed));
    assert_eq!(refused("G3").fault, Fault::NoUnit);
    let mut earlier = pool.clone();
    earlier.batch.date = day("2026-11-29");
    let before = with(&earlier, "G2");
    assert_eq!(admit(Some(&earlier), &before, &standings), Ok(()));
    let mut later = before.clone();
    later.batch.date = day("2026-12-01");
    assert_eq!(admit(Some(&before), &later, &standings), Ok(()));
    assert_eq!(award(&later, &standings).unwrap().list[1].code(), "closed_unit");
}

/// A limit from a file without a category, or with a blank one, would cut everybody, or all who say nothing
/// of themselves: it is refused by its name, and a pool that has one can be mended.
#[test]
fn a_limit_of_nothing_from_a_file_is_refused_by_its_name() {
    let (pool, standings) = small(9, None, vec![asking("G1", 2, 1, "90")]);
    let read = |any: &str| {
        let cap = format!(r#"{{"name":"医院","field":"sort","any":{any},"posts":1}}"#);
        let cap: Cap = serde_json::from_str(&cap).unwrap();
        Pool { caps: vec![cap], ..pool.clone() }
    };
    let bare: Cap = serde_json::from_str(r#"{"name":"医院","field":"sort","posts":1}"#).unwrap();
    let bare = Pool { caps: vec![bare], ..pool.clone() };
    for wrong in [bare, read("[]"), read(r#"[""]"#), read(r#"["talent"," 　"]"#)] {
        let error = award(&wrong, &standings).unwrap_err();
        assert_eq!(
            (error.fault, error.who.as_str(), error.found),
            (Fault::CapOfNothing, "医院", 1)
        );
        let mut mended = wrong.clone();
        mended.caps[0].any = vec!["talent".to_owned()];
        assert_eq!(admit(Some(&wrong), &mended, &standings), Ok(()));
        assert_eq!(granted(&award(&mended, &standings).unwrap()), [2]);
    }
    let line = Line { name: "医院".into(), any: vec![" ".into()], figure: 1, ..Line::default() };
    let refused = pool.clone().put_line(List::Caps, 0, line).unwrap_err();
    assert_eq!(refused.fault, Fault::CapOfNothing);
}

/// G1 closed the year before, G2 holds no posts of the kind, G3 is not there: none can be lent a post, by
/// hand or not, so that the decision is refused at once. A decision that grants nothing may stand.
#[test]
fn nothing_is_decided_by_hand_that_no_loan_could_follow_from() {
    let asked = ["G1", "G2", "G3", "G4"].map(|unit| asking(unit, 2, 1, "90"));
    let (pool, mut standings) = small(9, None, asked.to_vec());
    let closed = Standing { closed: Some(day("2025-01-01")), ..standing(10, 10, 5) };
    standings.insert(UnitCode::new("G1"), closed);
    standings.insert(UnitCode::new("G2"), Standing { of_kind: false, ..standing(10, 10, 5) });
    standings.remove(&UnitCode::new("G3"));
    let decided = |unit: &str, granted| {
        let mut pool = pool.clone();
        pool.overrule(by_hand(&format!("of {unit}"), granted));
        (award(&pool, &standings).map_err(|error| (error.fault, error.date)), pool)
    };
    let on = pool.batch.date;
    assert_eq!(decided("G1", 2).0.unwrap_err(), (Fault::Closed, Some(day("2025-01-01"))));
    assert_eq!(decided("G2", 2).0.unwrap_err(), (Fault::KindDiffers, Some(on)));
    assert_eq!(decided("G3", 2).0.unwrap_err(), (Fault::NoUnit, Some(on)));
    assert_eq!(decided("G1", 0).0.unwrap().of("of G1").unwrap().granted, 0);
    // The checker finds it by itself: G4 closes after the decision was made.
    let (awards, pool) = decided("G4", 2);
    let awards = awards.unwrap();
    assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
    standings.insert(UnitCode::new("G4"), Standing { of_kind: false, ..standing(10, 10, 5) });
    let found = verify(&pool, &standings, &awards).unwrap();
    assert!(found.contains(&Violation::NotEligible { application: "of G4".to_owned() }));

    // Nor does a loan pass to a unit without posts of the kind.
    let lent = |unit: &str| Loan::new(Borrower::Unit(UnitCode::new(unit)), 1, on, on);
    let old = Pool { loans: vec![lent("G5")], applications: Vec::new(), ..pool };
    standings.insert(UnitCode::new("G5"), standing(10, 10, 5));
    let mut new = old.clone();
    let mut passed = Event::new(on, What::Rehome, "L1");
    passed.unit = Some(UnitCode::new("G2"));
    passed.document = "〔2026〕3 号".to_owned();
    new.note(passed);
    assert_eq!(admit(Some(&old), &new, &standings).unwrap_err().fault, Fault::KindDiffers);
}

#[test]
fn a_pool_given_wrongly_is_refused_by_name() {
    let (pool, standings) = small(5, Some(3), vec![asking("G1", 4, 1, "90")]);
    let refused = |change: &dyn Fn(&mut Pool)| {
        let mut pool = pool.clone();
        change(&mut pool);
        award(&pool, &standings).unwrap_err().text(Lang::En)
    };
    let over = |granted| move |pool: &mut Pool| pool.overrides.push(by_hand("of G1", granted));
    assert!(refused(&over(4)).starts_with("decisions made by hand grant 4, more than the 3 there"));
    assert!(refused(&over(5)).contains("of G1 grants 5, more than the 4 asked for"));
    let unfounded = |pool: &mut Pool| {
        pool.overrides.push(Override { document: " ".to_owned(), ..by_hand("of G1", 1) })
    };
    assert!(refused(&unfounded).contains("lacks a reason or a document number"));
    assert!(refused(&|pool| pool.overrides.push(by_hand("none", 1))).contains("not in this batch"));
    let twice = |pool: &mut Pool| pool.applications.push(asking("G1", 1, 1, ""));
    assert!(refused(&twice).starts_with("two applications have the id of G1"));
}

#[test]
fn a_change_may_not_break_a_sound_pool_but_may_mend_a_broken_one() {
    let pool = sample().pop().unwrap();
    let standings = applicants();
    let smaller = Pool { size: 11, ..pool.clone() };
    let refused = admit(Some(&pool), &smaller, &standings).unwrap_err();
    assert_eq!((refused.fault, refused.found, refused.limit), (Fault::Overlent, 12, 11));
    let less_small = Pool { size: 10, ..pool.clone() };
    assert_eq!(admit(Some(&smaller), &less_small, &standings), Ok(()));
    let mut returned = pool.clone();
    let mut event = Event::new(day("2026-11-01"), What::Return, "L1");
    event.posts = 3;
    returned.note(event);
    let refused = admit(Some(&pool), &returned, &standings).unwrap_err();
    assert_eq!((refused.fault, refused.found, refused.limit), (Fault::ReturnBeyond, 3, 2));
    assert_eq!(refused.date, Some(day("2026-11-01")));
}

#[test]
fn approval_of_a_pool_that_lends_past_the_calendar_is_refused() {
    let (mut pool, standings) = small(9, None, vec![asking("G1", 3, 1, "80")]);
    pool.term_years = u32::MAX;
    let awards = award(&pool, &standings).unwrap();
    assert_eq!(approve(&pool, &awards).unwrap_err().fault, Fault::TermTooLong);
}
