//! The comparison of scenarios, their history, merging them and moving them to another base.

use super::{Lang, Message, messages, names, number};
use crate::scenario::{By, Cap, Cause, Command, Limits, Posting, State};

messages! {
    TITLE: "对比", "Compare";
    PROVENANCE: "{n} 个方案，同一基准 {fingerprint}", "{n} scenarios, one base {fingerprint}";
    CODE: "校验码 {code}", "Verification code {code}";
    CODE_HINT: "由本方案最后的全部数字算出；纸面与文件的码相同，最后的数字就相同。调增调减是与基准相比：基准的指纹也相同，才也相同", "worked out from every figure that this scenario ends with; where paper and file show the same code, these are the same. What was raised and lowered counts from the base: the same only where its fingerprint is too";
    FROM: "以", "From";
    TO: "为准，对", "against";
    BASE: "基准", "Base";
    MATRIX: "指标", "Figures";
    MATRIX_NOTE: "“最优”只在所列方案之间比较", "“best” among the scenarios shown only";
    BEST: "最优", "best";
    MOVED: "调剂名额", "Posts moved";
    RAISED_LOWERED: "调增 / 调减学段", "Stages raised / lowered";
    AUTHORISED: "核定编制合计", "Posts in all";
    ENTITLED: "测算编制合计", "Entitlements in all";
    SHORTAGE: "缺编合计", "Shortage in all";
    SURPLUS: "余编合计", "Surplus in all";
    SHORT_ROWS: "缺编学段", "Stages short";
    LOWEST: "最低满足率", "Lowest met";
    WORST: "最缺学校", "Worst off";
    UNEVEN: "不均衡度", "Unevenness";
    UNEVEN_HINT: "Σ(核定−测算)²÷测算", "Σ(posts − entitlement)² ÷ entitlement";
    LARGEST: "最大单处变动", "Largest change";
    EXCESS: "超编人数", "People beyond posts";
    POOL: "周转池在借 / 规模", "Pool lent / size";
    RED_LINES: "红线", "Red lines";
    PREMISES: "前提", "Premises";
    RULE: "规则", "Rule";
    NORM: "标准", "Norm";
    HANDS: "手工改定", "Set by hand";
    WHY: "为什么不同", "Why they differ";
    WHY_NOTE: "缺编合计 {from} → {to}，按“{order}”的次序逐项替换；次序不同，各项大小可能不同", "Shortage {from} → {to}, replaced one by one in the order “{order}”; another order may give other parts";
    TURN: "换次序", "Other order";
    WHY_LINE: "缺编由 {from} 到 {to}：{parts}。各项之和等于差额 {sum}。", "Shortage from {from} to {to}: {parts}. The parts sum to {sum}.";
    DATA: "数据", "data";
    NORM_PART: "标准", "norm";
    ROUNDING: "取整", "rounding";
    RULE_PART: "规则", "rule";
    HAND: "手工", "hand";
    UNITS: "不同的学校", "Schools that differ";
    UNITS_MORE: "再显示 {n} 行", "show {n} more";
    UNITS_NOTE: "{n} 行不同；各原因之和等于余缺之差", "{n} rows differ; the causes sum to the difference of the margins";
    ALL_TOWNSHIPS: "全部乡镇", "All townships";
    ONLY_HAND: "只看手工", "By hand only";
    FIND: "查找学校", "Find a school";
    SCHOOL: "学校", "School";
    STAGE: "学段", "Stage";
    TOWNSHIP: "乡镇", "Township";
    ENTITLEMENT: "测算", "Entitled";
    POSTS_OF: "{name}", "{name}";
    POSTS_DIFFER: "编制差", "Posts ±";
    MARGIN_OF: "余缺", "Margin";
    SAME: "两者没有一处不同。", "The two do not differ anywhere.";
    SIDE_BY_SIDE: "缺编与余编", "Shortage and surplus";
    SIDE_NOTE: "同一尺度", "one scale";
    REMARK: "留言", "Remark";
    REMARKS: "留言", "Remarks";
    REMARK_NONE: "还没有留言。点指标或不同学校一行末的“留言”，写给对方。", "No remarks yet. “Remark” at the end of a row of figures or schools writes one.";
    REMARK_ABOUT: "对哪一格", "On which cell";
    REMARK_TEXT: "写给对方", "What to say";
    WHO: "署名（可空）", "Signed (may be empty)";
    ADD_REMARK: "留下", "Add";
    DELETE: "删除", "Delete";
    HISTORY: "历史", "History";
    HISTORY_NOTE: "点一步就回到那里；撤销后另做，原来的成为分支。历史超过 {mb} MB 时合并较早的步、放掉旧分支，并在这里写明", "A click goes back there; what is undone and left stays as a branch. Beyond {mb} MB earlier steps are put together and old branches dropped, which is said here";
    HISTORY_SQUEEZED: "为省空间，较早的 {steps} 步已合成一步；放掉了 {n} 个旧分支。现在的内容没有变", "To save space {steps} earlier steps were put together and {n} old branches dropped; the present did not change";
    HISTORY_BASE: "基准", "Base";
    HISTORY_HERE: "现在", "now";
    BRANCH: "分支：{n} 步，最后是“{step}”", "Branch: {n} steps, the last “{step}”";
    BRANCH_TAKE: "回到这个分支", "Go to this branch";
    BRANCH_NEW: "由此另立方案", "New scenario from here";
    SNAPSHOTS: "快照", "Snapshots";
    SNAPSHOTS_NOTE: "存在本机：自动的留最近 {ring} 份，手动的都留着，至多 {hand} 份；各不超过 {mb} MB。恢复也可以撤销", "Kept here: of those at times the latest {ring}, those by hand all, up to {hand}; {mb} MB of either. Restoring can be undone";
    SNAPSHOTS_NONE: "还没有快照。", "No snapshots yet.";
    SNAPSHOT_TAKE: "存一份快照", "Take a snapshot";
    SNAPSHOT_NAME: "快照名", "Name of the snapshot";
    SNAPSHOT_HOLDS: "{n} 个方案：{names}；{steps} 步", "{n} scenarios: {names}; {steps} steps";
    RESTORE: "恢复", "Restore";
    PREVIEW: "看看", "Preview";
    PREVIEW_NOTE: "{time} 的快照：恢复后，打开的方案有 {n} 处与现在不同", "Snapshot of {time}: restored, the open scenario differs from now in {n} places";
    PREVIEW_BROKEN: "{time} 的快照读不出来", "The snapshot of {time} cannot be read";
    RESTORE_BROKEN: "{time} 的快照读不出来，没有恢复，现在的内容没有动", "The snapshot of {time} cannot be read: nothing was restored, the present stays";
    TAKE_IN: "合并或搬来", "Merge or bring over";
    TAKE_IN_NOTE: "同一基准的方案逐格合并；别的基准（改过的调查表、下一年）的方案先看合不合再搬来。原来的都留着。", "Scenarios on the same base are merged cell by cell; those on another (a corrected survey, next year's) are held against it and brought over. What there was stays.";
    TAKE_FROM: "从本机的文件", "From a file of this browser";
    TAKE_FILE: "选择文件…", "Choose a file…";
    TAKE_SCENARIO: "方案", "Scenario";
    MERGE_NOTE: "同一基准。与“{mine}”逐格合并，周转池逐项：{n} 格有改动，{asked} 格要选（两边不同，或一方撤回了）；其余也可逐格改选。", "Same base. Merged with “{mine}” cell by cell, the pool part by part: {n} cells changed, {asked} to be chosen (both differ, or one side took it back); any other line can be turned too.";
    MERGE_CELL: "改动", "Change";
    MINE: "本方案", "Mine";
    THEIRS: "对方", "Theirs";
    KEEP_MINE: "用本方案", "Keep mine";
    KEEP_THEIRS: "用对方", "Keep theirs";
    ALL_MINE: "其余都用本方案", "Rest: mine";
    ALL_THEIRS: "其余都用对方", "Rest: theirs";
    UNDECIDED: "还有 {n} 格要选", "{n} cells still to choose";
    UNCHANGED: "未改", "unchanged";
    MERGE_MISFIT: "没有合并：“{place}”与所选的其他各行合不上。请把它和它所在单位的各行选成同一方", "Not merged: “{place}” does not fit with the other choices. Choose the same side for it and for the lines of its unit";
    MERGE_BROKEN: "两边合起来不成立：{why}。请把其中一方的改动改选", "The two together do not hold: {why}. Choose the other side of one of the changes";
    MERGE_DO: "生成合并方案", "Make the merged scenario";
    REMARKS_DO: "收下留言", "Take the remarks";
    REMARKS_TAKEN: "对方没有改动，不必合并；收下 {n} 条留言", "The other side changed nothing, so there is nothing to merge; {n} remarks taken";
    MERGED_NAME: "{mine} ＋ {theirs}", "{mine} + {theirs}";
    MERGED: "已合并成“{name}”，原来的方案都在；{n} 条留言", "Merged into “{name}”; both scenarios stay; {n} remarks";
    REBASE_NOTE: "基准不同（{from} → {to}）：{changed} 处数字变了，多出 {added} 个、少了 {gone} 个。方案的 {n} 处改动中，{fits} 处照样适用，{conflicts} 处要看。", "Another base ({from} → {to}): {changed} figures changed, {added} holdings more, {gone} fewer. Of the scenario's {n} changes {fits} still fit, {conflicts} need a look.";
    RENUMBERED: "两边各新立了一个“{old}”，不是一回事：{whose}的改为“{new}”，两个都留着", "Both sides gave the number {old} to something new, and not to the same thing: {whose} is {new} now, and both are kept";
    RENUMBERED_ALIKE: "两边各新立了一个“{old}”，同一单位而内容不同：{whose}的暂作“{new}”，要不要都留，请逐行选", "Both sides entered {old} for the same unit, not with the same contents: {whose} stands as {new}; choose line by line whether both stay";
    WHOSE_MINE: "本方案", "mine";
    WHOSE_THEIRS: "对方", "theirs";
    REBASE_BROKEN: "搬到新基准后不成立：{why}。请不要其中某一处改动", "On the new base this does not hold: {why}. Leave one of the changes out";
    REBASE_CHANGED: "基准里变了的", "Changed in the base";
    FITS: "适用", "fits";
    ALREADY: "新基准已是如此", "the new base says so already";
    EXPECTED_FOUND: "原以为 {expected}，现在是 {found}", "expected {expected}, found {found}";
    CHANGED_MEANWHILE: "原来的内容已经变了", "what was there has changed";
    ALREADY_FOUNDED: "新基准已有代码相同的另一个单位", "the new base has another unit of this code";
    GONE: "新基准没有这一处", "the new base has no such place";
    OUT_OF_RANGE: "新基准不收这个值", "the new base does not take the value";
    BRING: "搬来", "Bring over";
    LEAVE: "不要", "Leave out";
    ALL_BRING: "其余都搬来", "Rest: bring over";
    ALL_LEAVE: "其余都不要", "Rest: leave out";
    REBASE_DO: "搬来成为一个方案", "Bring it over as a scenario";
    REBASED: "已搬来“{name}”；原文件没有动", "Brought over “{name}”; the other file is untouched";
    NEW: "新方案", "New scenario";
    NEW_HINT: "从基准新建、复制、合并", "new from the base, duplicate, merge";
    BLANK: "从基准新建", "New from the base";
    DUPLICATE: "复制本方案", "Duplicate this scenario";
    RENAME: "改名", "Rename";
    NOTE: "说明", "Note";
    NOTE_HINT: "这个方案是什么意思", "what this scenario is about";
    ARCHIVE: "收起本方案", "Put this scenario away";
    ARCHIVED: "收起的方案", "Put away";
    UNARCHIVE: "放回“{name}”", "Take out “{name}”";
    LAST_STAYS: "至少要留一个方案", "One scenario has to stay";
    PARENTS: "由 {names} 而来", "made from {names}";
    COPY_NAME: "{name} 副本", "{name} copy";
    ADDED: "附加编制", "added posts";
    FOR_REASON: "{value}（{reason}）", "{value} ({reason})";
    NOTHING: "无", "none";
    AS_SHIPPED: "原表", "as it ships";
    ROLL: "{students} 人 {classes} 班", "{students} students, {classes} classes";
    STAFF: "教师 {teachers}、非教学 {others}", "{teachers} teachers, {others} others";
    LEADERS: "职数 {posts}、实有 {people}", "{posts} posts, {people} in place";
    LIMITS: "{rule}；调减 {fall}；调增 {rise}；保底 {floor}；留 {reserve}；至多 {moved}；单列 {lines} 处、分组 {groups} 处", "{rule}; fall {fall}; rise {rise}; floor {floor}; reserve {reserve}; at most {moved}; {lines} own limits, {groups} groups";
    CAP: "{share}，至少 {least}", "{share}, at least {least}";
    POOL_HOLDS: "{name}：规模 {size}、借出 {loans} 笔、申请 {asked} 件、记事 {events} 条", "{name}: size {size}, {loans} loans, {asked} applications, {events} entries";
}

