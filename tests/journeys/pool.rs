//! The turnover pool: a batch is awarded by the rules, approved, and taken back; a loan lives on in
//! the book; what cannot be is refused where it is typed.

use anyhow::{Result, ensure};
use bianheng_e2e::page::Page;

use crate::steps::{counted, open_sample, told, wait_exactly};

/// Eleven posts go to seven institutions, each with its reason; the pool stands in the ledger.
pub async fn a_batch_is_approved_and_taken_back(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    wait_exactly(page, "ledger-pool", "30").await?;
    wait_exactly(page, "ledger-unassigned", "8").await?;
    page.wait_text("granted-sum", "11").await?;
    counted(page, "application-row", 10).await?;
    page.wait_text("applications", "超编").await?;
    page.wait_text("next-post", "县水利工程质量服务站").await?;
    page.click("approve").await?;
    page.wait_text("undo", "批准 11 名").await?;
    page.wait_text("past-batches", "11").await?;
    page.fill("next-batch-name", "2027 年第一批").await?;
    page.fill("next-batch-limit", "2").await?;
    page.click("next-batch-open").await?;
    // Opened: there is no further one to open until this is closed.
    page.wait_gone("next-batch").await?;
    page.press("Control+z").await?;
    page.press("Control+z").await?;
    page.wait_text("granted-sum", "11").await
}

/// A return beyond what is owed is refused with its figures; a right one is entered and taken back.
pub async fn a_loan_is_returned_and_the_year_told(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    wait_exactly(page, "pool-free", "7").await?;
    page.wait_text("use-summary", "上编 211 人，流动 354 人，下编 122 人").await?;
    page.click("loan-book").await?;
    page.click("loan-row@L1 loan-entry").await?;
    page.fill("entry-posts", "3").await?;
    page.click("entry-save").await?;
    refused_at(page, "entry-posts", "归还 3 名，多于在借 2 名").await?;
    page.fill("entry-posts", "2").await?;
    page.click("entry-save").await?;
    wait_exactly(page, "pool-free", "9").await?;
    page.wait_text("entries", "归还").await?;
    page.wait_text("undo", "县中医医院 归还").await?;
    page.press("Control+z").await?;
    wait_exactly(page, "pool-free", "7").await
}

/// An application comes in with its day and its document, which stand with its grounds; the years say what
/// comes in and goes out, each by its way.
pub async fn an_application_comes_in_and_the_years_tell_each_way(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    counted(page, "application-row", 10).await?;
    page.click("add-application").await?;
    page.click("application-save").await?;
    refused_at(page, "application-unit", "先选单位").await?;
    page.choose("application-unit", "G12").await?;
    page.fill("application-purpose", "检验师").await?;
    page.fill("application-document", "疾控〔2026〕3 号").await?;
    page.click("application-save").await?;
    counted(page, "application-row", 11).await?;
    page.click("application-row@11 granted").await?;
    page.wait_text("applied-on", "申请日期").await?;
    page.wait_text("applied-on", "疾控〔2026〕3 号").await?;
    page.press("Control+z").await?;
    counted(page, "application-row", 10).await?;

    // Eleven are granted in 2026 and due three years on; the ten secondees' come back in 2028.
    page.click("year-row@2026").await?;
    page.wait_text("year-said", "年内：批出 11").await?;
    page.click("year-row@2028").await?;
    page.wait_text("year-said", "年内：到期归还 10").await
}

/// Schools that are short are told apart by the pupils already in school, with their grounds; rules of
/// a real scheme are put in force and marked as not verified; the model changes what the total counts.
pub async fn lasting_shortages_presets_and_models(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.choose("kind", "school").await?;
    page.click("nav-pool").await?;
    page.choose("kind", "school").await?;
    counted(page, "lasting-row", 13).await?;
    page.click("lasting-row@1012/primary lasting-open").await?;
    page.wait_text("lasting-proof", "2029 年：学生").await?;
    page.wait_text("lasting-row@1012/primary", "长期缺").await?;
    page.choose("preset-select", "1").await?;
    page.wait_text("preset-about", "待核实").await?;
    page.click("preset-put").await?;
    page.wait_text("pool-settings", "减员抵缺编").await?;
    page.choose("pool-model", "2").await?;
    page.wait_text("ledger-beside", "C 专户 24").await?;
    wait_exactly(page, "ledger-pool", "0").await?;
    page.press("Control+z").await?;
    wait_exactly(page, "ledger-pool", "24").await
}

