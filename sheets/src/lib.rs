//! `bianheng-sheets`: workbooks and CSV to facts. Bytes in, facts and findings out.
//!
//! [`read`] turns the bytes of a file into sheets of text, [`recognise`] says what each column
//! means, [`take`] turns the rows into a [`bianheng_core::county::County`] and lists whatever it
//! could not take. Nothing is dropped in silence, nothing panics on any bytes, and nothing here
//! knows a screen, a clock or a disk. What a person reads comes from
//! [`bianheng_core::text::import`].

#![deny(missing_docs)]

mod grid;
pub mod read;
pub mod recognise;
pub mod take;
mod template;

pub use grid::{Grid, Merge, column_letter};
pub use read::{Gb18030, ReadError, Workbook, read};
pub use recognise::{Field, Mapping, RememberedMapping, recognise};
pub use take::{Finding, Options, Severity, Taken, take};
pub use template::{template_csv, template_xlsx};
