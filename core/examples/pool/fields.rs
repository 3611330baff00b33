//! Reading fields of a JSON object under several names, with what is left over told.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::case::Bad;

/// An object that is being read.
pub struct Fields<'a> {
    object: &'a Map<String, Value>,
    place: String,
    read: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Starts on an object.
    pub fn of(value: &'a Value, place: &str) -> Result<Self, Bad> {
        let object = value.as_object().ok_or_else(|| bad(place, "an object is needed"))?;
        Ok(Self { object, place: place.to_owned(), read: Vec::new() })
    }

    /// The field under the first of the names that is there; null counts as absent.
    pub fn get(&mut self, names: &[&'static str]) -> Option<(&'a Value, String)> {
        self.read.extend(names);
        let name = names.iter().find(|name| self.object.contains_key(**name))?;
        let value = self.object.get(*name).filter(|value| !value.is_null())?;
        Some((value, self.at(name)))
    }

    /// Where a field stands.
    pub fn at(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }

    /// What was not read.
    pub fn ignored(&self, into: &mut Vec<String>) {
        let left = self.object.keys().filter(|key| !self.read.contains(&key.as_str()));
        into.extend(left.map(|key| self.at(key)));
    }

    /// A whole number.
    pub fn count(&mut self, names: &[&'static str]) -> Result<Option<u32>, Bad> {
        self.get(names).map(|(value, place)| count(value, &place)).transpose()
    }

    /// A text; a number counts as its digits.
    pub fn text(&mut self, names: &[&'static str]) -> Result<Option<String>, Bad> {
        self.get(names).map(|(value, place)| text(value, &place)).transpose()
    }

    /// A day; a bare year stands for its first or last day.
    pub fn day(&mut self, names: &[&'static str], last: bool) -> Result<Option<NaiveDate>, Bad> {
        self.get(names).map(|(value, place)| day(value, &place, last)).transpose()
    }

    /// Yes or no.
    pub fn flag(&mut self, names: &[&'static str]) -> Result<Option<bool>, Bad> {
        let read = |(value, place): (&Value, String)| {
            value.as_bool().ok_or_else(|| bad(&place, "true or false is needed"))
        };
        self.get(names).map(read).transpose()
    }

    /// A list.
    pub fn list(&mut self, names: &[&'static str]) -> Result<Vec<(&'a Value, String)>, Bad> {
        let Some((value, place)) = self.get(names) else { return Ok(Vec::new()) };
        let list = value.as_array().ok_or_else(|| bad(&place, "a list is needed"))?;
        Ok(list.iter().enumerate().map(|(at, value)| (value, format!("{place}[{at}]"))).collect())
    }

    /// A word that the library knows.
    pub fn word<T: serde::de::DeserializeOwned>(
        &mut self,
        names: &[&'static str],
        also: &[(&str, &str)],
    ) -> Result<Option<T>, Bad> {
        let Some((value, place)) = self.get(names) else { return Ok(None) };
        word(value, &place, also).map(Some)
    }
}

pub fn bad(place: &str, detail: &str) -> Bad {
    Bad::Format { place: place.to_owned(), detail: detail.to_owned() }
}

pub fn count(value: &Value, place: &str) -> Result<u32, Bad> {
    let number = match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            number.as_f64().filter(|n| n.fract() == 0.0).and_then(|n| {
                // A whole number that was written with a point.
                format!("{n:.0}").parse().ok()
            })
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let number = number.ok_or_else(|| bad(place, "a whole number is needed"))?;
    if number > i64::from(bianheng_core::pool::MOST) {
        let found = u32::try_from(number).unwrap_or(u32::MAX);
        let fault = bianheng_core::pool::Fault::TooLarge;
        let error = bianheng_core::pool::PoolError::of(fault).who(place);
        return Err(Bad::Pool(error.figures(found, bianheng_core::pool::MOST)));
    }
    u32::try_from(number).map_err(|_| bad(place, &format!("{number} is below 0")))
}

pub fn text(value: &Value, place: &str) -> Result<String, Bad> {
    match value {
        Value::String(text) => Ok(text.trim().to_owned()),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(bad(place, "a text is needed")),
    }
}

pub fn day(value: &Value, place: &str, last: bool) -> Result<NaiveDate, Bad> {
    let text = text(value, place)?;
    if let Ok(year) = text.parse::<i32>() {
        let (month, day) = if last { (12, 31) } else { (1, 1) };
        let date = NaiveDate::from_ymd_opt(year, month, day).filter(|_| (1..=9999).contains(&year));
        return date.ok_or_else(|| bad(place, "no such year"));
    }
    text.parse().map_err(|_| bad(place, &format!("{text:?} is no day as YYYY-MM-DD")))
}

pub fn word<T: serde::de::DeserializeOwned>(
    value: &Value,
    place: &str,
    also: &[(&str, &str)],
) -> Result<T, Bad> {
    let text = text(value, place)?;
    let plain = text.to_lowercase().replace([' ', '-'], "_");
    let known = also.iter().find(|(other, _)| *other == plain).map(|(_, known)| *known);
    let known = known.unwrap_or(&plain).to_owned();
    serde_json::from_value(Value::String(known))
        .map_err(|error| bad(place, &format!("{text:?}: {error}")))
}
