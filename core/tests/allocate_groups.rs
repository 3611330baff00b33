//! Limits on groups of lines: nested, crossing, with a limit on moves, and those that clash. All
//! held against every answer there is.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use bianheng_core::allocate::verify::{Flaw, certificate};
use bianheng_core::allocate::{
    Clash, Group, HeldBy, Problem, Proposal, Rule, Structure, curve, curve_in_steps, queue, solve,
    solve_in_steps,
};
use bianheng_core::fraction::Fraction;
use bianheng_core::pace::Steps;
use proptest::prelude::*;

mod plain;

use plain::{Exact, every_answer, line, moved, objective};

/// Up to six lines, and groups that are nested (`crossing` false) or rows and columns of a matrix.
/// The limits are drawn around an answer within the bounds, so that most problems have one.
fn grouped(crossing: bool) -> impl Strategy<Value = Problem> {
    let one = (0_i64..=9, 1_i64..=3, 0_u32..=5, 0_u32..=3, 0_u32..=3, 0_u32..=3);
    let limit = (0_u64..=3, 0_u64..=3, prop::bool::weighted(0.7));
    (
        prop::collection::vec(one, 2..=5),
        prop::collection::vec(limit, 6),
        prop::sample::select(Rule::ALL.to_vec()),
        prop::option::of(0_u64..=6),
        prop::collection::vec(0_usize..=1, 12),
    )
        .prop_map(move |(rows, limits, rule, limit, sides)| {
            let mut total = 0;
            let mut inside = Vec::new();
            let lines: Vec<_> = rows
                .into_iter()
                .enumerate()
                .map(|(name, (above, below, now, low, width, at))| {
                    let held = low + at.min(width);
                    inside.push(u64::from(held));
                    total += u64::from(held);
                    line(name, Fraction::new(above, below), now, low, low + width)
                })
                .collect();
            let count = lines.len();
            let members: Vec<Vec<usize>> = if crossing {
                let of = |offset: usize, side: usize| {
                    (0..count).filter(|&at| sides[offset + at] == side).collect()
                };
                vec![of(0, 0), of(0, 1), of(6, 0), of(6, 1)]
            } else {
                let half = count / 2;
                vec![
                    (0..half).collect(),
                    (half..count).collect(),
                    (0..half.min(1)).collect(),
                    (0..count - 1).collect::<Vec<_>>().into_iter().take(half).collect(),
                ]
            };
            let groups = members
                .into_iter()
                .zip(limits)
                .filter(|(_, (_, _, used))| *used)
                .enumerate()
                .map(|(name, (lines, (below, above, _)))| {
                    let sum: u64 = lines.iter().map(|&at| inside[at]).sum();
                    // Not always within reach: every few problems clash.
                    let low = (sum + 1).saturating_sub(below);
                    Group { name: format!("g{name}").into(), lines, low, high: low + above }
                })
                .collect();
            Problem { lines, total, rule, limit, groups }
        })
}

fn keeps_groups(problem: &Problem, posts: &[u32]) -> bool {
    problem.groups.iter().all(|group| {
        let sum: u64 = group.lines.iter().map(|&line| u64::from(posts[line])).sum();
        (group.low..=group.high).contains(&sum)
    })
}

/// What the judge is to say of a true answer: without prices nothing proves it.
fn verdict_of(proposal: &Proposal) -> Result<(), Flaw> {
    let grouped = proposal.grouped.as_ref().filter(|grouped| grouped.prices.is_none());
    grouped.map_or(Ok(()), |grouped| Err(Flaw::Unproven { searched: grouped.proven }))
}

