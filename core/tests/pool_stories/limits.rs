//! What a checker of posts must hold units to in a year, each limit with the clause and the figures that it
//! names: nobody comes to a full unit, nobody before the approval, each batch holds by itself, and what a
//! unit owes comes first.

use bianheng_core::county::{HoldingId, KindId};
use bianheng_core::pool::movement::{self, Movement};
use bianheng_core::pool::plan::{self, Flow, Reserve, UseEntry};
use bianheng_core::pool::*;
use bianheng_core::sample;
use bianheng_core::scenario::{Figures, Label, Workspace};
use bianheng_core::text::Lang;

use super::given::{code, day, event, loan, paper, pool, unit, units};

type Told = (Fault, u32, u32);

/// Works the year 2026 of some units through: people at its end, or what stands against it.
fn year(
    pool: &Pool,
    known: &Standings,
    reserve: &[Reserve],
    entries: &[(&str, Flow, &str, u32)],
) -> Result<u32, PoolError> {
    let entry = |(date, what, unit, people): &(&str, Flow, &str, u32)| {
        UseEntry::new(day(date), *what, code(unit), *people)
    };
    let entries = entries.iter().map(entry).collect();
    let year = Use { year: 2026, reserve: reserve.to_vec(), entries, ..Use::default() };
    plan::run(Some(pool), known, &year, pool.count_departures).map(|planned| planned.sum.closing)
}

fn figures(error: PoolError) -> Told {
    (error.fault, error.found, error.limit)
}

/// G1 has 10 posts and 10 people. Who would come on 1 June finds it full; after one left in May one may
/// come, and one who leaves in July does not help in June. G2 has 5 posts and 7 people: with 6 and with 5
/// of them still nobody comes, with 4 one does.
#[test]
fn nobody_comes_to_a_full_unit_in_the_order_of_days() {
    let pool = pool(5);
    let known = units(&[("G1", unit(10, 10, &[])), ("G2", unit(5, 7, &[]))]);
    let told = |entries: &[(&str, Flow, &str, u32)]| year(&pool, &known, &[], entries);
    let comes = ("2026-06-01", Flow::Moved, "G1", 1);
    let error = told(&[comes]).unwrap_err();
    assert_eq!(
        error.text(Lang::Zh),
        "单位 G1 实有 10 人，核定 10 名，不得进人（满编超编单位不进人）"
    );
    assert_eq!(figures(error), (Fault::FullUnit, 10, 10));
    assert_eq!(told(&[comes, ("2026-05-01", Flow::Left, "G1", 1)]), Ok(17));
    let late = told(&[comes, ("2026-07-01", Flow::Left, "G1", 1)]);
    assert_eq!(late.map_err(figures), Err((Fault::FullUnit, 10, 10)));

    let over = |left: u32| {
        let entries =
            [("2026-05-01", Flow::Left, "G2", left), ("2026-06-01", Flow::Moved, "G2", 1)];
        told(&entries).map_err(figures)
    };
    assert_eq!(over(1), Err((Fault::FullUnit, 6, 5)));
    assert_eq!(over(2), Err((Fault::FullUnit, 5, 5)));
    // 17 − 3 + 1.
    assert_eq!(over(3), Ok(15));
    let approved = told(&[("2026-03-01", Flow::Approved, "G2", 1)]);
    assert_eq!(approved.map_err(figures), Err((Fault::FullUnit, 7, 5)));
}

/// G1 has 12 posts and 10 people, so two may come: a third is one too many, whether the three come at
/// once or one by one. Only when it is full, the unit is said to be full.
#[test]
fn more_than_are_vacant_do_not_come() {
    let pool = pool(5);
    let known = units(&[("G1", unit(12, 10, &[]))]);
    let told = |entries: &[(&str, Flow, &str, u32)]| year(&pool, &known, &[], entries);
    let error = told(&[("2026-06-01", Flow::Moved, "G1", 3)]).unwrap_err();
    assert_eq!(
        error.text(Lang::Zh),
        "2026-06-01 G1 进 3 人，空编只有 2 名，差 1 名（满编超编单位不进人）"
    );
    assert_eq!(figures(error), (Fault::RoomShort, 3, 2));
    let two = ("2026-06-01", Flow::Moved, "G1", 2);
    assert_eq!(told(&[two]), Ok(12));
    let third = told(&[two, ("2026-06-02", Flow::Moved, "G1", 1)]);
    assert_eq!(third.map_err(figures), Err((Fault::FullUnit, 12, 12)));
}

/// G1 has 12 posts and 8 people. Two hires are approved on 2 March: one who enters on 1 March was not
/// approved by then, on 2 March both were, and a third never is.
#[test]
fn nobody_enters_before_the_approval() {
    let pool = pool(5);
    let known = units(&[("G1", unit(12, 8, &[]))]);
    let told = |date: &str, people| {
        let approved = ("2026-03-02", Flow::Approved, "G1", 2);
        year(&pool, &known, &[], &[(date, Flow::Entered, "G1", people), approved])
    };
    let error = told("2026-03-01", 1).unwrap_err();
    assert_eq!(error.text(Lang::Zh), "2026-03-01 单位 G1 已进 1 人，当时批准 0 人（编制审批在先）");
    assert_eq!(figures(error), (Fault::NotApproved, 1, 0));
    assert_eq!(told("2026-03-02", 2), Ok(10));
    assert_eq!(told("2026-03-02", 3).map_err(figures), Err((Fault::NotApproved, 3, 2)));
}

