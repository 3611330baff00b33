//! For everyone: every screen is open to people who see little, hear the page read, or use the keyboard alone.
//! The two forms of the app have the same screens, so each speaks one of the languages here.

use anyhow::{Context, Result, anyhow, ensure};
use bianheng_e2e::page::{Look, Page};
use bianheng_e2e::stage::Form;
use serde_json::Value;
use xtask::place::Place;
use xtask::tools;

use crate::import::data;
use crate::steps::{go_to_start, open_sample, saved, set_cell, take_from_first_file};

/// The screens of an open county: the way there, and what shows that it is there.
const SCREENS: [(&str, &str); 6] = [
    ("nav-schools", "schools-grid"),
    ("nav-norms", "norms"),
    ("nav-checks", "checks"),
    ("nav-reallocate", "slider"),
    ("nav-pool", "applications"),
    ("nav-compare", "unit-row"),
];

/// axe-core finds nothing serious on any screen, in light and in dark.
pub async fn nobody_is_kept_out_by_what_a_screen_shows(page: &Page) -> Result<()> {
    speak(page).await?;
    let mut axe = Axe::new(page).await?;
    axe.look("start").await?;
    page.click("open-sample").await?;
    page.find("overview").await?;
    axe.look("overview").await?;

    page.click("nav-reallocate").await?;
    page.find("slider").await?;
    axe.look("reallocate").await?;
    page.click("curve-table-toggle").await?;
    page.click("list-toggle").await?;
    page.find("list").await?;
    axe.look("reallocate as tables").await?;
    page.click("certificate").await?;
    page.find("certificate-dialog").await?;
    axe.look("certificate").await?;
    page.press("Escape").await?;
    page.click("adopt").await?;
    page.find("toast").await?;
    axe.look("adopted").await?;

    page.click("nav-overview").await?;
    page.find("flow").await?;
    axe.look("overview after moves").await?;

    page.click("nav-schools").await?;
    set_cell(page, "school-row@1009/primary cell-authorised", "200").await?;
    page.find("ledger-gap").await?;
    page.click("school-row@1009/primary cell-entitled").await?;
    page.find("proof").await?;
    axe.look("schools, a proof, a ledger that is open").await?;
    page.click("ledger-undo").await?;
    page.click("columns-menu").await?;
    page.find("columns").await?;
    axe.look("columns").await?;
    page.press("Escape").await?;
    page.click("proof-close").await?;
    page.fill("schools-search", "no such school").await?;
    page.find("no-rows").await?;
    axe.look("no school").await?;

    page.click("nav-norms").await?;
    page.find("norms").await?;
    axe.look("norms").await?;

    page.click("nav-checks").await?;
    page.find("finding").await?;
    page.click("yardstick-group@Load").await?;
    axe.look("checks").await?;

    page.click("nav-pool").await?;
    page.click("add-application").await?;
    page.find("application-form").await?;
    page.click("granted").await?;
    page.find("grounds").await?;
    axe.look("pool").await?;
    page.click("loan-book").await?;
    page.find("book").await?;
    axe.look("loan book").await?;

    page.click("nav-compare").await?;
    page.find("unit-row").await?;
    axe.look("compare").await?;
    page.click("remark").await?;
    page.find("remark-form").await?;
    page.click("scenario-menu").await?;
    axe.look("a remark, the menu of scenarios").await?;
    page.click("scenario-snapshots").await?;
    page.find("snapshot").await?;
    axe.look("snapshots").await?;
    page.press("Escape").await?;
    page.click("history").await?;
    page.find("step-go").await?;
    axe.look("history").await?;
    page.press("Escape").await?;
    page.click("take-in").await?;
    page.find("take-dialog").await?;
    axe.look("taking in").await?;
    page.press("Escape").await?;

    page.click("nav-start").await?;
    page.find("recent-row").await?;
    axe.look("start with recent work").await?;
    page.upload("import-survey-input", &data("tw_nantou_roc113.csv")).await?;
    page.find("import-body").await?;
    axe.look("import").await?;
    axe.must_be_clean()
}

