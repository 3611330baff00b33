//! Headers that name a course: 语文教师数, 英语周课时, music teachers. Words only, no rules.

use bianheng_core::county::Course;

use super::Field;

/// What courses are called in headers, in their compared form; of names that contain each other the
/// longer comes first.
const NAMES: [(Course, &[&str]); 18] = [
    (Course::Chinese, &["语文", "国文", "chinese"]),
    (Course::Mathematics, &["数学", "mathematics", "maths", "math"]),
    (Course::ForeignLanguage, &["外国语", "外语", "英语", "foreignlanguage", "english"]),
    (
        Course::Ethics,
        &[
            "道德与法治政治",
            "思想品德",
            "思想政治",
            "道德与法治",
            "品德",
            "道法",
            "思政",
            "政治",
            "ethicsandlaw",
            "ethics",
            "politics",
        ],
    ),
    (Course::Physics, &["物理", "physics"]),
    (Course::Chemistry, &["化学", "chemistry"]),
    (Course::Biology, &["生物学", "生物", "biology"]),
    (Course::History, &["历史", "history"]),
    (Course::Geography, &["地理", "geography"]),
    (
        Course::Sport,
        &["体育与健康", "体育健康", "体育", "sportandhealth", "physicaleducation", "sport", "pe"],
    ),
    (Course::Music, &["音乐", "music"]),
    (Course::FineArt, &["美术", "fineart", "art"]),
    (Course::Computing, &["信息科技", "信息技术", "信息", "微机", "computing", "ict"]),
    (Course::Technology, &["通用技术", "通技", "technology"]),
    (Course::Labour, &["劳动教育", "劳动与技术", "劳动", "labour", "labor"]),
    (
        Course::Practice,
        &[
            "综合实践与地方校本",
            "综合实践活动",
            "综合实践",
            "校本课程",
            "地方课程",
            "practiceandlocalcourses",
            "practice",
        ],
    ),
    (Course::Counselling, &["心理健康教育", "心理健康", "心理", "counselling", "counseling"]),
    // Last: 科学 also stands within other words.
    (Course::Science, &["科学", "science"]),
];

/// What may stand beside the course for its teachers.
const TEACHERS: [&str; 16] = [
    "教师",
    "老师",
    "专任教师",
    "任课教师",
    "教师人",
    "专任教师人",
    "分科教师",
    "分科专任教师",
    "分学科教师",
    "分学科专任教师",
    "学科教师",
    "各科教师",
    "teachers",
    "teacher",
    "teachersof",
    "staff",
];

/// What may stand beside the course for its lessons a week.
const LESSONS: [&str; 13] = [
    "课时",
    "周课时",
    "周总课时",
    "实上课时",
    "实授课时",
    "周授课时",
    "任课课时",
    "周任课",
    "周节",
    "lessons",
    "lessonsaweek",
    "weeklylessons",
    "lessonsperweek",
];

/// The meaning of a header that names a course and what is counted of it.
pub(super) fn course_in(key: &str) -> Option<Field> {
    for (course, names) in NAMES {
        for name in names {
            // Latin words only at the start: "art" stands within too many others.
            let rest = if name.is_ascii() {
                key.strip_prefix(name).map(str::to_owned)
            } else {
                key.split_once(name).map(|(before, after)| format!("{before}{after}"))
            };
            let Some(rest) = rest else { continue };
            let rest = rest.trim_matches(|c| matches!(c, '数' | '的' | '科'));
            if TEACHERS.contains(&rest) {
                return Some(Field::CourseTeachers(course));
            }
            if LESSONS.contains(&rest) {
                return Some(Field::CourseLessons(course));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::normal::key;
    use super::*;
    use bianheng_core::text::{Lang, import as words, names};

    #[test]
    fn headers_of_courses_are_told_from_other_headers() {
        for (header, field) in [
            ("语文教师数", Some(Field::CourseTeachers(Course::Chinese))),
            ("分学科专任教师数 英语", Some(Field::CourseTeachers(Course::ForeignLanguage))),
            ("体育与健康专任教师（人）", Some(Field::CourseTeachers(Course::Sport))),
            ("數學教師", Some(Field::CourseTeachers(Course::Mathematics))),
            ("音乐周课时", Some(Field::CourseLessons(Course::Music))),
            ("Physics teachers", Some(Field::CourseTeachers(Course::Physics))),
            ("music_lessons", Some(Field::CourseLessons(Course::Music))),
            ("语文", None),
            ("专任教师数", None),
            ("劳动合同制教师", None),
            ("article", None),
            ("people", None),
        ] {
            assert_eq!(course_in(&key(header)), field, "{header}");
        }
    }

    #[test]
    fn every_course_is_known_by_the_name_that_the_template_gives_it() {
        for course in Course::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let name = names::course(course).get(lang);
                let header = words::TEMPLATE_COURSE_TEACHERS.with(lang, &[("course", &name)]);
                assert_eq!(
                    course_in(&key(&header)),
                    Some(Field::CourseTeachers(course)),
                    "{header}"
                );
                let header = words::FIELD_COURSE_LESSONS.with(lang, &[("course", &name)]);
                assert_eq!(
                    course_in(&key(&header)),
                    Some(Field::CourseLessons(course)),
                    "{header}"
                );
            }
        }
    }
}
