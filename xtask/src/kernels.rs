//! Builds the calculations alone for the browser, so that each can be timed there: compiled, bound and made
//! small like the app. Never a part of what users get.

use crate::place::Place;
use crate::site::{self, Effort};
use crate::{run, say};

/// A page that holds the calculations and does nothing with them.
const PAGE: &str = r#"<!doctype html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<script src="kernels.js"></script>
<script>
wasm_bindgen({ module_or_path: 'kernels_bg.wasm' }).then(function (exports) { window.memory = exports.memory; });
</script>
"#;

/// Writes the page into its folder.
pub fn build(place: &Place) -> Result<(), String> {
    say::step("building the calculations for the browser");
    let profile = Effort::Release.profile();
    run::plain(
        run::command("cargo", &place.root)
            .args(["build", "--locked", "--package", "bianheng", "--example", "kernels"])
            .args(["--target", "wasm32-unknown-unknown", "--profile", profile]),
    )?;
    let compiled = place
        .target()
        .join("wasm32-unknown-unknown")
        .join(profile)
        .join("examples")
        .join("kernels.wasm");
    let folder = place.kernels();
    site::bind(place, &compiled, &folder, "kernels")?;
    site::shrink(place, &folder.join("kernels_bg.wasm"))?;
    site::write(&folder.join("index.html"), PAGE.as_bytes())
}
