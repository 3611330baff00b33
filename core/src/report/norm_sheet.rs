//! A norm laid out for reading: its rules with their steps in words, and its parameters under the
//! rule that uses them. Values are left out: they change while the layout stands.

use chrono::NaiveDate;

use crate::county::{Locality, Stage};
use crate::norm::{Clause, Departure, Exact, FigureId, Norm, Pack, Said, Table, Variant};
use crate::text::Bilingual;

/// What a section is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heading {
    /// A rule.
    Rule(Bilingual),
    /// Parameters that more than one rule uses.
    Shared,
    /// Parameters that no rule uses.
    Unused,
}

/// One step of a rule in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepSheet {
    /// Step id in the pack.
    pub id: String,
    /// Its name.
    pub label: Bilingual,
    /// Its formula in words.
    pub said: Vec<Said>,
    /// What it rests on.
    pub clause: Clause,
}

/// A rule with its parameters, or parameters that stand by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Unique within the sheet.
    pub id: String,
    /// What it is about.
    pub heading: Heading,
    /// Stages that the rule covers.
    pub stages: Vec<Stage>,
    /// Localities that it covers; none for all.
    pub localities: Vec<Locality>,
    /// What the text of the norm leaves open; empty where it is plain.
    pub unclear: Bilingual,
    /// The reading of the clause that the rule is, and the others that the pack knows.
    pub reading: Option<(Bilingual, Vec<Bilingual>)>,
    /// Steps of the rule.
    pub steps: Vec<StepSheet>,
    /// Ids of the parameters, in the pack's order.
    pub parameters: Vec<String>,
}

/// One row of a table in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSheet {
    /// The categories that it holds for.
    pub when: Vec<Bilingual>,
    /// From where to where it holds; the same in both languages.
    pub band: String,
    /// What it gives, or why it gives nothing.
    pub said: Vec<Said>,
    /// What it rests on, where that is not what the table rests on.
    pub clause: Clause,
    /// Its figures that may be set: where it ends, and the numbers of what it gives.
    pub figures: Vec<FigureId>,
    /// Those that were set.
    pub set: Vec<SetSheet>,
    /// Number of the county's document that settles all of them; empty for none.
    pub document: String,
    /// Whether it rests on no verified source.
    pub unverified: bool,
}

/// A figure of a table that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetSheet {
    /// Its name.
    pub label: Bilingual,
    /// The county's document that it rests on; empty for one set by hand.
    pub clause: Clause,
    /// The figure in force, and what the pack says instead, where it is another one.
    pub departs: Option<(Exact, Departure)>,
}

/// A table laid out for reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSheet {
    /// Unique within the sheet.
    pub id: String,
    /// Its name.
    pub label: Bilingual,
    /// What its bands are of.
    pub quantity: Bilingual,
    /// First day in force, where it is a dated version.
    pub from: Option<NaiveDate>,
    /// Last day in force.
    pub to: Option<NaiveDate>,
    /// What it rests on.
    pub clause: Clause,
    /// Its rows, in order.
    pub rows: Vec<RowSheet>,
}

/// Every table of a norm, in the pack's order.
pub fn table_sheets(norm: &Norm) -> Vec<TableSheet> {
    let of = |(at, table): (usize, &Table)| TableSheet {
        id: format!("table-{}-{at}", table.id),
        label: table.label.clone(),
        quantity: norm.quantity(table),
        from: table.valid_from,
        to: table.valid_to,
        clause: table.clause.clone(),
        rows: rows(norm, at, table),
    };
    norm.pack().tables.iter().enumerate().map(of).collect()
}

fn rows(norm: &Norm, at: usize, table: &Table) -> Vec<RowSheet> {
    let word = |(category, id): (&String, &String)| {
        let input = norm.pack().inputs.iter().find(|input| input.id == *category);
        let word = input.and_then(|input| input.words.iter().find(|word| word.id == *id));
        word.map_or_else(|| Bilingual::new(id, ""), |word| word.label.clone())
    };
    let (mut out, pack) = (Vec::new(), norm.pack());
    for (row_at, row) in table.rows.iter().enumerate() {
        let figures = pack.row_figures(table, row_at);
        out.push(RowSheet {
            when: table.categories.iter().zip(&row.when).map(word).collect(),
            band: row.band().map(|band| band.to_string()).unwrap_or_default(),
            said: norm.said_row(at, row_at),
            clause: row.clause.clone(),
            set: figures.iter().filter_map(|figure| set_sheet(pack, figure)).collect(),
            document: pack.row_document(&figures).to_owned(),
            unverified: pack.is_row_unverified(table, row_at),
            figures,
        });
    }
    out
}

fn set_sheet(pack: &Pack, at: &FigureId) -> Option<SetSheet> {
    let departs = pack.table_figure_departure(at);
    // What a figure that nobody set rests on stands with its row.
    let is_set = departs.is_some() || pack.table_figure_document(at).is_some();
    let (label, clause) = (pack.table_figure_name(at)?, pack.table_figure_clause(at)?.clone());
    is_set.then_some(SetSheet { label, clause, departs })
}

