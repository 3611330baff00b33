//! The open workspace with the figures that follow from it, always in step with each other.

use std::sync::Arc;

use bianheng_core::file::fingerprint;
use bianheng_core::scenario::{Conflict, Figures, Step, Workspace};

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
        let figures = figures(&workspace);
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

    /// The figures of every row.
    pub fn figures(&self) -> &Arc<Figures> {
        &self.figures
    }

    pub(super) fn dispatch(&mut self, step: Step) -> Result<(), Conflict> {
        self.workspace.dispatch(step)?;
        self.recompute();
        Ok(())
    }

    pub(super) fn undo(&mut self) -> Result<bool, Conflict> {
        let done = self.workspace.undo()?;
        self.recompute();
        Ok(done)
    }

    pub(super) fn redo(&mut self) -> Result<bool, Conflict> {
        let done = self.workspace.redo()?;
        self.recompute();
        Ok(done)
    }

    pub(super) fn rename(&mut self, name: &str) {
        self.workspace.rename(name);
    }

    fn recompute(&mut self) {
        self.figures = figures(&self.workspace);
    }
}

fn figures(workspace: &Workspace) -> Arc<Figures> {
    timed("figures", || Arc::new(Figures::of(workspace.state())))
}
