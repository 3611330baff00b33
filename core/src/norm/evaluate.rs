//! Works out the steps of a rule for one school's stage, exactly. This is the fast path, without
//! proof: [`super::proof`] walks the same nodes with the same functions, so the two cannot
//! disagree.

use std::cmp::Ordering;

use super::compile::{Band, Keyed, Node, Pool, Ready, Test};
use super::exact::{Mode, Num, Shelf};
use super::formula::{Comparison, Function, Operator};
use crate::order::InOrder;

/// The value of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// A number.
    Number(Num),
    /// A category, numbered by the norm; `None` for a word that the norm does not know.
    Word(Option<u16>),
    /// A list, by its place among the lists.
    List(u16),
    /// The survey does not say.
    Missing,
    /// Given, but nothing that the input can be: using it stops the rule.
    Bad(Stop),
}

/// Why a step has no value, in slots; the proof turns it into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// This input is not given.
    Missing(u16),
    /// This parameter has no value on the day.
    NotInForce(u16),
    /// No version of this table is in force on the day.
    NoTable(u16),
    /// No parameter and no row for the category that this input gives.
    NoChoice(u16),
    ByZero,
    Overflow,
    /// Refused by the pack, for this reason.
    Refused(u16),
    /// This table counts in whole numbers and was asked for another.
    NotWhole(u16),
    /// This table begins at zero and was asked for less.
    BelowZero(u16),
    /// This input is a whole number and another was given.
    Fraction(u16),
    /// This input was given below zero.
    Negative(u16),
}

/// What a norm holds ready for its day.
#[derive(Clone, Copy)]
pub(super) struct Stock<'a> {
    pub(super) ready: &'a Ready,
    /// Parameters in force by slot.
    pub(super) parameters: &'a [Option<Num>],
    /// The table in force by version.
    pub(super) tables: &'a [Option<u16>],
}

/// What stands for the names that mean something in a part of a formula only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Here {
    pub(super) quantity: Num,
    pub(super) item: usize,
    pub(super) pooled: Num,
    pub(super) row: Num,
}

impl Here {
    pub(super) const NOWHERE: Self =
        Self { quantity: Num::ZERO, item: 0, pooled: Num::ZERO, row: Num::ZERO };
}

/// What a formula may look at.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) stock: Stock<'a>,
    /// Inputs by slot.
    pub(super) inputs: &'a [Value],
    /// Items of the lists; one that the survey does not give is `None`.
    pub(super) lists: &'a [Vec<Option<Num>>],
    /// Steps worked out so far.
    pub(super) steps: &'a [Result<Num, Stop>],
    pub(super) here: Here,
    pub(super) shelf: &'a Shelf,
}

impl<'a> Scene<'a> {
    fn input(&self, slot: u16) -> Value {
        self.inputs.get(usize::from(slot)).copied().unwrap_or(Value::Missing)
    }

    pub(super) fn at(&self, here: Here) -> Self {
        Self { here, ..*self }
    }

