//! What a column can mean.

use bianheng_core::county::Course;
use bianheng_core::text::{Lang, import as words, names};
use serde::{Deserialize, Serialize};

/// A grade as a header or a cell names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 小班 is 1, 中班 2, 大班 3, 托班 and 学前班 4.
    Kindergarten(u8),
    /// A year of schooling, 1 to 12: 初一 is 7, 高一 is 10. A survey that counts from 1 within
    /// each stage writes 1 to 6; the stage of the row then says which year it is.
    Year(u8),
}

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Permanent code of the unit.
    UnitCode,
    /// Name of the unit.
    Name,
    /// Township.
    Township,
    /// Stage, or a kind of school that tells its stages.
    Stage,
    /// City, county town, township or village.
    Locality,
    /// What sort of unit it is, in the county's words.
    Category,
    /// Code or name of the school that a teaching point belongs to.
    Parent,
    /// Students.
    Students,
    /// Classes.
    Classes,
    /// Students who board.
    Boarders,
    /// Students of one grade.
    GradeStudents(Grade),
    /// Classes of one grade.
    GradeClasses(Grade),
    /// The grade that a row describes, in the long form.
    Grade,
    /// Posts authorised.
    Authorised,
    /// People in post.
    InPost,
    /// Teachers: taken for people in post where there is nothing better.
    Teachers,
    /// Teachers of one course.
    CourseTeachers(Course),
    /// Lessons of one course taught in a week.
    CourseLessons(Course),
    /// Clerks, teaching assistants and workers.
    NonTeaching,
    /// Child-care workers of a kindergarten.
    Carers,
    /// Leader posts approved.
    LeaderPosts,
    /// Leaders in place.
    Leaders,
    /// People expected to leave in a calendar year; 0 is the year after the survey.
    Departures(i32),
    /// Longitude, degrees.
    Lon,
    /// Latitude, degrees.
    Lat,
    /// County.
    County,
    /// Year or date of the survey.
    SurveyYear,
    /// Remarks: read, shown, not taken.
    Note,
    /// Not imported.
    Ignore,
}

impl Field {
    /// The meanings that a person may choose from, in the order of a survey. Grades, years
    /// and courses are shown with 1, with the year after the survey and with the first course; others
    /// are made by hand.
    pub const CHOICES: [Self; 29] = [
        Self::Ignore,
        Self::UnitCode,
        Self::Name,
        Self::Township,
        Self::Stage,
        Self::Locality,
        Self::Category,
        Self::Parent,
        Self::Students,
        Self::Classes,
        Self::Boarders,
        Self::GradeStudents(Grade::Year(1)),
        Self::GradeClasses(Grade::Year(1)),
        Self::Grade,
        Self::Authorised,
        Self::InPost,
        Self::Teachers,
        Self::NonTeaching,
        Self::Carers,
        Self::CourseTeachers(Course::Chinese),
        Self::CourseLessons(Course::Chinese),
        Self::LeaderPosts,
        Self::Leaders,
        Self::Departures(0),
        Self::Lon,
        Self::Lat,
        Self::County,
        Self::SurveyYear,
        Self::Note,
    ];

    /// Whether the cells are counts of people, classes or posts.
    pub fn is_count(self) -> bool {
        matches!(
            self,
            Self::Students
                | Self::Classes
                | Self::Boarders
                | Self::GradeStudents(_)
                | Self::GradeClasses(_)
                | Self::Authorised
                | Self::InPost
                | Self::Teachers
                | Self::CourseTeachers(_)
                | Self::CourseLessons(_)
                | Self::NonTeaching
                | Self::Carers
                | Self::LeaderPosts
                | Self::Leaders
                | Self::Departures(_)
        )
    }

    /// The meaning in words.
    pub fn label(self, lang: Lang) -> String {
        let message = match self {
            Self::UnitCode => &words::FIELD_CODE,
            Self::Name => &words::FIELD_NAME,
            Self::Township => &words::FIELD_TOWNSHIP,
            Self::Stage => &words::FIELD_STAGE,
            Self::Locality => &words::FIELD_LOCALITY,
            Self::Category => &words::FIELD_CATEGORY,
            Self::Parent => &words::FIELD_PARENT,
            Self::Students => &words::FIELD_STUDENTS,
            Self::Classes => &words::FIELD_CLASSES,
            Self::Boarders => &words::FIELD_BOARDERS,
            Self::GradeStudents(grade) => {
                return words::FIELD_GRADE_STUDENTS.with(lang, &[("grade", &grade.label(lang))]);
            }
            Self::GradeClasses(grade) => {
                return words::FIELD_GRADE_CLASSES.with(lang, &[("grade", &grade.label(lang))]);
            }
            Self::Grade => &words::FIELD_GRADE,
            Self::Authorised => &words::FIELD_AUTHORISED,
            Self::InPost => &words::FIELD_IN_POST,
            Self::Teachers => &words::FIELD_TEACHERS,
            Self::CourseTeachers(course) => {
                let course = names::course(course).get(lang);
                return words::FIELD_COURSE_TEACHERS.with(lang, &[("course", &course)]);
            }
            Self::CourseLessons(course) => {
                let course = names::course(course).get(lang);
                return words::FIELD_COURSE_LESSONS.with(lang, &[("course", &course)]);
            }
            Self::NonTeaching => &words::FIELD_NON_TEACHING,
            Self::Carers => &words::FIELD_CARERS,
            Self::LeaderPosts => &words::FIELD_LEADER_POSTS,
            Self::Leaders => &words::FIELD_LEADERS,
            Self::Departures(0) => &words::FIELD_DEPARTURES_NEXT,
            Self::Departures(year) => {
                return words::FIELD_DEPARTURES.with(lang, &[("year", &year)]);
            }
            Self::Lon => &words::FIELD_LON,
            Self::Lat => &words::FIELD_LAT,
            Self::County => &words::FIELD_COUNTY,
            Self::SurveyYear => &words::FIELD_SURVEY_YEAR,
            Self::Note => &words::FIELD_NOTE,
            Self::Ignore => &words::FIELD_IGNORE,
        };
        message.get(lang).to_owned()
    }
}

impl Grade {
    /// The grade in words.
    pub fn label(self, lang: Lang) -> String {
        match self {
            Self::Kindergarten(1) => words::GRADE_K1.get(lang).to_owned(),
            Self::Kindergarten(2) => words::GRADE_K2.get(lang).to_owned(),
            Self::Kindergarten(3) => words::GRADE_K3.get(lang).to_owned(),
            Self::Kindergarten(_) => words::GRADE_K4.get(lang).to_owned(),
            Self::Year(year) => words::GRADE_YEAR.with(lang, &[("n", &year)]),
        }
    }
}
