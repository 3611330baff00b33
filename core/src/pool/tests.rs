//! The batch of the sample county, the hard cases one by one, and random batches against the
//! checker.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::county::{County, Departures, Holding, Origin, Part, Roll, Stage, Unit, UnitCode};
use crate::norm::Confidence;
use crate::text::{Bilingual, Lang};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn sample() -> Vec<Pool> {
    serde_json::from_str(include_str!("../../data/sample/pools.json")).unwrap()
}

fn standing(authorised: u32, in_post: u32, leaving: u32) -> Standing {
    let departures = vec![Departures { year: 2027, people: leaving }];
    Standing { of_kind: true, authorised, in_post, departures, ..Standing::default() }
}

/// The ten applicants of the sample: authorised, in post, departures in three years.
fn applicants() -> Standings {
    let facts = [
        (312, 312, 5),
        (18, 18, 2),
        (96, 96, 1),
        (46, 46, 2),
        (34, 34, 1),
        (15, 15, 1),
        (12, 12, 1),
        (22, 22, 1),
        (14, 12, 1),
        (11, 12, 0),
    ];
    let units = (1..).zip(facts).map(|(number, (authorised, in_post, leaving))| {
        (UnitCode::new(&format!("G{number:02}")), standing(authorised, in_post, leaving))
    });
    units.collect()
}

fn asking(unit: &str, posts: u32, tier: u8, score: &str) -> Application {
    let score = score.parse().ok();
    Application {
        tier,
        score,
        ..Application::new(&format!("of {unit}"), UnitCode::new(unit), posts)
    }
}

fn rule(kind: Test) -> Rule {
    Rule { clause: Bilingual::new("池规", "rules"), ..Rule::new(kind, 3) }
}

/// A pool of `size` posts for full units that are not overfull, and a standing for each applicant.
fn small(size: u32, limit: Option<u32>, applications: Vec<Application>) -> (Pool, Standings) {
    let units = applications.iter().map(|asking| (asking.unit.clone(), standing(10, 10, 9)));
    let standings = units.collect();
    let batch = Batch::new("", day("2026-12-01"), limit);
    let found = Pool::found(KindId::new("general"), "池".to_owned(), size, String::new(), batch);
    let rules = vec![rule(Test::NotOverfull), rule(Test::MustBeFull)];
    let pool = Pool { rules, applications, ..found };
    (pool, standings)
}

fn granted(awards: &Awards) -> Vec<u32> {
    awards.list.iter().map(|award| award.granted).collect()
}

fn by_hand(application: &str, granted: u32) -> Override {
    Override {
        application: application.to_owned(),
        granted,
        reason: "急需".to_owned(),
        document: "〔2026〕1 号".to_owned(),
    }
}

#[test]
fn the_sample_batch_gives_11_posts_to_7_units_each_with_its_reason() {
    let pool = sample().pop().unwrap();
    let awards = award(&pool, &applicants()).unwrap();
    let told: Vec<(u32, String)> =
        awards.list.iter().map(|award| (award.granted, award.text(Lang::Zh))).collect();
    let expected = [
        (3, "单位上限 3 名，余 1 名未批"),
        (2, "第一档优先，全数批准"),
        (1, "3 年减员 1 名，借用不超过减员"),
        (2, "3 年减员 2 名，借用不超过减员"),
        (1, "3 年减员 1 名，借用不超过减员"),
        (1, "3 年减员 1 名，借用不超过减员"),
        (1, "第 11 名，本批用完"),
        (0, "批次限额 11 名已满，前一名 81.0 分"),
        (0, "不符：有空编 2 名，应先用空编（池规 第 4 条）"),
        (0, "不符：超编 1 人，超编单位不得进人（池规 第 3 条）"),
    ];
    let expected = expected.map(|(granted, text)| (granted, text.to_owned()));
    assert_eq!(told, expected);
    assert_eq!((awards.granted(), awards.units_served()), (11, 7));
    assert_eq!((awards.limit, awards.bound), (11, Bound::Batch));
    let units: Vec<&str> = awards.list.iter().map(|award| award.unit.as_str()).collect();
    assert_eq!(units, ["G01", "G02", "G03", "G04", "G05", "G06", "G07", "G08", "G09", "G10"]);
    assert_eq!(verify(&pool, &applicants(), &awards), Ok(vec![]));
    // 30 = 2 + 10 lent before + 11 granted + 7 free; 县中医医院 is two posts late.
    let figures = Figures { size: 30, on_loan: 12, promised: 0, overdue: 2, granted: 11, free: 7 };
    assert_eq!(awards.figures, figures);
    assert_eq!(pool.due(pool.batch.date, ""), Some(day("2029-12-01")));
}

