//! Loans and entries of the book, as a case says them.

use bianheng_core::county::UnitCode;
use bianheng_core::pool::{Borrower, Event, Fault, Instalment, Loan, Pool, PoolError, Way, What};
use serde_json::Value;

use super::case::{Bad, WAYS};
use super::fields::{Fields, bad, count, day, text};

pub fn schedule(fields: &mut Fields<'_>) -> Result<Vec<Instalment>, Bad> {
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

pub fn loan(
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

pub fn event(value: &Value, place: &str, ignored: &mut Vec<String>) -> Result<Event, Bad> {
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
