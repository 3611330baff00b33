//! The comparison: figures of every scenario side by side, why two of them differ, the schools that
//! differ, remarks on them. Merging, history and snapshots open as dialogs over any screen.

mod desk;
mod dialogs;
mod differs;
mod history;
mod matrix;
mod note;
mod remarks;
mod snapshots;
mod take_in;
mod units;
mod why;

use std::time::Duration;

use bianheng_core::file;
use bianheng_core::text::{compare as words, files as file_words};
use leptos::prelude::*;

use self::desk::Desk;
pub use self::dialogs::Dialogs;
use self::matrix::Matrix;
use self::remarks::Remarks;
use self::units::Units;
use self::why::WhyChart;
use crate::state::{Shown, use_state};
use crate::widgets::{Html, Icon, icon};

/// The screen.
#[component]
pub fn Compare() -> impl IntoView {
    let desk = Desk::new();
    provide_context(desk);
    view! {
        <PageHead />
        <div class="page-body" tabindex="0" data-testid="compare">
            <div class="cols cols-compare">
                <Matrix />
                <WhyChart />
            </div>
            <Units />
            <Remarks />
        </div>
    }
}

/// The desk, from anywhere on the screen.
fn use_desk() -> Desk {
    expect_context()
}

/// Title, the two sides, the verification code and the way to other files.
#[component]
fn PageHead() -> impl IntoView {
    let desk = use_desk();
    let state = use_state();
    // It is over every fact and figure: worked out when the screen is painted, which need not wait.
    let code = RwSignal::new(String::new());
    Effect::new(move |_| {
        state.with(|_| ());
        code.set(String::new());
        let work_out = move || {
            let found = state.peek(|open| file::code(open.workspace().state()));
            // The screen may be gone by now.
            code.try_set(found.unwrap_or_default());
        };
        request_animation_frame(move || set_timeout(work_out, Duration::ZERO));
    });
    let code = move || words::CODE.with(state.lang.get(), &[("code", &code.get())]);
    let differs = move || {
        let n = state.differing().len();
        let text = file_words::DIFFERS_SHOW.with(state.lang.get(), &[("n", &n)]);
        (n > 0).then(|| {
            view! {
                <button
                    type="button"
                    class="link"
                    data-testid="differs-open"
                    on:click=move |_| state.shown.set(Some(Shown::Differs))
                >
                    {text}
                </button>
            }
        })
    };
    view! {
        <header class="page-head">
            <h1>{state.say(words::TITLE)}</h1>
            <span class="prov">{state.say(words::FROM)}</span>
            <SidePick second=false />
            <span class="prov">{state.say(words::TO)}</span>
            <SidePick second=true />
            <div class="actions">
                <span
                    class="chip accent"
                    data-testid="code"
                    title=state.say(words::CODE_HINT)
                >
                    {icon(Icon::Check, "ico-13")}
                    {code}
                </span>
                {differs}
                <button
                    type="button"
                    class="btn"
                    data-testid="take-in"
                    on:click=move |_| state.shown.set(Some(Shown::TakeIn))
                >
                    {state.say(words::TAKE_IN)}
                </button>
            </div>
        </header>
        {move || desk.seen.with(Option::is_none).then(|| view! { <p class="note">"—"</p> })}
    }
}

/// Chooses one of the two sides.
#[component]
fn SidePick(second: bool) -> impl IntoView {
    let desk = use_desk();
    let options = move || {
        let mut html = Html::default();
        if let Some(seen) = desk.seen.get() {
            let chosen = if second { seen.pair.1 } else { seen.pair.0 };
            for (place, side) in seen.sides.iter().enumerate() {
                let value = side.at.map_or(0, |at| at + 1).to_string();
                let selected = if place == chosen { "selected" } else { "" };
                html.open("option", &[("value", &value), ("selected", selected)]);
                html.text(&desk.name(side)).close("option");
            }
        }
        html.done()
    };
    let (label, testid) =
        if second { (words::TO, "compare-to") } else { (words::FROM, "compare-from") };
    let changed = move |event| {
        let value = event_target_value(&event).parse().ok();
        desk.pair.update(|pair| *if second { &mut pair.1 } else { &mut pair.0 } = value);
    };
    view! {
        <span class="select">
            <select
                data-testid=testid
                aria-label=move || desk.state.t(label)
                inner_html=options
                on:change=changed
            ></select>
            {icon(Icon::ChevronDown, "ico-13")}
        </span>
    }
}
