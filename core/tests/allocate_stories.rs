//! Allocations that a planner would recognise: two counties with known answers, and the cases
//! where there is no answer or only one.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use bianheng_core::allocate::verify::{Flaw, certificate};
use bianheng_core::allocate::{
    BoundReason, Bounds, Clash, Line, LineId, NotLess, NotMore, Problem, Rule, curve, queue, solve,
};
use bianheng_core::fraction::{Fraction, compare, decimal};

fn line(id: &str, need: Fraction, now: u32, bounds: Bounds) -> Line {
    let entitled = (need + Fraction::new(1, 2)).floor().to_integer() as u32;
    Line { id: id.into(), need, now, bounds, entitled }
}

fn whole(need: i64) -> Fraction {
    Fraction::from(need)
}

fn problem(lines: Vec<Line>, total: u64) -> Problem {
    Problem { lines, total, rule: Rule::Balanced, limit: None, groups: Vec::new() }
}

fn rows(text: &str) -> Vec<std::collections::HashMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// 139 schools; posts = teachers, need = 33/20 posts a class, none below 7 or down by more than a
/// tenth, none up by more than a seventh.
fn nantou() -> Problem {
    let number = |row: &std::collections::HashMap<String, String>, name: &str| -> u32 {
        row[name].parse().unwrap_or(0)
    };
    let lines: Vec<Line> = rows(include_str!("data/tw_nantou_roc113.csv"))
        .iter()
        .map(|row| (row["school_code"].clone(), number(row, "teachers"), number(row, "classes")))
        .filter(|&(_, teachers, classes)| teachers > 0 && classes > 0)
        .map(|(code, now, classes)| {
            let bounds = Bounds::free()
                .at_least(now - (now / 10).max(1), BoundReason::CapDown)
                .at_least(if now >= 7 { 7 } else { now }, BoundReason::Floor)
                .at_most(now + (now / 7).max(2), BoundReason::CapUp);
            line(&code, Fraction::new(33 * i64::from(classes), 20), now, bounds)
        })
        .collect();
    let total = lines.iter().map(|line| u64::from(line.now)).sum();
    problem(lines, total)
}

/// The sample county by the norm and the bounds that its notes state.
fn sample() -> (Problem, Vec<String>) {
    let mut names = Vec::new();
    let mut lines = Vec::new();
    for row in rows(include_str!("data/sample_schools.csv")) {
        let number = |name: &str| -> i64 { row[name].parse().unwrap_or(0) };
        let (students, classes, boarders) =
            (number("students"), number("classes"), number("boarders"));
        let per = |above: i64, below: i64| Fraction::new(students * below, above);
        let small = |per_class: Fraction, by_head: Fraction| {
            if students < 200 { by_head.max(per_class * whole(classes)) } else { by_head }
        };
        let boarding = Fraction::new(boarders, 100);
        let stage = row["stage"].as_str();
        let need = match stage {
            "小学" => small(Fraction::new(17, 10), per(19, 1)) + boarding,
            "初中" => small(Fraction::new(7, 2), per(27, 2)) + boarding,
            "高中" => per(25, 2),
            _ if row["locality"] == "县城" => per(10, 1),
            _ => per(12, 1),
        };
        let now = number("authorised") as u32;
        let held = (number("in_post") - number("departures_2027")).max(0) as u32;
        let down = (now / 10).max(1).min(if stage == "高中" { 3 } else { u32::MAX });
        let (up, reason) = match row["name"].as_str() {
            "城关第三初级中学" => (12, BoundReason::OwnCap),
            "城关第五小学" => (20, BoundReason::Opening),
            "县第四幼儿园" => (16, BoundReason::Opening),
            _ => ((now / 7).max(2), BoundReason::CapUp),
        };
        let bounds = Bounds::free()
            .at_least(now.saturating_sub(down), BoundReason::CapDown)
            .at_least(held.min(now), BoundReason::InPostLessDepartures)
            .at_most(now + up, reason);
        lines.push(line(&format!("{}/{stage}", row["code"]), need, now, bounds));
        names.push(row["name"].clone());
    }
    let total = lines.iter().map(|line| u64::from(line.now)).sum();
    (problem(lines, total), names)
}

