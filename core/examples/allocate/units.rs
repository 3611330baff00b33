//! The list of units: ids, needs, posts now, and every bound by its name.

use bianheng_core::allocate::{BoundReason, Bounds, Line, LineId};
use bianheng_core::fraction::Fraction;
use serde_json::Value;

use super::fields::{HIGH, LOW, Object, field};
use super::finding::Finding;
use super::read::Asked;
use super::values::{as_text, parse_need};

pub const UNITS: &[&str] = &["units", "lines", "schools"];
pub const ID: &[&str] = &["id", "code", "name"];
pub const NEED: &[&str] = &["need", "n", "weight", "needs"];
pub const NOW: &[&str] = &["now", "current", "posts", "q"];
pub const UNIT_OTHER: &[&str] = &[
    "bounds", "entitled", "kind", "groups", "in_post", "floor", "cap_down", "cap_up", "locked",
    "fixed", "closing", "opening", "note", "comment", "stage", "township",
];

impl Asked {
    /// The units by their ids, in the order of the file (an object's in the order of the ids);
    /// `None` where there is no list.
    pub fn units(&mut self, object: &Object) -> Option<Vec<(String, Object)>> {
        let found = match field(object, UNITS) {
            Some(Value::Array(list)) => {
                let list = list.iter().enumerate();
                list.filter_map(|(at, unit)| {
                    let unit = self.unit_object(unit, &format!("units[{at}]"))?;
                    Some((field(&unit, ID).map_or_else(|| at.to_string(), as_text), unit))
                })
                .collect()
            }
            Some(Value::Object(by_id)) => {
                let by_id = by_id.iter();
                by_id
                    .filter_map(|(id, unit)| Some((id.clone(), self.unit_object(unit, id)?)))
                    .collect()
            }
            _ => {
                let cure = "write { \"units\": [..] }";
                self.tell("no_units", "units", "there is no list of units", cure);
                return None;
            }
        };
        Some(found)
    }

    fn unit_object(&mut self, unit: &Value, at: &str) -> Option<Object> {
        let object = unit.as_object().cloned();
        if object.is_none() {
            let cure = "write { \"id\": .., \"need\": .. }";
            self.tell("unit_not_an_object", at, "a unit is an object", cure);
        }
        object
    }

    /// One unit as a line.
    pub fn unit(&mut self, at: usize, id: &str, unit: &Object) -> Line {
        let here = |name: &str| format!("units[{at}].{name}");
        let need = match field(unit, NEED) {
            None => {
                self.tell(
                    "need_missing",
                    &here("need"),
                    "the unit has no need",
                    "write \"need\": 0 if the norm gives it nothing",
                );
                Fraction::default()
            }
            Some(value) => match parse_need(value) {
                Some(need) if *need.numer() >= 0 => need,
                Some(_) => {
                    self.tell(
                        "need_negative",
                        &here("need"),
                        &format!("{value} is below zero"),
                        "needs are zero or more",
                    );
                    Fraction::default()
                }
                None => {
                    self.tell(
                        "need_unreadable",
                        &here("need"),
                        &format!("{value} is no number within 64 bits"),
                        "write 12, 9.5, \"186/19\" or [186, 19]",
                    );
                    Fraction::default()
                }
            },
        };
        let now = field(unit, NOW).and_then(|value| self.posts(value, &here("now"))).unwrap_or(0);
        let closes = self.flag(unit, "closing", &here("closing"));
        let mut bounds = Bounds::free();
        let pair = self.pair(unit, &here("bounds"));
        let low = field(unit, LOW).or(pair[0]);
        let high = field(unit, HIGH).or(pair[1]);
        let low = low.and_then(|value| self.posts(value, &here("low")));
        let high = high.and_then(|value| self.posts(value, &here("high")));
        for (name, reason) in [("in_post", BoundReason::InPost), ("floor", BoundReason::Floor)] {
            if let Some(posts) =
                field(unit, &[name]).and_then(|value| self.posts(value, &here(name)))
            {
                bounds = bounds.at_least(posts, reason);
            }
        }
        if let Some(posts) =
            field(unit, &["cap_down"]).and_then(|value| self.cap(value, now, &here("cap_down")))
        {
            bounds = bounds.at_least(now.saturating_sub(posts), BoundReason::CapDown);
        }
        if let Some(posts) =
            field(unit, &["cap_up"]).and_then(|value| self.cap(value, now, &here("cap_up")))
        {
            bounds = bounds.at_most(now.saturating_add(posts), BoundReason::CapUp);
        }
        if let Some(posts) =
            field(unit, &["opening"]).and_then(|value| self.posts(value, &here("opening")))
        {
            bounds = bounds.at_most(posts, BoundReason::Opening);
        }
        if closes {
            // A unit that closes gives up what these would keep; its own limits are held against it.
            bounds = Bounds::exactly(0, BoundReason::Closing);
        }
        if let Some(low) = low {
            bounds = bounds.at_least(low, BoundReason::OwnCap);
        }
        if let Some(high) = high {
            bounds = bounds.at_most(high, BoundReason::OwnCap);
        }
        match field(unit, &["locked", "fixed"]) {
            Some(Value::Bool(true)) => bounds = kept_at(bounds, now, BoundReason::Locked),
            Some(Value::Bool(false)) | None => {}
            Some(value) => {
                if let Some(posts) = self.posts(value, &here("fixed")) {
                    bounds = kept_at(bounds, posts, BoundReason::Fixed);
                }
            }
        }
        if closes
            && let Some(people) =
                field(unit, &["in_post"]).and_then(Value::as_u64).filter(|&people| people > 0)
        {
            let finding = Finding::new(
                "closing_with_people",
                here("closing"),
                format!("the unit closes with {people} people in post"),
                "name where they go in the move list; their posts are given up here",
            );
            self.findings.push(finding.note());
        }
        let rounded = (need.floor().to_integer())
            .saturating_add(i64::from(need.fract() >= Fraction::new(1, 2)));
        let entitled = match field(unit, &["entitled"]) {
            Some(value) => self.posts(value, &here("entitled")).unwrap_or(0),
            None => u32::try_from(rounded).unwrap_or(u32::MAX),
        };
        Line { id: LineId::from(id), need, now, bounds, entitled }
    }
}

/// Exactly so many posts. Bounds that exclude them stay, so that the clash can name both.
fn kept_at(bounds: Bounds, posts: u32, reason: BoundReason) -> Bounds {
    if (bounds.low..=bounds.high).contains(&posts) {
        Bounds::exactly(posts, reason)
    } else {
        bounds.at_least(posts, reason).at_most(posts, reason)
    }
}
