//! The files that this browser keeps, newest first.

use bianheng_core::text::{Message, number, shell};
use leptos::prelude::*;

use crate::platform::clock;
use crate::route::View;
use crate::state::{FileEntry, use_state};
use crate::widgets::{Icon, icon};

/// The heads of the columns, and the class of those that hold figures.
const HEADS: [(Message, &str); 6] = [
    (shell::RECENT_FILE, ""),
    (shell::RECENT_CONTENT, ""),
    (shell::RECENT_TOTAL, "num"),
    (shell::RECENT_MOVED, "num"),
    (shell::RECENT_PRINT, ""),
    (shell::RECENT_TIME, "num"),
];

/// The list.
#[component]
pub fn Recent() -> impl IntoView {
    let state = use_state();
    let none = move || state.files.with(Vec::is_empty);
    view! {
        <section class="recent" aria-labelledby="recent-h">
            <header class="sec">
                <h2 id="recent-h">{state.say(shell::RECENT)}</h2>
                <span class="note">{state.say(shell::RECENT_NOTE)}</span>
            </header>
            <Show
                when=move || !none()
                fallback=move || {
                    view! { <p class="note" data-testid="recent-empty">{state.say(shell::RECENT_EMPTY)}</p> }
                }
            >
                <div class="scroll-x">
                    <table class="t" data-testid="recent">
                        <thead>
                            <tr>
                                {HEADS.map(|(message, class)| head(message, class))}
                                <th scope="col">
                                    <span class="sr-only">{state.say(shell::RECENT_REMOVE)}</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || state.files.get()
                                key=|file| (file.id.clone(), file.changed)
                                children=row
                            />
                        </tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

fn head(message: Message, class: &'static str) -> impl IntoView {
    let state = use_state();
    view! { <th scope="col" class=class>{state.say(message)}</th> }
}

fn row(file: FileEntry) -> impl IntoView {
    let state = use_state();
    let moved = format!("{} / {}", number::gained(file.up), number::lost(file.down));
    let (open, forget) = (file.id.clone(), file.id);
    view! {
        <tr data-testid="recent-row">
            <td>
                <button
                    type="button"
                    class="link"
                    data-testid="recent-open"
                    on:click=move |_| state.open_kept(&open, View::Overview)
                >
                    {file.county}
                </button>
            </td>
            <td class="ink3">{file.scenario}</td>
            <td class="num">{number::count(file.total)}</td>
            <td class="num">{moved}</td>
            <td class="mono ink3">{file.fingerprint}</td>
            <td class="num">{clock::moment(file.changed)}</td>
            <td class="num">
                <button
                    type="button"
                    class="link"
                    data-testid="recent-remove"
                    aria-label=state.say(shell::RECENT_REMOVE)
                    title=state.say(shell::RECENT_REMOVE)
                    on:click=move |_| state.forget(&forget)
                >
                    {icon(Icon::Trash, "")}
                </button>
            </td>
        </tr>
    }
}
