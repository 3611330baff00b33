//! What the owner of a table gives it: heads, cells, and what to do with what is typed, pasted or
//! asked. The table knows nothing of what the cells mean.

use std::sync::Arc;

use bianheng_core::report::block::Block;
use leptos::prelude::*;

use super::select::Spot;

/// A column that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its permanent name.
    pub key: &'static str,
    /// Its title.
    pub title: String,
    /// What it means, on hover.
    pub about: Option<String>,
    /// Class of its cells: `fz1`, `fz2`, `num` or nothing.
    pub class: &'static str,
    /// Least width in pixels, and share of what is left over. The frozen columns have widths of
    /// their own in the style sheet.
    pub width: (u32, u32),
    /// Name of its cells for tests.
    pub testid: Arc<str>,
}

/// How a cell looks beyond its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Said more quietly.
    pub soft: bool,
    /// A result.
    pub strong: bool,
    /// Differs from the base.
    pub changed: bool,
    /// Set by hand: carries a corner.
    pub corner: bool,
    /// The basis that decides.
    pub basis: bool,
    /// Carries a lock.
    pub locked: bool,
}

/// A cell as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellView {
    /// Its text.
    pub text: String,
    /// Class of the text, for signs and colours.
    pub mark: &'static str,
    /// The old value, struck through.
    pub old: Option<String>,
    /// More words on hover.
    pub title: Option<String>,
    /// How it looks.
    pub look: Look,
}

/// A row as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    /// Its permanent id.
    pub id: String,
    /// Its number at the left.
    pub number: String,
    /// Its cells, beside the heads.
    pub cells: Vec<CellView>,
}

/// How the rows are sorted: by the key of a column, greatest first or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortBy {
    pub key: &'static str,
    pub down: bool,
}

/// What the owner of a table gives it.
#[derive(Clone, Copy)]
pub struct Model {
    /// What the table is.
    pub label: Signal<String>,
    /// Title of the row numbers.
    pub row_label: Signal<String>,
    /// Rows in all.
    pub rows: Signal<usize>,
    /// Columns that are shown.
    pub heads: Signal<Arc<[Head]>>,
    /// A row by its place. Read where changes are followed.
    pub row: Callback<usize, Option<RowView>>,
    /// The sums at the foot, beside the heads.
    pub totals: Signal<Vec<CellView>>,
    /// How the rows are sorted. A click on a head changes it.
    pub sort: RwSignal<Option<SortBy>>,
    /// What a click on a head says it does.
    pub sort_hint: Callback<String, String>,
    /// The control under a head, with `data-filter` set to the key.
    pub filter: Callback<&'static str, AnyView>,
    /// Whether the filter of a column narrows now.
    pub filters: Callback<&'static str, bool>,
    /// Name of the rows for tests.
    pub row_testid: &'static str,
    /// What the editor opens with; `None` where a cell takes nothing.
    pub open: Callback<Spot, Option<String>>,
    /// Says that a cell takes nothing.
    pub refuse: Callback<Spot>,
    /// Texts that the editor offers for a column.
    pub offers: Callback<&'static str, Vec<String>>,
    /// Takes what was typed, or says why not.
    pub commit: Callback<(Spot, String), Result<(), String>>,
    /// Says that what was typed was given up, because the cell was left by force.
    pub given_up: Callback<(Spot, String, String)>,
    /// Puts a block back.
    pub clear: Callback<Block>,
    /// A block as text for the clipboard.
    pub copy: Callback<Block, String>,
    /// Takes a text from the clipboard.
    pub paste: Callback<(Block, String)>,
    /// Shows where a figure comes from. The flag says that it was asked for by a key.
    pub explain: Callback<(Spot, bool)>,
    /// Undoes a step, or does it again.
    pub undo: Callback<bool>,
    /// A cell in words, for who cannot see it.
    pub spoken: Callback<Spot, String>,
}
