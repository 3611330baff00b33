//! The exact answer: posts in the order of their keys, within the bounds, until the total is
//! reached.
//!
//! Starts from a guess and gives, takes and swaps posts by exact comparison until no post
//! outside is ahead of a post inside; the end is the same from any start.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::line::Rule;
use super::rank::{Post, Row};
use super::threshold;
use crate::order::InOrder;

/// The optimum, one number of posts for each row. The problem must be feasible.
pub(super) fn optimum(rows: &[Row<'_>], rule: Rule, total: u64) -> Vec<u32> {
    if rule != Rule::LargestRemainder
        && let Some(posts) = overflowing(rows, total)
    {
        return posts;
    }
    let mut posts = threshold::guess(rows, rule, total);
    finish(rows, &mut posts, total);
    posts
}

/// The optimum of rows that may not be feasible: `None` then.
pub(super) fn if_feasible(rows: &[Row<'_>], rule: Rule, total: u64) -> Option<Vec<u32>> {
    let sum = |of: fn(&Row<'_>) -> u32| rows.iter().map(|row| u64::from(of(row))).sum::<u64>();
    let (low, high) = (sum(|row| row.line.bounds.low), sum(|row| row.line.bounds.high));
    (low..=high).contains(&total).then(|| optimum(rows, rule, total))
}

/// The answer where the lines with need are full: lines without need take the rest, first up to
/// what they hold now, then up to their upper bounds, in the order of their ids.
fn overflowing(rows: &[Row<'_>], total: u64) -> Option<Vec<u32>> {
    let full = |row: &Row<'_>| {
        let bounds = row.line.bounds;
        if row.is_without_need() { bounds.low } else { bounds.high }
    };
    let sum: u64 = rows.iter().map(|row| u64::from(full(row))).sum();
    let mut rest = total.checked_sub(sum)?;
    let mut posts: Vec<u32> = rows.iter().map(full).collect();
    let mut needless: Vec<&Row<'_>> = rows.iter().filter(|row| row.is_without_need()).collect();
    needless.order_by(|a, b| a.line.id.cmp(&b.line.id));
    for upto in [|row: &Row<'_>| row.start(), |row: &Row<'_>| row.line.bounds.high] {
        for row in &needless {
            if let Some(held) = posts.get_mut(row.index) {
                let more = u64::from(upto(row) - *held).min(rest);
                *held += more as u32;
                rest -= more;
            }
        }
    }
    Some(posts)
}

/// Repairs `posts` (within the bounds, any sum) to the optimum with sum `total`.
pub(super) fn finish(rows: &[Row<'_>], posts: &mut [u32], total: u64) {
    let mut sum: u64 = posts.iter().map(|&held| u64::from(held)).sum();
    let mut outside: BinaryHeap<Post<'_>> =
        rows.iter().zip(posts.iter()).filter_map(|(row, &held)| next(row, held)).collect();
    let mut inside: BinaryHeap<Reverse<Post<'_>>> = rows
        .iter()
        .zip(posts.iter())
        .filter_map(|(row, &held)| last(row, held))
        .map(Reverse)
        .collect();
    loop {
        // Entries made stale by an earlier step are dropped when they come to the top.
        while outside.peek().is_some_and(|post| held(posts, post.row) != post.held) {
            outside.pop();
        }
        while inside.peek().is_some_and(|Reverse(post)| held(posts, post.row) != post.held + 1) {
            inside.pop();
        }
        let (give, take) = match (outside.peek(), inside.peek()) {
            (Some(give), _) if sum < total => (Some(*give), None),
            (_, Some(Reverse(take))) if sum > total => (None, Some(*take)),
            (Some(give), Some(Reverse(take))) if sum == total && give > take => {
                (Some(*give), Some(*take))
            }
            _ => return,
        };
        for (post, now_held) in
            [(give, give.map(|post| post.held + 1)), (take, take.map(|post| post.held))]
        {
            let (Some(post), Some(now_held)) = (post, now_held) else { continue };
            sum = sum + u64::from(now_held) - u64::from(held(posts, post.row));
            if let Some(place) = posts.get_mut(post.row.index) {
                *place = now_held;
            }
            outside.extend(next(post.row, now_held));
            inside.extend(last(post.row, now_held).map(Reverse));
        }
    }
}

/// The post that the row would gain next.
pub(super) fn next<'a>(row: &'a Row<'_>, held: u32) -> Option<Post<'a>> {
    (held < row.line.bounds.high).then(|| row.post(held))
}

/// The post that the row would lose next.
pub(super) fn last<'a>(row: &'a Row<'_>, held: u32) -> Option<Post<'a>> {
    (held > row.line.bounds.low).then(|| row.post(held - 1))
}

fn held(posts: &[u32], row: &Row<'_>) -> u32 {
    posts.get(row.index).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocate::{Bounds, Line, Problem};
    use crate::fraction::Fraction;

    #[test]
    fn every_start_leads_to_the_same_end() {
        let needs = [(7, 1), (7, 1), (31, 2), (0, 1), (9, 4), (40, 3)];
        let lines: Vec<Line> = (0_u32..)
            .zip(needs)
            .map(|(name, (above, below))| Line {
                id: format!("{name}/a").into(),
                need: Fraction::new(above, below),
                now: 6 + name,
                bounds: Bounds { low: name % 3, high: 9 + name, ..Bounds::free() },
                entitled: 0,
            })
            .collect();
        for rule in Rule::ALL {
            for total in [20, 41, 47] {
                let problem =
                    Problem { lines: lines.clone(), total, rule, limit: None, groups: Vec::new() };
                let rows = Row::of_problem(&problem, None);
                let best = optimum(&rows, rule, total);
                assert_eq!(best.iter().map(|&held| u64::from(held)).sum::<u64>(), total);
                for pull in 0..7 {
                    // Starts that lean towards the lower bounds, the upper bounds, or any mix.
                    let mut posts: Vec<u32> = rows
                        .iter()
                        .map(|row| {
                            let bounds = row.line.bounds;
                            bounds.low
                                + (bounds.high - bounds.low) * ((pull + row.index as u32) % 7) / 6
                        })
                        .collect();
                    finish(&rows, &mut posts, total);
                    assert_eq!(posts, best, "{rule:?} {total} {pull}");
                }
            }
        }
    }
}
