//! Loans as bars from start to due with what is overdue hatched, and below what is free at the end
//! of each year ahead. Where things stand in the drawing is worked out by the core.

use std::collections::BTreeMap;

use bianheng_core::pool::{Awards, Way};
use bianheng_core::report::pool::{
    Balance, Bar, Frame, LoanBars, Tone, balance_bars, loan_bars, out_at_end,
};
use bianheng_core::text::{Lang, pool_view as words};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use leptos::svg::Svg;
use wasm_bindgen::JsCast;

use super::scrub::Scrub;
use super::seen::View;
use crate::platform::{clock, picture};
use crate::state::{State, use_state};

/// Names and posts stand left of the years, due days right of them: English takes more words for these.
const fn frame(lang: Lang) -> Frame {
    let right = match lang {
        Lang::Zh => 722,
        Lang::En => 676,
    };
    Frame { left: 196, right, top: 22, row: 16 }
}
/// The width of the drawing in its own units.
pub const WIDTH: i32 = 820;
/// The pattern of each way of return, drawn in a square of 8.
const WAYS: [(Way, &str); 4] = [
    (Way::NextVacancy, "M0 8L8 0"),
    (Way::PersonLeaves, "M4 0V8"),
    (Way::AtTerm, ""),
    (Way::Schedule, "M0 4H8"),
];
/// The bars of the balance, below the loans.
const BALANCE: i32 = 64;

/// Posts of each loan that are out at the end of the year that is looked at, if one is.
type Out = Memo<Option<BTreeMap<String, u32>>>;

#[derive(Clone, PartialEq)]
struct Drawn {
    loans: LoanBars,
    balance: Vec<Balance>,
    /// The years of the drawing that the account knows.
    known: Vec<i32>,
    on: NaiveDate,
}

/// The chart.
#[component]
pub fn Chart(view: View) -> impl IntoView {
    let state = use_state();
    let drawn = Memo::new(move |_| {
        let seen = view.seen.get()?;
        let awards: Option<&Awards> = seen.awards.as_ref().ok();
        let loans = state.with(|open| {
            let county = &open.workspace().state().county;
            loan_bars(county, &seen.pool, awards, clock::today(), frame(state.lang.get()))
        })?;
        let years = &seen.played.years;
        let balance = balance_bars(&loans, years, seen.pool.present_size(), BALANCE);
        let known = |year: &i32| years.iter().any(|row| row.year == *year);
        let known = loans.years.iter().map(|(year, ..)| *year).filter(known).collect();
        Some(Drawn { loans, balance, known, on: seen.on })
    });
    let out = Memo::new(move |_| {
        let year = view.year_looked_at()?.year;
        view.read(|seen| out_at_end(&seen.pool, &seen.played, year))
    });
    let note = move || {
        if let Some(year) = view.year_looked_at() {
            return words::SCRUB_NOTE.with(state.lang.get(), &[("year", &year.year)]);
        }
        let date = drawn.with(|drawn| drawn.as_ref().map(|drawn| drawn.on));
        let date = date.map(|date| date.to_string()).unwrap_or_default();
        words::LOANS_NOTE.with(state.lang.get(), &[("date", &date)])
    };
    let svg = NodeRef::<Svg>::new();
    let save = move |_| {
        if let Some(svg) = svg.get_untracked() {
            let name = words::LOANS.get(state.lang.get_untracked());
            picture::save(svg.unchecked_ref(), &format!("{name}.svg"));
        }
    };
    view! {
        <figure class="chart" aria-labelledby="loans-h">
            <header class="sec bar">
                <h2 id="loans-h">{state.say(words::LOANS)}</h2>
                <span class="note">{note}</span>
                <span class="acts">
                    <Show when=move || view.year.with(Option::is_some)>
                        <button
                            type="button"
                            class="link"
                            data-testid="year-now"
                            on:click=move |_| view.year.set(None)
                        >
                            {state.say(words::SCRUB_NOW)}
                        </button>
                    </Show>
                    <button
                        type="button"
                        class="link"
                        data-testid="loans-table"
                        on:click=move |_| view.book.set(true)
                    >
                        {state.say(words::TABLE)}
                    </button>
                    <button type="button" class="link" data-testid="loans-save" on:click=save>
                        {state.say(words::SAVE_CHART)}
                    </button>
                </span>
            </header>
            {move || drawn.get().map(|drawn| draw(view, out, svg, drawn))}
            <figcaption class="ways note" data-testid="ways">
                {WAYS
                    .map(|(way, path)| {
                        view! {
                            <span>
                                <svg width="18" height="10" aria-hidden="true">
                                    <rect class="f-n2" width="18" height="10"></rect>
                                    <path class=format!("way way-{}", way.place()) d=path></path>
                                    <path
                                        class=format!("way way-{}", way.place())
                                        transform="translate(8 0)"
                                        d=path
                                    ></path>
                                </svg>
                                " "
                                {state.say(super::parts::way(way))}
                            </span>
                        }
                    })
                    .collect_view()}
            </figcaption>
        </figure>
    }
}

