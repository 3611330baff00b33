//! Excel 97–2003 workbooks. Only what a survey needs is read: shared strings, numbers, dates, the
//! stored results of formulas and merged cells. Written here because a broken file must end in a
//! message, never in a panic, which would kill the page. Layout after Microsoft's published
//! description of the format (MS-XLS).

use super::ReadError;
use super::limits::Builder;
use super::ole::{Container, long, word};
use super::serial::{built_in_date, date_text, number_text, shows_date};
use crate::grid::{Grid, Merge};

/// Every worksheet, in the order of the file.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Grid>, ReadError> {
    let container = Container::open(bytes)?;
    if container.has("EncryptedPackage") || container.has("EncryptionInfo") {
        return Err(ReadError::Protected);
    }
    if container.has("WordDocument") || container.has("PowerPoint Document") {
        return Err(ReadError::Document);
    }
    let Some(stream) = container.stream("Workbook") else {
        let old = container.has("Book");
        return Err(if old { ReadError::OtherWorkbook } else { ReadError::Unknown });
    };
    let book = Book::read(&stream)?;
    let mut builder = Builder::default();
    let mut grids = Vec::new();
    for (start, name) in &book.sheets {
        let mut grid = Grid::new(name, Vec::new());
        let stream = stream.get(*start..).ok_or(ReadError::Damaged)?;
        book.sheet(stream, &mut grid, &mut builder)?;
        grids.push(grid);
    }
    Ok(grids)
}

/// A record and those that continue it.
struct Record<'a> {
    kind: u16,
    parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    fn data(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

struct Records<'a> {
    stream: &'a [u8],
}

impl<'a> Records<'a> {
    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (word(self.stream, 0)?, usize::from(word(self.stream, 2)?));
        let data = self.stream.get(4..4 + length)?;
        self.stream = self.stream.get(4 + length..)?;
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.one()?;
        let mut parts = vec![data];
        while word(self.stream, 0) == Some(0x003c) {
            let Some((_, more)) = self.one() else { break };
            parts.push(more);
        }
        Some(Record { kind, parts })
    }
}

/// Reads strings that may run over into the continuing records.
struct Strings<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl Strings<'_> {
    fn left(&self) -> usize {
        self.parts.get(self.part).map_or(0, |part| part.len().saturating_sub(self.at))
    }

    fn advance(&mut self) -> Option<()> {
        self.part += 1;
        self.at = 0;
        (self.part < self.parts.len()).then_some(())
    }

    fn byte(&mut self) -> Option<u8> {
        while self.left() == 0 {
            self.advance()?;
        }
        let byte = *self.parts.get(self.part)?.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut value = 0_usize;
        for place in 0..bytes {
            value |= usize::from(self.byte()?) << (8 * place);
        }
        Some(value)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > self.left() {
            bytes -= self.left();
            self.advance()?;
        }
        self.at += bytes;
        Some(())
    }

    /// A string with its count of characters in `count_bytes` bytes.
    fn string(&mut self, count_bytes: u32) -> Option<String> {
        let count = self.number(count_bytes)?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let extra = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let mut wide = flags & 1 != 0;
        let mut units = Vec::with_capacity(count.min(1 << 12));
        while units.len() < count {
            if self.left() == 0 {
                self.advance()?;
                // A continued string says anew how wide its characters are.
                wide = self.byte()? & 1 != 0;
            }
            let width = if wide { 2 } else { 1 };
            units.push(u16::try_from(self.number(width)?).ok()?);
        }
        self.skip(runs.checked_mul(4)?.checked_add(extra)?)?;
        Some(String::from_utf16_lossy(&units))
    }
}

fn string(parts: &[&[u8]], at: usize, count_bytes: u32) -> Option<String> {
    Strings { parts, part: 0, at }.string(count_bytes)
}

#[derive(Default)]
struct Book {
    sheets: Vec<(usize, String)>,
    strings: Vec<String>,
    /// For each cell style, whether it shows dates.
    dates: Vec<bool>,
    from_1904: bool,
}

impl Book {
    fn read(stream: &[u8]) -> Result<Self, ReadError> {
        let mut book = Self::default();
        let mut formats = Vec::new();
        let mut styles = Vec::new();
        let mut seen = false;
        for record in (Records { stream }) {
            let data = record.data();
            match record.kind {
                0x0809 if word(data, 0) != Some(0x0600) => return Err(ReadError::OtherWorkbook),
                0x0809 => seen = true,
                // Whatever the way of encryption, it cannot be undone without the password.
                0x002f => return Err(ReadError::Protected),
                0x0022 => book.from_1904 = word(data, 0) == Some(1),
                0x041e => {
                    if let (Some(id), Some(text)) = (word(data, 0), string(&record.parts, 2, 2)) {
                        formats.push((id, shows_date(&text)));
                    }
                }
                0x00e0 => styles.push(word(data, 2).unwrap_or(0)),
                0x0085 => {
                    // Byte 5: 0 is a worksheet; charts and macros are others.
                    if let (Some(start), Some(0), Some(name)) =
                        (long(data, 0), data.get(5), string(&record.parts, 6, 1))
                    {
                        book.sheets.push((start as usize, name));
                    }
                }
                0x00fc => {
                    let mut reader = Strings { parts: &record.parts, part: 0, at: 4 };
                    reader.at = reader.at.saturating_add(4);
                    while let Some(text) = reader.string(2) {
                        book.strings.push(text);
                    }
                }
                0x000a => break,
                _ => {}
            }
        }
        if !seen {
            return Err(ReadError::Damaged);
        }
        let of = |id: &u16| match formats.iter().find(|(known, _)| known == id) {
            Some((_, date)) => *date,
            None => built_in_date(*id),
        };
        book.dates = styles.iter().map(of).collect();
        Ok(book)
    }

