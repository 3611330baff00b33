//! What the rules need to know of a unit: its posts of the pool's kind, who is in them, who will
//! leave, and what the norm gives it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::county::{County, Departures, KindId, UnitCode};
use crate::scenario::Figures;

/// What is known of one unit as to one kind of post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The unit holds posts of the pool's kind.
    pub of_kind: bool,
    /// Posts authorised.
    pub authorised: u32,
    /// People in post.
    pub in_post: u32,
    /// Posts that the unit owns and put into the pool (model B only): still authorised, not its own
    /// to use.
    pub lent: u32,
    /// Whole posts that the norm gives; `None` where it gives nothing or is not known.
    pub entitled: Option<u32>,
    /// People expected to leave, by calendar year.
    pub departures: Vec<Departures>,
    /// What sort of unit it is, in the county's words.
    pub category: String,
    /// Its township.
    pub township: String,
    /// The day it closed.
    pub closed: Option<NaiveDate>,
}

/// Every unit of a county.
pub type Standings = BTreeMap<UnitCode, Standing>;

impl Standing {
    /// Usable posts less people in post: below zero is over-full (超编). What the unit lent under
    /// model B is not usable.
    pub fn vacancy(&self) -> i64 {
        i64::from(self.authorised) - i64::from(self.in_post) - i64::from(self.lent)
    }

    /// Posts missing to what the norm gives (缺编); 0 where it has enough or nothing is known.
    pub fn shortage(&self) -> u32 {
        self.entitled.unwrap_or(0).saturating_sub(self.authorised)
    }

    /// People expected to leave in the `years` calendar years after `year`.
    pub fn departures_after(&self, year: i32, years: u32) -> u32 {
        let within = |departures: &&Departures| {
            let ahead = i64::from(departures.year) - i64::from(year);
            ahead > 0 && ahead <= i64::from(years)
        };
        let people = self.departures.iter().filter(within).map(|departures| departures.people);
        people.fold(0, u32::saturating_add)
    }

    /// People expected to leave in one calendar year.
    pub fn departures_in(&self, year: i32) -> u32 {
        self.departures_after(year.saturating_sub(1), 1)
    }

    /// Whether the unit has closed by a day.
    pub fn is_closed(&self, on: NaiveDate) -> bool {
        self.closed.is_some_and(|closed| closed <= on)
    }
}

/// The standing of every unit of the county as to one kind of post, without its entitlement.
pub fn standings(county: &County, kind: &KindId) -> Standings {
    let mut all: Standings = county
        .units
        .iter()
        .map(|unit| {
            let standing = Standing {
                category: unit.category.clone(),
                township: unit.township.clone(),
                closed: unit.closed,
                ..Standing::default()
            };
            (unit.code.clone(), standing)
        })
        .collect();
    for holding in county.holdings.iter().filter(|holding| county.kind_of(holding) == kind) {
        let Some(standing) = county.unit_of(holding).and_then(|unit| all.get_mut(&unit.code))
        else {
            continue;
        };
        standing.of_kind = true;
        standing.authorised = standing.authorised.saturating_add(holding.authorised);
        standing.in_post = standing.in_post.saturating_add(holding.in_post);
        standing.departures.extend(holding.departures.iter().cloned());
    }
    for (owner, posts) in county.pool(kind).map(super::model::lent_by).unwrap_or_default() {
        if let Some(standing) = all.get_mut(&owner) {
            standing.lent = posts;
        }
    }
    all
}

/// The same with what the norm gives each unit.
pub fn standings_with(county: &County, kind: &KindId, figures: &Figures) -> Standings {
    let mut all = standings(county, kind);
    for (row, holding) in county.holdings.iter().enumerate() {
        let Some(posts) = figures.row(row).entitlement.posts else { continue };
        if county.kind_of(holding) != kind {
            continue;
        }
        if let Some(unit) = county.unit_of(holding).and_then(|unit| all.get_mut(&unit.code)) {
            unit.entitled = Some(unit.entitled.unwrap_or(0).saturating_add(posts.whole));
        }
    }
    all
}