/// G1 has 20 posts and 16 people and keeps 1: 4 − 1 = 3 hires. A first batch of 2 leaves 1 for the second;
/// 2 in the second are 4 in all, and the year is refused though each batch alone would fit. A batch of 4 in
/// March is refused by itself, whatever comes after it.
#[test]
fn each_batch_of_hires_holds_by_itself_and_with_those_before_it() {
    let pool = pool(5);
    let known = units(&[("G1", unit(20, 16, &[(2026, 2)]))]);
    let keep = [Reserve { from: 11, keep: 1 }];
    let told = |pool: &Pool, batches: &[(&str, u32)]| {
        let approved = batches.iter().map(|(date, people)| (*date, Flow::Approved, "G1", *people));
        let entries: Vec<(&str, Flow, &str, u32)> = approved.collect();
        year(pool, &known, &keep, &entries)
    };
    assert_eq!(told(&pool, &[("2026-03-01", 2), ("2026-09-01", 1)]), Ok(16));
    let error = told(&pool, &[("2026-03-01", 2), ("2026-09-01", 2)]).unwrap_err();
    assert_eq!(error.date, Some(day("2026-09-01")));
    assert_eq!(
        error.text(Lang::Zh),
        "单位 G1 计划进 4 人，至多 3 人（量出为入：进人不超过空编加预计减员减留用）"
    );
    let first = told(&pool, &[("2026-03-01", 4)]).unwrap_err();
    assert_eq!(figures(first), (Fault::PlanAbove, 4, 3));
    // Where expected departures may be counted, 4 + 2 − 1 = 5.
    let counting = Pool { count_departures: true, ..pool };
    assert_eq!(told(&counting, &[("2026-03-01", 5)]), Ok(16));
    let error = told(&counting, &[("2026-03-01", 6)]).unwrap_err();
    assert_eq!(figures(error), (Fault::PlanAbove, 6, 5));
}

/// A person on a post of the pool leaves: the post is the pool's again, and the unit has no vacancy of it.
/// 10 posts and 10 people, one more on loan: after the return the pool has 5 of 5 free, and the unit takes
/// nobody in.
#[test]
fn a_post_of_the_pool_goes_back_to_the_pool_and_not_to_the_unit() {
    let mut pool = pool(5);
    let mut lent = loan("a", "G1", 1, "2025-03-01", "2028-03-01");
    lent.way = Way::PersonLeaves;
    pool.loans.push(lent);
    let known = units(&[("G1", unit(10, 10, &[]))]);
    assert_eq!(Book::last(&pool).unwrap().free(), 4);
    pool.note(Event { way: Way::PersonLeaves, ..event("2026-05-01", What::Return, "a", 1) });
    let book = Book::last(&pool).unwrap();
    assert_eq!((book.free(), book.returned()), (5, [0, 1, 0, 0]));
    let comes = year(&pool, &known, &[], &[("2026-06-01", Flow::Moved, "G1", 1)]);
    assert_eq!(comes.map_err(figures), Err((Fault::FullUnit, 10, 10)));
}

/// Tells of the use of posts of the sample's institutions, through the same step as a hand would.
fn tell(workspace: &mut Workspace, entry: UseEntry) -> Result<(), PoolError> {
    let kind = KindId::general();
    let state = workspace.state();
    let mut new = state.county.pool(kind).unwrap().clone();
    new.of_year(2027, |year| year.entries.push(entry));
    let step = change::step(state, &Figures::of(state), kind, Some(&new), Label::Use)?;
    workspace.dispatch(step.unwrap()).unwrap();
    Ok(())
}

/// G11 has 246 posts, 244 people and 2 posts of the pool: its 2 vacancies repay these, and nobody may come.
/// 2 posts adjusted to it from G09 make 248 − 244 = 4 vacancies, of which 2 repay and 2 may be used: a third
/// hire is refused, two are approved and come, and then one more who moves in finds only what repays.
#[test]
fn posts_adjusted_to_a_unit_that_owes_repay_the_pool_first() {
    let mut workspace = sample::county().unwrap().workspace;
    let kind = KindId::general().clone();
    let hires = |date: &str, what, people| UseEntry::new(day(date), what, code("G11"), people);
    let approve = |people| hires("2027-03-01", Flow::Approved, people);
    let allowed = |workspace: &Workspace| {
        let none = Use { year: 2027, ..Use::default() };
        let planned = plan::of_year(&workspace.state().county, &kind, &none).unwrap();
        let unit = &planned.units[&code("G11")];
        (unit.owes, unit.repays, unit.allowed)
    };
    assert_eq!(allowed(&workspace), (2, 2, 0));
    let error = tell(&mut workspace, approve(1)).unwrap_err();
    assert_eq!(figures(error), (Fault::PlanAbove, 1, 0));

    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    let adjust = Movement::Adjust { from: at("G09"), to: at("G11"), posts: 2 };
    let step = movement::step(workspace.state(), &adjust, &paper("", "〔2026〕3 号")).unwrap();
    workspace.dispatch(step).unwrap();
    assert_eq!(allowed(&workspace), (2, 2, 2));
    let error = tell(&mut workspace, approve(3)).unwrap_err();
    assert_eq!(figures(error), (Fault::PlanAbove, 3, 2));
    tell(&mut workspace, approve(2)).unwrap();
    tell(&mut workspace, hires("2027-04-01", Flow::Entered, 2)).unwrap();
    let error = tell(&mut workspace, hires("2027-05-01", Flow::Moved, 1)).unwrap_err();
    assert_eq!(
        error.text(Lang::Zh),
        "2027-05-01 县中医医院 进 1 人，除应先还池的空编外只可进 0 人（有借用的单位，空编先还周转池，再进人）"
    );
}
