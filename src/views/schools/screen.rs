//! What the schools screen shows at the moment: filter, order, columns. Everything is derived from
//! the open workspace; an order once made stays while cells are edited, until it is asked for anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use bianheng_core::county::KindId;
use bianheng_core::report::schools::{self, Column, Condition, Filter, Pasted, Scope, Sort, Table};
use leptos::prelude::*;

use super::columns::{self, Choices};
use crate::grid::{SortBy, Spot};
use crate::state::State;

/// The rows in their order, and the revision of the state they were ordered at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arranged {
    /// Rows of the county.
    pub rows: Arc<[usize]>,
    /// Rows that would be shown without any filter but the scope.
    pub listed: usize,
    /// Revision of the workspace's state.
    pub revision: u64,
}

/// The screen; cheap to copy.
#[derive(Clone, Copy)]
pub struct Screen {
    /// The app.
    pub state: State,
    /// The filter, without what stands under the heads.
    pub filter: RwSignal<Filter>,
    /// What stands under the heads, as typed.
    pub typed: RwSignal<BTreeMap<Column, String>>,
    /// The order asked for.
    pub sort: RwSignal<Option<SortBy>>,
    /// The rows.
    pub arranged: Memo<Arranged>,
    /// Townships of the rows with a stage, in the order of the survey.
    pub townships: Memo<Arc<[String]>>,
    /// Columns that a person chose to see or not to see.
    pub choices: RwSignal<Choices>,
    /// The columns.
    pub columns: Memo<Arc<[Column]>>,
    /// Size of the table on the screen.
    pub size: RwSignal<(f64, f64)>,
    /// A paste with cells that cannot be taken, waiting for a word.
    pub refused: RwSignal<Option<Pasted>>,
    /// The row whose reason is being written.
    pub reason: RwSignal<Option<usize>>,
    again: RwSignal<u32>,
}

impl Screen {
    /// The screen of what is open.
    pub fn new(state: State) -> Self {
        let scope = scope_for(&state.kind.get_untracked());
        let filter = RwSignal::new(Filter { scope, ..Filter::default() });
        let typed = RwSignal::new(BTreeMap::new());
        let sort = RwSignal::new(None);
        let again = RwSignal::new(0);
        let size = RwSignal::new((0.0, 0.0));
        let choices = RwSignal::new(columns::kept());
        let columns = Memo::new(move |_| {
            choices.with(|choices| columns::shown(choices, size.get().0, state.lang.get()))
        });
        let asked = Memo::new(move |_| {
            let conditions = typed.with(conditions);
            Filter { columns: conditions, ..filter.get() }
        });
        // Another file, or the same one filled anew, has other rows.
        let file = Memo::new(move |_| state.with(|open| open.id().to_owned()));
        let arranged = Memo::new(move |_| {
            file.track();
            again.track();
            let sort = sort.get().and_then(|by: SortBy| {
                Some(Sort { column: Column::parse(by.key)?, down: by.down })
            });
            let filter = asked.get();
            let made = state.peek(|open| {
                let table = Table::new(open.workspace(), open.figures());
                let listed = (0..table.rows()).filter(|row| filter.lists(&table, *row)).count();
                Arranged {
                    rows: schools::order(&table, &filter, sort).into(),
                    listed,
                    revision: open.workspace().state_revision(),
                }
            });
            made.unwrap_or_default()
        });
        // Edits of figures leave the units as they are, which shows without looking at any of them: a
        // row is known by its unit and stage.
        let units = Memo::new(move |_| {
            state.with(|open| {
                let county = &open.workspace().state().county;
                (county.units.clone(), county.holdings.len())
            })
        });
        let townships = Memo::new(move |_| {
            units.track();
            let found = state.peek(|open| {
                let table = Table::new(open.workspace(), open.figures());
                table.townships().into_iter().map(str::to_owned).collect()
            });
            found.unwrap_or_default()
        });
        Effect::new(move |before: Option<KindId>| {
            let kind = state.kind.get();
            if before.is_some_and(|before| before != kind) {
                filter.update(|filter| filter.scope = scope_for(&kind));
            }
            kind
        });
        Effect::new(move |_| choices.with(columns::keep));
        Self {
            state,
            filter,
            typed,
            sort,
            arranged,
            townships,
            choices,
            columns,
            size,
            refused: RwSignal::new(None),
            reason: RwSignal::new(None),
            again,
        }
    }

    /// Reads the table and follows its changes.
    pub fn with<R>(self, read: impl FnOnce(&Table<'_>) -> R) -> Option<R> {
        self.state.with(|open| read(&Table::new(open.workspace(), open.figures())))
    }

    /// Reads the table as it is now.
    pub fn peek<R>(self, read: impl FnOnce(&Table<'_>) -> R) -> Option<R> {
        self.state.peek(|open| read(&Table::new(open.workspace(), open.figures())))
    }

    /// The row and the column of a cell on the screen, as they are now.
    pub fn at(self, spot: Spot) -> Option<(usize, Column)> {
        let row = self.arranged.with_untracked(|arranged| arranged.rows.get(spot.row).copied())?;
        let column = self.columns.with_untracked(|columns| columns.get(spot.column).copied())?;
        Some((row, column))
    }

    /// Sorts and filters anew, by the figures of now.
    pub fn arrange(self) {
        self.again.update(|again| *again += 1);
    }

    /// Whether anything narrows the rows.
    pub fn narrows(self) -> bool {
        let typed = self.typed.with(|typed| !typed.is_empty());
        typed
            || self.filter.with(|filter| {
                *filter != Filter { scope: filter.scope.clone(), ..Filter::default() }
            })
    }

    /// Takes every filter away; the scope stays.
    pub fn clear_filters(self) {
        self.typed.set(BTreeMap::new());
        self.filter.update(|filter| {
            *filter = Filter { scope: filter.scope.clone(), ..Filter::default() };
        });
    }

    /// Whether figures changed since the rows were arranged by them.
    pub fn is_stale(self) -> bool {
        let revision = self.state.with(|open| open.workspace().state_revision());
        let ordered = self.arranged.with(|arranged| arranged.revision);
        revision.is_some_and(|now| now != ordered) && (self.sort.get().is_some() || self.narrows())
    }
}

fn scope_for(kind: &KindId) -> Scope {
    if kind == KindId::school() { Scope::Schools } else { Scope::Kind(kind.clone()) }
}

fn conditions(typed: &BTreeMap<Column, String>) -> Vec<(Column, Condition)> {
    let read = |(column, text): (&Column, &String)| {
        Some((*column, Condition::parse(*column, text).ok().flatten()?))
    };
    typed.iter().filter_map(read).collect()
}
