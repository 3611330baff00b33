//! Movements of posts (编制变动): a function that moves with its posts, an adjustment between units,
//! a unit founded, posts swapped between kinds, posts recovered, units merged and closed; what each
//! is told by, and the step of a scenario that makes it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::account::Account;
use super::{Book, Borrower, Event, Fault, PoolError, What, plan};
use crate::county::{
    County, Departures, Fact, GradeRoll, Holding, HoldingId, KindId, Leaders, Part, Stage, Unit,
    UnitCode,
};
use crate::scenario::{Command, Label, NewUnit, State, Step, UnitField};

/// What sort of movement it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// With a function (划转).
    WithFunction,
    /// Adjusted between units (调剂).
    Adjust,
    /// A unit founded (新设).
    Found,
    /// Swapped between kinds (置换).
    Swap,
    /// Recovered (收回).
    Recover,
    /// A unit merged into another (合并).
    Merge,
    /// A unit closed (撤销).
    Close,
}

impl Sort {
    /// Every sort, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::WithFunction,
        Self::Adjust,
        Self::Recover,
        Self::Swap,
        Self::Found,
        Self::Merge,
        Self::Close,
    ];
}

/// What the history tells of a movement that was made, with the names of that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Its sort.
    pub sort: Sort,
    /// The unit that gave or ended; empty where posts came from those unassigned.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// The unit that took; empty where posts became unassigned.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// Posts that the unit gave, or took where none gave.
    pub posts: u32,
    /// People who came to another unit with them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub people: u32,
    /// People beyond its posts that the unit that took has since, and had not before: of a merger.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub over: u32,
    /// The day.
    pub on: NaiveDate,
    /// Document number.
    pub document: String,
    /// Why; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

// The signature that serde asks for.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// A movement of posts, by document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Movement {
    /// A function moves to another unit with its posts and people (划转).
    WithFunction {
        /// From.
        from: HoldingId,
        /// To, of the same kind.
        to: HoldingId,
        /// Posts.
        posts: u32,
        /// People who move with them; at most the posts.
        people: u32,
    },
    /// Vacant posts are adjusted between units (调剂).
    Adjust {
        /// From: only what is vacant.
        from: HoldingId,
        /// To, of the same kind.
        to: HoldingId,
        /// Posts.
        posts: u32,
    },
    /// A unit is founded with posts and leader posts (新设).
    Found {
        /// The new unit's code.
        unit: UnitCode,
        /// Its name.
        name: String,
        /// Where it stands; may be empty.
        township: String,
        /// Its stage, at a school.
        stage: Option<Stage>,
        /// Kind of its posts.
        kind: KindId,
        /// Posts, out of those unassigned.
        posts: u32,
        /// Leader posts.
        leaders: u32,
    },
    /// Posts of one kind are given up for as many of another (置换).
    Swap {
        /// Gives: its posts become unassigned in their kind.
        from: HoldingId,
        /// Takes: out of the unassigned posts of its kind.
        to: HoldingId,
        /// Posts.
        posts: u32,
    },
    /// Vacant posts are recovered (收回) and become unassigned.
    Recover {
        /// From.
        from: HoldingId,
        /// Posts.
        posts: u32,
    },
    /// A unit is merged into another (合并): posts, people, leader posts and debts go with it.
    Merge {
        /// The unit that ends.
        from: UnitCode,
        /// The unit that takes all.
        to: UnitCode,
    },
    /// A unit is closed (撤销): its posts become unassigned, its people and debts go to another.
    Close {
        /// The unit that ends.
        from: UnitCode,
        /// Who takes its people and debts; needed only where there are any.
        to: Option<UnitCode>,
    },
}

impl Movement {
    /// Its sort.
    pub fn sort(&self) -> Sort {
        match self {
            Self::WithFunction { .. } => Sort::WithFunction,
            Self::Adjust { .. } => Sort::Adjust,
            Self::Found { .. } => Sort::Found,
            Self::Swap { .. } => Sort::Swap,
            Self::Recover { .. } => Sort::Recover,
            Self::Merge { .. } => Sort::Merge,
            Self::Close { .. } => Sort::Close,
        }
    }

