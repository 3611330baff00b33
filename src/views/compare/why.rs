//! Why two scenarios differ in shortage: a waterfall with one step for each cause, the order in
//! which causes were taken, and one sentence that says it.

use bianheng_core::report::compare::order;
use bianheng_core::text::{Lang, compare as words, number};
use leptos::prelude::*;

use super::desk::{Desk, Seen};
use super::use_desk;
use crate::widgets::Html;

/// The drawing's measures: width, height, top and foot of the columns.
const WIDTH: i64 = 640;
const TOP: i64 = 26;
const FOOT: i64 = 232;

/// The waterfall.
#[component]
pub fn WhyChart() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let names = move || {
        let lang = state.lang.get();
        let order = order(desk.turned.get());
        order.map(|cause| words::cause(cause).get(lang)).join(" → ")
    };
    let ends = move || {
        desk.seen.with(|seen| {
            let side = |side: Option<&super::desk::Side>| side.map_or(0, |s| s.measures.shortage);
            seen.as_ref().map_or((0, 0), |seen| (side(seen.from()), side(seen.to())))
        })
    };
    let note = move || {
        let (from, to) = ends();
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("from", &number::count(from)), ("to", &number::count(to)), ("order", &names())];
        words::WHY_NOTE.with(state.lang.get(), &values)
    };
    let drawing = move || {
        let (lang, turned) = (state.lang.get(), desk.turned.get());
        let seen = desk.seen.get();
        seen.map(|seen| waterfall(&seen, desk, turned, lang)).unwrap_or_default()
    };
    let line = move || {
        let (lang, turned) = (state.lang.get(), desk.turned.get());
        let (from, to) = ends();
        let seen = desk.seen.get();
        seen.map(|seen| sentence(&seen, from, to, turned, lang)).unwrap_or_default()
    };
    view! {
        <figure class="chart block" aria-labelledby="why-h">
            <header class="sec">
                <h2 id="why-h">{state.say(words::WHY)}</h2>
                <button
                    type="button"
                    class="link act"
                    data-testid="why-turn"
                    on:click=move |_| desk.turned.update(|turned| *turned = !*turned)
                >
                    {state.say(words::TURN)}
                </button>
            </header>
            <p class="note">{note}</p>
            <svg viewBox="0 0 640 280" role="img" aria-label=line inner_html=drawing></svg>
            <p class="prose why-line" data-testid="why-line">{line}</p>
        </figure>
    }
}

fn sentence(seen: &Seen, from: u64, to: u64, turned: bool, lang: Lang) -> String {
    let parts = order(turned).map(|cause| {
        let part = seen.parts.get(cause as usize).copied().unwrap_or(0);
        format!("{} {}", words::cause(cause).get(lang), number::signed(part))
    });
    let sum = number::signed(seen.parts.iter().sum());
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("from", &number::count(from)),
        ("to", &number::count(to)),
        ("parts", &parts.join(if lang == Lang::Zh { "、" } else { ", " })),
        ("sum", &sum),
    ];
    words::WHY_LINE.with(lang, &values)
}

/// Two ends and five steps between, as SVG.
fn waterfall(seen: &Seen, desk: Desk, turned: bool, lang: Lang) -> String {
    let (Some(from), Some(to)) = (seen.from(), seen.to()) else { return String::new() };
    let start = i64::try_from(from.measures.shortage).unwrap_or(i64::MAX);
    let end = i64::try_from(to.measures.shortage).unwrap_or(i64::MAX);
    let mut steps = Vec::new();
    let mut level = start;
    for cause in order(turned) {
        let part = seen.parts.get(cause as usize).copied().unwrap_or(0);
        steps.push((words::cause(cause).get(lang).to_owned(), level, level + part));
        level += part;
    }
    let highest = steps.iter().map(|(_, _, level)| *level).chain([start, end]).max();
    let most = highest.unwrap_or(0).max(1);
    let y = |value: i64| FOOT - (FOOT - TOP) * value.max(0) / most;
    let (pitch, wide) = (WIDTH / 7, 52);
    let mut html = Html::default();
    let line = |html: &mut Html, class: &str, x1: i64, x2: i64, at: i64| {
        let values = [x1, x2, at].map(|value| value.to_string());
        let [x1, x2, at] = values.each_ref().map(String::as_str);
        html.open("line", &[("class", class), ("x1", x1), ("x2", x2), ("y1", at), ("y2", at)]);
        html.close("line");
    };
    let column =
        |html: &mut Html, place: i64, class: &str, a: i64, b: i64, above: &str, below: &str| {
            let (x, high, low) = (place * pitch + (pitch - wide) / 2, y(a.max(b)), y(a.min(b)));
            let values = [x, high, wide, (low - high).max(1)].map(|value| value.to_string());
            let [left, top, width, height] = values.each_ref().map(String::as_str);
            let attributes =
                [("class", class), ("x", left), ("y", top), ("width", width), ("height", height)];
            html.open("rect", &attributes).close("rect");
            for (class, at, words) in
                [("c-mid c-strong", high - 6, above), ("c-mid c-label", FOOT + 20, below)]
            {
                let (x, y) = ((x + wide / 2).to_string(), at.to_string());
                html.open("text", &[("class", class), ("x", &x), ("y", &y)])
                    .text(words)
                    .close("text");
            }
        };
    line(&mut html, "c-top", 0, WIDTH, 1);
    column(&mut html, 0, "f-n1", 0, start, &number::grouped(start), &short(&desk.name(from)));
    for (place, (name, before, after)) in (1_i64..).zip(&steps) {
        let class = if after > before { "f-s4" } else { "f-o4" };
        let step = match after - before {
            0 => "＝ 0".to_owned(),
            more @ 1.. => format!("▼ {}", number::signed(more)),
            less => format!("▲ {}", number::signed(less)),
        };
        line(&mut html, "c-link", place * pitch - 20, place * pitch + 20, y(*before));
        column(&mut html, place, class, *before, *after, &step, name);
    }
    line(&mut html, "c-link", 6 * pitch - 20, 6 * pitch + 20, y(end));
    column(&mut html, 6, "f-n1", 0, end, &number::grouped(end), &short(&desk.name(to)));
    line(&mut html, "c-base", 0, WIDTH, FOOT);
    html.done()
}

/// A name that fits under a column: a letter of Chinese is as wide as two of Latin.
fn short(name: &str) -> String {
    let (mut out, mut room) = (String::new(), 11_u32);
    for letter in name.chars() {
        let wide = if letter.is_ascii() { 1 } else { 2 };
        let Some(left) = room.checked_sub(wide) else {
            out.push('…');
            break;
        };
        room = left;
        out.push(letter);
    }
    out
}
