//! Changes to a pool that need more than setting a field: a new pool, numbers of applications,
//! decisions made by hand, rules switched on and off, and whether a change may stand at all.

use std::collections::BTreeMap;

use super::{
    Application, Batch, Condition, Model, Override, Pool, PoolError, Rule, Standing, award,
};
use crate::county::{KindId, UnitCode};
use crate::norm::Confidence;
use crate::text::Bilingual;

/// Years for which a new pool lends, until the planner says otherwise.
const TERM_YEARS: u32 = 3;

impl Pool {
    /// A new pool without loans or applications. It lends for three years, and only to units of
    /// its kind that are not overfull and have nothing overdue; every rule is a local assumption
    /// until its clause is entered.
    pub fn found(kind: KindId, name: String, size: u32, document: String, batch: Batch) -> Self {
        let asked = [Condition::NotOverfull, Condition::KindMatches, Condition::NoOverdueLoan];
        Self {
            name,
            kind,
            size,
            document,
            model: Model::default(),
            term_years: TERM_YEARS,
            rules: asked.map(Rule::unfounded).into(),
            batch,
            loans: Vec::new(),
            applications: Vec::new(),
            overrides: Vec::new(),
            numbered: 0,
        }
    }

    /// Takes an application in under the next free number, which becomes its id: one above every
    /// number given so far.
    pub fn enter(&mut self, application: Application) {
        let highest = self.applications.iter().map(|asking| trailing_number(&asking.id)).max();
        self.numbered = self.numbered.max(highest.unwrap_or(0)).saturating_add(1);
        let id = self.numbered.to_string();
        self.applications.push(Application { id, ..application });
    }

    /// Takes an application out, with what was decided on it by hand. Its number is not given
    /// again.
    pub fn remove(&mut self, application: &str) {
        self.numbered = self.numbered.max(trailing_number(application));
        self.applications.retain(|asking| asking.id != application);
        self.withdraw(application);
    }

    /// The application with this id.
    pub fn application_mut(&mut self, id: &str) -> Option<&mut Application> {
        self.applications.iter_mut().find(|asking| asking.id == id)
    }

    /// Decides an application by hand, in place of an earlier decision on it.
    pub fn overrule(&mut self, decision: Override) {
        self.withdraw(&decision.application);
        self.overrides.push(decision);
    }

    /// Leaves an application to the rules again.
    pub fn withdraw(&mut self, application: &str) {
        self.overrides.retain(|by_hand| by_hand.application != application);
    }

    /// Records that `posts` of the loan at this place came back. More than are out cannot: the
    /// loan's check says so.
    pub fn give_back(&mut self, loan: usize, posts: u32) {
        if let Some(loan) = self.loans.get_mut(loan) {
            loan.returned = loan.returned.saturating_add(posts);
        }
    }

    /// Every rule that a pool can have: its own in their order, then the others, switched off.
    pub fn rules_offered(&self) -> Vec<Rule> {
        let others = Condition::offered(self.term_years)
            .into_iter()
            .filter(|offered| !self.rules.iter().any(|rule| rule.condition.same_as(*offered)));
        let others = others.map(|condition| Rule { off: true, ..Rule::unfounded(condition) });
        self.rules.iter().cloned().chain(others).collect()
    }

    /// Puts a rule in the place of the one that asks the same, or after all others.
    pub fn set_rule(&mut self, rule: Rule) {
        match self.rules.iter_mut().find(|own| own.condition.same_as(rule.condition)) {
            Some(own) => *own = rule,
            None => self.rules.push(rule),
        }
    }
}

impl Rule {
    /// A rule without a clause to rest on.
    fn unfounded(condition: Condition) -> Self {
        let confidence = Confidence::LocalAssumption;
        Self { condition, clause: Bilingual::default(), confidence, off: false }
    }
}

/// The number that an id ends with; 0 if it ends with none, or with one too large.
fn trailing_number(id: &str) -> u32 {
    let start = id.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    id.get(start..).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Whether a pool may be changed from `old` to `new`: nothing may be wrong with `new` that was not
/// wrong before. A pool that is wrong already can be changed freely, so that it can be mended.
///
/// # Errors
/// What [`award`] finds wrong with `new`, if it finds nothing wrong with `old`.
pub fn admit(
    old: Option<&Pool>,
    new: &Pool,
    standings: &BTreeMap<UnitCode, Standing>,
) -> Result<(), PoolError> {
    match award(new, standings) {
        Err(error) if old.is_none_or(|old| award(old, standings).is_ok()) => Err(error),
        _ => Ok(()),
    }
}
