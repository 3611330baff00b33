//! Stories of the sample norm, with the arithmetic in a comment.

use proptest::prelude::*;

use super::*;
use crate::text::{Bilingual, Lang, proof};

fn pack(id: &str) -> Pack {
    shipped(id).unwrap()
}

fn norm(id: &str) -> Norm {
    let pack = pack(id);
    let day = pack.valid_from;
    Norm::new(pack, day).unwrap()
}

fn whole(value: i64) -> Fraction {
    Fraction::from_integer(value)
}

/// A village school's stage.
fn subject(stage: Stage, students: u32, classes: u32, boarders: u32) -> Subject {
    Subject {
        stage,
        locality: Some(Locality::Village),
        students: Some(students),
        classes: Some(classes),
        boarders: Some(boarders),
    }
}

/// 白岭九年制学校 · 小学.
fn bailing() -> Subject {
    subject(Stage::Primary, 186, 6, 42)
}

fn refusal(norm: &Norm, subject: &Subject) -> Refusal {
    assert_eq!(norm.entitle(subject).posts, None, "the fast path refuses as well");
    norm.prove(subject).result.unwrap_err()
}

#[test]
fn bailing_nine_year_school_has_eleven_primary_posts_because_of_its_classes() {
    let norm = norm(SAMPLE);
    let found = norm.entitle(&bailing());
    // 186 ÷ 19 = 9 15/19
    assert_eq!(found.by_students, Some(Fraction::new(186, 19)));
    // 6 × 1.7 = 10 1/5
    assert_eq!(found.by_classes, Some(Fraction::new(51, 5)));
    // Fewer than 200 students: the higher, max(9 15/19, 10 1/5) = 10 1/5
    assert_eq!(found.basis, Some(Column::Classes));
    // 42 ÷ 100 = 21/50
    assert_eq!(found.extra, Some(Fraction::new(21, 50)));
    // 10 1/5 + 21/50 = 10 31/50, half up 11
    assert_eq!(found.posts, Some(Posts { exact: Fraction::new(531, 50), whole: 11 }));

    let proof = norm.prove(&bailing());
    assert_eq!(proof.result, Ok(found.posts.unwrap()));
    let decision = proof.lines[2].decision.as_ref().unwrap();
    assert_eq!(decision.winner.zh, "按班级");
    assert_eq!(decision.loser.zh, "按学生");
    // 10 1/5 − 9 15/19 = 969/95 − 930/95 = 39/95
    assert_eq!(decision.by, Fraction::new(39, 95));
    assert_eq!(proof.lines[2].conditions.len(), 1, "186 < 200");
    assert!(proof.lines[2].conditions[0].holds);
}

#[test]
fn its_lower_secondary_has_eleven_as_well() {
    // 128 ÷ 13.5 = 9 13/27; 3 × 3.5 = 10 1/2; 96 ÷ 100 = 24/25; 10 1/2 + 24/25 = 11 23/50 → 11
    let found = norm(SAMPLE).entitle(&subject(Stage::LowerSecondary, 128, 3, 96));
    assert_eq!(found.by_students, Some(Fraction::new(256, 27)));
    assert_eq!(found.posts, Some(Posts { exact: Fraction::new(573, 50), whole: 11 }));
}

#[test]
fn a_school_of_199_takes_the_higher_basis_and_one_of_200_goes_by_students() {
    let norm = norm(SAMPLE);
    // 12 × 1.7 = 20.4 → 20
    let small = norm.entitle(&subject(Stage::Primary, 199, 12, 0));
    assert_eq!((small.basis, small.posts.unwrap().whole), (Some(Column::Classes), 20));
    // 200 is not below 200: 200 ÷ 19 = 10 10/19 → 11, nine fewer with one student more
    let large = norm.entitle(&subject(Stage::Primary, 200, 12, 0));
    assert_eq!((large.basis, large.posts.unwrap().whole), (Some(Column::Students), 11));
    let proof = norm.prove(&subject(Stage::Primary, 200, 12, 0));
    assert!(!proof.lines[2].conditions[0].holds);
    assert_eq!(proof.lines[2].decision, None, "nothing was held against anything");
}

