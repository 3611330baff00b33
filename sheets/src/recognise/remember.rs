//! What was settled for one file, kept for the next with the same header.

use serde::{Deserialize, Serialize};

use super::{Field, Mapping, State};

/// The settled meanings of a header. Goes into the preferences; holds headers, never data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedMapping {
    /// Fingerprint of the compared headers, in their order.
    pub signature: String,
    /// Compared header and meaning, in the order of the columns.
    pub fields: Vec<(String, Field)>,
}

/// FNV-1a over the headers: stable from one version of the program to the next.
fn signature(mapping: &Mapping) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for column in &mapping.columns {
        for byte in column.key.bytes().chain([0]) {
            hash ^= u64::from(byte);
            hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

impl Mapping {
    /// The settled columns, to be kept. Undecided and personal ones are not.
    pub fn remember(&self) -> RememberedMapping {
        let settled = self
            .columns
            .iter()
            .filter(|column| !column.key.is_empty() && !matches!(column.state, State::Personal(_)));
        // A year that the header does not name belongs to this survey only.
        let lasting = |key: &str, field| match field {
            Field::Departures(_) if !key.contains(|c: char| c.is_ascii_digit()) => {
                Field::Departures(0)
            }
            other => other,
        };
        let fields = settled
            .filter_map(|column| Some((column.key.clone(), lasting(&column.key, column.field?))));
        RememberedMapping { signature: signature(self), fields: fields.collect() }
    }
}

/// Uses what was kept: for the same header everything, for another one what is in doubt here.
pub(super) fn apply(mapping: &mut Mapping, remembered: &[RememberedMapping]) {
    let own = signature(mapping);
    let same = remembered.iter().rev().find(|kept| kept.signature == own);
    let mut used: Vec<Field> = Vec::new();
    for column in &mapping.columns {
        let settled = !matches!(column.state, State::Confirm { .. } | State::Unknown);
        used.extend(column.field.filter(|_| settled && same.is_none()));
    }
    for column in &mut mapping.columns {
        if column.key.is_empty() || matches!(column.state, State::Personal(_) | State::Ignored) {
            continue;
        }
        let doubtful = matches!(column.state, State::Confirm { .. } | State::Unknown);
        let of = |kept: &RememberedMapping| {
            kept.fields.iter().find(|(key, _)| *key == column.key).map(|(_, field)| *field)
        };
        let field = match same {
            Some(kept) => of(kept),
            None if doubtful => remembered.iter().rev().find_map(of),
            None => None,
        };
        let Some(mut field) = field else { continue };
        if let (Field::Departures(0), Some(year)) = (field, mapping.hints.year) {
            field = Field::Departures(year + 1);
        }
        // Left out without a doubt needs no memory.
        if field == Field::Ignore && column.state == State::Unknown {
            continue;
        }
        if used.contains(&field) && !matches!(field, Field::Ignore | Field::Note) {
            continue;
        }
        used.push(field);
        column.field = Some(field);
        column.state = State::Remembered;
    }
}
