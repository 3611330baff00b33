//! Every line's posts before → after against its entitlement, as marks on a drawing: x is posts
//! less entitlement, rows are in the order of the margin after. Where there are many, the middle
//! is folded. Floating figures are places on the drawing only.

use crate::allocate::Problem;
use crate::order::InOrder;

/// One row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// The line, by its place in the problem.
    pub line: usize,
    /// Posts before.
    pub before: u32,
    /// Posts after.
    pub after: u32,
    /// Margin after (余缺), in posts.
    pub margin: i64,
    /// Where posts before stand across.
    pub x_before: f64,
    /// Where posts after stand across.
    pub x_after: f64,
}

/// A line of the scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tick {
    /// Posts less entitlement.
    pub value: i64,
    /// Where it stands across.
    pub x: f64,
}

/// The drawing's rows, scale and fold.
#[derive(Debug, Clone, PartialEq)]
pub struct Dumbbell {
    /// Rows above the fold, worst first.
    pub head: Vec<Mark>,
    /// Rows in the fold.
    pub folded: usize,
    /// Rows below the fold.
    pub tail: Vec<Mark>,
    /// Lines of the scale, zero among them.
    pub ticks: Vec<Tick>,
    /// Left end of the scale.
    pub left: f64,
    /// Where posts equal the entitlement.
    pub zero: f64,
    /// Right end of the scale.
    pub right: f64,
}

/// Room for the scale on a drawing 612 wide: names stand before it, figures behind it.
const ROOM: (f64, f64) = (136.0, 480.0);

impl Dumbbell {
    /// The drawing with at most `shown` rows. `posts` after has one number for each line; lines
    /// without entitlement are left out, as they have no margin.
    pub fn of(problem: &Problem, posts: &[u32], shown: usize) -> Self {
        let lines = problem.lines.iter().zip(posts).enumerate();
        let mut order: Vec<(i64, usize)> = lines
            .filter(|(_, (line, _))| *line.need.numer() > 0)
            .map(|(at, (line, after))| (i64::from(*after) - i64::from(line.entitled), at))
            .collect();
        let id = |at: usize| problem.lines.get(at).map(|line| &line.id);
        let compare =
            |a: &(i64, usize), b: &(i64, usize)| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(&id(b.1)));
        // Folding one row away would save nothing.
        let half = if order.len() <= shown + 1 { order.len() } else { shown.div_ceil(2) };
        let rest = order.len() - half;
        let after_fold = rest.min(shown.saturating_sub(half));
        // What is folded away need not be in order: a hand at the slider waits for it.
        if rest > 0 {
            order.select_nth_unstable_by(half, compare);
        }
        let (head, rest_rows) = order.split_at_mut(half);
        if after_fold > 0 {
            rest_rows.select_nth_unstable_by(rest - after_fold, compare);
        }
        let (_, tail) = rest_rows.split_at_mut(rest - after_fold);
        for ends in [&mut *head, &mut *tail] {
            ends.order_by(compare);
        }
        let (head, tail) = (&*head, &*tail);

        let before_of = |at: usize| problem.lines.get(at).map_or(0, |line| line.now);
        let offset = |&(margin, at): &(i64, usize)| {
            let after = posts.get(at).copied().unwrap_or(0);
            margin - i64::from(after) + i64::from(before_of(at))
        };
        let ends = || head.iter().chain(tail.iter());
        let least = ends().map(|row| row.0.min(offset(row))).min().unwrap_or(0).min(-5);
        let greatest = ends().map(|row| row.0.max(offset(row))).max().unwrap_or(0).max(5);
        let scale = Scale::over(least, greatest);
        let mark = |row: &(i64, usize)| {
            let after = posts.get(row.1).copied().unwrap_or(0);
            let before = offset(row);
            Mark {
                line: row.1,
                before: before_of(row.1),
                after,
                margin: row.0,
                x_before: scale.x(before),
                x_after: scale.x(row.0),
            }
        };
        Self {
            head: head.iter().map(mark).collect(),
            folded: rest - after_fold,
            tail: tail.iter().map(mark).collect(),
            ticks: scale.ticks(),
            left: ROOM.0,
            zero: scale.x(0),
            right: ROOM.1,
        }
    }
}

