//! 已核实 is said of what was read on the issuing body's own text and nothing else: such a document has
//! a number or a place where it was seen, and a clause is no surer than the document that it cites.

use super::super::error::{Fault, PackError, Place, Section};
use super::super::pack::{Clause, Pack};

pub(super) fn check(pack: &Pack) -> Result<(), PackError> {
    for (at, document) in pack.documents.iter().enumerate() {
        let found = !document.number.trim().is_empty() || !document.seen.trim().is_empty();
        if !document.confidence.needs_checking() && !found {
            let place = Place::new(Section::Document, at, &document.id);
            return Err(place.fault(Fault::SeenNowhere));
        }
    }
    for (at, parameter) in pack.parameters.iter().enumerate() {
        let place = Place::new(Section::Parameter, at, &parameter.id);
        clause(pack, &parameter.clause, &place)?;
        for dated in &parameter.values {
            clause(pack, &dated.clause, &place)?;
            if let Some(says) = &dated.pack_says {
                clause(pack, &says.clause, &place)?;
            }
        }
    }
    for (at, table) in pack.tables.iter().enumerate() {
        let place = Place::new(Section::Table, at, &table.id);
        clause(pack, &table.clause, &place)?;
        for (row_at, row) in table.rows.iter().enumerate() {
            clause(pack, &row.clause, &place.part(row_at, ""))?;
        }
        for set in &table.set {
            if !table.figures_of(set.row).contains(&set.figure) {
                return Err(place.fault(Fault::SetsNothing(set.row + 1)));
            }
            clause(pack, &set.clause, &place.part(set.row, ""))?;
        }
    }
    for (at, rule) in pack.rules.iter().enumerate() {
        let place = Place::new(Section::Rule, at, &rule.id);
        for (step_at, step) in rule.steps.iter().enumerate() {
            clause(pack, &step.clause, &place.part(step_at, &step.id))?;
        }
    }
    Ok(())
}

fn clause(pack: &Pack, clause: &Clause, place: &Place) -> Result<(), PackError> {
    if clause.confidence.needs_checking() {
        return Ok(());
    }
    match pack.document(&clause.document) {
        Some(document) if !document.confidence.needs_checking() => Ok(()),
        Some(document) => Err(place.clone().fault(Fault::SurerThan(document.id.clone()))),
        None if clause.document.is_empty() => Err(place.clone().fault(Fault::SureOfNothing)),
        // That the pack does not list it is told elsewhere.
        None => Ok(()),
    }
}