    /// The unit that gives or ends, and the one that takes; `None` for what is unassigned.
    pub fn ends(&self) -> (Option<&UnitCode>, Option<&UnitCode>) {
        match self {
            Self::WithFunction { from, to, .. }
            | Self::Adjust { from, to, .. }
            | Self::Swap { from, to, .. } => (Some(&from.unit), Some(&to.unit)),
            Self::Recover { from, .. } => (Some(&from.unit), None),
            Self::Found { unit, .. } => (None, Some(unit)),
            Self::Merge { from, to } => (Some(from), Some(to)),
            Self::Close { from, to } => (Some(from), to.as_ref()),
        }
    }
}

/// The paper that orders a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The day.
    pub on: NaiveDate,
    /// Document number; there must be one.
    pub document: String,
    /// Why; may be empty.
    pub reason: String,
}

/// The step of a scenario that makes a movement: posts and people line by line, the new or closed
/// unit, and an entry in the book of every pool that a unit which ends owes.
///
/// # Errors
/// What stands against it, naming units by their names.
pub fn step(state: &State, movement: &Movement, by: &Paper) -> Result<Step, PoolError> {
    made(state, movement, by).map_err(|error| error.naming(&state.county))
}

fn made(state: &State, movement: &Movement, by: &Paper) -> Result<Step, PoolError> {
    if by.document.trim().is_empty() {
        return Err(PoolError::of(Fault::NoDocument).on(by.on));
    }
    let county = &state.county;
    let before = Account::of(county, by.on)?;
    let mut after = before.clone();
    after.apply(movement, by.on)?;
    let mut commands = Vec::new();
    if let Movement::Found { .. } = movement {
        commands.push(founded(county, movement)?);
    }
    postings(state, [&before, &after], by, &mut commands);
    for unit in &county.units {
        let (then, now) = (before.leaders.get(&unit.code), after.leaders.get(&unit.code));
        if then != now {
            let new = Leaders { posts: now.copied(), people: unit.leaders.people };
            let (at, old) = (unit.code.clone(), unit.leaders);
            commands.push(Command::SetLeaders { at, old, new });
        }
    }
    let (from, to) = movement.ends();
    if let (Sort::Merge | Sort::Close, Some(from)) = (movement.sort(), from) {
        none_lent_later(county, from, by)?;
        pupils(county, from, to, &mut commands)?;
        commands.push(Command::SetUnit {
            at: from.clone(),
            field: UnitField::Closed,
            old: String::new(),
            new: by.on.to_string(),
        });
        if let Some(to) = to {
            departures(state, &before, [from, to], &mut commands);
            debts(county, [from, to], by, &mut commands)?;
        }
    }
    uses(state, &commands, movement)?;
    let label = Label::Movement(told(county, movement, [&before, &after], by));
    Ok(Step { label, commands })
}

/// What was entered of each year's use of posts still holds where posts have moved: a vacancy that it uses
/// up is not given away. Where it did not hold before it does not stand against the movement.
fn uses(state: &State, commands: &[Command], movement: &Movement) -> Result<(), PoolError> {
    let mut after = state.clone();
    for command in commands {
        // Only a figure beyond all reason does not fit.
        let fits = after.apply(command.clone());
        fits.map_err(|_| PoolError::of(Fault::TooLarge).figures(u32::MAX, super::MOST))?;
    }
    for pool in &state.county.pools {
        let Ok(years) = plan::years(&state.county, &pool.kind) else { continue };
        let Err(error) = plan::check(&after.county, &pool.kind) else { continue };
        let from = movement.ends().0.filter(|from| from.as_str() == error.who);
        let Some(from) = from else { return Err(error) };
        // What the entries leave of its vacancies, hires approved and not entered taken off.
        let left = |unit: &plan::PlanUnit| {
            let coming = unit.approved.saturating_sub(unit.entered);
            unit.usable().saturating_sub(unit.closing).saturating_sub(coming)
        };
        let of_unit = years.iter().filter_map(|(_, year)| year.units.get(from));
        let left = of_unit.map(left).min().unwrap_or(0);
        let given = match movement {
            Movement::WithFunction { posts, people, .. } => posts - people,
            Movement::Adjust { posts, .. }
            | Movement::Swap { posts, .. }
            | Movement::Recover { posts, .. } => *posts,
            Movement::Found { .. } | Movement::Merge { .. } | Movement::Close { .. } => 0,
        };
        return Err(if given > left {
            PoolError::of(Fault::VacancyUsed).who(from.as_str()).figures(given, left)
        } else {
            error
        });
    }
    Ok(())
}

