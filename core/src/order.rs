//! Sorting in little code. The library's sort is compiled once for every type that is sorted, some
//! six kilobytes each, which a page that is loaded over a slow line can do without. Here one sort of
//! places serves every type. What is sorted on every frame keeps the library's.

use std::cmp::Ordering;

/// Slices that can be put in order. Equal items keep the order they had.
pub trait InOrder<T> {
    /// Sorts by a comparison.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// Sorts by a key.
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> InOrder<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let places = places(self.len(), &mut |a, b| match (self.get(a), self.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        });
        apply(self.len(), &places, &mut |a, b| self.swap(a, b));
    }

    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }
}

/// The places 0 to `count` in order.
fn places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

/// Swaps items until the one from `places[at]` stands at `at`.
fn apply(count: usize, places: &[usize], swap: &mut dyn FnMut(usize, usize)) {
    for at in 0..count {
        // The item may have been swapped away by an earlier turn: its trail leads on.
        let mut from = at;
        while let Some(next) = places.get(from).copied() {
            from = next;
            if from >= at {
                break;
            }
        }
        if from > at {
            swap(at, from);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_orders_as_the_library_does_and_keeps_equal_items_as_they_were(
            keys in proptest::collection::vec(0_u8..20, 0..200),
        ) {
            let items: Vec<(u8, usize)> = keys.iter().copied().zip(0..).collect();
            let (mut ours, mut theirs) = (items.clone(), items);
            ours.order_by_key(|(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(ours, theirs);
        }
    }
}
