//! One browser with one form of the app in it, and what a person can do there. Elements are known by their
//! `data-testid`; every wait has a condition and a deadline. Never sleeps in the hope that something happened.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use crate::driver::Driver;
use crate::folder::Folder;
use crate::stage::{Form, Stage};
use crate::{evidence, keys};

/// How long a wait lasts at most, unless it says otherwise. Long, for slow machines: it is spent on failure only.
const DEADLINE: Duration = Duration::from_secs(20);
/// The most that one command to the browser may take: a page that hangs answers none.
const LONGEST_COMMAND: Duration = Duration::from_secs(60);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// How the browser presents itself.
#[derive(Clone, Debug)]
pub struct Look {
    /// The page's width and height in CSS pixels.
    pub size: (u32, u32),
    /// Device pixels for a CSS pixel.
    pub scale: f64,
    /// Whether the system asks for dark colours.
    pub dark: bool,
    /// The language that the browser prefers, such as `zh-CN`.
    pub language: String,
}

impl Default for Look {
    fn default() -> Self {
        Self { size: (1280, 800), scale: 1.0, dark: false, language: "zh-CN".into() }
    }
}

/// A browser of its own with an empty profile.
pub struct Page {
    /// The driver's session, for what has no helper here.
    pub driver: WebDriver,
    /// The form of the app in it.
    pub form: Form,
    address: String,
    files: Rc<Folder>,
    problems: RefCell<Vec<String>>,
    taken: Cell<u32>,
    /// Where a driver answers and what it is asked for, to start the browser once more.
    again: (String, Capabilities),
    look: Look,
    dead: Cell<bool>,
}

impl Page {
    /// Starts a browser on an empty page; [`Page::go`] opens the app in it.
    pub async fn open(driver: &Driver, stage: &Stage, form: Form, look: &Look) -> Result<Self> {
        let files = Rc::new(Folder::new()?);
        std::fs::create_dir_all(files.path().join("downloads"))?;
        let again = (driver.url.clone(), capabilities(driver, &files, look)?);
        Self::start(again, files, form, stage.address(form).to_owned(), look.clone()).await
    }

    async fn start(
        again: (String, Capabilities),
        files: Rc<Folder>,
        form: Form,
        address: String,
        look: Look,
    ) -> Result<Self> {
        let session = WebDriver::builder(&again.0, again.1.clone())
            .request_timeout(LONGEST_COMMAND)
            .await
            .context("the browser did not start")?;
        let page = Self {
            driver: session,
            form,
            address,
            files,
            problems: RefCell::new(Vec::new()),
            taken: Cell::new(0),
            again,
            look: look.clone(),
            dead: Cell::new(false),
        };
        // A fresh profile starts on the browser's own page, whose requests are no concern of ours.
        page.driver.goto("about:blank").await?;
        evidence::problems(&page.driver, &page.address).await?;
        page.show(&look).await?;
        Ok(page)
    }

    /// Kills the browser where it stands, as a power cut would, and starts another on the same
    /// profile. This page is dead after that.
    pub async fn killed(&self) -> Result<Self> {
        let profile = self.files.path().join("profile");
        let flag = format!("--user-data-dir={}", profile.display());
        let mut ids = Vec::new();
        for process in std::fs::read_dir("/proc")?.filter_map(Result::ok) {
            let Ok(command) = std::fs::read_to_string(process.path().join("cmdline")) else {
                continue;
            };
            // Every process of this browser, which this page started: no other has this profile.
            if command.contains(&flag) {
                ids.push(process.file_name().to_string_lossy().into_owned());
            }
        }
        ensure!(!ids.is_empty(), "the browser's process is not found");
        self.dead.set(true);
        // Nobody is left to be asked to end: asking would wait for an answer for a minute.
        let _ = self.driver.clone().leak();
        Command::new("kill").arg("-KILL").args(&ids).status()?;
        let gone = async || {
            let left = ids.iter().any(|id| Path::new("/proc").join(id).join("exe").exists());
            Ok((!left).then_some(()))
        };
        self.wait_until("the browser is dead", gone).await?;
        for lock in ["SingletonLock", "SingletonCookie", "SingletonSocket"] {
            // A dead browser leaves its mark in the profile; one that is not there is as well.
            let _ = std::fs::remove_file(profile.join(lock));
        }
        let (again, files) = (self.again.clone(), self.files.clone());
        Self::start(again, files, self.form, self.address.clone(), self.look.clone()).await
    }

