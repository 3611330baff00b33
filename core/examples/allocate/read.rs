//! From the file to problems, one for each kind, with a finding for everything that cannot be read.

use std::collections::BTreeMap;

use bianheng_core::allocate::{BoundReason, Bounds, Group, Line, LineId, Problem, Rule};
use bianheng_core::fraction::Fraction;
use serde_json::{Map, Value, json};

use super::values::{as_text, parse_need, parse_rule, parse_text};

/// Something about the file that a person has to know.
pub struct Finding {
    pub code: &'static str,
    pub at: String,
    pub message: String,
    pub cure: String,
    /// Whether nothing can be worked out before it is mended.
    pub stops: bool,
}

impl Finding {
    pub fn new(
        code: &'static str,
        at: impl Into<String>,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Self { code, at: at.into(), message: message.into(), cure: cure.into(), stops: true }
    }

    fn note(self) -> Self {
        Self { stops: false, ..self }
    }

    pub fn json(&self) -> Value {
        json!({ "code": self.code, "where": self.at, "message": self.message, "cure": self.cure })
    }
}

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

type Object = Map<String, Value>;

pub fn field<'a>(object: &'a Object, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| object.get(*name)).filter(|value| !value.is_null())
}

const UNITS: &[&str] = &["units", "lines", "schools"];
const TOTAL: &[&str] = &["total", "budget", "posts_total"];
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
const ID: &[&str] = &["id", "code", "name"];
const NEED: &[&str] = &["need", "n", "weight", "needs"];
const NOW: &[&str] = &["now", "current", "posts", "q"];
const LOW: &[&str] = &["low", "lo", "min", "lower"];
const HIGH: &[&str] = &["high", "hi", "max", "upper"];
const UNIT_OTHER: &[&str] = &[
    "bounds", "entitled", "kind", "groups", "in_post", "floor", "cap_down", "cap_up", "locked",
    "fixed", "closing", "opening", "note", "comment", "stage", "township",
];

