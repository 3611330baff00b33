//! From targets to moves: who gives whom what, in which batch, how far, and with whom; and which
//! teacher goes where.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use bianheng_core::allocate::moves::{
    Move, Nearness, Party, Way, check_batches, metres, transfers, transfers_in_steps,
};
use bianheng_core::allocate::transport::Transport;
use bianheng_core::allocate::{
    BoundReason, Bounds, Line, LineId, Problem, Rounding, Rule, afford, compare, solve,
};
use bianheng_core::fraction::Fraction;
use bianheng_core::pace::Steps;
use proptest::prelude::*;

fn party(id: &str, [before, after, in_post, leaving]: [u32; 4], place: u32, class: u32) -> Party {
    Party { id: id.into(), before, after, in_post, leaving, place, class, spot: None }
}

type Told = (Option<usize>, Option<usize>, u64, Way, Nearness);

fn told(moves: &[Move]) -> Vec<Told> {
    moves.iter().map(|step| (step.from, step.to, step.posts, step.way, step.nearness)).collect()
}

#[test]
fn transfers_stay_near_and_vacant_posts_go_first() {
    let parties = [
        party("1/primary", [20, 17, 19, 1], 1, 1),
        party("2/primary", [10, 12, 10, 0], 1, 1),
        party("3/primary", [30, 28, 28, 0], 2, 1),
        party("4/lower", [12, 16, 12, 0], 2, 2),
    ];
    let list = transfers(&parties);
    assert_eq!(check_batches(&parties, &list), Ok(()));
    // Unit 1 gives two within its township: its vacant one, and one when somebody has left. Its
    // third moves with a person.
    assert_eq!(
        told(&list),
        [
            (Some(0), Some(1), 1, Way::Vacant, Nearness::SamePlaceAndClass),
            (Some(2), Some(3), 2, Way::Vacant, Nearness::SamePlace),
            (None, Some(3), 1, Way::Vacant, Nearness::Unassigned),
            (Some(0), Some(3), 1, Way::WithPerson, Nearness::Elsewhere),
            (Some(0), Some(1), 1, Way::AfterLeaving, Nearness::SamePlaceAndClass),
        ]
    );
}

#[test]
fn nobody_is_sent_to_a_unit_above_its_posts() {
    // Unit 2 has two people too many: the vacant post of unit 3 goes there, and what unit 1 gives
    // waits until somebody leaves, as one vacant post does not make room.
    let parties = [
        party("1/a", [10, 8, 10, 0], 1, 1),
        party("2/a", [10, 13, 12, 0], 1, 1),
        party("3/a", [10, 9, 9, 0], 1, 1),
    ];
    let list = transfers(&parties);
    assert_eq!(check_batches(&parties, &list), Ok(()));
    let told: Vec<_> = list.iter().map(|step| (step.from, step.posts, step.way)).collect();
    assert_eq!(told, [(Some(2), 1, Way::Vacant), (Some(0), 2, Way::AfterLeaving)]);
    // Sent all the same it would be found out.
    let mut sent = list;
    sent[1].way = Way::WithPerson;
    assert_eq!(check_batches(&parties, &sent).unwrap_err().party, 1);
}

#[test]
fn where_coordinates_are_known_the_ways_are_short() {
    // On one meridian, a hundredth of a degree apart: 1.11 km a step.
    let at = |id: &str, before: u32, after: u32, step: i32| Party {
        spot: Some((104_000_000, 30_000_000 + step * 10_000)),
        ..party(id, [before, after, 0, 0], step.unsigned_abs(), 1)
    };
    let parties = [at("1/a", 5, 4, 0), at("2/a", 5, 4, 3), at("3/a", 5, 6, 2), at("4/a", 5, 6, 5)];
    let list = transfers(&parties);
    let ends: Vec<_> = list.iter().map(|step| (step.from, step.to)).collect();
    // 0→2 and 3→5 are four steps; 0→5 and 3→2 would be six.
    assert_eq!(ends, [(Some(0), Some(2)), (Some(1), Some(3))]);
    let far: u32 = list.iter().filter_map(|step| step.metres).sum();
    assert!((4440..4460).contains(&far), "{far}");
    // At sixty degrees north a degree of longitude is half as long.
    let east = metres((10_000_000, 60_000_000), (11_000_000, 60_000_000));
    assert!((55_300..55_900).contains(&east), "{east}");
    assert_eq!(metres((5, 5), (5, 5)), 0);
    assert!(metres((i32::MIN, i32::MIN), (i32::MAX, i32::MAX)) > 0);
}

