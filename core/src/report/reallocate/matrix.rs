//! Townships by stages: posts before and after, what the norm gives, and the limits on each sum.

use std::collections::HashMap;

use crate::county::{County, Stage};
use crate::scenario::{GroupLimit, Limits, Prepared};
use crate::text::{Lang, names, reallocate as say};

/// Sums over the lines of a township, a stage, or both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Lines.
    pub lines: usize,
    /// Posts in the base.
    pub before: u64,
    /// Posts of the answer.
    pub after: u64,
    /// Whole entitlements.
    pub entitled: u64,
    /// Posts missing after, over lines that are short.
    pub short: u64,
    /// The limit on the sum: least and most posts.
    pub low: Option<u32>,
    /// Most posts.
    pub high: Option<u32>,
}

impl Sums {
    /// Posts after less entitlement.
    pub fn margin(&self) -> i64 {
        let whole = |posts: u64| i64::try_from(posts).unwrap_or(i64::MAX);
        whole(self.after) - whole(self.entitled)
    }

    /// Whether a limit stops it: the sum is at it.
    pub fn is_stopped(&self) -> bool {
        let at = |limit: Option<u32>| limit.is_some_and(|posts| self.after == u64::from(posts));
        at(self.low) || at(self.high)
    }

    fn add(&mut self, [before, after, entitled]: [u32; 3]) {
        self.lines += 1;
        self.before += u64::from(before);
        self.after += u64::from(after);
        self.entitled += u64::from(entitled);
        self.short += u64::from(entitled.saturating_sub(after));
    }

    fn join(&mut self, other: &Self) {
        self.lines += other.lines;
        self.before += other.before;
        self.after += other.after;
        self.entitled += other.entitled;
        self.short += other.short;
    }
}

/// A small table with totals on both margins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The stages, in the order of the tables.
    pub stages: Vec<Stage>,
    /// Each township with its stages and its own sum last. The last row is that of all townships.
    pub rows: Vec<(Option<String>, Vec<Sums>)>,
}

impl Matrix {
    /// The table of an answer; where there is none yet, of the base.
    pub fn of(county: &County, limits: &Limits, prepared: &Prepared, posts: &[u32]) -> Self {
        // Townships in the order of the survey, each with every stage.
        let mut rows: Vec<(Option<&str>, [Sums; Stage::ALL.len()])> = Vec::new();
        let mut places = HashMap::new();
        let lines = prepared.problem.lines.iter().zip(&prepared.rows).zip(posts);
        for ((line, row), &after) in lines {
            let Some(holding) = county.holdings.get(*row) else { continue };
            let Some(stage) = holding.part.stage() else { continue };
            let name = county.unit_of(holding).map_or("", |unit| unit.township.as_str());
            let place = *places.entry(name).or_insert_with(|| {
                rows.push((Some(name), Default::default()));
                rows.len() - 1
            });
            let cell = rows.get_mut(place).and_then(|(_, cells)| cells.get_mut(stage as usize));
            if let Some(cell) = cell {
                cell.add([line.now, after, line.entitled]);
            }
        }
        let mut all: [Sums; Stage::ALL.len()] = Default::default();
        for (_, cells) in &rows {
            for (all, cell) in all.iter_mut().zip(cells) {
                all.join(cell);
            }
        }
        rows.push((None, all));
        let used = |cells: [Sums; Stage::ALL.len()]| {
            let cells = Stage::ALL.into_iter().zip(cells).zip(&all);
            cells.filter(|(_, all)| all.lines > 0).map(|(cell, _)| cell).collect::<Vec<_>>()
        };
        let stages = used(all).into_iter().map(|(stage, _)| stage).collect();
        let rows = rows.into_iter().map(|(township, cells)| {
            let mut cells: Vec<Sums> = used(cells).into_iter().map(|(_, sums)| sums).collect();
            let mut whole = Sums::default();
            cells.iter().for_each(|cell| whole.join(cell));
            cells.push(whole);
            (township.map(str::to_owned), cells)
        });
        let mut out = Self { stages, rows: rows.collect() };
        for limit in &limits.groups {
            let place = out.place(limit.township.as_deref(), limit.stage);
            let cell = place.and_then(|(row, at)| out.rows.get_mut(row)?.1.get_mut(at));
            if let Some(sums) = cell.filter(|sums| sums.lines > 0) {
                (sums.low, sums.high) = (limit.low, limit.high);
            }
        }
        out
    }

