//! The yearly plan, movements of posts and the totals of a case.

use std::collections::BTreeMap;

use bianheng_core::county::{HoldingId, KindId, Part, UnitCode};
use bianheng_core::pool::movement::Movement;
use bianheng_core::pool::plan::{Flow, Reserve, UseEntry};
use bianheng_core::pool::{Account, Event, Fault, KindAccount, Pool, PoolError, Use, What};
use chrono::NaiveDate;
use serde_json::Value;

use super::case::Bad;
use super::fields::{Fields, bad, count};

pub fn plan(value: &Value, place: &str, year: i32, ignored: &mut Vec<String>) -> Result<Use, Bad> {
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
            document: own.text(&["document"])?.unwrap_or_default(),
            batch: own.text(&["batch"])?.unwrap_or_default(),
        });
        own.ignored(ignored);
    }
    fields.ignored(ignored);
    Ok(plan)
}

pub fn movement(
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
pub fn freed(pool: &Pool) -> u32 {
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
pub fn totals(top: &mut Fields<'_>, account: &mut Account, pool: &Pool) -> Result<(), Bad> {
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