/// What a person can do by mouse, the Tab key reaches, and it can be seen where the focus is.
pub async fn the_tab_key_reaches_every_control(page: &Page) -> Result<()> {
    speak(page).await?;
    tab_through(page, "start").await?;
    page.click("open-sample").await?;
    page.find("overview").await?;
    tab_through(page, "overview").await?;
    for (nav, ready) in SCREENS {
        page.click(nav).await?;
        page.find(ready).await?;
        tab_through(page, nav).await?;
    }
    Ok(())
}

/// On a small screen wide tables scroll by themselves; the page never does, with its bars over all.
pub async fn no_screen_is_wider_than_a_small_page(page: &Page) -> Result<()> {
    speak(page).await?;
    page.show(&Look { size: (1024, 768), ..Look::default() }).await?;
    open_sample(page).await?;
    for (nav, ready) in SCREENS {
        page.click(nav).await?;
        page.find(ready).await?;
        let over = page
            .script(
                "const root = document.documentElement; \
                return Math.max(root.scrollWidth - innerWidth, root.scrollHeight - innerHeight)",
            )
            .await?;
        ensure!(over.as_i64().is_some_and(|over| over <= 0), "{nav}: the page is {over} too large");
    }
    Ok(())
}

/// A dialog keeps the focus, Escape closes it, and the focus goes back to what opened it.
pub async fn a_dialog_keeps_the_focus_and_gives_it_back(page: &Page) -> Result<()> {
    open_sample(page).await?;
    page.click("nav-reallocate").await?;
    page.find("slider").await?;
    focus(page, "certificate").await?;
    page.press("Enter").await?;
    page.find("certificate-dialog").await?;
    stays_within(page, "dialog[open]").await?;
    page.press("Escape").await?;
    page.wait_gone("certificate-dialog").await?;
    has_focus(page, "certificate").await?;

    page.click("nav-schools").await?;
    focus(page, "columns-menu").await?;
    page.press("Enter").await?;
    page.find("columns").await?;
    page.press("ArrowDown").await?;
    page.press("Enter").await?;
    page.press("Escape").await?;
    page.wait_gone("columns").await?;
    has_focus(page, "columns-menu").await?;

    page.click("nav-start").await?;
    page.upload("import-survey-input", &data("tw_nantou_roc113.csv")).await?;
    page.find("import-body").await?;
    stays_within(page, "dialog[open]").await?;
    page.press("Escape").await?;
    page.wait_gone("import-dialog").await
}

