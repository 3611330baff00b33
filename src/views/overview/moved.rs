//! What the scenario moved, by stage.

use bianheng_core::scenario::Moved;
use bianheng_core::text::{names, number, overview as words};
use leptos::prelude::*;

use super::Glance;
use crate::route::View;
use crate::state::use_state;

/// The table; where nothing was moved, the way to where it is done.
#[component]
pub fn Moved(glance: Glance) -> impl IntoView {
    let state = use_state();
    let any = Memo::new(move |_| {
        glance.with(|seen| seen.as_ref().is_some_and(|seen| seen.moved_total.holdings > 0))
    });
    let rows = move || {
        let lang = state.lang.get();
        glance.with(|seen| {
            seen.as_ref().map(|seen| {
                let stages = seen.moved.iter().map(|(stage, moved)| {
                    let name = stage.map_or(words::INSTITUTIONS, names::stage).get(lang);
                    let id = stage.map_or("institutions", |stage| stage.as_str());
                    row(name, id, moved, "")
                });
                let sum = row(words::ALL_STAGES.get(lang), "all", &seen.moved_total, "sum");
                (stages.collect_view(), sum)
            })
        })
    };
    view! {
        <section aria-labelledby="moved-h">
            <header class="sec">
                <h2 id="moved-h">{state.say(words::MOVED)}</h2>
            </header>
            <Show
                when=move || any.get()
                fallback=move || {
                    view! {
                        <p class="note" data-testid="moved-none">
                            {state.say(words::MOVED_NONE)}
                            " "
                            <a href=View::Reallocate.hash()>{state.say(words::MOVED_START)}</a>
                        </p>
                    }
                }
            >
                <table class="t" data-testid="moved-table">
                    <thead>
                        <tr>
                            <th scope="col">{state.say(words::STAGE)}</th>
                            <th scope="col" class="num">{state.say(words::UP)}</th>
                            <th scope="col" class="num">{state.say(words::DOWN)}</th>
                            <th scope="col" class="num">{state.say(words::NET)}</th>
                            <th scope="col" class="num">{state.say(words::ROWS)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </Show>
        </section>
    }
}

fn row(
    name: &'static str,
    id: &'static str,
    moved: &Moved,
    class: &'static str,
) -> impl IntoView + use<> {
    view! {
        <tr class=class data-testid="moved-row" data-stage=id>
            <th scope="row">{name}</th>
            <td class="num">{number::gained(moved.up)}</td>
            <td class="num">{number::lost(moved.down)}</td>
            <td class="num">{number::signed(moved.net())}</td>
            <td class="num">{moved.holdings}</td>
        </tr>
    }
}
