//! A scenario: a named stack of commands on a base of facts. Everything that changes the workspace
//! goes through [`Workspace::dispatch`]; undo is the inverse of what was done, never written twice.

mod command;
mod figures;
mod ledger;
mod limits;
mod propose;
mod reallocate;
mod state;
mod workspace;

pub use command::{By, Command, Conflict, Grounds, NewUnit, Posting, UnitField};
pub use figures::{Figures, RowFigures, StageTownship, Totals, Worst};
pub use ledger::{Ledger, Moved, ledger};
pub use limits::{Cap, GroupLimit, InPostLimit, Limits, LineLimit};
pub use propose::{Prepared, adopt, binding, grounds, prepare};
pub use reallocate::{release, release_all, reset, set_by_hand, set_limits};
pub use state::State;
pub use workspace::{Label, Scenario, Step, Workspace};

#[cfg(test)]
mod tests;
