//! Reallocation: the proposal, the handle on the curve, adopting, and edits by hand over it.

use anyhow::{Result, ensure};
use bianheng_e2e::page::Page;

use crate::steps::{counted, ledger, open_sample, set_cell, told, wait_exactly};

/// The handle reads its number of posts.
async fn handle_at(page: &Page, posts: &str) -> Result<()> {
    page.wait_until(&format!("the handle stands at {posts}"), async || {
        let now = page.attribute("slider", "aria-valuenow").await?;
        Ok((now.as_deref() == Some(posts)).then_some(()))
    })
    .await
}

/// While a hand is at the handle of the curve, the ledger shows what is looked at, and nothing is
/// stored; letting go keeps the point as the limit.
pub async fn the_ledger_follows_a_hand_at_the_curve(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-reallocate").await?;
    handle_at(page, "50").await?;
    wait_exactly(page, "moved-up", "0").await?;

    page.drag("slider", -120).await?;
    page.find("previewing").await?;
    let looked_at = page.attribute("slider", "aria-valuenow").await?.unwrap_or_default();
    let posts: u32 = looked_at.parse()?;
    ensure!((1..50).contains(&posts), "120 pixels to the left are fewer posts: {posts}");
    wait_exactly(page, "moved-up", &format!("+{posts}")).await?;
    wait_exactly(page, "moved-down", &format!("−{posts}")).await?;
    ledger(page, "2,193", "9").await?;

    page.let_go().await?;
    page.wait_gone("previewing").await?;
    handle_at(page, &looked_at).await?;
    wait_exactly(page, "moved-up", "0").await
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
    // The new school misses nine teachers of two courses, whom two others can spare.
    page.wait_text("subjects-sum", "配上 9 人").await?;
    page.find("subject-row@1014/primary>1012/primary").await?;

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

/// A stage and a township are limited where their cell is clicked: the proposal stays proved, the
/// cell says its limit, and limits that clash are named with a cure that works.
pub async fn townships_and_stages_are_limited_in_their_table(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-reallocate").await?;
    page.wait_text("proven", "最优").await?;
    page.click("matrix-cell@*/kindergarten").await?;
    page.fill("group-high", "245").await?;
    page.press("Enter").await?;
    page.wait_text("matrix-cell@*/kindergarten", "≤245").await?;
    page.wait_text("proven", "最优").await?;
    page.click("matrix-cell@*/primary").await?;
    page.fill("group-low", "2100").await?;
    page.press("Enter").await?;
    page.wait_text("clash", "不能同时成立").await?;
    page.click("undo").await?;
    page.wait_text("proven", "最优").await?;
    page.click("undo").await?;
    handle_at(page, "50").await?;

    page.click("look-compare").await?;
    page.find("afford").await?;
    page.wait_text("afford-row@*", "2,193").await?;
    counted(page, "rule-compared", 5).await?;
    page.click("look-map").await?;
    page.find("map").await.map(drop)
}

/// What was set by hand has a reason and a document of its own, counted apart, and can be released.
pub async fn what_was_set_by_hand_is_listed_with_its_reason(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    set_cell(page, "school-row@1020/primary cell-authorised", "42").await?;
    page.click("nav-reallocate").await?;
    page.click("look-hands").await?;
    page.find("override-row@1020/primary").await?;
    page.wait_text("finding", "没有写理由").await?;
    page.wait_text("by-whom", "1 行还没有写理由").await?;
    page.fill("hand-reason", "寄宿部今秋开办").await?;
    page.press("Tab").await?;
    page.wait_gone("finding").await?;
    page.fill("hand-document", "县编〔2026〕3 号").await?;
    page.press("Enter").await?;
    page.wait_text("by-whom", "手改 +4").await?;
    page.click("override-row@1020/primary override-release").await?;
    page.wait_gone("override-row@1020/primary").await
}

/// The figures of a column of the schools in dispute, from top to bottom.
async fn spreads(page: &Page) -> Result<Vec<u32>> {
    let script = "return [...document.querySelectorAll('[data-testid=dispute-spread]')]\
                  .map(cell => Number(cell.textContent))";
    Ok(serde_json::from_value(page.script(script).await?)?)
}

/// Where the rules disagree, the schools are named with what each rule gives them; widest apart first,
/// the other way round after a click, and all of them go with the copy.
pub async fn schools_in_dispute_are_listed_sorted_and_copied(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-reallocate").await?;
    page.click("look-compare").await?;
    page.find("disputes").await?;
    page.wait_text("disputes-note", "各说法给的不一样").await?;
    let falling = spreads(page).await?;
    ensure!(!falling.is_empty() && falling.iter().all(|posts| *posts > 0), "{falling:?}");
    ensure!(falling.is_sorted_by(|one, next| one >= next), "widest apart first: {falling:?}");
    page.click("dispute-sort-spread").await?;
    page.wait_until("the list turns round", async || {
        let rising = spreads(page).await?;
        Ok((!rising.is_empty() && rising.is_sorted()).then_some(()))
    })
    .await?;
    page.click("dispute-sort-worst_first").await?;
    page.wait_until("the list is sorted by a rule", async || {
        let script = "return document.querySelector('[data-testid=dispute-sort-worst_first]')\
                      .closest('th').getAttribute('aria-sort')";
        Ok((page.script(script).await? == "descending").then_some(()))
    })
    .await?;
    page.script(
        "Object.defineProperty(navigator, 'clipboard', { value: \
         { writeText: text => { window.copied = text; return Promise.resolve(); } } });",
    )
    .await?;
    page.click("copy-disputes").await?;
    told(page, "行，可粘贴到表格").await?;
    let copied: String = serde_json::from_value(page.script("return window.copied").await?)?;
    let lines: Vec<&str> = copied.lines().collect();
    ensure!(lines.len() > falling.len() && lines.iter().all(|line| line.split('\t').count() == 10));
    ensure!(copied.starts_with("学校\t代码\t应核\t前\t均衡"), "{copied}");
    page.click("language").await?;
    page.wait_text("disputes-note", "rows get different posts").await
}

/// Imports a survey that is written here.
async fn import(page: &Page, name: &str, text: &str) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("bianheng-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{name}.csv"));
    std::fs::write(&file, text)?;
    page.upload("import-survey-input", &file).await?;
    page.find("import-dialog").await?;
    page.click("import-take").await?;
    page.find("schools-grid").await?;
    std::fs::remove_dir_all(&folder)?;
    page.click("nav-reallocate").await
}

