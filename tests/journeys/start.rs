//! Opening the app, what its page may not do, and what it says when it cannot start.

use anyhow::{Result, ensure};
use bianheng_e2e::page::Page;

use crate::steps::{open_sample, wait_exactly};

/// The app shows itself and the waiting text is gone.
pub async fn the_app_opens(page: &Page) -> Result<()> {
    page.wait_text("start", "编衡").await?;
    let language = page.script("return navigator.language").await?;
    ensure!(language == "zh-CN", "the browser speaks {language}");
    Ok(())
}

/// A request to another place is refused by the policy and seen by the tests.
pub async fn the_policy_holds(page: &Page) -> Result<()> {
    page.find("start").await?;
    page.must_be_clean().await?;
    let refused = page
        .script(
            "const picture = new Image(); \
             return new Promise(done => { \
                 document.addEventListener('securitypolicyviolation', () => done(true)); \
                 picture.onload = () => done(false); \
                 picture.src = 'http://192.0.2.1/picture.png'; })",
        )
        .await?;
    ensure!(refused == true, "the request was not refused");
    page.wait_until("the breach is seen", async || {
        Ok((!page.problems().await?.is_empty()).then_some(()))
    })
    .await
}

/// A browser without WebAssembly is told so in both languages.
pub async fn an_old_browser_is_told(page: &Page) -> Result<()> {
    page.must_be_clean().await?;
    page.before_each_page("delete globalThis.WebAssembly").await?;
    page.load("").await?;
    page.wait_text("boot-error", "浏览器版本过旧").await?;
    page.wait_text("boot-error", "too old").await?;
    // The start fails after that, as it has to.
    page.leave().await
}

/// A start that fails for another reason says that nothing is lost, and why.
pub async fn a_failed_start_is_told(page: &Page) -> Result<()> {
    page.must_be_clean().await?;
    page.before_each_page(
        "WebAssembly.instantiate = WebAssembly.instantiateStreaming = \
         () => Promise.reject(new Error('broken on purpose'))",
    )
    .await?;
    page.load("").await?;
    page.wait_text("boot-error", "程序没有启动成功").await?;
    page.wait_text("boot-error", "did not start").await?;
    page.wait_text("boot-error", "broken on purpose").await?;
    page.leave().await
}

/// The language changes in place, on the first screen and with a county open, and is kept.
pub async fn both_languages_speak_in_place(page: &Page) -> Result<()> {
    page.click("language").await?;
    page.wait_text("start", "Nothing leaves this computer").await?;
    page.click("language").await?;
    open_sample(page).await?;
    page.wait_text("nav-schools", "学校").await?;
    page.click("language").await?;
    page.wait_text("nav-schools", "Schools").await?;
    page.wait_text("ledger", "Unassigned").await?;
    for (door, screen) in [
        ("nav-schools", "schools-grid"),
        ("nav-norms", "norms"),
        ("nav-reallocate", "curve"),
        ("nav-pool", "pool"),
        ("nav-overview", "overview"),
    ] {
        page.click(door).await?;
        page.find(screen).await?;
    }
    page.reload().await?;
    page.wait_text("nav-schools", "Schools").await?;
    let language = page.script("return document.documentElement.lang").await?;
    ensure!(language == "en", "the page says it speaks {language}");
    wait_exactly(page, "ledger-total", "2,226").await
}
