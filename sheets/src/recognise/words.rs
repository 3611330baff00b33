//! What a header says by its words: looked up whole, then taken apart into grade or year and the
//! rest.

use super::dictionary::{DOUBTS, Doubt, SERIAL, SURE};
use super::{Field, Grade};

/// What a header says by its words alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// One meaning.
    Sure(Field),
    /// One of several; the cells or the person decide.
    Either(Doubt),
    /// A row number.
    Serial,
    /// Figures of another year than the survey's.
    OtherYear,
    /// Nothing known.
    Nothing,
}

/// What the compared form of a header says.
pub(super) fn said(key: &str) -> Said {
    if key.is_empty() {
        return Said::Nothing;
    }
    if SERIAL.contains(&key) {
        return Said::Serial;
    }
    for (field, names) in SURE {
        if names.contains(&key) {
            return Said::Sure(*field);
        }
    }
    for (doubt, names) in DOUBTS {
        if names.contains(&key) {
            return Said::Either(*doubt);
        }
    }
    if let Some(said) = with_grade(key) {
        return said;
    }
    if let Some(field) = super::courses::course_in(key) {
        return Said::Sure(field);
    }
    if let Some(said) = with_year(key) {
        return said;
    }
    // A header of two lines: the lower line may say it all ("基本情况学校名称").
    for (field, names) in SURE {
        if names
            .iter()
            .any(|name| name.chars().count() >= 3 && !name.is_ascii() && key.ends_with(name))
        {
            return Said::Sure(*field);
        }
    }
    Said::Nothing
}

/// `g1students`, `一年级班数`, `学生数一年级`, `初一`, `小班人数`.
fn with_grade(key: &str) -> Option<Said> {
    let (grade, rest) = grade_within(key)?;
    let rest = rest.trim_matches(|c| matches!(c, '数' | '的' | '级'));
    const STUDENTS: [&str; 17] = [
        "students",
        "学生",
        "人",
        "人数",
        "在校生",
        "在校学生",
        "学生人",
        "pupils",
        "幼儿",
        "在园幼儿",
        "在校人",
        "s",
        "在校生人",
        "分年级学生",
        "各年级学生",
        "分年级在校生",
        "各年级在校生",
    ];
    const CLASSES: [&str; 11] = [
        "classes",
        "班",
        "教学班",
        "班级",
        "个班",
        "sections",
        "c",
        "分年级班",
        "各年级班",
        "分年级班级",
        "各年级班级",
    ];
    if rest.is_empty() || rest == "分年级" {
        Some(Said::Either(Doubt::GradeOf(grade)))
    } else if STUDENTS.contains(&rest) {
        Some(Said::Sure(Field::GradeStudents(grade)))
    } else if CLASSES.contains(&rest) {
        Some(Said::Sure(Field::GradeClasses(grade)))
    } else {
        None
    }
}

/// A year in the header: departures of that year, or figures of another year.
fn with_year(key: &str) -> Option<Said> {
    let start = key.find(|c: char| c.is_ascii_digit())?;
    let digits: String = key.get(start..)?.chars().take_while(char::is_ascii_digit).collect();
    let number: i32 = digits.parse().ok()?;
    let year = match number {
        1990..=2100 => number,
        90..=200 => number + 1911,
        _ => return None,
    };
    let mut rest = key.replacen(&digits, "", 1);
    for word in ["年度", "年底", "年末", "年", "roc", "人数", "数", "预计", "拟", "将"]
    {
        rest = rest.replace(word, "");
    }
    const LEAVE: [&str; 12] = [
        "减员",
        "自然减员",
        "退休",
        "自然减员退休",
        "departures",
        "retirements",
        "leavers",
        "离职",
        "减少",
        "到龄退休",
        "retire",
        "退休减员",
    ];
    if LEAVE.contains(&rest.as_str()) {
        return Some(Said::Sure(Field::Departures(year)));
    }
    match said(&rest) {
        Said::Sure(field) if field.is_count() => Some(Said::OtherYear),
        Said::Either(_) => Some(Said::OtherYear),
        _ => None,
    }
}

