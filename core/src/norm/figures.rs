//! The figures of a table that a county may set in place: where a band ends and the next one begins,
//! and each number of what a row gives. A band's end is one figure though it stands in two rows, so
//! that no change of it alone leaves a gap or an overlap. What the pack says is kept beside a figure
//! that was set. It judges no table: [`super::check`] does.

use std::fmt;
use std::ops::Range;

use chrono::NaiveDate;
use num_traits::{CheckedAdd, CheckedSub};
use serde::{Deserialize, Serialize};

use super::pack::{Clause, Departure, Exact, Pack, Unfit};
use super::table::{Row, Table};
use crate::fraction::{Fraction, parse_decimal};
use crate::text::{Bilingual, Lang, norms as words};

/// The greatest figure that a planner may write into a table: no county has more of anything.
pub const MOST: i64 = 10_000_000;

/// Which figure of a table's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Where the row's band ends; the next row of the same categories begins there.
    End,
    /// A number of what the row gives, counted from 0 in the order of the text.
    Gives(usize),
}

/// A figure of a table, by its permanent name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FigureId {
    /// Id of the table.
    pub table: String,
    /// First day of the version, which tells it from others of that id; none where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The row, counted from 0.
    pub row: usize,
    /// Which of its figures.
    pub figure: Figure,
}

impl fmt::Display for FigureId {
    /// `bands/3/end`, `bands@2024-09-01/3/1`: rows and numbers count from 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table)?;
        if let Some(from) = self.from {
            write!(f, "@{from}")?;
        }
        match self.figure {
            Figure::End => write!(f, "/{}/end", self.row + 1),
            Figure::Gives(at) => write!(f, "/{}/{}", self.row + 1, at + 1),
        }
    }
}

/// A figure that a planner set, by hand or by a document of the county, and what the pack says there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureSet {
    /// The row, counted from 0.
    pub row: usize,
    /// Which of its figures.
    pub figure: Figure,
    /// The pack's own figure, as the pack writes it.
    pub says: String,
    /// The county's document that settles the figure; empty for one set by hand.
    #[serde(default, skip_serializing_if = "Clause::is_empty")]
    pub clause: Clause,
}

/// Where the numbers of a formula stand in its text, in order.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.chars().next() else { break };
        let whole = |is_part: fn(char) -> bool| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let length = whole(|c| c.is_ascii_digit() || c == '.');
            out.push(at..at + length);
            length
        } else if first.is_ascii_alphabetic() {
            whole(|c| c.is_ascii_alphanumeric() || c == '_')
        } else if first == '"' {
            rest.get(1..).and_then(|body| body.find('"')).map_or(rest.len(), |end| end + 2)
        } else {
            first.len_utf8()
        };
        at += length;
    }
    out
}

/// A number as formulas write it: digits and a point.
fn literal(text: &str) -> Option<Fraction> {
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if plain { parse_decimal(text) } else { None }
}

impl Row {
    /// Its upper end, where it is an end and no single value.
    fn end(&self) -> Option<Exact> {
        self.to.or(self.under)
    }

    fn beginning(&self) -> Option<Exact> {
        self.from.or(self.over)
    }
}

impl Table {
    /// The next row of the same categories.
    fn next(&self, row: usize) -> Option<usize> {
        let when = &self.rows.get(row)?.when;
        let after = self.rows.iter().enumerate().skip(row + 1);
        after.filter(|(_, other)| other.when == *when).map(|(at, _)| at).next()
    }

    /// Where a row ends, and the row that begins there. A single value is no end that can be moved.
    fn end_of(&self, row: usize) -> Option<(Exact, usize)> {
        let (end, next) = (self.rows.get(row)?.end()?, self.next(row)?);
        self.rows.get(next)?.beginning().map(|_| (end, next))
    }

    /// The figures of a row that may be set, in the order in which they are read.
    pub fn figures_of(&self, row: usize) -> Vec<Figure> {
        let end = self.end_of(row).map(|_| Figure::End);
        let gives = self.rows.get(row).map(|row| numbers(&row.gives).len()).unwrap_or_default();
        end.into_iter().chain((0..gives).map(Figure::Gives)).collect()
    }

    /// A figure as the table writes it; `None` where it has no such figure.
    pub fn figure(&self, row: usize, figure: Figure) -> Option<String> {
        match figure {
            Figure::End => self.end_of(row).map(|(end, _)| end.to_string()),
            Figure::Gives(at) => {
                let gives = &self.rows.get(row)?.gives;
                gives.get(numbers(gives).get(at)?.clone()).map(str::to_owned)
            }
        }
    }

    /// The same figure as a number.
    fn value(&self, row: usize, figure: Figure) -> Option<Exact> {
        Exact::parse(&self.figure(row, figure)?)
    }

