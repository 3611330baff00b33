//! Norm packs: a local copy, out as a file, back again, and what is wrong with a bad one.

use anyhow::{Context, Result, ensure};
use bianheng_e2e::page::Page;

use crate::steps::{go_to_start, open_sample, saved, told};

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

/// A file whose norm could divide by zero opens, and says so with the place and the cure, at once and
/// on the screen of norms.
pub async fn a_file_whose_norm_has_a_fault_opens_and_says_so(page: &Page) -> Result<()> {
    open_sample(page).await?;
    saved(page).await?;
    page.click("export").await?;
    let file = page.downloaded(".bianheng.json").await?;
    let mut other: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    let parameters = other.pointer_mut("/base/norm/parameter").and_then(|it| it.as_array_mut());
    let mut parameters = parameters.context("a file without parameters")?.iter_mut();
    let ratio = parameters.find(|it| it["id"] == "ratio.primary");
    ratio.context("no ratio for primary schools")?["least"] = "0".into();
    std::fs::write(&file, other.to_string())?;
    go_to_start(page).await?;
    page.upload("open-file-input", &file).await?;
    told(page, "让它的 least 大于 0").await?;
    page.click("nav-norms").await?;
    page.wait_text("pack-unsound", "ratio.primary").await?;
    // The norm is worked with as before.
    page.fill("parameter@ratio.primary parameter-value", "18").await?;
    page.press("Enter").await?;
    page.wait_text("undo", "19 → 18").await
}
