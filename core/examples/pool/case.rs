//! A case as it is read, ready to be worked out.

use std::collections::BTreeMap;

use bianheng_core::county::{KindId, UnitCode};
use bianheng_core::pool::movement::Movement;
use bianheng_core::pool::{
    Account, Batch, Cap, Criterion, Event, Field, Model, Override, Pool, PoolError, Source,
    Standings, TierRule, Use, Way, lent_by,
};
use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::asking::application;
use super::book::{event, loan};
use super::fields::{Fields, bad, count, day};
use super::movements::{movement, plan, totals};
use super::rules::{any, clause, rule, terms};
use super::units::{more_departures, units};

/// Why a case cannot be worked out.
pub enum Bad {
    /// It cannot be read.
    Format { place: String, detail: String },
    /// It says what cannot be.
    Pool(PoolError),
}

impl From<PoolError> for Bad {
    fn from(error: PoolError) -> Self {
        Self::Pool(error)
    }
}

/// A case.
pub struct Case {
    /// The pool, with all applications and the first batch.
    pub pool: Pool,
    pub standings: Standings,
    pub batches: Vec<Batch>,
    /// Place in `batches` of each application.
    pub batch_of: Vec<usize>,
    /// Entries about loans that the batches grant.
    pub events: Vec<Event>,
    pub unfilled: BTreeMap<String, u32>,
    pub today: NaiveDate,
    pub years: Option<(i32, i32)>,
    pub plan: Option<Use>,
    pub movements: Vec<(Movement, NaiveDate)>,
    pub account: Account,
    pub at: Vec<NaiveDate>,
    pub ignored: Vec<String>,
}

pub const WAYS: &[(&str, &str)] = &[
    ("vacancy", "next_vacancy"),
    ("person", "person_leaves"),
    ("leaves", "person_leaves"),
    ("term", "at_term"),
    ("due", "at_term"),
    ("yearly", "schedule"),
    ("yearly_schedule", "schedule"),
];

const MODELS: &[(&str, &str)] = &[("a", "cut_off"), ("b", "use_only"), ("c", "separate")];

pub const FIELDS: &[(&str, &str)] = &[("purpose", "sort"), ("code", "unit"), ("talents", "talent")];

