//! The figures of fairness, before → after.

use bianheng_core::fraction::Fraction;
use bianheng_core::fraction::decimal;
use bianheng_core::report::reallocate::{Fairness, Measures, Tight, row_name};
use bianheng_core::text::{Message, number, reallocate as words};
use leptos::prelude::*;

use super::curve::shown;
use super::desk::{Desk, use_desk};
use crate::widgets::Html;

fn share(value: Option<Fraction>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| number::percent(&value))
}

/// Entitlement ÷ posts of the hardest pressed.
fn pressure(measures: &Measures) -> String {
    match measures.pressure() {
        Some(pressure) => decimal(&pressure, 2),
        None if measures.lowest.is_some() => "∞".to_owned(),
        None => "—".to_owned(),
    }
}

/// The five worst at one point, with their figures.
fn worst(
    desk: Desk,
    found: Memo<Option<Fairness>>,
    caption: Message,
    testid: &'static str,
) -> String {
    let lang = desk.state.lang.get();
    let tight = found.with(|found| found.as_ref().map(|found| found.worst.clone()));
    let named = desk.study.with(|study| {
        let rows = &study.as_ref()?.prepared.rows;
        desk.state.with(|open| {
            let county = &open.workspace().state().county;
            let of = |tight: Tight| {
                let name = rows.get(tight.line).map(|row| row_name(county, *row, lang));
                (name.unwrap_or_default(), tight)
            };
            tight.unwrap_or_default().into_iter().map(of).collect::<Vec<_>>()
        })
    });
    let mut html = Html::default();
    html.open("tr", &[("class", "batch")]).open("th", &[("scope", "colgroup"), ("colspan", "3")]);
    html.text(caption.get(lang)).close("th").close("tr");
    for (name, tight) in named.unwrap_or_default() {
        html.open("tr", &[("data-testid", testid)]);
        html.open("th", &[("scope", "row"), ("class", "clip"), ("title", &name)]).text(&name);
        html.close("th").put("td", "num", &format!("{} / {}", tight.posts, tight.entitled));
        html.put("td", "num", &share(tight.share)).close("tr");
    }
    html.done()
}

/// The table.
#[component]
pub fn MeasuresTable() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let row = move |label: Message, before, after, read: fn(&Measures) -> String| {
        let was = move || desk.measures.with(|(before, _)| read(before));
        let now =
            move || desk.measures.with(|(_, after)| after.as_ref().map_or("—".to_owned(), read));
        view! {
            <tr>
                <th scope="row">{state.say(label)}</th>
                <td class="num">
                    <span class="was" data-testid=before>{was}</span>
                    <span class="arr">"→"</span>
                    <span class="now" data-testid=after>{now}</span>
                </td>
            </tr>
        }
    };
    let fairness = move |after: bool| {
        desk.study.with(|study| {
            let study = study.as_ref()?;
            if !after {
                return Some(Fairness::of(&study.prepared.problem, &study.before()));
            }
            desk.proposal.with(|proposal| {
                Some(Fairness::of(&study.prepared.problem, &proposal.as_ref()?.posts))
            })
        })
    };
    let before = Memo::new(move |_| fairness(false));
    let after = Memo::new(move |_| fairness(true));
    let ratio = move |label: Message, testid, read: fn(&Fairness) -> Option<f64>| {
        let text = move || {
            let one = |found: Memo<Option<Fairness>>| {
                let value = found.with(|found| found.as_ref().and_then(read));
                value.map_or("—".to_owned(), |value| shown(value, 2))
            };
            format!("{} → {}", one(before), one(after))
        };
        view! {
            <tr>
                <th scope="row">{state.say(label)}</th>
                <td class="num" data-testid=testid>{text}</td>
            </tr>
        }
    };
    let promise = move || state.t(words::guarantee(desk.limits.with(|limits| limits.rule)));
    let changed = move || {
        let changed = desk.measures.with(|(_, after)| after.map_or(0, |after| after.changed));
        number::count(changed as u64)
    };
    let lines = move || {
        let lines = desk.study.with(|study| study.as_ref().map_or(0, |study| study.lines()));
        number::count(lines as u64)
    };
    view! {
        <section class="block">
            <header class="sec">
                <h2>{state.say(words::MEASURES)}</h2>
                <span class="act note">{state.say(words::BEFORE_AFTER)}</span>
            </header>
            <table class="t dense" aria-label=state.say(words::MEASURES)>
                <tbody>
                    {row(words::SHORTAGE, "shortage-now", "shortage-after", |m| {
                        number::count(m.shortage)
                    })}
                    {row(words::SHORT_LINES, "short-rows-now", "short-rows-after", |m| {
                        number::count(m.short_lines as u64)
                    })}
                    {row(words::LOWEST, "worst-now", "worst-after", |m| share(m.lowest))}
                    {row(words::HIGHEST, "best-now", "best-after", |m| share(m.highest))}
                    {row(words::PRESSURE, "pressure-now", "pressure-after", pressure)}
                    {ratio(words::SPREAD, "spread", |found| found.spread)}
                    {ratio(words::EXPLAINED, "explained", |found| found.explained)}
                    <tr>
                        <th scope="row">{state.say(words::CHANGED)}</th>
                        <td class="num"><b data-testid="changed-rows">{changed}</b>" / "{lines}</td>
                    </tr>
                </tbody>
            </table>
            <table class="t dense small worst" data-testid="worst-five">
                <caption>{state.say(words::WORST_FIVE)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{state.say(words::UNIT)}</th>
                        <th scope="col" class="num">{state.say(words::POSTS_ENTITLED)}</th>
                        <th scope="col" class="num">{state.say(words::SHARE_MET)}</th>
                    </tr>
                </thead>
                <tbody inner_html=move || {
                    worst(desk, before, words::WORST_BEFORE, "worst-before")
                }></tbody>
                <tbody inner_html=move || {
                    worst(desk, after, words::WORST_AFTER, "worst-after-row")
                }></tbody>
            </table>
            <p class="note" data-testid="guarantee">{promise}</p>
        </section>
    }
}
