//! How large a file may be, and how an archive is measured before anything of it is kept.

use std::io::Read;

use super::ReadError;
use super::xml::Archive;
use crate::grid::Grid;

/// Bytes of a file.
pub const MAX_BYTES: usize = 64 << 20;
/// Bytes of an archive when unpacked.
pub const MAX_INFLATED: u64 = 256 << 20;
/// Rows of a sheet.
pub const MAX_ROWS: usize = 200_000;
/// Columns of a sheet.
pub const MAX_COLUMNS: usize = 512;
/// Filled cells of a file.
pub const MAX_CELLS: usize = 4_000_000;
/// Characters of a cell; office programs allow 32,767.
pub(super) const MAX_CELL_CHARS: usize = 32_767;

/// Bytes of text in all cells.
pub(super) const MAX_TEXT: usize = 256 << 20;
/// Unpacked bytes for each packed byte. Sheets full of one repeated row reach about 100.
const MAX_RATIO: u64 = 250;
/// Below this many unpacked bytes the ratio does not matter.
const RATIO_FROM: u64 = 8 << 20;
/// Deflate makes at most this many bytes out of one.
const DEFLATE_MOST: u64 = 1_032;
/// Entries of an archive.
const MAX_ENTRIES: usize = 10_000;

/// Refuses an archive that is too large or packed too tightly. The sizes it declares are looked at
/// first; where it could still hide more than it declares, it is unpacked into nothing, counting.
pub(super) fn measure(archive: &mut Archive<'_>) -> Result<(), ReadError> {
    if archive.len() > MAX_ENTRIES {
        return Err(ReadError::TooLarge);
    }
    let (mut packed, mut unpacked) = (0_u64, 0_u64);
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|_| ReadError::Damaged)?;
        packed = packed.saturating_add(entry.compressed_size());
        unpacked = unpacked.saturating_add(entry.size());
        check(packed, unpacked)?;
    }
    if packed.saturating_mul(DEFLATE_MOST) <= MAX_INFLATED {
        return Ok(());
    }
    let mut counted = 0_u64;
    let mut buffer = vec![0; 64 << 10];
    for at in 0..archive.len() {
        // An entry that does not unpack is judged by whoever needs it.
        let Ok(mut entry) = archive.by_index(at) else { continue };
        while let Ok(more) = entry.read(&mut buffer) {
            if more == 0 {
                break;
            }
            counted = counted.saturating_add(more as u64);
            check(packed, counted)?;
        }
    }
    Ok(())
}

fn check(packed: u64, unpacked: u64) -> Result<(), ReadError> {
    let tight = unpacked > RATIO_FROM && unpacked > packed.saturating_mul(MAX_RATIO);
    if unpacked > MAX_INFLATED || tight { Err(ReadError::TooLarge) } else { Ok(()) }
}

/// Puts cells where they belong and counts them, so that no sheet outgrows the limits.
#[derive(Default)]
pub(super) struct Builder {
    cells: usize,
    bytes: usize,
}

impl Builder {
    /// Puts a text at its place. Blank text takes no room.
    pub(super) fn put(
        &mut self,
        rows: &mut Vec<Vec<String>>,
        row: usize,
        column: usize,
        text: &str,
    ) -> Result<(), ReadError> {
        let text = text.trim_matches(blank);
        if text.is_empty() {
            return Ok(());
        }
        if row >= MAX_ROWS {
            return Err(ReadError::TooManyRows);
        }
        if column >= MAX_COLUMNS {
            return Err(ReadError::TooManyColumns);
        }
        self.cells += 1;
        self.bytes += text.len();
        if self.cells > MAX_CELLS {
            return Err(ReadError::TooManyCells);
        }
        if self.bytes > MAX_TEXT {
            return Err(ReadError::TooLarge);
        }
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        if let Some(cells) = rows.get_mut(row) {
            if cells.len() <= column {
                cells.resize_with(column + 1, String::new);
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = text.chars().take(MAX_CELL_CHARS).collect();
            }
        }
        Ok(())
    }
}

/// What is trimmed from the ends of a cell: blanks of every width and marks that cannot be seen.
pub(super) fn blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// Fills merged cells and drops blank rows and cells at the ends.
pub(super) fn tidy(grid: &mut Grid) {
    let width = grid.width();
    grid.fill_merges(width);
    for cells in &mut grid.rows {
        let used = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
        cells.truncate(used);
    }
    let used = grid.rows.iter().rposition(|cells| !cells.is_empty()).map_or(0, |at| at + 1);
    grid.rows.truncate(used);
}
