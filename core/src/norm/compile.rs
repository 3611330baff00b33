//! Gives the names of a pack's formulas their meaning: inputs, parameters, tables, rules and earlier
//! steps become numbered slots, so that evaluating a county touches no text. Refuses a pack whose
//! names, kinds or dates do not fit, and says where.

use std::collections::HashMap;

use super::error::{Fault, PackError, Place, Section};
use super::exact::{Mode, Num};
use super::formula::{self, Comparison, Function, Operator, Raw};
use super::pack::{InputKind, Pack, Rule};
use super::table::{Bound, Table};
use crate::text::Bilingual;

/// A formula whose names are slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Number(Num),
    /// A category, as a number of [`Symbols`].
    Word(u16),
    Input(u16),
    Parameter(u16),
    Keyed(Box<Keyed>),
    Step(u16),
    Binary(Operator, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
    Round(Mode, u8, Box<Node>),
    FloorBelow(Box<Node>, Box<Node>),
    If(Box<Test>, Box<Node>, Box<Node>),
    /// A reason, as a number of [`Ready::reasons`].
    Refuse(u16),
    /// A table, as a number of [`Ready::versions`], read at a quantity.
    Table(u16, Box<Node>),
    /// The quantity that a table is read at.
    Quantity,
    /// One item of the list that is summed over, or of the one beside it.
    Item(u16),
    Sum(u16, Box<Node>),
    Count(u16, Box<Test>),
    Pool(Box<Pool>),
    /// Items of one band added up.
    Pooled,
    /// What the band gives.
    RowValue,
    Rule(u16, Vec<(u16, Node)>),
}

/// The parameter of a family chosen by one category or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Keyed {
    pub(super) family: String,
    pub(super) inputs: Vec<u16>,
    /// Categories, the second the same as the first where there is one only, and the parameter.
    pub(super) choices: Vec<([u16; 2], u16)>,
}

/// A list added up within each band of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pool {
    pub(super) list: u16,
    pub(super) table: u16,
    pub(super) item: Node,
    pub(super) then: Node,
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

/// An end of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub(super) value: Num,
    pub(super) included: bool,
}

/// A row of a table ready to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Band {
    pub(super) when: Vec<u16>,
    pub(super) low: Option<End>,
    pub(super) high: Option<End>,
    pub(super) gives: Node,
}

/// A table ready to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bands {
    pub(super) whole: bool,
    pub(super) categories: Vec<u16>,
    pub(super) rows: Vec<Band>,
}

/// A pack whose names are slots.
#[derive(Debug, Clone, Default)]
pub(super) struct Ready {
    /// Steps of each rule, beside the pack's rules.
    pub(super) rules: Vec<Vec<Node>>,
    /// Beside the pack's tables.
    pub(super) tables: Vec<Bands>,
    /// The tables of one id: dated versions.
    pub(super) versions: Vec<Vec<u16>>,
    /// Words of refusals.
    pub(super) reasons: Vec<Bilingual>,
    pub(super) symbols: Symbols,
}

/// The words that categories may be, numbered.
#[derive(Debug, Clone, Default)]
pub(super) struct Symbols(HashMap<String, u16>);

impl Symbols {
    fn number(&mut self, word: &str) -> Option<u16> {
        if let Some(number) = self.0.get(word) {
            return Some(*number);
        }
        let number = u16::try_from(self.0.len()).ok()?;
        self.0.insert(word.to_owned(), number);
        Some(number)
    }

    /// The word with this number.
    pub(super) fn word(&self, number: u16) -> Option<&str> {
        let found = self.0.iter().find(|(_, found)| **found == number);
        found.map(|(word, _)| word.as_str())
    }

    /// The number of a word; `None` for a word that no formula, parameter or table mentions.
    pub(super) fn find(&self, word: &str) -> Option<u16> {
        self.0.get(word).copied()
    }
}

