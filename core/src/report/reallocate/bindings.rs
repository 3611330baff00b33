//! How many lines each limit of the panel stops, so that a planner sees which of them matter.

use std::collections::{BTreeMap, BTreeSet};

use crate::allocate::{BoundReason, NotLess, NotMore, Proposal};
use crate::county::{County, HoldingId, Stage};
use crate::scenario::{Limits, Prepared};

/// Lines that a proposal would change further but for a limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bindings {
    /// People in post, less departures or not.
    pub in_post: usize,
    /// The cap on fall.
    pub fall: usize,
    /// The cap on rise.
    pub rise: usize,
    /// The floor.
    pub floor: usize,
    /// Caps on the fall of one stage.
    pub stages: BTreeMap<Stage, usize>,
    /// Lines stopped by limits of their own.
    pub own: BTreeSet<HoldingId>,
    /// Lines kept where a hand set them.
    pub by_hand: usize,
    /// Whether the limit on moves stops the proposal before the optimum.
    pub moved: bool,
}

impl Bindings {
    /// Counts what binds in a proposal.
    pub fn of(county: &County, limits: &Limits, prepared: &Prepared, proposal: &Proposal) -> Self {
        let mut bindings = Self { moved: proposal.is_limited(), ..Self::default() };
        for (at, reason) in proposal.reasons.iter().enumerate() {
            if let NotMore::AtHigh { reason, .. } = reason.more {
                bindings.count(county, limits, prepared, at, reason);
            }
            // A line that is kept where it is has the same reason on both sides: it counts once.
            if let NotLess::AtLow { reason: low, .. } = reason.less
                && !matches!(reason.more, NotMore::AtHigh { reason, .. } if reason == low)
            {
                bindings.count(county, limits, prepared, at, low);
            }
        }
        bindings
    }

    fn count(
        &mut self,
        county: &County,
        limits: &Limits,
        prepared: &Prepared,
        at: usize,
        reason: BoundReason,
    ) {
        let (Some(&row), Some(id), Some(line)) =
            (prepared.rows.get(at), prepared.ids.get(at), prepared.problem.lines.get(at))
        else {
            return;
        };
        match reason {
            BoundReason::InPost | BoundReason::InPostLessDepartures => self.in_post += 1,
            BoundReason::CapUp => self.rise += 1,
            BoundReason::Floor => self.floor += 1,
            BoundReason::Fixed => self.by_hand += 1,
            BoundReason::OwnCap | BoundReason::Locked | BoundReason::Closing => {
                self.own.insert(id.clone());
            }
            BoundReason::CapDown => {
                let stage = county.holdings.get(row).and_then(|holding| holding.part.stage());
                let own = stage.and_then(|stage| Some((stage, *limits.stage_fall.get(&stage)?)));
                match own {
                    // The tighter of the two is the one that stops it.
                    Some((stage, most))
                        if limits.fall.as_ref().is_none_or(|cap| most < cap.of(line.now)) =>
                    {
                        *self.stages.entry(stage).or_default() += 1;
                    }
                    _ => self.fall += 1,
                }
            }
            BoundReason::None | BoundReason::Opening | BoundReason::Entitlement => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::KindId;
    use crate::report::reallocate::Study;
    use crate::sample;
    use crate::scenario::Figures;

    #[test]
    fn every_limit_that_binds_is_counted_once() {
        let workspace = sample::county().unwrap().workspace;
        let state = workspace.state();
        let study = Study::of(&workspace, &Figures::of(state), KindId::school());
        let proposal = study.proposal(50).unwrap();
        let limits = state.limits(KindId::school());
        let bindings = Bindings::of(&state.county, &limits, &study.prepared, &proposal);
        assert!(bindings.moved, "50 of 62");
        let by_reason = crate::scenario::binding(&study.prepared, &proposal);
        let of = |reason| by_reason.get(&reason).copied().unwrap_or(0);
        let falls = bindings.fall + bindings.stages.values().sum::<usize>();
        assert_eq!(falls, of(BoundReason::CapDown));
        assert_eq!(bindings.rise, of(BoundReason::CapUp));
        assert_eq!(bindings.in_post, of(BoundReason::InPostLessDepartures));
        let optimum = study.proposal(62).unwrap();
        assert!(!Bindings::of(&state.county, &limits, &study.prepared, &optimum).moved);
    }
}
