//! The roll of a row: students and classes, by stage and by grade.

use std::collections::BTreeMap;

use bianheng_core::county::{GradeRoll, Stage};

use super::cells::Cells;
use super::rows::{Guesses, PartFacts, read_stages};
use super::stage::place_grade;
use super::{Figure, Fix, Kind, Severity};
use crate::recognise::{Field, Form, Grade, grade_of};
use bianheng_core::order::InOrder;

/// A grade with one of its figures: the column and the count.
type Counted = (Grade, Figure, usize, u32);

/// Reads the grades of a row: each with its students and classes, and the column of its students.
fn read_grades(cells: &mut Cells<'_>, row: usize) -> Option<Vec<Counted>> {
    let mut out = Vec::new();
    let mut sound = true;
    for (grade, figure, column) in cells.grades.clone() {
        match cells.count(row, column) {
            Ok(Some(count)) => out.push((grade, figure, column, count)),
            Ok(None) => {}
            Err(()) => sound = false,
        }
    }
    sound.then_some(out)
}

/// A total of the row; the outer `None` says that the row cannot be taken.
fn total(cells: &mut Cells<'_>, row: usize, field: Field) -> Option<Option<u32>> {
    match cells.column(field) {
        Some(column) => cells.count(row, column).ok(),
        None => Some(None),
    }
}

pub(super) fn read_parts(
    cells: &mut Cells<'_>,
    row: usize,
    name: &str,
    guesses: &mut Guesses,
) -> Option<Vec<PartFacts>> {
    let long = cells.form == Form::Long;
    let mut grade = None;
    if long {
        let column = cells.column(Field::Grade);
        grade = grade_of(cells.text(row, Field::Grade));
        if grade.is_none() {
            cells.cell_finding(Severity::MustFix, Kind::GradeUnknown, row, column, Fix::Edit);
        }
    }
    let stages = read_stages(cells, row, name, grade, guesses);
    let by_grade = read_grades(cells, row);
    let students = total(cells, row, Field::Students);
    let classes = total(cells, row, Field::Classes);
    let (stages, by_grade, students, classes) = (stages?, by_grade?, students?, classes?);
    let students = fill_students(cells, row, name, students, &by_grade)?;
    let classes = fill_classes(cells, row, name, classes, &by_grade);
    if long {
        let grade = grade?;
        let Some((stage, within)) = place_grade(grade, &stages) else {
            let column = cells.column(Field::Grade);
            let kind = Kind::GradeOutside { stages };
            cells.cell_finding(Severity::MustFix, kind, row, column, Fix::Edit);
            return None;
        };
        let grades = vec![GradeRoll { grade: within, students, classes }];
        return Some(vec![PartFacts { stage, students, classes, grades }]);
    }
    if let (Some(students @ 1..), Some(0)) = (students, classes) {
        let (kind, column) = (Kind::ClassesZero { students }, cells.column(Field::Classes));
        cells.cell_finding(Severity::MustFix, kind, row, column, Fix::Edit);
        return None;
    }
    let mut placed: BTreeMap<(Stage, u8), GradeRoll> = BTreeMap::new();
    for (grade, figure, column, count) in by_grade {
        let Some((stage, within)) = place_grade(grade, &stages) else {
            if count > 0 {
                let kind = Kind::GradeOutside { stages: stages.clone() };
                cells.cell_finding(Severity::LookAt, kind, row, Some(column), Fix::Edit);
            }
            continue;
        };
        let roll = placed.entry((stage, within)).or_insert(GradeRoll {
            grade: within,
            students: None,
            classes: None,
        });
        let place = match figure {
            Figure::Classes => &mut roll.classes,
            _ => &mut roll.students,
        };
        *place = Some(place.unwrap_or(0).saturating_add(count));
    }
    compare_grades(cells, row, Field::Students, students, &placed);
    compare_grades(cells, row, Field::Classes, classes, &placed);
    let of_stage = |stage: Stage| -> Vec<GradeRoll> {
        let own = placed.iter().filter(|((of, _), _)| *of == stage);
        own.map(|(_, roll)| roll.clone()).collect()
    };
    if let [stage] = stages.as_slice() {
        let grades = of_stage(*stage);
        return Some(vec![PartFacts { stage: *stage, students, classes, grades }]);
    }
    let sum = |rolls: &[GradeRoll], of: fn(&GradeRoll) -> Option<u32>| {
        let counts: Vec<u32> = rolls.iter().filter_map(of).collect();
        (!counts.is_empty()).then(|| counts.iter().copied().fold(0, u32::saturating_add))
    };
    let mut parts: Vec<PartFacts> = stages
        .iter()
        .map(|stage| {
            let grades = of_stage(*stage);
            let students = sum(&grades, |roll| roll.students);
            let classes = sum(&grades, |roll| roll.classes);
            PartFacts { stage: *stage, students, classes, grades }
        })
        .filter(|part| part.students.unwrap_or(0) > 0 || part.classes.unwrap_or(0) > 0)
        .collect();
    parts.order_by_key(|part| part.stage);
    if parts.iter().all(|part| part.students.unwrap_or(0) == 0) {
        let column = cells.column(Field::Stage);
        cells.cell_finding(Severity::MustFix, Kind::CannotSplit, row, column, Fix::Edit);
        return None;
    }
    Some(parts)
}

