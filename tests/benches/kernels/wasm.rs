//! The calculations of the core as the browser runs them, each timed alone: compiled for wasm with the
//! profile of what users get, and driven by `main.rs` beside this file. Never a part of the app.

#[path = "../../../core/benches/asking/mod.rs"]
mod asking;
#[path = "../../../core/benches/problems/mod.rs"]
mod problems;
#[path = "../../../core/benches/province/mod.rs"]
mod province;
#[path = "../../../core/benches/stages/mod.rs"]
mod stages;

use std::hint::black_box;

use bianheng_core::allocate::verify::certificate;
use bianheng_core::allocate::{Problem, Rule, curve, solve};
use bianheng_core::county::KindId;
use bianheng_core::norm::{NATIONAL, SAMPLE};
use bianheng_core::report::reallocate::Study;
use bianheng_core::scenario::{Figures, Scenario, Workspace};
use wasm_bindgen::prelude::wasm_bindgen;

/// One calculation.
struct Kernel {
    name: &'static str,
    /// Milliseconds that it may take at most; none were promised if zero.
    goal: f64,
    /// Megabytes of memory that it may take at most, what it works on included.
    memory: f64,
    /// Makes what it works on and measures it.
    measure: fn() -> Vec<f64>,
}

const fn kernel(name: &'static str, goal: f64, measure: fn() -> Vec<f64>) -> Kernel {
    Kernel { name, goal, memory: 0.0, measure }
}

const KERNELS: [Kernel; 24] = [
    kernel("propose, 300 schools", 0.3, || proposing(300)),
    kernel("propose, 20,000 schools", 6.0, || proposing(20_000)),
    Kernel { memory: 200.0, ..kernel("propose, 500,000 schools", 200.0, || proposing(500_000)) },
    kernel("half the moves, 20,000 schools", 0.0, || {
        let mut problem = problems::county(20_000, Rule::Balanced);
        problem.limit = solve(&problem).ok().map(|proposal| proposal.moved / 2);
        timed(|| solve(&problem))
    }),
    kernel("20,000 schools, worst first", 0.0, || by(Rule::WorstFirst)),
    kernel("20,000 schools, equal gap", 0.0, || by(Rule::EqualGap)),
    kernel("20,000 schools, never overfill", 0.0, || by(Rule::NeverOverfill)),
    kernel("20,000 schools, largest remainder", 0.0, || by(Rule::LargestRemainder)),
    kernel("curve, 300 schools", 0.0, || curving(&problems::county(300, Rule::Balanced))),
    kernel("curve, 20,000 schools", 30.0, || curving(&problems::county(20_000, Rule::Balanced))),
    kernel("curve, 500,000 schools", 0.0, || curving(&problems::county(500_000, Rule::Balanced))),
    kernel("a point of the curve, 20,000 schools", 0.0, || {
        let problem = problems::county(20_000, Rule::Balanced);
        let curve = curve(&problem).ok();
        timed(|| curve.as_ref().and_then(|curve| curve.proposal(&problem, curve.most() / 2)))
    }),
    kernel("facts to curve as the screen asks, 20,000 schools", 30.0, || {
        let workspace = workspace(20_000);
        let figures = Figures::of(workspace.state());
        timed(|| Study::of(&workspace, &figures, KindId::school()))
    }),
    kernel("certificate, 20,000 schools", 0.0, || {
        let problem = problems::county(20_000, Rule::Balanced);
        let proposal = solve(&problem).ok();
        timed(|| proposal.as_ref().map(|proposal| certificate(&problem, proposal)))
    }),
    kernel("14 × 5 crossing groups, 20,000 schools", 100.0, || {
        let problem = problems::crossing(20_000);
        timed(|| solve(&problem))
    }),
    kernel("curve, 14 nested groups, 300 schools", 0.0, || nested(300)),
    kernel("curve, 14 nested groups, 20,000 schools", 0.0, || nested(20_000)),
    kernel("2,000 teachers to 300 schools by 10 subjects", 300.0, || {
        let problem = problems::matching(2_000);
        timed(|| problem.solve())
    }),
    kernel("entitlements, combined norm, 20,000 schools", 10.0, || entitling(20_000)),
    Kernel {
        memory: 200.0,
        ..kernel("entitlements, combined norm, 500,000 schools", 250.0, || entitling(500_000))
    },
    kernel("figures, combined norm, 20,000 schools", 10.0, || figures(NATIONAL)),
    kernel("figures, sample norm, 20,000 schools", 10.0, || figures(SAMPLE)),
    kernel("one proof", 0.1, || {
        let state = stages::place(1, SAMPLE);
        let subject = stages::village_school();
        timed(|| state.norm.prove(&subject))
    }),
    kernel("pool, 2,000 applications, 20 batches, 10 years", 20.0, || {
        let asking = asking::Asking::new();
        timed(|| asking.play())
    }),
];

