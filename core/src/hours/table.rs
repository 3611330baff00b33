//! The yardsticks of lessons made ready: whole numbers over one denominator for each stage, so that
//! a county of many schools is measured without a fraction for every course and grade.

use num_integer::Integer;

use crate::county::{Course, Holding, Roll, Stage};
use crate::fraction::Fraction;
use crate::yardstick::{Choice, Group, Key, grades};

/// Grades that a stage may have.
pub(crate) const GRADES: usize = 6;
/// Courses there are.
pub(crate) const COURSES: usize = Course::ALL.len();

/// How the classes of a stage stand in its grades: `classes[grade] / parts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// By grade, youngest first, to be divided by `parts`.
    pub classes: [u32; GRADES],
    /// 1 where the survey gives classes by grade; the number of grades where only the stage's total
    /// is known and stands evenly in all of them.
    pub parts: u32,
    /// Classes of the stage.
    pub total: u32,
}

impl Spread {
    /// Whether the classes were spread evenly for want of figures by grade.
    pub fn is_even(&self) -> bool {
        self.parts != 1
    }
}

/// One stage made ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StageTable {
    pub(crate) grades: u8,
    /// Lessons are held in parts of this.
    pub(crate) scale: i64,
    /// Lessons a week of one class, by course and grade, in parts of `scale`.
    pub(crate) lessons: [[i64; GRADES]; COURSES],
    /// Lessons a week of one teacher.
    pub(crate) load: [Option<Fraction>; COURSES],
    /// Lessons a week of one teacher, whatever the course.
    pub(crate) general: Fraction,
    /// Lessons that each class takes off its class teacher.
    pub(crate) class_teacher: Fraction,
    pub(crate) head: Fraction,
    pub(crate) deputy: Fraction,
    /// Non-teaching staff, per cent of all at most.
    pub(crate) cap: Option<Fraction>,
    /// Teachers that one class of a grade needs, class teacher's relief included, in parts of
    /// `teacher_scale`.
    per_class: [i128; GRADES],
    teacher_scale: i128,
}

/// Lessons and loads of a county, ready to measure holdings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lessons {
    stages: [Option<StageTable>; Stage::ALL.len()],
}

impl Lessons {
    /// Makes the yardsticks of a county ready.
    pub fn of(choice: &Choice) -> Self {
        Self { stages: Stage::ALL.map(|stage| StageTable::of(choice, stage)) }
    }

    /// The stage's table; `None` for a stage without a curriculum.
    pub(crate) fn stage(&self, stage: Stage) -> Option<&StageTable> {
        self.stages.get(stage as usize)?.as_ref()
    }
}

impl StageTable {
    fn of(choice: &Choice, stage: Stage) -> Option<Self> {
        let count = grades(stage);
        if count == 0 || usize::from(count) > GRADES {
            return None;
        }
        let key = |group| Key::of(group, stage);
        let lessons_of = |course, grade| {
            let grade = Some(grade);
            choice.value(Key { course: Some(course), grade, ..key(Group::Lessons) })
        };
        let mut scale = 1_i64;
        for course in Course::ALL {
            for value in (1..=count).filter_map(|grade| lessons_of(course, grade)) {
                scale = checked_lcm(scale, *value.denom())?;
            }
        }
        let general = choice.value(key(Group::Load)).filter(|load| *load.numer() > 0)?;
        let zero = Fraction::from_integer(0);
        let mut table = Self {
            grades: count,
            scale,
            lessons: [[0; GRADES]; COURSES],
            load: Course::ALL.map(|course| {
                let load = choice.value(Key { course: Some(course), ..key(Group::Load) });
                load.filter(|load| *load.numer() > 0)
            }),
            general,
            class_teacher: choice.value(key(Group::ClassTeacher)).unwrap_or(zero),
            head: choice.value(key(Group::HeadLessons)).unwrap_or(general),
            deputy: choice.value(key(Group::DeputyLessons)).unwrap_or(general),
            cap: choice.value(key(Group::NonTeaching)),
            per_class: [0; GRADES],
            teacher_scale: 1,
        };
        for (course, row) in Course::ALL.into_iter().zip(&mut table.lessons) {
            for (grade, place) in (1..=count).zip(row) {
                let value = lessons_of(course, grade).unwrap_or(zero);
                *place = value.numer().checked_mul(scale / value.denom())?;
            }
        }
        table.sum_up()?;
        Some(table)
    }

    /// Sums the teachers of one class over all courses. `None` where a course has lessons and no
    /// load, or the figures are too fine to be held exactly.
    fn sum_up(&mut self) -> Option<()> {
        let relief = self.class_teacher / self.general;
        let mut common = i128::from(*relief.denom());
        let taught = |row: &[i64; GRADES]| row.iter().any(|lessons| *lessons > 0);
        for (row, load) in self.lessons.iter().zip(&self.load) {
            if taught(row) {
                let denominator = i128::from(self.scale) * i128::from(*(*load)?.numer());
                common = common.checked_mul(denominator / common.gcd(&denominator))?;
            }
        }
        // Far above any table in use, far below where sums over a county overflow.
        if common > 1_000_000_000_000_000 {
            return None;
        }
        let relief = i128::from(*relief.numer()) * (common / i128::from(*relief.denom()));
        self.per_class = [relief; GRADES];
        for (row, load) in self.lessons.iter().zip(&self.load) {
            if let (Some(load), true) = (load, taught(row)) {
                let unit = common / (i128::from(self.scale) * i128::from(*load.numer()));
                for (sum, lessons) in self.per_class.iter_mut().zip(row) {
                    *sum += i128::from(*lessons) * i128::from(*load.denom()) * unit;
                }
            }
        }
        self.teacher_scale = common;
        Some(())
    }

