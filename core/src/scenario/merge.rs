//! Merging two scenarios that came from one: three-way, cell by cell, and of a pool part by part. What
//! one side alone changed is taken and listed; where both changed a cell to different values, or one took back what both had
//! done, somebody has to choose. Nothing is decided in silence, and the result is a scenario like any
//! other, with its parents named.

use std::collections::BTreeSet;

use super::difference::{difference_by_norm, ends_in_order, with_documents};
use super::history::prints;
use super::merge_pool::{Apart, ByPart, PoolChange, Renamed, as_one_command, by_part};
use super::{Command, Conflict, Label, Scenario, State, Step, Workspace, difference};
use crate::county::KindId;
use crate::pool::part::{Part, Parted};
use crate::pool::{Pool, PoolError, change::holds};

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The scenario that is open here.
    Mine,
    /// The other one.
    Theirs,
}

/// What a side did to a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A command that touches nothing else.
    Cell(Command),
    /// One part of a pool that both sides have.
    Pool(PoolChange),
}

impl Change {
    /// The cell, by its permanent name.
    pub fn cell(&self) -> String {
        match self {
            Self::Cell(command) => command.cell(),
            Self::Pool(change) => change.cell(),
        }
    }
}

/// One cell that at least one side changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeLine {
    /// The cell.
    pub cell: String,
    /// What mine did to it; `None` if nothing.
    pub mine: Option<Change>,
    /// What theirs did to it; `None` if nothing.
    pub theirs: Option<Change>,
    /// Whether somebody has to choose: both sides changed the cell to different values, or one took
    /// back what both had done to it.
    pub asks: bool,
    /// The side that holds; `None` until somebody chooses. Any side may be chosen for any line.
    pub side: Option<Side>,
}

