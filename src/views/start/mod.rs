//! The first screen: three doors, and the files that this browser keeps.

mod doors;
mod recent;

use bianheng_core::text::shell;
use leptos::prelude::*;

use self::doors::Doors;
use self::recent::Recent;
use super::frame::{LanguageButton, ThemeButton};
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// The first screen.
#[component]
pub fn Start() -> impl IntoView {
    let state = use_state();
    let version =
        move || shell::VERSION.with(state.lang.get(), &[("version", &env!("CARGO_PKG_VERSION"))]);
    view! {
        <div class="start" data-testid="start">
            <header class="start-top">
                <span>{version}</span>
                <nav>
                    <ThemeButton />
                    <LanguageButton />
                </nav>
            </header>
            <main id="main" tabindex="-1">
                <div class="brand">
                    <h1 class="wordmark" lang="zh-CN">"编衡"</h1>
                    <p>
                        <strong>{state.say(shell::APP_LONG)}</strong>
                        {state.say(shell::APP_LINE)}
                    </p>
                </div>
                <Doors />
                <Recent />
            </main>
            <footer class="start-foot">
                {icon(Icon::Shield, "")}
                <strong>{state.say(shell::PRIVACY)}</strong>
                <span>{state.say(shell::PRIVACY_MORE)}</span>
            </footer>
        </div>
    }
}
