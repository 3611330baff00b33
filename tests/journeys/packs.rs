//! Norm packs: a local copy, out as a file, back again, and what is wrong with a bad one.

use anyhow::{Result, ensure};
use bianheng_e2e::page::Page;

use crate::steps::{open_sample, told};

/// A pack becomes the county's own, goes out and comes back; a bad one is refused with its reason and
/// the one in force stays.
pub async fn a_pack_goes_out_and_comes_back(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-norms").await?;
    page.click("pack-copy").await?;
    page.wait_text("provenance", "（本县）").await?;
    page.click("pack-export").await?;
    let file = page.downloaded(".norm.toml").await?;
    page.click("undo").await?;
    page.wait_until("the norm of before stands again", async || {
        let said = page.text("provenance").await?;
        Ok((!said.contains("（本县）")).then_some(()))
    })
    .await?;

    let text = std::fs::read_to_string(&file)?;
    let bad = file.with_file_name("bad.norm.toml");
    ensure!(text.contains("students / ratio[stage]"), "the pack has no such formula");
    std::fs::write(&bad, text.replacen("students / ratio", "nobody_knows / ratio", 1))?;
    page.upload("pack-import-input", &bad).await?;
    page.wait_text("pack-error", "nobody_knows").await?;
    ensure!(!page.text("provenance").await?.contains("（本县）"), "a bad pack came into force");

    page.upload("pack-import-input", &file).await?;
    told(page, "已换用标准包").await?;
    page.wait_text("provenance", "（本县）").await?;
    page.wait_gone("pack-error").await
}
