//! The turnover pool's cases that must come out right, each with its arithmetic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

use bianheng_core::county::{Departures, Fact, HoldingId, KindId, Roll, Stage, UnitCode};
use bianheng_core::pool::movement::{self, Movement, Paper};
use bianheng_core::pool::plan::{self, Flow, Reserve, UseEntry};
use bianheng_core::pool::preset::presets;
use bianheng_core::pool::*;
use bianheng_core::sample;
use bianheng_core::scenario::{Command, Figures, Label, Step, Workspace, difference, ledger};
use bianheng_core::text::{Lang, steps};
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The order of a movement on the first of December 2026.
fn paper(reason: &str, document: &str) -> Paper {
    let (reason, document) = (reason.to_owned(), document.to_owned());
    Paper { on: day("2026-12-01"), document, reason }
}

fn code(text: &str) -> UnitCode {
    UnitCode::new(text)
}

fn batch(name: &str, date: &str, limit: Option<u32>) -> Batch {
    Batch::new(name, day(date), limit)
}

fn pool(size: u32) -> Pool {
    let mut pool = Pool::found(
        KindId::general().clone(),
        "池".to_owned(),
        size,
        "〔2026〕1 号".to_owned(),
        batch("一", "2026-03-01", None),
    );
    pool.rules.clear();
    pool
}

fn unit(authorised: u32, in_post: u32, departures: &[(i32, u32)]) -> Standing {
    Standing {
        of_kind: true,
        authorised,
        in_post,
        departures: departures
            .iter()
            .map(|(year, people)| Departures { year: *year, people: *people })
            .collect(),
        ..Standing::default()
    }
}

fn units(list: &[(&str, Standing)]) -> Standings {
    list.iter().map(|(name, unit)| (code(name), unit.clone())).collect()
}

fn asking(id: &str, unit: &str, posts: u32) -> Application {
    Application { tier: 1, ..Application::new(id, code(unit), posts) }
}

fn loan(id: &str, unit: &str, posts: u32, from: &str, due: &str) -> Loan {
    Loan { id: id.to_owned(), ..Loan::new(Borrower::Unit(code(unit)), posts, day(from), day(due)) }
}

fn event(date: &str, what: What, loan: &str, posts: u32) -> Event {
    let document = "〔2026〕2 号".to_owned();
    Event { posts, document, ..Event::new(day(date), what, loan) }
}

/// 244 of the hospital's 312 people are gone: room for all of G11.
fn hospital_with_room(workspace: &mut Workspace) {
    let at = "G01/kind:general".parse().unwrap();
    let (old, new) = (Some(312), Some(68));
    let commands = vec![Command::SetFact { at, fact: Fact::InPost, old, new }];
    workspace.dispatch(Step { label: Label::Edit, commands }).unwrap();
}

fn instalments(parts: &[(&str, u32)]) -> Vec<Instalment> {
    parts.iter().map(|(date, posts)| Instalment { date: day(date), posts: *posts }).collect()
}

/// Plays batches with the applications named by them.
fn played(
    pool: &Pool,
    standings: &Standings,
    batches: &[(Batch, &[&str])],
    events: &[Event],
    unfilled: &[(&str, u32)],
    last: i32,
) -> Result<Played, PoolError> {
    let of = |ids: &[&str]| -> Vec<&Application> {
        pool.applications.iter().filter(|asking| ids.contains(&asking.id.as_str())).collect()
    };
    let batches: Vec<(Batch, Vec<&Application>)> =
        batches.iter().map(|(batch, ids)| (batch.clone(), of(ids))).collect();
    let today = batches.first().map_or(pool.batch.date, |(batch, _)| batch.date);
    let mut wrong = Vec::new();
    let playing = Playing {
        pool,
        standings,
        batches,
        events,
        unfilled: unfilled.iter().map(|(id, posts)| ((*id).to_owned(), *posts)).collect(),
        today,
        last,
        departures: pool.count_departures,
    };
    let played = play_with(&playing, &mut |sharing, awards| {
        wrong.extend(verify_for(pool, standings, sharing, awards));
    });
    assert_eq!(wrong, [], "the checker agrees with every batch");
    played
}

fn granted(played: &Played) -> Vec<(String, u32)> {
    let awards = played.awards.iter().flat_map(|(_, awards)| &awards.list);
    awards.map(|award| (award.application.clone(), award.granted)).collect()
}

fn row(played: &Played, year: i32) -> Year {
    *played.years.iter().find(|row| row.year == year).unwrap()
}

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

/// Two of one tier and one score ask for the last post: fewer asked goes first where the pool says
/// so, else the unit's code decides.
#[test]
fn two_applications_tied_to_the_last_post() {
    let mut pool = pool(1);
    let scored =
        |id, unit, posts| Application { score: "80".parse().ok(), ..asking(id, unit, posts) };
    pool.applications = vec![scored("x", "G1", 2), scored("y", "G2", 1)];
    let standings = units(&[("G1", unit(9, 9, &[])), ("G2", unit(9, 9, &[]))]);
    let of = |pool: &Pool| -> Vec<(String, u32)> {
        let awards = award(pool, &standings).unwrap();
        assert_eq!(verify(pool, &standings, &awards), Ok(vec![]));
        awards.list.iter().map(|one| (one.application.clone(), one.granted)).collect()
    };
    assert_eq!(of(&pool), [("x".to_owned(), 1), ("y".to_owned(), 0)]);
    pool.ties = vec![Tie::FewerAsked];
    assert_eq!(of(&pool), [("y".to_owned(), 1), ("x".to_owned(), 0)]);
}

