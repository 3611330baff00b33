//! Stories of red lines: the sample county as it is, and one thing broken at a time.

use super::*;
use crate::county::{AdditionalPosts, AdditionalReason, Leaders, Locality, UnitCode};
use crate::norm::{Exact, Norm, Points};
use crate::sample;
use crate::text::{Lang, check as words};
use crate::yardstick::{Change, Chosen};
use proptest::prelude::*;

/// The state of the sample county with something changed, checked.
fn found(change: impl FnOnce(&mut State)) -> (State, Vec<Finding>) {
    let mut state = sample::county().unwrap().workspace.state().clone();
    change(&mut state);
    // Facts were written to directly: the table of ids must not be asked for moved units.
    let findings = check(&state, &Figures::of(&state));
    (state, findings)
}

fn row(state: &State, id: &str) -> usize {
    state.index().row(&id.parse().unwrap()).unwrap()
}

fn of(findings: &[Finding], rule: Rule, at: At) -> Vec<What> {
    let own = findings.iter().filter(|found| found.rule == rule && found.at == at);
    own.map(|found| found.what).collect()
}

#[test]
fn the_sample_county_reads_in_both_languages() {
    let (state, findings) = found(|_| {});
    for (name, lang) in [("check_zh", Lang::Zh), ("check_en", Lang::En)] {
        let lines: Vec<String> =
            findings.iter().map(|found| words::line(found, &state.county, lang)).collect();
        insta::assert_snapshot!(name, lines.join("\n"));
    }
    assert!(findings.iter().all(|found| found.severity != Severity::Hard));
}

#[test]
fn the_sample_tells_the_stories_of_its_schools() {
    let (state, findings) = found(|_| {});
    let here = |rule, id: &str| of(&findings, rule, At::Row(row(&state, id)));
    // 城关第四小学, 63 posts and 63 people: science 44 ÷ 18 − 1, sport 91 ÷ 18 − 2, music and fine
    // art 45½ ÷ 18 − 1 each: 1 + 3 + 1 + 1 whole people.
    let (courses, people, worst, missing) = (4, 6, Course::Sport, 3);
    let structural = What::Structural { courses, people, worst, missing };
    assert_eq!(here(Rule::R28, "1011/primary"), [structural]);
    assert_eq!(here(Rule::R26, "1011/primary"), []);
    // 城关第五小学 has no posts yet: its teachers are missing, but it is not full.
    assert_eq!(here(Rule::R28, "1012/primary"), []);
    assert_eq!(here(Rule::R26, "1012/primary").len(), 2);
    // 枫溪镇中学 has two vacancies, and no teacher for 20 lessons of physics.
    let (courses, people, worst, missing, vacant) = (1, 1, Course::Physics, 1, 2);
    let gap = What::Courses { courses, people, worst, missing, vacant };
    assert_eq!(here(Rule::R26, "1023/lower_secondary"), [gap]);
    // 南街小学: 3 of 29 are no teachers, 10.3 %.
    assert_eq!(here(Rule::R24, "1014/primary").len(), 1);
    // 马鞍镇中心小学: 68 in one class of the third grade.
    let large = here(Rule::R25, "1061/primary");
    assert!(matches!(
        large.as_slice(),
        [What::ClassSize { level: ClassLevel::SuperLarge, grade: Some(3), .. }]
    ));
    // 青河镇中学 had two posts for boarding until the end of August.
    let figures = Figures::of(&state);
    let own = figures.row(row(&state, "1033/lower_secondary"));
    assert_eq!((own.additional, own.expired), (0, 2));
}

#[test]
fn a_teaching_point_needs_a_parent_that_is_no_point_and_has_its_stage() {
    let unit = |state: &State, code: &str| state.index().unit(&UnitCode::new(code)).unwrap();
    let with_parent = |parent: Option<&str>| {
        let (state, findings) = found(|state| {
            let at = unit(state, "1037");
            state.county.units[at].parent = parent.map(UnitCode::new);
        });
        let at = At::Unit(unit(&state, "1037"));
        assert!(findings.iter().all(|found| found.rule != Rule::R22 || found.at == at));
        of(&findings, Rule::R22, at)
    };
    assert_eq!(with_parent(Some("1035")), []);
    assert_eq!(with_parent(None), [What::NoParent]);
    assert_eq!(with_parent(Some("9999")), [What::UnknownParent]);
    assert_eq!(with_parent(Some("1037")), [What::ParentIsPoint]);
    // 1050 is a teaching point of 1048.
    assert_eq!(with_parent(Some("1050")), [What::ParentIsPoint]);
    assert_eq!(with_parent(Some("1005")), [What::ParentWithoutStage(Stage::Primary)]);
    let (_, findings) = found(|state| {
        let at = unit(state, "1037");
        state.county.units[at].parent = None;
    });
    assert_eq!(findings[0].severity, Severity::Hard, "the heaviest stands first");
}

