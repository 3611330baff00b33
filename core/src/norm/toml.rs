//! Reads the part of TOML that packs are written in, and writes it as JSON with the line that each
//! piece came from: tables, arrays of tables, inline tables, arrays, strings of all four sorts,
//! whole numbers, decimals, true and false. Dotted keys, bare dates and special floats are refused.
//! It knows nothing of norms.

use std::fmt::Write;

/// A piece of TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tree {
    Text(String),
    /// A number, true or false, as it stands.
    Bare(String),
    List(Vec<Tree>),
    Map(Map),
}

/// A table: the line that it begins on, and its keys with theirs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Map {
    pub(super) line: u32,
    pub(super) entries: Vec<(String, u32, Tree)>,
}

/// What is wrong, and on which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) line: u32,
    pub(super) what: String,
}

/// Deeper than any pack.
const MAX_DEPTH: u32 = 16;

impl Map {
    fn get_mut(&mut self, key: &str) -> Option<&mut Tree> {
        self.entries.iter_mut().find(|(found, ..)| found == key).map(|(.., tree)| tree)
    }

    /// The line that a key stands on.
    pub(super) fn line_of(&self, key: &str) -> Option<u32> {
        self.entries.iter().find(|(found, ..)| found == key).map(|(_, line, _)| *line)
    }

    /// An element of a list of tables.
    pub(super) fn element(&self, key: &str, at: usize) -> Option<&Self> {
        let found = self.entries.iter().find(|(found, ..)| found == key);
        match found.map(|(.., tree)| tree) {
            Some(Tree::List(list)) => match list.get(at) {
                Some(Tree::Map(map)) => Some(map),
                _ => None,
            },
            _ => None,
        }
    }

    fn insert(&mut self, key: String, line: u32, tree: Tree) -> Result<(), Wrong> {
        if self.get_mut(&key).is_some() {
            return Err(Wrong { line, what: format!("{key} = … = …") });
        }
        self.entries.push((key, line, tree));
        Ok(())
    }

    /// The table that a header's first names lead to: of a list, its last element.
    fn walk(&mut self, names: &[String], line: u32) -> Result<&mut Self, Wrong> {
        let Some((first, rest)) = names.split_first() else { return Ok(self) };
        if self.get_mut(first).is_none() {
            self.entries.push((first.clone(), line, Tree::Map(Self { line, ..Self::default() })));
        }
        let next = match self.get_mut(first) {
            Some(Tree::Map(map)) => Some(map),
            Some(Tree::List(list)) => match list.last_mut() {
                Some(Tree::Map(map)) => Some(map),
                _ => None,
            },
            _ => None,
        };
        next.ok_or_else(|| Wrong { line, what: format!("[{first}.…]") })?.walk(rest, line)
    }
}

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Map, Wrong> {
    let mut reader = Reader { rest: text, line: 1, depth: 0, between: "=" };
    let mut root = Map { line: 1, ..Map::default() };
    let mut path: Vec<String> = Vec::new();
    loop {
        reader.skip(true);
        let line = reader.line;
        if reader.rest.is_empty() {
            return Ok(root);
        }
        if reader.take("[") {
            let list = reader.take("[");
            path = reader.header()?;
            reader.need("]")?;
            if list {
                reader.need("]")?;
            }
            open(&mut root, &path, list, line)?;
        } else {
            let (key, value) = reader.pair()?;
            root.walk(&path, line)?.insert(key, line, value)?;
        }
        reader.end_of_line()?;
    }
}

/// Reads the JSON of a table, as this program writes it, in the order that it stands in; a `null` is a
/// bare word. `None` for anything else.
pub(super) fn read_json(text: &str) -> Option<Map> {
    match (Reader { rest: text, line: 1, depth: 0, between: ":" }).value() {
        Ok(Tree::Map(map)) => Some(map),
        _ => None,
    }
}

fn open(root: &mut Map, path: &[String], list: bool, line: u32) -> Result<(), Wrong> {
    let Some((last, before)) = path.split_last() else { return Ok(()) };
    let parent = root.walk(before, line)?;
    let new = Tree::Map(Map { line, ..Map::default() });
    if !list {
        return parent.insert(last.clone(), line, new);
    }
    match parent.get_mut(last) {
        None => parent.insert(last.clone(), line, Tree::List(vec![new])),
        Some(Tree::List(items)) => {
            items.push(new);
            Ok(())
        }
        Some(_) => Err(Wrong { line, what: format!("[[{last}]]") }),
    }
}

