//! Made-up places of schools of every stage, under a norm of the library.

use bianheng_core::county::{Locality, Part, Stage};
use bianheng_core::norm::{Norm, Subject, shipped};
use bianheng_core::scenario::State;

use crate::province;

/// A made-up place of `schools` stages, the same at every run: sizes run through 1 to 1,500
/// students, classes follow them, every other school boards.
pub fn place(schools: u32, pack: &str) -> State {
    let county = province::county(schools, |number, students, _, holding| {
        holding.part = Part::Stage(match number % 4 {
            0 => Stage::Kindergarten,
            1 => Stage::Primary,
            2 => Stage::LowerSecondary,
            _ => Stage::UpperSecondary,
        });
        holding.roll.classes = Some(students.div_ceil(40));
        if number % 2 != 0 {
            holding.roll.boarders = None;
        }
    });
    let pack = shipped(pack).unwrap_or_else(|| unreachable!());
    let norm = Norm::new(pack, county.norm_day()).unwrap_or_else(|error| unreachable!("{error}"));
    State::new(county, norm, Default::default())
}

/// One school to prove the entitlement of.
pub fn village_school() -> Subject {
    Subject {
        stage: Stage::Primary,
        locality: Some(Locality::Village),
        students: Some(186),
        classes: Some(6),
        boarders: Some(42),
    }
}