/// The new unit. Its kind of posts must be the one that its stage draws on.
fn founded(county: &County, movement: &Movement) -> Result<Command, PoolError> {
    let Movement::Found { unit: code, name, township, stage, kind, leaders, .. } = movement else {
        return Err(PoolError::of(Fault::NoUnit));
    };
    if stage.is_some_and(|stage| county.kind_of_part(&Part::Stage(stage)) != kind) {
        return Err(PoolError::of(Fault::KindDiffers).who(code.as_str()));
    }
    let unit = Unit {
        code: code.clone(),
        name: name.clone(),
        township: township.clone(),
        locality: None,
        category: String::new(),
        parent: None,
        place: None,
        leaders: Leaders { posts: Some(*leaders), people: None },
        closed: None,
    };
    let new = Box::new(NewUnit { unit, kind: kind.clone(), stage: *stage });
    Ok(Command::FoundUnit { new, undone: false })
}

/// Posts and people of every holding that changes.
fn postings(
    state: &State,
    [before, after]: [&Account; 2],
    by: &Paper,
    commands: &mut Vec<Command>,
) {
    for (at, place) in &after.places {
        let then = before.places.get(at);
        let row = state.index().row(at);
        let old = row.and_then(|row| state.posting(row)).unwrap_or_default();
        if then.map_or(0, |then| then.authorised) != place.authorised {
            let new = old.moved_to(place.authorised, &by.reason, &by.document);
            commands.push(Command::SetPosts { at: at.clone(), old, new });
        }
        let people = then.map_or(0, |then| then.in_post);
        if people != place.in_post {
            commands.push(Command::SetFact {
                at: at.clone(),
                fact: Fact::InPost,
                old: Some(people),
                new: Some(place.in_post),
            });
        }
    }
}

/// A loan that starts, or is passed on to the unit, after the day on which it ends would have no home.
fn none_lent_later(county: &County, from: &UnitCode, by: &Paper) -> Result<(), PoolError> {
    for pool in &county.pools {
        let own = |borrower: &Borrower| matches!(borrower, Borrower::Unit(unit) if unit == from);
        let loans = pool.loans.iter().filter(|loan| own(&loan.borrower)).map(|loan| loan.from);
        let passed = pool
            .events
            .iter()
            .filter(|event| event.what == What::Rehome && event.unit.as_ref() == Some(from));
        let later = loans.chain(passed.map(|event| event.date)).find(|day| *day > by.on);
        if let Some(day) = later {
            return Err(PoolError::of(Fault::LentAfterClosing).who(from.as_str()).on(day));
        }
    }
    Ok(())
}

/// Pupils and classes of a school that ends go on at the same stage of the unit that takes over: else
/// the norm would go on giving posts to nobody.
fn pupils(
    county: &County,
    from: &UnitCode,
    to: Option<&UnitCode>,
    commands: &mut Vec<Command>,
) -> Result<(), PoolError> {
    for leaves in rolls(county, from) {
        let homes = to.map(|to| rolls(county, to)).unwrap_or_default();
        let home = homes.into_iter().find(|home| home.part == leaves.part);
        let (Some(to), Some(home)) = (to, home) else {
            match leaves.roll.students.unwrap_or(0) {
                0 => continue,
                found => {
                    let error = PoolError::of(Fault::PupilsLeft).who(from.as_str());
                    return Err(error.figures(found, 0));
                }
            }
        };
        let at = |unit: &UnitCode| HoldingId { unit: unit.clone(), part: leaves.part.clone() };
        for fact in [Fact::Students, Fact::Classes, Fact::Boarders] {
            let Some(more) = leaves.fact(fact) else { continue };
            let old = home.fact(fact);
            let new = Some(old.unwrap_or(0).saturating_add(more));
            let (gone, none) = (Some(more), Some(0));
            commands.push(Command::SetFact { at: at(from), fact, old: gone, new: none });
            commands.push(Command::SetFact { at: at(to), fact, old, new });
        }
        if !leaves.roll.grades.is_empty() {
            let (old, new) = (leaves.roll.grades.clone(), Vec::new());
            commands.push(Command::SetGrades { at: at(from), old, new });
            let old = home.roll.grades.clone();
            let new = with_grades(&old, &leaves.roll.grades);
            commands.push(Command::SetGrades { at: at(to), old, new });
        }
    }
    Ok(())
}

/// The stages of a unit.
fn rolls<'a>(county: &'a County, unit: &UnitCode) -> Vec<&'a Holding> {
    let own = |holding: &&Holding| {
        let of_unit = county.unit_of(holding).is_some_and(|own| own.code == *unit);
        of_unit && holding.part.stage().is_some()
    };
    county.holdings.iter().filter(own).collect()
}

