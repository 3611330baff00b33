//! The figures of every scenario side by side, the best of each line marked, and what they rest on;
//! under them shortage and surplus as bars on one scale.

use bianheng_core::county::KindId;
use bianheng_core::scenario::Measures;
use bianheng_core::text::{Lang, Message, cell, compare as words, names, number};
use leptos::prelude::*;

use super::desk::{Desk, Seen, Side};
use super::use_desk;
use crate::widgets::{Html, picked, walk};

/// One line: its name, what stands in it, and what is best where less is better.
type Line = (Message, fn(&mut Html, &Side, Lang), Option<fn(&Measures) -> u64>);

const LINES: [Line; 14] = [
    (words::MOVED, moved, None),
    (words::RAISED_LOWERED, raised, None),
    (words::AUTHORISED, |html, side, _| count(html, side.measures.authorised), None),
    (words::ENTITLED, |html, side, _| count(html, side.measures.entitled), None),
    (words::SHORTAGE, short, Some(|m| m.shortage)),
    (words::SURPLUS, surplus, None),
    (
        words::SHORT_ROWS,
        |html, side, _| count(html, of(side.measures.short_rows)),
        Some(|m| of(m.short_rows)),
    ),
    (words::LOWEST, lowest, None),
    (words::WORST, worst, None),
    (words::UNEVEN, uneven, Some(|m| m.unevenness)),
    (words::LARGEST, |html, side, _| count(html, u64::from(side.measures.largest)), None),
    (words::EXCESS, |html, side, _| count(html, side.measures.excess), Some(|m| m.excess)),
    (words::POOL, pool, None),
    (
        words::RED_LINES,
        |html, side, _| count(html, of(side.measures.red_lines)),
        Some(|m| of(m.red_lines)),
    ),
];

const PREMISES: [Line; 3] = [
    (words::RULE, rule, None),
    (words::NORM, norm, None),
    (words::HANDS, |html, side, _| count(html, of(side.measures.hands)), None),
];

/// The matrix.
#[component]
pub fn Matrix() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let table = move || {
        let lang = state.lang.get();
        desk.seen.with(|seen| seen.as_ref().map(|seen| table(seen, desk, lang)).unwrap_or_default())
    };
    let pick = move |event: web_sys::MouseEvent| {
        if let Some((_, cell)) = picked(&event) {
            desk.remark.set(Some(cell));
        }
    };
    let bars = move || {
        desk.seen.with(|seen| seen.as_ref().map(|seen| bars(seen, desk)).unwrap_or_default())
    };
    view! {
        <div>
            <section class="block" aria-labelledby="matrix-h">
                <header class="sec">
                    <h2 id="matrix-h">{state.say(words::MATRIX)}</h2>
                    <span class="note">{state.say(words::MATRIX_NOTE)}</span>
                </header>
                <div
                    class="scroll-x"
                    tabindex="0"
                    data-testid="matrix"
                    inner_html=table
                    on:click=pick
                    on:keydown=move |event| walk(&event)
                ></div>
            </section>
            <section class="block" aria-labelledby="side-h">
                <header class="sec">
                    <h2 id="side-h">{state.say(words::SIDE_BY_SIDE)}</h2>
                    <span class="note">{state.say(words::SIDE_NOTE)}</span>
                </header>
                <div data-testid="side-by-side" inner_html=bars></div>
            </section>
        </div>
    }
}

fn table(seen: &Seen, desk: Desk, lang: Lang) -> String {
    let mut html = Html::default();
    html.open("table", &[("class", "t dense matrix")]).open("thead", &[]).open("tr", &[]);
    html.head("", words::MATRIX.get(lang));
    for (place, side) in seen.sides.iter().enumerate() {
        html.head(class(seen, place), &desk.name(side));
    }
    html.open("th", &[("scope", "col")]).put("span", "sr-only", words::REMARK.get(lang));
    html.close("th").close("tr").close("thead").open("tbody", &[]);
    let kind = desk.state.kind.get();
    lines(&mut html, &LINES, seen, &kind, lang);
    html.close("tbody").open("tbody", &[]).open("tr", &[("class", "sum")]);
    let span = (seen.sides.len() + 2).to_string();
    html.open("td", &[("class", "note"), ("colspan", &span)]).text(words::PREMISES.get(lang));
    html.close("td").close("tr");
    lines(&mut html, &PREMISES, seen, &kind, lang);
    html.close("tbody").close("table");
    html.done()
}

