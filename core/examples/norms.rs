//! Runs worked examples of norms, in the format of `tests/data/vectors.json`, against the packs
//! that ship with the tool: `cargo run --release -p bianheng-core --example norms -- FILE`.
//! A line for each example, of one that cannot be read as well, a closing line, and an exit code that
//! says whether all passed.

use std::io::Write;
use std::process::ExitCode;

#[path = "../tests/worked/mod.rs"]
mod worked;

fn main() -> ExitCode {
    let mut out = std::io::stdout().lock();
    let Some(path) = std::env::args().nth(1) else {
        let _ = writeln!(out, "usage: norms FILE");
        return ExitCode::FAILURE;
    };
    let read = std::fs::read_to_string(&path).map_err(|error| error.to_string());
    match read.and_then(|text| worked::report(&text)) {
        Ok((said, failed)) => {
            let _ = write!(out, "{said}");
            if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            let _ = writeln!(out, "{path}: {error}");
            ExitCode::FAILURE
        }
    }
}
