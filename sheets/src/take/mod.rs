//! Rows to facts. Every row below the header is either taken into the county or stands in the list
//! of findings with its number, its value and the reason: `rows_read = rows_taken + rows_listed`.

mod cells;
mod file;
mod findings;
mod grades;
mod number;
mod parts;
mod rows;
mod staff;
mod stage;
mod sums;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use bianheng_core::county::{County, KindId, Origin, PostKind, Stage};
use bianheng_core::text::{Bilingual, Lang, Message, import as words};
use chrono::NaiveDate;

use crate::grid::Grid;
use crate::recognise::Mapping;
use bianheng_core::order::InOrder;
use cells::Cells;
use sums::RowKind;

pub use findings::{Figure, Finding, Fix, Kind, Severity};
pub use number::Fault;
pub(crate) use number::count_of;
pub(crate) use stage::{locality_of, stages_of};
pub(crate) use sums::is_total_row;

/// What the person said about the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Name of the county.
    pub county: String,
    /// Name of the file, kept as the source of the facts.
    pub source: String,
    /// The day that the figures describe.
    pub surveyed_on: NaiveDate,
    /// The stage of rows that tell none, by column or by name; primary unless said otherwise.
    pub default_stage: Option<Stage>,
    /// Takes only the rows of this county, where the file holds several.
    pub only_county: Option<String>,
    /// Cells changed in the dialog, by row and column of the grid, both from 0.
    pub corrections: BTreeMap<(usize, usize), String>,
    /// Rows of the grid, from 0, left out by choice.
    pub skip: BTreeSet<usize>,
}

impl Options {
    /// Without corrections.
    pub fn new(county: &str, source: &str, surveyed_on: NaiveDate) -> Self {
        Self {
            county: county.to_owned(),
            source: source.to_owned(),
            surveyed_on,
            default_stage: None,
            only_county: None,
            corrections: BTreeMap::new(),
            skip: BTreeSet::new(),
        }
    }
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// In the county.
    Taken,
    /// Listed: must be mended first.
    MustFix,
    /// Listed: the same row stands above.
    Duplicate,
    /// Listed: a row of totals.
    Totals,
    /// Listed: a note, a repeated header, another county, or left out by choice.
    LeftOut,
}

/// How many rows had which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows to mend.
    pub must_fix: usize,
    /// Rows that stand above already.
    pub duplicates: usize,
    /// Rows of totals.
    pub totals: usize,
    /// Rows that are no schools, of other counties, or left out by choice.
    pub left_out: usize,
}

/// Sums over what was taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Units.
    pub units: usize,
    /// Holdings: stages of units.
    pub holdings: usize,
    /// Students.
    pub students: u64,
    /// Classes.
    pub classes: u64,
    /// Posts authorised.
    pub authorised: u64,
    /// People in post.
    pub in_post: u64,
}

/// A cell of the preview.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreviewCell {
    /// The text as it stands, corrections included.
    pub text: String,
    /// Its column; `None` where the sheet has none for it.
    pub column: Option<usize>,
    /// The heaviest finding about it.
    pub mark: Option<Severity>,
}

/// A row of the preview: the first rows, and those with findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// Row of the grid, from 0.
    pub row: usize,
    /// What became of it.
    pub outcome: Outcome,
    /// Name, stage, township, students, classes, authorised, in post.
    pub cells: [PreviewCell; 7],
}

/// What came of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The facts, where at least one row could be taken.
    pub county: Option<County>,
    /// Everything found: file and columns first, then by row.
    pub findings: Vec<Finding>,
    /// Rows below the header that are not blank.
    pub rows_read: usize,
    /// Rows in the county.
    pub rows_taken: usize,
    /// Rows in the list instead.
    pub rows_listed: usize,
    /// The listed rows by outcome.
    pub tally: Tally,
    /// Sums over what was taken.
    pub sums: Sums,
    /// The first rows and those with findings.
    pub preview: Vec<PreviewRow>,
}

impl Taken {
    /// Findings of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether nothing stands in the way of going on: no row to mend, no column undecided.
    pub fn is_ready(&self) -> bool {
        self.county.is_some() && self.count(Severity::MustFix) == 0
    }
}

/// Rows in the preview at most, beside the first five.
const PREVIEW: usize = 200;

