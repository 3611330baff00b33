//! What a pool decides by, as a case says it: terms, rules and their clauses.

use bianheng_core::norm::Confidence;
use bianheng_core::pool::{Otherwise, Rule, Term, Test};
use bianheng_core::text::Bilingual;
use serde_json::Value;

use super::case::{Bad, FIELDS};
use super::fields::{Fields, bad, count, text};

pub fn terms(own: &mut Fields<'_>) -> Result<Vec<Term>, Bad> {
    let Some((value, place)) = own.get(&["terms"]) else { return Ok(Vec::new()) };
    let mut terms = Vec::new();
    if let Some(map) = value.as_object() {
        for (sort, years) in map {
            let years = count(years, &format!("{place}.{sort}"))?;
            terms.push(Term { sort: sort.clone(), years });
        }
        return Ok(terms);
    }
    for (value, place) in own.list(&["terms"])? {
        let mut fields = Fields::of(value, &place)?;
        terms.push(Term {
            sort: fields.text(&["sort", "purpose"])?.unwrap_or_default(),
            years: fields.count(&["years"])?.ok_or_else(|| bad(&place, "years are needed"))?,
        });
    }
    Ok(terms)
}

pub fn clause(fields: &mut Fields<'_>) -> Result<Bilingual, Bad> {
    let Some((value, place)) = fields.get(&["clause"]) else { return Ok(Bilingual::default()) };
    match value {
        Value::Object(_) => {
            let mut own = Fields::of(value, &place)?;
            let (zh, en) = (own.text(&["zh"])?, own.text(&["en"])?);
            Ok(Bilingual::new(&zh.unwrap_or_default(), &en.unwrap_or_default()))
        }
        value => text(value, &place).map(|text| Bilingual::new(&text, &text)),
    }
}

pub fn any(fields: &mut Fields<'_>) -> Result<Vec<String>, Bad> {
    match fields.get(&["any", "values", "value"]) {
        Some((Value::Array(list), place)) => list.iter().map(|one| text(one, &place)).collect(),
        Some((value, place)) => Ok(vec![text(value, &place)?]),
        None => Ok(Vec::new()),
    }
}

pub fn rule(value: &Value, place: &str, ignored: &mut Vec<String>) -> Result<Rule, Bad> {
    let word = serde_json::json!({ "kind": value });
    let value = if value.is_string() { &word } else { value };
    let mut fields = Fields::of(value, place)?;
    let kind = fields.word(&["kind", "rule", "test"], &[])?;
    let mut rule = Rule::new(kind.ok_or_else(|| bad(place, "a kind is needed"))?, 3);
    // Nothing is taken for granted that a case leaves out.
    rule.posts = fields.count(&["posts", "limit"])?;
    rule.years = fields.count(&["years"])?.or(rule.years);
    rule.measure = fields.word(&["measure"], &[])?;
    rule.at_least = fields.flag(&["at_least"])?.unwrap_or(false);
    if let Some(op) = fields.text(&["op"])? {
        rule.at_least = match op.as_str() {
            "at_least" | ">=" | "≥" => true,
            "at_most" | "<=" | "≤" => false,
            _ => return Err(bad(place, "op is at_least or at_most")),
        };
    }
    rule.of = fields.word(&["of"], &[])?;
    rule.percent = fields.count(&["percent"])?;
    rule.field = fields.word(&["field"], FIELDS)?;
    rule.any = any(&mut fields)?;
    rule.otherwise = fields.word::<Otherwise>(&["otherwise", "else"], &[])?;
    rule.clause = clause(&mut fields)?;
    rule.confidence = fields.word(&["confidence"], &[])?.unwrap_or(Confidence::LocalAssumption);
    rule.off = fields.flag(&["off"])?.unwrap_or(false);
    if let Some(name) = fields.text(&["name"])? {
        rule.name = Bilingual::new(&name, &name);
    }
    match rule.kind {
        Test::UnitLimit if rule.posts.is_none() => return Err(bad(place, "posts are needed")),
        Test::Compare if rule.measure.is_none() => return Err(bad(place, "a measure is needed")),
        Test::OneOf if rule.field.is_none() => return Err(bad(place, "a field is needed")),
        _ => {}
    }
    fields.ignored(ignored);
    Ok(rule)
}
