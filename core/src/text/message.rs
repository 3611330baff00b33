//! What a message is: one sentence in two languages, with named places to fill.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

/// The two languages of the interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// Chinese.
    #[default]
    #[serde(rename = "zh")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// A sentence in both languages. `{name}` marks a place to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// The constant's name, unique within its file.
    pub key: &'static str,
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Message {
    /// The sentence as it stands.
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// The sentence with its places filled. A place that is not given stays visible as `{name}`.
    pub fn with(&self, lang: Lang, values: &[(&str, &dyn std::fmt::Display)]) -> String {
        let mut out = String::new();
        let mut rest = self.get(lang);
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else { break };
            out.push_str(before);
            // Writing to a String cannot fail.
            let _ = match values.iter().find(|(key, _)| *key == name) {
                Some((_, value)) => write!(out, "{value}"),
                None => write!(out, "{{{name}}}"),
            };
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// The names of the places to fill, sorted, in one language.
    #[cfg(test)]
    pub(crate) fn places(&self, lang: Lang) -> Vec<&'static str> {
        let mut rest = self.get(lang);
        let mut found = Vec::new();
        while let Some((name, tail)) =
            rest.split_once('{').and_then(|(_, after)| after.split_once('}'))
        {
            found.push(name);
            rest = tail;
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A text of the data (a norm's title, a kind's name) in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bilingual {
    /// Chinese; where it is empty the English stands.
    pub zh: String,
    /// English; where it is empty the Chinese stands.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Bilingual {
    /// Both languages.
    pub fn new(zh: &str, en: &str) -> Self {
        Self { zh: zh.to_owned(), en: en.to_owned() }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// The text in one language, falling back to the other where it is empty.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            Lang::Zh if self.zh.is_empty() => &self.en,
            _ => &self.zh,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOVED: Message = Message { key: "MOVED", zh: "调 {n} 名", en: "{n} posts moved" };

    #[test]
    fn places_are_filled_and_missing_ones_stay_visible() {
        assert_eq!(MOVED.with(Lang::Zh, &[("n", &3)]), "调 3 名");
        assert_eq!(MOVED.with(Lang::En, &[]), "{n} posts moved");
    }
}
