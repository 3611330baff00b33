//! The schools table.

use super::{Lang, Message, messages};
use crate::report::schools::{CellError, Column, GREATEST, LONGEST, Side};

messages! {
    TITLE: "学校", "Schools";
    TABLE: "学校与学段", "Schools by stage";
    ROW: "行", "Row";
    NAME: "学校", "School";
    STAGE: "学段", "Stage";
    CODE: "代码", "Code";
    TOWNSHIP: "乡镇", "Township";
    LOCALITY: "区域", "Locality";
    STUDENTS: "在校生", "Students";
    CLASSES: "班级", "Classes";
    BOARDERS: "寄宿生", "Boarders";
    CLASS_SIZE: "班额", "Size";
    BY_STUDENTS: "按学生", "By students";
    BY_CLASSES: "按班级", "By classes";
    EXTRA: "附加", "Extra";
    ENTITLED: "测算", "Entitled";
    AUTHORISED: "核定", "Authorised";
    IN_POST: "实有", "In post";
    VACANCY: "空/超", "Vacant";
    MARGIN: "余缺", "Margin";
    ABOUT_CLASS_SIZE: "每班在校生", "Students a class";
    ABOUT_ENTITLED: "标准给出的名额", "Posts that the norm gives";
    ABOUT_VACANCY: "核定减实有；超编另标", "Authorised less in post; over-full is marked";
    ABOUT_MARGIN: "核定减测算：▼ 缺，▲ 余", "Authorised less entitled: ▼ short, ▲ surplus";
    OVER: "超 {n}", "over {n}";
    FIND: "学校、代码、乡镇", "School, code, township";
    FIND_LABEL: "查找学校", "Find a school";
    ALL_STAGES: "学段：全部", "Stage: all";
    ALL_TOWNSHIPS: "乡镇：全部", "Township: all";
    SCOPE: "单位范围", "Units listed";
    SCOPE_SCHOOLS: "学校、幼儿园", "Schools, kindergartens";
    SCOPE_ALL: "全部单位", "All units";
    ANY: "全部", "All";
    SHORT: "缺", "Short";
    SURPLUS: "余", "Surplus";
    EVEN: "平", "Even";
    FILTER_OF: "筛选：{column}", "Filter: {column}";
    FILTER_HINT: "例：12、>100、3-9、≠（已改动）、—（不详）", "Such as 12, >100, 3-9, ≠ (changed), — (unknown)";
    FILTER_TEXT: "筛选…", "Filter…";
    FILTER_UNREAD: "看不懂这个条件。{hint}", "This condition cannot be read. {hint}";
    CHANGED_OFF: "只看改动", "Changed only";
    CHANGED_ON: "已改动 {n} 行", "{n} rows changed";
    COLUMN_FILTERS: "列筛选 {n} 项", "{n} column filters";
    CLEAR_FILTERS: "去掉筛选", "Remove filters";
    ROWS: "{shown} / {all} 行", "{shown} of {all} rows";
    NO_ROWS: "没有符合条件的行", "No row matches";
    NO_ROWS_WHY: "共 {all} 行，都被筛选条件挡住了。", "All {all} rows are filtered out.";
    SORT_BY: "按{column}排序", "Sort by {column}";
    COLUMNS: "列", "Columns";
    COLUMNS_RESET: "恢复默认列", "Default columns";
    FREEZE_NAME: "只冻结学校", "Freeze the school only";
    EXPORT_TABLE: "导出表格", "Export table";
    EXPORT_NAME: "{county}-学校-{date}.csv", "{county}-schools-{date}.csv";
    SUM_ROWS: "小计 {n} 行", "{n} rows";
    ONE_CELL: "选中 1 格：", "1 cell: ";
    CELLS: "选中 {n} 格", "{n} cells";
    CELLS_SUM: "选中 {n} 格，合计 ", "{n} cells, sum ";
    KEYS: "Enter 编辑 · Esc 还原 · Delete 回到基准 · Alt ↓ 筛选 · Alt R 理由 · Ctrl / 凭什么", "Enter edit · Esc restore · Delete back to base · Alt ↓ filter · Alt R reason · Ctrl / why";
    KEYS_EDIT: "Enter 确认 · Tab 确认并右移 · Esc 还原", "Enter confirm · Tab confirm and go right · Esc restore";
    LEGEND_CHANGED: "已改动", "changed";
    LEGEND_OVERRIDE: "手工改定", "set by hand";
    LEGEND_BASIS: "下划线", "underline";
    LEGEND_BASIS_MEANS: "所依据的一项", "basis that decides";
    STALE: "数据已变，重新排列", "Figures changed: arrange anew";
    REASON_OPEN: "理由…", "Reason…";
    REASON_TITLE: "{unit} 核定改定的理由", "Why {unit} was set by hand";
    REASON: "理由", "Reason";
    DOCUMENT: "文号", "Document";
    REASON_SAVE: "记下", "Keep";
    REASON_NONE: "手工改定，未附理由", "Set by hand, no reason given";
    REASON_GIVEN: "理由：{reason}", "Reason: {reason}";
    REASON_DOCUMENT: "理由：{reason}（{document}）", "Reason: {reason} ({document})";
    REASON_NOT_HERE: "只有手工改定的核定编制才要附理由", "Only posts set by hand take a reason";
    WAS: "基准：{old}", "Base: {old}";
    LOCKED: "调剂时锁定", "Locked in reallocation";
    READ_ONLY: "“{column}”是算出来的，不能直接填写；按 Ctrl / 看凭什么", "“{column}” follows from other figures and cannot be typed; Ctrl / shows why";
    READ_ONLY_PLAIN: "“{column}”不能在这里修改", "“{column}” cannot be changed here";
    NOT_WHOLE: "要填不小于 0 的整数", "needs a whole number, 0 or more";
    TOO_LARGE: "太大，最多 {greatest}", "too large, at most {greatest}";
    EMPTY: "不能为空", "cannot be empty";
    NO_LOCALITY: "只能是城市、县城、镇区、乡村", "must be City, County town, Township or Village";
    TOO_LONG: "太长，最多 {longest} 个字", "too long, at most {longest} characters";
    DISAGREES: "同一单位的另一行填了别的", "another row of the same unit says otherwise";
    INVALID_LEFT: "{unit} {column}“{text}”没有采用：{why}", "{unit} {column} “{text}” was not taken: {why}";
    PASTED: "已粘贴 {n} 格", "{n} cells pasted";
    PASTED_NONE: "粘贴的内容没有改动任何一格", "Nothing pasted changes a cell";
    CLEARED: "{n} 格已回到基准", "{n} cells back to base";
    SKIPPED: "；跳过不能改的 {n} 格", "; {n} read-only cells skipped";
    BEYOND: "；超出表格的 {n} 格没有粘贴", "; {n} cells beyond the table left out";
    BAD_TITLE: "粘贴的 {n} 格不能采用，还没有改动任何数据", "{n} pasted cells cannot be taken; nothing has been changed yet";
    BAD_CELL: "{unit} {stage} · {column}：“{text}”{why}", "{unit} {stage} · {column}: “{text}” {why}";
    BAD_MORE: "另有 {n} 格", "{n} more";
    PASTE_REST: "其余 {n} 格照粘", "Paste the other {n}";
    PASTE_NOT: "不粘贴", "Do not paste";
}

