//! 凭什么: the proof of one entitlement. It walks the same nodes as the fast path and keeps what a
//! planner would read aloud: each step with this school's figures, the branch that was taken, the
//! parameters with their sources, the rounding. It formats nothing: `core::text` does.

use chrono::NaiveDate;

use super::answer::{Asked, Case};
use super::beside::Beside;
use super::compile::Node;
use super::evaluate::{Here, Scene, Stop, Value};
use super::exact::{Num, Shelf, Wide};
use super::formula::Operator;
use super::pack::{Departure, InputKind, Level, VariantKind};
use super::write::{Notes, Writer, operator_sign};
use super::{Clause, Norm, Pack, Posts, Rule, Subject, posts, run};
use crate::fraction::Fraction;
use crate::text::{Bilingual, Lang, Message, packs};

/// A piece of a formula with figures in place of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// An exact figure.
    Number(Fraction),
    /// A sign such as ÷ or （.
    Sign(&'static str),
    /// A category, or the name of what has one.
    Word(Bilingual),
    /// A figure that the survey does not give.
    Unknown,
}

/// The value of an input as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A number.
    Number(Fraction),
    /// The items of a list.
    List(Vec<Option<Fraction>>),
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
    /// What the pack says instead, where the value was changed.
    pub departs: Option<Departure>,
}

/// The row of a table that a step read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The table.
    pub table: Bilingual,
    /// What it was read by.
    pub quantity: Bilingual,
    /// The value that it was read at.
    pub at: Fraction,
    /// Which row, counted from 1.
    pub number: usize,
    /// From where to where the row holds; the same in both languages.
    pub band: String,
    /// What the row rests on.
    pub clause: Clause,
}

/// Why a step has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No rule of the norm covers the stage, or has the id.
    NoRule,
    /// The survey does not give this input.
    Missing(Bilingual),
    /// The pack itself is not in force on the norm's day.
    PackNotInForce {
        /// The norm's day.
        day: NaiveDate,
        /// First day of the pack.
        from: NaiveDate,
        /// Its last day, where it has one.
        to: Option<NaiveDate>,
    },
    /// The parameter or table has no value on the norm's day.
    NotInForce(Bilingual),
    /// No parameter of this family, and no row, for this school's category.
    NoChoice(Bilingual),
    /// A division by zero.
    ByZero,
    /// Figures beyond what can be held exactly.
    Overflow,
    /// The rule itself refuses, in its own words.
    Declared(Bilingual),
    /// This counts in whole numbers and another was given.
    NotWhole(Bilingual),
    /// This cannot be below zero.
    BelowZero(Bilingual),
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
    /// Rows of tables read.
    pub rows: Vec<TableRow>,
    /// Parameters used.
    pub cites: Vec<Cite>,
    /// What the step itself rests on.
    pub clause: Clause,
}

impl Line {
    /// Whole posts that stand in no step of a rule, as they are.
    pub(super) fn whole(id: &str, label: Message, posts: Posts) -> Self {
        let whole = Fraction::from_integer(i64::from(posts.whole));
        Self {
            id: id.to_owned(),
            label: Bilingual::new(label.get(Lang::Zh), label.get(Lang::En)),
            pieces: vec![Piece::Number(whole)],
            before_rounding: None,
            value: Ok(whole),
            conditions: Vec::new(),
            decision: None,
            rows: Vec::new(),
            cites: Vec::new(),
            clause: Clause::default(),
        }
    }

    /// A rounding to whole posts that stands in no step of a rule.
    pub(super) fn rounded(id: &str, label: Message, posts: Posts) -> Self {
        Self {
            pieces: vec![Piece::Number(posts.exact)],
            before_rounding: Some(posts.exact),
            ..Self::whole(id, label, posts)
        }
    }

    /// Whole posts less others that count elsewhere.
    pub(super) fn less(id: &str, label: Message, all: Posts, less: Posts) -> Self {
        let number = |posts: Posts| Piece::Number(Fraction::from_integer(i64::from(posts.whole)));
        let rest = Posts { whole: all.whole.saturating_sub(less.whole), ..all };
        Self {
            pieces: vec![number(all), Piece::Sign(operator_sign(Operator::Subtract)), number(less)],
            ..Self::whole(id, label, rest)
        }
    }

