//! A figure of a pack that a county sets: by hand, or resting on a document of its own, by whose
//! number it stands as settled and no longer as 待核实. A figure that is set again keeps no document
//! but the one that is given with it.

use chrono::NaiveDate;

use super::pack::{Clause, Confidence, Departure, Document, Exact, Pack, Parameter};
use crate::text::Bilingual;

/// How the ids of documents begin that a county entered.
const OWN: &str = "county-";

/// Whether a document's id is of one that a county entered.
pub(super) fn is_own(document: &str) -> bool {
    document.starts_with(OWN)
}

impl Pack {
    /// The number of the county's own document that a parameter's value on a day rests on.
    pub fn own_document(&self, parameter: &str, day: NaiveDate) -> Option<&str> {
        let clause = self.parameter(parameter)?.clause_on(day);
        let document = self.document(&clause.document)?;
        is_own(&document.id).then_some(document.number.as_str())
    }

    /// What a parameter's value on a day departs from; `None` where it is the pack's own.
    pub fn departure(&self, parameter: &Parameter, day: NaiveDate) -> Option<Departure> {
        let (value, clause) = parameter.departs_on(day)?;
        let document = self.own_document(&parameter.id, day).unwrap_or_default().to_owned();
        Some(Departure { value, clause: clause.clone(), document })
    }

    /// Sets a parameter's value in force on a day, resting on the county's document of this number;
    /// by hand where the number is empty. `false`, and nothing is changed, where no value is in
    /// force.
    pub(crate) fn set_figure(
        &mut self,
        parameter: &str,
        day: NaiveDate,
        value: Exact,
        number: &str,
    ) -> bool {
        let Some(at) = self.parameters.iter().position(|found| found.id == parameter) else {
            return false;
        };
        let label = self.parameters.get(at).map(|found| found.label.clone()).unwrap_or_default();
        let clause = self.own_clause(number, &label, &value);
        let document = clause.document.clone();
        let found = self.parameters.get_mut(at);
        if !found.is_some_and(|found| found.set_on(day, value, clause)) {
            return false;
        }
        self.keep_own(document, number);
        true
    }

    /// What a figure rests on that the county's document of this number settles; nothing where the
    /// number is empty.
    pub(super) fn own_clause(
        &self,
        number: &str,
        name: &Bilingual,
        value: &dyn std::fmt::Display,
    ) -> Clause {
        if number.is_empty() {
            return Clause::default();
        }
        let said = |name: &str| format!("{name} {value}");
        let text = Bilingual { zh: said(&name.zh), en: said(&name.en) };
        Clause { document: self.own_id(number), text, confidence: Confidence::Verified }
    }

    /// Lists the county's document that a figure was settled by, if one was, and no more those that
    /// nothing cites.
    pub(super) fn keep_own(&mut self, document: String, number: &str) {
        if !document.is_empty() {
            self.list_own(document, number);
        }
        let cited: Vec<String> = self.clauses().map(|clause| clause.document.clone()).collect();
        self.documents.retain(|each| !is_own(&each.id) || cited.contains(&each.id));
    }

    /// Whether both are the same but for what figures rest on, of which older files know less.
    pub(crate) fn same_figures(&self, other: &Self) -> bool {
        self == other || self.figures_only() == other.figures_only()
    }

    fn figures_only(&self) -> Self {
        let mut pack = self.clone();
        pack.documents.retain(|each| !is_own(&each.id));
        for dated in pack.parameters.iter_mut().flat_map(|found| &mut found.values) {
            (dated.clause, dated.pack_says) = (Clause::default(), None);
        }
        for table in &mut pack.tables {
            table.set.clear();
            for clause in table.rows.iter_mut().map(|row| &mut row.clause) {
                if is_own(&clause.document) {
                    *clause = Clause::default();
                }
            }
        }
        pack
    }

    /// The id of the county's document of a number, whether it is listed or not.
    fn own_id(&self, number: &str) -> String {
        let mut own = self.documents.iter().filter(|each| is_own(&each.id));
        let found = own.find(|each| each.number == number).map(|found| found.id.clone());
        found.unwrap_or_else(|| format!("{OWN}{number}"))
    }

    /// Lists a document of the county's if it is not: after the pack's own, in the order of ids, so
    /// that the list is the same whatever was set and taken back before.
    fn list_own(&mut self, id: String, number: &str) {
        let at = self.documents.partition_point(|each| !is_own(&each.id) || each.id < id);
        if self.documents.get(at).is_some_and(|each| each.id == id) {
            return;
        }
        let document = Document {
            id,
            title: Bilingual::new(number, number),
            number: number.to_owned(),
            issuer: Bilingual::default(),
            seen: String::new(),
            confidence: Confidence::Verified,
        };
        self.documents.insert(at.min(self.documents.len()), document);
    }

