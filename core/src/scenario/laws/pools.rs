//! Laws of two pools that came from one: merged part by part, nothing that one side did is lost, and
//! what the two together would break is told with its figures.

use proptest::prelude::*;

use super::super::tests::{edit, opened};
use super::super::*;
use super::{seen_state, sent};
use crate::county::{KindId, UnitCode};
use crate::pool::part::Parted;
use crate::pool::{Application, Borrower, Event, Fault, Loan, Pool, Use, What};

fn pool(workspace: &Workspace) -> Pool {
    workspace.state().county.pool(KindId::general()).unwrap().clone()
}

fn change(workspace: &mut Workspace, change: impl FnOnce(&mut Pool)) {
    let old = pool(workspace);
    let mut new = old.clone();
    change(&mut new);
    let kind = KindId::general().clone();
    let (old, new) = (Some(old.into()), Some(new.into()));
    workspace.dispatch(edit(Command::SetPool { kind, old, new })).unwrap();
}

fn parted(pool: Pool) -> Parted {
    Parted::of(pool)
}

fn asking(posts: u32) -> Application {
    Application::new("", UnitCode::new("1020"), posts)
}

/// One change of a pool, picked by numbers.
fn some_change(pool: &mut Pool, pick: u32, value: u32) {
    let place = |count: usize| value as usize % count.max(1);
    match pick % 9 {
        0 => pool.term_years = value % 7 + 1,
        1 => pool.name = format!("池 {}", value % 3),
        2 => pool.enter(asking(value % 5 + 1)),
        3 => {
            let at = place(pool.applications.len());
            if let Some(asking) = pool.applications.get_mut(at) {
                asking.posts = value % 4 + 1;
            }
        }
        4 => {
            let at = place(pool.applications.len());
            if let Some(id) = pool.applications.get(at).map(|asking| asking.id.clone()) {
                pool.remove(&id);
            }
        }
        5 => {
            let what = [What::Add, What::Withdraw][place(2)];
            let event = Event { posts: value % 3 + 1, ..Event::new(pool.batch.date, what, "") };
            pool.events.push(event);
        }
        6 => {
            let at = place(pool.loans.len());
            if let Some(loan) = pool.loans.get_mut(at) {
                loan.purpose = format!("用途 {}", value % 3);
            }
        }
        7 => {
            let year = 2026 + i32::try_from(value % 3).unwrap();
            pool.uses.retain(|own| own.year != year);
            pool.uses.push(Use { year, document: value.to_string(), ..Use::default() });
        }
        _ => {
            let at = place(pool.loans.len());
            if at < pool.loans.len() {
                pool.loans.remove(at);
            }
        }
    }
}

fn work(workspace: &mut Workspace, picks: &[(u32, u32)]) {
    for (pick, value) in picks {
        change(workspace, |pool| some_change(pool, *pick, *value));
    }
}

