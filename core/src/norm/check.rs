//! What a pack must be before its formulas are compiled: ids once, values in order and in range,
//! figures with a clause, clauses with a document, bands that fit, readings of which one is chosen,
//! and no rule or step that needs itself. It evaluates nothing.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::error::{Fault, PackError, Place, Section};
use super::formula::Raw;
use super::pack::{Clause, Pack, VariantKind};
use super::table::{self, Table};
use crate::county::Locality;

/// How much work one rule may need, in steps of the rules that it uses.
const MOST_STEPS: usize = 10_000;

/// Looks a pack over.
///
/// # Errors
/// The first fault, and where it stands.
pub(super) fn check(pack: &Pack) -> Result<(), PackError> {
    let mut names = HashSet::new();
    for (at, document) in pack.documents.iter().enumerate() {
        let place = Place::new(Section::Document, at, &document.id);
        once(&mut names, format!("document {}", document.id), &document.id, &place)?;
    }
    for (at, input) in pack.inputs.iter().enumerate() {
        let place = Place::new(Section::Input, at, &input.id);
        once(&mut names, input.id.clone(), &input.id, &place)?;
        let leads = pack.inputs.iter().any(|other| other.id == input.beside);
        if !input.beside.is_empty() && !leads {
            return Err(place.fault(Fault::UnknownName(input.beside.clone())));
        }
    }
    for (at, parameter) in pack.parameters.iter().enumerate() {
        let place = Place::new(Section::Parameter, at, &parameter.id);
        once(&mut names, parameter.id.clone(), &parameter.id, &place)?;
        clause(pack, &parameter.clause, true, &place)?;
        if parameter.least.0 > parameter.greatest.0 {
            return Err(place.fault(Fault::Range));
        }
        let mut last = NaiveDate::MIN;
        for dated in &parameter.values {
            if let Some(value) = dated.value
                && (value.0 < parameter.least.0 || parameter.greatest.0 < value.0)
            {
                return Err(place.fault(Fault::OutOfRange(value.to_string())));
            }
            clause(pack, &dated.clause, false, &place)?;
            if let Some(says) = &dated.pack_says {
                clause(pack, &says.clause, false, &place)?;
            }
            if dated.from < last {
                return Err(place.fault(Fault::Dates));
            }
            last = dated.from;
        }
    }
    tables(pack, &mut names)?;
    rules(pack, &mut names)
}

fn once(
    names: &mut HashSet<String>,
    key: String,
    id: &str,
    place: &Place,
) -> Result<(), PackError> {
    if id.is_empty() || !names.insert(key) {
        return Err(place.clone().fault(Fault::Duplicate(id.to_owned())));
    }
    Ok(())
}

fn clause(pack: &Pack, clause: &Clause, needed: bool, place: &Place) -> Result<(), PackError> {
    if needed && clause.text.is_empty() {
        return Err(place.clone().fault(Fault::NoClause));
    }
    if !clause.document.is_empty() && pack.document(&clause.document).is_none() {
        return Err(place.clone().fault(Fault::NoDocument(clause.document.clone())));
    }
    Ok(())
}

fn tables(pack: &Pack, names: &mut HashSet<String>) -> Result<(), PackError> {
    for (at, table) in pack.tables.iter().enumerate() {
        let place = Place::new(Section::Table, at, &table.id);
        let (earlier, _) = pack.tables.split_at(at);
        let mut same = earlier.iter().filter(|other| other.id == table.id).peekable();
        if same.peek().is_none() {
            once(names, table.id.clone(), &table.id, &place)?;
        }
        if same.any(|other| meet(other, table)) {
            return Err(place.fault(Fault::Versions(table.id.clone())));
        }
        clause(pack, &table.clause, true, &place)?;
        for (row_at, row) in table.rows.iter().enumerate() {
            clause(pack, &row.clause, false, &place.part(row_at, ""))?;
        }
        for set in &table.set {
            clause(pack, &set.clause, false, &place.part(set.row, ""))?;
        }
        table::check(table).map_err(|fault| {
            let row = fault.row();
            let place = row.map_or(place.clone(), |row| place.part(row - 1, ""));
            place.fault(Fault::Bands(fault))
        })?;
    }
    Ok(())
}

/// Whether two versions are in force on a common day.
fn meet(one: &Table, other: &Table) -> bool {
    let before = |end: Option<NaiveDate>, start: Option<NaiveDate>| {
        end.is_some_and(|end| start.is_some_and(|start| end < start))
    };
    !before(one.valid_to, other.valid_from) && !before(other.valid_to, one.valid_from)
}

