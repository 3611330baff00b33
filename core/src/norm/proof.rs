//! 凭什么: the proof of one entitlement. It walks the same nodes as the fast path and keeps what a
//! planner would read aloud: each step with this school's figures, the branch that was taken, the
//! parameters with their sources, the rounding. It formats nothing: `core::text` does.

use std::cmp::Ordering;

use super::compile::{Node, Test};
use super::evaluate::{Scene, Stop, Value};
use super::formula::{Comparison, Function, Operator};
use super::{Clause, Norm, Posts, Rule, Subject, posts};
use crate::fraction::{Fraction, compare};
use crate::text::Bilingual;

/// A piece of a formula with figures in place of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// An exact figure.
    Number(Fraction),
    /// A sign such as ÷ or （.
    Sign(&'static str),
    /// A category.
    Word(String),
    /// A figure that the survey does not give.
    Unknown,
}

/// The value of an input as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A number.
    Number(Fraction),
    /// The survey does not say.
    Missing,
}

/// One input that the rule looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Id in the pack.
    pub id: String,
    /// Name on screen.
    pub label: Bilingual,
    /// Unit on screen.
    pub unit: Bilingual,
    /// Its value.
    pub value: Shown,
}

/// A condition with figures, and whether it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Such as `186 < 200`.
    pub pieces: Vec<Piece>,
    /// Whether it held.
    pub holds: bool,
}

/// Which of two earlier steps a `max` or `min` followed, and by how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The step that decides.
    pub winner: Bilingual,
    /// The one it beat by least.
    pub loser: Bilingual,
    /// The difference, in posts, never below zero.
    pub by: Fraction,
}

/// A parameter that a step used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// Id in the pack.
    pub parameter: String,
    /// Name on screen.
    pub label: Bilingual,
    /// Unit.
    pub unit: Bilingual,
    /// The value used.
    pub value: Fraction,
    /// What it rests on.
    pub clause: Clause,
}

/// Why a step has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No rule of the norm covers the stage.
    NoRule,
    /// The survey does not give this input.
    Missing(Bilingual),
    /// The parameter has no value on the norm's day.
    NotInForce(Bilingual),
    /// No parameter of this family for this school's category.
    NoChoice(Bilingual),
    /// A division by zero.
    ByZero,
    /// Figures beyond what can be held exactly.
    Overflow,
    /// The rule itself refuses, in its own words.
    Declared(String),
    /// The result is below zero or too large to be a number of posts.
    NoPosts(Fraction),
}

/// One step of the proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Step id in the pack.
    pub id: String,
    /// Name.
    pub label: Bilingual,
    /// The formula with figures, without its result.
    pub pieces: Vec<Piece>,
    /// For a rounding: the figure before it.
    pub before_rounding: Option<Fraction>,
    /// The result.
    pub value: Result<Fraction, Refusal>,
    /// Conditions that were looked at.
    pub conditions: Vec<Condition>,
    /// Which basis decided.
    pub decision: Option<Decision>,
    /// Parameters used.
    pub cites: Vec<Cite>,
    /// What the step itself rests on.
    pub clause: Clause,
}

/// The proof of one entitlement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The rule used; empty where none covers the stage.
    pub rule: Bilingual,
    /// Inputs that are numbers, in the pack's order.
    pub inputs: Vec<Given>,
    /// The steps.
    pub lines: Vec<Line>,
    /// The result: always that of [`Norm::entitle`].
    pub result: Result<Posts, Refusal>,
}

impl Norm {
    /// The proof of what the norm gives one subject.
    pub fn prove(&self, subject: &Subject) -> Proof {
        let Some((rule, nodes)) = self.rule_for(subject.stage) else {
            let (rule, inputs, lines) = (Bilingual::default(), Vec::new(), Vec::new());
            return Proof { rule, inputs, lines, result: Err(Refusal::NoRule) };
        };
        let (mut inputs, mut steps) = (Vec::new(), Vec::new());
        self.fill_inputs(subject, &mut inputs);
        self.fill_steps(nodes, &inputs, &mut steps);

        let mut lines = Vec::new();
        for (at, (step, node)) in rule.steps.iter().zip(nodes).enumerate() {
            // Each step sees the ones before it, as it did when it was worked out.
            let earlier = steps.get(..at).unwrap_or_default();
            let scene = Scene { inputs: &inputs, parameters: &self.parameters, steps: earlier };
            let mut writer = Writer { norm: self, rule, scene: &scene, notes: Notes::default() };
            let (pieces, before_rounding) = writer.step(node);
            let notes = writer.notes;
            let value = match steps.get(at) {
                Some(Ok(value)) => Ok(*value),
                Some(Err(stop)) => Err(self.refusal(rule, *stop)),
                None => continue,
            };
            lines.push(Line {
                id: step.id.clone(),
                label: step.label.clone(),
                pieces,
                before_rounding,
                value,
                conditions: notes.conditions,
                decision: notes.decision,
                cites: notes.cites,
                clause: step.clause.clone(),
            });
        }
        let scene = Scene { inputs: &inputs, parameters: &self.parameters, steps: &steps };
        let result = match nodes.last().and_then(|node| posts(node, &scene)) {
            Some(posts) => Ok(posts),
            None => Err(match steps.last() {
                Some(Err(stop)) => self.refusal(rule, *stop),
                Some(Ok(value)) => Refusal::NoPosts(*value),
                None => Refusal::NoRule,
            }),
        };
        Proof { rule: rule.label.clone(), inputs: self.given(&inputs), lines, result }
    }

