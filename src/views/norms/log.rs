//! What was changed in the norm, newest first: the steps of the history that touch it, by name.

use bianheng_core::scenario::{Command, Step};
use bianheng_core::text::{norms as words, steps};
use leptos::prelude::*;

use crate::state::use_state;

/// The change log; nothing where nothing was changed.
#[component]
pub fn Log() -> impl IntoView {
    let state = use_state();
    let list = Memo::new(move |_| {
        let lang = state.lang.get();
        state
            .with(|open| {
                let workspace = open.workspace();
                let touching = workspace.scenario().done.iter().rev().filter(|step| touches(step));
                let said =
                    touching.map(|step| steps::figures_of_norm(step, workspace.state(), lang));
                said.collect::<Vec<_>>()
            })
            .unwrap_or_default()
    });
    let rows = move || {
        let row = |said: String| view! { <li data-testid="norm-log-row">{said}</li> };
        list.get().into_iter().map(row).collect_view()
    };
    view! {
        <Show when=move || list.with(|list| !list.is_empty())>
            <section class="block" aria-labelledby="norm-log-h" data-testid="norm-log">
                <header class="sec bar">
                    <h2 id="norm-log-h">{state.say(words::LOG)}</h2>
                </header>
                <ul class="added">{rows}</ul>
            </section>
        </Show>
    }
}

fn touches(step: &Step) -> bool {
    let of_norm = |command: &Command| {
        matches!(
            command,
            Command::SetParameter { .. } | Command::SetTableFigure { .. } | Command::SetNorm { .. }
        )
    };
    step.commands.iter().any(of_norm)
}
