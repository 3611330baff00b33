//! Files from and to the disk of the person at the screen.

use bianheng_core::file::MOST_BYTES;
use bianheng_sheets::read::MAX_BYTES;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlElement, HtmlInputElement, Url};

/// A file that was chosen or dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads a file. `None` where the browser cannot. No more is read than can be taken and one byte: a
/// longer file is refused by its length, before it fills the memory.
pub async fn read(file: &File) -> Option<Dropped> {
    let most = if file.name().ends_with(".json") { MOST_BYTES } else { MAX_BYTES };
    let end = u32::try_from(most + 1).ok()?;
    let part: Blob = file.slice_with_f64_and_f64(0.0, f64::from(end)).ok()?;
    let buffer = JsFuture::from(part.array_buffer()).await.ok()?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    Some(Dropped { name: file.name(), bytes })
}

/// The first file that an input holds. The input is emptied, so that the same file can be chosen
/// again.
pub fn take(input: &HtmlInputElement) -> Option<File> {
    let file = input.files().and_then(|files| files.get(0));
    input.set_value("");
    file
}

/// Hands bytes out as a file.
pub fn download(name: &str, kind: &str, bytes: &[u8]) {
    // Each of these fails only in a page that is being torn down.
    let _ = try_download(name, kind, bytes);
}

fn try_download(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    let body: HtmlElement = document().body().ok_or(JsValue::NULL)?;
    body.append_child(&anchor)?;
    anchor.click();
    anchor.remove();
    // The download has its own hold on the bytes once it has begun; a minute is more than enough.
    let revoke = wasm_bindgen::closure::Closure::once_into_js(move || {
        let _ = Url::revoke_object_url(&url);
    });
    window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 60_000)?;
    Ok(())
}
