//! Whether limits can hold together at all, whatever the rule: pipes between groups, through which as
//! many posts go at once as fit.
//!
//! All lines between the same two groups are one pipe with the sums of their bounds. That keeps it as
//! small as there are groups, and loses nothing: what fits through the sum can be shared out among
//! whole bounds. Finds no answer and prices nothing.

use std::collections::BTreeMap;

use super::clash::{Held, HeldBy};
use super::cost::{Aim, Scale};
use super::groups::Shape;
use super::line::Problem;
use super::network::{Network, Pipe};
use crate::pace::Pace;

/// Limits as pipes: the total first, then the groups, then the lines by the groups around them.
#[derive(Debug)]
pub(super) struct Plumbing<'a> {
    problem: &'a Problem,
    nodes: usize,
    pipes: Vec<Pipe>,
    /// The pipe of each line.
    of_line: Vec<usize>,
}

impl<'a> Plumbing<'a> {
    /// Every limit of a problem.
    pub(super) fn of_problem(problem: &'a Problem, shape: &Shape) -> Self {
        let mut plumbing = Self::free(problem, shape);
        let total = (problem.total, problem.total);
        let groups = problem.groups.iter().map(|group| (group.low, group.high));
        for (pipe, range) in plumbing.pipes.iter_mut().zip(std::iter::once(total).chain(groups)) {
            (pipe.low, pipe.high) = range;
        }
        plumbing.add_lines(problem.lines.iter().map(|line| {
            let bounds = line.bounds;
            (bounds.low.into(), Some(bounds.high.into()))
        }));
        plumbing
    }

    /// A few limits of a problem, with everything else free.
    pub(super) fn of_limits(problem: &'a Problem, shape: &Shape, limits: &[&Held]) -> Self {
        let mut plumbing = Self::free(problem, shape);
        let mut lines: Vec<(u64, Option<u64>)> = vec![(0, None); problem.lines.len()];
        for held in limits {
            if let HeldBy::Line { line, .. } = held.by {
                if let Some((low, high)) = lines.get_mut(line) {
                    if held.at_least { *low = held.posts } else { *high = Some(held.posts) }
                }
                continue;
            }
            let place = plumbing.place(&held.by);
            if let Some(pipe) = plumbing.pipes.get_mut(place) {
                *(if held.at_least { &mut pipe.low } else { &mut pipe.high }) = held.posts;
            }
        }
        plumbing.add_lines(lines.into_iter());
        plumbing
    }

    /// All pipes, with no limit but zero.
    fn free(problem: &'a Problem, shape: &Shape) -> Self {
        let open = |from, to| Pipe { from, to, low: 0, high: u64::MAX, flow: 0 };
        let mut pipes = vec![open(1, 0)];
        pipes.extend((0..problem.groups.len()).map(|at| {
            let [from, to] = shape.ends(at);
            open(from, to)
        }));
        let mut pairs: BTreeMap<[usize; 2], usize> = BTreeMap::new();
        let of_line = shape.leaves.iter().map(|&[from, to]| {
            *pairs.entry([from, to]).or_insert_with(|| {
                pipes.push(open(from, to));
                pipes.len() - 1
            })
        });
        let of_line = of_line.collect();
        Self { problem, nodes: problem.groups.len() + 2, pipes, of_line }
    }

    /// Sums bounds into the pipes of their lines; a line without a most leaves its pipe without one.
    fn add_lines(&mut self, bounds: impl Iterator<Item = (u64, Option<u64>)>) {
        for &place in &self.of_line {
            if let Some(pipe) = self.pipes.get_mut(place) {
                pipe.high = 0;
            }
        }
        for ((low, high), &place) in bounds.zip(&self.of_line) {
            if let Some(pipe) = self.pipes.get_mut(place) {
                pipe.low = pipe.low.saturating_add(low);
                pipe.high = pipe.high.saturating_add(high.unwrap_or(u64::MAX));
            }
        }
    }

    /// The pipe that a limit belongs to.
    pub(super) fn place(&self, by: &HeldBy) -> usize {
        match by {
            HeldBy::Total => 0,
            HeldBy::Group { group, .. } => group + 1,
            HeldBy::Line { line, .. } => self.of_line.get(*line).copied().unwrap_or(0),
        }
    }

    /// Whether they can hold together.
    pub(super) async fn can_hold(&self, pace: &Pace) -> bool {
        self.fits(self.pipes.clone(), pace).await
    }

    async fn fits(&self, pipes: Vec<Pipe>, pace: &Pace) -> bool {
        if pipes.iter().any(|pipe| pipe.low > pipe.high) {
            return false;
        }
        let scale = Scale::new(&[], self.problem.rule, Aim::Any);
        let no_lines = |_, _| [0, 1];
        let mut network = Network::new(scale, pipes, self.nodes, &no_lines, &[], 0, false);
        network.settle(pace).await.is_ok()
    }

    /// The fewest posts, `from` or more, by which one pipe's least or most has to give way so that
    /// all can hold together; `None` if it alone cannot bring that about.
    pub(super) async fn least_change(
        &self,
        place: usize,
        at_least: bool,
        from: u64,
        pace: &Pace,
    ) -> Option<u64> {
        let all = self.pipes.iter().map(|pipe| pipe.low).fold(0, u64::saturating_add);
        let most = if at_least { self.pipes.get(place)?.low } else { all };
        let changed = |by: u64| {
            let mut pipes = self.pipes.clone();
            if let Some(pipe) = pipes.get_mut(place) {
                if at_least {
                    pipe.low = pipe.low.saturating_sub(by);
                } else {
                    pipe.high = pipe.high.saturating_add(by);
                }
            }
            pipes
        };
        let (mut low, mut high) = (from.saturating_sub(1), most);
        if high <= low || !self.fits(changed(high), pace).await {
            return None;
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.fits(changed(middle), pace).await {
                high = middle;
            } else {
                low = middle;
            }
        }
        Some(high)
    }
}
