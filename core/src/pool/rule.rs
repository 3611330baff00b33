//! Eligibility as data: what an application is held to, and what each rule says of it.
//!
//! A rule of one county's pool is an entry here with its clause, never a branch elsewhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::county::{County, Departures, KindId, UnitCode};
use crate::norm::Confidence;
use crate::text::{Bilingual, Lang, Message, pool as words};

/// What a rule asks, with its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Condition {
    /// The unit has no more people than posts (不超编). Fails.
    NotOverfull,
    /// The unit has used its own vacancies first (满编). Fails.
    MustBeFull,
    /// The unit holds posts of the pool's kind. Fails.
    KindMatches,
    /// A unit is granted at most this many posts in one batch. Cuts.
    UnitLimit {
        /// Posts.
        posts: u32,
    },
    /// What the unit owes the pool and what it is granted together do not exceed the people expected
    /// to leave in the calendar years after the batch's, so that departures can repay it. Cuts.
    LoanWithinDepartures {
        /// Calendar years, counted from the one after the batch's date.
        years: u32,
    },
    /// The unit has no loan past due. Fails.
    NoOverdueLoan,
}

/// A rule of the pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What it asks.
    #[serde(flatten)]
    pub condition: Condition,
    /// The line that it rests on.
    #[serde(default)]
    pub clause: Bilingual,
    /// How far that line can be relied on.
    #[serde(default)]
    pub confidence: Confidence,
    /// Switched off: kept with its clause, and held against nobody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
}

/// What the rules need to know of a unit: its posts of the pool's kind, and who is in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The unit holds posts of the pool's kind.
    pub of_kind: bool,
    /// Posts authorised.
    pub authorised: u32,
    /// People in post.
    pub in_post: u32,
    /// People expected to leave, by calendar year.
    pub departures: Vec<Departures>,
}

impl Standing {
    /// Authorised less in post: below zero is over-full (超编).
    pub fn vacancy(&self) -> i64 {
        i64::from(self.authorised) - i64::from(self.in_post)
    }

    /// People expected to leave in the `years` calendar years after `year`.
    pub fn departures_after(&self, year: i32, years: u32) -> u32 {
        let within = |departures: &&Departures| {
            let ahead = i64::from(departures.year) - i64::from(year);
            ahead > 0 && ahead <= i64::from(years)
        };
        let people = self.departures.iter().filter(within).map(|departures| departures.people);
        people.fold(0, u32::saturating_add)
    }
}

/// The standing of every unit of the county as to one kind of post.
pub fn standings(county: &County, kind: &KindId) -> BTreeMap<UnitCode, Standing> {
    let mut all: BTreeMap<UnitCode, Standing> =
        county.units.iter().map(|unit| (unit.code.clone(), Standing::default())).collect();
    for holding in county.holdings.iter().filter(|holding| county.kind_of(holding) == kind) {
        let Some(standing) = county.unit_of(holding).and_then(|unit| all.get_mut(&unit.code))
        else {
            continue;
        };
        standing.of_kind = true;
        standing.authorised = standing.authorised.saturating_add(holding.authorised);
        standing.in_post = standing.in_post.saturating_add(holding.in_post);
        standing.departures.extend(holding.departures.iter().cloned());
    }
    all
}

/// What a rule says of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Met.
    Pass,
    /// To be reviewed: at most `to` posts can be granted, fewer than asked.
    Review {
        /// Posts.
        to: u32,
    },
    /// Not met: nothing is granted.
    Fail,
}

/// A rule held against one application, with the two figures it compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The rule.
    pub rule: Rule,
    /// What it says.
    pub verdict: Verdict,
    /// The figure judged: people in post; for the cutting rules the posts asked for, with what the
    /// unit is granted earlier in this batch and (departures) what it owes; posts overdue.
    pub value: u32,
    /// What `value` is held against: posts authorised, the unit's limit, departures, or 0.
    pub limit: u32,
}

/// One application as the rules see it.
pub(super) struct Case<'a> {
    pub(super) standing: &'a Standing,
    /// Posts asked for.
    pub(super) asked: u32,
    /// Posts granted to the same unit before this application, in this batch.
    pub(super) earlier: u32,
    /// Posts that the unit has on loan.
    pub(super) owed: u32,
    /// Of them past due.
    pub(super) overdue: u32,
    /// Calendar year of the batch.
    pub(super) year: i32,
}

