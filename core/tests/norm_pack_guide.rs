//! The guide's example of a pack loads and gives the figures that the guide works out.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use bianheng_core::norm::{Asked, Exact, Norm, Refusal, read_pack};

const EXAMPLE: &str = include_str!("../../docs/norm-pack-example.toml");

fn answer(day: &str, students: i64, classes: i64) -> Result<String, Refusal> {
    let norm = Norm::new(read_pack(EXAMPLE).unwrap(), day.parse().unwrap()).unwrap();
    let number = |value: i64| Asked::Number(Exact(value.into()));
    let given =
        [("students".to_owned(), number(students)), ("classes".to_owned(), number(classes))];
    norm.answer("primary", &given).map(|value| value.to_string())
}

#[test]
fn the_example_of_the_guide_gives_what_the_guide_says() {
    // 200 = 10 × 19 + 10: the remainder reaches 10.
    assert_eq!(answer("2026-09-01", 200, 11), Ok("12".to_owned()));
    // 199 = 10 × 19 + 9: it does not.
    assert_eq!(answer("2026-09-01", 199, 11), Ok("11".to_owned()));
    // 200 = 11 × 18 + 2.
    assert_eq!(answer("2028-09-01", 200, 11), Ok("12".to_owned()));
    assert!(answer("2026-09-01", 200, 37).is_err());
}

#[test]
fn a_slip_in_the_example_is_told_with_its_line() {
    let slip = EXAMPLE.replace("leaders(classes)", "leader(classes)");
    let error = read_pack(&slip).expect_err("no such table");
    let line = EXAMPLE.lines().position(|line| line.contains("leaders(classes)")).unwrap();
    let step = EXAMPLE.lines().take(line).filter(|line| line.starts_with("[[rule.step]]")).count();
    assert_eq!(step, 2);
    // The step's own line: where its table begins.
    assert!(error.line.is_some_and(|at| at as usize <= line + 1 && at as usize > line - 5));
}

/// The fields that a message of an unknown one lists.
fn listed(message: &str) -> Vec<&str> {
    let list = message.split_once("there are ").unwrap().1.split_once(')').unwrap().0;
    list.split(", ").collect()
}

#[test]
fn the_guide_names_every_field_that_a_pack_may_have() {
    const GUIDE: &str = include_str!("../../docs/norm-packs.md");
    let head = |text: &str| EXAMPLE.replacen("id = \"example-county\"", text, 1);
    let after = |line: &str, text: &str| EXAMPLE.replacen(line, &format!("{line}\n{text}"), 1);
    let word = "word = [{ id = \"a\", label = { zh = \"甲\", en = \"A\" }, odd = 1 }]";
    let variant = "variant = { of = \"P\", kind = \"reading\", label = { zh = \"甲\", en = \"A\" }, odd = 1 }";
    let odd = [
        head("id = \"example-county\"\nodd = 1"),
        after("[[document]]", "odd = 1"),
        after("[[input]]", "odd = 1"),
        after("[[input]]", word),
        after("[[parameter]]", "odd = 1"),
        after("[[table]]", "odd = 1"),
        EXAMPLE.replacen("{ from = \"0\"", "{ odd = \"1\", from = \"0\"", 1),
        after("[[rule]]", "odd = 1"),
        after("[[rule]]", variant),
        after("[[rule.step]]", "odd = 1"),
        EXAMPLE.replacen("clause = { document", "clause = { odd = 1, document", 1),
        EXAMPLE.replacen("{ from = \"2026-01-01\"", "{ odd = 1, from = \"2026-01-01\"", 1),
    ];
    for text in odd {
        let said = read_pack(&text).expect_err("an odd field").to_string();
        let fields = listed(&said);
        assert!(fields.len() > 2 && said.contains("no field odd"), "{said}");
        for field in fields {
            assert!(GUIDE.contains(&format!("`{field}`")), "{field}: {said}");
        }
    }
}

#[test]
fn a_pack_by_locality_as_the_guide_writes_it_works() {
    const GUIDE: &str = include_str!("../../docs/norm-packs.md");
    let from = GUIDE.find("[[input]]\nid = \"locality\"").unwrap();
    let input = &GUIDE[from..from + GUIDE[from..].find("```").unwrap()];
    let text = EXAMPLE
        .replacen("[[parameter]]", &format!("{input}\n[[parameter]]"), 1)
        .replacen("id = \"ratio\"", "id = \"ratio.town\"", 1)
        .replacen("students / ratio)", "students / ratio[locality])", 1)
        .replacen("students mod ratio ", "students mod ratio[locality] ", 1);
    let norm = Norm::new(read_pack(&text).unwrap(), "2026-09-01".parse().unwrap()).unwrap();
    let answer = |locality: &str| {
        let number = |value: i64| Asked::Number(Exact(value.into()));
        let given = [
            ("students".to_owned(), number(200)),
            ("classes".to_owned(), number(11)),
            ("locality".to_owned(), Asked::Word(locality.to_owned())),
        ];
        norm.answer("primary", &given).map(|value| value.to_string())
    };
    assert_eq!(answer("town"), Ok("12".to_owned()));
    // No figure for villages.
    assert!(matches!(answer("village"), Err(Refusal::NoChoice(_))));
}

