//! Why each line did not get one more post and did not lose one more: the figures that make an
//! answer checkable by hand.
//!
//! Only explains an answer; [`super::verify`] is the one that judges it.

use super::greedy::{last, next};
use super::grouped::Grouped;
use super::key::Key;
use super::line::{BoundReason, Problem};
use super::rank::{Post, Row};

/// One post of one line and its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The line, by its place in the problem.
    pub line: usize,
    /// The key of the post.
    pub key: Key,
}

/// The four posts at the edge of an answer.
///
/// Gained and lost are counted from the posts held now, moved into the bounds first. If nothing
/// is left to improve, every post inside ranks before every post outside and
/// [`Cutoff::lowest_inside`] is *the* cut-off; if a limit on moves stops earlier, the posts given
/// and the posts taken each have a cut-off of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cutoff {
    /// The lowest post that a line gained. `None` if none gained.
    pub last_given: Option<Mark>,
    /// The highest post that a line could gain next. `None` if all are full.
    pub next_to_give: Option<Mark>,
    /// The highest post that a line lost. `None` if none lost.
    pub last_taken: Option<Mark>,
    /// The lowest post that a line could lose next. `None` if all are at their lower bounds.
    pub next_to_take: Option<Mark>,
}

impl Cutoff {
    /// The lowest key among posts that could be taken or need not have been given: what a post
    /// outside would have to beat.
    pub fn lowest_inside(&self) -> Option<Mark> {
        match (self.last_given, self.next_to_take) {
            (Some(one), Some(other)) => {
                Some(if other.key.compare(&one.key).is_lt() { other } else { one })
            }
            (one, other) => one.or(other),
        }
    }

    /// The highest key among posts that could be given or need not have been taken: what a post
    /// inside has to beat.
    pub fn highest_outside(&self) -> Option<Mark> {
        match (self.next_to_give, self.last_taken) {
            (Some(one), Some(other)) => {
                Some(if other.key.compare(&one.key).is_gt() { other } else { one })
            }
            (one, other) => one.or(other),
        }
    }
}

/// Why one line has the posts it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineReason {
    /// Why it did not get one more.
    pub more: NotMore,
    /// Why it did not lose one more.
    pub less: NotLess,
}

/// Why a line did not get one more post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotMore {
    /// It is at its upper bound.
    AtHigh {
        /// The bound, in posts.
        high: u32,
        /// Its reason.
        reason: BoundReason,
    },
    /// Its next post, with this key, does not rank before any post that could be taken for it.
    Outranked {
        /// The key of its next post.
        key: Key,
    },
    /// Its next post ranks before a post that another line holds, but the limit on moves is used
    /// up by better ones.
    Limit {
        /// The key of its next post.
        key: Key,
    },
    /// Its next post ranks before a post that another line holds, but groups keep the two apart.
    Group {
        /// The key of its next post.
        key: Key,
        /// A group, by its place in the problem: one around it that is full, else one at its
        /// least around the other line. `None` where it takes several groups together.
        group: Option<usize>,
    },
}

/// Why a line did not lose one more post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLess {
    /// It is at its lower bound.
    AtLow {
        /// The bound, in posts.
        low: u32,
        /// Its reason.
        reason: BoundReason,
    },
    /// Its last post, with this key, ranks before every post that could be given for it.
    Outranks {
        /// The key of its last post.
        key: Key,
    },
    /// Its last post ranks behind a post that another line lacks, but the limit on moves is used
    /// up by better ones.
    Limit {
        /// The key of its last post.
        key: Key,
    },
    /// Its last post ranks behind a post that another line lacks, but groups keep the two apart.
    Group {
        /// The key of its last post.
        key: Key,
        /// A group, by its place in the problem: one around it that is at its least, else a full
        /// one around the other line. `None` where it takes several groups together.
        group: Option<usize>,
    },
}

/// The edge of an answer and the reason of every row.
pub(super) fn explain(rows: &[Row<'_>], posts: &[u32]) -> (Cutoff, Vec<LineReason>) {
    let edge = Edge::of(rows, posts);
    let inside = lower(edge.last_given, edge.next_to_take);
    let outside = higher(edge.next_to_give, edge.last_taken);
    let reasons = rows
        .iter()
        .zip(posts)
        .map(|(row, &held)| LineReason {
            more: not_more(row, held, inside),
            less: not_less(row, held, outside),
        })
        .collect();
    let mark = |post: Option<Post<'_>>| post.map(|post| post.mark());
    let cutoff = Cutoff {
        last_given: mark(edge.last_given),
        next_to_give: mark(edge.next_to_give),
        last_taken: mark(edge.last_taken),
        next_to_take: mark(edge.next_to_take),
    };
    (cutoff, reasons)
}

#[derive(Default)]
struct Edge<'a> {
    last_given: Option<Post<'a>>,
    next_to_give: Option<Post<'a>>,
    last_taken: Option<Post<'a>>,
    next_to_take: Option<Post<'a>>,
}

