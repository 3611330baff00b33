//! Columns about persons are left out before anything of them is shown: told by the header, or by
//! cells that look like numbers of citizens, telephones or names.

use bianheng_core::text::{Lang, import as words};

use super::header::Place;
use super::{Column, Field, State};
use crate::grid::Grid;
use bianheng_core::order::InOrder;

/// What about a person a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonalKind {
    /// Number of a citizen's identity card.
    IdNumber,
    /// Telephone or another address to reach a person.
    Phone,
    /// Name of a member of staff.
    Name,
    /// Birth, sex and the like of one person.
    Detail,
}

impl PersonalKind {
    /// The kind in words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::IdNumber => words::PERSONAL_ID.get(lang),
            Self::Phone => words::PERSONAL_PHONE.get(lang),
            Self::Name => words::PERSONAL_NAME.get(lang),
            Self::Detail => words::PERSONAL_DETAIL.get(lang),
        }
    }
}

/// Cells of a column that are looked at.
const LOOKED_AT: usize = 200;

/// Marks personal columns and forgets their samples.
pub(super) fn leave_out(grid: &Grid, place: &Place, columns: &mut [Column]) {
    for column in columns.iter_mut() {
        let kind = by_header(&column.key).or_else(|| by_content(grid, place, column));
        if let Some(kind) = kind {
            column.field = Some(Field::Ignore);
            column.state = State::Personal(kind);
            column.sample.clear();
        }
    }
}

fn by_header(key: &str) -> Option<PersonalKind> {
    const ID: [&str; 8] =
        ["身份证", "公民身份", "证件号", "身分证", "idcard", "idnumber", "citizenid", "nationalid"];
    const PHONE: [&str; 14] = [
        "手机",
        "电话",
        "联系方式",
        "联络方式",
        "微信",
        "邮箱",
        "电子邮件",
        "qq号",
        "phone",
        "mobile",
        "telephone",
        "email",
        "contact",
        "传真",
    ];
    const NAME: [&str; 18] = [
        "姓名",
        "校长",
        "园长",
        "负责人",
        "联系人",
        "填表人",
        "填报人",
        "经办人",
        "书记",
        "法人代表",
        "法定代表人",
        "班主任",
        "principal",
        "headteacher",
        "headname",
        "staffname",
        "teachername",
        "personname",
    ];
    const DETAIL: [&str; 10] = [
        "出生日期",
        "出生年月",
        "家庭住址",
        "民族成份",
        "政治面貌",
        "籍贯",
        "birthdate",
        "dateofbirth",
        "银行卡",
        "工资卡",
    ];
    // 校长职数, 班主任人数 count posts and people; they name nobody.
    let counts = ["职数", "人数", "编制", "数量", "津贴"].iter().any(|word| key.contains(word))
        || (key.ends_with('数') && !key.contains("证"));
    let says = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if says(&ID) {
        Some(PersonalKind::IdNumber)
    } else if counts {
        None
    } else if says(&PHONE) {
        Some(PersonalKind::Phone)
    } else if says(&NAME) {
        Some(PersonalKind::Name)
    } else if says(&DETAIL) {
        Some(PersonalKind::Detail)
    } else {
        None
    }
}

fn by_content(grid: &Grid, place: &Place, column: &Column) -> Option<PersonalKind> {
    let rows = place.data..grid.height();
    let cells = || {
        let cells = rows.clone().map(|row| grid.cell(row, column.index));
        cells.filter(|cell| !cell.is_empty()).take(LOOKED_AT)
    };
    let filled = cells().count();
    let many = |passes: fn(&str) -> bool, percent: usize| {
        filled >= 3 && cells().filter(|cell| passes(cell)).count() * 100 >= filled * percent
    };
    if many(is_id_number, 50) {
        return Some(PersonalKind::IdNumber);
    }
    // Codes may look like telephones and townships like names: only where nothing else is known.
    if column.state != State::Unknown {
        return None;
    }
    if many(is_mobile, 60) {
        return Some(PersonalKind::Phone);
    }
    if many(is_name, 80) {
        let mut names: Vec<&str> = cells().collect();
        names.order_by(Ord::cmp);
        names.dedup();
        // Names differ; words of a list repeat.
        if names.len() * 10 >= filled * 7 {
            return Some(PersonalKind::Name);
        }
    }
    None
}

/// Eighteen places with a date inside and the right last one.
fn is_id_number(text: &str) -> bool {
    let text = text.trim().to_ascii_uppercase();
    let bytes = text.as_bytes();
    if bytes.len() != 18 {
        return false;
    }
    let part = |from: usize, to: usize| text.get(from..to).and_then(|t| t.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (part(6, 10), part(10, 12), part(12, 14)) else {
        return false;
    };
    if !(1900..2100).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return false;
    }
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0;
    for (weight, byte) in WEIGHTS.iter().zip(bytes) {
        if !byte.is_ascii_digit() {
            return false;
        }
        sum += weight * u32::from(byte - b'0');
    }
    b"10X98765432".get((sum % 11) as usize) == bytes.last()
}

fn is_mobile(text: &str) -> bool {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
    digits.len() == 11
        && digits.starts_with(b"1")
        && digits.get(1).is_some_and(|digit| *digit >= b'3')
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'))
}

fn is_name(text: &str) -> bool {
    const FAMILIES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡\
贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文\
張劉陳楊趙黃吳孫馬羅鄭謝韓馮";
    let count = text.chars().count();
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    (2..=4).contains(&count)
        && text.chars().all(han)
        && text.chars().next().is_some_and(|first| FAMILIES.contains(first))
        && !text.ends_with(['镇', '乡', '村', '校', '园', '学', '中', '县', '区', '街'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_citizens_are_known_by_date_and_last_place() {
        assert!(is_id_number("11010519491231002X"));
        assert!(!is_id_number("110105194912310021"));
        assert!(!is_id_number("12610000MB0000000X"));
    }

    #[test]
    fn posts_for_heads_are_no_persons() {
        assert_eq!(by_header("校长职数"), None);
        assert_eq!(by_header("校长姓名"), Some(PersonalKind::Name));
        assert_eq!(by_header("校长身份证号"), Some(PersonalKind::IdNumber));
        assert_eq!(by_header("联系电话"), Some(PersonalKind::Phone));
    }
}