    /// How the classes of a roll stand in the grades: as the survey says where it says of every
    /// class, else evenly. `None` where it gives no classes.
    pub(crate) fn spread(&self, roll: &Roll) -> Option<Spread> {
        let mut classes = [0; GRADES];
        let (mut sum, mut whole) = (0_u32, !roll.grades.is_empty());
        for grade in &roll.grades {
            let place = usize::from(grade.grade).checked_sub(1).filter(|at| *at < GRADES);
            match (place.and_then(|at| classes.get_mut(at)), grade.classes) {
                (Some(place), Some(count)) if grade.grade <= self.grades => {
                    *place += count;
                    sum = sum.saturating_add(count);
                }
                (_, Some(0)) => {}
                _ => whole = false,
            }
        }
        if whole && roll.classes.is_none_or(|total| total == sum) {
            return Some(Spread { classes, parts: 1, total: sum });
        }
        let total = roll.classes?;
        let grades = usize::from(self.grades);
        let mut classes = [0; GRADES];
        classes.iter_mut().take(grades).for_each(|place| *place = total);
        Some(Spread { classes, parts: u32::from(self.grades), total })
    }

    /// Lessons a week of a course, in parts of `scale × parts`. Lessons stay below 20 million parts and
    /// classes are whole 32-bit figures, so that a sum over the grades always fits.
    pub(crate) fn lessons_of(&self, course: Course, spread: &Spread) -> i64 {
        let row = self.lessons.get(course as usize);
        row.map_or(0, |row| {
            let pairs = row.iter().zip(spread.classes);
            pairs.map(|(lessons, classes)| lessons * i64::from(classes)).sum()
        })
    }

    /// Teachers that the lessons and the class teachers' reliefs need.
    pub(crate) fn teachers(&self, spread: &Spread) -> Option<Fraction> {
        let pairs = self.per_class.iter().zip(spread.classes);
        let sum: i128 = pairs.map(|(teachers, classes)| teachers * i128::from(classes)).sum();
        reduced(sum, self.teacher_scale * i128::from(spread.parts))
    }

    /// Lessons a week that leaders teach less than a whole load: the first is the head.
    pub(crate) fn leaders(&self, people: u32) -> Fraction {
        let zero = Fraction::from_integer(0);
        let less = |teaches: Fraction| (self.general - teaches).max(zero);
        match people {
            0 => zero,
            people => {
                let others = Fraction::from_integer(i64::from(people - 1));
                less(self.head) + less(self.deputy) * others
            }
        }
    }

    /// Whole people missing in a course: below one whole person nobody is missing, since a teacher
    /// may take a few lessons of another course.
    pub(crate) fn missing(&self, course: Course, spread: &Spread, teachers: u32) -> u32 {
        let Some(load) = self.load.get(course as usize).copied().flatten() else { return 0 };
        let part = self.scale * i64::from(spread.parts) * *load.numer();
        let needed = self.lessons_of(course, spread).saturating_mul(*load.denom());
        let over = needed - i64::from(teachers).saturating_mul(part);
        if over < part { 0 } else { u32::try_from(over / part).unwrap_or(u32::MAX) }
    }

    /// Whole lessons a week of a course that are not taught.
    pub(crate) fn untaught(&self, course: Course, spread: &Spread, taught: u32) -> u32 {
        let part = self.scale * i64::from(spread.parts);
        let over = self.lessons_of(course, spread) - i64::from(taught).saturating_mul(part);
        if over < part { 0 } else { u32::try_from(over / part).unwrap_or(u32::MAX) }
    }
}

/// A fraction out of wide figures; `None` where it does not fit once reduced.
pub(crate) fn reduced(numerator: i128, denominator: i128) -> Option<Fraction> {
    if denominator == 0 {
        return None;
    }
    // Nearly always both are narrow, where a common divisor is found much faster.
    if let (Ok(numerator), Ok(denominator)) = (i64::try_from(numerator), i64::try_from(denominator))
    {
        let common = numerator.gcd(&denominator).max(1);
        return Some(Fraction::new_raw(numerator / common, denominator / common));
    }
    let common = numerator.gcd(&denominator).max(1);
    let numerator = i64::try_from(numerator / common).ok()?;
    Some(Fraction::new_raw(numerator, i64::try_from(denominator / common).ok()?))
}

fn checked_lcm(a: i64, b: i64) -> Option<i64> {
    a.checked_mul(b / a.gcd(&b)).filter(|lcm| *lcm <= 1_000_000)
}

/// Leaders whose lessons a holding must make up for: a unit's leaders count once, at its highest
/// stage, which stands last. `None` where the survey does not say.
pub(crate) fn leaders_at(county: &crate::county::County, row: usize) -> Option<u32> {
    let holding: &Holding = county.holdings.get(row)?;
    let next = county.holdings.get(row + 1);
    if next.is_some_and(|next| next.unit == holding.unit) {
        return None;
    }
    county.unit_of(holding)?.leaders.people
}
