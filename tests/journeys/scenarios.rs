//! Several scenarios: made, compared, gone back in, merged, brought over, sent as a link.

use anyhow::{Context, Result};
use bianheng_e2e::page::Page;
use serde_json::{Value, json};

use crate::steps::{
    counted, go_to_start, open_last, open_sample, saved, set_cell, take_from_first_file, told,
    wait_exactly,
};

/// A copy is made, changed and held against the first; the causes sum to the difference.
pub async fn a_copy_is_changed_and_compared(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("scenario-menu").await?;
    page.click("scenario-duplicate").await?;
    page.wait_text("scenario-tab", "方案一 副本").await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    page.click("nav-compare").await?;
    page.wait_text("matrix", "方案一 副本").await?;
    page.wait_text("matrix", "方案二 · 保底").await?;
    page.choose("compare-from", "1").await?;
    page.choose("compare-to", "2").await?;
    page.wait_text("units-note", "1 行不同").await?;
    page.wait_text("unit-row@1020/primary", "枫溪小学").await?;
    // Two posts more by hand; the school was short of more than two.
    page.wait_text("why-line", "手工 −2").await?;
    page.wait_text("why-line", "差额 −2").await?;
    page.click("why-turn").await?;
    page.wait_text("why-line", "手工 −2、规则").await?;
    page.choose("compare-to", "3").await?;
    page.click("units-by-hand").await?;
    counted(page, "unit-row", 1).await?;
    // Put away and taken out again.
    page.click("scenario-menu").await?;
    page.click("scenario-archive").await?;
    counted(page, "scenario-other", 1).await?;
    page.click("scenario-menu").await?;
    page.click("scenario-unarchive").await?;
    counted(page, "scenario-other", 2).await
}

/// What is undone and left stays as a branch; the history goes back to it, after a reload too.
pub async fn a_branch_that_was_left_is_still_there(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    set_cell(page, "school-row@1013/primary cell-authorised", "36").await?;
    page.press("Control+z").await?;
    set_cell(page, "school-row@1013/primary cell-authorised", "39").await?;
    saved(page).await?;
    page.reload().await?;
    page.click("history").await?;
    page.wait_text("branch", "1 步").await?;
    page.click("branch-take").await?;
    page.press("Escape").await?;
    page.wait_gone("history-dialog").await?;
    page.wait_text("school-row@1013/primary cell-authorised", "36").await?;
    page.click("history").await?;
    page.find("branch").await?;
    page.click("step-go").await?;
    page.press("Escape").await?;
    wait_exactly(page, "moved-up", "0").await
}

/// A snapshot is taken and restored, and restoring is undone.
pub async fn a_snapshot_comes_back_and_goes_again(page: &Page) -> Result<()> {
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
    page.click("scenario-menu").await?;
    page.click("scenario-snapshots").await?;
    page.click("snapshot-preview").await?;
    page.wait_text("snapshot-changes", "1 处与现在不同").await?;
    page.wait_text("snapshot-changes", "枫溪小学").await?;
    page.click("snapshot-restore").await?;
    wait_exactly(page, "moved-up", "+2").await?;
    page.click("toast-action").await?;
    wait_exactly(page, "moved-up", "+3").await
}

/// Of many schools that differ the first are shown and the rest summed up, until they are asked for.
pub async fn all_that_differ_are_shown_when_asked_for(page: &Page) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("bianheng-compare-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut survey = "学校代码,学校名称,乡镇,学段,学生数,班级数,核定编制,实有在编\n".to_owned();
    for n in 0..260 {
        let (code, students) = (2001 + n, 400 + n);
        survey += &format!("{code},第{n}小学,一镇,小学,{students},12,30,30\n");
    }
    let file = folder.join("调查表.csv");
    std::fs::write(&file, survey)?;
    page.upload("import-survey-input", &file).await?;
    page.wait_text("import-rows-read", "260").await?;
    page.click("import-take").await?;
    page.wait_text("rows-count", "260").await?;
    std::fs::remove_dir_all(&folder)?;
    // From 19 to 18 students for a post every school of 400 and more is entitled to one more at least.
    page.click("nav-norms").await?;
    page.fill("parameter@ratio.primary parameter-value", "18").await?;
    page.press("Enter").await?;
    page.wait_text("undo", "19 → 18").await?;
    page.click("nav-compare").await?;
    page.choose("compare-from", "0").await?;
    page.choose("compare-to", "1").await?;
    page.wait_text("units-note", "260 行不同").await?;
    counted(page, "unit-row", 60).await?;
    page.click("units-more").await?;
    counted(page, "unit-row", 260).await?;
    page.wait_gone("units-more").await
}

