//! `cargo xtask <chore>`: reads the name of the chore and runs it. Never does any work itself.

use std::process::ExitCode;

use xtask::{bench, checks, dist, place::Place, say, serve};

const USAGE: &str = "\
cargo xtask serve [port]    build the app quickly and serve it at http://127.0.0.1:8080/
cargo xtask dist            build what users get into dist/: the site and the single file
cargo xtask test [words]    run every check and test; words keep only the steps that contain one of them
cargo xtask bench           measure the calculations and the page
cargo xtask bench kernels   measure the calculations in the browser alone; further words keep only those that contain one";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let chore = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let place = Place::of_this_project();
    let outcome = match chore.as_str() {
        "serve" => serve::serve(&place, rest.first().map(String::as_str)),
        "dist" => dist::dist(&place),
        "test" => checks::test(&place, &rest),
        "bench" => bench::bench(&place, &rest),
        _ => Err(format!("say which chore:\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            say::trouble(&trouble);
            ExitCode::FAILURE
        }
    }
}
