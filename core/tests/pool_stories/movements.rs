//! Posts that move between units: adjusted, recovered, swapped, founded, merged, closed.

use std::collections::BTreeMap;

use bianheng_core::county::{Departures, Fact, HoldingId, KindId, Roll, Stage, UnitCode};
use bianheng_core::pool::movement::{self, Movement, Paper};
use bianheng_core::pool::plan::{self, Flow, UseEntry};
use bianheng_core::pool::*;
use bianheng_core::sample;
use bianheng_core::scenario::{Command, Figures, Label, Step, Workspace, difference, ledger};
use bianheng_core::text::{Lang, steps};

use super::given::{code, day, event, hospital_with_room, loan, paper};

/// The sample's 县中医医院 (G11, 246 posts, 244 people) owes 2 posts and is merged into the people's
/// hospital (G01, 312 and 312): 312 + 246 = 558 posts, 312 + 244 = 556 people, the debt goes with it.
/// Closed without a home for people and debt it is refused with the figure.
#[test]
fn a_unit_that_owes_closes_and_its_debt_finds_a_home() {
    let mut workspace = sample::county().unwrap().workspace;
    let on = day("2026-12-01");
    let merge = Movement::Merge { from: code("G11"), to: code("G01") };
    let step = movement::step(workspace.state(), &merge, &paper("合并", "〔2026〕9 号")).unwrap();
    let before = Account::of(&workspace.state().county, on).unwrap();
    workspace.dispatch(step).unwrap();
    let county = &workspace.state().county;
    let after = Account::of(county, on).unwrap();
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    let place = &after.places[&at("G01")];
    assert_eq!((place.authorised, place.in_post), (558, 556));
    assert_eq!((after.places[&at("G11")].authorised, after.places[&at("G11")].in_post), (0, 0));
    let owed = |account: &Account, unit| {
        account.debts.get(&(KindId::general().clone(), code(unit))).copied()
    };
    assert_eq!((owed(&before, "G11"), owed(&after, "G11")), (Some(2), None));
    assert_eq!(owed(&after, "G01"), Some(2));
    assert_eq!(before.kinds, after.kinds, "totals and unassigned posts stay");
    after.check().unwrap();
    let unit = county.units.iter().find(|unit| unit.code == code("G11")).unwrap();
    assert_eq!(unit.closed, Some(on));

    // A closed unit is granted nothing, and no loan to it is taken in.
    let pool = county.pool(KindId::general()).unwrap();
    let known = standings(county, KindId::general());
    let mut late = pool.clone();
    late.loans.push(loan("late", "G11", 1, "2026-12-02", "2029-12-02"));
    assert_eq!(admit(Some(pool), &late, &known).unwrap_err().fault, Fault::Closed);

    workspace.undo().unwrap();
    let undone = Account::of(&workspace.state().county, on).unwrap();
    assert_eq!(undone, before);
    let alone = Movement::Close { from: code("G11"), to: None };
    let error =
        movement::step(workspace.state(), &alone, &paper("撤销", "〔2026〕9 号")).unwrap_err();
    assert_eq!((error.fault, error.found), (Fault::NotRehomed, 244));
}

/// Movements keep every total: 5 posts adjusted to disease control, 3 recovered, a centre founded
/// with 4 posts and 1 leader post out of what is unassigned, all undone to the same county.
#[test]
fn other_movements_keep_the_total_and_are_undone() {
    let mut workspace = sample::county().unwrap().workspace;
    let on = day("2026-12-01");
    let base = workspace.state().county.clone();
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    let kind = KindId::general().clone();
    let movements = [
        // 8 unassigned + 3 recovered − 4 for the new centre = 7.
        Movement::Recover { from: at("G13"), posts: 3 },
        Movement::Found {
            unit: code("G15"),
            name: "县新设中心".to_owned(),
            township: String::new(),
            stage: None,
            kind: kind.clone(),
            posts: 4,
            leaders: 1,
        },
        Movement::WithFunction { from: at("G14"), to: at("G12"), posts: 5, people: 4 },
        Movement::Adjust { from: at("G09"), to: at("G15"), posts: 2 },
    ];
    for movement in &movements {
        let step =
            movement::step(workspace.state(), movement, &paper("调整", "〔2026〕3 号")).unwrap();
        workspace.dispatch(step).unwrap();
        let account = Account::of(&workspace.state().county, on).unwrap();
        account.check().unwrap();
        assert_eq!(account.kinds[&kind].total, 1_318);
    }
    let account = Account::of(&workspace.state().county, on).unwrap();
    assert_eq!(account.kinds[&kind].unassigned, 7);
    assert_eq!(account.places[&at("G12")].authorised, 93);
    assert_eq!(account.places[&at("G15")].authorised, 6);
    assert_eq!(account.leaders[&code("G15")], 1);
    let ledger = ledger(&base, workspace.state(), &kind);
    assert!(ledger.closes());
    assert_eq!((ledger.units, ledger.unassigned), (1_281, 7));
    // 2 of G09 go out though it has 12 people in 14 posts; a third is not vacant.
    let third = Movement::Adjust { from: at("G09"), to: at("G15"), posts: 1 };
    let error = movement::step(workspace.state(), &third, &paper("", "〔2026〕3 号")).unwrap_err();
    assert_eq!((error.fault, error.found, error.limit), (Fault::PostsShort, 1, 0));
    let again = Movement::Found {
        unit: code("G15"),
        name: String::new(),
        township: String::new(),
        stage: None,
        kind,
        posts: 1,
        leaders: 0,
    };
    let error = movement::step(workspace.state(), &again, &paper("", "〔2026〕3 号")).unwrap_err();
    assert_eq!(error.fault, Fault::UnitThere);
    for _ in &movements {
        assert!(workspace.undo().unwrap());
    }
    assert_eq!(workspace.state().county, base);
}

