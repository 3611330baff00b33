//! The answers as JSON.

use std::cmp::Ordering;

use bianheng_core::allocate::verify::{Flaw, certificate};
use bianheng_core::allocate::{
    Clash, CrossedLine, Held, HeldBy, Hold, Key, Limits, Mark, NotLess, NotMore, PostCost, Problem,
    Proposal, Queued, Rounding, Rule, afford, curve, queue, solve,
};
use bianheng_core::fraction::{Fraction, compare};
use serde_json::{Map, Value, json};

use super::big::Sum;
use super::finding::Finding;
use super::read::Asked;
use super::values::as_text;

pub fn answer(text: &str) -> Value {
    let asked = Asked::read(text);
    if asked.findings.iter().any(|finding| finding.stops) {
        return invalid(&asked.findings);
    }
    let findings: Vec<Value> = asked.findings.iter().map(Finding::json).collect();
    let mut answers = Map::new();
    for (kind, problem) in &asked.problems {
        answers.insert(kind.clone(), one(problem, &asked));
    }
    if asked.has_kinds {
        // The worst of the kinds is that of the whole.
        let all = |status: &str| {
            answers.values().all(|answer| answer.get("status").is_some_and(|found| found == status))
        };
        let any = |status: &str| {
            answers.values().any(|answer| answer.get("status").is_some_and(|found| found == status))
        };
        let status = if all("optimal") {
            "optimal"
        } else {
            ["invalid", "infeasible"].into_iter().find(|status| any(status)).unwrap_or("feasible")
        };
        return json!({ "status": status, "kinds": answers, "findings": findings });
    }
    let mut answer = answers.into_iter().next().map_or(Value::Null, |(_, answer)| answer);
    if let Some(Value::Array(list)) = answer.get_mut("findings") {
        list.extend(findings);
    }
    answer
}

pub fn invalid(findings: &[Finding]) -> Value {
    json!({ "status": "invalid", "findings": findings.iter().map(Finding::json).collect::<Vec<_>>() })
}

fn one(problem: &Problem, asked: &Asked) -> Value {
    let mut answer = match solve(problem) {
        Ok(proposal) => told(problem, &proposal, asked.queue),
        Err(clash) => clashing(problem, &clash),
    };
    let Some(object) = answer.as_object_mut() else { return answer };
    if asked.curve
        && let Ok(curve) = curve(problem)
    {
        let points = curve.points().map(|point| {
            let posts = curve.posts_at(point.moved).unwrap_or_default();
            let worst = point.worst.map(|worst| json!({
                "unit": problem.lines.get(worst.line).map(|line| line.id.as_str()),
                "posts_over_need": quotient(worst.posts.into(), worst.need),
            }));
            json!({ "moved": point.moved, "shortage": point.shortage, "short_units": point.short_lines, "worst": worst, "allocation": posts })
        });
        object.insert("curve".to_owned(), Value::Array(points.collect()));
    }
    if asked.scale {
        let needs: Vec<Fraction> = problem.lines.iter().map(|line| line.need).collect();
        let told = Rounding::ALL.map(|rounding| {
            let found = afford(&needs, problem.total, rounding).map(|found| {
                json!({ "most": found.most.to_string(), "included": found.included, "posts": found.posts, "allocation": found.lines })
            });
            (format!("{rounding:?}").to_lowercase(), json!(found))
        });
        object.insert("scale".to_owned(), Value::Object(told.into_iter().collect()));
    }
    if asked.compare {
        let rules = Rule::ALL.map(|rule| {
            let other = Problem { rule, ..problem.clone() };
            let value = match solve(&other) {
                Ok(proposal) => json!({ "allocation": proposal.posts, "moved": proposal.moved, "objective": objective(&other, &proposal) }),
                Err(clash) => json!({ "clash": clash.to_string() }),
            };
            (name(rule).to_owned(), value)
        });
        object.insert("compare".to_owned(), Value::Object(rules.into_iter().collect()));
    }
    answer
}

fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::Balanced => "balanced",
        Rule::WorstFirst => "worst_first",
        Rule::EqualGap => "equal_gap",
        Rule::NeverOverfill => "never_overfill",
        Rule::LargestRemainder => "largest_remainder",
    }
}

