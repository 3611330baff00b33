//! In which order applications are served: priority tiers, then the weighted score, then the stated
//! ties, then the unit's code and the application's id, so that no two share a place.

use std::cmp::Ordering;

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::caps::{Field, holds};
use super::{Application, Pool, Standing, Standings};
use crate::order::InOrder;

/// Applications that go in a tier, where they name none themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierRule {
    /// What is looked at.
    pub field: Field,
    /// What it must be one of.
    pub any: Vec<String>,
    /// The tier, from 1.
    pub tier: u8,
}

/// A criterion of the score with its weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its name.
    pub name: String,
    /// Its weight, a whole number.
    pub weight: u32,
}

/// What decides between applications of one tier and one score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// Who asks for fewer posts goes first.
    #[default]
    FewerAsked,
    /// Who asks for more posts goes first.
    MoreAsked,
    /// Who applied earlier goes first; without a day last.
    Earlier,
    /// The unit with more expected departures within the term goes first.
    MoreDepartures,
    /// The unit that is shorter of posts goes first.
    Shorter,
}

impl Tie {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::FewerAsked, Self::MoreAsked, Self::Earlier, Self::MoreDepartures, Self::Shorter];
}

impl Pool {
    /// The tier of an application: its own, else that of the first rule that holds it, else one
    /// after all of them. Without any rule 1.
    pub fn tier_of(&self, asking: &Application, standing: Option<&Standing>) -> u8 {
        if asking.tier > 0 {
            return asking.tier;
        }
        let found = self.tiers.iter().find(|tier| holds(tier.field, &tier.any, asking, standing));
        let last = || self.tiers.iter().map(|tier| tier.tier).max().unwrap_or(0);
        found.map_or_else(|| last().saturating_add(1), |tier| tier.tier)
    }

    /// The score in hundredths of a point times the sum of weights, so that marks by criterion and
    /// scores compare exactly; `None` without either. A criterion that is not marked counts 0.
    pub fn points(&self, asking: &Application) -> Option<u64> {
        let weights = || self.criteria.iter().map(|criterion| u64::from(criterion.weight)).sum();
        if asking.marks.is_empty() || self.criteria.is_empty() {
            let whole: u64 = if self.criteria.is_empty() { 1 } else { weights() };
            return Some(u64::from(asking.score?.hundredths()).saturating_mul(whole));
        }
        let one = |criterion: &Criterion| -> u64 {
            let mark = asking.marks.iter().find(|mark| mark.criterion == criterion.name);
            let points = mark.map_or(0, |mark| mark.score.hundredths());
            u64::from(criterion.weight).saturating_mul(u64::from(points))
        };
        Some(self.criteria.iter().map(one).fold(0, u64::saturating_add))
    }

    /// The score for a person, rounded to hundredths: the weighted mean of its marks, or the score
    /// that was given.
    pub fn score_text(&self, asking: &Application) -> String {
        if asking.marks.is_empty() || self.criteria.is_empty() {
            return asking.score.map(|score| score.to_string()).unwrap_or_default();
        }
        let weights: u64 = self.criteria.iter().map(|criterion| u64::from(criterion.weight)).sum();
        let points = self.points(asking).unwrap_or(0);
        let hundredths = (points * 2 + weights) / (weights * 2).max(1);
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

/// The place of one application among others; smaller goes first.
pub(super) struct Place<'a> {
    keys: Vec<i64>,
    asking: &'a Application,
}

impl<'a> Place<'a> {
    pub(super) fn of(
        pool: &Pool,
        asking: &'a Application,
        standing: Option<&Standing>,
        year: i32,
    ) -> Self {
        let whole = |figure: u64| i64::try_from(figure).unwrap_or(i64::MAX);
        let mut keys = vec![i64::from(pool.tier_of(asking, standing))];
        // Without a score it goes last in its tier.
        keys.push(pool.points(asking).map_or(i64::MAX, |points| -whole(points)));
        for tie in &pool.ties {
            keys.push(match tie {
                Tie::FewerAsked => i64::from(asking.posts),
                Tie::MoreAsked => -i64::from(asking.posts),
                Tie::Earlier => {
                    asking.date.map_or(i64::MAX, |date| i64::from(date.num_days_from_ce()))
                }
                Tie::MoreDepartures => -i64::from(
                    standing.map_or(0, |unit| unit.departures_after(year, pool.term_years)),
                ),
                Tie::Shorter => -i64::from(standing.map_or(0, Standing::shortage)),
            });
        }
        Self { keys, asking }
    }

    pub(super) fn asking(&self) -> &'a Application {
        self.asking
    }

    /// Both stand level but for the unit's code and the id.
    pub(super) fn tied(&self, other: &Self) -> bool {
        self.keys == other.keys
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let (own, its) = (self.asking, other.asking);
        let keys = self.keys.cmp(&other.keys);
        keys.then_with(|| own.unit.cmp(&its.unit)).then_with(|| own.id.cmp(&its.id))
    }
}

/// Applications in the order in which they are served.
pub fn in_order<'a>(
    pool: &Pool,
    standings: &Standings,
    asking: impl IntoIterator<Item = &'a Application>,
) -> Vec<&'a Application> {
    let year = pool.batch.date.year();
    let place =
        |asking: &'a Application| Place::of(pool, asking, standings.get(&asking.unit), year);
    let mut places: Vec<Place<'_>> = asking.into_iter().map(place).collect();
    places.order_by(Place::compare);
    places.into_iter().map(|place| place.asking).collect()
}
