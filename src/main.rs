//! The app: puts itself on the page. Rules and figures are the core's; views read and dispatch.

mod app;
mod grid;
mod platform;
mod route;
mod state;
mod views;
mod widgets;

// The tests of the app use the page, so they run in a browser and not in a bare engine.
#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn main() {
    platform::panic::install();
    leptos::mount::mount_to_body(app::App);
}
