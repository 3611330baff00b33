//! What a norm may ask of a row beside the figures of its own stage: the roll of each grade, what
//! sort of unit it is, and the students of the unit's other stages. It reads the county and changes
//! nothing.

use std::collections::BTreeMap;

use super::exact::Num;
use super::pack::{Input, Points};
use super::together::Together;
use super::{Norm, Source};
use crate::county::{County, Holding, Stage};

/// What stands beside the figures of a row's own stage; nothing where no county is at hand.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    /// Students and classes by grade, youngest first; empty where the survey does not say.
    pub(super) grades: [Vec<Option<Num>>; 2],
    /// What sort of unit it is, in the county's words; empty where the survey does not say.
    pub(super) category: String,
    /// Students of each stage of the unit: none at a stage that it does not have.
    pub(super) students: [Option<u32>; Stage::ALL.len()],
}

impl Source {
    /// Whether a subject does not tell it.
    pub(super) fn looks_beside(self) -> bool {
        match self {
            Self::GradeStudents | Self::GradeClasses | Self::Category | Self::StudentsOf(_) => true,
            Self::Students
            | Self::Classes
            | Self::Boarders
            | Self::Stage
            | Self::Locality
            | Self::Nowhere => false,
        }
    }
}

impl Norm {
    /// Whether the pack asks for more than a subject tells.
    pub(super) fn looks_beside(&self) -> bool {
        self.sources.iter().any(|source| source.looks_beside())
    }

    /// What stands beside a row's subject; nothing where the pack does not ask for it.
    pub(super) fn beside(&self, county: &County, row: usize, together: &Together) -> Beside {
        let holding = county.holdings.get(row).filter(|_| self.looks_beside());
        let Some(holding) = holding else { return Beside::default() };
        let unit = county.unit_of(holding);
        Beside {
            grades: self.grades(county, row, holding, together),
            category: unit.map(|unit| unit.category.trim().to_owned()).unwrap_or_default(),
            students: self.students_by_stage(county, holding.unit, together),
        }
    }

    /// The word that a county's category goes by in an input; `None` for one that the pack never
    /// mentions.
    pub(super) fn category_of(&self, input: &Input, category: &str) -> Option<u16> {
        let alias = input.words.iter().find(|word| word.means == category);
        self.ready.symbols.find(alias.map_or(category, |word| word.id.as_str()))
    }

    /// Students of each stage of a unit, with those of the points that count there.
    fn students_by_stage(
        &self,
        county: &County,
        unit: usize,
        together: &Together,
    ) -> [Option<u32>; Stage::ALL.len()] {
        let mut out = [Some(0); Stage::ALL.len()];
        for (row, other) in together.of_unit(county, unit) {
            let stage = other.part.stage().and_then(|stage| out.get_mut(stage as usize));
            if let Some(students) = stage {
                let subject = self.subject_in(county, row, together);
                *students = subject.and_then(|subject| subject.students);
            }
        }
        out
    }

