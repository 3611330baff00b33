//! How long a county, a country and more take.

#![allow(missing_docs)]

mod problems;

use bianheng_core::allocate::verify::certificate;
use bianheng_core::allocate::{Rule, curve, solve};
use divan::Bencher;
use problems::{county, crossing, matching};

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [300, 20_000, 500_000];

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

#[divan::bench(args = [300, 20_000], sample_count = 20)]
fn solve_crossing_groups(bencher: Bencher, schools: usize) {
    let problem = crossing(schools);
    assert!(solve(&problem).is_ok(), "the bench measures an answer");
    bencher.bench(|| solve(divan::black_box(&problem)));
}

#[divan::bench(args = [300, 20_000], sample_count = 10)]
fn whole_curve_nested_groups(bencher: Bencher, schools: usize) {
    let mut problem = crossing(schools);
    problem.groups.truncate(14);
    bencher.bench(|| curve(divan::black_box(&problem)));
}

#[divan::bench(args = [60, 300], sample_count = 10)]
fn whole_curve_crossing_groups(bencher: Bencher, schools: usize) {
    let problem = crossing(schools);
    bencher.bench(|| curve(divan::black_box(&problem)));
}

#[divan::bench(sample_count = 20)]
fn match_2000_teachers_by_subject(bencher: Bencher) {
    let problem = matching(2000);
    bencher.bench(|| divan::black_box(&problem).solve());
}
