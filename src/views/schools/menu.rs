//! The menu of the columns: which are shown, and what is frozen. The browser keeps the choice.

use bianheng_core::report::schools::Column;
use bianheng_core::text::schools;
use leptos::prelude::*;

use super::columns::{self, Choices};
use super::screen::Screen;
use crate::widgets::{Icon, icon, popup};

/// The button and its menu.
#[component]
pub fn ColumnsMenu(screen: Screen) -> impl IntoView {
    let state = screen.state;
    let popup = popup();
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
                {state.say(schools::column(column))}
            </button>
        }
    };
    let free = move || screen.choices.with(|choices| choices.free);
    view! {
        <span class="menu-at">
            <button
                type="button"
                class="btn"
                aria-haspopup="menu"
                aria-expanded=move || popup.open.get().to_string()
                data-testid="columns-menu"
                node_ref=popup.button
                on:click=move |_| popup.turn()
            >
                {icon(Icon::Columns, "")}
                {state.say(schools::COLUMNS)}
            </button>
            <Show when=move || popup.open.get()>
                <div
                    class="menu"
                    role="menu"
                    aria-label=state.say(schools::COLUMNS)
                    data-testid="columns"
                    node_ref=popup.menu
                    on:keydown=move |event| popup.on_key(&event)
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
                        {state.say(schools::FREEZE_NAME)}
                    </button>
                    <button
                        type="button"
                        role="menuitem"
                        data-testid="columns-reset"
                        on:click=move |_| screen.choices.set(Choices::default())
                    >
                        {state.say(schools::COLUMNS_RESET)}
                    </button>
                </div>
            </Show>
        </span>
    }
}