fn slot(place: usize) -> Result<u16, Fault> {
    u16::try_from(place).map_err(|_| Fault::TooLarge)
}

/// The pack whose names are looked up, and what came of it so far.
struct Compiler<'a> {
    pack: &'a Pack,
    inputs: HashMap<&'a str, u16>,
    parameters: HashMap<&'a str, u16>,
    tables: HashMap<&'a str, u16>,
    rules: HashMap<&'a str, u16>,
    ready: Ready,
}

/// Compiles a pack that [`super::check`] found sound.
///
/// # Errors
/// Where a formula cannot be read or a name has no meaning.
pub(super) fn compile(pack: &Pack) -> Result<Ready, PackError> {
    let mut compiler = Compiler {
        pack,
        inputs: HashMap::new(),
        parameters: HashMap::new(),
        tables: HashMap::new(),
        rules: HashMap::new(),
        ready: Ready::default(),
    };
    compiler.name_all().map_err(|fault| Place::pack().fault(fault))?;
    for (at, table) in pack.tables.iter().enumerate() {
        let bands = compiler.table(table, &Place::new(Section::Table, at, &table.id))?;
        compiler.ready.tables.push(bands);
    }
    let mut raws = Vec::new();
    for (at, rule) in pack.rules.iter().enumerate() {
        let place = Place::new(Section::Rule, at, &rule.id);
        raws.push(read_steps(rule, &place)?);
    }
    super::check::rules_need_no_circle(pack, &raws)?;
    for ((at, rule), raws) in pack.rules.iter().enumerate().zip(raws) {
        let steps = compiler.rule(rule, raws, &Place::new(Section::Rule, at, &rule.id))?;
        compiler.ready.rules.push(steps);
    }
    Ok(compiler.ready)
}

fn read_steps(rule: &Rule, place: &Place) -> Result<Vec<Raw>, PackError> {
    let steps = rule.steps.iter().enumerate();
    let read = steps.map(|(at, step)| {
        formula::parse(&step.formula)
            .map_err(|error| place.part(at, &step.id).fault(Fault::Formula(error)))
    });
    read.collect()
}

/// What names may mean at one place.
#[derive(Default)]
struct Scope<'s> {
    earlier: HashMap<&'s str, u16>,
    later: Vec<&'s str>,
    /// The quantity's name inside a row of a table.
    quantity: Option<&'s str>,
    /// The list that is gone over.
    list: Option<u16>,
    /// Whether a band's sum and figure are at hand.
    pooled: bool,
    /// The input that dates the rule.
    dated_by: &'s str,
}

impl<'a> Compiler<'a> {
    fn name_all(&mut self) -> Result<(), Fault> {
        for (place, input) in self.pack.inputs.iter().enumerate() {
            self.inputs.insert(&input.id, slot(place)?);
            for word in &input.words {
                self.symbol(&word.id)?;
            }
        }
        for (place, parameter) in self.pack.parameters.iter().enumerate() {
            self.parameters.insert(&parameter.id, slot(place)?);
        }
        for (place, rule) in self.pack.rules.iter().enumerate() {
            self.rules.insert(&rule.id, slot(place)?);
        }
        for (place, table) in self.pack.tables.iter().enumerate() {
            let next = slot(self.ready.versions.len())?;
            let version = *self.tables.entry(&table.id).or_insert(next);
            if version == next {
                self.ready.versions.push(Vec::new());
            }
            if let Some(versions) = self.ready.versions.get_mut(usize::from(version)) {
                versions.push(slot(place)?);
            }
        }
        Ok(())
    }

    fn symbol(&mut self, word: &str) -> Result<u16, Fault> {
        self.ready.symbols.number(word).ok_or(Fault::TooLarge)
    }

    fn reason(&mut self, why: Bilingual) -> Result<Node, Fault> {
        self.ready.reasons.push(why);
        slot(self.ready.reasons.len() - 1).map(Node::Refuse)
    }

