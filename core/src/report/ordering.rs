//! What decides beside a pool's rules, as it is shown and typed: units by their names, sorts of purpose
//! in the language of the page. It changes nothing and judges nothing.

use crate::county::County;
use crate::pool::{Field, Line, List, Pool, standings};
use crate::text::{Lang, pool_order as words};

/// One line of a list, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The line.
    pub line: Line,
    /// What it holds, as [`values`] writes it; for a tie what decides.
    pub text: String,
    /// How far it reaches; empty for lists that hold no sorts.
    pub reach: String,
    /// No application could ever be held by it.
    pub never: bool,
}

/// Every list of a pool, in the order of [`List::ALL`].
pub fn shown(county: &County, pool: &Pool, lang: Lang) -> [Vec<Shown>; 4] {
    let known = standings(county, &pool.kind);
    let of = |list: List| {
        let one = |(at, line): (usize, Line)| {
            let reach = pool.reach(list, at, &known);
            let text = match list {
                List::Ties => words::tie(line.tie).get(lang).to_owned(),
                _ => values(county, &line, lang),
            };
            Shown {
                text,
                reach: reach.map(|reach| words::reach(reach, lang)).unwrap_or_default(),
                never: reach.is_some_and(|reach| reach.never.is_some()),
                line,
            }
        };
        pool.lines(list).into_iter().enumerate().map(one).collect()
    };
    List::ALL.map(of)
}

/// What a line holds, as a person writes it: sorts of purpose and units by name; empty where it holds
/// everything.
pub fn values(county: &County, line: &Line, lang: Lang) -> String {
    if line.any.is_empty() {
        return String::new();
    }
    if line.field != Field::Unit {
        return words::any(line.field, &line.any, lang);
    }
    let unit = |value: &String| county.units.iter().find(|unit| unit.code.as_str() == value);
    let named = line.any.iter().map(|value| unit(value).map_or(value.as_str(), |own| &own.name));
    named.collect::<Vec<_>>().join(words::AND.get(lang))
}

/// Reads what [`values`] writes, in either language and with any sort of comma. What is not known by
/// name stays as it is written.
pub fn values_of(county: &County, field: Field, typed: &str) -> Vec<String> {
    let mut any: Vec<String> = Vec::new();
    let parts = typed.split([',', '，', '、', ';', '；']).map(str::trim);
    for part in parts.filter(|part| !part.is_empty()) {
        let value = match field {
            Field::Sort => words::sort_of(part),
            Field::Unit => {
                let unit = county.units.iter().find(|unit| unit.name == part);
                unit.map_or(part, |unit| unit.code.as_str())
            }
            Field::Talent | Field::Category | Field::Township => part,
        };
        if !any.iter().any(|own| own == value) {
            any.push(value.to_owned());
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::KindId;
    use crate::sample;

    #[test]
    fn what_is_shown_reads_back_in_both_languages() {
        let county = sample::county().unwrap().workspace.base().clone();
        let of = |field, any: &[&str]| Line {
            field,
            any: any.iter().map(|one| (*one).to_owned()).collect(),
            ..Line::default()
        };
        for line in [
            of(Field::Sort, &["livelihood", "talent", "自定"]),
            of(Field::Unit, &["G01", "X99"]),
            of(Field::Category, &["医疗卫生"]),
            of(Field::Talent, &[]),
        ] {
            for lang in [Lang::Zh, Lang::En] {
                let text = values(&county, &line, lang);
                assert_eq!(values_of(&county, line.field, &text), line.any, "{text}");
            }
        }
        let text = values(&county, &of(Field::Unit, &["G01"]), Lang::Zh);
        assert_eq!(text, "县人民医院");
        assert_eq!(values_of(&county, Field::Sort, "民生保障，民生保障; "), ["livelihood"]);
    }

    /// The ten applications of the sample name their tiers themselves: three are of livelihood services.
    #[test]
    fn a_list_is_shown_with_how_far_it_reaches() {
        let county = sample::county().unwrap().workspace.base().clone();
        let mut pool = county.pool(KindId::general()).unwrap().clone();
        let line = Line { any: vec!["livelihood".to_owned()], figure: 1, ..Line::default() };
        pool.put_line(List::Tiers, 0, line).unwrap();
        let [tiers, criteria, ..] = shown(&county, &pool, Lang::Zh);
        let tier = tiers.first().unwrap();
        assert_eq!(tier.text, "民生保障");
        assert_eq!(tier.reach, "本批 0 件 0 名，另 3 件自填档次");
        assert!(!tier.never && criteria.is_empty());
    }
}
