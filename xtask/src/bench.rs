//! The chore `bench`: how fast the calculations and the page are on this machine. Never a test: no figure
//! here makes anything fail.

use crate::place::Place;
use crate::{browser, dist, kernels, run, say};

/// Measures the core natively, then its calculations and the page in a real browser, compiled as users
/// get them. The word `kernels` leaves only the calculations in the browser, on the `dist/` that is there.
pub fn bench(place: &Place, words: &[String]) -> Result<(), String> {
    let all = words.first().is_none_or(|word| word != "kernels");
    if all {
        say::step("calculations (native)");
        run::plain(run::command("cargo", &place.root).args([
            "bench",
            "--locked",
            "--package",
            "bianheng-core",
        ]))?;
        dist::dist(place)?;
    }
    browser::set_up(place)?;
    kernels::build(place)?;
    say::step("calculations (real browser)");
    in_browser(place, "kernels", words.get(1..).unwrap_or_default())?;
    if all {
        say::step("the page (real browser)");
        in_browser(place, "page", &[])?;
    }
    Ok(())
}

/// The program that drives the browser waits nearly all the time: it need not be fast itself.
fn in_browser(place: &Place, name: &str, words: &[String]) -> Result<(), String> {
    run::plain(
        run::command("cargo", &place.root)
            .args(["bench", "--locked", "--package", "bianheng-e2e", "--profile", "dev"])
            .args(["--bench", name, "--"])
            .args(words),
    )
}
