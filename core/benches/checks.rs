//! How long the red lines and the comparison of bases take for a province of schools.

use bianheng_core::check::check;
use bianheng_core::county::{
    County, Course, CourseStaff, GradeRoll, Holding, KindId, Leaders, Locality, Part, Roll, Staff,
    Stage, Unit, UnitCode,
};
use bianheng_core::norm::{Norm, SAMPLE, shipped};
use bianheng_core::report::bases::bases;
use bianheng_core::sample;
use bianheng_core::scenario::{Figures, State};
use divan::Bencher;

fn main() {
    divan::main();
}

/// A made-up place, the same at every run: every school has its grades, its teachers by course and
/// its leaders, which is the most that a survey can give.
fn place(schools: u32) -> State {
    let base = sample::county().unwrap_or_else(|error| unreachable!("{error}")).workspace;
    let mut county = County { units: Vec::new(), holdings: Vec::new(), ..base.base().clone() };
    for number in 0..schools {
        let students = number.wrapping_mul(2_654_435_761) % 1_500 + 1;
        let (stage, grades) = match number % 3 {
            0 => (Stage::Primary, 6),
            1 => (Stage::LowerSecondary, 3),
            _ => (Stage::UpperSecondary, 3),
        };
        let classes = students.div_ceil(45).max(grades);
        county.units.push(Unit {
            code: UnitCode::new(&format!("{number:06}")),
            name: format!("学校 {number}"),
            township: format!("乡镇 {}", number % 400),
            locality: Locality::ALL.into_iter().cycle().nth(number as usize % 4),
            category: String::new(),
            parent: None,
            place: None,
            leaders: Leaders { posts: Some(3), people: Some(number % 5) },
            closed: None,
        });
        let by_grade = (0..grades).map(|at| GradeRoll {
            grade: u8::try_from(at + 1).unwrap_or(1),
            students: Some(students / grades),
            classes: Some(classes / grades),
        });
        let courses = Course::ALL.into_iter().zip(0_u32..).map(|(course, at)| CourseStaff {
            course,
            teachers: Some((number + at) % 7),
            lessons: None,
        });
        county.holdings.push(Holding {
            surveyed_row: None,
            unit: number as usize,
            part: Part::Stage(stage),
            authorised: students / 17,
            in_post: students / 18,
            departures: Vec::new(),
            roll: Roll {
                students: Some(students),
                classes: Some(classes / grades * grades),
                boarders: Some(students / 5),
                grades: by_grade.collect(),
            },
            staff: Staff {
                teachers: Some(students / 20),
                non_teaching: Some(students / 150),
                carers: None,
                courses: courses.collect(),
            },
            additional: Vec::new(),
        });
    }
    let pack = shipped(SAMPLE).unwrap_or_else(|| unreachable!());
    let norm = Norm::new(pack, county.norm_day()).unwrap_or_else(|error| unreachable!("{error}"));
    State::new(county, norm, Default::default())
}

#[divan::bench(args = [2_668, 20_000])]
fn red_lines(bencher: Bencher<'_, '_>, schools: u32) {
    let state = place(schools);
    let figures = Figures::of(&state);
    bencher.bench(|| check(&state, &figures));
}

#[divan::bench(args = [2_668, 20_000])]
fn students_classes_and_lessons(bencher: Bencher<'_, '_>, schools: u32) {
    let state = place(schools);
    let figures = Figures::of(&state);
    bencher.bench(|| bases(&state, &figures, KindId::school(), 50));
}
