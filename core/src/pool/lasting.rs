//! Lasting or passing (长期缺编还是阶段性缺编): whether a school's shortage outlives the term of a loan,
//! by the pupils that are in school already, grade by grade. A passing one is a case for the pool, a
//! lasting one for permanent posts.
//!
//! Grades move up. The first to enter a stage are as many as entered it last; those after them grow
//! or shrink with the county's cohort that will enter, school by school in the same proportion.
//! Kindergartens, whose children are not in school yet, keep their first grade as it is. It foretells no births and no building.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::county::{County, GradeRoll, Holding, KindId, Stage};
use crate::scenario::{Figures, State};

/// One holding over the years of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// Its row.
    pub row: usize,
    /// Posts authorised, loans not counted.
    pub authorised: u32,
    /// Each year from now on.
    pub years: Vec<Ahead>,
    /// What it comes to.
    pub verdict: Verdict,
    /// The first year in which nothing is short any more, of a passing shortage.
    pub until: Option<i32>,
}

/// One year of a holding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ahead {
    /// Calendar year; the first is that of the survey.
    pub year: i32,
    /// Students.
    pub students: u32,
    /// Classes.
    pub classes: u32,
    /// Posts that the norm gives.
    pub entitled: u32,
    /// Posts missing.
    pub short: u32,
    /// People expected to leave in the year.
    pub leaving: u32,
}

/// What a shortage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Gone within the term, and gone in its last year: lend from the pool.
    Passing,
    /// Still there in the last year of the term: permanent posts.
    Lasting,
    /// The survey has no grades to tell by.
    Unknown,
}

/// Every holding of a kind that is short now, with the years of a term after the survey's, in the
/// order of the survey.
pub fn outlook(state: &State, kind: &KindId, term_years: u32) -> Vec<Outlook> {
    let county = &state.county;
    let first = county.surveyed_on.year();
    let term = i32::try_from(term_years.min(20)).unwrap_or(3);
    let cohorts = Cohorts::of(county);
    let now = Figures::of(state);
    let short = |row: &usize| {
        let holding = county.holdings.get(*row);
        let of_kind = holding.is_some_and(|holding| county.kind_of(holding) == kind);
        of_kind && now.row(*row).margin.is_some_and(|margin| margin < 0)
    };
    let rows: Vec<usize> = (0..county.holdings.len()).filter(short).collect();
    let mut all: Vec<Outlook> = rows
        .iter()
        .map(|row| Outlook {
            row: *row,
            authorised: county.holdings.get(*row).map_or(0, |holding| holding.authorised),
            years: Vec::new(),
            verdict: Verdict::Unknown,
            until: None,
        })
        .collect();
    if all.is_empty() {
        return all;
    }
    let mut ahead = state.clone();
    for year in first..=first + term {
        if year > first {
            for holding in &mut ahead.county.holdings {
                cohorts.promote(holding, year - first);
            }
        }
        let figures = Figures::of(&ahead);
        for one in &mut all {
            let Some(holding) = ahead.county.holdings.get(one.row) else { continue };
            let entitled = figures.row(one.row).entitlement.posts.map_or(0, |posts| posts.whole);
            let leaving = holding.departures.iter().filter(|leaving| leaving.year == year);
            one.years.push(Ahead {
                year,
                students: holding.roll.students.unwrap_or(0),
                classes: holding.roll.classes.unwrap_or(0),
                entitled,
                short: entitled.saturating_sub(one.authorised),
                leaving: leaving.map(|leaving| leaving.people).fold(0, u32::saturating_add),
            });
        }
    }
    for one in &mut all {
        let graded = county.holdings.get(one.row).is_some_and(|h| !h.roll.grades.is_empty());
        let last = one.years.last().map_or(0, |year| year.short);
        one.verdict = match (graded, last) {
            (false, _) => Verdict::Unknown,
            (true, 0) => Verdict::Passing,
            (true, _) => Verdict::Lasting,
        };
        if one.verdict == Verdict::Passing {
            // From this year on nothing is short.
            let settled = one.years.iter().rposition(|year| year.short > 0).map_or(0, |at| at + 1);
            one.until = one.years.get(settled).map(|year| year.year);
        }
    }
    all
}

/// The county's pupils by stage and grade: who will enter the first grade of the next stage.
struct Cohorts {
    grades: BTreeMap<(Stage, u8), u64>,
}

