//! Changes to a pool that need more than setting a field: a new pool, numbers of applications and
//! loans, decisions made by hand, rules switched on and off, entries of the book.

use std::collections::BTreeMap;

use super::plan::UseEntry;
use super::{Application, Batch, Event, Loan, Model, Override, Pool, Rule, Test, Use, What};
use crate::county::KindId;

/// Years for which a new pool lends, until the planner says otherwise.
const TERM_YEARS: u32 = 3;

impl Pool {
    /// A new pool without loans or applications. It lends for three years, and only to units of
    /// its kind that are not overfull and have nothing overdue; every rule is a local assumption
    /// until its clause is entered.
    pub fn found(kind: KindId, name: String, size: u32, document: String, batch: Batch) -> Self {
        let asked = [Test::NotOverfull, Test::KindMatches, Test::NoOverdueLoan];
        Self {
            name,
            kind,
            size,
            document,
            sources: Vec::new(),
            model: Model::default(),
            own_total: None,
            term_years: TERM_YEARS,
            terms: Vec::new(),
            fill_months: None,
            count_departures: false,
            preset: String::new(),
            rules: asked.map(|test| Rule::new(test, TERM_YEARS)).into(),
            tiers: Vec::new(),
            criteria: Vec::new(),
            ties: Vec::new(),
            caps: Vec::new(),
            batch,
            past: Vec::new(),
            loans: Vec::new(),
            events: Vec::new(),
            applications: Vec::new(),
            overrides: Vec::new(),
            numbered: 0,
            uses: Vec::new(),
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

    /// Takes a loan in. Where its place would give it the id of another loan it gets a number of its own,
    /// one above every number given so far.
    pub fn lend(&mut self, mut loan: Loan) {
        let id = loan.id_at(self.loans.len());
        let taken = self.loans.iter().enumerate().any(|(place, other)| other.id_at(place) == id);
        if taken {
            loan.id = format!("L{}", self.highest_number().saturating_add(1));
        }
        self.loans.push(loan);
    }

    /// The highest number that an application or a loan has, or that was given to one that is gone.
    pub fn highest_number(&self) -> u32 {
        let asked = self.applications.iter().map(|asking| trailing_number(&asking.id));
        let lent = self.loans.iter().enumerate();
        let lent = lent.map(|(place, loan)| trailing_number(&loan.id_at(place)));
        asked.chain(lent).max().unwrap_or(0).max(self.numbered)
    }

    /// The same pool with applications and loans under other ids, wherever they are named: for two pools
    /// that gave one id to two things. The numbers count as given.
    #[must_use]
    pub fn renamed(&self, ids: &BTreeMap<String, String>) -> Self {
        let rename = |id: &mut String| {
            if let Some(new) = ids.get(id) {
                id.clone_from(new);
            }
        };
        let mut out = self.clone();
        for (place, loan) in out.loans.iter_mut().enumerate() {
            if let Some(new) = ids.get(&loan.id_at(place)) {
                loan.id.clone_from(new);
            }
        }
        out.events.iter_mut().for_each(|event| rename(&mut event.loan));
        out.applications.iter_mut().for_each(|asking| rename(&mut asking.id));
        out.overrides.iter_mut().for_each(|own| rename(&mut own.application));
        let batches = out.past.iter_mut().chain([&mut out.batch]);
        for own in batches.flat_map(|batch| &mut batch.overruled) {
            rename(&mut own.decision.application);
        }
        let given = ids.values().map(|id| trailing_number(id)).max().unwrap_or(0);
        out.numbered = out.numbered.max(given);
        out
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

    /// Makes an entry in the book: whether it may stand, [`super::admit()`] says.
    pub fn note(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Takes a loan and every entry about it out of the book. The others keep their ids.
    pub fn remove_loan(&mut self, id: &str) {
        let named: Vec<String> =
            self.loans.iter().enumerate().map(|(place, loan)| loan.id_at(place)).collect();
        for (loan, id) in self.loans.iter_mut().zip(named) {
            loan.id = id;
        }
        self.loans.retain(|loan| loan.id != id);
        self.events.retain(|event| event.loan != id);
    }

    /// Takes an entry out of the book; what it said, `None` where it is not there.
    pub fn take_back(&mut self, event: &Event) -> Option<What> {
        let place = self.events.iter().rposition(|own| own == event)?;
        Some(self.events.remove(place).what)
    }

    /// Makes an entry in the use of posts of its year, which is there once something is told of it.
    pub fn of_year(&mut self, year: i32, edit: impl FnOnce(&mut Use)) {
        match self.uses.iter_mut().find(|own| own.year == year) {
            Some(own) => edit(own),
            None => {
                let mut own = Use { year, ..Use::default() };
                edit(&mut own);
                self.uses.push(own);
            }
        }
    }

    /// Takes an entry out of the use of posts in a year; a year of which nothing is told any more goes
    /// with it. Whether the years still hold without it, [`super::change::step`] says.
    pub fn take_use(&mut self, year: i32, entry: &UseEntry) {
        let Some(own) = self.uses.iter_mut().find(|own| own.year == year) else { return };
        if let Some(place) = own.entries.iter().rposition(|there| there == entry) {
            own.entries.remove(place);
        }
        self.uses.retain(|own| *own != Use { year, ..Use::default() });
    }

    /// Opens another batch in place of the one that was approved.
    pub fn open_batch(&mut self, batch: Batch) {
        self.batch = Batch { closed: false, overruled: Vec::new(), ..batch };
    }

    /// Every rule that a pool can have: its own in their order, then the kinds it has none of,
    /// switched off.
    pub fn rules_offered(&self) -> Vec<Rule> {
        let others = Test::ALL.into_iter().filter(|kind| {
            let asked_for = matches!(kind, Test::Compare | Test::OneOf);
            !asked_for && !self.rules.iter().any(|rule| rule.kind == *kind)
        });
        let others = others.map(|kind| Rule { off: true, ..Rule::new(kind, self.term_years) });
        self.rules.iter().cloned().chain(others).collect()
    }

    /// Puts a rule in the place of the one that stands there, or after all others.
    pub fn set_rule(&mut self, at: usize, rule: Rule) {
        match self.rules.get_mut(at) {
            Some(own) => *own = rule,
            None => self.rules.push(rule),
        }
    }
}

/// The id with another number at its end.
pub(crate) fn with_number(id: &str, number: u32) -> String {
    format!("{}{number}", id.trim_end_matches(|letter: char| letter.is_ascii_digit()))
}

/// The number that an id ends with; 0 if it ends with none, or with one too large.
fn trailing_number(id: &str) -> u32 {
    let start = id.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    id.get(start..).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}
