//! Names of the steps of a history, for undo and redo: 撤销：枫溪小学 +2.

use super::{Lang, Message, messages, names, number};
use crate::county::{County, HoldingId, UnitCode};
use crate::pool::What;
use crate::pool::movement::{Moved, Sort};
use crate::scenario::{Command, Label, State, Step};

messages! {
    CELL: "{unit} {what} {old} → {new}", "{unit} {what} {old} → {new}";
    POSTS: "{unit} {change}", "{unit} {change}";
    POSTS_REASON: "{unit} 改定理由", "reason at {unit}";
    PASTE: "粘贴 {cells} 格", "paste {cells} cells";
    ADOPT: "采用调剂 {moved} 名", "adopt {moved} posts moved";
    RESET: "还原为基准", "back to base";
    PARAMETER: "{what} {old} → {new}", "{what} {old} → {new}";
    PARAMETER_SAME: "{what} {value}", "{what} {value}";
    PARAMETER_BY: "{change}，依据 {document}", "{change}, by {document}";
    PARAMETER_NO_LONGER: "{change}，不再依据 {document}", "{change}, no longer by {document}";
    PARAMETERS: "{first}等 {n} 项", "{first} and others, {n} in all";
    AND_THEN: "；", "; ";
    NORM: "换用标准：{norm}", "norm: {norm}";
    REVISED: "标准的数值或依据：{norm}", "Figures or clauses of the norm: {norm}";
    SETTING: "县设置", "county setting";
    LIMITS: "调剂界限", "reallocation limits";
    POOL: "周转池设置", "pool settings";
    APPLICATION: "{unit} 申请", "application of {unit}";
    APPROVE: "批准 {granted} 名", "approve {granted} posts";
    OVERRULE: "改定 {unit} 批准数", "overrule award to {unit}";
    ENTRY: "{unit} {what}", "{what}: {unit}";
    MOVEMENT: "{sort}：{ends} {posts} 名", "{sort}: {ends}, {posts} posts";
    MOVEMENT_OVER: "{said}，并入后超编 {over} 人", "{said}; over its posts since: {over}";
    MOVEMENT_ENDS: "{from} → {to}", "{from} → {to}";
    WITH_FUNCTION: "划转", "with a function";
    ADJUST: "调剂", "adjusted";
    FOUND: "新设", "founded";
    SWAP: "置换", "swapped";
    RECOVER: "收回", "recovered";
    MERGE_UNIT: "合并", "merged";
    CLOSE_UNIT: "撤销", "closed";
    FOUND_UNIT: "新设 {unit}", "found {unit}";
    ADD: "入池", "posts added";
    RENEW: "续借", "renewal";
    SCHEDULE: "归还计划", "return schedule";
    REHOME: "借用划转", "loan re-homed";
    RETURN: "归还", "return";
    LAPSE: "失效收回", "lapse";
    WITHDRAW: "出池", "posts withdrawn";
    FILL: "上编使用", "posts filled";
    CLOSED: "撤销", "closed";
    GRADES: "{unit} 分年级学生、班级", "{unit} roll by grade";
    STAFF: "{unit} 教职工构成", "{unit} staff";
    ADDITIONAL: "{unit} 附加编制", "{unit} added posts";
    DEPARTURES: "{unit} 预计减员", "{unit} expected departures";
    LEADERS: "{unit} 领导职数", "{unit} leaders";
    YARDSTICK: "校核标准 {what}", "yardstick: {what}";
    YARDSTICK_TABLE: "校核标准 {what}换表", "yardstick: another table of {what}";
    SQUEEZED: "较早的 {steps} 步", "{steps} earlier steps";
    MERGE: "合并：{with}", "merge with {with}";
    REBASE: "从“{from}”换基准", "moved from {from}";
    NAME: "名称", "name";
    TOWNSHIP: "乡镇", "township";
    LOCALITY: "区域", "locality";
    UNKNOWN: "—", "—";
}

