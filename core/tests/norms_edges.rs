//! The edges of every pack. `data/edges.txt` holds what each rule gives beside its worked examples:
//! one up and one down from every whole figure given; at every end of a band, every value of a
//! parameter and every figure of a formula, with one up and one down; at a large figure; and in
//! every other word of a category. The packs that a county may go by have no worked examples; they
//! are asked the same way around places that stand here. No band end, parameter, comparison or rounding of a pack can move
//! without one of these answers moving with it; the second test moves each and looks.
//!
//! The file is written by the engine (`BIANHENG_REWRITE=1`), so it guards against change; that the
//! rules are right is what `vectors.json` shows.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code, reason = "shared with the example program, which uses the rest")]
mod worked;

mod moved;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use bianheng_core::fraction::Fraction;
use bianheng_core::norm::{Asked, Exact, Norm, Pack, listed, shipped};
use moved::{ALIKE, Moved, figures, moves};
use worked::Case;

/// Edges that no worked example comes near: rows of tables, and fractions at which a rule turns.
const OWN: [(&str, &str); 26] = [
    // 100 boarders to a post and 99: half a post apart.
    ("cn-national/small-or-ratio", "stage:primary students=9500 boarders=5000"),
    ("sample/small-or-ratio", "stage:primary students=9500 boarders=5000"),
    ("CN-KG1987-HEADS", "classes=0 boarding=0"),
    ("CN-KG1987-HEADS", "classes=3 boarding=0"),
    ("CN-KG1987-HEADS", "classes=4 boarding=0"),
    // 5 % of ten posts is half a post, which "at most" leaves out.
    ("CN-SHANDONG-KG2017/max", "children=60 extra:centre"),
    // Overtime by teacher: with half a teacher, with one, with none, and of just four hours.
    ("FR-GAP-EFIR", "available=0.5 need=0.7"),
    ("FR-GAP-EFIR", "available=1 need=1.2"),
    ("FR-GAP-EFIR", "available=0 need=0.2"),
    ("FR-GAP-EFIR", "available=4.5 need=5.5"),
    // A gap of two is filled, however little overtime it would be.
    ("FR-GAP-EFIR", "available=10 need=12"),
    ("NZ-PRIMARY-CURRICULUM", "imm_y1=0 imm_y2_8=0 y1=0 y2_3=0 y4_8=26"),
    ("NZ-PRIMARY-CURRICULUM", "imm_y1=0 imm_y2_8=0 y1=0 y2_3=0 y4_8=51"),
    // Two teachers at each of the immersion ratios.
    (
        "NZ-SECONDARY-CURRICULUM",
        "imm_y11=40 imm_y12=36 imm_y13=34 imm_y9_10=40 y11=0 y12=0 y13=0 y9_10=0",
    ),
    ("NZ-RELEASE-ROUND", "subtotal=5.79"),
    ("NZ-RELEASE-ROUND", "subtotal=5.8"),
    ("PL-SPECIALISTS-2024", "pupils=200"),
    ("TR-GUIDANCE", "kind:preschool pupils=149"),
    ("TR-GUIDANCE", "kind:preschool pupils=150"),
    ("TR-GUIDANCE", "kind:preschool pupils=499"),
    ("TR-GUIDANCE", "kind:preschool pupils=500"),
    ("TR-GUIDANCE", "kind:preschool pupils=750"),
    ("TR-GUIDANCE", "kind:preschool pupils=999"),
    // Of 99 posts a hundredth too little is a whole post at ten and at five in the hundred.
    ("CN-GANSU-KG", "children=990 extra_requested=20 level:county"),
    ("CN-SHANDONG-KG2017/max", "children=594 extra:centre"),
    // A little more than four hours of overtime.
    ("FR-GAP-EFIR", "available=5 need=6.15"),
];

