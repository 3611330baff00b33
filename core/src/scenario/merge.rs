//! Merging two scenarios that came from one: three-way, cell by cell. What one side alone changed is
//! taken and listed; where both changed a cell to different values somebody has to choose. Nothing is
//! decided in silence, and the result is a scenario like any other, with its parents named.

use super::difference::difference_by_norm;
use super::{Command, Conflict, Label, Scenario, State, Step, Workspace, difference};

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The scenario that is open here.
    Mine,
    /// The other one.
    Theirs,
}

/// One cell that at least one side changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeLine {
    /// The cell.
    pub cell: String,
    /// What mine did to it; `None` if nothing.
    pub mine: Option<Command>,
    /// What theirs did to it; `None` if nothing.
    pub theirs: Option<Command>,
    /// The side that holds; `None` until somebody chooses.
    pub side: Option<Side>,
}

impl MergeLine {
    /// Whether both sides changed the cell, to different values.
    pub fn clashes(&self) -> bool {
        self.mine.is_some() && self.theirs.is_some() && self.mine != self.theirs
    }
}

/// A merge in preparation.
#[derive(Debug, Clone)]
pub struct Merge {
    /// Every cell that a side changed, in the order that they are applied.
    pub lines: Vec<MergeLine>,
    parents: [String; 2],
    /// Steps that both sides have done.
    shared: Vec<Step>,
}

/// Why two scenarios cannot be merged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// They stand on different bases: see [`super::Rebase`].
    #[error("the two stand on different bases")]
    OtherBase,
    /// Cells still to be chosen.
    #[error("{0} cells still to be chosen")]
    Undecided(usize),
    /// A step does not fit.
    #[error("{0}")]
    Conflict(#[from] Conflict),
}

impl Merge {
    /// Compares two scenarios with what they have in common: the steps that both did from the
    /// start on, else their base.
    ///
    /// # Errors
    /// [`MergeError::OtherBase`], or a step that does not fit.
    pub fn of(mine: (&Workspace, usize), theirs: (&Workspace, usize)) -> Result<Self, MergeError> {
        let base = mine.0.base_state();
        let other = theirs.0.base_state();
        if base.county != other.county
            || base.norm.pack() != other.norm.pack()
            || base.limits != other.limits
        {
            return Err(MergeError::OtherBase);
        }
        let done = |side: (&Workspace, usize)| {
            let scenario = side.0.scenarios().get(side.1);
            scenario.cloned().unwrap_or_default()
        };
        let (one, two) = (done(mine), done(theirs));
        let steps = one.done.iter().zip(&two.done);
        let shared: Vec<Step> =
            steps.take_while(|(a, b)| a == b).map(|(step, _)| step.clone()).collect();
        let mut ancestor = base.clone();
        for command in shared.iter().flat_map(|step| &step.commands) {
            ancestor.apply(command.clone())?;
        }
        let (mine, theirs) = (mine.0.state_of(mine.1)?, theirs.0.state_of(theirs.1)?);
        let lines = lines(&ancestor, &mine, &theirs);
        Ok(Self { lines, parents: [one.name, two.name], shared })
    }

    /// Cells on which the sides clash.
    pub fn clashes(&self) -> usize {
        self.lines.iter().filter(|line| line.clashes()).count()
    }

    /// Whether the other side did nothing that mine did not do: a reviewer who only left remarks.
    pub fn brings_nothing(&self) -> bool {
        self.lines.iter().all(|line| line.theirs.is_none() || line.theirs == line.mine)
    }

    /// Cells that nobody has chosen yet.
    pub fn undecided(&self) -> usize {
        self.lines.iter().filter(|line| line.side.is_none()).count()
    }

    /// The merged scenario.
    ///
    /// # Errors
    /// [`MergeError::Undecided`] while a cell is not chosen.
    pub fn scenario(&self, name: &str) -> Result<Scenario, MergeError> {
        let undecided = self.undecided();
        if undecided > 0 {
            return Err(MergeError::Undecided(undecided));
        }
        let commands: Vec<Command> = self
            .lines
            .iter()
            .filter_map(|line| {
                let chosen = match line.side {
                    Some(Side::Theirs) => &line.theirs,
                    _ => &line.mine,
                };
                chosen.clone()
            })
            .collect();
        let mut done = self.shared.clone();
        if !commands.is_empty() {
            let [_, with] = &self.parents;
            done.push(Step { label: Label::Merge { with: with.clone() }, commands });
        }
        let parents = self.parents.to_vec();
        Ok(Scenario { name: name.to_owned(), parents, done, ..Scenario::default() })
    }
}

fn lines(ancestor: &State, mine: &State, theirs: &State) -> Vec<MergeLine> {
    let mut sides = [difference(ancestor, mine), difference(ancestor, theirs)];
    // Where a side has another norm, the figures of the other side's are no cells of their own.
    let norm = |commands: &Vec<Command>| {
        commands.iter().any(|command| matches!(command, Command::SetNorm { .. }))
    };
    if sides.iter().any(norm) {
        sides = [difference_by_norm(ancestor, mine), difference_by_norm(ancestor, theirs)];
    }
    let [mine, theirs] = sides;
    let mut lines: Vec<MergeLine> = mine
        .into_iter()
        .map(|command| MergeLine {
            cell: command.cell(),
            mine: Some(command),
            theirs: None,
            side: Some(Side::Mine),
        })
        .collect();
    let places: std::collections::BTreeMap<String, usize> =
        lines.iter().enumerate().map(|(at, line)| (line.cell.clone(), at)).collect();
    let mut more = Vec::new();
    for command in theirs {
        let cell = command.cell();
        match places.get(&cell).and_then(|at| lines.get_mut(*at)) {
            Some(line) => {
                line.theirs = Some(command);
                if line.clashes() {
                    line.side = None;
                }
            }
            None => more.push(MergeLine {
                cell,
                mine: None,
                theirs: Some(command),
                side: Some(Side::Theirs),
            }),
        }
    }
    // The kind of kindergartens goes last on either side: it takes along the posts of the moment.
    lines.append(&mut more);
    let (last, mut lines): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.cell == "kindergarten_kind");
    lines.extend(last);
    lines
}