    /// Students and classes by grade, with those of the points that count there; a point has none in
    /// a grade that it does not name. Empty where one of them does not tell of its grades.
    fn grades(
        &self,
        county: &County,
        row: usize,
        own: &Holding,
        together: &Together,
    ) -> [Vec<Option<Num>>; 2] {
        let mut all = vec![own];
        if self.pack.points == Points::StudentsAtParent {
            all.extend(together.points(county, row).map(|(_, point)| point));
        }
        if all.iter().any(|holding| holding.roll.grades.is_empty()) {
            return Default::default();
        }
        let sum = |one: Option<u32>, other: Option<u32>| one?.checked_add(other?);
        let mut by_grade = BTreeMap::new();
        for found in all.iter().flat_map(|holding| &holding.roll.grades) {
            let (students, classes) = by_grade.entry(found.grade).or_insert((Some(0), Some(0)));
            *students = sum(*students, found.students);
            *classes = sum(*classes, found.classes);
        }
        let number = |value: Option<u32>| value.map(|value| Num::whole(i64::from(value)));
        let students = by_grade.values().map(|(students, _)| number(*students)).collect();
        [students, by_grade.values().map(|(_, classes)| number(*classes)).collect()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{GradeRoll, Part, Roll, UnitCode};
    use crate::norm::{Entitlement, Pack, Refusal, read_pack};
    use crate::sample;

    /// The example of the guide with one formula of its own.
    fn norm(formula: &str, change: impl Fn(&mut Pack)) -> Norm {
        let inputs = r#"[[input]]
id = "grade"
label = { zh = "各年级学生", en = "Students by grade" }
kind = "list"
source = "grade_students"

[[input]]
id = "grade_class"
label = { zh = "各年级班级", en = "Classes by grade" }
kind = "list"
source = "grade_classes"
beside = "grade"

[[input]]
id = "sort"
label = { zh = "办学类型", en = "Sort of school" }
kind = "word"
source = "category"
word = [
    { id = "nine_year", label = { zh = "九年一贯制", en = "Nine-year school" }, means = "九年一贯制" },
    { id = "plain", label = { zh = "小学", en = "Primary school" }, means = "小学" },
]

[[input]]
id = "lower"
label = { zh = "初中学生", en = "Lower secondary students" }
kind = "number"
source = "students.lower_secondary"

[[parameter]]"#;
        let text = include_str!("../../../docs/norm-pack-example.toml")
            .replacen("[[parameter]]", inputs, 1)
            .replacen(
                "formula = \"teachers + leaders(classes)\"",
                &format!("formula = '{formula}'\nclause = {{ text = {{ zh = \"测试\" }} }}"),
                1,
            );
        let mut pack = read_pack(&text).unwrap();
        change(&mut pack);
        let day = pack.valid_from;
        Norm::new(pack, day).unwrap()
    }

    /// A nine-year school of 40 and 30 students in two grades and 50 above, and a point of it with 10.
    fn county() -> County {
        let template = sample::county().unwrap().workspace.base().clone();
        let mut county =
            County { units: Vec::new().into(), holdings: Vec::new(), ..template.clone() };
        let code = |at: usize| UnitCode::new(&format!("{at:03}"));
        for at in 0..2 {
            let mut unit = template.units[0].clone();
            unit.code = code(at);
            unit.parent = (at > 0).then(|| code(0));
            unit.category = if at == 0 { "九年一贯制" } else { "教学点" }.to_owned();
            county.units.push(unit);
        }
        let grade =
            |grade, students| GradeRoll { grade, students: Some(students), classes: Some(1) };
        let rows = [
            (0, Stage::Primary, 70, vec![grade(2, 30), grade(1, 40)]),
            (0, Stage::LowerSecondary, 50, Vec::new()),
            (1, Stage::Primary, 10, vec![grade(1, 10)]),
        ];
        for (unit, stage, students, grades) in rows {
            let mut holding = Holding::empty(unit, Part::Stage(stage));
            let (students, classes) = (Some(students), Some(2));
            holding.roll = Roll { students, classes, grades, ..Roll::default() };
            county.holdings.push(holding);
        }
        county
    }

    /// What both primary rows get, the same in the proof.
    fn wholes(norm: &Norm, county: &County) -> [Option<u32>; 2] {
        let found = norm.entitle_county(county);
        [0, 2].map(|row| {
            let posts = found[row].posts;
            let proof = norm.prove_row(county, row, &found[row]).unwrap();
            assert_eq!(proof.result.ok(), posts);
            posts.map(|posts| posts.whole)
        })
    }

    #[test]
    fn a_norm_may_add_up_grades() {
        // ⌈40 ÷ 35⌉ + ⌈30 ÷ 35⌉ = 3, and ⌈10 ÷ 35⌉ = 1
        let by_grade = norm("sum(grade: ceil(grade / 35))", |_| {});
        assert_eq!(wholes(&by_grade, &county()), [Some(3), Some(1)]);
        // 40 ÷ 1 and 30 ÷ 1 are above 25, and 10 ÷ 1 is not.
        let large = norm("count(grade: grade / grade_class > 25)", |_| {});
        assert_eq!(wholes(&large, &county()), [Some(2), Some(0)]);
        // ⌈(40 + 10) ÷ 45⌉ + ⌈30 ÷ 45⌉ = 3 where the point counts at its school: alone they make two.
        let merge = |pack: &mut Pack| pack.points = Points::StudentsAtParent;
        let together = norm("sum(grade: ceil(grade / 45))", merge);
        // Nothing stands at the point.
        assert_eq!(wholes(&together, &county()), [Some(3), Some(0)]);
    }

    #[test]
    fn a_roll_without_grades_is_not_a_roll_of_none() {
        let mut county = county();
        county.holdings[2].roll.grades.clear();
        let by_grade = norm("sum(grade: ceil(grade / 35))", |_| {});
        assert_eq!(wholes(&by_grade, &county), [Some(3), None]);
        let why =
            by_grade.prove_row(&county, 2, &Entitlement::default()).unwrap().result.unwrap_err();
        assert!(matches!(&why, Refusal::Missing(label) if label.zh == "各年级学生"), "{why:?}");
        let together = norm("sum(grade: ceil(grade / 35))", |pack| {
            pack.points = Points::StudentsAtParent;
        });
        assert_eq!(wholes(&together, &county), [None, None]);
    }

    #[test]
    fn a_norm_may_ask_what_sort_of_unit_it_is() {
        let by_sort = norm("if sort = \"nine_year\" then 9 else 1", |_| {});
        let mut county = county();
        assert_eq!(wholes(&by_sort, &county), [Some(9), Some(1)]);
        county.units[1].category.clear();
        assert_eq!(wholes(&by_sort, &county), [Some(9), None]);
    }

    #[test]
    fn a_norm_may_ask_for_the_other_stages_of_the_unit() {
        // (70 + 50) ÷ 10, and the point has no lower secondary stage: (10 + 0) ÷ 10.
        let both = norm("floor((students + lower) / 10)", |_| {});
        let mut county = county();
        assert!(!both.is_row_by_row());
        assert_eq!(wholes(&both, &county), [Some(12), Some(1)]);
        county.holdings[1].roll.students = None;
        assert_eq!(wholes(&both, &county), [None, Some(1)]);
    }
}
