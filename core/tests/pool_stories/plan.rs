//! The yearly use of posts: who may come, who came, moved and left.

use bianheng_core::county::KindId;
use bianheng_core::pool::plan::{self, Flow, Reserve, UseEntry};
use bianheng_core::pool::*;
use bianheng_core::sample;
use bianheng_core::scenario::{Figures, Label};
use bianheng_core::text::Lang;

use super::given::{code, day, event, loan, pool, unit, units};

/// G1: 20 posts, 17 people, owes 1, keeps 1: 3 − 1 − 1 = 1 may be hired. G2 is full, G3 over-full:
/// nobody, and with departures counted 2 − 0 = 2 at G2 and still nobody at G3. Two come and one leaves
/// and one moves: 17 + 10 + 6 − 0 − … are told one by one.
#[test]
fn the_years_plan_is_income_before_outlay() {
    let mut pool = pool(5);
    pool.loans.push(loan("a", "G1", 1, "2025-03-01", "2028-03-01"));
    let known = units(&[
        ("G1", unit(20, 17, &[(2026, 1)])),
        ("G2", unit(10, 10, &[(2026, 2)])),
        ("G3", unit(5, 6, &[(2026, 3)])),
    ]);
    let mut year =
        Use { year: 2026, reserve: vec![Reserve { from: 11, keep: 1 }], ..Use::default() };
    let allowed = |departures| -> Vec<u32> {
        let planned = plan::run(Some(&pool), &known, &year, departures).unwrap();
        planned.units.values().map(|unit| unit.allowed).collect()
    };
    assert_eq!(allowed(false), [1, 0, 0]);
    // With departures: 3 + 1 − 1 − 1 = 2; 0 + 2 = 2; over-full: 0.
    assert_eq!(allowed(true), [2, 2, 0]);

    let entry =
        |date: &str, what, unit: &str, people| UseEntry::new(day(date), what, code(unit), people);
    year.entries = vec![
        entry("2026-03-01", Flow::Approved, "G1", 1),
        entry("2026-04-01", Flow::Entered, "G1", 1),
        entry("2026-05-01", Flow::Left, "G3", 2),
        UseEntry { from: Some(code("G2")), ..entry("2026-06-01", Flow::Moved, "G3", 1) },
    ];
    let planned = plan::run(Some(&pool), &known, &year, false).unwrap();
    // 33 people + 1 − 2 = 32; the one who moved is counted once, and on both sides.
    let sum = &planned.sum;
    assert_eq!((sum.opening, sum.entered, sum.left, sum.closing), (33, 1, 2, 32));
    assert_eq!((sum.moved_in, sum.moved_out), (1, 1));
    let closing: Vec<u32> = planned.units.values().map(|unit| unit.closing).collect();
    assert_eq!(closing, [18, 9, 5]);
    // Counted back from the end the year opens with the same people.
    let mut end = known.clone();
    for (unit, people) in planned.units.keys().zip(closing) {
        end.get_mut(unit).unwrap().in_post = people;
    }
    let survey = day("2026-12-31");
    assert_eq!(plan::at_start(&end, std::slice::from_ref(&year), 2026, survey).unwrap(), known);

    let fault = |entry: UseEntry| {
        let mut year = Use { entries: Vec::new(), ..year.clone() };
        year.entries.push(entry);
        plan::run(Some(&pool), &known, &year, false).unwrap_err()
    };
    assert_eq!(fault(entry("2026-03-01", Flow::Approved, "G1", 2)).fault, Fault::PlanAbove);
    assert_eq!(fault(entry("2026-03-01", Flow::Approved, "G2", 1)).fault, Fault::FullUnit);
    assert_eq!(fault(entry("2026-03-01", Flow::Entered, "G1", 1)).fault, Fault::NotApproved);
    assert_eq!(fault(entry("2026-03-01", Flow::Moved, "G2", 1)).fault, Fault::FullUnit);
    assert_eq!(fault(entry("2026-03-01", Flow::Left, "G3", 7)).fault, Fault::PeopleShort);
}

