//! Schools on a drawing by their coordinates, and moves as lines. Places on the drawing are whole
//! units; they decide nothing.

use std::fmt::Write;

use super::Transfer;
use crate::county::{Coordinates, County};
use crate::scenario::Prepared;

/// One school on the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Its row.
    pub row: usize,
    /// Place from the left.
    pub x: i64,
    /// Place from the top.
    pub y: i64,
    /// Posts gained (above zero) or lost.
    pub change: i64,
}

/// The drawing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceMap {
    /// Schools whose coordinates are known.
    pub spots: Vec<Spot>,
    /// A path with a line for each move between two of them.
    pub lines: String,
    /// Rows whose coordinates are not known.
    pub missing: usize,
    /// Width of the drawing.
    pub width: i64,
    /// Height of the drawing.
    pub height: i64,
}

/// The longer side of the drawing, and the air around it.
const SIDE: i64 = 560;
const AIR: i64 = 12;

/// Draws the lines of a problem, with the moves to an answer.
pub fn place_map(
    county: &County,
    prepared: &Prepared,
    posts: &[u32],
    moves: &[Transfer],
) -> PlaceMap {
    let spot_of = |line: usize| -> Option<Coordinates> {
        let holding = county.holdings.get(*prepared.rows.get(line)?)?;
        county.unit_of(holding)?.place
    };
    let known: Vec<(usize, Coordinates)> =
        (0..prepared.rows.len()).filter_map(|line| Some((line, spot_of(line)?))).collect();
    let ends = |of: fn(&Coordinates) -> i32| {
        let all = || known.iter().map(|(_, place)| i64::from(of(place)));
        (all().min().unwrap_or(0), all().max().unwrap_or(0))
    };
    let ((west, east), (south, north)) = (ends(|place| place.lon), ends(|place| place.lat));
    // Degrees of longitude are shorter away from the equator: the cosine in thousandths, after
    // Bhaskara, at the middle latitude.
    let middle = (south + north) / 2 / 1000;
    let square = i128::from(middle) * i128::from(middle);
    let round = 32_400_000_000_i128;
    let cosine = i64::try_from((round - 4 * square) * 1000 / (round + square)).unwrap_or(1000);
    let across = ((east - west) * cosine.max(1) / 1000).max(1);
    let down = (north - south).max(1);
    let longer = across.max(down);
    let scaled = |length: i64| length * SIDE / longer;
    let place = |at: &Coordinates| {
        let x = scaled((i64::from(at.lon) - west) * cosine.max(1) / 1000) + AIR;
        (x, scaled(north - i64::from(at.lat)) + AIR)
    };
    let mut map = PlaceMap {
        missing: prepared.rows.len() - known.len(),
        width: scaled(across) + 2 * AIR,
        height: scaled(down) + 2 * AIR,
        ..PlaceMap::default()
    };
    for (line, at) in &known {
        let (x, y) = place(at);
        let before = prepared.problem.lines.get(*line).map_or(0, |line| line.now);
        let after = posts.get(*line).copied().unwrap_or(before);
        let row = prepared.rows.get(*line).copied().unwrap_or(0);
        map.spots.push(Spot { row, x, y, change: i64::from(after) - i64::from(before) });
    }
    for step in moves {
        let ends = step.from.and_then(spot_of).zip(step.to.and_then(spot_of));
        if let Some((from, to)) = ends {
            let ((x, y), (to_x, to_y)) = (place(&from), place(&to));
            // Writing to a String cannot fail.
            let _ = write!(map.lines, "M{x} {y}L{to_x} {to_y}");
        }
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::KindId;
    use crate::report::reallocate::{Study, transfers};
    use crate::sample;
    use crate::scenario::Figures;

    #[test]
    fn every_school_is_on_the_drawing_or_counted_as_missing() {
        let workspace = sample::county().unwrap().workspace;
        let county = &workspace.state().county;
        let study = Study::of(&workspace, &Figures::of(workspace.state()), KindId::school());
        let posts = study.proposal(50).unwrap().posts;
        let moves = transfers(county, &study.prepared, &posts, None);
        let map = place_map(county, &study.prepared, &posts, &moves);
        assert_eq!(map.spots.len() + map.missing, study.lines());
        for spot in &map.spots {
            assert!((0..=map.width).contains(&spot.x) && (0..=map.height).contains(&spot.y));
        }
        let change: i64 = map.spots.iter().map(|spot| spot.change).sum();
        assert!(map.missing > 0 || change == 0);
        let nowhere = place_map(county, &study.prepared, &[], &[]);
        assert!(nowhere.lines.is_empty());
    }
}
