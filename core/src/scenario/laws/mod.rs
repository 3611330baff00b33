//! Laws of several scenarios: nothing done is lost, differences lead from one to the other, merging
//! and moving to another base are what they say, and the parts of a difference sum to it.

use proptest::prelude::*;

mod comparing;
mod history;
mod merging;
mod moving;
mod pools;

use super::tests::{edit, set_posts, some_command};
use super::*;
use crate::county::{Fact, KindId, Stage, UnitCode};

type Pick = (u32, usize, u32);

fn picks(most: usize) -> impl Strategy<Value = Vec<Pick>> {
    prop::collection::vec((any::<u32>(), any::<usize>(), 0..3_000_u32), 1..most)
}

/// Does what the numbers pick, where it fits.
fn work(workspace: &mut Workspace, picks: &[Pick]) {
    for (pick, row, value) in picks {
        let command = some_command(workspace, *pick, *row, *value);
        let _ = workspace.dispatch(edit(command));
    }
}

fn seen_state(state: &State) -> String {
    let by: Vec<_> = (0..state.county.holdings.len()).map(|row| state.by(row)).collect();
    // Pools stand in the order in which they came, which no person sees.
    let mut county = state.county.clone();
    county.pools.sort_by(|a, b| a.kind.cmp(&b.kind));
    let limits: Vec<_> = county.kinds.iter().map(|kind| state.limits(&kind.id)).collect();
    format!("{county:?}{:?}{limits:?}{by:?}", state.norm.pack())
}

fn apply_all(state: &State, commands: &[Command]) -> State {
    let mut state = state.clone();
    for command in commands {
        state.apply(command.clone()).unwrap();
    }
    state
}

fn row(workspace: &Workspace, id: &str) -> usize {
    workspace.state().index().row(&id.parse().unwrap()).unwrap()
}

fn by_hand(workspace: &mut Workspace, id: &str, posts: u32) {
    let step = edit(set_posts(workspace, row(workspace, id), posts));
    workspace.dispatch(step).unwrap();
}

fn students(workspace: &mut Workspace, id: &str, students: u32) {
    let at = row(workspace, id);
    let old = workspace.state().county.holdings[at].fact(Fact::Students);
    let (at, fact) = (id.parse().unwrap(), Fact::Students);
    workspace.dispatch(edit(Command::SetFact { at, fact, old, new: Some(students) })).unwrap();
}

fn sent(workspace: &Workspace) -> Workspace {
    let text = crate::file::write(workspace, "0.1.0", "2026-11-24".parse().unwrap()).unwrap();
    crate::file::open(&text).unwrap().workspace
}

fn posts(workspace: &Workspace, id: &str) -> u32 {
    workspace.state().county.holdings[row(workspace, id)].authorised
}

fn found(workspace: &mut Workspace, code: &str, stage: Stage) {
    let mut unit = workspace.base().units.last().unwrap().clone();
    unit.code = UnitCode::new(code);
    let new = NewUnit { unit, kind: KindId::school().clone(), stage: Some(stage) };
    workspace.dispatch(edit(Command::FoundUnit { new: new.into(), undone: false })).unwrap();
}
