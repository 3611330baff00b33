//! Approval, the years after it, numbers of applications, and what is known of units.

use super::*;
use crate::county::{County, Departures, Holding, Origin, Part, Roll, Stage, Unit, UnitCode};
use crate::text::Lang;

#[test]
fn a_standing_is_the_units_holdings_of_the_pools_kind() {
    let unit = |code: &str| Unit {
        code: UnitCode::new(code),
        name: String::new(),
        township: String::new(),
        locality: None,
        category: String::new(),
        parent: None,
        place: None,
        leaders: Default::default(),
        closed: None,
    };
    let holding = |unit, part, authorised, in_post, people| Holding {
        surveyed_row: None,
        unit,
        part,
        authorised,
        in_post,
        departures: vec![Departures { year: 2027, people }],
        roll: Roll::default(),
        staff: Default::default(),
        additional: Vec::new(),
    };
    let county = County {
        name: String::new(),
        surveyed_on: day("2026-09-01"),
        origin: Origin::default(),
        kinds: Vec::new(),
        measured_on: None,
        kindergarten_kind: KindId::general().clone(),
        yardsticks: Default::default(),
        units: vec![unit("1001"), unit("G01")].into(),
        holdings: vec![
            holding(0, Part::Stage(Stage::Kindergarten), 4, 4, 1),
            holding(0, Part::Stage(Stage::Primary), 20, 19, 2),
            holding(0, Part::Stage(Stage::LowerSecondary), 30, 31, 3),
            holding(1, Part::Kind(KindId::general().clone()), 12, 12, 1),
        ],
        pools: Vec::new(),
    };
    let school = standings(&county, KindId::school());
    let of_school = &school[&UnitCode::new("1001")];
    assert_eq!((of_school.of_kind, of_school.authorised, of_school.in_post), (true, 50, 50));
    assert_eq!(of_school.departures_after(2026, 3), 5);
    assert_eq!(school[&UnitCode::new("G01")], Standing::default());
    let general = standings(&county, KindId::general());
    assert_eq!(general[&UnitCode::new("1001")].authorised, 4);
    assert_eq!(general[&UnitCode::new("G01")], standing(12, 12, 1));
}

#[test]
fn departures_count_from_the_year_after_the_batch() {
    let years = [(2026, 9), (2027, 1), (2029, 2), (2030, 9)];
    let departures = years.map(|(year, people)| Departures { year, people }).to_vec();
    assert_eq!(Standing { departures, ..Standing::default() }.departures_after(2026, 3), 3);
}

#[test]
fn approval_turns_the_sample_batch_into_seven_loans_and_closes_it() {
    let pool = sample().pop().unwrap();
    let awards = award(&pool, &applicants()).unwrap();
    let after = approve(&pool, &awards).unwrap();
    let lent: Vec<(&str, u32)> =
        after.loans.iter().skip(2).map(|loan| (loan.borrower.as_str(), loan.posts)).collect();
    let expected =
        [("G01", 3), ("G02", 2), ("G03", 1), ("G04", 2), ("G05", 1), ("G06", 1), ("G07", 1)];
    assert_eq!(lent, expected);
    assert!(after.loans.iter().skip(2).all(|loan| {
        (loan.from, loan.due) == (day("2026-12-01"), day("2029-12-01")) && loan.returned == 0
    }));
    let left: Vec<&str> = after.applications.iter().map(|asking| asking.unit.as_str()).collect();
    assert_eq!(left, ["G08", "G09", "G10"]);
    // 30 = 12 + 11 lent + 7 free, as the awards said; a second approval grants nothing.
    let again = award(&after, &applicants()).unwrap();
    let figures = Figures { size: 30, on_loan: 23, promised: 0, overdue: 2, granted: 0, free: 7 };
    assert_eq!(again.figures, figures);
    assert_eq!(again.list[0].text(Lang::Zh), "本批没有名额可批");
    assert_eq!(approve(&after, &again).unwrap().loans, after.loans);
    assert_eq!((after.size, &after.kind), (pool.size, &pool.kind));
}

