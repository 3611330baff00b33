//! Moving a scenario to another base: a corrected survey, or next year's. It says what changed
//! under the scenario, which of its changes still fit, which do not and why; of a pool part by part, as
//! merging does. The scenario that is moved stays as it is, on its own base.

use super::difference::{difference_of_both, with_documents};
use super::merge::stands;
use super::merge_pool::{Apart, ByPart, PoolChange, Renamed, by_part, set_pool};
use super::{Change, Command, Conflict, Label, Scenario, Side, State, Step, Workspace, difference};
use crate::county::{HoldingId, KindId};
use crate::pool::PoolError;
use crate::pool::part::{Part, Parted};

/// How one change of the scenario stands to the new base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit {
    /// The old value is what the new base says.
    Fits,
    /// The new base says what the scenario wanted already.
    Already,
    /// The new base says something else: the same change from what stands there.
    Changed(Change),
    /// The new base has no such place, or does not take the value.
    Refused(Conflict),
}

/// One change of the scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebaseLine {
    /// The change, with the old value that it expects.
    pub change: Change,
    /// How it stands to the new base.
    pub fit: Fit,
    /// Whether it is taken along; `None` until somebody chooses.
    pub keep: Option<bool>,
}

/// A move to another base, in preparation.
#[derive(Debug, Clone)]
pub struct Rebase {
    /// What the new base says otherwise about what both know, old and new.
    pub changed: Vec<Change>,
    /// Holdings that only the new base has.
    pub added: Vec<HoldingId>,
    /// Holdings that only the old base has.
    pub gone: Vec<HoldingId>,
    /// Every change of the scenario.
    pub lines: Vec<RebaseLine>,
    /// What got another number, so that it stands beside what the new base gave the same.
    pub renamed: Vec<Renamed>,
    /// The pools that both bases have, with the new base's as theirs.
    pools: Vec<Apart>,
    onto: State,
    /// Kinds whose posts added up on either base, or that had a pool whose book held there.
    sound: Vec<KindId>,
    scenario: Scenario,
    /// Every step as it was fits the new base.
    as_it_was: bool,
    from: String,
}

impl Rebase {
    /// Holds a scenario against another base. `from` names what it stood on.
    ///
    /// # Errors
    /// Where a step does not fit its own base.
    pub fn of(
        (workspace, at): (&Workspace, usize),
        onto: &Workspace,
        from: &str,
    ) -> Result<Self, Conflict> {
        let (old, new) = (workspace.base_state(), onto.base_state());
        let scenario = workspace.scenarios().get(at).cloned().unwrap_or_default().without_trials();
        let state = workspace.state_of(at)?;
        let own = with_documents(difference(old, &state), &scenario.done);
        // The new base is what it is: of two new things under one number the scenario's gets another.
        let sides = [own, difference_of_both(old, new)];
        let ByPart { mine, theirs: changed, pools, renamed } = by_part(sides, Some(Side::Theirs));
        let mut trial = new.clone();
        let lines: Vec<RebaseLine> = mine
            .into_iter()
            .map(|change| {
                let fit = match &change {
                    Change::Cell(command) => fit(command, &mut trial),
                    Change::Pool(part) => fit_of_part(part, &pools),
                };
                let keep = match fit {
                    Fit::Fits => Some(true),
                    Fit::Already | Fit::Refused(_) => Some(false),
                    Fit::Changed(_) => None,
                };
                RebaseLine { change, fit, keep }
            })
            .collect();
        let mut trial = new.clone();
        let mut commands = scenario.done.iter().flat_map(|step| &step.commands);
        let as_it_was = commands.all(|command| trial.apply(command.clone()).is_ok());
        let added = only_in(new, old);
        let gone = only_in(old, new);
        let kinds = new.county.kinds.iter().map(|kind| &kind.id);
        let sound = kinds.filter(|kind| stands(new, kind).is_ok() || stands(&state, kind).is_ok());
        let sound = sound.cloned().collect();
        let (onto, from) = (new.clone(), from.to_owned());
        Ok(Self {
            changed,
            added,
            gone,
            lines,
            renamed,
            pools,
            onto,
            sound,
            scenario,
            as_it_was,
            from,
        })
    }

    /// Changes that are not taken along as they are: somebody has to look at them.
    pub fn conflicts(&self) -> usize {
        let lines = self.lines.iter();
        lines.filter(|line| matches!(line.fit, Fit::Changed(_) | Fit::Refused(_))).count()
    }

    /// Changes that nobody has chosen yet.
    pub fn undecided(&self) -> usize {
        self.lines.iter().filter(|line| line.keep.is_none()).count()
    }

