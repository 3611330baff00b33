//! What opens, what does not, and what it says.

use super::*;
use crate::county::{County, Fact};
use crate::norm::{Confidence, Fault};
use crate::sample;
use crate::scenario::{Command, Comment, Label, Step, Workspace};
use crate::text::Lang;

fn day() -> NaiveDate {
    "2026-11-24".parse().unwrap()
}

/// The sample's base with its first scenario alone, which has no steps.
fn first_alone() -> Workspace {
    let sample = sample::county().unwrap().workspace;
    let (norm, limits) = (sample.base_norm().clone(), sample.base_limits().clone());
    Workspace::open(sample.base().clone(), norm, limits, sample.scenario().clone()).unwrap()
}

fn edited() -> Workspace {
    let mut workspace = first_alone();
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
fn a_base_and_scenarios_kept_apart_make_the_same_workspace_with_its_redo() {
    let mut workspace = edited();
    workspace.duplicate("二", None).unwrap();
    workspace.comment(remark());
    let base = write_base(&workspace, "0.1.0", day()).unwrap();
    let kept = Kept::read(&Kept::text(&workspace).unwrap()).unwrap();
    let (mut opened, newer) = open_kept(&base, kept).unwrap();
    assert_eq!(newer, None);
    assert_eq!(opened.scenarios(), workspace.scenarios());
    assert_eq!((opened.active(), opened.comments()), (1, workspace.comments()));
    assert_eq!(opened.state().county, workspace.state().county);
    assert!(opened.redo().unwrap());
}

#[test]
fn what_was_kept_says_what_restoring_it_would_change() {
    let mut workspace = edited();
    let kept = || Kept::read(&Kept::text(&edited()).unwrap()).unwrap();
    assert_eq!(kept().changes(&workspace), Ok(Vec::new()));
    let before = workspace.state().county.clone();
    workspace.redo().unwrap();
    let changes = kept().changes(&workspace).unwrap();
    let [Command::SetFact { old, new, .. }] = changes.as_slice() else { panic!("{changes:?}") };
    assert_eq!((*old, *new), (Some(812), None));
    kept().restore(&mut workspace).unwrap();
    assert_eq!(workspace.state().county, before);
}

#[test]
fn what_an_older_program_kept_in_the_browser_still_opens() {
    let workspace = edited();
    let scenario = serde_json::to_string(workspace.scenario()).unwrap();
    let opened = open_kept(
        include_str!("../../tests/data/v2.bianheng.json"),
        Kept::read(&scenario).unwrap(),
    );
    // The pools and teachers of the sample have learnt more since; units and posts are the same.
    let (opened, now) = (opened.unwrap().0, workspace.state());
    assert_eq!(opened.state().county.units, now.county.units);
    let posts = |county: &County| -> Vec<_> {
        let rows = county.holdings.iter().enumerate();
        rows.map(|(row, of)| (county.id_of(row), of.authorised, of.in_post)).collect()
    };
    assert_eq!(posts(&opened.state().county), posts(&now.county));
}

fn remark() -> Comment {
    Comment {
        cell: "posts 1020/primary".to_owned(),
        scenario: "二".to_owned(),
        day: day(),
        who: "教体局".to_owned(),
        text: "再核一次".to_owned(),
    }
}

#[test]
fn several_scenarios_and_remarks_come_back_and_the_bytes_are_the_same() {
    let mut workspace = edited();
    workspace.duplicate("二", None).unwrap();
    workspace.set_note("备选");
    workspace.comment(remark());
    let text = write_review(&workspace, "0.1.0", day()).unwrap();
    let opened = open(&text).unwrap();
    assert!(opened.same_results && opened.same_base && opened.review);
    assert_eq!(opened.personal.names, 2, "one who wrote a remark, one borrower that is no unit");
    assert_eq!(opened.workspace.scenarios().len(), 2);
    assert_eq!(opened.workspace.scenario().parents, ["方案一"]);
    assert_eq!(opened.workspace.comments(), [remark()]);
    assert_eq!(write_review(&opened.workspace, "0.1.0", day()).unwrap(), text);
}

#[test]
fn equal_figures_have_equal_codes_whatever_way_led_to_them() {
    let workspace = edited();
    let mut other = first_alone();
    assert_ne!(code(workspace.state()), code(other.state()));
    for command in crate::scenario::difference(other.state(), workspace.state()) {
        other.dispatch(Step { label: Label::Edit, commands: vec![command] }).unwrap();
    }
    assert_ne!(other.scenario(), workspace.scenario());
    assert_eq!(code(workspace.state()), code(other.state()));
    assert_eq!(code(other.state()).len(), 14);
    // On a base with 30 posts where this one has 38 the same 40 are other moves: the code is of what
    // stands at the end, and the fingerprints of the bases tell them apart.
    let at = other.state().index().row(&"1020/primary".parse().unwrap()).unwrap();
    let mut county = other.base().clone();
    county.holdings[at].authorised = 30;
    let (norm, limits) = (other.base_norm().clone(), other.base_limits().clone());
    let fewer = Workspace::open(county, norm, limits, Default::default()).unwrap();
    let ends = [first_alone(), fewer].map(|mut one| {
        one.dispatch(crate::scenario::set_by_hand(one.state(), at, 40)).unwrap();
        (code(one.state()), fingerprint(one.base()))
    });
    assert_eq!(ends[0].0, ends[1].0);
    assert_ne!(ends[0].1, ends[1].1);
}

#[test]
fn what_differs_from_the_file_is_told_figure_by_figure() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    let tampered = text.replacen("\"shortage\":82", "\"shortage\":81", 1);
    assert_ne!(text, tampered);
    let opened = open(&tampered).unwrap();
    let [differs] = opened.differs.as_slice() else { panic!("{:?}", opened.differs) };
    assert_eq!((differs.kind.as_str(), differs.what), ("school", Ours::Shortage));
    assert_eq!((differs.file.as_str(), differs.found.as_str()), ("81", "82"));
}

