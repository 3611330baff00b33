//! The import of a survey: a dialog in which a file's columns get their meaning and its problems are
//! mended before anything counts. A file that is no survey gets one sentence; what was open stays.

mod choices;
mod columns;
mod desk;
mod draft;
mod enter;
mod findings;
mod foot;
mod head;
mod list;
mod preview;
mod settings;

use bianheng_core::text::{import_view as words, shell};
use leptos::html::Dialog;
use leptos::prelude::*;

use self::columns::Columns;
use self::desk::{Desk, use_desk};
use self::findings::Findings;
use self::foot::Foot;
use self::head::{Head, Steps};
use self::preview::Preview;
use self::settings::Settings;
use crate::state::use_state;

/// The dialog; shown while a survey is being imported.
#[component]
pub fn ImportDialog() -> impl IntoView {
    let state = use_state();
    let desk = Desk::new(state);
    provide_context(desk);
    Effect::new(move |_| {
        if state.survey.with(Option::is_some) {
            desk.read();
        }
    });
    let open = Memo::new(move |_| desk.is_open());
    view! {
        <Show when=move || open.get()>
            <Window />
        </Show>
    }
}

/// The dialog's window: what is outside can neither be reached nor changed while it is open.
#[component]
fn Window() -> impl IntoView {
    let desk = use_desk();
    let window = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(window) = window.get() {
            // Fails only where the dialog is open already.
            let _ = window.show_modal();
        }
    });
    // Closing the element first gives the focus back to where it was.
    let close = Callback::new(move |()| {
        if let Some(window) = window.get_untracked() {
            window.close();
        }
        desk.close();
    });
    let keys = move |event: web_sys::KeyboardEvent| {
        if !(event.ctrl_key() || event.meta_key()) || event.is_composing() {
            return;
        }
        // The keys of the page behind must not reach it; undo here means this dialog's own.
        event.stop_propagation();
        match event.key().to_lowercase().as_str() {
            "z" if !event.shift_key() && !in_field(&event) => {
                event.prevent_default();
                desk.undo();
            }
            "s" | "o" => event.prevent_default(),
            _ => {}
        }
    };
    let ready = Memo::new(move |_| desk.draft.with(Option::is_some));
    view! {
        <dialog
            class="dialog import"
            aria-labelledby="import-h"
            data-testid="import-dialog"
            node_ref=window
            on:keydown=keys
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                close.run(());
            }
        >
            <Head on_close=close />
            <Steps />
            <Show when=move || ready.get() fallback=move || view! { <Progress on_cancel=close /> }>
                <Body />
                <Foot on_cancel=close />
            </Show>
        </dialog>
    }
}

fn in_field(event: &web_sys::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|at| matches!(at.tag_name().as_str(), "INPUT" | "TEXTAREA"))
}

/// What came of the file.
#[component]
fn Body() -> impl IntoView {
    let state = use_state();
    view! {
        <div class="import-body" data-testid="import-body">
            <section tabindex="0" aria-label=state.say(words::COLUMNS)>
                <Settings />
                <Columns />
            </section>
            <section tabindex="0" aria-label=state.say(words::FINDINGS)>
                <Preview />
                <Findings />
            </section>
        </div>
    }
}

/// How far reading is, with a way to stop it.
#[component]
fn Progress(
    /// Stops.
    on_cancel: Callback<()>,
) -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let done = move || desk.reading.with(|reading| reading.as_ref().map_or(3, |one| one.done));
    let text = move || {
        let lang = state.lang.get();
        desk.reading.with(|reading| match reading {
            Some(reading) if reading.done == 0 => {
                words::READING.with(lang, &[("name", &reading.name)])
            }
            Some(reading) if reading.done == 1 => words::READING_COLUMNS.get(lang).to_owned(),
            _ => words::READING_ROWS.get(lang).to_owned(),
        })
    };
    view! {
        <div class="import-body one" data-testid="import-reading">
            <section>
                <div class="progress">
                    <p role="status">{text}</p>
                    <progress max="3" prop:value=move || f64::from(done()) + 0.5></progress>
                    <button
                        type="button"
                        class="btn"
                        data-testid="import-cancel"
                        on:click=move |_| on_cancel.run(())
                    >
                        {state.say(shell::CANCEL)}
                    </button>
                </div>
            </section>
        </div>
    }
}
