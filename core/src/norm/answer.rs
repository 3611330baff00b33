//! A rule asked by its id, with its inputs by name: what a pack gives a case that no county holds,
//! and how a pack is tested. It reads what is given, and refuses what an input cannot be.

use chrono::NaiveDate;

use super::evaluate::{Here, Scene, Stock, Stop, Value};
use super::exact::{Num, Shelf, Wide};
use super::pack::{Exact, Input, InputKind, Rule};
use super::proof::Refusal;
use super::{Norm, parameters_on, run, tables_on};
use crate::order::InOrder;

/// What is given for an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A number; a date is written yyyymmdd.
    Number(Exact),
    /// A category.
    Word(String),
}

/// What is given, in slots, with the values of the day that it names.
pub(super) struct Case {
    pub(super) inputs: Vec<Value>,
    pub(super) lists: Vec<Vec<Option<Num>>>,
    pub(super) shelf: Shelf,
    /// Parameters and tables of the day that the rule is dated by.
    dated: Option<Dated>,
}

/// Parameters and tables of one day.
struct Dated {
    parameters: Vec<Option<Num>>,
    tables: Vec<Option<u16>>,
}

impl Norm {
    /// The result of a rule, or of the reading that the pack chose of what the id names. A list is
    /// given as `id_1`, `id_2` or under any other endings; names that the pack does not know are
    /// left aside.
    ///
    /// # Errors
    /// Why there is no result.
    pub fn answer(&self, rule: &str, given: &[(String, Asked)]) -> Result<Wide, Refusal> {
        let Some(rule) = self.pack.rule(rule) else { return Err(Refusal::NoRule) };
        let at = self.pack.rules.iter().position(|found| found.id == rule.id);
        let Some((_, nodes)) = at.and_then(|at| self.rule_at(at)) else {
            return Err(Refusal::NoRule);
        };
        let case = self.case(rule, given)?;
        let mut steps = Vec::new();
        run(&case.scene(self), nodes, &mut steps);
        match steps.last() {
            Some(Ok(value)) => Ok(case.shelf.wide(*value)),
            Some(Err(stop)) => Err(self.refusal(*stop)),
            None => Err(Refusal::NoRule),
        }
    }

    /// Reads what is given for a rule.
    pub(super) fn case(&self, rule: &Rule, given: &[(String, Asked)]) -> Result<Case, Refusal> {
        let mut case =
            Case { inputs: Vec::new(), lists: Vec::new(), shelf: Shelf::default(), dated: None };
        for (place, input) in self.pack.inputs.iter().enumerate() {
            let slot = u16::try_from(place).unwrap_or(u16::MAX);
            let value = case.value(self, input, slot, given);
            case.inputs.push(value);
        }
        if rule.dated_by.is_empty() {
            self.pack_in_force()?;
        } else {
            // A date of the rule's own picks its values, whatever day the pack is read on.
            let label = self.pack.inputs.iter().find(|input| input.id == rule.dated_by);
            let label = label.map(|input| input.label.clone()).unwrap_or_default();
            let day = find(given, &rule.dated_by).and_then(|asked| match asked {
                Asked::Number(Exact(number)) if number.is_integer() => day(*number.numer()),
                _ => None,
            });
            let day = day.ok_or(Refusal::Missing(label))?;
            case.dated = Some(Dated {
                parameters: parameters_on(&self.pack, day),
                tables: tables_on(&self.pack, &self.ready, day),
            });
        }
        Ok(case)
    }
}

fn find<'a>(given: &'a [(String, Asked)], id: &str) -> Option<&'a Asked> {
    given.iter().find(|(name, _)| name == id).map(|(_, asked)| asked)
}

/// The day that a number written yyyymmdd names.
fn day(number: i64) -> Option<NaiveDate> {
    let part = |by: i64, of: i64| u32::try_from(number / by % of).ok();
    let year = i32::try_from(number / 10_000).ok()?;
    NaiveDate::from_ymd_opt(year, part(100, 100)?, part(1, 100)?)
}

/// The endings under which a list's items are given, in a natural order: 2 before 10.
fn endings<'a>(given: &'a [(String, Asked)], id: &str) -> Vec<&'a str> {
    let ending = |name: &'a String| name.strip_prefix(id)?.strip_prefix('_');
    let mut endings: Vec<&str> = given.iter().filter_map(|(name, _)| ending(name)).collect();
    endings.order_by_key(|ending| (ending.parse::<u64>().unwrap_or(u64::MAX), *ending));
    endings
}

impl Case {
    pub(super) fn scene<'a>(&'a self, norm: &'a Norm) -> Scene<'a> {
        let mut stock: Stock<'a> = norm.stock();
        if let Some(Dated { parameters, tables }) = &self.dated {
            stock = Stock { parameters, tables, ..stock };
        }
        Scene {
            stock,
            inputs: &self.inputs,
            lists: &self.lists,
            steps: &[],
            here: Here::NOWHERE,
            shelf: &self.shelf,
        }
    }

    fn value(&mut self, norm: &Norm, input: &Input, slot: u16, given: &[(String, Asked)]) -> Value {
        match (input.kind, find(given, &input.id)) {
            (InputKind::List, _) => {
                let leads = if input.beside.is_empty() { &input.id } else { &input.beside };
                let own = endings(given, &input.id);
                let endings = endings(given, leads);
                // An item without its neighbour is as bad as a neighbour without its item.
                if own.iter().any(|ending| !endings.contains(ending)) {
                    return Value::Missing;
                }
                let mut items = Vec::new();
                for ending in endings {
                    match find(given, &format!("{}_{ending}", input.id)) {
                        Some(Asked::Number(number)) => match self.number(input, slot, *number) {
                            Value::Number(number) => items.push(Some(number)),
                            bad => return bad,
                        },
                        _ => items.push(None),
                    }
                }
                self.lists.push(items);
                Value::List(u16::try_from(self.lists.len() - 1).unwrap_or(u16::MAX))
            }
            (InputKind::Number, Some(Asked::Number(number))) => self.number(input, slot, *number),
            (InputKind::Word, Some(Asked::Word(word))) => {
                let known =
                    input.words.is_empty() || input.words.iter().any(|found| found.id == *word);
                if !known {
                    return Value::Bad(Stop::NoChoice(slot));
                }
                Value::Word(norm.ready.symbols.find(word))
            }
            (_, None) => Value::Missing,
            (InputKind::Number | InputKind::Word, Some(_)) => Value::Missing,
        }
    }

    fn number(&self, input: &Input, slot: u16, number: Exact) -> Value {
        if number.0 < num_traits::Zero::zero() {
            return Value::Bad(Stop::Negative(slot));
        }
        if input.whole && !number.0.is_integer() {
            return Value::Bad(Stop::Fraction(slot));
        }
        Value::Number(Num::of(&number.0))
    }
}
