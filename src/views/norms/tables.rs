//! The tables that the rules read, row by row: their ends, what each gives or why it gives nothing,
//! what it rests on, and its figures in fields. The figures of a row and the number of the county's
//! document are taken together, when Enter is pressed or the row is left; what the norm cannot hold is
//! refused beside them with the place and the cure.

use std::collections::BTreeMap;

use bianheng_core::norm::{Clause, Figure, FigureId, MOST_IN_TABLES, Pack, Said, Unfit};
use bianheng_core::report::norm_change::reference;
use bianheng_core::report::norm_sheet::{RowSheet, TableSheet, table_sheets};
use bianheng_core::report::norm_tables::{
    FigureSheet, Refused, figure_sheets, reset_figure, set_figures,
};
use bianheng_core::scenario::{Command, Label, Step};
use bianheng_core::text::{Lang, norms as words, packs, proof};
use leptos::html::Input;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::document::{document_field, no_longer_settled};
use super::parameter::field_id;
use crate::state::{State, use_state};
use crate::widgets::{Icon, icon, leaves};

/// The tables as they are in force.
type Sheets = Memo<Vec<TableSheet>>;
/// Their figures, with the values that each may have.
type Figures = Memo<BTreeMap<FigureId, FigureSheet>>;
/// A figure and its field.
type Field = (FigureId, NodeRef<Input>);

/// Every table of the norm; nothing where it has none.
#[component]
pub fn Tables() -> impl IntoView {
    let state = use_state();
    let sheets: Sheets = Memo::new(move |_| {
        state.with(|open| table_sheets(&open.workspace().state().norm)).unwrap_or_default()
    });
    let figures: Figures =
        Memo::new(move |_| state.with(|open| figure_sheets(open.workspace())).unwrap_or_default());
    // Laid out anew only where other tables come: a field keeps the focus while figures change.
    let layout = Memo::new(move |_| {
        sheets.with(|sheets| {
            let rows = |sheet: &TableSheet| -> Vec<Vec<FigureId>> {
                sheet.rows.iter().map(|row| row.figures.clone()).collect()
            };
            sheets.iter().map(|sheet| (sheet.id.clone(), rows(sheet))).collect::<Vec<_>>()
        })
    });
    move || {
        let tables = layout.get().into_iter().enumerate();
        tables.map(|(at, (id, rows))| table(state, sheets, figures, at, id, rows)).collect_view()
    }
}

