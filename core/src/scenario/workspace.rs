//! The open workspace: a base, the scenarios over it, and the present of the one that is open.
//! Going back applies inverses, going forward applies the steps again; of the others only their
//! commands are kept.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::difference::with_documents;
use super::{Command, Conflict, Limits, Scenario, State, Step, difference};
use crate::county::{County, KindId};
use crate::norm::{Norm, Pack};

/// What a step did, for its name in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// A cell was edited; the command says which.
    Edit,
    /// A block of cells was pasted or cleared.
    Paste {
        /// Cells changed.
        cells: usize,
    },
    /// A proposal was adopted.
    Adopt {
        /// Posts moved.
        moved: u64,
    },
    /// Every line was put back to its posts in the survey.
    Reset,
    /// A parameter of the norm was changed.
    Parameter,
    /// The norm was changed.
    Norm,
    /// A setting of the county was changed.
    Setting,
    /// Rule or limits of the reallocation were changed.
    Limits,
    /// The pool's own data were changed.
    Pool,
    /// An application was entered, changed or taken out.
    Application {
        /// The applicant's name.
        unit: String,
    },
    /// A batch was approved.
    Approve {
        /// Posts granted.
        granted: u32,
    },
    /// An entry was made in the pool's book.
    Entry {
        /// What it says.
        what: crate::pool::What,
        /// The borrower's name, or the pool's.
        unit: String,
    },
    /// Posts moved between units, kinds or what is unassigned by document.
    Movement(crate::pool::movement::Moved),
    /// The year's use of posts: its plan, or who came, moved and left.
    Use,
    /// An award was decided otherwise than the rules.
    Overrule {
        /// The applicant's name.
        unit: String,
    },
    /// Old steps, put together to save space.
    Squeezed {
        /// How many they were.
        steps: usize,
    },
    /// Two scenarios were merged.
    Merge {
        /// Name of the other one.
        with: String,
    },
    /// The scenario was moved here from another base.
    Rebase {
        /// Name and fingerprint of what it stood on.
        from: String,
    },
}

/// A remark on one cell of the scenarios, by a reviewer or an author.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Comment {
    /// The cell, as [`Command::cell`] writes it; empty for the scenario as a whole.
    pub cell: String,
    /// Name of the scenario.
    pub scenario: String,
    /// The day it was written.
    pub day: NaiveDate,
    /// Who wrote it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// What it says.
    pub text: String,
}

/// A base, the scenarios over it, and what the open one amounts to.
#[derive(Debug, Clone)]
pub struct Workspace {
    base: State,
    scenarios: Vec<Scenario>,
    active: usize,
    state: State,
    revision: u64,
    state_revision: u64,
    comments: Vec<Comment>,
    /// Fields of its file that this program does not know, given back when it is written.
    unknown: Value,
}

impl Workspace {
    /// Opens a scenario over a base, replaying its steps.
    ///
    /// # Errors
    /// Where the norm cannot be used or a step does not fit the base.
    pub fn open(
        base: County,
        base_norm: Pack,
        base_limits: BTreeMap<KindId, Limits>,
        scenario: Scenario,
    ) -> Result<Self, Conflict> {
        Self::open_several(base, base_norm, base_limits, vec![scenario], 0)
    }

    /// Opens several scenarios over a base; the one at `active` is replayed.
    ///
    /// # Errors
    /// As [`Workspace::open`].
    pub fn open_several(
        base: County,
        base_norm: Pack,
        base_limits: BTreeMap<KindId, Limits>,
        mut scenarios: Vec<Scenario>,
        active: usize,
    ) -> Result<Self, Conflict> {
        let norm = Norm::new(base_norm, base.norm_day())?;
        let base = State::new(base, norm, base_limits);
        if scenarios.is_empty() {
            scenarios.push(Scenario::default());
        }
        scenarios.iter_mut().for_each(Scenario::tidy);
        let active = active.min(scenarios.len() - 1);
        let state = replay(&base, scenarios.get(active))?;
        let (comments, unknown) = (Vec::new(), Value::Null);
        Ok(Self {
            base,
            scenarios,
            active,
            state,
            revision: 0,
            state_revision: 0,
            comments,
            unknown,
        })
    }

