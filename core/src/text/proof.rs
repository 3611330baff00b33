//! The proof in words: what the panel 凭什么 says, and its copy as plain text.

use super::{Bilingual, Lang, Message, messages, names, number};
use crate::county::{AdditionalPosts, Fact, Part};
use crate::fraction::{Fraction, decimal};
use crate::norm::{
    Alternative, Clause, Condition, Confidence, Decision, Departure, Document, Exact, Line, Pack,
    Piece, Proof, Refusal, Shown, TableRow, Turn, VariantKind,
};
use crate::report::proof_sheet::{Came, ProofSheet};
use crate::scenario::{By, Grounds};

messages! {
    TITLE: "凭什么", "Why";
    ENTITLEMENT: "测算编制", "Entitlement";
    POSTS_UNIT: "名", "posts";
    UNVERIFIED: "待核实", "unverified";
    BY_HAND_HERE: "{parameter}：现行 {value}，手工改定，原标准为 {own}，所偏离的条文：{clause}", "{parameter}: {value} in force, set by hand; the norm's own is {own}, and the clause it departs from: {clause}";
    BY_DOCUMENT_HERE: "{parameter}：现行 {value}，按 {document} 改定，原标准为 {own}，所偏离的条文：{clause}", "{parameter}: {value} in force, set by {document}; the norm's own is {own}, and the clause it departs from: {clause}";
    HOLDS: "{condition}，成立", "{condition}: holds";
    FAILS: "{condition}，故不适用", "{condition}: does not apply";
    DECIDES: "由“{winner}”决定，比“{loser}”多 {by} 名", "decided by “{winner}”, {by} posts above “{loser}”";
    DECIDES_EQUAL: "“{winner}”与“{loser}”相同", "“{winner}” and “{loser}” are equal";
    WITHOUT_VALUE: "{formula} = —（{why}）", "{formula} = — ({why})";
    MARKED: "{clause}【{mark}】", "{clause} [{mark}]";
    NO_RULE: "本标准没有这个学段、这类区域的规则", "the norm has no rule for this stage at this locality";
    MISSING: "调查表没有“{what}”", "the survey does not give “{what}”";
    PACK_FROM: "取值日 {day} 不在标准施行期内（{from} 起）", "{day}, the day of measuring, is outside the norm's dates (in force from {from})";
    PACK_BETWEEN: "取值日 {day} 不在标准施行期内（{from} 至 {to}）", "{day}, the day of measuring, is outside the norm's dates (in force {from} to {to})";
    NOT_IN_FORCE: "“{what}”在取值日没有生效的数值", "“{what}” has no value in force on the day of measuring";
    NO_CHOICE: "标准没有为本校的“{what}”规定数值", "the norm has no figure for this school's “{what}”";
    BY_ZERO: "除数为零", "division by zero";
    OVERFLOW: "数值太大，无法精确计算", "figures too large to be exact";
    NOT_WHOLE: "“{what}”只能是整数", "“{what}” counts in whole numbers";
    BELOW_ZERO: "“{what}”不能小于零", "“{what}” cannot be below zero";
    DECLARED: "标准规定不予测算：{why}", "the norm declines: {why}";
    NO_POSTS: "结果 {value} 不是编制数", "the result {value} is no number of posts";
    INPUT: "{label}：{value}", "{label}: {value}";
    RESULT: "结果：{whole} 名", "Result: {whole} posts";
    RESULT_VALUE: "结果：{value} {unit}", "Result: {value} {unit}";
    CAME: "{label}：{value}（{from}）", "{label}: {value} ({from})";
    FROM_ROW_SHORT: "第 {row} 行", "row {row}";
    CORRECTED_SHORT: "手工，原 {before}", "by hand; was {before}";
    CORRECTED_BLANK_SHORT: "手工填写", "by hand";
    FROM_SURVEY: "调查表", "survey";
    FROM_ROW: "调查表第 {row} 行", "row {row} of the survey";
    CORRECTED: "手工改定，{from}为 {before}", "corrected by hand; {from}: {before}";
    CORRECTED_BLANK: "手工填写，{from}未填", "entered by hand; blank in the {from}";
    WITH_POINTS: "含教学点", "with its teaching points";
    UNCLEAR: "条文有未尽之处：{unclear}", "The text leaves something open: {unclear}";
    READING: "条文有不同读法，这里按：{reading}", "The clause can be read in more than one way; here: {reading}";
    OTHER_READING: "另一读法（{reading}）：{value}", "Another reading ({reading}): {value}";
    OTHER_LEAST: "下限（{reading}）：{value}", "Lower end ({reading}): {value}";
    OTHER_GREATEST: "上限（{reading}）：{value}", "Upper end ({reading}): {value}";
    ROW: "{table}：第 {number} 行（{band}），{quantity} {at}", "{table}: row {number} ({band}), {quantity} {at}";
    NO_RESULT: "不予测算：{why}", "No entitlement: {why}";
    SOURCES: "依据文件", "Sources";
    NUMBERLESS: "无文号", "no document number";
    SEEN: "见于 {seen}", "seen at {seen}";
    CONFIDENCE_VERIFIED: "已核实", "verified";
    CONFIDENCE_MIRROR: "转载文本，待核实", "read on a copy, unverified";
    CONFIDENCE_MEMORY: "凭记忆，待核实", "from memory, unverified";
    CONFIDENCE_LOCAL: "本地设定，待核实", "set locally, unverified";
    OPEN_NORM: "打开标准：{parameter}", "Open the norm: {parameter}";
    CODE: "代码 {code}", "code {code}";
    AS_OF: "截止", "As of";
    NOT_COVERED: "不是学校，不按学校标准测算。", "Not a school: no school norm covers it.";
    MORE: "再增", "With";
    FEWER: "减少", "With";
    MORE_CLASSES: "{n} 个班", "classes +{n}";
    FEWER_CLASSES: "{n} 个班", "classes −{n}";
    MORE_STUDENTS: "学生 {n} 人", "students +{n}";
    FEWER_STUDENTS: "学生 {n} 人", "students −{n}";
    MORE_BOARDERS: "寄宿生 {n} 人", "boarders +{n}";
    FEWER_BOARDERS: "寄宿生 {n} 人", "boarders −{n}";
    MORE_IN_POST: "实有 {n} 人", "in post +{n}";
    FEWER_IN_POST: "实有 {n} 人", "in post −{n}";
    THEN_POSTS: "→ {n} 名", "→ {n}";
    SURVEYED: "现核定", "Surveyed";
    AUTHORISED: "方案核定", "Scenario";
    IN_POST: "实有", "In post";
    MARGIN: "余缺", "Margin";
    ADDITIONAL: "附加编制", "Added posts";
    ADDITIONAL_LINE: "{reason} {posts} 名", "{reason}: {posts} posts";
    ADDITIONAL_UNTIL: "{line}，至 {day}", "{line}, until {day}";
    ADDITIONAL_EXPIRED: "{line}，{day} 已到期，不计入", "{line}, expired on {day}, not counted";
    ADDITIONAL_DOCUMENT: "{line}（{document}）", "{line} ({document})";
    ADDITIONAL_UNDOCUMENTED: "{line}【待核实：未填文号】", "{line} [unverified: no document number]";
    ADDITIONAL_ADD: "添加", "Add";
    ADDITIONAL_REMOVE: "删除", "Remove";
    ADDITIONAL_LAST: "有效至", "Until";
    HOW: "逐步算式", "Step by step";
    ADDITIONAL_RESULT: "加附加编制后：{whole} 名", "With added posts: {whole} posts";
    WHO: "核定数由谁定", "Who set the posts";
    BY_SURVEY: "与调查表相同，本方案未改动。", "As surveyed: this scenario left them alone.";
    BY_HAND: "手工改定：{old} → {new}", "Set by hand: {old} → {new}";
    REASON: "理由", "Reason";
    REASON_HINT: "为什么这样定", "Why they are set so";
    DOCUMENT: "文号", "Document number";
    DOCUMENT_HINT: "批准文件的文号", "Number of the document that approves it";
    BY_PROPOSAL_UP: "采用调剂，按“{rule}”规则由 {old} 增至 {new}。", "By a proposal under “{rule}”: raised from {old} to {new}.";
    BY_PROPOSAL_DOWN: "采用调剂，按“{rule}”规则由 {old} 减至 {new}。", "By a proposal under “{rule}”: lowered from {old} to {new}.";
    GAINED_KEY: "得到的最后一名，优先数 {key}", "The last post gained ranks {key}";
    GAINED_AGAINST: "{gained}；没有给出的，最大优先数 {against}。", "{gained}; the best post not given ranks {against}.";
    LOST_KEY: "让出的编制，最大优先数 {key}", "The best post given up ranks {key}";
    LOST_AGAINST: "{lost}；各校留下的，最小优先数 {against}。", "{lost}; the least post kept ranks {against}.";
    FULL_STOP: "{said}。", "{said}.";
    STOPPED_BY: "再多就碰到界限：{bound}。", "A limit stops it there: {bound}.";
    APPROXIMATELY: "{exact}（≈ {decimal}）", "{exact} (≈ {decimal})";
}

