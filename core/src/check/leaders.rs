//! R30: leaders within their posts, leader posts within the table that the county chose.

use std::collections::HashSet;

use super::{At, Findings, Rule, What};
use crate::county::{County, Locality, Stage};
use crate::yardstick::{Choice, LeaderTable, Measure};

/// The size of a unit, summed over its stages.
#[derive(Clone, Copy, Default)]
struct Size {
    classes: Option<u32>,
    students: Option<u32>,
    highest: Option<Stage>,
}

pub(super) fn check(county: &County, choice: &Choice, found: &mut Findings) {
    let tables: [Option<&LeaderTable>; Stage::ALL.len()] =
        Stage::ALL.map(|stage| choice.leaders(stage));
    let leading: HashSet<_> = county.units.iter().filter_map(|unit| unit.parent.as_ref()).collect();
    let mut holdings = county.holdings.iter().peekable();
    for (at, unit) in county.units.iter().enumerate() {
        let mut size = Size::default();
        while let Some(holding) = holdings.next_if(|holding| holding.unit == at) {
            add(&mut size.classes, holding.roll.classes);
            add(&mut size.students, holding.roll.students);
            size.highest = size.highest.max(holding.part.stage());
        }
        let leaders = unit.leaders;
        if let (Some(posts), Some(people)) = (leaders.posts, leaders.people)
            && people > posts
        {
            found.add(Rule::R30, At::Unit(at), What::Leaders { people, posts }, None);
        }
        // Leaders whose posts the survey leaves out are held against the table themselves.
        let Some((count, people)) = leaders
            .posts
            .map(|posts| (posts, false))
            .or(leaders.people.map(|people| (people, true)))
        else {
            continue;
        };
        let Some(stage) = size.highest else { continue };
        let Some(table) = tables.get(stage as usize).copied().flatten() else { continue };
        let (measure, size) = match table.measure {
            Measure::Classes => (table.measure, size.classes),
            Measure::Students => (table.measure, size.students),
        };
        let Some(size) = size else { continue };
        let mut bands = table.bands.iter();
        let band = bands.find(|band| band.up_to.is_none_or(|up_to| size <= up_to));
        let rural = matches!(unit.locality, Some(Locality::Township | Locality::Village));
        let centre = if rural && leading.contains(&unit.code) { table.centre } else { 0 };
        let most = band.map(|band| band.most.saturating_add(centre));
        if let Some(most) = most.filter(|most| count > *most) {
            let what = What::LeaderPosts { count, people, most, centre, size, measure, stage };
            found.add(Rule::R30, At::Unit(at), what, None);
        }
    }
}

fn add(sum: &mut Option<u32>, more: Option<u32>) {
    if let Some(more) = more {
        *sum = Some(sum.unwrap_or(0).saturating_add(more));
    }
}
