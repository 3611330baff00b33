//! Checks awards without trusting how they were found: it reads the pool, the units and the figures
//! granted, and works out every limit anew. It never repairs anything.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::{Application, Award, Awards, Condition, Pool, Reason, Standing};
use crate::county::UnitCode;
use crate::text::{Lang, pool as words};

/// What is wrong with a set of awards. What a planner decided by hand is exempt from the rules and
/// from envy, but counts in every sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// An application without an award of its own, or an award without its application.
    Unmatched {
        /// Id of the application.
        application: String,
    },
    /// More granted than asked for.
    AboveAsked {
        /// Id of the application.
        application: String,
    },
    /// More granted than the batch or the pool has, or the figures do not add up.
    AboveLimit {
        /// Posts granted.
        granted: u64,
        /// Posts that there are.
        limit: u64,
    },
    /// A unit is granted more than a cutting rule allows it.
    AboveUnitLimit {
        /// The unit.
        unit: UnitCode,
        /// The rule.
        condition: Condition,
        /// Posts granted to the unit.
        granted: u64,
        /// Posts that the rule allows.
        limit: u64,
    },
    /// A grant to a unit that is not eligible.
    NotEligible {
        /// Id of the application.
        application: String,
    },
    /// A decision made by hand that is not kept or not listed, or one listed that was not made.
    OverrideNotKept {
        /// Id of the application.
        application: String,
    },
    /// Justified envy: one goes short while another that stands after it is served.
    Envy {
        /// Id of the application that goes short.
        short: String,
        /// Id of the one that is served.
        served: String,
    },
    /// One goes short while posts are left over.
    Idle {
        /// Id of the application.
        application: String,
    },
    /// The reason given does not fit the figures.
    WrongReason {
        /// Id of the application.
        application: String,
    },
    /// The awards do not stand in the stated order.
    WrongOrder {
        /// Id of the first application out of place.
        application: String,
    },
}

impl Violation {
    /// What is wrong, for a person.
    pub fn text(&self, lang: Lang) -> String {
        let (message, application) = match self {
            Self::AboveLimit { granted, limit } => {
                return words::ABOVE_LIMIT.with(lang, &[("granted", granted), ("limit", limit)]);
            }
            Self::AboveUnitLimit { unit, condition, granted, limit } => {
                let rule = condition.name(lang);
                return words::ABOVE_UNIT_LIMIT.with(
                    lang,
                    &[("unit", unit), ("rule", &rule), ("granted", granted), ("limit", limit)],
                );
            }
            Self::Envy { short, served } => {
                return words::ENVY.with(lang, &[("short", short), ("served", served)]);
            }
            Self::Unmatched { application } => (words::UNMATCHED, application),
            Self::AboveAsked { application } => (words::ABOVE_ASKED, application),
            Self::NotEligible { application } => (words::NOT_ELIGIBLE, application),
            Self::OverrideNotKept { application } => (words::OVERRIDE_NOT_KEPT, application),
            Self::Idle { application } => (words::IDLE, application),
            Self::WrongReason { application } => (words::WRONG_REASON, application),
            Self::WrongOrder { application } => (words::WRONG_ORDER, application),
        };
        message.with(lang, &[("id", application)])
    }
}

/// Everything wrong with `awards`; empty if they are lawful, fair and leave nothing idle.
pub fn verify(
    pool: &Pool,
    standings: &BTreeMap<UnitCode, Standing>,
    awards: &Awards,
) -> Vec<Violation> {
    let lines = match pair(pool, standings, awards) {
        Ok(lines) => lines,
        Err(unmatched) => return unmatched,
    };
    let mut found = Vec::new();
    lines.iter().for_each(|line| line.check(&mut found));
    let total: u64 = lines.iter().map(Line::granted).sum();
    let limit = limit(pool);
    if total > limit || !adds_up(pool, awards, total) {
        found.push(Violation::AboveLimit { granted: total, limit });
    }
    for line in &lines {
        line.check_unit(&lines, &mut found);
        if total < limit && line.could_take_more(&lines) {
            found.push(Violation::Idle { application: line.id() });
        }
    }
    for short in lines.iter().filter(|line| line.is_short()) {
        let served = lines.iter().find(|other| {
            let after = other.asking.place() > short.asking.place();
            let room = other.asking.unit == short.asking.unit || short.could_take_more(&lines);
            after && room && !other.by_hand() && other.award.granted > 0
        });
        if let Some(served) = served {
            found.push(Violation::Envy { short: short.id(), served: served.id() });
        }
    }
    found.extend(out_of_order(&lines));
    found
}

