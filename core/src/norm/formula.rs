//! The language of the rules. A formula is one expression over exact fractions:
//!
//! ```text
//! students / ratio[stage]
//! if students < small and known(classes) then max(by_students, by_classes) else by_students
//! round(basis + boarding)
//! floor(hours / 21) + (if hours mod 21 >= 15 then 1 else 0)
//! ceil(multiplier(classes) * classes)
//! sum(grade: ceil(grade / standard))
//! pool(size by multiplier: size * schools then ceil(pooled * row))
//! rule("JP-PRI-MULT", classes = total)
//! ```
//!
//! Names are inputs, parameters or earlier steps; `name[input]` or `name[one, other]` picks the
//! parameter `name.key` by the value of one or two categories; `name(quantity)` reads a table;
//! words in quotes are categories. `round` is half up; `round`, `floor` and `ceil` take a second
//! argument, the decimal places; `floor_below(x, t)` rounds down only where the fraction of `x` is
//! below `t`. `sum` and `count` go over a list, in which the list's name is one item; `pool` adds
//! items up within each band of a table before the formula after `then` sees them as `pooled`,
//! beside the band's figure `row`. `rule` uses another rule's result, with some inputs replaced.
//! `max`, `min`, `known` and `refuse("为什么 | why")` complete it. There is no recursion, no loop
//! and no user code: every formula ends. This file only reads text; names get their meaning in
//! [`super::compile`].

use super::exact::Mode;
use crate::fraction::{Fraction, parse_decimal};

/// What stands at the leaves of a formula before names have a meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Raw {
    Number(Fraction),
    Word(String),
    Name(String),
    /// `name[input]`, `name[one, other]`
    Keyed(String, Vec<String>),
    /// `name(quantity)`
    Table(String, Box<Raw>),
    /// `round`, `floor` or `ceil` to so many places.
    Round(Mode, u8, Box<Raw>),
    /// `floor_below(value, limit)`
    FloorBelow(Box<Raw>, Box<Raw>),
    /// `sum(list: item)`
    Sum(String, Box<Raw>),
    /// `count(list: condition)`
    Count(String, Box<Raw>),
    /// `pool(list by table: item then result)`
    Pool(String, String, Box<Raw>, Box<Raw>),
    /// `rule("id", input = value)`
    Rule(String, Vec<(String, Raw)>),
    Binary(Operator, Box<Raw>, Box<Raw>),
    Call(Function, Vec<Raw>),
    If(Box<Raw>, Box<Raw>, Box<Raw>),
    Compare(Comparison, Box<Raw>, Box<Raw>),
    And(Box<Raw>, Box<Raw>),
    Or(Box<Raw>, Box<Raw>),
    Not(Box<Raw>),
    Known(String),
    Refuse(String),
}

impl Raw {
    /// The parts that it is put together from, in the order that they are read in.
    pub(super) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Number(_)
            | Self::Word(_)
            | Self::Name(_)
            | Self::Keyed(..)
            | Self::Known(_)
            | Self::Refuse(_) => Vec::new(),
            Self::Table(_, inner)
            | Self::Round(_, _, inner)
            | Self::Sum(_, inner)
            | Self::Count(_, inner)
            | Self::Not(inner) => vec![inner],
            Self::Binary(_, left, right)
            | Self::Compare(_, left, right)
            | Self::And(left, right)
            | Self::Or(left, right)
            | Self::FloorBelow(left, right)
            | Self::Pool(_, _, left, right) => vec![left, right],
            Self::If(test, then, otherwise) => vec![test, then, otherwise],
            Self::Call(_, arguments) => arguments.iter().collect(),
            Self::Rule(_, given) => given.iter().map(|(_, value)| value).collect(),
        }
    }
}

/// Arithmetic between two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    /// What remains after whole multiples of the right side.
    Remainder,
}

/// The choice of one among numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Max,
    Min,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Differs,
}