/// Whose figure it is: the unit, and its stage at a school.
pub fn whose(sheet: &ProofSheet, lang: Lang) -> String {
    match &sheet.id.part {
        Part::Stage(stage) => format!("{} · {}", sheet.unit, names::stage(*stage).get(lang)),
        Part::Kind(_) => sheet.unit.clone(),
    }
}

/// Where the unit stands: township, locality, code.
pub fn place(sheet: &ProofSheet, lang: Lang) -> String {
    let mut parts = Vec::new();
    if !sheet.township.is_empty() {
        parts.push(sheet.township.clone());
    }
    parts.extend(sheet.locality.map(|locality| names::locality(locality).get(lang).to_owned()));
    parts.push(CODE.with(lang, &[("code", &sheet.id.unit)]));
    parts.join(" · ")
}

/// A turn as the panel shows it: which way, what changes, the posts then.
pub fn turn(turn: &Turn, lang: Lang) -> (&'static str, String, String) {
    let more = turn.change > 0;
    let what = match (turn.fact, more) {
        (Fact::Classes, true) => MORE_CLASSES,
        (Fact::Classes, false) => FEWER_CLASSES,
        (Fact::Students, true) => MORE_STUDENTS,
        (Fact::Students, false) => FEWER_STUDENTS,
        (Fact::Boarders, true) => MORE_BOARDERS,
        (Fact::Boarders, false) => FEWER_BOARDERS,
        (Fact::InPost, true) => MORE_IN_POST,
        (Fact::InPost, false) => FEWER_IN_POST,
    };
    let way = if more { MORE } else { FEWER };
    (
        way.get(lang),
        what.with(lang, &[("n", &turn.change.abs())]),
        THEN_POSTS.with(lang, &[("n", &turn.whole)]),
    )
}