fn proposing(schools: usize) -> Vec<f64> {
    let problem = problems::county(schools, Rule::Balanced);
    timed(|| solve(&problem))
}

fn by(rule: Rule) -> Vec<f64> {
    let problem = problems::county(20_000, rule);
    timed(|| solve(&problem))
}

fn curving(problem: &Problem) -> Vec<f64> {
    timed(|| curve(problem))
}

fn nested(schools: usize) -> Vec<f64> {
    let mut problem = problems::crossing(schools);
    problem.groups.truncate(14);
    curving(&problem)
}

/// A file of primary schools, as an import leaves it.
fn workspace(schools: u32) -> Workspace {
    let county = province::county(schools, |_, _, _, _| {});
    let base = province::sample_county();
    let (norm, limits) = (base.base_norm().clone(), base.base_limits().clone());
    let opened = Workspace::open(county, norm, limits, Scenario::default());
    opened.unwrap_or_else(|error| unreachable!("{error}"))
}

fn entitling(schools: u32) -> Vec<f64> {
    let state = stages::place(schools, NATIONAL);
    timed(|| state.norm.entitle_county(&state.county))
}

fn figures(pack: &str) -> Vec<f64> {
    let state = stages::place(20_000, pack);
    timed(|| Figures::of(&state))
}

/// Milliseconds of a round, as long as the browser's clock needs, and of the rounds together.
const ROUND: f64 = 5.0;
const TOGETHER: f64 = 1_000.0;
const FEWEST: usize = 5;

/// Milliseconds of one call: the very first, before the browser has made it fast, then those of
/// rounds of calls.
fn timed<T>(work: impl Fn() -> T) -> Vec<f64> {
    let work = || drop(black_box(work()));
    let start = now();
    work();
    let mut times = vec![now() - start];
    // Until the browser has had its time to make it fast.
    let begun = now();
    while now() - begun < TOGETHER / 2.0 {
        work();
    }
    let start = now();
    let mut calls = 0_u32;
    while now() - start < ROUND {
        work();
        calls += 1;
    }
    let begun = now();
    while times.len() <= FEWEST || now() - begun < TOGETHER {
        let start = now();
        for _ in 0..calls {
            work();
        }
        times.push((now() - start) / f64::from(calls));
    }
    times
}

fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// The names of the calculations, in order.
#[wasm_bindgen]
pub fn names() -> Vec<String> {
    KERNELS.iter().map(|kernel| kernel.name.to_owned()).collect()
}

/// The goals of one of them: milliseconds, and megabytes; zero for none.
#[wasm_bindgen]
pub fn goals(at: usize) -> Vec<f64> {
    KERNELS.get(at).map_or(Vec::new(), |kernel| vec![kernel.goal, kernel.memory])
}

/// Milliseconds of a call: the first one, then those of many rounds.
#[wasm_bindgen]
pub fn measure(at: usize) -> Vec<f64> {
    KERNELS.get(at).map_or(Vec::new(), |kernel| (kernel.measure)())
}

fn main() {}
