//! A clash in words: which limits cannot hold together, by how many posts, and what would cure it.
//! It names every cure that touches the clash and takes none of them by itself.

use std::collections::BTreeSet;

use super::{ceilings, group_name, row_name};
use crate::allocate::{BoundReason, Clash, CrossedLine, HeldBy, Hold, LineId, ReasonSum, Rule};
use crate::county::{County, HoldingId, KindId};
use crate::scenario::{
    InPostLimit, Limits, LineLimit, Prepared, Step, Workspace, release_all, set_limits,
};
use crate::text::{Lang, names, number, reallocate as say};

/// More lines than this are counted, not named.
pub(super) const NAMED: usize = 8;

/// One change of the limits that would let the clash go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cure {
    /// Let at most this many posts move.
    Moved(u64),
    /// Let a line have up to this many posts.
    Most(HoldingId, u32),
    /// Ask for no more than this many posts at a line.
    Least(HoldingId, u32),
    /// Drop what holds for one line alone.
    Own(HoldingId),
    /// Keep a line at the posts it has.
    Lock(HoldingId),
    /// Drop every limit that holds for one line alone.
    AllOwn,
    /// Let schools go below their people in post.
    InPost,
    /// Let a group's least (`true`) or most posts be this many.
    Group(usize, bool, u32),
    /// Drop the limits on townships and stages.
    Groups,
    /// Keep this many posts unassigned.
    Reserve(u32),
    /// Drop the caps on fall.
    Fall,
    /// Drop the cap on rise.
    Rise,
    /// Drop the floor.
    Floor,
    /// Release what was set by hand.
    Hand,
    /// Share out by the default rule.
    Balanced,
}

impl Cure {
    /// The step that does it.
    pub fn step(&self, workspace: &Workspace, kind: &KindId) -> Step {
        let mut limits = workspace.state().limits(kind);
        match self {
            Self::Hand => return release_all(workspace, kind),
            Self::Moved(moved) => limits.moved = Some(*moved),
            Self::Most(id, posts) => {
                limits.lines.entry(id.clone()).or_default().high = Some(*posts);
            }
            Self::Least(id, posts) => {
                limits.lines.entry(id.clone()).or_default().low = Some(*posts);
            }
            Self::Own(id) => drop(limits.lines.remove(id)),
            Self::Lock(id) => {
                let locked = LineLimit { locked: true, ..LineLimit::default() };
                limits.lines.insert(id.clone(), locked);
            }
            Self::AllOwn => limits.lines.clear(),
            Self::Group(at, low, posts) => {
                if let Some(group) = limits.groups.get_mut(*at) {
                    *(if *low { &mut group.low } else { &mut group.high }) = Some(*posts);
                }
            }
            Self::Groups => limits.groups.clear(),
            Self::InPost => limits.in_post = InPostLimit::Off,
            Self::Fall => {
                limits.fall = None;
                limits.stage_fall.clear();
            }
            Self::Rise => limits.rise = None,
            Self::Floor => limits.floor = None,
            Self::Reserve(posts) => limits.reserve = *posts,
            Self::Balanced => limits.rule = Rule::Balanced,
        }
        set_limits(workspace.state(), kind, limits)
    }

    /// What its button says.
    pub fn text(&self, county: &County, prepared: &Prepared, lang: Lang) -> String {
        let name = |id: &HoldingId| {
            let at = prepared.ids.iter().position(|found| found == id);
            let row = at.and_then(|at| prepared.rows.get(at));
            row.map_or_else(|| id.to_string(), |row| row_name(county, *row, lang))
        };
        match self {
            Self::Moved(moved) => say::CURE_MOVED.with(lang, &[("posts", &number::count(*moved))]),
            Self::Most(id, posts) => {
                say::CURE_MOST.with(lang, &[("unit", &name(id)), ("posts", posts)])
            }
            Self::Least(id, posts) => {
                say::CURE_LEAST.with(lang, &[("unit", &name(id)), ("posts", posts)])
            }
            Self::Own(id) => say::CURE_OWN.with(lang, &[("unit", &name(id))]),
            Self::Lock(id) => say::CURE_LOCK.with(lang, &[("unit", &name(id))]),
            Self::AllOwn => say::CURE_ALL_OWN.get(lang).to_owned(),
            Self::Group(at, low, posts) => {
                let name = prepared.groups.get(*at).map(|limit| group_name(limit, lang));
                let message = if *low { say::CURE_LEAST } else { say::CURE_MOST };
                message.with(lang, &[("unit", &name.unwrap_or_default()), ("posts", posts)])
            }
            Self::Groups => say::CURE_GROUPS.get(lang).to_owned(),
            Self::InPost => say::CURE_IN_POST.get(lang).to_owned(),
            Self::Fall => say::CURE_FALL.get(lang).to_owned(),
            Self::Rise => say::CURE_RISE.get(lang).to_owned(),
            Self::Floor => say::CURE_FLOOR.get(lang).to_owned(),
            Self::Reserve(posts) => say::CURE_RESERVE.with(lang, &[("posts", posts)]),
            Self::Hand => say::CURE_HAND.get(lang).to_owned(),
            Self::Balanced => say::CURE_BALANCED.get(lang).to_owned(),
        }
    }
}

