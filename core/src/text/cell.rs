//! What is said of one cell that differs: the parts of a pool with their values, and any cell by its
//! permanent name.

use super::{Lang, Message, compare, messages, names, number, pool_order, steps};
use crate::county::{County, Fact, KindId};
use crate::pool::part::{Part, Parted};
use crate::pool::{Borrower, Event, Loan};
use crate::scenario::{Change, Command, Conflict, Fit, PoolChange, Renamed, Side, State};

messages! {
    POOL_PART: "{pool} · {part}", "{pool} · {part}";
    POOL_NAME: "名称", "name";
    POOL_SIZE: "规模与来源", "size and sources";
    POOL_TERMS: "借用期", "terms";
    POOL_RULES: "池规", "rules";
    POOL_ORDER: "先后次序", "order";
    POOL_CAPS: "类别限额", "limits of categories";
    POOL_BATCH: "批次", "batches";
    APPLICATION: "申请 {id}", "application {id}";
    LOAN: "借用 {id}", "loan {id}";
    ENTRY: "记事 {date} {what} {who}", "entry of {date}: {what} {who}";
    USE: "{year} 年用编", "use of posts in {year}";
    SIZE: "{size} 名，{model}，来源 {n} 处", "{size} posts, {model}, {n} sources";
    YEARS: "{years} 年", "{years} years";
    COUNTED: "计入预计减员", "expected departures counted";
    RULE: "{title} {figure}", "{title} {figure}";
    CLAUSES: "依据 {n} 条", "{n} clauses";
    ORDER: "档次 {tiers} 条；评分 {criteria}；同分 {ties}", "{tiers} tiers; score {criteria}; ties {ties}";
    CAP: "{name} {posts} 名", "{name} {posts}";
    BATCH: "{name} {date}，限额 {limit}；已批 {past} 批", "{name} of {date}, limit {limit}; {past} approved";
    ASKED: "{unit} {posts} 名 {purpose}", "{unit}, {posts} posts {purpose}";
    DECIDED: "{asked}；裁定 {granted} 名（{reason}）", "{asked}; decided {granted} ({reason})";
    LENT: "{unit} {posts} 名，{from} 至 {due}，已还 {returned}", "{unit}, {posts} posts, {from} to {due}, {returned} returned";
    ENTERED: "{posts} 名", "{posts} posts";
    FIGURE: "{figure} · {kind}", "{figure} · {kind}";
    POSTS: "{unit} · 核定编制", "{unit} · posts authorised";
    USED: "记录 {n} 条，留用 {reserve} 条", "{n} entries, {reserve} reserves";
}

/// What a change is about, with its place.
pub fn place(change: &Change, now: &State, lang: Lang) -> String {
    match change {
        Change::Cell(command) => compare::place(command, now, lang),
        Change::Pool(PoolChange { part, old, .. }) => {
            let part = part_name(part, &now.county, lang);
            POOL_PART.with(lang, &[("pool", &old.name), ("part", &part)])
        }
    }
}

/// A change's value, old or new, in a few words.
pub fn value(change: &Change, new: bool, now: &State, lang: Lang) -> String {
    match change {
        Change::Cell(command) => compare::value(command, new, lang),
        Change::Pool(PoolChange { part, old, new: after, .. }) => {
            part_value(part, if new { after } else { old }, &now.county, lang)
        }
    }
}

/// How a change stands to the new base.
pub fn fit(change: &Change, fit: &Fit, now: &State, lang: Lang) -> String {
    let founds = matches!(change, Change::Cell(Command::FoundUnit { .. }));
    match fit {
        Fit::Fits => compare::FITS.get(lang).to_owned(),
        Fit::Already => compare::ALREADY.get(lang).to_owned(),
        Fit::Changed(there) => {
            let (expected, found) =
                (value(change, false, now, lang), value(there, false, now, lang));
            if expected == found {
                return compare::CHANGED_MEANWHILE.get(lang).to_owned();
            }
            compare::EXPECTED_FOUND.with(lang, &[("expected", &expected), ("found", &found)])
        }
        Fit::Refused(
            Conflict::OutOfRange { .. } | Conflict::TotalTooSmall { .. } | Conflict::Norm(_),
        ) => compare::OUT_OF_RANGE.get(lang).to_owned(),
        Fit::Refused(Conflict::Changed { .. }) if founds => {
            compare::ALREADY_FOUNDED.get(lang).to_owned()
        }
        Fit::Refused(Conflict::Changed { .. }) => compare::CHANGED_MEANWHILE.get(lang).to_owned(),
        Fit::Refused(_) => compare::GONE.get(lang).to_owned(),
    }
}

