//! The trade-off: for every number of moves from the fewest to the optimum, the best result.
//!
//! Everything is computed once; reading a point while a slider is dragged costs nothing, and
//! the posts at a point cost one pass over the moves up to it.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use num_rational::Ratio;

use super::cases::Next;
use super::clash::Clash;
use super::grouped::Ground;
use super::groups::Structure;
use super::ladder::Flow;
use super::line::{Line, Problem};
use super::network::Cut;
use super::solve::Optimum;
use crate::fraction::Fraction;
use crate::pace::{Pace, at_once};

/// The best result for every number of posts moved.
#[derive(Debug, Clone)]
pub struct Curve {
    /// Posts at the beginning.
    base: Vec<u32>,
    least: u64,
    /// Posts more and fewer at lines, in order.
    changes: Vec<Change>,
    /// How many of the changes each point has behind it.
    ends: Vec<u32>,
    points: Vec<Kept>,
    /// The worst line from one point on, until there is another.
    worst: Vec<Option<Worst>>,
}

/// One post more or fewer at a line, in half the room that both would take.
#[derive(Debug, Clone, Copy)]
struct Change(u32);

impl Change {
    fn new(line: usize, more: bool) -> Self {
        Self(u32::try_from(line).unwrap_or(u32::MAX) << 1 | u32::from(more))
    }

    fn line(self) -> usize {
        (self.0 >> 1) as usize
    }

    fn is_more(self) -> bool {
        self.0 & 1 == 1
    }
}

/// What a point keeps: a country has a million of them.
#[derive(Debug, Clone, Copy)]
struct Kept {
    shortage: u64,
    unevenness: f64,
    short_lines: u32,
    /// Place of its worst line.
    worst: u32,
}

/// The result with a given number of posts moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Posts moved.
    pub moved: u64,
    /// The line with the fewest posts for its need. `None` if no line has need.
    pub worst: Option<Worst>,
    /// Whole posts missing against the entitlements, over all lines.
    pub shortage: u64,
    /// Lines with fewer posts than their entitlement.
    pub short_lines: usize,
    /// Sum of (posts − share)²/share over lines with need, where share = need × total ÷ all
    /// needs. For drawing only: a floating figure, carried from point to point.
    pub unevenness: f64,
}

/// A line and its posts ÷ need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worst {
    /// The line, by its place in the problem. Of equal ratios the larger need, then the smaller
    /// id.
    pub line: usize,
    /// Its posts.
    pub posts: u32,
    /// Its need in posts.
    pub need: Fraction,
}

impl Worst {
    /// Posts ÷ need, exact. `None` only if the fraction does not fit 64 bits.
    pub fn ratio(&self) -> Option<Fraction> {
        let above = i128::from(self.posts) * i128::from(*self.need.denom());
        let below = i128::from(*self.need.numer());
        let ratio = (below != 0).then(|| Ratio::new(above, below))?;
        Some(Fraction::new(
            i64::try_from(*ratio.numer()).ok()?,
            i64::try_from(*ratio.denom()).ok()?,
        ))
    }
}

impl Curve {
    /// The fewest posts that any answer moves; the curve begins here.
    pub fn least(&self) -> u64 {
        self.least
    }

    /// The posts that the optimum moves; the curve ends here.
    pub fn most(&self) -> u64 {
        self.least + (self.points.len() as u64).saturating_sub(1)
    }

