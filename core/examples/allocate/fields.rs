//! Single fields of the file by any of their names; what cannot be read is told and left out.

use bianheng_core::fraction::Fraction;
use serde_json::{Map, Value};

use super::finding::Finding;
use super::read::Asked;
use super::values::{parse_need, parse_text};

pub type Object = Map<String, Value>;

pub fn field<'a>(object: &'a Object, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| object.get(*name)).filter(|value| !value.is_null())
}

/// The names of least and most, of units and of groups.
pub const LOW: &[&str] = &["low", "lo", "min", "lower"];
pub const HIGH: &[&str] = &["high", "hi", "max", "upper"];

impl Asked {
    pub fn tell(&mut self, code: &'static str, at: &str, message: &str, cure: &str) {
        self.findings.push(Finding::new(code, at, message, cure));
    }

    /// Tells of names that are not read.
    pub fn unknown(&mut self, object: &Object, at: &str, known: &[&[&str]]) {
        for name in object.keys() {
            if !known.iter().any(|names| names.contains(&name.as_str())) {
                let finding = Finding::new(
                    "unknown_field",
                    format!("{at}.{name}"),
                    "this field is not read",
                    "see the first lines of the example for the names that are",
                );
                self.findings.push(finding.note());
            }
        }
    }

    /// `true` or `false`; without the field no.
    pub fn flag(&mut self, object: &Object, name: &str, at: &str) -> bool {
        match field(object, &[name]) {
            Some(Value::Bool(flag)) => *flag,
            None => false,
            Some(value) => {
                let message = format!("{value} is neither true nor false");
                self.tell("not_true_or_false", at, &message, "write true or false");
                false
            }
        }
    }

    /// The members of a list; without the field none.
    pub fn list<'a>(&mut self, object: &'a Object, names: &[&str], at: &str) -> &'a [Value] {
        match field(object, names) {
            Some(Value::Array(list)) => list,
            None => &[],
            Some(value) => {
                self.tell("not_a_list", at, &format!("{value} is no list"), "write [ .. ]");
                &[]
            }
        }
    }

    /// Least and most of `bounds`, where they are there.
    pub fn pair<'a>(&mut self, object: &'a Object, at: &str) -> [Option<&'a Value>; 2] {
        match self.list(object, &["bounds"], at) {
            [] => [None, None],
            [low, high] => [low, high].map(|value| Some(value).filter(|value| !value.is_null())),
            _ => {
                let message = "bounds are two numbers, least and most";
                self.tell("bounds_unreadable", at, message, "write [2, 9], null for none");
                [None, None]
            }
        }
    }

    /// A whole number, zero or more.
    pub fn count(&mut self, value: &Value, at: &str) -> Option<u64> {
        let whole = match value {
            Value::Number(number) => number.as_u64().or_else(|| {
                parse_need(value)
                    .filter(Fraction::is_integer)
                    .and_then(|posts| u64::try_from(posts.to_integer()).ok())
            }),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        if whole.is_none() {
            self.tell(
                "not_whole",
                at,
                &format!("{value} is no whole number, zero or more"),
                "write a whole number of posts",
            );
        }
        whole
    }

    /// As many posts as one unit can have.
    pub fn posts(&mut self, value: &Value, at: &str) -> Option<u32> {
        let posts = self.count(value, at)?;
        let fits = u32::try_from(posts).ok();
        if fits.is_none() {
            self.tell(
                "too_many_posts",
                at,
                &format!("{posts} posts are more than a unit can have"),
                "at most 4294967295",
            );
        }
        fits
    }

    /// A cap in posts, or as a share of what the unit has now, rounded down.
    pub fn cap(&mut self, value: &Value, now: u32, at: &str) -> Option<u32> {
        let Some(percent) = value.as_str().and_then(|text| text.trim().strip_suffix('%')) else {
            return self.posts(value, at);
        };
        let share = parse_text(percent).filter(|share| *share.numer() >= 0);
        let posts = share.map(|share| {
            i128::from(now) * i128::from(*share.numer()) / (i128::from(*share.denom()) * 100)
        });
        let posts = posts.and_then(|posts| u32::try_from(posts).ok());
        if posts.is_none() {
            self.tell(
                "cap_unreadable",
                at,
                &format!("{value} is no share"),
                "write \"10%\" or a number of posts",
            );
        }
        posts
    }
}
