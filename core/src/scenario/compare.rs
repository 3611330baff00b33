//! Comparing scenarios over one base: the figures of each, the rows that differ, and why. The parts
//! of a difference are found by replacing one thing after the other, in a stated order, so that they
//! sum to it exactly; in another order a part may have another size. It changes nothing.

use std::sync::Arc;

use super::difference::same_unit;
use super::{By, Conflict, Figures, Moved, State, Workspace, ledger};
use crate::allocate::Rule;
use crate::check::red_lines;
use crate::county::KindId;
use crate::fraction::Fraction;
use crate::norm::{Norm, Pack};

/// What a difference may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Facts of the survey: students, classes, posts added for a reason.
    Data,
    /// The norm but for its last roundings.
    Norm,
    /// How the norm rounds to whole posts.
    Rounding,
    /// Posts that a proposal or the base set.
    Rule,
    /// Posts set by hand on either side.
    Hand,
}

impl Cause {
    /// The order in which things are replaced unless another is asked for.
    pub const ALL: [Self; 5] = [Self::Data, Self::Norm, Self::Rounding, Self::Rule, Self::Hand];
}

/// Figures of one kind of post in one scenario.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures {
    /// What the scenario moved.
    pub moved: Moved,
    /// Holdings that gained.
    pub raised: usize,
    /// Holdings that lost.
    pub lowered: usize,
    /// Largest change of one holding, posts.
    pub largest: u32,
    /// Posts authorised in all.
    pub authorised: u64,
    /// Posts of the entitlements in all.
    pub entitled: u64,
    /// Posts missing.
    pub shortage: u64,
    /// Posts to spare.
    pub surplus: u64,
    /// Holdings that are short.
    pub short_rows: usize,
    /// The worst holding: its row, and posts ÷ exact entitlement. `None` where nobody is short.
    pub worst: Option<(usize, Fraction)>,
    /// Σ (posts − entitlement)² ÷ entitlement, in thousandths, each term rounded down.
    pub unevenness: u64,
    /// People beyond their holding's posts.
    pub excess: u64,
    /// Posts of the pool.
    pub pool: u64,
    /// Posts of the pool that are lent and not returned on the day of its batch.
    pub lent: u64,
    /// Red lines that warn or block.
    pub red_lines: usize,
    /// Rule of the reallocation.
    pub rule: Option<Rule>,
    /// Holdings whose posts were set by hand.
    pub hands: usize,
}

/// One scenario, or the base, with its figures.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Its place among the scenarios; `None` for the base.
    pub at: Option<usize>,
    /// What it amounts to.
    pub state: State,
    /// Entitlements and margins.
    pub figures: Figures,
}

impl Compared {
    /// A scenario; the base for `None`.
    ///
    /// # Errors
    /// Where a step does not fit, in a file by hand.
    pub fn of(workspace: &Workspace, at: Option<usize>) -> Result<Self, Conflict> {
        Self::beside(workspace, at, &[], &Figures::default())
    }

    /// As [`Compared::of`], beside sides that are there and figures of the open scenario: what its
    /// rows share with them under the same norm is not worked out again. They change nothing but the
    /// time that it takes. Sides are shared: one that stays as it is need not be made again.
    ///
    /// # Errors
    /// As [`Compared::of`].
    pub fn beside(
        workspace: &Workspace,
        at: Option<usize>,
        sides: &[Arc<Self>],
        open: &Figures,
    ) -> Result<Self, Conflict> {
        let state = match at {
            Some(at) => workspace.state_of(at)?,
            None => workspace.base_state().clone(),
        };
        let mut known = std::iter::once(open).chain(sides.iter().map(|side| &side.figures));
        let known = known.find(|figures| figures.are_by(&state.norm)).unwrap_or(open);
        let figures = known.after(&state);
        Ok(Self { at, state, figures })
    }

    /// Its figures for one kind of post.
    pub fn measures(&self, workspace: &Workspace, kind: &KindId) -> Measures {
        let state = &self.state;
        let county = &state.county;
        let sums = ledger(workspace.base(), state, kind);
        let mut out = Measures {
            moved: sums.moved,
            excess: sums.excess,
            pool: sums.pool.saturating_add(sums.beside),
            rule: Some(state.limits(kind).rule),
            ..Measures::default()
        };
        let mut rows = Vec::new();
        for (row, holding) in county.holdings.iter().enumerate() {
            if county.kind_of(holding) != kind {
                continue;
            }
            rows.push(row);
            // A unit that the scenario founds is not in the base.
            let before = workspace.base().holdings.get(row).map_or(0, |before| before.authorised);
            out.raised += usize::from(holding.authorised > before);
            out.lowered += usize::from(holding.authorised < before);
            out.largest = out.largest.max(holding.authorised.abs_diff(before));
            out.hands += usize::from(matches!(state.by(row), Some(By::Hand { .. })));
            if let Some(posts) = self.figures.row(row).entitlement.posts {
                let term = uneven(holding.authorised, &posts.exact).unwrap_or(u64::MAX);
                out.unevenness = out.unevenness.saturating_add(term);
            }
        }
        let totals = self.figures.totals(state, rows);
        out.authorised = totals.authorised;
        out.entitled = totals.entitled;
        (out.shortage, out.surplus) = (totals.shortage, totals.surplus);
        out.short_rows = totals.short_rows;
        let worst = self.figures.worst(state, kind, 1);
        out.worst = worst.first().map(|worst| (worst.row, worst.met));
        let figures = county.pool(kind).and_then(|pool| pool.figures(pool.batch.date, 0).ok());
        out.lent = figures.map_or(0, |figures| u64::from(figures.on_loan));
        out.red_lines = red_lines(state, &self.figures);
        out
    }
}

