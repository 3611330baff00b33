//! Every worked example of `tests/data/vectors.json` holds, and a file with a bad one is run to its end.

#![allow(clippy::unwrap_used)]

mod worked;

#[test]
fn every_worked_example_holds() {
    let (said, failed) = worked::report(include_str!("data/vectors.json")).unwrap();
    let differ: Vec<&str> = said.lines().filter(|line| !line.ends_with(" ok")).collect();
    assert_eq!(failed, 0, "{}", differ.join("\n"));
    assert!(said.lines().count() > 600);
}

#[test]
fn an_example_that_cannot_be_read_fails_alone() {
    let pupils = |id: &str, inputs: &str, expected: &str| {
        let norm = "PL-SPECIALISTS-2022";
        format!(
            r#"{{ "id": "{id}", "norm": "{norm}", "inputs": {inputs}, "expected": {expected} }}"#
        )
    };
    // 250 pupils: 1.5, and 0.2 for one further hundred.
    let good = pupils("good", r#"{ "pupils": 250, "classes": null }"#, "1.7");
    let list = [
        pupils("list", r#"{ "pupils": [1, 2] }"#, "1.7"),
        r#"{ "id": "bare", "norm": "PL-SPECIALISTS-2022", "expected": null }"#.to_owned(),
        r#"{ "inputs": {} }"#.to_owned(),
        pupils("words", r#"{ "pupils": 250 }"#, r#""many""#),
        // Not given is as if it were not written, so the rule refuses.
        pupils("not-given", r#"{ "pupils": null }"#, "null"),
        good,
    ];
    let (said, failed) = worked::report(&format!("[{}]", list.join(","))).unwrap();
    assert_eq!(failed, 4);
    let lines = [
        "list expected 1.7 got error the input pupils cannot be [1,2]",
        "bare expected refusal got error inputs are missing",
        "example 3 expected ? got error id is missing",
        r#"words expected "many" got error what is expected cannot be read"#,
        "not-given ok",
        "good ok",
        "2 passed, 4 failed",
    ];
    assert_eq!(said.lines().collect::<Vec<_>>(), lines);
}
