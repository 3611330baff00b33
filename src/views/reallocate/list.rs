//! Every row before → after, with the reason of each change; "after" can be changed by hand. A row
//! set by hand stays as it is in new proposals until it is released.

use bianheng_core::report::reallocate::{FieldError, Told, Why, row_name, whole};
use bianheng_core::scenario::{By, release, release_all, set_by_hand};
use bianheng_core::text::{Message, names, number, reallocate as words};
use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::desk::{Desk, use_desk};
use super::window::{Scrolled, gap};
use crate::widgets::margin;

/// A cell under the hand: its line, and the text it begins with.
type Editing = RwSignal<Option<(usize, String)>>;

/// The list.
#[component]
pub fn List() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let all = RwSignal::new(false);
    let editing: Editing = RwSignal::new(None);
    let scrolled = Scrolled::new(28);
    let lines = Memo::new(move |_| listed(desk, all.get()));
    let counts = Memo::new(move |_| {
        let all = desk.study.with(|study| study.as_ref().map_or(0, |study| study.lines()));
        (listed(desk, false).len(), all)
    });
    let range = Memo::new(move |_| scrolled.range(lines.with(Vec::len)));
    let head = move |message: Message, class: &'static str| {
        view! { <th scope="col" class=class>{state.say(message)}</th> }
    };
    let choice = move |to: bool, message: Message, testid: &'static str| {
        let text = move || {
            let (changed, whole) = counts.get();
            let count = if to { whole } else { changed };
            message.with(state.lang.get(), &[("n", &number::count(count as u64))])
        };
        view! {
            <button
                type="button"
                class="switch"
                data-testid=testid
                aria-pressed=move || if all.get() == to { "true" } else { "false" }
                on:click=move |_| all.set(to)
            >
                {text}
            </button>
        }
    };
    let rows = move || {
        let range = range.get();
        let at_edit = editing.with(|editing| editing.as_ref().map(|(line, _)| *line));
        lines.with(|lines| {
            let (before, after) = scrolled.gaps(&range, lines.len());
            let first = range.start;
            let shown = lines.get(range).unwrap_or_default().iter().enumerate();
            let rows = shown.map(|(place, &line)| {
                row(desk, line, first + place, at_edit == Some(line), editing)
            });
            view! {
                {gap(before, 8)}
                {rows.collect_view()}
                {gap(after, 8)}
            }
        })
    };
    let nothing = move || {
        lines.with(Vec::is_empty).then(|| {
            view! { <p class="note">{state.t(words::LIST_EMPTY)}</p> }
        })
    };
    view! {
        <div class="list-bar">
            {choice(false, words::SHOW_CHANGED, "show-changed")}
            {choice(true, words::SHOW_ALL, "show-all")}
            <Hands />
        </div>
        <div
            class="rows-scroll"
            tabindex="0"
            role="region"
            aria-label=state.say(words::LIST)
            on:scroll=move |event| scrolled.follow(&event)
        >
            <table
                class="t rows list"
                data-testid="list"
                aria-rowcount=move || (lines.with(Vec::len) + 1).to_string()
            >
                <thead>
                    <tr>
                        {head(words::UNIT, "")}
                        {head(words::STAGE, "")}
                        {head(words::ENTITLED, "num")}
                        {head(words::BEFORE, "num")}
                        {head(words::AFTER, "num")}
                        {head(words::CHANGE, "num")}
                        {head(words::MARGIN, "num")}
                        {head(words::REASON, "")}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {nothing}
        </div>
    }
}

/// Lines to list, in the county's order: all, or those that change or were set by hand.
fn listed(desk: Desk, all: bool) -> Vec<usize> {
    let lines = desk.study.with(|study| {
        let prepared = &study.as_ref()?.prepared;
        if all {
            return Some((0..prepared.rows.len()).collect());
        }
        desk.proposal.with(|after| {
            let posts = &after.as_ref()?.posts;
            desk.state.with(|open| {
                let state = open.workspace().state();
                let lines = prepared.problem.lines.iter().zip(posts).zip(&prepared.rows);
                let shown = lines.enumerate().filter(|(_, ((line, after), row))| {
                    line.now != **after || matches!(state.by(**row), Some(By::Hand { .. }))
                });
                shown.map(|(at, _)| at).collect()
            })
        })
    });
    lines.unwrap_or_default()
}