/// Posts added for a stated reason, one line each; expired ones say so.
pub fn additional(added: &AdditionalPosts, expired: bool, lang: Lang) -> String {
    let reason = names::additional(added.reason).get(lang);
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("reason", &reason), ("posts", &added.posts)];
    let mut line = ADDITIONAL_LINE.with(lang, &values);
    line = if added.document.is_empty() {
        ADDITIONAL_UNDOCUMENTED.with(lang, &[("line", &line)])
    } else {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("line", &line), ("document", &added.document)];
        ADDITIONAL_DOCUMENT.with(lang, &values)
    };
    let Some(until) = added.until else { return line };
    let message = if expired { ADDITIONAL_EXPIRED } else { ADDITIONAL_UNTIL };
    message.with(lang, &[("line", &line), ("day", &until)])
}

/// Who set the posts, in one or more sentences.
pub fn by(sheet: &ProofSheet, lang: Lang) -> Vec<String> {
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("old", &sheet.surveyed), ("new", &sheet.authorised)];
    match &sheet.by {
        None => vec![BY_SURVEY.get(lang).to_owned()],
        Some(By::Hand { .. }) => vec![BY_HAND.with(lang, &values)],
        Some(By::Proposal(grounds)) => grounds_of(grounds, sheet, lang),
    }
}

