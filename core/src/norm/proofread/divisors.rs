//! What a formula divides by. A divisor that the figures of the pack alone can bring to zero is
//! refused, whether it is a parameter itself, a step that stands for one, or what arithmetic makes of
//! them; what a school's own figures bring to zero is refused when it is worked out, with its reason.

use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Zero};

use super::super::error::Fault;
use super::super::exact::Mode;
use super::super::formula::{self, Function, Operator, Raw};
use super::super::pack::{Pack, Parameter};
use super::super::table::Table;
use super::formulas::family;
use crate::fraction::Fraction;

/// How far the figures of a pack can bring a formula.
#[derive(Debug, Clone, Default)]
struct Reach {
    /// The least and the greatest; `None` where a school's own figures have a say.
    ends: Option<(Fraction, Fraction)>,
    /// The figure of the pack that can bring it to zero.
    zero: Option<String>,
    /// The first figure of the pack in it.
    by: String,
}

impl Reach {
    fn between(ends: Option<(Fraction, Fraction)>, by: String) -> Self {
        let zero = ends.is_some_and(|(low, high)| low <= Zero::zero() && high >= Zero::zero());
        Self { ends, zero: zero.then(|| by.clone()), by }
    }

    /// Either of the two.
    fn or(self, other: Self) -> Self {
        let ends = self.ends.zip(other.ends);
        let ends = ends.map(|((a, b), (c, d))| (a.min(c), b.max(d)));
        Self { ends, zero: self.zero.or(other.zero), by: self.by }
    }
}

/// What the names of a formula stand for: a pack, the earlier steps of a rule, the quantity of a
/// table.
pub(super) struct Scope<'a> {
    pub(super) pack: &'a Pack,
    steps: Vec<(&'a str, Reach)>,
    quantity: &'a str,
}

impl<'a> Scope<'a> {
    /// Before the first step of a rule.
    pub(super) fn of_rule(pack: &'a Pack) -> Self {
        Self { pack, steps: Vec::new(), quantity: "" }
    }

    /// Inside a row of a table.
    pub(super) fn of_row(pack: &'a Pack, table: &'a Table) -> Self {
        Self { pack, steps: Vec::new(), quantity: &table.by }
    }

    /// Adds a step that later ones may name.
    pub(super) fn add(&mut self, id: &'a str, raw: &Raw) {
        let reach = self.reach(raw, &mut Vec::new());
        self.steps.push((id, reach));
    }

    fn parameter(&self, found: &Parameter, tests: &[&Raw]) -> Reach {
        let reach = Reach::between(Some((found.least.0, found.greatest.0)), found.id.clone());
        let seen_to = tests.iter().any(|test| may_see_to(self.pack, test, &found.id));
        Reach { zero: reach.zero.filter(|_| !seen_to), ..reach }
    }

    fn name(&self, name: &str, tests: &[&Raw]) -> Reach {
        if name == self.quantity {
            return Reach::default();
        }
        if let Some((_, reach)) = self.steps.iter().find(|(id, _)| *id == name) {
            return reach.clone();
        }
        let parameter = self.pack.parameter(name);
        parameter.map_or_else(Reach::default, |found| self.parameter(found, tests))
    }

    /// `tests` are the conditions that the formula stands under.
    fn reach<'r>(&self, raw: &'r Raw, tests: &mut Vec<&'r Raw>) -> Reach {
        match raw {
            Raw::Number(number) => Reach::between(Some((*number, *number)), number.to_string()),
            Raw::Name(name) => self.name(name, tests),
            Raw::Keyed(name, keys) => {
                let all = family(self.pack, name, keys.len());
                let all = all.map(|(_, found, _)| self.parameter(found, tests));
                all.reduce(Reach::or).unwrap_or_default()
            }
            Raw::Binary(operator, left, right) => {
                let (left, right) = (self.reach(left, tests), self.reach(right, tests));
                arithmetic(*operator, left, right)
            }
            Raw::Call(function, arguments) => {
                let mut all = Vec::new();
                for argument in arguments {
                    all.push(self.reach(argument, tests));
                }
                best(*function, all)
            }
            Raw::Round(mode, places, inner) => rounded(self.reach(inner, tests), *mode, *places),
            Raw::FloorBelow(value, _) => {
                let whole = self.reach(value, tests);
                rounded(whole.clone(), Mode::Floor, 0).or(whole)
            }
            Raw::If(test, then, otherwise) => {
                tests.push(test);
                let reach = self.reach(then, tests).or(self.reach(otherwise, tests));
                tests.pop();
                reach
            }
            Raw::Table(id, _) => {
                let tables = self.pack.tables.iter().filter(|table| table.id == *id);
                let mut rows = Vec::new();
                for (table, row) in
                    tables.flat_map(|table| table.rows.iter().map(move |r| (table, r)))
                {
                    // A band that gives none is a matter of the quantity that falls in it.
                    if let Ok(raw) = formula::parse(&row.gives)
                        && !matches!(raw, Raw::Number(_))
                    {
                        rows.push(Scope::of_row(self.pack, table).reach(&raw, &mut Vec::new()));
                    }
                }
                let zero = rows.into_iter().find_map(|reach| reach.zero);
                Reach { zero, ..Reach::default() }
            }
            _ => Reach::default(),
        }
    }
}