    /// Ends the browser and tells what went wrong on its pages.
    pub async fn close(self) -> Result<Vec<String>> {
        if self.dead.get() {
            return Ok(self.problems.into_inner());
        }
        let gathered = self.gather().await;
        self.driver.clone().quit().await.context("the browser did not end")?;
        gathered?;
        Ok(self.problems.into_inner())
    }

    /// Loads the app anew at a hash such as `#/pool`, or at none, and waits until it has started.
    pub async fn go(&self, hash: &str) -> Result<()> {
        self.load(hash).await?;
        self.started().await
    }

    /// Loads the page anew without waiting for the app.
    pub async fn load(&self, hash: &str) -> Result<()> {
        // From the same page another hash alone would load nothing.
        self.driver.goto("about:blank").await?;
        self.driver.goto(format!("{}{hash}", self.address)).await?;
        Ok(())
    }

    /// Leaves the app, and forgets what went wrong on it: nothing more comes from a page that is gone.
    pub async fn leave(&self) -> Result<()> {
        self.driver.goto("about:blank").await?;
        self.problems().await.map(drop)
    }

    /// Loads the page that is open once more, and waits until the app has started.
    pub async fn reload(&self) -> Result<()> {
        self.driver.refresh().await?;
        self.started().await
    }

    /// What the page says when the start fails comes back at once, not after the deadline.
    async fn started(&self) -> Result<()> {
        let said = self
            .wait_until("the app has started", async || {
                if let Some(error) = self.find_all("boot-error").await?.first() {
                    return Ok(Some(Err(error.text().await?)));
                }
                let waiting = self.driver.find_all(By::Id("boot")).await?;
                Ok(waiting.is_empty().then_some(Ok(())))
            })
            .await?;
        said.map_err(|text| anyhow!("the app did not start: {text}"))
    }

