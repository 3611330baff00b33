//! What changes at every step, apart from the base: the browser keeps the base once, and this
//! beside it and in every snapshot.

use serde::Deserialize;
use serde_json::Value;

use crate::scenario::{Command, Comment, Conflict, Scenario, Workspace, difference};

/// The scenarios of a file with their whole histories, and the remarks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Kept {
    /// Every scenario.
    pub scenarios: Vec<Scenario>,
    /// Place of the open one.
    #[serde(default)]
    pub active: usize,
    /// Remarks on cells.
    #[serde(default)]
    pub comments: Vec<Comment>,
    /// Fields of the file that this program does not know.
    #[serde(default)]
    pub(super) more: Value,
}

impl Kept {
    /// The text that stands beside a file which is kept whole, as it came.
    pub const WHOLE: &str = r#"{"scenarios":[]}"#;

    /// The text of what a workspace holds beside its base. `None` never happens: everything in a
    /// workspace can be written.
    pub fn text(workspace: &Workspace) -> Option<String> {
        let scenarios = serde_json::to_string(workspace.scenarios()).ok()?;
        let comments = serde_json::to_string(workspace.comments()).ok()?;
        let active = workspace.active();
        let mut more = String::new();
        if !workspace.unknown().is_null() {
            more = format!(r#","more":{}"#, workspace.unknown());
        }
        Some(format!(
            r#"{{"scenarios":{scenarios},"active":{active},"comments":{comments}{more}}}"#
        ))
    }

    /// Reads what was kept, by this program or by one that kept one scenario only.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().or_else(|| {
            let scenario: Scenario = serde_json::from_str(text).ok()?;
            let (scenarios, comments) = (vec![scenario], Vec::new());
            Some(Self { scenarios, active: 0, comments, more: Value::Null })
        })
    }

    /// What restoring it would change in what is open, cell by cell; nothing is changed.
    ///
    /// # Errors
    /// As [`Kept::restore`].
    pub fn changes(self, workspace: &Workspace) -> Result<Vec<Command>, Conflict> {
        let mut then = workspace.clone();
        self.restore(&mut then)?;
        Ok(difference(workspace.state(), then.state()))
    }

    /// Puts it in place of what a workspace holds.
    ///
    /// # Errors
    /// Where a step does not fit the base; the workspace stays as it is then.
    pub fn restore(self, workspace: &mut Workspace) -> Result<(), Conflict> {
        workspace.restore(self.scenarios, self.active, self.comments)
    }
}
