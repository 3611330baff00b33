//! The first rows and those with findings, as they will come in, with the cells marked that findings
//! point at.

use bianheng_core::county::{Holding, Unit};
use bianheng_core::text::number::count;
use bianheng_core::text::{Lang, Message, import_view as words, names};
use bianheng_sheets::recognise::Form;
use bianheng_sheets::take::{Outcome, PreviewRow};
use bianheng_sheets::{Field, Severity};
use leptos::prelude::*;

use super::desk::use_desk;
use super::draft::Draft;
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
        let lang = state.lang.get();
        desk.draft.with(|draft| {
            let Some(draft) = draft else { return (Vec::new(), 0) };
            let (places, hidden) = draft.preview();
            let rows = places.iter().filter_map(|at| draft.taken.preview.get(*at));
            let rows = rows.map(|row| (row.clone(), filled(draft, row, lang)));
            (rows.collect::<Vec<_>>(), hidden)
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
        let rows = shown.get().0.into_iter();
        rows.map(|(line, filled)| row(&line, filled, lang)).collect_view()
    };
    let heads = HEADS.map(|(message, figure)| {
        let class = if figure { "num" } else { "" };
        view! { <th scope="col" class=class>{state.say(message)}</th> }
    });
    view! {
        <header class="sec">
            <h2 id="import-preview-h">{state.say(words::PREVIEW)}</h2>
            <span class="note">{note}</span>
        </header>
        <div class="scroll-x">
            <table class="t preview" aria-labelledby="import-preview-h" data-testid="import-preview">
                <thead>
                    <tr>
                        <th scope="col" class="mid">{state.say(words::ROW)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Show when=move || shown.with(|(rows, _)| rows.is_empty())>
            <p class="note">{state.say(words::PREVIEW_NONE)}</p>
        </Show>
    }
}

/// What will be taken where the table has no column for it: by the unit that the row became part of.
fn filled(draft: &Draft, row: &PreviewRow, lang: Lang) -> [Option<String>; 7] {
    let mut out = [const { None }; 7];
    let mapping = &draft.mapping;
    let county = draft.taken.county.as_ref().filter(|_| row.outcome == Outcome::Taken);
    let Some((county, grid)) = county.zip(draft.grid()).filter(|_| mapping.form() != Form::Long)
    else {
        return out;
    };
    let text = |field| mapping.column(field).map(|column| grid.cell(row.row, column.index));
    let (code, name, township) = (text(Field::UnitCode), text(Field::Name), text(Field::Township));
    let own = |unit: &Unit| match code {
        Some(code) => unit.code.as_str() == code,
        None => Some(unit.name.as_str()) == name && township.is_none_or(|at| at == unit.township),
    };
    let Some(unit) = county.units.iter().position(own) else { return out };
    let holdings = || county.holdings.iter().filter(|holding| holding.unit == unit);
    let stages: Vec<&str> = holdings()
        .filter_map(|holding| holding.part.stage())
        .map(|stage| names::stage(stage).get(lang))
        .collect();
    let sum = |read: fn(&Holding) -> Option<u32>| {
        let known = holdings().filter_map(read).map(u64::from);
        known.reduce(u64::saturating_add).map(count)
    };
    // A row for each stage has no figures of the whole unit in it.
    let whole = mapping.column(Field::Stage).is_none() || stages.len() == 1;
    let values = [
        None,
        Some(stages.join(if lang == Lang::Zh { "、" } else { ", " })),
        None,
        sum(|holding| holding.roll.students).filter(|_| whole),
        sum(|holding| holding.roll.classes).filter(|_| whole),
        sum(|holding| Some(holding.authorised)).filter(|_| whole),
        sum(|holding| Some(holding.in_post)).filter(|_| whole),
    ];
    for ((place, value), cell) in out.iter_mut().zip(values).zip(&row.cells) {
        if cell.column.is_none() {
            *place = value;
        }
    }
    out
}

fn row(line: &PreviewRow, filled: [Option<String>; 7], lang: Lang) -> impl IntoView + use<> {
    let out = line.outcome != Outcome::Taken;
    let cells = line.cells.iter().zip(filled).zip(HEADS).map(|((cell, filled), (_, figure))| {
        let marked = match (cell.mark, &filled) {
            (Some(Severity::MustFix), _) => "is-fail",
            (Some(Severity::LookAt), _) => "is-review",
            (_, Some(_)) => "ink3",
            _ => "",
        };
        let class = if figure { format!("num {marked}") } else { marked.to_owned() };
        let title = match &filled {
            Some(_) => words::FILLED_IN.get(lang).to_owned(),
            None => cell.text.clone(),
        };
        let text = filled.unwrap_or_else(|| match cell.text.as_str() {
            "" => "—".to_owned(),
            text => text.to_owned(),
        });
        view! { <td class=class title=title>{text}</td> }
    });
    view! {
        <tr
            class=if out { "is-out" } else { "" }
            title=out.then_some(words::OUTCOME_LISTED.get(lang))
            data-testid="import-preview-row"
            data-row=line.row + 1
        >
            <td class="mid ink3">{line.row + 1}</td>
            {cells.collect_view()}
        </tr>
    }
}
