//! The cell editor: one field that is always there and always has the focus of the table. It lies
//! unseen over the active cell until something is typed, so that an input method finds a field to
//! compose in, and no focus is lost when rows come and go.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::keyboard::{self, Act, Chord, EditAct};
use super::row::ACTIVE;
use super::select::{Move, Selection, Spot};
use super::{Grid, window};

/// An edit that is going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editing {
    /// The cell.
    pub at: Spot,
    /// Why what was typed is no value; `None` until it was tried.
    pub error: Option<String>,
}

impl Grid {
    /// Gives the keyboard to the table.
    pub fn focus(self) {
        let Some(input) = self.input.get_untracked() else { return };
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // Fails only for an element that has left the page.
        let _ = input.focus_with_options(&options);
    }

    /// Goes to another cell and brings it into sight.
    pub(super) fn go(self, way: Move, extend: bool) {
        let bounds = self.bounds();
        if bounds.is_empty() {
            return;
        }
        let start = Selection::one(Spot { row: 0, column: 0 });
        let next = match self.selection.get_untracked() {
            Some(now) => now.go(way, extend, bounds),
            None => start,
        };
        self.selection.set(Some(next));
        self.reveal(next.corner);
    }

    /// Opens the editor on the active cell, with its text chosen or the caret at its end.
    pub(super) fn begin(self, all: bool) -> bool {
        let Some(selection) = self.selection.get_untracked() else { return false };
        let Some(text) = self.model.open.run(selection.active) else { return false };
        let Some(input) = self.input.get_untracked() else { return false };
        self.reveal(selection.active);
        input.set_value(&text);
        if all {
            input.select();
        } else {
            let end = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
            // Fails only on fields that hold no text.
            let _ = input.set_selection_range(end, end);
        }
        self.editing.set(Some(Editing { at: selection.active, error: None }));
        self.focus();
        true
    }

    /// Something was typed: it replaces what stood in the cell.
    fn on_typed(self, input: &HtmlInputElement) {
        if self.editing.with_untracked(Option::is_some) {
            // What is typed anew has not been found wrong yet.
            if self.editing.with_untracked(|at| at.as_ref().is_some_and(|at| at.error.is_some())) {
                self.editing.update(|at| {
                    if let Some(at) = at {
                        at.error = None;
                    }
                });
            }
            return;
        }
        self.begin_typing(input);
    }

    /// Opens the editor with what is being typed, on a cell that takes it.
    fn begin_typing(self, input: &HtmlInputElement) {
        let selection = self.selection.get_untracked();
        let taken = selection.filter(|now| self.model.open.run(now.active).is_some());
        match taken {
            Some(now) => {
                self.reveal(now.active);
                self.editing.set(Some(Editing { at: now.active, error: None }));
            }
            None => {
                input.set_value("");
                if let Some(now) = selection {
                    self.model.refuse.run(now.active);
                }
            }
        }
    }

    /// Takes what was typed. `false` where it is no value: the editor then stays open.
    pub(super) fn finish(self) -> bool {
        let Some(Some(editing)) = self.editing.try_get_untracked() else { return true };
        let Some(input) = self.input.get_untracked() else { return true };
        match self.model.commit.run((editing.at, input.value())) {
            Ok(()) => {
                self.close();
                true
            }
            Err(why) => {
                self.editing.set(Some(Editing { at: editing.at, error: Some(why) }));
                false
            }
        }
    }

    /// Takes what was typed, or leaves the cell as it was and says so: the cell is being left.
    pub(super) fn finish_by_force(self) {
        if self.finish() {
            return;
        }
        let text = self.input.get_untracked().map(|input| input.value()).unwrap_or_default();
        let editing = self.editing.get_untracked();
        self.close();
        if let Some(Editing { at, error: Some(why) }) = editing {
            self.model.given_up.run((at, text, why));
        }
    }

    /// Closes the editor.
    pub(super) fn close(self) {
        self.editing.set(None);
        if let Some(input) = self.input.get_untracked() {
            input.set_value("");
        }
    }

