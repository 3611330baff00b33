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
    let popup = popup();
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
    view! {
        <span class="menu-at">
            <button
                type="button"
                class=class
                aria-haspopup="menu"
                aria-expanded=move || popup.open.get().to_string()
                data-testid=testid
                title=label
                aria-label=label
                node_ref=popup.button
                on:click=move |_| popup.turn()
            >
                {icon(mark, "")}
                {shown.then(|| view! { <span>{label}</span> })}
            </button>
            <Show when=move || popup.open.get()>
                <div
                    class="menu"
                    role="menu"
                    aria-label=label
                    node_ref=popup.menu
                    inner_html=lines
                    on:keydown=move |event| popup.on_key(&event)
                    on:click=move |event| {
                        if let Some(picked) = picked(&event) {
                            popup.close();
                            on_pick.run(picked);
                        }
                    }
                ></div>
            </Show>
        </span>
    }
}

/// A button and the menu that it opens.
#[derive(Clone, Copy)]
pub struct Popup {
    /// Whether the menu is open.
    pub open: RwSignal<bool>,
    /// The button.
    pub button: NodeRef<Button>,
    /// The menu.
    pub menu: NodeRef<Div>,
}

/// A menu that is closed. It takes the focus as it opens; a press outside closes it.
pub fn popup() -> Popup {
    let popup = Popup { open: RwSignal::new(false), button: NodeRef::new(), menu: NodeRef::new() };
    let Popup { open, button, menu } = popup;
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
    Effect::new(move |_| {
        if let Some(menu) = menu.get() {
            focus_item(&menu, 0);
        }
    });
    popup
}

impl Popup {
    /// Opens what is closed, closes what is open.
    pub fn turn(self) {
        self.open.update(|open| *open = !*open);
    }

    /// Closes the menu and gives the focus back to its button.
    pub fn close(self) {
        self.open.set(false);
        if let Some(button) = self.button.get_untracked() {
            // Fails only for an element that has left the page.
            let _ = button.focus();
        }
    }

    /// A key pressed in the menu: the arrows walk it, Escape and Tab leave it.
    pub fn on_key(self, event: &KeyboardEvent) {
        match event.key().as_str() {
            "Escape" | "Tab" => self.close(),
            key => {
                if let Some(menu) = self.menu.get_untracked()
                    && step(&menu, key)
                {
                    event.prevent_default();
                }
            }
        }
    }
}

fn items(menu: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all("[role^=menuitem]") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// Puts the focus on a line of a menu.
fn focus_item(menu: &HtmlElement, at: usize) {
    if let Some(item) = items(menu).get(at) {
        // Fails only for an element that has left the page.
        let _ = item.focus();
    }
}

/// Moves the focus in a menu; `false` where the key is not the menu's.
fn step(menu: &HtmlElement, key: &str) -> bool {
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
