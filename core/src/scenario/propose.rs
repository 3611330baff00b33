//! From a scenario to a reallocation problem and back: holdings become lines with named bounds, and
//! an answer becomes a step of the same commands that a hand would give.

use std::collections::HashMap;

use super::{
    By, Command, Figures, Grounds, GroupLimit, InPostLimit, Label, Limits, Posting, Step,
    Workspace, ledger,
};
use crate::allocate::{
    BoundReason, Bounds, Clash, Cutoff, Group, Key, Line, NotLess, NotMore, Problem, Proposal,
};
use crate::county::{County, Fact, Holding, HoldingId, KindId, Stage};
use crate::fraction::Fraction;
use crate::norm::Exact;

/// A problem and the rows that its lines stand for.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The problem. `now` is the posts of the base: what the survey authorised.
    pub problem: Problem,
    /// Posts that there are to share out, those held in reserve included.
    pub available: u64,
    /// Posts of these that stay unassigned; more than there are is a clash.
    pub reserve: u64,
    /// Lines to which the norm gives a figure, though it may be none.
    pub covered: usize,
    /// Row of each line.
    pub rows: Vec<usize>,
    /// Id of each line.
    pub ids: Vec<HoldingId>,
    /// The limit that each group of the problem stands for.
    pub groups: Vec<GroupLimit>,
}

impl Prepared {
    /// The clash of a reserve beyond what there is.
    pub fn clash(&self) -> Option<Clash> {
        let (reserve, total) = (self.reserve, self.available);
        (reserve > total).then_some(Clash::ReserveAboveTotal { reserve, total })
    }
}

/// The reallocation problem of one kind: every holding of the kind is a line, its need the exact
/// entitlement, the total what [`available`] leaves beside the reserve. Holdings that the norm gives
/// nothing, points that it works out at their school, and posts set by hand stay as they are.
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
        available: available(workspace, kind),
        reserve: limits.reserve.into(),
        covered: 0,
        rows: Vec::new(),
        ids: Vec::new(),
        groups: limits.groups.clone(),
    };
    let none = Fraction::from_integer(0);
    let homes = state.norm.counted_at(&state.county);
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
        } else if posts.is_none() || homes.get(row).copied().flatten().is_some() {
            Bounds::exactly(before, BoundReason::Fixed)
        } else {
            bounds(&limits, &id, holding, before)
        };
        prepared.covered += usize::from(posts.is_some());
        prepared.problem.lines.push(Line {
            id: id.text().into(),
            // Below zero by a part of a post where a school's points hold all that it was rounded up to.
            need: posts.map_or(none, |posts| posts.exact.max(none)),
            now: before,
            bounds,
            entitled: posts.map_or(0, |posts| posts.whole),
        });
        prepared.rows.push(row);
        prepared.ids.push(id);
    }
    prepared.problem.total = prepared.available.saturating_sub(prepared.reserve);
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