/// History, remarks and merging by keys alone: the arrows walk lines, the focus stays in its place when a
/// choice is made, and goes back to what opened a dialog however it closes.
pub async fn scenarios_are_worked_with_by_the_keyboard_alone(page: &Page) -> Result<()> {
    // The same county twice, with other figures in two schools.
    for posts in [("40", "36"), ("41", "35")] {
        open_sample(page).await?;
        page.click("nav-schools").await?;
        set_cell(page, "school-row@1020/primary cell-authorised", posts.0).await?;
        set_cell(page, "school-row@1013/primary cell-authorised", posts.1).await?;
        saved(page).await?;
        if posts.0 == "40" {
            go_to_start(page).await?;
        }
    }
    focus(page, "history").await?;
    page.press("Enter").await?;
    page.find("history-dialog").await?;
    focus(page, "step-go").await?;
    page.press("ArrowDown").await?;
    page.press("Enter").await?;
    page.wait_text("moved-up", "+3").await?;
    stands_on(page, "go 1").await?;
    page.press("End").await?;
    stands_on(page, "go 2").await?;
    page.press("ArrowRight").await?;
    stands_on(page, "new 2").await?;
    page.press("ArrowLeft").await?;
    page.press("Enter").await?;
    stands_on(page, "go 2").await?;
    page.press("Escape").await?;
    page.wait_gone("history-dialog").await?;
    has_focus(page, "history").await?;

    page.click("nav-compare").await?;
    page.find("unit-row").await?;
    focus(page, "remark").await?;
    let at = place(page).await?;
    page.press("Enter").await?;
    has_focus(page, "remark-text").await?;
    page.press("Escape").await?;
    page.wait_gone("remark-form").await?;
    stands_on(page, &at).await?;

    focus(page, "take-in").await?;
    page.press("Enter").await?;
    page.find("take-dialog").await?;
    take_from_first_file(page).await?;
    page.find("merge-line").await?;
    focus(page, "mine").await?;
    let at = place(page).await?;
    page.press("Enter").await?;
    stands_on(page, &at).await?;
    let pressed = "return document.activeElement.getAttribute('aria-pressed')";
    page.wait_until("a choice that is made says so", async || {
        Ok((page.script(pressed).await? == "true").then_some(()))
    })
    .await?;
    page.press("ArrowDown").await?;
    page.press("ArrowRight").await?;
    page.press("Enter").await?;
    let beside = at.replace("mine", "theirs");
    page.wait_until("another line is theirs", async || {
        let other = place(page).await?;
        Ok((other.starts_with("theirs ") && other != beside).then_some(()))
    })
    .await?;
    stays_within(page, "dialog[open]").await?;
    focus(page, "take-do").await?;
    page.press("Enter").await?;
    page.wait_gone("take-dialog").await?;
    has_focus(page, "take-in").await
}

/// What the button with the focus does, and to what.
const PLACE: &str = "const at = document.activeElement?.dataset ?? {}; \
    return at.do === undefined ? '' : `${at.do} ${at.at}`";

async fn place(page: &Page) -> Result<String> {
    let found = page.script(PLACE).await?;
    Ok(found.as_str().unwrap_or_default().to_owned())
}

async fn stands_on(page: &Page, place: &str) -> Result<()> {
    page.wait_until(&format!("the focus is on `{place}`"), async || {
        Ok((page.script(PLACE).await? == place).then_some(()))
    })
    .await
}

/// In the single file the page speaks English.
async fn speak(page: &Page) -> Result<()> {
    if page.form == Form::SingleFile {
        page.click("language").await?;
        page.wait_text("start", "Import a survey").await?;
    }
    Ok(())
}

/// axe-core in the page, and what it found so far.
struct Axe<'page> {
    page: &'page Page,
    found: Vec<String>,
}

impl<'page> Axe<'page> {
    async fn new(page: &'page Page) -> Result<Self> {
        let text = tools::axe(&Place::of_this_project()).map_err(|trouble| anyhow!(trouble))?;
        page.script(&format!("{text}; return 1")).await?;
        Ok(Self { page, found: Vec::new() })
    }

    /// Looks at what is on the screen, in both colour schemes.
    async fn look(&mut self, screen: &str) -> Result<()> {
        for dark in [true, false] {
            self.page.show(&Look { dark, ..Look::default() }).await?;
            let found = self.page.script(LOOK).await?;
            let found = found.as_array().with_context(|| format!("axe said {found}"))?;
            let theme = if dark { "dark" } else { "light" };
            self.found.extend(
                found
                    .iter()
                    .filter_map(Value::as_str)
                    .map(|found| format!("{screen}, {theme}: {found}")),
            );
        }
        Ok(())
    }

    fn must_be_clean(self) -> Result<()> {
        ensure!(self.found.is_empty(), "axe found:\n{}", self.found.join("\n"));
        Ok(())
    }
}

/// Serious and critical findings as lines, once what fades has faded.
const LOOK: &str = "\
    await Promise.allSettled(document.getAnimations().map(fade => fade.finished)); \
    const seen = await axe.run({ resultTypes: ['violations'] }); \
    return seen.violations \
        .filter(found => found.impact === 'serious' || found.impact === 'critical') \
        .flatMap(found => found.nodes.slice(0, 5).map(node => \
            `${found.id}: ${node.target.join(' ')}: ${node.html.slice(0, 120)}: ` + \
            node.any.concat(node.all, node.none).map(check => check.message).join(' / ')));";

