//! Red lines in words: what each is, what was found, where, and what to do about it.

use super::{Lang, Message, messages, names, number, proof, yardstick};
use crate::check::{At, ClassLevel, Finding, Rule, What};
use crate::county::{County, Part};
use crate::fraction::{Fraction, decimal};
use crate::norm::Confidence;
use crate::yardstick::shipped;

messages! {
    TITLE: "红线检查", "Red lines";
    NONE: "没有触碰红线。", "No red line is crossed.";
    COUNTY: "全县", "The county";
    R20: "分学段测算", "Entitlement by stage";
    R21: "小规模学校就高测算", "Small schools";
    R22: "教学点归属", "Teaching points";
    R23: "取整不增总量", "Rounding within the total";
    R24: "非教学人员占比", "Non-teaching staff";
    R25: "班额", "Class size";
    R26: "课时与教师", "Lessons and teachers";
    R27: "课程占比", "Shares of courses";
    R28: "结构性缺员", "Structural shortage";
    R29: "幼儿园配备", "Kindergarten staffing";
    R30: "领导职数", "Leader posts";
    REFUSED: "标准不予测算", "The norm gives nothing";
    REFUSED_CURE: "补齐在校生、班级、区域等数据，或在标准中为这个学段加规则。", "Fill in students, classes or locality, or add a rule for the stage to the norm.";
    BY_CLASSES: "{rows} 行按班级定编", "{rows} rows go by classes";
    BY_CLASSES_BEYOND: "{rows} 行按班级定编，比只按学生多 {beyond} 名", "{rows} rows go by classes: {beyond} posts beyond students alone";
    BY_CLASSES_UNVERIFIED: "{said}；每班几名的依据待核实", "{said}; the figure per class is unverified";
    BY_CLASSES_CURE: "在标准中填入本省每班教职工数的文号和数值。", "Enter the province's document and figure for posts per class in the norm.";
    NO_PARENT: "教学点没有所属学校", "A teaching point without a parent school";
    UNKNOWN_PARENT: "所属学校不在本县名单内", "Its parent school is not in the county";
    PARENT_IS_POINT: "所属学校本身也是教学点，编制会重复归集", "Its parent is itself a teaching point: posts would be rolled up twice";
    PARENT_WITHOUT_STAGE: "所属学校没有{stage}学段", "Its parent school has no {stage} stage";
    POINT_CURE: "改正教学点的所属学校：应为本乡镇的中心学校。", "Correct its parent: the central school of the township.";
    ROUNDING_EXCEEDS: "{kind}：精确测算 {exact} 名不超总量 {total} 名，逐校取整后为 {whole} 名", "{kind}: {exact} posts exactly are within the total of {total}, but {whole} once each row is rounded";
    ROUNDING_ADDS: "{kind}：逐校取整合计多 {residual} 名", "{kind}: rounding each row adds {residual} posts";
    ROUNDING_TAKES: "{kind}：逐校取整合计少 {residual} 名", "{kind}: rounding each row takes {residual} posts";
    ROUNDING_CURE: "改用舍去取整，或在调剂时按最大余数分配，使合计不超总量。", "Round down, or share out by largest remainder, so that the sum stays within the total.";
    ROUNDING_NOTE: "只影响测算，不改变核定总量。", "Entitlements only: the authorised total does not change.";
    NON_TEACHING: "非教学人员 {people} 人，占 {staff} 人的 {share}，上限 {cap}%", "{people} non-teaching of {staff} staff, {share}, cap {cap}%";
    NON_TEACHING_CURE: "转岗任教或不再补充职员、工勤；后勤可社会化。", "Move people to teaching, or do not refill clerical and worker posts.";
    ABOVE_STANDARD: "超标准班额", "Above the standard class";
    LARGE: "大班额", "Large class";
    SUPER_LARGE: "超大班额", "Super-large class";
    CLASS_OF_GRADE: "{level}：{grade} 年级 {students} 人 {classes} 个班，每班 {size} 人（界线 {limit}）", "{level}: grade {grade}, {students} students in {classes} classes, {size} a class (limit {limit})";
    CLASS_AVERAGE: "{level}：全学段 {students} 人 {classes} 个班，平均每班 {size} 人（界线 {limit}）；只知平均数，个别班可能更大", "{level}: {students} students in {classes} classes, {size} on average (limit {limit}); only an average is known, single classes may be larger";
    CLASS_CURE: "增加班级或分流起始年级；增班后按班级测算的编制随之增加。", "Add classes or divert the entering grade; entitlement by classes follows.";
    AVERAGES_ONLY: "{rows} 行只知学段平均班额，看不出个别大班", "{rows} rows have only an average class size: large classes may be hidden";
    AVERAGES_CURE: "调查表补填分年级的学生数和班级数。", "Fill in students and classes by grade in the survey.";
    TEACHERS: "按课时应有教师 {needed} 人，现有 {present} 人", "Lessons need {needed} teachers, {present} there";
    TEACHERS_CURE: "补充教师，或核对周课时标准和班级数。", "Add teachers, or check loads and classes.";
    COURSES: "{courses} 科缺 {people} 人，{worst}缺 {missing} 人最多；空编 {vacant} 名", "{courses} courses miss {people} people, {worst} most with {missing}; {vacant} posts vacant";
    COURSES_CURE: "用空编优先补充所缺科目。", "Use the vacant posts for the courses that are short.";
    UNTAUGHT: "{courses} 科每周少开 {lessons} 节，{worst}少 {missing} 节最多", "{courses} courses fall {lessons} lessons a week short, {worst} most with {missing}";
    UNTAUGHT_CURE: "按课程方案开齐开足，或核对实上课时和班级数。", "Teach what the curriculum asks, or check lessons taught and classes.";
    WEEK: "{stage} {grade} 年级各科课时合计 {sum} 节，周总课时 {week} 节", "{stage} grade {grade}: courses add up to {sum} lessons, the week has {week}";
    WEEK_CURE: "改正该年级各科周课时，使合计等于周总课时。", "Correct the lessons of the grade so that they add up.";
    SHARE: "{course}占九年总课时 {share}%，应为 {low}%—{high}%", "{course} takes {share}% of the nine years, {low}–{high}% asked";
    SHARE_CURE: "增减该科各年级周课时，使占比落在规定范围内。", "Change the lessons of the course so that its share falls within the range.";
    STRUCTURAL: "编制已满，{courses} 科缺 {people} 人，{worst}缺 {missing} 人最多：结构性缺员，不是空编", "Full on paper, {courses} courses miss {people} people, {worst} most with {missing}: structural, not vacant";
    STRUCTURAL_CURE: "转岗、走教、县管校聘内调配，或用周转编制引进所缺科目教师；不因此增加核定编制。", "Retrain, share or transfer teachers, or borrow pool posts for the courses; authorised posts need not rise.";
    KINDERGARTEN_STAFF: "幼儿 {children} 人，教职工 {people} 人，每人 {size} 名幼儿，配备标准不超 {limit}", "{children} children, {people} staff: {size} each, at most {limit}";
    KINDERGARTEN_CARE: "幼儿 {children} 人，保教人员 {people} 人，每人 {size} 名幼儿，配备标准不超 {limit}", "{children} children, {people} teachers and carers: {size} each, at most {limit}";
    KINDERGARTEN_STAFF_SPARE: "幼儿 {children} 人，教职工 {people} 人，每人 {size} 名幼儿，少于配备标准的 {limit} 名", "{children} children, {people} staff: {size} each, below the standard's {limit}";
    KINDERGARTEN_CARE_SPARE: "幼儿 {children} 人，保教人员 {people} 人，每人 {size} 名幼儿，少于配备标准的 {limit} 名", "{children} children, {people} teachers and carers: {size} each, below the standard's {limit}";
    KINDERGARTEN_NOBODY: "幼儿 {children} 人，没有教职工", "{children} children and no staff";
    IN_POST_ONLY: "{said}（只计实有在编，编外人员未填）", "{said} (people in post only: the survey gives no others)";
    KINDERGARTEN_CURE: "这是配备标准，与编制测算分开：可用控制数、购买服务等补足。", "A staffing standard apart from quota: make up with contract staff or services.";
    KINDERGARTEN_SPARE_CURE: "人手比配备标准充裕，并非违规；用人紧张时可统筹到缺员的园。", "More hands than the standard asks for, which breaks nothing: share them where others are short.";
    LEADERS: "领导实配 {people} 人，职数 {posts} 名", "{people} leaders on {posts} leader posts";
    LEADERS_CURE: "只出不进，消化到职数以内。", "Take none in until within the posts.";
    LEADER_POSTS: "领导职数 {count} 名，{size} {unit}的学校最多 {most} 名", "{count} leader posts; a unit of {size} {unit} has at most {most}";
    LEADER_PEOPLE: "领导实配 {count} 名（职数未填），{size} {unit}的学校最多 {most} 名", "{count} leaders (their posts are not given); a unit of {size} {unit} has at most {most}";
    LEADER_CENTRE: "{said}（含乡镇中心校增加的 {centre} 名）", "{said} (with {centre} more as a township's central school)";
    LEADER_POSTS_CURE: "按所选职数表核减，或换用本省职数表。", "Cut to the table, or choose the province's own table.";
    UNIT_CLASSES: "个班", "classes";
    UNIT_STUDENTS: "名学生", "students";
}

