//! The reallocation: rules and limits in plain words, the trade-off, moves, reasons, the
//! certificate, clashes and their cures.

use super::{Message, messages};
use crate::allocate::Rule;

messages! {
    TITLE: "调整", "Reallocate";
    PROVENANCE: "{kind} · {lines} 行 · {total}", "{kind} · {lines} rows · {total}";
    TOTAL_SAME: "总量 {total} 名不变", "total of {total} unchanged";
    TOTAL_NOW: "基准 {before} 名，变动后 {total} 名", "{before} in the base, {total} as changed since";
    TOTAL_KEPT: "，留 {reserve} 名不分配", ", {reserve} kept unassigned";
    PROVEN: "已证明最优，{lines} 行逐条可复核", "proved best, all {lines} rows can be re-checked";
    BEST_OF_CASES: "各情形比遍的最好方案，没有价格可复核", "best of all cases, no prices to re-check it by";
    BEST_FOUND: "已找到的最好方案，不能证明最优", "best found, not proved best";
    PREVIEW: "预览 {moved} 名，松开后复核", "preview of {moved}, checked on release";
    NOT_PROVEN: "复核没有通过：{why}", "the check failed: {why}";
    CERTIFICATE: "证书", "Certificate";
    RESET: "还原", "Back to base";
    RESET_HINT: "各行回到基准编制，可撤销", "Every row back to its posts in the base; can be undone";
    RESET_NOTHING: "各行都与基准相同", "Every row is as in the base";
    ADOPT: "采用这 {moved} 名", "Apply these {moved}";
    ADOPTED: "已采用 {moved} 名", "{moved} applied";
    ADOPT_DONE: "已采用：调剂 {moved} 名，总量不变", "Applied: {moved} posts moved, total unchanged";
    ADOPT_DONE_KEPT: "已采用：调剂 {moved} 名，各行合计 {total} 名，留 {reserve} 名不分配", "Applied: {moved} posts moved, {total} in the rows, {reserve} kept unassigned";
    ADOPT_SAME: "方案已与本测算相同", "The scenario already is this proposal";
    RESET_DONE: "已还原为基准", "Back to the base";
    FAIRNESS: "公平的说法", "What is fair";
    RULE_DEFAULT: "默认", "default";
    RULE_COMPARISON: "仅对照", "comparison";
    RULE_BALANCED: "谁离应得份额最远，下一名给谁", "The next post goes to whoever is furthest from its share";
    RULE_WORST_FIRST: "先把最缺的学校抬起来，再看其余", "Lift the worst-off schools first, then the rest";
    RULE_EQUAL_GAP: "各校的相对差距尽量一样大", "Relative gaps as even as they can be";
    RULE_NEVER_OVERFILL: "谁都不要超出应核太多", "Nobody far above its entitlement";
    RULE_LARGEST_REMAINDER: "电子表格常用；总量加一可能有校反减", "What a spreadsheet gives; one more in total can cost a school one";
    LIMITS: "界限", "Limits";
    BINDING: "起作用", "binding";
    BINDS: "{n} 行因它止步", "it stops {n} rows";
    NEVER_CLAMPED: "超出界限时不会悄悄截断，而是列出互相冲突的界限。", "Limits are never clamped in silence: those that clash are named.";
    IN_POST: "在编人员", "People in post";
    IN_POST_FULL: "核定 ≥ 实有在编", "Posts ≥ in post";
    IN_POST_LESS: "核定 ≥ 实有 − 预计减员", "Posts ≥ in post − leaving";
    IN_POST_OFF: "不限", "No limit";
    IN_POST_YEAR: "减员计到", "Leaving up to";
    YEAR: "{year} 年", "{year}";
    NO_DEPARTURES: "调查表没有预计减员", "the survey names no departures";
    FALL: "每轮调减 ≤", "Fall a round ≤";
    RISE: "每轮调增 ≤", "Rise a round ≤";
    SHARE: "比例", "share";
    AT_LEAST: "至少", "min";
    SHARE_OF: "{what} 比例", "{what} share";
    LEAST_OF: "{what} 至少", "{what} at least";
    FLOOR: "保底 ≥", "Floor ≥";
    RESERVE: "留作未分配", "Kept unassigned";
    GROUP_LIMITS: "乡镇与学段限额", "Limits of townships and stages";
    KEPT_ROWS: "手改或标准未给数", "By hand, or no figure from the norm";
    MOVED: "至多调剂", "At most moved";
    UNLIMITED: "不限", "none";
    OPTIMUM_PLACE: "最优", "best";
    STAGE_FALL: "{stage}调减 ≤", "{stage} falls ≤";
    OWN_HIGH: "{unit} ≤", "{unit} ≤";
    OWN_LOW: "{unit} ≥", "{unit} ≥";
    OWN_LOCKED: "{unit} 锁定", "{unit} locked";
    OWN_CLOSING: "{unit} 撤并", "{unit} closing";
    LOCKED: "锁定", "locked";
    CLOSING: "撤并", "closing";
    REMOVE: "取消界限：{what}", "Remove limit: {what}";
    ADD: "添加界限", "Add a limit";
    ADD_STAGE: "学段调减上限", "Cap on the fall of a stage";
    ADD_OWN: "一校一策", "One school";
    FIND_UNIT: "输入校名或代码", "Name or code of a school";
    NO_MATCH: "没有这样的学校", "No such school";
    KIND_OF_LIMIT: "界限", "Limit";
    KIND_LOCKED: "锁定：保持现有编制", "Locked: keeps its posts";
    KIND_CLOSING: "撤并：收回全部编制", "Closing: gives up its posts";
    KIND_MOST: "至多", "At most";
    KIND_LEAST: "至少（新设）", "At least (opening)";
    POSTS_OF_LIMIT: "名额", "Posts";
    POSTS_MISSING: "请填名额", "how many posts?";
    CHOOSE_UNIT: "请先选学校", "choose a school first";
    CHOOSE: "选定 {unit}", "{unit} chosen";
    MEASURES: "公平指标", "Measures";
    BEFORE_AFTER: "前 → 后", "before → after";
    SHORTAGE: "缺编合计", "Posts short";
    SHORT_LINES: "缺编行", "Rows short";
    LOWEST: "最低满足率", "Lowest share met";
    HIGHEST: "最高满足率", "Highest share met";
    CHANGED: "有变动的行", "Rows changed";
    HOW_MANY: "调多少名合适", "How many to move";
    HOW_MANY_NOTE: "拖动把手，或按 ← →", "drag the handle, or press ← →";
    ACROSS: "横轴：调剂名额", "across: posts moved";
    AS_TABLE: "看表", "Table";
    AS_CHART: "看图", "Chart";
    SAVE_PICTURE: "存图", "Save picture";
    PICTURE_CURVE: "调剂名额与缺编.svg", "posts-moved.svg";
    PICTURE_DUMBBELL: "各校前后.svg", "before-after.svg";
    CURVE_LABEL: "调剂名额从 {least} 到 {most}：缺编从 {from} 降到 {to}，不均衡度从 {uneven_from} 到 {uneven_to}", "Posts moved from {least} to {most}: shortage from {from} to {to}, unevenness from {uneven_from} to {uneven_to}";
    NOW_IS: "现状：不均衡度 {uneven}，缺编 {shortage}", "Now: unevenness {uneven}, shortage {shortage}";
    START_IS: "起点，至少调 {least} 名：不均衡度 {uneven}，缺编 {shortage}", "From {least} that must move: unevenness {uneven}, shortage {shortage}";
    BEST_IS: "最优 {most}", "best {most}";
    NO_GAIN: "再调无益", "no gain";
    MUST_MOVE: "至少 {least}", "at least {least}";
    LABEL_SHORTAGE: "缺编合计，名（{from} → {to}）", "posts short ({from} → {to})";
    LABEL_UNEVEN: "不均衡度 Σ(x−份额)²/份额", "unevenness Σ(x−share)²/share";
    LABEL_WORST: "最低满足率 %", "lowest share met, %";
    SLIDER: "调剂名额", "Posts moved";
    SLIDER_TEXT: "调 {moved} 名，缺编 {shortage}", "{moved} moved, {shortage} short";
    ONE_FEWER: "少调 1 名", "One fewer";
    HERE: "调 {moved} 名", "{moved} moved";
    ONE_MORE: "多调 1 名", "One more";
    THIRD: "缺编 {shortage}，不均衡度 {uneven}", "short {shortage}, uneven {uneven}";
    GAIN: "已得全部改善的 {share}", "{share} of all gain";
    NO_FEWER: "不能再少", "no fewer";
    NO_MORE: "已是最优，再调无益", "the best: no more to gain";
    UNEVEN: "不均衡度", "Unevenness";
    SCHOOLS: "各校：前 → 后，对应核编制", "Schools: before → after, against entitlement";
    KEY_BEFORE: "前", "before";
    KEY_AFTER: "后　竖线为测算编制；按方案后余缺排序", "after; the line is the entitlement; sorted by margin after";
    DUMBBELL_LABEL: "各校前后编制与测算编制之差", "Posts before and after less entitlement";
    ENTITLED_AXIS: "应核", "entitled";
    BETWEEN: "… 其间 {n} 行，点开", "… {n} rows between: open";
    FOLD: "收起", "Fold";
    MARK_LABEL: "{unit}：{before} → {after}，余缺 {margin}", "{unit}: {before} → {after}, margin {margin}";
    LIST: "逐校清单", "School by school";
    LIST_NOTE: "点“后”即可手改，回车确认，Esc 取消", "click “after” to change it by hand; Enter takes it, Esc does not";
    SHOW_CHANGED: "有变动 {n}", "changed {n}";
    SHOW_ALL: "全部 {n}", "all {n}";
    UNIT: "学校", "School";
    STAGE: "学段", "Stage";
    ENTITLED: "应核", "Entitled";
    BEFORE: "前", "Before";
    AFTER: "后", "After";
    CHANGE: "增减", "Change";
    MARGIN: "余缺", "Margin";
    REASON: "理由", "Reason";
    AFTER_OF: "{unit}，调整后 {posts} 名，可改", "{unit}, {posts} after, can be changed";
    AFTER_EDIT: "{unit} 调整后", "{unit} after";
    RELEASE: "放开", "Release";
    RELEASE_OF: "放开手改：{unit}", "Release what was set by hand: {unit}";
    HANDS: "手改 {n} 行已固定，新测算不动它们", "{n} rows set by hand stay as they are in new proposals";
    RELEASE_ALL: "全部放开", "Release all";
    LIST_EMPTY: "没有变动", "Nothing changes";
    QUEUE: "边际队列", "Next posts";
    QUEUE_SHIFTS: "；限额交叉：随之变动的别校列在其后", "; crossing limits: rows that shift with it follow";
    QUEUE_WITH: "同时：{changes}", "with it: {changes}";
    QUEUE_CROSSING: "；限额交叉：只看别校不动时的先后", "; crossing limits: the order while no other row moves";
    QUEUE_NOTE: "键值 {key}，大者先得", "key {key}, largest first";
    KEY_BALANCED: "n/(2k+1)", "n/(2k+1)";
    KEY_WORST_FIRST: "n/k", "n/k";
    KEY_EQUAL_GAP: "n²/(k(k+1))", "n²/(k(k+1))";
    KEY_NEVER_OVERFILL: "n/(k+1)", "n/(k+1)";
    KEY_LARGEST_REMAINDER: "份额−k", "share−k";
    NEXT_GIVE: "再有 10 名给谁", "Ten more would go to";
    NEXT_TAKE: "再收 10 名从谁收", "Ten fewer would come from";
    POSTS_CHANGE: "前 → 后", "Posts";
    KEY: "键值", "Key";
    TIED: "键值相同，按次序先后", "same key: the stated order decides";
    QUEUE_EMPTY: "没有了：都已到界限", "none: all are at their limits";
    MOVES: "划转清单", "Move list";
    MOVES_NOTE: "{lines} 笔 {posts} 名：空编 {vacant}，占编 {people}", "{lines} lines, {posts} posts: {vacant} vacant, {people} held";
    MOVES_UNKNOWN: "；{lines} 笔没有坐标，按最远算", "; {lines} lines without coordinates count as the farthest";
    MOVES_ORDER: "先同镇，镇内先同段，再总路程最短", "Same township first, there the same stage, then the shortest ways together";
    COPY_MOVES: "复制", "Copy";
    COPIED_MOVES: "已复制 {lines} 笔，可粘贴到表格", "{lines} lines copied, paste them into a sheet";
    FROM: "调出", "From";
    TO: "调入", "To";
    POSTS: "名", "Posts";
    PEOPLE: "随调人数", "People";
    DISTANCE: "公里", "km";
    BATCH: "批次", "Batch";
    NOBODY: "未分配", "unassigned";
    MOVES_EMPTY: "不需要划转", "Nothing to move";
    REST: "其余 {lines} 笔", "{lines} more lines";
    BATCH_VACANT: "第一批 空编 {posts} 名", "Batch 1: {posts} vacant";
    BATCH_PERSON: "第二批 人随编走 {posts} 名", "Batch 2: {posts} with the person";
    BATCH_LEAVING: "第三批 减员后 {posts} 名", "Batch 3: {posts} when somebody has left";
    SHOW_REST: "展开", "Show";
    NEAR_BOTH: "同镇同段", "same town and stage";
    NEAR_PLACE: "同镇跨段", "same town, other stage";
    NEAR_STAGE: "跨镇同段", "other town, same stage";
    NEAR_NEITHER: "跨镇跨段", "other town and stage";
    NEAR_UNASSIGNED: "与未分配之间", "to or from unassigned";
    MOVE_WHY: "{near}，{held}", "{near}, {held}";
    MOVE_VACANT: "空编划转", "vacant";
    MOVE_PERSON: "{people} 人随编调动", "{people} with the person";
    MOVE_LEAVING: "{posts} 名待减员后划转", "{posts} when somebody has left";
    WHY_HAND: "手工改定", "set by hand";
    WHY_HAND_BECAUSE: "手工改定：{reason}", "set by hand: {reason}";
    WHY_NO_NORM: "标准未给数，不动", "the norm gives no figure: untouched";
    WHY_CLOSING: "撤并，收回全部编制", "closing: gives up its posts";
    WHY_LOCKED: "已锁定，不动", "locked: untouched";
    WHY_MUST_GAIN: "{reason}：至少 {posts} 名", "{reason}: at least {posts}";
    WHY_MUST_LOSE: "{reason}：至多 {posts} 名", "{reason}: at most {posts}";
    WHY_FIRST: "第 {post} 名先于各校", "post {post} goes before all others";
    WHY_GAINED: "得到第 {post} 名：键值 {key}，高于截止 {against}", "got post {post}: key {key}, above the cut-off {against}";
    WHY_LOST: "让出第 {post} 名：键值 {key}，低于截止 {against}", "gave up post {post}: key {key}, below the cut-off {against}";
    WHY_TIED: "第 {post} 名：键值 {key}，与截止 {against} 相同，按次序先后", "post {post}: key {key}, equal to the cut-off {against}: the stated order decides";
    WHY_ONLY_KEY: "第 {post} 名：键值 {key}", "post {post}: key {key}";
    WHY_AT_HIGH: "；止于 {posts} 名：{reason}", "; stops at {posts}: {reason}";
    WHY_AT_LOW: "；止于 {posts} 名：{reason}", "; stops at {posts}: {reason}";
    WHY_STAYS: "不动", "untouched";
    AT_HIGH: "到上限 {posts}：{reason}", "at its most, {posts}: {reason}";
    AT_LOW: "到下限 {posts}：{reason}", "at its least, {posts}: {reason}";
    AT_ZERO: "已无编制", "it has none";
    OUTRANKED: "第 {post} 名键值 {key}，低于截止 {edge}", "post {post} has key {key}, below the cut-off {edge}";
    OUTRANKED_TIED: "第 {post} 名键值 {key}，与截止相同，按次序在后", "post {post} has key {key}, equal to the cut-off: behind it in the stated order";
    OUTRANKED_ALONE: "第 {post} 名键值 {key}，没有可收的名额", "post {post} has key {key}, none can be taken for it";
    OUTRANKS: "第 {post} 名键值 {key}，高于截止 {edge}", "post {post} has key {key}, above the cut-off {edge}";
    OUTRANKS_TIED: "第 {post} 名键值 {key}，与截止相同，按次序在前", "post {post} has key {key}, equal to the cut-off: before it in the stated order";
    OUTRANKS_ALONE: "第 {post} 名键值 {key}，没有别处可给", "post {post} has key {key}, nobody else can take it";
    RANK_GIVE: "，待给排第 {rank} 位", ", number {rank} in the queue to get";
    RANK_TAKE: "，待收排第 {rank} 位", ", number {rank} in the queue to give up";
    RANK_FAR: "，排在 {most} 位以后或不能轮到", ", beyond the first {most} in the queue, or cannot come up";
    LIMIT_MORE: "第 {post} 名键值 {key} 够得上，但调剂名额已用完", "post {post} with key {key} would rank, but the limit on moves is used up";
    LIMIT_LESS: "第 {post} 名键值 {key} 该让出，但调剂名额已用完", "post {post} with key {key} would go, but the limit on moves is used up";
    GROUP_MORE: "第 {post} 名键值 {key} 够得上，受“{what}”的限额所限", "post {post} with key {key} would rank, but the limit of {what} stands in the way";
    GROUP_LESS: "第 {post} 名键值 {key} 该让出，受“{what}”的限额所限", "post {post} with key {key} would go, but the limit of {what} keeps it";
    SEVERAL_GROUPS: "几重限额", "several groups together";
    CERTIFICATE_TITLE: "最优证书：{rule}，调剂 {moved} 名", "Certificate: {rule}, {moved} posts moved";
    CERTIFICATE_TEXT: "每行两问：为什么不多一名，为什么不少一名。两问都站得住，就没有任何一名之移能更好。另一段独立的程序刚刚逐行复核通过。", "Two questions for every row: why not one more, why not one fewer. Where both hold, no move of a post would do better. An independent check has just passed every row.";
    CERTIFICATE_CASES: "限额交叉又限调剂名额，没有一组价格能证明最优。搜索说各种情形都比过，没有更好的；独立程序复核了总量、界限、限额、名额和各行理由，没有重新搜索。", "Crossing limits and a limit on moves: no prices prove the best. The search says that it compared every case and found none better; the independent check passed total, limits, moves and the reasons of every row, and did not search again.";
    CERTIFICATE_FOUND: "限额交叉又限调剂名额，情形太多，搜索没有走完：可能还有更好的方案。独立程序复核了总量、界限、限额、名额和各行理由。", "Crossing limits and a limit on moves: too many cases, and the search was broken off; there may be a better proposal. The independent check passed total, limits, moves and the reasons of every row.";
    LAST_GIVEN: "给出的最后一名", "Last post given";
    NEXT_TO_GIVE: "未给的第一名", "First post not given";
    LAST_TAKEN: "收回的最后一名", "Last post taken";
    NEXT_TO_TAKE: "未收的第一名", "First post not taken";
    NONE: "无", "none";
    WHY_NOT_MORE: "为什么不多一名", "Why not one more";
    WHY_NOT_LESS: "为什么不少一名", "Why not one fewer";
    NO_ANSWER: "这些界限不能同时成立", "These limits cannot all hold";
    NO_ANSWER_TEXT: "没有悄悄放宽任何一条。改一条再看：", "None was relaxed in silence. Change one and look again:";
    CLASH_CROSSED: "有 {lines} 行的下限高于上限：", "{lines} rows must have more than they may have:";
    CLASH_CROSSED_LINE: "{unit}：至少 {low} 名（{low_reason}），至多 {high} 名（{high_reason}），差 {by} 名", "{unit}: at least {low} ({low_reason}), at most {high} ({high_reason}), {by} apart";
    CLASH_LOWS: "各行下限合计 {sum} 名，可分的只有 {total} 名，差 {by} 名：", "Lower limits sum to {sum}, there are {total} to share: {by} too many:";
    CLASH_HIGHS: "各行上限合计 {sum} 名，放不下可分的 {total} 名，差 {by} 名：", "Upper limits leave room for {sum} of {total}: {by} too few:";
    CLASH_KEPT: "总量 {total} 名，留作未分配 {reserve} 名，可分 {left} 名", "Of {total} posts {reserve} are kept unassigned: {left} to share";
    CLASH_RESERVE: "留作未分配 {reserve} 名，总量只有 {total} 名，差 {by} 名", "{reserve} are kept unassigned, there are {total}: {by} too many";
    CLASH_HOLD: "{unit}：至少 {posts} 名，{reason}", "{unit}: at least {posts}, {reason}";
    CLASH_CEILINGS: "每条上限都在其中，任何一条单独放宽 {by} 名即可；离应核最远的在前：", "Every upper limit is part of it, any one raised by {by} would do; those furthest below the entitlement first:";
    CLASH_CEILING: "{unit}：至多 {posts} 名，{reason}，应核 {need}", "{unit}: at most {posts}, {reason}, entitled to {need}";
    CLASH_SUM: "{reason}：{lines} 行，共 {posts} 名", "{reason}: {lines} rows, {posts} posts";
    CLASH_FORCED: "各条界限至少要调 {least} 名，“至多调剂”只许 {limit} 名，差 {by} 名", "The limits force at least {least} moves, only {limit} are allowed: {by} too few";
    CLASH_FORCED_WHY: "低于下限须补 {gain} 名，高于上限须收 {lose} 名", "{gain} to add below lower limits, {lose} to take above upper limits";
    CLASH_TOO_FINE: "各校应核的分母太大，不能精确算出份额", "Entitlements are too finely divided for exact shares";
    CLASH_TOO_MANY: "要调 {moves} 名，逐名列出最多 {most} 名", "{moves} posts would move, at most {most} can be listed";
    CLASH_NEED: "{unit} 的应核编制是 {above}/{below}，不是 0 以上的名额；这样的共 {lines} 行", "The entitlement of {unit} is {above}/{below}, not a number of posts; {lines} such rows";
    CLASH_NEED_CURE: "到“标准”核对参数，到“学校”核对学生数和班级数，使应核编制不小于 0", "Check the norm’s parameters and the students and classes of the school until the entitlement is zero or more";
    CLASH_TWICE: "编码 {id}（{unit}）出现了 {times} 次；重复的编码共 {names} 个", "Code {id} ({unit}) appears {times} times; {names} codes are repeated";
    CLASH_TWICE_CURE: "到“学校”合并重复的行，或把其中一行改用别的编码", "Merge the repeated rows, or give all but one of them another code";
    CLASH_REST: "另有 {n} 条未列出", "{n} more are not listed";
    CLASH_GROUP: "{what}：至少 {low} 名，至多 {high} 名", "{what}: at least {low}, at most {high}";
    CLASH_THREE_WAYS: "这些限额互相交叉超过两重：{what}", "These limits cross each other in more than two ways: {what}";
    CLASH_GROUPS: "这几条限额要 {must} 名，只放得下 {room} 名，差 {by} 名：", "These limits ask for {must} posts and leave room for {room}: {by} too many:";
    HELD_LOW: "{what}：至少 {posts} 名", "{what}: at least {posts}";
    HELD_HIGH: "{what}：至多 {posts} 名", "{what}: at most {posts}";
    HELD_ALONE: "（只让这一条，须让 {by} 名）", " (alone it would have to give {by})";
    TOTAL: "总量", "Total";
    COMMA: "、", ", ";
    SEMICOLON: "；", "; ";
    ALL_LINES: "全部", "All";
    CURE_GROUPS: "取消乡镇与学段限额", "Drop the limits of townships and stages";
    CURE_MOVED: "至多调剂改为 {posts} 名", "Let {posts} move";
    CURE_MOST: "{unit} 至多改为 {posts} 名", "{unit}: at most {posts}";
    CURE_LEAST: "{unit} 至少改为 {posts} 名", "{unit}: at least {posts}";
    CURE_OWN: "取消 {unit} 的界限", "Drop the limits of {unit}";
    CURE_ALL_OWN: "取消全部单校界限", "Drop the limits of single schools";
    CURE_IN_POST: "允许低于实有在编", "Allow fewer than in post";
    CURE_FALL: "取消调减上限", "Drop the caps on fall";
    CURE_RISE: "取消调增上限", "Drop the cap on rise";
    CURE_FLOOR: "取消保底数", "Drop the floor";
    CURE_RESERVE: "留作未分配改为 {posts} 名", "Keep {posts} unassigned";
    CURE_HAND: "放开手改的行", "Release rows set by hand";
    CURE_BALANCED: "改用均衡", "Use the balanced rule";
    NO_NEED: "{kind}没有可测算的单位", "No unit with {kind} has an entitlement";
    NO_NEED_TEXT: "调剂按标准测算的应核编制来分；这类编制没有标准可依，余缺由周转池调节。", "Reallocation shares posts by entitlement under the norm. No norm covers this kind; its needs go through the turnover pool.";
    ALL_ZERO: "{kind}的测算编制全是 0", "Every entitlement to {kind} is 0";
    ALL_ZERO_TEXT: "标准管到的 {lines} 行都算出 0 名，共有编制 {posts} 名：没有多少可比，不能调剂。先核对学生数和班级数。", "The norm gives 0 to all {lines} rows that it covers, which share {posts} posts: there is nothing to compare. Check students and classes first.";
    GO_SCHOOLS: "到学校核对", "Go to the schools";
    SHOW_SCHOOL: "看{kind}", "Show {kind}";
    GO_POOL: "到周转池", "Go to the pool";
    NOT_WHOLE: "须是不小于 0 的整数", "a whole number, zero or more";
    NOT_SHARE: "写成 10% 或 1/7", "write 10% or 1/7";
    SHARE_RANGE: "须在 0% 到 100% 之间", "from 0% to 100%";
    LOOK_MATRIX: "乡镇 × 学段", "Townships × stages";
    LOOK_COMPARE: "规则对照", "Rules compared";
    LOOK_HANDS: "手改", "By hand";
    LOOK_MAP: "地图", "Map";
    MATRIX_NOTE: "调后余缺；点格设限额", "margin after; click to limit";
    MATRIX_CELL: "{before} → {after} 名，应核 {entitled}，缺 {short}", "{before} → {after}, entitled {entitled}, short {short}";
    KIND_LEAST_SHORT: "至少", "At least";
    COMPARE_NOTE: "五种说法都给同一所学校的有 {sure} 名，有争议的 {disputed} 名（各到其最优）", "All rules agree on {sure} posts, {disputed} are in dispute (each at its optimum)";
    DISPUTES: "有分歧的学校", "Schools in dispute";
    DISPUTES_NOTE: "{lines} 行各说法给的不一样，共 {posts} 名；点表头排序", "{lines} rows get different posts, {posts} in all; click a head to sort";
    DISPUTES_NONE: "各种说法给每一行的都一样", "Every rule gives every row the same";
    APART: "相差", "Apart";
    CODE: "代码", "Code";
    COPY_DISPUTES: "复制", "Copy";
    COPIED_DISPUTES: "已复制 {lines} 行，可粘贴到表格", "{lines} rows copied, paste them into a sheet";
    AFFORD_NOTE: "按本方案的编制，各学段和全部学段负担得起的标准。逐校四舍五入到整名再合计，不超过这些编制；列出的是两位小数中最后一个做得到的，再进 0.01 就超出：", "What the posts of each stage, and of all together, can afford in this proposal. Each school is rounded half up to whole posts, and their sum stays within those posts; shown is the last figure of two decimals that holds, a hundredth further passes the posts:";
    ALL_STAGES: "全部学段，同一标准", "All stages, by one figure";
    PER_CLASS: "每班编制 ≤", "posts a class ≤";
    PER_POST: "每名编制的学生 ≥", "students a post ≥";
    BY_WHOM: "按规则 +{up} −{down}，手改 +{hand_up} −{hand_down}", "by rule +{up} −{down}, by hand +{hand_up} −{hand_down}";
    HANDS_UNEXPLAINED: "；{n} 行还没有写理由", "; {n} without a reason";
    REASON_MISSING: "请写理由", "reason?";
    NO_HANDS: "没有手改", "Nothing was set by hand";
    DOCUMENT: "文号", "Document";
    MAP_NOTE: "线为划转；橙点调入，蓝点调出，小点不动", "lines are moves; orange gains, blue gives, small dots stay";
    MAP_MISSING: "；{n} 行没有坐标，未画", "; {n} rows without coordinates are not drawn";
    SPREAD: "最高 ÷ 最低", "Highest ÷ lowest";
    EXPLAINED: "随标准的程度 R²", "Follows the norm, R²";
    PRESSURE: "最大应核 ÷ 编制", "Highest entitled ÷ posts";
    WORST_FIVE: "最紧的五所", "The five worst";
    WORST_BEFORE: "调前", "before";
    WORST_AFTER: "调后", "after";
    POSTS_ENTITLED: "编制 / 应核", "Posts / entitled";
    SHARE_MET: "满足率", "Share met";
    GUARANTEE_BALANCED: "保证：任何一名从一校移到另一校，对份额的总偏差都不会更小。", "Guaranteed: no move of one post brings the sum of deviations from the shares down.";
    GUARANTEE_WORST_FIRST: "保证：最低的满足率已不能再高，其次的也不能再高。", "Guaranteed: the lowest share met cannot be higher, nor the second lowest after it.";
    GUARANTEE_EQUAL_GAP: "保证：任何两校之间移一名，相对差距都不会更小。", "Guaranteed: no move of one post narrows the relative gap of two schools.";
    GUARANTEE_NEVER_OVERFILL: "保证：最高的满足率已不能再低，其次的也不能再低。", "Guaranteed: the highest share met cannot be lower, nor the second highest after it.";
    GUARANTEE_LARGEST_REMAINDER: "保证：各校所得与份额之差的平方和最小；但总量加一可能有校反减。", "Guaranteed: least squares from the shares; but one more in total can cost a school one.";
    EXAMPLE_BALANCED: "例：应核 20 与 4，缺一名时先缺大校：19 与 4", "e.g. entitled to 20 and 4, one short: 19 and 4";
    EXAMPLE_WORST_FIRST: "例：各有 19 与 3，下一名给小校：3/4 低于 19/20", "e.g. with 19 of 20 and 3 of 4, the next goes to the small one";
    EXAMPLE_EQUAL_GAP: "例：多 5% 与少 5% 一样重", "e.g. 5% over weighs as 5% under";
    EXAMPLE_NEVER_OVERFILL: "例：应核 4 的小校不会先到 5", "e.g. a school entitled to 4 is not the first to get 5";
    EXAMPLE_LARGEST_REMAINDER: "例：份额 9.7 先得 9，余 0.7 排队", "e.g. a share of 9.7 gets 9, and 0.7 queues";
    SUBJECTS: "按科配人", "Match by course";
    SUBJECTS_NOTE: "富余 {spare} 人，缺 {missing} 人，配上 {people} 人", "{spare} to spare, {missing} missing, {people} matched";
    SUBJECTS_RULE: "同学段同科目；只进有空编的学校，空出的编制留给下一批；尽量多配，其次少跨镇，再次路近。", "Same stage and course; only to schools with vacant posts, those set free serve the next batch; as many as can be, then few to other townships, then the shortest ways.";
    SUBJECTS_NEAR_ONLY: "跨镇的配对太多，只在镇内配。", "Too many pairs between townships: only pairs within one are looked at.";
    SUBJECTS_EMPTY: "没有可配的：富余和短缺不在同学段同科目，或没有空编", "Nothing to match: none of one stage and course, or no vacant posts";
    SUBJECTS_WORK: "按科配人", "the match by course";
    SUBJECT_BATCH: "第 {n} 批 {people} 人", "Batch {n}: {people} people";
    COURSE: "科目", "Course";
    PEOPLE_SHORT: "人", "People";
    SUBJECT_PROOFS: "证明：不可能配得更多或更近", "Proof: no plan places more, or nearer";
    SUBJECT_NEAR: "同镇", "same township";
    SUBJECT_FAR: "跨镇", "other township";
    SUBJECT_REST: "没有配上的 {n} 项", "{n} not matched";
    SUBJECT_SPARE: "富余", "to spare";
    SUBJECT_MISSES: "缺", "missing";
    SUBJECT_NONE_MISSES: "同学段没有学校缺这一科", "no school of the stage misses the course";
    SUBJECT_NO_ROOM: "缺这一科的学校没有空编或已配满", "schools that miss the course have no vacant post or have got their people";
    SUBJECT_NEEDED: "本校总课时还用得上", "the lessons of the school as a whole need them";
    SUBJECT_NONE_SPARE: "同学段没有学校富余这一科", "no school of the stage has any to spare";
    SUBJECT_NO_VACANCY: "学校没有空编，满编不进人", "the school has no vacant post: full schools take nobody in";
    SUBJECT_OTHERS: "富余的人先去了别处，或本校还用得上", "those to spare go to others, or their school needs them";
    SUBJECT_FAR_ONLY: "镇内没有；跨镇的配对太多，没有逐对比较", "none within the township; pairs between townships are too many to compare";
    SUBJECT_PROOF: "第 {batch} 批配 {people} 人，其中跨镇 {far} 人，路程合计 {km} 公里。每所富余学校和每个缺口各有一个价：没有一对的代价低于两头的价差，配上的一对正好等于价差，所以任何配法的代价都不低于价差合计 {prices}；本批的代价是 {cost}。", "Batch {batch} places {people} people, {far} of them in another township, {km} km in all. Every school to spare and every gap has a price: no pair costs less than the two prices allow, and each pair matched costs exactly that, so no plan can cost less than the prices sum to, {prices}; this batch costs {cost}.";
    SUBJECT_HOLDS: "两数相等，逐对复核通过：不可能配得更多，同样多时不可能更少跨镇，也不可能更近。", " The two are equal and every pair was checked: no plan places more, nor as many with fewer to other townships, nor by shorter ways.";
    SUBJECT_FAILS: "复核没有通过，请不要采用这一批。", " The check failed: do not use this batch.";
    COPY_SUBJECTS: "复制", "Copy";
    COPIED_SUBJECTS: "已复制 {lines} 笔，可粘贴到表格", "{lines} lines copied, paste them into a sheet";
    WORKING: "正在测算：{what}", "Working: {what}";
    WORKING_AT: "正在测算：{what}，已完成 {percent}%", "Working: {what}, {percent}% done";
    WORK_STUDY: "调剂名额与结果", "posts moved and their results";
    WORK_PROPOSAL: "这一点的方案与证书", "the proposal at this point and its certificate";
    WORK_CHECK: "证书复核", "the check of the certificate";
    WORK_QUEUE: "边际队列", "the next posts";
    WORK_RANKS: "各行在队列中的位次", "the place of each row in the queue";
    WORK_MOVES: "划转清单", "the move list";
    WORK_COMPARE: "规则对照", "the rules compared";
    CANCEL_WORK: "停止", "Stop";
    STOPPED: "已停止测算：{what}", "Stopped: {what}";
    WORK_AGAIN: "重新测算", "Work it out";
    FINDINGS: "要先看的", "To be looked at first";
    FOUND_CLOSING: "{unit} 撤并，实有在编还有 {people} 人：编制全部收回后这些人没有编制，随编调出或等减员后再撤", "{unit} closes with {people} people in post: with all its posts taken back they have none; let them move with their posts, or close it when they have left";
    FOUND_NO_NEED: "{unit} 的测算编制是 0，有编制 {posts} 名：没有学生或班级的话就会把编制让给别校；核对学生数和班级数，或锁定这一行", "{unit} is entitled to 0 and has {posts} posts, which will go to others: check its students and classes, or lock the row";
    FOUND_HAND: "{unit} 手改为 {posts} 名，与界限“{limit}”不合：以手改为准，这条界限没有起作用", "{unit} is set to {posts} by hand against the limit “{limit}”: the hand holds, the limit does nothing";
    FOUND_NO_REASON: "{unit} 手改为 {posts} 名，没有写理由：在手改清单里补上", "{unit} is set to {posts} by hand without a reason: give one in the list of what was set by hand";
    FOUND_OVER_RISE: "{unit} 本校至多 {most} 名，超出每轮调增上限的 {cap} 名：以本校界限为准", "{unit} may have {most} of its own, beyond the {cap} of the cap on rise: its own limit holds";
    CURE_LOCK: "锁定 {unit}", "Lock {unit}";
    RULES_AND_LIMITS: "规则与界限", "Rules and limits";
    CHARTS: "图", "Charts";
    QUEUE_AND_MOVES: "队列与划转", "Queue and moves";
}