/// An application with its award and what is known of its unit, in the order of the awards.
struct Line<'a> {
    pool: &'a Pool,
    standing: Option<&'a Standing>,
    asking: &'a Application,
    award: &'a Award,
}

fn pair<'a>(
    pool: &'a Pool,
    standings: &'a BTreeMap<UnitCode, Standing>,
    awards: &'a Awards,
) -> Result<Vec<Line<'a>>, Vec<Violation>> {
    let mut open: BTreeMap<&str, &Application> =
        pool.applications.iter().map(|asking| (asking.id.as_str(), asking)).collect();
    let mut unmatched = Vec::new();
    let mut lines = Vec::new();
    for award in &awards.list {
        match open.remove(award.application.as_str()) {
            Some(asking) if asking.unit == award.unit && asking.posts == award.asked => {
                let standing = standings.get(&asking.unit);
                lines.push(Line { pool, standing, asking, award });
            }
            _ => unmatched.push(Violation::Unmatched { application: award.application.clone() }),
        }
    }
    unmatched.extend(open.keys().map(|id| Violation::Unmatched { application: (*id).to_owned() }));
    if unmatched.is_empty() { Ok(lines) } else { Err(unmatched) }
}

/// Posts that the batch can grant.
fn limit(pool: &Pool) -> u64 {
    let lent: u64 =
        pool.loans.iter().map(|loan| u64::from(loan.posts.saturating_sub(loan.returned))).sum();
    let free = u64::from(pool.size).saturating_sub(lent);
    pool.batch.limit.map_or(free, |limit| free.min(u64::from(limit)))
}

fn adds_up(pool: &Pool, awards: &Awards, total: u64) -> bool {
    let figures = awards.figures;
    let parts = [figures.on_loan, figures.granted, figures.free].map(u64::from);
    parts.iter().sum::<u64>() == u64::from(pool.size) && u64::from(figures.granted) == total
}

