//! The columns of the sheet: letter, header, first value, what it goes to, how sure that is. A
//! doubt is put as a question below, with its answers as buttons.

use bianheng_core::text::{Lang, import_view as words};
use bianheng_sheets::recognise::{Column, State as Sure};
use bianheng_sheets::{Field, column_letter};
use leptos::prelude::*;

use super::choices::{self, Group};
use super::desk::{Desk, use_desk};
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// The table of columns.
#[component]
pub fn Columns() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let note = move || {
        let counts = desk.draft.with(|draft| {
            let mut counts = Counts::default();
            let columns = draft.iter().flat_map(|draft| &draft.mapping.columns);
            columns.for_each(|column| counts.add(column));
            counts
        });
        counts.text(state.lang.get())
    };
    // The rows of the table are made once for a sheet; what changes in them follows the draft.
    let sheet = Memo::new(move |_| desk.draft.with(|draft| draft.as_ref().map(|one| one.sheet)));
    let rows = move || {
        sheet.track();
        let lang = state.lang.get();
        desk.draft.with_untracked(|draft| {
            let Some(draft) = draft else { return Vec::new() };
            let groups = StoredValue::new(choices::groups(&draft.years()));
            let columns = draft.mapping.columns.iter().enumerate();
            columns.map(|(place, column)| row(desk, place, column, groups, lang)).collect()
        })
    };
    view! {
        <header class="sec">
            <h2 id="import-columns-h">{state.say(words::COLUMNS)}</h2>
            <span class="note" data-testid="import-columns-note">{note}</span>
        </header>
        <Questions open=true />
        <table class="t map" aria-labelledby="import-columns-h">
            <thead>
                <tr>
                    <th scope="col" class="mid">{state.say(words::HEAD_LETTER)}</th>
                    <th scope="col">{state.say(words::HEAD_HEADER)}</th>
                    <th scope="col">{state.say(words::HEAD_SAMPLE)}</th>
                    <th aria-hidden="true"></th>
                    <th scope="col">{state.say(words::HEAD_TARGET)}</th>
                    <th scope="col">{state.say(words::HEAD_STATE)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="note kept">{state.say(words::COLUMNS_KEPT)}</p>
        <Questions open=false />
    }
}

/// Columns by how far they are settled.
#[derive(Default)]
struct Counts {
    settled: usize,
    skipped: usize,
    confirm: usize,
    open: usize,
}

impl Counts {
    fn add(&mut self, column: &Column) {
        let place = match (column.field, &column.state) {
            (None, _) => &mut self.open,
            (_, Sure::Confirm { .. }) => &mut self.confirm,
            (Some(Field::Ignore), _) => &mut self.skipped,
            _ => &mut self.settled,
        };
        *place += 1;
    }

    fn text(&self, lang: Lang) -> String {
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("settled", &self.settled),
            ("skipped", &self.skipped),
            ("confirm", &self.confirm),
            ("open", &self.open),
        ];
        words::COLUMNS_NOTE.with(lang, &values)
    }
}

/// How a column's state is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Settled,
    Confirm,
    Open,
    Locked,
    Plain,
}

impl Mark {
    fn of(column: &Column) -> Self {
        match &column.state {
            _ if column.field.is_none() => Self::Open,
            Sure::Confirm { .. } => Self::Confirm,
            Sure::Personal(_) => Self::Locked,
            Sure::Unknown | Sure::Ignored => Self::Plain,
            Sure::Recognised | Sure::Remembered | Sure::Chosen => Self::Settled,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Settled => "st ok",
            Self::Confirm => "st review",
            Self::Open => "st fail",
            Self::Locked | Self::Plain => "st",
        }
    }

    fn icon(self) -> Option<Icon> {
        match self {
            Self::Settled => Some(Icon::Check),
            Self::Confirm => Some(Icon::Warn),
            Self::Open => Some(Icon::Cross),
            Self::Locked => Some(Icon::Lock),
            Self::Plain => None,
        }
    }
}

/// What changes in a row of the table.
#[derive(Clone, PartialEq, Eq)]
struct Live {
    field: Option<Field>,
    mark: Mark,
    state: String,
}

