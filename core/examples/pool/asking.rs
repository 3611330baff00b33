//! Applications of a case, each in its batch.

use bianheng_core::county::UnitCode;
use bianheng_core::pool::{Application, Batch, Fault, Marked, PoolError, Score, Way};
use chrono::Datelike;
use serde_json::Value;

use super::case::{Bad, WAYS, tier};
use super::fields::{Fields, bad, text};

pub struct ReadApplication {
    pub asking: Application,
    pub batch: usize,
    pub unfilled: u32,
}

pub fn application(
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
