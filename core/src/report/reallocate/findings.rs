//! What a planner should look at before trusting a proposal: it stands under the limits as they are,
//! and it may still not be what was meant. Each finding has its figures and a cure; nothing is
//! changed here.

use super::{Cure, row_name};
use crate::allocate::{BoundReason, Line};
use crate::county::{County, HoldingId};
use crate::scenario::Prepared;
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
    /// More findings of the kind before, not listed.
    More(usize),
}

/// What is to be looked at, in the order of the rows.
pub fn findings(county: &County, prepared: &Prepared) -> Vec<Found> {
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
    let mut found: Vec<Found> = shortened(lines().filter_map(closing).collect());
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
            Self::More(left) => say::CLASH_REST.with(lang, &[("n", &number::count(*left as u64))]),
        }
    }

    /// What would cure it by one step, if a limit can.
    pub fn cure(&self, prepared: &Prepared) -> Option<Cure> {
        let id = |line: &usize| -> Option<HoldingId> { prepared.ids.get(*line).cloned() };
        match self {
            Self::Closing { line, .. } => Some(Cure::Own(id(line)?)),
            Self::NoNeed { line, .. } => Some(Cure::Lock(id(line)?)),
            Self::More(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{Fact, KindId};
    use crate::report::reallocate::Study;
    use crate::sample;
    use crate::scenario::{Command, Figures, Label, Step, Workspace, set_limits};

    fn found(workspace: &Workspace) -> (Vec<Found>, Study) {
        let figures = Figures::of(workspace.state());
        let study = Study::of(workspace, &figures, KindId::school());
        (findings(&workspace.state().county, &study.prepared), study)
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
}