/// What a step did, in a few words. `now` gives the names of its units and parameters.
pub fn describe(step: &Step, now: &State, lang: Lang) -> String {
    match &step.label {
        Label::Edit => match step.commands.first() {
            Some(command) => edit(command, now, lang),
            None => UNKNOWN.get(lang).to_owned(),
        },
        Label::Paste { cells } => PASTE.with(lang, &[("cells", cells)]),
        Label::Adopt { moved } => ADOPT.with(lang, &[("moved", moved)]),
        Label::Reset => RESET.get(lang).to_owned(),
        Label::Parameter | Label::Norm => match step.commands.first() {
            Some(Command::SetNorm { old, new }) if old.id == new.id => {
                REVISED.with(lang, &[("norm", &new.title.get(lang))])
            }
            Some(Command::SetNorm { new, .. }) => {
                NORM.with(lang, &[("norm", &new.title.get(lang))])
            }
            Some(command) => {
                let (first, n) = (edit(command, now, lang), step.commands.len());
                if n == 1 {
                    return first;
                }
                PARAMETERS.with(lang, &[("first", &first), ("n", &n)])
            }
            None => UNKNOWN.get(lang).to_owned(),
        },
        Label::Setting => SETTING.get(lang).to_owned(),
        Label::Limits => LIMITS.get(lang).to_owned(),
        Label::Pool => POOL.get(lang).to_owned(),
        Label::Application { unit } => APPLICATION.with(lang, &[("unit", unit)]),
        Label::Approve { granted } => APPROVE.with(lang, &[("granted", granted)]),
        Label::Entry { what, unit } => {
            ENTRY.with(lang, &[("what", &entry(*what).get(lang)), ("unit", unit)])
        }
        Label::Movement(moved) => movement(moved, lang),
        Label::Use => super::uses::step(step, now, lang),
        Label::Overrule { unit } => OVERRULE.with(lang, &[("unit", unit)]),
        Label::Squeezed { steps } => SQUEEZED.with(lang, &[("steps", steps)]),
        Label::Merge { with } => MERGE.with(lang, &[("with", with)]),
        Label::Rebase { from } => REBASE.with(lang, &[("from", from)]),
    }
}

/// A movement of posts in one line: 调剂：县档案馆 → 县医院 2 名.
pub fn movement(moved: &Moved, lang: Lang) -> String {
    let Moved { from, to, posts, over, .. } = moved;
    let ends = match (from.is_empty(), to.is_empty()) {
        (false, false) => MOVEMENT_ENDS.with(lang, &[("from", from), ("to", to)]),
        (false, true) => from.clone(),
        (true, _) => to.clone(),
    };
    let sort = sort(moved.sort).get(lang);
    let said = MOVEMENT.with(lang, &[("sort", &sort), ("ends", &ends), ("posts", posts)]);
    if *over == 0 { said } else { MOVEMENT_OVER.with(lang, &[("said", &said), ("over", over)]) }
}

/// The name of a sort of movement.
pub fn sort(sort: Sort) -> Message {
    match sort {
        Sort::WithFunction => WITH_FUNCTION,
        Sort::Adjust => ADJUST,
        Sort::Found => FOUND,
        Sort::Swap => SWAP,
        Sort::Recover => RECOVER,
        Sort::Merge => MERGE_UNIT,
        Sort::Close => CLOSE_UNIT,
    }
}

/// What an entry of the pool's book says, in a word.
pub fn entry(what: What) -> Message {
    match what {
        What::Add => ADD,
        What::Renew => RENEW,
        What::Schedule => SCHEDULE,
        What::Rehome => REHOME,
        What::Return => RETURN,
        What::Lapse => LAPSE,
        What::Withdraw => WITHDRAW,
        What::Fill => FILL,
    }
}

