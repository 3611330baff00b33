//! Columns about persons are left out before anything of them is shown: told by the header, or by
//! cells that look like numbers of citizens, telephones or names.

use bianheng_core::file::numbers_in;
use bianheng_core::order::InOrder;
use bianheng_core::text::{Lang, import as words};
use chrono::{Datelike, NaiveDate};

use super::header::Place;
use super::{Column, Field, State};
use crate::grid::Grid;

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
    const ID: [&str; 13] = [
        "身份证",
        "身份号",
        "公民身份",
        "证件号",
        "身分证",
        "护照",
        "社会保障号",
        "社保号",
        "idcard",
        "citizenid",
        "nationalid",
        "passport",
        "socialsecurity",
    ];
    // A school has a number of its own.
    const NUMBER: [&str; 5] = ["idnumber", "idno", "identitycard", "identitynumber", "identityno"];
    const SCHOOL: [&str; 5] = ["school", "unit", "institution", "organi", "campus"];
    const PHONE: [&str; 22] = [
        "手机",
        "手機",
        "电话",
        "联系方式",
        "联络方式",
        "联絡",
        "微信",
        "邮箱",
        "电子邮件",
        "郵件",
        "信箱",
        "qq号",
        "传真",
        "phone",
        "mobile",
        "telephone",
        "telno",
        "email",
        "contact",
        "wechat",
        "cellno",
        "fax",
    ];
    // Whoever asks for a name asks for a person's, whatever else the header says.
    const NAMES: [&str; 8] = [
        "姓名",
        "fullname",
        "surname",
        "firstname",
        "lastname",
        "givenname",
        "familyname",
        "personname",
    ];
    const NAME: [&str; 29] = [
        "校长",
        "校長",
        "园长",
        "园長",
        "负责人",
        "負責人",
        "联系人",
        "填表人",
        "填报人",
        "经办人",
        "制表人",
        "统计人",
        "审核人",
        "报送人",
        "责任人",
        "书记",
        "書記",
        "法人代表",
        "法定代表人",
        "班主任",
        "分管领导",
        "主管领导",
        "principal",
        "headteacher",
        "headname",
        "staffname",
        "teachername",
        "preparedby",
        "filledby",
    ];
    const DETAIL: [&str; 22] = [
        "出生日期",
        "出生年月",
        "性别",
        "年龄",
        "住址",
        "家庭地址",
        "民族",
        "政治面貌",
        "籍贯",
        "婚姻",
        "birthdate",
        "dateofbirth",
        "birthday",
        "银行卡",
        "工资卡",
        "工资号",
        "工号",
        "人员编号",
        "教师编号",
        "employeeid",
        "staffid",
        "homeaddress",
    ];
    let says = |words: &[&str]| words.iter().any(|word| key.contains(word));
    // 校长职数, 班主任人数 count posts and people, 民族学校 and 平均年龄 are about a school: they name nobody.
    let counts = says(&[
        "职数",
        "人数",
        "编制",
        "数量",
        "津贴",
        "平均",
        "民族学",
        "民族地",
        "民族乡",
        "民族班",
        "少数民族",
        "headcount",
        "contacthour",
        "average",
    ]) || (key.ends_with('数') && !key.contains("证"))
        || ["numberof", "noof"].iter().any(|word| key.starts_with(word))
        || ["count", "posts"].iter().any(|word| key.ends_with(word));
    if says(&ID) || (says(&NUMBER) && !says(&SCHOOL)) {
        Some(PersonalKind::IdNumber)
    } else if says(&NAMES) {
        Some(PersonalKind::Name)
    } else if counts {
        None
    } else if says(&PHONE) || key == "tel" {
        Some(PersonalKind::Phone)
    } else if says(&NAME) {
        Some(PersonalKind::Name)
    } else if says(&DETAIL) || ["sex", "gender", "dob", "生日"].contains(&key) {
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
        filled > 0 && cells().filter(|cell| passes(cell)).count() * 100 >= filled * percent
    };
    // A check digit that is right does not come about by chance, not even in a survey of one school.
    if many(has_id_number, 50) {
        return Some(PersonalKind::IdNumber);
    }
    // Codes may look like telephones and townships like names: only where nothing else is known.
    if column.state != State::Unknown {
        return None;
    }
    // In a column of remarks one number is enough.
    if cells().any(has_id_number) {
        return Some(PersonalKind::IdNumber);
    }
    if filled < 3 {
        return None;
    }
    if many(has_telephone, 60) {
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

/// A number of a citizen anywhere in the cell, or one that a spreadsheet kept as a number: of eighteen
/// figures it knows fifteen, and writes naughts behind them.
fn has_id_number(text: &str) -> bool {
    if numbers_in(text).ids > 0 {
        return true;
    }
    let text = text.trim();
    // The fifteen that are left are a birthday with its century: read as before 1999 it would be none.
    let whole = text.len() == 18 && text.bytes().all(|byte| byte.is_ascii_digit());
    let born = text.get(6..14).and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok());
    whole && text.ends_with("000") && born.is_some_and(|born| (1900..2100).contains(&born.year()))
}

