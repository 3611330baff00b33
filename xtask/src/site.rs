//! Builds the site: Trunk puts it together, wasm-opt makes the wasm smaller, and the page gets its policy.
//! Never builds the single file; see [`crate::single`].

use std::fs;
use std::path::{Path, PathBuf};

use crate::page::{self, Form};
use crate::place::Place;
use crate::{run, say, tools};

/// How much work goes into a build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// What users get: small, and slow to build.
    Release,
    /// The same code with little optimisation, for a look at it.
    Quick,
}

impl Effort {
    /// The cargo profile, which is also the name of the folder that cargo builds into.
    pub fn profile(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Quick => "quick",
        }
    }
}

/// The files that Trunk wrote, in the folder of the site.
pub struct Site {
    /// The page without its policy, as Trunk wrote it.
    pub page: String,
    /// The wasm before wasm-opt.
    pub plain_wasm: Vec<u8>,
    /// The wasm that users get.
    pub wasm: PathBuf,
}

/// Builds the site into `folder`, replacing what is there.
pub fn build(place: &Place, effort: Effort, folder: &Path) -> Result<Site, String> {
    say::step(&format!("building the site ({})", effort.profile()));
    let mut trunk = run::command(place.tool("trunk"), &place.root);
    trunk
        .args(["build", "--offline", "--locked", "--cargo-profile", effort.profile(), "--dist"])
        .arg(folder)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Its own stack says nothing about an error of ours.
        .env_remove("RUST_BACKTRACE")
        .env("PATH", run::path_with(&[place.tools().join("bin")])?);
    run::plain(&mut trunk)?;

    let index = folder.join("index.html");
    let page = read_text(&index)?;
    let wasm = only_file_ending(folder, "_bg.wasm")?;
    let plain_wasm = read(&wasm)?;
    if effort == Effort::Release {
        shrink(place, &wasm)?;
    }
    write(&index, page::with_policy(&page, Form::Site)?.as_bytes())?;
    Ok(Site { page, plain_wasm, wasm })
}

/// Binds a compiled module for a page that loads it by a plain script, into a folder of its own.
pub fn bind(place: &Place, compiled: &Path, folder: &Path, name: &str) -> Result<(), String> {
    run::plain(
        run::command(place.tool("wasm-bindgen"), &place.root)
            .args(["--target", "no-modules", "--no-typescript", "--out-name", name])
            .arg("--out-dir")
            .arg(folder)
            .arg(compiled),
    )
}

/// Runs wasm-opt on a file in place, where wasm-opt is installed.
pub fn shrink(place: &Place, wasm: &Path) -> Result<(), String> {
    let Some(wasm_opt) = tools::find_wasm_opt(place) else {
        say::line("wasm-opt is not installed: the wasm stays as the compiler wrote it");
        return Ok(());
    };
    say::step("making the wasm smaller");
    // What rustc emits today, one by one: `--all-features` writes forms that browsers refuse.
    const FEATURES: [&str; 6] = [
        "--enable-bulk-memory",
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-mutable-globals",
        "--enable-reference-types",
        "--enable-multivalue",
    ];
    // Functions of one name stand side by side in the end, so that gzip finds in each what it has just
    // seen in the last: about a twentieth less on the wire. The names themselves are left out.
    run::plain(
        run::command(wasm_opt, &place.root)
            .args(["-Oz", "--reorder-functions-by-name"])
            .args(FEATURES)
            .arg(wasm)
            .arg("-o")
            .arg(wasm),
    )
}

/// The one file of `folder` whose name ends so.
pub fn only_file_ending(folder: &Path, end: &str) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder)
        .map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    let mut found = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(end));
    match (found.next(), found.next()) {
        (Some(path), None) => Ok(path),
        (None, _) => Err(format!("{} holds no file ending in {end}", folder.display())),
        (Some(_), Some(_)) => {
            Err(format!("{} holds several files ending in {end}", folder.display()))
        }
    }
}

/// A file's bytes, or a sentence that names the file.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// A file's text, or a sentence that names the file.
pub fn read_text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Writes a file, or says which one could not be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|error| format!("cannot write {}: {error}", path.display()))
}
