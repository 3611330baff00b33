//! Office Open XML workbooks, read cell by cell so that a far-off cell costs nothing.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};

use super::ReadError;
use super::limits::{Builder, MAX_COLUMNS, MAX_ROWS};
use crate::grid::{Grid, Merge};

/// Every worksheet, in the order of the file.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Grid>, ReadError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    let sheets = book.sheets_metadata().to_owned();
    let mut builder = Builder::default();
    let mut grids = Vec::new();
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut grid = Grid::new(&sheet.name, Vec::new());
        let mut cells = match book.worksheet_cells_reader(&sheet.name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(refused(error)),
        };
        while let Some(cell) = cells.next_cell().map_err(refused)? {
            let (row, column) = cell.get_position();
            let (row, column) = (row as usize, column as usize);
            match cell.get_value() {
                DataRef::Empty => {}
                DataRef::String(text) => builder.put(&mut grid.rows, row, column, text)?,
                DataRef::SharedString(text) => builder.put(&mut grid.rows, row, column, text)?,
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                    let date = text.strip_suffix("T00:00:00").unwrap_or(text);
                    builder.put(&mut grid.rows, row, column, date)?;
                }
                DataRef::Int(number) => {
                    builder.put(&mut grid.rows, row, column, &number.to_string())?;
                }
                DataRef::Float(number) => {
                    builder.put(&mut grid.rows, row, column, &number_text(*number))?;
                }
                DataRef::Bool(true) => builder.put(&mut grid.rows, row, column, "TRUE")?,
                DataRef::Bool(false) => builder.put(&mut grid.rows, row, column, "FALSE")?,
                DataRef::DateTime(date) => {
                    builder.put(&mut grid.rows, row, column, &date_text(date))?;
                }
                DataRef::Error(error) => {
                    builder.put(&mut grid.rows, row, column, &error.to_string())?;
                }
            }
        }
        drop(cells);
        // A sheet without merged cells may answer with an error; it is a sheet all the same.
        for merge in book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
            let (first_row, first_column) = (merge.start.0 as usize, merge.start.1 as usize);
            if first_row < MAX_ROWS && first_column < MAX_COLUMNS {
                let (last_row, last_column) = (merge.end.0 as usize, merge.end.1 as usize);
                grid.merges.push(Merge { first_row, last_row, first_column, last_column });
            }
        }
        grids.push(grid);
    }
    Ok(grids)
}

fn refused(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Protected,
        _ => ReadError::Damaged,
    }
}

/// A number as a person would type it: whole numbers without a point, others without the last
/// digits that only the computer sees.
pub(super) fn number_text(number: f64) -> String {
    let text = format!("{number}");
    if text.len() <= 16 || !number.is_finite() || number.fract() == 0.0 {
        return text;
    }
    // 15 significant digits are what office programs keep.
    format!("{number:.14e}").parse::<f64>().map_or(text, |rounded| format!("{rounded}"))
}

/// The days that office programs know: 1900 to 9999.
const LAST_DAY: f64 = 2_958_466.0;

/// A date as ISO text; its number where it is no date of the calendar.
pub(super) fn date_text(date: &ExcelDateTime) -> String {
    let serial = date.as_f64();
    if date.is_duration() || !(0.0..LAST_DAY).contains(&serial) {
        return number_text(serial);
    }
    let (year, month, day, hour, minute, _, _) = date.to_ymd_hms_milli();
    match (hour, minute) {
        (0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_read_as_a_person_would_type_them() {
        assert_eq!(number_text(62.0), "62");
        assert_eq!(number_text(2_161_001_001.0), "2161001001");
        assert_eq!(number_text(0.1 + 0.2), "0.3");
        assert_eq!(number_text(108.310_49), "108.31049");
    }

    #[test]
    fn a_date_out_of_the_calendar_stays_a_number() {
        let date = |serial| ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false);
        assert_eq!(date_text(&date(46_266.0)), "2026-09-01");
        assert_eq!(date_text(&date(1e19)), "10000000000000000000");
        assert_eq!(date_text(&date(-5.0)), "-5");
    }
}
