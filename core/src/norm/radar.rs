//! How far a school stands from its next post: the least change of one figure that changes the
//! entitlement, looked for in both directions, since norms are not always monotone.

use super::{Norm, Subject};
use crate::county::Fact;

/// The least change of one figure, one way, that changes the whole posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The figure.
    pub fact: Fact,
    /// How much it changes; never zero.
    pub change: i64,
    /// Whole posts then.
    pub whole: u32,
}

/// How far to look for each figure. Beyond it a planner gains nothing from the answer.
const REACH: [(Fact, u32); 3] = [(Fact::Classes, 10), (Fact::Students, 100), (Fact::Boarders, 200)];

/// The next changes of the entitlement, nearest first within each figure and direction.
pub fn turns(norm: &Norm, subject: &Subject) -> Vec<Turn> {
    let mut reader = norm.reader();
    let Some(now) = reader.entitle(subject).posts.map(|posts| posts.whole) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (fact, reach) in REACH {
        let value = match fact {
            Fact::Students => subject.students,
            Fact::Classes => subject.classes,
            Fact::Boarders => subject.boarders,
            Fact::InPost => None,
        };
        let Some(value) = value else { continue };
        for up in [true, false] {
            let turn = (1..=reach).find_map(|step| {
                let changed = if up { value.checked_add(step) } else { value.checked_sub(step) }?;
                let posts = reader.entitle(&subject.with(fact, Some(changed))).posts?;
                let change = i64::from(changed) - i64::from(value);
                (posts.whole != now).then_some(Turn { fact, change, whole: posts.whole })
            });
            found.extend(turn);
        }
    }
    found
}
