//! How long the norm takes for a county, a province and more: every entitlement, every margin.

mod province;

use bianheng_core::county::{Locality, Part, Stage};
use bianheng_core::norm::{Asked, Exact, NATIONAL, Norm, SAMPLE, Subject, listed, shipped};
use bianheng_core::scenario::{Figures, State};
use divan::Bencher;

fn main() {
    divan::main();
}

/// A made-up place of `schools` stages, the same at every run: sizes run through 1 to 1,500
/// students, classes follow them, every other school boards.
fn place(schools: u32, pack: &str) -> State {
    let county = province::county(schools, |number, students, _, holding| {
        holding.part = Part::Stage(match number % 4 {
            0 => Stage::Kindergarten,
            1 => Stage::Primary,
            2 => Stage::LowerSecondary,
            _ => Stage::UpperSecondary,
        });
        holding.roll.classes = Some(students.div_ceil(40));
        if number % 2 != 0 {
            holding.roll.boarders = None;
        }
    });
    let pack = shipped(pack).unwrap_or_else(|| unreachable!());
    let norm = Norm::new(pack, county.norm_day()).unwrap_or_else(|error| unreachable!("{error}"));
    State::new(county, norm, Default::default())
}

#[divan::bench(args = [2_668, 20_000, 500_000])]
fn figures_of_the_sample_norm(bencher: Bencher<'_, '_>, schools: u32) {
    let state = place(schools, SAMPLE);
    bencher.bench(|| Figures::of(&state));
}

#[divan::bench(args = [20_000])]
fn figures_of_the_national_norm(bencher: Bencher<'_, '_>, schools: u32) {
    let state = place(schools, NATIONAL);
    bencher.bench(|| Figures::of(&state));
}

#[divan::bench]
fn one_proof(bencher: Bencher<'_, '_>) {
    let state = place(1, SAMPLE);
    let subject = Subject {
        stage: Stage::Primary,
        locality: Some(Locality::Village),
        students: Some(186),
        classes: Some(6),
        boarders: Some(42),
    };
    bencher.bench(|| state.norm.prove(&subject));
}

/// The combined norm of town and country on a province of schools: entitlements alone.
#[divan::bench(args = [20_000, 500_000])]
fn entitlements_of_the_national_norm(bencher: Bencher<'_, '_>, schools: u32) {
    let state = place(schools, NATIONAL);
    bencher.bench(|| state.norm.entitle_county(&state.county));
}

/// Every rule of the library, asked once with figures of a school.
#[divan::bench]
fn every_rule_of_the_library_once(bencher: Bencher<'_, '_>) {
    let packs = listed().into_iter().filter_map(|pack| shipped(pack.id));
    let norms: Vec<Norm> = packs
        .filter_map(|pack| {
            let day = pack.valid_from;
            Norm::new(pack, day).ok()
        })
        .collect();
    let number = |value: i64| Asked::Number(Exact(value.into()));
    bencher.bench(|| {
        for norm in &norms {
            let pack = norm.pack();
            let given: Vec<(String, Asked)> =
                pack.inputs.iter().map(|input| (input.id.clone(), number(120))).collect();
            for rule in &pack.rules {
                divan::black_box(norm.answer(&rule.id, &given)).ok();
            }
        }
    });
}
