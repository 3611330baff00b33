//! What the formulas of a pack hold words against, and what they divide by.

use num_traits::Zero;

use super::super::error::{Fault, PackError, Place, Section};
use super::super::formula::{self, Operator, Raw};
use super::super::pack::{Pack, Parameter};
use super::words::may_be;

pub(super) fn check(pack: &Pack) -> Result<(), PackError> {
    for (at, table) in pack.tables.iter().enumerate() {
        for (row_at, row) in table.rows.iter().enumerate() {
            let place = Place::new(Section::Table, at, &table.id).part(row_at, "");
            look_over(pack, &row.gives, &place)?;
        }
    }
    for (at, rule) in pack.rules.iter().enumerate() {
        for (step_at, step) in rule.steps.iter().enumerate() {
            let place = Place::new(Section::Rule, at, &rule.id).part(step_at, &step.id);
            look_over(pack, &step.formula, &place)?;
        }
    }
    Ok(())
}

fn look_over(pack: &Pack, formula: &str, place: &Place) -> Result<(), PackError> {
    match formula::parse(formula) {
        Ok(raw) => look(pack, &raw, &mut Vec::new(), place),
        // A row that refuses has none; that one cannot be read is told elsewhere.
        Err(_) => Ok(()),
    }
}

/// Looks at a part of a formula; `tests` are the conditions that it stands under.
fn look<'a>(
    pack: &Pack,
    raw: &'a Raw,
    tests: &mut Vec<&'a Raw>,
    place: &Place,
) -> Result<(), PackError> {
    let here = |fault| place.clone().fault(fault);
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
            divisor(pack, below, tests).map_err(here)?;
        }
        _ => {}
    }
    let outside = tests.len();
    for part in raw.parts() {
        look(pack, part, tests, place)?;
        // The first part of a condition is looked at before what follows it is worked out.
        if matches!(raw, Raw::If(..) | Raw::And(..) | Raw::Or(..)) && tests.len() == outside {
            tests.push(part);
        }
    }
    tests.truncate(outside);
    Ok(())
}

/// The parameters of a family, by their places, each with the words that pick it.
fn family<'a>(
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

/// Refuses a division by what may be set to zero, unless a condition may have seen to that.
fn divisor(pack: &Pack, below: &Raw, tests: &[&Raw]) -> Result<(), Fault> {
    let name = match below {
        Raw::Number(number) if number.is_zero() => {
            return Err(Fault::ZeroDivisor("0".to_owned()));
        }
        Raw::Name(name) | Raw::Keyed(name, _) => name,
        _ => return Ok(()),
    };
    if tests.iter().any(|test| may_see_to(pack, test, name)) {
        return Ok(());
    }
    let may_be_zero =
        |found: &&Parameter| found.least.0 <= Zero::zero() && found.greatest.0 >= Zero::zero();
    let found = match below {
        Raw::Keyed(_, keys) => {
            family(pack, name, keys.len()).map(|(_, found, _)| found).find(may_be_zero)
        }
        _ => pack.parameter(name).filter(may_be_zero),
    };
    found.map_or(Ok(()), |found| Err(Fault::ZeroDivisor(found.id.clone())))
}

/// Whether a condition may tell of a parameter: it names it, or a step, a table or a rule that may.
fn may_see_to(pack: &Pack, test: &Raw, name: &str) -> bool {
    let is = match test {
        Raw::Name(found) => {
            let plain = pack.inputs.iter().any(|input| input.id == *found)
                || pack.parameter(found).is_some();
            found == name || !plain
        }
        Raw::Keyed(found, _) => found == name,
        Raw::Table(..) | Raw::Rule(..) | Raw::Pool(..) => true,
        _ => false,
    };
    is || test.parts().into_iter().any(|part| may_see_to(pack, part, name))
}
