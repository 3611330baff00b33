//! Edges of our own: `data/own_edges.json` holds examples worked out by hand from the texts, at the ends
//! of bands, thresholds and roundings that the examples of `vectors.json` leave out. Each holds, and each
//! would notice a change: of all packs with one figure, one comparison or one rounding moved, some give
//! another answer to it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[allow(dead_code, reason = "shared with the example program, which uses the rest")]
mod worked;

#[allow(dead_code, reason = "shared with the edges of the packs, which use the rest")]
mod moved;

use std::collections::BTreeSet;

use bianheng_core::norm::{Pack, listed, shipped};
use moved::moves;
use worked::{Case, Library};

const OWN: &str = include_str!("data/own_edges.json");

fn cases(text: &str) -> Vec<Case> {
    worked::read(text).unwrap().into_iter().map(|case| case.unwrap()).collect()
}

#[test]
fn every_edge_worked_out_by_hand_holds() {
    let (said, failed) = worked::report(OWN).unwrap();
    let differ: Vec<&str> = said.lines().filter(|line| !line.ends_with(" ok")).collect();
    assert_eq!(failed, 0, "{}", differ.join("\n"));
}

#[test]
fn no_edge_worked_out_by_hand_is_among_the_given_examples() {
    let given = cases(include_str!("data/vectors.json"));
    let same =
        |own: &&Case| given.iter().any(|case| case.norm == own.norm && case.given == own.given);
    let own = cases(OWN);
    assert_eq!(own.iter().find(same).map(|case| &case.id), None);
    // Every norm that the examples are of has one.
    let norms = |cases: &[Case]| -> BTreeSet<String> {
        cases.iter().map(|case| case.norm.clone()).collect()
    };
    assert_eq!(norms(&own), norms(&given));
}

#[test]
fn every_edge_worked_out_by_hand_notices_a_change() {
    let packs: Vec<Pack> = listed().into_iter().filter_map(|pack| shipped(pack.id)).collect();
    let own = cases(OWN);
    let mut unmoved = Vec::new();
    for pack in packs {
        let here = own.iter().filter(|case| pack.rule(&case.norm).is_some());
        // A refusal notices any figure at all.
        let mut left: Vec<&Case> = here.filter(|case| case.expected.is_some()).collect();
        for moved in moves(&pack) {
            if left.is_empty() {
                break;
            }
            let Ok(library) = Library::of(moved.pack) else { continue };
            left.retain(|case| library.run(case).is_ok());
        }
        unmoved.extend(left.into_iter().map(|case| case.id.clone()));
    }
    assert_eq!(unmoved, Vec::<String>::new());
}
