//! Numbers of fields that this program does not know, to the last digit. A JSON value holds 64 bits; a
//! number that would come back as another text is turned into a marked text before it is read as a
//! value, and into the number again when it is written. Numbers of this program's own fields never
//! come here.

use std::borrow::Cow;

use serde_json::Number;

/// What marks a text as a number. No text that a person writes begins like this.
const MARK: &str = "\\u0000number:";

/// The same JSON with each number that a value would not give back as it is turned into a marked text.
pub(super) fn hide(text: &str) -> Cow<'_, str> {
    // Whoever writes the mark into a file keeps 64 bits of each number, and nothing else happens.
    if text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut done = 0;
    for (from, to) in numbers(text) {
        let Some(number) = text.get(from..to) else { continue };
        if number.parse::<Number>().is_ok_and(|value| value.to_string() == number) {
            continue;
        }
        out.push_str(text.get(done..from).unwrap_or_default());
        out.extend(["\"", MARK, number, "\""]);
        done = to;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// The JSON with the numbers shown again.
pub(super) fn show(text: &str) -> Cow<'_, str> {
    let mark = ["\"", MARK].concat();
    if !text.contains(&mark) {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split(mark.as_str());
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('"').unwrap_or((part, ""));
        out.extend([number, rest]);
    }
    Cow::Owned(out)
}

/// Whether a text holds the mark without having been marked here.
pub(super) fn is_marked(text: &str) -> bool {
    text.contains(MARK)
}

/// Where the numbers of a JSON text stand.
fn numbers(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let (mut in_text, mut escaped) = (false, false);
    let mut from = None;
    let bytes = text.bytes().chain([b' ']).enumerate();
    bytes.filter_map(move |(at, byte)| {
        if in_text {
            in_text = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            return None;
        }
        in_text = byte == b'"';
        let of_number = byte.is_ascii_digit()
            || byte == b'-'
            || (from.is_some() && matches!(byte, b'.' | b'e' | b'E' | b'+'));
        if of_number {
            from = from.or(Some(at));
            return None;
        }
        from.take().map(|from| (from, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_comes_back_and_what_a_value_holds_stays_a_number() {
        let text = r#"{"a":[1,-2,0.5,123456789012345678901234567890,0.1000000000000000055511151231257827],
            "b":"9.999999999999999999999","c":1e400,"d":-0.0,"e":1.50,"f":"\"12\\","g":7}"#;
        let hidden = hide(text);
        assert_eq!(hidden.matches(MARK).count(), 4, "{hidden}");
        let value: serde_json::Value = serde_json::from_str(&hidden).unwrap();
        assert_eq!((&value["a"][1], &value["g"]), (&(-2).into(), &7.into()));
        assert_eq!(show(&hidden), text);
        let compact = value.to_string();
        for number in ["123456789012345678901234567890", "0.1000000000000000055511151231257827"] {
            assert!(show(&compact).contains(&format!(",{number}")), "{compact}");
        }
        assert!(show(&compact).contains("\"c\":1e400") && show(&compact).contains("\"e\":1.50"));
        let marked = r#"{"a":"\u0000number:1","b":1e400}"#;
        assert_eq!(hide(marked), marked);
        assert_eq!(hide("12345678901234567890123"), r#""\u0000number:12345678901234567890123""#);
    }
}
