//! Proofreads a pack that a planner brings: faults that leave a pack workable and would give wrong
//! figures or a wrong mark without a word. Whoever brings a pack is told of them; a pack that stands
//! in a scenario file already is worked with as before, so that every file opens.

mod dates;
mod divisors;
mod formulas;
mod grounds;
mod rounding;
mod texts;
mod words;

use super::error::{Fault, PackError, Place};
use super::pack::Pack;

/// Looks over a pack, whether it compiles or not.
///
/// # Errors
/// The first fault, and where it stands.
pub(super) fn proofread(pack: &Pack) -> Result<(), PackError> {
    if pack.rules.is_empty() {
        return Err(Place::key("rule").fault(Fault::NoRules));
    }
    dates::check(pack)?;
    texts::check(pack)?;
    grounds::check(pack)?;
    words::check(pack)?;
    formulas::check(pack)?;
    rounding::check(pack)
}
