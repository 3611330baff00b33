//! Every word a person reads, in Chinese and English, side by side. Rooms add messages to the
//! file of the part of the screen or of the core that speaks them. No other file holds prose.

pub mod bases;
pub mod cell;
pub mod check;
pub mod check_view;
pub mod compare;
pub mod files;
pub mod hours;
pub mod import;
pub mod import_view;
mod message;
pub mod names;
pub mod norms;
pub mod number;
pub mod overview;
pub mod packs;
pub mod pool;
pub mod pool_fault;
pub mod pool_order;
pub mod pool_view;
pub mod proof;
pub mod reallocate;
pub mod schools;
pub mod shell;
pub mod steps;
pub mod uses;
pub mod yardstick;

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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every file of messages, by name. A file left out here would go unchecked, so the test below
    /// also counts the files.
    const FILES: &[(&str, &[Message])] = &[
        ("bases", bases::ALL),
        ("cell", cell::ALL),
        ("check", check::ALL),
        ("check_view", check_view::ALL),
        ("compare", compare::ALL),
        ("files", files::ALL),
        ("hours", hours::ALL),
        ("import", import::ALL),
        ("import_view", import_view::ALL),
        ("names", names::ALL),
        ("norms", norms::ALL),
        ("overview", overview::ALL),
        ("packs", packs::ALL),
        ("pool", pool::ALL),
        ("pool_fault", pool_fault::ALL),
        ("pool_order", pool_order::ALL),
        ("pool_view", pool_view::ALL),
        ("proof", proof::ALL),
        ("schools", schools::ALL),
        ("reallocate", reallocate::ALL),
        ("shell", shell::ALL),
        ("steps", steps::ALL),
        ("uses", uses::ALL),
        ("yardstick", yardstick::ALL),
    ];

    #[test]
    fn both_languages_have_every_message_with_the_same_places() {
        for (file, messages) in FILES {
            let mut keys = std::collections::BTreeSet::new();
            for message in *messages {
                assert!(keys.insert(message.key), "{file}: {} twice", message.key);
                assert!(!message.zh.is_empty() && !message.en.is_empty(), "{}", message.key);
                assert_eq!(
                    message.places(Lang::Zh),
                    message.places(Lang::En),
                    "{file}: {}",
                    message.key
                );
            }
        }
    }

    #[test]
    fn every_file_of_messages_is_checked() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/text");
        let with_messages = std::fs::read_dir(folder).unwrap().filter(|entry| {
            let path = entry.as_ref().unwrap().path();
            let text = std::fs::read_to_string(path).unwrap();
            text.lines().any(|line| line.trim_start_matches("super::").starts_with("messages! {"))
        });
        assert_eq!(with_messages.count(), FILES.len());
    }
}
