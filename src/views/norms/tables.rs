//! The tables that the rules read, row by row: their ends, what each gives or why it gives nothing,
//! and what it rests on. They are read here and changed in the pack's file.

use bianheng_core::norm::Clause;
use bianheng_core::report::norm_sheet::{RowSheet, TableSheet, table_sheets};
use bianheng_core::text::{Lang, norms as words, proof};
use leptos::prelude::*;

use crate::state::{State, use_state};
use crate::widgets::{Icon, icon};

/// Every table of the norm; nothing where it has none.
#[component]
pub fn Tables() -> impl IntoView {
    let state = use_state();
    let sheets = Memo::new(move |_| {
        state.with(|open| table_sheets(&open.workspace().state().norm)).unwrap_or_default()
    });
    move || {
        let lang = state.lang.get();
        sheets
            .with(|sheets| sheets.iter().map(|sheet| table(state, sheet, lang)).collect::<Vec<_>>())
    }
}

fn table(state: State, sheet: &TableSheet, lang: Lang) -> AnyView {
    let heading_id = format!("{}-h", sheet.id);
    let heading_name = heading_id.clone();
    let mut dates = Vec::new();
    if let Some(from) = &sheet.from {
        dates.push(words::TABLE_FROM.with(lang, &[("from", from)]));
    }
    if let Some(to) = &sheet.to {
        dates.push(words::TABLE_TO.with(lang, &[("to", to)]));
    }
    let rows: Vec<AnyView> = sheet.rows.iter().map(|each| row(state, each, lang)).collect();
    view! {
        <section class="block" aria-labelledby=heading_id data-testid="norm-table" data-id=sheet.id.clone()>
            <header class="sec">
                <h2 id=heading_name>{sheet.label.get(lang).to_owned()}</h2>
                <span class="note">{dates.join(" ")}</span>
            </header>
            <p class="note">{clause(state, &sheet.clause, lang)}</p>
            <table class="t dense norm-steps">
                <thead>
                    <tr>
                        <th scope="col">{sheet.quantity.get(lang).to_owned()}</th>
                        <th scope="col">{words::GIVES.get(lang)}</th>
                        <th scope="col">{words::CLAUSE.get(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn row(state: State, row: &RowSheet, lang: Lang) -> AnyView {
    let mut band: Vec<&str> = row.when.iter().map(|word| word.get(lang)).collect();
    band.push(&row.band);
    view! {
        <tr data-testid="norm-table-row">
            <th scope="row">{band.join(" ")}</th>
            <td>{words::formula(&row.said, lang)}</td>
            <td class="clause">{clause(state, &row.clause, lang)}</td>
        </tr>
    }
    .into_any()
}

/// A clause with its mark; nothing where there is none.
fn clause(state: State, clause: &Clause, lang: Lang) -> Option<AnyView> {
    if clause.text.is_empty() {
        return None;
    }
    let said =
        state.peek(|open| proof::clause(clause, open.workspace().state().norm.pack(), lang))?;
    let mark = clause.confidence.needs_checking().then(|| {
        view! { <span class="chip warn">{icon(Icon::Warn, "")}{proof::UNVERIFIED.get(lang)}</span> }
    });
    Some(view! { {said} " " {mark} }.into_any())
}
