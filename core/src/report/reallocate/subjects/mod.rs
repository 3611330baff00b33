//! Teachers to spare by course, matched with schools of the same stage that miss teachers of it.
//!
//! A transport problem, batch by batch: as many people as can be, then as few as can be to another
//! township, then the shortest ways together. Nobody is sent to a school without a vacant post under
//! the proposal, and no school gives more than its lessons leave over. Posts that a batch sets free
//! serve the next one. Each batch is judged by itself ([`Proof`]). It proposes people, moves no
//! posts, and knows nobody's name.

mod say;
mod ways;

use std::collections::BTreeMap;

use self::ways::{Ways, hold_back};
use crate::allocate::moves::metres;
use crate::allocate::transport::Transport;
use crate::county::{County, Course, Holding, Stage};
use crate::fraction::Fraction;
use crate::hours::Lessons;
use crate::order::InOrder;
use crate::pace::{Pace, Steps};
use crate::scenario::Prepared;

/// Pairs of a school to spare and a school that misses which are held at once; beyond, only pairs
/// within a township are looked at.
const MOST_PAIRS: usize = 3_000_000;

/// Whole people of one course at one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell {
    line: usize,
    course: Course,
    people: u32,
}

/// One line as far as courses go.
#[derive(Debug, Clone)]
struct School {
    line: usize,
    stage: Stage,
    township: usize,
    spot: Option<(i32, i32)>,
    /// Posts after the proposal less people in post: below zero over-full.
    vacant: i64,
    /// People that it can still give.
    can_give: u32,
}

/// Teachers by course, made ready to be matched.
#[derive(Debug, Clone, Default)]
pub struct Subjects {
    schools: Vec<School>,
    spare: Vec<Cell>,
    missing: Vec<Cell>,
}

/// People of one course who go from one school to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matched {
    /// The batch, from 1.
    pub batch: usize,
    /// The course.
    pub course: Course,
    /// Who gives, by its place in the problem.
    pub from: usize,
    /// Who gets, by its place in the problem.
    pub to: usize,
    /// People.
    pub people: u32,
    /// Whether both stand in one township.
    pub near: bool,
    /// How far apart, in metres, where both coordinates are known.
    pub metres: Option<u32>,
}

/// Why people are not matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmatched {
    /// They are to spare, and no school of the stage misses the course.
    NoneMisses,
    /// They are to spare, and every school of the stage that misses the course has no vacant post,
    /// or has got its people.
    NoRoom,
    /// They are to spare in the course, and the school's lessons as a whole need them.
    Needed,
    /// They are missing, and no school of the stage has any to spare.
    NoneSpare,
    /// They are missing, and the school has no vacant post.
    NoVacancy,
    /// They are missing, and those to spare go to others.
    Others,
    /// Too many pairs: only the same township was looked at, and nothing was found there.
    FarOnly,
}

/// People who are to spare or missing and stay so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// The line, by its place in the problem.
    pub line: usize,
    /// The course.
    pub course: Course,
    /// People.
    pub people: u32,
    /// To spare, or else missing.
    pub spare: bool,
    /// Why.
    pub why: Unmatched,
}

/// What proves a batch: prices at both ends of every pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// People of the batch.
    pub people: u64,
    /// Those of them who go to another township.
    pub far: u64,
    /// Metres of all ways together, where coordinates are known.
    pub metres: u64,
    /// The cost of the batch, what stays unmatched included.
    pub cost: i128,
    /// The sum of the prices, which no plan can go below.
    pub prices: i128,
    /// Whether every pair, price and sum was checked and holds.
    pub holds: bool,
}

/// The match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubjectMatch {
    /// Who goes where, by batch, then course, then giver.
    pub matched: Vec<Matched>,
    /// Who stays unmatched: those to spare first.
    pub rest: Vec<Rest>,
    /// One proof for each batch.
    pub proofs: Vec<Proof>,
    /// People to spare, all courses together.
    pub spare: u64,
    /// People missing, all courses together.
    pub missing: u64,
    /// Only pairs within a township were looked at, because there are too many others.
    pub near_only: bool,
}

impl SubjectMatch {
    /// People matched.
    pub fn people(&self) -> u64 {
        self.matched.iter().map(|step| u64::from(step.people)).sum()
    }
}

impl Subjects {
    /// Whether any line of the problem has teachers by course.
    pub fn are_known(county: &County, prepared: &Prepared) -> bool {
        prepared.rows.iter().any(|row| county.holdings.get(*row).is_some_and(is_known))
    }