/// The name of a rule.
pub fn rule(rule: Rule) -> Message {
    match rule {
        Rule::R20 => R20,
        Rule::R21 => R21,
        Rule::R22 => R22,
        Rule::R23 => R23,
        Rule::R24 => R24,
        Rule::R25 => R25,
        Rule::R26 => R26,
        Rule::R27 => R27,
        Rule::R28 => R28,
        Rule::R29 => R29,
        Rule::R30 => R30,
    }
}

/// How large a class is.
pub fn level(level: ClassLevel) -> Message {
    match level {
        ClassLevel::AboveStandard => ABOVE_STANDARD,
        ClassLevel::Large => LARGE,
        ClassLevel::SuperLarge => SUPER_LARGE,
    }
}

/// Where a finding leads: the unit, and its stage where it is about one.
pub fn place(at: At, county: &County, lang: Lang) -> String {
    let unit = |at: usize| county.units.get(at).map(|unit| unit.name.clone());
    match at {
        At::County => COUNTY.get(lang).to_owned(),
        At::Unit(at) => unit(at).unwrap_or_default(),
        At::Row(row) => {
            let Some(holding) = county.holdings.get(row) else { return String::new() };
            let unit = unit(holding.unit).unwrap_or_default();
            match &holding.part {
                Part::Stage(stage) => format!("{unit} · {}", names::stage(*stage).get(lang)),
                Part::Kind(_) => unit,
            }
        }
    }
}

