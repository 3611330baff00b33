//! Writes one step of a proof: its formula with this school's figures, and beside it what a reader
//! asks for: conditions and whether they held, rows of tables, parameters with their clauses. Where
//! a condition decides, only the branch that was taken is written.

use std::cmp::Ordering;

use super::compile::{Node, Test};
use super::evaluate::{Here, Scene, Value};
use super::exact::{Mode, Num};
use super::formula::{Comparison, Function, Operator};
use super::proof::{Cite, Condition, Decision, Line, Piece, TableRow};
use super::{Clause, Exact, FigureId, FigureSet, Norm, Rule, Source, Table};
use crate::county::{Locality, Stage};
use crate::fraction::{Fraction, compare};
use crate::order::InOrder;
use crate::text::{Bilingual, Lang, names};

/// What is noted beside a formula.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) conditions: Vec<Condition>,
    pub(super) decision: Option<Decision>,
    pub(super) rows: Vec<TableRow>,
    pub(super) cites: Vec<Cite>,
    /// Lines of other rules that the step uses.
    pub(super) lines: Vec<Line>,
}

/// Writes one formula with figures.
pub(super) struct Writer<'a, 'n> {
    pub(super) norm: &'a Norm,
    pub(super) rule: &'a Rule,
    pub(super) scene: &'a Scene<'a>,
    pub(super) notes: &'n mut Notes,
}

