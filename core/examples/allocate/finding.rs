//! What a person has to know about the file, each with its place and a cure.

use serde_json::{Value, json};

/// Something about the file that a person has to know.
pub struct Finding {
    pub code: &'static str,
    pub at: String,
    pub message: String,
    pub cure: String,
    /// Whether nothing can be worked out before it is mended.
    pub stops: bool,
}

impl Finding {
    pub fn new(
        code: &'static str,
        at: impl Into<String>,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Self { code, at: at.into(), message: message.into(), cure: cure.into(), stops: true }
    }

    /// The same as something that stops nothing.
    pub fn note(self) -> Self {
        Self { stops: false, ..self }
    }

    pub fn json(&self) -> Value {
        json!({ "code": self.code, "where": self.at, "message": self.message, "cure": self.cure })
    }
}
