//! A table of a norm: bands of one quantity with explicit ends, each giving a figure, a formula or
//! a refusal in words. Checked when a pack is loaded: bands stand in order, nothing overlaps, and
//! nothing is left out that an explicit row does not refuse. It never reads a value itself:
//! [`super::evaluate`] does.

use std::cmp::Ordering;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::figures::FigureSet;
use super::pack::{Clause, Exact};
use crate::fraction::{Fraction, compare};
use crate::text::Bilingual;

/// One band of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Row {
    /// The categories that it holds for, beside the table's `categories`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<String>,
    /// The only value of the band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Exact>,
    /// Least value, itself included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Exact>,
    /// Least value, itself left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<Exact>,
    /// Greatest value, itself included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Exact>,
    /// Greatest value, itself left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<Exact>,
    /// What the band gives: a number or a formula over the quantity.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub gives: String,
    /// Why the norm gives nothing here, in place of a figure.
    #[serde(skip_serializing_if = "Bilingual::is_empty")]
    pub refuse: Bilingual,
    /// What the row rests on where that is not what the table rests on.
    #[serde(skip_serializing_if = "Clause::is_empty")]
    pub clause: Clause,
}

/// A table that formulas read as `id(quantity)`. Several with one id are dated versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Name in formulas.
    pub id: String,
    /// Name on screen.
    pub label: Bilingual,
    /// What the quantity is called in the formulas of the rows.
    pub by: String,
    /// What the quantity is called on screen; that of the input of the same id where it is empty.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub quantity: Bilingual,
    /// Ids of the inputs whose categories pick the rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Whether the quantity is a whole number: 1 to 30 and 31 to 60 leave no gap, and 30.5 is
    /// refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// First day in force; always where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// What it rests on.
    pub clause: Clause,
    /// Figures that a planner set, in the order of the rows, with what the pack says there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<FigureSet>,
    /// Its bands, in order, from zero to an open end for each combination of categories.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
}

impl Table {
    /// Whether it is in force on a day.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// An end of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The value.
    pub value: Fraction,
    /// Whether the band holds at the value itself.
    pub included: bool,
}

/// From where to where a row holds; an end that is `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Lower end.
    pub low: Option<Bound>,
    /// Upper end.
    pub high: Option<Bound>,
}

impl fmt::Display for Band {
    /// `1–30`, `(42, 63]`, `≥ 421`: the same in both languages. Brackets stand where an end is
    /// left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = |bound: &Bound| Exact(bound.value);
        match (&self.low, &self.high) {
            (None, None) => f.write_str("—"),
            (Some(low), None) => {
                write!(f, "{} {}", if low.included { '≥' } else { '>' }, value(low))
            }
            (None, Some(high)) => {
                write!(f, "{} {}", if high.included { '≤' } else { '<' }, value(high))
            }
            (Some(low), Some(high)) if low.included && high.included => {
                if low.value == high.value {
                    return write!(f, "{}", value(low));
                }
                write!(f, "{}–{}", value(low), value(high))
            }
            (Some(low), Some(high)) => write!(
                f,
                "{}{}, {}{}",
                if low.included { '[' } else { '(' },
                value(low),
                value(high),
                if high.included { ']' } else { ')' }
            ),
        }
    }
}

/// What is wrong with the bands of a table. Rows count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BandFault {
    /// Two ends of the same side, or a single value beside an end.
    Ends {
        /// The row.
        row: usize,
    },
    /// A band that holds nothing: its end comes before its beginning, or is no whole number where
    /// the table counts in whole numbers.
    Empty {
        /// The row.
        row: usize,
        /// Its band.
        band: Band,
    },
    /// A row must give a figure or refuse, and not both.
    Gives {
        /// The row.
        row: usize,
    },
    /// A row names other categories than the table.
    Categories {
        /// The row.
        row: usize,
    },
    /// A value stands in two bands.
    Overlap {
        /// The row that comes first, and its band.
        one: (usize, Band),
        /// The other row, and its band.
        other: (usize, Band),
    },
    /// Values between two bands stand in none.
    Gap {
        /// The row that ends, and its band.
        one: (usize, Band),
        /// The row that begins later, and its band.
        other: (usize, Band),
    },
    /// Values from zero to the first band stand in none.
    Below {
        /// The first row, and its band.
        first: (usize, Band),
    },
    /// Values above the last band stand in none.
    Above {
        /// The last row, and its band.
        last: (usize, Band),
    },
    /// No rows at all.
    NoRows,
}