    /// Reads a figure that a planner typed, and writes it as tables do: as it stands where it is the
    /// same number.
    ///
    /// # Errors
    /// Where it is no number (what a row gives is written as decimals only), or not within 0 and
    /// [`MOST`].
    pub fn read_figure(&self, row: usize, figure: Figure, text: &str) -> Result<String, Unfit> {
        let text = text.trim();
        let value = match figure {
            Figure::End => Exact::parse(text),
            Figure::Gives(_) => {
                let minus = text.strip_prefix(['-', '\u{2212}']).and_then(literal);
                if minus.is_some() {
                    return Err(Unfit::OutOfRange);
                }
                literal(text).map(Exact)
            }
        };
        let value = value.ok_or(Unfit::NotANumber)?;
        let zero = Fraction::from_integer(0);
        if value.0 < zero || value.0 > Fraction::from_integer(MOST) {
            return Err(Unfit::OutOfRange);
        }
        let same = self.value(row, figure) == Some(value);
        let present = self.figure(row, figure).filter(|_| same);
        Ok(present.unwrap_or_else(|| value.to_string()))
    }

    /// Puts a figure in place of another. `false`, and nothing is changed, where there is none or the
    /// text is no figure.
    fn put(&mut self, row: usize, figure: Figure, new: &str) -> bool {
        match figure {
            Figure::End => self.put_end(row, new).is_some(),
            Figure::Gives(at) => {
                let Some(row) = self.rows.get_mut(row) else { return false };
                let Some(place) = numbers(&row.gives).get(at).cloned() else { return false };
                if literal(new).is_none() {
                    return false;
                }
                row.gives.replace_range(place, new);
                true
            }
        }
    }

    /// Both rows that meet at an end go with it, so that they meet as they did.
    fn put_end(&mut self, row: usize, new: &str) -> Option<()> {
        let (old, next) = self.end_of(row)?;
        let new = Exact::parse(new)?;
        let by = new.0.checked_sub(&old.0)?;
        let begins = Exact(self.rows.get(next)?.beginning()?.0.checked_add(&by)?);
        let ends = self.rows.get_mut(row)?;
        *(if ends.to.is_some() { &mut ends.to } else { &mut ends.under }) = Some(new);
        let follows = self.rows.get_mut(next)?;
        *(if follows.from.is_some() { &mut follows.from } else { &mut follows.over }) =
            Some(begins);
        Some(())
    }

    fn set_of(&self, row: usize, figure: Figure) -> Option<&FigureSet> {
        self.set.iter().find(|set| set.row == row && set.figure == figure)
    }

    /// Whether each figure of a row was set, so that nothing in it rests on the pack's own clause.
    pub(super) fn is_all_set(&self, row: usize) -> bool {
        let figures = self.figures_of(row);
        !figures.is_empty() && figures.iter().all(|figure| self.set_of(row, *figure).is_some())
    }

    /// The figures that decide in a row and were set: the end of the row before it, its own end, and
    /// what it gives.
    pub(super) fn sets_at(&self, row: usize) -> impl Iterator<Item = &FigureSet> {
        let is_before = move |set: &FigureSet| {
            set.figure == Figure::End && set.row < row && self.next(set.row) == Some(row)
        };
        self.set.iter().filter(move |set| set.row == row || is_before(set))
    }

    fn id_of(&self, row: usize, figure: Figure) -> FigureId {
        FigureId { table: self.id.clone(), from: self.valid_from, row, figure }
    }
}