fn told(problem: &Problem, proposal: &Proposal, count: usize) -> Value {
    let lines = || problem.lines.iter().zip(&proposal.posts);
    let posts: Map<String, Value> =
        lines().map(|(line, posts)| (line.id.as_str().to_owned(), json!(posts))).collect();
    let groups: Vec<Value> = problem
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| {
            let told = proposal.grouped.as_ref();
            let toll = told
                .and_then(|told| told.prices.as_ref())
                .and_then(|prices| Some((prices.tolls.get(at)?, prices.per)));
            json!({
                "name": group.name.as_str(),
                "posts": told.and_then(|told| told.sums.get(at)),
                "low": group.low,
                "high": (group.high < u64::MAX).then_some(group.high),
                "price": toll.map(|(toll, per)| price(problem, proposal, toll, per)),
            })
        })
        .collect();
    let proven = proposal.grouped.as_ref().is_none_or(|told| told.proven);
    let verdict = certificate(problem, proposal);
    let mut findings = Vec::new();
    if problem.lines.iter().all(|line| *line.need.numer() == 0) && !problem.lines.is_empty() {
        findings.push(
            Finding::new(
                "all_needs_zero",
                "units",
                "no unit has any need, so there is nothing to be fair about",
                "check the norm or the rolls",
            )
            .json(),
        );
    } else {
        for line in problem.lines.iter().filter(|line| *line.need.numer() == 0 && line.now > 0) {
            findings.push(
                Finding::new(
                    "need_zero",
                    line.id.as_str(),
                    format!("{} posts and no need: all are surplus, within its bounds", line.now),
                    "check its roll, lock it, or close it",
                )
                .json(),
            );
        }
    }
    let next = queue(problem, proposal, count);
    let queued = |list: &[Queued]| {
        list.iter()
            .map(|next| {
                json!({
                    "unit": problem.lines.get(next.line).map(|line| line.id.as_str()),
                    "post": next.key.held().saturating_add(1),
                    "key": key(&next.key),
                    "gap": next.gap.map(|gap| gap.to_string()),
                    "tied": next.tied,
                    "with": next.with.iter().map(|shift| json!({
                        "unit": problem.lines.get(shift.line).map(|line| line.id.as_str()),
                        "posts": if shift.more { 1 } else { -1 },
                    })).collect::<Vec<_>>(),
                })
            })
            .collect::<Vec<_>>()
    };
    let cutoff = &proposal.cutoff;
    let mark = |mark: Option<Mark>| {
        mark.map(|mark| {
            json!({
                "unit": problem.lines.get(mark.line).map(|line| line.id.as_str()),
                "post": mark.key.held().saturating_add(1),
                "key": key(&mark.key),
            })
        })
    };
    let group_name = |group: Option<usize>| {
        group.and_then(|at| problem.groups.get(at)).map(|group| group.name.as_str())
    };
    let reasons = lines().zip(&proposal.reasons).map(|((line, posts), reason)| {
        let more = match reason.more {
            NotMore::AtHigh { high, reason } => json!({ "because": "at_high", "high": high, "reason": reason }),
            NotMore::Outranked { key: next } => json!({ "because": "outranked", "key": key(&next) }),
            NotMore::Limit { key: next } => json!({ "because": "limit_on_moves", "key": key(&next) }),
            NotMore::Group { key: next, group } => json!({ "because": "group", "group": group_name(group), "key": key(&next) }),
        };
        let less = match reason.less {
            NotLess::AtLow { low, reason } => json!({ "because": "at_low", "low": low, "reason": reason }),
            NotLess::Outranks { key: last } => json!({ "because": "outranks", "key": key(&last) }),
            NotLess::Limit { key: last } => json!({ "because": "limit_on_moves", "key": key(&last) }),
            NotLess::Group { key: last, group } => json!({ "because": "group", "group": group_name(group), "key": key(&last) }),
        };
        json!({ "unit": line.id.as_str(), "need": line.need.to_string(), "now": line.now, "posts": posts, "not_more": more, "not_less": less })
    }).collect::<Vec<_>>();
    let prices = proposal.grouped.as_ref().and_then(|told| told.prices.as_ref());
    json!({
        "status": if proven { "optimal" } else { "feasible" },
        "rule": name(problem.rule),
        "total": problem.total,
        "structure": proposal.grouped.as_ref().map_or("free".to_owned(), |told| format!("{:?}", told.structure).to_lowercase()),
        "posts": posts,
        "allocation": proposal.posts,
        "moved": proposal.moved,
        "gained": proposal.gained,
        "lost": proposal.lost,
        "least": proposal.least,
        "most": proposal.most,
        "objective": objective(problem, proposal),
        "groups": groups,
        "certificate": {
            "last_given": mark(cutoff.last_given),
            "next_to_give": mark(cutoff.next_to_give),
            "last_taken": mark(cutoff.last_taken),
            "next_to_take": mark(cutoff.next_to_take),
            "prices": prices.map(|prices| json!({
                "base": price(problem, proposal, &prices.base, prices.per),
                "gain": price(problem, proposal, &prices.gain, prices.per),
            })),
            "units": reasons,
        },
        "verified": verdict.is_ok(),
        "proof": match (&verdict, prices) {
            (Err(Flaw::Unproven { searched: true }), _) => "cases",
            (Err(_), _) => "none",
            (Ok(()), Some(_)) => "prices",
            (Ok(()), None) => "exchange",
        },
        "flaw": verdict.err().map(|flaw| flaw.to_string()),
        "queue": { "give": queued(&next.give), "take": queued(&next.take) },
        "findings": findings,
    })
}

