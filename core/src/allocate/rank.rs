//! The one order of all posts: who is served before whom.
//!
//! Larger key first; then larger need (smaller under worst first); then, among lines without
//! need, a post that its line holds now before one that it would gain, so that such lines never
//! swap posts for nothing; then the smaller id; then the earlier post of the line.

use std::cmp::Ordering;

use super::certificate::Mark;
use super::key::{Key, Weight};
use super::line::{Line, Problem, Rule};
use crate::fraction::Fraction;

/// A line made ready for comparing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) index: usize,
    pub(super) line: &'a Line,
    rule: Rule,
    need: Weight,
    weight: Weight,
    share: Fraction,
    coarse: bool,
    /// Place of its id among all ids.
    name: usize,
}

impl<'a> Row<'a> {
    /// One row for each line. `shares` in place of the needs under largest remainder.
    pub(super) fn of_problem(problem: &'a Problem, shares: Option<&[Fraction]>) -> Vec<Self> {
        let rule = problem.rule;
        let coarse = problem.lines.iter().all(|line| Weight::of(&line.need).has_coarse(rule));
        let mut rows: Vec<Self> = problem
            .lines
            .iter()
            .enumerate()
            .map(|(index, line)| {
                let need = Weight::of(&line.need);
                let share = line.need;
                Self { index, line, rule, need, weight: need, share, coarse, name: index }
            })
            .collect();
        for (row, &share) in rows.iter_mut().zip(shares.unwrap_or_default()) {
            row.share = share;
            row.weight = Weight::of(&share);
        }
        if !problem.lines.is_sorted_by(|a, b| a.id <= b.id) {
            let mut by_name: Vec<&mut Self> = rows.iter_mut().collect();
            by_name.sort_unstable_by(|a, b| a.line.id.cmp(&b.line.id));
            for (name, row) in by_name.into_iter().enumerate() {
                row.name = name;
            }
        }
        rows
    }

    /// The post of this line that follows `held` others.
    pub(super) fn post(&self, held: u32) -> Post<'_> {
        let coarse = if self.coarse { self.weight.coarse(self.rule, held) } else { 0 };
        Post { coarse, held, row: self }
    }

    /// `posts` moved into the bounds: where the curve begins.
    pub(super) fn start(&self) -> u32 {
        self.line.bounds.nearest(self.line.now)
    }

    /// The need, or the share under largest remainder, as a fraction.
    pub(super) fn share(&self) -> Fraction {
        self.share
    }

    /// The need, or the share under largest remainder.
    pub(super) fn weight(&self) -> Weight {
        self.weight
    }

    /// What giving the post after `held` others costs, for a quick first look.
    pub(super) fn coarse_cost(&self, held: u32) -> Option<i64> {
        self.weight.coarse_cost(self.rule, held)
    }

    /// Whether this line stands before another one among ties: larger need (smaller under worst
    /// first), then smaller id.
    pub(super) fn before(&self, other: &Self) -> bool {
        let by_need = other.need.compare_weight(self.need);
        let by_need = if self.rule == Rule::WorstFirst { by_need.reverse() } else { by_need };
        by_need.then_with(|| self.name.cmp(&other.name)).is_lt()
    }

    pub(super) fn is_without_need(&self) -> bool {
        self.need.is_zero()
    }

    /// The need, or the share under largest remainder, for guessing.
    pub(super) fn approximate(&self) -> f64 {
        *self.share.numer() as f64 / *self.share.denom() as f64
    }
}

/// One post of one line, with its place in the order: the greatest is served first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Post<'a> {
    coarse: u64,
    pub(super) held: u32,
    pub(super) row: &'a Row<'a>,
}

impl Post<'_> {
    pub(super) fn key(&self) -> Key {
        Key::new(self.row.rule, self.row.share, self.held)
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { line: self.row.index, key: self.key() }
    }

    /// Whether the keys are equal, whatever the tie order says.
    pub(super) fn ties_with(&self, other: &Self) -> bool {
        self.compare_key(other) == Ordering::Equal
    }

    fn compare_key(&self, other: &Self) -> Ordering {
        self.coarse.cmp(&other.coarse).then_with(|| {
            self.row.weight.compare(self.row.rule, self.held, other.row.weight, other.held)
        })
    }
}

impl Ord for Post<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare_key(other)
            .then_with(|| {
                let by_need = self.row.need.compare_weight(other.row.need);
                if self.row.rule == Rule::WorstFirst { by_need.reverse() } else { by_need }
            })
            .then_with(|| {
                // Needs are equal here, so one is zero only if both are.
                let stays = |post: &Self| post.row.need.is_zero() && post.held < post.row.line.now;
                stays(self).cmp(&stays(other))
            })
            .then_with(|| other.row.name.cmp(&self.row.name))
            .then_with(|| other.held.cmp(&self.held))
    }
}

impl PartialOrd for Post<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Post<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Post<'_> {}
