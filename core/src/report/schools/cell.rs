//! What stands in a cell, and how it is written: for the screen, and plainly for a spreadsheet.

use std::cmp::Ordering;

use crate::county::{Locality, Stage};
use crate::fraction::{Fraction, compare, decimal};
use crate::text::{Bilingual, Lang, names, number, schools};

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Unknown, or not applicable. Never zero.
    Nothing,
    /// A text.
    Text(&'a str),
    /// A stage.
    Stage(Stage),
    /// The kind of post that an institution holds.
    Kind(&'a Bilingual),
    /// A locality.
    Locality(Locality),
    /// Whole students, classes, posts or people.
    Count(u64),
    /// An exact figure, and the decimal places that are shown.
    Exact(Fraction, u32),
    /// Authorised less in post; below zero is over-full.
    Vacancy(i64),
    /// Authorised less entitlement; below zero is short.
    Margin(i64),
}

impl Cell<'_> {
    /// As the screen shows it.
    pub fn shown(&self, lang: Lang) -> String {
        match self {
            Self::Nothing => "—".to_owned(),
            Self::Count(value) => number::count(*value),
            Self::Vacancy(value @ ..0) => {
                schools::OVER.with(lang, &[("n", &number::count(value.unsigned_abs()))])
            }
            Self::Vacancy(value) => number::grouped(*value),
            Self::Margin(value) => number::margin(*value),
            _ => self.plain(lang),
        }
    }

    /// As a spreadsheet reads it: no thousands, a plain minus, nothing where nothing is known.
    pub fn plain(&self, lang: Lang) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => (*text).to_owned(),
            Self::Stage(stage) => names::stage(*stage).get(lang).to_owned(),
            Self::Kind(name) => name.get(lang).to_owned(),
            Self::Locality(locality) => names::locality(*locality).get(lang).to_owned(),
            Self::Count(value) => value.to_string(),
            Self::Exact(value, places) => decimal(value, *places).replace('\u{2212}', "-"),
            Self::Vacancy(value) | Self::Margin(value) => value.to_string(),
        }
    }

    /// The figure, where there is one.
    pub fn number(&self) -> Option<Fraction> {
        match self {
            Self::Count(value) => i64::try_from(*value).ok().map(Fraction::from_integer),
            Self::Exact(value, _) => Some(*value),
            Self::Vacancy(value) | Self::Margin(value) => Some(Fraction::from_integer(*value)),
            _ => None,
        }
    }

    /// The order of two cells of one column: figures by size, stages and localities as in the
    /// tables, texts by their characters. Cells of different sorts stand as listed in [`Cell`].
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Stage(a), Self::Stage(b)) => a.cmp(b),
            (Self::Kind(a), Self::Kind(b)) => a.zh.cmp(&b.zh),
            (Self::Locality(a), Self::Locality(b)) => a.cmp(b),
            _ => match (self.number(), other.number()) {
                (Some(a), Some(b)) => compare(&a, &b),
                _ => self.sort().cmp(&other.sort()),
            },
        }
    }

    fn sort(&self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Text(_) => 1,
            Self::Stage(_) => 2,
            Self::Kind(_) => 3,
            Self::Locality(_) => 4,
            Self::Count(_) | Self::Exact(..) | Self::Vacancy(_) | Self::Margin(_) => 5,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_screen_has_signs_and_thousands_and_a_spreadsheet_has_neither() {
        let cells = [
            Cell::Count(1_446),
            Cell::Margin(-9),
            Cell::Vacancy(-3),
            Cell::Vacancy(0),
            Cell::Exact(Fraction::new(186, 19), 2),
            Cell::Nothing,
        ];
        let shown = cells.map(|cell| cell.shown(Lang::Zh));
        assert_eq!(shown, ["1,446", "▼ −9", "超 3", "0", "9.79", "—"]);
        let plain = cells.map(|cell| cell.plain(Lang::Zh));
        assert_eq!(plain, ["1446", "-9", "-3", "0", "9.79", ""]);
    }
}
