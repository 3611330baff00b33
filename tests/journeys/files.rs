//! Keeping and sharing: reload, export, import, and files that do not open.

use anyhow::{Context, Result, ensure};
use bianheng_e2e::page::Page;

use crate::steps::{
    counted, go_to_start, ledger, open_sample, saved, set_cell, told, wait_exactly,
};

/// A change is there after a reload, and so is what can be undone and redone.
pub async fn work_is_there_after_a_reload_with_its_history(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    set_cell(page, "school-row@1013/primary cell-authorised", "36").await?;
    page.press("Control+z").await?;
    wait_exactly(page, "moved-down", "0").await?;
    saved(page).await?;
    page.reload().await?;
    ledger(page, "2,195", "7").await?;
    page.wait_text("undo", "枫溪小学 +2").await?;
    page.click("redo").await?;
    wait_exactly(page, "moved-down", "−1").await?;
    page.click("undo").await?;
    page.click("undo").await?;
    ledger(page, "2,193", "9").await
}

/// A scenario exported and opened again shows the same figures, as a second file beside the first.
pub async fn a_scenario_goes_out_and_comes_back_the_same(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-reallocate").await?;
    page.click("adopt").await?;
    wait_exactly(page, "moved-up", "+50").await?;
    saved(page).await?;
    page.click("export").await?;
    let file = page.downloaded(".bianheng.json").await?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    ensure!(name.starts_with("示例县-方案一-"), "the file is called {name}");

    go_to_start(page).await?;
    page.upload("open-file-input", &file).await?;
    told(page, "复算结果与文件一致").await?;
    wait_exactly(page, "moved-up", "+50").await?;
    ledger(page, "2,193", "9").await?;
    page.wait_text("undo", "采用调剂 50 名").await?;
    saved(page).await?;
    go_to_start(page).await?;
    // Opening did not take the place of the open work.
    counted(page, "recent-row", 2).await
}

/// A file that breaks off, a newer one and one that is not ours are told apart; the work stays.
pub async fn files_that_do_not_open_leave_the_work_alone(page: &Page) -> Result<()> {
    open_sample(page).await?;
    saved(page).await?;
    page.click("export").await?;
    let file = page.downloaded(".bianheng.json").await?;
    let text = std::fs::read_to_string(&file)?;
    go_to_start(page).await?;
    let half = (text.len() / 2..).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let (head, tail) = text.split_once("\"version\": ").context("a file without a version")?;
    let tail = tail.trim_start_matches(char::is_numeric);
    let newer = format!("{head}\"version\": 999{tail}");
    let unreadable = newer.replace("\"base\": {", "\"grounds\": {");
    for (bytes, said) in [
        (text.get(..half).unwrap_or_default(), "不完整或已损坏"),
        (unreadable.as_str(), "更新的版本"),
        ("{\"format\": \"other\"}", "不是编衡的方案文件"),
        ("", "是空的"),
    ] {
        std::fs::write(&file, bytes)?;
        page.upload("open-file-input", &file).await?;
        told(page, said).await?;
    }
    // A later message takes the place of the earlier, or they would cover the list.
    page.wait_until("only the last message about a file is there", async || {
        let mut failures = 0;
        for toast in page.find_all("toast").await? {
            failures += usize::from(toast.text().await?.contains("打不开"));
        }
        Ok((failures == 1).then_some(()))
    })
    .await?;
    page.click("recent-open").await?;
    ledger(page, "2,193", "9").await?;
    // A newer one that can be read is shown, and not changed.
    go_to_start(page).await?;
    std::fs::write(&file, newer)?;
    page.upload("open-file-input", &file).await?;
    page.wait_text("watching", "更新的版本").await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    told(page, "这里只看").await?;
    wait_exactly(page, "moved-up", "0").await
}
