//! Importing a survey: a real county, and files that are none.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use bianheng_e2e::page::Page;

use crate::steps::{ledger, open_sample, set_cell, told, wait_exactly};

/// A file of a real survey.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../sheets/tests/data").join(name)
}

/// 140 rows of a real county are taken, and can be proposed on and edited.
pub async fn a_survey_becomes_a_county_to_work_on(page: &Page) -> Result<()> {
    page.upload("import-survey-input", &data("tw_nantou_roc113.csv")).await?;
    page.find("import-dialog").await?;
    page.wait_text("import-rows-read", "140").await?;
    let number = async |testid: &str| -> Result<u32> {
        let text = page.text(testid).await?;
        Ok(text.chars().filter(char::is_ascii_digit).collect::<String>().parse()?)
    };
    let (taken, listed) = (number("import-rows-taken").await?, number("import-rows-listed").await?);
    ensure!(taken + listed == 140, "{taken} rows taken and {listed} listed are not 140");
    page.click("import-take").await?;
    page.find("schools-grid").await?;
    page.wait_text("county", "南投").await?;
    page.wait_text("authorised-assumed", "实有").await?;
    page.wait_text("rows-count", &taken.to_string()).await?;
    wait_exactly(page, "ledger-total", "2,644").await?;
    wait_exactly(page, "ledger-in-post", "2,644").await?;

    // A leading zero of a code survives.
    page.fill("schools-search", "081601").await?;
    page.wait_text("rows-count", "1 /").await?;
    set_cell(page, "school-row@081601/primary cell-classes", "25").await?;
    page.wait_text("undo", "24 → 25").await?;

    page.click("nav-reallocate").await?;
    page.choose("limit-in-post", "off").await?;
    page.find("slider").await?;
    page.click("adopt").await?;
    page.wait_until("posts have moved", async || {
        Ok((page.text("moved-up").await? != "0").then_some(()))
    })
    .await?;
    ledger(page, "2,644", "0").await
}

/// Each file that is no survey gets one clear sentence, and the open work stays as it was.
pub async fn what_is_no_survey_is_told_in_one_sentence(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-start").await?;
    let folder = std::env::temp_dir().join(format!("bianheng-journey-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";
    for (name, bytes, said) in [("空.csv", &b""[..], "空"), ("照片.xlsx", &picture[..], "图片")]
    {
        let file = folder.join(name);
        std::fs::write(&file, bytes)?;
        page.upload("import-survey-input", &file).await?;
        told(page, said).await?;
        ensure!(page.count("import-dialog").await? == 0, "{name} opened the dialog");
    }
    std::fs::remove_dir_all(&folder)?;
    page.click("recent-open").await?;
    ledger(page, "2,193", "9").await
}
