//! The move list: from whom, to whom, how many, in which batch and why; copied for a spreadsheet.

use bianheng_core::report::reallocate::{Transfer, kilometres, row_name, tsv};
use bianheng_core::text::{Message, number, reallocate as words, shell};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::{Desk, use_desk};
use super::slow::WorkLine;
use crate::platform::clipboard;
use crate::state::Toast;
use crate::widgets::{Icon, icon};

/// Lines shown at first.
const SHOWN: usize = 12;
/// Lines shown at most: the rest goes with the copy.
const MOST: usize = 300;

/// The list.
#[component]
pub fn MoveList() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let whole = RwSignal::new(false);
    let note = move || {
        with_moves(desk, |moves| {
            let posts: u64 = moves.iter().map(|step| step.posts).sum();
            let vacant = in_batch(moves, 1);
            let values: [(&str, &dyn std::fmt::Display); 4] = [
                ("lines", &number::count(moves.len() as u64)),
                ("posts", &number::count(posts)),
                ("vacant", &number::count(vacant)),
                ("people", &number::count(posts - vacant)),
            ];
            let mut note = words::MOVES_NOTE.with(state.lang.get(), &values);
            let unknown = moves
                .iter()
                .filter(|step| step.from.is_some() && step.to.is_some() && step.metres.is_none());
            let unknown = unknown.count();
            if unknown > 0 && moves.iter().any(|step| step.metres.is_some()) {
                let lines = number::count(unknown as u64);
                note.push_str(&words::MOVES_UNKNOWN.with(state.lang.get(), &[("lines", &lines)]));
            }
            note
        })
    };
    let copy = move |_| {
        if let Some(moves) = desk.moves.get_untracked() {
            copy_list(desk, &moves);
        }
    };
    let head = move |message: Message, class: &'static str| {
        view! { <th scope="col" class=class>{state.say(message)}</th> }
    };
    let is_empty = move || with_moves(desk, <[Transfer]>::is_empty);
    view! {
        <section class="block moves-block">
            <header class="sec">
                <h2>{state.say(words::MOVES)}</h2>
                <span class="note" data-testid="moves-sum" title=state.say(words::MOVES_ORDER)>
                    {note}
                </span>
                <button
                    type="button"
                    class="link act"
                    data-testid="copy-moves"
                    disabled=is_empty
                    on:click=copy
                >
                    {icon(Icon::Copy, "ico-13")}
                    {state.say(words::COPY_MOVES)}
                </button>
            </header>
            <WorkLine work=desk.moves_work />
            <table class="t move moves">
                <thead>
                    <tr>
                        {head(words::FROM, "")}
                        <th scope="col"><span class="sr-only">"→"</span></th>
                        {head(words::TO, "")}
                        {head(words::POSTS, "num")}
                        {head(words::DISTANCE, "num")}
                        {head(words::REASON, "")}
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let shown = if whole.get() { MOST } else { SHOWN };
                        let known = desk.moves.with(Option::is_some);
                        known.then(|| with_moves(desk, |moves| rows(desk, moves, shown)))
                    }}
                    {move || with_moves(desk, |moves| rest(desk, moves, whole))}
                </tbody>
            </table>
        </section>
    }
}

/// Reads the list; it is empty while it is worked out.
fn with_moves<R>(desk: Desk, read: impl FnOnce(&[Transfer]) -> R) -> R {
    desk.moves.with(|moves| read(moves.as_ref().map_or(&[], |moves| moves.as_slice())))
}

fn copy_list(desk: Desk, moves: &[Transfer]) {
    let state = desk.state;
    let lang = state.lang.get_untracked();
    let text = desk.study.with_untracked(|study| {
        let prepared = &study.as_ref()?.prepared;
        state.peek(|open| tsv(&open.workspace().state().county, prepared, moves, lang))
    });
    let Some(text) = text else { return };
    let lines = moves.len();
    spawn_local(async move {
        let toast = if clipboard::copy(&text).await {
            Toast::done(words::COPIED_MOVES.with(lang, &[("lines", &lines)]))
        } else {
            Toast::error(shell::COPY_FAILED.get(lang).to_owned())
        };
        state.toast(toast);
    });
}

