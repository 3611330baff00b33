//! The edges of every pack. `data/edges.txt` holds what each rule gives beside its worked examples:
//! one up and one down from every whole figure given, and at every end of a band and every value of
//! a parameter, with one up and one down. No band end, parameter or rounding of a pack can move
//! without one of these answers moving with it; the second test moves each and looks.
//!
//! The file is written by the engine (`BIANHENG_REWRITE=1`), so it guards against change; that the
//! rules are right is what `vectors.json` shows.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code, reason = "shared with the example program, which uses the rest")]
mod worked;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use bianheng_core::fraction::Fraction;
use bianheng_core::norm::{Asked, Exact, Norm, Pack, Row, listed, shipped};
use worked::Case;

/// Edges of rows that no worked example comes near.
const OWN: [(&str, &str); 6] = [
    ("CN-KG1987-HEADS", "classes=3 boarding=0"),
    ("CN-KG1987-HEADS", "classes=4 boarding=0"),
    ("TR-GUIDANCE", "kind:preschool pupils=149"),
    ("TR-GUIDANCE", "kind:preschool pupils=150"),
    ("TR-GUIDANCE", "kind:preschool pupils=499"),
    ("TR-GUIDANCE", "kind:preschool pupils=500"),
];

/// Moves that change no answer at all, and why.
const ALIKE: [(&str, &str); 4] = [
    (
        "table leaders_greatest row 3 end 3",
        "13 to 23 and 24 to 36 classes have three leaders alike",
    ),
    ("table model_complete row 3 end 3", "the increment starts at 180: 151 has five like 150"),
    ("FR-GAP-EFIR step overtime: max( to min(", "without teachers overtime never decides"),
    ("NZ-PRIMARY-CURRICULUM step twice: floor( to ceil(", "the first round has made it whole"),
];

type Given = Vec<(String, Asked)>;

fn ready(pack: &Pack) -> Option<Norm> {
    Norm::new(pack.clone(), pack.valid_from).ok()
}

fn whole(asked: &Asked) -> Option<i64> {
    match asked {
        Asked::Number(Exact(value)) if value.is_integer() => Some(value.to_integer()),
        _ => None,
    }
}

fn number(value: Fraction) -> Asked {
    Asked::Number(Exact(value))
}

/// The formulas of a rule and of those that it asks.
fn formulas<'a>(pack: &'a Pack, id: &str, out: &mut Vec<&'a str>) {
    let Some(rule) = pack.rule(id) else { return };
    for step in &rule.steps {
        out.push(&step.formula);
        for part in step.formula.split("rule(\"").skip(1) {
            formulas(pack, part.split('"').next().unwrap(), out);
        }
    }
}

/// Whole figures at which a rule may turn: ends of the bands and values of the parameters that its
/// formulas name.
fn turning_points(pack: &Pack, rule: &str) -> BTreeSet<i64> {
    let mut own = Vec::new();
    formulas(pack, rule, &mut own);
    let bands = pack.tables.iter().flat_map(|table| &table.rows).map(|row| row.gives.as_str());
    let own: Vec<&str> = own.into_iter().chain(bands).collect();
    let names = |id: &str| {
        let name = id.split_once('.').map_or(id, |(name, _)| name);
        own.iter().any(|formula| formula.contains(name))
    };
    let rows = pack.tables.iter().filter(|table| names(&table.id)).flat_map(|table| &table.rows);
    let ends = rows.flat_map(|row| [row.at, row.from, row.over, row.to, row.under]).flatten();
    let parameters = pack.parameters.iter().filter(|parameter| names(&parameter.id));
    let values = parameters.flat_map(|parameter| &parameter.values);
    let all = ends.chain(values.filter_map(|dated| dated.value));
    // A threshold may stand at a fraction: the whole figures on both sides are asked.
    all.flat_map(|Exact(value)| [value.floor(), value.ceil()])
        .map(|value| value.to_integer())
        .collect()
}

/// The categories and the day of an example: what picks the version and the rows of a table.
fn scene(case: &Case) -> Vec<(String, Asked)> {
    let picks = |(_, value): &&(String, Asked)| whole(value).is_none_or(|value| value > 10_000_000);
    case.given.iter().filter(picks).cloned().collect()
}

/// The clause that a rule reads, whichever reading or end of it: `CN-LEADERS` of `CN-LEADERS/min`.
fn clause(rule: &str) -> &str {
    rule.split_once('/').map_or(rule, |(clause, _)| clause)
}

