//! Lesson-hour need (课时测算): lessons a week by grade and course, divided by what a teacher
//! teaches, held against the teachers there are. It finds the structural shortage inside a school
//! that is full on paper (平均值超编和结构性短缺). It gives no posts: norms do.

mod table;

pub use table::{Lessons, Spread};
pub(crate) use table::{leaders_at, reduced};

use crate::county::{County, Course, Holding};
use crate::fraction::Fraction;

/// What one course needs at one holding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CourseNeed {
    /// The course.
    pub course: Course,
    /// Lessons a week.
    pub lessons: Fraction,
    /// Lessons a week of one teacher.
    pub load: Fraction,
    /// Teachers that the lessons need: lessons ÷ load.
    pub teachers: Fraction,
    /// Teachers there are, where the survey says.
    pub present: Option<u32>,
    /// Lessons a week taught, where the survey says.
    pub taught: Option<u32>,
    /// Whole people missing; 0 where less than one is, or where teachers are not known.
    pub missing: u32,
}

/// What the lessons of one holding need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// How the classes stand in the grades.
    pub spread: Spread,
    /// Courses with lessons, in the order of the tables.
    pub courses: Vec<CourseNeed>,
    /// Lessons a week that class teachers teach less.
    pub class_teachers: Fraction,
    /// Leaders in place, where the survey says; a unit's are counted at its highest stage.
    pub leaders: Option<u32>,
    /// Lessons a week that leaders teach less.
    pub leader_lessons: Fraction,
    /// Lessons a week of one teacher, whatever the course: what the reliefs are divided by.
    pub load: Fraction,
    /// Teachers needed in all.
    pub teachers: Fraction,
    /// Teachers there are, where the survey says.
    pub present: Option<u32>,
    /// Posts that go with the teachers under the cap on non-teaching staff: teachers ÷ (1 − cap).
    pub posts: Option<Fraction>,
}

/// Why lessons need nothing that can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNeed {
    /// The stage has no curriculum in the yardsticks, or it is no school.
    NoCurriculum,
    /// The survey gives no classes.
    NoClasses,
    /// Figures beyond what can be held exactly.
    Overflow,
}

/// What is missing at one holding, worked out without the parts of [`Need`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Missing {
    /// Courses that miss at least one whole person.
    pub courses: u32,
    /// Whole people missing over these courses.
    pub people: u32,
    /// The course that misses most; of equals, the first in the tables.
    pub worst: Option<(Course, u32)>,
    /// Courses that miss at least one whole lesson a week, where lessons taught are known.
    pub short_courses: u32,
    /// Whole lessons a week missing over these courses.
    pub untaught: u32,
    /// The course that misses most lessons; of equals, the first in the tables.
    pub worst_untaught: Option<(Course, u32)>,
    /// Teachers needed and present in all, where the survey gives teachers.
    pub all: Option<(Fraction, u32)>,
}

impl Lessons {
    /// What the lessons of a row need, part by part.
    ///
    /// # Errors
    /// Where nothing can be told: see [`NoNeed`].
    pub fn need(&self, county: &County, row: usize) -> Result<Need, NoNeed> {
        let holding = county.holdings.get(row).ok_or(NoNeed::NoCurriculum)?;
        let stage = holding.part.stage().ok_or(NoNeed::NoCurriculum)?;
        let table = self.stage(stage).ok_or(NoNeed::NoCurriculum)?;
        let spread = table.spread(&holding.roll).ok_or(NoNeed::NoClasses)?;
        let scale = i128::from(table.scale) * i128::from(spread.parts);
        let mut courses = Vec::new();
        for course in Course::ALL {
            let lessons = i128::from(table.lessons_of(course, &spread));
            let staff = holding.staff.course(course);
            let Some(load) = table.load.get(course as usize).copied().flatten() else { continue };
            if lessons == 0 && staff.is_none() {
                continue;
            }
            let teachers =
                reduced(lessons * i128::from(*load.denom()), scale * i128::from(*load.numer()));
            let present = staff.and_then(|staff| staff.teachers);
            courses.push(CourseNeed {
                course,
                lessons: reduced(lessons, scale).ok_or(NoNeed::Overflow)?,
                load,
                teachers: teachers.ok_or(NoNeed::Overflow)?,
                present,
                taught: staff.and_then(|staff| staff.lessons),
                missing: present.map_or(0, |there| table.missing(course, &spread, there)),
            });
        }
        let leaders = leaders_at(county, row);
        let leader_lessons = table.leaders(leaders.unwrap_or(0));
        let teachers = table.teachers(&spread).ok_or(NoNeed::Overflow)?;
        let teachers = teachers + leader_lessons / table.general;
        Ok(Need {
            courses,
            class_teachers: table.class_teacher * Fraction::from_integer(i64::from(spread.total)),
            leaders,
            leader_lessons,
            load: table.general,
            teachers,
            present: holding.staff.teachers_known(),
            posts: table.cap.and_then(|cap| posts(teachers, cap)),
            spread,
        })
    }

