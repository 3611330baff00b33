//! The match of teachers by course in words: why some stay unmatched, what proves a batch, and the
//! list as a spreadsheet pastes it.

use std::fmt::Write;

use super::{Proof, SubjectMatch, Unmatched};
use crate::county::County;
use crate::report::reallocate::{kilometres, row_name};
use crate::scenario::Prepared;
use crate::text::{Lang, names, number, reallocate as say};

impl Unmatched {
    /// In words.
    pub fn text(self, lang: Lang) -> &'static str {
        let message = match self {
            Self::NoneMisses => say::SUBJECT_NONE_MISSES,
            Self::NoRoom => say::SUBJECT_NO_ROOM,
            Self::Needed => say::SUBJECT_NEEDED,
            Self::NoneSpare => say::SUBJECT_NONE_SPARE,
            Self::NoVacancy => say::SUBJECT_NO_VACANCY,
            Self::Others => say::SUBJECT_OTHERS,
            Self::FarOnly => say::SUBJECT_FAR_ONLY,
        };
        message.get(lang)
    }
}

impl Proof {
    /// In words, for a batch numbered from 1.
    pub fn text(&self, batch: usize, lang: Lang) -> String {
        let far = u32::try_from(self.metres).unwrap_or(u32::MAX);
        let values: [(&str, &dyn std::fmt::Display); 6] = [
            ("batch", &batch),
            ("people", &number::count(self.people)),
            ("far", &number::count(self.far)),
            ("km", &kilometres(far)),
            ("cost", &self.cost),
            ("prices", &self.prices),
        ];
        let mut text = say::SUBJECT_PROOF.with(lang, &values);
        let verdict = if self.holds { say::SUBJECT_HOLDS } else { say::SUBJECT_FAILS };
        text.push_str(verdict.get(lang));
        text
    }
}

impl SubjectMatch {
    /// The list as lines of cells parted by tabs, with a head, as a spreadsheet pastes it; people who
    /// stay unmatched follow with their reason.
    pub fn tsv(&self, county: &County, prepared: &Prepared, lang: Lang) -> String {
        let name = |line: usize| {
            let row = prepared.rows.get(line);
            let name = row.map_or_else(String::new, |row| row_name(county, *row, lang));
            // A tab or a break in a name would shift the cells after it.
            name.replace(['\t', '\n', '\r'], " ")
        };
        let head =
            [say::BATCH, say::COURSE, say::FROM, say::TO, say::PEOPLE, say::DISTANCE, say::REASON];
        let mut out = head.map(|message| message.get(lang)).join("\t");
        for step in &self.matched {
            let course = names::course(step.course).get(lang);
            let (from, to) = (name(step.from), name(step.to));
            let far = step.metres.map_or(String::new(), kilometres);
            let near = if step.near { say::SUBJECT_NEAR } else { say::SUBJECT_FAR };
            let (batch, people, why) = (step.batch, step.people, near.get(lang));
            // Writing to a String cannot fail.
            let _ = write!(out, "\n{batch}\t{course}\t{from}\t{to}\t{people}\t{far}\t{why}");
        }
        for rest in &self.rest {
            let course = names::course(rest.course).get(lang);
            let (from, to) = match rest.spare {
                true => (name(rest.line), String::new()),
                false => (String::new(), name(rest.line)),
            };
            let (people, why) = (rest.people, rest.why.text(lang));
            let _ = write!(out, "\n\t{course}\t{from}\t{to}\t{people}\t\t{why}");
        }
        out
    }
}