/// What should stand at a place of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// This sign or word of the language.
    Sign(&'static str),
    /// Nothing more.
    End,
    /// `<`, `<=`, `>`, `>=`, `=` or `!=`.
    Comparison,
    /// A name.
    Name,
    /// A text in double quotes.
    Quoted,
    /// A number, a name or an opening bracket.
    Value,
    /// A whole number of decimal places from 0 to 9.
    Places,
}

/// Why a formula cannot be read. `core::text` says it in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormulaError {
    /// A character that the language does not have, and its place in bytes.
    Character(char, usize),
    /// Something else was expected.
    Expected {
        /// What should stand there.
        expected: Expected,
        /// What stands there; empty at the end.
        found: String,
    },
    /// A number with too many digits.
    Number(String),
    /// Brackets or conditions nested too deep.
    Depth,
    /// More text than a formula needs: above [`MAX_LENGTH`] bytes.
    Length,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Number(String),
    Word(String),
    Name(String),
    Sign(&'static str),
}

const SIGNS: [&str; 16] =
    ["<=", ">=", "!=", "(", ")", "[", "]", ",", ":", "+", "-", "*", "/", "<", ">", "="];

fn tokens(text: &str) -> Result<Vec<Token>, FormulaError> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let split = |is_part: fn(char) -> bool| {
            rest.split_at(rest.find(|c| !is_part(c)).unwrap_or(rest.len()))
        };
        if first.is_whitespace() {
            rest = rest.trim_start();
        } else if first.is_ascii_digit() {
            let (number, tail) = split(|c| c.is_ascii_digit() || c == '.');
            out.push(Token::Number(number.to_owned()));
            rest = tail;
        } else if first.is_ascii_alphabetic() {
            let (name, tail) = split(|c| c.is_ascii_alphanumeric() || c == '_');
            out.push(Token::Name(name.to_owned()));
            rest = tail;
        } else if first == '"' {
            let body = rest.strip_prefix('"').unwrap_or(rest);
            let (word, tail) = body.split_once('"').ok_or(FormulaError::Expected {
                expected: Expected::Quoted,
                found: String::new(),
            })?;
            out.push(Token::Word(word.to_owned()));
            rest = tail;
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            out.push(Token::Sign(sign));
            rest = rest.strip_prefix(sign).unwrap_or("");
        } else {
            return Err(FormulaError::Character(first, text.len() - rest.len()));
        }
    }
    Ok(out)
}

/// Reads a formula.
pub(super) fn parse(text: &str) -> Result<Raw, FormulaError> {
    if text.len() > MAX_LENGTH {
        return Err(FormulaError::Length);
    }
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, depth: 0 };
    let raw = reader.expression()?;
    match reader.tokens.first() {
        None => Ok(raw),
        Some(_) => Err(reader.expected(Expected::End)),
    }
}

/// Bounds on what a pack from elsewhere may ask of the stack.
const MAX_DEPTH: u32 = 64;
pub(crate) const MAX_LENGTH: usize = 2_000;

struct Reader<'a> {
    tokens: &'a [Token],
    depth: u32,
}