fn key(key: &Key) -> String {
    match key.value() {
        Some(value) => value.to_string(),
        None if key.is_infinite() => "infinite".to_owned(),
        None => format!("about {}", key.approximate()),
    }
}

fn quotient(posts: u64, need: Fraction) -> String {
    let mut sum = Sum::zero();
    sum.add(&[posts, need.denom().unsigned_abs()], &[need.numer().unsigned_abs()], false);
    sum.to_string()
}

/// A price: the posts whose costs it is made of, and its value under a rule whose costs are numbers.
fn price(problem: &Problem, proposal: &Proposal, price: &[PostCost], per: i64) -> Value {
    let rule = problem.rule;
    let mut value = Sum::zero();
    let mut is_number = matches!(rule, Rule::Balanced | Rule::EqualGap | Rule::LargestRemainder);
    let per = per.unsigned_abs();
    let mut posts = Vec::new();
    for post in price {
        let Some(line) = problem.lines.get(post.line) else { continue };
        posts.push(json!({ "unit": line.id.as_str(), "post": post.held.saturating_add(1), "times": post.times }));
        let weight = proposal.shares.get(post.line).copied().unwrap_or(line.need);
        let (above, below) = (weight.numer().unsigned_abs(), weight.denom().unsigned_abs());
        let (times, minus, held) =
            (post.times.unsigned_abs(), post.times < 0, u64::from(post.held));
        match rule {
            Rule::Balanced if above > 0 => {
                value.add(&[2 * held + 1, below, times], &[above, per], minus)
            }
            Rule::EqualGap if above > 0 && held > 0 => {
                value.add(&[above, above, times], &[below, below, held, held + 1, per], !minus)
            }
            Rule::LargestRemainder => {
                value.add(&[2 * held + 1, times], &[per], minus);
                value.add(&[2, above, times], &[below, per], !minus);
            }
            _ => is_number = false,
        }
    }
    json!({ "value": is_number.then(|| value.to_string()), "posts": posts, "per": per })
}

