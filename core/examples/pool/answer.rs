//! A case worked out, as JSON.

use std::collections::BTreeMap;

use bianheng_core::county::Part;
use bianheng_core::pool::{
    Account, Application, Award, Awards, Batch, Book, Borrower, Bound, Event, Held, KindAccount,
    Loan, Mark, Model, Place, Playing, Pool, PoolError, Reason, UnitPosts, Verdict, Way, What,
    Year, identities, one_more, plan, play_with, verify_for,
};
use bianheng_core::text::Lang;
use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value, json};

use super::case::Case;

/// Works a case out.
pub fn answer(case: &Case) -> Value {
    match worked(case) {
        Ok(answer) => answer,
        Err(fault) => json!({ "ok": false, "error": error(&fault), "ignored": case.ignored }),
    }
}

/// An error with its clause and figures.
pub fn error(error: &PoolError) -> Value {
    json!({
        "code": error.fault.code(),
        "clause": { "zh": error.clause(Lang::Zh), "en": error.clause(Lang::En) },
        "zh": error.text(Lang::Zh),
        "en": error.text(Lang::En),
        "who": error.who,
        "date": error.date.map(|date| date.to_string()),
        "found": error.found,
        "limit": error.limit,
    })
}

fn worked(case: &Case) -> Result<Value, PoolError> {
    let pool = &case.pool;
    known_borrowers(case)?;
    let mut batches: Vec<(Batch, Vec<&Application>)> =
        case.batches.iter().map(|batch| (batch.clone(), Vec::new())).collect();
    for (asking, at) in pool.applications.iter().zip(&case.batch_of) {
        if let Some((_, list)) = batches.get_mut(*at) {
            list.push(asking);
        }
    }
    let unfilled = case.unfilled.clone();
    let last_batch = case.batches.last().map_or(pool.batch.date, |batch| batch.date);
    let first_year = pool.opened().year();
    let (from, to) = match case.years {
        Some((0, years)) => {
            let first = pool.batch.date.year();
            (first, first.saturating_add(years - 1))
        }
        Some(span) => span,
        None => (first_year, last_due(pool, last_batch)),
    };
    let last = to.max(last_batch.year()).max(first_year);
    let mut violations: Vec<String> = Vec::new();
    let mut granted_in: Vec<(u32, u32)> = Vec::new();
    let playing = Playing {
        pool,
        standings: &case.standings,
        batches,
        events: &case.events,
        unfilled,
        today: case.today,
        last,
        departures: pool.count_departures,
    };
    let played = play_with(&playing, &mut |sharing, awards| {
        let found = verify_for(pool, &case.standings, sharing, awards);
        violations.extend(found.iter().map(|violation| violation.text(Lang::En)));
        granted_in.push((sharing.free, sharing.limit.unwrap_or(u32::MAX)));
    })?;

    let mut awards = Vec::new();
    let mut told = Vec::new();
    for ((batch, list), (_, limit)) in played.awards.iter().zip(&granted_in) {
        for award in &list.list {
            awards.push(award_json(case, batch, award, &played.lent));
        }
        told.push(batch_json(batch, list, *limit));
    }
    let overruled = played.awards.iter().flat_map(|(_, list)| list.overruled());
    let overruled: Vec<Value> = overruled
        .map(|(award, by_hand)| {
            json!({ "application": award.application, "unit": award.unit.as_str(),
                "asked": award.asked, "granted": by_hand.granted,
                "reason": by_hand.reason, "document": by_hand.document })
        })
        .collect();

    // The whole book: what was there, what the batches granted, every entry, and what is expected.
    let mut whole = pool.clone();
    whole.loans.extend(played.lent.iter().cloned());
    whole.events.extend(case.events.iter().cloned());
    whole.events.extend(played.expected.iter().cloned());
    let mut book_of = Vec::new();
    for date in &case.at {
        let book = Book::on(&whole, *date)?;
        book_of.push(json!({ "date": date.to_string(), "size": book.size, "free": book.free(),
            "in_use": book.in_use(), "promised": book.promised(), "overdue": book.overdue(*date) }));
    }
    let mut answer = json!({
        "ok": true,
        "ignored": case.ignored,
        "awards": awards,
        "batches": told,
        "ledger": ledger(pool, &played.years, from, to),
        "loans": played.held.iter().map(held_json).collect::<Vec<_>>(),
        "overruled": overruled,
        "beyond_term": beyond_term(pool),
        "next": next(case)?,
        "violations": violations,
        "identities": identity(case, &whole)?,
        "at": book_of,
    });
    if let Some(object) = answer.as_object_mut() {
        if pool.model == Model::UseOnly {
            object.insert("usable".to_owned(), usable(case));
        }
        if let Some(year) = &case.plan {
            let planned = plan::run(Some(&whole), &case.standings, year, pool.count_departures);
            object.insert("plan".to_owned(), planned_json(planned));
        }
        if !case.movements.is_empty() {
            object.insert("movements".to_owned(), movements(case, &whole));
        }
    }
    Ok(answer)
}

