//! The head: which file, which of its sheets, how large, where the header stands; and the steps.

use bianheng_core::text::number::count;
use bianheng_core::text::{Message, import_view as words, shell};
use bianheng_sheets::read::Format;
use leptos::prelude::*;

use super::desk::use_desk;
use super::enter::as_u64;
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// What the head says of the file.
#[derive(Clone, PartialEq, Eq)]
struct About {
    file: String,
    format: &'static str,
    sheets: Vec<String>,
    sheet: usize,
    rows: usize,
    columns: usize,
    header: Option<usize>,
}

/// The head of the dialog.
#[component]
pub fn Head(
    /// Closes the dialog.
    on_close: Callback<()>,
) -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let about = Memo::new(move |_| {
        desk.draft.with(|draft| {
            let draft = draft.as_ref()?;
            let grid = draft.grid()?;
            let mapping = &draft.mapping;
            Some(About {
                file: draft.workbook.file_name.clone(),
                format: match draft.workbook.format {
                    Format::Xlsx => "XLSX",
                    Format::Xls => "XLS",
                    Format::Ods => "ODS",
                    Format::Text(encoding) => encoding,
                },
                sheets: draft.workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
                sheet: draft.sheet,
                rows: grid.height().saturating_sub(mapping.data_row),
                columns: grid.width(),
                header: (mapping.header_rows > 0).then_some(mapping.header_row + 1),
            })
        })
    });
    let facts = move || {
        let lang = state.lang.get();
        let about = about.get()?;
        let (rows, columns) = (count(as_u64(about.rows)), about.columns);
        let size = words::SIZE.with(lang, &[("rows", &rows), ("columns", &columns)]);
        let header = match about.header {
            Some(row) => words::HEADER_AT.with(lang, &[("row", &row)]),
            None => words::HEADER_NONE.get(lang).to_owned(),
        };
        let sheet = match about.sheets.as_slice() {
            [one] if one.is_empty() => None,
            [one] => {
                let name = one.clone();
                Some(view! { <span>{words::SHEET.get(lang)} " " <b>{name}</b></span> }.into_any())
            }
            _ => Some(view! { <SheetChoice names=about.sheets chosen=about.sheet /> }.into_any()),
        };
        Some(view! {
            <span class="clip" title=about.file.clone() data-testid="import-file">{about.file.clone()}</span>
            <span>{about.format}</span>
            {sheet}
            <span data-testid="import-size">{size}</span>
            <span>{header}</span>
        })
    };
    view! {
        <div class="dlg-head">
            <h2 id="import-h" tabindex="-1" autofocus>{state.say(words::TITLE)}</h2>
            <p class="facts">{facts}</p>
            <button
                type="button"
                class="shut"
                data-testid="import-close"
                aria-label=state.say(shell::CLOSE)
                on:click=move |_| on_close.run(())
            >
                {icon(Icon::Cross, "")}
            </button>
        </div>
    }
}

/// Chooses a sheet of the workbook.
#[component]
fn SheetChoice(names: Vec<String>, chosen: usize) -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let options = names.into_iter().enumerate().map(|(at, name)| {
        view! { <option value=at.to_string() selected=at == chosen>{name}</option> }
    });
    let changed = move |event| {
        if let Ok(sheet) = event_target_value(&event).parse() {
            desk.choose_sheet(sheet);
        }
    };
    view! {
        <span class="select short">
            <select
                data-testid="import-sheet"
                aria-label=state.say(words::SHEET)
                on:change=changed
            >
                {options.collect_view()}
            </select>
            {icon(Icon::ChevronDown, "")}
        </span>
    }
}

/// The steps; the second is the one where a person works.
#[component]
pub fn Steps() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let at =
        move || if desk.taking.get() { 2 } else { usize::from(desk.draft.with(Option::is_some)) };
    let steps = [words::STEP_FILE, words::STEP_MATCH, words::STEP_ENTER];
    let step = move |number: usize, message: Message| {
        let mark = move || {
            if at() > number {
                icon(Icon::Check, "").into_any()
            } else {
                view! { <b>{number + 1}</b> }.into_any()
            }
        };
        view! {
            <li
                class:is-done=move || { at() > number }
                aria-current=move || (at() == number).then_some("step")
            >
                {mark}
                <span>{state.say(message)}</span>
            </li>
        }
    };
    view! {
        <ol class="wizard" aria-label=state.say(words::STEPS)>
            {steps.into_iter().enumerate().map(|(number, message)| step(number, message)).collect_view()}
        </ol>
    }
}