#[test]
fn a_file_without_results_says_nothing_of_being_the_same() {
    use crate::text::{Lang, files, shell};
    let text = write(&edited(), "0.1.0", day()).unwrap();
    // A step altered, and with it no results that would give it away; then results without a code.
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let figures = value["figures"].take();
    value["figures"] = serde_json::Value::Array(Vec::new());
    let bare = value.to_string().replace("\"new\":800", "\"new\":870");
    let bare = bare.replace("\"old\":800", "\"old\":870");
    value["figures"] = figures;
    value["figures"][0]["code"] = "".into();
    for text in [bare, value.to_string()] {
        let opened = open(&text).unwrap();
        assert!(!opened.same_results && opened.differs.is_empty() && opened.same_base);
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(files::verdict(&opened, lang), files::OPENED_WITHOUT.get(lang));
        }
    }
    let whole = files::verdict(&open(&text).unwrap(), Lang::Zh);
    assert_eq!(whole, shell::OPENED_SAME.get(Lang::Zh));
}

#[test]
fn fields_that_are_not_known_come_back_where_they_were() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    let text = text
        .replacen("\"app\": ", "\"stamp\": {\"by\": [1, 2]},\n \"app\": ", 1)
        .replacen("\"code\":\"1008\"", "\"code\":\"1008\",\"roof\":\"flat\"", 1)
        .replacen("\"label\":\"edit\"", "\"label\":\"edit\",\"mood\":7", 1);
    let mut workspace = open(&text).unwrap().workspace;
    let step = crate::scenario::set_by_hand(workspace.state(), 3, 9);
    workspace.dispatch(step).unwrap();
    let written = write(&workspace, "0.1.0", day()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(value["stamp"]["by"][1], 2);
    let units = value["base"]["county"]["units"].as_array().unwrap();
    let unit = units.iter().find(|unit| unit["code"] == "1008").unwrap();
    assert_eq!(unit["roof"], "flat");
    assert_eq!(value["scenarios"][0]["done"][0]["mood"], 7);
    let again = open(&written).unwrap();
    assert!(again.same_results && again.same_base);
    assert_eq!(write(&again.workspace, "0.1.0", day()).unwrap(), written);
    // What the browser keeps by itself has them too.
    let base = write_base(&workspace, "0.1.0", day()).unwrap();
    assert!(base.contains("roof") && base.contains("stamp"));
    let kept = Kept::read(&Kept::text(&workspace).unwrap()).unwrap();
    let (reopened, _) = open_kept(&base, kept).unwrap();
    assert_eq!(write(&reopened, "0.1.0", day()).unwrap(), written);
}

