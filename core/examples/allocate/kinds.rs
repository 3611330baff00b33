//! One problem for each kind of post: posts never cross kinds.

use std::collections::BTreeMap;

use bianheng_core::allocate::{Group, Line, Problem, Rule};
use serde_json::Value;

use super::fields::{Object, field};
use super::read::{Asked, TOTAL};

const RESERVE: &[&str] = &["reserve"];

impl Asked {
    /// Parts units and groups by kind, each kind with its total less its reserve.
    pub fn parted(
        &mut self,
        object: &Object,
        rule: Rule,
        limit: Option<u64>,
        lines: Vec<(String, Line)>,
        groups: Vec<Group>,
    ) {
        let mut kinds: Vec<String> = lines.iter().map(|(kind, _)| kind.clone()).collect();
        kinds.sort();
        kinds.dedup();
        if kinds.is_empty() {
            self.hint(
                "units_empty",
                "units".to_owned(),
                "the list of units is empty: there is nobody to share posts out to".to_owned(),
                "name at least one unit",
            );
            kinds.push(String::new());
        }
        if kinds.len() > 1 && field(object, TOTAL).is_some_and(|total| !total.is_object()) {
            self.tell(
                "total_of_several_kinds",
                "total",
                &format!(
                    "units of {} kinds cannot share one total: posts never cross kinds",
                    kinds.len()
                ),
                "write an object from kind to posts",
            );
        }
        self.spare_kinds(object, &kinds);
        for kind in &kinds {
            let mut places: BTreeMap<usize, usize> = BTreeMap::new();
            let mut own = Vec::new();
            for (at, (of, line)) in lines.iter().enumerate() {
                if of == kind {
                    places.insert(at, own.len());
                    own.push(line.clone());
                }
            }
            let now: u64 = own.iter().map(|line| u64::from(line.now)).sum();
            let Some(total) = self.total(object, kind, now) else { continue };
            let groups = groups.iter().filter_map(|group| {
                let inside = group.lines.iter().filter_map(|line| places.get(line).copied());
                let inside: Vec<usize> = inside.collect();
                if inside.len() < group.lines.len() && !inside.is_empty() {
                    self.tell(
                        "group_of_several_kinds",
                        &format!("groups.{}", group.name),
                        "the group has units of several kinds",
                        "make one group for each kind",
                    );
                }
                (inside.len() == group.lines.len() && (!inside.is_empty() || kinds.len() == 1))
                    .then(|| Group { lines: inside, ..group.clone() })
            });
            let groups = groups.collect();
            self.problems.push((kind.clone(), Problem { lines: own, total, rule, limit, groups }));
        }
    }

    /// Tells of totals and reserves for kinds that no unit is of.
    fn spare_kinds(&mut self, object: &Object, kinds: &[String]) {
        for (name, names) in [("total", TOTAL), ("reserve", RESERVE)] {
            let Some(Value::Object(by_kind)) = field(object, names) else { continue };
            for kind in by_kind.keys().filter(|kind| !kinds.contains(kind)) {
                self.hint(
                    "kind_unknown",
                    format!("{name}.{kind}"),
                    format!("no unit is of the kind {kind:?}: nothing is shared out for it"),
                    "write the kind as the units have it, or leave it out",
                );
            }
        }
    }

    /// The posts of a kind that are shared out; they are what its units hold now unless the file says
    /// otherwise.
    fn total(&mut self, object: &Object, kind: &str, now: u64) -> Option<u64> {
        let of_kind = |value: &Value| match value {
            Value::Object(by_kind) => by_kind.get(kind).cloned(),
            value => Some(value.clone()),
        };
        let total = field(object, TOTAL).and_then(of_kind);
        if total.is_none() && field(object, TOTAL).is_some() {
            let (at, message) = if kind.is_empty() {
                (
                    "total".to_owned(),
                    format!(
                        "the units are of no kind and hold {now} posts now: their total is a number"
                    ),
                )
            } else {
                (
                    format!("total.{kind}"),
                    format!(
                        "there is no total for the kind {kind:?}, whose units hold {now} posts now"
                    ),
                )
            };
            self.tell("total_of_kind_missing", &at, &message, "write how many posts they may have");
        }
        let total = total.and_then(|value| self.count(&value, "total")).unwrap_or(now);
        let reserve = field(object, RESERVE).and_then(of_kind);
        let reserve = reserve.and_then(|value| self.count(&value, "reserve")).unwrap_or(0);
        let left = total.checked_sub(reserve);
        if left.is_none() {
            let message = format!("{reserve} posts cannot stay unassigned of {total}");
            let cure = format!("a reserve of at most {total}");
            self.tell("reserve_above_total", "reserve", &message, &cure);
        }
        left
    }
}
