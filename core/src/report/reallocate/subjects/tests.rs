//! A story with its arithmetic, and the law that the first batch is the best one there is, held
//! against every way to place every person.

use proptest::prelude::*;

use super::*;
use crate::allocate::{Problem, Rule};
use crate::county::{KindId, Leaders, Roll, Staff};
use crate::pace::at_once;
use crate::report::reallocate::Study;
use crate::sample;
use crate::scenario::Figures;
use crate::text::Lang;

/// Rows of the sample county, each a primary school of six classes with these teachers of Chinese
/// and of mathematics and so many teachers in all.
fn county(schools: &[(&str, [u32; 2], u32)]) -> (County, Prepared) {
    let workspace = sample::county().unwrap().workspace;
    let mut county = workspace.base().clone();
    let mut rows = Vec::new();
    let mut ids = Vec::new();
    for (id, [chinese, mathematics], all) in schools {
        let id: crate::county::HoldingId = id.parse().unwrap();
        let row = workspace.state().index().row(&id).unwrap();
        let holding = &mut county.holdings[row];
        holding.roll = Roll { students: Some(240), classes: Some(6), ..Roll::default() };
        holding.staff = Staff { teachers: Some(*all), ..Staff::default() };
        for (course, people) in [(Course::Chinese, chinese), (Course::Mathematics, mathematics)] {
            holding.staff.course_mut(course).unwrap().teachers = Some(*people);
        }
        let unit = holding.unit;
        county.units[unit].leaders = Leaders::default();
        rows.push(row);
        ids.push(id);
    }
    let problem = Problem {
        lines: Vec::new(),
        total: 0,
        rule: Rule::Balanced,
        limit: None,
        groups: Vec::new(),
    };
    (
        county,
        Prepared {
            available: problem.total,
            reserve: 0,
            covered: rows.len(),
            problem,
            rows,
            ids,
            groups: Vec::new(),
        },
    )
}

fn told(found: &SubjectMatch) -> Vec<(usize, Course, usize, usize, u32)> {
    found.matched.iter().map(|of| (of.batch, of.course, of.from, of.to, of.people)).collect()
}

#[test]
fn teachers_of_chinese_go_where_a_post_is_vacant_and_near_before_far() {
    // Six classes need 42 ÷ 14 = 3 teachers of Chinese and 24 ÷ 14 = 1 5/7 of mathematics, 10.98 in
    // all. The first school has three of Chinese to spare and 14 in all: 14 − 10.98 = 3.02, so it
    // may give all three. The second, in its township, misses two and has one vacant post; the
    // third, in another one, misses two and has two.
    let (county, prepared) = county(&[
        ("1008/primary", [6, 2], 14),
        ("1009/primary", [1, 2], 10),
        ("1020/primary", [1, 2], 10),
    ]);
    let people: Vec<u32> = prepared.rows.iter().map(|row| county.holdings[*row].in_post).collect();
    let posts = [people[0], people[1] + 1, people[2] + 2];
    assert!(Subjects::are_known(&county, &prepared));
    let subjects = Subjects::of(&county, &prepared, &posts);
    let found = at_once(subjects.matched(&Pace::default()));
    assert_eq!((found.spare, found.missing, found.people()), (3, 4, 3));
    let chinese = Course::Chinese;
    assert_eq!(told(&found), [(1, chinese, 0, 1, 1), (1, chinese, 0, 2, 2)]);
    assert!(found.matched[0].near && !found.matched[1].near);
    let proof = found.proofs[0];
    assert!(proof.holds && proof.cost == proof.prices, "{proof:?}");
    assert_eq!((proof.people, proof.far), (3, 2));
    // The second school still misses one and is full now.
    let rest =
        Rest { line: 1, course: chinese, people: 1, spare: false, why: Unmatched::NoVacancy };
    assert_eq!(found.rest, [rest]);
    for lang in [Lang::Zh, Lang::En] {
        assert!(!proof.text(1, lang).contains('{'));
        let text = found.tsv(&county, &prepared, lang);
        assert_eq!(text.lines().count(), 4);
        assert!(text.lines().all(|line| line.split('\t').count() == 7), "{text}");
    }
}