/// Loans that stand in the case are to units that are there, open and of the kind.
fn known_borrowers(case: &Case) -> Result<(), PoolError> {
    let mut without = case.pool.clone();
    without.loans.clear();
    without.events.clear();
    without.applications.clear();
    without.overrides.clear();
    let mut with = without.clone();
    with.loans.clone_from(&case.pool.loans);
    with.events.clone_from(&case.pool.events);
    with.events.extend(case.events.iter().filter(|e| e.what == What::Rehome).cloned().map(|e| {
        // Only whom it names is looked at here.
        Event { loan: String::new(), ..e }
    }));
    bianheng_core::pool::borrowers(Some(&without), &with, &case.standings)
}

/// Loans of the case that are due after their term, with the document that says so, if one does.
fn beyond_term(pool: &Pool) -> Vec<Value> {
    let loans = pool.loans.iter().enumerate().filter(|(_, loan)| pool.beyond_term(loan));
    let one = |(place, loan): (usize, &Loan)| {
        json!({ "loan": loan.id_at(place), "due": loan.due.to_string(),
            "term_years": pool.term_of(&loan.sort), "document": loan.document })
    };
    loans.map(one).collect()
}

/// The last year in which something is due, if nothing is renewed.
fn last_due(pool: &Pool, last_batch: NaiveDate) -> i32 {
    let terms = pool.terms.iter().map(|term| term.years).chain([pool.term_years]);
    let term = i32::try_from(terms.max().unwrap_or(0).min(200)).unwrap_or(0);
    let loans = pool.loans.iter().map(|loan| loan.due.year());
    let events = pool.events.iter().filter_map(|event| event.due).map(|due| due.year());
    let schedules = pool.events.iter().flat_map(|event| &event.schedule);
    let schedules = schedules.map(|part| part.date.year());
    let all = loans.chain(events).chain(schedules).chain([last_batch.year().saturating_add(term)]);
    all.max().unwrap_or(last_batch.year()).min(last_batch.year().saturating_add(200))
}

fn award_json(case: &Case, batch: &Batch, award: &Award, lent: &[Loan]) -> Value {
    let asking = case.pool.applications.iter().find(|asking| asking.id == award.application);
    let loan = lent.iter().find(|loan| loan.id == award.application);
    let marks: Vec<Value> = award.marks.iter().map(mark_json).collect();
    let mark = match &award.reason {
        Reason::Cut { mark } | Reason::Refused { mark } => award.marks.get(*mark).map(mark_json),
        _ => None,
    };
    let before = match &award.reason {
        Reason::Spent { before: Some(before), .. } => Some(before.application.clone()),
        _ => None,
    };
    json!({
        "application": award.application,
        "unit": award.unit.as_str(),
        "batch": batch.name,
        "rank": award.rank,
        "tier": award.tier,
        "score": asking.map(|asking| case.pool.score_text(asking)),
        "asked": award.asked,
        "granted": award.granted,
        "result": award.result(),
        "reason": {
            "code": award.code(),
            "zh": award.text(Lang::Zh),
            "en": award.text(Lang::En),
            "mark": mark,
            "before": before,
        },
        "marks": marks,
        "from": loan.map(|loan| loan.from.to_string()),
        "due": loan.map(|loan| loan.due.to_string()),
        "fill_by": loan.and_then(|loan| loan.fill_by).map(|day| day.to_string()),
    })
}

fn mark_json(mark: &Mark) -> Value {
    let (verdict, to) = match mark.verdict {
        Verdict::Pass => ("pass", None),
        Verdict::Review { to } => ("review", Some(to)),
        Verdict::Fail => ("fail", None),
    };
    json!({ "rule": mark.rule.kind.as_str(), "verdict": verdict, "value": mark.value,
        "limit": mark.limit, "to": to, "zh": mark.text(Lang::Zh), "en": mark.text(Lang::En) })
}