/// How many rows were set by hand, and their release.
#[component]
fn Hands() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let count = Memo::new(move |_| {
        let kind = state.kind.get();
        state
            .with(|open| {
                let state = open.workspace().state();
                let holdings = state.county.holdings.iter().enumerate();
                let of_kind =
                    holdings.filter(|(_, holding)| *state.county.kind_of(holding) == kind);
                of_kind.filter(|(row, _)| matches!(state.by(*row), Some(By::Hand { .. }))).count()
            })
            .unwrap_or(0)
    });
    let act = move |_| {
        let kind = state.kind.get_untracked();
        if let Some(step) = state.peek(|open| release_all(open.workspace(), &kind)) {
            state.dispatch(step);
        }
    };
    let text = move || words::HANDS.with(state.lang.get(), &[("n", &count.get())]);
    view! {
        <Show when=move || count.get() != 0>
            <span class="note" data-testid="hands">{text}</span>
            <button type="button" class="link" data-testid="release-all" on:click=act>
                {state.say(words::RELEASE_ALL)}
            </button>
        </Show>
    }
}

/// Sets a line's posts by hand; an empty text releases it.
fn set(desk: Desk, line: usize, text: &str) -> Result<(), FieldError> {
    let posts = whole(text)?;
    let row = desk.study.with_untracked(|s| s.as_ref()?.prepared.rows.get(line).copied());
    let shown = desk.proposal.with_untracked(|after| after.as_ref()?.posts.get(line).copied());
    let step = row.and_then(|row| {
        desk.state.peek(|open| match posts {
            None => Some(release(open.workspace(), row)),
            // Leaving a cell as it is does not take it out of the proposals' hands.
            Some(_) if posts == shown => None,
            Some(posts) => Some(set_by_hand(open.workspace().state(), row, posts)),
        })
    });
    if let Some(step) = step.flatten() {
        desk.state.dispatch(step);
    }
    Ok(())
}

fn row(desk: Desk, line: usize, place: usize, is_edited: bool, editing: Editing) -> AnyView {
    let state = desk.state;
    let lang = state.lang.get();
    let Some((at, id, before, entitled, has_need)) = desk.study.with(|study| {
        let prepared = &study.as_ref()?.prepared;
        let of = prepared.problem.lines.get(line)?;
        let id = prepared.ids.get(line)?.to_string();
        Some((*prepared.rows.get(line)?, id, of.now, of.entitled, *of.need.numer() > 0))
    }) else {
        return ().into_any();
    };
    let (after, why, by_hand) = desk.study.with(|study| {
        desk.proposal.with(|proposal| {
            let parts = study.as_ref().zip(proposal.as_ref()).and_then(|(study, proposal)| {
                state.with(|open| {
                    let by = open.workspace().state().by(at);
                    let why = Why::of(&study.prepared, proposal, line, by);
                    let by_hand = matches!(by, Some(By::Hand { .. }));
                    let why = desk.ranks.with(|ranks| {
                        let told = Told { prepared: &study.prepared, proposal, ranks };
                        why.whole(&told, line, lang)
                    });
                    (proposal.posts.get(line).copied().unwrap_or(before), why, by_hand)
                })
            });
            parts.unwrap_or((before, String::new(), false))
        })
    });
    let (name, stage) = state
        .with(|open| {
            let county = &open.workspace().state().county;
            let holding = county.holdings.get(at);
            let unit = holding.and_then(|holding| county.unit_of(holding));
            let stage = holding.and_then(|holding| holding.part.stage());
            let stage = stage.map_or("—", |stage| names::stage(stage).get(lang));
            (unit.map(|unit| unit.name.clone()).unwrap_or_default(), stage)
        })
        .unwrap_or_default();
    let whole_name =
        state.with(|open| row_name(&open.workspace().state().county, at, lang)).unwrap_or_default();
    let change = i64::from(after) - i64::from(before);
    let change = if change == 0 { "—".to_owned() } else { number::signed(change) };
    let left = has_need.then(|| i64::from(after) - i64::from(entitled));
    let cell = if is_edited {
        let cell = view! { <Edit line=line name=whole_name.clone() editing=editing /> };
        cell.into_any()
    } else {
        after_cell(desk, line, &whole_name, after, editing).into_any()
    };
    let free = by_hand.then(|| {
        let label = words::RELEASE_OF.with(lang, &[("unit", &whole_name)]);
        view! {
            <button
                type="button"
                class="link"
                data-testid="release"
                aria-label=label
                on:click=move |_| {
                    // An empty text is always read.
                    let _ = set(desk, line, "");
                }
            >
                {words::RELEASE.get(lang)}
            </button>
            " "
        }
    });
    let (name_title, why_title) = (name.clone(), why.clone());
    view! {
        <tr
            data-testid="before-after-row"
            data-id=id
            aria-rowindex=(place + 2).to_string()
        >
            <th scope="row" class="clip">
                <button
                    type="button"
                    class="link plain"
                    title=name_title
                    on:click=move |_| state.proof.set(Some(at))
                >
                    {name}
                </button>
            </th>
            <td>{stage}</td>
            <td class="num">{if has_need { entitled.to_string() } else { "—".to_owned() }}</td>
            <td class="num was">{before}</td>
            <td class="num after" class:is-changed=by_hand>{cell}</td>
            <td class="num">{change}</td>
            <td class="num">{margin(left)}</td>
            <td class="why-cell clip" title=why_title data-testid="reason">{free}{why}</td>
        </tr>
    }
    .into_any()
}