/// Posts less entitlement to places across.
struct Scale {
    least: i64,
    greatest: i64,
    step: i64,
}

impl Scale {
    fn over(least: i64, greatest: i64) -> Self {
        let step = step(greatest.saturating_sub(least), 8);
        // Half a step of air, so that no mark stands on the edge.
        let air = (step / 2).max(1);
        Self { least: least - air, greatest: greatest + air, step }
    }

    fn x(&self, value: i64) -> f64 {
        let span = (self.greatest - self.least).max(1) as f64;
        ROOM.0 + (value - self.least) as f64 / span * (ROOM.1 - ROOM.0)
    }

    fn ticks(&self) -> Vec<Tick> {
        let first = self.least.div_euclid(self.step) + 1;
        let last = self.greatest.div_euclid(self.step);
        let ticks = (first..=last).map(|at| at * self.step);
        ticks.map(|value| Tick { value, x: self.x(value) }).collect()
    }
}

/// A round step (1, 2 or 5 times a power of ten) that parts `span` into at most `most` pieces.
pub(super) fn step(span: i64, most: i64) -> i64 {
    let mut power = 1_i64;
    loop {
        for times in [1, 2, 5] {
            let step = power.saturating_mul(times);
            if span <= step.saturating_mul(most) {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// A name cut to fit `room` units of a 12-unit font, with an ellipsis. Wide signs count whole.
pub fn fit(name: &str, room: f64) -> String {
    let width = |sign: char| if u32::from(sign) < 0x2E80 { 6.6 } else { 12.0 };
    if name.chars().map(width).sum::<f64>() <= room {
        return name.to_owned();
    }
    let mut left = room - width('…');
    let kept = name.chars().take_while(|sign| {
        left -= width(*sign);
        left >= 0.0
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::KindId;
    use crate::report::reallocate::Study;
    use crate::sample;
    use crate::scenario::Figures;

    #[test]
    fn rows_stand_by_margin_after_and_the_middle_is_folded() {
        let workspace = sample::county().unwrap().workspace;
        let study = Study::of(&workspace, &Figures::of(workspace.state()), KindId::school());
        let problem = &study.prepared.problem;
        let posts = study.proposal(50).unwrap().posts;
        let all = Dumbbell::of(problem, &posts, 100);
        assert_eq!((all.head.len(), all.folded, all.tail.len()), (65, 0, 0));
        assert!(all.head.is_sorted_by_key(|mark| mark.margin));
        let folded = Dumbbell::of(problem, &posts, 18);
        assert_eq!((folded.head.len(), folded.folded, folded.tail.len()), (9, 47, 9));
        assert_eq!(
            folded.head[..9].iter().map(|m| m.line).collect::<Vec<_>>(),
            all.head[..9].iter().map(|m| m.line).collect::<Vec<_>>()
        );
        assert_eq!(folded.tail[8].line, all.head[64].line);
        for mark in folded.head.iter().chain(&folded.tail) {
            for x in [mark.x_before, mark.x_after] {
                assert!((ROOM.0..=ROOM.1).contains(&x), "{mark:?}");
            }
            assert_eq!(mark.margin < 0, mark.x_after < folded.zero);
        }
        assert!(folded.ticks.len() <= 9 && folded.ticks.iter().any(|tick| tick.value == 0));
    }

    #[test]
    fn steps_are_round_and_names_fit() {
        assert_eq!([1, 8, 9, 33, 41, 500].map(|span| step(span, 8)), [1, 1, 2, 5, 10, 100]);
        assert_eq!(fit("城关小学", 130.0), "城关小学");
        assert_eq!(fit("城关第三初级中学校", 60.0), "城关第三…");
    }
}
