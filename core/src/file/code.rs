//! Short names of contents: the fingerprint of a base, and the verification code of what a scenario
//! amounts to. Equal contents have equal codes, whatever way led to them.

use sha2::{Digest, Sha256};

use super::FactsFile;
use crate::county::County;
use crate::scenario::State;

/// The fingerprint of a base: eight digits over its facts, such as `7F3A-91C2`. Two bases with the
/// same facts have the same fingerprint.
pub fn fingerprint(base: &County) -> String {
    let facts = serde_json::to_vec(&FactsFile::from(base)).unwrap_or_default();
    digits(&Sha256::digest(&facts), 2)
}

/// The verification code of what a scenario amounts to: twelve digits such as `7F3A-91C2-00D4` over
/// its facts, posts and who set them, norm and limits. Names, notes and the way there do not count,
/// so a paper and a file that show the same code end with the same figures. What was moved counts from
/// the base and is the same where its [`fingerprint`] is too.
pub fn code(state: &State) -> String {
    let by: Vec<_> = (0..state.county.holdings.len()).map(|row| state.by(row)).collect();
    let mut hash = Sha256::new();
    hash.update(serde_json::to_vec(&FactsFile::from(&state.county)).unwrap_or_default());
    hash.update(serde_json::to_vec(&by).unwrap_or_default());
    hash.update(serde_json::to_vec(state.norm.pack()).unwrap_or_default());
    // Limits that say what the default says are as good as none.
    for kind in &state.county.kinds {
        hash.update(serde_json::to_vec(&state.limits(&kind.id)).unwrap_or_default());
    }
    digits(&hash.finalize(), 3)
}

/// Groups of four digits.
fn digits(digest: &[u8], groups: usize) -> String {
    let mut out = String::new();
    for (at, byte) in digest.iter().take(groups * 2).enumerate() {
        if at > 0 && at % 2 == 0 {
            out.push('-');
        }
        out.push_str(&format!("{byte:02X}"));
    }
    out
}
