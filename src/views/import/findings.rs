//! What was found: what must be mended first, then what a person should look at, then what was left
//! out. Each line has its place, its value, the reason and the one thing to do.

use bianheng_core::text::{Lang, import_view as words};
use bianheng_sheets::take::Fix;
use bianheng_sheets::{Finding, Severity};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::{Desk, use_desk};
use super::draft::{Draft, stem};
use super::list;
use crate::platform::{clipboard, files, page};
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// Findings on the screen at most; the exported list has all.
const SHOWN: usize = 200;

const SEVERITIES: [Severity; 3] = [Severity::MustFix, Severity::LookAt, Severity::LeftOut];

fn mark(severity: Severity) -> (Icon, &'static str, &'static str, &'static str) {
    match severity {
        Severity::MustFix => (Icon::Cross, "ico-13 fail", "chip err", "must-fix"),
        Severity::LookAt => (Icon::Warn, "ico-13 review", "chip warn", "look-at"),
        Severity::LeftOut => (Icon::Lock, "ico-13", "chip", "left-out"),
    }
}

/// A finding as it is shown.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    severity: Severity,
    place: String,
    column_label: String,
    value: String,
    reason: String,
    row: Option<usize>,
    column: Option<usize>,
    fix: Fix,
    fix_label: String,
    /// The row can be left out, besides what the fix does.
    skippable: bool,
}

impl Line {
    fn of(finding: &Finding, lang: Lang) -> Self {
        // A cell can only be written where there is a column for it.
        let fix = match (&finding.fix, finding.row, finding.column) {
            (Fix::Edit | Fix::Fill | Fix::Use(_), _, None) => Fix::Nothing,
            (Fix::SkipRow | Fix::KeepFirst, None, _) => Fix::Nothing,
            (fix, _, _) => fix.clone(),
        };
        let skips = matches!(fix, Fix::SkipRow | Fix::KeepFirst);
        Self {
            severity: finding.severity,
            place: list::place(finding, lang),
            column_label: finding.column_label.clone(),
            value: finding.value.clone(),
            reason: finding.text(lang),
            row: finding.row,
            column: finding.column,
            fix_label: fix.text(lang),
            skippable: finding.severity == Severity::MustFix && finding.row.is_some() && !skips,
            fix,
        }
    }
}

/// The list with its heading.
#[component]
pub fn Findings() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    // The lines shown, and how many more there are.
    let lines = Memo::new(move |_| {
        let (lang, only) = (state.lang.get(), desk.severity.get());
        desk.draft.with(|draft| {
            let Some(draft) = draft else { return (Vec::new(), 0) };
            let findings = draft.order.iter().filter_map(|at| draft.taken.findings.get(*at));
            let mut wanted =
                findings.filter(|one| only.is_none_or(|severity| one.severity == severity));
            let shown: Vec<Line> =
                wanted.by_ref().take(SHOWN).map(|finding| Line::of(finding, lang)).collect();
            (shown, wanted.count())
        })
    });
    let none = move || lines.with(|(shown, _)| shown.is_empty());
    let more = move || {
        let (shown, more) = lines.with(|(shown, more)| (shown.len(), *more));
        let values: [(&str, &dyn std::fmt::Display); 2] = [("shown", &shown), ("more", &more)];
        (more > 0).then(|| {
            let text = words::FINDINGS_MORE.with(state.lang.get(), &values);
            view! { <p class="note kept" data-testid="import-findings-more">{text}</p> }
        })
    };
    let rows = move || {
        let lang = state.lang.get();
        let lines = lines.get().0.into_iter().enumerate();
        lines.map(|(at, line)| row(desk, at, line, lang)).collect_view()
    };
    view! {
        <FindingsHead />
        <Changes />
        <Show
            when=move || !none()
            fallback=move || view! { <p class="note">{state.say(words::FINDINGS_NONE)}</p> }
        >
            <div class="scroll-x">
                <table class="t finds" aria-labelledby="import-findings-h">
                    <thead>
                        <tr>
                            <th class="mark">
                                <span class="sr-only">{state.say(words::LEVEL)}</span>
                            </th>
                            <th scope="col" class="num">{state.say(words::ROW)}</th>
                            <th scope="col">{state.say(words::HEAD_LETTER)}</th>
                            <th scope="col">{state.say(words::VALUE)}</th>
                            <th scope="col">{state.say(words::REASON)}</th>
                            <th scope="col">{state.say(words::FIX)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Show>
        {more}
    }
}

