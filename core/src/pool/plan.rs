//! The yearly hiring plan (用编计划), "income before outlay": a unit hires no more than its vacancies,
//! the departures that may be counted, less what it keeps and what repays its loans; approved before
//! use, in batches; full and over-full units take nobody in. And the count of who came, moved and
//! left, so that people at the end are people at the start with every entry told.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Book, Borrower, Fault, Pool, PoolError, Standings, Way, standings};
use crate::county::{County, KindId, UnitCode};
use crate::order::InOrder;

/// Posts that units of a size keep vacant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserve {
    /// Units with at least so many posts.
    pub from: u32,
    /// Keep so many vacant.
    pub keep: u32,
}

/// What an entry of the year says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// People left posts (下编).
    Left,
    /// People moved to the unit, from another or from outside (流动).
    Moved,
    /// Hires were approved.
    Approved,
    /// People entered posts (上编).
    Entered,
}

/// One entry of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseEntry {
    /// The day.
    pub date: NaiveDate,
    /// What.
    pub what: Flow,
    /// The unit approved for, entered, moved to or left.
    pub unit: UnitCode,
    /// The unit that people moved from; nothing if from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<UnitCode>,
    /// People.
    pub people: u32,
    /// Of an approval: its own document, where it is not that of the plan.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Of an approval: the batch in which hires were approved, as the commission names it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub batch: String,
}

impl UseEntry {
    /// An entry that says nothing of where people came from, nor by which document.
    pub fn new(date: NaiveDate, what: Flow, unit: UnitCode, people: u32) -> Self {
        let (document, batch) = (String::new(), String::new());
        Self { date, what, unit, from: None, people, document, batch }
    }
}

/// The use of posts of one kind in one year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// Calendar year.
    pub year: i32,
    /// The document that approved the plan.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// What units keep vacant; the entry with the largest `from` that a unit reaches counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserve: Vec<Reserve>,
    /// Approvals, entries, transfers and exits, in any order.
    #[serde(default)]
    pub entries: Vec<UseEntry>,
}

impl Use {
    /// An entry as it stands among the year's; of those alike the last. `None` where it is not there.
    pub fn entry_mut(&mut self, entry: &UseEntry) -> Option<&mut UseEntry> {
        self.entries.iter_mut().rfind(|own| *own == entry)
    }
}

/// One unit in the plan of a year. `closing = opening + entered + moved_in − moved_out − left`; the people
/// of a unit that ended are counted where they went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanUnit {
    /// Posts authorised.
    pub authorised: u32,
    /// Of them, posts that it lent to the pool and still owns (model B): nobody is taken into them.
    pub lent: u32,
    /// People at the start of the year.
    pub opening: u32,
    /// Departures of the year that may be counted.
    pub departures: u32,
    /// Posts that the unit has of the pool at the end of the year, as far as its book tells.
    pub owes: u32,
    /// Of its vacancies, those that repay the pool first, then or earlier since its people were counted.
    pub repays: u32,
    /// Posts that it keeps vacant.
    pub reserve: u32,
    /// Hires at most: `vacancy + departures − repays − reserve`, none where it is over-full, or full
    /// without departures that may be counted.
    pub allowed: u32,
    /// Hires approved.
    pub approved: u32,
    /// People who entered.
    pub entered: u32,
    /// People who moved in.
    pub moved_in: u32,
    /// People who moved to other units.
    pub moved_out: u32,
    /// People who left posts.
    pub left: u32,
    /// People at the end.
    pub closing: u32,
}

/// A year's plan: every unit of the kind, and sums.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planned {
    /// Units by code.
    pub units: BTreeMap<UnitCode, PlanUnit>,
    /// Sums over the units; `moved_in` counts every transfer once.
    pub sum: PlanUnit,
}

impl PlanUnit {
    /// Posts that people can be taken into.
    pub fn usable(&self) -> u32 {
        self.authorised.saturating_sub(self.lent)
    }
}

/// Of a unit's vacancies and departures, those that repay the pool, and the most it may hire, where `first`
/// posts are to be repaid first.
fn income(unit: &PlanUnit, first: u32) -> (u32, u32) {
    let vacancy = unit.usable().saturating_sub(unit.opening);
    let income = vacancy.saturating_add(unit.departures);
    let repays = first.min(income);
    let allowed = if unit.opening > unit.usable() {
        0
    } else {
        income.saturating_sub(repays).saturating_sub(unit.reserve)
    };
    (repays, allowed)
}