fn lines(html: &mut Html, lines: &[Line], seen: &Seen, kind: &KindId, lang: Lang) {
    for (label, show, less) in lines {
        let cell = cell::of_figure(*label, kind);
        html.open(
            "tr",
            &[
                ("data-testid", "matrix-line"),
                ("data-id", cell.split(' ').nth(1).unwrap_or_default()),
            ],
        );
        html.open("th", &[("scope", "row")]).text(label.get(lang)).close("th");
        // The base is what all start from: it takes no part in the contest.
        let contest = seen.sides.iter().skip(1);
        let best = less.and_then(|less| contest.map(|side| less(&side.measures)).min());
        for (place, side) in seen.sides.iter().enumerate() {
            html.open("td", &[("class", class(seen, place))]);
            let wins = less.map(|less| less(&side.measures)) == best && best.is_some();
            if wins && place > 0 && seen.sides.len() > 2 {
                html.put("span", "chip accent", words::BEST.get(lang)).text(" ");
            }
            show(html, side, lang);
            html.close("td");
        }
        html.open("td", &[("class", "num")]);
        html.button("link", "remark", "remark", &cell, words::REMARK.get(lang));
        html.close("td").close("tr");
    }
}

fn class(seen: &Seen, place: usize) -> &'static str {
    if place == seen.pair.0 || place == seen.pair.1 { "num is-side" } else { "num" }
}

fn of(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

fn whole(posts: u64) -> i64 {
    i64::try_from(posts).unwrap_or(i64::MAX)
}

fn count(html: &mut Html, value: u64) {
    html.text(&number::count(value));
}

fn moved(html: &mut Html, side: &Side, _: Lang) {
    let moved = side.measures.moved;
    html.text(&match side.at {
        None => "—".to_owned(),
        Some(_) => format!("{} / {}", number::gained(moved.up), number::lost(moved.down)),
    });
}

fn raised(html: &mut Html, side: &Side, _: Lang) {
    let (raised, lowered) = (of(side.measures.raised), of(side.measures.lowered));
    html.text(&format!("{} / {}", number::count(raised), number::count(lowered)));
}

fn short(html: &mut Html, side: &Side, _: Lang) {
    html.margin(Some(-whole(side.measures.shortage)));
}

fn surplus(html: &mut Html, side: &Side, _: Lang) {
    html.margin(Some(whole(side.measures.surplus)));
}

fn lowest(html: &mut Html, side: &Side, _: Lang) {
    let met = side.measures.worst.map(|(_, met)| number::percent(&met));
    html.text(&met.unwrap_or_else(|| "—".to_owned()));
}

fn worst(html: &mut Html, side: &Side, _: Lang) {
    let county = &side.compared.state.county;
    let row = side.measures.worst.and_then(|(row, _)| county.holdings.get(row));
    let unit = row.and_then(|holding| county.unit_of(holding));
    html.text(unit.map_or("—", |unit| unit.name.as_str()));
}

fn uneven(html: &mut Html, side: &Side, _: Lang) {
    let value = side.measures.unevenness;
    let (units, hundredths) = (value / 1_000, value % 1_000 / 10);
    html.text(&format!("{}.{hundredths:02}", number::count(units)));
}

fn pool(html: &mut Html, side: &Side, _: Lang) {
    let (lent, size) = (number::count(side.measures.lent), number::count(side.measures.pool));
    html.text(&format!("{lent} / {size}"));
}

fn rule(html: &mut Html, side: &Side, lang: Lang) {
    html.text(side.measures.rule.map_or("—", |rule| names::rule(rule).get(lang)));
}

fn norm(html: &mut Html, side: &Side, lang: Lang) {
    html.text(side.compared.state.norm.pack().title.get(lang));
}

/// Shortage to the left and surplus to the right of one line, every scenario on the same scale.
fn bars(seen: &Seen, desk: Desk) -> String {
    let most = seen.sides.iter().map(|side| side.measures.shortage.max(side.measures.surplus));
    let most = most.max().unwrap_or(0).max(1);
    let mut html = Html::default();
    html.open("table", &[("class", "t dense sides")]).open("tbody", &[]);
    for side in &seen.sides {
        let Measures { shortage, surplus, .. } = side.measures;
        html.open("tr", &[]).open("th", &[("scope", "row")]).text(&desk.name(side)).close("th");
        html.open("td", &[("class", "num")]).margin(Some(-whole(shortage))).close("td");
        bar(&mut html, "short", 100 - shortage * 100 / most, shortage * 100 / most);
        bar(&mut html, "over", 0, surplus * 100 / most);
        html.open("td", &[]).margin(Some(whole(surplus))).close("td").close("tr");
    }
    html.close("tbody").close("table");
    html.done()
}

/// A bar as a drawing: the page's policy allows no styles within elements.
fn bar(html: &mut Html, hue: &str, from: u64, width: u64) {
    let (from, width) = (from.to_string(), width.to_string());
    html.open("td", &[("class", "bar")]);
    html.open(
        "svg",
        &[("viewBox", "0 0 100 10"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")],
    );
    html.open("rect", &[("class", hue), ("x", &from), ("width", &width), ("height", "10")]);
    html.close("rect").close("svg").close("td");
}