fn row(
    desk: Desk,
    place: usize,
    column: &Column,
    groups: StoredValue<Vec<Group>>,
    lang: Lang,
) -> AnyView {
    let index = column.index;
    let letter = column_letter(index);
    let header = match column.header.as_str() {
        "" => words::NO_HEADER.get(lang).to_owned(),
        header => header.to_owned(),
    };
    let sample = match column.state {
        Sure::Personal(_) => words::MASKED.get(lang).to_owned(),
        _ => column.sample.clone(),
    };
    let live = Memo::new(move |_| {
        desk.draft.with(|draft| {
            let column = draft.as_ref().and_then(|draft| draft.mapping.columns.get(place));
            column.map(|column| Live {
                field: column.field,
                mark: Mark::of(column),
                state: match column.state {
                    // Short: the target stands beside it.
                    Sure::Unknown => words::STATE_UNKNOWN.get(lang).to_owned(),
                    Sure::Confirm { .. } if column.field.is_some() => {
                        words::STATE_CONFIRM.get(lang).to_owned()
                    }
                    _ => column.state_text(lang),
                },
            })
        })
    });
    let mark = move || live.with(|live| live.as_ref().map_or(Mark::Plain, |live| live.mark));
    let value = move || {
        live.with(|live| live.as_ref().and_then(|live| live.field).map(choices::name))
            .unwrap_or_default()
    };
    let now = column.field;
    let options = groups.with_value(|groups| {
        let known = |field: Field| groups.iter().any(|group| group.fields.contains(&field));
        // A year that lies outside the usual ones still has to be shown.
        let odd = now.filter(|field| !known(*field)).map(|field| option(field, now, lang));
        let groups = groups.iter().map(|group| {
            let fields = group.fields.iter();
            let options = fields.map(|field| option(*field, now, lang)).collect_view();
            view! { <optgroup label=group.title.get(lang)>{options}</optgroup> }
        });
        view! {
            <option value="" disabled hidden selected=now.is_none()>
                {words::UNDECIDED.get(lang)}
            </option>
            {odd}
            {groups.collect_view()}
        }
    });
    let choose = move |event| {
        let wanted = event_target_value(&event);
        if let Some(field) = groups.with_value(|groups| choices::find(groups, &wanted)) {
            desk.set_column(index, field);
        }
    };
    let label = words::TARGET_OF.with(lang, &[("column", &format!("{letter} {header}"))]);
    let select_class = move || match (mark(), value().as_str()) {
        (Mark::Open, _) => "select err",
        (_, "ignore") => "select off",
        _ => "select",
    };
    let state_mark = move || mark().icon().map(|mark| icon(mark, "ico-13"));
    let state_text = move || live.with(|live| live.as_ref().map(|live| live.state.clone()));
    view! {
        <tr
            class:is-warn=move || mark() == Mark::Confirm
            data-testid="import-column"
            data-column=column_letter(index)
        >
            <td class="letter">{letter}</td>
            <th scope="row" class="head" title=header.clone()>{header.clone()}</th>
            <td class="sample" title=sample.clone()>{sample.clone()}</td>
            <td class="to" aria-hidden="true">"→"</td>
            <td>
                <span class=select_class>
                    <select
                        aria-label=label
                        data-testid="import-target"
                        id=format!("import-target-{index}")
                        prop:value=value
                        on:change=choose
                    >
                        {options}
                    </select>
                    {icon(Icon::ChevronDown, "")}
                </span>
            </td>
            <td>
                <span class=move || mark().class() data-testid="import-state">
                    {state_mark}
                    {state_text}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

fn option(field: Field, now: Option<Field>, lang: Lang) -> impl IntoView {
    view! {
        <option value=choices::name(field) selected=now == Some(field)>{field.label(lang)}</option>
    }
}

/// A doubt about a column.
#[derive(Clone, PartialEq, Eq)]
struct Question {
    index: usize,
    title: String,
    why: String,
    answers: Vec<(Field, String)>,
    open: bool,
}

impl Question {
    fn of(column: &Column, lang: Lang) -> Option<Self> {
        let Sure::Confirm { candidates, why } = &column.state else { return None };
        let answer = |field: Field| match field {
            Field::Ignore => words::ANSWER_IGNORE.get(lang).to_owned(),
            field => words::ANSWER.with(lang, &[("field", &field.label(lang))]),
        };
        let letter = column_letter(column.index);
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("letter", &letter), ("header", &column.header)];
        Some(Self {
            index: column.index,
            title: words::QUESTION.with(lang, &values),
            why: why.text(lang),
            answers: candidates.iter().map(|field| (*field, answer(*field))).collect(),
            open: column.field.is_none(),
        })
    }
}

/// The doubts: those that keep the import from going on, or the others.
#[component]
fn Questions(
    /// Whether those of undecided columns.
    open: bool,
) -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let questions = Memo::new(move |_| {
        let lang = state.lang.get();
        desk.draft.with(|draft| {
            let columns = draft.iter().flat_map(|draft| &draft.mapping.columns);
            let questions = columns.filter_map(|column| Question::of(column, lang));
            questions.filter(|question| question.open == open).collect::<Vec<_>>()
        })
    });
    move || questions.get().into_iter().map(|question| ask(desk, question)).collect_view()
}

fn ask(desk: Desk, question: Question) -> impl IntoView {
    let index = question.index;
    let id = format!("import-ask-{index}");
    let answers = question.answers.into_iter().map(|(field, label)| {
        view! {
            <button
                type="button"
                class="btn small"
                data-testid="import-answer"
                data-field=choices::name(field)
                on:click=move |_| desk.set_column(index, field)
            >
                {label}
            </button>
        }
    });
    view! {
        <div
            class="ask"
            role="group"
            aria-labelledby=id
            data-testid="import-ask"
            data-column=column_letter(index)
        >
            {icon(Icon::Warn, "")}
            <strong id=format!("import-ask-{index}")>{question.title}</strong>
            <p>{question.why}</p>
            <div class="btns">{answers.collect_view()}</div>
        </div>
    }
}
