//! What users do, from start to end, in both forms of the app. One module for each part of the app; this
//! file only lists them.

mod start;

use std::process::ExitCode;

use bianheng_e2e::{journey, runner};

fn main() -> ExitCode {
    runner::run(&[journey!(start::the_app_opens), journey!(start::the_policy_holds)])
}