/// What is asked of one rule: around its worked examples, each figure in turn. A rule without any
/// is asked what its sisters are.
fn asked(rule: &str, pack: &Pack, examples: &[Case]) -> BTreeSet<String> {
    let points = turning_points(pack, rule);
    let own: Vec<&Case> = examples.iter().filter(|case| case.norm == rule).collect();
    let sisters = || examples.iter().filter(|case| clause(&case.norm) == clause(rule)).collect();
    let own: Vec<&Case> = if own.is_empty() { sisters() } else { own };
    let mut out: BTreeSet<String> =
        OWN.iter().filter(|(of, _)| *of == rule).map(|(_, given)| (*given).to_owned()).collect();
    for (nth, case) in own.iter().enumerate() {
        // Every turning point once for a scene is enough: beside its last example.
        let last = !own.iter().skip(nth + 1).any(|later| scene(later) == scene(case));
        for (at, (_, value)) in case.given.iter().enumerate() {
            let Some(value) = whole(value) else { continue };
            let mut near: BTreeSet<i64> = [value - 1, value + 1].into();
            if last {
                near.extend(points.iter().flat_map(|point| [point - 1, *point, point + 1]));
            }
            for value in near.into_iter().filter(|value| *value >= 0) {
                let mut given = case.given.clone();
                given[at].1 = number(Fraction::from_integer(value));
                out.insert(written(&given));
            }
        }
    }
    out
}

fn written(given: &Given) -> String {
    let one = |(name, value): &(String, Asked)| match value {
        Asked::Number(value) => format!("{name}={value}"),
        Asked::Word(word) => format!("{name}:{word}"),
    };
    given.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn read(text: &str) -> Given {
    let one = |part: &str| match part.split_once('=') {
        Some((name, value)) => (name.to_owned(), Asked::Number(Exact::parse(value).unwrap())),
        None => {
            let (name, word) = part.split_once(':').unwrap();
            (name.to_owned(), Asked::Word(word.to_owned()))
        }
    };
    text.split_whitespace().map(one).collect()
}

fn answer(norm: &Norm, rule: &str, given: &Given) -> String {
    norm.answer(rule, given).map_or_else(|_| "—".to_owned(), |value| value.to_string())
}

fn packs() -> Vec<Pack> {
    listed().into_iter().filter_map(|pack| shipped(pack.id)).collect()
}

fn examples() -> Vec<Case> {
    worked::read(include_str!("data/vectors.json")).unwrap()
}

#[test]
fn every_edge_gives_what_it_gave() {
    let mut text = String::new();
    let examples = examples();
    for pack in packs() {
        let norm = ready(&pack).unwrap();
        for rule in &pack.rules {
            for line in asked(&rule.id, &pack, &examples) {
                let answer = answer(&norm, &rule.id, &read(&line));
                writeln!(text, "{} | {line} | {answer}", rule.id).unwrap();
            }
        }
    }
    if std::env::var_os("BIANHENG_REWRITE").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/edges.txt");
        std::fs::write(path, &text).unwrap();
        panic!("the edges were rewritten: run again without BIANHENG_REWRITE");
    }
    let kept = include_str!("data/edges.txt");
    let differ = kept.lines().zip(text.lines()).find(|(kept, now)| kept != now);
    assert_eq!(differ, None, "an edge moved");
    assert_eq!(kept.lines().count(), text.lines().count());
}

/// A pack with one thing moved, and what that was.
struct Moved {
    what: String,
    pack: Pack,
}

/// The places of the figures in a formula, outside of names and texts.
fn figures(formula: &str) -> Vec<(usize, usize)> {
    let (mut out, mut quoted, mut before, mut from) = (Vec::new(), false, ' ', None);
    for (at, sign) in formula.char_indices().chain([(formula.len(), ' ')]) {
        let part = sign.is_ascii_digit() || sign == '.';
        match from {
            Some(start) if !part => {
                out.push((start, at));
                from = None;
            }
            None if sign.is_ascii_digit()
                && !quoted
                && !before.is_alphanumeric()
                && before != '_' =>
            {
                from = Some(at);
            }
            _ => {}
        }
        quoted ^= sign == '"';
        before = sign;
    }
    out
}

