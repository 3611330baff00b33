//! Work that cannot be lost: a browser that is killed, two tabs, a full store, hostile files.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use bianheng_e2e::page::{Look, Page};

use crate::steps::{
    counted, go_to_start, ledger, open_last, open_sample, saved, set_cell, told, wait_exactly,
};

/// The browser is killed in the middle of edits, twenty times in a row: nothing that is older than a
/// second is lost, and what was recovered is said.
pub async fn nothing_is_lost_when_the_browser_is_killed(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    saved(page).await?;
    let mut killed: Option<Page> = None;
    for round in 0_u32..20 {
        let here = killed.as_ref().unwrap_or(page);
        // One edit that is older than a second, and one just before the end.
        let posts = 40 + round * 2;
        set_cell(here, "school-row@1020/primary cell-authorised", &posts.to_string()).await?;
        let done = Instant::now();
        while done.elapsed() < Duration::from_secs(1) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        set_cell(here, "school-row@1020/primary cell-authorised", &(posts + 1).to_string()).await?;
        let next = here.killed().await?;
        next.go("#/schools").await?;
        let found = next
            .wait_until("the work is back", async || {
                let text = next.text("school-row@1020/primary cell-authorised").await?;
                let figure = text.split_whitespace().last().and_then(|text| text.parse().ok());
                Ok(figure.filter(|figure: &u32| *figure >= posts))
            })
            .await
            .with_context(|| format!("round {round}, {posts} posts"))?;
        ensure!(found <= posts + 1, "round {round}: {found} posts were never entered");
        told(&next, "上次没有正常关闭").await?;
        ensure!(next.count("watching").await? == 0, "the dead tab still holds the file");
        killed = Some(next);
    }
    let last = killed.context("twenty rounds")?;
    last.click("history").await?;
    last.find("step-go").await?;
    ensure!(last.count("step-go").await? > 20, "the history is not whole");
    let problems = last.close().await?;
    ensure!(problems.is_empty(), "the page has problems:\n{}", problems.join("\n"));
    Ok(())
}

/// Two tabs on one file: the second watches, follows, and may take over; neither overwrites.
pub async fn two_tabs_do_not_overwrite_each_other(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    saved(page).await?;
    let first = page.driver.window().await?;
    let second = page.driver.new_tab().await?;
    page.driver.switch_to_window(second.clone()).await?;
    // A new tab has the size of the window, not that of the page.
    page.show(&Look::default()).await?;
    page.go("#/schools").await?;
    page.find("watching").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "45").await?;
    told(page, "这里只看").await?;
    wait_exactly(page, "moved-up", "0").await?;
    // The first goes on; the second follows.
    page.driver.switch_to_window(first.clone()).await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    saved(page).await?;
    page.driver.switch_to_window(second.clone()).await?;
    wait_exactly(page, "moved-up", "+2").await?;
    // The second takes over; the first watches now.
    page.click("take-over").await?;
    page.wait_gone("watching").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "41").await?;
    saved(page).await?;
    page.driver.switch_to_window(first).await?;
    page.find("watching").await?;
    wait_exactly(page, "moved-up", "+3").await?;
    page.driver.close_window().await?;
    page.driver.switch_to_window(second).await?;
    page.reload().await?;
    wait_exactly(page, "moved-up", "+3").await
}

/// A store without room: it is said in plain words, the work goes on, and the file can be had at
/// once.
pub async fn a_full_store_is_told_and_the_work_goes_on(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    saved(page).await?;
    page.script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    )
    .await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    told(page, "空间已满").await?;
    wait_exactly(page, "moved-up", "+2").await?;
    page.click("toast-action").await?;
    let file = page.downloaded(".bianheng.json").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "41").await?;
    wait_exactly(page, "moved-up", "+3").await?;
    page.load("").await?;
    page.find("start").await?;
    page.upload("open-file-input", &file).await?;
    wait_exactly(page, "moved-up", "+2").await
}

