//! What is typed into one cell, as a command, or the reason why it is none.

use super::filter::plain_digits;
use super::{Cell, Column, Edits, Table};
use crate::county::{Fact, HoldingId, Locality, UnitCode};
use crate::scenario::{By, Command, Posting, UnitField};
use crate::text::{Lang, names};

/// The greatest figure that may be typed: far above any county, far below where sums overflow.
pub const GREATEST: u32 = 1_000_000;

/// The most characters of a name or township.
pub const LONGEST: usize = 60;

/// Why a typed cell is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CellError {
    /// Not a whole number of zero or more.
    #[error("not a whole number")]
    NotWhole,
    /// Above [`GREATEST`].
    #[error("too large")]
    TooLarge,
    /// It may not be empty.
    #[error("empty")]
    Empty,
    /// Not one of the localities.
    #[error("no such locality")]
    NoLocality,
    /// Longer than [`LONGEST`].
    #[error("too long")]
    TooLong,
    /// Two rows of one unit were given different texts.
    #[error("another row of the unit says otherwise")]
    Disagrees,
}

impl Table<'_> {
    /// Whether a cell takes what is typed. Institutions have no roll.
    pub fn takes(&self, row: usize, column: Column) -> bool {
        let Some(holding) = self.holding(row) else { return false };
        match column.edits() {
            Edits::Nothing => false,
            Edits::Posts | Edits::Unit(_) | Edits::Fact(Fact::InPost) => true,
            Edits::Fact(_) => holding.part.stage().is_some(),
        }
    }

    /// What stands in the editor when it opens.
    pub fn editable(&self, row: usize, column: Column, lang: Lang) -> Option<String> {
        self.takes(row, column).then(|| self.cell(row, column).plain(lang))
    }

    /// The command that sets a cell to what was typed; `None` where it says the same already, or
    /// where the cell takes nothing.
    ///
    /// # Errors
    /// Where what was typed is no value of the column.
    pub fn edit(
        &self,
        row: usize,
        column: Column,
        typed: &str,
    ) -> Result<Option<Command>, CellError> {
        if !self.takes(row, column) {
            return Ok(None);
        }
        let typed = typed.trim();
        match column.edits() {
            Edits::Nothing => Ok(None),
            Edits::Posts => {
                let posts = whole(typed)?.ok_or(CellError::Empty)?;
                Ok(self.set_posts(row, posts))
            }
            Edits::Fact(fact) => {
                let value = whole(typed)?;
                if fact == Fact::InPost && value.is_none() {
                    return Err(CellError::Empty);
                }
                Ok(self.set_fact(row, fact, value))
            }
            Edits::Unit(field) => {
                let new = text(field, typed)?;
                Ok(self.set_unit(row, field, new))
            }
        }
    }

    /// The command that puts a cell back to what the survey says; `None` if it says so.
    pub fn restore(&self, row: usize, column: Column) -> Option<Command> {
        let before = self.before(row, column)?;
        let count = match before {
            Cell::Count(value) => u32::try_from(value).ok(),
            _ => None,
        };
        match column.edits() {
            Edits::Nothing => None,
            Edits::Posts => self.set_posts(row, count?),
            Edits::Fact(fact) => self.set_fact(row, fact, count),
            Edits::Unit(field) => {
                let new = match before {
                    Cell::Text(text) => text.to_owned(),
                    Cell::Locality(locality) => locality.as_str().to_owned(),
                    _ => String::new(),
                };
                self.set_unit(row, field, new)
            }
        }
    }

    /// The command that gives the posts of a row, set by hand, a reason and a document number.
    /// `None` where nobody set them by hand, or the words stand there already.
    pub fn explain(&self, row: usize, reason: &str, document: &str) -> Option<Command> {
        let old = self.state.posting(row)?;
        let by = old.by.as_ref()?.explained(reason.trim(), document.trim())?;
        let new = Posting { posts: old.posts, by: Some(by) };
        let at = self.id(row)?;
        (new != old).then_some(Command::SetPosts { at, old, new })
    }

    /// The permanent id of a row.
    pub fn id(&self, row: usize) -> Option<HoldingId> {
        self.state.county.id_of(row)
    }

    fn code(&self, row: usize) -> Option<UnitCode> {
        Some(self.unit(row)?.code.clone())
    }

    /// Posts by hand. Back at the survey's figure nobody set them; a reason once given stays while
    /// the figure is still by hand.
    fn set_posts(&self, row: usize, posts: u32) -> Option<Command> {
        let old = self.state.posting(row)?;
        if old.posts == posts {
            return None;
        }
        let surveyed = self.base.holdings.get(row)?.authorised;
        let by = match &old.by {
            _ if posts == surveyed => None,
            Some(by @ By::Hand { .. }) => Some(by.clone()),
            _ => Some(By::HAND),
        };
        let at = self.id(row)?;
        Some(Command::SetPosts { at, old, new: Posting { posts, by } })
    }

    fn set_fact(&self, row: usize, fact: Fact, new: Option<u32>) -> Option<Command> {
        let old = self.holding(row)?.fact(fact);
        if old == new {
            return None;
        }
        Some(Command::SetFact { at: self.id(row)?, fact, old, new })
    }

    fn set_unit(&self, row: usize, field: UnitField, new: String) -> Option<Command> {
        let unit = self.unit(row)?;
        let old = match field {
            UnitField::Name => unit.name.clone(),
            UnitField::Township => unit.township.clone(),
            UnitField::Locality => {
                unit.locality.map(Locality::as_str).unwrap_or_default().to_owned()
            }
            UnitField::Closed => unit.closed.map(|day| day.to_string()).unwrap_or_default(),
        };
        if old == new {
            return None;
        }
        Some(Command::SetUnit { at: self.code(row)?, field, old, new })
    }
}

