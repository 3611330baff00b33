//! Staffing norms: dated, sourced data evaluated to an entitlement with its proof. One engine; no
//! rule of any country, province or county stands in code.

mod compile;
mod evaluate;
mod formula;
mod pack;
mod packs;
mod proof;
mod radar;
mod said;

use chrono::NaiveDate;
use num_traits::ToPrimitive;

pub use compile::PackError;
pub use formula::FormulaError;
pub use pack::{
    Clause, Column, Confidence, Dated, Document, Exact, Input, InputKind, Pack, Parameter, Rule,
    Step, Unfit,
};
pub use packs::{NATIONAL, SAMPLE, shipped};
pub use proof::{Cite, Condition, Decision, Given, Line, Piece, Proof, Refusal, Shown};
pub use radar::{Turn, turns};
pub use said::{Keyword, Said};

use crate::county::{County, Fact, Holding, Locality, Stage};
use crate::fraction::Fraction;
use compile::{Compiler, Node, Symbols};
use evaluate::{Scene, Stop, Value, half_up};

/// What a norm may ask of one stage of one school. `None` means that the survey does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The stage.
    pub stage: Stage,
    /// Between city and village.
    pub locality: Option<Locality>,
    /// Students of the stage.
    pub students: Option<u32>,
    /// Classes of the stage.
    pub classes: Option<u32>,
    /// Students who board.
    pub boarders: Option<u32>,
}

impl Subject {
    /// The subject that a holding is; `None` at an institution, which no school norm covers.
    pub fn of(county: &County, holding: &Holding) -> Option<Self> {
        Some(Self {
            stage: holding.part.stage()?,
            locality: county.unit_of(holding).and_then(|unit| unit.locality),
            students: holding.roll.students,
            classes: holding.roll.classes,
            boarders: holding.roll.boarders,
        })
    }

    /// The same subject with one figure replaced.
    pub fn with(mut self, fact: Fact, value: Option<u32>) -> Self {
        match fact {
            Fact::Students => self.students = value,
            Fact::Classes => self.classes = value,
            Fact::Boarders => self.boarders = value,
            Fact::InPost => {}
        }
        self
    }
}

/// Posts that a norm gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posts {
    /// Before the rule's last rounding.
    pub exact: Fraction,
    /// Whole posts.
    pub whole: u32,
}

/// What a norm gives one stage of one school, with the figures the schools table shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Entitlement {
    /// Posts by students alone.
    pub by_students: Option<Fraction>,
    /// Posts by classes alone.
    pub by_classes: Option<Fraction>,
    /// Posts added for a stated reason, such as boarding.
    pub extra: Option<Fraction>,
    /// Which of the two bases holds: [`Column::Students`] or [`Column::Classes`].
    pub basis: Option<Column>,
    /// The posts; `None` where the norm refuses, which [`Norm::prove`] explains.
    pub posts: Option<Posts>,
}

/// Where the value of a pack's input comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Students,
    Classes,
    Boarders,
    Stage,
    Locality,
    /// A fact that no survey of ours holds: missing at every school.
    Nowhere,
}

impl Source {
    fn of(input: &str) -> Self {
        match input {
            "students" => Self::Students,
            "classes" => Self::Classes,
            "boarders" => Self::Boarders,
            "stage" => Self::Stage,
            "locality" => Self::Locality,
            _ => Self::Nowhere,
        }
    }
}

/// A pack ready to be evaluated on one day.
#[derive(Debug, Clone)]
pub struct Norm {
    pack: Pack,
    day: NaiveDate,
    parameters: Vec<Option<Fraction>>,
    /// Steps of each rule, beside `pack.rules`.
    rules: Vec<Vec<Node>>,
    /// The rule of each stage.
    rule_of: [Option<usize>; Stage::ALL.len()],
    /// Where each input's value comes from, beside `pack.inputs`.
    sources: Vec<Source>,
    symbols: Symbols,
    stages: [Option<u16>; Stage::ALL.len()],
    localities: [Option<u16>; Locality::ALL.len()],
}

impl Norm {
    /// Makes a pack ready for one day, which picks the dated values.
    ///
    /// # Errors
    /// Where a formula cannot be read, a name has no meaning or two rules cover one stage.
    pub fn new(pack: Pack, day: NaiveDate) -> Result<Self, PackError> {
        let mut covered = Vec::new();
        for stage in pack.rules.iter().flat_map(|rule| &rule.stages) {
            if covered.contains(stage) {
                return Err(PackError::TwoRules(stage.as_str()));
            }
            covered.push(*stage);
        }
        let mut compiler = Compiler::new(&pack)?;
        let rules = pack.rules.iter().map(|rule| compiler.rule(rule)).collect::<Result<_, _>>()?;
        let symbols: Symbols = compiler.symbols;
        let parameters =
            pack.parameters.iter().map(|parameter| parameter.on(day).map(|value| value.0));
        let rule_of = |stage| pack.rules.iter().position(|rule| rule.stages.contains(&stage));
        Ok(Self {
            parameters: parameters.collect(),
            rules,
            rule_of: Stage::ALL.map(rule_of),
            sources: pack.inputs.iter().map(|input| Source::of(&input.id)).collect(),
            stages: Stage::ALL.map(|stage| symbols.find(stage.as_str())),
            localities: Locality::ALL.map(|locality| symbols.find(locality.as_str())),
            symbols,
            day,
            pack,
        })
    }