impl Cohorts {
    fn of(county: &County) -> Self {
        let mut grades: BTreeMap<(Stage, u8), u64> = BTreeMap::new();
        for holding in &county.holdings {
            let Some(stage) = holding.part.stage() else { continue };
            for roll in &holding.roll.grades {
                let sum = grades.entry((stage, roll.grade)).or_default();
                *sum += u64::from(roll.students.unwrap_or(0));
            }
        }
        Self { grades }
    }

    fn grade(&self, stage: Stage, grade: u8) -> u64 {
        self.grades.get(&(stage, grade)).copied().unwrap_or(0)
    }

    fn last(&self, stage: Stage) -> u8 {
        let of_stage = self.grades.keys().filter(|(found, _)| *found == stage);
        of_stage.map(|(_, grade)| *grade).max().unwrap_or(0)
    }

    /// Pupils who will enter a stage in `ahead` years, and those in its first grade now. `None`
    /// where they are not in school yet.
    fn entering(&self, stage: Stage, ahead: i32) -> Option<(u64, u64)> {
        let before = match stage {
            Stage::Primary => Stage::Kindergarten,
            Stage::LowerSecondary => Stage::Primary,
            Stage::UpperSecondary => Stage::LowerSecondary,
            Stage::Kindergarten | Stage::Special | Stage::Vocational => return None,
        };
        let mut grade = i32::from(self.last(before)) - (ahead - 1);
        let mut stage_of = before;
        // Younger cohorts still sit in the stage before that.
        while grade < 1 {
            stage_of = match stage_of {
                Stage::UpperSecondary => Stage::LowerSecondary,
                Stage::LowerSecondary => Stage::Primary,
                Stage::Primary => Stage::Kindergarten,
                _ => return None,
            };
            let last = i32::from(self.last(stage_of));
            if last == 0 {
                return None;
            }
            grade += last;
        }
        let coming = self.grade(stage_of, u8::try_from(grade).ok()?);
        // Not all who leave a stage enter the next here: the share of those who do holds on.
        let left = self.grade(before, self.last(before));
        let entered = self.grade(stage, 1);
        if left == 0 || coming == 0 {
            return None;
        }
        Some((coming * entered, left))
    }

    /// Moves a holding's grades up by one year; `ahead` years after the survey.
    fn promote(&self, holding: &mut Holding, ahead: i32) {
        let Some(stage) = holding.part.stage() else { return };
        let Some(first) = holding.roll.grades.iter().find(|roll| roll.grade == 1).cloned() else {
            return;
        };
        let students = u64::from(first.students.unwrap_or(0));
        let now = self.grade(stage, 1);
        // The first grade of the year before stands for the school's share of the county's.
        let entering = |ahead: i32| {
            self.entering(stage, ahead).map(|(whole, part)| whole.checked_div(part).unwrap_or(0))
        };
        let before = if ahead > 1 { entering(ahead - 1) } else { Some(now) };
        let coming = match (entering(ahead), before) {
            (Some(next), Some(before)) if before > 0 => {
                (students * next * 2 + before) / (before * 2)
            }
            _ => students,
        };
        let coming = u32::try_from(coming).unwrap_or(u32::MAX);
        let of_class = |roll: &GradeRoll| {
            let (students, classes) = (roll.students.unwrap_or(0), roll.classes.unwrap_or(0));
            if classes == 0 { 0 } else { students.div_ceil(classes) }
        };
        let size = of_class(&first);
        let classes = if size == 0 { first.classes } else { Some(coming.div_ceil(size)) };
        let mut moved: Vec<GradeRoll> = holding
            .roll
            .grades
            .iter()
            .map(|roll| GradeRoll { grade: roll.grade.saturating_add(1), ..roll.clone() })
            .collect();
        let last = holding.roll.grades.iter().map(|roll| roll.grade).max().unwrap_or(1);
        moved.retain(|roll| roll.grade <= last);
        moved.insert(0, GradeRoll { grade: 1, students: Some(coming), classes });
        let sum = |count: fn(&GradeRoll) -> Option<u32>| {
            moved.iter().filter_map(count).fold(0, u32::saturating_add)
        };
        holding.roll.students = Some(sum(|roll| roll.students));
        holding.roll.classes = Some(sum(|roll| roll.classes));
        holding.roll.grades = moved;
    }
}