/// A cause of a difference.
pub fn cause(cause: Cause) -> Message {
    match cause {
        Cause::Data => DATA,
        Cause::Norm => NORM_PART,
        Cause::Rounding => ROUNDING,
        Cause::Rule => RULE_PART,
        Cause::Hand => HAND,
    }
}

/// A change's value, old or new, in a few words; empty where it is more than a value.
pub fn value(command: &Command, new: bool, lang: Lang) -> String {
    fn pick<'a, T: ?Sized>(new: bool, old: &'a T, value: &'a T) -> &'a T {
        if new { value } else { old }
    }
    let for_reason = |value: String, reason: &str| {
        if reason.is_empty() {
            return value;
        }
        FOR_REASON.with(lang, &[("value", &value), ("reason", &reason)])
    };
    let posts = |posting: &Posting| {
        let posts = number::count(u64::from(posting.posts));
        match &posting.by {
            Some(By::Hand { reason, document, .. }) => {
                for_reason(posts, [reason.as_str(), document.as_str()].join(" ").trim())
            }
            Some(By::Proposal(grounds)) => for_reason(posts, names::rule(grounds.rule).get(lang)),
            None => posts,
        }
    };
    let figure = |value: Option<u32>| {
        value.map_or_else(|| "—".to_owned(), |value| number::count(u64::from(value)))
    };
    match command {
        Command::SetPosts { old, new: after, .. } => posts(pick(new, old, after)),
        Command::SetFact { old, new: after, .. } => figure(*pick(new, old, after)),
        Command::SetUnit { old, new: after, .. }
        | Command::SetCounty { old, new: after }
        | Command::SetYardstickTable { old, new: after, .. } => pick(new, old, after).clone(),
        Command::SetParameter { old, new: after, old_document, new_document, .. } => {
            let value = pick(new, old, after).to_string();
            for_reason(value, pick(new, old_document, new_document))
        }
        Command::SetTableFigure { old, new: after, old_document, new_document, .. } => {
            for_reason(pick(new, old, after).clone(), pick(new, old_document, new_document))
        }
        Command::SetNorm { old, new: after } => pick(new, old, after).title.get(lang).to_owned(),
        Command::SetTotal { old, new: after, document, .. } => {
            let total = number::count(u64::from(*pick(new, old, after)));
            if new { for_reason(total, document) } else { total }
        }
        Command::SetKindergartenKind { old, new: after } => {
            pick(new, old, after).as_str().to_owned()
        }
        Command::SetAdditional { old, new: after, .. } => {
            let posts = pick(new, old, after).iter().map(|added| u64::from(added.posts));
            number::count(posts.sum())
        }
        Command::SetDepartures { old, new: after, .. } => {
            let people = pick(new, old, after).iter().map(|leaving| u64::from(leaving.people));
            number::count(people.sum())
        }
        Command::SetGrades { old, new: after, .. } => {
            let grades = pick(new, old, after);
            let students = grades.iter().map(|grade| u64::from(grade.students.unwrap_or(0)));
            let classes = grades.iter().map(|grade| u64::from(grade.classes.unwrap_or(0)));
            let (students, classes) = (number::count(students.sum()), number::count(classes.sum()));
            ROLL.with(lang, &[("students", &students), ("classes", &classes)])
        }
        Command::SetStaff { old, new: after, .. } => {
            let staff = pick(new, old, after);
            let (teachers, others) = (figure(staff.teachers_known()), figure(staff.non_teaching));
            STAFF.with(lang, &[("teachers", &teachers), ("others", &others)])
        }
        Command::SetLeaders { old, new: after, .. } => {
            let leaders = pick(new, old, after);
            let (posts, people) = (figure(leaders.posts), figure(leaders.people));
            LEADERS.with(lang, &[("posts", &posts), ("people", &people)])
        }
        Command::SetYardstick { old, new: after, .. } => match pick(new, old, after) {
            Some(change) => for_reason(change.value.to_string(), &change.document),
            None => AS_SHIPPED.get(lang).to_owned(),
        },
        Command::SetLimits { old, new: after, .. } => limits(pick(new, old, after), lang),
        Command::FoundUnit { new: unit, undone } => {
            let there = new != *undone;
            if there { unit.unit.name.clone() } else { NOTHING.get(lang).to_owned() }
        }
        Command::SetPool { old, new: after, .. } => match pick(new, old, after) {
            Some(pool) => {
                let values: [(&str, &dyn std::fmt::Display); 5] = [
                    ("name", &pool.name),
                    ("size", &pool.present_size()),
                    ("loans", &pool.loans.len()),
                    ("asked", &pool.applications.len()),
                    ("events", &pool.events.len()),
                ];
                POOL_HOLDS.with(lang, &values)
            }
            None => NOTHING.get(lang).to_owned(),
        },
    }
}

