//! The rows of the table as they are shown.

use bianheng_core::report::schools::{Cell, Column, Table};
use bianheng_core::scenario::By;
use bianheng_core::text::{Lang, number, schools};

use crate::grid::{CellView, Look, RowView};

/// A row. `number` counts the rows of the survey.
pub fn row(table: &Table<'_>, row: usize, columns: &[Column], lang: Lang) -> Option<RowView> {
    let id = table.id(row)?;
    let cells = columns.iter().map(|column| cell(table, row, *column, lang)).collect();
    Some(RowView { id: id.to_string(), number: (row + 1).to_string(), cells })
}

fn cell(table: &Table<'_>, row: usize, column: Column, lang: Lang) -> CellView {
    let value = table.cell(row, column);
    let before = table.before(row, column);
    let by_hand = column == Column::Authorised && matches!(table.by(row), Some(By::Hand { .. }));
    let locked = column == Column::Authorised && table.is_locked(row);
    let quiet = matches!(column, Column::Code | Column::Township | Column::Locality);
    let look = Look {
        soft: quiet || matches!(value, Cell::Nothing | Cell::Vacancy(0)),
        strong: column == Column::Entitled,
        changed: before.is_some(),
        corner: by_hand,
        basis: table.basis(row) == Some(column),
        locked,
    };
    // A struck-through name would leave no room for the new one.
    let old = before.filter(|_| column.is_figure()).map(|old| old.shown(lang));
    let mut title = Vec::new();
    if column == Column::Name {
        title.push(value.shown(lang));
    }
    if let Some(old) = before {
        title.push(schools::WAS.with(lang, &[("old", &old.shown(lang))]));
    }
    if by_hand {
        title.push(reason(table, row, lang));
    }
    if locked {
        title.push(schools::LOCKED.get(lang).to_owned());
    }
    CellView {
        text: value.shown(lang),
        mark: mark(&value),
        old,
        title: (!title.is_empty()).then(|| title.join("\n")),
        look,
    }
}

/// Why the posts of a row were set by hand.
pub fn reason(table: &Table<'_>, row: usize, lang: Lang) -> String {
    match table.by(row) {
        Some(By::Hand { reason, document, .. }) if !document.is_empty() => {
            let none = schools::REASON_NONE.get(lang);
            let reason = if reason.is_empty() { none } else { reason };
            schools::REASON_DOCUMENT.with(lang, &[("reason", &reason), ("document", document)])
        }
        Some(By::Hand { reason, .. }) if !reason.is_empty() => {
            schools::REASON_GIVEN.with(lang, &[("reason", reason)])
        }
        _ => schools::REASON_NONE.get(lang).to_owned(),
    }
}

/// The sums at the foot.
pub fn totals(table: &Table<'_>, rows: &[usize], columns: &[Column], lang: Lang) -> Vec<CellView> {
    let one = |column: &Column| {
        let (text, mark) = match column {
            Column::Name => {
                (schools::SUM_ROWS.with(lang, &[("n", &number::count(rows.len() as u64))]), "")
            }
            _ => match table.total(rows, *column) {
                Cell::Nothing => (String::new(), ""),
                value => (value.shown(lang), mark(&value)),
            },
        };
        CellView { text, mark, ..CellView::default() }
    };
    columns.iter().map(one).collect()
}

/// The class of a text: signs have their colours.
fn mark(cell: &Cell<'_>) -> &'static str {
    match cell {
        Cell::Margin(..0) => "m-short",
        Cell::Margin(0) => "m-zero",
        Cell::Margin(1..) => "m-over",
        Cell::Vacancy(..0) => "excess",
        Cell::Nothing => "na",
        _ => "",
    }
}
