//! R30: leaders within their posts, leader posts within the table that the county chose.

use super::{At, Findings, Rule, What};
use crate::county::{County, Stage};
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
    let mut holdings = county.holdings.iter().peekable();
    for (at, unit) in county.units.iter().enumerate() {
        let mut size = Size::default();
        while let Some(holding) = holdings.next_if(|holding| holding.unit == at) {
            add(&mut size.classes, holding.roll.classes);
            add(&mut size.students, holding.roll.students);
            size.highest = size.highest.max(holding.part.stage());
        }
        let Some(posts) = unit.leaders.posts else { continue };
        if let Some(people) = unit.leaders.people.filter(|people| *people > posts) {
            found.add(Rule::R30, At::Unit(at), What::Leaders { people, posts }, None);
        }
        let Some(stage) = size.highest else { continue };
        let Some(table) = tables.get(stage as usize).copied().flatten() else { continue };
        let (measure, size) = match table.measure {
            Measure::Classes => (table.measure, size.classes),
            Measure::Students => (table.measure, size.students),
        };
        let Some(size) = size else { continue };
        let mut bands = table.bands.iter();
        let band = bands.find(|band| band.up_to.is_none_or(|up_to| size <= up_to));
        if let Some(most) = band.map(|band| band.most).filter(|most| posts > *most) {
            let what = What::LeaderPosts { posts, most, size, measure, stage };
            found.add(Rule::R30, At::Unit(at), what, None);
        }
    }
}

fn add(sum: &mut Option<u32>, more: Option<u32>) {
    if let Some(more) = more {
        *sum = Some(sum.unwrap_or(0).saturating_add(more));
    }
}
