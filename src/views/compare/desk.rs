//! What the parts of the screen share: which two scenarios are held against each other, in what
//! order, and what came out.

use std::sync::Arc;

use bianheng_core::county::KindId;
use bianheng_core::report::compare::{Differing, differing, order, shortage};
use bianheng_core::scenario::{Compared, Measures, Why};
use bianheng_core::text::compare as words;
use leptos::prelude::*;

use crate::platform::timing::timed;
use crate::state::{State, use_state};

/// Rows of the table that are shown at first: some screens full. The largest differences stand first, and
/// a row costs the browser more than all that is worked out for it.
const ROWS: usize = 60;

/// One scenario of the comparison, or the base.
pub struct Side {
    /// Its place among the scenarios; `None` for the base.
    pub at: Option<usize>,
    /// Its name; the base has none.
    pub name: String,
    /// Its figures for the kind shown.
    pub measures: Measures,
    /// What it amounts to.
    pub compared: Arc<Compared>,
}

/// What came out.
pub struct Seen {
    /// The base, then every scenario that is not put away.
    pub sides: Vec<Side>,
    /// Places in `sides` of the two that are held against each other.
    pub pair: (usize, usize),
    /// The rows in which the two differ.
    pub rows: Vec<Differing>,
    /// Parts of the difference of the shortage, cause by cause.
    pub parts: [i64; 5],
}

impl Seen {
    /// The first of the pair.
    pub fn from(&self) -> Option<&Side> {
        self.sides.get(self.pair.0)
    }

    /// The second of the pair.
    pub fn to(&self) -> Option<&Side> {
        self.sides.get(self.pair.1)
    }
}

/// The shared state; cheap to copy.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The app's state.
    pub state: State,
    /// The two sides: 0 for the base, else one more than the scenario's place. `None` until chosen.
    pub pair: RwSignal<(Option<usize>, Option<usize>)>,
    /// The causes in reverse order.
    pub turned: RwSignal<bool>,
    /// What came out.
    pub seen: Memo<Option<Arc<Seen>>>,
    /// Only this township; empty for all.
    pub township: RwSignal<String>,
    /// Only rows where a hand made a difference.
    pub by_hand: RwSignal<bool>,
    /// Only schools whose name holds this.
    pub find: RwSignal<String>,
    /// Rows of the table that are shown; what comes after them is summed up.
    pub rows: RwSignal<usize>,
    /// The cell that a remark is being written on.
    pub remark: RwSignal<Option<String>>,
}

impl Desk {
    /// The desk of a screen that opens. It works everything out anew at each change.
    pub fn new() -> Self {
        let state = use_state();
        let (pair, turned) = (RwSignal::new((None, None)), RwSignal::new(false));
        // Worked out as the screen is made, so that it is made once and not first without figures.
        let seen = Memo::new_with_compare(
            move |_| {
                let (pair, turned, kind) = (pair.get(), turned.get(), state.kind.get());
                timed("compare", || see(state, pair, turned, &kind)).map(Arc::new)
            },
            |_, _| true,
        );
        Self {
            state,
            pair,
            turned,
            seen,
            township: RwSignal::new(String::new()),
            by_hand: RwSignal::new(false),
            find: RwSignal::new(String::new()),
            rows: RwSignal::new(ROWS),
            remark: RwSignal::new(None),
        }
    }

    /// The name of a side in the language of the page.
    pub fn name(self, side: &Side) -> String {
        if side.at.is_none() { self.state.t(words::BASE).to_owned() } else { side.name.clone() }
    }
}

fn see(
    state: State,
    (from, to): (Option<usize>, Option<usize>),
    turned: bool,
    kind: &KindId,
) -> Option<Seen> {
    state
        .with_all(|open| {
            let workspace = open.workspace();
            let shown = workspace.scenarios().iter().enumerate();
            let shown = shown.filter(|(at, one)| !one.archived || *at == workspace.active());
            let places = std::iter::once(None).chain(shown.map(|(at, _)| Some(at)));
            let places: Vec<Option<usize>> = places.collect();
            let all = state
                .sides
                .try_update_value(|sides| sides.of(open, places.iter().copied(), kind).ok())??;
            let side = |(at, (compared, measures)): (Option<usize>, (Arc<Compared>, Measures))| {
                let one = at.and_then(|at| workspace.scenarios().get(at));
                let name = one.map(|one| one.name.clone()).unwrap_or_default();
                Side { at, name, measures, compared }
            };
            let sides: Vec<Side> = places.into_iter().zip(all).map(side).collect();
            // The open scenario against the next one, or the base where there is no other.
            let place =
                |wanted: usize| sides.iter().position(|s| s.at.map_or(0, |at| at + 1) == wanted);
            let active = place(workspace.active() + 1).unwrap_or(0);
            let next = if active + 1 < sides.len() { active + 1 } else { active.saturating_sub(1) };
            let default = (active.min(next), active.max(next));
            let pair = (
                from.and_then(place).unwrap_or(default.0),
                to.and_then(place).unwrap_or(default.1),
            );
            let (first, second) = (sides.get(pair.0)?, sides.get(pair.1)?);
            let why = Why::of(&first.compared, &second.compared, kind, order(turned)).ok()?;
            let rows = differing(&first.compared, &second.compared, &why);
            let parts = shortage(&why);
            Some(Seen { sides, pair, rows, parts })
        })
        .flatten()
}