#[test]
fn a_central_school_stands_with_its_points_and_each_post_counts_once() {
    let state = sample::county().unwrap().workspace.state().clone();
    let rolled = rolled_up(&state.county, state.index());
    let at = state.index().unit(&UnitCode::new("1048")).unwrap();
    let central = rolled.iter().find(|found| found.unit == at).unwrap();
    // 柳林镇中心小学 27 and its point 观音堂 9.
    assert_eq!((central.points.len(), central.authorised), (1, 36));
    let sum: u64 = rolled.iter().map(|found| found.authorised).sum();
    assert_eq!(sum, state.county.holdings.iter().map(|h| u64::from(h.authorised)).sum::<u64>());
}

proptest! {
    #[test]
    fn whatever_the_parents_say_each_post_counts_once(
        parents in prop::collection::vec(prop::option::of(0..20_usize), 20),
    ) {
        let mut county = sample::county().unwrap().workspace.base().clone();
        let codes: Vec<UnitCode> = county.units.iter().map(|unit| unit.code.clone()).collect();
        for (unit, parent) in county.units.iter_mut().zip(parents) {
            unit.parent = parent.map(|at| codes[at].clone());
        }
        let rolled = rolled_up(&county, &county.index());
        let sum: u64 = rolled.iter().map(|found| found.authorised).sum();
        let all: u64 = county.holdings.iter().map(|found| u64::from(found.authorised)).sum();
        prop_assert_eq!(sum, all);
        let units: usize = rolled.iter().map(|found| 1 + found.points.len()).sum();
        prop_assert_eq!(units, county.units.len());
    }
}

#[test]
fn classes_are_told_by_grade_and_an_average_says_that_it_is_one() {
    let of_size = |students, classes, by_grade: bool| {
        let (state, findings) = found(|state| {
            let at = row(state, "1035/primary");
            let roll = &mut state.county.holdings[at].roll;
            if by_grade {
                roll.grades[2].students = Some(students);
                roll.grades[2].classes = Some(classes);
            } else {
                roll.grades.clear();
                (roll.students, roll.classes) = (Some(students), Some(classes));
            }
        });
        let what = of(&findings, Rule::R25, At::Row(row(&state, "1035/primary")));
        let level = what.iter().map(|what| match what {
            What::ClassSize { level, grade, .. } => (*level, *grade),
            other => panic!("{other:?}"),
        });
        level.collect::<Vec<_>>()
    };
    // 45 is the standard of primary schools, 56 large, 66 super-large.
    assert_eq!(of_size(45, 1, true), []);
    assert_eq!(of_size(46, 1, true), [(ClassLevel::AboveStandard, Some(3))]);
    assert_eq!(of_size(56, 1, true), [(ClassLevel::Large, Some(3))]);
    assert_eq!(of_size(131, 2, true), [(ClassLevel::Large, Some(3))]);
    assert_eq!(of_size(132, 2, true), [(ClassLevel::SuperLarge, Some(3))]);
    assert_eq!(of_size(400, 6, false), [(ClassLevel::SuperLarge, None)]);
    let (_, findings) = found(|state| {
        let at = row(state, "1035/primary");
        state.county.holdings[at].roll.grades.clear();
    });
    assert!(of(&findings, Rule::R25, At::County).contains(&What::AveragesOnly { rows: 1 }));
}

#[test]
fn the_cap_on_non_teaching_staff_is_the_table_that_the_county_chose() {
    let with = |non_teaching, set: Option<&str>| {
        let (state, findings) = found(|state| {
            let at = row(state, "1005/lower_secondary");
            let staff = &mut state.county.holdings[at].staff;
            (staff.teachers, staff.non_teaching) = (Some(100 - non_teaching), Some(non_teaching));
            let chosen = set.map(|set| Chosen { group: Group::NonTeaching, set: set.to_owned() });
            state.county.yardsticks.chosen.extend(chosen);
        });
        let at = At::Row(row(&state, "1005/lower_secondary"));
        let mut own = findings.into_iter().filter(|found| found.rule == Rule::R24);
        own.find(|found| found.at == at)
            .map(|found| found.clause(&state.county.yardsticks).unwrap().document)
    };
    // Lower secondary: 15 % nationally, 12 % in Shandong.
    assert_eq!(with(15, None), None);
    assert_eq!(with(16, None).as_deref(), Some("quota-2001"));
    assert_eq!(with(12, Some("shandong")), None);
    assert_eq!(with(13, Some("shandong")).as_deref(), Some("shandong-2011"));
}