/// A primary school is founded with 3 of the 9 school posts unassigned, gets a roll and a person,
/// and is taken away whole by the commands that lead back; a kind that its stage does not draw on is
/// refused.
#[test]
fn a_school_is_founded_with_its_stage_and_taken_away_with_its_roll() {
    let mut workspace = sample::county().unwrap().workspace;
    let school = |kind: &KindId| {
        let movement = Movement::Found {
            unit: code("1999"),
            name: "新桥小学".to_owned(),
            township: "城关镇".to_owned(),
            stage: Some(Stage::Primary),
            kind: kind.clone(),
            posts: 3,
            leaders: 1,
        };
        movement::step(workspace.state(), &movement, &paper("新区", "〔2026〕5 号"))
    };
    assert_eq!(school(KindId::general()).unwrap_err().fault, Fault::KindDiffers);
    let step = school(KindId::school()).unwrap();
    assert_eq!(steps::describe(&step, workspace.state(), Lang::Zh), "新设：新桥小学 3 名");
    let before = workspace.state().clone();
    workspace.dispatch(step).unwrap();
    let at: HoldingId = "1999/primary".parse().unwrap();
    let cell = |fact, old, new| Command::SetFact { at: at.clone(), fact, old, new };
    let commands = vec![
        cell(Fact::Students, None, Some(95)),
        cell(Fact::Classes, None, Some(6)),
        cell(Fact::InPost, Some(0), Some(1)),
    ];
    workspace.dispatch(Step { label: Label::Edit, commands }).unwrap();
    let ledger = ledger(workspace.base(), workspace.state(), KindId::school());
    assert!(ledger.closes());
    assert_eq!(ledger.unassigned, 9 - 3);

    let mut state = workspace.state().clone();
    let back = difference(&state, &before);
    let mut inverse = Vec::new();
    for command in back {
        inverse.insert(0, state.apply(command).unwrap());
    }
    assert_eq!(state.county, before.county);
    for command in inverse {
        state.apply(command).unwrap();
    }
    assert_eq!(state.county, workspace.state().county, "also its roll comes back");
}

