//! R24, R29: the share of non-teaching staff, and the staffing ratios of kindergartens, which stand
//! apart from what a quota rule gives.

use super::{At, Findings, Limits, Rule, What, above, of_stage};
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
    let carers = staff.carers.unwrap_or(0);
    let teachers = staff.teachers_known();
    let counted = teachers
        .zip(staff.non_teaching)
        .map(|(teachers, others)| teachers.saturating_add(others).saturating_add(carers));
    let people = counted.unwrap_or(holding.in_post);
    if let Some(most) = limits.staff_most.filter(|most| above(children, people, most)) {
        let in_post_only = counted.is_none();
        let what = What::Kindergarten { care: false, children, people, most, in_post_only };
        let key = Key::of(Group::StaffMost, Stage::Kindergarten);
        found.add(Rule::R29, At::Row(row), what, Some(key));
    }
    let Some(teachers) = teachers else { return };
    let people = teachers.saturating_add(carers);
    if let Some(most) = limits.care_most.filter(|most| above(children, people, most)) {
        let in_post_only = false;
        let what = What::Kindergarten { care: true, children, people, most, in_post_only };
        let key = Key::of(Group::CareMost, Stage::Kindergarten);
        found.add(Rule::R29, At::Row(row), what, Some(key));
    }
}
