//! Packs that a file carries and that nobody would be let bring: they can be worked with, and give
//! wrong figures or a wrong mark. The file opens all the same; whoever opens it is told.

use crate::norm::{Pack, PackError, sound};
use crate::scenario::{Command, Workspace};
use crate::text::Bilingual;

/// A pack of a file that has a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsoundPack {
    /// The pack's title.
    pub title: Bilingual,
    /// Its first fault, with the place and the cure.
    pub error: PackError,
}

/// The packs of a file that have a fault, each once: that of the base, and those that a step of a
/// scenario put in force, done or left.
pub fn unsound_packs(workspace: &Workspace) -> Vec<UnsoundPack> {
    let steps = workspace.scenarios().iter().flat_map(|scenario| {
        scenario.done.iter().chain(scenario.branches.iter().flat_map(|branch| &branch.steps))
    });
    let put = steps.flat_map(|step| &step.commands).filter_map(|command| match command {
        Command::SetNorm { new, .. } => Some(&**new),
        _ => None,
    });
    let mut seen: Vec<&Pack> = Vec::new();
    let mut out: Vec<UnsoundPack> = Vec::new();
    for pack in std::iter::once(workspace.base_norm()).chain(put) {
        if seen.contains(&pack) {
            continue;
        }
        seen.push(pack);
        if let Err(error) = sound(pack) {
            let found = UnsoundPack { title: pack.title.clone(), error };
            if !out.contains(&found) {
                out.push(found);
            }
        }
    }
    out
}
