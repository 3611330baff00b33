//! The packs that ship with the tool, as `core/norms/*.toml` hold them.

use super::Pack;

/// Id of the national ratios with the combined rule for small schools.
pub const NATIONAL: &str = "cn-national";
/// Id of the invented norm of the sample county.
pub const SAMPLE: &str = "sample";

const SHIPPED: [(&str, &str); 2] = [
    (NATIONAL, include_str!(concat!(env!("OUT_DIR"), "/cn-national.json"))),
    (SAMPLE, include_str!(concat!(env!("OUT_DIR"), "/sample.json"))),
];

/// The shipped pack with this id.
pub fn shipped(id: &str) -> Option<Pack> {
    let (_, json) = SHIPPED.into_iter().find(|(shipped, _)| *shipped == id)?;
    serde_json::from_str(json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norm::Norm;

    #[test]
    fn every_shipped_pack_reads_compiles_and_cites_its_own_documents() {
        for (id, _) in SHIPPED {
            let pack = shipped(id).unwrap_or_else(|| panic!("{id} does not read"));
            assert_eq!(pack.id, id);
            let steps = pack.rules.iter().flat_map(|rule| &rule.steps);
            let clauses = pack.parameters.iter().map(|parameter| &parameter.clause);
            for clause in clauses.chain(steps.map(|step| &step.clause)) {
                assert!(
                    clause.document.is_empty() || pack.document(&clause.document).is_some(),
                    "{id} cites {} without declaring it",
                    clause.document
                );
            }
            for parameter in &pack.parameters {
                assert!(!parameter.clause.text.zh.is_empty(), "{}", parameter.id);
                assert!(!parameter.label.en.is_empty(), "{}", parameter.id);
            }
            let day = pack.valid_from;
            Norm::new(pack, day).unwrap_or_else(|error| panic!("{id}: {error}"));
        }
    }
}
