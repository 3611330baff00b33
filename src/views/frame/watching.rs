//! One line above the screen where the open file can only be looked at: why, and the way out.

use bianheng_core::text::files as words;
use leptos::prelude::*;

use crate::state::{Watching, use_state};

/// The line; nothing where the file can be worked on.
#[component]
pub fn WatchingBar() -> impl IntoView {
    let state = use_state();
    move || {
        let why = state.watching.get()?;
        let text = match why {
            Watching::Tab => state.t(words::OTHER_TAB).to_owned(),
            Watching::Newer(found) => {
                words::NEWER_FILE.with(state.lang.get(), &[("found", &found)])
            }
        };
        let take = (why == Watching::Tab).then(|| {
            view! {
                <button
                    type="button"
                    class="btn"
                    data-testid="take-over"
                    on:click=move |_| state.take_over()
                >
                    {state.t(words::TAKE_OVER)}
                </button>
            }
        });
        Some(view! { <p class="watching" role="status" data-testid="watching">{text} {take}</p> })
    }
}
