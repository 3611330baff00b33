//! Eligibility as data: what an application is held to, and what each rule says of it.
//!
//! A rule of one county's pool is an entry here with its clause and figures, never a branch
//! elsewhere; a new rule of a known kind needs no code.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::caps::{Field, holds};
use super::{Application, Standing};
use crate::norm::Confidence;
use crate::text::{Bilingual, Lang, Message, pool as words, pool_order};

/// The kinds of rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// The unit has no more people than posts (不超编).
    #[default]
    NotOverfull,
    /// The unit has used its own vacancies first (满编).
    MustBeFull,
    /// The unit holds posts of the pool's kind.
    KindMatches,
    /// A unit is granted at most `posts` in one batch.
    UnitLimit,
    /// What the unit owes the pool and what it is granted together do not exceed the people expected
    /// to leave in the `years` calendar years after the batch's, so that departures can repay it.
    LoanWithinDepartures,
    /// The unit has no loan past due.
    NoOverdueLoan,
    /// `measure` is at most, or at least, `posts` beside `percent` of the measure `of`.
    Compare,
    /// `field` is one of `any`.
    OneOf,
}

impl Test {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::NotOverfull,
        Self::MustBeFull,
        Self::KindMatches,
        Self::UnitLimit,
        Self::LoanWithinDepartures,
        Self::NoOverdueLoan,
        Self::Compare,
        Self::OneOf,
    ];

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotOverfull => "not_overfull",
            Self::MustBeFull => "must_be_full",
            Self::KindMatches => "kind_matches",
            Self::UnitLimit => "unit_limit",
            Self::LoanWithinDepartures => "loan_within_departures",
            Self::NoOverdueLoan => "no_overdue_loan",
            Self::Compare => "compare",
            Self::OneOf => "one_of",
        }
    }
}

/// What a rule measures, in posts or people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Nothing: always 0.
    #[default]
    None,
    /// Posts authorised.
    Authorised,
    /// People in post.
    InPost,
    /// Usable posts without people; 0 where over-full.
    Vacancy,
    /// People beyond the posts; 0 where not over-full.
    Excess,
    /// People expected to leave in the `years` calendar years after the batch's.
    Departures,
    /// Posts that the norm gives.
    Entitled,
    /// Posts missing to what the norm gives.
    Shortage,
    /// Posts that the unit has on loan.
    Owed,
    /// Of them past due.
    Overdue,
    /// Posts asked for.
    Asked,
    /// Posts asked for, with what the unit is granted before in the batch where a rule asks for so many at
    /// most: a rule that asks for so many at least, and a limit, look at the application alone.
    AskedInBatch,
    /// The same with what the unit owes.
    AskedWithOwed,
}

impl Measure {
    /// Every measure, none first, in the order in which they are offered.
    pub const ALL: [Self; 13] = [
        Self::None,
        Self::Asked,
        Self::AskedInBatch,
        Self::AskedWithOwed,
        Self::Owed,
        Self::Overdue,
        Self::Authorised,
        Self::InPost,
        Self::Vacancy,
        Self::Excess,
        Self::Departures,
        Self::Entitled,
        Self::Shortage,
    ];

    /// Its name.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::None => words::M_NONE,
            Self::Authorised => words::M_AUTHORISED,
            Self::InPost => words::M_IN_POST,
            Self::Vacancy => words::M_VACANCY,
            Self::Excess => words::M_EXCESS,
            Self::Departures => words::M_DEPARTURES,
            Self::Entitled => words::M_ENTITLED,
            Self::Shortage => words::M_SHORTAGE,
            Self::Owed => words::M_OWED,
            Self::Overdue => words::M_OVERDUE,
            Self::Asked => words::M_ASKED,
            Self::AskedInBatch => words::M_ASKED_IN_BATCH,
            Self::AskedWithOwed => words::M_ASKED_WITH_OWED,
        }
        .get(lang)
    }

    fn counts_asked(self) -> bool {
        matches!(self, Self::Asked | Self::AskedInBatch | Self::AskedWithOwed)
    }
}