fn picks(most: usize) -> impl Strategy<Value = Vec<(u32, u32)>> {
    prop::collection::vec((any::<u32>(), 0..50_u32), 0..most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn pools_merge_the_same_whichever_side_is_which(
        shared in picks(3), one in picks(6), two in picks(6), flips in any::<u64>(),
    ) {
        let mut a = opened();
        work(&mut a, &shared);
        let mut b = sent(&a);
        work(&mut a, &one);
        work(&mut b, &two);
        let same = Merge::of((&a, 0), (&a, 0)).unwrap();
        prop_assert!(same.brings_nothing());
        let ours = Merge::of((&a, 0), (&b, 0)).unwrap();
        let theirs = Merge::of((&b, 0), (&a, 0)).unwrap();
        prop_assert_eq!(ours.asked(), theirs.asked());
        let pick = |cell: &str| {
            let sum: u64 = cell.bytes().map(u64::from).sum();
            flips >> (sum % 64) & 1 == 0
        };
        let merged = |onto: &Workspace, mut merge: Merge, mine: Side, theirs: Side| {
            for line in &mut merge.lines {
                line.side = Some(if pick(&line.cell) { mine } else { theirs });
            }
            let mut out = onto.clone();
            out.add(merge.scenario("合并").unwrap()).unwrap();
            (seen_state(out.state()), merge.broken())
        };
        let left = merged(&a, ours.clone(), Side::Mine, Side::Theirs);
        let right = merged(&b, theirs, Side::Theirs, Side::Mine);
        prop_assert_eq!(left, right);
        // One side alone throughout is that side, whatever the other did.
        for (side, whole) in [(Side::Mine, &a), (Side::Theirs, &b)] {
            let mut merge = ours.clone();
            merge.lines.iter_mut().for_each(|line| line.side = Some(side));
            let mut out = a.clone();
            out.add(merge.scenario("合并").unwrap()).unwrap();
            let ids = merge.renamed.iter().filter(|one| one.side == side);
            let ids = ids.map(|one| (one.old.clone(), one.new.clone())).collect();
            let whole = parted(pool(whole).renamed(&ids));
            prop_assert!(parted(pool(&out)).parts_that_differ(&whole).is_empty());
        }
    }
}

#[test]
fn what_each_side_did_to_a_pool_is_taken_and_only_the_same_part_is_asked() {
    let (mut mine, mut theirs) = (opened(), opened());
    let first = pool(&mine).applications[0].id.clone();
    let second = pool(&mine).applications[1].id.clone();
    change(&mut mine, |pool| {
        pool.term_years = 5;
        pool.applications[0].posts = 1;
    });
    change(&mut theirs, |pool| {
        let event = Event::new(pool.batch.date, What::Return, "L1");
        pool.events.push(Event { posts: 2, ..event });
        pool.applications[0].posts = 2;
        pool.applications[1].note = "附件齐全".to_owned();
    });
    let mut merge = Merge::of((&mine, 0), (&sent(&theirs), 0)).unwrap();
    assert_eq!((merge.lines.len(), merge.asked(), merge.undecided()), (4, 1, 1));
    let line = merge.lines.iter_mut().find(|line| line.asks).unwrap();
    assert_eq!(line.cell, format!("pool general application {first}"));
    line.side = Some(Side::Theirs);
    assert_eq!(merge.broken(), None);
    mine.add(merge.scenario("合并").unwrap()).unwrap();
    let merged = parted(pool(&mine));
    assert_eq!((merged.term_years, merged.events.len()), (5, 1));
    assert_eq!(merged.asked(&first).unwrap().0.posts, 2);
    assert_eq!(merged.asked(&second).unwrap().0.note, "附件齐全");
}

#[test]
fn the_same_return_entered_on_both_sides_is_asked_and_not_counted_twice() {
    let (mut mine, mut theirs) = (opened(), opened());
    for (side, posts) in [(&mut mine, 1), (&mut theirs, 2)] {
        change(side, |pool| {
            let event = Event::new(pool.batch.date, What::Return, "L1");
            pool.events.push(Event { posts, ..event });
        });
    }
    let merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    assert_eq!((merge.lines.len(), merge.asked()), (1, 1));
}

#[test]
fn a_pool_with_two_loans_of_one_id_stays_one_cell_and_loses_none() {
    let (mut mine, mut theirs) = (opened(), opened());
    change(&mut theirs, |pool| {
        let again = pool.loans[0].clone();
        pool.loans.push(Loan { id: pool.loans[0].id_at(0), ..again });
    });
    change(&mut mine, |pool| pool.term_years = 5);
    let mut merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    assert_eq!((merge.lines.len(), merge.asked()), (1, 1));
    assert_eq!(merge.lines[0].cell, "pool general");
    merge.lines[0].side = Some(Side::Theirs);
    mine.add(merge.scenario("合并").unwrap()).unwrap();
    assert_eq!(pool(&mine).loans, pool(&theirs).loans);
}

#[test]
fn two_sides_that_together_lend_more_than_there_is_are_told_so() {
    // 30 posts, 12 lent: each side lends 10 more, the two together 2 too many.
    let (mut mine, mut theirs) = (opened(), opened());
    for (side, id) in [(&mut mine, "甲"), (&mut theirs, "乙")] {
        change(side, |pool| {
            let (from, due) = (pool.batch.date, pool.due(pool.batch.date, "").unwrap());
            let loan = Loan::new(Borrower::Name(id.to_owned()), 10, from, due);
            pool.loans.push(Loan { id: id.to_owned(), ..loan });
        });
    }
    let mut merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    assert_eq!(merge.undecided(), 0);
    let broken = merge.broken().unwrap();
    assert_eq!((broken.fault, broken.found, broken.limit), (Fault::Overlent, 32, 30));
    let line = merge.lines.iter_mut().find(|line| line.cell == "pool general loan 乙").unwrap();
    line.side = Some(Side::Mine);
    assert_eq!(merge.broken(), None);
}

#[test]
fn posts_that_one_side_gave_to_a_school_are_not_given_to_the_pool_by_the_other() {
    // Of the posts unassigned each side gives all: here to an institution, there to the pool.
    let (mut mine, mut theirs) = (opened(), opened());
    let free = ledger(mine.base(), mine.state(), KindId::general()).unassigned;
    let free = u32::try_from(free).unwrap();
    let county = &mine.state().county;
    let of_kind = |row: &usize| county.kind_of(&county.holdings[*row]) == KindId::general();
    let row = (0..county.holdings.len()).find(of_kind).unwrap();
    let posts = county.holdings[row].authorised + free;
    let step = edit(super::set_posts(&mine, row, posts));
    mine.dispatch(step).unwrap();
    change(&mut theirs, |pool| {
        let event = Event::new(pool.batch.date, What::Add, "");
        pool.events.push(Event { posts: free, document: "〔2026〕1 号".to_owned(), ..event });
    });
    let merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    assert_eq!(merge.undecided(), 0);
    assert_eq!(merge.broken().map(|error| error.fault), Some(Fault::TotalOff));
}

#[test]
fn an_application_that_one_side_took_back_is_asked() {
    let mut mine = opened();
    change(&mut mine, |pool| pool.enter(asking(3)));
    let mut theirs = sent(&mine);
    theirs.undo().unwrap();
    change(&mut theirs, |pool| pool.term_years = 5);
    let merge = Merge::of((&mine, 0), (&sent(&theirs), 0)).unwrap();
    let asked: Vec<&str> =
        merge.lines.iter().filter(|line| line.asks).map(|line| line.cell.as_str()).collect();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].starts_with("pool general application "), "{asked:?}");
}

