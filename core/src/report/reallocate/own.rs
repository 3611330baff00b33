//! Limits of single schools as the panel lists and sets them.

use crate::allocate::Line;
use crate::county::HoldingId;
use crate::scenario::{Limits, LineLimit};
use crate::text::{Lang, reallocate as say};

/// One thing that holds for one line alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnLimit {
    /// It keeps the posts it has.
    Locked,
    /// It closes and gives up its posts.
    Closing,
    /// No more posts than this.
    Most(u32),
    /// No fewer posts than this: a unit that opens.
    Least(u32),
}

impl OwnLimit {
    /// Everything that holds for single lines, in the order of their ids.
    pub fn list(limits: &Limits) -> Vec<(HoldingId, Self)> {
        let lines = limits.lines.iter();
        lines
            .flat_map(|(id, own)| {
                let parts = [
                    own.closing.then_some(Self::Closing),
                    own.locked.then_some(Self::Locked),
                    own.low.map(Self::Least),
                    own.high.map(Self::Most),
                ];
                parts.into_iter().flatten().map(|part| (id.clone(), part))
            })
            .collect()
    }

    /// What it says of a unit.
    pub fn text(self, unit: &str, lang: Lang) -> String {
        let (message, posts) = match self {
            Self::Locked => (say::OWN_LOCKED, None),
            Self::Closing => (say::OWN_CLOSING, None),
            Self::Most(posts) => (say::OWN_HIGH, Some(posts)),
            Self::Least(posts) => (say::OWN_LOW, Some(posts)),
        };
        let text = message.with(lang, &[("unit", &unit)]);
        posts.map_or_else(|| text.clone(), |posts| format!("{text} {posts}"))
    }

    /// Sets it. Locking and closing replace what held before; a number ends both. A unit that
    /// opens beyond the cap on rise may grow to its entitlement, as the cap looks at the posts it
    /// has now.
    pub fn set(self, limits: &mut Limits, id: &HoldingId, line: &Line) {
        let rise = limits.rise.as_ref().map(|cap| line.now.saturating_add(cap.of(line.now)));
        let own = limits.lines.entry(id.clone()).or_default();
        match self {
            Self::Locked => *own = LineLimit { locked: true, ..LineLimit::default() },
            Self::Closing => *own = LineLimit { closing: true, ..LineLimit::default() },
            Self::Most(posts) => {
                *own = LineLimit { low: own.low, high: Some(posts), ..LineLimit::default() };
            }
            Self::Least(posts) => {
                let opens = rise.is_some_and(|rise| posts > rise);
                let high = own.high.or_else(|| opens.then(|| posts.max(line.entitled)));
                *own = LineLimit { low: Some(posts), high, ..LineLimit::default() };
            }
        }
    }

    /// Takes it away again.
    pub fn remove(self, limits: &mut Limits, id: &HoldingId) {
        if let Some(own) = limits.lines.get_mut(id) {
            match self {
                Self::Locked => own.locked = false,
                Self::Closing => own.closing = false,
                Self::Most(_) => own.high = None,
                Self::Least(_) => own.low = None,
            }
        }
        limits.lines.retain(|_, own| !own.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocate::Bounds;
    use crate::fraction::Fraction;

    fn line(now: u32, entitled: u32) -> Line {
        let need = Fraction::from_integer(i64::from(entitled));
        Line { id: "x".into(), need, now, bounds: Bounds::free(), entitled }
    }

    #[test]
    fn a_unit_that_opens_may_grow_to_its_entitlement() {
        let mut limits = Limits::default();
        let id: HoldingId = "9/primary".parse().unwrap();
        OwnLimit::Least(10).set(&mut limits, &id, &line(0, 24));
        assert_eq!((limits.lines[&id].low, limits.lines[&id].high), (Some(10), Some(24)));
        // 38 may rise by 5 of its own: 40 needs no leave.
        OwnLimit::Least(40).set(&mut limits, &"8/primary".parse().unwrap(), &line(38, 42));
        assert_eq!(limits.lines[&"8/primary".parse().unwrap()].high, None);
    }

    #[test]
    fn what_is_set_is_listed_and_what_is_removed_is_gone() {
        let mut limits = Limits::default();
        let id: HoldingId = "9/primary".parse().unwrap();
        OwnLimit::Locked.set(&mut limits, &id, &line(5, 5));
        OwnLimit::Most(7).set(&mut limits, &id, &line(5, 5));
        OwnLimit::Least(5).set(&mut limits, &id, &line(5, 5));
        let listed = [(id.clone(), OwnLimit::Least(5)), (id.clone(), OwnLimit::Most(7))];
        assert_eq!(OwnLimit::list(&limits), listed);
        for (id, own) in listed {
            own.remove(&mut limits, &id);
        }
        assert!(limits.lines.is_empty());
    }
}
