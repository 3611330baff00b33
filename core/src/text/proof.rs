//! The proof in words: what the panel 凭什么 says, and its copy as plain text.

use super::{Lang, Message, messages, number};
use crate::fraction::decimal;
use crate::norm::{Clause, Condition, Confidence, Decision, Line, Pack, Piece, Proof, Refusal};

messages! {
    TITLE: "凭什么", "Why";
    ENTITLEMENT: "测算编制", "Entitlement";
    POSTS_UNIT: "名", "posts";
    UNVERIFIED: "待核实", "unverified";
    HOLDS: "{condition}，成立", "{condition}: holds";
    FAILS: "{condition}，故不适用", "{condition}: does not apply";
    DECIDES: "由“{winner}”决定，比“{loser}”多 {by} 名", "decided by “{winner}”, {by} posts above “{loser}”";
    DECIDES_EQUAL: "“{winner}”与“{loser}”相同", "“{winner}” and “{loser}” are equal";
    ROUNDED: "{exact} → {whole}", "{exact} → {whole}";
    NO_RULE: "本标准没有这个学段的规则", "the norm has no rule for this stage";
    MISSING: "调查表没有“{what}”", "the survey does not give “{what}”";
    NOT_IN_FORCE: "“{what}”在基准日没有生效的数值", "“{what}” has no value in force on the survey date";
    NO_CHOICE: "标准没有为本校的“{what}”规定数值", "the norm has no figure for this school's “{what}”";
    BY_ZERO: "除数为零", "division by zero";
    OVERFLOW: "数值太大，无法精确计算", "figures too large to be exact";
    DECLARED: "标准规定不予测算：{why}", "the norm declines: {why}";
    NO_POSTS: "结果 {value} 不是编制数", "the result {value} is no number of posts";
    INPUT: "{label}：{value}", "{label}: {value}";
    RESULT: "结果：{whole} 名", "Result: {whole} posts";
    NO_RESULT: "不予测算：{why}", "No entitlement: {why}";
    SOURCES: "依据文件", "Sources";
}

/// Why there is no value.
pub fn refusal(refusal: &Refusal, lang: Lang) -> String {
    match refusal {
        Refusal::NoRule => NO_RULE.get(lang).to_owned(),
        Refusal::Missing(what) => MISSING.with(lang, &[("what", &what.get(lang))]),
        Refusal::NotInForce(what) => NOT_IN_FORCE.with(lang, &[("what", &what.get(lang))]),
        Refusal::NoChoice(what) => NO_CHOICE.with(lang, &[("what", &what.get(lang))]),
        Refusal::ByZero => BY_ZERO.get(lang).to_owned(),
        Refusal::Overflow => OVERFLOW.get(lang).to_owned(),
        Refusal::Declared(why) => DECLARED.with(lang, &[("why", why)]),
        Refusal::NoPosts(value) => NO_POSTS.with(lang, &[("value", &number::mixed(value))]),
    }
}

/// A formula with figures as one line of text.
pub fn pieces(pieces: &[Piece]) -> String {
    let shown = pieces.iter().map(|piece| match piece {
        Piece::Number(value) => number::mixed(value),
        Piece::Sign(sign) => (*sign).to_owned(),
        Piece::Word(word) => word.clone(),
        Piece::Unknown => "—".to_owned(),
    });
    shown.collect()
}

/// A condition and whether it held.
pub fn condition(condition: &Condition, lang: Lang) -> String {
    let message: Message = if condition.holds { HOLDS } else { FAILS };
    message.with(lang, &[("condition", &pieces(&condition.pieces))])
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

/// The mark of a figure that rests on no verified source; empty for one that does.
pub fn mark(confidence: Confidence, lang: Lang) -> &'static str {
    if confidence.needs_checking() { UNVERIFIED.get(lang) } else { "" }
}

/// The formula of a line, its result and its rounding, as one line of text.
pub fn formula(line: &Line, lang: Lang) -> String {
    let left = pieces(&line.pieces);
    let value = match &line.value {
        Ok(value) => value,
        Err(why) => return format!("{left} = —（{}）", refusal(why, lang)),
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

/// The whole proof as plain text, headed by whose figure it is.
pub fn plain(proof: &Proof, pack: &Pack, whose: &str, lang: Lang) -> String {
    let mut out = format!("{} · {whose}\n", TITLE.get(lang));
    for given in &proof.inputs {
        let value = match &given.value {
            crate::norm::Shown::Number(value) => number::mixed(value),
            crate::norm::Shown::Missing => "—".to_owned(),
        };
        let label = given.label.get(lang);
        out.push_str(&INPUT.with(lang, &[("label", &label), ("value", &value)]));
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
        if let Some(each) = &line.decision {
            out.push_str(&format!("   {}\n", decision(each, lang)));
        }
        let clauses = line.cites.iter().map(|cite| &cite.clause).chain([&line.clause]);
        for each in clauses.filter(|clause| !clause.text.get(lang).is_empty()) {
            let mark = mark(each.confidence, lang);
            let mark = if mark.is_empty() { String::new() } else { format!("【{mark}】") };
            out.push_str(&format!("   {}{mark}\n", clause(each, pack, lang)));
        }
    }
    out.push_str(&match &proof.result {
        Ok(posts) => RESULT.with(lang, &[("whole", &posts.whole)]),
        Err(why) => NO_RESULT.with(lang, &[("why", &refusal(why, lang))]),
    });
    out.push('\n');
    out
}
