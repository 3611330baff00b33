//! The root: which screen is on, what the keyboard and dropped files do everywhere.

use bianheng_core::text::shell;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::platform::{files, location, page, panic};
use crate::route::View;
use crate::state::{State, Toast};
use crate::views::frame::Frame;
use crate::views::import::ImportDialog;
use crate::views::start::Start;
use crate::widgets::Toasts;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let state = State::new();
    provide_context(state);
    panic::set_rescue(move || {
        let lang = state.lang.try_get_untracked().unwrap_or_default();
        state.peek(|open| (open.workspace().clone(), lang))
    });
    follow_address(state);
    listen_to_keys(state);
    let dropping = receive_drops(state);
    state.resume();
    state.open_link();
    leave_in_order(state);
    Effect::new(move |_| {
        let name = state.with(|open| open.workspace().state().county.name.clone());
        let app = state.t(shell::APP);
        page::set_title(&name.map_or(app.to_owned(), |name| format!("{name} · {app}")));
    });
    let is_open = Memo::new(move |_| state.open.with(Option::is_some));
    let framed = move || state.view.get() != View::Start && is_open.get();
    view! {
        <a class="skip" href="#main">{state.say(shell::SKIP)}</a>
        <Show when=framed fallback=|| view! { <Start /> }>
            <Frame />
        </Show>
        <ImportDialog />
        <Toasts />
        <Show when=move || dropping.get()>
            <div class="drop-hint" aria-hidden="true">{state.say(shell::DROP_HERE)}</div>
        </Show>
    }
}

/// The address decides the screen. One that needs an open file, with none open, leads to the start.
fn follow_address(state: State) {
    let handle = window_event_listener(ev::hashchange, move |_| {
        let view = View::parse(&location::hash());
        if view != state.view.get_untracked() {
            page::leave_screen();
        }
        state.view.set(view);
        state.open_link();
    });
    on_cleanup(move || handle.remove());
}

/// What waits is written when the page is hidden or left.
fn leave_in_order(state: State) {
    let left = window_event_listener_untyped("pagehide", move |_| state.leave());
    let hidden = window_event_listener_untyped("blur", move |_| state.flush());
    on_cleanup(move || {
        left.remove();
        hidden.remove();
    });
}

/// Keys that work everywhere: undo, redo, open, save.
fn listen_to_keys(state: State) {
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || event.is_composing() {
            return;
        }
        let in_text = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let in_text =
            in_text.is_some_and(|at| matches!(at.tag_name().as_str(), "INPUT" | "TEXTAREA"));
        match (event.key().to_lowercase().as_str(), event.shift_key()) {
            // Inside a text the browser's own undo is what a person expects.
            ("z" | "y", _) if in_text => return,
            ("z", false) => state.undo(),
            ("z", true) | ("y", false) => state.redo(),
            ("s", false) => state.save(),
            ("o", false) => click("open-file"),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
}

/// Clicks the button with a test id, if it is on the page.
fn click(testid: &str) {
    let found = document().query_selector(&format!("[data-testid={testid}]"));
    if let Ok(Some(button)) = found {
        button.unchecked_into::<web_sys::HtmlElement>().click();
    }
}

/// A file dropped anywhere is opened or imported. The signal says whether one hovers.
fn receive_drops(state: State) -> RwSignal<bool> {
    let hovering = RwSignal::new(false);
    let over = window_event_listener(ev::dragover, move |event| {
        event.prevent_default();
        hovering.set(true);
    });
    let leave = window_event_listener(ev::dragleave, move |event| {
        // Leaving for another element of the page is not leaving the page.
        if event.related_target().is_none() {
            hovering.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        hovering.set(false);
        let file = event.data_transfer().and_then(|data| data.files()).and_then(|all| all.get(0));
        let Some(file) = file else { return };
        spawn_local(async move {
            match files::read(&file).await {
                Some(file) => state.receive(file),
                None => {
                    let text = shell::OPEN_UNREADABLE.get(state.lang.get_untracked());
                    state.toast(Toast::error(text.to_owned()));
                }
            }
        });
    });
    on_cleanup(move || {
        over.remove();
        leave.remove();
        dropped.remove();
    });
    hovering
}