#[test]
fn a_gap_in_a_full_school_is_structural_and_elsewhere_it_uses_the_vacancies() {
    let with = |in_post| {
        let (state, findings) = found(|state| {
            let at = row(state, "1008/primary");
            let holding = &mut state.county.holdings[at];
            (holding.authorised, holding.in_post) = (103, in_post);
            holding.staff = crate::county::Staff::default();
            holding.staff.course_mut(Course::Music).unwrap().teachers = Some(0);
            holding.staff.teachers = Some(100);
        });
        findings
            .iter()
            .filter(|found| found.at == At::Row(row(&state, "1008/primary")))
            .filter(|found| matches!(found.rule, Rule::R26 | Rule::R28))
            .map(|found| found.what)
            .collect::<Vec<_>>()
    };
    // Music: 15 classes at 2, 27 at 1½: 70½ ÷ 18 = 3.9, so three whole people are missing.
    let (courses, people, worst, missing) = (1, 3, Course::Music, 3);
    assert_eq!(with(103), [What::Structural { courses, people, worst, missing }]);
    assert_eq!(with(101), [What::Courses { courses, people, worst, missing, vacant: 2 }]);
}

#[test]
fn lessons_that_are_not_taught_are_counted_whole() {
    let (state, findings) = found(|state| {
        let at = row(state, "1035/primary");
        let staff = &mut state.county.holdings[at].staff;
        // Six classes: 42 lessons of Chinese, 20 of sport, 10 of music.
        for (course, taught) in [(Course::Chinese, 42), (Course::Sport, 14), (Course::Music, 9)] {
            staff.course_mut(course).unwrap().lessons = Some(taught);
        }
    });
    let (courses, lessons, worst, missing) = (2, 7, Course::Sport, 6);
    let what = What::Untaught { courses, lessons, worst, missing };
    let at = At::Row(row(&state, "1035/primary"));
    assert_eq!(of(&findings, Rule::R26, at), [what]);
    let said = findings.iter().find(|found| found.at == at).unwrap();
    let said = words::say(said, &state.county, Lang::Zh);
    assert_eq!(said, "2 科每周少开 7 节，体育与健康少 6 节最多");
}

#[test]
fn a_curriculum_out_of_its_week_or_share_is_found() {
    let change = |grade, course, value: &str| {
        let stage = Some(Stage::LowerSecondary);
        let at = Key { group: Group::Lessons, stage, course: Some(course), grade: Some(grade) };
        Change { at, value: Exact::parse(value).unwrap(), document: String::new() }
    };
    let (_, clean) = found(|_| {});
    assert!(clean.iter().all(|found| found.rule != Rule::R27));
    let (_, findings) = found(|state| {
        let changed = &mut state.county.yardsticks.changed;
        changed.push(change(1, Course::Sport, "0"));
        changed.push(change(2, Course::Sport, "0"));
    });
    let own: Vec<What> =
        findings.iter().filter(|f| f.rule == Rule::R27).map(|found| found.what).collect();
    // Two weeks of 31 instead of 34, and sport below 10 %: (1009 − 210) ÷ 9522 = 8.4 %.
    assert_eq!(own.len(), 3);
    assert!(own.iter().any(|what| matches!(what, What::Share { course: Course::Sport, .. })));
    assert!(own.iter().any(|what| matches!(what, What::Week { grade: 2, .. })));
}