/// What one unit owes the pool.
#[derive(Debug, Clone, Copy, Default)]
struct Debt {
    /// Posts that it has of the pool.
    out: u32,
    /// Vacant posts that are not its own to take: as many as it owes, and those that repaid the pool since
    /// its people were counted, for they are filled by who had the pool's posts.
    first: u32,
}

/// What units owe the pool, day by day.
struct Debts<'a> {
    pool: Option<&'a Pool>,
    /// Posts that vacancies had repaid when people were counted.
    counted: BTreeMap<UnitCode, u32>,
    on: NaiveDate,
    now: BTreeMap<UnitCode, Debt>,
}

impl<'a> Debts<'a> {
    /// The debts of a year, on its first day. People were counted at its start, or on the day `settled`.
    fn open(
        pool: Option<&'a Pool>,
        settled: Option<NaiveDate>,
        year: i32,
    ) -> Result<Self, PoolError> {
        let start = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MIN);
        let (counted, now) = (BTreeMap::new(), BTreeMap::new());
        let mut debts = Self { pool, counted, on: NaiveDate::MIN, now };
        debts.turn_to(settled.map_or(start, |day| day.max(start)))?;
        debts.counted =
            debts.now.iter().map(|(unit, debt)| (unit.clone(), debt.first - debt.out)).collect();
        debts.turn_to(start)?;
        Ok(debts)
    }

    /// Reads the book of a day.
    fn turn_to(&mut self, day: NaiveDate) -> Result<(), PoolError> {
        let Some(pool) = self.pool.filter(|_| day != self.on) else { return Ok(()) };
        (self.on, self.now) = (day, BTreeMap::new());
        for held in &Book::on(pool, day)?.held {
            let Borrower::Unit(unit) = &held.borrower else { continue };
            let by_vacancy = held.returned.get(Way::NextVacancy.place()).copied().unwrap_or(0);
            let debt = self.now.entry(unit.clone()).or_default();
            debt.out = debt.out.saturating_add(held.out());
            debt.first = debt.first.saturating_add(held.out()).saturating_add(by_vacancy);
        }
        for (unit, posts) in &self.counted {
            if let Some(debt) = self.now.get_mut(unit) {
                debt.first = debt.first.saturating_sub(*posts).max(debt.out);
            }
        }
        Ok(())
    }

    fn of(&self, unit: &UnitCode) -> Debt {
        self.now.get(unit).copied().unwrap_or_default()
    }
}

/// The plan of a year without its entries: what each unit may hire, given people at its start and what it
/// owes.
fn limits(debts: &Debts<'_>, standings: &Standings, year: &Use, departures: bool) -> Planned {
    let mut planned = Planned::default();
    for (code, standing) in standings.iter().filter(|(_, standing)| standing.of_kind) {
        let reach = |reserve: &&Reserve| standing.authorised >= reserve.from;
        let reserve = year.reserve.iter().filter(reach).max_by_key(|reserve| reserve.from);
        let debt = debts.of(code);
        let mut unit = PlanUnit {
            authorised: standing.authorised,
            lent: standing.lent,
            opening: standing.in_post,
            departures: if departures { standing.departures_in(year.year) } else { 0 },
            owes: debt.out,
            reserve: reserve.map_or(0, |reserve| reserve.keep),
            closing: standing.in_post,
            ..PlanUnit::default()
        };
        (unit.repays, unit.allowed) = income(&unit, debt.first);
        planned.units.insert(code.clone(), unit);
    }
    planned
}

/// Works the year through in the order of its days; on one day exits before transfers, transfers
/// before approvals, approvals before entries. People in `standings` are those at its start. Every entry is
/// held to what its unit owes the pool on its day.
///
/// # Errors
/// The first entry that cannot be, with its day and figures: an approval above what is allowed, more
/// people in than approved or than there are posts, people in posts that repay the pool first, more people
/// out than there are.
pub fn run(
    pool: Option<&Pool>,
    standings: &Standings,
    year: &Use,
    departures: bool,
) -> Result<Planned, PoolError> {
    run_after(None, pool, standings, year, departures)
}

