//! The trade-off curve as paths on a drawing: posts moved across, against unevenness, shortage and
//! the worst satisfaction. Series that differ too much in size get a panel each, as two scales in
//! one panel would mislead. Floating figures are places on the drawing only.

use std::fmt::Write;

use super::dumbbell::step;
use crate::allocate::{Curve, CurvePoint};

/// What a line of the drawing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// Sum of (posts − share)²/share.
    Unevenness,
    /// Posts missing in all.
    Shortage,
    /// The smallest posts ÷ entitlement, as a percentage.
    Worst,
}

impl Series {
    /// Every series, in the order in which they are drawn.
    pub const ALL: [Self; 3] = [Self::Shortage, Self::Unevenness, Self::Worst];

    /// Its figure at a point, for drawing.
    pub fn value(self, point: &CurvePoint) -> f64 {
        match self {
            Self::Unevenness => point.unevenness,
            Self::Shortage => point.shortage as f64,
            Self::Worst => {
                let worst = point.worst;
                let ratio = worst.map_or(0.0, |worst| {
                    f64::from(worst.posts) * *worst.need.denom() as f64 / *worst.need.numer() as f64
                });
                ratio * 100.0
            }
        }
    }
}

/// A band of the drawing with one scale from zero up.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// What it shows.
    pub series: Vec<Series>,
    /// Upper edge.
    pub top: f64,
    /// Where zero is.
    pub base: f64,
    /// The figure at the upper edge.
    pub most: f64,
    /// Lines of the scale, zero first: figure and height.
    pub grid: Vec<(i64, f64)>,
}

impl Panel {
    fn new(series: Vec<Series>, top: f64, base: f64, greatest: f64, lines: i64) -> Self {
        let whole = greatest.max(1.0).ceil() as i64;
        let step = step(whole, lines);
        let most = (whole + step - 1) / step * step;
        let y = |value: i64| base - value as f64 / most as f64 * (base - top);
        let grid = (0..=most / step).map(|at| (at * step, y(at * step))).collect();
        Self { series, top, base, most: most as f64, grid }
    }

    /// The height of a figure.
    pub fn y(&self, value: f64) -> f64 {
        self.base - value / self.most * (self.base - self.top)
    }
}

/// The drawing: 612 wide, its panels one below the other.
#[derive(Debug, Clone, PartialEq)]
pub struct TradeOff {
    /// Fewest posts that must move.
    pub least: u64,
    /// Posts that the optimum moves.
    pub most: u64,
    /// The panels.
    pub panels: Vec<Panel>,
    /// The path of each series.
    pub paths: Vec<(Series, String)>,
    /// Figures under the drawing: posts moved and place across.
    pub ticks: Vec<(u64, f64)>,
    /// Height of the whole drawing.
    pub height: f64,
    /// Lower end of the lowest panel.
    pub base: f64,
    across: f64,
}

/// Left and right end of the scale.
const ROOM: (f64, f64) = (44.0, 596.0);
/// Upper edge of the first panel: labels stand above it.
const TOP: f64 = 26.0;
/// Two series within this many times of each other share a panel.
const ALIKE: f64 = 4.0;
/// More points than there are units across would not be seen.
const MOST_POINTS: u64 = 552;

impl TradeOff {
    /// The drawing of a curve.
    pub fn of(curve: &Curve) -> Self {
        let (least, most) = (curve.least(), curve.most());
        let greatest =
            |series: Series| curve.points().map(|point| series.value(&point)).fold(0.0, f64::max);
        let uneven = greatest(Series::Unevenness);
        let shortage = greatest(Series::Shortage);
        let (large, small) = (uneven.max(shortage), uneven.min(shortage));
        let mut panels = if large <= small.max(1.0) * ALIKE {
            let both = vec![Series::Shortage, Series::Unevenness];
            vec![Panel::new(both, TOP, 166.0, large, 4)]
        } else {
            vec![
                Panel::new(vec![Series::Unevenness], TOP, 92.0, uneven, 2),
                Panel::new(vec![Series::Shortage], 108.0, 166.0, shortage, 2),
            ]
        };
        if curve.points().any(|point| point.worst.is_some()) {
            let worst = greatest(Series::Worst).max(100.0);
            panels.push(Panel::new(vec![Series::Worst], 184.0, 230.0, worst, 2));
        }
        let base = panels.last().map_or(TOP, |panel| panel.base);
        // Some air past the optimum, where nothing is left to gain.
        let past = most.saturating_add((most / 8).max(4));
        let by = step(i64::try_from(past).unwrap_or(i64::MAX), 8).unsigned_abs();
        let across = past.div_ceil(by).saturating_mul(by);
        let mut drawing = Self {
            least,
            most,
            panels,
            paths: Vec::new(),
            ticks: Vec::new(),
            height: base + 24.0,
            base,
            across: across as f64,
        };
        drawing.ticks = (0..=across / by).map(|at| (at * by, drawing.x(at * by))).collect();
        drawing.paths = Series::ALL
            .into_iter()
            .filter_map(|series| Some((series, drawing.path(series, curve)?)))
            .collect();
        drawing
    }