    /// The items of a list.
    pub(super) fn list(&self, slot: u16) -> Result<&'a [Option<Num>], Stop> {
        match self.input(slot) {
            Value::List(list) => match self.lists.get(usize::from(list)) {
                Some(items) if !items.is_empty() => Ok(items),
                _ => Err(Stop::Missing(slot)),
            },
            Value::Bad(stop) => Err(stop),
            _ => Err(Stop::Missing(slot)),
        }
    }

    fn parameter(&self, slot: u16) -> Result<Num, Stop> {
        let value = self.stock.parameters.get(usize::from(slot)).copied();
        value.flatten().ok_or(Stop::NotInForce(slot))
    }

    fn word_of(&self, input: u16) -> Result<u16, Stop> {
        match self.input(input) {
            Value::Word(Some(word)) => Ok(word),
            Value::Word(None) => Err(Stop::NoChoice(input)),
            Value::Bad(stop) => Err(stop),
            _ => Err(Stop::Missing(input)),
        }
    }

    /// The parameter that one or two categories pick from a family.
    pub(super) fn choice(&self, keyed: &Keyed) -> Result<u16, Stop> {
        let one = *keyed.inputs.first().unwrap_or(&u16::MAX);
        let other = *keyed.inputs.last().unwrap_or(&one);
        let first = self.word_of(one)?;
        let second = if other == one { first } else { self.word_of(other)? };
        let mut any = false;
        for (keys, slot) in &keyed.choices {
            if keys == &[first, second] {
                return Ok(*slot);
            }
            any |= keys.first() == Some(&first);
        }
        Err(Stop::NoChoice(if any { other } else { one }))
    }

    /// The value of a node.
    pub(super) fn number(&self, node: &Node) -> Result<Num, Stop> {
        match node {
            Node::Number(number) => Ok(*number),
            Node::Input(slot) => match self.input(*slot) {
                Value::Number(number) => Ok(number),
                Value::Bad(stop) => Err(stop),
                _ => Err(Stop::Missing(*slot)),
            },
            Node::Parameter(slot) => self.parameter(*slot),
            Node::Keyed(keyed) => self.parameter(self.choice(keyed)?),
            Node::Step(slot) => match self.steps.get(usize::from(*slot)) {
                Some(value) => *value,
                None => Err(Stop::Overflow),
            },
            Node::Binary(operator, left, right) => {
                self.binary(*operator, self.number(left)?, self.number(right)?)
            }
            Node::Call(function, arguments) => self.best(*function, arguments),
            Node::Round(mode, places, inner) => {
                self.shelf.round(self.number(inner)?, *mode, *places).ok_or(Stop::Overflow)
            }
            Node::FloorBelow(value, limit) => {
                let (value, limit) = (self.number(value)?, self.number(limit)?);
                let whole = self.shelf.round(value, Mode::Floor, 0).ok_or(Stop::Overflow)?;
                let part = self.shelf.subtract(value, whole).ok_or(Stop::Overflow)?;
                let below = self.order(part, limit)? == Ordering::Less;
                Ok(if below { whole } else { value })
            }
            Node::If(test, then, otherwise) => {
                self.number(if self.holds(test)? { then } else { otherwise })
            }
            Node::Table(table, at) => {
                let at = self.number(at)?;
                let (_, row) = self.row(*table, at)?;
                self.at(Here { quantity: at, ..self.here }).number(&row.gives)
            }
            Node::Quantity => Ok(self.here.quantity),
            Node::Item(slot) => self.item(*slot),
            Node::Sum(list, body) => {
                let mut sum = Num::ZERO;
                for item in 0..self.list(*list)?.len() {
                    let value = self.at(Here { item, ..self.here }).number(body)?;
                    sum = self.shelf.add(sum, value).ok_or(Stop::Overflow)?;
                }
                Ok(sum)
            }
            Node::Count(list, test) => {
                let mut count = 0;
                for item in 0..self.list(*list)?.len() {
                    count += i64::from(self.at(Here { item, ..self.here }).holds(test)?);
                }
                Ok(Num::whole(count))
            }
            Node::Pool(pool) => {
                let mut sum = Num::ZERO;
                for here in self.pools(pool)? {
                    let value = self.at(here).number(&pool.then)?;
                    sum = self.shelf.add(sum, value).ok_or(Stop::Overflow)?;
                }
                Ok(sum)
            }
            Node::Pooled => Ok(self.here.pooled),
            Node::RowValue => Ok(self.here.row),
            Node::Rule(rule, given) => {
                let inputs = self.given(given)?;
                let rules = &self.stock.ready.rules;
                let nodes = rules.get(usize::from(*rule)).map_or(&[][..], Vec::as_slice);
                let mut steps = Vec::with_capacity(nodes.len());
                self.inside(&inputs).fill(nodes, &mut steps);
                steps.pop().unwrap_or(Err(Stop::Overflow))
            }
            Node::Word(_) => Err(Stop::Overflow),
            Node::Refuse(reason) => Err(Stop::Refused(*reason)),
        }
    }

    /// The inputs that another rule sees.
    pub(super) fn given(&self, given: &[(u16, Node)]) -> Result<Vec<Value>, Stop> {
        let mut inputs = self.inputs.to_vec();
        for (slot, node) in given {
            let value = match self.word(node) {
                Some(word) => Value::Word(word?),
                None => Value::Number(self.number(node)?),
            };
            if let Some(input) = inputs.get_mut(usize::from(*slot)) {
                *input = value;
            }
        }
        Ok(inputs)
    }

    /// The scene of another rule, before its first step.
    pub(super) fn inside<'b>(&'b self, inputs: &'b [Value]) -> Scene<'b> {
        Scene { inputs, steps: &[], here: Here::NOWHERE, ..*self }
    }

    /// Works out steps in order; each sees those before it.
    pub(super) fn fill(&self, nodes: &[Node], steps: &mut Vec<Result<Num, Stop>>) {
        for node in nodes {
            let value = Scene { steps, ..*self }.number(node);
            steps.push(value);
        }
    }

    /// An item of a list at the present place.
    pub(super) fn item(&self, slot: u16) -> Result<Num, Stop> {
        let found = self.list(slot)?.get(self.here.item).copied().flatten();
        found.ok_or(Stop::Missing(slot))
    }

    /// The bands of a table that hold items of a list, in the table's order, each with the sum of
    /// its items.
    pub(super) fn pools(&self, pool: &Pool) -> Result<Vec<Here>, Stop> {
        let mut bands: Vec<(usize, Here)> = Vec::new();
        for item in 0..self.list(pool.list)?.len() {
            let scene = self.at(Here { item, ..self.here });
            let (at, row) = scene.row(pool.table, scene.item(pool.list)?)?;
            let (row, value) = (scene.number(&row.gives)?, scene.number(&pool.item)?);
            match bands.iter_mut().find(|(band, _)| *band == at) {
                Some((_, here)) => {
                    here.pooled = self.shelf.add(here.pooled, value).ok_or(Stop::Overflow)?;
                }
                None => bands.push((at, Here { pooled: value, row, ..self.here })),
            }
        }
        bands.order_by_key(|(at, _)| *at);
        Ok(bands.into_iter().map(|(_, here)| here).collect())
    }

    /// The table in force of a version's number, by its place in the pack.
    pub(super) fn table(&self, version: u16) -> Result<u16, Stop> {
        let found = self.stock.tables.get(usize::from(version)).copied().flatten();
        found.ok_or(Stop::NoTable(version))
    }

    /// The row of a table that a quantity falls in, by its place.
    pub(super) fn row(&self, version: u16, at: Num) -> Result<(usize, &'a Band), Stop> {
        let table = self.stock.ready.tables.get(usize::from(self.table(version)?));
        let Some(table) = table else { return Err(Stop::NoTable(version)) };
        if self.order(at, Num::ZERO)? == Ordering::Less {
            return Err(Stop::BelowZero(version));
        }
        if table.whole && self.shelf.integer(at).is_none() {
            return Err(Stop::NotWhole(version));
        }
        let mut keys = Vec::new();
        for input in &table.categories {
            keys.push(self.word_of(*input)?);
        }
        for (place, row) in table.rows.iter().enumerate() {
            if row.when == keys && self.within(row, at)? {
                return Ok((place, row));
            }
        }
        // Each combination of categories that has rows has one for every number.
        let unknown = table.categories.iter().enumerate().find(|(place, _)| {
            !table.rows.iter().any(|row| row.when.get(..=*place) == keys.get(..=*place))
        });
        Err(unknown.map_or(Stop::NoTable(version), |(_, input)| Stop::NoChoice(*input)))
    }

    fn within(&self, row: &Band, at: Num) -> Result<bool, Stop> {
        let above = match &row.low {
            Some(low) => match self.order(at, low.value)? {
                Ordering::Greater => true,
                Ordering::Equal => low.included,
                Ordering::Less => false,
            },
            None => true,
        };
        Ok(above
            && match &row.high {
                Some(high) => match self.order(at, high.value)? {
                    Ordering::Less => true,
                    Ordering::Equal => high.included,
                    Ordering::Greater => false,
                },
                None => true,
            })
    }

    /// The largest or the least; the first of equals.
    fn best(&self, function: Function, arguments: &[Node]) -> Result<Num, Stop> {
        let better = match function {
            Function::Max => Ordering::Greater,
            Function::Min => Ordering::Less,
        };
        let mut best = None;
        for argument in arguments {
            let value = self.number(argument)?;
            best = match best {
                Some(best) if self.order(value, best)? != better => Some(best),
                _ => Some(value),
            };
        }
        best.ok_or(Stop::Overflow)
    }

    fn order(&self, a: Num, b: Num) -> Result<Ordering, Stop> {
        self.shelf.compare(a, b).ok_or(Stop::Overflow)
    }

    fn binary(&self, operator: Operator, a: Num, b: Num) -> Result<Num, Stop> {
        let result = match operator {
            Operator::Add => self.shelf.add(a, b),
            Operator::Subtract => self.shelf.subtract(a, b),
            Operator::Multiply => self.shelf.multiply(a, b),
            Operator::Divide if self.shelf.is_zero(b) => return Err(Stop::ByZero),
            Operator::Divide => self.shelf.divide(a, b),
            Operator::Remainder if self.order(b, Num::ZERO)? != Ordering::Greater => {
                return Err(Stop::ByZero);
            }
            Operator::Remainder => self.shelf.remainder(a, b),
        };
        result.ok_or(Stop::Overflow)
    }

    /// Whether a condition holds.
    pub(super) fn holds(&self, test: &Test) -> Result<bool, Stop> {
        Ok(match test {
            Test::Compare(comparison, left, right) => {
                let order = match (self.word(left), self.word(right)) {
                    (Some(left), Some(right)) => left?.cmp(&right?),
                    _ => self.order(self.number(left)?, self.number(right)?)?,
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
            Test::Known(slot) => match self.input(*slot) {
                Value::List(_) => self.list(*slot).is_ok(),
                value => value != Value::Missing,
            },
        })
    }

    /// The category that a node stands for; `None` where it is a number or is not given.
    fn word(&self, node: &Node) -> Option<Result<Option<u16>, Stop>> {
        match node {
            Node::Word(word) => Some(Ok(Some(*word))),
            Node::Input(slot) => match self.input(*slot) {
                Value::Word(word) => Some(Ok(word)),
                Value::Bad(stop) => Some(Err(stop)),
                _ => None,
            },
            _ => None,
        }
    }
}
