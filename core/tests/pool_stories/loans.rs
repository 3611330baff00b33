//! How loans live: ways back, terms, schedules, renewals, lapses.

use bianheng_core::pool::preset::presets;
use bianheng_core::pool::*;
use bianheng_core::text::Lang;

use super::given::{
    asking, batch, day, event, granted, instalments, loan, played, pool, row, unit, units,
};

/// 10 posts of 12 for secondees to county firms who keep their status; the cap of 10 holds over all
/// that is out, and another two asked for later are refused.
#[test]
fn ten_posts_for_secondees_and_not_one_more() {
    let mut pool = pool(12);
    let preset = presets().into_iter().find(|preset| preset.id == "secondment").unwrap();
    preset.put(&mut pool, Lang::Zh);
    let of = |id: &str, unit: &str, posts| Application {
        sort: "secondment".to_owned(),
        ..asking(id, unit, posts)
    };
    pool.applications = vec![of("a", "F1", 6), of("b", "F2", 4), of("c", "F3", 2)];
    pool.applications.push(asking("other", "F3", 1));
    let standings =
        units(&[("F1", unit(20, 20, &[])), ("F2", unit(20, 20, &[])), ("F3", unit(20, 20, &[]))]);
    let batches: [(Batch, &[&str]); 2] = [
        (batch("一", "2026-03-01", None), &["a", "b", "other"]),
        (batch("二", "2027-03-01", None), &["c"]),
    ];
    let played = played(&pool, &standings, &batches, &[], &[], 2030).unwrap();
    // 6 + 4 = 10 of the cap's 10; what is for no secondment is not of a sort that these rules lend for.
    let expected = [("a", 6), ("b", 4), ("other", 0), ("c", 0)];
    assert_eq!(granted(&played), expected.map(|(id, posts)| (id.to_owned(), posts)));
    let (_, second) = &played.awards[1];
    assert_eq!(second.list[0].code(), "cap");
    // All 10 are back on 1 March 2029, three years later: 12 − 10 = 2, 2 + 10 = 12.
    assert_eq!((row(&played, 2026).closing, row(&played, 2028).closing), (2, 2));
    assert_eq!(row(&played, 2029).returned, [0, 0, 10, 0]);
    assert_eq!(row(&played, 2029).closing, 12);
}

/// 386 posts by a schedule 100 + 100 + 186 = 386; its first year is later cut to 60, and the 40 join
/// the last: 60 + 100 + 226 = 386. The first schedule stays in the book.
#[test]
fn a_schedule_of_100_100_186_has_its_first_year_cut_to_60() {
    let mut pool = pool(386);
    let first = instalments(&[("2024-12-31", 100), ("2025-12-31", 100), ("2026-12-31", 186)]);
    let mut lent = loan("d", "D", 386, "2023-02-01", "2026-12-31");
    lent.schedule = first.clone();
    pool.loans.push(lent);
    pool.batch.date = day("2023-06-01");
    let standings = units(&[("D", unit(5_000, 5_000, &[]))]);
    let plain = played(&pool, &standings, &[], &[], &[], 2027);
    let by_year = |played: &Played| -> Vec<u32> {
        (2024..=2026).map(|year| row(played, year).returned[Way::Schedule.place()]).collect()
    };
    assert_eq!(by_year(&plain.unwrap()), [100, 100, 186]);

    let mut amended = event("2024-06-01", What::Schedule, "d", 0);
    amended.schedule = instalments(&[("2024-12-31", 60), ("2025-12-31", 100), ("2026-12-31", 226)]);
    pool.note(amended.clone());
    let after = years(&pool, &standings, pool.batch.date, Some(2027)).unwrap();
    assert_eq!(by_year(&after), [60, 100, 226]);
    assert_eq!((row(&after, 2024).closing, row(&after, 2026).closing), (60, 386));
    assert_eq!(pool.loans[0].schedule, first, "old and new are kept");
    assert_eq!(Book::on(&pool, day("2024-05-31")).unwrap().held[0].schedule, first);

    // 60 + 100 + 186 = 346 would leave 40 without a year: refused with both figures.
    pool.events[0].schedule =
        instalments(&[("2024-12-31", 60), ("2025-12-31", 100), ("2026-12-31", 186)]);
    let error = Book::last(&pool).unwrap_err();
    assert_eq!((error.fault, error.found, error.limit), (Fault::ScheduleOff, 346, 386));
    amended.document.clear();
    pool.events[0] = amended;
    assert_eq!(Book::last(&pool).unwrap_err().fault, Fault::NoDocument);
}

