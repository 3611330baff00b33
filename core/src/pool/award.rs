//! Awarding one batch: who is granted how many posts, and why.
//!
//! One greedy pass in the stated order is exact, since every limit is nested in the next: the
//! unit's and the category's in the batch's, the batch's in the pool's free posts. It decides
//! nothing of the loans that exist, and nothing is lent until the batch is approved.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::admit::can_borrow;
use super::place::Place;
use super::rule::Case;
use super::{
    Application, Book, Borrower, Fault, Figures, Mark, Otherwise, Override, Pool, PoolError, Rule,
    Standing, Standings, Verdict, caps,
};
use crate::county::UnitCode;
use crate::order::InOrder;
use crate::text::{Lang, pool as words};

/// Which of the two totals is the smaller, and so holds the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The batch's limit.
    Batch,
    /// The pool's free posts.
    Pool,
}

/// The application served last before one that found too few posts left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Its id.
    pub application: String,
    /// Its unit.
    pub unit: UnitCode,
    /// Its score, for a person; empty without one.
    pub score: String,
    /// It is another unit's, of the same tier and score: the order of unit codes decided.
    pub tied: bool,
}

/// Why an application is granted what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// All that it asked for.
    InFull {
        /// Its priority.
        tier: u8,
    },
    /// All that it asked for, and the last post that there was.
    Last {
        /// How many posts the batch grants with it.
        nth: u32,
        /// What is used up.
        bound: Bound,
    },
    /// Cut by the rule of this mark (place in [`Award::marks`]), or held back for a decision.
    Cut {
        /// Place of the mark.
        mark: usize,
    },
    /// The limit of a category is used up.
    Capped {
        /// The cap's name.
        cap: String,
        /// Posts that it allows.
        limit: u32,
    },
    /// Too few posts were left, or none.
    Spent {
        /// What is used up.
        bound: Bound,
        /// Posts that there were for the batch.
        limit: u32,
        /// Who was served before it; `None` for the first.
        before: Option<Before>,
        /// Posts set aside by hand in the batch.
        aside: u32,
    },
    /// Refused by the rule of this mark (place in [`Award::marks`]).
    Refused {
        /// Place of the mark.
        mark: usize,
    },
    /// The county has no such unit.
    UnknownUnit,
    /// The unit holds no posts of the pool's kind, and no rule in force says so.
    OtherKind,
    /// The unit has closed.
    Closed(NaiveDate),
    /// The planner decided.
    Overruled(Override),
}

/// What one application is granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// Id of the application.
    pub application: String,
    /// The unit that asked.
    pub unit: UnitCode,
    /// Place in the order, from 1: those eligible first, then by tier, score and ties.
    pub rank: usize,
    /// Its tier.
    pub tier: u8,
    /// Posts asked for.
    pub asked: u32,
    /// Posts granted.
    pub granted: u32,
    /// What each rule of the pool says, in the pool's order; empty for an unknown unit.
    pub marks: Vec<Mark>,
    /// Why.
    pub reason: Reason,
}

