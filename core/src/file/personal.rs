//! What a file says of persons. The tool needs none of it; what a planner typed may still hold some,
//! so a file says how much, and whoever passes it on is told.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::county::County;
use crate::pool::Borrower;
use crate::scenario::Workspace;

/// How often a file names or numbers a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Personal {
    /// Names of borrowers that are no units, and of those who wrote remarks.
    pub names: usize,
    /// Numbers that are citizens' identity numbers by their form and check digit.
    pub id_numbers: usize,
    /// Numbers that are mobile telephones by their form.
    pub phones: usize,
}

impl Personal {
    /// Whether there is nothing of persons.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Looks through everything that a file of the workspace would hold.
pub fn personal(workspace: &Workspace) -> Personal {
    let mut out = Personal::default();
    // The base and every scenario go out, not only the one that is open.
    let mut names = BTreeSet::new();
    named(workspace.base(), &mut names);
    for state in (0..workspace.scenarios().len()).filter_map(|at| workspace.state_of(at).ok()) {
        named(&state.county, &mut names);
    }
    let writers = workspace.comments().iter().map(|comment| &comment.who);
    names.extend(writers.filter(|who| !who.is_empty()).cloned());
    out.names = names.len();
    let texts = [
        serde_json::to_string(&super::FactsFile::from(workspace.base())),
        serde_json::to_string(workspace.scenarios()),
        serde_json::to_string(workspace.comments()),
    ];
    for text in texts.iter().flatten() {
        look(text.as_bytes(), &mut out);
    }
    out
}

/// Gathers the borrowers that are no units.
fn named(county: &County, names: &mut BTreeSet<String>) {
    for loan in county.pools.iter().flat_map(|pool| &pool.loans) {
        if let Borrower::Name(name) = &loan.borrower {
            names.insert(name.clone());
        }
    }
}

/// Counts numbers of persons among runs of digits.
fn look(text: &[u8], out: &mut Personal) {
    for run in text.split(|byte| !byte.is_ascii_alphanumeric()) {
        match run.len() {
            18 if is_id_number(run) => out.id_numbers += 1,
            11 if is_phone(run) => out.phones += 1,
            _ => {}
        }
    }
}

fn is_phone(run: &[u8]) -> bool {
    let begins = matches!(run, [b'1', b'3'..=b'9', ..]);
    begins && run.iter().all(u8::is_ascii_digit)
}

/// GB 11643: seventeen digits and a check digit modulo 11.
fn is_id_number(run: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let Some((last, digits)) = run.split_last() else { return false };
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, by)| u32::from(digit - b'0') * by).sum();
    b"10X98765432".get((sum % 11) as usize) == Some(&last.to_ascii_uppercase())
}
