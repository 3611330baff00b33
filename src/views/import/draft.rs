//! The import in progress: a file as it was read, what its columns mean, and what comes of its
//! rows. Every change takes the rows anew and can be taken back; nothing here knows the page.

use std::collections::BTreeSet;

use bianheng_core::order::InOrder;
use bianheng_sheets::take::{Fix, Kind};
use bianheng_sheets::{
    Field, Grid, Mapping, Options, RememberedMapping, Severity, Taken, Workbook, recognise, take,
};
use chrono::{Datelike, NaiveDate};

/// Rows from which taking them anew is put off until the page has shown the change.
const LARGE: usize = 4_000;
/// Changes that can be taken back.
const HISTORY: usize = 200;
/// Rows of the preview, and how many of them are the first of the sheet.
const PREVIEW: usize = 9;
const PREVIEW_FIRST: usize = 4;

/// The import in progress.
pub struct Draft {
    /// The file.
    pub workbook: Workbook,
    /// Which of its sheets.
    pub sheet: usize,
    /// What the columns mean.
    pub mapping: Mapping,
    /// What the person said.
    pub options: Options,
    /// What came of the rows.
    pub taken: Taken,
    /// Places of the findings in `taken`, the heaviest first.
    pub order: Vec<usize>,
    /// The counties of the rows, where the file holds several.
    pub counties: Vec<String>,
    /// A change is made whose rows are not yet taken anew.
    pub stale: bool,
    history: Vec<(Mapping, Options)>,
}

impl Draft {
    /// Starts with the sheet that most looks like a survey. The rows are not taken yet.
    pub fn open(workbook: Workbook, kept: &[RememberedMapping], today: NaiveDate) -> Self {
        let sheet = workbook.likely_sheet();
        Self::on_sheet(workbook, sheet, kept, today)
    }

    /// Starts over with a sheet.
    pub fn on_sheet(
        workbook: Workbook,
        sheet: usize,
        kept: &[RememberedMapping],
        today: NaiveDate,
    ) -> Self {
        let blank = Grid::default();
        let grid = workbook.sheets.get(sheet).unwrap_or(&blank);
        let mapping = recognise(grid, kept);
        let stem = stem(&workbook.file_name);
        // The name of a file speaks as the name of a sheet does.
        let by_name = recognise(&Grid::new(stem, Vec::new()), &[]).hints;
        let county = mapping.hints.county.clone().or(by_name.county);
        let year = mapping.hints.year.or(by_name.year);
        let day = year.and_then(|year| NaiveDate::from_ymd_opt(year, 9, 30)).unwrap_or(today);
        let county = county.unwrap_or_else(|| stem.to_owned());
        let options = Options::new(&county, &workbook.file_name, day);
        let taken = take(&Grid::default(), &mapping, &options);
        Self {
            workbook,
            sheet,
            mapping,
            options,
            taken,
            order: Vec::new(),
            counties: Vec::new(),
            stale: true,
            history: Vec::new(),
        }
    }

    /// The sheet.
    pub fn grid(&self) -> Option<&Grid> {
        self.workbook.sheets.get(self.sheet)
    }

    /// Whether taking the rows may be felt.
    pub fn is_large(&self) -> bool {
        self.grid().is_some_and(|grid| grid.height() >= LARGE)
    }

    /// Changes what columns mean or what the person said. The rows are to be taken anew.
    pub fn change(&mut self, change: impl FnOnce(&mut Mapping, &mut Options)) {
        let before = (self.mapping.clone(), self.options.clone());
        change(&mut self.mapping, &mut self.options);
        if before != (self.mapping.clone(), self.options.clone()) {
            self.history.push(before);
            let surplus = self.history.len().saturating_sub(HISTORY);
            self.history.drain(..surplus);
            self.stale = true;
        }
    }

    /// Takes the last change back.
    pub fn undo(&mut self) {
        if let Some((mapping, options)) = self.history.pop() {
            self.mapping = mapping;
            self.options = options;
            self.stale = true;
        }
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.history.is_empty()
    }

    /// Takes the rows anew.
    pub fn retake(&mut self) {
        let blank = Grid::default();
        let grid = self.workbook.sheets.get(self.sheet).unwrap_or(&blank);
        self.taken = take(grid, &self.mapping, &self.options);
        let findings = &self.taken.findings;
        let mut order: Vec<usize> = (0..findings.len()).collect();
        // Stable: within a severity the order stays that of the file.
        order.order_by_key(|at| findings.get(*at).map(|finding| finding.severity));
        self.order = order;
        self.counties = self.several_counties();
        self.stale = false;
    }

    fn several_counties(&self) -> Vec<String> {
        let Some((grid, column)) = self.grid().zip(self.mapping.column(Field::County)) else {
            return Vec::new();
        };
        let rows = self.mapping.data_row..grid.height();
        let names: BTreeSet<&str> =
            rows.map(|row| grid.cell(row, column.index)).filter(|name| !name.is_empty()).collect();
        if names.len() < 2 {
            return Vec::new();
        }
        names.into_iter().map(str::to_owned).collect()
    }

