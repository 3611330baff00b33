//! The keyboard in tables and lists that are HTML text: the arrows go from button to button, and the focus
//! stays in its place when the text is written anew. Every button can be reached by Tab as well.

use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

/// The place of a button in a list.
pub struct Place {
    button: Element,
    what: String,
    at: String,
    /// How many that do the same stand before it.
    nth: usize,
    /// What it stands in, from the inside out.
    around: Vec<Element>,
}

impl Place {
    /// The place of the button that an event was on.
    pub fn of(event: &Event) -> Option<Self> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let button = target.closest("[data-do]").ok()??;
        let said = |name: &str| button.get_attribute(name).unwrap_or_default();
        let (what, at) = (said("data-do"), said("data-at"));
        let mut around = Vec::new();
        let mut next = button.parent_element();
        while let Some(one) = next.filter(|one| !is_end(one)) {
            next = one.parent_element();
            around.push(one);
        }
        let same = around.last().map(|all| doing(all, &what)).unwrap_or_default();
        let nth = same.iter().position(|one| **one == button).unwrap_or(0);
        Some(Self { button, what, at, nth, around })
    }

    /// What the button does, and to what.
    pub fn said(&self) -> (String, String) {
        (self.what.clone(), self.at.clone())
    }

    /// Gives the focus back to the place once the list was written anew: to the same button, else to the one
    /// that stands there now, else to the first of the list. Nothing is done where the focus is somewhere.
    pub fn hold(self) {
        request_animation_frame(move || {
            let now = document().active_element();
            if self.button.is_connected() || now.is_some_and(|now| now.tag_name() != "BODY") {
                return;
            }
            let Some(list) = self.around.iter().rfind(|one| one.is_connected()) else { return };
            let same = doing(list, &self.what);
            let at = |one: &&HtmlElement| one.get_attribute("data-at").as_ref() == Some(&self.at);
            let last = same.len().checked_sub(1);
            let there = || same.get(self.nth.min(last?));
            match same.iter().find(at).or_else(there) {
                Some(button) => focus(button),
                None => all(list, "button").first().into_iter().for_each(focus),
            }
        });
    }
}

/// A key pressed on a button of a list: up and down go to those that do the same in other rows, left and right
/// to the others of its row, Home and End to the first and the last.
pub fn walk(event: &KeyboardEvent) {
    let key = event.key();
    let walks = key.starts_with("Arrow") || key == "Home" || key == "End";
    if !walks || event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() {
        return;
    }
    let on = || {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let button = target.closest("[data-do]").ok()??;
        let within = |selector: &str| button.closest(selector).ok().flatten();
        let buttons = match key.as_str() {
            "ArrowLeft" | "ArrowRight" => all(&within("tr, li")?, "[data-do]"),
            _ => doing(&within("table, ol")?, &button.get_attribute("data-do")?),
        };
        let here = buttons.iter().position(|one| **one == button)?;
        let last = buttons.len().checked_sub(1)?;
        let next = match key.as_str() {
            "ArrowDown" | "ArrowRight" => (here + 1).min(last),
            "ArrowUp" | "ArrowLeft" => here.saturating_sub(1),
            "Home" => 0,
            "End" => last,
            _ => return None,
        };
        buttons.get(next).cloned()
    };
    if let Some(next) = on() {
        event.prevent_default();
        focus(&next);
    }
}

/// Puts the focus on the button that does something to something, wherever it stands.
pub fn focus_button(what: &str, at: &str) {
    let body = document().body();
    let buttons = body.map(|body| doing(&body, what)).unwrap_or_default();
    let at = |one: &&HtmlElement| one.get_attribute("data-at").as_deref() == Some(at);
    buttons.iter().find(at).into_iter().for_each(focus);
}

/// Puts the focus on what has a test id, once it is on the page.
pub fn focus_soon(testid: &'static str) {
    request_animation_frame(move || {
        let found = document().query_selector(&format!("[data-testid={testid}]")).ok().flatten();
        let found = found.and_then(|found| found.dyn_into::<HtmlElement>().ok());
        found.iter().for_each(focus);
    });
}

/// Where a list surely ends.
fn is_end(one: &Element) -> bool {
    matches!(one.tag_name().as_str(), "MAIN" | "DIALOG" | "BODY" | "SECTION" | "HTML")
}

/// The buttons within that do something.
fn doing(list: &Element, what: &str) -> Vec<HtmlElement> {
    let mut found = all(list, "[data-do]");
    found.retain(|one| one.get_attribute("data-do").as_deref() == Some(what));
    found
}

fn all(list: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = list.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

fn focus(one: &HtmlElement) {
    // Fails only for an element that has left the page.
    let _ = one.focus();
}