/// Vacant posts are adjusted between two units: more than are vacant is refused with the figures, what
/// it will do is said before it is done; a centre is founded out of the unassigned; both are undone.
pub async fn posts_move_by_document(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    wait_exactly(page, "ledger-unassigned", "8").await?;
    page.click("movement-add").await?;
    page.choose("movement-sort", "1").await?;
    page.fill("movement-from", "县国有资产事务中心").await?;
    page.fill("movement-to", "G13").await?;
    page.fill("movement-posts", "3").await?;
    page.click("movement-save").await?;
    refused_at(page, "movement-document", "没有填文号").await?;
    page.fill("movement-document", "〔2026〕3 号").await?;
    page.click("movement-save").await?;
    refused_at(page, "movement-posts", "单位 县国有资产事务中心 划出 3 名，只有 2 名").await?;
    page.fill("movement-posts", "2").await?;
    page.wait_text("movement-effect", "县国有资产事务中心 −2；县市场监管综合执法大队 +2").await?;
    page.click("movement-save").await?;
    page.wait_text("movement-table", "〔2026〕3 号").await?;
    page.wait_text("undo", "调剂：县国有资产事务中心 → 县市场监管综合执法大队 2 名").await?;
    wait_exactly(page, "ledger-unassigned", "8").await?;
    page.choose("movement-sort", "4").await?;
    page.fill("movement-code", "G99").await?;
    page.fill("movement-name", "县新设中心").await?;
    page.fill("movement-posts", "4").await?;
    page.wait_text("movement-effect", "新设 县新设中心；县新设中心 +4").await?;
    page.click("movement-save").await?;
    counted(page, "movement-row", 2).await?;
    wait_exactly(page, "ledger-unassigned", "4").await?;
    page.press("Control+z").await?;
    page.press("Control+z").await?;
    wait_exactly(page, "ledger-unassigned", "8").await
}

/// Vacant posts of a unit are cut off into the pool: more than are vacant is refused with the figures,
/// and the ledger says where they are. What lending more would leave short is said by its year. Hires
/// beyond the plan are refused where they are typed; what units keep vacant is part of it.
pub async fn posts_join_the_pool_and_people_come(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    wait_exactly(page, "ledger-pool", "30").await?;
    page.fill("lend-more", "12").await?;
    page.wait_text("lend-more-said", "2026 年末差 5 名").await?;
    page.click("loan-book").await?;
    page.click("pool-entry").await?;
    page.choose("entry-unit", "G09").await?;
    page.fill("entry-document", "〔2026〕7 号").await?;
    page.fill("entry-posts", "3").await?;
    page.click("entry-save").await?;
    refused_at(page, "entry-posts", "单位 县国有资产事务中心 划出 3 名，只有 2 名").await?;
    page.fill("entry-posts", "2").await?;
    page.click("entry-save").await?;
    wait_exactly(page, "ledger-pool", "32").await?;
    wait_exactly(page, "ledger-unassigned", "8").await?;
    page.press("Control+z").await?;
    wait_exactly(page, "ledger-pool", "30").await?;
    page.click("use-add").await?;
    page.choose("use-unit", "G09").await?;
    // In which order a date is typed is the browser's own; the day must not be the test's.
    page.script(
        "const field = document.querySelector('[data-testid=use-date]'); \
         field.value = '2026-12-01'; \
         field.dispatchEvent(new Event('input', { bubbles: true }));",
    )
    .await?;
    page.fill("use-people", "3").await?;
    page.click("use-save").await?;
    refused_at(page, "use-people", "计划进 3 人，至多 2 人").await?;
    page.click("use-table-toggle").await?;
    page.fill("use-reserve", "11:1").await?;
    page.press("Enter").await?;
    page.fill("use-people", "2").await?;
    page.click("use-save").await?;
    page.wait_text("form-error", "计划进 2 人，至多 1 人").await?;
    page.fill("use-people", "1").await?;
    page.fill("use-approval-document", "〔2026〕8 号").await?;
    page.fill("use-approval-batch", "第二批").await?;
    page.click("use-save").await?;
    page.wait_text("undo", "核准：县国有资产事务中心 1 人（〔2026〕8 号，第二批）").await?;
    let document = page.value("use-entry@1 use-entry-document").await?;
    ensure!(document == "〔2026〕8 号", "the document of the approval: {document}");
    page.fill("use-entry@1 use-entry-batch", "第三批").await?;
    page.press("Enter").await?;
    page.wait_text("undo", "核准：县国有资产事务中心 1 人（〔2026〕8 号，第三批）").await?;
    page.click("undo").await?;
    page.wait_text("undo", "〔2026〕8 号，第二批").await?;
    page.click("undo").await?;
    page.click("undo").await?;
    wait_exactly(page, "ledger-pool", "30").await
}