    /// Changes size, colours and density of the screen.
    pub async fn show(&self, look: &Look) -> Result<()> {
        let cdp = self.driver.cdp();
        let (width, height) = look.size;
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": look.scale, "mobile": false,
        });
        cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        let scheme = if look.dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        cdp.send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Looks again and again until `look` finds something. An error of one look is no end: elements come and go.
    ///
    /// # Errors
    /// After the deadline, with `what` and the last error.
    pub async fn wait_until<T>(
        &self,
        what: &str,
        mut look: impl AsyncFnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        let end = Instant::now() + DEADLINE;
        loop {
            let last = match look().await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => None,
                Err(error) => Some(error),
            };
            if Instant::now() > end {
                let why = last.map_or(String::new(), |error| format!(": {error:#}"));
                // The driver's own stack says nothing about the page.
                let why = why.split("Stacktrace:").next().unwrap_or_default().trim_end();
                bail!("waited {} s in vain until {what}{why}", DEADLINE.as_secs());
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// The element, as soon as it is there.
    pub async fn find(&self, testid: &str) -> Result<WebElement> {
        self.wait_until(&format!("`{testid}` is there"), async || {
            Ok(Some(self.driver.find(by(testid)).await?))
        })
        .await
    }

    /// All elements of that name which are there now.
    pub async fn find_all(&self, testid: &str) -> Result<Vec<WebElement>> {
        Ok(self.driver.find_all(by(testid)).await?)
    }

    /// How many elements of that name are there now.
    pub async fn count(&self, testid: &str) -> Result<usize> {
        Ok(self.find_all(testid).await?.len())
    }

    /// The text that a person sees in the element.
    pub async fn text(&self, testid: &str) -> Result<String> {
        self.wait_until(&format!("`{testid}` has a text"), async || {
            Ok(Some(self.driver.find(by(testid)).await?.text().await?))
        })
        .await
    }

    /// What stands in a field.
    pub async fn value(&self, testid: &str) -> Result<String> {
        self.wait_until(&format!("`{testid}` has a value"), async || {
            let value = self.driver.find(by(testid)).await?.prop("value").await?;
            Ok(Some(value.unwrap_or_default()))
        })
        .await
    }

    /// An attribute of the element.
    pub async fn attribute(&self, testid: &str, name: &str) -> Result<Option<String>> {
        self.wait_until(&format!("`{testid}` is there"), async || {
            Ok(Some(self.driver.find(by(testid)).await?.attr(name).await?))
        })
        .await
    }

    /// Waits until the element is gone.
    pub async fn wait_gone(&self, testid: &str) -> Result<()> {
        self.wait_until(&format!("`{testid}` is gone"), async || {
            Ok((self.count(testid).await? == 0).then_some(()))
        })
        .await
    }

    /// Waits until the element's text contains `part`.
    pub async fn wait_text(&self, testid: &str, part: &str) -> Result<()> {
        let seen = RefCell::new(String::new());
        let what = format!("`{testid}` says `{part}`");
        let waited = self
            .wait_until(&what, async || {
                let text = self.driver.find(by(testid)).await?.text().await?;
                let there = text.contains(part);
                seen.replace(text);
                Ok(there.then_some(()))
            })
            .await;
        waited.with_context(|| format!("`{testid}` says `{}`", seen.borrow()))
    }

    /// Clicks, as soon as nothing is in the way.
    pub async fn click(&self, testid: &str) -> Result<()> {
        self.wait_until(&format!("`{testid}` can be clicked"), async || {
            Ok(Some(self.driver.find(by(testid)).await?.click().await?))
        })
        .await
    }

    /// Types into a field, after what stands there.
    pub async fn type_into(&self, testid: &str, text: &str) -> Result<()> {
        self.wait_until(&format!("`{testid}` takes text"), async || {
            Ok(Some(self.driver.find(by(testid)).await?.send_keys(text).await?))
        })
        .await
    }

    /// Replaces what stands in a field, as a person does: select all, then type.
    pub async fn fill(&self, testid: &str, text: &str) -> Result<()> {
        self.click(testid).await?;
        self.press("Control+a").await?;
        if text.is_empty() {
            return self.press("Delete").await;
        }
        self.type_text(text).await
    }

    /// Types to where the focus is.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        self.driver.action_chain().send_keys(text).perform().await?;
        Ok(())
    }

    /// Presses a key, or several held together, such as `Enter` or `Control+z`, where the focus is.
    pub async fn press(&self, chord: &str) -> Result<()> {
        let (held, key) = keys::chord(chord)?;
        let mut chain = self.driver.action_chain();
        for &modifier in &held {
            chain = chain.key_down(modifier);
        }
        chain = chain.key_down(key).key_up(key);
        for &modifier in held.iter().rev() {
            chain = chain.key_up(modifier);
        }
        chain.perform().await?;
        Ok(())
    }

    /// Takes hold of an element and moves it so many pixels to the right, to the left where below zero.
    /// The hand stays on it until [`Page::let_go`].
    pub async fn drag(&self, testid: &str, pixels: i64) -> Result<()> {
        let held = self.find(testid).await?;
        let chain = self.driver.action_chain().click_and_hold_element(&held);
        chain.move_by_offset(pixels, 0).perform().await?;
        Ok(())
    }

    /// Lets go of what is held.
    pub async fn let_go(&self) -> Result<()> {
        self.driver.action_chain().release().perform().await?;
        Ok(())
    }

    /// Chooses the option of a `<select>` by its value.
    pub async fn choose(&self, testid: &str, value: &str) -> Result<()> {
        let option = By::Css(format!("option[value='{value}']"));
        self.wait_until(&format!("`{testid}` offers `{value}`"), async || {
            let choice = self.driver.find(by(testid)).await?;
            Ok(Some(choice.find(option.clone()).await?.click().await?))
        })
        .await
    }

    /// Gives a file to an `<input type="file">`, hidden or not.
    pub async fn upload(&self, testid: &str, file: &Path) -> Result<()> {
        let file = file.canonicalize().with_context(|| format!("no file {}", file.display()))?;
        let path = file.to_str().with_context(|| format!("odd name: {}", file.display()))?;
        self.wait_until(&format!("`{testid}` takes a file"), async || {
            Ok(Some(self.driver.find(by(testid)).await?.send_keys(path).await?))
        })
        .await
    }

    /// The downloaded file whose name ends so, as soon as it is complete. It is taken out of the folder of
    /// downloads, so that the next wait finds the next file. Lasts as long as the page.
    pub async fn downloaded(&self, ending: &str) -> Result<PathBuf> {
        let folder = self.files.path().join("downloads");
        let found = self
            .wait_until(&format!("a file `*{ending}` is downloaded"), async || {
                complete(&folder, ending).map_err(Into::into)
            })
            .await?;
        let number = self.taken.replace(self.taken.get() + 1);
        let place = self.files.path().join(format!("taken-{number}"));
        std::fs::create_dir_all(&place)?;
        let file = place.join(found.file_name().unwrap_or_default());
        std::fs::rename(&found, &file)?;
        Ok(file)
    }

    /// Runs a script's body in the page and returns what it returns. For measuring, not for doing.
    pub async fn script(&self, body: &str) -> Result<Value> {
        Ok(self.driver.execute(body, Vec::new()).await?.json().clone())
    }

    /// Memory that the processes behind the page's tabs hold for themselves, in bytes: what the browser's own
    /// task manager calls the memory footprint (anonymous pages, in memory or swapped out; what they share with
    /// the rest of the browser is not theirs). `None` where the system does not say (it is read from `/proc`).
    pub fn memory(&self) -> Option<u64> {
        let profile = self.files.path().join("profile");
        let profile = profile.to_str()?;
        let mut sum = None;
        for process in std::fs::read_dir("/proc").ok()?.filter_map(Result::ok) {
            let place = process.path();
            let Ok(command) = std::fs::read_to_string(place.join("cmdline")) else { continue };
            if !command.contains("--type=renderer") || !command.contains(profile) {
                continue;
            }
            let Ok(status) = std::fs::read_to_string(place.join("status")) else { continue };
            for name in ["RssAnon:", "VmSwap:"] {
                let line = status.lines().find_map(|line| line.strip_prefix(name))?;
                let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
                sum = Some(sum.unwrap_or(0) + kilobytes * 1024);
            }
        }
        sum
    }

    /// Saves what is on the screen as a PNG.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let picture = self.driver.screenshot_as_png().await?;
        std::fs::write(file, picture).with_context(|| format!("cannot write {}", file.display()))
    }

    /// What went wrong on the page since the last time; asking forgets it.
    pub async fn problems(&self) -> Result<Vec<String>> {
        self.gather().await?;
        Ok(self.problems.take())
    }

    /// Fails with everything that went wrong on the page so far.
    pub async fn must_be_clean(&self) -> Result<()> {
        let problems = self.problems().await?;
        ensure!(problems.is_empty(), "the page has problems:\n{}", problems.join("\n"));
        Ok(())
    }

    /// Runs a script in every page that is loaded from now on, before the page's own.
    pub async fn before_each_page(&self, script: &str) -> Result<()> {
        let source = json!({ "source": script });
        self.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", source).await?;
        Ok(())
    }

    async fn gather(&self) -> Result<()> {
        let found = evidence::problems(&self.driver, &self.address).await?;
        self.problems.borrow_mut().extend(found);
        Ok(())
    }
}

