//! From what is held now to the optimum, one post at a time: the best posts to give and the
//! cheapest to take, each in order.
//!
//! The best answer with at most K posts moved is the K best of the one list with the K best of
//! the other; that is why every point between is known once the two are sorted.

use super::rank::{Post, Row};

/// Posts that lines gain and lose against what they hold now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Flow {
    pub(super) gained: u64,
    pub(super) lost: u64,
}

impl Flow {
    pub(super) fn between(rows: &[Row<'_>], posts: &[u32]) -> Self {
        let mut flow = Self::default();
        for (row, &held) in rows.iter().zip(posts) {
            flow.gained += u64::from(held.saturating_sub(row.line.now));
            flow.lost += u64::from(row.line.now.saturating_sub(held));
        }
        flow
    }

    /// Posts moved: gained or lost, whichever is more.
    pub(super) fn moved(self) -> u64 {
        self.gained.max(self.lost)
    }
}

/// The gains and losses that no answer can avoid: into the bounds, and to the total.
pub(super) fn forced(rows: &[Row<'_>], total: u64) -> Flow {
    let (mut gained, mut lost, mut now) = (0_u64, 0_u64, 0_u64);
    for row in rows {
        gained += u64::from(row.start().saturating_sub(row.line.now));
        lost += u64::from(row.line.now.saturating_sub(row.start()));
        now += u64::from(row.line.now);
    }
    let start = now + gained - lost;
    Flow { gained: gained + total.saturating_sub(start), lost: lost + start.saturating_sub(total) }
}

/// One post of a line: the one that follows `held` others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    line: u32,
    /// Posts before it in its line.
    pub(super) held: u32,
}

impl Step {
    fn of(post: &Post<'_>) -> Self {
        Self { line: u32::try_from(post.row.index).unwrap_or(u32::MAX), held: post.held }
    }

    /// The line, by its place in the problem.
    pub(super) fn line(self) -> usize {
        self.line as usize
    }
}

/// The way from the fewest moves to the optimum.
#[derive(Debug, Clone)]
pub(super) struct Ladder {
    /// Posts after only the unavoidable moves.
    pub(super) base: Vec<u32>,
    /// The unavoidable moves.
    pub(super) forced: Flow,
    /// Posts to give, best first. As many as `downs`.
    pub(super) ups: Vec<Step>,
    /// Posts to take, cheapest first.
    pub(super) downs: Vec<Step>,
}

impl Ladder {
    /// Builds it from the optimum.
    pub(super) fn to(rows: &[Row<'_>], best: &[u32], total: u64) -> Self {
        let mut base: Vec<u32> = rows.iter().map(Row::start).collect();
        let (mut ups, mut downs) = steps(rows, best);
        ups.sort_unstable_by(|a, b| b.cmp(a));
        downs.sort_unstable();
        let (give, take) = to_place(rows, total);
        let mut ups = ups.iter().map(Step::of);
        let mut downs = downs.iter().map(Step::of);
        for up in ups.by_ref().take(give) {
            change(&mut base, up.line(), |held| held + 1);
        }
        for down in downs.by_ref().take(take) {
            change(&mut base, down.line(), |held| held - 1);
        }
        Self { base, forced: forced(rows, total), ups: ups.collect(), downs: downs.collect() }
    }

    /// The pairs of a post given and one taken, the one that gains most first.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Step, Step)> + '_ {
        self.ups.iter().copied().zip(self.downs.iter().copied())
    }

    /// One of the pairs.
    pub(super) fn pair(&self, at: usize) -> Option<(Step, Step)> {
        self.ups.get(at).copied().zip(self.downs.get(at).copied())
    }

    /// Posts of each line after so many pairs.
    pub(super) fn posts(&self, pairs: usize) -> Vec<u32> {
        let mut posts = self.base.clone();
        for (up, down) in self.pairs().take(pairs) {
            change(&mut posts, up.line(), |held| held + 1);
            change(&mut posts, down.line(), |held| held - 1);
        }
        posts
    }
}

/// The posts after `pairs` further pairs beyond the unavoidable moves, without putting in
/// order what only has to be told apart.
pub(super) fn posts_after(rows: &[Row<'_>], best: &[u32], total: u64, pairs: usize) -> Vec<u32> {
    let mut posts: Vec<u32> = rows.iter().map(Row::start).collect();
    let (mut ups, mut downs) = steps(rows, best);
    let (give, take) = to_place(rows, total);
    let (give, take) = (give.saturating_add(pairs), take.saturating_add(pairs));
    if give < ups.len() {
        ups.select_nth_unstable_by(give, |a, b| b.cmp(a));
    }
    if take < downs.len() {
        downs.select_nth_unstable(take);
    }
    for post in ups.iter().take(give) {
        change(&mut posts, post.row.index, |held| held + 1);
    }
    for post in downs.iter().take(take) {
        change(&mut posts, post.row.index, |held| held - 1);
    }
    posts
}

/// Every post between the start and the optimum: those to give, those to take.
fn steps<'a>(rows: &'a [Row<'_>], best: &[u32]) -> (Vec<Post<'a>>, Vec<Post<'a>>) {
    let (mut ups, mut downs) = (Vec::new(), Vec::new());
    for (row, &posts) in rows.iter().zip(best) {
        ups.extend((row.start()..posts).map(|held| row.post(held)));
        downs.extend((posts..row.start()).map(|held| row.post(held)));
    }
    (ups, downs)
}

/// Posts that must be given, or taken, from the start to reach the total.
fn to_place(rows: &[Row<'_>], total: u64) -> (usize, usize) {
    let start: u64 = rows.iter().map(|row| u64::from(row.start())).sum();
    let count = |posts: u64| usize::try_from(posts).unwrap_or(usize::MAX);
    (count(total.saturating_sub(start)), count(start.saturating_sub(total)))
}

fn change(posts: &mut [u32], index: usize, by: impl Fn(u32) -> u32) {
    if let Some(held) = posts.get_mut(index) {
        *held = by(*held);
    }
}
