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

/// A document number settles a figure, and undo opens it again; a copied norm shows what was changed
/// in it; a pack of the library lies open to its tables and to what its texts leave open.
pub async fn a_figure_rests_on_a_document_and_a_pack_shows_its_tables(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-norms").await?;
    let document = "parameter@ratio.primary parameter-document";
    page.fill(document, "示编〔2026〕9号").await?;
    page.press("Enter").await?;
    page.wait_text("parameter@ratio.primary parameter-clause", "示编〔2026〕9号").await?;
    page.wait_text("norm-log-row", "依据 示编〔2026〕9号").await?;
    // Another figure is not what the document says.
    page.fill("parameter@ratio.primary parameter-value", "18").await?;
    page.press("Enter").await?;
    page.wait_text("parameter@ratio.primary parameter-clause", "手工改定，原标准为 19").await?;
    page.wait_text("toasts", "不再依据 示编〔2026〕9号").await?;
    page.click("undo").await?;
    page.wait_text("parameter@ratio.primary parameter-clause", "示编〔2026〕9号").await?;
    page.click("undo").await?;
    page.wait_until("the clause is as it was", async || {
        let said = page.text("parameter@ratio.primary parameter-clause").await?;
        Ok((!said.contains("示编")).then_some(()))
    })
    .await?;

    page.click("pack-copy").await?;
    page.wait_text("provenance", "（本县）").await?;
    page.fill("parameter@ratio.primary parameter-value", "18").await?;
    page.press("Enter").await?;
    page.wait_text("parameter@ratio.primary parameter-base", "19").await?;
    page.click("parameter@ratio.primary parameter-reset").await?;
    page.wait_gone("parameter@ratio.primary parameter-base").await?;

    page.choose("norm-select", "jp-standard").await?;
    page.wait_text("provenance", "日本").await?;
    page.wait_text("norm-section@rule-JP-NURSE", "不足 3 班").await?;
    page.wait_text("norm-section@rule-JP-NURSE", "按编号调用").await?;
    page.wait_until("the table of Nakano has its row of 14 classes", async || {
        for row in page.find_all("norm-table-row").await? {
            if row.text().await?.contains("小学校 14") {
                return Ok(Some(()));
            }
        }
        Ok(None)
    })
    .await
}

/// A value and the document that settles it are typed one after the other and are one step; by hand a
/// value is said to be changed and unverified, both.
pub async fn a_value_and_its_document_are_one_step(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-norms").await?;
    let status = "parameter@ratio.primary parameter-status";
    page.fill("parameter@ratio.primary parameter-value", "18").await?;
    page.press("Enter").await?;
    page.wait_text(status, "已改动").await?;
    page.wait_text(status, "待核实").await?;
    page.click("undo").await?;
    page.wait_gone("norm-log-row").await?;

    // Going from one field to the other takes nothing yet.
    page.fill("parameter@ratio.primary parameter-value", "18").await?;
    page.fill("parameter@ratio.primary parameter-document", "示编〔2026〕9号").await?;
    page.press("Enter").await?;
    page.wait_text("norm-log-row", "19 → 18，依据 示编〔2026〕9号").await?;
    page.wait_text(status, "已核实").await?;
    page.click("undo").await?;
    page.wait_gone("norm-log-row").await?;

    // Leaving the row takes what was typed.
    page.fill("parameter@ratio.primary parameter-value", "17").await?;
    page.click("norm-select").await?;
    page.press("Escape").await?;
    page.wait_text("norm-log-row", "19 → 17").await
}

/// The end of a band moves the beginning of the next, what the norm cannot hold is refused in its row,
/// and a figure and its document are one step.
pub async fn the_figures_of_a_table_are_set_in_place(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-norms").await?;
    page.choose("norm-select", "pl-specialists").await?;
    page.wait_text("provenance", "波兰").await?;
    page.wait_text("norm-table-row@y2022/3", "31–50").await?;
    page.fill("table-value@y2022/2/end", "40").await?;
    page.press("Enter").await?;
    page.wait_text("norm-table-row@y2022/3", "41–50").await?;
    page.wait_text("norm-log-row", "30 → 40").await?;
    page.wait_text("norm-table-row@y2022/2 table-base", "30").await?;
    page.wait_text("norm-table-row@y2022/2 table-clause", "手工改定，原标准为 30").await?;

    // The field kept the focus: a second figure is typed at once. 1–60 swallows 41–50.
    page.press("Control+a").await?;
    page.type_text("60").await?;
    page.press("Enter").await?;
    page.wait_text("norm-table-row@y2022/2 table-error", "改正界限").await?;
    page.press("Escape").await?;
    page.wait_gone("table-error").await?;
    page.wait_text("norm-table-row@y2022/3", "41–50").await?;

    page.fill("table-value@y2022/3/1", "0.6").await?;
    page.fill("norm-table-row@y2022/3 table-document", "示编〔2026〕9号").await?;
    page.press("Enter").await?;
    page.wait_text("norm-log-row", "0.5 → 0.6，依据 示编〔2026〕9号").await?;
    page.wait_text("norm-table-row@y2022/3 table-clause", "按 示编〔2026〕9号 改定").await?;
    page.click("undo").await?;
    page.wait_until("the row is as it was", async || {
        let said = page.text("norm-table-row@y2022/3 table-clause").await?;
        Ok((!said.contains("示编")).then_some(()))
    })
    .await?;
    page.click("norm-table-row@y2022/2 table-reset").await?;
    page.wait_text("norm-table-row@y2022/3", "31–50").await?;
    page.wait_gone("table-base").await
}
