//! Tables that are read more than worked in, as HTML text: far less code than an element for each
//! cell, and the browser reads them faster. Every text is escaped. Buttons in them say what they do
//! in `data-do` and to what in `data-at`; one handler around hears them all.

use web_sys::Event;

use super::Place;

/// HTML that grows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Opens an element. Attributes without a value are left out.
    pub fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            attribute(&mut self.0, name, value);
        }
        self.0.push('>');
        self
    }

    /// Closes an element.
    pub fn close(&mut self, tag: &str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
        self
    }

    /// Adds a text.
    pub fn text(&mut self, words: &str) -> &mut Self {
        text(&mut self.0, words);
        self
    }

    /// Adds a whole element with a class and a text.
    pub fn put(&mut self, tag: &str, class: &str, words: &str) -> &mut Self {
        self.open(tag, &[("class", class)]).text(words).close(tag)
    }

    /// Adds a cell of a table's head.
    pub fn head(&mut self, class: &str, words: &str) -> &mut Self {
        self.open("th", &[("scope", "col"), ("class", class)]).text(words).close("th")
    }

    /// Adds a button.
    pub fn button(&mut self, class: &str, testid: &str, what: &str, at: &str, words: &str) {
        let attributes = [
            ("type", "button"),
            ("class", class),
            ("data-testid", testid),
            ("data-do", what),
            ("data-at", at),
        ];
        self.open("button", &attributes).text(words).close("button");
    }

    /// Adds a button that is one of a choice, pressed where it is what was chosen.
    pub fn choice(&mut self, what: &str, at: &str, words: &str, chosen: bool) {
        let attributes = [
            ("type", "button"),
            ("class", "link"),
            ("data-testid", what),
            ("data-do", what),
            ("data-at", at),
            ("aria-pressed", if chosen { "true" } else { "false" }),
        ];
        self.open("button", &attributes).text(words).close("button");
    }

    /// Adds a margin with its symbol and colour.
    pub fn margin(&mut self, value: Option<i64>) -> &mut Self {
        use bianheng_core::text::number;
        let class = match value {
            None => "na",
            Some(..0) => "m-short",
            Some(0) => "m-zero",
            Some(1..) => "m-over",
        };
        self.put("span", class, &value.map_or_else(|| "—".to_owned(), number::margin))
    }

    /// The text.
    pub fn done(self) -> String {
        self.0
    }
}

/// Adds an attribute, escaped.
pub fn attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    text(html, value);
    html.push('"');
}

/// Adds a text, escaped.
pub fn text(html: &mut String, text: &str) {
    // Most texts have nothing to escape and go in whole.
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (plain, from) = rest.split_at(at);
        html.push_str(plain);
        let mut letters = from.chars();
        html.push_str(match letters.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&#39;",
        });
        rest = letters.as_str();
    }
    html.push_str(rest);
}

/// What a click was on: what the nearest button does, and to what. The focus stays in its place although
/// the list may be written anew by what is done.
pub fn picked(event: &Event) -> Option<(String, String)> {
    let place = Place::of(event)?;
    let said = place.said();
    place.hold();
    Some(said)
}