impl Reader<'_> {
    fn expected(&self, expected: Expected) -> FormulaError {
        let found = match self.tokens.first() {
            None => String::new(),
            Some(Token::Sign(sign)) => (*sign).to_owned(),
            Some(Token::Number(text) | Token::Word(text) | Token::Name(text)) => text.clone(),
        };
        FormulaError::Expected { expected, found }
    }

    fn advance(&mut self) {
        self.tokens = self.tokens.get(1..).unwrap_or_default();
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.first(), Some(Token::Sign(at)) if *at == sign);
        if found {
            self.advance();
        }
        found
    }

    fn need_sign(&mut self, sign: &'static str) -> Result<(), FormulaError> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.expected(Expected::Sign(sign))) }
    }

    fn need_keyword(&mut self, keyword: &'static str) -> Result<(), FormulaError> {
        if self.take_keyword(keyword) {
            Ok(())
        } else {
            Err(self.expected(Expected::Sign(keyword)))
        }
    }

    fn take_keyword(&mut self, keyword: &str) -> bool {
        let found = matches!(self.tokens.first(), Some(Token::Name(name)) if name == keyword);
        if found {
            self.advance();
        }
        found
    }

    fn name(&mut self) -> Result<String, FormulaError> {
        match self.tokens.first() {
            Some(Token::Name(name)) => {
                let name = name.clone();
                self.advance();
                Ok(name)
            }
            _ => Err(self.expected(Expected::Name)),
        }
    }

    fn word(&mut self) -> Result<String, FormulaError> {
        match self.tokens.first() {
            Some(Token::Word(word)) => {
                let word = word.clone();
                self.advance();
                Ok(word)
            }
            _ => Err(self.expected(Expected::Quoted)),
        }
    }

    fn expression(&mut self) -> Result<Raw, FormulaError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(FormulaError::Depth);
        }
        let raw = if self.take_keyword("if") {
            let condition = self.either()?;
            self.need_keyword("then")?;
            let then = self.expression()?;
            self.need_keyword("else")?;
            Raw::If(Box::new(condition), Box::new(then), Box::new(self.expression()?))
        } else {
            self.sum()?
        };
        self.depth -= 1;
        Ok(raw)
    }

    fn either(&mut self) -> Result<Raw, FormulaError> {
        let mut left = self.both()?;
        while self.take_keyword("or") {
            left = Raw::Or(Box::new(left), Box::new(self.both()?));
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Raw, FormulaError> {
        let mut left = self.condition()?;
        while self.take_keyword("and") {
            left = Raw::And(Box::new(left), Box::new(self.condition()?));
        }
        Ok(left)
    }

    fn condition(&mut self) -> Result<Raw, FormulaError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(FormulaError::Depth);
        }
        let raw = if self.take_keyword("not") {
            Raw::Not(Box::new(self.condition()?))
        } else if self.take_keyword("known") {
            self.need_sign("(")?;
            let name = self.name()?;
            self.need_sign(")")?;
            Raw::Known(name)
        } else {
            let left = self.sum()?;
            let comparison = [
                ("<=", Comparison::AtMost),
                (">=", Comparison::AtLeast),
                ("!=", Comparison::Differs),
                ("<", Comparison::Less),
                (">", Comparison::More),
                ("=", Comparison::Equal),
            ]
            .into_iter()
            .find(|(sign, _)| self.take_sign(sign));
            let Some((_, comparison)) = comparison else {
                return Err(self.expected(Expected::Comparison));
            };
            Raw::Compare(comparison, Box::new(left), Box::new(self.sum()?))
        };
        self.depth -= 1;
        Ok(raw)
    }

    fn sum(&mut self) -> Result<Raw, FormulaError> {
        let mut left = self.product()?;
        loop {
            let operator = if self.take_sign("+") {
                Operator::Add
            } else if self.take_sign("-") {
                Operator::Subtract
            } else {
                return Ok(left);
            };
            left = Raw::Binary(operator, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Raw, FormulaError> {
        let mut left = self.leaf()?;
        loop {
            let operator = if self.take_sign("*") {
                Operator::Multiply
            } else if self.take_sign("/") {
                Operator::Divide
            } else if self.take_keyword("mod") {
                Operator::Remainder
            } else {
                return Ok(left);
            };
            left = Raw::Binary(operator, Box::new(left), Box::new(self.leaf()?));
        }
    }

    fn leaf(&mut self) -> Result<Raw, FormulaError> {
        if self.take_sign("(") {
            let inner = self.expression()?;
            self.need_sign(")")?;
            return Ok(inner);
        }
        match self.tokens.first() {
            Some(Token::Number(text)) => {
                let number = parse_decimal(text).ok_or(FormulaError::Number(text.clone()))?;
                self.advance();
                Ok(Raw::Number(number))
            }
            Some(Token::Word(_)) => Ok(Raw::Word(self.word()?)),
            Some(Token::Name(_)) => {
                let name = self.name()?;
                if self.take_sign("(") {
                    let raw = self.call(&name)?;
                    self.need_sign(")")?;
                    Ok(raw)
                } else if self.take_sign("[") {
                    let mut keys = vec![self.name()?];
                    if self.take_sign(",") {
                        keys.push(self.name()?);
                    }
                    self.need_sign("]")?;
                    Ok(Raw::Keyed(name, keys))
                } else {
                    Ok(Raw::Name(name))
                }
            }
            _ => Err(self.expected(Expected::Value)),
        }
    }

    fn call(&mut self, name: &str) -> Result<Raw, FormulaError> {
        Ok(match name {
            "refuse" => Raw::Refuse(self.word()?),
            "max" | "min" => {
                let function = if name == "max" { Function::Max } else { Function::Min };
                let mut arguments = vec![self.expression()?];
                while self.take_sign(",") {
                    arguments.push(self.expression()?);
                }
                Raw::Call(function, arguments)
            }
            "round" => self.rounding(Mode::HalfUp)?,
            "floor" => self.rounding(Mode::Floor)?,
            "ceil" => self.rounding(Mode::Ceil)?,
            "floor_below" => {
                let value = self.boxed()?;
                self.need_sign(",")?;
                Raw::FloorBelow(value, self.boxed()?)
            }
            "sum" => {
                let list = self.list()?;
                Raw::Sum(list, self.boxed()?)
            }
            "count" => {
                let list = self.list()?;
                Raw::Count(list, Box::new(self.either()?))
            }
            "pool" => {
                let list = self.name()?;
                self.need_keyword("by")?;
                let table = self.list()?;
                let item = self.boxed()?;
                self.need_keyword("then")?;
                Raw::Pool(list, table, item, self.boxed()?)
            }
            "rule" => {
                let rule = self.word()?;
                let mut given = Vec::new();
                while self.take_sign(",") {
                    let input = self.name()?;
                    self.need_sign("=")?;
                    given.push((input, self.expression()?));
                }
                Raw::Rule(rule, given)
            }
            table => Raw::Table(table.to_owned(), self.boxed()?),
        })
    }

    fn boxed(&mut self) -> Result<Box<Raw>, FormulaError> {
        self.expression().map(Box::new)
    }

    /// A name and the colon behind it.
    fn list(&mut self) -> Result<String, FormulaError> {
        let name = self.name()?;
        self.need_sign(":")?;
        Ok(name)
    }

    /// What a rounding rounds, and to how many places.
    fn rounding(&mut self, mode: Mode) -> Result<Raw, FormulaError> {
        let value = self.boxed()?;
        if !self.take_sign(",") {
            return Ok(Raw::Round(mode, 0, value));
        }
        let places = match self.tokens.first() {
            Some(Token::Number(digits)) => digits.parse().ok().filter(|places| *places <= 9),
            _ => None,
        };
        let places = places.ok_or_else(|| self.expected(Expected::Places))?;
        self.advance();
        Ok(Raw::Round(mode, places, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_bind_before_sums_and_brackets_before_both() {
        let one = || Box::new(Raw::Name("a".into()));
        let product = |left| Raw::Binary(Operator::Multiply, left, one());
        let sum = Raw::Binary(Operator::Add, one(), Box::new(product(one())));
        assert_eq!(parse("a + a * a"), Ok(sum));
        let bracket = Box::new(Raw::Binary(Operator::Add, one(), one()));
        assert_eq!(parse("(a + a) * a"), Ok(product(bracket)));
    }

    #[test]
    fn a_condition_reads_like_a_sentence() {
        assert!(
            parse("if students < 200 and not known(classes) then max(a, b) else ratio[stage]")
                .is_ok()
        );
    }

    #[test]
    fn wrong_formulas_say_where() {
        assert_eq!(parse("a ÷ b"), Err(FormulaError::Character('÷', 2)));
        for wrong in [
            "",
            "a +",
            "max(a",
            "if a then b else c",
            "a b",
            "\"open",
            "1.2.3",
            "round(a, 10)",
            "sum(a)",
            "count(a: b)",
            "pool(a: b)",
            "rule(a)",
            "a[b",
            "a mod",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(parse(&"(".repeat(1_000)), Err(FormulaError::Depth));
        assert_eq!(parse(&"a+".repeat(100_000)), Err(FormulaError::Length));
    }
}