#[test]
fn nantou_moves_69_posts_and_the_worst_school_rises_from_81_to_96_percent() {
    let problem = nantou();
    assert_eq!(problem.lines.len(), 139);
    let proposal = solve(&problem).unwrap();
    assert_eq!(proposal.moved, 69);
    assert_eq!(certificate(&problem, &proposal), Ok(()));
    let curve = curve(&problem).unwrap();
    assert_eq!((curve.least(), curve.most()), (0, 69));
    let worst = |moved| curve.point(moved).unwrap().worst.unwrap().ratio().unwrap();
    assert_eq!(decimal(&worst(0), 2), "0.81");
    assert_eq!(decimal(&worst(69), 2), "0.96");
    assert_eq!(curve.posts_at(69), Some(proposal.posts));
}

#[test]
fn the_sample_county_moves_62_posts_or_50() {
    let (mut problem, names) = sample();
    assert_eq!(problem.total, 2193);
    assert_eq!(problem.lines.iter().map(|line| line.entitled).sum::<u32>(), 2159);
    let best = solve(&problem).unwrap();
    assert_eq!(best.moved, 62);
    assert_eq!(certificate(&problem, &best), Ok(()));

    problem.limit = Some(50);
    let proposal = solve(&problem).unwrap();
    assert_eq!((proposal.moved, proposal.most), (50, 62));
    assert!(proposal.is_limited());
    assert_eq!(certificate(&problem, &proposal), Ok(()));
    let mut gains: Vec<(&str, u32)> = problem
        .lines
        .iter()
        .zip(&proposal.posts)
        .zip(&names)
        .filter(|((line, posts), _)| **posts > line.now)
        .map(|((line, posts), name)| (name.as_str(), posts - line.now))
        .collect();
    gains.sort_by_key(|&(_, gain)| std::cmp::Reverse(gain));
    assert_eq!(
        gains,
        [("城关第五小学", 20), ("县第四幼儿园", 16), ("城关第三初级中学", 12), ("枫溪小学", 2)]
    );
    let curve = curve(&problem).unwrap();
    assert_eq!(curve.point(0).unwrap().shortage, 86);
    assert_eq!(curve.point(50).unwrap().shortage, 36);
    assert_eq!(curve.posts_at(50), Some(proposal.posts.clone()));

    // Each reason can be read off: the fifth primary school is full by its own limit, and the
    // lowest post given still beats the highest post taken.
    let fifth = names.iter().position(|name| name == "城关第五小学").unwrap();
    assert_eq!(
        proposal.reasons[fifth].more,
        NotMore::AtHigh { high: 20, reason: BoundReason::Opening }
    );
    let (given, taken) = (proposal.cutoff.last_given.unwrap(), proposal.cutoff.last_taken.unwrap());
    assert!(given.key.compare(&taken.key).is_gt());
    let stopped =
        proposal.reasons.iter().filter(|reason| matches!(reason.more, NotMore::Limit { .. }));
    assert!(stopped.count() > 0);
}

#[test]
fn a_closing_unit_empties_and_an_opening_one_fills_from_nothing() {
    let lines = vec![
        line("1/a", whole(0), 6, Bounds::exactly(0, BoundReason::Closing)),
        line("2/a", whole(9), 0, Bounds::free().at_most(4, BoundReason::Opening)),
        line("3/a", whole(10), 10, Bounds::free()),
    ];
    let mut problem = problem(lines, 16);
    let proposal = solve(&problem).unwrap();
    assert_eq!(proposal.posts, [0, 4, 12]);
    assert_eq!((proposal.gained, proposal.lost, proposal.moved, proposal.least), (6, 6, 6, 6));
    assert_eq!(certificate(&problem, &proposal), Ok(()));
    assert_eq!(proposal.reasons[0].less, NotLess::AtLow { low: 0, reason: BoundReason::Closing });
    // The six must go whatever the limit says: the curve begins there and says so.
    let curve = curve(&problem).unwrap();
    assert_eq!((curve.least(), curve.point(5), curve.posts_at(5)), (6, None, None));
    problem.limit = Some(4);
    assert_eq!(
        solve(&problem),
        Err(Clash::LimitBelowForced {
            limit: 4,
            least: 6,
            must_gain: 0,
            must_lose: 6,
            to_place: 0
        })
    );
}