#[test]
fn numbers_that_are_not_known_keep_every_digit() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    let numbers = ["9007199254740993123456789", "0.12345678901234567890123456789", "1.50", "1e400"];
    let more = text
        .replacen("\"app\": ", &format!("\"stamp\": [{}],\n \"app\": ", numbers.join(",")), 1)
        .replacen("\"code\":\"1008\"", "\"code\":\"1008\",\"plot\":18446744073709551616", 1);
    let workspace = open(&more).unwrap().workspace;
    let written = write(&workspace, "0.1.0", day()).unwrap();
    for number in numbers.iter().chain(&["\"plot\":18446744073709551616"]) {
        assert!(written.contains(number), "{number}");
    }
    let again = open(&written).unwrap().workspace;
    assert_eq!(write(&again, "0.1.0", day()).unwrap(), written);
    // So they do in what the browser keeps.
    let base = write_base(&workspace, "0.1.0", day()).unwrap();
    let kept = Kept::read(&Kept::text(&workspace).unwrap()).unwrap();
    let (reopened, _) = open_kept(&base, kept).unwrap();
    assert_eq!(write(&reopened, "0.1.0", day()).unwrap(), written);
}

#[test]
fn fields_that_are_not_known_move_with_the_parts_of_an_older_version() {
    let text = include_str!("../../tests/data/v2_steps.bianheng.json");
    let more = text
        .replacen("\"label\": \"edit\"", "\"mood\": 7, \"label\": \"edit\"", 1)
        .replacen("\"app\": ", "\"stamp\": [1],\n \"app\": ", 1);
    let opened = open(&more).unwrap();
    assert!(opened.same_base && opened.same_results);
    let written = write(&opened.workspace, "0.1.0", day()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(value["scenarios"][0]["done"][0]["mood"], 7);
    assert_eq!(value["stamp"][0], 1);
    assert!(value.get("scenario").is_none());
    let again = open(&written).unwrap();
    assert_eq!(write(&again.workspace, "0.1.0", day()).unwrap(), written);
}

#[test]
fn a_file_of_a_newer_program_is_read_where_it_can_be() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    let newer = text.replacen("\"version\": 3", "\"version\": 4", 1);
    assert_eq!(open(&newer).unwrap().newer, Some(4));
    assert_eq!(open(&text).unwrap().newer, None);
    // The same holds of a base that a newer program kept in this browser.
    let base = write_base(&edited(), "0.1.0", day()).unwrap();
    let newer = base.replacen("\"version\": 3", "\"version\": 4", 1);
    let kept = Kept::read(&Kept::text(&edited()).unwrap()).unwrap();
    assert_eq!(open_kept(&newer, kept).unwrap().1, Some(4));
}

#[test]
fn a_file_of_a_newer_program_is_kept_whole_as_it_came() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    let newer = text.replacen("\"version\": 3", "\"version\": 4", 1);
    let (workspace, found) = open_kept(&newer, Kept::read(Kept::WHOLE).unwrap()).unwrap();
    assert_eq!(found, Some(4));
    assert_eq!(workspace.scenarios(), open(&newer).unwrap().workspace.scenarios());
    // The program that knows the version works on it as on any other.
    let (workspace, found) = open_kept(&text, Kept::read(Kept::WHOLE).unwrap()).unwrap();
    assert_eq!(found, None);
    assert_eq!(write(&workspace, "0.1.0", day()).unwrap(), text);
}

