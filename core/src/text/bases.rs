//! The comparison of bases in words.

use super::{Lang, Message, messages, names, number};
use crate::county::{Fact, Stage};
use crate::fraction::{Fraction, decimal, exact_decimal};
use crate::norm::{Apart, Cliff, Fall, Pack, Wide};
use crate::report::bases::Policy;
use crate::report::sway::Sway;

messages! {
    TITLE: "学生、班级、课时对照", "Students, classes, lessons";
    NOTE: "各依据测算的编制；“取用”为现行标准所取；增减是改按该依据与现行标准相比", "Posts on each basis; “holds” is what the norm takes; the cost is against the norm in force";
    NORM: "现行标准", "Norm in force";
    STUDENTS: "只按学生", "Students alone";
    CLASSES: "只按班级", "Classes alone";
    HIGHER: "就高不就低", "The higher";
    SMALL_SCHOOLS: "小规模校就高", "Small: the higher";
    BLEND: "加权", "Blend";
    WEIGHT: "加权时学生占（%）", "Weight of students in the blend (%)";
    SMALL: "小规模校：学生少于", "Small: fewer students than";
    POLICY: "下表取用依据", "Basis of the table below";
    AGAINST: "比现行", "vs norm";
    FIRST_OF: "显示前 {n} 行（共 {all} 行）", "Show the first {n} of {all}";
    HOURS: "按课时", "Lesson hours";
    SCHOOL: "学校", "School";
    HOLDS: "取用", "Holds";
    COST: "比现行标准增减（名）", "Cost against the norm (posts)";
    ROWS_COMPARED: "可比 {known} / {all} 行", "{known} of {all} rows compared";
    SWAY_TITLE: "学生人数变动的影响", "If rolls move";
    SWAY: "各校学生 {percent}%：{changed} / {rows} 行的测算编制变动，合计 {posts} 名", "Students {percent}% everywhere: {changed} of {rows} rows change, {posts} posts in all";
    SWAY_AGAINST: "{said}；其中 {against} 行与学生反向变动", "{said}; {against} of them against their students";
    CLIFFS: "标准的跳变处", "Where the norm turns";
    CLIFFS_NOTE: "学生或班级多一个，编制反而减少，或一名学生使编制一次多出几名的地方。", "Where one more student or class gives fewer posts, or one student gives several.";
    NO_CLIFFS: "没有跳变。", "None.";
    CLIFF_STUDENTS: "{stage}：满 {at} 名学生时（{beside} 个班），{before} → {after} 名", "{stage}: at {at} students ({beside} classes) {before} → {after} posts";
    CLIFF_CLASSES: "{stage}：满 {at} 个班时（{beside} 名学生），{before} → {after} 名", "{stage}: at {at} classes ({beside} students) {before} → {after} posts";
    STUDENTS_AT_PARENT: "{stage}：教学点的学生、班级并入学校测算；下列学生、班级是学校连同教学点的", "{stage}: students and classes of points count at their school; those below are of a school with its points";
    POSTS_AT_PARENT: "{stage}：教学点的编制并入学校；下列名额是学校或教学点单独测算的，并入时相加", "{stage}: posts of points are added to their school’s; those below are of one school or point, before they are added";
    ROUNDED_FOR_SCHOOL: "{stage}：全校各学段合计后一次取整；下列是取整前的数", "{stage}: rounded once for all stages of a school; the figures below are before rounding";
    ROUNDED_FOR_COUNTY: "{stage}：全县合计后一次取整；下列是取整前的数", "{stage}: rounded once for the county; the figures below are before rounding";
    LOOKS_BESIDE: "{stage}：测算还要看各年级、办学类型或本单位其他学段的数，没有逐个人数查找；个别学校请看“凭什么”", "{stage}: the rule also asks for grades, the sort of school or its other stages, and was not looked through; see each school’s proof";
    SILENT: "{stage}：标准在任何人数、班级下都没有结果，没有查找", "{stage}: the norm gives nothing at any size; there was nothing to look through";
    FALL: "{rule}：{input} 到 {at} 时，{before} → {after}", "{rule}: at {at} {input}, {before} → {after}";
    NO_DATA: "缺数据", "no data";
}

/// The name of a policy.
pub fn policy(policy: Policy) -> Message {
    match policy {
        Policy::Norm => NORM,
        Policy::Students => STUDENTS,
        Policy::Classes => CLASSES,
        Policy::Higher => HIGHER,
        Policy::SmallSchools => SMALL_SCHOOLS,
        Policy::Blend => BLEND,
        Policy::Hours => HOURS,
    }
}

/// What a move of all rolls does, in a sentence.
pub fn sway(sway: &Sway, lang: Lang) -> String {
    let (percent, posts) = (number::signed(i64::from(sway.percent)), number::signed(sway.posts));
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("percent", &percent),
        ("changed", &sway.changed),
        ("rows", &sway.rows),
        ("posts", &posts),
    ];
    let said = SWAY.with(lang, &values);
    match sway.against {
        0 => said,
        against => SWAY_AGAINST.with(lang, &[("said", &said), ("against", &against)]),
    }
}

/// A place where the norm turns, in a sentence.
pub fn cliff(stage: Stage, cliff: &Cliff, lang: Lang) -> String {
    let message = if cliff.fact == Fact::Classes { CLIFF_CLASSES } else { CLIFF_STUDENTS };
    let stage = names::stage(stage).get(lang);
    let posts = |value| exact_decimal(value).unwrap_or_else(|| decimal(value, 2));
    let (before, after) = (posts(&cliff.before), posts(&cliff.after));
    let values: [(&str, &dyn std::fmt::Display); 5] = [
        ("stage", &stage),
        ("at", &cliff.at),
        ("beside", &cliff.beside),
        ("before", &before),
        ("after", &after),
    ];
    message.with(lang, &values)
}

/// What sets the places of a stage apart from what the county gets, in a sentence.
pub fn apart(stage: Stage, apart: Apart, lang: Lang) -> String {
    let message = match apart {
        Apart::StudentsAtParent => STUDENTS_AT_PARENT,
        Apart::PostsAtParent => POSTS_AT_PARENT,
        Apart::RoundedForSchool => ROUNDED_FOR_SCHOOL,
        Apart::RoundedForCounty => ROUNDED_FOR_COUNTY,
        Apart::LooksBeside => LOOKS_BESIDE,
        Apart::Silent => SILENT,
    };
    message.with(lang, &[("stage", &names::stage(stage).get(lang))])
}

/// A fall of a rule, in a sentence.
pub fn fall(fall: &Fall, pack: &Pack, lang: Lang) -> String {
    let label = |id: &str| {
        let input = pack.inputs.iter().find(|input| input.id == id);
        input.map_or(id.to_owned(), |input| input.label.get(lang).to_owned())
    };
    let rule = pack.rule(&fall.rule).map_or(fall.rule.as_str(), |rule| rule.label.get(lang));
    let (input, before, after) = (label(&fall.input), wide(&fall.before), wide(&fall.after));
    let values: [(&str, &dyn std::fmt::Display); 5] = [
        ("rule", &rule),
        ("input", &input),
        ("at", &fall.at),
        ("before", &before),
        ("after", &after),
    ];
    FALL.with(lang, &values)
}

/// As a decimal of two places; as the fraction itself where that does not fit.
fn wide(value: &Wide) -> String {
    match (i64::try_from(*value.numer()), i64::try_from(*value.denom())) {
        (Ok(above), Ok(below)) => decimal(&Fraction::new(above, below), 2),
        _ => value.to_string(),
    }
}
