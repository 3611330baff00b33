//! Every word a person reads, in Chinese and English, side by side. Rooms add messages to the
//! file of the part of the screen or of the core that speaks them. No other file holds prose.

mod message;
pub mod pool;

pub use message::{Bilingual, Lang, Message};

/// Declares messages: `NAME: "中文 {placeholder}", "English {placeholder}";`. Both languages must
/// have the same placeholders, which a test checks through the module's `ALL`.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident: $zh:literal, $en:literal;)*) => {
        $($(#[$doc])* #[allow(missing_docs)]
        pub const $name: $crate::text::Message =
            $crate::text::Message { key: stringify!($name), zh: $zh, en: $en };)*
        /// Every message of this file.
        pub const ALL: &[$crate::text::Message] = &[$($name),*];
    };
}
pub(crate) use messages;