impl Pack {
    /// The table that a figure is of.
    pub fn table_of(&self, at: &FigureId) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == at.table && table.valid_from == at.from)
    }

    /// Every figure of the tables, table by table and row by row.
    pub fn table_figures(&self) -> Vec<FigureId> {
        let mut out = Vec::new();
        for table in &self.tables {
            for row in 0..table.rows.len() {
                let figures = table.figures_of(row).into_iter();
                out.extend(figures.map(|figure| table.id_of(row, figure)));
            }
        }
        out
    }

    /// A figure of a table as the table writes it; `None` where there is no such figure.
    pub fn table_figure(&self, at: &FigureId) -> Option<String> {
        self.table_of(at)?.figure(at.row, at.figure)
    }

    /// The name of a figure on screen; `None` where there is no such figure.
    pub fn table_figure_name(&self, at: &FigureId) -> Option<Bilingual> {
        let table = self.table_of(at)?;
        let said = |lang| words::figure(table, at.row, at.figure, lang);
        table.figure(at.row, at.figure).map(|_| Bilingual::new(&said(Lang::Zh), &said(Lang::En)))
    }

    /// The figure of this name, as [`FigureId`] is written.
    pub fn figure_called(&self, name: &str) -> Option<FigureId> {
        self.table_figures().into_iter().find(|at| at.to_string() == name)
    }

    /// The name on screen of what a proof cites: of a parameter by its id, or of a figure of a table.
    pub fn cited_name(&self, id: &str) -> Option<Bilingual> {
        let parameter = self.parameter(id).map(|found| found.label.clone());
        parameter.or_else(|| self.table_figure_name(&self.figure_called(id)?))
    }

    /// What a figure rests on: the county's document, nothing where it was set by hand, else what its
    /// row or its table rests on.
    pub fn table_figure_clause(&self, at: &FigureId) -> Option<&Clause> {
        let table = self.table_of(at)?;
        if let Some(set) = table.set_of(at.row, at.figure) {
            return Some(&set.clause);
        }
        let row = table.rows.get(at.row)?;
        Some(if row.clause.is_empty() { &table.clause } else { &row.clause })
    }

    /// Whether a figure of a table, or a row of it that has none, rests on no verified source.
    pub(super) fn is_table_unverified(&self, table: &Table) -> bool {
        (0..table.rows.len()).any(|row| self.is_row_unverified(table, row))
    }

    /// Whether a row of a table rests on no verified source.
    pub fn is_row_unverified(&self, table: &Table, row: usize) -> bool {
        let figures = table.figures_of(row);
        if figures.is_empty() {
            let clause = table.rows.get(row).map(|row| &row.clause);
            let clause = clause.filter(|clause| !clause.is_empty()).unwrap_or(&table.clause);
            return clause.confidence.needs_checking();
        }
        let mut clauses = figures
            .into_iter()
            .filter_map(|figure| self.table_figure_clause(&table.id_of(row, figure)));
        clauses.any(|clause| clause.confidence.needs_checking())
    }

    /// The figures of a row of a table, by their permanent names.
    pub fn row_figures(&self, table: &Table, row: usize) -> Vec<FigureId> {
        table.figures_of(row).into_iter().map(|figure| table.id_of(row, figure)).collect()
    }

    /// The number of the county's document that settles every figure of a row; empty for none, or
    /// where they rest on different ones.
    pub fn row_document(&self, figures: &[FigureId]) -> &str {
        let mut documents = figures.iter().map(|at| self.table_figure_document(at));
        let first = documents.next().flatten().unwrap_or_default();
        let same = documents.all(|document| document.unwrap_or_default() == first);
        if same { first } else { "" }
    }

    /// The number of the county's own document that a figure rests on.
    pub fn table_figure_document(&self, at: &FigureId) -> Option<&str> {
        let set = self.table_of(at)?.set_of(at.row, at.figure)?;
        Some(self.document(&set.clause.document)?.number.as_str())
    }

    /// The figure in force and what it departs from; `None` where it is the pack's own.
    pub fn table_figure_departure(&self, at: &FigureId) -> Option<(Exact, Departure)> {
        let table = self.table_of(at)?;
        let set = table.set_of(at.row, at.figure)?;
        let (value, says) = (table.value(at.row, at.figure)?, Exact::parse(&set.says)?);
        let row = table.rows.get(at.row)?;
        let clause = if row.clause.is_empty() { &table.clause } else { &row.clause }.clone();
        let document = self.table_figure_document(at).unwrap_or_default().to_owned();
        (value != says).then_some((value, Departure { value: says, clause, document }))
    }

    /// Sets a figure of a table, resting on the county's document of this number; by hand where the
    /// number is empty. The pack's own figure is kept, and stands again once it is set by hand.
    /// `false`, and nothing is changed, where there is no such figure or the text is none. Whether the
    /// table still holds is for [`super::Norm::new`] to say.
    pub(crate) fn set_table_figure(&mut self, at: &FigureId, new: &str, number: &str) -> bool {
        let name = self.table_figure_name(at);
        let (Some(old), Some(name)) = (self.table_figure(at), name) else { return false };
        let clause = self.own_clause(number, &name, &new);
        let found = self.tables.iter_mut();
        let mut found = found.filter(|table| table.id == at.table && table.valid_from == at.from);
        let Some(table) = found.next() else { return false };
        if !table.put(at.row, at.figure, new) {
            return false;
        }
        let says = table.set_of(at.row, at.figure).map_or(old, |set| set.says.clone());
        table.set.retain(|set| (set.row, set.figure) != (at.row, at.figure));
        if says != new || !clause.is_empty() {
            let place =
                table.set.partition_point(|set| (set.row, set.figure) < (at.row, at.figure));
            let set = FigureSet { row: at.row, figure: at.figure, says, clause: clause.clone() };
            table.set.insert(place, set);
        }
        self.keep_own(clause.document, number);
        true
    }
}
