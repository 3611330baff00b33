//! Marks in the browser's own timeline: how long the core took, for its performance panel and for
//! the benches, which read them there. Costs a few microseconds a mark.

use leptos::prelude::window;

/// The browser's fine clock, fetched once for many looks at it.
pub struct Clock(Option<web_sys::Performance>);

impl Clock {
    /// Fetches it.
    pub fn fetched() -> Self {
        Self(window().performance())
    }

    /// Milliseconds since the page was opened, to a fraction; 0 where the browser has no such clock.
    pub fn now(&self) -> f64 {
        self.0.as_ref().map_or(0.0, web_sys::Performance::now)
    }
}

/// Runs `work` and notes how long it took under `name`.
pub fn timed<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let Some(performance) = window().performance() else { return work() };
    // Only a reserved name could fail; then nothing is noted.
    let marked = performance.mark(name).is_ok();
    let result = work();
    if marked {
        let _ = performance.measure_with_start_mark(name, name);
        performance.clear_marks_with_mark_name(name);
    }
    result
}