/// Every formula that differs from this one by one rounding, one comparison or one figure.
fn other_formulas(formula: &str) -> Vec<(String, String)> {
    const SWAPS: [(&str, &str); 11] = [
        ("floor(", "ceil("),
        ("floor(", "round("),
        ("ceil(", "floor("),
        ("ceil(", "round("),
        ("round(", "floor("),
        ("round(", "ceil("),
        ("max(", "min("),
        ("min(", "max("),
        (" >= ", " > "),
        (" <= ", " < "),
        (" or ", " and "),
    ];
    const STRICT: [(&str, &str); 3] = [(" > ", " >= "), (" < ", " <= "), (" and ", " or ")];
    let mut out = Vec::new();
    for (from, to) in SWAPS.into_iter().chain(STRICT) {
        for (at, _) in formula.match_indices(from) {
            let mut changed = formula.to_owned();
            changed.replace_range(at..at + from.len(), to);
            out.push((format!("{from} to {to}"), changed));
        }
    }
    for (from, to) in figures(formula) {
        let Exact(value) = Exact::parse(&formula[from..to]).unwrap();
        let next = Exact(value + Fraction::from_integer(1)).to_string();
        let mut changed = formula.to_owned();
        changed.replace_range(from..to, &next);
        out.push((format!("{} to {next}", &formula[from..to]), changed));
    }
    out
}

/// Every pack that differs from this one by one step of one figure, by one day, by one comparison or
/// by one rounding.
fn moves(pack: &Pack) -> Vec<Moved> {
    let mut out = Vec::new();
    let one = Fraction::from_integer(1);
    for (table, of) in pack.tables.iter().enumerate() {
        for row in 0..of.rows.len() {
            for (end, by) in (0..5).flat_map(|end| [(end, one), (end, -one)]) {
                let mut changed = pack.clone();
                let rows = &mut changed.tables[table].rows;
                let ends = |row: usize, rows: &mut Vec<Row>, move_end: usize| {
                    let row = rows.get_mut(row)?;
                    let ends =
                        [&mut row.at, &mut row.from, &mut row.over, &mut row.to, &mut row.under];
                    let Exact(value) = ends.into_iter().nth(move_end)?.as_mut()?;
                    *value += by;
                    Some(())
                };
                if ends(row, rows, end).is_none() {
                    continue;
                }
                // The band beside it follows, so that nothing is left out and nothing overlaps.
                match end {
                    1 if row > 0 => _ = ends(row - 1, rows, 3),
                    3 => _ = ends(row + 1, rows, 1),
                    _ => {}
                }
                let what = format!("table {} row {} end {end} by {by}", of.id, row + 1);
                out.push(Moved { what, pack: changed });
            }
            for (what, gives) in other_formulas(&of.rows[row].gives) {
                let mut changed = pack.clone();
                changed.tables[table].rows[row].gives = gives;
                let what = format!("table {} row {} gives {what}", of.id, row + 1);
                out.push(Moved { what, pack: changed });
            }
        }
    }
    for (at, of) in pack.parameters.iter().enumerate() {
        for value in 0..of.values.len() {
            let mut changed = pack.clone();
            let parameter = &mut changed.parameters[at];
            parameter.greatest.0 += one;
            if let Some(Exact(value)) = &mut parameter.values[value].value {
                *value += one;
                let what = format!("parameter {} value {}", of.id, value);
                out.push(Moved { what, pack: changed });
            }
        }
    }
    for (rule, of) in pack.rules.iter().enumerate() {
        for (step, text) in of.steps.iter().enumerate() {
            for (what, formula) in other_formulas(&text.formula) {
                let mut changed = pack.clone();
                changed.rules[rule].steps[step].formula = formula;
                let what = format!("{} step {}: {what}", of.id, text.id);
                out.push(Moved { what, pack: changed });
            }
        }
    }
    out
}

#[test]
fn no_band_end_and_no_rounding_can_move_unseen() {
    let mut kept: BTreeMap<&str, Vec<(Given, &str)>> = BTreeMap::new();
    for line in include_str!("data/edges.txt").lines() {
        let mut parts = line.split(" | ");
        let (rule, given, answer) =
            (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        kept.entry(rule).or_default().push((read(given), answer));
    }
    let asked_for: BTreeSet<String> = examples().into_iter().map(|case| case.norm).collect();
    let mut unseen = Vec::new();
    let mut moved = 0;
    for pack in packs().iter().filter(|pack| pack.rules.iter().any(|r| asked_for.contains(&r.id))) {
        for Moved { what, pack: changed } in moves(pack) {
            moved += 1;
            // A pack that is refused when it is loaded is seen as well.
            let Some(norm) = ready(&changed) else { continue };
            let seen = changed.rules.iter().any(|rule| {
                let own = kept.get(rule.id.as_str()).into_iter().flatten();
                own.into_iter().any(|(given, was)| answer(&norm, &rule.id, given) != *was)
            });
            if !seen && !ALIKE.iter().any(|(alike, _)| *alike == what) {
                unseen.push(format!("{}: {what}", pack.id));
            }
        }
    }
    assert!(moved > 1_500, "only {moved} moves were tried");
    assert!(unseen.is_empty(), "{} of {moved}:\n{}", unseen.len(), unseen.join("\n"));
}
