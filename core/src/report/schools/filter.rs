//! Which rows the planner wants to see.

use super::{Cell, Column, Table};
use crate::county::{KindId, Locality, Stage};
use crate::fraction::{Fraction, compare, parse_decimal};
use crate::text::Lang;

/// Which units are listed at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Scope {
    /// Schools and kindergartens: every holding with a stage.
    #[default]
    Schools,
    /// Whatever draws on one kind of post.
    Kind(KindId),
    /// Everything that holds posts.
    All,
}

/// On which side of its entitlement a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Fewer posts than entitlement (缺).
    Short,
    /// More (余).
    Surplus,
    /// The same (平).
    Even,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 3] = [Self::Short, Self::Surplus, Self::Even];

    /// Its name for a control.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Surplus => "surplus",
            Self::Even => "even",
        }
    }

    /// The side of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.as_str() == name)
    }

    fn holds(self, margin: Cell<'_>) -> bool {
        match margin {
            Cell::Margin(margin) => match self {
                Self::Short => margin < 0,
                Self::Surplus => margin > 0,
                Self::Even => margin == 0,
            },
            _ => false,
        }
    }
}

/// What is asked of one column, as it is typed under its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The text contains this, letter case aside.
    Contains(String),
    /// The figure lies between these, both included; `None` is open.
    Between(Option<Fraction>, Option<Fraction>),
    /// The figure is above this.
    Above(Fraction),
    /// The figure is below this.
    Below(Fraction),
    /// The scenario changed the cell.
    Changed,
    /// Nothing is known.
    Unknown,
}

impl Condition {
    /// Reads what was typed under a column's head: for texts a part of them; for figures `12`,
    /// `>100`, `>=3`, `<5`, `≤5`, `3-9`, `3~9`; `≠` for changed cells, `—` for unknown ones. `Ok(None)`
    /// for nothing typed, `Err` for what cannot be read.
    #[allow(clippy::result_unit_err, reason = "there is one way to be unreadable")]
    pub fn parse(column: Column, typed: &str) -> Result<Option<Self>, ()> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        if typed.starts_with('≠') || typed.starts_with("!=") {
            return Ok(Some(Self::Changed));
        }
        if matches!(typed, "—" | "-" | "－") {
            return Ok(Some(Self::Unknown));
        }
        if !column.is_figure() {
            return Ok(Some(Self::Contains(typed.to_lowercase())));
        }
        let typed = plain_digits(typed);
        let number = |text: &str| parse_decimal(text.trim()).ok_or(());
        for (sign, least) in [(">=", true), ("≥", true), ("<=", false), ("≤", false)] {
            if let Some(rest) = typed.strip_prefix(sign) {
                let bound = Some(number(rest)?);
                let between = if least { (bound, None) } else { (None, bound) };
                return Ok(Some(Self::Between(between.0, between.1)));
            }
        }
        if let Some(rest) = typed.strip_prefix('>') {
            return Ok(Some(Self::Above(number(rest)?)));
        }
        if let Some(rest) = typed.strip_prefix('<') {
            return Ok(Some(Self::Below(number(rest)?)));
        }
        let exact = typed.strip_prefix('=').unwrap_or(&typed);
        if let Ok(value) = number(exact) {
            return Ok(Some(Self::Between(Some(value), Some(value))));
        }
        // A minus at the start is a sign, not a range.
        let split = exact.char_indices().skip(1).find(|(_, sign)| matches!(sign, '-' | '~'));
        let (at, sign) = split.ok_or(())?;
        let (low, high) =
            (exact.get(..at).ok_or(())?, exact.get(at + sign.len_utf8()..).ok_or(())?);
        Ok(Some(Self::Between(Some(number(low)?), Some(number(high)?))))
    }

    fn holds(&self, table: &Table<'_>, row: usize, column: Column) -> bool {
        let cell = table.cell(row, column);
        let ordered = |bound: &Fraction| cell.number().map(|figure| compare(&figure, bound));
        match self {
            Self::Contains(part) => match cell {
                Cell::Text(text) => text.to_lowercase().contains(part),
                _ => [Lang::Zh, Lang::En]
                    .iter()
                    .any(|lang| cell.plain(*lang).to_lowercase().contains(part)),
            },
            Self::Between(low, high) => {
                cell.number().is_some()
                    && low.as_ref().and_then(ordered).is_none_or(|order| order.is_ge())
                    && high.as_ref().and_then(ordered).is_none_or(|order| order.is_le())
            }
            Self::Above(bound) => ordered(bound).is_some_and(|order| order.is_gt()),
            Self::Below(bound) => ordered(bound).is_some_and(|order| order.is_lt()),
            Self::Changed => table.before(row, column).is_some(),
            Self::Unknown => cell == Cell::Nothing,
        }
    }
}