/// Both rolls, grade by grade.
fn with_grades(home: &[GradeRoll], come: &[GradeRoll]) -> Vec<GradeRoll> {
    let mut all: BTreeMap<u8, GradeRoll> = BTreeMap::new();
    let sum = |a: Option<u32>, b: Option<u32>| match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (a, b) => a.or(b),
    };
    for roll in home.iter().chain(come) {
        let own = all.entry(roll.grade);
        let own = own.or_insert(GradeRoll { grade: roll.grade, students: None, classes: None });
        own.students = sum(own.students, roll.students);
        own.classes = sum(own.classes, roll.classes);
    }
    all.into_values().collect()
}

/// Who is expected to leave is expected to leave the unit that takes the people.
fn departures(
    state: &State,
    before: &Account,
    [from, to]: [&UnitCode; 2],
    commands: &mut Vec<Command>,
) {
    let county = &state.county;
    let mut come: BTreeMap<HoldingId, BTreeMap<i32, u32>> = BTreeMap::new();
    let add = |all: &mut BTreeMap<i32, u32>, leaving: &[Departures]| {
        for own in leaving {
            let people = all.entry(own.year).or_default();
            *people = people.saturating_add(own.people);
        }
    };
    for (row, holding) in county.holdings.iter().enumerate() {
        let own = county.id_of(row).filter(|at| at.unit == *from);
        let Some(at) = own.filter(|_| !holding.departures.is_empty()) else { continue };
        let Some(home) = before.home(&at, to) else { continue };
        add(come.entry(home).or_default(), &holding.departures);
        let old = holding.departures.clone();
        commands.push(Command::SetDepartures { at, old, new: Vec::new() });
    }
    for (at, mut all) in come {
        let home = state.index().row(&at).and_then(|row| county.holdings.get(row));
        let old = home.map(|home| home.departures.clone()).unwrap_or_default();
        add(&mut all, &old);
        let new = all.into_iter().map(|(year, people)| Departures { year, people }).collect();
        commands.push(Command::SetDepartures { at, old, new });
    }
}

/// What the unit that ends owes goes on in the book of each pool.
fn debts(
    county: &County,
    [from, to]: [&UnitCode; 2],
    by: &Paper,
    commands: &mut Vec<Command>,
) -> Result<(), PoolError> {
    for pool in &county.pools {
        let mut new = pool.clone();
        for held in Book::on(pool, by.on)?.held {
            let own = matches!(&held.borrower, Borrower::Unit(unit) if unit == from);
            if own && held.out() > 0 {
                let mut event = Event::new(by.on, What::Rehome, &held.id);
                event.unit = Some(to.clone());
                event.document.clone_from(&by.document);
                new.note(event);
            }
        }
        if new != *pool {
            let (old, new) = (Some(Box::new(pool.clone())), Some(Box::new(new)));
            commands.push(Command::SetPool { kind: pool.kind.clone(), old, new });
        }
    }
    Ok(())
}

/// What the history tells of it.
fn told(county: &County, movement: &Movement, [before, after]: [&Account; 2], by: &Paper) -> Moved {
    let (from, to) = movement.ends();
    // A unit that ends gives whatever it had.
    let whole = |of: fn(&super::Place) -> u32| -> u32 {
        let own = before.places.iter().filter(|(at, _)| Some(&at.unit) == from);
        own.map(|(_, place)| of(place)).fold(0, u32::saturating_add)
    };
    let (posts, people) = match movement {
        Movement::WithFunction { posts, people, .. } => (*posts, *people),
        Movement::Adjust { posts, .. }
        | Movement::Swap { posts, .. }
        | Movement::Recover { posts, .. }
        | Movement::Found { posts, .. } => (*posts, 0),
        Movement::Merge { .. } | Movement::Close { .. } => {
            (whole(|place| place.authorised), whole(|place| place.in_post))
        }
    };
    let name = |unit: Option<&UnitCode>| match (unit, movement) {
        (None, _) => String::new(),
        (Some(_), Movement::Found { name, .. }) => name.clone(),
        (Some(unit), _) => county.unit_name(unit).to_owned(),
    };
    Moved {
        sort: movement.sort(),
        from: name(from),
        to: name(to),
        posts,
        people,
        over: to.map_or(0, |to| after.more_over(before, to)),
        on: by.on,
        document: by.document.clone(),
        reason: by.reason.clone(),
    }
}
