//! Files opened and saved in place, where the browser has the File System Access API.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::files::{self, Dropped};

thread_local! {
    /// Handles of files on disk, by the id of the file in this browser.
    static HANDLES: RefCell<Vec<(String, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// Whether this browser can.
pub fn can() -> bool {
    Reflect::has(&window(), &"showSaveFilePicker".into()).unwrap_or(false)
}

/// Calls a method that gives a promise, and waits for it.
async fn call(on: &JsValue, method: &str, args: &Array) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(on, &method.into())?.dyn_into()?;
    let promise: Promise = method.apply(on, args)?.dyn_into()?;
    JsFuture::from(promise).await
}

/// Lets a person choose a file to work on in place. `None` where they choose none.
pub async fn open() -> Option<(Dropped, JsValue)> {
    let handles = call(&window(), "showOpenFilePicker", &Array::new()).await.ok()?;
    let handle = Array::from(&handles).get(0);
    let file = call(&handle, "getFile", &Array::new()).await.ok()?.dyn_into().ok()?;
    Some((files::read(&file).await?, handle))
}

/// Remembers the handle of a file.
pub fn keep(id: &str, handle: JsValue) {
    HANDLES.with(|kept| {
        let mut kept = kept.borrow_mut();
        kept.retain(|(other, _)| other != id);
        kept.push((id.to_owned(), handle));
    });
}

/// Whether a file has a place on disk that this page knows.
pub fn knows(id: &str) -> bool {
    HANDLES.with(|kept| kept.borrow().iter().any(|(other, _)| other == id))
}

/// Writes a file to its place on disk, or to one that a person chooses, and reads it back. `Ok` with
/// whether what stands there is what was written, `None` where they chose no place; the browser's
/// reason otherwise.
pub async fn save(id: &str, name: &str, text: &str) -> Result<Option<bool>, String> {
    let error = match write(id, name, text).await {
        Ok(same) => return Ok(Some(same)),
        Err(error) => error,
    };
    let say =
        |part: &str| Reflect::get(&error, &part.into()).ok().and_then(|text| text.as_string());
    if say("name").as_deref() == Some("AbortError") {
        return Ok(None);
    }
    Err(say("message").unwrap_or_default())
}

async fn write(id: &str, name: &str, text: &str) -> Result<bool, JsValue> {
    let known = HANDLES.with(|kept| {
        let kept = kept.borrow();
        kept.iter().find(|(other, _)| other == id).map(|(_, handle)| handle.clone())
    });
    let handle = match known {
        Some(handle) => handle,
        None => {
            let options = Object::new();
            Reflect::set(&options, &"suggestedName".into(), &name.into())?;
            call(&window(), "showSaveFilePicker", &Array::of1(&options)).await?
        }
    };
    let stream = call(&handle, "createWritable", &Array::new()).await?;
    call(&stream, "write", &Array::of1(&Uint8Array::from(text.as_bytes()))).await?;
    call(&stream, "close", &Array::new()).await?;
    let file: web_sys::File = call(&handle, "getFile", &Array::new()).await?.dyn_into()?;
    let back = files::read(&file).await;
    keep(id, handle);
    Ok(back.is_some_and(|back| back.bytes == text.as_bytes()))
}