    /// Measures every line against its lessons; `posts` are those of the proposal.
    pub fn of(county: &County, prepared: &Prepared, posts: &[u32]) -> Self {
        let lessons = Lessons::of(&county.yardsticks);
        let mut townships: BTreeMap<&str, usize> = BTreeMap::new();
        let mut subjects = Self::default();
        for (line, (&row, &after)) in prepared.rows.iter().zip(posts).enumerate() {
            let Some(holding) = county.holdings.get(row).filter(|holding| is_known(holding)) else {
                continue;
            };
            let (Some(stage), Ok(need)) = (holding.part.stage(), lessons.need(county, row)) else {
                continue;
            };
            let (mut spare, mut missing) = (Vec::new(), Vec::new());
            for course in &need.courses {
                let Some(present) = course.present else { continue };
                let over = Fraction::from_integer(present.into()) - course.teachers;
                let cell = |people| Cell { line, course: course.course, people };
                if let Ok(people @ 1..) = u32::try_from(over.to_integer()) {
                    spare.push(cell(people));
                } else if course.missing > 0 {
                    missing.push(cell(course.missing));
                }
            }
            let gaps: u32 = missing.iter().map(|cell| cell.people).sum();
            // Once the gaps are filled, less than one whole person may be wanting in all: that is
            // shared among the teachers there are.
            let left = need.present.map(|present| {
                let all = Fraction::from_integer(i64::from(present) + i64::from(gaps));
                (all - need.teachers).ceil().to_integer()
            });
            let can_give = left.and_then(|left| u32::try_from(left).ok()).unwrap_or(0);
            let unit = county.unit_of(holding);
            let township = unit.map_or("", |unit| unit.township.as_str());
            let next = townships.len();
            subjects.schools.push(School {
                line,
                stage,
                township: *townships.entry(township).or_insert(next),
                spot: unit.and_then(|unit| unit.place).map(|at| (at.lon, at.lat)),
                vacant: i64::from(after) - i64::from(holding.in_post),
                can_give,
            });
            subjects.spare.extend(spare);
            subjects.missing.extend(missing);
        }
        subjects
    }

    /// The match in steps: many schools may take long.
    pub fn in_steps(self) -> Steps<Option<SubjectMatch>> {
        Steps::begin(async move |pace| Some(self.matched(&pace).await))
    }

    /// Matches, batch after batch, until a batch would place nobody.
    pub async fn matched(mut self, pace: &Pace) -> SubjectMatch {
        let sum = |cells: &[Cell]| cells.iter().map(|cell| u64::from(cell.people)).sum();
        let mut found = SubjectMatch {
            spare: sum(&self.spare),
            missing: sum(&self.missing),
            near_only: self.pairs(false) > MOST_PAIRS,
            ..SubjectMatch::default()
        };
        loop {
            let (steps, proof) = self.batch(found.proofs.len() + 1, found.near_only, pace).await;
            if steps.is_empty() {
                // The last batch proves as well that nobody else can be placed.
                break;
            }
            for step in &steps {
                self.move_people(step);
            }
            found.matched.extend(steps);
            found.proofs.push(proof);
        }
        found.rest = self.rest(found.near_only);
        found
    }

    fn school(&self, line: usize) -> Option<&School> {
        let at = self.schools.binary_search_by_key(&line, |school| school.line).ok()?;
        self.schools.get(at)
    }

    fn move_people(&mut self, step: &Matched) {
        for (cells, line) in [(&mut self.spare, step.from), (&mut self.missing, step.to)] {
            let cell =
                cells.iter_mut().find(|cell| cell.line == line && cell.course == step.course);
            if let Some(cell) = cell {
                cell.people = cell.people.saturating_sub(step.people);
            }
        }
        for school in &mut self.schools {
            if school.line == step.from {
                school.vacant += i64::from(step.people);
                school.can_give = school.can_give.saturating_sub(step.people);
            }
            if school.line == step.to {
                school.vacant -= i64::from(step.people);
            }
        }
    }

    /// How many pairs of a school to spare and one that misses there are, at most.
    fn pairs(&self, near_only: bool) -> usize {
        let mut by: BTreeMap<(Course, Stage, usize), [usize; 2]> = BTreeMap::new();
        for (side, cells) in [&self.spare, &self.missing].into_iter().enumerate() {
            for cell in cells {
                let Some(school) = self.school(cell.line) else { continue };
                let place = if near_only { school.township } else { 0 };
                let counts = by.entry((cell.course, school.stage, place)).or_default();
                if let Some(count) = counts.get_mut(side) {
                    *count += 1;
                }
            }
        }
        by.values().map(|[spare, missing]| spare.saturating_mul(*missing)).sum()
    }