    fn input(&self, name: &str) -> Result<(u16, InputKind), Fault> {
        let unknown = || Fault::UnknownName(name.to_owned());
        let slot = *self.inputs.get(name).ok_or_else(unknown)?;
        let input = self.pack.inputs.get(usize::from(slot)).ok_or_else(unknown)?;
        Ok((slot, input.kind))
    }

    fn of_kind(&self, name: &str, wanted: InputKind) -> Result<u16, Fault> {
        match self.input(name)? {
            (slot, kind) if kind == wanted => Ok(slot),
            _ => Err(Fault::Kind),
        }
    }

    fn table(&mut self, table: &Table, place: &Place) -> Result<Bands, PackError> {
        let mut categories = Vec::new();
        for category in &table.categories {
            let slot = self.of_kind(category, InputKind::Word);
            categories.push(slot.map_err(|fault| place.clone().fault(fault))?);
        }
        let mut rows = Vec::new();
        for (at, row) in table.rows.iter().enumerate() {
            let made = self.row(table, row);
            rows.push(made.map_err(|fault| place.part(at, "").fault(fault))?);
        }
        Ok(Bands { whole: table.whole, categories, rows })
    }

    fn row(&mut self, table: &Table, row: &super::table::Row) -> Result<Band, Fault> {
        let band = row.band().ok_or(Fault::Kind)?;
        let end = |bound: Bound| End { value: Num::of(&bound.value), included: bound.included };
        let when = row.when.iter().map(|word| self.symbol(word)).collect::<Result<_, _>>()?;
        let gives = if row.gives.is_empty() {
            self.reason(row.refuse.clone())?
        } else {
            let raw = formula::parse(&row.gives).map_err(Fault::Formula)?;
            let scope = Scope { quantity: Some(&table.by), ..Scope::default() };
            self.number(raw, &scope)?
        };
        Ok(Band { when, low: band.low.map(end), high: band.high.map(end), gives })
    }

    /// Compiles one rule's steps, in order.
    fn rule(&mut self, rule: &Rule, raws: Vec<Raw>, place: &Place) -> Result<Vec<Node>, PackError> {
        let mut nodes = Vec::new();
        let mut scope = Scope {
            later: rule.steps.iter().map(|step| step.id.as_str()).collect(),
            dated_by: &rule.dated_by,
            ..Scope::default()
        };
        for ((at, step), raw) in rule.steps.iter().enumerate().zip(raws) {
            let node = self.number(raw, &scope);
            nodes.push(node.map_err(|fault| place.part(at, &step.id).fault(fault))?);
            let this = slot(at).map_err(|fault| place.clone().fault(fault))?;
            scope.earlier.insert(&step.id, this);
        }
        Ok(nodes)
    }

    fn number(&mut self, raw: Raw, scope: &Scope<'_>) -> Result<Node, Fault> {
        match self.value(raw, scope)? {
            (node, InputKind::Number) => Ok(node),
            _ => Err(Fault::Kind),
        }
    }

    fn boxed(&mut self, raw: Raw, scope: &Scope<'_>) -> Result<Box<Node>, Fault> {
        self.number(raw, scope).map(Box::new)
    }