#[test]
fn the_new_school_of_the_sample_is_staffed_from_the_two_that_have_too_many_of_some_courses() {
    // 城关第五小学 has 12 classes and nobody yet: it misses 6 teachers of Chinese and, of 3 3/7 of
    // mathematics, 3 whole ones. The proposal gives it 20 posts. 南街小学 stands nearer: it has 3 to
    // spare in both courses, but 26 + 2 − 23.46 lets it give 5 people in all. The other 4 of Chinese
    // come from 城关第四小学, which has 22 − 13.64, so 8, to spare.
    let workspace = sample::county().unwrap().workspace;
    let figures = Figures::of(workspace.state());
    let study = Study::of(&workspace, &figures, KindId::school());
    let posts = study.proposal(study.chosen().unwrap()).unwrap().posts;
    let (county, prepared) = (&workspace.state().county, &study.prepared);
    let found = at_once(Subjects::of(county, prepared, &posts).matched(&Pace::default()));
    let named = |line: usize| prepared.ids[line].to_string();
    let told: Vec<_> = found
        .matched
        .iter()
        .map(|of| (named(of.from), named(of.to), of.course, of.people))
        .collect();
    let (new, chinese, mathematics) = ("1012/primary", Course::Chinese, Course::Mathematics);
    let expected = [
        ("1011/primary", new, chinese, 4),
        ("1014/primary", new, chinese, 2),
        ("1014/primary", new, mathematics, 3),
    ];
    assert_eq!(told, expected.map(|(from, to, of, n)| (from.to_owned(), to.to_owned(), of, n)));
    assert!(found.proofs.iter().all(|proof| proof.holds));
}

#[test]
fn a_post_that_one_batch_sets_free_serves_the_next() {
    // Both schools are full. The first has a teacher of Chinese to spare and misses one of
    // mathematics, the second one vacant post, a teacher of mathematics to spare and misses one of
    // Chinese. 12 + 1 − 10.98 lets each give.
    let (county, prepared) = county(&[("1008/primary", [4, 0], 12), ("1009/primary", [2, 3], 12)]);
    let people: Vec<u32> = prepared.rows.iter().map(|row| county.holdings[*row].in_post).collect();
    let posts = [people[0], people[1] + 1];
    let found = at_once(Subjects::of(&county, &prepared, &posts).matched(&Pace::default()));
    let steps = [(1, Course::Chinese, 0, 1, 1), (2, Course::Mathematics, 1, 0, 1)];
    assert_eq!(told(&found), steps);
    assert!(found.proofs.iter().all(|proof| proof.holds) && found.proofs.len() == 2);
    let none = at_once(Subjects::of(&county, &prepared, &people).matched(&Pace::default()));
    assert_eq!(none.matched, [], "with no vacant post at all nobody can begin");
}

#[test]
fn a_school_keeps_those_that_its_lessons_need_as_a_whole() {
    // Three of Chinese to spare, but 11 in all: 11 − 10.98 = 0.02, so that one may go.
    let (county, prepared) = county(&[("1008/primary", [6, 2], 11), ("1009/primary", [1, 2], 10)]);
    let posts: Vec<u32> =
        prepared.rows.iter().map(|row| county.holdings[*row].in_post + 5).collect();
    let found = at_once(Subjects::of(&county, &prepared, &posts).matched(&Pace::default()));
    assert_eq!(told(&found), [(1, Course::Chinese, 0, 1, 1)]);
    let why: Vec<_> = found.rest.iter().map(|rest| (rest.people, rest.why)).collect();
    assert_eq!(why, [(2, Unmatched::Needed), (1, Unmatched::Others)]);
}