impl Award {
    /// `granted` in full, `cut`, `refused`, or held for `review`.
    pub fn result(&self) -> &'static str {
        let held = |mark: &usize| {
            self.marks.get(*mark).is_some_and(|m| m.rule.otherwise() == Otherwise::Review)
        };
        match &self.reason {
            _ if self.granted >= self.asked => "granted",
            Reason::Cut { mark } if held(mark) => "review",
            _ if self.granted > 0 => "cut",
            _ => "refused",
        }
    }

    /// Why, in one word.
    pub fn code(&self) -> &'static str {
        match &self.reason {
            Reason::InFull { .. } => "in_full",
            Reason::Last { .. } => "last_post",
            Reason::Cut { .. } => "rule",
            Reason::Capped { .. } => "cap",
            Reason::Spent { bound: Bound::Batch, .. } => "batch_spent",
            Reason::Spent { bound: Bound::Pool, .. } => "pool_spent",
            Reason::Refused { .. } => "not_eligible",
            Reason::UnknownUnit => "unknown_unit",
            Reason::OtherKind => "kind_differs",
            Reason::Closed(_) => "closed_unit",
            Reason::Overruled(_) => "overruled",
        }
    }

    /// Why, for a person, with units by their codes.
    pub fn text(&self, lang: Lang) -> String {
        self.text_naming(lang, &|unit| unit.to_string())
    }

    /// The same with units by the names that `name` gives them.
    pub fn text_naming(&self, lang: Lang, name: &dyn Fn(&UnitCode) -> String) -> String {
        let said = |mark: &usize| self.marks.get(*mark);
        match &self.reason {
            Reason::InFull { tier: 1 } => words::IN_FULL_FIRST_TIER.get(lang).to_owned(),
            Reason::InFull { .. } => words::IN_FULL.get(lang).to_owned(),
            Reason::Last { nth, bound } => match bound {
                Bound::Batch => words::LAST_OF_BATCH,
                Bound::Pool => words::LAST_OF_POOL,
            }
            .with(lang, &[("nth", nth)]),
            Reason::Cut { mark } => {
                let rest = self.asked.saturating_sub(self.granted);
                said(mark).map(|mark| mark.cut_text(lang, rest)).unwrap_or_default()
            }
            Reason::Spent { bound, limit: 0, .. } => match bound {
                Bound::Batch => words::BATCH_NONE,
                Bound::Pool => words::POOL_NONE,
            }
            .get(lang)
            .to_owned(),
            Reason::Spent { bound, limit, before, aside } => {
                let spent = match bound {
                    Bound::Batch => words::BATCH_SPENT,
                    Bound::Pool => words::POOL_SPENT,
                }
                .with(lang, &[("limit", limit)]);
                let rest = self.asked.saturating_sub(self.granted);
                let order = match before {
                    // It was served first, and asks for more than there is.
                    None if *aside == 0 => {
                        return words::SPENT_FIRST
                            .with(lang, &[("spent", &spent), ("rest", &rest)]);
                    }
                    Some(Before { score, tied: false, .. }) if !score.is_empty() => {
                        words::BEFORE_SCORED.with(lang, &[("score", score)])
                    }
                    Some(Before { unit, tied: false, .. }) => {
                        words::BEFORE.with(lang, &[("unit", &name(unit))])
                    }
                    Some(Before { unit, .. }) => {
                        words::BEFORE_TIED.with(lang, &[("unit", &name(unit))])
                    }
                    None => words::BEFORE_OVERRULED.get(lang).to_owned(),
                };
                let message = if self.granted == 0 { words::SPENT } else { words::SPENT_SHORT };
                message.with(lang, &[("spent", &spent), ("order", &order), ("rest", &rest)])
            }
            Reason::Refused { mark } => said(mark)
                .map(|mark| words::REFUSED.with(lang, &[("said", &mark.text(lang))]))
                .unwrap_or_default(),
            Reason::Capped { cap, limit } => {
                let rest = self.asked.saturating_sub(self.granted);
                words::CAPPED.with(lang, &[("cap", cap), ("limit", limit), ("rest", &rest)])
            }
            Reason::Closed(date) => {
                words::CLOSED_UNIT.with(lang, &[("unit", &name(&self.unit)), ("date", date)])
            }
            Reason::OtherKind => words::OTHER_KIND.with(lang, &[("unit", &name(&self.unit))]),
            Reason::UnknownUnit => words::UNKNOWN_UNIT.with(lang, &[("unit", &self.unit)]),
            Reason::Overruled(decision) => words::OVERRULED
                .with(lang, &[("reason", &decision.reason), ("document", &decision.document)]),
        }
    }
}

/// The awards of one batch, in the order of their ranks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awards {
    /// One for each application.
    pub list: Vec<Award>,
    /// Posts that there were for the batch: its limit or the pool's free posts, the smaller.
    pub limit: u32,
    /// Which of the two it was.
    pub bound: Bound,
    /// Where the pool's posts are with these awards, on the batch's date.
    pub figures: Figures,
}

impl Awards {
    /// Posts granted.
    pub fn granted(&self) -> u32 {
        self.figures.granted
    }

