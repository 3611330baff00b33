//! The snapshots of the file: what each holds, and the way back to it.

use std::sync::Arc;

use bianheng_core::text::{Lang, compare as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::clock;
use crate::state::{Cause, Snapshot, use_state};
use crate::widgets::{Dialog, Html, picked};

/// The dialog.
#[component]
pub fn Snapshots(close: Callback<()>) -> impl IntoView {
    let state = use_state();
    let (name, list) = (RwSignal::new(String::new()), RwSignal::new(Arc::new(Vec::new())));
    let load = move || async move {
        let found = state.snapshots().await;
        // The dialog may be closed by now.
        list.try_set(Arc::new(found));
    };
    spawn_local(load());
    let rows = move || {
        let lang = state.lang.get();
        list.with(|list| rows(list, lang))
    };
    let take = move |_| {
        let written = state.snapshot_written(Cause::Hand, name.get_untracked().trim());
        name.set(String::new());
        spawn_local(async move {
            written.await;
            load().await;
        });
    };
    let pick = move |event: web_sys::MouseEvent| {
        let at = picked(&event).and_then(|(_, at)| at.parse::<usize>().ok());
        let found = at.and_then(|at| list.with_untracked(|list| list.get(at).cloned()));
        if let Some(snapshot) = found {
            state.restore_snapshot(&snapshot);
            state.shown.set(None);
        }
    };
    view! {
        <Dialog testid="snapshots-dialog" class="dialog history" title=words::SNAPSHOTS on_close=close>
            <div class="dlg-body">
                <p class="note">{state.say(words::SNAPSHOTS_NOTE)}</p>
                <div class="btns">
                    <input
                        class="field"
                        data-testid="snapshot-name"
                        aria-label=state.say(words::SNAPSHOT_NAME)
                        placeholder=state.say(words::SNAPSHOT_NAME)
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                    <button type="button" class="btn" data-testid="snapshot-take" on:click=take>
                        {state.say(words::SNAPSHOT_TAKE)}
                    </button>
                </div>
                <ol class="trail" data-testid="snapshots" inner_html=rows on:click=pick></ol>
            </div>
        </Dialog>
    }
}

fn rows(list: &[Snapshot], lang: Lang) -> String {
    let mut html = Html::default();
    if list.is_empty() {
        html.put("li", "note", words::SNAPSHOTS_NONE.get(lang));
    }
    for (at, snapshot) in list.iter().enumerate() {
        let scenarios = snapshot.kept().map(|kept| kept.scenarios).unwrap_or_default();
        let names: Vec<&str> = scenarios.iter().map(|one| one.name.as_str()).collect();
        let steps: usize = scenarios.iter().map(|one| one.done.len()).sum();
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("n", &scenarios.len()), ("names", &names.join("、")), ("steps", &steps)];
        html.open("li", &[("data-testid", "snapshot")]);
        html.put("span", "num", &clock::moment(snapshot.at));
        html.put("span", "chip", snapshot.cause.text().get(lang));
        html.put("strong", "", &snapshot.name);
        html.put("span", "ink3", &words::SNAPSHOT_HOLDS.with(lang, &values));
        html.button(
            "link",
            "snapshot-restore",
            "restore",
            &at.to_string(),
            words::RESTORE.get(lang),
        );
        html.close("li");
    }
    html.done()
}
