//! R25: class sizes, by grade where the survey gives grades. Where it gives the stage's total only,
//! the average is checked and said to be one: an average hides peaks.

use super::{At, ClassLevel, Findings, Limits, Rule, What, above, of_stage, reaches};
use crate::county::{County, Holding, Stage};
use crate::fraction::Fraction;
use crate::yardstick::{Group, Key};

/// Classes of one grade, or of the whole stage.
#[derive(Clone, Copy)]
struct Size {
    grade: Option<u8>,
    students: u32,
    classes: u32,
}

pub(super) fn check(county: &County, limits: &Limits<'_>, found: &mut Findings) {
    let mut averages = 0;
    for (row, holding) in county.holdings.iter().enumerate() {
        let Some(stage) = holding.part.stage() else { continue };
        if let Some(size) = largest(holding) {
            report(row, holding, stage, size, limits, found);
        } else if let (Some(students), Some(classes @ 1..)) =
            (holding.roll.students, holding.roll.classes)
        {
            averages += 1;
            let size = Size { grade: None, students, classes };
            report(row, holding, stage, size, limits, found);
        }
    }
    if averages > 0 {
        found.note(Rule::R25, At::County, What::AveragesOnly { rows: averages }, None);
    }
}

/// The grade with the largest classes; of equals, the youngest. `None` where no grade is known.
fn largest(holding: &Holding) -> Option<Size> {
    let mut most: Option<Size> = None;
    for roll in &holding.roll.grades {
        let (Some(students), Some(classes @ 1..)) = (roll.students, roll.classes) else { continue };
        let size = Size { grade: Some(roll.grade), students, classes };
        let larger = most.is_none_or(|most| {
            u64::from(students) * u64::from(most.classes)
                > u64::from(most.students) * u64::from(classes)
        });
        if larger {
            most = Some(size);
        }
    }
    most
}

fn report(
    row: usize,
    holding: &Holding,
    stage: Stage,
    size: Size,
    limits: &Limits<'_>,
    found: &mut Findings,
) {
    let Size { grade, students, classes } = size;
    let passed = |limit: &Option<Fraction>| limit.filter(|l| reaches(students, classes, l));
    let (level, limit, key) = if let Some(limit) = passed(&limits.super_large) {
        (ClassLevel::SuperLarge, limit, Key::general(Group::SuperLargeClass))
    } else if let Some(limit) = passed(&limits.large) {
        (ClassLevel::Large, limit, Key::general(Group::LargeClass))
    } else {
        let standard = of_stage(&limits.class_size, holding);
        let Some((_, limit)) = standard.filter(|(_, limit)| above(students, classes, limit)) else {
            return;
        };
        (ClassLevel::AboveStandard, limit, Key::of(Group::ClassSize, stage))
    };
    let what = What::ClassSize { level, grade, students, classes, limit };
    found.add(Rule::R25, At::Row(row), what, Some(key));
}