#[test]
fn a_small_scenario_travels_in_a_link() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    let link = to_link(&text).unwrap();
    assert!(link.len() < MOST_IN_LINK, "{} letters", link.len());
    assert!(link.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter)));
    assert_eq!(from_link(&link).unwrap(), text);
    // Random text does not compress: it has no place in a link.
    let mut seed = 7_u64;
    let noise: String = (0..60_000)
        .map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b'a' + u8::try_from(seed >> 33 & 15).unwrap())
        })
        .collect();
    assert!(matches!(to_link(&noise), Err(LinkError::TooLong(_))));
    // Five million zeros fit into a few letters, but not back out of them: no such link is made, and one
    // that comes from elsewhere is told as too long.
    let zeros = "0".repeat(5_000_000);
    assert_eq!(to_link(&zeros), Err(LinkError::TooLong(5_000_000)));
    let bomb = link::lettered(&miniz_oxide::deflate::compress_to_vec(zeros.as_bytes(), 9));
    assert!(bomb.len() < 30_000);
    assert!(matches!(from_link(&bomb), Err(LinkError::TooLong(_))));
    for wrong in ["A", "A*BC", "%E4", "____", "方案"] {
        assert_eq!(from_link(wrong), Err(LinkError::Damaged), "{wrong}");
    }
}

#[test]
fn numbers_of_persons_are_counted() {
    let mut workspace = edited();
    let none = personal(&workspace);
    // The check digit of the first is right, of the second wrong.
    workspace.set_note("联系人 11010519491231002X，13800138000；11010519491231002A，23800138000");
    let some = personal(&workspace);
    assert_eq!((some.id_numbers, some.phones), (1, 1));
    assert_eq!((none.id_numbers, none.phones, none.names), (0, 0, some.names));
}

#[test]
fn numbers_of_persons_are_found_however_they_are_written() {
    // Fifteen places of before 1999, groups, full width, the country's code, an end of a line before it.
    for (text, ids, phones) in [
        ("110105491231002", 1, 0),
        ("110105 19491231 002x", 1, 0),
        ("110105-19491231-002X", 1, 0),
        ("１１０１０５１９４９１２３１００２Ｘ", 1, 0),
        ("张三11010519491231002X。", 1, 0),
        ("+86 13800138000", 0, 1),
        ("8613800138000", 0, 1),
        ("138 0013 8000", 0, 1),
        ("+86-138-0013-8000", 0, 1),
        ("１３８００１３８０００", 0, 1),
        // A unit's code, a day that there is not, an account, dates, posts, a document's number.
        ("12610000MB0000000X", 0, 0),
        ("110105491331002", 0, 0),
        ("6222021234567890123", 0, 0),
        ("2026-11-24 138, 0013, 8000", 0, 0),
        ("甘编办〔2026〕138号 1380013", 0, 0),
        ("103.110105491231002 0.13800138000", 0, 0),
    ] {
        let found = numbers_in(text);
        assert_eq!((found.ids, found.phones), (ids, phones), "{text}");
    }
    let mut workspace = edited();
    let none = personal(&workspace);
    workspace.set_note("联系人：\n13800138000\n110105491231002");
    let some = personal(&workspace);
    assert_eq!((some.id_numbers, some.phones), (none.id_numbers + 1, none.phones + 1));
}

#[test]
fn a_file_that_hides_what_it_holds_of_persons_is_told_by_its_contents() {
    let mut workspace = edited();
    workspace.set_note("13800138000");
    let text = write(&workspace, "0.1.0", day()).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
    file["personal"] = serde_json::json!({});
    // A field that this program does not know carries one too.
    file["later"] = serde_json::json!("13900139000");
    let opened = open(&file.to_string()).unwrap();
    assert_eq!(opened.personal.phones, 2);
    assert!(opened.personal.names > 0);
}

#[test]
fn names_in_a_scenario_that_is_not_open_are_counted_too() {
    use crate::pool::Borrower;
    let mut workspace = edited();
    let before = personal(&workspace).names;
    workspace.duplicate("二", None).unwrap();
    let kind = KindId::general();
    let old = workspace.state().county.pool(kind).cloned().unwrap();
    let mut new = old.clone();
    new.loans.last_mut().unwrap().borrower = Borrower::Name("某单位借调".to_owned());
    let (old, new) = (Some(Box::new(old)), Some(Box::new(new)));
    let command = Command::SetPool { kind: kind.clone(), old, new };
    workspace.dispatch(Step { label: Label::Pool, commands: vec![command] }).unwrap();
    workspace.switch(0).unwrap();
    assert_eq!(personal(&workspace).names, before + 1);
}

