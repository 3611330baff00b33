//! The same problem under every rule: the posts on which all agree, and those in dispute.
//!
//! Compares answers; decides nothing.

use super::clash::Clash;
use super::line::{Problem, Rule};
use super::solve::{Proposal, solve_in_steps};
use crate::pace::{Pace, at_once};

/// The answers of all rules to one problem.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Each rule's answer, in the order of [`Rule::ALL`].
    pub answers: Vec<(Rule, Result<Proposal, Clash>)>,
    /// For each line the posts that every answer gives it.
    pub agreed: Vec<u32>,
    /// Posts that every answer puts at the same line.
    pub sure: u64,
    /// Posts of the total that are not.
    pub disputed: u64,
}

/// Solves a problem under all five rules, with its bounds, groups and limit. Rules that have no
/// answer do not count against the others.
pub fn compare(problem: &Problem) -> Comparison {
    at_once(compare_in_steps(problem, &Pace::default()))
}

/// The same in steps: with groups it may take long.
pub async fn compare_in_steps(problem: &Problem, pace: &Pace) -> Comparison {
    let mut answers = Vec::new();
    for rule in Rule::ALL {
        let answer = solve_in_steps(&Problem { rule, ..problem.clone() }, pace).await;
        answers.push((rule, answer));
        pace.rest().await;
    }
    let found: Vec<&Proposal> =
        answers.iter().filter_map(|(_, answer)| answer.as_ref().ok()).collect();
    let fewest = |line: usize| found.iter().filter_map(|answer| answer.posts.get(line)).min();
    let agreed: Vec<u32> =
        (0..problem.lines.len()).map(|line| fewest(line).copied().unwrap_or(0)).collect();
    let sure = agreed.iter().map(|&posts| u64::from(posts)).sum();
    let disputed = if found.is_empty() { 0 } else { problem.total.saturating_sub(sure) };
    Comparison { answers, agreed, sure, disputed }
}