#[test]
fn the_sample_marks_stand_where_the_rules_do() {
    let awards = award(&sample().pop().unwrap(), &applicants()).unwrap();
    let marks = |place: usize| -> Vec<Verdict> {
        awards.list[place].marks.iter().map(|mark| mark.verdict).collect()
    };
    let (pass, fail) = (Verdict::Pass, Verdict::Fail);
    assert_eq!(marks(0), [pass, pass, pass, Verdict::Review { to: 3 }, pass, pass]);
    assert_eq!(marks(2), [pass, pass, pass, pass, Verdict::Review { to: 1 }, pass]);
    assert_eq!(marks(8), [pass, fail, pass, pass, Verdict::Review { to: 1 }, pass]);
    assert_eq!(marks(9), [fail, pass, pass, pass, Verdict::Review { to: 0 }, pass]);
    assert_eq!(
        awards.list[8].marks[1].text(Lang::En),
        "vacant posts: 2, to be used first (pool rules, article 4)"
    );
}

#[test]
fn the_sample_pools_read_back_and_every_rule_is_a_local_assumption() {
    let pools = sample();
    let sizes: Vec<(&str, u32)> =
        pools.iter().map(|pool| (pool.kind.as_str(), pool.size)).collect();
    assert_eq!(sizes, [("school", 24), ("general", 30)]);
    for pool in pools {
        assert_eq!(pool.check(), Ok(()));
        assert!(pool.rules.iter().all(|rule| rule.confidence == Confidence::LocalAssumption));
        assert!(pool.document.ends_with("（虚构）"));
        let json = serde_json::to_string(&pool).unwrap();
        assert_eq!(serde_json::from_str::<Pool>(&json).unwrap(), pool);
    }
}

#[test]
fn two_tied_to_the_last_post_go_by_unit_code_and_are_told_so() {
    let mut tied = vec![asking("G2", 1, 1, "80"), asking("G1", 1, 1, "80")];
    // The ids stand the other way round, so that only the codes can decide.
    for (asking, id) in tied.iter_mut().zip(["A", "B"]) {
        asking.id = id.to_owned();
    }
    let (pool, standings) = small(9, Some(1), tied);
    let awards = award(&pool, &standings).unwrap();
    assert_eq!(awards.list[0].unit.as_str(), "G1");
    assert_eq!(granted(&awards), [1, 0]);
    assert_eq!(
        awards.list[1].text(Lang::Zh),
        "批次限额 1 名已满，与单位 G1 同档同分，按单位代码先后"
    );
    assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
}

#[test]
fn a_pool_is_emptied_and_the_next_is_told_that_it_was() {
    let asked = vec![asking("G1", 3, 1, "90"), asking("G2", 3, 1, ""), asking("G3", 1, 2, "99")];
    let (mut pool, standings) = small(6, Some(11), asked);
    pool.loans.push(Loan {
        returned: 0,
        ..Loan::new(Borrower::Name("选派".to_owned()), 2, day("2025-03-01"), day("2028-03-01"))
    });
    let awards = award(&pool, &standings).unwrap();
    assert_eq!(granted(&awards), [3, 1, 0]);
    assert_eq!((awards.bound, awards.figures.free), (Bound::Pool, 0));
    let told: Vec<String> = awards.list.iter().map(|award| award.text(Lang::En)).collect();
    assert_eq!(
        told,
        [
            "first tier goes first: granted in full",
            "the pool's 4 free posts are used up; the one before scored 90.0; 2 not granted",
            "the pool's 4 free posts are used up; the one before is unit G2",
        ]
    );
    assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
    // Nothing left at all: the same words, and nobody served.
    pool.size = 2;
    let awards = award(&pool, &standings).unwrap();
    assert_eq!(granted(&awards), [0, 0, 0]);
    assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
    pool.size = 1;
    let overlent = PoolError::of(Fault::Overlent).who("选派").on(day("2025-03-01")).figures(2, 1);
    assert_eq!(award(&pool, &standings), Err(overlent));
}

