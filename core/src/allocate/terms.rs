//! A short sorted list of posts given and taken. Nearly all are of a few posts, and millions are
//! made on the way through a network: the first few need no room of their own.

use std::ops::{Deref, DerefMut};

/// One post, `count` times given (taken if below zero).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Term {
    /// Place of the line.
    pub(super) row: u32,
    /// Posts that come before it in its line.
    pub(super) held: u32,
    /// How often.
    pub(super) count: i64,
}

/// As many as are kept in place.
const FEW: usize = 6;

/// The list.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    few: [Term; FEW],
    count: usize,
    /// All of them, once there are more; `count` is zero then.
    many: Vec<Term>,
}

impl Terms {
    /// A list of one.
    pub(super) fn one(term: Term) -> Self {
        let mut terms = Self::default();
        terms.insert(0, term);
        terms
    }

    /// A list of what is sorted already.
    pub(super) fn of(terms: Vec<Term>) -> Self {
        let mut list = Self::default();
        if terms.len() > FEW {
            list.many = terms;
        } else {
            for (at, term) in terms.into_iter().enumerate() {
                list.insert(at, term);
            }
        }
        list
    }

    /// Puts a term at a place, not beyond the end.
    pub(super) fn insert(&mut self, at: usize, term: Term) {
        if self.many.is_empty() && self.count < FEW {
            if let Some(after) = self.few.get_mut(at..=self.count) {
                after.rotate_right(1);
                if let Some(place) = after.first_mut() {
                    *place = term;
                    self.count += 1;
                }
            }
            return;
        }
        if self.many.is_empty() {
            self.many = self.few.to_vec();
            self.count = 0;
        }
        self.many.insert(at.min(self.many.len()), term);
    }

    /// Takes away the term at a place that there is.
    pub(super) fn remove(&mut self, at: usize) {
        if !self.many.is_empty() {
            if at < self.many.len() {
                self.many.remove(at);
            }
        } else if let Some(from) = self.few.get_mut(at..self.count) {
            from.rotate_left(1);
            self.count -= 1;
        }
    }
}

impl Deref for Terms {
    type Target = [Term];

    fn deref(&self) -> &[Term] {
        if self.many.is_empty() {
            self.few.get(..self.count).unwrap_or_default()
        } else {
            &self.many
        }
    }
}

impl DerefMut for Terms {
    fn deref_mut(&mut self) -> &mut [Term] {
        if self.many.is_empty() {
            self.few.get_mut(..self.count).unwrap_or_default()
        } else {
            &mut self.many
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_list_that_it_stands_for(
            changes in prop::collection::vec((any::<bool>(), 0..12_usize, 0..9_u32), 0..40),
        ) {
            let (mut terms, mut plain) = (Terms::default(), Vec::new());
            for (put, at, row) in changes {
                let term = Term { row, held: 0, count: 1 };
                if put {
                    terms.insert(at.min(plain.len()), term);
                    plain.insert(at.min(plain.len()), term);
                } else if at < plain.len() {
                    terms.remove(at);
                    plain.remove(at);
                }
                prop_assert_eq!(&*terms, plain.as_slice());
            }
        }
    }
}
