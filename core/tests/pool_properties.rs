//! Laws of the turnover pool, over random pools, batches and books.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

use bianheng_core::county::{Departures, KindId, UnitCode};
use bianheng_core::pool::*;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

fn start() -> NaiveDate {
    "2024-01-01".parse().unwrap()
}

fn after(days: u64) -> NaiveDate {
    start().checked_add_days(Days::new(days)).unwrap()
}

fn code(number: u8) -> UnitCode {
    UnitCode::new(&format!("G{number}"))
}

/// A pool with rules, nested caps and up to ten applications, its units, and the batch of each
/// application among three.
#[derive(Debug, Clone)]
struct Case {
    pool: Pool,
    known: Standings,
    batch_of: Vec<usize>,
    batches: Vec<Batch>,
}

impl Case {
    fn playing(&self) -> Playing<'_> {
        let mut batches: Vec<(Batch, Vec<&Application>)> =
            self.batches.iter().map(|batch| (batch.clone(), Vec::new())).collect();
        for asking in &self.pool.applications {
            let number: usize = asking.id[1..].parse().unwrap();
            batches[self.batch_of[number]].1.push(asking);
        }
        Playing {
            pool: &self.pool,
            standings: &self.known,
            batches,
            events: &[],
            unfilled: BTreeMap::new(),
            today: self.batches[0].date,
            last: 2032,
            departures: self.pool.count_departures,
        }
    }
}

fn cases() -> impl Strategy<Value = Case> {
    let application =
        (0..5_u8, 1..5_u32, 0..4_u8, prop::option::of(80..84_u32), 0..3_u8, 0..4_usize, 0..3_usize);
    let unit = (8..12_u32, 8..12_u32, 0..4_u32, 8..14_u32, 0..3_u8);
    let loan = (0..5_u8, 1..4_u32, 0..500_u64, 1..900_u64, 0..4_usize);
    (
        prop::collection::vec(application, 0..10),
        prop::collection::vec(unit, 5),
        prop::collection::vec(loan, 0..4),
        prop::collection::vec(prop::option::of(0..8_u32), 3),
        12..30_u32,
        (any::<bool>(), any::<bool>(), prop::option::of(1..9_u32)),
        prop::sample::subsequence((0..10_usize).collect::<Vec<_>>(), 0..=10),
        (1..8_u32, 1..5_u32, 0..3_usize),
    )
        .prop_map(|(applications, units, loans, limits, size, flags, rules, caps)| {
            let (counts, fills, ties) = flags;
            let date = "2026-06-01".parse().unwrap();
            let batch = |at: usize, limit: Option<u32>| {
                let year = 2026 + i32::try_from(at).unwrap();
                Batch::new(&at.to_string(), NaiveDate::from_ymd_opt(year, 6, 1).unwrap(), limit)
            };
            let batches: Vec<Batch> =
                limits.into_iter().enumerate().map(|(at, limit)| batch(at, limit)).collect();
            let first = Batch { date, ..batches[0].clone() };
            let mut pool =
                Pool::found(KindId::general().clone(), "池".into(), size, "一".into(), first);
            pool.count_departures = counts;
            pool.fill_months = fills.then_some(6);
            pool.ties = ties.into_iter().map(|_| Tie::FewerAsked).collect();
            let offered = [
                Rule::new(Test::NotOverfull, 3),
                Rule::new(Test::MustBeFull, 3),
                Rule::new(Test::UnitLimit, 3),
                Rule::new(Test::LoanWithinDepartures, 3),
                Rule::new(Test::NoOverdueLoan, 3),
                Rule::new(Test::Compare, 3),
                Rule { any: vec!["s0".into(), "s1".into()], ..Rule::new(Test::OneOf, 3) },
                Rule {
                    kind: Test::Compare,
                    measure: Some(Measure::AskedWithOwed),
                    at_least: true,
                    posts: Some(2),
                    ..Rule::default()
                },
                Rule {
                    kind: Test::Compare,
                    measure: Some(Measure::InPost),
                    of: Some(Measure::AskedInBatch),
                    posts: Some(8),
                    ..Rule::default()
                },
                Rule {
                    kind: Test::Compare,
                    measure: Some(Measure::Departures),
                    at_least: true,
                    posts: Some(1),
                    years: Some(3),
                    otherwise: Some(Otherwise::Review),
                    ..Rule::default()
                },
            ];
            pool.rules = rules.into_iter().map(|at| offered[at].clone()).collect();
            let cap = |name: &str, any: &[&str], posts| Cap {
                name: name.to_owned(),
                field: Field::Category,
                any: any.iter().map(|one| (*one).to_owned()).collect(),
                posts,
                in_rotation: name == "all",
                clause: Default::default(),
            };
            let (outer, inner, count) = caps;
            pool.caps = [cap("all", &["c0", "c1"], outer + 4), cap("c0", &["c0"], inner)]
                .into_iter()
                .take(count)
                .collect();
            let mut batch_of = Vec::new();
            for (number, (unit, posts, tier, score, sort, way, at)) in
                applications.into_iter().enumerate()
            {
                batch_of.push(at);
                pool.applications.push(Application {
                    tier,
                    score: score.and_then(|score| score.to_string().parse().ok()),
                    sort: format!("s{sort}"),
                    way: Way::ALL[way % 3],
                    ..Application::new(&format!("A{number}"), code(unit), posts)
                });
            }
            for (number, (unit, posts, from, length, way)) in loans.into_iter().enumerate() {
                let borrower = Borrower::Unit(code(unit));
                pool.loans.push(Loan {
                    id: format!("L{number}"),
                    way: Way::ALL[way % 3],
                    ..Loan::new(borrower, posts, after(from), after(from + length))
                });
            }
            let known = (0..)
                .zip(units)
                .map(|(number, (authorised, in_post, leaving, entitled, category))| {
                    let departures =
                        (2027..2031).map(|year| Departures { year, people: leaving }).collect();
                    let unit = Standing {
                        of_kind: true,
                        authorised,
                        in_post,
                        departures,
                        entitled: Some(entitled),
                        category: format!("c{category}"),
                        ..Standing::default()
                    };
                    (code(number), unit)
                })
                .collect();
            Case { pool, known, batch_of, batches }
        })
}