/// 1 post for one who asks for 3: nobody is before it, and nothing was decided by hand. With one of 2
/// posts decided by hand for another, that is said.
#[test]
fn who_is_served_first_is_told_of_the_limit_alone() {
    let (mut pool, standings) = small(1, None, vec![asking("G1", 3, 1, "90")]);
    let told = |pool: &Pool, standings: &Standings| {
        let awards = award(pool, standings).unwrap();
        assert_eq!(verify(pool, standings, &awards), Ok(vec![]));
        awards.of("of G1").unwrap().text(Lang::Zh)
    };
    assert_eq!(told(&pool, &standings), "池内可用 1 名已用完，余 2 名未批");
    pool.batch.limit = Some(1);
    assert_eq!(told(&pool, &standings), "批次限额 1 名已满，余 2 名未批");
    let asked = vec![asking("G1", 3, 1, "90"), asking("G2", 1, 2, "80")];
    let (mut pool, standings) = small(2, None, asked);
    pool.overrides.push(by_hand("of G2", 1));
    assert_eq!(told(&pool, &standings), "池内可用 2 名已用完，已由人工裁定占用，余 2 名未批");
}

#[test]
fn everything_can_be_refused() {
    let asked = vec![asking("G1", 1, 1, "90"), asking("G2", 1, 1, "80"), asking("G3", 1, 1, "70")];
    let (mut pool, mut standings) = small(9, None, asked);
    pool.rules.push(rule(Test::KindMatches));
    standings.insert(UnitCode::new("G1"), standing(10, 11, 5));
    standings.insert(UnitCode::new("G2"), Standing { of_kind: false, ..standing(10, 10, 5) });
    standings.remove(&UnitCode::new("G3"));
    let awards = award(&pool, &standings).unwrap();
    let told: Vec<String> = awards.list.iter().map(|award| award.text(Lang::Zh)).collect();
    assert_eq!(
        told,
        [
            "不符：超编 1 人，超编单位不得进人（池规）",
            "不符：单位没有与池同类的编制（池规）",
            "不符：基准中没有单位 G3",
        ]
    );
    assert_eq!((awards.granted(), awards.figures.free), (0, 9));
    assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
}

#[test]
fn a_unit_that_owes_is_refused_or_cut_by_what_it_owes() {
    let (mut pool, mut standings) = small(30, None, vec![asking("G1", 3, 1, "90")]);
    standings.insert(UnitCode::new("G1"), standing(10, 10, 4));
    pool.rules = vec![
        Rule { years: Some(3), ..rule(Test::LoanWithinDepartures) },
        rule(Test::NoOverdueLoan),
    ];
    pool.loans.push(Loan {
        returned: 2,
        ..Loan::new(Borrower::Unit(UnitCode::new("G1")), 4, day("2023-12-01"), day("2026-12-01"))
    });
    // Due on the day of the batch is not yet late: 4 leave, 2 are owed, 2 more fit.
    let awards = award(&pool, &standings).unwrap();
    assert_eq!(granted(&awards), [2]);
    assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
    pool.loans[0].due = day("2026-11-30");
    let awards = award(&pool, &standings).unwrap();
    assert_eq!(awards.list[0].text(Lang::Zh), "不符：逾期未还 2 名，应先归还（池规）");
    assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
}

#[test]
fn a_unit_that_applies_twice_stays_within_one_limit() {
    let mut second = asking("G1", 2, 2, "95");
    second.id = "again".to_owned();
    let (mut pool, standings) = small(9, None, vec![second, asking("G1", 2, 1, "60")]);
    pool.rules.push(Rule { posts: Some(3), ..rule(Test::UnitLimit) });
    let awards = award(&pool, &standings).unwrap();
    assert_eq!(granted(&awards), [2, 1]);
    assert_eq!(awards.units_served(), 1);
    assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
}

