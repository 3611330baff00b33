//! The clipboard. From file:// a browser may refuse its modern form, so the old one stands behind.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Copies a text. `false` if the browser refuses both ways.
pub async fn copy(text: &str) -> bool {
    let modern = window().navigator().clipboard();
    if !modern.is_undefined() && JsFuture::from(modern.write_text(text)).await.is_ok() {
        return true;
    }
    copy_by_selection(text).unwrap_or(false)
}

fn copy_by_selection(text: &str) -> Option<bool> {
    let page = document();
    let area: HtmlTextAreaElement = page.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    area.set_class_name("sr-only");
    page.body()?.append_child(&area).ok()?;
    area.select();
    let done = page.unchecked_ref::<HtmlDocument>().exec_command("copy").ok();
    area.remove();
    done
}
