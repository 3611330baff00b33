//! What a movement of posts may name on each side, as a person types and picks it, and the movements
//! that a scenario made.

use crate::county::{County, HoldingId, KindId, Part};
use crate::pool::movement::Moved;
use crate::scenario::{Label, Scenario};
use crate::text::{Lang, names};

/// What may stand on a side of a movement. Units that closed never may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// A holding of this kind.
    Kind(KindId),
    /// A holding of any other kind.
    Other(KindId),
    /// A unit as a whole.
    Unit,
}

impl Side {
    fn takes(&self, kind: &KindId) -> bool {
        match self {
            Self::Kind(own) => own == kind,
            Self::Other(own) => own != kind,
            Self::Unit => true,
        }
    }
}

/// What may be picked on a side, as it is written: `1011 枫溪小学`, with the stage or kind behind it
/// where the unit has several such holdings.
struct Offers<'a> {
    county: &'a County,
    side: &'a Side,
    lang: Lang,
}

impl Offers<'_> {
    /// Whether a row can be picked. A unit as a whole is picked by its first row.
    fn fits(&self, row: usize) -> bool {
        let Some(holding) = self.county.holdings.get(row) else { return false };
        let open = self.county.unit_of(holding).is_some_and(|unit| unit.closed.is_none());
        let whole = *self.side == Side::Unit && self.same_unit(row, row.checked_sub(1));
        open && !whole && self.side.takes(self.county.kind_of(holding))
    }

    fn same_unit(&self, row: usize, other: Option<usize>) -> bool {
        let unit = |row: usize| self.county.holdings.get(row).map(|holding| holding.unit);
        other.is_some_and(|other| unit(row) == unit(other))
    }

    /// A unit has several such holdings: they stand side by side.
    fn several(&self, row: usize) -> bool {
        let beside = [row.checked_sub(1), row.checked_add(1)];
        beside
            .into_iter()
            .flatten()
            .any(|other| self.same_unit(row, Some(other)) && self.fits(other))
    }

    fn text(&self, row: usize) -> Option<String> {
        let holding = self.county.holdings.get(row)?;
        let unit = self.county.unit_of(holding)?;
        let text = format!("{} {}", unit.code, unit.name);
        if !self.several(row) {
            return Some(text);
        }
        let part = match &holding.part {
            Part::Stage(stage) => names::stage(*stage).get(self.lang),
            Part::Kind(kind) => {
                self.county.kind(kind).map_or(kind.as_str(), |kind| kind.name.get(self.lang))
            }
        };
        Some(format!("{text} {part}"))
    }

    fn rows(&self) -> impl Iterator<Item = usize> {
        (0..self.county.holdings.len()).filter(|row| self.fits(*row))
    }
}

/// What can be picked that has `typed` in it, in the order of the survey: at most `most`.
pub fn offers(county: &County, side: &Side, typed: &str, most: usize, lang: Lang) -> Vec<String> {
    let offers = Offers { county, side, lang };
    let texts = offers.rows().filter_map(|row| offers.text(row));
    texts.filter(|text| text.contains(typed.trim())).take(most).collect()
}

/// The holding that was typed or picked: as it is offered, or by a code or name that only one has.
pub fn chosen(county: &County, side: &Side, typed: &str, lang: Lang) -> Option<HoldingId> {
    let (offers, typed) = (Offers { county, side, lang }, typed.trim());
    let unit = |row: usize| county.holdings.get(row).and_then(|holding| county.unit_of(holding));
    let whole = offers.rows().find(|row| offers.text(*row).is_some_and(|text| text == typed));
    let alone = |named: &dyn Fn(usize) -> bool| {
        let mut found = offers.rows().filter(|row| named(*row));
        found.next().filter(|_| found.next().is_none())
    };
    let row = whole
        .or_else(|| alone(&|row| unit(row).is_some_and(|unit| unit.code.as_str() == typed)))
        .or_else(|| alone(&|row| unit(row).is_some_and(|unit| unit.name == typed)))?;
    county.id_of(row)
}

/// The movements that a scenario made and did not undo, the oldest first.
pub fn made(scenario: &Scenario) -> impl Iterator<Item = &Moved> {
    scenario.done.iter().filter_map(|step| match &step.label {
        Label::Movement(moved) => Some(moved),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn all(side: &Side, typed: &str) -> Vec<String> {
        let county = sample::county().unwrap().workspace;
        offers(&county.state().county, side, typed, 100, Lang::Zh)
    }

    fn one(side: &Side, typed: &str) -> Option<String> {
        let county = sample::county().unwrap().workspace;
        chosen(&county.state().county, side, typed, Lang::Zh).map(|at| at.to_string())
    }

    #[test]
    fn a_side_offers_units_of_its_kind_that_are_open_once_each() {
        let general = Side::Kind(KindId::general().clone());
        assert!(all(&general, "").iter().all(|text| text.starts_with('G')));
        assert!(all(&Side::Other(KindId::general().clone()), "G01").is_empty());
        let mut county = sample::county().unwrap().workspace.state().county.clone();
        let units = offers(&county, &Side::Unit, "", 1_000, Lang::Zh).len();
        assert_eq!(units, county.units.len());
        let at = county.units.iter().position(|unit| unit.code.as_str() == "G11").unwrap();
        let mut closed = county.units[at].clone();
        closed.closed = "2026-12-01".parse().ok();
        *county.units.get_mut(at).unwrap() = closed;
        assert!(offers(&county, &general, "G11", 9, Lang::Zh).is_empty());
    }

    #[test]
    fn several_holdings_of_a_unit_are_told_apart_by_stage() {
        let school = Side::Kind(KindId::school().clone());
        assert_eq!(all(&school, "1002"), ["1002 第二中学 高中", "1002 第二中学 初中"]);
        let lower = one(&school, "1002 第二中学 初中");
        assert_eq!(lower.as_deref(), Some("1002/lower_secondary"));
        assert_eq!(one(&school, "1002"), None, "which stage?");
        assert!(one(&Side::Unit, "第二中学").is_some());
    }

    #[test]
    fn a_code_or_a_name_of_its_own_is_enough() {
        let general = Side::Kind(KindId::general().clone());
        assert_eq!(one(&general, " G11 ").as_deref(), Some("G11/kind:general"));
        assert_eq!(one(&general, "县中医医院").as_deref(), Some("G11/kind:general"));
        assert_eq!(one(&general, "县"), None);
    }
}
