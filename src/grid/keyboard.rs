//! What the keys mean in the table: while a cell is chosen, and while one is edited.

use web_sys::KeyboardEvent;

use super::select::Move;

/// A key with what is held beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chord {
    /// The key's name, as the browser gives it.
    pub key: String,
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    pub shift: bool,
    pub alt: bool,
}

impl Chord {
    /// The chord of an event.
    pub fn of(event: &KeyboardEvent) -> Self {
        Self {
            key: event.key(),
            ctrl: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            alt: event.alt_key(),
        }
    }
}

/// What a key does while a cell is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Goes elsewhere; with `extend` the block grows.
    Go { way: Move, extend: bool },
    /// Goes right, or left, and out of the table at its edge.
    Tab { back: bool },
    /// Opens the editor: Enter, or F2 with the caret at the end.
    Edit { all: bool },
    /// Puts the chosen cells back.
    Clear,
    /// Chooses every cell.
    All,
    /// Shows where the figure comes from.
    Explain,
    /// Goes to the filter of the column.
    Filter,
    /// Undoes the last step, or does it again.
    Undo { redo: bool },
}

/// What a key does while a cell is chosen; `None` where it is not the table's.
pub fn idle(chord: &Chord) -> Option<Act> {
    let Chord { key, ctrl, shift, alt } = chord;
    let (ctrl, shift, alt) = (*ctrl, *shift, *alt);
    let go = |way| Some(Act::Go { way, extend: shift });
    match (key.as_str(), ctrl, alt) {
        ("ArrowDown", false, true) => Some(Act::Filter),
        ("Enter", false, true) | ("/", true, false) => Some(Act::Explain),
        (_, _, true) => None,
        ("ArrowUp", false, _) => go(Move::Up),
        ("ArrowDown", false, _) => go(Move::Down),
        ("ArrowLeft", false, _) => go(Move::Left),
        ("ArrowRight", false, _) => go(Move::Right),
        ("ArrowUp", true, _) => go(Move::Top),
        ("ArrowDown", true, _) => go(Move::Bottom),
        ("ArrowLeft", true, _) | ("Home", false, _) => go(Move::Start),
        ("ArrowRight", true, _) | ("End", false, _) => go(Move::End),
        ("Home", true, _) => go(Move::First),
        ("End", true, _) => go(Move::Last),
        ("PageUp", false, _) => go(Move::PageUp),
        ("PageDown", false, _) => go(Move::PageDown),
        ("Tab", false, _) => Some(Act::Tab { back: shift }),
        ("Enter", false, _) if shift => Some(Act::Go { way: Move::Up, extend: false }),
        ("Enter", false, _) => Some(Act::Edit { all: true }),
        ("F2", false, _) => Some(Act::Edit { all: false }),
        ("Delete" | "Backspace", false, _) => Some(Act::Clear),
        ("a" | "A", true, _) => Some(Act::All),
        ("z" | "Z", true, _) => Some(Act::Undo { redo: shift }),
        ("y" | "Y", true, _) => Some(Act::Undo { redo: true }),
        _ => None,
    }
}

/// What a key does while a cell is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditAct {
    /// Takes what was typed and goes on.
    Commit(Move),
    /// Leaves the cell as it was.
    Cancel,
}

/// What a key does while a cell is edited; `None` where it is the text's.
pub fn editing(chord: &Chord) -> Option<EditAct> {
    if chord.alt || chord.ctrl {
        return None;
    }
    match (chord.key.as_str(), chord.shift) {
        ("Enter", false) => Some(EditAct::Commit(Move::Down)),
        ("Enter", true) => Some(EditAct::Commit(Move::Up)),
        ("Tab", false) => Some(EditAct::Commit(Move::Right)),
        ("Tab", true) => Some(EditAct::Commit(Move::Left)),
        ("Escape", _) => Some(EditAct::Cancel),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn chord(text: &str) -> Chord {
        let mut chord = Chord::default();
        for part in text.split('+') {
            match part {
                "Ctrl" => chord.ctrl = true,
                "Shift" => chord.shift = true,
                "Alt" => chord.alt = true,
                key => chord.key = key.to_owned(),
            }
        }
        chord
    }

    #[wasm_bindgen_test]
    fn the_keys_of_a_spreadsheet_are_understood() {
        let go = |way, extend| Some(Act::Go { way, extend });
        for (keys, act) in [
            ("ArrowDown", go(Move::Down, false)),
            ("Shift+ArrowRight", go(Move::Right, true)),
            ("Ctrl+Shift+ArrowDown", go(Move::Bottom, true)),
            ("Ctrl+End", go(Move::Last, false)),
            ("Enter", Some(Act::Edit { all: true })),
            ("F2", Some(Act::Edit { all: false })),
            ("Alt+ArrowDown", Some(Act::Filter)),
            ("Alt+Enter", Some(Act::Explain)),
            ("Ctrl+/", Some(Act::Explain)),
            ("Ctrl+Shift+Z", Some(Act::Undo { redo: true })),
            ("Ctrl+c", None),
            ("7", None),
        ] {
            assert_eq!(idle(&chord(keys)), act, "{keys}");
        }
    }

    #[wasm_bindgen_test]
    fn while_typing_only_the_closing_keys_are_the_tables() {
        assert_eq!(editing(&chord("Enter")), Some(EditAct::Commit(Move::Down)));
        assert_eq!(editing(&chord("Shift+Tab")), Some(EditAct::Commit(Move::Left)));
        assert_eq!(editing(&chord("Escape")), Some(EditAct::Cancel));
        for keys in ["ArrowLeft", "Home", "Ctrl+z", "7"] {
            assert_eq!(editing(&chord(keys)), None, "{keys}");
        }
    }
}