#[test]
fn leaders_and_their_posts_are_held_against_the_chosen_table() {
    let with = |posts, people, set: Option<&str>| {
        let (state, findings) = found(|state| {
            let at = state.index().unit(&UnitCode::new("1013")).unwrap();
            state.county.units[at].leaders = Leaders { posts, people: Some(people) };
            let chosen = set.map(|set| Chosen { group: Group::Leaders, set: set.to_owned() });
            state.county.yardsticks.chosen.extend(chosen);
        });
        let at = At::Unit(state.index().unit(&UnitCode::new("1013")).unwrap());
        of(&findings, Rule::R30, at)
    };
    // 东关小学: 16 classes, 688 students. By classes 2–3; Ningxia by students 2–3; older 1–2.
    assert_eq!(with(Some(3), 3, None), []);
    assert_eq!(with(Some(3), 4, None), [What::Leaders { people: 4, posts: 3 }]);
    let (stage, people, centre) = (Stage::Primary, false, 0);
    let (measure, size) = (Measure::Classes, 16);
    let over =
        |count, most| What::LeaderPosts { count, people, most, centre, size, measure, stage };
    assert_eq!(with(Some(4), 4, None), [over(4, 3)]);
    assert_eq!(with(Some(3), 3, Some("stages")), [over(3, 2)]);
    // Without the posts, the people are held against the table.
    let most = 3;
    let over = What::LeaderPosts { count: 4, people: true, most, centre, size, measure, stage };
    assert_eq!(with(None, 4, None), [over]);
    assert_eq!(with(None, 3, None), []);
    let (measure, size) = (Measure::Students, 688);
    let over = What::LeaderPosts { count: 4, people, most, centre, size, measure, stage };
    assert_eq!(with(Some(4), 4, Some("ningxia")), [over]);
}

#[test]
fn a_central_school_of_a_township_may_have_one_leader_more() {
    let with = |posts, locality| {
        let (state, findings) = found(|state| {
            let at = state.index().unit(&UnitCode::new("1048")).unwrap();
            let units = &mut state.county.units;
            assert!(units.iter().any(|unit| unit.parent == Some(UnitCode::new("1048"))));
            units[at].locality = locality;
            units[at].leaders = Leaders { posts: Some(posts), people: None };
        });
        let at = At::Unit(state.index().unit(&UnitCode::new("1048")).unwrap());
        of(&findings, Rule::R30, at)
    };
    // 柳林镇中心小学: 11 classes give at most two, and one more as a teaching point belongs to it.
    assert_eq!(with(3, Some(Locality::Township)), []);
    let (people, measure, stage, size) = (false, Measure::Classes, Stage::Primary, 11);
    let over = |count, most, centre| What::LeaderPosts {
        count,
        people,
        most,
        centre,
        size,
        measure,
        stage,
    };
    assert_eq!(with(4, Some(Locality::Township)), [over(4, 3, 1)]);
    assert_eq!(with(3, Some(Locality::CountyTown)), [over(3, 2, 0)]);
}

#[test]
fn rounding_alone_never_lifts_the_sum_above_the_total_unnoticed() {
    // The sample's entitlements: 2,159 whole. With a total between the exact sum and that, only
    // rounding exceeds it.
    let (state, clean) = found(|_| {});
    let residual = clean.iter().find_map(|found| match found.what {
        What::RoundingAdds { kind: 0, residual } => Some(residual),
        _ => None,
    });
    let whole: u64 = Figures::of(&state)
        .rows()
        .iter()
        .filter_map(|row| Some(u64::from(row.entitlement.posts?.whole)))
        .sum();
    let exact = Fraction::from_integer(i64::try_from(whole).unwrap()) - residual.unwrap();
    let least = exact.ceil().to_integer();
    let (_, findings) = found(|state| {
        // One added post lifts both sums alike: the residual stays.
        let row = row(state, "1023/lower_secondary");
        let (reason, document, until) = (AdditionalReason::Other, String::new(), None);
        let additional = &mut state.county.holdings[row].additional;
        additional.push(AdditionalPosts { posts: 1, reason, document, until });
        state.county.kinds[0].total = u32::try_from(least + 1).unwrap();
    });
    let exceeds = findings.iter().any(|found| matches!(found.what, What::RoundingExceeds { .. }));
    assert_eq!(exceeds, whole + 1 > u64::try_from(least + 1).unwrap());
}

#[test]
fn a_stage_that_the_norm_refuses_is_listed_with_its_row() {
    let (state, findings) = found(|state| {
        let at = row(state, "1035/primary");
        state.county.holdings[at].roll.students = None;
    });
    let at = At::Row(row(&state, "1035/primary"));
    assert_eq!(of(&findings, Rule::R20, at), [What::Refused]);
}

fn with_points(state: &mut State, points: Points) {
    let mut pack = state.norm.pack().clone();
    pack.points = points;
    let day = state.norm.day();
    state.norm = Norm::new(pack, day).unwrap().into();
}

