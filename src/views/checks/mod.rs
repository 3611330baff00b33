//! Checks: the red lines that the county crosses, each with its figures, its clause, what to do and
//! the way to the place; beside them the yardsticks that they are measured by.

mod list;
mod yardsticks;

use bianheng_core::check::{Finding, check};
use bianheng_core::text::{check as said, check_view as words, shell};
use bianheng_core::yardstick::Severity;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::list::{List, weight};
use self::yardsticks::Yardsticks;
use super::proof::ProofPanel;
use crate::platform::{clipboard, timing::timed};
use crate::state::{State, Toast, use_state};
use crate::widgets::{Icon, icon};

/// The screen.
#[component]
pub fn Checks() -> impl IntoView {
    let state = use_state();
    let found = Memo::new(move |_| {
        let read = |open: &crate::state::Open| {
            timed("check", || check(open.workspace().state(), open.figures()))
        };
        state.with(read).unwrap_or_default()
    });
    let only = RwSignal::new(None::<Severity>);
    let counts = move || {
        let count = |severity| {
            found.with(|found| found.iter().filter(|each| each.severity == severity).count())
        };
        let (hard, soft) = (count(Severity::Hard), count(Severity::Soft));
        let notes = count(Severity::Calc);
        words::COUNTS.with(state.lang.get(), &[("hard", &hard), ("soft", &soft), ("notes", &notes)])
    };
    let choice = move |which: Option<Severity>, testid: &'static str| {
        let name = move || match which {
            Some(severity) => state.t(weight(severity)),
            None => state.t(words::EVERY),
        };
        view! {
            <button
                type="button"
                data-testid=testid
                aria-pressed=move || (only.get() == which).to_string()
                on:click=move |_| only.set(which)
            >
                {name}
            </button>
        }
    };
    view! {
        <header class="page-head">
            <h1>{state.say(words::TITLE)}</h1>
            <p class="prov" data-testid="checks-counts">{counts}</p>
            <div class="actions">
                <div class="seg" role="group" aria-label=state.say(words::SHOW)>
                    {choice(None, "checks-all")}
                    {choice(Some(Severity::Hard), "checks-hard")}
                    {choice(Some(Severity::Soft), "checks-soft")}
                    {choice(Some(Severity::Calc), "checks-notes")}
                </div>
                <button
                    type="button"
                    class="btn"
                    data-testid="checks-copy"
                    on:click=move |_| copy(state, found)
                >
                    {icon(Icon::Copy, "")}
                    {state.say(shell::COPY)}
                </button>
            </div>
        </header>
        <div class="page-body" tabindex="0" data-testid="checks">
            <div class="cols cols-norms">
                <div>
                    <List found only />
                </div>
                <aside class="decides-side">
                    <Yardsticks />
                </aside>
            </div>
        </div>
        <ProofPanel />
    }
}

/// Every finding as a line of text.
fn copy(state: State, found: Memo<Vec<Finding>>) {
    let lang = state.lang.get_untracked();
    let text = state.peek(|open| {
        let county = &open.workspace().state().county;
        let line = |finding: &Finding| said::line(finding, county, lang);
        found.with_untracked(|found| found.iter().map(line).collect::<Vec<_>>().join("\n"))
    });
    let Some(text) = text else { return };
    spawn_local(async move {
        let toast = if clipboard::copy(&text).await {
            Toast::done(shell::COPIED.get(lang).to_owned())
        } else {
            Toast::warning(shell::COPY_FAILED.get(lang).to_owned())
        };
        state.toast(toast);
    });
}