/// The clash, one sentence a limit: the first says what cannot be, the rest who holds what.
pub fn explain(clash: &Clash, county: &County, prepared: &Prepared, lang: Lang) -> Vec<String> {
    let name = |id: &LineId| {
        let at = prepared.problem.lines.iter().position(|line| line.id == *id);
        let row = at.and_then(|at| prepared.rows.get(at));
        row.map_or_else(|| id.to_string(), |row| row_name(county, *row, lang))
    };
    let sums = |sums: &[ReasonSum]| {
        let sums = sums.iter().filter(|sum| sum.posts > 0);
        sums.map(|sum| {
            let reason = names::bound(sum.reason).get(lang);
            let (lines, posts) = (number::count(sum.lines as u64), number::count(sum.posts));
            say::CLASH_SUM.with(lang, &[("reason", &reason), ("lines", &lines), ("posts", &posts)])
        })
        .collect::<Vec<_>>()
    };
    match clash {
        Clash::LowAboveHigh { lines } => {
            let mut out = vec![say::CLASH_CROSSED.with(lang, &[("lines", &lines.len())])];
            out.extend(lines.iter().take(NAMED).map(|line| {
                let low = names::bound(line.low_reason).get(lang);
                let high = names::bound(line.high_reason).get(lang);
                say::CLASH_CROSSED_LINE.with(
                    lang,
                    &[
                        ("unit", &name(&line.id)),
                        ("low", &line.low),
                        ("low_reason", &low),
                        ("high", &line.high),
                        ("high_reason", &high),
                        ("by", &line.by),
                    ],
                )
            }));
            out.extend(unnamed(lines.len(), lang));
            out
        }
        Clash::LowsAboveTotal { total, limits } => {
            let (sum, by) = (number::count(limits.sum), number::count(limits.by));
            let total = number::count(*total);
            let mut out =
                vec![say::CLASH_LOWS.with(lang, &[("sum", &sum), ("total", &total), ("by", &by)])];
            out.extend(kept(prepared, lang));
            let holders = limits.smallest.iter().filter(|hold| hold.posts > 0);
            out.extend(holders.take(NAMED).map(|hold| {
                let reason = names::bound(hold.reason).get(lang);
                let posts = number::count(hold.posts.into());
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("unit", &name(&hold.id)), ("posts", &posts), ("reason", &reason)];
                let mut text = say::CLASH_HOLD.with(lang, &values);
                if u64::from(hold.posts) >= limits.by {
                    text.push_str(&say::HELD_ALONE.with(lang, &[("by", &by)]));
                }
                text
            }));
            out.extend(unnamed(limits.smallest.len(), lang));
            out.extend(sums(&limits.by_reason));
            out
        }
        Clash::HighsBelowTotal { total, limits } => {
            let (sum, by) = (number::count(limits.sum), number::count(limits.by));
            let total = number::count(*total);
            let mut out =
                vec![say::CLASH_HIGHS.with(lang, &[("sum", &sum), ("total", &total), ("by", &by)])];
            out.extend(kept(prepared, lang));
            out.push(say::CLASH_CEILINGS.with(lang, &[("by", &by)]));
            out.extend(ceilings::first(limits).map(|hold| {
                let reason = names::bound(hold.reason).get(lang);
                let (posts, need) = (number::count(hold.posts.into()), number::mixed(&hold.need));
                let values: [(&str, &dyn std::fmt::Display); 4] = [
                    ("unit", &name(&hold.id)),
                    ("posts", &posts),
                    ("reason", &reason),
                    ("need", &need),
                ];
                say::CLASH_CEILING.with(lang, &values)
            }));
            out.extend(unnamed(limits.smallest.len(), lang));
            out.extend(sums(&limits.by_reason));
            out
        }
        Clash::ReserveAboveTotal { reserve, total } => {
            let by = number::count(reserve.saturating_sub(*total));
            let (reserve, total) = (number::count(*reserve), number::count(*total));
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("reserve", &reserve), ("total", &total), ("by", &by)];
            vec![say::CLASH_RESERVE.with(lang, &values)]
        }
        Clash::LimitBelowForced { limit, least, must_gain, must_lose, .. } => {
            let by = least.saturating_sub(*limit);
            let mut out = vec![
                say::CLASH_FORCED.with(lang, &[("least", least), ("limit", limit), ("by", &by)]),
                say::CLASH_FORCED_WHY.with(lang, &[("gain", must_gain), ("lose", must_lose)]),
            ];
            out.extend(kept(prepared, lang));
            out
        }
        Clash::NeedsTooFine => vec![say::CLASH_TOO_FINE.get(lang).to_owned()],
        Clash::TooManyMoves { moves, most } => {
            vec![say::CLASH_TOO_MANY.with(lang, &[("moves", moves), ("most", most)])]
        }
        Clash::NeedInvalid { id, numerator, denominator, lines } => {
            let values: [(&str, &dyn std::fmt::Display); 4] = [
                ("unit", &name(id)),
                ("above", numerator),
                ("below", denominator),
                ("lines", lines),
            ];
            vec![say::CLASH_NEED.with(lang, &values), say::CLASH_NEED_CURE.get(lang).to_owned()]
        }
        Clash::GroupInvalid { name, low, high } => {
            let name = group_of(prepared, name, lang);
            vec![say::CLASH_GROUP.with(lang, &[("what", &name), ("low", low), ("high", high)])]
        }
        Clash::GroupsThreeWays { groups } => {
            let names: Vec<_> = groups.iter().map(|name| group_of(prepared, name, lang)).collect();
            vec![say::CLASH_THREE_WAYS.with(lang, &[("what", &names.join(say::COMMA.get(lang)))])]
        }
        Clash::Groups(clash) => {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("must", &clash.must), ("room", &clash.room), ("by", &clash.by)];
            let mut out = vec![say::CLASH_GROUPS.with(lang, &values)];
            let held = clash.limits.iter().take(NAMED).map(|held| {
                let what = match &held.by {
                    HeldBy::Total => say::TOTAL.get(lang).to_owned(),
                    HeldBy::Group { name, .. } => group_of(prepared, name, lang),
                    HeldBy::Line { id, .. } => name(id),
                };
                let message = if held.at_least { say::HELD_LOW } else { say::HELD_HIGH };
                let mut text = message.with(lang, &[("what", &what), ("posts", &held.posts)]);
                if let Some(alone) = held.alone {
                    text.push_str(&say::HELD_ALONE.with(lang, &[("by", &alone)]));
                }
                text
            });
            out.extend(held);
            out.extend(unnamed(clash.limits.len(), lang));
            if clash.limits.iter().any(|held| held.by == HeldBy::Total) {
                out.extend(kept(prepared, lang));
            }
            out
        }
        Clash::DuplicateId { id, times, names } => {
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("unit", &name(id)), ("id", id), ("times", times), ("names", names)];
            vec![say::CLASH_TWICE.with(lang, &values), say::CLASH_TWICE_CURE.get(lang).to_owned()]
        }
    }
}