impl BandFault {
    /// The row to look at, counted from 1.
    pub(super) fn row(&self) -> Option<usize> {
        match self {
            Self::Ends { row }
            | Self::Empty { row, .. }
            | Self::Gives { row }
            | Self::Categories { row }
            | Self::Overlap { other: (row, _), .. }
            | Self::Gap { other: (row, _), .. }
            | Self::Below { first: (row, _) }
            | Self::Above { last: (row, _) } => Some(*row),
            Self::NoRows => None,
        }
    }
}

impl Row {
    /// Its band; `None` where the ends contradict one another.
    pub fn band(&self) -> Option<Band> {
        let included = |value: Exact| Bound { value: value.0, included: true };
        let left_out = |value: Exact| Bound { value: value.0, included: false };
        let one = |included_end: Option<Exact>, other: Option<Exact>| match (included_end, other) {
            (Some(_), Some(_)) => None,
            (end, other) => Some(end.map(included).or(other.map(left_out))),
        };
        if let Some(at) = self.at {
            let alone = self.from.or(self.over).or(self.to).or(self.under).is_none();
            let end = Some(included(at));
            return alone.then_some(Band { low: end, high: end });
        }
        Some(Band { low: one(self.from, self.over)?, high: one(self.to, self.under)? })
    }
}

/// How the end of one band stands to the beginning of the next.
fn meeting(high: &Bound, low: &Bound, whole: bool) -> Ordering {
    if whole {
        // The last whole number of the one and the first of the other.
        let last = i128::from(*high.value.numer()) - i128::from(!high.included);
        let first = i128::from(*low.value.numer()) + i128::from(!low.included);
        return (last + 1).cmp(&first);
    }
    match compare(&high.value, &low.value) {
        // Neither takes the value in: it is left out. Both do: it stands in two bands.
        Ordering::Equal => (u8::from(high.included) + u8::from(low.included)).cmp(&1),
        order => order,
    }
}

