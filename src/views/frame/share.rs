//! The share menu: the file, the file in its place on disk, the review pack, the link; and what of
//! persons goes out with them.

use bianheng_core::file::personal;
use bianheng_core::text::{files as words, shell};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::{clipboard, disk};
use crate::state::{State, Toast, use_state};
use crate::widgets::{Icon, Menu, MenuItem};

/// The menu.
#[component]
pub fn Share() -> impl IntoView {
    let state = use_state();
    let items = Callback::new(move |()| {
        let lang = state.lang.get_untracked();
        let mut items = vec![MenuItem::new("share-file", words::SHARE_FILE.get(lang))];
        if disk::can() {
            items.push(MenuItem::new("share-place", words::SHARE_PLACE.get(lang)));
        }
        let mut review = MenuItem::new("share-review", words::SHARE_REVIEW.get(lang));
        review.hint = words::SHARE_REVIEW_HINT.get(lang).to_owned();
        items.push(review);
        items.push(MenuItem::new("share-link", words::SHARE_LINK.get(lang)));
        let held = state.peek(|open| personal(open.workspace())).unwrap_or_default();
        let held = words::personal(&held, lang);
        items.push(MenuItem::new("", ""));
        let held = held.unwrap_or_else(|| words::NO_PERSONAL.get(lang).to_owned());
        items.push(MenuItem::new("share-held", &held));
        items
    });
    let pick = Callback::new(move |(what, _): (String, String)| match what.as_str() {
        "share-file" => state.export(),
        "share-place" => state.save_in_place(),
        "share-review" => state.export_review(),
        "share-link" => copy_link(state),
        _ => {}
    });
    let label = Signal::derive(move || state.t(words::SHARE).to_owned());
    view! { <Menu testid="share" class="tool" label mark=Icon::Share items on_pick=pick /> }
}

fn copy_link(state: State) {
    match state.link() {
        Ok(link) => spawn_local(async move {
            let lang = state.lang.get_untracked();
            let toast = if clipboard::copy(&link).await {
                Toast::done(shell::COPIED.get(lang).to_owned())
            } else {
                Toast::error(shell::COPY_FAILED.get(lang).to_owned())
            };
            state.toast(toast);
        }),
        Err(toast) => state.toast(toast),
    }
}