/// One more application on each side, under the same number.
fn both_enter(mine: (&str, u32), theirs: (&str, u32)) -> (Workspace, Workspace, String) {
    let (mut one, mut two) = (opened(), opened());
    for (side, (unit, posts)) in [(&mut one, mine), (&mut two, theirs)] {
        change(side, |pool| pool.enter(Application::new("", UnitCode::new(unit), posts)));
    }
    let id = pool(&one).applications.last().unwrap().id.clone();
    assert_eq!(pool(&two).applications.last().unwrap().id, id);
    (one, two, id)
}

#[test]
fn two_new_applications_under_one_number_both_survive_and_it_is_said() {
    let (mut mine, theirs, id) = both_enter(("1020", 3), ("1013", 2));
    let before = pool(&mine).applications.len();
    for sides in [(&mine, &theirs), (&theirs, &mine)] {
        let merge = Merge::of((sides.0, 0), (sides.1, 0)).unwrap();
        assert_eq!((merge.lines.len(), merge.undecided(), merge.renamed.len()), (2, 0, 1));
        let one = &merge.renamed[0];
        assert!(one.old == id && one.new != id && !one.alike);
        let said = crate::text::cell::renamed(one, crate::text::Lang::Zh);
        assert!(said.contains(&one.new), "{said}");
    }
    let merge = Merge::of((&mine, 0), (&sent(&theirs), 0)).unwrap();
    mine.add(merge.scenario("合并").unwrap()).unwrap();
    let merged = parted(pool(&mine));
    assert_eq!(merged.applications.len(), before + 1);
    let mut last: Vec<_> = merged.applications.iter().rev().take(2).collect();
    last.sort_by(|a, b| a.unit.cmp(&b.unit));
    let said = last.iter().map(|asking| (asking.unit.as_str(), asking.posts)).collect::<Vec<_>>();
    assert_eq!(said, [("1013", 2), ("1020", 3)]);
    assert!(last[0].id != last[1].id && merged.check().is_ok());
    // Neither number is given again.
    let mut more = pool(&mine);
    more.enter(asking(1));
    assert!(merged.asked(&more.applications.last().unwrap().id).is_none());
}

