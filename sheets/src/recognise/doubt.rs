//! Why the meaning of a column is in doubt, in words that let a person decide.

use bianheng_core::text::number::count as grouped;
use bianheng_core::text::{Lang, import as words};

/// What the doubt about a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// 编制数 may be the posts set or the people on them.
    PostsOrPeople {
        /// Sum of the column.
        sum: u64,
        /// The column of people in post and its sum, where there is one.
        beside: Option<(String, u64)>,
    },
    /// 教职工数 may be people in post or all who work there.
    StaffOrInPost {
        /// Sum of the column.
        sum: u64,
        /// The column of people in post or teachers and its sum, where there is one.
        beside: Option<(String, u64)>,
    },
    /// 人数 may be students or staff.
    StudentsOrStaff,
    /// The words may tell the stage or be a sort of school.
    StageOrCategory,
    /// A grade without saying whether students or classes are counted.
    StudentsOrClasses,
    /// Departures without their year.
    YearMissing,
    /// A place that is neither clearly a township nor a locality.
    PlaceUnclear,
    /// Words that are no locality: how many of how many filled cells.
    LocalityUnclear {
        /// Cells understood.
        known: usize,
        /// Filled cells looked at.
        filled: usize,
    },
    /// Another column already has this meaning.
    Second(String),
}

impl Why {
    /// The question and what speaks for an answer.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::PostsOrPeople { sum, beside: Some((column, other)) } => {
                words::WHY_POSTS_OR_PEOPLE_BESIDE.with(
                    lang,
                    &[("sum", &grouped(*sum)), ("column", column), ("other", &grouped(*other))],
                )
            }
            Self::PostsOrPeople { sum, beside: None } => {
                words::WHY_POSTS_OR_PEOPLE.with(lang, &[("sum", &grouped(*sum))])
            }
            Self::StaffOrInPost { sum, beside: Some((column, other)) } => words::WHY_STAFF_BESIDE
                .with(
                    lang,
                    &[("sum", &grouped(*sum)), ("column", column), ("other", &grouped(*other))],
                ),
            Self::StaffOrInPost { sum, beside: None } => {
                words::WHY_STAFF.with(lang, &[("sum", &grouped(*sum))])
            }
            Self::StudentsOrStaff => words::WHY_STUDENTS_OR_STAFF.get(lang).to_owned(),
            Self::StageOrCategory => words::WHY_STAGE_OR_CATEGORY.get(lang).to_owned(),
            Self::StudentsOrClasses => words::WHY_STUDENTS_OR_CLASSES.get(lang).to_owned(),
            Self::YearMissing => words::WHY_YEAR_MISSING.get(lang).to_owned(),
            Self::PlaceUnclear => words::WHY_PLACE.get(lang).to_owned(),
            Self::LocalityUnclear { known, filled } => {
                words::WHY_LOCALITY.with(lang, &[("known", known), ("filled", filled)])
            }
            Self::Second(column) => words::WHY_SECOND.with(lang, &[("column", column)]),
        }
    }
}