/// A whole number as typed: full-width digits, thousands and blanks are understood; nothing typed
/// is nothing known.
fn whole(typed: &str) -> Result<Option<u32>, CellError> {
    let typed = plain_digits(typed);
    if matches!(typed.as_str(), "" | "—") {
        return Ok(None);
    }
    // A spreadsheet may write a whole number with a point.
    let digits = match typed.split_once('.') {
        Some((digits, zeros)) if zeros.bytes().all(|zero| zero == b'0') => digits,
        Some(_) => return Err(CellError::NotWhole),
        None => typed.as_str(),
    };
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(CellError::NotWhole);
    }
    match digits.parse::<u32>() {
        Ok(value) if value <= GREATEST => Ok(Some(value)),
        _ => Err(CellError::TooLarge),
    }
}

fn text(field: UnitField, typed: &str) -> Result<String, CellError> {
    if typed.chars().count() > LONGEST {
        return Err(CellError::TooLong);
    }
    match field {
        UnitField::Name if typed.is_empty() => Err(CellError::Empty),
        UnitField::Name | UnitField::Township | UnitField::Closed => {
            Ok(typed.replace(['\n', '\r', '\t'], " "))
        }
        UnitField::Locality if matches!(typed, "" | "—") => Ok(String::new()),
        UnitField::Locality => {
            let named = |locality: &Locality| {
                let name = names::locality(*locality);
                [Lang::Zh, Lang::En].iter().any(|lang| name.get(*lang).eq_ignore_ascii_case(typed))
            };
            let found = Locality::ALL.into_iter().find(named);
            found.map(|locality| locality.as_str().to_owned()).ok_or(CellError::NoLocality)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_as_people_type_them() {
        for (typed, value) in [("12", 12), (" 1,446 ", 1446), ("１２", 12), ("7.0", 7), ("0", 0)]
        {
            assert_eq!(whole(typed), Ok(Some(value)), "{typed}");
        }
        assert_eq!(whole(""), Ok(None));
        assert_eq!(whole("1000000"), Ok(Some(GREATEST)));
        for typed in ["1000001", "99999999999999999999"] {
            assert_eq!(whole(typed), Err(CellError::TooLarge), "{typed}");
        }
        for typed in ["-3", "1.5", "十二", "1e3", ".", "3 人"] {
            assert_eq!(whole(typed), Err(CellError::NotWhole), "{typed}");
        }
    }

    #[test]
    fn a_locality_is_known_by_its_name_in_either_language() {
        let read = |typed| text(UnitField::Locality, typed);
        assert_eq!(read("乡村").as_deref(), Ok("village"));
        assert_eq!(read("county town").as_deref(), Ok("county_town"));
        assert_eq!(read("").as_deref(), Ok(""));
        assert_eq!(read("山区"), Err(CellError::NoLocality));
    }
}
