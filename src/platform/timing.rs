//! Marks in the browser's own timeline: how long the core took, for its performance panel and for
//! the benches, which read them there. Costs a few microseconds a mark.

use leptos::prelude::window;

/// Runs `work` and notes how long it took under `name`.
pub fn timed<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let Some(performance) = window().performance() else { return work() };
    let start = performance.now();
    let result = work();
    let options = web_sys::PerformanceMeasureOptions::new();
    options.set_start(&start.into());
    options.set_end(&performance.now().into());
    // Only a name that is no text could fail.
    let _ = performance.measure_with_performance_measure_options(name, &options);
    result
}
