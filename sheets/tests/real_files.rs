//! Real files of schools go through whole: every row taken or listed, every sum as published.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use bianheng_core::county::Stage;
use bianheng_sheets::take::{Kind, Options, Severity, Taken};
use bianheng_sheets::{Field, Mapping, read, recognise, take};
use chrono::NaiveDate;

/// What the browser does in the app.
fn gb18030(bytes: &[u8]) -> Option<String> {
    Some(encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned())
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn import(name: &str, year: i32) -> (Mapping, Taken) {
    let book = read(&file(name), name, &gb18030).unwrap();
    let grid = &book.sheets[0];
    let mapping = recognise(grid, &[]);
    let date = NaiveDate::from_ymd_opt(year, 9, 1).unwrap();
    let taken = take(grid, &mapping, &Options::new("县", name, date));
    assert_eq!(taken.rows_read, taken.rows_taken + taken.rows_listed);
    (mapping, taken)
}

fn kinds(taken: &Taken, wanted: impl Fn(&Kind) -> bool) -> usize {
    taken.findings.iter().filter(|finding| wanted(&finding.kind)).count()
}

#[test]
fn nantou_is_taken_whole_with_posts_from_teachers() {
    let (mapping, taken) = import("tw_nantou_roc113.csv", 2024);
    assert_eq!(mapping.undecided(), 0);
    assert_eq!(mapping.hints.year, Some(2024));
    assert_eq!(mapping.hints.county.as_deref(), Some("南投縣"));
    assert_eq!((taken.rows_read, taken.rows_taken), (140, 140));
    assert_eq!(taken.sums.students, 22_256);
    assert_eq!(taken.sums.classes, 1_359);
    assert_eq!(taken.sums.in_post, 2_644);
    assert_eq!(taken.sums.authorised, 2_644);
    assert_eq!(kinds(&taken, |kind| *kind == Kind::AuthorisedFromTeachers), 1);
    let county = taken.county.unwrap();
    assert!(county.origin.authorised_assumed);
    assert_eq!(county.kinds[0].total, 2_644);
    let first = &county.units[0];
    assert_eq!(first.code.as_str(), "081313");
    assert_eq!(first.place.unwrap().lon, 120_698_142);
    assert!(county.holdings.iter().all(|holding| holding.part.stage() == Some(Stage::Primary)));
    assert_eq!(county.holdings[0].roll.grades.len(), 6);
}

#[test]
fn every_elementary_school_is_taken_or_listed() {
    let (_, taken) = import("tw_elementary_roc113.csv", 2024);
    assert_eq!((taken.rows_read, taken.rows_taken), (2_668, 2_668));
    assert_eq!(taken.sums.students, 1_202_761);
    assert_eq!(taken.sums.in_post, 100_374);
    assert_eq!(kinds(&taken, |kind| *kind == Kind::SeveralCounties { counties: 22 }), 1);
}

#[test]
fn a_country_without_classes_is_taken() {
    let (mapping, taken) = import("geo_cambodia_2014.csv", 2014);
    // Five schools have neither name nor place: they are listed, with their code proposed.
    assert_eq!((taken.rows_read, taken.rows_taken), (10_990, 10_985));
    assert_eq!(mapping.column(Field::Township).unwrap().header, "adm3");
    let nameless: Vec<Option<usize>> = taken
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::MustFix)
        .map(|finding| finding.row_number())
        .collect();
    assert_eq!(nameless, [5_390, 5_397, 6_881, 8_334, 8_335].map(Some));
    assert_eq!(taken.sums.in_post, 80_779);
    assert_eq!(kinds(&taken, |kind| *kind == Kind::NoClasses), 1);
}

#[test]
fn the_sample_county_keeps_its_nine_year_schools_together() {
    let (_, taken) = import("sample_county.csv", 2026);
    assert_eq!((taken.rows_read, taken.rows_taken), (65, 65));
    assert_eq!(
        kinds(&taken, |kind| matches!(kind, Kind::NobodyInPost { .. })),
        taken.findings.len()
    );
    assert_eq!((taken.sums.units, taken.sums.holdings), (62, 65));
    assert_eq!(taken.sums.students, 31_085);
    assert_eq!(taken.sums.classes, 779);
    assert_eq!(taken.sums.authorised, 2_193);
    assert_eq!(taken.sums.in_post, 2_089);
    let county = taken.county.unwrap();
    assert!(!county.origin.authorised_assumed);
    let school = county.units.iter().position(|unit| unit.code.as_str() == "1035").unwrap();
    assert_eq!(county.units[school].category, "九年一贯制");
    assert_eq!(county.holdings.iter().filter(|holding| holding.unit == school).count(), 2);
}