pub fn read(case: &Value) -> Result<Case, Bad> {
    let mut ignored = Vec::new();
    let mut top = Fields::of(case, "")?;
    let none = Value::Object(serde_json::Map::new());
    let (pool_value, place) = top.get(&["pool"]).unwrap_or((&none, "pool".to_owned()));
    let mut own = Fields::of(pool_value, &place)?;

    // Lists of the pool may stand in it or beside it.
    let mut lists: BTreeMap<&str, Vec<(&Value, String)>> = BTreeMap::new();
    for name in
        ["rules", "tiers", "criteria", "ties", "caps", "loans", "events", "batches", "overrides"]
    {
        let mut list = own.list(&[name])?;
        list.extend(top.list(&[name])?);
        lists.insert(name, list);
    }
    let list = |name: &str| lists.get(name).map(Vec::as_slice).unwrap_or_default();

    let kind = own.text(&["kind"])?.unwrap_or_else(|| "general".to_owned());
    let name = own.text(&["name"])?.unwrap_or_else(|| "pool".to_owned());
    let document = own.text(&["document"])?.unwrap_or_default();
    let mut sources = Vec::new();
    for (value, place) in own.list(&["sources"])? {
        let mut fields = Fields::of(value, &place)?;
        sources.push(Source {
            unit: fields.text(&["unit", "from"])?.map(|unit| UnitCode::new(&unit)),
            posts: fields.count(&["posts"])?.unwrap_or(0),
            document: fields.text(&["document"])?.unwrap_or_default(),
        });
        fields.ignored(&mut ignored);
    }
    let sum = sources.iter().map(|source| source.posts).fold(0, u32::saturating_add);
    let size = own.count(&["size", "posts"])?.unwrap_or(sum);
    let term_years = own.count(&["term_years", "term"])?.unwrap_or(3);
    let terms = terms(&mut own)?;
    let fill_months = own.count(&["fill_months", "months_to_fill"])?;
    let counts = own.flag(&["count_departures"])?;
    let counts = top.flag(&["count_departures"])?.or(counts).unwrap_or(false);
    let way: Way = own.word(&["way", "return"], WAYS)?.unwrap_or_default();
    let model: Model = own.word(&["model"], MODELS)?.unwrap_or_default();
    let own_total = own.count(&["own_total", "total"])?;

    let mut batches = read_batches(list("batches"), &mut ignored)?;
    let today = top.day(&["today"], false)?;
    let span = span(&mut top)?;
    let first_day = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1);
    if batches.is_empty() {
        let date = today.or_else(|| first_day(span?.0)).or_else(|| first_day(2026));
        let date = date.ok_or_else(|| bad("years", "no such year"))?;
        batches.push(Batch::new("1", date, None));
    }
    // By date; those of one day as they stand.
    batches.sort_by_key(|batch| batch.date);
    let first = batches.first().cloned().ok_or_else(|| bad("batches", "none"))?;
    let today = today.unwrap_or(first.date);

    let mut pool = Pool::found(KindId::new(&kind), name, size, document, first.clone());
    pool.rules.clear();
    pool.model = model;
    pool.own_total = own_total;
    pool.sources = sources;
    pool.term_years = term_years;
    pool.terms = terms;
    pool.fill_months = fill_months;
    pool.count_departures = counts;
    for (value, place) in list("rules") {
        pool.rules.push(rule(value, place, &mut ignored)?);
    }
    for (value, place) in list("tiers") {
        let mut fields = Fields::of(value, place)?;
        pool.tiers.push(TierRule {
            field: fields.word(&["field"], FIELDS)?.unwrap_or(Field::Sort),
            any: any(&mut fields)?,
            tier: tier(fields.count(&["tier"])?.unwrap_or(1), place)?,
        });
        fields.ignored(&mut ignored);
    }
    for (value, place) in list("criteria") {
        let mut fields = Fields::of(value, place)?;
        pool.criteria.push(Criterion {
            name: fields.text(&["name", "criterion"])?.unwrap_or_default(),
            weight: fields.count(&["weight"])?.unwrap_or(1),
        });
        fields.ignored(&mut ignored);
    }
    for (value, place) in list("ties") {
        pool.ties.push(super::fields::word(value, place, &[])?);
    }
    for (at, (value, place)) in list("caps").iter().enumerate() {
        let mut fields = Fields::of(value, place)?;
        pool.caps.push(Cap {
            name: fields.text(&["name"])?.unwrap_or_else(|| format!("cap {}", at + 1)),
            field: fields.word(&["field"], FIELDS)?.unwrap_or(Field::Sort),
            any: any(&mut fields)?,
            posts: fields
                .count(&["posts", "limit"])?
                .ok_or_else(|| bad(place, "posts are needed"))?,
            in_rotation: fields.flag(&["in_rotation"])?.unwrap_or(false),
            clause: clause(&mut fields)?,
        });
        fields.ignored(&mut ignored);
    }
    for (value, place) in list("overrides") {
        let mut fields = Fields::of(value, place)?;
        pool.overrides.push(Override {
            application: fields.text(&["application", "id"])?.unwrap_or_default(),
            granted: fields.count(&["granted", "posts"])?.unwrap_or(0),
            reason: fields.text(&["reason"])?.unwrap_or_default(),
            document: fields.text(&["document"])?.unwrap_or_default(),
        });
        fields.ignored(&mut ignored);
    }
    for (value, place) in list("loans") {
        pool.loans.push(loan(value, place, &pool, way, &mut ignored)?);
    }

    let (mut standings, mut account) = units(&mut top, &kind, &mut ignored)?;
    more_departures(&mut top, &mut standings)?;
    let (mut batch_of, mut unfilled) = (Vec::new(), BTreeMap::new());
    for (at, (value, place)) in top.list(&["applications"])?.into_iter().enumerate() {
        let read = application(value, &place, at, &kind, way, &batches, &mut ignored)?;
        batch_of.push(read.batch);
        if read.unfilled > 0 {
            unfilled.insert(read.asking.id.clone(), read.unfilled);
        }
        pool.applications.push(read.asking);
    }
    let mut events = Vec::new();
    for (value, place) in list("events") {
        let event = event(value, place, &mut ignored)?;
        let of_batch = pool.applications.iter().any(|asking| asking.id == event.loan);
        if of_batch { &mut events } else { &mut pool.events }.push(event);
    }
    own.ignored(&mut ignored);

    let plan = match top.get(&["plan"]) {
        Some((value, place)) => Some(plan(value, &place, first.date.year(), &mut ignored)?),
        None => None,
    };
    let mut movements = Vec::new();
    for (value, place) in top.list(&["movements"])? {
        movements.push(movement(value, &place, &kind, first.date, &mut ignored)?);
    }
    totals(&mut top, &mut account, &pool)?;
    for (owner, posts) in lent_by(&pool) {
        if let Some(standing) = standings.get_mut(&owner) {
            standing.lent = posts;
        }
        account.lent.insert((pool.kind.clone(), owner), posts);
    }
    let mut at = Vec::new();
    for (value, place) in top.list(&["at"])? {
        at.push(day(value, &place, false)?);
    }
    // Read by name only.
    top.text(&["name", "id", "title"])?;
    top.ignored(&mut ignored);
    Ok(Case {
        pool,
        standings,
        batches,
        batch_of,
        events,
        unfilled,
        today,
        years: span,
        plan,
        movements,
        account,
        at,
        ignored,
    })
}

