//! In which order a pool serves and within which limits (档次、得分、同分、限额、期限), in words: what its
//! data say beside its rules.

use super::{Lang, Message, messages};
use crate::pool::{Cap, Field, Pool, Tie, TierRule};

messages! {
    LIVELIHOOD: "民生保障", "livelihood services";
    TALENT: "高层次和紧缺人才", "high-level or scarce talent";
    EDUCATION: "教育高峰", "a peak in education";
    SECONDMENT: "选派企业", "secondment to firms";

    AND: "、", ", ";
    BY_SORT: "用途", "purpose";
    BY_TALENT: "人才层次", "grade of talent";
    BY_CATEGORY: "单位类别", "category of unit";
    BY_TOWNSHIP: "乡镇", "township";
    BY_UNIT: "单位", "unit";

    FEWER_ASKED: "申请少的在先", "who asks for fewer";
    MORE_ASKED: "申请多的在先", "who asks for more";
    EARLIER: "申请早的在先", "who applied earlier";
    MORE_DEPARTURES: "减员多的在先", "more expected departures";
    SHORTER: "缺编多的在先", "who is shorter of posts";

    TIER: "第 {tier} 档：{field}为{any}", "tier {tier}: {field} {any}";
    TIER_ALL: "第 {tier} 档：全部", "tier {tier}: all";
    CRITERIA: "得分：{list}", "score: {list}";
    CRITERION: "{name} ×{weight}", "{name} × {weight}";
    TIES: "同档同分：{list}，再按单位代码", "of one tier and score: {list}, then by unit code";
    CAP: "限额 {name}：{field}为{any}的每批至多 {posts} 名", "limit {name}: {field} {any}, at most {posts} in a batch";
    CAP_HELD: "限额 {name}：{field}为{any}的在借合计至多 {posts} 名", "limit {name}: {field} {any}, at most {posts} out at any time";
    ANY: "任何一种", "of any sort";
    TERM: "{sort}：借用 {years} 年", "{sort}: lent for {years} years";
    FILL: "批准后 {months} 个月内用完", "filled within {months} months of approval";
}

/// The sorts of purpose that are known by name, as files write them. A county may write others.
pub const SORTS: [&str; 4] = ["livelihood", "talent", "education", "secondment"];

/// The name of a sort of purpose; one that is not known is its own name.
pub fn sort(sort: &str, lang: Lang) -> String {
    match sort {
        "livelihood" => LIVELIHOOD,
        "talent" => TALENT,
        "education" => EDUCATION,
        "secondment" => SECONDMENT,
        own => return own.to_owned(),
    }
    .get(lang)
    .to_owned()
}

fn field(field: Field) -> Message {
    match field {
        Field::Sort => BY_SORT,
        Field::Talent => BY_TALENT,
        Field::Category => BY_CATEGORY,
        Field::Township => BY_TOWNSHIP,
        Field::Unit => BY_UNIT,
    }
}

fn tie(tie: Tie) -> Message {
    match tie {
        Tie::FewerAsked => FEWER_ASKED,
        Tie::MoreAsked => MORE_ASKED,
        Tie::Earlier => EARLIER,
        Tie::MoreDepartures => MORE_DEPARTURES,
        Tie::Shorter => SHORTER,
    }
}

/// What a rule, a tier or a limit holds, by name.
pub fn any(of: Field, any: &[String], lang: Lang) -> String {
    if any.is_empty() {
        return ANY.get(lang).to_owned();
    }
    let named = any.iter().map(|one| if of == Field::Sort { sort(one, lang) } else { one.clone() });
    named.collect::<Vec<_>>().join(AND.get(lang))
}

/// Each tier, the score, the ties, each limit and term: one line each, and none for what the pool does
/// not have.
pub fn lines(pool: &Pool, lang: Lang) -> Vec<String> {
    let list = |parts: Vec<String>| parts.join(AND.get(lang));
    let tier = |tier: &TierRule| {
        let any = any(tier.field, &tier.any, lang);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("tier", &tier.tier), ("field", &field(tier.field).get(lang)), ("any", &any)];
        if tier.any.is_empty() { TIER_ALL } else { TIER }.with(lang, &values)
    };
    let mut lines: Vec<String> = pool.tiers.iter().map(tier).collect();
    if !pool.criteria.is_empty() {
        let one = |criterion: &crate::pool::Criterion| {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("name", &criterion.name), ("weight", &criterion.weight)];
            CRITERION.with(lang, &values)
        };
        let parts = list(pool.criteria.iter().map(one).collect());
        lines.push(CRITERIA.with(lang, &[("list", &parts)]));
    }
    if !pool.ties.is_empty() {
        let parts = list(pool.ties.iter().map(|one| tie(*one).get(lang).to_owned()).collect());
        lines.push(TIES.with(lang, &[("list", &parts)]));
    }
    let cap = |cap: &Cap| {
        let any = any(cap.field, &cap.any, lang);
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("name", &cap.name),
            ("field", &field(cap.field).get(lang)),
            ("any", &any),
            ("posts", &cap.posts),
        ];
        if cap.in_rotation { CAP_HELD } else { CAP }.with(lang, &values)
    };
    lines.extend(pool.caps.iter().map(cap));
    lines.extend(
        pool.terms.iter().map(|term| {
            TERM.with(lang, &[("sort", &sort(&term.sort, lang)), ("years", &term.years)])
        }),
    );
    lines.extend(pool.fill_months.map(|months| FILL.with(lang, &[("months", &months)])));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::KindId;
    use crate::pool::preset::presets;
    use crate::sample;

    #[test]
    fn what_a_preset_puts_beside_its_rules_is_said() {
        let mut pool =
            sample::county().unwrap().workspace.base().pool(KindId::general()).unwrap().clone();
        let put = |pool: &mut Pool, id: &str| {
            presets().into_iter().find(|preset| preset.id == id).unwrap().put(pool);
            lines(pool, Lang::Zh)
        };
        assert_eq!(
            put(&mut pool, "secondment"),
            ["限额 选派企业：用途为选派企业的在借合计至多 10 名"]
        );
        assert_eq!(put(&mut pool, "yunyan"), ["批准后 6 个月内用完"]);
        assert_eq!(
            put(&mut pool, "sample"),
            ["第 1 档：用途为民生保障", "第 2 档：用途为高层次和紧缺人才"]
        );
        pool.ties = vec![Tie::Earlier, Tie::FewerAsked];
        assert_eq!(
            lines(&pool, Lang::En).last().map(String::as_str),
            Some(
                "of one tier and score: who applied earlier, who asks for fewer, then by unit code"
            )
        );
        assert_eq!(sort("own", Lang::Zh), "own");
    }
}
