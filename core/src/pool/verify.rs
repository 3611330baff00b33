//! Checks awards without trusting how they were found: it reads the pool, the units and the figures
//! granted, and works out every limit anew. It never repairs anything.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::award::Sharing;
use super::{
    Application, Award, Awards, Book, Borrower, Cap, Measure, Otherwise, Pool, PoolError, Reason,
    Rule, Standing, Standings, Test, Tie, What,
};
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
    /// A unit is granted more than a cutting rule or a cap allows.
    AboveUnitLimit {
        /// The unit's code, or the cap's name.
        unit: String,
        /// The rule's or the cap's name in both languages.
        rule: [String; 2],
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
            Self::AboveUnitLimit { unit, rule: [zh, en], granted, limit } => {
                let rule = if lang == Lang::Zh { zh } else { en };
                return words::ABOVE_UNIT_LIMIT.with(
                    lang,
                    &[("unit", unit), ("rule", rule), ("granted", granted), ("limit", limit)],
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

/// Everything wrong with the awards of the batch being decided; empty if they are lawful, fair and
/// leave nothing idle.
///
/// # Errors
/// Where the book itself cannot be.
pub fn verify(
    pool: &Pool,
    standings: &Standings,
    awards: &Awards,
) -> Result<Vec<Violation>, PoolError> {
    let book = Book::on(pool, pool.batch.date)?;
    let asking: Vec<&Application> = pool.applications.iter().collect();
    // Worked out anew: what is lent, or promised for later, is not free.
    let lent: u64 = book.held.iter().map(|held| u64::from(held.out())).sum();
    let later = pool.loans.iter().filter(|loan| loan.from > pool.batch.date);
    let later: u64 = later.map(|loan| u64::from(loan.posts.saturating_sub(loan.returned))).sum();
    Book::last(pool)?;
    // The size at the end of the batch's day and of that of every later entry.
    let later_days =
        pool.events.iter().map(|event| event.date).filter(|day| *day > pool.batch.date);
    let sizes = later_days.chain([pool.batch.date]).map(|day| {
        let until = pool.events.iter().filter(|event| event.date <= day);
        until.fold(u64::from(pool.size), |size, event| match event.what {
            What::Add => size + u64::from(event.posts),
            What::Withdraw => size.saturating_sub(u64::from(event.posts)),
            _ => size,
        })
    });
    let free = sizes.min().unwrap_or(0).saturating_sub(lent + later);
    let free = u32::try_from(free).unwrap_or(u32::MAX);
    let limit = if pool.batch.closed {
        Some(0)
    } else {
        pool.batch.limit.map(|limit| limit.saturating_add(pool.carried()))
    };
    let sharing = Sharing { book: &book, date: pool.batch.date, free, limit, asking: &asking };
    let mut found = verify_for(pool, standings, sharing, awards);
    let figures = awards.figures;
    let parts = [figures.on_loan, figures.granted, figures.free].map(u64::from);
    let total: u64 = awards.list.iter().map(|award| u64::from(award.granted)).sum();
    if parts.iter().sum::<u64>() != u64::from(figures.size) || u64::from(figures.granted) != total {
        found.push(Violation::AboveLimit { granted: total, limit: u64::from(figures.granted) });
    }
    Ok(found)
}

/// The same for any batch, with the book of its day.
pub fn verify_for(
    pool: &Pool,
    standings: &Standings,
    sharing: Sharing<'_>,
    awards: &Awards,
) -> Vec<Violation> {
    let mut owed: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for held in &sharing.book.held {
        if let Borrower::Unit(unit) = &held.borrower {
            let (out, late) = owed.entry(unit.as_str()).or_default();
            *out += u64::from(held.promised) + u64::from(held.in_use);
            *late += u64::from(held.overdue(sharing.date));
        }
    }
    let lines = match pair(pool, standings, sharing, &owed, awards) {
        Ok(lines) => lines,
        Err(unmatched) => return unmatched,
    };
    let mut found = Vec::new();
    let mut sums = Sums::default();
    for line in &lines {
        line.check(&mut found);
        sums.add(line);
    }
    let free = u64::from(sharing.free);
    let limit = sharing.limit.map_or(free, |limit| free.min(u64::from(limit)));
    if sums.total > limit {
        found.push(Violation::AboveLimit { granted: sums.total, limit });
    }
    check_caps(pool, standings, sharing.book, &lines, &sums, &mut found);
    for line in &lines {
        line.check_unit(&sums, &mut found);
        if sums.total < limit && line.could_take(&sums, None) {
            found.push(Violation::Idle { application: line.id() });
        }
    }
    for short in lines.iter().filter(|line| line.is_short()) {
        let served = lines.iter().find(|other| {
            other.after(short).is_gt()
                && !other.by_hand()
                && other.award.granted > 0
                && short.could_take(&sums, Some(other))
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
    date: NaiveDate,
    /// Posts that the unit has on loan, and those past due.
    owed: (u64, u64),
    /// Posts out that each cap counts beside this batch.
    capped: Vec<(&'a Cap, u64)>,
}

/// What was granted, in all, by unit and by cap.
#[derive(Default)]
struct Sums<'a> {
    total: u64,
    units: BTreeMap<&'a str, u64>,
    caps: BTreeMap<&'a str, u64>,
}

impl<'a> Sums<'a> {
    fn add(&mut self, line: &Line<'a>) {
        self.total += line.granted();
        *self.units.entry(line.asking.unit.as_str()).or_default() += line.granted();
        for (cap, _) in &line.capped {
            *self.caps.entry(cap.name.as_str()).or_default() += line.granted();
        }
    }
}

fn pair<'a>(
    pool: &'a Pool,
    standings: &'a Standings,
    sharing: Sharing<'a>,
    owed: &BTreeMap<&str, (u64, u64)>,
    awards: &'a Awards,
) -> Result<Vec<Line<'a>>, Vec<Violation>> {
    let mut open: BTreeMap<&str, &Application> =
        sharing.asking.iter().map(|asking| (asking.id.as_str(), *asking)).collect();
    let mut unmatched = Vec::new();
    let mut lines = Vec::new();
    for award in &awards.list {
        match open.remove(award.application.as_str()) {
            Some(asking) if asking.unit == award.unit && asking.posts == award.asked => {
                let standing = standings.get(&asking.unit);
                let caps = pool.caps.iter().filter(|cap| cap.holds(asking, standing));
                let capped = caps.map(|cap| (cap, out_under(cap, standings, sharing.book)));
                lines.push(Line {
                    pool,
                    standing,
                    asking,
                    award,
                    date: sharing.date,
                    owed: owed.get(asking.unit.as_str()).copied().unwrap_or_default(),
                    capped: capped.collect(),
                });
            }
            _ => unmatched.push(Violation::Unmatched { application: award.application.clone() }),
        }
    }
    unmatched.extend(open.keys().map(|id| Violation::Unmatched { application: (*id).to_owned() }));
    if unmatched.is_empty() { Ok(lines) } else { Err(unmatched) }
}

/// Posts out that a cap counts beside the batch.
fn out_under(cap: &Cap, standings: &Standings, book: &Book) -> u64 {
    if !cap.in_rotation {
        return 0;
    }
    let mut out = 0;
    for held in &book.held {
        let Borrower::Unit(unit) = &held.borrower else { continue };
        let mut like = Application::new("", unit.clone(), 1);
        like.sort.clone_from(&held.sort);
        if cap.holds(&like, standings.get(unit)) {
            out += u64::from(held.promised) + u64::from(held.in_use);
        }
    }
    out
}

fn check_caps(
    pool: &Pool,
    standings: &Standings,
    book: &Book,
    lines: &[Line<'_>],
    sums: &Sums<'_>,
    found: &mut Vec<Violation>,
) {
    for cap in &pool.caps {
        let granted = sums.caps.get(cap.name.as_str()).copied().unwrap_or(0);
        let limit = u64::from(cap.posts).saturating_sub(out_under(cap, standings, book));
        let served = |line: &Line<'_>| {
            !line.by_hand() && line.award.granted > 0 && cap.holds(line.asking, line.standing)
        };
        if granted > limit && lines.iter().any(served) {
            let rule = [cap.name.clone(), cap.name.clone()];
            let unit = cap.name.clone();
            found.push(Violation::AboveUnitLimit { unit, rule, granted, limit });
        }
    }
}

fn out_of_order(lines: &[Line<'_>]) -> Option<Violation> {
    let swapped = lines.windows(2).find_map(|pair| match pair {
        [one, next] => {
            let sorted = one.last().cmp(&next.last()).then_with(|| one.after(next)).is_lt();
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

    /// The order in which both are served, worked out key by key.
    fn after(&self, other: &Self) -> Ordering {
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
                    field: rule.field.unwrap_or(super::Field::Sort),
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
    fn last(&self) -> bool {
        let Some(unit) = self.standing else { return true };
        let fails = |rule: &Rule| match self.counted(rule) {
            Some(measure) => self.figure(measure, 0) + self.asked_by(measure) > self.limit(rule),
            None => !self.meets(rule, unit),
        };
        let mut rules = self.pool.rules_in_force();
        unit.closed.is_some_and(|closed| closed <= self.date)
            || rules.any(|rule| rule.otherwise() == Otherwise::Fail && fails(rule))
    }

    fn marked(&self, rule: &Rule) -> Option<bool> {
        let mark = self.award.marks.iter().find(|mark| *mark.rule == *rule)?;
        Some(mark.verdict == super::Verdict::Pass)
    }

    /// A decision made by hand can grant it posts: the unit is there, open and of the kind.
    fn can_have(&self) -> bool {
        let open = |unit: &Standing| unit.closed.is_none_or(|closed| closed > self.date);
        !self.by_hand() || self.standing.is_some_and(|unit| unit.of_kind && open(unit))
    }

    /// No grant is allowed: the unit is unknown, closed, or fails a rule.
    fn barred(&self) -> bool {
        let Some(unit) = self.standing else { return true };
        unit.closed.is_some_and(|closed| closed <= self.date) || self.failing(Otherwise::Fail, unit)
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
    fn is_short(&self) -> bool {
        !self.by_hand() && !self.barred() && !self.held() && self.award.granted < self.asking.posts
    }

    /// Short, and nothing stands against one post more: one left over, or one of `other`.
    fn could_take(&self, sums: &Sums<'_>, other: Option<&Self>) -> bool {
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
            Reason::Overruled(_) => true,
        };
        if !fits {
            found.push(Violation::WrongReason { application: self.id() });
        }
    }

    /// Whether this application, served by the rules, takes its unit past one of them.
    fn check_unit(&self, sums: &Sums<'_>, found: &mut Vec<Violation>) {
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
