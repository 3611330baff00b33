//! The move list: from whom, to whom, how many, in which batch and why; copied for a spreadsheet.

use bianheng_core::report::reallocate::{Transfer, kilometres, tsv};
use bianheng_core::text::{Message, number, reallocate as words};
use leptos::prelude::*;

use super::desk::{Desk, use_desk};
use super::long_list::{self, CopyButton, named};
use super::slow::WorkLine;
use crate::widgets::Html;

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
    let head = move |message: Message, class: &'static str| {
        view! { <th scope="col" class=class>{state.say(message)}</th> }
    };
    let listed = move || {
        let known = desk.moves.with(Option::is_some);
        let rows = known.then(|| with_moves(desk, |moves| rows(desk, moves, whole)));
        rows.unwrap_or_default()
    };
    let is_empty = move || with_moves(desk, <[Transfer]>::is_empty);
    view! {
        <section class="block moves-block">
            <header class="sec">
                <h2>{state.say(words::MOVES)}</h2>
                <span class="note" data-testid="moves-sum" title=state.say(words::MOVES_ORDER)>
                    {note}
                </span>
                <CopyButton
                    state=state
                    label=words::COPY_MOVES
                    testid="copy-moves"
                    is_empty=Signal::derive(is_empty)
                    list=Callback::new(move |()| to_copy(desk))
                />
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
                <tbody inner_html=listed></tbody>
                <tbody>{move || with_moves(desk, |moves| rest(desk, moves, whole))}</tbody>
            </table>
        </section>
    }
}

/// Reads the list; it is empty while it is worked out.
fn with_moves<R>(desk: Desk, read: impl FnOnce(&[Transfer]) -> R) -> R {
    desk.moves.with(|moves| read(moves.as_ref().map_or(&[], |moves| moves.as_slice())))
}

/// The list for a spreadsheet, and what is said when it is copied.
fn to_copy(desk: Desk) -> Option<(String, String)> {
    let lang = desk.state.lang.get_untracked();
    let (study, moves) = (desk.study.get_untracked()?, desk.moves.get_untracked()?);
    let text = desk
        .state
        .peek(|open| tsv(&open.workspace().state().county, &study.prepared, &moves, lang))?;
    Some((text, words::COPIED_MOVES.with(lang, &[("lines", &moves.len())])))
}

fn rows(desk: Desk, moves: &[Transfer], whole: RwSignal<bool>) -> String {
    let lang = desk.state.lang.get();
    let mut html = Html::default();
    if moves.is_empty() {
        html.open("tr", &[]).open("td", &[("colspan", "6"), ("class", "note")]);
        html.text(words::MOVES_EMPTY.get(lang)).close("td").close("tr");
        return html.done();
    }
    let one = |end: Option<usize>| match end {
        Some(line) => named(desk, line),
        None => (words::NOBODY.get(lang).to_owned(), String::new()),
    };
    let shown = long_list::shown(moves.len(), whole);
    let mut batch = 0;
    for step in moves.iter().take(shown) {
        if batch != step.batch() {
            batch = step.batch();
            let posts = number::count(in_batch(moves, batch));
            let text = words::batch(batch).with(lang, &[("posts", &posts)]);
            let head = [("scope", "colgroup"), ("colspan", "6"), ("data-testid", "batch")];
            html.open("tr", &[("class", "batch")]).open("th", &head).text(&text);
            html.close("th").close("tr");
        }
        let ((from, from_id), (to, to_id)) = (one(step.from), one(step.to));
        let id = format!("{from_id}>{to_id}");
        html.open("tr", &[("data-testid", "move-row"), ("data-id", &id)]);
        html.open("th", &[("scope", "row"), ("class", "unit"), ("title", &from)]).text(&from);
        html.close("th").put("td", "arr", "→");
        html.open("td", &[("class", "unit"), ("title", &to)]).text(&to).close("td");
        html.put("td", "num n", &number::count(step.posts));
        html.put("td", "num", &step.metres.map(kilometres).unwrap_or_default());
        let why = step.why(lang);
        html.open("td", &[("class", "why-cell"), ("title", &why)]).text(&why).close("td");
        html.close("tr");
    }
    html.done()
}

/// Posts of one batch.
fn in_batch(moves: &[Transfer], batch: u8) -> u64 {
    moves.iter().filter(|step| step.batch() == batch).map(|step| step.posts).sum()
}

/// What is not listed.
fn rest(desk: Desk, moves: &[Transfer], whole: RwSignal<bool>) -> AnyView {
    if moves.is_empty() {
        return ().into_any();
    }
    let shown = long_list::shown(moves.len(), whole);
    let left = moves.len() - shown;
    let posts: u64 = moves.iter().skip(shown).map(|step| step.posts).sum();
    view! {
        <tr class="sum">
            <th scope="row" colspan="3">{long_list::rest(desk, left, whole, "show-moves")}</th>
            <td class="num">{(left > 0).then(|| number::count(posts))}</td>
            <td></td>
            <td></td>
        </tr>
    }
    .into_any()
}
