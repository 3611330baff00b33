//! Steps that several journeys share.

use std::cell::Cell;

use anyhow::{Context, Result};
use bianheng_e2e::page::Page;

/// Opens the sample county from the first screen.
pub async fn open_sample(page: &Page) -> Result<()> {
    page.click("open-sample").await?;
    page.wait_text("county", "示例县").await
}

/// Waits until the ledger of school posts shows these figures, and that it closes.
pub async fn ledger(page: &Page, units: &str, unassigned: &str) -> Result<()> {
    page.wait_text("ledger-units", units).await?;
    wait_exactly(page, "ledger-unassigned", unassigned).await?;
    page.find("ledger-closed").await.map(drop)
}

/// Waits until the element says just this.
pub async fn wait_exactly(page: &Page, testid: &str, text: &str) -> Result<()> {
    page.wait_until(&format!("`{testid}` says just `{text}`"), async || {
        Ok((page.text(testid).await? == text).then_some(()))
    })
    .await
}

/// Types a figure into a cell of the schools table and leaves it by Enter.
pub async fn set_cell(page: &Page, cell: &str, text: &str) -> Result<()> {
    page.click(cell).await?;
    page.press("F2").await?;
    page.find("cell-editor").await?;
    page.press("Control+a").await?;
    page.type_text(text).await?;
    page.press("Enter").await
}

/// Waits until a message says this.
pub async fn told(page: &Page, part: &str) -> Result<()> {
    page.wait_until(&format!("a message says `{part}`"), async || {
        for toast in page.find_all("toast").await? {
            if toast.text().await?.contains(part) {
                return Ok(Some(()));
            }
        }
        Ok(None)
    })
    .await
}

/// Waits until everything is saved.
pub async fn saved(page: &Page) -> Result<()> {
    page.wait_text("saved", "已保存").await
}

/// Waits until there are so many elements of that name.
pub async fn counted(page: &Page, testid: &str, number: usize) -> Result<()> {
    let seen = Cell::new(0);
    let what = format!("`{testid}` is there {number} times");
    let waited = page
        .wait_until(&what, async || {
            seen.set(page.count(testid).await?);
            Ok((seen.get() == number).then_some(()))
        })
        .await;
    waited.with_context(|| format!("`{testid}` is there {} times", seen.get()))
}

/// Opens the last file of the list on the first screen.
pub async fn open_last(page: &Page) -> Result<()> {
    page.wait_until("the last file of the list can be opened", async || {
        let rows = page.find_all("recent-open").await?;
        Ok(Some(rows.last().context("the list is empty")?.click().await?))
    })
    .await
}

/// Goes to the first screen. What was open stays in the list.
pub async fn go_to_start(page: &Page) -> Result<()> {
    page.click("nav-start").await?;
    page.find("start").await?;
    page.find("recent-row").await.map(drop)
}

/// Chooses the first of the files that the dialog of taking in offers.
pub async fn take_from_first_file(page: &Page) -> Result<()> {
    let first = "return document.querySelector(\
         \"[data-testid=take-from] option[value]:not([value=''])\")?.value ?? null";
    let id = page
        .wait_until("the first file is offered", async || {
            Ok(page.script(first).await?.as_str().map(str::to_owned))
        })
        .await?;
    page.choose("take-from", &id).await
}