/// Decimal places of a rounding, as they stand after its brackets.
const PLACES: [&str; 10] = ["", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"];

impl<'a> Writer<'a, '_> {
    /// A step's pieces; a rounding to whole numbers at the top stands apart, as the figure before.
    pub(super) fn step(&mut self, node: &Node) -> (Vec<Piece>, Option<Fraction>) {
        if let Node::Round(_, 0, inner) = node {
            let before = self.scene.number(inner).ok();
            let before = before.and_then(|value| self.scene.shelf.fraction(value));
            return (self.write(inner), before);
        }
        (self.write(node), None)
    }

    fn write(&mut self, node: &Node) -> Vec<Piece> {
        match node {
            Node::Number(_)
            | Node::Input(_)
            | Node::Step(_)
            | Node::Quantity
            | Node::Item(_)
            | Node::Pooled
            | Node::RowValue => vec![self.figure(node)],
            Node::Word(_) | Node::Refuse(_) => vec![Piece::Unknown],
            Node::Parameter(slot) => {
                self.cite(*slot);
                vec![self.figure(node)]
            }
            Node::Keyed(keyed) => {
                for input in &keyed.inputs {
                    self.category(*input);
                }
                if let Ok(slot) = self.scene.choice(keyed) {
                    self.cite(slot);
                }
                vec![self.figure(node)]
            }
            Node::Binary(operator, left, right) => {
                let mut pieces = self.operand(*operator, left, false);
                pieces.push(Piece::Sign(operator_sign(*operator)));
                pieces.extend(self.operand(*operator, right, true));
                pieces
            }
            Node::Call(function, arguments) => {
                self.decide(*function, arguments);
                let mut pieces = vec![Piece::Sign(match function {
                    Function::Max => "max(",
                    Function::Min => "min(",
                })];
                for (at, argument) in arguments.iter().enumerate() {
                    if at > 0 {
                        pieces.push(Piece::Sign(", "));
                    }
                    pieces.extend(self.write(argument));
                }
                pieces.push(Piece::Sign(")"));
                pieces
            }
            Node::Round(mode, places, inner) => {
                let (open, close) = match mode {
                    Mode::HalfUp => ("round(", ")"),
                    Mode::Floor => ("⌊", "⌋"),
                    Mode::Ceil => ("⌈", "⌉"),
                };
                let mut pieces = self.between(open, inner, close);
                if let Some(places) = PLACES.get(usize::from(*places)).filter(|_| *places > 0) {
                    pieces.push(Piece::Sign(places));
                }
                pieces
            }
            Node::FloorBelow(value, limit) => self.floor_below(value, limit),
            Node::If(test, then, otherwise) => {
                self.test(test);
                match self.scene.holds(test) {
                    Ok(true) => self.write(then),
                    Ok(false) => self.write(otherwise),
                    Err(_) => vec![Piece::Unknown],
                }
            }
            Node::Table(version, at) => self.table(*version, at),
            Node::Sum(list, body) => {
                let count = self.scene.list(*list).map_or(0, <[_]>::len);
                let here = self.scene.here;
                let places = (0..count).map(|item| Here { item, ..here });
                self.terms(&places.collect::<Vec<_>>(), body)
            }
            Node::Count(list, test) => {
                let count = self.scene.list(*list).map_or(0, <[_]>::len);
                for item in 0..count {
                    let scene = self.scene.at(Here { item, ..self.scene.here });
                    self.inside(&scene).test(test);
                }
                vec![self.figure(node)]
            }
            Node::Pool(pool) => {
                let items = self.scene.list(pool.list).map_or(0, <[_]>::len);
                for item in 0..items {
                    let scene = self.scene.at(Here { item, ..self.scene.here });
                    if let Ok(at) = scene.item(pool.list) {
                        let mut writer = self.inside(&scene);
                        writer.row(pool.table, at);
                        writer.write(&pool.item);
                    }
                }
                match self.scene.pools(pool) {
                    Ok(bands) => self.terms(&bands, &pool.then),
                    Err(_) => vec![Piece::Unknown],
                }
            }
            Node::Rule(rule, given) => self.other_rule(node, *rule, given),
        }
    }

    fn inside<'s>(&'s mut self, scene: &'s Scene<'s>) -> Writer<'s, 's> {
        Writer { norm: self.norm, rule: self.rule, scene, notes: self.notes }
    }

    fn between(&mut self, open: &'static str, node: &Node, close: &'static str) -> Vec<Piece> {
        let mut pieces = vec![Piece::Sign(open)];
        pieces.extend(self.write(node));
        pieces.push(Piece::Sign(close));
        pieces
    }

    /// One formula at several places, added up.
    fn terms(&mut self, places: &[Here], body: &Node) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for here in places {
            if !pieces.is_empty() {
                pieces.push(Piece::Sign(" + "));
            }
            let scene = self.scene.at(*here);
            pieces.extend(self.inside(&scene).operand(Operator::Add, body, false));
        }
        pieces
    }

    fn floor_below(&mut self, value: &Node, limit: &Node) -> Vec<Piece> {
        let shelf = self.scene.shelf;
        let (number, bound) = (self.scene.number(value), self.scene.number(limit));
        let (Ok(number), Ok(bound)) = (number, bound) else { return self.write(value) };
        let whole = shelf.round(number, Mode::Floor, 0);
        let part = whole.and_then(|whole| shelf.subtract(number, whole));
        let Some(part) = part else { return self.write(value) };
        let holds = shelf.compare(part, bound) == Some(Ordering::Less);
        let sign = Piece::Sign(sign(Comparison::Less, holds));
        let pieces = vec![self.shown(part), sign, self.shown(bound)];
        self.notes.conditions.push(Condition { pieces, holds });
        if holds { self.between("⌊", value, "⌋") } else { self.write(value) }
    }

    /// A table read at a quantity: its row's figure, or its row's formula in brackets.
    fn table(&mut self, version: u16, at: &Node) -> Vec<Piece> {
        let Ok(quantity) = self.scene.number(at) else { return vec![Piece::Unknown] };
        // What the quantity itself was worked out from is noted too.
        self.write(at);
        let Some(row) = self.row(version, quantity) else { return vec![Piece::Unknown] };
        let scene = self.scene.at(Here { quantity, ..self.scene.here });
        let mut writer = self.inside(&scene);
        match row {
            Node::Binary(..) => writer.between("(", row, ")"),
            row => writer.write(row),
        }
    }

    /// Notes the row of a table that a quantity falls in, and returns what it gives.
    fn row(&mut self, version: u16, at: Num) -> Option<&'a Node> {
        let (place, row) = self.scene.row(version, at).ok()?;
        let table_at = usize::from(self.scene.table(version).ok()?);
        let table = self.norm.pack.tables.get(table_at)?;
        let source = table.rows.get(place)?;
        let bands = self.norm.ready.tables.get(table_at)?;
        for input in &bands.categories {
            self.category(*input);
        }
        let own = if source.clause.is_empty() { &table.clause } else { &source.clause };
        let all_set = table.is_all_set(place);
        let clause = if all_set { Clause::default() } else { own.clone() };
        for set in table.sets_at(place) {
            self.cite_set(table, set);
        }
        let found = TableRow {
            table: table.label.clone(),
            quantity: self.norm.quantity(table),
            at: self.scene.shelf.fraction(at)?,
            number: place + 1,
            band: source.band()?.to_string(),
            clause,
        };
        if !self.notes.rows.contains(&found) {
            self.notes.rows.push(found);
        }
        Some(&row.gives)
    }

    /// A figure of a table that the county set stands beside its row as a parameter does.
    fn cite_set(&mut self, table: &Table, set: &FigureSet) {
        let (from, row, figure) = (table.valid_from, set.row, set.figure);
        let at = FigureId { table: table.id.clone(), from, row, figure };
        let pack = &self.norm.pack;
        let value = pack.table_figure(&at).and_then(|figure| Exact::parse(&figure));
        let (Some(value), Some(label)) = (value, pack.table_figure_name(&at)) else { return };
        let cite = Cite {
            parameter: at.to_string(),
            label,
            unit: Bilingual::default(),
            value: value.0,
            clause: set.clause.clone(),
            departs: pack.table_figure_departure(&at).map(|(_, departs)| departs),
        };
        if !self.notes.cites.contains(&cite) {
            self.notes.cites.push(cite);
        }
    }

    /// Another rule: its own lines where it stands alone, its last formula where it is one of many.
    fn other_rule(&mut self, node: &Node, rule: u16, given: &[(u16, Node)]) -> Vec<Piece> {
        let Ok(inputs) = self.scene.given(given) else { return vec![Piece::Unknown] };
        for (_, each) in given {
            if self.scene.number(each).is_ok() {
                self.write(each);
            }
        }
        let Some((other, nodes)) = self.norm.rule_at(usize::from(rule)) else {
            return vec![Piece::Unknown];
        };
        let scene = self.scene.inside(&inputs);
        let mut steps = Vec::new();
        scene.fill(nodes, &mut steps);
        if matches!(self.scene.here, Here::NOWHERE) {
            self.norm.lines(other, nodes, &scene, &steps, &mut self.notes.lines);
            return vec![self.figure(node)];
        }
        let Some((last, _)) = nodes.split_last() else { return vec![Piece::Unknown] };
        let (earlier, _) = steps.split_at(steps.len().saturating_sub(1));
        let scene = Scene { steps: earlier, ..scene };
        Writer { norm: self.norm, rule: other, scene: &scene, notes: self.notes }.write(last)
    }

    /// An operand, in brackets where the signs would otherwise read another way.
    fn operand(&mut self, outer: Operator, node: &Node, right: bool) -> Vec<Piece> {
        let pieces = self.write(node);
        if !needs_brackets(outer, self.taken(node), right) {
            return pieces;
        }
        let mut bracketed = vec![Piece::Sign("(")];
        bracketed.extend(pieces);
        bracketed.push(Piece::Sign(")"));
        bracketed
    }

    /// The part of a choice that is written.
    fn taken<'t>(&self, node: &'t Node) -> &'t Node {
        match node {
            Node::If(test, then, otherwise) => match self.scene.holds(test) {
                Ok(true) => self.taken(then),
                Ok(false) => self.taken(otherwise),
                Err(_) => node,
            },
            _ => node,
        }
    }

    fn figure(&self, node: &Node) -> Piece {
        self.scene.number(node).map_or(Piece::Unknown, |value| self.shown(value))
    }

    fn shown(&self, value: Num) -> Piece {
        match self.scene.shelf.fraction(value) {
            Some(value) => Piece::Number(value),
            // More digits than a figure on screen has: written out as it is.
            None => Piece::Word(Bilingual::new(&self.scene.shelf.wide(value).to_string(), "")),
        }
    }

    fn cite(&mut self, slot: u16) {
        let Some(parameter) = self.norm.pack.parameters.get(usize::from(slot)) else { return };
        let value = self.scene.number(&Node::Parameter(slot)).ok();
        let value = value.and_then(|value| self.scene.shelf.fraction(value));
        let Some(value) = value else { return };
        if self.notes.cites.iter().any(|cite| cite.parameter == parameter.id) {
            return;
        }
        self.notes.cites.push(Cite {
            parameter: parameter.id.clone(),
            label: parameter.label.clone(),
            unit: parameter.unit.clone(),
            value,
            clause: parameter.clause_on(self.norm.day).clone(),
            departs: self.norm.pack.departure(parameter, self.norm.day),
        });
    }

    /// Notes which earlier step a `max` or `min` of steps followed.
    fn decide(&mut self, function: Function, arguments: &[Node]) {
        let mut ranked = Vec::new();
        for argument in arguments {
            let Node::Step(slot) = argument else { return };
            let Some(step) = self.rule.steps.get(usize::from(*slot)) else { return };
            let Piece::Number(value) = self.figure(argument) else { return };
            ranked.push((step.label.clone(), value));
        }
        match function {
            Function::Max => ranked.order_by(|a, b| compare(&b.1, &a.1)),
            Function::Min => ranked.order_by(|a, b| compare(&a.1, &b.1)),
        }
        if let [(winner, first), (loser, second), ..] = ranked.as_slice() {
            let less = compare(first, second) == Ordering::Less;
            let (more, less) = if less { (second, first) } else { (first, second) };
            let Some(by) = num_traits::CheckedSub::checked_sub(more, less) else { return };
            self.notes.decision =
                Some(Decision { winner: winner.clone(), loser: loser.clone(), by });
        }
    }

    /// Notes the category that picks a figure. The stage is what the proof is about already.
    fn category(&mut self, input: u16) {
        let at = usize::from(input);
        if self.norm.sources.get(at) == Some(&Source::Stage) && !self.norm.pack.library {
            return;
        }
        let Some(Value::Word(Some(word))) = self.scene.inputs.get(at) else { return };
        let pieces = vec![self.input_name(input), Piece::Sign(" = "), self.word(input, *word)];
        let condition = Condition { pieces, holds: true };
        if !self.notes.conditions.contains(&condition) {
            self.notes.conditions.push(condition);
        }
    }

    fn input_name(&self, input: u16) -> Piece {
        let input = self.norm.pack.inputs.get(usize::from(input));
        Piece::Word(input.map(|input| input.label.clone()).unwrap_or_default())
    }

    fn word(&self, input: u16, word: u16) -> Piece {
        Piece::Word(self.norm.word_label(input, word))
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Compare(comparison, left, right) => {
                let Ok(holds) = self.scene.holds(test) else { return };
                let of_words = match (left, right) {
                    (Node::Input(input), Node::Word(word))
                    | (Node::Word(word), Node::Input(input)) => Some((*input, *word)),
                    _ => None,
                };
                let (mut pieces, right) = match of_words {
                    Some((input, word)) => {
                        (vec![self.input_name(input)], vec![self.word(input, word)])
                    }
                    None => (self.write(left), self.write(right)),
                };
                pieces.push(Piece::Sign(sign(*comparison, holds)));
                pieces.extend(right);
                let condition = Condition { pieces, holds };
                if !self.notes.conditions.contains(&condition) {
                    self.notes.conditions.push(condition);
                }
            }
            Test::And(left, right) => {
                self.test(left);
                // What was not looked at is not written.
                if self.scene.holds(left) == Ok(true) {
                    self.test(right);
                }
            }
            Test::Or(left, right) => {
                self.test(left);
                if self.scene.holds(left) == Ok(false) {
                    self.test(right);
                }
            }
            Test::Not(inner) => self.test(inner),
            Test::Known(_) => {}
        }
    }
}