#[test]
fn a_changed_figure_in_the_facts_is_noticed() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    let tampered = text.replacen("\"authorised\":196", "\"authorised\":197", 1);
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
    let newer = "{\"format\":\"bianheng\",\"version\":4,\"app\":\"9.0\",\"anything\":1}";
    assert!(matches!(open(newer), Err(OpenError::Newer { found: 4, .. })));
    let missing = "{\"format\":\"bianheng\",\"version\":1}";
    assert!(matches!(open(missing), Err(OpenError::Damaged { .. })));
}

#[test]
fn a_step_that_does_not_fit_its_base_is_refused() {
    let text = write(&edited(), "0.1.0", day()).unwrap();
    let tampered = text.replacen("\"old\":782", "\"old\":783", 1);
    assert_ne!(text, tampered);
    let Err(OpenError::Step(misfit)) = open(&tampered) else { panic!("opened") };
    assert_eq!((misfit.scenario.as_str(), misfit.step), ("方案一", 1));
    // What stands there, 782, is not the 783 that the step expects; each language says so whole.
    use crate::text::{Lang, files};
    let zh = files::misfit(&misfit, Lang::Zh);
    assert!(zh.contains("“方案一”第 1 步") && zh.contains("原以为 783，现在是 782"), "{zh}");
    assert!(!zh.contains("expected"), "{zh}");
    let en = files::misfit(&misfit, Lang::En);
    assert!(en.contains("step 1 of scenario") && en.contains("expected 783, found 782"), "{en}");
}

