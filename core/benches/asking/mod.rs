//! A made-up pool of 2,000 applications over 20 batches, the same at every run.

use std::collections::BTreeMap;

use bianheng_core::county::{Departures, KindId, UnitCode};
use bianheng_core::pool::{
    Application, Batch, Cap, Field, Playing, Pool, Rule, Standing, Standings, Test, Way, play,
};
use chrono::NaiveDate;

fn day(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
}

/// The pool, and who asks it for posts.
pub struct Asking {
    pool: Pool,
    standings: Standings,
    batches: Vec<Batch>,
}

impl Asking {
    /// 500 units that ask four times each, the same at every run.
    pub fn new() -> Self {
        let batches: Vec<Batch> = (0..20)
            .map(|at| {
                let date = day(2026 + at / 2, if at % 2 == 0 { 3 } else { 9 });
                Batch::new(&format!("批 {at}"), date, Some(150))
            })
            .collect();
        let first = batches.first().cloned().unwrap_or_else(|| unreachable!());
        let kind = KindId::general().clone();
        let mut pool = Pool::found(kind, "池".to_owned(), 2_000, String::new(), first);
        pool.count_departures = true;
        pool.fill_months = Some(6);
        let kinds = [
            Test::NotOverfull,
            Test::MustBeFull,
            Test::KindMatches,
            Test::UnitLimit,
            Test::LoanWithinDepartures,
            Test::NoOverdueLoan,
        ];
        pool.rules = kinds.map(|kind| Rule::new(kind, 3)).into();
        pool.caps = vec![Cap {
            name: "医疗".to_owned(),
            field: Field::Category,
            any: vec!["医疗".to_owned()],
            posts: 60,
            in_rotation: false,
            clause: Default::default(),
        }];
        let code = |unit: u32| UnitCode::new(&format!("G{unit:03}"));
        let mut standings = Standings::new();
        for unit in 0..500_u32 {
            let departures =
                (2026..2040).map(|year| Departures { year, people: unit % 3 }).collect();
            let standing = Standing {
                of_kind: true,
                authorised: 20 + unit % 7,
                in_post: 20 + unit % 7 + u32::from(unit % 11 == 0),
                departures,
                category: if unit % 4 == 0 { "医疗" } else { "教育" }.to_owned(),
                ..Standing::default()
            };
            standings.insert(code(unit), standing);
        }
        for number in 0..2_000_u32 {
            let mixed = number.wrapping_mul(2_654_435_761);
            pool.applications.push(Application {
                tier: u8::try_from(mixed % 3 + 1).unwrap_or(1),
                score: (60 + mixed % 40).to_string().parse().ok(),
                way: if mixed % 2 == 0 { Way::NextVacancy } else { Way::AtTerm },
                ..Application::new(&format!("A{number:04}"), code(number % 500), 1 + mixed % 4)
            });
        }
        Self { pool, standings, batches }
    }

    /// Plays it for 10 years; tells the years played.
    pub fn play(&self) -> Option<usize> {
        let mut shared: Vec<(Batch, Vec<&Application>)> =
            self.batches.iter().map(|batch| (batch.clone(), Vec::new())).collect();
        for (at, asking) in self.pool.applications.iter().enumerate() {
            if let Some((_, list)) = shared.get_mut(at % 20) {
                list.push(asking);
            }
        }
        let played = play(&Playing {
            pool: &self.pool,
            standings: &self.standings,
            batches: shared,
            events: &[],
            unfilled: BTreeMap::new(),
            today: day(2026, 3),
            last: 2035,
            departures: true,
        });
        played.ok().map(|played| played.years.len())
    }
}