/// The sample's year of use: 211 in (180 at schools, 31 at institutions), 354 moved (320 + 34) and 122
/// out (95 + 27). Counted back from the survey nobody's people fall below zero, and every unit comes
/// out at the people that the survey has.
#[test]
fn the_samples_year_is_211_in_354_moved_122_out() {
    let workspace = sample::county().unwrap().workspace;
    let county = &workspace.state().county;
    let mut sums = [0; 3];
    for pool in &county.pools {
        let end = standings(county, &pool.kind);
        let year = &pool.uses[0];
        let start = plan::at_start(&end, &pool.uses, 2026, county.surveyed_on).unwrap();
        let planned = plan::run(Some(pool), &start, year, false).unwrap();
        for (code, unit) in &planned.units {
            assert_eq!(unit.closing, end[code].in_post, "{code}");
        }
        let sum = &planned.sum;
        // Those who moved in from outside the county are no other unit's loss.
        let outside = sum.moved_in - sum.moved_out;
        assert_eq!(sum.closing, sum.opening + sum.entered + outside - sum.left);
        for (total, one) in sums.iter_mut().zip([sum.entered, sum.moved_in, sum.left]) {
            *total += one;
        }
    }
    assert_eq!(sums, [211, 354, 122]);
}

/// G1: 10 posts, 8 people, 1 on loan: of its 2 vacant posts the first repays, so 1 may move in and not 2.
/// Once it repaid in May by its vacancy (the borrowed one now has it), still 1; once its person left
/// instead, the vacancy is free and 2 may come. G2 owes nothing: both of its vacant posts may be taken.
#[test]
fn who_owes_repays_before_people_move_in() {
    let mut pool = pool(5);
    pool.loans.push(loan("a", "G1", 1, "2025-03-01", "2028-03-01"));
    let known = units(&[("G1", unit(10, 8, &[])), ("G2", unit(10, 8, &[]))]);
    let run = |pool: &Pool, unit: &str, people| {
        let (date, what) = (day("2026-06-01"), Flow::Moved);
        let entry = UseEntry::new(date, what, code(unit), people);
        let year = Use { year: 2026, entries: vec![entry], ..Use::default() };
        plan::run(Some(pool), &known, &year, false).map(|planned| planned.sum.closing)
    };
    assert_eq!(run(&pool, "G1", 1), Ok(17));
    let error = run(&pool, "G1", 2).unwrap_err();
    assert_eq!((error.fault, error.found, error.limit), (Fault::RepayFirst, 2, 1));
    assert_eq!(
        error.text(Lang::Zh),
        "2026-06-01 G1 进 2 人，除应先还池的空编外只可进 1 人（有借用的单位，空编先还周转池，再进人）"
    );
    // A third is not there at all.
    assert_eq!(run(&pool, "G1", 3).unwrap_err().fault, Fault::RoomShort);
    assert_eq!(run(&pool, "G2", 2), Ok(18));
    let repaid = |way| {
        let mut pool = pool.clone();
        pool.note(Event { way, ..event("2026-05-01", What::Return, "a", 1) });
        pool
    };
    assert_eq!(run(&repaid(Way::NextVacancy), "G1", 2).unwrap_err().fault, Fault::RepayFirst);
    assert_eq!(run(&repaid(Way::NextVacancy), "G1", 1), Ok(17));
    assert_eq!(run(&repaid(Way::PersonLeaves), "G1", 2), Ok(18));
}

