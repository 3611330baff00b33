//! How long the norm takes for a county, a province and more: every entitlement, every margin.

use bianheng_core::county::{County, Holding, Locality, Part, Roll, Stage, Unit, UnitCode};
use bianheng_core::norm::{Asked, Exact, NATIONAL, Norm, SAMPLE, Subject, listed, shipped};
use bianheng_core::sample;
use bianheng_core::scenario::{Figures, State};
use divan::Bencher;

fn main() {
    divan::main();
}

/// A made-up place of `schools` stages, the same at every run: sizes run through 1 to 1,500
/// students, classes follow them, every other school boards.
fn place(schools: u32, pack: &str) -> State {
    let base = sample::county().unwrap_or_else(|error| unreachable!("{error}")).workspace;
    let mut county = County { units: Vec::new(), holdings: Vec::new(), ..base.base().clone() };
    for number in 0..schools {
        let students = number.wrapping_mul(2_654_435_761) % 1_500 + 1;
        county.units.push(Unit {
            code: UnitCode::new(&format!("{number:06}")),
            name: format!("学校 {number}"),
            township: format!("乡镇 {}", number % 400),
            locality: Locality::ALL.into_iter().cycle().nth(number as usize % 4),
            category: String::new(),
            parent: None,
            place: None,
            leaders: Default::default(),
            closed: None,
        });
        county.holdings.push(Holding {
            surveyed_row: None,
            unit: number as usize,
            part: Part::Stage(match number % 4 {
                0 => Stage::Kindergarten,
                1 => Stage::Primary,
                2 => Stage::LowerSecondary,
                _ => Stage::UpperSecondary,
            }),
            authorised: students / 17,
            in_post: students / 18,
            departures: Vec::new(),
            roll: Roll {
                students: Some(students),
                classes: Some(students.div_ceil(40)),
                boarders: (number % 2 == 0).then_some(students / 5),
                grades: Vec::new(),
            },
            staff: Default::default(),
            additional: Vec::new(),
        });
    }
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
