//! What one more post in the pool would change: to whom it would go, and what it would do to every
//! other application.

use super::{Award, Pool, PoolError, Standings, award};

/// One more post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct More {
    /// Applications granted another figure with it: id, posts now, posts then. Nobody loses by it.
    pub changes: Vec<(String, u32, u32)>,
}

/// What one more post in the pool, and in the batch's limit where it has one, would change.
///
/// # Errors
/// As [`award`].
pub fn one_more(pool: &Pool, standings: &Standings) -> Result<More, PoolError> {
    let now = award(pool, standings)?;
    let mut larger = pool.clone();
    larger.size = larger.size.saturating_add(1);
    // Where it would come from is not asked.
    larger.sources.clear();
    larger.own_total = None;
    larger.batch.limit = larger.batch.limit.map(|limit| limit.saturating_add(1));
    let then = award(&larger, standings)?;
    let change = |before: &Award| {
        let after = then.of(&before.application)?.granted;
        (after != before.granted).then(|| (before.application.clone(), before.granted, after))
    };
    Ok(More { changes: now.list.iter().filter_map(change).collect() })
}
