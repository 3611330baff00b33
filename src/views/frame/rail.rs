//! The rail on the left: the jobs in the order of the work.

use bianheng_core::text::{Message, shell};
use leptos::prelude::*;

use crate::route::View;
use crate::state::use_state;
use crate::widgets::{Icon, icon};

fn name(view: View) -> (Message, Icon, &'static str) {
    match view {
        View::Start => (shell::HOME, Icon::Map, "nav-start"),
        View::Overview => (shell::OVERVIEW, Icon::Overview, "nav-overview"),
        View::Schools => (shell::SCHOOLS, Icon::School, "nav-schools"),
        View::Norms => (shell::NORMS, Icon::Norms, "nav-norms"),
        View::Checks => (shell::CHECKS, Icon::Shield, "nav-checks"),
        View::Reallocate => (shell::REALLOCATE, Icon::Reallocate, "nav-reallocate"),
        View::Pool => (shell::POOL, Icon::Pool, "nav-pool"),
        View::Compare => (shell::COMPARE, Icon::Compare, "nav-compare"),
    }
}

/// The rail.
#[component]
pub fn Rail() -> impl IntoView {
    let state = use_state();
    let item = move |view: View| {
        let (message, mark, testid) = name(view);
        let current = move || (state.view.get() == view).then_some("page");
        view! {
            <li>
                <a href=view.hash() aria-current=current data-testid=testid>
                    {icon(mark, "ico-18")}
                    <span>{state.say(message)}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="rail" aria-label=state.say(shell::NAV)>
            <a
                class="logo"
                href=View::Start.hash()
                aria-label=move || format!("编衡 · {}", state.t(shell::HOME))
                data-testid="nav-start"
                lang="zh-CN"
            >
                "编衡"
            </a>
            <ul>{View::RAIL.map(item)}</ul>
        </nav>
    }
}