pub fn tier(figure: u32, place: &str) -> Result<u8, Bad> {
    u8::try_from(figure).map_err(|_| bad(place, "a tier is from 1 to 255"))
}

fn span(top: &mut Fields<'_>) -> Result<Option<(i32, i32)>, Bad> {
    let Some((value, place)) = top.get(&["years"]) else { return Ok(None) };
    let year = |value: &Value, place: &str| -> Result<i32, Bad> {
        let year = i32::try_from(count(value, place)?).unwrap_or(0);
        if (1900..=2200).contains(&year) {
            Ok(year)
        } else {
            Err(bad(place, "no year from 1900 to 2200"))
        }
    };
    match value {
        Value::Array(list) => {
            let mut years = Vec::new();
            for (at, value) in list.iter().enumerate() {
                years.push(year(value, &format!("{place}[{at}]"))?);
            }
            Ok(years.iter().min().copied().zip(years.iter().max().copied()))
        }
        Value::Object(_) => {
            let mut fields = Fields::of(value, &place)?;
            let read = |found: Option<(&Value, String)>| {
                let (value, place) = found.ok_or_else(|| bad(&place, "from and to are needed"))?;
                year(value, &place)
            };
            let (from, to) = (read(fields.get(&["from"]))?, read(fields.get(&["to"]))?);
            if to < from {
                return Err(bad(&place, "to is before from"));
            }
            Ok(Some((from, to)))
        }
        value => {
            let years = i32::try_from(count(value, &place)?).unwrap_or(0);
            if years >= 1900 {
                return Ok(Some((years, years)));
            }
            if !(1..=200).contains(&years) {
                return Err(bad(&place, "1 to 200 years"));
            }
            // Counted from the first batch, once it is known.
            Ok(Some((0, years)))
        }
    }
}

fn read_batches(list: &[(&Value, String)], ignored: &mut Vec<String>) -> Result<Vec<Batch>, Bad> {
    let mut batches = Vec::new();
    for (at, (value, place)) in list.iter().enumerate() {
        let mut fields = Fields::of(value, place)?;
        let name = fields.text(&["name", "id"])?.unwrap_or_else(|| (at + 1).to_string());
        let date = fields.day(&["date", "day", "year"], false)?;
        let date = date.ok_or_else(|| bad(place, "a date is needed"))?;
        batches.push(Batch::new(&name, date, fields.count(&["limit", "posts"])?));
        fields.ignored(ignored);
    }
    Ok(batches)
}
