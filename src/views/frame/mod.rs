//! The frame around every screen of an open file: rail, top bar, ledger bar.

mod ledger_bar;
mod rail;
mod share;
mod tabs;
mod top_bar;
mod watching;

use leptos::prelude::*;

use self::ledger_bar::LedgerBar;
use self::rail::Rail;
use self::top_bar::TopBar;
pub use self::top_bar::{LanguageButton, ThemeButton};
use self::watching::WatchingBar;
use super::checks::Checks;
use super::compare::{Compare, Dialogs};
use super::norms::Norms;
use super::overview::Overview;
use super::pool::Pool;
use super::reallocate::Reallocate;
use super::schools::Schools;
use crate::route::View;
use crate::state::use_state;

/// The frame and the screen in it.
#[component]
pub fn Frame() -> impl IntoView {
    let state = use_state();
    view! {
        <div class="shell" data-testid="shell">
            <Rail />
            <TopBar />
            <LedgerBar />
            <main class="page" id="main" tabindex="-1">
                {move || match state.view.get() {
                    View::Schools => view! { <Schools /> }.into_any(),
                    View::Norms => view! { <Norms /> }.into_any(),
                    View::Checks => view! { <Checks /> }.into_any(),
                    View::Reallocate => view! { <Reallocate /> }.into_any(),
                    View::Pool => view! { <Pool /> }.into_any(),
                    View::Compare => view! { <Compare /> }.into_any(),
                    View::Overview | View::Start => view! { <Overview /> }.into_any(),
                }}
            </main>
            <WatchingBar />
            <Dialogs />
        </div>
    }
}
