//! Red lines R20 to R30: what a county's figures break, or hide, held against the norm's results and
//! the yardsticks. Each finding has its rule, weight, figures and place; `core::text` says it and its
//! cure. Nothing here changes a figure or blocks a step: it reads.

mod classes;
mod leaders;
mod lessons;
mod points;
mod posts;
mod staff;

use crate::county::{Course, Holding, Stage};
use crate::fraction::Fraction;
use crate::norm::Clause;
use crate::order::InOrder;
use crate::scenario::{Figures, State};
use crate::yardstick::{Choice, Group, Key, Measure, Severity, shipped};

pub use points::{RolledUp, rolled_up};

/// A red line. The numbers are those that planners cite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Each stage by the norm, a school of several stages by each.
    R20,
    /// Small schools by students and classes together.
    R21,
    /// A teaching point has a parent, its posts count once.
    R22,
    /// Rounding never raises the total.
    R23,
    /// Share of non-teaching staff.
    R24,
    /// Class sizes.
    R25,
    /// Lessons against teachers.
    R26,
    /// Shares of courses in the curriculum.
    R27,
    /// A gap of courses in a full school is structural.
    R28,
    /// Staffing ratios of kindergartens, apart from quota.
    R29,
    /// Leaders and leader posts.
    R30,
}

impl Rule {
    /// Every rule, in order.
    pub const ALL: [Self; 11] = [
        Self::R20,
        Self::R21,
        Self::R22,
        Self::R23,
        Self::R24,
        Self::R25,
        Self::R26,
        Self::R27,
        Self::R28,
        Self::R29,
        Self::R30,
    ];

    /// The id in the data: `r24`.
    pub fn id(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// What it rests on.
    pub fn clause(self) -> Option<&'static Clause> {
        let id = self.id();
        shipped()?.rules.iter().find(|rule| rule.id == id).map(|rule| &rule.clause)
    }

    /// How much it weighs.
    pub fn severity(self) -> Severity {
        let id = self.id();
        let rules = shipped().map(|shipped| shipped.rules.as_slice()).unwrap_or_default();
        let rule = rules.iter().find(|rule| rule.id == id);
        rule.map_or(Severity::Soft, |rule| rule.severity)
    }
}

/// Where a finding leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// The county as a whole.
    County,
    /// A unit, by its place in [`crate::county::County::units`].
    Unit(usize),
    /// A holding, by its row.
    Row(usize),
}

/// How large a class is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClassLevel {
    /// Above the standard.
    AboveStandard,
    /// Large (大班额).
    Large,
    /// Super-large (超大班额).
    SuperLarge,
}

