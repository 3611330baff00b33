//! What each column means: the header is found, its words are looked up, the cells below are asked
//! where the words leave a doubt. A doubt that stays is put to the person, never guessed away.

mod courses;
mod dictionary;
mod doubt;
mod field;
mod header;
mod normal;
mod personal;
mod remember;
mod settle;
mod words;

use bianheng_core::county::Stage;
use bianheng_core::text::{Lang, import as text};

use crate::grid::{Grid, column_letter};

pub use doubt::Why;
pub use field::{Field, Grade};
pub(crate) use normal::{key, narrow, one_width};
pub use personal::PersonalKind;
pub use remember::RememberedMapping;
pub(crate) use settle::year_of;
pub(crate) use words::grade_of;

/// How sure the meaning of a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The header says it.
    Recognised,
    /// It was settled for a file with this header before.
    Remembered,
    /// The person has just said it.
    Chosen,
    /// There is a doubt: a person should look. With no meaning proposed the column is undecided
    /// and keeps the import from going on.
    Confirm {
        /// The meanings it may have, the likeliest first.
        candidates: Vec<Field>,
        /// What the doubt is.
        why: Why,
    },
    /// The header says nothing that is known here: not imported.
    Unknown,
    /// Needs no import: a row number, a column without header and content.
    Ignored,
    /// Left out because it says something about a person.
    Personal(PersonalKind),
}

/// One column of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Place in the sheet, from 0.
    pub index: usize,
    /// The header as it stands, its lines joined by a space.
    pub header: String,
    /// The header as it is compared: one width, one script, no units.
    pub key: String,
    /// The first filled cell; empty where the column is left out as personal data.
    pub sample: String,
    /// The meaning; `None` while undecided.
    pub field: Option<Field>,
    /// How sure it is.
    pub state: State,
}

impl Column {
    /// Letter and header, as findings name the column.
    pub fn label(&self) -> String {
        if self.header.is_empty() {
            return column_letter(self.index);
        }
        format!("{} {}", column_letter(self.index), self.header)
    }

    /// The state in a word or two.
    pub fn state_text(&self, lang: Lang) -> String {
        let message = match &self.state {
            State::Recognised => &text::STATE_RECOGNISED,
            State::Remembered => &text::STATE_REMEMBERED,
            State::Chosen => &text::STATE_CHOSEN,
            State::Confirm { .. } if self.field.is_none() => &text::STATE_UNDECIDED,
            State::Confirm { .. } => &text::STATE_CONFIRM,
            State::Unknown => &text::STATE_UNKNOWN,
            State::Ignored => &text::STATE_IGNORED,
            State::Personal(_) => &text::STATE_PERSONAL,
        };
        message.get(lang).to_owned()
    }
}

/// How the rows of a sheet are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A row for each school or each stage of it.
    Plain,
    /// As plain, with a column for each grade.
    Wide,
    /// A row for each school and grade.
    Long,
}

/// What the lines above the table, the sheet's name and its columns tell of the survey.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// The county, where one is named.
    pub county: Option<String>,
    /// The calendar year of the survey.
    pub year: Option<i32>,
    /// The stage that the sheet's name tells, for rows that tell none: a sheet called 初中.
    pub stage: Option<Stage>,
}

/// The meaning of a sheet's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Row of the first header line, from 0.
    pub header_row: usize,
    /// Lines of the header; 0 where none was found.
    pub header_rows: usize,
    /// Row of the first data, from 0.
    pub data_row: usize,
    /// Every column of the sheet.
    pub columns: Vec<Column>,
    /// What else the sheet tells.
    pub hints: Hints,
}

impl Mapping {
    /// Gives a column its meaning by hand. Another column with the same meaning becomes ignored:
    /// its state says that it was chosen away.
    pub fn set(&mut self, index: usize, field: Field) {
        for column in &mut self.columns {
            if column.index == index {
                column.field = Some(field);
                column.state = State::Chosen;
            } else if column.field == Some(field) && !matches!(field, Field::Ignore | Field::Note) {
                column.field = Some(Field::Ignore);
                column.state = State::Chosen;
            }
        }
    }

    /// The column with this meaning.
    pub fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == Some(field))
    }

    /// Columns whose meaning a person must give before the import can go on.
    pub fn undecided(&self) -> usize {
        self.columns.iter().filter(|column| column.field.is_none()).count()
    }

    /// Columns that a person should look at, the undecided ones included.
    pub fn to_confirm(&self) -> usize {
        let doubt = |column: &&Column| matches!(column.state, State::Confirm { .. });
        self.columns.iter().filter(doubt).count()
    }

    /// Columns with a meaning that is imported.
    pub fn known(&self) -> usize {
        let known = |column: &&Column| !matches!(column.field, None | Some(Field::Ignore));
        self.columns.iter().filter(known).count()
    }

    /// How the rows are laid out, as the columns say now.
    pub fn form(&self) -> Form {
        let fields = || self.columns.iter().filter_map(|column| column.field);
        if fields().any(|field| field == Field::Grade) {
            Form::Long
        } else if fields().any(|f| matches!(f, Field::GradeStudents(_) | Field::GradeClasses(_))) {
            Form::Wide
        } else {
            Form::Plain
        }
    }
}

/// Finds the header and says what each column means. `remembered` holds what was settled for
/// earlier files, the latest last.
pub fn recognise(grid: &Grid, remembered: &[RememberedMapping]) -> Mapping {
    let place = header::find(grid);
    let mut columns = header::columns(grid, &place);
    settle::settle(grid, &place, &mut columns);
    let hints = settle::hints(grid, &place, &mut columns);
    personal::leave_out(grid, &place, &mut columns);
    let mut mapping = Mapping {
        header_row: place.first,
        header_rows: place.depth,
        data_row: place.data,
        columns,
        hints,
    };
    remember::apply(&mut mapping, remembered);
    mapping
}
