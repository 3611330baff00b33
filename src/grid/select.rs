//! What is chosen: one active cell, and the block between it and a second corner. Places are those
//! shown on the screen. Pure; it knows no element.

use bianheng_core::report::block::Block;

/// A cell on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Place among the rows shown.
    pub row: usize,
    /// Place among the columns shown.
    pub column: usize,
}

/// A way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
    Left,
    Right,
    /// First row.
    Top,
    /// Last row.
    Bottom,
    /// First column.
    Start,
    /// Last column.
    End,
    /// First cell of all.
    First,
    /// Last cell of all.
    Last,
    PageUp,
    PageDown,
}

/// How far the table goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    pub rows: usize,
    pub columns: usize,
    /// Rows that one page moves by.
    pub page: usize,
}

impl Bounds {
    /// Whether there is no cell at all.
    pub fn is_empty(&self) -> bool {
        self.rows == 0 || self.columns == 0
    }

    /// The nearest cell that exists.
    pub fn clamp(&self, spot: Spot) -> Spot {
        Spot {
            row: spot.row.min(self.rows.saturating_sub(1)),
            column: spot.column.min(self.columns.saturating_sub(1)),
        }
    }

    fn go(&self, from: Spot, way: Move) -> Spot {
        let Spot { row, column } = from;
        let (bottom, end) = (self.rows.saturating_sub(1), self.columns.saturating_sub(1));
        self.clamp(match way {
            Move::Up => Spot { row: row.saturating_sub(1), column },
            Move::Down => Spot { row: row + 1, column },
            Move::Left => Spot { row, column: column.saturating_sub(1) },
            Move::Right => Spot { row, column: column + 1 },
            Move::Top => Spot { row: 0, column },
            Move::Bottom => Spot { row: bottom, column },
            Move::Start => Spot { row, column: 0 },
            Move::End => Spot { row, column: end },
            Move::First => Spot { row: 0, column: 0 },
            Move::Last => Spot { row: bottom, column: end },
            Move::PageUp => Spot { row: row.saturating_sub(self.page), column },
            Move::PageDown => Spot { row: row + self.page, column },
        })
    }
}

/// What is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// The active cell: what is typed goes here.
    pub active: Spot,
    /// The other corner of the block; the active cell itself where there is no block.
    pub corner: Spot,
}

impl Selection {
    /// One cell.
    pub fn one(spot: Spot) -> Self {
        Self { active: spot, corner: spot }
    }

    /// The block that is chosen.
    pub fn block(&self) -> Block {
        let (a, b) = (self.active, self.corner);
        Block {
            top: a.row.min(b.row),
            bottom: a.row.max(b.row),
            left: a.column.min(b.column),
            right: a.column.max(b.column),
        }
    }

    /// Goes on: to another cell, or with the corner alone to another block.
    #[must_use]
    pub fn go(&self, way: Move, extend: bool, bounds: Bounds) -> Self {
        if extend {
            Self { active: self.active, corner: bounds.go(self.corner, way) }
        } else {
            Self::one(bounds.go(self.active, way))
        }
    }

    /// The same cells, as far as they still exist.
    #[must_use]
    pub fn clamp(&self, bounds: Bounds) -> Self {
        Self { active: bounds.clamp(self.active), corner: bounds.clamp(self.corner) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    const BOUNDS: Bounds = Bounds { rows: 100, columns: 5, page: 20 };

    #[wasm_bindgen_test]
    fn a_cell_stays_in_the_table() {
        let start = Selection::one(Spot { row: 0, column: 0 });
        assert_eq!(start.go(Move::Up, false, BOUNDS), start);
        assert_eq!(start.go(Move::Left, false, BOUNDS), start);
        let last = start.go(Move::Last, false, BOUNDS);
        assert_eq!(last.active, Spot { row: 99, column: 4 });
        assert_eq!(last.go(Move::PageDown, false, BOUNDS), last);
        assert_eq!(last.go(Move::PageUp, false, BOUNDS).active.row, 79);
    }

    #[wasm_bindgen_test]
    fn a_block_grows_from_the_active_cell() {
        let start = Selection::one(Spot { row: 5, column: 2 });
        let block = start.go(Move::Down, true, BOUNDS).go(Move::Left, true, BOUNDS);
        assert_eq!(block.active, start.active);
        assert_eq!(block.block(), Block { top: 5, bottom: 6, left: 1, right: 2 });
        assert_eq!(block.go(Move::Down, false, BOUNDS), start.go(Move::Down, false, BOUNDS));
    }

    #[wasm_bindgen_test]
    fn fewer_rows_move_the_cell_to_the_last() {
        let spot = Selection::one(Spot { row: 50, column: 4 });
        let fewer = Bounds { rows: 3, columns: 2, page: 1 };
        assert_eq!(spot.clamp(fewer).active, Spot { row: 2, column: 1 });
        assert!(Bounds { rows: 0, ..fewer }.is_empty());
    }
}
