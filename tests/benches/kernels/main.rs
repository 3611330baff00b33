//! How long each calculation takes in the browser, compiled as users get it, and how large the memory
//! grows, beside what was promised. Prints a table; nothing here can fail a check. `cargo xtask bench`
//! builds what it runs, `wasm.rs` beside this file.

use anyhow::{Context, Result, anyhow};
use bianheng_e2e::driver::Driver;
use bianheng_e2e::page::{Look, Page};
use bianheng_e2e::runner;
use bianheng_e2e::stage::{Form, Stage};
use serde_json::Value;
use xtask::place::Place;
use xtask::say;
use xtask::static_server::StaticServer;

fn main() -> Result<()> {
    runner::on_one_thread(measure())
}

async fn measure() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let driver = Driver::start()?;
    let stage = Stage::set()?;
    let server = StaticServer::bind(0, &Place::of_this_project().kernels(), "/")
        .map_err(|error| anyhow!(error))?;
    let address = server.url().map_err(|error| anyhow!(error))?;
    std::thread::spawn(move || server.run());
    let page = Page::open(&driver, &stage, Form::Site, &Look::default()).await?;

    let ready = async || -> Result<()> {
        // A page of its own for each: memory only grows, and code is made fast for what it did.
        page.driver.goto(&address).await?;
        page.wait_until("the calculations are loaded", async || {
            Ok(page.script("return window.memory ? 1 : null").await?.as_i64())
        })
        .await?;
        Ok(())
    };
    ready().await?;
    let names = page.script("return wasm_bindgen.names()").await?;
    let names = names.as_array().context("no names")?;
    let head = ["first", "least", "middle", "goal ms", "MB", "goal MB"];
    row("milliseconds of a call", &head.map(str::to_owned));
    for (at, name) in names.iter().enumerate() {
        let name = name.as_str().unwrap_or_default();
        if !words.is_empty() && !words.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        ready().await?;
        let script = format!("return Array.from(wasm_bindgen.measure({at}))");
        let mut times = numbers(&page.script(&script).await?)?;
        let goals = page.script(&format!("return Array.from(wasm_bindgen.goals({at}))")).await?;
        let bytes = page.script("return memory.buffer.byteLength").await?;
        let first = if times.is_empty() { 0.0 } else { times.remove(0) };
        times.sort_by(f64::total_cmp);
        let figure = |value: Option<&f64>| match value {
            Some(value) if *value > 0.0 => format!("{value:.3}"),
            _ => "—".to_owned(),
        };
        let goals = numbers(&goals)?;
        let megabytes = bytes.as_f64().unwrap_or(0.0) / 1e6;
        let columns = [
            figure(Some(&first)),
            figure(times.first()),
            figure(times.get(times.len() / 2)),
            figure(goals.first()),
            format!("{megabytes:.0}"),
            figure(goals.get(1)),
        ];
        row(name, &columns);
    }
    // What it says of requests is about the app's own address.
    page.close().await.map(drop)
}

fn numbers(found: &Value) -> Result<Vec<f64>> {
    let list = found.as_array().context("no figures")?;
    Ok(list.iter().filter_map(Value::as_f64).collect())
}

fn row(name: &str, columns: &[String]) {
    let columns: Vec<String> = columns.iter().map(|column| format!("{column:>9}")).collect();
    say::line(&format!("{name:<50}{}", columns.concat()));
}