fn limits(limits: &Limits, lang: Lang) -> String {
    let none = || NOTHING.get(lang).to_owned();
    let cap = |cap: &Option<Cap>| match cap {
        Some(cap) => CAP.with(lang, &[("share", &cap.share), ("least", &cap.at_least)]),
        None => none(),
    };
    let values: [(&str, &dyn std::fmt::Display); 8] = [
        ("rule", &names::rule(limits.rule).get(lang)),
        ("fall", &cap(&limits.fall)),
        ("rise", &cap(&limits.rise)),
        ("floor", &limits.floor.map_or_else(none, |floor| floor.to_string())),
        ("reserve", &limits.reserve),
        ("moved", &limits.moved.map_or_else(none, number::count)),
        ("lines", &limits.lines.len()),
        ("groups", &limits.groups.len()),
    ];
    LIMITS.with(lang, &values)
}

/// What a change is about, with its place.
pub fn place(command: &Command, now: &State, lang: Lang) -> String {
    let county = &now.county;
    let unit = |code| county.unit_name(code);
    match command {
        Command::SetPosts { at, .. } => {
            format!("{} · {}", unit(&at.unit), part(at, lang))
        }
        Command::SetFact { at, fact, .. } => {
            format!("{} · {} · {}", unit(&at.unit), part(at, lang), names::fact(*fact).get(lang))
        }
        Command::SetAdditional { at, .. } => {
            format!("{} · {} · {}", unit(&at.unit), part(at, lang), ADDED.get(lang))
        }
        Command::SetNorm { .. } => NORM.get(lang).to_owned(),
        Command::SetLimits { .. } => super::steps::LIMITS.get(lang).to_owned(),
        Command::SetTotal { kind, .. } => {
            let name = county.kind(kind).map_or(kind.as_str(), |kind| kind.name.get(lang));
            format!("{name} · {}", super::files::TOTAL.get(lang))
        }
        Command::SetParameter { id, .. } => {
            let parameter = now.norm.pack().parameter(id);
            parameter.map_or(id.as_str(), |found| found.label.get(lang)).to_owned()
        }
        Command::SetTableFigure { at, .. } => {
            let name = now.norm.pack().table_figure_name(at);
            name.map_or_else(|| at.to_string(), |name| name.get(lang).to_owned())
        }
        Command::SetUnit { at, .. } => unit(at).to_owned(),
        Command::FoundUnit { new, .. } => new.unit.name.clone(),
        _ => super::steps::edit(command, now, lang),
    }
}

