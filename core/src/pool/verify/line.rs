//! One application with its award, as the checker sees it: every limit and every place in the order is
//! worked out anew from the pool and the unit.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::Violation;
use crate::pool::{
    Application, Award, Cap, Field, Measure, Otherwise, Pool, Reason, Rule, Standing, Test, Tie,
    Verdict,
};
use crate::text::Lang;

/// An application with its award and what is known of its unit, in the order of the awards.
pub(super) struct Line<'a> {
    pub(super) pool: &'a Pool,
    pub(super) standing: Option<&'a Standing>,
    pub(super) asking: &'a Application,
    pub(super) award: &'a Award,
    pub(super) date: NaiveDate,
    /// Posts that the unit has on loan, and those past due.
    pub(super) owed: (u64, u64),
    /// Posts out that each cap counts beside this batch.
    pub(super) capped: Vec<(&'a Cap, u64)>,
}

/// What was granted, in all, by unit and by cap.
#[derive(Default)]
pub(super) struct Sums<'a> {
    pub(super) total: u64,
    pub(super) units: BTreeMap<&'a str, u64>,
    pub(super) caps: BTreeMap<&'a str, u64>,
}

impl<'a> Sums<'a> {
    pub(super) fn add(&mut self, line: &Line<'a>) {
        self.total += line.granted();
        *self.units.entry(line.asking.unit.as_str()).or_default() += line.granted();
        for (cap, _) in &line.capped {
            *self.caps.entry(cap.name.as_str()).or_default() += line.granted();
        }
    }
}

