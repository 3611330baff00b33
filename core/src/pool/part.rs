//! The parts of a pool that somebody settles by themselves: its size, its rules, one application, one
//! loan. What two people did to one pool is held against each other part by part. It judges nothing:
//! whether parts fit together is asked of the whole pool.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Deref;

use chrono::NaiveDate;

use super::{Application, Event, Loan, Override, Pool, Use, What};
use crate::county::UnitCode;

/// A part of a pool, by what names it for good.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Its name.
    Name,
    /// Size with its sources and document, and how posts are counted.
    Size,
    /// For how long it lends.
    Terms,
    /// The rules that applications are held to.
    Rules,
    /// Which applications go first.
    Order,
    /// Limits of categories.
    Caps,
    /// The batch being decided, and those that were approved.
    Batch,
    /// An application with what was decided on it by hand, by its id.
    Application(String),
    /// A loan, by its id.
    Loan(String),
    /// An entry of the book: of those alike the first, the second and so on.
    Entry {
        /// The day.
        date: NaiveDate,
        /// What.
        what: What,
        /// The loan.
        loan: String,
        /// The unit.
        unit: Option<UnitCode>,
        /// How many alike stand before it.
        nth: usize,
    },
    /// The use of posts in a calendar year.
    Use(i32),
}

const SINGLE: [Part; 7] =
    [Part::Name, Part::Size, Part::Terms, Part::Rules, Part::Order, Part::Caps, Part::Batch];

impl fmt::Display for Part {
    /// Its permanent name, for naming the cell: `application 12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("name"),
            Self::Size => f.write_str("size"),
            Self::Terms => f.write_str("terms"),
            Self::Rules => f.write_str("rules"),
            Self::Order => f.write_str("order"),
            Self::Caps => f.write_str("caps"),
            Self::Batch => f.write_str("batch"),
            Self::Application(id) => write!(f, "application {id}"),
            Self::Loan(id) => write!(f, "loan {id}"),
            Self::Entry { date, what, loan, unit, nth } => {
                let unit = unit.as_ref().map_or("", UnitCode::as_str);
                write!(f, "entry {date} {what:?} {loan} {unit} {nth}")
            }
            Self::Use(year) => write!(f, "use {year}"),
        }
    }
}

/// A pool with the place of every part that stands in one of its lists: asking about many parts is one
/// look for each, not a search. Reads as the pool that it is of.
#[derive(Debug, Clone)]
pub struct Parted {
    pool: Pool,
    /// Where each part stands in its list; of two with one name the first.
    places: BTreeMap<Part, usize>,
    /// Where the decision on each application stands.
    by_hand: BTreeMap<String, usize>,
    told_apart: bool,
}

impl Deref for Parted {
    type Target = Pool;

    fn deref(&self) -> &Pool {
        &self.pool
    }
}

impl Parted {
    /// Takes a pool apart.
    pub fn of(pool: Pool) -> Self {
        let (mut places, mut told_apart) = (BTreeMap::new(), true);
        for list in [applications(&pool), loans(&pool), entries(&pool), years(&pool)] {
            for (place, part) in list.into_iter().enumerate() {
                match places.entry(part) {
                    Entry::Vacant(free) => drop(free.insert(place)),
                    Entry::Occupied(_) => told_apart = false,
                }
            }
        }
        let mut by_hand = BTreeMap::new();
        for (place, own) in pool.overrides.iter().enumerate() {
            by_hand.entry(own.application.clone()).or_insert(place);
        }
        Self { pool, places, by_hand, told_apart }
    }

    /// The application of an id with what was decided on it by hand.
    pub fn asked(&self, id: &str) -> Option<(&Application, Option<&Override>)> {
        let place = self.places.get(&Part::Application(id.to_owned()))?;
        let by_hand = self.by_hand.get(id).and_then(|place| self.overrides.get(*place));
        Some((self.applications.get(*place)?, by_hand))
    }