    fn value(&mut self, raw: Raw, scope: &Scope<'_>) -> Result<(Node, InputKind), Fault> {
        let node = match raw {
            Raw::Number(number) => Node::Number(Num::of(&number)),
            Raw::Word(word) => return Ok((Node::Word(self.symbol(&word)?), InputKind::Word)),
            Raw::Name(name) => return self.name(&name, scope),
            Raw::Keyed(family, inputs) => self.keyed(family, &inputs)?,
            Raw::Binary(operator, left, right) => {
                Node::Binary(operator, self.boxed(*left, scope)?, self.boxed(*right, scope)?)
            }
            Raw::Call(function, arguments) => {
                let mut nodes = Vec::new();
                for argument in arguments {
                    nodes.push(self.number(argument, scope)?);
                }
                Node::Call(function, nodes)
            }
            Raw::Round(mode, places, inner) => {
                Node::Round(mode, places, self.boxed(*inner, scope)?)
            }
            Raw::FloorBelow(value, limit) => {
                Node::FloorBelow(self.boxed(*value, scope)?, self.boxed(*limit, scope)?)
            }
            Raw::If(test, then, otherwise) => Node::If(
                Box::new(self.test(*test, scope)?),
                self.boxed(*then, scope)?,
                self.boxed(*otherwise, scope)?,
            ),
            Raw::Refuse(why) => {
                let (zh, en) = why.split_once('|').unwrap_or((&why, ""));
                self.reason(Bilingual::new(zh.trim(), en.trim()))?
            }
            Raw::Table(name, at) => {
                if scope.quantity.is_some() {
                    return Err(Fault::Nested);
                }
                let table = self.tables.get(name.as_str()).copied();
                let table = table.ok_or(Fault::UnknownTable(name))?;
                Node::Table(table, self.boxed(*at, scope)?)
            }
            Raw::Sum(list, item) => {
                let (list, scope) = self.over(&list, scope)?;
                Node::Sum(list, self.boxed(*item, &scope)?)
            }
            Raw::Count(list, test) => {
                let (list, scope) = self.over(&list, scope)?;
                Node::Count(list, Box::new(self.test(*test, &scope)?))
            }
            Raw::Pool(list, table, item, then) => self.pool(&list, table, *item, *then, scope)?,
            Raw::Rule(id, given) => self.call(id, given, scope)?,
            Raw::Compare(..) | Raw::And(..) | Raw::Or(..) | Raw::Not(_) | Raw::Known(_) => {
                return Err(Fault::Kind);
            }
        };
        Ok((node, InputKind::Number))
    }

    fn name(&self, name: &str, scope: &Scope<'_>) -> Result<(Node, InputKind), Fault> {
        let number = |node| Ok((node, InputKind::Number));
        if scope.pooled {
            match name {
                "pooled" => return number(Node::Pooled),
                "row" => return number(Node::RowValue),
                _ => {}
            }
        }
        if scope.quantity == Some(name) {
            return number(Node::Quantity);
        }
        if let Some(step) = scope.earlier.get(name) {
            return number(Node::Step(*step));
        }
        if let Some(parameter) = self.parameters.get(name) {
            return number(Node::Parameter(*parameter));
        }
        if scope.later.contains(&name) {
            return Err(Fault::LaterStep(name.to_owned()));
        }
        let (slot, kind) = self.input(name)?;
        if kind != InputKind::List {
            return Ok((Node::Input(slot), kind));
        }
        // Inside a sum a list's name is one item, and so is that of a list beside it.
        let leads = |list: u16| self.pack.inputs.get(usize::from(list)).map(|input| &input.id);
        let beside = self.pack.inputs.get(usize::from(slot)).map(|input| &input.beside);
        let held = scope
            .list
            .is_some_and(|list| list == slot || (beside.is_some() && leads(list) == beside));
        if held { number(Node::Item(slot)) } else { Err(Fault::Kind) }
    }