async fn focus(page: &Page, testid: &str) -> Result<()> {
    page.find(testid).await?;
    page.script(&format!("document.querySelector('[data-testid={testid}]').focus(); return 1"))
        .await?;
    has_focus(page, testid).await
}

async fn has_focus(page: &Page, testid: &str) -> Result<()> {
    page.wait_until(&format!("the focus is on `{testid}`"), async || {
        let at = page.script("return document.activeElement?.dataset.testid ?? ''").await?;
        Ok((at == testid).then_some(()))
    })
    .await
}

/// More Tabs than there are controls, and the focus never leaves for the page behind.
async fn stays_within(page: &Page, selector: &str) -> Result<()> {
    for _ in 0..60 {
        page.press("Tab").await?;
        // The browser's own bar takes its turn between the last control and the first.
        let at = page
            .script(&format!(
                "const at = document.activeElement; \
                 return at === document.body || at.closest('{selector}') ? '' : at.outerHTML.slice(0, 160)"
            ))
            .await?;
        ensure!(at == "", "the focus left `{selector}` for {at}");
    }
    Ok(())
}

/// Walks a screen by Tab until the focus comes round.
async fn tab_through(page: &Page, screen: &str) -> Result<()> {
    page.script(PREPARE).await?;
    for _ in 0..400 {
        page.press("Tab").await?;
        let step = page.script(STEP).await?;
        if step == "round" {
            break;
        }
        ensure!(step == "", "{screen}: the focus cannot be seen on {step}");
    }
    let left = page.script(LEFT).await?;
    ensure!(
        left == "",
        "{screen}: the Tab key never reaches:\n{}",
        left.as_str().unwrap_or_default()
    );
    Ok(())
}

/// Starts at the top of the page, with nothing reached.
const PREPARE: &str = "\
    document.activeElement?.blur(); \
    getSelection().removeAllRanges(); \
    const top = document.body; \
    top.tabIndex = -1; top.focus(); top.removeAttribute('tabindex'); \
    window.reached = new Set(); return 1";

/// Notes where the focus is; says what shows no sign of it.
const STEP: &str = "\
    const at = document.activeElement; \
    if (at === document.body || at === [...window.reached][0]) { return 'round'; } \
    window.reached.add(at); \
    const outlined = at => { const style = getComputedStyle(at); \
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && style.opacity !== '0'; }; \
    const cell = document.querySelector('[role=gridcell][aria-selected=true], [role=rowheader][aria-selected=true]'); \
    const marks = [at, at.parentElement, ...at.querySelectorAll('.d-hit, .f-paper, .c-tag')]; \
    const seen = marks.some(mark => outlined(mark) || \
        (mark !== at && mark instanceof SVGElement && getComputedStyle(mark).stroke !== 'none')) \
        || (at.closest('.grid-at') && cell !== null && outlined(cell)); \
    return seen ? '' : at.outerHTML.slice(0, 200);";

/// What can be clicked, typed into or scrolled, and was not reached. One of a group of radio buttons, of
/// the cells of a table and of the rows of a drawing stands for all.
const LEFT: &str = "\
    const wanted = document.querySelectorAll(\
        'a[href], button, input, select, textarea, summary, [tabindex=\"0\"], [role=slider], [role=button]'); \
    const shown = at => at.checkVisibility({ visibilityProperty: true }) && at.getClientRects().length > 0; \
    return [...wanted].filter(at => shown(at) && !at.disabled && !window.reached.has(at) \
            && !(at.type === 'radio' && [...window.reached].some(other => other.name === at.name)) \
            && at.closest('[role=grid] [role=row]') === null && at.type !== 'file') \
        .map(at => at.outerHTML.slice(0, 160)).join('\\n');";