fn rules(pack: &Pack, names: &mut HashSet<String>) -> Result<(), PackError> {
    let mut covered = Vec::new();
    for (at, rule) in pack.rules.iter().enumerate() {
        let place = Place::new(Section::Rule, at, &rule.id);
        once(names, format!("rule {}", rule.id), &rule.id, &place)?;
        for stage in &rule.stages {
            let places = Locality::ALL.into_iter().map(Some).chain([None]);
            for place_of in places.filter(|locality| rule.covers(*stage, *locality)) {
                if covered.contains(&(*stage, place_of)) {
                    return Err(place.fault(Fault::TwoRules(stage.as_str())));
                }
                covered.push((*stage, place_of));
            }
        }
        if rule.steps.is_empty() {
            return Err(place.fault(Fault::NoSteps));
        }
        let known = pack.inputs.iter().any(|input| input.id == rule.dated_by);
        if !rule.dated_by.is_empty() && !known {
            return Err(place.fault(Fault::UnknownName(rule.dated_by.clone())));
        }
        let mut steps = HashSet::new();
        for (step_at, step) in rule.steps.iter().enumerate() {
            let place = place.part(step_at, &step.id);
            once(&mut steps, step.id.clone(), &step.id, &place)?;
            clause(pack, &step.clause, false, &place)?;
        }
        if let Some(variant) = &rule.variant {
            let same = pack.rules.iter().filter_map(|other| other.variant.as_ref());
            let same = same.filter(|other| other.of == variant.of && other.kind == variant.kind);
            let (mut all, mut chosen) = (0, 0);
            for other in same {
                all += 1;
                chosen += usize::from(other.chosen);
            }
            let fits = match variant.kind {
                VariantKind::Reading => chosen == 1,
                VariantKind::Least | VariantKind::Greatest => all == 1,
            };
            if !fits {
                return Err(place.fault(Fault::Chosen(variant.of.clone())));
            }
        }
    }
    Ok(())
}

/// Refuses steps and rules that need themselves, figures in formulas without a clause, and rules
/// that need too much work.
pub(super) fn rules_need_no_circle(pack: &Pack, raws: &[Vec<Raw>]) -> Result<(), PackError> {
    let ids: Vec<&str> = pack.rules.iter().map(|rule| rule.id.as_str()).collect();
    let mut uses = Vec::new();
    for ((at, rule), raws) in pack.rules.iter().enumerate().zip(raws) {
        let place = Place::new(Section::Rule, at, &rule.id);
        let steps: Vec<&str> = rule.steps.iter().map(|step| step.id.as_str()).collect();
        let (mut of_steps, mut of_rule) = (Vec::new(), Vec::new());
        for ((step_at, step), raw) in rule.steps.iter().enumerate().zip(raws) {
            let mut found = Mentions::default();
            found.look(raw);
            if found.figure && step.clause.text.is_empty() {
                return Err(place.part(step_at, &step.id).fault(Fault::NoClause));
            }
            let named = |of: &[&str], id: &String| of.iter().position(|found| found == id);
            of_steps.push(found.names.iter().filter_map(|name| named(&steps, name)).collect());
            of_rule.extend(found.rules.iter().filter_map(|id| named(&ids, id)));
        }
        circle(&steps, &of_steps).map_err(|chain| place.fault(Fault::Cycle(chain)))?;
        uses.push(of_rule);
    }
    let order = circle(&ids, &uses).map_err(|chain| {
        let at = ids.iter().position(|id| chain.first().is_some_and(|first| first == id));
        let at = at.unwrap_or_default();
        Place::new(Section::Rule, at, ids.get(at).unwrap_or(&"")).fault(Fault::Cycle(chain))
    })?;
    // Rules that use no other come first, so each finds the work of those that it uses.
    let mut work = vec![0_usize; ids.len()];
    for at in order {
        let used = uses.get(at).into_iter().flatten();
        let below = used.filter_map(|other| work.get(*other)).sum::<usize>();
        let sum = below + raws.get(at).map_or(0, Vec::len);
        if sum > MOST_STEPS {
            let id = ids.get(at).unwrap_or(&"");
            return Err(Place::new(Section::Rule, at, id).fault(Fault::TooLarge));
        }
        if let Some(own) = work.get_mut(at) {
            *own = sum;
        }
    }
    Ok(())
}

/// An order in which each stands after all that it needs.
///
/// # Errors
/// The chain of ids that leads back to its own beginning.
fn circle(ids: &[&str], needs: &[Vec<usize>]) -> Result<Vec<usize>, Vec<String>> {
    let mut done = vec![false; ids.len()];
    let mut order = Vec::new();
    for start in 0..ids.len() {
        // The way from the start to here, with how many of each one's needs were looked at.
        let mut way = vec![(start, 0)];
        while let Some((at, next)) = way.last_mut() {
            if done.get(*at).copied().unwrap_or(true) {
                way.pop();
                continue;
            }
            let Some(need) = needs.get(*at).and_then(|needs| needs.get(*next)).copied() else {
                if let Some(done) = done.get_mut(*at) {
                    *done = true;
                }
                order.push(*at);
                way.pop();
                continue;
            };
            *next += 1;
            if let Some(from) = way.iter().position(|(seen, _)| *seen == need) {
                let round = way.iter().skip(from).map(|(at, _)| *at).chain([need]);
                return Err(round
                    .filter_map(|at| ids.get(at).map(|id| (*id).to_owned()))
                    .collect());
            }
            way.push((need, 0));
        }
    }
    Ok(order)
}

/// What a formula mentions.
#[derive(Default)]
struct Mentions {
    names: Vec<String>,
    rules: Vec<String>,
    /// A number other than 0 and 1, which must rest on a clause.
    figure: bool,
}

impl Mentions {
    fn look(&mut self, raw: &Raw) {
        match raw {
            Raw::Number(number) => {
                self.figure |= !number.is_integer() || !matches!(number.numer(), 0 | 1);
            }
            Raw::Name(name) => self.names.push(name.clone()),
            Raw::Rule(id, _) => self.rules.push(id.clone()),
            _ => {}
        }
        raw.parts().into_iter().for_each(|part| self.look(part));
    }
}
