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

/// What does not come out as a file says is listed, figure by figure, at once and later.
pub async fn figures_that_differ_from_a_file_are_listed(page: &Page) -> Result<()> {
    open_sample(page).await?;
    saved(page).await?;
    page.click("export").await?;
    let file = page.downloaded(".bianheng.json").await?;
    let mut other: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    for (figure, value) in [("moved_up", 7), ("shortage", 1)] {
        let place = other.pointer_mut(&format!("/figures/0/kinds/school/{figure}"));
        *place.context("a file without results")? = value.into();
    }
    std::fs::write(&file, other.to_string())?;
    go_to_start(page).await?;
    page.upload("open-file-input", &file).await?;
    told(page, "复算结果与文件所载不同").await?;
    page.click("toast-action").await?;
    counted(page, "differs-line", 2).await?;
    page.wait_text("differs", "缺编合计").await?;
    page.press("Escape").await?;
    page.wait_gone("differs-dialog").await?;
    page.click("nav-compare").await?;
    page.click("differs-open").await?;
    counted(page, "differs-line", 2).await?;
    page.press("Escape").await?;
    page.wait_gone("differs-dialog").await
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
    wait_exactly(page, "moved-up", "0").await?;
    // It is still there after a reload, and still only to be looked at.
    saved(page).await?;
    page.reload().await?;
    page.wait_text("watching", "更新的版本").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    told(page, "这里只看").await?;
    wait_exactly(page, "moved-up", "0").await?;
    ledger(page, "2,193", "9").await
}

/// What a person does in the browser's own dialog, which no test can reach: chooses one and the same place on
/// disk. The site has a folder of its own for that; a page from a disk has none, and gets a place in memory.
const CHOOSES: &str = "\
    window.asked = 0; \
    let bytes = []; \
    const inMemory = { \
        createWritable: async () => ({ write: async part => { bytes = [part]; }, close: async () => {} }), \
        getFile: async () => new File(bytes, 'place.bianheng.json'), \
    }; \
    window.place = navigator.storage.getDirectory() \
        .then(folder => folder.getFileHandle('place.bianheng.json', { create: true })) \
        .catch(() => inMemory); \
    window.showSaveFilePicker = () => { window.asked += 1; return window.place; }; \
    window.showOpenFilePicker = async () => [await window.place];";

/// Waits until the file on disk says that the school has so many posts.
async fn on_disk(page: &Page, posts: u32) -> Result<()> {
    let read = format!(
        "const file = await (await window.place).getFile(); \
         return /\"posts\": ?{posts}\\b/.test(await file.text());"
    );
    page.wait_until(&format!("the file on disk says {posts}"), async || {
        Ok((page.script(&read).await? == true).then_some(()))
    })
    .await
}

/// A file is saved to a place on disk, then there again without being asked; opened from there it is worked on
/// in place.
pub async fn a_file_is_saved_in_its_place_on_disk(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.script(CHOOSES).await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "41").await?;
    page.click("share").await?;
    page.click("share-place").await?;
    told(page, "回读核对一致").await?;
    on_disk(page, 41).await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "42").await?;
    page.press("Control+s").await?;
    on_disk(page, 42).await?;
    ensure!(page.script("return window.asked").await? == 1, "asked for the place again");

    go_to_start(page).await?;
    page.click("open-in-place").await?;
    wait_exactly(page, "moved-up", "+4").await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "43").await?;
    page.press("Control+s").await?;
    on_disk(page, 43).await?;
    ensure!(page.script("return window.asked").await? == 1, "asked for a place that it came from");
    saved(page).await?;
    // A page from a disk has no folder of the site, and its place in memory goes with the page.
    if page.script("return navigator.storage.getDirectory().then(() => true, () => false)").await?
        != true
    {
        return Ok(());
    }
    // The place is known after a reload too.
    page.reload().await?;
    page.script(CHOOSES).await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "44").await?;
    page.press("Control+s").await?;
    on_disk(page, 44).await?;
    ensure!(page.script("return window.asked").await? == 0, "a reload forgot the place");
    // Without leave to write there it goes out as a download.
    page.script(
        "FileSystemHandle.prototype.queryPermission = async () => 'prompt'; \
         FileSystemHandle.prototype.requestPermission = async () => 'denied';",
    )
    .await?;
    page.press("Control+s").await?;
    told(page, "没有许可写").await?;
    page.downloaded(".bianheng.json").await?;
    // One that is gone is forgotten: the next save asks for a place.
    page.script(
        "FileSystemHandle.prototype.queryPermission = async () => 'granted'; \
         FileSystemFileHandle.prototype.createWritable = async () => { throw new DOMException('gone', 'NotFoundError'); };",
    )
    .await?;
    page.press("Control+s").await?;
    told(page, "不在了").await?;
    page.click("share").await?;
    page.click("share-place").await?;
    page.wait_until("a place is asked for", async || {
        Ok((page.script("return window.asked").await? == 1).then_some(()))
    })
    .await
}