    /// The pack.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The day that picks the dated values.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// Whether the pack was in force on the day.
    pub fn in_force(&self) -> bool {
        self.pack.valid_from <= self.day && self.pack.valid_to.is_none_or(|end| self.day <= end)
    }

    /// Replaces a parameter's value in force on the norm's day. `false` if the pack has no such
    /// parameter or it is not in force.
    pub(crate) fn set_parameter(&mut self, id: &str, value: Exact) -> bool {
        let at = self.pack.parameters.iter().position(|parameter| parameter.id == id);
        let Some(at) = at else { return false };
        let (Some(parameter), Some(kept)) =
            (self.pack.parameters.get_mut(at), self.parameters.get_mut(at))
        else {
            return false;
        };
        let done = parameter.set_on(self.day, value);
        if done {
            *kept = Some(value.0);
        }
        done
    }

    /// A reader that works out many subjects without allocating for each.
    pub fn reader(&self) -> Reader<'_> {
        Reader { norm: self, inputs: Vec::new(), steps: Vec::new() }
    }

    /// What the norm gives one subject.
    pub fn entitle(&self, subject: &Subject) -> Entitlement {
        self.reader().entitle(subject)
    }

    fn rule_for(&self, stage: Stage) -> Option<(&Rule, &[Node])> {
        let at = self.rule_of.get(stage as usize).copied().flatten()?;
        Some((self.pack.rules.get(at)?, self.rules.get(at)?))
    }

    fn fill_inputs(&self, subject: &Subject, inputs: &mut Vec<Value>) {
        let number = |value: Option<u32>| match value {
            Some(value) => Value::Number(Fraction::from_integer(i64::from(value))),
            None => Value::Missing,
        };
        let word =
            |words: &[Option<u16>], place: usize| Value::Word(words.get(place).copied().flatten());
        inputs.clear();
        inputs.extend(self.sources.iter().map(|source| match source {
            Source::Students => number(subject.students),
            Source::Classes => number(subject.classes),
            Source::Boarders => number(subject.boarders),
            Source::Stage => word(&self.stages, subject.stage as usize),
            Source::Locality => match subject.locality {
                Some(locality) => word(&self.localities, locality as usize),
                None => Value::Missing,
            },
            Source::Nowhere => Value::Missing,
        }));
    }

    /// Works out every step in order.
    fn fill_steps(
        &self,
        nodes: &[Node],
        inputs: &[Value],
        steps: &mut Vec<Result<Fraction, Stop>>,
    ) {
        steps.clear();
        for node in nodes {
            let scene = Scene { inputs, parameters: &self.parameters, steps };
            let value = scene.number(node);
            steps.push(value);
        }
    }
}

/// Works out subjects one after another in the same scratch space.
pub struct Reader<'a> {
    norm: &'a Norm,
    inputs: Vec<Value>,
    steps: Vec<Result<Fraction, Stop>>,
}

impl Reader<'_> {
    /// What the norm gives one subject.
    pub fn entitle(&mut self, subject: &Subject) -> Entitlement {
        let norm = self.norm;
        let Some((rule, nodes)) = norm.rule_for(subject.stage) else {
            return Entitlement::default();
        };
        norm.fill_inputs(subject, &mut self.inputs);
        norm.fill_steps(nodes, &self.inputs, &mut self.steps);

        let mut out = Entitlement::default();
        let mut basis = None;
        for (step, value) in rule.steps.iter().zip(&self.steps) {
            let value = value.ok();
            match step.column {
                Some(Column::Students) => out.by_students = value,
                Some(Column::Classes) => out.by_classes = value,
                Some(Column::Extra) => out.extra = value,
                Some(Column::Basis) => basis = value,
                None => {}
            }
        }
        out.basis = match basis {
            Some(_) if basis == out.by_students => Some(Column::Students),
            Some(_) if basis == out.by_classes => Some(Column::Classes),
            _ => None,
        };
        let scene =
            Scene { inputs: &self.inputs, parameters: &norm.parameters, steps: &self.steps };
        out.posts = nodes.last().and_then(|node| posts(node, &scene));
        out
    }
}

/// Posts from a rule's last step, given all its steps: exact is what stands inside the last
/// rounding. A result below zero or beyond `u32` is no number of posts.
fn posts(last: &Node, scene: &Scene<'_>) -> Option<Posts> {
    let value = scene.steps.last()?.ok()?;
    let exact = match last {
        Node::Call(function, arguments) if function.rounds() => {
            let inner = arguments.first()?;
            // Earlier steps only: the last step cannot name itself.
            scene.number(inner).ok()?
        }
        _ => value,
    };
    let whole = half_up(&value).to_integer().to_u32()?;
    Some(Posts { exact, whole })
}

#[cfg(test)]
mod tests;
