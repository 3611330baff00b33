//! Fields of a file that this program does not know: set aside when it is opened and given back when
//! it is written, so that a file of a slightly newer or a local program passes through unharmed.

use serde_json::{Map, Value};

/// What `there` says and `ours` does not; null for nothing. Entries of a list are kept by what
/// names them, so that they find their place in a list that has changed.
pub(super) fn beyond(there: &Value, ours: &Value) -> Value {
    match (there, ours) {
        (Value::Object(there), Value::Object(ours)) => {
            let mut out = Map::new();
            for (key, value) in there {
                match ours.get(key) {
                    None => {
                        out.insert(key.clone(), value.clone());
                    }
                    Some(ours) => {
                        let more = beyond(value, ours);
                        if !more.is_null() {
                            out.insert(key.clone(), more);
                        }
                    }
                }
            }
            if out.is_empty() { Value::Null } else { Value::Object(out) }
        }
        (Value::Array(there), Value::Array(ours)) => {
            let mut out = Map::new();
            for (value, ours) in there.iter().zip(ours) {
                let more = beyond(value, ours);
                if !more.is_null() {
                    out.insert(name(ours), more);
                }
            }
            if out.is_empty() { Value::Null } else { Value::Object(out) }
        }
        _ => Value::Null,
    }
}

/// How many keys a value has, in it and in what it holds.
pub(super) fn keys(value: &Value) -> usize {
    match value {
        Value::Object(fields) => fields.len() + fields.values().map(keys).sum::<usize>(),
        Value::Array(entries) => entries.iter().map(keys).sum(),
        _ => 0,
    }
}

/// Gives back what was set aside, where its place is still there.
pub(super) fn give_back(ours: &mut Value, more: &Value) {
    let Value::Object(more) = more else { return };
    match ours {
        Value::Object(ours) => {
            for (key, value) in more {
                match ours.get_mut(key) {
                    None => {
                        ours.insert(key.clone(), value.clone());
                    }
                    Some(ours) => give_back(ours, value),
                }
            }
        }
        Value::Array(ours) => {
            for entry in ours {
                if let Some(value) = more.get(&name(entry)) {
                    give_back(entry, value);
                }
            }
        }
        _ => {}
    }
}

/// What names an entry of a list: a unit by its code, a holding by its stage or kind, others by
/// their id or name; what has none, by all that it says.
fn name(entry: &Value) -> String {
    let keys = ["code", "id", "stage", "kind", "name"];
    let named = keys.iter().find_map(|key| entry.get(key)?.as_str());
    named.map_or_else(|| entry.to_string(), str::to_owned)
}
