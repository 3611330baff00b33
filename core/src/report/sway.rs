//! How the county's entitlements sway when every roll moves by a share: rows that change and posts
//! that come or go; and the figures at which the norm in force turns against what one expects.
//! Classes, boarders and all else stay as they are. It reads; nothing changes.

use crate::county::{County, KindId, Locality, Stage};
use crate::norm::{Cliffs, cliffs};
use crate::scenario::State;

/// What one move of the rolls does to a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sway {
    /// The move, in per cent of the students of each row.
    pub percent: i32,
    /// Rows that the norm gives posts before and after.
    pub rows: usize,
    /// Rows whose whole posts change.
    pub changed: usize,
    /// Posts over all rows, after less before.
    pub posts: i64,
    /// Rows whose posts go the other way than their students.
    pub against: usize,
}

/// Moves every roll of a kind by `percent` (students rounded half up, never below zero) and
/// compares.
pub fn sway(state: &State, kind: &KindId, percent: i32) -> Sway {
    let county = &state.county;
    let mut out = Sway { percent, ..Sway::default() };
    // Rows may be counted or rounded together, so the whole county is worked out before and after.
    let mut moved = county.clone();
    for holding in moved.holdings.iter_mut().filter(|holding| county.kind_of(holding) == kind) {
        let roll = &mut holding.roll;
        let grades = roll.grades.iter_mut().map(|grade| &mut grade.students);
        for students in grades.chain([&mut roll.students]) {
            *students = students.map(|students| by(students, percent));
        }
    }
    let before = state.norm.entitle_county(county);
    let after = state.norm.entitle_county(&moved);
    for ((holding, before), after) in county.holdings.iter().zip(before).zip(after) {
        if county.kind_of(holding) != kind || holding.roll.students.is_none() {
            continue;
        }
        let (Some(before), Some(after)) = (before.posts, after.posts) else { continue };
        let change = i64::from(after.whole) - i64::from(before.whole);
        out.rows += 1;
        out.changed += usize::from(change != 0);
        out.posts += change;
        out.against += usize::from(change.signum() * i64::from(percent.signum()) < 0);
    }
    out
}

/// Students moved by a share, half up.
fn by(students: u32, percent: i32) -> u32 {
    let moved = (i64::from(students) * (100 + i64::from(percent)) * 2 + 100).div_euclid(200);
    u32::try_from(moved.max(0)).unwrap_or(u32::MAX)
}

/// The cliffs of every stage that the county has, each with the locality most of its schools have, and
/// what sets their figures apart from those that the county gets.
pub fn county_cliffs(state: &State) -> Vec<(Stage, Cliffs)> {
    let has = |stage: &Stage| {
        state.county.holdings.iter().any(|holding| holding.part.stage() == Some(*stage))
    };
    let stages = Stage::ALL.into_iter().filter(has);
    stages.map(|stage| (stage, cliffs(&state.norm, stage, usual(&state.county, stage)))).collect()
}

/// The locality that most rows of a stage have; of equals the last in the tables.
fn usual(county: &County, stage: Stage) -> Option<Locality> {
    let count = |locality: Locality| {
        let rows = county.holdings.iter().filter(|holding| holding.part.stage() == Some(stage));
        rows.filter(|holding| {
            county.unit_of(holding).and_then(|unit| unit.locality) == Some(locality)
        })
        .count()
    };
    let most = Locality::ALL.into_iter().max_by_key(|locality| count(*locality));
    most.filter(|locality| count(*locality) > 0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::county::{Part, Roll, UnitCode};
    use crate::norm::{Level, Norm, Pack, Points, SAMPLE, shipped};
    use crate::sample;

    /// Primary schools of 28 students each under students ÷ 19 alone, half up; with `points` each is
    /// a teaching point of the one before it.
    fn of_28(schools: usize, points: bool, change: impl Fn(&mut Pack)) -> State {
        let template = sample::county().unwrap().workspace.base().clone();
        let mut county =
            County { units: Vec::new().into(), holdings: Vec::new(), ..template.clone() };
        let code = |at: usize| UnitCode::new(&format!("{at:03}"));
        for at in 0..schools {
            let mut unit = template.units[0].clone();
            unit.code = code(at);
            unit.parent = (points && at > 0).then(|| code(at - 1));
            county.units.push(unit);
            let mut holding = template.holdings[0].clone();
            (holding.unit, holding.part) = (at, Part::Stage(Stage::Primary));
            holding.roll = Roll { students: Some(28), classes: Some(6), ..Roll::default() };
            county.holdings.push(holding);
        }
        let mut pack = shipped(SAMPLE).unwrap();
        let mut rules = pack.rules.iter_mut();
        let rule = rules.find(|rule| rule.stages.contains(&Stage::Primary)).unwrap();
        rule.steps.last_mut().unwrap().formula = "round(students / ratio[stage])".into();
        change(&mut pack);
        let day = pack.valid_from;
        State::new(county, Norm::new(pack, day).unwrap(), BTreeMap::new())
    }

    #[test]
    fn rows_that_are_rounded_or_counted_together_sway_together() {
        // 28 ÷ 19 = 1 9/19 → 1, and 29 ÷ 19 = 1 10/19 → 2: row by row every school gets one more.
        let found = |state: &State| {
            let sway = sway(state, KindId::school(), 5);
            (sway.rows, sway.changed, sway.posts)
        };
        assert_eq!(found(&of_28(3, false, |_| {})), (3, 3, 3));
        // 84 ÷ 19 = 4 8/19 → 4, and 87 ÷ 19 = 4 11/19 → 5: one more for the county.
        let once = of_28(3, false, |pack| {
            pack.rules.iter_mut().for_each(|rule| rule.rounding = Level::County);
        });
        assert_eq!(found(&once), (3, 1, 1));
        // 56 ÷ 19 = 2 18/19 → 3, and 58 ÷ 19 = 3 1/19 → 3 at the school and its point together.
        let at_school = of_28(2, true, |pack| pack.points = Points::StudentsAtParent);
        assert_eq!(found(&at_school), (2, 0, 0));
    }

    #[test]
    fn a_roll_that_does_not_move_changes_nothing() {
        let workspace = sample::county().unwrap().workspace;
        let still = sway(workspace.state(), KindId::school(), 0);
        assert_eq!((still.changed, still.posts, still.against), (0, 0, 0));
        assert!(still.rows > 50);
    }

    #[test]
    fn a_share_of_the_rolls_moves_about_that_share_of_the_posts() {
        let workspace = sample::county().unwrap().workspace;
        let (more, fewer) = (
            sway(workspace.state(), KindId::school(), 5),
            sway(workspace.state(), KindId::school(), -5),
        );
        // Of 2,159 posts five per cent are 108; small schools stay on their classes.
        assert!((80..=120).contains(&more.posts), "{more:?}");
        assert!((-120..=-60).contains(&fewer.posts), "{fewer:?}");
        assert!(more.changed <= more.rows && more.changed > 0);
    }

    #[test]
    fn the_sample_falls_where_small_schools_end() {
        let workspace = sample::county().unwrap().workspace;
        let found = county_cliffs(workspace.state());
        let of = |stage| &found.iter().find(|(at, _)| *at == stage).unwrap().1.found;
        // At 200 students the higher of both bases gives way to students alone.
        let primary = of(Stage::Primary);
        assert!(primary.iter().any(|cliff| cliff.at == 200 && cliff.is_fall()), "{primary:?}");
        assert_eq!(*of(Stage::Kindergarten), []);
    }
}
