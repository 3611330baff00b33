//! How many posts to move: the trade-off as a drawing or as a table, and what one fewer or one more
//! would do, in words.

use bianheng_core::allocate::CurvePoint;
use bianheng_core::report::reallocate::{Series, TradeOff};
use bianheng_core::text::{Message, number, reallocate as words};
use leptos::prelude::*;
use leptos::svg::Svg;

use super::curve_picture::{Drawing, Picture};
use super::desk::{Desk, Shared, use_desk};
use super::window::{Scrolled, gap};
use crate::platform::picture;

/// The chart, the handle and what stands below.
#[component]
pub fn CurveChart() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let drawing: Drawing = Memo::new(move |_| {
        desk.study.with(|study| {
            let curve = study.as_ref()?.curve.as_ref().ok()?;
            Some(Shared::new(TradeOff::of(curve)))
        })
    });
    let as_table = RwSignal::new(false);
    let svg = NodeRef::<Svg>::new();
    let toggle = move || state.t(if as_table.get() { words::AS_CHART } else { words::AS_TABLE });
    let save = move |_| {
        if let Some(svg) = svg.get_untracked() {
            picture::save(&svg, words::PICTURE_CURVE.get(state.lang.get_untracked()));
        }
    };
    view! {
        <figure class="chart block" aria-labelledby="curve-h" data-testid="curve">
            <header class="sec">
                <h2 id="curve-h">{state.say(words::HOW_MANY)}</h2>
                <span class="note">{state.say(words::HOW_MANY_NOTE)}</span>
                <span class="acts">
                    <span class="note from-1440">{state.say(words::ACROSS)}</span>
                    <button
                        type="button"
                        class="link"
                        data-testid="curve-table-toggle"
                        aria-pressed=move || if as_table.get() { "true" } else { "false" }
                        on:click=move |_| as_table.update(|table| *table = !*table)
                    >
                        {toggle}
                    </button>
                    <button
                        type="button"
                        class="link"
                        data-testid="curve-save"
                        disabled=as_table
                        on:click=save
                    >
                        {state.say(words::SAVE_PICTURE)}
                    </button>
                </span>
            </header>
            <Show when=move || as_table.get()>
                <PointsTable />
            </Show>
            <div class:is-hidden=as_table>
                <Picture drawing=drawing svg=svg />
            </div>
            <Thirds />
        </figure>
    }
}

/// A figure for reading: one or two places after the point.
pub fn shown(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    match text.split_once('.') {
        Some((whole, part)) => match whole.parse() {
            Ok(whole) => format!("{}.{part}", number::grouped(whole)),
            Err(_) => text,
        },
        None => text,
    }
}

/// The first and the last point.
pub fn ends(desk: Desk) -> Option<(CurvePoint, CurvePoint)> {
    desk.study.with(|study| {
        let curve = study.as_ref()?.curve.as_ref().ok()?;
        Some((curve.point(curve.least())?, curve.point(curve.most())?))
    })
}

/// One fewer, now, one more, in words.
#[component]
fn Thirds() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let point_at = move |moved: Option<u64>| {
        desk.study.with(|study| {
            let study = study.as_ref()?;
            let (least, most) = study.range()?;
            let moved = moved.filter(|moved| (least..=most).contains(moved))?;
            study.curve.as_ref().ok()?.point(moved)
        })
    };
    let said = move |point: Option<CurvePoint>, otherwise: Message| match point {
        Some(point) => {
            let (shortage, uneven) = (number::count(point.shortage), shown(point.unevenness, 2));
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("shortage", &shortage), ("uneven", &uneven)];
            words::THIRD.with(state.lang.get(), &values)
        }
        None => state.t(otherwise).to_owned(),
    };
    let fewer =
        move || said(point_at(desk.shown.get().and_then(|m| m.checked_sub(1))), words::NO_FEWER);
    let here = move || said(point_at(desk.shown.get()), words::NONE);
    let more =
        move || said(point_at(desk.shown.get().and_then(|m| m.checked_add(1))), words::NO_MORE);
    let here_is = move || {
        let moved = number::count(desk.shown.get().unwrap_or(0));
        words::HERE.with(state.lang.get(), &[("moved", &moved)])
    };
    let gain = move || {
        let moved = desk.shown.get()?;
        let share = desk.study.with(|study| study.as_ref()?.share_of_gain(moved))?;
        let share = format!("{:.1}%", share * 100.0);
        Some(words::GAIN.with(state.lang.get(), &[("share", &share)]))
    };
    view! {
        <div class="thirds" aria-live="polite" data-testid="thirds">
            <p>
                <i>{state.say(words::ONE_FEWER)}</i>
                <b data-testid="one-fewer">{fewer}</b>
            </p>
            <p class="is-now">
                <i>{here_is}</i>
                <b data-testid="here">{here}</b>
                <span>{gain}</span>
            </p>
            <p>
                <i>{state.say(words::ONE_MORE)}</i>
                <b data-testid="one-more">{more}</b>
            </p>
        </div>
    }
}

/// The curve as figures: every point.
#[component]
fn PointsTable() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let scrolled = Scrolled::new(26);
    let count = move || {
        desk.study.with(|study| {
            let study = study.as_ref();
            study.and_then(|study| study.curve.as_ref().ok()).map_or(0, |c| c.points().len())
        })
    };
    let range = Memo::new(move |_| scrolled.range(count()));
    let head = move |message: Message| {
        view! { <th scope="col" class="num">{state.say(message)}</th> }
    };
    let rows = move || {
        let (range, here) = (range.get(), desk.shown.get());
        let (before, after) = scrolled.gaps(&range, count());
        let points = desk.study.with(|study| {
            let study = study.as_ref()?;
            let points = study.curve.as_ref().ok()?.points();
            Some(points.skip(range.start).take(range.len()).collect::<Vec<_>>())
        });
        let rows = points.unwrap_or_default().into_iter().map(|point| {
            let worst = shown(Series::Worst.value(&point), 1);
            let worst = point.worst.map_or("—".to_owned(), |_| format!("{worst}%"));
            view! {
                <tr class:is-chosen=here == Some(point.moved) data-testid="point-row">
                    <th scope="row" class="num">{number::count(point.moved)}</th>
                    <td class="num">{number::count(point.shortage)}</td>
                    <td class="num">{number::count(point.short_lines as u64)}</td>
                    <td class="num">{worst}</td>
                    <td class="num">{shown(point.unevenness, 2)}</td>
                </tr>
            }
        });
        view! {
            {gap(before, 5)}
            {rows.collect_view()}
            {gap(after, 5)}
        }
    };
    view! {
        <div
            class="rows-scroll"
            tabindex="0"
            role="region"
            aria-label=state.say(words::HOW_MANY)
            on:scroll=move |event| scrolled.follow(&event)
        >
            <table
                class="t dense rows"
                aria-rowcount=move || (count() + 1).to_string()
                data-testid="curve-table"
            >
                <thead>
                    <tr>
                        {head(words::SLIDER)}
                        {head(words::SHORTAGE)}
                        {head(words::SHORT_LINES)}
                        {head(words::LOWEST)}
                        {head(words::UNEVEN)}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
