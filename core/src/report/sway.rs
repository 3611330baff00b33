//! How the county's entitlements sway when every roll moves by a share: rows that change and posts
//! that come or go; and the figures at which the norm in force turns against what one expects.
//! Classes, boarders and all else stay as they are. It reads; nothing changes.

use crate::county::{County, KindId, Locality, Stage};
use crate::norm::{Cliff, Subject, cliffs};
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
    let mut reader = state.norm.reader();
    let mut out = Sway { percent, ..Sway::default() };
    for holding in &county.holdings {
        let Some(subject) = Subject::of(county, holding) else { continue };
        let Some(students) = subject.students.filter(|_| county.kind_of(holding) == kind) else {
            continue;
        };
        let moved = (i64::from(students) * (100 + i64::from(percent)) * 2 + 100).div_euclid(200);
        let moved = u32::try_from(moved.max(0)).ok();
        let before = reader.entitle(&subject).posts;
        let after = reader.entitle(&Subject { students: moved, ..subject }).posts;
        let (Some(before), Some(after)) = (before, after) else { continue };
        let change = i64::from(after.whole) - i64::from(before.whole);
        out.rows += 1;
        out.changed += usize::from(change != 0);
        out.posts += change;
        out.against += usize::from(change.signum() * i64::from(percent.signum()) < 0);
    }
    out
}

/// The cliffs of every stage that the county has, each with the locality most of its schools have.
pub fn county_cliffs(state: &State) -> Vec<(Stage, Vec<Cliff>)> {
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
    use super::*;
    use crate::sample;

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
        let of = |stage| &found.iter().find(|(at, _)| *at == stage).unwrap().1;
        // At 200 students the higher of both bases gives way to students alone.
        let primary = of(Stage::Primary);
        assert!(primary.iter().any(|cliff| cliff.at == 200 && cliff.jump() < 0), "{primary:?}");
        assert_eq!(*of(Stage::Kindergarten), []);
    }
}