    /// One batch: who goes where with the posts that are vacant now.
    async fn batch(&self, batch: usize, near_only: bool, pace: &Pace) -> (Vec<Matched>, Proof) {
        let spare: Vec<Cell> = self.spare.iter().copied().filter(|cell| cell.people > 0).collect();
        let missing: Vec<Cell> =
            self.missing.iter().copied().filter(|cell| cell.people > 0).collect();
        let ways = Ways::of(self, &spare, &missing, near_only);
        let mut problem = Transport {
            supplies: spare.iter().map(|cell| cell.people).collect(),
            places: missing.iter().map(|cell| cell.people).collect(),
            arcs: ways.arcs(self, &spare, &missing, near_only),
            unplaced: ways.unplaced,
        };
        hold_back(self, &spare, &missing, &mut problem);
        let plan = problem.solve_in_steps(pace).await;
        let mut steps = Vec::new();
        let mut proof = Proof {
            people: 0,
            far: 0,
            metres: 0,
            cost: plan.cost,
            prices: plan.bound(&problem),
            holds: plan.check(&problem).is_ok(),
        };
        for &(supply, place, people) in &plan.flows {
            // What a school keeps, and posts that it cannot fill, stand beyond the real ones.
            let (Some(from), Some(to)) = (spare.get(supply), missing.get(place)) else { continue };
            let (Some(one), Some(other)) = (self.school(from.line), self.school(to.line)) else {
                continue;
            };
            let near = one.township == other.township;
            let metres = one.spot.zip(other.spot).map(|(one, other)| metres(one, other));
            proof.people += u64::from(people);
            proof.far += if near { 0 } else { u64::from(people) };
            proof.metres += u64::from(people) * u64::from(metres.unwrap_or(0));
            let course = from.course;
            steps.push(Matched {
                batch,
                course,
                from: from.line,
                to: to.line,
                people,
                near,
                metres,
            });
        }
        steps.order_by_key(|step| (step.course, step.from, step.to));
        (steps, proof)
    }

    /// Why the others are not matched.
    fn rest(&self, near_only: bool) -> Vec<Rest> {
        let mut rest = Vec::new();
        type Of = BTreeMap<(Course, Stage), u64>;
        let count = |cells: &[Cell]| {
            let mut of = Of::new();
            for cell in cells {
                if let Some(school) = self.school(cell.line) {
                    *of.entry((cell.course, school.stage)).or_default() += u64::from(cell.people);
                }
            }
            of
        };
        // Cells that are empty by now show that there was something.
        let (spare, missing) = (count(&self.spare), count(&self.missing));
        for cell in self.spare.iter().filter(|cell| cell.people > 0) {
            let Some(school) = self.school(cell.line) else { continue };
            // A school may be able to give some of these and have to keep others.
            let given = cell.people.min(school.can_give);
            let why = match missing.get(&(cell.course, school.stage)) {
                None => Unmatched::NoneMisses,
                Some(_) if near_only => Unmatched::FarOnly,
                Some(_) => Unmatched::NoRoom,
            };
            for (people, why) in [(given, why), (cell.people - given, Unmatched::Needed)] {
                if people > 0 {
                    let (line, course) = (cell.line, cell.course);
                    rest.push(Rest { line, course, people, spare: true, why });
                }
            }
        }
        for cell in self.missing.iter().filter(|cell| cell.people > 0) {
            let Some(school) = self.school(cell.line) else { continue };
            let why = match spare.get(&(cell.course, school.stage)) {
                None => Unmatched::NoneSpare,
                Some(_) if school.vacant <= 0 => Unmatched::NoVacancy,
                Some(0) => Unmatched::Others,
                Some(_) if near_only => Unmatched::FarOnly,
                Some(_) => Unmatched::Others,
            };
            let (line, course, people) = (cell.line, cell.course, cell.people);
            rest.push(Rest { line, course, people, spare: false, why });
        }
        rest
    }
}

fn is_known(holding: &Holding) -> bool {
    holding.staff.courses.iter().any(|course| course.teachers.is_some())
}

#[cfg(test)]
mod tests;
