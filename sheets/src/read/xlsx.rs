//! Office Open XML workbooks, read cell by cell so that a far-off cell costs nothing. Only what a
//! survey needs is read: texts, numbers, dates, the stored results of formulas and merged cells.
//! Layout after ECMA-376, part 1.

use quick_xml::events::{BytesStart, Event};

use super::ReadError;
use super::limits::{Builder, MAX_COLUMNS, MAX_ROWS};
use super::serial::{built_in_date, date_text, number_text, shows_date};
use super::xml::{self, Archive, attribute, text_of};
use crate::grid::{Grid, Merge};

/// Every worksheet, in the order of the file.
pub(super) fn sheets(archive: &mut Archive<'_>) -> Result<Vec<Grid>, ReadError> {
    let book = Book::read(archive)?;
    let mut builder = Builder::default();
    let mut grids = Vec::new();
    for (name, part) in &book.sheets {
        let mut sheet = Sheet::new(&book, &mut builder, Grid::new(name, Vec::new()));
        let mut reader = xml::open(archive, part).ok_or(ReadError::Damaged)?;
        xml::each(&mut reader, &mut |event| sheet.take(&event))?;
        if sheet.worksheet {
            grids.push(sheet.grid);
        }
    }
    Ok(grids)
}

/// What all sheets of a workbook share.
#[derive(Default)]
struct Book {
    /// Names with their parts, in the order of the file.
    sheets: Vec<(String, String)>,
    /// Texts that cells point to.
    strings: Vec<String>,
    /// Whether a cell of each style shows a date.
    dates: Vec<bool>,
    from_1904: bool,
}

impl Book {
    fn read(archive: &mut Archive<'_>) -> Result<Self, ReadError> {
        let mut book = Self::default();
        let mut named = Vec::new();
        let mut reader = xml::open(archive, "xl/workbook.xml").ok_or(ReadError::Damaged)?;
        xml::each(&mut reader, &mut |event| {
            let (Event::Start(element) | Event::Empty(element)) = &event else { return Ok(()) };
            match element.local_name().as_ref() {
                "workbookPr" => {
                    let set = attribute(element, "date1904");
                    book.from_1904 = set.is_some_and(|set| set == "1" || set == "true");
                }
                "sheet" => named.push((attribute(element, "name"), attribute(element, "id"))),
                _ => {}
            }
            Ok(())
        })?;
        drop(reader);

        let parts = relations(archive)?;
        for (name, id) in named {
            let part = parts.iter().find(|(known, _)| Some(known) == id.as_ref());
            let (_, part) = part.ok_or(ReadError::Damaged)?;
            book.sheets.push((name.unwrap_or_default(), part.clone()));
        }
        book.read_strings(archive)?;
        book.read_styles(archive)?;
        Ok(book)
    }

    fn read_strings(&mut self, archive: &mut Archive<'_>) -> Result<(), ReadError> {
        // A workbook of numbers has none.
        let Some(mut reader) = xml::open(archive, "xl/sharedStrings.xml") else { return Ok(()) };
        let mut text = RichText::default();
        let mut bytes = 0_usize;
        xml::each(&mut reader, &mut |event| {
            text.take(&event);
            if let Event::Start(element) | Event::Empty(element) = &event
                && element.local_name().as_ref() == "si"
            {
                text = RichText::default();
                self.strings.push(String::new());
            }
            if let Event::End(element) = &event
                && element.local_name().as_ref() == "si"
                && let Some(last) = self.strings.last_mut()
            {
                *last = std::mem::take(&mut text.text);
                bytes = bytes.saturating_add(last.len());
            }
            if bytes > super::limits::MAX_TEXT { Err(ReadError::TooLarge) } else { Ok(()) }
        })
    }

    fn read_styles(&mut self, archive: &mut Archive<'_>) -> Result<(), ReadError> {
        let Some(mut reader) = xml::open(archive, "xl/styles.xml") else { return Ok(()) };
        let mut formats: Vec<(u16, bool)> = Vec::new();
        let mut in_cells = false;
        xml::each(&mut reader, &mut |event| {
            match &event {
                Event::Start(element) | Event::Empty(element) => {
                    let id = attribute(element, "numFmtId").and_then(|id| id.parse().ok());
                    match (element.local_name().as_ref(), id) {
                        ("cellXfs", _) => in_cells = true,
                        ("numFmt", Some(id)) => {
                            let code = attribute(element, "formatCode").unwrap_or_default();
                            formats.push((id, shows_date(&code)));
                        }
                        ("xf", id) if in_cells => {
                            let id = id.unwrap_or(0);
                            let own = formats.iter().find(|(known, _)| *known == id);
                            self.dates.push(own.map_or(built_in_date(id), |(_, date)| *date));
                        }
                        _ => {}
                    }
                }
                Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                    in_cells = false;
                }
                _ => {}
            }
            Ok(())
        })
    }
}

/// Ids of the workbook's parts with their names in the archive.
fn relations(archive: &mut Archive<'_>) -> Result<Vec<(String, String)>, ReadError> {
    let mut reader = xml::open(archive, "xl/_rels/workbook.xml.rels").ok_or(ReadError::Damaged)?;
    let mut parts = Vec::new();
    xml::each(&mut reader, &mut |event| {
        if let Event::Start(element) | Event::Empty(element) = &event
            && let (Some(id), Some(target)) =
                (attribute(element, "Id"), attribute(element, "Target"))
        {
            let part = match target.strip_prefix('/') {
                Some(from_root) => from_root.to_owned(),
                None => format!("xl/{target}"),
            };
            parts.push((id, part));
        }
        Ok(())
    })?;
    Ok(parts)
}