/// What the rules are about, as exact fractions.
fn objective(problem: &Problem, proposal: &Proposal) -> Value {
    let (mut squares, mut inverse, mut shares) = (Sum::zero(), Sum::zero(), Sum::zero());
    let mut needs = Sum::zero();
    let (mut needless, mut needy, mut empty) = (0_u64, 0_u64, 0_usize);
    let mut ratios = Vec::new();
    for (at, (line, &posts)) in problem.lines.iter().zip(&proposal.posts).enumerate() {
        let (above, below) = (line.need.numer().unsigned_abs(), line.need.denom().unsigned_abs());
        let held = u64::from(posts);
        if let Some(share) = proposal.shares.get(at) {
            let (above, below) = (share.numer().unsigned_abs(), share.denom().unsigned_abs());
            // (x − a/b)² = x² + a²/b² − 2xa/b
            shares.add(&[held, held], &[1], false);
            shares.add(&[above, above], &[below, below], false);
            shares.add(&[2, held, above], &[below], true);
        }
        if above == 0 {
            needless += held;
            continue;
        }
        needy += held;
        needs.add(&[above], &[below], false);
        squares.add(&[held, held, below], &[above], false);
        if held == 0 {
            empty += 1;
        } else {
            inverse.add(&[above, above], &[below, below, held], false);
        }
        ratios.push((posts, line.need));
    }
    ratios.sort_by(filled);
    let told = |at: Option<&(u32, Fraction)>| at.map(|&(posts, need)| quotient(posts.into(), need));
    let sorted: Vec<String> =
        ratios.iter().map(|&(posts, need)| quotient(posts.into(), need)).collect();
    // Σ(x−s)²/s = (N/B)·Σx²/n − 2Σx + B, over units with need.
    let deviation = (problem.total > 0)
        .then(|| {
            let sum: Fraction = problem
                .lines
                .iter()
                .map(|line| line.need)
                .fold(Fraction::default(), |sum, need| {
                    num_traits::CheckedAdd::checked_add(&sum, &need).unwrap_or_default()
                });
            if needs.to_string() != sum.to_string() || *sum.numer() == 0 {
                return None;
            }
            let mut deviation = squares.clone();
            deviation.times(sum.numer().unsigned_abs(), sum.denom().unsigned_abs());
            deviation.times(1, problem.total);
            deviation.add(&[2, needy], &[1], true);
            deviation.add(&[problem.total], &[1], false);
            Some(deviation.to_string())
        })
        .flatten();
    let value = match problem.rule {
        Rule::Balanced => json!(squares.to_string()),
        Rule::WorstFirst => json!(told(ratios.first())),
        Rule::EqualGap => json!(inverse.to_string()),
        Rule::NeverOverfill => json!(told(ratios.last())),
        Rule::LargestRemainder => json!(shares.to_string()),
    };
    let by_share = problem.rule == Rule::LargestRemainder;
    json!({
        "value": value,
        "posts_without_need": needless,
        "sum_x2_over_n": squares.to_string(),
        "deviation": deviation,
        "sum_n2_over_x": inverse.to_string(),
        "units_without_posts": empty,
        "lowest": told(ratios.first()),
        "highest": told(ratios.last()),
        "worst_sorted": sorted,
        "sum_off_share2": by_share.then(|| shares.to_string()),
        "shares": by_share.then(|| proposal.shares.iter().map(ToString::to_string).collect::<Vec<_>>()),
    })
}

fn filled(one: &(u32, Fraction), other: &(u32, Fraction)) -> Ordering {
    // x/n of both, through whole part and rest, so that nothing overflows.
    let parts = |&(posts, need): &(u32, Fraction)| {
        let above = u128::from(posts) * u128::from(need.denom().unsigned_abs());
        let below = u128::from(need.numer().unsigned_abs());
        (above / below, above % below, below)
    };
    let ((whole, rest, need), (other_whole, other_rest, other_need)) = (parts(one), parts(other));
    whole
        .cmp(&other_whole)
        .then_with(|| (rest * other_need).cmp(&(other_rest * need)))
        .then_with(|| compare(&one.1, &other.1))
}