impl Norm {
    /// A category's word on screen.
    pub(super) fn word_label(&self, input: u16, word: u16) -> Bilingual {
        let at = usize::from(input);
        let id = self.ready.symbols.word(word).unwrap_or_default();
        let words = self.pack.inputs.get(at).into_iter().flat_map(|input| &input.words);
        if let Some(found) = words.into_iter().find(|found| found.id == id) {
            return found.label.clone();
        }
        let message = match self.sources.get(at) {
            Some(Source::Stage) => Stage::parse(id).map(names::stage),
            Some(Source::Locality) => Locality::parse(id).map(names::locality),
            _ => None,
        };
        match message {
            Some(message) => Bilingual::new(message.get(Lang::Zh), message.get(Lang::En)),
            None => Bilingual::new(id, ""),
        }
    }
}

/// The sign of arithmetic, with its spaces.
pub(super) fn operator_sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => " + ",
        Operator::Subtract => " \u{2212} ",
        Operator::Multiply => " × ",
        Operator::Divide => " ÷ ",
        Operator::Remainder => " mod ",
    }
}

/// Whether an operand needs brackets so that it is read as it is meant.
pub(super) fn needs_brackets(outer: Operator, inner: &Node, right: bool) -> bool {
    let loose = |operator| matches!(operator, Operator::Add | Operator::Subtract);
    let sum = match inner {
        Node::Binary(operator, ..) => loose(*operator),
        Node::Sum(..) | Node::Pool(_) => true,
        _ => return false,
    };
    (!loose(outer) && sum) || (right && !matches!(outer, Operator::Add | Operator::Multiply))
}

/// The sign that is true of the two figures.
fn sign(comparison: Comparison, holds: bool) -> &'static str {
    match (comparison, holds) {
        (Comparison::Less, true) | (Comparison::AtLeast, false) => " < ",
        (Comparison::AtMost, true) | (Comparison::More, false) => " ≤ ",
        (Comparison::More, true) | (Comparison::AtMost, false) => " > ",
        (Comparison::AtLeast, true) | (Comparison::Less, false) => " ≥ ",
        (Comparison::Equal, true) | (Comparison::Differs, false) => " = ",
        (Comparison::Differs, true) | (Comparison::Equal, false) => " ≠ ",
    }
}