    /// The sums of a township and a stage, or of all of them; `None` for one that the table has not.
    pub fn sums(&self, township: Option<&str>, stage: Option<Stage>) -> Option<&Sums> {
        let (row, at) = self.place(township, stage)?;
        self.rows.get(row)?.1.get(at)
    }

    fn place(&self, township: Option<&str>, stage: Option<Stage>) -> Option<(usize, usize)> {
        let at = match stage {
            Some(stage) => self.stages.iter().position(|found| *found == stage)?,
            None => self.stages.len(),
        };
        let row = self.rows.iter().position(|(name, _)| name.as_deref() == township)?;
        Some((row, at))
    }
}

/// A group limit's name: township, stage or both.
pub fn group_name(limit: &GroupLimit, lang: Lang) -> String {
    let stage = limit.stage.map(|stage| names::stage(stage).get(lang));
    match (limit.township.as_deref(), stage) {
        (Some(township), Some(stage)) => format!("{township} {stage}"),
        (Some(township), None) => township.to_owned(),
        (None, Some(stage)) => stage.to_owned(),
        (None, None) => say::ALL_LINES.get(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocate::Structure;
    use crate::county::KindId;
    use crate::report::reallocate::Study;
    use crate::sample;
    use crate::scenario::{Figures, set_limits};

    #[test]
    fn margins_sum_up_and_limits_hold_on_the_sample() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = KindId::school();
        let study = Study::of(&workspace, &Figures::of(workspace.state()), kind);
        let proposal = study.proposal(62).unwrap();
        let limits = workspace.state().limits(kind);
        let county = &workspace.state().county;
        let matrix = Matrix::of(county, &limits, &study.prepared, &proposal.posts);
        let (_, total) = matrix.rows.last().unwrap();
        let all = total.last().unwrap();
        assert_eq!((all.before, all.after, all.entitled), (2193, 2193, 2159));
        let by_stage: u64 = total[..total.len() - 1].iter().map(|sums| sums.after).sum();
        assert_eq!(by_stage, 2193);
        for (_, cells) in &matrix.rows {
            let (sum, parts) = cells.split_last().unwrap();
            assert_eq!(parts.iter().map(|cell| cell.after).sum::<u64>(), sum.after);
        }
        // Stages keep their posts, and a township may take five at most: two families that cross.
        let mut limits = limits;
        for (stage, sums) in matrix.stages.iter().zip(total) {
            let posts = u32::try_from(sums.before).unwrap();
            limits.set_group(None, Some(*stage), Some(posts), Some(posts));
        }
        let (first, cells) = matrix.rows.first().unwrap();
        let most = u32::try_from(cells.last().unwrap().before).unwrap() + 5;
        limits.set_group(first.as_deref(), None, None, Some(most));
        limits.moved = None;
        workspace.dispatch(set_limits(workspace.state(), kind, limits)).unwrap();
        let study = Study::of(&workspace, &Figures::of(workspace.state()), kind);
        let proposal = study.proposal(study.chosen().unwrap()).unwrap();
        assert_eq!(
            proposal.grouped.as_ref().map(|grouped| grouped.structure),
            Some(Structure::Crossing)
        );
        assert_eq!(
            crate::allocate::verify::certificate(&study.prepared.problem, &proposal),
            Ok(())
        );
        let county = &workspace.state().county;
        let limits = workspace.state().limits(kind);
        let matrix = Matrix::of(county, &limits, &study.prepared, &proposal.posts);
        let (_, total) = matrix.rows.last().unwrap();
        for sums in total.iter().take(matrix.stages.len()) {
            assert_eq!(sums.before, sums.after);
            assert!(sums.is_stopped());
        }
        let (_, cells) = matrix.rows.first().unwrap();
        assert!(cells.last().unwrap().after <= u64::from(most));
    }
}