fn grounds_of(grounds: &Grounds, sheet: &ProofSheet, lang: Lang) -> Vec<String> {
    let up = sheet.authorised > sheet.surveyed;
    let rule = names::rule(grounds.rule).get(lang);
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("rule", &rule), ("old", &sheet.surveyed), ("new", &sheet.authorised)];
    let head = if up { BY_PROPOSAL_UP } else { BY_PROPOSAL_DOWN };
    let mut out = vec![head.with(lang, &values)];
    if let Some(key) = &grounds.key {
        let key = roughly(&key.0, lang);
        let said = if up { GAINED_KEY } else { LOST_KEY }.with(lang, &[("key", &key)]);
        out.push(match &grounds.against {
            Some(against) => {
                let against = roughly(&against.0, lang);
                let (message, place) =
                    if up { (GAINED_AGAINST, "gained") } else { (LOST_AGAINST, "lost") };
                message.with(lang, &[(place, &said), ("against", &against)])
            }
            None => FULL_STOP.with(lang, &[("said", &said)]),
        });
    }
    if let Some(bound) = grounds.bound {
        let bound = names::bound(bound).get(lang);
        out.push(STOPPED_BY.with(lang, &[("bound", &bound)]));
    }
    out
}

/// An exact figure, with a decimal beside it where it is no whole number.
fn roughly(value: &Fraction, lang: Lang) -> String {
    let exact = number::mixed(value);
    if *value.denom() == 1 {
        return exact;
    }
    APPROXIMATELY.with(lang, &[("exact", &exact), ("decimal", &decimal(value, 2))])
}

/// How far a document or figure can be relied on.
pub fn confidence(confidence: Confidence) -> Message {
    match confidence {
        Confidence::Verified => CONFIDENCE_VERIFIED,
        Confidence::Mirror => CONFIDENCE_MIRROR,
        Confidence::Memory => CONFIDENCE_MEMORY,
        Confidence::LocalAssumption => CONFIDENCE_LOCAL,
    }
}

/// A document with its number, issuer and where it was seen.
pub fn document(document: &Document, lang: Lang) -> String {
    let number = if document.number.is_empty() { NUMBERLESS.get(lang) } else { &document.number };
    let mut parts = vec![document.title.get(lang).to_owned(), number.to_owned()];
    let issuer = document.issuer.get(lang);
    if !issuer.is_empty() {
        parts.push(issuer.to_owned());
    }
    if !document.seen.is_empty() {
        parts.push(SEEN.with(lang, &[("seen", &document.seen)]));
    }
    parts.push(confidence(document.confidence).get(lang).to_owned());
    parts.join(" · ")
}

/// Everything the panel shows, as plain text.
pub fn sheet(sheet: &ProofSheet, pack: &Pack, lang: Lang) -> String {
    let head = format!("{}\n{}\n", whose(sheet, lang), place(sheet, lang));
    let mut out = match &sheet.proof {
        Some(proof) => plain(proof, &sheet.origins, pack, head.trim_end(), lang),
        None => format!("{} · {head}{}\n", TITLE.get(lang), NOT_COVERED.get(lang)),
    };
    for (added, expired) in &sheet.additional {
        out.push_str(&format!("{} · ", ADDITIONAL.get(lang)));
        out.push_str(&additional(added, *expired, lang));
        out.push('\n');
    }
    if let (Some(whole), true) = (sheet.entitled, !sheet.additional.is_empty()) {
        out.push_str(&ADDITIONAL_RESULT.with(lang, &[("whole", &whole)]));
        out.push('\n');
    }
    for each in &sheet.turns {
        let (way, what, then) = turn(each, lang);
        out.push_str(&format!("{way} {what} {then}\n"));
    }
    let posts =
        [(SURVEYED, sheet.surveyed), (AUTHORISED, sheet.authorised), (IN_POST, sheet.in_post)];
    let mut line: Vec<String> = posts
        .map(|(label, posts)| INPUT.with(lang, &[("label", &label.get(lang)), ("value", &posts)]))
        .into();
    if let Some(margin) = sheet.margin {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("label", &MARGIN.get(lang)), ("value", &number::margin(margin))];
        line.push(INPUT.with(lang, &values));
    }
    out.push_str(&line.join("  "));
    out.push('\n');
    for sentence in by(sheet, lang) {
        out.push_str(&sentence);
        out.push('\n');
    }
    if let Some(By::Hand { reason, document, .. }) = &sheet.by {
        for (label, value) in [(REASON, reason), (DOCUMENT, document)] {
            if !value.is_empty() {
                out.push_str(&INPUT.with(lang, &[("label", &label.get(lang)), ("value", value)]));
                out.push('\n');
            }
        }
    }
    if !sheet.documents.is_empty() {
        out.push_str(&format!("{}\n", SOURCES.get(lang)));
    }
    for each in &sheet.documents {
        out.push_str(&format!("   {}\n", document(each, lang)));
    }
    out
}

