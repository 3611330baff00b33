//! A button with a menu: opened by click or key, walked with the arrows, left with Escape.

use leptos::html::{Button, Div};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, Node};

use super::{Html, Icon, icon, picked};

/// One line of a menu; an empty label is a rule between lines.
pub struct MenuItem {
    /// What it does, handed to the owner; also its test id.
    pub what: &'static str,
    /// To what.
    pub at: String,
    /// What it says.
    pub label: String,
    /// A longer word for it.
    pub hint: String,
}

impl MenuItem {
    /// A line without more.
    pub fn new(what: &'static str, label: &str) -> Self {
        Self { what, at: String::new(), label: label.to_owned(), hint: String::new() }
    }
}

/// The button and its menu.
#[component]
pub fn Menu(
    /// Name for tests.
    testid: &'static str,
    /// Class of the button.
    class: &'static str,
    /// What the button says to those who cannot see it, and on hover.
    label: Signal<String>,
    /// Its icon.
    mark: Icon,
    /// Whether the label is also shown.
    #[prop(default = false)]
    shown: bool,
    /// The lines, made as the menu opens.
    items: Callback<(), Vec<MenuItem>>,
    /// What was chosen, and what it is to be done to.
    on_pick: Callback<(String, String)>,
) -> impl IntoView {
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
    Effect::new(move |_| {
        if let Some(menu) = menu.get() {
            focus_item(&menu, 0);
        }
    });
    let lines = move || {
        let mut html = Html::default();
        for item in items.run(()) {
            if item.label.is_empty() {
                html.open("hr", &[]);
                continue;
            }
            let attributes = [
                ("type", "button"),
                ("role", "menuitem"),
                ("title", item.hint.as_str()),
                ("data-testid", item.what),
                ("data-do", item.what),
                ("data-at", item.at.as_str()),
            ];
            html.open("button", &attributes).text(&item.label).close("button");
        }
        html.done()
    };
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" | "Tab" => close(),
        key => {
            if let Some(menu) = menu.get_untracked()
                && step(&menu, key)
            {
                event.prevent_default();
            }
        }
    };
    view! {
        <span class="menu-at">
            <button
                type="button"
                class=class
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                data-testid=testid
                title=label
                aria-label=label
                node_ref=button
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon(mark, "")}
                {shown.then(|| view! { <span>{label}</span> })}
            </button>
            <Show when=move || open.get()>
                <div
                    class="menu"
                    role="menu"
                    aria-label=label
                    node_ref=menu
                    inner_html=lines
                    on:keydown=keys
                    on:click=move |event| {
                        if let Some(picked) = picked(&event) {
                            close();
                            on_pick.run(picked);
                        }
                    }
                ></div>
            </Show>
        </span>
    }
}

fn items(menu: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all("[role^=menuitem]") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// Puts the focus on a line of a menu.
pub fn focus_item(menu: &HtmlElement, at: usize) {
    if let Some(item) = items(menu).get(at) {
        // Fails only for an element that has left the page.
        let _ = item.focus();
    }
}

/// Moves the focus in a menu; `false` where the key is not the menu's.
pub fn step(menu: &HtmlElement, key: &str) -> bool {
    let items = items(menu);
    let now = document().active_element();
    let at = items.iter().position(|item| now.as_ref() == Some(item.as_ref())).unwrap_or(0);
    let last = items.len().saturating_sub(1);
    let next = match key {
        "ArrowDown" if at == last => 0,
        "ArrowDown" => at + 1,
        "ArrowUp" => at.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return false,
    };
    focus_item(menu, next);
    true
}