    fn given(&self, values: &[Value]) -> Vec<Given> {
        let numbers = self.pack.inputs.iter().zip(values).filter_map(|(input, value)| {
            let value = match (input.kind, value) {
                (super::InputKind::Word, _) => return None,
                (_, Value::Number(number)) => Shown::Number(*number),
                (_, _) => Shown::Missing,
            };
            let (id, label, unit) = (input.id.clone(), input.label.clone(), input.unit.clone());
            Some(Given { id, label, unit, value })
        });
        numbers.collect()
    }

    fn refusal(&self, rule: &Rule, stop: Stop) -> Refusal {
        let input = |slot: u16| {
            let input = self.pack.inputs.get(usize::from(slot));
            input.map(|input| input.label.clone()).unwrap_or_default()
        };
        match stop {
            Stop::Missing(slot) => Refusal::Missing(input(slot)),
            Stop::NotInForce(slot) => {
                let parameter = self.pack.parameters.get(usize::from(slot));
                let label = parameter.map(|parameter| parameter.label.clone());
                Refusal::NotInForce(label.unwrap_or_default())
            }
            Stop::NoChoice { input: slot, .. } => Refusal::NoChoice(input(slot)),
            Stop::ByZero { .. } => Refusal::ByZero,
            Stop::Overflow { .. } => Refusal::Overflow,
            Stop::Refused { step } => {
                let nodes = self.pack.rules.iter().position(|other| other.id == rule.id);
                let nodes = nodes.and_then(|at| self.rules.get(at));
                let node = nodes.and_then(|nodes| nodes.get(usize::from(step)));
                Refusal::Declared(node.and_then(words_of_refusal).unwrap_or_default())
            }
        }
    }
}

/// The words of the refusal inside a formula.
fn words_of_refusal(node: &Node) -> Option<String> {
    match node {
        Node::Refuse(why) => Some(why.clone()),
        Node::Binary(_, left, right) => words_of_refusal(left).or_else(|| words_of_refusal(right)),
        Node::Call(_, arguments) => arguments.iter().find_map(words_of_refusal),
        Node::If(_, then, otherwise) => {
            words_of_refusal(then).or_else(|| words_of_refusal(otherwise))
        }
        _ => None,
    }
}

#[derive(Default)]
struct Notes {
    conditions: Vec<Condition>,
    decision: Option<Decision>,
    cites: Vec<Cite>,
}

/// Writes one step's formula with figures.
struct Writer<'a> {
    norm: &'a Norm,
    rule: &'a Rule,
    scene: &'a Scene<'a>,
    notes: Notes,
}

