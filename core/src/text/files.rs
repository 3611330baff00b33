//! What is said of files: where they are kept, how they go out and come back, snapshots, tabs.

use super::{Lang, Message, compare, messages, norms, number, packs, shell};
use crate::file::{Differs, LinkError, Many, Misfit, Opened, Ours, Personal, UnsoundPack};
use crate::scenario::Conflict;

messages! {
    EXPORTED: "已导出 {name}，回读核对一致", "Exported {name}, read back and found the same";
    NOT_THE_SAME: "写出的文件回读后不一致，没有交出；内容仍在本页，请再试一次", "The file did not read back the same and was not handed out; the work is still on this page, please try again";
    STORE_FULL: "本机浏览器的空间已满，没有存上。内容仍在本页，可以继续做；请立刻导出一份文件", "This browser has no room left: not saved. The work is still on this page and can go on; export a file now";
    STORE_DENIED: "这个浏览器不许本页保存（隐私窗口或设置）。可以继续做，但请用文件留存", "This browser does not let the page keep anything (private window or a setting). Work goes on, but keep it as a file";
    STORE_NEWER: "另一个标签页里的新版已更新了本机的存储，这一页的旧版存不进去。请先导出一份文件，再刷新本页", "A newer version in another tab has brought the store of this browser up to date, and this page is too old to write there. Export a file, then reload the page";
    STORE_OTHER: "没有存上：{why}。内容仍在本页", "Not saved: {why}. The work is still on this page";
    RECOVERED: "上次没有正常关闭，已恢复“{name}”到 {time}", "Last time ended abruptly: “{name}” is back as of {time}";
    FROM_SNAPSHOT: "最后的内容读不出来，已退到 {time} 的快照", "The latest state cannot be read: back to the snapshot of {time}";
    ONLY_LOOKING: "这里只看，没有改动", "Only to look at: nothing was changed";
    OTHER_TAB: "这个文件正在另一个标签页里编辑，这里跟着看。", "Another tab is working on this file; this one watches.";
    TAKE_OVER: "在这里接手", "Take over here";
    NEWER_FILE: "这个文件由更新的版本（格式 {found}）写成：只看不改，请先更新编衡。", "A newer version (format {found}) wrote this file: it can be read, not changed. Update Bianheng first.";
    OPEN_TOO_LARGE: "文件超过 64 MB，不像方案文件", "the file is over 64 MB, which no scenario file is";
    OPEN_FIGURE: "单位 {unit} 有超过一千万的数", "unit {unit} has a figure beyond ten million";
    OPEN_STEP: "方案“{scenario}”第 {step} 步（{place}）与它的基准对不上：{why}；请向发件人再要一份", "step {step} of scenario “{scenario}” ({place}) does not fit its base: {why}; ask for the file again";
    OPEN_TWICE: "有一个字段写了两次，不知以哪个为准；请向发件人再要一份", "a field is written twice, and which one counts is not known; ask for the file again";
    OPEN_SCENARIOS: "方案多于 {most} 个，不像方案文件", "more than {most} scenarios, which no scenario file has";
    OPEN_STEPS: "改动多于 {most} 步，不像方案文件", "more than {most} steps, which no scenario file has";
    OPEN_REMARKS: "留言多于 {most} 条，不像方案文件", "more than {most} remarks, which no scenario file has";
    OPEN_UNKNOWN: "认不得的内容多于 {most} 字节，不像方案文件", "more than {most} bytes of what is not known, which no scenario file has";
    NOT_THERE: "没有 {what}", "there is no {what}";
    LINK: "分享链接", "share link";
    LINK_DAMAGED: "分享链接不完整或已损坏，请对方改发文件", "the share link is cut off or damaged: ask for a file instead";
    LINK_TOO_LONG: "分享链接过长，请对方改发文件", "the share link is too long: ask for a file instead";
    LINK_TOO_LONG_TO_SEND: "方案太大，放不进链接（需 {n} 字）；请发文件", "Too large for a link ({n} letters): send a file";
    CAUSE_OPENED: "打开", "opened";
    CAUSE_TIME: "定时", "at times";
    CAUSE_HAND: "手动", "by hand";
    CAUSE_RESTORE: "恢复之前", "before restoring";
    CAUSE_MERGE: "合并之前", "before merging";
    SNAPSHOTS_FULL: "没有存快照：手动的快照已有 {n} 份或 {mb} MB，请先删去不用的", "No snapshot taken: those made by hand are {n} or {mb} MB already; delete some first";
    SNAPSHOT_TAKEN: "已存一份快照", "Snapshot taken";
    RESTORED: "已恢复到 {time} 的快照；恢复之前的内容也存成了快照", "Restored the snapshot of {time}; what stood before is a snapshot too";
    DIFFERS: "{scenario}：{what} 文件 {file}，复算 {found}", "{scenario}: {what} {file} in the file, {found} recomputed";
    DIFFERS_MORE: "{first}；另有 {n} 处", "{first}; {n} more";
    DIFFERS_TITLE: "与文件所载不同的数字", "Figures that differ from the file";
    DIFFERS_NOTE: "打开时逐项复算。文件里的数字是写出它的人看到的；现在的数字由文件里的数据、标准和步骤算出", "Each was recomputed on opening. The file's figures are what its writer saw; those now follow from its data, norm and steps";
    DIFFERS_SHOW: "{n} 处与文件不同", "{n} differ from the file";
    DIFFERS_ALL: "看全部", "Show all";
    DIFFERS_SCENARIO: "方案", "Scenario";
    DIFFERS_KIND: "编制类型", "Kind of post";
    DIFFERS_WHAT: "数字", "Figure";
    DIFFERS_FILE: "文件", "In the file";
    DIFFERS_NOW: "现在", "Now";
    OPENED_WITHOUT: "文件没有带齐可核对的结果，没有核对，请向发件人再要一份", "the file lacks results to compare: nothing was checked, ask for it again";
    BASE_DIFFERS: "基准数据与文件所载的指纹不符", "the base's facts are not those of the fingerprint in the file";
    UNSOUND: "文件里的标准包“{title}”有毛病，照旧可用，但请改正：{why}", "the norm pack “{title}” in the file has a fault; it works as before, but mend it: {why}";
    UNSOUND_MORE: "{first}另有 {n} 个标准包也有毛病。", "{first} {n} more packs have one too.";
    CODE: "校验码", "verification code";
    TOTAL: "总量", "total";
    UNITS: "单位合计", "units";
    POOL: "周转池", "pool";
    UNASSIGNED: "未分配", "unassigned";
    MOVED_UP: "调增", "raised";
    MOVED_DOWN: "调减", "lowered";
    ENTITLED: "测算合计", "entitlements";
    SHORTAGE: "缺编合计", "shortage";
    PERSONAL: "文件带有：姓名 {names} 处、身份证号 {ids} 处、手机号 {phones} 处", "the file holds {names} names, {ids} identity numbers, {phones} telephone numbers";
    NO_PERSONAL: "文件不含个人信息", "the file holds nothing about persons";
    EXPORT_OLD: "{days} 天没有导出文件", "no file exported for {days} days";
    SHARE: "分享", "Share";
    SHARE_FILE: "导出方案文件", "Export scenario file";
    SHARE_PLACE: "存到磁盘上的文件", "Save to a file on disk";
    SHARE_REVIEW: "导出评审包", "Export review pack";
    SHARE_REVIEW_HINT: "对方打开即见对比，可逐格留言、改数；返回的文件在“对比”中合并", "opens straight into the comparison, with remarks by cell; merge what comes back under Compare";
    SHARE_LINK: "复制分享链接", "Copy share link";
    PLACE_GONE: "磁盘上原来的文件不在了，已改为下载 {name}；下次保存会再问放在哪里", "the file on disk is not there any more: {name} was downloaded instead; the next save asks for a place";
    PLACE_REFUSED: "浏览器没有许可写磁盘上那个文件，已改为下载 {name}", "the browser may not write to the file on disk: {name} was downloaded instead";
    DOOR_PLACE: "打开并在原处保存…", "Open and save in place…";
}

