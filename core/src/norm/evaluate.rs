//! Works out the steps of a rule for one school's stage, on exact fractions that refuse to
//! overflow. This is the fast path, without proof: [`super::proof`] walks the same nodes with the
//! same functions, so the two cannot disagree.

use std::cmp::Ordering;

use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Zero};

use super::compile::{Node, Test};
use super::formula::{Comparison, Function, Operator};
use crate::fraction::{Fraction, compare};

/// The value of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(Fraction),
    /// A category, numbered by the norm; `None` for a word that the norm does not know.
    Word(Option<u16>),
    /// The survey does not say.
    Missing,
}

/// Why a step has no value, in slots; [`super::Norm::refusal`] turns it into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    Missing(u16),
    NotInForce(u16),
    NoChoice { step: u16, input: u16 },
    ByZero { step: u16 },
    Overflow { step: u16 },
    Refused { step: u16 },
}

/// What a formula may look at.
pub(super) struct Scene<'a> {
    /// Inputs by slot.
    pub(super) inputs: &'a [Value],
    /// Parameters in force by slot.
    pub(super) parameters: &'a [Option<Fraction>],
    /// Steps worked out so far.
    pub(super) steps: &'a [Result<Fraction, Stop>],
}

impl Scene<'_> {
    fn here(&self) -> u16 {
        u16::try_from(self.steps.len()).unwrap_or(u16::MAX)
    }

    fn input(&self, slot: u16) -> Value {
        self.inputs.get(usize::from(slot)).copied().unwrap_or(Value::Missing)
    }

    fn parameter(&self, slot: u16) -> Result<Fraction, Stop> {
        self.parameters.get(usize::from(slot)).copied().flatten().ok_or(Stop::NotInForce(slot))
    }

    /// The parameter that a category picks from a family.
    pub(super) fn choice(&self, input: u16, choices: &[(u16, u16)]) -> Result<u16, Stop> {
        let word = match self.input(input) {
            Value::Word(word) => word,
            Value::Number(_) | Value::Missing => return Err(Stop::Missing(input)),
        };
        let found = choices.iter().find(|(key, _)| Some(*key) == word);
        found.map(|(_, slot)| *slot).ok_or(Stop::NoChoice { step: self.here(), input })
    }

    /// The value of a node.
    pub(super) fn number(&self, node: &Node) -> Result<Fraction, Stop> {
        match node {
            Node::Number(number) => Ok(*number),
            Node::Input(slot) => match self.input(*slot) {
                Value::Number(number) => Ok(number),
                Value::Word(_) | Value::Missing => Err(Stop::Missing(*slot)),
            },
            Node::Parameter(slot) => self.parameter(*slot),
            Node::Keyed { input, choices, .. } => self.parameter(self.choice(*input, choices)?),
            Node::Step(slot) => match self.steps.get(usize::from(*slot)) {
                Some(value) => *value,
                None => Err(Stop::Refused { step: *slot }),
            },
            Node::Binary(operator, left, right) => {
                self.binary(*operator, &self.number(left)?, &self.number(right)?)
            }
            Node::Call(function, arguments) => {
                let mut values = arguments.iter().map(|argument| self.number(argument));
                // The reader never makes a call without arguments.
                let first = values.next().unwrap_or(Err(Stop::Refused { step: self.here() }))?;
                values.try_fold(apply(*function, first), |best, value| {
                    let value = value?;
                    let better = match function {
                        Function::Max => compare(&value, &best) == Ordering::Greater,
                        Function::Min => compare(&value, &best) == Ordering::Less,
                        Function::Round | Function::Floor | Function::Ceil => false,
                    };
                    Ok(if better { value } else { best })
                })
            }
            Node::If(test, then, otherwise) => {
                self.number(if self.holds(test)? { then } else { otherwise })
            }
            Node::Word(_) | Node::Refuse(_) => Err(Stop::Refused { step: self.here() }),
        }
    }

    fn binary(&self, operator: Operator, a: &Fraction, b: &Fraction) -> Result<Fraction, Stop> {
        let result = match operator {
            Operator::Add => a.checked_add(b),
            Operator::Subtract => a.checked_sub(b),
            Operator::Multiply => a.checked_mul(b),
            Operator::Divide if b.is_zero() => return Err(Stop::ByZero { step: self.here() }),
            Operator::Divide => a.checked_div(b),
        };
        result.ok_or(Stop::Overflow { step: self.here() })
    }

    /// Whether a condition holds.
    pub(super) fn holds(&self, test: &Test) -> Result<bool, Stop> {
        Ok(match test {
            Test::Compare(comparison, left, right) => {
                let order = match (self.word(left), self.word(right)) {
                    (Some(left), Some(right)) => left?.cmp(&right?),
                    _ => compare(&self.number(left)?, &self.number(right)?),
                };
                match comparison {
                    Comparison::Less => order == Ordering::Less,
                    Comparison::AtMost => order != Ordering::Greater,
                    Comparison::More => order == Ordering::Greater,
                    Comparison::AtLeast => order != Ordering::Less,
                    Comparison::Equal => order == Ordering::Equal,
                    Comparison::Differs => order != Ordering::Equal,
                }
            }
            Test::And(left, right) => self.holds(left)? && self.holds(right)?,
            Test::Or(left, right) => self.holds(left)? || self.holds(right)?,
            Test::Not(inner) => !self.holds(inner)?,
            Test::Known(slot) => self.input(*slot) != Value::Missing,
        })
    }

    /// The category that a node stands for; `None` where it is a number.
    fn word(&self, node: &Node) -> Option<Result<Option<u16>, Stop>> {
        match node {
            Node::Word(word) => Some(Ok(Some(*word))),
            Node::Input(slot) => match self.input(*slot) {
                Value::Word(word) => Some(Ok(word)),
                Value::Number(_) | Value::Missing => None,
            },
            _ => None,
        }
    }
}

/// The first argument of a call, already rounded where the call rounds.
fn apply(function: Function, value: Fraction) -> Fraction {
    match function {
        Function::Max | Function::Min => value,
        Function::Floor => value.floor(),
        Function::Ceil => value.ceil(),
        Function::Round => half_up(&value),
    }
}

/// Rounds half up (towards greater), without overflow.
pub(super) fn half_up(value: &Fraction) -> Fraction {
    let (numerator, denominator) = (i128::from(*value.numer()), i128::from(*value.denom()));
    let whole = (numerator * 2 + denominator).div_euclid(denominator * 2);
    // |value| fits i64, and so does its nearest whole number.
    Fraction::from_integer(i64::try_from(whole).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_goes_up_on_both_sides_of_zero() {
        let rounded = |n, d| half_up(&Fraction::new(n, d)).to_integer();
        assert_eq!((rounded(5, 2), rounded(-5, 2), rounded(249, 100)), (3, -2, 2));
        assert_eq!(rounded(i64::MAX, 1), i64::MAX);
    }
}