#[test]
fn unassigned_posts_are_given_out_and_withdrawn_ones_found() {
    let lines = || {
        vec![line("1/a", whole(12), 9, Bounds::free()), line("2/a", whole(8), 8, Bounds::free())]
    };
    let more = solve(&problem(lines(), 20)).unwrap();
    assert_eq!((more.posts, more.gained, more.lost, more.moved), (vec![12, 8], 3, 0, 3));
    let fewer = solve(&problem(lines(), 15)).unwrap();
    assert_eq!((fewer.posts, fewer.gained, fewer.lost, fewer.moved), (vec![9, 6], 0, 2, 2));
}

#[test]
fn needs_of_zero_take_only_what_nobody_else_may_have() {
    let capped = |posts| Bounds::free().at_most(posts, BoundReason::CapUp);
    let lines = vec![
        line("1/a", whole(0), 3, capped(5).at_least(1, BoundReason::CapDown)),
        line("2/a", whole(0), 3, capped(5)),
        line("3/a", whole(4), 2, capped(6)),
    ];
    let scarce = solve(&problem(lines.clone(), 7)).unwrap();
    assert_eq!(scarce.posts, [1, 0, 6]);
    // With plenty, units without need keep what they hold before any of them gains.
    let plenty = solve(&problem(lines.clone(), 13)).unwrap();
    assert_eq!(plenty.posts, [4, 3, 6]);
    assert_eq!(certificate(&problem(lines, 13), &plenty), Ok(()));

    let nobody = |now: [u32; 2]| {
        problem(
            vec![
                line("1/a", whole(0), now[0], capped(9)),
                line("2/a", whole(0), now[1], capped(9)),
            ],
            8,
        )
    };
    for rule in Rule::ALL {
        let all_zero = Problem { rule, ..nobody([4, 4]) };
        let proposal = solve(&all_zero).unwrap();
        assert_eq!((proposal.posts.clone(), proposal.moved), (vec![4, 4], 0), "{rule:?}");
        assert_eq!(certificate(&all_zero, &proposal), Ok(()), "{rule:?}");
        let curve = curve(&all_zero).unwrap();
        assert!(curve.points().all(|point| point.worst.is_none()));
    }
}

#[test]
fn of_units_alike_in_need_the_smaller_id_comes_first() {
    // 9 posts over two needs of 5: the fifth post goes by name, whoever held it.
    let shared = |one, other| {
        let lines = vec![
            line("1/a", whole(5), one, Bounds::free()),
            line("2/a", whole(5), other, Bounds::free()),
        ];
        solve(&problem(lines, 9)).unwrap().posts
    };
    assert_eq!((shared(5, 4), shared(4, 5), shared(9, 0)), (vec![5, 4], vec![5, 4], vec![5, 4]));
}

#[test]
fn worst_first_breaks_ties_towards_the_smaller_need() {
    // Five posts, needs 2 and 4: with 1 and 2 both stand at one half; the fourth post raises the
    // smaller to 2/2 or the larger to 3/4, and the smaller one gains more. Then 3/4 follows.
    let lines =
        vec![line("1/a", whole(4), 2, Bounds::free()), line("2/a", whole(2), 1, Bounds::free())];
    let worst_first = |total| {
        let problem = Problem { rule: Rule::WorstFirst, ..problem(lines.clone(), total) };
        solve(&problem).unwrap().posts
    };
    assert_eq!(worst_first(4), [2, 2]);
    assert_eq!(worst_first(5), [3, 2]);
}

#[test]
fn largest_remainder_loses_a_post_when_the_total_grows() {
    // The Alabama paradox: needs 6, 6, 2 sharing 10, then 11.
    let lines = ["1/a", "2/a", "3/a"].iter().zip([6, 6, 2]);
    let lines: Vec<Line> =
        lines.map(|(id, need)| line(id, whole(need), 0, Bounds::free())).collect();
    let shared =
        |rule, total| solve(&Problem { rule, ..problem(lines.clone(), total) }).unwrap().posts;
    assert_eq!(shared(Rule::LargestRemainder, 10), [4, 4, 2]);
    assert_eq!(shared(Rule::LargestRemainder, 11), [5, 5, 1]);
    assert!(shared(Rule::Balanced, 11)[2] >= shared(Rule::Balanced, 10)[2]);
}

