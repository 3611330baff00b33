//! Random batches against the checker, and what it finds where awards were tampered with.

use proptest::prelude::*;

use super::*;
use crate::county::UnitCode;

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
