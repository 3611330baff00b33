//! Under the table: what is chosen, in figures; the keys; the reason of a figure set by hand; a
//! paste that waits for a word.

use bianheng_core::report::schools::{Column, Pasted, Summary};
use bianheng_core::scenario::By;
use bianheng_core::text::{number, schools};
use leptos::html::Input;
use leptos::prelude::*;

use super::rows;
use super::screen::Screen;
use crate::grid::Grid;
use crate::widgets::{Icon, icon};

/// The status line.
#[component]
pub fn StatusLine(screen: Screen, grid: Grid) -> impl IntoView {
    let state = screen.state;
    let keys = move || {
        let editing = grid.editing.with(Option::is_some);
        state.t(if editing { schools::KEYS_EDIT } else { schools::KEYS })
    };
    let by_hand = Memo::new(move |_| {
        let row = active(screen, grid)?.0;
        screen.with(|table| by_hand(table.by(row)).then_some(row)).flatten()
    });
    let reason = move || {
        let lang = state.lang.get();
        let row = by_hand.get()?;
        screen.with(|table| rows::reason(table, row, lang))
    };
    view! {
        <footer class="statusline" data-testid="status">
            <output data-testid="selection">{move || chosen(screen, grid)}</output>
            <Show when=move || screen.is_stale()>
                <button
                    type="button"
                    class="link"
                    data-testid="arrange"
                    on:click=move |_| screen.arrange()
                >
                    {state.say(schools::STALE)}
                </button>
            </Show>
            <Show
                when=move || by_hand.get().is_some()
                fallback=move || view! { <span class="keys">{keys}</span> }
            >
                <span class="keys" data-testid="reason">{reason}</span>
                <button
                    type="button"
                    class="link"
                    data-testid="reason-open"
                    on:click=move |_| screen.reason.set(by_hand.get_untracked())
                >
                    {state.say(schools::REASON_OPEN)}
                    <kbd>" Alt R"</kbd>
                </button>
            </Show>
            <span class="legend">
                <span><i class="swatch-edit"></i>{state.say(schools::LEGEND_CHANGED)}</span>
                <span>
                    <i class="swatch-corner"></i>
                    {state.say(schools::LEGEND_OVERRIDE)}
                </span>
                <span>
                    <i class="swatch-basis">{state.say(schools::LEGEND_BASIS)}</i>
                    {state.say(schools::LEGEND_BASIS_MEANS)}
                </span>
            </span>
        </footer>
    }
}

fn by_hand(by: Option<&By>) -> bool {
    matches!(by, Some(By::Hand { .. }))
}

/// The row and column of the active cell.
fn active(screen: Screen, grid: Grid) -> Option<(usize, Column)> {
    let spot = grid.selection.get()?.active;
    let row = screen.arranged.with(|arranged| arranged.rows.get(spot.row).copied())?;
    let column = screen.columns.with(|columns| columns.get(spot.column).copied())?;
    Some((row, column))
}

fn chosen(screen: Screen, grid: Grid) -> Option<AnyView> {
    let lang = screen.state.lang.get();
    let block = grid.selection.get()?.block();
    let rows = screen.arranged.get().rows;
    let columns = screen.columns.get();
    let (rows, columns) = (block.rows(&rows), block.columns(&columns));
    if let ([row], [column]) = (rows, columns) {
        let text = screen.with(|table| table.cell(*row, *column).shown(lang))?;
        let label = schools::ONE_CELL.get(lang);
        return Some(view! { {label}<b>{text}</b> }.into_any());
    }
    let Summary { cells, counted, sum } = screen.with(|table| table.summary(rows, columns))?;
    if counted == 0 {
        return Some(schools::CELLS.with(lang, &[("n", &cells)]).into_any());
    }
    let label = schools::CELLS_SUM.with(lang, &[("n", &cells)]);
    Some(view! { {label}<b>{number::grouped(sum)}</b> }.into_any())
}

impl Screen {
    /// Opens the reason of the active row, where its posts were set by hand.
    pub fn open_reason(self, grid: Grid) {
        let Some(row) = untrack(|| active(self, grid)).map(|(row, _)| row) else { return };
        if self.peek(|table| by_hand(table.by(row))) == Some(true) {
            self.reason.set(Some(row));
        } else {
            let text = schools::REASON_NOT_HERE.get(self.state.lang.get_untracked());
            self.state.toast(crate::state::Toast::warning(text.to_owned()));
        }
    }
}

