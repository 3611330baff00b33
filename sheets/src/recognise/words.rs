//! The words of headers. The tables hold what is seen in surveys of schools, in Chinese (both
//! scripts, the simplified one stands here), English and snake_case.

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

/// Headers whose meaning depends on more than their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// 编制数: posts or the people on them.
    PostsOrPeople,
    /// 教职工数: people in post, or all who work there.
    StaffOrInPost,
    /// 人数: students or staff.
    StudentsOrStaff,
    /// 学校类型: tells the stage, or is a sort of school.
    StageOrCategory,
    /// 编号: a code or a row number.
    CodeOrSerial,
    /// 一年级 alone: students or classes.
    GradeOf(Grade),
    /// 预计减员 without a year.
    DeparturesWithoutYear,
    /// 地区: county, township or locality.
    Place,
}

const SURE: &[(Field, &[&str])] = &[
    (
        Field::UnitCode,
        &[
            "代码",
            "单位代码",
            "学校代码",
            "学校标识码",
            "标识码",
            "机构代码",
            "机构标识码",
            "学校编码",
            "单位编码",
            "编码",
            "学校编号",
            "单位编号",
            "学校识别码",
            "组织机构代码",
            "统一社会信用代码",
            "code",
            "schoolcode",
            "schoolid",
            "unitcode",
            "unitid",
            "id",
            "schoolno",
        ],
    ),
    (
        Field::Name,
        &[
            "学校",
            "校名",
            "名称",
            "学校名称",
            "单位名称",
            "单位",
            "机构名称",
            "学校单位",
            "学校单位名称",
            "校园名称",
            "学校全称",
            "单位全称",
            "幼儿园名称",
            "学校幼儿园",
            "学校幼儿园名称",
            "园名",
            "学校园名称",
            "学校校区",
            "name",
            "schoolname",
            "school",
            "unit",
            "unitname",
            "nameofschool",
        ],
    ),
    (
        Field::Township,
        &[
            "乡镇",
            "所在乡镇",
            "所属乡镇",
            "乡镇名称",
            "乡镇街道",
            "镇街",
            "街道",
            "所在街道",
            "乡镇办",
            "所在镇",
            "所在地乡镇",
            "township",
            "town",
            "commune",
            "adm3",
            "subdistrict",
            "village乡镇",
        ],
    ),
    (
        Field::Stage,
        &[
            "学段",
            "办学学段",
            "学段名称",
            "教育阶段",
            "学段类别",
            "stage",
            "schoolstage",
            "educationstage",
        ],
    ),
    (
        Field::Locality,
        &[
            "区域",
            "城乡类型",
            "城乡",
            "城乡分类",
            "城乡属性",
            "城乡类别",
            "城乡划分",
            "城乡分类代码",
            "所在地城乡类型",
            "区域类型",
            "区域属性",
            "locality",
            "urbanrural",
            "urbanicity",
        ],
    ),
    (
        Field::Category,
        &[
            "类别",
            "校型",
            "学校性质",
            "办学形式",
            "单位类别",
            "学校属性",
            "category",
            "remoteclass",
            "remote",
            "sort",
        ],
    ),
    (
        Field::Parent,
        &[
            "中心校",
            "所属中心校",
            "所属学校",
            "上级学校",
            "主管学校",
            "隶属学校",
            "隶属",
            "上级代码",
            "主校代码",
            "主校",
            "所属中心校代码",
            "所属学校代码",
            "parent",
            "parentcode",
            "parentschool",
        ],
    ),
    (
        Field::Students,
        &[
            "学生",
            "学生数",
            "学生人数",
            "在校生",
            "在校生数",
            "在校学生",
            "在校学生数",
            "在校生人数",
            "在校学生人数",
            "在校生总数",
            "学生总数",
            "学籍数",
            "在籍学生数",
            "在籍生数",
            "幼儿数",
            "在园幼儿",
            "在园幼儿数",
            "在园人数",
            "在校人数",
            "在校在园人数",
            "学生合计",
            "在校生合计",
            "学生数合计",
            "学生数小计",
            "在校生数合计",
            "学生总计",
            "students",
            "pupils",
            "enrolment",
            "enrollment",
            "studentstotal",
            "totalstudents",
            "numberofstudents",
        ],
    ),
    (
        Field::Classes,
        &[
            "班级",
            "班级数",
            "教学班",
            "教学班数",
            "班数",
            "教学班级数",
            "班级总数",
            "班额数",
            "班级合计",
            "班级数合计",
            "班级数小计",
            "班数合计",
            "教学班合计",
            "classes",
            "classestotal",
            "totalclasses",
            "numberofclasses",
            "sections",
        ],
    ),
    (
        Field::Boarders,
        &[
            "寄宿生",
            "寄宿生数",
            "寄宿学生",
            "寄宿学生数",
            "寄宿生人数",
            "住校生",
            "住校生数",
            "住宿生",
            "住宿生数",
            "寄宿",
            "住校",
            "学生数寄宿生",
            "在校生寄宿生",
            "在校生数寄宿生",
            "boarders",
            "boarding",
            "boardingstudents",
        ],
    ),
    (Field::Grade, &["年级", "年级名称", "grade", "gradelevel"]),
    (
        Field::Authorised,
        &[
            "核定编制",
            "核定编制数",
            "核编",
            "核编数",
            "核定数",
            "编制核定数",
            "核定教职工编制",
            "核定教师编制",
            "现核定编制",
            "现有编制",
            "现有编制数",
            "批准编制",
            "批复编制",
            "编制总数",
            "编制核定",
            "下达编制",
            "分配编制",
            "核定",
            "教职工编制",
            "教职工编制数",
            "教职工核定编制",
            "编制数核定",
            "编制核定编制",
            "authorised",
            "authorized",
            "authorisedposts",
            "authorizedposts",
            "posts",
            "postsauthorised",
            "quota",
            "establishment",
        ],
    ),
    (
        Field::InPost,
        &[
            "实有在编",
            "实有人数",
            "实有数",
            "实有",
            "在编",
            "在编人数",
            "在编数",
            "在编教职工",
            "在编教职工数",
            "在编在岗",
            "在编在岗人数",
            "实有在编人数",
            "实有编制",
            "实有编制人数",
            "现有在编",
            "现有在编人数",
            "在编人员",
            "在编人员数",
            "实际在编",
            "在编实有",
            "编制数实有",
            "编制实有",
            "编制在编",
            "教职工数在编",
            "教职工在编",
            "inpost",
            "peopleinpost",
            "staffinpost",
            "filled",
            "incumbents",
        ],
    ),
    (
        Field::Teachers,
        &[
            "教师",
            "教师数",
            "专任教师",
            "专任教师数",
            "教师人数",
            "专任教师人数",
            "任课教师",
            "教师总数",
            "在编教师",
            "在编教师数",
            "教职工数专任教师",
            "教职工专任教师",
            "teachers",
            "teacherstotal",
            "totalteachers",
            "fulltimeteachers",
        ],
    ),
    (Field::Lon, &["经度", "东经", "lon", "lng", "long", "longitude", "x坐标"]),
    (Field::Lat, &["纬度", "北纬", "lat", "latitude", "y坐标"]),
    (
        Field::County,
        &[
            "县",
            "区县",
            "县区",
            "县市区",
            "所在县",
            "所属县区",
            "所属区县",
            "县名",
            "县市",
            "county",
            "countyname",
            "district",
            "adm2",
        ],
    ),
    (
        Field::SurveyYear,
        &[
            "年度",
            "年份",
            "学年",
            "学年度",
            "统计年度",
            "调查年度",
            "数据年份",
            "统计日期",
            "调查日期",
            "截止日期",
            "year",
            "yearroc",
            "schoolyear",
            "surveyyear",
            "surveydate",
            "surveyedon",
            "date",
        ],
    ),
    (
        Field::Note,
        &[
            "备注",
            "说明",
            "附注",
            "备考",
            "情况说明",
            "note",
            "notes",
            "remark",
            "remarks",
            "comment",
        ],
    ),
];

