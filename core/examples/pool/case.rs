//! A case as it is read, ready to be worked out.

use std::collections::BTreeMap;

use bianheng_core::county::{Departures, HoldingId, KindId, Part, UnitCode};
use bianheng_core::norm::Confidence;
use bianheng_core::pool::movement::Movement;
use bianheng_core::pool::plan::{Flow, Reserve, UseEntry};
use bianheng_core::pool::{
    Account, Application, Batch, Borrower, Cap, Criterion, Event, Fault, Field, Instalment,
    KindAccount, Loan, Marked, Model, Otherwise, Override, Place, Pool, PoolError, Rule, Score,
    Source, Standing, Standings, Term, TierRule, Use, Way, What, lent_by,
};
use bianheng_core::text::Bilingual;
use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::fields::{Fields, bad, count, day, text};

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

const WAYS: &[(&str, &str)] = &[
    ("vacancy", "next_vacancy"),
    ("person", "person_leaves"),
    ("leaves", "person_leaves"),
    ("term", "at_term"),
    ("due", "at_term"),
    ("yearly", "schedule"),
    ("yearly_schedule", "schedule"),
];
const MODELS: &[(&str, &str)] = &[("a", "cut_off"), ("b", "use_only"), ("c", "separate")];
const FIELDS: &[(&str, &str)] = &[("purpose", "sort"), ("code", "unit"), ("talents", "talent")];

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

fn tier(figure: u32, place: &str) -> Result<u8, Bad> {
    u8::try_from(figure).map_err(|_| bad(place, "a tier is from 1 to 255"))
}

