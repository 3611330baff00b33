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
        // What this program does not know goes out all the same.
        serde_json::to_string(workspace.unknown()),
    ];
    for text in texts.iter().flatten() {
        let found = look(unescaped(text));
        out.id_numbers += found.ids;
        out.phones += found.phones;
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

/// Numbers of persons in a text, by their form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Citizens' identity numbers: eighteen places with a birthday and the right check digit, or the
    /// fifteen of before 1999.
    pub ids: usize,
    /// Mobile telephones, with the country's code or without.
    pub phones: usize,
}

/// Counts the numbers of persons in a text. Full-width figures count as figures, and a number may stand
/// in groups, as people write it: `138 0013 8000`, `110105-19491231-002X`.
pub fn numbers_in(text: &str) -> Numbers {
    look(text.chars())
}

/// A run of letters and figures, as far as it can be a number of a person. Longer ones keep their length.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    letters: [u8; 18],
    length: usize,
}

impl Run {
    fn push(&mut self, letter: u8) {
        if let Some(place) = self.letters.get_mut(self.length) {
            *place = letter.to_ascii_uppercase();
        }
        self.length += 1;
    }

    fn text(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    /// Several runs as one.
    fn of(runs: &[Self]) -> Self {
        let mut all = Self::default();
        runs.iter().flat_map(Self::text).for_each(|letter| all.push(*letter));
        all
    }
}

fn look(letters: impl Iterator<Item = char>) -> Numbers {
    let mut out = Numbers::default();
    // The last three runs that one blank or dash each holds together.
    let mut runs = [Run::default(); 3];
    let (mut run, mut gap, mut joins) = (Run::default(), 0, false);
    // Something at the end closes the last run.
    let mut letters = letters.map(narrow).chain(['.']).peekable();
    while let Some(letter) = letters.next() {
        // What stands behind a decimal point is no number of its own.
        let decimal = letter == '.' && run.length > 0;
        let decimal = decimal && letters.peek().is_some_and(char::is_ascii_digit);
        if letter.is_ascii_alphanumeric() || decimal {
            if run.length == 0 && !(gap == 1 && joins) {
                runs = Default::default();
            }
            run.push(u8::try_from(letter).unwrap_or(b'?'));
            gap = 0;
            continue;
        }
        (gap, joins) = (gap + 1, matches!(letter, ' ' | '-'));
        if run.length == 0 {
            continue;
        }
        let text = run.text();
        out.ids += usize::from(is_id_number(text));
        out.phones += usize::from(is_phone(text.strip_prefix(b"86").unwrap_or(text)));
        runs.rotate_left(1);
        let [.., last] = &mut runs;
        *last = std::mem::take(&mut run);
        match runs.each_ref().map(|run| run.length) {
            [3, 4, 4] => out.phones += usize::from(is_phone(Run::of(&runs).text())),
            [6, 8, 4] | [6, 6, 3] => out.ids += usize::from(is_id_number(Run::of(&runs).text())),
            _ => {}
        }
    }
    out
}

/// The letters of a text as JSON has it, without those that stand for the end of a line and the like: they
/// would seem to belong to the number behind them.
fn unescaped(json: &str) -> impl Iterator<Item = char> {
    let mut escaped = false;
    json.chars().map(move |letter| {
        let part = escaped || letter == '\\';
        escaped = !escaped && letter == '\\';
        if part { ';' } else { letter }
    })
}

/// A figure or letter in the width of Latin letters.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{2010}'..='\u{2015}' => '-',
        '\u{3000}' | '\u{a0}' => ' ',
        other => other,
    }
}

fn is_phone(run: &[u8]) -> bool {
    run.len() == 11 && matches!(run, [b'1', b'3'..=b'9', rest @ ..] if all_figures(rest))
}

/// GB 11643: a region, a birthday, a number of the day, and a check digit modulo 11; before 1999 without
/// the century and the check digit.
fn is_id_number(run: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    match run {
        [digits @ .., last] if run.len() == 18 => {
            let parts = digits.iter().zip(WEIGHTS);
            let sum: u32 = parts.map(|(digit, by)| u32::from(digit.wrapping_sub(b'0')) * by).sum();
            all_figures(digits)
                && is_born(digits, 4)
                && b"10X98765432".get((sum % 11) as usize) == Some(last)
        }
        _ => run.len() == 15 && all_figures(run) && is_born(run, 2),
    }
}

fn all_figures(run: &[u8]) -> bool {
    run.iter().all(u8::is_ascii_digit)
}

/// Whether a run begins with a region's six figures and a birthday, its year of so many.
fn is_born(run: &[u8], year: usize) -> bool {
    let part = |from: usize, count: usize| {
        let figures = run.iter().skip(from).take(count);
        figures.fold(0_u32, |sum, figure| sum * 10 + u32::from(figure.wrapping_sub(b'0')))
    };
    (11..=82).contains(&part(0, 2))
        && (year == 2 || (1900..2100).contains(&part(6, year)))
        && (1..=12).contains(&part(6 + year, 2))
        && (1..=31).contains(&part(8 + year, 2))
}
