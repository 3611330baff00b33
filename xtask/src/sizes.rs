//! How large the files are that users load, raw and gzipped, and the limit for the wasm.
//! Never changes a file.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::{say, site};

/// What the wasm should weigh on the wire, in bytes after gzip. The build says how far it is from it.
pub const WASM_GOAL: usize = 800_000;
/// The most that it may weigh: just above what it does, so that it can only fall.
pub const WASM_LIMIT: usize = 1_995_000;

/// Prints a table of the files in `folder`.
///
/// # Errors
/// When the wasm is over [`WASM_LIMIT`], or a file cannot be read.
pub fn report(folder: &Path) -> Result<(), String> {
    let entries = fs::read_dir(folder)
        .map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    say::line(&format!("{:<40} {:>12} {:>12}", "file", "bytes", "gzip"));
    let mut over = None;
    let mut first_paint = 0;
    for path in paths {
        let bytes = site::read(&path)?;
        let packed = gzip(&bytes)?.len();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        say::line(&format!("{name:<40} {:>12} {packed:>12}", bytes.len()));
        // The page shows itself before the app is there; its styles hold it up, the script and the wasm do not.
        if name == "index.html" || name.ends_with(".css") {
            first_paint += packed;
        }
        if name.ends_with(".wasm") {
            if packed > WASM_GOAL {
                let above = packed - WASM_GOAL;
                say::line(&format!("  {above} bytes above the goal of {WASM_GOAL}"));
            }
            over = (packed > WASM_LIMIT).then_some(packed).or(over);
        }
    }
    say::line(&format!("{:<40} {:>12} {first_paint:>12}", "needed for first paint", ""));
    match over {
        None => Ok(()),
        Some(packed) => Err(format!(
            "the wasm weighs {packed} bytes after gzip, over the limit of {WASM_LIMIT}"
        )),
    }
}

/// Packs bytes as well as gzip can.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|error| format!("cannot pack: {error}"))
}
