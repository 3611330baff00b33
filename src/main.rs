//! The start of the app: puts it on the page. Never holds a rule or a figure.

use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <main data-testid="app">"编衡"</main> });
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn a_view_reaches_the_page() {
        mount_to_body(|| view! { <p id="reached">"编衡"</p> });
        let text = document().get_element_by_id("reached").and_then(|node| node.text_content());
        assert_eq!(text.as_deref(), Some("编衡"));
    }
}
