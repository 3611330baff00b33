//! The difference of two states as commands, one for each cell, and the name of the cell that a
//! command touches. What merge, rebase and the squeezing of old steps stand on. It decides nothing.

use super::{Command, Limits, NewUnit, State, Step, UnitField};
use crate::county::{County, Fact, KindId, Locality, Part, Stage, Unit, UnitCode};
use crate::norm::{Exact, Figure, FigureId, Pack};
use crate::order::InOrder;
use crate::yardstick::{Choice, Group};

/// The commands that lead from one state to another over the same base: each cell that differs
/// once, in a fixed order. Applied to `from` they give `to`; of units that both founded the order
/// stays as it is.
pub fn difference(from: &State, to: &State) -> Vec<Command> {
    with_founded(from, to, false)
}

/// As [`difference`], but a norm that differs in figures only is one cell, not one for each figure.
pub(super) fn difference_by_norm(from: &State, to: &State) -> Vec<Command> {
    with_founded(from, to, true)
}

/// The cells that differ of what both states have: units that one of them alone has are left out.
pub(super) fn difference_of_both(from: &State, to: &State) -> Vec<Command> {
    Difference { from, to, whole_norm: false, out: Vec::new() }.find()
}

/// The same commands, each total with the document of the last step that set it: a state holds what
/// a total is, not by what document.
pub(super) fn with_documents(mut commands: Vec<Command>, steps: &[Step]) -> Vec<Command> {
    let set = || steps.iter().rev().flat_map(|step| step.commands.iter().rev());
    for command in &mut commands {
        if let Command::SetTotal { kind, document, .. } = command {
            let last = set().find_map(|done| match done {
                Command::SetTotal { kind: of, document, .. } if of == kind => Some(document),
                _ => None,
            });
            if let Some(last) = last {
                document.clone_from(last);
            }
        }
    }
    commands
}

/// First units that are no longer founded, the last first, then those that are; then what differs.
fn with_founded(from: &State, to: &State, whole_norm: bool) -> Vec<Command> {
    let missing = |here: &State, there: &State| {
        here.county.units.iter().position(|unit| there.index().unit(&unit.code).is_none())
    };
    if missing(from, to).is_none() && missing(to, from).is_none() {
        return Difference { from, to, whole_norm, out: Vec::new() }.find();
    }
    let mut state = from.clone();
    let mut out = Vec::new();
    let mut take = |state: &mut State, command: Command| {
        let done = state.apply(command.clone()).is_ok();
        if done {
            out.push(command);
        }
        done
    };
    while missing(&state, to).is_some() {
        let row = state.county.holdings.len().saturating_sub(1);
        let Some(new) = founded(&state.county, row) else { break };
        let bare = state.bared(row);
        for command in difference_of_both(&state, &bare) {
            take(&mut state, command);
        }
        if !take(&mut state, Command::FoundUnit { new: Box::new(new), undone: true }) {
            break;
        }
    }
    for row in 0..to.county.holdings.len() {
        if let Some(new) = founded(&to.county, row)
            && state.index().unit(&new.unit.code).is_none()
        {
            take(&mut state, Command::FoundUnit { new: Box::new(new), undone: false });
        }
    }
    Difference { from: &state, to, whole_norm, out }.find()
}

/// The unit of a row as it would be founded.
fn founded(county: &County, row: usize) -> Option<NewUnit> {
    let holding = county.holdings.get(row)?;
    let (kind, stage) = (county.kind_of(holding).clone(), holding.part.stage());
    Some(NewUnit { unit: county.unit_of(holding)?.clone(), kind, stage })
}

struct Difference<'a> {
    from: &'a State,
    to: &'a State,
    whole_norm: bool,
    out: Vec<Command>,
}

const FACTS: [Fact; 4] = [Fact::Students, Fact::Classes, Fact::Boarders, Fact::InPost];

