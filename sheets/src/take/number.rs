//! Counts, degrees and codes out of the text of cells. Exact: no floating point is used.

use crate::recognise::narrow;

/// The largest count that is believed: more is a slip of the hand.
const LARGEST: u64 = 9_999_999;

/// A cell read as a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// Nothing written.
    Blank,
    /// A dash or a word that says: not known.
    Unsaid,
    /// A whole number.
    Exact(u32),
    /// A whole number once a unit or the like is taken away.
    Mended(u32),
    /// No count.
    Wrong(Fault),
}

/// Why a cell is no count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No number at all.
    NotANumber,
    /// Below zero.
    Negative,
    /// Not whole.
    Fraction,
    /// Beyond belief.
    TooLarge,
}

impl Count {
    /// The number, where there is one.
    pub(super) fn value(self) -> Option<u32> {
        match self {
            Self::Exact(count) | Self::Mended(count) => Some(count),
            Self::Blank | Self::Unsaid | Self::Wrong(_) => None,
        }
    }
}

/// Reads a count.
pub(super) fn count(text: &str) -> Count {
    // Nearly every cell is a plain number.
    if !text.is_empty() && text.len() <= 7 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map_or(Count::Wrong(Fault::TooLarge), Count::Exact);
    }
    let mut text = narrow(text);
    text.retain(|c| !c.is_whitespace() && c != '\'');
    if text.is_empty() {
        return Count::Blank;
    }
    const UNSAID: [&str; 14] =
        ["-", "--", "—", "——", "－", "/", "\\", "无", "n/a", "na", "无数据", "不详", "...", "…"];
    if UNSAID.contains(&text.as_str()) {
        return Count::Unsaid;
    }
    if let Some(negative) = text.strip_prefix(['-', '−', '–'])
        && negative.starts_with(|c: char| c.is_ascii_digit())
    {
        let zero = negative.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        return if zero { Count::Mended(0) } else { Count::Wrong(Fault::Negative) };
    }
    if let Some(count) = plain(&text) {
        return count;
    }
    if let Some(count) = scientific(&text) {
        return count;
    }
    let mut core = text.as_str();
    for prefix in ["约", "共", "计", "大约"] {
        core = core.strip_prefix(prefix).unwrap_or(core);
    }
    for unit in [
        "左右", "个班", "个", "人", "名", "班", "位", "生", "所", "余", "students", "people",
        "posts", "classes",
    ] {
        core = core.strip_suffix(unit).unwrap_or(core);
    }
    match plain(core) {
        Some(Count::Exact(count)) if core != text => Count::Mended(count),
        Some(Count::Wrong(fault)) => Count::Wrong(fault),
        _ => Count::Wrong(Fault::NotANumber),
    }
}

/// Digits, perhaps with separators of thousands or an empty fraction.
fn plain(text: &str) -> Option<Count> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = without_separators(whole)?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if fraction.bytes().any(|byte| byte != b'0') {
        return Some(Count::Wrong(Fault::Fraction));
    }
    Some(limited(&digits))
}

fn limited(digits: &str) -> Count {
    match digits.parse::<u64>() {
        Ok(count) if count <= LARGEST => {
            u32::try_from(count).map_or(Count::Wrong(Fault::TooLarge), Count::Exact)
        }
        _ => Count::Wrong(Fault::TooLarge),
    }
}

/// `1,234,567` without its commas; `None` where the groups are not thousands.
fn without_separators(whole: &str) -> Option<String> {
    let mut groups = whole.split([',', '，']);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        grouped = true;
        digits.push_str(group);
    }
    let sound = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (sound && !(grouped && (first.is_empty() || first.len() > 3))).then_some(digits)
}

/// `1.2e+3`, as office programs shorten large numbers, where no digit is lost.
fn scientific(text: &str) -> Option<Count> {
    let (mantissa, exponent) = text.split_once('e')?;
    let exponent: usize = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if exponent > 12 {
        return Some(Count::Wrong(Fault::TooLarge));
    }
    let Some(zeros) = exponent.checked_sub(fraction.len()) else {
        return Some(Count::Wrong(Fault::Fraction));
    };
    match limited(&format!("{digits}{}", "0".repeat(zeros))) {
        Count::Exact(count) => Some(Count::Mended(count)),
        other => Some(other),
    }
}

/// The count of a cell where one can be read at all.
pub(crate) fn count_of(text: &str) -> Option<u32> {
    count(text).value()
}

/// Whether a code was shortened to `2.161E+09`, which loses its digits.
pub(super) fn is_shortened(code: &str) -> bool {
    let code = narrow(code);
    let Some((mantissa, exponent)) = code.trim().split_once("e+") else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(exponent) && digits(&mantissa.replacen('.', "", 1))
}

/// Degrees in decimals to millionths, rounded half away from zero. `None` is no such number.
pub(super) fn millionths(text: &str) -> Option<i32> {
    let mut text = narrow(text);
    text.retain(|c| !c.is_whitespace() && c != '°');
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || whole.len() > 3 || fraction.len() > 40 {
        return None;
    }
    let all = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !all(whole) || !all(fraction) {
        return None;
    }
    let mut value: i32 = whole.parse().ok()?;
    for place in 0..6 {
        let digit = fraction.as_bytes().get(place).map_or(0, |byte| i32::from(byte - b'0'));
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    if fraction.as_bytes().get(6).is_some_and(|byte| *byte >= b'5') {
        value = value.checked_add(1)?;
    }
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_in_every_dress() {
        for (text, read) in [
            ("62", Count::Exact(62)),
            ("６２", Count::Exact(62)),
            ("1,234", Count::Exact(1_234)),
            ("1，234", Count::Exact(1_234)),
            ("62.0", Count::Exact(62)),
            (" 62 ", Count::Exact(62)),
            ("62人", Count::Mended(62)),
            ("约 62 名", Count::Mended(62)),
            ("1.2E+3", Count::Mended(1_200)),
            ("", Count::Blank),
            ("—", Count::Unsaid),
            ("-5", Count::Wrong(Fault::Negative)),
            ("62.5", Count::Wrong(Fault::Fraction)),
            ("12,34", Count::Wrong(Fault::NotANumber)),
            ("六十二", Count::Wrong(Fault::NotANumber)),
            ("#REF!", Count::Wrong(Fault::NotANumber)),
            ("99999999999", Count::Wrong(Fault::TooLarge)),
            ("1e400", Count::Wrong(Fault::TooLarge)),
        ] {
            assert_eq!(count(text), read, "{text}");
        }
    }

    #[test]
    fn degrees_are_exact() {
        assert_eq!(millionths("120.69814218"), Some(120_698_142));
        assert_eq!(millionths("-0.0000005"), Some(-1));
        assert_eq!(millionths("13.515280683601715"), Some(13_515_281));
        assert_eq!(millionths("东经108度"), None);
        assert_eq!(millionths("1e2"), None);
    }

    #[test]
    fn shortened_codes_are_noticed() {
        assert!(is_shortened("2.161E+09"));
        assert!(!is_shortened("2161001001"));
        assert!(!is_shortened("E+09"));
    }
}
