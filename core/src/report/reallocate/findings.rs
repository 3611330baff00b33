//! What a planner should look at before trusting a proposal: it stands under the limits as they are,
//! and it may still not be what was meant. Each finding has its figures and a cure; nothing is
//! changed here.

use super::{Cure, OwnLimit, row_name};
use crate::allocate::{BoundReason, Line};
use crate::county::{County, HoldingId};
use crate::scenario::{Limits, LineLimit, Prepared, State};
use crate::text::{Lang, number, reallocate as say};

/// Findings of one kind that are listed.
const LISTED: usize = 8;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A row closes while people are in post there.
    Closing {
        /// The line, by its place in the problem.
        line: usize,
        /// People in post.
        people: u32,
    },
    /// A row is entitled to nothing, has posts and may lose them.
    NoNeed {
        /// The line, by its place in the problem.
        line: usize,
        /// Its posts.
        posts: u32,
    },
    /// A figure set by hand passes a limit of the row: the hand holds.
    HandOverLimit {
        /// The line, by its place in the problem.
        line: usize,
        /// Its posts.
        posts: u32,
        /// The limit that does not hold.
        limit: OwnLimit,
    },
    /// The most of a row of its own is beyond the cap on rise, whose place it takes.
    OverRise {
        /// The line, by its place in the problem.
        line: usize,
        /// Most posts of its own.
        most: u32,
        /// Most posts by the cap.
        cap: u32,
    },
    /// A figure was set by hand and nobody said why.
    NoReason {
        /// The line, by its place in the problem.
        line: usize,
        /// Its posts.
        posts: u32,
    },
    /// More findings of the kind before, not listed.
    More(usize),
}

/// What is to be looked at, in the order of the rows.
pub fn findings(state: &State, limits: &Limits, prepared: &Prepared) -> Vec<Found> {
    let county = &state.county;
    let lines = || prepared.problem.lines.iter().enumerate();
    let people = |line: usize| {
        let holding = prepared.rows.get(line).and_then(|row| county.holdings.get(*row));
        holding.map_or(0, |holding| holding.in_post)
    };
    let closing = |(at, line): (usize, &Line)| {
        let people = people(at);
        let found = line.bounds.low_reason == BoundReason::Closing && people > 0;
        found.then_some(Found::Closing { line: at, people })
    };
    let no_need = |(at, line): (usize, &Line)| {
        let found = *line.need.numer() == 0 && line.now > 0 && line.bounds.low < line.now;
        let closes = line.bounds.low_reason == BoundReason::Closing;
        (found && !closes).then_some(Found::NoNeed { line: at, posts: line.now })
    };
    let own = |at: usize| prepared.ids.get(at).and_then(|id| limits.lines.get(id));
    let over_limit = |(at, line): (usize, &Line)| {
        let (own, posts) = (own(at)?, line.bounds.low);
        let limit = match own {
            LineLimit { closing: true, .. } if posts > 0 => OwnLimit::Closing,
            LineLimit { locked: true, .. } if posts != line.now => OwnLimit::Locked,
            LineLimit { high: Some(most), .. } if posts > *most => OwnLimit::Most(*most),
            LineLimit { low: Some(least), .. } if posts < *least => OwnLimit::Least(*least),
            _ => return None,
        };
        let by_hand = line.bounds.low_reason == BoundReason::Fixed;
        by_hand.then_some(Found::HandOverLimit { line: at, posts, limit })
    };
    let over_rise = |(at, line): (usize, &Line)| {
        let most = own(at)?.high?;
        let cap = line.now.saturating_add(limits.rise.as_ref()?.of(line.now));
        // A unit that opens has nothing that a cap could be a share of.
        let found = line.now > 0 && most > cap && line.bounds.high_reason == BoundReason::OwnCap;
        found.then_some(Found::OverRise { line: at, most, cap })
    };
    let no_reason = |(at, line): (usize, &Line)| {
        let by = state.by(*prepared.rows.get(at)?)?;
        by.lacks_reason().then_some(Found::NoReason { line: at, posts: line.bounds.low })
    };
    let mut found: Vec<Found> = shortened(lines().filter_map(closing).collect());
    found.extend(shortened(lines().filter_map(over_limit).collect()));
    found.extend(shortened(lines().filter_map(no_reason).collect()));
    found.extend(shortened(lines().filter_map(over_rise).collect()));
    found.extend(shortened(lines().filter_map(no_need).collect()));
    found
}