/// A unit of 50 posts owes 3 and becomes over-full by 2. Of the 4 who leave in 2027, 2 only bring it
/// back to 50 and 2 repay; of the 2 in 2028, 1 repays the rest. It is granted nothing meanwhile.
#[test]
fn a_loan_at_a_unit_that_becomes_over_full_waits_for_the_excess() {
    let mut pool = pool(10);
    pool.count_departures = true;
    pool.rules = vec![Rule::new(Test::NotOverfull, 3)];
    let mut lent = loan("l", "G1", 3, "2025-03-01", "2028-12-31");
    lent.way = Way::NextVacancy;
    pool.loans.push(lent);
    pool.applications.push(asking("a", "G1", 1));
    let standings = units(&[("G1", unit(50, 52, &[(2027, 4), (2028, 2)]))]);
    let played =
        played(&pool, &standings, &[(batch("一", "2026-03-01", None), &["a"])], &[], &[], 2029);
    let played = played.unwrap();
    assert_eq!(granted(&played), [("a".to_owned(), 0)]);
    assert!(played.awards[0].1.list[0].text(Lang::Zh).contains("超编 2 人"));
    assert_eq!(row(&played, 2027).returned, [2, 0, 0, 0]);
    assert_eq!(row(&played, 2028).returned, [1, 0, 0, 0]);
    // 10 − 3 = 7, + 2 = 9, + 1 = 10; on 31 December 2028 the loan is due and whole again.
    assert_eq!([2026, 2027, 2028].map(|year| row(&played, year).closing), [7, 9, 10]);
    assert_eq!(row(&played, 2028).overdue, 0);

    // Where departures may not be counted nothing comes back by itself, and 3 are overdue in 2029.
    let mut strict = pool.clone();
    strict.count_departures = false;
    let years = years(&strict, &standings, strict.batch.date, Some(2029)).unwrap();
    assert_eq!((row(&years, 2028).back(), row(&years, 2029).overdue), (0, 3));
}

/// 2 posts, six months to fill them. Both are granted on 1 March, one stays unfilled and lapses on
/// 2 September, in time for the batch of that day; a batch on 1 September would have found none.
#[test]
fn a_lapsed_award_frees_a_post_for_the_next_batch() {
    let mut pool = pool(2);
    pool.fill_months = Some(6);
    pool.applications = vec![asking("a", "G1", 2), asking("b", "G2", 1)];
    let standings = units(&[("G1", unit(9, 9, &[])), ("G2", unit(9, 9, &[]))]);
    let after = |second: &str| {
        let batches: [(Batch, &[&str]); 2] =
            [(batch("一", "2026-03-01", None), &["a"]), (batch("二", second, None), &["b"])];
        let played = played(&pool, &standings, &batches, &[], &[("a", 1)], 2026).unwrap();
        (granted(&played)[1].1, row(&played, 2026))
    };
    assert_eq!(after("2026-09-01").0, 0);
    let (to_b, year) = after("2026-09-02");
    assert_eq!(to_b, 1);
    // 2 opening + 1 lapsed − 3 granted = 0; of the 2 out one is filled and one promised to G2.
    assert_eq!((year.opening, year.lapsed, year.awarded, year.closing), (2, 1, 3, 0));
    assert_eq!((year.in_use, year.promised), (1, 1));

    // In the book a lapse before its day is refused, and one of more than is unfilled.
    let approved = approve(&Pool { applications: vec![asking("a", "G1", 2)], ..pool }, &{
        let one = Pool { applications: vec![asking("a", "G1", 2)], ..self::pool(2) };
        award(&one, &standings).unwrap()
    })
    .unwrap();
    let with = |date: &str, posts| {
        let mut noted = approved.clone();
        noted.note(event(date, What::Lapse, "a", posts));
        Book::last(&noted).map(|book| book.free())
    };
    assert_eq!(with("2026-09-01", 1).unwrap_err().fault, Fault::LapseEarly);
    assert_eq!(with("2026-09-02", 3).unwrap_err().fault, Fault::FillBeyond);
    assert_eq!(with("2026-09-02", 1), Ok(1));
}