/// A store that has no room for the first write and has it later keeps the whole file then.
pub async fn a_store_that_recovers_keeps_the_whole_file(page: &Page) -> Result<()> {
    page.script(
        "window.given = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = \
         () => { throw new DOMException('full', 'QuotaExceededError'); };",
    )
    .await?;
    open_sample(page).await?;
    told(page, "空间已满").await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    wait_exactly(page, "moved-up", "+2").await?;
    page.script("IDBObjectStore.prototype.put = window.given;").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "41").await?;
    saved(page).await?;
    page.reload().await?;
    wait_exactly(page, "moved-up", "+3").await
}

/// A browser that keeps nothing says so, offers the file at once, and the work goes on.
pub async fn a_browser_that_keeps_nothing_is_told(page: &Page) -> Result<()> {
    page.before_each_page(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };",
    )
    .await?;
    page.go("").await?;
    open_sample(page).await?;
    told(page, "不许本页保存").await?;
    page.click("toast-action").await?;
    page.downloaded(".bianheng.json").await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    wait_exactly(page, "moved-up", "+2").await
}

/// Work that went out as no file for a week says so in one quiet line, until it does.
pub async fn an_old_export_is_said_in_one_line(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    saved(page).await?;
    let line = "天没有导出文件";
    ensure!(!page.text("saved").await?.contains(line), "said on the first day");
    // The page is opened again nine days later.
    page.before_each_page(
        "const Then = Date; const now = () => Then.now() + 9 * 86400000; \
         window.Date = class extends Then { static now() { return now(); } \
         constructor(...at) { if (at.length) { super(...at); } else { super(now()); } } };",
    )
    .await?;
    page.reload().await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "41").await?;
    page.wait_text("saved", &format!("9 {line}")).await?;
    page.click("export").await?;
    page.downloaded(".bianheng.json").await?;
    page.wait_until("the line is gone", async || {
        Ok((!page.text("saved").await?.contains(line)).then_some(()))
    })
    .await
}

/// A file that is dropped over work that is not saved yet replaces nothing.
pub async fn a_file_over_unsaved_work_replaces_nothing(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    saved(page).await?;
    page.click("export").await?;
    let file = page.downloaded(".bianheng.json").await?;
    let text = std::fs::read_to_string(&file)?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    // At once, before anything is written.
    let drop = format!(
        "const data = new DataTransfer(); \
         data.items.add(new File([{text:?}], 'x.bianheng.json')); \
         window.dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}));"
    );
    page.script(&drop).await?;
    told(page, "复算结果与文件一致").await?;
    wait_exactly(page, "moved-up", "0").await?;
    saved(page).await?;
    go_to_start(page).await?;
    counted(page, "recent-row", 2).await?;
    open_last(page).await?;
    wait_exactly(page, "moved-up", "+2").await
}

/// Files that want harm get a sentence each, and the page goes on.
pub async fn hostile_files_get_a_sentence(page: &Page) -> Result<()> {
    open_sample(page).await?;
    saved(page).await?;
    page.click("export").await?;
    let file = page.downloaded(".bianheng.json").await?;
    let text = std::fs::read_to_string(&file)?;
    go_to_start(page).await?;
    let deep = format!("\"app\": \"x\",\n \"deep\": {}{}", "[".repeat(50_000), "]".repeat(50_000));
    let huge = text.replacen("\"authorised\":", "\"authorised\":99999999999999999999,\"x\":", 1);
    let twice = text.replacen("\"version\": 3", "\"version\": 3,\n \"version\": 3", 1);
    for (bytes, said) in [
        (text.replacen("\"app\": \"0.1.0\"", &deep, 1), "不完整或已损坏"),
        (huge, "不完整或已损坏"),
        (twice, "不完整或已损坏"),
        (text.replacen("\"authorised\":", "\"authorised\":4000000000,\"x\":", 1), "超过一千万"),
    ] {
        std::fs::write(&file, bytes)?;
        page.upload("open-file-input", &file).await?;
        told(page, said).await?;
    }
    let large = std::fs::File::create(&file)?;
    large.set_len(100_000_000)?;
    page.upload("open-file-input", &file).await?;
    told(page, "超过 64 MB").await?;
    if let Some(bytes) = page.memory() {
        ensure!(bytes < 900_000_000, "{bytes} bytes are held");
    }
    page.click("recent-open").await?;
    ledger(page, "2,193", "9").await
}