fn shortened(mut found: Vec<Found>) -> Vec<Found> {
    let left = found.len().saturating_sub(LISTED);
    if left > 0 {
        found.truncate(LISTED);
        found.push(Found::More(left));
    }
    found
}

impl Found {
    /// In words, with the figures and what to do.
    pub fn text(&self, county: &County, prepared: &Prepared, lang: Lang) -> String {
        let name = |line: &usize| {
            let row = prepared.rows.get(*line);
            row.map_or_else(String::new, |row| row_name(county, *row, lang))
        };
        match self {
            Self::Closing { line, people } => {
                say::FOUND_CLOSING.with(lang, &[("unit", &name(line)), ("people", people)])
            }
            Self::NoNeed { line, posts } => {
                say::FOUND_NO_NEED.with(lang, &[("unit", &name(line)), ("posts", posts)])
            }
            Self::HandOverLimit { line, posts, limit } => {
                let name = name(line);
                let limit = limit.text(&name, lang);
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("unit", &name), ("posts", posts), ("limit", &limit)];
                say::FOUND_HAND.with(lang, &values)
            }
            Self::NoReason { line, posts } => {
                say::FOUND_NO_REASON.with(lang, &[("unit", &name(line)), ("posts", posts)])
            }
            Self::OverRise { line, most, cap } => {
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("unit", &name(line)), ("most", most), ("cap", cap)];
                say::FOUND_OVER_RISE.with(lang, &values)
            }
            Self::More(left) => say::CLASH_REST.with(lang, &[("n", &number::count(*left as u64))]),
        }
    }

    /// What would cure it by one step, if a limit can.
    pub fn cure(&self, prepared: &Prepared) -> Option<Cure> {
        let id = |line: &usize| -> Option<HoldingId> { prepared.ids.get(*line).cloned() };
        match self {
            Self::Closing { line, .. }
            | Self::HandOverLimit { line, .. }
            | Self::OverRise { line, .. } => Some(Cure::Own(id(line)?)),
            Self::NoNeed { line, .. } => Some(Cure::Lock(id(line)?)),
            Self::NoReason { .. } | Self::More(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{Fact, KindId};
    use crate::report::reallocate::{Study, explain_override};
    use crate::sample;
    use crate::scenario::{Command, Figures, Label, Step, Workspace, set_by_hand, set_limits};

    fn found(workspace: &Workspace) -> (Vec<Found>, Study) {
        let figures = Figures::of(workspace.state());
        let study = Study::of(workspace, &figures, KindId::school());
        let state = workspace.state();
        let limits = state.limits(KindId::school());
        (findings(state, &limits, &study.prepared), study)
    }

    #[test]
    fn a_school_that_closes_with_people_and_one_entitled_to_nothing_are_said_with_a_cure() {
        let mut workspace = sample::county().unwrap().workspace;
        assert_eq!(found(&workspace).0, []);
        let kind = KindId::school();
        let mut limits = workspace.state().limits(kind);
        let id: HoldingId = "1020/primary".parse().unwrap();
        limits.lines.entry(id.clone()).or_default().closing = true;
        limits.moved = None;
        workspace.dispatch(set_limits(workspace.state(), kind, limits)).unwrap();
        let (closing, study) = found(&workspace);
        // The school has 38 posts and as many people.
        assert!(matches!(closing.as_slice(), [Found::Closing { people: 38, .. }]), "{closing:?}");
        let county = &workspace.state().county;
        let text = closing[0].text(county, &study.prepared, Lang::Zh);
        assert!(text.contains("38 人"), "{text}");
        let cure = closing[0].cure(&study.prepared).unwrap();
        workspace.dispatch(cure.step(&workspace, kind)).unwrap();
        assert_eq!(found(&workspace).0, [], "it closes no more");

        let row = workspace.state().index().row(&id).unwrap();
        let holding = &workspace.state().county.holdings[row];
        let empty = [Fact::Students, Fact::Classes, Fact::Boarders].map(|fact| Command::SetFact {
            at: id.clone(),
            fact,
            old: holding.fact(fact),
            new: Some(0),
        });
        let step = Step { label: Label::Edit, commands: empty.to_vec() };
        workspace.dispatch(step).unwrap();
        let (empty, study) = found(&workspace);
        assert!(matches!(empty.as_slice(), [Found::NoNeed { posts: 38, .. }]), "{empty:?}");
        let cure = empty[0].cure(&study.prepared).unwrap();
        workspace.dispatch(cure.step(&workspace, kind)).unwrap();
        assert_eq!(found(&workspace).0, [], "it keeps its posts");
    }

    #[test]
    fn a_hand_over_a_limit_and_a_most_over_the_cap_on_rise_are_said() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = KindId::school();
        let id: HoldingId = "1020/primary".parse().unwrap();
        let mut limits = workspace.state().limits(kind);
        limits.lines.entry(id.clone()).or_default().closing = true;
        limits.moved = None;
        workspace.dispatch(set_limits(workspace.state(), kind, limits.clone())).unwrap();
        let row = workspace.state().index().row(&id).unwrap();
        workspace.dispatch(set_by_hand(workspace.state(), row, 5)).unwrap();
        let (hand, study) = found(&workspace);
        let [
            Found::HandOverLimit { posts: 5, limit: OwnLimit::Closing, .. },
            Found::NoReason { posts: 5, .. },
        ] = hand.as_slice()
        else {
            panic!("{hand:?}");
        };
        let text = hand[0].text(&workspace.state().county, &study.prepared, Lang::Zh);
        assert!(text.contains("5 名") && text.contains("撤并"), "{text}");

        // 38 posts may rise by a seventh, 5: 43. Its own most of 60 is beyond.
        workspace.undo().unwrap();
        *limits.lines.entry(id).or_default() = LineLimit { high: Some(60), ..LineLimit::default() };
        limits.rise = crate::norm::Exact::parse("1/7")
            .map(|share| crate::scenario::Cap { share, at_least: 2 });
        workspace.dispatch(set_limits(workspace.state(), kind, limits)).unwrap();
        let (over, study) = found(&workspace);
        assert!(matches!(over.as_slice(), [Found::OverRise { most: 60, cap: 43, .. }]), "{over:?}");
        let cure = over[0].cure(&study.prepared).unwrap();
        workspace.dispatch(cure.step(&workspace, kind)).unwrap();
        assert_eq!(found(&workspace).0, []);
    }

    #[test]
    fn a_hand_without_a_reason_is_said_until_it_has_one() {
        let mut workspace = sample::county().unwrap().workspace;
        let row = workspace.state().index().row(&"1020/primary".parse().unwrap()).unwrap();
        workspace.dispatch(set_by_hand(workspace.state(), row, 39)).unwrap();
        let (open, study) = found(&workspace);
        assert!(matches!(open.as_slice(), [Found::NoReason { posts: 39, .. }]), "{open:?}");
        let text = open[0].text(&workspace.state().county, &study.prepared, Lang::Zh);
        assert!(text.contains("39 名") && text.contains("理由"), "{text}");
        let step = explain_override(workspace.state(), row, "寄宿部今秋开办", "");
        workspace.dispatch(step).unwrap();
        assert_eq!(found(&workspace).0, []);
        // A document number alone says which paper, not why.
        workspace.undo().unwrap();
        let step = explain_override(workspace.state(), row, "", "县编〔2026〕3 号");
        workspace.dispatch(step).unwrap();
        assert!(matches!(found(&workspace).0.as_slice(), [Found::NoReason { .. }]));
    }
}
