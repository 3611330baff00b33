//! What the stories start from, in few words: pools, units, applications, loans and entries.

use bianheng_core::county::{Departures, Fact, KindId, UnitCode};
use bianheng_core::pool::movement::Paper;
use bianheng_core::pool::*;
use bianheng_core::scenario::{Command, Label, Step, Workspace};
use chrono::NaiveDate;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The order of a movement on the first of December 2026.
pub fn paper(reason: &str, document: &str) -> Paper {
    let (reason, document) = (reason.to_owned(), document.to_owned());
    Paper { on: day("2026-12-01"), document, reason }
}

pub fn code(text: &str) -> UnitCode {
    UnitCode::new(text)
}

pub fn batch(name: &str, date: &str, limit: Option<u32>) -> Batch {
    Batch::new(name, day(date), limit)
}

pub fn pool(size: u32) -> Pool {
    let mut pool = Pool::found(
        KindId::general().clone(),
        "池".to_owned(),
        size,
        "〔2026〕1 号".to_owned(),
        batch("一", "2026-03-01", None),
    );
    pool.rules.clear();
    pool
}

pub fn unit(authorised: u32, in_post: u32, departures: &[(i32, u32)]) -> Standing {
    Standing {
        of_kind: true,
        authorised,
        in_post,
        departures: departures
            .iter()
            .map(|(year, people)| Departures { year: *year, people: *people })
            .collect(),
        ..Standing::default()
    }
}

pub fn units(list: &[(&str, Standing)]) -> Standings {
    list.iter().map(|(name, unit)| (code(name), unit.clone())).collect()
}

pub fn asking(id: &str, unit: &str, posts: u32) -> Application {
    Application { tier: 1, ..Application::new(id, code(unit), posts) }
}

pub fn loan(id: &str, unit: &str, posts: u32, from: &str, due: &str) -> Loan {
    Loan { id: id.to_owned(), ..Loan::new(Borrower::Unit(code(unit)), posts, day(from), day(due)) }
}

pub fn event(date: &str, what: What, loan: &str, posts: u32) -> Event {
    let document = "〔2026〕2 号".to_owned();
    Event { posts, document, ..Event::new(day(date), what, loan) }
}

/// 244 of the hospital's 312 people are gone: room for all of G11.
pub fn hospital_with_room(workspace: &mut Workspace) {
    let at = "G01/kind:general".parse().unwrap();
    let (old, new) = (Some(312), Some(68));
    let commands = vec![Command::SetFact { at, fact: Fact::InPost, old, new }];
    workspace.dispatch(Step { label: Label::Edit, commands }).unwrap();
}

pub fn instalments(parts: &[(&str, u32)]) -> Vec<Instalment> {
    parts.iter().map(|(date, posts)| Instalment { date: day(date), posts: *posts }).collect()
}

/// Plays batches with the applications named by them.
pub fn played(
    pool: &Pool,
    standings: &Standings,
    batches: &[(Batch, &[&str])],
    events: &[Event],
    unfilled: &[(&str, u32)],
    last: i32,
) -> Result<Played, PoolError> {
    let of = |ids: &[&str]| -> Vec<&Application> {
        pool.applications.iter().filter(|asking| ids.contains(&asking.id.as_str())).collect()
    };
    let batches: Vec<(Batch, Vec<&Application>)> =
        batches.iter().map(|(batch, ids)| (batch.clone(), of(ids))).collect();
    let today = batches.first().map_or(pool.batch.date, |(batch, _)| batch.date);
    let mut wrong = Vec::new();
    let playing = Playing {
        pool,
        standings,
        batches,
        events,
        unfilled: unfilled.iter().map(|(id, posts)| ((*id).to_owned(), *posts)).collect(),
        today,
        last,
        departures: pool.count_departures,
    };
    let played = play_with(&playing, &mut |sharing, awards| {
        wrong.extend(verify_for(pool, standings, sharing, awards));
    });
    assert_eq!(wrong, [], "the checker agrees with every batch");
    played
}

pub fn granted(played: &Played) -> Vec<(String, u32)> {
    let awards = played.awards.iter().flat_map(|(_, awards)| &awards.list);
    awards.map(|award| (award.application.clone(), award.granted)).collect()
}

pub fn row(played: &Played, year: i32) -> Year {
    *played.years.iter().find(|row| row.year == year).unwrap()
}
