//! Bytes of a file to sheets of text. The kind of file is told by its content, never by its name.
//! Everything is measured before it is unpacked; whatever cannot be read is refused with a reason.

mod biff;
mod csv;
mod kind;
mod limits;
mod ods;
mod ole;
mod serial;
mod xlsx;
mod xml;

use bianheng_core::text::{Lang, Message, import as words};

use crate::grid::Grid;
use kind::Kind;

pub use limits::{MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_INFLATED, MAX_ROWS};

/// What a file was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML workbook.
    Xlsx,
    /// Excel 97–2003 workbook.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Text with separators, in the encoding named.
    Text(&'static str),
}

/// A file as sheets of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workbook {
    /// The file's name, as it was given.
    pub file_name: String,
    /// What it was read as.
    pub format: Format,
    /// The sheets with at least one filled cell, in the order of the file.
    pub sheets: Vec<Grid>,
}

impl Workbook {
    /// The sheet that most looks like a survey: the one with most recognised columns, then rows.
    pub fn likely_sheet(&self) -> usize {
        let score = |grid: &Grid| {
            let mapping = crate::recognise(grid, &[]);
            (mapping.known(), grid.height())
        };
        let scored = self.sheets.iter().map(score).enumerate();
        // max_by_key keeps the last of equals; reversed, that is the first sheet.
        scored.rev().max_by_key(|(_, score)| *score).map_or(0, |(at, _)| at)
    }
}

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum ReadError {
    /// No bytes, or none but blanks.
    Empty,
    /// A picture.
    Picture,
    /// A PDF.
    Pdf,
    /// A text document (Word, WPS, OpenDocument text) or slides.
    Document,
    /// Neither a workbook nor text.
    Unknown,
    /// An archive that holds no workbook.
    Archive,
    /// Encrypted with a password.
    Protected,
    /// The file is cut short or broken.
    Damaged,
    /// More bytes than [`MAX_BYTES`], or more than [`MAX_INFLATED`] when unpacked, or packed so
    /// tightly that it can only be meant to do harm.
    TooLarge,
    /// More than [`MAX_ROWS`] rows.
    TooManyRows,
    /// More than [`MAX_COLUMNS`] columns.
    TooManyColumns,
    /// More than [`MAX_CELLS`] filled cells.
    TooManyCells,
    /// A web page saved with the name of a workbook.
    WebPage,
    /// A workbook of a kind that is not read: XLSB, Excel 95, XML of 2003.
    OtherWorkbook,
    /// A scenario file of this program.
    Scenario,
    /// A workbook without a filled cell.
    NoCells,
}

impl ReadError {
    /// What is wrong and what to do, in one sentence.
    pub fn text(&self, lang: Lang) -> String {
        let message: &Message = match self {
            Self::Empty => &words::READ_EMPTY,
            Self::Picture => &words::READ_PICTURE,
            Self::Pdf => &words::READ_PDF,
            Self::Document => &words::READ_DOCUMENT,
            Self::Unknown => &words::READ_UNKNOWN,
            Self::Archive => &words::READ_ARCHIVE,
            Self::Protected => &words::READ_PROTECTED,
            Self::Damaged => &words::READ_DAMAGED,
            Self::TooLarge => &words::READ_TOO_LARGE,
            Self::TooManyRows => &words::READ_TOO_MANY_ROWS,
            Self::TooManyColumns => &words::READ_TOO_MANY_COLUMNS,
            Self::TooManyCells => &words::READ_TOO_MANY_CELLS,
            Self::WebPage => &words::READ_WEB_PAGE,
            Self::OtherWorkbook => &words::READ_OTHER_WORKBOOK,
            Self::Scenario => &words::READ_SCENARIO,
            Self::NoCells => &words::READ_NO_CELLS,
        };
        let megabytes = MAX_BYTES / (1 << 20);
        let places: [(&str, &dyn std::fmt::Display); 4] = [
            ("mb", &megabytes),
            ("rows", &MAX_ROWS),
            ("columns", &MAX_COLUMNS),
            ("cells", &MAX_CELLS),
        ];
        message.with(lang, &places)
    }
}

/// Turns bytes in GB18030 into text, with U+FFFD for what is broken; `None` where that cannot be
/// done. Every browser holds the tables for it, so the app brings none of its own.
pub type Gb18030<'a> = &'a dyn Fn(&[u8]) -> Option<String>;

/// Reads a workbook or a text file with separators. `gb18030` is asked only for a text that is
/// neither UTF-8 nor marked as UTF-16.
///
/// # Errors
/// See [`ReadError`]; every one says what to do instead.
pub fn read(bytes: &[u8], file_name: &str, gb18030: Gb18030<'_>) -> Result<Workbook, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let (format, mut sheets) = match kind::kind_of(bytes)? {
        Kind::Xlsx(mut archive) => (Format::Xlsx, xlsx::sheets(&mut archive)?),
        Kind::Ods(mut archive) => (Format::Ods, ods::sheets(&mut archive)?),
        Kind::Ole => (Format::Xls, biff::sheets(bytes)?),
        Kind::Text => {
            let (grid, encoding) = csv::sheet(bytes, gb18030)?;
            (Format::Text(encoding), vec![grid])
        }
    };
    for grid in &mut sheets {
        limits::tidy(grid);
    }
    sheets.retain(|grid| !grid.rows.is_empty());
    if sheets.is_empty() {
        return Err(ReadError::NoCells);
    }
    Ok(Workbook { file_name: file_name.to_owned(), format, sheets })
}
