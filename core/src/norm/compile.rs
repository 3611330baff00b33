//! Gives the names of a pack's formulas their meaning: inputs, parameters and earlier steps become
//! numbered slots, so that evaluating a county touches no text. Refuses a pack whose names, kinds
//! or dates do not fit, and says where.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::formula::{self, Comparison, FormulaError, Function, Operator, Raw};
use super::pack::{InputKind, Pack, Rule};
use crate::fraction::Fraction;

/// A formula whose names are slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Number(Fraction),
    /// A category, as a number of [`Symbols`].
    Word(u16),
    Input(u16),
    Parameter(u16),
    /// The parameter of a family chosen by a category: pairs of category and parameter.
    Keyed {
        family: String,
        input: u16,
        choices: Vec<(u16, u16)>,
    },
    Step(u16),
    Binary(Operator, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
    If(Box<Test>, Box<Node>, Box<Node>),
    Refuse(String),
}

/// A condition whose names are slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    Compare(Comparison, Node, Node),
    And(Box<Test>, Box<Test>),
    Or(Box<Test>, Box<Test>),
    Not(Box<Test>),
    Known(u16),
}

/// Why a pack cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// A formula that cannot be read.
    #[error("rule {rule}, step {step}: {error}")]
    Formula {
        /// Rule id.
        rule: String,
        /// Step id.
        step: String,
        /// What is wrong with it.
        error: FormulaError,
    },
    /// A name that is no input, parameter or earlier step.
    #[error("rule {rule}, step {step}: {name} is no input, parameter or earlier step")]
    UnknownName {
        /// Rule id.
        rule: String,
        /// Step id.
        step: String,
        /// The name.
        name: String,
    },
    /// A number where a category belongs, or the reverse.
    #[error("rule {rule}, step {step}: a number and a category do not mix here")]
    Kind {
        /// Rule id.
        rule: String,
        /// Step id.
        step: String,
    },
    /// The same id twice.
    #[error("{0} is declared twice")]
    Duplicate(String),
    /// Two rules for one stage.
    #[error("two rules cover the stage {0}")]
    TwoRules(&'static str),
    /// A rule without steps.
    #[error("rule {0} has no steps")]
    NoSteps(String),
    /// Values that are not in order of date, or outside the parameter's own range.
    #[error("parameter {0}: values must be in order of date and within its range")]
    Values(String),
    /// More names than a pack needs.
    #[error("more than {} names", u16::MAX)]
    TooLarge,
}

/// The words that categories may be, numbered.
#[derive(Debug, Clone, Default)]
pub(super) struct Symbols(HashMap<String, u16>);

impl Symbols {
    fn number(&mut self, word: &str) -> Result<u16, PackError> {
        if let Some(number) = self.0.get(word) {
            return Ok(*number);
        }
        let number = slot(self.0.len())?;
        self.0.insert(word.to_owned(), number);
        Ok(number)
    }

    /// The word with this number.
    pub(super) fn word(&self, number: u16) -> Option<&str> {
        let found = self.0.iter().find(|(_, found)| **found == number);
        found.map(|(word, _)| word.as_str())
    }

    /// The number of a word; `None` for a word that no formula and no parameter mentions.
    pub(super) fn find(&self, word: &str) -> Option<u16> {
        self.0.get(word).copied()
    }
}

pub(super) fn slot(place: usize) -> Result<u16, PackError> {
    u16::try_from(place).map_err(|_| PackError::TooLarge)
}

/// The parts of a pack that stay the same for all its rules.
pub(super) struct Compiler<'a> {
    pack: &'a Pack,
    inputs: HashMap<&'a str, u16>,
    parameters: HashMap<&'a str, u16>,
    pub(super) symbols: Symbols,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(pack: &'a Pack) -> Result<Self, PackError> {
        let mut inputs = HashMap::new();
        for (place, input) in pack.inputs.iter().enumerate() {
            if inputs.insert(input.id.as_str(), slot(place)?).is_some() {
                return Err(PackError::Duplicate(input.id.clone()));
            }
        }
        let mut parameters = HashMap::new();
        for (place, parameter) in pack.parameters.iter().enumerate() {
            if parameters.insert(parameter.id.as_str(), slot(place)?).is_some() {
                return Err(PackError::Duplicate(parameter.id.clone()));
            }
            let mut last = NaiveDate::MIN;
            for dated in &parameter.values {
                let within = dated.value.is_none_or(|value| {
                    parameter.least.0 <= value.0 && value.0 <= parameter.greatest.0
                });
                if dated.from < last || !within {
                    return Err(PackError::Values(parameter.id.clone()));
                }
                last = dated.from;
            }
        }
        Ok(Self { pack, inputs, parameters, symbols: Symbols::default() })
    }

    /// Compiles one rule's steps, in order.
    pub(super) fn rule(&mut self, rule: &Rule) -> Result<Vec<Node>, PackError> {
        if rule.steps.is_empty() {
            return Err(PackError::NoSteps(rule.id.clone()));
        }
        let mut nodes = Vec::new();
        let mut earlier = HashMap::new();
        for step in &rule.steps {
            let raw = formula::parse(&step.formula).map_err(|error| PackError::Formula {
                rule: rule.id.clone(),
                step: step.id.clone(),
                error,
            })?;
            let mut scope =
                Scope { compiler: self, rule: &rule.id, step: &step.id, earlier: &earlier };
            nodes.push(scope.number(raw)?);
            if earlier.insert(step.id.as_str(), slot(nodes.len() - 1)?).is_some() {
                return Err(PackError::Duplicate(format!("{}.{}", rule.id, step.id)));
            }
        }
        Ok(nodes)
    }
}