fn arithmetic(operator: Operator, left: Reach, right: Reach) -> Reach {
    let by = if left.by.is_empty() || left.ends.is_some_and(|(a, b)| a == b) {
        right.by.clone()
    } else {
        left.by.clone()
    };
    // Of corners that cannot be held exactly nothing is known.
    let corners = |of: fn(&Fraction, &Fraction) -> Option<Fraction>| {
        let ((a, b), (c, d)) = left.ends.zip(right.ends)?;
        let all = [of(&a, &c)?, of(&a, &d)?, of(&b, &c)?, of(&b, &d)?];
        Some((all.into_iter().min()?, all.into_iter().max()?))
    };
    match operator {
        Operator::Add => Reach::between(corners(Fraction::checked_add), by),
        Operator::Subtract => Reach::between(corners(Fraction::checked_sub), by),
        Operator::Multiply => {
            let ends = corners(Fraction::checked_mul);
            Reach { ends, zero: left.zero.or(right.zero), by }
        }
        Operator::Divide => {
            let whole =
                right.ends.is_some_and(|(low, high)| low > Zero::zero() || high < Zero::zero());
            let ends = if whole { corners(Fraction::checked_div) } else { None };
            Reach { ends, zero: left.zero, by }
        }
        Operator::Remainder => Reach::default(),
    }
}

fn best(function: Function, all: Vec<Reach>) -> Reach {
    let ends: Option<Vec<_>> = all.iter().map(|reach| reach.ends).collect();
    let zero = all.iter().find_map(|reach| reach.zero.clone());
    let by = zero.clone().or_else(|| all.first().map(|reach| reach.by.clone())).unwrap_or_default();
    let Some(ends) = ends else {
        // The lesser of a figure that is none and of a school's own is none.
        let zero = zero.filter(|_| function == Function::Min);
        return Reach { ends: None, zero, by };
    };
    let of = |choose: fn(Fraction, Fraction) -> Fraction| {
        let low = ends.iter().map(|(low, _)| *low).reduce(choose)?;
        Some((low, ends.iter().map(|(_, high)| *high).reduce(choose)?))
    };
    match function {
        Function::Max => Reach::between(of(Fraction::max), by),
        Function::Min => Reach::between(of(Fraction::min), by),
    }
}

fn rounded(reach: Reach, mode: Mode, places: u8) -> Reach {
    let Some((low, high)) = reach.ends else { return reach };
    let scale = 10_i64.checked_pow(u32::from(places)).map(Fraction::from_integer);
    let round = |value: Fraction| {
        let scaled = value.checked_mul(&scale?)?;
        let whole = match mode {
            Mode::Floor => scaled.floor(),
            Mode::Ceil => scaled.ceil(),
            Mode::HalfUp => scaled.checked_add(&Fraction::new(1, 2))?.floor(),
        };
        whole.checked_div(&scale?)
    };
    let ends = round(low).zip(round(high));
    let seen_to = reach.zero.is_none() && low <= Zero::zero() && high >= Zero::zero();
    if seen_to {
        return Reach { ends, zero: None, by: reach.by };
    }
    Reach::between(ends, reach.by)
}

