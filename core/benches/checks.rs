//! How long the red lines and the comparison of bases take for a province of schools.

mod province;

use bianheng_core::check::check;
use bianheng_core::county::{Course, CourseStaff, GradeRoll, KindId, Leaders, Part, Staff, Stage};
use bianheng_core::norm::{Norm, SAMPLE, shipped};
use bianheng_core::report::bases::{Terms, bases};
use bianheng_core::scenario::{Figures, State};
use divan::Bencher;

fn main() {
    divan::main();
}

/// A made-up place, the same at every run: every school has its grades, its teachers by course and
/// its leaders, which is the most that a survey can give.
fn place(schools: u32) -> State {
    let county = province::county(schools, |number, students, unit, holding| {
        let (stage, grades) = match number % 3 {
            0 => (Stage::Primary, 6),
            1 => (Stage::LowerSecondary, 3),
            _ => (Stage::UpperSecondary, 3),
        };
        let classes = students.div_ceil(45).max(grades);
        unit.leaders = Leaders { posts: Some(3), people: Some(number % 5) };
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
        holding.part = Part::Stage(stage);
        holding.roll.classes = Some(classes / grades * grades);
        holding.roll.grades = by_grade.collect();
        holding.staff = Staff {
            teachers: Some(students / 20),
            non_teaching: Some(students / 150),
            carers: None,
            courses: courses.collect(),
        };
    });
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
    bencher.bench(|| bases(&state, &figures, KindId::school(), Terms::default()));
}
