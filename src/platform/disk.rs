//! Files opened and saved in place, where the browser has the File System Access API. A place is kept
//! with the document, so that it is there after a reload; the browser then asks once whether the page may
//! write there again.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::files::{self, Dropped};
use super::store;

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

/// What came of saving in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// It stands there, read back and found the same.
    Same,
    /// What was read back is something else.
    Differs,
    /// No place was chosen.
    Nowhere,
    /// The place is not there any more, and is forgotten.
    Gone,
    /// The page may not write there.
    Refused,
    /// Something of the browser's own, in its words.
    Failed(String),
}

fn remember(id: &str, handle: JsValue) {
    HANDLES.with(|kept| {
        let mut kept = kept.borrow_mut();
        kept.retain(|(other, _)| other != id);
        kept.push((id.to_owned(), handle));
    });
}

/// Remembers the place of a file, beyond a reload where the browser can keep it.
pub async fn keep(id: &str, handle: JsValue) {
    remember(id, handle.clone());
    // One that cannot be kept is asked for again after a reload.
    let _ = store::put_handle(id, &handle).await;
}

/// Takes up the place of a file that was kept before the page was loaded.
pub async fn recall(id: &str) {
    if !knows(id)
        && let Ok(Some(handle)) = store::handle(id).await
    {
        remember(id, handle);
    }
}

async fn forget(id: &str) {
    HANDLES.with(|kept| kept.borrow_mut().retain(|(other, _)| other != id));
    // What stays is found to be gone again at the next save.
    let _ = store::forget_handle(id).await;
}

/// Whether a file has a place on disk that this page knows.
pub fn knows(id: &str) -> bool {
    HANDLES.with(|kept| kept.borrow().iter().any(|(other, _)| other == id))
}

/// Writes a file to its place on disk, or to one that a person chooses, and reads it back.
pub async fn save(id: &str, name: &str, text: &str) -> Placed {
    let error = match write(id, name, text).await {
        Ok(placed) => return placed,
        Err(error) => error,
    };
    let say =
        |part: &str| Reflect::get(&error, &part.into()).ok().and_then(|text| text.as_string());
    match say("name").as_deref() {
        Some("AbortError") => Placed::Nowhere,
        Some("NotFoundError") => {
            forget(id).await;
            Placed::Gone
        }
        Some("NotAllowedError" | "SecurityError") => Placed::Refused,
        _ => Placed::Failed(say("message").unwrap_or_default()),
    }
}

/// Whether the page may write to a place: asked of the person where the browser wants that, which it
/// does once after each loading of the page.
async fn may_write(handle: &JsValue) -> Result<bool, JsValue> {
    if !Reflect::has(handle, &"queryPermission".into())? {
        return Ok(true);
    }
    let mode = Object::new();
    Reflect::set(&mode, &"mode".into(), &"readwrite".into())?;
    let args = Array::of1(&mode);
    let granted = |answer: JsValue| answer.as_string().as_deref() == Some("granted");
    Ok(granted(call(handle, "queryPermission", &args).await?)
        || granted(call(handle, "requestPermission", &args).await?))
}

async fn write(id: &str, name: &str, text: &str) -> Result<Placed, JsValue> {
    let known = HANDLES.with(|kept| {
        let kept = kept.borrow();
        kept.iter().find(|(other, _)| other == id).map(|(_, handle)| handle.clone())
    });
    let handle = match &known {
        Some(handle) => handle.clone(),
        None => {
            let options = Object::new();
            Reflect::set(&options, &"suggestedName".into(), &name.into())?;
            call(&window(), "showSaveFilePicker", &Array::of1(&options)).await?
        }
    };
    if !may_write(&handle).await? {
        return Ok(Placed::Refused);
    }
    let stream = call(&handle, "createWritable", &Array::new()).await?;
    call(&stream, "write", &Array::of1(&Uint8Array::from(text.as_bytes()))).await?;
    call(&stream, "close", &Array::new()).await?;
    let file: web_sys::File = call(&handle, "getFile", &Array::new()).await?.dyn_into()?;
    let back = files::read(&file).await;
    if known.is_none() {
        keep(id, handle).await;
    }
    let same = back.is_some_and(|back| back.bytes == text.as_bytes());
    Ok(if same { Placed::Same } else { Placed::Differs })
}
