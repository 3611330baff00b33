//! Reallocation: the proposal, the handle on the curve, adopting, and edits by hand over it.

use anyhow::{Result, ensure};
use bianheng_e2e::page::Page;

use crate::steps::{ledger, open_sample, set_cell, wait_exactly};

/// The handle reads its number of posts.
async fn handle_at(page: &Page, posts: &str) -> Result<()> {
    page.wait_until(&format!("the handle stands at {posts}"), async || {
        let now = page.attribute("slider", "aria-valuenow").await?;
        Ok((now.as_deref() == Some(posts)).then_some(()))
    })
    .await
}

/// The sample's story: 50 of 62 posts, tried at other numbers, adopted in one step.
pub async fn fifty_posts_are_proposed_tried_and_adopted(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-reallocate").await?;
    handle_at(page, "50").await?;
    let most = page.attribute("slider", "aria-valuemax").await?;
    ensure!(most.as_deref() == Some("62"), "the optimum moves {most:?} posts");
    page.wait_text("proven", "最优").await?;
    wait_exactly(page, "shortage-now", "86").await?;
    wait_exactly(page, "shortage-after", "36").await?;

    page.find("slider").await?.focus().await?;
    page.press("End").await?;
    handle_at(page, "62").await?;
    page.press("PageDown").await?;
    handle_at(page, "52").await?;
    page.press("ArrowLeft").await?;
    page.press("ArrowLeft").await?;
    handle_at(page, "50").await?;

    page.click("adopt").await?;
    wait_exactly(page, "moved-up", "+50").await?;
    wait_exactly(page, "moved-down", "−50").await?;
    ledger(page, "2,193", "9").await?;
    page.wait_text("undo", "采用调剂 50 名").await?;

    page.click("nav-schools").await?;
    page.click("filter-changed").await?;
    page.wait_text("rows-count", "/ 65").await?;
    for (row, posts) in [
        ("1012/primary", "20"),
        ("1019/kindergarten", "16"),
        ("1007/lower_secondary", "98"),
        ("1020/primary", "40"),
    ] {
        page.wait_text(&format!("school-row@{row} cell-authorised"), posts).await?;
    }
    page.press("Control+z").await?;
    wait_exactly(page, "moved-up", "0").await
}

/// An edit by hand is fixed in the next proposal, and the others make room for it.
pub async fn an_edit_by_hand_stays_over_a_proposal(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "42").await?;
    ledger(page, "2,197", "5").await?;
    page.click("nav-reallocate").await?;
    page.click("adopt").await?;
    ledger(page, "2,193", "9").await?;
    wait_exactly(page, "moved-up", "+50").await?;
    page.click("nav-schools").await?;
    page.wait_text("school-row@1020/primary cell-authorised", "42").await
}
