//! Text with separators: which encoding, which separator, and every line in its place.

use super::limits::{Builder, MAX_COLUMNS};
use super::{Gb18030, ReadError};
use crate::grid::Grid;

/// Decodes and splits. Gives the name of the encoding too.
pub(super) fn sheet(bytes: &[u8], gb18030: Gb18030<'_>) -> Result<(Grid, &'static str), ReadError> {
    let (text, encoding) = decode(bytes, gb18030)?;
    // Old Macs end lines with a bare return; one kind of end keeps the count of lines exact.
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (text, named) = named_separator(&text);
    let separator = named.unwrap_or_else(|| separator_of(text));
    let mut rows = split(text, separator, true)?;
    if swallowed(&rows, separator) {
        rows = split(text, separator, false)?;
    }
    if named.is_some() {
        // The line that names the separator keeps its place in the sheet.
        rows.insert(0, Vec::new());
    }
    Ok((Grid::new("", rows), encoding))
}

/// A mark at the start decides; then strict UTF-8; then what Chinese office programs write.
fn decode(bytes: &[u8], gb18030: Gb18030<'_>) -> Result<(String, &'static str), ReadError> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Ok((String::from_utf8_lossy(rest).into_owned(), "UTF-8"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Ok((utf16(rest, u16::from_le_bytes), "UTF-16"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Ok((utf16(rest, u16::from_be_bytes), "UTF-16"));
    }
    let head = bytes.get(..4 << 10).unwrap_or(bytes);
    if head.contains(&0) {
        return Err(ReadError::Unknown);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return printable(text, bytes.len()).map(|()| (text.to_owned(), "UTF-8"));
    }
    let text = gb18030(bytes).ok_or(ReadError::Unknown)?;
    // A few broken bytes are a scar; many mean that this is no text at all.
    let broken = text.chars().filter(|c| *c == '\u{fffd}').count();
    if broken * 100 > bytes.len() {
        return Err(ReadError::Unknown);
    }
    printable(&text, bytes.len()).map(|()| (text, "GB18030"))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let chars = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    chars.map(|c| c.unwrap_or('\u{fffd}')).collect()
}

fn printable(text: &str, bytes: usize) -> Result<(), ReadError> {
    let odd = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{1a}' | '\u{c}');
    let odd = text.chars().filter(odd).count();
    if odd * 200 > bytes { Err(ReadError::Unknown) } else { Ok(()) }
}

/// Excel writes `sep=;` as a first line of its own.
fn named_separator(text: &str) -> (&str, Option<u8>) {
    let Some((first, rest)) = text.split_once('\n') else { return (text, None) };
    match first.trim().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) if separator.is_ascii() => (rest, Some(*separator)),
        _ => (text, None),
    }
}

/// The separator that most of the first lines have most often, outside quotes.
fn separator_of(text: &str) -> u8 {
    let mut best = (0_usize, b',');
    for separator in [b',', b'\t', b';', b'|'] {
        let mut quoted = false;
        let mut counts = vec![0_usize];
        for byte in text.bytes().take(64 << 10) {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' if !quoted => {
                    if counts.len() >= 40 {
                        break;
                    }
                    counts.push(0);
                }
                other if other == separator && !quoted => {
                    if let Some(count) = counts.last_mut() {
                        *count += 1;
                    }
                }
                _ => {}
            }
        }
        let lines = counts.iter().filter(|count| **count > 0).count();
        let most = counts.iter().copied().max().unwrap_or(0).min(MAX_COLUMNS);
        if lines * most > best.0 {
            best = (lines * most, separator);
        }
    }
    best.1
}

/// Whether a quote that nobody closed has swallowed lines: a cell then holds many of them, with
/// separators of their own.
fn swallowed(rows: &[Vec<String>], separator: u8) -> bool {
    rows.iter().flatten().filter(|cell| cell.len() > 100).any(|cell| {
        let lines = cell.lines().filter(|line| line.bytes().any(|byte| byte == separator));
        lines.count() > 3
    })
}

/// Splits into rows. Without `quoting` a quote is a character like any other.
fn split(text: &str, separator: u8, quoting: bool) -> Result<Vec<Vec<String>>, ReadError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .quoting(quoting)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut builder = Builder::default();
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut row = 0_usize;
    loop {
        let before = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err(ReadError::Damaged),
        }
        // The reader skips blank lines, which are rows of the sheet all the same: lines passed,
        // less the record's own line and the line ends within its quotes.
        let passed = reader.position().line().saturating_sub(before);
        let inner = record.iter().flat_map(str::bytes).filter(|byte| *byte == b'\n').count();
        row += usize::try_from(passed).unwrap_or(0).saturating_sub(inner + 1);
        for (column, cell) in record.iter().enumerate() {
            builder.put(&mut rows, row, column, cell)?;
        }
        row += 1;
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

    use super::*;

    fn gb18030(bytes: &[u8]) -> Option<String> {
        Some(GB18030.decode_without_bom_handling(bytes).0.into_owned())
    }

    fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
        sheet(bytes, &gb18030).unwrap().0.rows
    }

    #[test]
    fn blank_lines_and_quoted_line_ends_keep_rows_in_place() {
        let text = "标题\r\n\r\n\r\n名称,人数\r\n\"城关\n小学\",12\r\n\r\n东关,3";
        let rows = rows(text.as_bytes());
        assert_eq!(rows[3], ["名称", "人数"]);
        assert_eq!(rows[4], ["城关\n小学", "12"]);
        assert!(rows[5].is_empty());
        assert_eq!(rows[6], ["东关", "3"]);
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "学校名称,在校生数\n城关小学,62\n";
        let (gbk, _, _) = GB18030.encode(text);
        let mut utf16 = vec![0xff, 0xfe];
        utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for (bytes, name) in
            [(text.as_bytes(), "UTF-8"), (&marked, "UTF-8"), (&gbk, "GB18030"), (&utf16, "UTF-16")]
        {
            let (grid, encoding) = sheet(bytes, &gb18030).unwrap();
            assert_eq!(encoding, name);
            assert_eq!(grid.rows[1], ["城关小学", "62"]);
        }
    }

    #[test]
    fn a_quote_that_nobody_closes_swallows_nothing() {
        let lines = "东关小学,02,688,16,37,36,城关镇,县城,小学,无\n".repeat(5);
        let rows = rows(format!("名称,代码,人数\n\"城关小学,01,512\n{lines}").as_bytes());
        assert_eq!(rows.len(), 7);
        assert_eq!(rows[1], ["\"城关小学", "01", "512"]);
    }

    #[test]
    fn separators_are_told_apart() {
        for text in ["a\tb\n1,5\t2", "a;b\n\"1,5\";2", "sep=;\na;b\n1,5;2"] {
            assert_eq!(*rows(text.as_bytes()).last().unwrap(), ["1,5", "2"]);
        }
    }
}
