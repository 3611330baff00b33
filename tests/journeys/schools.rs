//! The schools table: editing, pasting, asking why.

use anyhow::{Result, ensure};
use bianheng_e2e::page::Page;

use crate::steps::{ledger, open_sample, saved, set_cell, wait_exactly};

/// A raise by hand draws on what is unassigned; undo, named after it, takes it back.
pub async fn an_edit_shows_everywhere_and_undo_takes_it_back(page: &Page) -> Result<()> {
    open_sample(page).await?;
    ledger(page, "2,193", "9").await?;
    page.click("nav-schools").await?;
    page.wait_text("rows-count", "65").await?;

    // 38 + 2 = 40 and 9 − 2 = 7; the entitlement is 42, so the margin goes from −4 to −2.
    page.wait_text("school-row@1020/primary cell-margin", "−4").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    page.wait_text("school-row@1020/primary cell-margin", "−2").await?;
    ledger(page, "2,195", "7").await?;
    wait_exactly(page, "moved-up", "+2").await?;
    page.wait_text("undo", "枫溪小学 +2").await?;

    // 48 is ten more than 38: one more than there is.
    set_cell(page, "school-row@1020/primary cell-authorised", "48").await?;
    page.wait_text("ledger-gap", "差 1 名").await?;
    page.click("ledger-undo").await?;
    ledger(page, "2,195", "7").await?;

    page.press("Control+z").await?;
    ledger(page, "2,193", "9").await?;
    page.press("Control+y").await?;
    ledger(page, "2,195", "7").await?;

    // A corrected survey changes the entitlement: 782 + 19 students are one post more.
    page.wait_text("school-row@1020/primary cell-entitled", "42").await?;
    set_cell(page, "school-row@1020/primary cell-students", "801").await?;
    page.wait_text("school-row@1020/primary cell-entitled", "43").await?;

    page.fill("schools-search", "枫溪小学").await?;
    page.wait_text("rows-count", "1 / 65").await?;
    saved(page).await
}

/// A block pasted from a spreadsheet changes its cells in one step.
pub async fn a_block_from_a_spreadsheet_is_one_step(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    page.click("school-row@1008/primary cell-authorised").await?;
    // Two rows of the survey's order, posts and people in post.
    page.script(
        "const data = new DataTransfer(); data.setData('text/plain', '104\\t102\\r\\n90\\t92\\r\\n'); \
         document.activeElement.dispatchEvent(new ClipboardEvent('paste', \
         { clipboardData: data, bubbles: true, cancelable: true }))",
    )
    .await?;
    page.wait_text("school-row@1008/primary cell-authorised", "104").await?;
    page.wait_text("school-row@1009/primary cell-authorised", "90").await?;
    page.wait_text("school-row@1009/primary cell-in-post", "92").await?;
    page.wait_text("undo", "粘贴 4 格").await?;
    page.click("undo").await?;
    page.wait_text("school-row@1008/primary cell-authorised", "103").await?;
    page.wait_text("school-row@1009/primary cell-in-post", "93").await
}

/// What is no number of posts is refused with a reason, and nothing changes.
pub async fn a_wrong_figure_is_refused_in_words(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    for wrong in ["-3", "1.5", "abc", "99999999999"] {
        set_cell(page, "school-row@1020/primary cell-authorised", wrong).await?;
        page.wait_until(&format!("`{wrong}` is refused with a reason"), async || {
            Ok((!page.text("cell-error").await?.is_empty()).then_some(()))
        })
        .await?;
        page.press("Escape").await?;
        page.wait_gone("cell-editor").await?;
    }
    ledger(page, "2,193", "9").await?;
    ensure!(page.attribute("undo", "disabled").await?.is_some(), "a refused edit left a step");
    Ok(())
}

/// A click on a derived figure opens its proof: 白岭九年制学校, primary.
pub async fn every_figure_can_say_why(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    // Twice by the keyboard's find, so that the row is on the screen whatever its height.
    page.fill("schools-search", "白岭九年制").await?;
    page.wait_text("rows-count", "2 / 65").await?;
    page.click("school-row@1035/primary cell-entitled").await?;
    // 186 ÷ 19 = 9 15/19; 6 × 1.7 = 10 1/5 is higher; with 42 ÷ 100 it is 10 31/50, rounded 11.
    page.wait_text("proof-result", "11").await?;
    page.wait_text("proof", "待核实").await?;
    page.wait_text("proof-decision", "39").await?;
    set_cell(page, "school-row@1035/primary cell-classes", "7").await?;
    page.wait_text("proof-result", "12").await?;
    // Each input says where it comes from, and a line leads to the parameter that it rests on.
    page.wait_text("proof-input@classes proof-from", "手工，原 6").await?;
    page.wait_text("proof-input@students proof-from", "调查表").await?;
    page.click("proof-close").await?;
    page.wait_gone("proof").await?;
    page.click("school-row@1035/primary cell-entitled").await?;
    page.click("proof-line@by_students proof-parameter").await?;
    page.find("parameter@ratio.primary").await.map(|_| ())
}
