//! How fast the page is in a real browser, on what users get. Prints a table; nothing here can fail a check.

use anyhow::{Context, Result};
use bianheng_e2e::driver::Driver;
use bianheng_e2e::page::{Look, Page};
use bianheng_e2e::runner;
use bianheng_e2e::stage::{Form, Stage};
use xtask::say;

/// Starts of the app that a figure is the middle of.
const TIMES: usize = 5;

fn main() -> Result<()> {
    runner::on_one_thread(measure())
}

async fn measure() -> Result<()> {
    let driver = Driver::start()?;
    let stage = Stage::set()?;
    say::line(&format!(
        "{:<36} {:>12} {:>12}",
        "milliseconds, middle of 5", "first paint", "app started"
    ));
    for form in Form::ALL {
        let (mut paints, mut starts) = (Vec::new(), Vec::new());
        for _ in 0..TIMES {
            let page = Page::open(&driver, &stage, form, &Look::default()).await?;
            page.go("").await?;
            paints.push(number(&page, FIRST_PAINT).await?);
            starts.push(number(&page, STARTED).await?);
            page.close().await?;
        }
        let name = format!("open the app ({})", form.name());
        say::line(&format!("{name:<36} {:>12.0} {:>12.0}", middle(paints), middle(starts)));
    }
    Ok(())
}

const FIRST_PAINT: &str =
    "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
const STARTED: &str = "return performance.getEntriesByName('app-started')[0]?.startTime";

async fn number(page: &Page, script: &str) -> Result<f64> {
    page.wait_until("the page has the figure", async || Ok(page.script(script).await?.as_f64()))
        .await
        .with_context(|| script.to_owned())
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}
