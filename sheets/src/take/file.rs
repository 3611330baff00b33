//! What is said about columns and the file as a whole.

use std::collections::BTreeSet;

use super::cells::Cells;
use super::sums::RowKind;
use super::{Fix, Kind, Severity};
use crate::recognise::{Field, State, year_of};

/// Finds what is missing or doubtful in the columns.
pub(super) fn check(cells: &mut Cells<'_>, rows: &[(usize, RowKind)]) {
    columns(cells, rows);
    let has = |cells: &Cells<'_>, field| cells.column(field).is_some();
    let say = |cells: &mut Cells<'_>, severity, kind, fix| {
        cells.file_finding(severity, kind, None, String::new(), fix);
    };
    if rows.is_empty() {
        say(cells, Severity::MustFix, Kind::NoRows, Fix::Nothing);
    }
    match (has(cells, Field::UnitCode), has(cells, Field::Name)) {
        (true, true) => {}
        (false, true) => say(cells, Severity::LookAt, Kind::CodesFromNames, Fix::ChooseColumn),
        (true, false) => say(cells, Severity::LookAt, Kind::NamesFromCodes, Fix::ChooseColumn),
        (false, false) => say(cells, Severity::MustFix, Kind::NoNames, Fix::ChooseColumn),
    }
    let by_grade = |cells: &Cells<'_>, figure| cells.grades.iter().any(|(_, f, _)| *f == figure);
    if !has(cells, Field::Students) && !by_grade(cells, super::Figure::Students) {
        say(cells, Severity::LookAt, Kind::NoStudents, Fix::ChooseColumn);
    }
    if !has(cells, Field::Classes) && !by_grade(cells, super::Figure::Classes) {
        say(cells, Severity::LookAt, Kind::NoClasses, Fix::ChooseColumn);
    }
    let posts =
        (has(cells, Field::Authorised), has(cells, Field::InPost), has(cells, Field::Teachers));
    let kind = match posts {
        (true, true, _) => None,
        (true, false, true) => Some(Kind::InPostFromTeachers),
        (true, false, false) => Some(Kind::InPostFromAuthorised),
        (false, true, _) => Some(Kind::AuthorisedFromInPost),
        (false, false, true) => Some(Kind::AuthorisedFromTeachers),
        (false, false, false) => Some(Kind::NoPosts),
    };
    if let Some(kind) = kind {
        say(cells, Severity::LookAt, kind, Fix::ChooseColumn);
    }
    several(cells, rows);
}

/// Columns left out or undecided, with how much is in them.
fn columns(cells: &mut Cells<'_>, rows: &[(usize, RowKind)]) {
    for column in &cells.mapping.columns {
        let filled = |cells: &Cells<'_>| {
            let filled = rows.iter().filter(|(row, _)| !cells.cell(*row, column.index).is_empty());
            filled.count()
        };
        let at = Some(column.index);
        match &column.state {
            State::Personal(kind) => {
                let kind = Kind::Personal { kind: *kind, cells: filled(cells) };
                let value = filled(cells).to_string();
                cells.file_finding(Severity::LeftOut, kind, at, value, Fix::Nothing);
            }
            _ if column.field.is_none() => {
                let value = column.sample.clone();
                let kind = Kind::ColumnUndecided;
                cells.file_finding(Severity::MustFix, kind, at, value, Fix::ChooseColumn);
            }
            State::Unknown if filled(cells) > 0 => {
                let kind = Kind::ColumnUnknown { cells: filled(cells) };
                let value = column.sample.clone();
                cells.file_finding(Severity::LeftOut, kind, at, value, Fix::ChooseColumn);
            }
            _ => {}
        }
    }
}

/// More than one county or year in the file.
fn several(cells: &mut Cells<'_>, rows: &[(usize, RowKind)]) {
    let schools = || rows.iter().filter(|(_, kind)| *kind == RowKind::School);
    if let Some(column) = cells.column(Field::County)
        && cells.options.only_county.is_none()
    {
        let names: BTreeSet<&str> =
            schools().map(|(row, _)| cells.cell(*row, column)).filter(|n| !n.is_empty()).collect();
        if names.len() > 1 {
            let kind = Kind::SeveralCounties { counties: names.len() };
            cells.file_finding(Severity::LookAt, kind, Some(column), String::new(), Fix::Nothing);
        }
    }
    if let Some(column) = cells.column(Field::SurveyYear) {
        let years: BTreeSet<i32> =
            schools().filter_map(|(row, _)| year_of(cells.cell(*row, column))).collect();
        if years.len() > 1 {
            let kind = Kind::SeveralYears { years: years.len() };
            cells.file_finding(Severity::LookAt, kind, Some(column), String::new(), Fix::Nothing);
        }
    }
}
