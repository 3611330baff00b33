//! The guide's example of a pack loads and gives the figures that the guide works out.

#![allow(clippy::unwrap_used)]

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
