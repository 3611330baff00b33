//! Margins by township and stage: a real table whose cells are filled by the weight of the margin,
//! with the scale printed beside its title. A county of hundreds of townships shows the shortest
//! ones first and all of them on demand.

use bianheng_core::report::overview::{HEAT_BOUNDS, HeatCell, HeatRow, HeatStep, Overview};
use bianheng_core::text::{Lang, names, number, overview as words};
use leptos::prelude::*;

use super::Glance;
use crate::state::use_state;
use crate::widgets::{Icon, icon};
use bianheng_core::order::InOrder;

/// Townships shown before a person asks for all.
const SHOWN: usize = 24;

/// The heat table.
#[component]
pub fn Heat(glance: Glance, schools: Memo<bool>) -> impl IntoView {
    let state = use_state();
    let all = RwSignal::new(false);
    let count =
        Memo::new(move |_| glance.with(|seen| seen.as_ref().map_or(0, |seen| seen.heat.len())));
    let long = move || count.get() > SHOWN;
    let note = move || {
        let lang = state.lang.get();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &SHOWN), ("all", &count.get())];
        if long() && !all.get() {
            words::HEAT_SHORTEST.with(lang, &values)
        } else {
            words::HEAT_NOTE.get(lang).to_owned()
        }
    };
    let toggle = move || {
        let lang = state.lang.get();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &SHOWN), ("all", &count.get())];
        if all.get() {
            words::HEAT_FEWER.with(lang, &[("n", &SHOWN)])
        } else {
            words::HEAT_ALL.with(lang, &values)
        }
    };
    let table = move || {
        let lang = state.lang.get();
        glance.with(|seen| seen.as_ref().map(|seen| table(seen, all.get(), lang)))
    };
    view! {
        <section aria-labelledby="heat-h">
            <header class="sec">
                <h2 id="heat-h">{state.say(words::HEAT)}</h2>
                <Show when=move || schools.get()>
                    <span class="note">{note}</span>
                    <Scale />
                </Show>
            </header>
            <Show when=move || schools.get() fallback=nothing>
                <div class="scroll-x" tabindex="0">{table}</div>
                <Show when=long>
                    <p class="heat-more">
                        <button
                            type="button"
                            class="link"
                            data-testid="heat-all"
                            aria-pressed=move || all.get().to_string()
                            on:click=move |_| all.update(|all| *all = !*all)
                        >
                            {toggle}
                        </button>
                    </p>
                </Show>
            </Show>
        </section>
    }
}

fn nothing() -> impl IntoView {
    let state = use_state();
    view! {
        <div class="empty" data-testid="heat-empty">
            {icon(Icon::Info, "ico-20")}
            <strong>{state.say(words::HEAT_EMPTY)}</strong>
            <p>{state.say(words::HEAT_EMPTY_WHY)}</p>
        </div>
    }
}

/// The scale: fills from the heaviest shortage to the heaviest surplus, with their lower bounds.
#[component]
fn Scale() -> impl IntoView {
    let state = use_state();
    let heaviest = HEAT_BOUNDS.len();
    let bound = move |at: usize, bound: u8| {
        if at + 1 == heaviest { format!("≥{bound}") } else { bound.to_string() }
    };
    let short = HEAT_BOUNDS.iter().enumerate().rev().map(move |(at, least)| {
        view! { <i class=format!("h-s{}", at + 1)>{bound(at, *least)}</i> }
    });
    let over = HEAT_BOUNDS.iter().enumerate().map(move |(at, least)| {
        view! { <i class=format!("h-o{}", at + 1)>{bound(at, *least)}</i> }
    });
    view! {
        <span class="scale">
            <span>
                {state.say(words::SCALE_SHARE)}
                " "
                <b class="m-short">{state.say(words::SCALE_SHORT)}</b>
            </span>
            {short.collect_view()}
            {over.collect_view()}
            <span>
                <b class="m-over">{state.say(words::SCALE_OVER)}</b>
                " %"
            </span>
        </span>
    }
}

