//! Where a norm turns against what a planner expects: more students or classes that give fewer
//! posts, and one student that gives or takes several. Real norms do both; nothing may assume
//! otherwise. Found by asking, figure by figure, over the sizes that schools have.

use std::collections::BTreeMap;

use chrono::Datelike;
use num_traits::Signed;

use super::{
    Asked, Exact, Input, InputKind, Level, Norm, Points, Posts, Reader, Rule, Subject, Wide,
};
use crate::county::{Fact, Locality, Stage};
use crate::fraction::{Fraction, compare};

/// Students are asked from none to this many.
const MOST_STUDENTS: u32 = 3_000;
/// Classes are asked from none to this many.
const MOST_CLASSES: u32 = 72;
/// Classes that stand while students change.
const CLASSES: [u32; 8] = [1, 3, 6, 9, 12, 18, 24, 36];
/// Students that stand while classes change.
const STUDENTS: [u32; 6] = [30, 90, 180, 360, 720, 1_440];
/// Students of a class, fewest and most: other schools are not asked about.
const CLASS: (u32, u32) = (10, 66);

/// A place where a norm turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cliff {
    /// What grows by one.
    pub fact: Fact,
    /// The figure it grows to.
    pub at: u32,
    /// The figure that stands: classes where students grow, students where classes grow.
    pub beside: u32,
    /// Posts before: whole ones, or before rounding where that is done once for several rows.
    pub before: Fraction,
    /// Posts after, likewise.
    pub after: Fraction,
}

impl Cliff {
    /// Posts that come or go.
    pub fn jump(&self) -> Wide {
        let wide =
            |value: Fraction| Wide::new_raw(i128::from(*value.numer()), i128::from(*value.denom()));
        wide(self.after) - wide(self.before)
    }

    /// Whether posts go.
    pub fn is_fall(&self) -> bool {
        compare(&self.after, &self.before).is_lt()
    }

    /// Whether more than one post comes.
    fn is_leap(&self) -> bool {
        compare(&self.after, &self.before).is_gt() && self.jump() > Wide::from_integer(1)
    }
}

/// Why the posts that a county gets at a stage are not simply those of each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// Students and classes of teaching points are added to their school's: the figures asked are those
    /// of a school with its points.
    StudentsAtParent,
    /// Posts of teaching points are added to their school's: the posts told are those of one row, which
    /// are added to the others' there.
    PostsAtParent,
    /// Rounded once for all stages of a school: the posts told are those before rounding.
    RoundedForSchool,
    /// Rounded once for the county: the posts told are those before rounding.
    RoundedForCounty,
    /// The rule asks for grades, the sort of unit or its other stages: it was not looked through.
    LooksBeside,
    /// The rule gives nothing at any size: there was nothing to look through.
    Silent,
}

/// The places of one stage, and what sets them apart from the county's own figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cliffs {
    /// Every fall, and every student that gives more than one post.
    pub found: Vec<Cliff>,
    /// What has to be said with them.
    pub apart: Vec<Apart>,
}

impl Cliffs {
    /// Whether the norm was looked through at this stage.
    pub fn were_looked_for(&self) -> bool {
        !self.apart.iter().any(|apart| matches!(apart, Apart::LooksBeside | Apart::Silent))
    }
}

/// The places of one stage: every fall, and every student that gives more than one post. Of several
/// at one figure the steepest; first by students, then by classes, smallest first.
pub fn cliffs(norm: &Norm, stage: Stage, locality: Option<Locality>) -> Cliffs {
    let mut out = Cliffs::default();
    match norm.pack().points {
        Points::Own => {}
        Points::StudentsAtParent => out.apart.push(Apart::StudentsAtParent),
        Points::PostsAtParent => out.apart.push(Apart::PostsAtParent),
    }
    let rule = norm.rule_for(stage, locality).map(|(rule, _)| rule);
    if rule.is_some_and(|rule| norm.rule_looks_beside(rule)) {
        out.apart.push(Apart::LooksBeside);
        return out;
    }
    let level = rule.map(|rule| rule.rounding).unwrap_or_default();
    match level {
        Level::Stage => {}
        Level::School => out.apart.push(Apart::RoundedForSchool),
        Level::County => out.apart.push(Apart::RoundedForCounty),
    }
    let subject = Subject { stage, locality, students: None, classes: None, boarders: Some(0) };
    let mut reader = norm.reader();
    let mut found = Found { level, ..Found::default() };
    for classes in CLASSES {
        let base = subject.with(Fact::Classes, Some(classes));
        found.walk(&mut reader, base, Fact::Students, MOST_STUDENTS, classes);
    }
    for students in STUDENTS {
        let base = subject.with(Fact::Students, Some(students));
        found.walk(&mut reader, base, Fact::Classes, MOST_CLASSES, students);
    }
    if !found.answered {
        out.apart = vec![Apart::Silent];
    }
    out.found = found.steepest.into_values().collect();
    out
}