fn terms(own: &mut Fields<'_>) -> Result<Vec<Term>, Bad> {
    let Some((value, place)) = own.get(&["terms"]) else { return Ok(Vec::new()) };
    let mut terms = Vec::new();
    if let Some(map) = value.as_object() {
        for (sort, years) in map {
            let years = count(years, &format!("{place}.{sort}"))?;
            terms.push(Term { sort: sort.clone(), years });
        }
        return Ok(terms);
    }
    for (value, place) in own.list(&["terms"])? {
        let mut fields = Fields::of(value, &place)?;
        terms.push(Term {
            sort: fields.text(&["sort", "purpose"])?.unwrap_or_default(),
            years: fields.count(&["years"])?.ok_or_else(|| bad(&place, "years are needed"))?,
        });
    }
    Ok(terms)
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

fn clause(fields: &mut Fields<'_>) -> Result<Bilingual, Bad> {
    let Some((value, place)) = fields.get(&["clause"]) else { return Ok(Bilingual::default()) };
    match value {
        Value::Object(_) => {
            let mut own = Fields::of(value, &place)?;
            let (zh, en) = (own.text(&["zh"])?, own.text(&["en"])?);
            Ok(Bilingual::new(&zh.unwrap_or_default(), &en.unwrap_or_default()))
        }
        value => text(value, &place).map(|text| Bilingual::new(&text, &text)),
    }
}

fn any(fields: &mut Fields<'_>) -> Result<Vec<String>, Bad> {
    match fields.get(&["any", "values", "value"]) {
        Some((Value::Array(list), place)) => list.iter().map(|one| text(one, &place)).collect(),
        Some((value, place)) => Ok(vec![text(value, &place)?]),
        None => Ok(Vec::new()),
    }
}

fn rule(value: &Value, place: &str, ignored: &mut Vec<String>) -> Result<Rule, Bad> {
    let word = serde_json::json!({ "kind": value });
    let value = if value.is_string() { &word } else { value };
    let mut fields = Fields::of(value, place)?;
    let kind = fields.word(&["kind", "rule", "test"], &[])?;
    let mut rule = Rule::new(kind.ok_or_else(|| bad(place, "a kind is needed"))?, 3);
    // Nothing is taken for granted that a case leaves out.
    rule.posts = fields.count(&["posts", "limit"])?;
    rule.years = fields.count(&["years"])?.or(rule.years);
    rule.measure = fields.word(&["measure"], &[])?;
    rule.at_least = fields.flag(&["at_least"])?.unwrap_or(false);
    if let Some(op) = fields.text(&["op"])? {
        rule.at_least = match op.as_str() {
            "at_least" | ">=" | "≥" => true,
            "at_most" | "<=" | "≤" => false,
            _ => return Err(bad(place, "op is at_least or at_most")),
        };
    }
    rule.of = fields.word(&["of"], &[])?;
    rule.percent = fields.count(&["percent"])?;
    rule.field = fields.word(&["field"], FIELDS)?;
    rule.any = any(&mut fields)?;
    rule.otherwise = fields.word::<Otherwise>(&["otherwise", "else"], &[])?;
    rule.clause = clause(&mut fields)?;
    rule.confidence = fields.word(&["confidence"], &[])?.unwrap_or(Confidence::LocalAssumption);
    rule.off = fields.flag(&["off"])?.unwrap_or(false);
    if let Some(name) = fields.text(&["name"])? {
        rule.name = Bilingual::new(&name, &name);
    }
    use bianheng_core::pool::Test;
    match rule.kind {
        Test::UnitLimit if rule.posts.is_none() => return Err(bad(place, "posts are needed")),
        Test::Compare if rule.measure.is_none() => return Err(bad(place, "a measure is needed")),
        Test::OneOf if rule.field.is_none() => return Err(bad(place, "a field is needed")),
        _ => {}
    }
    fields.ignored(ignored);
    Ok(rule)
}

fn schedule(fields: &mut Fields<'_>) -> Result<Vec<Instalment>, Bad> {
    let Some((value, place)) = fields.get(&["schedule"]) else { return Ok(Vec::new()) };
    let mut schedule = Vec::new();
    if let Some(map) = value.as_object() {
        for (year, posts) in map {
            let place = format!("{place}.{year}");
            let date = day(&Value::String(year.clone()), &place, true)?;
            schedule.push(Instalment { date, posts: count(posts, &place)? });
        }
    } else {
        for (value, place) in fields.list(&["schedule"])? {
            let mut own = Fields::of(value, &place)?;
            let date = own.day(&["date", "year", "due"], true)?;
            schedule.push(Instalment {
                date: date.ok_or_else(|| bad(&place, "a date is needed"))?,
                posts: own.count(&["posts"])?.unwrap_or(0),
            });
        }
    }
    schedule.sort();
    Ok(schedule)
}

fn loan(
    value: &Value,
    place: &str,
    pool: &Pool,
    way: Way,
    ignored: &mut Vec<String>,
) -> Result<Loan, Bad> {
    let mut fields = Fields::of(value, place)?;
    let mut unit = fields.text(&["unit"])?;
    let mut name = fields.text(&["name"])?;
    if let Some((borrower, place)) = fields.get(&["borrower"]) {
        match borrower {
            Value::Object(_) => {
                let mut own = Fields::of(borrower, &place)?;
                unit = own.text(&["unit"])?.or(unit);
                name = own.text(&["name"])?.or(name);
            }
            value => unit = Some(text(value, &place)?),
        }
    }
    let borrower = match (unit, name) {
        (Some(unit), _) => Borrower::Unit(UnitCode::new(&unit)),
        (None, Some(name)) => Borrower::Name(name),
        (None, None) => return Err(bad(place, "a unit or a name is needed")),
    };
    let posts = fields.count(&["posts"])?.ok_or_else(|| bad(place, "posts are needed"))?;
    let from = fields.day(&["from", "start", "date"], false)?;
    let from = from.ok_or_else(|| bad(place, "from is needed"))?;
    let sort = fields.text(&["sort", "purpose_sort"])?.unwrap_or_default();
    let schedule = schedule(&mut fields)?;
    let last = schedule.iter().map(|part| part.date).max();
    let too_long = || PoolError::of(Fault::TermTooLong).figures(pool.term_of(&sort), 0);
    let due = match fields.day(&["due"], true)?.or(last) {
        Some(due) => due,
        None => pool.due(from, &sort).ok_or_else(too_long)?,
    };
    let loan = Loan {
        returned: fields.count(&["returned"])?.unwrap_or(0),
        id: fields.text(&["id"])?.unwrap_or_default(),
        purpose: fields.text(&["purpose"])?.unwrap_or_default(),
        document: fields.text(&["document"])?.unwrap_or_default(),
        way: fields.word(&["way", "return"], WAYS)?.unwrap_or(way),
        fill_by: fields.day(&["fill_by"], true)?,
        batch: fields.text(&["batch"])?.unwrap_or_default(),
        sort,
        schedule,
        ..Loan::new(borrower, posts, from, due)
    };
    fields.ignored(ignored);
    Ok(loan)
}

fn event(value: &Value, place: &str, ignored: &mut Vec<String>) -> Result<Event, Bad> {
    let mut fields = Fields::of(value, place)?;
    let date = fields.day(&["date", "day", "year"], false)?;
    let date = date.ok_or_else(|| bad(place, "a date is needed"))?;
    let what: Option<What> =
        fields.word(&["what", "kind", "type"], &[("addition", "add"), ("amend", "schedule")])?;
    let what = what.ok_or_else(|| bad(place, "what is needed"))?;
    let loan = fields.text(&["loan", "application", "id"])?.unwrap_or_default();
    let event = Event {
        posts: fields.count(&["posts"])?.unwrap_or(0),
        way: fields.word(&["way", "return"], WAYS)?.unwrap_or_default(),
        unit: fields.text(&["unit", "to", "from"])?.map(|unit| UnitCode::new(&unit)),
        due: fields.day(&["due"], true)?,
        schedule: schedule(&mut fields)?,
        document: fields.text(&["document"])?.unwrap_or_default(),
        note: fields.text(&["note"])?.unwrap_or_default(),
        ..Event::new(date, what, &loan)
    };
    fields.ignored(ignored);
    Ok(event)
}

fn leaving(value: &Value, place: &str) -> Result<Vec<Departures>, Bad> {
    let year = |text: &str, place: &str| {
        text.parse::<i32>().map_err(|_| bad(place, &format!("{text:?} is no year")))
    };
    let mut list = Vec::new();
    match value {
        Value::Object(map) => {
            for (key, people) in map {
                let place = format!("{place}.{key}");
                let people = count(people, &place)?;
                list.push(Departures { year: year(key, &place)?, people });
            }
        }
        Value::Array(entries) => {
            for (at, entry) in entries.iter().enumerate() {
                let place = format!("{place}[{at}]");
                let mut fields = Fields::of(entry, &place)?;
                let when = fields.text(&["year"])?.unwrap_or_default();
                let people = fields.count(&["people", "count"])?.unwrap_or(0);
                list.push(Departures { year: year(&when, &place)?, people });
            }
        }
        _ => return Err(bad(place, "an object or a list is needed")),
    }
    Ok(list)
}

fn units(
    top: &mut Fields<'_>,
    kind: &str,
    ignored: &mut Vec<String>,
) -> Result<(Standings, Account), Bad> {
    let (mut standings, mut account) = (Standings::new(), Account::default());
    for (value, place) in top.list(&["units"])? {
        let mut fields = Fields::of(value, &place)?;
        let code = fields.text(&["code", "id", "unit"])?;
        let code = UnitCode::new(&code.ok_or_else(|| bad(&place, "a code is needed"))?);
        fields.text(&["name"])?;
        let own = fields.text(&["kind"])?.unwrap_or_else(|| kind.to_owned());
        let authorised = fields.count(&["authorised", "posts", "authorized"])?.unwrap_or(0);
        let in_post = fields.count(&["in_post", "staff", "people"])?.unwrap_or(authorised);
        let entitled = fields.count(&["entitled", "entitlement"])?;
        let departures = match fields.get(&["departures"]) {
            Some((value, place)) => leaving(value, &place)?,
            None => Vec::new(),
        };
        let category = fields.text(&["category"])?.unwrap_or_default();
        let township = fields.text(&["township"])?.unwrap_or_default();
        let closed = match fields.get(&["closed"]) {
            Some((Value::Bool(false), _)) | None => None,
            Some((Value::Bool(true), _)) => Some(NaiveDate::MIN),
            Some((value, place)) => Some(day(value, &place, false)?),
        };
        let leaders = fields.count(&["leaders"])?;
        fields.ignored(ignored);

        let at = HoldingId { unit: code.clone(), part: Part::Kind(KindId::new(&own)) };
        let entry = Place { kind: KindId::new(&own), authorised, in_post };
        if account.places.insert(at, entry).is_some() {
            return Err(PoolError::of(Fault::UnitThere).who(code.as_str()).into());
        }
        if let Some(leaders) = leaders {
            account.leaders.insert(code.clone(), leaders);
        }
        if let Some(closed) = closed {
            account.closed.insert(code.clone(), closed);
        }
        let standing = standings.entry(code).or_default();
        standing.category = category;
        standing.township = township;
        standing.closed = standing.closed.or(closed);
        if own == kind {
            *standing = Standing {
                of_kind: true,
                authorised,
                in_post,
                entitled,
                departures,
                ..standing.clone()
            };
        }
    }
    Ok((standings, account))
}

fn more_departures(top: &mut Fields<'_>, standings: &mut Standings) -> Result<(), Bad> {
    let Some((value, place)) = top.get(&["departures"]) else { return Ok(()) };
    let mut add = |unit: &str, place: &str, list: Vec<Departures>| {
        let Some(standing) = standings.get_mut(&UnitCode::new(unit)) else {
            return Err(Bad::Pool(PoolError::of(Fault::NoUnit).who(unit)));
        };
        let _ = place;
        standing.departures.extend(list);
        Ok(())
    };
    match value {
        Value::Object(map) => {
            for (unit, value) in map {
                let place = format!("{place}.{unit}");
                add(unit, &place, leaving(value, &place)?)?;
            }
        }
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                let place = format!("{place}[{at}]");
                let mut fields = Fields::of(value, &place)?;
                let unit = fields.text(&["unit", "code"])?.unwrap_or_default();
                let list = Value::Array(vec![value.clone()]);
                add(&unit, &place, leaving(&list, &place)?)?;
            }
        }
        _ => return Err(bad(&place, "an object or a list is needed")),
    }
    Ok(())
}