/// Full-width digits and signs as their plain forms; thousands and blanks go.
pub(super) fn plain_digits(text: &str) -> String {
    let plain = text.chars().filter_map(|sign| match sign {
        '０'..='９' => char::from_u32(u32::from(sign) - u32::from('０') + u32::from('0')),
        '＞' => Some('>'),
        '＜' => Some('<'),
        '＝' => Some('='),
        '～' => Some('~'),
        '－' | '\u{2212}' | '–' => Some('-'),
        '．' => Some('.'),
        ',' | '，' | ' ' | '\u{3000}' | '\u{a0}' => None,
        _ => Some(sign),
    });
    plain.collect()
}

/// Which rows the planner wants to see. Every part narrows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Which units are listed at all.
    pub scope: Scope,
    /// Part of a name, code or township; empty for any.
    pub text: String,
    /// One stage.
    pub stage: Option<Stage>,
    /// One township.
    pub township: Option<String>,
    /// One locality.
    pub locality: Option<Locality>,
    /// One side of the entitlement.
    pub side: Option<Side>,
    /// Only rows that the scenario changed.
    pub changed: bool,
    /// What is asked of single columns.
    pub columns: Vec<(Column, Condition)>,
}

impl Filter {
    /// Whether a row belongs to the units that are listed at all.
    pub fn lists(&self, table: &Table<'_>, row: usize) -> bool {
        let Some(holding) = table.holding(row) else { return false };
        match &self.scope {
            Scope::Schools => holding.part.stage().is_some(),
            Scope::Kind(kind) => table.state.county.kind_of(holding) == kind,
            Scope::All => true,
        }
    }

    /// Whether a row is wanted. `text` is the lower-cased text of the filter.
    pub(super) fn wants(&self, table: &Table<'_>, row: usize, text: &str) -> bool {
        let (Some(holding), Some(unit)) = (table.holding(row), table.unit(row)) else {
            return false;
        };
        let found = |field: &str| field.to_lowercase().contains(text);
        self.lists(table, row)
            && self.stage.is_none_or(|stage| holding.part.stage() == Some(stage))
            && self.township.as_ref().is_none_or(|township| unit.township == *township)
            && self.locality.is_none_or(|locality| unit.locality == Some(locality))
            && self.side.is_none_or(|side| side.holds(table.cell(row, Column::Margin)))
            && (text.is_empty()
                || found(&unit.name)
                || found(unit.code.as_str())
                || found(&unit.township))
            && (!self.changed || table.is_changed(row))
            && self.columns.iter().all(|(column, asked)| asked.holds(table, row, *column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(value: i64) -> Fraction {
        Fraction::from_integer(value)
    }

    #[test]
    fn conditions_are_read_as_people_type_them() {
        let read = |typed| Condition::parse(Column::Students, typed);
        assert_eq!(read(" "), Ok(None));
        assert_eq!(read("12"), Ok(Some(Condition::Between(Some(whole(12)), Some(whole(12))))));
        assert_eq!(read(">1,000"), Ok(Some(Condition::Above(whole(1000)))));
        assert_eq!(read("＜５"), Ok(Some(Condition::Below(whole(5)))));
        assert_eq!(read(">= 3"), Ok(Some(Condition::Between(Some(whole(3)), None))));
        assert_eq!(read("≤-2"), Ok(Some(Condition::Between(None, Some(whole(-2))))));
        assert_eq!(read("3-9"), Ok(Some(Condition::Between(Some(whole(3)), Some(whole(9))))));
        assert_eq!(read("-5~-1"), Ok(Some(Condition::Between(Some(whole(-5)), Some(whole(-1))))));
        assert_eq!(read("≠ 基准"), Ok(Some(Condition::Changed)));
        assert_eq!(read("—"), Ok(Some(Condition::Unknown)));
        assert_eq!(read("十二"), Err(()));
        let text = Condition::parse(Column::Name, "No. 1");
        assert_eq!(text, Ok(Some(Condition::Contains("no. 1".to_owned()))));
    }
}