/// (posts − entitlement)² ÷ entitlement in thousandths; nothing where the entitlement is zero.
fn uneven(posts: u32, entitlement: &Fraction) -> Option<u64> {
    let (above, below) = (i128::from(*entitlement.numer()), i128::from(*entitlement.denom()));
    if above <= 0 {
        return Some(0);
    }
    let off = i128::from(posts).checked_mul(below)?.checked_sub(above)?;
    let thousandths = off.checked_mul(off)?.checked_mul(1_000)?;
    u64::try_from(thousandths.checked_div(below.checked_mul(above)?)?).ok()
}

/// One row's posts and entitlement on the way from one scenario to another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stand {
    /// Posts authorised.
    pub posts: i64,
    /// Whole posts of the entitlement; `None` where the norm gives nothing.
    pub entitled: Option<i64>,
}

impl Stand {
    /// Posts less entitlement; 0 where the norm gives nothing.
    pub fn margin(self) -> i64 {
        self.entitled.map_or(0, |entitled| self.posts - entitled)
    }

    /// Posts missing.
    pub fn shortage(self) -> i64 {
        (-self.margin()).max(0)
    }
}

/// Why two scenarios differ in one kind of post: every row on its way from the one to the other.
#[derive(Debug, Clone)]
pub struct Why {
    /// The order in which things were replaced.
    pub order: [Cause; 5],
    /// Each holding's stands: the first scenario's, then one after each cause; the last is the
    /// second's. One stands for nothing where the facts taken so far have it draw on another kind.
    pub rows: Vec<[Stand; 6]>,
    /// Where each of these holdings stands in the first scenario and in the second; `None` in one that
    /// does not found it.
    pub places: Vec<[Option<usize>; 2]>,
}

/// The holdings of both, each once: the base's stand in the same place, those that were founded are
/// found by their name.
fn places(from: &State, to: &State) -> Vec<[Option<usize>; 2]> {
    let (one, two) = (from.county.holdings.len(), to.county.holdings.len());
    let same = (0..one.min(two)).take_while(|row| same_unit(&from.county, &to.county, *row));
    let mut out: Vec<_> = same.map(|row| [Some(row); 2]).collect();
    let same = out.len();
    out.extend((same..one).map(|row| {
        let there = from.county.id_of(row).and_then(|id| to.index().row(&id));
        [Some(row), there]
    }));
    out.extend((same..two).filter_map(|row| {
        let here = to.county.id_of(row).and_then(|id| from.index().row(&id));
        here.is_none().then_some([None, Some(row)])
    }));
    out
}