    /// Units that are granted at least one post.
    pub fn units_served(&self) -> usize {
        let served = self.list.iter().filter(|award| award.granted > 0);
        let mut units: Vec<&UnitCode> = served.map(|award| &award.unit).collect();
        units.order_by(Ord::cmp);
        units.dedup();
        units.len()
    }

    /// The award of one application.
    pub fn of(&self, application: &str) -> Option<&Award> {
        self.list.iter().find(|award| award.application == application)
    }

    /// What the planner decided by hand, in the order of the ranks.
    pub fn overruled(&self) -> impl Iterator<Item = (&Award, &Override)> {
        self.list.iter().filter_map(|award| match &award.reason {
            Reason::Overruled(decision) => Some((award, decision)),
            _ => None,
        })
    }
}

/// What a batch has to share out, and among whom.
#[derive(Debug, Clone, Copy)]
pub struct Sharing<'a> {
    /// The book on the batch's day, with all that came back and before anything is granted.
    pub book: &'a Book,
    /// The day.
    pub date: NaiveDate,
    /// Posts that the pool has to grant.
    pub free: u32,
    /// Posts that the batch may grant, what carried on to it included; `None` for no limit.
    pub limit: Option<u32>,
    /// Who asks.
    pub asking: &'a [&'a Application],
}

/// Shares out the batch being decided among its applications.
///
/// Overrides are set aside first. The others are served in the order of tier, score and ties, each
/// with all that its rules, the caps and what is left allow. Neither the order of
/// `pool.applications` nor of anything else that is given matters.
///
/// # Errors
/// What [`Pool::check`] finds, or overrides that grant more than there is, or to a unit that is not there,
/// has closed or holds no posts of the kind.
pub fn award(pool: &Pool, standings: &Standings) -> Result<Awards, PoolError> {
    pool.check()?;
    let date = pool.batch.date;
    let limit = match pool.batch.limit {
        _ if pool.batch.closed => Some(0),
        limit => limit.map(|limit| limit.saturating_add(pool.carried())),
    };
    let asking: Vec<&Application> = pool.applications.iter().collect();
    let book = Book::on(pool, date)?;
    let free = pool.figures(date, 0)?.free;
    let sharing = Sharing { book: &book, date, free, limit, asking: &asking };
    let mut awards = award_for(pool, standings, sharing)?;
    awards.figures = pool.figures(date, awards.figures.granted)?;
    Ok(awards)
}

/// The same for any batch, with the book of its day.
///
/// # Errors
/// Caps that cross, and overrides as of [`award`].
pub fn award_for(
    pool: &Pool,
    standings: &Standings,
    sharing: Sharing<'_>,
) -> Result<Awards, PoolError> {
    caps::check_nested(pool, standings, sharing.asking)?;
    let (limit, bound) = match sharing.limit {
        Some(limit) if limit <= sharing.free => (limit, Bound::Batch),
        _ => (sharing.free, Bound::Pool),
    };
    let mut round = Round::open(pool, standings, sharing, limit, bound)?;
    let mut order: Vec<(bool, Place<'_>)> = sharing
        .asking
        .iter()
        .map(|asking| {
            let standing = standings.get(&asking.unit);
            let place = Place::of(pool, asking, standing, sharing.date.year());
            (round.refused(asking), place)
        })
        .collect();
    order.order_by(|(refused, place), (other_refused, other)| {
        refused.cmp(other_refused).then_with(|| place.compare(other))
    });
    let mut list = Vec::with_capacity(order.len());
    for (rank, (_, place)) in (1..).zip(order) {
        list.push(round.serve(rank, place));
    }
    let granted = limit - round.left;
    let (size, on_loan) = (sharing.book.size, sharing.book.out());
    let figures = Figures {
        size,
        on_loan,
        promised: sharing.book.promised(),
        overdue: sharing.book.overdue(sharing.date),
        granted,
        free: sharing.free.saturating_sub(granted),
    };
    Ok(Awards { list, limit, bound, figures })
}

/// What a unit has of the pool.
#[derive(Debug, Clone, Copy, Default)]
struct Owes {
    out: u32,
    overdue: u32,
    /// Granted or set aside in this batch.
    taken: u32,
}

/// A batch while it is being shared out.
struct Round<'a> {
    pool: &'a Pool,
    standings: &'a Standings,
    rules: Vec<Arc<Rule>>,
    date: NaiveDate,
    limit: u32,
    bound: Bound,
    /// Posts not yet granted or set aside.
    left: u32,
    /// Posts left under each cap, in the pool's order.
    capped: Vec<u32>,
    owes: BTreeMap<UnitCode, Owes>,
    /// What was decided by hand, by application.
    by_hand: BTreeMap<&'a str, &'a Override>,
    /// Who was served last in turn.
    last: Option<Place<'a>>,
    /// Posts set aside by hand.
    aside: u32,
}