/// Students: the stated total, else the grades; a blank total must be filled in.
fn fill_students(
    cells: &mut Cells<'_>,
    row: usize,
    name: &str,
    stated: Option<u32>,
    by_grade: &[Counted],
) -> Option<Option<u32>> {
    if stated.is_some() {
        return Some(stated);
    }
    let sum = grade_sum(by_grade, Figure::Students);
    let Some(column) = cells.column(Field::Students) else { return Some(sum) };
    if let Some(sum) = sum {
        let fix = Fix::Use(sum.to_string());
        cells.cell_finding(Severity::LookAt, Kind::FromGrades { sum }, row, Some(column), fix);
        return Some(Some(sum));
    }
    if cells.is_unsaid(row, column) {
        return Some(None);
    }
    let kind = Kind::Missing { figure: Figure::Students, name: name.to_owned() };
    cells.cell_finding(Severity::MustFix, kind, row, Some(column), Fix::Fill);
    None
}

/// Classes: the stated total, else the grades; a survey may not know them.
fn fill_classes(
    cells: &mut Cells<'_>,
    row: usize,
    name: &str,
    stated: Option<u32>,
    by_grade: &[Counted],
) -> Option<u32> {
    if stated.is_some() {
        return stated;
    }
    let sum = grade_sum(by_grade, Figure::Classes);
    let column = cells.column(Field::Classes)?;
    let kind = match sum {
        Some(sum) => Kind::FromGrades { sum },
        None if cells.is_unsaid(row, column) => return None,
        None => Kind::Missing { figure: Figure::Classes, name: name.to_owned() },
    };
    let fix = sum.map_or(Fix::Fill, |sum| Fix::Use(sum.to_string()));
    cells.cell_finding(Severity::LookAt, kind, row, Some(column), fix);
    sum
}

fn grade_sum(by_grade: &[Counted], wanted: Figure) -> Option<u32> {
    let counts: Vec<u32> = by_grade
        .iter()
        .filter(|(_, figure, _, _)| *figure == wanted)
        .map(|(_, _, _, count)| *count)
        .collect();
    (!counts.is_empty()).then(|| counts.iter().copied().fold(0, u32::saturating_add))
}

/// Finds totals that their grades do not add up to.
fn compare_grades(
    cells: &mut Cells<'_>,
    row: usize,
    field: Field,
    stated: Option<u32>,
    placed: &BTreeMap<(Stage, u8), GradeRoll>,
) {
    let (Some(column), Some(stated)) = (cells.column(field), stated) else { return };
    let (figure, of): (Figure, fn(&GradeRoll) -> Option<u32>) = match field {
        Field::Classes => (Figure::Classes, |roll| roll.classes),
        _ => (Figure::Students, |roll| roll.students),
    };
    let counts: Vec<u32> = placed.values().filter_map(of).collect();
    let sum: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    if !counts.is_empty() && sum != u64::from(stated) {
        let kind = Kind::GradeSum { figure, stated, sum };
        let fix = Fix::Use(sum.to_string());
        cells.cell_finding(Severity::LookAt, kind, row, Some(column), fix);
    }
}