/// 6 posts, limits of 4 and 4. The first batch grants 3 and leaves 1 of its limit; the second may grant
/// 4 + 1 = 5 and finds 6 − 3 = 3: the pool is empty after it, and the last is told so.
#[test]
fn a_pool_is_emptied_in_the_second_batch_which_takes_nothing_from_the_first() {
    let mut pool = pool(6);
    pool.applications = vec![asking("a", "G1", 3), asking("b", "G2", 2), asking("c", "G3", 2)];
    let standings =
        units(&[("G1", unit(9, 9, &[])), ("G2", unit(9, 9, &[])), ("G3", unit(9, 9, &[]))]);
    let batches: [(Batch, &[&str]); 2] = [
        (batch("一", "2026-03-01", Some(4)), &["a"]),
        (batch("二", "2026-09-01", Some(4)), &["b", "c"]),
    ];
    let played = played(&pool, &standings, &batches, &[], &[], 2029).unwrap();
    let expected = [("a", 3), ("b", 2), ("c", 1)];
    assert_eq!(granted(&played), expected.map(|(id, posts)| (id.to_owned(), posts)));
    let (_, second) = &played.awards[1];
    assert_eq!((second.limit, second.bound, second.figures.free), (3, Bound::Pool, 0));
    assert!(second.list[1].text(Lang::En).contains("the pool's 3 free posts are used up"));
    assert_eq!(row(&played, 2026).closing, 0);
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

/// The sample's 县中医医院 (G11, 246 posts, 244 people) owes 2 posts and is merged into the people's
/// hospital (G01, 312 and 312): 312 + 246 = 558 posts, 312 + 244 = 556 people, the debt goes with it.
/// Closed without a home for people and debt it is refused with the figure.
#[test]
fn a_unit_that_owes_closes_and_its_debt_finds_a_home() {
    let mut workspace = sample::county().unwrap().workspace;
    let on = day("2026-12-01");
    let merge = Movement::Merge { from: code("G11"), to: code("G01") };
    let step = movement::step(workspace.state(), &merge, &paper("合并", "〔2026〕9 号")).unwrap();
    let before = Account::of(&workspace.state().county, on).unwrap();
    workspace.dispatch(step).unwrap();
    let county = &workspace.state().county;
    let after = Account::of(county, on).unwrap();
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    let place = &after.places[&at("G01")];
    assert_eq!((place.authorised, place.in_post), (558, 556));
    assert_eq!((after.places[&at("G11")].authorised, after.places[&at("G11")].in_post), (0, 0));
    let owed = |account: &Account, unit| {
        account.debts.get(&(KindId::general().clone(), code(unit))).copied()
    };
    assert_eq!((owed(&before, "G11"), owed(&after, "G11")), (Some(2), None));
    assert_eq!(owed(&after, "G01"), Some(2));
    assert_eq!(before.kinds, after.kinds, "totals and unassigned posts stay");
    after.check().unwrap();
    let unit = county.units.iter().find(|unit| unit.code == code("G11")).unwrap();
    assert_eq!(unit.closed, Some(on));

    // A closed unit is granted nothing, and no loan to it is taken in.
    let pool = county.pool(KindId::general()).unwrap();
    let known = standings(county, KindId::general());
    let mut late = pool.clone();
    late.loans.push(loan("late", "G11", 1, "2026-12-02", "2029-12-02"));
    assert_eq!(admit(Some(pool), &late, &known).unwrap_err().fault, Fault::Closed);

    workspace.undo().unwrap();
    let undone = Account::of(&workspace.state().county, on).unwrap();
    assert_eq!(undone, before);
    let alone = Movement::Close { from: code("G11"), to: None };
    let error =
        movement::step(workspace.state(), &alone, &paper("撤销", "〔2026〕9 号")).unwrap_err();
    assert_eq!((error.fault, error.found), (Fault::NotRehomed, 244));
}

/// Movements keep every total: 5 posts adjusted to disease control, 3 recovered, a centre founded
/// with 4 posts and 1 leader post out of what is unassigned, all undone to the same county.
#[test]
fn other_movements_keep_the_total_and_are_undone() {
    let mut workspace = sample::county().unwrap().workspace;
    let on = day("2026-12-01");
    let base = workspace.state().county.clone();
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    let kind = KindId::general().clone();
    let movements = [
        // 8 unassigned + 3 recovered − 4 for the new centre = 7.
        Movement::Recover { from: at("G13"), posts: 3 },
        Movement::Found {
            unit: code("G15"),
            name: "县新设中心".to_owned(),
            township: String::new(),
            stage: None,
            kind: kind.clone(),
            posts: 4,
            leaders: 1,
        },
        Movement::WithFunction { from: at("G14"), to: at("G12"), posts: 5, people: 4 },
        Movement::Adjust { from: at("G09"), to: at("G15"), posts: 2 },
    ];
    for movement in &movements {
        let step =
            movement::step(workspace.state(), movement, &paper("调整", "〔2026〕3 号")).unwrap();
        workspace.dispatch(step).unwrap();
        let account = Account::of(&workspace.state().county, on).unwrap();
        account.check().unwrap();
        assert_eq!(account.kinds[&kind].total, 1_318);
    }
    let account = Account::of(&workspace.state().county, on).unwrap();
    assert_eq!(account.kinds[&kind].unassigned, 7);
    assert_eq!(account.places[&at("G12")].authorised, 93);
    assert_eq!(account.places[&at("G15")].authorised, 6);
    assert_eq!(account.leaders[&code("G15")], 1);
    let ledger = ledger(&base, workspace.state(), &kind);
    assert!(ledger.closes());
    assert_eq!((ledger.units, ledger.unassigned), (1_281, 7));
    // 2 of G09 go out though it has 12 people in 14 posts; a third is not vacant.
    let third = Movement::Adjust { from: at("G09"), to: at("G15"), posts: 1 };
    let error = movement::step(workspace.state(), &third, &paper("", "〔2026〕3 号")).unwrap_err();
    assert_eq!((error.fault, error.found, error.limit), (Fault::PostsShort, 1, 0));
    let again = Movement::Found {
        unit: code("G15"),
        name: String::new(),
        township: String::new(),
        stage: None,
        kind,
        posts: 1,
        leaders: 0,
    };
    let error = movement::step(workspace.state(), &again, &paper("", "〔2026〕3 号")).unwrap_err();
    assert_eq!(error.fault, Fault::UnitThere);
    for _ in &movements {
        assert!(workspace.undo().unwrap());
    }
    assert_eq!(workspace.state().county, base);
}

/// A primary school is founded with 3 of the 9 school posts unassigned, gets a roll and a person,
/// and is taken away whole by the commands that lead back; a kind that its stage does not draw on is
/// refused.
#[test]
fn a_school_is_founded_with_its_stage_and_taken_away_with_its_roll() {
    let mut workspace = sample::county().unwrap().workspace;
    let school = |kind: &KindId| {
        let movement = Movement::Found {
            unit: code("1999"),
            name: "新桥小学".to_owned(),
            township: "城关镇".to_owned(),
            stage: Some(Stage::Primary),
            kind: kind.clone(),
            posts: 3,
            leaders: 1,
        };
        movement::step(workspace.state(), &movement, &paper("新区", "〔2026〕5 号"))
    };
    assert_eq!(school(KindId::general()).unwrap_err().fault, Fault::KindDiffers);
    let step = school(KindId::school()).unwrap();
    assert_eq!(steps::describe(&step, workspace.state(), Lang::Zh), "新设：新桥小学 3 名");
    let before = workspace.state().clone();
    workspace.dispatch(step).unwrap();
    let at: HoldingId = "1999/primary".parse().unwrap();
    let cell = |fact, old, new| Command::SetFact { at: at.clone(), fact, old, new };
    let commands = vec![
        cell(Fact::Students, None, Some(95)),
        cell(Fact::Classes, None, Some(6)),
        cell(Fact::InPost, Some(0), Some(1)),
    ];
    workspace.dispatch(Step { label: Label::Edit, commands }).unwrap();
    let ledger = ledger(workspace.base(), workspace.state(), KindId::school());
    assert!(ledger.closes());
    assert_eq!(ledger.unassigned, 9 - 3);

    let mut state = workspace.state().clone();
    let back = difference(&state, &before);
    let mut inverse = Vec::new();
    for command in back {
        inverse.insert(0, state.apply(command).unwrap());
    }
    assert_eq!(state.county, before.county);
    for command in inverse {
        state.apply(command).unwrap();
    }
    assert_eq!(state.county, workspace.state().county, "also its roll comes back");
}

/// A village school of 28 pupils is merged into the primary school of the town: pupils, classes and each
/// grade go with posts and people, the norm gives the closed one nothing, and undo brings all back. Where
/// the unit that takes over has no primary stage it is refused with the pupils.
#[test]
fn pupils_go_with_a_school_that_is_merged() {
    let mut workspace = sample::county().unwrap().workspace;
    let row = |workspace: &Workspace, at: &str| {
        workspace.state().index().row(&at.parse().unwrap()).unwrap()
    };
    let (from, to) = (row(&workspace, "1031/primary"), row(&workspace, "1011/primary"));
    let roll =
        |workspace: &Workspace, row: usize| workspace.state().county.holdings[row].roll.clone();
    let (gone, home) = (roll(&workspace, from), roll(&workspace, to));
    let before = Figures::of(workspace.state());
    let sum = |a: Option<u32>, b: Option<u32>| a.unwrap_or(0) + b.unwrap_or(0);
    assert!(gone.students > Some(0));
    let merge = |to: &str| Movement::Merge { from: code("1031"), to: code(to) };
    let refused = movement::step(workspace.state(), &merge("1002"), &paper("撤点", "〔2026〕9 号"));
    let error = refused.unwrap_err();
    assert_eq!((error.fault, Some(error.found)), (Fault::PupilsLeft, gone.students));
    let step = movement::step(workspace.state(), &merge("1011"), &paper("撤点", "〔2026〕9 号"));
    workspace.dispatch(step.unwrap()).unwrap();
    let (left, now) = (roll(&workspace, from), roll(&workspace, to));
    assert_eq!(left.students, Some(0));
    assert_eq!(now.students, Some(sum(gone.students, home.students)));
    assert_eq!(now.classes, Some(sum(gone.classes, home.classes)));
    for grade in &now.grades {
        let of = |roll: &Roll| roll.grades.iter().find(|own| own.grade == grade.grade).cloned();
        let of = |roll: &Roll| of(roll).and_then(|own| own.students);
        assert_eq!(grade.students, Some(sum(of(&gone), of(&home))), "grade {}", grade.grade);
    }
    let figures = Figures::of(workspace.state());
    assert_eq!((figures.row(from).entitlement.posts, figures.row(from).margin), (None, None));
    let posts = |figures: &Figures| figures.row(to).entitlement.posts.map(|posts| posts.whole);
    assert!(posts(&figures) > posts(&before));
    assert!(workspace.undo().unwrap());
    assert_eq!(workspace.state().county, *workspace.base());
}

/// G09 lent its 2 vacant posts under model B: they stay its own, and can neither be adjusted to another
/// unit nor recovered, nor can G09 end while the pool has them.
#[test]
fn an_owner_keeps_vacant_what_it_lent() {
    let mut workspace = sample::county().unwrap().workspace;
    let kind = KindId::general().clone();
    let mut pool = workspace.state().county.pool(&kind).unwrap().clone();
    pool.model = Model::UseOnly;
    pool.note(Event {
        unit: Some(code("G09")),
        document: "〔2026〕7 号".to_owned(),
        ..event("2026-11-01", What::Add, "", 2)
    });
    let figures = Figures::of(workspace.state());
    let step = change::step(workspace.state(), &figures, &kind, Some(&pool), Label::Pool);
    workspace.dispatch(step.unwrap().unwrap()).unwrap();
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    for movement in [
        Movement::Adjust { from: at("G09"), to: at("G13"), posts: 1 },
        Movement::Recover { from: at("G09"), posts: 1 },
        Movement::Merge { from: code("G09"), to: code("G13") },
    ] {
        let step = movement::step(workspace.state(), &movement, &paper("", "〔2026〕3 号"));
        let error = step.unwrap_err();
        assert_eq!((error.fault, error.found), (Fault::OwnerShort, 2), "{movement:?}");
    }
}

/// A unit cannot end on a day before a loan to it starts: the loan would have no home.
#[test]
fn a_unit_does_not_end_before_a_loan_to_it_starts() {
    let workspace = sample::county().unwrap().workspace;
    let merge = Movement::Merge { from: code("G11"), to: code("G01") };
    let early = Paper { on: day("2020-01-01"), ..paper("", "〔2026〕9 号") };
    let error = movement::step(workspace.state(), &merge, &early).unwrap_err();
    let pool = workspace.state().county.pool(KindId::general()).unwrap();
    let own = pool.loans.iter().find(|loan| loan.borrower.as_str() == "G11").unwrap();
    assert_eq!((error.fault, error.date), (Fault::LentAfterClosing, Some(own.from)));
}

/// What the history tells of each sort: from, to, posts and the people who came along.
#[test]
fn a_movement_is_told_by_the_names_of_its_day() {
    let mut workspace = sample::county().unwrap().workspace;
    hospital_with_room(&mut workspace);
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    let told = |movement: &Movement| {
        let step = movement::step(workspace.state(), movement, &paper("", "〔2026〕3 号")).unwrap();
        let Label::Movement(moved) = &step.label else { panic!("{:?}", step.label) };
        let [zh, en] =
            [Lang::Zh, Lang::En].map(|lang| steps::describe(&step, workspace.state(), lang));
        format!("{zh}\n{en}\nposts {}, people {}", moved.posts, moved.people)
    };
    let lines = [
        Movement::WithFunction { from: at("G14"), to: at("G12"), posts: 5, people: 4 },
        Movement::Adjust { from: at("G09"), to: at("G13"), posts: 2 },
        Movement::Recover { from: at("G13"), posts: 3 },
        Movement::Swap {
            from: "1031/primary".parse().unwrap(),
            to: "G12/kind:general".parse().unwrap(),
            posts: 2,
        },
        Movement::Merge { from: code("G11"), to: code("G01") },
        Movement::Close { from: code("G11"), to: Some(code("G01")) },
    ];
    insta::assert_snapshot!(lines.iter().map(told).collect::<Vec<_>>().join("\n"));
    let within = Movement::WithFunction {
        from: "1002/upper_secondary".parse().unwrap(),
        to: "1002/lower_secondary".parse().unwrap(),
        posts: 2,
        people: 1,
    };
    assert!(told(&within).ends_with("posts 2, people 1"), "between two stages of one school");
}

/// Administrative posts swapped for institution posts by document: each kind's total stays.
#[test]
fn posts_are_swapped_between_kinds_within_their_totals() {
    let workspace = sample::county().unwrap().workspace;
    let mut account = Account::of(&workspace.state().county, day("2026-12-01")).unwrap();
    let before = account.clone();
    // A school of vacant posts gives 2 school posts and takes 2 general ones.
    let swap = Movement::Swap {
        from: "1031/primary".parse().unwrap(),
        to: "G12/kind:general".parse().unwrap(),
        posts: 2,
    };
    account.apply(&swap, day("2026-12-01")).unwrap();
    let of = |account: &Account, kind: &KindId| account.kinds[kind];
    let (school, general) = (KindId::school(), KindId::general());
    assert_eq!(of(&account, school).total, of(&before, school).total);
    // 9 + 2 = 11 school posts unassigned, 8 − 2 = 6 general ones.
    assert_eq!((of(&account, school).unassigned, of(&account, general).unassigned), (11, 6));
    let too_many = Movement::Swap {
        from: "1001/upper_secondary".parse().unwrap(),
        to: "G12/kind:general".parse().unwrap(),
        posts: 7,
    };
    assert_eq!(account.apply(&too_many, day("2026-12-01")).unwrap_err().fault, Fault::PostsShort);
}

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

/// 10 posts, of which 5 leave in June and 5 others come in September: a batch in March has 10 − 5 = 5 to
/// grant for a term of years, and not 10. In July it has 5, in October 10 again.
#[test]
fn a_dip_ahead_limits_what_is_granted_now() {
    let mut pool = pool(10);
    pool.note(event("2026-06-01", What::Withdraw, "", 5));
    pool.note(event("2026-09-01", What::Add, "", 5));
    pool.applications = vec![asking("a", "G1", 10)];
    let known = units(&[("G1", unit(50, 50, &[]))]);
    for (date, posts) in [("2026-03-01", 5), ("2026-07-01", 5), ("2026-10-01", 10)] {
        pool.batch.date = day(date);
        let awards = award(&pool, &known).unwrap();
        assert_eq!((awards.granted(), awards.figures.free), (posts, 0), "{date}");
        assert_eq!(verify(&pool, &known, &awards), Ok(vec![]));
        approve(&pool, &awards).unwrap();
        let batches: [(Batch, &[&str]); 1] = [(pool.batch.clone(), &["a"])];
        let played = played(&pool, &known, &batches, &[], &[], 2027).unwrap();
        assert_eq!(granted(&played), [("a".to_owned(), posts)]);
    }
    // 8 are out in March, more than the 5 of June: nothing can be granted, and nothing is wrong either, for
    // they are back in May.
    pool.batch.date = day("2026-03-02");
    pool.loans.push(loan("l", "G2", 8, "2026-03-01", "2029-03-01"));
    pool.note(event("2026-05-01", What::Return, "l", 8));
    assert_eq!(pool.figures(pool.batch.date, 0).unwrap().free, 0);
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

    let entry = |date: &str, what, unit: &str, people| UseEntry {
        date: day(date),
        what,
        unit: code(unit),
        from: None,
        people,
    };
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

/// The prefecture's teachers' pool: at most the shortage; in full where five years' departures cover
/// it, else held for a decision. G1 is short by 4 and 5 leave: 4 of the 6 asked. G2 is short by 4 and 3
/// leave: nothing until decided.
#[test]
fn a_pool_with_the_shortage_as_ceiling_holds_back_what_departures_do_not_cover() {
    let mut pool = pool(500);
    pool.applications = vec![asking("a", "G1", 6), asking("b", "G2", 2)];
    presets().into_iter().find(|preset| preset.id == "qianxinan").unwrap().put(&mut pool, Lang::Zh);
    let short = |leaving| Standing { entitled: Some(24), ..unit(20, 20, &[(2027, leaving)]) };
    let known = units(&[("G1", short(5)), ("G2", short(3))]);
    let awards = award(&pool, &known).unwrap();
    assert_eq!(verify(&pool, &known, &awards), Ok(vec![]));
    let told: Vec<(u32, &str)> =
        awards.list.iter().map(|award| (award.granted, award.result())).collect();
    assert_eq!(told, [(4, "cut"), (0, "review")]);
    assert_eq!(pool.applications[0].way, Way::NextVacancy);
    pool.overrule(Override {
        application: "b".to_owned(),
        granted: 2,
        reason: "州编办研究同意".to_owned(),
        document: "〔2026〕5 号".to_owned(),
    });
    let awards = award(&pool, &known).unwrap();
    assert_eq!(awards.of("b").unwrap().granted, 2);
    assert_eq!(awards.overruled().count(), 1);
}

/// Caps within caps: 4 for health, of which 2 for hospitals; 1 post of the rest is not taken by them.
#[test]
fn nested_caps_leave_the_rest_to_others_and_crossing_ones_are_refused() {
    let cap = |name: &str, any: &[&str], posts| Cap {
        name: name.to_owned(),
        field: Field::Category,
        any: any.iter().map(|one| (*one).to_owned()).collect(),
        posts,
        in_rotation: false,
        clause: Default::default(),
    };
    let mut pool = pool(9);
    pool.caps = vec![cap("卫生", &["医院", "疾控"], 4), cap("医院", &["医院"], 2)];
    pool.applications = vec![
        asking("a", "H1", 3),
        asking("b", "H2", 1),
        asking("c", "C1", 3),
        asking("d", "S1", 2),
    ];
    let of = |category: &str| Standing { category: category.to_owned(), ..unit(9, 9, &[]) };
    let known =
        units(&[("H1", of("医院")), ("H2", of("医院")), ("C1", of("疾控")), ("S1", of("学校"))]);
    let awards = award(&pool, &known).unwrap();
    assert_eq!(verify(&pool, &known, &awards), Ok(vec![]));
    let granted: BTreeMap<&str, u32> =
        awards.list.iter().map(|one| (one.application.as_str(), one.granted)).collect();
    // By code C1 goes first: 3 of the 4; H1 gets 1, though its own cap would give 2; S1 both.
    assert_eq!(granted, [("a", 1), ("b", 0), ("c", 3), ("d", 2)].into());
    pool.caps.push(cap("交叉", &["疾控", "学校"], 3));
    let error = award(&pool, &known).unwrap_err();
    assert_eq!((error.fault, error.who.as_str()), (Fault::CapsCross, "卫生 / 交叉"));
}

/// A mark of 90 at weight 60 and 80 at weight 40 is 86 exactly, above a plain 85.99.
#[test]
fn weighted_criteria_compare_exactly() {
    let mut pool = pool(1);
    let criterion = |name: &str, weight| Criterion { name: name.to_owned(), weight };
    pool.criteria = vec![criterion("急需", 60), criterion("绩效", 40)];
    let mark = |criterion: &str, score: &str| Marked {
        criterion: criterion.to_owned(),
        score: score.parse().unwrap(),
    };
    let mut marked = asking("m", "G2", 1);
    marked.marks = vec![mark("急需", "90"), mark("绩效", "80")];
    let mut plain = asking("p", "G1", 1);
    plain.score = "85.99".parse().ok();
    assert_eq!(
        (pool.score_text(&marked), pool.score_text(&plain)),
        ("86.00".into(), "85.99".into())
    );
    pool.applications = vec![plain, marked];
    let known = units(&[("G1", unit(9, 9, &[])), ("G2", unit(9, 9, &[]))]);
    let awards = award(&pool, &known).unwrap();
    assert_eq!(awards.list[0].application, "m");
}

/// The school pool's own question: which of the 13 short stages of the sample are short for good.
#[test]
fn shortages_are_told_apart_by_the_pupils_already_in_school() {
    use bianheng_core::pool::lasting::{Verdict, outlook};
    let workspace = sample::county().unwrap().workspace;
    let seen = outlook(workspace.state(), KindId::school(), 3);
    assert_eq!(seen.len(), 13);
    for one in &seen {
        assert_eq!(one.years.len(), 4, "this year and the three of the term");
        let last = one.years.last().unwrap().short;
        match one.verdict {
            Verdict::Passing => {
                assert_eq!(last, 0);
                assert!(one.until.is_some());
            }
            Verdict::Lasting => assert!(last > 0),
            Verdict::Unknown => panic!("every stage of the sample has grades"),
        }
    }
    // The new fifth primary school has no post at all: whatever the cohorts do, that lasts.
    let new = seen
        .iter()
        .find(|one| workspace.state().county.id_of(one.row).unwrap().to_string() == "1012/primary");
    assert_eq!(new.unwrap().verdict, Verdict::Lasting);
}

/// Every preset reads, says where it comes from in both languages, and is marked as not verified.
#[test]
fn presets_name_their_source_and_are_to_be_checked() {
    let all = presets();
    let ids: Vec<&str> = all.iter().map(|preset| preset.id.as_str()).collect();
    assert_eq!(ids, ["cangzhou", "qianxinan", "sample", "secondment", "shandong", "yunyan"]);
    for preset in &all {
        assert!(!preset.title.zh.is_empty() && !preset.title.en.is_empty());
        assert!(!preset.about.zh.is_empty() && !preset.about.en.is_empty());
        assert!(preset.confidence.needs_checking(), "none was read on the issuing body's page");
        assert!(!preset.rules.is_empty());
        for rule in &preset.rules {
            assert!(rule.confidence.needs_checking() && !rule.clause.is_empty());
        }
        for lang in [Lang::Zh, Lang::En] {
            let mut pool = pool(10);
            preset.put(&mut pool, lang);
            assert_eq!(pool.check(), Ok(()));
            assert_eq!(preset.changed(&pool), []);
            assert_eq!(pool.caps.len(), preset.caps_en.len());
            let in_english = |cap: &Cap| lang == Lang::Zh || cap.name.is_ascii();
            assert!(pool.caps.iter().all(in_english));
        }
    }
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

/// A file of version 2 knows neither ways of return nor entries of the book: it opens with loans that
/// end with their term, the same balance, and the same awards.
#[test]
fn a_pool_of_a_file_of_version_2_opens_to_the_same_balance() {
    let text = include_str!("data/v2_pool.bianheng.json");
    assert!(text.contains("\"version\": 2"));
    let opened = bianheng_core::file::open(text).unwrap();
    assert!(opened.same_base && opened.same_results);
    let county = opened.workspace.base();
    let pool = county.pool(KindId::general()).unwrap();
    assert!(pool.events.is_empty() && pool.past.is_empty() && pool.uses.is_empty());
    assert!(pool.loans.iter().all(|loan| loan.way == Way::AtTerm && loan.fill_by.is_none()));
    let awards = award(pool, &standings(county, KindId::general())).unwrap();
    assert_eq!((awards.granted(), awards.units_served()), (11, 7));
    assert_eq!((awards.figures.on_loan, awards.figures.free), (12, 7));
}

/// What a pool knows since is written and read back whole: events, ways, schedules, batches, caps.
#[test]
fn a_pool_with_a_life_is_written_and_read_back_whole() {
    let mut workspace = sample::county().unwrap().workspace;
    let kind = KindId::general().clone();
    let old = workspace.state().county.pool(&kind).unwrap().clone();
    let known = standings(&workspace.state().county, &kind);
    let mut new = approve(&old, &award(&old, &known).unwrap()).unwrap();
    new.open_batch(batch("二", "2027-03-01", Some(3)));
    let mut renewal = event("2026-12-02", What::Renew, "L1", 0);
    renewal.due = Some(day("2027-09-01"));
    new.note(renewal);
    new.note(Event { way: Way::NextVacancy, ..event("2026-12-03", What::Return, "L1", 1) });
    presets().into_iter().find(|preset| preset.id == "secondment").unwrap().put(&mut new, Lang::Zh);
    assert_eq!(admit(Some(&old), &new, &known), Ok(()));
    let command = Command::SetPool {
        kind: kind.clone(),
        old: Some(Box::new(old)),
        new: Some(Box::new(new.clone())),
    };
    let label = Label::Entry { what: What::Renew, unit: "县中医医院".into() };
    let step = Step { label, commands: vec![command] };
    workspace.dispatch(step).unwrap();
    let text = bianheng_core::file::write(&workspace, "0.1.0", day("2026-12-04")).unwrap();
    let opened = bianheng_core::file::open(&text).unwrap();
    assert!(opened.same_results);
    assert_eq!(opened.workspace.state().county.pool(&kind), Some(&new));
}

fn line(field: Field, any: &[&str], figure: u32) -> Line {
    let any = any.iter().map(|one| (*one).to_owned()).collect();
    Line { field, any, figure, ..Line::default() }
}

fn named(name: &str, figure: u32) -> Line {
    Line { name: name.to_owned(), figure, ..Line::default() }
}

/// Two posts for three who ask for one each: a (livelihood), b and c (talent). With the tiers livelihood
/// 1, talent 2 it is a and b; moved down, livelihood is the second tier and it is b and c; taken out, with
/// everything else first, the same.
#[test]
fn a_tier_that_is_moved_serves_others_first() {
    let mut pool = pool(2);
    let of =
        |id: &str, sort: &str| Application { tier: 0, sort: sort.to_owned(), ..asking(id, id, 1) };
    pool.applications = vec![of("a", "livelihood"), of("b", "talent"), of("c", "talent")];
    let standings = units(&["a", "b", "c"].map(|name| (name, unit(9, 9, &[]))));
    let served = |pool: &Pool| -> Vec<String> {
        let awards = award(pool, &standings).unwrap();
        assert_eq!(verify(pool, &standings, &awards), Ok(vec![]));
        let given = awards.list.iter().filter(|award| award.granted > 0);
        given.map(|award| award.application.clone()).collect()
    };
    pool.put_line(List::Tiers, 0, line(Field::Sort, &["livelihood"], 1)).unwrap();
    pool.put_line(List::Tiers, 1, line(Field::Sort, &["talent"], 2)).unwrap();
    assert_eq!(served(&pool), ["a", "b"]);
    pool.lower_line(List::Tiers, 0);
    let tiers: Vec<(u32, Vec<String>)> =
        pool.lines(List::Tiers).into_iter().map(|own| (own.figure, own.any)).collect();
    assert_eq!(tiers, [(1, vec!["talent".to_owned()]), (2, vec!["livelihood".to_owned()])]);
    assert_eq!(served(&pool), ["b", "c"]);
    // Its number alone decides too, and two may share one: then the unit's code does.
    pool.put_line(List::Tiers, 1, line(Field::Sort, &["livelihood"], 1)).unwrap();
    assert_eq!(served(&pool), ["a", "b"]);
    // What no tier holds goes after all of them.
    pool.remove_line(List::Tiers, 1);
    assert_eq!(served(&pool), ["b", "c"]);
    let error = pool.put_line(List::Tiers, 0, line(Field::Sort, &[], 10)).unwrap_err();
    assert_eq!((error.fault, error.found, error.limit), (Fault::LineOutOfRange, 10, 9));
    assert_eq!(
        error.text(Lang::Zh),
        "填的是 10，最接近的可填数是 9（先后次序逐条写明：档次 1 至 9，权重 1 至 1000，名称不重复）"
    );
    assert_eq!(served(&pool), ["b", "c"], "what is refused changes nothing");
}

/// A tier behind one that holds everything, or all of its sorts, is never reached; one of a category that
/// no unit has neither. Both may stand and are told.
#[test]
fn a_tier_that_nobody_can_reach_is_told() {
    let mut pool = pool(2);
    pool.applications = vec![Application { tier: 0, ..asking("a", "a", 2) }, asking("b", "b", 1)];
    let standings = units(&["a", "b"].map(|name| (name, unit(9, 9, &[]))));
    pool.put_line(List::Tiers, 0, line(Field::Township, &["城关镇"], 1)).unwrap();
    pool.put_line(List::Tiers, 1, line(Field::Talent, &["博士", "硕士"], 2)).unwrap();
    pool.put_line(List::Tiers, 2, line(Field::Talent, &["博士"], 3)).unwrap();
    pool.put_line(List::Tiers, 3, line(Field::Sort, &[], 4)).unwrap();
    pool.put_line(List::Tiers, 4, line(Field::Unit, &["a"], 5)).unwrap();
    let reach = |at| pool.reach(List::Tiers, at, &standings).unwrap();
    assert_eq!(reach(0).never, Some(Never::Nobody { units: 2 }));
    assert_eq!((reach(1).never, reach(1).applications), (None, 0));
    assert_eq!(reach(2).never, Some(Never::Covered));
    // a asks for 2 posts; b has a tier of its own.
    assert_eq!(reach(3), Reach { applications: 1, asked: 2, own: 1, never: None });
    assert_eq!(reach(4).never, Some(Never::Covered));
}

/// Marks 80 and 60 against 70 and 90: by weights 3 and 1 it is 300 to 300, and the unit's code decides
/// for a; by 2 and 1 it is 220 to 230 and b goes first; without the second criterion 80 to 70, and a does.
#[test]
fn a_weight_that_is_changed_changes_who_is_first() {
    let mut pool = pool(1);
    let marked = |id: &str, marks: [&str; 2]| {
        let marks = ["急需", "成效"].into_iter().zip(marks).map(|(criterion, score)| Marked {
            criterion: criterion.to_owned(),
            score: score.parse().unwrap(),
        });
        Application { marks: marks.collect(), ..asking(id, id, 1) }
    };
    pool.applications = vec![marked("a", ["80", "60"]), marked("b", ["70", "90"])];
    let standings = units(&["a", "b"].map(|name| (name, unit(9, 9, &[]))));
    let first = |pool: &Pool| award(pool, &standings).unwrap().list[0].application.clone();
    pool.put_line(List::Criteria, 0, named("急需", 3)).unwrap();
    pool.put_line(List::Criteria, 1, named("成效", 1)).unwrap();
    assert_eq!(first(&pool), "a");
    pool.put_line(List::Criteria, 0, named("急需", 2)).unwrap();
    assert_eq!(first(&pool), "b");
    // (2 × 70 + 90) / 3 = 76.67, under another name too.
    pool.put_line(List::Criteria, 1, named("业绩", 1)).unwrap();
    assert_eq!(pool.score_text(&pool.applications[1]), "76.67");
    // A mark of 100 for b's first criterion counts at once, and is taken back.
    pool.applications[1].set_mark("急需", Some("100".parse().unwrap()));
    assert_eq!(pool.applications[1].mark("急需").map(Score::hundredths), Some(10_000));
    pool.remove_line(List::Criteria, 1);
    assert_eq!(first(&pool), "b");
    pool.applications[1].set_mark("急需", None);
    assert_eq!(first(&pool), "a");
    let fault = |line| pool.clone().put_line(List::Criteria, 1, line).unwrap_err();
    assert_eq!(fault(named("", 1)).fault, Fault::LineUnnamed);
    assert_eq!(fault(named("急需", 1)).fault, Fault::LineTwice);
    let zero = fault(named("业绩", 0));
    assert_eq!((zero.fault, zero.found, zero.limit), (Fault::LineOutOfRange, 0, 1));
}

/// Of one tier and score, 3 asked against 1: fewer first serves b, more first a; with one key before the
/// other the first decides.
#[test]
fn ties_decide_in_their_order() {
    let mut pool = pool(1);
    pool.applications = vec![asking("a", "a", 3), asking("b", "b", 1)];
    let standings = units(&["a", "b"].map(|name| (name, unit(9, 9, &[]))));
    let first = |pool: &Pool| award(pool, &standings).unwrap().list[0].application.clone();
    let tie = |tie| Line { tie, ..Line::default() };
    pool.put_line(List::Ties, 0, tie(Tie::FewerAsked)).unwrap();
    pool.put_line(List::Ties, 1, tie(Tie::MoreAsked)).unwrap();
    assert_eq!(first(&pool), "b");
    pool.lower_line(List::Ties, 0);
    assert_eq!(
        (first(&pool).as_str(), &pool.ties[..]),
        ("a", &[Tie::MoreAsked, Tie::FewerAsked][..])
    );
    let twice = pool.put_line(List::Ties, 2, tie(Tie::MoreAsked)).unwrap_err();
    assert_eq!(twice.fault, Fault::LineTwice);
    // The last has none below it.
    pool.lower_line(List::Ties, 1);
    assert_eq!(pool.ties, [Tie::MoreAsked, Tie::FewerAsked]);
}

/// Of 9 posts, 5 for three sorts of which at most 3 for one of them: a (talent) asks for 4 and is cut to
/// 3, b (education) asks for 4 and is cut to 5 − 3 = 2. A limit of nothing, and one that crosses another,
/// are refused.
#[test]
fn a_limit_is_nested_and_names_what_it_holds() {
    let mut pool = pool(9);
    let of = |id: &str, sort: &str| Application { sort: sort.to_owned(), ..asking(id, id, 4) };
    pool.applications = vec![of("a", "talent"), of("b", "education")];
    let standings = units(&["a", "b"].map(|name| (name, unit(9, 9, &[]))));
    let cap = |name: &str, any: &[&str], posts| Line {
        name: name.to_owned(),
        ..line(Field::Sort, any, posts)
    };
    pool.put_line(List::Caps, 0, cap("人才", &["talent"], 3)).unwrap();
    pool.put_line(List::Caps, 1, cap("全部", &["talent", "education", "livelihood"], 5)).unwrap();
    let awards = award(&pool, &standings).unwrap();
    let given: Vec<u32> = awards.list.iter().map(|award| award.granted).collect();
    assert_eq!(given, [3, 2]);
    let nothing = pool.put_line(List::Caps, 2, cap("空", &[], 2)).unwrap_err();
    assert_eq!((nothing.fault, nothing.found), (Fault::CapOfNothing, 2));
    assert_eq!(
        nothing.text(Lang::En),
        "the limit “空” of 2 names no category (limits of categories are nested)"
    );
    let mut crossed = pool.clone();
    crossed.put_line(List::Caps, 0, cap("人才", &["talent", "secondment"], 3)).unwrap();
    assert_eq!(admit(Some(&pool), &crossed, &standings).unwrap_err().fault, Fault::CapsCross);
    pool.remove_line(List::Caps, 1);
    let awards = award(&pool, &standings).unwrap();
    assert_eq!(awards.list.iter().map(|award| award.granted).collect::<Vec<_>>(), [3, 4]);
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
        let entry = UseEntry { date, what, unit: code(unit), from: None, people };
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
    assert_eq!(run(&pool, "G1", 3).unwrap_err().fault, Fault::FullUnit);
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
        let entry = |(date, what, people): &(&str, Flow, u32)| UseEntry {
            date: day(date),
            what: *what,
            unit: code("G1"),
            from: None,
            people: *people,
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
    let entry = |date: &str, what, people| UseEntry {
        date: day(date),
        what,
        unit: code("G09"),
        from: None,
        people,
    };
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
    // 12 people are in the 14 posts, and 3 would come.
    assert_eq!((error.fault, error.found, error.limit), (Fault::FullUnit, 12, 14));
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

/// G09 has 14 posts and 12 people. Two hires are approved in December: its two vacancies are theirs before
/// they come and after, and can be given to no other unit, nor recovered. A third vacancy can be once one
/// of its people has left.
#[test]
fn a_vacancy_that_an_entry_uses_up_is_not_given_away() {
    let mut workspace = sample::county().unwrap().workspace;
    let kind = KindId::general().clone();
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    let tell = |workspace: &mut Workspace, date: &str, what, people| {
        let state = workspace.state();
        let mut new = state.county.pool(&kind).unwrap().clone();
        let (date, unit) = (day(date), code("G09"));
        new.of_year(2026, |year| {
            year.entries.push(UseEntry { date, what, unit, from: None, people });
        });
        let figures = Figures::of(state);
        let step = change::step(state, &figures, &kind, Some(&new), Label::Use).unwrap();
        workspace.dispatch(step.unwrap()).unwrap();
    };
    let given = |workspace: &Workspace, movement: &Movement| {
        let step = movement::step(workspace.state(), movement, &paper("", "〔2026〕3 号"));
        step.map(drop).map_err(|error| (error.fault, error.found, error.limit))
    };
    let adjust = |posts| Movement::Adjust { from: at("G09"), to: at("G13"), posts };
    assert_eq!(given(&workspace, &adjust(2)), Ok(()));
    tell(&mut workspace, "2026-11-20", Flow::Approved, 2);
    assert_eq!(given(&workspace, &adjust(2)), Err((Fault::VacancyUsed, 2, 0)));
    tell(&mut workspace, "2026-11-25", Flow::Entered, 2);
    assert_eq!(given(&workspace, &adjust(1)), Err((Fault::VacancyUsed, 1, 0)));
    let recover = Movement::Recover { from: at("G09"), posts: 1 };
    assert_eq!(given(&workspace, &recover), Err((Fault::VacancyUsed, 1, 0)));
    // What G09 does with its posts and people together leaves them their posts.
    let moved = Movement::WithFunction { from: at("G09"), to: at("G13"), posts: 2, people: 2 };
    assert_eq!(given(&workspace, &moved), Ok(()));
    let merged = Movement::Merge { from: code("G09"), to: code("G13") };
    let step = movement::step(workspace.state(), &merged, &paper("", "〔2026〕9 号")).unwrap();
    workspace.dispatch(step).unwrap();
    assert_eq!(plan::check(&workspace.state().county, &kind), Ok(()));
}

/// Full units take nobody in. G11's 244 people find no vacancy at G01 of 312 posts and 312 people; with 244
/// vacant they do, and with 2 of these to repay the pool they do not. G07 of 12 and 12 cannot give 5 posts
/// without people: 12 would be left with 7. G10 of 11 and 12 is over by 1 before and after 2 and 2. Merged
/// into G01 it makes 312 + 11 = 323 posts and 312 + 12 = 324 people, and that is told.
#[test]
fn posts_and_people_do_not_part_at_a_full_unit() {
    let mut workspace = sample::county().unwrap().workspace;
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    let made = |workspace: &Workspace, movement: &Movement| {
        let step = movement::step(workspace.state(), movement, &paper("", "〔2026〕3 号"));
        step.map_err(|error| (error.fault, error.found, error.limit))
    };
    let function = |from, posts, people| Movement::WithFunction {
        from: at(from),
        to: at("G12"),
        posts,
        people,
    };
    assert_eq!(made(&workspace, &function("G07", 5, 0)), Err((Fault::LeavesOver, 12, 7)));
    assert_eq!(made(&workspace, &function("G07", 5, 4)), Err((Fault::LeavesOver, 8, 7)));
    made(&workspace, &function("G07", 5, 5)).unwrap();
    made(&workspace, &function("G10", 2, 2)).unwrap();

    let merge = Movement::Merge { from: code("G10"), to: code("G01") };
    let step = made(&workspace, &merge).unwrap();
    let told = steps::describe(&step, workspace.state(), Lang::Zh);
    assert_eq!(told, "合并：县招商服务中心 → 县人民医院 11 名，并入后超编 1 人");

    let close = Movement::Close { from: code("G11"), to: Some(code("G01")) };
    assert_eq!(made(&workspace, &close), Err((Fault::NoRoom, 244, 0)));
    hospital_with_room(&mut workspace);
    made(&workspace, &close).unwrap();
    let kind = KindId::general().clone();
    let old = workspace.state().county.pool(&kind).unwrap().clone();
    let mut new = old.clone();
    new.loans.push(loan("own", "G01", 2, "2026-11-01", "2029-11-01"));
    let [old, new] = [old, new].map(|pool| Some(Box::new(pool)));
    let commands = vec![Command::SetPool { kind, old, new }];
    workspace.dispatch(Step { label: Label::Pool, commands }).unwrap();
    assert_eq!(made(&workspace, &close), Err((Fault::RepayFirst, 244, 242)));
}

/// G11 and G01 are to lose people in years of their own: merged, G01 is expected to lose the sum of both,
/// year by year, and G11 nobody. So is it when G11 closes and G01 takes its people.
#[test]
fn departures_go_on_where_the_people_are() {
    let mut workspace = sample::county().unwrap().workspace;
    hospital_with_room(&mut workspace);
    let (from, to) = (code("G11"), code("G01"));
    let kind = KindId::general();
    let leaving = |workspace: &Workspace, unit: &UnitCode| -> BTreeMap<i32, u32> {
        let mut all = BTreeMap::new();
        let known = standings(&workspace.state().county, kind);
        for own in &known[unit].departures {
            *all.entry(own.year).or_default() += own.people;
        }
        all
    };
    // The survey's own, and two more of G11 in 2031.
    let at: HoldingId = "G11/kind:general".parse().unwrap();
    let row = workspace.state().index().row(&at).unwrap();
    let old = workspace.state().county.holdings[row].departures.clone();
    let new: Vec<Departures> =
        old.iter().cloned().chain([Departures { year: 2031, people: 2 }]).collect();
    let commands = vec![Command::SetDepartures { at, old, new }];
    workspace.dispatch(Step { label: Label::Edit, commands }).unwrap();
    let (gone, home) = (leaving(&workspace, &from), leaving(&workspace, &to));
    let mut sum = home.clone();
    for (year, people) in gone {
        *sum.entry(year).or_default() += people;
    }
    assert_eq!(sum[&2031], home.get(&2031).copied().unwrap_or(0) + 2);
    for movement in [
        Movement::Merge { from: from.clone(), to: to.clone() },
        Movement::Close { from: from.clone(), to: Some(to.clone()) },
    ] {
        let before = workspace.state().clone();
        let step =
            movement::step(workspace.state(), &movement, &paper("", "〔2026〕9 号")).unwrap();
        workspace.dispatch(step).unwrap();
        assert_eq!(leaving(&workspace, &to), sum);
        assert_eq!(leaving(&workspace, &from), BTreeMap::new());
        // A scenario that holds it comes over to another base and leads back.
        let mut state = workspace.state().clone();
        for command in difference(&state, &before) {
            state.apply(command).unwrap();
        }
        assert_eq!(state.county, before.county);
        assert!(workspace.undo().unwrap());
        assert_eq!(leaving(&workspace, &to), home);
    }
}