    /// Every point, from the fewest moves to the optimum, one post apart.
    pub fn points(&self) -> impl ExactSizeIterator<Item = CurvePoint> + '_ {
        let points = self.points.iter().enumerate();
        points.map(|(at, kept)| self.told(kept, self.least + at as u64))
    }

    /// The point with `moved` posts moved, or the last one if the optimum moves fewer; `None`
    /// below [`Curve::least`].
    pub fn point(&self, moved: u64) -> Option<CurvePoint> {
        let at = self.steps(moved)?;
        Some(self.told(self.points.get(at)?, self.least + at as u64))
    }

    fn told(&self, kept: &Kept, moved: u64) -> CurvePoint {
        CurvePoint {
            moved,
            worst: self.worst.get(kept.worst as usize).copied().flatten(),
            shortage: kept.shortage,
            short_lines: kept.short_lines as usize,
            unevenness: kept.unevenness,
        }
    }

    /// Posts of each line with at most `moved` posts moved, in the order of the problem's lines:
    /// what [`super::solve`] gives under that limit. `None` below [`Curve::least`].
    pub fn posts_at(&self, moved: u64) -> Option<Vec<u32>> {
        let mut posts = self.base.clone();
        let count = *self.ends.get(self.steps(moved)?)?;
        for change in self.changes.iter().take(count as usize) {
            if let Some(held) = posts.get_mut(change.line()) {
                *held =
                    if change.is_more() { held.saturating_add(1) } else { held.saturating_sub(1) };
            }
        }
        Some(posts)
    }

    fn steps(&self, moved: u64) -> Option<usize> {
        let steps = moved.checked_sub(self.least)?;
        Some(usize::try_from(steps).unwrap_or(usize::MAX).min(self.points.len().saturating_sub(1)))
    }

    fn along(problem: &Problem, base: Vec<u32>, steps: Steps) -> Self {
        let Steps { least, changes, ends } = steps;
        let mut state = State::at(problem, &base);
        let mut points = Vec::with_capacity(ends.len());
        let mut worst = Vec::new();
        let mut done = 0;
        for &end in &ends {
            for change in changes.get(done..end as usize).unwrap_or_default() {
                let line = change.line();
                if change.is_more() { state.give(line) } else { state.take(line) }
            }
            done = end as usize;
            let now = state.worst();
            if worst.last() != Some(&now) {
                worst.push(now);
            }
            points.push(Kept {
                shortage: state.shortage,
                unevenness: state.unevenness.max(0.0),
                short_lines: u32::try_from(state.short_lines).unwrap_or(u32::MAX),
                worst: u32::try_from(worst.len() - 1).unwrap_or(u32::MAX),
            });
        }
        Self { base, least, changes, ends, points, worst }
    }
}

/// Changes and where each point ends among them.
#[derive(Default)]
struct Steps {
    least: u64,
    changes: Vec<Change>,
    ends: Vec<u32>,
}

impl Steps {
    fn at(least: u64) -> Self {
        Self { least, changes: Vec::new(), ends: vec![0] }
    }

    /// A post more at one line, one fewer at another, and a point.
    fn pair(&mut self, [up, down]: [usize; 2]) {
        self.changes.extend([Change::new(up, true), Change::new(down, false)]);
        self.end();
    }

    /// Whatever leads to these posts, and a point.
    fn to(&mut self, before: &[u32], posts: &[u32]) {
        for (line, (&from, &to)) in before.iter().zip(posts).enumerate() {
            self.changes.extend((from..to).map(|_| Change::new(line, true)));
            self.changes.extend((to..from).map(|_| Change::new(line, false)));
        }
        self.end();
    }

    /// A point stands here.
    fn end(&mut self) {
        self.ends.push(u32::try_from(self.changes.len()).unwrap_or(u32::MAX));
    }
}

/// The whole trade-off of a problem; its limit is not looked at.
///
/// With crossing groups every point at which they bind is a search of its own, so that such a curve
/// is for a county, not for a country.
///
/// # Errors
/// A [`Clash`] as [`super::solve`] gives it, or [`Clash::TooManyMoves`].
pub fn curve(problem: &Problem) -> Result<Curve, Clash> {
    at_once(curve_in_steps(problem, &Pace::default()))
}

/// The same in steps: with groups a curve may take long.
///
/// # Errors
/// As [`curve`].
pub async fn curve_in_steps(problem: &Problem, pace: &Pace) -> Result<Curve, Clash> {
    // What finds the way is as large as the problem and let go before the way is gone along.
    let (base, steps) = way(problem, pace).await?;
    Ok(Curve::along(problem, base, steps))
}

