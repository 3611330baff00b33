//! What is said about a row, a cell, a column or the whole file.

use bianheng_core::county::Stage;
use bianheng_core::text::names::stage;
use bianheng_core::text::number::count as grouped;
use bianheng_core::text::{Lang, Message, import as words};

use super::number::Fault;
use crate::recognise::PersonalKind;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 须改: the row, or the file, cannot be taken as it is.
    MustFix,
    /// 请看: taken or listed by a rule that a person should know of.
    LookAt,
    /// 已丢弃: left out, as it should be.
    LeftOut,
}

impl Severity {
    /// The severity in words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::MustFix => words::SEVERITY_MUST_FIX.get(lang),
            Self::LookAt => words::SEVERITY_LOOK_AT.get(lang),
            Self::LeftOut => words::SEVERITY_LEFT_OUT.get(lang),
        }
    }
}

/// A figure that is summed and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// Students.
    Students,
    /// Classes.
    Classes,
    /// Students who board.
    Boarders,
    /// Posts authorised.
    Authorised,
    /// People in post.
    InPost,
    /// Teachers.
    Teachers,
    /// People expected to leave.
    Departures,
    /// Clerks, teaching assistants and workers.
    NonTeaching,
    /// Child-care workers.
    Carers,
    /// Teachers by course, all together.
    CourseTeachers,
}

impl Figure {
    /// The figure in words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Students => words::FIELD_STUDENTS.get(lang),
            Self::Classes => words::FIELD_CLASSES.get(lang),
            Self::Boarders => words::FIELD_BOARDERS.get(lang),
            Self::Authorised => words::FIELD_AUTHORISED.get(lang),
            Self::InPost => words::FIELD_IN_POST.get(lang),
            Self::Teachers => words::FIELD_TEACHERS.get(lang),
            Self::Departures => words::FIGURE_DEPARTURES.get(lang),
            Self::NonTeaching => words::FIELD_NON_TEACHING.get(lang),
            Self::Carers => words::FIELD_CARERS.get(lang),
            Self::CourseTeachers => words::FIGURE_COURSE_TEACHERS.get(lang),
        }
    }
}

/// The one thing to do about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// Put this text into the cell.
    Use(String),
    /// Write something else into the cell.
    Edit,
    /// Write something into the blank cell.
    Fill,
    /// Leave the row out knowingly.
    SkipRow,
    /// The first of the two rows stands; the later one is left out knowingly.
    KeepFirst,
    /// Say what the column means.
    ChooseColumn,
    /// Nothing needs to be done.
    Nothing,
}

impl Fix {
    /// The fix in words, for its button.
    pub fn text(&self, lang: Lang) -> String {
        let message = match self {
            Self::Use(text) => return words::FIX_USE.with(lang, &[("text", text)]),
            Self::Edit => &words::FIX_EDIT,
            Self::Fill => &words::FIX_FILL,
            Self::SkipRow => &words::FIX_SKIP_ROW,
            Self::KeepFirst => &words::FIX_KEEP_FIRST,
            Self::ChooseColumn => &words::FIX_CHOOSE_COLUMN,
            Self::Nothing => return "—".to_owned(),
        };
        message.get(lang).to_owned()
    }
}

