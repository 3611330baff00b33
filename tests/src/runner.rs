//! Runs journeys: each one in both forms of the app, each in a browser of its own. Prints as `cargo test`
//! does, so that results add up. Never knows what a journey does.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, ensure};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use xtask::place::Place;
use xtask::say;

use crate::driver::Driver;
use crate::page::{Look, Page};
use crate::stage::{Form, Stage};

/// The most that one journey may take, browser and all.
const LONGEST: Duration = Duration::from_secs(240);

/// What a person does from start to end, with what must hold on the way.
pub struct Journey {
    /// Its name in lists: module and function.
    pub name: &'static str,
    /// The journey itself.
    pub run: for<'page> fn(&'page Page) -> LocalBoxFuture<'page, Result<()>>,
}

/// Makes a [`Journey`] of an `async fn(&Page) -> anyhow::Result<()>`.
#[macro_export]
macro_rules! journey {
    ($path:path) => {
        $crate::runner::Journey { name: stringify!($path), run: |page| Box::pin($path(page)) }
    };
}

/// Runs all journeys, or those whose name contains one of the program's arguments.
pub fn run(journeys: &[Journey]) -> ExitCode {
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    match on_one_thread(run_all(journeys, &words)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say::trouble(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Runs a future to its end on this thread.
pub fn on_one_thread<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(future)
}

async fn run_all(journeys: &[Journey], words: &[String]) -> Result<bool> {
    let driver = Driver::start()?;
    let stage = Stage::set()?;
    let (mut passed, mut failed, mut left) = (0, 0, 0);
    let start = Instant::now();
    for journey in journeys {
        for form in Form::ALL {
            let name = format!("{} ({})", journey.name, form.name());
            if !words.is_empty() && !words.iter().any(|word| name.contains(word.as_str())) {
                left += 1;
                continue;
            }
            let since = Instant::now();
            let outcome = one(&driver, &stage, journey, form).await;
            let seconds = since.elapsed().as_secs_f64();
            match outcome {
                Ok(()) => {
                    passed += 1;
                    say::line(&format!("test {name} ... ok ({seconds:.1} s)"));
                }
                Err(error) => {
                    failed += 1;
                    say::line(&format!("test {name} ... FAILED ({seconds:.1} s)\n{error:#}"));
                }
            }
        }
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    let seconds = start.elapsed().as_secs_f64();
    say::line(&format!(
        "\ntest result: {verdict}. {passed} passed; {failed} failed; 0 ignored; 0 measured; \
         {left} filtered out; finished in {seconds:.2}s\n"
    ));
    Ok(failed == 0)
}

async fn one(driver: &Driver, stage: &Stage, journey: &Journey, form: Form) -> Result<()> {
    let page = Page::open(driver, stage, form, &Look::default()).await?;
    let travel = async {
        page.go("").await?;
        (journey.run)(&page).await
    };
    let travelled = AssertUnwindSafe(travel).catch_unwind();
    let outcome = match tokio::time::timeout(LONGEST, travelled).await {
        Err(_) => Err(anyhow!("not done after {} s", LONGEST.as_secs())),
        Ok(Err(_)) => Err(anyhow!("the journey panicked; see above")),
        Ok(Ok(outcome)) => outcome,
    };
    if outcome.is_err() {
        let name = format!("{}-{}.png", journey.name.replace("::", "-"), form.name());
        let file = Place::of_this_project().target().join("e2e").join(name);
        // A picture helps; the error that matters is the journey's own.
        if page.screenshot(&file).await.is_ok() {
            say::line(&format!("the screen at the end: {}", file.display()));
        }
    }
    // The journey's own error comes first, whatever else went wrong.
    match (outcome, page.close().await) {
        (Ok(()), Ok(problems)) => {
            ensure!(problems.is_empty(), "the page has problems:\n{}", problems.join("\n"));
            Ok(())
        }
        (Ok(()), Err(error)) => Err(error),
        (Err(error), Err(_)) => Err(error),
        (Err(error), Ok(problems)) if problems.is_empty() => Err(error),
        (Err(error), Ok(problems)) => {
            Err(anyhow!("{error:#}\nand the page has problems:\n{}", problems.join("\n")))
        }
    }
}