struct Reader<'a> {
    rest: &'a str,
    line: u32,
    depth: u32,
    /// What stands between a key and its value: `=`, and in JSON `:`.
    between: &'static str,
}

impl<'a> Reader<'a> {
    /// What stands here, in short.
    fn wrong(&self) -> Wrong {
        let here: String = self.rest.lines().next().unwrap_or("").chars().take(40).collect();
        Wrong { line: self.line, what: here }
    }

    fn take(&mut self, sign: &str) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn need(&mut self, sign: &str) -> Result<(), Wrong> {
        self.skip(false);
        if self.take(sign) { Ok(()) } else { Err(self.wrong()) }
    }

    /// Skips blanks and comments, and ends of lines where they mean nothing.
    fn skip(&mut self, lines: bool) {
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\u{feff}']);
            if self.rest.starts_with('#') {
                self.rest = self.rest.find('\n').and_then(|at| self.rest.get(at..)).unwrap_or("");
            }
            if !lines || !self.take("\n") {
                return;
            }
            self.line += 1;
        }
    }

    fn end_of_line(&mut self) -> Result<(), Wrong> {
        self.skip(false);
        if self.rest.is_empty() || self.rest.starts_with('\n') { Ok(()) } else { Err(self.wrong()) }
    }

    fn split(&mut self, is_part: fn(char) -> bool) -> Option<&'a str> {
        let (part, rest) =
            self.rest.split_at(self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len()));
        self.rest = rest;
        (!part.is_empty()).then_some(part)
    }

    fn key(&mut self) -> Result<String, Wrong> {
        self.skip(false);
        if self.rest.starts_with(['"', '\'']) {
            return self.string();
        }
        let wrong = self.wrong();
        let bare = self.split(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        bare.map(str::to_owned).ok_or(wrong)
    }

    fn header(&mut self) -> Result<Vec<String>, Wrong> {
        let mut path = vec![self.key()?];
        self.skip(false);
        while self.take(".") {
            path.push(self.key()?);
            self.skip(false);
        }
        Ok(path)
    }

    fn pair(&mut self) -> Result<(String, Tree), Wrong> {
        let key = self.key()?;
        self.need(self.between)?;
        self.skip(false);
        Ok((key, self.value()?))
    }

    fn value(&mut self) -> Result<Tree, Wrong> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.wrong());
        }
        let tree = if self.rest.starts_with(['"', '\'']) {
            Tree::Text(self.string()?)
        } else if self.take("[") {
            let mut list = Vec::new();
            loop {
                self.skip(true);
                if self.take("]") {
                    break;
                }
                list.push(self.value()?);
                self.skip(true);
                if !self.take(",") && !self.rest.starts_with(']') {
                    return Err(self.wrong());
                }
            }
            Tree::List(list)
        } else if self.take("{") {
            let mut map = Map { line: self.line, ..Map::default() };
            loop {
                self.skip(true);
                if self.take("}") {
                    break;
                }
                let line = self.line;
                let (key, value) = self.pair()?;
                map.insert(key, line, value)?;
                self.skip(true);
                if !self.take(",") && !self.rest.starts_with('}') {
                    return Err(self.wrong());
                }
            }
            Tree::Map(map)
        } else {
            let wrong = self.wrong();
            let word = self.split(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
            let word = word.ok_or_else(|| wrong.clone())?;
            let number = word.strip_prefix('-').unwrap_or(word);
            let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            let plain = digits(whole) && digits(part) && (whole == "0" || !whole.starts_with('0'));
            let null = word == "null" && self.between == ":";
            if !plain && !null && !matches!(word, "true" | "false") {
                return Err(wrong);
            }
            Tree::Bare(word.to_owned())
        };
        self.depth -= 1;
        Ok(tree)
    }

    fn string(&mut self) -> Result<String, Wrong> {
        for (quote, lines, escapes) in
            [("\"\"\"", true, true), ("'''", true, false), ("\"", false, true), ("'", false, false)]
        {
            if self.take(quote) {
                if lines {
                    // A line that ends right behind the quotes is not part of the text.
                    self.take("\r");
                    if self.take("\n") {
                        self.line += 1;
                    }
                }
                return self.string_until(quote, lines, escapes);
            }
        }
        Err(self.wrong())
    }

    fn string_until(&mut self, quote: &str, lines: bool, escapes: bool) -> Result<String, Wrong> {
        let start = self.wrong();
        let mut out = String::new();
        while !self.take(quote) {
            let mut characters = self.rest.chars();
            let Some(next) = characters.next() else { return Err(start) };
            self.rest = characters.as_str();
            match next {
                '\n' if !lines => return Err(start),
                '\n' => {
                    self.line += 1;
                    out.push('\n');
                }
                '\\' if escapes => out.push(self.escape().ok_or_else(|| start.clone())?),
                other => out.push(other),
            }
        }
        Ok(out)
    }

    fn escape(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let next = characters.next()?;
        self.rest = characters.as_str();
        let digits = match next {
            'n' => return Some('\n'),
            't' => return Some('\t'),
            'r' => return Some('\r'),
            'b' => return Some('\u{8}'),
            'f' => return Some('\u{c}'),
            '"' | '\\' => return Some(next),
            'u' => 4,
            'U' => 8,
            _ => return None,
        };
        let code = self.rest.get(..digits)?;
        self.rest = self.rest.get(digits..)?;
        char::from_u32(u32::from_str_radix(code, 16).ok()?)
    }
}