#[test]
fn the_radar_finds_the_edge_though_it_goes_the_wrong_way() {
    let norm = norm(SAMPLE);
    let found = turns(&norm, &subject(Stage::Primary, 199, 12, 0));
    let up = found.iter().find(|turn| turn.fact == Fact::Students && turn.change > 0).unwrap();
    // One student more and the classes no longer count.
    assert_eq!((up.change, up.whole), (1, 11));
    let boarders = found.iter().find(|turn| turn.fact == Fact::Boarders).unwrap();
    // 20.4 + 10 ÷ 100 = 20.5 → 21
    assert_eq!((boarders.change, boarders.whole), (10, 21));
}

#[test]
fn the_next_post_of_bailing_is_one_class_away() {
    let found = turns(&norm(SAMPLE), &bailing());
    // 7 × 1.7 + 0.42 = 12.32 → 12
    assert!(found.contains(&Turn { fact: Fact::Classes, change: 1, whole: 12 }));
    // 5 classes: by students 9 15/19 holds, + 0.42 = 10.209… → 10
    assert!(found.contains(&Turn { fact: Fact::Classes, change: -1, whole: 10 }));
    // 10.2 + 29 ÷ 100 = 10.49 → 10, and 30 still give 10.5 → 11: thirteen fewer
    assert!(found.contains(&Turn { fact: Fact::Boarders, change: -13, whole: 10 }));
}

#[test]
fn missing_classes_leave_the_students_to_decide() {
    let mut school = bailing();
    school.classes = None;
    // known(classes) fails: 186 ÷ 19 + 42 ÷ 100 = 9 15/19 + 21/50 = 10.209… → 10
    let norm = norm(SAMPLE);
    let found = norm.entitle(&school);
    assert_eq!((found.by_classes, found.basis), (None, Some(Column::Students)));
    assert_eq!(found.posts.unwrap().whole, 10);
    let proof = norm.prove(&school);
    assert_eq!(proof.lines[1].value, Err(Refusal::Missing(Bilingual::new("班级", "Classes"))));
    assert_eq!(proof.result.unwrap().whole, 10);
}

#[test]
fn missing_boarders_add_nothing() {
    let mut school = bailing();
    school.boarders = None;
    let found = norm(SAMPLE).entitle(&school);
    assert_eq!((found.extra, found.posts.unwrap().whole), (Some(whole(0)), 10));
}

#[test]
fn missing_students_are_not_zero_students() {
    let norm = norm(SAMPLE);
    let mut school = bailing();
    school.students = None;
    assert_eq!(refusal(&norm, &school), Refusal::Missing(Bilingual::new("在校生", "Students")));
    school.students = Some(0);
    // 0 < 200: max(0, 10.2) + 0.42 → 11. The sample rule says nothing of empty schools.
    assert_eq!(norm.entitle(&school).posts.unwrap().whole, 11);
}

#[test]
fn a_kindergarten_needs_its_locality() {
    let norm = norm(SAMPLE);
    let mut kindergarten = subject(Stage::Kindergarten, 238, 8, 0);
    // Village: 238 ÷ 12 = 19 5/6 → 20; county town: 238 ÷ 10 = 23 4/5 → 24
    assert_eq!(norm.entitle(&kindergarten).posts.unwrap().whole, 20);
    kindergarten.locality = Some(Locality::CountyTown);
    assert_eq!(norm.entitle(&kindergarten).posts.unwrap().whole, 24);
    kindergarten.locality = None;
    let why = refusal(&norm, &kindergarten);
    assert_eq!(why, Refusal::Missing(Bilingual::new("区域", "Locality")));
    // A primary school does not: its rule never asks.
    let mut school = bailing();
    school.locality = None;
    assert_eq!(norm.entitle(&school).posts.unwrap().whole, 11);
}

#[test]
fn a_stage_that_no_rule_covers_is_refused() {
    let norm = norm(SAMPLE);
    let school = subject(Stage::Special, 40, 5, 0);
    assert_eq!(refusal(&norm, &school), Refusal::NoRule);
    assert_eq!(norm.entitle(&school), Entitlement::default());
    assert!(norm.prove(&school).lines.is_empty());
}