#[test]
fn within_a_township_the_ways_are_short_and_one_without_coordinates_spoils_none() {
    let at = |id: &str, before: u32, after: u32, lon: Option<i32>, place: u32| Party {
        spot: lon.map(|lon| (lon, 30_000_000)),
        ..party(id, [before, after, 0, 0], place, 1)
    };
    let (west, east) = (Some(104_000_000), Some(104_100_000));
    let (by_west, by_east) = (Some(104_000_100), Some(104_100_100));
    let ends = |parties: &[Party]| -> Vec<_> {
        transfers(parties).iter().map(|step| (step.from, step.to, step.metres)).collect()
    };
    // Two pairs 9 metres apart each, 9.6 km from the other: 18 metres in all, not 19,233.
    let near = [(Some(0), Some(3), Some(9)), (Some(1), Some(2), Some(9))];
    let one = [
        at("a", 5, 4, west, 1),
        at("b", 5, 4, east, 1),
        at("c", 5, 6, by_east, 1),
        at("d", 5, 6, by_west, 1),
    ];
    assert_eq!(ends(&one), near);
    // The same over four townships, and a fifth giver whose place nobody knows.
    let apart = [
        at("a", 5, 4, west, 1),
        at("b", 5, 4, east, 2),
        at("c", 5, 6, by_east, 3),
        at("d", 5, 6, by_west, 4),
        at("e", 5, 4, None, 5),
        at("f", 5, 6, Some(105_000_000), 6),
    ];
    assert_eq!(ends(&apart)[..2], near);
    assert_eq!(ends(&apart)[2], (Some(4), Some(5), None));
}

#[test]
fn four_teachers_three_schools_two_subjects() {
    // Supplies: two of mathematics at A, one of music at A, one of mathematics at B. Places:
    // mathematics at C (2), music at D (1). Far from B to C is 9, from A 4; music A to D 6.
    let problem = Transport {
        supplies: vec![2, 1, 1],
        places: vec![2, 1],
        arcs: vec![vec![(0, 4)], vec![(1, 6)], vec![(0, 9)]],
        unplaced: 1000,
    };
    let plan = problem.solve();
    assert_eq!(plan.flows, [(0, 0, 2), (1, 1, 1)]);
    assert_eq!((plan.left.as_slice(), plan.cost), ([0, 0, 1].as_slice(), 2 * 4 + 6 + 1000));
    assert_eq!(plan.check(&problem), Ok(()));
    // One place more at C would save 991: the teacher of B would no longer be left.
    assert_eq!(plan.place_prices[0], 991);
    let mut forged = plan.clone();
    forged.flows[0].2 = 1;
    assert!(forged.check(&problem).is_err());
    let mut forged = plan;
    forged.place_prices[0] -= 1;
    assert!(forged.check(&problem).is_err());
}

#[test]
fn what_a_total_affords() {
    let classes: Vec<Fraction> = [6, 12, 18].map(Fraction::from_integer).into();
    // 36 classes, 72 posts: 2 per class exactly, and as 12, 24, 36 are whole, anything up to the
    // figure at which the largest school reaches 36.5 of 18: 73 ÷ 36.
    let half = afford(&classes, 72, Rounding::HalfUp).unwrap();
    assert_eq!((half.most, half.included, half.posts), (Fraction::new(73, 36), false, 72));
    assert_eq!(half.decimal(2), Some(Fraction::new(202, 100)));
    // Rounding up, exactly 2 is the last figure.
    let up = afford(&classes, 72, Rounding::Up).unwrap();
    assert_eq!((up.most, up.included), (Fraction::from_integer(2), true));
    assert_eq!(afford(&[Fraction::from_integer(0)], 5, Rounding::Up), None);
    assert_eq!(afford(&[], 5, Rounding::Up), None);
}

#[test]
fn rules_agree_where_they_can() {
    let line = |id: &str, need: i64, now| Line {
        id: id.into(),
        need: Fraction::from_integer(need),
        now,
        bounds: Bounds::free().at_most(40, BoundReason::CapUp),
        entitled: need as u32,
    };
    let lines = vec![line("1/a", 1, 1), line("2/a", 2, 2), line("3/a", 27, 27)];
    let problem =
        Problem { lines, total: 30, rule: Rule::Balanced, limit: None, groups: Vec::new() };
    let same = compare(&problem);
    assert_eq!((same.sure, same.disputed), (30, 0));
    let scarce = compare(&Problem { total: 20, ..problem });
    for (rule, answer) in &scarce.answers {
        let posts = &answer.as_ref().unwrap().posts;
        assert!(
            posts.iter().zip(&scarce.agreed).all(|(posts, agreed)| posts >= agreed),
            "{rule:?}"
        );
    }
    // Worst first lifts the two small ones, never overfill keeps them at nought and one.
    assert!(scarce.disputed > 0 && scarce.sure + scarce.disputed == 20);
}