fn part(at: &crate::county::HoldingId, lang: Lang) -> &str {
    match &at.part {
        crate::county::Part::Stage(stage) => names::stage(*stage).get(lang),
        crate::county::Part::Kind(kind) => kind.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{KindId, Leaders};
    use crate::sample;

    #[test]
    fn whoever_chooses_between_two_changes_sees_what_they_are() {
        let workspace = sample::county().unwrap().workspace;
        let state = workspace.state();
        let kind = KindId::general().clone();
        let pool = state.county.pool(&kind).cloned();
        let mut fewer = pool.clone().unwrap();
        fewer.loans.pop();
        let limits = state.limits(&kind);
        let reserved = Limits { reserve: 7, ..limits.clone() };
        let holding = &state.county.holdings[0];
        let at = state.county.id_of(0).unwrap();
        let mut staff = holding.staff.clone();
        staff.non_teaching = Some(3_001);
        let posts = |posts, by| Posting { posts, by };
        let by = By::HAND.explained("学龄人口", "〔2026〕3 号").unwrap();
        let commands = [
            Command::SetPool {
                kind: kind.clone(),
                old: pool.map(Box::new),
                new: Some(fewer.into()),
            },
            Command::SetLimits { kind: kind.clone(), old: limits.into(), new: reserved.into() },
            Command::SetStaff {
                at: at.clone(),
                old: holding.staff.clone().into(),
                new: staff.into(),
            },
            Command::SetLeaders {
                at: at.unit.clone(),
                old: Leaders::default(),
                new: Leaders { posts: Some(3), people: None },
            },
            Command::SetTotal { kind, old: 5, new: 5, document: "〔2026〕4 号".to_owned() },
            Command::SetPosts { at, old: posts(5, None), new: posts(5, Some(by)) },
        ];
        for command in &commands {
            for lang in [Lang::Zh, Lang::En] {
                let [before, after] = [false, true].map(|new| value(command, new, lang));
                assert!(!before.is_empty() && before != after, "{before} {after}");
                assert!(!place(command, state, lang).is_empty());
            }
        }
    }
}
