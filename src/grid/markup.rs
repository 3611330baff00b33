//! The cells of a row as HTML text: the browser reads a row from text many times faster than a
//! program can make its cells one by one. Every text from outside goes through the two that escape, [`attribute`] and [`text`].

use super::model::{CellView, Head, RowView};
use crate::widgets::{Icon, attribute, text};

/// The number and the cells of a row. What is chosen is no part of it: see [`super::row`].
pub fn cells(row: &RowView, heads: &[Head]) -> String {
    let mut html = String::with_capacity(160 * (heads.len() + 1));
    html.push_str(r#"<div class="gc fz0" role="gridcell" aria-colindex="1">"#);
    text(&mut html, &row.number);
    html.push_str("</div>");
    for (at, (head, view)) in heads.iter().zip(&row.cells).enumerate() {
        cell(&mut html, head, view, at);
    }
    html
}

fn cell(html: &mut String, head: &Head, view: &CellView, at: usize) {
    html.push_str("<div");
    attribute(html, "class", &class(head, view));
    attribute(html, "role", if head.class == "fz1" { "rowheader" } else { "gridcell" });
    attribute(html, "aria-colindex", &(at + 2).to_string());
    attribute(html, "data-testid", &head.testid);
    if let Some(title) = &view.title {
        attribute(html, "title", title);
    }
    html.push('>');
    content(html, view);
    html.push_str("</div>");
}

/// The class of a cell.
pub fn class(head: &Head, view: &CellView) -> String {
    let look = view.look;
    let parts = [
        (true, "gc"),
        (true, head.class),
        (look.soft, "soft"),
        (look.strong, "strong"),
        (look.changed, "is-changed"),
        (look.corner, "is-override"),
        (look.basis, "is-basis"),
        (look.locked, "is-locked"),
    ];
    let mut class = String::with_capacity(24);
    for (_, part) in parts.iter().filter(|(on, part)| *on && !part.is_empty()) {
        class.push_str(part);
        class.push(' ');
    }
    class
}

/// Whether a cell holds its text and nothing else: half as many elements for the browser to lay out.
pub fn is_plain(view: &CellView) -> bool {
    let look = view.look;
    view.mark.is_empty() && view.old.is_none() && !look.locked && !look.basis
}

/// What stands in a cell.
pub fn content(html: &mut String, view: &CellView) {
    if let Some(old) = &view.old {
        html.push_str(r#"<s class="old">"#);
        text(html, old);
        html.push_str("</s>");
    }
    if view.look.locked {
        html.push_str(&Icon::Lock.markup("ico-13"));
    }
    if is_plain(view) {
        text(html, &view.text);
    } else {
        html.push_str("<span");
        attribute(html, "class", view.mark);
        html.push('>');
        text(html, &view.text);
        html.push_str("</span>");
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_name_with_signs_of_html_stays_a_name() {
        let head = Head {
            key: "name",
            title: String::new(),
            about: None,
            class: "fz1",
            width: (0, 0),
            testid: "cell-name".into(),
        };
        let name = "<img src=x onerror=\"alert('1')\"> & Co";
        let view =
            CellView { text: name.to_owned(), title: Some(name.to_owned()), ..CellView::default() };
        let row = RowView { id: "1".to_owned(), number: "1".to_owned(), cells: vec![view] };
        let holder = leptos::prelude::document().create_element("div").unwrap();
        holder.set_inner_html(&cells(&row, &[head]));
        assert_eq!(holder.query_selector_all("img").unwrap().length(), 0);
        let cell = holder.query_selector("[data-testid=cell-name]").unwrap().unwrap();
        assert_eq!(cell.text_content().as_deref(), Some(name));
        assert_eq!(cell.get_attribute("title").as_deref(), Some(name));
        assert_eq!(cell.get_attribute("role").as_deref(), Some("rowheader"));
    }
}
