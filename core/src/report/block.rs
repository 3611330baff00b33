//! Blocks of cells: a rectangle of a table, and its text in the tab-separated form in which Excel
//! and WPS put it on the clipboard, or as CSV for a file. It knows nothing of what the cells mean.

/// A rectangle of cells: places among the rows and columns shown, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// First row.
    pub top: usize,
    /// Last row.
    pub bottom: usize,
    /// First column.
    pub left: usize,
    /// Last column.
    pub right: usize,
}

impl Block {
    /// Rows in it.
    pub fn height(&self) -> usize {
        self.bottom.saturating_sub(self.top) + 1
    }

    /// Columns in it.
    pub fn width(&self) -> usize {
        self.right.saturating_sub(self.left) + 1
    }

    /// Its part of the rows shown.
    pub fn rows<'a, T>(&self, rows: &'a [T]) -> &'a [T] {
        rows.get(self.top..rows.len().min(self.bottom + 1)).unwrap_or_default()
    }

    /// Its part of the columns shown.
    pub fn columns<'a, T>(&self, columns: &'a [T]) -> &'a [T] {
        columns.get(self.left..columns.len().min(self.right + 1)).unwrap_or_default()
    }
}

/// Reads a block from the clipboard. A cell in quotation marks may hold tabs, line ends and doubled
/// quotation marks; a quotation mark inside an unquoted cell stands for itself. The line end that
/// closes the last line makes no line of its own. Lines may differ in length.
pub fn read_tsv(text: &str) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (cell, after) = match rest.strip_prefix('"').and_then(quoted) {
            Some(found) => found,
            None => {
                let end = rest.find(['\t', '\n', '\r']).unwrap_or(rest.len());
                let (cell, after) = rest.split_at(end);
                (cell.to_owned(), after)
            }
        };
        line.push(cell);
        if let Some(after) = after.strip_prefix('\t') {
            rest = after;
            if rest.is_empty() {
                line.push(String::new());
            }
            continue;
        }
        lines.push(std::mem::take(&mut line));
        rest =
            after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])).unwrap_or("");
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// What stands before the closing quotation mark, and what follows it. `None` where the mark opens
/// no quoted cell: nothing closes it, or the cell goes on after it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None if after.is_empty() || after.starts_with(['\t', '\n', '\r']) => {
                return Some((cell, after));
            }
            None => return None,
        }
    }
}

/// Writes a block for the clipboard, each line closed as spreadsheets close it.
pub fn write_tsv(lines: &[Vec<String>]) -> String {
    write(lines, '\t')
}

/// Writes a block as a CSV file. It starts with the mark by which Excel knows UTF-8, and a text
/// that a spreadsheet would take for a formula is kept a text by an apostrophe.
pub fn write_csv(lines: &[Vec<String>]) -> String {
    let guarded: Vec<Vec<String>> =
        lines.iter().map(|line| line.iter().map(|cell| guard(cell)).collect()).collect();
    format!("\u{feff}{}", write(&guarded, ','))
}

fn guard(cell: &str) -> String {
    let number = cell.strip_prefix('-').unwrap_or(cell).bytes();
    let is_number = number.clone().len() > 0
        && number.clone().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if cell.starts_with(['=', '+', '-', '@']) && !is_number {
        return format!("'{cell}");
    }
    cell.to_owned()
}

fn write(lines: &[Vec<String>], separator: char) -> String {
    let mut out = String::new();
    for line in lines {
        for (at, cell) in line.iter().enumerate() {
            if at > 0 {
                out.push(separator);
            }
            if cell.contains([separator, '\n', '\r', '"']) {
                out.push('"');
                out.push_str(&cell.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(cell);
            }
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(of: &[&[&str]]) -> Vec<Vec<String>> {
        of.iter().map(|line| line.iter().map(|&cell| cell.to_owned()).collect()).collect()
    }

    #[test]
    fn a_block_from_a_spreadsheet_reads_as_its_cells() {
        assert_eq!(read_tsv("1\t2\r\n3\t\r\n"), lines(&[&["1", "2"], &["3", ""]]));
        assert_eq!(read_tsv("12"), lines(&[&["12"]]));
        assert_eq!(read_tsv("a\n\nb\n"), lines(&[&["a"], &[""], &["b"]]));
        assert_eq!(read_tsv(""), lines(&[]));
        assert_eq!(read_tsv("a\t"), lines(&[&["a", ""]]));
    }

    #[test]
    fn quotation_marks_hold_a_cell_together_only_where_they_open_and_close_it() {
        assert_eq!(read_tsv("\"a\nb\"\tc\n"), lines(&[&["a\nb", "c"]]));
        assert_eq!(read_tsv("\"say \"\"no\"\"\""), lines(&[&["say \"no\""]]));
        assert_eq!(read_tsv("\"\" x\ty"), lines(&[&["\"\" x", "y"]]));
        assert_eq!(read_tsv("5\" pipe\tz"), lines(&[&["5\" pipe", "z"]]));
        assert_eq!(read_tsv("\"open"), lines(&[&["\"open"]]));
    }

    #[test]
    fn what_is_written_reads_back() {
        let block = lines(&[&["a\tb", "say \"no\"", "", "行\n二"], &["1", "2", "3", "4"]]);
        assert_eq!(read_tsv(&write_tsv(&block)), block);
    }

    #[test]
    fn a_csv_never_starts_a_formula() {
        let csv = write_csv(&lines(&[&["=1+1", "-9", "-x", "a,b", "9.75"]]));
        assert_eq!(csv, "\u{feff}'=1+1,-9,'-x,\"a,b\",9.75\r\n");
    }
}
