//! Stories of lessons: one school at a time, the arithmetic beside it; and the law that the short way
//! says what the long way says.

use proptest::prelude::*;

use super::*;
use crate::county::{GradeRoll, Leaders, Roll, Staff};
use crate::sample;
use crate::yardstick::{Change, Choice, Chosen, Group, Key};

/// The sample county with one primary school's roll and staff replaced.
fn school(classes: Option<u32>, by_grade: &[u32], staff: Staff) -> (County, usize) {
    let workspace = sample::county().unwrap().workspace;
    let row = workspace.state().index().row(&"1008/primary".parse().unwrap()).unwrap();
    let mut county = workspace.base().clone();
    let grades = (1..).zip(by_grade);
    let grades = grades.map(|(grade, classes)| GradeRoll {
        grade,
        students: Some(classes * 40),
        classes: Some(*classes),
    });
    let holding = &mut county.holdings[row];
    holding.roll = Roll { students: Some(240), classes, boarders: None, grades: grades.collect() };
    holding.staff = staff;
    county.units[holding.unit].leaders = Leaders::default();
    (county, row)
}

fn staff(courses: &[(Course, u32)]) -> Staff {
    let mut staff = Staff::default();
    for (course, teachers) in courses {
        staff.course_mut(*course).unwrap().teachers = Some(*teachers);
    }
    staff
}

fn ready() -> Lessons {
    Lessons::of(&Choice::default())
}

#[test]
fn a_school_of_six_classes_needs_the_teachers_that_its_lessons_fill() {
    let (county, row) = school(Some(6), &[1; 6], Staff::default());
    let need = ready().need(&county, row).unwrap();
    // 26 × 2 + 30 × 4 = 172 lessons a week.
    let lessons: Fraction = need.courses.iter().map(|course| course.lessons).sum();
    assert_eq!(lessons, Fraction::from_integer(172));
    // Chinese 8 + 8 + 7 + 7 + 6 + 6 = 42 ÷ 14 = 3; mathematics 24 ÷ 14 = 12/7.
    assert_eq!(need.courses[0].teachers, Fraction::from_integer(3));
    assert_eq!(need.courses[1].teachers, Fraction::new(12, 7));
    // The rest 106 ÷ 18 = 53/9; six class teachers one lesson less each: 6 ÷ 16 = 3/8.
    let all = Fraction::from_integer(3)
        + Fraction::new(12, 7)
        + Fraction::new(53, 9)
        + Fraction::new(3, 8);
    assert_eq!(need.teachers, all);
    assert_eq!(need.class_teachers, Fraction::from_integer(6));
    // At most 9 % are no teachers: posts = teachers × 100 ÷ 91.
    assert_eq!(need.posts, Some(all * Fraction::new(100, 91)));
    assert!(!need.spread.is_even());
    assert_eq!(need.present, None);
}

#[test]
fn classes_known_only_in_all_are_spread_evenly() {
    // 9 classes over 6 grades: 1½ in each.
    let (county, row) = school(Some(9), &[], Staff::default());
    let even = ready().need(&county, row).unwrap();
    assert!(even.spread.is_even());
    // Chinese: 42 × 1½ = 63 lessons.
    assert_eq!(even.courses[0].lessons, Fraction::from_integer(63));
    // Grades that do not add up to the total leave the total standing.
    let (county, row) = school(Some(9), &[2, 2, 1, 1, 1, 1], Staff::default());
    assert_eq!(ready().need(&county, row).unwrap(), even);
    let (county, row) = school(None, &[], Staff::default());
    assert_eq!(ready().need(&county, row), Err(NoNeed::NoClasses));
}

