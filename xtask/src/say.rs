//! Lines for the person at the terminal. Never decides anything.

use std::io::Write;

/// One plain line on standard output. A closed pipe is no reason to stop the chore.
pub fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// The start of a step that takes time.
pub fn step(text: &str) {
    line(&format!("==> {text}"));
}

/// Why the chore stopped, on standard error.
pub fn trouble(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "xtask: {text}").and_then(|()| out.flush());
}
