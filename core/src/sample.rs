//! The sample county: made up, the same for everybody, kept as a scenario file like any other.

use crate::file::{OpenError, Opened, open};

/// The sample county's scenario file.
pub const TEXT: &str = include_str!("../data/sample.bianheng.json");

/// Opens the sample county.
///
/// # Errors
/// Never for the file that ships, which a test opens.
pub fn county() -> Result<Opened, OpenError> {
    open(TEXT)
}
