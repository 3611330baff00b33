//! What the formulas of a pack hold words against, and what they divide by.

use super::super::error::{PackError, Place, Section};
use super::super::formula::{self, Operator, Raw};
use super::super::pack::{Pack, Parameter};
use super::divisors::{Scope, divisor};
use super::words::may_be;

pub(super) fn check(pack: &Pack) -> Result<(), PackError> {
    for (at, table) in pack.tables.iter().enumerate() {
        for (row_at, row) in table.rows.iter().enumerate() {
            let place = Place::new(Section::Table, at, &table.id).part(row_at, "");
            // A row that refuses has none; that one cannot be read is told elsewhere.
            let Ok(raw) = formula::parse(&row.gives) else { continue };
            look(&Scope::of_row(pack, table), &raw, &mut Vec::new(), &place)?;
        }
    }
    for (at, rule) in pack.rules.iter().enumerate() {
        let mut scope = Scope::of_rule(pack);
        for (step_at, step) in rule.steps.iter().enumerate() {
            let place = Place::new(Section::Rule, at, &rule.id).part(step_at, &step.id);
            let Ok(raw) = formula::parse(&step.formula) else { continue };
            look(&scope, &raw, &mut Vec::new(), &place)?;
            scope.add(&step.id, &raw);
        }
    }
    Ok(())
}

/// Looks at a part of a formula; `tests` are the conditions that it stands under.
fn look<'a>(
    scope: &Scope<'_>,
    raw: &'a Raw,
    tests: &mut Vec<&'a Raw>,
    place: &Place,
) -> Result<(), PackError> {
    let here = |fault| place.clone().fault(fault);
    let pack = scope.pack;
    match raw {
        Raw::Compare(_, left, right) => match (left.as_ref(), right.as_ref()) {
            (Raw::Name(input), Raw::Word(word)) | (Raw::Word(word), Raw::Name(input)) => {
                may_be(pack, input, word).map_err(here)?;
            }
            _ => {}
        },
        Raw::Keyed(name, inputs) => {
            for (at, parameter, keys) in family(pack, name, inputs.len()) {
                // The word is misspelt where the parameter is written.
                let place = || Place::new(Section::Parameter, at, &parameter.id);
                for (word, input) in keys.into_iter().zip(inputs) {
                    may_be(pack, input, word).map_err(|fault| place().fault(fault))?;
                }
            }
        }
        Raw::Rule(_, given) => {
            for (input, value) in given {
                if let Raw::Word(word) = value {
                    may_be(pack, input, word).map_err(here)?;
                }
            }
        }
        Raw::Binary(Operator::Divide | Operator::Remainder, _, below) => {
            divisor(scope, below, tests).map_err(here)?;
        }
        _ => {}
    }
    let outside = tests.len();
    for part in raw.parts() {
        look(scope, part, tests, place)?;
        // The first part of a condition is looked at before what follows it is worked out.
        if matches!(raw, Raw::If(..) | Raw::And(..) | Raw::Or(..)) && tests.len() == outside {
            tests.push(part);
        }
    }
    tests.truncate(outside);
    Ok(())
}

/// The parameters of a family, by their places, each with the words that pick it.
pub(super) fn family<'a>(
    pack: &'a Pack,
    name: &str,
    keys: usize,
) -> impl Iterator<Item = (usize, &'a Parameter, Vec<&'a str>)> {
    pack.parameters.iter().enumerate().filter_map(move |(at, parameter)| {
        let rest = parameter.id.strip_prefix(name)?.strip_prefix('.')?;
        let words: Vec<&str> = rest.splitn(keys, '.').collect();
        let fits = words.len() == keys && !words.iter().any(|word| word.contains('.'));
        fits.then_some((at, parameter, words))
    })
}
