//! Rows that are no schools, and what rows of totals say against the sum of their parts.

use std::collections::BTreeMap;

use super::cells::Cells;
use super::{Figure, Fix, Kind, Outcome, Severity};
use crate::grid::Grid;
use crate::recognise::{Field, key};

/// What a row is, before its figures are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A school, a stage of it or a grade of it.
    School,
    /// Totals.
    Totals(Total),
    /// Something else, with the reason why it is left out.
    Other(Kind),
}

/// What a row of totals sums up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Total {
    /// Every school.
    All,
    /// The rows before it, or below it, up to another such row.
    Part,
}

fn total_of(text: &str) -> Option<Total> {
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let word = key(text);
    let ends = |words: &[&str]| words.iter().any(|end| word.ends_with(end));
    if ends(&["小计", "分计"]) || matches!(word.as_str(), "subtotal" | "subtotals") {
        Some(Total::Part)
    } else if ends(&["合计", "总计", "共计", "总数"])
        || matches!(word.as_str(), "total" | "totals" | "grandtotal" | "sum" | "全县" | "计")
    {
        Some(Total::All)
    } else {
        None
    }
}

/// Whether one of the first three filled cells says that the row sums up others.
pub(crate) fn is_total_row(grid: &Grid, row: usize) -> bool {
    let cells = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
    let filled = cells.iter().filter(|cell| !cell.is_empty()).take(3);
    filled.map(String::as_str).any(|cell| total_of(cell).is_some())
}

const NOTES: [&str; 16] = [
    "注:",
    "注：",
    "注1",
    "说明",
    "填表",
    "制表",
    "填报",
    "审核",
    "单位负责人",
    "负责人",
    "备注",
    "数据来源",
    "联系人",
    "单位(盖章)",
    "source:",
    "note:",
];

/// Tells what a row is.
pub(super) fn kind_of(cells: &Cells<'_>, row: usize) -> RowKind {
    if cells.options.skip.contains(&row) {
        return RowKind::Other(Kind::Skipped);
    }
    let width = cells.mapping.columns.len();
    let filled = || (0..width).map(|at| cells.cell(row, at)).filter(|cell| !cell.is_empty());
    if let Some(total) = filled().take(3).find_map(total_of) {
        return RowKind::Totals(total);
    }
    let name = cells.text(row, Field::Name);
    if name.contains("填写时删去本行") || name.contains("delete this row") {
        return RowKind::Other(Kind::ExampleRow);
    }
    let first = filled().next().unwrap_or_default();
    let narrow = crate::recognise::narrow(first);
    let note = NOTES.iter().any(|mark| narrow.starts_with(mark));
    let figures = cells
        .mapping
        .columns
        .iter()
        .filter(|column| column.field.is_some_and(Field::is_count))
        .any(|column| cells.quiet_count(row, column.index).is_some());
    if !figures {
        let texts: std::collections::BTreeSet<&str> = filled().collect();
        let code = cells.text(row, Field::UnitCode);
        // A note stands alone, or merged over the width of the table.
        if note || (texts.len() == 1 && (code.is_empty() || code == first) && width > 2) {
            return RowKind::Other(Kind::NoteRow);
        }
    }
    if is_header_again(cells, row) {
        return RowKind::Other(Kind::HeaderAgain);
    }
    if let (Some(wanted), Some(column)) = (&cells.options.only_county, cells.column(Field::County))
        && cells.cell(row, column) != wanted
    {
        return RowKind::Other(Kind::OtherCounty { county: cells.cell(row, column).to_owned() });
    }
    RowKind::School
}

fn is_header_again(cells: &Cells<'_>, row: usize) -> bool {
    let headed = cells.mapping.columns.iter().filter(|column| !column.key.is_empty());
    let (mut same, mut filled) = (0, 0);
    for column in headed {
        let cell = cells.cell(row, column.index);
        if cell.is_empty() {
            continue;
        }
        filled += 1;
        if cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            // Rows of figures are by far the most.
            return false;
        }
        same += usize::from(cell == column.header || key(cell) == column.key);
    }
    filled >= 2 && same * 10 >= filled * 8
}

/// Compares rows of totals with the schools that they sum up, and lists them.
pub(super) fn compare(
    cells: &mut Cells<'_>,
    kinds: &[(usize, RowKind)],
    outcomes: &BTreeMap<usize, Outcome>,
) {
    let columns: Vec<(Figure, usize)> = [
        (Figure::Students, Field::Students),
        (Figure::Classes, Field::Classes),
        (Figure::Boarders, Field::Boarders),
        (Figure::Authorised, Field::Authorised),
        (Figure::InPost, Field::InPost),
        (Figure::Teachers, Field::Teachers),
    ]
    .into_iter()
    .filter_map(|(figure, field)| Some((figure, cells.column(field)?)))
    .collect();
    if !kinds.iter().any(|(_, kind)| matches!(kind, RowKind::Totals(_))) {
        return;
    }
    let counted = |row: &usize| outcomes.get(row) != Some(&Outcome::Duplicate);
    let sum = |cells: &Cells<'_>, rows: &[usize], column: usize| -> u64 {
        rows.iter().filter_map(|row| cells.quiet_count(*row, column)).map(u64::from).sum()
    };
    let all: Vec<usize> = kinds
        .iter()
        .filter(|(row, kind)| *kind == RowKind::School && counted(row))
        .map(|(row, _)| *row)
        .collect();
    for (place, (row, kind)) in kinds.iter().enumerate() {
        let RowKind::Totals(total) = kind else { continue };
        let parts: Vec<Vec<usize>> = match total {
            Total::All => vec![all.clone()],
            Total::Part => {
                let school =
                    |(row, kind): &&(usize, RowKind)| *kind == RowKind::School && counted(row);
                let part = |(_, kind): &&(usize, RowKind)| !matches!(kind, RowKind::Totals(_));
                let before = kinds.get(..place).unwrap_or_default().iter().rev();
                let after = kinds.get(place + 1..).unwrap_or_default().iter();
                vec![
                    before.take_while(part).filter(school).map(|(row, _)| *row).collect(),
                    after.take_while(part).filter(school).map(|(row, _)| *row).collect(),
                ]
            }
        };
        let differences = |rows: &Vec<usize>| -> Vec<(Figure, usize, u32, u64)> {
            let stated = columns.iter().filter_map(|(figure, column)| {
                Some((*figure, *column, cells.quiet_count(*row, *column)?))
            });
            let compared = stated
                .map(|(figure, column, stated)| (figure, column, stated, sum(cells, rows, column)));
            compared.filter(|(_, _, stated, sum)| u64::from(*stated) != *sum).collect()
        };
        // Subtotals stand below their rows in some surveys, above them in others.
        let found: Vec<_> = parts.iter().filter(|rows| !rows.is_empty()).map(differences).collect();
        let found = found.into_iter().min_by_key(Vec::len).unwrap_or_default();
        if found.is_empty() {
            cells.row_finding(Severity::LeftOut, Kind::TotalsAgree, *row, Fix::Nothing);
        }
        for (figure, column, stated, sum) in found {
            let kind = Kind::TotalsDiffer { figure, stated, sum };
            cells.cell_finding(Severity::LookAt, kind, *row, Some(column), Fix::SkipRow);
        }
    }
}
