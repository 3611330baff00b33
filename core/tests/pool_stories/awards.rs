//! Who is granted what in a batch, and in the one after it.

use std::collections::BTreeMap;

use bianheng_core::pool::preset::presets;
use bianheng_core::pool::*;
use bianheng_core::text::Lang;

use super::given::{asking, batch, day, event, granted, loan, played, pool, row, unit, units};

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
