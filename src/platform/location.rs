//! The hash of the address: where screens live.

use leptos::prelude::window;

use crate::route::View;

/// The hash now, `#` included; empty where there is none.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Goes to a screen. The page hears of it by `hashchange`.
pub fn go(view: View) {
    // A browser refuses only addresses that it cannot read; these are fixed.
    let _ = window().location().set_hash(view.hash());
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}