struct ReadApplication {
    asking: Application,
    batch: usize,
    unfilled: u32,
}

fn application(
    value: &Value,
    place: &str,
    at: usize,
    kind: &str,
    way: Way,
    batches: &[Batch],
    ignored: &mut Vec<String>,
) -> Result<ReadApplication, Bad> {
    let mut fields = Fields::of(value, place)?;
    let id = fields.text(&["id"])?.unwrap_or_else(|| format!("A{}", at + 1));
    let unit = fields.text(&["unit", "code"])?.ok_or_else(|| bad(place, "a unit is needed"))?;
    let posts = fields.count(&["posts", "asked"])?.ok_or_else(|| bad(place, "posts are needed"))?;
    let mut asking = Application::new(&id, UnitCode::new(&unit), posts);
    if let Some(own) = fields.text(&["kind"])?.filter(|own| own != kind) {
        let error = PoolError::of(Fault::KindDiffers).who(&id);
        // The kinds stand in the text that names the application.
        return Err(error.who(&format!("{id} ({own} ≠ {kind})")).into());
    }
    asking.tier = tier(fields.count(&["tier", "priority"])?.unwrap_or(0), place)?;
    let score = |value: &Value, place: &str| {
        let text = text(value, place)?;
        text.parse::<Score>().map_err(|error| bad(place, &error.to_string()))
    };
    asking.score = match fields.get(&["score"]) {
        Some((value, place)) => Some(score(value, &place)?),
        None => None,
    };
    match fields.get(&["marks", "scores"]) {
        Some((Value::Object(map), place)) => {
            for (criterion, value) in map {
                let score = score(value, &format!("{place}.{criterion}"))?;
                asking.marks.push(Marked { criterion: criterion.clone(), score });
            }
        }
        Some(_) => {
            for (value, place) in fields.list(&["marks"])? {
                let mut own = Fields::of(value, &place)?;
                let criterion = own.text(&["criterion", "name"])?.unwrap_or_default();
                let (value, place) =
                    own.get(&["score", "mark"]).ok_or_else(|| bad(&place, "a score is needed"))?;
                asking.marks.push(Marked { criterion, score: score(value, &place)? });
            }
        }
        None => {}
    }
    asking.sort = fields.text(&["sort", "purpose_sort"])?.unwrap_or_default();
    asking.purpose = fields.text(&["purpose"])?.unwrap_or_default();
    asking.talent = fields.text(&["talent"])?.unwrap_or_default();
    asking.note = fields.text(&["note"])?.unwrap_or_default();
    asking.document = fields.text(&["document"])?.unwrap_or_default();
    asking.way = fields.word(&["way", "return"], WAYS)?.unwrap_or(way);
    asking.date = fields.day(&["date"], false)?;
    let year = fields.count(&["year"])?;
    let unfilled = fields.count(&["unfilled"])?;
    let named = fields.get(&["batch"]);
    let batch = match named {
        Some((value, place)) => {
            let name = text(value, &place)?;
            let by_name = batches.iter().position(|batch| batch.name == name);
            let number = name.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            by_name
                .or(number.filter(|at| *at < batches.len()))
                .ok_or_else(|| bad(&place, &format!("there is no batch {name:?}")))?
        }
        None => match (asking.date, year) {
            (Some(date), _) => batches
                .iter()
                .position(|batch| batch.date >= date)
                .ok_or_else(|| bad(place, "no batch is on or after its date"))?,
            (None, Some(year)) => batches
                .iter()
                .position(|batch| u32::try_from(batch.date.year()) == Ok(year))
                .ok_or_else(|| bad(place, "no batch is in its year"))?,
            (None, None) => 0,
        },
    };
    fields.ignored(ignored);
    Ok(ReadApplication { asking, batch, unfilled: unfilled.unwrap_or(0) })
}