/// The same, where what happened up to the day `settled` is told and no longer held to the limits: posts
/// may have moved since.
fn run_after(
    settled: Option<NaiveDate>,
    pool: Option<&Pool>,
    standings: &Standings,
    year: &Use,
    departures: bool,
) -> Result<Planned, PoolError> {
    let mut debts = Debts::open(pool, settled, year.year)?;
    debts.turn_to(NaiveDate::from_ymd_opt(year.year, 12, 31).unwrap_or(NaiveDate::MAX))?;
    let mut planned = limits(&debts, standings, year, departures);
    let mut entries: Vec<&UseEntry> = year.entries.iter().collect();
    entries.order_by(|a, b| {
        (a.date, a.what, &a.unit, &a.from).cmp(&(b.date, b.what, &b.unit, &b.from))
    });
    for entry in entries {
        let ended = ended(standings, &entry.unit).is_some_and(|closed| entry.date < closed);
        let held = settled.is_none_or(|day| entry.date > day) && !ended;
        if held {
            debts.turn_to(entry.date)?;
        }
        let first = debts.of(&entry.unit).first;
        step(&mut planned, standings, entry, held.then_some(first))?;
    }
    let mut sum = PlanUnit::default();
    for unit in planned.units.values() {
        let add = |to: &mut u32, people: u32| *to = to.saturating_add(people);
        add(&mut sum.authorised, unit.authorised);
        add(&mut sum.lent, unit.lent);
        add(&mut sum.opening, unit.opening);
        add(&mut sum.departures, unit.departures);
        add(&mut sum.owes, unit.owes);
        add(&mut sum.repays, unit.repays);
        add(&mut sum.reserve, unit.reserve);
        add(&mut sum.allowed, unit.allowed);
        add(&mut sum.approved, unit.approved);
        add(&mut sum.entered, unit.entered);
        add(&mut sum.moved_in, unit.moved_in);
        add(&mut sum.moved_out, unit.moved_out);
        add(&mut sum.left, unit.left);
        add(&mut sum.closing, unit.closing);
    }
    planned.sum = sum;
    Ok(planned)
}

/// The day on which a unit ended.
fn ended(standings: &Standings, unit: &UnitCode) -> Option<NaiveDate> {
    standings.get(unit).and_then(|standing| standing.closed)
}

/// Makes one entry. `held` where it is held to what may come to its unit: the vacant posts that nobody may
/// take, since they repay the pool.
fn step(
    planned: &mut Planned,
    standings: &Standings,
    entry: &UseEntry,
    held: Option<u32>,
) -> Result<(), PoolError> {
    let (held, first) = (held.is_some(), held.unwrap_or(0));
    let UseEntry { date, people, .. } = *entry;
    let wrong = |fault, unit: &UnitCode| PoolError::of(fault).who(unit.as_str()).on(date);
    if people > super::MOST {
        return Err(PoolError::of(Fault::TooLarge).figures(people, super::MOST));
    }
    if people == 0 {
        return Err(wrong(Fault::NoPosts, &entry.unit));
    }
    let leave = |planned: &mut Planned, code: &UnitCode, moved: bool| {
        let Some(unit) = planned.units.get_mut(code) else {
            return Err(wrong(Fault::NoUnit, code));
        };
        if ended(standings, code).is_none() {
            let left = unit.closing.checked_sub(people);
            let short = || wrong(Fault::PeopleShort, code).figures(people, unit.closing);
            unit.closing = left.ok_or_else(short)?;
        }
        let out = if moved { &mut unit.moved_out } else { &mut unit.left };
        *out = out.saturating_add(people);
        Ok(())
    };
    if entry.what == Flow::Left {
        return leave(planned, &entry.unit, false);
    }
    if entry.what == Flow::Moved
        && let Some(from) = &entry.from
    {
        if *from == entry.unit {
            return Err(wrong(Fault::SameUnit, from));
        }
        leave(planned, from, true)?;
    }
    let Some(unit) = planned.units.get_mut(&entry.unit) else {
        return Err(wrong(Fault::NoUnit, &entry.unit));
    };
    let end = ended(standings, &entry.unit);
    if let Some(closed) = end.filter(|closed| held && *closed <= date) {
        return Err(wrong(Fault::Closed, &entry.unit).on(closed));
    }
    let full = |unit: &PlanUnit| {
        let error = wrong(Fault::FullUnit, &entry.unit);
        Err(error.figures(unit.closing, unit.usable()))
    };
    if entry.what == Flow::Approved {
        let (_, allowed) = income(unit, first);
        if held && allowed == 0 && unit.opening >= unit.usable() {
            return full(unit);
        }
        let approved = unit.approved.saturating_add(people);
        if held && approved > allowed {
            let error = wrong(Fault::PlanAbove, &entry.unit);
            return Err(error.figures(approved, allowed));
        }
        unit.approved = approved;
        return Ok(());
    }
    let closing = unit.closing.saturating_add(people);
    if held && closing > unit.usable() {
        return match unit.usable().saturating_sub(unit.closing) {
            0 => full(unit),
            room => Err(wrong(Fault::RoomShort, &entry.unit).figures(people, room)),
        };
    }
    let entered = unit.entered.saturating_add(people);
    if held && entry.what == Flow::Entered && entered > unit.approved {
        let error = wrong(Fault::NotApproved, &entry.unit);
        return Err(error.figures(entered, unit.approved));
    }
    // Full is said of a full unit; this of one that has room, and a debt.
    let room = unit.usable().saturating_sub(unit.closing).saturating_sub(first);
    if held && people > room {
        return Err(wrong(Fault::RepayFirst, &entry.unit).figures(people, room));
    }
    if entry.what == Flow::Entered {
        unit.entered = entered;
    } else {
        unit.moved_in = unit.moved_in.saturating_add(people);
    }
    if end.is_none() {
        unit.closing = closing;
    }
    Ok(())
}