/// Three teachers of Chinese to spare go to two schools that miss them and have vacant posts, near
/// before far; the proof opens by the keyboard, and the list is copied.
pub async fn teachers_to_spare_are_matched_by_course(page: &Page) -> Result<()> {
    let survey = "学校代码,学校名称,乡镇,学段,学生数,班级数,核定编制,实有在编,专任教师,语文教师数,数学教师数\n\
                  1,甲小学,东镇,小学,240,6,14,14,14,6,2\n\
                  2,乙小学,东镇,小学,240,6,12,10,10,1,2\n\
                  3,丙小学,西镇,小学,240,6,13,10,10,1,2\n";
    import(page, "按科", survey).await?;
    page.wait_text("subjects-sum", "富余 3 人，缺 4 人，配上 3 人").await?;
    counted(page, "subject-row", 2).await?;
    page.wait_text("subject-row@1/primary>2/primary", "同镇").await?;
    page.wait_text("subject-row@1/primary>3/primary", "跨镇").await?;
    page.find("subject-proofs").await?.focus().await?;
    page.press("Enter").await?;
    page.wait_text("subject-proof", "两数相等").await?;
    page.find("subject-rests").await?.focus().await?;
    page.press("Enter").await?;
    page.find("subject-rest@3/primary").await?;
    page.script(
        "Object.defineProperty(navigator, 'clipboard', { value: \
         { writeText: text => { window.copied = text; return Promise.resolve(); } } });",
    )
    .await?;
    page.click("copy-subjects").await?;
    told(page, "已复制 3 笔").await?;
    let copied: String = serde_json::from_value(page.script("return window.copied").await?)?;
    ensure!(copied.lines().count() == 4 && copied.contains("语文\t甲小学\t乙小学\t2"), "{copied}");
    page.click("language").await?;
    page.wait_text("subjects-sum", "3 to spare, 4 missing, 3 matched").await
}

/// Limits that cross, on thousands of schools: how far it is is shown and the page answers meanwhile;
/// it can be stopped and begun again, and an undo takes what is worked on away.
pub async fn long_work_is_shown_can_be_stopped_and_begun_again(page: &Page) -> Result<()> {
    let mut survey = String::from("学校代码,学校名称,乡镇,学段,学生数,班级数,核定编制,实有在编\n");
    for school in 0..4_000_u32 {
        let stage = if school % 2 == 0 { "小学" } else { "初中" };
        let (students, posts) = (100 + school * 37 % 900, 8 + school * 53 % 60);
        let (town, classes) = (school / 100, students / 40 + 1);
        survey.push_str(&format!(
            "{school},第{school}学校,第{town}镇,{stage},{students},{classes},{posts},{posts}\n"
        ));
    }
    import(page, "大县", &survey).await?;
    page.choose("limit-in-post", "off").await?;
    page.wait_text("proven", "最优").await?;
    // Both limits bind: every point of the curve is a search of its own.
    for (cell, high) in
        [("matrix-cell@*/lower_secondary", "78000"), ("matrix-cell@第0镇/*", "3600")]
    {
        page.click(cell).await?;
        page.fill("group-high", high).await?;
        page.press("Enter").await?;
    }
    page.wait_text("working", "正在测算").await?;
    // The page answers while it works.
    page.click("look-hands").await?;
    page.find("overrides").await?;
    page.click("stop-work").await?;
    page.wait_text("working", "已停止").await?;
    page.click("stop-work").await?;
    page.wait_text("working", "正在测算").await?;
    page.click("undo").await?;
    page.wait_text("proven", "最优").await?;
    page.wait_gone("working").await
}

/// A school that closes with people in post is found, and its cure takes the closing away.
pub async fn a_school_that_closes_with_people_is_said_with_a_cure(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-reallocate").await?;
    page.wait_text("proven", "最优").await?;
    page.click("add-limit").await?;
    page.fill("find-unit", "1021").await?;
    page.click("find-result").await?;
    page.choose("limit-kind", "closing").await?;
    page.click("limit-add").await?;
    page.wait_text("finding", "11 人").await?;
    page.click("finding-cure").await?;
    page.wait_gone("finding").await?;
    page.wait_text("proven", "最优").await
}

/// A reserve beyond what there is says so with its figures; the cures lead to a proposal, and the head
/// says how much is kept.
pub async fn a_reserve_too_large_is_said_with_a_cure(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-reallocate").await?;
    page.wait_text("proven", "最优").await?;
    page.wait_text("provenance", "总量 2,193 名不变").await?;
    page.fill("limit-reserve", "5000").await?;
    page.press("Enter").await?;
    page.wait_text("clash-line", "留作未分配 5,000 名，总量只有 2,193 名").await?;
    // The lower limits need 2,047: 146 may be kept. More then has to be withdrawn than may move.
    page.click("cure").await?;
    page.wait_text("clash-line", "至多调剂").await?;
    page.click("cure").await?;
    page.wait_text("proven", "最优").await?;
    page.wait_text("provenance", "留 146 名不分配").await
}
