//! The turnover pool: a batch is awarded by the rules, approved, and taken back.

use anyhow::{Result, ensure};
use bianheng_e2e::page::Page;

use crate::steps::{open_sample, wait_exactly};

/// Eleven posts go to seven institutions, each with its reason; the pool stands in the ledger.
pub async fn a_batch_is_approved_and_taken_back(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    wait_exactly(page, "ledger-pool", "30").await?;
    wait_exactly(page, "ledger-unassigned", "8").await?;
    page.wait_text("granted-sum", "11").await?;
    ensure!(page.count("application-row").await? == 10, "ten applications are listed");
    page.wait_text("applications", "超编").await?;
    page.click("approve").await?;
    page.wait_text("undo", "批准 11 名").await?;
    page.press("Control+z").await?;
    page.wait_text("granted-sum", "11").await
}