    /// The surveyed facts, before any command.
    pub fn base(&self) -> &County {
        &self.base.county
    }

    /// The state before any command.
    pub fn base_state(&self) -> &State {
        &self.base
    }

    /// The norm that the base came with.
    pub fn base_norm(&self) -> &Pack {
        self.base.norm.pack()
    }

    /// Rule and limits that the base came with.
    pub fn base_limits(&self) -> &BTreeMap<KindId, Limits> {
        &self.base.limits
    }

    /// Every scenario, in the order of the tabs.
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// The place of the open scenario.
    pub fn active(&self) -> usize {
        self.active
    }

    /// The open scenario and its history.
    pub fn scenario(&self) -> &Scenario {
        static NONE: Scenario = Scenario {
            name: String::new(),
            note: String::new(),
            archived: false,
            parents: Vec::new(),
            done: Vec::new(),
            undone: Vec::new(),
            branches: Vec::new(),
            dropped: 0,
            came: Vec::new(),
        };
        // There is always one: see `open_several`.
        self.scenarios.get(self.active).unwrap_or(&NONE)
    }

    /// What the open scenario amounts to.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What any scenario amounts to.
    ///
    /// # Errors
    /// Where a step does not fit: only in a file by hand, since opening replays every scenario.
    pub fn state_of(&self, at: usize) -> Result<State, Conflict> {
        if at == self.active {
            return Ok(self.state.clone());
        }
        replay(&self.base, self.scenarios.get(at))
    }

    /// Grows with every change; two equal revisions of one workspace hold the same state.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows with every change of the state alone: a name, a note, a remark or a copy leave it as it
    /// is, and whatever follows from the state with it.
    pub fn state_revision(&self) -> u64 {
        self.state_revision
    }

    /// Remarks on cells, in order.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// Adds a remark, once.
    pub fn comment(&mut self, comment: Comment) {
        if let Err(place) = self.comments.binary_search(&comment) {
            self.comments.insert(place, comment);
            self.revision += 1;
        }
    }

    /// Takes a remark away.
    pub fn uncomment(&mut self, comment: &Comment) {
        self.comments.retain(|kept| kept != comment);
        self.revision += 1;
    }

    /// Fields of the file that this program does not know.
    pub(crate) fn unknown(&self) -> &Value {
        &self.unknown
    }

    pub(crate) fn keep_unknown(&mut self, unknown: Value) {
        self.unknown = unknown;
    }

    fn set_state(&mut self, state: State) {
        self.state = state;
        self.revision += 1;
        self.state_revision += 1;
    }

    fn scenario_mut(&mut self) -> Option<&mut Scenario> {
        self.revision += 1;
        self.scenarios.get_mut(self.active)
    }

    /// Renames the open scenario. Not part of the history: it changes no figure.
    pub fn rename(&mut self, name: &str) {
        let name = self.free_name(name, Some(self.active));
        if let Some(scenario) = self.scenario_mut() {
            let old = std::mem::replace(&mut scenario.name, name.clone());
            for comment in self.comments.iter_mut().filter(|comment| comment.scenario == old) {
                comment.scenario.clone_from(&name);
            }
        }
    }

    /// Sets the note of the open scenario.
    pub fn set_note(&mut self, note: &str) {
        if let Some(scenario) = self.scenario_mut() {
            note.clone_into(&mut scenario.note);
        }
    }

    /// Puts a scenario away or takes it out again. One that is not put away stays; the open one
    /// gives its place to the nearest other. `false` if it is the last.
    ///
    /// # Errors
    /// As [`Workspace::switch`].
    pub fn archive(&mut self, at: usize, archived: bool) -> Result<bool, Conflict> {
        if archived {
            let others = self.scenarios.iter().enumerate();
            let others = others.filter(|(place, other)| *place != at && !other.archived);
            let Some(next) = others.map(|(place, _)| place).min_by_key(|place| place.abs_diff(at))
            else {
                return Ok(false);
            };
            if at == self.active {
                self.switch(next)?;
            }
        }
        if let Some(scenario) = self.scenarios.get_mut(at) {
            scenario.archived = archived;
            self.revision += 1;
        }
        Ok(true)
    }