/// What was found. Rows are those of the grid, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the messages of core/text/import.rs say each case in full")]
pub enum Kind {
    CodeMissing,
    CodeShortened,
    CodesFromNames,
    NameMissing,
    NamesFromCodes,
    Duplicate { first: usize },
    DuplicateDiffers { first: usize },
    OtherName { first: usize, name: String },
    Number(Fault),
    NumberMended { count: u32 },
    NumberUnsaid,
    Missing { figure: Figure, name: String },
    FromGrades { sum: u32 },
    FromTeachers,
    ClassesZero { students: u32 },
    StudentsZero { classes: u32 },
    NobodyInPost { students: u32 },
    GradeSum { figure: Figure, stated: u32, sum: u64 },
    InPostAbove { authorised: u32, in_post: u32 },
    BoardersAbove { students: u32 },
    StageUnknown,
    StageMissing,
    StageFromName { stages: Vec<Stage> },
    StagesGuessed { by_name: usize, by_default: usize, stage: Stage },
    LocalityUnknown,
    GradeUnknown,
    GradeOutside { stages: Vec<Stage> },
    CannotSplit,
    Split { figure: Figure, total: u32, parts: Vec<(Stage, u32)> },
    MergedAcross,
    PlaceUnreadable,
    PlaceOutOfRange,
    PlaceHalf,
    ParentUnknown,
    ParentSelf,
    TotalsAgree,
    TotalsDiffer { figure: Figure, stated: u32, sum: u64 },
    NoteRow,
    HeaderAgain,
    ExampleRow,
    Skipped,
    OtherCounty { county: String },
    Personal { kind: PersonalKind, cells: usize },
    ColumnUnknown { cells: usize },
    ColumnUndecided,
    NoNames,
    NoRows,
    NoStudents,
    NoClasses,
    NoPosts,
    AuthorisedFromInPost,
    AuthorisedFromTeachers,
    InPostFromTeachers,
    InPostFromAuthorised,
    SeveralCounties { counties: usize },
    SeveralYears { years: usize },
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// What was found.
    pub kind: Kind,
    /// The row of the grid, from 0; `None` where it concerns a column or the file.
    pub row: Option<usize>,
    /// The column, from 0.
    pub column: Option<usize>,
    /// Letter and header of the column; empty where it concerns the row or the file.
    pub column_label: String,
    /// The text of the cell, empty where blank.
    pub value: String,
    /// What to do about it.
    pub fix: Fix,
    /// Whether the row stands in this list instead of being taken.
    pub listed: bool,
}

impl Finding {
    /// The row's number as the office program shows it.
    pub fn row_number(&self) -> Option<usize> {
        self.row.map(|row| row + 1)
    }