    fn on_key(self, event: &KeyboardEvent) {
        // 229 is a key that an input method is working on.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        let chord = Chord::of(event);
        let done = if self.editing.with_untracked(Option::is_some) {
            keyboard::editing(&chord).is_some_and(|act| self.edit_act(act))
        } else {
            keyboard::idle(&chord).is_some_and(|act| self.act(act))
        };
        if done {
            event.prevent_default();
        }
    }

    fn edit_act(self, act: EditAct) -> bool {
        match act {
            EditAct::Cancel => self.close(),
            EditAct::Commit(way) => {
                if self.finish() {
                    self.go(way, false);
                }
            }
        }
        true
    }

    /// `false` leaves the key to the browser.
    fn act(self, act: Act) -> bool {
        let Some(selection) = self.selection.get_untracked() else { return false };
        match act {
            Act::Go { way, extend } => self.go(way, extend),
            Act::Tab { back } => {
                let column = selection.active.column;
                let edge = if back { column == 0 } else { column + 1 >= self.bounds().columns };
                if edge {
                    return false;
                }
                self.go(if back { Move::Left } else { Move::Right }, false);
            }
            Act::Edit { all } => {
                if !self.begin(all) {
                    match all {
                        true => self.go(Move::Down, false),
                        false => self.model.refuse.run(selection.active),
                    }
                }
            }
            Act::Clear => self.model.clear.run(selection.block()),
            Act::All => {
                let bounds = self.bounds();
                let corner = Spot {
                    row: bounds.rows.saturating_sub(1),
                    column: bounds.columns.saturating_sub(1),
                };
                self.selection.set(Some(Selection { active: Spot { row: 0, column: 0 }, corner }));
            }
            Act::Explain => self.model.explain.run((selection.active, true)),
            Act::Filter => self.focus_filter(selection.active.column),
            Act::Undo { redo } => self.model.undo.run(redo),
        }
        true
    }

    /// The first time the table gets the keyboard, its first cell is chosen.
    fn on_focus(self) {
        self.focused.set(true);
        if self.selection.with_untracked(Option::is_none) && !self.bounds().is_empty() {
            self.selection.set(Some(Selection::one(Spot { row: 0, column: 0 })));
        }
    }

    fn on_blur(self) {
        // The table may be gone by the time its field loses the focus.
        if self.focused.try_set(false).is_none() {
            self.finish_by_force();
        }
    }

    /// Where the field lies: over the active cell, kept inside the table.
    fn lie(self) {
        let Some(Some(selection)) = self.selection.try_get_untracked() else { return };
        let (Some(input), Some(scroller)) =
            (self.input.get_untracked(), self.scroller.get_untracked())
        else {
            return;
        };
        let child = selection.active.column + 2;
        let head = scroller.query_selector(&format!(".gr-head > .gc:nth-child({child})"));
        let Ok(Some(head)) = head else { return };
        let (outer, head) = (scroller.get_bounding_client_rect(), head.get_bounding_client_rect());
        let top =
            window::HEAD + window::pixels(selection.active.row) - f64::from(scroller.scroll_top());
        let most = (outer.height() - window::FOOT - window::ROW).max(window::HEAD);
        let left = head.left() - outer.left();
        let width = head.width();
        let furthest = (outer.width() - width).max(0.0);
        let style = HtmlElement::style(&input);
        for (name, value) in [
            ("top", top.clamp(window::HEAD, most)),
            ("left", left.clamp(0.0, furthest)),
            ("width", width),
        ] {
            // Names and values are valid, which is all that this can complain of.
            let _ = style.set_property(name, &format!("{value}px"));
        }
    }
}