    /// A name that no other scenario has: with a number behind it where needed.
    pub fn free_name(&self, name: &str, except: Option<usize>) -> String {
        let taken = |name: &str| {
            let mut all = self.scenarios.iter().enumerate();
            all.any(|(at, scenario)| Some(at) != except && scenario.name == name)
        };
        let mut free = name.to_owned();
        let mut number = 2_u32;
        while taken(&free) {
            free = format!("{name} {number}");
            number += 1;
        }
        free
    }

    /// Opens another scenario.
    ///
    /// # Errors
    /// As [`Workspace::state_of`]; the open one then stays open.
    pub fn switch(&mut self, at: usize) -> Result<bool, Conflict> {
        if at >= self.scenarios.len() {
            return Ok(false);
        }
        self.set_state(self.state_of(at)?);
        self.active = at;
        Ok(true)
    }

    /// Adds a scenario behind the open one and opens it.
    ///
    /// # Errors
    /// Where a step does not fit the base; nothing is added then.
    pub fn add(&mut self, mut scenario: Scenario) -> Result<(), Conflict> {
        scenario.tidy();
        self.set_state(replay(&self.base, Some(&scenario))?);
        self.insert(scenario);
        Ok(())
    }

    /// Puts a scenario behind the open one and opens it; its state is the present one.
    fn insert(&mut self, mut scenario: Scenario) {
        scenario.name = self.free_name(&scenario.name, None);
        self.active += 1;
        self.scenarios.insert(self.active, scenario);
        self.revision += 1;
    }

    /// A copy of the open scenario under another name, opened. With `steps` it begins with so many
    /// of its steps and no more: a branch to work on beside it.
    ///
    /// # Errors
    /// As [`Workspace::add`].
    pub fn duplicate(&mut self, name: &str, steps: Option<usize>) -> Result<(), Conflict> {
        let from = self.scenario();
        let mut copy = Scenario { name: name.to_owned(), archived: false, ..from.clone() };
        copy.parents = vec![from.name.clone()];
        let Some(steps) = steps else {
            // The same steps amount to the same: nothing is done again.
            self.insert(copy);
            return Ok(());
        };
        copy = copy.without_trials();
        copy.done.truncate(steps);
        self.add(copy)
    }

    /// Takes the place of every scenario: what a snapshot held comes back.
    ///
    /// # Errors
    /// Where a step does not fit the base; everything stays as it is then.
    pub fn restore(
        &mut self,
        mut scenarios: Vec<Scenario>,
        active: usize,
        comments: Vec<Comment>,
    ) -> Result<(), Conflict> {
        scenarios.iter_mut().for_each(Scenario::tidy);
        let active = active.min(scenarios.len().saturating_sub(1));
        let state = replay(&self.base, scenarios.get(active))?;
        if !scenarios.is_empty() {
            (self.scenarios, self.active) = (scenarios, active);
            self.set_state(state);
            self.comments = comments;
            self.comments.sort();
            self.comments.dedup();
        }
        Ok(())
    }

    /// Does a step: all of its commands, or none. What was undone before stays as a branch.
    ///
    /// # Errors
    /// The first conflict; the state is then as it was.
    pub fn dispatch(&mut self, step: Step) -> Result<(), Conflict> {
        self.run(step.commands.clone())?;
        if let Some(scenario) = self.scenario_mut() {
            scenario.note_done(step);
        }
        Ok(())
    }

    /// The step that [`Workspace::undo`] would undo.
    pub fn next_undo(&self) -> Option<&Step> {
        self.scenario().done.last()
    }

    /// The step that [`Workspace::redo`] would do again.
    pub fn next_redo(&self) -> Option<&Step> {
        self.scenario().undone.last()
    }

