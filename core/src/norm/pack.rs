//! A norm pack: a dated rule set as data, with the source of each figure. It is written as TOML
//! in `core/norms/` (a format that carries comments, that a planner can read aloud and a reviewer
//! can diff), and travels inside the scenario file as JSON. It never computes: [`super::Norm`] does.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::settle::is_own;
use super::table::Table;
use crate::county::{Locality, Stage};
use crate::fraction::{Fraction, exact_decimal, parse_decimal};
use crate::text::Bilingual;

/// An exact number of a pack, written as a decimal (`13.5`) or a fraction (`1/3`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exact(pub Fraction);

impl Exact {
    /// Reads `13.5` or `1/3`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((numerator, denominator)) = text.split_once('/') {
            let (numerator, denominator) = (numerator.parse().ok()?, denominator.parse().ok()?);
            return (denominator > 0).then(|| Self(Fraction::new(numerator, denominator)));
        }
        parse_decimal(text).map(Self)
    }
}

impl std::fmt::Display for Exact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match exact_decimal(&self.0) {
            // In files the minus is the plain one, which reads back.
            Some(decimal) => f.write_str(&decimal.replace('\u{2212}', "-")),
            None => write!(f, "{}/{}", self.0.numer(), self.0.denom()),
        }
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("not a number: {text}")))
    }
}

/// How far a figure of a pack can be relied on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Read on the issuing body's own page.
    Verified,
    /// Read on a copy: shown as 待核实.
    Mirror,
    /// From memory: shown as 待核实.
    Memory,
    /// Set locally, no public source: shown as 待核实 until a document number is entered.
    #[default]
    LocalAssumption,
}

impl Confidence {
    /// Whether a screen must mark the figure 待核实.
    pub fn needs_checking(self) -> bool {
        self != Self::Verified
    }
}

/// A document that clauses cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Id within the pack.
    pub id: String,
    /// Title.
    pub title: Bilingual,
    /// Document number, such as 中央编办发〔2014〕72号.
    #[serde(default)]
    pub number: String,
    /// Issuing body.
    #[serde(default)]
    pub issuer: Bilingual,
    /// Where the text was seen.
    #[serde(default)]
    pub seen: String,
    /// How far the reading can be relied on.
    pub confidence: Confidence,
}

impl Clause {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.document.is_empty() && self.text.is_empty()
    }
}

/// The line of a document that a figure or a step rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Clause {
    /// Id of the document; empty where there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Article, and what it says in short.
    pub text: Bilingual,
    /// How far it can be relied on.
    pub confidence: Confidence,
}

/// A value from a day on; `None` ends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dated {
    /// First day in force.
    pub from: NaiveDate,
    /// The value, or the end of it.
    pub value: Option<Exact>,
    /// What this value rests on, where that is another line than the parameter's own.
    #[serde(default, skip_serializing_if = "Clause::is_empty")]
    pub clause: Clause,
    /// What the pack says here, once a planner changed the value or settled it by a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack_says: Option<Box<PackSays>>,
}

impl Dated {
    /// Whether the value in force is another than the pack's own.
    fn departs(&self) -> bool {
        self.pack_says.as_ref().is_some_and(|says| Some(says.value) != self.value)
    }

    /// What the value rests on; a value set by hand rests on nothing that the pack says.
    fn rests_on<'a>(&'a self, parameter: &'a Parameter) -> &'a Clause {
        let own = !self.clause.is_empty() || self.departs();
        if own { &self.clause } else { &parameter.clause }
    }
}

/// A value of a pack, and what it rests on, kept beside the one that a planner put in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackSays {
    /// The pack's own value.
    pub value: Exact,
    /// What it rests on, where that is another line than the parameter's own.
    #[serde(default, skip_serializing_if = "Clause::is_empty")]
    pub clause: Clause,
}

/// How the figure in force stands to what it was changed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The figure that it was changed from.
    pub value: Exact,
    /// The clause that it departs from.
    pub clause: Clause,
    /// Number of the county's document that says so; empty for one set by hand.
    pub document: String,
}

/// Why a text is no value for a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Neither a decimal nor a fraction.
    NotANumber,
    /// Outside the parameter's own range.
    OutOfRange,
}

/// A figure that rules use and a planner may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Id. One that is looked up by a category reads `name.key`, such as `ratio.primary`.
    pub id: String,
    /// Name on screen.
    pub label: Bilingual,
    /// Unit, such as 学生/名.
    pub unit: Bilingual,
    /// Values by date, oldest first.
    pub values: Vec<Dated>,
    /// Least value that makes sense.
    pub least: Exact,
    /// Greatest value that makes sense.
    pub greatest: Exact,
    /// What it rests on.
    pub clause: Clause,
}

