//! What the turnover pool says: rules, marks, reasons, errors, and what its checker finds.

use super::messages;

messages! {
    MODEL_CUT_OFF: "模型 A 切块：空编收回入池，总量不变",
        "Model A, cut-off: vacant posts were moved into the pool, the total unchanged";

    MODEL_USE_ONLY: "模型 B 两权分离：编制仍在原单位核定数内，池只用不占，不重复计",
        "Model B, use without ownership: the posts stay within their owners' authorised posts and are counted there alone";
    MODEL_SEPARATE: "模型 C 专户：池在总量之外单列，另有总量和文号",
        "Model C, separate account: the pool stands outside the total, with a total and a document of its own";
    MODEL_A: "A 切块", "A cut-off";
    MODEL_B: "B 两权分离", "B use only";
    MODEL_C: "C 专户", "C separate";

    M_NONE: "零", "zero";
    M_AUTHORISED: "核定", "authorised";
    M_IN_POST: "实有", "in post";
    M_VACANCY: "空编", "vacancies";
    M_EXCESS: "超编", "people over";
    M_DEPARTURES: "预计减员", "expected departures";
    M_ENTITLED: "测算", "entitlement";
    M_SHORTAGE: "缺编", "shortage";
    M_OWED: "在借", "on loan";
    M_OVERDUE: "逾期", "overdue";
    M_ASKED: "申请", "asked";
    M_ASKED_IN_BATCH: "本批申请", "asked in the batch";
    M_ASKED_WITH_OWED: "连同在借", "asked with loans";
    ONE_OF: "用途范围", "Purpose";
    ONE_OF_PASS: "在可用范围内", "of a sort that the pool lends for";
    ONE_OF_FAIL: "不在可用范围：{any}", "not of a sort that the pool lends for: {any}";
    COMPARE_PASS: "{rule}：{value}，限 {limit}", "{rule}: {value}, limit {limit}";
    COMPARE_FAIL: "{rule}：{value}，限 {limit}，差 {gap}", "{rule}: {value}, limit {limit}, off by {gap}";
    COMPARE_CUT: "{rule}：限 {limit} 名，余 {rest} 名未批", "{rule}: limit {limit}, {rest} not granted";
    HELD: "{rule}：{value}，限 {limit}，留待研究决定", "{rule}: {value}, limit {limit}; held for a decision";
    CAPPED: "“{cap}”限额 {limit} 名已满，余 {rest} 名未批", "the limit “{cap}” of {limit} is used up, {rest} not granted";
    CLOSED_UNIT: "不符：单位 {unit} 已于 {date} 撤销", "not eligible: unit {unit} closed on {date}";

    NOT_OVERFULL: "不超编", "Not overfull";
    NOT_OVERFULL_PASS: "实有 {value} 人，核定 {limit} 名，不超编",
        "{value} in post, {limit} authorised: not overfull";
    NOT_OVERFULL_FAIL: "超编 {gap} 人，超编单位不得进人",
        "overfull by {gap}: an overfull unit takes nobody in";
    MUST_BE_FULL: "满编", "Full";
    MUST_BE_FULL_PASS: "实有 {value} 人，核定 {limit} 名，无空编",
        "{value} in post, {limit} authorised: no vacancy";
    MUST_BE_FULL_FAIL: "有空编 {gap} 名，应先用空编", "vacant posts: {gap}, to be used first";
    KIND_MATCHES: "类型相符", "Same kind of post";
    KIND_MATCHES_PASS: "单位编制与池同类", "the unit holds posts of the pool's kind";
    KIND_MATCHES_FAIL: "单位没有与池同类的编制", "the unit holds no posts of the pool's kind";
    UNIT_LIMIT: "限额", "Unit limit";
    UNIT_LIMIT_PASS: "本批共 {value} 名，单位上限 {limit} 名",
        "{value} in this batch, unit limit {limit}";
    UNIT_LIMIT_REVIEW: "本批共 {value} 名，单位上限 {limit} 名，至多再批 {to} 名",
        "{value} in this batch, unit limit {limit}: at most {to} can be granted";
    UNIT_LIMIT_CUT: "单位上限 {limit} 名，余 {rest} 名未批", "unit limit {limit}, {rest} not granted";
    LOAN_WITHIN_DEPARTURES: "借用 ≤ 减员", "Loan ≤ departures";
    LOAN_WITHIN_DEPARTURES_PASS: "连同已借共 {value} 名，{years} 年减员 {limit} 名",
        "{value} with loans not returned, {limit} expected to leave within years: {years}";
    LOAN_WITHIN_DEPARTURES_REVIEW: "连同已借共 {value} 名，{years} 年减员 {limit} 名，至多再批 {to} 名",
        "{value} with loans not returned, {limit} expected to leave within years: {years}; at most {to} can be granted";
    LOAN_WITHIN_DEPARTURES_CUT: "{years} 年减员 {limit} 名，借用不超过减员",
        "{limit} expected to leave within years: {years}; a loan stays within departures";
    NO_OVERDUE_LOAN: "无逾期", "Nothing overdue";
    NO_OVERDUE_LOAN_PASS: "无逾期借用", "no loan past due";
    NO_OVERDUE_LOAN_FAIL: "逾期未还 {gap} 名，应先归还", "past due and not returned: {gap}, to be returned first";
    WITH_CLAUSE: "{said}（{clause}）", "{said} ({clause})";

    IN_FULL: "全数批准", "granted in full";
    IN_FULL_FIRST_TIER: "第一档优先，全数批准", "first tier goes first: granted in full";
    LAST_OF_BATCH: "第 {nth} 名，本批用完", "post number {nth}, the last of this batch";
    LAST_OF_POOL: "第 {nth} 名，池内可用编制用完", "post number {nth}, the last free post of the pool";
    BATCH_SPENT: "批次限额 {limit} 名已满", "the batch's limit of {limit} is used up";
    POOL_SPENT: "池内可用 {limit} 名已用完", "the pool's {limit} free posts are used up";
    BATCH_NONE: "本批没有名额可批", "this batch has no post to grant";
    POOL_NONE: "池内没有可用编制", "the pool has no free post";
    BEFORE_SCORED: "前一名 {score} 分", "the one before scored {score}";
    BEFORE: "前一名为单位 {unit}", "the one before is unit {unit}";
    BEFORE_TIED: "与单位 {unit} 同档同分，按单位代码先后",
        "same tier and score as unit {unit}, which stands before it by code";
    BEFORE_OVERRULED: "已由人工裁定占用", "taken by decisions made by hand";
    SPENT: "{spent}，{order}", "{spent}; {order}";
    SPENT_FIRST: "{spent}，余 {rest} 名未批", "{spent}; {rest} not granted";
    SPENT_SHORT: "{spent}，{order}，余 {rest} 名未批", "{spent}; {order}; {rest} not granted";
    REFUSED: "不符：{said}", "not eligible: {said}";
    UNKNOWN_UNIT: "不符：基准中没有单位 {unit}", "not eligible: the county has no unit {unit}";
    OTHER_KIND: "不符：单位 {unit} 没有与池同类的编制", "not eligible: unit {unit} holds no posts of the pool's kind";
    OVERRULED: "人工裁定：{reason}（{document}）", "decided by hand: {reason} ({document})";

    UNMATCHED: "申请 {id} 与批准名单不符", "application {id} and the list of awards do not agree";
    ABOVE_ASKED: "申请 {id} 批准多于申请", "application {id} is granted more than it asked for";
    ABOVE_LIMIT: "共批准 {granted} 名，与本批可批 {limit} 名不合",
        "granted in all: {granted}, which does not fit the {limit} there are";
    ABOVE_UNIT_LIMIT: "单位 {unit} 批准 {granted} 名，超过“{rule}”所许 {limit} 名",
        "unit {unit} is granted {granted}, above the {limit} that the rule “{rule}” allows";
    NOT_ELIGIBLE: "申请 {id} 不符资格而获批准", "application {id} is not eligible and yet granted posts";
    OVERRIDE_NOT_KEPT: "申请 {id} 的人工裁定未照办或未列明",
        "the decision made by hand on application {id} is not kept or not listed";
    ENVY: "申请 {short} 尚缺，位次在后的 {served} 却获批准",
        "application {short} goes short while {served}, which stands after it, is served";
    IDLE: "申请 {id} 尚缺，本批却有名额未用", "application {id} goes short while posts are left over";
    WRONG_REASON: "申请 {id} 的理由与数字不符", "the reason given for application {id} does not fit its figures";
    WRONG_ORDER: "申请 {id} 不在应有位次", "application {id} does not stand in its place";
}