/// A merge in preparation.
#[derive(Debug, Clone)]
pub struct Merge {
    /// Every cell that a side changed, in the order that they are applied.
    pub lines: Vec<MergeLine>,
    /// What got another number, so that it stands beside what the other side gave the same.
    pub renamed: Vec<Renamed>,
    pools: Vec<Apart>,
    parents: [String; 2],
    /// Steps that both sides had done; one of them may have taken some back.
    shared: Vec<Step>,
    /// What these steps amount to.
    ancestor: State,
    /// Kinds whose posts added up on one side at least, or that had a pool whose book held there.
    sound: Vec<KindId>,
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
    /// start on, whether or not one of them took some back since, else their base.
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
        let shared: Vec<Step> = common(&one, &two).into_iter().cloned().collect();
        let mut ancestor = base.clone();
        for command in shared.iter().flat_map(|step| &step.commands) {
            ancestor.apply(command.clone())?;
        }
        let (mine, theirs) = (mine.0.state_of(mine.1)?, theirs.0.state_of(theirs.1)?);
        let (mut lines, pools, renamed) =
            lines(&ancestor, (&mine, &one.done), (&theirs, &two.done));
        let kept = both(one.done.iter(), two.done.iter()).len();
        let back = shared.iter().skip(kept).flat_map(|step| &step.commands);
        let back: BTreeSet<String> = back.flat_map(taken_back).collect();
        for line in &mut lines {
            let done = line.mine.as_ref().or(line.theirs.as_ref()).map(|change| match change {
                Change::Cell(command) if is_of_norm(command) => "norm".to_owned(),
                change => change.cell(),
            });
            if line.mine != line.theirs && done.is_some_and(|cell| back.contains(&cell)) {
                (line.asks, line.side) = (true, None);
            }
        }
        let kinds = ancestor.county.kinds.iter().map(|kind| &kind.id);
        let sound = |kind: &&KindId| stands(&mine, kind).is_ok() || stands(&theirs, kind).is_ok();
        let sound = kinds.filter(sound).cloned().collect();
        let parents = [one.name, two.name];
        Ok(Self { lines, renamed, pools, parents, shared, ancestor, sound })
    }

    /// Cells that somebody has to choose, chosen or not.
    pub fn asked(&self) -> usize {
        self.lines.iter().filter(|line| line.asks).count()
    }

    /// Whether the other side did nothing that mine did not do: a reviewer who only left remarks.
    pub fn brings_nothing(&self) -> bool {
        self.lines.iter().all(|line| line.theirs.is_none() || line.theirs == line.mine)
    }

    /// Cells that nobody has chosen yet.
    pub fn undecided(&self) -> usize {
        self.lines.iter().filter(|line| line.side.is_none()).count()
    }

    /// What is chosen, in order; what nobody has chosen yet as mine has it. What is chosen of one pool
    /// is one command, behind all others.
    fn chosen(&self) -> Vec<Command> {
        let (mut commands, mut parts) = (Vec::new(), Vec::new());
        for line in &self.lines {
            let change = match line.side {
                Some(Side::Theirs) => &line.theirs,
                _ => &line.mine,
            };
            match change {
                Some(Change::Cell(command)) => commands.push(command.clone()),
                Some(Change::Pool(change)) => parts.push(change),
                None => {}
            }
        }
        commands.extend(self.pools.iter().filter_map(|pool| as_one_command(pool, &parts)));
        // Ends of bands that the sides moved one each must not run into one another on the way.
        ends_in_order(&mut commands);
        commands
    }

    /// The first change of what is chosen that does not fit with the others: one that needs a unit
    /// or a total which the other side alone has.
    pub fn misfit(&self) -> Option<Command> {
        let mut state = self.ancestor.clone();
        self.chosen().into_iter().find(|command| state.apply(command.clone()).is_err())
    }

    /// What the merged scenario would break that one side at least held: posts of a kind that no
    /// longer add up, a pool that lends more than it has. With its figures, and units by their names.
    pub fn broken(&self) -> Option<PoolError> {
        let mut state = self.ancestor.clone();
        for command in self.chosen() {
            state.apply(command).ok()?;
        }
        let error = self.sound.iter().find_map(|kind| stands(&state, kind).err())?;
        Some(error.naming(&state.county))
    }

    /// The merged scenario. Whether what is chosen fits together shows when it is added: see
    /// [`Merge::misfit`].
    ///
    /// # Errors
    /// [`MergeError::Undecided`] while a cell is not chosen.
    pub fn scenario(&self, name: &str) -> Result<Scenario, MergeError> {
        let undecided = self.undecided();
        if undecided > 0 {
            return Err(MergeError::Undecided(undecided));
        }
        let commands = self.chosen();
        let mut done = self.shared.clone();
        if !commands.is_empty() {
            let [_, with] = &self.parents;
            done.push(Step { label: Label::Merge { with: with.clone() }, commands });
        }
        let parents = self.parents.to_vec();
        Ok(Scenario { name: name.to_owned(), parents, done, ..Scenario::default() })
    }
}

/// Whether a command is about the norm, which is taken back as a whole.
fn is_of_norm(command: &Command) -> bool {
    matches!(command, Command::SetParameter { .. } | Command::SetTableFigure { .. })
}

/// What a command takes along when it is taken back: its cell, all of the norm, or each part of a pool
/// that it changed.
fn taken_back(command: &Command) -> Vec<String> {
    if is_of_norm(command) {
        return vec!["norm".to_owned()];
    }
    let mut cells = vec![command.cell()];
    if let Command::SetPool { kind, old: Some(old), new: Some(new) } = command {
        let parted = |pool: &Pool| Parted::of(pool.clone());
        let parts = parted(old).parts_that_differ(&parted(new));
        cells.extend(parts.iter().map(|part| PoolChange::name(kind, part)));
    }
    cells
}

/// Whether a kind's posts add up and the book of its pool holds.
pub(super) fn stands(state: &State, kind: &KindId) -> Result<(), PoolError> {
    if let Some(pool) = state.county.pool(kind) {
        pool.check()?;
    }
    holds(&state.county, kind)
}