/// The layout of a norm: every parameter of the pack stands in exactly one section, and sections
/// without steps and parameters are left out.
pub fn norm_sheet(norm: &Norm) -> Vec<Section> {
    let pack = norm.pack();
    let used: Vec<Vec<&str>> = pack.rules.iter().map(|rule| norm.parameters_of(&rule.id)).collect();
    let uses = |id: &str| used.iter().filter(|ids| ids.contains(&id)).count();
    let those = |wanted: &dyn Fn(&str) -> bool| {
        let ids = pack.parameters.iter().map(|parameter| parameter.id.as_str());
        ids.filter(|id| wanted(id)).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut sections: Vec<Section> = pack
        .rules
        .iter()
        .zip(&used)
        .map(|(rule, own)| Section {
            id: format!("rule-{}", rule.id),
            heading: Heading::Rule(rule.label.clone()),
            stages: rule.stages.clone(),
            localities: rule.localities.clone(),
            unclear: rule.unclear.clone(),
            reading: rule.variant.as_ref().map(|own| (own.label.clone(), others(pack, own))),
            steps: rule
                .steps
                .iter()
                .map(|step| StepSheet {
                    id: step.id.clone(),
                    label: step.label.clone(),
                    said: norm.said(&rule.id, &step.id),
                    clause: step.clause.clone(),
                })
                .collect(),
            parameters: those(&|id| own.contains(&id) && uses(id) == 1),
        })
        .collect();
    let shared = those(&|id| uses(id) > 1);
    let unused = those(&|id| uses(id) == 0);
    for (id, heading, parameters) in
        [("shared", Heading::Shared, shared), ("unused", Heading::Unused, unused)]
    {
        if !parameters.is_empty() {
            sections.push(Section {
                id: id.to_owned(),
                heading,
                stages: Vec::new(),
                localities: Vec::new(),
                unclear: Bilingual::default(),
                reading: None,
                steps: Vec::new(),
                parameters,
            });
        }
    }
    sections
}

/// The other readings, or the other end, of the clause that a rule is one of.
fn others(pack: &Pack, own: &Variant) -> Vec<Bilingual> {
    let known = pack.rules.iter().filter_map(|rule| rule.variant.as_ref());
    let others = known.filter(|other| other.of == own.of && other.label != own.label);
    others.map(|other| other.label.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norm::{NATIONAL, SAMPLE, shipped};
    use crate::text::Lang;
    use crate::text::norms::formula;

    #[test]
    fn every_parameter_stands_in_exactly_one_section() {
        for id in [NATIONAL, SAMPLE] {
            let pack = shipped(id).unwrap();
            let day = pack.valid_from;
            let norm = Norm::new(pack, day).unwrap();
            let sections = norm_sheet(&norm);
            let mut laid: Vec<&str> = sections
                .iter()
                .flat_map(|section| &section.parameters)
                .map(String::as_str)
                .collect();
            let mut all: Vec<&str> =
                norm.pack().parameters.iter().map(|parameter| parameter.id.as_str()).collect();
            laid.sort_unstable();
            all.sort_unstable();
            assert_eq!(laid, all, "{id}");
            assert!(
                sections
                    .iter()
                    .flat_map(|section| &section.steps)
                    .all(|step| !step.said.is_empty())
            );
        }
    }

    #[test]
    fn every_table_is_laid_out_to_its_last_row() {
        let said = |id: &str, table: &str| {
            let pack = shipped(id).unwrap();
            let day = pack.valid_from;
            let norm = Norm::new(pack, day).unwrap();
            let sheets = table_sheets(&norm);
            assert_eq!(sheets.len(), norm.pack().tables.len());
            let sheet = sheets.into_iter().find(|sheet| sheet.id.starts_with(table)).unwrap();
            let rows = sheet.rows.iter().map(|row| {
                let when: Vec<&str> = row.when.iter().map(|word| word.get(Lang::En)).collect();
                format!("{} {}: {}", when.join(" "), row.band, formula(&row.said, Lang::En))
            });
            rows.collect::<Vec<_>>()
        };
        let primary = said("jp-standard", "table-nakano");
        assert_eq!(primary[2], "Primary 6: 12");
        assert_eq!(
            primary[3],
            "Primary 7–8: no entitlement: the table has no such number of classes"
        );
        // A row with a formula names the quantity of its table.
        let bands = said("pl-specialists", "table-y2022");
        let more = "Posts for a further group, 2022 to 2024";
        let said = format!(
            " ≥ 101: 1 1/2 + {more} × rounded down ((Pupils − 100) ÷ Pupils of a further group)"
        );
        assert_eq!(bands[4], said);
    }

    #[test]
    fn parameters_of_two_rules_and_of_none_stand_apart() {
        let mut pack = shipped(SAMPLE).unwrap();
        let rule = pack.rules.iter_mut().find(|rule| rule.id == "kindergarten").unwrap();
        rule.steps[1].formula = "classes * per_class[stage] + small_school * 0".into();
        pack.rules.retain(|rule| rule.id != "ratio-only");
        let day = pack.valid_from;
        let sections = norm_sheet(&Norm::new(pack, day).unwrap());
        let of = |wanted: &Heading| {
            let found = sections.iter().find(|section| section.heading == *wanted);
            found.map(|section| section.parameters.clone()).unwrap()
        };
        assert_eq!(of(&Heading::Shared), ["small_school"]);
        assert_eq!(of(&Heading::Unused), ["ratio.upper_secondary", "per_class.upper_secondary"]);
    }
}