/// A colleague's file merges cell by cell: where both changed a cell somebody has to choose.
pub async fn a_colleagues_file_merges_cell_by_cell(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("share").await?;
    page.click("share-review").await?;
    let file = page.downloaded(".bianheng.json").await?;
    // The colleague opens it, straight in the comparison, changes two cells and remarks on one.
    go_to_start(page).await?;
    page.upload("open-file-input", &file).await?;
    page.find("compare").await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "41").await?;
    set_cell(page, "school-row@1013/primary cell-authorised", "39").await?;
    page.click("nav-compare").await?;
    page.choose("compare-from", "0").await?;
    page.choose("compare-to", "1").await?;
    page.click("unit-row@1020/primary remark").await?;
    page.fill("remark-text", "请再核").await?;
    page.fill("remark-who", "教体局").await?;
    page.click("remark-add").await?;
    page.wait_text("remarks", "请再核").await?;
    // Any cell that differs can carry one: a figure of the survey, a line of the matrix.
    page.click("unit-row@1013/primary remark").await?;
    page.choose("remark-about", "students 1013/primary").await?;
    page.fill("remark-text", "学生数以九月为准").await?;
    page.click("remark-add").await?;
    page.wait_text("remarks", "学生数以九月为准").await?;
    page.click("matrix-line@shortage remark").await?;
    page.fill("remark-text", "缺编还多").await?;
    page.click("remark-add").await?;
    page.wait_text("remarks", "缺编合计").await?;
    saved(page).await?;
    page.click("export").await?;
    let back = page.downloaded(".bianheng.json").await?;
    // Back home one of the cells was changed meanwhile.
    go_to_start(page).await?;
    open_last(page).await?;
    page.wait_text("county", "示例县").await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    page.click("nav-compare").await?;
    page.click("take-in").await?;
    page.upload("take-file-input", &back).await?;
    page.wait_text("take-body", "1 格要选").await?;
    page.wait_text("undecided", "1").await?;
    page.click("theirs").await?;
    page.click("take-do").await?;
    told(page, "3 条留言").await?;
    page.wait_text("scenario-tab", "＋").await?;
    page.wait_text("remarks", "教体局").await?;
    page.click("nav-schools").await?;
    page.wait_text("school-row@1020/primary cell-authorised", "41").await?;
    page.wait_text("school-row@1013/primary cell-authorised", "39").await?;
    // The same file once more brings nothing: no scenario is made of it.
    let scenarios = page.count("scenario-other").await?;
    page.click("nav-compare").await?;
    page.click("take-in").await?;
    page.upload("take-file-input", &back).await?;
    page.wait_text("take-do", "收下留言").await?;
    page.click("take-do").await?;
    told(page, "对方没有改动").await?;
    counted(page, "scenario-other", scenarios).await?;
    counted(page, "remark-line", 3).await
}

