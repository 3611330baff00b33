//! What stands against a pool, an entry of its book, a movement of posts or a plan, and the rule
//! that each breaks.

use super::messages;

messages! {
    WITH_CLAUSE: "{said}（{clause}）", "{said} ({clause})";

    R_SIZE: "周转池总量控制：在借不超过池规模，归还不超过在借", "the pool's size is a hard total: never more out than in it, never more back than out";
    R_APPROVAL: "编制审批在先", "approval before use";
    R_FILL: "批准后逾期未使用才收回", "approved posts lapse only past their time to be filled";
    R_TERM: "按期归还，续借凭文号", "loans end with their term and are renewed by document";
    R_SCHEDULE: "归还计划合计等于在借名额", "a return schedule adds up to what is owed";
    R_BOOK: "台账逐笔记载", "every entry of the book stands by itself";
    R_DOCUMENT: "以文号为据", "by document number";
    R_CLOSE: "撤并单位编制、人员、借用全部划转", "a unit that closes leaves no posts, people or debts behind";
    R_KIND: "编制类型一致，专编专用", "kinds of post never mix";
    R_OWNER: "所有权不变，借出不超过空编", "the owner lends no more than it has vacant";
    R_TOTAL: "总量不变", "the total never changes";
    R_REASON: "另行裁定须有理由和文号", "deciding otherwise takes a reason and a document";
    R_CAPS: "类别限额须逐层包含", "limits of categories are nested";
    R_ORDER: "先后次序逐条写明：档次 1 至 9，权重 1 至 1000，名称不重复", "the order is written out line by line: tiers 1 to 9, weights 1 to 1,000, no name twice";
    R_RULES: "资格条件逐条写明：两边不同，归类写明哪几类，比例 1% 至 1000%，不重复", "rules are written out: two different sides, the sorts by name, a share from 1% to 1,000%, none twice";
    R_YEARS: "借用期以整年计，不长于一个工作年限", "terms are whole years, no longer than a working life";
    R_FULL: "满编超编单位不进人", "full and over-full units take nobody in";
    R_PLAN: "量出为入：进人不超过空编加预计减员减留用", "income before outlay: no more hires than vacancies and departures less the reserve";
    R_REPAY: "有借用的单位，空编先还周转池，再进人", "a unit with a loan repays the pool from its vacancies before anybody comes";
    R_FLOWS: "上编、流动、下编相符", "entries, transfers and exits agree";

    OVERLENT: "{date} 在借与批准共 {found} 名，超过池规模 {limit} 名，差 {gap} 名",
        "{date}: on loan and granted {found}, above the pool's size of {limit} by {gap}";
    RETURN_BEYOND: "{date} {who} 归还 {found} 名，多于在借 {limit} 名",
        "{date}: {who} returns {found}, more than the {limit} on loan";
    FILL_BEYOND: "{date} {who} 使用或失效 {found} 名，多于待用 {limit} 名",
        "{date}: {who} fills or gives up {found}, more than the {limit} approved and not filled";
    LAPSE_EARLY: "{date} {who} 的 {found} 名尚未到失效的日子", "{date}: the {found} posts of {who} cannot lapse yet";
    DUE_TOO_EARLY: "{who} 的到期日或限用日 {date} 早于启用日", "{who}: {date} comes before the loan starts";
    BEYOND_TERM: "{who} 到期日 {date} 超出 {limit} 年借用期，须填文号", "{who}: due on {date}, after a term of {limit} years, which takes a document number";
    NOT_LONGER: "{date} {who} 续借没有延长期限", "{date}: the renewal of {who} does not prolong it";
    SCHEDULE_OFF: "{date} {who} 的归还计划合计 {found} 名，在借 {limit} 名",
        "{date}: the return schedule of {who} adds up to {found}, not to the {limit} on loan";
    BEFORE_APPROVAL: "{date} 早于 {who} 借用的批准日 {than}", "{date} is before {than}, on which the loan of {who} was approved";
    NO_LOAN: "台账里没有借用 {who}", "the book has no loan {who}";
    SAME_LOAN: "借用编号 {who} 重复", "two loans have the id {who}";
    NO_DOCUMENT: "{date} {who} 这一笔没有填文号", "{date}: the entry of {who} lacks a document number";
    NO_POSTS: "{date} {who} 这一笔名额为零", "{date}: the entry of {who} moves no posts";
    NO_UNIT: "没有单位 {who}", "there is no unit {who}";
    CLOSED: "单位 {who} 已于 {date} 撤销", "unit {who} closed on {date}";
    KIND_DIFFERS: "单位 {who} 没有这一类编制", "unit {who} holds no posts of this kind";
    OWNER_SHORT: "单位 {who} 入池 {found} 名，空编只有 {limit} 名", "unit {who} has {found} in the pool and {limit} vacant";
    SOURCES_OFF: "来源合计 {found} 名，池规模 {limit} 名", "sources add up to {found}, the pool's size is {limit}";
    OWN_TOTAL: "池规模 {found} 名，超过专户总量 {limit} 名", "the pool has {found}, above its own total of {limit}";
    TOTAL_OFF: "{who} 的总量由 {limit} 变成 {found}", "the total of {who} would change from {limit} to {found}";
    SAME_ID: "申请编号 {who} 重复", "two applications have the id {who}";
    NOTHING_ASKED: "申请 {who} 的名额为零", "application {who} asks for no post";
    OVERRIDE_ASTRAY: "人工裁定所指的申请 {who} 不在本批", "a decision made by hand names application {who}, which is not in this batch";
    OVERRIDE_TWICE: "申请 {who} 有两条人工裁定", "application {who} has two decisions made by hand";
    OVERRIDE_UNFOUNDED: "申请 {who} 的人工裁定缺少理由或文号", "the decision made by hand on application {who} lacks a reason or a document number";
    OVERRIDE_ABOVE_ASKED: "申请 {who} 裁定 {found} 名，多于申请 {limit} 名",
        "the decision on application {who} grants {found}, more than the {limit} asked for";
    OVERRIDES_ABOVE_LIMIT: "人工裁定共 {found} 名，超过本批可批 {limit} 名",
        "decisions made by hand grant {found}, more than the {limit} there are";
    TERM_TOO_LONG: "借用期 {found} 年过长，算不出到期日", "a term of {found} years is too long to have a due date";
    CAPS_CROSS: "限额“{who}”互有交叉，谁也不包含谁", "the limits “{who}” overlap and neither holds the other";
    LINE_UNNAMED: "要填名称", "a name is needed";
    LINE_TWICE: "“{who}”已经有了", "“{who}” is there already";
    LINE_OUT_OF_RANGE: "填的是 {found}，最接近的可填数是 {limit}", "{found} was entered; the nearest that may stand is {limit}";
    CAP_OF_NOTHING: "限额“{who}”{found} 名没有写明管哪一类，或写了空白", "the limit “{who}” of {found} names no category, or a blank one";
    RULE_TWICE: "已有同样的条件，改原有的一条即可", "there is such a rule already: change that one";
    RULE_OF_NOTHING: "没有写明和什么比，或属于哪几类", "it does not say what it is compared with, or which sorts it takes";
    YEARS_OUT_OF_RANGE: "填的是 {found} 年，可填 1 至 {limit} 年", "{found} years were entered; 1 to {limit} may stand";
    TOO_LARGE: "{found} 超过可填的 {limit}", "{found} is beyond {limit}, the most that can be entered";
    POSTS_SHORT: "单位 {who} 划出 {found} 名，只有 {limit} 名", "unit {who} gives {found} posts and has {limit}";
    NOT_REHOMED: "单位 {who} 还有 {found} 名编制、人员或借用没有去处", "unit {who} still has {found} posts, people or debts without a new home";
    UNASSIGNED_SHORT: "未分配编制只有 {limit} 名，不够 {found} 名", "{limit} posts are unassigned, not the {found} needed";
    PUPILS_LEFT: "单位 {who} 还有 {found} 名学生：划入单位须有同一学段", "unit {who} still has {found} pupils: the unit that takes over needs the same stage";
    LENT_AFTER_CLOSING: "单位 {who} {date} 还有借用启用，不能先撤并", "unit {who} has a loan that starts on {date}: it cannot close before";
    SAME_UNIT: "划出与划入都是单位 {who}", "unit {who} is on both sides";
    UNIT_THERE: "已有单位 {who}", "there is a unit {who} already";
    FULL_UNIT: "单位 {who} 实有 {found} 人，核定 {limit} 名，不得进人", "unit {who} has {found} in post and {limit} authorised: it takes nobody in";
    ROOM_SHORT: "{date} {who} 进 {found} 人，空编只有 {limit} 名，差 {gap} 名", "{date}: {found} come to {who}, which has {limit} vacant, {gap} too few";
    NO_ROOM: "{found} 人划入单位 {who}，空编只有 {limit} 名：可改为合并，或另选单位", "{found} people come to unit {who}, which has {limit} vacant: merge instead, or choose another";
    LEAVES_OVER: "划出后单位 {who} 实有 {found} 人，核定 {limit} 名：人员应随编划转", "unit {who} would be left with {found} in post and {limit} authorised: people move with the posts";
    VACANCY_USED: "单位 {who} 划出空编 {found} 名，除用编台账已核准、已进人的外只有 {limit} 名", "unit {who} gives {found} vacant posts; beside the hires approved and entered it has {limit}";
    REPAY_FIRST: "{date} {who} 进 {found} 人，除应先还池的空编外只可进 {limit} 人", "{date}: {found} come to {who}, where {limit} may come beside the vacancies that repay the pool";
    PLAN_ABOVE: "单位 {who} 计划进 {found} 人，至多 {limit} 人", "unit {who} plans {found} hires, at most {limit} are allowed";
    NOT_APPROVED: "{date} 单位 {who} 已进 {found} 人，当时批准 {limit} 人", "{date}: unit {who} took {found} in, {limit} were approved by then";
    FLOWS_OFF: "调入 {found} 人，调出 {limit} 人，不相符", "{found} moved in, {limit} moved out: they do not agree";
    PEOPLE_SHORT: "{date} 单位 {who} 减 {found} 人，只有 {limit} 人", "{date}: {found} leave unit {who}, which has {limit}";
}
