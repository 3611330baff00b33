//! Groups of units and the limits on their posts.

use std::collections::BTreeMap;

use bianheng_core::allocate::{Group, Line};
use serde_json::Value;

use super::fields::{HIGH, LOW, Object, field};
use super::read::Asked;
use super::values::as_text;

const GROUP_CURE: &str = "write { \"name\": .., \"units\": [..] }";

impl Asked {
    /// The groups with their members: those that they name and those that name them.
    pub fn groups(
        &mut self,
        object: &Object,
        lines: &[(String, Line)],
        places: &BTreeMap<String, usize>,
        named: BTreeMap<String, Vec<usize>>,
    ) -> Vec<Group> {
        let listed = self.listed(object);
        self.undeclared(&listed, &named);
        let mut groups = Vec::new();
        for (name, group) in listed {
            let at = format!("groups.{name}");
            self.unknown(
                &group,
                &at,
                &[
                    &[
                        "name", "id", "units", "lines", "members", "schools", "bounds", "total",
                        "exactly", "equals", "sum", "note", "comment", "kind",
                    ],
                    LOW,
                    HIGH,
                ],
            );
            let mut members = named.get(&name).cloned().unwrap_or_default();
            let members_at = format!("{at}.units");
            for member in self.list(&group, &["units", "lines", "members", "schools"], &members_at)
            {
                let text = as_text(member);
                let by_place = member
                    .as_u64()
                    .and_then(|place| usize::try_from(place).ok())
                    .filter(|&place| place < lines.len());
                match places.get(&text).copied().or(by_place) {
                    Some(line) => members.push(line),
                    None => self.tell(
                        "group_member_unknown",
                        &at,
                        &format!("no unit is called {text:?}"),
                        "name a unit of the list, or its place from 0",
                    ),
                }
            }
            members.sort_unstable();
            members.dedup();
            if members.is_empty() {
                let message = "the group has no units, so that its limits hold nobody".to_owned();
                self.hint("group_empty", at.clone(), message, "name its units, or leave it out");
            }
            let pair = self.pair(&group, &format!("{at}.bounds"));
            let both = field(&group, &["total", "exactly", "equals", "sum"]);
            let low = both.or_else(|| field(&group, LOW)).or(pair[0]);
            let high = both.or_else(|| field(&group, HIGH)).or(pair[1]);
            let low = low.and_then(|value| self.count(value, &format!("{at}.low"))).unwrap_or(0);
            let high =
                high.and_then(|value| self.count(value, &format!("{at}.high"))).unwrap_or(u64::MAX);
            groups.push(Group { name: name.into(), lines: members, low, high });
        }
        groups
    }

    /// The groups by their names.
    fn listed(&mut self, object: &Object) -> Vec<(String, Object)> {
        let mut listed = Vec::new();
        match field(object, &["groups"]) {
            None => {}
            Some(Value::Array(list)) => {
                for (at, group) in list.iter().enumerate() {
                    let Some(group) = self.group_object(group, &format!("groups[{at}]")) else {
                        continue;
                    };
                    let name = field(&group, &["name", "id"]);
                    listed.push((name.map_or_else(|| format!("group {at}"), as_text), group));
                }
            }
            Some(Value::Object(by_name)) => {
                for (name, group) in by_name {
                    let group = self.group_object(group, &format!("groups.{name}"));
                    listed.extend(group.map(|group| (name.clone(), group)));
                }
            }
            Some(value) => self.tell(
                "groups_unreadable",
                "groups",
                &format!("{value} is neither a list nor an object"),
                GROUP_CURE,
            ),
        }
        listed
    }

    fn group_object(&mut self, group: &Value, at: &str) -> Option<Object> {
        let object = group.as_object().cloned();
        if object.is_none() {
            self.tell("group_not_an_object", at, "a group is an object", GROUP_CURE);
        }
        object
    }

    /// Tells of names that units give and no group has, and of names that two groups have.
    fn undeclared(&mut self, listed: &[(String, Object)], named: &BTreeMap<String, Vec<usize>>) {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for (name, _) in listed {
            *names.entry(name).or_default() += 1;
        }
        for (name, units) in named.iter().filter(|(name, _)| !names.contains_key(name.as_str())) {
            let message =
                format!("{} units name the group {name:?}, which has no limits", units.len());
            let cure = "list it in `groups` with its limits, or leave it out";
            self.hint("group_unknown", format!("groups.{name}"), message, cure);
        }
        for (name, times) in names.into_iter().filter(|(_, times)| *times > 1) {
            let message =
                format!("{times} groups are called {name:?}: units that name it are in all");
            let cure = "give all but one of them another name";
            self.hint("group_twice", format!("groups.{name}"), message, cure);
        }
    }
}