impl Asked {
    pub fn read(text: &str) -> Self {
        let mut asked = Self { queue: 10, ..Self::default() };
        match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(object)) => asked.top(&object),
            Ok(_) => asked.tell(
                "not_an_object",
                "file",
                "the file is not one JSON object",
                "write { \"units\": [..] }",
            ),
            Err(error) => asked.tell(
                "not_json",
                &format!("line {}, column {}", error.line(), error.column()),
                &error.to_string(),
                "mend the JSON at this place",
            ),
        }
        asked
    }

    fn tell(&mut self, code: &'static str, at: &str, message: &str, cure: &str) {
        self.findings.push(Finding::new(code, at, message, cure));
    }

    fn unknown(&mut self, object: &Object, at: &str, known: &[&[&str]]) {
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

    fn top(&mut self, object: &Object) {
        self.unknown(object, "file", &[UNITS, TOTAL, RULE, LIMIT, OTHER]);
        self.curve = self.flag(object, "curve", "curve");
        self.compare = self.flag(object, "compare", "compare");
        self.scale = self.flag(object, "scale", "scale");
        if let Some(count) = field(object, &["queue"]).and_then(|value| self.count(value, "queue"))
        {
            self.queue = usize::try_from(count.min(10_000)).unwrap_or(10);
        }
        let rule = match field(object, RULE) {
            None => Rule::Balanced,
            Some(Value::String(text)) => match parse_rule(text) {
                Some(rule) => rule,
                None => {
                    self.tell(
                        "rule_unknown",
                        "rule",
                        &format!("no rule is called {text:?}"),
                        "balanced, worst_first, equal_gap, never_overfill or largest_remainder",
                    );
                    Rule::Balanced
                }
            },
            Some(_) => {
                self.tell(
                    "rule_unknown",
                    "rule",
                    "the rule is not a text",
                    "balanced, worst_first, equal_gap, never_overfill or largest_remainder",
                );
                Rule::Balanced
            }
        };
        let limit = field(object, LIMIT).and_then(|value| self.count(value, "limit"));
        let units: Vec<(String, Object)> = match field(object, UNITS) {
            Some(Value::Array(list)) => list
                .iter()
                .enumerate()
                .filter_map(|(at, unit)| match unit {
                    Value::Object(unit) => {
                        let id = field(unit, ID).map_or_else(|| at.to_string(), as_text);
                        Some((id, unit.clone()))
                    }
                    _ => {
                        self.tell(
                            "unit_not_an_object",
                            &format!("units[{at}]"),
                            "a unit is an object",
                            "write { \"id\": .., \"need\": .. }",
                        );
                        None
                    }
                })
                .collect(),
            Some(Value::Object(by_id)) => by_id
                .iter()
                .filter_map(|(id, unit)| match unit {
                    Value::Object(unit) => Some((id.clone(), unit.clone())),
                    _ => {
                        self.tell(
                            "unit_not_an_object",
                            id,
                            "a unit is an object",
                            "write { \"need\": .. }",
                        );
                        None
                    }
                })
                .collect(),
            _ => {
                self.tell(
                    "no_units",
                    "units",
                    "there is no list of units",
                    "write { \"units\": [..] }",
                );
                return;
            }
        };
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

    fn unit(&mut self, at: usize, id: &str, unit: &Object) -> Line {
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

    fn groups(
        &mut self,
        object: &Object,
        lines: &[(String, Line)],
        places: &BTreeMap<String, usize>,
        named: BTreeMap<String, Vec<usize>>,
    ) -> Vec<Group> {
        let listed: Vec<(String, Object)> = match object.get("groups") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(list)) => list
                .iter()
                .enumerate()
                .filter_map(|(at, group)| {
                    let group = group.as_object().cloned();
                    if group.is_none() {
                        self.tell(
                            "group_not_an_object",
                            &format!("groups[{at}]"),
                            "a group is an object",
                            "write { \"name\": .., \"units\": [..] }",
                        );
                    }
                    let group = group?;
                    Some((
                        field(&group, &["name", "id"])
                            .map_or_else(|| format!("group {at}"), as_text),
                        group,
                    ))
                })
                .collect(),
            Some(Value::Object(by_name)) => by_name
                .iter()
                .filter_map(|(name, group)| {
                    let group = group.as_object().cloned();
                    if group.is_none() {
                        self.tell(
                            "group_not_an_object",
                            &format!("groups.{name}"),
                            "a group is an object",
                            "write { \"units\": [..] }",
                        );
                    }
                    Some((name.clone(), group?))
                })
                .collect(),
            Some(_) => {
                self.tell(
                    "groups_unreadable",
                    "groups",
                    "groups are a list or an object",
                    "write [ { \"name\": .., \"units\": [..] } ]",
                );
                Vec::new()
            }
        };
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

    /// One problem for each kind.
    fn parted(
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
            kinds.push(String::new());
        }
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
            let of_kind = |value: &Value| match value {
                Value::Object(by_kind) => by_kind.get(kind).cloned(),
                value => Some(value.clone()),
            };
            let total = field(object, TOTAL).and_then(of_kind);
            if kinds.len() > 1 && field(object, TOTAL).is_some_and(|total| !total.is_object()) {
                self.tell(
                    "total_of_several_kinds",
                    "total",
                    "units of several kinds cannot share one total: posts never cross kinds",
                    "write an object from kind to posts",
                );
            }
            if total.is_none() && field(object, TOTAL).is_some() {
                self.tell(
                    "total_of_kind_missing",
                    &format!("total.{kind}"),
                    &format!(
                        "there is no total for the kind {kind:?}, whose units hold {now} posts now"
                    ),
                    "write how many posts the kind may have",
                );
            }
            let total = total.and_then(|value| self.count(&value, "total")).unwrap_or(now);
            let reserve = field(object, &["reserve"])
                .and_then(of_kind)
                .and_then(|value| self.count(&value, "reserve"))
                .unwrap_or(0);
            let Some(total) = total.checked_sub(reserve) else {
                self.tell(
                    "reserve_above_total",
                    "reserve",
                    &format!("{reserve} posts cannot stay unassigned of {total}"),
                    &format!("a reserve of at most {total}"),
                );
                continue;
            };
            let groups = groups
                .iter()
                .filter_map(|group| {
                    let inside: Vec<usize> =
                        group.lines.iter().filter_map(|line| places.get(line).copied()).collect();
                    if inside.len() < group.lines.len() && !inside.is_empty() {
                        self.findings.push(Finding::new(
                            "group_of_several_kinds",
                            format!("groups.{}", group.name),
                            "the group has units of several kinds",
                            "make one group for each kind",
                        ));
                    }
                    (inside.len() == group.lines.len() && (!inside.is_empty() || kinds.len() == 1))
                        .then(|| Group { lines: inside, ..group.clone() })
                })
                .collect();
            self.problems.push((kind.clone(), Problem { lines: own, total, rule, limit, groups }));
        }
    }

    /// `true` or `false`; without the field no.
    fn flag(&mut self, object: &Object, name: &str, at: &str) -> bool {
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
    fn list<'a>(&mut self, object: &'a Object, names: &[&str], at: &str) -> &'a [Value] {
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
    fn pair<'a>(&mut self, object: &'a Object, at: &str) -> [Option<&'a Value>; 2] {
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

    fn count(&mut self, value: &Value, at: &str) -> Option<u64> {
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

    fn posts(&mut self, value: &Value, at: &str) -> Option<u32> {
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

    fn cap(&mut self, value: &Value, now: u32, at: &str) -> Option<u32> {
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

/// Exactly so many posts. Bounds that exclude them stay, so that the clash can name both.
fn kept_at(bounds: Bounds, posts: u32, reason: BoundReason) -> Bounds {
    if (bounds.low..=bounds.high).contains(&posts) {
        Bounds::exactly(posts, reason)
    } else {
        bounds.at_least(posts, reason).at_most(posts, reason)
    }
}
