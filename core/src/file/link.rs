//! A scenario as the end of an address: compressed, in letters that an address may hold, capped in
//! length both ways. What is damaged or hostile gives an error, and never more memory than the cap.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

/// Letters that a link may have: what mail programs and browsers pass on whole.
pub const MOST_IN_LINK: usize = 30_000;
/// Bytes that a link may unpack to.
const MOST_UNPACKED: usize = 4_000_000;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Why a text is no link, or a file does not fit into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Longer than a link may be, packed or unpacked.
    #[error("too long for a link: {0}")]
    TooLong(usize),
    /// Letters are missing or changed.
    #[error("the link is damaged")]
    Damaged,
}

/// Packs the text of a file.
///
/// # Errors
/// [`LinkError::TooLong`] with the letters that it would take, or with its bytes where it has more than
/// a link unpacks to, however few letters they would fit into.
pub fn to_link(text: &str) -> Result<String, LinkError> {
    if text.len() > MOST_UNPACKED {
        return Err(LinkError::TooLong(text.len()));
    }
    let packed = compress_to_vec(text.as_bytes(), 8);
    let letters = (packed.len() * 4).div_ceil(3);
    if letters > MOST_IN_LINK {
        return Err(LinkError::TooLong(letters));
    }
    Ok(lettered(&packed))
}

/// Bytes in letters that an address may hold, six bits each.
pub(super) fn lettered(packed: &[u8]) -> String {
    let mut out = String::with_capacity((packed.len() * 4).div_ceil(3));
    for three in packed.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            let at = bits >> (18 - 6 * place) & 63;
            out.extend(LETTERS.get(at as usize).map(|letter| char::from(*letter)));
        }
    }
    out
}

/// Unpacks a link to the text of a file.
///
/// # Errors
/// A [`LinkError`].
pub fn from_link(link: &str) -> Result<String, LinkError> {
    if link.len() > MOST_IN_LINK {
        return Err(LinkError::TooLong(link.len()));
    }
    let mut packed = Vec::with_capacity(link.len() * 3 / 4);
    for four in link.as_bytes().chunks(4) {
        if four.len() == 1 {
            return Err(LinkError::Damaged);
        }
        let mut bits = 0_u32;
        for letter in four {
            let at = LETTERS.iter().position(|known| known == letter).ok_or(LinkError::Damaged)?;
            bits = bits << 6 | u32::try_from(at).unwrap_or(0);
        }
        let bits = bits << (6 * (4 - four.len()));
        packed.extend(bits.to_be_bytes().iter().skip(1).take(four.len() - 1));
    }
    let text = decompress_to_vec_with_limit(&packed, MOST_UNPACKED);
    let text = text.map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooLong(MOST_UNPACKED),
        _ => LinkError::Damaged,
    })?;
    String::from_utf8(text).map_err(|_| LinkError::Damaged)
}