/// Where the reason and the document number of a figure set by hand are written.
#[component]
pub fn Reason(screen: Screen, grid: Grid) -> impl IntoView {
    let state = screen.state;
    let (reason, document) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let given = Memo::new(move |_| {
        let row = screen.reason.get()?;
        screen
            .peek(|table| match table.by(row) {
                Some(By::Hand { reason, document, .. }) => {
                    let unit = table.unit(row).map(|unit| unit.name.clone()).unwrap_or_default();
                    Some((unit, reason.clone(), document.clone()))
                }
                _ => None,
            })
            .flatten()
    });
    Effect::new(move |_| {
        if let Some(input) = reason.get() {
            // Fails only for an element that has left the page.
            let _ = input.focus();
        }
    });
    let close = move || {
        screen.reason.set(None);
        grid.focus();
    };
    let save = move || {
        if let (Some(row), Some(reason), Some(document)) =
            (screen.reason.get_untracked(), reason.get_untracked(), document.get_untracked())
        {
            screen.explain(row, &reason.value(), &document.value());
        }
        close();
    };
    let title = move || {
        let unit = given.get().unwrap_or_default().0;
        schools::REASON_TITLE.with(state.lang.get(), &[("unit", &unit)])
    };
    view! {
        <Show when=move || given.get().is_some()>
            <form
                class="grid-bar"
                aria-label=title
                data-testid="reason-form"
                on:submit=move |event| {
                    event.prevent_default();
                    save();
                }
                on:keydown=move |event| {
                    if event.key() == "Escape" && !event.is_composing() {
                        close();
                    }
                }
            >
                <strong>{title}</strong>
                <label>
                    {state.say(schools::REASON)}
                    <input
                        class="field wide"
                        autocomplete="off"
                        maxlength="200"
                        data-testid="reason-text"
                        node_ref=reason
                        prop:value=move || given.get().unwrap_or_default().1
                    />
                </label>
                <label>
                    {state.say(schools::DOCUMENT)}
                    <input
                        class="field"
                        autocomplete="off"
                        maxlength="60"
                        data-testid="reason-document"
                        node_ref=document
                        prop:value=move || given.get().unwrap_or_default().2
                    />
                </label>
                <button type="submit" class="btn small" data-testid="reason-save">
                    {state.say(schools::REASON_SAVE)}
                </button>
                <button
                    type="button"
                    class="tool"
                    aria-label=state.say(bianheng_core::text::shell::CLOSE)
                    on:click=move |_| close()
                >
                    {icon(Icon::Cross, "")}
                </button>
            </form>
        </Show>
    }
}

/// Cells of a paste that cannot be taken, and what to do with the rest.
#[component]
pub fn Refused(screen: Screen, grid: Grid) -> impl IntoView {
    /// More would push the table out of sight.
    const LISTED: usize = 5;
    let state = screen.state;
    let close = move || {
        screen.refused.set(None);
        grid.focus();
    };
    let rest = move |_| {
        if let Some(pasted) = screen.refused.get_untracked() {
            screen.take(pasted);
        }
        close();
    };
    let listed = move || {
        let lang = state.lang.get();
        screen.refused.with(|pasted| {
            let bad = pasted.iter().flat_map(|pasted| &pasted.bad).take(LISTED);
            let line = |bad: &bianheng_core::report::schools::BadCell| {
                let (unit, stage) = screen.peek(|table| {
                    let name = table.cell(bad.row, Column::Name).shown(lang);
                    (name, table.cell(bad.row, Column::Stage).shown(lang))
                })?;
                let values: [(&str, &dyn std::fmt::Display); 5] = [
                    ("unit", &unit),
                    ("stage", &stage),
                    ("column", &schools::column(bad.column).get(lang)),
                    ("text", &bad.text),
                    ("why", &schools::error(bad.error, lang)),
                ];
                let text = schools::BAD_CELL.with(lang, &values);
                Some(view! { <li data-testid="bad-cell">{text}</li> })
            };
            bad.filter_map(line).collect_view()
        })
    };
    let count = move |read: fn(&Pasted) -> usize| {
        screen.refused.with(|pasted| pasted.as_ref().map_or(0, read))
    };
    let said = move |message: bianheng_core::text::Message, n: usize| {
        message.with(state.lang.get(), &[("n", &n)])
    };
    let more = move || {
        let more = count(|pasted| pasted.bad.len()).saturating_sub(LISTED);
        (more > 0).then(|| view! { <li>{said(schools::BAD_MORE, more)}</li> })
    };
    view! {
        <Show when=move || screen.refused.with(Option::is_some)>
            <section class="grid-bar err" role="alert" data-testid="paste-refused">
                <div>
                    <strong>{move || said(schools::BAD_TITLE, count(|pasted| pasted.bad.len()))}</strong>
                    <ul>{listed} {more}</ul>
                </div>
                <Show when=move || count(|pasted| pasted.changed) != 0>
                    <button type="button" class="btn small" data-testid="paste-rest" on:click=rest>
                        {move || said(schools::PASTE_REST, count(|pasted| pasted.changed))}
                    </button>
                </Show>
                <button
                    type="button"
                    class="btn small"
                    data-testid="paste-not"
                    on:click=move |_| close()
                >
                    {state.say(schools::PASTE_NOT)}
                </button>
            </section>
        </Show>
    }
}
