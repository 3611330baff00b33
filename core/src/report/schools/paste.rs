//! Blocks of cells: pasted from a spreadsheet, or cleared back to the survey. What comes out is the
//! commands of one step and an account of every cell that was not taken.

use std::collections::HashMap;

use super::{CellError, Column, Edits, Table};
use crate::report::block::Block;
use crate::scenario::Command;

/// A pasted cell that is no value of its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCell {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: Column,
    /// What was pasted.
    pub text: String,
    /// Why it is not taken.
    pub error: CellError,
}

/// What a paste amounts to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The commands of the cells that change. A text that two rows of a unit share is one command.
    pub commands: Vec<Command>,
    /// Cells that change.
    pub changed: usize,
    /// Cells that say so already.
    pub same: usize,
    /// Cells that take nothing, because their figures follow from others.
    pub skipped: usize,
    /// Cells beyond the last row or column shown.
    pub beyond: usize,
    /// Cells that are no value of their column.
    pub bad: Vec<BadCell>,
}

/// Lays a block of texts over the table from the top left of `onto`. Where `onto` is a whole multiple
/// of the block it is filled with it, as spreadsheets do. `rows` and `columns` are those shown.
pub fn paste(
    table: &Table<'_>,
    rows: &[usize],
    columns: &[Column],
    onto: Block,
    block: &[Vec<String>],
) -> Pasted {
    let mut pasted = Pasted::default();
    let width = block.iter().map(Vec::len).max().unwrap_or(0);
    if width == 0 {
        return pasted;
    }
    let fills = onto.height().is_multiple_of(block.len()) && onto.width().is_multiple_of(width);
    let (high, wide) = if fills { (onto.height(), onto.width()) } else { (block.len(), width) };
    let mut units = HashMap::new();
    for down in 0..high {
        for right in 0..wide {
            let line = block.get(down % block.len());
            // A line that is shorter than the others leaves the rest as it is.
            let Some(text) = line.and_then(|line| line.get(right % width)) else { continue };
            let row = rows.get(onto.top + down);
            let Some((row, column)) = row.zip(columns.get(onto.left + right)) else {
                pasted.beyond += 1;
                continue;
            };
            take(table, *row, *column, text, &mut units, &mut pasted);
        }
    }
    pasted
}

/// What the texts of each unit become in this paste.
type Units = HashMap<(usize, Column), String>;

fn take(
    table: &Table<'_>,
    row: usize,
    column: Column,
    text: &str,
    units: &mut Units,
    pasted: &mut Pasted,
) {
    if !table.takes(row, column) {
        pasted.skipped += 1;
        return;
    }
    let mut bad = |error| {
        pasted.bad.push(BadCell { row, column, text: text.to_owned(), error });
    };
    let command = match table.edit(row, column, text) {
        Ok(command) => command,
        Err(error) => return bad(error),
    };
    if let (Edits::Unit(_), Some(holding)) = (column.edits(), table.holding(row)) {
        let said = text.trim().to_owned();
        match units.insert((holding.unit, column), said.clone()) {
            Some(before) if before != said => return bad(CellError::Disagrees),
            // The other row's command speaks for this one too.
            Some(_) => {
                match command {
                    Some(_) => pasted.changed += 1,
                    None => pasted.same += 1,
                }
                return;
            }
            None => {}
        }
    }
    match command {
        Some(command) => {
            pasted.changed += 1;
            pasted.commands.push(command);
        }
        None => pasted.same += 1,
    }
}

/// Puts every cell of some rows and columns back to what the survey says.
pub fn clear(table: &Table<'_>, rows: &[usize], columns: &[Column]) -> Pasted {
    let mut pasted = Pasted::default();
    let mut units = std::collections::HashSet::new();
    for row in rows {
        for column in columns {
            let Some(command) = table.restore(*row, *column) else {
                match table.takes(*row, *column) {
                    true => pasted.same += 1,
                    false => pasted.skipped += 1,
                }
                continue;
            };
            pasted.changed += 1;
            let unit = table.holding(*row).map(|holding| holding.unit);
            let first = match column.edits() {
                Edits::Unit(_) => units.insert((unit, *column)),
                _ => true,
            };
            if first {
                pasted.commands.push(command);
            }
        }
    }
    pasted
}
