//! The figures of fairness, before → after.

use bianheng_core::fraction::Fraction;
use bianheng_core::report::reallocate::{Fairness, Measures, row_name};
use bianheng_core::text::{Message, number, reallocate as words};
use leptos::prelude::*;

use super::curve::shown;
use super::desk::use_desk;

fn share(value: Option<Fraction>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| number::percent(&value))
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
    let worst = move || {
        let lang = state.lang.get();
        let names = desk.study.with(|study| {
            let rows = &study.as_ref()?.prepared.rows;
            let lines = after.with(|after| Some(after.as_ref()?.worst.clone()))?;
            state.with(|open| {
                let county = &open.workspace().state().county;
                let names = lines.iter().filter_map(|line| rows.get(*line));
                let names: Vec<_> = names.map(|row| row_name(county, *row, lang)).collect();
                words::WORST_FIVE.with(lang, &[("names", &names.join(words::COMMA.get(lang)))])
            })
        });
        names.unwrap_or_default()
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
                    {ratio(words::SPREAD, "spread", |found| found.spread)}
                    {ratio(words::EXPLAINED, "explained", |found| found.explained)}
                    <tr>
                        <th scope="row">{state.say(words::CHANGED)}</th>
                        <td class="num"><b data-testid="changed-rows">{changed}</b>" / "{lines}</td>
                    </tr>
                </tbody>
            </table>
            <p class="note" data-testid="worst-five">{worst}</p>
            <p class="note" data-testid="guarantee">{promise}</p>
        </section>
    }
}
