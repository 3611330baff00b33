//! The meanings that a column may be given, each with a name that stays the same in both languages.

use std::collections::BTreeSet;

use bianheng_core::county::Course;
use bianheng_core::text::Message;
use bianheng_core::text::import_view as words;
use bianheng_sheets::Field;
use bianheng_sheets::recognise::Grade;

/// Meanings under one heading.
pub struct Group {
    /// The heading.
    pub title: Message,
    /// The meanings.
    pub fields: Vec<Field>,
}

/// The meanings, under their headings.
pub fn groups(years: &BTreeSet<i32>) -> Vec<Group> {
    let plain = Field::CHOICES.into_iter().filter(|field| {
        !matches!(
            field,
            Field::GradeStudents(_)
                | Field::GradeClasses(_)
                | Field::Departures(_)
                | Field::CourseTeachers(_)
                | Field::CourseLessons(_)
        )
    });
    let grades = || (1..=4).map(Grade::Kindergarten).chain((1..=12).map(Grade::Year));
    vec![
        Group { title: words::GROUP_PLAIN, fields: plain.collect() },
        Group {
            title: words::GROUP_STUDENTS,
            fields: grades().map(Field::GradeStudents).collect(),
        },
        Group { title: words::GROUP_CLASSES, fields: grades().map(Field::GradeClasses).collect() },
        Group {
            title: words::GROUP_COURSE_TEACHERS,
            fields: Course::ALL.into_iter().map(Field::CourseTeachers).collect(),
        },
        Group {
            title: words::GROUP_COURSE_LESSONS,
            fields: Course::ALL.into_iter().map(Field::CourseLessons).collect(),
        },
        Group {
            title: words::GROUP_DEPARTURES,
            fields: std::iter::once(0)
                .chain(years.iter().copied())
                .map(Field::Departures)
                .collect(),
        },
    ]
}

/// The name of a meaning in the page.
pub fn name(field: Field) -> String {
    let plain = match field {
        Field::UnitCode => "unit_code",
        Field::Name => "name",
        Field::Township => "township",
        Field::Stage => "stage",
        Field::Locality => "locality",
        Field::Category => "category",
        Field::Parent => "parent",
        Field::Students => "students",
        Field::Classes => "classes",
        Field::Boarders => "boarders",
        Field::GradeStudents(grade) => return format!("students_{}", grade_name(grade)),
        Field::GradeClasses(grade) => return format!("classes_{}", grade_name(grade)),
        Field::Grade => "grade",
        Field::Authorised => "authorised",
        Field::InPost => "in_post",
        Field::Teachers => "teachers",
        Field::CourseTeachers(course) => return format!("teachers_{course:?}"),
        Field::CourseLessons(course) => return format!("lessons_{course:?}"),
        Field::NonTeaching => "non_teaching",
        Field::Carers => "carers",
        Field::LeaderPosts => "leader_posts",
        Field::Leaders => "leaders",
        Field::Departures(0) => "departures_next",
        Field::Departures(year) => return format!("departures_{year}"),
        Field::Lon => "lon",
        Field::Lat => "lat",
        Field::County => "county",
        Field::SurveyYear => "survey_year",
        Field::Note => "note",
        Field::Ignore => "ignore",
    };
    plain.to_owned()
}

fn grade_name(grade: Grade) -> String {
    match grade {
        Grade::Kindergarten(year) => format!("k{year}"),
        Grade::Year(year) => year.to_string(),
    }
}

/// The meaning with this name.
pub fn find(groups: &[Group], wanted: &str) -> Option<Field> {
    groups.iter().flat_map(|group| &group.fields).copied().find(|field| name(*field) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_meaning_is_offered_and_found_by_its_name() {
        let groups = groups(&BTreeSet::from([2027, 2028]));
        let all: Vec<Field> = groups.iter().flat_map(|group| group.fields.clone()).collect();
        let names: BTreeSet<String> = all.iter().map(|field| name(*field)).collect();
        assert_eq!(names.len(), all.len());
        for field in Field::CHOICES.into_iter().chain(all) {
            assert_eq!(find(&groups, &name(field)), Some(field));
        }
    }
}
