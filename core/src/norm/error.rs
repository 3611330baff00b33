//! Why a norm pack cannot be used: what is wrong and where. `core::text` says it in words, with
//! what would mend it.

use chrono::NaiveDate;

use super::formula::FormulaError;
use super::table::BandFault;

/// A part of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The pack itself.
    Pack,
    /// A document.
    Document,
    /// An input.
    Input,
    /// A parameter.
    Parameter,
    /// A table, or a row of it.
    Table,
    /// A rule, or a step of it.
    Rule,
}

/// Where in a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The part.
    pub section: Section,
    /// Which of them, counted from 0.
    pub at: usize,
    /// Its id, where it has one; of the pack itself the field.
    pub id: String,
    /// For a row or a step: which, counted from 0, and the step's id.
    pub part: Option<(usize, String)>,
}

impl Place {
    /// The pack as a whole.
    pub(super) fn pack() -> Self {
        Self::new(Section::Pack, 0, "")
    }

    /// A field of the pack's own.
    pub(super) fn key(key: &str) -> Self {
        Self::new(Section::Pack, 0, key)
    }

    pub(super) fn new(section: Section, at: usize, id: &str) -> Self {
        Self { section, at, id: id.to_owned(), part: None }
    }

    pub(super) fn part(&self, at: usize, id: &str) -> Self {
        Self { part: Some((at, id.to_owned())), ..self.clone() }
    }

    pub(super) fn fault(self, fault: Fault) -> PackError {
        PackError { place: Box::new(self), line: None, fault: Box::new(fault) }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The text is neither TOML nor JSON that a pack is written in, in the reader's own words.
    Syntax(String),
    /// A part lacks a field, has one that packs do not know or one of the wrong sort, in the
    /// reader's own words.
    Field(String),
    /// A formula that cannot be read.
    Formula(FormulaError),
    /// A name that is no input, parameter or earlier step.
    UnknownName(String),
    /// A name that is a later step.
    LaterStep(String),
    /// No table has this name.
    UnknownTable(String),
    /// No rule has this id.
    UnknownRule(String),
    /// A number where a category or a list belongs, or the reverse.
    Kind,
    /// A sum over a list inside another, or a table or rule inside a row of a table.
    Nested,
    /// A band that is pooled over must give a figure that does not depend on the quantity.
    NotConstant,
    /// The same id twice.
    Duplicate(String),
    /// Two versions of one table are in force on the same day.
    Versions(String),
    /// Two rules for one stage.
    TwoRules(&'static str),
    /// A rule without steps.
    NoSteps,
    /// Steps or rules that need one another, in order; the first stands at the end again.
    Cycle(Vec<String>),
    /// A rule that is dated by an input uses, or is used by, one that is not.
    Dated(String),
    /// Values that are not in order of date.
    Dates,
    /// The least value is above the greatest.
    Range,
    /// A value outside the parameter's own range.
    OutOfRange(String),
    /// A figure without a clause that it rests on.
    NoClause,
    /// A clause of a document that the pack does not list.
    NoDocument(String),
    /// Of several readings of a clause exactly one must be chosen.
    Chosen(String),
    /// A table whose bands do not fit.
    Bands(BandFault),
    /// More names, or more work, than a pack needs.
    TooLarge,
    /// A pack without rules.
    NoRules,
    /// The last step of a rule that is rounded once, for a school or for the county, rounds nothing.
    NoLastRounding(&'static str),
    /// A word that the input it is held against may not be.
    UndeclaredWord {
        /// The word.
        word: String,
        /// The input.
        input: String,
    },
    /// An input is said to come from a fact that no county has.
    UnknownSource(String),
    /// A word is said to stand for what no county has.
    UnknownMeaning(String),
    /// A parameter without values.
    NoValues,
    /// Two values of a parameter from one day on.
    SameDay(NaiveDate),
    /// The last day comes before the first.
    EndsFirst {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// A division by a figure that may be set to zero.
    ZeroDivisor(String),
    /// A field that does not stand in both languages.
    OneLanguage(&'static str),
    /// A clause that is called verified, of a document that is not.
    SurerThan(String),
    /// A clause that is called verified and cites no document.
    SureOfNothing,
    /// A document that is called verified, with neither a number nor a place where it was seen.
    SeenNowhere,
    /// A figure of a table that is said to be set where the row of this number, counted from 1, has none.
    SetsNothing(usize),
}

/// Why a pack cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    /// Where.
    pub place: Box<Place>,
    /// The line of the text, counted from 1, where there is a text.
    pub line: Option<u32>,
    /// What is wrong.
    pub fault: Box<Fault>,
}

impl std::fmt::Display for PackError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&crate::text::packs::error(self, crate::text::Lang::En))
    }
}

impl std::error::Error for PackError {}