/// What a rule does with an application that does not meet it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Otherwise {
    /// Nothing is granted.
    Fail,
    /// Nothing is granted until the planner decides.
    Review,
    /// It is cut to what the rule allows.
    Cut,
}

/// A rule of the pool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What it asks.
    pub kind: Test,
    /// Its figure in posts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posts: Option<u32>,
    /// Its figure in years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u32>,
    /// What [`Test::Compare`] measures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// It must be at least the limit, not at most.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub at_least: bool,
    /// A measure that the limit follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Measure>,
    /// How much of `of`, per cent, rounded down; all of it where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
    /// What [`Test::OneOf`] looks at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// What it must be one of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// What it does otherwise; what is usual for its kind where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Otherwise>,
    /// Its name, where the kind's does not do.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub name: Bilingual,
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

/// What a rule says of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Met.
    Pass,
    /// To be reviewed: at most `to` posts can be granted, fewer than asked.
    Review {
        /// Posts; 0 holds the application back for a decision.
        to: u32,
    },
    /// Not met: nothing is granted.
    Fail,
}

/// A rule held against one application, with the two figures it compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The rule.
    pub rule: Arc<Rule>,
    /// What it says.
    pub verdict: Verdict,
    /// The figure judged.
    pub value: u32,
    /// What it is held against.
    pub limit: u32,
}

/// One application as the rules see it.
pub(super) struct Case<'a> {
    pub(super) asking: &'a Application,
    pub(super) standing: &'a Standing,
    /// Posts granted to the same unit before this application, in this batch.
    pub(super) earlier: u32,
    /// Posts that the unit has on loan.
    pub(super) owed: u32,
    /// Of them past due.
    pub(super) overdue: u32,
    /// Calendar year of the batch.
    pub(super) year: i32,
}

impl Case<'_> {
    fn measure(&self, measure: Measure, years: u32) -> u32 {
        let unit = self.standing;
        let asked = self.asking.posts;
        match measure {
            Measure::None => 0,
            Measure::Authorised => unit.authorised,
            Measure::InPost => unit.in_post,
            Measure::Vacancy => u32::try_from(unit.vacancy().max(0)).unwrap_or(u32::MAX),
            Measure::Excess => u32::try_from((-unit.vacancy()).max(0)).unwrap_or(u32::MAX),
            Measure::Departures => unit.departures_after(self.year, years),
            Measure::Entitled => unit.entitled.unwrap_or(0),
            Measure::Shortage => unit.shortage(),
            Measure::Owed => self.owed,
            Measure::Overdue => self.overdue,
            Measure::Asked | Measure::AskedInBatch => asked,
            Measure::AskedWithOwed => asked.saturating_add(self.owed),
        }
    }

    /// The measure with what the unit is granted before, where it counts that.
    fn at_most(&self, measure: Measure, years: u32) -> u32 {
        let batch = matches!(measure, Measure::AskedInBatch | Measure::AskedWithOwed);
        let earlier = if batch { self.earlier } else { 0 };
        self.measure(measure, years).saturating_add(earlier)
    }
}

impl Otherwise {
    /// Every one, the strictest first.
    pub const ALL: [Self; 3] = [Self::Fail, Self::Review, Self::Cut];
}

impl Rule {
    /// A rule without a clause to rest on, with the figures that a new one starts from: a unit limit
    /// of 3 posts, departures over the pool's term.
    pub fn new(kind: Test, term_years: u32) -> Self {
        let years = (kind == Test::LoanWithinDepartures).then_some(term_years);
        let posts = (kind == Test::UnitLimit).then_some(3);
        let measure = (kind == Test::Compare).then_some(Measure::AskedWithOwed);
        let of = (kind == Test::Compare).then_some(Measure::Shortage);
        let field = (kind == Test::OneOf).then_some(Field::Sort);
        Self { kind, posts, years, measure, of, field, ..Self::default() }
    }

    /// Whether both ask the same, whatever their figures and clauses.
    pub fn same_as(&self, other: &Self) -> bool {
        let asks = |rule: &Self| (rule.kind, rule.measure, rule.at_least, rule.of, rule.field);
        asks(self) == asks(other)
    }

