//! Units of a case with their people, and who is expected to leave.

use bianheng_core::county::{Departures, HoldingId, KindId, Part, UnitCode};
use bianheng_core::pool::{Account, Fault, Place, PoolError, Standing, Standings};
use chrono::NaiveDate;
use serde_json::Value;

use super::case::Bad;
use super::fields::{Fields, bad, count, day};

pub fn leaving(value: &Value, place: &str) -> Result<Vec<Departures>, Bad> {
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

pub fn units(
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

pub fn more_departures(top: &mut Fields<'_>, standings: &mut Standings) -> Result<(), Bad> {
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
