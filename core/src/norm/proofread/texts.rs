//! What the app shows of a pack stands in both of its languages: names and reasons always, units and
//! remarks where there are any.

use super::super::error::{Fault, PackError, Place, Section};
use super::super::pack::Pack;
use crate::text::Bilingual;

pub(super) fn check(pack: &Pack) -> Result<(), PackError> {
    named(&pack.title, "title", &Place::key("title"))?;
    named(&pack.about, "about", &Place::key("about"))?;
    for (at, document) in pack.documents.iter().enumerate() {
        let place = Place::new(Section::Document, at, &document.id);
        named(&document.title, "title", &place)?;
        both_or_none(&document.issuer, "issuer", &place)?;
    }
    for (at, input) in pack.inputs.iter().enumerate() {
        let place = Place::new(Section::Input, at, &input.id);
        named(&input.label, "label", &place)?;
        both_or_none(&input.unit, "unit", &place)?;
        input.words.iter().try_for_each(|word| named(&word.label, "word.label", &place))?;
    }
    for (at, parameter) in pack.parameters.iter().enumerate() {
        let place = Place::new(Section::Parameter, at, &parameter.id);
        named(&parameter.label, "label", &place)?;
        both_or_none(&parameter.unit, "unit", &place)?;
    }
    for (at, table) in pack.tables.iter().enumerate() {
        let place = Place::new(Section::Table, at, &table.id);
        named(&table.label, "label", &place)?;
        both_or_none(&table.quantity, "quantity", &place)?;
        for (row_at, row) in table.rows.iter().enumerate() {
            both_or_none(&row.refuse, "refuse", &place.part(row_at, ""))?;
        }
    }
    rules(pack)
}

fn rules(pack: &Pack) -> Result<(), PackError> {
    for (at, rule) in pack.rules.iter().enumerate() {
        let place = Place::new(Section::Rule, at, &rule.id);
        named(&rule.label, "label", &place)?;
        both_or_none(&rule.unit, "unit", &place)?;
        both_or_none(&rule.unclear, "unclear", &place)?;
        if let Some(variant) = &rule.variant {
            named(&variant.label, "variant.label", &place)?;
        }
        for (step_at, step) in rule.steps.iter().enumerate() {
            named(&step.label, "label", &place.part(step_at, &step.id))?;
        }
    }
    Ok(())
}

fn named(text: &Bilingual, field: &'static str, place: &Place) -> Result<(), PackError> {
    let said = |text: &str| !text.trim().is_empty();
    if said(&text.zh) && said(&text.en) {
        return Ok(());
    }
    Err(place.clone().fault(Fault::OneLanguage(field)))
}

fn both_or_none(text: &Bilingual, field: &'static str, place: &Place) -> Result<(), PackError> {
    if text.zh.is_empty() && text.en.is_empty() { Ok(()) } else { named(text, field, place) }
}
