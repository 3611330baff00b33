//! The three ways of counting a pool's posts (切块, 两权分离, 专户), and the identity of each, checked
//! after every entry of the book. A naive sum would count some posts twice.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::book::{before_approval, entries};
use super::{Book, Fault, Pool, PoolError, What};
use crate::county::{County, Holding, UnitCode};
use crate::order::InOrder;
use crate::text::{Lang, pool as words};

/// How a pool's posts are counted. Every table names it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// A, cut-off (切块): vacant posts were taken from units into the pool. Authorised fell, the
    /// pool rose, the total stayed.
    #[default]
    CutOff,
    /// B, use without ownership (所有权与使用权分离): the owner keeps the post as authorised; what it
    /// can use falls by what it lent. The pool stands within the units' sum.
    UseOnly,
    /// C, separate account (专户): the pool stands outside the kind's total, with a total and a
    /// document of its own.
    Separate,
}

impl Model {
    /// Every model, A first.
    pub const ALL: [Self; 3] = [Self::CutOff, Self::UseOnly, Self::Separate];

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CutOff => "cut_off",
            Self::UseOnly => "use_only",
            Self::Separate => "separate",
        }
    }

    /// The model's name and what it does to the totals.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::CutOff => words::MODEL_CUT_OFF,
            Self::UseOnly => words::MODEL_USE_ONLY,
            Self::Separate => words::MODEL_SEPARATE,
        }
        .get(lang)
    }

    /// Its letter and name alone.
    pub fn short(self, lang: Lang) -> &'static str {
        match self {
            Self::CutOff => words::MODEL_A,
            Self::UseOnly => words::MODEL_B,
            Self::Separate => words::MODEL_C,
        }
        .get(lang)
    }

    /// Whether its posts are a part of the kind's total beside those of the units.
    pub fn counts_in_total(self) -> bool {
        self == Self::CutOff
    }
}

/// Posts and people of a unit, of the pool's kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnitPosts {
    /// Posts authorised.
    pub authorised: u32,
    /// People in post.
    pub in_post: u32,
}

/// The totals after one entry of the book. By model:
/// A `units + pool + unassigned = total`; B `units + unassigned = total` and the pool within the
/// units; C `units + unassigned = total`, the pool beside it and `pool ≤ own total`.
/// Under each `pool = free + out`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// The day.
    pub date: NaiveDate,
    /// The kind's total.
    pub total: u64,
    /// Authorised to units.
    pub units: u64,
    /// Posts of the pool.
    pub pool: u32,
    /// What remains of the total.
    pub unassigned: u64,
    /// Posts free in the pool.
    pub free: u32,
    /// Posts out.
    pub out: u32,
    /// Posts that units own and lent (model B).
    pub lent: u64,
}

/// What each unit put into the pool and still owns: of model B only.
pub fn lent_by(pool: &Pool) -> BTreeMap<UnitCode, u32> {
    let mut lent: BTreeMap<UnitCode, u32> = BTreeMap::new();
    if pool.model == Model::UseOnly {
        for source in &pool.sources {
            let Some(unit) = &source.unit else { continue };
            let posts = lent.entry(unit.clone()).or_default();
            *posts = posts.saturating_add(source.posts);
        }
        // By day, however they were written down: nobody takes back what it has not yet lent.
        for entry in entries(pool) {
            let super::book::Entry::Note(event) = entry else { continue };
            let Some(unit) = &event.unit else { continue };
            let posts = lent.entry(unit.clone()).or_default();
            match event.what {
                What::Add => *posts = posts.saturating_add(event.posts),
                What::Withdraw => *posts = posts.saturating_sub(event.posts),
                _ => {}
            }
        }
    }
    lent
}