/// The file whose name ends so, if all of it is there. The browser holds the name with an empty file while the
/// bytes still stand under another: nothing that the app hands out is empty.
fn complete(folder: &Path, ending: &str) -> std::io::Result<Option<PathBuf>> {
    let mut found = None;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(ending) && std::fs::metadata(&path)?.len() > 0 {
            found = Some(path);
        }
    }
    Ok(found)
}

/// The element of a name. Names one inside the other stand apart by spaces, and `row@7` is the row whose
/// `data-id` is 7: `school-row@1020/primary cell-authorised`.
fn by(testid: &str) -> By {
    let parts = testid.split(' ').map(|part| match part.split_once('@') {
        Some((name, id)) => format!("[data-testid='{name}'][data-id='{id}']"),
        None => format!("[data-testid='{part}']"),
    });
    By::Css(parts.collect::<Vec<_>>().join(" "))
}

fn capabilities(driver: &Driver, files: &Folder, look: &Look) -> Result<Capabilities> {
    let mut wanted = DesiredCapabilities::chrome();
    let program = driver.browser.program.to_str();
    wanted.set_binary(program.ok_or_else(|| anyhow!("the browser's path is no text"))?)?;
    for flag in xtask::browser::FLAGS {
        wanted.add_arg(flag)?;
    }
    let profile = files.path().join("profile");
    wanted.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    wanted.add_arg(&format!("--lang={}", look.language))?;
    wanted.add_arg(&format!("--accept-lang={}", look.language))?;
    wanted.add_experimental_option(
        "prefs",
        json!({
            "download.default_directory": files.path().join("downloads"),
            "download.prompt_for_download": false,
            "intl.accept_languages": look.language,
        }),
    )?;
    wanted.set("timeouts", json!({ "pageLoad": 50_000, "script": 50_000 }))?;
    wanted.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
    wanted.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    Ok(wanted.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_holds_the_name_of_one_that_still_comes() -> Result<()> {
        let folder = Folder::new()?;
        let file = folder.path().join("scenario.json");
        std::fs::write(&file, "")?;
        std::fs::write(folder.path().join("scenario.json.crdownload"), "{}")?;
        ensure!(complete(folder.path(), ".json")?.is_none(), "an empty file is taken");
        std::fs::write(&file, "{}")?;
        ensure!(complete(folder.path(), ".json")? == Some(file), "a whole file is not found");
        Ok(())
    }
}
