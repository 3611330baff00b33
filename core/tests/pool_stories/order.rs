//! What decides beside the rules, line by line: tiers, weights, ties, limits of categories.

use bianheng_core::pool::*;
use bianheng_core::text::Lang;

use super::given::{asking, pool, unit, units};

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
        "the limit “空” of 2 names no category, or a blank one (limits of categories are nested)"
    );
    let mut crossed = pool.clone();
    crossed.put_line(List::Caps, 0, cap("人才", &["talent", "secondment"], 3)).unwrap();
    assert_eq!(admit(Some(&pool), &crossed, &standings).unwrap_err().fault, Fault::CapsCross);
    pool.remove_line(List::Caps, 1);
    let awards = award(&pool, &standings).unwrap();
    assert_eq!(awards.list.iter().map(|award| award.granted).collect::<Vec<_>>(), [3, 4]);
}