fn has_telephone(text: &str) -> bool {
    numbers_in(text).phones > 0 || is_landline(text)
}

/// A telephone of an office: the area's number from 0, then seven or eight figures.
fn is_landline(text: &str) -> bool {
    let figures: String = text.chars().filter(char::is_ascii_digit).collect();
    let others = text.chars().all(|c| c.is_ascii_digit() || " -()（）—".contains(c));
    others && figures.starts_with('0') && (10..=12).contains(&figures.len())
}

fn is_name(text: &str) -> bool {
    const FAMILIES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡\
贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文\
张劉陳楊趙黃吳孫馬羅鄭謝韓馮許蔣盧蘇葉閻鍾陸顧龍萬錢湯賴龔\
向覃莫韦闫殷施陶洪翟颜倪严牛温芦季俞章鲁葛伍庞申尤毕聂焦柳邢岳齐梅庄辛管祝左涂祁时舒耿牟詹苗凌费纪靳盛童欧甄项游裴\
席屈鲍霍翁甘司柏宁柯阮桂闵蒲蓝冉谷兰符卓简饶仇";
    const COMPOUND: [&str; 10] =
        ["欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容"];
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    // 张 三 is written with a blank so that it is as wide as others.
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let count = text.chars().count();
    // 阿卜杜拉·买买提
    let parts = || text.split(['·', '•', '．']);
    if parts().count() > 1 {
        return count <= 20 && parts().all(|part| !part.is_empty() && part.chars().all(han));
    }
    (2..=4).contains(&count)
        && text.chars().all(han)
        && (text.chars().next().is_some_and(|first| FAMILIES.contains(first))
            || COMPOUND.iter().any(|family| text.starts_with(family)))
        && !text.ends_with(['镇', '乡', '村', '校', '园', '学', '中', '县', '区', '街'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_citizens_are_known_however_a_sheet_has_them() {
        for number in [
            "11010519491231002X",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105 19491231 002X",
            "110105491231002",
            // What a spreadsheet leaves of one that it took for a number.
            "110105194912310000",
            "张三 11010519491231002X 已退休",
        ] {
            assert!(has_id_number(number), "{number}");
        }
        for other in ["110105194912310021", "12610000MB0000000X", "3301000000000000", "2133001234"]
        {
            assert!(!has_id_number(other), "{other}");
        }
    }

    #[test]
    fn telephones_and_names_are_known_by_their_form() {
        for text in
            ["13800138000", "+86 138-0013-8000", "0578-2023456", "（0571）87654321", "02512345678"]
        {
            assert!(has_telephone(text), "{text}");
        }
        for text in ["2133001234", "0578", "101", "138"] {
            assert!(!has_telephone(text), "{text}");
        }
        for text in ["王小明", "欧阳修", "张 三", "阿卜杜拉·买买提", "韦春花", "陳大文"]
        {
            assert!(is_name(text), "{text}");
        }
        for text in ["城关镇", "石桥小学", "语文", "王"] {
            assert!(!is_name(text), "{text}");
        }
    }

    #[test]
    fn posts_for_heads_are_no_persons() {
        for (header, kind) in [
            ("校长职数", None),
            ("班主任人数", None),
            ("numberofprincipals", None),
            ("principalposts", None),
            ("contacthours", None),
            ("平均年龄", None),
            ("少数民族学生", None),
            ("schoolidno", None),
            ("民族班班数", None),
            ("校长姓名", Some(PersonalKind::Name)),
            ("校长姓名及编制", Some(PersonalKind::Name)),
            ("負責人", Some(PersonalKind::Name)),
            ("制表人", Some(PersonalKind::Name)),
            ("principal", Some(PersonalKind::Name)),
            ("surname", Some(PersonalKind::Name)),
            ("校长身份证号", Some(PersonalKind::IdNumber)),
            ("idno", Some(PersonalKind::IdNumber)),
            ("联系电话", Some(PersonalKind::Phone)),
            ("手機", Some(PersonalKind::Phone)),
            ("tel", Some(PersonalKind::Phone)),
            ("性别", Some(PersonalKind::Detail)),
            ("工号", Some(PersonalKind::Detail)),
            ("dob", Some(PersonalKind::Detail)),
        ] {
            assert_eq!(by_header(header), kind, "{header}");
        }
    }
}