    /// The loan of an id.
    pub fn loan(&self, id: &str) -> Option<&Loan> {
        self.loans.get(*self.places.get(&Part::Loan(id.to_owned()))?)
    }

    /// The entry of the book that a part names.
    pub fn entry(&self, part: &Part) -> Option<&Event> {
        let place = matches!(part, Part::Entry { .. }).then(|| self.places.get(part))??;
        self.events.get(*place)
    }

    /// The use of posts in a year.
    pub fn use_of(&self, year: i32) -> Option<&Use> {
        self.uses.get(*self.places.get(&Part::Use(year))?)
    }

    /// The ids of applications and loans, which no two of them share.
    pub fn ids(&self) -> BTreeSet<&str> {
        let ids = self.places.keys().filter_map(|part| match part {
            Part::Application(id) | Part::Loan(id) => Some(id.as_str()),
            _ => None,
        });
        ids.collect()
    }

    /// Whether a part says the same in both.
    pub fn same_part(&self, other: &Self, part: &Part) -> bool {
        match part {
            Part::Name => self.name == other.name,
            Part::Size => {
                let of = |pool: &Self| (pool.size, pool.model, pool.own_total);
                of(self) == of(other)
                    && self.document == other.document
                    && self.sources == other.sources
            }
            Part::Terms => {
                let of = |pool: &Self| (pool.term_years, pool.fill_months, pool.count_departures);
                of(self) == of(other) && self.terms == other.terms
            }
            Part::Rules => self.preset == other.preset && self.rules == other.rules,
            Part::Order => {
                self.tiers == other.tiers
                    && self.criteria == other.criteria
                    && self.ties == other.ties
            }
            Part::Caps => self.caps == other.caps,
            Part::Batch => self.batch == other.batch && self.past == other.past,
            Part::Application(id) => self.asked(id) == other.asked(id),
            Part::Loan(id) => self.loan(id) == other.loan(id),
            Part::Entry { .. } => self.entry(part) == other.entry(part),
            Part::Use(year) => self.use_of(*year) == other.use_of(*year),
        }
    }

    /// Whether each part has a name of its own: a file by hand may hold two loans of one id, and then
    /// none can be told from the other.
    pub fn is_told_apart(&self) -> bool {
        self.told_apart
    }

    /// The parts that do not say the same in both, each once, in a fixed order.
    pub fn parts_that_differ(&self, other: &Self) -> Vec<Part> {
        let listed = self.places.keys().chain(other.places.keys());
        let parts: BTreeSet<&Part> = SINGLE.iter().chain(listed).collect();
        let differ = parts.into_iter().filter(|part| !self.same_part(other, part));
        differ.cloned().collect()
    }