    /// The parameters of which another figure is in force than the pack's own.
    pub fn departures(&self) -> impl Iterator<Item = (&Cite, &Departure)> {
        self.cites.iter().filter_map(|cite| Some((cite, cite.departs.as_ref()?)))
    }

    /// Every clause that it rests on, with the parameter it is of: of its parameters, of the rows
    /// it read, and its own. What a changed parameter rests on stands with what it departs from.
    pub fn grounds(&self) -> impl Iterator<Item = (&Clause, Option<&str>)> {
        let own = self.cites.iter().filter(|cite| cite.departs.is_none());
        let cites = own.map(|cite| (&cite.clause, Some(cite.parameter.as_str())));
        let rows = self.rows.iter().map(|row| (&row.clause, None));
        cites.chain(rows).chain([(&self.clause, None)])
    }
}

/// What another reading of the same clause, or its other end, gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The rule.
    pub rule: String,
    /// What sets it apart.
    pub label: Bilingual,
    /// Another reading, or which end.
    pub kind: VariantKind,
    /// What it gives.
    pub value: Result<Wide, Refusal>,
}

/// The proof of one entitlement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The rule used; empty where none covers the stage.
    pub rule: Bilingual,
    /// What the result counts; posts where it is empty.
    pub unit: Bilingual,
    /// Inputs that are numbers, in the pack's order.
    pub inputs: Vec<Given>,
    /// The steps.
    pub lines: Vec<Line>,
    /// The last step's value: always that of [`Norm::answer`].
    pub value: Result<Wide, Refusal>,
    /// The posts: always those of [`Norm::entitle`].
    pub result: Result<Posts, Refusal>,
    /// What the text of the norm leaves open; empty where it is plain.
    pub unclear: Bilingual,
    /// What sets this reading apart, where the clause can be read in several ways.
    pub reading: Option<Bilingual>,
    /// The other readings or the other end.
    pub alternatives: Vec<Alternative>,
}

impl Proof {
    /// A proof of posts that was put together elsewhere, in the same form as those of a norm.
    pub fn of_posts(
        rule: Bilingual,
        inputs: Vec<Given>,
        lines: Vec<Line>,
        result: Result<Posts, Refusal>,
    ) -> Self {
        let wide = |value: &Fraction| {
            Wide::new_raw(i128::from(*value.numer()), i128::from(*value.denom()))
        };
        Self {
            rule,
            unit: Bilingual::default(),
            inputs,
            lines,
            value: result.as_ref().map(|posts| wide(&posts.exact)).map_err(Clone::clone),
            result,
            unclear: Bilingual::default(),
            reading: None,
            alternatives: Vec::new(),
        }
    }

    fn none(why: Refusal) -> Self {
        Self::of_posts(Bilingual::default(), Vec::new(), Vec::new(), Err(why))
    }
}

impl Norm {
    /// The proof of what the norm gives one subject, as [`super::Reader::entitle`] does.
    pub fn prove(&self, subject: &Subject) -> Proof {
        self.prove_beside(subject, &Beside::default())
    }

    pub(super) fn prove_beside(&self, subject: &Subject, beside: &Beside) -> Proof {
        if let Err(why) = self.pack_in_force() {
            return Proof::none(why);
        }
        let Some((rule, nodes)) = self.rule_for(subject.stage, subject.locality) else {
            return Proof::none(Refusal::NoRule);
        };
        let mut inputs = Vec::new();
        self.fill_inputs(subject, beside, &mut inputs);
        let shelf = Shelf::default();
        let scene = Scene {
            stock: self.stock(),
            inputs: &inputs,
            lists: &beside.grades,
            steps: &[],
            here: Here::NOWHERE,
            shelf: &shelf,
        };
        let mut proof = self.walk(rule, nodes, &scene);
        proof.alternatives = self.alternatives(rule, |_, nodes| {
            let mut steps = Vec::new();
            run(&scene, nodes, &mut steps);
            self.last(&shelf, &steps)
        });
        proof
    }

