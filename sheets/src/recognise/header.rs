//! Where the header stands: under titles and notes, on one line or up to three, perhaps with a
//! line of units or of column numbers below.

use super::words::{Said, said};
use super::{Column, State, normal};
use crate::grid::Grid;

/// Lines from the top in which the header is looked for.
const SEARCHED: usize = 40;
/// Lines that a header may have.
const DEEPEST: usize = 3;

/// Where the header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// First line.
    pub first: usize,
    /// Lines; 0 where there is no header.
    pub depth: usize,
    /// First row of data.
    pub data: usize,
}

/// Finds the lines whose words are known best.
pub(super) fn find(grid: &Grid) -> Place {
    let width = grid.width();
    let mut best: Option<(i64, Place)> = None;
    for first in 0..grid.height().min(SEARCHED) {
        if is_title(grid, first) {
            continue;
        }
        for depth in 1..=DEEPEST.min(grid.height() - first) {
            let Some(score) = score(grid, first, depth, width) else { continue };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, Place { first, depth, data: first + depth }));
            }
        }
    }
    let mut place = match best {
        Some((_, place)) => place,
        None => {
            let first = (0..grid.height()).find(|row| !is_title(grid, *row)).unwrap_or(0);
            Place { first, depth: 0, data: first }
        }
    };
    if place.depth > 0 {
        while place.data < grid.height() && is_under_header(grid, place.data) {
            place.data += 1;
        }
    }
    place
}

/// A line of one text, in one cell or merged over many, is a title or a note; a blank one is none.
fn is_title(grid: &Grid, row: usize) -> bool {
    let Some(cells) = grid.rows.get(row) else { return true };
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    match filled.next() {
        None => true,
        Some(first) => filled.all(|cell| cell == first),
    }
}

fn score(grid: &Grid, first: usize, depth: usize, width: usize) -> Option<i64> {
    let mut seen: Vec<Said> = Vec::new();
    let mut score = 0;
    for column in 0..width {
        let said = said(&normal::key(&text(grid, first, depth, column)));
        if said == Said::Nothing || seen.contains(&said) {
            continue;
        }
        score += match said {
            Said::Sure(_) => 10,
            Said::Either(_) => 7,
            Said::Serial | Said::OtherYear => 3,
            Said::Nothing => 0,
        };
        seen.push(said);
    }
    let meanings = seen.iter().filter(|said| matches!(said, Said::Sure(_) | Said::Either(_)));
    if meanings.count() < 2 {
        return None;
    }
    for row in first..first + depth {
        let cells = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        let figures = cells.iter().filter(|cell| is_figure(cell)).count();
        score -= 6 * i64::try_from(figures).unwrap_or(i64::MAX / 8);
        if row > first && is_title(grid, row) {
            score -= 6;
        }
    }
    // One line less is better where it says as much.
    Some(score - i64::try_from(depth).unwrap_or(0))
}

/// A number that is no year and no grade: headers have none.
fn is_figure(cell: &str) -> bool {
    let number: Option<f64> = cell.parse().ok();
    number.is_some_and(|number| !(1990.0..=2100.0).contains(&number))
}

/// A line of units, or of column numbers (甲 乙 1 2 3), below the header.
fn is_under_header(grid: &Grid, row: usize) -> bool {
    let Some(cells) = grid.rows.get(row) else { return false };
    let filled: Vec<String> = cells
        .iter()
        .filter(|cell| !cell.is_empty())
        .map(|cell| normal::narrow(cell).replace(['(', ')'], "").trim().to_owned())
        .collect();
    if filled.is_empty() {
        return false;
    }
    const UNITS: [&str; 9] = ["人", "个", "名", "所", "班", "个班", "-", "—", "度"];
    if filled.iter().all(|cell| UNITS.contains(&cell.as_str())) {
        return true;
    }
    const MARKS: [&str; 7] = ["甲", "乙", "丙", "丁", "戊", "栏次", "列号"];
    let numbers: Vec<i64> = filled.iter().filter_map(|cell| cell.parse().ok()).collect();
    let marks = filled.iter().filter(|cell| MARKS.contains(&cell.as_str())).count();
    numbers.len() >= 3
        && numbers.len() + marks == filled.len()
        && numbers.windows(2).all(|pair| matches!(pair, [a, b] if a.checked_add(1) == Some(*b)))
}

/// The header of a column: its lines joined, repeats left out. A group written only above its
/// first column reaches over the columns below which it stands.
fn text(grid: &Grid, first: usize, depth: usize, column: usize) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let last = first + depth - 1;
    let below = grid.cell(last, column);
    for row in first..=last {
        let mut part = grid.cell(row, column);
        if part.is_empty() && row < last && !below.is_empty() && !stands_alone(below) {
            part = group(grid, row, column, last);
        }
        if !part.is_empty() && parts.last() != Some(&part) {
            parts.push(part);
        }
    }
    parts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn stands_alone(header: &str) -> bool {
    matches!(said(&normal::key(header)), Said::Sure(_) | Said::Serial)
}

fn group(grid: &Grid, row: usize, column: usize, last: usize) -> &str {
    for before in (0..column).rev() {
        let above = grid.cell(row, before);
        let below = grid.cell(last, before);
        // A column with nothing below its head is no group.
        if below.is_empty() {
            return "";
        }
        if !above.is_empty() {
            return above;
        }
    }
    ""
}

/// Every column with its header and first filled cell; meanings come later.
pub(super) fn columns(grid: &Grid, place: &Place) -> Vec<Column> {
    (0..grid.width())
        .map(|index| {
            let header = match place.depth {
                0 => String::new(),
                depth => text(grid, place.first, depth, index),
            };
            let below = place.data..grid.height();
            let sample = below.map(|row| grid.cell(row, index)).find(|cell| !cell.is_empty());
            Column {
                index,
                key: normal::key(&header),
                header,
                sample: sample.unwrap_or_default().to_owned(),
                field: Some(super::Field::Ignore),
                state: State::Unknown,
            }
        })
        .collect()
}