fn draw(view: View, out: Out, svg: NodeRef<Svg>, drawn: Drawn) -> impl IntoView {
    let state = use_state();
    let Drawn { loans, balance, known, on } = drawn;
    let scrub = Scrub::new(view, svg, loans.clone(), known);
    let frame = frame(state.lang.get());
    let count = loans.bars.len();
    let late: u32 = loans.bars.iter().map(|bar| bar.overdue).sum();
    // Without a loan one row says so.
    let foot = if count == 0 { loans.bottom + frame.row } else { loans.bottom } + 6;
    let base = foot + BALANCE + 26;
    let years = loans.years.clone();
    let batch_year = balance.first().map(|bar| bar.year);
    let year = move |(year, left, right): (i32, i32, i32)| {
        let weight = if batch_year == Some(year) { "c-mid c-strong" } else { "c-mid c-axis" };
        view! {
            <path class="c-grid" d=format!("M{left} 20V{base}")></path>
            <text class=weight x=(left + right) / 2 y="13">{year}</text>
        }
    };
    let alt = move || words::LOANS_ALT.with(state.lang.get(), &[("n", &count), ("late", &late)]);
    let today = loans.today_x;
    // The word for today stands where it runs into nothing: left of its line near the right edge.
    let (word_x, anchor) =
        if today > frame.right - 40 { (today - 4, "c-soft c-end") } else { (today + 4, "c-soft") };
    view! {
        <svg
            viewBox=format!("0 0 {WIDTH} {}", base + 2)
            role="group"
            aria-label=alt
            class="loans-over-years"
            data-testid="loan-chart"
            node_ref=svg
            on:pointerdown=move |event| scrub.press(&event)
            on:pointermove=move |event| scrub.drag(&event)
            on:pointerup=move |_| scrub.release()
            on:pointercancel=move |_| scrub.release()
        >
            <defs>
                <pattern
                    id="late-hatch"
                    width="5"
                    height="5"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <path class="hatch-s4" d="M0 0V5"></path>
                </pattern>
                {WAYS
                    .map(|(way, path)| {
                        view! {
                            <pattern
                                id=format!("way-{}", way.place())
                                width="8"
                                height="8"
                                patternUnits="userSpaceOnUse"
                            >
                                <path class=format!("way way-{}", way.place()) d=path></path>
                            </pattern>
                        }
                    })
                    .collect_view()}
            </defs>
            {scrub.column(base)}
            {years.into_iter().map(year).collect_view()}
            <path class="c-grid" d=format!("M{} 20V{base}", frame.right)></path>
            <path class="c-grid" d=format!("M0 {foot}H{WIDTH}")></path>
            {(count == 0)
                .then(|| {
                    view! {
                        <text class="c-soft" x="2" y=frame.top + 12>
                            {state.say(words::LOANS_NONE)}
                        </text>
                    }
                })}
            {loans.bars.into_iter().map(|bar| draw_bar(state, out, bar)).collect_view()}
            <text x="2" y=foot + 18>
                {state.say(words::BALANCE)}
            </text>
            <text class="c-soft" x="2" y=foot + 36>
                {state.say(words::BALANCE_NOTE)}
            </text>
            <text class="c-soft" x="2" y=foot + 54>
                {state.say(words::BALANCE_TONES)}
            </text>
            {balance
                .into_iter()
                .map(|bar| draw_balance(bar, base, bar.year < on.year()))
                .collect_view()}
            <path class="c-today" d=format!("M{today} 20V{base}")></path>
            <text class=anchor x=word_x y=foot + 16>
                {state.say(words::TODAY)}
            </text>
            <path class="c-base" d=format!("M0 {base}H{WIDTH}")></path>
            {scrub.handle(base)}
        </svg>
    }
}

