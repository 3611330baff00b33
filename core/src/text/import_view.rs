//! The import dialog: its steps, settings, preview, list of findings and foot. What is found in a
//! survey stands in `import`.

use super::messages;

messages! {
    TITLE: "导入调查表", "Import a survey";
    STEP_FILE: "选择文件", "Choose a file";
    STEP_MATCH: "对应列、查问题", "Match and mend";
    STEP_ENTER: "入账", "Enter";
    STEPS: "导入步骤", "Steps of the import";

    // Reading.
    READING: "正在读取 {name}…", "Reading {name}…";
    READING_COLUMNS: "正在识别各列…", "Recognising the columns…";
    READING_ROWS: "正在核对各行…", "Checking the rows…";
    REFUSED: "{name}：{why}", "{name}: {why}";

    // Head.
    SHEET: "工作表", "Sheet";
    SIZE: "{rows} 行 × {columns} 列", "rows {rows} × columns {columns}";
    HEADER_AT: "表头在第 {row} 行", "Header in row {row}";
    HEADER_NONE: "没有找到表头", "No header found";

    // Settings.
    SETTINGS: "基本情况", "Survey";
    COUNTY: "县名", "County";
    DATE: "调查日期", "Date of the survey";
    KINDERGARTENS: "幼儿园使用", "Kindergartens draw on";
    DEFAULT_STAGE: "没写学段的行", "Rows without a stage";
    DEFAULT_STAGE_NONE: "须逐行填写", "to be filled in";
    ONLY_COUNTY: "只导入", "Take only";
    ONLY_COUNTY_ALL: "全部 {n} 个县", "all {n} counties";
    DATE_WRONG: "请写年-月-日", "Write year-month-day";
    DATE_EARLY: "调查早于所附标准：按其施行日 {day} 的数值测算", "The survey is older than the norm that ships: the values of its first day, {day}, apply";

    // Columns.
    COLUMNS: "列的对应", "Columns";
    COLUMNS_NOTE: "{settled} 列已定，{skipped} 列不导入，{confirm} 列须确认，{open} 列未定", "{settled} settled, {skipped} not imported, {confirm} to confirm, {open} open";
    COLUMNS_KEPT: "入账后记住，下次同样的表头自动对应", "Remembered on entry for the next table with this header";
    HEAD_LETTER: "列", "Col.";
    HEAD_HEADER: "原表头", "Header";
    HEAD_SAMPLE: "首行样值", "First value";
    HEAD_TARGET: "对应到", "Goes to";
    HEAD_STATE: "状态", "State";
    NO_HEADER: "（无表头）", "(no header)";
    MASKED: "已遮蔽", "masked";
    UNDECIDED: "—（请选定）", "— (please choose)";
    GROUP_PLAIN: "学校与总数", "School and totals";
    GROUP_STUDENTS: "分年级学生", "Students by grade";
    GROUP_CLASSES: "分年级班级", "Classes by grade";
    GROUP_COURSE_TEACHERS: "分科教师", "Teachers by course";
    GROUP_COURSE_LESSONS: "分科周课时", "Lessons by course";
    GROUP_DEPARTURES: "分年自然减员", "Departures by year";
    STATE_CONFIRM: "须确认", "Confirm";
    STATE_UNKNOWN: "不认识", "Not known";
    FILLED_IN: "表里没有这一列；这是将入账的数", "The table has no such column; this is what will be taken";
    TARGET_OF: "{column} 对应到", "{column} goes to";
    QUESTION: "{letter} 列“{header}”", "Column {letter}, “{header}”";
    ANSWER: "是{field}", "{field}";
    ANSWER_IGNORE: "不导入", "Not imported";

    // Preview.
    PREVIEW: "导入后的样子", "What will come in";
    PREVIEW_NOTE: "前几行与有问题的行", "first rows, and rows with findings";
    PREVIEW_MORE: "前几行与有问题的行；另有 {n} 行有问题，见下表", "first rows, and rows with findings; {n} more with findings are listed below";
    PREVIEW_NONE: "还没有可以入账的行。", "No row can be taken yet.";
    ROW: "行", "Row";
    SCHOOL: "学校", "School";
    STAGE: "学段", "Stage";
    TOWNSHIP: "乡镇", "Township";
    STUDENTS: "在校生", "Students";
    CLASSES: "班级", "Classes";
    AUTHORISED: "核定", "Authorised";
    IN_POST: "实有", "In post";
    OUTCOME_LISTED: "不入账", "not taken";

    // Findings.
    FINDINGS: "发现的问题", "Findings";
    FINDINGS_NONE: "没有发现问题。", "Nothing found.";
    FINDINGS_FILTER: "{severity} {n}", "{severity} {n}";
    FINDINGS_MORE: "只列出前 {shown} 条，另有 {more} 条；全部见导出的清单。", "The first {shown} are shown; {more} more stand in the exported list.";
    LEVEL: "级别", "Level";
    VALUE: "值", "Value";
    REASON: "原因", "Reason";
    FIX: "处理", "Fix";
    BLANK: "（空）", "(blank)";
    WHOLE_COLUMN: "整列", "column";
    WHOLE_FILE: "全表", "file";
    NEW_VALUE: "第 {row} 行 {column} 的新值", "New value of row {row}, {column}";
    APPLY: "改好", "Apply";
    SKIP_ROW: "不导入第 {row} 行", "Leave row {row} out";
    SKIP_ALL: "须改的 {n} 行都不导入", "Leave out all {n} rows to fix";
    USE_ALL: "采用全部 {n} 个建议值", "Use all {n} proposed values";
    UNDO: "撤销上一处修改", "Undo the last change";
    CHANGED: "已改 {cells} 格，选择不导入 {rows} 行", "cells changed: {cells}; rows left out by choice: {rows}";
    COPY: "复制清单", "Copy the list";
    COPIED: "已复制 {n} 条", "{n} copied";
    COPY_FAILED: "浏览器不让复制，请用导出", "The browser refuses to copy: please export";
    EXPORT: "导出清单", "Export the list";
    EXPORT_NAME: "{name}-问题清单.csv", "{name}-findings.csv";
    EXPORTED: "已导出 {n} 条", "{n} exported";

    // Foot.
    ROWS_READ: "{n} 行", "{n} read";
    ROWS_TAKEN: "{n} 行可入账", "{n} can be taken";
    ROWS_LISTED: "{n} 行列出", "{n} listed";
    TALLY_MUST_FIX: "{n} 须改", "to fix {n}";
    TALLY_DUPLICATES: "{n} 重复", "double {n}";
    TALLY_TOTALS: "{n} 合计", "totals {n}";
    TALLY_LEFT_OUT: "{n} 不导入", "left out {n}";
    SUMS: "{units} 所 · 核定合计 {authorised} · 实有合计 {in_post} · 文件不会离开本机", "units {units} · authorised {authorised} · in post {in_post} · the file stays here";
    WHY_CHECKING: "正在核对各行", "checking the rows";
    WHY_COLUMNS: "还有 {n} 列未定", "columns open: {n}";
    WHY_ROWS: "还有 {n} 行须改", "rows to fix: {n}";
    WHY_FILE: "还有 {n} 项须改", "to fix: {n}";
    WHY_NOTHING: "没有可以入账的行", "no row can be taken";
    WHY_COUNTY: "还没有县名", "the county has no name";
    WHY_DATE: "调查日期不对", "the date is wrong";
    TAKE: "入账 {n} 行", "Take {n} in";
    TAKING: "正在入账…", "Taking in…";
    SCENARIO: "方案一", "Scenario 1";
    TAKEN: "已入账 {taken} 行：{county} {units} 所，未入账 {listed} 行", "{county} is in: rows taken {taken}, not taken {listed}, units {units}";
    NO_NORM: "内置的标准读不出，没有入账", "The norm that ships cannot be read: nothing was taken in";
}
