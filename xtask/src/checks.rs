//! The chore `test`: every check of the project, in an order that finds the cheap faults first. A failed
//! step does not keep the others from running. Never changes a source file.

use std::process::Command;
use std::time::Instant;

use crate::browser::{self, Browser};
use crate::count::Count;
use crate::place::Place;
use crate::{dist, run, say, tools};

/// What a build may not do here: change the lock file, or reach for the network.
const FIXED: [&str; 2] = ["--locked", "--offline"];

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

type Step = fn(&Place, &Browser) -> Result<Count, String>;

const STEPS: [(&str, Step); 8] = [
    ("format", format),
    ("core is pure", core_is_pure),
    ("lint native", lint_native),
    ("lint wasm", lint_wasm),
    ("test native", test_native),
    ("test in browser", test_in_browser),
    ("dist", build_dist),
    ("end to end", end_to_end),
];

/// Sets up what is missing, then runs every step, or those whose name contains one of `words`.
///
/// # Errors
/// The count of passed and failed, when anything failed. A failed step that is no test counts as one.
pub fn test(place: &Place, words: &[String]) -> Result<(), String> {
    tools::set_up(place)?;
    tools::set_up_lints(place)?;
    let browser = browser::set_up(place)?;
    // Fetched now, so that the steps can run without a network; the journey that needs it says what is missing.
    if let Err(trouble) = tools::axe(place) {
        say::line(&trouble);
    }

    let mut total = Count::default();
    let mut summary = Vec::new();
    for (name, step) in STEPS {
        if !words.is_empty() && !words.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        say::step(name);
        let start = Instant::now();
        let (count, verdict) = match step(place, &browser) {
            Ok(count) => (count, "ok"),
            Err(trouble) => {
                say::line(&trouble);
                (Count { passed: 0, failed: 1 }, "FAILED")
            }
        };
        let verdict = if count.failed > 0 { "FAILED" } else { verdict };
        total.add(count);
        let seconds = start.elapsed().as_secs();
        summary.push(format!("{name:<18} {verdict:<8} {count:<24} {seconds:>5} s"));
    }
    say::step("summary");
    for row in summary {
        say::line(&row);
    }
    if total.failed > 0 {
        return Err(total.to_string());
    }
    say::line(&total.to_string());
    Ok(())
}

fn format(place: &Place, _: &Browser) -> Result<Count, String> {
    check(cargo(place).args(["fmt", "--all", "--check"]))
}

/// The core must build and think without a browser, so none of the browser's crates may be below it.
fn core_is_pure(place: &Place, _: &Browser) -> Result<Count, String> {
    let tree = run::output(
        cargo(place)
            .args(["tree", "--package", "bianheng-core", "--edges", "normal,build"])
            .args(["--target", "all", "--prefix", "none", "--format", "{lib}"])
            .args(FIXED),
    )?;
    const FOREIGN: [&str; 6] =
        ["web_sys", "js_sys", "wasm_bindgen", "leptos", "getrandom", "iana_time_zone"];
    let found: Vec<&str> = FOREIGN
        .into_iter()
        .filter(|name| tree.lines().any(|line| line.trim_end_matches(" (*)").trim() == *name))
        .collect();
    if found.is_empty() {
        Ok(Count::default())
    } else {
        Err(format!("bianheng-core must not depend on {}", found.join(", ")))
    }
}

fn lint_native(place: &Place, _: &Browser) -> Result<Count, String> {
    let packages = ["bianheng-core", "bianheng-sheets", "bianheng-e2e", "xtask"];
    check(lint(place, &packages, &["--all-targets"]))
}

fn lint_wasm(place: &Place, _: &Browser) -> Result<Count, String> {
    check(lint(place, &["bianheng"], &[&WASM[..], &["--all-targets"]].concat()))?;
    check(lint(place, &["bianheng-core", "bianheng-sheets"], &WASM))
}

fn test_native(place: &Place, _: &Browser) -> Result<Count, String> {
    let packages = ["--package", "bianheng-core", "--package", "bianheng-sheets"];
    counted(
        cargo(place)
            .args(["test", "--no-fail-fast", "--package", "xtask"])
            .args(packages)
            .args(FIXED),
    )
}

fn test_in_browser(place: &Place, browser: &Browser) -> Result<Count, String> {
    counted(
        cargo(place)
            .args(["test", "--package", "bianheng"])
            .args(WASM)
            .args(FIXED)
            .env("CHROMEDRIVER", &browser.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", browser::write_capabilities(place, browser)?)
            // Seconds for the whole set, on a slow machine.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300"),
    )
}

fn build_dist(place: &Place, _: &Browser) -> Result<Count, String> {
    dist::build(place).map(|()| Count::default())
}

fn end_to_end(place: &Place, _: &Browser) -> Result<Count, String> {
    counted(
        cargo(place)
            .args(["test", "--package", "bianheng-e2e", "--lib", "--test", "journeys"])
            .args(FIXED),
    )
}

fn cargo(place: &Place) -> Command {
    run::command("cargo", &place.root)
}

fn lint(place: &Place, packages: &[&str], options: &[&str]) -> Command {
    let mut command = cargo(place);
    command.arg("clippy");
    for package in packages {
        command.args(["--package", package]);
    }
    command.args(options).args(FIXED).args(["--", "--deny", "warnings"]);
    command
}

fn check(mut command: impl std::borrow::BorrowMut<Command>) -> Result<Count, String> {
    run::plain(command.borrow_mut()).map(|()| Count::default())
}

/// Runs tests and counts them. A failure without a failed test, such as one to compile, is an error.
fn counted(command: &mut Command) -> Result<Count, String> {
    let mut count = Count::default();
    match run::watched(command, |line| count.add_line(line)) {
        Err(trouble) if count.failed == 0 => Err(trouble),
        _ => Ok(count),
    }
}
