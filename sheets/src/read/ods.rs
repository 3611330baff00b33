//! OpenDocument spreadsheets. Repeated cells and rows are counted, never spelled out where they
//! are blank, and merged cells are known by their spans.

use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::ReadError;
use super::limits::{Builder, MAX_COLUMNS, MAX_ROWS};
use super::xml::{self, Archive, attribute, text_of};
use crate::grid::{Grid, Merge};

/// Every table, in the order of the file.
pub(super) fn sheets(archive: &mut Archive<'_>) -> Result<Vec<Grid>, ReadError> {
    if let Ok(mut manifest) = archive.by_name("META-INF/manifest.xml") {
        let mut text = Vec::new();
        let read = manifest.read_to_end(&mut text);
        if read.is_ok() && String::from_utf8_lossy(&text).contains("encryption-data") {
            return Err(ReadError::Protected);
        }
    }
    let mut reader = xml::open(archive, "content.xml").ok_or(ReadError::Damaged)?;
    let mut tables = Tables::default();
    xml::each(&mut reader, &mut |event| tables.take(&event))?;
    Ok(tables.grids)
}

/// Where the reader stands.
#[derive(Default)]
struct Tables {
    builder: Builder,
    grids: Vec<Grid>,
    row: usize,
    row_repeats: usize,
    column: usize,
    cell: Option<Cell>,
    /// Filled cells of the row, to be put again when the row repeats.
    filled: Vec<(usize, String)>,
    /// Depth of notes, whose paragraphs are no part of the cell.
    notes: usize,
}

struct Cell {
    repeats: usize,
    /// The value as stored, for numbers and dates; shown text is for strings only.
    value: Option<String>,
    text: String,
    paragraphs: usize,
    rows: usize,
    columns: usize,
}

impl Tables {
    fn take(&mut self, event: &Event<'_>) -> Result<(), ReadError> {
        match event {
            Event::Start(element) => self.open(element),
            Event::Empty(element) => {
                self.open(element);
                self.close(element.local_name().as_ref())?;
            }
            Event::End(element) => self.close(element.local_name().as_ref())?,
            _ => self.say(&text_of(event).unwrap_or_default()),
        }
        Ok(())
    }

    fn say(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.paragraphs > 0)
            && self.notes == 0
        {
            cell.text.push_str(text);
        }
    }

    fn open(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "table" => {
                let name = attribute(element, "name").unwrap_or_default();
                self.grids.push(Grid::new(&name, Vec::new()));
                self.row = 0;
            }
            "table-row" => {
                self.column = 0;
                self.row_repeats = count(element, "number-rows-repeated");
                self.filled.clear();
            }
            "table-cell" | "covered-table-cell" => {
                let value = attribute(element, "value")
                    .or_else(|| attribute(element, "date-value"))
                    .or_else(|| attribute(element, "string-value"))
                    .or_else(|| attribute(element, "boolean-value").map(|b| b.to_uppercase()));
                self.cell = Some(Cell {
                    repeats: count(element, "number-columns-repeated"),
                    value,
                    text: String::new(),
                    paragraphs: 0,
                    rows: count(element, "number-rows-spanned"),
                    columns: count(element, "number-columns-spanned"),
                });
            }
            "p" if self.notes == 0 => {
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "s" | "tab" => self.say(" "),
            "annotation" => self.notes += 1,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "table-cell" | "covered-table-cell" => self.close_cell(),
            "table-row" => self.close_row(),
            "annotation" => {
                self.notes = self.notes.saturating_sub(1);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn close_cell(&mut self) -> Result<(), ReadError> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let first = self.column;
        self.column = self.column.saturating_add(cell.repeats);
        let text = match cell.value {
            Some(value) => tidy_value(value),
            None => cell.text,
        };
        if text.trim().is_empty() {
            return Ok(());
        }
        if self.column > MAX_COLUMNS {
            return Err(ReadError::TooManyColumns);
        }
        let Some(grid) = self.grids.last_mut() else { return Ok(()) };
        for column in first..self.column {
            self.builder.put(&mut grid.rows, self.row, column, &text)?;
            self.filled.push((column, text.clone()));
        }
        if cell.rows > 1 || cell.columns > 1 {
            grid.merges.push(Merge {
                first_row: self.row,
                last_row: self.row.saturating_add(cell.rows - 1).min(MAX_ROWS),
                first_column: first,
                last_column: first.saturating_add(cell.columns - 1).min(MAX_COLUMNS),
            });
        }
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), ReadError> {
        let next = self.row.saturating_add(self.row_repeats);
        if !self.filled.is_empty() && self.row_repeats > 1 {
            if next > MAX_ROWS {
                return Err(ReadError::TooManyRows);
            }
            let filled = std::mem::take(&mut self.filled);
            if let Some(grid) = self.grids.last_mut() {
                for row in self.row + 1..next {
                    for (column, text) in &filled {
                        self.builder.put(&mut grid.rows, row, *column, text)?;
                    }
                }
            }
        }
        self.row = next;
        Ok(())
    }
}

fn count(element: &BytesStart<'_>, name: &str) -> usize {
    attribute(element, name).and_then(|text| text.parse().ok()).filter(|n| *n > 0).unwrap_or(1)
}

/// `62.0` is 62; a date at midnight is a date.
fn tidy_value(value: String) -> String {
    if let Some(date) = value.strip_suffix("T00:00:00") {
        return date.to_owned();
    }
    match value.strip_suffix(".0") {
        Some(whole) if whole.bytes().all(|byte| byte.is_ascii_digit()) => whole.to_owned(),
        _ => value,
    }
}