    /// The rule's figure (posts, or years), where it has one.
    pub fn figure(&self) -> Option<u32> {
        match self.kind {
            Test::UnitLimit => self.posts,
            Test::LoanWithinDepartures => self.years,
            Test::Compare => self.posts.or(self.years),
            _ => None,
        }
    }

    /// Gives the rule another figure, where it has one.
    pub fn set_figure(&mut self, figure: u32) {
        match self.kind {
            Test::UnitLimit => self.posts = Some(figure),
            Test::LoanWithinDepartures => self.years = Some(figure),
            Test::Compare if self.posts.is_some() => self.posts = Some(figure),
            Test::Compare if self.years.is_some() => self.years = Some(figure),
            _ => {}
        }
    }

    /// What it does with who does not meet it.
    pub fn otherwise(&self) -> Otherwise {
        let cuts = matches!(self.kind, Test::UnitLimit | Test::LoanWithinDepartures)
            || self.kind == Test::Compare && !self.at_least && self.measured().counts_asked();
        self.otherwise.unwrap_or(if cuts { Otherwise::Cut } else { Otherwise::Fail })
    }

    fn measured(&self) -> Measure {
        self.measure.unwrap_or_default()
    }

    /// Holds the rule against a case.
    pub(super) fn judge(self: &Arc<Self>, case: &Case<'_>) -> Mark {
        let unit = case.standing;
        let posts = self.posts.unwrap_or(0);
        let years = self.years.unwrap_or(0);
        // Whether it is met, both figures, and posts counted beside those asked for.
        let at_most = |measure: Measure, limit: u32| {
            let value = case.at_most(measure, years);
            let beside = measure.counts_asked().then(|| value - case.asking.posts);
            (value <= limit, value, limit, beside)
        };
        let (met, value, limit, beside) = match self.kind {
            Test::NotOverfull => {
                (unit.in_post <= unit.authorised, unit.in_post, unit.authorised, None)
            }
            Test::MustBeFull => {
                let own = unit.authorised.saturating_sub(unit.lent);
                (unit.in_post >= own, unit.in_post, own, None)
            }
            Test::KindMatches => (unit.of_kind, unit.in_post, unit.authorised, None),
            Test::NoOverdueLoan => (case.overdue == 0, case.overdue, 0, None),
            Test::UnitLimit => at_most(Measure::AskedInBatch, posts),
            Test::LoanWithinDepartures => {
                at_most(Measure::AskedWithOwed, case.measure(Measure::Departures, years))
            }
            Test::Compare => {
                let of = u64::from(case.measure(self.of.unwrap_or_default(), years));
                let share = of * u64::from(self.percent.unwrap_or(100)) / 100;
                let limit = u32::try_from(share).unwrap_or(u32::MAX).saturating_add(posts);
                if self.at_least {
                    let value = case.measure(self.measured(), years);
                    (value >= limit, value, limit, None)
                } else {
                    at_most(self.measured(), limit)
                }
            }
            Test::OneOf => {
                let field = self.field.unwrap_or(Field::Sort);
                (holds(field, &self.any, case.asking, Some(unit)), 0, 0, None)
            }
        };
        let verdict = match self.otherwise() {
            _ if met => Verdict::Pass,
            Otherwise::Fail => Verdict::Fail,
            Otherwise::Review => Verdict::Review { to: 0 },
            Otherwise::Cut => {
                Verdict::Review { to: beside.map_or(0, |beside| limit.saturating_sub(beside)) }
            }
        };
        Mark { rule: Arc::clone(self), verdict, value, limit }
    }

