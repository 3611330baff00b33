//! Tabs of this browser that have the same file open: one holds it, the others hear when it was
//! saved. Where the browser has no locks every tab holds what it opens.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "bianheng";

thread_local! {
    /// The files that this tab holds, each with what lets go of it.
    static HOLDS: RefCell<Vec<(String, Function)>> = const { RefCell::new(Vec::new()) };
    static TALK: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// Lets go of every file that this tab holds but one.
pub fn release_but(id: Option<&str>) {
    HOLDS.with(|holds| {
        holds.borrow_mut().retain(|(held, release)| {
            let stays = Some(held.as_str()) == id;
            if !stays {
                // Resolves a promise: it calls nothing that could fail.
                let _ = release.call0(&JsValue::NULL);
            }
            stays
        });
    });
}

/// Asks for a file beside those that this tab holds. `true` where it holds it now. With `take` it is
/// taken from the tab that holds it, which hears of it through `lost`.
pub async fn hold(id: &str, take: bool, lost: impl FnOnce() + 'static) -> bool {
    // Asked for again, a lock that is here would seem to be another tab's.
    if HOLDS.with(|holds| holds.borrow().iter().any(|(held, _)| held == id)) {
        return true;
    }
    let locks = Reflect::get(&window().navigator(), &"locks".into()).unwrap_or(JsValue::UNDEFINED);
    let Ok(request) = Reflect::get(&locks, &"request".into()).map(JsValue::dyn_into::<Function>)
    else {
        return true;
    };
    let Ok(request) = request else { return true };
    let options = Object::new();
    let mode = if take { "steal" } else { "ifAvailable" };
    // Setting a field of a fresh object cannot fail.
    let _ = Reflect::set(&options, &mode.into(), &JsValue::TRUE);
    let name = JsValue::from_str(&format!("{CHANNEL}/{id}"));
    let answer = Promise::new(&mut |answered, _| {
        let held = id.to_owned();
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let _ = answered.call1(&JsValue::NULL, &JsValue::from_bool(!lock.is_null()));
            if lock.is_null() {
                return JsValue::UNDEFINED;
            }
            // Held until it is let go.
            Promise::new(&mut |release, _| {
                HOLDS.with(|holds| holds.borrow_mut().push((held.clone(), release)));
            })
            .into()
        });
        let args = Array::of3(&name, &options, &granted);
        if let Ok(held) = request.apply(&locks, &args) {
            HELD.with(|kept| *kept.borrow_mut() = held.dyn_into().ok());
        }
    });
    let held = HELD.with(|kept| kept.borrow_mut().take());
    let granted = JsFuture::from(answer).await.is_ok_and(|answer| answer.is_truthy());
    if let (true, Some(held)) = (granted, held) {
        let id = id.to_owned();
        leptos::task::spawn_local(async move {
            // Ends well when it is let go, badly when another tab took it.
            if JsFuture::from(held).await.is_err() {
                HOLDS.with(|holds| holds.borrow_mut().retain(|(held, _)| *held != id));
                lost();
            }
        });
    }
    granted
}

thread_local! {
    /// The promise that lasts as long as the lock, on its way out of the closure that made it.
    static HELD: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Tells the other tabs something about a file.
pub fn tell(what: &str, id: &str) {
    TALK.with(|talk| {
        if let Some(talk) = talk.borrow().as_ref() {
            // Fails only on a closed channel, which this one never is.
            let _ = talk.post_message(&JsValue::from_str(&format!("{what} {id}")));
        }
    });
}

/// Hears what other tabs tell: what, and of which file.
pub fn listen(hear: impl Fn(&str, &str) + 'static) {
    let Ok(channel) = BroadcastChannel::new(CHANNEL) else { return };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        if let Some((what, id)) = text.split_once(' ') {
            hear(what, id);
        }
    });
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // The channel lives as long as the page.
    heard.forget();
    TALK.with(|talk| *talk.borrow_mut() = Some(channel));
}

/// Asks the browser not to clear what is kept here when it is short of room.
pub fn ask_to_persist() {
    let storage = Reflect::get(&window().navigator(), &"storage".into());
    let Ok(storage) = storage else { return };
    let persist = Reflect::get(&storage, &"persist".into()).map(JsValue::dyn_into::<Function>);
    if let Ok(Ok(persist)) = persist {
        // Whether it agrees changes nothing that we do.
        let _ = persist.call0(&storage);
    }
}