/// What may happen to a pool: whether it can is for the book to say.
fn happenings() -> impl Strategy<Value = Vec<Event>> {
    let unit = prop::option::of(0..5_u8);
    let one = (0..900_u64, 0..8_usize, 0..4_u8, 0..4_u32, 0..4_usize, unit);
    prop::collection::vec(one, 0..12).prop_map(|list| {
        let what = [
            What::Add,
            What::Withdraw,
            What::Return,
            What::Return,
            What::Renew,
            What::Lapse,
            What::Fill,
            What::Schedule,
        ];
        type One = (u64, usize, u8, u32, usize, Option<u8>);
        let event = |(days, kind, loan, posts, way, unit): One| {
            let what = what[kind];
            let of_pool = matches!(what, What::Add | What::Withdraw);
            let loan = if of_pool { String::new() } else { format!("L{loan}") };
            let mut event = Event::new(after(days), what, &loan);
            event.unit = unit.filter(|_| of_pool).map(code);
            event.posts = posts;
            event.way = Way::ALL[way];
            event.due = Some(after(days + 400));
            event.document = "文".to_owned();
            event.schedule = vec![Instalment { date: after(days + 100), posts }];
            event
        };
        list.into_iter().map(event).collect()
    })
}

/// Takes in every entry that the book admits.
fn with_admitted(mut pool: Pool, events: Vec<Event>) -> Pool {
    for event in events {
        pool.note(event);
        if Book::last(&pool).is_err() {
            pool.events.pop();
        }
    }
    pool
}

