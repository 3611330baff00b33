//! The trade-off with its handle: how many posts to move, and what one fewer or one more would do.
//! Dragging moves the point that is shown; letting go stores it, as one step.

use bianheng_core::allocate::CurvePoint;
use bianheng_core::report::reallocate::{Series, TradeOff};
use bianheng_core::text::{Message, number, reallocate as words};
use leptos::ev;
use leptos::prelude::*;
use leptos::svg::Svg;

use super::desk::{Desk, Shared, use_desk};
use super::window::{Scrolled, gap};
use crate::platform::picture;

/// Width of the drawing in its own units.
const WIDTH: f64 = 612.0;

type Drawing = Memo<Option<Shared<TradeOff>>>;

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
                <h2 id="curve-h">{move || state.t(words::HOW_MANY)}</h2>
                <span class="note">{move || state.t(words::HOW_MANY_NOTE)}</span>
                <span class="acts">
                    <span class="note from-1440">{move || state.t(words::ACROSS)}</span>
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
                        {move || state.t(words::SAVE_PICTURE)}
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
fn shown(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    match text.split_once('.') {
        Some((whole, part)) => match whole.parse() {
            Ok(whole) => format!("{}.{part}", number::grouped(whole)),
            Err(_) => text,
        },
        None => text,
    }
}

fn ends(desk: Desk) -> Option<(CurvePoint, CurvePoint)> {
    desk.study.with(|study| {
        let points = study.as_ref()?.curve.as_ref().ok()?.points();
        Some((*points.first()?, *points.last()?))
    })
}

#[component]
fn Picture(drawing: Drawing, svg: NodeRef<Svg>) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let label = move || {
        let Some((first, last)) = ends(desk) else { return String::new() };
        words::CURVE_LABEL.with(
            state.lang.get(),
            &[
                ("least", &first.moved),
                ("most", &last.moved),
                ("from", &first.shortage),
                ("to", &last.shortage),
                ("uneven_from", &shown(first.unevenness, 1)),
                ("uneven_to", &shown(last.unevenness, 1)),
            ],
        )
    };
    let view_box = move || {
        let height = drawing.with(|drawing| drawing.as_ref().map_or(240.0, |d| d.height));
        format!("0 0 {WIDTH} {height}")
    };
    let dragging = StoredValue::new(false);
    let look = move |event: &ev::PointerEvent| {
        let Some(svg) = svg.get_untracked() else { return };
        let place = svg.get_bounding_client_rect();
        if place.width() > 0.0 {
            let x = (f64::from(event.client_x()) - place.left()) / place.width() * WIDTH;
            let moved = drawing.with_untracked(|drawing| drawing.as_ref().map(|d| d.moved_at(x)));
            if moved != desk.preview.get_untracked() {
                desk.preview.set(moved);
            }
        }
    };
    let handle = NodeRef::<leptos::svg::G>::new();
    let down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        // Text would be selected on the way; the handle takes the focus by itself.
        event.prevent_default();
        if let (Some(svg), Some(handle)) = (svg.get_untracked(), handle.get_untracked()) {
            // Both fail only for a pointer or an element that is gone.
            let _ = svg.set_pointer_capture(event.pointer_id());
            let _ = handle.focus();
        }
        dragging.set_value(true);
        look(&event);
    };
    let go = move |event: ev::PointerEvent| {
        if dragging.get_value() {
            look(&event);
        }
    };
    let up = move |event: ev::PointerEvent| {
        if dragging.try_get_value() == Some(true) {
            dragging.set_value(false);
            look(&event);
            desk.commit();
        }
    };
    let lost = move |_| {
        if dragging.try_get_value() == Some(true) {
            dragging.set_value(false);
            desk.preview.set(None);
        }
    };
    view! {
        <svg
            viewBox=view_box
            role="group"
            aria-label=label
            node_ref=svg
            class="trade-off"
            on:pointerdown=down
            on:pointermove=go
            on:pointerup=up
            on:pointercancel=lost
        >
            <defs>
                <pattern
                    id="hatch"
                    width="6"
                    height="6"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <path class="hatch-line" d="M0 0V6"></path>
                </pattern>
            </defs>
            {move || drawing.get().map(|drawing| still(desk, &drawing))}
            <Handle drawing=drawing node=handle />
        </svg>
    }
}

