//! How figures are written, the same in both languages: thousands by comma, a true minus sign, and
//! a symbol with every margin so that colour never speaks alone.

use crate::fraction::Fraction;

/// A whole number with thousands: `2,226`, `−9`.
pub fn grouped(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::from(if value < 0 { "\u{2212}" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with thousands.
pub fn count(value: u64) -> String {
    grouped(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A change with its sign: `+50`, `−50`, `0`.
pub fn signed(value: i64) -> String {
    if value > 0 { format!("+{}", grouped(value)) } else { grouped(value) }
}

/// Posts gained, as a change: `+50`, `0`.
pub fn gained(posts: u64) -> String {
    signed(i64::try_from(posts).unwrap_or(i64::MAX))
}

/// Posts lost, as a change: `−50`, `0`.
pub fn lost(posts: u64) -> String {
    signed(-i64::try_from(posts).unwrap_or(i64::MAX))
}

/// A margin with its symbol: `▼ −9`, `▲ +5`, `＝ 0`.
pub fn margin(value: i64) -> String {
    let symbol = match value {
        ..0 => '▼',
        0 => '＝',
        1.. => '▲',
    };
    format!("{symbol} {}", signed(value))
}

/// An exact fraction as a person writes it: `9 15/19`, `7`, `−1/2`.
pub fn mixed(value: &Fraction) -> String {
    let (whole, rest) = parts(value);
    match (whole, rest) {
        (whole, None) => grouped(whole),
        (0, Some((numerator, denominator))) => {
            let sign = if *value.numer() < 0 { "\u{2212}" } else { "" };
            format!("{sign}{numerator}/{denominator}")
        }
        (whole, Some((numerator, denominator))) => {
            format!("{} {numerator}/{denominator}", grouped(whole))
        }
    }
}

/// The same for a fraction that may need more digits than a [`Fraction`] holds: those are written
/// out without thousands.
pub fn mixed_wide(value: &crate::norm::Wide) -> String {
    match (i64::try_from(*value.numer()), i64::try_from(*value.denom())) {
        (Ok(numerator), Ok(denominator)) => mixed(&Fraction::new_raw(numerator, denominator)),
        _ => value.to_string(),
    }
}

/// The whole part and what remains of a fraction, as numerator and denominator, both above zero.
/// A fraction between −1 and 0 has whole part 0: its sign is that of the fraction.
pub fn parts(value: &Fraction) -> (i64, Option<(i64, i64)>) {
    let whole = value.to_integer();
    let rest = value.fract();
    let shown = (*rest.numer() != 0).then(|| (rest.numer().abs(), *rest.denom()));
    (whole, shown)
}

/// A share as a percentage with one decimal: `67.2%`.
pub fn percent(value: &Fraction) -> String {
    let hundred = num_traits::CheckedMul::checked_mul(value, &Fraction::from_integer(100));
    match hundred {
        Some(percent) => format!("{}%", crate::fraction::decimal(&percent, 1)),
        None => "—".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_carry_thousands_signs_and_symbols() {
        assert_eq!(grouped(2_226), "2,226");
        assert_eq!(grouped(-1_234_567), "−1,234,567");
        assert_eq!([margin(-9), margin(5), margin(0)], ["▼ −9", "▲ +5", "＝ 0"]);
        assert_eq!(mixed(&Fraction::new(186, 19)), "9 15/19");
        assert_eq!(mixed(&Fraction::new(-1, 2)), "−1/2");
        assert_eq!(mixed(&Fraction::from_integer(7)), "7");
        assert_eq!(percent(&Fraction::new(2, 3)), "66.7%");
    }
}
