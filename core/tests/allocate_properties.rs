//! What must hold of every allocation, whatever the numbers: checked against brute force, a plain
//! greedy that knows nothing of thresholds, and an independent judge.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::cmp::{Ordering, Reverse};

use bianheng_core::allocate::verify::certificate;
use bianheng_core::allocate::{
    Bounds, Clash, Line, LineId, NotLess, NotMore, Problem, Proposal, Rule, curve, queue, solve,
};
use bianheng_core::fraction::Fraction;
use proptest::prelude::*;

mod plain;

use plain::{Exact, every_answer, line, moved, objective, wide};

fn rules() -> impl Strategy<Value = Rule> {
    prop::sample::select(Rule::ALL.to_vec())
}

/// Few lines with few posts, so that ties, zero needs and forced moves are frequent. `place` picks
/// the total between the sums of the bounds.
fn small(lines: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Problem> {
    let one = (0_i64..=9, 1_i64..=3, 0_u32..=6, 0_u32..=4, 0_u32..=3);
    (prop::collection::vec(one, lines), 0_u64..=1000, rules()).prop_map(|(lines, place, rule)| {
        let lines: Vec<Line> = lines
            .into_iter()
            .enumerate()
            .map(|(name, (above, below, now, low, width))| {
                line(name, Fraction::new(above, below), now, low, low + width)
            })
            .collect();
        let low: u64 = lines.iter().map(|line| u64::from(line.bounds.low)).sum();
        let high: u64 = lines.iter().map(|line| u64::from(line.bounds.high)).sum();
        let total = low + (high - low) * place / 1000;
        Problem { lines, total, rule, limit: None, groups: Vec::new() }
    })
}

/// More lines with numbers like those of schools.
fn larger() -> impl Strategy<Value = Problem> {
    let one = (0_i64..=900, prop::sample::select(vec![1_i64, 19, 27, 25]), 0_u32..=60, 0_u32..=9);
    (prop::collection::vec(one, 1..60), 0_u64..=1000, rules()).prop_map(|(lines, place, rule)| {
        let lines: Vec<Line> = lines
            .into_iter()
            .enumerate()
            .map(|(name, (above, below, now, width))| {
                let need = Fraction::new(above, below * 10);
                line(name, need, now, now.saturating_sub(width), now + width)
            })
            .collect();
        let low: u64 = lines.iter().map(|line| u64::from(line.bounds.low)).sum();
        let high: u64 = lines.iter().map(|line| u64::from(line.bounds.high)).sum();
        Problem {
            total: low + (high - low) * place / 1000,
            lines,
            rule,
            limit: None,
            groups: Vec::new(),
        }
    })
}

/// Gives one post after another by comparing exact keys in the plainest way.
fn plain_greedy(problem: &Problem, shares: &[Fraction]) -> Vec<u32> {
    let mut posts: Vec<u32> = problem.lines.iter().map(|line| line.bounds.low).collect();
    let key = |index: usize, held: u32| {
        let line = &problem.lines[index];
        let need = wide(line.need);
        let held_exact = Exact::from(i128::from(held));
        let one = Exact::from(1);
        let divided = |divisor: Exact| {
            if need == Exact::from(0) {
                (false, Exact::from(0))
            } else if divisor == Exact::from(0) {
                (true, Exact::from(0))
            } else {
                (false, need / divisor)
            }
        };
        let key = match problem.rule {
            Rule::Balanced => divided(held_exact * 2 + one),
            Rule::WorstFirst => divided(held_exact),
            Rule::EqualGap => {
                let (infinite, key) = divided(held_exact * (held_exact + one));
                (infinite, key * need)
            }
            Rule::NeverOverfill => divided(held_exact + one),
            Rule::LargestRemainder => (false, wide(shares[index]) - held_exact),
        };
        let by_need = if problem.rule == Rule::WorstFirst { -need } else { need };
        let stays = *line.need.numer() == 0 && held < line.now;
        (key, by_need, stays, Reverse(line.id.clone()))
    };
    let given: u64 = posts.iter().map(|&held| u64::from(held)).sum();
    for _ in given..problem.total {
        let open = |&index: &usize| posts[index] < problem.lines[index].bounds.high;
        let best = (0..posts.len()).filter(open).max_by_key(|&index| key(index, posts[index]));
        posts[best.unwrap()] += 1;
    }
    posts
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn no_answer_is_better(problem in small(1..=5), limit in 0_u64..=12) {
        let answers = every_answer(&problem);
        let least = answers.iter().map(|posts| moved(&problem, posts)).min().unwrap();
        for limit in [None, Some(limit)] {
            let problem = Problem { limit, ..problem.clone() };
            match solve(&problem) {
                Ok(proposal) => {
                    prop_assert_eq!(certificate(&problem, &proposal), Ok(()));
                    prop_assert_eq!(proposal.least, least);
                    prop_assert_eq!(proposal.moved, moved(&problem, &proposal.posts));
                    let value = |posts: &[u32]| objective(&problem, &proposal.shares, posts);
                    let allowed = |posts: &&Vec<u32>| {
                        limit.is_none_or(|limit| moved(&problem, posts) <= limit)
                    };
                    let best = answers.iter().filter(allowed).map(|posts| value(posts)).min();
                    prop_assert_eq!(Some(value(&proposal.posts)), best);
                }
                Err(Clash::LimitBelowForced { limit, least: stated, .. }) => {
                    prop_assert!(limit < least);
                    prop_assert_eq!(stated, least);
                }
                Err(clash) => prop_assert!(false, "{clash:?}"),
            }
        }
    }

    #[test]
    fn one_post_more_takes_from_nobody(problem in small(1..=12)) {
        let more = Problem { total: problem.total + 1, ..problem.clone() };
        let first = solve(&problem).unwrap();
        if problem.rule != Rule::LargestRemainder && let Ok(second) = solve(&more) {
            let gains: Vec<i64> = first.posts.iter().zip(&second.posts)
                .map(|(&before, &after)| i64::from(after) - i64::from(before)).collect();
            prop_assert_eq!(gains.iter().filter(|&&gain| gain == 1).count(), 1);
            prop_assert_eq!(gains.iter().filter(|&&gain| gain != 0).count(), 1);
        }
    }

    #[test]
    fn neither_the_order_nor_the_unit_of_need_matters(
        problem in small(1..=8), turn in 0_usize..8, factor in 2_i64..=50, limit in 0_u64..=12,
    ) {
        let problem = Problem { limit: Some(limit), ..problem };
        let Ok(proposal) = solve(&problem) else { return Ok(()) };
        let mut turned = problem.clone();
        turned.lines.reverse();
        turned.lines.rotate_left(turn % problem.lines.len());
        let other = solve(&turned).unwrap();
        for (line, &posts) in turned.lines.iter().zip(&other.posts) {
            let place = problem.lines.iter().position(|same| same.id == line.id).unwrap();
            prop_assert_eq!(posts, proposal.posts[place]);
        }
        let mut scaled = problem;
        for line in &mut scaled.lines {
            line.need *= Fraction::new(factor, 7);
        }
        prop_assert_eq!(solve(&scaled).unwrap().posts, proposal.posts);
    }

    #[test]
    fn the_judge_sees_every_wrong_post(
        problem in small(2..=6), from in 0_usize..6, to in 0_usize..6, limit in 0_u64..=12,
    ) {
        for limit in [None, Some(limit)] {
            let problem = Problem { limit, ..problem.clone() };
            let Ok(proposal) = solve(&problem) else { continue };
            let (from, to) = (from % problem.lines.len(), to % problem.lines.len());
            let mut wrong = proposal.clone();
            if from != to && wrong.posts[from] > 0 {
                wrong.posts[from] -= 1;
                wrong.posts[to] += 1;
                prop_assert!(certificate(&problem, &wrong).is_err());
                // Even where the counts are put right.
                let gain = |line: &Line, held: u32| u64::from(held.saturating_sub(line.now));
                let pairs = || problem.lines.iter().zip(&wrong.posts);
                wrong.gained = pairs().map(|(line, &held)| gain(line, held)).sum();
                wrong.lost =
                    pairs().map(|(line, &held)| u64::from(line.now.saturating_sub(held))).sum();
                wrong.moved = wrong.gained.max(wrong.lost);
                prop_assert!(certificate(&problem, &wrong).is_err());
            }
            let mut wrong = proposal.clone();
            wrong.moved += 1;
            prop_assert!(certificate(&problem, &wrong).is_err());
            for most in [proposal.most + 1, proposal.moved] {
                let wrong = Proposal { most, ..proposal.clone() };
                // How much further the optimum is takes a solver to know; whether there is any
                // further to go does not.
                let same = (most > proposal.moved) == proposal.is_limited();
                prop_assert_eq!(certificate(&problem, &wrong).is_ok(), same);
            }
            let mut wrong = proposal.clone();
            wrong.reasons[from].more = match wrong.reasons[from].more {
                NotMore::AtHigh { high, reason } => NotMore::AtHigh { high: high + 1, reason },
                NotMore::Outranked { key } => NotMore::Limit { key },
                NotMore::Limit { key } | NotMore::Group { key, .. } => NotMore::Outranked { key },
            };
            prop_assert!(certificate(&problem, &wrong).is_err());
            let mut wrong = proposal.clone();
            wrong.reasons[from].less = match wrong.reasons[from].less {
                NotLess::AtLow { low, reason } => NotLess::AtLow { low: low + 1, reason },
                NotLess::Outranks { key } => NotLess::Limit { key },
                NotLess::Limit { key } | NotLess::Group { key, .. } => NotLess::Outranks { key },
            };
            prop_assert!(certificate(&problem, &wrong).is_err());
            let mut wrong = proposal.clone();
            std::mem::swap(&mut wrong.cutoff.next_to_give, &mut wrong.cutoff.next_to_take);
            if wrong.cutoff != proposal.cutoff {
                prop_assert!(certificate(&problem, &wrong).is_err());
            }
        }
    }

    #[test]
    fn the_curve_is_every_limited_answer(problem in small(1..=6)) {
        let curve = curve(&problem).unwrap();
        let free = solve(&problem).unwrap();
        prop_assert_eq!((curve.least(), curve.most()), (free.least, free.most));
        prop_assert_eq!(curve.posts_at(curve.most()), Some(free.posts.clone()));
        prop_assert_eq!(curve.posts_at(u64::MAX), Some(free.posts));
        prop_assert_eq!(curve.points().len() as u64, curve.most() - curve.least() + 1);
        if let Some(below) = curve.least().checked_sub(1) {
            prop_assert_eq!(curve.posts_at(below), None);
        }
        let mut values = Vec::new();
        for moves in curve.least()..=curve.most() {
            let limited = solve(&Problem { limit: Some(moves), ..problem.clone() }).unwrap();
            let posts = curve.posts_at(moves).unwrap();
            prop_assert_eq!(&posts, &limited.posts);
            prop_assert_eq!(limited.moved, moves);
            let point = curve.point(moves).unwrap();
            prop_assert_eq!(point.moved, moves);
            let pairs = || problem.lines.iter().zip(&posts);
            let short = |(line, &held): (&Line, &u32)| u64::from(line.entitled.saturating_sub(held));
            prop_assert_eq!(point.shortage, pairs().map(short).sum::<u64>());
            prop_assert_eq!(point.short_lines, pairs().filter(|&pair| short(pair) > 0).count());
            let ratio = |(line, &held): (&Line, &u32)| {
                (*line.need.numer() > 0).then(|| Fraction::from(i64::from(held)) / line.need)
            };
            let worst = pairs().filter_map(ratio).min();
            prop_assert_eq!(point.worst.map(|worst| worst.ratio().unwrap()), worst);
            if let Some(worst) = point.worst {
                prop_assert_eq!(worst.posts, posts[worst.line]);
                prop_assert_eq!(worst.need, problem.lines[worst.line].need);
            }
            let needs: f64 = problem.lines.iter().map(|line| real(line.need)).sum();
            let uneven: f64 = pairs()
                .filter(|(line, _)| *line.need.numer() > 0)
                .map(|(line, &held)| {
                    let share = real(line.need) * problem.total as f64 / needs;
                    if share > 0.0 { (f64::from(held) - share).powi(2) / share } else { 0.0 }
                })
                .sum();
            prop_assert!((point.unevenness - uneven).abs() < 1e-9 * (1.0 + uneven));
            values.push(objective(&problem, &limited.shares, &posts));
        }
        if matches!(problem.rule, Rule::Balanced | Rule::LargestRemainder) {
            // A post less at a line without need is worth more than anything else, so convexity
            // of the sum is only asked where those lines are no longer moving.
            let settled = values.iter().filter(|value| value.first() == values.last().unwrap().first()
                || problem.rule == Rule::LargestRemainder);
            let sums: Vec<Exact> = settled.map(|value| *value.last().unwrap()).collect();
            for three in sums.windows(3) {
                prop_assert!(three[0] - three[1] >= three[1] - three[2]);
            }
            prop_assert!(sums.windows(2).all(|two| two[0] >= two[1]));
        }
    }

    #[test]
    fn the_queue_is_what_other_totals_would_do(problem in small(1..=8)) {
        // Other totals have other shares, and it is not monotone.
        if problem.rule == Rule::LargestRemainder {
            return Ok(());
        }
        let proposal = solve(&problem).unwrap();
        let queue = queue(&problem, &proposal, 4);
        let room = |total: u64| solve(&Problem { total, ..problem.clone() }).ok();
        let mut posts = proposal.posts.clone();
        for (step, next) in (1..).zip(&queue.give) {
            prop_assert_eq!(posts[next.line], next.key.held());
            posts[next.line] += 1;
            prop_assert_eq!(room(problem.total + step).map(|other| other.posts), Some(posts.clone()));
            prop_assert!(next.gap.is_none_or(|gap| gap >= Fraction::from(0)));
        }
        prop_assert!(queue.give.len() == 4 || room(problem.total + 1 + queue.give.len() as u64).is_none());
        let mut posts = proposal.posts;
        for (step, next) in (1..).zip(&queue.take) {
            posts[next.line] -= 1;
            prop_assert_eq!(posts[next.line], next.key.held());
            prop_assert_eq!(room(problem.total - step).map(|other| other.posts), Some(posts.clone()));
            prop_assert!(next.gap.is_none_or(|gap| gap >= Fraction::from(0)));
        }
    }
}

fn real(value: Fraction) -> f64 {
    *value.numer() as f64 / *value.denom() as f64
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn threshold_and_plain_greedy_agree(problem in larger()) {
        let proposal = solve(&problem).unwrap();
        prop_assert_eq!(certificate(&problem, &proposal), Ok(()));
        prop_assert_eq!(proposal.posts, plain_greedy(&problem, &proposal.shares));
    }

    #[test]
    fn bounds_that_clash_are_counted(problem in small(1..=8), by in 1_u64..=5) {
        let low: u64 = problem.lines.iter().map(|line| u64::from(line.bounds.low)).sum();
        let high: u64 = problem.lines.iter().map(|line| u64::from(line.bounds.high)).sum();
        if low >= by {
            let short = Problem { total: low - by, ..problem.clone() };
            let Err(Clash::LowsAboveTotal { total, limits }) = solve(&short) else {
                return Err(TestCaseError::fail("must clash"));
            };
            prop_assert_eq!((total, limits.sum, limits.by), (low - by, low, by));
            let sum: u64 = limits.smallest.iter().map(|hold| u64::from(hold.posts)).sum();
            prop_assert_eq!(limits.smallest_sum, sum);
            prop_assert!(sum > total);
            // The largest lows with one fewer no longer clash, so no set that small does.
            let mut lows: Vec<u32> = problem.lines.iter().map(|line| line.bounds.low).collect();
            lows.sort_by(|a, b| b.cmp(a));
            let fewer: u64 = lows.iter().take(limits.smallest.len() - 1).map(|&low| u64::from(low)).sum();
            prop_assert!(fewer <= total);
        }
        let long = Problem { total: high + by, ..problem };
        let Err(Clash::HighsBelowTotal { limits, .. }) = curve(&long).map(|_| ()) else {
            return Err(TestCaseError::fail("must clash"));
        };
        prop_assert_eq!((limits.sum, limits.by, limits.smallest.len()), (high, by, long.lines.len()));
    }

    #[test]
    fn the_widest_numbers_neither_panic_nor_mislead(
        lines in prop::collection::vec((0..=i64::MAX, 1..=i64::MAX, any::<u32>(), any::<u32>(), any::<u32>()), 1..6),
        place in 0_u64..=1000, rule in rules(), limit in prop::option::of(any::<u64>()),
    ) {
        let lines: Vec<Line> = lines.into_iter().enumerate().map(|(name, (above, below, now, one, other))| {
            let need = Fraction::new(above, below);
            let bounds = Bounds { low: one.min(other), high: one.max(other), ..Bounds::free() };
            Line { id: LineId::from(format!("u{name}")), need, now, bounds, entitled: now }
        }).collect();
        let low: u64 = lines.iter().map(|line| u64::from(line.bounds.low)).sum();
        let high: u64 = lines.iter().map(|line| u64::from(line.bounds.high)).sum();
        let problem = Problem { lines, total: low + (high - low) / 1000 * place, rule, limit, groups: Vec::new() };
        if let Ok(proposal) = solve(&problem) {
            prop_assert_eq!(certificate(&problem, &proposal), Ok(()));
            queue(&problem, &proposal, 10);
        }
    }

    #[test]
    fn keys_agree_with_plain_fractions(
        rule in rules(), one in (0_i64..=500, 1_i64..=60, 0_u32..=40), other in (0_i64..=500, 1_i64..=60, 0_u32..=40),
    ) {
        use bianheng_core::allocate::Key;
        let key = |(above, below, held)| Key::new(rule, Fraction::new(above, below), held);
        let (one, other) = (key(one), key(other));
        let plain = match (one.value(), other.value()) {
            (Some(one), Some(other)) => one.cmp(&other),
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (None, None) => Ordering::Equal,
        };
        prop_assert_eq!(one.compare(&other), plain);
        prop_assert_eq!(one.is_infinite(), one.value().is_none());
    }
}
