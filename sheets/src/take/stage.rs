//! Stages and localities in the words of surveys.

use bianheng_core::county::{Locality, Stage};

use crate::recognise::{Grade, key};

/// The stages that a word names, from the youngest; empty where it names none. A nine-year school
/// names two.
pub(crate) fn stages_of(text: &str) -> Vec<Stage> {
    use Stage::{Kindergarten, LowerSecondary, Primary, Special, UpperSecondary, Vocational};
    if let Some(stage) = Stage::parse(text) {
        return vec![stage];
    }
    let word = key(text);
    // From the particular to the general: a word is looked for inside the text.
    const WORDS: &[(&str, &[Stage])] = &[
        ("特殊教育", &[Special]),
        ("特教", &[Special]),
        ("盲校", &[Special]),
        ("聋校", &[Special]),
        ("培智", &[Special]),
        ("specialeducation", &[Special]),
        ("special", &[Special]),
        ("十二年", &[Primary, LowerSecondary, UpperSecondary]),
        ("12年一贯", &[Primary, LowerSecondary, UpperSecondary]),
        ("十五年", &[Kindergarten, Primary, LowerSecondary, UpperSecondary]),
        ("九年", &[Primary, LowerSecondary]),
        ("9年一贯", &[Primary, LowerSecondary]),
        ("nineyear", &[Primary, LowerSecondary]),
        ("k9", &[Primary, LowerSecondary]),
        ("完全中学", &[LowerSecondary, UpperSecondary]),
        ("完中", &[LowerSecondary, UpperSecondary]),
        ("completesecondary", &[LowerSecondary, UpperSecondary]),
        ("职业", &[Vocational]),
        ("职高", &[Vocational]),
        ("中职", &[Vocational]),
        ("中专", &[Vocational]),
        ("技工", &[Vocational]),
        ("职教", &[Vocational]),
        ("高职", &[Vocational]),
        ("vocational", &[Vocational]),
        ("幼儿园", &[Kindergarten]),
        ("幼稚园", &[Kindergarten]),
        ("学前", &[Kindergarten]),
        ("幼儿", &[Kindergarten]),
        ("kindergarten", &[Kindergarten]),
        ("preschool", &[Kindergarten]),
        ("nursery", &[Kindergarten]),
        ("国民小学", &[Primary]),
        ("国民中学", &[LowerSecondary]),
        ("国小", &[Primary]),
        ("国中", &[LowerSecondary]),
        ("初级中学", &[LowerSecondary]),
        ("高级中学", &[UpperSecondary]),
        ("高级中等", &[UpperSecondary]),
        ("高中", &[UpperSecondary]),
        ("高级", &[UpperSecondary]),
        ("初中", &[LowerSecondary]),
        ("初级", &[LowerSecondary]),
        ("seniorhigh", &[UpperSecondary]),
        ("uppersecondary", &[UpperSecondary]),
        ("seniorsecondary", &[UpperSecondary]),
        ("juniorhigh", &[LowerSecondary]),
        ("lowersecondary", &[LowerSecondary]),
        ("juniorsecondary", &[LowerSecondary]),
        ("middleschool", &[LowerSecondary]),
        ("highschool", &[UpperSecondary]),
        ("小学", &[Primary]),
        ("完小", &[Primary]),
        ("村小", &[Primary]),
        ("教学点", &[Primary]),
        ("primary", &[Primary]),
        ("elementary", &[Primary]),
        ("中学", &[LowerSecondary]),
    ];
    // 初中、高中 or 小学＋初中 in one cell.
    let named: Vec<Stage> = [("小学", Primary), ("初中", LowerSecondary), ("高中", UpperSecondary)]
        .into_iter()
        .filter(|(name, _)| word.contains(name))
        .map(|(_, stage)| stage)
        .collect();
    if named.len() > 1 && !word.contains("职") && word.chars().count() <= 10 {
        return named;
    }
    let found = WORDS.iter().find(|(name, _)| word.contains(name));
    found.map_or_else(Vec::new, |(_, stages)| stages.to_vec())
}

/// The stages that a school's name tells: 附属 and 附设 name the part, not the whole.
pub(super) fn stages_by_name(name: &str) -> Vec<Stage> {
    let parts = ["附属", "附設", "附设", "附小", "附幼"];
    if let Some((_, part)) = parts.iter().find_map(|mark| name.split_once(mark)) {
        let stages = stages_of(part);
        if !stages.is_empty() {
            return stages;
        }
    }
    match stages_of(name) {
        stages if stages.is_empty() && name.ends_with('园') => vec![Stage::Kindergarten],
        stages if stages.is_empty() && name.ends_with("小") => vec![Stage::Primary],
        stages => stages,
    }
}

