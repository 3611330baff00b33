//! The shortest schools, by the share of their entitlement that they have, before and after.

use bianheng_core::fraction::{Fraction, decimal};
use bianheng_core::report::overview::WorstRow;
use bianheng_core::text::{Lang, names, number, overview as words};
use leptos::prelude::*;

use super::Glance;
use crate::route::View;
use crate::state::{State, use_state};
use crate::widgets::margin;

/// The list.
#[component]
pub fn Worst(glance: Glance) -> impl IntoView {
    let state = use_state();
    let short = Memo::new(move |_| {
        glance.with(|seen| seen.as_ref().map_or(0, |seen| seen.after.totals.short_rows))
    });
    let any = move || short.get() > 0;
    let rows = move || {
        let lang = state.lang.get();
        glance.with(|seen| {
            let rows = seen.iter().flat_map(|seen| &seen.worst);
            rows.map(|worst| row(worst, state, lang)).collect_view()
        })
    };
    view! {
        <section class="block" aria-labelledby="worst-h">
            <header class="sec">
                <h2 id="worst-h">{state.say(words::WORST)}</h2>
                <span class="note">{state.say(words::WORST_NOTE)}</span>
                <Show when=any>
                    <a class="act" href=View::Schools.hash() data-testid="worst-all">
                        {move || words::WORST_ALL.with(state.lang.get(), &[("n", &short.get())])}
                    </a>
                </Show>
            </header>
            <Show
                when=any
                fallback=move || {
                    view! { <p class="note" data-testid="worst-none">{state.say(words::WORST_NONE)}</p> }
                }
            >
                <div class="scroll-x" tabindex="0">
                    <table class="t dense" data-testid="worst">
                        <thead>
                            <tr>
                                <th scope="col">{state.say(words::SCHOOL)}</th>
                                <th scope="col" class="from-1440">
                                    {state.say(words::TOWNSHIP)}
                                </th>
                                <th scope="col" class="num">
                                    {state.say(words::ENTITLED_SHORT)}
                                </th>
                                <th scope="col" class="num">
                                    {state.say(words::BEFORE_AFTER)}
                                </th>
                                <th scope="col" class="num">{state.say(words::MARGIN)}</th>
                                <th scope="col" colspan="2">{state.say(words::MET)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

fn row(worst: &WorstRow, state: State, lang: Lang) -> impl IntoView + use<> {
    let stage = worst.id.part.stage().filter(|_| worst.one_of_several);
    let stage = stage.map(|stage| {
        view! { <span class="ink3">" · "{names::stage(stage).get(lang)}</span> }
    });
    let before = if worst.before == worst.after {
        view! { <span class="was">{words::UNTOUCHED.get(lang)}" "</span> }.into_any()
    } else {
        let before = number::count(u64::from(worst.before));
        view! { <span class="was">{before}</span><span class="arr">"→"</span> }.into_any()
    };
    let gap = i64::from(worst.after) - i64::from(worst.entitled);
    let at = worst.row;
    view! {
        <tr data-testid="worst-row" data-id=worst.id.to_string()>
            <th scope="row">
                <button
                    type="button"
                    class="link"
                    data-testid="worst-open"
                    title=words::OPEN_PROOF.with(lang, &[("unit", &worst.unit)])
                    on:click=move |_| state.proof.set(Some(at))
                >
                    {worst.unit.clone()}
                </button>
                {stage}
            </th>
            <td class="ink3 from-1440">{worst.township.clone()}</td>
            <td class="num">{number::count(u64::from(worst.entitled))}</td>
            <td class="num">{before}{number::count(u64::from(worst.after))}</td>
            <td class="num">{margin(Some(gap))}</td>
            <td>
                <span class="meter" aria-hidden="true">
                    <i class="after" style:width=width(&worst.met)></i>
                    <i class="before" style:width=width(&worst.met_before)></i>
                </span>
            </td>
            <td class="num" data-testid="worst-met">{number::percent(&worst.met)}</td>
        </tr>
    }
}

/// A share as a width, never beyond the whole.
fn width(share: &Fraction) -> String {
    let share = (*share).min(Fraction::from_integer(1));
    // A style reads the plain minus only, and shares are never below zero.
    format!("{}%", decimal(&(share * 100), 1))
}
