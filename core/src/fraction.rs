//! Exact fractions: what an entitlement is before it is rounded to whole posts.

use std::cmp::Ordering;

use num_rational::Ratio;

/// An exact fraction. Always reduced, denominator above zero.
pub type Fraction = Ratio<i64>;

/// Compares two fractions by cross-multiplication, which cannot overflow at 128 bits and is
/// several times faster than comparing through continued fractions.
pub fn compare(a: &Fraction, b: &Fraction) -> Ordering {
    let left = i128::from(*a.numer()) * i128::from(*b.denom());
    let right = i128::from(*b.numer()) * i128::from(*a.denom());
    left.cmp(&right)
}

/// Compares two fractions given as (numerator, denominator above zero) that need not be reduced: one
/// multiplication each where that fits 128 bits.
pub fn compare_unreduced(a: (i128, i128), b: (i128, i128)) -> Ordering {
    match (a.0.checked_mul(b.1), b.0.checked_mul(a.1)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => Ratio::new(a.0, a.1).cmp(&Ratio::new(b.0, b.1)),
    }
}

/// Reads a decimal number such as `13.5` exactly. Digits, one optional sign and one optional
/// point; `None` for anything else or for more digits than a fraction holds.
pub fn parse_decimal(text: &str) -> Option<Fraction> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(part) || digits.ends_with('.') {
        return None;
    }
    let denominator = 10_i64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let numerator: i64 = format!("{whole}{part}").parse().ok()?;
    Some(Fraction::new(if negative { -numerator } else { numerator }, denominator))
}

/// Writes a fraction as a decimal with `places` digits after the point, rounded half away from
/// zero, for showing beside the exact figure.
pub fn decimal(value: &Fraction, places: u32) -> String {
    let scale = 10_i128.pow(places.min(18));
    let (numerator, denominator) = (i128::from(*value.numer()), i128::from(*value.denom()));
    let scaled = (numerator.abs() * scale * 2 + denominator) / (denominator * 2);
    let sign = if numerator < 0 && scaled > 0 { "\u{2212}" } else { "" };
    if places == 0 {
        return format!("{sign}{scaled}");
    }
    let width = places as usize;
    format!("{sign}{}.{:0width$}", scaled / scale, scaled % scale)
}

/// The shortest decimal that is exactly `value`, or `None` if it has none within nine digits.
pub fn exact_decimal(value: &Fraction) -> Option<String> {
    let places = (0..=9).find(|&places| 10_i64.pow(places) % value.denom() == 0)?;
    Some(decimal(value, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_need_not_be_reduced_to_compare() {
        // 2/4 = 3/6 < 2/3, and the same where the products pass 128 bits.
        let wide = 1_i128 << 100;
        for by in [1, wide] {
            let of = |above: i128, below: i128| (above * by, below * by);
            assert_eq!(compare_unreduced(of(2, 4), of(3, 6)), Ordering::Equal);
            assert_eq!(compare_unreduced(of(2, 4), of(2, 3)), Ordering::Less);
        }
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(parse_decimal("13.5"), Some(Fraction::new(27, 2)));
        assert_eq!(parse_decimal("-0.25"), Some(Fraction::new(-1, 4)));
        assert_eq!(parse_decimal("19"), Some(Fraction::from_integer(19)));
        for wrong in ["", ".", "1.", ".5", "1.7.2", "1e3", "+1", "１", "99999999999999999999"] {
            assert_eq!(parse_decimal(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn decimals_are_written_half_away_from_zero() {
        // 186 ÷ 19 = 9.789…; 1 ÷ 8 = 0.125
        assert_eq!(decimal(&Fraction::new(186, 19), 2), "9.79");
        assert_eq!(decimal(&Fraction::new(1, 8), 2), "0.13");
        assert_eq!(decimal(&Fraction::new(-1, 8), 2), "−0.13");
        assert_eq!(decimal(&Fraction::new(-1, 1000), 2), "0.00");
        assert_eq!(decimal(&Fraction::new(5, 2), 0), "3");
    }

    #[test]
    fn a_fraction_without_a_short_decimal_has_none() {
        assert_eq!(exact_decimal(&Fraction::new(27, 2)).as_deref(), Some("13.5"));
        assert_eq!(exact_decimal(&Fraction::new(1, 3)), None);
    }
}
