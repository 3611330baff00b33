//! The cells of the schools table, read from a workspace and its figures.

use super::{Cell, Column};
use crate::county::{County, Holding, Part, Unit};
use crate::fraction::Fraction;
use crate::norm;
use crate::pool::lent_in;
use crate::scenario::{By, Figures, RowFigures, State, Workspace};

/// The schools table over a workspace. A *row* is a holding's place in the county.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    pub(super) base: &'a County,
    pub(super) state: &'a State,
    figures: &'a Figures,
}

/// What is chosen on the screen, in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Cells.
    pub cells: usize,
    /// Cells with whole figures.
    pub counted: usize,
    /// Their sum.
    pub sum: i64,
}

impl<'a> Table<'a> {
    /// The table of a workspace, with the figures of its present.
    pub fn new(workspace: &'a Workspace, figures: &'a Figures) -> Self {
        Self { base: workspace.base(), state: workspace.state(), figures }
    }

    /// Rows in the county, shown or not.
    pub fn rows(&self) -> usize {
        self.state.county.holdings.len()
    }

    /// The holding of a row.
    pub fn holding(&self, row: usize) -> Option<&'a Holding> {
        self.state.county.holdings.get(row)
    }

    /// The unit of a row.
    pub fn unit(&self, row: usize) -> Option<&'a Unit> {
        self.state.county.unit_of(self.holding(row)?)
    }

    /// Who set the posts of a row; `None` for what the survey says.
    pub fn by(&self, row: usize) -> Option<&'a By> {
        self.state.by(row)
    }

    /// Whether the planner locked the row against reallocation.
    pub fn is_locked(&self, row: usize) -> bool {
        let county = &self.state.county;
        let limits = self.holding(row).and_then(|holding| {
            // Most counties lock nothing: then no id has to be made.
            let limits = self.state.limits.get(county.kind_of(holding))?;
            (!limits.lines.is_empty()).then_some(limits)
        });
        let Some((limits, id)) = limits.zip(county.id_of(row)) else { return false };
        limits.lines.get(&id).is_some_and(|line| line.locked)
    }

    /// Which basis holds in a row: [`Column::ByStudents`] or [`Column::ByClasses`].
    pub fn basis(&self, row: usize) -> Option<Column> {
        match self.figures.row(row).entitlement.basis? {
            norm::Column::Students => Some(Column::ByStudents),
            norm::Column::Classes => Some(Column::ByClasses),
            norm::Column::Extra | norm::Column::Basis => None,
        }
    }

    /// What stands in a cell.
    pub fn cell(&self, row: usize, column: Column) -> Cell<'a> {
        let Some(holding) = self.holding(row) else { return Cell::Nothing };
        let entitlement = self.figures.row(row).entitlement;
        let exact =
            |value: Option<Fraction>| value.map_or(Cell::Nothing, |value| Cell::Exact(value, 2));
        match column {
            Column::Extra => match entitlement.extra {
                // A school without boarders has no extra posts to speak of.
                Some(extra) if *extra.numer() == 0 => Cell::Nothing,
                extra => exact(extra),
            },
            Column::ByStudents => exact(entitlement.by_students),
            Column::ByClasses => exact(entitlement.by_classes),
            Column::Entitled => match entitlement.posts {
                Some(posts) => Cell::Count(u64::from(posts.whole)),
                None => Cell::Nothing,
            },
            Column::Vacancy => Cell::Vacancy(self.vacancy(row)),
            Column::Margin => self.figures.row(row).margin.map_or(Cell::Nothing, Cell::Margin),
            _ => surveyed(&self.state.county, holding, column),
        }
    }

    /// Posts less people: what the unit lent to a pool and still owns is not its to fill.
    fn vacancy(&self, row: usize) -> i64 {
        let own = self.holding(row).map_or(0, Holding::vacancy);
        own - i64::from(lent_in(&self.state.county, row))
    }

    /// What the survey says of a cell that may be edited; for another one, nothing.
    pub fn base_cell(&self, row: usize, column: Column) -> Cell<'a> {
        match self.base.holdings.get(row) {
            Some(holding) if column.edits() != super::Edits::Nothing => {
                surveyed(self.base, holding, column)
            }
            _ => Cell::Nothing,
        }
    }

    /// What a cell said before, where the scenario changed it.
    pub fn before(&self, row: usize, column: Column) -> Option<Cell<'a>> {
        if column.edits() == super::Edits::Nothing {
            return None;
        }
        let before = self.base_cell(row, column);
        (before != self.cell(row, column)).then_some(before)
    }

    /// Whether the scenario changed anything that may be edited in a row. Read from the facts and not
    /// from cells: it is asked of every row after every edit.
    pub fn is_changed(&self, row: usize) -> bool {
        let (Some(holding), Some(unit)) = (self.holding(row), self.unit(row)) else {
            return false;
        };
        let before = self.base.holdings.get(row);
        let Some((was, of)) = before.and_then(|was| Some((was, self.base.unit_of(was)?))) else {
            return true;
        };
        let figures = |of: &Holding| {
            (of.authorised, of.in_post, of.roll.students, of.roll.classes, of.roll.boarders)
        };
        figures(holding) != figures(was)
            || unit.locality != of.locality
            || unit.name != of.name
            || unit.township != of.township
    }

    /// The sum of a column over some rows; nothing for a column that has no meaningful sum. The sum
    /// of class sizes is the average: students over classes, where both are known.
    pub fn total(&self, rows: &[usize], column: Column) -> Cell<'a> {
        // Unknown figures add nothing.
        let sum = |read: fn(&Holding, &RowFigures) -> i64| {
            let figures = self.figures.rows();
            let pairs =
                rows.iter().filter_map(|row| Some((self.holding(*row)?, figures.get(*row)?)));
            pairs.map(|(holding, figures)| read(holding, figures)).sum::<i64>()
        };
        let count = |value: i64| u64::try_from(value).map_or(Cell::Nothing, Cell::Count);
        match column {
            Column::Students => count(sum(|of, _| of.roll.students.unwrap_or(0).into())),
            Column::Classes => count(sum(|of, _| of.roll.classes.unwrap_or(0).into())),
            Column::Boarders => count(sum(|of, _| of.roll.boarders.unwrap_or(0).into())),
            Column::Entitled => {
                count(sum(|_, of| of.entitlement.posts.map_or(0, |posts| posts.whole.into())))
            }
            Column::Authorised => count(sum(|of, _| of.authorised.into())),
            Column::InPost => count(sum(|of, _| of.in_post.into())),
            Column::Vacancy => Cell::Vacancy(rows.iter().map(|row| self.vacancy(*row)).sum()),
            Column::Margin => Cell::Margin(sum(|_, of| of.margin.unwrap_or(0))),
            Column::ClassSize => {
                let (mut students, mut classes) = (0_i64, 0_i64);
                for holding in rows.iter().filter_map(|row| self.holding(*row)) {
                    if let (Some(here), Some(of)) = (holding.roll.students, holding.roll.classes) {
                        students += i64::from(here);
                        classes += i64::from(of);
                    }
                }
                if classes == 0 {
                    Cell::Nothing
                } else {
                    Cell::Exact(Fraction::new(students, classes), 1)
                }
            }
            _ => Cell::Nothing,
        }
    }

    /// Counts and sums the cells of some rows and columns.
    pub fn summary(&self, rows: &[usize], columns: &[Column]) -> Summary {
        let mut summary = Summary { cells: rows.len() * columns.len(), ..Summary::default() };
        for column in columns.iter().filter(|column| column.is_figure()) {
            for row in rows {
                let whole = self.cell(*row, *column).number().filter(Fraction::is_integer);
                if let Some(whole) = whole {
                    summary.counted += 1;
                    summary.sum = summary.sum.saturating_add(whole.to_integer());
                }
            }
        }
        summary
    }

    /// Townships of the rows with a stage, in the order of the survey.
    pub fn townships(&self) -> Vec<&'a str> {
        let mut seen = std::collections::HashSet::new();
        let holdings = self.state.county.holdings.iter();
        let schools = holdings.filter(|holding| holding.part.stage().is_some());
        let townships = schools.filter_map(|holding| self.state.county.unit_of(holding));
        let townships = townships.map(|unit| unit.township.as_str());
        townships.filter(|name| !name.is_empty() && seen.insert(*name)).collect()
    }
}