/// Where the packs that a county may go by are asked, of which there are no worked examples: at both
/// bases of each stage, in a small school and in a large one, with boarders and without, and where
/// the survey does not say.
const PLACES: [(&str, &str); 26] = [
    ("cn-national/small-or-ratio", "stage:primary students=0 classes=0 boarders=0"),
    ("cn-national/small-or-ratio", "stage:primary students=30"),
    ("cn-national/small-or-ratio", "stage:primary students=5 classes=1 boarders=0"),
    ("cn-national/small-or-ratio", "stage:primary students=60 classes=6 boarders=0"),
    ("cn-national/small-or-ratio", "stage:primary students=95 classes=6 boarders=30"),
    ("cn-national/small-or-ratio", "stage:primary students=1000 classes=22 boarders=150"),
    ("cn-national/small-or-ratio", "stage:lower_secondary students=60 classes=3 boarders=50"),
    ("cn-national/small-or-ratio", "stage:lower_secondary students=700 classes=15 boarders=250"),
    ("cn-national/ratio-only", "stage:upper_secondary students=1000"),
    ("cn-national/kindergarten", "stage:kindergarten locality:city students=180"),
    ("cn-national/kindergarten", "stage:kindergarten locality:county_town students=180"),
    ("cn-national/kindergarten", "stage:kindergarten locality:township students=90"),
    ("cn-national/kindergarten", "stage:kindergarten locality:village students=60"),
    ("sample/small-or-ratio", "stage:primary students=0 classes=0 boarders=0"),
    ("sample/small-or-ratio", "stage:primary students=30"),
    ("sample/small-or-ratio", "stage:primary students=186 classes=6 boarders=42"),
    ("sample/small-or-ratio", "stage:primary students=190 classes=5 boarders=0"),
    ("sample/small-or-ratio", "stage:primary students=1000 classes=22 boarders=150"),
    ("sample/small-or-ratio", "stage:lower_secondary students=150 classes=4 boarders=50"),
    ("sample/small-or-ratio", "stage:lower_secondary students=700 classes=15 boarders=250"),
    ("sample/ratio-only", "stage:upper_secondary students=1000 classes=20"),
    ("sample/kindergarten", "stage:kindergarten locality:city students=180 classes=6"),
    ("sample/kindergarten", "stage:kindergarten locality:county_town students=180 classes=6"),
    ("sample/kindergarten", "stage:kindergarten locality:township students=90 classes=3"),
    ("sample/kindergarten", "stage:kindergarten locality:village students=60 classes=2"),
    ("sample/kindergarten", "stage:kindergarten students=60 classes=2"),
];

/// A large figure, at which one step of any ratio shows.
const LARGE: i64 = 1_000;

/// Whole figures from here on are days, written `yyyymmdd`.
const A_DAY: i64 = 10_000_000;

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
/// formulas name, and the figures in these formulas.
fn turning_points(pack: &Pack, rule: &str) -> BTreeSet<i64> {
    let mut own_formulas = Vec::new();
    formulas(pack, rule, &mut own_formulas);
    let bands = pack.tables.iter().flat_map(|table| &table.rows).map(|row| row.gives.as_str());
    let own: Vec<&str> = own_formulas.iter().copied().chain(bands).collect();
    let names = |id: &str| {
        let name = id.split_once('.').map_or(id, |(name, _)| name);
        own.iter().any(|formula| formula.contains(name))
    };
    let rows = pack.tables.iter().filter(|table| names(&table.id)).flat_map(|table| &table.rows);
    let ends = rows.flat_map(|row| [row.at, row.from, row.over, row.to, row.under]).flatten();
    let parameters = pack.parameters.iter().filter(|parameter| names(&parameter.id));
    let values = parameters.flat_map(|parameter| {
        let name = parameter.id.split_once('.').map_or(parameter.id.as_str(), |(name, _)| name);
        // As with a figure: what divides turns at its multiples, and halfway between them.
        let divides = own.iter().any(|formula| formula.contains(&format!("/ {name}")));
        let values: Vec<Exact> = parameter.values.iter().filter_map(|dated| dated.value).collect();
        let halves = if divides { 2..=4 } else { 2..=2 };
        halves.flat_map(move |half| {
            let part = Fraction::new(half, 2);
            values.clone().into_iter().map(move |Exact(value)| Exact(value * part))
        })
    });
    let all = ends.chain(values);
    // A figure in a formula is a threshold, or a divisor: that turns at its multiples, and halfway
    // where it is rounded to the nearest.
    let gives = pack.tables.iter().filter(|table| names(&table.id)).flat_map(|table| &table.rows);
    let gives = gives.map(|row| row.gives.as_str()).filter(|gives| gives.contains(' '));
    let figured = own_formulas.iter().copied().chain(gives).flat_map(|formula| {
        figures(formula).into_iter().flat_map(move |(from, to)| {
            let Exact(value) = Exact::parse(&formula[from..to]).unwrap();
            let divides = formula[..from].ends_with("/ ");
            let halves = if divides { 2..=4 } else { 2..=2 };
            halves.map(move |half| Exact(value * Fraction::new(half, 2)))
        })
    });
    let all = all.chain(figured);
    // A threshold may stand at a fraction: the whole figures on both sides are asked.
    all.flat_map(|Exact(value)| [value.floor(), value.ceil()])
        .map(|value| value.to_integer())
        .collect()
}