/// Every vector of grants that the limits allow, for one batch under a unit limit and caps.
fn allowed(asked: &[u32], fits: &dyn Fn(&[u32]) -> bool) -> Vec<Vec<u32>> {
    let mut all = vec![Vec::new()];
    for most in asked {
        all = all
            .into_iter()
            .flat_map(|start: Vec<u32>| {
                (0..=*most).map(move |posts| {
                    let mut longer = start.clone();
                    longer.push(posts);
                    longer
                })
            })
            .collect();
    }
    all.retain(|grants| fits(grants));
    all
}

proptest! {
    #[test]
    fn the_years_add_up_and_nothing_is_below_zero(case in cases()) {
        let played = play(&case.playing()).unwrap();
        let mut before = None;
        for row in &played.years {
            prop_assert_eq!(
                i64::from(row.opening) + i64::from(row.added) + i64::from(row.back())
                    + i64::from(row.lapsed) - i64::from(row.withdrawn) - i64::from(row.awarded),
                i64::from(row.closing)
            );
            prop_assert_eq!(row.closing + row.in_use + row.promised, row.size);
            prop_assert!(row.overdue <= row.in_use + row.promised);
            if let Some(closing) = before {
                prop_assert_eq!(row.opening, closing);
            }
            before = Some(row.closing);
        }
    }

    #[test]
    fn a_played_year_can_be_rebuilt_from_its_entries(case in cases()) {
        let played = play(&case.playing()).unwrap();
        let mut whole = case.pool.clone();
        whole.loans.extend(played.lent.iter().cloned());
        whole.events.extend(played.expected.iter().cloned());
        for row in &played.years {
            let end = NaiveDate::from_ymd_opt(row.year, 12, 31).unwrap();
            let book = Book::on(&whole, end).unwrap();
            prop_assert_eq!(row.closing, book.free());
            prop_assert_eq!((row.in_use, row.promised), (book.in_use(), book.promised()));
            prop_assert_eq!(row.overdue, book.overdue(end));
        }
    }

    #[test]
    fn the_checker_agrees_with_every_batch(case in cases()) {
        let mut wrong = Vec::new();
        let done = play_with(&case.playing(), &mut |sharing, awards| {
            wrong.extend(verify_for(&case.pool, &case.known, sharing, awards));
        });
        prop_assert!(done.is_ok());
        prop_assert_eq!(wrong, []);
    }

    #[test]
    fn the_order_of_rows_decides_nothing(
        (case, shuffled) in cases().prop_flat_map(|case| {
            let applications = case.pool.applications.clone();
            (Just(case), Just(applications).prop_shuffle())
        }),
    ) {
        let mut other = case.clone();
        other.pool.applications = shuffled;
        prop_assert_eq!(play(&case.playing()), play(&other.playing()));
    }

    #[test]
    fn one_more_post_hurts_nobody_in_its_batch(case in cases()) {
        let mut first = case.pool.clone();
        first.applications.retain(|asking| {
            case.batch_of[asking.id[1..].parse::<usize>().unwrap()] == 0
        });
        let now = award(&first, &case.known).unwrap();
        let more = one_more(&first, &case.known).unwrap();
        prop_assert!(more.changes.len() <= 1);
        for (id, before, then) in &more.changes {
            prop_assert_eq!(*then, before + 1);
            prop_assert_eq!(now.of(id).unwrap().granted, *before);
        }
    }

    #[test]
    fn a_book_rebuilt_for_any_day_is_the_running_one(
        case in cases(),
        events in happenings(),
    ) {
        let pool = with_admitted(case.pool, events);
        // Nothing is assumed before the last day: what the years say is what the entries say.
        let playing = Playing {
            pool: &pool,
            standings: &case.known,
            batches: Vec::new(),
            events: &[],
            unfilled: BTreeMap::new(),
            today: NaiveDate::MAX,
            last: 2030,
            departures: false,
        };
        let played = play(&playing).unwrap();
        for row in &played.years {
            let end = NaiveDate::from_ymd_opt(row.year, 12, 31).unwrap();
            let book = Book::on(&pool, end).unwrap();
            prop_assert_eq!(row.closing, book.free());
            prop_assert_eq!((row.in_use, row.promised), (book.in_use(), book.promised()));
            prop_assert_eq!((row.size, row.overdue), (book.size, book.overdue(end)));
        }
        // The order in which entries were written down does not matter where their days differ.
        let mut days: Vec<NaiveDate> = pool.events.iter().map(|event| event.date).collect();
        days.sort();
        days.dedup();
        if days.len() == pool.events.len() {
            let mut turned = pool.clone();
            turned.events.reverse();
            prop_assert_eq!(Book::last(&turned), Book::last(&pool));
        }
    }

    #[test]
    fn every_entry_is_refused_or_leaves_every_day_whole(
        case in cases(),
        events in happenings(),
        late in happenings(),
    ) {
        let pool = with_admitted(case.pool, events);
        for event in late {
            let mut with = pool.clone();
            with.note(event.clone());
            match Book::last(&with) {
                Ok(last) => {
                    for days in (0..1_400).step_by(50) {
                        let book = Book::on(&with, after(days)).unwrap();
                        prop_assert!(book.out() <= book.size);
                        prop_assert_eq!(book.free() + book.in_use() + book.promised(), book.size);
                    }
                    let moved = i64::from(last.size);
                    prop_assert_eq!(moved, i64::from(with.present_size()));
                }
                Err(error) => {
                    // It names the day: that of the entry, or a later one that it breaks.
                    prop_assert!(error.date.is_none_or(|day| day >= event.date));
                    prop_assert!(!error.clause(bianheng_core::text::Lang::Zh).is_empty());
                }
            }
        }
    }

    #[test]
    fn each_model_keeps_its_identity_after_every_entry(
        case in cases(),
        events in happenings(),
        model in 0..3_usize,
        spare in 0..40_u32,
    ) {
        let mut pool = with_admitted(case.pool, events);
        pool.model = Model::ALL[model];
        let units: BTreeMap<UnitCode, UnitPosts> = case.known.iter().map(|(unit, facts)| {
            (unit.clone(), UnitPosts { authorised: facts.authorised, in_post: facts.in_post })
        }).collect();
        let held: u64 = units.values().map(|unit| u64::from(unit.authorised)).sum();
        let inside = if pool.model == Model::CutOff { pool.present_size() } else { 0 };
        let total = held + u64::from(inside) + u64::from(spare);
        // What may fail, worked out naively: under A more posts leave the pool for no unit than were
        // unassigned; under B an owner lends more than it has vacant.
        let told = |until: &dyn Fn(NaiveDate) -> bool, unit: Option<&UnitCode>| -> i64 {
            let own = pool.events.iter().filter(|event| event.unit.as_ref() == unit);
            own.filter(|event| until(event.date)).map(|event| match event.what {
                What::Add => i64::from(event.posts),
                What::Withdraw => -i64::from(event.posts),
                _ => 0,
            }).sum()
        };
        let opens = pool.loans.iter().map(|loan| loan.from).chain([pool.opened()]);
        let days: Vec<NaiveDate> =
            pool.events.iter().map(|event| event.date).chain(opens).collect();
        let before = |day: NaiveDate| move |date: NaiveDate| date > day;
        let freed = |day: &NaiveDate| -told(&before(*day), None);
        let all = -told(&|_| true, None);
        let most_freed = days.iter().map(freed).chain([all]).max().unwrap_or(0);
        let steps = match identities(&pool, &units, total) {
            Ok(steps) => steps,
            Err(error) => {
                let expected = match pool.model {
                    Model::CutOff => (Fault::TotalOff, most_freed > i64::from(spare)),
                    Model::UseOnly => (Fault::OwnerShort, error.found > error.limit),
                    Model::Separate => (error.fault, false),
                };
                prop_assert_eq!((error.fault, true), expected, "{:?}", error);
                return Ok(());
            }
        };
        prop_assert!(pool.model != Model::CutOff || most_freed <= i64::from(spare));
        prop_assert_eq!(steps.len(), 1 + pool.loans.len() + pool.events.len());
        for step in &steps {
            let counted = if pool.model == Model::CutOff { u64::from(step.pool) } else { 0 };
            prop_assert_eq!(step.units + counted + step.unassigned, total);
            prop_assert_eq!(step.free + step.out, step.pool);
            // On the evening of its day: units have what they have now, and what they gave since.
            if steps.iter().rfind(|other| other.date == step.date) == Some(step) {
                let since: i64 =
                    units.keys().map(|unit| told(&before(step.date), Some(unit))).sum();
                let since = if pool.model == Model::CutOff { since } else { 0 };
                prop_assert_eq!(step.units, u64::try_from(held as i64 + since).unwrap());
            }
        }
        // What a unit took out of the pool it had lent, or it lends nothing.
        let lent = lent_by(&pool);
        for (unit, posts) in &lent {
            prop_assert!(*posts <= units[unit].authorised.saturating_sub(units[unit].in_post));
        }
        let last = steps.last().unwrap();
        prop_assert_eq!(last.lent, lent.values().map(|posts| u64::from(*posts)).sum::<u64>());
    }

    #[test]
    fn no_other_sharing_serves_those_who_go_first_better_or_grants_more(
        asked in prop::collection::vec((0..3_u8, 1..4_u32, 1..3_u8), 1..5),
        limit in 0..8_u32,
        (unit_limit, outer, inner) in (1..4_u32, 1..7_u32, 1..4_u32),
    ) {
        // Units 0 and 1 are of the inner category within the outer, unit 2 of the outer alone.
        let category = |unit: u8| if unit < 2 { "in" } else { "out" };
        let first = Batch::new("一", after(0), Some(limit));
        let mut pool = Pool::found(KindId::general().clone(), "池".into(), 9, "一".into(), first);
        pool.rules = vec![Rule { posts: Some(unit_limit), ..Rule::new(Test::UnitLimit, 3) }];
        let cap = |name: &str, any: &[&str], posts| Cap {
            name: name.to_owned(),
            field: Field::Category,
            any: any.iter().map(|one| (*one).to_owned()).collect(),
            posts,
            in_rotation: false,
            clause: Default::default(),
        };
        pool.caps = vec![cap("outer", &["in", "out"], outer), cap("inner", &["in"], inner)];
        for (number, (unit, posts, tier)) in asked.iter().enumerate() {
            pool.applications.push(Application {
                tier: *tier,
                ..Application::new(&format!("A{number}"), code(*unit), *posts)
            });
        }
        let known: Standings = (0..3).map(|unit| {
            let facts = Standing {
                of_kind: true,
                category: category(unit).to_owned(),
                ..Standing::default()
            };
            (code(unit), facts)
        }).collect();
        let awards = award(&pool, &known).unwrap();
        let asking: Vec<&Application> = awards.list.iter().map(|one| {
            pool.applications.iter().find(|asking| asking.id == one.application).unwrap()
        }).collect();
        let granted: Vec<u32> = awards.list.iter().map(|one| one.granted).collect();
        let fits = |grants: &[u32]| {
            let of = |test: &dyn Fn(&Application) -> bool| -> u32 {
                asking.iter().zip(grants).filter(|(a, _)| test(a)).map(|(_, posts)| posts).sum()
            };
            let units = (0..3).all(|unit| of(&|a| a.unit == code(unit)) <= unit_limit);
            let inside = of(&|a| a.unit < code(2));
            units && inside <= inner && of(&|_| true) <= outer.min(limit.min(9))
        };
        let most: Vec<u32> = asking.iter().map(|asking| asking.posts).collect();
        let all = allowed(&most, &fits);
        prop_assert_eq!(all.iter().max(), Some(&granted));
        let total = |grants: &Vec<u32>| grants.iter().sum::<u32>();
        prop_assert_eq!(all.iter().map(total).max(), Some(total(&granted)));
    }
}
