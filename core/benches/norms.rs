//! How long the norm takes for a county, a province and more: every entitlement, every margin.

mod province;
mod stages;

use bianheng_core::norm::{Asked, Exact, NATIONAL, Norm, Points, SAMPLE, listed, shipped};
use bianheng_core::scenario::{Figures, State};
use divan::Bencher;
use stages::place;

fn main() {
    divan::main();
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
    let subject = stages::village_school();
    bencher.bench(|| state.norm.prove(&subject));
}

/// The combined norm of town and country on a province of schools: entitlements alone.
#[divan::bench(args = [20_000, 500_000])]
fn entitlements_of_the_national_norm(bencher: Bencher<'_, '_>, schools: u32) {
    let state = place(schools, NATIONAL);
    bencher.bench(|| state.norm.entitle_county(&state.county));
}

/// Every second school of a stage a teaching point whose students count at the one before it: four
/// times the schools, about four times as long.
#[divan::bench(args = [5_000, 20_000])]
fn entitlements_of_schools_with_their_points(bencher: Bencher<'_, '_>, schools: u32) {
    let mut state = place(schools, NATIONAL);
    let units = &mut state.county.units;
    let codes: Vec<_> = units.iter().map(|unit| unit.code.clone()).collect();
    for (at, unit) in units.iter_mut().enumerate() {
        let before = at.checked_sub(4).filter(|_| at / 4 % 2 == 1);
        unit.parent = before.and_then(|before| codes.get(before)).cloned();
    }
    let (mut pack, day) = (state.norm.pack().clone(), state.norm.day());
    pack.points = Points::StudentsAtParent;
    let norm = Norm::new(pack, day).unwrap_or_else(|error| unreachable!("{error}"));
    let state = State::new(state.county, norm, Default::default());
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
