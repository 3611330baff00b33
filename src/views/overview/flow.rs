//! Where posts went, by township: bars from the largest gain to the largest loss, the middle folded
//! where there are many, and the whole as a table behind.

use bianheng_core::scenario::Moved;
use bianheng_core::text::{Lang, number, overview as words};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::SvgElement;

use super::Glance;
use crate::platform::picture;
use crate::state::use_state;

/// Bars drawn before the middle is folded, and how many stay at each end then.
const BARS: usize = 16;
const ENDS: usize = 7;

/// Drawing, in units of the view box.
const WIDTH: f64 = 340.0;
const ROW: f64 = 16.0;
const LEFT: f64 = 110.0;
const RIGHT: f64 = 296.0;

/// The chart, or its table.
#[component]
pub fn Flow(glance: Glance) -> impl IntoView {
    let state = use_state();
    let as_table = RwSignal::new(false);
    let flow = Memo::new(move |_| {
        glance.with(|seen| seen.as_ref().map(|seen| seen.flow.clone())).unwrap_or_default()
    });
    let drawing = move || {
        let lang = state.lang.get();
        flow.with(|flow| chart(flow, lang))
    };
    let rows = move || {
        let lang = state.lang.get();
        flow.with(|flow| flow.iter().map(|(name, moved)| row(name, moved, lang)).collect_view())
    };
    let toggle =
        move || state.t(if as_table.get() { words::FLOW_CHART } else { words::FLOW_TABLE });
    view! {
        <Show when=move || flow.with(|flow| !flow.is_empty())>
            <figure class="chart" data-testid="flow">
                <header class="sec bar">
                    <h2>{state.say(words::FLOW)}</h2>
                    <span class="note">{state.say(words::FLOW_NOTE)}</span>
                    <span class="acts">
                        <button
                            type="button"
                            class="link"
                            data-testid="flow-table"
                            on:click=move |_| as_table.update(|table| *table = !*table)
                        >
                            {toggle}
                        </button>
                        <Show when=move || !as_table.get()>
                            <button
                                type="button"
                                class="link"
                                data-testid="flow-save"
                                on:click=move |_| save(state.lang.get_untracked())
                            >
                                {state.say(words::FLOW_SAVE)}
                            </button>
                        </Show>
                    </span>
                </header>
                <Show when=move || as_table.get() fallback=move || drawing>
                    <div class="flow-table" tabindex="0">
                        <table class="t tight">
                            <thead>
                                <tr>
                                    <th scope="col">{state.say(words::TOWNSHIP)}</th>
                                    <th scope="col" class="num">{state.say(words::UP)}</th>
                                    <th scope="col" class="num">{state.say(words::DOWN)}</th>
                                    <th scope="col" class="num">{state.say(words::NET)}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </Show>
            </figure>
        </Show>
    }
}

/// Hands the chart out as a file.
fn save(lang: Lang) {
    let found = document().query_selector("[data-testid=flow-chart]").ok().flatten();
    if let Some(drawing) = found.and_then(|found| found.dyn_into::<SvgElement>().ok()) {
        picture::save(&drawing, words::FLOW_FILE.get(lang));
    }
}

fn township(name: &str, lang: Lang) -> &str {
    if name.is_empty() { words::TOWNSHIP_UNKNOWN.get(lang) } else { name }
}

fn row(name: &str, moved: &Moved, lang: Lang) -> impl IntoView + use<> {
    view! {
        <tr data-testid="flow-row" data-township=name.to_owned()>
            <th scope="row">{township(name, lang).to_owned()}</th>
            <td class="num">{number::gained(moved.up)}</td>
            <td class="num">{number::lost(moved.down)}</td>
            <td class="num">{number::signed(moved.net())}</td>
        </tr>
    }
}

/// The bars with their labels; the middle as one line where there are many.
fn bars(flow: &[(String, Moved)], lang: Lang) -> Vec<(String, i64, bool)> {
    let bar =
        |(name, moved): &(String, Moved)| (township(name, lang).to_owned(), moved.net(), false);
    if flow.len() <= BARS {
        return flow.iter().map(bar).collect();
    }
    let (head, rest) = flow.split_at(ENDS);
    let (middle, tail) = rest.split_at(rest.len() - ENDS);
    let net = middle.iter().map(|(_, moved)| moved.net()).sum();
    let folded = (words::FLOW_REST.with(lang, &[("n", &middle.len())]), net, true);
    head.iter().map(bar).chain([folded]).chain(tail.iter().map(bar)).collect()
}

fn chart(flow: &[(String, Moved)], lang: Lang) -> impl IntoView + use<> {
    let bars = bars(flow, lang);
    let drawn = |(_, net, folded): &(String, i64, bool)| if *folded { 0 } else { *net };
    let most = bars.iter().map(drawn).max().unwrap_or(0).max(0) as f64;
    let least = bars.iter().map(drawn).min().unwrap_or(0).min(0) as f64;
    let scale = (RIGHT - LEFT) / (most - least).max(1.0);
    let zero = LEFT - least * scale;
    let height = ROW * bars.len() as f64 + 2.0;
    let said = bars.iter().map(|(name, net, _)| {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("township", name), ("net", &number::signed(*net))];
        words::FLOW_ITEM.with(lang, &values)
    });
    let label = said.collect::<Vec<_>>().join("; ");
    let lines = bars.iter().enumerate().map(|(at, (name, net, folded))| {
        let y = ROW * at as f64;
        let length = if *folded { 0.0 } else { *net as f64 * scale };
        let beside = if length > 0.0 { zero + length + 6.0 } else { zero + 6.0 };
        let class = if length > 0.0 { "f-accent" } else { "c-out" };
        let weight = if *net > 0 { "c-strong" } else { "c-label" };
        let bar = (length != 0.0).then(|| {
            view! {
                <rect
                    class=class
                    x=format!("{:.1}", zero + length.min(0.0))
                    y=format!("{:.1}", y + 4.0)
                    width=format!("{:.1}", length.abs())
                    height="9"
                ></rect>
            }
        });
        view! {
            <text x="2" y=format!("{:.1}", y + 13.0) class:c-soft=*folded>{fit(name)}</text>
            {bar}
            <text
                class=weight
                x=format!("{beside:.1}")
                y=format!("{:.1}", y + 13.0)
            >
                {number::signed(*net)}
            </text>
        }
    });
    view! {
        <svg
            viewBox=format!("0 0 {WIDTH} {height}")
            role="img"
            aria-label=label
            class="flow-chart"
            data-testid="flow-chart"
        >
            <path class="c-grid" d=format!("M{zero:.1} 0V{:.1}", height - 2.0)></path>
            {lines.collect_view()}
            <path class="c-base" d=format!("M0 {:.1}H{WIDTH}", height - 1.0)></path>
        </svg>
    }
}

/// A name that fits left of the bars: a wide character takes 12 units, a narrow one 6.5.
fn fit(name: &str) -> String {
    let mut room = LEFT - 18.0;
    let mut out = String::new();
    for character in name.chars() {
        room -= if character.is_ascii() { 6.5 } else { 12.0 };
        if room < 0.0 {
            out.push('…');
            break;
        }
        out.push(character);
    }
    out
}
