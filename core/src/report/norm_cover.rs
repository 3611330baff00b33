//! What is in force for whom: for each stage of the county the rule that holds, the kind of post
//! that it gives, and the documents that rule and figures rest on.

use crate::county::{County, Locality, Part, Stage};
use crate::norm::{Document, Norm, Rule};
use crate::text::Bilingual;

/// A stage under one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The stage.
    pub stage: Stage,
    /// The localities that the rule covers; none for all.
    pub localities: Vec<Locality>,
    /// The kind of post that the stage draws on.
    pub kind: Bilingual,
    /// The rule's name; `None` where the norm has none, so that no figure is given.
    pub rule: Option<Bilingual>,
    /// The documents that the rule and its parameters cite, in the pack's order.
    pub documents: Vec<Document>,
    /// Rows of the county that it is for.
    pub rows: usize,
}

/// Every stage that the county has, from kindergarten up, with each rule that holds there.
pub fn cover(norm: &Norm, county: &County) -> Vec<Cover> {
    let mut out = Vec::new();
    for stage in Stage::ALL {
        let own = || county.holdings.iter().filter(move |held| held.part == Part::Stage(stage));
        let Some(first) = own().next() else { continue };
        let kind = county.kind(county.kind_of(first)).map(|kind| kind.name.clone());
        let kind = kind.unwrap_or_default();
        let locality = |held| county.unit_of(held).and_then(|unit| unit.locality);
        let rows_of = |rule: Option<&Rule>| {
            let covered = |place| match rule {
                Some(rule) => rule.covers(stage, place),
                None => !norm.pack().rules.iter().any(|rule| rule.covers(stage, place)),
            };
            own().filter(|held| covered(locality(held))).count()
        };
        for rule in norm.pack().rules.iter().filter(|rule| rule.stages.contains(&stage)) {
            out.push(Cover {
                stage,
                localities: rule.localities.clone(),
                kind: kind.clone(),
                rule: Some(rule.label.clone()),
                documents: documents(norm, rule),
                rows: rows_of(Some(rule)),
            });
        }
        let rows = rows_of(None);
        if rows > 0 {
            let (localities, documents) = (Vec::new(), Vec::new());
            out.push(Cover { stage, localities, kind, rule: None, documents, rows });
        }
    }
    out
}

fn documents(norm: &Norm, rule: &Rule) -> Vec<Document> {
    let pack = norm.pack();
    let parameters = norm.parameters_of(&rule.id).into_iter().filter_map(|id| pack.parameter(id));
    let figures = parameters.map(|parameter| parameter.clause_on(norm.day()));
    let steps = rule.steps.iter().map(|step| &step.clause);
    let cited: Vec<&str> = figures.chain(steps).map(|clause| clause.document.as_str()).collect();
    let named = |document: &&Document| cited.contains(&document.id.as_str());
    pack.documents.iter().filter(named).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norm::{NATIONAL, shipped};
    use crate::sample;

    #[test]
    fn every_row_of_a_school_stands_under_one_rule() {
        let workspace = sample::county().unwrap().workspace;
        let county = &workspace.state().county;
        let covers = cover(&workspace.state().norm, county);
        let schools = county.holdings.iter().filter(|held| held.part.stage().is_some()).count();
        assert_eq!(covers.iter().map(|cover| cover.rows).sum::<usize>(), schools);
        assert!(covers.iter().all(|cover| cover.rule.is_some() && cover.kind.zh == "教职工编制"));
        assert!(covers.iter().all(|cover| !cover.documents.is_empty()));
    }

    #[test]
    fn what_no_rule_covers_is_listed_by_itself() {
        let county = sample::county().unwrap().workspace.state().county.clone();
        let mut pack = shipped(NATIONAL).unwrap();
        let upper = pack.rules.iter_mut().find(|rule| rule.id == "ratio-only").unwrap();
        upper.localities = vec![Locality::Village];
        let norm = Norm::new(pack, "2026-09-30".parse().unwrap()).unwrap();
        let covers = cover(&norm, &county);
        let upper: Vec<_> =
            covers.iter().filter(|cover| cover.stage == Stage::UpperSecondary).collect();
        // None of the three stands in a village.
        assert_eq!((upper[0].rule.is_some(), upper[0].rows), (true, 0));
        assert_eq!((upper[1].rule.clone(), upper[1].rows), (None, 3));
    }
}