const DOUBTS: &[(Doubt, &[&str])] = &[
    (
        Doubt::PostsOrPeople,
        &[
            "编制",
            "编制数",
            "编制人数",
            "编制情况",
            "教师编制",
            "教师编制数",
            "事业编制",
            "事业编制数",
        ],
    ),
    (
        Doubt::StaffOrInPost,
        &[
            "教职工",
            "教职工数",
            "教职工人数",
            "教职工总数",
            "教职员工",
            "教职员工数",
            "现有教职工",
            "现有教职工数",
            "员工数",
            "职工数",
            "教职员",
            "教职员数",
            "staff",
            "totalstaff",
            "employees",
        ],
    ),
    (Doubt::StudentsOrStaff, &["人数", "总人数", "合计人数", "number", "count"]),
    (
        Doubt::StageOrCategory,
        &[
            "类型",
            "学校类型",
            "办学类型",
            "学校类别",
            "办学类别",
            "学校层次",
            "层次",
            "级别",
            "学校级别",
            "学制",
            "办学层次",
            "type",
            "level",
            "schooltype",
            "schoollevel",
            "schoolcategory",
        ],
    ),
    (Doubt::CodeOrSerial, &["编号", "no", "number编号"]),
    (
        Doubt::DeparturesWithoutYear,
        &[
            "预计减员",
            "自然减员",
            "预计退休",
            "退休人数",
            "预计自然减员",
            "预计退休人数",
            "拟退休",
            "拟退休人数",
            "减员",
            "departures",
            "retirements",
            "leavers",
        ],
    ),
    (Doubt::Place, &["地区", "所在地", "所在区域", "片区", "学区", "所属区域", "region", "area"]),
];

const SERIAL: &[&str] =
    &["序号", "序", "行号", "顺序号", "顺号", "serial", "sn", "rownumber", "index", "序列"];

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