/// Every way to place every person, one by one: most people, then fewest to another township, then
/// the fewest metres.
fn best(subjects: &Subjects, cell: usize, left: u32, used: &mut Vec<u32>) -> (i64, u64, u64) {
    let Some(from) = subjects.spare.get(cell) else { return (0, 0, 0) };
    if left == 0 {
        let next = subjects.spare.get(cell + 1).map_or(0, |cell| cell.people);
        return best(subjects, cell + 1, next, used);
    }
    let home = subjects.school(from.line).unwrap();
    let gives: usize = subjects.missing.len();
    // Nobody goes.
    let mut found = best(subjects, cell, left - 1, used);
    for (place, to) in subjects.missing.iter().enumerate() {
        let school = subjects.school(to.line).unwrap();
        let arrived: u32 = subjects
            .missing
            .iter()
            .zip(used.iter())
            .filter(|(cell, _)| cell.line == to.line)
            .map(|(_, used)| used)
            .sum();
        let given = used[gives + from.line];
        let fits = from.course == to.course
            && from.line != to.line
            && home.stage == school.stage
            && used[place] < to.people
            && i64::from(arrived) < school.vacant
            && given < home.can_give;
        if fits {
            used[place] += 1;
            used[gives + from.line] += 1;
            let (people, far, way) = best(subjects, cell, left - 1, used);
            used[place] -= 1;
            used[gives + from.line] -= 1;
            let far = far + u64::from(home.township != school.township);
            let here = home.spot.zip(school.spot).map_or(0, |(one, other)| metres(one, other));
            found = found.min((people - 1, far, way + u64::from(here)));
        }
    }
    found
}

fn cells(lines: usize) -> impl Strategy<Value = Vec<Cell>> {
    let cell = (0..lines, 0..2_usize, 1..3_u32);
    prop::collection::vec(cell, 0..4).prop_map(|cells| {
        let mut cells: Vec<Cell> = cells
            .into_iter()
            .map(|(line, course, people)| Cell { line, course: Course::ALL[course], people })
            .collect();
        cells.sort_by_key(|cell| (cell.line, cell.course));
        cells.dedup_by_key(|cell| (cell.line, cell.course));
        cells
    })
}

fn subjects() -> impl Strategy<Value = Subjects> {
    let place = (108_000_000..108_400_000, 32_000_000..32_400_000);
    let school = (0..2_usize, 0..2_usize, prop::option::of(place), -1..3_i64, 0..3_u32);
    (prop::collection::vec(school, 4), cells(4), cells(4)).prop_map(|(schools, spare, missing)| {
        let schools = schools.into_iter().enumerate();
        let schools = schools.map(|(line, (stage, township, spot, vacant, can_give))| School {
            line,
            stage: [Stage::Primary, Stage::LowerSecondary][stage],
            township,
            spot,
            vacant,
            can_give,
        });
        Subjects { schools: schools.collect(), spare, missing }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_batch_is_the_best_of_all_ways_and_every_batch_is_legal(subjects in subjects()) {
        let mut used = vec![0; subjects.missing.len() + 4];
        let first = subjects.spare.first().map_or(0, |cell| cell.people);
        let (people, far, way) = best(&subjects, 0, first, &mut used);
        let found = at_once(subjects.clone().matched(&Pace::default()));
        let proof = found.proofs.first();
        let told = proof.map_or((0, 0, 0), |proof| (proof.people, proof.far, proof.metres));
        prop_assert_eq!(told, (people.unsigned_abs(), far, way));
        prop_assert!(found.proofs.iter().all(|proof| proof.holds && proof.cost == proof.prices));
        let mut now = subjects.clone();
        for batch in 1..=found.proofs.len() {
            // What is vacant before the batch is enough for all of it.
            let steps = || found.matched.iter().filter(|step| step.batch == batch);
            for school in &now.schools {
                let got: u32 =
                    steps().filter(|step| step.to == school.line).map(|step| step.people).sum();
                let gave: u32 =
                    steps().filter(|step| step.from == school.line).map(|step| step.people).sum();
                prop_assert!(i64::from(got) <= school.vacant.max(0));
                prop_assert!(gave <= school.can_give);
            }
            for step in steps() {
                now.move_people(step);
            }
        }
        // In steps or at once: the same.
        let mut steps = subjects.clone().in_steps();
        let slowly = loop {
            if let Some(found) = steps.step() {
                break found;
            }
        };
        prop_assert_eq!(slowly.as_ref(), Some(&found));
        // Everybody is matched or has a reason.
        let of = |spare: bool| -> u64 {
            found.rest.iter().filter(|rest| rest.spare == spare).map(|rest| u64::from(rest.people)).sum()
        };
        prop_assert_eq!(of(true) + found.people(), found.spare);
        prop_assert_eq!(of(false) + found.people(), found.missing);
    }
}