/// Of what a file has more than it may.
pub fn too_many(what: Many, most: usize, lang: Lang) -> String {
    let message = match what {
        Many::Scenarios => OPEN_SCENARIOS,
        Many::Steps => OPEN_STEPS,
        Many::Remarks => OPEN_REMARKS,
        Many::Unknown => OPEN_UNKNOWN,
    };
    let most = number::grouped(i64::try_from(most).unwrap_or(i64::MAX));
    message.with(lang, &[("most", &most)])
}

/// The step of a file that does not fit, and why.
pub fn misfit(misfit: &Misfit, lang: Lang) -> String {
    let place = compare::place(&misfit.command, &misfit.state, lang);
    let why = conflict(&misfit.conflict, lang);
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("scenario", &misfit.scenario), ("step", &misfit.step), ("place", &place), ("why", &why)];
    OPEN_STEP.with(lang, &values)
}

/// Why a command does not fit what it finds.
pub fn conflict(conflict: &Conflict, lang: Lang) -> String {
    let none = |what: &dyn std::fmt::Display| NOT_THERE.with(lang, &[("what", what)]);
    match conflict {
        Conflict::NoHolding(at) => none(at),
        Conflict::NoUnit(code) => none(code),
        Conflict::NoKind(kind) => none(&kind.as_str()),
        Conflict::NoParameter(id) => none(id),
        Conflict::Changed { expected, found, .. } if expected != found => {
            compare::EXPECTED_FOUND.with(lang, &[("expected", expected), ("found", found)])
        }
        Conflict::Changed { .. } => compare::CHANGED_MEANWHILE.get(lang).to_owned(),
        Conflict::OutOfRange { value, least, greatest, .. } => shell::CONFLICT_RANGE
            .with(lang, &[("value", value), ("least", least), ("greatest", greatest)]),
        Conflict::Norm(error) => packs::error(error, lang),
        Conflict::TotalTooSmall { posts, .. } => norms::TOTAL_TOO_SMALL.with(lang, &[("n", posts)]),
    }
}