/// The figure after; a click, Enter, F2 or a digit begins to change it.
fn after_cell(desk: Desk, line: usize, name: &str, after: u32, editing: Editing) -> impl IntoView {
    let lang = desk.state.lang.get();
    let label = words::AFTER_OF.with(lang, &[("unit", &name), ("posts", &after)]);
    let begin = move |text: String| editing.set(Some((line, text)));
    let keys = move |event: ev::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
            return;
        }
        let key = event.key();
        if key == "F2" {
            event.prevent_default();
            begin(after.to_string());
        } else if key.len() == 1 && key.bytes().all(|byte| byte.is_ascii_digit()) {
            event.prevent_default();
            begin(key);
        }
    };
    view! {
        <button
            type="button"
            class="after-cell"
            data-testid="after-cell"
            data-line=line.to_string()
            aria-label=label
            on:click=move |_| begin(after.to_string())
            on:keydown=keys
        >
            {after}
        </button>
    }
}

/// The field of the cell that is being changed.
#[component]
fn Edit(line: usize, name: String, editing: Editing) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let input = NodeRef::<Input>::new();
    let error = RwSignal::new(None::<FieldError>);
    let text = editing.with_untracked(|editing| {
        editing.as_ref().map(|(_, text)| text.clone()).unwrap_or_default()
    });
    // One digit was typed to begin: more follow it. A figure that was there is selected.
    let typed = text.len() == 1;
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            // A bound property is written after this and would drop the selection.
            input.set_value(&text);
            // Fails only on a detached element.
            let _ = input.focus();
            if !typed {
                input.select();
            }
        }
    });
    let finish = move |back: bool| {
        // Taking the field out of the page makes it lose the focus: by then its cell is no longer
        // being changed, and the field's own signals are gone.
        let ours = editing
            .try_with_untracked(|editing| editing.as_ref().is_some_and(|(at, _)| *at == line));
        if ours != Some(true) {
            return;
        }
        let Some(input) = input.try_get_untracked().flatten() else { return };
        match set(desk, line, &input.value()) {
            Ok(()) => {
                editing.set(None);
                if back {
                    focus_cell(line);
                }
            }
            Err(found) if back => error.set(Some(found)),
            // Left behind with something unreadable: the figure stays as it was.
            Err(_) => editing.set(None),
        }
    };
    let label = move || words::AFTER_EDIT.with(state.lang.get(), &[("unit", &name)]);
    let hint = move || error.get().map(|error| error.text(state.lang.get()));
    view! {
        <input
            class="field short num"
            type="text"
            inputmode="numeric"
            autocomplete="off"
            data-testid="after-input"
            aria-label=label
            aria-invalid=move || error.get().map(|_| "true")
            title=hint
            node_ref=input
            on:blur=move |_| finish(false)
            on:keydown=move |event| {
                if event.is_composing() {
                    return;
                }
                match event.key().as_str() {
                    "Enter" => finish(true),
                    "Escape" => {
                        editing.set(None);
                        focus_cell(line);
                    }
                    _ => {}
                }
            }
        />
        {move || {
            error.get().map(|error| {
                view! {
                    <span class="field-err" role="alert">"✕ "{error.text(state.lang.get())}</span>
                }
            })
        }}
    }
}

/// Puts the focus on a line's figure once the list has been drawn again.
fn focus_cell(line: usize) {
    request_animation_frame(move || {
        let found = document().query_selector(&format!("[data-line=\"{line}\"]"));
        if let Ok(Some(cell)) = found
            && let Ok(cell) = cell.dyn_into::<web_sys::HtmlElement>()
        {
            // Fails only on a detached element.
            let _ = cell.focus();
        }
    });
}
