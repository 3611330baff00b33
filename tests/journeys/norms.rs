//! The norm: a changed parameter changes the county, and undo changes it back.

use anyhow::Result;
use bianheng_e2e::page::Page;

use crate::steps::open_sample;

/// A lower ratio for primary schools gives more posts everywhere; a value out of range is refused.
pub async fn a_parameter_changes_the_county(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-norms").await?;
    page.wait_text("norms", "待核实").await?;
    page.fill("parameter@ratio.primary parameter-value", "18").await?;
    page.press("Enter").await?;
    page.wait_text("undo", "19 → 18").await?;
    page.wait_text("norm-log-row", "19 → 18").await?;
    page.wait_text("norm-moved", "→").await?;
    page.click("nav-schools").await?;
    // 782 ÷ 18 + 96 ÷ 100 = 44.4: two more than the 42 at 1:19.
    page.wait_text("school-row@1020/primary cell-entitled", "44").await?;

    page.click("nav-norms").await?;
    page.fill("parameter@ratio.primary parameter-value", "0").await?;
    page.press("Enter").await?;
    page.wait_text("parameter-error", "5").await?;
    page.press("Escape").await?;
    page.click("undo").await?;
    page.click("nav-schools").await?;
    page.wait_text("school-row@1020/primary cell-entitled", "42").await
}
