//! From the file to what it asks for, with a finding for everything that cannot be read.

use std::collections::BTreeMap;

use bianheng_core::allocate::{Line, Problem, Rule};
use serde_json::Value;

use super::fields::{HIGH, LOW, Object, field};
use super::finding::Finding;
use super::json;
use super::units::{ID, NEED, NOW, UNIT_OTHER, UNITS};
use super::values::{as_text, parse_rule};

/// What the file asks for.
#[derive(Default)]
pub struct Asked {
    pub problems: Vec<(String, Problem)>,
    pub findings: Vec<Finding>,
    pub has_kinds: bool,
    pub curve: bool,
    pub compare: bool,
    pub scale: bool,
    pub queue: usize,
}

pub const TOTAL: &[&str] = &["total", "budget", "posts_total"];
const RULE: &[&str] = &["rule", "method"];
const LIMIT: &[&str] = &["limit", "limit_on_moves", "max_moves", "moves", "k", "K"];
const OTHER: &[&str] = &[
    "groups",
    "reserve",
    "curve",
    "queue",
    "compare",
    "scale",
    "name",
    "id",
    "note",
    "comment",
    "description",
];
const RULES: &str = "balanced, worst_first, equal_gap, never_overfill or largest_remainder";
const UNITS_CURE: &str = "write { \"units\": [..] }";

impl Asked {
    pub fn read(text: &str) -> Self {
        let mut asked = Self { queue: 10, ..Self::default() };
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            asked.tell("file_empty", "file", "there is nothing in the file", UNITS_CURE);
            return asked;
        }
        match json::read(text) {
            Ok((Value::Object(object), twice)) => {
                for at in twice {
                    let message = "this name stands there twice";
                    asked.tell("duplicate_field", &at, message, "keep one of the two");
                }
                asked.top(&object);
            }
            Ok(_) => {
                asked.tell("not_an_object", "file", "the file is not one JSON object", UNITS_CURE);
            }
            Err(error) => asked.tell(
                "not_json",
                &format!("line {}, column {}", error.line(), error.column()),
                &error.to_string(),
                "mend the JSON at this place",
            ),
        }
        asked
    }

    fn top(&mut self, object: &Object) {
        self.unknown(object, "file", &[UNITS, TOTAL, RULE, LIMIT, OTHER]);
        self.curve = self.flag(object, "curve", "curve");
        self.compare = self.flag(object, "compare", "compare");
        self.scale = self.flag(object, "scale", "scale");
        if let Some(count) = field(object, &["queue"]).and_then(|value| self.count(value, "queue"))
        {
            self.queue = usize::try_from(count.min(10_000)).unwrap_or(10);
        }
        let rule = self.rule(object);
        let limit = field(object, LIMIT).and_then(|value| self.count(value, "limit"));
        let Some(units) = self.units(object) else { return };
        let mut lines: Vec<(String, Line)> = Vec::new();
        let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (at, (id, unit)) in units.iter().enumerate() {
            self.unknown(unit, &format!("units[{at}]"), &[ID, NEED, NOW, LOW, HIGH, UNIT_OTHER]);
            if let Some(first) = places.insert(id.clone(), at) {
                self.tell(
                    "duplicate_id",
                    &format!("units[{at}]"),
                    &format!("{id:?} stands at units[{first}] as well"),
                    "give one of them another id",
                );
            }
            let kind =
                unit.get("kind").filter(|kind| !kind.is_null()).map_or_else(String::new, as_text);
            self.has_kinds |= !kind.is_empty();
            for group in self.list(unit, &["groups"], &format!("units[{at}].groups")) {
                named.entry(as_text(group)).or_default().push(at);
            }
            lines.push((kind, self.unit(at, id, unit)));
        }
        let groups = self.groups(object, &lines, &places, named);
        self.parted(object, rule, limit, lines, groups);
    }

    fn rule(&mut self, object: &Object) -> Rule {
        let message = match field(object, RULE) {
            None => return Rule::Balanced,
            Some(Value::String(text)) => match parse_rule(text) {
                Some(rule) => return rule,
                None => format!("no rule is called {text:?}"),
            },
            Some(value) => format!("{value} is no name of a rule"),
        };
        self.tell("rule_unknown", "rule", &message, RULES);
        Rule::Balanced
    }

    /// Tells of something that a person should know but that stops nothing.
    pub fn hint(&mut self, code: &'static str, at: String, message: String, cure: &str) {
        self.findings.push(Finding::new(code, at, message, cure).note());
    }
}
