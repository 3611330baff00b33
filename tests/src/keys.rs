//! Names of keys as people write them, such as `Enter` or `Control+Shift+Z`. Never presses one.

use anyhow::{Result, anyhow};
use thirtyfour::Key;

/// The modifiers to hold and the key to press, as the driver's characters.
pub fn chord(text: &str) -> Result<(Vec<char>, char)> {
    let mut parts: Vec<&str> = text.split('+').collect();
    let last = parts.pop().unwrap_or_default();
    let held = parts.into_iter().map(key).collect::<Result<Vec<char>>>()?;
    Ok((held, key(last)?))
}

fn key(name: &str) -> Result<char> {
    let named = match name {
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Space" => Key::Space,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "Control" => Key::Control,
        "Shift" => Key::Shift,
        "Alt" => Key::Alt,
        "Meta" => Key::Meta,
        "F1" => Key::F1,
        "F2" => Key::F2,
        "F10" => Key::F10,
        _ => {
            let mut letters = name.chars();
            return match (letters.next(), letters.next()) {
                (Some(letter), None) => Ok(letter),
                _ => Err(anyhow!("no key is called `{name}`")),
            };
        }
    };
    Ok(named.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_are_held_and_the_last_key_is_pressed() {
        let (held, key) = chord("Control+Shift+z").unwrap();
        assert_eq!(held, [char::from(Key::Control), char::from(Key::Shift)]);
        assert_eq!(key, 'z');
        assert!(chord("Hyper").is_err());
    }
}
