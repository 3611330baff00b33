//! The use of posts in a year (用编年度台账) as it is shown: the plan of one kind unit by unit, and what
//! the whole county's people did in that year. It works nothing out that [`plan`] does not.

use crate::county::{County, KindId, UnitCode};
use crate::order::InOrder;
use crate::pool::plan::{self, PlanUnit, Reserve, UseEntry};
use crate::pool::{PoolError, Use};

/// Lines beyond these would not be looked through.
pub const MOST_LINES: usize = 300;

/// One year of a kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct YearOfUse {
    /// The year.
    pub year: i32,
    /// Every year that can be looked at, the oldest first.
    pub years: Vec<i32>,
    /// People of the whole county who entered posts, moved and left them: every kind that has a pool.
    pub county: [u32; 3],
    /// The document that approved the plan.
    pub document: String,
    /// What units keep vacant, as [`reserve_text`] writes it.
    pub reserve: String,
    /// Units by name that may take people in, or of which something is told, in the order of codes.
    pub units: Vec<(String, PlanUnit)>,
    /// Units like these beyond [`MOST_LINES`].
    pub more: usize,
    /// Entries of the year with the names of the units they concern, the newest first.
    pub entries: Vec<Told>,
    /// Entries beyond [`MOST_LINES`].
    pub more_entries: usize,
    /// Sums over all units of the kind.
    pub sum: PlanUnit,
    /// What is wrong with the entries.
    pub error: Option<PoolError>,
}

/// One entry of the year as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The entry.
    pub entry: UseEntry,
    /// Name of its unit.
    pub unit: String,
    /// Name of the unit that people moved from; empty if from outside.
    pub from: String,
}

/// The year of use of a kind: `chosen`, else the last that anything is told of, else `today`'s.
pub fn year_of_use(county: &County, kind: &KindId, chosen: Option<i32>, today: i32) -> YearOfUse {
    let told = county.pools.iter().flat_map(|pool| &pool.uses).map(|own| own.year);
    let last = told.clone().max().unwrap_or(today);
    let year = chosen.unwrap_or(last);
    let mut years: Vec<i32> = told.chain([today, year]).collect();
    years.order_by(Ord::cmp);
    years.dedup();
    let mut shown = YearOfUse { year, years, ..YearOfUse::default() };
    for pool in &county.pools {
        let worked = plan::years(county, &pool.kind);
        let of_year = |all: Vec<(i32, plan::Planned)>| all.into_iter().find(|own| own.0 == year);
        if let Some((_, planned)) = worked.ok().and_then(of_year) {
            let told = [planned.sum.entered, planned.sum.moved_in, planned.sum.left];
            for (sum, people) in shown.county.iter_mut().zip(told) {
                *sum = sum.saturating_add(people);
            }
        }
    }
    let Some(pool) = county.pool(kind) else { return shown };
    let none = Use { year, ..Use::default() };
    let own = pool.year_of_use(year).unwrap_or(&none);
    shown.document.clone_from(&own.document);
    shown.reserve = reserve_text(&own.reserve);
    let name = |unit: &UnitCode| county.unit_name(unit).to_owned();
    let told = |entry: &UseEntry| Told {
        unit: name(&entry.unit),
        from: entry.from.as_ref().map(name).unwrap_or_default(),
        entry: entry.clone(),
    };
    shown.entries = own.entries.iter().rev().map(told).collect();
    shown.entries.order_by(|a, b| b.entry.date.cmp(&a.entry.date));
    shown.more_entries = shown.entries.len().saturating_sub(MOST_LINES);
    shown.entries.truncate(MOST_LINES);
    match plan::of_year(county, kind, own) {
        Ok(planned) => {
            let worth = |unit: &PlanUnit| {
                let told = [unit.allowed, unit.approved, unit.entered, unit.moved_in];
                told.into_iter().chain([unit.moved_out, unit.left]).any(|people| people > 0)
            };
            let named = planned.units.iter().filter(|(_, unit)| worth(unit));
            shown.more = named.clone().count().saturating_sub(MOST_LINES);
            shown.units = named
                .take(MOST_LINES)
                .map(|(code, unit)| (county.unit_name(code).to_owned(), unit.clone()))
                .collect();
            shown.sum = planned.sum;
        }
        Err(error) => shown.error = Some(error.naming(county)),
    }
    shown
}

/// What units keep vacant, as a person writes it: `11:1，50:3` is 1 from 11 posts on, 3 from 50 on.
pub fn reserve_text(reserve: &[Reserve]) -> String {
    let one = |reserve: &Reserve| format!("{}:{}", reserve.from, reserve.keep);
    reserve.iter().map(one).collect::<Vec<_>>().join("，")
}

/// Reads what [`reserve_text`] writes, with either sort of comma and colon; `None` if it says anything
/// else.
pub fn reserve_of(text: &str) -> Option<Vec<Reserve>> {
    let parts = text.split([',', '，', ';', '；']).map(str::trim).filter(|part| !part.is_empty());
    let one = |part: &str| {
        let (from, keep) = part.split_once([':', '：'])?;
        Some(Reserve { from: from.trim().parse().ok()?, keep: keep.trim().parse().ok()? })
    };
    parts.map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    /// The whole county: 211 in, 354 moved, 122 out. A year of which nothing is told lists who may take
    /// people in all the same.
    #[test]
    fn the_sample_year_is_summed_over_kinds_and_the_next_one_is_open() {
        let workspace = sample::county().unwrap().workspace;
        let county = workspace.base();
        let general = year_of_use(county, KindId::general(), None, 2027);
        assert_eq!((general.year, general.county), (2026, [211, 354, 122]));
        assert_eq!((general.years, general.error), (vec![2026, 2027], None));
        assert!(general.units.iter().any(|(name, _)| name == "县人民医院"));
        let next = year_of_use(county, KindId::general(), Some(2027), 2027);
        assert_eq!(next.county, [0, 0, 0]);
        assert_eq!(next.sum.opening, general.sum.closing);
        assert!(next.units.iter().all(|(_, unit)| unit.allowed > 0) && !next.units.is_empty());
    }

    /// Every entry of the sample's year is there, the newest first, with its units by name.
    #[test]
    fn the_entries_of_a_year_are_listed() {
        let workspace = sample::county().unwrap().workspace;
        let county = workspace.base();
        let shown = year_of_use(county, KindId::general(), None, 2027);
        let all = &county.pool(KindId::general()).unwrap().uses[0].entries;
        assert_eq!(shown.entries.len() + shown.more_entries, all.len());
        assert!(shown.entries.is_sorted_by(|a, b| a.entry.date >= b.entry.date));
        assert!(shown.entries.iter().all(|told| told.unit != told.entry.unit.as_str()));
    }

    #[test]
    fn what_is_kept_vacant_is_written_and_read() {
        let reserve = vec![Reserve { from: 11, keep: 1 }, Reserve { from: 50, keep: 3 }];
        assert_eq!(reserve_text(&reserve), "11:1，50:3");
        assert_eq!(reserve_of("11：1, 50:3"), Some(reserve));
        assert_eq!(reserve_of(" "), Some(Vec::new()));
        assert_eq!(reserve_of("11"), None);
        assert_eq!(reserve_of("11:-1"), None);
    }
}