/// What one command does, in a few words.
pub fn edit(command: &Command, now: &State, lang: Lang) -> String {
    let county = &now.county;
    match command {
        Command::SetPosts { at, old, new } => {
            let change = i64::from(new.posts) - i64::from(old.posts);
            let unit = county.unit_name(&at.unit);
            if change == 0 {
                return POSTS_REASON.with(lang, &[("unit", &unit)]);
            }
            POSTS.with(lang, &[("unit", &unit), ("change", &number::signed(change))])
        }
        Command::SetFact { at, fact, old, new } => {
            let what = names::fact(*fact).get(lang);
            cell(at, what, &shown(*old), &shown(*new), county, lang)
        }
        Command::SetUnit { at, field, old, new } => {
            let what = match field {
                crate::scenario::UnitField::Name => NAME,
                crate::scenario::UnitField::Township => TOWNSHIP,
                crate::scenario::UnitField::Locality => LOCALITY,
                crate::scenario::UnitField::Closed => CLOSED,
            };
            let unit = county.unit_name(at);
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("unit", &unit), ("what", &what.get(lang)), ("old", old), ("new", new)];
            CELL.with(lang, &values)
        }
        Command::SetParameter { id, old, new, old_document, new_document } => {
            // Another norm may be in force by now; then the id has to do.
            let parameter = now.norm.pack().parameter(id);
            let what = parameter.map_or(id.as_str(), |parameter| parameter.label.get(lang));
            let (old, new) = (old.to_string(), new.to_string());
            figure_of_norm(what, [&old, &new], [old_document, new_document], lang)
        }
        Command::SetTableFigure { at, old, new, old_document, new_document } => {
            let name = now.norm.pack().table_figure_name(at);
            let what = name.map_or_else(|| at.to_string(), |name| name.get(lang).to_owned());
            figure_of_norm(&what, [old, new], [old_document, new_document], lang)
        }
        Command::SetGrades { at, .. } => of_unit(GRADES, &at.unit, county, lang),
        Command::SetStaff { at, .. } => of_unit(STAFF, &at.unit, county, lang),
        Command::SetAdditional { at, .. } => of_unit(ADDITIONAL, &at.unit, county, lang),
        Command::SetDepartures { at, .. } => of_unit(DEPARTURES, &at.unit, county, lang),
        Command::SetLeaders { at, .. } => of_unit(LEADERS, at, county, lang),
        Command::FoundUnit { new, .. } => FOUND_UNIT.with(lang, &[("unit", &new.unit.name)]),
        Command::SetPool { .. } => POOL.get(lang).to_owned(),
        Command::SetYardstick { at, .. } => {
            YARDSTICK.with(lang, &[("what", &super::yardstick::key(*at, lang))])
        }
        Command::SetYardstickTable { group, .. } => {
            YARDSTICK_TABLE.with(lang, &[("what", &super::yardstick::group(*group).get(lang))])
        }
        _ => SETTING.get(lang).to_owned(),
    }
}

/// Every figure of the norm that a step changed, where [`describe`] names one of several.
pub fn figures_of_norm(step: &Step, now: &State, lang: Lang) -> String {
    if step.label != Label::Parameter {
        return describe(step, now, lang);
    }
    let said: Vec<String> = step.commands.iter().map(|each| edit(each, now, lang)).collect();
    said.join(AND_THEN.get(lang))
}

/// A figure of the norm that changed, or that a document settles as it is, or no longer.
fn figure_of_norm(what: &str, figure: [&str; 2], document: [&str; 2], lang: Lang) -> String {
    let [old, new] = figure;
    let change = if old == new {
        PARAMETER_SAME.with(lang, &[("what", &what), ("value", &new)])
    } else {
        PARAMETER.with(lang, &[("what", &what), ("old", &old), ("new", &new)])
    };
    let (message, document) = match document {
        ["", ""] => return change,
        [document, ""] => (PARAMETER_NO_LONGER, document),
        [_, document] => (PARAMETER_BY, document),
    };
    message.with(lang, &[("change", &change), ("document", &document)])
}

fn of_unit(message: Message, code: &UnitCode, county: &County, lang: Lang) -> String {
    message.with(lang, &[("unit", &county.unit_name(code))])
}

fn cell(at: &HoldingId, what: &str, old: &str, new: &str, county: &County, lang: Lang) -> String {
    let unit = county.unit_name(&at.unit);
    CELL.with(lang, &[("unit", &unit), ("what", &what), ("old", &old), ("new", &new)])
}

fn shown(value: Option<u32>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| number::grouped(i64::from(value)))
}