impl Rule {
    /// Holds the rule against a case.
    pub(super) fn judge(&self, case: &Case<'_>) -> Mark {
        let Standing { authorised, in_post, .. } = *case.standing;
        let must = |met: bool| if met { Verdict::Pass } else { Verdict::Fail };
        let cut = |before: u32, limit: u32| {
            let room = limit.saturating_sub(before);
            if case.asked <= room { Verdict::Pass } else { Verdict::Review { to: room } }
        };
        let (verdict, value, limit) = match self.condition {
            Condition::NotOverfull => (must(in_post <= authorised), in_post, authorised),
            Condition::MustBeFull => (must(in_post >= authorised), in_post, authorised),
            Condition::KindMatches => (must(case.standing.of_kind), in_post, authorised),
            Condition::UnitLimit { posts } => {
                (cut(case.earlier, posts), case.earlier.saturating_add(case.asked), posts)
            }
            Condition::LoanWithinDepartures { years } => {
                let leaving = case.standing.departures_after(case.year, years);
                let before = case.owed.saturating_add(case.earlier);
                (cut(before, leaving), before.saturating_add(case.asked), leaving)
            }
            Condition::NoOverdueLoan => (must(case.overdue == 0), case.overdue, 0),
        };
        Mark { rule: self.clone(), verdict, value, limit }
    }
}

impl Condition {
    /// One of each, with the figures that a new rule starts from: a unit limit of 3 posts, and
    /// departures over the pool's term.
    pub fn offered(term_years: u32) -> [Self; 6] {
        [
            Self::NotOverfull,
            Self::MustBeFull,
            Self::KindMatches,
            Self::UnitLimit { posts: 3 },
            Self::LoanWithinDepartures { years: term_years },
            Self::NoOverdueLoan,
        ]
    }

    /// Whether both ask the same, whatever their figures.
    pub fn same_as(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// The rule's figure (posts, or years), where it has one.
    pub fn figure(self) -> Option<u32> {
        match self {
            Self::UnitLimit { posts: figure } | Self::LoanWithinDepartures { years: figure } => {
                Some(figure)
            }
            _ => None,
        }
    }

    /// The same rule with another figure; itself where it has none.
    #[must_use]
    pub fn with_figure(self, figure: u32) -> Self {
        match self {
            Self::UnitLimit { .. } => Self::UnitLimit { posts: figure },
            Self::LoanWithinDepartures { .. } => Self::LoanWithinDepartures { years: figure },
            other => other,
        }
    }

    /// The rule's short name, for the head of a column.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::NotOverfull => words::NOT_OVERFULL,
            Self::MustBeFull => words::MUST_BE_FULL,
            Self::KindMatches => words::KIND_MATCHES,
            Self::UnitLimit { .. } => words::UNIT_LIMIT,
            Self::LoanWithinDepartures { .. } => words::LOAN_WITHIN_DEPARTURES,
            Self::NoOverdueLoan => words::NO_OVERDUE_LOAN,
        }
        .get(lang)
    }

    fn message(self, verdict: Verdict) -> Message {
        let pass = verdict == Verdict::Pass;
        match self {
            Self::NotOverfull if pass => words::NOT_OVERFULL_PASS,
            Self::NotOverfull => words::NOT_OVERFULL_FAIL,
            Self::MustBeFull if pass => words::MUST_BE_FULL_PASS,
            Self::MustBeFull => words::MUST_BE_FULL_FAIL,
            Self::KindMatches if pass => words::KIND_MATCHES_PASS,
            Self::KindMatches => words::KIND_MATCHES_FAIL,
            Self::UnitLimit { .. } if pass => words::UNIT_LIMIT_PASS,
            Self::UnitLimit { .. } => words::UNIT_LIMIT_REVIEW,
            Self::LoanWithinDepartures { .. } if pass => words::LOAN_WITHIN_DEPARTURES_PASS,
            Self::LoanWithinDepartures { .. } => words::LOAN_WITHIN_DEPARTURES_REVIEW,
            Self::NoOverdueLoan if pass => words::NO_OVERDUE_LOAN_PASS,
            Self::NoOverdueLoan => words::NO_OVERDUE_LOAN_FAIL,
        }
    }
}

impl Mark {
    /// What the rule says, with its figures and, unless it is met, its clause.
    pub fn text(&self, lang: Lang) -> String {
        let said = self.fill(self.rule.condition.message(self.verdict), lang, 0);
        let clause = self.rule.clause.get(lang);
        if self.verdict == Verdict::Pass || clause.is_empty() {
            return said;
        }
        words::WITH_CLAUSE.with(lang, &[("said", &said), ("clause", &clause)])
    }

    /// The short reason for `rest` posts not granted because of this rule.
    pub(super) fn cut_text(&self, lang: Lang, rest: u32) -> String {
        let message = match self.rule.condition {
            Condition::LoanWithinDepartures { .. } => words::LOAN_WITHIN_DEPARTURES_CUT,
            _ => words::UNIT_LIMIT_CUT,
        };
        self.fill(message, lang, rest)
    }

    fn fill(&self, message: Message, lang: Lang, rest: u32) -> String {
        let years = match self.rule.condition {
            Condition::LoanWithinDepartures { years } => years,
            _ => 0,
        };
        let to = match self.verdict {
            Verdict::Review { to } => to,
            Verdict::Pass | Verdict::Fail => 0,
        };
        let gap = self.value.abs_diff(self.limit);
        message.with(
            lang,
            &[
                ("value", &self.value),
                ("limit", &self.limit),
                ("gap", &gap),
                ("to", &to),
                ("years", &years),
                ("rest", &rest),
            ],
        )
    }
}
