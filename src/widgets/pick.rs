//! A button that lets a person choose a file.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::files::{self, Dropped};

/// A button that opens the browser's file dialog and hands on what was chosen. `None` goes on
/// where the browser cannot read the file.
#[component]
pub fn FilePick(
    /// Name for tests.
    testid: &'static str,
    /// File types offered first, as the `accept` attribute has them.
    accept: &'static str,
    /// Class of the button.
    #[prop(default = "btn")]
    class: &'static str,
    /// What to do with the file.
    on_file: Callback<Option<Dropped>>,
    /// What the button says.
    children: Children,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let changed = move |_| {
        let Some(file) = input.get_untracked().and_then(|input| files::take(&input)) else {
            return;
        };
        spawn_local(async move {
            let read = files::read(&file).await;
            on_file.run(read);
        });
    };
    let open = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <button type="button" class=class data-testid=testid on:click=open>{children()}</button>
        <input
            type="file"
            class="sr-only"
            tabindex="-1"
            aria-hidden="true"
            accept=accept
            data-testid=format!("{testid}-input")
            node_ref=input
            on:change=changed
        />
    }
}