fn per(figure: u32, by: u32) -> String {
    match by {
        0 => "—".to_owned(),
        by => decimal(&Fraction::new(i64::from(figure), i64::from(by)), 1),
    }
}

/// What was found, in a sentence without its full stop.
pub fn say(finding: &Finding, county: &County, lang: Lang) -> String {
    let kind = |at: usize| {
        county.kinds.get(at).map(|kind| kind.name.get(lang).to_owned()).unwrap_or_default()
    };
    match finding.what {
        What::Refused => REFUSED.get(lang).to_owned(),
        What::ByClasses { rows, beyond, unverified } => {
            let said = match beyond {
                Some(beyond) => {
                    let beyond = decimal(&beyond, 1);
                    BY_CLASSES_BEYOND.with(lang, &[("rows", &rows), ("beyond", &beyond)])
                }
                None => BY_CLASSES.with(lang, &[("rows", &rows)]),
            };
            if unverified { BY_CLASSES_UNVERIFIED.with(lang, &[("said", &said)]) } else { said }
        }
        What::NoParent => NO_PARENT.get(lang).to_owned(),
        What::UnknownParent => UNKNOWN_PARENT.get(lang).to_owned(),
        What::ParentIsPoint => PARENT_IS_POINT.get(lang).to_owned(),
        What::ParentWithoutStage(stage) => {
            PARENT_WITHOUT_STAGE.with(lang, &[("stage", &names::stage(stage).get(lang))])
        }
        What::RoundingExceeds { kind: at, exact, whole, total } => {
            let (kind, exact) = (kind(at), decimal(&exact, 2));
            let (whole, total) = (number::count(whole), number::count(total));
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("kind", &kind), ("exact", &exact), ("whole", &whole), ("total", &total)];
            ROUNDING_EXCEEDS.with(lang, &values)
        }
        What::RoundingAdds { kind: at, residual } => {
            let message = if *residual.numer() < 0 { ROUNDING_TAKES } else { ROUNDING_ADDS };
            let size = if *residual.numer() < 0 { -residual } else { residual };
            let size = decimal(&size, 2);
            message.with(lang, &[("kind", &kind(at)), ("residual", &size)])
        }
        What::NonTeaching { people, staff, cap } => {
            let share = number::percent(&Fraction::new(i64::from(people), i64::from(staff.max(1))));
            let cap = decimal(&cap, u32::from(*cap.denom() != 1));
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("people", &people), ("staff", &staff), ("share", &share), ("cap", &cap)];
            NON_TEACHING.with(lang, &values)
        }
        What::ClassSize { level: of, grade, students, classes, limit } => {
            let (level, size) = (level(of).get(lang), per(students, classes));
            let limit = number::mixed(&limit);
            let grade_shown = grade.unwrap_or(0);
            let values: [(&str, &dyn std::fmt::Display); 6] = [
                ("level", &level),
                ("grade", &grade_shown),
                ("students", &students),
                ("classes", &classes),
                ("size", &size),
                ("limit", &limit),
            ];
            let message = if grade.is_some() { CLASS_OF_GRADE } else { CLASS_AVERAGE };
            message.with(lang, &values)
        }
        What::AveragesOnly { rows } => AVERAGES_ONLY.with(lang, &[("rows", &rows)]),
        What::Teachers { needed, present } => {
            let needed = decimal(&needed, 1);
            TEACHERS.with(lang, &[("needed", &needed), ("present", &present)])
        }
        What::Courses { courses, people, worst, missing, vacant } => {
            let worst = names::course(worst).get(lang);
            let values: [(&str, &dyn std::fmt::Display); 5] = [
                ("courses", &courses),
                ("people", &people),
                ("worst", &worst),
                ("missing", &missing),
                ("vacant", &vacant),
            ];
            COURSES.with(lang, &values)
        }
        What::Structural { courses, people, worst, missing } => {
            let worst = names::course(worst).get(lang);
            let values: [(&str, &dyn std::fmt::Display); 4] = [
                ("courses", &courses),
                ("people", &people),
                ("worst", &worst),
                ("missing", &missing),
            ];
            STRUCTURAL.with(lang, &values)
        }
        What::Untaught { courses, lessons, worst, missing } => {
            let worst = names::course(worst).get(lang);
            let values: [(&str, &dyn std::fmt::Display); 4] = [
                ("courses", &courses),
                ("lessons", &lessons),
                ("worst", &worst),
                ("missing", &missing),
            ];
            UNTAUGHT.with(lang, &values)
        }
        What::Week { stage, grade, sum, week } => {
            let stage = names::stage(stage).get(lang);
            let (sum, week) = (number::mixed(&sum), number::mixed(&week));
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("stage", &stage), ("grade", &grade), ("sum", &sum), ("week", &week)];
            WEEK.with(lang, &values)
        }
        What::Share { course, share, low, high } => {
            let course = names::course(course).get(lang);
            let share = decimal(&share, 1);
            let (low, high) = (number::mixed(&low), number::mixed(&high));
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("course", &course), ("share", &share), ("low", &low), ("high", &high)];
            SHARE.with(lang, &values)
        }
        What::Kindergarten { care, children, people, limit, spare, in_post_only } => {
            let (size, limit) = (per(children, people), number::mixed(&limit));
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("children", &children), ("people", &people), ("size", &size), ("limit", &limit)];
            let message = match (people, care, spare) {
                (0, ..) => KINDERGARTEN_NOBODY,
                (_, true, false) => KINDERGARTEN_CARE,
                (_, false, false) => KINDERGARTEN_STAFF,
                (_, true, true) => KINDERGARTEN_CARE_SPARE,
                (_, false, true) => KINDERGARTEN_STAFF_SPARE,
            };
            let said = message.with(lang, &values);
            if in_post_only { IN_POST_ONLY.with(lang, &[("said", &said)]) } else { said }
        }
        What::Leaders { people, posts } => {
            LEADERS.with(lang, &[("people", &people), ("posts", &posts)])
        }
        What::LeaderPosts { count, people, most, centre, size, measure, .. } => {
            let unit = match measure {
                crate::yardstick::Measure::Classes => UNIT_CLASSES,
                crate::yardstick::Measure::Students => UNIT_STUDENTS,
            };
            let unit = unit.get(lang);
            let size = number::count(u64::from(size));
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("count", &count), ("most", &most), ("size", &size), ("unit", &unit)];
            let message = if people { LEADER_PEOPLE } else { LEADER_POSTS };
            let said = message.with(lang, &values);
            match centre {
                0 => said,
                _ => LEADER_CENTRE.with(lang, &[("said", &said), ("centre", &centre)]),
            }
        }
    }
}

