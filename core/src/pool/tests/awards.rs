//! Awards of the sample's batch and of small ones, each with its reason.

use super::*;
use crate::county::UnitCode;
use crate::norm::Confidence;
use crate::text::Lang;

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

/// The same unit without posts of the kind under no rule of the kind: refused all the same, and the one
/// post goes to who can have it.
#[test]
fn a_unit_of_another_kind_is_granted_nothing_whatever_the_rules_leave_out() {
    let asked = vec![asking("G1", 1, 1, "90"), asking("G2", 1, 2, "80")];
    let (mut pool, mut standings) = small(1, None, asked);
    pool.rules.clear();
    standings.insert(UnitCode::new("G1"), Standing { of_kind: false, ..standing(10, 10, 5) });
    let awards = award(&pool, &standings).unwrap();
    let told: Vec<(&str, u32, &str)> =
        awards.list.iter().map(|one| (one.unit.as_str(), one.granted, one.code())).collect();
    assert_eq!(told, [("G2", 1, "last_post"), ("G1", 0, "kind_differs")]);
    assert_eq!(awards.list[1].text(Lang::Zh), "不符：单位 G1 没有与池同类的编制");
    assert_eq!(verify(&pool, &standings, &awards), Ok(vec![]));
    // One who serves it is found out.
    let mut served = awards.clone();
    served.list[0].granted = 0;
    served.list[1].granted = 1;
    let barred = Violation::NotEligible { application: "of G1".to_owned() };
    assert!(verify(&pool, &standings, &served).unwrap().contains(&barred));
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