/// A text in runs, without the readings that stand above its characters.
#[derive(Default)]
struct RichText {
    text: String,
    in_text: bool,
    /// Inside a reading (furigana, pinyin).
    in_reading: bool,
}

impl RichText {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => self.in_text = true,
                "rPh" => self.in_reading = true,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "t" => self.in_text = false,
                "rPh" => self.in_reading = false,
                _ => {}
            },
            _ if self.in_text && !self.in_reading => {
                self.text.push_str(&text_of(event).unwrap_or_default());
            }
            _ => {}
        }
    }
}

/// Where the reader of one sheet stands.
struct Sheet<'a> {
    book: &'a Book,
    builder: &'a mut Builder,
    grid: Grid,
    /// A part of another kind, such as a chart, has no such element.
    worksheet: bool,
    row: usize,
    column: usize,
    kind: String,
    style: Option<usize>,
    value: String,
    in_value: bool,
    inline: RichText,
}

impl<'a> Sheet<'a> {
    fn new(book: &'a Book, builder: &'a mut Builder, grid: Grid) -> Self {
        Self {
            book,
            builder,
            grid,
            worksheet: false,
            row: 0,
            column: 0,
            kind: String::new(),
            style: None,
            value: String::new(),
            in_value: false,
            inline: RichText::default(),
        }
    }

    fn take(&mut self, event: &Event<'_>) -> Result<(), ReadError> {
        self.inline.take(event);
        match event {
            Event::Start(element) => self.open(element),
            Event::Empty(element) => {
                self.open(element);
                self.close(element.local_name().as_ref())?;
            }
            Event::End(element) => self.close(element.local_name().as_ref())?,
            _ if self.in_value => self.value.push_str(&text_of(event).unwrap_or_default()),
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "worksheet" => self.worksheet = true,
            "row" => {
                // Rows count from one; one without a number follows the row before.
                let said = attribute(element, "r").and_then(|row| row.parse::<usize>().ok());
                self.row = said.map_or(self.row, |row| row.saturating_sub(1));
                self.column = 0;
            }
            "c" => {
                if let Some((row, column)) = attribute(element, "r").as_deref().and_then(place) {
                    (self.row, self.column) = (row, column);
                }
                self.kind = attribute(element, "t").unwrap_or_default();
                self.style = attribute(element, "s").and_then(|style| style.parse().ok());
                self.value.clear();
                self.inline = RichText::default();
            }
            "v" => self.in_value = true,
            "mergeCell" => {
                let range = attribute(element, "ref").unwrap_or_default();
                let (first, last) = range.split_once(':').unwrap_or((&range, &range));
                if let (Some(first), Some(last)) = (place(first), place(last))
                    && first.0 < MAX_ROWS
                    && first.1 < MAX_COLUMNS
                {
                    self.grid.merges.push(Merge {
                        first_row: first.0,
                        last_row: last.0,
                        first_column: first.1,
                        last_column: last.1,
                    });
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "v" => self.in_value = false,
            "c" => {
                if let Some(text) = self.cell() {
                    self.builder.put(&mut self.grid.rows, self.row, self.column, &text)?;
                }
                self.column += 1;
            }
            "row" => self.row += 1,
            _ => {}
        }
        Ok(())
    }

    /// The text of the cell that ends here.
    fn cell(&mut self) -> Option<String> {
        let value = std::mem::take(&mut self.value);
        match self.kind.as_str() {
            "s" => self.book.strings.get(value.trim().parse::<usize>().ok()?).cloned(),
            "inlineStr" => Some(std::mem::take(&mut self.inline.text)),
            "str" | "e" => Some(value),
            "b" => Some(if value.trim() == "0" { "FALSE" } else { "TRUE" }.to_owned()),
            "d" => Some(value.strip_suffix("T00:00:00").unwrap_or(&value).to_owned()),
            _ if value.trim().is_empty() => None,
            _ => Some(match value.trim().parse::<f64>() {
                Ok(number) if self.is_date() => date_text(number, self.book.from_1904),
                Ok(number) => number_text(number),
                Err(_) => value,
            }),
        }
    }

    fn is_date(&self) -> bool {
        self.style.and_then(|style| self.book.dates.get(style)) == Some(&true)
    }
}

/// `C7` as row 6, column 2.
fn place(name: &str) -> Option<(usize, usize)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let mut column = 0_usize;
    for letter in letters.bytes() {
        let value = usize::from(letter.to_ascii_uppercase().checked_sub(b'A')?);
        if value >= 26 || column > MAX_COLUMNS {
            return None;
        }
        column = column * 26 + value + 1;
    }
    Some((row.parse::<usize>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_from_its_letters_and_number() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("Z3"), Some((2, 25)));
        assert_eq!(place("AA10"), Some((9, 26)));
        assert_eq!(place("A0"), None);
        assert_eq!(place("7"), None);
        assert_eq!(place("AAAAAAAAAAAA1"), None);
    }
}
