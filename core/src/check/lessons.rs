//! R26, R27, R28: lessons against teachers, by course where the survey gives them, and the curriculum
//! against itself.

use super::{At, Findings, Rule, What};
use crate::county::{County, Course, Stage};
use crate::fraction::{Fraction, compare};
use crate::hours::{Lessons, is_full};
use crate::yardstick::{Choice, Group, Key, grades, shipped};

pub(super) fn check(county: &County, found: &mut Findings) {
    let lessons = Lessons::of(&county.yardsticks);
    for (row, holding) in county.holdings.iter().enumerate() {
        let missing = lessons.missing(county, row);
        if let Some((worst, most)) = missing.worst {
            let (courses, people) = (missing.courses, missing.people);
            if is_full(holding) {
                let what = What::Structural { courses, people, worst, missing: most };
                found.add(Rule::R28, At::Row(row), what, None);
            } else {
                let vacant = holding.authorised.saturating_sub(holding.in_post);
                let what = What::Courses { courses, people, worst, missing: most, vacant };
                found.add(Rule::R26, At::Row(row), what, None);
            }
        }
        if let Some((worst, most)) = missing.worst_untaught {
            let (courses, lessons) = (missing.short_courses, missing.untaught);
            let what = What::Untaught { courses, lessons, worst, missing: most };
            found.add(Rule::R26, At::Row(row), what, None);
        }
        let Some((needed, present)) = missing.all else { continue };
        // Below one whole person nobody is missing.
        let enough = Fraction::from_integer(i64::from(present) + 1);
        if compare(&needed, &enough).is_ge() {
            found.add(Rule::R26, At::Row(row), What::Teachers { needed, present }, None);
        }
    }
}

/// Stages of the nine years.
const NINE_YEARS: [Stage; 2] = [Stage::Primary, Stage::LowerSecondary];

pub(super) fn check_curriculum(choice: &Choice, found: &mut Findings) {
    let lessons = |course, stage, grade| {
        let key = Key { group: Group::Lessons, stage: Some(stage), course, grade: Some(grade) };
        choice.value(key).unwrap_or_default()
    };
    let by_grade = |group, stage, grade| {
        let key = Key { group, stage: Some(stage), course: None, grade: Some(grade) };
        choice.value(key).unwrap_or_default()
    };
    for stage in Stage::ALL {
        for grade in 1..=grades(stage) {
            let sum: Fraction =
                Course::ALL.into_iter().map(|course| lessons(Some(course), stage, grade)).sum();
            let week = by_grade(Group::Weekly, stage, grade);
            if sum != week {
                let what = What::Week { stage, grade, sum, week };
                found.add(Rule::R27, At::County, what, None);
            }
        }
    }
    // Lessons of the nine years: each week's, times the weeks of its grade.
    let over_years = |of: &dyn Fn(Stage, u8) -> Fraction| -> Fraction {
        let years = NINE_YEARS
            .into_iter()
            .flat_map(|stage| (1..=grades(stage)).map(move |grade| (stage, grade)));
        years.map(|(stage, grade)| of(stage, grade) * by_grade(Group::Weeks, stage, grade)).sum()
    };
    let all = over_years(&|stage, grade| by_grade(Group::Weekly, stage, grade));
    if *all.numer() == 0 {
        return;
    }
    let rows = shipped().map(|shipped| shipped.rows.as_slice()).unwrap_or_default();
    for family in rows.iter().filter(|row| row.group == Group::ShareLow) {
        let Some(course) = family.courses.first().copied() else { continue };
        let key = |group| Key { group, stage: None, course: Some(course), grade: None };
        let (Some(low), Some(high)) =
            (choice.value(key(Group::ShareLow)), choice.value(key(Group::ShareHigh)))
        else {
            continue;
        };
        let own = over_years(&|stage, grade| {
            family.courses.iter().map(|course| lessons(Some(*course), stage, grade)).sum()
        });
        let share = own * Fraction::from_integer(100) / all;
        let limit = if compare(&share, &low).is_lt() {
            Group::ShareLow
        } else if compare(&share, &high).is_gt() {
            Group::ShareHigh
        } else {
            continue;
        };
        let what = What::Share { course, share, low, high };
        found.add(Rule::R27, At::County, what, Some(key(limit)));
    }
}
