//! The comparison of two scenarios as rows: which holdings differ, by how much and why, the largest
//! differences first.

use crate::county::{County, Holding, HoldingId};
use crate::order::InOrder;
use crate::scenario::{Cause, Compared, Stand, Why};

/// One holding that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// Which one.
    pub id: HoldingId,
    /// Its row in the first scenario and in the second; `None` in one that does not found it.
    pub places: [Option<usize>; 2],
    /// How it stands in the first scenario.
    pub from: Stand,
    /// How it stands in the second.
    pub to: Stand,
    /// Parts of the difference of its margin, in the order of [`Cause::ALL`]; they sum to it.
    pub parts: [i64; 5],
}

impl Differing {
    /// The holding with its county: of the second scenario, or of the first where that alone has it.
    pub fn holding<'a>(
        &self,
        from: &'a Compared,
        to: &'a Compared,
    ) -> Option<(&'a County, &'a Holding)> {
        let [here, there] = self.places;
        let (side, row) = there.map(|row| (to, row)).or(here.map(|row| (from, row)))?;
        let county = &side.state.county;
        Some((county, county.holdings.get(row)?))
    }
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

/// The rows that differ: by the difference of their margins, then of their posts, then by the
/// unit's code.
pub fn differing(from: &Compared, to: &Compared, why: &Why) -> Vec<Differing> {
    let mut rows = Vec::new();
    for (at, (stands, places)) in why.rows.iter().zip(&why.places).enumerate() {
        let [first, .., last] = stands;
        if first == last {
            continue;
        }
        let [here, there] = places;
        let id = here.and_then(|row| from.state.county.id_of(row));
        let id = id.or_else(|| there.and_then(|row| to.state.county.id_of(row)));
        if let Some(id) = id {
            let parts = by_cause(why, why.parts(at, Stand::margin));
            rows.push(Differing { id, places: *places, from: *first, to: *last, parts });
        }
    }
    let size = |one: &Differing| {
        let margin = (one.to.margin() - one.from.margin()).abs();
        (-margin, -(one.to.posts - one.from.posts).abs())
    };
    rows.order_by(|a, b| size(a).cmp(&size(b)).then_with(|| a.id.cmp(&b.id)));
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