/// The standings on 1 January of a year, given those of the survey's day: what was entered between the
/// two is taken away again, or added where the year begins after the survey.
///
/// # Errors
/// [`Fault::PeopleShort`] where more came, or left, than there are.
pub fn at_start(
    standings: &Standings,
    uses: &[Use],
    year: i32,
    surveyed_on: NaiveDate,
) -> Result<Standings, PoolError> {
    let start = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MIN);
    let mut change: BTreeMap<&UnitCode, i64> = BTreeMap::new();
    for entry in uses.iter().flat_map(|year| &year.entries) {
        let people = match entry.date {
            date if start <= date && date <= surveyed_on => -i64::from(entry.people),
            date if surveyed_on < date && date < start => i64::from(entry.people),
            _ => continue,
        };
        match entry.what {
            Flow::Left => *change.entry(&entry.unit).or_default() -= people,
            Flow::Entered | Flow::Moved => *change.entry(&entry.unit).or_default() += people,
            Flow::Approved => {}
        }
        if let Some(from) = entry.from.as_ref().filter(|_| entry.what == Flow::Moved) {
            *change.entry(from).or_default() -= people;
        }
    }
    let mut all = standings.clone();
    for (code, change) in change {
        // The people of a unit that ended are counted where they went.
        let Some(unit) = all.get_mut(code).filter(|unit| unit.closed.is_none()) else { continue };
        let before = i64::from(unit.in_post) + change;
        unit.in_post = u32::try_from(before).map_err(|_| {
            let found = u32::try_from(change.unsigned_abs()).unwrap_or(u32::MAX);
            let error = PoolError::of(Fault::PeopleShort).who(code.as_str()).on(start);
            error.figures(found, unit.in_post)
        })?;
    }
    Ok(all)
}

/// One year of a kind's use of posts, worked through from the people that the survey and the entries of
/// every year put at its start. What the survey has seen is told and not held to the limits again.
///
/// # Errors
/// The first entry that cannot be, as of [`at_start`] and [`run`].
pub fn of_year(county: &County, kind: &KindId, year: &Use) -> Result<Planned, PoolError> {
    let pool = county.pool(kind);
    let uses = pool.map(|pool| pool.uses.as_slice()).unwrap_or_default();
    let now = standings(county, kind);
    let start = at_start(&now, uses, year.year, county.surveyed_on)?;
    let departures = pool.is_some_and(|pool| pool.count_departures);
    run_after(Some(county.surveyed_on), pool, &start, year, departures)
}

/// Every year of a kind's use of posts, in the order in which they stand in its pool.
///
/// # Errors
/// As [`of_year`].
pub fn years(county: &County, kind: &KindId) -> Result<Vec<(i32, Planned)>, PoolError> {
    let uses = county.pool(kind).into_iter().flat_map(|pool| &pool.uses);
    uses.map(|year| Ok((year.year, of_year(county, kind, year)?))).collect()
}

/// Whether every year's use of posts of a kind holds.
///
/// # Errors
/// As [`years`].
pub fn check(county: &County, kind: &KindId) -> Result<(), PoolError> {
    years(county, kind).map(drop)
}