/// A limit of a category is added, refused where it names none, and cuts at once; a figure that cannot be
/// stays in its field until it is mended. Tiers say whom they reach and are moved; a scheme that was changed
/// says so. Entries of the year are taken out one by one, unless what came after them would not hold.
pub async fn what_decides_is_changed_line_by_line(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    wait_exactly(page, "granted-sum", "11").await?;
    page.click("order-list@caps order-add").await?;
    page.fill("order-new-name", "人才").await?;
    page.fill("order-new-figure", "3").await?;
    page.click("order-save").await?;
    refused_at(page, "order-new-values", "限额“人才”3 名没有写明管哪一类").await?;
    page.fill("order-new-values", "高层次和紧缺人才").await?;
    page.click("order-save").await?;
    // 6 for livelihood services, and 3 of the 5 for talent.
    wait_exactly(page, "granted-sum", "9").await?;
    page.wait_text("order-row@caps/1 order-reach", "本批 7 件 13 名").await?;
    let figure = "order-row@caps/1 order-figure";
    page.fill(figure, "-5").await?;
    page.press("Enter").await?;
    page.wait_text("form-error", "“-5”不是 0 以上的整数").await?;
    ensure!(page.value(figure).await? == "-5", "what was typed wrong stays");
    page.fill(figure, "4").await?;
    page.press("Enter").await?;
    wait_exactly(page, "granted-sum", "10").await?;
    page.wait_gone("form-error").await?;
    page.choose("preset-select", "2").await?;
    page.click("preset-put").await?;
    page.wait_text("preset-in-force", "现用：示例县人才编制周转池").await?;
    wait_exactly(page, "granted-sum", "11").await?;
    page.wait_text("order-row@tiers/1 order-reach", "另 3 件自填档次").await?;
    page.click("order-row@tiers/1 order-down").await?;
    page.wait_text("preset-in-force", "已改动：优先档").await?;
    page.wait_text("order-row@tiers/2 order-reach", "另 3 件自填档次").await?;
    page.click("undo").await?;
    page.wait_text("order-row@tiers/1 order-reach", "另 3 件自填档次").await?;
    page.click("use-add").await?;
    page.choose("use-unit", "G09").await?;
    leaves_or_comes(page, "3", "2026-12-01", "1").await?;
    page.wait_text("use-summary", "下编 123 人").await?;
    leaves_or_comes(page, "2", "2026-12-02", "3").await?;
    page.wait_text("use-summary", "流动 357 人").await?;
    page.click("use-table-toggle").await?;
    page.wait_text("use-entry@2", "2026-12-01").await?;
    page.click("use-entry@2 remove-use").await?;
    told(page, "县国有资产事务中心 进 3 人，空编只有 2 名，差 1 名").await?;
    page.click("use-entry@1 remove-use").await?;
    page.wait_text("use-summary", "流动 354 人").await?;
    page.click("use-entry@1 remove-use").await?;
    page.wait_text("use-summary", "下编 122 人").await?;
    page.click("undo").await?;
    page.wait_text("use-summary", "下编 123 人").await
}

