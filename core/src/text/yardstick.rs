//! Yardsticks: what each figure is and its unit.

use super::{Lang, Message, messages, names};
use crate::yardstick::{Group, Key, Measure, Severity};

messages! {
    TITLE: "校核标准", "Yardsticks";
    WEEKLY: "周总课时", "Weekly lessons";
    WEEKS: "教学周数", "Teaching weeks";
    LESSONS: "科目周课时", "Weekly lessons of a course";
    LOAD: "教师周课时标准", "Teacher's weekly load";
    CLASS_TEACHER: "班主任减课时", "Relief of class teachers";
    HEAD_LESSONS: "校长任课", "Lessons that a head teaches";
    DEPUTY_LESSONS: "副校长任课", "Lessons that a deputy teaches";
    SHARE_LOW: "科目占比下限", "Least share of a course";
    SHARE_HIGH: "科目占比上限", "Greatest share of a course";
    CLASS_SIZE: "标准班额", "Standard class";
    LARGE_CLASS: "大班额界线", "Large class";
    SUPER_LARGE_CLASS: "超大班额界线", "Super-large class";
    NON_TEACHING: "非教学人员占比上限", "Cap on non-teaching staff";
    STAFF_LEAST: "每名教职工幼儿数下限", "Least children per member of staff";
    STAFF_MOST: "每名教职工幼儿数上限", "Greatest children per member of staff";
    CARE_LEAST: "每名保教人员幼儿数下限", "Least children per teacher or carer";
    CARE_MOST: "每名保教人员幼儿数上限", "Greatest children per teacher or carer";
    LEADERS: "领导职数", "Leader posts";
    UNIT_LESSONS: "节/周", "lessons a week";
    UNIT_WEEKS: "周/年", "weeks a year";
    UNIT_LESSONS_CLASS: "节/周·班", "lessons a week per class";
    UNIT_PERCENT: "%", "%";
    UNIT_STUDENTS: "人", "students";
    UNIT_POSTS: "名", "posts";
    UNIT_RATIO: "幼儿/人", "children per person";
    GRADE: "{n} 年级", "grade {n}";
    ALL_STAGE: "通用（减课时用）", "all courses (for reliefs)";
    BY_CLASSES: "按班级数", "by classes";
    BY_STUDENTS: "按学生数", "by students";
    HARD: "硬性", "Hard";
    SOFT: "提示", "Soft";
    CALC: "算法", "method";
}

/// The name of a group.
pub fn group(group: Group) -> Message {
    match group {
        Group::Weekly => WEEKLY,
        Group::Weeks => WEEKS,
        Group::Lessons => LESSONS,
        Group::Load => LOAD,
        Group::ClassTeacher => CLASS_TEACHER,
        Group::HeadLessons => HEAD_LESSONS,
        Group::DeputyLessons => DEPUTY_LESSONS,
        Group::ShareLow => SHARE_LOW,
        Group::ShareHigh => SHARE_HIGH,
        Group::ClassSize => CLASS_SIZE,
        Group::LargeClass => LARGE_CLASS,
        Group::SuperLargeClass => SUPER_LARGE_CLASS,
        Group::NonTeaching => NON_TEACHING,
        Group::StaffLeast => STAFF_LEAST,
        Group::StaffMost => STAFF_MOST,
        Group::CareLeast => CARE_LEAST,
        Group::CareMost => CARE_MOST,
        Group::Leaders => LEADERS,
    }
}

/// The unit of a group's figures.
pub fn unit(group: Group) -> Message {
    match group {
        Group::Weekly | Group::Lessons | Group::Load => UNIT_LESSONS,
        Group::HeadLessons | Group::DeputyLessons => UNIT_LESSONS,
        Group::Weeks => UNIT_WEEKS,
        Group::ClassTeacher => UNIT_LESSONS_CLASS,
        Group::ShareLow | Group::ShareHigh | Group::NonTeaching => UNIT_PERCENT,
        Group::ClassSize | Group::LargeClass | Group::SuperLargeClass => UNIT_STUDENTS,
        Group::StaffLeast | Group::StaffMost | Group::CareLeast | Group::CareMost => UNIT_RATIO,
        Group::Leaders => UNIT_POSTS,
    }
}

/// A figure by its group, stage, course and grade: 教师周课时标准 · 小学 · 语文.
pub fn key(key: Key, lang: Lang) -> String {
    let mut parts = vec![group(key.group).get(lang).to_owned()];
    parts.extend(key.stage.map(|stage| names::stage(stage).get(lang).to_owned()));
    match key.course {
        Some(course) => parts.push(names::course(course).get(lang).to_owned()),
        None if key.group == Group::Load => parts.push(ALL_STAGE.get(lang).to_owned()),
        None => {}
    }
    parts.extend(key.grade.map(|grade| GRADE.with(lang, &[("n", &grade)])));
    parts.join(" · ")
}

/// What sizes are told by.
pub fn measure(measure: Measure) -> Message {
    match measure {
        Measure::Classes => BY_CLASSES,
        Measure::Students => BY_STUDENTS,
    }
}

/// How much a red line weighs.
pub fn severity(severity: Severity) -> Message {
    match severity {
        Severity::Hard => HARD,
        Severity::Soft => SOFT,
        Severity::Calc => CALC,
    }
}