#[test]
fn approval_names_the_document_of_what_was_decided_by_hand() {
    let (mut pool, standings) = small(9, None, vec![asking("G1", 3, 1, "80")]);
    pool.overrule(by_hand("of G1", 1));
    pool.overrule(by_hand("of G1", 2));
    let awards = award(&pool, &standings).unwrap();
    let after = approve(&pool, &awards).unwrap();
    assert_eq!((after.loans[0].posts, after.loans[0].document.as_str()), (2, "〔2026〕1 号"));
    assert_eq!((after.applications.len(), after.overrides.len()), (0, 0));
    // The batch keeps who was decided on, why and by which document, and files keep it too.
    let unit = UnitCode::new("G1");
    let kept = Overruled { unit, asked: 3, decision: by_hand("of G1", 2) };
    assert_eq!(after.past[0].overruled, [kept]);
    let json = serde_json::to_string(&after).unwrap();
    assert_eq!(serde_json::from_str::<Pool>(&json).unwrap(), after);
    // The next batch has none of it.
    let mut next = after.clone();
    next.open_batch(Batch::new("二", day("2027-12-01"), None));
    assert_eq!((next.batch.overruled.len(), next.past[0].overruled.len()), (0, 1));
}

#[test]
fn the_years_ahead_of_the_sample_return_all_but_what_is_overdue() {
    let pool = sample().pop().unwrap();
    let played = years(&pool, &applicants(), pool.batch.date, None).unwrap();
    let rows: Vec<[i64; 6]> = played
        .years
        .iter()
        .map(|row| {
            let posts = [row.opening, row.back(), row.awarded, row.closing, row.in_use];
            let [opening, back, awarded, closing, in_use] = posts.map(i64::from);
            [i64::from(row.year), opening, back, awarded, closing, in_use]
        })
        .collect();
    // 2 of the loan of 2023 are still out, 10 secondees from 2025 are due in 2028, the batch's 11 in
    // 2029; the 2 overdue stay out.
    let expected = [
        [2023, 30, 0, 2, 28, 2],
        [2024, 28, 0, 0, 28, 2],
        [2025, 28, 0, 10, 18, 12],
        [2026, 18, 0, 11, 7, 23],
        [2027, 7, 0, 0, 7, 23],
        [2028, 7, 10, 0, 17, 13],
        [2029, 17, 11, 0, 28, 2],
    ];
    assert_eq!(rows, expected);
    assert_eq!(played.awards[0].1, award(&pool, &applicants()).unwrap());
}

/// The loan of 10 secondees is due in 2028. Seen from 2029 without an entry of its return it has not come
/// back: 12 are overdue with the 2 of 2023, and 11 of the batch come back at their term that year. Where the
/// one who asks does so for a purpose of 8 years, the years run to 2034.
#[test]
fn nothing_is_assumed_of_the_days_until_today() {
    let mut pool = sample().pop().unwrap();
    let row = |pool: &Pool, today: &str, year: i32| {
        let played = years(pool, &applicants(), day(today), None).unwrap().years;
        let row = *played.iter().find(|row| row.year == year).unwrap();
        (row.back(), row.overdue, played.last().unwrap().year)
    };
    assert_eq!(row(&pool, "2026-01-01", 2028), (10, 2, 2029));
    assert_eq!(row(&pool, "2029-01-02", 2028), (0, 12, 2029));
    assert_eq!(row(&pool, "2029-01-02", 2029), (11, 12, 2029));
    pool.applications[0].sort = "long".to_owned();
    pool.terms.push(Term { sort: "long".to_owned(), years: 8 });
    assert_eq!(row(&pool, "2026-01-01", 2028), (10, 2, 2034));
}

#[test]
fn numbers_of_applications_are_never_given_twice() {
    let mut pool = sample().pop().unwrap();
    pool.enter(asking("G01", 1, 1, "70"));
    assert_eq!(pool.applications.last().unwrap().id, "11");
    pool.remove("11");
    pool.enter(asking("G01", 1, 1, "70"));
    assert_eq!(pool.applications.last().unwrap().id, "12");
    let (mut small, _) = small(9, None, Vec::new());
    small.enter(asking("G01", 1, 1, "70"));
    assert_eq!(small.applications[0].id, "1");
}