fn batch_json(batch: &Batch, awards: &Awards, limit: u32) -> Value {
    let granted: u32 = awards.granted();
    let short: u64 = awards
        .list
        .iter()
        .filter(|award| matches!(award.reason, Reason::Spent { .. }))
        .map(|award| u64::from(award.asked.saturating_sub(award.granted)))
        .sum();
    let carried = batch.limit.map(|own| limit.saturating_sub(own));
    json!({
        "name": batch.name,
        "date": batch.date.to_string(),
        "limit": batch.limit,
        "carried": carried.unwrap_or(0),
        "available": awards.limit,
        "bound": if awards.bound == Bound::Batch { "batch" } else { "pool" },
        "granted": granted,
        "unused": batch.limit.map(|_| limit.saturating_sub(granted)),
        "short": short,
    })
}

fn ledger(pool: &Pool, years: &[Year], from: i32, to: i32) -> Vec<Value> {
    let first = years.first().map_or(from, |year| year.year);
    // Before the book opens nothing happens.
    let quiet = |year: i32| Year {
        year,
        opening: pool.size,
        closing: pool.size,
        size: pool.size,
        ..Year::default()
    };
    let before = (from..first.min(to.saturating_add(1))).map(quiet);
    let own = years.iter().copied().filter(|year| (from..=to).contains(&year.year));
    before.chain(own).map(|year| year_json(&year)).collect()
}

fn by_way(returned: &[u32; 4]) -> Map<String, Value> {
    let names = ["next_vacancy", "person_leaves", "at_term", "schedule"];
    let mut map: Map<String, Value> =
        names.iter().zip(returned).map(|(name, n)| ((*name).to_owned(), json!(n))).collect();
    map.insert("total".to_owned(), json!(returned.iter().sum::<u32>()));
    map
}

fn year_json(year: &Year) -> Value {
    json!({
        "year": year.year,
        "opening": year.opening,
        "added": year.added,
        "withdrawn": year.withdrawn,
        "returned": by_way(&year.returned),
        "lapsed": year.lapsed,
        "awarded": year.awarded,
        "closing": year.closing,
        "size": year.size,
        "in_use": year.in_use,
        "promised": year.promised,
        "due": year.due,
        "overdue": year.overdue,
    })
}

fn held_json(held: &Held) -> Value {
    let way = match held.way {
        Way::NextVacancy => "next_vacancy",
        Way::PersonLeaves => "person_leaves",
        Way::AtTerm => "at_term",
        Way::Schedule => "schedule",
    };
    let posts = held.out() + held.returned.iter().sum::<u32>() + held.lapsed;
    json!({
        "id": held.id,
        "borrower": held.borrower.as_str(),
        "named": matches!(held.borrower, Borrower::Name(_)),
        "posts": posts,
        "out": held.out(),
        "in_use": held.in_use,
        "promised": held.promised,
        "returned": by_way(&held.returned),
        "lapsed": held.lapsed,
        "due": held.due.to_string(),
        "renewed": held.renewed,
        "way": way,
    })
}

/// Whom one more post would go to, in the first batch.
fn next(case: &Case) -> Result<Value, PoolError> {
    let mut first = case.pool.clone();
    let mut places = case.batch_of.iter();
    first.applications.retain(|_| places.next() == Some(&0));
    let ids: Vec<&str> = first.applications.iter().map(|asking| asking.id.as_str()).collect();
    first.overrides.retain(|by_hand| ids.contains(&by_hand.application.as_str()));
    let more = one_more(&first, &case.standings)?;
    let change = |(id, now, then): (String, u32, u32)| json!({ "application": id, "now": now, "then": then });
    Ok(more.changes.into_iter().map(change).collect())
}

fn identity(case: &Case, whole: &Pool) -> Result<Value, PoolError> {
    let kind = &case.pool.kind;
    let mut units: BTreeMap<_, UnitPosts> = BTreeMap::new();
    for (at, place) in case.account.places.iter().filter(|(_, place)| place.kind == *kind) {
        let posts = UnitPosts { authorised: place.authorised, in_post: place.in_post };
        units.insert(at.unit.clone(), posts);
    }
    let total = case.account.kinds.get(kind).map_or(0, |kind| u64::from(kind.total));
    let steps = identities(whole, &units, total)?;
    let Some(end) = steps.last() else { return Ok(Value::Null) };
    let inside = whole.model.counts_in_total();
    let beside = if whole.model == Model::Separate { end.pool } else { 0 };
    Ok(json!({
        "model": whole.model.as_str(),
        "zh": whole.model.text(Lang::Zh),
        "en": whole.model.text(Lang::En),
        "holds": true,
        "steps": steps.len(),
        "total": end.total,
        "units": end.units,
        "pool": if inside { end.pool } else { 0 },
        "within_units": if whole.model == Model::UseOnly { end.pool } else { 0 },
        "outside": beside,
        "unassigned": end.unassigned,
        "lent": end.lent,
        "free": end.free,
        "out": end.out,
    }))
}