/// A grade anywhere in the text, with what is left of the text.
fn grade_within(text: &str) -> Option<(Grade, String)> {
    const NAMED: [(&str, Grade); 24] = [
        ("托班", Grade::Kindergarten(4)),
        ("学前班", Grade::Kindergarten(4)),
        ("小班", Grade::Kindergarten(1)),
        ("中班", Grade::Kindergarten(2)),
        ("大班", Grade::Kindergarten(3)),
        ("初中一年级", Grade::Year(7)),
        ("初中二年级", Grade::Year(8)),
        ("初中三年级", Grade::Year(9)),
        ("高中一年级", Grade::Year(10)),
        ("高中二年级", Grade::Year(11)),
        ("高中三年级", Grade::Year(12)),
        ("初一年级", Grade::Year(7)),
        ("初二年级", Grade::Year(8)),
        ("初三年级", Grade::Year(9)),
        ("高一年级", Grade::Year(10)),
        ("高二年级", Grade::Year(11)),
        ("高三年级", Grade::Year(12)),
        ("初一", Grade::Year(7)),
        ("初二", Grade::Year(8)),
        ("初三", Grade::Year(9)),
        ("高一", Grade::Year(10)),
        ("高二", Grade::Year(11)),
        ("高三", Grade::Year(12)),
        ("初四", Grade::Year(9)),
    ];
    for (name, grade) in NAMED {
        if let Some((before, after)) = text.split_once(name) {
            return Some((grade, format!("{before}{after}")));
        }
    }
    // The longer numerals first, so that 十二 is not read as 二.
    const NUMERALS: [(&str, u8); 12] = [
        ("十二", 12),
        ("十一", 11),
        ("十", 10),
        ("一", 1),
        ("二", 2),
        ("三", 3),
        ("四", 4),
        ("五", 5),
        ("六", 6),
        ("七", 7),
        ("八", 8),
        ("九", 9),
    ];
    for (numeral, year) in NUMERALS {
        let name = format!("{numeral}年级");
        if let Some((before, after)) = text.split_once(&name) {
            return Some((Grade::Year(year), format!("{before}{after}")));
        }
    }
    for year in (1..=12_u8).rev() {
        for name in [format!("{year}年级"), format!("grade{year}"), format!("g{year}")] {
            let Some((before, after)) = text.split_once(&name) else { continue };
            let joined = after.starts_with(|c: char| c.is_ascii_digit())
                || before.ends_with(|c: char| c.is_ascii_alphanumeric() && name.starts_with('g'))
                || before.ends_with(|c: char| c.is_ascii_digit());
            // "studentsg1" is two words run together, "orig1" is not.
            if !joined || matches!(before, "students" | "classes" | "pupils") {
                return Some((Grade::Year(year), format!("{before}{after}")));
            }
        }
    }
    None
}

/// The grade that a cell of a grade column names.
pub(crate) fn grade_of(text: &str) -> Option<Grade> {
    let text = super::normal::key(text);
    if let Some((grade, rest)) = grade_within(&text) {
        return rest.is_empty().then_some(grade);
    }
    const BARE: [&str; 12] =
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let by_numeral = BARE.iter().position(|numeral| *numeral == text);
    let by_digit = text.parse::<usize>().ok().filter(|n| (1..=12).contains(n)).map(|n| n - 1);
    let year = u8::try_from(by_numeral.or(by_digit)? + 1).ok()?;
    Some(Grade::Year(year))
}

#[cfg(test)]
mod tests {
    use super::super::normal::key;
    use super::*;

    fn of(header: &str) -> Said {
        said(&key(header))
    }

    #[test]
    fn no_word_has_two_meanings() {
        let all: Vec<&str> = SURE
            .iter()
            .flat_map(|(_, names)| names.iter())
            .chain(DOUBTS.iter().flat_map(|(_, names)| names.iter()))
            .chain(SERIAL)
            .copied()
            .collect();
        for (at, name) in all.iter().enumerate() {
            assert!(!all[at + 1..].contains(name), "{name} stands twice");
            assert_eq!(&key(name), name, "{name} is not in its compared form");
        }
    }

    #[test]
    fn grades_are_read_out_of_headers() {
        for (header, field) in [
            ("g1_students", Field::GradeStudents(Grade::Year(1))),
            ("g12_classes", Field::GradeClasses(Grade::Year(12))),
            ("七年级学生数", Field::GradeStudents(Grade::Year(7))),
            ("学生数 一年级", Field::GradeStudents(Grade::Year(1))),
            ("小班（人）人数", Field::GradeStudents(Grade::Kindergarten(1))),
            ("初二班数", Field::GradeClasses(Grade::Year(8))),
            ("十二年级班级数", Field::GradeClasses(Grade::Year(12))),
            ("3年级人数", Field::GradeStudents(Grade::Year(3))),
        ] {
            assert_eq!(of(header), Said::Sure(field), "{header}");
        }
        assert_eq!(of("一年级"), Said::Either(Doubt::GradeOf(Grade::Year(1))));
    }

    #[test]
    fn years_are_read_out_of_headers() {
        assert_eq!(of("2027预计减员"), Said::Sure(Field::Departures(2027)));
        assert_eq!(of("departures_2028"), Said::Sure(Field::Departures(2028)));
        assert_eq!(of("预计减员 2029年"), Said::Sure(Field::Departures(2029)));
        assert_eq!(of("students_roc107"), Said::OtherYear);
        assert_eq!(of("2024年在校生数"), Said::OtherYear);
    }

    #[test]
    fn traditional_and_simplified_are_one() {
        assert_eq!(of("學校名稱"), Said::Sure(Field::Name));
        assert_eq!(of("班級數"), Said::Sure(Field::Classes));
        assert_eq!(of("核定編制"), Said::Sure(Field::Authorised));
    }
}