/// Enters people who leave, or come from outside, in the use of posts of a year.
async fn leaves_or_comes(page: &Page, what: &str, date: &str, people: &str) -> Result<()> {
    page.choose("use-what", what).await?;
    // In which order a date is typed is the browser's own.
    page.script(&format!(
        "const field = document.querySelector('[data-testid=use-date]'); \
         field.value = '{date}'; \
         field.dispatchEvent(new Event('input', {{ bubbles: true }}));",
    ))
    .await?;
    page.fill("use-people", people).await?;
    page.click("use-save").await
}

/// Waits until a field says what was refused there: it is marked, the text belongs to it, and it has the
/// focus.
async fn refused_at(page: &Page, field: &str, text: &str) -> Result<()> {
    page.wait_text("form-error", text).await?;
    let marked = page.attribute(field, "aria-invalid").await?;
    ensure!(marked.as_deref() == Some("true"), "`{field}` is not marked");
    let (described, id) = (
        page.attribute(field, "aria-describedby").await?,
        page.attribute("form-error", "id").await?,
    );
    ensure!(described.is_some() && described == id, "`{field}` is not told of {id:?}");
    let focus = page.script("return document.activeElement.dataset.testid || ''").await?;
    let own = field.rsplit(' ').next().unwrap_or(field);
    ensure!(focus.as_str() == Some(own), "the focus is on {focus}, not on `{own}`");
    Ok(())
}

/// Types a figure into a cell, which refuses it; Escape gives back what stood there.
async fn cell_refuses(page: &Page, cell: &str, typed: &str, text: &str) -> Result<()> {
    let before = page.value(cell).await?;
    page.fill(cell, typed).await?;
    page.press("Enter").await?;
    refused_at(page, cell, text).await?;
    page.press("Escape").await?;
    page.wait_gone("form-error").await?;
    ensure!(page.value(cell).await? == before, "`{cell}` is as it was");
    Ok(())
}

/// Sets a date: in which order it is typed is the browser's own.
async fn set_date(page: &Page, field: &str, date: &str) -> Result<()> {
    page.script(&format!(
        "const field = document.querySelector('[data-testid={field}]'); \
         field.value = '{date}'; \
         field.dispatchEvent(new Event('input', {{ bubbles: true }}));",
    ))
    .await
    .map(drop)
}