    /// Posts by lessons of a row: what [`Need::posts`] says.
    pub fn posts(&self, county: &County, row: usize) -> Option<Fraction> {
        let holding = county.holdings.get(row)?;
        let table = self.stage(holding.part.stage()?)?;
        posts(self.teachers(county, row)?, table.cap?)
    }

    /// Teachers that the lessons of a row need in all: what [`Need::teachers`] says.
    pub fn teachers(&self, county: &County, row: usize) -> Option<Fraction> {
        let holding = county.holdings.get(row)?;
        let table = self.stage(holding.part.stage()?)?;
        let teachers = table.teachers(&table.spread(&holding.roll)?)?;
        Some(match leaders_at(county, row) {
            Some(people @ 1..) => teachers + table.leaders(people) / table.general,
            _ => teachers,
        })
    }

    /// What is missing at a row; nothing where the survey gives no staff or no classes.
    pub fn missing(&self, county: &County, row: usize) -> Missing {
        let mut missing = Missing::default();
        let Some(holding) = county.holdings.get(row) else { return missing };
        if holding.staff.is_empty() {
            return missing;
        }
        let table = holding.part.stage().and_then(|stage| self.stage(stage));
        let Some(table) = table else { return missing };
        let Some(spread) = table.spread(&holding.roll) else { return missing };
        for staff in &holding.staff.courses {
            let course = staff.course;
            let people = staff.teachers.map_or(0, |there| table.missing(course, &spread, there));
            missing.courses += u32::from(people > 0);
            missing.people = missing.people.saturating_add(people);
            worse(&mut missing.worst, course, people);
            let lessons = staff.lessons.map_or(0, |taught| table.untaught(course, &spread, taught));
            missing.short_courses += u32::from(lessons > 0);
            missing.untaught = missing.untaught.saturating_add(lessons);
            worse(&mut missing.worst_untaught, course, lessons);
        }
        missing.all = holding
            .staff
            .teachers_known()
            .zip(self.teachers(county, row))
            .map(|(present, needed)| (needed, present));
        missing
    }
}

fn worse(worst: &mut Option<(Course, u32)>, course: Course, count: u32) {
    if count > worst.map_or(0, |(_, most)| most) {
        *worst = Some((course, count));
    }
}

/// Whether a holding is full on paper: as many people in post as posts, or more. One with neither,
/// a school not staffed yet, is not.
pub fn is_full(holding: &Holding) -> bool {
    holding.in_post > 0 && holding.in_post >= holding.authorised
}

fn posts(teachers: Fraction, cap: Fraction) -> Option<Fraction> {
    let teaching = Fraction::from_integer(100) - cap;
    if *teaching.numer() <= 0 {
        return None;
    }
    let numerator = i128::from(*teachers.numer()) * 100 * i128::from(*teaching.denom());
    reduced(numerator, i128::from(*teachers.denom()) * i128::from(*teaching.numer()))
}

#[cfg(test)]
mod tests;