fn usable(case: &Case) -> Value {
    let lent = bianheng_core::pool::lent_by(&case.pool);
    let one = |(at, place): (&bianheng_core::county::HoldingId, &Place)| {
        let lent = lent.get(&at.unit).copied().unwrap_or(0);
        let usable = i64::from(place.authorised) - i64::from(place.in_post) - i64::from(lent);
        (at.unit.as_str().to_owned(), json!(usable))
    };
    let own = case.account.places.iter().filter(|(_, place)| place.kind == case.pool.kind);
    Value::Object(own.map(one).collect())
}

fn planned_json(planned: Result<plan::Planned, PoolError>) -> Value {
    let planned = match planned {
        Ok(planned) => planned,
        Err(fault) => return json!({ "error": error(&fault) }),
    };
    let unit = |unit: &plan::PlanUnit| {
        json!({
            "authorised": unit.authorised, "lent": unit.lent, "opening": unit.opening,
            "departures": unit.departures, "owes": unit.owes, "repays": unit.repays,
            "reserve": unit.reserve, "allowed": unit.allowed, "approved": unit.approved,
            "entered": unit.entered, "moved_in": unit.moved_in, "moved_out": unit.moved_out,
            "left": unit.left, "closing": unit.closing,
        })
    };
    let units: Map<String, Value> =
        planned.units.iter().map(|(code, one)| (code.to_string(), unit(one))).collect();
    json!({ "units": units, "sum": unit(&planned.sum) })
}

fn movements(case: &Case, whole: &Pool) -> Value {
    let mut account: Account = case.account.clone();
    let mut done = 0;
    for (movement, date) in &case.movements {
        account.debts.clear();
        match Book::on(whole, *date) {
            Ok(book) => {
                for held in book.held.iter().filter(|held| held.out() > 0) {
                    if let Borrower::Unit(unit) = &held.borrower {
                        let home = rehomed(case, done, unit);
                        let home = (whole.kind.clone(), home);
                        *account.debts.entry(home).or_default() += held.out();
                    }
                }
            }
            Err(fault) => return json!({ "error": error(&fault), "done": done }),
        }
        if let Err(fault) = account.apply(movement, *date) {
            return json!({ "error": error(&fault), "done": done });
        }
        done += 1;
    }
    let kind = |(id, kind): (&bianheng_core::county::KindId, &KindAccount)| {
        let own = account.places.values().filter(|place| place.kind == *id);
        let units: u64 = own.map(|place| u64::from(place.authorised)).sum();
        (
            id.as_str().to_owned(),
            json!({ "total": kind.total, "units": units, "pool": kind.pool,
                "unassigned": kind.unassigned }),
        )
    };
    let mut units: Map<String, Value> = Map::new();
    for (at, place) in &account.places {
        let posts = json!({ "authorised": place.authorised, "in_post": place.in_post });
        let kind = match &at.part {
            Part::Kind(kind) => kind.as_str().to_owned(),
            Part::Stage(stage) => stage.as_str().to_owned(),
        };
        let unit = units.entry(at.unit.to_string()).or_insert_with(|| json!({}));
        if let Some(unit) = unit.as_object_mut() {
            unit.insert(kind, posts);
        }
    }
    let debts = account.debts.iter();
    let debts: Map<String, Value> =
        debts.map(|((_, unit), n)| (unit.to_string(), json!(n))).collect();
    let leaders = account.leaders.iter();
    let leaders: Map<String, Value> =
        leaders.map(|(unit, n)| (unit.to_string(), json!(n))).collect();
    json!({
        "done": done,
        "kinds": account.kinds.iter().map(kind).collect::<Map<_, _>>(),
        "units": units,
        "debts": debts,
        "leaders": leaders,
        "closed": account.closed.keys().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// Where a unit's debts are after the movements done so far.
fn rehomed(
    case: &Case,
    done: usize,
    unit: &bianheng_core::county::UnitCode,
) -> bianheng_core::county::UnitCode {
    use bianheng_core::pool::movement::Movement;
    let mut home = unit.clone();
    for (movement, _) in case.movements.iter().take(done) {
        match movement {
            Movement::Merge { from, to } | Movement::Close { from, to: Some(to) }
                if *from == home =>
            {
                home = to.clone();
            }
            _ => {}
        }
    }
    home
}