/// The head of a column.
pub fn column(column: Column) -> Message {
    match column {
        Column::Name => NAME,
        Column::Stage => STAGE,
        Column::Code => CODE,
        Column::Township => TOWNSHIP,
        Column::Locality => LOCALITY,
        Column::Students => STUDENTS,
        Column::Classes => CLASSES,
        Column::Boarders => BOARDERS,
        Column::ClassSize => CLASS_SIZE,
        Column::ByStudents => BY_STUDENTS,
        Column::ByClasses => BY_CLASSES,
        Column::Extra => EXTRA,
        Column::Entitled => ENTITLED,
        Column::Authorised => AUTHORISED,
        Column::InPost => IN_POST,
        Column::Vacancy => VACANCY,
        Column::Margin => MARGIN,
    }
}

/// What a column means, where its head alone does not say it.
pub fn about(column: Column) -> Option<Message> {
    match column {
        Column::ClassSize => Some(ABOUT_CLASS_SIZE),
        Column::Entitled => Some(ABOUT_ENTITLED),
        Column::Vacancy => Some(ABOUT_VACANCY),
        Column::Margin => Some(ABOUT_MARGIN),
        _ => None,
    }
}

/// The name of a side of the entitlement.
pub fn side(side: Side) -> Message {
    match side {
        Side::Short => SHORT,
        Side::Surplus => SURPLUS,
        Side::Even => EVEN,
    }
}

/// Why a typed cell is not taken.
pub fn error(error: CellError, lang: Lang) -> String {
    match error {
        CellError::NotWhole => NOT_WHOLE.get(lang).to_owned(),
        CellError::TooLarge => {
            let greatest = super::number::count(u64::from(GREATEST));
            TOO_LARGE.with(lang, &[("greatest", &greatest)])
        }
        CellError::Empty => EMPTY.get(lang).to_owned(),
        CellError::NoLocality => NO_LOCALITY.get(lang).to_owned(),
        CellError::TooLong => TOO_LONG.with(lang, &[("longest", &LONGEST)]),
        CellError::Disagrees => DISAGREES.get(lang).to_owned(),
    }
}