/// How much of the total is set apart, where a total is part of a clash.
fn kept(prepared: &Prepared, lang: Lang) -> Option<String> {
    let [total, reserve, left] =
        [prepared.available, prepared.reserve, prepared.problem.total].map(number::count);
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("total", &total), ("reserve", &reserve), ("left", &left)];
    (prepared.reserve > 0).then(|| say::CLASH_KEPT.with(lang, &values))
}

/// What is not named of so many, where there are more than are named.
fn unnamed(count: usize, lang: Lang) -> Option<String> {
    let left = count.checked_sub(NAMED).filter(|left| *left > 0)?;
    Some(say::CLASH_REST.with(lang, &[("n", &number::count(left as u64))]))
}

/// The name of a group of the problem.
fn group_of(prepared: &Prepared, name: &LineId, lang: Lang) -> String {
    let at = prepared.problem.groups.iter().position(|group| group.name == *name);
    let limit = at.and_then(|at| prepared.groups.get(at));
    limit.map_or_else(|| name.to_string(), |limit| group_name(limit, lang))
}

/// What would cure a clash, the smallest changes first; empty where only the data can.
pub fn cures(clash: &Clash, limits: &Limits, prepared: &Prepared) -> Vec<Cure> {
    let mut cures = BTreeSet::new();
    match clash {
        Clash::LowAboveHigh { lines } => {
            for line in lines.iter().take(NAMED) {
                cures.extend(of_crossed(line, prepared));
            }
        }
        Clash::LowsAboveTotal { limits: clash, .. } => {
            cures.extend(smaller_reserve(prepared, clash.by));
            cures.extend(
                clash
                    .smallest
                    .iter()
                    .take(NAMED)
                    .flat_map(|hold| of_holder(hold, clash.by, prepared)),
            );
            cures.extend(clash.by_reason.iter().filter_map(|sum| of_reason(sum.reason)));
        }
        Clash::HighsBelowTotal { limits: clash, .. } => {
            cures.extend(ceilings::cures(clash, prepared));
            cures.extend(clash.by_reason.iter().filter_map(|sum| of_reason(sum.reason)));
        }
        // The most that the lower limits leave.
        Clash::ReserveAboveTotal { total, .. } => {
            let lows = prepared.problem.lines.iter().map(|line| u64::from(line.bounds.low)).sum();
            let most = u32::try_from(total.saturating_sub(lows));
            cures.extend(most.ok().map(Cure::Reserve));
        }
        Clash::LimitBelowForced { least, .. } => drop(cures.insert(Cure::Moved(*least))),
        Clash::NeedsTooFine => drop(cures.insert(Cure::Balanced)),
        Clash::TooManyMoves { most, .. } => drop(cures.insert(Cure::Moved(*most))),
        Clash::GroupInvalid { .. } | Clash::GroupsThreeWays { .. } => {
            cures.insert(Cure::Groups);
        }
        Clash::Groups(clash) => {
            cures.insert(Cure::Groups);
            for held in &clash.limits {
                match &held.by {
                    HeldBy::Total if held.at_least => {}
                    HeldBy::Total => {
                        cures.extend(held.alone.and_then(|by| smaller_reserve(prepared, by)));
                    }
                    HeldBy::Group { group, .. } => cures.extend(held.alone.and_then(|by| {
                        let posts = if held.at_least {
                            held.posts.checked_sub(by)?
                        } else {
                            held.posts.checked_add(by)?
                        };
                        Some(Cure::Group(*group, held.at_least, u32::try_from(posts).ok()?))
                    })),
                    HeldBy::Line { reason, .. } => cures.extend(of_reason(*reason)),
                }
            }
        }
        Clash::NeedInvalid { .. } | Clash::DuplicateId { .. } => {}
    }
    // A change that would change nothing is no cure.
    cures
        .into_iter()
        .filter(|cure| match cure {
            Cure::Own(id) => limits.lines.contains_key(id),
            Cure::AllOwn => !limits.lines.is_empty(),
            _ => true,
        })
        .collect()
}

