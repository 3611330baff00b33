//! The staff of a row by what they do, and the leaders of its school. All of it may be missing.

use bianheng_core::county::{Leaders, Staff, Stage};

use super::Figure;
use super::cells::Cells;
use super::parts::share;
use super::rows::Facts;
use super::units::split;
use crate::recognise::Field;

/// Reads the staff of a row; `None` where a cell of it must be mended first.
pub(super) fn read(cells: &mut Cells<'_>, row: usize) -> Option<(Staff, Leaders)> {
    let mut sound = true;
    let mut count = |cells: &mut Cells<'_>, column: Option<usize>| match column {
        Some(column) => cells.count(row, column).unwrap_or_else(|()| {
            sound = false;
            None
        }),
        None => None,
    };
    // Without a column of people in post teachers stand for them and are found fault with there.
    let teachers = match (cells.column(Field::Teachers), cells.column(Field::InPost)) {
        (Some(column), None) => cells.quiet_count(row, column),
        (column, _) => count(cells, column),
    };
    let mut staff = Staff { teachers, ..Staff::default() };
    let column = cells.column(Field::NonTeaching);
    staff.non_teaching = count(cells, column);
    let column = cells.column(Field::Carers);
    staff.carers = count(cells, column);
    for (course, is_lessons, column) in cells.courses.clone() {
        let value = count(cells, Some(column));
        let place = value.and_then(|_| staff.course_mut(course));
        let Some(place) = place else { continue };
        match is_lessons {
            true => place.lessons = place.lessons.or(value),
            false => place.teachers = place.teachers.or(value),
        }
    }
    let column = cells.column(Field::LeaderPosts);
    let posts = count(cells, column);
    let column = cells.column(Field::Leaders);
    let people = count(cells, column);
    sound.then_some((staff, Leaders { posts, people }))
}

/// The staff of a row by stage: that of several stages shared out by students, and said.
pub(super) fn by_stage(
    cells: &mut Cells<'_>,
    row: &Facts,
    weights: &[(Stage, u64)],
) -> Vec<(Stage, Staff)> {
    if row.staff.is_empty() {
        return Vec::new();
    }
    if let [(stage, _)] = weights {
        return vec![(*stage, row.staff.clone())];
    }
    let mut out: Vec<(Stage, Staff)> =
        weights.iter().map(|(stage, _)| (*stage, Staff::default())).collect();
    let whole: [(Figure, Field, Option<u32>); 3] = [
        (Figure::Teachers, Field::Teachers, row.staff.teachers),
        (Figure::NonTeaching, Field::NonTeaching, row.staff.non_teaching),
        (Figure::Carers, Field::Carers, row.staff.carers),
    ];
    for (figure, field, total) in whole {
        let Some(total) = total else { continue };
        let column = cells.column(field);
        let parts = split(cells, row.row, column, figure, total, weights);
        for ((_, staff), (_, count)) in out.iter_mut().zip(parts) {
            match figure {
                Figure::NonTeaching => staff.non_teaching = Some(count),
                Figure::Carers => staff.carers = Some(count),
                _ => staff.teachers = Some(count),
            }
        }
    }
    let students: Vec<u64> = weights.iter().map(|(_, students)| *students).collect();
    for course in &row.staff.courses {
        for (is_lessons, total) in [(false, course.teachers), (true, course.lessons)] {
            let Some(total) = total else { continue };
            for ((_, staff), count) in out.iter_mut().zip(share(total, &students)) {
                let Some(place) = staff.course_mut(course.course) else { continue };
                match is_lessons {
                    true => place.lessons = Some(count),
                    false => place.teachers = Some(count),
                }
            }
        }
    }
    let sum = row.staff.courses.iter().filter_map(|course| course.teachers);
    let sum = sum.fold(0, u32::saturating_add);
    if sum > 0 {
        // One finding for all courses: what was shared out is said once, by the sum of teachers.
        let first = cells.courses.first().map(|(_, _, column)| *column);
        split(cells, row.row, first, Figure::CourseTeachers, sum, weights);
    }
    out
}

/// Fills what is not known yet: rows by grade repeat the staff of their stage.
pub(super) fn fill(place: &mut Staff, more: Staff) {
    place.teachers = place.teachers.or(more.teachers);
    place.non_teaching = place.non_teaching.or(more.non_teaching);
    place.carers = place.carers.or(more.carers);
    for course in more.courses {
        if let Some(known) = place.course_mut(course.course) {
            known.teachers = known.teachers.or(course.teachers);
            known.lessons = known.lessons.or(course.lessons);
        }
    }
}
