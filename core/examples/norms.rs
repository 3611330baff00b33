//! Runs worked examples of norms, in the format of `tests/data/vectors.json`, against the packs
//! that ship with the tool: `cargo run --release -p bianheng-core --example norms -- FILE`.
//! A line for each example, a closing line, and an exit code that says whether all passed.

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
    let cases = match read.and_then(|text| worked::read(&text)) {
        Ok(cases) => cases,
        Err(error) => {
            let _ = writeln!(out, "{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let library = worked::Library::shipped();
    let mut failed = 0;
    for case in &cases {
        let said = match library.run(case) {
            Ok(()) => format!("{} ok", case.id),
            Err(worked::Differs { expected, got }) => {
                failed += 1;
                format!("{} expected {expected} got {got}", case.id)
            }
        };
        let _ = writeln!(out, "{said}");
    }
    let _ = writeln!(out, "{} passed, {failed} failed", cases.len() - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
