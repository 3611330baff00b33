//! One scenario's history: the steps done, the steps undone, and every branch that was left. The
//! steps done and undone are the trunk; a branch leaves it after some step. Nothing that was ever
//! done is dropped but to keep a byte budget, see [`Scenario::squeeze`]. It changes no facts: the
//! workspace applies the commands.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Command, Label};

/// One step of the history: commands that were done, and are undone, together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it did.
    pub label: Label,
    /// Its commands, in order.
    pub commands: Vec<Command>,
}

/// Steps that were left for others: undone, and then something else was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// Steps of the trunk below it; 0 where it leaves the base.
    pub after: usize,
    /// Its steps, oldest first.
    pub steps: Vec<Step>,
}

/// A named stack of steps over a base.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// A note; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Put away: kept, but out of the tabs and out of comparisons.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// What it was made from: names of the scenarios that were duplicated, merged or moved here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<String>,
    /// Steps done, oldest first.
    #[serde(default)]
    pub done: Vec<Step>,
    /// Steps undone, the next to redo last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undone: Vec<Step>,
    /// Steps left for others, the oldest branch first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<Branch>,
    /// Branches that were dropped to keep a byte budget.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub dropped: usize,
    /// Prints of the steps that it came with each time that a file of it was opened: what was taken
    /// back since is told from what was never there, without handing on what was left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub came: Vec<String>,
}

// The signature that serde asks for.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The print of the first step, of the first two, and so on.
pub(super) fn prints<'a>(
    steps: impl IntoIterator<Item = &'a Step>,
) -> impl Iterator<Item = String> {
    steps.into_iter().scan(Sha256::new(), |hash, step| {
        hash.update(serde_json::to_vec(step).unwrap_or_default());
        let digest = hash.clone().finalize();
        Some(digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
    })
}

impl Scenario {
    /// The same scenario for a colleague: with every step done, without what was tried and left.
    #[must_use]
    pub fn without_trials(&self) -> Self {
        Self { undone: Vec::new(), branches: Vec::new(), dropped: 0, ..self.clone() }
    }

    /// Notes the steps that it came with from a file.
    pub(crate) fn note_came(&mut self) {
        if let Some(print) = prints(&self.done).last()
            && !self.came.contains(&print)
        {
            self.came.push(print);
        }
    }

    /// The same scenario as it goes into a file: opening that notes again what it came with.
    #[must_use]
    pub(crate) fn to_go(&self) -> Self {
        let mut out = self.without_trials();
        if !out.came.is_empty() {
            let now = prints(&out.done).last();
            out.came.retain(|print| Some(print) != now.as_ref());
        }
        out
    }

    /// Every way that its history holds from the base on: the trunk, then each branch to its end.
    pub(super) fn ways(&self) -> impl Iterator<Item = Vec<&Step>> {
        let trunk = || self.done.iter().chain(self.undone.iter().rev());
        let branches = self.branches.iter();
        let branches =
            branches.map(move |branch| trunk().take(branch.after).chain(&branch.steps).collect());
        std::iter::once(trunk().collect()).chain(branches)
    }

    /// Steps of the trunk, done and undone.
    pub fn trunk(&self) -> usize {
        self.done.len() + self.undone.len()
    }

    /// Notes a step that was just done. What was undone before it becomes a branch, unless the
    /// step is the very one that was undone last.
    pub(super) fn note_done(&mut self, step: Step) {
        if self.undone.last() == Some(&step) {
            self.undone.pop();
        } else {
            self.leave();
        }
        self.done.push(step);
    }

    /// Makes a branch of the steps undone.
    fn leave(&mut self) {
        let mut tail = std::mem::take(&mut self.undone);
        if tail.is_empty() {
            return;
        }
        tail.reverse();
        let here = self.done.len();
        // A branch off the steps that are left now hangs on them, so it takes them along.
        for branch in self.branches.iter_mut().filter(|branch| branch.after > here) {
            let shared = tail.iter().take(branch.after - here).cloned();
            branch.steps.splice(0..0, shared);
            branch.after = here;
        }
        self.branches.push(Branch { after: here, steps: tail });
    }

    /// Puts a branch in place of the steps undone; the workspace must stand where it leaves.
    /// `false` if there is no such branch or it leaves elsewhere.
    pub(super) fn take_branch(&mut self, at: usize) -> bool {
        if self.branches.get(at).is_none_or(|branch| branch.after != self.done.len()) {
            return false;
        }
        let Branch { after, mut steps } = self.branches.remove(at);
        self.leave();
        // Branches that begin with the same steps leave the new trunk later.
        for branch in self.branches.iter_mut().filter(|branch| branch.after == after) {
            let same = branch.steps.iter().zip(&steps).take_while(|(a, b)| a == b).count();
            branch.steps.drain(..same);
            branch.after += same;
        }
        self.branches.retain(|branch| !branch.steps.is_empty());
        steps.reverse();
        self.undone = steps;
        true
    }

    /// Drops what a file by hand may hold and no history has: branches off no step.
    pub(super) fn tidy(&mut self) {
        let trunk = self.trunk();
        self.branches.retain(|branch| branch.after <= trunk && !branch.steps.is_empty());
    }

    /// Drops the oldest branch.
    pub(super) fn drop_branch(&mut self) {
        self.branches.remove(0);
        self.dropped += 1;
    }

    /// Steps done that were put together to save space.
    pub fn squeezed(&self) -> usize {
        let steps = self.done.iter().map(|step| match step.label {
            Label::Squeezed { steps } => steps,
            _ => 0,
        });
        steps.sum()
    }

    /// Bytes that the history takes in a file.
    pub fn bytes(&self) -> usize {
        serde_json::to_vec(self).map_or(0, |bytes| bytes.len())
    }

    /// Puts the first `count` steps done into one that does the same, and drops the branches that
    /// left between them.
    pub(super) fn squeeze_into(&mut self, count: usize, commands: Vec<Command>) {
        let steps = self.done.iter().take(count).map(|step| match step.label {
            Label::Squeezed { steps } => steps,
            _ => 1,
        });
        let label = Label::Squeezed { steps: steps.sum() };
        self.done.splice(..count, [Step { label, commands }]);
        let before = self.branches.len();
        self.branches.retain(|branch| branch.after == 0 || branch.after >= count);
        self.dropped += before - self.branches.len();
        for branch in self.branches.iter_mut().filter(|branch| branch.after >= count) {
            branch.after -= count - 1;
        }
    }
}
