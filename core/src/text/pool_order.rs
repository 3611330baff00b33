//! In which order a pool serves and within which limits (档次、得分、同分、限额、期限), in words: what its
//! data say beside its rules.

use super::{Lang, Message, messages};
use crate::pool::preset::Preset;
use crate::pool::{Field, List, Never, Pool, Reach, Term, Tie};

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

    ANY: "任何一种", "of any sort";
    TERM: "{sort}：借用 {years} 年", "{sort}: lent for {years} years";
    PART_MODEL: "核算模型", "how posts are counted";
    PART_TERM: "期限", "terms";
    PART_FILL: "限用期", "months to fill";
    PART_DEPARTURES: "预计减员", "expected departures";
    PART_RULES: "资格", "eligibility";
    PART_TIERS: "优先档", "priority tiers";
    PART_CRITERIA: "评分项", "criteria of the score";
    PART_TIES: "同分先后", "ties";
    PART_CAPS: "类别限额", "limits of categories";
    IN_FORCE: "现用：{title}", "in force: {title}";
    IN_FORCE_CHANGED: "现用：{title}，已改动：{parts}", "in force: {title}, changed: {parts}";
    REACH: "本批 {n} 件 {posts} 名", "applications: {n}, posts: {posts}";
    REACH_OWN: "本批 {n} 件 {posts} 名，另 {own} 件自填档次", "applications: {n}, posts: {posts}; with a tier of their own: {own}";
    COVERED: "前面各档已全部包含，轮不到这一档", "never reached: the tiers before it hold all of it";
    NOBODY: "全县 {units} 个单位没有一个属于这一类", "none of the {units} units is of this category";
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

/// The sort of purpose of a name in either language, as files write it; one that is not known is its
/// own name.
pub fn sort_of(name: &str) -> &str {
    let named = |one: &&str| [Lang::Zh, Lang::En].iter().any(|lang| sort(one, *lang) == name);
    SORTS.into_iter().find(named).unwrap_or(name)
}

/// What applications are sorted by.
pub fn field(field: Field) -> Message {
    match field {
        Field::Sort => BY_SORT,
        Field::Talent => BY_TALENT,
        Field::Category => BY_CATEGORY,
        Field::Township => BY_TOWNSHIP,
        Field::Unit => BY_UNIT,
    }
}

/// What decides between equal scores.
pub fn tie(tie: Tie) -> Message {
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

/// The list as people call it.
pub fn list(list: List) -> Message {
    match list {
        List::Tiers => PART_TIERS,
        List::Criteria => PART_CRITERIA,
        List::Ties => PART_TIES,
        List::Caps => PART_CAPS,
    }
}

/// How far a tier or a limit reaches.
pub fn reach(reach: Reach, lang: Lang) -> String {
    let Reach { applications, asked, own, never } = reach;
    let message = match never {
        Some(Never::Covered) => COVERED,
        Some(Never::Nobody { .. }) => NOBODY,
        None if own > 0 => REACH_OWN,
        None => REACH,
    };
    let units = match never {
        Some(Never::Nobody { units }) => units,
        _ => 0,
    };
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("n", &applications), ("posts", &asked), ("own", &own), ("units", &units)];
    message.with(lang, &values)
}

/// The scheme whose rules are in force, and what was changed in it since.
pub fn in_force(preset: &Preset, pool: &Pool, lang: Lang) -> String {
    let title = preset.title.get(lang);
    let parts: Vec<&str> = preset.changed(pool).iter().map(|part| part.get(lang)).collect();
    let message = if parts.is_empty() { IN_FORCE } else { IN_FORCE_CHANGED };
    message.with(lang, &[("title", &title), ("parts", &parts.join(AND.get(lang)))])
}

/// Each term of a purpose and the months to fill: one line each, and none for what the pool does not
/// have.
pub fn lines(pool: &Pool, lang: Lang) -> Vec<String> {
    let term =
        |term: &Term| TERM.with(lang, &[("sort", &sort(&term.sort, lang)), ("years", &term.years)]);
    let fill = |months| FILL.with(lang, &[("months", &months)]);
    pool.terms.iter().map(term).chain(pool.fill_months.map(fill)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::KindId;
    use crate::pool::preset::{presets, way_of};
    use crate::pool::{Model, Way};
    use crate::sample;

    fn general() -> Pool {
        sample::county().unwrap().workspace.base().pool(KindId::general()).unwrap().clone()
    }

    #[test]
    fn terms_and_months_to_fill_are_said() {
        let mut pool = general();
        let put = |pool: &mut Pool, id: &str| {
            presets().into_iter().find(|preset| preset.id == id).unwrap().put(pool, Lang::Zh);
            lines(pool, Lang::Zh)
        };
        assert_eq!(put(&mut pool, "yunyan"), ["批准后 6 个月内用完"]);
        assert_eq!(put(&mut pool, "sample"), [""; 0]);
        assert_eq!(sort("own", Lang::Zh), "own");
        assert_eq!(sort_of("livelihood services"), "livelihood");
    }

    /// The account of 2015 stands outside the total: so does a pool that takes it over before anything has
    /// happened in it. One with loans is counted as before, and that is said.
    #[test]
    fn a_scheme_says_how_posts_are_counted() {
        let preset = presets().into_iter().find(|preset| preset.id == "shandong").unwrap();
        let mut lent = general();
        preset.put(&mut lent, Lang::Zh);
        assert_eq!((lent.model, preset.changed(&lent)), (Model::CutOff, vec![PART_MODEL]));
        let mut new = Pool { loans: Vec::new(), events: Vec::new(), ..general() };
        preset.put(&mut new, Lang::Zh);
        assert_eq!((new.model, preset.changed(&new)), (Model::Separate, vec![]));
        assert_eq!(way_of(&new), Way::NextVacancy);
        // A scheme that does not say leaves it.
        presets().into_iter().find(|preset| preset.id == "yunyan").unwrap().put(&mut new, Lang::Zh);
        assert_eq!((new.model, way_of(&new)), (Model::Separate, Way::PersonLeaves));
    }

    /// A clause that is entered changes nothing; a figure and a tier do, and undoing them undoes it.
    #[test]
    fn a_scheme_that_was_changed_says_what_was() {
        let mut pool = general();
        let preset = presets().into_iter().find(|preset| preset.id == "sample").unwrap();
        preset.put(&mut pool, Lang::Zh);
        let title = preset.title.get(Lang::Zh);
        assert_eq!(in_force(&preset, &pool, Lang::Zh), format!("现用：{title}"));
        let put = pool.clone();
        for rule in &mut pool.rules {
            rule.clause.zh.push_str("之一");
        }
        assert_eq!(preset.changed(&pool), []);
        for rule in &mut pool.rules {
            rule.set_figure(4);
        }
        pool.lower_line(List::Tiers, 0);
        // The file holds it all.
        let written = serde_json::to_string(&pool).unwrap();
        assert_eq!(serde_json::from_str::<Pool>(&written).unwrap(), pool);
        let said = in_force(&preset, &pool, Lang::Zh);
        assert_eq!(said, format!("现用：{title}，已改动：资格、优先档"));
        pool.lower_line(List::Tiers, 0);
        pool.rules.clone_from(&put.rules);
        assert_eq!(in_force(&preset, &pool, Lang::En), in_force(&preset, &put, Lang::En));
    }
}