impl Why {
    /// Replaces one thing after the other, in the order given.
    ///
    /// # Errors
    /// Never for norms that are in use: each was checked when it was taken up.
    pub fn of(
        from: &Compared,
        to: &Compared,
        kind: &KindId,
        order: [Cause; 5],
    ) -> Result<Self, Conflict> {
        let places = places(&from.state, &to.state);
        let mut rows = vec![[Stand::default(); 6]; places.len()];
        let same_norm = from.state.norm.pack() == to.state.norm.pack();
        let same_facts = from.state.county == to.state.county;
        // Most rows are the same in both, and a norm that looks at each alone gives them the same whatever
        // is replaced: they stand as they stood at first.
        let alone = same_norm
            && from.state.norm.is_row_by_row()
            && from.state.county.kindergarten_kind == to.state.county.kindergarten_kind;
        let is_steady = |place: &[Option<usize>; 2]| {
            let [Some(here), Some(there)] = *place else { return false };
            let posts = |side: &Compared, row: usize| {
                side.state.county.holdings.get(row).map(|holding| holding.authorised)
            };
            alone
                && posts(from, here) == posts(to, there)
                && from.state.by(here) == to.state.by(there)
                && from.figures.row(here) == to.figures.row(there)
        };
        let steady: Vec<bool> = places.iter().map(is_steady).collect();
        let mut taken = [false; 5];
        let mut figures: Option<Figures> = None;
        for stage in 0..=order.len() {
            if let Some(cause) = stage.checked_sub(1).and_then(|before| order.get(before)) {
                if let Some(mark) = taken.get_mut(*cause as usize) {
                    *mark = true;
                }
                // The same norm, or the same facts, give the same figures: nothing to work out.
                let new = match cause {
                    Cause::Data => !same_facts,
                    Cause::Norm | Cause::Rounding => !same_norm,
                    Cause::Rule | Cause::Hand => false,
                };
                if new {
                    figures = Some(between(from, to, taken)?);
                }
            }
            let figures = figures.as_ref().unwrap_or(&from.figures);
            let data = taken.get(Cause::Data as usize).copied().unwrap_or(false);
            let is_of_kind = |(side, row): (&Compared, Option<usize>)| {
                let county = &side.state.county;
                county.holdings.get(row?).map(|holding| county.kind_of(holding) == kind)
            };
            for ((stands, [here, there]), steady) in rows.iter_mut().zip(&places).zip(&steady) {
                if *steady && stage > 0 {
                    let [first, ..] = *stands;
                    *stands = [first; 6];
                    continue;
                }
                let (from, to) = ((from, *here), (to, *there));
                let (facts, others) = if data { (to, from) } else { (from, to) };
                // A unit that one side alone founded has its kind from there.
                let of_kind = is_of_kind(facts).or_else(|| is_of_kind(others));
                if of_kind != Some(true) {
                    continue;
                }
                let by_hand = |(side, row): (&Compared, Option<usize>)| {
                    matches!(row.and_then(|row| side.state.by(row)), Some(By::Hand { .. }))
                };
                let cause = if by_hand(from) || by_hand(to) { Cause::Hand } else { Cause::Rule };
                let changed = taken.get(cause as usize).copied().unwrap_or(false);
                let (side, row) = if changed { to } else { from };
                let posts = row.and_then(|row| side.state.county.holdings.get(row));
                if let Some(stand) = stands.get_mut(stage) {
                    // The figures are of the facts taken so far, row by row.
                    let posts_due = facts.1.and_then(|row| figures.row(row).entitlement.posts);
                    let whole = posts_due.map(|posts| posts.whole);
                    *stand = Stand {
                        posts: posts.map_or(0, |holding| i64::from(holding.authorised)),
                        entitled: whole.map(i64::from),
                    };
                }
            }
        }
        Ok(Self { order, rows, places })
    }

    /// The parts of one holding's difference in some figure, in the order of the causes.
    pub fn parts(&self, row: usize, figure: fn(Stand) -> i64) -> [i64; 5] {
        self.sum([row], figure)
    }

    /// The parts of the difference summed over holdings.
    pub fn sum(&self, rows: impl IntoIterator<Item = usize>, figure: fn(Stand) -> i64) -> [i64; 5] {
        let mut parts = [0; 5];
        for row in rows {
            let Some(stands) = self.rows.get(row) else { continue };
            for (part, pair) in parts.iter_mut().zip(stands.windows(2)) {
                if let [before, after] = pair {
                    *part += figure(*after) - figure(*before);
                }
            }
        }
        parts
    }
}

/// The figures with some things of the second scenario and the rest of the first.
fn between(from: &Compared, to: &Compared, taken: [bool; 5]) -> Result<Figures, Conflict> {
    let [data, norm, rounding, ..] = taken;
    let facts = if data { to } else { from };
    let (a, b) = (&from.state.norm, &to.state.norm);
    let norm = match (norm, rounding) {
        (false, false) => a.clone(),
        (true, true) => b.clone(),
        (true, false) => rounded_as(b, a.pack())?,
        (false, true) => rounded_as(a, b.pack())?,
    };
    // The facts of one side under its own norm: its figures are there.
    if Arc::ptr_eq(&norm, &facts.state.norm) {
        return Ok(facts.figures.clone());
    }
    let known = if from.figures.are_by(&norm) { from } else { to };
    Ok(known.figures.under(&facts.state.county, &norm))
}

/// A norm with the last roundings of another, rule by rule where both have the rule.
fn rounded_as(norm: &Arc<Norm>, other: &Pack) -> Result<Arc<Norm>, Conflict> {
    let mut pack = norm.pack().clone();
    let mut changed = false;
    for rule in &mut pack.rules {
        let Some(like) = other.rules.iter().find(|like| like.id == rule.id) else { continue };
        if rule.rounding != like.rounding {
            rule.rounding = like.rounding;
            changed = true;
        }
        let (Some(step), Some(like)) = (rule.steps.last_mut(), like.steps.last()) else { continue };
        if let (Some((mine, inside)), Some((theirs, _))) =
            (outer(&step.formula), outer(&like.formula))
            && mine != theirs
        {
            step.formula = format!("{theirs}({inside})");
            changed = true;
        }
    }
    if changed { Ok(Arc::new(Norm::new(pack, norm.day())?)) } else { Ok(norm.clone()) }
}

/// The rounding around a whole formula, and what stands inside.
fn outer(formula: &str) -> Option<(&str, &str)> {
    let formula = formula.trim();
    let (name, rest) = formula.split_once('(')?;
    let inside = rest.strip_suffix(')')?;
    let mut depth = 0_i32;
    for letter in inside.chars() {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth < 0 {
            return None;
        }
    }
    matches!(name.trim(), "round" | "floor" | "ceil").then_some((name.trim(), inside))
}
