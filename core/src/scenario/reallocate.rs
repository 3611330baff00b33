//! The steps that a planner takes around a proposal: new limits, posts by hand and their release,
//! everything back to the base. Each is one step of the history. Nothing here is applied: the
//! caller dispatches the step, and an empty one says that there is nothing to do.

use super::{By, Command, Label, Limits, Posting, State, Step, Workspace};
use crate::county::KindId;

/// New rule or limits of a kind.
pub fn set_limits(state: &State, kind: &KindId, new: Limits) -> Step {
    let old = state.limits(kind);
    let mut commands = Vec::new();
    if old != new {
        let (old, new) = (Box::new(old), Box::new(new));
        commands.push(Command::SetLimits { kind: kind.clone(), old, new });
    }
    Step { label: Label::Limits, commands }
}

/// Posts of one row by hand: a proposal leaves them alone until they are released.
pub fn set_by_hand(state: &State, row: usize, posts: u32) -> Step {
    // The reason that was given for the last figure stays with the row.
    let by = match state.by(row) {
        Some(by @ By::Hand { .. }) => by.clone(),
        _ => By::HAND,
    };
    posting(state, [row], Label::Edit, |_| Some(Posting { posts, by: Some(by.clone()) }))
}

/// One row back to its posts in the base, free for proposals again.
pub fn release(workspace: &Workspace, row: usize) -> Step {
    posting(workspace.state(), [row], Label::Edit, |row| surveyed(workspace, row))
}

/// Every row of a kind that was set by hand, released.
pub fn release_all(workspace: &Workspace, kind: &KindId) -> Step {
    let state = workspace.state();
    let rows = rows(state, kind).filter(|row| matches!(state.by(*row), Some(By::Hand { .. })));
    posting(state, rows, Label::Reset, |row| surveyed(workspace, row))
}

/// Every row of a kind back to its posts in the base, whoever moved them.
pub fn reset(workspace: &Workspace, kind: &KindId) -> Step {
    let state = workspace.state();
    posting(state, rows(state, kind), Label::Reset, |row| surveyed(workspace, row))
}

fn rows<'a>(state: &'a State, kind: &'a KindId) -> impl Iterator<Item = usize> + 'a {
    let holdings = state.county.holdings.iter().enumerate();
    holdings.filter(move |(_, holding)| state.county.kind_of(holding) == kind).map(|(row, _)| row)
}

fn surveyed(workspace: &Workspace, row: usize) -> Option<Posting> {
    let posts = workspace.base().holdings.get(row)?.authorised;
    Some(Posting { posts, by: None })
}

fn posting(
    state: &State,
    rows: impl IntoIterator<Item = usize>,
    label: Label,
    new: impl Fn(usize) -> Option<Posting>,
) -> Step {
    let commands = rows.into_iter().filter_map(|row| {
        let (at, old, new) = (state.county.id_of(row)?, state.posting(row)?, new(row)?);
        (old != new).then_some(Command::SetPosts { at, old, new })
    });
    Step { label, commands: commands.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use crate::scenario::{Figures, adopt, prepare};

    fn row(workspace: &Workspace, id: &str) -> usize {
        workspace.state().index().row(&id.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_figure_set_by_hand_holds_until_it_is_released() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = KindId::school();
        let at = row(&workspace, "1020/primary");
        let before = workspace.base().holdings[at].authorised;
        workspace.dispatch(set_by_hand(workspace.state(), at, before + 1)).unwrap();

        let figures = Figures::of(workspace.state());
        let prepared = prepare(&workspace, &figures, kind);
        let proposal = crate::allocate::solve(&prepared.problem).unwrap();
        let line = prepared.rows.iter().position(|row| *row == at).unwrap();
        assert_eq!(proposal.posts[line], before + 1, "the proposal works around it");
        workspace.dispatch(adopt(&workspace, &prepared, &proposal)).unwrap();

        workspace.dispatch(release_all(&workspace, kind)).unwrap();
        assert_eq!(workspace.state().posting(at), Some(Posting { posts: before, by: None }));
        assert!(release(&workspace, at).commands.is_empty(), "nothing is left to release");

        workspace.dispatch(reset(&workspace, kind)).unwrap();
        assert_eq!(workspace.state().county.holdings, workspace.base().holdings);
        assert!(reset(&workspace, kind).commands.is_empty());
    }

    #[test]
    fn limits_that_stay_as_they_are_make_no_step() {
        let workspace = sample::county().unwrap().workspace;
        let state = workspace.state();
        let limits = state.limits(KindId::school());
        assert!(set_limits(state, KindId::school(), limits.clone()).commands.is_empty());
        let fewer = Limits { moved: Some(10), ..limits };
        assert_eq!(set_limits(state, KindId::school(), fewer).commands.len(), 1);
    }
}
