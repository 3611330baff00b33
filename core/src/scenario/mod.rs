//! A scenario: a named stack of commands on a base of facts. Everything that changes the workspace
//! goes through [`Workspace::dispatch`]; undo is the inverse of what was done, never written twice.

mod command;
mod compare;
mod difference;
mod figures;
mod history;
mod ledger;
mod limits;
mod merge;
mod merge_pool;
mod propose;
mod reallocate;
mod rebase;
mod state;
mod workspace;

pub use command::{By, Command, Conflict, Grounds, NewUnit, Posting, UnitField};
pub use compare::{Cause, Compared, Measures, Stand, Why};
pub use difference::difference;
pub(crate) use difference::ends_in_order;
pub use figures::{Figures, RowFigures, StageTownship, Totals, Worst};
pub use history::{Branch, Scenario, Step};
pub use ledger::{Ledger, Moved, ledger, ledger_with};
pub use limits::{Cap, GroupLimit, InPostLimit, Limits, LineLimit};
pub use merge::{Change, Merge, MergeError, MergeLine, Side};
pub use merge_pool::{PoolChange, Renamed};
pub use propose::{Prepared, adopt, binding, grounds, prepare};
pub use reallocate::{release, release_all, reset, set_by_hand, set_limits};
pub use rebase::{Fit, Rebase, RebaseLine};
pub use state::State;
pub use workspace::{Comment, Label, Workspace};

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
