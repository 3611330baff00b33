//! Rules of real schemes (`core/pools/*.toml`), ready to be put in force for a pool, each with where
//! it was read and how far that can be relied on. They are data: nothing here knows a place.

use serde::{Deserialize, Serialize};

use super::{Cap, Model, Pool, Rule, Term, TierRule, Way};
use crate::norm::Confidence;
use crate::text::{Bilingual, Lang, Message, pool_order as words};

/// The rules of one scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Bilingual,
    /// What it is for, and what sets it apart.
    #[serde(default)]
    pub about: Bilingual,
    /// Where it was read: an address or the name of a paper.
    #[serde(default)]
    pub source: String,
    /// How far that can be relied on.
    #[serde(default)]
    pub confidence: Confidence,
    /// How its posts are counted, where it says.
    #[serde(default)]
    pub model: Option<Model>,
    /// Years for which it lends.
    pub term_years: u32,
    /// Terms by purpose.
    #[serde(default)]
    pub terms: Vec<Term>,
    /// Months to fill an approved post.
    #[serde(default)]
    pub fill_months: Option<u32>,
    /// Whether expected departures may be counted.
    #[serde(default)]
    pub count_departures: bool,
    /// How loans come back unless an application says otherwise.
    #[serde(default)]
    pub way: Way,
    /// Posts of the scheme, for reference.
    #[serde(default)]
    pub size: Option<u32>,
    /// Its rules.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Its tiers.
    #[serde(default)]
    pub tiers: Vec<TierRule>,
    /// Its limits of categories.
    #[serde(default)]
    pub caps: Vec<Cap>,
    /// The English names of these, in their order.
    #[serde(default)]
    pub caps_en: Vec<String>,
}

impl Preset {
    /// Puts the scheme's rules in force for a pool. Its posts, its book, its batch and its
    /// applications stay as they are; applications that name no way of return take the scheme's. A pool in
    /// which nothing has happened yet is counted as the scheme counts; in another that stays, and
    /// [`Self::changed`] tells. Its limits are named in the planner's language.
    pub fn put(&self, pool: &mut Pool, lang: Lang) {
        let from_units = pool.sources.iter().any(|source| source.unit.is_some());
        let new = pool.loans.is_empty() && pool.events.is_empty() && !from_units;
        if let Some(model) = self.model.filter(|_| new) {
            pool.model = model;
        }
        pool.preset.clone_from(&self.id);
        pool.term_years = self.term_years;
        pool.terms.clone_from(&self.terms);
        pool.fill_months = self.fill_months;
        pool.count_departures = self.count_departures;
        pool.rules.clone_from(&self.rules);
        pool.tiers.clone_from(&self.tiers);
        pool.caps = self.caps_in(lang);
        for asking in pool.applications.iter_mut().filter(|asking| asking.way == Way::default()) {
            asking.way = self.way;
        }
    }

    /// Its limits, named in a language.
    fn caps_in(&self, lang: Lang) -> Vec<Cap> {
        let mut caps = self.caps.clone();
        if lang == Lang::En {
            for (cap, name) in caps.iter_mut().zip(&self.caps_en) {
                cap.name.clone_from(name);
            }
        }
        caps
    }

    /// What decides otherwise in a pool than the scheme says, by name. Clauses may be entered and rules
    /// kept switched off without changing it; criteria and ties are always the pool's own.
    pub fn changed(&self, pool: &Pool) -> Vec<Message> {
        let alike = |a: &[Rule], b: &[Rule]| {
            let decides = |rule: &&Rule| !rule.off;
            let bare = |rule: &Rule| Rule {
                clause: Bilingual::default(),
                confidence: Confidence::default(),
                ..rule.clone()
            };
            a.iter().filter(decides).map(bare).eq(b.iter().filter(decides).map(bare))
        };
        let parts = [
            (self.model.is_none_or(|model| model == pool.model), words::PART_MODEL),
            (self.term_years == pool.term_years && self.terms == pool.terms, words::PART_TERM),
            (self.fill_months == pool.fill_months, words::PART_FILL),
            (self.count_departures == pool.count_departures, words::PART_DEPARTURES),
            (alike(&self.rules, &pool.rules), words::PART_RULES),
            (self.tiers == pool.tiers, words::PART_TIERS),
            (pool.criteria.is_empty(), words::PART_CRITERIA),
            (pool.ties.is_empty(), words::PART_TIES),
            (
                [Lang::Zh, Lang::En].iter().any(|lang| self.caps_in(*lang) == pool.caps),
                words::PART_CAPS,
            ),
        ];
        parts.into_iter().filter(|(same, _)| !same).map(|(_, part)| part).collect()
    }
}

/// How a new application's posts come back, by the scheme whose rules are in force.
pub fn way_of(pool: &Pool) -> Way {
    let own = presets().into_iter().find(|preset| preset.id == pool.preset);
    own.map(|preset| preset.way).unwrap_or_default()
}

/// Every preset, by id. Never empty for the data that ship, which a test reads.
pub fn presets() -> Vec<Preset> {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/pools.json"))).unwrap_or_default()
}
