//! How long several scenarios take on a province of schools: duplicate, edit, compare, write, open.

mod province;

use std::sync::Arc;

use bianheng_core::county::{GradeRoll, KindId};
use bianheng_core::file;
use bianheng_core::scenario::{Cause, Compared, Figures, Scenario, Why, Workspace, set_by_hand};
use divan::Bencher;

fn main() {
    divan::main();
}

/// A made-up place, the same at every run.
fn place(schools: u32) -> Workspace {
    let county = province::county(schools, |number, students, unit, holding| {
        unit.name = format!("第 {number} 中心小学");
        let classes = students / 270 + 1;
        let by_grade = (1..=6).map(|grade| GradeRoll {
            grade,
            students: Some(students / 6),
            classes: Some(classes),
        });
        holding.roll.classes = Some(6 * classes);
        holding.roll.grades = by_grade.collect();
    });
    let base = province::sample_county();
    let (norm, limits) = (base.base_norm().clone(), base.base_limits().clone());
    let scenario = Scenario { name: "方案一".to_owned(), ..Scenario::default() };
    let opened = Workspace::open(county, norm, limits, scenario);
    let mut workspace = opened.unwrap_or_else(|error| unreachable!("{error}"));
    for row in 0..500 {
        let step = set_by_hand(workspace.state(), row, 40);
        workspace.dispatch(step).unwrap_or_else(|error| unreachable!("{error}"));
    }
    workspace
}

fn day() -> chrono::NaiveDate {
    "2026-11-24".parse().unwrap_or_default()
}

#[divan::bench(args = [2_668])]
fn duplicate(bencher: Bencher<'_, '_>, schools: u32) {
    let workspace = place(schools);
    bencher.with_inputs(|| workspace.clone()).bench_values(|mut workspace| {
        let _ = workspace.duplicate("二", None);
        workspace
    });
}

#[divan::bench(args = [2_668])]
fn edit(bencher: Bencher<'_, '_>, schools: u32) {
    let workspace = place(schools);
    bencher.with_inputs(|| workspace.clone()).bench_values(|mut workspace| {
        let step = set_by_hand(workspace.state(), 7, 33);
        let _ = workspace.dispatch(step);
        workspace
    });
}

#[divan::bench(args = [2_668])]
fn compare(bencher: Bencher<'_, '_>, schools: u32) {
    let mut workspace = place(schools);
    let _ = workspace.duplicate("二", Some(100));
    let open = Figures::of(workspace.state());
    bencher.bench(|| {
        let mut sides = Vec::new();
        for at in [None, Some(0), Some(1)] {
            sides.push(Arc::new(Compared::beside(&workspace, at, &sides, &open).ok()?));
        }
        let kind = KindId::school();
        let measures = sides.iter().map(|side| side.measures(&workspace, kind));
        let measures: Vec<_> = measures.collect();
        let [_, from, to] = sides.as_slice() else { return None };
        Some((measures, Why::of(from, to, kind, Cause::ALL).ok()?.rows.len()))
    });
}

#[divan::bench(args = [2_668])]
fn verification_code(bencher: Bencher<'_, '_>, schools: u32) {
    let workspace = place(schools);
    bencher.bench(|| file::code(workspace.state()));
}

#[divan::bench(args = [2_668])]
fn write(bencher: Bencher<'_, '_>, schools: u32) {
    let workspace = place(schools);
    bencher.bench(|| file::write(&workspace, "0.1.0", day()).map(|text| text.len()));
}

#[divan::bench(args = [2_668])]
fn open(bencher: Bencher<'_, '_>, schools: u32) {
    let text = file::write(&place(schools), "0.1.0", day()).unwrap_or_default();
    assert!(text.len() < 1_500_000, "{} bytes", text.len());
    bencher.bench(|| file::open(&text).is_ok());
}