    fn number(&self, value: f64, style: Option<u16>) -> String {
        let date = style.and_then(|style| self.dates.get(usize::from(style)));
        if date == Some(&true) {
            return date_text(value, self.from_1904);
        }
        number_text(value)
    }

    fn sheet(
        &self,
        stream: &[u8],
        grid: &mut Grid,
        builder: &mut Builder,
    ) -> Result<(), ReadError> {
        let mut depth = 0_usize;
        // Where the text of a formula goes that follows in a record of its own.
        let mut awaiting = None;
        for record in (Records { stream }) {
            let data = record.data();
            match record.kind {
                0x0809 => depth += 1,
                0x000a if depth <= 1 => return Ok(()),
                0x000a => depth -= 1,
                // Charts inside the sheet hold cells of their own.
                _ if depth > 1 => {}
                0x00e5 => merges(data, grid),
                0x0207 => {
                    if let (Some((row, column)), Some(text)) =
                        (awaiting.take(), string(&record.parts, 0, 2))
                    {
                        builder.put(&mut grid.rows, row, column, &text)?;
                    }
                }
                kind => {
                    let (Some(row), Some(column)) = (word(data, 0), word(data, 2)) else {
                        continue;
                    };
                    let (row, column) = (usize::from(row), usize::from(column));
                    if kind == 0x00bd {
                        for (place, pair) in
                            data.get(4..).unwrap_or_default().chunks_exact(6).enumerate()
                        {
                            let Some(packed) = long(pair, 2) else { continue };
                            let text = self.number(packed_number(packed), word(pair, 0));
                            builder.put(&mut grid.rows, row, column + place, &text)?;
                        }
                        continue;
                    }
                    if kind == 0x0006 && formula_text_follows(data) {
                        awaiting = Some((row, column));
                        continue;
                    }
                    if let Some(text) = self.cell(kind, data, &record.parts) {
                        builder.put(&mut grid.rows, row, column, &text)?;
                    }
                }
            }
        }
        // Without an end the file was cut short.
        Err(ReadError::Damaged)
    }

    fn cell(&self, kind: u16, data: &[u8], parts: &[&[u8]]) -> Option<String> {
        let style = word(data, 4);
        match kind {
            0x00fd => self.strings.get(long(data, 6)? as usize).cloned(),
            0x0203 => Some(self.number(double(data, 6)?, style)),
            0x027e => Some(self.number(packed_number(long(data, 6)?), style)),
            0x0204 | 0x00d6 => string(parts, 6, 2),
            0x0205 => match data.get(7)? {
                0 => Some(truth(*data.get(6)?)),
                _ => Some(fault(*data.get(6)?)),
            },
            0x0006 if word(data, 12)? == 0xffff => match data.get(6)? {
                1 => Some(truth(*data.get(8)?)),
                2 => Some(fault(*data.get(8)?)),
                _ => None,
            },
            0x0006 => Some(self.number(double(data, 6)?, style)),
            _ => None,
        }
    }
}

fn formula_text_follows(data: &[u8]) -> bool {
    word(data, 12) == Some(0xffff) && data.get(6) == Some(&0)
}

fn double(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

/// Numbers packed into four bytes: a whole number or the top of a double, perhaps in hundredths.
fn packed_number(packed: u32) -> f64 {
    let value = if packed & 2 != 0 {
        f64::from(packed.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

fn truth(byte: u8) -> String {
    if byte == 0 { "FALSE" } else { "TRUE" }.to_owned()
}

fn fault(byte: u8) -> String {
    match byte {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
    .to_owned()
}

fn merges(data: &[u8], grid: &mut Grid) {
    for block in data.get(2..).unwrap_or_default().chunks_exact(8) {
        let end = |at| word(block, at).map(usize::from);
        if let (Some(first_row), Some(last_row), Some(first_column), Some(last_column)) =
            (end(0), end(2), end(4), end(6))
        {
            grid.merges.push(Merge { first_row, last_row, first_column, last_column });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_unpack() {
        assert_eq!(packed_number((62 << 2) | 2), 62.0);
        assert_eq!(packed_number((12_345 << 2) | 3), 123.45);
        let high = u32::try_from(2.5_f64.to_bits() >> 32).unwrap();
        assert_eq!(packed_number(high), 2.5);
    }

    #[test]
    fn a_string_runs_over_into_the_next_record() {
        let first: &[u8] = &[4, 0, 1, 0xf0, 0x53, 0x08, 0x62];
        let second: &[u8] = &[0, b'a', b'b'];
        assert_eq!(string(&[first, second], 0, 2).as_deref(), Some("台\u{6208}ab"));
    }
}
