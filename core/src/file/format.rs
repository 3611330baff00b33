//! How the JSON is laid out: a line for each field, unit and step, nothing broken up within them. So
//! a tool that compares lines shows which unit changed, and the file stays small.

/// Depth down to which entries stand on lines of their own.
const LINES: usize = 4;

/// Lays out JSON that has no spaces between its parts. One pass over the text: the types that write
/// it need no second way of writing.
pub(super) fn lay_out(compact: &str) -> String {
    let mut out = String::with_capacity(compact.len() + compact.len() / 8);
    let (mut depth, mut in_text, mut escaped, mut empty) = (0_usize, false, false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', depth));
    };
    for letter in compact.chars() {
        if in_text {
            out.push(letter);
            in_text = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
            continue;
        }
        let closes = matches!(letter, '}' | ']');
        if closes {
            depth = depth.saturating_sub(1);
            if !empty && depth < LINES {
                line(&mut out, depth);
            }
        } else if empty && depth <= LINES {
            line(&mut out, depth);
        }
        empty = false;
        out.push(letter);
        match letter {
            '"' => in_text = true,
            '{' | '[' => {
                depth += 1;
                empty = true;
            }
            ',' if depth <= LINES => line(&mut out, depth),
            ':' if depth <= LINES => out.push(' '),
            _ => {}
        }
    }
    out
}

/// Whether a text is this JSON without spaces, letter for letter, apart from spaces between its
/// parts.
pub(super) fn is_laid_out(text: &str, compact: &str) -> bool {
    let mut rest = compact.bytes();
    let (mut in_text, mut escaped) = (false, false);
    for byte in text.bytes() {
        if !in_text && matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
            continue;
        }
        if rest.next() != Some(byte) {
            return false;
        }
        in_text = if in_text { escaped || byte != b'"' } else { byte == b'"' };
        escaped = in_text && !escaped && byte == b'\\';
    }
    rest.next().is_none()
}

/// Bytes of a JSON text apart from spaces between its parts, and how many keys it has.
pub(super) fn measure(text: &str) -> (usize, usize) {
    let (mut bytes, mut keys) = (0_usize, 0_usize);
    let (mut in_text, mut escaped) = (false, false);
    for byte in text.bytes() {
        if !in_text && matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
            continue;
        }
        bytes += 1;
        keys += usize::from(!in_text && byte == b':');
        in_text = if in_text { escaped || byte != b'"' } else { byte == b'"' };
        escaped = in_text && !escaped && byte == b'\\';
    }
    (bytes, keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_laid_out_says_the_same() {
        let compact = r#"{"a":[],"b":{"c":"x\\\"{[,:","d":[{"e":[1,{"f":[]}]}]}}"#;
        let out = lay_out(compact);
        assert!(out.contains("\n   {\n    \"e\": [1,{\"f\":[]}]\n   }"), "{out}");
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(read(&out), read(compact));
        assert!(is_laid_out(&out, compact) && is_laid_out(compact, compact));
        assert_eq!((measure(&out), measure(compact)), ((compact.len(), 6), (compact.len(), 6)));
        for other in [&compact.replace("{[,:", "{[, :"), &compact.replace("[1,", "[1,1,")] {
            assert!(!is_laid_out(&out, other) && !is_laid_out(other, compact), "{other}");
        }
        assert!(!is_laid_out(&out, &format!("{compact}0")) && !is_laid_out("{", "{}"));
    }
}
