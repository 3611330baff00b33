//! Opening the app, and what its page may not do.

use anyhow::{Result, ensure};
use bianheng_e2e::page::Page;

/// The app shows itself and the waiting text is gone.
pub async fn the_app_opens(page: &Page) -> Result<()> {
    page.wait_text("app", "编衡").await?;
    let language = page.script("return navigator.language").await?;
    ensure!(language == "zh-CN", "the browser speaks {language}");
    Ok(())
}

/// A request to another place is refused by the policy and seen by the tests.
pub async fn the_policy_holds(page: &Page) -> Result<()> {
    page.find("app").await?;
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
    ensure!(page.must_be_clean().await.is_err(), "the breach went unseen");
    Ok(())
}