/// What got another number in a merge, and why.
pub fn renamed(one: &Renamed, lang: Lang) -> String {
    let whose = match one.side {
        Side::Mine => compare::WHOSE_MINE,
        Side::Theirs => compare::WHOSE_THEIRS,
    };
    let message = if one.alike { compare::RENUMBERED_ALIKE } else { compare::RENUMBERED };
    message.with(lang, &[("old", &one.old), ("new", &one.new), ("whose", &whose.get(lang))])
}

fn part_name(part: &Part, county: &County, lang: Lang) -> String {
    let message = match part {
        Part::Name => POOL_NAME,
        Part::Size => POOL_SIZE,
        Part::Terms => POOL_TERMS,
        Part::Rules => POOL_RULES,
        Part::Order => POOL_ORDER,
        Part::Caps => POOL_CAPS,
        Part::Batch => POOL_BATCH,
        Part::Application(id) => return APPLICATION.with(lang, &[("id", id)]),
        Part::Loan(id) => return LOAN.with(lang, &[("id", id)]),
        Part::Use(year) => return USE.with(lang, &[("year", year)]),
        Part::Entry { date, what, loan, unit, .. } => {
            let unit = unit.as_ref().map_or("", |unit| county.unit_name(unit));
            let who = [loan.as_str(), unit].join(" ");
            let what = steps::entry(*what).get(lang);
            return ENTRY.with(lang, &[("date", date), ("what", &what), ("who", &who.trim())]);
        }
    };
    message.get(lang).to_owned()
}

