//! The harness itself: that files, keys and fields work as the other journeys take for granted. Builds what
//! it needs in the page, so that it holds whatever the app looks like.

use anyhow::{Result, ensure};
use bianheng_e2e::page::Page;

/// A file that the page offers arrives, and the same file can be given back to it.
pub async fn files_come_and_go(page: &Page) -> Result<()> {
    page.script(
        "const link = document.createElement('a'); \
         link.href = URL.createObjectURL(new Blob(['三十二 posts'])); \
         link.download = 'posts.txt'; \
         link.textContent = 'save'; \
         link.dataset.testid = 'harness-save'; \
         const input = document.createElement('input'); \
         input.type = 'file'; \
         input.hidden = true; \
         input.dataset.testid = 'harness-file'; \
         const out = document.createElement('p'); \
         out.dataset.testid = 'harness-out'; \
         input.onchange = async () => { out.textContent = await input.files[0].text(); }; \
         document.body.replaceChildren(link, input, out);",
    )
    .await?;
    page.click("harness-save").await?;
    let file = page.downloaded(".txt").await?;
    ensure!(std::fs::read_to_string(&file)? == "三十二 posts", "the file changed on its way");
    page.upload("harness-file", &file).await?;
    page.wait_text("harness-out", "三十二 posts").await
}

/// A field takes Chinese text, keeps what stands there or gives it up, and hears keys held together.
pub async fn fields_and_keys_work(page: &Page) -> Result<()> {
    page.script(
        "const field = document.createElement('input'); \
         field.dataset.testid = 'harness-field'; \
         const out = document.createElement('p'); \
         out.dataset.testid = 'harness-out'; \
         field.onkeydown = event => { \
             if (event.ctrlKey && event.shiftKey && event.code === 'KeyZ') { out.textContent = 'redo'; } }; \
         document.body.replaceChildren(field, out);",
    )
    .await?;
    page.type_into("harness-field", "编制").await?;
    page.type_into("harness-field", " 12").await?;
    ensure!(page.value("harness-field").await? == "编制 12", "typing adds");
    page.fill("harness-field", "第一小学").await?;
    ensure!(page.value("harness-field").await? == "第一小学", "filling replaces");
    page.press("Control+Shift+Z").await?;
    page.wait_text("harness-out", "redo").await
}