/// The townships to show: all in the order of the survey, or the shortest ones.
fn chosen(seen: &Overview, all: bool) -> Vec<&HeatRow> {
    let mut rows: Vec<&HeatRow> = seen.heat.iter().collect();
    if !all && rows.len() > SHOWN {
        // Stable: equal ones stay in the order of the survey.
        rows.order_by_key(|row| row.total.totals.margin);
        rows.truncate(SHOWN);
    }
    rows
}

fn table(seen: &Overview, all: bool, lang: Lang) -> impl IntoView + use<> {
    let groups = seen.stages.iter().map(|stage| {
        view! {
            <th scope="colgroup" colspan="2" class="grp">{names::stage(*stage).get(lang)}</th>
        }
    });
    let heads = seen.stages.iter().map(|_| {
        view! {
            <th scope="col" class="num grp">{words::ENTITLED_SHORT.get(lang)}</th>
            <th scope="col" class="num">{words::MARGIN.get(lang)}</th>
        }
    });
    let body = chosen(seen, all).into_iter().map(|township| {
        let name = match township.township.as_str() {
            "" => words::TOWNSHIP_UNKNOWN.get(lang),
            name => name,
        };
        row(seen, township, name, &township.township, "")
    });
    view! {
        <table class="t heat" data-testid="heat">
            <thead>
                <tr>
                    <th scope="col" rowspan="2">{words::TOWNSHIP.get(lang)}</th>
                    {groups.collect_view()}
                    <th scope="colgroup" colspan="3" class="grp">{words::ALL_STAGES.get(lang)}</th>
                </tr>
                <tr>
                    {heads.collect_view()}
                    <th scope="col" class="num grp">{words::ENTITLED_SHORT.get(lang)}</th>
                    <th scope="col" class="num">{words::AUTHORISED_SHORT.get(lang)}</th>
                    <th scope="col" class="num">{words::MARGIN.get(lang)}</th>
                </tr>
            </thead>
            <tbody>
                {body.collect_view()}
                {row(seen, &seen.heat_total, words::COUNTY.get(lang), "county", "sum")}
            </tbody>
        </table>
    }
}

fn row(
    seen: &Overview,
    township: &HeatRow,
    name: &str,
    id: &str,
    class: &'static str,
) -> impl IntoView + use<> {
    let cells = seen.stages.iter().zip(&township.cells).map(|(stage, cell)| {
        view! {
            <td class="num grp">{entitled(cell.as_ref())}</td>
            {margin(cell.as_ref(), id, stage.as_str())}
        }
    });
    view! {
        <tr class=class>
            <th scope="row">{name.to_owned()}</th>
            {cells.collect_view()}
            <td class="num grp">{entitled(Some(&township.total))}</td>
            <td class="num">{number::count(township.total.totals.authorised)}</td>
            {margin(Some(&township.total), id, "all")}
        </tr>
    }
}

fn entitled(cell: Option<&HeatCell>) -> AnyView {
    match cell.filter(|cell| cell.has_norm()) {
        Some(cell) => number::count(cell.totals.entitled).into_any(),
        None => view! { <span class="na">"—"</span> }.into_any(),
    }
}

fn margin(cell: Option<&HeatCell>, township: &str, stage: &'static str) -> impl IntoView + use<> {
    let (class, text) = match cell.filter(|cell| cell.has_norm()) {
        Some(cell) => (fill(cell.step), number::margin(cell.totals.margin)),
        None => ("na", "—".to_owned()),
    };
    view! {
        <td
            class=format!("num {class}")
            data-testid="heat-cell"
            data-township=township.to_owned()
            data-stage=stage
        >
            <span>{text}</span>
        </td>
    }
}

fn fill(step: HeatStep) -> &'static str {
    match step {
        ..=-4 => "h-s4",
        -3 => "h-s3",
        -2 => "h-s2",
        -1 => "h-s1",
        0 => "h-0",
        1 => "h-o1",
        2 => "h-o2",
        3 => "h-o3",
        4.. => "h-o4",
    }
}