/// The heading: how many of each severity, each a filter, and the list to take away.
#[component]
fn FindingsHead() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let counts = Memo::new(move |_| {
        desk.draft.with(|draft| {
            SEVERITIES.map(|severity| draft.as_ref().map_or(0, |draft| draft.taken.count(severity)))
        })
    });
    let chips = SEVERITIES.into_iter().enumerate().map(|(at, severity)| {
        let (sign, _, class, name) = mark(severity);
        let count = move || counts.with(|counts| counts.get(at).copied().unwrap_or(0));
        let text = move || {
            let lang = state.lang.get();
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("severity", &severity.text(lang)), ("n", &count())];
            words::FINDINGS_FILTER.with(lang, &values)
        };
        let pressed = move || desk.severity.get() == Some(severity);
        let toggle = move |_| {
            desk.severity.update(|only| {
                *only = if *only == Some(severity) { None } else { Some(severity) };
            });
        };
        view! {
            <button
                type="button"
                class=class
                hidden=move || count() == 0
                aria-pressed=move || pressed().to_string()
                data-testid="import-severity"
                data-severity=name
                on:click=toggle
            >
                {icon(sign, "")}
                {text}
            </button>
        }
    });
    let nothing = move || counts.with(|counts| counts.iter().all(|count| *count == 0));
    let copy = move |_| {
        let lang = state.lang.get_untracked();
        let list = desk.draft.with_untracked(|draft| {
            draft.as_ref().map(|draft| (list::tsv(draft, lang), draft.order.len()))
        });
        let Some((text, count)) = list else { return };
        spawn_local(async move {
            let said =
                if clipboard::copy(&text).await { words::COPIED } else { words::COPY_FAILED };
            desk.said.try_set(Some((said, count)));
        });
    };
    let export = move |_| {
        let lang = state.lang.get_untracked();
        let list = desk.draft.with_untracked(|draft| {
            let draft = draft.as_ref()?;
            let name = stem(&draft.workbook.file_name).to_owned();
            Some((name, list::csv(draft, lang), draft.order.len()))
        });
        let Some((name, text, count)) = list else { return };
        let name = words::EXPORT_NAME.with(lang, &[("name", &name)]);
        files::download(&name, "text/csv;charset=utf-8", text.as_bytes());
        desk.said.set(Some((words::EXPORTED, count)));
    };
    let said = move || {
        let said = desk.said.get();
        said.map(|(message, count)| message.with(state.lang.get(), &[("n", &count)]))
    };
    view! {
        <header class="finds-head">
            <h2 id="import-findings-h" tabindex="-1">{state.say(words::FINDINGS)}</h2>
            {chips.collect_view()}
            <span class="acts">
                <span class="note" role="status" data-testid="import-said">{said}</span>
                <button
                    type="button"
                    class="link"
                    hidden=nothing
                    data-testid="import-copy-findings"
                    on:click=copy
                >
                    {state.say(words::COPY)}
                </button>
                <button
                    type="button"
                    class="link"
                    hidden=nothing
                    data-testid="import-export-findings"
                    on:click=export
                >
                    {state.say(words::EXPORT)}
                </button>
            </span>
        </header>
    }
}

/// What a person changed so far, the way back, and the way past many rows at once.
#[component]
fn Changes() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let changed = Memo::new(move |_| {
        desk.draft.with(|draft| {
            let draft = draft.as_ref()?;
            let options = &draft.options;
            draft.can_undo().then_some((options.corrections.len(), options.skip.len()))
        })
    });
    let to_fix = Memo::new(move |_| {
        desk.draft.with(|draft| draft.as_ref().map_or(0, |draft| draft.rows_to_fix().len()))
    });
    let said = move || {
        let (cells, rows) = changed.get().filter(|(cells, rows)| cells + rows > 0)?;
        let values: [(&str, &dyn std::fmt::Display); 2] = [("cells", &cells), ("rows", &rows)];
        Some(words::CHANGED.with(state.lang.get(), &values))
    };
    let proposed = Memo::new(move |_| {
        desk.draft.with(|draft| draft.as_ref().map_or(0, |draft| draft.proposals().len()))
    });
    let use_all = move |_| {
        let proposed = desk.draft.with_untracked(|draft| draft.as_ref().map(Draft::proposals));
        desk.change(|_, options| options.corrections.extend(proposed.unwrap_or_default()));
        page::focus("import-findings-h");
    };
    let use_label = move || words::USE_ALL.with(state.lang.get(), &[("n", &proposed.get())]);
    let skip_all = move |_| {
        let rows = desk.draft.with_untracked(|draft| draft.as_ref().map(Draft::rows_to_fix));
        desk.skip(rows.unwrap_or_default());
        page::focus("import-findings-h");
    };
    let skip_label = move || words::SKIP_ALL.with(state.lang.get(), &[("n", &to_fix.get())]);
    view! {
        <p class="changes" hidden=move || changed.with(Option::is_none) && to_fix.get() < 2>
            <span class="note" data-testid="import-changed">{said}</span>
            <button
                type="button"
                class="link"
                hidden=move || changed.with(Option::is_none)
                data-testid="import-undo"
                on:click=move |_| desk.undo()
            >
                {icon(Icon::Undo, "ico-13")}
                {state.say(words::UNDO)}
            </button>
            <i class="gap"></i>
            <button
                type="button"
                class="link"
                hidden=move || proposed.get() < 2
                data-testid="import-use-all"
                on:click=use_all
            >
                {use_label}
            </button>
            <button
                type="button"
                class="link"
                hidden=move || to_fix.get() < 2
                data-testid="import-skip-all"
                on:click=skip_all
            >
                {skip_label}
            </button>
        </p>
    }
}