#[test]
fn one_new_application_of_a_school_entered_twice_is_asked_and_the_very_same_is_one() {
    let (mine, theirs, _) = both_enter(("1020", 3), ("1020", 2));
    let merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    assert_eq!((merge.lines.len(), merge.asked(), merge.undecided()), (2, 1, 1));
    assert!(merge.renamed[0].alike);
    // Entered alike on both sides, each among other steps.
    let (mut mine, mut theirs) = (opened(), opened());
    change(&mut mine, |pool| pool.term_years = 5);
    change(&mut mine, |pool| pool.enter(asking(3)));
    change(&mut theirs, |pool| pool.enter(asking(3)));
    let merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    assert_eq!((merge.lines.len(), merge.asked(), merge.renamed.len()), (2, 0, 0));
    assert!(merge.brings_nothing());
}

#[test]
fn two_new_loans_under_one_number_both_survive_with_their_entries() {
    let (mut mine, mut theirs) = (opened(), opened());
    for (side, unit, returned) in [(&mut mine, "1020", 1), (&mut theirs, "1013", 2)] {
        change(side, |pool| {
            let (from, due) = (pool.batch.date, pool.due(pool.batch.date, "").unwrap());
            pool.lend(Loan::new(Borrower::Unit(UnitCode::new(unit)), 3, from, due));
            let place = pool.loans.len() - 1;
            let id = pool.loans[place].id_at(place);
            let event = Event::new(pool.batch.date, What::Return, &id);
            pool.events.push(Event { posts: returned, ..event });
        });
    }
    let merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    assert_eq!((merge.lines.len(), merge.undecided(), merge.renamed.len()), (4, 0, 1));
    mine.add(merge.scenario("合并").unwrap()).unwrap();
    let merged = parted(pool(&mine));
    assert_eq!(merged.loans.len(), pool(&theirs).loans.len() + 1);
    for event in &merged.events {
        let loan = merged.loan(&event.loan).unwrap();
        let expected = if loan.borrower.as_str() == "1020" { 1 } else { 2 };
        assert_eq!(event.posts, expected, "each entry is about its own loan");
    }
    assert!(merged.is_told_apart());
    // A loan by hand after that has a number of its own too.
    let mut more = pool(&mine);
    for _ in 0..3 {
        let again = more.loans[0].clone();
        more.lend(Loan { id: String::new(), ..again });
    }
    assert!(parted(more).is_told_apart());
}

#[test]
fn a_pool_of_very_many_entries_merges_without_a_search_for_each() {
    // 20,000 applications and as many entries on each side: looked for one by one they would be some
    // billions of looks, which no test would end with.
    let (mut mine, mut theirs) = (opened(), opened());
    for (side, first) in [(&mut mine, 0), (&mut theirs, 10_000_u32)] {
        change(side, |pool| {
            for n in first..first + 20_000 {
                let id = format!("n{n}");
                pool.applications.push(Application::new(&id, UnitCode::new("1020"), 1));
                let event = Event::new(pool.batch.date, What::Add, "");
                let unit = Some(UnitCode::new(&id));
                pool.events.push(Event { unit, ..event });
            }
        });
    }
    let merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    // 30,000 of either sort; 10,000 of either are the same on both sides.
    assert_eq!((merge.lines.len(), merge.asked(), merge.renamed.len()), (60_000, 0, 0));
    mine.add(merge.scenario("合并").unwrap()).unwrap();
    assert_eq!(pool(&mine).events.len(), 30_000);
}