fn plan(value: &Value, place: &str, year: i32, ignored: &mut Vec<String>) -> Result<Use, Bad> {
    let mut fields = Fields::of(value, place)?;
    let year = match fields.count(&["year"])? {
        Some(own) => i32::try_from(own).unwrap_or(year),
        None => year,
    };
    let mut plan = Use { year, ..Use::default() };
    plan.document = fields.text(&["document"])?.unwrap_or_default();
    for (value, place) in fields.list(&["reserve"])? {
        let mut own = Fields::of(value, &place)?;
        plan.reserve.push(Reserve {
            from: own.count(&["from"])?.unwrap_or(0),
            keep: own.count(&["keep"])?.unwrap_or(0),
        });
        own.ignored(ignored);
    }
    for (value, place) in fields.list(&["entries"])? {
        let mut own = Fields::of(value, &place)?;
        let date = own.day(&["date", "day"], false)?;
        let what: Option<Flow> = own.word(&["what", "kind"], &[])?;
        let unit = own.text(&["unit", "to"])?.ok_or_else(|| bad(&place, "a unit is needed"))?;
        plan.entries.push(UseEntry {
            date: date.ok_or_else(|| bad(&place, "a date is needed"))?,
            what: what.ok_or_else(|| bad(&place, "what is needed"))?,
            unit: UnitCode::new(&unit),
            from: own.text(&["from"])?.map(|unit| UnitCode::new(&unit)),
            people: own.count(&["people", "posts"])?.unwrap_or(1),
        });
        own.ignored(ignored);
    }
    fields.ignored(ignored);
    Ok(plan)
}

