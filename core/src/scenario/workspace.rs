//! The open workspace: a base, one scenario over it, and its present. History is a stack of steps;
//! going back applies inverses, going forward applies the steps again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Command, Conflict, Limits, State};
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
    Movement,
    /// The year's use of posts: its plan, or who came, moved and left.
    Use,
    /// An award was decided otherwise than the rules.
    Overrule {
        /// The applicant's name.
        unit: String,
    },
}

/// One step of the history: commands that were done, and are undone, together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it did.
    pub label: Label,
    /// Its commands, in order.
    pub commands: Vec<Command>,
}

/// A named stack of steps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// A note; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Steps done, oldest first.
    #[serde(default)]
    pub done: Vec<Step>,
    /// Steps undone, the next to redo last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undone: Vec<Step>,
}

/// A base, a scenario over it, and what they amount to.
#[derive(Debug, Clone)]
pub struct Workspace {
    base: County,
    base_norm: Pack,
    base_limits: BTreeMap<KindId, Limits>,
    scenario: Scenario,
    state: State,
    revision: u64,
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
        let norm = Norm::new(base_norm.clone(), base.norm_day())?;
        let mut state = State::new(base.clone(), norm, base_limits.clone());
        for command in scenario.done.iter().flat_map(|step| &step.commands) {
            state.apply(command.clone())?;
        }
        Ok(Self { base, base_norm, base_limits, scenario, state, revision: 0 })
    }

    /// The surveyed facts, before any command.
    pub fn base(&self) -> &County {
        &self.base
    }

    /// The norm that the base came with.
    pub fn base_norm(&self) -> &Pack {
        &self.base_norm
    }

    /// Rule and limits that the base came with.
    pub fn base_limits(&self) -> &BTreeMap<KindId, Limits> {
        &self.base_limits
    }

    /// The scenario and its history.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// What the scenario amounts to.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Grows with every change; two equal revisions of one workspace hold the same state.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Renames the scenario. Not part of the history: it changes no figure.
    pub fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.scenario.name);
        self.revision += 1;
    }

    /// Does a step: all of its commands, or none. What was undone before can no longer be redone.
    ///
    /// # Errors
    /// The first conflict; the state is then as it was.
    pub fn dispatch(&mut self, step: Step) -> Result<(), Conflict> {
        self.run(step.commands.clone())?;
        self.scenario.done.push(step);
        self.scenario.undone.clear();
        Ok(())
    }

    /// The step that [`Workspace::undo`] would undo.
    pub fn next_undo(&self) -> Option<&Step> {
        self.scenario.done.last()
    }

    /// The step that [`Workspace::redo`] would do again.
    pub fn next_redo(&self) -> Option<&Step> {
        self.scenario.undone.last()
    }

    /// Undoes the last step. `false` if there is none.
    ///
    /// # Errors
    /// Never for a history made by [`Workspace::dispatch`]; a file could hold another one.
    pub fn undo(&mut self) -> Result<bool, Conflict> {
        let Some(step) = self.scenario.done.pop() else { return Ok(false) };
        let inverses = step.commands.iter().rev().cloned().map(Command::inverse).collect();
        if let Err(conflict) = self.run(inverses) {
            self.scenario.done.push(step);
            return Err(conflict);
        }
        self.scenario.undone.push(step);
        Ok(true)
    }

    /// Does the last undone step again. `false` if there is none.
    ///
    /// # Errors
    /// As [`Workspace::undo`].
    pub fn redo(&mut self) -> Result<bool, Conflict> {
        let Some(step) = self.scenario.undone.pop() else { return Ok(false) };
        if let Err(conflict) = self.run(step.commands.clone()) {
            self.scenario.undone.push(step);
            return Err(conflict);
        }
        self.scenario.done.push(step);
        Ok(true)
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
        Ok(())
    }
}