    /// The scenario on the new base: step by step where every step fits, else what is kept as one
    /// step. What is undecided is left out. Over the same base it is the scenario that it was.
    pub fn scenario(&self) -> Scenario {
        if self.as_it_was && self.lines.iter().all(|line| line.fit == Fit::Fits) {
            return self.scenario.clone();
        }
        let commands = self.kept();
        let mut done = Vec::new();
        if !commands.is_empty() {
            done.push(Step { label: Label::Rebase { from: self.from.clone() }, commands });
        }
        let parents = vec![self.from.clone()];
        Scenario { parents, done, ..self.scenario.clone() }
    }

    /// What is kept, in order; what is kept of one pool is one command, behind all others.
    fn kept(&self) -> Vec<Command> {
        let (mut commands, mut parts) = (Vec::new(), Vec::new());
        for line in self.lines.iter().filter(|line| line.keep == Some(true)) {
            let change = match &line.fit {
                Fit::Changed(change) => change,
                _ => &line.change,
            };
            match change {
                Change::Cell(command) => commands.push(command.clone()),
                Change::Pool(change) => parts.push(change),
            }
        }
        for pool in &self.pools {
            // All that the new base says, and over it what is kept of the scenario.
            let mut own = parts.iter().filter(|change| change.kind == pool.kind).peekable();
            if own.peek().is_none() {
                continue;
            }
            let base = pool.old.parts_that_differ(&pool.theirs).into_iter();
            let chosen: Vec<(Part, &Parted)> = base
                .map(|part| (part, pool.theirs.as_ref()))
                .chain(own.map(|change| (change.part.clone(), change.new.as_ref())))
                .collect();
            commands.extend(set_pool(&pool.kind, &pool.theirs, pool.with(&chosen)));
        }
        commands
    }

    /// What the scenario would break on the new base that one of the two held: posts of a kind that no
    /// longer add up, a pool that lends more than it has. With its figures, and units by their names.
    pub fn broken(&self) -> Option<PoolError> {
        let mut state = self.onto.clone();
        for command in self.kept() {
            state.apply(command).ok()?;
        }
        let error = self.sound.iter().find_map(|kind| stands(&state, kind).err())?;
        Some(error.naming(&state.county))
    }
}

/// How a change of a part stands to the pool of the new base.
fn fit_of_part(change: &PoolChange, pools: &[Apart]) -> Fit {
    let Some(base) = pools.iter().find(|pool| pool.kind == change.kind).map(|pool| &pool.theirs)
    else {
        return Fit::Refused(Conflict::NoKind(change.kind.clone()));
    };
    if base.same_part(&change.new, &change.part) {
        Fit::Already
    } else if base.same_part(&change.old, &change.part) {
        Fit::Fits
    } else {
        Fit::Changed(Change::Pool(PoolChange { old: base.clone(), ..change.clone() }))
    }
}

/// Tries a change on the new base with what fitted before it. What fits stays there, so that a later
/// change may stand on it; what does not is taken back.
fn fit(command: &Command, trial: &mut State) -> Fit {
    let Some(now) = command.on_what_stands(trial) else {
        return Fit::Refused(match trial.apply(command.clone()) {
            Err(conflict) => conflict,
            Ok(_) => Conflict::NoParameter(command.cell()),
        });
    };
    if now.changes_nothing() || is_founded(&now, trial) {
        return Fit::Already;
    }
    match trial.apply(now.clone()) {
        Ok(_) if now == *command => Fit::Fits,
        Ok(inverse) => match trial.apply(inverse) {
            Ok(_) => Fit::Changed(Change::Cell(now)),
            Err(conflict) => Fit::Refused(conflict),
        },
        Err(conflict) => Fit::Refused(conflict),
    }
}

/// Whether a unit that would be founded is there, as it would be.
fn is_founded(command: &Command, state: &State) -> bool {
    let Command::FoundUnit { new, undone: false } = command else { return false };
    let place = state.index().unit(&new.unit.code);
    let unit = place.and_then(|place| state.county.units.get(place));
    let at = HoldingId { unit: new.unit.code.clone(), part: new.part() };
    let row = state.index().row(&at).and_then(|row| state.county.holdings.get(row));
    unit == Some(&new.unit) && row.is_some_and(|row| *state.county.kind_of(row) == new.kind)
}

fn only_in(here: &State, there: &State) -> Vec<HoldingId> {
    let rows = 0..here.county.holdings.len();
    let ids = rows.filter_map(|row| here.county.id_of(row));
    ids.filter(|id| there.index().row(id).is_none()).collect()
}
