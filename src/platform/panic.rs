//! What a panic shows: plain words and "save a copy of my work". The app is dead by then, so the
//! screen is made of bare elements, and the copy comes from the last text that was kept for it.

use std::cell::RefCell;

use bianheng_core::file;
use bianheng_core::scenario::Workspace;
use bianheng_core::text::{Lang, shell};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement};

use super::{clock, files, location};

/// How to get at the open workspace without the signals, which a panic may leave locked.
type Rescue = Box<dyn Fn() -> Option<(Workspace, Lang)>>;

thread_local! {
    static RESCUE: RefCell<Option<Rescue>> = const { RefCell::new(None) };
}

/// Says how the open workspace can be reached after a panic.
pub fn set_rescue(rescue: impl Fn() -> Option<(Workspace, Lang)> + 'static) {
    RESCUE.with(|kept| *kept.borrow_mut() = Some(Box::new(rescue)));
}

/// Shows the screen at every panic.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let _ = show(&info.to_string());
    }));
}

fn rescued() -> Option<(Workspace, Lang)> {
    RESCUE.with(|rescue| rescue.try_borrow().ok()?.as_ref()?())
}

fn show(detail: &str) -> Option<()> {
    let page = document();
    let body = page.body()?;
    if page.query_selector("main.fatal").ok()?.is_some() {
        return Some(());
    }
    let lang = rescued().map_or(Lang::Zh, |(_, lang)| lang);
    let main = page.create_element("main").ok()?;
    main.set_class_name("fatal");
    main.set_attribute("role", "alert").ok()?;
    main.set_attribute("data-testid", "panic").ok()?;
    add(&main, "h1", shell::PANIC_TITLE.get(lang))?;
    add(&main, "p", shell::PANIC_TEXT.get(lang))?.set_class_name("prose");
    let buttons = add(&main, "div", "")?;
    buttons.set_class_name("btns");
    let save = add(&buttons, "button", shell::PANIC_SAVE.get(lang))?;
    save.set_class_name("btn primary");
    save.set_attribute("data-testid", "panic-save").ok()?;
    on_click(&save, save_copy);
    let reload = add(&buttons, "button", shell::PANIC_RELOAD.get(lang))?;
    reload.set_class_name("btn");
    on_click(&reload, location::reload);
    add(&main, "pre", detail)?;
    body.replace_children_with_node_1(&main);
    Some(())
}

fn add(parent: &Element, name: &str, text: &str) -> Option<HtmlElement> {
    let element: HtmlElement = document().create_element(name).ok()?.dyn_into().ok()?;
    element.set_text_content(Some(text));
    parent.append_child(&element).ok()?;
    Some(element)
}

fn on_click(element: &HtmlElement, action: fn()) {
    let closure = Closure::<dyn Fn()>::new(action);
    element.set_onclick(Some(closure.as_ref().unchecked_ref()));
    // The button lives as long as the page.
    closure.forget();
}

fn save_copy() {
    let Some((workspace, _)) = rescued() else { return };
    let today = clock::today();
    if let Ok(text) = file::write(&workspace, env!("CARGO_PKG_VERSION"), today) {
        let name = file::file_name(&workspace, today);
        files::download(&name, "application/json", text.as_bytes());
    }
}