/// Where one formula's names are looked up.
struct Scope<'a, 'b, 'c> {
    compiler: &'a mut Compiler<'b>,
    rule: &'a str,
    step: &'a str,
    earlier: &'a HashMap<&'c str, u16>,
}

impl Scope<'_, '_, '_> {
    fn unknown(&self, name: &str) -> PackError {
        PackError::UnknownName {
            rule: self.rule.to_owned(),
            step: self.step.to_owned(),
            name: name.to_owned(),
        }
    }

    fn wrong_kind(&self) -> PackError {
        PackError::Kind { rule: self.rule.to_owned(), step: self.step.to_owned() }
    }

    fn input(&self, name: &str) -> Result<(u16, InputKind), PackError> {
        let slot = *self.compiler.inputs.get(name).ok_or_else(|| self.unknown(name))?;
        let input = self.compiler.pack.inputs.get(usize::from(slot));
        Ok((slot, input.ok_or_else(|| self.unknown(name))?.kind))
    }

    fn number(&mut self, raw: Raw) -> Result<Node, PackError> {
        match self.value(raw)? {
            (node, InputKind::Number) => Ok(node),
            _ => Err(self.wrong_kind()),
        }
    }

    fn numbers(&mut self, raws: Vec<Raw>) -> Result<Vec<Node>, PackError> {
        raws.into_iter().map(|raw| self.number(raw)).collect()
    }

    fn value(&mut self, raw: Raw) -> Result<(Node, InputKind), PackError> {
        let node = match raw {
            Raw::Number(number) => Node::Number(number),
            Raw::Word(word) => {
                return Ok((Node::Word(self.compiler.symbols.number(&word)?), InputKind::Word));
            }
            Raw::Name(name) => {
                if let Some(step) = self.earlier.get(name.as_str()) {
                    Node::Step(*step)
                } else if let Some(parameter) = self.compiler.parameters.get(name.as_str()) {
                    Node::Parameter(*parameter)
                } else {
                    let (slot, kind) = self.input(&name)?;
                    return Ok((Node::Input(slot), kind));
                }
            }
            Raw::Keyed(family, input) => self.keyed(family, &input)?,
            Raw::Binary(operator, left, right) => Node::Binary(
                operator,
                Box::new(self.number(*left)?),
                Box::new(self.number(*right)?),
            ),
            Raw::Call(function, arguments) => Node::Call(function, self.numbers(arguments)?),
            Raw::If(test, then, otherwise) => Node::If(
                Box::new(self.test(*test)?),
                Box::new(self.number(*then)?),
                Box::new(self.number(*otherwise)?),
            ),
            Raw::Refuse(why) => Node::Refuse(why),
            Raw::Compare(..) | Raw::And(..) | Raw::Or(..) | Raw::Not(_) | Raw::Known(_) => {
                return Err(self.wrong_kind());
            }
        };
        Ok((node, InputKind::Number))
    }

    fn keyed(&mut self, family: String, input: &str) -> Result<Node, PackError> {
        let (input, kind) = self.input(input)?;
        if kind != InputKind::Word {
            return Err(self.wrong_kind());
        }
        let mut choices = Vec::new();
        for (place, parameter) in self.compiler.pack.parameters.iter().enumerate() {
            let key = parameter.id.strip_prefix(&family).and_then(|rest| rest.strip_prefix('.'));
            if let Some(key) = key {
                choices.push((self.compiler.symbols.number(key)?, slot(place)?));
            }
        }
        if choices.is_empty() {
            return Err(self.unknown(&family));
        }
        Ok(Node::Keyed { family, input, choices })
    }

    fn test(&mut self, raw: Raw) -> Result<Test, PackError> {
        Ok(match raw {
            Raw::Compare(comparison, left, right) => {
                let (left, left_kind) = self.value(*left)?;
                let (right, right_kind) = self.value(*right)?;
                let ordered = !matches!(comparison, Comparison::Equal | Comparison::Differs);
                if left_kind != right_kind || (ordered && left_kind == InputKind::Word) {
                    return Err(self.wrong_kind());
                }
                Test::Compare(comparison, left, right)
            }
            Raw::And(left, right) => {
                Test::And(Box::new(self.test(*left)?), Box::new(self.test(*right)?))
            }
            Raw::Or(left, right) => {
                Test::Or(Box::new(self.test(*left)?), Box::new(self.test(*right)?))
            }
            Raw::Not(inner) => Test::Not(Box::new(self.test(*inner)?)),
            Raw::Known(name) => Test::Known(self.input(&name)?.0),
            _ => return Err(self.wrong_kind()),
        })
    }
}