/// What to do about it.
pub fn cure(what: &What) -> Message {
    match what {
        What::Refused => REFUSED_CURE,
        What::ByClasses { .. } => BY_CLASSES_CURE,
        What::NoParent
        | What::UnknownParent
        | What::ParentIsPoint
        | What::ParentWithoutStage(_) => POINT_CURE,
        What::RoundingExceeds { .. } => ROUNDING_CURE,
        What::RoundingAdds { .. } => ROUNDING_NOTE,
        What::NonTeaching { .. } => NON_TEACHING_CURE,
        What::ClassSize { .. } => CLASS_CURE,
        What::AveragesOnly { .. } => AVERAGES_CURE,
        What::Teachers { .. } => TEACHERS_CURE,
        What::Courses { .. } => COURSES_CURE,
        What::Untaught { .. } => UNTAUGHT_CURE,
        What::Week { .. } => WEEK_CURE,
        What::Share { .. } => SHARE_CURE,
        What::Structural { .. } => STRUCTURAL_CURE,
        What::Kindergarten { spare: true, .. } => KINDERGARTEN_SPARE_CURE,
        What::Kindergarten { .. } => KINDERGARTEN_CURE,
        What::LeaderPosts { people: true, .. } => LEADERS_CURE,
        What::Leaders { .. } => LEADERS_CURE,
        What::LeaderPosts { .. } => LEADER_POSTS_CURE,
    }
}