    /// The rows that must be mended, with the finding's own row once each.
    pub fn rows_to_fix(&self) -> BTreeSet<usize> {
        let must = self.taken.findings.iter().filter(|one| one.severity == Severity::MustFix);
        must.filter_map(|finding| finding.row).collect()
    }

    /// The values proposed for cells that must be mended, by row and column of the grid.
    pub fn proposals(&self) -> Vec<((usize, usize), String)> {
        let must = self.taken.findings.iter().filter(|one| one.severity == Severity::MustFix);
        let proposed =
            must.filter_map(|finding| match (&finding.fix, finding.row, finding.column) {
                (Fix::Use(text), Some(row), Some(column)) => Some(((row, column), text.clone())),
                _ => None,
            });
        proposed.collect()
    }

    /// Whether some rows do not tell their stage.
    pub fn asks_for_stage(&self) -> bool {
        self.options.default_stage.is_some()
            || self.taken.findings.iter().any(|finding| {
                matches!(finding.kind, Kind::StagesGuessed { .. } | Kind::StageMissing)
            })
    }

    /// Places in the preview of the few rows that are shown: the first ones, then those with the
    /// heaviest findings, in the order of the sheet; and how many with findings are not shown.
    pub fn preview(&self) -> (Vec<usize>, usize) {
        let rows = &self.taken.preview;
        let mark = |at: &usize| {
            let cells = rows.get(*at).map(|row| &row.cells);
            cells.and_then(|cells| cells.iter().filter_map(|cell| cell.mark).min())
        };
        let rest: Vec<usize> = (PREVIEW_FIRST.min(rows.len())..rows.len()).collect();
        let mut marked: Vec<usize> = rest.iter().copied().filter(|at| mark(at).is_some()).collect();
        marked.order_by_key(|at| (mark(at), *at));
        let hidden = marked.len().saturating_sub(PREVIEW - PREVIEW_FIRST);
        marked.truncate(PREVIEW - PREVIEW_FIRST);
        let mut shown: Vec<usize> = (0..PREVIEW_FIRST.min(rows.len())).collect();
        shown.extend(marked);
        // Where few rows have findings, the next ones of the sheet fill the table.
        for at in rest {
            if shown.len() >= PREVIEW {
                break;
            }
            if !shown.contains(&at) {
                shown.push(at);
            }
        }
        shown.order_by(Ord::cmp);
        (shown, hidden)
    }

    /// The years for which departures may be given: those of the columns, and the five after the
    /// survey.
    pub fn years(&self) -> BTreeSet<i32> {
        let first = self.options.surveyed_on.year() + 1;
        let known = self.mapping.columns.iter().filter_map(|column| match column.field {
            Some(Field::Departures(year)) if year > 0 => Some(year),
            _ => None,
        });
        known.chain(first..first + 5).collect()
    }
}

/// A file's name without its ending.
pub fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// What was kept of earlier files, with this one added last; the oldest go.
pub fn remember(
    mut kept: Vec<RememberedMapping>,
    now: RememberedMapping,
) -> Vec<RememberedMapping> {
    const MOST: usize = 20;
    kept.retain(|one| one.signature != now.signature);
    kept.push(now);
    let surplus = kept.len().saturating_sub(MOST);
    kept.drain(..surplus);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_latest_mapping_stands_last_and_the_oldest_go() {
        let kept = |signature: usize| RememberedMapping {
            signature: signature.to_string(),
            fields: Vec::new(),
        };
        let all = (0..25).fold(Vec::new(), |list, at| remember(list, kept(at)));
        assert_eq!(all.len(), 20);
        assert_eq!(all.first().map(|one| one.signature.as_str()), Some("5"));
        let again = remember(all, kept(7));
        assert_eq!(again.len(), 20);
        assert_eq!(again.last().map(|one| one.signature.as_str()), Some("7"));
    }

    #[wasm_bindgen_test]
    fn a_change_is_taken_back_whole() {
        let rows = ["学校名称,在校生", "东关小学,62", "南街小学,x"];
        let bytes = rows.join("\n").into_bytes();
        let workbook = bianheng_sheets::read(&bytes, "示例县2026.csv", &|_| None).unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let mut draft = Draft::open(workbook, &[], day);
        draft.retake();
        assert_eq!(draft.options.county, "示例县");
        assert_eq!(draft.options.surveyed_on.to_string(), "2026-09-30");
        assert_eq!((draft.taken.rows_taken, draft.taken.rows_listed), (1, 1));
        draft.change(|_, options| {
            options.corrections.insert((2, 1), "48".to_owned());
        });
        draft.retake();
        assert_eq!((draft.taken.rows_taken, draft.taken.rows_listed), (2, 0));
        draft.undo();
        draft.retake();
        assert_eq!((draft.taken.rows_taken, draft.taken.rows_listed), (1, 1));
        assert!(!draft.can_undo());
    }
}
