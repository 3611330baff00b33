//! The real browser that tests run in: Chromium and its driver, found on the machine, and the flags that
//! keep it quiet. Installs them only on Debian and only as root; elsewhere it says what to install.

use std::fs;
use std::path::PathBuf;

use crate::place::Place;
use crate::{run, say, site};

/// Flags for every start. The sandbox needs rights that a container lacks; the rest keeps the browser
/// from reaching out on its own.
pub const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// The two programs.
pub struct Browser {
    /// Chromium or Chrome.
    pub program: PathBuf,
    /// chromedriver, of the same version.
    pub driver: PathBuf,
}

/// The browser of this machine.
///
/// # Errors
/// When one of the two programs is missing, with what to install.
pub fn find() -> Result<Browser, String> {
    let program = on_path(&["chromium", "chromium-browser", "google-chrome", "chrome"]);
    let driver = on_path(&["chromedriver"]);
    match (program, driver) {
        (Some(program), Some(driver)) => Ok(Browser { program, driver }),
        _ => Err(
            "tests need Chromium and chromedriver on PATH: install the packages `chromium` and \
                  `chromium-driver` (Debian), or Chrome and the chromedriver of the same version"
                .into(),
        ),
    }
}

/// The same, after installing what is missing where that can be done.
pub fn set_up(place: &Place) -> Result<Browser, String> {
    if let Ok(browser) = find() {
        return Ok(browser);
    }
    let root = run::output(run::command("id", &place.root).arg("-u"));
    let may_install = root.is_ok_and(|id| id.trim() == "0")
        && run::answers(run::command("apt-get", &place.root).arg("--version"));
    if may_install {
        say::step("installing chromium and chromium-driver");
        run::plain(run::command("apt-get", &place.root).args(["update", "-qq"]))?;
        run::plain(
            run::command("apt-get", &place.root)
                .args(["install", "-y", "-qq", "--no-install-recommends"])
                .args(["chromium", "chromium-driver"])
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )?;
    }
    find()
}

/// Writes what wasm-bindgen's test runner reads to start this browser, and says where.
pub fn write_capabilities(place: &Place, browser: &Browser) -> Result<PathBuf, String> {
    let path = place.tools().join("webdriver.json");
    let flags: Vec<String> = FLAGS.iter().map(|flag| format!("{flag:?}")).collect();
    let program = browser.program.to_string_lossy();
    let text = format!(
        "{{\"goog:chromeOptions\": {{\"binary\": {program:?}, \"args\": [{}]}}}}\n",
        flags.join(", ")
    );
    fs::create_dir_all(place.tools())
        .map_err(|error| format!("cannot make target/tools: {error}"))?;
    site::write(&path, text.as_bytes())?;
    Ok(path)
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&file)).find(|file| file.is_file())
    })
}
