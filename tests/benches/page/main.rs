//! How fast the page is in a real browser, on what users get. Prints a table; nothing here can fail a check.

mod province;

use std::path::Path;

use anyhow::{Context, Result};
use bianheng_e2e::driver::Driver;
use bianheng_e2e::page::{Look, Page};
use bianheng_e2e::runner;
use bianheng_e2e::stage::{Form, Stage};
use xtask::say;

/// Starts of the app that a figure is the middle of.
const TIMES: usize = 5;

fn main() -> Result<()> {
    runner::on_one_thread(measure())
}

async fn measure() -> Result<()> {
    let driver = Driver::start()?;
    let stage = Stage::set()?;
    say::line(&format!("{:<56} {:>10} {:>10}", "milliseconds", "middle", "p95"));
    for form in Form::ALL {
        let (mut paints, mut starts) = (Vec::new(), Vec::new());
        for _ in 0..TIMES {
            let page = Page::open(&driver, &stage, form, &Look::default()).await?;
            page.go("").await?;
            paints.push(number(&page, FIRST_PAINT).await?);
            starts.push(number(&page, STARTED).await?);
            page.close().await?;
        }
        line(&format!("first paint ({})", form.name()), paints);
        line(&format!("app started ({})", form.name()), starts);
    }
    let folder = std::env::temp_dir().join(format!("bianheng-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    for schools in [2_668, 20_000] {
        let survey = folder.join(format!("{schools}.csv"));
        std::fs::write(&survey, province::survey(schools))?;
        at_work(&driver, &stage, schools, &survey).await?;
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Imports a survey and measures what a planner does with it.
async fn at_work(driver: &Driver, stage: &Stage, schools: usize, survey: &Path) -> Result<()> {
    let page = Page::open(driver, stage, Form::Site, &Look::default()).await?;
    page.go("").await?;
    page.upload("import-survey-input", survey).await?;
    page.click("import-take").await?;
    page.find("school-row").await?;

    let edits = numbers(&page, EDIT).await?;
    line(&format!("{schools} schools: an edited cell shown everywhere"), edits);
    line(
        &format!("{schools} schools: all entitlements and margins"),
        measured(&page, "figures").await?,
    );
    line(&format!("{schools} schools: a frame while scrolling"), numbers(&page, SCROLL).await?);
    page.click("nav-reallocate").await?;
    page.find("slider").await?;
    line(&format!("{schools} schools: proposal"), measured(&page, "propose").await?);
    line(&format!("{schools} schools: trade-off curve"), measured(&page, "curve").await?);
    let drags = numbers(&page, DRAG).await?;
    line(&format!("{schools} schools: the handle dragged, all follow"), drags);
    line(&format!("{schools} schools: a scenario duplicated"), numbers(&page, DUPLICATE).await?);
    page.click("nav-schools").await?;
    page.find("school-row").await?;
    let edits = numbers(&page, EDIT).await?;
    line(&format!("{schools} schools: an edit in the duplicate"), edits);
    line(&format!("{schools} schools: comparison on the screen"), numbers(&page, COMPARE).await?);
    line(&format!("{schools} schools: comparison, calculated"), measured(&page, "compare").await?);
    page.click("export").await?;
    let file = page.downloaded(".bianheng.json").await?;
    let name = format!("{schools} schools: a file of three scenarios, kilobytes");
    say::line(&format!("{name:<56} {:>10}", std::fs::metadata(&file)?.len() / 1_000));
    page.click("nav-start").await?;
    for _ in 0..TIMES {
        page.upload("open-file-input", &file).await?;
        page.find("shell").await?;
        page.click("nav-start").await?;
        page.find("start").await?;
    }
    line(
        &format!("{schools} schools: a file opened and recomputed"),
        measured(&page, "open").await?,
    );
    memory(&page, &format!("{schools} schools: memory after all of this"));
    opened_anew(driver, stage, schools, &file).await?;
    for problem in page.close().await? {
        say::line(&format!("on the page: {problem}"));
    }
    Ok(())
}

/// Opens a file in a browser of its own and measures the memory before and after.
async fn opened_anew(driver: &Driver, stage: &Stage, schools: usize, file: &Path) -> Result<()> {
    let page = Page::open(driver, stage, Form::Site, &Look::default()).await?;
    page.go("").await?;
    page.find("start").await?;
    memory(&page, "nothing open: memory");
    page.upload("open-file-input", file).await?;
    page.find("shell").await?;
    page.click("nav-schools").await?;
    page.find("school-row").await?;
    memory(&page, &format!("{schools} schools: memory with the file open"));
    page.close().await?;
    Ok(())
}

/// Prints the memory that the page holds now, where the system says it.
fn memory(page: &Page, name: &str) {
    if let Some(bytes) = page.memory() {
        say::line(&format!("{:<56} {:>10}", format!("{name}, megabytes"), bytes / 1_000_000));
    }
}

const FIRST_PAINT: &str =
    "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
const STARTED: &str = "return performance.getEntriesByName('app-started')[0]?.startTime";

/// What the scripts share: one turn of the page's queue, and an element by its name for tests. The
/// channel is one, since turns are many and their memory would be taken for the page's.
const SHARED: &str = "
    const channel = new MessageChannel();
    const turn = () => new Promise(done => { \
        channel.port1.onmessage = done; channel.port2.postMessage(0); });
    const find = name => document.querySelector(`[data-testid=${name}]`);";

/// Edits the same cell 40 times as the keyboard would, and notes how long it takes from Enter until the
/// ledger says the new figure and the page is laid out.
const EDIT: &str = "
    const said = () => document.querySelector('[data-testid=ledger-units]').textContent;
    const cell = () => document.querySelector('[data-testid=school-row] [data-testid=cell-authorised]');
    const key = (at, key) => at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const times = [];
    for (let round = 0; round < 40; round++) {
        const at = cell();
        const box = at.getBoundingClientRect();
        for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
            at.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true, button: 0, \
                clientX: box.x + 4, clientY: box.y + 4 }));
        }
        await new Promise(requestAnimationFrame);
        key(document.activeElement, 'F2');
        let field;
        for (let wait = 0; wait < 50 && !field; wait++) {
            await turn();
            field = document.querySelector('[data-testid=cell-editor]');
        }
        if (!field) { continue; }
        field = field.matches('input') ? field : field.querySelector('input');
        field.value = String(20 + round);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        const before = said();
        const start = performance.now();
        key(field, 'Enter');
        while (said() === before && performance.now() - start < 2000) { await turn(); }
        document.body.getBoundingClientRect();
        times.push(performance.now() - start);
        await new Promise(requestAnimationFrame);
    }
    return times;";

