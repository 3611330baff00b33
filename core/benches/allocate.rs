//! How long a county, a country and more take. Numbers from a fixed recurrence: the same on every
//! machine.

#![allow(missing_docs)]

use bianheng_core::allocate::verify::certificate;
use bianheng_core::allocate::{BoundReason, Bounds, Line, LineId, Problem, Rule, curve, solve};
use bianheng_core::fraction::Fraction;
use divan::Bencher;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [300, 20_000, 500_000];

/// Schools of 20 to some 2,000 students, one post for 19, posts now off by up to a sixth, bounds
/// of a tenth down and a seventh up.
fn county(schools: usize, rule: Rule) -> Problem {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut lines = Vec::with_capacity(schools);
    for school in 0..schools {
        // The product of two draws: many small schools, few large ones.
        let students = 20 + draw(45) * draw(45);
        let posts = students / 19 + 1;
        let now = (posts + draw(posts / 3 + 2)).saturating_sub(posts / 6) as u32;
        let bounds = Bounds::free()
            .at_least(now.saturating_sub((now / 10).max(1)), BoundReason::CapDown)
            .at_most(now + (now / 7).max(2), BoundReason::CapUp);
        lines.push(Line {
            id: LineId::from(format!("{school:06}/primary")),
            need: Fraction::new(students as i64, 19),
            now,
            bounds,
            entitled: posts as u32,
        });
    }
    let total = lines.iter().map(|line| u64::from(line.now)).sum();
    Problem { lines, total, rule, limit: None, groups: Vec::new() }
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn solve_balanced(bencher: Bencher, schools: usize) {
    let problem = county(schools, Rule::Balanced);
    bencher.bench(|| solve(divan::black_box(&problem)));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn solve_half_way(bencher: Bencher, schools: usize) {
    let mut problem = county(schools, Rule::Balanced);
    problem.limit = solve(&problem).ok().map(|proposal| proposal.moved / 2);
    bencher.bench(|| solve(divan::black_box(&problem)));
}

#[divan::bench(args = Rule::ALL, sample_count = 20)]
fn solve_country_by(bencher: Bencher, rule: &Rule) {
    let problem = county(20_000, *rule);
    bencher.bench(|| solve(divan::black_box(&problem)));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn whole_curve(bencher: Bencher, schools: usize) {
    let problem = county(schools, Rule::Balanced);
    bencher.bench(|| curve(divan::black_box(&problem)));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn posts_half_way_along(bencher: Bencher, schools: usize) {
    let problem = county(schools, Rule::Balanced);
    let curve = curve(&problem).ok();
    bencher.bench(|| curve.as_ref().and_then(|curve| curve.posts_at(curve.most() / 2)));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn judge(bencher: Bencher, schools: usize) {
    let problem = county(schools, Rule::Balanced);
    let proposal = solve(&problem).ok();
    bencher.bench(|| proposal.as_ref().map(|proposal| certificate(&problem, proposal)));
}