/// Where the curve begins, and the steps from there to the optimum.
async fn way(problem: &Problem, pace: &Pace) -> Result<(Vec<u32>, Steps), Clash> {
    let optimum = Optimum::of(problem)?;
    if let Some(ground) = optimum.ground() {
        optimum.within_reach(&ground)?;
        let found = match optimum.shape.structure {
            Structure::Crossing => crossing(&ground, pace).await,
            _ => nested(&ground, pace).await,
        };
        return match found {
            Ok(found) => Ok(found),
            Err(cut) => Err(optimum.clash(&cut, pace).await),
        };
    }
    let ladder = optimum.ladder(problem.total)?;
    let mut steps = Steps::at(ladder.forced.moved());
    steps.changes.reserve_exact(ladder.ups.len() * 2);
    steps.ends.reserve_exact(ladder.ups.len());
    for (up, down) in ladder.pairs() {
        steps.pair([up.line(), down.line()]);
    }
    Ok((ladder.base, steps))
}

/// Nested groups: from the optimum back, one gain fewer at a time, until no answer is left.
async fn nested(ground: &Ground<'_>, pace: &Pace) -> Result<(Vec<u32>, Steps), Cut> {
    let (mut network, pipe) = ground.with_gains(pace).await?;
    let best = network.posts();
    let most = Flow::between(ground.rows, &best).moved();
    let mut back = Vec::new();
    // How many gains are forced shows only at the end: at most all of them are given up.
    pace.ahead(network.pipes.get(pipe).map_or(0, |pipe| pipe.flow));
    while let Some(gains) = network.pipes.get(pipe).map(|pipe| pipe.flow)
        && let Some(fewer) = gains.checked_sub(1)
    {
        network.narrow(pipe, fewer);
        let Ok(changes) = network.settle(pace).await else { break };
        pace.did(1);
        back.push(changes);
    }
    // Reading all posts from the network at every point would cost more than finding the points.
    let mut base = best;
    for &(line, more) in back.iter().flatten() {
        if let Some(held) = base.get_mut(line) {
            *held = if more { held.saturating_add(1) } else { held.saturating_sub(1) };
        }
    }
    let least = most - back.len() as u64;
    let mut steps = Steps::at(least);
    for changes in back.into_iter().rev() {
        let undone = changes.into_iter().rev();
        steps.changes.extend(undone.map(|(line, more)| Change::new(line, !more)));
        steps.end();
    }
    Ok((base, steps))
}

/// Crossing groups: the answer for every number of moves.
async fn crossing(ground: &Ground<'_>, pace: &Pace) -> Result<(Vec<u32>, Steps), Cut> {
    let best = ground.best(pace).await?.posts;
    let base = ground.fewest(pace).await?;
    let moved = |posts: &[u32]| Flow::between(ground.rows, posts).moved();
    let (least, most) = (moved(&base), moved(&best));
    let mut steps = Steps::at(least);
    let mut posts = base.clone();
    let tell = &mut |next: Next<'_>| match next {
        Next::Pair([up, down]) => {
            steps.pair([up, down]);
            for (line, by) in [(up, 1), (down, -1)] {
                if let Some(held) = posts.get_mut(line) {
                    *held = held.saturating_add_signed(by);
                }
            }
        }
        Next::Posts(next) => {
            steps.to(&posts, next);
            posts.clear();
            posts.extend_from_slice(next);
        }
    };
    ground.between(&base, &best, tell, pace).await;
    debug_assert_eq!(steps.ends.len() as u64, most - least + 1);
    Ok((base, steps))
}

/// Posts on the way, with the figures kept up to date.
struct State<'a> {
    lines: &'a [Line],
    posts: Vec<u32>,
    ratios: BinaryHeap<Reverse<Filled<'a>>>,
    share_per_need: f64,
    shortage: u64,
    short_lines: usize,
    unevenness: f64,
}

impl<'a> State<'a> {
    fn at(problem: &'a Problem, posts: &[u32]) -> Self {
        let lines = problem.lines.as_slice();
        let needs: f64 = lines.iter().map(need).sum();
        let share_per_need = if needs > 0.0 { problem.total as f64 / needs } else { 0.0 };
        let mut state = Self {
            lines,
            posts: posts.to_vec(),
            ratios: BinaryHeap::new(),
            share_per_need,
            shortage: 0,
            short_lines: 0,
            unevenness: 0.0,
        };
        let mut ratios = Vec::with_capacity(lines.len());
        for (index, (line, &posts)) in lines.iter().zip(posts).enumerate() {
            let short = line.entitled.saturating_sub(posts);
            state.shortage += u64::from(short);
            state.short_lines += usize::from(short > 0);
            let share = need(line) * share_per_need;
            if share > 0.0 {
                let off = f64::from(posts) - share;
                state.unevenness += off * off / share;
            }
            ratios.extend(Filled::of(line, index, posts).map(Reverse));
        }
        state.ratios = BinaryHeap::from(ratios);
        state
    }

