//! A change of a pool as the step of a scenario: whether it may stand, and what it takes from units
//! and gives back to them where the pool's posts are cut off from theirs (切块). After it the identity
//! of the pool's model holds, if it held before. It decides no award.

use std::collections::BTreeMap;

use super::model::cut_from;
use super::{
    Event, Fault, Pool, PoolError, Source, UnitPosts, admit, identity, plan, standings_with,
};
use crate::county::{County, Holding, KindId, UnitCode};
use crate::order::InOrder;
use crate::scenario::{Command, Figures, Label, State, Step};

/// The step that puts `new` in the place of the pool of a kind; `None` if nothing changes.
///
/// # Errors
/// What would be wrong with the pool, with the year's use of its posts, with what a unit has vacant,
/// or with the total, naming units by their names. What was wrong before does not stand against it.
pub fn step(
    state: &State,
    figures: &Figures,
    kind: &KindId,
    new: Option<&Pool>,
    label: Label,
) -> Result<Option<Step>, PoolError> {
    made(state, figures, kind, new, label).map_err(|error| error.naming(&state.county))
}

fn made(
    state: &State,
    figures: &Figures,
    kind: &KindId,
    new: Option<&Pool>,
    label: Label,
) -> Result<Option<Step>, PoolError> {
    let old = state.county.pool(kind);
    if old == new {
        return Ok(None);
    }
    let mut commands = cuts(state, kind, [old, new])?;
    commands.push(Command::SetPool {
        kind: kind.clone(),
        old: old.cloned().map(Box::new),
        new: new.cloned().map(Box::new),
    });
    let mut after = state.clone();
    for command in &commands {
        // Only a figure beyond all reason does not fit.
        let fits = after.apply(command.clone());
        fits.map_err(|_| PoolError::of(Fault::TooLarge).figures(u32::MAX, super::MOST))?;
    }
    let after = &after.county;
    if let Some(new) = new {
        let known = standings_with(after, kind, figures);
        admit(old, new, &known)?;
        if plan::check(&state.county, kind).is_ok() {
            plan::check(after, kind)?;
        }
    }
    if holds(&state.county, kind).is_ok() {
        holds(after, kind)?;
    }
    Ok(Some(Step { label, commands }))
}

/// Whether the posts of a kind add up as the model of its pool says.
///
/// # Errors
/// What does not hold, with its figures.
pub fn holds(county: &County, kind: &KindId) -> Result<(), PoolError> {
    let total = county.kind(kind).map_or(0, |kind| u64::from(kind.total));
    let mut units: BTreeMap<UnitCode, UnitPosts> = BTreeMap::new();
    for holding in county.holdings.iter().filter(|holding| county.kind_of(holding) == kind) {
        let Some(unit) = county.unit_of(holding) else { continue };
        let own = units.entry(unit.code.clone()).or_default();
        own.authorised = own.authorised.saturating_add(holding.authorised);
        own.in_post = own.in_post.saturating_add(holding.in_post);
    }
    if let Some(pool) = county.pool(kind) {
        return identity(pool, &units, total).map(drop);
    }
    let given: u64 = units.values().map(|unit| u64::from(unit.authorised)).sum();
    if given > total {
        let figure = |posts: u64| u32::try_from(posts).unwrap_or(u32::MAX);
        let error = PoolError::of(Fault::TotalOff).who(kind.as_str());
        return Err(error.figures(figure(given), figure(total)));
    }
    Ok(())
}

/// Posts that units give up for the pool, where they have them vacant, and those they get back.
fn cuts(
    state: &State,
    kind: &KindId,
    [old, new]: [Option<&Pool>; 2],
) -> Result<Vec<Command>, PoolError> {
    let mut change: BTreeMap<&UnitCode, i64> = BTreeMap::new();
    for (pool, sign) in [(old, -1), (new, 1)] {
        for (unit, posts) in pool.map(cut_from).unwrap_or_default() {
            *change.entry(unit).or_default() += sign * posts;
        }
    }
    let mut commands = Vec::new();
    for (unit, posts) in change.into_iter().filter(|(_, posts)| *posts != 0) {
        let document = new.or(old).map(|pool| document(pool, old, unit)).unwrap_or_default();
        give_and_take(state, kind, unit, posts, &document, &mut commands)?;
    }
    Ok(commands)
}