/// Steps that two ways begin with.
fn both<'a>(
    one: impl Iterator<Item = &'a Step>,
    two: impl Iterator<Item = &'a Step>,
) -> Vec<&'a Step> {
    one.zip(two).take_while(|(a, b)| a == b).map(|(step, _)| step).collect()
}

/// The longest beginning that both sides had done: one has it done still and the other has it done
/// or left, or one knows by its print that it came with what the other has.
fn common<'a>(one: &'a Scenario, two: &'a Scenario) -> Vec<&'a Step> {
    let mut longest = Vec::new();
    let mut take = |steps: Vec<&'a Step>| {
        // Of two that are as long the same one, whichever side is asked first.
        let key = |steps: &Vec<&'a Step>| (steps.len(), prints(steps.iter().copied()).last());
        if steps.len() > longest.len()
            || (steps.len() == longest.len() && key(&steps) > key(&longest))
        {
            longest = steps;
        }
    };
    for (here, there) in [(one, two), (two, one)] {
        for mut way in here.ways() {
            take(both(there.done.iter(), way.iter().copied()));
            if there.came.is_empty() {
                continue;
            }
            let prints = prints(way.iter().copied()).enumerate();
            let known = prints.filter(|(_, print)| there.came.contains(print));
            let steps = known.last().map_or(0, |(at, _)| at + 1);
            way.truncate(steps);
            take(way);
        }
    }
    longest
}

fn lines(
    ancestor: &State,
    (mine, my_steps): (&State, &[Step]),
    (theirs, their_steps): (&State, &[Step]),
) -> (Vec<MergeLine>, Vec<Apart>, Vec<Renamed>) {
    let mut sides = [difference(ancestor, mine), difference(ancestor, theirs)];
    // Where a side has another norm, the figures of the other side's are no cells of their own.
    let norm = |commands: &Vec<Command>| {
        commands.iter().any(|command| matches!(command, Command::SetNorm { .. }))
    };
    if sides.iter().any(norm) {
        sides = [difference_by_norm(ancestor, mine), difference_by_norm(ancestor, theirs)];
    }
    let [mine, theirs] = sides;
    let sides = [with_documents(mine, my_steps), with_documents(theirs, their_steps)];
    let ByPart { mine, theirs, pools, renamed } = by_part(sides, None);
    let mut lines: Vec<MergeLine> = mine
        .into_iter()
        .map(|change| MergeLine {
            cell: change.cell(),
            mine: Some(change),
            theirs: None,
            asks: false,
            side: Some(Side::Mine),
        })
        .collect();
    let places: std::collections::BTreeMap<String, usize> =
        lines.iter().enumerate().map(|(at, line)| (line.cell.clone(), at)).collect();
    let mut more = Vec::new();
    for change in theirs {
        let cell = change.cell();
        match places.get(&cell).and_then(|at| lines.get_mut(*at)) {
            Some(line) => {
                line.theirs = Some(change);
                if line.mine != line.theirs {
                    (line.asks, line.side) = (true, None);
                }
            }
            None => more.push(MergeLine {
                cell,
                mine: None,
                theirs: Some(change),
                asks: false,
                side: Some(Side::Theirs),
            }),
        }
    }
    // The kind of kindergartens goes last on either side: it takes along the posts of the moment.
    lines.append(&mut more);
    let (last, mut lines): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.cell == "kindergarten_kind");
    lines.extend(last);
    // Two of one unit may be one, entered twice: somebody has to say.
    let alike = renamed.iter().filter(|one| one.alike);
    let alike: BTreeSet<String> = alike
        .flat_map(|Renamed { kind, new, .. }| {
            let parts = [Part::Application(new.clone()), Part::Loan(new.clone())];
            parts.map(|part| PoolChange::name(kind, &part))
        })
        .collect();
    for line in lines.iter_mut().filter(|line| alike.contains(&line.cell)) {
        (line.asks, line.side) = (true, None);
    }
    (lines, pools, renamed)
}