/// Every way to place the units, one by one.
fn cheapest(problem: &Transport, supply: usize, left: u32, room: &mut Vec<u32>) -> i128 {
    let Some(&units) = problem.supplies.get(supply) else { return 0 };
    if left == 0 {
        let next = problem.supplies.get(supply + 1).copied().unwrap_or(0);
        return if supply + 1 < problem.supplies.len() {
            cheapest(problem, supply + 1, next, room)
        } else {
            0
        };
    }
    let _ = units;
    let mut best = i128::from(problem.unplaced) + cheapest(problem, supply, left - 1, room);
    for &(place, cost) in &problem.arcs[supply] {
        if room[place as usize] > 0 {
            room[place as usize] -= 1;
            best = best.min(i128::from(cost) + cheapest(problem, supply, left - 1, room));
            room[place as usize] += 1;
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn transfers_add_up_and_every_batch_is_legal(
        parties in prop::collection::vec(
            ((0_u32..=9, 0_u32..=9, 0_u32..=12, 0_u32..=3), 0_u32..3, 0_u32..3, prop::option::weighted(0.7, (0_i32..9, 0_i32..9))), 0..12),
        turn in 0_usize..12,
    ) {
        let parties: Vec<Party> = parties.into_iter().enumerate()
            .map(|(name, ((before, after, in_post, leaving), place, class, spot))| Party {
                id: LineId::from(format!("u{name:02}")), before, after, in_post, leaving, place, class,
                spot: spot.map(|(lon, lat)| (lon * 1000, lat * 1000)),
            })
            .collect();
        let list = transfers(&parties);
        let asked = parties.clone();
        let mut steps = Steps::begin(move |pace| async move {
            transfers_in_steps(&asked, &pace).await
        });
        let slowly = loop {
            if let Some(list) = steps.step() {
                break list;
            }
        };
        prop_assert_eq!(&slowly, &list, "in steps it is the same");
        for step in &list {
            prop_assert!(step.posts > 0 && step.from != step.to);
            prop_assert!(step.from.is_none_or(|from| parties[from].before > parties[from].after));
            prop_assert!(step.to.is_none_or(|to| parties[to].after > parties[to].before));
        }
        prop_assert!(list.is_sorted_by_key(|step| step.way));
        // Somebody may have to leave whom no survey expects to; else the batches stand by themselves.
        let judged = check_batches(&parties, &list);
        prop_assert_eq!(judged, Ok(()));
        for (index, party) in parties.iter().enumerate() {
            let vacant: u64 = list.iter()
                .filter(|step| step.from == Some(index) && step.way == Way::Vacant)
                .map(|step| step.posts).sum();
            let lost = party.before.saturating_sub(party.after);
            prop_assert_eq!(vacant, u64::from(lost.min(party.before.saturating_sub(party.in_post))));
        }
        // As many posts as can be stay in their township.
        for place in 0..3 {
            let here = |is: fn(&Party) -> u32| -> u64 {
                parties.iter().filter(|party| party.place == place).map(|party| u64::from(is(party))).sum()
            };
            let gives = here(|party| party.before.saturating_sub(party.after));
            let takes = here(|party| party.after.saturating_sub(party.before));
            let inside: u64 = list.iter()
                .filter(|step| [step.from, step.to].iter().all(|end| end.is_some_and(|end| parties[end].place == place)))
                .map(|step| step.posts).sum();
            prop_assert_eq!(inside, gives.min(takes));
        }
        // The order of the list decides nothing.
        let mut turned = parties.clone();
        if !turned.is_empty() {
            turned.rotate_left(turn % parties.len());
        }
        let names = |parties: &[Party], list: &[Move]| -> Vec<_> {
            let name = |end: Option<usize>| end.map(|index| parties[index].id.clone());
            list.iter().map(|step| (name(step.from), name(step.to), step.posts, step.way)).collect()
        };
        prop_assert_eq!(names(&turned, &transfers(&turned)), names(&parties, &list));
    }

    #[test]
    fn no_other_pairs_are_nearer(
        ends in prop::collection::vec(((0_u32..3, 0_u32..2, 0_i32..9), (0_u32..3, 0_u32..2, 0_i32..9)), 1..5),
    ) {
        let count = ends.len();
        let (givers, getters): (Vec<_>, Vec<_>) = ends.into_iter().unzip();
        let parties: Vec<Party> = givers.into_iter().map(|end| (end, 1, 0))
            .chain(getters.into_iter().map(|end| (end, 0, 1)))
            .enumerate()
            .map(|(name, ((place, class, lon), before, after))| Party {
                spot: Some((lon * 10_000, 0)),
                ..party(&format!("u{name}"), [before, after, 0, 0], place, class)
            })
            .collect();
        // Other townships, then other classes within one, then metres.
        let cost = |pairs: &[(usize, usize)]| pairs.iter().fold([0_u64; 3], |[far, other, ways], &(a, b)| {
            let (a, b) = (&parties[a], &parties[b]);
            let is_far = a.place != b.place;
            [
                far + u64::from(is_far),
                other + u64::from(!is_far && a.class != b.class),
                ways + u64::from(metres(a.spot.unwrap(), b.spot.unwrap())),
            ]
        });
        let list = transfers(&parties);
        let found: Vec<_> = list.iter().map(|step| (step.from.unwrap(), step.to.unwrap())).collect();
        prop_assert_eq!(found.len(), count);
        let mut orders = vec![Vec::new()];
        for _ in 0..count {
            orders = orders.iter().flat_map(|order: &Vec<usize>| {
                let left = (count..2 * count).filter(|at| !order.contains(at));
                left.map(|at| [order.as_slice(), &[at]].concat())
            }).collect();
        }
        let best = orders.iter().map(|order| {
            cost(&order.iter().enumerate().map(|(from, to)| (from, *to)).collect::<Vec<_>>())
        });
        prop_assert_eq!(Some(cost(&found)), best.min());
    }

    #[test]
    fn no_plan_is_cheaper(
        supplies in prop::collection::vec((0_u32..=2, prop::collection::vec(prop::option::of(0_i64..=9), 3)), 1..=3),
        places in prop::collection::vec(0_u32..=3, 3),
        unplaced in 1_i64..=40,
    ) {
        let arcs = supplies.iter().map(|(_, costs)| {
            (0_u32..).zip(costs).filter_map(|(place, cost)| Some((place, (*cost)?))).collect()
        }).collect();
        let supplies = supplies.iter().map(|(units, _)| *units).collect();
        let problem = Transport { supplies, places: places.clone(), arcs, unplaced };
        let plan = problem.solve();
        prop_assert_eq!(plan.check(&problem), Ok(()));
        let first = problem.supplies[0];
        prop_assert_eq!(plan.cost, cheapest(&problem, 0, first, &mut places.clone()));
    }

    #[test]
    fn what_is_affordable_is_and_nothing_more(
        quantities in prop::collection::vec((0_i64..=90, 1_i64..=7), 1..12), total in 0_u64..=300,
        rounding in prop::sample::select(Rounding::ALL.to_vec()),
    ) {
        let quantities: Vec<Fraction> = quantities.into_iter().map(|(n, per)| Fraction::new(n, per)).collect();
        let posts = |figure: Fraction| -> u64 {
            quantities.iter().map(|quantity| {
                let exact = *quantity * figure;
                let whole = match rounding {
                    Rounding::Up => exact.ceil(),
                    Rounding::HalfUp => (exact + Fraction::new(1, 2)).floor(),
                    Rounding::Down => exact.floor(),
                };
                u64::try_from(whole.to_integer()).unwrap()
            }).sum()
        };
        let Some(found) = afford(&quantities, total, rounding) else {
            prop_assert!(quantities.iter().all(|quantity| *quantity.numer() == 0));
            return Ok(());
        };
        let a_little = Fraction::new(1, 1_000_000);
        prop_assert!(posts(found.most + a_little) > total);
        let last = if found.included { found.most } else { found.most - a_little };
        if *last.numer() >= 0 {
            prop_assert_eq!(posts(last), found.posts);
            prop_assert_eq!(found.lines.iter().sum::<u64>(), found.posts);
            prop_assert!(found.posts <= total);
        }
        if let Some(decimal) = found.decimal(2) {
            prop_assert!(posts(decimal) <= total);
            prop_assert!(posts(decimal + Fraction::new(1, 100)) > total);
        }
    }
}

#[test]
fn a_reserve_is_a_smaller_total() {
    let line = |id: &str, need: i64, now| Line {
        id: id.into(),
        need: Fraction::from_integer(need),
        now,
        bounds: Bounds::free(),
        entitled: need as u32,
    };
    let lines = vec![line("1/a", 10, 10), line("2/a", 10, 10)];
    let problem =
        Problem { lines, total: 20 - 4, rule: Rule::Balanced, limit: None, groups: Vec::new() };
    assert_eq!(solve(&problem).unwrap().posts, [8, 8]);
}