/// What was found, with its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A stage with students gets nothing from the norm.
    Refused,
    /// Holdings that go by classes, and the posts that this gives beyond students alone.
    ByClasses {
        /// Holdings.
        rows: usize,
        /// Posts beyond students alone, before rounding; `None` where they cannot be held exactly.
        beyond: Option<Fraction>,
        /// The clause or a figure it uses still has to be checked.
        unverified: bool,
    },
    /// A teaching point without a parent.
    NoParent,
    /// A parent that the county does not have.
    UnknownParent,
    /// A parent that is itself a teaching point, or the unit itself: posts would roll up twice.
    ParentIsPoint,
    /// A parent without the stage that the point teaches.
    ParentWithoutStage(Stage),
    /// Rounding alone lifts the entitlements of a kind above its total.
    RoundingExceeds {
        /// Place of the kind.
        kind: usize,
        /// Sum of the exact entitlements.
        exact: Fraction,
        /// Sum of the whole ones.
        whole: u64,
        /// Posts of the kind.
        total: u64,
    },
    /// What rounding adds or takes over a kind.
    RoundingAdds {
        /// Place of the kind.
        kind: usize,
        /// Whole less exact.
        residual: Fraction,
    },
    /// Too many non-teaching staff.
    NonTeaching {
        /// Non-teaching people.
        people: u32,
        /// All staff.
        staff: u32,
        /// Per cent at most.
        cap: Fraction,
    },
    /// Classes above a size.
    ClassSize {
        /// How large.
        level: ClassLevel,
        /// The grade; `None` where only the stage's average is known, which hides peaks.
        grade: Option<u8>,
        /// Students.
        students: u32,
        /// Classes.
        classes: u32,
        /// The limit that was passed.
        limit: Fraction,
    },
    /// Holdings whose class sizes are known as averages only.
    AveragesOnly {
        /// Holdings.
        rows: usize,
    },
    /// Fewer teachers than the lessons need.
    Teachers {
        /// Needed.
        needed: Fraction,
        /// Present.
        present: u32,
    },
    /// Courses without enough teachers, at a holding with vacancies.
    Courses {
        /// Courses that miss a whole person or more.
        courses: u32,
        /// People missing over them.
        people: u32,
        /// The one that misses most.
        worst: Course,
        /// People that it misses.
        missing: u32,
        /// Vacancies that can be used.
        vacant: u32,
    },
    /// Lessons of the curriculum that are not taught.
    Untaught {
        /// Courses that miss a whole lesson a week or more.
        courses: u32,
        /// Lessons a week missing over them.
        lessons: u32,
        /// The one that misses most.
        worst: Course,
        /// Lessons a week that it misses.
        missing: u32,
    },
    /// Lessons of a grade do not add up to its week.
    Week {
        /// The stage.
        stage: Stage,
        /// The grade within it.
        grade: u8,
        /// Sum over the courses.
        sum: Fraction,
        /// Lessons of the week.
        week: Fraction,
    },
    /// A course outside its share of the nine years.
    Share {
        /// The first course of the family.
        course: Course,
        /// Its share, per cent.
        share: Fraction,
        /// Least.
        low: Fraction,
        /// Greatest.
        high: Fraction,
    },
    /// Courses without enough teachers, at a holding that is full on paper (结构性缺员).
    Structural {
        /// Courses that miss a whole person or more.
        courses: u32,
        /// People missing over them.
        people: u32,
        /// The one that misses most.
        worst: Course,
        /// People that it misses.
        missing: u32,
    },
    /// Too few staff for the children of a kindergarten, or more than the standard asks for.
    Kindergarten {
        /// Teachers and carers only.
        care: bool,
        /// Children.
        children: u32,
        /// People.
        people: u32,
        /// Children per person that were passed: at most, or at least where there are people to spare.
        limit: Fraction,
        /// There are people to spare, which is told and breaks nothing.
        spare: bool,
        /// The people are those in post: the survey says nothing of others.
        in_post_only: bool,
    },
    /// More leaders than leader posts.
    Leaders {
        /// Leaders in place.
        people: u32,
        /// Posts.
        posts: u32,
    },
    /// More leader posts than the table gives; more leaders, where their posts are not known.
    LeaderPosts {
        /// Posts, or people.
        count: u32,
        /// People are counted: the survey does not say how many posts they hold.
        people: bool,
        /// At most.
        most: u32,
        /// Of these, what a township's central school may have beyond the band of its size.
        centre: u32,
        /// The unit's size.
        size: u32,
        /// What the size is told by.
        measure: Measure,
        /// The unit's highest stage, which picks the table.
        stage: Stage,
    },
}

/// One finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// How much it weighs.
    pub severity: Severity,
    /// Where it leads.
    pub at: At,
    /// What it says.
    pub what: What,
    /// The yardstick whose figure was the limit, if one was.
    pub key: Option<Key>,
}

impl Finding {
    /// The clause that it rests on: the limit's own where a yardstick was the limit, else the rule's.
    pub fn clause(&self, choice: &Choice) -> Option<Clause> {
        if let What::LeaderPosts { stage, .. } = self.what {
            return choice.leaders(stage).map(|table| table.clause.clone());
        }
        let Some(figure) = self.key.and_then(|key| choice.figure(key)) else {
            return self.rule.clause().cloned();
        };
        let confidence = figure.confidence();
        Some(Clause { confidence, ..figure.clause.clone() })
    }
}