/// A village school of 28 pupils is merged into the primary school of the town: pupils, classes and each
/// grade go with posts and people, the norm gives the closed one nothing, and undo brings all back. Where
/// the unit that takes over has no primary stage it is refused with the pupils.
#[test]
fn pupils_go_with_a_school_that_is_merged() {
    let mut workspace = sample::county().unwrap().workspace;
    let row = |workspace: &Workspace, at: &str| {
        workspace.state().index().row(&at.parse().unwrap()).unwrap()
    };
    let (from, to) = (row(&workspace, "1031/primary"), row(&workspace, "1011/primary"));
    let roll =
        |workspace: &Workspace, row: usize| workspace.state().county.holdings[row].roll.clone();
    let (gone, home) = (roll(&workspace, from), roll(&workspace, to));
    let before = Figures::of(workspace.state());
    let sum = |a: Option<u32>, b: Option<u32>| a.unwrap_or(0) + b.unwrap_or(0);
    assert!(gone.students > Some(0));
    let merge = |to: &str| Movement::Merge { from: code("1031"), to: code(to) };
    let refused = movement::step(workspace.state(), &merge("1002"), &paper("撤点", "〔2026〕9 号"));
    let error = refused.unwrap_err();
    assert_eq!((error.fault, Some(error.found)), (Fault::PupilsLeft, gone.students));
    let step = movement::step(workspace.state(), &merge("1011"), &paper("撤点", "〔2026〕9 号"));
    workspace.dispatch(step.unwrap()).unwrap();
    let (left, now) = (roll(&workspace, from), roll(&workspace, to));
    assert_eq!(left.students, Some(0));
    assert_eq!(now.students, Some(sum(gone.students, home.students)));
    assert_eq!(now.classes, Some(sum(gone.classes, home.classes)));
    for grade in &now.grades {
        let of = |roll: &Roll| roll.grades.iter().find(|own| own.grade == grade.grade).cloned();
        let of = |roll: &Roll| of(roll).and_then(|own| own.students);
        assert_eq!(grade.students, Some(sum(of(&gone), of(&home))), "grade {}", grade.grade);
    }
    let figures = Figures::of(workspace.state());
    assert_eq!((figures.row(from).entitlement.posts, figures.row(from).margin), (None, None));
    let posts = |figures: &Figures| figures.row(to).entitlement.posts.map(|posts| posts.whole);
    assert!(posts(&figures) > posts(&before));
    assert!(workspace.undo().unwrap());
    assert_eq!(workspace.state().county, *workspace.base());
}

/// G09 lent its 2 vacant posts under model B: they stay its own, and can neither be adjusted to another
/// unit nor recovered, nor can G09 end while the pool has them.
#[test]
fn an_owner_keeps_vacant_what_it_lent() {
    let mut workspace = sample::county().unwrap().workspace;
    let kind = KindId::general().clone();
    let mut pool = workspace.state().county.pool(&kind).unwrap().clone();
    pool.model = Model::UseOnly;
    pool.note(Event {
        unit: Some(code("G09")),
        document: "〔2026〕7 号".to_owned(),
        ..event("2026-11-01", What::Add, "", 2)
    });
    let figures = Figures::of(workspace.state());
    let step = change::step(workspace.state(), &figures, &kind, Some(&pool), Label::Pool);
    workspace.dispatch(step.unwrap().unwrap()).unwrap();
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    for movement in [
        Movement::Adjust { from: at("G09"), to: at("G13"), posts: 1 },
        Movement::Recover { from: at("G09"), posts: 1 },
        Movement::Merge { from: code("G09"), to: code("G13") },
    ] {
        let step = movement::step(workspace.state(), &movement, &paper("", "〔2026〕3 号"));
        let error = step.unwrap_err();
        assert_eq!((error.fault, error.found), (Fault::OwnerShort, 2), "{movement:?}");
    }
}

/// A unit cannot end on a day before a loan to it starts: the loan would have no home.
#[test]
fn a_unit_does_not_end_before_a_loan_to_it_starts() {
    let workspace = sample::county().unwrap().workspace;
    let merge = Movement::Merge { from: code("G11"), to: code("G01") };
    let early = Paper { on: day("2020-01-01"), ..paper("", "〔2026〕9 号") };
    let error = movement::step(workspace.state(), &merge, &early).unwrap_err();
    let pool = workspace.state().county.pool(KindId::general()).unwrap();
    let own = pool.loans.iter().find(|loan| loan.borrower.as_str() == "G11").unwrap();
    assert_eq!((error.fault, error.date), (Fault::LentAfterClosing, Some(own.from)));
}

/// What the history tells of each sort: from, to, posts and the people who came along.
#[test]
fn a_movement_is_told_by_the_names_of_its_day() {
    let mut workspace = sample::county().unwrap().workspace;
    hospital_with_room(&mut workspace);
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    let told = |movement: &Movement| {
        let step = movement::step(workspace.state(), movement, &paper("", "〔2026〕3 号")).unwrap();
        let Label::Movement(moved) = &step.label else { panic!("{:?}", step.label) };
        let [zh, en] =
            [Lang::Zh, Lang::En].map(|lang| steps::describe(&step, workspace.state(), lang));
        format!("{zh}\n{en}\nposts {}, people {}", moved.posts, moved.people)
    };
    let lines = [
        Movement::WithFunction { from: at("G14"), to: at("G12"), posts: 5, people: 4 },
        Movement::Adjust { from: at("G09"), to: at("G13"), posts: 2 },
        Movement::Recover { from: at("G13"), posts: 3 },
        Movement::Swap {
            from: "1031/primary".parse().unwrap(),
            to: "G12/kind:general".parse().unwrap(),
            posts: 2,
        },
        Movement::Merge { from: code("G11"), to: code("G01") },
        Movement::Close { from: code("G11"), to: Some(code("G01")) },
    ];
    insta::assert_snapshot!(lines.iter().map(told).collect::<Vec<_>>().join("\n"));
    let within = Movement::WithFunction {
        from: "1002/upper_secondary".parse().unwrap(),
        to: "1002/lower_secondary".parse().unwrap(),
        posts: 2,
        people: 1,
    };
    assert!(told(&within).ends_with("posts 2, people 1"), "between two stages of one school");
}