/// Whether a file's figures came out as it says, and what did not; then what is wrong with its norm
/// packs, if anything is.
pub fn verdict(opened: &Opened, lang: Lang) -> String {
    let same = opened.same_results && opened.same_base;
    let verdict = match same {
        true => shell::OPENED_SAME,
        false if opened.same_base && opened.differs.is_empty() => OPENED_WITHOUT,
        false => shell::OPENED_DIFFERS,
    };
    let mut text = verdict.get(lang).to_owned();
    if !opened.same_base {
        text = format!("{text} · {}", BASE_DIFFERS.get(lang));
    }
    if let Some((first, more)) = opened.differs.split_first() {
        text = format!("{text} · {}", differs(first, more.len(), lang));
    }
    if let Some(unsound) = unsound(&opened.unsound, lang) {
        text = format!("{text} · {unsound}");
    }
    text
}

/// The first norm pack of a file that has a fault, with place and cure, and how many more have one;
/// `None` where none has.
pub fn unsound(found: &[UnsoundPack], lang: Lang) -> Option<String> {
    let (first, more) = found.split_first()?;
    let why = packs::error(&first.error, lang);
    let title = first.title.get(lang);
    let said = UNSOUND.with(lang, &[("title", &title), ("why", &why)]);
    if more.is_empty() {
        return Some(said);
    }
    Some(UNSOUND_MORE.with(lang, &[("first", &said), ("n", &more.len())]))
}

/// The figure of a file's results that does not come out.
pub fn figure(what: Ours) -> Message {
    match what {
        Ours::Total => TOTAL,
        Ours::Units => UNITS,
        Ours::Pool => POOL,
        Ours::Unassigned => UNASSIGNED,
        Ours::MovedUp => MOVED_UP,
        Ours::MovedDown => MOVED_DOWN,
        Ours::Entitled => ENTITLED,
        Ours::Shortage => SHORTAGE,
        Ours::Code => CODE,
    }
}

/// What of a file's results did not come out as it says, and how many more did not.
fn differs(differs: &Differs, more: usize, lang: Lang) -> String {
    let what = figure(differs.what);
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("scenario", &differs.scenario),
        ("what", &what.get(lang)),
        ("file", &differs.file),
        ("found", &differs.found),
    ];
    let first = DIFFERS.with(lang, &values);
    if more == 0 {
        return first;
    }
    DIFFERS_MORE.with(lang, &[("first", &first), ("n", &more)])
}

/// What a file says of persons; `None` where it says nothing.
pub fn personal(personal: &Personal, lang: Lang) -> Option<String> {
    let count = |n: usize| number::count(u64::try_from(n).unwrap_or(u64::MAX));
    let values: [(&str, &dyn std::fmt::Display); 3] = [
        ("names", &count(personal.names)),
        ("ids", &count(personal.id_numbers)),
        ("phones", &count(personal.phones)),
    ];
    (!personal.is_empty()).then(|| PERSONAL.with(lang, &values))
}

/// Why a link does not open.
pub fn link_error(error: LinkError) -> Message {
    match error {
        LinkError::TooLong(_) => LINK_TOO_LONG,
        LinkError::Damaged => LINK_DAMAGED,
    }
}