#[test]
fn a_locality_without_a_figure_is_refused() {
    let mut pack = pack(SAMPLE);
    pack.parameters.retain(|parameter| parameter.id != "kindergarten.village");
    let day = pack.valid_from;
    let norm = Norm::new(pack, day).unwrap();
    let why = refusal(&norm, &subject(Stage::Kindergarten, 60, 3, 0));
    assert_eq!(why, Refusal::NoChoice(Bilingual::new("区域", "Locality")));
}

#[test]
fn a_rule_of_some_localities_leaves_the_others_to_another_rule() {
    let mut pack = pack(SAMPLE);
    let at = pack.rules.iter().position(|rule| rule.id == "ratio-only").unwrap();
    let mut village = pack.rules[at].clone();
    pack.rules[at].localities = vec![Locality::City, Locality::CountyTown];
    village.id = "village".into();
    village.localities = vec![Locality::Village];
    // Twice what the ratio gives.
    let last = village.steps.last_mut().unwrap();
    last.formula = "round(by_students * 2)".into();
    last.clause.text = Bilingual::new("加倍", "doubled");
    pack.rules.push(village);
    let norm = Norm::new(pack.clone(), "2026-01-01".parse().unwrap()).unwrap();
    // 250 ÷ 12.5 = 20
    let school = |locality| Subject { locality, ..subject(Stage::UpperSecondary, 250, 5, 0) };
    let posts = |locality| norm.entitle(&school(locality)).posts.map(|posts| posts.whole);
    assert_eq!(posts(Some(Locality::City)), Some(20));
    assert_eq!(posts(Some(Locality::Village)), Some(40));
    for uncovered in [Some(Locality::Township), None] {
        assert_eq!(posts(uncovered), None);
        assert_eq!(norm.prove(&school(uncovered)).result, Err(Refusal::NoRule));
    }
    // Two rules for one place are refused.
    pack.rules[at].localities.push(Locality::Village);
    let error = Norm::new(pack, "2026-01-01".parse().unwrap()).unwrap_err();
    assert_eq!(*error.fault, Fault::TwoRules("upper_secondary"));
}

#[test]
fn a_value_may_rest_on_another_line_than_its_parameter() {
    let mut pack = pack(SAMPLE);
    let ratio = pack.parameters.iter_mut().find(|found| found.id == "ratio.primary").unwrap();
    let mut later = ratio.values[0].clone();
    later.from = "2026-01-01".parse().unwrap();
    later.clause.text = Bilingual::new("第二次印发", "second issue");
    ratio.values.push(later);
    let cited = |day: &str| {
        let norm = Norm::new(pack.clone(), day.parse().unwrap()).unwrap();
        let proof = norm.prove(&subject(Stage::Primary, 342, 9, 0));
        proof.lines[0].cites[0].clause.text.en.clone()
    };
    assert_ne!(cited("2025-12-31"), "second issue");
    assert_eq!(cited("2026-01-01"), "second issue");
}

#[test]
fn what_a_text_leaves_open_is_said_in_the_proof() {
    let norm = norm(NATIONAL);
    let proof = norm.prove(&subject(Stage::Primary, 342, 9, 0));
    let said = proof::readings(&proof, Lang::Zh);
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("条文有未尽之处：通知没有写取整办法"), "{said:?}");
    assert!(proof::plain(&proof, &[], norm.pack(), "—", Lang::Zh).contains(&said[0]));
}

#[test]
fn a_parameter_has_the_value_of_the_day() {
    let mut pack = pack(SAMPLE);
    let dated = |from: &str, value: Option<&str>| Dated {
        from: from.parse().unwrap(),
        value: value.map(|value| Exact::parse(value).unwrap()),
        clause: Clause::default(),
        pack_says: None,
    };
    let ratio = pack.parameters.iter_mut().find(|parameter| parameter.id == "ratio.primary");
    ratio.unwrap().values = vec![
        dated("2024-01-01", Some("19")),
        dated("2025-01-01", Some("18")),
        dated("2026-01-01", None),
    ];
    let on = |day: &str| Norm::new(pack.clone(), day.parse().unwrap()).unwrap();
    let school = subject(Stage::Primary, 342, 9, 0);
    // 342 ÷ 19 = 18, 342 ÷ 18 = 19
    assert_eq!(on("2024-12-31").entitle(&school).posts.unwrap().whole, 18);
    assert_eq!(on("2025-01-01").entitle(&school).posts.unwrap().whole, 19);
    // Ended, and not yet begun.
    let label = Bilingual::new("小学学生与教职工比", "Primary students per post");
    assert_eq!(refusal(&on("2026-01-01"), &school), Refusal::NotInForce(label));
}

