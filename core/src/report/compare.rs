//! The comparison of two scenarios as rows: which holdings differ, by how much and why, the largest
//! differences first.

use crate::county::County;
use crate::order::InOrder;
use crate::scenario::{Cause, Compared, Stand, Why};

/// One holding that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// Its row.
    pub row: usize,
    /// How it stands in the first scenario.
    pub from: Stand,
    /// How it stands in the second.
    pub to: Stand,
    /// Parts of the difference of its margin, in the order of [`Cause::ALL`]; they sum to it.
    pub parts: [i64; 5],
}

/// Parts in the order of [`Cause::ALL`], whatever order they were found in.
pub fn by_cause(why: &Why, parts: [i64; 5]) -> [i64; 5] {
    let mut out = [0; 5];
    for (cause, part) in why.order.iter().zip(parts) {
        if let Some(place) = out.get_mut(*cause as usize) {
            *place = part;
        }
    }
    out
}

/// The county of the two that has more units: one side may have founded some.
pub fn longer<'a>(from: &'a Compared, to: &'a Compared) -> &'a County {
    let (a, b) = (&from.state.county, &to.state.county);
    if a.holdings.len() < b.holdings.len() { b } else { a }
}

/// The rows that differ: by the difference of their margins, then of their posts, then by the
/// unit's code.
pub fn differing(from: &Compared, to: &Compared, why: &Why) -> Vec<Differing> {
    let county = longer(from, to);
    let mut rows = Vec::new();
    for (row, stands) in why.rows.iter().enumerate() {
        let [first, .., last] = stands;
        if first != last {
            let parts = by_cause(why, why.parts(row, Stand::margin));
            rows.push(Differing { row, from: *first, to: *last, parts });
        }
    }
    let size = |one: &Differing| {
        let margin = (one.to.margin() - one.from.margin()).abs();
        (-margin, -(one.to.posts - one.from.posts).abs())
    };
    rows.order_by(|a, b| {
        size(a).cmp(&size(b)).then_with(|| county.id_of(a.row).cmp(&county.id_of(b.row)))
    });
    rows
}

/// The parts of the difference of the shortage, in the order of [`Cause::ALL`]; they sum to it.
pub fn shortage(why: &Why) -> [i64; 5] {
    by_cause(why, why.sum(0..why.rows.len(), Stand::shortage))
}

/// The causes in an order and the other way round.
pub fn order(turned: bool) -> [Cause; 5] {
    let mut order = Cause::ALL;
    if turned {
        order.reverse();
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::KindId;
    use crate::sample;
    use crate::scenario::Workspace;

    fn compared(workspace: &Workspace, at: Option<usize>) -> Compared {
        Compared::of(workspace, at).unwrap()
    }

    #[test]
    fn the_sample_second_scenario_differs_by_rule_and_hand_only() {
        let workspace = sample::county().unwrap().workspace;
        let (from, to) = (compared(&workspace, Some(0)), compared(&workspace, Some(1)));
        let kind = KindId::school();
        for turned in [false, true] {
            let why = Why::of(&from, &to, kind, order(turned)).unwrap();
            let rows = differing(&from, &to, &why);
            let moved = to.measures(&workspace, kind);
            assert_eq!(rows.len(), moved.raised + moved.lowered);
            assert!(rows.iter().all(|row| row.parts[..3] == [0, 0, 0]));
            for row in &rows {
                let sum: i64 = row.parts.iter().sum();
                assert_eq!(sum, row.to.margin() - row.from.margin());
            }
            let parts = shortage(&why);
            assert_eq!(parts.iter().sum::<i64>(), moved.shortage as i64 - 86);
        }
    }
}