    fn over<'s>(&self, list: &str, scope: &Scope<'s>) -> Result<(u16, Scope<'s>), Fault> {
        if scope.list.is_some() || scope.quantity.is_some() {
            return Err(Fault::Nested);
        }
        let slot = self.of_kind(list, InputKind::List)?;
        let inner = Scope {
            earlier: scope.earlier.clone(),
            later: scope.later.clone(),
            list: Some(slot),
            dated_by: scope.dated_by,
            ..Scope::default()
        };
        Ok((slot, inner))
    }

    fn pool(
        &mut self,
        list: &str,
        table: String,
        item: Raw,
        then: Raw,
        scope: &Scope<'_>,
    ) -> Result<Node, Fault> {
        let (list, mut inner) = self.over(list, scope)?;
        let table = self.tables.get(table.as_str()).copied().ok_or(Fault::UnknownTable(table))?;
        let versions = self.ready.versions.get(usize::from(table)).into_iter().flatten();
        let rows = versions
            .filter_map(|version| self.ready.tables.get(usize::from(*version)))
            .flat_map(|table| &table.rows);
        let fixed = |row: &Band| {
            matches!(row.gives, Node::Number(_) | Node::Parameter(_) | Node::Refuse(_))
        };
        if !rows.into_iter().all(fixed) {
            return Err(Fault::NotConstant);
        }
        let item = self.number(item, &inner)?;
        inner.list = None;
        inner.pooled = true;
        let then = self.number(then, &inner)?;
        Ok(Node::Pool(Box::new(Pool { list, table, item, then })))
    }

    fn call(
        &mut self,
        id: String,
        given: Vec<(String, Raw)>,
        scope: &Scope<'_>,
    ) -> Result<Node, Fault> {
        if scope.quantity.is_some() {
            return Err(Fault::Nested);
        }
        let found = self.rules.get(id.as_str()).copied();
        let Some(slot) = found else { return Err(Fault::UnknownRule(id)) };
        let rule = self.pack.rules.get(usize::from(slot));
        if rule.is_some_and(|rule| rule.dated_by != scope.dated_by && !rule.dated_by.is_empty()) {
            return Err(Fault::Dated(id));
        }
        let mut bindings = Vec::new();
        for (name, raw) in given {
            let (input, wanted) = self.input(&name)?;
            let (node, kind) = self.value(raw, scope)?;
            if kind != wanted {
                return Err(Fault::Kind);
            }
            bindings.push((input, node));
        }
        Ok(Node::Rule(slot, bindings))
    }

    fn keyed(&mut self, family: String, names: &[String]) -> Result<Node, Fault> {
        let mut inputs = Vec::new();
        for name in names {
            inputs.push(self.of_kind(name, InputKind::Word)?);
        }
        let pack = self.pack;
        let mut choices = Vec::new();
        for (place, parameter) in pack.parameters.iter().enumerate() {
            let keys = parameter.id.strip_prefix(&family).and_then(|rest| rest.strip_prefix('.'));
            let Some(keys) = keys else { continue };
            let pair = match (keys.split_once('.'), names.len()) {
                (None, 1) => (keys, keys),
                (Some(pair), 2) => pair,
                _ => continue,
            };
            choices.push(([self.symbol(pair.0)?, self.symbol(pair.1)?], slot(place)?));
        }
        if choices.is_empty() {
            return Err(Fault::UnknownName(family));
        }
        Ok(Node::Keyed(Box::new(Keyed { family, inputs, choices })))
    }

    fn test(&mut self, raw: Raw, scope: &Scope<'_>) -> Result<Test, Fault> {
        Ok(match raw {
            Raw::Compare(comparison, left, right) => {
                let (left, left_kind) = self.value(*left, scope)?;
                let (right, right_kind) = self.value(*right, scope)?;
                let ordered = !matches!(comparison, Comparison::Equal | Comparison::Differs);
                if left_kind != right_kind || (ordered && left_kind == InputKind::Word) {
                    return Err(Fault::Kind);
                }
                Test::Compare(comparison, left, right)
            }
            Raw::And(left, right) => {
                Test::And(Box::new(self.test(*left, scope)?), Box::new(self.test(*right, scope)?))
            }
            Raw::Or(left, right) => {
                Test::Or(Box::new(self.test(*left, scope)?), Box::new(self.test(*right, scope)?))
            }
            Raw::Not(inner) => Test::Not(Box::new(self.test(*inner, scope)?)),
            Raw::Known(name) => Test::Known(self.input(&name)?.0),
            _ => return Err(Fault::Kind),
        })
    }
}