impl<'a> Round<'a> {
    /// Sets the overrides aside.
    fn open(
        pool: &'a Pool,
        standings: &'a Standings,
        sharing: Sharing<'a>,
        limit: u32,
        bound: Bound,
    ) -> Result<Self, PoolError> {
        let mut owes: BTreeMap<UnitCode, Owes> = BTreeMap::new();
        for held in &sharing.book.held {
            if let Borrower::Unit(unit) = &held.borrower
                && held.out() > 0
            {
                let owed = owes.entry(unit.clone()).or_default();
                owed.out = owed.out.saturating_add(held.out());
                owed.overdue = owed.overdue.saturating_add(held.overdue(sharing.date));
            }
        }
        let mut by_hand: BTreeMap<&str, &Override> =
            pool.overrides.iter().map(|by_hand| (by_hand.application.as_str(), by_hand)).collect();
        let asking = sharing.asking;
        by_hand.retain(|id, _| asking.iter().any(|asking| asking.id == *id));
        for asking in asking {
            // What no loan could follow from is not decided by hand either.
            if by_hand.get(asking.id.as_str()).is_some_and(|by_hand| by_hand.granted > 0) {
                can_borrow(standings, &asking.unit, sharing.date)?;
            }
        }
        let granted = by_hand.values().map(|by_hand| by_hand.granted);
        let granted = granted.fold(0, u32::saturating_add);
        let above = || PoolError::of(Fault::OverridesAboveLimit).figures(granted, limit);
        let left = limit.checked_sub(granted).ok_or_else(above)?;
        let mut round = Self {
            pool,
            standings,
            rules: pool.rules_in_force().cloned().map(Arc::new).collect(),
            date: sharing.date,
            limit,
            bound,
            left,
            capped: caps::room(pool, standings, sharing.book),
            owes,
            by_hand,
            last: None,
            aside: granted,
        };
        if granted > 0 {
            for asking in asking {
                if let Some(granted) = round.by_hand.get(asking.id.as_str()).map(|o| o.granted) {
                    round.take(asking, granted);
                }
            }
        }
        Ok(round)
    }

    /// Counts posts granted against the unit and the caps.
    fn take(&mut self, asking: &Application, posts: u32) {
        let owed = self.owes.entry(asking.unit.clone()).or_default();
        owed.taken = owed.taken.saturating_add(posts);
        let unit = self.standings.get(&asking.unit);
        for (cap, left) in self.pool.caps.iter().zip(&mut self.capped) {
            if cap.holds(asking, unit) {
                *left = left.saturating_sub(posts);
            }
        }
    }

    /// What each rule says of an application, given what its unit has taken before it.
    fn marks(&self, asking: &Application, owes: Owes) -> Option<Vec<Mark>> {
        let case = Case {
            asking,
            standing: self.standings.get(&asking.unit)?,
            earlier: owes.taken,
            owed: owes.out,
            overdue: owes.overdue,
            year: self.date.year(),
        };
        Some(self.rules.iter().map(|rule| rule.judge(&case)).collect())
    }