/// Every form of the pool says what it refuses at the field where it is put right, with clause and figure:
/// an application, a decision by hand, a renewal, an entry, a movement, a setting, a cell of a table.
pub async fn what_cannot_be_is_refused_at_its_field(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    wait_exactly(page, "granted-sum", "11").await?;
    page.click("add-application").await?;
    page.choose("application-unit", "G12").await?;
    page.fill("application-posts", "0").await?;
    page.click("application-save").await?;
    refused_at(page, "application-posts", "名额是 1 以上的整数").await?;
    page.fill("application-posts", "1").await?;
    page.fill("application-tier", "12").await?;
    page.click("application-save").await?;
    refused_at(page, "application-tier", "档次是 1 到 9 的整数").await?;
    page.press("Escape").await?;
    page.wait_gone("application-form").await?;

    // Of reason and document the one that is missing is at fault; 5 are more than the 4 asked for.
    page.click("application-row@2026-1-01 granted").await?;
    page.fill("overrule-granted", "4").await?;
    page.click("overrule").await?;
    refused_at(page, "overrule-reason", "缺少理由或文号").await?;
    page.fill("overrule-reason", "县委会议").await?;
    page.click("overrule").await?;
    refused_at(page, "overrule-document", "另行裁定须有理由和文号").await?;
    page.fill("overrule-document", "〔2026〕9 号").await?;
    page.fill("overrule-granted", "5").await?;
    page.click("overrule").await?;
    refused_at(page, "overrule-granted", "裁定 5 名，多于申请 4 名").await?;
    page.click("application-row@2026-1-01 granted").await?;
    page.wait_gone("overrule-form").await?;
    cell_refuses(page, "application-row@2026-1-01 edit-asked", "0", "名额是 1 以上的整数").await?;

    page.click("loan-book").await?;
    page.click("loan-row@L2 loan-entry").await?;
    page.choose("entry-what", "3").await?;
    set_date(page, "entry-due", "2028-03-01").await?;
    page.click("entry-save").await?;
    refused_at(page, "entry-document", "没有填文号").await?;
    page.fill("entry-document", "〔2026〕8 号").await?;
    page.click("entry-save").await?;
    refused_at(page, "entry-due", "续借没有延长期限").await?;
    page.choose("entry-what", "2").await?;
    page.fill("entry-posts", "1").await?;
    page.click("entry-save").await?;
    refused_at(page, "entry-posts", "多于待用 0 名").await?;
    page.choose("entry-what", "0").await?;
    set_date(page, "entry-date", "2025-02-01").await?;
    page.click("entry-save").await?;
    refused_at(page, "entry-date", "批准日 2025-03-01").await?;
    page.press("Escape").await?;
    page.wait_gone("entry-form").await?;

    page.click("movement-add").await?;
    page.choose("movement-sort", "1").await?;
    page.click("movement-save").await?;
    refused_at(page, "movement-from", "先选单位").await?;
    page.fill("movement-from", "县国有资产事务中心").await?;
    page.fill("movement-to", "G09").await?;
    page.fill("movement-posts", "1").await?;
    page.fill("movement-document", "〔2026〕3 号").await?;
    page.click("movement-save").await?;
    refused_at(page, "movement-from", "划出与划入都是单位").await?;
    page.click("movement-add").await?;
    page.wait_gone("movement-form").await?;

    cell_refuses(page, "pool-edit-term", "51", "借用期是 1 到 50 的整年数").await?;
    // 12 are on loan; what is granted but not approved yet gives way.
    cell_refuses(page, "pool-edit-size", "11", "差 1 名").await?;
    wait_exactly(page, "granted-sum", "11").await
}

/// A rule of the county's own is put together on the screen, by sorts or by figures, changed and taken out;
/// what asks nothing is refused where it is put right.
pub async fn a_rule_is_built_changed_and_taken_out(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    wait_exactly(page, "granted-sum", "11").await?;
    page.click("rule-add").await?;
    page.choose("rule-kind", "1").await?;
    page.choose("rule-by", "2").await?;
    page.click("rule-save").await?;
    refused_at(page, "rule-values", "没有写明和什么比，或属于哪几类").await?;
    page.fill("rule-values", "医疗").await?;
    page.click("rule-save").await?;
    // Two of the ten units are of health: 3 and 1.
    wait_exactly(page, "granted-sum", "4").await?;
    page.click("rule-row@one_of rule-change").await?;
    page.fill("rule-values", "医疗、民生").await?;
    page.click("rule-save").await?;
    wait_exactly(page, "granted-sum", "6").await?;
    page.click("rule-row@one_of rule-remove").await?;
    wait_exactly(page, "granted-sum", "11").await?;

    page.click("rule-add").await?;
    page.choose("rule-measure", "1").await?;
    page.choose("rule-of", "1").await?;
    page.click("rule-save").await?;
    refused_at(page, "rule-of", "没有写明和什么比").await?;
    page.choose("rule-of", "5").await?;
    page.fill("rule-percent", "0").await?;
    page.click("rule-save").await?;
    refused_at(page, "rule-percent", "最接近的可填数是 1").await?;
    page.choose("rule-of", "0").await?;
    page.click("rule-save").await?;
    refused_at(page, "rule-posts", "要填整数").await?;
    page.fill("rule-posts", "1").await?;
    page.click("rule-save").await?;
    // One each for the eight that are eligible.
    wait_exactly(page, "granted-sum", "8").await?;
    page.wait_text("rule-row@compare", "申请 ≤ 1").await?;
    page.press("Control+z").await?;
    wait_exactly(page, "granted-sum", "11").await
}