impl Norm {
    /// Whether a rule asks for more of a county than a subject tells. One that asks another rule may.
    fn rule_looks_beside(&self, rule: &Rule) -> bool {
        let inputs = self.pack.inputs.iter().zip(&self.sources);
        let mut beside = inputs.filter(|(_, source)| source.looks_beside()).map(|(input, _)| input);
        beside.any(|input| may_use(self, rule, input))
    }
}

#[derive(Default)]
struct Found {
    level: Level,
    answered: bool,
    steepest: BTreeMap<(bool, u32), Cliff>,
}

impl Found {
    fn walk(&mut self, reader: &mut Reader<'_>, base: Subject, fact: Fact, most: u32, beside: u32) {
        let by_classes = fact == Fact::Classes;
        let mut last = None;
        for at in 0..=most {
            let (students, classes) = if by_classes { (beside, at) } else { (at, beside) };
            let plausible = classes * CLASS.0 <= students && students <= classes * CLASS.1;
            let posts =
                if plausible { reader.entitle(&base.with(fact, Some(at))).posts } else { None };
            let now = posts.map(|posts| self.counted(posts));
            self.answered |= now.is_some();
            if let (Some(before), Some(after)) = (last, now) {
                let cliff = Cliff { fact, at, beside, before, after };
                // A class brings several posts as a rule; a student does not.
                if cliff.is_fall() || (!by_classes && cliff.is_leap()) {
                    let kept = self.steepest.entry((by_classes, at)).or_insert(cliff);
                    if cliff.jump().abs() > kept.jump().abs() {
                        *kept = cliff;
                    }
                }
            }
            last = now;
        }
    }

    /// What a row brings to the county: its whole posts, or what it adds to a sum that is rounded once.
    fn counted(&self, posts: Posts) -> Fraction {
        match self.level {
            Level::Stage => Fraction::from_integer(i64::from(posts.whole)),
            Level::School | Level::County => posts.exact,
        }
    }
}

/// A fall of a rule that is asked by its id: one more of an input, and a smaller result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fall {
    /// The rule's id.
    pub rule: String,
    /// The input's id.
    pub input: String,
    /// The figure it grows to.
    pub at: u32,
    /// The result before.
    pub before: Wide,
    /// The result after.
    pub after: Wide,
}

/// An input of a rule is asked from none to this many.
const MOST_ASKED: u32 = 1_200;
/// What the other numbers of a rule stand at: the first of these at which it gives anything. A switch
/// is on or off.
const OTHERS: [i64; 3] = [12, 1, 0];

/// The falls of every rule that covers no stage of a county, as they stand in the pack: at each
/// figure once, with the first categories that show it. Of a list one item grows; a rule with a date of
/// its own is asked on the norm's day.
pub fn falls(norm: &Norm) -> Vec<Fall> {
    let mut found = BTreeMap::new();
    let rules = norm.pack().rules.iter().enumerate();
    for (nth, rule) in rules.filter(|(_, rule)| rule.stages.is_empty()) {
        look_through(norm, rule, &mut |at, fall| {
            found.entry((nth, at, fall.at)).or_insert(fall);
        });
    }
    found.into_values().collect()
}