impl Difference<'_> {
    fn find(mut self) -> Vec<Command> {
        let (a, b) = (&self.from.county, &self.to.county);
        if a.name != b.name {
            self.out.push(Command::SetCounty { old: a.name.clone(), new: b.name.clone() });
        }
        self.norm();
        self.yardsticks(&a.yardsticks, &b.yardsticks);
        for unit in &a.units {
            let other = self.to.index().unit(&unit.code).and_then(|at| b.units.get(at));
            if let Some(other) = other
                && unit != other
            {
                self.unit(unit, other);
            }
        }
        for (row, holding) in a.holdings.iter().enumerate() {
            // The same place in both where both have the same base: most of the time.
            let same = b.holdings.get(row).filter(|_| same_unit(a, b, row));
            let (there, other) = match same {
                Some(other) => (row, other),
                None => {
                    let there = a.id_of(row).and_then(|id| self.to.index().row(&id));
                    let Some(there) = there else { continue };
                    let Some(other) = b.holdings.get(there) else { continue };
                    (there, other)
                }
            };
            let by = self.from.by(row) != self.to.by(there);
            if holding == other && !by {
                continue;
            }
            let Some(at) = a.id_of(row) else { continue };
            for fact in FACTS {
                let (old, new) = (holding.fact(fact), other.fact(fact));
                if old != new {
                    self.out.push(Command::SetFact { at: at.clone(), fact, old, new });
                }
            }
            if holding.roll.grades != other.roll.grades {
                let (old, new) = (holding.roll.grades.clone(), other.roll.grades.clone());
                self.out.push(Command::SetGrades { at: at.clone(), old, new });
            }
            if holding.staff != other.staff {
                let (old, new) = (holding.staff.clone().into(), other.staff.clone().into());
                self.out.push(Command::SetStaff { at: at.clone(), old, new });
            }
            if holding.additional != other.additional {
                let (old, new) = (holding.additional.clone(), other.additional.clone());
                self.out.push(Command::SetAdditional { at: at.clone(), old, new });
            }
            if holding.departures != other.departures {
                let (old, new) = (holding.departures.clone(), other.departures.clone());
                self.out.push(Command::SetDepartures { at: at.clone(), old, new });
            }
            if (by || holding.authorised != other.authorised)
                && let (Some(old), Some(new)) = (self.from.posting(row), self.to.posting(there))
            {
                self.out.push(Command::SetPosts { at, old, new });
            }
        }
        self.kinds(a, b);
        self.limits_and_pools(a, b);
        self.out
    }

    fn norm(&mut self) {
        let (a, b) = (self.from.norm.pack(), self.to.norm.pack());
        if a == b {
            return;
        }
        let day = self.from.norm.day();
        let mut by_figures = a.clone();
        let mut commands = Vec::new();
        for parameter in &b.parameters {
            let id = parameter.id.clone();
            let old = a.parameter(&id).and_then(|found| found.on(day));
            let (Some(old), Some(new)) = (old, parameter.on(day)) else { continue };
            let settled = |pack: &Pack| pack.own_document(&id, day).unwrap_or_default().to_owned();
            let (old_document, new_document) = (settled(a), settled(b));
            if old != new || old_document != new_document {
                by_figures.set_figure(&id, day, new, &new_document);
                commands.push(Command::SetParameter { id, old, new, old_document, new_document });
            }
        }
        for at in b.table_figures() {
            let (Some(old), Some(new)) = (a.table_figure(&at), b.table_figure(&at)) else {
                continue;
            };
            let settled =
                |pack: &Pack| pack.table_figure_document(&at).unwrap_or_default().to_owned();
            let (old_document, new_document) = (settled(a), settled(b));
            if old != new || old_document != new_document {
                by_figures.set_table_figure(&at, &new, &new_document);
                commands.push(Command::SetTableFigure { at, old, new, old_document, new_document });
            }
        }
        ends_in_order(&mut commands);
        if by_figures == *b && !self.whole_norm {
            self.out.append(&mut commands);
        } else {
            let (old, new) = (Box::new(Pack::clone(a)), Box::new(Pack::clone(b)));
            self.out.push(Command::SetNorm { old, new });
        }
    }

    fn yardsticks(&mut self, a: &Choice, b: &Choice) {
        if a == b {
            return;
        }
        let mut groups: Vec<Group> = Vec::new();
        for chosen in a.chosen.iter().chain(&b.chosen) {
            if !groups.contains(&chosen.group) {
                groups.push(chosen.group);
            }
        }
        // A figure goes back before its table changes, and is set after.
        for change in a.changed.iter().filter(|change| b.change(change.at).is_none()) {
            let (at, old) = (change.at, Some(change.clone()));
            self.out.push(Command::SetYardstick { at, old, new: None });
        }
        for group in groups {
            let (old, new) = (a.set(group).to_owned(), b.set(group).to_owned());
            if old != new {
                self.out.push(Command::SetYardstickTable { group, old, new });
            }
        }
        for change in b.changed.iter().filter(|change| a.change(change.at) != Some(*change)) {
            let (at, old) = (change.at, a.change(change.at).cloned());
            self.out.push(Command::SetYardstick { at, old, new: Some(change.clone()) });
        }
    }

    fn unit(&mut self, a: &Unit, b: &Unit) {
        let locality = |unit: &Unit| unit.locality.map(Locality::as_str).unwrap_or_default();
        let closed = |unit: &Unit| unit.closed.map(|day| day.to_string()).unwrap_or_default();
        for (field, old, new) in [
            (UnitField::Closed, closed(a).as_str(), closed(b).as_str()),
            (UnitField::Name, a.name.as_str(), b.name.as_str()),
            (UnitField::Township, a.township.as_str(), b.township.as_str()),
            (UnitField::Locality, locality(a), locality(b)),
        ] {
            if old != new {
                let (old, new) = (old.to_owned(), new.to_owned());
                self.out.push(Command::SetUnit { at: a.code.clone(), field, old, new });
            }
        }
        if a.leaders != b.leaders {
            let (old, new) = (a.leaders, b.leaders);
            self.out.push(Command::SetLeaders { at: a.code.clone(), old, new });
        }
    }

    /// Totals, and the kind of kindergartens, whose posts it takes along: it comes last, and the
    /// totals before it make up for what it will move.
    fn kinds(&mut self, a: &County, b: &County) {
        let moves = a.kindergarten_kind != b.kindergarten_kind;
        let posts = b
            .holdings
            .iter()
            .filter(|holding| moves && holding.part == Part::Stage(Stage::Kindergarten));
        let posts = posts.map(|holding| u64::from(holding.authorised)).sum::<u64>();
        let mut after = Vec::new();
        for kind in &a.kinds {
            let Some(new) = b.kind(&kind.id).map(|kind| u64::from(kind.total)) else { continue };
            let before = if moves && kind.id == a.kindergarten_kind {
                Some(new + posts)
            } else if moves && kind.id == b.kindergarten_kind {
                new.checked_sub(posts)
            } else {
                Some(new)
            };
            let old = u64::from(kind.total);
            match before {
                Some(before) if before == old => {}
                Some(before) => self.out.extend(set_total(&kind.id, old, before)),
                // Too few of that kind to have come from this move: set when they are there.
                None => after.extend(set_total(&kind.id, old + posts, new)),
            }
        }
        if moves {
            let (old, new) = (a.kindergarten_kind.clone(), b.kindergarten_kind.clone());
            self.out.push(Command::SetKindergartenKind { old, new });
        }
        self.out.append(&mut after);
    }

    fn limits_and_pools(&mut self, a: &County, b: &County) {
        for kind in &a.kinds {
            let limits = |state: &State| -> Limits { state.limits(&kind.id) };
            let (old, new) = (limits(self.from), limits(self.to));
            if old != new {
                let (kind, old, new) = (kind.id.clone(), Box::new(old), Box::new(new));
                self.out.push(Command::SetLimits { kind, old, new });
            }
            let (old, new) = (a.pool(&kind.id), b.pool(&kind.id));
            if old != new {
                let boxed = |pool: Option<&crate::pool::Pool>| pool.cloned().map(Box::new);
                let (kind, old, new) = (kind.id.clone(), boxed(old), boxed(new));
                self.out.push(Command::SetPool { kind, old, new });
            }
        }
    }
}