    /// The pool that two became of this one, with the parts chosen: each part with the pool that it
    /// is taken from, the last one where a part is named twice. What stands in a list keeps its place
    /// where one side alone changed the list; else what is new stands behind what was there, in the
    /// order of its names, so that it does not matter which side is which. The number given last is
    /// the highest of both.
    #[must_use]
    pub fn with_parts(&self, [one, two]: [&Self; 2], chosen: &[(Part, &Self)]) -> Pool {
        let chosen: BTreeMap<&Part, &Self> =
            chosen.iter().map(|(part, pool)| (part, *pool)).collect();
        let from = |part: &Part| chosen.get(part).copied().unwrap_or(self);
        let mut out = self.pool.clone();
        out.name.clone_from(&from(&Part::Name).name);
        let size = from(&Part::Size);
        (out.size, out.model, out.own_total) = (size.size, size.model, size.own_total);
        out.document.clone_from(&size.document);
        out.sources.clone_from(&size.sources);
        let terms = from(&Part::Terms);
        out.term_years = terms.term_years;
        (out.fill_months, out.count_departures) = (terms.fill_months, terms.count_departures);
        out.terms.clone_from(&terms.terms);
        let rules = from(&Part::Rules);
        out.preset.clone_from(&rules.preset);
        out.rules.clone_from(&rules.rules);
        let order = from(&Part::Order);
        out.tiers.clone_from(&order.tiers);
        out.criteria.clone_from(&order.criteria);
        out.ties.clone_from(&order.ties);
        out.caps.clone_from(&from(&Part::Caps).caps);
        let batch = from(&Part::Batch);
        out.batch.clone_from(&batch.batch);
        out.past.clone_from(&batch.past);

        let names = |of: fn(&Pool) -> Vec<Part>| in_their_order([of(self), of(one), of(two)]);
        (out.applications, out.overrides) = (Vec::new(), Vec::new());
        for part in names(applications) {
            let Part::Application(id) = &part else { continue };
            if let Some((asking, by_hand)) = from(&part).asked(id) {
                out.applications.push(asking.clone());
                out.overrides.extend(by_hand.cloned());
            }
        }
        out.overrides = in_place_of(out.overrides, [self, one, two].map(|pool| &pool.overrides));
        out.loans = Vec::new();
        for part in names(loans) {
            let Part::Loan(id) = &part else { continue };
            if let Some(loan) = from(&part).loan(id) {
                let mut loan = loan.clone();
                // One that had its name from its place keeps it where the place is another.
                if loan.id_at(out.loans.len()) != *id {
                    loan.id.clone_from(id);
                }
                out.loans.push(loan);
            }
        }
        let entries = names(entries);
        out.events = entries.iter().filter_map(|part| from(part).entry(part).cloned()).collect();
        let years = names(years);
        let years = years.iter().filter_map(|part| match part {
            Part::Use(year) => from(part).use_of(*year).cloned(),
            _ => None,
        });
        out.uses = years.collect();
        out.numbered = self.numbered.max(one.numbered).max(two.numbered);
        out
    }
}

fn applications(pool: &Pool) -> Vec<Part> {
    pool.applications.iter().map(|asking| Part::Application(asking.id.clone())).collect()
}

fn loans(pool: &Pool) -> Vec<Part> {
    let loans = pool.loans.iter().enumerate();
    loans.map(|(place, loan)| Part::Loan(loan.id_at(place))).collect()
}

fn entries(pool: &Pool) -> Vec<Part> {
    let mut alike: BTreeMap<_, usize> = BTreeMap::new();
    let parts = pool.events.iter().map(|Event { date, what, loan, unit, .. }| {
        let before = alike.entry((*date, *what, loan.as_str(), unit.as_ref())).or_default();
        let nth = *before;
        *before += 1;
        Part::Entry { date: *date, what: *what, loan: loan.clone(), unit: unit.clone(), nth }
    });
    parts.collect()
}

fn years(pool: &Pool) -> Vec<Part> {
    pool.uses.iter().map(|own| Part::Use(own.year)).collect()
}

/// Every name of three lists once: as the one list has them that differs from the first, else those of
/// the first and behind them, in order, what the others add.
fn in_their_order<T: Ord + Clone>([first, one, two]: [Vec<T>; 3]) -> Vec<T> {
    let known: BTreeSet<&T> = first.iter().collect();
    let new = one.iter().chain(&two).filter(|name| !known.contains(name));
    let new: BTreeSet<T> = new.cloned().collect();
    let mut out = if one == first || one == two {
        two
    } else if two == first {
        one
    } else {
        Vec::new()
    };
    let mut there: BTreeSet<T> = out.iter().cloned().collect();
    for name in first.into_iter().chain(new) {
        if there.insert(name.clone()) {
            out.push(name);
        }
    }
    out
}

/// What was decided by hand, in the order that the pools have it.
fn in_place_of(kept: Vec<Override>, lists: [&Vec<Override>; 3]) -> Vec<Override> {
    let names = lists.map(|list| list.iter().map(|own| own.application.clone()).collect());
    let order: Vec<String> = in_their_order(names);
    let kept: BTreeMap<&str, &Override> =
        kept.iter().map(|own| (own.application.as_str(), own)).collect();
    order.iter().filter_map(|name| kept.get(name.as_str()).copied().cloned()).collect()
}
