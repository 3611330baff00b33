//! Words of categories: each is one that its input may be, and what an input or a word is said to
//! stand for is something that a county knows.

use super::super::Source;
use super::super::error::{Fault, PackError, Place, Section};
use super::super::pack::{Input, InputKind, Pack};
use crate::county::{Locality, Stage};

pub(super) fn check(pack: &Pack) -> Result<(), PackError> {
    for (at, input) in pack.inputs.iter().enumerate() {
        let place = || Place::new(Section::Input, at, &input.id);
        if !input.source.is_empty() && Source::of(input) == Source::Nowhere {
            return Err(place().fault(Fault::UnknownSource(input.source.clone())));
        }
        let kind = Source::of(input).kind().filter(|_| !input.source.is_empty());
        if kind.is_some_and(|kind| kind != input.kind) {
            return Err(place().fault(Fault::Kind));
        }
        let unknown = |means: &&str| !means.is_empty() && !may_mean(input, means);
        if let Some(means) = input.words.iter().map(|word| word.means.as_str()).find(unknown) {
            return Err(place().fault(Fault::UnknownMeaning(means.to_owned())));
        }
    }
    for (at, table) in pack.tables.iter().enumerate() {
        for (row_at, row) in table.rows.iter().enumerate() {
            for (category, word) in table.categories.iter().zip(&row.when) {
                let place = Place::new(Section::Table, at, &table.id).part(row_at, "");
                may_be(pack, category, word).map_err(|fault| place.fault(fault))?;
            }
        }
    }
    Ok(())
}

/// Whether a category of a county may go by this word.
fn may_mean(input: &Input, word: &str) -> bool {
    let (stage, locality) = (Stage::parse(word).is_some(), Locality::parse(word).is_some());
    match Source::of(input) {
        Source::Stage => stage,
        Source::Locality => locality,
        // What sort of unit it is a county says in words of its own.
        Source::Category => true,
        _ => stage || locality,
    }
}

/// A word that an input is held against: one that it declares, or a stage or a locality of a county. A
/// category without declared words may be held against none, since a misspelt one could not be told.
pub(super) fn may_be(pack: &Pack, input: &str, word: &str) -> Result<(), Fault> {
    let Some(found) = pack.inputs.iter().find(|found| found.id == input) else { return Ok(()) };
    let of_county = matches!(Source::of(found), Source::Stage | Source::Locality);
    // A number or a list is held against no word at all: that is told elsewhere.
    let other_kind = found.kind != InputKind::Word;
    let declared = found.words.iter().any(|declared| declared.id == word);
    if other_kind || declared || (of_county && may_mean(found, word)) {
        return Ok(());
    }
    Err(Fault::UndeclaredWord { word: word.to_owned(), input: input.to_owned() })
}
