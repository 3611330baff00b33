//! The first rows and those with findings, as they will come in, with the cells marked that findings
//! point at.

use bianheng_core::text::{Message, import_view as words};
use bianheng_sheets::Severity;
use bianheng_sheets::take::{Outcome, PreviewRow};
use leptos::prelude::*;

use super::desk::use_desk;
use crate::state::use_state;

/// The heads after the row's number, and whether figures stand below.
const HEADS: [(Message, bool); 7] = [
    (words::SCHOOL, false),
    (words::STAGE, false),
    (words::TOWNSHIP, false),
    (words::STUDENTS, true),
    (words::CLASSES, true),
    (words::AUTHORISED, true),
    (words::IN_POST, true),
];

/// The preview.
#[component]
pub fn Preview() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let shown = Memo::new(move |_| {
        desk.draft.with(|draft| {
            let Some(draft) = draft else { return (Vec::new(), 0) };
            let (places, hidden) = draft.preview();
            let rows = places.iter().filter_map(|at| draft.taken.preview.get(*at).cloned());
            (rows.collect::<Vec<PreviewRow>>(), hidden)
        })
    });
    let note = move || {
        let lang = state.lang.get();
        match shown.with(|(_, hidden)| *hidden) {
            0 => words::PREVIEW_NOTE.get(lang).to_owned(),
            hidden => words::PREVIEW_MORE.with(lang, &[("n", &hidden)]),
        }
    };
    let rows = move || {
        let lang = state.lang.get();
        let listed = words::OUTCOME_LISTED.get(lang);
        shown.get().0.into_iter().map(|line| row(&line, listed)).collect_view()
    };
    let heads = HEADS.map(|(message, figure)| {
        let class = if figure { "num" } else { "" };
        view! { <th scope="col" class=class>{move || state.t(message)}</th> }
    });
    view! {
        <header class="sec">
            <h2 id="import-preview-h">{move || state.t(words::PREVIEW)}</h2>
            <span class="note">{note}</span>
        </header>
        <div class="scroll-x">
            <table class="t preview" aria-labelledby="import-preview-h" data-testid="import-preview">
                <thead>
                    <tr>
                        <th scope="col" class="mid">{move || state.t(words::ROW)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Show when=move || shown.with(|(rows, _)| rows.is_empty())>
            <p class="note">{move || state.t(words::PREVIEW_NONE)}</p>
        </Show>
    }
}

fn row(line: &PreviewRow, listed: &'static str) -> impl IntoView + use<> {
    let out = line.outcome != Outcome::Taken;
    let cells = line.cells.iter().zip(HEADS).map(|(cell, (_, figure))| {
        let marked = match cell.mark {
            Some(Severity::MustFix) => "is-fail",
            Some(Severity::LookAt) => "is-review",
            Some(Severity::LeftOut) | None => "",
        };
        let class = if figure { format!("num {marked}") } else { marked.to_owned() };
        let text = if cell.text.is_empty() { "—".to_owned() } else { cell.text.clone() };
        view! { <td class=class title=text.clone()>{text.clone()}</td> }
    });
    view! {
        <tr
            class=if out { "is-out" } else { "" }
            title=out.then_some(listed)
            data-testid="import-preview-row"
            data-row=line.row + 1
        >
            <td class="mid ink3">{line.row + 1}</td>
            {cells.collect_view()}
        </tr>
    }
}
