//! R24, R29: the share of non-teaching staff, and the staffing ratios of kindergartens, which stand
//! apart from what a quota rule gives.

use super::{At, Findings, Limits, Range, Rule, What, above, below, of_stage};
use crate::county::{County, Holding, Stage};
use crate::yardstick::{Group, Key};

pub(super) fn check(county: &County, limits: &Limits<'_>, found: &mut Findings) {
    for (row, holding) in county.holdings.iter().enumerate() {
        if let Some((stage, cap)) = of_stage(&limits.non_teaching, holding)
            && let Some((people, staff)) = non_teaching(holding)
            && above(people.saturating_mul(100), staff, &cap)
        {
            let what = What::NonTeaching { people, staff, cap };
            let key = Key::of(Group::NonTeaching, stage);
            found.add(Rule::R24, At::Row(row), what, Some(key));
        }
        if holding.part.stage() == Some(Stage::Kindergarten) {
            kindergarten(row, holding, limits, found);
        }
    }
}

/// Non-teaching people and all staff: those counted by what they do, else those in post. `None`
/// where the survey does not say, or where nobody works.
fn non_teaching(holding: &Holding) -> Option<(u32, u32)> {
    let people = holding.staff.non_teaching?;
    let staff = match holding.staff.teachers_known() {
        Some(teachers) => teachers.saturating_add(people),
        None => holding.in_post.max(people),
    };
    (staff > 0).then_some((people, staff))
}

fn kindergarten(row: usize, holding: &Holding, limits: &Limits<'_>, found: &mut Findings) {
    let Some(children) = holding.roll.students.filter(|children| *children > 0) else { return };
    let staff = &holding.staff;
    // Who cares for the children is known only where teachers and carers both are.
    let care = staff.teachers_known().zip(staff.carers);
    let care = care.map(|(teachers, carers)| teachers.saturating_add(carers));
    let all = care.zip(staff.non_teaching).map(|(care, others)| care.saturating_add(others));
    let mut held = |care, people, range: Range, in_post_only| {
        let [(at_least, least), (at_most, most)] = range;
        let what = |limit, spare| What::Kindergarten {
            care,
            children,
            people,
            limit,
            spare,
            in_post_only,
        };
        if let Some(most) = most.filter(|most| above(children, people, most)) {
            found.add(Rule::R29, At::Row(row), what(most, false), Some(at_most));
        } else if let Some(least) = least.filter(|least| below(children, people, least)) {
            found.note(Rule::R29, At::Row(row), what(least, true), Some(at_least));
        }
    };
    held(false, all.unwrap_or(holding.in_post), limits.staff, all.is_none());
    if let Some(care) = care {
        held(true, care, limits.care, false);
    }
}