#[test]
fn every_way_of_writing_that_the_guide_lists_can_be_written() {
    const GUIDE: &str = include_str!("../../docs/norm-packs.md");
    // The guide's own words, and where each of them stands in a formula that can be read.
    let ways = [
        ("`+ - * / mod`", "students * 1 - classes / 1 + students mod ratio"),
        ("`round(x)` `floor(x)` `ceil(x)`", "round(students / ratio) + floor(classes / 1, 2)"),
        ("`floor_below(x, 0.8)`", "floor_below(students / ratio, 0.8)"),
        ("`max(a, b, …)` `min(…)`", "max(students, classes, 1) + min(students, classes)"),
        ("`if … then … else …`", "if students > 0 and not classes >= 9 then 1 else 0"),
        ("`known(classes)`", "if known(classes) or students != 1 then 1 else 0"),
        ("`ratio[stage]`", "students / each[stage]"),
        ("`cap[stage, locality]`", "cap[stage, locality]"),
        ("`leaders(classes)`", "leaders(classes)"),
        ("`sum(grade: ceil(grade / 40))`", "sum(grade: ceil(grade / 40))"),
        ("`count(grade: grade >= 10)`", "count(grade: grade >= 10)"),
        (
            "`pool(size by band: size * n then ceil(pooled * row))`",
            "pool(size by band: size * n then ceil(pooled * row))",
        ),
        ("`rule(\"other\", classes = total)`", "rule(\"other\", classes = students)"),
        ("`refuse(\"原因 \\| why\")`", "if classes > 36 then refuse(\"原因 | why\") else 1"),
    ];
    let mut text = EXAMPLE.to_owned();
    for word in ["stage", "locality"] {
        text.push_str(&format!(
            "\n[[input]]\nid = \"{word}\"\nlabel = {{ zh = \"类\", en = \"Sort\" }}\nkind = \"word\"\n"
        ));
    }
    for (list, beside) in [("grade", ""), ("size", ""), ("n", "beside = \"size\"\n")] {
        text.push_str(&format!(
            "\n[[input]]\nid = \"{list}\"\nlabel = {{ zh = \"列\", en = \"List\" }}\nkind = \"list\"\n{beside}"
        ));
    }
    let clause = "clause = { document = \"rules\", text = { zh = \"试\", en = \"trial\" } }";
    for id in ["each.primary", "cap.primary.village"] {
        text.push_str(&format!(
            "\n[[parameter]]\nid = \"{id}\"\nlabel = {{ zh = \"数\", en = \"Figure\" }}\nunit = {{ zh = \"名\", en = \"posts\" }}\nvalues = [{{ from = \"2026-01-01\", value = \"19\" }}]\nleast = \"1\"\ngreatest = \"40\"\n{clause}\n"
        ));
    }
    text.push_str(&format!(
        "\n[[table]]\nid = \"band\"\nlabel = {{ zh = \"档\", en = \"Band\" }}\nby = \"size\"\n{clause}\nrow = [{{ from = \"0\", gives = \"1.5\" }}]\n"
    ));
    let rule = |id: &str, formula: &str| {
        format!(
            "\n[[rule]]\nid = \"{id}\"\nlabel = {{ zh = \"规则\", en = \"Rule\" }}\n\n[[rule.step]]\nid = \"posts\"\nlabel = {{ zh = \"数\", en = \"Posts\" }}\nformula = '{formula}'\n{clause}\n"
        )
    };
    text.push_str(&rule("other", "classes"));
    for (at, (said, formula)) in ways.into_iter().enumerate() {
        assert!(GUIDE.contains(said), "{said}");
        text.push_str(&rule(&format!("way-{at}"), formula));
    }
    let pack = read_pack(&text).unwrap_or_else(|error| panic!("{error}"));
    assert!(Norm::new(pack, "2026-09-01".parse().unwrap()).is_ok());
    // A figure of a formula without a clause of its own is refused, as the guide says.
    let bare =
        EXAMPLE.replacen("teachers + leaders(classes)", "teachers + leaders(classes) * 2", 1);
    assert!(read_pack(&bare).is_err());
}
