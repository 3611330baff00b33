//! Where posts, people, leader posts and debts are (编制账), and what a movement of posts does to
//! them: all of it or nothing, and never a kind's total, the people in post or what is owed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::movement::Movement;
use super::{Book, Borrower, Fault, MOST, Pool, PoolError, lent_by};
use crate::county::{County, HoldingId, KindId, Part, UnitCode};

/// Posts and people of one holding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The kind of post.
    pub kind: KindId,
    /// Posts authorised.
    pub authorised: u32,
    /// People in post.
    pub in_post: u32,
}

/// One kind of post.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KindAccount {
    /// The county's total.
    pub total: u32,
    /// Posts of the pool that count in the total.
    pub pool: u32,
    /// What nobody has.
    pub unassigned: u32,
}

/// Where posts, people, leaders and debts are. For each kind
/// `total = Σ authorised + pool + unassigned`, after every movement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Kinds.
    pub kinds: BTreeMap<KindId, KindAccount>,
    /// Holdings.
    pub places: BTreeMap<HoldingId, Place>,
    /// Leader posts by unit.
    pub leaders: BTreeMap<UnitCode, u32>,
    /// Posts that a unit owes to the pool of a kind.
    pub debts: BTreeMap<(KindId, UnitCode), u32>,
    /// Posts that a unit lent to the pool of a kind and still owns (model B).
    pub lent: BTreeMap<(KindId, UnitCode), u32>,
    /// Units that closed.
    pub closed: BTreeMap<UnitCode, NaiveDate>,
}

impl Account {
    /// The accounts of a county on a day.
    ///
    /// # Errors
    /// What is wrong in the book of a pool; [`Fault::TotalOff`] where more was given out than there is.
    pub fn of(county: &County, on: NaiveDate) -> Result<Self, PoolError> {
        let mut account = Self::default();
        for (row, holding) in county.holdings.iter().enumerate() {
            let Some(id) = county.id_of(row) else { continue };
            let kind = county.kind_of(holding).clone();
            let (authorised, in_post) = (holding.authorised, holding.in_post);
            account.places.insert(id, Place { kind, authorised, in_post });
        }
        for kind in &county.kinds {
            let pool = county.pool(&kind.id).map_or(0, |pool| {
                if pool.model.counts_in_total() { pool.present_size() } else { 0 }
            });
            let given = account.given(&kind.id).saturating_add(u64::from(pool));
            let given = u32::try_from(given).unwrap_or(u32::MAX);
            let off = || PoolError::of(Fault::TotalOff).who(kind.id.as_str());
            let unassigned = kind.total.checked_sub(given);
            let unassigned = unassigned.ok_or_else(|| off().figures(given, kind.total))?;
            let entry = KindAccount { total: kind.total, pool, unassigned };
            account.kinds.insert(kind.id.clone(), entry);
        }
        for unit in &county.units {
            if let Some(posts) = unit.leaders.posts {
                account.leaders.insert(unit.code.clone(), posts);
            }
            if let Some(closed) = unit.closed {
                account.closed.insert(unit.code.clone(), closed);
            }
        }
        for pool in &county.pools {
            for (unit, posts) in debts(pool, on)? {
                let owed = account.debts.entry((pool.kind.clone(), unit)).or_default();
                *owed = owed.saturating_add(posts);
            }
            let lent = lent_by(pool).into_iter();
            account.lent.extend(lent.map(|(unit, posts)| ((pool.kind.clone(), unit), posts)));
        }
        Ok(account)
    }

    /// Posts authorised to units of a kind.
    fn given(&self, kind: &KindId) -> u64 {
        let own = self.places.values().filter(|place| place.kind == *kind);
        own.map(|place| u64::from(place.authorised)).sum()
    }

    /// Posts of a unit less its people, of one kind.
    fn vacancy(&self, kind: &KindId, unit: &UnitCode) -> i64 {
        let own = self.places.iter().filter(|(at, place)| at.unit == *unit && place.kind == *kind);
        own.map(|(_, place)| i64::from(place.authorised) - i64::from(place.in_post)).sum()
    }

    /// An owner that lent posts keeps as many vacant.
    fn check_lent(&self, before: &Self) -> Result<(), PoolError> {
        for ((kind, unit), lent) in self.lent.iter().filter(|(_, lent)| **lent > 0) {
            let vacant = self.vacancy(kind, unit);
            if vacant < i64::from(*lent) && vacant < before.vacancy(kind, unit) {
                let vacant = u32::try_from(vacant).unwrap_or(0);
                let error = PoolError::of(Fault::OwnerShort).who(unit.as_str());
                return Err(error.figures(*lent, vacant));
            }
        }
        Ok(())
    }

