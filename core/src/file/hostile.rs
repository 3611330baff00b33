//! Files that want harm, or took some on the way: each gives a message or opens, none a panic, and
//! what opens can be worked with.

use super::*;
use crate::check::red_lines;
use crate::sample;
use crate::scenario::{Compared, Figures, Merge, Rebase, Workspace, set_by_hand};
use crate::text::{Lang, cell};

fn day() -> NaiveDate {
    "2026-11-24".parse().unwrap()
}

fn small() -> String {
    // Few units, every kind of thing: so that thousands of cases take seconds.
    let opened = sample::county().unwrap().workspace;
    let mut county = opened.base().clone();
    county.units.truncate(8);
    county.holdings.retain(|holding| holding.unit < 8);
    let norm = opened.base_norm().clone();
    let mut workspace =
        Workspace::open(county, norm, opened.base_limits().clone(), Default::default()).unwrap();
    workspace.dispatch(set_by_hand(workspace.state(), 2, 30)).unwrap();
    workspace.duplicate("二", None).unwrap();
    workspace.dispatch(set_by_hand(workspace.state(), 3, 31)).unwrap();
    write(&workspace, "0.1.0", day()).unwrap()
}

/// Opens it; what opens is worked with, beside a file that is whole.
fn try_it(bytes: &[u8], whole: &Workspace) -> Result<(), OpenError> {
    let text = std::str::from_utf8(bytes).map_err(|_| OpenError::NotOurs)?;
    let opened = open(text)?;
    let mut workspace = opened.workspace;
    let _ = Figures::of(workspace.state());
    let kind = KindId::school();
    for at in 0..workspace.scenarios().len() {
        if let Ok(one) = Compared::of(&workspace, Some(at)) {
            let _ = one.measures(&workspace, kind);
        }
    }
    let _ = red_lines(workspace.state(), &Figures::of(workspace.state()));
    for comment in workspace.comments() {
        let _ = cell::named(&comment.cell, workspace.state(), Lang::Zh);
    }
    for (one, two) in [(&workspace, whole), (whole, &workspace)] {
        if let Ok(merge) = Merge::of((one, 0), (two, 0)) {
            let _ = (merge.misfit(), merge.broken());
        }
        if let Ok(rebase) = Rebase::of((one, 0), two, "") {
            let _ = (rebase.broken(), rebase.scenario());
        }
    }
    let _ = workspace.undo();
    let _ = workspace.redo();
    let _ = workspace.squeeze(500);
    write(&workspace, "0.1.0", day()).map(drop).map_err(|_| OpenError::NotOurs)
}

#[test]
fn a_file_cut_off_anywhere_is_told_as_damaged() {
    let text = small();
    let whole = open(&text).unwrap().workspace;
    for percent in 1..100 {
        let end = text.len() * percent / 100;
        let end = (end..text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
        match try_it(&text.as_bytes()[..end], &whole) {
            Err(OpenError::Damaged { .. }) => {}
            other => panic!("{percent} %: {other:?}"),
        }
    }
}

#[test]
fn changed_bytes_give_a_message_or_a_file_that_works() {
    let text = small();
    let whole = open(&text).unwrap().workspace;
    let mut seed = 42_u64;
    let mut random = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap()
    };
    let letters = b"0123456789\"{}[],:-.eE \\/abcxyz\0\xff";
    let (mut opened, mut refused) = (0, 0);
    for _ in 0..4_000 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..=random() % 3 {
            let at = random() % bytes.len();
            match random() % 4 {
                0 => bytes[at] = letters[random() % letters.len()],
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, letters[random() % letters.len()]),
                _ => {
                    let digits = [b'9'; 9];
                    if bytes[at].is_ascii_digit() {
                        bytes.splice(at..at, digits);
                    }
                }
            }
        }
        match try_it(&bytes, &whole) {
            Ok(()) => opened += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(opened > 300 && refused > 300, "{opened} opened, {refused} refused");
}

