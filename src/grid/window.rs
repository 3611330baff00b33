//! Which rows are in the page: a fixed pool of row elements, each of which takes up the next row
//! that comes into sight. Pure arithmetic on pixels and places; it knows no element.

/// Height of a row in CSS pixels.
pub const ROW: f64 = 28.0;

/// Height of the head with the filter row, and of the totals: both lie over the scrolled rows.
pub const HEAD: f64 = 57.0;
/// Height of the row of totals.
pub const FOOT: f64 = 28.0;

/// Rows kept ready beyond each edge of the view.
const SPARE: usize = 3;

/// The part of the table that is in the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// Place of its first row.
    pub first: usize,
    /// Row elements in the pool.
    pub slots: usize,
}

impl Window {
    /// The window over a scroll box of a height, scrolled down by `top` pixels.
    pub fn new(top: f64, height: f64, rows: usize) -> Self {
        let seen = whole(((height - HEAD - FOOT).max(0.0) / ROW).ceil()) + 1;
        let slots = seen + 2 * SPARE;
        let last_first = rows.saturating_sub(slots);
        let first = whole(top.max(0.0) / ROW).saturating_sub(SPARE).min(last_first);
        Self { first, slots }
    }

    /// The place that a slot of the pool shows; `None` where there are fewer rows. While the window
    /// moves on by one row, one slot changes its place and the others keep theirs.
    pub fn place(&self, slot: usize, rows: usize) -> Option<usize> {
        let behind = self.first.checked_rem(self.slots)?;
        let ahead = (slot + self.slots - behind) % self.slots;
        let place = self.first + ahead;
        (slot < self.slots && place < rows).then_some(place)
    }
}

/// Where to scroll so that a row is wholly in sight; `None` if it is.
pub fn reveal(top: f64, height: f64, place: usize) -> Option<f64> {
    let above = pixels(place);
    let below = above + ROW - (height - HEAD - FOOT).max(ROW);
    if above < top {
        Some(above)
    } else if below > top {
        Some(below)
    } else {
        None
    }
}

/// Whether any part of a row is in sight.
pub fn in_sight(top: f64, height: f64, place: usize) -> bool {
    let above = pixels(place);
    above + ROW > top && above < top + height - HEAD - FOOT
}

/// Rows that one page moves by: what is in sight, less one to keep the eye on.
pub fn page(height: f64) -> usize {
    whole((height - HEAD - FOOT) / ROW).saturating_sub(1).max(1)
}

/// Distance of a row from the top of the first, in pixels.
#[allow(clippy::cast_precision_loss, reason = "far fewer rows than 2^53")]
pub fn pixels(place: usize) -> f64 {
    place as f64 * ROW
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never below zero")]
fn whole(value: f64) -> usize {
    value.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn shown(window: Window, rows: usize) -> Vec<usize> {
        let mut places: Vec<usize> =
            (0..window.slots).filter_map(|slot| window.place(slot, rows)).collect();
        places.sort_unstable();
        places
    }

    #[wasm_bindgen_test]
    fn the_pool_shows_every_row_in_sight_and_no_row_twice() {
        let rows = 20_000;
        for top in [0.0, 13.0, 28.0, 5_000.5, 559_000.0, 999_999.0] {
            let window = Window::new(top, 700.0, rows);
            let places = shown(window, rows);
            assert_eq!(places.len(), window.slots);
            assert!(places.windows(2).all(|pair| pair[0] + 1 == pair[1]));
            let seen = (0..rows).filter(|place| in_sight(top, 700.0, *place));
            assert!(seen.into_iter().all(|place| places.contains(&place)), "{top}");
        }
        assert!(Window::new(0.0, 900.0, rows).slots < 40);
    }

    #[wasm_bindgen_test]
    fn one_row_on_changes_one_slot() {
        let (a, b) = (Window { first: 40, slots: 30 }, Window { first: 41, slots: 30 });
        let changed = (0..30).filter(|slot| a.place(*slot, 500) != b.place(*slot, 500));
        assert_eq!(changed.count(), 1);
    }

    #[wasm_bindgen_test]
    fn few_rows_leave_slots_empty() {
        let window = Window::new(0.0, 700.0, 3);
        assert_eq!(shown(window, 3), [0, 1, 2]);
        assert_eq!(shown(Window::new(0.0, 700.0, 0), 0), [0; 0]);
        assert_eq!(Window::default().place(0, 5), None);
    }

    #[wasm_bindgen_test]
    fn a_row_is_revealed_by_the_shortest_way() {
        // 785 px leave 700 for rows: 25 of them.
        assert_eq!(reveal(0.0, 785.0, 24), None);
        assert_eq!(reveal(0.0, 785.0, 25), Some(28.0));
        assert_eq!(reveal(280.0, 785.0, 9), Some(252.0));
        assert_eq!(page(785.0), 24);
    }
}