fn movement(
    value: &Value,
    place: &str,
    kind: &str,
    first: NaiveDate,
    ignored: &mut Vec<String>,
) -> Result<(Movement, NaiveDate), Bad> {
    let mut fields = Fields::of(value, place)?;
    let what = fields.text(&["what", "kind_of_movement"])?.unwrap_or_default();
    let date = fields.day(&["date"], false)?.unwrap_or(first);
    let own = fields.text(&["kind"])?.unwrap_or_else(|| kind.to_owned());
    let to_kind = fields.text(&["to_kind"])?.unwrap_or_else(|| own.clone());
    let from = fields.text(&["from"])?;
    let to = fields.text(&["to"])?;
    let unit = fields.text(&["unit"])?;
    let name = fields.text(&["name"])?.unwrap_or_default();
    let posts = fields.count(&["posts"])?.unwrap_or(0);
    let people = fields.count(&["people"])?.unwrap_or(0);
    let leaders = fields.count(&["leaders"])?.unwrap_or(0);
    let document = fields.text(&["document"])?.unwrap_or_default();
    fields.ignored(ignored);
    let need = |code: Option<String>, what: &str| {
        code.ok_or_else(|| bad(place, &format!("{what} is needed")))
    };
    let at = |code: String, kind: &str| HoldingId {
        unit: UnitCode::new(&code),
        part: Part::Kind(KindId::new(kind)),
    };
    if document.is_empty() {
        return Err(PoolError::of(Fault::NoDocument).who(place).on(date).into());
    }
    let movement = match what.as_str() {
        "with_function" => Movement::WithFunction {
            from: at(need(from, "from")?, &own),
            to: at(need(to, "to")?, &to_kind),
            posts,
            people,
        },
        "adjust" => Movement::Adjust {
            from: at(need(from, "from")?, &own),
            to: at(need(to, "to")?, &to_kind),
            posts,
        },
        "found" => Movement::Found {
            unit: UnitCode::new(&need(unit.or(to), "unit")?),
            name,
            township: String::new(),
            stage: None,
            kind: KindId::new(&own),
            posts,
            leaders,
        },
        "swap" => {
            let unit = need(unit.or_else(|| from.clone()), "unit")?;
            let to = to.unwrap_or_else(|| unit.clone());
            Movement::Swap { from: at(unit, &own), to: at(to, &to_kind), posts }
        }
        "recover" => Movement::Recover { from: at(need(from.or(unit), "from")?, &own), posts },
        "merge" => Movement::Merge {
            from: UnitCode::new(&need(from, "from")?),
            to: UnitCode::new(&need(to, "to")?),
        },
        "close" => Movement::Close {
            from: UnitCode::new(&need(from.or(unit), "from")?),
            to: to.map(|to| UnitCode::new(&to)),
        },
        other => return Err(bad(place, &format!("no movement {other:?}"))),
    };
    Ok((movement, date))
}

