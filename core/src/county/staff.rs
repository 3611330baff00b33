//! The staff of a holding by what they do, the leaders of a unit, and posts added for a stated
//! reason and time. Everything here is optional in a survey: `None` means that it does not say.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Course;
use crate::order::InOrder;

/// Teachers of one course at one holding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseStaff {
    /// The course.
    pub course: Course,
    /// Teachers whose main course it is (people).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teachers: Option<u32>,
    /// Lessons of it taught (lessons a week).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lessons: Option<u32>,
}

/// The people of one holding by what they do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Staff {
    /// Full-time teachers (专任教师).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teachers: Option<u32>,
    /// Clerks, teaching assistants and workers (职员、教辅、工勤).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub non_teaching: Option<u32>,
    /// Child-care workers (保育员) of a kindergarten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carers: Option<u32>,
    /// By course, each at most once, in the order of [`Course::ALL`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub courses: Vec<CourseStaff>,
}

impl Staff {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is known of one course.
    pub fn course(&self, course: Course) -> Option<&CourseStaff> {
        self.courses.iter().find(|found| found.course == course)
    }

    /// Full-time teachers: the stated figure, else the sum over courses where any is known.
    pub fn teachers_known(&self) -> Option<u32> {
        self.teachers.or_else(|| {
            let mut known = self.courses.iter().filter_map(|course| course.teachers).peekable();
            known.peek().is_some().then(|| known.fold(0, u32::saturating_add))
        })
    }

    /// Puts courses in the order of the tables, of several entries for one the first: what a file
    /// written by hand may not keep.
    pub fn tidy(&mut self) {
        self.courses.order_by_key(|found| found.course);
        self.courses.dedup_by_key(|found| found.course);
    }

    /// The course's entry, made where there is none, in the order of the tables.
    pub fn course_mut(&mut self, course: Course) -> Option<&mut CourseStaff> {
        let at = self.courses.partition_point(|found| found.course < course);
        if self.courses.get(at).is_none_or(|found| found.course != course) {
            self.courses.insert(at, CourseStaff { course, teachers: None, lessons: None });
        }
        self.courses.get_mut(at)
    }
}

/// Leaders of a unit (领导职数): approved and filled are two figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Leaders {
    /// Leader posts approved (核定职数).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub posts: Option<u32>,
    /// Leaders in place (实际配备).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
}

impl Leaders {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Why posts are added to an entitlement (附加编制).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdditionalReason {
    /// 寄宿制
    Boarding,
    /// 民族班、内地民族班
    Minority,
    /// 双语教学
    Bilingual,
    /// 示范、实验
    Demonstration,
    /// 脱产进修
    Training,
    /// 山区、湖区、海岛、牧区及教学点较多
    Remote,
    /// 教学点最低配备
    TeachingPoint,
    /// 特教资源、随班就读
    SpecialNeeds,
    /// 心理健康教育
    Counselling,
    /// 校园安保
    Security,
    /// 病休、产假
    Leave,
    /// Another one, which the document states.
    Other,
}

impl AdditionalReason {
    /// Every reason, in the order of the tables.
    pub const ALL: [Self; 12] = [
        Self::Boarding,
        Self::Minority,
        Self::Bilingual,
        Self::Demonstration,
        Self::Training,
        Self::Remote,
        Self::TeachingPoint,
        Self::SpecialNeeds,
        Self::Counselling,
        Self::Security,
        Self::Leave,
        Self::Other,
    ];
}

/// Posts added to one holding for a stated reason, until a day or for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdditionalPosts {
    /// Posts added.
    pub posts: u32,
    /// Why.
    pub reason: AdditionalReason,
    /// Number of the document that grants them; empty where none is entered.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Last day on which they count; `None` for no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl AdditionalPosts {
    /// Whether they no longer count on a day. On their last day they still do.
    pub fn is_expired(&self, day: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teachers_are_the_stated_figure_else_the_sum_over_courses() {
        let mut staff = Staff::default();
        assert_eq!(staff.teachers_known(), None);
        staff.course_mut(Course::Mathematics).unwrap().teachers = Some(3);
        staff.course_mut(Course::Chinese).unwrap().teachers = Some(4);
        staff.course_mut(Course::Sport).unwrap().lessons = Some(12);
        assert_eq!(staff.teachers_known(), Some(7));
        staff.teachers = Some(9);
        assert_eq!(staff.teachers_known(), Some(9));
        let order: Vec<Course> = staff.courses.iter().map(|found| found.course).collect();
        assert_eq!(order, [Course::Chinese, Course::Mathematics, Course::Sport]);
    }

    #[test]
    fn courses_of_a_file_by_hand_are_put_in_order_once_each() {
        let of = |course, teachers| CourseStaff { course, teachers: Some(teachers), lessons: None };
        let courses = vec![of(Course::Music, 2), of(Course::Chinese, 5), of(Course::Music, 9)];
        let mut staff = Staff { courses, ..Staff::default() };
        staff.tidy();
        assert_eq!(staff.courses, [of(Course::Chinese, 5), of(Course::Music, 2)]);
    }

    #[test]
    fn added_posts_count_through_their_last_day() {
        let posts = AdditionalPosts {
            posts: 2,
            reason: AdditionalReason::Boarding,
            document: String::new(),
            until: "2026-08-31".parse().ok(),
        };
        assert!(!posts.is_expired("2026-08-31".parse().unwrap()));
        assert!(posts.is_expired("2026-09-01".parse().unwrap()));
    }
}