/// Administrative posts swapped for institution posts by document: each kind's total stays.
#[test]
fn posts_are_swapped_between_kinds_within_their_totals() {
    let workspace = sample::county().unwrap().workspace;
    let mut account = Account::of(&workspace.state().county, day("2026-12-01")).unwrap();
    let before = account.clone();
    // A school of vacant posts gives 2 school posts and takes 2 general ones.
    let swap = Movement::Swap {
        from: "1031/primary".parse().unwrap(),
        to: "G12/kind:general".parse().unwrap(),
        posts: 2,
    };
    account.apply(&swap, day("2026-12-01")).unwrap();
    let of = |account: &Account, kind: &KindId| account.kinds[kind];
    let (school, general) = (KindId::school(), KindId::general());
    assert_eq!(of(&account, school).total, of(&before, school).total);
    // 9 + 2 = 11 school posts unassigned, 8 − 2 = 6 general ones.
    assert_eq!((of(&account, school).unassigned, of(&account, general).unassigned), (11, 6));
    let too_many = Movement::Swap {
        from: "1001/upper_secondary".parse().unwrap(),
        to: "G12/kind:general".parse().unwrap(),
        posts: 7,
    };
    assert_eq!(account.apply(&too_many, day("2026-12-01")).unwrap_err().fault, Fault::PostsShort);
}

/// G09 has 14 posts and 12 people. Two hires are approved in December: its two vacancies are theirs before
/// they come and after, and can be given to no other unit, nor recovered. A third vacancy can be once one
/// of its people has left.
#[test]
fn a_vacancy_that_an_entry_uses_up_is_not_given_away() {
    let mut workspace = sample::county().unwrap().workspace;
    let kind = KindId::general().clone();
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    let tell = |workspace: &mut Workspace, date: &str, what, people| {
        let state = workspace.state();
        let mut new = state.county.pool(&kind).unwrap().clone();
        let (date, unit) = (day(date), code("G09"));
        new.of_year(2026, |year| {
            year.entries.push(UseEntry::new(date, what, unit, people));
        });
        let figures = Figures::of(state);
        let step = change::step(state, &figures, &kind, Some(&new), Label::Use).unwrap();
        workspace.dispatch(step.unwrap()).unwrap();
    };
    let given = |workspace: &Workspace, movement: &Movement| {
        let step = movement::step(workspace.state(), movement, &paper("", "〔2026〕3 号"));
        step.map(drop).map_err(|error| (error.fault, error.found, error.limit))
    };
    let adjust = |posts| Movement::Adjust { from: at("G09"), to: at("G13"), posts };
    assert_eq!(given(&workspace, &adjust(2)), Ok(()));
    tell(&mut workspace, "2026-11-20", Flow::Approved, 2);
    assert_eq!(given(&workspace, &adjust(2)), Err((Fault::VacancyUsed, 2, 0)));
    tell(&mut workspace, "2026-11-25", Flow::Entered, 2);
    assert_eq!(given(&workspace, &adjust(1)), Err((Fault::VacancyUsed, 1, 0)));
    let recover = Movement::Recover { from: at("G09"), posts: 1 };
    assert_eq!(given(&workspace, &recover), Err((Fault::VacancyUsed, 1, 0)));
    // What G09 does with its posts and people together leaves them their posts.
    let moved = Movement::WithFunction { from: at("G09"), to: at("G13"), posts: 2, people: 2 };
    assert_eq!(given(&workspace, &moved), Ok(()));
    let merged = Movement::Merge { from: code("G09"), to: code("G13") };
    let step = movement::step(workspace.state(), &merged, &paper("", "〔2026〕9 号")).unwrap();
    workspace.dispatch(step).unwrap();
    assert_eq!(plan::check(&workspace.state().county, &kind), Ok(()));
}