impl Parameter {
    /// The value in force on a day.
    pub fn on(&self, day: NaiveDate) -> Option<Exact> {
        self.dated(day)?.value
    }

    /// What the value in force on a day rests on.
    pub fn clause_on(&self, day: NaiveDate) -> &Clause {
        self.dated(day).map_or(&self.clause, |dated| dated.rests_on(self))
    }

    /// What the pack says where another value is in force on a day, with its clause.
    pub(super) fn departs_on(&self, day: NaiveDate) -> Option<(Exact, &Clause)> {
        let dated = self.dated(day).filter(|dated| dated.departs())?;
        let says = dated.pack_says.as_ref()?;
        Some((says.value, if says.clause.is_empty() { &self.clause } else { &says.clause }))
    }

    fn dated(&self, day: NaiveDate) -> Option<&Dated> {
        self.values.iter().rev().find(|dated| dated.from <= day)
    }

    /// Reads a value that a planner typed.
    ///
    /// # Errors
    /// Where it is no number, or outside the range.
    pub fn read(&self, text: &str) -> Result<Exact, Unfit> {
        let value = Exact::parse(text).ok_or(Unfit::NotANumber)?;
        let within = self.least.0 <= value.0 && value.0 <= self.greatest.0;
        if within { Ok(value) } else { Err(Unfit::OutOfRange) }
    }

    /// Replaces the value in force on a day, and what it rests on: an empty clause is one by hand.
    /// The pack's own value and clause are kept, and stand again once its value is set by hand.
    /// `false` if none is in force.
    pub(super) fn set_on(&mut self, day: NaiveDate, value: Exact, clause: Clause) -> bool {
        let dated = self.values.iter_mut().rev().find(|dated| dated.from <= day);
        let Some((dated, old)) = dated.and_then(|dated| dated.value.map(|old| (dated, old))) else {
            return false;
        };
        let rested = std::mem::replace(&mut dated.clause, clause);
        let says = dated.pack_says.take().unwrap_or_else(|| {
            // A document of the county's own is none of the pack's.
            let clause = if is_own(&rested.document) { Clause::default() } else { rested };
            Box::new(PackSays { value: old, clause })
        });
        dated.value = Some(value);
        if dated.clause.is_empty() && says.value == value {
            dated.clause = says.clause;
        } else {
            dated.pack_says = Some(says);
        }
        true
    }
}

/// What sort of value an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// A number, not below zero.
    Number,
    /// A category, written as a word.
    Word,
    /// Any number of numbers, given as `id_1`, `id_2` or under other endings.
    List,
}

/// One value of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// As formulas and keys write it.
    pub id: String,
    /// On screen.
    pub label: Bilingual,
    /// The stage, locality or category of a county that it stands for, where its id is another word.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub means: String,
}

/// A fact that the rules ask of a school's stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Name in formulas.
    pub id: String,
    /// Name on screen.
    pub label: Bilingual,
    /// Unit on screen; empty for a category.
    #[serde(default)]
    pub unit: Bilingual,
    /// Number, category or list.
    pub kind: InputKind,
    /// Which fact of a county it is, where its id is another word: students, classes, boarders,
    /// stage, locality, category (of the unit), grade_students or grade_classes (lists by grade), or
    /// students.primary and its like, the students of that stage of the same unit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Whether only whole numbers make sense.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// For a list: another list whose items stand beside these, ending by ending.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub beside: String,
    /// The words that a category may be: all that formulas, tables and parameters hold it against. A
    /// stage or a locality needs none.
    #[serde(default, rename = "word", skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Word>,
}

/// Which column of the schools table a step fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// 按学生
    Students,
    /// 按班级
    Classes,
    /// 附加
    Extra,
    /// The basis that holds: equal to one of the two columns by students and by classes.
    Basis,
}

/// One named step of a rule; the last step's value is the entitlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Name that later steps use.
    pub id: String,
    /// Name in the proof.
    pub label: Bilingual,
    /// The formula; the language is described in [`super::formula`].
    pub formula: String,
    /// The column it fills, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Column>,
    /// What the step itself rests on, beside its parameters.
    #[serde(default)]
    pub clause: Clause,
}

/// How a rule stands to others of the same clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VariantKind {
    /// One way to read a clause that can be read in several.
    Reading,
    /// The lower end of a range that the clause gives.
    Least,
    /// The upper end.
    Greatest,
}

/// A rule that is one reading, or one end, of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// What the variants share, such as `TR-BRANCH`.
    pub of: String,
    /// Reading or end.
    pub kind: VariantKind,
    /// What sets this one apart.
    pub label: Bilingual,
    /// Whether this is the reading that the pack goes by.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub chosen: bool,
}