fn no_answer_is_better(problem: &Problem) -> Result<(), TestCaseError> {
    let mut answers = every_answer(problem);
    answers.retain(|posts| keeps_groups(problem, posts));
    let least = answers.iter().map(|posts| moved(problem, posts)).min();
    match solve(problem) {
        Ok(proposal) => {
            prop_assert_eq!(certificate(problem, &proposal), verdict_of(&proposal));
            prop_assert!(keeps_groups(problem, &proposal.posts));
            prop_assert_eq!(Some(proposal.least), least);
            if let Some(grouped) = &proposal.grouped {
                prop_assert!(grouped.proven);
            }
            let value = |posts: &[u32]| objective(problem, &proposal.shares, posts);
            let allowed = |posts: &&Vec<u32>| {
                problem.limit.is_none_or(|limit| moved(problem, posts) <= limit)
            };
            let best = answers.iter().filter(allowed).map(|posts| value(posts)).min();
            prop_assert_eq!(Some(value(&proposal.posts)), best);
        }
        Err(Clash::LimitBelowForced { limit, least: stated, .. }) => {
            prop_assert_eq!(Some(stated), least);
            prop_assert!(limit < stated);
        }
        Err(Clash::Groups(clash)) => {
            prop_assert_eq!(least, None);
            prop_assert!(clash.by > 0 && clash.must - clash.room == clash.by);
            // The limits of the clash alone leave no answer, and without any one of them they do.
            for without in 0..=clash.limits.len() {
                let mut bare = problem.clone();
                let all: u64 = 60;
                for line in &mut bare.lines {
                    (line.bounds.low, line.bounds.high) = (0, 30);
                }
                for group in &mut bare.groups {
                    (group.low, group.high) = (0, u64::MAX);
                }
                let mut totals = Vec::new();
                for (at, held) in clash.limits.iter().enumerate() {
                    if at == without {
                        continue;
                    }
                    let posts = held.posts;
                    match &held.by {
                        HeldBy::Total => totals.push(problem.total),
                        HeldBy::Group { group, .. } if held.at_least => {
                            bare.groups[*group].low = posts
                        }
                        HeldBy::Group { group, .. } => bare.groups[*group].high = posts,
                        HeldBy::Line { line, .. } if held.at_least => {
                            bare.lines[*line].bounds.low = posts as u32
                        }
                        HeldBy::Line { line, .. } => bare.lines[*line].bounds.high = posts as u32,
                    }
                }
                let totals = if totals.is_empty() { (0..=all).collect() } else { totals };
                let some = totals
                    .into_iter()
                    .any(|total| solve(&Problem { total, limit: None, ..bare.clone() }).is_ok());
                prop_assert_eq!(some, without < clash.limits.len(), "{} {:?}", without, clash);
            }
            // What is said of one limit alone holds, and one post less does not do.
            for held in &clash.limits {
                let Some(alone) = held.alone else { continue };
                for (by, enough) in [(alone, true), (alone - 1, false)] {
                    let mut given = problem.clone();
                    given.limit = None;
                    match (&held.by, held.at_least) {
                        (HeldBy::Total, true) => given.total -= by,
                        (HeldBy::Total, false) => given.total += by,
                        (HeldBy::Group { group, .. }, true) => given.groups[*group].low -= by,
                        (HeldBy::Group { group, .. }, false) => given.groups[*group].high += by,
                        (HeldBy::Line { line, .. }, true) => {
                            given.lines[*line].bounds.low -= by as u32
                        }
                        (HeldBy::Line { line, .. }, false) => {
                            given.lines[*line].bounds.high += by as u32
                        }
                    }
                    prop_assert_eq!(solve(&given).is_ok(), enough);
                }
            }
        }
        Err(Clash::GroupsThreeWays { .. }) => prop_assert!(false, "two families only"),
        Err(clash) => prop_assert!(false, "{clash:?}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn no_answer_is_better_under_nested_groups(problem in grouped(false)) {
        no_answer_is_better(&problem)?;
    }

    #[test]
    fn no_answer_is_better_under_crossing_groups(problem in grouped(true)) {
        no_answer_is_better(&problem)?;
    }

    #[test]
    fn slack_groups_change_nothing(problem in grouped(true)) {
        let mut free = problem.clone();
        free.groups.clear();
        let mut slack = problem;
        for group in &mut slack.groups {
            (group.low, group.high) = (0, u64::MAX);
        }
        match (solve(&free), solve(&slack)) {
            (Ok(one), Ok(other)) => {
                prop_assert_eq!(one.posts, other.posts);
                prop_assert_eq!((one.least, one.most), (other.least, other.most));
                let (one, other) = (curve(&free).unwrap(), curve(&slack).unwrap());
                prop_assert!(one.points().eq(other.points()));
                for moves in one.least()..=one.most() {
                    prop_assert_eq!(one.posts_at(moves), other.posts_at(moves));
                }
            }
            (free, slack) => prop_assert_eq!(free.is_err(), slack.is_err()),
        }
    }

    #[test]
    fn the_curve_is_every_limited_answer_under_groups(problem in prop_oneof![grouped(false), grouped(true)]) {
        let Ok(curve) = curve(&problem) else { return Ok(()) };
        let free = solve(&Problem { limit: None, ..problem.clone() }).unwrap();
        prop_assert_eq!((curve.least(), curve.most()), (free.least, free.most));
        let mut before: Option<Vec<Exact>> = None;
        for moves in curve.least()..=curve.most() {
            let limited = Problem { limit: Some(moves), ..problem.clone() };
            let solved = solve(&limited).unwrap();
            let posts = curve.posts_at(moves).unwrap();
            prop_assert_eq!(moved(&problem, &posts) <= moves, true);
            let value = objective(&problem, &free.shares, &posts);
            prop_assert_eq!(&value, &objective(&problem, &free.shares, &solved.posts));
            prop_assert!(before.is_none_or(|before| value <= before));
            before = Some(value);
            prop_assert_eq!(certificate(&limited, &solved), verdict_of(&solved));
        }
    }

    #[test]
    fn in_steps_it_is_what_it_is_at_once(problem in prop_oneof![grouped(false), grouped(true)]) {
        let asked = problem.clone();
        let found = to_the_end(Steps::begin(move |pace| async move {
            curve_in_steps(&asked, &pace).await
        }));
        match (curve(&problem), found) {
            (Ok(curve), Ok(found)) => {
                prop_assert!(curve.points().eq(found.points()));
                for moves in curve.least()..=curve.most() {
                    prop_assert_eq!(curve.posts_at(moves), found.posts_at(moves));
                    // While the slider is dragged: the same posts, without the prices.
                    let glance = found.glance(&problem, moves).unwrap();
                    prop_assert_eq!(Some(glance.posts), curve.posts_at(moves));
                    let slowly = to_the_end(Steps::begin({
                        let (found, asked) = (found.clone(), problem.clone());
                        move |pace| async move { found.proposal_in_steps(&asked, moves, &pace).await }
                    }));
                    prop_assert_eq!(slowly, curve.proposal(&problem, moves));
                }
            }
            (one, other) => prop_assert_eq!(one.err(), other.err()),
        }
        let asked = problem.clone();
        let found = to_the_end(Steps::begin(move |pace| async move {
            solve_in_steps(&asked, &pace).await
        }));
        prop_assert_eq!(found, solve(&problem));
    }

    #[test]
    fn the_judge_sees_what_is_wrong_under_groups(
        problem in prop_oneof![grouped(false), grouped(true)], from in 0_usize..5, to in 0_usize..5,
    ) {
        let Ok(proposal) = solve(&problem) else { return Ok(()) };
        let Some(told) = &proposal.grouped else { return Ok(()) };
        let has_prices = told.prices.is_some();
        prop_assert_eq!(certificate(&problem, &proposal), verdict_of(&proposal));
        let (from, to) = (from % problem.lines.len(), to % problem.lines.len());
        let mut wrong = proposal.clone();
        if from != to && wrong.posts[from] > 0 {
            wrong.posts[from] -= 1;
            wrong.posts[to] += 1;
            prop_assert!(certificate(&problem, &wrong).is_err());
        }
        let mut wrong = proposal.clone();
        wrong.grouped.as_mut().unwrap().sums.iter_mut().for_each(|sum| *sum += 1);
        prop_assert!(problem.groups.is_empty() || certificate(&problem, &wrong).is_err());
        let mut wrong = proposal.clone();
        let grouped = wrong.grouped.as_mut().unwrap();
        if has_prices {
            grouped.prices.as_mut().unwrap().per = 0;
            prop_assert!(certificate(&problem, &wrong).is_err());
        }
        // A search that was broken off is never taken for a proof.
        let mut wrong = proposal.clone();
        wrong.grouped.as_mut().unwrap().proven = false;
        prop_assert_eq!(certificate(&problem, &wrong), Err(Flaw::Unproven { searched: false }));
    }

    #[test]
    fn the_next_posts_are_those_of_the_next_totals(problem in prop_oneof![grouped(false), grouped(true)]) {
        // The shares of the largest remainder are those of one total.
        let rule = match problem.rule {
            Rule::LargestRemainder => Rule::Balanced,
            rule => rule,
        };
        let problem = Problem { limit: None, rule, ..problem };
        let Ok(proposal) = solve(&problem) else { return Ok(()) };
        let next = queue(&problem, &proposal, 4);
        for (side, more) in [(&next.give, true), (&next.take, false)] {
            let mut posts = proposal.posts.clone();
            for at in 0..4 {
                let change = at as u64 + 1;
                let total = if more {
                    problem.total + change
                } else {
                    let Some(total) = problem.total.checked_sub(change) else { break };
                    total
                };
                let after = solve(&Problem { total, ..problem.clone() });
                let Some(queued) = side.get(at) else {
                    prop_assert!(after.is_err(), "there is a post {at} that the queue does not know");
                    break;
                };
                let shifts = queued.with.iter().map(|shift| (shift.line, shift.more));
                for (line, more) in shifts.chain([(queued.line, more)]) {
                    posts[line] = if more { posts[line] + 1 } else { posts[line] - 1 };
                }
                prop_assert_eq!(after.map(|after| after.posts), Ok(posts.clone()));
            }
        }
    }

    #[test]
    fn the_order_of_lines_and_groups_does_not_matter(problem in grouped(true), turn in 0_usize..5) {
        let Ok(proposal) = solve(&problem) else { return Ok(()) };
        let count = problem.lines.len();
        let mut turned = problem.clone();
        turned.lines.rotate_left(turn % count);
        for group in &mut turned.groups {
            for line in &mut group.lines {
                *line = (*line + count - turn % count) % count;
            }
        }
        turned.groups.reverse();
        let other = solve(&turned).unwrap();
        let unpriced = |of: &Proposal| of.grouped.as_ref().is_some_and(|grouped| grouped.prices.is_none());
        if unpriced(&proposal) || unpriced(&other) {
            // Of answers that are equally good the search through cases keeps the one it came to
            // first.
            prop_assert_eq!(
                objective(&turned, &other.shares, &other.posts),
                objective(&problem, &proposal.shares, &proposal.posts)
            );
            return Ok(());
        }
        for (line, &posts) in turned.lines.iter().zip(&other.posts) {
            let place = problem.lines.iter().position(|same| same.id == line.id).unwrap();
            prop_assert_eq!(posts, proposal.posts[place]);
        }
    }
}

fn to_the_end<T>(mut steps: Steps<T>) -> T {
    loop {
        if let Some(found) = steps.step() {
            return found;
        }
    }
}

#[test]
fn a_clash_of_many_limits_is_the_smallest_and_says_how_far_each_would_give_way() {
    // 120 schools of at least one post each in a township of at most 100: any 101 of them pass it.
    // The township alone would have to give 20 posts; one school alone cannot give so many. The
    // same 120 are half of the primary schools, whose limits are wide enough.
    let lines: Vec<_> = (0..240).map(|at| line(at, Fraction::from_integer(2), 2, 1, 9)).collect();
    let group = |name: &str, count: usize, high: u64| Group {
        name: name.into(),
        lines: (0..count).collect(),
        low: 0,
        high,
    };
    let groups = vec![group("township", 120, 100), group("primary", 240, 2000)];
    let problem = Problem { lines, total: 480, rule: Rule::Balanced, limit: None, groups };
    let Err(Clash::Groups(clash)) = solve(&problem) else { panic!("120 are more than 100") };
    assert_eq!((clash.must, clash.room, clash.by), (101, 100, 1));
    assert_eq!(clash.limits.len(), 102);
    for held in &clash.limits {
        match &held.by {
            HeldBy::Group { name, .. } => {
                assert_eq!((name.as_str(), held.alone), ("township", Some(20)));
            }
            HeldBy::Line { .. } => assert_eq!((held.posts, held.alone), (1, None)),
            HeldBy::Total => panic!("the total has nothing to do with it"),
        }
    }
}

#[test]
fn limits_billions_of_posts_away_are_refused_at_once() {
    // Two alike would have two billion each; a group that asks one of them to keep three is a billion
    // posts away from that, one by one.
    let held = |name, now| line(name, Fraction::from_integer(1), now, 0, u32::MAX);
    let group = Group { name: "a".into(), lines: vec![0], low: 3_000_000_000, high: u64::MAX };
    let problem = Problem {
        lines: vec![held(0, 4_000_000_000), held(1, 0)],
        total: 4_000_000_000,
        rule: Rule::Balanced,
        limit: None,
        groups: vec![group],
    };
    let refused = Clash::TooManyMoves { moves: 1_000_000_000, most: 2_000_000 };
    assert_eq!(solve(&problem), Err(refused.clone()));
    assert_eq!(curve(&problem).err(), Some(refused));
}

#[test]
fn what_two_townships_clash_over_names_only_the_one_that_must() {
    // West asks for 100 posts at 100 schools and may have 90; in the east 100 schools may have 150
    // posts and ask for 100. Nothing of the east is part of the clash.
    let lines: Vec<_> = (0..200).map(|at| line(at, Fraction::from_integer(2), 2, 1, 9)).collect();
    let group = |name: &str, first: usize, high: u64| Group {
        name: name.into(),
        lines: (first..first + 100).collect(),
        low: 0,
        high,
    };
    let groups = vec![group("east", 100, 150), group("west", 0, 90)];
    let problem = Problem { lines, total: 240, rule: Rule::WorstFirst, limit: None, groups };
    let Err(Clash::Groups(clash)) = solve(&problem) else { panic!("100 are more than 90") };
    assert_eq!((clash.must, clash.room, clash.limits.len()), (91, 90, 92));
    let west = clash.limits.iter().all(|held| match &held.by {
        HeldBy::Group { name, .. } => name.as_str() == "west" && held.alone == Some(10),
        HeldBy::Line { line, .. } => *line < 100,
        HeldBy::Total => false,
    });
    assert!(west, "{clash:?}");
}

#[test]
fn the_shape_of_the_groups_is_told() {
    let lines: Vec<_> = (0..4).map(|at| line(at, Fraction::from_integer(5), 5, 0, 9)).collect();
    let group = |name: &str, lines: &[usize]| Group {
        name: name.into(),
        lines: lines.to_vec(),
        low: 0,
        high: 20,
    };
    let structure = |groups: Vec<Group>| {
        let problem =
            Problem { lines: lines.clone(), total: 20, rule: Rule::Balanced, limit: None, groups };
        solve(&problem).map(|proposal| proposal.grouped.map(|grouped| grouped.structure))
    };
    assert_eq!(structure(Vec::new()), Ok(None));
    let (west, east) = (group("west", &[0, 1]), group("east", &[2, 3]));
    let (young, old) = (group("young", &[0, 2]), group("old", &[1, 3]));
    let nested = vec![west.clone(), group("all", &[0, 1, 2, 3]), group("one", &[0])];
    assert_eq!(structure(nested), Ok(Some(Structure::Nested)));
    let crossing = vec![west.clone(), east, young.clone(), old];
    assert_eq!(structure(crossing), Ok(Some(Structure::Crossing)));
    let Err(Clash::GroupsThreeWays { groups }) =
        structure(vec![west, young, group("ends", &[0, 3])])
    else {
        panic!("three ways");
    };
    assert_eq!(groups.len(), 3);
    let beyond = vec![group("beyond", &[9])];
    assert!(matches!(structure(beyond), Err(Clash::GroupInvalid { .. })));
}

#[test]
fn a_group_that_fills_up_on_the_way_gets_no_more() {
    // a and b are entitled to 20 each, c to 8; the group of a alone takes 8. Of 17 posts a and b have
    // 7 each (key 20/13) and c 3 (8/5). Next come post 8 of a and of b (20/15); post 9 of a (20/17)
    // would be third, but its group is full then: b gets it, before post 4 of c (8/7).
    let lines = vec![
        line(0, Fraction::from_integer(20), 6, 0, 99),
        line(1, Fraction::from_integer(20), 6, 0, 99),
        line(2, Fraction::from_integer(8), 8, 0, 99),
    ];
    let groups = vec![Group { name: "g".into(), lines: vec![0], low: 0, high: 8 }];
    let problem = Problem { lines, total: 17, rule: Rule::Balanced, limit: None, groups };
    let proposal = solve(&problem).unwrap();
    let next = queue(&problem, &proposal, 3);
    let mut posts = proposal.posts.clone();
    assert_eq!(posts, [7, 7, 3]);
    for (queued, total) in next.give.iter().zip(18..) {
        posts[queued.line] += 1;
        assert_eq!(solve(&Problem { total, ..problem.clone() }).unwrap().posts, posts);
    }
    assert_eq!(next.give.iter().map(|queued| queued.line).collect::<Vec<_>>(), [0, 1, 1]);
}