/// Full units take nobody in. G11's 244 people find no vacancy at G01 of 312 posts and 312 people; with 244
/// vacant they do, and with 2 of these to repay the pool they do not. G07 of 12 and 12 cannot give 5 posts
/// without people: 12 would be left with 7. G10 of 11 and 12 is over by 1 before and after 2 and 2. Merged
/// into G01 it makes 312 + 11 = 323 posts and 312 + 12 = 324 people, and that is told.
#[test]
fn posts_and_people_do_not_part_at_a_full_unit() {
    let mut workspace = sample::county().unwrap().workspace;
    let at = |unit: &str| -> HoldingId { format!("{unit}/kind:general").parse().unwrap() };
    let made = |workspace: &Workspace, movement: &Movement| {
        let step = movement::step(workspace.state(), movement, &paper("", "〔2026〕3 号"));
        step.map_err(|error| (error.fault, error.found, error.limit))
    };
    let function = |from, posts, people| Movement::WithFunction {
        from: at(from),
        to: at("G12"),
        posts,
        people,
    };
    assert_eq!(made(&workspace, &function("G07", 5, 0)), Err((Fault::LeavesOver, 12, 7)));
    assert_eq!(made(&workspace, &function("G07", 5, 4)), Err((Fault::LeavesOver, 8, 7)));
    made(&workspace, &function("G07", 5, 5)).unwrap();
    made(&workspace, &function("G10", 2, 2)).unwrap();

    let merge = Movement::Merge { from: code("G10"), to: code("G01") };
    let step = made(&workspace, &merge).unwrap();
    let told = steps::describe(&step, workspace.state(), Lang::Zh);
    assert_eq!(told, "合并：县招商服务中心 → 县人民医院 11 名，并入后超编 1 人");

    let close = Movement::Close { from: code("G11"), to: Some(code("G01")) };
    assert_eq!(made(&workspace, &close), Err((Fault::NoRoom, 244, 0)));
    hospital_with_room(&mut workspace);
    made(&workspace, &close).unwrap();
    let kind = KindId::general().clone();
    let old = workspace.state().county.pool(&kind).unwrap().clone();
    let mut new = old.clone();
    new.loans.push(loan("own", "G01", 2, "2026-11-01", "2029-11-01"));
    let [old, new] = [old, new].map(|pool| Some(Box::new(pool)));
    let commands = vec![Command::SetPool { kind, old, new }];
    workspace.dispatch(Step { label: Label::Pool, commands }).unwrap();
    assert_eq!(made(&workspace, &close), Err((Fault::RepayFirst, 244, 242)));
}

/// G11 and G01 are to lose people in years of their own: merged, G01 is expected to lose the sum of both,
/// year by year, and G11 nobody. So is it when G11 closes and G01 takes its people.
#[test]
fn departures_go_on_where_the_people_are() {
    let mut workspace = sample::county().unwrap().workspace;
    hospital_with_room(&mut workspace);
    let (from, to) = (code("G11"), code("G01"));
    let kind = KindId::general();
    let leaving = |workspace: &Workspace, unit: &UnitCode| -> BTreeMap<i32, u32> {
        let mut all = BTreeMap::new();
        let known = standings(&workspace.state().county, kind);
        for own in &known[unit].departures {
            *all.entry(own.year).or_default() += own.people;
        }
        all
    };
    // The survey's own, and two more of G11 in 2031.
    let at: HoldingId = "G11/kind:general".parse().unwrap();
    let row = workspace.state().index().row(&at).unwrap();
    let old = workspace.state().county.holdings[row].departures.clone();
    let new: Vec<Departures> =
        old.iter().cloned().chain([Departures { year: 2031, people: 2 }]).collect();
    let commands = vec![Command::SetDepartures { at, old, new }];
    workspace.dispatch(Step { label: Label::Edit, commands }).unwrap();
    let (gone, home) = (leaving(&workspace, &from), leaving(&workspace, &to));
    let mut sum = home.clone();
    for (year, people) in gone {
        *sum.entry(year).or_default() += people;
    }
    assert_eq!(sum[&2031], home.get(&2031).copied().unwrap_or(0) + 2);
    for movement in [
        Movement::Merge { from: from.clone(), to: to.clone() },
        Movement::Close { from: from.clone(), to: Some(to.clone()) },
    ] {
        let before = workspace.state().clone();
        let step =
            movement::step(workspace.state(), &movement, &paper("", "〔2026〕9 号")).unwrap();
        workspace.dispatch(step).unwrap();
        assert_eq!(leaving(&workspace, &to), sum);
        assert_eq!(leaving(&workspace, &from), BTreeMap::new());
        // A scenario that holds it comes over to another base and leads back.
        let mut state = workspace.state().clone();
        for command in difference(&state, &before) {
            state.apply(command).unwrap();
        }
        assert_eq!(state.county, before.county);
        assert!(workspace.undo().unwrap());
        assert_eq!(leaving(&workspace, &to), home);
    }
}
