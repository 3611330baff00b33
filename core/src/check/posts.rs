//! R20, R21, R23: what the norm gives, which basis holds, and what rounding does to the totals.

use super::{At, Findings, Rule, What};
use crate::fraction::Fraction;
use crate::hours::reduced;
use crate::norm::{Column, Entitlement, Subject};
use crate::scenario::{Figures, State};

/// A sum of fractions over one denominator that grows as needed: a county has few of them.
struct Sum {
    numerator: i128,
    denominator: i64,
    /// Whether it is still exact.
    sound: bool,
}

impl Sum {
    fn new() -> Self {
        Self { numerator: 0, denominator: 1, sound: true }
    }

    fn add(&mut self, value: &Fraction) {
        let (numerator, denominator) = (*value.numer(), *value.denom());
        if self.denominator % denominator != 0 {
            let lcm = num_integer::lcm(i128::from(self.denominator), i128::from(denominator));
            // Far above what norms make of whole figures.
            match i64::try_from(lcm).ok().filter(|lcm| *lcm <= 1_000_000_000_000) {
                Some(lcm) => {
                    self.numerator *= i128::from(lcm / self.denominator);
                    self.denominator = lcm;
                }
                None => {
                    self.sound = false;
                    return;
                }
            }
        }
        self.numerator += i128::from(numerator) * i128::from(self.denominator / denominator);
    }

    fn value(&self) -> Option<Fraction> {
        reduced(self.numerator, i128::from(self.denominator)).filter(|_| self.sound)
    }
}

pub(super) fn check(state: &State, figures: &Figures, found: &mut Findings) {
    let county = &state.county;
    let homes = state.norm.counted_at(county);
    let (mut by_classes, mut first, mut beyond) = (0, None, Sum::new());
    for (row, holding) in county.holdings.iter().enumerate() {
        let entitlement = figures.row(row).entitlement;
        // A school that closed needs nothing, and a point may count at its school, where it is told.
        let elsewhere = homes.get(row).copied().flatten().is_some();
        if entitlement.posts.is_none()
            && !elsewhere
            && Subject::of(county, holding).is_some()
            && holding.roll.students.is_none_or(|students| students > 0)
        {
            found.add(Rule::R20, At::Row(row), What::Refused, None);
        }
        if entitlement.basis == Some(Column::Classes) {
            by_classes += 1;
            first = first.or(Some(row));
            if let (Some(students), Some(classes)) =
                (entitlement.by_students, entitlement.by_classes)
            {
                beyond.add(&classes);
                beyond.add(&-students);
            }
        }
    }
    if let Some(row) = first {
        let what = What::ByClasses {
            rows: by_classes,
            beyond: beyond.value(),
            unverified: unverified(state, row),
        };
        found.add(Rule::R21, At::County, what, None);
    }
    for (kind, own) in county.kinds.iter().enumerate() {
        let (mut exact, mut whole) = (Sum::new(), 0_u64);
        for (row, holding) in county.holdings.iter().enumerate() {
            if let Some(posts) = figures.row(row).entitlement.posts
                && county.kind_of(holding) == &own.id
            {
                exact.add(&posts.exact);
                whole += u64::from(posts.whole);
            }
        }
        let Some(exact) = exact.value() else { continue };
        let of = |count: u64| Fraction::from_integer(i64::try_from(count).unwrap_or(i64::MAX));
        let total = u64::from(own.total);
        if exact <= of(total) && whole > total {
            let what = What::RoundingExceeds { kind, exact, whole, total };
            found.add(Rule::R23, At::County, what, None);
        } else if of(whole) != exact {
            let what = What::RoundingAdds { kind, residual: of(whole) - exact };
            found.note(Rule::R23, At::County, what, None);
        }
    }
}

/// Whether the proof of a row uses a figure or clause that still has to be checked.
fn unverified(state: &State, row: usize) -> bool {
    let county = &state.county;
    let Some(proof) = state.norm.prove_row(county, row, &Entitlement::default()) else {
        return false;
    };
    proof
        .lines
        .iter()
        .any(|line| line.cites.iter().any(|cite| cite.clause.confidence.needs_checking()))
}
