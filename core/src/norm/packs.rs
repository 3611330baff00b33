//! The packs that ship with the tool, as `core/norms/*.toml` hold them: listed without being read,
//! read when one is asked for.

use super::Pack;
use crate::text::Bilingual;

/// Id of the national ratios with the combined rule for small schools.
pub const NATIONAL: &str = "cn-national";
/// Id of the invented norm of the sample county.
pub const SAMPLE: &str = "sample";

/// A pack as the build lists it.
struct Entry {
    id: &'static str,
    zh: &'static str,
    en: &'static str,
    region: &'static str,
    library: bool,
    json: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// What a list of packs shows of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Id.
    pub id: &'static str,
    /// Title.
    pub title: Bilingual,
    /// Country, as two letters; empty for a pack of no country.
    pub region: &'static str,
    /// Whether it is there for reference: a list shows it under "more".
    pub library: bool,
}

/// Every shipped pack: those that a county may go by first, then those for reference, Chinese ones
/// before others.
pub fn listed() -> Vec<Listed> {
    let one = |entry: &Entry| Listed {
        id: entry.id,
        title: Bilingual::new(entry.zh, entry.en),
        region: entry.region,
        library: entry.library,
    };
    LISTED.iter().map(one).collect()
}

/// The shipped pack with this id.
pub fn shipped(id: &str) -> Option<Pack> {
    let entry = LISTED.iter().find(|entry| entry.id == id)?;
    serde_json::from_str(entry.json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norm::{Norm, Source};

    #[test]
    fn packs_to_go_by_come_first_and_chinese_ones_before_others() {
        let list = listed();
        let ids: Vec<&str> = list.iter().map(|pack| pack.id).collect();
        assert_eq!(ids.first(), Some(&NATIONAL));
        let rank = |pack: &Listed| (pack.library, pack.region != "CN");
        assert!(list.windows(2).all(|pair| rank(&pair[0]) <= rank(&pair[1])), "{ids:?}");
    }

    #[test]
    fn every_shipped_pack_reads_and_speaks_both_languages() {
        for entry in &LISTED {
            let pack: Pack = serde_json::from_str(entry.json)
                .unwrap_or_else(|error| panic!("{}: {error}", entry.id));
            assert_eq!(pack.id, entry.id);
            let labels = pack
                .parameters
                .iter()
                .flat_map(|parameter| [&parameter.label, &parameter.clause.text])
                .chain(pack.inputs.iter().map(|input| &input.label))
                .chain(pack.inputs.iter().flat_map(|input| &input.words).map(|word| &word.label))
                .chain(pack.tables.iter().flat_map(|table| [&table.label, &table.clause.text]))
                .chain(pack.rules.iter().map(|rule| &rule.label))
                .chain(pack.rules.iter().flat_map(|rule| &rule.steps).map(|step| &step.label))
                .chain(pack.documents.iter().map(|document| &document.title))
                .chain([&pack.title, &pack.about]);
            for label in labels {
                assert!(!label.zh.is_empty() && !label.en.is_empty(), "{}: {label:?}", entry.id);
            }
            let refused = pack.tables.iter().flat_map(|table| &table.rows);
            for row in refused.filter(|row| row.gives.is_empty()) {
                assert!(!row.refuse.zh.is_empty() && !row.refuse.en.is_empty(), "{}", entry.id);
            }
            let day = pack.valid_from;
            let norm = Norm::new(pack, day).unwrap_or_else(|error| panic!("{error}"));
            // A rule that a county can go by asks only for what a county knows.
            for (input, source) in norm.pack.inputs.iter().zip(&norm.sources) {
                assert!(norm.pack.library || *source != Source::Nowhere, "{}", input.id);
            }
        }
    }

    /// What the texts leave open, rule by rule: each says so.
    #[test]
    fn a_rule_that_takes_what_its_text_leaves_open_says_so() {
        let open = [
            "JP-PRI-MULT",
            "JP-JHS-SCHOOLVIEW",
            "JP-NURSE",
            "JP-NAKANO-LOOKUP",
            "JP-CHAIN",
            "JP-HS-DIVISOR-GROUP",
            "IN-RTE-PRI",
            "IN-TS-PRI-DATED",
            "IN-AP-2022-PRIMARY-1-5",
            "IN-AP-2025-MODEL/complete30",
            "IN-AP-2025-MODEL/started30",
            "IN-AP-2025-PE",
            "TR-BRANCH/A-31is2",
            "TR-BRANCH/B-31is1",
            "TR-BRANCH/C-module21",
            "TR-BRANCH-NET",
            "TR-PRESCHOOL-TEACHER",
            "NZ-PRIMARY-CURRICULUM",
            "NZ-SECONDARY-CURRICULUM",
            "NZ-RELEASE-ROUND",
            "NZ-RELEASE-TIME-DATED",
            "US-WA-TEACHERS",
            "US-NC-BANDS/unrounded",
            "US-NC-BANDS/whole",
            "US-NC-ASST-PRINCIPAL-MONTHS",
            "CN-74/half_up",
            "CN-74-NONTEACHERS",
            "CN-JILIN-PRIMARY/exact",
            "CN-JILIN-JUNIOR/ceil",
            "CN-GANSU-KG",
            "CN-ZHEJIANG-KG-HEADS/min",
            "CN-ZHEJIANG-KG-HEADS/max",
            "CN-KG1987-COOKS/min",
            "CN-KG1987-COOKS/max",
            "CN-SHANDONG-KG2017/max",
            "CN-COMBINED-SMALL",
            "CN-COMBINED-HIGHER",
            "FR-GAP-EFIR",
            "PL-SPECIALISTS-2022",
            "PL-SPECIALISTS-2024",
            "VN-PRIMARY-TEACHERS",
            "VN-SECONDARY-TEACHERS",
        ];
        let packs: Vec<Pack> = LISTED.iter().filter_map(|entry| shipped(entry.id)).collect();
        for id in open {
            let rule = packs.iter().find_map(|pack| pack.rules.iter().find(|rule| rule.id == id));
            let said = &rule.unwrap_or_else(|| panic!("{id}")).unclear;
            assert!(!said.zh.is_empty() && !said.en.is_empty(), "{id}");
        }
        // A clause with several readings says which this is, by its flag or by its label.
        let rules = packs.iter().flat_map(|pack| &pack.rules);
        for variant in rules.filter_map(|rule| rule.variant.as_ref()) {
            assert!(!variant.label.zh.is_empty() && !variant.label.en.is_empty(), "{}", variant.of);
        }
    }

    #[test]
    fn a_figure_seen_on_no_official_page_is_never_called_verified() {
        // The library was read as excerpts, not on the issuing bodies' own pages.
        for pack in LISTED.iter().filter_map(|entry| shipped(entry.id)) {
            assert!(pack.documents.iter().all(|document| document.confidence.needs_checking()));
            let figures = pack.parameters.len() + pack.table_figures().len();
            assert_eq!(pack.unverified(), figures, "{}", pack.id);
        }
    }
}
