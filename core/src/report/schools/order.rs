//! The order of the rows. Ties stand by unit code, then by stage, whatever the direction: an order
//! never depends on how the survey was written down.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::{Cell, Column, Filter, Table};
use crate::order::InOrder;

/// By which column, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// Greatest first.
    pub down: bool,
}

/// The rows that a filter wants, in order: without a sort as the survey has them. Townships stand in
/// the order in which the survey first names them; unknown cells stand last either way.
pub fn order(table: &Table<'_>, filter: &Filter, sort: Option<Sort>) -> Vec<usize> {
    let text = filter.text.trim().to_lowercase();
    let wanted = (0..table.rows()).filter(|row| filter.wants(table, *row, &text));
    let Some(sort) = sort else { return wanted.collect() };

    let places: HashMap<&str, u64> = match sort.column {
        Column::Township => table.townships().into_iter().zip(0..).collect(),
        _ => HashMap::new(),
    };
    let key = |row: usize| match table.cell(row, sort.column) {
        // A township that only institutions have stands after the others.
        Cell::Text(name) if sort.column == Column::Township => {
            Cell::Count(places.get(name).copied().unwrap_or(u64::from(u32::MAX)))
        }
        cell => cell,
    };
    let mut rows: Vec<(Cell<'_>, usize)> = wanted.map(|row| (key(row), row)).collect();
    let id = |row: usize| {
        let unit = table.unit(row).map(|unit| &unit.code);
        unit.zip(table.holding(row).map(|holding| &holding.part))
    };
    rows.order_by(|(a, a_row), (b, b_row)| {
        let by_cell = match (a, b) {
            (Cell::Nothing, Cell::Nothing) => Ordering::Equal,
            (Cell::Nothing, _) => Ordering::Greater,
            (_, Cell::Nothing) => Ordering::Less,
            (a, b) if sort.down => b.order(a),
            (a, b) => a.order(b),
        };
        by_cell.then_with(|| id(*a_row).cmp(&id(*b_row)))
    });
    rows.into_iter().map(|(_, row)| row).collect()
}