/// Puts the commands that move ends of bands in an order in which no end runs into the next one on its
/// way: those that rise from the last row up, then those that fall from the first row down. Other
/// commands stay where they stand.
pub(crate) fn ends_in_order(commands: &mut [Command]) {
    let is_end = |command: &Command| matches!(command, Command::SetTableFigure { at, .. } if at.figure == Figure::End);
    let mut ends: Vec<Command> = commands.iter().filter(|each| is_end(each)).cloned().collect();
    ends.order_by_key(|command| match command {
        Command::SetTableFigure { at: FigureId { table, from, row, .. }, old, new, .. } => {
            let value = |text: &str| Exact::parse(text).map(|value| value.0);
            let rises = value(old) < value(new);
            let row = if rises { usize::MAX - row } else { *row };
            (table.clone(), *from, !rises, row)
        }
        _ => (String::new(), None, false, 0),
    });
    let places = commands.iter_mut().filter(|each| is_end(each));
    for (place, end) in places.zip(ends) {
        *place = end;
    }
}

/// Whether a row is the same holding in both counties.
pub(super) fn same_unit(a: &County, b: &County, row: usize) -> bool {
    fn of(county: &County, row: usize) -> Option<(&UnitCode, &Part)> {
        let holding = county.holdings.get(row)?;
        Some((&county.unit_of(holding)?.code, &holding.part))
    }
    of(a, row) == of(b, row)
}

fn set_total(kind: &KindId, old: u64, new: u64) -> Option<Command> {
    // Totals and posts are far below u32 together; a file by hand that is not keeps what it had.
    let (old, new) = (u32::try_from(old).ok()?, u32::try_from(new).ok()?);
    Some(Command::SetTotal { kind: kind.clone(), old, new, document: String::new() })
}