#[test]
fn a_pack_gives_nothing_on_a_day_outside_its_dates() {
    let mut pack = pack(SAMPLE);
    pack.valid_to = Some("2027-08-31".parse().unwrap());
    // Its figures begin earlier and go on: what ends is the pack.
    for dated in pack.parameters.iter_mut().flat_map(|parameter| &mut parameter.values) {
        dated.from = "2020-01-01".parse().unwrap();
    }
    let on = |day: &str| Norm::new(pack.clone(), day.parse().unwrap()).unwrap();
    let given = [
        ("stage", Asked::Word("upper_secondary".to_owned())),
        ("students", Asked::Number(Exact(whole(250)))),
    ];
    let given = given.map(|(name, asked)| (name.to_owned(), asked));
    // 250 ÷ 12.5 = 20
    let school = subject(Stage::UpperSecondary, 250, 5, 0);
    for day in ["2024-01-01", "2027-08-31"] {
        assert_eq!(on(day).entitle(&school).posts.unwrap().whole, 20);
        assert_eq!(on(day).answer("ratio-only", &given), Ok(Wide::from_integer(20)));
    }
    let mut said = String::new();
    for day in ["2023-12-31", "2027-09-01"] {
        let why = refusal(&on(day), &school);
        assert!(matches!(why, Refusal::PackNotInForce { .. }), "{why:?}");
        assert_eq!(on(day).answer("ratio-only", &given), Err(why.clone()));
        assert_eq!(on(day).prove_rule("ratio-only", &given).result, Err(why.clone()));
        for lang in [Lang::Zh, Lang::En] {
            said.push_str(&proof::refusal(&why, lang));
            said.push('\n');
        }
    }
    pack.valid_to = None;
    let open = Norm::new(pack, "2020-06-30".parse().unwrap()).unwrap();
    said.push_str(&proof::refusal(&refusal(&open, &school), Lang::En));
    insta::assert_snapshot!(said);
}

#[test]
fn a_rule_with_a_date_of_its_own_goes_by_that_date() {
    let norm = norm("in-states");
    let posts = |date: i64| {
        let number = |value: i64| Asked::Number(Exact(value.into()));
        let given = [("pupils".to_owned(), number(10)), ("date".to_owned(), number(date))];
        norm.answer("IN-TS-PRI-DATED", &given)
    };
    // The table of 2015 gives one teacher to 1 to 30 pupils; before 2014 there is none.
    assert_eq!(posts(20_150_615), Ok(Wide::from_integer(1)));
    assert!(matches!(posts(20_140_926), Err(Refusal::NotInForce(_))));
    let later = Norm::new(norm.pack().clone(), "2010-01-01".parse().unwrap()).unwrap();
    let given = [("pupils".to_owned(), Asked::Number(Exact(whole(10))))];
    assert!(matches!(later.answer("IN-RTE-PRI", &given), Err(Refusal::PackNotInForce { .. })));
}

#[test]
fn a_changed_parameter_changes_the_entitlement_and_its_proof() {
    let mut norm = norm(SAMPLE);
    assert!(norm.set_parameter("per_class.primary", Exact::parse("1.9").unwrap(), ""));
    // 6 × 1.9 = 11.4, + 0.42 = 11.82 → 12
    assert_eq!(norm.entitle(&bailing()).posts.unwrap().whole, 12);
    let proof = norm.prove(&bailing());
    assert_eq!(proof.lines[1].cites[0].value, Fraction::new(19, 10));
    assert!(!norm.set_parameter("no_such", Exact::parse("1").unwrap(), ""));
}