/// A loan due on 1 March 2029 is renewed by document to 2031: it is not overdue in 2029, and comes
/// back two years later. A renewal that does not prolong, or without a document, is refused.
#[test]
fn a_renewal_moves_the_due_day() {
    let mut pool = pool(5);
    pool.loans.push(loan("l", "G1", 2, "2026-03-01", "2029-03-01"));
    let standings = units(&[("G1", unit(9, 9, &[]))]);
    let mut renewal = event("2028-12-01", What::Renew, "l", 0);
    renewal.due = Some(day("2031-03-01"));
    pool.note(renewal.clone());
    let played = years(&pool, &standings, pool.batch.date, Some(2032)).unwrap();
    assert_eq!((row(&played, 2029).due, row(&played, 2029).overdue), (0, 0));
    assert_eq!((row(&played, 2031).due, row(&played, 2031).returned), (2, [0, 0, 2, 0]));
    assert_eq!(Book::last(&pool).unwrap().held[0].renewed, 1);
    pool.events[0].due = Some(day("2029-03-01"));
    assert_eq!(Book::last(&pool).unwrap_err().fault, Fault::NotLonger);
    pool.events[0] = Event { document: " ".to_owned(), ..renewal };
    assert_eq!(Book::last(&pool).unwrap_err().fault, Fault::NoDocument);
}

/// Lent on 1 April 2026 for three years: due on 1 April 2029 at the latest, a day later only by a document.
/// A purpose with a term of five years has until 2031. A loan that stood there before is not asked again,
/// and a renewal, which takes a document, goes as far as that says.
#[test]
fn a_loan_beyond_its_term_takes_a_document() {
    let old = pool(5);
    let known = units(&[("G1", unit(9, 9, &[]))]);
    let lent = |due: &str| loan("new", "G1", 1, "2026-04-01", due);
    let with = |loan: Loan| Pool { loans: vec![loan], ..old.clone() };
    let admits =
        |new: &Pool| admit(Some(&old), new, &known).map_err(|e| (e.fault, e.date, e.limit));
    assert_eq!(admits(&with(lent("2029-04-01"))), Ok(()));
    let long = with(lent("2029-04-02"));
    assert_eq!(admits(&long), Err((Fault::BeyondTerm, Some(day("2029-04-02")), 3)));
    let document = "〔2026〕6 号".to_owned();
    assert_eq!(admits(&with(Loan { document, ..lent("2029-04-02") })), Ok(()));
    let education = Term { sort: "education".to_owned(), years: 5 };
    let mut sorted = with(Loan { sort: "education".to_owned(), ..lent("2031-04-01") });
    sorted.terms.push(education);
    assert_eq!(admits(&sorted), Ok(()));
    let mut told = long.clone();
    told.loans[0].purpose = "另有用途".to_owned();
    assert_eq!(admit(Some(&long), &told, &known), Ok(()));
    let mut renewed = with(lent("2029-04-01"));
    renewed
        .note(Event { due: Some(day("2033-01-01")), ..event("2029-03-01", What::Renew, "new", 0) });
    assert_eq!(admits(&renewed), Ok(()));
}