#[test]
fn deep_nesting_huge_numbers_and_keys_twice_are_refused() {
    let text = small();
    for depth in [200, 100_000] {
        let deep = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        for field in ["\"app\": \"0.1.0\"", "\"format\": \"bianheng\""] {
            let file = text.replacen(field, &format!("{field},\n \"deep\": {deep}"), 1);
            assert!(matches!(open(&file), Err(OpenError::Damaged { .. })), "{depth}");
        }
    }
    for (from, to) in [
        ("\"active\": 1", "\"active\": 99999999999999999999999"),
        ("\"active\": 1", "\"active\": -1"),
        ("\"active\": 1", "\"active\": 1e400"),
        ("\"version\": 3", "\"version\": 3,\n \"version\": 3"),
        ("\"authorised\":", "\"authorised\":1,\"authorised\":"),
        ("\"authorised\":", "\"authorised\":99999999999,\"x\":"),
        ("\"authorised\":", "\"authorised\":1.5,\"x\":"),
    ] {
        let file = text.replacen(from, to, 1);
        assert_ne!(file, text, "{from}");
        assert!(
            matches!(open(&file), Err(OpenError::Damaged { .. })),
            "{to}: {:?}",
            open(&file).err()
        );
    }
    let large = text.replacen("\"authorised\":", "\"authorised\":4000000000,\"x\":", 1);
    assert!(matches!(open(&large), Err(OpenError::Figure { .. })));
    // A scenario that is not there is no reason to refuse the rest.
    let beyond = text.replacen("\"active\": 1", "\"active\": 77", 1);
    assert_eq!(open(&beyond).unwrap().workspace.active(), 1);
    // A formula may nest, but not without end.
    let formula = text.split_once("\"formula\":\"").unwrap().1.split_once('"').unwrap().0;
    let nested = format!("{}1{}", "(".repeat(50_000), ")".repeat(50_000));
    let file = text.replacen(formula, &nested, 1);
    assert!(open(&file).is_err());
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused_by_its_length() {
    let text = " ".repeat(MOST_BYTES + 1);
    assert!(matches!(open(&text), Err(OpenError::TooLarge(_))));
}

#[test]
fn damaged_links_never_unpack_to_more_than_the_cap() {
    let whole = open(&small()).unwrap().workspace;
    let link = to_link(&small()).unwrap();
    let mut seed = 5_u64;
    for _ in 0..3_000 {
        let mut letters = link.clone().into_bytes();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
        let at = usize::try_from(seed >> 33).unwrap() % letters.len();
        letters[at] = b"AZaz09-_*"[at % 9];
        letters.truncate(letters.len() - at % 3);
        let text = String::from_utf8(letters).unwrap();
        if let Ok(text) = from_link(&text) {
            let _ = try_it(text.as_bytes(), &whole);
        }
    }
    assert!(matches!(from_link(&"A".repeat(MOST_IN_LINK + 1)), Err(LinkError::TooLong(_))));
}

#[test]
fn a_field_written_twice_is_refused_wherever_it_stands() {
    let text = small();
    for (from, to) in [
        ("\"app\": ", "\"x\": 1,\n \"x\": 2,\n \"app\": "),
        ("\"limits\": {", "\"limits\": {\"school\":{\"reserve\":5},"),
        (
            "\"kinds\": {",
            "\"kinds\": {\"general\":{\"total\":1,\"units\":1,\"pool\":0,\"unassigned\":0,\"moved_up\":0,\"moved_down\":0,\"entitled\":0,\"shortage\":0},",
        ),
    ] {
        let file = text.replacen(from, to, 1);
        assert!(file != text, "{from}");
        assert!(matches!(open(&file), Err(OpenError::Twice)), "{to}: {:?}", open(&file).err());
    }
}

#[test]
fn more_of_anything_than_a_file_has_is_refused_before_it_is_worked_with() {
    let text = small();
    let many = |one: &str, count: usize| vec![one; count].join(",");
    let scenario = r#"{"name":"a"}"#;
    let step = r#"{"label":"edit","commands":[]}"#;
    let steps = format!("{{\"name\":\"a\",\"undone\":[{}]}}", many(step, 100_000));
    let remark = r#"{"cell":"","scenario":"","day":"2026-01-01","text":""}"#;
    let list = "\"scenarios\": [";
    for (from, to, what) in [
        (list, format!("{list}{},", many(scenario, 199)), Many::Scenarios),
        (list, format!("{list}{steps},"), Many::Steps),
        (
            "\"active\":",
            format!("\"comments\": [{}], \"active\":", many(remark, 20_001)),
            Many::Remarks,
        ),
        ("\"app\":", format!("\"x\": [{}], \"app\":", many(r#"{"a":1}"#, 125_001)), Many::Unknown),
    ] {
        let file = text.replacen(from, &to, 1);
        match open(&file) {
            Err(OpenError::TooMany { what: found, .. }) => assert_eq!(found, what),
            other => panic!("{what:?}: {other:?}"),
        }
    }
    // Two scenarios and 198 more are as many as a file may have; remarks in any order are sorted.
    let figures = "\"figures\": [";
    assert!(text.contains(figures));
    let remarks = (0..500).rev().map(|n| remark.replace("\"\"}", &format!("\"{n:03}\"}}")));
    let remarks = remarks.collect::<Vec<_>>().join(",");
    let file = text.replacen(list, &format!("{list}{},", many(scenario, 198)), 1).replacen(
        "\"active\":",
        &format!("\"comments\": [{remarks},{remarks}], \"active\":"),
        1,
    );
    let opened = open(&file).unwrap().workspace;
    assert_eq!((opened.scenarios().len(), opened.comments().len()), (200, 500));
    assert!(opened.comments().is_sorted());
}

#[test]
fn a_small_file_that_founds_many_units_opens() {
    // Each unit found anew among all others would make ten thousand of them fifty million looks.
    let text = small();
    let unit = r#"{"label":"edit","commands":[{"found_unit":{"new":{"code":"z?","name":"甲","township":"乙","kind":"school","stage":"primary"}}}]}"#;
    let steps: Vec<_> = (0..10_000).map(|n| unit.replace('?', &n.to_string())).collect();
    let many = format!("\"scenarios\": [{{\"name\":\"多\",\"done\":[{}]}},", steps.join(","));
    let opened = open(&text.replacen("\"scenarios\": [", &many, 1)).unwrap().workspace;
    assert_eq!(opened.state_of(0).unwrap().county.units.len(), 10_008);
}

#[test]
fn remarks_on_cells_that_nobody_knows_open_and_are_shown_as_they_are() {
    let text = small();
    let cells = [
        "",
        " ",
        "posts",
        "posts 1020",
        "posts 1020/no_such_stage",
        "posts no-such/primary",
        "figure",
        "figure no_such no_such",
        "parameter ",
        "parameter no.such",
        "pool general loan L999",
        "<img src=x onerror=alert(1)>",
        "\u{202e}\u{0}posts 1020/primary",
    ];
    let day = "2026-01-01";
    let remarks = cells.map(|cell| {
        serde_json::json!({ "cell": cell, "scenario": "没有", "day": day, "text": cell })
            .to_string()
    });
    let comments = format!("\"review\": true, \"comments\": [{}], \"active\":", remarks.join(","));
    let mut file = text.replacen("\"active\":", &comments, 1);
    // The file may say for itself whether it asks for remarks.
    if text.contains("\"review\"") {
        file = text.replacen("\"active\":", comments.trim_start_matches("\"review\": true, "), 1);
    }
    let opened = open(&file).unwrap().workspace;
    assert_eq!(opened.comments().len(), cells.len());
    for comment in opened.comments() {
        for lang in [Lang::Zh, Lang::En] {
            let said = cell::named(&comment.cell, opened.state(), lang);
            assert!(!said.is_empty() || comment.cell.is_empty(), "{:?}", comment.cell);
        }
    }
    // What came in goes out again.
    let again = open(&write(&opened, "0.1.0", self::day()).unwrap()).unwrap().workspace;
    assert_eq!(again.comments(), opened.comments());
}

#[test]
fn numbers_at_the_end_of_what_there_is_end_nothing() {
    use crate::county::UnitCode;
    use crate::pool::Application;
    use crate::scenario::{Command, Label, Step};
    // The last number of all is given on both sides, to different applications.
    let opened = sample::county().unwrap().workspace;
    let last = u32::MAX.to_string();
    let with = |unit: &str| {
        let mut workspace = opened.clone();
        let old = workspace.state().county.pool(KindId::general()).unwrap().clone();
        let mut new = old.clone();
        new.applications.push(Application::new(&last, UnitCode::new(unit), 1));
        let (kind, old) = (KindId::general().clone(), Some(old.into()));
        let command = Command::SetPool { kind, old, new: Some(new.into()) };
        workspace.dispatch(Step { label: Label::Pool, commands: vec![command] }).unwrap();
        workspace
    };
    let (mine, theirs) = (with("1020"), with("1013"));
    let merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    // There is no number left: somebody has to choose, and sees both.
    assert_eq!((merge.lines.len(), merge.asked(), merge.renamed.len()), (1, 1, 0));
}
