//! What a person typed as a value of this screen.

use crate::widgets::count;

/// A tier: 1 to 9.
pub fn tier(text: &str) -> Option<u8> {
    count(text).and_then(|tier| u8::try_from(tier).ok()).filter(|tier| (1..=9).contains(tier))
}