/// What a pool has in one of its parts, with who and why.
fn part_value(part: &Part, pool: &Parted, county: &County, lang: Lang) -> String {
    let none = || compare::NOTHING.get(lang).to_owned();
    let why = |said: String, texts: &[&str]| {
        let texts: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
        if texts.is_empty() {
            return said;
        }
        compare::FOR_REASON.with(lang, &[("value", &said), ("reason", &texts.join(" "))])
    };
    let and = |parts: Vec<String>| {
        if parts.is_empty() { none() } else { parts.join(pool_order::AND.get(lang)) }
    };
    match part {
        Part::Name => pool.name.clone(),
        Part::Size => {
            let size = number::count(u64::from(pool.size));
            let model = pool.model.short(lang);
            let n = pool.sources.len();
            let said = SIZE.with(lang, &[("size", &size), ("model", &model), ("n", &n)]);
            why(said, &[&pool.document])
        }
        Part::Terms => {
            let mut parts = vec![YEARS.with(lang, &[("years", &pool.term_years)])];
            parts.extend(pool_order::lines(pool, lang));
            parts.extend(pool.count_departures.then(|| COUNTED.get(lang).to_owned()));
            and(parts)
        }
        Part::Rules => {
            let said = |rule: &crate::pool::Rule| {
                let figure = rule.figure().map_or_else(String::new, |figure| figure.to_string());
                RULE.with(lang, &[("title", &rule.title(lang)), ("figure", &figure)])
                    .trim()
                    .to_owned()
            };
            let clauses = pool.rules.iter().filter(|rule| !rule.clause.is_empty()).count();
            let rules = and(pool.rules_in_force().map(said).collect());
            why(rules, &[&CLAUSES.with(lang, &[("n", &clauses)])])
        }
        Part::Order => {
            let criteria = pool.criteria.iter().map(|own| format!("{} {}", own.name, own.weight));
            let criteria = and(criteria.collect());
            let ties = pool.ties.iter().map(|tie| pool_order::tie(*tie).get(lang).to_owned());
            let ties = and(ties.collect());
            let tiers = pool.tiers.len();
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("tiers", &tiers), ("criteria", &criteria), ("ties", &ties)];
            ORDER.with(lang, &values)
        }
        Part::Caps => {
            let cap = |cap: &crate::pool::Cap| {
                CAP.with(lang, &[("name", &cap.name), ("posts", &cap.posts)])
            };
            and(pool.caps.iter().map(cap).collect())
        }
        Part::Batch => {
            let batch = &pool.batch;
            let limit = batch.limit.map_or_else(none, |limit| limit.to_string());
            let values: [(&str, &dyn std::fmt::Display); 4] = [
                ("name", &batch.name),
                ("date", &batch.date),
                ("limit", &limit),
                ("past", &pool.past.len()),
            ];
            BATCH.with(lang, &values)
        }
        Part::Application(id) => pool.asked(id).map_or_else(none, |(asking, by_hand)| {
            let unit = county.unit_name(&asking.unit);
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("unit", &unit), ("posts", &asking.posts), ("purpose", &asking.purpose)];
            let score = asking.score.map_or_else(String::new, |score| score.to_string());
            let said = ASKED.with(lang, &values).trim().to_owned();
            let said = why(said, &[&score, &asking.note, &asking.document]);
            let Some(by_hand) = by_hand else { return said };
            let reason = [by_hand.reason.as_str(), by_hand.document.as_str()].join(" ");
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("asked", &said), ("granted", &by_hand.granted), ("reason", &reason)];
            DECIDED.with(lang, &values)
        }),
        Part::Loan(id) => pool.loan(id).map_or_else(none, |loan: &Loan| {
            let unit = match &loan.borrower {
                Borrower::Unit(code) => county.unit_name(code),
                Borrower::Name(name) => name,
            };
            let values: [(&str, &dyn std::fmt::Display); 5] = [
                ("unit", &unit),
                ("posts", &loan.posts),
                ("from", &loan.from),
                ("due", &loan.due),
                ("returned", &loan.returned),
            ];
            why(LENT.with(lang, &values), &[&loan.purpose, &loan.document])
        }),
        Part::Entry { .. } => pool.entry(part).map_or_else(none, |event: &Event| {
            let due = event.due.map_or_else(String::new, |due| due.to_string());
            let said = ENTERED.with(lang, &[("posts", &event.posts)]);
            why(said, &[&due, &event.note, &event.document])
        }),
        Part::Use(year) => pool.use_of(*year).map_or_else(none, |own| {
            let (n, reserve) = (own.entries.len(), own.reserve.len());
            why(USED.with(lang, &[("n", &n), ("reserve", &reserve)]), &[&own.document])
        }),
    }
}

/// The lines of the comparison that a remark may be on, each by its permanent name.
pub const FIGURES: [(&str, Message); 17] = [
    ("moved", compare::MOVED),
    ("raised_lowered", compare::RAISED_LOWERED),
    ("authorised", compare::AUTHORISED),
    ("entitled", compare::ENTITLED),
    ("shortage", compare::SHORTAGE),
    ("surplus", compare::SURPLUS),
    ("short_rows", compare::SHORT_ROWS),
    ("lowest", compare::LOWEST),
    ("worst", compare::WORST),
    ("unevenness", compare::UNEVEN),
    ("largest", compare::LARGEST),
    ("excess", compare::EXCESS),
    ("pool", compare::POOL),
    ("red_lines", compare::RED_LINES),
    ("rule", compare::RULE),
    ("norm", compare::NORM),
    ("hands", compare::HANDS),
];

/// The permanent name of a line of the comparison for one kind of post: `figure shortage school`.
pub fn of_figure(line: Message, kind: &KindId) -> String {
    let name =
        FIGURES.iter().find(|(_, own)| own.key == line.key).map_or(line.key, |(name, _)| name);
    format!("figure {name} {}", kind.as_str())
}

/// The cells that somebody who remarks on one may mean instead: posts and figures of the survey in the
/// same row.
pub fn beside(cell: &str) -> Vec<String> {
    match cell.strip_prefix("posts ") {
        Some(at) => ["posts", "in_post", "students", "classes", "boarders"]
            .map(|what| format!("{what} {at}"))
            .to_vec(),
        None => vec![cell.to_owned()],
    }
}