#[test]
fn leaders_teach_less_and_the_others_make_up_for_it() {
    let (mut county, row) = school(Some(6), &[1; 6], Staff::default());
    let without = ready().need(&county, row).unwrap();
    let unit = county.holdings[row].unit;
    county.units[unit].leaders.people = Some(3);
    let with = ready().need(&county, row).unwrap();
    // The head teaches 4 of 16, two deputies 10 of 16: 12 + 6 + 6 = 24 lessons, 24 ÷ 16 = 1½.
    assert_eq!(with.leader_lessons, Fraction::from_integer(24));
    assert_eq!(with.teachers, without.teachers + Fraction::new(3, 2));
}

#[test]
fn a_course_misses_whole_people_only() {
    // Sport: 4 + 4 + 3 × 4 = 20 lessons for six classes; 12 classes 40 ÷ 18 = 2 2/9 teachers.
    let missing = |teachers| {
        let (county, row) = school(Some(12), &[2; 6], staff(&[(Course::Sport, teachers)]));
        ready().missing(&county, row)
    };
    assert_eq!((missing(2).people, missing(2).worst), (0, None));
    assert_eq!(missing(1).worst, Some((Course::Sport, 1)));
    assert_eq!(missing(0).worst, Some((Course::Sport, 2)));
}

#[test]
fn another_table_and_a_changed_figure_count_at_once() {
    let (county, row) = school(Some(6), &[1; 6], Staff::default());
    let jilin = Chosen { group: Group::Load, set: "jilin".to_owned() };
    let choice = Choice { chosen: vec![jilin], ..Choice::default() };
    // Every course 16: 172 ÷ 16 + 6 ÷ 16 = 178/16.
    let need = Lessons::of(&choice).need(&county, row).unwrap();
    assert_eq!(need.teachers, Fraction::new(178, 16));

    let at = Key::of(Group::ClassTeacher, crate::county::Stage::Primary);
    let value = crate::norm::Exact(Fraction::from_integer(0));
    let change = Change { at, value, document: String::new() };
    let choice = Choice { changed: vec![change], ..choice };
    let need = Lessons::of(&choice).need(&county, row).unwrap();
    assert_eq!(need.teachers, Fraction::new(172, 16));
}

#[test]
fn kindergartens_and_institutions_have_no_lessons() {
    let workspace = sample::county().unwrap().workspace;
    let index = workspace.state().index();
    for id in ["1016/kindergarten", "G11/kind:general"] {
        let row = index.row(&id.parse().unwrap()).unwrap();
        assert_eq!(ready().need(workspace.base(), row), Err(NoNeed::NoCurriculum), "{id}");
        assert_eq!(ready().posts(workspace.base(), row), None);
    }
}

proptest! {
    #[test]
    fn the_short_way_says_what_the_long_way_says(
        by_grade in prop::collection::vec(0..9_u32, 0..7),
        total in 0..60_u32,
        teachers in prop::collection::vec(0..9_u32, 18),
        leaders in prop::option::of(0..5_u32),
    ) {
        let courses: Vec<_> = Course::ALL.into_iter().zip(teachers).collect();
        let (mut county, row) = school(Some(total), &by_grade, staff(&courses));
        let unit = county.holdings[row].unit;
        county.units[unit].leaders.people = leaders;
        let ready = ready();
        let need = ready.need(&county, row).unwrap();
        let missing = ready.missing(&county, row);
        prop_assert_eq!(missing.all, Some((need.teachers, need.present.unwrap())));
        prop_assert_eq!(ready.posts(&county, row), need.posts);
        // Every part once: courses, class teachers, leaders.
        let parts: Fraction = need.courses.iter().map(|course| course.teachers).sum();
        let reliefs = (need.class_teachers + need.leader_lessons) / need.load;
        prop_assert_eq!(parts + reliefs, need.teachers);
        let mut people = 0;
        for course in &need.courses {
            let over = course.teachers - Fraction::from_integer(i64::from(course.present.unwrap()));
            let whole = u32::try_from(over.floor().to_integer()).unwrap_or(0);
            prop_assert_eq!(course.missing, whole);
            people += whole;
        }
        prop_assert_eq!(missing.people, people);
    }
}
