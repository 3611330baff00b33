//! The units of a county as one list that copies share: a base, its scenarios and what is compared
//! hold mostly the same units, whose names and townships are most of what a county takes in memory.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::Unit;

/// Units in the order of the survey. A copy costs nothing until one of its units is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units(Arc<Vec<Unit>>);

impl From<Vec<Unit>> for Units {
    fn from(units: Vec<Unit>) -> Self {
        Self(Arc::new(units))
    }
}

impl Deref for Units {
    type Target = Vec<Unit>;

    fn deref(&self) -> &Vec<Unit> {
        &self.0
    }
}

impl DerefMut for Units {
    fn deref_mut(&mut self) -> &mut Vec<Unit> {
        Arc::make_mut(&mut self.0)
    }
}

impl<'a> IntoIterator for &'a Units {
    type Item = &'a Unit;
    type IntoIter = std::slice::Iter<'a, Unit>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
