//! The figures of fairness of one answer, to be read before → after.

use std::cmp::Ordering;

use crate::allocate::{Line, Problem, Worst};
use crate::fraction::Fraction;

/// Figures over all lines of a problem.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measures {
    /// Posts missing against the whole entitlements.
    pub shortage: u64,
    /// Lines with fewer posts than their entitlement.
    pub short_lines: usize,
    /// The smallest posts ÷ exact entitlement (最低满足率).
    pub lowest: Option<Fraction>,
    /// The largest posts ÷ exact entitlement (最高满足率).
    pub highest: Option<Fraction>,
    /// Lines whose posts differ from the base.
    pub changed: usize,
}

impl Measures {
    /// How hard the hardest pressed line is: exact entitlement ÷ posts (最大压力). `None` where it
    /// has no posts, or no line has need.
    pub fn pressure(&self) -> Option<Fraction> {
        self.lowest.filter(|lowest| *lowest.numer() > 0).map(|lowest| lowest.recip())
    }

    /// Measures an answer: one number of posts for each line.
    pub fn of(problem: &Problem, posts: &[u32]) -> Self {
        let mut measures = Self::default();
        let mut ends: Option<(Filled<'_>, Filled<'_>)> = None;
        for (line, &posts) in problem.lines.iter().zip(posts) {
            let short = line.entitled.saturating_sub(posts);
            measures.shortage += u64::from(short);
            measures.short_lines += usize::from(short > 0);
            measures.changed += usize::from(posts != line.now);
            let Some(filled) = Filled::of(line, posts) else { continue };
            ends = Some(match ends {
                None => (filled, filled),
                Some((low, high)) => (
                    if filled.compare(&low).is_lt() { filled } else { low },
                    if filled.compare(&high).is_gt() { filled } else { high },
                ),
            });
        }
        measures.lowest = ends.and_then(|(low, _)| low.ratio());
        measures.highest = ends.and_then(|(_, high)| high.ratio());
        measures
    }
}

/// Posts ÷ need, split into the whole part and what is left, so that comparing never overflows.
#[derive(Clone, Copy)]
struct Filled<'a> {
    line: &'a Line,
    posts: u32,
    whole: u128,
    left: u128,
    need: u128,
}

impl<'a> Filled<'a> {
    fn of(line: &'a Line, posts: u32) -> Option<Self> {
        let need = u128::from(line.need.numer().unsigned_abs());
        let above = u128::from(posts) * u128::from(line.need.denom().unsigned_abs());
        let (whole, left) = (above.checked_div(need)?, above.checked_rem(need)?);
        Some(Self { line, posts, whole, left, need })
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.whole
            .cmp(&other.whole)
            .then_with(|| (self.left * other.need).cmp(&(other.left * self.need)))
    }

    fn ratio(&self) -> Option<Fraction> {
        Worst { line: 0, posts: self.posts, need: self.line.need }.ratio()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::KindId;
    use crate::report::reallocate::Study;
    use crate::sample;
    use crate::scenario::Figures;
    use crate::text::number;

    #[test]
    fn the_sample_before_and_after_fifty_posts() {
        let workspace = sample::county().unwrap().workspace;
        let figures = Figures::of(workspace.state());
        let study = Study::of(&workspace, &figures, KindId::school());
        let problem = &study.prepared.problem;
        let before = Measures::of(problem, &study.before());
        assert_eq!((before.shortage, before.short_lines, before.changed), (86, 13, 0));
        assert_eq!(before.lowest, Some(Fraction::from_integer(0)), "the new school has no posts");

        let curve = study.curve.as_ref().unwrap();
        for moved in [0, 17, 50, 62] {
            let after = Measures::of(problem, &curve.posts_at(moved).unwrap());
            let point = curve.point(moved).unwrap();
            assert_eq!((after.shortage, after.short_lines), (point.shortage, point.short_lines));
            assert_eq!(after.lowest, point.worst.unwrap().ratio());
        }
        let after = Measures::of(problem, &curve.posts_at(50).unwrap());
        assert_eq!(after.shortage, 36);
        assert!(number::percent(&after.highest.unwrap()).ends_with('%'));
        // A line without posts presses without measure; else the pressure is the share turned over.
        assert_eq!(before.pressure(), None);
        assert_eq!(after.pressure().unwrap() * after.lowest.unwrap(), Fraction::from_integer(1));
    }
}