/// Who asks for fewer than 5 is refused: the application of 1 is, though its unit is granted 5 before it, and
/// asks for 6 in all. The checker holds it to the same.
#[test]
fn a_rule_that_asks_for_so_many_at_least_looks_at_the_application_alone() {
    let mut again = asking("G1", 1, 1, "80");
    again.id = "again".to_owned();
    let asked = vec![asking("G1", 5, 1, "90"), again, asking("G2", 5, 1, "70")];
    let (mut pool, standings) = small(11, None, asked);
    for measure in [Measure::Asked, Measure::AskedInBatch, Measure::AskedWithOwed] {
        pool.rules = vec![Rule {
            measure: Some(measure),
            at_least: true,
            of: None,
            posts: Some(5),
            ..rule(Test::Compare)
        }];
        let awards = award(&pool, &standings).unwrap();
        assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
        let told: Vec<(&str, u32)> =
            awards.list.iter().map(|one| (one.application.as_str(), one.granted)).collect();
        assert_eq!(told, [("of G1", 5), ("of G2", 5), ("again", 0)]);
    }
}

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
fn an_override_is_set_aside_first_and_listed() {
    let (mut pool, standings) = (sample().pop().unwrap(), applicants());
    // 县招商服务中心 is overfull; the planner grants it one post all the same.
    pool.overrides.push(by_hand("2026-1-10", 1));
    let awards = award(&pool, &standings).unwrap();
    assert_eq!(granted(&awards), [3, 2, 1, 2, 1, 1, 0, 0, 0, 1]);
    assert_eq!(awards.list[9].text(Lang::Zh), "人工裁定：急需（〔2026〕1 号）");
    let listed: Vec<&str> =
        awards.overruled().map(|(award, _)| award.application.as_str()).collect();
    assert_eq!(listed, ["2026-1-10"]);
    assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
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

/// Up to nine applications of six units, ties and repeated units included, under every rule.
fn batches() -> impl Strategy<Value = (Pool, Standings)> {
    let application = (0..6_u8, 1..5_u32, 1..4_u8, prop::option::of(80..84_u32));
    let unit = (any::<bool>(), 8..12_u32, 8..12_u32, 0..4_u32);
    let loan = (0..6_u8, 1..4_u32, any::<bool>());
    (
        prop::collection::vec(application, 0..9),
        prop::collection::vec(unit, 5),
        prop::collection::vec(loan, 0..3),
        prop::option::of(0..12_u32),
        9..25_u32,
        prop::sample::subsequence(
            vec![
                Test::NotOverfull,
                Test::MustBeFull,
                Test::KindMatches,
                Test::UnitLimit,
                Test::LoanWithinDepartures,
                Test::NoOverdueLoan,
            ],
            0..=6,
        ),
        prop::collection::vec((0..9_usize, 0..3_u32), 0..2),
    )
        .prop_map(|(applications, units, loans, limit, size, rules, overrides)| {
            let code = |number: u8| format!("G{number}");
            let applications =
                (0..).zip(applications).map(|(number, (unit, posts, tier, score))| {
                    let score = score.map(|score| score.to_string()).unwrap_or_default();
                    let id = format!("A{number}");
                    Application { id, ..asking(&code(unit), posts, tier, &score) }
                });
            let (mut pool, _) = small(size, limit, applications.collect());
            pool.rules = rules.into_iter().map(rule).collect();
            pool.loans = loans
                .into_iter()
                .map(|(unit, posts, late)| {
                    let due = day(if late { "2026-09-01" } else { "2027-09-01" });
                    let unit = Borrower::Unit(UnitCode::new(&code(unit)));
                    Loan::new(unit, posts, day("2023-09-01"), due)
                })
                .collect();
            for (place, granted) in overrides {
                let can = |unit: &UnitCode| {
                    let number = unit.as_str()[1..].parse::<usize>().ok();
                    number.and_then(|number| units.get(number)).is_some_and(|unit| unit.0)
                };
                // What no loan could follow from is refused.
                if let Some(asking) = pool.applications.get(place).filter(|own| can(&own.unit)) {
                    let granted = granted.min(asking.posts).min(limit.unwrap_or(size));
                    pool.overrides.push(by_hand(&asking.id, granted));
                }
            }
            // The sixth unit of the applications is unknown to the county.
            let standings =
                (0..).zip(units).map(|(number, (of_kind, authorised, in_post, leaving))| {
                    let facts = Standing { of_kind, ..standing(authorised, in_post, leaving) };
                    (UnitCode::new(&code(number)), facts)
                });
            let standings = standings.collect();
            (pool, standings)
        })
}

proptest! {
    #[test]
    fn the_checker_finds_nothing_wrong((pool, standings) in batches()) {
        let awards = award(&pool, &standings).unwrap();
        prop_assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
    }

    #[test]
    fn the_order_of_the_applications_does_not_matter(
        ((pool, standings), shuffled) in batches().prop_flat_map(|batch| {
            let applications = batch.0.applications.clone();
            (Just(batch), Just(applications).prop_shuffle())
        }),
    ) {
        let other = Pool { applications: shuffled, ..pool.clone() };
        prop_assert_eq!(award(&pool, &standings), award(&other, &standings));
    }

    #[test]
    fn one_more_post_hurts_nobody((pool, standings) in batches()) {
        let mut larger = pool.clone();
        larger.size += 1;
        larger.batch.limit = larger.batch.limit.map(|limit| limit + 1);
        let before = award(&pool, &standings).unwrap();
        let after = award(&larger, &standings).unwrap();
        let more = after.granted() - before.granted();
        prop_assert!(more <= 1);
        for award in &before.list {
            prop_assert!(after.of(&award.application).unwrap().granted >= award.granted);
        }
    }

    #[test]
    fn the_checker_finds_a_changed_grant(
        (pool, standings) in batches(),
        place in any::<prop::sample::Index>(),
        raise in any::<bool>(),
    ) {
        let mut awards = award(&pool, &standings).unwrap();
        if awards.list.is_empty() {
            return Ok(());
        }
        let place = place.index(awards.list.len());
        let changed = &mut awards.list[place];
        let lower = changed.granted.checked_sub(1).filter(|_| !raise);
        changed.granted = lower.unwrap_or(changed.granted + 1);
        // The figures are made to agree, so that only the grant itself can give it away.
        awards.figures.granted = awards.list.iter().map(|award| award.granted).sum();
        let lent = pool.loans.iter().map(Loan::outstanding).sum::<u32>();
        awards.figures.free = pool.size.saturating_sub(lent + awards.figures.granted);
        prop_assert!(!verify(&pool, &standings, &awards).unwrap().is_empty());
    }
}

#[test]
fn the_checker_names_what_was_tampered_with() {
    let (pool, standings) = (sample().pop().unwrap(), applicants());
    let honest = award(&pool, &standings).unwrap();
    let found = |change: &dyn Fn(&mut Awards)| {
        let mut awards = honest.clone();
        change(&mut awards);
        verify(&pool, &standings, &awards).unwrap()
    };
    // The seventh's post goes to the eighth, who stands after it.
    let passed_over = found(&|awards| {
        awards.list[6].granted = 0;
        awards.list[7].granted = 1;
    });
    let envy = Violation::Envy { short: "2026-1-07".to_owned(), served: "2026-1-08".to_owned() };
    assert!(passed_over.contains(&envy), "{passed_over:?}");
    // One post of the hospital goes to an overfull unit.
    let to_overfull = found(&|awards| {
        awards.list[0].granted = 2;
        awards.list[9].granted = 1;
    });
    let barred = Violation::NotEligible { application: "2026-1-10".to_owned() };
    assert!(to_overfull.contains(&barred), "{to_overfull:?}");
    let one_too_many = found(&|awards| awards.list[7].granted = 1);
    let above = Violation::AboveLimit { granted: 12, limit: 11 };
    assert!(one_too_many.contains(&above), "{one_too_many:?}");
    let dropped = found(&|awards| drop(awards.list.pop()));
    assert_eq!(dropped, [Violation::Unmatched { application: "2026-1-10".to_owned() }]);
    let swapped = found(&|awards| awards.list.swap(0, 1));
    assert!(matches!(swapped[..], [Violation::WrongOrder { .. }]), "{swapped:?}");
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
fn approval_of_a_pool_that_lends_past_the_calendar_is_refused() {
    let (mut pool, standings) = small(9, None, vec![asking("G1", 3, 1, "80")]);
    pool.term_years = u32::MAX;
    let awards = award(&pool, &standings).unwrap();
    assert_eq!(approve(&pool, &awards).unwrap_err().fault, Fault::TermTooLong);
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

#[test]
fn a_rule_that_is_off_marks_nobody_and_keeps_its_clause() {
    let mut pool = sample().pop().unwrap();
    let must_be_full = pool.rules[1].clone();
    pool.set_rule(1, Rule { off: true, ..must_be_full.clone() });
    let awards = award(&pool, &applicants()).unwrap();
    assert_eq!(awards.list[0].marks.len(), 5);
    assert_eq!(verify(&pool, &applicants(), &awards), Ok(vec![]));
    // G09 has vacancies, which nothing stands against any more; the limit of 11 is reached first.
    assert!(matches!(awards.of("2026-1-09").unwrap().reason, Reason::Spent { .. }));
    assert_eq!(pool.rules_offered()[1].clause, must_be_full.clause);
    let (small, _) = small(9, None, Vec::new());
    let offered: Vec<bool> = small.rules_offered().iter().map(|rule| rule.off).collect();
    assert_eq!(offered, [false, false, true, true, true, true]);
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
