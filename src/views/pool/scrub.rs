//! The handle along the years of the chart: by the arrow keys, by a press, or by a drag. Figures and bars
//! are then those at the end of its year; Escape goes back to the present.

use bianheng_core::report::pool::LoanBars;
use bianheng_core::text::pool_view as words;
use chrono::Datelike;
use leptos::ev;
use leptos::prelude::*;
use leptos::svg::{G, Svg};

use super::chart::WIDTH;
use super::seen::View;
use super::years::said;
use crate::platform::clock;
use crate::state::use_state;

/// The handle of one drawing.
#[derive(Clone, Copy)]
pub struct Scrub {
    view: View,
    svg: NodeRef<Svg>,
    handle: NodeRef<G>,
    loans: StoredValue<LoanBars>,
    /// The years that it can stand on.
    known: StoredValue<Vec<i32>>,
    dragging: StoredValue<bool>,
}

impl Scrub {
    /// The handle over a drawing, on the years that the account knows.
    pub fn new(view: View, svg: NodeRef<Svg>, loans: LoanBars, known: Vec<i32>) -> Self {
        Self {
            view,
            svg,
            handle: NodeRef::new(),
            loans: StoredValue::new(loans),
            known: StoredValue::new(known),
            dragging: StoredValue::new(false),
        }
    }

    /// The first and the last year that it can stand on.
    fn range(self) -> Option<(i32, i32)> {
        self.known.with_value(|known| Some((*known.first()?, *known.last()?)))
    }

    /// The year that it stands on: that of today while none is looked at. Tracks it.
    fn year(self) -> i32 {
        let year = self.view.year.get().unwrap_or_else(|| clock::today().year());
        self.range().map_or(year, |(first, last)| year.clamp(first, last))
    }

    fn go(self, year: i32) {
        if let Some((first, last)) = self.range() {
            let year = Some(year.clamp(first, last));
            if self.view.year.get_untracked() != year {
                self.view.year.set(year);
            }
        }
    }

    /// The ends of its year in the drawing.
    fn ends(self) -> (i32, i32) {
        let year = self.year();
        let found =
            self.loans.with_value(|loans| loans.years.iter().find(|y| y.0 == year).copied());
        found.map_or((0, 0), |(_, left, right)| (left, right))
    }

    /// The year under a pointer; `None` left of the years, where names stand.
    fn under(self, event: &ev::PointerEvent) -> Option<i32> {
        let place = self.svg.get_untracked()?.get_bounding_client_rect();
        if place.width() <= 0.0 {
            return None;
        }
        let x = (f64::from(event.client_x()) - place.left()) / place.width() * f64::from(WIDTH);
        self.loans.with_value(|loans| {
            let (_, left, _) = *loans.years.first()?;
            let within = self.dragging.get_value() || x >= f64::from(left);
            // The nearest whole unit, looked up: a place of the drawing is never a figure of the pool.
            let place = (0..=WIDTH).find(|unit| f64::from(*unit) >= x).unwrap_or(WIDTH);
            within.then(|| loans.year_at(place)).flatten()
        })
    }

    /// A press on the years looks at the one under it, and begins a drag.
    pub fn press(self, event: &ev::PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let Some(year) = self.under(event) else { return };
        // Text would be selected on the way; the handle takes the focus by itself.
        event.prevent_default();
        if let (Some(svg), Some(handle)) = (self.svg.get_untracked(), self.handle.get_untracked()) {
            // Both fail only for a pointer or an element that is gone.
            let _ = svg.set_pointer_capture(event.pointer_id());
            let _ = handle.focus();
        }
        self.dragging.set_value(true);
        self.go(year);
    }

    /// The pointer moves while it is held.
    pub fn drag(self, event: &ev::PointerEvent) {
        if self.dragging.get_value()
            && let Some(year) = self.under(event)
        {
            self.go(year);
        }
    }

    /// The pointer is let go.
    pub fn release(self) {
        self.dragging.set_value(false);
    }

    fn key(self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
            return;
        }
        let Some((first, last)) = self.range() else { return };
        let here = untrack(|| self.year());
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" | "PageDown" => here.saturating_sub(1),
            "ArrowRight" | "ArrowUp" | "PageUp" => here.saturating_add(1),
            "Home" => first,
            "End" => last,
            "Escape" => return self.view.year.set(None),
            _ => return,
        };
        event.prevent_default();
        self.go(to);
    }

    /// The year that is looked at, behind what is drawn in it.
    pub fn column(self, base: i32) -> impl IntoView {
        move || {
            let (left, right) = self.ends();
            self.view.year.with(Option::is_some).then(|| {
                view! {
                    <rect class="c-year" x=left y="0" width=right - left height=base></rect>
                }
            })
        }
    }

    /// The handle, at the end of its year.
    pub fn handle(self, base: i32) -> impl IntoView {
        let state = use_state();
        let in_words = move || {
            let row = self.view.read(|seen| seen.year(self.year())).flatten();
            row.map(|row| said(&row, state.lang.get()))
        };
        let end = move || self.ends().1;
        let middle = move || (self.ends().0 + self.ends().1) / 2;
        view! {
            <g
                class="c-handle"
                class:is-idle=move || self.view.year.with(Option::is_none)
                role="slider"
                tabindex="0"
                node_ref=self.handle
                data-testid="year-scrub"
                aria-label=state.say(words::SCRUB)
                aria-valuemin=move || self.range().map(|(first, _)| first.to_string())
                aria-valuemax=move || self.range().map(|(_, last)| last.to_string())
                aria-valuenow=move || self.year().to_string()
                aria-valuetext=in_words
                on:keydown=move |event| self.key(&event)
            >
                <rect class="c-grip" x=move || end() - 6 y="0" width="12" height=base></rect>
                <line x1=end y1="20" x2=end y2=base></line>
                <rect class="c-tag" x=move || middle() - 29 y="0" width="58" height="18"></rect>
                <text class="c-tag-text" x=middle y="13">
                    {move || format!("‹ {} ›", self.year())}
                </text>
            </g>
        }
    }
}