    /// The proof of what a rule gives, asked as by [`Norm::answer`].
    pub fn prove_rule(&self, rule: &str, given: &[(String, Asked)]) -> Proof {
        let found = self.pack.rule(rule).and_then(|rule| {
            self.rule_at(self.pack.rules.iter().position(|found| found.id == rule.id)?)
        });
        let Some((rule, nodes)) = found else { return Proof::none(Refusal::NoRule) };
        let case: Case = match self.case(rule, given) {
            Ok(case) => case,
            Err(why) => return Proof::none(why),
        };
        let mut proof = self.walk(rule, nodes, &case.scene(self));
        proof.alternatives = self.alternatives(rule, |other, _| self.answer(&other.id, given));
        proof
    }

    fn alternatives(
        &self,
        rule: &Rule,
        value: impl Fn(&Rule, &[Node]) -> Result<Wide, Refusal>,
    ) -> Vec<Alternative> {
        let Some(own) = &rule.variant else { return Vec::new() };
        let mut out = Vec::new();
        for (other, nodes) in self.pack.rules.iter().zip(&self.ready.rules) {
            let Some(variant) = &other.variant else { continue };
            if variant.of == own.of && other.id != rule.id {
                let (id, label) = (other.id.clone(), variant.label.clone());
                let value = value(other, nodes);
                out.push(Alternative { rule: id, label, kind: variant.kind, value });
            }
        }
        out
    }

    fn last(&self, shelf: &Shelf, steps: &[Result<Num, Stop>]) -> Result<Wide, Refusal> {
        match steps.last() {
            Some(Ok(value)) => Ok(shelf.wide(*value)),
            Some(Err(stop)) => Err(self.refusal(*stop)),
            None => Err(Refusal::NoRule),
        }
    }

    fn walk(&self, rule: &Rule, nodes: &[Node], scene: &Scene<'_>) -> Proof {
        let mut steps = Vec::new();
        let before_rounding = run(scene, nodes, &mut steps);
        let mut lines = Vec::new();
        self.lines(rule, nodes, scene, &steps, &mut lines);
        let result = match (posts(scene.shelf, before_rounding, steps.last()), steps.last()) {
            (Some(posts), _) => Ok(posts),
            (None, Some(Err(stop))) => Err(self.refusal(*stop)),
            (None, Some(Ok(value))) => {
                Err(scene.shelf.fraction(*value).map_or(Refusal::Overflow, Refusal::NoPosts))
            }
            (None, None) => Err(Refusal::NoRule),
        };
        if let Ok(posts) = &result
            && rule.rounding == Level::Stage
            && rule.unit.is_empty()
            && lines.last().is_some_and(|line| line.value.as_ref().is_ok_and(|it| !it.is_integer()))
        {
            lines.push(Line::rounded("whole", packs::WHOLE, *posts));
        }
        Proof {
            rule: rule.label.clone(),
            unit: rule.unit.clone(),
            inputs: self.given(scene),
            lines,
            value: self.last(scene.shelf, &steps),
            result,
            unclear: rule.unclear.clone(),
            reading: rule.variant.as_ref().map(|variant| variant.label.clone()),
            alternatives: Vec::new(),
        }
    }

    /// The lines of a rule's steps; those of a rule that it uses stand before the line that does.
    pub(super) fn lines(
        &self,
        rule: &Rule,
        nodes: &[Node],
        scene: &Scene<'_>,
        steps: &[Result<Num, Stop>],
        lines: &mut Vec<Line>,
    ) {
        for (at, (step, node)) in rule.steps.iter().zip(nodes).enumerate() {
            // Each step sees the ones before it, as it did when it was worked out.
            let earlier = steps.get(..at).unwrap_or_default();
            let scene = Scene { steps: earlier, ..*scene };
            let mut notes = Notes::default();
            let mut writer = Writer { norm: self, rule, scene: &scene, notes: &mut notes };
            let (pieces, before_rounding) = writer.step(node);
            let value = match steps.get(at) {
                Some(Ok(value)) => scene.shelf.fraction(*value).ok_or(Refusal::Overflow),
                Some(Err(stop)) => Err(self.refusal(*stop)),
                None => continue,
            };
            lines.append(&mut notes.lines);
            lines.push(Line {
                id: step.id.clone(),
                label: step.label.clone(),
                pieces,
                before_rounding,
                value,
                conditions: notes.conditions,
                decision: notes.decision,
                rows: notes.rows,
                cites: notes.cites,
                clause: step.clause.clone(),
            });
        }
    }

