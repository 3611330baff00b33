//! Lessons in words: the need of one row and its proof as plain text.

use super::{Lang, messages, names, number, proof};
use crate::county::Part;
use crate::hours::CourseNeed;
use crate::report::hours_sheet::HoursSheet;

messages! {
    TITLE: "课时测算", "Lesson hours";
    RULE: "按课时测算", "By lesson hours";
    COURSE: "学科", "Course";
    LESSONS_WEEK: "周课时", "Lessons";
    THERE: "现有", "There";
    SHORT: "缺", "Short";
    TEACHERS: "专任教师", "Teachers";
    LEADERS: "领导人数", "Leaders";
    UNIT_CLASSES: "个", "classes";
    UNIT_PEOPLE: "人", "people";
    EVEN: "各年级平均班数", "Classes in each grade, evenly";
    EVEN_WHY: "只知学段班级总数，按年级平均分摊", "only the stage's classes are known: spread evenly over its grades";
    LEADER_RELIEF: "领导少任的课", "Lessons that leaders do not teach";
    NEEDED: "应有教师", "Teachers needed";
    POSTS: "折合编制（按非教学人员上限）", "As posts (under the cap on non-teaching staff)";
    CHANGED: "本县改定 {document}", "set by the county {document}";
    COURSE_LINE: "{course}：周 {lessons} 节，应有 {needed} 人", "{course}: {lessons} lessons a week, {needed} teachers needed";
    PRESENT: "{line}，现有 {present} 人", "{line}, {present} there";
    TAUGHT: "{line}，实上 {taught} 节", "{line}, {taught} lessons taught";
    MISSING: "{line}，缺 {missing} 人", "{line}, {missing} missing";
    NOT_KNOWN: "调查表没有分科教师数，只能测算应有人数。", "The survey gives no teachers by course: only the need can be told.";
    STRUCTURAL: "编制已满（实有不少于核定），但学科缺 {missing} 人：属结构性缺员，不是空编。", "Full on paper, yet {missing} teachers are missing by course: a structural shortage, not a vacancy.";
    VACANT: "学科缺 {missing} 人，另有空编可用。", "{missing} teachers are missing by course, and posts are vacant.";
    ENOUGH: "各科没有缺到一人以上。", "No course misses a whole teacher.";
}

/// One course in a sentence.
pub fn course(need: &CourseNeed, lang: Lang) -> String {
    let (course, lessons) = (names::course(need.course).get(lang), number::mixed(&need.lessons));
    let needed = crate::fraction::decimal(&need.teachers, 2);
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("course", &course), ("lessons", &lessons), ("needed", &needed)];
    let mut line = COURSE_LINE.with(lang, &values);
    let more = [
        (PRESENT, "present", need.present),
        (TAUGHT, "taught", need.taught),
        (MISSING, "missing", (need.missing > 0).then_some(need.missing)),
    ];
    for (message, place, value) in more {
        if let Some(value) = value {
            line = message.with(lang, &[("line", &line), (place, &value)]);
        }
    }
    line
}

/// What it amounts to, in a sentence.
pub fn verdict(sheet: &HoursSheet, lang: Lang) -> String {
    let known = sheet
        .need
        .as_ref()
        .is_some_and(|need| need.courses.iter().any(|course| course.present.is_some()));
    let message = match (known, sheet.missing, sheet.structural) {
        (false, ..) => NOT_KNOWN,
        (true, 0, _) => ENOUGH,
        (true, _, true) => STRUCTURAL,
        (true, _, false) => VACANT,
    };
    message.with(lang, &[("missing", &sheet.missing)])
}

/// The whole sheet as plain text.
pub fn sheet(sheet: &HoursSheet, lang: Lang) -> String {
    let whose = match &sheet.id.part {
        Part::Stage(stage) => format!("{} · {}", sheet.unit, names::stage(*stage).get(lang)),
        Part::Kind(_) => sheet.unit.clone(),
    };
    let mut out = String::new();
    if let Some(sources) = sheet.sources {
        let whose = format!("{whose} · {}", TITLE.get(lang));
        out.push_str(&proof::plain(&sheet.proof, &[], sources, &whose, lang));
    }
    for need in sheet.need.iter().flat_map(|need| &need.courses) {
        out.push_str(&course(need, lang));
        out.push('\n');
    }
    if sheet.need.is_some() {
        out.push_str(&verdict(sheet, lang));
        out.push('\n');
    }
    out
}