    /// The rule's short name, for the head of a column.
    pub fn title(&self, lang: Lang) -> String {
        if !self.name.is_empty() {
            return self.name.get(lang).to_owned();
        }
        match self.kind {
            Test::NotOverfull => words::NOT_OVERFULL,
            Test::MustBeFull => words::MUST_BE_FULL,
            Test::KindMatches => words::KIND_MATCHES,
            Test::UnitLimit => words::UNIT_LIMIT,
            Test::LoanWithinDepartures => words::LOAN_WITHIN_DEPARTURES,
            Test::NoOverdueLoan => words::NO_OVERDUE_LOAN,
            Test::OneOf => words::ONE_OF,
            Test::Compare => {
                let sign = if self.at_least { "≥" } else { "≤" };
                let share = self.percent.map(|percent| format!(" × {percent}%"));
                let more = self.posts.filter(|posts| *posts > 0).map(|posts| format!(" + {posts}"));
                let limit = match self.of.filter(|of| *of != Measure::None) {
                    Some(of) => {
                        let (share, more) = (share.unwrap_or_default(), more.unwrap_or_default());
                        format!("{}{share}{more}", of.name(lang))
                    }
                    None => self.posts.unwrap_or(0).to_string(),
                };
                return format!("{} {sign} {limit}", self.measured().name(lang));
            }
        }
        .get(lang)
        .to_owned()
    }

    fn message(&self, verdict: Verdict) -> Message {
        let pass = verdict == Verdict::Pass;
        let held = verdict != Verdict::Fail && self.otherwise() == Otherwise::Review;
        match self.kind {
            Test::NotOverfull if pass => words::NOT_OVERFULL_PASS,
            Test::NotOverfull => words::NOT_OVERFULL_FAIL,
            Test::MustBeFull if pass => words::MUST_BE_FULL_PASS,
            Test::MustBeFull => words::MUST_BE_FULL_FAIL,
            Test::KindMatches if pass => words::KIND_MATCHES_PASS,
            Test::KindMatches => words::KIND_MATCHES_FAIL,
            Test::NoOverdueLoan if pass => words::NO_OVERDUE_LOAN_PASS,
            Test::NoOverdueLoan => words::NO_OVERDUE_LOAN_FAIL,
            Test::UnitLimit if pass => words::UNIT_LIMIT_PASS,
            Test::UnitLimit if !held => words::UNIT_LIMIT_REVIEW,
            Test::LoanWithinDepartures if pass => words::LOAN_WITHIN_DEPARTURES_PASS,
            Test::LoanWithinDepartures if !held => words::LOAN_WITHIN_DEPARTURES_REVIEW,
            Test::OneOf if pass => words::ONE_OF_PASS,
            Test::OneOf => words::ONE_OF_FAIL,
            _ if pass => words::COMPARE_PASS,
            _ => words::COMPARE_FAIL,
        }
    }
}

impl Mark {
    /// What the rule says, with its figures and, unless it is met, its clause.
    pub fn text(&self, lang: Lang) -> String {
        let said = self.fill(self.rule.message(self.verdict), lang, 0);
        let clause = self.rule.clause.get(lang);
        if self.verdict == Verdict::Pass || clause.is_empty() {
            return said;
        }
        words::WITH_CLAUSE.with(lang, &[("said", &said), ("clause", &clause)])
    }

    /// The short reason for `rest` posts not granted because of this rule.
    pub(super) fn cut_text(&self, lang: Lang, rest: u32) -> String {
        let message = match self.rule.kind {
            _ if self.rule.otherwise() == Otherwise::Review => words::HELD,
            Test::LoanWithinDepartures => words::LOAN_WITHIN_DEPARTURES_CUT,
            Test::UnitLimit => words::UNIT_LIMIT_CUT,
            _ => words::COMPARE_CUT,
        };
        self.fill(message, lang, rest)
    }

    fn fill(&self, message: Message, lang: Lang, rest: u32) -> String {
        let to = match self.verdict {
            Verdict::Review { to } => to,
            Verdict::Pass | Verdict::Fail => 0,
        };
        let any = pool_order::any(self.rule.field.unwrap_or(Field::Sort), &self.rule.any, lang);
        message.with(
            lang,
            &[
                ("value", &self.value),
                ("limit", &self.limit),
                ("gap", &self.value.abs_diff(self.limit)),
                ("to", &to),
                ("years", &self.rule.years.unwrap_or(0)),
                ("rest", &rest),
                ("rule", &self.rule.title(lang)),
                ("any", &any),
            ],
        )
    }
}