/// Why there is no value.
pub fn refusal(refusal: &Refusal, lang: Lang) -> String {
    match refusal {
        Refusal::NoRule => NO_RULE.get(lang).to_owned(),
        Refusal::Missing(what) => MISSING.with(lang, &[("what", &what.get(lang))]),
        Refusal::PackNotInForce { day, from, to: None } => {
            PACK_FROM.with(lang, &[("from", from), ("day", day)])
        }
        Refusal::PackNotInForce { day, from, to: Some(to) } => {
            PACK_BETWEEN.with(lang, &[("from", from), ("to", to), ("day", day)])
        }
        Refusal::NotInForce(what) => NOT_IN_FORCE.with(lang, &[("what", &what.get(lang))]),
        Refusal::NoChoice(what) => NO_CHOICE.with(lang, &[("what", &what.get(lang))]),
        Refusal::ByZero => BY_ZERO.get(lang).to_owned(),
        Refusal::Overflow => OVERFLOW.get(lang).to_owned(),
        Refusal::NotWhole(what) => NOT_WHOLE.with(lang, &[("what", &what.get(lang))]),
        Refusal::BelowZero(what) => BELOW_ZERO.with(lang, &[("what", &what.get(lang))]),
        Refusal::Declared(why) => DECLARED.with(lang, &[("why", &why.get(lang))]),
        Refusal::NoPosts(value) => NO_POSTS.with(lang, &[("value", &number::mixed(value))]),
    }
}

/// An input's value.
pub fn shown(value: &Shown) -> String {
    let one = |value: &Option<Fraction>| value.as_ref().map_or("—".to_owned(), number::mixed);
    match value {
        Shown::Number(value) => number::mixed(value),
        Shown::List(items) => items.iter().map(one).collect::<Vec<_>>().join(", "),
        Shown::Missing => "—".to_owned(),
    }
}

/// A formula with figures as one line of text.
pub fn pieces(pieces: &[Piece], lang: Lang) -> String {
    let shown = pieces.iter().map(|piece| match piece {
        Piece::Number(value) => number::mixed(value),
        Piece::Sign(sign) => (*sign).to_owned(),
        Piece::Word(word) => word.get(lang).to_owned(),
        Piece::Unknown => "—".to_owned(),
    });
    shown.collect()
}

/// A condition and whether it held.
pub fn condition(condition: &Condition, lang: Lang) -> String {
    let message: Message = if condition.holds { HOLDS } else { FAILS };
    message.with(lang, &[("condition", &pieces(&condition.pieces, lang))])
}

/// Which basis decided.
pub fn decision(decision: &Decision, lang: Lang) -> String {
    let message = if *decision.by.numer() == 0 { DECIDES_EQUAL } else { DECIDES };
    let (winner, loser) = (decision.winner.get(lang), decision.loser.get(lang));
    let by = number::mixed(&decision.by);
    message.with(lang, &[("winner", &winner), ("loser", &loser), ("by", &by)])
}