/// What a cell is about, by its permanent name: the school with its stage and figure, a line of the
/// comparison, a parameter of the norm. One that is not known says its name.
pub fn named(cell: &str, now: &State, lang: Lang) -> String {
    let (what, at) = cell.split_once(' ').unwrap_or((cell, ""));
    let fact = match what {
        "students" => Some(Fact::Students),
        "classes" => Some(Fact::Classes),
        "boarders" => Some(Fact::Boarders),
        "in_post" => Some(Fact::InPost),
        _ => None,
    };
    if what == "parameter" && !at.is_empty() {
        let found = now.norm.pack().parameter(at);
        return found.map_or(at, |found| found.label.get(lang)).to_owned();
    }
    if what == "table" {
        let name = now.norm.pack().cited_name(at);
        return name.map_or_else(|| at.to_owned(), |name| name.get(lang).to_owned());
    }
    if what == "figure" {
        let (name, kind) = at.split_once(' ').unwrap_or((at, ""));
        let figure = FIGURES.iter().find(|(own, _)| *own == name);
        let figure = figure.map_or(name, |(_, figure)| figure.get(lang));
        let found = now.county.kinds.iter().find(|own| own.id.as_str() == kind);
        let kind = found.map_or(kind, |kind| kind.name.get(lang));
        return FIGURE.with(lang, &[("figure", &figure), ("kind", &kind)]);
    }
    let Ok(id) = at.parse::<crate::county::HoldingId>() else { return cell.to_owned() };
    let unit = now.county.unit_name(&id.unit).to_owned();
    match (fact, what) {
        (Some(fact), _) => format!("{unit} · {}", names::fact(fact).get(lang)),
        (None, "posts") => POSTS.with(lang, &[("unit", &unit)]),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{KindId, UnitCode};
    use crate::pool::{Application, What};
    use crate::sample;
    use std::sync::Arc;

    #[test]
    fn whoever_chooses_between_two_parts_of_a_pool_sees_what_they_are() {
        let workspace = sample::county().unwrap().workspace;
        let state = workspace.state();
        let old = state.county.pool(KindId::general()).unwrap().clone();
        let mut new = old.clone();
        new.name = "另一池".to_owned();
        (new.size, new.term_years) = (31, 4);
        new.rules.pop();
        new.ties.push(crate::pool::Tie::default());
        new.caps.clear();
        new.batch.limit = Some(99);
        new.applications[0].note = "附件齐全".to_owned();
        new.enter(Application::new("", UnitCode::new("1020"), 2));
        new.loans[0].purpose = "另一用途".to_owned();
        let event = Event::new(new.batch.date, What::Return, "L1");
        new.events.push(Event { posts: 2, ..event });
        new.uses.push(crate::pool::Use { year: 2031, ..Default::default() });
        let (old, new) = (Arc::new(Parted::of(old)), Arc::new(Parted::of(new)));
        let parts = old.parts_that_differ(&new);
        assert!(parts.len() >= 10, "{parts:?}");
        for part in parts {
            let kind = KindId::general().clone();
            let change =
                Change::Pool(PoolChange { kind, part, old: old.clone(), new: new.clone() });
            for lang in [Lang::Zh, Lang::En] {
                let [before, after] = [false, true].map(|new| value(&change, new, state, lang));
                assert!(!before.is_empty() && before != after, "{before} {after}");
                assert!(!place(&change, state, lang).is_empty());
            }
        }
    }

    #[test]
    fn a_cell_is_named_for_whoever_reads_a_remark_on_it() {
        let workspace = sample::county().unwrap().workspace;
        let said = |cell: &str| named(cell, workspace.state(), Lang::Zh);
        let cells = beside("posts 1020/primary");
        assert_eq!(said(&cells[0]), "枫溪小学 · 核定编制");
        let mut names: Vec<String> = cells.iter().map(|cell| said(cell)).collect();
        assert!(names.iter().all(|name| name.starts_with("枫溪小学 · ")), "{names:?}");
        for (_, line) in FIGURES {
            let cell = of_figure(line, KindId::school());
            assert_eq!(beside(&cell), std::slice::from_ref(&cell));
            assert!(said(&cell).starts_with(line.zh) && !said(&cell).contains("school"));
            names.push(said(&cell));
        }
        names.sort();
        names.dedup();
        assert_eq!(names.len(), cells.len() + FIGURES.len(), "two cells have one name");
        assert_ne!(said("parameter ratio.primary"), "ratio.primary");
        assert_eq!(said("whatever 1"), "whatever 1");
    }
}
