//! Which rows of a county go together: the points that count at a school, and the stages of one unit.
//! Worked out once for all of its rows, in one pass over them; it gives nobody any posts.

use std::collections::BTreeMap;

use super::Norm;
use super::pack::Points;
use crate::county::{County, Holding};

/// The rows of a county that go together, as far as a pack asks for it.
#[derive(Debug, Default)]
pub(super) struct Together {
    /// For each row the row of the school that it counts at; empty where points count by
    /// themselves.
    homes: Vec<Option<usize>>,
    /// The rows that count at a school's row, in the county's order.
    points: BTreeMap<usize, Vec<usize>>,
    /// The rows of each unit; empty where no rule asks for them.
    units: BTreeMap<usize, Vec<usize>>,
}

impl Together {
    pub(super) fn of(norm: &Norm, county: &County) -> Self {
        let mut out = Self::default();
        if norm.pack.points != Points::Own {
            out.homes = homes(county);
            for (row, home) in out.homes.iter().enumerate() {
                if let Some(home) = home {
                    out.points.entry(*home).or_default().push(row);
                }
            }
        }
        if norm.looks_beside() {
            for (row, holding) in county.holdings.iter().enumerate() {
                out.units.entry(holding.unit).or_default().push(row);
            }
        }
        out
    }

    /// The row of the school that a row counts at.
    pub(super) fn home(&self, row: usize) -> Option<usize> {
        self.homes.get(row).copied().flatten()
    }

    /// The rows that count at a school.
    pub(super) fn points<'c>(
        &self,
        county: &'c County,
        school: usize,
    ) -> impl Iterator<Item = (usize, &'c Holding)> {
        rows(self.points.get(&school), county)
    }

    /// The rows of a unit.
    pub(super) fn of_unit<'c>(
        &self,
        county: &'c County,
        unit: usize,
    ) -> impl Iterator<Item = (usize, &'c Holding)> {
        rows(self.units.get(&unit), county)
    }
}

fn rows<'c>(
    found: Option<&Vec<usize>>,
    county: &'c County,
) -> impl Iterator<Item = (usize, &'c Holding)> {
    let found = found.map(Vec::as_slice).unwrap_or_default().iter();
    found.filter_map(|row| Some((*row, county.holdings.get(*row)?)))
}

/// For each row the row of the school that it counts at. A point of a point counts at the school above
/// both; a circle has no school above it, and neither has what leads into one.
fn homes(county: &County) -> Vec<Option<usize>> {
    let mut schools = BTreeMap::new();
    for (row, holding) in county.holdings.iter().enumerate() {
        if let (Some(unit), Some(stage)) = (county.unit_of(holding), holding.part.stage()) {
            schools.insert((unit.code.as_str(), stage), row);
        }
    }
    let above = |holding: &Holding| {
        let parent = county.unit_of(holding)?.parent.as_ref()?;
        schools.get(&(parent.as_str(), holding.part.stage()?)).copied()
    };
    let above: Vec<Option<usize>> = county.holdings.iter().map(above).collect();
    // Each row is walked over once: what was found above it stands for all below.
    let mut tops: Vec<Top> = vec![Top::Unknown; above.len()];
    for start in 0..above.len() {
        let (mut way, mut at) = (Vec::new(), start);
        let top = loop {
            match tops.get(at) {
                Some(Top::Unknown) => {}
                Some(Top::Row(top)) => break Top::Row(*top),
                Some(Top::OnTheWay | Top::None) | None => break Top::None,
            }
            if let Some(here) = tops.get_mut(at) {
                *here = Top::OnTheWay;
            }
            way.push(at);
            match above.get(at).copied().flatten() {
                Some(next) => at = next,
                None => break Top::Row(at),
            }
        };
        for row in way {
            if let Some(here) = tops.get_mut(row) {
                *here = top;
            }
        }
    }
    let home = |(row, top): (usize, Top)| match top {
        Top::Row(top) if top != row => Some(top),
        _ => None,
    };
    tops.into_iter().enumerate().map(home).collect()
}

/// What stands at the head of the way up from a row.
#[derive(Debug, Clone, Copy)]
enum Top {
    Unknown,
    OnTheWay,
    /// The way ends in a circle.
    None,
    Row(usize),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{Part, Stage, UnitCode};
    use crate::sample;

    /// One primary row for each unit, with the unit above it.
    fn homes_of(parents: &[Option<usize>]) -> Vec<Option<usize>> {
        let template = sample::county().unwrap().workspace.base().clone();
        let mut county =
            County { units: Vec::new().into(), holdings: Vec::new(), ..template.clone() };
        let code = |at: usize| UnitCode::new(&format!("{at:05}"));
        for (at, parent) in parents.iter().enumerate() {
            let mut unit = template.units[0].clone();
            (unit.code, unit.parent) = (code(at), parent.map(code));
            county.units.push(unit);
            county.holdings.push(Holding::empty(at, Part::Stage(Stage::Primary)));
        }
        homes(&county)
    }

    #[test]
    fn the_school_above_all_is_found_from_everywhere_below_it() {
        // 3 under 2 under 0, 1 under 0; 4 alone; 5 under a unit that is not there.
        let found = homes_of(&[None, Some(0), Some(0), Some(2), None, Some(99)]);
        assert_eq!(found, [None, Some(0), Some(0), Some(0), None, None]);
    }

    #[test]
    fn a_circle_and_what_leads_into_it_have_no_school_above() {
        // 0 and 1 under each other, 2 under 1, 3 under itself.
        let found = homes_of(&[Some(1), Some(0), Some(1), Some(3)]);
        assert_eq!(found, [None; 4]);
    }

    #[test]
    fn a_long_chain_of_points_is_walked_over_once() {
        // Walked from each row to its end these were 200 million steps.
        let parents: Vec<Option<usize>> = (0..20_000_usize).map(|at| at.checked_sub(1)).collect();
        let found = homes_of(&parents);
        assert_eq!(found[0], None);
        assert!(found.iter().skip(1).all(|home| *home == Some(0)));
    }
}
