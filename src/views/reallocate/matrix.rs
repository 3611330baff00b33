//! Townships by stages with totals on both margins: how far each is from its entitlement after the
//! proposal, and the limits on its posts. A cell that is clicked can be limited below the table.

use bianheng_core::county::Stage;
use bianheng_core::report::overview::heat_step;
use bianheng_core::report::reallocate::{FieldError, Matrix, Sums, group_name, whole};
use bianheng_core::scenario::GroupLimit;
use bianheng_core::text::{names, number, reallocate as words};
use leptos::prelude::*;

use super::desk::{Desk, use_desk};
use super::field::{FieldErrorLine, LimitField};

type Place = (Option<String>, Option<Stage>);

/// Townships listed; the margins below them count every one.
const MOST: usize = 120;

/// The table.
#[component]
pub fn MatrixTable() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let matrix = Memo::new(move |_| {
        let limits = desk.limits.get();
        let found = desk.study.with(|study| {
            let study = study.as_ref()?;
            let after = desk.proposal.with(|after| Some(after.as_ref()?.posts.clone()));
            let posts = after.unwrap_or_else(|| study.before());
            state.with(|open| {
                Matrix::of(&open.workspace().state().county, &limits, &study.prepared, &posts)
            })
        });
        found.unwrap_or_default()
    });
    let chosen = RwSignal::new(None::<Place>);
    view! {
        <div class="scroll-x" tabindex="0">
            {move || matrix.with(|matrix| table(desk, matrix, chosen))}
        </div>
        {move || {
            chosen.get().map(|place| view! { <Editor place=place matrix=matrix /> })
        }}
    }
}

fn table(desk: Desk, matrix: &Matrix, chosen: RwSignal<Option<Place>>) -> AnyView {
    let lang = desk.state.lang.get();
    let heads = matrix.stages.iter().map(|stage| {
        view! { <th scope="col" class="num">{names::stage(*stage).get(lang)}</th> }
    });
    let last = matrix.rows.len().saturating_sub(1);
    let rows = matrix.rows.iter().enumerate().filter(|(at, _)| *at < MOST || *at == last);
    let rows = rows.map(|(_, (township, cells))| {
        let stages = matrix.stages.iter().copied().map(Some).chain(std::iter::once(None));
        let cells = cells
            .iter()
            .zip(stages)
            .map(|(sums, stage)| cell(desk, sums, (township.clone(), stage), chosen));
        let name = township.clone().unwrap_or_else(|| words::ALL_LINES.get(lang).to_owned());
        view! {
            <tr class:sum=township.is_none()>
                <th scope="row">{name}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <table class="t dense heat matrix" data-testid="matrix">
            <thead>
                <tr>
                    <th scope="col">{words::MATRIX_NOTE.get(lang)}</th>
                    {heads.collect_view()}
                    <th scope="col" class="num">{words::ALL_LINES.get(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn cell(desk: Desk, sums: &Sums, place: Place, chosen: RwSignal<Option<Place>>) -> AnyView {
    let lang = desk.state.lang.get();
    if sums.lines == 0 {
        return view! { <td class="num na">"—"</td> }.into_any();
    }
    let step = heat_step(sums.margin(), sums.entitled);
    let fill = match step {
        ..=-1 => format!("h-s{}", (-step).min(4)),
        0 => "h-0".to_owned(),
        _ => format!("h-o{}", step.min(4)),
    };
    let title = told(sums, lang);
    let limit = match (sums.low, sums.high) {
        (Some(low), Some(high)) if low == high => format!("＝{high}"),
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => format!("≥{low}"),
        (None, Some(high)) => format!("≤{high}"),
        (None, None) => String::new(),
    };
    let id =
        format!("{}/{}", place.0.as_deref().unwrap_or("*"), place.1.map_or("*", Stage::as_str));
    view! {
        <td class=format!("num {fill}")>
            <button
                type="button"
                class="after-cell"
                class:is-binding=sums.is_stopped()
                data-testid="matrix-cell"
                data-id=id
                title=title
                on:click=move |_| chosen.set(Some(place.clone()))
            >
                {number::margin(sums.margin())}
                <small>{limit}</small>
            </button>
        </td>
    }
    .into_any()
}

fn told(sums: &Sums, lang: bianheng_core::text::Lang) -> String {
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
fn Editor(place: Place, matrix: Memo<Matrix>) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let error = RwSignal::new(None::<FieldError>);
    let (township, stage) = place;
    let sums = {
        let township = township.clone();
        Memo::new(move |_| {
            matrix.with(|matrix| {
                let (_, cells) = matrix.rows.iter().find(|(name, _)| *name == township)?;
                let at = match stage {
                    Some(stage) => matrix.stages.iter().position(|found| *found == stage)?,
                    None => matrix.stages.len(),
                };
                cells.get(at).copied()
            })
        })
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