/// G1 has 10 posts and 8 people and borrows 2 posts in February 2026. Until then its 2 vacancies are its own;
/// from then on 2 − 2 = 0 may be approved, and who was approved before may not come. Once 1 is given back,
/// 2 − 1 = 1. Where a vacancy repaid it, that post is filled: still 2 − 1 − 1 = 0.
#[test]
fn a_loan_of_the_same_year_repays_before_people_are_taken_in() {
    let mut pool = pool(5);
    pool.loans.push(loan("a", "G1", 2, "2026-02-01", "2029-02-01"));
    let known = units(&[("G1", unit(10, 8, &[]))]);
    let run = |pool: &Pool, entries: &[(&str, Flow, u32)]| {
        let entry = |(date, what, people): &(&str, Flow, u32)| {
            UseEntry::new(day(date), *what, code("G1"), *people)
        };
        let entries = entries.iter().map(entry).collect();
        let year = Use { year: 2026, entries, ..Use::default() };
        let planned = plan::run(Some(pool), &known, &year, false);
        planned.map_err(|error| (error.fault, error.found, error.limit))
    };
    let before = [("2026-01-10", Flow::Approved, 2), ("2026-01-20", Flow::Entered, 2)];
    assert_eq!(run(&pool, &before).unwrap().sum.closing, 10);
    let approved = |date, people| run(&pool, &[(date, Flow::Approved, people)]).map(drop);
    assert_eq!(approved("2026-03-01", 1), Err((Fault::PlanAbove, 1, 0)));
    let late = [("2026-01-10", Flow::Approved, 2), ("2026-04-01", Flow::Entered, 2)];
    assert_eq!(run(&pool, &late), Err((Fault::RepayFirst, 2, 0)));
    // The table tells how it stands at the end of the year.
    let told = run(&pool, &[]).unwrap().sum;
    assert_eq!((told.owes, told.repays, told.allowed), (2, 2, 0));

    let repaid = |way| {
        let mut pool = pool.clone();
        pool.note(Event { way, ..event("2026-05-01", What::Return, "a", 1) });
        run(&pool, &[("2026-06-01", Flow::Approved, 1), ("2026-06-02", Flow::Entered, 1)])
    };
    assert_eq!(repaid(Way::AtTerm).unwrap().sum.closing, 9);
    assert_eq!(repaid(Way::NextVacancy), Err((Fault::PlanAbove, 1, 0)));
}

/// G09 of the sample has 14 posts and 12 people on the survey's day. One left in November and three came
/// in December: without the one who left it would have 15 people, so that entry cannot be taken out, and
/// the approval of hires neither; the newest can, and then the others.
#[test]
fn an_entry_of_the_year_is_taken_out_where_the_rest_still_holds() {
    let mut workspace = sample::county().unwrap().workspace;
    let kind = KindId::general().clone();
    let entry = |date: &str, what, people| UseEntry::new(day(date), what, code("G09"), people);
    let left = entry("2026-11-01", Flow::Left, 1);
    let came = entry("2026-12-01", Flow::Moved, 3);
    let mut change = |edit: &dyn Fn(&mut Pool)| {
        let state = workspace.state();
        let mut new = state.county.pool(&kind).unwrap().clone();
        edit(&mut new);
        let figures = Figures::of(state);
        let step = change::step(state, &figures, &kind, Some(&new), Label::Use)?;
        workspace.dispatch(step.unwrap()).unwrap();
        Ok::<usize, PoolError>(new.uses.iter().map(|year| year.entries.len()).sum())
    };
    for told in [&left, &came] {
        change(&|pool| pool.of_year(2026, |year| year.entries.push(told.clone()))).unwrap();
    }
    let error = change(&|pool| pool.take_use(2026, &left)).unwrap_err();
    // 12 people are in the 14 posts, and 3 would come to the 2 that are vacant.
    assert_eq!((error.fault, error.found, error.limit), (Fault::RoomShort, 3, 2));
    let all = change(&|pool| pool.take_use(2026, &came)).unwrap();
    assert_eq!(change(&|pool| pool.take_use(2026, &left)).unwrap(), all - 1);
    // A year of which nothing else is told is gone with its entry.
    let later = UseEntry { date: day("2027-02-01"), ..left.clone() };
    change(&|pool| pool.of_year(2027, |year| year.entries.push(later.clone()))).unwrap();
    change(&|pool| pool.take_use(2027, &later)).unwrap();
    assert!(
        workspace.state().county.pool(&kind).unwrap().uses.iter().all(|year| year.year != 2027)
    );
    for _ in 0..6 {
        assert!(workspace.undo().unwrap());
    }
    assert_eq!(workspace.state().county, *workspace.base());
}