#[test]
fn the_same_holding_twice_is_refused_by_its_unit() {
    let text = write(&sample::county().unwrap().workspace, "0.1.0", day()).unwrap();
    let tampered = text.replacen("\"code\":\"1008\"", "\"code\":\"1009\"", 1);
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

/// Writing it again and opening that gives the same content.
fn stays_the_same(workspace: &Workspace) {
    let written = write(workspace, "0.1.0", day()).unwrap();
    assert!(written.contains("\"version\": 3"));
    let again = open(&written).unwrap();
    assert!(again.same_base && again.same_results);
    assert_eq!(again.workspace.base(), workspace.base());
    assert_eq!(again.workspace.scenarios(), workspace.scenarios());
}

#[test]
fn a_file_of_version_1_opens_to_the_same_content() {
    let text = include_str!("../../tests/data/v1.bianheng.json");
    assert!(text.contains("\"version\": 1"));
    let opened = open(text).unwrap();
    assert!(opened.same_base && opened.same_results);
    let county = opened.workspace.base();
    assert_eq!((county.units.len(), county.holdings.len()), (76, 79));
    assert!(county.holdings.iter().all(|holding| holding.staff.is_empty()));
    assert!(county.holdings.iter().all(|holding| holding.additional.is_empty()));
    assert!(county.yardsticks.is_empty());
    stays_the_same(&opened.workspace);
}

#[test]
fn a_file_of_ours_written_again_is_the_same_letter_for_letter() {
    // So opening it turns nothing into values: see `read`.
    let text = write(&sample::county().unwrap().workspace, "1.2.3", day()).unwrap();
    let file: ScenarioFile<'_> = serde_json::from_str(&text).unwrap();
    let again = serde_json::to_string(&file).unwrap();
    assert!(format::is_laid_out(text.trim(), &again));
}

#[test]
fn files_of_version_2_open_with_their_one_scenario() {
    for (text, steps) in [
        (include_str!("../../tests/data/v2.bianheng.json"), 0),
        (include_str!("../../tests/data/v2_steps.bianheng.json"), 2),
    ] {
        assert!(text.contains("\"version\": 2"));
        let opened = open(text).unwrap();
        assert!(opened.same_base && opened.same_results && opened.newer.is_none());
        let scenarios = opened.workspace.scenarios();
        assert_eq!((scenarios.len(), scenarios[0].done.len()), (1, steps));
        assert!(opened.workspace.unknown().is_null(), "{}", opened.workspace.unknown());
        stays_the_same(&opened.workspace);
    }
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
fn every_figure_of_lessons_changes_is_kept_in_the_file_and_is_taken_back() {
    use crate::norm::Exact;
    use crate::yardstick::{Change, Choice, Group, keys};
    let mut workspace = first_alone();
    let of_lessons = |group| {
        matches!(
            group,
            Group::Weekly
                | Group::Weeks
                | Group::Lessons
                | Group::Load
                | Group::ClassTeacher
                | Group::HeadLessons
                | Group::DeputyLessons
                | Group::ShareLow
                | Group::ShareHigh
        )
    };
    let all = keys(&Choice::default());
    let all: Vec<_> = all.into_iter().filter(|key| of_lessons(key.group)).collect();
    let commands = all.iter().map(|at| {
        let (least, greatest) = Choice::range(*at).unwrap();
        let old = Choice::default().figure(*at).unwrap().value;
        let value = if old == greatest { least } else { greatest };
        let document = "县教〔2026〕3 号".to_owned();
        let new = Some(Change { at: *at, value, document });
        Command::SetYardstick { at: *at, old: None, new }
    });
    let commands: Vec<Command> = commands.collect();
    workspace.dispatch(Step { label: Label::Edit, commands }).unwrap();
    let opened = open(&write(&workspace, "0.1.0", day()).unwrap()).unwrap();
    let kept = opened.workspace.state().county.yardsticks.clone();
    assert_eq!(kept, workspace.state().county.yardsticks);
    assert!(all.iter().all(|at| kept.figure(*at).is_some_and(|figure| figure.changed)));
    workspace.undo().unwrap();
    assert!(workspace.state().county.yardsticks.is_empty());
    // Outside its range each is refused, and nothing is changed.
    for at in all {
        let (_, Exact(greatest)) = Choice::range(at).unwrap();
        let (value, document) = (Exact(greatest + 1), String::new());
        let new = Some(Change { at, value, document });
        let command = Command::SetYardstick { at, old: None, new };
        let step = Step { label: Label::Edit, commands: vec![command] };
        assert!(workspace.dispatch(step).is_err(), "{at:?}");
    }
    assert!(workspace.state().county.yardsticks.is_empty());
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

#[test]
fn a_file_whose_norm_has_a_fault_opens_and_says_where_and_what_to_do() {
    let sample = first_alone();
    assert!(unsound_packs(&sample).is_empty());
    // Called verified, though its document is not: a mark that is wrong without a word.
    let mut base = sample.base_norm().clone();
    base.parameters[0].clause.confidence = Confidence::Verified;
    base.parameters[0].clause.document = base.documents[0].id.clone();
    base.documents[0].confidence = Confidence::Mirror;
    let (county, limits) = (sample.base().clone(), sample.base_limits().clone());
    let mut workspace = Workspace::open(county, base.clone(), limits, Scenario::default()).unwrap();
    // A step puts another one in force, with a fault of its own, and one that is sound.
    let mut other = base.clone();
    other.id = "local-1".to_owned();
    other.parameters[0].clause.document = String::new();
    let sound = sample.base_norm().clone();
    for (old, new) in [(base, other.clone()), (other, sound)] {
        let commands = vec![Command::SetNorm { old: Box::new(old), new: Box::new(new) }];
        workspace.dispatch(Step { label: Label::Norm, commands }).unwrap();
    }
    let opened = open(&write(&workspace, "0.1.0", day()).unwrap()).unwrap();
    assert!(opened.same_results && opened.same_base);
    let faults: Vec<_> = opened.unsound.iter().map(|found| &*found.error.fault).collect();
    assert!(matches!(faults.as_slice(), [Fault::SurerThan(_), Fault::SureOfNothing]), "{faults:?}");
    for (lang, place, cure, more) in [
        (Lang::Zh, "参数 1", "核实原文", "另有 1 个"),
        (Lang::En, "parameter 1", "raise its confidence", "1 more packs"),
    ] {
        let said = crate::text::files::verdict(&opened, lang);
        assert!([place, cure, more].iter().all(|part| said.contains(part)), "{said}");
    }
    // What the browser keeps is looked over alike.
    let base = write_base(&workspace, "0.1.0", day()).unwrap();
    let kept = Kept::read(&Kept::text(&workspace).unwrap()).unwrap();
    let (kept, _) = open_kept(&base, kept).unwrap();
    assert_eq!(unsound_packs(&kept), opened.unsound);
}
