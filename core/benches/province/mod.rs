//! The made-up places that benches work on: the same at every run, with sizes that run through 1 to
//! 1,500 students.

use bianheng_core::county::{County, Holding, Locality, Part, Roll, Stage, Unit, UnitCode};
use bianheng_core::sample;
use bianheng_core::scenario::Workspace;

/// The sample county, whose kinds, pools and settings the places take over.
pub fn sample_county() -> Workspace {
    sample::county().unwrap_or_else(|error| unreachable!("{error}")).workspace
}

/// A place of schools with a stage each: a primary school of a size unless `fill`, which is told its
/// number and its students, makes more or something else of it.
pub fn county(schools: u32, fill: impl Fn(u32, u32, &mut Unit, &mut Holding)) -> County {
    let mut county =
        County { units: Vec::new().into(), holdings: Vec::new(), ..sample_county().base().clone() };
    for number in 0..schools {
        let students = number.wrapping_mul(2_654_435_761) % 1_500 + 1;
        let mut unit = Unit {
            code: UnitCode::new(&format!("{number:06}")),
            name: format!("学校 {number}"),
            township: format!("乡镇 {}", number % 400),
            locality: Locality::ALL.into_iter().cycle().nth(number as usize % 4),
            category: String::new(),
            parent: None,
            place: None,
            leaders: Default::default(),
            closed: None,
        };
        let mut holding = Holding {
            unit: number as usize,
            part: Part::Stage(Stage::Primary),
            surveyed_row: None,
            authorised: students / 17,
            in_post: students / 18,
            departures: Vec::new(),
            roll: Roll {
                students: Some(students),
                boarders: Some(students / 5),
                ..Roll::default()
            },
            staff: Default::default(),
            additional: Vec::new(),
        };
        fill(number, students, &mut unit, &mut holding);
        county.units.push(unit);
        county.holdings.push(holding);
    }
    county
}