/// The stage that the end of a name tells, where it names a part of a school.
pub(super) fn part_in_name(name: &str) -> Option<Stage> {
    let name = name.trim_end_matches([')', '）']);
    [
        ("幼儿部", Stage::Kindergarten),
        ("幼儿园", Stage::Kindergarten),
        ("小学部", Stage::Primary),
        ("小学", Stage::Primary),
        ("初中部", Stage::LowerSecondary),
        ("中学部", Stage::LowerSecondary),
        ("初中", Stage::LowerSecondary),
        ("高中部", Stage::UpperSecondary),
        ("高中", Stage::UpperSecondary),
    ]
    .into_iter()
    .find(|(end, _)| name.ends_with(end))
    .map(|(_, stage)| stage)
}

/// The locality that a word or an official code of town and country names.
pub(crate) fn locality_of(text: &str) -> Option<Locality> {
    if let Some(locality) = Locality::parse(text) {
        return Some(locality);
    }
    Some(match key(text).as_str() {
        "城市" | "城区" | "主城区" | "市区" | "城乡结合区" | "111" | "112" | "urban" | "city" => {
            Locality::City
        }
        "县城" | "县城区" | "县镇" | "县城所在地" | "countytown" | "countyseat" => {
            Locality::CountyTown
        }
        "镇区" | "镇" | "乡镇" | "集镇" | "镇中心区" | "镇乡结合区" | "特殊区域" | "121"
        | "122" | "123" | "town" | "township" => Locality::Township,
        "乡村" | "村" | "农村" | "村庄" | "乡中心区" | "210" | "220" | "rural" | "village" => {
            Locality::Village
        }
        _ => return None,
    })
}

/// Where a grade stands among the stages of a school: its stage and its grade within it.
pub(super) fn place_grade(grade: Grade, stages: &[Stage]) -> Option<(Stage, u8)> {
    let year = match grade {
        Grade::Kindergarten(year) => {
            return stages.contains(&Stage::Kindergarten).then_some((Stage::Kindergarten, year));
        }
        Grade::Year(year) => year,
    };
    let by_year = stage_of_year(year);
    if let Some((stage, within)) = by_year
        && stages.contains(&stage)
    {
        return Some((stage, within));
    }
    // Counted from 1 within the one stage of the row.
    match stages {
        [stage @ Stage::Kindergarten] if year <= 4 => Some((*stage, year)),
        [stage @ Stage::LowerSecondary] if year <= 4 => Some((*stage, year)),
        [stage @ Stage::UpperSecondary] if year <= 3 => Some((*stage, year)),
        [stage @ Stage::Special] => Some((*stage, year)),
        [stage @ Stage::Vocational] => Some((*stage, if year >= 10 { year - 9 } else { year })),
        _ => None,
    }
}

/// The stage of a year of schooling and the grade within it.
pub(super) fn stage_of_year(year: u8) -> Option<(Stage, u8)> {
    match year {
        1..=6 => Some((Stage::Primary, year)),
        7..=9 => Some((Stage::LowerSecondary, year - 6)),
        10..=12 => Some((Stage::UpperSecondary, year - 9)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_surveys_name_stages() {
        use Stage::{Kindergarten, LowerSecondary, Primary, UpperSecondary, Vocational};
        for (text, stages) in [
            ("小学", vec![Primary]),
            ("完全小学", vec![Primary]),
            ("初级中学", vec![LowerSecondary]),
            ("普通高中", vec![UpperSecondary]),
            ("职业高中", vec![Vocational]),
            ("九年一贯制学校", vec![Primary, LowerSecondary]),
            ("完全中学", vec![LowerSecondary, UpperSecondary]),
            ("附設國民小學", vec![Primary]),
            ("lower_secondary", vec![LowerSecondary]),
            ("幼兒園", vec![Kindergarten]),
            ("小学、初中", vec![Primary, LowerSecondary]),
            ("青河镇", vec![]),
        ] {
            assert_eq!(stages_of(text), stages, "{text}");
        }
    }

    #[test]
    fn names_tell_the_part() {
        assert_eq!(stages_by_name("师范学院附属小学"), [Stage::Primary]);
        assert_eq!(stages_by_name("某高中附设國小"), [Stage::Primary]);
        assert_eq!(stages_by_name("县第四幼儿园"), [Stage::Kindergarten]);
    }

    #[test]
    fn grades_find_their_place() {
        use Stage::{LowerSecondary, Primary};
        let nine = [Primary, LowerSecondary];
        assert_eq!(place_grade(Grade::Year(7), &nine), Some((LowerSecondary, 1)));
        assert_eq!(place_grade(Grade::Year(2), &nine), Some((Primary, 2)));
        assert_eq!(place_grade(Grade::Year(2), &[LowerSecondary]), Some((LowerSecondary, 2)));
        assert_eq!(place_grade(Grade::Year(8), &[Primary]), None);
    }
}