#[test]
fn bounds_that_cannot_hold_are_named_with_figures() {
    let locked = |posts| Bounds::exactly(posts, BoundReason::Locked);
    let floor = |posts| Bounds::free().at_least(posts, BoundReason::Floor);
    let lines = vec![
        line("1/a", whole(5), 8, locked(8)),
        line("2/a", whole(5), 7, floor(7)),
        line("3/a", whole(5), 2, floor(2)),
    ];
    let Err(Clash::LowsAboveTotal { total: 14, limits }) = solve(&problem(lines, 14)) else {
        panic!("17 posts cannot come out of 14");
    };
    assert_eq!((limits.sum, limits.by), (17, 3));
    let names: Vec<&str> = limits.smallest.iter().map(|hold| hold.id.as_str()).collect();
    assert_eq!((names, limits.smallest_sum), (vec!["1/a", "2/a"], 15));
    let sums: Vec<_> =
        limits.by_reason.iter().map(|sum| (sum.reason, sum.lines, sum.posts)).collect();
    assert_eq!(sums, [(BoundReason::Floor, 2, 9), (BoundReason::Locked, 1, 8)]);

    let crossed = Bounds::free().at_least(9, BoundReason::Floor).at_most(7, BoundReason::CapUp);
    let Err(Clash::LowAboveHigh { lines }) =
        solve(&problem(vec![line("1/a", whole(5), 8, crossed)], 8))
    else {
        panic!("a floor of 9 and a cap of 7");
    };
    assert_eq!((lines[0].by, lines[0].low_reason), (2, BoundReason::Floor));

    let twice = vec![line("1/a", whole(1), 1, Bounds::free()); 2];
    assert_eq!(
        solve(&problem(twice, 2)),
        Err(Clash::DuplicateId { id: LineId::from("1/a"), times: 2, names: 1 })
    );
    let below = vec![line("1/a", whole(-1), 1, Bounds::free())];
    assert!(matches!(solve(&problem(below, 1)), Err(Clash::NeedInvalid { numerator: -1, .. })));
    let broken =
        vec![Line { need: Fraction::new_raw(1, 0), ..line("1/a", whole(1), 1, Bounds::free()) }];
    assert!(matches!(solve(&problem(broken, 1)), Err(Clash::NeedInvalid { denominator: 0, .. })));
    assert_eq!(solve(&problem(Vec::new(), 0)).unwrap().posts, Vec::<u32>::new());
    assert!(matches!(solve(&problem(Vec::new(), 1)), Err(Clash::HighsBelowTotal { .. })));
}

#[test]
fn the_queue_shows_how_near_the_decision_was() {
    let problem = nantou();
    let proposal = solve(&problem).unwrap();
    let queue = queue(&problem, &proposal, 10);
    assert_eq!((queue.give.len(), queue.take.len()), (10, 10));
    let falling = queue.give.windows(2).all(|two| two[0].key.compare(&two[1].key).is_ge());
    let rising = queue.take.windows(2).all(|two| two[0].key.compare(&two[1].key).is_le());
    assert!(falling && rising);
    let edge = proposal.cutoff.lowest_inside().unwrap().key.value().unwrap();
    for next in &queue.give {
        assert!(compare(&next.key.value().unwrap(), &edge).is_le());
        assert_eq!(next.gap, Some(edge - next.key.value().unwrap()));
    }
    // Schools with the same number of classes have the same keys, so ties are the rule here.
    assert!(queue.give.iter().any(|next| next.tied));
}

#[test]
fn a_forged_answer_is_found_out() {
    let problem = nantou();
    let proposal = solve(&problem).unwrap();
    let mut forged = proposal.clone();
    let full = |index: usize| forged.posts[index] >= problem.lines[index].bounds.high;
    let give = (0..forged.posts.len()).find(|&index| !full(index)).unwrap();
    forged.posts[give] += 1;
    assert_eq!(
        certificate(&problem, &forged),
        Err(Flaw::Total { sum: problem.total + 1, total: problem.total })
    );
    // An honest answer to another limit is no answer to this one.
    let lazy = solve(&Problem { limit: Some(40), ..problem.clone() }).unwrap();
    assert!(matches!(certificate(&problem, &lazy), Err(Flaw::Improvable { .. })));
    let bound = Problem { limit: Some(30), ..problem };
    assert_eq!(certificate(&bound, &lazy), Err(Flaw::Limit { moved: 40, limit: 30 }));
}