/// All that does not move with the handle.
fn still(desk: Desk, drawing: &TradeOff) -> impl IntoView + use<> {
    let state = desk.state;
    let lang = state.lang.get();
    let grid = drawing.panels.iter().flat_map(|panel| {
        panel.grid.iter().map(|&(value, y)| {
            let class = if value == 0 { "c-base" } else { "c-grid" };
            view! {
                <path class=class d=format!("M44 {y:.1}H596")></path>
                <text class="c-axis c-end" x="36" y=format!("{:.1}", y + 4.0)>
                    {number::grouped(value)}
                </text>
            }
        })
    });
    let ticks = drawing.ticks.iter().map(|&(moved, x)| {
        view! {
            <text
                class="c-mid c-axis"
                x=format!("{x:.1}")
                y=format!("{:.1}", drawing.base + 18.0)
            >
                {number::count(moved)}
            </text>
        }
    });
    let top = drawing.panels.first().map_or(0.0, |panel| panel.top);
    let (best, low) = (drawing.x(drawing.most), drawing.x(drawing.least));
    let height = drawing.base - top;
    let area = |from: f64, to: f64| {
        view! {
            <rect
                x=format!("{from:.1}")
                y=format!("{top:.1}")
                width=format!("{:.1}", (to - from).max(0.0))
                height=format!("{height:.1}")
                fill="url(#hatch)"
            ></rect>
        }
    };
    let must = (drawing.least > 0).then(|| {
        let text = words::MUST_MOVE.with(lang, &[("least", &number::count(drawing.least))]);
        view! {
            {area(44.0, low)}
            <text class="c-soft" x="48" y=format!("{:.1}", top + 14.0)>{text}</text>
        }
    });
    let paths = drawing.paths.iter().map(|(series, path)| {
        let class = match series {
            Series::Shortage => "c-step",
            Series::Unevenness => "c-line",
            Series::Worst => "c-line c-second",
        };
        view! { <path class=class d=path.clone()></path> }
    });
    let labels = labels(desk, drawing);
    // What the curve begins with makes way for the handle.
    let (zero, step) = (drawing.x(0), drawing.x(1) - drawing.x(0));
    let now_x = move || {
        let tag = zero + step * desk.shown.get().unwrap_or(0) as f64;
        if tag < 250.0 { tag + 32.0 } else { 44.0 }
    };
    let now = ends(desk).map(|(first, last)| {
        let (uneven, shortage) = (shown(first.unevenness, 1), number::count(first.shortage));
        // Where limits force some moves the curve does not begin with what is there now.
        let message = if first.moved == 0 { words::NOW_IS } else { words::START_IS };
        let text = message.with(
            lang,
            &[("least", &number::count(first.moved)), ("uneven", &uneven), ("shortage", &shortage)],
        );
        let x = drawing.x(first.moved);
        let start = drawing.y(Series::Shortage, &first).map(|y| {
            view! {
                <rect
                    class="c-mark is-short"
                    x=format!("{:.1}", x - 3.0)
                    y=format!("{:.1}", y - 3.0)
                    width="6"
                    height="6"
                ></rect>
            }
        });
        let start_line = drawing.y(Series::Unevenness, &first).map(|y| {
            view! {
                <circle class="c-dot" cx=format!("{x:.1}") cy=format!("{y:.1}") r="3.5"></circle>
            }
        });
        let end = drawing.y(Series::Unevenness, &last).map(|y| {
            let d = format!("M{best:.1} {:.1}l5 5-5 5-5-5z", y - 5.0);
            view! { <path class="c-dot" d=d></path> }
        });
        view! {
            <text class="c-label" x=now_x y="12">{text}</text>
            {start}
            {start_line}
            {end}
        }
    });
    let best_is = words::BEST_IS.with(lang, &[("most", &number::count(drawing.most))]);
    // Beside the right edge the words would run out of the drawing.
    let (anchor, best_x) = if best > 540.0 { ("c-end", 608.0) } else { ("c-mid", best) };
    view! {
        {grid.collect_view()}
        {ticks.collect_view()}
        {area(best, 596.0)}
        <text
            class="c-soft c-end"
            x="592"
            y=format!("{:.1}", top + height - 6.0)
        >
            {words::NO_GAIN.get(lang)}
        </text>
        {must}
        <text
            class=format!("c-label {anchor}")
            x=format!("{best_x:.1}")
            y="12"
            data-testid="optimum"
            data-value=drawing.most.to_string()
        >
            {best_is}
        </text>
        <path class="c-limit" d=format!("M{best:.1} {:.1}V{:.1}", top - 6.0, drawing.base)></path>
        {paths.collect_view()}
        {labels}
        {now}
    }
}

