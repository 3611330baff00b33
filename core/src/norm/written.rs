//! Writes a pack as people write one: TOML, fields in the order of the guide, each part under a
//! header of its own, what says one thing on one line. [`super::read_pack`] reads it back to the
//! same pack. It knows the shape of a pack and none of its meaning.

use std::fmt::Write;

use super::Pack;
use super::toml::{Map, Tree, read_json};

/// Lists whose elements stand under headers of their own.
const PARTS: [&str; 6] = ["document", "input", "parameter", "table", "rule", "step"];

/// The pack as TOML; `None` only where its own JSON cannot be read, which no pack's is.
pub fn write_pack(pack: &Pack) -> Option<String> {
    let root = read_json(&serde_json::to_string(pack).ok()?)?;
    let mut out = String::new();
    fields(&mut out, &root, "", "");
    Some(out)
}

/// The elements of a list that stand under headers; none of any other piece.
fn parts<'a>(key: &str, tree: &'a Tree) -> &'a [Tree] {
    match tree {
        Tree::List(list) if PARTS.contains(&key) => list,
        _ => &[],
    }
}

/// The fields of a table, and then its parts, each under its header. `part` is what the table is one
/// of, and `path` the headers above it.
fn fields(out: &mut String, map: &Map, part: &str, path: &str) {
    for (key, _, tree) in &map.entries {
        if !parts(key, tree).is_empty() || is_left_out(part, key, tree) {
            continue;
        }
        out.push_str(key);
        out.push_str(" = ");
        match tree {
            Tree::List(list) if list.len() > 1 && matches!(list.first(), Some(Tree::Map(_))) => {
                out.push_str("[\n");
                for each in list {
                    out.push_str("    ");
                    inline(out, key, each);
                    out.push_str(",\n");
                }
                out.push(']');
            }
            tree => inline(out, part, tree),
        }
        out.push('\n');
    }
    for (key, _, tree) in &map.entries {
        for each in parts(key, tree) {
            let Tree::Map(each) = each else { continue };
            // Writing to a String cannot fail.
            let _ = writeln!(out, "\n[[{path}{key}]]");
            fields(out, each, key, &format!("{key}."));
        }
    }
}

/// Whether a field says nothing and reads back as nothing where it is not written: texts that a part
/// need not have, clauses without a text, and the end of a dated value.
fn is_left_out(part: &str, key: &str, tree: &Tree) -> bool {
    match (part, key) {
        (_, "number" | "issuer" | "seen" | "clause") | ("input", "unit") => is_blank(tree),
        _ => *tree == Tree::Bare("null".to_owned()),
    }
}

/// Whether there is no text in it, and no confidence but the one that stands unsaid.
fn is_blank(tree: &Tree) -> bool {
    match tree {
        Tree::Text(text) => text.is_empty(),
        Tree::Map(map) => {
            let unsaid = Tree::Text("local_assumption".to_owned());
            map.entries.iter().all(|(_, _, tree)| is_blank(tree) || *tree == unsaid)
        }
        Tree::Bare(_) | Tree::List(_) => false,
    }
}

fn inline(out: &mut String, part: &str, tree: &Tree) {
    match tree {
        Tree::Text(text) => string(out, text),
        Tree::Bare(word) => out.push_str(word),
        Tree::List(list) => {
            out.push('[');
            for (at, each) in list.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                inline(out, part, each);
            }
            out.push(']');
        }
        Tree::Map(map) => {
            out.push('{');
            let own = map.entries.iter().filter(|(key, _, tree)| !is_left_out(part, key, tree));
            for (at, (key, _, tree)) in own.enumerate() {
                out.push_str(if at > 0 { ", " } else { " " });
                out.push_str(key);
                out.push_str(" = ");
                inline(out, key, tree);
            }
            out.push_str(" }");
        }
    }
}

/// A text in quotes: single ones where it has double ones itself, as formulas do.
fn string(out: &mut String, text: &str) {
    let plain = !text.contains(|c: char| c.is_control() || c == '\'');
    if plain && text.contains(['"', '\\']) {
        out.extend(["'", text, "'"]);
        return;
    }
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            other if other.is_control() => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(other));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::norm::{Exact, SAMPLE, listed, read_pack, shipped};
    use crate::text::Bilingual;

    fn packs() -> Vec<Pack> {
        listed().iter().filter_map(|pack| shipped(pack.id)).collect()
    }

    /// Read back by the reader of the app, and by the full language.
    fn read_back(pack: &Pack) {
        let text = write_pack(pack).unwrap();
        assert_eq!(read_pack(&text).as_ref(), Ok(pack), "{text}");
        let full: Pack = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(full, *pack);
    }

    #[test]
    fn every_pack_reads_back_as_it_was_written() {
        let packs = packs();
        assert_eq!(packs.len(), 11);
        packs.iter().for_each(read_back);
    }

    #[test]
    fn a_pack_is_written_as_people_write_one() {
        let text = include_str!("../../../docs/norm-pack-example.toml");
        insta::assert_snapshot!(write_pack(&read_pack(text).unwrap()).unwrap());
    }

    #[test]
    fn a_changed_figure_and_an_ended_one_are_kept() {
        let mut pack = shipped(SAMPLE).unwrap();
        let (day, value) = (pack.valid_from, Exact::parse("18.5").unwrap());
        assert!(pack.set_figure("ratio.primary", day, value, "某编〔2026〕1号"));
        assert!(pack.set_figure("ratio.lower_secondary", day, Exact::parse("43/3").unwrap(), ""));
        let found = pack.parameters.iter_mut().find(|found| found.id == "small_school").unwrap();
        let mut end = found.values[0].clone();
        (end.from, end.value) = (end.from.succ_opt().unwrap(), None);
        found.values.push(end);
        // A unit that says nothing is still a parameter's own field.
        found.unit = Bilingual::default();
        read_back(&pack);
    }

    proptest! {
        /// Whatever stands in a text: quotes of both sorts, strokes, ends of lines, control signs.
        #[test]
        fn every_text_reads_back(zh in "[\"'\\\\\n\r\t中a\u{7f}\u{0}\u{85}{}=#\\[\\]]{0,12}", en in ".{0,20}") {
            let mut pack = shipped(SAMPLE).unwrap();
            // A pack says something in both languages.
            pack.about = Bilingual { zh: format!("例{zh}"), en: format!("e{en}") };
            pack.documents[0].seen = zh;
            let text = write_pack(&pack).unwrap();
            prop_assert_eq!(read_pack(&text), Ok(pack));
        }
    }
}