/// Takes what the rows say.
pub fn take(grid: &Grid, mapping: &Mapping, options: &Options) -> Taken {
    let mut cells = Cells::new(grid, mapping, options);
    let mut outcomes: BTreeMap<usize, Outcome> = BTreeMap::new();
    let mut kinds: Vec<(usize, RowKind)> = Vec::new();
    for row in mapping.data_row..grid.height() {
        if !cells.is_blank(row) {
            kinds.push((row, sums::kind_of(&cells, row)));
        }
    }
    file::check(&mut cells, &kinds);
    let mut facts = Vec::new();
    let mut guesses = rows::Guesses::default();
    for (row, kind) in &kinds {
        let outcome = match kind {
            RowKind::School => match rows::read(&mut cells, *row, &mut guesses) {
                Some(read) => {
                    facts.push(read);
                    Outcome::Taken
                }
                None => Outcome::MustFix,
            },
            RowKind::Totals(_) => Outcome::Totals,
            RowKind::Other(kind) => {
                cells.row_finding(Severity::LeftOut, kind.clone(), *row, Fix::Nothing);
                Outcome::LeftOut
            }
        };
        outcomes.insert(*row, outcome);
    }
    guesses.report(&mut cells);
    let built = units::build(&mut cells, facts, &mut outcomes);
    sums::compare(&mut cells, &kinds, &outcomes);
    finish(cells, built, &outcomes)
}

fn finish(cells: Cells<'_>, built: units::Built, outcomes: &BTreeMap<usize, Outcome>) -> Taken {
    let options = cells.options;
    let preview = preview(&cells, outcomes);
    let authorised_assumed = cells.authorised_assumed();
    let mut findings = cells.findings;
    for finding in &mut findings {
        let outcome = finding.row.and_then(|row| outcomes.get(&row));
        finding.listed = outcome.is_some_and(|outcome| *outcome != Outcome::Taken);
    }
    findings.order_by_key(|finding| finding.row);
    let mut tally = Tally::default();
    for outcome in outcomes.values() {
        match outcome {
            Outcome::Taken => {}
            Outcome::MustFix => tally.must_fix += 1,
            Outcome::Duplicate => tally.duplicates += 1,
            Outcome::Totals => tally.totals += 1,
            Outcome::LeftOut => tally.left_out += 1,
        }
    }
    let rows_taken = outcomes.values().filter(|outcome| **outcome == Outcome::Taken).count();
    let mut sums =
        Sums { units: built.units.len(), holdings: built.holdings.len(), ..Sums::default() };
    for holding in &built.holdings {
        sums.students += u64::from(holding.roll.students.unwrap_or(0));
        sums.classes += u64::from(holding.roll.classes.unwrap_or(0));
        sums.authorised += u64::from(holding.authorised);
        sums.in_post += u64::from(holding.in_post);
    }
    let kind = |id: &KindId, name: &Message, total: u64| PostKind {
        id: id.clone(),
        name: Bilingual::new(name.get(Lang::Zh), name.get(Lang::En)),
        total: u32::try_from(total).unwrap_or(u32::MAX),
    };
    let county = (!built.holdings.is_empty()).then(|| County {
        name: options.county.clone(),
        surveyed_on: options.surveyed_on,
        origin: Origin { source: options.source.clone(), made_up: false, authorised_assumed },
        kinds: vec![
            kind(KindId::school(), &words::KIND_SCHOOL, sums.authorised),
            kind(KindId::general(), &words::KIND_GENERAL, 0),
        ],
        measured_on: None,
        kindergarten_kind: KindId::school().clone(),
        yardsticks: Default::default(),
        units: built.units.into(),
        holdings: built.holdings,
        pools: Vec::new(),
    });
    Taken {
        county,
        findings,
        rows_read: outcomes.len(),
        rows_taken,
        rows_listed: outcomes.len() - rows_taken,
        tally,
        sums,
        preview,
    }
}

fn preview(cells: &Cells<'_>, outcomes: &BTreeMap<usize, Outcome>) -> Vec<PreviewRow> {
    let mut marks: BTreeMap<usize, Vec<(Option<usize>, Severity)>> = BTreeMap::new();
    for finding in &cells.findings {
        if let Some(row) = finding.row {
            marks.entry(row).or_default().push((finding.column, finding.severity));
        }
    }
    let columns = cells.preview_columns();
    let mut rest = PREVIEW;
    let mut out = Vec::new();
    for (place, (row, outcome)) in outcomes.iter().enumerate() {
        let found = marks.get(row);
        if place >= 5 {
            if found.is_none() || rest == 0 {
                continue;
            }
            rest -= 1;
        }
        let cell = |column: Option<usize>| PreviewCell {
            text: column.map_or_else(String::new, |at| cells.cell(*row, at).to_owned()),
            column,
            mark: column.and_then(|_| {
                let about = found?.iter().filter(|(at, _)| *at == column);
                about.map(|(_, severity)| *severity).min()
            }),
        };
        out.push(PreviewRow { row: *row, outcome: *outcome, cells: columns.map(cell) });
    }
    out
}
