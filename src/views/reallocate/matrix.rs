//! Townships by stages with totals on both margins: how far each is from its entitlement after the
//! proposal, and the limits on its posts. A cell that is clicked can be limited below the table.

use bianheng_core::county::Stage;
use bianheng_core::report::overview::heat_step;
use bianheng_core::report::reallocate::{FieldError, Matrix, Sums, group_name, whole};
use bianheng_core::scenario::GroupLimit;
use bianheng_core::text::{Lang, names, number, reallocate as words};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::desk::{Shared, use_desk};
use super::field::{FieldErrorLine, LimitField};
use crate::platform::sight::in_sight;
use crate::widgets::{Html, picked, walk};

type Place = (Option<String>, Option<Stage>);

/// Townships listed; the margins below them count every one.
const MOST: usize = 120;

/// The table.
#[component]
pub fn MatrixTable() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let place = NodeRef::<Div>::new();
    let seen = in_sight(move || place.get().map(|place| place.unchecked_into()));
    let matrix = Memo::new(move |before: Option<&Shared<Matrix>>| {
        // Out of sight it waits until the hand at the slider rests.
        if let Some(before) = before
            && desk.preview.with(Option::is_some)
            && !seen.get()
        {
            return before.clone();
        }
        let limits = desk.limits.get();
        let found = desk.study.with(|study| {
            let study = study.as_ref()?;
            let after = desk.proposal.with(|after| Some(after.as_ref()?.posts.clone()));
            let posts = after.unwrap_or_else(|| study.before());
            state.with(|open| {
                Matrix::of(&open.workspace().state().county, &limits, &study.prepared, &posts)
            })
        });
        Shared::new(found.unwrap_or_default())
    });
    let chosen = RwSignal::new(None::<Place>);
    let pick = move |event: web_sys::MouseEvent| {
        let Some((_, at)) = picked(&event) else { return };
        let place = matrix.with_untracked(|matrix| place_at(matrix, &at));
        if place.is_some() {
            chosen.set(place);
        }
    };
    // A row that stays the same while a hand is at the slider is left alone.
    let rows = Memo::new(move |_| {
        let lang = state.lang.get();
        matrix.with(|matrix| row_texts(matrix, lang))
    });
    let count = Memo::new(move |_| rows.with(Vec::len));
    let row = move |at: usize| {
        let text = Memo::new(move |_| rows.with(|rows| rows.get(at).cloned().unwrap_or_default()));
        let is_sum = move || at + 1 == count.get();
        view! { <tr class:sum=is_sum inner_html=move || text.get()></tr> }
    };
    let heads = move || {
        let lang = state.lang.get();
        let mut html = Html::default();
        html.head("", words::MATRIX_NOTE.get(lang));
        matrix.with(|matrix| {
            for stage in &matrix.stages {
                html.head("num", names::stage(*stage).get(lang));
            }
        });
        html.head("num", words::ALL_LINES.get(lang));
        html.done()
    };
    view! {
        <div class="scroll-x" tabindex="0" node_ref=place>
            <table class="t dense heat matrix" data-testid="matrix" on:click=pick on:keydown=move |event| walk(&event)>
                <thead>
                    <tr inner_html=heads></tr>
                </thead>
                <tbody>
                    <For each=move || 0..count.get() key={|at: &usize| *at} children=row />
                </tbody>
            </table>
        </div>
        {move || {
            chosen.get().map(|place| view! { <Editor place=place matrix=matrix /> })
        }}
    }
}

/// The rows listed: the first townships, and the sums of all.
fn listed(matrix: &Matrix) -> impl Iterator<Item = &(Option<String>, Vec<Sums>)> {
    let last = matrix.rows.len().saturating_sub(1);
    let rows = matrix.rows.iter().enumerate().filter(move |(at, _)| *at < MOST || *at == last);
    rows.map(|(_, row)| row)
}

/// The place of a column, by where it stands.
fn column(matrix: &Matrix, at: usize) -> Option<Stage> {
    matrix.stages.get(at).copied()
}

/// The place that a cell's button names: row and column of the table.
fn place_at(matrix: &Matrix, at: &str) -> Option<Place> {
    let (row, at) = at.split_once(' ')?;
    let (township, _) = listed(matrix).nth(row.parse().ok()?)?;
    Some((township.clone(), column(matrix, at.parse().ok()?)))
}

