//! Single values of the file: a name, a rule by any of its names, a number of any usual spelling.

use bianheng_core::allocate::Rule;
use bianheng_core::fraction::Fraction;
use serde_json::Value;

use super::fields::field;

pub fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub fn parse_rule(text: &str) -> Option<Rule> {
    let plain: String = text.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect();
    Some(match plain.as_str() {
        "balanced" | "balance" | "webster" | "saintelague" | "saintelaguë" | "leastsquares"
        | "proportional" | "均衡" => Rule::Balanced,
        "worstfirst" | "adams" | "leximin" | "maxmin" | "minmax" | "保底" | "保底优先" => {
            Rule::WorstFirst
        }
        "equalgap" | "equalrelativegap" | "huntingtonhill" | "hill" | "equalproportions"
        | "相对均等" | "等差" => Rule::EqualGap,
        "neveroverfill" | "nooverfill" | "dhondt" | "jefferson" | "leximax" | "防超配" => {
            Rule::NeverOverfill
        }
        "largestremainder" | "hamilton" | "vinton" | "最大余数" => Rule::LargestRemainder,
        _ => return None,
    })
}

pub fn parse_need(value: &Value) -> Option<Fraction> {
    match value {
        Value::Number(number) => parse_text(&number.to_string()),
        Value::String(text) => parse_text(text),
        Value::Array(pair) => match pair.as_slice() {
            [above, below] => ratio(above, below),
            _ => None,
        },
        Value::Object(parts) => {
            let above = field(parts, &["num", "numer", "numerator", "above"])?;
            ratio(above, field(parts, &["den", "denom", "denominator", "below"])?)
        }
        _ => None,
    }
}

fn ratio(above: &Value, below: &Value) -> Option<Fraction> {
    let whole = |value: &Value| value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
    make(whole(above)?.into(), whole(below)?.into())
}

fn make(above: i128, below: i128) -> Option<Fraction> {
    if below == 0 {
        return None;
    }
    let ratio = num_rational::Ratio::new(above, below);
    Some(Fraction::new(i64::try_from(*ratio.numer()).ok()?, i64::try_from(*ratio.denom()).ok()?))
}

/// `12`, `9.5`, `1e-3`, `186/19`, `9.5/2`.
pub fn parse_text(text: &str) -> Option<Fraction> {
    let text = text.trim();
    if let Some((above, below)) = text.split_once('/') {
        let (above, below) = (parse_text(above)?, parse_text(below)?);
        let above_wide = i128::from(*above.numer()).checked_mul((*below.denom()).into())?;
        return make(above_wide, i128::from(*above.denom()).checked_mul((*below.numer()).into())?);
    }
    let lower = text.to_lowercase();
    let (digits, power) = match lower.split_once('e') {
        Some((digits, power)) => (digits.to_owned(), power.parse::<i32>().ok()?),
        None => (lower.clone(), 0),
    };
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(rest) => (true, rest.to_owned()),
        None => (false, digits.strip_prefix('+').unwrap_or(&digits).to_owned()),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    if whole.is_empty() && part.is_empty()
        || !format!("{whole}{part}").bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let number: i128 = format!("{whole}{part}").parse().ok()?;
    let places = i32::try_from(part.len()).ok()?.checked_sub(power)?;
    let scale = 10_i128.checked_pow(places.unsigned_abs())?;
    let number = if negative { -number } else { number };
    if places >= 0 { make(number, scale) } else { make(number.checked_mul(scale)?, 1) }
}