/// Posts that the lines of a kind share: what they held in the base, more or less what movements and
/// cuts by document moved since, but never more than the total leaves beside the pool. A base that
/// gave out more than there is keeps that much above it.
///
/// A figure set by hand alone does not count: the other lines make room for it.
fn available(workspace: &Workspace, kind: &KindId) -> u64 {
    let (base, state) = (workspace.base(), workspace.state());
    let now = ledger(base, state, kind);
    let overdrawn = ledger(base, workspace.base_state(), kind).unassigned.min(0);
    let mut posts: i64 = 0;
    for (row, holding) in state.county.holdings.iter().enumerate() {
        if state.county.kind_of(holding) == kind {
            // A unit that the scenario founds is not in the base.
            posts += base.holdings.get(row).map_or(0, |before| i64::from(before.authorised));
            if let Some(By::Hand { moved, .. }) = state.by(row) {
                posts = posts.saturating_add(*moved);
            }
        }
    }
    // Sums of u32 over a county stay far below i64.
    let room = i64::try_from(now.total).unwrap_or(i64::MAX)
        - i64::try_from(now.pool).unwrap_or(i64::MAX)
        - overdrawn;
    u64::try_from(posts.min(room)).unwrap_or(0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::UnitCode;
    use crate::pool::movement::{self, Movement, Paper};
    use crate::pool::{Event, What, change};
    use crate::sample;
    use crate::scenario::{Ledger, release, set_by_hand};

    // The sample's teaching posts: total 2226 = units 2193 + pool 24 + unassigned 9.

    fn sample() -> Workspace {
        sample::county().unwrap().workspace
    }

    fn paper() -> Paper {
        let document = "〔2026〕1 号".to_owned();
        Paper { on: "2026-09-01".parse().unwrap(), document, reason: "调整".to_owned() }
    }

    /// 29 posts, 24 people.
    fn vacant() -> HoldingId {
        "1051/lower_secondary".parse().unwrap()
    }

    fn moves(workspace: &mut Workspace, movement: &Movement) {
        let step = movement::step(workspace.state(), movement, &paper()).unwrap();
        workspace.dispatch(step).unwrap();
    }

    /// What is shared out now.
    fn shared(workspace: &Workspace) -> u64 {
        let figures = Figures::of(workspace.state());
        prepare(workspace, &figures, KindId::school()).available
    }

    fn at(ledger: Ledger) -> (u64, u64, i64) {
        assert_eq!(ledger.total, 2226);
        (ledger.units, ledger.pool, ledger.unassigned)
    }

    fn now(workspace: &Workspace) -> (u64, u64, i64) {
        at(ledger(workspace.base(), workspace.state(), KindId::school()))
    }

    /// Proposes and adopts: the ledger is what it was, to the post.
    fn adopts(workspace: &mut Workspace) -> u64 {
        let before = now(workspace);
        let figures = Figures::of(workspace.state());
        let prepared = prepare(workspace, &figures, KindId::school());
        let proposal = crate::allocate::solve(&prepared.problem).unwrap();
        assert!(proposal.moved > 0);
        workspace.dispatch(adopt(workspace, &prepared, &proposal)).unwrap();
        assert_eq!(now(workspace), before);
        prepared.problem.total
    }

    #[test]
    fn posts_cut_off_for_the_pool_are_not_shared_out_again() {
        let mut workspace = sample();
        for (posts, unit) in [(9, None), (3, Some(UnitCode::new("1051")))] {
            let mut pool = workspace.state().county.pool(KindId::school()).unwrap().clone();
            let mut event = Event::new("2026-12-02".parse().unwrap(), What::Add, "");
            (event.posts, event.unit) = (posts, unit);
            event.document = "〔2026〕7 号".to_owned();
            pool.note(event);
            let state = workspace.state();
            let (figures, kind) = (Figures::of(state), KindId::school());
            let step = change::step(state, &figures, kind, Some(&pool), Label::Pool);
            workspace.dispatch(step.unwrap().unwrap()).unwrap();
        }
        // 9 of those unassigned and 3 of the school's: 2190 + 36 + 0.
        assert_eq!(now(&workspace), (2190, 36, 0));
        assert_eq!(adopts(&mut workspace), 2190);
        // Released, the school holds its 29 again, which the total has no room for: 2226 - 36.
        let row = workspace.state().index().row(&vacant()).unwrap();
        workspace.dispatch(release(&workspace, row)).unwrap();
        assert_eq!(shared(&workspace), 2190);
    }

    #[test]
    fn posts_recovered_or_swapped_to_another_kind_stay_out() {
        let mut workspace = sample();
        moves(&mut workspace, &Movement::Recover { from: vacant(), posts: 3 });
        assert_eq!(now(&workspace), (2190, 24, 12));
        assert_eq!(adopts(&mut workspace), 2190);
        // Two more by a second paper: both count.
        moves(&mut workspace, &Movement::Recover { from: vacant(), posts: 2 });
        assert_eq!(adopts(&mut workspace), 2188);
        // The school released has its posts of the base again, and the rest share as before.
        let row = workspace.state().index().row(&vacant()).unwrap();
        workspace.dispatch(release(&workspace, row)).unwrap();
        assert_eq!(shared(&workspace), 2193);

        let mut workspace = sample();
        let county = &workspace.state().county;
        let to = county.holdings.iter().position(|own| county.kind_of(own) == KindId::general());
        let to = county.id_of(to.unwrap()).unwrap();
        moves(&mut workspace, &Movement::Swap { from: vacant(), to, posts: 3 });
        assert_eq!(now(&workspace), (2190, 24, 12));
        assert_eq!(adopts(&mut workspace), 2190);
    }

    #[test]
    fn a_school_founded_with_unassigned_posts_takes_none_from_the_others() {
        let mut workspace = sample();
        let found = Movement::Found {
            unit: UnitCode::new("1099"),
            name: "新校".to_owned(),
            township: "城关镇".to_owned(),
            stage: Some(Stage::Primary),
            kind: KindId::school().clone(),
            posts: 9,
            leaders: 0,
        };
        moves(&mut workspace, &found);
        // 2193 + 9 in units, nothing unassigned.
        assert_eq!(now(&workspace), (2202, 24, 0));
        assert_eq!(adopts(&mut workspace), 2202);
    }

    #[test]
    fn the_others_make_room_for_what_a_hand_alone_sets() {
        let mut workspace = sample();
        let row = workspace.state().index().row(&vacant()).unwrap();
        workspace.dispatch(set_by_hand(workspace.state(), row, 26)).unwrap();
        assert_eq!(shared(&workspace), 2193);
        // A hand after a paper changes nothing of what the paper moved.
        moves(&mut workspace, &Movement::Recover { from: vacant(), posts: 2 });
        workspace.dispatch(set_by_hand(workspace.state(), row, 29)).unwrap();
        assert_eq!(shared(&workspace), 2191);
    }

    #[test]
    fn a_total_cut_by_document_is_never_passed() {
        let mut workspace = sample();
        let kind = KindId::school().clone();
        let document = "〔2026〕9 号".to_owned();
        let command = Command::SetTotal { kind, old: 2226, new: 2200, document };
        workspace.dispatch(Step { label: Label::Setting, commands: vec![command] }).unwrap();
        // 2200 less 24 in the pool.
        assert_eq!(shared(&workspace), 2176);
    }

    #[test]
    fn a_file_of_before_papers_were_counted_reads_and_writes_alike() {
        let text = r#"{"posts":26,"by":{"hand":{"document":"〔2026〕1 号"}}}"#;
        let posting: Posting = serde_json::from_str(text).unwrap();
        assert!(matches!(posting.by, Some(By::Hand { moved: 0, .. })));
        assert_eq!(serde_json::to_string(&posting).unwrap(), text);
        let moved = posting.moved_to(24, "", "〔2026〕2 号");
        let text = serde_json::to_string(&moved).unwrap();
        assert!(text.contains(r#""moved":-2"#), "{text}");
        assert_eq!(serde_json::from_str::<Posting>(&text).unwrap(), moved);
    }
}
