//! From a scenario to a reallocation problem and back: holdings become lines with named bounds, and
//! an answer becomes a step of the same commands that a hand would give.

use std::collections::HashMap;

use super::{
    By, Command, Figures, Grounds, GroupLimit, InPostLimit, Label, Limits, Posting, Step, Workspace,
};
use crate::allocate::{
    BoundReason, Bounds, Cutoff, Group, Key, Line, NotLess, NotMore, Problem, Proposal,
};
use crate::county::{County, Fact, Holding, HoldingId, KindId, Stage};
use crate::fraction::Fraction;
use crate::norm::Exact;

/// A problem and the rows that its lines stand for.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The problem. `now` is the posts of the base: what the survey authorised.
    pub problem: Problem,
    /// Row of each line.
    pub rows: Vec<usize>,
    /// Id of each line.
    pub ids: Vec<HoldingId>,
    /// The limit that each group of the problem stands for.
    pub groups: Vec<GroupLimit>,
}

/// The reallocation problem of one kind: every holding of the kind is a line, its need the exact
/// entitlement, the total what the units held in the base. Holdings that the norm gives nothing,
/// and posts set by hand, stay as they are.
pub fn prepare(workspace: &Workspace, figures: &Figures, kind: &KindId) -> Prepared {
    let (base, state) = (workspace.base(), workspace.state());
    let limits = state.limits(kind);
    let mut prepared = Prepared {
        problem: Problem {
            lines: Vec::new(),
            total: 0,
            rule: limits.rule,
            limit: limits.moved,
            groups: Vec::new(),
        },
        rows: Vec::new(),
        ids: Vec::new(),
        groups: limits.groups.clone(),
    };
    for (row, holding) in state.county.holdings.iter().enumerate() {
        // A unit that the scenario founds is not in the base.
        let before = base.holdings.get(row).map_or(0, |before| before.authorised);
        if state.county.kind_of(holding) != kind {
            continue;
        }
        let Some(id) = state.county.id_of(row) else { continue };
        let posts = figures.row(row).entitlement.posts;
        let by_hand = matches!(state.by(row), Some(By::Hand { .. }));
        let bounds = if by_hand {
            Bounds::exactly(holding.authorised, BoundReason::Fixed)
        } else if posts.is_none() {
            Bounds::exactly(before, BoundReason::Fixed)
        } else {
            bounds(&limits, &id, holding, before)
        };
        prepared.problem.total += u64::from(before);
        prepared.problem.lines.push(Line {
            id: id.text().into(),
            need: posts.map_or(Fraction::from_integer(0), |posts| posts.exact),
            now: before,
            bounds,
            entitled: posts.map_or(0, |posts| posts.whole),
        });
        prepared.rows.push(row);
        prepared.ids.push(id);
    }
    // A reserve beyond what there is leaves nothing, which the lower limits will say.
    let reserve = u64::from(limits.reserve);
    prepared.problem.total = prepared.problem.total.saturating_sub(reserve);
    prepared.problem.groups = limits
        .groups
        .iter()
        .map(|limit| Group {
            name: group_id(limit).into(),
            lines: lines_of(&state.county, &prepared.rows, limit),
            low: limit.low.unwrap_or(0).into(),
            high: limit.high.map_or(u64::MAX, u64::from),
        })
        .collect();
    prepared
}

/// The name of a group in the problem; what a person reads is made from the limit itself.
fn group_id(limit: &GroupLimit) -> String {
    let stage = limit.stage.map_or("*", Stage::as_str);
    format!("{}/{stage}", limit.township.as_deref().unwrap_or("*"))
}

/// The lines that a group limit is about.
fn lines_of(county: &County, rows: &[usize], limit: &GroupLimit) -> Vec<usize> {
    let is_of = |row: usize| {
        let Some(holding) = county.holdings.get(row) else { return false };
        let township = county.unit_of(holding).map(|unit| unit.township.as_str());
        (limit.township.is_none() || limit.township.as_deref() == township)
            && (limit.stage.is_none() || limit.stage == holding.part.stage())
    };
    let rows = rows.iter().enumerate();
    rows.filter(|(_, row)| is_of(**row)).map(|(line, _)| line).collect()
}

