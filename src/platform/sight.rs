//! Whether an element is in sight, so that what nobody sees need not follow every move of a hand.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

/// Whether any part of an element can be seen; true until the browser says.
pub fn in_sight(element: impl Fn() -> Option<Element> + 'static) -> RwSignal<bool> {
    let seen = RwSignal::new(true);
    let watch = StoredValue::new_local(None::<(IntersectionObserver, Closure<dyn FnMut(Array)>)>);
    Effect::new(move |_| {
        let Some(element) = element() else { return };
        let tell = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let newest = entries.pop().dyn_into::<IntersectionObserverEntry>();
            if let Ok(newest) = newest
                && seen.try_get_untracked() == Some(!newest.is_intersecting())
            {
                seen.set(newest.is_intersecting());
            }
        });
        // Without an observer all counts as seen.
        if let Ok(observer) = IntersectionObserver::new(tell.as_ref().unchecked_ref()) {
            observer.observe(&element);
            watch.set_value(Some((observer, tell)));
        }
    });
    on_cleanup(move || {
        watch.try_update_value(|kept| {
            if let Some((observer, _)) = kept.take() {
                observer.disconnect();
            }
        });
    });
    seen
}
