//! Changes to a pool that need more than setting a field: a new pool, numbers of applications and
//! loans, decisions made by hand, rules switched on and off, entries of the book.

use std::collections::BTreeMap;

use super::plan::UseEntry;
use super::{
    Application, Batch, Event, Fault, Loan, MOST, Measure, Model, Override, Pool, PoolError, Rule,
    Source, Term, Test, Use, What,
};
use crate::county::KindId;

/// Years for which a new pool lends, until the planner says otherwise.
const TERM_YEARS: u32 = 3;

/// The longest term, in years: beyond a working life it is a typing error.
pub const LONGEST_TERM: u32 = 50;

/// The largest share that a rule compares with, per cent.
const LARGEST_SHARE: u32 = 1_000;

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

    /// What is told of the use of posts in a year.
    pub fn year_of_use(&self, year: i32) -> Option<&Use> {
        self.uses.iter().find(|own| own.year == year)
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

    /// Puts a rule that is asked for (of [`Test::Compare`] or [`Test::OneOf`]) in the place of the one that
    /// stands there, or after all others.
    ///
    /// # Errors
    /// [`Fault::RuleOfNothing`], [`Fault::RuleTwice`], [`Fault::RuleOutOfRange`] with the share and the
    /// nearest that may stand, [`Fault::YearsOutOfRange`], [`Fault::TooLarge`]. The pool is then as it was.
    pub fn put_rule(&mut self, at: usize, rule: Rule) -> Result<(), PoolError> {
        let (measure, of) = (rule.measure.unwrap_or_default(), rule.of.unwrap_or_default());
        let nothing = match rule.kind {
            Test::Compare => measure == of || measure == Measure::None,
            Test::OneOf => rule.any.is_empty(),
            _ => false,
        };
        if nothing {
            return Err(PoolError::of(Fault::RuleOfNothing));
        }
        let share = rule.percent.unwrap_or(100);
        if !(1..=LARGEST_SHARE).contains(&share) {
            let error = PoolError::of(Fault::RuleOutOfRange);
            return Err(error.figures(share, share.clamp(1, LARGEST_SHARE)));
        }
        if let Some(years) = rule.years {
            within_a_life(years)?;
        }
        let posts = rule.posts.unwrap_or(0);
        if posts > MOST {
            return Err(PoolError::of(Fault::TooLarge).figures(posts, MOST));
        }
        let mut others = self.rules.iter().enumerate().filter(|(place, _)| *place != at);
        if others.any(|(_, other)| other.same_as(&rule)) {
            return Err(PoolError::of(Fault::RuleTwice));
        }
        self.set_rule(at, rule);
        Ok(())
    }

    /// Takes a rule of the pool's own out.
    pub fn remove_rule(&mut self, at: usize) {
        if at < self.rules.len() {
            self.rules.remove(at);
        }
    }

    /// Gives a sort of purpose a term of its own, in years, or leaves it to the pool's.
    ///
    /// # Errors
    /// [`Fault::YearsOutOfRange`]. The pool is then as it was.
    pub fn set_term(&mut self, sort: &str, years: Option<u32>) -> Result<(), PoolError> {
        if let Some(years) = years {
            within_a_life(years)?;
        }
        let place = self.terms.iter().position(|term| term.sort == sort);
        match (place.and_then(|at| self.terms.get_mut(at)), years) {
            (Some(term), Some(years)) => term.years = years,
            (None, Some(years)) => self.terms.push(Term { sort: sort.to_owned(), years }),
            (_, None) => self.terms.retain(|term| term.sort != sort),
        }
        Ok(())
    }

    /// Puts a source in the place of the one that stands there, or before what came out of the unassigned:
    /// what no unit accounts for did, under the pool's document where no other is named.
    ///
    /// # Errors
    /// [`Fault::NoPosts`], [`Fault::SourcesOff`] where sources exceed the size. The pool is then as it was.
    pub fn put_source(&mut self, at: usize, source: Source) -> Result<(), PoolError> {
        if source.posts == 0 {
            return Err(PoolError::of(Fault::NoPosts));
        }
        let mut sources = self.sources.clone();
        match sources.get_mut(at) {
            Some(own) => *own = source,
            None => sources.insert(rest(&sources).unwrap_or(sources.len()), source),
        }
        self.sources = self.settled(sources, self.size)?;
        Ok(())
    }

    /// Takes a source out: its posts count as having been unassigned.
    pub fn remove_source(&mut self, at: usize) {
        let mut sources = self.sources.clone();
        if at < sources.len() {
            sources.remove(at);
        }
        // One fewer never exceeds the size unless they did before.
        if let Ok(sources) = self.settled(sources, self.size) {
            self.sources = sources;
        }
    }

    /// Gives the pool another size. What units do not account for came out of the unassigned.
    ///
    /// # Errors
    /// [`Fault::SourcesOff`] where its sources exceed it. The pool is then as it was.
    pub fn set_size(&mut self, size: u32) -> Result<(), PoolError> {
        if !self.sources.is_empty() {
            self.sources = self.settled(self.sources.clone(), size)?;
        }
        self.size = size;
        Ok(())
    }

    /// Sources that add up to a size: the last without a unit takes up the rest. None where they say no
    /// more than the size and its document do.
    fn settled(&self, mut sources: Vec<Source>, size: u32) -> Result<Vec<Source>, PoolError> {
        let last = rest(&sources);
        let others = sources.iter().enumerate().filter(|(place, _)| Some(*place) != last);
        let named = others.map(|(_, source)| source.posts).fold(0, u32::saturating_add);
        let Some(left) = size.checked_sub(named) else {
            return Err(PoolError::of(Fault::SourcesOff).figures(named, size));
        };
        match (last.and_then(|at| sources.get_mut(at)), left) {
            (Some(own), _) => own.posts = left,
            (None, 1..) => {
                sources.push(Source { unit: None, posts: left, document: self.document.clone() });
            }
            (None, 0) => {}
        }
        sources.retain(|source| source.posts > 0);
        if let [Source { unit: None, document, .. }] = sources.as_slice()
            && *document == self.document
        {
            sources.clear();
        }
        Ok(sources)
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

/// The place of what came out of the unassigned: the last source without a unit.
fn rest(sources: &[Source]) -> Option<usize> {
    sources.iter().rposition(|source| source.unit.is_none())
}

fn within_a_life(years: u32) -> Result<(), PoolError> {
    if (1..=LONGEST_TERM).contains(&years) {
        return Ok(());
    }
    Err(PoolError::of(Fault::YearsOutOfRange).figures(years, LONGEST_TERM))
}

/// The number that an id ends with; 0 if it ends with none, or with one too large.
fn trailing_number(id: &str) -> u32 {
    let start = id.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    id.get(start..).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{KindId, UnitCode};
    use crate::pool::{At, Field};
    use crate::sample;

    fn general() -> Pool {
        sample::county().unwrap().workspace.base().pool(KindId::general()).unwrap().clone()
    }

    fn compare(measure: Measure, of: Option<Measure>, posts: Option<u32>) -> Rule {
        Rule { measure: Some(measure), of, posts, ..Rule::new(Test::Compare, 3) }
    }

    /// Asked with what is owed at most what is missing; the same again with another figure asks the same.
    /// Compared with itself, or with the nothing that no measure is, it asks nothing.
    #[test]
    fn a_rule_that_asks_nothing_or_the_same_again_is_refused() {
        let mut pool = general();
        let before = pool.rules.len();
        let shortage = compare(Measure::AskedWithOwed, Some(Measure::Shortage), None);
        pool.put_rule(before, shortage.clone()).unwrap();
        let again = Rule { percent: Some(80), ..shortage.clone() };
        let fault = |done: Result<(), PoolError>| done.unwrap_err().fault;
        assert_eq!(fault(pool.put_rule(before + 1, again.clone())), Fault::RuleTwice);
        pool.put_rule(before, again).unwrap();
        let itself = compare(Measure::Asked, Some(Measure::Asked), None);
        assert_eq!(fault(pool.put_rule(before, itself)), Fault::RuleOfNothing);
        let nothing = compare(Measure::None, Some(Measure::Asked), None);
        assert_eq!(fault(pool.put_rule(before, nothing)), Fault::RuleOfNothing);
        let none = Rule::new(Test::OneOf, 3);
        assert_eq!(fault(pool.put_rule(before + 1, none.clone())), Fault::RuleOfNothing);
        assert_eq!(Fault::RuleOfNothing.at(), [At::Values]);
        let category =
            Rule { field: Some(Field::Category), any: vec!["医疗卫生".to_owned()], ..none };
        pool.put_rule(before + 1, category).unwrap();
        assert_eq!(pool.rules.len(), before + 2);
        pool.remove_rule(before);
        assert_eq!(pool.rules.last().map(|rule| rule.kind), Some(Test::OneOf));
    }

    /// 0 % and 1,001 % of a measure, 0 and 51 years, ten million and one posts: each with its nearest.
    #[test]
    fn figures_of_a_rule_stay_in_their_ranges() {
        let mut pool = general();
        let at = pool.rules.len();
        let rule = compare(Measure::Asked, Some(Measure::Departures), None);
        let mut refused = |rule: Rule| {
            let error = pool.put_rule(at, rule).unwrap_err();
            (error.fault, error.found, error.limit)
        };
        let share = |percent| Rule { percent: Some(percent), ..rule.clone() };
        assert_eq!(refused(share(0)), (Fault::RuleOutOfRange, 0, 1));
        assert_eq!(refused(share(1_001)), (Fault::RuleOutOfRange, 1_001, 1_000));
        let years = |years| Rule { years: Some(years), ..rule.clone() };
        assert_eq!(refused(years(0)), (Fault::YearsOutOfRange, 0, 50));
        assert_eq!(refused(years(51)), (Fault::YearsOutOfRange, 51, 50));
        let posts = Rule { posts: Some(MOST + 1), ..rule };
        assert_eq!(refused(posts), (Fault::TooLarge, MOST + 1, MOST));
    }

    #[test]
    fn a_purpose_has_a_term_of_its_own_or_the_pools() {
        let mut pool = general();
        pool.set_term("talent", Some(5)).unwrap();
        assert_eq!((pool.term_of("talent"), pool.term_of("livelihood")), (5, pool.term_years));
        let error = pool.set_term("talent", Some(51)).unwrap_err();
        assert_eq!((error.fault, error.found, error.limit), (Fault::YearsOutOfRange, 51, 50));
        assert_eq!(pool.term_of("talent"), 5, "what cannot be changes nothing");
        pool.set_term("talent", None).unwrap();
        assert_eq!(pool.terms, []);
    }

    /// 30 posts: 2 of G09 leave 28 to the unassigned; 3 more of G04, 25. 31 exceed the pool. A pool of 40
    /// has 35 of them, one of 4 is less than its units gave. Without its units it says what its size does.
    #[test]
    fn what_no_unit_accounts_for_was_unassigned() {
        let mut pool = Pool { loans: Vec::new(), ..general() };
        assert_eq!(pool.size, 30);
        let of = |unit: &str, posts| Source {
            unit: Some(UnitCode::new(unit)),
            posts,
            document: "〔2026〕7 号".to_owned(),
        };
        let posts = |pool: &Pool| pool.sources.iter().map(|own| own.posts).collect::<Vec<_>>();
        pool.put_source(0, of("G09", 2)).unwrap();
        assert_eq!(posts(&pool), [2, 28]);
        assert_eq!(pool.sources[1].document, pool.document);
        pool.put_source(9, of("G04", 3)).unwrap();
        assert_eq!(posts(&pool), [2, 3, 25]);
        let error = pool.put_source(0, of("G09", 28)).unwrap_err();
        assert_eq!((error.fault, error.found, error.limit), (Fault::SourcesOff, 31, 30));
        assert_eq!(pool.put_source(0, of("G09", 0)).unwrap_err().fault, Fault::NoPosts);
        assert_eq!(posts(&pool), [2, 3, 25]);
        pool.set_size(40).unwrap();
        assert_eq!(posts(&pool), [2, 3, 35]);
        let error = pool.set_size(4).unwrap_err();
        assert_eq!((error.fault, error.found, error.limit), (Fault::SourcesOff, 5, 4));
        pool.set_size(5).unwrap();
        assert_eq!(posts(&pool), [2, 3]);
        pool.remove_source(0);
        assert_eq!(posts(&pool), [3, 2]);
        pool.remove_source(0);
        assert_eq!(pool.sources, []);
        pool.check().unwrap();
    }
}