/// A reserve smaller by so many posts, where it has as many.
fn smaller_reserve(prepared: &Prepared, by: u64) -> Option<Cure> {
    let left = prepared.reserve.checked_sub(by)?;
    (by > 0).then_some(Cure::Reserve(u32::try_from(left).ok()?))
}

/// What one line alone could give way, by limits of its own.
fn of_holder(hold: &Hold, by: u64, prepared: &Prepared) -> Vec<Cure> {
    let own = matches!(hold.reason, BoundReason::OwnCap | BoundReason::Locked);
    let at = prepared.problem.lines.iter().position(|line| line.id == hold.id);
    let id = at.and_then(|at| prepared.ids.get(at)).filter(|_| own);
    let less = u64::from(hold.posts).checked_sub(by).and_then(|less| u32::try_from(less).ok());
    let (Some(id), Some(less)) = (id, less) else { return Vec::new() };
    let lower = (hold.reason == BoundReason::OwnCap).then(|| Cure::Least(id.clone(), less));
    lower.into_iter().chain([Cure::Own(id.clone())]).collect()
}

fn of_reason(reason: BoundReason) -> Option<Cure> {
    match reason {
        BoundReason::InPost | BoundReason::InPostLessDepartures => Some(Cure::InPost),
        BoundReason::Floor => Some(Cure::Floor),
        BoundReason::CapDown => Some(Cure::Fall),
        BoundReason::CapUp => Some(Cure::Rise),
        BoundReason::OwnCap | BoundReason::Locked | BoundReason::Closing => Some(Cure::AllOwn),
        BoundReason::Fixed => Some(Cure::Hand),
        BoundReason::None | BoundReason::Opening | BoundReason::Entitlement => None,
    }
}