/// The same as JSON, and for each line of that the line of the TOML that it came from.
pub(super) fn to_json(root: &Map) -> (String, Vec<u32>) {
    let mut writer = Writer { out: String::new(), lines: vec![root.line] };
    writer.map(root);
    (writer.out, writer.lines)
}

struct Writer {
    out: String,
    lines: Vec<u32>,
}

impl Writer {
    fn new_line(&mut self, from: u32) {
        self.out.push('\n');
        self.lines.push(from);
    }

    fn map(&mut self, map: &Map) {
        self.out.push('{');
        for (at, (key, line, value)) in map.entries.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.new_line(*line);
            self.text(key);
            self.out.push(':');
            self.tree(value);
        }
        // What a table lacks is found at its end, and is told of its beginning.
        self.new_line(map.line);
        self.out.push('}');
    }

    fn tree(&mut self, tree: &Tree) {
        match tree {
            Tree::Text(text) => self.text(text),
            Tree::Bare(word) => self.out.push_str(word),
            Tree::Map(map) => self.map(map),
            Tree::List(list) => {
                self.out.push('[');
                for (at, each) in list.iter().enumerate() {
                    if at > 0 {
                        self.out.push(',');
                    }
                    self.tree(each);
                }
                self.out.push(']');
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        for character in text.chars() {
            match character {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\u{0}'..='\u{1f}' => {
                    // Writing to a String cannot fail.
                    let _ = write!(self.out, "\\u{:04x}", u32::from(character));
                }
                other => self.out.push(other),
            }
        }
        self.out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_pack_reads_as_the_full_language_reads_it() {
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/norms")).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let (ours, _) = to_json(&read(&text).unwrap());
            let ours: serde_json::Value = serde_json::from_str(&ours).unwrap();
            let theirs: serde_json::Value = toml::from_str(&text).unwrap();
            assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn strings_of_all_sorts_read() {
        let text =
            "a = \"x\\n\\u4e2d\\\"\"\nb = 'c\\d'\nc = \"\"\"\nfirst\nsecond\"\"\"\nd = '''\"'''\n";
        let (json, _) = to_json(&read(text).unwrap());
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            value,
            serde_json::json!({"a":"x\n中\"","b":"c\\d","c":"first\nsecond","d":"\""})
        );
    }

    #[test]
    fn wrong_lines_are_named() {
        for (text, line) in [
            ("a = 1\nb = \n", 2),
            ("a = 1\na = 2\n", 2),
            ("a = 1\n\n[b\n", 3),
            ("a = \"x\n", 1),
            ("a = [1,\n 2 3]\n", 2),
            ("a = { b = 1\n", 2),
            ("a = 2020-01-01x\n", 1),
            ("a.b = 1\n", 1),
            ("a = 1 b = 2\n", 1),
            ("a = 1\n[[a]]\n", 2),
            ("a = 007\n", 1),
        ] {
            assert_eq!(read(text).map_err(|wrong| wrong.line), Err(line), "{text}");
        }
        assert!(read(&format!("a = {}", "[".repeat(1_000))).is_err());
    }
}
