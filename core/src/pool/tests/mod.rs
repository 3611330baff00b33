//! The batch of the sample county, the hard cases one by one, and random batches against the
//! checker.

mod awards;
mod checker;
mod life;
mod refusals;

use chrono::NaiveDate;

use super::*;
use crate::county::{Departures, UnitCode};
use crate::text::Bilingual;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn sample() -> Vec<Pool> {
    serde_json::from_str(include_str!("../../../data/sample/pools.json")).unwrap()
}

fn standing(authorised: u32, in_post: u32, leaving: u32) -> Standing {
    let departures = vec![Departures { year: 2027, people: leaving }];
    Standing { of_kind: true, authorised, in_post, departures, ..Standing::default() }
}

/// The ten applicants of the sample: authorised, in post, departures in three years.
fn applicants() -> Standings {
    let facts = [
        (312, 312, 5),
        (18, 18, 2),
        (96, 96, 1),
        (46, 46, 2),
        (34, 34, 1),
        (15, 15, 1),
        (12, 12, 1),
        (22, 22, 1),
        (14, 12, 1),
        (11, 12, 0),
    ];
    let units = (1..).zip(facts).map(|(number, (authorised, in_post, leaving))| {
        (UnitCode::new(&format!("G{number:02}")), standing(authorised, in_post, leaving))
    });
    units.collect()
}

fn asking(unit: &str, posts: u32, tier: u8, score: &str) -> Application {
    let score = score.parse().ok();
    Application {
        tier,
        score,
        ..Application::new(&format!("of {unit}"), UnitCode::new(unit), posts)
    }
}

fn rule(kind: Test) -> Rule {
    Rule { clause: Bilingual::new("池规", "rules"), ..Rule::new(kind, 3) }
}

/// A pool of `size` posts for full units that are not overfull, and a standing for each applicant.
fn small(size: u32, limit: Option<u32>, applications: Vec<Application>) -> (Pool, Standings) {
    let units = applications.iter().map(|asking| (asking.unit.clone(), standing(10, 10, 9)));
    let standings = units.collect();
    let batch = Batch::new("", day("2026-12-01"), limit);
    let found = Pool::found(KindId::new("general"), "池".to_owned(), size, String::new(), batch);
    let rules = vec![rule(Test::NotOverfull), rule(Test::MustBeFull)];
    let pool = Pool { rules, applications, ..found };
    (pool, standings)
}

fn granted(awards: &Awards) -> Vec<u32> {
    awards.list.iter().map(|award| award.granted).collect()
}

fn by_hand(application: &str, granted: u32) -> Override {
    Override {
        application: application.to_owned(),
        granted,
        reason: "急需".to_owned(),
        document: "〔2026〕1 号".to_owned(),
    }
}
