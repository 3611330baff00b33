//! The norms screen: the pack in force, its rules in words, its parameters, the county's settings.

use super::{Lang, messages, number};
use crate::norm::{Figure, Keyword, Said, Table};

messages! {
    TITLE: "标准", "Norms";
    PROVENANCE: "{title} · 自 {from} 起 · 按 {day} 取值", "{title} · in force from {from} · values of {day}";
    PROVENANCE_UNTIL: "{title} · {from} 至 {to} · 按 {day} 取值", "{title} · in force {from} to {to} · values of {day}";
    UNVERIFIED_COUNT: "{n} 项数值待核实", "{n} figures unverified";
    RESET_ALL_COUNT: "恢复 {n} 项标准值", "Reset {n} values";
    RESET: "恢复", "Reset";
    RESET_ONE: "恢复“{parameter}”为 {value}", "Reset “{parameter}” to {value}";
    PACK: "标准包", "Norm pack";
    PACK_OF_FILE: "{title}（文件自带）", "{title} (of this file)";
    MORE_PACKS: "更多（参考库，各国标准）", "More (library, norms of other countries)";
    LOCAL_TITLE: "{title}（本县）", "{title} (local)";
    PACK_COPY: "复制为本县标准", "Copy to a local pack";
    PACK_EXPORT: "导出标准包", "Export the pack";
    PACK_IMPORT: "导入标准包", "Import a pack";
    PACK_IMPORTED: "已换用标准包：{title}", "Norm pack in force: {title}";
    PACK_REFUSED: "标准包没有导入，现行标准不变。", "The pack was not imported; the norm in force stays.";
    PACK_UNREADABLE: "读不出这个文件：标准包应为 UTF-8 的 .toml 或 .json。", "The file cannot be read: a pack is .toml or .json in UTF-8.";
    PACK_FAULT: "有毛病", "a fault";
    PACK_UNSOUND: "照旧可用，但请改正：{why}", "It works as before, but mend it: {why}";
    PACK_NOTE: "换标准后，测算和余缺全部重算；可以撤销。", "Changing it recomputes every entitlement and margin; it can be undone.";
    IN_FORCE: "施行", "In force";
    IN_FORCE_FROM: "{from} 起", "from {from}";
    IN_FORCE_BETWEEN: "{from} 至 {to}", "{from} to {to}";
    ON_DAY: "取值日", "Measured on";
    IS_IN_FORCE: "{day}，有效", "{day}, in force";
    NOT_IN_FORCE: "{day}，未施行或已失效", "{day}, not in force";

    COUNTY: "县设置", "County settings";
    COUNTY_NOTE: "属于本县，不属于标准", "of the county, not of the norm";
    COUNTY_NAME: "县名", "Name of the county";
    NAME_EMPTY: "✕ 县名不能为空", "✕ the name cannot be empty";
    KINDERGARTENS: "幼儿园编制", "Kindergarten posts";
    USE_KIND: "用{kind}", "{kind}";
    KINDERGARTENS_MOVE: "改动后，幼儿园的 {n} 名随之从一类总量转入另一类，两本账照样平。", "On a change the kindergartens' {n} posts move from one total to the other; both ledgers close as before.";
    ONE_KIND: "本县只有一类编制，幼儿园用{kind}。", "The county has one kind of post only: kindergartens draw on {kind}.";
    TOTAL_TOO_SMALL: "总量不够转出幼儿园的 {n} 名", "the total cannot give up the kindergartens' {n} posts";
    TOTALS: "编制总量", "Totals of posts";
    TOTAL_OF: "{kind}总量", "Total of {kind}";
    TOTAL_NOW: "总量", "Total";
    TOTAL_DOCUMENT: "文号", "Document number";
    TOTAL_DOCUMENT_HINT: "总量只凭文件改动", "a document number is required";
    TOTAL_SET: "改定", "Set";
    TOTAL_BY: "依据 {document}", "by {document}";
    TOTAL_SURVEYED: "调查数", "as surveyed";
    TOTAL_NEEDS_DOCUMENT: "请填文号", "enter a document number";
    TOTAL_NOT_WHOLE: "✕ 要填整数", "✕ a whole number";

    STEPS: "算法", "Rule";
    ROWS: "{n} 个学段行", "{n} rows";
    STEP: "步骤", "Step";
    FORMULA: "怎么算", "How";
    PARAMETER: "参数", "Parameter";
    CLAUSE: "依据", "Clause";
    VALUE: "取值", "Value";
    OWN_DOCUMENT: "有本县文件的，填文号", "the county's document, if any";
    NO_LONGER_SETTLED: "“{parameter}”改动后不再依据 {document}，记为待核实；有新文件的填文号，撤销可恢复", "“{parameter}” was changed: {document} settles it no more, and it is unverified; enter a new document, or undo";
    RANGE: "允许范围", "Range";
    RANGE_VALUE: "{least} – {greatest}", "{least} – {greatest}";
    STATUS: "核实", "Checked";
    CHANGED: "已改动", "changed";
    VERIFIED: "已核实", "verified";
    ASKED_BY_ID: "不管本县学段，按编号调用", "covers no stage of the county; asked by its id";
    TABLE_FROM: "{from} 起", "from {from}";
    TABLE_TO: "到 {to}", "to {to}";
    GIVES: "给多少", "Gives";
    FIGURE_END: "{table}第 {row} 行上限", "{table}, row {row}, upper end";
    FIGURE_GIVES: "{table}第 {row} 行给数", "{table}, row {row}, what it gives";
    FIGURE_NUMBER: "{table}第 {row} 行第 {n} 个给数", "{table}, row {row}, number {n} of what it gives";
    END_FIELD: "至", "to";
    GIVES_FIELD: "给", "gives";
    NUMBER_FIELD: "数 {n}", "no. {n}";
    OUT_OF_TABLE: "✕ 不在 0 – {greatest} 之间", "✕ not within 0 – {greatest}";
    TABLE_REFUSED: "✕ 没有改，现行标准不变。{why}", "✕ not changed, the norm in force stays. {why}";
    SHARED: "共用参数", "Shared parameters";
    SHARED_NOTE: "不止一条规则用到", "used by more than one rule";
    UNUSED: "未用参数", "Unused parameters";
    UNUSED_NOTE: "现行规则没有用到", "no rule looks at them";
    NO_VALUE: "取值日无值", "no value on that day";
    NOT_A_NUMBER: "✕ 不是一个数", "✕ not a number";
    OUT_OF_RANGE: "✕ 不在 {least} – {greatest} 之间", "✕ not within {least} – {greatest}";
    IN_PACK: "包内 {value}", "pack {value}";
    MOVED: "增减最多的学校", "Who wins and who loses most";
    LOG: "改动记录", "Changes";
    WAS: "原值 {value}", "was {value}";

    CHANGE: "对全县的影响", "What it does to the county";
    CHANGE_NOTE: "原标准 → 现标准，按现在的学生、班级和编制", "norm of the base → norm in force, on the present facts";
    STAGE: "学段", "Stage";
    ENTITLED: "测算", "Entitlement";
    MARGIN: "余缺", "Margin";
    SHORTAGE: "缺编", "Shortage";
    ALL_STAGES: "合计", "All";
    UNCHANGED: "现行数值与原标准相同，全县测算 {entitled} 名，缺编合计 {shortage} 名。", "Same values as the norm of the base: {entitled} posts by the norm, {shortage} missing.";
    CHANGED_BY: "{rows} 个学段行的测算有变化，全县测算 {difference} 名，缺编合计由 {before} 变为 {after}。", "Entitlement changed in {rows} rows, {difference} posts in the county; shortage goes from {before} to {after}.";
    CHANGED_SAME: "{rows} 个学段行的测算有变化，全县测算 {difference} 名，缺编合计仍为 {after}。", "Entitlement changed in {rows} rows, {difference} posts in the county; shortage stays {after}.";
    KIND: "编制类别", "Kind of post";
    COVERED_BY: "执行规则", "Rule in force";
    ROWS_COVERED: "行数", "Rows";
    LEFT_OPEN: "有歧义", "open to readings";
    OTHER_READINGS: "另有读法：{readings}。", "Other readings: {readings}.";
    STAGES_AND: "、", ", ";
    BASIS: "由哪一项决定", "What decides";
    BASIS_NOTE: "学段行数", "rows";
    BY_STUDENTS: "按学生", "Students";
    BY_CLASSES: "按班级", "Classes";
    WITH_EXTRA: "有附加", "Addition";
    REFUSED: "不予测算", "No figure";
    DOCUMENTS: "依据文件", "Documents";
    NO_DOCUMENTS: "本标准没有列出文件。", "The pack lists no documents.";

    IF: "若 ", "if ";
    THEN: "，则 ", ", then ";
    ELSE: "；否则 ", "; otherwise ";
    AND: " 且 ", " and ";
    OR: " 或 ", " or ";
    NOT: "非", "not ";
    KNOWN: "已填", "given ";
    MAX: "取大者", "the larger of ";
    MIN: "取小者", "the smaller of ";
    ROUND: "四舍五入", "rounded ";
    FLOOR: "舍去小数", "rounded down ";
    CEIL: "进一取整", "rounded up ";
    FLOOR_BELOW: "小数不足时舍去", "rounded down where the fraction is less ";
    SUM: "逐项合计", "the sum over each ";
    COUNT: "计数", "the count of ";
    POOL: "分档合计", "summed within each band ";
    POOLED: "本档合计", "sum of the band";
    ROW_VALUE: "本档数值", "figure of the band";
    RULE: "按规则：", "by the rule ";
    REFUSE: "不予测算：", "no entitlement: ";
    FAMILY: "{name}（按{by}）", "{name} (by {by})";
}

