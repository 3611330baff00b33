//! The page's root element: language, theme, title; where its focus is.

use bianheng_core::text::Lang;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Says which language the page speaks, for fonts and screen readers.
pub fn set_language(lang: Lang) {
    let name = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    set_attribute("lang", Some(name));
}

/// Fixes the theme, or leaves it to the system.
pub fn set_theme(theme: Option<&str>) {
    set_attribute("data-theme", theme);
}

/// The title of the window.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Gives an element the focus, by its id. `false` if it is not there.
pub fn focus(id: &str) -> bool {
    let element = document().get_element_by_id(id);
    let Some(element) = element.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    element.focus().is_ok()
}

/// Takes the focus from a field of the screen that is about to go: the field hears of it while it still
/// stands, in every browser, and the page need not be laid out once more on its way out.
pub fn leave_screen() {
    let Some(active) = document().active_element() else { return };
    if let Ok(Some(_)) = active.closest("main > *")
        && let Ok(field) = active.dyn_into::<HtmlElement>()
    {
        // Fails only for an element that has left the page.
        let _ = field.blur();
    }
}

fn set_attribute(name: &str, value: Option<&str>) {
    if let Some(root) = document().document_element() {
        // Both names are valid, which is all that these calls can complain of.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}
