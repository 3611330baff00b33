//! What a file says of persons. The tool needs none of it; what a planner typed may still hold some,
//! so a file says how much, and whoever passes it on is told.

use serde::{Deserialize, Serialize};

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
    let pools = workspace.state().county.pools.iter();
    let loans = pools.flat_map(|pool| &pool.loans);
    out.names = loans.filter(|loan| matches!(loan.borrower, Borrower::Name(_))).count();
    let mut writers: Vec<&str> = workspace.comments().iter().map(|c| c.who.as_str()).collect();
    writers.sort_unstable();
    writers.dedup();
    out.names += writers.into_iter().filter(|who| !who.is_empty()).count();
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
