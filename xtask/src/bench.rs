//! The chore `bench`: how fast the calculations and the page are on this machine. Never a test: no figure
//! here makes anything fail.

use crate::place::Place;
use crate::{browser, dist, run, say};

/// Measures the core natively, then the page in a real browser on what users get.
pub fn bench(place: &Place) -> Result<(), String> {
    say::step("calculations (native)");
    run::plain(run::command("cargo", &place.root).args([
        "bench",
        "--locked",
        "--package",
        "bianheng-core",
    ]))?;
    dist::dist(place)?;
    browser::set_up(place)?;
    say::step("the page (real browser)");
    // The program that drives the browser waits nearly all the time: it need not be fast itself.
    run::plain(
        run::command("cargo", &place.root)
            .args(["bench", "--locked", "--package", "bianheng-e2e", "--profile", "dev"])
            .args(["--bench", "page"]),
    )
}