/// The names of the series, beside their lines, on the side where the other one is not.
fn labels(desk: Desk, drawing: &TradeOff) -> impl IntoView + use<> {
    let lang = desk.state.lang.get();
    let (first, last) = ends(desk)?;
    let at = drawing.least + (drawing.most - drawing.least) * 3 / 10;
    let point = desk.study.with(|study| study.as_ref()?.curve.as_ref().ok()?.point(at).copied())?;
    let (x, short, uneven) = (
        drawing.x(at) + 6.0,
        drawing.y(Series::Shortage, &point)?,
        drawing.y(Series::Unevenness, &point)?,
    );
    let short_above = short <= uneven;
    let beside = |y: f64, above: bool| if above { y - 8.0 } else { y + 18.0 };
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("from", &first.shortage), ("to", &last.shortage)];
    let worst = drawing.y(Series::Worst, &point).map(|_| {
        let top = drawing.panels.last().map_or(0.0, |panel| panel.top);
        view! {
            <text class="t-accent" x="50" y=format!("{:.1}", top - 4.0)>
                {words::LABEL_WORST.get(lang)}
            </text>
        }
    });
    Some(view! {
        <text class="t-short" x=format!("{x:.1}") y=format!("{:.1}", beside(short, short_above))>
            {words::LABEL_SHORTAGE.with(lang, &values)}
        </text>
        <text
            class="t-accent c-strong"
            x=format!("{:.1}", if short_above { drawing.x(drawing.least) + 32.0 } else { x })
            y=format!("{:.1}", if short_above { (uneven + 30.0).min(drawing.base - 70.0) } else { beside(uneven, true) })
        >
            {words::LABEL_UNEVEN.get(lang)}
        </text>
        {worst}
    })
}

/// The handle, and the figures where it stands.
#[component]
fn Handle(drawing: Drawing, node: NodeRef<leptos::svg::G>) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let moved = move || desk.shown.get().unwrap_or(0);
    let range = Memo::new(move |_| {
        drawing.with(|drawing| drawing.as_ref().map_or((0, 0), |d| (d.least, d.most)))
    });
    let frame = Memo::new(move |_| {
        drawing.with(|drawing| {
            drawing.as_ref().map_or((0.0, 0.0, 0.0), |d| {
                let top = d.panels.first().map_or(0.0, |panel| panel.top);
                (d.x(moved()), top, d.base)
            })
        })
    });
    let x = move || frame.get().0;
    let tag = move || format!("‹ {} ›", number::count(moved()));
    let half = move || tag().chars().count().max(6) as f64 * 4.4;
    let spoken = move || {
        let shortage = desk.point.get().map_or(0, |point| point.shortage);
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("moved", &number::count(moved())), ("shortage", &number::count(shortage))];
        words::SLIDER_TEXT.with(state.lang.get(), &values)
    };
    let keys = move |event: ev::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
            return;
        }
        let (least, most) = range.get_untracked();
        let here = desk.shown.get_untracked().unwrap_or(least);
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => here.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => here.saturating_add(1),
            "PageUp" => here.saturating_add(10),
            "PageDown" => here.saturating_sub(10),
            "Home" => least,
            "End" => most,
            "Escape" => return desk.preview.set(None),
            _ => return,
        };
        event.prevent_default();
        desk.preview.set(Some(to.clamp(least, most)));
    };
    // The key that is held repeats; letting go of it is the one step.
    let release = move |event: ev::KeyboardEvent| {
        if event.key() != "Escape" {
            desk.commit();
        }
    };
    let figures = move || {
        let (Some(drawing), Some(point)) = (drawing.get(), desk.point.get()) else {
            return None;
        };
        Some(at_handle(&drawing, &point))
    };
    view! {
        <g
            class="c-handle"
            role="slider"
            tabindex="0"
            node_ref=node
            data-testid="slider"
            aria-label=move || state.t(words::SLIDER)
            aria-valuemin=move || range.get().0.to_string()
            aria-valuemax=move || range.get().1.to_string()
            aria-valuenow=move || moved().to_string()
            aria-valuetext=spoken
            on:keydown=keys
            on:keyup=release
            on:blur=move |_| desk.commit()
        >
            <rect
                class="c-grip"
                x=move || format!("{:.1}", x() - 14.0)
                y="0"
                width="28"
                height=move || format!("{:.1}", frame.get().2)
            ></rect>
            <line
                x1=move || format!("{:.1}", x())
                y1="20"
                x2=move || format!("{:.1}", x())
                y2=move || format!("{:.1}", frame.get().2)
            ></line>
            <rect
                class="c-tag"
                x=move || format!("{:.1}", x() - half())
                y="-2"
                width=move || format!("{:.1}", half() * 2.0)
                height="20"
            ></rect>
            <text
                class="c-tag-text"
                x=move || format!("{:.1}", x())
                y="12.5"
                data-testid="slider-value"
            >
                {tag}
            </text>
        </g>
        {figures}
    }
}