/// The most posts by which the pool ever exceeded, with what units alone gave and got, its present size.
fn freed(pool: &Pool) -> u32 {
    let mut events: Vec<&Event> = pool.events.iter().filter(|e| e.unit.is_none()).collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.date));
    let (mut since, mut most) = (0_i64, 0);
    for event in events {
        since += match event.what {
            What::Withdraw => i64::from(event.posts),
            What::Add => -i64::from(event.posts),
            _ => 0,
        };
        most = most.max(since);
    }
    u32::try_from(most).unwrap_or(u32::MAX)
}

/// What is unassigned of each kind follows from its total.
fn totals(top: &mut Fields<'_>, account: &mut Account, pool: &Pool) -> Result<(), Bad> {
    let mut stated: BTreeMap<String, u32> = BTreeMap::new();
    if let Some((value, place)) = top.get(&["totals"]) {
        let map = value.as_object().ok_or_else(|| bad(&place, "an object is needed"))?;
        for (kind, total) in map {
            stated.insert(kind.clone(), count(total, &format!("{place}.{kind}"))?);
        }
    }
    if let Some(total) = top.count(&["total"])? {
        stated.insert(pool.kind.as_str().to_owned(), total);
    }
    let mut kinds: Vec<KindId> = account.places.values().map(|place| place.kind.clone()).collect();
    kinds.extend(stated.keys().map(|kind| KindId::new(kind)));
    kinds.push(pool.kind.clone());
    kinds.sort();
    kinds.dedup();
    for kind in kinds {
        let own = account.places.values().filter(|place| place.kind == kind);
        let given: u64 = own.map(|place| u64::from(place.authorised)).sum();
        let inside = kind == pool.kind && pool.model.counts_in_total();
        // Posts that leave the pool for no unit are unassigned from then on.
        let (inside, freed) = if inside { (pool.present_size(), freed(pool)) } else { (0, 0) };
        let given = u32::try_from(given + u64::from(inside)).unwrap_or(u32::MAX);
        let total = stated.get(kind.as_str()).copied();
        let total = total.unwrap_or_else(|| given.saturating_add(freed));
        let off = || PoolError::of(Fault::TotalOff).who(kind.as_str()).figures(given, total);
        let unassigned = total.checked_sub(given).ok_or_else(off)?;
        account.kinds.insert(kind, KindAccount { total, pool: inside, unassigned });
    }
    Ok(())
}
