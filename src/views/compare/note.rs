//! The open scenario's note, where it came from, and its name in passing.

use bianheng_core::text::compare as words;
use leptos::prelude::*;

use crate::state::use_state;
use crate::widgets::Dialog;

/// The dialog: what is typed is kept as it is typed.
#[component]
pub fn Note(close: Callback<()>) -> impl IntoView {
    let state = use_state();
    let (note, parents) = state
        .peek(|open| {
            let scenario = open.workspace().scenario();
            (scenario.note.clone(), scenario.parents.join("、"))
        })
        .unwrap_or_default();
    let from = (!parents.is_empty())
        .then(|| words::PARENTS.with(state.lang.get_untracked(), &[("names", &parents)]));
    let typed = move |event| {
        let note = event_target_value(&event);
        state.edit(|workspace| {
            workspace.set_note(&note);
            Ok(true)
        });
    };
    view! {
        <Dialog testid="note-dialog" class="dialog" title=words::NOTE on_close=close>
            <div class="dlg-body">
                <textarea
                    class="field note-text"
                    rows="4"
                    data-testid="scenario-note-text"
                    aria-label=state.say(words::NOTE)
                    placeholder=state.say(words::NOTE_HINT)
                    prop:value=note
                    on:change=typed
                ></textarea>
                <p class="note">{from}</p>
            </div>
        </Dialog>
    }
}
