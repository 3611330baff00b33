//! Opens the built app, takes simple steps and saves pictures of the screen: to look at, not to test.
//!
//! `cargo run -p bianheng-e2e --bin shot -- steps.txt`, or the steps themselves as one argument. Steps stand on
//! lines of their own or between semicolons; `#` starts a comment line. The built `dist/` is what is opened.
//!
//! ```text
//! form site|file          which form of the app              (first; `site` when not said)
//! size 1440x900           the page in CSS pixels             (first; may be changed later)
//! scale 2                 device pixels for a CSS pixel      (first; may be changed later)
//! theme light|dark        what the system asks for           (first; may be changed later)
//! language en-US          what the browser prefers           (first; `zh-CN` when not said)
//! open #/pool             load the app anew at a hash
//! wait testid [text]      until the element is there, and says the text
//! gone testid             until the element is gone
//! click testid                or names one inside the other: school-row@1020/primary cell-margin
//! nth 3 testid            click the third element of that name
//! type testid text        into a field, after what stands there
//! fill testid text        in place of what stands there
//! press Control+z         where the focus is
//! choose testid value     an option of a select
//! upload testid path      a file into a file input
//! text testid             print the element's text
//! script return 1 + 1     print what a script in the page returns
//! save shots/pool.png     the screen as it is now
//! ```
//! At the end it prints what went wrong on the page. Never changes the project.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use bianheng_e2e::driver::Driver;
use bianheng_e2e::page::{Look, Page};
use bianheng_e2e::runner;
use bianheng_e2e::stage::{Form, Stage};
use xtask::say;

fn main() -> ExitCode {
    let argument = std::env::args().nth(1).unwrap_or_default();
    let steps = std::fs::read_to_string(&argument).unwrap_or(argument);
    match runner::on_one_thread(play(&steps)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say::trouble(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Plays the steps; true when nothing went wrong on the page.
async fn play(steps: &str) -> Result<bool> {
    let steps: Vec<&str> = steps
        .lines()
        .filter(|line| !line.trim_start().starts_with('#') || line.contains(';'))
        .flat_map(split)
        .map(str::trim)
        .filter(|step| !step.is_empty())
        .collect();
    let first: Vec<&str> = steps.iter().copied().take_while(|step| is_setting(step)).collect();
    let mut look = Look::default();
    let mut form = Form::Site;
    for step in &first {
        set(step, &mut look, &mut form)?;
    }
    let driver = Driver::start()?;
    let stage = Stage::set()?;
    let page = Page::open(&driver, &stage, form, &look).await?;
    let mut outcome = page.go("").await;
    for step in steps.iter().skip(first.len()) {
        if outcome.is_err() {
            break;
        }
        outcome = take(&page, step, &mut look).await.with_context(|| format!("at `{step}`"));
    }
    let problems = page.close().await?;
    for problem in &problems {
        say::line(&format!("problem: {problem}"));
    }
    outcome.map(|()| problems.is_empty())
}

/// Scripts keep their semicolons: a script is the last step of its line.
fn split(line: &str) -> Vec<&str> {
    let mut steps = Vec::new();
    let mut rest = line;
    while !rest.trim_start().starts_with("script ")
        && let Some((step, tail)) = rest.split_once(';')
    {
        steps.push(step);
        rest = tail;
    }
    steps.push(rest);
    steps
}

fn is_setting(step: &str) -> bool {
    ["form ", "size ", "scale ", "theme ", "language "].iter().any(|name| step.starts_with(name))
}

fn set(step: &str, look: &mut Look, form: &mut Form) -> Result<()> {
    let (name, value) = words(step);
    match (name, value) {
        ("form", "site") => *form = Form::Site,
        ("form", "file") => *form = Form::SingleFile,
        ("size", _) => {
            let (width, height) = value.split_once('x').context("a size is written 1440x900")?;
            look.size = (width.parse()?, height.parse()?);
        }
        ("scale", _) => look.scale = value.parse()?,
        ("theme", "light") => look.dark = false,
        ("theme", "dark") => look.dark = true,
        ("language", _) => look.language = value.to_owned(),
        _ => bail!("`{step}` is no setting"),
    }
    Ok(())
}

async fn take(page: &Page, step: &str, look: &mut Look) -> Result<()> {
    let (name, rest) = words(step);
    let (testid, text) = words(rest);
    match name {
        "size" | "scale" | "theme" => {
            set(step, look, &mut page.form.clone())?;
            page.show(look).await
        }
        "form" | "language" => bail!("this has to stand before the first other step"),
        "open" => page.go(rest).await,
        "wait" if text.is_empty() => page.find(testid).await.map(drop),
        "wait" => page.wait_text(testid, text).await,
        "gone" => page.wait_gone(testid).await,
        "click" => page.click(rest).await,
        "nth" => nth(page, testid, text).await,
        "type" => page.type_into(testid, text).await,
        "fill" => page.fill(testid, text).await,
        "press" => page.press(rest).await,
        "choose" => page.choose(testid, text).await,
        "upload" => page.upload(testid, Path::new(text)).await,
        "text" => {
            say::line(&page.text(testid).await?);
            Ok(())
        }
        "script" => {
            say::line(&page.script(rest).await?.to_string());
            Ok(())
        }
        "save" => {
            page.screenshot(Path::new(rest)).await?;
            say::line(&format!("saved {rest}"));
            Ok(())
        }
        _ => Err(anyhow!("no step is called `{name}`; the first lines of shot.rs list them")),
    }
}

async fn nth(page: &Page, number: &str, testid: &str) -> Result<()> {
    let number: usize = number.parse().context("the place is a number from 1 on")?;
    let place = number.checked_sub(1).context("places count from 1")?;
    let elements = page.find_all(testid).await?;
    let element = elements.get(place).with_context(|| format!("only {}", elements.len()))?;
    element.click().await?;
    Ok(())
}

/// The first word and what follows it.
fn words(text: &str) -> (&str, &str) {
    let text = text.trim();
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim()))
}
