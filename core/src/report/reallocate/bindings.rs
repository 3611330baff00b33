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
    /// Lines kept where a hand set them, or because the norm gives no figure.
    pub by_hand: usize,
    /// Lines that the limit on moves stops before the optimum.
    pub moved: usize,
    /// Lines that limits on townships and stages stop.
    pub groups: usize,
}

impl Bindings {
    /// Counts what binds in a proposal.
    pub fn of(county: &County, limits: &Limits, prepared: &Prepared, proposal: &Proposal) -> Self {
        let mut bindings = Self::default();
        for (at, reason) in proposal.reasons.iter().enumerate() {
            let (more, less) = (&reason.more, &reason.less);
            bindings.moved += usize::from(
                matches!(more, NotMore::Limit { .. }) || matches!(less, NotLess::Limit { .. }),
            );
            bindings.groups += usize::from(
                matches!(more, NotMore::Group { .. }) || matches!(less, NotLess::Group { .. }),
            );
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
        let stopped = |of: &Proposal| {
            let reasons = of.reasons.iter();
            let stopped = reasons.filter(|reason| {
                matches!(reason.more, NotMore::Limit { .. })
                    || matches!(reason.less, NotLess::Limit { .. })
            });
            stopped.count()
        };
        // 12 of 62 moves are left: some rows get or keep what the optimum moves on.
        assert_eq!(bindings.moved, stopped(&proposal));
        assert!(bindings.moved > 1, "{}", bindings.moved);
        let by_reason = crate::scenario::binding(&study.prepared, &proposal);
        let of = |reason| by_reason.get(&reason).copied().unwrap_or(0);
        let falls = bindings.fall + bindings.stages.values().sum::<usize>();
        assert_eq!(falls, of(BoundReason::CapDown));
        assert_eq!(bindings.rise, of(BoundReason::CapUp));
        assert_eq!(bindings.in_post, of(BoundReason::InPostLessDepartures));
        let optimum = study.proposal(62).unwrap();
        let bindings = Bindings::of(&state.county, &limits, &study.prepared, &optimum);
        assert_eq!((bindings.moved, bindings.groups), (0, 0));
    }

    #[test]
    fn rows_that_a_limit_on_a_stage_stops_are_counted() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = KindId::school();
        let mut limits = workspace.state().limits(kind);
        let state = workspace.state();
        // Five posts fewer than the optimum gives the primary schools.
        let study = Study::of(&workspace, &Figures::of(state), kind);
        let best = study.proposal(62).unwrap();
        let rows = study.prepared.rows.iter().zip(best.posts);
        let stage = |row: usize| state.county.holdings[row].part.stage();
        let primary = rows.filter(|(row, _)| stage(**row) == Some(Stage::Primary));
        let most = primary.map(|(_, posts)| posts).sum::<u32>() - 5;
        limits.set_group(None, Some(Stage::Primary), None, Some(most));
        limits.moved = None;
        let step = crate::scenario::set_limits(state, kind, limits.clone());
        workspace.dispatch(step).unwrap();
        let state = workspace.state();
        let study = Study::of(&workspace, &Figures::of(state), kind);
        let proposal = study.proposal(study.chosen().unwrap()).unwrap();
        let bindings = Bindings::of(&state.county, &limits, &study.prepared, &proposal);
        assert!(bindings.groups > 0, "{bindings:?}");
    }
}
