//! What opens, what does not, and what it says.

use super::*;
use crate::county::Fact;
use crate::sample;
use crate::scenario::{Command, Label, Step, Workspace};

fn day() -> NaiveDate {
    "2026-11-24".parse().unwrap()
}

fn edited() -> Workspace {
    let mut workspace = sample::county().unwrap().workspace;
    for students in [Some(800), None, Some(812)] {
        let at = "1020/primary".parse().unwrap();
        let row = workspace.state().index().row(&at).unwrap();
        let old = workspace.state().county.holdings[row].fact(Fact::Students);
        let command = Command::SetFact { at, fact: Fact::Students, old, new: students };
        workspace.dispatch(Step { label: Label::Edit, commands: vec![command] }).unwrap();
    }
    workspace.undo().unwrap();
    workspace
}

#[test]
fn a_file_opens_with_the_same_figures_and_writes_the_same_bytes() {
    let workspace = edited();
    let text = write(&workspace, "0.1.0", day()).unwrap();
    let opened = open(&text).unwrap();
    assert!(opened.same_results && opened.same_base);
    assert_eq!(opened.workspace.state().county, workspace.state().county);
    assert_eq!(write(&opened.workspace, "0.1.0", day()).unwrap(), text);
}

#[test]
fn a_file_for_a_colleague_has_the_steps_done_and_not_the_steps_undone() {
    let opened = open(&write(&edited(), "0.1.0", day()).unwrap()).unwrap();
    assert_eq!(opened.workspace.scenario().done.len(), 2);
    assert!(opened.workspace.scenario().undone.is_empty());
}

#[test]
fn a_base_and_a_scenario_kept_apart_make_the_same_workspace_with_its_redo() {
    let workspace = edited();
    let base = write_base(&workspace, "0.1.0", day()).unwrap();
    let scenario = serde_json::to_string(workspace.scenario()).unwrap();
    let scenario = serde_json::from_str(&scenario).unwrap();
    let mut opened = open_with(&base, Some(scenario)).unwrap().workspace;
    assert_eq!(opened.state().county, workspace.state().county);
    assert!(opened.redo().unwrap());
}

#[test]
fn a_changed_figure_in_the_facts_is_noticed() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    let tampered = text.replacen("\"authorised\": 196", "\"authorised\": 197", 1);
    assert_ne!(text, tampered);
    let opened = open(&tampered).unwrap();
    assert!(!opened.same_base && !opened.same_results);
}

#[test]
fn wherever_a_file_breaks_off_the_message_is_that_it_is_damaged() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    for end in [40, 200, text.len() / 2, text.len() - 3] {
        let end = (end..text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
        assert!(matches!(open(&text[..end]), Err(OpenError::Damaged { line: 1.., .. })), "{end}");
    }
}

#[test]
fn other_files_are_told_apart() {
    assert!(matches!(open(""), Err(OpenError::Empty)));
    assert!(matches!(open("\u{feff}  \n"), Err(OpenError::Empty)));
    for other in ["{}", "[1, 2]", "code,name\n1,2", "{\"format\":\"excalidraw\"}", "\"bianheng\""] {
        assert!(matches!(open(other), Err(OpenError::NotOurs)), "{other}");
    }
    let newer = "{\"format\":\"bianheng\",\"version\":3,\"app\":\"9.0\",\"anything\":1}";
    assert!(matches!(open(newer), Err(OpenError::Newer { found: 3, .. })));
    let missing = "{\"format\":\"bianheng\",\"version\":1}";
    assert!(matches!(open(missing), Err(OpenError::Damaged { .. })));
}

#[test]
fn a_step_that_does_not_fit_its_base_is_refused() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    let tampered = text.replacen("\"old\": 782", "\"old\": 783", 1);
    assert_ne!(text, tampered);
    assert!(matches!(open(&tampered), Err(OpenError::Conflict(_))));
}

#[test]
fn the_same_holding_twice_is_refused_by_its_unit() {
    let text = write(&sample::county().unwrap().workspace, "0.1.0", day()).unwrap();
    let tampered = text.replacen("\"code\": \"1008\"", "\"code\": \"1009\"", 1);
    assert!(matches!(open(&tampered), Err(OpenError::Holdings { unit }) if unit == "1009"));
}

#[test]
fn a_byte_order_mark_is_no_obstacle() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    assert!(open(&format!("\u{feff}{text}")).is_ok());
}

