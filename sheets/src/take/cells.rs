//! The cells of a sheet by meaning, with the corrections of the dialog, and the list of findings.

use std::collections::{BTreeMap, HashMap};

use bianheng_core::county::{Course, Stage};

use super::number::{Count, count};
use super::{Figure, Finding, Fix, Kind, Options, Severity};
use crate::grid::Grid;
use crate::recognise::{Field, Form, Grade, Mapping};

/// A sheet with the meanings of its columns.
pub(super) struct Cells<'a> {
    pub grid: &'a Grid,
    pub mapping: &'a Mapping,
    pub options: &'a Options,
    pub findings: Vec<Finding>,
    pub form: Form,
    /// Columns of students and classes by grade.
    pub grades: Vec<(Grade, Figure, usize)>,
    /// Columns of teachers or lessons by course; lessons where the flag is set.
    pub courses: Vec<(Course, bool, usize)>,
    /// Columns of departures, by calendar year.
    pub departures: Vec<(i32, usize)>,
    columns: HashMap<Field, usize>,
    labels: Vec<String>,
    /// Cells of counts that belong to a merged block of several rows, with the block's first row.
    merged: HashMap<(usize, usize), usize>,
}

/// A cell of posts or people: its figure, and the first row of its block where it is merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Posted {
    pub count: Option<u32>,
    pub block: Option<usize>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(grid: &'a Grid, mapping: &'a Mapping, options: &'a Options) -> Self {
        use chrono::Datelike;
        let mut columns = HashMap::new();
        let mut grades = Vec::new();
        let mut courses = Vec::new();
        let mut departures: BTreeMap<i32, usize> = BTreeMap::new();
        let mut labels = vec![String::new(); mapping.columns.len()];
        let mut counts = Vec::new();
        for column in &mapping.columns {
            if let Some(label) = labels.get_mut(column.index) {
                *label = column.label();
            }
            let Some(field) = column.field else { continue };
            if field.is_count() {
                counts.push(column.index);
            }
            match field {
                Field::GradeStudents(grade) => grades.push((grade, Figure::Students, column.index)),
                Field::GradeClasses(grade) => grades.push((grade, Figure::Classes, column.index)),
                Field::CourseTeachers(course) => courses.push((course, false, column.index)),
                Field::CourseLessons(course) => courses.push((course, true, column.index)),
                Field::Departures(0) => {
                    departures.entry(options.surveyed_on.year() + 1).or_insert(column.index);
                }
                Field::Departures(year) => {
                    departures.insert(year, column.index);
                }
                Field::Ignore | Field::Note => {}
                other => {
                    columns.entry(other).or_insert(column.index);
                }
            }
        }
        let mut merged = HashMap::new();
        for merge in &grid.merges {
            let last = merge.last_row.min(grid.height().saturating_sub(1));
            if last <= merge.first_row {
                continue;
            }
            for column in counts
                .iter()
                .filter(|column| (merge.first_column..=merge.last_column).contains(*column))
            {
                for row in merge.first_row.max(mapping.data_row)..=last {
                    merged.insert((row, *column), merge.first_row.max(mapping.data_row));
                }
            }
        }
        Self {
            grid,
            mapping,
            options,
            findings: Vec::new(),
            form: mapping.form(),
            grades,
            courses,
            departures: departures.into_iter().collect(),
            columns,
            labels,
            merged,
        }
    }

    /// The text of a cell, corrected.
    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        if !self.options.corrections.is_empty()
            && let Some(text) = self.options.corrections.get(&(row, column))
        {
            return text.trim();
        }
        self.grid.cell(row, column)
    }

    pub(super) fn is_blank(&self, row: usize) -> bool {
        let corrected = self.options.corrections.iter();
        self.grid.is_blank(row)
            && !corrected.clone().any(|((at, _), text)| *at == row && !text.trim().is_empty())
    }

    /// The column of a meaning.
    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.columns.get(&field).copied()
    }

    /// The text under a meaning; empty where there is no such column.
    pub(super) fn text(&self, row: usize, field: Field) -> &str {
        self.column(field).map_or("", |column| self.cell(row, column))
    }

    /// The stage of rows that tell none, where a person or the sheet's name says one.
    pub(super) fn default_stage(&self) -> Option<Stage> {
        self.options.default_stage.or(self.mapping.hints.stage)
    }

    /// Whether posts authorised were made from people in post or teachers.
    pub(super) fn authorised_assumed(&self) -> bool {
        self.column(Field::Authorised).is_none()
    }

    pub(super) fn preview_columns(&self) -> [Option<usize>; 7] {
        [
            self.column(Field::Name),
            self.column(Field::Stage),
            self.column(Field::Township),
            self.column(Field::Students),
            self.column(Field::Classes),
            self.column(Field::Authorised),
            self.column(Field::InPost).or_else(|| self.column(Field::Teachers)),
        ]
    }

    /// A finding about a cell.
    pub(super) fn cell_finding(
        &mut self,
        severity: Severity,
        kind: Kind,
        row: usize,
        column: Option<usize>,
        fix: Fix,
    ) {
        let value = column.map_or_else(String::new, |at| self.cell(row, at).to_owned());
        let label = column.and_then(|at| self.labels.get(at)).cloned().unwrap_or_default();
        self.findings.push(Finding {
            severity,
            kind,
            row: Some(row),
            column,
            column_label: label,
            value,
            fix,
            listed: false,
        });
    }

    /// A finding about a row: it names the school.
    pub(super) fn row_finding(&mut self, severity: Severity, kind: Kind, row: usize, fix: Fix) {
        let named = self.column(Field::Name).or_else(|| self.column(Field::UnitCode));
        let named = named.filter(|column| !self.cell(row, *column).is_empty());
        let first = || (0..self.labels.len()).find(|column| !self.cell(row, *column).is_empty());
        let column = named.or_else(first);
        self.cell_finding(severity, kind, row, column, fix);
    }

    /// A finding about a column or, without one, about the file.
    pub(super) fn file_finding(
        &mut self,
        severity: Severity,
        kind: Kind,
        column: Option<usize>,
        value: String,
        fix: Fix,
    ) {
        let label = column.and_then(|at| self.labels.get(at)).cloned().unwrap_or_default();
        self.findings.push(Finding {
            severity,
            kind,
            row: None,
            column,
            column_label: label,
            value,
            fix,
            listed: false,
        });
    }

    /// A count that may be blank. What is no count is found; `Err` means that the row cannot be
    /// taken.
    pub(super) fn count(&mut self, row: usize, column: usize) -> Result<Option<u32>, ()> {
        if self.merged.get(&(row, column)).is_some_and(|first| *first != row) {
            // The figure of a merged block belongs to its first row.
            return Ok(None);
        }
        self.any_count(row, column)
    }

    fn any_count(&mut self, row: usize, column: usize) -> Result<Option<u32>, ()> {
        match count(self.cell(row, column)) {
            Count::Blank => Ok(None),
            Count::Exact(count) => Ok(Some(count)),
            Count::Mended(count) => {
                let (kind, fix) = (Kind::NumberMended { count }, Fix::Use(count.to_string()));
                self.cell_finding(Severity::LookAt, kind, row, Some(column), fix);
                Ok(Some(count))
            }
            Count::Unsaid => {
                let kind = Kind::NumberUnsaid;
                self.cell_finding(Severity::LookAt, kind, row, Some(column), Fix::Edit);
                Ok(None)
            }
            Count::Wrong(fault) => {
                let kind = Kind::Number(fault);
                self.cell_finding(Severity::MustFix, kind, row, Some(column), Fix::Edit);
                Err(())
            }
        }
    }

    /// The count under a meaning, for sums: nothing is found.
    pub(super) fn quiet_count(&self, row: usize, column: usize) -> Option<u32> {
        if self.merged.get(&(row, column)).is_some_and(|first| *first != row) {
            return None;
        }
        count(self.cell(row, column)).value()
    }

    /// Posts or people, which one merged cell may give for all stages of a school.
    pub(super) fn posted(&mut self, row: usize, column: usize) -> Result<Posted, ()> {
        let block = self.merged.get(&(row, column)).copied();
        Ok(Posted { count: self.any_count(row, column)?, block })
    }

    /// Whether the cell says with a dash that there is no figure.
    pub(super) fn is_unsaid(&self, row: usize, column: usize) -> bool {
        count(self.cell(row, column)) == Count::Unsaid
    }
}
