//! Movements of posts (编制变动): those that were made, and the form that makes one.

use bianheng_core::pool::movement::Moved;
use bianheng_core::report::movements::made;
use bianheng_core::text::{Lang, Message, pool_view as words, steps};
use leptos::prelude::*;

use super::movement_form::MovementForm;
use crate::state::use_state;

const HEADS: [(Message, &str); 8] = [
    (words::DAY, ""),
    (words::MOVEMENT, ""),
    (words::MOVEMENT_FROM, ""),
    (words::MOVEMENT_TO, ""),
    (words::POSTS, "num"),
    (words::USE_PEOPLE, "num"),
    (words::DOCUMENT, ""),
    (words::REASON, ""),
];

/// The section.
#[component]
pub fn Movements() -> impl IntoView {
    let state = use_state();
    let open = RwSignal::new(false);
    let list = Memo::new(move |_| {
        let list =
            state.with(|open| made(open.workspace().scenario()).cloned().collect::<Vec<Moved>>());
        list.unwrap_or_default()
    });
    let any = Memo::new(move |_| list.with(|list| !list.is_empty()));
    let rows = move || {
        let lang = state.lang.get();
        list.with(|list| list.iter().map(|moved| row(moved, lang)).collect_view())
    };
    let heads = HEADS.map(|(label, class)| {
        view! {
            <th scope="col" class=class>
                {state.say(label)}
            </th>
        }
    });
    view! {
        <section class="block" aria-labelledby="movements-h" data-testid="movements">
            <header class="sec">
                <h2 id="movements-h">{state.say(words::MOVEMENTS)}</h2>
                <span class="note">{state.say(words::MOVEMENTS_NOTE)}</span>
                <span class="acts">
                    <button
                        type="button"
                        class="link"
                        data-testid="movement-add"
                        aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        {state.say(words::MOVEMENT_ADD)}
                    </button>
                </span>
            </header>
            <Show when=move || open.get()>
                <MovementForm />
            </Show>
            <div
                class="scroll-x"
                tabindex="0"
                role="region"
                aria-labelledby="movements-h"
                hidden=move || !any.get()
            >
                <table class="t" data-testid="movement-table">
                    <thead>
                        <tr>{heads.collect_view()}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(moved: &Moved, lang: Lang) -> impl IntoView + use<> {
    let unit = |name: &str| match name {
        "" => words::MOVEMENT_UNASSIGNED.get(lang).to_owned(),
        name => name.to_owned(),
    };
    view! {
        <tr data-testid="movement-row">
            <td>{moved.on.to_string()}</td>
            <th scope="row">{steps::sort(moved.sort).get(lang)}</th>
            <td>{unit(&moved.from)}</td>
            <td>{unit(&moved.to)}</td>
            <td class="num">{moved.posts}</td>
            <td class="num">
                {moved.people}
                {(moved.over > 0)
                    .then(|| {
                        let over = words::EXCESS.with(lang, &[("n", &moved.over)]);
                        view! { <span class="excess">" " {over}</span> }
                    })}
            </td>
            <td>{moved.document.clone()}</td>
            <td>{moved.reason.clone()}</td>
        </tr>
    }
}