#[test]
fn neither_a_point_that_counts_at_its_school_nor_a_closed_school_is_refused() {
    let refused = |change: &dyn Fn(&mut State)| {
        let (_, findings) = found(|state| change(state));
        findings.into_iter().filter(|found| found.rule == Rule::R20).collect::<Vec<_>>()
    };
    for points in [Points::Own, Points::StudentsAtParent, Points::PostsAtParent] {
        assert_eq!(refused(&|state| with_points(state, points)), [], "{points:?}");
        // What a point does not say is told at the school that it counts at: 1050 at 1048.
        let found = refused(&|state| {
            with_points(state, points);
            let at = row(state, "1050/primary");
            state.county.holdings[at].roll.students = None;
        });
        let (state, _) = self::found(|_| {});
        let told = if points == Points::Own { "1050/primary" } else { "1048/primary" };
        let at: Vec<At> = found.iter().map(|found| found.at).collect();
        assert_eq!(at, [At::Row(row(&state, told))], "{points:?}");
    }
    let closed = refused(&|state| {
        let at = state.index().unit(&UnitCode::new("1035")).unwrap();
        state.county.units[at].closed = "2026-08-31".parse().ok();
    });
    assert_eq!(closed, []);
}

#[test]
fn what_small_schools_gain_by_their_classes_is_summed_over_them() {
    let gained = |students, classes| {
        let (state, findings) = found(|state| {
            let at = row(state, "1035/primary");
            let roll = &mut state.county.holdings[at].roll;
            (roll.students, roll.classes, roll.grades) = (Some(students), Some(classes), vec![]);
        });
        assert_eq!(state.norm.pack().id, "sample");
        let what = of(&findings, Rule::R21, At::County);
        let [What::ByClasses { rows, beyond: Some(beyond), unverified: true }] = what[..] else {
            panic!("one finding for the county, its figures still to be checked: {what:?}");
        };
        (rows, beyond)
    };
    // 10 classes at 1.7 are 17 posts; 190 students at 19 are 10: 7 more. The threshold is 200.
    let (rows, beyond) = gained(190, 10);
    // 11 classes: 18.7 posts, 1.7 more than before.
    assert_eq!(gained(190, 11), (rows, beyond + Fraction::new(17, 10)));
    // At 200 the school is not small, and with 5 classes (8½ posts) its students give more.
    assert_eq!(gained(200, 10), (rows - 1, beyond - Fraction::from_integer(7)));
    assert_eq!(gained(190, 5), (rows - 1, beyond - Fraction::from_integer(7)));
}

#[test]
fn a_kindergarten_is_held_to_its_staff_and_to_those_who_care_for_the_children() {
    let with = |children, counted: [Option<u32>; 3]| {
        let (state, findings) = found(|state| {
            let at = row(state, "1016/kindergarten");
            let holding = &mut state.county.holdings[at];
            (holding.roll.students, holding.in_post) = (Some(children), 20);
            let staff = &mut holding.staff;
            [staff.teachers, staff.carers, staff.non_teaching] = counted;
        });
        let at = At::Row(row(&state, "1016/kindergarten"));
        let own = findings.iter().filter(|found| found.rule == Rule::R29 && found.at == at);
        own.map(|found| (found.what, found.severity)).collect::<Vec<_>>()
    };
    let (soft, told) = (Severity::Soft, Severity::Calc);
    let kindergarten = |care, children, people, limit, spare, in_post_only| {
        let limit = Fraction::from_integer(limit);
        What::Kindergarten { care, children, people, limit, spare, in_post_only }
    };
    // 20 in post: 140 children are 7 for each, one more is too many. 100 are 5, one less is told.
    let unknown = [None; 3];
    assert_eq!(with(140, unknown), []);
    assert_eq!(with(141, unknown), [(kindergarten(false, 141, 20, 7, false, true), soft)]);
    assert_eq!(with(100, unknown), []);
    assert_eq!(with(99, unknown), [(kindergarten(false, 99, 20, 5, true, true), told)]);
    // 12 teachers, 4 carers, 10 others are 26. 16 care: 144 are 9 for each, 112 are 7; 130 are 5 for all.
    let counted = [Some(12), Some(4), Some(10)];
    assert_eq!(with(144, counted), []);
    assert_eq!(with(145, counted), [(kindergarten(true, 145, 16, 9, false, false), soft)]);
    // 182 are 7 for all 26; 183 are too many for those as well, and both are told.
    let (all, care) = (
        kindergarten(false, 183, 26, 7, false, false),
        kindergarten(true, 183, 16, 9, false, false),
    );
    assert_eq!(with(183, counted), [(all, soft), (care, soft)]);
    let (all, care) =
        (kindergarten(false, 111, 26, 5, true, false), kindergarten(true, 111, 16, 7, true, false));
    assert_eq!(with(111, counted), [(all, told), (care, told)]);
    // Without the carers nobody knows who cares, and nothing is told of it.
    assert_eq!(with(140, [Some(12), None, Some(10)]), []);
}
