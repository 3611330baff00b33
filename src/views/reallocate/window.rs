//! A long table of rows of one height: only the rows in sight, and a few around them, are in the
//! page. Short tables are whole.

use std::ops::Range;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Up to this many rows the table is whole.
const WHOLE: usize = 200;
/// Rows kept beyond each edge, so that a wheel's turn shows no gap.
const AROUND: usize = 12;

/// Where a long table is scrolled to.
#[derive(Clone, Copy)]
pub struct Scrolled {
    top: RwSignal<f64>,
    height: RwSignal<f64>,
    row: RwSignal<i32>,
}

impl Scrolled {
    /// At the top. `row` is the height of a row in CSS pixels, until one has been measured.
    pub fn new(row: i32) -> Self {
        let (top, height) = (RwSignal::new(0.0), RwSignal::new(600.0));
        Self { top, height, row: RwSignal::new(row) }
    }

    /// Follows the element that scrolls.
    pub fn follow(self, event: &ev::Event) {
        let target = event.target().and_then(|at| at.dyn_into::<web_sys::Element>().ok());
        if let Some(target) = target {
            self.top.set(f64::from(target.scroll_top()));
            self.height.set(f64::from(target.client_height()));
            // Fonts differ from one computer to the next, and so does the height of a row.
            let row = target.query_selector("tbody tr:not(.gap)").ok().flatten();
            let row = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(row) = row.map(|row| row.offset_height()).filter(|row| *row > 0)
                && row != self.row.get_untracked()
            {
                self.row.set(row);
            }
        }
    }

    /// The rows to put in the page, of `count`.
    pub fn range(self, count: usize) -> Range<usize> {
        if count <= WHOLE {
            return 0..count;
        }
        let row = f64::from(self.row.get());
        let rows = |pixels: f64| (pixels / row).max(0.0) as usize;
        let first = rows(self.top.get()).saturating_sub(AROUND).min(count);
        let last = (rows(self.top.get() + self.height.get()) + AROUND + 1).min(count);
        first..last
    }

    /// Heights of the gaps before and after a range of rows, as CSS lengths.
    pub fn gaps(self, range: &Range<usize>, count: usize) -> (String, String) {
        let row = f64::from(self.row.get());
        let height = |rows: usize| format!("{}px", rows as f64 * row);
        (height(range.start), height(count.saturating_sub(range.end)))
    }
}

/// The gap that stands for rows out of sight.
pub fn gap(height: String, columns: usize) -> impl IntoView {
    let nothing = height == "0px";
    (!nothing).then(|| {
        view! {
            <tr class="gap" aria-hidden="true">
                <td colspan=columns style:height=height></td>
            </tr>
        }
    })
}
