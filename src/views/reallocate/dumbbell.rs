//! Each school before → after against its entitlement, worst first; the middle is folded. The same
//! rows stand behind it as the full list, where any figure can be changed by hand.

use bianheng_core::report::reallocate::{Dumbbell, Mark, fit, row_name};
use bianheng_core::text::{number, reallocate as words};
use leptos::ev;
use leptos::prelude::*;
use leptos::svg::Svg;

use super::desk::{Desk, use_desk};
use super::list::List;
use crate::platform::picture;
use crate::widgets::Html;

/// Rows shown at first.
const SHOWN: usize = 18;
/// Rows that one click unfolds where there are many.
const UNFOLD: usize = 100;
/// More rows than this are for the list, not for a drawing.
const MOST: usize = 418;
/// Height of a row and of the scale above them.
const ROW: f64 = 20.0;
const HEAD: f64 = 24.0;

/// The chart or the list.
#[component]
pub fn Schools() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let as_list = RwSignal::new(false);
    let shown = RwSignal::new(SHOWN);
    let svg = NodeRef::<Svg>::new();
    let title = move || state.t(if as_list.get() { words::LIST } else { words::SCHOOLS });
    let toggle = move || state.t(if as_list.get() { words::AS_CHART } else { words::LIST });
    let save = move |_| {
        if let Some(svg) = svg.get_untracked() {
            picture::save(&svg, words::PICTURE_DUMBBELL.get(state.lang.get_untracked()));
        }
    };
    let note = move || {
        if as_list.get() {
            return view! { {state.t(words::LIST_NOTE)} }.into_any();
        }
        view! {
            <i class="key-ring"></i>
            {state.t(words::KEY_BEFORE)}
            <i class="key-dot"></i>
            {state.t(words::KEY_AFTER)}
        }
        .into_any()
    };
    view! {
        <figure class="chart block" aria-labelledby="dumb-h" data-testid="dumbbell">
            <header class="sec">
                <h2 id="dumb-h">{title}</h2>
                <span class="note">{note}</span>
                <span class="acts">
                    <Show when=move || { shown.get() > SHOWN && !as_list.get() }>
                        <button
                            type="button"
                            class="link"
                            data-testid="fold"
                            on:click=move |_| shown.set(SHOWN)
                        >
                            {state.say(words::FOLD)}
                        </button>
                    </Show>
                    <button
                        type="button"
                        class="link"
                        data-testid="list-toggle"
                        aria-pressed=move || if as_list.get() { "true" } else { "false" }
                        on:click=move |_| as_list.update(|list| *list = !*list)
                    >
                        {toggle}
                    </button>
                    <Show when=move || !as_list.get()>
                        <button
                            type="button"
                            class="link"
                            data-testid="dumbbell-save"
                            on:click=save
                        >
                            {state.say(words::SAVE_PICTURE)}
                        </button>
                    </Show>
                </span>
            </header>
            <Show when=move || as_list.get() fallback=move || view! {
                <Picture shown=shown as_list=as_list svg=svg />
            }>
                <List />
            </Show>
        </figure>
    }
}

#[component]
fn Picture(shown: RwSignal<usize>, as_list: RwSignal<bool>, svg: NodeRef<Svg>) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let drawing = Memo::new(move |_| {
        let shown = shown.get();
        desk.study.with(|study| {
            let problem = &study.as_ref()?.prepared.problem;
            desk.proposal.with(|after| Some(Dumbbell::of(problem, &after.as_ref()?.posts, shown)))
        })
    });
    let height = Memo::new(move |_| {
        drawing.with(|drawing| {
            let rows = drawing
                .as_ref()
                .map_or(0, |d| d.head.len() + d.tail.len() + usize::from(d.folded > 0));
            HEAD + rows as f64 * ROW
        })
    });
    let unfold = move || {
        let folded = drawing.with_untracked(|d| d.as_ref().map_or(0, |d| d.folded));
        let shown_now = shown.get_untracked();
        if shown_now >= MOST {
            as_list.set(true);
        } else if shown_now + folded <= MOST {
            shown.set(shown_now + folded);
        } else {
            shown.set(shown_now + UNFOLD);
        }
    };
    view! {
        <svg
            viewBox=move || format!("0 0 612 {}", height.get() + 1.0)
            role="group"
            aria-label=state.say(words::DUMBBELL_LABEL)
            node_ref=svg
        >
            {move || drawing.with(|drawing| drawing.as_ref().map(|drawing| {
                marks(desk, drawing, height.get(), unfold)
            }))}
        </svg>
    }
}