/// Of the vacant posts in a row of the county, those that its unit lent to the pool of their kind: of several
/// rows of a unit the one with most vacant lends first.
pub fn lent_in(county: &County, row: usize) -> u32 {
    let own = || {
        let holding = county.holdings.get(row)?;
        let kind = county.kind_of(holding);
        let pool = county.pool(kind).filter(|pool| pool.model == Model::UseOnly)?;
        let unit = &county.unit_of(holding)?.code;
        let sources = pool.sources.iter().map(|source| source.unit.as_ref());
        let mut named = sources.chain(pool.events.iter().map(|event| event.unit.as_ref()));
        // Most units lend nothing: then no book has to be read.
        let mut left = named.any(|own| own == Some(unit)).then(|| lent_by(pool).remove(unit))??;
        let all = county.holdings.iter().enumerate();
        let like = |(_, other): &(usize, &Holding)| {
            other.unit == holding.unit && county.kind_of(other) == kind
        };
        let mut rows: Vec<(i64, usize)> =
            all.filter(like).map(|(row, other)| (-other.vacancy(), row)).collect();
        rows.order_by(Ord::cmp);
        for (vacant, at) in rows {
            let part = left.min(u32::try_from(-vacant).unwrap_or(0));
            if at == row {
                return Some(part);
            }
            left -= part;
        }
        None
    };
    own().unwrap_or(0)
}

/// What each unit has put into the pool and no longer has, less what it got of it: of model A only.
pub(super) fn cut_from(pool: &Pool) -> BTreeMap<&UnitCode, i64> {
    let mut cut: BTreeMap<&UnitCode, i64> = BTreeMap::new();
    if pool.model != Model::CutOff {
        return cut;
    }
    for source in &pool.sources {
        if let Some(unit) = &source.unit {
            *cut.entry(unit).or_default() += i64::from(source.posts);
        }
    }
    for event in &pool.events {
        let Some(unit) = &event.unit else { continue };
        match event.what {
            What::Add => *cut.entry(unit).or_default() += i64::from(event.posts),
            What::Withdraw => *cut.entry(unit).or_default() -= i64::from(event.posts),
            _ => {}
        }
    }
    cut
}

/// The totals as they stand after the last entry of the book. What units had on the days of earlier
/// entries is not asked: a scenario may have moved their posts since.
///
/// # Errors
/// What does not hold, with its figures: the kind's total, or what an owner can lend.
pub fn identity(
    pool: &Pool,
    units: &BTreeMap<UnitCode, UnitPosts>,
    total: u64,
) -> Result<Identity, PoolError> {
    let lent = lent_by(pool);
    for (owner, posts) in &lent {
        let facts = units.get(owner).copied().unwrap_or_default();
        let vacant = facts.authorised.saturating_sub(facts.in_post);
        if *posts > vacant {
            let error = PoolError::of(Fault::OwnerShort).who(owner.as_str());
            return Err(error.figures(*posts, vacant));
        }
    }
    let book = Book::last(pool)?;
    let whole = |posts: u64| i64::try_from(posts).unwrap_or(i64::MAX);
    let held = whole(units.values().map(|unit| u64::from(unit.authorised)).sum());
    let inside = if pool.model.counts_in_total() { i64::from(book.size) } else { 0 };
    let last = entries(pool).last().map_or(pool.opened(), super::book::Entry::date);
    let lent: u64 = lent.values().map(|posts| u64::from(*posts)).sum();
    row(pool, &book, total, last, held, whole(total) - held - inside, lent)
}