/// The document of the newest entry about a unit that was not there before, else of such a source, else that
/// of the pool.
fn document(pool: &Pool, old: Option<&Pool>, unit: &UnitCode) -> String {
    let known = |event: &Event| old.is_some_and(|old| old.events.contains(event));
    let own = pool.events.iter().rev().find(|e| e.unit.as_ref() == Some(unit) && !known(e));
    let known = |source: &Source| old.is_some_and(|old| old.sources.contains(source));
    let source = pool.sources.iter().find(|s| s.unit.as_ref() == Some(unit) && !known(s));
    let own = own.map(|event| &event.document).or(source.map(|source| &source.document));
    own.filter(|document| !document.is_empty()).unwrap_or(&pool.document).clone()
}

/// A unit gives its vacant posts up, where most are vacant first; what it gets back goes to the holding
/// with the fewest vacant. What a unit that closed would get back stays unassigned.
fn give_and_take(
    state: &State,
    kind: &KindId,
    unit: &UnitCode,
    posts: i64,
    document: &str,
    commands: &mut Vec<Command>,
) -> Result<(), PoolError> {
    let county = &state.county;
    let of_unit = |row: &usize| {
        let holding = county.holdings.get(*row);
        let own = holding.filter(|holding| county.kind_of(holding) == kind);
        own.and_then(|own| county.unit_of(own)).is_some_and(|own| own.code == *unit)
    };
    let mut rows: Vec<usize> = (0..county.holdings.len()).filter(of_unit).collect();
    let vacancy = |row: &usize| county.holdings.get(*row).map_or(0, Holding::vacancy);
    let vacant: i64 = rows.iter().map(vacancy).sum::<i64>().max(0);
    if posts > vacant {
        let figure = |posts: i64| u32::try_from(posts).unwrap_or(u32::MAX);
        let fault = match (rows.is_empty(), county.units.iter().any(|known| known.code == *unit)) {
            (false, _) => Fault::PostsShort,
            (true, true) => Fault::KindDiffers,
            (true, false) => Fault::NoUnit,
        };
        return Err(PoolError::of(fault).who(unit.as_str()).figures(figure(posts), figure(vacant)));
    }
    let closed = county.units.iter().any(|own| own.code == *unit && own.closed.is_some());
    if posts < 0 && closed {
        return Ok(());
    }
    rows.order_by_key(|row| if posts > 0 { -vacancy(row) } else { vacancy(row) });
    let mut left = posts;
    for row in rows {
        let part = if posts > 0 { left.min(vacancy(&row).max(0)) } else { left };
        let (Some(at), Some(old)) = (county.id_of(row), state.posting(row)) else { continue };
        let Ok(now) = u32::try_from(i64::from(old.posts) - part) else { continue };
        if part != 0 {
            let new = old.moved_to(now, "", document);
            commands.push(Command::SetPosts { at, old, new });
            left -= part;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::Stage;
    use crate::pool::plan::{Flow, UseEntry};
    use crate::pool::{Borrower, Loan, Model, Use, What, standings};
    use crate::sample;
    use crate::scenario::{Workspace, ledger};
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn general() -> KindId {
        KindId::general().clone()
    }

    /// Changes the sample's pool of a kind; the ledger of the kind afterwards: units, pool, beside,
    /// unassigned.
    fn change(
        workspace: &mut Workspace,
        kind: &KindId,
        edit: impl FnOnce(&mut Pool),
    ) -> Result<(u64, u64, u64, i64), PoolError> {
        let state = workspace.state();
        let mut new = state.county.pool(kind).unwrap().clone();
        edit(&mut new);
        let figures = Figures::of(state);
        if let Some(step) = step(state, &figures, kind, Some(&new), Label::Pool)? {
            workspace.dispatch(step).unwrap();
        }
        let ledger = ledger(workspace.base(), workspace.state(), kind);
        Ok((ledger.units, ledger.pool, ledger.beside, ledger.unassigned))
    }

    fn joins(what: What, unit: Option<&str>, posts: u32) -> Event {
        let mut event = Event::new(day("2026-12-02"), what, "");
        event.posts = posts;
        event.unit = unit.map(UnitCode::new);
        event.document = "〔2026〕7 号".to_owned();
        event
    }

    fn posts(workspace: &Workspace, unit: &str) -> u32 {
        standings(&workspace.state().county, &general())[&UnitCode::new(unit)].authorised
    }

    /// The sample: 1,318 = 1,280 of units + 30 of the pool + 8. G09 has 14 posts and 12 people: its 2
    /// vacant posts are cut off into the pool, a third is refused; taken back, it has them again.
    #[test]
    fn what_is_cut_off_leaves_its_unit_and_comes_back_to_it() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = general();
        let short =
            change(&mut workspace, &kind, |pool| pool.note(joins(What::Add, Some("G09"), 3)));
        let error = short.unwrap_err();
        assert_eq!((error.fault, error.found, error.limit), (Fault::PostsShort, 3, 2));
        assert_eq!(error.who, "县国有资产事务中心");
        let entry = joins(What::Add, Some("G09"), 2);
        let told = change(&mut workspace, &kind, |pool| pool.note(entry.clone())).unwrap();
        assert_eq!((told, posts(&workspace, "G09")), ((1_278, 32, 0, 8), 12));
        let told = change(&mut workspace, &kind, |pool| {
            pool.take_back(&entry);
        });
        assert_eq!((told.unwrap(), posts(&workspace, "G09")), ((1_280, 30, 0, 8), 14));
        // Given to a unit for good.
        let told =
            change(&mut workspace, &kind, |pool| pool.note(joins(What::Withdraw, Some("G04"), 1)));
        assert_eq!(told.unwrap(), (1_281, 29, 0, 8));
        for _ in 0..3 {
            assert!(workspace.undo().unwrap());
        }
        assert_eq!(workspace.state().county, *workspace.base());
    }

    /// 8 posts are unassigned: 9 more in the pool are not there.
    #[test]
    fn a_pool_grows_by_no_more_than_nobody_has() {
        let mut workspace = sample::county().unwrap().workspace;
        let nine = change(&mut workspace, &general(), |pool| pool.note(joins(What::Add, None, 9)));
        let error = nine.unwrap_err();
        assert_eq!((error.fault, error.found, error.limit), (Fault::TotalOff, 1_319, 1_318));
        let size = change(&mut workspace, &general(), |pool| pool.size += 9).unwrap_err();
        assert_eq!(size.fault, Fault::TotalOff);
        let eight = change(&mut workspace, &general(), |pool| pool.note(joins(What::Add, None, 8)));
        assert_eq!(eight.unwrap(), (1_280, 38, 0, 0));
    }

    /// Cut off from G09, then counted as its own again: 2 posts return to it under model B, of which it
    /// can use none; under C too, and the pool stands beside.
    #[test]
    fn another_model_counts_the_same_posts_once() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = general();
        change(&mut workspace, &kind, |pool| pool.note(joins(What::Add, Some("G09"), 2))).unwrap();
        let vacant =
            |workspace: &Workspace| ledger(workspace.base(), workspace.state(), &general()).vacant;
        let cut_off = vacant(&workspace);
        let told = change(&mut workspace, &kind, |pool| pool.model = Model::UseOnly).unwrap();
        assert_eq!((told, posts(&workspace, "G09")), ((1_280, 0, 32, 38), 14));
        let known = standings(&workspace.state().county, &kind);
        assert_eq!(known[&UnitCode::new("G09")].vacancy(), 0);
        assert_eq!(vacant(&workspace), cut_off, "they are no more its own to fill than before");
        let third = change(&mut workspace, &kind, |pool| {
            pool.note(joins(What::Add, Some("G09"), 1));
        });
        let error = third.unwrap_err();
        assert_eq!((error.fault, error.found, error.limit), (Fault::OwnerShort, 3, 2));
        let own = change(&mut workspace, &kind, |pool| {
            pool.model = Model::Separate;
            pool.own_total = Some(31);
        });
        assert_eq!(own.unwrap_err().fault, Fault::OwnTotal);
        let told = change(&mut workspace, &kind, |pool| pool.model = Model::Separate).unwrap();
        assert_eq!(told, (1_280, 0, 32, 38));
        let back = change(&mut workspace, &kind, |pool| pool.model = Model::CutOff).unwrap();
        assert_eq!((back, posts(&workspace, "G09")), ((1_278, 32, 0, 8), 12));
    }

    /// School 1002 has two stages: all that it has vacant goes, where most are vacant first.
    #[test]
    fn of_two_stages_the_one_with_more_vacant_gives() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = KindId::school().clone();
        let stage = |workspace: &Workspace, stage: Stage| {
            let at = format!("1002/{}", stage.as_str()).parse().unwrap();
            let row = workspace.state().index().row(&at).unwrap();
            workspace.state().county.holdings[row].clone()
        };
        let stages = [Stage::UpperSecondary, Stage::LowerSecondary];
        let before = stages.map(|one| stage(&workspace, one));
        let vacant: i64 = before.iter().map(Holding::vacancy).sum();
        let all = u32::try_from(vacant).unwrap();
        assert!(all > 0);
        let mut add = |posts| {
            change(&mut workspace, &kind, |pool| pool.note(joins(What::Add, Some("1002"), posts)))
        };
        assert_eq!(add(all + 1).unwrap_err().limit, all);
        // Nine hires were approved in June, before the posts went: what was is not judged again.
        add(all).unwrap();
        let after = stages.map(|one| stage(&workspace, one));
        assert_eq!(after.iter().map(Holding::vacancy).sum::<i64>(), 0);
        let given: u32 = before.iter().zip(&after).map(|(b, a)| b.authorised - a.authorised).sum();
        assert_eq!(given, all);
    }

    /// The survey is of 30 September 2026. G09 has 2 vacant posts then: 2 hires are approved and come in
    /// December, and a third neither then nor in January.
    #[test]
    fn entries_after_the_survey_use_the_vacancies_up() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = general();
        let told = |pool: &mut Pool, date: &str, what, people| {
            let date = day(date);
            let year = chrono::Datelike::year(&date);
            let unit = UnitCode::new("G09");
            let entry = UseEntry::new(date, what, unit, people);
            match pool.uses.iter_mut().find(|own| own.year == year) {
                Some(own) => own.entries.push(entry),
                None => pool.uses.push(Use { year, entries: vec![entry], ..Use::default() }),
            }
        };
        let mut enter = |date: &str, what, people| {
            change(&mut workspace, &kind, |pool| told(pool, date, what, people))
        };
        let error = enter("2026-12-01", Flow::Approved, 3).unwrap_err();
        assert_eq!((error.fault, error.found, error.limit), (Fault::PlanAbove, 3, 2));
        assert_eq!(error.who, "县国有资产事务中心");
        enter("2026-12-01", Flow::Approved, 2).unwrap();
        let error = enter("2026-11-30", Flow::Entered, 1).unwrap_err();
        assert_eq!(error.fault, Fault::NotApproved, "before its approval");
        enter("2026-12-02", Flow::Entered, 2).unwrap();
        let error = enter("2026-12-03", Flow::Approved, 1).unwrap_err();
        assert_eq!((error.fault, error.found, error.limit), (Fault::PlanAbove, 3, 2));
        let error = enter("2027-01-05", Flow::Approved, 1).unwrap_err();
        assert_eq!((error.fault, error.found, error.limit), (Fault::FullUnit, 14, 14));
        enter("2027-01-05", Flow::Left, 1).unwrap();
    }

    #[test]
    fn a_unit_that_is_not_there_gives_nothing() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = general();
        let mut from = |unit: &str| {
            let added = joins(What::Add, Some(unit), 1);
            change(&mut workspace, &kind, |pool| pool.note(added)).unwrap_err().fault
        };
        assert_eq!(from("X99"), Fault::NoUnit);
        assert_eq!(from("1001"), Fault::KindDiffers);
        let lend = change(&mut workspace, &kind, |pool| {
            let borrower = Borrower::Unit(UnitCode::new("X99"));
            pool.loans.push(Loan::new(borrower, 1, day("2026-12-01"), day("2029-12-01")));
        });
        assert_eq!(lend.unwrap_err().fault, Fault::NoUnit);
    }
}