/// What a clause says, with its document's number or title.
pub fn clause(clause: &Clause, pack: &Pack, lang: Lang) -> String {
    let document = pack.document(&clause.document).map(|document| {
        if document.number.is_empty() { document.title.get(lang) } else { document.number.as_str() }
    });
    match document {
        Some(document) => format!("{document} · {}", clause.text.get(lang)),
        None => clause.text.get(lang).to_owned(),
    }
}

/// What stands in place of a changed parameter's clause: the figure in force, who set it, the norm's
/// own figure, and the clause that it departs from.
pub fn departure(
    parameter: &Bilingual,
    value: Exact,
    departs: &Departure,
    pack: &Pack,
    lang: Lang,
) -> String {
    let by_hand = departs.document.is_empty();
    let message = if by_hand { BY_HAND_HERE } else { BY_DOCUMENT_HERE };
    let values: [(&str, &dyn std::fmt::Display); 5] = [
        ("parameter", &parameter.get(lang)),
        ("value", &value),
        ("document", &departs.document),
        ("own", &departs.value),
        ("clause", &clause(&departs.clause, pack, lang)),
    ];
    message.with(lang, &values)
}

/// The mark of a figure that rests on no verified source; empty for one that does.
pub fn mark(confidence: Confidence, lang: Lang) -> &'static str {
    if confidence.needs_checking() { UNVERIFIED.get(lang) } else { "" }
}

/// The formula of a line, its result and its rounding, as one line of text.
pub fn formula(line: &Line, lang: Lang) -> String {
    let left = pieces(&line.pieces, lang);
    let value = match &line.value {
        Ok(value) => value,
        Err(why) => {
            let why = refusal(why, lang);
            return WITHOUT_VALUE.with(lang, &[("formula", &left), ("why", &why)]);
        }
    };
    match &line.before_rounding {
        Some(exact) if line.pieces.len() > 1 => {
            format!("{left} = {} → {}", number::mixed(exact), number::mixed(value))
        }
        Some(exact) => format!("{} → {}", number::mixed(exact), number::mixed(value)),
        None if line.pieces.len() > 1 => format!("{left} = {}", number::mixed(value)),
        None => number::mixed(value),
    }
}

/// Where an input's figure comes from.
pub fn came(origin: &Came, lang: Lang) -> String {
    let survey = |row: Option<u32>| match row {
        Some(row) => FROM_ROW.with(lang, &[("row", &row)]),
        None => FROM_SURVEY.get(lang).to_owned(),
    };
    match origin {
        Came::Survey(row) => survey(*row),
        Came::Corrected { surveyed: Some(before), row } => {
            CORRECTED.with(lang, &[("from", &survey(*row)), ("before", before)])
        }
        Came::Corrected { surveyed: None, row } => {
            CORRECTED_BLANK.with(lang, &[("from", &survey(*row))])
        }
        Came::WithPoints => WITH_POINTS.get(lang).to_owned(),
    }
}

/// The same in a few words, to stand below the figure.
pub fn came_short(origin: &Came, lang: Lang) -> String {
    match origin {
        Came::Survey(Some(row)) => FROM_ROW_SHORT.with(lang, &[("row", row)]),
        Came::Survey(None) => FROM_SURVEY.get(lang).to_owned(),
        Came::Corrected { surveyed: Some(before), .. } => {
            CORRECTED_SHORT.with(lang, &[("before", before)])
        }
        Came::Corrected { surveyed: None, .. } => CORRECTED_BLANK_SHORT.get(lang).to_owned(),
        Came::WithPoints => WITH_POINTS.get(lang).to_owned(),
    }
}

/// What the text leaves open, which reading this is, and what the others give: a sentence each.
pub fn readings(proof: &Proof, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    if !proof.unclear.is_empty() {
        out.push(UNCLEAR.with(lang, &[("unclear", &proof.unclear.get(lang))]));
    }
    if let Some(reading) = &proof.reading {
        out.push(READING.with(lang, &[("reading", &reading.get(lang))]));
    }
    out.extend(proof.alternatives.iter().map(|each| alternative(each, lang)));
    out
}

