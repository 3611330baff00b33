//! Where a norm turns against what a planner expects: more students or classes that give fewer
//! posts, and one student that gives or takes several. Real norms do both; nothing may assume
//! otherwise. Found by asking, figure by figure, over the sizes that schools have.

use std::collections::BTreeMap;

use super::{Asked, Exact, Input, InputKind, Norm, Reader, Rule, Subject, Wide};
use crate::county::{Fact, Locality, Stage};

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
    /// Posts before.
    pub before: u32,
    /// Posts after.
    pub after: u32,
}

impl Cliff {
    /// Posts that come or go.
    pub fn jump(&self) -> i64 {
        i64::from(self.after) - i64::from(self.before)
    }
}

/// The places of one stage: every fall, and every student that gives more than one post. Of several
/// at one figure the steepest; first by students, then by classes, smallest first.
pub fn cliffs(norm: &Norm, stage: Stage, locality: Option<Locality>) -> Vec<Cliff> {
    let subject = Subject { stage, locality, students: None, classes: None, boarders: Some(0) };
    let mut reader = norm.reader();
    let mut found = Found::default();
    for classes in CLASSES {
        let base = subject.with(Fact::Classes, Some(classes));
        found.walk(&mut reader, base, Fact::Students, MOST_STUDENTS, classes);
    }
    for students in STUDENTS {
        let base = subject.with(Fact::Students, Some(students));
        found.walk(&mut reader, base, Fact::Classes, MOST_CLASSES, students);
    }
    found.steepest.into_values().collect()
}

#[derive(Default)]
struct Found {
    steepest: BTreeMap<(bool, u32), Cliff>,
}

impl Found {
    fn walk(&mut self, reader: &mut Reader<'_>, base: Subject, fact: Fact, most: u32, beside: u32) {
        let by_classes = fact == Fact::Classes;
        let mut last = None::<u32>;
        for at in 0..=most {
            let (students, classes) = if by_classes { (beside, at) } else { (at, beside) };
            let plausible = classes * CLASS.0 <= students && students <= classes * CLASS.1;
            let now = if plausible {
                reader.entitle(&base.with(fact, Some(at))).posts.map(|posts| posts.whole)
            } else {
                None
            };
            if let (Some(before), Some(after)) = (last, now) {
                let cliff = Cliff { fact, at, beside, before, after };
                // A class brings several posts as a rule; a student does not.
                if after < before || (!by_classes && after > before + 1) {
                    let kept = self.steepest.entry((by_classes, at)).or_insert(cliff);
                    if cliff.jump().abs() > kept.jump().abs() {
                        *kept = cliff;
                    }
                }
            }
            last = now;
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
/// What the other numbers of a rule stand at.
const OTHERS: i64 = 12;

/// The falls of every rule that covers no stage of a county, as they stand in the pack: at each
/// figure once, with the first categories that show it.
pub fn falls(norm: &Norm) -> Vec<Fall> {
    let pack = norm.pack();
    let words = |input: &&Input| input.kind == InputKind::Word;
    let scenes = pack.inputs.iter().filter(words).map(|input| input.words.len()).max();
    let mut found = BTreeMap::new();
    for (nth, rule) in pack.rules.iter().enumerate().filter(|(_, rule)| rule.stages.is_empty()) {
        for scene in 0..scenes.unwrap_or(0).max(1) {
            for (at, input) in pack.inputs.iter().enumerate() {
                if input.kind == InputKind::Number && may_use(rule, input) {
                    walk(norm, rule, at, scene, &mut |fall| {
                        found.entry((nth, at, fall.at)).or_insert(fall);
                    });
                }
            }
        }
    }
    found.into_values().collect()
}

/// Whether a rule may use an input: its formulas name it, or ask another rule.
fn may_use(rule: &Rule, input: &Input) -> bool {
    let names = |formula: &str| formula.contains(&input.id) || formula.contains("rule(");
    rule.steps.iter().any(|step| names(&step.formula))
}

/// Asks a rule with one input growing; the others stand, categories at the scene's place.
fn walk(norm: &Norm, rule: &Rule, growing: usize, scene: usize, found: &mut dyn FnMut(Fall)) {
    let inputs = &norm.pack().inputs;
    let number = |value: i64| Asked::Number(Exact(value.into()));
    let stand = |input: &Input| match input.kind {
        InputKind::Word => {
            let word = input.words.get(scene).or(input.words.last());
            Asked::Word(word.map(|word| word.id.clone()).unwrap_or_default())
        }
        InputKind::Number | InputKind::List => number(OTHERS),
    };
    let mut given: Vec<(String, Asked)> =
        inputs.iter().map(|input| (input.id.clone(), stand(input))).collect();
    let mut last = None::<Wide>;
    for at in 0..=MOST_ASKED {
        let Some(asked) = given.get_mut(growing) else { return };
        asked.1 = number(i64::from(at));
        let now = norm.answer(&rule.id, &given).ok();
        if let (Some(before), Some(after)) = (last, now)
            && after < before
            && let Some(input) = inputs.get(growing)
        {
            found(Fall { rule: rule.id.clone(), input: input.id.clone(), at, before, after });
        }
        last = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norm::listed;
    use crate::norm::{NATIONAL, SAMPLE, shipped};

    fn norm(id: &str) -> Norm {
        let pack = shipped(id).unwrap();
        let day = pack.valid_from;
        Norm::new(pack, day).unwrap()
    }

    #[test]
    fn the_threshold_of_small_schools_is_a_cliff() {
        // Below 100 students the higher of ÷ 19 and × 1.75 holds, from 100 students alone.
        // Of the classes that 100 students may fill, nine stand steepest: 15.75 → 16, and 5.26 → 5.
        let found = cliffs(&norm(NATIONAL), Stage::Primary, Some(Locality::Village));
        let at = found.iter().find(|cliff| cliff.at == 100).unwrap();
        assert_eq!((at.fact, at.beside, at.before, at.after), (Fact::Students, 9, 16, 5));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_ratio_alone_has_none() {
        let found = cliffs(&norm(SAMPLE), Stage::UpperSecondary, Some(Locality::CountyTown));
        assert_eq!(found, []);
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