impl<'a> Edge<'a> {
    fn of(rows: &'a [Row<'_>], posts: &[u32]) -> Self {
        let mut edge = Self::default();
        for (row, &held) in rows.iter().zip(posts) {
            let start = row.start();
            if held < start {
                edge.last_taken = higher(edge.last_taken, next(row, held));
            } else {
                edge.next_to_give = higher(edge.next_to_give, next(row, held));
            }
            if held > start {
                edge.last_given = lower(edge.last_given, last(row, held));
            } else {
                edge.next_to_take = lower(edge.next_to_take, last(row, held));
            }
        }
        edge
    }
}

fn higher<'a>(one: Option<Post<'a>>, other: Option<Post<'a>>) -> Option<Post<'a>> {
    one.max(other)
}

fn lower<'a>(one: Option<Post<'a>>, other: Option<Post<'a>>) -> Option<Post<'a>> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn not_more(row: &Row<'_>, held: u32, inside: Option<Post<'_>>) -> NotMore {
    match next(row, held) {
        None => {
            let bounds = row.line.bounds;
            NotMore::AtHigh { high: bounds.high, reason: bounds.high_reason }
        }
        Some(post) if inside.is_some_and(|inside| post > inside) => {
            NotMore::Limit { key: post.key() }
        }
        Some(post) => NotMore::Outranked { key: post.key() },
    }
}

fn not_less(row: &Row<'_>, held: u32, outside: Option<Post<'_>>) -> NotLess {
    match last(row, held) {
        None => {
            let bounds = row.line.bounds;
            NotLess::AtLow { low: bounds.low, reason: bounds.low_reason }
        }
        Some(post) if outside.is_some_and(|outside| post < outside) => {
            NotLess::Limit { key: post.key() }
        }
        Some(post) => NotLess::Outranks { key: post.key() },
    }
}

/// Puts the groups into the reasons: a post that would rank first but for a full group around it,
/// or for a group elsewhere that is at its least.
pub(super) fn explain_groups(
    problem: &Problem,
    posts: &[u32],
    grouped: &Grouped,
    is_limited: bool,
    cutoff: &Cutoff,
    reasons: &mut [LineReason],
) {
    let count = problem.groups.len();
    let tight = |at: usize, full: bool| {
        let (group, sum) = (problem.groups.get(at), grouped.sums.get(at).copied().unwrap_or(0));
        group.is_some_and(|group| if full { sum == group.high } else { sum == group.low })
    };
    // For each line the smallest group around it that is full, and that is at its least.
    let mut around: Vec<[Option<usize>; 2]> = vec![[None, None]; posts.len()];
    let size = |at: usize| problem.groups.get(at).map_or(usize::MAX, |group| group.lines.len());
    for at in 0..count {
        for (side, full) in [(0, true), (1, false)] {
            if !tight(at, full) {
                continue;
            }
            for &line in problem.groups.get(at).into_iter().flat_map(|group| &group.lines) {
                let Some(place) = around.get_mut(line).and_then(|both| both.get_mut(side)) else {
                    continue;
                };
                if place.is_none_or(|other| size(at) < size(other)) {
                    *place = Some(at);
                }
            }
        }
    }
    let of = |line: usize, side: usize| {
        around.get(line).and_then(|both| both.get(side)).copied().flatten()
    };
    let inside = cutoff.lowest_inside();
    let outside = cutoff.highest_outside();
    for (line, reason) in reasons.iter_mut().enumerate() {
        let gains = |key: &Key| problem.lines.get(line).is_some_and(|line| key.held() >= line.now);
        if let NotMore::Limit { key } = reason.more {
            let elsewhere = inside.and_then(|mark| of(mark.line, 1));
            reason.more = match (of(line, 0), elsewhere) {
                (Some(group), _) => NotMore::Group { key, group: Some(group) },
                _ if is_limited && gains(&key) => NotMore::Limit { key },
                (None, group) => NotMore::Group { key, group },
            };
        }
        if let NotLess::Limit { key } = reason.less {
            let elsewhere = outside.and_then(|mark| of(mark.line, 0));
            reason.less = match (of(line, 1), elsewhere) {
                (Some(group), _) => NotLess::Group { key, group: Some(group) },
                _ if is_limited => NotLess::Limit { key },
                (None, group) => NotLess::Group { key, group },
            };
        }
    }
}
