//! A sheet as text: rows of cells in the places they have in the file, so that what is said about
//! a cell can be found again in the office program. It never interprets a cell.

/// A block of merged cells. All ends are included and count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First row.
    pub first_row: usize,
    /// Last row.
    pub last_row: usize,
    /// First column.
    pub first_column: usize,
    /// Last column.
    pub last_column: usize,
}

/// The cells of one sheet. Row 0 is row 1 of the sheet, column 0 is column A.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The sheet's name; empty for a text file.
    pub name: String,
    /// Rows of trimmed text; they may differ in length, and blank rows keep their place.
    pub rows: Vec<Vec<String>>,
    /// The merged blocks, already filled from their top left cell.
    pub merges: Vec<Merge>,
}

impl Grid {
    /// A grid without merged cells.
    pub fn new(name: &str, rows: Vec<Vec<String>>) -> Self {
        Self { name: name.to_owned(), rows, merges: Vec::new() }
    }

    /// The text of a cell; empty outside the grid.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|cells| cells.get(column)).map_or("", String::as_str)
    }

    /// Columns of the widest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Rows, blank ones included.
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// Whether the row has no text.
    pub fn is_blank(&self, row: usize) -> bool {
        self.rows.get(row).is_none_or(|cells| cells.iter().all(String::is_empty))
    }

    /// Fills every merged block from its top left cell, within the rows and columns that exist.
    pub(crate) fn fill_merges(&mut self, width: usize) {
        for merge in self.merges.clone() {
            let text = self.cell(merge.first_row, merge.first_column).to_owned();
            if text.is_empty() {
                continue;
            }
            let last_column = merge.last_column.min(width.saturating_sub(1));
            let height = merge.last_row.saturating_add(1).saturating_sub(merge.first_row);
            for cells in self.rows.iter_mut().skip(merge.first_row).take(height) {
                if cells.len() <= last_column {
                    cells.resize(last_column + 1, String::new());
                }
                let filled = cells.iter_mut().skip(merge.first_column);
                for cell in filled.take((last_column + 1).saturating_sub(merge.first_column)) {
                    // A covered cell may still hold text that the office program hides.
                    cell.clone_from(&text);
                }
            }
        }
    }
}

/// The letter of a column as office programs show it: 0 is A, 26 is AA.
pub fn column_letter(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match rest / 26 {
            0 => break,
            more => rest = more - 1,
        }
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_office_program() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letter(column), letters);
        }
    }

    #[test]
    fn a_merged_block_is_filled_and_stays_within_the_sheet() {
        let rows = vec![vec!["学生".to_owned()], vec![], vec!["x".to_owned()]];
        let mut grid = Grid::new("", rows);
        grid.merges.push(Merge { first_row: 0, last_row: 1, first_column: 0, last_column: 9 });
        grid.fill_merges(2);
        assert_eq!(grid.rows, [vec!["学生"; 2], vec!["学生"; 2], vec!["x"]]);
    }
}
