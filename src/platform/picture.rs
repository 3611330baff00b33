//! A drawing of the page as a file of its own. The colours are always those of the light theme, on
//! white, and stand in the file itself, so that it looks the same anywhere.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, SvgElement};

use super::files;

/// What a drawing's looks are made of.
const LOOKS: [&str; 9] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
];

/// Hands a drawing out as an SVG file.
pub fn save(drawing: &SvgElement, name: &str) {
    // Fails only in a page that is being torn down.
    if let Ok(text) = standalone(drawing) {
        files::download(name, "image/svg+xml", text.as_bytes());
    }
}

fn standalone(drawing: &SvgElement) -> Result<String, JsValue> {
    let theme = drawing.get_attribute("data-theme");
    drawing.set_attribute("data-theme", "light")?;
    let copied = copy(drawing);
    match theme {
        Some(theme) => drawing.set_attribute("data-theme", &theme)?,
        None => drawing.remove_attribute("data-theme")?,
    }
    copied
}

fn copy(drawing: &SvgElement) -> Result<String, JsValue> {
    let copy: Element = drawing.clone_node_with_deep(true)?.unchecked_into();
    let (here, there) = (drawing.query_selector_all("*")?, copy.query_selector_all("*")?);
    for at in 0..here.length() {
        let (Some(here), Some(there)) = (here.item(at), there.item(at)) else { continue };
        dress(here.unchecked_ref(), there.unchecked_ref())?;
    }
    let view = drawing.get_attribute("viewBox").unwrap_or_default();
    let size: Vec<&str> = view.split(' ').skip(2).collect();
    if let [width, height] = size.as_slice() {
        copy.set_attribute("width", width)?;
        copy.set_attribute("height", height)?;
    }
    copy.set_attribute("xmlns", "http://www.w3.org/2000/svg")?;
    for name in ["class", "data-theme"] {
        copy.remove_attribute(name)?;
    }
    let paper = "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>";
    let inner = format!("{paper}{}", copy.inner_html());
    copy.set_inner_html(&inner);
    Ok(copy.outer_html())
}

/// Writes an element's looks into its copy, and takes out what only a page can use.
fn dress(here: &Element, there: &Element) -> Result<(), JsValue> {
    if let Some(looks) = window().get_computed_style(here)? {
        for name in LOOKS {
            let value = looks.get_property_value(name)?;
            if !value.is_empty() && there.get_attribute(name).is_none() {
                there.set_attribute(name, &value)?;
            }
        }
    }
    for name in ["class", "tabindex", "role", "data-testid", "data-id", "aria-label"] {
        there.remove_attribute(name)?;
    }
    Ok(())
}