/// Asks a rule with each of its numbers growing in turn; `true` where it gave anything at all.
fn look_through(norm: &Norm, rule: &Rule, found: &mut dyn FnMut(usize, Fall)) -> bool {
    let inputs = &norm.pack().inputs;
    let words = inputs.iter().filter(|input| input.kind == InputKind::Word);
    let words = words.filter(|input| may_use(norm, rule, input)).map(|input| input.words.len());
    let scenes = words.max().unwrap_or(0).max(1);
    let mut answered = false;
    for scene in 0..scenes {
        for (at, input) in inputs.iter().enumerate() {
            let grows = input.kind != InputKind::Word && input.id != rule.dated_by;
            if grows && may_use(norm, rule, input) {
                answered |= OTHERS
                    .into_iter()
                    .any(|others| walk(norm, rule, at, scene, others, &mut |fall| found(at, fall)));
            }
        }
    }
    answered
}

/// Whether a rule may use an input: its formulas or the tables that they read name it, or they ask
/// another rule.
fn may_use(norm: &Norm, rule: &Rule, input: &Input) -> bool {
    let tables = &norm.pack().tables;
    rule.steps.iter().flat_map(|step| names(&step.formula)).any(|name| {
        let mut read = tables.iter().filter(|table| table.id == name);
        name == input.id
            || name == "rule"
            || read.any(|table| {
                let mut rows = table.rows.iter().flat_map(|row| names(&row.gives));
                table.categories.contains(&input.id) || rows.any(|name| name == input.id)
            })
    })
}

/// The names in a formula, and its other words.
fn names(formula: &str) -> impl Iterator<Item = &str> {
    formula.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_'))
}