fn clashing(problem: &Problem, clash: &Clash) -> Value {
    let hold = |hold: &Hold| json!({ "unit": hold.id.as_str(), "posts": hold.posts, "reason": hold.reason, "need": hold.need.to_string() });
    let limits = |total: u64, limits: &Limits| {
        json!({
            "kind": code(clash), "total": total, "sum": limits.sum, "by": limits.by,
            "smallest": limits.smallest.iter().map(hold).collect::<Vec<_>>(),
            "smallest_sum": limits.smallest_sum,
            "by_reason": limits.by_reason.iter().map(|sum| json!({ "reason": sum.reason, "units": sum.lines, "posts": sum.posts })).collect::<Vec<_>>(),
        })
    };
    let (status, told, cure) = match clash {
        Clash::DuplicateId { id, times, names } => (
            "invalid",
            json!({ "kind": code(clash), "unit": id.as_str(), "times": times, "ids": names }),
            "give all but one of them another id, or make them one unit".to_owned(),
        ),
        Clash::NeedInvalid { id, numerator, denominator, lines } => (
            "invalid",
            json!({ "kind": code(clash), "unit": id.as_str(), "need": format!("{numerator}/{denominator}"), "units": lines }),
            format!("give {id} a need of zero or more, with a denominator above zero"),
        ),
        Clash::NeedsTooFine => (
            "invalid",
            json!({ "kind": code(clash) }),
            "use another rule, or needs with smaller denominators".to_owned(),
        ),
        Clash::TooManyMoves { moves, most } => (
            "invalid",
            json!({ "kind": code(clash), "moves": moves, "most": most }),
            if problem.groups.is_empty() {
                "drop the limit on moves".to_owned()
            } else {
                "widen the limits of the groups".to_owned()
            },
        ),
        Clash::GroupInvalid { name, low, high } => (
            "infeasible",
            json!({ "kind": code(clash), "group": name.as_str(), "low": low, "high": high, "by": low.saturating_sub(*high) }),
            format!("lower the least of {name} or raise its most by {}", low.saturating_sub(*high)),
        ),
        Clash::GroupsThreeWays { groups } => (
            "invalid",
            json!({ "kind": code(clash), "groups": groups.iter().map(|name| name.as_str()).collect::<Vec<_>>() }),
            "drop one of these groups: two families of nested groups can be decided".to_owned(),
        ),
        Clash::LowAboveHigh { lines } => (
            "infeasible",
            json!({ "kind": code(clash), "units": lines.iter().map(|line| json!({ "unit": line.id.as_str(), "low": line.low, "low_reason": line.low_reason, "high": line.high, "high_reason": line.high_reason, "by": line.by })).collect::<Vec<_>>() }),
            "lower the least or raise the most of each by the figure stated".to_owned(),
        ),
        Clash::ReserveAboveTotal { reserve, total } => (
            "infeasible",
            json!({ "kind": code(clash), "reserve": reserve, "total": total, "by": reserve.saturating_sub(*total) }),
            format!("a reserve of at most {total}"),
        ),
        Clash::LowsAboveTotal { total, limits: held } => (
            "infeasible",
            limits(*total, held),
            format!("lower bounds by {0} posts in all, or a total larger by {0}", held.by),
        ),
        Clash::HighsBelowTotal { total, limits: held } => (
            "infeasible",
            limits(*total, held),
            format!("raise upper bounds by {0} posts in all, or a total smaller by {0}", held.by),
        ),
        Clash::LimitBelowForced { limit, least, must_gain, must_lose, to_place } => (
            "infeasible",
            json!({ "kind": code(clash), "limit": limit, "least": least, "must_gain": must_gain, "must_lose": must_lose, "to_place": to_place, "by": least.saturating_sub(*limit) }),
            format!("allow {least} moves"),
        ),
        Clash::Groups(groups) => {
            let held = |held: &Held| {
                let (limit, name, reason) = match &held.by {
                    HeldBy::Total => ("total", None, None),
                    HeldBy::Group { name, .. } => ("group", Some(name.as_str()), None),
                    HeldBy::Line { id, reason, .. } => ("unit", Some(id.as_str()), Some(reason)),
                };
                json!({
                    "limit": limit,
                    "name": name,
                    "reason": reason,
                    "side": if held.at_least { "at_least" } else { "at_most" },
                    "posts": held.posts,
                    "alone_gives_way_by": held.alone,
                })
            };
            (
                "infeasible",
                json!({ "kind": code(clash), "must": groups.must, "room": groups.room, "by": groups.by, "smallest": groups.limits.iter().map(held).collect::<Vec<_>>() }),
                format!("these limits together have to give way by {} posts", groups.by),
            )
        }
    };
    let findings: Vec<Value> = match clash {
        Clash::LowAboveHigh { lines } => lines.iter().map(|line| crossed(line).json()).collect(),
        _ => vec![Finding::new(code(clash), "problem", clash.to_string(), cure).json()],
    };
    json!({ "status": status, "rule": name(problem.rule), "total": problem.total, "clash": told, "findings": findings })
}

/// The name of a kind of clash.
fn code(clash: &Clash) -> &'static str {
    match clash {
        Clash::DuplicateId { .. } => "duplicate_id",
        Clash::NeedInvalid { .. } => "need_invalid",
        Clash::NeedsTooFine => "needs_too_fine",
        Clash::TooManyMoves { .. } => "too_many_moves",
        Clash::GroupInvalid { .. } => "group_crossed",
        Clash::GroupsThreeWays { .. } => "groups_cross_three_ways",
        Clash::LowAboveHigh { .. } => "bounds_crossed",
        Clash::ReserveAboveTotal { .. } => "reserve_above_total",
        Clash::LowsAboveTotal { .. } => "lows_above_total",
        Clash::HighsBelowTotal { .. } => "highs_below_total",
        Clash::LimitBelowForced { .. } => "limit_below_forced",
        Clash::Groups(_) => "groups",
    }
}

/// One unit whose bounds exclude each other.
fn crossed(line: &CrossedLine) -> Finding {
    let CrossedLine { id, low, low_reason, high, high_reason, by } = line;
    let [below, above] = [low_reason, high_reason].map(|reason| as_text(&json!(reason)));
    let message =
        format!("at least {low} posts ({below}) and at most {high} ({above}): {by} apart");
    let cure = format!("a least of at most {high}, or a most of at least {low}");
    Finding::new("bounds_crossed", id.as_str(), message, cure)
}