#[test]
fn a_declared_refusal_speaks_its_own_words() {
    let mut pack = pack(SAMPLE);
    let rule = pack.rules.iter_mut().find(|rule| rule.id == "ratio-only").unwrap();
    rule.steps[0].formula =
        "if students < 100 then refuse(\"不足百人另行核定\") else students / ratio[stage]".into();
    rule.steps[0].clause.text = Bilingual::new("百人以上", "a hundred and more");
    let day = pack.valid_from;
    let norm = Norm::new(pack, day).unwrap();
    let why = refusal(&norm, &subject(Stage::UpperSecondary, 60, 2, 0));
    assert_eq!(why, Refusal::Declared(Bilingual::new("不足百人另行核定", "")));
    assert!(norm.entitle(&subject(Stage::UpperSecondary, 100, 2, 0)).posts.is_some());
}

#[test]
fn a_rounding_that_the_norm_does_not_state_is_a_line_of_the_proof() {
    let mut pack = pack(SAMPLE);
    let rule = pack.rules.iter_mut().find(|rule| rule.id == "ratio-only").unwrap();
    rule.steps[3].formula = "basis".into();
    let day = pack.valid_from;
    let norm = Norm::new(pack, day).unwrap();
    // 130 ÷ 12.5 = 10.4
    let proof = norm.prove(&subject(Stage::UpperSecondary, 130, 3, 0));
    let last = proof.lines.last().unwrap();
    assert_eq!((last.id.as_str(), last.before_rounding), ("whole", Some(Fraction::new(52, 5))));
    assert_eq!(last.value, Ok(whole(10)));
    assert_eq!(proof.result.as_ref().unwrap().whole, 10);
    assert!(proof::plain(&proof, &[], norm.pack(), "—", Lang::Zh).contains("没有写明"));
    // Nothing is added where nothing is rounded.
    let proof = norm.prove(&subject(Stage::UpperSecondary, 125, 3, 0));
    assert_ne!(proof.lines.last().unwrap().id, "whole");
}

#[test]
fn a_result_below_zero_is_no_number_of_posts() {
    let mut pack = pack(SAMPLE);
    let rule = pack.rules.iter_mut().find(|rule| rule.id == "ratio-only").unwrap();
    rule.steps[3].formula = "round(basis - 100)".into();
    rule.steps[3].clause.text = Bilingual::new("减去一百", "less a hundred");
    let day = pack.valid_from;
    let norm = Norm::new(pack, day).unwrap();
    // 125 ÷ 12.5 − 100 = −90
    let why = refusal(&norm, &subject(Stage::UpperSecondary, 125, 3, 0));
    assert_eq!(why, Refusal::NoPosts(whole(-90)));
}

#[test]
fn the_national_pack_has_a_floor_for_small_stages() {
    let norm = norm(NATIONAL);
    // 9 students in 1 class: max(9 ÷ 19, 1.75) = 1.75, floor 2, no boarders → 2
    assert_eq!(norm.entitle(&subject(Stage::Primary, 9, 1, 0)).posts.unwrap().whole, 2);
    // Nobody: neither the higher basis nor the floor.
    assert_eq!(norm.entitle(&subject(Stage::Primary, 0, 0, 0)).posts.unwrap().whole, 0);
    // 99 in 6 classes: max(5 4/19, 10 1/2) → 11; 100: 100 ÷ 19 = 5 5/19 → 5
    assert_eq!(norm.entitle(&subject(Stage::Primary, 99, 6, 0)).posts.unwrap().whole, 11);
    assert_eq!(norm.entitle(&subject(Stage::Primary, 100, 6, 0)).posts.unwrap().whole, 5);
}

#[test]
fn the_proof_reads_in_chinese() {
    let norm = norm(SAMPLE);
    let text =
        proof::plain(&norm.prove(&bailing()), &[], norm.pack(), "白岭九年制学校 · 小学", Lang::Zh);
    insta::assert_snapshot!(text);
}

#[test]
fn the_proof_reads_in_english() {
    let norm = norm(SAMPLE);
    let text = proof::plain(
        &norm.prove(&bailing()),
        &[],
        norm.pack(),
        "白岭九年制学校 · Primary",
        Lang::En,
    );
    insta::assert_snapshot!(text);
}