/// The whole proof as plain text, headed by whose figure it is. `origins` stand beside its inputs.
pub fn plain(
    proof: &Proof,
    origins: &[Option<Came>],
    pack: &Pack,
    whose: &str,
    lang: Lang,
) -> String {
    let mut out = format!("{} · {whose}\n", TITLE.get(lang));
    for (at, given) in proof.inputs.iter().enumerate() {
        let value = shown(&given.value);
        let label = given.label.get(lang);
        out.push_str(&match origins.get(at).and_then(Option::as_ref) {
            Some(origin) => {
                let from = came(origin, lang);
                CAME.with(lang, &[("label", &label), ("value", &value), ("from", &from)])
            }
            None => INPUT.with(lang, &[("label", &label), ("value", &value)]),
        });
        out.push('\n');
    }
    for (at, line) in proof.lines.iter().enumerate() {
        out.push_str(&format!("{}. {}\n   {}", at + 1, line.label.get(lang), formula(line, lang)));
        if let Ok(value) = &line.value
            && line.before_rounding.is_none()
            && *value.denom() != 1
        {
            out.push_str(&format!(" ≈ {}", decimal(value, 2)));
        }
        out.push('\n');
        for each in &line.conditions {
            out.push_str(&format!("   {}\n", condition(each, lang)));
        }
        for each in &line.rows {
            out.push_str(&format!("   {}\n", row(each, lang)));
        }
        if let Some(each) = &line.decision {
            out.push_str(&format!("   {}\n", decision(each, lang)));
        }
        let mut said_before = Vec::new();
        let departures = line.departures().map(|(cite, departs)| {
            let said = departure(&cite.label, Exact(cite.value), departs, pack, lang);
            (cite.clause.confidence, said)
        });
        let grounds = line.grounds().filter(|(clause, _)| !clause.text.get(lang).is_empty());
        let grounds = grounds.map(|(each, _)| (each.confidence, clause(each, pack, lang)));
        for (confidence, said) in departures.chain(grounds) {
            let said = match mark(confidence, lang) {
                "" => said,
                mark => MARKED.with(lang, &[("clause", &said), ("mark", &mark)]),
            };
            if !said_before.contains(&said) {
                out.push_str(&format!("   {said}\n"));
                said_before.push(said);
            }
        }
    }
    out.push_str(&match (&proof.result, &proof.value) {
        (Ok(posts), _) if proof.unit.is_empty() => RESULT.with(lang, &[("whole", &posts.whole)]),
        (_, Ok(value)) if !proof.unit.is_empty() => {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("value", &number::mixed_wide(value)), ("unit", &proof.unit.get(lang))];
            RESULT_VALUE.with(lang, &values)
        }
        (Err(why), _) | (_, Err(why)) => NO_RESULT.with(lang, &[("why", &refusal(why, lang))]),
        (Ok(_), Ok(_)) => String::new(),
    });
    out.push('\n');
    for each in readings(proof, lang) {
        out.push_str(&format!("   {each}\n"));
    }
    out
}

/// The row of a table that was read.
pub fn row(row: &TableRow, lang: Lang) -> String {
    ROW.with(
        lang,
        &[
            ("table", &row.table.get(lang)),
            ("number", &row.number),
            ("band", &row.band),
            ("quantity", &row.quantity.get(lang)),
            ("at", &number::mixed(&row.at)),
        ],
    )
}

/// What another reading, or the other end of a range, gives.
pub fn alternative(other: &Alternative, lang: Lang) -> String {
    let message = match other.kind {
        VariantKind::Reading => OTHER_READING,
        VariantKind::Least => OTHER_LEAST,
        VariantKind::Greatest => OTHER_GREATEST,
    };
    let value = match &other.value {
        Ok(value) => number::mixed_wide(value),
        Err(why) => refusal(why, lang),
    };
    message.with(lang, &[("reading", &other.label.get(lang)), ("value", &value)])
}