impl Writer<'_> {
    /// A step's pieces; a rounding at the top stands apart, as the figure before it.
    fn step(&mut self, node: &Node) -> (Vec<Piece>, Option<Fraction>) {
        if let Node::Call(function, arguments) = node
            && function.rounds()
            && let Some(inner) = arguments.first()
        {
            return (self.write(inner), self.scene.number(inner).ok());
        }
        (self.write(node), None)
    }

    fn write(&mut self, node: &Node) -> Vec<Piece> {
        match node {
            Node::Number(number) => vec![Piece::Number(*number)],
            Node::Word(_) | Node::Refuse(_) => vec![Piece::Unknown],
            Node::Input(_) | Node::Step(_) => vec![self.figure(node)],
            Node::Parameter(slot) => {
                self.cite(*slot);
                vec![self.figure(node)]
            }
            Node::Keyed { input, choices, .. } => {
                if let Ok(slot) = self.scene.choice(*input, choices) {
                    self.cite(slot);
                }
                vec![self.figure(node)]
            }
            Node::Binary(operator, left, right) => {
                let mut pieces = self.operand(*operator, left, false);
                pieces.push(Piece::Sign(match operator {
                    Operator::Add => " + ",
                    Operator::Subtract => " \u{2212} ",
                    Operator::Multiply => " × ",
                    Operator::Divide => " ÷ ",
                }));
                pieces.extend(self.operand(*operator, right, true));
                pieces
            }
            Node::Call(function, arguments) => {
                self.decide(*function, arguments);
                let mut pieces = vec![Piece::Sign(match function {
                    Function::Max => "max(",
                    Function::Min => "min(",
                    Function::Round => "round(",
                    Function::Floor => "⌊",
                    Function::Ceil => "⌈",
                })];
                for (at, argument) in arguments.iter().enumerate() {
                    if at > 0 {
                        pieces.push(Piece::Sign(", "));
                    }
                    pieces.extend(self.write(argument));
                }
                pieces.push(Piece::Sign(match function {
                    Function::Floor => "⌋",
                    Function::Ceil => "⌉",
                    _ => ")",
                }));
                pieces
            }
            Node::If(test, then, otherwise) => {
                self.test(test);
                match self.scene.holds(test) {
                    Ok(true) => self.write(then),
                    Ok(false) => self.write(otherwise),
                    Err(_) => vec![Piece::Unknown],
                }
            }
        }
    }

    /// An operand, in brackets where the signs would otherwise read another way.
    fn operand(&mut self, outer: Operator, node: &Node, right: bool) -> Vec<Piece> {
        let pieces = self.write(node);
        let inner = match node {
            Node::Binary(operator, ..) => *operator,
            _ => return pieces,
        };
        let tight = |operator| matches!(operator, Operator::Multiply | Operator::Divide);
        let needs = (tight(outer) && !tight(inner))
            || (right && matches!(outer, Operator::Subtract | Operator::Divide));
        if !needs {
            return pieces;
        }
        let mut bracketed = vec![Piece::Sign("(")];
        bracketed.extend(pieces);
        bracketed.push(Piece::Sign(")"));
        bracketed
    }

    fn figure(&self, node: &Node) -> Piece {
        self.scene.number(node).map_or(Piece::Unknown, Piece::Number)
    }

    fn cite(&mut self, slot: u16) {
        let Some(parameter) = self.norm.pack.parameters.get(usize::from(slot)) else { return };
        let Some(Some(value)) = self.norm.parameters.get(usize::from(slot)) else { return };
        if self.notes.cites.iter().any(|cite| cite.parameter == parameter.id) {
            return;
        }
        self.notes.cites.push(Cite {
            parameter: parameter.id.clone(),
            label: parameter.label.clone(),
            unit: parameter.unit.clone(),
            value: *value,
            clause: parameter.clause.clone(),
        });
    }

    /// Notes which earlier step a `max` or `min` of steps followed.
    fn decide(&mut self, function: Function, arguments: &[Node]) {
        let mut ranked = Vec::new();
        for argument in arguments {
            let Node::Step(slot) = argument else { return };
            let Some(step) = self.rule.steps.get(usize::from(*slot)) else { return };
            let Ok(value) = self.scene.number(argument) else { return };
            ranked.push((step.label.clone(), value));
        }
        match function {
            Function::Max => ranked.sort_by(|a, b| compare(&b.1, &a.1)),
            Function::Min => ranked.sort_by(|a, b| compare(&a.1, &b.1)),
            Function::Round | Function::Floor | Function::Ceil => return,
        }
        if let [(winner, first), (loser, second), ..] = ranked.as_slice() {
            let by = if compare(first, second) == Ordering::Less {
                second - first
            } else {
                first - second
            };
            self.notes.decision =
                Some(Decision { winner: winner.clone(), loser: loser.clone(), by });
        }
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Compare(comparison, left, right) => {
                let Ok(holds) = self.scene.holds(test) else { return };
                if matches!((left, right), (Node::Word(_), _) | (_, Node::Word(_))) {
                    // Categories have no figure to show; the branch speaks for itself.
                    return;
                }
                let mut pieces = self.write(left);
                pieces.push(Piece::Sign(sign(*comparison, holds)));
                pieces.extend(self.write(right));
                self.notes.conditions.push(Condition { pieces, holds });
            }
            Test::And(left, right) | Test::Or(left, right) => {
                self.test(left);
                self.test(right);
            }
            Test::Not(inner) => self.test(inner),
            Test::Known(_) => {}
        }
    }
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
