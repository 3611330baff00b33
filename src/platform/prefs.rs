//! Small things that the browser keeps: preferences and the list of files. A browser that refuses
//! keeps nothing, and nothing breaks.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// `gloo-storage` panics where the browser has no storage; this asks first.
fn available() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// What was kept under a key; `None` if nothing, or something unreadable.
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    if available() { LocalStorage::get(key).ok() } else { None }
}

/// Keeps a value. Refusals are not told: the documents themselves live elsewhere.
pub fn set<T: Serialize>(key: &str, value: &T) {
    if available() {
        let _ = LocalStorage::set(key, value);
    }
}

/// Forgets a value.
pub fn delete(key: &str) {
    if available() {
        LocalStorage::delete(key);
    }
}