    fn given(&self, scene: &Scene<'_>) -> Vec<Given> {
        let fraction = |value: Num| scene.shelf.fraction(value);
        let numbers = self.pack.inputs.iter().zip(scene.inputs).filter_map(|(input, value)| {
            let value = match (input.kind, value) {
                (InputKind::Word, _) => return None,
                (InputKind::Number, Value::Number(number)) => Shown::Number(fraction(*number)?),
                (InputKind::List, Value::List(list)) => {
                    let items = scene.lists.get(usize::from(*list))?;
                    if items.is_empty() {
                        return None;
                    }
                    Shown::List(items.iter().map(|item| item.and_then(fraction)).collect())
                }
                (InputKind::List, _) => return None,
                // A pack for reference asks for much that one of its rules does not.
                (InputKind::Number, _) if self.pack.library => return None,
                (InputKind::Number, _) => Shown::Missing,
            };
            let (id, label, unit) = (input.id.clone(), input.label.clone(), input.unit.clone());
            Some(Given { id, label, unit, value })
        });
        numbers.collect()
    }

    /// Whether the pack may be asked on the norm's day.
    ///
    /// # Errors
    /// Outside the pack's dates.
    pub(super) fn pack_in_force(&self) -> Result<(), Refusal> {
        if self.in_force() {
            return Ok(());
        }
        let Pack { valid_from: from, valid_to: to, .. } = self.pack;
        Err(Refusal::PackNotInForce { day: self.day, from, to })
    }

    pub(super) fn refusal(&self, stop: Stop) -> Refusal {
        let input = |slot: u16| {
            let input = self.pack.inputs.get(usize::from(slot));
            input.map(|input| input.label.clone()).unwrap_or_default()
        };
        let table = |version: u16| {
            let versions = self.ready.versions.get(usize::from(version));
            let first = versions.and_then(|versions| versions.first());
            first.and_then(|at| self.pack.tables.get(usize::from(*at)))
        };
        let quantity =
            |version: u16| table(version).map(|table| self.quantity(table)).unwrap_or_default();
        match stop {
            Stop::Missing(slot) => Refusal::Missing(input(slot)),
            Stop::NotInForce(slot) => {
                let parameter = self.pack.parameters.get(usize::from(slot));
                let label = parameter.map(|parameter| parameter.label.clone());
                Refusal::NotInForce(label.unwrap_or_default())
            }
            Stop::NoTable(version) => {
                let label = table(version).map(|table| table.label.clone());
                Refusal::NotInForce(label.unwrap_or_default())
            }
            Stop::NoChoice(slot) => Refusal::NoChoice(input(slot)),
            Stop::ByZero => Refusal::ByZero,
            Stop::Overflow => Refusal::Overflow,
            Stop::Refused(reason) => {
                let reason = self.ready.reasons.get(usize::from(reason));
                Refusal::Declared(reason.cloned().unwrap_or_default())
            }
            Stop::NotWhole(version) => Refusal::NotWhole(quantity(version)),
            Stop::BelowZero(version) => Refusal::BelowZero(quantity(version)),
            Stop::Fraction(slot) => Refusal::NotWhole(input(slot)),
            Stop::Negative(slot) => Refusal::BelowZero(input(slot)),
        }
    }

    /// What a table's quantity is called.
    pub fn quantity(&self, table: &super::Table) -> Bilingual {
        if !table.quantity.is_empty() {
            return table.quantity.clone();
        }
        let input = self.pack.inputs.iter().find(|input| input.id == table.by);
        input.map_or_else(|| Bilingual::new(&table.by, ""), |input| input.label.clone())
    }
}
