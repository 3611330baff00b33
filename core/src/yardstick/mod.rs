//! Yardsticks (校核标准): lesson hours, loads, class sizes, shares and leader posts that lesson need
//! and red lines are measured by. Data with a source each; a county chooses tables and changes
//! figures. They never give posts: norms do.

mod choice;
mod data;

pub use choice::{Change, Choice, Chosen, Figure, Key};
pub use data::{Band, Group, LeaderTable, Measure, RedLine, Row, Set, Severity, Shipped, shipped};

use crate::county::{Course, Stage};

/// Grades that the yardsticks know of a stage; none of one without a curriculum.
pub fn grades(stage: Stage) -> u8 {
    let rows = shipped().map(|shipped| shipped.rows.as_slice()).unwrap_or_default();
    let weekly = rows.iter().find(|row| row.group == Group::Weekly && row.stage == Some(stage));
    weekly.and_then(|row| u8::try_from(row.values.len()).ok()).unwrap_or(0)
}

/// Every figure that ships, one key each, in the order of the data: what a screen lists. `set` picks
/// the table of each group as [`Choice::set`] does.
pub fn keys(choice: &Choice) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    let rows = shipped().map(|shipped| shipped.rows.as_slice()).unwrap_or_default();
    for row in rows {
        if row.set.as_deref().is_some_and(|set| set != choice.set(row.group)) {
            continue;
        }
        // Shares stand once for their family: under its first course.
        let family = matches!(row.group, Group::ShareLow | Group::ShareHigh);
        let courses: Vec<Option<Course>> = match row.courses.as_slice() {
            [] => vec![None],
            [first, ..] if family => vec![Some(*first)],
            courses => courses.iter().copied().map(Some).collect(),
        };
        let several = row.values.len() > 1;
        for course in courses {
            for at in 1..=row.values.len() {
                let grade = if several { u8::try_from(at).ok() } else { None };
                keys.push(Key { group: row.group, stage: row.stage, course, grade });
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fraction::Fraction;

    fn whole(value: i64) -> Fraction {
        Fraction::from_integer(value)
    }

    #[test]
    fn the_yardsticks_read_and_cite_their_own_documents() {
        let shipped = shipped().expect("the data read");
        let clauses = shipped.rows.iter().map(|row| &row.clause);
        let clauses = clauses.chain(shipped.leaders.iter().map(|table| &table.clause));
        for clause in clauses.chain(shipped.rules.iter().map(|rule| &rule.clause)) {
            assert!(shipped.sources.document(&clause.document).is_some(), "{}", clause.document);
            assert!(!clause.text.zh.is_empty() && !clause.text.en.is_empty());
        }
        for row in &shipped.rows {
            let set = row.set.as_ref();
            let known = |id: &String| {
                shipped.sets.iter().any(|set| set.group == row.group && set.id == *id)
            };
            assert!(set.is_none_or(known), "{:?}", row.set);
        }
    }

    #[test]
    fn every_key_has_a_figure_within_its_range() {
        let choice = Choice::default();
        let keys = keys(&choice);
        assert!(keys.len() > 250);
        for key in &keys {
            let figure = choice.figure(*key).unwrap_or_else(|| panic!("{key:?}"));
            let (least, greatest) = Choice::range(*key).unwrap();
            assert!(least.0 <= figure.value.0 && figure.value.0 <= greatest.0, "{key:?}");
        }
        let mut unique = keys.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), keys.len(), "each figure stands once");
    }

    #[test]
    fn lessons_of_each_grade_add_up_to_its_week() {
        // 26 in grades 1–2, 30 in 3–6, 34 in 7–9 and 35 in upper secondary.
        let choice = Choice::default();
        for stage in [Stage::Primary, Stage::LowerSecondary, Stage::UpperSecondary] {
            for grade in 1..=grades(stage) {
                let key =
                    |group, course| Key { group, stage: Some(stage), course, grade: Some(grade) };
                let sum: Fraction = Course::ALL
                    .into_iter()
                    .filter_map(|course| choice.value(key(Group::Lessons, Some(course))))
                    .sum();
                assert_eq!(Some(sum), choice.value(key(Group::Weekly, None)), "{stage:?} {grade}");
            }
        }
    }

    #[test]
    fn a_county_chooses_a_table_and_changes_a_figure() {
        let mut choice = Choice::default();
        let cap = Key::of(Group::NonTeaching, Stage::UpperSecondary);
        assert_eq!(choice.value(cap), Some(whole(16)));
        choice.chosen.push(Chosen { group: Group::NonTeaching, set: "shandong".to_owned() });
        assert_eq!(choice.value(cap), Some(whole(15)));

        let value = crate::norm::Exact(whole(17));
        choice
            .changed
            .push(Change { at: cap, value, document: "县教〔2026〕3 号".to_owned() });
        let figure = choice.figure(cap).unwrap();
        assert_eq!((figure.value.0, figure.changed), (whole(17), true));
        // With a document number the figure is settled; without one it is still to be checked.
        assert!(!figure.confidence().needs_checking());
        choice.changed[0].document.clear();
        assert!(choice.figure(cap).unwrap().confidence().needs_checking());
    }

    #[test]
    fn a_table_without_the_stage_leaves_it_to_the_first() {
        // Jilin's loads cover primary and lower secondary only.
        let jilin = Chosen { group: Group::Load, set: "jilin".to_owned() };
        let choice = Choice { chosen: vec![jilin], ..Choice::default() };
        let load = |stage| Key { course: Some(Course::Sport), ..Key::of(Group::Load, stage) };
        assert_eq!(choice.value(load(Stage::Primary)), Some(whole(16)));
        assert_eq!(choice.value(load(Stage::UpperSecondary)), Some(whole(14)));
    }
}