/// Looks the rows of a table over, for each combination of categories by itself.
///
/// # Errors
/// The first fault, with the rows and bands that it is about.
pub(super) fn check(table: &Table) -> Result<(), BandFault> {
    let zero = Bound { value: Fraction::from_integer(0), included: true };
    let mut last: Vec<(&[String], usize, Band)> = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let number = at + 1;
        let band = row.band().ok_or(BandFault::Ends { row: number })?;
        if row.gives.is_empty() == row.refuse.is_empty() {
            return Err(BandFault::Gives { row: number });
        }
        if row.when.len() != table.categories.len() {
            return Err(BandFault::Categories { row: number });
        }
        let unfit = |bound: &Option<Bound>| {
            bound.is_some_and(|bound| {
                bound.value < zero.value || (table.whole && !bound.value.is_integer())
            })
        };
        let empty = match (&band.low, &band.high) {
            (Some(low), Some(high)) => match compare(&low.value, &high.value) {
                Ordering::Less => false,
                Ordering::Equal => !(low.included && high.included),
                Ordering::Greater => true,
            },
            _ => false,
        };
        if empty || unfit(&band.low) || unfit(&band.high) {
            return Err(BandFault::Empty { row: number, band });
        }
        let before = last.iter_mut().find(|(when, ..)| *when == row.when.as_slice());
        let Some((_, before_at, before)) = before else {
            let starts = band.low.is_none_or(|low| low == zero);
            if !starts {
                return Err(BandFault::Below { first: (number, band) });
            }
            last.push((&row.when, number, band));
            continue;
        };
        let (one, other) = ((*before_at, *before), (number, band));
        let met = match (&before.high, &band.low) {
            (Some(high), Some(low)) => meeting(high, low, table.whole),
            _ => Ordering::Greater,
        };
        match met {
            Ordering::Equal => {}
            Ordering::Less => return Err(BandFault::Gap { one, other }),
            Ordering::Greater => return Err(BandFault::Overlap { one, other }),
        }
        (*before_at, *before) = (number, band);
    }
    if last.is_empty() {
        return Err(BandFault::NoRows);
    }
    match last.into_iter().find(|(.., band)| band.high.is_some()) {
        Some((_, row, band)) => Err(BandFault::Above { last: (row, band) }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(whole: bool, rows: &str) -> Table {
        serde_json::from_str(&format!(
            r#"{{"id":"t","label":{{}},"by":"n","whole":{whole},"clause":{{}},"row":{rows}}}"#
        ))
        .unwrap()
    }

    #[test]
    fn whole_numbers_leave_no_gap_between_neighbours_and_others_do() {
        let rows = r#"[{"from":"0","to":"30","gives":"1"},{"from":"31","gives":"2"}]"#;
        assert_eq!(check(&table(true, rows)), Ok(()));
        let Err(BandFault::Gap { one: (1, one), other: (2, other) }) = check(&table(false, rows))
        else {
            panic!("30.5 stands in no band");
        };
        assert_eq!([one.to_string(), other.to_string()], ["0–30", "≥ 31"]);
        let rows = r#"[{"from":"0","to":"30","gives":"1"},{"over":"30","gives":"2"}]"#;
        assert_eq!(check(&table(false, rows)), Ok(()));
    }

    #[test]
    fn the_classic_double_rows_are_refused_with_both_bands() {
        // 31 hours in two rows; six classes in two rows; twenty pupils in two rows.
        for rows in [
            r#"[{"from":"0","to":"31","gives":"1"},{"from":"31","gives":"2"}]"#,
            r#"[{"from":"0","to":"6","gives":"1"},{"from":"6","to":"10","gives":"1"},{"over":"10","gives":"2"}]"#,
            r#"[{"from":"0","to":"20","gives":"0"},{"from":"20","gives":"2"}]"#,
        ] {
            for whole in [false, true] {
                assert!(
                    matches!(
                        check(&table(whole, rows)),
                        Err(BandFault::Overlap { one: (1, _), other: (2, _) })
                    ),
                    "{rows}"
                );
            }
        }
    }

    #[test]
    fn both_ends_of_the_table_must_be_declared() {
        let below = r#"[{"from":"5","gives":"1"}]"#;
        assert!(matches!(check(&table(true, below)), Err(BandFault::Below { .. })));
        let above = r#"[{"at":"0","gives":"0"},{"from":"1","to":"9","gives":"1"}]"#;
        assert!(matches!(check(&table(true, above)), Err(BandFault::Above { .. })));
        let refused = r#"[{"under":"5","refuse":{"zh":"无"}},{"from":"5","gives":"1"}]"#;
        assert_eq!(check(&table(true, refused)), Ok(()));
    }

    #[test]
    fn rows_that_contradict_themselves_are_refused() {
        let bad = |row: &str| check(&table(true, &format!("[{row}]")));
        assert!(matches!(
            bad(r#"{"from":"1","over":"0","gives":"1"}"#),
            Err(BandFault::Ends { .. })
        ));
        assert!(matches!(bad(r#"{"at":"1","to":"2","gives":"1"}"#), Err(BandFault::Ends { .. })));
        assert!(matches!(
            bad(r#"{"from":"2","to":"1","gives":"1"}"#),
            Err(BandFault::Empty { .. })
        ));
        assert!(matches!(bad(r#"{"from":"0.5","gives":"1"}"#), Err(BandFault::Empty { .. })));
        assert!(matches!(bad(r#"{"from":"0"}"#), Err(BandFault::Gives { .. })));
        assert!(matches!(bad(r#"{"when":["a"],"gives":"1"}"#), Err(BandFault::Categories { .. })));
        assert!(matches!(check(&table(true, "[]")), Err(BandFault::NoRows)));
    }
}