fn out_of_order(lines: &[Line<'_>]) -> Option<Violation> {
    let swapped = lines.windows(2).find_map(|pair| match pair {
        [one, next] => {
            let sorted = one
                .barred()
                .cmp(&next.barred())
                .then_with(|| one.asking.place().cmp(&next.asking.place()))
                .is_lt();
            (!sorted).then_some(next)
        }
        _ => None,
    });
    let misnumbered = || (1..).zip(lines).find(|(rank, line)| line.award.rank != *rank);
    let wrong = swapped.or_else(|| misnumbered().map(|(_, line)| line))?;
    Some(Violation::WrongOrder { application: wrong.id() })
}

impl Line<'_> {
    fn id(&self) -> String {
        self.asking.id.clone()
    }

    fn granted(&self) -> u64 {
        u64::from(self.award.granted)
    }

    fn by_hand(&self) -> bool {
        self.pool.overrides.iter().any(|decision| decision.application == self.asking.id)
    }

    /// Posts that the unit owes, all or only those past due.
    fn owes(&self, overdue_only: bool) -> u64 {
        let own = self.pool.loans.iter().filter(|loan| loan.is_of(&self.asking.unit));
        let counted = own.filter(|loan| !overdue_only || loan.due < self.pool.batch.date);
        counted.map(|loan| u64::from(loan.posts.saturating_sub(loan.returned))).sum()
    }

    /// No grant is allowed: the unit is unknown or fails a rule.
    fn barred(&self) -> bool {
        let Some(standing) = self.standing else { return true };
        self.pool.rules_in_force().any(|rule| match rule.condition {
            Condition::NotOverfull => standing.in_post > standing.authorised,
            Condition::MustBeFull => standing.in_post < standing.authorised,
            Condition::KindMatches => !standing.of_kind,
            Condition::NoOverdueLoan => self.owes(true) > 0,
            Condition::UnitLimit { .. } | Condition::LoanWithinDepartures { .. } => false,
        })
    }

    /// The most that a rule lets the unit be granted in this batch.
    fn cap(&self, condition: Condition) -> Option<u64> {
        match condition {
            Condition::UnitLimit { posts } => Some(u64::from(posts)),
            Condition::LoanWithinDepartures { years } => {
                let first = i64::from(self.pool.batch.date.year()) + 1;
                let term = first..first + i64::from(years);
                let leaving = self.standing.into_iter().flat_map(|standing| &standing.departures);
                let leaving: u64 = leaving
                    .filter(|departures| term.contains(&i64::from(departures.year)))
                    .map(|departures| u64::from(departures.people))
                    .sum();
                Some(leaving.saturating_sub(self.owes(false)))
            }
            _ => None,
        }
    }

    fn unit_total(&self, lines: &[Self]) -> u64 {
        let own = lines.iter().filter(|line| line.asking.unit == self.asking.unit);
        own.map(Line::granted).sum()
    }

    /// Eligible, decided by the rules, and granted less than asked.
    fn is_short(&self) -> bool {
        !self.by_hand() && !self.barred() && self.award.granted < self.asking.posts
    }

    /// Short, and no rule of its unit stands against one post more.
    fn could_take_more(&self, lines: &[Self]) -> bool {
        let total = self.unit_total(lines);
        let mut caps = self.pool.rules_in_force().filter_map(|rule| self.cap(rule.condition));
        self.is_short() && caps.all(|cap| total < cap)
    }

    /// What can be seen wrong in this line alone.
    fn check(&self, found: &mut Vec<Violation>) {
        if self.award.granted > self.asking.posts {
            found.push(Violation::AboveAsked { application: self.id() });
        }
        let decision =
            self.pool.overrides.iter().find(|decision| decision.application == self.asking.id);
        let kept = match (&self.award.reason, decision) {
            (Reason::Overruled(listed), Some(decision)) => {
                listed == decision && self.award.granted == decision.granted
            }
            (Reason::Overruled(_), None) | (_, Some(_)) => false,
            (_, None) => true,
        };
        if !kept {
            found.push(Violation::OverrideNotKept { application: self.id() });
        }
        if decision.is_none() && self.barred() && self.award.granted > 0 {
            found.push(Violation::NotEligible { application: self.id() });
        }
        let fits = match self.award.reason {
            Reason::InFull { .. } | Reason::Last { .. } => self.award.granted == self.asking.posts,
            Reason::Cut { .. } | Reason::Spent { .. } => self.is_short(),
            Reason::Refused { .. } => self.standing.is_some() && self.barred(),
            Reason::UnknownUnit => self.standing.is_none(),
            Reason::Overruled(_) => true,
        };
        if !fits {
            found.push(Violation::WrongReason { application: self.id() });
        }
    }

    /// Whether this application, served by the rules, takes its unit past one of them.
    fn check_unit(&self, lines: &[Self], found: &mut Vec<Violation>) {
        if self.by_hand() || self.award.granted == 0 {
            return;
        }
        let granted = self.unit_total(lines);
        for rule in self.pool.rules_in_force() {
            let Some(limit) = self.cap(rule.condition).filter(|limit| granted > *limit) else {
                continue;
            };
            let (unit, condition) = (self.asking.unit.clone(), rule.condition);
            found.push(Violation::AboveUnitLimit { unit, condition, granted, limit });
        }
    }
}