    fn refused(&self, asking: &Application) -> bool {
        let owes = self.owes.get(&asking.unit).copied().unwrap_or_default();
        let fails = |marks: Vec<Mark>| marks.iter().any(|mark| mark.verdict == Verdict::Fail);
        let can = |unit: &Standing| unit.of_kind && !unit.is_closed(self.date);
        !self.standings.get(&asking.unit).is_some_and(can)
            || self.marks(asking, Owes { taken: 0, ..owes }).is_none_or(fails)
    }

    /// Decides one application, all before it being decided.
    fn serve(&mut self, rank: usize, place: Place<'a>) -> Award {
        let asking = place.asking();
        let by_hand = self.by_hand.get(asking.id.as_str()).copied();
        let aside = by_hand.map_or(0, |by_hand| by_hand.granted);
        let mut owes = self.owes.get(&asking.unit).copied().unwrap_or_default();
        owes.taken = owes.taken.saturating_sub(aside);
        let marks = self.marks(asking, owes);
        let standing = self.standings.get(&asking.unit);
        let closed = standing.and_then(|unit| unit.closed).filter(|closed| *closed <= self.date);
        let tier = self.pool.tier_of(asking, standing);
        let (granted, reason) = match (by_hand, &marks, closed) {
            (Some(by_hand), ..) => (by_hand.granted, Reason::Overruled(by_hand.clone())),
            (None, None, _) => (0, Reason::UnknownUnit),
            (None, Some(_), Some(closed)) => (0, Reason::Closed(closed)),
            (None, Some(marks), None) => self.grant(place, tier, marks),
        };
        Award {
            application: asking.id.clone(),
            unit: asking.unit.clone(),
            rank,
            tier,
            asked: asking.posts,
            granted,
            marks: marks.unwrap_or_default(),
            reason,
        }
    }

    /// Grants what the rules, the caps and the posts left allow, and takes it from what is left.
    fn grant(&mut self, place: Place<'a>, tier: u8, marks: &[Mark]) -> (u32, Reason) {
        if let Some(mark) = marks.iter().position(|mark| mark.verdict == Verdict::Fail) {
            return (0, Reason::Refused { mark });
        }
        let asking = place.asking();
        // Of two rules that cut to the same figure, the first of the pool is named.
        let cuts = marks.iter().enumerate().filter_map(|(place, mark)| match mark.verdict {
            Verdict::Review { to } => Some((to, place)),
            Verdict::Pass | Verdict::Fail => None,
        });
        let cut = cuts.min();
        let unit = self.standings.get(&asking.unit);
        // Whatever the rules leave out: no loan could follow from it.
        if !unit.is_some_and(|unit| unit.of_kind) {
            return (0, Reason::OtherKind);
        }
        let caps = self.pool.caps.iter().zip(&self.capped);
        let caps = caps.filter(|(cap, _)| cap.holds(asking, unit));
        let cap = caps.min_by_key(|(_, left)| **left).map(|(cap, left)| (cap, *left));
        let by_rules = cut.map_or(asking.posts, |(to, _)| to.min(asking.posts));
        let room = cap.map_or(by_rules, |(_, left)| left.min(by_rules));
        let granted = room.min(self.left);
        let (limit, bound) = (self.limit, self.bound);
        let reason = match (cut, cap) {
            _ if granted < room => {
                Reason::Spent { bound, limit, before: self.before(&place), aside: self.aside }
            }
            (_, Some((cap, left))) if left < by_rules => {
                Reason::Capped { cap: cap.name.clone(), limit: cap.posts }
            }
            (Some((_, mark)), _) => Reason::Cut { mark },
            (None, _) if granted == self.left => Reason::Last { nth: limit, bound },
            (None, _) => Reason::InFull { tier },
        };
        if granted > 0 {
            self.left -= granted;
            self.take(asking, granted);
            self.last = Some(place);
        }
        (granted, reason)
    }

    fn before(&self, place: &Place<'_>) -> Option<Before> {
        let last = self.last.as_ref()?;
        let asking = last.asking();
        Some(Before {
            application: asking.id.clone(),
            unit: asking.unit.clone(),
            score: self.pool.score_text(asking),
            tied: last.tied(place) && asking.unit != place.asking().unit,
        })
    }
}