/// After a fix its line is gone: the focus goes to what took its place.
fn focus_next(at: usize) {
    request_animation_frame(move || {
        let near = [at, at.saturating_sub(1)];
        if !near.iter().any(|at| page::focus(&format!("import-fix-{at}"))) {
            page::focus("import-findings-h");
        }
    });
}

fn act(desk: Desk, at: usize, line: &Line) {
    match (&line.fix, line.row, line.column) {
        (Fix::Use(text), Some(row), Some(column)) => {
            desk.set_cell(row, column, text.clone());
            focus_next(at);
        }
        (Fix::Edit | Fix::Fill, Some(row), Some(column)) => desk.editing.set(Some((row, column))),
        (Fix::SkipRow | Fix::KeepFirst, Some(row), _) => {
            desk.skip([row]);
            focus_next(at);
        }
        (Fix::ChooseColumn, _, column) => {
            page::focus(&format!("import-target-{}", column.unwrap_or(0)));
        }
        _ => {}
    }
}

fn row(desk: Desk, at: usize, line: Line, lang: Lang) -> AnyView {
    let (sign, sign_class, _, name) = mark(line.severity);
    let cell = line.row.zip(line.column);
    let blank = words::BLANK.get(lang);
    let shown = match (line.value.as_str(), line.row) {
        ("", Some(_)) => blank.to_owned(),
        ("", None) => "—".to_owned(),
        (value, _) => value.to_owned(),
    };
    let input = NodeRef::<Input>::new();
    // Lines may share a cell; only the one whose button was pressed shows the field.
    let opened = RwSignal::new(false);
    let is_edited = move || opened.get() && cell.is_some() && desk.editing.get() == cell;
    let apply = move || {
        if let (Some((row, column)), Some(input)) = (cell, input.get_untracked()) {
            desk.set_cell(row, column, input.value());
            focus_next(at);
        }
    };
    let give_up = move || {
        desk.editing.set(None);
        opened.set(false);
        focus_next(at);
    };
    let label = {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("row", &line.place), ("column", &line.column_label)];
        words::NEW_VALUE.with(lang, &values)
    };
    let value = line.value.clone();
    let field = move || {
        view! {
            <input
                class="field short"
                data-testid="import-new-value"
                aria-label=label.clone()
                autocomplete="off"
                node_ref=input
                prop:value=value.clone()
                on:keydown=move |event| {
                    if event.is_composing() {
                        return;
                    }
                    match event.key().as_str() {
                        "Enter" => {
                            event.prevent_default();
                            apply();
                        }
                        "Escape" => {
                            // Only the field closes, not the dialog.
                            event.prevent_default();
                            event.stop_propagation();
                            give_up();
                        }
                        _ => {}
                    }
                }
            />
        }
    };
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            // Both only fail on a detached element.
            let _ = input.focus();
            input.select();
        }
    });
    let (has_fix, fix_label) = (line.fix != Fix::Nothing, line.fix_label.clone());
    let skip = line.row.filter(|_| line.skippable).map(|row| {
        let label = words::SKIP_ROW.with(lang, &[("row", &(row + 1))]);
        let leave_out = move |_| {
            desk.skip([row]);
            focus_next(at);
        };
        view! {
            <button
                type="button"
                class="link"
                title=label.clone()
                aria-label=label
                data-testid="import-skip"
                on:click=leave_out
            >
                {icon(Icon::Trash, "ico-13")}
            </button>
        }
    });
    let severity = line.severity.text(lang);
    let (place, column_label, reason) =
        (line.place.clone(), line.column_label.clone(), line.reason.clone());
    let row_number = line.row.map(|row| row + 1);
    let letter = line.column.map(bianheng_sheets::column_letter);
    let line = StoredValue::new(line);
    let fix = move |_| {
        opened.set(true);
        line.with_value(|line| act(desk, at, line));
    };
    let value_view = move || {
        if is_edited() { field().into_any() } else { view! { <b>{shown.clone()}</b> }.into_any() }
    };
    let fix_view = move || {
        if !has_fix {
            return view! { <span>"—"</span> }.into_any();
        }
        if is_edited() {
            return view! {
                <button
                    type="button"
                    class="link"
                    data-testid="import-apply"
                    on:click=move |_| apply()
                >
                    {words::APPLY.get(lang)}
                </button>
            }
            .into_any();
        }
        view! {
            <button
                type="button"
                class="link"
                id=format!("import-fix-{at}")
                data-testid="import-fix"
                on:click=fix
            >
                {fix_label.clone()}
            </button>
        }
        .into_any()
    };
    view! {
        <tr
            data-testid="import-finding"
            data-severity=name
            data-row=row_number
            data-column=letter
        >
            <td class="mark">
                {icon(sign, sign_class)}
                <span class="sr-only">{severity}</span>
            </td>
            <td class="num">{place}</td>
            <td class="at" title=column_label.clone()>{column_label.clone()}</td>
            <td class="value">{value_view}</td>
            <td class="reason">{reason}</td>
            <td class="fix">{fix_view}{skip}</td>
        </tr>
    }
    .into_any()
}
