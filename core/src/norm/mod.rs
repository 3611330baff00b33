//! Staffing norms: dated, sourced data evaluated to an entitlement with its proof. One engine; no
//! rule of any country, province or county stands in code.

mod answer;
mod beside;
mod check;
mod cliffs;
mod compile;
mod error;
mod evaluate;
mod exact;
mod figures;
mod formula;
mod pack;
mod packs;
mod proof;
mod proofread;
mod radar;
mod read;
mod roll_up;
mod said;
mod settle;
mod table;
mod together;
mod toml;
mod write;
mod written;

use chrono::NaiveDate;
use num_traits::ToPrimitive;

pub use answer::Asked;
pub use cliffs::{Apart, Cliff, Cliffs, Fall, cliffs, falls};
pub use error::{Fault, PackError, Place, Section};
pub use exact::Wide;
pub use figures::{Figure, FigureId, FigureSet, MOST as MOST_IN_TABLES};
pub use formula::{Expected, FormulaError};
pub use pack::{
    Clause, Column, Confidence, Dated, Departure, Document, Exact, Input, InputKind, Level, Pack,
    PackSays, Parameter, Points, Rule, Step, Unfit, Variant, VariantKind, Word,
};
pub use packs::{Listed, NATIONAL, SAMPLE, listed, shipped};
pub use proof::{
    Alternative, Cite, Condition, Decision, Given, Line, Piece, Proof, Refusal, Shown, TableRow,
};
pub use radar::{Turn, turns, turns_of_row};
pub use read::{read_pack, sound};
pub use said::{Keyword, Said};
pub use table::{Band, BandFault, Bound, Row, Table};
pub use written::write_pack;

