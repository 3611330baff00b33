//! The app: puts itself on the page. Rules and figures are the core's; views read and dispatch.

mod app;
mod grid;
mod platform;
mod route;
mod state;
mod views;
mod widgets;

fn main() {
    platform::panic::install();
    leptos::mount::mount_to_body(app::App);
}
