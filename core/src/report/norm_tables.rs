//! Figures of the norm's tables as a planner sets them: read, tried on a copy of the pack, and made
//! into commands. What leaves a gap, an overlap or a figure that cannot be is refused with its place
//! and its cure before anything changes.

use std::collections::BTreeMap;

use super::norm_change::{of_pack, reference};
use crate::norm::{FigureId, Norm, Pack, PackError, Unfit, sound};
use crate::scenario::{Command, Label, Step, Workspace, ends_in_order};

/// Why figures are not set. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// This figure is no number, or outside what any county has.
    Figure(FigureId, Unfit),
    /// The norm would no longer hold.
    Pack(PackError),
}

/// A figure that may be set, with the three values that it may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureSheet {
    /// In force, as the table writes it.
    pub value: String,
    /// In the norm that the one in force is held against, where it is another value.
    pub base: Option<String>,
    /// In the pack, where it is neither of these.
    pub of_pack: Option<String>,
}

/// Every figure of the tables of the norm in force.
pub fn figure_sheets(workspace: &Workspace) -> BTreeMap<FigureId, FigureSheet> {
    if workspace.state().norm.pack().tables.is_empty() {
        return BTreeMap::new();
    }
    let (reference, of_pack) = (reference(workspace), of_pack(workspace));
    let now = workspace.state().norm.pack();
    let sheet = |at: FigureId| {
        let value = now.table_figure(&at)?;
        let of = |pack: &Option<Pack>| pack.as_ref().and_then(|pack| pack.table_figure(&at));
        let base = of(&reference).filter(|base| *base != value);
        let of_pack = of(&of_pack).filter(|said| *said != value && base.as_ref() != Some(said));
        Some((at, FigureSheet { value, base, of_pack }))
    };
    now.table_figures().into_iter().filter_map(sheet).collect()
}

/// The step that gives figures of tables these values, as they were typed. Under a document's number
/// all of them rest on it, those that stay the same too; an empty number settles them no more. Without
/// one those that change are set by hand, and the others keep what they rest on. Without commands
/// where nothing would change.
///
/// # Errors
/// [`Refused`], with the figure or with the place in the pack.
pub fn set_figures(
    workspace: &Workspace,
    figures: &[(FigureId, String)],
    document: Option<&str>,
) -> Result<Step, Refused> {
    let norm = &workspace.state().norm;
    let pack = norm.pack();
    let mut commands = Vec::new();
    for (at, text) in figures {
        let Some(table) = pack.table_of(at) else { continue };
        let new = table.read_figure(at.row, at.figure, text);
        let new = new.map_err(|unfit| Refused::Figure(at.clone(), unfit))?;
        commands.extend(set_figure(pack, at, new, document));
    }
    ends_in_order(&mut commands);
    if !commands.is_empty() {
        let mut trial = pack.clone();
        for command in &commands {
            if let Command::SetTableFigure { at, new, new_document, .. } = command {
                trial.set_table_figure(at, new, new_document);
            }
        }
        // A pack of a file may have a fault already, which these figures need not answer for.
        let holds = match sound(pack) {
            Ok(()) => sound(&trial),
            Err(_) => Norm::new(trial, norm.day()).map(|_| ()),
        };
        holds.map_err(Refused::Pack)?;
    }
    Ok(Step { label: Label::Parameter, commands })
}

fn set_figure(pack: &Pack, at: &FigureId, new: String, document: Option<&str>) -> Option<Command> {
    let old = pack.table_figure(at)?;
    let old_document = pack.table_figure_document(at).unwrap_or_default().to_owned();
    let new_document = match document {
        Some(document) => document.to_owned(),
        None if old == new => old_document.clone(),
        None => String::new(),
    };
    let at = at.clone();
    let command = Command::SetTableFigure { at, old, new, old_document, new_document };
    (!command.changes_nothing()).then_some(command)
}

/// The command that puts a figure back to its value in a pack, and to the document that settles it
/// there.
pub fn reset_figure(workspace: &Workspace, reference: &Pack, at: &FigureId) -> Option<Command> {
    let now = workspace.state().norm.pack();
    let new = reference.table_figure(at)?;
    if now.table_figure(at)? == new {
        return None;
    }
    set_figure(now, at, new, Some(reference.table_figure_document(at).unwrap_or_default()))
}

/// The commands that put every figure of the tables back, in an order in which they can be done.
pub fn reset_figures(workspace: &Workspace, reference: &Pack) -> Vec<Command> {
    let figures = workspace.state().norm.pack().table_figures();
    let mut commands: Vec<Command> =
        figures.iter().filter_map(|at| reset_figure(workspace, reference, at)).collect();
    ends_in_order(&mut commands);
    commands
}

#[cfg(test)]
mod tests;