/// Where a rule's last rounding is done when a whole county is worked out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// At each stage of each school.
    #[default]
    Stage,
    /// Once for all stages of a school.
    School,
    /// Once for all schools of the county that draw on one kind of post.
    County,
}

impl Level {
    fn is_stage(&self) -> bool {
        *self == Self::Stage
    }
}

/// Where the posts of a teaching point count, so that none counts twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Points {
    /// By itself.
    #[default]
    Own,
    /// Its students and classes are added to its school's, which is worked out as one.
    StudentsAtParent,
    /// It is worked out by itself, and its posts are added to its school's.
    PostsAtParent,
}

impl Points {
    fn are_own(&self) -> bool {
        *self == Self::Own
    }
}

impl Rule {
    /// Whether it covers a stage at a locality; `None` is one that the survey does not give.
    pub fn covers(&self, stage: Stage, locality: Option<Locality>) -> bool {
        self.stages.contains(&stage)
            && (self.localities.is_empty()
                || locality.is_some_and(|locality| self.localities.contains(&locality)))
    }
}

/// How the posts of some stages are worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Id within the pack.
    pub id: String,
    /// Name on screen.
    pub label: Bilingual,
    /// Stages of a county that it covers; none for a rule that is asked by its id only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// Localities of a county that it covers; none for all of them, the unknown one too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub localities: Vec<Locality>,
    /// What the text of the norm leaves open, and how this rule takes it; empty where it is plain.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub unclear: Bilingual,
    /// What the result counts; posts where it is empty.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub unit: Bilingual,
    /// Reading or end of a clause that other rules share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Variant>,
    /// The input, a date written yyyymmdd, that picks dated values in place of the norm's day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dated_by: String,
    /// Where the last rounding is done for a county.
    #[serde(default, skip_serializing_if = "Level::is_stage")]
    pub rounding: Level,
    /// Its steps, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// A dated rule set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Permanent id.
    pub id: String,
    /// Title.
    pub title: Bilingual,
    /// What it is and what it is not, in a sentence or two.
    pub about: Bilingual,
    /// First day in force.
    pub valid_from: NaiveDate,
    /// Last day in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Country of its documents, as two letters; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// Whether it is there for reference rather than for a county to go by.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub library: bool,
    /// Where teaching points count: by themselves, or at their school, once.
    #[serde(default, skip_serializing_if = "Points::are_own")]
    pub points: Points,
    /// Documents cited.
    #[serde(default, rename = "document")]
    pub documents: Vec<Document>,
    /// Facts asked of a school's stage.
    #[serde(rename = "input")]
    pub inputs: Vec<Input>,
    /// Figures.
    #[serde(default, rename = "parameter")]
    pub parameters: Vec<Parameter>,
    /// Tables.
    #[serde(default, rename = "table", skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    /// Rules.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

impl Pack {
    /// The parameter with this id.
    pub fn parameter(&self, id: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.id == id)
    }

    /// How many parameters, and figures of tables, rest on no verified source.
    pub fn unverified(&self) -> usize {
        let open = |found: &&Parameter| {
            let mut values = found.values.iter().filter(|dated| dated.value.is_some());
            values.any(|dated| dated.rests_on(found).confidence.needs_checking())
        };
        let figures = self.table_figures();
        let clauses = figures.iter().filter_map(|at| self.table_figure_clause(at));
        let in_tables = clauses.filter(|clause| clause.confidence.needs_checking()).count();
        self.parameters.iter().filter(open).count() + in_tables
    }

    /// The rule with this id, or the reading that the pack chose of what the id names.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        let named = self.rules.iter().find(|rule| rule.id == id);
        named.or_else(|| {
            self.rules.iter().find(|rule| {
                rule.variant.as_ref().is_some_and(|variant| variant.of == id && variant.chosen)
            })
        })
    }

    /// The document with this id.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_number_reads_back_as_it_was_written() {
        for text in ["19", "13.5", "1/3", "-2", "-0.5"] {
            assert_eq!(Exact::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Exact::parse("1/0"), None);
    }

    #[test]
    fn a_parameter_reads_what_lies_in_its_range() {
        let pack = crate::norm::shipped(crate::norm::SAMPLE).unwrap();
        let ratio = pack.parameter("ratio.primary").unwrap();
        // 5 to 40, both included.
        assert_eq!(ratio.read(" 18.5 ").map(|value| value.to_string()), Ok("18.5".into()));
        assert!(ratio.read("5").is_ok() && ratio.read("40").is_ok());
        assert_eq!(ratio.read("4.9"), Err(Unfit::OutOfRange));
        assert_eq!(ratio.read("100,0"), Err(Unfit::NotANumber));
        assert_eq!(ratio.read(""), Err(Unfit::NotANumber));
    }
}
