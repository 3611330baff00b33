//! The overview: the county at a glance.

use super::messages;

messages! {
    TITLE: "总览", "Overview";
    PROVENANCE: "数据截止 {day} · 基准指纹 {fingerprint} · 标准：{norm}", "Facts of {day} · base {fingerprint} · norm: {norm}";
    UNVERIFIED_COUNT: "{n} 项数值待核实", "{n} figures unverified";
    SCHOOLS: "学校、幼儿园", "Schools, kindergartens";
    UNITS: "单位", "Units";
    UNITS_ROWS: "所，{rows} 个学段", "{rows} stages";
    STUDENTS: "在校生", "Students";
    STUDENTS_UNIT: "人", "enrolled";
    CLASSES: "班级", "Classes";
    CLASS_SIZE: "每班 {n} 人", "{n} a class";
    ENTITLED: "测算编制", "Entitlement";
    ENTITLED_NOTE: "按现行标准", "norm in force";
    ENTITLED_REFUSED: "{n} 行不予测算", "{n} rows without";
    AUTHORISED: "核定编制", "Authorised";
    AUTHORISED_SAME: "方案后不变", "unchanged";
    IN_POST: "实有在编", "In post";
    VACANT: "空编 {n}", "{n} vacant";
    SHORTAGE: "缺编合计", "Shortage";
    SHORTAGE_LESS: "少缺 {n} 名", "{n} fewer";
    SHORTAGE_MORE: "多缺 {n} 名", "{n} more";
    LOWEST: "最低满足率", "Lowest share met";
    LOWEST_NONE: "无缺编", "none short";

    HEAT: "余缺分布", "Margins";
    HEAT_NOTE: "乡镇 × 学段，方案后；余缺＝核定 − 测算，单位：名", "township × stage, after the scenario; margin = authorised − entitlement";
    HEAT_SHORTEST: "缺得最多的 {n} 个乡镇，共 {all} 个", "the {n} shortest of {all} townships";
    HEAT_ALL: "显示全部 {all} 个乡镇", "Show all {all} townships";
    HEAT_FEWER: "只看缺得最多的 {n} 个", "Show the {n} shortest only";
    HEAT_EMPTY: "这一类编制没有学校", "No schools hold this kind of post";
    HEAT_EMPTY_WHY: "余缺按学校标准测算；在上方总账栏可换一类编制。", "Margins follow from school norms. Choose another kind of post in the ledger bar.";
    SCALE_SHARE: "占测算", "share";
    SCALE_SHORT: "缺 ▼", "short ▼";
    SCALE_OVER: "余 ▲", "surplus ▲";
    TOWNSHIP: "乡镇", "Township";
    TOWNSHIP_UNKNOWN: "（未填乡镇）", "(no township)";
    ALL_STAGES: "合计", "All";
    COUNTY: "全县", "County";
    ENTITLED_SHORT: "测算", "Entitled";
    AUTHORISED_SHORT: "方案核定", "Scenario";
    MARGIN: "余缺", "Margin";

    WORST: "最缺的五所", "The five shortest";
    WORST_NOTE: "按满足率（核定 ÷ 测算）；条：深为前，浅为后", "by share met (authorised ÷ entitlement); bar: dark before, pale after";
    WORST_ALL: "共 {n} 行缺编，到学校", "{n} rows short, to the schools";
    WORST_NONE: "没有一行缺编。", "No row is short.";
    SCHOOL: "学校", "School";
    BEFORE_AFTER: "前 → 后", "Posts";
    UNTOUCHED: "未动", "same";
    MET: "满足率", "Share met";
    OPEN_PROOF: "凭什么：{unit}", "Why: {unit}";

    MOVED: "本方案动了什么", "What this scenario moved";
    MOVED_NONE: "还没有移动编制。", "No posts moved yet.";
    MOVED_START: "去调整", "Reallocate";
    STAGE: "学段", "Stage";
    INSTITUTIONS: "单位", "Institutions";
    UP: "调增", "Up";
    DOWN: "调减", "Down";
    NET: "净", "Net";
    ROWS: "涉及行数", "Rows";
    FLOW: "乡镇净流向", "Net flow by township";
    FLOW_NOTE: "调增 − 调减，名", "up − down, posts";
    FLOW_REST: "其间 {n} 个乡镇", "{n} between";
    FLOW_TABLE: "看表", "Table";
    FLOW_CHART: "看图", "Chart";
    FLOW_SAVE: "存图", "Save picture";
    FLOW_FILE: "乡镇净流向.svg", "net-flow-by-township.svg";
    FLOW_ITEM: "{township} {net}", "{township} {net}";

    POOL: "周转池", "Turnover pool";
    POOL_NOTE: "{name} · {day}", "{name} · {day}";
    POOL_GO: "到周转池", "To the pool";
    POOL_ON_LOAN: "在借", "On loan";
    POOL_OVERDUE: "逾期", "Overdue";
    POOL_FREE: "可用", "Free";
    POOL_OVERLENT: "超借", "Over-lent";
    POOL_SIZE: "共 {n} 名", "{n} in all";
    POOL_BAR: "在借 {on_loan}，逾期 {overdue}，可用 {free}，共 {size} 名", "{on_loan} on loan, {overdue} overdue, {free} free, {size} in all";
    POOL_DUE: "到期", "Due";
    POOL_DUE_OVERDUE: "{day} 逾期", "{day} overdue";
    POOL_BORROWER: "借用", "Borrower";
    POOL_POSTS: "名", "Posts";
    POOL_MORE: "另有 {n} 笔", "{n} more";
}