impl Command {
    /// The cell that the command touches, by a permanent name: `posts 1020/primary`. Two commands
    /// with the same name change the same value.
    pub fn cell(&self) -> String {
        match self {
            Self::SetPosts { at, .. } => format!("posts {at}"),
            Self::SetFact { at, fact, .. } => format!("{} {at}", fact_name(*fact)),
            Self::SetGrades { at, .. } => format!("grades {at}"),
            Self::SetStaff { at, .. } => format!("staff {at}"),
            Self::SetAdditional { at, .. } => format!("additional {at}"),
            Self::SetDepartures { at, .. } => format!("departures {at}"),
            Self::SetLeaders { at, .. } => format!("leaders {at}"),
            Self::SetYardstick { at, .. } => format!("yardstick {at:?}"),
            Self::SetYardstickTable { group, .. } => format!("yardsticks {group:?}"),
            Self::SetUnit { at, field, .. } => {
                let field = match field {
                    UnitField::Name => "name",
                    UnitField::Township => "township",
                    UnitField::Locality => "locality",
                    UnitField::Closed => "closed",
                };
                format!("{field} {at}")
            }
            Self::FoundUnit { new, .. } => format!("unit {}", new.unit.code),
            Self::SetCounty { .. } => "county".to_owned(),
            Self::SetParameter { id, .. } => format!("parameter {id}"),
            Self::SetTableFigure { at, .. } => format!("table {at}"),
            Self::SetNorm { .. } => "norm".to_owned(),
            Self::SetTotal { kind, .. } => format!("total {}", kind.as_str()),
            Self::SetKindergartenKind { .. } => "kindergarten_kind".to_owned(),
            Self::SetLimits { kind, .. } => format!("limits {}", kind.as_str()),
            Self::SetPool { kind, .. } => format!("pool {}", kind.as_str()),
        }
    }

    /// Whether the new value is the old one, whoever set it.
    pub fn changes_nothing(&self) -> bool {
        match self {
            Self::SetPosts { old, new, .. } => old.posts == new.posts,
            _ => self.clone().inverse() == *self,
        }
    }

    /// The same change from what stands in a state; `None` where there is no such place.
    pub(super) fn on_what_stands(&self, state: &State) -> Option<Self> {
        let county = &state.county;
        let mut command = self.clone();
        let holding = |at| state.index().row(at).and_then(|row| county.holdings.get(row));
        let unit = |at| state.index().unit(at).and_then(|place| county.units.get(place));
        match &mut command {
            Self::SetPosts { at, old, .. } => *old = state.posting(state.index().row(at)?)?,
            Self::SetFact { at, fact, old, .. } => *old = holding(at)?.fact(*fact),
            Self::SetGrades { at, old, .. } => old.clone_from(&holding(at)?.roll.grades),
            Self::SetStaff { at, old, .. } => **old = holding(at)?.staff.clone(),
            Self::SetAdditional { at, old, .. } => old.clone_from(&holding(at)?.additional),
            Self::SetDepartures { at, old, .. } => old.clone_from(&holding(at)?.departures),
            Self::SetLeaders { at, old, .. } => *old = unit(at)?.leaders,
            Self::SetYardstick { at, old, .. } => *old = county.yardsticks.change(*at).cloned(),
            Self::SetYardstickTable { group, old, .. } => {
                county.yardsticks.set(*group).clone_into(old);
            }
            Self::SetUnit { at, field, old, .. } => {
                let unit = unit(at)?;
                *old = match field {
                    UnitField::Name => unit.name.clone(),
                    UnitField::Township => unit.township.clone(),
                    UnitField::Locality => {
                        unit.locality.map(Locality::as_str).unwrap_or_default().to_owned()
                    }
                    UnitField::Closed => unit.closed.map(|day| day.to_string()).unwrap_or_default(),
                };
            }
            Self::FoundUnit { .. } => {}
            Self::SetCounty { old, .. } => old.clone_from(&county.name),
            Self::SetParameter { id, old, old_document, .. } => {
                let (pack, day) = (state.norm.pack(), state.norm.day());
                *old = pack.parameter(id)?.on(day)?;
                *old_document = pack.own_document(id, day).unwrap_or_default().to_owned();
            }
            Self::SetTableFigure { at, old, old_document, .. } => {
                let pack = state.norm.pack();
                *old = pack.table_figure(at)?;
                *old_document = pack.table_figure_document(at).unwrap_or_default().to_owned();
            }
            Self::SetNorm { old, .. } => **old = state.norm.pack().clone(),
            Self::SetTotal { kind, old, .. } => *old = county.kind(kind)?.total,
            Self::SetKindergartenKind { old, .. } => old.clone_from(&county.kindergarten_kind),
            Self::SetLimits { kind, old, .. } => **old = state.limits(kind),
            Self::SetPool { kind, old, .. } => {
                *old = county.pool(kind).cloned().map(Box::new);
            }
        }
        Some(command)
    }
}

fn fact_name(fact: Fact) -> &'static str {
    match fact {
        Fact::Students => "students",
        Fact::Classes => "classes",
        Fact::Boarders => "boarders",
        Fact::InPost => "in_post",
    }
}