/// The totals before and after every entry of the book, the first before any, given where the posts
/// of the kind are now and the kind's total.
///
/// # Errors
/// The first entry after which the identity of the model does not hold, with its day and figures.
pub fn identities(
    pool: &Pool,
    units: &BTreeMap<UnitCode, UnitPosts>,
    total: u64,
) -> Result<Vec<Identity>, PoolError> {
    let now: u64 = units.values().map(|unit| u64::from(unit.authorised)).sum();
    let model = pool.model;
    // Under model A what joined the pool had been a unit's, or unassigned, before.
    let cut = model == Model::CutOff;
    let signed = |from_units: bool| -> i64 {
        let one = |event: &super::Event| {
            let counts = cut && event.unit.is_some() == from_units;
            match event.what {
                What::Add if counts => i64::from(event.posts),
                What::Withdraw if counts => -i64::from(event.posts),
                _ => 0,
            }
        };
        pool.events.iter().map(one).sum()
    };
    let whole = |posts: u64| i64::try_from(posts).unwrap_or(i64::MAX);
    let inside = if cut { i64::from(pool.present_size()) } else { 0 };
    let mut held = whole(now) + signed(true);
    let mut unassigned = whole(total) - whole(now) - inside + signed(false);
    let mut book = Book::open(pool);
    let mut lent: BTreeMap<&UnitCode, u32> = BTreeMap::new();
    let mut own = |unit: &'_ UnitCode, posts: u32, adds: bool, on: NaiveDate| {
        let Some((unit, facts)) = units.get_key_value(unit) else {
            return Err(PoolError::of(Fault::NoUnit).who(unit.as_str()).on(on));
        };
        let vacant = facts.authorised.saturating_sub(facts.in_post);
        let own = lent.entry(unit).or_default();
        *own = if adds { own.saturating_add(posts) } else { own.saturating_sub(posts) };
        if *own > vacant {
            let error = PoolError::of(Fault::OwnerShort).who(unit.as_str());
            return Err(error.on(on).figures(*own, vacant));
        }
        Ok(lent.values().map(|posts| u64::from(*posts)).sum::<u64>())
    };
    let mut sum = 0;
    if model == Model::UseOnly {
        for source in &pool.sources {
            if let Some(unit) = &source.unit {
                sum = own(unit, source.posts, true, pool.opened())?;
            }
        }
    }
    let mut rows = vec![row(pool, &book, total, pool.opened(), held, unassigned, sum)?];
    for entry in entries(pool) {
        book.enter(&entry).map_err(|error| before_approval(pool, error))?;
        if let super::book::Entry::Note(event) = entry
            && matches!(event.what, What::Add | What::Withdraw)
        {
            let posts = i64::from(event.posts);
            let posts = if event.what == What::Add { posts } else { -posts };
            match (&event.unit, cut) {
                (Some(_), true) => held -= posts,
                (None, true) => unassigned -= posts,
                (Some(unit), false) if model == Model::UseOnly => {
                    sum = own(unit, event.posts, event.what == What::Add, event.date)?;
                }
                _ => {}
            }
        }
        rows.push(row(pool, &book, total, entry.date(), held, unassigned, sum)?);
    }
    Ok(rows)
}

/// The totals at one step, if they add up.
fn row(
    pool: &Pool,
    book: &Book,
    total: u64,
    date: NaiveDate,
    units: i64,
    unassigned: i64,
    lent: u64,
) -> Result<Identity, PoolError> {
    let inside = if pool.model.counts_in_total() { i64::from(book.size) } else { 0 };
    let figure = |posts: i64| u32::try_from(posts.max(0)).unwrap_or(u32::MAX);
    let sum = units + unassigned + inside;
    let whole = i64::try_from(total).unwrap_or(i64::MAX);
    if unassigned < 0 || units < 0 || sum != whole {
        let error = PoolError::of(Fault::TotalOff).who(pool.kind.as_str()).on(date);
        return Err(error.figures(figure(units + inside), figure(whole)));
    }
    let own = pool.own_total.unwrap_or(u32::MAX);
    if pool.model == Model::Separate && book.size > own {
        return Err(PoolError::of(Fault::OwnTotal).on(date).figures(book.size, own));
    }
    Ok(Identity {
        date,
        total,
        units: u64::try_from(units).unwrap_or(0),
        pool: book.size,
        unassigned: u64::try_from(unassigned).unwrap_or(0),
        free: book.free(),
        out: book.out(),
        lent,
    })
}
