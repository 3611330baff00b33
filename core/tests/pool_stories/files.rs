//! A pool in a file, of this version and of earlier ones.

use bianheng_core::county::KindId;
use bianheng_core::pool::preset::presets;
use bianheng_core::pool::*;
use bianheng_core::sample;
use bianheng_core::scenario::{Command, Label, Step};
use bianheng_core::text::Lang;

use super::given::{batch, day, event};

/// A file of version 2 knows neither ways of return nor entries of the book: it opens with loans that
/// end with their term, the same balance, and the same awards.
#[test]
fn a_pool_of_a_file_of_version_2_opens_to_the_same_balance() {
    let text = include_str!("../data/v2_pool.bianheng.json");
    assert!(text.contains("\"version\": 2"));
    let opened = bianheng_core::file::open(text).unwrap();
    assert!(opened.same_base && opened.same_results);
    let county = opened.workspace.base();
    let pool = county.pool(KindId::general()).unwrap();
    assert!(pool.events.is_empty() && pool.past.is_empty() && pool.uses.is_empty());
    assert!(pool.loans.iter().all(|loan| loan.way == Way::AtTerm && loan.fill_by.is_none()));
    let awards = award(pool, &standings(county, KindId::general())).unwrap();
    assert_eq!((awards.granted(), awards.units_served()), (11, 7));
    assert_eq!((awards.figures.on_loan, awards.figures.free), (12, 7));
}

/// What a pool knows since is written and read back whole: events, ways, schedules, batches, caps.
#[test]
fn a_pool_with_a_life_is_written_and_read_back_whole() {
    let mut workspace = sample::county().unwrap().workspace;
    let kind = KindId::general().clone();
    let old = workspace.state().county.pool(&kind).unwrap().clone();
    let known = standings(&workspace.state().county, &kind);
    let mut new = approve(&old, &award(&old, &known).unwrap()).unwrap();
    new.open_batch(batch("二", "2027-03-01", Some(3)));
    let mut renewal = event("2026-12-02", What::Renew, "L1", 0);
    renewal.due = Some(day("2027-09-01"));
    new.note(renewal);
    new.note(Event { way: Way::NextVacancy, ..event("2026-12-03", What::Return, "L1", 1) });
    presets().into_iter().find(|preset| preset.id == "secondment").unwrap().put(&mut new, Lang::Zh);
    assert_eq!(admit(Some(&old), &new, &known), Ok(()));
    let command = Command::SetPool {
        kind: kind.clone(),
        old: Some(Box::new(old)),
        new: Some(Box::new(new.clone())),
    };
    let label = Label::Entry { what: What::Renew, unit: "县中医医院".into() };
    let step = Step { label, commands: vec![command] };
    workspace.dispatch(step).unwrap();
    let text = bianheng_core::file::write(&workspace, "0.1.0", day("2026-12-04")).unwrap();
    let opened = bianheng_core::file::open(&text).unwrap();
    assert!(opened.same_results);
    assert_eq!(opened.workspace.state().county.pool(&kind), Some(&new));
}