#[test]
fn a_refusal_reads_in_both_languages() {
    let norm = norm(SAMPLE);
    let mut school = bailing();
    school.students = None;
    let proof = norm.prove(&school);
    let read = |lang| proof::plain(&proof, &[], norm.pack(), "白岭九年制学校", lang);
    insta::assert_snapshot!(format!("{}\n{}", read(Lang::Zh), read(Lang::En)));
}

fn count() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![
        1 => Just(None),
        1 => Just(Some(0)),
        6 => (0_u32..3_000).prop_map(Some),
        1 => any::<u32>().prop_map(Some),
    ]
}

fn subjects() -> impl Strategy<Value = Subject> {
    let stage = prop::sample::select(&Stage::ALL[..]);
    let locality = prop::option::of(prop::sample::select(&Locality::ALL[..]));
    (stage, locality, count(), count(), count()).prop_map(
        |(stage, locality, students, classes, boarders)| Subject {
            stage,
            locality,
            students,
            classes,
            boarders,
        },
    )
}

proptest! {
    #[test]
    fn the_proof_never_differs_from_the_figure(subject in subjects(), national in any::<bool>()) {
        let norm = norm(if national { NATIONAL } else { SAMPLE });
        let found = norm.entitle(&subject);
        let proof = norm.prove(&subject);
        prop_assert_eq!(found.posts, proof.result.clone().ok());
        let column = |wanted: Column| {
            let mut rules = norm.pack().rules.iter();
            let rule = rules.find(|rule| rule.covers(subject.stage, subject.locality))?;
            let at = rule.steps.iter().position(|step| step.column == Some(wanted))?;
            proof.lines.get(at)?.value.clone().ok()
        };
        prop_assert_eq!(found.by_students, column(Column::Students));
        prop_assert_eq!(found.by_classes, column(Column::Classes));
        prop_assert_eq!(found.extra, column(Column::Extra));
        // Words exist for whatever comes out.
        for lang in [Lang::Zh, Lang::En] {
            prop_assert!(!proof::plain(&proof, &[], norm.pack(), "—", lang).is_empty());
        }
    }

    #[test]
    fn a_turn_is_the_nearest_change_and_gives_what_it_says(subject in subjects()) {
        let norm = norm(SAMPLE);
        let now = norm.entitle(&subject).posts.map(|posts| posts.whole);
        for turn in turns(&norm, &subject) {
            let value = match turn.fact {
                Fact::Students => subject.students,
                Fact::Classes => subject.classes,
                Fact::Boarders => subject.boarders,
                Fact::InPost => None,
            };
            let at = |change: i64| {
                let changed = u32::try_from(i64::from(value.unwrap()) + change).unwrap();
                let posts = norm.entitle(&subject.with(turn.fact, Some(changed))).posts;
                posts.map(|posts| posts.whole)
            };
            prop_assert_eq!(at(turn.change), Some(turn.whole));
            prop_assert_ne!(Some(turn.whole), now);
            let nearer = turn.change - turn.change.signum();
            prop_assert_eq!(at(nearer), now);
        }
    }
}

#[test]
fn proofs_of_the_library_read_in_both_languages() {
    // A table, a remainder, a list rounded item by item, a refusal.
    let cases = [
        ("jp-standard", "JP-PRI-MULT", vec![("classes", 6)]),
        ("tr-norm-kadro", "TR-BRANCH/A-31is2", vec![("hours", 57)]),
        ("fr-dhg", "FR-DHG-SUBJECT", vec![("hours_6e", 79), ("hours_5e", 5)]),
        ("pl-specialists", "PL-SPECIALISTS-2022", vec![("pupils", 250)]),
    ];
    let mut out = String::new();
    for (pack, rule, given) in cases {
        let pack = shipped(pack).unwrap();
        let day = pack.valid_from;
        let norm = Norm::new(pack, day).unwrap();
        let given: Vec<(String, Asked)> = given
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Asked::Number(Exact(value.into()))))
            .collect();
        for lang in [Lang::Zh, Lang::En] {
            let found = norm.prove_rule(rule, &given);
            out.push_str(&proof::plain(&found, &[], norm.pack(), rule, lang));
            out.push('\n');
        }
    }
    insta::assert_snapshot!(out);
}