/// The bounds of one line that held `now` posts in the base.
fn bounds(limits: &Limits, id: &HoldingId, holding: &Holding, now: u32) -> Bounds {
    let own = limits.lines.get(id);
    if own.is_some_and(|own| own.closing) {
        return Bounds::exactly(0, BoundReason::Closing);
    }
    if own.is_some_and(|own| own.locked) {
        return Bounds::exactly(now, BoundReason::Locked);
    }
    let mut bounds = Bounds::free();
    // What a line has now always satisfies the limits that look at people and size: a unit that is
    // over-full already is not forced to grow.
    match limits.in_post {
        InPostLimit::InPost => {
            bounds = bounds.at_least(holding.in_post.min(now), BoundReason::InPost);
        }
        InPostLimit::LessDepartures(year) => {
            let staying = holding.in_post.saturating_sub(holding.departures_until(year));
            bounds = bounds.at_least(staying.min(now), BoundReason::InPostLessDepartures);
        }
        InPostLimit::Off => {}
    }
    if let Some(floor) = limits.floor
        && holding.fact(Fact::Students).is_none_or(|students| students > 0)
    {
        bounds = bounds.at_least(floor.min(now), BoundReason::Floor);
    }
    let stage_fall = holding.part.stage().and_then(|stage| limits.stage_fall.get(&stage)).copied();
    let fall = match (limits.fall.as_ref().map(|cap| cap.of(now)), stage_fall) {
        (Some(fall), Some(stage_fall)) => Some(fall.min(stage_fall)),
        (fall, stage_fall) => fall.or(stage_fall),
    };
    if let Some(fall) = fall {
        bounds = bounds.at_least(now.saturating_sub(fall), BoundReason::CapDown);
    }
    match own.and_then(|own| own.high) {
        Some(high) => bounds = bounds.at_most(high, BoundReason::OwnCap),
        None => {
            if let Some(rise) = &limits.rise {
                let most = now.saturating_add(rise.of(now));
                bounds = bounds.at_most(most, BoundReason::CapUp);
            }
        }
    }
    if let Some(low) = own.and_then(|own| own.low) {
        bounds = bounds.at_least(low, BoundReason::OwnCap);
    }
    bounds
}

/// The step that gives every line the posts of a proposal. Lines that keep their posts of the base
/// go back to them; posts set by hand are left alone.
pub fn adopt(workspace: &Workspace, prepared: &Prepared, proposal: &Proposal) -> Step {
    let state = workspace.state();
    let lines = prepared.problem.lines.iter().zip(&prepared.rows).zip(&prepared.ids);
    let mut commands = Vec::new();
    for (at, (((line, row), id), posts)) in lines.zip(&proposal.posts).enumerate() {
        let Some(old) = state.posting(*row) else { continue };
        if matches!(old.by, Some(By::Hand { .. })) {
            continue;
        }
        let by = (*posts != line.now).then(|| By::Proposal(grounds(prepared, proposal, at)));
        let new = Posting { posts: *posts, by };
        if new != old {
            commands.push(Command::SetPosts { at: id.clone(), old, new });
        }
    }
    Step { label: Label::Adopt { moved: proposal.moved }, commands }
}

/// Why the proposal gave or took what it did at one line, by its place in the problem.
pub fn grounds(prepared: &Prepared, proposal: &Proposal, at: usize) -> Grounds {
    let rule = prepared.problem.rule;
    let exact = |key: Option<Key>| key.and_then(|key| key.value()).map(Exact);
    let (Some(line), Some(posts), Some(reason)) =
        (prepared.problem.lines.get(at), proposal.posts.get(at), proposal.reasons.get(at))
    else {
        return Grounds { rule, key: None, against: None, bound: None };
    };
    let weight = proposal.shares.get(at).copied().unwrap_or(line.need);
    let Cutoff { next_to_give, last_given, last_taken, next_to_take } = proposal.cutoff;
    let key_of = |mark: Option<crate::allocate::Mark>| exact(mark.map(|mark| mark.key));
    if *posts > line.now {
        let bound = match reason.more {
            NotMore::AtHigh { reason, .. } => Some(reason),
            NotMore::Outranked { .. } | NotMore::Limit { .. } | NotMore::Group { .. } => None,
        };
        let key = exact(Some(Key::new(rule, weight, posts.saturating_sub(1))));
        Grounds { rule, key, against: key_of(next_to_give.or(last_taken)), bound }
    } else {
        let bound = match reason.less {
            NotLess::AtLow { reason, .. } => Some(reason),
            NotLess::Outranks { .. } | NotLess::Limit { .. } | NotLess::Group { .. } => None,
        };
        let key = exact(Some(Key::new(rule, weight, *posts)));
        Grounds { rule, key, against: key_of(next_to_take.or(last_given)), bound }
    }
}

/// How many lines each reason binds in a proposal, for the panel of limits.
pub fn binding(prepared: &Prepared, proposal: &Proposal) -> HashMap<BoundReason, usize> {
    let mut count = HashMap::new();
    for reason in &proposal.reasons {
        if let NotMore::AtHigh { reason, .. } = reason.more {
            *count.entry(reason).or_default() += 1;
        }
        if let NotLess::AtLow { reason, .. } = reason.less {
            *count.entry(reason).or_default() += 1;
        }
    }
    debug_assert_eq!(prepared.rows.len(), proposal.reasons.len());
    count
}