    /// Every clause of the pack: of parameters and their values, of tables, their rows and what was
    /// set in them, and of steps.
    fn clauses(&self) -> impl Iterator<Item = &Clause> {
        let values = self.parameters.iter().flat_map(|parameter| &parameter.values);
        let says = values.clone().filter_map(|dated| Some(&dated.pack_says.as_ref()?.clause));
        let parameters = self.parameters.iter().map(|parameter| &parameter.clause);
        let parameters = parameters.chain(values.map(|dated| &dated.clause)).chain(says);
        let tables = self.tables.iter().flat_map(|table| {
            let rows = table.rows.iter().map(|row| &row.clause);
            rows.chain(table.set.iter().map(|set| &set.clause)).chain([&table.clause])
        });
        let steps = self.rules.iter().flat_map(|rule| &rule.steps).map(|step| &step.clause);
        parameters.chain(tables).chain(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::Stage;
    use crate::norm::{NATIONAL, Norm, Subject, shipped};
    use crate::text::{Lang, proof};

    const FIRST: &str = "某编〔2026〕1号";

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    fn with(pack: &Pack, parameter: &str, value: &str, number: &str) -> Pack {
        let mut pack = pack.clone();
        assert!(pack.set_figure(parameter, pack.valid_from, exact(value), number));
        pack
    }

    fn said(pack: &Pack, lang: Lang) -> String {
        let norm = Norm::new(pack.clone(), pack.valid_from).unwrap();
        let subject = Subject {
            stage: Stage::Primary,
            locality: None,
            students: Some(342),
            classes: Some(9),
            boarders: Some(0),
        };
        proof::plain(&norm.prove(&subject), &[], norm.pack(), "—", lang)
    }

    #[test]
    fn a_document_number_settles_a_figure_and_its_removal_opens_it_again() {
        let pack = shipped(NATIONAL).unwrap();
        let day = pack.valid_from;
        let before = pack.unverified();
        let settled = with(&pack, "ratio.primary", "19", FIRST);
        assert_eq!(settled.unverified(), before - 1);
        assert_eq!(settled.own_document("ratio.primary", day), Some(FIRST));
        assert_eq!(settled.own_document("ratio.lower_secondary", day), None);
        let said = said(&settled, Lang::Zh);
        assert!(said.contains("某编〔2026〕1号 · 小学学生与教职工比 19"), "{said}");
        // One document may settle several figures, and goes with the last of them.
        let both = with(&settled, "ratio.lower_secondary", "13.5", FIRST);
        assert_eq!(both.documents.len(), pack.documents.len() + 1);
        let one = with(&both, "ratio.primary", "19", "");
        assert_eq!(one.documents.len(), pack.documents.len() + 1);
        assert_eq!(with(&one, "ratio.lower_secondary", "13.5", ""), pack);
        assert!(!pack.clone().set_figure("no_such", day, exact("1"), "一号"));
    }

    #[test]
    fn a_changed_figure_says_what_it_departs_from_and_who_set_it() {
        let pack = shipped(NATIONAL).unwrap();
        let by_hand = with(&pack, "ratio.primary", "18", "");
        let by_document = with(&pack, "ratio.primary", "18", FIRST);
        let mut out = String::new();
        for pack in [&by_hand, &by_document] {
            for lang in [Lang::Zh, Lang::En] {
                out.push_str(&said(pack, lang));
            }
        }
        insta::assert_snapshot!(out);
        // Set by hand it rests on nothing, though the pack's own were verified.
        let mut verified = pack.clone();
        for parameter in &mut verified.parameters {
            parameter.clause.confidence = Confidence::Verified;
        }
        assert_eq!(verified.unverified(), 0);
        assert_eq!(with(&verified, "ratio.primary", "18", "").unverified(), 1);
        assert_eq!(with(&verified, "ratio.primary", "18", FIRST).unverified(), 0);
        assert_eq!(with(&by_hand, "ratio.primary", "19", ""), pack);
    }

    #[test]
    fn a_document_that_a_row_of_a_table_cites_stays_whatever_parameter_is_set() {
        // A pack of a file may rest a whole row on the county's document.
        let shipped = shipped("vn-2017").unwrap();
        let mut pack = shipped.clone();
        let clause = pack.own_clause(FIRST, &Bilingual::new("一行", "A row"), &"1");
        let document = clause.document.clone();
        pack.tables[0].rows[0].clause = clause;
        pack.keep_own(document.clone(), FIRST);
        let parameter = pack.parameters[0].clone();
        let least = parameter.least.to_string();
        let changed = with(&pack, &parameter.id, &least, "");
        assert!(changed.document(&document).is_some());
        assert!(Norm::new(changed, pack.valid_from).is_ok());
        // What a row rests on is no figure of it.
        assert!(pack != shipped && pack.same_figures(&shipped));
    }

    #[test]
    fn a_settled_figure_that_is_changed_keeps_no_document_but_a_new_one() {
        let pack = shipped(NATIONAL).unwrap();
        let day = pack.valid_from;
        let settled = with(&pack, "ratio.primary", "18", FIRST);
        let changed = with(&settled, "ratio.primary", "17", "");
        assert_eq!(changed.own_document("ratio.primary", day), None);
        assert_eq!(changed.documents, pack.documents);
        assert!(!said(&changed, Lang::Zh).contains(FIRST));
        let again = with(&settled, "ratio.primary", "17", "某编〔2026〕2号");
        assert_eq!(again.own_document("ratio.primary", day), Some("某编〔2026〕2号"));
        // Whatever was set between, the way back leads to the same pack.
        assert_eq!(with(&again, "ratio.primary", "18", FIRST), settled);
        assert_eq!(with(&changed, "ratio.primary", "18", FIRST), settled);
        let departs =
            |pack: &Pack| pack.departure(pack.parameter("ratio.primary").unwrap(), day).unwrap();
        let found = departs(&again);
        assert_eq!((found.value, found.document.as_str()), (exact("19"), "某编〔2026〕2号"));
        // A pack that an older file settled knows no figure of its own pack, and says the same.
        let mut old = settled.clone();
        let values = old.parameters.iter_mut().flat_map(|found| &mut found.values);
        values.for_each(|dated| dated.pack_says = None);
        assert!(old != settled && old.same_figures(&settled) && !old.same_figures(&again));
        assert!(!is_own(&departs(&with(&old, "ratio.primary", "17", "")).clause.document));
    }
}