    fn give(&mut self, index: usize) {
        self.change(index, |held| held + 1);
    }

    fn take(&mut self, index: usize) {
        self.change(index, |held| held - 1);
    }

    fn change(&mut self, index: usize, by: impl Fn(u32) -> u32) {
        let (Some(line), Some(held)) = (self.lines.get(index), self.posts.get_mut(index)) else {
            return;
        };
        let (before, after) = (*held, by(*held));
        *held = after;
        let short = |posts: u32| line.entitled.saturating_sub(posts);
        self.shortage = self.shortage + u64::from(short(after)) - u64::from(short(before));
        self.short_lines =
            self.short_lines + usize::from(short(after) > 0) - usize::from(short(before) > 0);
        let share = need(line) * self.share_per_need;
        if share > 0.0 {
            let off = |posts: u32| (f64::from(posts) - share).powi(2);
            self.unevenness += (off(after) - off(before)) / share;
        }
        // Posts ÷ need never lies below what stands there for a line: what rose is brought up to date
        // when it comes to the top.
        if after < before {
            self.ratios.extend(Filled::of(line, index, after).map(Reverse));
        }
    }

    /// The worst line now.
    fn worst(&mut self) -> Option<Worst> {
        while let Some(mut top) = self.ratios.peek_mut() {
            let posts = self.posts.get(top.0.index).copied().unwrap_or(0);
            if top.0.posts == posts {
                break;
            }
            match Filled::of(top.0.line, top.0.index, posts) {
                Some(now) => top.0 = now,
                None => drop(PeekMut::pop(top)),
            }
        }
        self.ratios.peek().map(|Reverse(top)| Worst {
            line: top.index,
            posts: top.posts,
            need: top.line.need,
        })
    }
}

fn need(line: &Line) -> f64 {
    *line.need.numer() as f64 / *line.need.denom() as f64
}

/// A line's posts ÷ need, the smallest first. The coarse figure is rounded down, so that it can
/// only agree with the exact one or be silent.
struct Filled<'a> {
    coarse: u64,
    posts: u32,
    index: usize,
    line: &'a Line,
}

impl<'a> Filled<'a> {
    fn of(line: &'a Line, index: usize, posts: u32) -> Option<Self> {
        let (above, below) = (line.need.numer().unsigned_abs(), line.need.denom().unsigned_abs());
        if above == 0 {
            return None;
        }
        let scaled = u128::from(posts) * u128::from(below);
        let coarse = match u64::try_from(scaled << 24) {
            Ok(scaled) => scaled / above,
            Err(_) => u64::try_from((scaled << 24) / u128::from(above)).unwrap_or(u64::MAX),
        };
        Some(Self { coarse, posts, index, line })
    }

    /// Posts ÷ need of both, multiplied out. posts × denominator × numerator can pass 128 bits by
    /// a little, so whole parts are compared before what is left over.
    fn compare_exact(&self, other: &Self) -> Ordering {
        let parts = |filled: &Self| {
            let need = u128::from(filled.line.need.numer().unsigned_abs());
            let above =
                u128::from(filled.posts) * u128::from(filled.line.need.denom().unsigned_abs());
            (above.checked_div(need).unwrap_or(0), above.checked_rem(need).unwrap_or(0), need)
        };
        let (whole, left, need) = parts(self);
        let (other_whole, other_left, other_need) = parts(other);
        whole.cmp(&other_whole).then_with(|| (left * other_need).cmp(&(other_left * need)))
    }
}

impl Ord for Filled<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.coarse
            .cmp(&other.coarse)
            .then_with(|| self.compare_exact(other))
            .then_with(|| crate::fraction::compare(&other.line.need, &self.line.need))
            .then_with(|| self.line.id.cmp(&other.line.id))
    }
}

impl PartialOrd for Filled<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Filled<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Filled<'_> {}