/// The categories and the day of an example: what picks the version and the rows of a table.
fn scene(case: &Case) -> Vec<(String, Asked)> {
    let picks = |(_, value): &&(String, Asked)| whole(value).is_none_or(|value| value >= A_DAY);
    case.given.iter().filter(picks).cloned().collect()
}

/// The clause that a rule reads, whichever reading or end of it: `CN-LEADERS` of `CN-LEADERS/min`.
fn clause(rule: &str) -> &str {
    rule.split_once('/').map_or(rule, |(clause, _)| clause)
}

/// What a rule is called here: those of the packs to go by have names that say no pack.
fn named(pack: &Pack, rule: &str) -> String {
    if pack.library { rule.to_owned() } else { format!("{}/{rule}", pack.id) }
}

/// What is asked of one rule: around its worked examples, each figure in turn. A rule without any
/// is asked what its sisters are.
fn asked(rule: &str, pack: &Pack, examples: &[Case]) -> BTreeSet<String> {
    let points = turning_points(pack, rule);
    let rule = &*named(pack, rule);
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
                near.extend((value < A_DAY).then_some(LARGE));
            }
            for value in near.into_iter().filter(|value| *value >= 0) {
                let mut given = case.given.clone();
                given[at].1 = number(Fraction::from_integer(value));
                out.insert(written(&given));
            }
        }
        if last {
            out.extend(other_words(case, pack).iter().map(written));
        }
    }
    out
}

/// A case in every other word of its categories, one changed at a time, as it stands and with each
/// whole figure large: rows and parameters that no example is in.
fn other_words(case: &Case, pack: &Pack) -> Vec<Given> {
    let mut out = Vec::new();
    for (at, (name, asked)) in case.given.iter().enumerate() {
        let Asked::Word(was) = asked else { continue };
        let words = pack.inputs.iter().filter(|input| input.id == *name);
        for word in words.flat_map(|input| &input.words).filter(|word| word.id != *was) {
            let mut given = case.given.clone();
            given[at].1 = Asked::Word(word.id.clone());
            for figure in 0..given.len() {
                if whole(&given[figure].1).is_some() {
                    let mut large = given.clone();
                    large[figure].1 = number(Fraction::from_integer(LARGE));
                    out.push(large);
                }
            }
            out.push(given);
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

/// The worked examples, and beside them the places of the packs that have none.
fn examples() -> Vec<Case> {
    let place = |(rule, given): &(&str, &str)| Case {
        id: String::new(),
        norm: (*rule).to_owned(),
        given: read(given),
        expected: None,
    };
    let worked = worked::read(include_str!("data/vectors.json")).unwrap();
    let worked = worked.into_iter().map(|case| case.unwrap());
    worked.chain(PLACES.iter().map(place)).collect()
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
                writeln!(text, "{} | {line} | {answer}", named(&pack, &rule.id)).unwrap();
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

#[test]
fn no_band_end_and_no_rounding_can_move_unseen() {
    let mut kept: BTreeMap<&str, Vec<(Given, &str)>> = BTreeMap::new();
    for line in include_str!("data/edges.txt").lines() {
        let mut parts = line.split(" | ");
        let (rule, given, answer) =
            (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        kept.entry(rule).or_default().push((read(given), answer));
    }
    let mut unseen = Vec::new();
    let mut met = BTreeSet::new();
    let mut moved = 0;
    for pack in packs() {
        for Moved { what, pack: changed } in moves(&pack) {
            moved += 1;
            // A pack that is refused when it is loaded is seen as well.
            let Some(norm) = ready(&changed) else { continue };
            let seen = changed.rules.iter().any(|rule| {
                let own = kept.get(&*named(&pack, &rule.id)).into_iter().flatten();
                own.into_iter().any(|(given, was)| answer(&norm, &rule.id, given) != *was)
            });
            if seen {
                continue;
            }
            let own =
                ALIKE.iter().filter(|(of, ..)| *of == pack.id).flat_map(|(_, alike, _)| *alike);
            match own.copied().find(|alike| *alike == what) {
                Some(alike) => _ = met.insert((pack.id.clone(), alike)),
                None => unseen.push(format!("{}: {what}", pack.id)),
            }
        }
    }
    assert!(moved > 1_500, "only {moved} moves were tried");
    assert!(unseen.is_empty(), "{} of {moved}:\n{}", unseen.len(), unseen.join("\n"));
    // What is said to be alike is so: no excuse outlives its move.
    let said =
        ALIKE.iter().flat_map(|(of, alike, _)| alike.iter().map(|what| ((*of).to_owned(), *what)));
    let stale: Vec<_> = said.filter(|alike| !met.contains(alike)).collect();
    assert!(stale.is_empty(), "seen, or not moved at all: {stale:#?}");
}