/// Rings on the lines at the handle, with their figures.
fn at_handle(drawing: &TradeOff, point: &CurvePoint) -> impl IntoView + use<> {
    let x = drawing.x(point.moved);
    // Near the right edge figures stand at the left of the handle.
    let right = x < 520.0;
    let short = drawing.y(Series::Shortage, point).map(|y| {
        let (class, at) = if right { ("", x + 9.0) } else { (" c-end", x - 10.0) };
        view! {
            <rect
                class="c-ring is-short"
                x=format!("{:.1}", x - 4.0)
                y=format!("{:.1}", y - 4.0)
                width="8"
                height="8"
            ></rect>
            <text
                class=format!("t-short c-strong{class}")
                x=format!("{at:.1}")
                y=format!("{:.1}", y - 4.0)
            >
                {number::count(point.shortage)}
            </text>
        }
    });
    let circle = |y: f64, text: String, below: f64| {
        let (class, at) = if x < 90.0 { ("", x + 9.0) } else { (" c-end", x - 10.0) };
        view! {
            <circle class="c-ring" cx=format!("{x:.1}") cy=format!("{y:.1}") r="5"></circle>
            <text
                class=format!("t-accent c-strong{class}")
                x=format!("{at:.1}")
                y=format!("{:.1}", y + below)
            >
                {text}
            </text>
        }
    };
    let uneven = drawing
        .y(Series::Unevenness, point)
        .map(|y| circle(y, shown(point.unevenness, 1), if y > 150.0 { -8.0 } else { 16.0 }));
    let worst = drawing
        .y(Series::Worst, point)
        .map(|y| circle(y, format!("{}%", shown(Series::Worst.value(point), 1)), -6.0));
    view! {
        {short}
        {uneven}
        {worst}
    }
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
            study.curve.as_ref().ok()?.point(moved).copied()
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
                <i>{move || state.t(words::ONE_FEWER)}</i>
                <b data-testid="one-fewer">{fewer}</b>
            </p>
            <p class="is-now">
                <i>{here_is}</i>
                <b data-testid="here">{here}</b>
                <span>{gain}</span>
            </p>
            <p>
                <i>{move || state.t(words::ONE_MORE)}</i>
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
        view! { <th scope="col" class="num">{move || state.t(message)}</th> }
    };
    let rows = move || {
        let (range, here) = (range.get(), desk.shown.get());
        let (before, after) = scrolled.gaps(&range, count());
        let points = desk.study.with(|study| {
            let study = study.as_ref()?;
            let points = study.curve.as_ref().ok()?.points();
            points.get(range.clone()).map(<[CurvePoint]>::to_vec)
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
            aria-label=move || state.t(words::HOW_MANY)
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