    /// Where posts and people part, those who come find vacant posts beside those with which their unit
    /// repays the pool, and those who stay keep theirs. A
    /// merger leaves no choice: [`Self::more_over`] tells what it makes over-full.
    fn check_room(
        &self,
        movement: &Movement,
        after: &Self,
        on: NaiveDate,
    ) -> Result<(), PoolError> {
        let figure = |people: i64| u32::try_from(people.max(0)).unwrap_or(u32::MAX);
        match movement {
            Movement::WithFunction { from, .. } => {
                let Some(kind) = self.places.get(from).map(|place| &place.kind) else {
                    return Ok(());
                };
                let left = after.vacancy(kind, &from.unit);
                if left < 0 && left < self.vacancy(kind, &from.unit) {
                    let own = after.places.iter();
                    let own = own.filter(|(at, place)| at.unit == from.unit && place.kind == *kind);
                    let posts: i64 = own.map(|(_, place)| i64::from(place.authorised)).sum();
                    let error = PoolError::of(Fault::LeavesOver).who(from.unit.as_str());
                    return Err(error.figures(figure(posts - left), figure(posts)));
                }
            }
            Movement::Close { to: Some(to), .. } => {
                for kind in self.kinds.keys() {
                    let vacant = self.vacancy(kind, to).max(0);
                    let come = self.vacancy(kind, to) - after.vacancy(kind, to);
                    let owed = self.debts.get(&(kind.clone(), to.clone())).copied().unwrap_or(0);
                    let room = (vacant - i64::from(owed)).max(0);
                    let (fault, room) = match come {
                        _ if come > vacant => (Fault::NoRoom, vacant),
                        _ if come > room => (Fault::RepayFirst, room),
                        _ => continue,
                    };
                    let error = PoolError::of(fault).who(to.as_str()).on(on);
                    return Err(error.figures(figure(come), figure(room)));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// People of a unit beyond its posts, kind by kind, that it did not have `before`.
    pub(super) fn more_over(&self, before: &Self, unit: &UnitCode) -> u32 {
        let over = |account: &Self, kind: &KindId| (-account.vacancy(kind, unit)).max(0);
        let more = self.kinds.keys().map(|kind| (over(self, kind) - over(before, kind)).max(0));
        u32::try_from(more.sum::<i64>()).unwrap_or(u32::MAX)
    }

    fn people(&self) -> u64 {
        self.places.values().map(|place| u64::from(place.in_post)).sum()
    }

    fn owed(&self) -> u64 {
        self.debts.values().map(|posts| u64::from(*posts)).sum()
    }

    /// Whether every kind adds up.
    ///
    /// # Errors
    /// [`Fault::TotalOff`] with the kind, what was given out and the total.
    pub fn check(&self) -> Result<(), PoolError> {
        for (id, kind) in &self.kinds {
            let sum = self.given(id) + u64::from(kind.pool) + u64::from(kind.unassigned);
            if sum != u64::from(kind.total) {
                let found = u32::try_from(sum).unwrap_or(u32::MAX);
                let error = PoolError::of(Fault::TotalOff).who(id.as_str());
                return Err(error.figures(found, kind.total));
            }
        }
        Ok(())
    }

    /// Where the people of a holding go when another unit takes them: to the same stage or kind, else to
    /// any holding of the same kind.
    pub(super) fn home(&self, from: &HoldingId, to: &UnitCode) -> Option<HoldingId> {
        let kind = &self.places.get(from)?.kind;
        let mut there = self.places.iter().filter(|(found, _)| found.unit == *to);
        let like = there.clone().find(|(found, _)| found.part == from.part);
        let home = like.or_else(|| there.find(|(_, place)| place.kind == *kind));
        home.map(|(found, _)| found.clone())
    }

    fn place(&self, at: &HoldingId, on: NaiveDate) -> Result<&Place, PoolError> {
        if let Some(closed) = self.closed.get(&at.unit).filter(|closed| **closed <= on) {
            return Err(PoolError::of(Fault::Closed).who(at.unit.as_str()).on(*closed));
        }
        self.places.get(at).ok_or_else(|| PoolError::of(Fault::NoUnit).who(at.unit.as_str()))
    }

    /// Gives and takes posts and people of one holding.
    fn change(&mut self, at: &HoldingId, posts: i64, people: i64) -> Result<(), PoolError> {
        let short = |found: i64, limit: u32| {
            let found = u32::try_from(found.abs()).unwrap_or(u32::MAX);
            PoolError::of(Fault::PostsShort).who(at.unit.as_str()).figures(found, limit)
        };
        let Some(place) = self.places.get_mut(at) else {
            return Err(PoolError::of(Fault::NoUnit).who(at.unit.as_str()));
        };
        let authorised = u32::try_from(i64::from(place.authorised) + posts);
        let in_post = u32::try_from(i64::from(place.in_post) + people);
        place.authorised = authorised.map_err(|_| short(posts, place.authorised))?;
        place.in_post = in_post.map_err(|_| short(people, place.in_post))?;
        Ok(())
    }

    /// Moves posts of a kind out of, or into, those unassigned.
    fn assign(&mut self, kind: &KindId, posts: i64) -> Result<(), PoolError> {
        let Some(account) = self.kinds.get_mut(kind) else {
            return Err(PoolError::of(Fault::KindDiffers).who(kind.as_str()));
        };
        let left = i64::from(account.unassigned) - posts;
        account.unassigned = u32::try_from(left).map_err(|_| {
            let found = u32::try_from(posts.abs()).unwrap_or(u32::MAX);
            let error = PoolError::of(Fault::UnassignedShort).who(kind.as_str());
            error.figures(found, account.unassigned)
        })?;
        Ok(())
    }

    /// Makes a movement on a day: all of it, or nothing.
    ///
    /// # Errors
    /// What stands against it, with figures; the accounts are then as they were.
    pub fn apply(&mut self, movement: &Movement, on: NaiveDate) -> Result<(), PoolError> {
        let mut after = self.clone();
        after.make(movement, on)?;
        after.check()?;
        after.check_lent(self)?;
        self.check_room(movement, &after, on)?;
        let kept = (after.people(), after.owed()) == (self.people(), self.owed())
            && after.kinds.iter().all(|(id, kind)| {
                self.kinds.get(id).is_some_and(|before| before.total == kind.total)
            });
        if !kept {
            return Err(PoolError::of(Fault::TotalOff));
        }
        *self = after;
        Ok(())
    }

    fn make(&mut self, movement: &Movement, on: NaiveDate) -> Result<(), PoolError> {
        match movement {
            Movement::WithFunction { from, to, posts, people } => {
                self.between(from, to, *posts, *people, on)
            }
            Movement::Adjust { from, to, posts } => {
                self.vacant(from, *posts, on)?;
                self.between(from, to, *posts, 0, on)
            }
            Movement::Recover { from, posts } => {
                self.vacant(from, *posts, on)?;
                let kind = self.place(from, on)?.kind.clone();
                self.change(from, -i64::from(*posts), 0)?;
                self.assign(&kind, -i64::from(*posts))
            }
            Movement::Swap { from, to, posts } => {
                some(*posts)?;
                let (gives, takes) = (self.place(from, on)?.kind.clone(), self.place(to, on)?);
                let takes = takes.kind.clone();
                self.vacant(from, *posts, on)?;
                self.change(from, -i64::from(*posts), 0)?;
                self.assign(&gives, -i64::from(*posts))?;
                self.assign(&takes, i64::from(*posts))?;
                self.change(to, i64::from(*posts), 0)
            }
            Movement::Found { unit, stage, kind, posts, leaders, .. } => {
                if self.places.keys().any(|id| id.unit == *unit) {
                    return Err(PoolError::of(Fault::UnitThere).who(unit.as_str()));
                }
                self.assign(kind, i64::from(*posts))?;
                let part = stage.map_or_else(|| Part::Kind(kind.clone()), Part::Stage);
                let at = HoldingId { unit: unit.clone(), part };
                let place = Place { kind: kind.clone(), authorised: *posts, in_post: 0 };
                self.places.insert(at, place);
                self.leaders.insert(unit.clone(), *leaders);
                Ok(())
            }
            Movement::Merge { from, to } => self.end(from, Some(to), true, on),
            Movement::Close { from, to } => self.end(from, to.as_ref(), false, on),
        }
    }

    fn vacant(&self, from: &HoldingId, posts: u32, on: NaiveDate) -> Result<(), PoolError> {
        some(posts)?;
        let place = self.place(from, on)?;
        let vacant = place.authorised.saturating_sub(place.in_post);
        if posts > vacant {
            let error = PoolError::of(Fault::PostsShort).who(from.unit.as_str());
            return Err(error.figures(posts, vacant));
        }
        Ok(())
    }

    fn between(
        &mut self,
        from: &HoldingId,
        to: &HoldingId,
        posts: u32,
        people: u32,
        on: NaiveDate,
    ) -> Result<(), PoolError> {
        some(posts)?;
        if from == to {
            return Err(PoolError::of(Fault::SameUnit).who(from.unit.as_str()));
        }
        if self.place(from, on)?.kind != self.place(to, on)?.kind {
            return Err(PoolError::of(Fault::KindDiffers).who(to.unit.as_str()));
        }
        if people > posts {
            let error = PoolError::of(Fault::PostsShort).who(from.unit.as_str());
            return Err(error.figures(people, posts));
        }
        let (posts, people) = (i64::from(posts), i64::from(people));
        self.change(from, -posts, -people)?;
        self.change(to, posts, people)
    }

    /// Ends a unit: each holding goes to the like one of `to`, or its posts become unassigned.
    fn end(
        &mut self,
        from: &UnitCode,
        to: Option<&UnitCode>,
        merge: bool,
        on: NaiveDate,
    ) -> Result<(), PoolError> {
        if to == Some(from) {
            return Err(PoolError::of(Fault::SameUnit).who(from.as_str()));
        }
        let own: Vec<(HoldingId, Place)> = self
            .places
            .iter()
            .filter(|(id, _)| id.unit == *from)
            .map(|(id, place)| (id.clone(), place.clone()))
            .collect();
        if own.is_empty() {
            return Err(PoolError::of(Fault::NoUnit).who(from.as_str()));
        }
        let homeless = |found: u32| {
            PoolError::of(Fault::NotRehomed).who(from.as_str()).on(on).figures(found, 0)
        };
        for (id, place) in own {
            self.place(&id, on)?;
            let (posts, people) = (i64::from(place.authorised), i64::from(place.in_post));
            let home = to.and_then(|to| self.home(&id, to));
            self.change(&id, -posts, -people)?;
            match home {
                Some(home) if merge => {
                    self.place(&home, on)?;
                    self.change(&home, posts, people)?;
                }
                Some(home) => {
                    self.place(&home, on)?;
                    self.change(&home, 0, people)?;
                    self.assign(&place.kind, -posts)?;
                }
                None if merge && posts > 0 => return Err(homeless(place.authorised)),
                None if people > 0 => return Err(homeless(place.in_post)),
                None => self.assign(&place.kind, -posts)?,
            }
        }
        let own = self.debts.iter().filter(|((_, unit), posts)| unit == from && **posts > 0);
        let own: Vec<(KindId, u32)> =
            own.map(|((kind, _), posts)| (kind.clone(), *posts)).collect();
        self.debts.retain(|(_, unit), _| unit != from);
        for (kind, owed) in own {
            let to = to.ok_or_else(|| homeless(owed))?;
            let debts = self.debts.entry((kind, to.clone())).or_default();
            *debts = debts.saturating_add(owed);
        }
        let leaders = self.leaders.remove(from).unwrap_or(0);
        if let (true, Some(to)) = (merge && leaders > 0, to) {
            let sum = self.leaders.entry(to.clone()).or_default();
            *sum = sum.saturating_add(leaders);
        }
        self.closed.insert(from.clone(), on);
        Ok(())
    }
}

fn some(posts: u32) -> Result<(), PoolError> {
    match posts {
        0 => Err(PoolError::of(Fault::NoPosts)),
        posts if posts > MOST => Err(PoolError::of(Fault::TooLarge).figures(posts, MOST)),
        _ => Ok(()),
    }
}

/// What each unit owes a pool on a day.
fn debts(pool: &Pool, on: NaiveDate) -> Result<BTreeMap<UnitCode, u32>, PoolError> {
    let mut debts: BTreeMap<UnitCode, u32> = BTreeMap::new();
    for held in Book::on(pool, on)?.held {
        let out = held.out();
        if let (Borrower::Unit(unit), 1..) = (held.borrower, out) {
            let owed = debts.entry(unit).or_default();
            *owed = owed.saturating_add(out);
        }
    }
    Ok(debts)
}