use crate::county::{County, Fact, Holding, Locality, Stage};
use crate::fraction::Fraction;
use beside::Beside;
use compile::{Node, Ready};
use evaluate::{Here, Scene, Stock, Stop, Value};
use exact::{Mode, Num, Shelf};

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
    /// The subject that a holding is; `None` at an institution, which no school norm covers, and at a
    /// school that closed, which needs nothing.
    pub fn of(county: &County, holding: &Holding) -> Option<Self> {
        let unit = county.unit_of(holding);
        if unit.is_some_and(|unit| unit.closed.is_some()) {
            return None;
        }
        Some(Self {
            stage: holding.part.stage()?,
            locality: unit.and_then(|unit| unit.locality),
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
    /// Posts that stand at teaching points which are worked out here: given to them, and not within
    /// `posts`.
    pub at_points: u32,
}

/// Where the value of a pack's input comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Students,
    Classes,
    Boarders,
    Stage,
    Locality,
    /// Lists by grade, youngest first.
    GradeStudents,
    GradeClasses,
    /// What sort of unit it is, in the county's words.
    Category,
    /// Students of this stage of the same unit.
    StudentsOf(Stage),
    /// A fact that no survey of ours holds: missing at every school.
    Nowhere,
}

impl Source {
    fn of(input: &Input) -> Self {
        match if input.source.is_empty() { &input.id } else { &input.source }.as_str() {
            "students" => Self::Students,
            "classes" => Self::Classes,
            "boarders" => Self::Boarders,
            "stage" => Self::Stage,
            "locality" => Self::Locality,
            "grade_students" => Self::GradeStudents,
            "grade_classes" => Self::GradeClasses,
            "category" => Self::Category,
            name => {
                let stage = name.strip_prefix("students.").and_then(Stage::parse);
                stage.map_or(Self::Nowhere, Self::StudentsOf)
            }
        }
    }

    /// What sort of value it is.
    fn kind(self) -> Option<InputKind> {
        match self {
            Self::Students | Self::Classes | Self::Boarders | Self::StudentsOf(_) => {
                Some(InputKind::Number)
            }
            Self::Stage | Self::Locality | Self::Category => Some(InputKind::Word),
            Self::GradeStudents | Self::GradeClasses => Some(InputKind::List),
            Self::Nowhere => None,
        }
    }
}

/// A pack ready to be evaluated on one day.
#[derive(Debug, Clone)]
pub struct Norm {
    pack: Pack,
    day: NaiveDate,
    parameters: Vec<Option<Num>>,
    /// The table in force of each version's number.
    tables: Vec<Option<u16>>,
    ready: Ready,
    /// The rule of each stage: at each locality, and at an unknown one.
    rule_of: [[Option<usize>; Locality::ALL.len() + 1]; Stage::ALL.len()],
    /// Where each input's value comes from, beside `pack.inputs`.
    sources: Vec<Source>,
    stages: [Option<u16>; Stage::ALL.len()],
    localities: [Option<u16>; Locality::ALL.len()],
}

impl Norm {
    /// Makes a pack ready for one day, which picks the dated values.
    ///
    /// # Errors
    /// What is wrong with the pack, and where: see [`Fault`].
    pub fn new(pack: Pack, day: NaiveDate) -> Result<Self, PackError> {
        check::check(&pack)?;
        let ready = compile::compile(&pack)?;
        let rule_at = |stage, place: usize| {
            let locality = Locality::ALL.get(place).copied();
            pack.rules.iter().position(|rule| rule.covers(stage, locality))
        };
        let rule_of = |stage| std::array::from_fn(|place| rule_at(stage, place));
        let symbol = |source: Source, word: &str| {
            let inputs = pack.inputs.iter().filter(|input| Source::of(input) == source);
            let mut words = inputs.flat_map(|input| &input.words);
            let alias = words.find(|found| found.means == word);
            ready.symbols.find(alias.map_or(word, |alias| alias.id.as_str()))
        };
        Ok(Self {
            parameters: parameters_on(&pack, day),
            tables: tables_on(&pack, &ready, day),
            rule_of: Stage::ALL.map(rule_of),
            sources: pack.inputs.iter().map(Source::of).collect(),
            stages: Stage::ALL.map(|stage| symbol(Source::Stage, stage.as_str())),
            localities: Locality::ALL.map(|place| symbol(Source::Locality, place.as_str())),
            ready,
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

    /// The fact of a county's survey that an input of the pack asks for; `None` for other inputs.
    pub fn fact_of(&self, input: &str) -> Option<Fact> {
        let at = self.pack.inputs.iter().position(|found| found.id == input)?;
        match self.sources.get(at)? {
            Source::Students => Some(Fact::Students),
            Source::Classes => Some(Fact::Classes),
            Source::Boarders => Some(Fact::Boarders),
            Source::Stage
            | Source::Locality
            | Source::GradeStudents
            | Source::GradeClasses
            | Source::Category
            | Source::StudentsOf(_)
            | Source::Nowhere => None,
        }
    }

    /// Whether the pack was in force on the day. Where it was not, it gives nothing and says why.
    pub fn in_force(&self) -> bool {
        self.pack.valid_from <= self.day && self.pack.valid_to.is_none_or(|end| self.day <= end)
    }

    /// Replaces a parameter's value in force on the norm's day, by the county's document of this
    /// number or, where that is empty, by hand. `false` if the pack has no such parameter or it is
    /// not in force.
    pub(crate) fn set_parameter(&mut self, id: &str, value: Exact, document: &str) -> bool {
        let at = self.pack.parameters.iter().position(|parameter| parameter.id == id);
        let Some(kept) = at.and_then(|at| self.parameters.get_mut(at)) else { return false };
        let done = self.pack.set_figure(id, self.day, value, document);
        if done {
            *kept = Some(Num::of(&value.0));
        }
        done
    }

    /// A reader that works out many subjects without allocating for each.
    pub fn reader(&self) -> Reader<'_> {
        Reader { norm: self, inputs: Vec::new(), steps: Vec::new(), shelf: Shelf::default() }
    }

    /// What the norm gives one subject.
    pub fn entitle(&self, subject: &Subject) -> Entitlement {
        self.reader().entitle(subject)
    }

    fn rule_for(&self, stage: Stage, locality: Option<Locality>) -> Option<(&Rule, &[Node])> {
        let place = locality.map_or(Locality::ALL.len(), |locality| locality as usize);
        self.rule_at((*self.rule_of.get(stage as usize)?.get(place)?)?)
    }

    fn rule_at(&self, at: usize) -> Option<(&Rule, &[Node])> {
        Some((self.pack.rules.get(at)?, self.ready.rules.get(at)?))
    }

    fn stock(&self) -> Stock<'_> {
        Stock { ready: &self.ready, parameters: &self.parameters, tables: &self.tables }
    }

    fn fill_inputs(&self, subject: &Subject, beside: &Beside, inputs: &mut Vec<Value>) {
        let number = |value: Option<u32>| match value {
            Some(value) => Value::Number(Num::whole(i64::from(value))),
            None => Value::Missing,
        };
        let word =
            |words: &[Option<u16>], place: usize| Value::Word(words.get(place).copied().flatten());
        inputs.clear();
        inputs.extend(self.sources.iter().zip(&self.pack.inputs).map(
            |(source, input)| match source {
                Source::Students => number(subject.students),
                Source::Classes => number(subject.classes),
                Source::Boarders => number(subject.boarders),
                Source::Stage => word(&self.stages, subject.stage as usize),
                Source::Locality => match subject.locality {
                    Some(locality) => word(&self.localities, locality as usize),
                    None => Value::Missing,
                },
                Source::GradeStudents => Value::List(0),
                Source::GradeClasses => Value::List(1),
                Source::Category if beside.category.is_empty() => Value::Missing,
                Source::Category => Value::Word(self.category_of(input, &beside.category)),
                Source::StudentsOf(stage) => {
                    number(beside.students.get(*stage as usize).copied().flatten())
                }
                Source::Nowhere => Value::Missing,
            },
        ));
    }
}

fn parameters_on(pack: &Pack, day: NaiveDate) -> Vec<Option<Num>> {
    let values = pack.parameters.iter().map(|parameter| parameter.on(day));
    values.map(|value| value.map(|value| Num::of(&value.0))).collect()
}

fn tables_on(pack: &Pack, ready: &Ready, day: NaiveDate) -> Vec<Option<u16>> {
    let in_force = |at: &&u16| {
        let table = pack.tables.get(usize::from(**at));
        table.is_some_and(|table| table.in_force(day))
    };
    ready.versions.iter().map(|versions| versions.iter().find(in_force).copied()).collect()
}

/// Works out subjects one after another in the same scratch space.
pub struct Reader<'a> {
    norm: &'a Norm,
    inputs: Vec<Value>,
    steps: Vec<Result<Num, Stop>>,
    shelf: Shelf,
}

impl Reader<'_> {
    /// What the norm gives one subject. A norm that asks for more of a county than a subject tells
    /// gives nothing: [`Norm::entitle_county`] does.
    pub fn entitle(&mut self, subject: &Subject) -> Entitlement {
        self.entitle_beside(subject, &Beside::default())
    }

    fn entitle_beside(&mut self, subject: &Subject, beside: &Beside) -> Entitlement {
        let norm = self.norm;
        let rule = norm.rule_for(subject.stage, subject.locality).filter(|_| norm.in_force());
        let Some((rule, nodes)) = rule else { return Entitlement::default() };
        norm.fill_inputs(subject, beside, &mut self.inputs);
        self.steps.clear();
        self.shelf.clear();
        let scene = Scene {
            stock: norm.stock(),
            inputs: &self.inputs,
            lists: &beside.grades,
            steps: &[],
            here: Here::NOWHERE,
            shelf: &self.shelf,
        };
        let before_rounding = run(&scene, nodes, &mut self.steps);

        let mut out = Entitlement::default();
        let mut basis = None;
        for (step, value) in rule.steps.iter().zip(&self.steps) {
            let Some(column) = step.column else { continue };
            let value = value.ok().and_then(|value| self.shelf.fraction(value));
            match column {
                Column::Students => out.by_students = value,
                Column::Classes => out.by_classes = value,
                Column::Extra => out.extra = value,
                Column::Basis => basis = value,
            }
        }
        out.basis = match basis {
            Some(_) if basis == out.by_students => Some(Column::Students),
            Some(_) if basis == out.by_classes => Some(Column::Classes),
            _ => None,
        };
        out.posts = posts(&self.shelf, before_rounding, self.steps.last());
        out
    }
}

