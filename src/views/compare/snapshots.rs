//! The snapshots of the file: what each holds, what restoring it would change, and the way back to it.

use std::sync::Arc;

use bianheng_core::text::{Lang, compare as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::{clock, store};
use crate::state::{Cause, Open, Snapshot, use_state};
use crate::widgets::{Dialog, Html, Place, picked, walk};

/// Changes that a preview lists: more would hide the snapshots.
const LISTED: usize = 20;

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
    let looked_at = RwSignal::new(None::<Snapshot>);
    let pick = move |event: web_sys::MouseEvent| {
        let Some((what, at)) = picked(&event) else { return };
        let at = at.parse::<usize>().ok();
        let found = at.and_then(|at| list.with_untracked(|list| list.get(at).cloned()));
        if what == "preview" {
            looked_at.set(found);
            return;
        }
        let Some(snapshot) = found else { return };
        if what == "delete" {
            let place = Place::of(&event);
            spawn_local(async move {
                state.delete_snapshot(snapshot.at).await;
                load().await;
                place.into_iter().for_each(Place::hold);
            });
        } else if state.restore_snapshot(&snapshot) {
            state.shown.set(None);
        }
    };
    let preview = move || {
        let lang = state.lang.get();
        looked_at.with(|snapshot| {
            let snapshot = snapshot.as_ref()?;
            state.with_all(|open| preview(open, snapshot, lang))
        })
    };
    let note = move || {
        let mb = store::SNAPSHOT_BYTES / 1_000_000;
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("ring", &store::RING), ("hand", &store::BY_HAND), ("mb", &mb)];
        words::SNAPSHOTS_NOTE.with(state.lang.get(), &values)
    };
    view! {
        <Dialog testid="snapshots-dialog" class="dialog history" title=words::SNAPSHOTS on_close=close>
            <div class="dlg-body">
                <p class="note">{note}</p>
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
                <div
                    class="take-body"
                    role="status"
                    data-testid="snapshot-changes"
                    inner_html=preview
                ></div>
                <ol
                    class="trail"
                    data-testid="snapshots"
                    inner_html=rows
                    on:click=pick
                    on:keydown=move |event| walk(&event)
                ></ol>
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
        let at = at.to_string();
        html.button("link quiet", "snapshot-preview", "preview", &at, words::PREVIEW.get(lang));
        if snapshot.cause == Cause::Hand {
            html.button("link quiet", "snapshot-delete", "delete", &at, words::DELETE.get(lang));
        }
        html.button("link", "snapshot-restore", "restore", &at, words::RESTORE.get(lang));
        html.close("li");
    }
    html.done()
}

/// What restoring a snapshot would change in the open scenario.
fn preview(open: &Open, snapshot: &Snapshot, lang: Lang) -> String {
    let workspace = open.workspace();
    let mut html = Html::default();
    let time = clock::moment(snapshot.at);
    let Some(Ok(changes)) = snapshot.kept().map(|kept| kept.changes(workspace)) else {
        html.put("p", "prose", &words::PREVIEW_BROKEN.with(lang, &[("time", &time)]));
        return html.done();
    };
    let values: [(&str, &dyn std::fmt::Display); 2] = [("time", &time), ("n", &changes.len())];
    html.put("p", "prose", &words::PREVIEW_NOTE.with(lang, &values));
    if changes.is_empty() {
        return html.done();
    }
    html.open("table", &[("class", "t dense")]).open("tbody", &[]);
    for command in changes.iter().take(LISTED) {
        html.open("tr", &[]).open("th", &[("scope", "row")]);
        html.text(&words::place(command, workspace.state(), lang)).close("th");
        let (now, then) = (words::value(command, false, lang), words::value(command, true, lang));
        html.open("td", &[]).put("span", "was", &now).put("span", "arr", "→");
        html.text(&then).close("td").close("tr");
    }
    html.close("tbody").close("table");
    if changes.len() > LISTED {
        html.put("p", "note", &format!("+ {}", changes.len() - LISTED));
    }
    html.done()
}