impl Line<'_> {
    pub(super) fn id(&self) -> String {
        self.asking.id.clone()
    }

    pub(super) fn granted(&self) -> u64 {
        u64::from(self.award.granted)
    }

    pub(super) fn by_hand(&self) -> bool {
        self.pool.overrides.iter().any(|decision| decision.application == self.asking.id)
    }

    /// The order in which both are served, worked out key by key.
    pub(super) fn after(&self, other: &Self) -> Ordering {
        let tier = |line: &Self| line.pool.tier_of(line.asking, line.standing);
        let points = |line: &Self| line.pool.points(line.asking);
        let mut order = tier(self).cmp(&tier(other));
        // The higher score first, none last.
        order = order.then_with(|| match (points(self), points(other)) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(own), Some(its)) => its.cmp(&own),
        });
        for tie in &self.pool.ties {
            let (one, two) = (self.asking, other.asking);
            let leaving = |line: &Self| {
                let years = line.pool.term_years;
                line.standing.map_or(0, |u| u.departures_after(line.date.year(), years))
            };
            let short = |line: &Self| line.standing.map_or(0, Standing::shortage);
            order = order.then_with(|| match tie {
                Tie::FewerAsked => one.posts.cmp(&two.posts),
                Tie::MoreAsked => two.posts.cmp(&one.posts),
                Tie::Earlier => match (one.date, two.date) {
                    (Some(one), Some(two)) => one.cmp(&two),
                    (one, two) => two.is_some().cmp(&one.is_some()),
                },
                Tie::MoreDepartures => leaving(other).cmp(&leaving(self)),
                Tie::Shorter => short(other).cmp(&short(self)),
            });
        }
        order
            .then_with(|| self.asking.unit.cmp(&other.asking.unit))
            .then_with(|| self.asking.id.cmp(&other.asking.id))
    }

    /// The figure of a measure, less what was asked for where it counts that.
    fn figure(&self, measure: Measure, years: u32) -> u64 {
        let Some(unit) = self.standing else { return 0 };
        let vacancy = i64::from(unit.authorised) - i64::from(unit.lent) - i64::from(unit.in_post);
        match measure {
            Measure::None | Measure::Asked | Measure::AskedInBatch => 0,
            Measure::Authorised => u64::from(unit.authorised),
            Measure::InPost => u64::from(unit.in_post),
            Measure::Vacancy => u64::try_from(vacancy).unwrap_or(0),
            Measure::Excess => u64::try_from(-vacancy).unwrap_or(0),
            Measure::Departures => {
                let first = i64::from(self.date.year()) + 1;
                let term = first..first + i64::from(years);
                let leaving = unit.departures.iter();
                leaving
                    .filter(|departures| term.contains(&i64::from(departures.year)))
                    .map(|departures| u64::from(departures.people))
                    .sum()
            }
            Measure::Entitled => u64::from(unit.entitled.unwrap_or(0)),
            Measure::Shortage => {
                u64::from(unit.entitled.unwrap_or(0)).saturating_sub(u64::from(unit.authorised))
            }
            Measure::Owed | Measure::AskedWithOwed => self.owed.0,
            Measure::Overdue => self.owed.1,
        }
    }

    fn limit(&self, rule: &Rule) -> u64 {
        let years = rule.years.unwrap_or(0);
        match rule.kind {
            Test::LoanWithinDepartures => self.figure(Measure::Departures, years),
            Test::Compare => {
                let of = rule.of.unwrap_or_default();
                let whole = self.figure(of, years) + self.asked_by(of);
                whole * u64::from(rule.percent.unwrap_or(100)) / 100
                    + u64::from(rule.posts.unwrap_or(0))
            }
            _ => u64::from(rule.posts.unwrap_or(0)),
        }
    }

    /// What the rule looks at, where it counts posts asked for.
    fn counted(&self, rule: &Rule) -> Option<Measure> {
        match rule.kind {
            Test::UnitLimit => Some(Measure::AskedInBatch),
            Test::LoanWithinDepartures => Some(Measure::AskedWithOwed),
            Test::Compare if !rule.at_least => rule.measure.filter(|measure| {
                matches!(measure, Measure::Asked | Measure::AskedInBatch | Measure::AskedWithOwed)
            }),
            _ => None,
        }
    }

    /// Whether the unit or the purpose meets a rule that does not count posts asked for.
    fn meets(&self, rule: &Rule, unit: &Standing) -> bool {
        let years = rule.years.unwrap_or(0);
        if self.counted(rule).is_some() {
            // What stands before it in the batch is told in its own mark.
            return self.marked(rule) == Some(true);
        }
        match rule.kind {
            Test::NotOverfull => unit.in_post <= unit.authorised,
            Test::MustBeFull => unit.in_post.saturating_add(unit.lent) >= unit.authorised,
            Test::KindMatches => unit.of_kind,
            Test::NoOverdueLoan => self.owed.1 == 0,
            Test::Compare => {
                let measure = rule.measure.unwrap_or_default();
                let value = self.figure(measure, years) + self.asked_by(measure);
                if rule.at_least { value >= self.limit(rule) } else { value <= self.limit(rule) }
            }
            Test::OneOf => {
                let cap = Cap {
                    name: String::new(),
                    field: rule.field.unwrap_or(Field::Sort),
                    any: rule.any.clone(),
                    posts: 0,
                    in_rotation: false,
                    clause: Default::default(),
                };
                cap.holds(self.asking, Some(unit))
            }
            Test::UnitLimit | Test::LoanWithinDepartures => false,
        }
    }

    /// Posts asked for, where a measure counts them.
    fn asked_by(&self, measure: Measure) -> u64 {
        match measure {
            Measure::Asked | Measure::AskedInBatch | Measure::AskedWithOwed => {
                u64::from(self.asking.posts)
            }
            _ => 0,
        }
    }

    /// It stands after all that are eligible: with nothing granted before it, it would be barred.
    pub(super) fn last(&self) -> bool {
        let Some(unit) = self.standing else { return true };
        let fails = |rule: &Rule| match self.counted(rule) {
            Some(measure) => self.figure(measure, 0) + self.asked_by(measure) > self.limit(rule),
            None => !self.meets(rule, unit),
        };
        let mut rules = self.pool.rules_in_force();
        !unit.of_kind
            || unit.closed.is_some_and(|closed| closed <= self.date)
            || rules.any(|rule| rule.otherwise() == Otherwise::Fail && fails(rule))
    }

    fn marked(&self, rule: &Rule) -> Option<bool> {
        let mark = self.award.marks.iter().find(|mark| *mark.rule == *rule)?;
        Some(mark.verdict == Verdict::Pass)
    }

    /// A decision made by hand can grant it posts: the unit is there, open and of the kind.
    fn can_have(&self) -> bool {
        let open = |unit: &Standing| unit.closed.is_none_or(|closed| closed > self.date);
        !self.by_hand() || self.standing.is_some_and(|unit| unit.of_kind && open(unit))
    }

    /// No grant is allowed: the unit is unknown, closed, of another kind, or fails a rule.
    fn barred(&self) -> bool {
        let Some(unit) = self.standing else { return true };
        !unit.of_kind
            || unit.closed.is_some_and(|closed| closed <= self.date)
            || self.failing(Otherwise::Fail, unit)
    }

    /// Held back for a decision.
    fn held(&self) -> bool {
        self.standing.is_some_and(|unit| self.failing(Otherwise::Review, unit))
    }

    fn failing(&self, otherwise: Otherwise, unit: &Standing) -> bool {
        let mut rules = self.pool.rules_in_force();
        rules.any(|rule| rule.otherwise() == otherwise && !self.meets(rule, unit))
    }

    /// The most that a rule lets the application be granted together with what it counts beside.
    fn cap(&self, rule: &Rule) -> Option<(Measure, u64)> {
        if rule.otherwise() != Otherwise::Cut {
            return None;
        }
        let measure = self.counted(rule);
        let unit = self.standing?;
        match measure {
            Some(measure) => {
                Some((measure, self.limit(rule).saturating_sub(self.figure(measure, 0))))
            }
            // A rule that cuts and counts nothing allows nothing while it is not met.
            None => (!self.meets(rule, unit)).then_some((Measure::Asked, 0)),
        }
    }

    /// Eligible, decided by the rules, and granted less than asked.
    pub(super) fn is_short(&self) -> bool {
        !self.by_hand() && !self.barred() && !self.held() && self.award.granted < self.asking.posts
    }

    /// Short, and nothing stands against one post more: one left over, or one of `other`.
    pub(super) fn could_take(&self, sums: &Sums<'_>, other: Option<&Self>) -> bool {
        let same_unit = other.is_some_and(|other| other.asking.unit == self.asking.unit);
        let unit = sums.units.get(self.asking.unit.as_str()).copied().unwrap_or(0);
        let unit = unit - u64::from(same_unit);
        let fits = |rule: &Rule| match self.cap(rule) {
            Some((Measure::Asked, cap)) => self.granted() < cap,
            Some((_, cap)) => unit < cap,
            None => true,
        };
        let shares = |cap: &Cap| {
            other.is_some_and(|other| other.capped.iter().any(|(its, _)| its.name == cap.name))
        };
        let under = |(cap, out): &(&Cap, u64)| {
            let sum = sums.caps.get(cap.name.as_str()).copied().unwrap_or(0);
            sum + out - u64::from(shares(cap)) < u64::from(cap.posts)
        };
        self.is_short() && self.pool.rules_in_force().all(fits) && self.capped.iter().all(under)
    }

    /// What can be seen wrong in this line alone.
    pub(super) fn check(&self, found: &mut Vec<Violation>) {
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
        let not_free = decision.is_none() && (self.barred() || self.held());
        if (not_free || !self.can_have()) && self.award.granted > 0 {
            found.push(Violation::NotEligible { application: self.id() });
        }
        let fits = match self.award.reason {
            Reason::InFull { .. } | Reason::Last { .. } => self.award.granted == self.asking.posts,
            Reason::Cut { .. } | Reason::Spent { .. } | Reason::Capped { .. } => {
                self.is_short() || self.held()
            }
            Reason::Refused { .. } => self.standing.is_some() && self.barred(),
            Reason::Closed(_) => self.standing.is_some_and(|unit| unit.closed.is_some()),
            Reason::UnknownUnit => self.standing.is_none(),
            Reason::OtherKind => self.standing.is_some_and(|unit| !unit.of_kind),
            Reason::Overruled(_) => true,
        };
        if !fits {
            found.push(Violation::WrongReason { application: self.id() });
        }
    }

    /// Whether this application, served by the rules, takes its unit past one of them.
    pub(super) fn check_unit(&self, sums: &Sums<'_>, found: &mut Vec<Violation>) {
        if self.by_hand() || self.award.granted == 0 {
            return;
        }
        let total = sums.units.get(self.asking.unit.as_str()).copied().unwrap_or(0);
        for rule in self.pool.rules_in_force() {
            let Some((measure, limit)) = self.cap(rule) else { continue };
            let granted = if measure == Measure::Asked { self.granted() } else { total };
            if granted > limit {
                found.push(Violation::AboveUnitLimit {
                    unit: self.asking.unit.to_string(),
                    rule: [rule.title(Lang::Zh), rule.title(Lang::En)],
                    granted,
                    limit,
                });
            }
        }
    }
}