/// Asks a rule with one input growing; the others stand, categories at the scene's place. `true` where it
/// gave anything.
fn walk(
    norm: &Norm,
    rule: &Rule,
    growing: usize,
    scene: usize,
    others: i64,
    found: &mut dyn FnMut(Fall),
) -> bool {
    let inputs = &norm.pack().inputs;
    let number = |value: i64| Asked::Number(Exact(value.into()));
    let stand = |input: &Input| match input.kind {
        InputKind::Word => {
            let word = input.words.get(scene).or(input.words.last());
            let word = word.map(|word| word.id.clone()).unwrap_or_default();
            (input.id.clone(), Asked::Word(word))
        }
        InputKind::List => (format!("{}_1", input.id), number(others)),
        InputKind::Number if input.id == rule.dated_by => {
            let day = norm.day();
            let day = i64::from(day.year()) * 10_000 + i64::from(day.month() * 100 + day.day());
            (input.id.clone(), number(day))
        }
        InputKind::Number => (input.id.clone(), number(others)),
    };
    let mut given: Vec<(String, Asked)> = inputs.iter().map(stand).collect();
    let (mut last, mut answered) = (None::<Wide>, false);
    for at in 0..=MOST_ASKED {
        let Some(asked) = given.get_mut(growing) else { return answered };
        asked.1 = number(i64::from(at));
        let now = norm.answer(&rule.id, &given).ok();
        answered |= now.is_some();
        if let (Some(before), Some(after)) = (last, now)
            && after < before
            && let Some(input) = inputs.get(growing)
        {
            found(Fall { rule: rule.id.clone(), input: input.id.clone(), at, before, after });
        }
        last = now;
    }
    answered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norm::{NATIONAL, Pack, SAMPLE, listed, shipped};

    fn norm(id: &str) -> Norm {
        let pack = shipped(id).unwrap();
        let day = pack.valid_from;
        Norm::new(pack, day).unwrap()
    }

    fn national(change: impl Fn(&mut Pack)) -> Cliffs {
        let mut pack = shipped(NATIONAL).unwrap();
        change(&mut pack);
        let day = pack.valid_from;
        let norm = Norm::new(pack, day).unwrap();
        cliffs(&norm, Stage::Primary, Some(Locality::Village))
    }

    #[test]
    fn the_threshold_of_small_schools_is_a_cliff() {
        // Below 100 students the higher of ÷ 19 and × 1.75 holds, from 100 students alone.
        // Of the classes that 100 students may fill, nine stand steepest: 15.75 → 16, and 5.26 → 5.
        let found = national(|_| {});
        assert_eq!(found.apart, []);
        let [at] = found.found[..] else { panic!("{found:?}") };
        assert_eq!((at.fact, at.at, at.beside), (Fact::Students, 100, 9));
        assert_eq!([at.before, at.after], [16, 5].map(Fraction::from_integer));
        assert!(at.is_fall());
    }

    #[test]
    fn a_ratio_alone_has_none() {
        let found = cliffs(&norm(SAMPLE), Stage::UpperSecondary, Some(Locality::CountyTown));
        assert_eq!(found, Cliffs::default());
        assert!(found.were_looked_for());
    }

    #[test]
    fn what_is_rounded_once_turns_by_what_it_adds_to_the_sum() {
        // 15.75 and 5 5/19 are what the row adds; which whole posts it gets the other rows decide.
        for (level, apart) in
            [(Level::County, Apart::RoundedForCounty), (Level::School, Apart::RoundedForSchool)]
        {
            let once = national(|pack| {
                pack.rules.iter_mut().for_each(|rule| rule.rounding = level);
            });
            assert_eq!(once.apart, [apart]);
            let [at] = once.found[..] else { panic!("{once:?}") };
            assert_eq!((at.at, at.beside), (100, 9));
            assert_eq!([at.before, at.after], [Fraction::new(63, 4), Fraction::new(100, 19)]);
        }
    }

    #[test]
    fn where_points_count_at_their_school_it_is_said_whose_figures_these_are() {
        let alone = national(|_| {});
        for (points, apart) in [
            (Points::StudentsAtParent, Apart::StudentsAtParent),
            (Points::PostsAtParent, Apart::PostsAtParent),
        ] {
            let found = national(|pack| pack.points = points);
            assert_eq!((found.apart.as_slice(), &found.found), (&[apart][..], &alone.found));
        }
    }

    #[test]
    fn a_rule_that_cannot_be_asked_is_not_said_to_have_none() {
        // No rule of the pack covers special schools.
        let silent = cliffs(&norm(NATIONAL), Stage::Special, Some(Locality::Village));
        assert_eq!(silent.apart, [Apart::Silent]);
        assert!(!silent.were_looked_for());
        let beside = national(|pack| {
            pack.inputs.push(Input {
                id: "grade".into(),
                label: crate::text::Bilingual::new("各年级学生", "Students by grade"),
                unit: Default::default(),
                kind: InputKind::List,
                source: "grade_students".into(),
                whole: false,
                beside: String::new(),
                words: Vec::new(),
            });
            let rules = pack.rules.iter_mut();
            let mut primary = rules.filter(|rule| rule.stages.contains(&Stage::Primary));
            let last = primary.next().unwrap().steps.last_mut().unwrap();
            last.formula = "round(sum(grade: grade / ratio[stage]))".into();
        });
        assert_eq!((beside.apart.as_slice(), beside.found.len()), (&[Apart::LooksBeside][..], 0));
    }

    #[test]
    fn a_list_is_looked_through_by_one_of_its_items() {
        // 40 ÷ 8 = 5, and 41 ÷ 11.4 = 3.6, rounded up to 4.
        let found = falls(&norm("jp-standard"));
        let fall = found.iter().find(|fall| fall.rule == "JP-HS-DIVISOR-GROUP" && fall.at == 41);
        let fall = fall.expect("the fall at 41");
        assert_eq!([fall.before, fall.after], [5, 4].map(Wide::from_integer));
        assert_eq!(fall.input, "cap");
    }

    #[test]
    fn every_rule_of_the_library_gives_something_when_it_is_looked_through() {
        for pack in listed() {
            let norm = norm(pack.id);
            for rule in norm.pack().rules.iter().filter(|rule| rule.stages.is_empty()) {
                assert!(look_through(&norm, rule, &mut |_, _| {}), "{}", rule.id);
            }
        }
    }

    #[test]
    fn a_divisor_by_bands_falls_where_the_band_ends() {
        // 40 ÷ 8 = 5, and 41 ÷ 11.4 = 3.596…: the law has it so.
        let found = falls(&norm("jp-standard"));
        let fall = found.iter().find(|fall| fall.rule == "JP-HS-DIVISOR" && fall.at == 41);
        let fall = fall.expect("the fall at 41");
        assert_eq!(fall.before, Wide::from_integer(5));
        assert_eq!(fall.after, Wide::new(205, 57));
    }

    #[test]
    fn every_pack_can_be_looked_through() {
        for pack in listed() {
            let norm = norm(pack.id);
            for fall in falls(&norm) {
                assert!(fall.after < fall.before, "{fall:?}");
            }
        }
    }
}
