//! What a planner writes into the fields of the limits, read exactly or refused with a reason.
//! An empty field is no limit.

use num_traits::{CheckedDiv, CheckedMul};

use crate::fraction::{Fraction, exact_decimal};
use crate::norm::Exact;
use crate::text::{Lang, reallocate};

/// Why a field cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// Not a whole number, zero or more.
    #[error("not a whole number, zero or more")]
    NotWhole,
    /// Not a share such as 10% or 1/7.
    #[error("not a share such as 10% or 1/7")]
    NotShare,
    /// A share below zero or above 100 %.
    #[error("a share from 0% to 100%")]
    ShareRange,
}

impl FieldError {
    /// The reason, to stand beside the field.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::NotWhole => reallocate::NOT_WHOLE,
            Self::NotShare => reallocate::NOT_SHARE,
            Self::ShareRange => reallocate::SHARE_RANGE,
        }
        .get(lang)
    }
}

/// Digits as an input method may leave them.
fn plain(text: &str) -> String {
    let narrow = text.chars().map(|sign| match sign {
        '０'..='９' | '％' | '／' | '．' => {
            char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign)
        }
        _ => sign,
    });
    narrow.filter(|sign| !sign.is_whitespace()).collect()
}

/// A whole number of posts, or nothing.
///
/// # Errors
/// [`FieldError::NotWhole`].
pub fn whole(text: &str) -> Result<Option<u32>, FieldError> {
    let text = plain(text);
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let value = if digits { text.parse().ok() } else { None };
    value.map(Some).ok_or(FieldError::NotWhole)
}

/// A share: `10%`, `1/7` or `0.1`, from 0 to 1; nothing stands for no cap.
///
/// # Errors
/// [`FieldError::NotShare`] or [`FieldError::ShareRange`].
pub fn cap_share(text: &str) -> Result<Option<Exact>, FieldError> {
    let text = plain(text);
    if text.is_empty() {
        return Ok(None);
    }
    let share = match text.strip_suffix('%') {
        Some(percent) => Exact::parse(percent)
            .and_then(|percent| percent.0.checked_div(&Fraction::from_integer(100))),
        None => Exact::parse(&text).map(|share| share.0),
    };
    let share = share.ok_or(FieldError::NotShare)?;
    let within = share >= Fraction::from_integer(0) && share <= Fraction::from_integer(1);
    if within { Ok(Some(Exact(share))) } else { Err(FieldError::ShareRange) }
}

/// A share as its field shows it: as a percentage where that is exact and short, else as it is.
pub fn share_text(share: &Exact) -> String {
    let percent = share.0.checked_mul(&Fraction::from_integer(100));
    match percent.as_ref().and_then(exact_decimal).filter(|text| text.len() <= 5) {
        Some(percent) => format!("{percent}%"),
        None => share.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_read_back_as_they_are_shown() {
        for (text, shown) in
            [("10%", "10%"), ("1/7", "1/7"), ("0.1", "10%"), ("１２.5％", "12.5%"), ("1", "100%")]
        {
            let share = cap_share(text).unwrap().unwrap();
            assert_eq!(share_text(&share), shown);
            assert_eq!(cap_share(shown).unwrap(), Some(share));
        }
        assert_eq!(cap_share(" ").unwrap(), None);
    }

    #[test]
    fn what_is_no_share_or_number_is_refused_with_a_reason() {
        for text in ["ten", "1/0", "10%%", "-", "99999999999999999999%"] {
            assert_eq!(cap_share(text), Err(FieldError::NotShare), "{text}");
        }
        assert_eq!(cap_share("-5%"), Err(FieldError::ShareRange));
        assert_eq!(cap_share("10"), Err(FieldError::ShareRange), "ten posts is no share");
        assert_eq!(whole("１２"), Ok(Some(12)));
        assert_eq!(whole(""), Ok(None));
        for text in ["-1", "1.5", "3名", "4294967296", "+3"] {
            assert_eq!(whole(text), Err(FieldError::NotWhole), "{text}");
        }
        assert!(!FieldError::NotShare.text(Lang::Zh).is_empty());
    }
}
