//! Sets up what a fresh machine with only rustup lacks: the wasm target and the build tools, at fixed
//! versions, under `target/tools`. A second run finds them there and installs nothing.
//! Never installs anything for the whole system; the browser is the business of [`crate::browser`].

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::place::Place;
use crate::{run, say};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
const WASM_BINDGEN: &str = "0.2.130";
const BINARYEN: &str = "132.0.0";
const AXE: &str = "4.14.1";
/// SHA-256 of `axe.min.js` of that version: what runs in the page is what was looked at.
const AXE_SUM: &str = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c";

/// What a build needs: the wasm target, Trunk, wasm-bindgen, and wasm-opt where npm can bring it.
pub fn set_up(place: &Place) -> Result<(), String> {
    wasm_target(place)?;
    // Trunk 0.21 builds with its own lock file; wasm-bindgen's names versions that are gone.
    cargo_tool(place, "trunk", "trunk", TRUNK, &["--locked", "--features", "rustls"])?;
    cargo_tool(place, "wasm-bindgen-cli", "wasm-bindgen", WASM_BINDGEN, &[])?;
    wasm_opt(place)?;
    // With every crate at hand, the builds that follow can run offline.
    run::plain(run::command("cargo", &place.root).args(["fetch", "--locked", "--quiet"]))
}

/// rustfmt and clippy, which a minimal toolchain lacks.
pub fn set_up_lints(place: &Place) -> Result<(), String> {
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(program, _)| {
            !run::answers(run::command("cargo", &place.root).args([program, "--version"]))
        })
        .map(|(_, component)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    say::step(&format!("adding to the Rust toolchain: {}", missing.join(", ")));
    run::plain(run::command("rustup", &place.root).args(["component", "add"]).args(&missing))
}

/// wasm-opt from npm, where it was installed.
pub fn find_wasm_opt(place: &Place) -> Option<PathBuf> {
    let ends = if cfg!(windows) { ".cmd" } else { "" };
    let found = place.npm_bin().join(format!("wasm-opt{ends}"));
    found.exists().then_some(found)
}

/// The text of axe-core, which looks for what keeps people out; from npm, once.
///
/// # Errors
/// When npm is missing or brings another text than the one of the fixed version.
pub fn axe(place: &Place) -> Result<String, String> {
    let file = place.tools().join("npm/node_modules/axe-core/axe.min.js");
    if let Some(text) = fs::read_to_string(&file).ok().filter(|text| is_axe(text)) {
        return Ok(text);
    }
    say::step(&format!("installing axe-core {AXE} into target/tools"));
    npm_install(place, &format!("axe-core@{AXE}"))
        .map_err(|error| format!("{error}\nthe check with axe-core needs npm"))?;
    let text = fs::read_to_string(&file)
        .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    if is_axe(&text) {
        Ok(text)
    } else {
        Err(format!("this is not axe-core {AXE}: {}", file.display()))
    }
}

fn is_axe(text: &str) -> bool {
    let sum = Sha256::digest(text.as_bytes());
    sum.iter().map(|byte| format!("{byte:02x}")).collect::<String>() == AXE_SUM
}

fn wasm_target(place: &Place) -> Result<(), String> {
    let sysroot = run::output(run::command("rustc", &place.root).args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir() {
        return Ok(());
    }
    say::step(&format!("adding the target {WASM_TARGET}"));
    run::plain(run::command("rustup", &place.root).args(["target", "add", WASM_TARGET]))
}

fn cargo_tool(
    place: &Place,
    package: &str,
    program: &str,
    version: &str,
    options: &[&str],
) -> Result<(), String> {
    let asked = run::output(run::command(place.tool(program), &place.root).arg("--version"));
    if asked.is_ok_and(|answer| answer.split_whitespace().nth(1) == Some(version)) {
        return Ok(());
    }
    say::step(&format!("installing {package} {version} into target/tools (some minutes, once)"));
    let build = place.tools().join("build");
    run::plain(
        run::command("cargo", &place.root)
            .args(["install", package, "--version", version, "--no-default-features", "--force"])
            .args(options)
            .arg("--root")
            .arg(place.tools())
            .arg("--target-dir")
            .arg(&build)
            // The tools run for seconds: minutes of optimising them would never come back.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    )?;
    fs::remove_dir_all(&build).map_err(|error| format!("cannot clear target/tools/build: {error}"))
}

fn wasm_opt(place: &Place) -> Result<(), String> {
    let stamp = place.tools().join("npm/node_modules/binaryen/package.json");
    let version = format!("\"version\": \"{BINARYEN}\"");
    let there = fs::read_to_string(stamp).is_ok_and(|text| text.contains(&version));
    if there && find_wasm_opt(place).is_some() {
        return Ok(());
    }
    if !run::answers(run::command(npm(), &place.root).arg("--version")) {
        say::line("no npm here, so no wasm-opt: the wasm will be larger, and works the same");
        return Ok(());
    }
    say::step(&format!("installing wasm-opt (binaryen {BINARYEN}) into target/tools"));
    npm_install(place, &format!("binaryen@{BINARYEN}"))
}

fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// Adds a package of a fixed version to those in `target/tools/npm`. No script of the package is run.
fn npm_install(place: &Place, package: &str) -> Result<(), String> {
    let folder = place.tools().join("npm");
    fs::create_dir_all(&folder)
        .map_err(|error| format!("cannot make target/tools/npm: {error}"))?;
    run::plain(
        run::command(npm(), &place.root)
            .args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"])
            .args(["--save-exact", "--prefix"])
            .arg(folder)
            .arg(package),
    )
}
