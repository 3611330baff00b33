//! A figure of a pack that rests on a document of the county itself: entered by its number, it
//! stands as settled, and no longer as 待核实. It changes no figure.

use chrono::NaiveDate;

use super::pack::{Clause, Confidence, Document, Pack};
use crate::text::Bilingual;

/// How the ids of documents begin that a county entered.
const OWN: &str = "county-";

impl Pack {
    /// The number of the county's own document that a parameter's value on a day rests on.
    pub fn own_document(&self, parameter: &str, day: NaiveDate) -> Option<&str> {
        let clause = self.parameter(parameter)?.clause_on(day);
        let document = self.document(&clause.document)?;
        document.id.starts_with(OWN).then_some(document.number.as_str())
    }

    /// The pack with a parameter's value on a day resting on the county's document of this number;
    /// on what it rested before where the number is empty. `None` where no value is in force.
    pub fn with_own_document(&self, parameter: &str, day: NaiveDate, number: &str) -> Option<Self> {
        let mut pack = self.clone();
        let document = if number.is_empty() { String::new() } else { pack.own(number) };
        let found = pack.parameters.iter_mut().find(|found| found.id == parameter)?;
        let label = found.label.clone();
        let dated = found.values.iter_mut().rev().find(|dated| dated.from <= day)?;
        let value = dated.value?;
        dated.clause = if document.is_empty() {
            Clause::default()
        } else {
            let said = |label: &str| format!("{label} {value}");
            let text = Bilingual { zh: said(&label.zh), en: said(&label.en) };
            Clause { document, text, confidence: Confidence::Verified }
        };
        let cited: Vec<String> = pack.clauses().map(|clause| clause.document.clone()).collect();
        pack.documents.retain(|each| !each.id.starts_with(OWN) || cited.contains(&each.id));
        Some(pack)
    }

    /// The id of the county's document of a number, which is listed if it was not.
    fn own(&mut self, number: &str) -> String {
        let mut own = self.documents.iter().filter(|each| each.id.starts_with(OWN));
        if let Some(found) = own.find(|each| each.number == number) {
            return found.id.clone();
        }
        let mut at = 1;
        while self.document(&format!("{OWN}{at}")).is_some() {
            at += 1;
        }
        let id = format!("{OWN}{at}");
        self.documents.push(Document {
            id: id.clone(),
            title: Bilingual::new(number, number),
            number: number.to_owned(),
            issuer: Bilingual::default(),
            seen: String::new(),
            confidence: Confidence::Verified,
        });
        id
    }

    /// The clauses of dated values.
    fn clauses(&self) -> impl Iterator<Item = &Clause> {
        let values = self.parameters.iter().flat_map(|parameter| &parameter.values);
        values.map(|dated| &dated.clause)
    }
}

#[cfg(test)]
mod tests {
    use crate::county::Stage;
    use crate::norm::{NATIONAL, Norm, Subject, shipped};
    use crate::text::{Lang, proof};

    #[test]
    fn a_document_number_settles_a_figure_and_its_removal_opens_it_again() {
        let pack = shipped(NATIONAL).unwrap();
        let day = pack.valid_from;
        let before = pack.unverified();
        let settled = pack.with_own_document("ratio.primary", day, "某编〔2026〕1号").unwrap();
        assert_eq!(settled.unverified(), before - 1);
        assert_eq!(settled.own_document("ratio.primary", day), Some("某编〔2026〕1号"));
        assert_eq!(settled.own_document("ratio.lower_secondary", day), None);
        let norm = Norm::new(settled.clone(), day).unwrap();
        let subject = Subject {
            stage: Stage::Primary,
            locality: None,
            students: Some(342),
            classes: Some(9),
            boarders: Some(0),
        };
        let said = proof::plain(&norm.prove(&subject), &[], norm.pack(), "—", Lang::Zh);
        assert!(said.contains("某编〔2026〕1号 · 小学学生与教职工比 19"), "{said}");
        // One document may settle several figures, and goes with the last of them.
        let both =
            settled.with_own_document("ratio.lower_secondary", day, "某编〔2026〕1号").unwrap();
        assert_eq!(both.documents.len(), pack.documents.len() + 1);
        let one = both.with_own_document("ratio.primary", day, "").unwrap();
        assert_eq!(one.documents.len(), pack.documents.len() + 1);
        let none = one.with_own_document("ratio.lower_secondary", day, "").unwrap();
        assert_eq!(none, pack);
        assert_eq!(pack.with_own_document("no_such", day, "一号"), None);
    }
}
