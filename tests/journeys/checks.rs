//! Red lines, the yardsticks they are measured by, and posts added to an entitlement.

use anyhow::{Result, ensure};
use bianheng_e2e::page::Page;

use crate::steps::{counted, open_sample, wait_exactly};

/// A finding leads to its school; a changed yardstick changes what is found, and undo changes it back.
pub async fn a_red_line_leads_to_its_school(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-checks").await?;
    page.wait_text("checks", "班额").await?;
    let before = page.count("check-rule@R25 finding").await?;
    ensure!(before > 0, "no class of the sample is too large");
    page.click("check-rule@R25 finding-open").await?;
    page.find("proof-of").await?;
    page.click("proof-close").await?;

    page.click("yardstick-group@ClassSize").await?;
    page.fill("yardstick-group@ClassSize yardstick-value", "0").await?;
    page.press("Enter").await?;
    page.find("yardstick-error").await?;
    page.fill("yardstick-group@ClassSize yardstick-value", "70").await?;
    page.press("Enter").await?;
    page.wait_gone("yardstick-error").await?;
    page.wait_text("undo", "标准班额").await?;
    let document = "yardstick-group@ClassSize yardstick-document";
    page.fill(document, "示教〔2026〕2号").await?;
    page.press("Enter").await?;
    page.wait_until("the document is kept", async || {
        Ok((page.value(document).await? == "示教〔2026〕2号").then_some(()))
    })
    .await?;
    page.click("undo").await?;
    page.wait_until("fewer classes are too large", async || {
        let after = page.count("check-rule@R25 finding").await?;
        Ok((after < before).then_some(()))
    })
    .await?;
    page.click("undo").await?;
    counted(page, "check-rule@R25 finding", before).await?;

    // What the whole county gains by its classes is seen to where the norm says how many posts a class has.
    page.click("check-rule@R21 finding-open").await?;
    page.find("norms").await?;
    Ok(())
}

/// Posts granted for a reason raise the entitlement, say why, and go again.
pub async fn added_posts_raise_an_entitlement(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    page.wait_text("school-row@1020/primary cell-entitled", "42").await?;
    page.click("school-row@1020/primary cell-entitled").await?;
    page.click("proof-additional-add").await?;
    page.click("proof-additional-save").await?;
    page.wait_text("proof-additional-form", "名").await?;
    page.fill("proof-additional-posts", "3").await?;
    page.fill("proof-additional-document", "示编〔2026〕7号").await?;
    page.click("proof-additional-save").await?;
    page.wait_text("proof-additional", "示编〔2026〕7号").await?;
    // 42 by the norm and 3 more.
    page.wait_text("school-row@1020/primary cell-entitled", "45").await?;
    page.click("proof-additional-remove").await?;
    page.wait_gone("proof-additional").await?;
    page.wait_text("school-row@1020/primary cell-entitled", "42").await?;
    page.click("undo").await?;
    page.wait_text("school-row@1020/primary cell-entitled", "45").await
}

/// Teachers entered course by course show what a school that is full on paper is short of.
pub async fn a_full_school_shows_what_it_is_short_of(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-schools").await?;
    page.click("school-row@1020/primary cell-entitled").await?;
    page.find("proof-lessons").await?;
    page.fill("proof-course@Mathematics proof-course-teachers", "1").await?;
    page.press("Enter").await?;
    page.wait_text("proof-course@Mathematics", "▼").await?;
    page.wait_text("undo", "教职工构成").await?;
    page.click("undo").await?;
    page.wait_until("the course is as it was", async || {
        let now = page.value("proof-course@Mathematics proof-course-teachers").await?;
        Ok((now != "1").then_some(()))
    })
    .await?;

    page.click("nav-norms").await?;
    // Every row of school posts has an entitlement under the sample's norm: 2,159 in all.
    wait_exactly(page, "bases-row@all bases-norm", "2,159").await?;
    // With no school small, a table for small schools is students alone.
    page.fill("bases-small", "0").await?;
    page.press("Enter").await?;
    let alone = page.text("bases-row@all bases-students").await?;
    wait_exactly(page, "bases-row@all bases-smallschools", &alone).await?;
    // By classes alone: what each school would have, against what it has. The one with most between
    // its bases goes by its students.
    wait_exactly(page, "bases-holds", "按学生").await?;
    page.choose("bases-policy", "2").await?;
    wait_exactly(page, "bases-holds", "按班级").await?;
    page.wait_text("sway", "+5%").await?;
    // The end of the small schools: at 200 students the higher basis gives way.
    page.click("cliffs-open").await?;
    page.wait_text("cliffs", "200").await
}