#[test]
fn the_name_of_a_file_holds_nothing_that_a_disk_refuses() {
    let mut workspace = edited();
    workspace.rename("  A/B:\"C\"? ");
    assert_eq!(file_name(&workspace, day()), "示例县-A_B__C__-2026-11-24.bianheng.json");
}

#[test]
fn a_file_of_version_1_opens_to_the_same_content_and_is_written_as_version_2() {
    let text = include_str!("../../tests/data/v1.bianheng.json");
    assert!(text.contains("\"version\": 1"));
    let opened = open(text).unwrap();
    assert!(opened.same_base && opened.same_results);
    let county = opened.workspace.base();
    assert_eq!((county.units.len(), county.holdings.len()), (76, 79));
    assert!(county.holdings.iter().all(|holding| holding.staff.is_empty()));
    assert!(county.holdings.iter().all(|holding| holding.additional.is_empty()));
    assert!(county.yardsticks.is_empty());
    let written = write(&opened.workspace, "0.1.0", day()).unwrap();
    assert_eq!(written, text.trim_end().replacen("\"version\": 1", "\"version\": 2", 1));
}

#[test]
fn a_file_of_version_1_with_steps_done_opens_with_them() {
    let text = include_str!("../../tests/data/v1_steps.bianheng.json");
    assert!(text.contains("\"version\": 1"));
    let opened = open(text).unwrap();
    assert!(opened.same_base && opened.same_results);
    let mut workspace = opened.workspace;
    assert_eq!(workspace.scenario().done.len(), 2);
    let row = workspace.state().index().row(&"1020/primary".parse().unwrap()).unwrap();
    assert_eq!(workspace.state().county.holdings[row].roll.students, None);
    assert!(workspace.undo().unwrap() && workspace.undo().unwrap());
    assert_eq!(workspace.state().county.holdings[row].roll.students, Some(782));
}

#[test]
fn what_version_2_knows_comes_back_as_it_was_written() {
    use crate::county::{AdditionalPosts, AdditionalReason, Course, Leaders};
    use crate::yardstick::{Change, Group, Key};
    let mut workspace = edited();
    let at = "1008/primary".parse().unwrap();
    let row = workspace.state().index().row(&at).unwrap();
    let holding = workspace.state().county.holdings[row].clone();
    let mut staff = holding.staff.clone();
    staff.teachers = Some(96);
    staff.course_mut(Course::Music).unwrap().teachers = Some(4);
    let mut grades = holding.roll.grades.clone();
    grades[0].classes = Some(6);
    let posts = AdditionalPosts {
        posts: 2,
        reason: AdditionalReason::SpecialNeeds,
        document: "编委发〔2026〕1 号".to_owned(),
        until: "2027-08-31".parse().ok(),
    };
    let key = Key::of(Group::ClassSize, crate::county::Stage::Primary);
    let value = crate::norm::Exact::parse("40").unwrap();
    let change = Change { at: key, value, document: String::new() };
    let leaders = Leaders { posts: Some(3), people: Some(4) };
    let old = workspace.state().county.units[holding.unit].leaders;
    let commands = vec![
        Command::SetStaff { at: at.clone(), old: holding.staff.into(), new: staff.into() },
        Command::SetGrades { at: at.clone(), old: holding.roll.grades, new: grades },
        Command::SetAdditional { at: at.clone(), old: holding.additional, new: vec![posts] },
        Command::SetLeaders { at: at.unit, old, new: leaders },
        Command::SetYardstick { at: key, old: None, new: Some(change) },
        Command::SetYardstickTable {
            group: Group::NonTeaching,
            old: "national".to_owned(),
            new: "shandong".to_owned(),
        },
    ];
    workspace.dispatch(Step { label: Label::Edit, commands }).unwrap();
    let text = write(&workspace, "0.1.0", day()).unwrap();
    let opened = open(&text).unwrap();
    assert!(opened.same_results && opened.same_base);
    assert_eq!(opened.workspace.state().county, workspace.state().county);
    assert_eq!(opened.workspace.state().county.yardsticks.set(Group::NonTeaching), "shandong");
    assert_eq!(write(&opened.workspace, "0.1.0", day()).unwrap(), text);
    workspace.undo().unwrap();
    assert_eq!(workspace.state().county.yardsticks, workspace.base().yardsticks);
}