fn rows(desk: Desk, moves: &[Transfer], shown: usize) -> AnyView {
    let state = desk.state;
    let lang = state.lang.get();
    if moves.is_empty() {
        let text = words::MOVES_EMPTY.get(lang);
        return view! { <tr><td colspan="6" class="note">{text}</td></tr> }.into_any();
    }
    let ends = |step: &Transfer| {
        desk.study.with_untracked(|study| {
            let prepared = study.as_ref().map(|study| &study.prepared);
            let one = |end: Option<usize>| {
                let at = end.and_then(|at| Some((prepared?, at)));
                let place = at.and_then(|(prepared, at)| {
                    Some((*prepared.rows.get(at)?, prepared.ids.get(at)?.to_string()))
                });
                place.and_then(|(row, id)| {
                    let name =
                        state.peek(|open| row_name(&open.workspace().state().county, row, lang))?;
                    Some((name, id))
                })
            };
            let nobody = || (words::NOBODY.get(lang).to_owned(), String::new());
            (one(step.from).unwrap_or_else(nobody), one(step.to).unwrap_or_else(nobody))
        })
    };
    let shown = if moves.len() <= shown + 1 { moves.len() } else { shown };
    let mut batch = 0;
    let rows = moves.iter().take(shown).map(|step| {
        let head = (batch != step.batch()).then(|| {
            batch = step.batch();
            let posts = number::count(in_batch(moves, batch));
            let text = words::batch(batch).with(lang, &[("posts", &posts)]);
            view! { <tr class="batch"><th scope="colgroup" colspan="6" data-testid="batch">{text}</th></tr> }
        });
        let far = step.metres.map(kilometres);
        let ((from, from_id), (to, to_id)) = ends(step);
        let why = step.why(lang);
        let (from_title, to_title, why_title) = (from.clone(), to.clone(), why.clone());
        view! {
            {head}
            <tr data-testid="move-row" data-id=format!("{from_id}>{to_id}")>
                <th scope="row" class="unit" title=from_title>{from}</th>
                <td class="arr">"→"</td>
                <td class="unit" title=to_title>{to}</td>
                <td class="num n">{number::count(step.posts)}</td>
                <td class="num">{far}</td>
                <td class="why-cell" title=why_title>{why}</td>
            </tr>
        }
    });
    rows.collect_view().into_any()
}

/// Posts of one batch.
fn in_batch(moves: &[Transfer], batch: u8) -> u64 {
    moves.iter().filter(|step| step.batch() == batch).map(|step| step.posts).sum()
}

/// What is not listed.
fn rest(desk: Desk, moves: &[Transfer], whole: RwSignal<bool>) -> AnyView {
    let state = desk.state;
    let lang = state.lang.get();
    if moves.is_empty() {
        return ().into_any();
    }
    let shown = if whole.get() { MOST } else { SHOWN };
    let shown = if moves.len() <= shown + 1 { moves.len() } else { shown };
    let left = moves.len() - shown;
    let posts: u64 = moves.iter().skip(shown).map(|step| step.posts).sum();
    let more = (left > 0 && !whole.get()).then(|| {
        view! {
            <button
                type="button"
                class="link"
                data-testid="show-moves"
                on:click=move |_| whole.set(true)
            >
                {words::SHOW_REST.get(lang)}
            </button>
        }
    });
    let text =
        (left > 0).then(|| words::REST.with(lang, &[("lines", &number::count(left as u64))]));
    view! {
        <tr class="sum">
            <th scope="row" colspan="3">{text}" "{more}</th>
            <td class="num">{(left > 0).then(|| number::count(posts))}</td>
            <td></td>
            <td></td>
        </tr>
    }
    .into_any()
}