/// Opens the page's store and does something in one of its parts, `part`, whose keys are `keys`.
fn in_store(part: &str, what: &str) -> String {
    format!(
        "const base = await new Promise((done, no) => {{ \
             const asked = indexedDB.open('bianheng'); \
             asked.onsuccess = () => done(asked.result); asked.onerror = no; }}); \
         const work = base.transaction(['{part}'], 'readwrite'); \
         const part = work.objectStore('{part}'); \
         const keys = await new Promise(done => {{ \
             const asked = part.getAllKeys(); asked.onsuccess = () => done(asked.result); }}); \
         {what} \
         await new Promise(done => {{ work.oncomplete = done; }}); base.close(); return true;"
    )
}

/// What was written last cannot be read: the page says so and goes back to the newest whole snapshot.
pub async fn a_file_that_cannot_be_read_comes_back_from_its_snapshot(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    saved(page).await?;
    page.click("scenario-menu").await?;
    page.click("scenario-snapshots").await?;
    page.fill("snapshot-name", "会前").await?;
    page.click("snapshot-take").await?;
    page.wait_text("snapshots", "会前").await?;
    page.press("Escape").await?;
    page.wait_gone("snapshots-dialog").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "41").await?;
    saved(page).await?;
    page.script(&in_store("scenarios", "for (const key of keys) part.put('{', key);")).await?;
    page.reload().await?;
    told(page, "已退到").await?;
    wait_exactly(page, "moved-up", "+2").await?;
    // It is worked on and kept as before.
    set_cell(page, "school-row@1020/primary cell-authorised", "42").await?;
    saved(page).await?;
    page.reload().await?;
    wait_exactly(page, "moved-up", "+4").await
}

/// Snapshots that nobody asked for give their places to newer ones; one made by hand stays until it is
/// deleted. One that cannot be read is said, and the present stays.
pub async fn a_snapshot_made_by_hand_stays(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    saved(page).await?;
    page.click("scenario-menu").await?;
    page.click("scenario-snapshots").await?;
    page.fill("snapshot-name", "会前").await?;
    page.click("snapshot-take").await?;
    page.wait_text("snapshots", "会前").await?;
    page.press("Escape").await?;
    page.wait_gone("snapshots-dialog").await?;
    // Forty others come after it; their contents are damaged.
    let many = "const [file] = keys[0].split('/'); \
        for (let n = 1; n <= 40; n += 1) { \
            const at = Date.now() + n; \
            const text = JSON.stringify({ at, name: '', cause: 'time', kept: '{' }); \
            part.put(text, `${file}/${String(at).padStart(14, '0')}/${text.length}/time`); \
        }";
    page.script(&in_store("snapshots", many)).await?;
    page.click("scenario-menu").await?;
    page.click("scenario-snapshots").await?;
    page.wait_text("snapshots", "会前").await?;
    // The newest stands first.
    page.click("snapshot-restore").await?;
    told(page, "没有恢复").await?;
    page.find("snapshots-dialog").await?;
    wait_exactly(page, "moved-up", "+2").await?;
    page.press("Escape").await?;
    page.wait_gone("snapshots-dialog").await?;
    // The next snapshot that nobody asked for makes room: that of the present before it is restored.
    let restore = "const rows = [...document.querySelectorAll('[data-testid=snapshot]')]; \
        const row = rows.find(row => row.textContent.includes('会前')); \
        row.querySelector('[data-testid=snapshot-restore]').click(); return rows.length;";
    page.click("scenario-menu").await?;
    page.click("scenario-snapshots").await?;
    page.wait_text("snapshots", "会前").await?;
    page.script(restore).await?;
    told(page, "已恢复到").await?;
    // Written after it was taken: then the ring has made its room.
    saved(page).await?;
    page.click("scenario-menu").await?;
    page.click("scenario-snapshots").await?;
    page.wait_text("snapshots", "会前").await?;
    page.wait_until("thirty are left beside the one made by hand", async || {
        Ok((page.count("snapshot").await? == 31).then_some(()))
    })
    .await?;
    page.click("snapshot-delete").await?;
    counted(page, "snapshot", 30).await
}