/// The name of a figure of a table; the row counts from 0.
pub fn figure(table: &Table, row: usize, figure: Figure, lang: Lang) -> String {
    let (message, n) = match figure {
        Figure::End => (FIGURE_END, 0),
        Figure::Gives(at) => {
            let several = table.figure(row, Figure::Gives(1)).is_some();
            (if several { FIGURE_NUMBER } else { FIGURE_GIVES }, at + 1)
        }
    };
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("table", &table.label.get(lang)), ("row", &(row + 1)), ("n", &n)];
    message.with(lang, &values)
}

/// A formula in words.
pub fn formula(said: &[Said], lang: Lang) -> String {
    let mut out = String::new();
    for piece in said {
        match piece {
            Said::Name(name) => out.push_str(name.get(lang)),
            Said::Family(name, by) => {
                let by = by.get(lang).to_lowercase();
                out.push_str(&FAMILY.with(lang, &[("name", &name.get(lang)), ("by", &by)]));
            }
            Said::Number(value) => out.push_str(&number::mixed(value)),
            Said::Text(text) => out.push_str(text.get(lang)),
            Said::Sign(sign) => out.push_str(match (lang, *sign) {
                (Lang::Zh, "(") => "（",
                (Lang::Zh, ")") => "）",
                (Lang::Zh, ", ") => "，",
                (_, sign) => sign,
            }),
            Said::Keyword(keyword) => out.push_str(word(*keyword, lang)),
        }
    }
    out
}