/// The clause that a finding rests on, with its document and 待核实 where it is not settled.
pub fn basis(finding: &Finding, county: &County, lang: Lang) -> String {
    let (Some(clause), Some(all)) = (finding.clause(&county.yardsticks), shipped()) else {
        return String::new();
    };
    let said = proof::clause(&clause, &all.sources, lang);
    match proof::mark(clause.confidence, lang) {
        "" => said,
        mark => proof::MARKED.with(lang, &[("clause", &said), ("mark", &mark)]),
    }
}

/// One finding as a line of plain text: rule, weight, place, what, cure, basis.
pub fn line(finding: &Finding, county: &County, lang: Lang) -> String {
    let parts = [
        format!("{:?}", finding.rule),
        rule(finding.rule).get(lang).to_owned(),
        yardstick::severity(finding.severity).get(lang).to_owned(),
        place(finding.at, county, lang),
        say(finding, county, lang),
        cure(&finding.what).get(lang).to_owned(),
        basis(finding, county, lang),
    ];
    parts.join(" | ")
}

/// Whether what a finding rests on still has to be checked.
pub fn needs_checking(finding: &Finding, county: &County) -> bool {
    let clause = finding.clause(&county.yardsticks);
    clause.is_none_or(|clause| Confidence::needs_checking(clause.confidence))
}