/// Two people work on one pool: what each did is taken part by part, and only what both changed is asked.
pub async fn a_pool_merges_part_by_part(page: &Page) -> Result<()> {
    open_sample(page).await?;
    saved(page).await?;
    page.click("export").await?;
    let file = page.downloaded(".bianheng.json").await?;
    go_to_start(page).await?;
    page.upload("open-file-input", &file).await?;
    told(page, "复算结果与文件一致").await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    page.click("loan-book").await?;
    page.click("loan-row@L1 loan-entry").await?;
    page.fill("entry-posts", "2").await?;
    page.click("entry-save").await?;
    wait_exactly(page, "pool-free", "9").await?;
    page.fill("pool-edit-term", "4").await?;
    page.press("Enter").await?;
    page.wait_text("undo", "周转池").await?;
    saved(page).await?;
    page.click("export").await?;
    let back = page.downloaded(".bianheng.json").await?;
    go_to_start(page).await?;
    open_last(page).await?;
    page.wait_text("county", "示例县").await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    page.fill("pool-edit-term", "5").await?;
    page.press("Enter").await?;
    page.wait_text("undo", "周转池").await?;
    page.click("nav-compare").await?;
    page.click("take-in").await?;
    page.upload("take-file-input", &back).await?;
    page.wait_text("take-body", "1 格要选").await?;
    counted(page, "merge-line", 2).await?;
    page.wait_text("take-body", "4 年").await?;
    page.wait_text("take-body", "归还").await?;
    page.click("theirs").await?;
    page.click("take-do").await?;
    told(page, "已合并成").await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    wait_exactly(page, "pool-free", "9").await?;
    let term = "return document.querySelector('[data-testid=pool-edit-term]')?.value ?? null";
    page.wait_until("the term is theirs", async || {
        Ok((page.script(term).await? == "4").then_some(()))
    })
    .await
}

/// A scenario comes over to a corrected survey: what changed under it and what no longer fits is said,
/// somebody chooses, and the file it came from stays as it was.
pub async fn a_scenario_comes_over_to_a_corrected_survey(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    set_cell(page, "school-row@1013/primary cell-authorised", "36").await?;
    saved(page).await?;
    page.click("export").await?;
    let file = page.downloaded(".bianheng.json").await?;
    // The survey said 38 of the first school, and is corrected to 39.
    let mut corrected: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    let units = corrected.pointer_mut("/base/county/units").and_then(Value::as_array_mut);
    let units = units.context("a file without units")?;
    let mut units = units.iter_mut();
    let school = units.find(|unit| unit.get("code") == Some(&json!("1020")));
    let posts = school.and_then(|unit| unit.pointer_mut("/holdings/0/authorised"));
    *posts.context("a file without the school")? = json!(39);
    let all = corrected.as_object_mut().context("a file that is no object")?;
    all.insert("scenarios".to_owned(), json!([{ "name": "方案一", "done": [] }]));
    all.insert("figures".to_owned(), json!([]));
    std::fs::write(&file, corrected.to_string())?;
    go_to_start(page).await?;
    page.upload("open-file-input", &file).await?;
    told(page, "复算结果与文件所载不同").await?;
    page.click("nav-compare").await?;
    page.click("take-in").await?;
    take_from_first_file(page).await?;
    page.wait_text("take-body", "1 处数字变了").await?;
    page.wait_text("take-body", "2 处改动中，1 处照样适用，1 处要看").await?;
    page.wait_text("take-body", "原以为 38，现在是 39").await?;
    page.wait_text("undecided", "1").await?;
    // What needs a look stands first.
    page.click("mine").await?;
    page.click("take-do").await?;
    told(page, "已搬来").await?;
    page.wait_text("scenario-tab", "方案一 2").await?;
    wait_exactly(page, "moved-up", "+1").await?;
    wait_exactly(page, "moved-down", "−1").await?;
    saved(page).await?;
    go_to_start(page).await?;
    open_last(page).await?;
    wait_exactly(page, "moved-up", "+2").await
}

/// A small scenario travels in a link; a damaged one is told in words.
pub async fn a_link_opens_to_the_same_figures(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "40").await?;
    page.script(
        "Object.defineProperty(navigator, 'clipboard', { value: \
         { writeText: text => { window.copied = text; return Promise.resolve(); } } });",
    )
    .await?;
    page.click("share").await?;
    page.click("share-link").await?;
    let link = page
        .wait_until("the link is copied", async || {
            Ok(page.script("return window.copied ?? null").await?.as_str().map(str::to_owned))
        })
        .await?;
    let (_, hash) = link.split_once('#').context("a link with a hash")?;
    saved(page).await?;
    page.go(&format!("#{hash}")).await?;
    told(page, "复算结果与文件一致").await?;
    wait_exactly(page, "moved-up", "+2").await?;
    let damaged = format!("#{}", hash.get(..hash.len() / 2).unwrap_or_default());
    page.go(&damaged).await?;
    told(page, "分享链接不完整或已损坏").await?;
    page.find("start").await.map(drop)
}
