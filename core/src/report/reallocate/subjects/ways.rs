//! What going from one school to another costs, and the limits of whole schools, as a transport
//! problem has them. Decides nothing.

use std::collections::BTreeMap;

use super::{Cell, School, Subjects};
use crate::allocate::moves::metres;
use crate::allocate::transport::Transport;
use crate::county::{Course, Stage};

/// Two stand-ins make the limits of whole schools part of the transport. Posts that a school cannot
/// fill are a supply of its own that only goes to its own gaps, and people that it must keep are a
/// place of its own that only takes its own. Both cost nothing where a real way costs something, so
/// that every cheapest plan uses them to the full, and no more people are placed with fewer of them.
pub(super) fn hold_back(
    subjects: &Subjects,
    spare: &[Cell],
    missing: &[Cell],
    problem: &mut Transport,
) {
    for of in spare.chunk_by(|one, next| one.line == next.line) {
        let all: u32 = of.iter().map(|cell| cell.people).sum();
        let line = of.first().map_or(0, |cell| cell.line);
        let can_give = subjects.school(line).map_or(0, |school| school.can_give);
        let Some(kept) = all.checked_sub(can_give).filter(|kept| *kept > 0) else { continue };
        let place = u32::try_from(problem.places.len()).unwrap_or(u32::MAX);
        problem.places.push(kept);
        for (cell, arcs) in spare.iter().zip(&mut problem.arcs) {
            if cell.line == line {
                arcs.push((place, 0));
            }
        }
    }
    let mut first = 0_u32;
    for of in missing.chunk_by(|one, next| one.line == next.line) {
        let all: u32 = of.iter().map(|cell| cell.people).sum();
        let line = of.first().map_or(0, |cell| cell.line);
        let vacant = subjects.school(line).map_or(0, |school| school.vacant.max(0));
        let vacant = u32::try_from(vacant).unwrap_or(u32::MAX);
        let next = first.saturating_add(u32::try_from(of.len()).unwrap_or(u32::MAX));
        if let Some(unfilled) = all.checked_sub(vacant).filter(|unfilled| *unfilled > 0) {
            problem.supplies.push(unfilled);
            problem.arcs.push((first..next).map(|place| (place, 0)).collect());
        }
        first = next;
    }
}

/// What ways cost: above all as many people as can be, then as few as can be to another township,
/// then the shortest ways. Distances are counted in the finest measure (metres, ten metres, ...) in
/// which all this fits.
pub(super) struct Ways {
    metres: i64,
    far: i64,
    /// What it costs to leave a person unplaced.
    pub(super) unplaced: i64,
}

/// What a transport can hold: see [`Transport`].
const MOST_COST: i64 = (1 << 40) - 1;
const MOST_UNPLACED: i64 = (1 << 50) - 1;

impl Ways {
    pub(super) fn of(
        subjects: &Subjects,
        spare: &[Cell],
        missing: &[Cell],
        near_only: bool,
    ) -> Self {
        let sum = |cells: &[Cell]| cells.iter().map(|cell| i64::from(cell.people)).sum::<i64>();
        let people = sum(spare).min(sum(missing)) + 1;
        let places = i64::try_from(missing.len() + spare.len()).unwrap_or(i64::MAX) + 1;
        // No two are further apart than the ends of the whole.
        let mut ends: Option<[(i32, i32); 2]> = None;
        for (lon, lat) in subjects.schools.iter().filter_map(|school| school.spot) {
            let [low, high] = ends.get_or_insert([(lon, lat), (lon, lat)]);
            *low = (low.0.min(lon), low.1.min(lat));
            *high = (high.0.max(lon), high.1.max(lat));
        }
        // East and west are longest where they are nearest to the equator.
        let longest = ends.map_or(0, |[low, high]| {
            let north = i64::from(metres(low, (low.0, high.1)));
            let east = |lat: i32| i64::from(metres((low.0, lat), (high.0, lat)));
            let middle = if low.1 < 0 && high.1 > 0 { east(0) } else { 0 };
            north + east(low.1).max(east(high.1)).max(middle)
        });
        let mut ways = Self { metres: 1, far: 0, unplaced: 0 };
        loop {
            let way = longest / ways.metres + 2;
            ways.far = if near_only { 0 } else { way.saturating_mul(people) };
            ways.unplaced = (ways.far.saturating_add(way)).saturating_mul(people.max(places));
            if (ways.far + way <= MOST_COST && ways.unplaced <= MOST_UNPLACED) || way == 2 {
                ways.far = ways.far.min(MOST_COST / 2);
                ways.unplaced = ways.unplaced.min(MOST_UNPLACED);
                return ways;
            }
            ways.metres = ways.metres.saturating_mul(10);
        }
    }

    /// For each cell to spare the cells that it may fill, with the cost of one person.
    pub(super) fn arcs(
        &self,
        subjects: &Subjects,
        spare: &[Cell],
        missing: &[Cell],
        near_only: bool,
    ) -> Vec<Vec<(u32, i64)>> {
        let mut by: BTreeMap<(Course, Stage), Vec<(u32, &School)>> = BTreeMap::new();
        for (place, cell) in (0..).zip(missing) {
            if let Some(school) = subjects.school(cell.line) {
                by.entry((cell.course, school.stage)).or_default().push((place, school));
            }
        }
        let arcs = spare.iter().map(|cell| {
            let Some(home) = subjects.school(cell.line) else { return Vec::new() };
            let places = by.get(&(cell.course, home.stage)).into_iter().flatten();
            let places = places.filter(|(_, school)| {
                school.line != home.line && (!near_only || school.township == home.township)
            });
            let arcs = places.map(|&(place, school)| {
                let way = home.spot.zip(school.spot).map_or(0, |(one, other)| metres(one, other));
                let far = if school.township == home.township { 0 } else { self.far };
                (place, far + i64::from(way) / self.metres + 1)
            });
            arcs.collect()
        });
        arcs.collect()
    }
}