/// What stands in each row.
fn row_texts(matrix: &Matrix, lang: Lang) -> Vec<String> {
    let rows = listed(matrix).enumerate().map(|(row, (township, cells))| {
        let mut html = Html::default();
        let name = township.as_deref().unwrap_or(words::ALL_LINES.get(lang));
        html.open("th", &[("scope", "row")]).text(name).close("th");
        for (at, sums) in cells.iter().enumerate() {
            let place = (township.as_deref(), column(matrix, at));
            cell(&mut html, sums, place, &format!("{row} {at}"), lang);
        }
        html.done()
    });
    rows.collect()
}

fn cell(html: &mut Html, sums: &Sums, place: (Option<&str>, Option<Stage>), at: &str, lang: Lang) {
    if sums.lines == 0 {
        html.put("td", "num na", "—");
        return;
    }
    let fill = match heat_step(sums.margin(), sums.entitled) {
        step @ ..=-1 => format!("num h-s{}", (-step).min(4)),
        0 => "num h-0".to_owned(),
        step => format!("num h-o{}", step.min(4)),
    };
    let limit = match (sums.low, sums.high) {
        (Some(low), Some(high)) if low == high => format!("＝{high}"),
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => format!("≥{low}"),
        (None, Some(high)) => format!("≤{high}"),
        (None, None) => String::new(),
    };
    let stage = place.1.map_or("*", Stage::as_str);
    let button = [
        ("type", "button"),
        ("class", if sums.is_stopped() { "after-cell is-binding" } else { "after-cell" }),
        ("data-testid", "matrix-cell"),
        ("data-id", &format!("{}/{stage}", place.0.unwrap_or("*"))),
        ("data-do", "limit"),
        ("data-at", at),
        ("title", &told(sums, lang)),
    ];
    html.open("td", &[("class", &fill)]).open("button", &button);
    html.text(&number::margin(sums.margin())).put("small", "", &limit);
    html.close("button").close("td");
}

fn told(sums: &Sums, lang: Lang) -> String {
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("before", &number::count(sums.before)),
        ("after", &number::count(sums.after)),
        ("entitled", &number::count(sums.entitled)),
        ("short", &number::count(sums.short)),
    ];
    words::MATRIX_CELL.with(lang, &values)
}

/// Least and most posts of the place that was clicked.
#[component]
fn Editor(place: Place, matrix: Memo<Shared<Matrix>>) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let error = RwSignal::new(None::<FieldError>);
    let (township, stage) = place;
    let sums = {
        let township = township.clone();
        Memo::new(move |_| matrix.with(|matrix| matrix.sums(township.as_deref(), stage).copied()))
    };
    let limit = GroupLimit { township: township.clone(), stage, low: None, high: None };
    let name = move || group_name(&limit, state.lang.get());
    let figures = move || told(&sums.get().unwrap_or_default(), state.lang.get());
    let side = move |low: bool| {
        Signal::derive(move || {
            let sums = sums.get().unwrap_or_default();
            let limit = if low { sums.low } else { sums.high };
            limit.map(|posts| posts.to_string()).unwrap_or_default()
        })
    };
    let township = StoredValue::new(township);
    let set = move |is_low: bool| {
        Callback::new(move |text: String| -> Result<(), FieldError> {
            let posts = whole(&text)?;
            let sums = sums.get_untracked().unwrap_or_default();
            let (low, high) = if is_low { (posts, sums.high) } else { (sums.low, posts) };
            desk.change(|limits| {
                township.with_value(|place| limits.set_group(place.as_deref(), stage, low, high));
            });
            Ok(())
        })
    };
    let label = move |message: bianheng_core::text::Message| {
        Signal::derive(move || state.t(message).to_owned())
    };
    let empty = Signal::derive(state.say(words::UNLIMITED));
    view! {
        <p class="note matrix-editor" data-testid="matrix-editor">
            <b>{name}</b>" "{figures}" "
            {state.say(words::KIND_LEAST_SHORT)}" "
            <LimitField
                testid="group-low"
                label=label(words::KIND_LEAST_SHORT)
                value=side(true)
                empty=empty
                narrow=true
                on_change=set(true)
                error=error
            />
            " "{state.say(words::KIND_MOST)}" "
            <LimitField
                testid="group-high"
                label=label(words::KIND_MOST)
                value=side(false)
                empty=empty
                narrow=true
                on_change=set(false)
                error=error
            />
            <FieldErrorLine error=error />
        </p>
    }
}