fn marks<F: Fn() + Copy + Send + 'static>(
    desk: Desk,
    drawing: &Dumbbell,
    height: f64,
    unfold: F,
) -> impl IntoView + use<F> {
    let lang = desk.state.lang.get();
    let ticks = drawing.ticks.iter().map(|tick| {
        let x = tick.x;
        let line = (tick.value != 0).then(|| {
            view! { <path class="c-grid" d=format!("M{x:.1} {HEAD}V{height:.1}")></path> }
        });
        let (class, text) = if tick.value == 0 {
            ("c-strong c-mid", words::ENTITLED_AXIS.get(lang).to_owned())
        } else {
            ("c-axis c-mid", number::signed(tick.value))
        };
        view! {
            {line}
            <text class=class x=format!("{x:.1}") y="15">{text}</text>
        }
    });
    let head = drawing.head.iter().enumerate();
    let head = head.map(|(at, mark)| row(desk, mark, HEAD + at as f64 * ROW));
    let fold_y = HEAD + drawing.head.len() as f64 * ROW;
    let fold = (drawing.folded > 0).then(|| fold_row(desk, drawing.folded, fold_y, unfold));
    let tail_y = fold_y + if drawing.folded > 0 { ROW } else { 0.0 };
    let tail = drawing.tail.iter().enumerate();
    let tail = tail.map(|(at, mark)| row(desk, mark, tail_y + at as f64 * ROW));
    let zone = |class: &'static str, from: f64, to: f64| {
        view! {
            <rect
                class=class
                x=format!("{from:.1}")
                y=HEAD.to_string()
                width=format!("{:.1}", to - from)
                height=format!("{:.1}", height - HEAD)
            ></rect>
        }
    };
    view! {
        {zone("zone-s", drawing.left, drawing.zero)}
        {zone("zone-o", drawing.zero, drawing.right)}
        {ticks.collect_view()}
        <text class="c-axis c-mid" x="520" y="15">{words::POSTS_CHANGE.get(lang)}</text>
        <text class="c-axis c-end" x="608" y="15">{words::MARGIN.get(lang)}</text>
        {head.collect_view()}
        {fold}
        {tail.collect_view()}
        <path class="c-zero" d=format!("M{:.1} {HEAD}V{height:.1}", drawing.zero)></path>
        <path class="c-base" d=format!("M0 {height:.1}H612")></path>
    }
}

/// One school: a click or Enter opens its proof.
fn row(desk: Desk, mark: &Mark, y: f64) -> impl IntoView + use<> {
    let state = desk.state;
    let lang = state.lang.get();
    let place = desk.study.with_untracked(|study| {
        let prepared = &study.as_ref()?.prepared;
        Some((*prepared.rows.get(mark.line)?, prepared.ids.get(mark.line)?.to_string()))
    });
    let (at, id) = place.unwrap_or_default();
    let name = state.peek(|open| row_name(&open.workspace().state().county, at, lang));
    let name = name.unwrap_or_default();
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("unit", &name),
        ("before", &mark.before),
        ("after", &mark.after),
        ("margin", &number::signed(mark.margin)),
    ];
    let label = words::MARK_LABEL.with(lang, &values);
    let open = move || state.proof.set(Some(at));
    let keys = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            open();
        }
    };
    view! {
        <g
            class="d-row"
            role="button"
            tabindex="0"
            // The name is what is drawn; the words for it come after.
            aria-description=label
            data-testid="dumbbell-row"
            data-id=id
            on:click=move |_| open()
            on:keydown=keys
            inner_html=drawn(mark, &name, y)
        ></g>
    }
}

/// What is drawn of one school: as text, since all of it may change with each move of the handle.
fn drawn(mark: &Mark, name: &str, y: f64) -> String {
    let hue = match mark.margin {
        ..0 => "is-short",
        0 => "is-even",
        1.. => "is-over",
    };
    let margin = match mark.margin {
        ..0 => "c-strong c-end t-short",
        0 => "c-end c-soft",
        1.. => "c-strong c-end t-over",
    };
    let [height, mid, text_y, line] =
        [y, y + ROW / 2.0, y + 14.0, y + ROW].map(|at| format!("{at:.1}"));
    let [before, after] = [mark.x_before, mark.x_after].map(|at| format!("{at:.1}"));
    let mut html = Html::default();
    let mut put = |tag: &str, attributes: &[(&str, &str)], text: &str| {
        html.open(tag, attributes).text(text).close(tag);
    };
    let hit = [
        ("class", "d-hit"),
        ("x", "0"),
        ("y", &height),
        ("width", "612"),
        ("height", &ROW.to_string()),
    ];
    put("rect", &hit, "");
    // The space stands between the name and the figures where the row is read aloud.
    put("text", &[("x", "2"), ("y", &text_y)], &format!("{} ", fit(name, 130.0)));
    put("path", &[("class", "c-grid"), ("d", &format!("M0 {line}H612"))], "");
    if mark.before != mark.after {
        let bar = format!("M{before} {mid}H{after}");
        put("path", &[("class", &format!("c-bar2 {hue}")), ("d", &bar)], "");
        let ring = format!("c-ring {hue}");
        put("circle", &[("class", &ring), ("cx", &before), ("cy", &mid), ("r", "4")], "");
    }
    let dot = format!("c-dot {hue}");
    put("circle", &[("class", &dot), ("cx", &after), ("cy", &mid), ("r", "4.5")], "");
    let mut label = |class: &str, x: &str, text: &str| {
        put("text", &[("class", class), ("x", x), ("y", &text_y)], text);
    };
    label("c-soft c-end", "508", &number::count(u64::from(mark.before)));
    label("c-label c-mid", "520", "→");
    label("c-strong c-end", "552", &number::count(u64::from(mark.after)));
    label(margin, "608", &number::margin(mark.margin));
    html.done()
}

fn fold_row<F: Fn() + Copy + Send + 'static>(
    desk: Desk,
    folded: usize,
    y: f64,
    unfold: F,
) -> impl IntoView + use<F> {
    let text = words::BETWEEN.with(desk.state.lang.get(), &[("n", &number::count(folded as u64))]);
    let keys = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            unfold();
        }
    };
    view! {
        <g
            class="d-row"
            role="button"
            tabindex="0"
            aria-label=text.clone()
            data-testid="unfold"
            on:click=move |_| unfold()
            on:keydown=keys
        >
            <rect class="f-paper" x="0" y=format!("{y:.1}") width="612" height=ROW.to_string()></rect>
            <text class="c-soft" x="56" y=format!("{:.1}", y + 14.0)>{text.clone()}</text>
        </g>
    }
}