/// Works out every step. Returns what stands inside the last step's rounding, where it rounds to
/// whole numbers.
fn run(scene: &Scene<'_>, nodes: &[Node], steps: &mut Vec<Result<Num, Stop>>) -> Option<Num> {
    let Some((Node::Round(mode, 0, inner), earlier)) = nodes.split_last() else {
        scene.fill(nodes, steps);
        return None;
    };
    scene.fill(earlier, steps);
    let exact = Scene { steps, ..*scene }.number(inner);
    let rounded = exact.and_then(|exact| scene.shelf.round(exact, *mode, 0).ok_or(Stop::Overflow));
    steps.push(rounded);
    exact.ok()
}

/// Posts from the last step: exact is what stands inside its rounding. A result below zero or
/// beyond `u32` is no number of posts.
fn posts(
    shelf: &Shelf,
    before_rounding: Option<Num>,
    last: Option<&Result<Num, Stop>>,
) -> Option<Posts> {
    let value = last.copied()?.ok()?;
    let exact = shelf.fraction(before_rounding.unwrap_or(value))?;
    let whole = shelf.fraction(shelf.round(value, Mode::HalfUp, 0)?)?;
    Some(Posts { exact, whole: whole.to_integer().to_u32()? })
}

#[cfg(test)]
mod tests;
