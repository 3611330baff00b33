//! Awarding one batch: who is granted how many posts, and why.
//!
//! One greedy pass in the stated order is exact, since every limit is nested in the next: the
//! unit's in the batch's, the batch's in the pool's free posts. It decides nothing of the loans
//! that exist, and nothing is lent until the batch is approved.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::rule::Case;
use super::{
    Application, Figures, Loan, Mark, Override, Pool, PoolError, Score, Standing, Verdict,
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
    /// Its score.
    pub score: Option<Score>,
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
    /// Cut by the rule of this mark (place in [`Award::marks`]).
    Cut {
        /// Place of the mark.
        mark: usize,
    },
    /// Too few posts were left, or none.
    Spent {
        /// What is used up.
        bound: Bound,
        /// Posts that there were for the batch.
        limit: u32,
        /// Who stood before it; `None` if overrides took all.
        before: Option<Before>,
    },
    /// Refused by the rule of this mark (place in [`Award::marks`]).
    Refused {
        /// Place of the mark.
        mark: usize,
    },
    /// The county has no such unit.
    UnknownUnit,
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
    /// Place in the order, from 1: those eligible first, then by [`Application::place`].
    pub rank: usize,
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
    /// Why, for a person.
    pub fn text(&self, lang: Lang) -> String {
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
            Reason::Spent { bound, limit, before } => {
                let spent = match bound {
                    Bound::Batch => words::BATCH_SPENT,
                    Bound::Pool => words::POOL_SPENT,
                }
                .with(lang, &[("limit", limit)]);
                let order = match before {
                    Some(Before { score: Some(score), tied: false, .. }) => {
                        words::BEFORE_SCORED.with(lang, &[("score", score)])
                    }
                    Some(Before { unit, tied: false, .. }) => {
                        words::BEFORE.with(lang, &[("unit", unit)])
                    }
                    Some(Before { unit, .. }) => words::BEFORE_TIED.with(lang, &[("unit", unit)]),
                    None => words::BEFORE_OVERRULED.get(lang).to_owned(),
                };
                let rest = self.asked.saturating_sub(self.granted);
                let message = if self.granted == 0 { words::SPENT } else { words::SPENT_SHORT };
                message.with(lang, &[("spent", &spent), ("order", &order), ("rest", &rest)])
            }
            Reason::Refused { mark } => said(mark)
                .map(|mark| words::REFUSED.with(lang, &[("said", &mark.text(lang))]))
                .unwrap_or_default(),
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

/// Shares out the batch among its applications.
///
/// Overrides are set aside first. The others are served in the order of [`Application::place`],
/// each with all that its rules and what is left allow. Neither the order of `pool.applications`
/// nor of anything else that is given matters.
///
/// # Errors
/// What [`Pool::check`] finds, or overrides that grant more than there is.
pub fn award(pool: &Pool, standings: &BTreeMap<UnitCode, Standing>) -> Result<Awards, PoolError> {
    pool.check()?;
    let free = pool.figures(pool.batch.date, 0)?.free;
    let (limit, bound) = match pool.batch.limit {
        Some(limit) if limit <= free => (limit, Bound::Batch),
        _ => (free, Bound::Pool),
    };
    let mut round = Round::open(pool, standings, limit, bound)?;

    let mut order: Vec<(bool, &Application)> =
        pool.applications.iter().map(|asking| (round.refused(asking), asking)).collect();
    order.order_by(|(refused, asking), (other_refused, other)| {
        refused.cmp(other_refused).then_with(|| asking.place().cmp(&other.place()))
    });
    let ranked = (1..).zip(order);
    let list: Vec<Award> = ranked.map(|(rank, (_, asking))| round.serve(rank, asking)).collect();
    let figures = pool.figures(pool.batch.date, limit - round.left)?;
    Ok(Awards { list, limit, bound, figures })
}

/// A batch while it is being shared out.
struct Round<'a> {
    pool: &'a Pool,
    standings: &'a BTreeMap<UnitCode, Standing>,
    limit: u32,
    bound: Bound,
    /// Posts not yet granted or set aside.
    left: u32,
    /// Posts granted or set aside, by unit.
    taken: BTreeMap<&'a UnitCode, u32>,
    /// Who was served last in turn.
    last: Option<&'a Application>,
}

impl<'a> Round<'a> {
    /// Sets the overrides aside.
    fn open(
        pool: &'a Pool,
        standings: &'a BTreeMap<UnitCode, Standing>,
        limit: u32,
        bound: Bound,
    ) -> Result<Self, PoolError> {
        let granted: u64 = pool.overrides.iter().map(|by_hand| u64::from(by_hand.granted)).sum();
        let left = u64::from(limit).checked_sub(granted).and_then(|left| u32::try_from(left).ok());
        let left = left.ok_or(PoolError::OverridesAboveLimit { granted, limit })?;
        let mut taken = BTreeMap::new();
        for asking in &pool.applications {
            if let Some(by_hand) = pool.override_of(&asking.id) {
                *taken.entry(&asking.unit).or_insert(0) += by_hand.granted;
            }
        }
        Ok(Self { pool, standings, limit, bound, left, taken, last: None })
    }

    /// What each rule says of an application, given what its unit has taken before it.
    fn marks(&self, asking: &Application, earlier: u32) -> Option<Vec<Mark>> {
        let (loans, date) = (&self.pool.loans, self.pool.batch.date);
        let sum = |count: &dyn Fn(&Loan) -> u32| {
            let own = loans.iter().filter(|loan| loan.is_of(&asking.unit));
            own.map(count).fold(0, u32::saturating_add)
        };
        let case = Case {
            standing: self.standings.get(&asking.unit)?,
            asked: asking.posts,
            earlier,
            owed: sum(&Loan::outstanding),
            overdue: sum(&|loan| loan.overdue(date)),
            year: date.year(),
        };
        Some(self.pool.rules_in_force().map(|rule| rule.judge(&case)).collect())
    }

    fn refused(&self, asking: &Application) -> bool {
        let fails = |marks: Vec<Mark>| marks.iter().any(|mark| mark.verdict == Verdict::Fail);
        self.marks(asking, 0).is_none_or(fails)
    }

    /// Decides one application, all before it being decided.
    fn serve(&mut self, rank: usize, asking: &'a Application) -> Award {
        let by_hand = self.pool.override_of(&asking.id);
        let aside = by_hand.map_or(0, |by_hand| by_hand.granted);
        let taken = self.taken.get(&asking.unit).copied().unwrap_or(0);
        let marks = self.marks(asking, taken - aside);
        let (granted, reason) = match (by_hand, &marks) {
            (Some(by_hand), _) => (by_hand.granted, Reason::Overruled(by_hand.clone())),
            (None, None) => (0, Reason::UnknownUnit),
            (None, Some(marks)) => self.grant(asking, marks),
        };
        Award {
            application: asking.id.clone(),
            unit: asking.unit.clone(),
            rank,
            asked: asking.posts,
            granted,
            marks: marks.unwrap_or_default(),
            reason,
        }
    }

    /// Grants what the rules and the posts left allow, and takes it from what is left.
    fn grant(&mut self, asking: &'a Application, marks: &[Mark]) -> (u32, Reason) {
        if let Some(mark) = marks.iter().position(|mark| mark.verdict == Verdict::Fail) {
            return (0, Reason::Refused { mark });
        }
        // Of two rules that cut to the same figure, the first of the pool is named.
        let cuts = marks.iter().enumerate().filter_map(|(place, mark)| match mark.verdict {
            Verdict::Review { to } => Some((to, place)),
            Verdict::Pass | Verdict::Fail => None,
        });
        let cut = cuts.min();
        let room = cut.map_or(asking.posts, |(to, _)| to);
        let granted = room.min(self.left);
        let (limit, bound) = (self.limit, self.bound);
        let reason = match cut {
            _ if granted < room => Reason::Spent { bound, limit, before: self.before(asking) },
            Some((_, mark)) => Reason::Cut { mark },
            None if granted == self.left => Reason::Last { nth: limit, bound },
            None => Reason::InFull { tier: asking.tier },
        };
        if granted > 0 {
            self.left -= granted;
            *self.taken.entry(&asking.unit).or_insert(0) += granted;
            self.last = Some(asking);
        }
        (granted, reason)
    }

    fn before(&self, asking: &Application) -> Option<Before> {
        let last = self.last?;
        Some(Before {
            application: last.id.clone(),
            unit: last.unit.clone(),
            score: last.score,
            tied: (last.tier, last.score) == (asking.tier, asking.score)
                && last.unit != asking.unit,
        })
    }
}