/// One sentence that says a rule in plain words.
pub fn rule(rule: Rule) -> Message {
    match rule {
        Rule::Balanced => RULE_BALANCED,
        Rule::WorstFirst => RULE_WORST_FIRST,
        Rule::EqualGap => RULE_EQUAL_GAP,
        Rule::NeverOverfill => RULE_NEVER_OVERFILL,
        Rule::LargestRemainder => RULE_LARGEST_REMAINDER,
    }
}

/// What a rule promises, in one line.
pub fn guarantee(rule: Rule) -> Message {
    match rule {
        Rule::Balanced => GUARANTEE_BALANCED,
        Rule::WorstFirst => GUARANTEE_WORST_FIRST,
        Rule::EqualGap => GUARANTEE_EQUAL_GAP,
        Rule::NeverOverfill => GUARANTEE_NEVER_OVERFILL,
        Rule::LargestRemainder => GUARANTEE_LARGEST_REMAINDER,
    }
}

/// An example of a rule at work.
pub fn example(rule: Rule) -> Message {
    match rule {
        Rule::Balanced => EXAMPLE_BALANCED,
        Rule::WorstFirst => EXAMPLE_WORST_FIRST,
        Rule::EqualGap => EXAMPLE_EQUAL_GAP,
        Rule::NeverOverfill => EXAMPLE_NEVER_OVERFILL,
        Rule::LargestRemainder => EXAMPLE_LARGEST_REMAINDER,
    }
}

/// The heading of a batch of moves.
pub fn batch(batch: u8) -> Message {
    match batch {
        1 => BATCH_VACANT,
        2 => BATCH_PERSON,
        _ => BATCH_LEAVING,
    }
}

/// The formula of a rule's key.
pub fn key(rule: Rule) -> Message {
    match rule {
        Rule::Balanced => KEY_BALANCED,
        Rule::WorstFirst => KEY_WORST_FIRST,
        Rule::EqualGap => KEY_EQUAL_GAP,
        Rule::NeverOverfill => KEY_NEVER_OVERFILL,
        Rule::LargestRemainder => KEY_LARGEST_REMAINDER,
    }
}