/// Where the posts came from stands on the screen with its document: a unit gives no more than it has
/// vacant, what it gave is no longer its own, and undo gives it back. A sort of purpose has its own term,
/// within its range.
pub async fn sources_and_terms_are_kept_on_the_screen(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    wait_exactly(page, "ledger-unassigned", "8").await?;
    page.click("source-add").await?;
    page.choose("source-unit", "G09").await?;
    page.fill("source-new-posts", "3").await?;
    page.click("source-save").await?;
    refused_at(page, "source-new-document", "要填文号").await?;
    page.fill("source-new-document", "〔2026〕7 号").await?;
    page.click("source-save").await?;
    refused_at(page, "source-new-posts", "划出 3 名，只有 2 名").await?;
    page.fill("source-new-posts", "2").await?;
    page.click("source-save").await?;
    counted(page, "source-row", 2).await?;
    page.wait_text("source-row@1", "县国有资产事务中心").await?;
    page.wait_text("source-row@2", "28").await?;
    wait_exactly(page, "ledger-unassigned", "10").await?;
    cell_refuses(page, "source-row@1 source-posts", "31", "31 名").await?;
    page.click("source-row@1 source-remove").await?;
    counted(page, "source-row", 0).await?;
    wait_exactly(page, "ledger-unassigned", "8").await?;
    page.press("Control+z").await?;
    counted(page, "source-row", 2).await?;
    page.press("Control+z").await?;
    counted(page, "source-row", 0).await?;

    cell_refuses(page, "term-row@talent term-years", "51", "填的是 51 年，可填 1 至 50 年").await?;
    page.fill("term-row@talent term-years", "5").await?;
    page.press("Enter").await?;
    // Of the eleven granted five are for talent: due in 2031.
    page.click("year-row@2031").await?;
    page.wait_text("year-said", "年内：到期归还 5").await?;
    page.click("undo").await?;
    ensure!(page.value("term-row@talent term-years").await?.is_empty(), "the term is undone");
    Ok(())
}

/// The handle on the chart goes along the years by keys and by hand: figures, bars and the headline are of
/// that year's end, and Escape goes back to the present.
pub async fn the_years_are_scrubbed_on_the_chart(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-pool").await?;
    page.choose("kind", "general").await?;
    wait_exactly(page, "pool-free", "7").await?;
    wait_exactly(page, "loan-bar@L2 loan-bar-posts", "10").await?;
    page.find("year-scrub").await?.focus().await?;
    page.press("ArrowRight").await?;
    page.wait_text("year-said", "2027 年末").await?;
    page.press("ArrowRight").await?;
    // Ten come back in March 2028: 7 and 10 are free, the eleven of the batch and the two overdue are out.
    wait_exactly(page, "pool-free", "17").await?;
    wait_exactly(page, "pool-in-use", "13").await?;
    wait_exactly(page, "loan-bar@L2 loan-bar-posts", "0").await?;
    ensure!(page.attribute("year-scrub", "aria-valuenow").await?.as_deref() == Some("2028"));
    page.press("Home").await?;
    // In 2023 only two were on loan.
    wait_exactly(page, "pool-free", "28").await?;
    page.press("Escape").await?;
    wait_exactly(page, "pool-free", "7").await?;
    wait_exactly(page, "loan-bar@L2 loan-bar-posts", "10").await?;
    page.drag("year-scrub", 150).await?;
    page.let_go().await?;
    page.wait_text("year-said", "2028 年末").await?;
    wait_exactly(page, "pool-free", "17").await?;
    page.click("year-now").await?;
    wait_exactly(page, "pool-free", "7").await
}
