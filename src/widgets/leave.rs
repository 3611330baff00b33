//! When a group of fields is left, so that what was typed in them is taken together.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, Node};

/// Whether the focus leaves the element that listens. It does not where it goes to another field of
/// the same group, nor where the whole window is left: somebody may look up a number elsewhere.
pub fn leaves(event: &FocusEvent) -> bool {
    let Some(group) = event.current_target().and_then(|group| group.dyn_into::<Node>().ok()) else {
        return false;
    };
    let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
    let active = document().active_element();
    let stays = |node: Option<&Node>| node.is_some_and(|node| group.contains(Some(node)));
    !stays(to.as_ref()) && !stays(active.as_ref().map(AsRef::as_ref))
}
