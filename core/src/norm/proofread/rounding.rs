//! A rounding that is done once for a school or for the county is the last step's own: there must be
//! one, of a figure that is not rounded already.

use super::super::error::{Fault, PackError, Place, Section};
use super::super::formula::{self, Raw};
use super::super::pack::{Level, Pack, Rule};

pub(super) fn check(pack: &Pack) -> Result<(), PackError> {
    for (at, rule) in pack.rules.iter().enumerate() {
        let level = match rule.rounding {
            Level::Stage => continue,
            Level::School => "school",
            Level::County => "county",
        };
        let Some((last, step)) = rule.steps.iter().enumerate().next_back() else { continue };
        let rounds = match formula::parse(&step.formula) {
            Ok(Raw::Round(_, 0, inner)) => !is_whole(rule, &inner, last),
            Ok(_) => false,
            // That it cannot be read is told elsewhere.
            Err(_) => continue,
        };
        if !rounds {
            let place = Place::new(Section::Rule, at, &rule.id).part(last, &step.id);
            return Err(place.fault(Fault::NoLastRounding(level)));
        }
    }
    Ok(())
}

/// Whether a formula only repeats a step before `end` that is rounded itself.
fn is_whole(rule: &Rule, raw: &Raw, end: usize) -> bool {
    let Raw::Name(name) = raw else { return matches!(raw, Raw::Round(_, 0, _)) };
    let mut earlier = rule.steps.iter().take(end).enumerate();
    earlier.find(|(_, step)| step.id == *name).is_some_and(|(at, step)| {
        formula::parse(&step.formula).is_ok_and(|raw| is_whole(rule, &raw, at))
    })
}
