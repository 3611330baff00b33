//! The mouse in the table: a click chooses, a drag chooses a block, a double click edits.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, MouseEvent, PointerEvent};

use super::select::{Move, Selection, Spot};
use super::{Grid, window};

/// What lies under the mouse.
enum Under {
    Cell(Spot),
    /// The number at the left of a row.
    Number(usize),
}

fn under(target: Option<EventTarget>) -> Option<Under> {
    let element: Element = target?.dyn_into().ok()?;
    let cell = element.closest(".grid-body .gc").ok()??;
    let row = cell.parent_element()?.get_attribute("aria-rowindex")?.parse::<usize>().ok()?;
    let row = row.checked_sub(3)?;
    let column = cell.get_attribute("aria-colindex")?.parse::<usize>().ok()?;
    Some(match column.checked_sub(2) {
        Some(column) => Under::Cell(Spot { row, column }),
        None => Under::Number(row),
    })
}

impl Grid {
    /// The button goes down: chooses a cell, a row, or with Shift a block.
    pub(super) fn on_pointer_down(self, event: &MouseEvent) {
        let Some(under) = under(event.target()) else { return };
        if event.button() != 0 {
            return;
        }
        // The focus belongs to the editor, which would lose it to the cell.
        event.prevent_default();
        self.finish_by_force();
        let bounds = self.bounds();
        let selection = match (under, self.selection.get_untracked()) {
            (Under::Cell(corner), Some(now)) if event.shift_key() => {
                Selection { active: now.active, corner }
            }
            (Under::Cell(spot), _) => Selection::one(spot),
            (Under::Number(row), _) => Selection {
                active: Spot { row, column: 0 },
                corner: Spot { row, column: bounds.columns.saturating_sub(1) },
            },
        };
        self.selection.set(Some(selection));
        // A finger scrolls; it does not choose a block.
        let pointer = event.dyn_ref::<PointerEvent>();
        self.dragging.set(pointer.is_none_or(|pointer| pointer.pointer_type() != "touch"));
        self.focus();
    }

    /// The mouse moves over the table with the button down.
    pub(super) fn on_pointer_move(self, event: &MouseEvent) {
        if !self.dragging.get_untracked() {
            return;
        }
        if event.buttons() & 1 == 0 {
            self.dragging.set(false);
            return;
        }
        if let Some(Under::Cell(corner)) = under(event.target()) {
            let now = self.selection.get_untracked();
            if let Some(now) = now.filter(|now| now.corner != corner) {
                self.selection.set(Some(Selection { active: now.active, corner }));
            }
        }
        self.drag_on(event);
    }

    /// Past the first or last row in sight a drag scrolls on.
    fn drag_on(self, event: &MouseEvent) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let place = scroller.get_bounding_client_rect();
        let y = f64::from(event.client_y());
        let way = if y < place.top() + window::HEAD {
            Move::Up
        } else if y > place.bottom() - window::FOOT {
            Move::Down
        } else {
            return;
        };
        self.go(way, true);
    }

    /// A click that was no drag shows where a figure comes from.
    pub(super) fn on_click(self, event: &MouseEvent) {
        if event.shift_key() || event.detail() > 1 {
            return;
        }
        let Some(Under::Cell(spot)) = under(event.target()) else { return };
        if self.selection.get_untracked() == Some(Selection::one(spot)) {
            self.model.explain.run((spot, false));
        }
    }

    /// A double click edits.
    pub(super) fn on_double_click(self, event: &MouseEvent) {
        if let Some(Under::Cell(spot)) = under(event.target()) {
            event.prevent_default();
            self.selection.set(Some(Selection::one(spot)));
            if !self.begin(true) {
                self.model.refuse.run(spot);
            }
        }
    }
}
