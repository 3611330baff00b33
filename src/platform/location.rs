//! The hash of the address: where screens live.

use leptos::prelude::window;

use crate::route::View;

/// The hash now, `#` included; empty where there is none.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

const LINK: &str = "#/open/";

/// The scenario that stands at the end of the address, if one does.
pub fn link() -> Option<String> {
    hash().strip_prefix(LINK).map(str::to_owned)
}

/// The address of this page with a scenario at its end.
pub fn of_link(link: &str) -> String {
    let page = window().location().href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default();
    format!("{page}{LINK}{link}")
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