fn word(keyword: Keyword, lang: Lang) -> &'static str {
    match keyword {
        Keyword::If => IF,
        Keyword::Then => THEN,
        Keyword::Else => ELSE,
        Keyword::And => AND,
        Keyword::Or => OR,
        Keyword::Not => NOT,
        Keyword::Known => KNOWN,
        Keyword::Max => MAX,
        Keyword::Min => MIN,
        Keyword::Round => ROUND,
        Keyword::Floor => FLOOR,
        Keyword::Ceil => CEIL,
        Keyword::FloorBelow => FLOOR_BELOW,
        Keyword::Refuse => REFUSE,
        Keyword::Sum => SUM,
        Keyword::Count => COUNT,
        Keyword::Pool => POOL,
        Keyword::Pooled => POOLED,
        Keyword::RowValue => ROW_VALUE,
        Keyword::Rule => RULE,
    }
    .get(lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norm::{Norm, SAMPLE, shipped};

    #[test]
    fn a_rule_reads_aloud_in_both_languages() {
        let pack = shipped(SAMPLE).unwrap();
        let day = pack.valid_from;
        let norm = Norm::new(pack, day).unwrap();
        let read = |step, lang| formula(&norm.said("small-or-ratio", step), lang);
        assert_eq!(read("by_students", Lang::Zh), "在校生 ÷ 学生与教职工比（按学段）");
        assert_eq!(read("by_students", Lang::En), "Students ÷ students per post (by stage)");
        assert_eq!(
            read("higher", Lang::Zh),
            "若 在校生 < 小规模学校界线 且 已填班级，则 取大者（按学生，按班级）；否则 按学生"
        );
        assert_eq!(
            read("higher", Lang::En),
            "if Students < Small-school threshold and given Classes, then the larger of (By \
             students, By classes); otherwise By students"
        );
        assert_eq!(read("posts", Lang::Zh), "四舍五入（取其高者 + 寄宿附加）");
    }
}