/// Longer names would run into the figures; the whole name is in the title and in the table.
const NAME: usize = 13;

fn draw_bar(state: State, out: Out, bar: Bar) -> impl IntoView {
    let Bar { id, name, posts, overdue, due, tone, way, from_x, due_x, late_x, y, height } = bar;
    let named = id.clone();
    // At the end of a year that is looked at; as they are now without one.
    let out = Memo::new(move |_| {
        out.with(|out| out.as_ref().map_or(posts, |out| out.get(&id).copied().unwrap_or(0)))
    });
    let top = y - height / 2;
    let text_y = y + 4;
    let paint = match tone {
        Tone::Past => "f-n2",
        Tone::Batch => "f-accent",
        Tone::Pending => "bar-pending",
    };
    let pattern = format!("url(#way-{})", way.place());
    let width = (due_x - from_x).max(1);
    let said_way = state.say(super::parts::way(way));
    let clipped = name.chars().count() > NAME;
    let short: String = name.chars().take(if clipped { NAME - 1 } else { NAME }).collect();
    let short = if clipped { format!("{short}…") } else { short };
    let late = late_x.map(|end| {
        let width = end - due_x;
        view! {
            <rect class="f-s1" x=due_x y=top width=width height=height></rect>
            <rect fill="url(#late-hatch)" x=due_x y=top width=width height=height></rect>
        }
    });
    let end = late_x.unwrap_or(due_x) + 6;
    let words_at_end = move || match (overdue, tone) {
        (1.., _) => words::LATE.with(state.lang.get(), &[("n", &overdue)]),
        (0, Tone::Pending) => {
            format!("{} {}", due.format("%Y-%m"), state.t(words::PENDING))
        }
        (0, _) => {
            words::DUE_ON.with(state.lang.get(), &[("date", &due.format("%Y-%m").to_string())])
        }
    };
    let said = if overdue > 0 { "t-short c-strong" } else { "c-label" };
    view! {
        <g data-testid="loan-bar" data-id=named class:is-back=move || out.get() == 0>
            <title>{format!("{name} {posts} · ")} {said_way}</title>
            <text x="2" y=text_y>
                {short}
            </text>
            <text class="c-strong c-end" x="188" y=text_y data-testid="loan-bar-posts">
                {out}
            </text>
            <rect class=paint x=from_x y=top width=width height=height></rect>
            <rect fill=pattern x=from_x y=top width=width height=height></rect>
            {late}
            <path class="c-due" d=format!("M{due_x} {}v12", y - 6)></path>
            <text class=said x=end y=text_y>
                {words_at_end}
            </text>
        </g>
    }
}

fn draw_balance(bar: Balance, base: i32, past: bool) -> impl IntoView {
    let Balance { free, x, width, height, .. } = bar;
    let middle = x + width / 2;
    // A high bar carries its figure inside, so that it stays within the frame.
    let inside = height > BALANCE - 20;
    let text_y = if inside { base - height + 14 } else { base - height - 5 };
    let paint = if past { "f-accent" } else { "f-fore" };
    let text = if past && inside { "c-mid c-strong t-on-accent" } else { "c-mid c-strong" };
    view! {
        <rect class="c-frame" x=x y=base - BALANCE width=width height=BALANCE></rect>
        <rect class=paint x=x y=base - height width=width height=height></rect>
        <text class=text x=middle y=text_y>
            {free}
        </text>
    }
}