    /// Undoes the last step. `false` if there is none.
    ///
    /// # Errors
    /// Never for a history made by [`Workspace::dispatch`]; a file could hold another one.
    pub fn undo(&mut self) -> Result<bool, Conflict> {
        let Some(step) = self.next_undo() else { return Ok(false) };
        let inverses = step.commands.iter().rev().cloned().map(Command::inverse).collect();
        self.run(inverses)?;
        if let Some(scenario) = self.scenario_mut() {
            scenario.undone.extend(scenario.done.pop());
        }
        Ok(true)
    }

    /// Does the last undone step again. `false` if there is none.
    ///
    /// # Errors
    /// As [`Workspace::undo`].
    pub fn redo(&mut self) -> Result<bool, Conflict> {
        let Some(step) = self.next_redo() else { return Ok(false) };
        self.run(step.commands.clone())?;
        if let Some(scenario) = self.scenario_mut() {
            scenario.done.extend(scenario.undone.pop());
        }
        Ok(true)
    }

    /// Goes back or forward to where so many steps are done.
    ///
    /// # Errors
    /// As [`Workspace::undo`]; it stops where it came to.
    pub fn go_to(&mut self, steps: usize) -> Result<bool, Conflict> {
        while self.scenario().done.len() > steps && self.undo()? {}
        while self.scenario().done.len() < steps && self.redo()? {}
        Ok(true)
    }

    /// Goes to the end of a branch. What is left for it becomes a branch itself.
    ///
    /// # Errors
    /// As [`Workspace::undo`]; it stops where it came to.
    pub fn take_branch(&mut self, at: usize) -> Result<bool, Conflict> {
        let Some(after) = self.scenario().branches.get(at).map(|branch| branch.after) else {
            return Ok(false);
        };
        self.go_to(after)?;
        if self.scenario_mut().is_some_and(|scenario| scenario.take_branch(at)) {
            self.go_to(self.scenario().trunk())?;
        }
        Ok(true)
    }

    /// Brings the history of the open scenario within a byte budget: the oldest branches go first,
    /// then old steps are put together, half of them at a time. The present never changes. `true` if
    /// anything was done.
    ///
    /// # Errors
    /// As [`Workspace::undo`].
    pub fn squeeze(&mut self, budget: usize) -> Result<bool, Conflict> {
        let mut squeezed = false;
        while self.scenario().bytes() > budget {
            let count = self.scenario().done.len().div_ceil(2);
            if !self.scenario().branches.is_empty() {
                if let Some(scenario) = self.scenario_mut() {
                    scenario.drop_branch();
                }
            } else if self.scenario().done.len() > 1 && count > 0 {
                let mut old = self.base.clone();
                let count = count.max(2);
                for step in self.scenario().done.iter().take(count) {
                    for command in &step.commands {
                        old.apply(command.clone())?;
                    }
                }
                let done = self.scenario().done.get(..count).unwrap_or_default();
                let commands = with_documents(difference(&self.base, &old), done);
                if let Some(scenario) = self.scenario_mut() {
                    scenario.squeeze_into(count, commands);
                }
            } else {
                break;
            }
            squeezed = true;
        }
        Ok(squeezed)
    }

    /// Applies commands, all or none.
    fn run(&mut self, commands: Vec<Command>) -> Result<(), Conflict> {
        let mut inverses = Vec::with_capacity(commands.len());
        for command in commands {
            match self.state.apply(command) {
                Ok(inverse) => inverses.push(inverse),
                Err(conflict) => {
                    for inverse in inverses.into_iter().rev() {
                        // An inverse fits the state that its command just left.
                        self.state.apply(inverse)?;
                    }
                    return Err(conflict);
                }
            }
        }
        self.revision += 1;
        self.state_revision += 1;
        Ok(())
    }
}

/// A base with the steps of a scenario done.
fn replay(base: &State, scenario: Option<&Scenario>) -> Result<State, Conflict> {
    let mut state = base.clone();
    for command in scenario.iter().flat_map(|scenario| &scenario.done).flat_map(|s| &s.commands) {
        state.apply(command.clone())?;
    }
    Ok(state)
}
