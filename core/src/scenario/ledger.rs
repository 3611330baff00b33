//! The closed ledger: total = units + pool + unassigned, for each kind of post, at every change.
//! What is unassigned is what remains; below zero means that more was given out than there is.

use super::State;
use crate::county::{County, Holding, KindId};
use crate::pool::{Model, lent_by};

/// Where the posts of one kind are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Posts that the county may hold.
    pub total: u64,
    /// Authorised to units.
    pub units: u64,
    /// Set aside in the turnover pool: counted in the total under model A alone.
    pub pool: u64,
    /// Posts of a pool that the total does not count beside the units: model B, which stands within
    /// them, and model C, which has a total of its own.
    pub beside: u64,
    /// How the pool is counted; `None` where there is none.
    pub model: Option<Model>,
    /// What remains; below zero the ledger does not close.
    pub unassigned: i64,
    /// People in post.
    pub in_post: u64,
    /// Posts without people, over units that have some (空编), less what they lent to a pool and still own
    /// (model B).
    pub vacant: u64,
    /// People beyond their unit's posts (超编).
    pub excess: u64,
    /// What the scenario moved.
    pub moved: Moved,
}

/// Posts that a scenario moved against its base.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Posts gained.
    pub up: u64,
    /// Posts lost.
    pub down: u64,
    /// Holdings that changed.
    pub holdings: usize,
}

impl Moved {
    /// Takes one holding in, with its posts before and after.
    pub fn add(&mut self, before: u32, after: u32) {
        self.up += u64::from(after.saturating_sub(before));
        self.down += u64::from(before.saturating_sub(after));
        self.holdings += usize::from(before != after);
    }

    /// Posts gained less posts lost.
    pub fn net(&self) -> i64 {
        // Sums of u32 over a county stay far below i64.
        let whole = |posts| i64::try_from(posts).unwrap_or(i64::MAX);
        whole(self.up) - whole(self.down)
    }
}

impl Ledger {
    /// Whether no more was given out than there is.
    pub fn closes(&self) -> bool {
        self.unassigned >= 0
    }
}

/// The ledger of one kind.
pub fn ledger(base: &County, state: &State, kind: &KindId) -> Ledger {
    ledger_with(base, state, kind, |_, holding| holding.authorised)
}

/// The ledger of one kind as it would be with other posts: `posts` gives those of a row.
pub fn ledger_with(
    base: &County,
    state: &State,
    kind: &KindId,
    posts: impl Fn(usize, &Holding) -> u32,
) -> Ledger {
    let county = &state.county;
    let mut ledger = Ledger {
        total: county.kind(kind).map_or(0, |kind| u64::from(kind.total)),
        model: county.pool(kind).map(|pool| pool.model),
        ..Ledger::default()
    };
    let mut lent = 0;
    if let Some(pool) = county.pool(kind) {
        let posts = u64::from(pool.present_size());
        // Of the vacancies below, what owners lent is not theirs to fill.
        lent = lent_by(pool).values().map(|posts| u64::from(*posts)).sum();
        let counts = pool.model.counts_in_total();
        *(if counts { &mut ledger.pool } else { &mut ledger.beside }) = posts;
    }
    for (row, holding) in county.holdings.iter().enumerate() {
        if county.kind_of(holding) != kind {
            continue;
        }
        let authorised = posts(row, holding);
        ledger.units += u64::from(authorised);
        ledger.in_post += u64::from(holding.in_post);
        ledger.vacant += u64::from(authorised.saturating_sub(holding.in_post));
        ledger.excess += u64::from(holding.in_post.saturating_sub(authorised));
        // A unit that the scenario founds is not in the base.
        let before = base.holdings.get(row).map_or(0, |before| before.authorised);
        ledger.moved.add(before, authorised);
    }
    ledger.vacant = ledger.vacant.saturating_sub(lent);
    // Sums of u32 over a county stay far below i64.
    let given = i64::try_from(ledger.units + ledger.pool).unwrap_or(i64::MAX);
    ledger.unassigned = i64::try_from(ledger.total).unwrap_or(i64::MAX).saturating_sub(given);
    ledger
}
