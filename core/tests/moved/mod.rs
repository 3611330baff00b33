//! Packs with one thing moved: an end of a band, a figure, a comparison, a rounding; and the moves of
//! which no answer can tell. Asks no rule: what is seen of a move is for the test that moves it.

use std::collections::BTreeMap;
use std::fmt::Write;

use bianheng_core::fraction::Fraction;
use bianheng_core::norm::{Exact, Pack, Row};

/// Moves of a pack that change no answer at all, and why.
pub const ALIKE: [(&str, &[&str], &str); 17] = [
    (
        "cn-national",
        &["small-or-ratio step at_least:  <  to  <= "],
        "at the threshold of 100 students the ratio gives five and more, above the floor of two",
    ),
    (
        "sample",
        &[
            "parameter per_class.kindergarten value 0 by 1",
            "parameter per_class.kindergarten value 0 by -1",
            "parameter per_class.upper_secondary value 0 by 1",
            "parameter per_class.upper_secondary value 0 by -1",
        ],
        "posts by classes stand beside these results for comparison and decide none",
    ),
    (
        "cn-documents",
        &[
            "table leaders_greatest row 3 end 3 by 1",
            "table leaders_greatest row 3 end 3 by -1",
            "table leaders_greatest row 4 end 1 by 1",
            "table leaders_greatest row 4 end 1 by -1",
        ],
        "13 to 23 and 24 to 36 classes have three leaders alike",
    ),
    (
        "in-states",
        &[
            "table model_complete row 3 end 3 by 1",
            "table model_complete row 3 end 3 by -1",
            "table model_complete row 4 end 1 by 1",
            "table model_complete row 4 end 1 by -1",
        ],
        "the increment of 150 and of 151 is none: five like the band below",
    ),
    (
        "in-states",
        &["table model_started row 3 end 3 by -1", "table model_started row 4 end 1 by -1"],
        "the increment of 150 is none: five like the band below",
    ),
    (
        "in-states",
        &["table rte_primary row 6 end 3 by -1", "table rte_primary row 7 end 1 by -1"],
        "200 is five times 40, and a head: six like the band below",
    ),
    (
        "in-states",
        &["table physical row 3 end 3 by -1", "table physical row 4 end 1 by -1"],
        "750 is one short of the increment, rounded down to one less than three: two alike",
    ),
    (
        "jp-standard",
        &[
            "table primary_multiplier row 1 gives 0 to 1",
            "table lower_multiplier row 1 gives 0 to 1",
            "table divisor row 1 gives 1 to 2",
        ],
        "of no classes or no capacity any multiple and any part is none",
    ),
    (
        "tr-norm-kadro",
        &[
            "table guidance row 2 end 3 by -1",
            "table guidance row 3 end 1 by -1",
            "table guidance row 5 end 3 by -1",
            "table guidance row 6 end 1 by -1",
            "table guidance row 8 end 3 by -1",
            "table guidance row 9 end 1 by -1",
            "table guidance row 11 end 3 by -1",
            "table guidance row 12 end 1 by -1",
        ],
        "499 has no whole 500, 99 no whole 100: one counsellor like the band below",
    ),
    (
        "fr-dhg",
        &["FR-GAP-EFIR step overtime: max( to min(", "FR-GAP-EFIR step overtime: 0 to 1 (2)"],
        "without teachers overtime never decides",
    ),
    ("fr-dhg", &["FR-GAP-EFIR step posts:  <=  to  < "], "a gap of nothing rounds up to nothing"),
    (
        "nz-entitlement",
        &[
            "NZ-PRIMARY-CURRICULUM step twice: floor( to ceil(",
            "NZ-PRIMARY-CURRICULUM step twice: floor( to round(",
            "NZ-PRIMARY-CURRICULUM step twice:  >  to  >= ",
        ],
        "what is above 25 in the second round is above it in the first, whose base is no greater; where the \
         first is not above 25 the second asks the same again",
    ),
    (
        "nz-entitlement",
        &[
            "NZ-PRIMARY-CURRICULUM step twice: floor( to ceil( (2)",
            "NZ-PRIMARY-CURRICULUM step twice: floor( to round( (2)",
        ],
        "where it decides the first round has made it whole",
    ),
    (
        "nz-entitlement",
        &["NZ-PRIMARY-CURRICULUM step posts: 0 to 1"],
        "of one pupil, as of none, the second round is the base",
    ),
    (
        "nz-entitlement",
        &["parameter large_roll value 0 by -1"],
        "175 pupils give six and a part at least, which more than 25 to a class rounds up to seven, and from seven \
         on the sum: as 176 do",
    ),
    (
        "nz-entitlement",
        &["parameter round_below value 0 by 1"],
        "every fraction is below one, as it is below two",
    ),
    (
        "tr-norm-kadro",
        &["TR-BRANCH-NET step net: 0 to 1"],
        "no hours and one hour are both below six",
    ),
];

/// A pack with one thing moved, and what that was.
pub struct Moved {
    /// What was moved, in one line.
    pub what: String,
    /// The pack after it.
    pub pack: Pack,
}

/// The places of the figures in a formula, outside of names and texts.
pub fn figures(formula: &str) -> Vec<(usize, usize)> {
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
    let mut out: Vec<(String, String)> = Vec::new();
    for (from, to) in SWAPS.into_iter().chain(STRICT) {
        // The words of a refusal decide nothing.
        let outside = |at: &usize| formula[..*at].matches('"').count().is_multiple_of(2);
        for at in formula.match_indices(from).map(|(at, _)| at).filter(outside) {
            let mut changed = formula.to_owned();
            changed.replace_range(at..at + from.len(), to);
            out.push((format!("{from} to {to}"), changed));
        }
    }
    for (from, to) in figures(formula) {
        let Exact(value) = Exact::parse(&formula[from..to]).unwrap();
        // A formula writes no figure below zero.
        for next in [value + 1, value - 1].into_iter().filter(|next| *next.numer() >= 0) {
            let next = Exact(next).to_string();
            let mut changed = formula.to_owned();
            changed.replace_range(from..to, &next);
            out.push((format!("{} to {next}", &formula[from..to]), changed));
        }
    }
    // Of moves with one name the later ones are counted, so that each can be told.
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for (what, _) in &mut out {
        let nth = met.entry(what.clone()).or_default();
        *nth += 1;
        if *nth > 1 {
            write!(what, " ({nth})").unwrap();
        }
    }
    out
}

/// Every pack that differs from this one by one step of one figure, by one day, by one comparison or
/// by one rounding.
pub fn moves(pack: &Pack) -> Vec<Moved> {
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
        for (value, by) in (0..of.values.len()).flat_map(|value| [(value, one), (value, -one)]) {
            let mut changed = pack.clone();
            let parameter = &mut changed.parameters[at];
            parameter.greatest.0 += one;
            parameter.least.0 -= one;
            if let Some(Exact(figure)) = &mut parameter.values[value].value {
                *figure += by;
                let what = format!("parameter {} value {value} by {by}", of.id);
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