/// The cells that a survey gives.
fn surveyed<'a>(county: &'a County, holding: &'a Holding, column: Column) -> Cell<'a> {
    let Some(unit) = county.unit_of(holding) else { return Cell::Nothing };
    let text = |text: &'a str| if text.is_empty() { Cell::Nothing } else { Cell::Text(text) };
    let count =
        |value: Option<u32>| value.map_or(Cell::Nothing, |value| Cell::Count(u64::from(value)));
    match column {
        Column::Name => text(&unit.name),
        Column::Code => text(unit.code.as_str()),
        Column::Township => text(&unit.township),
        Column::Locality => unit.locality.map_or(Cell::Nothing, Cell::Locality),
        Column::Stage => match &holding.part {
            Part::Stage(stage) => Cell::Stage(*stage),
            Part::Kind(kind) => {
                county.kind(kind).map_or(Cell::Nothing, |kind| Cell::Kind(&kind.name))
            }
        },
        Column::Students => count(holding.roll.students),
        Column::Classes => count(holding.roll.classes),
        Column::Boarders => count(holding.roll.boarders),
        Column::ClassSize => match (holding.roll.students, holding.roll.classes) {
            (Some(students), Some(classes @ 1..)) => {
                Cell::Exact(Fraction::new(i64::from(students), i64::from(classes)), 1)
            }
            _ => Cell::Nothing,
        },
        Column::Authorised => Cell::Count(u64::from(holding.authorised)),
        Column::InPost => Cell::Count(u64::from(holding.in_post)),
        _ => Cell::Nothing,
    }
}
