//! A first guess at the answer: the one threshold that every line is measured against.
//!
//! Works in floating numbers because it decides nothing: [`super::greedy`] repairs whatever is
//! off by exact comparison, so a poor guess costs time and never a post.

use super::line::Rule;
use super::rank::Row;

/// Rounds of the search; a guess that is still off afterwards is repaired exactly.
const ROUNDS: u32 = 64;

/// Posts within the bounds whose sum is near `total`.
pub(super) fn guess(rows: &[Row<'_>], rule: Rule, total: u64) -> Vec<u32> {
    let needs: Vec<f64> = rows.iter().map(Row::approximate).collect();
    let at = |level: f64| -> Vec<u32> {
        rows.iter().zip(&needs).map(|(row, &need)| posts(row, rule, need, level)).collect()
    };
    let sum = |level: f64| -> u64 {
        rows.iter().zip(&needs).map(|(row, &need)| u64::from(posts(row, rule, need, level))).sum()
    };
    // Near enough: the exact finish gives or takes this many posts quickly.
    let slack = 8 + rows.len() as u64 / 512;
    let all: f64 = needs.iter().sum();
    let goal = total as f64;
    let (mut low, mut low_sum) = if rule == Rule::LargestRemainder { (-1.0, 0) } else { (0.0, 0) };
    let mut level = match rule {
        Rule::LargestRemainder => 0.5,
        _ if all > 0.0 => (goal / all).max(f64::MIN_POSITIVE),
        _ => return at(0.0),
    };
    let mut high: Option<(f64, u64)> = None;
    for round in 0..ROUNDS {
        let found = sum(level);
        if found.abs_diff(total) <= slack {
            break;
        }
        if found < total {
            (low, low_sum) = (level, found);
        } else {
            high = Some((level, found));
        }
        level = match high {
            None => level * 4.0,
            Some((high, high_sum)) => {
                let span = high_sum.saturating_sub(low_sum).max(1) as f64;
                let part = (total.saturating_sub(low_sum)) as f64 / span;
                // Every other round halves, so that a lopsided sum cannot stall the search.
                let part = if round % 2 == 0 { part.clamp(0.02, 0.98) } else { 0.5 };
                low + (high - low) * part
            }
        };
    }
    at(level)
}

/// How many posts of a line have a key above 1/level (under balanced 1/2level, under largest
/// remainder 1 − level), within its bounds.
fn posts(row: &Row<'_>, rule: Rule, need: f64, level: f64) -> u32 {
    let bounds = row.line.bounds;
    if need == 0.0 && rule != Rule::LargestRemainder {
        return bounds.low;
    }
    let share = need * level;
    let posts = match rule {
        Rule::Balanced => share + 0.5,
        Rule::WorstFirst => share.ceil(),
        Rule::EqualGap => (1.0 + (1.0 + 4.0 * share * share).sqrt()) / 2.0,
        Rule::NeverOverfill => share,
        Rule::LargestRemainder => need + level,
    };
    // A cast rounds down and stops at the ends of the range.
    bounds.nearest(posts as u32)
}