fn table(
    state: State,
    sheets: Sheets,
    figures: Figures,
    at: usize,
    id: String,
    rows: Vec<Vec<FigureId>>,
) -> AnyView {
    let said = move |say: fn(&TableSheet, State, Lang) -> String| {
        move || {
            let lang = state.lang.get();
            sheets.with(|sheets| sheets.get(at).map(|sheet| say(sheet, state, lang)))
        }
    };
    let unverified = move || {
        let needs = |sheet: &TableSheet| sheet.clause.confidence.needs_checking();
        sheets.with(|sheets| sheets.get(at).is_some_and(needs)).then(|| unverified(state))
    };
    let heading_id = format!("{id}-h");
    let heading_name = heading_id.clone();
    let row = |(row, ids)| {
        let sheet = Memo::new(move |_| {
            sheets.with(|sheets| sheets.get(at).and_then(|sheet| sheet.rows.get(row)).cloned())
        });
        table_row(state, sheet, figures, row, ids)
    };
    let rows: Vec<AnyView> = rows.into_iter().enumerate().map(row).collect();
    view! {
        <section class="block" aria-labelledby=heading_id data-testid="norm-table" data-id=id>
            <header class="sec">
                <h2 id=heading_name>{said(|sheet, _, lang| sheet.label.get(lang).to_owned())}</h2>
                <span class="note">{said(|sheet, _, lang| dates(sheet, lang))}</span>
            </header>
            <p class="note">
                {said(|sheet, state, lang| clause(state, &sheet.clause, lang))} " " {unverified}
            </p>
            <table class="t params norm-tables">
                <thead>
                    <tr>
                        <th scope="col">
                            {said(|sheet, _, lang| sheet.quantity.get(lang).to_owned())}
                        </th>
                        <th scope="col">{state.say(words::GIVES)}</th>
                        <th scope="col">{state.say(words::VALUE)}</th>
                        <th scope="col">{state.say(words::CLAUSE)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn dates(sheet: &TableSheet, lang: Lang) -> String {
    let from = sheet.from.map(|from| words::TABLE_FROM.with(lang, &[("from", &from)]));
    let to = sheet.to.map(|to| words::TABLE_TO.with(lang, &[("to", &to)]));
    [from, to].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A clause with its document; nothing where there is none.
fn clause(state: State, clause: &Clause, lang: Lang) -> String {
    if clause.text.is_empty() {
        return String::new();
    }
    let said = state.peek(|open| proof::clause(clause, open.workspace().state().norm.pack(), lang));
    said.unwrap_or_default()
}

fn unverified(state: State) -> AnyView {
    let said = state.say(proof::UNVERIFIED);
    view! { <span class="chip warn">{icon(Icon::Warn, "")}{said}</span> }.into_any()
}

/// What a row rests on: each figure that was set, and the row's own clause.
fn grounds(row: &RowSheet, pack: &Pack, lang: Lang) -> String {
    let set = row.set.iter().map(|set| match &set.departs {
        Some((value, departs)) => proof::departure(&set.label, *value, departs, pack, lang),
        None => proof::clause(&set.clause, pack, lang),
    });
    let own = (!row.clause.text.is_empty()).then(|| proof::clause(&row.clause, pack, lang));
    set.chain(own).collect::<Vec<_>>().join(" ")
}

/// Does a step that sets figures of tables, and says where one is settled no more.
fn dispatch(state: State, step: Step) -> bool {
    let dropped = step.commands.iter().find_map(|command| match command {
        Command::SetTableFigure { at, old, new, old_document, new_document }
            if old != new && new_document.is_empty() && !old_document.is_empty() =>
        {
            Some((at.clone(), old_document.clone()))
        }
        _ => None,
    });
    let nothing = step.commands.is_empty();
    if nothing || !state.dispatch(step) {
        return nothing;
    }
    let Some((at, document)) = dropped else { return true };
    let name = state.peek(|open| open.workspace().state().norm.pack().table_figure_name(&at));
    if let Some(name) = name.flatten() {
        no_longer_settled(state, &name, &document);
    }
    true
}

fn table_row(
    state: State,
    sheet: Memo<Option<RowSheet>>,
    figures: Figures,
    at: usize,
    ids: Vec<FigureId>,
) -> AnyView {
    let error = RwSignal::new(None::<Refused>);
    let number = NodeRef::<Input>::new();
    let row_id = ids.first().map(|id| id.to_string());
    let row_id = row_id.and_then(|id| id.rsplit_once('/').map(|(row, _)| row.to_owned()));
    let row_id = row_id.unwrap_or_else(|| (at + 1).to_string());
    let error_id = format!("table-error-{row_id}");
    let several = ids.iter().filter(|id| id.figure != Figure::End).count() > 1;
    let has_figures = !ids.is_empty();
    let fields: Vec<Field> = ids.into_iter().map(|id| (id, NodeRef::new())).collect();
    let fields = StoredValue::new(fields);
    let own = Memo::new(move |_| {
        sheet.with(|row| row.as_ref().map(|row| row.document.clone())).unwrap_or_default()
    });
    let give_back = move || {
        fields.with_value(|fields| {
            figures.with_untracked(|figures| {
                for (id, field) in fields {
                    if let (Some(field), Some(sheet)) = (field.get_untracked(), figures.get(id)) {
                        field.set_value(&sheet.value);
                    }
                }
            });
        });
        if let Some(number) = number.get_untracked() {
            number.set_value(&own.get_untracked());
        }
        error.set(None);
    };
    let commit = move || {
        let typed: Vec<(FigureId, String)> = fields.with_value(|fields| {
            let typed = fields.iter();
            typed.filter_map(|(id, at)| Some((id.clone(), at.get_untracked()?.value()))).collect()
        });
        let document = number.get_untracked().map(|number| number.value().trim().to_owned());
        let document = document.filter(|document| *document != own.get_untracked());
        let step = state.peek(|open| set_figures(open.workspace(), &typed, document.as_deref()));
        let done = match step {
            Some(Ok(step)) => dispatch(state, step),
            Some(Err(refused)) => {
                error.set(Some(refused));
                false
            }
            None => false,
        };
        if done {
            give_back();
        }
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        _ if event.is_composing() => {}
        "Enter" => commit(),
        "Escape" => give_back(),
        _ => {}
    };
    Effect::new(move |_| {
        sheet.track();
        error.set(None);
    });
    let band = move || {
        let lang = state.lang.get();
        sheet.with(|row| {
            let row = row.as_ref()?;
            let mut band: Vec<&str> = row.when.iter().map(|word| word.get(lang)).collect();
            band.push(&row.band);
            Some(band.join(" "))
        })
    };
    // A number alone stands in its field.
    let gives = move || {
        let lang = state.lang.get();
        sheet.with(|row| {
            let row = row.as_ref()?;
            let alone = !row.figures.is_empty() && matches!(row.said.as_slice(), [Said::Number(_)]);
            (!alone).then(|| words::formula(&row.said, lang))
        })
    };
    let rests_on = move || {
        let lang = state.lang.get();
        sheet.with(|row| {
            let row = row.as_ref()?;
            state.peek(|open| grounds(row, open.workspace().state().norm.pack(), lang))
        })
    };
    let needs_checking =
        Memo::new(move |_| sheet.with(|row| row.as_ref().is_some_and(|row| row.unverified)));
    // That its table rests on no verified source stands at its head.
    let mark = move || {
        let own = |row: &RowSheet| !row.set.is_empty() || !row.clause.text.is_empty();
        let own = sheet.with(|row| row.as_ref().is_some_and(own));
        (own && needs_checking.get()).then(|| unverified(state))
    };
    let asks =
        Memo::new(move |_| has_figures && (needs_checking.get() || !own.with(String::is_empty)));
    let of = move || band().unwrap_or_default();
    let document = document_field(state, "table-document", asks, own, of, number, on_key);
    let failed = move |id: &FigureId| {
        error.with(|error| match error {
            Some(Refused::Figure(at, _)) => at == id,
            Some(Refused::Pack(_)) => true,
            None => false,
        })
    };
    let why_id = error_id.clone();
    let why = move || {
        let lang = state.lang.get();
        let said = error.with(|error| {
            Some(match error.as_ref()? {
                Refused::Figure(_, Unfit::NotANumber) => words::NOT_A_NUMBER.get(lang).to_owned(),
                Refused::Figure(_, Unfit::OutOfRange) => {
                    words::OUT_OF_TABLE.with(lang, &[("greatest", &MOST_IN_TABLES)])
                }
                Refused::Pack(why) => {
                    words::TABLE_REFUSED.with(lang, &[("why", &packs::error(why, lang))])
                }
            })
        })?;
        let id = why_id.clone();
        Some(view! {
            <span class="field-err" id=id role="alert" data-testid="table-error">{said}</span>
        })
    };
    let boxes = fields.get_value().into_iter().map(|(id, field)| {
        let label = match id.figure {
            Figure::End => FieldName::End,
            Figure::Gives(at) if several => FieldName::Number(at + 1),
            Figure::Gives(_) => FieldName::Gives,
        };
        let described = error_id.clone();
        let at = StoredValue::new(id.clone());
        let invalid = Memo::new(move |_| at.with_value(failed));
        let described = move || if invalid.get() { Some(described.clone()) } else { None };
        let reset = move || {
            let commands = at.with_value(|at| {
                state.peek(|open| {
                    let workspace = open.workspace();
                    reset_figure(workspace, &reference(workspace)?, at)
                })
            });
            let commands = commands.flatten().into_iter().collect();
            dispatch(state, Step { label: Label::Parameter, commands });
            give_back();
        };
        let value = Memo::new(move |_| {
            figures.with(|figures| at.with_value(|at| figures.get(at).cloned()))
        });
        let shown = move || value.with(|it| it.as_ref().map(|it| it.value.clone()));
        let changed = move || value.with(|it| it.as_ref().is_some_and(|it| it.base.is_some()));
        let name = move || {
            let lang = state.lang.get();
            let name = state.peek(|open| {
                let pack = open.workspace().state().norm.pack();
                at.with_value(|at| pack.table_figure_name(at))
            });
            name.flatten().map(|name| name.get(lang).to_owned())
        };
        let others = move || {
            let lang = state.lang.get();
            let (base, of_pack) = value.with(|it| {
                let it = it.as_ref();
                (it.and_then(|it| it.base.clone()), it.and_then(|it| it.of_pack.clone()))
            });
            let of_pack = of_pack.map(|said| {
                let said = words::IN_PACK.with(lang, &[("value", &said)]);
                view! { <span class="note" data-testid="table-of-pack">{said}</span> }
            });
            let was = base.map(|base| {
                let spoken = words::WAS.with(lang, &[("value", &base)]);
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("parameter", &name().unwrap_or_default()), ("value", &base)];
                let back = words::RESET_ONE.with(lang, &values);
                view! {
                    <s class="old" data-testid="table-base" aria-label=spoken>{base}</s>
                    <button
                        type="button"
                        class="link"
                        data-testid="table-reset"
                        aria-label=back
                        on:click=move |_| reset()
                    >
                        {words::RESET.get(lang)}
                    </button>
                }
            });
            view! {
                {of_pack}
                {was}
            }
        };
        let name_of_field = move || label.said(state.lang.get());
        view! {
            <span class="figure-of-row">
                <span class="box num" class:changed=changed class:err=move || invalid.get()>
                    <span class="unit">{name_of_field}</span>
                    <input
                        id=field_id(&id.to_string())
                        inputmode="decimal"
                        autocomplete="off"
                        data-testid="table-value"
                        data-id=id.to_string()
                        aria-label=name
                        aria-invalid=move || invalid.get().then_some("true")
                        aria-describedby=described
                        prop:value=move || shown().unwrap_or_default()
                        node_ref=field
                        on:keydown=on_key
                    />
                </span>
                {others}
            </span>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <tr
            data-testid="norm-table-row"
            data-id=row_id
            on:focusout=move |event| {
                if leaves(&event) {
                    commit();
                }
            }
        >
            <th scope="row">{band}</th>
            <td>{gives}</td>
            <td class="figures">{boxes} {why}</td>
            <td class="clause">
                <span data-testid="table-clause">{rests_on}</span>
                " "
                {mark}
                {document}
            </td>
        </tr>
    }
    .into_any()
}

/// What a field of a row is called beside it.
#[derive(Clone, Copy)]
enum FieldName {
    End,
    Gives,
    Number(usize),
}

impl FieldName {
    fn said(self, lang: Lang) -> String {
        match self {
            Self::End => words::END_FIELD.get(lang).to_owned(),
            Self::Gives => words::GIVES_FIELD.get(lang).to_owned(),
            Self::Number(n) => words::NUMBER_FIELD.with(lang, &[("n", &n)]),
        }
    }
}
