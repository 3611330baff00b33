//! The menu of the columns: which are shown, and what is frozen. The browser keeps the choice.

use bianheng_core::report::schools::Column;
use bianheng_core::text::schools;
use leptos::html::{Button, Div};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, Node};

use super::columns::{self, Choices};
use super::screen::Screen;
use crate::widgets::{Icon, focus_item, icon, step};

/// The button and its menu.
#[component]
pub fn ColumnsMenu(screen: Screen) -> impl IntoView {
    let state = screen.state;
    let open = RwSignal::new(false);
    let (button, menu) = (NodeRef::<Button>::new(), NodeRef::<Div>::new());
    let outside = window_event_listener(leptos::ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        let inside =
            |node: Option<HtmlElement>| node.is_some_and(|node| node.contains(target.as_ref()));
        let within = inside(menu.get_untracked().map(Into::into))
            || inside(button.get_untracked().map(Into::into));
        if open.get_untracked() && !within {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            // Fails only for an element that has left the page.
            let _ = button.focus();
        }
    };
    let item = move |column: Column| {
        let key = column.key();
        let shown = move || screen.columns.with(|columns| columns.contains(&column));
        let turn = move |_| {
            let now = untrack(shown);
            screen.choices.update(|choices| {
                choices.shown.insert(key.to_owned(), !now);
            });
        };
        view! {
            <button
                type="button"
                role="menuitemcheckbox"
                aria-checked=move || shown().to_string()
                data-testid=format!("column-{key}")
                on:click=turn
            >
                {icon(Icon::Check, "ico-13")}
                {move || state.t(schools::column(column))}
            </button>
        }
    };
    let free = move || screen.choices.with(|choices| choices.free);
    // The menu takes the focus as it opens.
    Effect::new(move |_| {
        if let Some(menu) = menu.get() {
            focus_item(&menu, 0);
        }
    });
    view! {
        <span class="menu-at">
            <button
                type="button"
                class="btn"
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                data-testid="columns-menu"
                node_ref=button
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon(Icon::Columns, "")}
                {move || state.t(schools::COLUMNS)}
            </button>
            <Show when=move || open.get()>
                <div
                    class="menu"
                    role="menu"
                    aria-label=move || state.t(schools::COLUMNS)
                    data-testid="columns"
                    node_ref=menu
                    on:keydown=move |event: KeyboardEvent| {
                        match event.key().as_str() {
                            "Escape" | "Tab" => close(),
                            key => {
                                if let Some(menu) = menu.get_untracked()
                                    && step(&menu, key)
                                {
                                    event.prevent_default();
                                }
                            }
                        }
                    }
                >
                    {Column::ALL.into_iter().filter(|column| columns::can_hide(*column)).map(item).collect_view()}
                    <hr />
                    <button
                        type="button"
                        role="menuitemcheckbox"
                        aria-checked=move || free().to_string()
                        data-testid="column-freeze"
                        on:click=move |_| screen.choices.update(|choices| choices.free = !choices.free)
                    >
                        {icon(Icon::Check, "ico-13")}
                        {move || state.t(schools::FREEZE_NAME)}
                    </button>
                    <button
                        type="button"
                        role="menuitem"
                        data-testid="columns-reset"
                        on:click=move |_| screen.choices.set(Choices::default())
                    >
                        {move || state.t(schools::COLUMNS_RESET)}
                    </button>
                </div>
            </Show>
        </span>
    }
}
