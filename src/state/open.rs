//! The open workspace with the figures that follow from it, always in step with each other.

use std::sync::Arc;

use bianheng_core::file::fingerprint;
use bianheng_core::scenario::{Conflict, Figures, Workspace};

use crate::platform::timing::timed;

/// A workspace that is open, under the id that the browser keeps it by.
#[derive(Debug, Clone)]
pub struct Open {
    id: String,
    fingerprint: String,
    workspace: Workspace,
    figures: Arc<Figures>,
}

impl Open {
    /// Takes a workspace in.
    pub fn new(id: String, workspace: Workspace) -> Self {
        let figures = Arc::new(timed("figures", || Figures::of(workspace.state())));
        Self { id, fingerprint: fingerprint(workspace.base()), workspace, figures }
    }

    /// The id under which the browser keeps it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The fingerprint of its base.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The workspace.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The figures of every row. The same ones, not equal ones, stand as long as the state is the
    /// same, so that what follows from both can be told to be up to date by them.
    pub fn figures(&self) -> &Arc<Figures> {
        &self.figures
    }

    /// Changes the workspace, and works out its figures anew where its state is another.
    pub(super) fn edit(
        &mut self,
        edit: impl FnOnce(&mut Workspace) -> Result<bool, Conflict>,
    ) -> Result<bool, Conflict> {
        let before = self.workspace.state_revision();
        let done = edit(&mut self.workspace);
        if self.workspace.state_revision() != before {
            let state = self.workspace.state();
            self.figures = Arc::new(timed("figures", || self.figures.after(state)));
        }
        done
    }

    /// Keeps the history within a byte budget; no figure changes.
    pub(super) fn squeeze(&mut self, budget: usize) -> Result<bool, Conflict> {
        self.workspace.squeeze(budget)
    }
}
