//! 凭什么: the panel that proves one row's entitlement, docked at the right of a page. It follows
//! every edit, and never takes the focus when it opens: the grid goes on under the hand. Escape or
//! ✕ closes it and gives the focus back to where it came from.

mod additional;
mod lessons;
mod lines;
mod posts;
mod sources;

use bianheng_core::report::proof_sheet::{ProofSheet, proof_sheet};
use bianheng_core::text::{proof, shell};
use leptos::ev;
use leptos::html::Aside;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, Node};

use self::additional::Additional;
use self::lessons::Lessons;
use self::lines::{Inputs, Lines, Turns};
use self::posts::Posts;
use self::sources::Sources;
use crate::platform::clipboard;
use crate::state::{State, Toast, use_state};
use crate::widgets::{Icon, icon};

/// The panel; nothing where no proof is asked for.
#[component]
pub fn ProofPanel() -> impl IntoView {
    let state = use_state();
    let sheet = Memo::new(move |_| {
        let row = state.proof.get()?;
        state.with(|open| proof_sheet(open.workspace(), open.figures(), row)).flatten()
    });
    let panel = NodeRef::<Aside>::new();
    let opener = StoredValue::new_local(None::<HtmlElement>);
    let remember = move |element: Option<HtmlElement>| {
        let inside = |element: &HtmlElement| {
            let panel = panel.get_untracked();
            panel.is_some_and(|panel| panel.contains(Some(element.unchecked_ref::<Node>())))
        };
        if let Some(element) = element.filter(|element| !inside(element)) {
            opener.try_set_value(Some(element));
        }
    };
    Effect::new(move |_| {
        if state.proof.get().is_some() {
            remember(focused());
        }
    });
    let close = move || {
        state.proof.set(None);
        let back = opener.try_get_value().flatten().filter(|element| element.is_connected());
        let main = || document().get_element_by_id("main")?.dyn_into::<HtmlElement>().ok();
        if let Some(element) = back.or_else(main) {
            // Only fails on a detached element.
            let _ = element.focus();
        }
    };
    // With the focus nowhere, Escape still closes what is open.
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let nowhere = focused().is_none_or(|element| element.tag_name() == "BODY");
        if event.key() == "Escape"
            && nowhere
            && !event.default_prevented()
            && state.proof.try_get_untracked().flatten().is_some()
        {
            close();
        }
    });
    on_cleanup(move || handle.remove());
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() && !event.default_prevented() {
            event.prevent_default();
            close();
        }
    };
    let came_from = move |event: web_sys::FocusEvent| {
        remember(event.related_target().and_then(|from| from.dyn_into().ok()));
    };
    view! {
        <Show when=move || sheet.with(Option::is_some)>
            <aside
                class="proof"
                aria-label=state.say(proof::TITLE)
                data-testid="proof"
                node_ref=panel
                on:keydown=on_key
                on:focusin=came_from
            >
                <header class="proof-bar">
                    <h2>{state.say(proof::TITLE)}</h2>
                    <button
                        type="button"
                        class="tool"
                        data-testid="proof-copy"
                        on:click=move |_| copy(state)
                    >
                        {icon(Icon::Copy, "")}
                        {state.say(shell::COPY)}
                    </button>
                    <button
                        type="button"
                        class="tool"
                        data-testid="proof-close"
                        aria-label=state.say(shell::CLOSE)
                        on:click=move |_| close()
                    >
                        {icon(Icon::Cross, "")}
                    </button>
                </header>
                <div class="proof-body" tabindex="0">
                    <Whose sheet />
                    <Inputs sheet />
                    <Lines sheet />
                    <Turns sheet />
                    <Posts sheet />
                    <Additional sheet />
                    <Lessons />
                    <Sources sheet />
                </div>
            </aside>
        </Show>
    }
}

/// The element that has the focus.
fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

fn copy(state: State) {
    let lang = state.lang.get_untracked();
    let Some(row) = state.proof.get_untracked() else { return };
    let text = state.peek(|open| {
        let sheet = proof_sheet(open.workspace(), open.figures(), row)?;
        Some(proof::sheet(&sheet, open.workspace().state().norm.pack(), lang))
    });
    let Some(text) = text.flatten() else { return };
    spawn_local(async move {
        let toast = if clipboard::copy(&text).await {
            Toast::done(shell::COPIED.get(lang).to_owned())
        } else {
            Toast::warning(shell::COPY_FAILED.get(lang).to_owned())
        };
        state.toast(toast);
    });
}

/// Whose figure it is, and the result.
#[component]
fn Whose(sheet: Memo<Option<ProofSheet>>) -> impl IntoView {
    let state = use_state();
    let said = move |say: fn(&ProofSheet, bianheng_core::text::Lang) -> String| {
        let lang = state.lang.get();
        sheet.with(|sheet| sheet.as_ref().map(|sheet| say(sheet, lang))).unwrap_or_default()
    };
    let result = move || {
        sheet.with(|sheet| {
            let proof = sheet.as_ref()?.proof.as_ref()?;
            proof.result.as_ref().ok().map(|posts| posts.whole)
        })
    };
    let shown = move || match result() {
        Some(whole) => bianheng_core::text::number::count(u64::from(whole)),
        None => "—".to_owned(),
    };
    let why_not = move || {
        let lang = state.lang.get();
        sheet.with(|sheet| match sheet.as_ref().map(|sheet| sheet.proof.as_ref()) {
            None => None,
            Some(None) => Some(proof::NOT_COVERED.get(lang).to_owned()),
            Some(Some(found)) => {
                found.result.as_ref().err().map(|refusal| proof::refusal(refusal, lang))
            }
        })
    };
    view! {
        <header class="proof-of">
            <div>
                <h3 data-testid="proof-of">{move || said(proof::whose)}</h3>
                <p class="note">{move || said(proof::place)}</p>
            </div>
            <p class="result">
                <i>{state.say(proof::ENTITLEMENT)}</i>
                <b data-testid="proof-result">{shown}</b>
                <span>{state.say(proof::POSTS_UNIT)}</span>
            </p>
        </header>
        {move || {
            why_not().map(|why| view! { <p class="say short" data-testid="proof-refusal">{why}</p> })
        }}
    }
}
