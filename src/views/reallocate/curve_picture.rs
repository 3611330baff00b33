//! The trade-off as a drawing with its handle. Dragging moves the point that is shown; letting go
//! stores it, as one step.

use bianheng_core::allocate::CurvePoint;
use bianheng_core::report::reallocate::{Series, TradeOff};
use bianheng_core::text::{number, reallocate as words};
use leptos::ev;
use leptos::prelude::*;
use leptos::svg::Svg;

use super::curve::{ends, shown};
use super::desk::{Desk, Shared, use_desk};

/// Width of the drawing in its own units.
const WIDTH: f64 = 612.0;
/// The posts of one round that the curve marks.
const ROUND: u64 = 50;

/// The drawing of the trade-off.
pub type Drawing = Memo<Option<Shared<TradeOff>>>;

/// The drawing.
#[component]
pub fn Picture(drawing: Drawing, svg: NodeRef<Svg>) -> impl IntoView {
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
    // The number that a single round often is about.
    let round = (drawing.least < ROUND && ROUND < drawing.most).then(|| {
        let (x, base) = (drawing.x(ROUND), drawing.base);
        let text = words::HERE.with(lang, &[("moved", &ROUND)]);
        view! {
            <path class="c-grid" d=format!("M{x:.1} {top:.1}V{base:.1}")></path>
            <text class="c-soft c-end" x=format!("{:.1}", x - 4.0) y=format!("{:.1}", base - 6.0) data-testid="mark-50">
                {text}
            </text>
        }
    });
    let best_is = words::BEST_IS.with(lang, &[("most", &number::count(drawing.most))]);
    // Beside the right edge the words would run out of the drawing; where the curve is one point
    // they would stand under the handle's number.
    let alone = drawing.most == drawing.least;
    let (anchor, best_x) = if best > 540.0 || alone { ("c-end", 608.0) } else { ("c-mid", best) };
    view! {
        {grid.collect_view()}
        {ticks.collect_view()}
        {round}
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
    if drawing.most == drawing.least {
        // There is no line to stand beside: the figures at the handle say what is what.
        let colours = [
            ("t-short", words::SHORTAGE),
            ("t-accent", words::UNEVEN),
            ("t-accent", words::LOWEST),
        ];
        let top = drawing.panels.first().map_or(0.0, |panel| panel.top);
        let key = colours.into_iter().zip([44.0, 62.0, 80.0]).map(|((class, message), down)| {
            view! {
                <text class=class x="300" y=format!("{:.1}", top + down)>
                    {message.get(lang)}
                </text>
            }
        });
        return Some(key.collect_view().into_any());
    }
    let at = drawing.least + (drawing.most - drawing.least) * 3 / 10;
    let point = desk.study.with(|study| study.as_ref()?.curve.as_ref().ok()?.point(at))?;
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
    let named = view! {
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
    };
    Some(named.into_any())
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
            aria-label=state.say(words::SLIDER)
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