/// The field.
#[component]
pub fn Editor(grid: Grid) -> impl IntoView {
    let model = grid.model;
    let open = move || grid.editing.with(Option::is_some);
    let error =
        Memo::new(move |_| grid.editing.with(|at| at.as_ref().and_then(|at| at.error.clone())));
    let active = Memo::new(move |_| grid.selection.get().map(|selection| selection.active));
    let head = Memo::new(move |_| {
        let column = active.get()?.column;
        model.heads.with(|heads| heads.get(column).map(|head| (head.key, head.class)))
    });
    Effect::new(move |_| {
        active.track();
        grid.scroll.track();
        grid.size.track();
        grid.editing.track();
        model.heads.track();
        // The columns take their new widths only when the page is laid out.
        request_animation_frame(move || grid.lie());
    });
    // A row that leaves the view takes no half-typed text along.
    Effect::new(move |_| {
        let (top, height) = (grid.scroll.get(), grid.size.get().1);
        let at = grid.editing.with_untracked(|editing| editing.as_ref().map(|editing| editing.at));
        if let Some(at) = at
            && !window::in_sight(top, height, at.row)
        {
            grid.finish_by_force();
        }
    });
    let offers = move || match head.get() {
        Some((key, _)) if open() => model.offers.run(key),
        _ => Vec::new(),
    };
    view! {
        <input
            class="grid-input"
            class:is-open=open
            class:num=move || head.get().is_some_and(|(_, class)| class == "num")
            class:is-invalid=move || error.with(Option::is_some)
            type="text"
            autocomplete="off"
            spellcheck="false"
            list="grid-offers"
            data-testid=move || if open() { "cell-editor" } else { "grid-input" }
            // Where no row is shown, the field over the cells still has a name.
            aria-label=move || match active.get() {
                Some(spot) => model.spoken.run(spot),
                None => model.label.get(),
            }
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=move || error.with(Option::is_some).then_some("grid-error")
            aria-activedescendant=move || (!open() && active.get().is_some()).then_some(ACTIVE)
            node_ref=grid.input
            on:keydown=move |event| grid.on_key(&event)
            on:input=move |event| {
                if !event_is_composing(&event) && let Some(input) = grid.input.get_untracked() {
                    grid.on_typed(&input);
                }
            }
            on:compositionstart=move |_| {
                if let Some(input) = grid.input.get_untracked()
                    && grid.editing.with_untracked(Option::is_none)
                {
                    grid.begin_typing(&input);
                }
            }
            on:compositionend=move |_| {
                if let Some(input) = grid.input.get_untracked() {
                    grid.on_typed(&input);
                }
            }
            on:focus=move |_| grid.on_focus()
            on:blur=move |_| grid.on_blur()
            on:copy=move |event| grid.on_copy(&event)
            on:paste=move |event| grid.on_paste(&event)
        />
        <datalist id="grid-offers">
            {move || {
                offers().into_iter().map(|text| view! { <option value=text></option> }).collect_view()
            }}
        </datalist>
        <Show when=move || error.with(Option::is_some)>
            <Tip grid=grid error=error />
        </Show>
    }
}

/// Why what was typed is no value, under the field.
#[component]
fn Tip(grid: Grid, error: Memo<Option<String>>) -> impl IntoView {
    let tip = NodeRef::<leptos::html::P>::new();
    Effect::new(move |_| {
        error.track();
        grid.scroll.track();
        let (Some(tip), Some(input)) = (tip.get(), grid.input.get_untracked()) else { return };
        let top = f64::from(input.offset_top()) + window::ROW;
        let left = f64::from(input.offset_left());
        let most = grid.size.get_untracked().0 - f64::from(tip.offset_width());
        for (name, value) in [("top", top), ("left", left.min(most).max(0.0))] {
            // Names and values are valid, which is all that this can complain of.
            let _ = HtmlElement::style(&tip).set_property(name, &format!("{value}px"));
        }
    });
    view! {
        <p class="grid-tip" id="grid-error" role="alert" data-testid="cell-error" node_ref=tip>
            "✕ "
            {move || error.get()}
        </p>
    }
}

fn event_is_composing(event: &web_sys::Event) -> bool {
    event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing)
}