    /// Where a number of posts moved stands across.
    pub fn x(&self, moved: u64) -> f64 {
        ROOM.0 + moved as f64 / self.across * (ROOM.1 - ROOM.0)
    }

    /// The height of a series at a point; `None` where the drawing does not show it.
    pub fn y(&self, series: Series, point: &CurvePoint) -> Option<f64> {
        self.panel(series).map(|panel| panel.y(series.value(point)))
    }

    /// The posts moved at a place across: the nearest that can be chosen.
    pub fn moved_at(&self, x: f64) -> u64 {
        let moved = ((x - ROOM.0) / (ROOM.1 - ROOM.0) * self.across).round().max(0.0);
        // A float casts to the nearest whole number within range.
        (moved as u64).clamp(self.least, self.most)
    }

    fn panel(&self, series: Series) -> Option<&Panel> {
        self.panels.iter().find(|panel| panel.series.contains(&series))
    }

    fn path(&self, series: Series, curve: &Curve) -> Option<String> {
        let panel = self.panel(series)?;
        let span = self.most - self.least;
        let steps = span.clamp(1, MOST_POINTS);
        let mut path = String::new();
        for at in 0..=steps {
            let moved = self.least + (u128::from(span) * u128::from(at) / u128::from(steps)) as u64;
            let point = curve.point(moved)?;
            let (x, y) = (self.x(moved), panel.y(series.value(&point)));
            // Writing to a String cannot fail.
            let _ = match (at, series) {
                (0, _) => write!(path, "M{x:.1} {y:.1}"),
                // Whole posts go down in steps.
                (_, Series::Shortage) => write!(path, "H{x:.1}V{y:.1}"),
                _ => write!(path, "L{x:.1} {y:.1}"),
            };
        }
        Some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocate::{Bounds, Line, Problem, Rule, curve};
    use crate::fraction::Fraction;

    fn drawn(lines: &[(i64, u32)]) -> (TradeOff, Curve) {
        let lines: Vec<Line> = lines
            .iter()
            .enumerate()
            .map(|(at, &(need, now))| Line {
                id: format!("{at:04}").into(),
                need: Fraction::from_integer(need),
                now,
                bounds: Bounds::free(),
                entitled: u32::try_from(need).unwrap(),
            })
            .collect();
        let total = lines.iter().map(|line| u64::from(line.now)).sum();
        let problem =
            Problem { lines, total, rule: Rule::Balanced, limit: None, groups: Vec::new() };
        let curve = curve(&problem).unwrap();
        (TradeOff::of(&curve), curve)
    }

    #[test]
    fn places_and_posts_moved_lead_to_each_other() {
        let (drawing, curve) = drawn(&[(100, 60), (100, 140), (50, 50)]);
        assert_eq!(drawing.most, 40);
        for moved in 0..=40 {
            assert_eq!(drawing.moved_at(drawing.x(moved)), moved);
        }
        assert_eq!(drawing.moved_at(-50.0), 0);
        assert_eq!(drawing.moved_at(9_999.0), 40, "past the optimum is the optimum");
        assert!(drawing.ticks.last().unwrap().0 > 40);
        for (series, path) in &drawing.paths {
            assert!(path.starts_with('M') && !path.contains("NaN"), "{series:?}");
            let y = drawing.y(*series, &curve.point(40).unwrap()).unwrap();
            assert!((TOP..=drawing.base).contains(&y));
        }
    }

    #[test]
    fn series_of_different_size_have_panels_of_their_own() {
        let (drawing, _) = drawn(&[(1000, 400), (100, 700)]);
        assert_eq!(drawing.panels.len(), 3);
        let (drawing, _) = drawn(&[(100, 60), (100, 140)]);
        assert_eq!(drawing.panels.len(), 2, "32 and 40 share one");
    }

    #[test]
    fn nothing_to_move_still_draws() {
        let (drawing, _) = drawn(&[(10, 10), (5, 5)]);
        assert_eq!((drawing.most, drawing.moved_at(300.0)), (0, 0));
        assert!(drawing.paths.iter().all(|(_, path)| !path.contains("NaN")));
    }

    #[test]
    fn a_long_curve_is_drawn_with_no_more_points_than_can_be_seen() {
        let (drawing, _) = drawn(&[(40_000, 20_000), (40_000, 60_000)]);
        assert_eq!(drawing.most, 20_000);
        let uneven = drawing.paths.iter().find(|(series, _)| *series == Series::Unevenness);
        assert_eq!(uneven.unwrap().1.matches('L').count(), 552);
    }
}