/// Refuses a division by what the pack's figures can bring to zero, unless a condition may have seen
/// to that.
pub(super) fn divisor(scope: &Scope<'_>, below: &Raw, tests: &[&Raw]) -> Result<(), Fault> {
    if let Raw::Number(number) = below {
        let zero = number.is_zero();
        return if zero { Err(Fault::ZeroDivisor("0".to_owned())) } else { Ok(()) };
    }
    let Some(zero) = scope.reach(below, &mut tests.to_vec()).zero else { return Ok(()) };
    // A step that comes to nothing by itself is told by its own name.
    let name = match below {
        Raw::Name(name) if scope.pack.parameter(&zero).is_none() => name,
        _ => &zero,
    };
    if tests.iter().any(|test| may_see_to(scope.pack, test, name)) {
        return Ok(());
    }
    Err(Fault::ZeroDivisor(name.clone()))
}

/// Whether a condition may tell of a parameter: it names it, or a step, a table or a rule that may.
fn may_see_to(pack: &Pack, test: &Raw, name: &str) -> bool {
    let is = match test {
        Raw::Name(found) => {
            let plain = pack.inputs.iter().any(|input| input.id == *found)
                || pack.parameter(found).is_some();
            found == name || !plain
        }
        Raw::Keyed(found, _) => name == found || name.starts_with(&format!("{found}.")),
        Raw::Table(..) | Raw::Rule(..) | Raw::Pool(..) => true,
        _ => false,
    };
    is || test.parts().into_iter().any(|part| may_see_to(pack, part, name))
}

#[cfg(test)]
mod tests {
    use crate::norm::{Fault, read_pack};

    /// The guide's example with a ratio from `least` up to 40, and these steps in place of its own.
    fn fault(least: &str, steps: &[&str]) -> Option<Fault> {
        let text = include_str!("../../../../docs/norm-pack-example.toml");
        let rule = text.find("[[rule.step]]").unwrap();
        let mut text = text[..rule].replacen("least = \"5\"", &format!("least = \"{least}\""), 1);
        for (at, formula) in steps.iter().enumerate() {
            text.push_str(&format!(
                "[[rule.step]]\nid = \"s{at}\"\nlabel = {{ zh = \"步\", en = \"Step\" }}\n\
                 formula = \"{formula}\"\nclause = {{ text = {{ zh = \"试\" }} }}\n\n"
            ));
        }
        read_pack(&text).err().map(|error| *error.fault)
    }

    fn zero(least: &str, steps: &[&str]) -> Option<String> {
        match fault(least, steps)? {
            Fault::ZeroDivisor(name) => Some(name),
            other => panic!("{steps:?}: {other:?}"),
        }
    }

    #[test]
    fn a_step_that_stands_for_a_parameter_is_judged_as_the_parameter_is() {
        let ratio = Some("ratio".to_owned());
        assert_eq!(zero("0", &["ratio", "students / s0"]), ratio);
        assert_eq!(zero("0", &["ratio", "s0", "students mod s1"]), ratio);
        assert_eq!(zero("0", &["2 * ratio", "students / s0"]), ratio);
        // 0.5 rounded down is none; 5 and up less 5 may be none.
        assert_eq!(zero("0.5", &["students / floor(ratio)"]), ratio);
        assert_eq!(zero("5", &["students / (ratio - 5)"]), ratio);
        assert_eq!(zero("0", &["students / (ratio * classes)"]), ratio);
        assert_eq!(zero("0", &["students / min(ratio, classes)"]), ratio);
        assert_eq!(zero("0", &["if students > 0 then ratio else 1", "students / s0"]), ratio);
        assert_eq!(zero("5", &["0", "students / s0"]), Some("s0".to_owned()));
    }

    #[test]
    fn what_is_never_zero_or_was_seen_to_is_let_pass() {
        for (least, steps) in [
            ("5", &["ratio", "students / s0"][..]),
            ("0", &["students / (ratio + 1)"]),
            ("0.5", &["students / max(floor(ratio), 1)"]),
            ("0.5", &["students / ceil(ratio)"]),
            ("0", &["ratio", "if s0 > 0 then students / s0 else 0"]),
            ("0", &["if ratio > 0 then ratio else 1", "students / s0"]),
            ("5", &["ratio / 100", "students * s0 / (1 - s0)"]),
            // What a school gives is told when it is worked out.
            ("5", &["students / classes"]),
            ("5", &["students / floor(classes / ratio)"]),
        ] {
            assert_eq!(fault(least, steps), None, "{steps:?}");
        }
    }
}
