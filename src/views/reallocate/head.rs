//! The head of the screen: whose posts, whether the proposal is proved, and what to do with it.

use bianheng_core::scenario::reset;
use bianheng_core::text::{number, reallocate as words};
use leptos::prelude::*;

use super::certificate::CertificateButton;
use super::desk::{Desk, Verdict, use_desk};
use crate::state::{Toast, ToastAction};
use crate::widgets::{Icon, icon};

/// The head.
#[component]
pub fn Head(
    /// Whether the norm covers any unit of the kind.
    has_need: Memo<bool>,
) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    // Where limits clash there is nothing to adopt; resetting may be the way out.
    let has_proposal = Memo::new(move |_| desk.proposal.with(Option::is_some));
    let provenance = move || {
        let (kind, lang) = (state.kind.get(), state.lang.get());
        let name = state.with(|open| {
            let county = &open.workspace().state().county;
            county.kind(&kind).map(|kind| kind.name.get(lang).to_owned())
        });
        let (lines, total) = desk.study.with(|study| {
            let known = study.as_ref().map(|study| (study.lines(), study.total_text(lang)));
            known.unwrap_or_default()
        });
        let name = name.flatten().unwrap_or_default();
        let lines = number::count(lines as u64);
        words::PROVENANCE.with(lang, &[("kind", &name), ("lines", &lines), ("total", &total)])
    };
    view! {
        <header class="page-head lined">
            <h1>{state.say(words::TITLE)}</h1>
            <p class="prov" data-testid="provenance">{provenance}</p>
            <Show when=move || has_need.get()>
                <div class="actions">
                    <VerdictChip />
                    <Show when=move || has_proposal.get()>
                        <CertificateButton />
                    </Show>
                    <ResetButton />
                    <Show when=move || has_proposal.get()>
                        <AdoptButton />
                    </Show>
                </div>
            </Show>
        </header>
    }
}

/// What the independent check says.
#[component]
fn VerdictChip() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let lines =
        move || desk.study.with(|study| study.as_ref().map_or(0, |study| study.lines())) as u64;
    move || match desk.verdict.get() {
        Verdict::None => ().into_any(),
        Verdict::Preview(moved) => {
            let text = words::PREVIEW.with(state.lang.get(), &[("moved", &number::count(moved))]);
            view! { <span class="chip" data-testid="previewing">{text}</span> }.into_any()
        }
        Verdict::Proven => {
            let lines = number::count(lines());
            let text = words::PROVEN.with(state.lang.get(), &[("lines", &lines)]);
            view! {
                <span class="chip accent" data-testid="proven">
                    {icon(Icon::Shield, "ico-13")}
                    {text}
                </span>
            }
            .into_any()
        }
        Verdict::Unproven(searched) => {
            let message = if searched { words::BEST_OF_CASES } else { words::BEST_FOUND };
            view! {
                <span class="chip" data-testid="unproven">
                    {icon(Icon::Warn, "ico-13")}
                    {message.get(state.lang.get())}
                </span>
            }
            .into_any()
        }
        Verdict::Flawed(why) => {
            let text = words::NOT_PROVEN.with(state.lang.get(), &[("why", &why)]);
            view! {
                <span class="chip err" role="alert" data-testid="not-proven">
                    {icon(Icon::Warn, "ico-13")}
                    {text}
                </span>
            }
            .into_any()
        }
    }
}

/// Adopts the proposal.
#[component]
fn AdoptButton() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let same = move || desk.pending.get() == 0;
    let shut = move || same() || !desk.verdict.with(Verdict::stands);
    let label = move || {
        let moved = number::count(desk.shown.get().unwrap_or(0));
        let done = same() && desk.verdict.with(Verdict::stands);
        let message = if done { words::ADOPTED } else { words::ADOPT };
        message.with(state.lang.get(), &[("moved", &moved)])
    };
    let why = move || if same() { state.t(words::ADOPT_SAME) } else { "" };
    view! {
        <button
            type="button"
            class="btn primary"
            data-testid="adopt"
            disabled=shut
            title=why
            on:click=move |_| desk.adopt()
        >
            {icon(Icon::Check, "")}
            {label}
        </button>
    }
}

/// Puts every row of the kind back to the base.
#[component]
fn ResetButton() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let nothing = Memo::new(move |_| is_as_surveyed(desk));
    let hint =
        move || state.t(if nothing.get() { words::RESET_NOTHING } else { words::RESET_HINT });
    let act = move |_| {
        let kind = state.kind.get_untracked();
        let step = state.peek(|open| reset(open.workspace(), &kind));
        if step.is_some_and(|step| state.dispatch(step)) {
            let text = words::RESET_DONE.get(state.lang.get_untracked());
            state.toast(Toast::done(text.to_owned()).offering(ToastAction::Undo));
        }
    };
    view! {
        <button
            type="button"
            class="btn"
            data-testid="reset"
            disabled=move || nothing.get()
            title=hint
            on:click=act
        >
            {icon(Icon::Undo, "")}
            {state.say(words::RESET)}
        </button>
    }
}

fn is_as_surveyed(desk: Desk) -> bool {
    let kind = desk.state.kind.get();
    let step = desk.state.with(|open| reset(open.workspace(), &kind));
    step.is_none_or(|step| step.commands.is_empty())
}