/// Drags the handle of the curve from right to left in 40 moves, and notes how long each takes until
/// handle, figures and ledger say the new point and the page, the table with it, is laid out. The drag
/// is called off at the end, so that nothing is stored.
const DRAG: &str = "
    const said = () => ['slider-value', 'shortage-after', 'moved-up']
        .map(name => find(name)?.textContent ?? '').join();
    const svg = find('slider').closest('svg');
    const box = svg.getBoundingClientRect();
    const point = (kind, part) => svg.dispatchEvent(new PointerEvent(kind, { bubbles: true, \
        cancelable: true, button: 0, pointerId: 1, isPrimary: true, \
        clientX: box.left + box.width * part, clientY: box.top + box.height / 2 }));
    point('pointerdown', 0.9);
    await new Promise(requestAnimationFrame);
    const times = [];
    for (let round = 1; round <= 40; round++) {
        const [before, ledger] = [said(), find('moved-up').textContent];
        const start = performance.now();
        point('pointermove', 0.9 - 0.018 * round);
        while (find('moved-up').textContent === ledger && performance.now() - start < 2000) { await turn(); }
        find('dumbbell-row').getBoundingClientRect();
        if (said() !== before) { times.push(performance.now() - start); }
        await new Promise(requestAnimationFrame);
    }
    point('pointercancel', 0.1);
    return times;";

/// Duplicates the open scenario twice, and notes how long it takes from the click until the new tab is
/// there and laid out.
const DUPLICATE: &str = "
    const times = [];
    for (let round = 0; round < 2; round++) {
        find('scenario-menu').click();
        while (!find('scenario-duplicate')) { await turn(); }
        const before = find('scenario-tab').textContent;
        const start = performance.now();
        find('scenario-duplicate').click();
        while (find('scenario-tab').textContent === before && performance.now() - start < 2000) { await turn(); }
        document.body.getBoundingClientRect();
        times.push(performance.now() - start);
    }
    return times;";

/// Goes to the comparison and back, and notes how long it takes until the causes are there and laid
/// out.
const COMPARE: &str = "
    const times = [];
    for (let round = 0; round < 5; round++) {
        const start = performance.now();
        find('nav-compare').click();
        while (!find('why-line') && performance.now() - start < 5000) { await turn(); }
        document.body.getBoundingClientRect();
        times.push(performance.now() - start);
        find('nav-schools').click();
        while (find('why-line')) { await turn(); }
        await new Promise(requestAnimationFrame);
    }
    find('nav-compare').click();
    while (!find('why-line')) { await turn(); }
    return times;";

/// Scrolls the table from top to bottom in 240 frames and notes how long each frame took.
const SCROLL: &str = "
    const grid = document.querySelector('[data-testid=schools-grid]');
    const end = grid.scrollHeight - grid.clientHeight;
    const times = [];
    let last = await new Promise(requestAnimationFrame);
    for (let frame = 1; frame <= 240; frame++) {
        grid.scrollTop = end * frame / 240;
        const now = await new Promise(requestAnimationFrame);
        times.push(now - last);
        last = now;
    }
    return times;";

/// The durations that the app noted under a name.
async fn measured(page: &Page, name: &str) -> Result<Vec<f64>> {
    let script =
        format!("return performance.getEntriesByName('{name}', 'measure').map(m => m.duration)");
    numbers(page, &script).await
}

async fn numbers(page: &Page, script: &str) -> Result<Vec<f64>> {
    let script = format!("return (async () => {{ {SHARED} {script} }})()");
    let found = page.script(&script).await?;
    let list = found.as_array().with_context(|| format!("no figures from `{script}`"))?;
    Ok(list.iter().filter_map(serde_json::Value::as_f64).collect())
}

async fn number(page: &Page, script: &str) -> Result<f64> {
    page.wait_until("the page has the figure", async || Ok(page.script(script).await?.as_f64()))
        .await
        .with_context(|| script.to_owned())
}

fn line(name: &str, mut figures: Vec<f64>) {
    figures.sort_by(f64::total_cmp);
    let at = |share: usize| {
        let place = (figures.len() * share / 100).min(figures.len().saturating_sub(1));
        figures.get(place).map_or("—".to_owned(), |figure| format!("{figure:.1}"))
    };
    say::line(&format!("{name:<56} {:>10} {:>10}", at(50), at(95)));
}