    /// Why it is in the list, in one sentence.
    pub fn text(&self, lang: Lang) -> String {
        let fill = |message: &Message, places: &[(&str, &dyn std::fmt::Display)]| {
            message.with(lang, places)
        };
        let plain = |message: &Message| message.get(lang).to_owned();
        let group = |number: &u32| grouped(u64::from(*number));
        match &self.kind {
            Kind::CodeMissing => plain(&words::CODE_MISSING),
            Kind::CodeShortened => plain(&words::CODE_SHORTENED),
            Kind::CodesFromNames => plain(&words::CODES_FROM_NAMES),
            Kind::NameMissing => plain(&words::NAME_MISSING),
            Kind::NamesFromCodes => plain(&words::NAMES_FROM_CODES),
            Kind::Duplicate { first } => fill(&words::DUPLICATE, &[("row", &(first + 1))]),
            Kind::DuplicateDiffers { first } => {
                fill(&words::DUPLICATE_DIFFERS, &[("row", &(first + 1))])
            }
            Kind::OtherName { first, name } => {
                fill(&words::OTHER_NAME, &[("row", &(first + 1)), ("name", name)])
            }
            Kind::Number(Fault::NotANumber) => plain(&words::NUMBER_NONE),
            Kind::Number(Fault::Negative) => plain(&words::NUMBER_NEGATIVE),
            Kind::Number(Fault::Fraction) => plain(&words::NUMBER_FRACTION),
            Kind::Number(Fault::TooLarge) => plain(&words::NUMBER_TOO_LARGE),
            Kind::NumberMended { count } => {
                fill(&words::NUMBER_MENDED, &[("count", &group(count))])
            }
            Kind::NumberUnsaid => plain(&words::NUMBER_UNSAID),
            Kind::Missing { figure, name } => {
                fill(&words::MISSING, &[("name", name), ("figure", &figure.text(lang))])
            }
            Kind::FromGrades { sum } => fill(&words::FROM_GRADES, &[("sum", &group(sum))]),
            Kind::FromTeachers => plain(&words::FROM_TEACHERS),
            Kind::ClassesZero { students } => {
                fill(&words::CLASSES_ZERO, &[("students", &group(students))])
            }
            Kind::StudentsZero { classes } => {
                fill(&words::STUDENTS_ZERO, &[("classes", &group(classes))])
            }
            Kind::NobodyInPost { students } => {
                fill(&words::NOBODY_IN_POST, &[("students", &group(students))])
            }
            Kind::GradeSum { figure, stated, sum } => fill(
                &words::GRADE_SUM,
                &[
                    ("figure", &figure.text(lang)),
                    ("stated", &group(stated)),
                    ("sum", &grouped(*sum)),
                    ("difference", &grouped(sum.abs_diff(u64::from(*stated)))),
                ],
            ),
            Kind::InPostAbove { authorised, in_post } => fill(
                &words::IN_POST_ABOVE,
                &[
                    ("authorised", &group(authorised)),
                    ("in_post", &group(in_post)),
                    ("excess", &group(&in_post.saturating_sub(*authorised))),
                ],
            ),
            Kind::BoardersAbove { students } => {
                fill(&words::BOARDERS_ABOVE, &[("students", &group(students))])
            }
            Kind::StageUnknown => plain(&words::STAGE_UNKNOWN),
            Kind::StageMissing => plain(&words::STAGE_MISSING),
            Kind::StageFromName { stages } => {
                fill(&words::STAGE_FROM_NAME, &[("stages", &stages_text(stages, lang))])
            }
            Kind::StagesGuessed { by_name, by_default, stage: default } => fill(
                &words::STAGES_GUESSED,
                &[
                    ("by_name", by_name),
                    ("by_default", by_default),
                    ("stage", &stage(*default).get(lang)),
                ],
            ),
            Kind::LocalityUnknown => plain(&words::LOCALITY_UNKNOWN),
            Kind::GradeUnknown => plain(&words::GRADE_UNKNOWN),
            Kind::GradeOutside { stages } => {
                fill(&words::GRADE_OUTSIDE, &[("stages", &stages_text(stages, lang))])
            }
            Kind::CannotSplit => plain(&words::CANNOT_SPLIT),
            Kind::Split { figure, total, parts } => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|(part, count)| format!("{} {}", stage(*part).get(lang), group(count)))
                    .collect();
                let parts = parts.join(if lang == Lang::Zh { "、" } else { ", " });
                fill(
                    &words::SPLIT,
                    &[("figure", &figure.text(lang)), ("total", &group(total)), ("parts", &parts)],
                )
            }
            Kind::MergedAcross => plain(&words::MERGED_ACROSS),
            Kind::PlaceUnreadable => plain(&words::PLACE_UNREADABLE),
            Kind::PlaceOutOfRange => plain(&words::PLACE_OUT_OF_RANGE),
            Kind::PlaceHalf => plain(&words::PLACE_HALF),
            Kind::ParentUnknown => plain(&words::PARENT_UNKNOWN),
            Kind::ParentSelf => plain(&words::PARENT_SELF),
            Kind::TotalsAgree => plain(&words::TOTALS_AGREE),
            Kind::TotalsDiffer { figure, stated, sum } => fill(
                &words::TOTALS_DIFFER,
                &[
                    ("figure", &figure.text(lang)),
                    ("stated", &group(stated)),
                    ("sum", &grouped(*sum)),
                    ("difference", &grouped(sum.abs_diff(u64::from(*stated)))),
                ],
            ),
            Kind::NoteRow => plain(&words::NOTE_ROW),
            Kind::HeaderAgain => plain(&words::HEADER_AGAIN),
            Kind::ExampleRow => plain(&words::EXAMPLE_ROW),
            Kind::Skipped => plain(&words::SKIPPED),
            Kind::OtherCounty { county } => fill(&words::OTHER_COUNTY, &[("county", county)]),
            Kind::Personal { kind, .. } => fill(&words::PERSONAL, &[("kind", &kind.text(lang))]),
            Kind::ColumnUnknown { cells } => fill(&words::COLUMN_UNKNOWN, &[("cells", cells)]),
            Kind::ColumnUndecided => plain(&words::COLUMN_UNDECIDED),
            Kind::NoNames => plain(&words::NO_NAMES),
            Kind::NoRows => plain(&words::NO_ROWS),
            Kind::NoStudents => plain(&words::NO_STUDENTS),
            Kind::NoClasses => plain(&words::NO_CLASSES),
            Kind::NoPosts => plain(&words::NO_POSTS),
            Kind::AuthorisedFromInPost => plain(&words::AUTHORISED_FROM_IN_POST),
            Kind::AuthorisedFromTeachers => plain(&words::AUTHORISED_FROM_TEACHERS),
            Kind::InPostFromTeachers => plain(&words::IN_POST_FROM_TEACHERS),
            Kind::InPostFromAuthorised => plain(&words::IN_POST_FROM_AUTHORISED),
            Kind::SeveralCounties { counties } => {
                fill(&words::SEVERAL_COUNTIES, &[("counties", counties)])
            }
            Kind::SeveralYears { years } => fill(&words::SEVERAL_YEARS, &[("years", years)]),
        }
    }
}

fn stages_text(stages: &[Stage], lang: Lang) -> String {
    let words: Vec<&str> = stages.iter().map(|one| stage(*one).get(lang)).collect();
    words.join(if lang == Lang::Zh { "、" } else { ", " })
}