/// A line's own limits give way first; a general limit only where the line has none.
fn of_crossed(line: &CrossedLine, prepared: &Prepared) -> Vec<Cure> {
    let at = prepared.problem.lines.iter().position(|found| found.id == line.id);
    let Some(id) = at.and_then(|at| prepared.ids.get(at)) else { return Vec::new() };
    let mut cures = Vec::new();
    if matches!(line.high_reason, BoundReason::OwnCap | BoundReason::CapUp) {
        cures.push(Cure::Most(id.clone(), line.low));
    }
    if line.low_reason == BoundReason::OwnCap {
        cures.push(Cure::Least(id.clone(), line.high));
    }
    for reason in [line.low_reason, line.high_reason] {
        match reason {
            BoundReason::OwnCap => cures.push(Cure::Own(id.clone())),
            reason => cures.extend(of_reason(reason)),
        }
    }
    cures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::reallocate::Study;
    use crate::sample;
    use crate::scenario::{Figures, set_by_hand};

    fn study(workspace: &Workspace) -> Study {
        Study::of(workspace, &Figures::of(workspace.state()), KindId::school())
    }

    fn limited(change: impl FnOnce(&mut Limits)) -> Workspace {
        let mut workspace = sample::county().unwrap().workspace;
        let mut limits = workspace.state().limits(KindId::school());
        change(&mut limits);
        workspace.dispatch(set_limits(workspace.state(), KindId::school(), limits)).unwrap();
        workspace
    }

    fn id(text: &str) -> HoldingId {
        text.parse().unwrap()
    }

    /// Says the clash in both languages and tries every cure: the names of those that work.
    fn try_cures(workspace: &Workspace) -> (Vec<String>, Vec<Cure>) {
        let study_of = study(workspace);
        let clash = study_of.clash().expect("it clashes");
        let county = &workspace.state().county;
        for text in explain(&clash, county, &study_of.prepared, Lang::En) {
            assert!(!text.contains('{'), "{text}");
        }
        let limits = workspace.state().limits(KindId::school());
        let cures = cures(&clash, &limits, &study_of.prepared);
        assert!(!cures.is_empty());
        let working = cures.into_iter().filter(|cure| {
            assert!(!cure.text(county, &study_of.prepared, Lang::Zh).contains('{'));
            let mut cured = workspace.clone();
            cured.dispatch(cure.step(workspace, KindId::school())).unwrap();
            study(&cured).clash().is_none()
        });
        (explain(&clash, county, &study_of.prepared, Lang::Zh), working.collect())
    }

    #[test]
    fn a_school_asked_for_more_than_it_may_have() {
        let workspace = limited(|limits| {
            limits.lines.entry(id("1019/kindergarten")).or_default().low = Some(20);
        });
        let (words, cures) = try_cures(&workspace);
        assert!(words[1].contains("县第四幼儿园") && words[1].contains("差 4 名"), "{words:?}");
        assert!(cures.contains(&Cure::Most(id("1019/kindergarten"), 20)));
        assert!(cures.contains(&Cure::Least(id("1019/kindergarten"), 16)));
    }

    #[test]
    fn lower_limits_beyond_the_total() {
        let workspace = limited(|limits| {
            let own = limits.lines.entry(id("1012/primary")).or_default();
            *own = LineLimit { low: Some(3000), high: Some(3000), ..own.clone() };
            limits.moved = None;
        });
        let (words, cures) = try_cures(&workspace);
        assert!(words[0].contains("2,193"), "{words:?}");
        // 5047 - 2193 = 2854 too many; alone the school could do with 3000 - 2854 = 146.
        assert!(words[1].contains("3,000 名") && words[1].contains("2,854"), "{words:?}");
        assert!(words[1].contains("小学"), "{words:?}");
        assert!(cures.contains(&Cure::Least(id("1012/primary"), 146)), "{cures:?}");
        assert!(cures.contains(&Cure::Own(id("1012/primary"))), "{cures:?}");
        assert!(cures.contains(&Cure::AllOwn), "{cures:?}");
    }

    #[test]
    fn a_reserve_that_the_lower_limits_do_not_leave() {
        // Lower limits of 2047 and 300 kept of 2193: 1893 are left, 154 too few. 146 may be kept.
        let workspace = limited(|limits| {
            limits.reserve = 300;
            limits.moved = None;
        });
        let (words, cures) = try_cures(&workspace);
        assert!(words[0].contains("1,893") && words[0].contains("差 154 名"), "{words:?}");
        assert!(words[1].contains("2,193") && words[1].contains("300"), "{words:?}");
        assert!(cures.contains(&Cure::Reserve(146)), "{cures:?}");
    }

    #[test]
    fn a_reserve_beyond_what_there_is() {
        let workspace = limited(|limits| {
            let rule = limits.rule;
            *limits = Limits { rule, in_post: InPostLimit::Off, ..Limits::default() };
            (limits.fall, limits.rise, limits.reserve) = (None, None, 5000);
        });
        let (words, cures) = try_cures(&workspace);
        assert!(words[0].contains("5,000") && words[0].contains("2,807"), "{words:?}");
        assert_eq!(cures, [Cure::Reserve(2193)]);
    }

    #[test]
    fn limits_of_stages_and_townships_that_clash() {
        let workspace = limited(|limits| {
            limits.set_group(None, Some(crate::county::Stage::Primary), Some(1500), None);
            limits.set_group(None, Some(crate::county::Stage::LowerSecondary), Some(900), None);
        });
        let (words, cures) = try_cures(&workspace);
        assert!(words.len() > 2 && words[0].contains("差"), "{words:?}");
        assert!(cures.contains(&Cure::Groups), "{cures:?}");
    }

    #[test]
    fn posts_by_hand_beyond_the_total() {
        let mut workspace = sample::county().unwrap().workspace;
        let row = workspace.state().index().row(&id("1001/upper_secondary")).unwrap();
        workspace.dispatch(set_by_hand(workspace.state(), row, 900)).unwrap();
        let (_, cures) = try_cures(&workspace);
        assert!(cures.contains(&Cure::Hand), "{cures:?}");
    }

    #[test]
    fn upper_limits_below_the_total_and_moves_below_what_must_move() {
        let workspace = limited(|limits| {
            limits.rise = crate::norm::Exact::parse("0")
                .map(|share| crate::scenario::Cap { share, at_least: 0 });
            limits.lines.clear();
            limits.lines.entry(id("1001/upper_secondary")).or_default().closing = true;
            limits.moved = None;
        });
        let (words, cures) = try_cures(&workspace);
        assert!(words[0].contains("差 196 名"), "{words:?}");
        // The school that closes is furthest below its entitlement, and alone it could take them.
        assert!(words[1].contains("196"), "{words:?}");
        assert!(words[2].contains("至多 0 名，撤并"), "{words:?}");
        assert_eq!(cures, [Cure::Own(id("1001/upper_secondary")), Cure::AllOwn, Cure::Rise]);

        // With a most of its own it is offered the most that leaves room for the rest.
        let workspace = limited(|limits| {
            limits.rise = crate::norm::Exact::parse("0")
                .map(|share| crate::scenario::Cap { share, at_least: 0 });
            limits.in_post = InPostLimit::Off;
            (limits.fall, limits.floor, limits.moved) = (None, None, None);
            limits.stage_fall.clear();
            limits.lines.clear();
            limits.lines.entry(id("1001/upper_secondary")).or_default().high = Some(10);
        });
        let (words, cures) = try_cures(&workspace);
        assert!(words[2].contains("至多 10 名"), "{words:?}");
        assert!(cures.contains(&Cure::Most(id("1001/upper_secondary"), 196)), "{cures:?}");

        let workspace = limited(|limits| {
            limits.lines.entry(id("1020/primary")).or_default().closing = true;
            limits.moved = Some(2);
        });
        let (_, cures) = try_cures(&workspace);
        assert!(matches!(cures.as_slice(), [Cure::Moved(38)]), "{cures:?}");
    }
}
