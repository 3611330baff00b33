//! How far a school stands from its next post: the least change of one figure that changes the
//! entitlement, looked for in both directions, since norms are not always monotone.

use super::{Norm, Subject};
use crate::county::{County, Fact};

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

/// Rows that may be worked out anew for one answer where rows are counted together: a large county
/// is looked at less far.
const MOST_ROWS: usize = 1_000_000;

/// The next changes of the entitlement, nearest first within each figure and direction.
pub fn turns(norm: &Norm, subject: &Subject) -> Vec<Turn> {
    let mut reader = norm.reader();
    let mut whole = |subject: &Subject| reader.entitle(subject).posts.map(|posts| posts.whole);
    let Some(now) = whole(subject) else { return Vec::new() };
    let figures = [subject.students, subject.classes, subject.boarders];
    nearest(figures, now, u32::MAX, &mut |fact, value| whole(&subject.with(fact, Some(value))))
}

/// The next changes of a row's posts. Where points count at their school or rounding is done once
/// for several rows, the county is worked out anew for each figure tried.
pub fn turns_of_row(norm: &Norm, county: &County, row: usize) -> Vec<Turn> {
    let Some(holding) = county.holdings.get(row) else { return Vec::new() };
    if norm.is_row_by_row() {
        return Subject::of(county, holding)
            .map(|subject| turns(norm, &subject))
            .unwrap_or_default();
    }
    let whole = |county: &County| Some(norm.entitle_county(county).get(row)?.posts?.whole);
    let Some(now) = whole(county) else { return Vec::new() };
    let tries = MOST_ROWS / county.holdings.len().max(1) / (2 * REACH.len());
    let mut tried = county.clone();
    let figures = [Fact::Students, Fact::Classes, Fact::Boarders].map(|fact| holding.fact(fact));
    nearest(figures, now, u32::try_from(tries).unwrap_or(u32::MAX), &mut |fact, value| {
        let changed = tried.holdings.get_mut(row)?;
        changed.set_fact(fact, Some(value));
        let found = whole(&tried);
        *tried.holdings.get_mut(row)? = holding.clone();
        found
    })
}

/// The nearest change of each figure and direction, at most so far; `whole` gives the posts with one
/// figure replaced. `figures` are students, classes and boarders.
fn nearest(
    figures: [Option<u32>; 3],
    now: u32,
    most: u32,
    whole: &mut dyn FnMut(Fact, u32) -> Option<u32>,
) -> Vec<Turn> {
    let [students, classes, boarders] = figures;
    let mut found = Vec::new();
    for (fact, reach) in REACH {
        let value = match fact {
            Fact::Students => students,
            Fact::Classes => classes,
            Fact::Boarders => boarders,
            Fact::InPost => None,
        };
        let Some(value) = value else { continue };
        for up in [true, false] {
            let turn = (1..=reach.min(most)).find_map(|step| {
                let changed = if up { value.checked_add(step) } else { value.checked_sub(step) }?;
                let whole = whole(fact, changed)?;
                let change = i64::from(changed) - i64::from(value);
                (whole != now).then_some(Turn { fact, change, whole })
            });
            found.extend(turn);
        }
    }
    found
}
