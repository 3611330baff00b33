//! Inputs as large as a county may enter them never overflow: whatever a rule is asked, at any
//! figures up to ten million, it answers or refuses for a reason of its own.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::sync::LazyLock;

use bianheng_core::county::{Locality, Stage};
use bianheng_core::fraction::Fraction;
use bianheng_core::norm::{Asked, Exact, InputKind, Norm, Refusal, Subject, listed, shipped};
use proptest::prelude::*;

const MOST: i64 = 10_000_000;
/// Items of a list: as many grades, subjects or schools.
const ITEMS: usize = 24;

static NORMS: LazyLock<Vec<Norm>> = LazyLock::new(|| {
    let packs = listed().into_iter().filter_map(|entry| shipped(entry.id));
    packs
        .map(|pack| {
            let day = pack.valid_from;
            Norm::new(pack, day).unwrap()
        })
        .collect()
});

/// A figure, large more often than not, sometimes with two decimals.
fn figure() -> impl Strategy<Value = Fraction> {
    let whole = prop_oneof![Just(MOST), Just(MOST - 1), 0..=MOST].prop_map(Fraction::from_integer);
    let decimal = (0..=MOST * 100).prop_map(|cents| Fraction::new(cents, 100));
    prop_oneof![4 => whole, 1 => decimal]
}

/// Everything that a pack can be asked, from one store of figures.
fn given(norm: &Norm, figures: &[Fraction], word: usize) -> Vec<(String, Asked)> {
    let mut figures = figures.iter().cycle();
    let mut next = |whole: bool| {
        let figure = *figures.next().unwrap();
        Asked::Number(Exact(if whole { figure.floor() } else { figure }))
    };
    let mut out = Vec::new();
    for input in &norm.pack().inputs {
        match input.kind {
            InputKind::Word => {
                let words = &input.words;
                let id = words.get(word % words.len().max(1)).map(|word| word.id.clone());
                out.push((input.id.clone(), Asked::Word(id.unwrap_or_default())));
            }
            // A date is a number too, but not one of ten million.
            InputKind::Number if input.id == "date" => {
                out.push((
                    input.id.clone(),
                    Asked::Number(Exact(Fraction::from_integer(20_250_301))),
                ));
            }
            InputKind::Number => out.push((input.id.clone(), next(input.whole))),
            InputKind::List => out.extend(
                (1..=ITEMS).map(|item| (format!("{}_{item}", input.id), next(input.whole))),
            ),
        }
    }
    out
}

proptest! {
    #[test]
    fn no_rule_overflows_below_ten_million(
        figures in proptest::collection::vec(figure(), 1..40),
        word in 0_usize..12,
    ) {
        for norm in NORMS.iter() {
            let given = given(norm, &figures, word);
            for rule in &norm.pack().rules {
                let found = norm.answer(&rule.id, &given);
                prop_assert_ne!(found, Err(Refusal::Overflow), "{}", rule.id);
            }
        }
    }

    #[test]
    fn no_stage_of_a_county_overflows_below_ten_million(
        students in 0..=MOST as u32,
        classes in 0..=MOST as u32,
        boarders in 0..=MOST as u32,
    ) {
        for norm in NORMS.iter() {
            for stage in Stage::ALL {
                for locality in Locality::ALL {
                    let subject = Subject {
                        stage,
                        locality: Some(locality),
                        students: Some(students),
                        classes: Some(classes),
                        boarders: Some(boarders),
                    };
                    let found = norm.prove(&subject).result;
                    prop_assert_ne!(&found, &Err(Refusal::Overflow), "{:?}", subject);
                    prop_assert_eq!(found.ok(), norm.entitle(&subject).posts);
                }
            }
        }
    }
}