/// The yardsticks that checks ask for again and again, looked up once.
struct Limits<'a> {
    choice: &'a Choice,
    class_size: [Option<Fraction>; Stage::ALL.len()],
    non_teaching: [Option<Fraction>; Stage::ALL.len()],
    large: Option<Fraction>,
    super_large: Option<Fraction>,
    staff: Range,
    care: Range,
}

/// Children per person: at least and at most, each with the yardstick that says so.
type Range = [(Key, Option<Fraction>); 2];

impl<'a> Limits<'a> {
    fn of(choice: &'a Choice) -> Self {
        let by_stage = |group| Stage::ALL.map(|stage| choice.value(Key::of(group, stage)));
        let kindergarten = |group| {
            let key = Key::of(group, Stage::Kindergarten);
            (key, choice.value(key))
        };
        Self {
            choice,
            class_size: by_stage(Group::ClassSize),
            non_teaching: by_stage(Group::NonTeaching),
            large: choice.value(Key::general(Group::LargeClass)),
            super_large: choice.value(Key::general(Group::SuperLargeClass)),
            staff: [Group::StaffLeast, Group::StaffMost].map(kindergarten),
            care: [Group::CareLeast, Group::CareMost].map(kindergarten),
        }
    }
}

/// Collects findings; the weight of each rule is looked up once.
struct Findings {
    list: Vec<Finding>,
    severities: [Severity; Rule::ALL.len()],
}

impl Findings {
    fn add(&mut self, rule: Rule, at: At, what: What, key: Option<Key>) {
        let severity = self.severities.get(rule as usize).copied().unwrap_or(Severity::Soft);
        self.list.push(Finding { rule, severity, at, what, key });
    }

    /// What a rule tells without anything being broken.
    fn note(&mut self, rule: Rule, at: At, what: What, key: Option<Key>) {
        self.list.push(Finding { rule, severity: Severity::Calc, at, what, key });
    }
}

/// Checks a state with its figures: the heaviest first, then by rule, then in the order of the
/// county.
pub fn check(state: &State, figures: &Figures) -> Vec<Finding> {
    let mut list = find(state, figures);
    list.order_by_key(|finding| (finding.severity, finding.rule));
    list
}

/// How many findings warn or block.
pub fn red_lines(state: &State, figures: &Figures) -> usize {
    let found = find(state, figures);
    found.iter().filter(|finding| finding.severity != Severity::Calc).count()
}

fn find(state: &State, figures: &Figures) -> Vec<Finding> {
    let county = &state.county;
    let limits = Limits::of(&county.yardsticks);
    let mut found = Findings { list: Vec::new(), severities: Rule::ALL.map(Rule::severity) };
    posts::check(state, figures, &mut found);
    points::check(state, &mut found);
    lessons::check_curriculum(limits.choice, &mut found);
    lessons::check(county, &mut found);
    classes::check(county, &limits, &mut found);
    staff::check(county, &limits, &mut found);
    leaders::check(county, limits.choice, &mut found);
    found.list
}

/// Whether a figure per something is above a limit: `figure ÷ by > limit`.
fn above(figure: u32, by: u32, limit: &Fraction) -> bool {
    let left = i128::from(figure) * i128::from(*limit.denom());
    left > i128::from(by) * i128::from(*limit.numer())
}

/// Whether a figure per something is below a limit: `figure ÷ by < limit`.
fn below(figure: u32, by: u32, limit: &Fraction) -> bool {
    !reaches(figure, by, limit)
}

/// Whether a figure per something reaches a limit: `figure ÷ by ≥ limit`.
fn reaches(figure: u32, by: u32, limit: &Fraction) -> bool {
    let left = i128::from(figure) * i128::from(*limit.denom());
    left >= i128::from(by) * i128::from(*limit.numer())
}

/// The figure of a holding's stage.
fn of_stage<T: Copy>(
    values: &[Option<T>; Stage::ALL.len()],
    holding: &Holding,
) -> Option<(Stage, T)> {
    let stage = holding.part.stage()?;
    Some((stage, values.get(stage as usize).copied().flatten()?))
}

#[cfg(test)]
mod tests;
